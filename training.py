"""A training run from its flags to its folder: what train.py and forget.py do with them."""

import copy
import sys
from functools import partial
from itertools import chain
from pathlib import Path

import torch
from tqdm import tqdm

from checkpoint import digest, save
from curves import CurveNet
from data import generator
from errors import Diverged, InputError, NotFinite
from given import pick
from inputs import (
    fresh_network,
    network,
    open_divided,
    pre,
    prior_seconds,
    read_inputs,
    read_resumed,
    weights_of,
)
from masks import check_mask
from runs import (
    Log,
    about,
    bases_of,
    claim,
    configuration,
    description,
    free_folder,
    known_accuracies,
    run_name,
    save_scores,
    whole_accuracies,
)
from unlearn import METHODS, Run, hold_elements, train_epoch
from utils import measure, pick_device, relearn, seconds, update_bn

SHOWN_T = 0.9  # a curve's own scores are those of this point


def build_model(args, method, inputs, data, original):
    """The network or curve to be trained, before any step; original: θ_o as a network or None."""
    net = fresh_network(args, data, args.pretrained and not args.resume)
    if inputs.mask:
        check_mask(inputs.mask, net)
    if method.starts_from == 'original':
        return network(inputs.original, args, data)
    if method.starts_from == 'scratch':
        return net
    mask = inputs.mask and inputs.mask['mask']
    try:
        model = CurveNet(net, args.curve, args.num_bends, args.fix_start, args.fix_end, mask)
    except ValueError as error:
        raise InputError(f'--mask_path={args.mask_path}: {error}.', 'give another.') from None
    model.set_point(0, original)
    model.set_point(-1, network(inputs.end, args, data))
    model.init_linear(model.held if args.init_linear_off else None)
    if not any(point.requires_grad for point in model.points):
        raise InputError(f'--num_bends={args.num_bends}: no point is free.', 'use 3 or more.')
    return model


def refuse_lone(args, method, model, data):
    """Refuse batches of one sample where BatchNorm finds no variance in it: on small images."""
    for part in method.trains_on:
        if args.batch_size > 1 and len(data.parts[part]) > 1:
            continue
        x, *_ = next(iter(data.loader(part, batch_size=1)))
        try:
            copy.deepcopy(model).train()(x)
        except ValueError as error:
            problem = f'--batch_size={args.batch_size}: a batch of {part} has one sample ({error}).'
            raise InputError(problem, 'make it larger, or forget two samples.') from None


def make_optimizer(args, method, model, mask, resumed):
    """SGD and its schedule, as they were in a resumed run; no weight decay on curves."""
    free = [p for p in model.parameters() if p.requires_grad]
    wd = 0.0 if method.starts_from == 'ends' else args.wd
    fused = free[0].device.type in ('cpu', 'cuda')
    settings = {'momentum': args.momentum, 'weight_decay': wd, 'fused': fused}
    optimizer = torch.optim.SGD(free, args.lr, **settings)
    if method.mask == 'salun':
        hold_elements(optimizer, model, mask['mask'])
    if args.milestones:
        schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, args.milestones, gamma=0.1)
    else:
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, args.epochs)
    if resumed:
        optimizer.load_state_dict(resumed['optimizer_state'])
        schedule.load_state_dict(resumed['scheduler_state'])
    return optimizer, schedule


def shown(model, data):
    """The network whose scores stand for the run: itself, or a curve's φ(0.9) with statistics."""
    if not isinstance(model, CurveNet):
        return model
    net = model.at(SHOWN_T)
    update_bn(net, data.bn_loader())
    return net


def mask_word(args):
    """The mask's part of a run's name."""
    return f'-{Path(args.mask_path).stem}' if args.mask_path else ''


def folder_of(args, method, inputs, data):
    """The folder of a new run: its name has the method, for a curve that of its end, and all else
    that changes the result."""
    head = args.unlearn_method
    if method.starts_from == 'ends':
        head = f'{head}-{pre(inputs)}'
    name = run_name(args, head, data, weights_of(inputs), mask_word(args))
    return free_folder(args, name)


def states(model, optimizer, schedule, scaler, epoch):
    """The part of a checkpoint that changes with every epoch; raises Diverged where a tensor has
    left the finite numbers."""
    for name, tensor in model.state_dict().items():
        if not tensor.isfinite().all():
            raise Diverged(f'{name} is not finite after epoch {epoch}.', 'lower --lr.')
    return {
        'epoch': epoch,
        'model_state': model.state_dict(),
        'optimizer_state': optimizer.state_dict(),
        'scheduler_state': schedule.state_dict(),
        'scaler_state': scaler.state_dict() if scaler else {},
    }


def measure_trained(model, data, loaders, args, epoch, mia=True):
    """The run's scores after an epoch (from 0); raises Diverged where there are none."""
    name = f'{args.unlearn_method} after epoch {epoch + 1}'
    try:
        return measure(shown(model, data), loaders, mia, args.seed, name)
    except NotFinite as error:
        raise Diverged(error.problem, 'lower --lr.') from None


def description_of(args, inputs, data, model):
    """What the checkpoint says besides its state. A curve keeps what its points lack of the
    pre-unlearning model: its statistics, and where that end is free its weights too."""
    described = description(args, data) | {'method': args.unlearn_method}
    described['inputs'] = digest(*weights_of(inputs))
    described['config'] = configuration(args, data, mask_word(args))
    if inputs.original:
        described['config'] += f' from {inputs.original.get("config", "foreign")}'
    if not isinstance(model, CurveNet):
        return described
    end = inputs.end['model_state']
    lacking = {k: v for k, v in end.items() if k not in model.shapes or not args.fix_end}
    names = ('curve', 'num_bends', 'fix_start', 'fix_end')
    described |= {'kind': 'curve', 'pre': pre(inputs), 'end': lacking}
    described['pre_config'] = inputs.end.get('config', '')
    described['pre_seed'] = inputs.end.get('args', {}).get('seed', args.seed)
    described['config'] += f' on {described["pre_config"]}'
    described['pre_run'] = inputs.end.get('run', Path(inputs.end['file']).parent.name)
    return described | pick(args, names)


def one_epoch(args, method, step_model, data, optimizer, scaler, epoch, settings):
    """Train one epoch (from 0); settings: what the losses know besides their draws."""
    name = f'{args.unlearn_method}, epoch {epoch + 1}'
    passes = [
        data.loader(part, train=True, batch_size=args.batch_size, seed=args.seed, epoch=epoch)
        for part in method.passes(epoch)
    ]
    bar = tqdm(chain(*passes), name, sum(map(len, passes)), leave=False, disable=None)
    torch.manual_seed(generator('layers', args.seed, epoch).initial_seed())  # dropout
    run = Run(generator('draws', args.seed, epoch), **settings)
    loss = partial(method.loss, run=run)
    return train_epoch(step_model, bar, loss, optimizer, name, args.precision, scaler)


def train(args):
    """Do what the flags of train.py say, checked by `inputs.begin`; returns the run's folder."""
    resumed = read_resumed(args)
    method = METHODS[args.unlearn_method]
    inputs = read_inputs(args, method)
    device = pick_device(args.device, args.tf32)
    data = open_divided(args, [inputs.original], [inputs.end], [inputs.mask])
    original = inputs.original and network(inputs.original, args, data)
    model = build_model(args, method, inputs, data, original)
    folder = Path(resumed['file']).parent if resumed else folder_of(args, method, inputs, data)
    described = description_of(args, inputs, data, model) | {'run': folder.name}
    if resumed and resumed.get('inputs') != described['inputs']:
        problem = f'{resumed["source"]}: started from other files than those named now.'
        raise InputError(problem, 'name the original, the ends and the mask of then.')
    data.load(device, args.num_workers)
    model.to(device)
    if resumed:
        model.load_state_dict(resumed['model_state'])
    refuse_lone(args, method, model, data)
    optimizer, schedule = make_optimizer(args, method, model, inputs.mask, resumed)
    step_model = torch.compile(model) if args.compile else model
    scaler = torch.amp.GradScaler(device.type) if args.precision == 'fp16' else None
    if resumed and scaler:
        scaler.load_state_dict(resumed['scaler_state'])
    loaders = data.loaders(args.batch_size)
    before, settings = None, {'beta': args.beta}
    if original:
        before = measure(original.to(device), loaders, seed=args.seed, name='the original')
        described['original'] = known_accuracies(inputs.original, before, data)
        bases = bases_of(args, described['original'])
        settings |= {'retain_base': bases[0], 'forget_base': bases[1], 'original': original}

    if method.starts_from == 'ends' and not (args.fix_start and args.fix_end):
        told = 'without --fix_start and --fix_end the ends of the curve are trained too'
        print(f'warning: {told}.', file=sys.stderr)
    claim(folder, args, resumed)
    start = resumed['epoch'] if resumed else 0
    spent = resumed['seconds'] if resumed else prior_seconds(inputs)
    part = 'search' if isinstance(model, CurveNet) else 'pre'
    log, scores = Log(folder, args, start), None
    for epoch in range(start, args.epochs):
        rate, began, last = schedule.get_last_lr()[0], seconds(device), epoch + 1 == args.epochs
        means = one_epoch(args, method, step_model, data, optimizer, scaler, epoch, settings)
        schedule.step()
        took = seconds(device) - began
        spent[part] = spent.get(part, 0.0) + took
        scores, saved = None, last or (epoch + 1) % args.save_freq == 0
        is_original = args.unlearn_method == 'baseline'
        if last or (epoch + 1) % args.eval_freq == 0 or (saved and is_original):  # for the bases
            scores = measure_trained(model, data, loaders, args, epoch, mia=last)
        log.line({'epoch': epoch + 1, 'lr': rate, **means, 'seconds': took}, scores)
        if saved:
            if is_original:
                described |= whole_accuracies(scores, data)  # the bases of what starts here
            save(
                folder / f'checkpoint-{epoch + 1}.pt',
                described
                | states(model, optimizer, schedule, scaler, epoch + 1)
                | {'seconds': spent},
            )
    log.close()
    scores = scores or measure_trained(model, data, loaders, args, start - 1)
    more = {'method': args.unlearn_method, 'config': described['config']}
    if isinstance(model, CurveNet):
        more['pre'] = pre(inputs)
        scores['t'] = SHOWN_T
    elif args.relearn:
        scores |= relearn(model, data, args.relearn)
    save_scores(folder, args, about(args, data, folder.name, **more), scores, spent, before)
    return folder
