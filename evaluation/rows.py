"""What the files of finished runs say: a row for every model."""

import json
from pathlib import Path

import pandas as pd

from evaluation.alignment import LINES, RULES, SEARCHED, T_MAX, T_MIN
from evaluation.compare import NAN, SCORES, STRUCK
from evaluation.metrics import is_on_bound
from lib.files import read_npz, read_run
from lib.run_info import STAGES, RunInfo

SEARCH_METHODS = ('curve', 'dynamic')  # MCU_β, MCU: their rows come from eval_curve.py
ARRAYS = dict(zip(SCORES, ('rf_acc', 'rr_acc', 'tr_acc', 'tf_acc', 'mia')))
LOSSES = {'rr_nll': 'retain_nll', 'rf_nll': 'forget_nll', 'tr_nll': 'test_nll'}
IDENTITY = ('model', 'run', 'split', 'dataset', 'network')  # that tell rows apart
NAMES = {'fresh': ', fresh statistics', **dict.fromkeys(LINES, ', straight line')}


def read_models(folder):
    """One row for every model in the .npz files under a folder; `arrays` holds its outputs.

    A model may be measured more than once, by other flags: then the row has all that was measured.
    What a method's own run says goes before what eval_curve.py says of it.
    """
    rows = {}
    # A later row replaces an earlier one. So an original has the least seed of the runs that
    # started from it, not its own seed.
    for run, arrays in sorted(read_runs(folder), key=lambda pair: order_file(*pair)):
        list_rows = list_path_rows if 'row_name' in arrays else list_run_rows
        for row in list_rows(run, arrays):
            key = *(row[name] for name in IDENTITY), json.dumps(row['evaluation'])
            before = rows.get(key, {'arrays': {}})
            rows[key] = row | {'arrays': before['arrays'] | row['arrays']}
    return pd.DataFrame(rows.values())


def read_runs(folder):
    """[(the record of the run, its arrays)] of the .npz under a folder; foreign ones are left
    out."""
    files = sorted(Path(folder).rglob('*.npz')) if Path(folder).is_dir() else []
    runs = [(read_run(arrays), arrays) for arrays in map(read_npz, files)]
    runs = [(run, arrays) for run, arrays in runs if run]
    for run, arrays in runs:
        RunInfo.from_dict(run, arrays.file)  # raises InputError where it is none
    return runs


def order_file(run, arrays):
    """Evaluated paths first, then originals, then the runs from the greatest seed to the least."""
    return 'row_name' not in arrays, run['method'] != 'baseline', -run['seed']


def list_run_rows(run, arrays):
    """The models of a training run: the original that it started from, and its own."""
    yield from list_originals(run, arrays)
    if 'ts' in arrays or run['method'] in SEARCH_METHODS:
        return  # a path without compared rows, or a curve, of which eval_curve.py chooses the model
    scores = read_run_scores(arrays)
    model = 'original' if run['method'] == 'baseline' else run['method']
    seconds = {stage: float(arrays[f'RTE_{stage}']) for stage in STAGES}
    costs = {} if model == 'original' else count_minutes(seconds)
    yield make_row(run, run, arrays, model=model, method=run['method']) | scores | costs


def list_originals(run, arrays):
    """The original that a run started from; to forget a class, with the class struck too."""
    start = run['start'] or {}
    name = start.get('name') or name_foreign(run, 'original')
    for model, prefix in {'original': 'original_', STRUCK: 'original_struck_'}.items():
        if f'{prefix}rr_acc' in arrays:
            row = make_row(run, start, arrays, model=model, method='baseline', run=name)
            yield row | read_run_scores(arrays, prefix)


def list_path_rows(run, arrays):
    """The models that eval_curve.py compared on a path; of forget.py, the original too."""
    yield from list_originals(run, arrays)
    evaluation = read_run(arrays, 'evaluation')
    bounds = evaluation.get('t_min', T_MIN), evaluation.get('t_max', T_MAX)
    for i, kind in enumerate(map(str, arrays['row_name'])):
        # the pre-unlearning model has its own cost, the path its mask and search too
        stages = ('mask', 'pre', 'search') if kind in SEARCHED else ('pre',)
        seconds = {stage: float(arrays[f'RTE_{stage}']) for stage in stages}
        costs = count_minutes(seconds | {'select': float(arrays['row_seconds'][i])})
        t = float(arrays['row_t'][i])
        on_bound = kind in (*SEARCHED, *LINES) and is_on_bound(t, *bounds)
        source, ids = identify_path_row(run, kind)
        ids |= {'evaluation': select_evaluation(kind, evaluation, run), 'row': kind}
        row = make_row(run, source, arrays, t=t, on_bound=on_bound, **ids)
        yield row | read_scores(arrays, 'row_', dict(zip(SCORES, SCORES)), i) | costs


def identify_path_row(run, kind):
    """(the record of the run that a row of a path belongs to, its columns). The end itself and the
    straight line belong to the pre-unlearning run, and have its seed."""
    end = run['end'] or {}
    pre, pre_run = end.get('method', 'foreign'), end.get('name') or name_foreign(run, 'end')
    ids = {'method': pre, 'pre_run': pre_run}
    if kind in SEARCHED:
        symbol = 'MCU_β' if run['method'] == 'curve' else 'MCU'
        return run, ids | {'model': f'{symbol}({pre})'}
    seed = end.get('seed', run['seed'])
    return end, ids | {'model': pre + NAMES.get(kind, ''), 'run': pre_run, 'seed': seed}


def name_foreign(run, which):
    """The name of a model of other code that a run started from: by its weights. which: original or
    end."""
    return f'foreign {run["weights"].get(which, "")}'.strip()


def name_dataset(data):
    """The data set of a run, with the shares of it that were used."""
    shares = [(data.get(f'{half}_fraction', 1.0), half) for half in ('train', 'test')]
    shares = ', '.join(f'{share:g} of {half}' for share, half in shares if share != 1)
    return data['dataset'] + (f' ({shares})' if shares else '')


def make_row(run, source, arrays, /, **ids):
    """What tells a model from others, as a dict. source: the record that its settings are in; ids:
    columns that are not those of the run."""
    row = {'dataset': name_dataset(run['data']), 'network': run['data']['model']}
    row |= {'scenario': run['scenario'], 'origin': run['weights'].get('original')}
    row |= {'split': run['forget_fingerprint'], 'seed': run['seed'], 'run': run['name']}
    row |= {'row': '', 't': NAN, 'on_bound': False, 'evaluation': {}}
    row |= {'folder': str(arrays.file.parent), **ids}
    row.setdefault('pre_run', row['run'])
    row['relearn_bound'] = float(arrays.get('original_rf_nll', NAN))
    flags = {f'eval.{k}': value for k, value in row['evaluation'].items() if value is not None}
    return row | {'config': flatten_config(source) | flags}


def select_evaluation(kind, evaluation, run):
    """Those flags of eval_curve.py that change a row of this kind. The seed, of the attacks' draws,
    is one only where it is not the run's own."""
    usual = {'seed': run['seed'], 'tf32': False}
    flags = {k: v for k, v in evaluation.items() if k not in usual or v != usual[k]}
    if kind in ('itself', 'fresh'):
        statistics = 'bn_' if kind == 'fresh' else ()
        return {k: v for k, v in flags.items() if k in usual or k.startswith(statistics)}
    kept = {k: v for k, v in flags.items() if k not in ('align', 'epoch')}
    rule = kind.removeprefix('line-')
    rule = rule if rule in RULES else evaluation.get('align', 'base').split(',')[0]
    of_class = run['split']['unlearn_type'] == 'class'
    if rule == 'outputs' or (rule in RULES and rule != 'base' and not of_class):
        kept['align'] = rule  # to forget a class, the others are one
    if kind in SEARCHED and evaluation.get('epoch') not in (None, run['config'].get('epochs')):
        kept['epoch'] = evaluation['epoch']
    return kept


def flatten_config(run, prefix='', original=None):
    """{flag: value} of what changes a run's result, and that of the runs that it started from;
    original: one that is said already."""
    if not run:
        return {}
    flags = {'method': run['method']} if prefix else {}
    flags |= run['data'] | run['config']
    flat = {f'{prefix}{flag}': value for flag, value in flags.items() if value is not None}
    if run['start'] != original:
        flat |= flatten_config(run['start'], f'{prefix}original.')
    return flat | flatten_config(run['end'], f'{prefix}pre.', run['start'])


def read_run_scores(arrays, prefix=''):
    """The scores of a model in a run's file, which has the accuracy on D_f in the place of UA."""
    scores = read_scores(arrays, prefix, ARRAYS)
    return scores | {'ua': 100 - scores['ua']}


def read_scores(arrays, prefix, names, index=()):
    """The scores of a model, from the keys of a file that begin with prefix. names: {column: key
    after the prefix}. Losses and attacks become columns too; `arrays` keeps everything, and the
    labels. index: the row of a path; the default takes an array whole."""
    own = {k.removeprefix(prefix): v[index] for k, v in arrays.items() if k.startswith(prefix)}
    scores = {key: float(arrays[prefix + name][index]) for key, name in names.items()}
    kept = [key for key in own if key in LOSSES or key.startswith('mia_')]
    labels = {key: array for key, array in arrays.items() if key.startswith('labels_')}
    scores |= {LOSSES.get(key, key): float(own[key]) for key in kept}
    return scores | {'arrays': labels | own}


def count_minutes(seconds):
    """RTE and its stages in minutes."""
    minutes = {stage: seconds.get(stage, 0.0) / 60 for stage in STAGES}
    return minutes | {'rte': sum(minutes.values())}
