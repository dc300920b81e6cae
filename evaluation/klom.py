"""KLOM: how far unlearned models are from retrained ones as distributions, sample by sample.

    python3 -m evaluation.klom runs

needs many seeds: of each method, and retrained models of the same seeds. Retrained models of
further seeds are the floor. Nothing is measured but what the runs stored. K. Georgiev et al.,
*Attribute-to-Delete: Machine Unlearning via Datamodel Matching*, arXiv 2410.23232, section 2 and
appendix E.1.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import logsumexp
from scipy.stats import entropy

from evaluation.compare import REFERENCES, index_retrained
from evaluation.figures import COLORS, add_legend, new_figure, save
from evaluation.rows import read_models
from evaluation.table import TABLE, add_settings, sort_models
from lib.errors import InputError, script

BINS, LARGEST, LEAST = 20, 100, 1e-5  # the paper's: bins, |margin|, share of an empty bin
NULL = 'retrain, other seeds'
PARTS = {'D_f': ['train_forget'], 'D_t': ['test_retain', 'test_forget']}


def compute_margins(log_probs, labels):
    """log p_y − log Σ_{i≠y} p_i of each row: log-probabilities (N, C), labels (N,) to (N,), in
    nats, clipped to ±100."""
    others, rows = np.array(log_probs, dtype=np.float64), np.arange(len(labels))
    own = others[rows, labels]
    others[rows, labels] = -np.inf
    return np.clip(own - logsumexp(others, axis=1), -LARGEST, LARGEST)


def compute_divergence(own, reference):
    """KL(own ‖ reference) in nats between two samples (n,), (m,) of numbers, in 20 bins of their
    common range; a bin without reference counts as a share of 1e-5."""
    edges = np.histogram_bin_edges(np.concatenate([own, reference]), BINS)
    p, q = (np.histogram(values, edges)[0] / len(values) for values in (own, reference))
    return float(entropy(p, np.maximum(q, LEAST)))


def compute_klom(own, reference):
    """KLOM of each sample (N,), from the margins of models (n, N) and of retrained ones (m, N)."""
    return np.array([compute_divergence(*pair) for pair in zip(own.T, reference.T)])


def stack_margins(models, parts):
    """Margins (models, N) on those parts of the data set that the models stored."""
    rows = []
    for arrays in models.arrays:
        names = [part for part in parts if f'log_probs_{part}' in arrays]
        pairs = [(arrays[f'log_probs_{part}'], arrays[f'labels_{part}']) for part in names]
        rows.append(np.concatenate([compute_margins(*pair) for pair in pairs]))
    return np.stack(rows)


def label_models(models):
    """The models of one split with `label`, the name in the table: NULL for the retrained models
    whose seed no unlearned model has. Raises InputError where no other is retrained."""
    retrained = models.model.eq('retrain')
    index_retrained(models[retrained].to_dict('records'))  # one a seed
    used = models.seed.isin(models[~models.model.isin(REFERENCES)].seed)
    if not (retrained & used).any():
        problem = f'{models.folder.iloc[0]}: no retrained model has the seed of an unlearned one.'
        raise InputError(problem, 'retrain with the seeds of the unlearned models.')
    models = sort_models(add_settings(models))
    retrained, used = (column.reindex(models.index) for column in (retrained, used))
    models['label'] = models.label.mask(retrained, 'retrain').mask(retrained & ~used, NULL)
    return models


def measure_models(models):
    """(number of retrained models, {label: (number of models, {part: KLOM of each sample})}) of the
    models of one split."""
    models, found = label_models(models), {}
    reference = models[models.label.eq('retrain')]
    margins = {part: stack_margins(reference, names) for part, names in PARTS.items()}
    for label, own in models[models.label.ne('retrain')].groupby('label', sort=False):
        scores = {
            part: compute_klom(stack_margins(own, names), margins[part])
            for part, names in PARTS.items()
        }
        found[label] = len(own), scores
    return len(reference), found


def make_table(found):
    """A row a model: how many of them, mean and 95th percentile of KLOM on each part."""
    rows = []
    for label, (count, scores) in found.items():
        row = {'model': label, 'n': count}
        for part, values in scores.items():
            row |= {f'{part}: mean': values.mean(), f'{part}: 95 %': np.percentile(values, 95)}
        rows.append(row)
    return pd.DataFrame(rows)


def draw_klom(found, title, stem):
    """The share of D_f and of D_t whose KLOM is at most x, for every model."""
    figure, axes = new_figure(2, 8, 3.4, title)
    styles = ['-', '--', ':', '-.']
    for ax, part in zip(axes, PARTS):
        for i, (label, (_, scores)) in enumerate(found.items()):
            look = {'color': COLORS[i % len(COLORS)], 'ls': styles[i % len(styles)], 'lw': 1.4}
            ax.ecdf(scores[part], label=label, **look)
        ax.set(xlabel=f'KLOM on ${part}$ (nats)', ylabel='share of the samples', xlim=(0, None))
    add_legend(figure)
    return save(figure, stem)


@script
def main(argv=None):
    parser = argparse.ArgumentParser(
        'python3 -m evaluation.klom', description=__doc__.splitlines()[0]
    )
    parser.add_argument('dir', help='folder with the runs')
    folder = Path(parser.parse_args(argv).dir)
    models, tables = read_models(folder), []
    groups = models.groupby([*TABLE, 'split']) if len(models) else []
    for (*title, split), own in groups:
        if own.model.isin(REFERENCES).all():
            continue  # nothing was unlearned there
        count, found = measure_models(own)
        table, words = make_table(found), ', '.join(title)
        print(f'### {words}\n\nKLOM (nats) against {count} retrained models:\n')
        print(table.to_markdown(index=False, floatfmt='.3f'), '\n')
        if NULL not in found:
            print('no floor: retrain with further seeds and the same --split_seed\n')
        stem = folder / '-'.join(['klom', *title, split[:6]]).replace(' ', '')
        print(*draw_klom(found, words, stem), sep='\n')
        tables.append(table.assign(setting=words, split=split, retrained=count))
    if not tables:
        raise InputError(f'{folder}: no unlearned models there.', 'give the --dir of many runs.')
    pd.concat(tables).to_csv(folder / 'klom.csv', index=False)
    print(folder / 'klom.csv')


if __name__ == '__main__':
    main()
