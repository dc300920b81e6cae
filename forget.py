"""A deletion request in one command, or in one call: a trained model forgets chosen samples.

    python3 forget.py --dir=runs --original_pth=runs/original --forget_index=request.txt

makes two cheap pre-unlearning models, keeps the better one, and searches the curve from the
original to it in short rounds (`deletion.py`). The work ends where the goal is reached, or the
budget is used up: a quarter of the time of retraining, and at least a minute. No retrained model is
needed. From Python: `forget(model, train_set, forget_indices, test_set)`.
"""

from arg_parser import parse_args

if __name__ == '__main__':
    parse_args('forget')  # --help and typing errors answer before torch is imported

import copy
import dataclasses
import hashlib
import json
import operator
import platform
import shutil
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import torch
from tqdm import tqdm

from data import UserData, open_split
from deletion import EPOCHS, LEAST_T, Search
from eval_curve import describe_row, stack_rows
from evaluation.figures import draw_region
from evaluation.region import read_path
from evaluation.report import NOT_PROVED, PACKAGES, format_html
from lib.checkpoint import FORMAT, load_original, read, save
from lib.device import borrow_device, pick_device
from lib.distributed import world_size
from lib.errors import NOT_USABLE, Diverged, InputError, script, warn
from lib.files import refuse_existing, replace_nan, write_json, write_npz, write_whole
from lib.flags import inherit, need, select_config
from lib.originals import check_original, print_original
from lib.run import list_rte, lock
from lib.run_info import RunInfo
from lib.transforms import describe_recipe
from models import load_network
from utils import digest_start, find_lone_problem, join_accuracies

REPORT, WORKING = 'report.json', 'working.pt'  # the first is written last: it says all is done
SETTINGS = ('budget', 'retrain_epochs', 'bn_samples', 'tf32', 'forget_base')
ROWS = {'end': 'fresh', 'straight line': 'line', 'unlearned': 'path'}  # their names in a .npz


# ---------------------------------------------------------------- from Python


class Result(NamedTuple):
    """model: the unlearned network, a new one; report: what was measured, a dict of plain types
    (`verdict` says whether the model is to be used); region: a DataFrame of the path along t."""

    model: torch.nn.Module
    report: dict
    region: pd.DataFrame


def forget(
    model,
    train_set,
    forget_indices,
    test_set,
    *,
    forget_class=None,
    plain_set=None,
    forget_base=None,
    budget=None,
    retrain_epochs=None,
    batch_size=None,
    seed=42,
    device=None,
    log=None,
):
    """Let a network forget samples of its training set; returns a `Result`.

    model: any nn.Module, images to logits; it stays as it is. What is frozen in it
    (requires_grad=False) is the same in the result. Of a DataParallel its `module` is taken.
    train_set, test_set: any `torch.utils.data.Dataset` of (image tensor, label), with transforms of
    their own; plain_set: train_set without augmentation, to measure on. forget_indices: into
    train_set, or a boolean mask of it; None with forget_class, a label that is to be forgotten in
    both sets. forget_base: the accuracy to reach on the samples, in percent, where they are unlike
    test_set. budget: minutes, as --budget. retrain_epochs: as the flag, 100 unless given.
    batch_size: 16 to 128 by the size of train_set unless given. seed: of all draws, those of
    transforms included. device: as the flag. log: a function that gets a line for each step, such
    as print.
    Raises ValueError where no sample is named, or every one, where the labels of the sets
    contradict one another, and for a model that is frozen or whose outputs are no logits;
    RuntimeError for a model that cannot be trained on.
    """
    kind = name_kind(forget_indices, forget_class, len(train_set))
    if budget is not None and not budget > 0:
        raise ValueError(f'budget is {budget}: give minutes, or None')
    if retrain_epochs is not None and retrain_epochs < 1:
        raise ValueError(f'retrain_epochs is {retrain_epochs}: give 1 or more, or None')
    if forget_base is not None and not 0 <= forget_base <= 100:
        raise ValueError(f'forget_base is {forget_base}: give percent, or None')
    if world_size() > 1:
        raise ValueError('several processes (WORLD_SIZE): call forget() in one')
    wrappers = torch.nn.DataParallel, torch.nn.parallel.DistributedDataParallel
    net = model.module if isinstance(model, wrappers) else model
    if not any(parameter.requires_grad for parameter in net.parameters()):
        raise ValueError('every parameter of the model is frozen: nothing can be trained')
    try:
        # inference_mode(False): gradients, also below a torch.no_grad() of the caller
        with torch.inference_mode(False), borrow_device(device) as device:
            data = UserData(train_set, test_set, plain_set)
            data.divide(**kind)
            data.load(device)
            net, say = copy.deepcopy(net).to(device), log or (lambda _: None)
            refuse_other_outputs(net, data)
            search = Search(net, data, device, seed, batch_size, say)
            search.start(budget and 60 * budget, retrain_epochs or EPOCHS, forget_base)
            search.run()
            search.finish()
    except Diverged as error:
        raise RuntimeError(str(error)) from None
    except InputError as error:
        raise ValueError(str(error)) from None
    request = describe_request(data, kind, 'the given model')
    settings = {'seed': seed, 'batch_size': search.batch_size, 'forget_base': forget_base}
    prepared, is_known = "that of the data sets' own transforms", retrain_epochs is not None
    report = make_report(search, request, settings, prepared, is_known)
    return Result(search.net, report, search.region)


def refuse_other_outputs(net, data):
    """Raise ValueError where a network, in eval or train mode, gives anything but logits (N, C) of
    all the classes."""
    net, classes = copy.deepcopy(net), len(data.classes)
    x, *_ = next(iter(data.loader('train', batch_size=2)))
    for mode in ('eval', 'train'):
        with torch.no_grad():
            logits = net.train(mode == 'train')(x.clone())
        shape = getattr(logits, 'shape', ())
        if len(shape) != 2 or len(logits) != len(x) or shape[1] < classes:
            what = f'a tensor {tuple(shape)}' if len(shape) else f'a {type(logits).__name__}'
            told = f'in {mode} mode the model gives {what} for {len(x)} images'
            raise ValueError(f'{told}: a tensor of logits ({len(x)}, {classes}) is needed')


def name_kind(forget_indices, forget_class, total):
    """The flags of the split. Raises ValueError where both say what is to be forgotten, or neither,
    and for a boolean mask that is not of the `total` training samples."""
    if (forget_indices is None) == (forget_class is None):
        raise ValueError('give forget_indices or forget_class, one of the two')
    if forget_class is not None:
        return {'unlearn_type': 'class', 'forget_class': operator.index(forget_class)}
    values = [value.item() if hasattr(value, 'item') else value for value in forget_indices]
    if any(isinstance(value, bool) for value in values):
        if len(values) != total or not all(isinstance(value, bool) for value in values):
            raise ValueError(f'forget_indices has booleans: a mask needs one for each of {total}')
        values = [index for index, value in enumerate(values) if value]
    return {'unlearn_type': 'index', 'forget_index': [operator.index(value) for value in values]}


# ---------------------------------------------------------------- the report


def describe_request(data, split, original):
    """What was asked for, as the report says it."""
    samples = data.list_samples()
    lines = ''.join(f'{sample["index"]}\n' for sample in samples)
    request = {key: value for key, value in split.items() if key != 'forget_index'}
    if data.split.forget_class is not None:
        request['name'] = data.classes[data.split.forget_class]
    request |= {'samples': len(samples), 'of': len(data.parts['train']), 'list': samples}
    request['list_sha256'] = hashlib.sha256(lines.encode()).hexdigest()
    prints = {'data_fingerprint': data.fingerprint, 'forget_fingerprint': data.forget_fingerprint}
    return request | prints | {'original': original}


def make_report(search, request, settings, preprocessing, epochs_known):
    """The report as a dict of plain types, None where there is no number."""
    usable, nearest, words = search.judge()
    goal, minutes = search.goal, {stage: s / 60 for stage, s in search.seconds.items()}
    minutes |= {'total': search.sum_seconds() / 60, 'budget': search.budget / 60}
    retraining = {'epochs': search.epochs, 'known': epochs_known}
    cheaper = search.retraining <= search.sum_seconds()
    retraining |= {'minutes': search.retraining / 60, 'cheaper': cheaper}
    models = {name: search.seen[name] for name in ('original', *ROWS)}
    return replace_nan(
        {
            'request': request,
            'preprocessing': preprocessing,
            'goal': {'retain': goal.retain, 'forget': goal.forget, 'tolerance': goal.tolerance},
            'models': {name: seen | {'gap': goal.gap(seen)} for name, seen in models.items()},
            'verdict': {'usable': usable, 'nearest': nearest, 'words': words},
            'end': search.end_name,
            't': search.t,
            'rounds': search.rounds,
            'stopped': search.stopped,
            'retraining': retraining,
            'minutes': minutes,
            'settings': {name: v for name, v in settings.items() if v is not None},
            'versions': {'python': platform.python_version()} | {p: version(p) for p in PACKAGES},
            'not_proved': list(NOT_PROVED),
        }
    )


# ---------------------------------------------------------------- the command


@script
def main(argv=None):
    folder, report = fulfil(parse_args('forget', argv))
    print_summary(report)
    size = sum(file.stat().st_size for file in folder.rglob('*') if file.is_file()) / 2**20
    print(f'{size:.0f} MiB in {folder}')
    if report['verdict']['usable']:
        print('hand out unlearned_state_dict.pt alone; unlearned.pt also names the samples')
    print(folder / 'report.html')
    if not report['verdict']['usable']:
        warn(f'the unlearned model is not to be used. {report["verdict"]["words"]}')
        raise SystemExit(NOT_USABLE)


def print_summary(report):
    """What became of a request, on less than a screen."""
    goal, keys = report['goal'], ('retain', 'forget', 'test', 'gap')
    print(f'\n{report["request"]["samples"]} of {report["request"]["of"]} samples; accuracies in %')
    print(f'{"":14}' + ''.join(f'{key:>10}' for key in keys))
    for name, model in report['models'].items():
        print(f'{name:14}' + ''.join(f'{model[key]:10.2f}' for key in keys))
    print(
        f'{"goal":14}{goal["retain"]:10.2f}{goal["forget"]:10.2f}{"":10}{goal["tolerance"]:10.2f}'
    )
    minutes, retraining = report['minutes']['total'], report['retraining']
    print(f'{report["stopped"]}, {minutes:.1f} minutes; retraining: {retraining["minutes"]:.1f}')


def fulfil(args):
    """Carry out a request, or what is left of it; returns (its folder, the report)."""
    need(args, original_pth='it is the model that is to forget')
    original = load_original(args.original_pth, args.allow_unlearned)
    args = inherit(args, [original], default_dataset=None)
    if args.dataset == 'ImageFolder':
        need(args, image_size='the file of the original does not say it')
    device = pick_device(args.device, args.tf32)
    data = open_split(args, [original])
    refuse_relearning(original, data)
    warn_of_class(data)
    net = load_network(original, args.model, len(data.classes), data.recipe.size)
    info = RunInfo(
        method='forget',
        seed=args.seed,
        config=select_config(args),
        weights=digest_start(net),
        start=original.get('run', {}),
        **data.record,
    )
    folder = Path(args.dir) / info.name
    before = folder.with_name(f'{info.name}.before')
    with lock(folder):  # first: what is found in the folder stays true
        refuse_existing(folder / REPORT, args.overwrite)
        data.load(device, args.num_workers)
        refuse_lone_samples(args.batch_size, net.to(device), data)
        check_original(original, net, data)
        set_aside(folder, before)
        folder.mkdir(exist_ok=True)
        save_state = partial(save, folder / WORKING)
        search = Search(net, data, device, args.seed, args.batch_size, tqdm.write, save_state)
        epochs = args.retrain_epochs or find_epochs(original)
        search.start(args.budget and 60 * args.budget, epochs or EPOCHS, args.forget_base)
        print_start(search, data, bool(epochs))
        if (folder / WORKING).exists():
            search.restore_state(read(folder / WORKING, 'dir'))
        search.run()
        search.finish()
        report = write_results(args, folder, info, data, original, search, bool(epochs))
        shutil.rmtree(before, ignore_errors=True)
    return folder, report


def refuse_relearning(original, data):
    """Raise InputError where the original has forgotten samples that this request would keep: the
    search trains on what is kept, and would teach them again."""
    record = original.get('run')
    while record:
        if record['method'] != 'baseline' and record['data_fingerprint'] == data.fingerprint:
            earlier = copy.copy(data)
            earlier.divide(**record['split'])
            kept = earlier.split.forget[~torch.isin(earlier.split.forget, data.split.forget)]
            if len(kept):
                problem = f'{original["source"]}: has forgotten {len(earlier.split.forget)} samples'
                problem += f', and this request would teach {len(kept)} of them again.'
                raise InputError(problem, 'name them too, or start from the first original.')
        record = record.get('start')


def warn_of_class(data):
    """Warn where a list names all samples of one class and no others: that has another goal."""
    labels, forget = data.targets[0], data.split.forget
    label = int(labels[forget[0]])
    if data.split.forget_class is None and torch.equal(forget, (labels == label).nonzero()[:, 0]):
        name = data.classes[label]
        warn(f'all of {name} is to be forgotten: --forget_class={name} has the goal for that.')


def refuse_lone_samples(size, net, data):
    """Refuse batches of one sample where BatchNorm finds no variance in it; size: or None."""
    if size != 1 and len(data.parts['train_retain']) > 1:
        return
    if error := find_lone_problem(net, data, 'train_retain'):
        problem = f'a batch of what is kept has one sample ({error}).'
        raise InputError(problem, 'give a larger --batch_size, or keep two samples.')


def set_aside(folder, before):
    """Move a finished request's folder to `before`, from where it goes once there is another
    result. What was interrupted stays in the folder, and goes on."""
    if not (folder / REPORT).exists():
        return
    shutil.rmtree(before, ignore_errors=True)
    folder.rename(before)


def print_start(search, data, epochs_known):
    """What is known before the work: the original, the goal, what retraining would cost."""
    goal = search.goal
    print_original(join_accuracies(search.scores['original'], data), data.recipe)
    print(f'goal: {goal.retain:.2f} % on what is kept, {goal.forget:.2f} % on what is forgotten;')
    print(f'near enough: a mean distance of {goal.tolerance:.2f} points')
    cost = f'{search.epochs} epochs' + ' assumed; set --retrain_epochs' * (not epochs_known)
    cost = f'{search.retraining / 60:.1f} minutes ({cost})'
    print(f'retraining would take {cost}; this may take {search.budget / 60:.1f}', flush=True)
    if search.retraining <= search.budget:
        print('retraining is the cheaper way here, and the surer one: nothing is left behind')


def write_results(args, folder, info, data, original, search, epochs_known):
    """All files of a finished request, the report last; returns the report."""
    end = dataclasses.replace(info, method=search.end_name, config={'lr': search.end_rate}, name='')
    seconds = {'pre': 'ends', 'search': 'search', 'select': 'choice'}
    seconds = {key: search.seconds[stage] for key, stage in seconds.items()}
    info = dataclasses.replace(info, end=end.to_dict(), seconds=seconds)
    accuracies = join_accuracies(search.scores['original'], data)
    said = {'format': FORMAT, 'flags': {}, 'original': accuracies, 'run': info.to_dict()}
    said |= {'epoch': len(search.rounds), 'optimizer_state': {}}
    state = copy_state(search.net)
    save(folder / 'unlearned_state_dict.pt', state)
    save(folder / 'unlearned.pt', said | {'kind': 'model', 'model_state': state, 't': search.t})
    write_npz(folder / 'path.npz', collect_arrays(search, info))
    if args.keep:
        curve = describe_curve(search, info)
        save(folder / 'curve' / f'checkpoint-{len(search.rounds)}.pt', said | curve)

    _, picture = draw_region(read_path(folder / 'path.npz'), folder / 'region')
    request = describe_request(data, info.split, original['file'])
    if args.private_report:
        request.pop('list')
    settings = info.data | {'seed': info.seed, 'allow_unlearned': args.allow_unlearned}
    settings |= {name: getattr(args, name) for name in SETTINGS}
    settings |= {'batch_size': search.batch_size}
    report = make_report(search, request, settings, describe_recipe(data.recipe), epochs_known)
    write_whole(folder / 'report.html', format_html(report, picture.read_bytes()).encode())
    if not args.keep:
        (folder / WORKING).unlink(missing_ok=True)
    write_json(folder / REPORT, report)
    return report


def copy_state(net):
    """The tensors of a network on the CPU, so that a file of them opens on any machine."""
    return {name: tensor.cpu() for name, tensor in net.state_dict().items()}


def describe_curve(search, info):
    """What the curve's checkpoint says besides what all of them say: its shape, and the statistics
    of its end, which no point holds."""
    shape = {'curve': type(search.curve.curve).__name__, 'num_bends': len(search.curve.points)}
    run = info.to_dict() | {'config': info.config | shape}
    end = {k: v for k, v in copy_state(search.end).items() if k not in search.curve.shapes}
    return {'kind': 'curve', 'model_state': copy_state(search.curve), 'end': end, 'run': run}


def find_epochs(original):
    """The number of epochs that a checkpoint has behind it, of those that were planned; None where
    its file does not say, and for an unlearned model, whose file says only how long it was
    unlearned."""
    if original.get('run', {}).get('method', 'baseline') not in ('baseline', 'retrain'):
        return None
    epochs = original.get('epoch')
    return epochs if type(epochs) is int and epochs > 0 else None


def collect_arrays(search, info):
    """The path and the compared models as eval_curve.py writes them, for figure and table."""
    goal, region = search.goal, search.region
    arrays = {'ts': region.t, 'tr_acc': region.retain, 'tf_acc': region.forget}
    arrays |= {'retain_base': goal.retain, 'forget_base': goal.forget, **list_rte(info.seconds)}
    rows = []
    for name, row in ROWS.items():
        took = {'seconds': search.seconds['choice'] * (name == 'unlearned'), 'evaluations': 0}
        scores = describe_row(row, search.ts[name], search.scores[name])
        rows.append(scores | took | {'gap': goal.gap(search.seen[name])})
    flags = {'t_min': LEAST_T, 't_max': 1.0, 'align': 'base', 'bn_data': 'retain'}
    arrays |= {'run': json.dumps(info.to_dict()), 'evaluation': json.dumps(flags)}
    own = {f'original_{key}': value for key, value in search.scores['original'].items()}
    return {key: np.asarray(value) for key, value in (arrays | own | stack_rows(rows)).items()}


if __name__ == '__main__':
    main()
