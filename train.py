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

from curves import CurveNet, compute_lr_ratio
from data import make_generator
from generate_weight_mask import compute_gradient
from lib import checkpoint, distributed
from lib.check_preprocessing import check_original, print_original
from lib.device import read_clock
from lib.errors import Diverged, InputError, NotFinite, warn, with_exit_codes
from lib.flags import CONFIG, is_user_file, record_flags, reject_flags, require_flags, select
from lib.norms import list_norms
from lib.resume import collect_state, read_resumed, restore_state, save_epoch
from lib.run import (
    Log,
    Means,
    begin_run,
    begin_wandb,
    format_attacks,
    is_finished,
    open_run_folder,
    sum_seconds,
    write_scores,
)
from lib.run_info import RunInfo
from unlearn import METHODS, Context, freeze_unselected
from utils import (
    Mask,
    Opening,
    build_point,
    check_mask,
    choose_bases,
    find_accuracies,
    join_accuracies,
    load_mask,
    measure,
    measure_original,
    open_run,
    update_bn,
)

SHOWN_T = 0.9  # a curve's own scores are those of this point
RUNAWAY = 10  # a loss that ends so many times above that of guessing has diverged
ENDS, BASES = ('init_start', 'init_end'), ('retain_base', 'forget_base')


class Start(NamedTuple):
    """What a run starts from; None is what its method does not have."""

    opening: Opening
    original: dict | None  # the contents of checkpoints
    end: dict | None
    mask: Mask | None
    theta_o: torch.nn.Module | None  # the networks of the original and of the end
    theta_p: torch.nn.Module | None


@with_exit_codes
def main(argv=None):
    print(train(parse_args('train', argv)))


def train(args):
    """Do what the flags say; returns the run's folder."""
    # Files, flags, networks, optimiser, record. All is checked before an image is decoded.
    args, resumed, begun_folder = read_resumed(args)
    method = METHODS[args.unlearn_method]
    start = open_start(args, method, resumed)
    args, device, data = start.opening
    model = build_model(start, method, is_resumed=bool(resumed)).to(device)
    wd = 0.0 if method.begins_at_end else args.wd
    optimizer, schedule = build_optimizer(
        model, args.lr, args.momentum, wd, milestones=args.milestones, epochs=args.epochs
    )
    if method.mask == 'salun':
        freeze_unselected(optimizer, model, start.mask.tensors)
    info = make_run_info(start, method)
    folder = begun_folder or Path(args.dir) / info.name
    if resumed:
        restore_state(resumed, info, model, optimizer, schedule)
        info = RunInfo.from_dict(resumed['run'], resumed['source'])
        if resumed['epoch'] >= args.epochs and any(folder.glob('*.npz')):
            return folder
    elif not (args.overwrite or begun_folder) and is_finished(folder, info):
        return folder

    with open_run_folder(folder, args.overwrite, resumed=bool(resumed or begun_folder)):
        # From here on several processes work together, and images are decoded.
        distributed.init(device)
        data.load(device, args.num_workers)
        loaders, is_main = data.loaders(args.batch_size), distributed.is_main_process()
        original_scores, accuracies = None, {}
        if start.theta_o:
            original_scores = measure_start(start, loaders)
            accuracies = find_accuracies(start.original, original_scores, data)
        context = make_context(start, method, accuracies, model)
        if method.prepare:
            began, generator = read_clock(device), make_generator('prepare', args.seed)
            method.prepare(model, partial(compute_shared, start), generator)
            if resumed:  # of a resumed run only what lies beside the weights was missing
                model.load_state_dict(resumed['model_state'])
            else:
                info.seconds['pre'] = read_clock(device) - began
        if method.is_curve:
            print_effective_rate(model, args)
        flags = resumed['flags'] if resumed else record_flags(args)
        header = describe_checkpoint(flags, model, accuracies, start.theta_p)
        first, scores = resumed['epoch'] if resumed else 0, None
        if is_main:
            wandb_run = begin_wandb(args.wandb, folder, flags | {'run': info.to_dict()})
            if not resumed:
                begin_run(folder, info, flags, args.command)
            log = Log(folder, first, wandb_run)

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
                    update_bn(model, data.bn_loader())
                seconds = read_clock(device) - began
                stage = 'search' if method.begins_at_end else 'pre'
                info.seconds[stage] = info.seconds.get(stage, 0.0) + seconds
                if not is_main:
                    continue
                scores = {}
                if is_measured:
                    scores = measure_model(model, loaders, data, args.seed, mia=is_last)
            except NotFinite as error:
                raise Diverged(f'{name}: {error.problem}', f'lower {method.high_flags}.') from None

            log.write({'epoch': epoch + 1, 'lr': rate, **means, 'seconds': seconds}, scores)
            print(f'{name} of {args.epochs}  {format_epoch(means, scores)}  {seconds:.1f} s')
            content = header | {'epoch': epoch + 1, 'run': info.to_dict()}
            content |= collect_state(model, optimizer, schedule, epoch, method.high_flags)
            content |= join_accuracies(scores, data) if is_original else {}
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
    losses, means = [], Means()
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


def open_start(args, method, resumed):
    """The `Start` of a method by its flags; resumed: the content of the checkpoint, or None."""
    check_flags(args, method)
    original = end = None
    if method.starts_from == 'original':
        original = checkpoint.load_original(args.original_pth, args.allow_unlearned)
    if method.begins_at_end:
        end = checkpoint.load_end(args.init_end)
        original = checkpoint.load(args.init_start, 'init_start', kind='model')
    mask = load_mask(args.mask_path, method.mask) if args.mask_path else None
    masks = [] if resumed else [mask]  # its warning was given when the run began
    opening = open_run(args, originals=[original], dependents=[end, resumed], masks=masks)
    refuse_small_batches(method, opening.data, args.batch_size)
    theta_o, theta_p = (content and opening.load(content) for content in (original, end))
    if theta_p:
        checkpoint.check_ends(original, end, theta_o, theta_p, args.allow_unlearned)
    if mask:
        check_mask(mask, theta_o)
    return Start(opening, original, end, mask, theta_o, theta_p)


def check_flags(args, method):
    """Name all flags that the method lacks, and refuse those that it does not use."""
    name = args.unlearn_method
    starts = {'scratch': (), 'original': ('original_pth',)}.get(method.starts_from, ENDS)
    missing = dict.fromkeys(starts, f'{name} needs it')
    if method.mask in ('salun', 'sfron'):
        missing['mask_path'] = f'{name} moves only what a mask of generate_mask.py selects'
    require_flags(args, **missing)
    search = {*select(args, 'search', 'shape')}
    of_some = {*ENDS, *search, 'original_pth', 'mask_path', 'pretrained', 'beta', 'preset', 'wd'}
    used = {*starts, *['pretrained'] * (method.starts_from == 'scratch')}
    used |= {*['mask_path'] * bool(method.mask), *['beta'] * method.takes_beta}
    used |= {'preset', 'retain_ratio', 'bn_samples'} if method.begins_at_end else {'wd'}
    if method.is_curve:
        used |= search.difference(BASES)
    if method.adapts_beta:
        used |= {*BASES}
    reject_flags(args, of_some - used, f'{name} does not use it')
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


def measure_start(start, loaders):
    """Check the original that a run starts from, and print its accuracies; returns its scores."""
    args, device, data = start.opening
    check_original(start.original, start.theta_o.to(device), data)
    measure_it = partial(measure_original, start.theta_o, loaders, seed=args.seed)
    scores = distributed.ask_main(measure_it)
    print_original(join_accuracies(scores, data), data.recipe)
    return scores


# ---------------------------------------------------------------- model and optimiser


def build_model(start, method, is_resumed):
    """The network or curve to train. A resumed run has its weights in the checkpoint."""
    args = start.opening.args
    torch.manual_seed(args.seed)
    if method.starts_from == 'scratch':
        return start.opening.build(pretrained=args.pretrained and not is_resumed)
    if not method.is_curve:
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


def make_context(start, method, accuracies, model):
    """The `Context` of the losses, but for what is new in each epoch."""
    args = start.opening.args
    context = Context(beta=args.beta, t_range=(args.start_t, args.end_t), original=start.theta_o)
    if accuracies:
        bases = choose_bases(accuracies, args.unlearn_type, args.retain_base, args.forget_base)
        context = context._replace(retain_base=bases[0], forget_base=bases[1])
    if method.mask == 'sfron':
        tensors, device = start.mask.tensors, start.opening.device
        selected = [tensors[name].to(device) for name, _ in model.named_parameters()]
        context = context._replace(mask=selected)
    return context


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


def make_run_info(start, method):
    """The record of a run."""
    args, _, data = start.opening
    config = select(args, *CONFIG) | {'processes': distributed.world_size()}
    weights = checkpoint.digest_start(start.theta_o, start.theta_p)
    seconds = {'pre': sum_seconds(start.end)}
    if start.mask:
        weights['mask'] = checkpoint.digest_state(start.mask.tensors)
        config['mask'] = Path(start.mask.file).stem
        seconds['mask'] = sum(start.mask.run.get('seconds', {}).values())
    if method.adapts_beta:
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


def describe_checkpoint(flags, model, accuracies, theta_p):
    """What each checkpoint of a run says besides its state and its record. A curve keeps what its
    points lack of θ_p: its statistics, and where that end is free its weights too."""
    header = {'format': checkpoint.FORMAT, 'kind': 'model', 'flags': flags, 'original': accuracies}
    if not isinstance(model, CurveNet):
        return header
    state = theta_p.state_dict()
    lacking = [name for name in state if name not in model.shapes or not flags['fix_end']]
    return header | {'kind': 'curve', 'end': {name: state[name].clone() for name in lacking}}


# ---------------------------------------------------------------- scores


def measure_model(model, loaders, data, seed, mia):
    """The scores of a network, or of a curve's φ(0.9) with its own statistics."""
    if isinstance(model, CurveNet):
        model = build_point(model, SHOWN_T, data.bn_loader())
    return measure(model, loaders, mia=mia, seed=seed)


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
        print(format_attacks(scores))
    write_scores(folder, info, scores, original_scores)


if __name__ == '__main__':
    main()
