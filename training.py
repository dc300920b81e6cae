"""A training run from its flags to its folder: what train.py and forget.py do with them."""

import copy
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import torch

import ranks
from checkpoint import ROLLING, digest, digest_weights, save
from curves import CurveNet
from data import generator
from errors import Diverged, InputError, NotFinite, warn
from given import pick
from inputs import (
    check_ends,
    fresh_network,
    network,
    open_divided,
    pre,
    prior_seconds,
    read_inputs,
    read_resumed,
    weights_of,
)
from masks import check_mask, warn_if_full
from optimisation import Moving, make_moving, stepping
from runs import (
    Log,
    about,
    bases_of,
    claimed,
    configuration,
    description,
    free_folder,
    known_accuracies,
    refuse_running,
    run_name,
    save_scores,
    whole_accuracies,
)
from task_vector import STATISTICS
from unlearn import METHODS, Run, train_epoch
from utils import measure, pick_device, relearn, seconds, update_bn

SHOWN_T = 0.9  # a curve's own scores are those of this point
RUNAWAY = 10  # a loss that ends so many times above where it began has diverged


def build_model(args, method, inputs, data, original, end):
    """The network or curve to be trained, before any step; original, end: θ_o and θ_p as networks,
    or None."""
    fresh = fresh_network(args, data, args.pretrained and not args.resume)
    if inputs.mask:
        check_mask(inputs.mask, fresh)
        warn_if_full(inputs.mask['mask'], fresh, inputs.mask['source'])
    if method.starts_from == 'original':
        return copy.deepcopy(original)
    if method.starts_from == 'scratch':
        return fresh
    mask = inputs.mask and inputs.mask['mask']
    refuse_other_buffers(original, end, inputs)
    try:  # on θ_o itself: what it has besides parameters and statistics belongs to every point
        model = CurveNet(original, args.curve, args.num_bends, args.fix_start, args.fix_end, mask)
    except ValueError as error:
        raise InputError(f'--mask_path={args.mask_path}: {error}.', 'give another.') from None
    model.set_point(-1, end)
    if args.init_linear_off:
        for index in range(1, args.num_bends - 1):
            model.set_point(index, fresh)
    model.init_linear(model.held if args.init_linear_off else None)
    if not any(point.requires_grad for point in model.points):
        raise InputError(f'--num_bends={args.num_bends}: no point is free.', 'use 3 or more.')
    return model


def refuse_other_buffers(original, end, inputs):
    """Refuse ends that differ in a buffer that is no BatchNorm statistic: no point lies between."""
    others = dict(end.named_buffers())
    for name, buffer in original.named_buffers():
        if not name.endswith(STATISTICS) and not torch.equal(buffer, others[name]):
            problem = f'{inputs.end["source"]}: its buffer {name} is not that of the original.'
            raise InputError(problem, 'give an end that was made from this original.')


def least_samples(args, part, data):
    """How many samples of a batch each process gets at least."""
    return min(args.batch_size, len(data.parts[part])) // ranks.world()


def refuse_shares(args, method, data):
    """Refuse batches without a sample for each process."""
    for part in method.trains_on:
        if least_samples(args, part, data) == 0:
            problem = f'--batch_size={args.batch_size}: of {part}, {ranks.world()} processes'
            raise InputError(f'{problem} do not get a sample each.', 'start fewer.')


def refuse_lone(args, method, model, data):
    """Refuse batches of one sample where BatchNorm finds no variance in it: on small images."""
    for part in method.trains_on:
        if least_samples(args, part, data) > 1:
            continue
        x, *_ = next(iter(data.loader(part, batch_size=1)))
        try:
            copy.deepcopy(model).train()(x)
        except ValueError as error:
            problem = f'--batch_size={args.batch_size}: a batch of {part} has one sample ({error}).'
            raise InputError(problem, 'make it larger, or forget two samples.') from None


def shown(model, data):
    """The network whose scores stand for the run: itself, or a curve's φ(0.9) with statistics."""
    if not isinstance(model, CurveNet):
        return model
    net = model.at(SHOWN_T)
    update_bn(net, data.bn_loader(share='batches'))
    return net


def more_words(args):
    """What changes the result besides the flags, for a run's name: the mask, and the number of
    processes, each of which has BatchNorm and dropout of its own."""
    mask = f'-{Path(args.mask_path).stem}' if args.mask_path else ''
    return mask + (f'-processes{ranks.world()}' if ranks.world() > 1 else '')


def folder_of(args, method, inputs, data):
    """The folder of a new run: its name has the method, for a curve that of its end, and all else
    that changes the result."""
    head = args.unlearn_method
    if method.starts_from == 'ends':
        head = f'{head}-{pre(inputs)}'
    name = run_name(args, head, data, weights_of(inputs), more_words(args))
    if args.again and args.again.name != name:
        problem = f'--resume={args.again}: the flags, or the files they name, are of another run.'
        raise InputError(problem, f'leave --resume out to begin {name}.')
    return free_folder(args, name)


def measure_trained(model, data, loaders, args, epoch, mia):
    """The run's scores after an epoch (from 0); raises Diverged where there are none."""
    name = f'{args.unlearn_method} after epoch {epoch + 1}'
    for buffer in model.buffers() if ranks.world() > 1 else ():
        ranks.take_first(buffer)  # BatchNorm's statistics, each process's own until the next step
    try:
        return measure(shown(model, data), loaders, mia, args.seed, name)
    except NotFinite as error:
        likely = METHODS[args.unlearn_method].likely
        raise Diverged(error.problem, f'lower {likely}.') from None


def description_of(args, inputs, data, model, original):
    """What the checkpoint says besides its state. A curve keeps what its points lack of the
    pre-unlearning model: its statistics, and where that end is free its weights too."""
    described = description(args, data) | {'method': args.unlearn_method}
    described['inputs'] = digest(*weights_of(inputs))
    described['processes'] = ranks.world()
    described['config'] = configuration(args, data, more_words(args))
    if inputs.original:
        described['started_from'] = digest_weights(original)
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


def refuse_diverged(method, name, epochs, means, began, scores, before, data):
    """Raise Diverged after the last epoch of a run that ran away within the finite numbers: its
    loss ended far above where it began, or it knows what is kept no better than who always guesses
    one class. began: the loss of its first batch; before: the original's scores, or None."""
    ended = means['loss'] if means.get('retain_loss') is None else means['retain_loss']
    if ended > RUNAWAY * max(began, 1):
        problem = f'{name}: the loss went from {began:.3g} to {ended:.3g}.'
        raise Diverged(problem, f'lower {method.likely}.')
    if method.starts_from == 'ends':
        return  # φ(0.9) may know nothing because the end knows nothing
    labels = data.targets[0][data.parts['train_retain']]
    guessed = 100 * float(labels.bincount().max()) / len(labels)
    # from scratch, a single epoch may end before anything is learnt
    got_worse = before['rr_acc'] > 2 * guessed if before else epochs > 1 and means['loss'] > began
    if scores['rr_acc'] <= guessed and got_worse:
        problem = f'{name}: accuracy on what is kept is {scores["rr_acc"]:.2f} %: that of guessing.'
        raise Diverged(problem, f'lower {method.likely}.')


def one_epoch(args, method, step_model, data, moving, epoch, settings):
    """Train one epoch (from 0); settings: what the losses know besides their draws."""
    name = f'{args.unlearn_method}, epoch {epoch + 1}'
    how = {'train': True, 'batch_size': args.batch_size, 'seed': args.seed, 'epoch': epoch}
    passes = [data.loader(part, share='samples', **how) for part in method.passes(epoch)]
    bar = ranks.bar(chain(*passes), name, sum(map(len, passes)))
    seed = generator('layers', args.seed, epoch, ranks.rank()).initial_seed()
    torch.manual_seed(seed)  # dropout, which takes no generator
    loss = partial(method.loss, run=Run(generator('draws', args.seed, epoch), **settings))
    how = {'precision': args.precision, 'scaler': moving.scaler, 'likely': method.likely}
    return train_epoch(step_model, bar, loss, moving.optimizer, name, **how)


class Prepared(NamedTuple):
    """A run of which everything that is given has been checked; nothing is written yet, and no
    image decoded."""

    method: Any
    inputs: Any
    data: Any
    device: torch.device
    original: torch.nn.Module | None  # θ_o, of whatever starts from it
    moving: Moving
    folder: Path
    described: dict  # what its checkpoints say besides their state
    resumed: dict | None


def prepare(args):
    """Check all that is given; returns the `Prepared` run."""
    resumed = read_resumed(args)
    method = METHODS[args.unlearn_method]
    inputs = read_inputs(args, method)
    device = pick_device(args.device, args.tf32)
    masks = [] if resumed else [inputs.mask]  # a resumed run's is compared to the bit, below
    data = open_divided(args, [inputs.original], [inputs.end, resumed], masks)
    refuse_shares(args, method, data)
    original = inputs.original and network(inputs.original, args, data).eval()
    end = inputs.end and network(inputs.end, args, data)
    if end and not resumed:  # a resumed run's are compared to the bit, below
        check_ends(args, inputs.original, inputs.end, (original, end))
    model = build_model(args, method, inputs, data, original, end).to(device)
    moving = make_moving(args, method, model, inputs.mask, device)
    folder = Path(resumed['file']).parent if resumed else folder_of(args, method, inputs, data)
    described = description_of(args, inputs, data, model, original) | {'run': folder.name}
    if resumed:
        if resumed.get('inputs') != described['inputs']:
            problem = f'{resumed["source"]}: started from other files than those named now.'
            raise InputError(problem, 'name the original, the ends and the mask of then.')
        moving.restore(resumed)
        refuse_running(folder)
        if (then := resumed.get('processes', 1)) != ranks.world():
            warn(f'{resumed["source"]}: is of {then} processes; with {ranks.world()} it differs.')
    if method.starts_from == 'ends' and not (args.fix_start and args.fix_end):
        warn('without --fix_start and --fix_end the ends of the curve are trained too.')
    return Prepared(method, inputs, data, device, original, moving, folder, described, resumed)


def train(args, before=None):
    """Do what the flags of train.py say, checked by `inputs.begin`; returns the run's folder.
    before: what the original scores on this split, where that has been measured."""
    run = prepare(args)
    if finished(args, run):
        return run.folder
    ranks.join(run.device)
    starts = [(run.folder.name, run.resumed and run.resumed['epoch'])]
    if len(set(ranks.gather(starts))) > 1:
        raise InputError(
            f'{run.folder}: the processes read different files there.', 'run it again.'
        )
    run.data.load(run.device, args.num_workers)
    refuse_lone(args, run.method, run.moving.model, run.data)
    loaders = run.data.loaders(args.batch_size, share='batches')
    settings = {'beta': args.beta, 't_range': (args.start_t, args.end_t)}
    if run.original:
        theta = run.original.to(run.device)
        before = before or measure(theta, loaders, ranks.writer(), args.seed, 'the original')
        run.described['original'] = known_accuracies(run.inputs.original, before, run.data)
        bases = bases_of(args, run.described['original'])
        settings |= {'retain_base': bases[0], 'forget_base': bases[1], 'original': theta}
    with claimed(run.folder, args, run.resumed):
        scores, spent = epochs_of(args, run, loaders, settings, before)
        if ranks.writer():
            finish(args, run, scores, spent, before)
    return run.folder


def finished(args, run):
    """Whether a resumed run has its last epoch and its scores, and nothing more is asked for."""
    if not run.resumed or run.resumed['epoch'] < args.epochs or 'relearn' in args.typed:
        return False
    return any(run.folder.glob('*.npz'))


def epochs_of(args, run, loaders, settings, before):
    """Train what is left of a run, a checkpoint every epoch; returns (its scores, seconds).
    before: what the original scored, or None."""
    model, folder = run.moving.model, run.folder
    start = run.resumed['epoch'] if run.resumed else 0
    spent = run.resumed['seconds'] if run.resumed else prior_seconds(run.inputs)
    began_at = run.resumed.get('began') if run.resumed else None  # the loss of the first batch
    part = 'search' if isinstance(model, CurveNet) else 'pre'
    log, scores = Log(folder, args, start), None
    step_model, is_original = stepping(args, model, run.device), args.unlearn_method == 'baseline'
    for epoch in range(start, args.epochs):
        rate, began = run.moving.schedule.get_last_lr()[0], seconds(run.device)
        means = one_epoch(args, run.method, step_model, run.data, run.moving, epoch, settings)
        run.moving.schedule.step()
        took = seconds(run.device) - began
        first_loss = means.pop('began')
        began_at = first_loss if began_at is None else began_at
        spent[part] = spent.get(part, 0.0) + took
        last = epoch + 1 == args.epochs
        scores, kept = None, last or (epoch + 1) % args.save_freq == 0
        if last or (epoch + 1) % args.eval_freq == 0 or (kept and is_original):  # for the bases
            scores = measure_trained(model, run.data, loaders, args, epoch, last and ranks.writer())
        if last:
            told = run.method, folder.name, args.epochs, means, began_at
            refuse_diverged(*told, scores, before, run.data)
        more = whole_accuracies(scores, run.data) if kept and is_original else {}
        more |= {'began': began_at}
        content = run.described | more | run.moving.state(epoch + 1, run.method.likely)
        log.line({'epoch': epoch + 1, 'lr': rate, **means, 'seconds': took}, scores)
        if ranks.writer():
            write(folder, content | {'seconds': spent}, kept)
    log.close()
    if ranks.writer():
        (folder / ROLLING).unlink(missing_ok=True)  # which a kill may have left
    if scores is None:
        scores = measure_trained(model, run.data, loaders, args, start - 1, ranks.writer())
    return scores, spent


def write(folder, content, kept):
    """Write the checkpoint of an epoch: one that is kept, or the rolling one. The rolling one goes
    when a kept one is there, so that whichever is found is the newest."""
    save(folder / (f'checkpoint-{content["epoch"]}.pt' if kept else ROLLING), content)
    if kept:
        (folder / ROLLING).unlink(missing_ok=True)


def finish(args, run, scores, spent, before):
    """Write the scores of a trained run. before: what the original scored, or None."""
    more = {'method': args.unlearn_method, 'config': run.described['config']}
    if isinstance(run.moving.model, CurveNet):
        more['pre'] = pre(run.inputs)
        scores['t'] = SHOWN_T
    elif args.relearn:
        scores |= relearn(run.moving.model, run.data, args.relearn)
    meta = about(args, run.data, run.folder.name, **more)
    save_scores(run.folder, args, meta, scores, spent, before)
    if isinstance(run.moving.model, CurveNet):
        print('The checkpoint holds the original model as its first point, and with it what was')
        print('forgotten. What is handed out is a point: eval_curve.py --export_t=best.')
