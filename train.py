"""Train an original model, a retrained one, any pre-unlearning method, or a curve (MCU).

    python3 train.py --dir=runs --dataset=Digits --transform=ResNet --model=PreResNet8 --epochs=15

writes a folder under --dir: checkpoints, log.jsonl, run.json, the command, the scores in a .npz.
Fifteen epochs of PreResNet8 on Digits take about 20 seconds on two cores.
"""

from arg_parser import parse_args

if __name__ == '__main__':
    parse_args('train')  # --help and typing errors answer before torch is imported

import copy
from functools import partial
from itertools import chain
from pathlib import Path

import torch

from curves import CurveNet, compute_lr_ratio
from data import make_generator, open_split
from lib import checkpoint, distributed
from lib.checkpoint import FORMAT, ROLLING
from lib.device import pick_device, read_clock
from lib.errors import Diverged, InputError, NotFinite, script, warn
from lib.flags import inherit, is_own, need, record_flags, refuse, select_config
from lib.originals import check_original, print_original
from lib.resume import (
    collect_state,
    find_new_folder,
    read_resumed,
    refuse_different_starts,
    restore_state,
    save_epoch,
)
from lib.run import (
    Log,
    begin_wandb,
    claim,
    format_attacks,
    refuse_running,
    sum_seconds,
    write_scores,
)
from lib.run_info import RunInfo
from models import build_checked, load_network
from task_vector import STATISTICS
from unlearn import METHODS, Context, freeze_unselected, train_epoch
from utils import (
    check_ends,
    check_mask,
    check_relearning,
    choose_bases,
    digest_start,
    find_accuracies,
    find_lone_problem,
    join_accuracies,
    load_mask,
    measure,
    measure_original,
    measure_relearning,
    update_bn,
)

OF_CURVES = ('curve', 'num_bends', 'fix_start', 'fix_end', 'init_linear_off', 'retain_ratio')
OF_CURVES += ('retain_base', 'forget_base', 'start_t', 'end_t', 'preset', 'bn_samples')
SHOWN_T = 0.9  # a curve's own scores are those of this point
RUNAWAY = 10  # a loss that ends so many times above where it began has diverged


@script
def main(argv=None):
    print(train(parse_args('train', argv)))


def train(args):
    """Do what the flags say, as arg_parser.parse_args('train', [...]) gives them; returns the
    run's folder."""
    # What is given: flags, files, data. All of it is checked before an image is decoded.
    args, resumed, begun_folder = read_resumed(args)
    method = METHODS[args.unlearn_method]
    refuse_useless(args, method)
    original, end, mask = read_files(args, method)
    args = inherit(args, [original], [end, resumed])
    if (args.forget_loss, args.unlearn_type) == ('hinge', 'class'):
        problem = '--forget_loss=hinge: a forgotten class has no loss to reach.'
        raise InputError(problem, 'use right or delete.')
    device = pick_device(args.device, args.tf32)
    data = open_split(args, [original], [end, resumed], [] if resumed else [mask])
    refuse_small_batches(args, method, data)

    # The networks, the optimiser, the record of the run and its folder.
    theta_o, theta_p = (c and open_network(c, args, data) for c in (original, end))
    if theta_p and not resumed:
        check_ends(original, end, theta_o, theta_p, args.allow_unlearned)
    model = build_model(args, method, data, theta_o, theta_p, mask, bool(resumed)).to(device)
    optimizer, schedule, scaler = build_optimizer(args, method, model, mask, device)
    info = make_run_info(args, method, data, original, end, mask, theta_o, theta_p)
    if resumed:
        restore_state(resumed, info, model, optimizer, schedule, scaler)
        folder = Path(resumed['file']).parent
        info = RunInfo.from_dict(resumed['run'], resumed['source'])
        finished = resumed['epoch'] >= args.epochs and any(folder.glob('*.npz'))
        if finished and 'relearn' not in args.typed:
            return folder
        refuse_running(folder)
    else:
        folder = find_new_folder(args, info, begun_folder)

    # From here on several processes work together, and images are decoded.
    distributed.init(device)
    refuse_different_starts(folder, resumed)
    data.load(device, args.num_workers)
    if theta_o:
        check_original(original, theta_o.to(device), data)
    refuse_lone_samples(args, method, model, data)
    check_relearning(args.relearn, model, data)
    loaders = data.loaders(args.batch_size, share='batches')
    accuracies, original_scores = {}, None
    context = {'beta': args.beta, 't_range': (args.start_t, args.end_t)}
    if method.mask == 'sfron':
        context['mask'] = [mask['mask'][n].to(device) for n, _ in model.named_parameters()]
    if theta_o:
        mia = distributed.is_main_process()
        original_scores = measure_original(theta_o, loaders, mia, args.seed)
        print_original(join_accuracies(original_scores, data), data.recipe)
        accuracies = find_accuracies(original, original_scores, data)
        bases = choose_bases(accuracies, args.unlearn_type, args.retain_base, args.forget_base)
        context |= {'retain_base': bases[0], 'forget_base': bases[1], 'original': theta_o}
        context |= {'forget_loss': args.forget_loss, 'base_loss': original_scores['tr_nll']}

    # The loop over epochs.
    start, first_loss = (resumed['epoch'], resumed['first_loss']) if resumed else (0, None)
    stage = 'search' if isinstance(model, CurveNet) else 'pre'
    if stage == 'search':
        free = [point.requires_grad for point in model.points]
        lr_ratio = compute_lr_ratio(model.curve, free, args.start_t, args.end_t)
        if distributed.is_main_process():
            print(f'--lr={args.lr:g} moves φ(t) as {args.lr * lr_ratio:.2g} moves a plain network')
    step_model = distributed.wrap_model(model, device, args.compile, is_own(args.model))
    flags = resumed['flags'] if resumed else record_flags(args)
    fixed = describe_checkpoint(flags, model, accuracies, theta_p)
    wandb_run = begin_wandb(args.wandb, folder, flags)
    with claim(folder, info, flags, args.command, args.overwrite, bool(resumed)):
        log = Log(folder, args.epochs, start, wandb_run)
        bar = distributed.progress(name=folder.name, count=count_steps(args, method, data, start))
        scores = None
        for epoch in range(start, args.epochs):
            rate, since = schedule.get_last_lr()[0], read_clock(device)
            name, last = f'{args.unlearn_method}, epoch {epoch + 1}', epoch + 1 == args.epochs
            batches, loss = prepare_epoch(args, method, data, epoch, context, bar)
            how = {'precision': args.precision, 'scaler': scaler, 'suspects': method.suspects}
            means = train_epoch(step_model, batches, loss, optimizer, name, **how)
            schedule.step()
            seconds = read_clock(device) - since
            info.seconds[stage] = info.seconds.get(stage, 0.0) + seconds
            of_epoch = means.pop('first_loss')
            first_loss = of_epoch if first_loss is None else first_loss

            kept = last or (epoch + 1) % args.save_freq == 0
            is_original = kept and args.unlearn_method == 'baseline'  # which keeps its accuracies
            scores = None
            if last or is_original or (epoch + 1) % args.eval_freq == 0:
                scores = measure_epoch(args, method, model, data, loaders, epoch, last)
            if last:
                refuse_diverged(args, method, means, first_loss, scores, original_scores, data)
            rates = {'lr': rate} | ({'effective_lr': rate * lr_ratio} if stage == 'search' else {})
            values = {'epoch': epoch + 1, **rates, **means, 'seconds': seconds}
            bar.write(log.write(values, scores, format_epoch(args, means, scores, data, seconds)))
            content = fixed | {'epoch': epoch + 1, 'run': info.to_dict(), 'first_loss': first_loss}
            content |= collect_state(model, optimizer, schedule, scaler, epoch, method.suspects)
            content |= join_accuracies(scores, data) if is_original else {}
            if distributed.is_main_process():
                save_epoch(folder, content, kept)
        bar.close()
        log.close()
        if scores is None:
            scores = measure_epoch(args, method, model, data, loaders, start - 1, last=True)
        if distributed.is_main_process():
            finish(args, folder, info, model, data, scores, original_scores)
    return folder


# ---------------------------------------------------------------- what is given


def refuse_useless(args, method):
    """Refuse flags that the method cannot use, and name all that it lacks."""
    who = args.unlearn_method
    ends, original, mask = ('init_start', 'init_end'), ('original_pth',), ('mask_path',)
    wanted = {'scratch': (), 'original': original, 'ends': ends}[method.starts_from]
    missing = dict.fromkeys(wanted, f'{who} starts from it')
    if method.mask in ('salun', 'sfron'):
        missing['mask_path'] = f'{who} moves only what a mask of generate_mask.py selects'
    need(args, **missing)
    refuse(args, {*ends, *original} - {*wanted}, f'{who} does not start from it')
    if method.mask is None:
        refuse(args, mask, f'{who} takes no mask')
    if method.mask == 'sfron' and args.precision == 'fp16':
        problem = f'--precision=fp16: {who} takes its gradient unscaled, where fp16 rounds it to 0.'
        raise InputError(problem, 'use bf16 or fp32.')
    if method.starts_from != 'scratch':
        refuse(args, ('pretrained',), f'{who} does not start from scratch')
    if not method.takes_forget_loss:
        refuse(args, ('forget_loss', 'beta'), f'{who} has a loss of its own')
    if method.starts_from != 'ends':
        refuse(args, OF_CURVES, f'{who} searches no curve')
        return
    refuse(args, ('wd',), 'a curve has no weight decay')
    if not method.adapts_beta:
        refuse(args, ('retain_base', 'forget_base'), f'{who} keeps β as it is')
    refuse(args, ('relearn',), 'eval_curve.py measures it for the points that are compared')
    if args.mask_path and not (args.fix_start and args.fix_end):
        problem = f'--mask_path={args.mask_path}: a mask needs both ends fixed.'
        raise InputError(problem, 'add --fix_start and --fix_end, or leave the mask out.')


def read_files(args, method):
    """The contents of the original, the end and the mask that a method starts from, or None."""
    original = end = None
    if method.starts_from == 'original':
        original = checkpoint.load_original(args.original_pth, args.allow_unlearned)
    if method.starts_from == 'ends':
        end = checkpoint.load_end(args.init_end)
        original = checkpoint.load(args.init_start, 'init_start', kind='model')
    mask = load_mask(args.mask_path, method.mask) if args.mask_path else None
    return original, end, mask


def open_network(content, args, data):
    """The network that a checkpoint holds."""
    return load_network(content, args.model, len(data.classes), data.recipe.size)


def count_samples(args, part, data):
    """How many samples of a batch each process gets at least."""
    return min(args.batch_size, len(data.parts[part])) // distributed.world_size()


def refuse_small_batches(args, method, data):
    """Refuse batches without a sample for each process."""
    for part in method.trains_on:
        if count_samples(args, part, data) == 0:
            problem = f'--batch_size={args.batch_size}: a batch of {part} has no sample for each of'
            raise InputError(f'{problem} {distributed.world_size()} processes.', 'start fewer.')


def refuse_lone_samples(args, method, model, data):
    """Refuse batches of one sample where BatchNorm finds no variance in it: on small images."""
    for part in method.trains_on:
        if count_samples(args, part, data) > 1:
            continue
        if error := find_lone_problem(model, data, part):
            problem = f'--batch_size={args.batch_size}: a batch of {part} has one sample ({error}).'
            raise InputError(problem, 'make it larger, or forget two samples.')


# ---------------------------------------------------------------- model and optimiser


def build_model(args, method, data, theta_o, theta_p, mask, resumed):
    """The network or curve to be trained, before any step; a resumed one needs no ImageNet
    weights, for its own are in the checkpoint."""
    if mask:
        check_mask(mask, theta_o)
    if method.starts_from == 'original':
        return copy.deepcopy(theta_o)
    torch.manual_seed(args.seed)
    pretrained = args.pretrained and not resumed
    build = partial(build_checked, args.model, len(data.classes), data.recipe.size, pretrained)
    if method.starts_from == 'scratch':
        return build()
    ends = args.fix_start, args.fix_end
    if not all(ends):
        warn('without --fix_start and --fix_end the ends of the curve are trained too.')
    selected = mask and mask['mask']
    try:  # on θ_o itself: what it has besides parameters and statistics belongs to every point
        model = CurveNet(theta_o, args.curve, args.num_bends, *ends, selected)
    except ValueError as error:
        raise InputError(f'--mask_path={args.mask_path}: {error}.', 'give another.') from None
    refuse_other_buffers(args, theta_o, theta_p)
    model.set_point(-1, theta_p)
    if args.init_linear_off:
        fresh = build()
        for index in range(1, args.num_bends - 1):
            model.set_point(index, fresh)
    model.init_linear(model.held if args.init_linear_off else None)
    if not any(point.requires_grad for point in model.points):
        raise InputError(f'--num_bends={args.num_bends}: no point is free.', 'use 3 or more.')
    return model


def refuse_other_buffers(args, theta_o, theta_p):
    """Refuse ends that differ in a buffer that is no BatchNorm statistic: no point lies between."""
    others = dict(theta_p.named_buffers())
    for name, buffer in theta_o.named_buffers():
        if not name.endswith(STATISTICS) and not torch.equal(buffer, others[name]):
            problem = f'--init_end={args.init_end}: its buffer {name} is not that of the original.'
            raise InputError(problem, 'give an end that was made from this original.')


def build_optimizer(args, method, model, mask, device):
    """(SGD, its schedule, the scaler of fp16 or None); no weight decay on curves."""
    free = [p for p in model.parameters() if p.requires_grad]
    wd = 0.0 if method.starts_from == 'ends' else args.wd
    how = {'momentum': args.momentum, 'weight_decay': wd, 'fused': device.type in ('cpu', 'cuda')}
    optimizer = torch.optim.SGD(free, args.lr, **how)
    if method.mask == 'salun':
        freeze_unselected(optimizer, model, mask['mask'])
    if args.milestones:
        schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, args.milestones, gamma=0.1)
    else:
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, args.epochs)
    scaler = torch.amp.GradScaler(device.type) if args.precision == 'fp16' else None
    return optimizer, schedule, scaler


# ---------------------------------------------------------------- the record and the folder


def make_run_info(args, method, data, original, end, mask, theta_o, theta_p):
    """The record of this run."""
    weights = digest_start(theta_o, theta_p)
    if mask:
        weights['mask'] = checkpoint.digest_state(mask['mask'])
    spent = {'pre': sum_seconds(end), 'mask': sum_seconds(mask)}
    config = select_config(args) | {'processes': distributed.world_size()}
    if mask:
        config['mask'] = Path(args.mask_path).stem
    if method.adapts_beta:
        del config['beta']
    return RunInfo(
        method=args.unlearn_method,
        seed=args.seed,
        config=config,
        weights=weights,
        start=original and original.get('run', {}),
        end=end and end.get('run', {}),
        seconds={stage: seconds for stage, seconds in spent.items() if seconds},
        **data.record,
    )


def describe_checkpoint(flags, model, accuracies, theta_p):
    """What each checkpoint of a run says besides its state and its record. A curve keeps what its
    points lack of θ_p: its statistics, and where that end is free its weights too."""
    said = {'format': FORMAT, 'flags': flags, 'original': accuracies}
    if not isinstance(model, CurveNet):
        return said | {'kind': 'model'}
    state = theta_p.state_dict()
    lacking = {k: v for k, v in state.items() if k not in model.shapes or not flags['fix_end']}
    end = {name: tensor.clone() for name, tensor in lacking.items()}
    return said | {'kind': 'curve', 'end': end}


# ---------------------------------------------------------------- an epoch


def prepare_epoch(args, method, data, epoch, context, bar):
    """(batches, loss) of an epoch (from 0): one pass over each part that the method trains on; each
    batch counts on the progress bar once it has been trained on."""
    how = {'train': True, 'batch_size': args.batch_size, 'seed': args.seed, 'epoch': epoch}
    passes = [data.loader(part, share='samples', **how) for part in method.list_passes(epoch)]
    address = 'layers', args.seed, epoch, distributed.rank()
    torch.manual_seed(make_generator(*address).initial_seed())  # dropout, which takes no generator
    context = Context(make_generator('draws', args.seed, epoch), **context)
    return count_batches(chain(*passes), bar), partial(method.loss, context=context)


def count_batches(batches, bar):
    """The same batches, each counted on a progress bar once the next is asked for."""
    for batch in batches:
        yield batch
        bar.update()


def count_steps(args, method, data, start):
    """How many batches are left of a run."""
    parts = chain(*(method.list_passes(epoch) for epoch in range(start, args.epochs)))
    how = {'train': True, 'batch_size': args.batch_size, 'share': 'samples'}
    return sum(len(data.loader(part, **how)) for part in parts)


def measure_epoch(args, method, model, data, loaders, epoch, last):
    """The scores after an epoch (from 0): of a network, or of a curve's φ(0.9) with its own
    statistics; the last has the attack. Raises Diverged where there are none."""
    name = f'{args.unlearn_method} after epoch {epoch + 1}'
    for buffer in model.buffers() if distributed.world_size() > 1 else ():
        distributed.broadcast_first(buffer)  # statistics, each process's own until the next step
    net = model
    if isinstance(model, CurveNet):
        net = model.at(SHOWN_T)
        update_bn(net, data.bn_loader(share='batches'))
    try:
        return measure(net, loaders, last and distributed.is_main_process(), args.seed, name)
    except NotFinite as error:
        raise Diverged(error.problem, f'lower {method.suspects}.') from None


def refuse_diverged(args, method, means, first_loss, scores, original_scores, data):
    """Raise Diverged after the last epoch of a run that ran away within the finite numbers: its
    loss ended far above where it began, or it knows what is kept no better than always guessing one
    class. first_loss: that of its first batch; original_scores: None from scratch."""
    if method.starts_from == 'ends':
        return  # a curve may end at a point that knows nothing, and its loss depends on t
    ended = means['loss'] if means.get('retain_loss') is None else means['retain_loss']
    if ended > RUNAWAY * max(first_loss, 1):
        problem = f'{args.unlearn_method}: the loss went from {first_loss:.3g} to {ended:.3g}.'
        raise Diverged(problem, f'lower {method.suspects}.')
    labels = data.targets[0][data.parts['train_retain']]
    guessed = 100 * float(labels.bincount().max()) / len(labels)
    if original_scores:
        got_worse = original_scores['rr_acc'] > 2 * guessed
    else:  # from scratch, a single epoch may end before anything is learnt
        got_worse = args.epochs > 1 and means['loss'] > first_loss
    if scores['rr_acc'] <= guessed and got_worse and not method.is_expert:
        problem = f'accuracy on what is kept is {scores["rr_acc"]:.2f} %: that of guessing.'
        raise Diverged(f'{args.unlearn_method}: {problem}', f'lower {method.suspects}.')


def format_epoch(args, means, scores, data, seconds):
    """An epoch in a line of the table's words; a plain original says nothing of forgetting."""
    if args.unlearn_method == 'baseline':
        words = [f'loss {means["loss"]:.4f}']
        accuracies = join_accuracies(scores, data) if scores else {}
        words += [f'{name[:-4]} {value:.2f} %' for name, value in accuracies.items()]
    else:
        losses = [('retain', means['retain_loss']), ('forget', means['forget_loss'])]
        text = ' '.join(f'{name} {value:.3f}' for name, value in losses if value is not None)
        words = [f'loss {text}']
        if means.get('beta') is not None:
            words.append(f'β {means["beta"]:.3f}')
        if scores:
            values = {'UA': 100 - scores['rf_acc'], 'RA': scores['rr_acc'], 'TA': scores['tr_acc']}
            words += [f'{name} {value:.2f}' for name, value in values.items()]
    return '  '.join([*words, f'{seconds:.1f} s'])


def finish(args, folder, info, model, data, scores, original_scores):
    """Write the scores of a trained run, and those of the original that it started from."""
    (folder / ROLLING).unlink(missing_ok=True)  # which a kill may have left
    if isinstance(model, CurveNet):
        scores['t'] = SHOWN_T
    elif args.relearn:
        scores |= measure_relearning(model, data, args.relearn)
    write_scores(folder, info, scores, original_scores)
    if args.unlearn_method != 'baseline':
        print(format_attacks(scores))
    if isinstance(model, CurveNet):
        print('The checkpoint holds the original model as its first point, and with it what was')
        print('forgotten. What is handed out is a point: eval_curve.py --export_t=best.')


if __name__ == '__main__':
    main()
