"""KLOM: how far unlearned models are from retrained ones as distributions, sample by sample.

    python3 -m evaluation.klom runs

needs many seeds: of each method, and retrained models of the same seeds. Retrained models of
further seeds are the floor. Nothing is measured but what the runs stored. K. Georgiev et al.,
*Attribute-to-Delete: Machine Unlearning via Datamodel Matching*, arXiv 2410.23232, section 2 and
appendix E.1.
"""

from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import logsumexp
from scipy.stats import entropy

from evaluation.compare import PARTS, REFERENCES, index_retrained, join_outputs
from evaluation.figures import COLORS, add_legend, make_figure, save
from evaluation.rows import read_models
from evaluation.table import TABLE, add_settings, sort_models
from lib.errors import InputError, script
from lib.flags import Parser

BINS, LARGEST, LEAST_SHARE = 20, 100, 1e-5  # the paper's: bins, |margin|, share of an empty bin
LEAST_MODELS = 5  # of fewer nothing is told
NULL = 'retrain, other seeds'


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
    return float(entropy(p, np.maximum(q, LEAST_SHARE)))


def compute_klom(own, reference):
    """KLOM of each sample (N,), from the margins of models (n, N) and of retrained ones (m, N)."""
    return np.array([compute_divergence(*pair) for pair in zip(own.T, reference.T, strict=True)])


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
    """Those models of one split that can be compared, with a new `label` of the retrained ones.

    An unlearned model is kept where its seed has a retrained model; all retrained models are of one
    configuration. As many retrained models of further seeds are labelled NULL. Raises InputError
    where a seed has two retrained models."""
    unlearned, retrained = ~models.model.isin(REFERENCES), models.model.eq('retrain')
    index_retrained(models[retrained].to_dict('records'))
    used = models.seed.isin(models[unlearned].seed)
    first = next(iter(models[retrained & used].config), None)
    alike = retrained & models.config.map(lambda config: config == first)
    reference = models[alike & used].assign(label='retrain')
    further = models[alike & ~used].sort_values('seed')
    null = further.head(len(reference)).assign(label=NULL)
    others = models[~retrained & models.seed.isin(reference.seed)]
    return pd.concat([reference, null, others])


def measure_models(models):
    """(number of retrained models, {label: (number of models, {part: KLOM of each sample})}) of
    the models of one split."""
    reference, found = models[models.label.eq('retrain')], {}
    margins = {part: stack_margins(reference, names) for part, names in PARTS.items()}
    for label, own in models[models.label.ne('retrain')].groupby('label', sort=False):
        both = pd.concat([reference[:1], own])  # of the same samples
        scores = {
            part: compute_klom(stack_margins(both, names)[1:], margins[part])
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
            row[f'D_{part}: mean'] = values.mean()
            row[f'D_{part}: 95 %'] = np.percentile(values, 95)
        rows.append(row)
    return pd.DataFrame(rows)


def draw_klom(found, title, stem):
    """The share of D_f and of D_t whose KLOM is at most x, for every model."""
    figure, axes = make_figure(2, 8.5, 4.2, title)
    styles = ['-', '--', ':', '-.']
    for ax, part in zip(axes, PARTS):
        for i, (label, (_, scores)) in enumerate(found.items()):
            look = {'color': COLORS[i % len(COLORS)], 'ls': styles[i % len(styles)], 'lw': 1.4}
            ax.ecdf(scores[part], label=label, **look)
        ax.set(xlabel=f'KLOM on $D_{part}$ (nats)', ylabel='share of the samples', xlim=(0, None))
    add_legend(figure, columns=2)
    return save(figure, stem)


def report(models, title, stem):
    """Print and draw what is known of the models of one split; returns the table."""
    count, found = measure_models(models)
    table = make_table(found)
    print(f'### {title}\n\nKLOM (nats) against {count} retrained models:\n')
    print(table.to_markdown(index=False, floatfmt='.3f'), '\n')
    for label, (other, _) in found.items():
        if other != count:
            print(f'{label}: {other} models, not {count}: not comparable with the other rows\n')
    if NULL not in found:
        print('no floor: retrain with further seeds and the same --split_seed\n')
    print(*draw_klom(found, title, stem), sep='\n')
    return table.assign(setting=title, retrained=count)


@script
def main(argv=None):
    about = __doc__.splitlines()[0]
    parser = Parser('python3 -m evaluation.klom', description=about)
    parser.add_argument('dir', help='folder with the runs')
    folder = Path(parser.parse_args(argv).dir)
    models, tables = read_models(folder), []
    groups = models.groupby([*TABLE, 'split']) if len(models) else []
    for (*title, split), own in groups:
        if own.model.isin(REFERENCES).all():
            continue  # an original is there for other splits
        own, title = select_models(sort_models(add_settings(own))), [*title, split[:6]]
        if own.label.eq('retrain').sum() >= LEAST_MODELS:
            stem = folder / '-'.join(['klom', *title]).replace(' ', '')
            tables.append(report(own, ', '.join(title), stem))
        else:
            print(f'{", ".join(title)}: left out, too few seeds of a retrained model\n')
    if not tables:
        problem = (
            f'{folder}: no unlearned models with {LEAST_MODELS} retrained ones of their seeds.'
        )
        raise InputError(problem, 'give the --dir of runs of many seeds.')
    pd.concat(tables).to_csv(folder / 'klom.csv', index=False)
    print(folder / 'klom.csv')


if __name__ == '__main__':
    main()
