"""KLOM and U-LiRA: unlearned and retrained models as distributions, sample by sample.

    python3 -m reproduce.klom runs    # prints a table for each split, writes runs/klom.csv

needs many seeds: of each method, and retrained models of the same seeds. Retrained models of
further seeds are the floor. KLOM says how far apart they are (K. Georgiev et al.,
*Attribute-to-Delete: Machine Unlearning via Datamodel Matching*, arXiv 2410.23232, section 2 and
appendix E.1). U-LiRA says how surely an attack that has the others tells what one of them is
(J. Hayes et al., *Inexact Unlearning Needs More Careful Evaluations to Avoid a False Sense of
Privacy*, arXiv 2403.01218).
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import rel_entr
from scipy.stats import norm

from evaluation import metrics
from evaluation.compare import PARTS, REFERENCES, compute_interval, join_outputs
from evaluation.rows import read_models
from evaluation.table import TABLE, add_settings, sort_models
from lib.errors import InputError, with_exit_codes
from lib.files import atomic_write

BINS, MAX_MARGIN, MIN_SHARE = 20, 100, 1e-5  # the paper's; the last one is of an empty bin
MIN_MODELS = 5  # of fewer nothing is said
NULL = 'retrain, other seeds'
MIN_SPREAD = 1e-3  # nats: of a sample whose margin is the same in all models


def compute_margins(log_probs, labels):
    """log p_y − log Σ_{i≠y} p_i of each row: log-probabilities (N, C), labels (N,) to (N,), in
    nats, clipped to ±100."""
    return np.clip(metrics.compute_margins(log_probs, labels), -MAX_MARGIN, MAX_MARGIN)


def compute_divergence(sample, reference):
    """KL(sample ‖ reference) in nats of two samples (n,), (m,) of numbers, in 20 bins of their
    common range; a bin without reference counts as a share of 1e-5."""
    edges = np.histogram_bin_edges(np.concatenate([sample, reference]), BINS)
    p, q = (np.histogram(values, edges)[0] / len(values) for values in (sample, reference))
    return float(rel_entr(p, np.maximum(q, MIN_SHARE)).sum())


def attack_models(unlearned, retrained):
    """U-LiRA on margins (n, N) and (m, N) of models: each model in turn is the target, and a sample
    of it is called unlearned where that is likelier under the normal distributions that are fitted
    to the others. Returns the balanced accuracies (min(n, m),) of pairs of targets, and the percent
    of samples of unlearned models that are told at 1 % of retrained ones."""
    scores = []
    for number, group in enumerate((unlearned, retrained)):
        rows = []
        for target in range(len(group)):
            others = [unlearned, retrained]
            others[number] = np.delete(group, target, axis=0)
            fits = [(x.mean(0), np.maximum(x.std(0, ddof=1), MIN_SPREAD)) for x in others]
            likely = [norm.logpdf(group[target], *fit) for fit in fits]
            rows.append(likely[0] - likely[1])
        scores.append(np.array(rows))
    pairs = zip(*scores)
    accuracies = [50 * float((first > 0).mean() + (second <= 0).mean()) for first, second in pairs]
    return accuracies, 100 * float((scores[0] > np.quantile(scores[1], 0.99)).mean())


def stack_margins(models, parts):
    """Margins (models, N) on those parts of the data set that the models stored. Raises InputError
    where they stored none, or other samples than the first model."""
    rows, first = [], None
    for row in models.to_dict('records'):
        labels = np.concatenate([row['arrays'].get(f'labels_{part}', ()) for part in parts])
        first = labels if first is None else first
        if not len(labels) or not np.array_equal(labels, first):
            problem = f'{row["folder"]}: no outputs there, or of other samples.'
            raise InputError(problem, 'evaluate it again, or move it away.')
        rows.append(compute_margins(join_outputs(row, parts), labels.astype(int)))
    return np.stack(rows)


def select_models(models):
    """Those models of one split that can be compared: unlearned ones whose seed has a retrained
    model, retrained ones of one configuration, and as many of further seeds, labelled NULL."""
    unlearned, retrained = ~models.model.isin(REFERENCES), models.model.eq('retrain')
    used = models.seed.isin(models[unlearned].seed)
    first = next(iter(models[retrained & used].config), None)
    alike = retrained & models.config.map(lambda config: config == first)
    reference = models[alike & used].assign(label='retrain')
    further = models[alike & ~used].sort_values('seed')
    null = further.head(len(reference)).assign(label=NULL)
    others = models[~retrained & models.seed.isin(reference.seed)]
    return pd.concat([reference, null, others])


def measure_models(models):
    """A row for each label: mean and 95th percentile of KLOM over the samples of D_f, of D_t, and
    U-LiRA on D_f."""
    reference, rows = models[models.label.eq('retrain')], []
    margins = {part: stack_margins(reference, names) for part, names in PARTS.items()}
    for label, group in models[models.label.ne('retrain')].groupby('label', sort=False):
        row = {'model': label, 'n': len(group), 'retrained': len(reference)}
        for part, names in PARTS.items():
            same = pd.concat([reference[:1], group])  # the first one's samples are those of all
            stacked = stack_margins(same, names)[1:], margins[part]
            values = np.array([compute_divergence(*pair) for pair in zip(*(x.T for x in stacked))])
            row[f'D_{part}: mean'] = values.mean()
            row[f'D_{part}: 95 %'] = np.percentile(values, 95)
            if part == 'f':
                accuracies, row['U-LiRA: TPR at 1 %'] = attack_models(*stacked)
                row['U-LiRA: accuracy'] = np.mean(accuracies)
                row['low'], row['high'] = compute_interval(accuracies)
        rows.append(row)
    return pd.DataFrame(rows)


@with_exit_codes
def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('dir', type=Path, help='the folder with the runs')
    folder = parser.parse_args(argv).dir
    models, tables = read_models(folder), []
    for (*title, split), group in models.groupby([*TABLE, 'split']) if len(models) else ():
        group = select_models(sort_models(add_settings(group)))
        unlearned = not group.model.isin(REFERENCES).all()  # an original is in other splits too
        if unlearned and group.label.eq('retrain').sum() >= MIN_MODELS:
            tables.append(measure_models(group).assign(setting=', '.join([*title, split[:6]])))
            print(f'{tables[-1].to_markdown(index=False, floatfmt=".3f")}\n')
    if not tables:
        problem = f'{folder}: no unlearned models with {MIN_MODELS} retrained ones of their seeds.'
        raise InputError(problem, 'give the --dir of runs of many seeds.')
    atomic_write(folder / 'klom.csv', pd.concat(tables).to_csv(index=False).encode())
    print(folder / 'klom.csv')


if __name__ == '__main__':
    main()
