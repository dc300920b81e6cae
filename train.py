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
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path

import torch

from curves import CurveNet, compute_lr_ratio
from data import make_generator, open_split
from generate_weight_mask import compute_gradient
from lib import checkpoint, distributed
from lib.check_preprocessing import check_original, print_original
from lib.device import pick_device, read_clock
from lib.errors import Diverged, InputError, NotFinite, warn, with_exit_codes
from lib.flags import (
    CONFIG,
    inherit,
    is_user_file,
    record_flags,
    reject_flags,
    require_flags,
    select,
)
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
from models import build_checked, load_network
from unlearn import METHODS, Context, freeze_unselected
from utils import (
    build_point,
    check_ends,
    check_mask,
    choose_bases,
    digest_start,
    find_accuracies,
    join_accuracies,
    load_mask,
    measure,
    measure_original,
    update_bn,
)

SHOWN_T = 0.9  # a curve's own scores are those of this point
RUNAWAY = 10  # a loss that ends so many times above that of guessing has diverged


@with_exit_codes
def main(argv=None):
    print(train(parse_args('train', argv)))


def train(args):
    """Do what the flags say; returns the run's folder."""
    # What is given: flags, files, data. All of it is checked before an image is decoded.
    args, resumed, begun_folder = read_resumed(args)
    method = METHODS[args.unlearn_method]
    reject_useless(args, method)
    original, end, mask = read_files(args, method)
    args = inherit(args, [original], [end, resumed])
    device = pick_device(args.device)
    split = select(args, 'data'), select(args, 'split'), args.data_path
    files = {'originals': [original], 'dependents': [end, resumed]}
    files['masks'] = [] if resumed else [mask]
    data = open_split(*split, args.seed, args.retain_ratio, args.bn_samples, **files)
    refuse_small_batches(method, data, args.batch_size)

    # The networks, the optimiser, the record of the run and its folder.
    shape = args.model, len(data.classes), data.recipe.size
    theta_o, theta_p = (content and load_network(content, *shape) for content in (original, end))
    if theta_p:
        check_ends(original, end, theta_o, theta_p, args.allow_unlearned)
    if mask:
        check_mask(mask, theta_o)
    torch.manual_seed(args.seed)
    if method.starts_from == 'scratch':  # a resumed run has its weights in the checkpoint
        model = build_checked(*shape, args.pretrained and not resumed)
    elif method.starts_from in ('original', 'end'):
        model = copy.deepcopy(theta_p or theta_o)
    else:
        curve = args.curve, args.num_bends, args.fix_start, args.fix_end
        model = CurveNet(theta_o, *curve, mask and mask['mask'])
        lay_curve(model, theta_p, build_checked(*shape) if args.init_linear_off else None)
    is_curve = isinstance(model, CurveNet)
    model, wd = model.to(device), 0.0 if theta_p else args.wd
    settings = args.momentum, wd, args.milestones, args.epochs
    optimizer, schedule = build_optimizer(model, args.lr, *settings)
    if method.mask == 'salun':
        freeze_unselected(optimizer, model, mask['mask'])
    config = select(args, *CONFIG) | {'processes': distributed.world_size()}
    info = make_run_info(method, args.seed, config, data, (original, end, mask), theta_o, theta_p)
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
        context = Context(beta=args.beta, t_range=(args.start_t, args.end_t), original=theta_o)
        accuracies, original_scores = {}, None
        if theta_o:
            check_original(original, theta_o.to(device), data)
            measure_start = partial(measure_original, theta_o, loaders, seed=args.seed)
            original_scores = distributed.ask_main(measure_start)
            print_original(join_accuracies(original_scores, data), data.recipe)
            accuracies = find_accuracies(original, original_scores, data)
            bases = choose_bases(accuracies, args.unlearn_type, args.retain_base, args.forget_base)
            context = context._replace(retain_base=bases[0], forget_base=bases[1])
        if method.mask == 'sfron':
            selected = [mask['mask'][name].to(device) for name, _ in model.named_parameters()]
            context = context._replace(mask=selected)
        if method.prepare:
            began = read_clock(device)
            compute = partial(compute_shared, theta_o, data, args.batch_size, args.seed)
            method.prepare(model, compute, make_generator('prepare', args.seed))
            if resumed:  # of a resumed run only what lies beside the weights was missing
                model.load_state_dict(resumed['model_state'])
            else:
                info.seconds['pre'] = read_clock(device) - began
        stage, lr_ratio = 'search' if theta_p else 'pre', None
        if is_curve:  # the share of a step that reaches φ(t)
            free = [point.requires_grad for point in model.points]
            lr_ratio = compute_lr_ratio(model.curve, free, *context.t_range)
            print(f'--lr={args.lr:g} moves φ(t) as {args.lr * lr_ratio:.2g} moves a plain network')
        flags = resumed['flags'] if resumed else record_flags(args)
        header = describe_checkpoint(flags, model, accuracies, theta_p if is_curve else None)
        start, scores = resumed['epoch'] if resumed else 0, None
        if is_main:
            wandb_run = begin_wandb(args.wandb, folder, flags | {'run': info.to_dict()})
            if not resumed:
                begin_run(folder, info, flags, args.command)
            log = Log(folder, start, wandb_run)

        # The loop over epochs.
        step_model = distributed.wrap_model(model, device, is_user_file(args.model))
        for epoch in range(start, args.epochs):
            began, rate = read_clock(device), schedule.get_last_lr()[0]
            layers = make_generator('layers', args.seed, epoch, distributed.rank())
            torch.manual_seed(layers.initial_seed())  # dropout, which takes no generator
            generator = make_generator('draws', args.seed, epoch)
            context = context._replace(generator=generator, progress=epoch / args.epochs)
            loss = partial(method.loss, context=context)
            name, last = f'{args.unlearn_method}, epoch {epoch + 1}', epoch + 1 == args.epochs
            is_numbered = last or (epoch + 1) % args.save_freq == 0
            is_original = is_numbered and args.unlearn_method == 'baseline'  # it has accuracies
            is_measured = last or is_original or (epoch + 1) % args.eval_freq == 0
            passes = data.passes(method.list_passes(epoch), args.batch_size, args.seed, epoch)
            batches = distributed.progress(chain(*passes), name, sum(map(len, passes)))
            with name_divergence(name, method):
                means = train_epoch(step_model, batches, loss, optimizer, args.precision)
                if last and not is_curve:  # a curve may end at a point that knows nothing
                    refuse_runaway(means, len(data.classes))
                schedule.step()
                if last and method.starts_from == 'end':  # as each point of a curve has them
                    update_bn(model, data.bn_loader())
                seconds = read_clock(device) - began
                info.seconds[stage] = info.seconds.get(stage, 0.0) + seconds
                if not is_main:
                    continue
                scores = measure_model(model, loaders, data, args.seed, last) if is_measured else {}

            rates = {'lr': rate} | ({'effective_lr': rate * lr_ratio} if is_curve else {})
            log.write({'epoch': epoch + 1, **rates, **means, 'seconds': seconds}, scores)
            print(f'{name} of {args.epochs}  {format_epoch(means, scores)}  {seconds:.1f} s')
            content = header | {'epoch': epoch + 1, 'run': info.to_dict()}
            content |= collect_state(model, optimizer, schedule, epoch, method.high_flags)
            content |= join_accuracies(scores, data) if is_original else {}
            save_epoch(folder, content, is_numbered)

        if is_main:
            log.close()
            scores = scores or measure_model(model, loaders, data, args.seed, mia=True)
            finish(folder, info, scores, original_scores, is_curve)
    return folder


def train_epoch(model, batches, loss, optimizer, precision='fp32'):
    """One pass over batches; loss(model, batch) as in unlearn.py. Returns {name: its mean}.

    precision: of the products; weights, statistics and losses stay float32. Raises NotFinite, with
    the first bad batch (from 1), where a loss is not finite.
    """
    model.train()
    for layer in list_norms(model, frozen=True):
        layer.eval()
    values, means = [], Means()
    for batch in batches:
        with torch.autocast(batch[0].device.type, torch.bfloat16, enabled=precision == 'bf16'):
            value, logs = loss(model, batch)
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        optimizer.step()
        values.append(value.detach())
        means.add(logs)
    values = distributed.mean_over(torch.stack(values)).cpu()
    if len(bad := (~values.isfinite()).nonzero()):
        problem = f'the loss is not finite from batch {int(bad[0]) + 1} on.'
        raise NotFinite(problem, 'lower the rate.')
    return {'loss': float(values.mean()), **means.compute()}


@contextmanager
def name_divergence(name, method):
    """What is not finite here has diverged, by the flags of this method."""
    try:
        yield
    except NotFinite as error:
        raise Diverged(f'{name}: {error.problem}', f'lower {method.high_flags}.') from None


def refuse_runaway(means, num_classes):
    """Raise NotFinite after an epoch whose loss on what is kept is far above that of guessing."""
    ended = means['loss'] if means['retain_loss'] is None else means['retain_loss']
    if ended > RUNAWAY * math.log(num_classes):
        problem = f'the loss is {ended:.3g}, and guessing has {math.log(num_classes):.3g}.'
        raise NotFinite(problem, 'lower the rate.')


# ---------------------------------------------------------------- what is given


def reject_useless(args, method):
    """Refuse flags that the method cannot use, and name all that it lacks."""
    name, is_curve = args.unlearn_method, method.starts_from == 'ends'
    ends, original = ('init_start', 'init_end'), ('original_pth',)
    wanted = {'scratch': (), 'original': original}.get(method.starts_from, ends)
    missing = dict.fromkeys(wanted, f'{name} needs it')
    if method.mask in ('salun', 'sfron'):
        missing['mask_path'] = f'{name} moves only what a mask of generate_mask.py selects'
    require_flags(args, **missing)
    bases = ('retain_base', 'forget_base')
    of_curves = {*select(args, 'search', 'shape')} - {'retain_ratio', 'bn_samples', *bases}
    for is_useless, flags, why in (
        (True, {*ends, *original} - {*wanted}, 'does not start from it'),
        (method.mask is None, ('mask_path',), 'takes no mask'),
        (method.starts_from != 'scratch', ('pretrained',), 'does not start from scratch'),
        (not method.takes_beta, ('beta',), 'has no β'),
        (not is_curve, of_curves, 'searches no curve'),
        (wanted != ends, ('preset', 'retain_ratio', 'bn_samples'), 'starts from no end'),
        (wanted == ends, ('wd',), 'has no weight decay'),
        (not method.adapts_beta, bases, 'keeps β as it is'),
    ):
        if is_useless:
            reject_flags(args, flags, f'{name} {why}')
    if is_curve and not (args.fix_start and args.fix_end):
        if args.mask_path:
            problem = f'--mask_path={args.mask_path}: a mask needs both ends fixed.'
            raise InputError(problem, 'add --fix_start and --fix_end, or leave the mask out.')
        warn('without --fix_start and --fix_end the ends of the curve are trained too.')


def read_files(args, method):
    """The contents of the original, the end and the mask that a method starts from, or None."""
    original = end = None
    if method.starts_from == 'original':
        original = checkpoint.load_original(args.original_pth, args.allow_unlearned)
    if method.starts_from in ('end', 'ends'):
        end = checkpoint.load_end(args.init_end)
        original = checkpoint.load(args.init_start, 'init_start', kind='model')
    mask = load_mask(args.mask_path, method.mask) if args.mask_path else None
    return original, end, mask


def refuse_small_batches(method, data, batch_size):
    """Refuse batches without a sample for each process."""
    for part in method.trains_on:
        if min(batch_size, len(data.parts[part])) < distributed.world_size():
            problem = f'--batch_size={batch_size}: a batch of {part} has no sample for each of'
            raise InputError(f'{problem} {distributed.world_size()} processes.', 'start fewer.')


# ---------------------------------------------------------------- model and optimiser


def lay_curve(curve, theta_p, fresh=None):
    """Set the last point of a curve on θ_o to θ_p, and the inner ones on the straight line; those
    of `fresh`, a network, where it is given, but for what the mask leaves on the line."""
    curve.set_point(-1, theta_p)
    for index in range(1, len(curve.points) - 1) if fresh else ():
        curve.set_point(index, fresh)
    curve.init_linear(curve.frozen if fresh else None)


def compute_shared(net, data, batch_size, seed, part):
    """Gradient of the mean cross-entropy over random samples of a part, as many as D_f has, the
    same in all processes: {parameter name: tensor}."""
    indices = data.sample(part, len(data.parts['train_forget']), ('gradient', seed))
    loader = data.loader(part, batch_size=batch_size, indices=indices, shared=True)
    gradient = compute_gradient(net, loader)
    return {name: distributed.sum_over(g) for name, g in gradient.items()}


def build_optimizer(model, lr, momentum, wd, milestones, epochs):
    """(SGD, its schedule)."""
    device = next(model.parameters()).device
    settings = {'momentum': momentum, 'weight_decay': wd, 'fused': device.type in ('cpu', 'cuda')}
    free = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.SGD(free, lr, **settings)
    if milestones:
        return optimizer, torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones, gamma=0.1)
    return optimizer, torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)


# ---------------------------------------------------------------- the record


def make_run_info(method, seed, config, data, files, theta_o, theta_p):
    """The record of a run that starts from the files of an original, an end and a mask, or None."""
    original, end, mask = files
    weights = digest_start(theta_o, theta_p)
    if mask:
        weights['mask'] = checkpoint.digest_state(mask['mask'])
        config = config | {'mask': Path(mask['file']).stem}
    spent = {'pre': sum_seconds(end), 'mask': sum_seconds(mask)}
    return RunInfo(
        method=config['unlearn_method'],
        seed=seed,
        config={k: v for k, v in config.items() if not (method.adapts_beta and k == 'beta')},
        weights=weights,
        start=original and original.get('run', {}),
        end=end and end.get('run', {}),
        seconds={stage: seconds for stage, seconds in spent.items() if seconds},
        **data.record,
    )


def describe_checkpoint(flags, model, accuracies, theta_p):
    """What each checkpoint of a run says besides its state and its record. A curve keeps what its
    points lack of θ_p: its statistics, and where that end is free its weights too."""
    header = {'format': checkpoint.FORMAT, 'kind': 'model', 'flags': flags, 'original': accuracies}
    if theta_p is None:
        return header
    state = theta_p.state_dict()
    lacking = [name for name in state if name not in model.shapes or not flags['fix_end']]
    return header | {'kind': 'curve', 'end': {name: state[name].clone() for name in lacking}}


# ---------------------------------------------------------------- scores


def measure_model(model, loaders, data, seed, mia):
    """The scores of a network, or of a curve's φ(0.9) with its own statistics."""
    if isinstance(model, CurveNet):
        model = build_point(model, SHOWN_T, data.bn_loader())
    return measure(model, loaders, mia, seed)


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


def finish(folder, info, scores, original_scores, is_curve):
    """Write the scores of a trained run, and those of the original that it started from."""
    (folder / checkpoint.ROLLING).unlink(missing_ok=True)  # which a kill may have left
    if is_curve:
        scores['t'] = SHOWN_T
        print('The checkpoint holds the original model as its first point, and with it what was')
        print('forgotten. What is handed out is a point: eval_curve.py --export_t=best.')
    if info.method != 'baseline':
        print(format_attacks(scores))
    write_scores(folder, info, scores, original_scores)


if __name__ == '__main__':
    main()
