"""What finished runs say: a `Row` for every model, and how far each is from retraining.

Rows are made of the .npz that train.py, main_tv.py and eval_curve.py wrote; nothing is measured.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from errors import InputError
from evaluation import RMIA
from evaluation.metrics import agreement, average_gap, first_below, jensen_shannon
from evaluation.npz import meta_of, read_npz

SEARCHED = ('curve', 'dynamic')  # MCU_β, MCU
PARTS = ('mask', 'pre', 'search', 'select')  # of RTE
NAN = float('nan')
FLOOR = 'retrain, another seed'  # the row below whose gap no difference means anything
NLLS = {'rr_nll': 'retain_nll', 'rf_nll': 'forget_nll', 'tr_nll': 'test_nll'}


class Row(NamedTuple):
    """One model of one run. values: metrics by key, NaN where there is none; arrays: what models
    are compared by (`utils.outputs`), and the relearning curve."""

    name: str  # original, retrain, finetune, 'finetune, straight line', MCU(finetune) …
    config: str  # what else changes the result; runs that agree in it are the seeds of one
    run: str
    pre_run: str  # the run of the pre-unlearning model that a row of a path belongs to
    seed: int
    split: str  # fingerprint of D and D_f
    values: dict
    arrays: dict


def read_records(folder):
    """(meta, arrays) of every .npz of ours under a folder, the newest of each run last."""
    records = []
    for file in sorted(Path(folder).rglob('*.npz')):
        record = read_npz(file)
        if 'meta' in record:  # else it is none of ours
            records.append((meta_of(record), record))
    return records


def rows_of(records):
    """The rows of some records; what a method's own run says replaces what eval_curve.py says."""
    rows = {}
    for meta, record in sorted(records, key=lambda pair: 'row_name' not in pair[1]):
        found = path_rows(meta, record) if 'row_name' in record else run_rows(meta, record)
        rows |= {(row.name, row.run, row.seed, row.split, evaluated(row)): row for row in found}
    return list(rows.values())


def evaluated(row):
    """What tells evaluations of one run apart: the flags of eval_curve.py in the row's config."""
    return row.config if ',' in row.name or row.name.startswith('MCU') else ''


def run_rows(meta, record):
    """The rows of one training run: its model, and the original that it started from."""

    def row(name, run, config, prefix=''):
        take = {'ua': 'rf_acc', 'ra': 'rr_acc', 'ta': 'tr_acc', 'tf': 'tf_acc', 'mia': 'mia'}
        values = {key: float(record[prefix + key_there]) for key, key_there in take.items()}
        values['ua'] = 100 - values['ua']
        values |= stored(record, prefix)
        values['relearn_bound'] = float(record.get('original_rf_nll', NAN))
        if name != 'original':
            values |= bill({part: float(record[f'RTE_{part}']) for part in PARTS})
        arrays = {k.removeprefix(prefix): v for k, v in record.items() if k.startswith(prefix)}
        where = meta['seed'], meta['forget_fingerprint']
        return Row(name, config, run, run, *where, values, arrays)

    if 'original_rr_acc' in record:
        name = f'{meta["seed"]}-{record["original_rr_acc"]:.4f}'
        yield row('original', name, '', 'original_')
    if meta['method'] == 'baseline':
        yield row('original', f'{meta["seed"]}-{record["rr_acc"]:.4f}', '')
    elif meta['method'] not in SEARCHED:
        yield row(meta['method'], meta['run'], meta.get('config', ''))


def stored(record, prefix, index=()):
    """What else a file of scores holds of a model: losses and the five attacks."""
    names = [key.removeprefix(prefix) for key in record if key.startswith(prefix)]
    kept = [key for key in names if key in NLLS or key.startswith('mia_')]
    return {NLLS.get(key, key): float(record[prefix + key][index]) for key in kept}


def path_rows(meta, record):
    """The rows that eval_curve.py compared. Those of its end and of the line are of the
    pre-unlearning run, of its seed."""
    pre, symbol = meta.get('pre'), 'MCU_β' if meta.get('method') == 'curve' else 'MCU'
    names = {
        'itself': pre,
        'fresh': f'{pre}, fresh statistics',
        'line': f'{pre}, straight line',
        'line-self': f'{pre}, straight line',
        'self': f'{symbol}({pre})',  # t* by --align=self
        'path': f'{symbol}({pre})',
    }
    pre_run, pre_config = str(meta.get('pre_run')), meta.get('pre_config', '')
    for i, kind in enumerate(record['row_name']):
        values = {key: float(record[f'row_{key}'][i]) for key in ('ua', 'ra', 'ta', 'tf', 'mia')}
        values['t'] = float(record['row_t'][i])
        values |= stored(record, 'row_', i)
        # the endpoint's own bill; the path's has its mask and search too
        parts = ('mask', 'pre', 'search') if kind in ('self', 'path') else ('pre',)
        spent = {part: float(record[f'RTE_{part}']) for part in parts}
        values |= bill(spent | {'select': float(record['row_seconds'][i])})
        arrays = {k[4:]: v[i] for k, v in record.items() if k.startswith('row_')}
        arrays |= {k: v for k, v in record.items() if k.startswith('labels_')}
        told = meta.get('evaluation', '')  # flags of eval_curve.py that change a row
        told += '-alignself' if kind in ('self', 'line-self') else ''
        run, config, seed = pre_run, pre_config, meta.get('pre_seed', meta['seed'])
        if kind not in ('itself', 'self', 'path'):
            config += told
        if kind in ('self', 'path'):
            run, config, seed = meta['run'], f'{meta.get("config", "")}{told}', meta['seed']
            run += f'-epoch{meta["epoch"]}' if 'epoch' in meta else ''
        where = seed, meta['forget_fingerprint']
        yield Row(names[str(kind)], config, run, pre_run, *where, values, arrays)


def bill(spent):
    """RTE and its parts in minutes from seconds."""
    minutes = {part: spent.get(part, 0.0) / 60 for part in PARTS}
    return minutes | {'rte': sum(minutes.values())}


# ---------------------------------------------------------------- distances to retraining


def compare(rows):
    """Add to every row's values its distances to the retrained model of its own seed and split, and
    what the attacks that need other runs say. Rows of another seed's retrained model are added as
    'retrain, another seed', one for each pair: the floor under every difference.

    Raises InputError where a seed and split has two retrained models.
    """
    used = {(row.seed, row.split) for row in rows if row.name not in ('retrain', 'original')}
    retrained = [row for row in rows if row.name == 'retrain']
    own, bounds = {}, {}
    for row in retrained:
        other = own.setdefault((row.seed, row.split), row)
        if other is not row:
            problem = f'{other.run} and {row.run}: two retrained models of one seed and split.'
            raise InputError(problem, 'move one of them to another folder.')
    for row in rows:
        bound = row.values.get('relearn_bound', NAN)
        if bound == bound:  # retrain has none of its own
            bounds[row.seed, row.split] = bound
    result = []
    for row in rows:
        key = row.seed, row.split
        if row.name in ('retrain', 'original') and used and key not in used:
            continue  # a retrained model is there for the others: as floor, and as reference
        reference = own.get(key)
        strangers = [r for r in retrained if r.split == row.split and r.seed != row.seed]
        if reference:
            strangers = [r for r in strangers if r.config == reference.config]
        row.values.update(distances(row, reference))
        row.values['rmia_auc'], row.values['rmia_tpr'] = calibrated(row, strangers)
        if 'relearn_nll' in row.arrays:
            bound = row.values.get('relearn_bound', NAN)
            bound = bound if bound == bound else bounds.get(key, NAN)
            curve = row.arrays['relearn_steps'], row.arrays['relearn_nll']
            row.values['relearn'] = first_below(*curve, bound) if bound == bound else NAN
            row.values['relearn_most'] = float(curve[0][-1])
        result.append(row)
        if row.name == 'retrain':
            for other in strangers:
                shared = (other.seed, other.split) in used or not used  # it is a row itself
                if not shared or other.seed > row.seed:
                    result.append(floor_row(other, row, shared))
    return result


def floor_row(other, row, shared):
    """A retrained model of another seed, measured against that of this seed; its own scores are
    left out where they stand in the table already."""
    keys = () if shared else ('ua', 'ra', 'ta', 'tf', 'mia', *bill({}))
    values = {key: other.values[key] for key in keys} | distances(other, row)
    settings = {'name': FLOOR, 'config': '', 'seed': row.seed, 'values': values}
    return other._replace(run=f'{other.run} against seed {row.seed}', **settings)


def distances(row, reference):
    """Avg. Gap, and the divergence and agreement of the outputs on D_f and D_t."""
    if reference is None:
        return {}
    found = {'gap': average_gap(row.values, reference.values)}
    for key, parts in (('f', ['train_forget']), ('t', ['test_retain', 'test_forget'])):
        pair = [outputs(r, parts) for r in (row, reference)]
        if all(len(log_probs) for log_probs in pair):
            found[f'js_{key}'] = jensen_shannon(*pair)
            found[f'agree_{key}'] = agreement(*pair)
    return found


def outputs(row, parts):
    """Log-probabilities (N, C) of the parts that there are, one after another."""
    there = [row.arrays[f'log_probs_{p}'] for p in parts if f'log_probs_{p}' in row.arrays]
    return np.concatenate(there).astype(np.float64) if there else np.empty((0, 1))


def calibrated(row, references):
    """RMIA of one model, with references that never saw D_f; NaN without any. Unseen samples are
    test_retain, or to forget a class test_forget."""
    unseen = 'test_forget' if 'log_probs_test_forget' in row.arrays else 'test_retain'
    references = [r for r in references if f'log_probs_{unseen}' in r.arrays]
    if not references or f'log_probs_{unseen}' not in row.arrays:
        return NAN, NAN

    def own_label(model, part):
        labels = row.arrays[f'labels_{part}']
        return np.exp(outputs(model, [part])[np.arange(len(labels)), labels])

    pairs = {
        part: (own_label(row, part), np.mean([own_label(r, part) for r in references], axis=0))
        for part in ('train_forget', unseen)
    }
    population, others = ([p[i] for p in pairs[unseen]] for i in RMIA.halves(len(pairs[unseen][0])))
    return RMIA.RMIA(pairs['train_forget'], population, others)
