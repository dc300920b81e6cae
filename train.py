"""Train an original model, a retrained one, any pre-unlearning method, or a curve (MCU).

    python3 train.py --dir=runs --dataset=Digits --transform=ResNet --model=PreResNet8 --epochs=15

writes a folder under --dir: checkpoints, log.jsonl, run.json, the command, the scores in a .npz.
Fifteen epochs of PreResNet8 on Digits take about 20 seconds on two cores.
"""

from arg_parser import parse_args

if __name__ == '__main__':
    parse_args('train')  # --help and typing errors answer before torch is imported

import copy
import math
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import torch

import utils
from curves import CurveNet, compute_lr_ratio
from data import make_generator
from generate_weight_mask import compute_gradient
from lib import checkpoint, distributed, run
from lib.device import read_clock
from lib.errors import Diverged, InputError, NotFinite, warn, with_exit_codes
from lib.flags import CONFIG, is_user_file, record_flags, reject_flags, require_flags, select
from lib.methods import Method
from lib.norms import list_norms
from lib.resume import LOWER, collect_state, read_resumed, restore_state, save_epoch
from lib.run_info import RunInfo
from unlearn import METHODS, Context, freeze_unselected
from utils import Mask, Opening, open_run

SHOWN_T = 0.9  # a curve's own scores are those of this point
RUNAWAY = 10  # a loss that ends so many times above that of guessing has diverged
ENDS, BASES = ('init_start', 'init_end'), ('retain_base', 'forget_base')


class Start(NamedTuple):
    """What a run starts from; None is what it does not have."""

    opening: Opening
    method: Method
    resumed: dict | None  # the contents of checkpoints: of this run, of the original, of the end
    original: dict | None
    end: dict | None
    mask: Mask | None
    theta_o: torch.nn.Module | None  # the networks of the original and of the end
    theta_p: torch.nn.Module | None


@with_exit_codes
def main(argv=None):
    print(train(parse_args('train', argv)))


def train(args):
    """Do what the flags say; returns the run's folder."""
    args, resumed, begun_folder = read_resumed(args)
    start = open_start(args, resumed)
    args, device, data = start.opening
    model, optimizer, schedule = build(start)
    info = make_run_info(start)
    folder = begun_folder or Path(args.dir) / info.name
    if resumed:
        restore_state(resumed, info, model, optimizer, schedule)
        info = RunInfo.from_dict(resumed['run'], resumed['source'])
        if resumed['epoch'] >= args.epochs and any(folder.glob('*.npz')):
            return folder
    elif not (args.overwrite or begun_folder) and run.is_finished(folder, info):
        return folder

    with run.open_run_folder(folder, args.overwrite, resumed=bool(resumed or begun_folder)):
        # From here on several processes work together, and images are decoded.
        distributed.init(device)
        data.load(device, args.num_workers)
        loaders, is_main = data.loaders(args.batch_size), distributed.is_main_process()
        original_scores, header, context = prepare(start, model, loaders, info)
        method, first, scores = start.method, header['epoch'], None
        if is_main:
            log = begin_log(folder, info, header, args)

        # The loop over epochs.
        step_model = distributed.wrap_model(model, device, is_user_file(args.model))
        for epoch in range(first, args.epochs):
            began, rate = read_clock(device), schedule.get_last_lr()[0]
            layers = make_generator('layers', args.seed, epoch, distributed.rank())
            torch.manual_seed(layers.initial_seed())  # dropout, which takes no generator
            generator = make_generator('draws', args.seed, epoch)
            context = context._replace(generator=generator, progress=epoch / args.epochs)
            loss = partial(method.loss, context=context)
            name, is_last = f'{args.unlearn_method}, epoch {epoch + 1}', epoch + 1 == args.epochs
            is_numbered = is_last or (epoch + 1) % args.save_freq == 0
            is_original = is_numbered and args.unlearn_method == 'baseline'  # it has accuracies
            is_measured = is_last or is_original or (epoch + 1) % args.eval_freq == 0
            passes = data.passes(method.list_passes(epoch), args.batch_size, args.seed, epoch)
            batches = distributed.progress(chain(*passes), name, sum(map(len, passes)))
            try:
                means = train_epoch(step_model, batches, loss, optimizer, args.precision)
                if is_last and not method.is_curve:  # a curve may end at a point that knows nothing
                    refuse_runaway(means, len(data.classes))
                schedule.step()
                if is_last and method.starts_from == 'end':  # as each point of a curve has them
                    utils.update_bn(model, data.bn_loader())
                seconds = read_clock(device) - began
                stage = 'search' if method.begins_at_end else 'pre'
                info.seconds[stage] = info.seconds.get(stage, 0.0) + seconds
                if not is_main:
                    continue
                scores = {}
                if is_measured:
                    scores = measure_model(model, loaders, data, args.seed, mia=is_last)
            except NotFinite as error:
                raise Diverged(f'{name}: {error.problem}', LOWER) from None

            log.write({'epoch': epoch + 1, 'lr': rate, **means, 'seconds': seconds}, scores)
            print(f'{name} of {args.epochs}  {format_epoch(means, scores)}  {seconds:.1f} s')
            content = header | {'epoch': epoch + 1, 'run': info.to_dict()}
            content |= collect_state(model, optimizer, schedule, epoch)
            content |= utils.join_accuracies(scores, data) if is_original else {}
            save_epoch(folder, content, is_numbered)

        if is_main:
            log.close()
            scores = scores or measure_model(model, loaders, data, args.seed, mia=True)
            finish(folder, info, scores, original_scores)
    return folder


def train_epoch(model, batches, loss, optimizer, precision='fp32'):
    """One pass over batches; loss(model, batch) as in unlearn.py. Returns {name: its mean}.

    precision: of the products; weights, statistics and losses stay float32. Raises NotFinite, with
    the first bad batch (from 1), where a loss is not finite.
    """
    model.train()
    for layer in list_norms(model, frozen=True):
        layer.eval()
    losses, means = [], run.Means()
    for batch in batches:
        with torch.autocast(batch[0].device.type, torch.bfloat16, enabled=precision == 'bf16'):
            value, logs = loss(model, batch)
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        optimizer.step()
        losses.append(value.detach())
        means.add(logs)
    losses = distributed.mean_over(torch.stack(losses)).cpu()
    if len(bad := (~losses.isfinite()).nonzero()):
        problem = f'the loss is not finite from batch {int(bad[0]) + 1} on.'
        raise NotFinite(problem, 'lower the rate.')
    return {'loss': float(losses.mean()), **means.compute()}


def refuse_runaway(means, num_classes):
    """Raise NotFinite after an epoch whose loss on what is kept is far above that of guessing."""
    loss = means['loss'] if means['retain_loss'] is None else means['retain_loss']
    if loss > RUNAWAY * math.log(num_classes):
        problem = f'the loss is {loss:.3g}, and guessing has {math.log(num_classes):.3g}.'
        raise NotFinite(problem, 'lower the rate.')


# ---------------------------------------------------------------- what a run starts from


def open_start(args, resumed):
    """The `Start` that the flags describe: checked as far as no image is needed for it."""
    method, original, end = METHODS[args.unlearn_method], None, None
    check_flags(args, method)
    if method.starts_from == 'original':
        original = checkpoint.load_original(args.original_pth, args.allow_unlearned)
    if method.begins_at_end:
        end = checkpoint.load_end(args.init_end)
        original = checkpoint.load(args.init_start, 'init_start', kind='model')
    mask = utils.load_mask(args.mask_path, method.mask) if args.mask_path else None
    masks = [] if resumed else [mask]  # its warning was given when the run began
    opening = open_run(args, originals=[original], dependents=[end, resumed], masks=masks)
    refuse_small_batches(method, opening.data, args.batch_size)
    theta_o, theta_p = (content and opening.load(content) for content in (original, end))
    if theta_p:
        checkpoint.check_ends(original, end, theta_o, theta_p, args.allow_unlearned)
    if mask:
        utils.check_mask(mask, theta_o)
    return Start(opening, method, resumed, original, end, mask, theta_o, theta_p)


def check_flags(args, method):
    """Name all flags that the method lacks, and refuse those that it does not use."""
    name = args.unlearn_method
    starts = {'scratch': (), 'original': ('original_pth',)}.get(method.starts_from, ENDS)
    missing = dict.fromkeys(starts, f'{name} needs it')
    if method.mask in ('salun', 'sfron'):
        missing['mask_path'] = f'{name} moves only what a mask of generate_mask.py selects'
    require_flags(args, **missing)
    is_used = dict.fromkeys(select(args, 'search', 'shape'), method.is_curve)
    is_used |= dict.fromkeys((*ENDS, 'original_pth'), False) | dict.fromkeys(starts, True)
    is_used |= dict.fromkeys(('preset', 'retain_ratio', 'bn_samples'), method.begins_at_end)
    is_used |= dict.fromkeys(BASES, method.adapts_beta)
    is_used |= {'mask_path': method.mask, 'beta': method.takes_beta}
    is_used |= {'wd': not method.begins_at_end, 'pretrained': method.starts_from == 'scratch'}
    useless = [flag for flag, used in is_used.items() if not used]
    reject_flags(args, useless, f'{name} does not use it')
    if method.is_curve and not (args.fix_start and args.fix_end):
        if args.mask_path:
            problem = f'--mask_path={args.mask_path}: a mask needs both ends fixed.'
            raise InputError(problem, 'add --fix_start and --fix_end, or leave the mask out.')
        warn('without --fix_start and --fix_end the ends of the curve are trained too.')


def refuse_small_batches(method, data, batch_size):
    """Refuse batches without a sample for each process."""
    for part in method.trains_on:
        if min(batch_size, len(data.parts[part])) < distributed.world_size():
            problem = f'--batch_size={batch_size}: a batch of {part} has no sample for each of'
            raise InputError(f'{problem} {distributed.world_size()} processes.', 'start fewer.')


# ---------------------------------------------------------------- model and optimiser


def build(start):
    """(the network or curve to train, its optimiser, its schedule)."""
    args, device, _ = start.opening
    model, wd = build_model(start).to(device), 0.0 if start.method.begins_at_end else args.wd
    optimizer, schedule = build_optimizer(
        model, args.lr, args.momentum, wd, milestones=args.milestones, epochs=args.epochs
    )
    if start.method.mask == 'salun':
        freeze_unselected(optimizer, model, start.mask.tensors)
    return model, optimizer, schedule


def build_model(start):
    """The network or curve to train. A resumed run has its weights in the checkpoint."""
    args = start.opening.args
    torch.manual_seed(args.seed)
    if start.method.starts_from == 'scratch':
        return start.opening.build(pretrained=args.pretrained and not start.resumed)
    if not start.method.is_curve:
        return copy.deepcopy(start.theta_p or start.theta_o)
    curve = CurveNet(
        start.theta_o,
        args.curve,
        args.num_bends,
        fix_start=args.fix_start,
        fix_end=args.fix_end,
        mask=start.mask and start.mask.tensors,
    )
    curve.set_point(-1, start.theta_p)
    if not args.init_linear_off:
        curve.init_linear()
        return curve
    fresh = start.opening.build()
    for index in range(1, len(curve.points) - 1):
        curve.set_point(index, fresh)
    curve.init_linear(curve.frozen)  # what the mask leaves out stays on the straight line
    return curve


def build_optimizer(model, lr, momentum, wd, milestones, epochs):
    """(SGD, its schedule)."""
    device = next(model.parameters()).device
    optimizer = torch.optim.SGD(
        [p for p in model.parameters() if p.requires_grad],
        lr,
        momentum=momentum,
        weight_decay=wd,
        fused=device.type in ('cpu', 'cuda'),
    )
    if milestones:
        return optimizer, torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones, gamma=0.1)
    return optimizer, torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)


# ---------------------------------------------------------------- before the first epoch


def prepare(start, model, loaders, info):
    """(scores of the original or None, the header of all checkpoints, the `Context` of the losses
    but for what is new in each epoch). Changes the model where its method does so first."""
    args, device, data = start.opening
    scores, accuracies, method = None, {}, start.method
    context = Context(beta=args.beta, t_range=(args.start_t, args.end_t), original=start.theta_o)
    if start.theta_o:
        scores, accuracies = utils.measure_original(
            start.original, start.theta_o.to(device), data, loaders, seed=args.seed
        )
        bases = args.retain_base, args.forget_base
        retain_base, forget_base = utils.choose_bases(accuracies, args.unlearn_type, *bases)
        context = context._replace(retain_base=retain_base, forget_base=forget_base)
    if method.mask == 'sfron':
        tensors = start.mask.tensors
        selected = [tensors[name].to(device) for name, _ in model.named_parameters()]
        context = context._replace(mask=selected)
    if method.prepare:
        began, generator = read_clock(device), make_generator('prepare', args.seed)
        method.prepare(model, partial(compute_shared, start), generator)
        if start.resumed:  # of a resumed run only what lies beside the weights was missing
            model.load_state_dict(start.resumed['model_state'])
        else:
            info.seconds['pre'] = read_clock(device) - began
    if method.is_curve:
        print_effective_rate(model, args)
    return scores, describe_checkpoint(start, model, accuracies), context


def compute_shared(start, part):
    """Gradient of the mean cross-entropy over random samples of a part, as many as D_f has, the
    same in all processes: {parameter name: tensor}."""
    args, _, data = start.opening
    indices = data.sample(part, len(data.parts['train_forget']), ('gradient', args.seed))
    loader = data.loader(part, batch_size=args.batch_size, indices=indices, shared=True)
    gradient = compute_gradient(start.theta_o, loader)
    return {name: distributed.sum_over(g) for name, g in gradient.items()}


def print_effective_rate(curve, args):
    """Print which share of a step reaches φ(t)."""
    free = [point.requires_grad for point in curve.points]
    rate = args.lr * compute_lr_ratio(curve.curve, free, args.start_t, args.end_t)
    print(f'--lr={args.lr:g} moves φ(t) as {rate:.2g} moves a plain network')


# ---------------------------------------------------------------- the record


def make_run_info(start):
    """The record of a run."""
    args, _, data = start.opening
    config = select(args, *CONFIG) | {'processes': distributed.world_size()}
    weights = checkpoint.digest_start(start.theta_o, start.theta_p)
    seconds = {'pre': run.sum_seconds(start.end)}
    if start.mask:
        weights['mask'] = checkpoint.digest_state(start.mask.tensors)
        config['mask'] = Path(start.mask.file).stem
        seconds['mask'] = sum(start.mask.run.get('seconds', {}).values())
    if start.method.adapts_beta:
        del config['beta']
    return RunInfo(
        method=args.unlearn_method,
        seed=args.seed,
        config=config,
        weights=weights,
        start=start.original and start.original.get('run', {}),
        end=start.end and start.end.get('run', {}),
        seconds={stage: spent for stage, spent in seconds.items() if spent},
        **data.record,
    )


def describe_checkpoint(start, model, accuracies):
    """What each checkpoint of a run says besides its state and its record; `epoch` is that before
    the first to train. A curve keeps what its points lack of θ_p: its statistics, and where that
    end is free its weights too."""
    args, resumed = start.opening.args, start.resumed
    header = {'format': checkpoint.FORMAT, 'kind': 'model', 'original': accuracies}
    header['flags'] = resumed['flags'] if resumed else record_flags(args)
    header['epoch'] = resumed['epoch'] if resumed else 0
    if not start.method.is_curve:
        return header
    state = start.theta_p.state_dict()
    lacking = [name for name in state if name not in model.shapes or not args.fix_end]
    return header | {'kind': 'curve', 'end': {name: state[name].clone() for name in lacking}}


def begin_log(folder, info, header, args):
    """The `Log` of a run; begins the folder of a new one."""
    flags, first = header['flags'], header['epoch']
    wandb_run = run.begin_wandb(args.wandb, folder, flags | {'run': info.to_dict()})
    if first == 0:
        run.begin_run(folder, info, flags, args.command)
    return run.Log(folder, first, wandb_run)


# ---------------------------------------------------------------- scores


def measure_model(model, loaders, data, seed, mia):
    """The scores of a network, or of a curve's φ(0.9) with its own statistics."""
    if isinstance(model, CurveNet):
        model = utils.build_point(model, SHOWN_T, data.bn_loader())
    return utils.measure(model, loaders, mia=mia, seed=seed)


def format_epoch(means, scores):
    """An epoch in a line, in the table's words."""
    numbers = {f'{part} loss': means[f'{part}_loss'] for part in ('retain', 'forget')}
    numbers['β'] = means.get('beta')
    texts = [f'{name} {x:.3f}' for name, x in numbers.items() if x is not None]
    if scores:
        accuracies = {'UA': 100 - scores['forget_acc'], 'RA': scores['retain_acc']}
        accuracies['TA'] = scores['test_acc']
        texts += [f'{name} {x:.2f}' for name, x in accuracies.items()]
    return '  '.join(texts)


def finish(folder, info, scores, original_scores):
    """Write the scores of a trained run, and those of the original that it started from."""
    (folder / checkpoint.ROLLING).unlink(missing_ok=True)  # which a kill may have left
    if METHODS[info.method].is_curve:
        scores['t'] = SHOWN_T
        print('The checkpoint holds the original model as its first point, and with it what was')
        print('forgotten. What is handed out is a point: eval_curve.py --export_t=best.')
    if info.method != 'baseline':
        print(run.format_attacks(scores))
    run.write_scores(folder, info, scores, original_scores)


if __name__ == '__main__':
    main()
