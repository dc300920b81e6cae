"""What an optimiser moves: the model, its SGD and schedule, and how they are saved and restored."""

import warnings
from typing import Any, NamedTuple

import torch
from torch.nn.parallel import DistributedDataParallel

import ranks
from errors import Diverged, InputError
from models.own import is_own
from unlearn import hold_elements


class Moving(NamedTuple):
    """What changes with every epoch, and is saved after it."""

    model: torch.nn.Module
    optimizer: torch.optim.Optimizer
    schedule: Any
    scaler: Any  # of fp16, or None

    def state(self, epoch, likely):
        """Their part of a checkpoint; raises Diverged, with the flags that are likely too high,
        where a tensor has left the finite numbers."""
        for name, tensor in self.model.state_dict().items():
            if not tensor.isfinite().all():
                raise Diverged(f'{name} is not finite after epoch {epoch}.', f'lower {likely}.')
        return {
            'epoch': epoch,
            'model_state': self.model.state_dict(),
            'optimizer_state': self.optimizer.state_dict(),
            'scheduler_state': self.schedule.state_dict(),
            'scaler_state': self.scaler.state_dict() if self.scaler else {},
        }

    def restore(self, content):
        """Go back to what a checkpoint holds; raises InputError where it does not fit."""
        try:
            self.model.load_state_dict(content['model_state'])
            self.optimizer.load_state_dict(content['optimizer_state'])
            self.schedule.load_state_dict(content['scheduler_state'])
            if self.scaler:
                self.scaler.load_state_dict(content['scaler_state'])
            for p, kept in self.optimizer.state.items():
                if any(tensor.shape != p.shape for tensor in kept.values()):
                    raise ValueError('momentum of another shape')
        except (RuntimeError, ValueError, KeyError, TypeError, AttributeError) as error:
            reason = ' '.join(str(error).split())[:200]
            problem = f'{content["source"]}: its state does not fit this run ({reason}).'
            raise InputError(problem, 'give the checkpoint of this run.') from None


def make_moving(args, method, model, mask, device):
    """The model with its SGD (no weight decay on curves) and schedule."""
    free = [p for p in model.parameters() if p.requires_grad]
    wd = 0.0 if method.starts_from == 'ends' else args.wd
    fused = device.type in ('cpu', 'cuda')
    settings = {'momentum': args.momentum, 'weight_decay': wd, 'fused': fused}
    optimizer = torch.optim.SGD(free, args.lr, **settings)
    if method.mask == 'salun':
        hold_elements(optimizer, model, mask['mask'])
    if args.milestones:
        schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, args.milestones, gamma=0.1)
    else:
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, args.epochs)
    scaler = torch.amp.GradScaler(device.type) if args.precision == 'fp16' else None
    return Moving(model, optimizer, schedule, scaler)


def stepping(args, model, device):
    """The model as training steps call it: compiled where asked for, its gradients averaged over
    the processes where there are several."""
    called = torch.compile(model) if args.compile else model
    if ranks.world() == 1:
        return called
    warnings.filterwarnings('ignore', 'Grad strides')  # of 1×1 convolutions, channels last
    gpu = [device.index] if device.type == 'cuda' else None
    own = is_own(args.model)  # may hold parameters that never run
    return DistributedDataParallel(called, device_ids=gpu, find_unused_parameters=own)
