"""What the files of finished runs say: a row for every model."""

import json
from pathlib import Path

import pandas as pd

from evaluation.compare import DETAILS, MASKED, NAN, PERCENTS
from evaluation.metrics import is_on_bound
from evaluation.region import read_bounds
from lib.files import Arrays, from_npz_names, read_npz, read_run
from lib.run_info import STAGES, RunInfo

SEARCH_METHODS = ('curve', 'dynamic')  # MCU_β, MCU: their rows come from eval_curve.py
IDENTITY = ('model', 'run', 'split', 'dataset', 'network')  # columns that tell rows apart
ORIGINALS = {'original': 'original_', MASKED: 'original_struck_'}  # prefixes of their keys
SUFFIXES = {'fresh': ', fresh statistics', 'line': ', straight line'}


def read_models(folder):
    """One row for every model in the .npz files under a folder; `arrays` holds its outputs."""

    def rank(pair):  # evaluated paths, originals, then the runs from the greatest seed down
        return 'row_name' not in pair[1], pair[0]['method'] != 'baseline', -pair[0]['seed']

    rows = {}  # a later row replaces an earlier one: an original has the least seed of its runs
    for run, arrays in sorted(read_runs(folder), key=rank):
        for row in list_rows(run, arrays):
            key = tuple(row[name] for name in IDENTITY), json.dumps(row['evaluation'])
            rows[key] = row
    return pd.DataFrame(rows.values())


def read_runs(folder):
    """[(record of a run, its arrays), …] of the .npz under a folder, except those of other code."""
    runs = []
    for arrays in map(read_npz, sorted(Path(folder).rglob('*.npz'))):
        if run := read_run(arrays):
            RunInfo.from_dict(run, arrays.file)  # raises InputError where it is none
            runs.append((run, arrays))
    return runs


def list_rows(run, arrays):
    """Yield a row for each model in a file: the original that the run started from, the same with
    the forgotten class masked, then the run's own model or those of a path."""
    start = run['start'] or {}
    name = start.get('name', f'foreign {run["weights"].get("original", "")}'.strip())
    for model, prefix in ORIGINALS.items():
        if f'{prefix}mia' in arrays:
            row = make_row(run, start, arrays, model=model, method='baseline', run=name)
            yield row | read_scores(arrays, prefix)
    if 'row_name' in arrays:
        yield from list_path_rows(run, arrays)
    elif run['method'] not in SEARCH_METHODS:
        model = 'original' if run['method'] == 'baseline' else run['method']
        ids = {'model': model, 'method': run['method']}
        if run['method'] == 'align':  # named after what they started from
            pre, pre_run = name_end(run)
            ids = {'model': f'{model}({pre})', 'method': pre, 'pre_run': pre_run, 'row': 'path'}
        seconds = {stage: arrays[f'RTE_{stage}'] for stage in STAGES}
        costs = {} if model == 'original' else count_minutes(seconds)
        row = make_row(run, run, arrays, **ids)
        yield row | read_scores(arrays) | costs


def name_end(run):
    """(the method, the run) that made the pre-unlearning model of a run."""
    end = run['end'] or {}
    foreign = f'foreign {run["weights"].get("end", "")}'.strip()
    return end.get('method', 'foreign'), end.get('name', foreign)


def list_path_rows(run, arrays):
    """Yield a row for each model that eval_curve.py compared. Only the path belongs to the search;
    the others belong to the pre-unlearning run, and have its seed and cost."""
    evaluation, end = read_run(arrays, 'evaluation'), run['end'] or {}
    pre, pre_run = name_end(run)
    symbol = 'MCU_β' if run['method'] == 'curve' else 'MCU'
    for i, kind in enumerate(map(str, arrays['row_name'])):
        ids = {'row': kind, 't': float(arrays['row_t'][i]), 'method': pre, 'pre_run': pre_run}
        chosen = kind in ('line', 'path')
        ids['on_bound'] = chosen and is_on_bound(ids['t'], *read_bounds(evaluation))
        ids['evaluation'] = select_evaluation(kind, evaluation, run)
        if kind == 'path':
            source, stages, ids['model'] = run, ('mask', 'pre', 'search'), f'{symbol}({pre})'
        else:
            source, stages, ids['model'] = end, ('pre',), pre + SUFFIXES.get(kind, '')
            ids |= {'run': pre_run, 'seed': end.get('seed', run['seed'])}
        seconds = {stage: arrays[f'RTE_{stage}'] for stage in stages}
        costs = count_minutes(seconds | {'select': arrays['row_seconds'][i]})
        yield make_row(run, source, arrays, **ids) | read_scores(arrays, 'row_', i) | costs


def make_row(run, source, arrays, /, **ids):
    """The columns that tell a model from others. source: the record with its settings; ids: columns
    that differ from those of the run."""
    shares = [(run['data'].get(f'{part}_fraction', 1.0), part) for part in ('train', 'test')]
    shares = ', '.join(f'{share:g} of {part}' for share, part in shares if share != 1)
    dataset = run['data']['dataset'] + (f' ({shares})' if shares else '')
    row = {'dataset': dataset, 'network': run['data']['model']}
    row |= {'scenario': run['scenario'], 'split': run['forget_fingerprint']}
    row |= {'seed': run['seed'], 'run': run['name'], 'folder': str(arrays.file.parent)}
    row |= {'row': '', 't': NAN, 'on_bound': False, 'evaluation': {}, **ids}
    row.setdefault('pre_run', row['run'])
    flags = {f'eval.{k}': value for k, value in row['evaluation'].items() if value is not None}
    return row | {'config': flatten_config(source) | flags}


def select_evaluation(kind, evaluation, run):
    """The flags of eval_curve.py that change a row of this kind."""
    prefixes = {'itself': ('seed',), 'fresh': ('seed', 'bn_')}.get(kind, ('',))
    is_last = evaluation.get('epoch') in (None, run['config'].get('epochs'))
    hidden = {'epoch'} if kind == 'line' or is_last else set()
    return {k: v for k, v in evaluation.items() if k.startswith(prefixes) and k not in hidden}


def flatten_config(run, prefix='', original=None):
    """{flag: value} of what changes the result of a run and of the runs that it started from; the
    record `original` is left out."""
    if not run:
        return {}
    flags = ({'method': run['method']} if prefix else {}) | run['data'] | run['config']
    flat = {f'{prefix}{flag}': value for flag, value in flags.items() if value is not None}
    if run['start'] != original:
        flat |= flatten_config(run['start'], f'{prefix}original.')
    return flat | flatten_config(run['end'], f'{prefix}pre.', run['start'])


def read_scores(arrays, prefix='', index=()):
    """The scores of a model as columns, and its outputs and labels as `arrays`, from the keys with
    a prefix. index: the row of a path; by default the whole array."""
    values = {k.removeprefix(prefix): v[index] for k, v in arrays.items() if k.startswith(prefix)}
    values = Arrays(arrays.file, from_npz_names(values))
    if prefix != 'row_':
        values |= {'ua': 100 - values['forget_acc'], 'ra': values['retain_acc']}
        values |= {'ta': values['test_acc'], 'tf': values['test_forget_acc']}
    names = [*PERCENTS, *filter(values.__contains__, DETAILS)]
    outputs = {k: v for k, v in arrays.items() if k.startswith('labels_')}
    outputs |= {k: v for k, v in values.items() if k.startswith('log_probs_')}
    return {name: float(values[name]) for name in names} | {'arrays': outputs}


def count_minutes(seconds):
    """RTE and its stages in minutes."""
    minutes = {stage: float(seconds.get(stage, 0.0)) / 60 for stage in STAGES}
    return minutes | {'rte': sum(minutes.values())}
