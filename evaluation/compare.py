"""How models compare: their distances to retraining, the floor under those, and the verdict."""

import numpy as np
from scipy import stats

from evaluation import RMIA
from evaluation.alignment import SEARCHED
from evaluation.metrics import (
    agreement,
    average_gap,
    find_first_below,
    jensen_shannon,
    tug_of_war,
)
from evaluation.probe import probe_class
from lib.errors import InputError
from lib.run_info import STAGES

NAN = float('nan')
FLOOR = 'retrain, another seed'  # no difference below its gap means anything
STRUCK = 'original, class struck'  # from its answers: `utils.score_original`
REFERENCES = ('original', STRUCK, 'retrain', FLOOR)  # models that unlearn nothing
SCORES = ('ua', 'ra', 'ta', 'tf', 'mia')
PARTS = {'f': ['train_forget'], 't': ['test_retain', 'test_forget']}  # D_f, D_t as stored outputs
COSTS = (*STAGES, 'rte')  # in minutes; the last is their sum
CONFIDENCE, LEAST_PAIRS = 0.95, 3  # of a verdict
NO_FLOOR = 'floor unknown: retrain with another --seed and the same --split_seed'

# ---------------------------------------------------------------- distances to retraining


def add_distances(rows, fallback=None):
    """The rows (dicts) of one scenario with their distances to the retrained model of their own
    seed and split, and what the attacks say that need other runs. Each pair of retrained models of
    one split and configuration, one of them of a seed with an unlearned model, adds a row 'retrain,
    another seed'.

    fallback: the row of a retrained model that serves where there is none of the own seed.
    Raises InputError where a seed and split has two retrained models.
    """
    used = {locate(row) for row in rows if row['model'] not in REFERENCES}
    retrained = [row for row in rows if row['model'] == 'retrain']
    own = index_retrained(retrained)
    bounds = {}  # of relearning: by seed and split, and by the weights of the original and split
    for row in rows:
        if row['relearn_bound'] >= 0:
            keys = locate(row), (row['origin'], row['split'])
            bounds |= dict.fromkeys(keys, row['relearn_bound'])
    result = []
    for row in rows:
        if row['model'] in REFERENCES and used and locate(row) not in used:
            continue  # it is a reference of other rows, and the floor
        reference = own.get(locate(row))
        others = [r for r in retrained if r['split'] == row['split'] and r['seed'] != row['seed']]
        if reference:
            others = [r for r in others if r['config'] == reference['config']]
        elif fallback:
            reference, others = fallback, [fallback]
        found = measure_distances(row, reference) | attack_by_rmia(row, others)
        begun = (row['origin'], row['split']) if row['origin'] else locate(row)
        found |= find_remnants(row) | count_relearning(row, bounds.get(begun, NAN))
        result.append(row | found)
        if row['model'] == 'retrain':
            result += list_floor_rows(row, others, used)
    if fallback and fallback['run'] not in {row['run'] for row in retrained}:
        found = measure_distances(fallback, fallback) | find_remnants(fallback)
        result.append(fallback | found)
    return result


def locate(row):
    """(seed, split): a model is measured against the retrained model with the same two."""
    return row['seed'], row['split']


def index_retrained(retrained):
    """{(seed, split): retrained model}."""
    own = {}
    for row in retrained:
        other = own.setdefault(locate(row), row)
        if other is not row:
            problem = f'{other["run"]} and {row["run"]}: two retrained models of one seed and split'
            raise InputError(f'{problem}.', 'move one of them to another folder.')
    return own


def list_floor_rows(row, others, used):
    """A retrained model against those of other seeds, each pair once. The scores of the other one
    are left out where it is a row itself."""
    found = []
    for other in others:
        is_row = locate(other) in used or not used
        if not is_row or other['seed'] > row['seed']:
            own = {*SCORES, *COSTS, *(k for k in other if k[:4] == 'mia_' or k[-4:] == '_nll')}
            hidden = dict.fromkeys(own, NAN) if is_row else {}
            name = {'model': FLOOR, 'seed': row['seed'], 'config': {}}
            run = {'run': f'{other["run"]} against seed {row["seed"]}'}
            found.append(other | hidden | name | run | measure_distances(other, row))
    return found


def measure_distances(row, reference):
    """Avg. Gap, ToW, and the divergence and agreement of the outputs on D_f and D_t."""
    if reference is None:
        return {}
    refuse_other_images(row, reference)
    found = {'gap': average_gap(row, reference), 'tow': tug_of_war(row, reference)}
    for key, parts in PARTS.items():
        pair = [join_outputs(r, parts) for r in (row, reference)]
        if all(len(log_probs) for log_probs in pair):
            found[f'js_{key}'] = jensen_shannon(*pair)
            found[f'agree_{key}'] = agreement(*pair)
    return found


def refuse_other_images(row, reference):
    """Raise InputError where the images of two models have other labels, part by part."""
    own, other = row['arrays'], reference['arrays']
    for key in own.keys() & other.keys():
        if key.startswith('labels_') and not np.array_equal(own[key], other[key]):
            problem = f'{row["run"]} and {reference["run"]}: their {key[7:]} images differ.'
            raise InputError(problem, 'measure both on the same data set.')


def join_outputs(row, parts):
    """Log-probabilities (N, C) of the parts that there are, one after another."""
    arrays = [row['arrays'].get(f'log_probs_{part}') for part in parts]
    arrays = [array for array in arrays if array is not None]
    return np.concatenate(arrays).astype(np.float64) if arrays else np.empty((0, 1))


def attack_by_rmia(row, references):
    """RMIA of one model, with references that never saw D_f; {} without any. Unseen samples are
    test_retain, or to forget a class test_forget."""
    unseen = 'test_forget' if 'log_probs_test_forget' in row['arrays'] else 'test_retain'
    references = [r for r in references if f'log_probs_{unseen}' in r['arrays']]
    if not references or f'log_probs_{unseen}' not in row['arrays']:
        return {}
    for reference in references:
        refuse_other_images(row, reference)

    def predict_label(model, part):
        labels = row['arrays'][f'labels_{part}']
        return np.exp(join_outputs(model, [part])[np.arange(len(labels)), labels])

    pairs = {
        part: (predict_label(row, part), np.mean([predict_label(r, part) for r in references], 0))
        for part in ('train_forget', unseen)
    }
    halves = RMIA.split_unseen(len(pairs[unseen][0]))
    population, others = ([p[half] for p in pairs[unseen]] for half in halves)
    auc, caught = RMIA.RMIA(pairs['train_forget'], population, others)
    return {'rmia_auc': auc, 'rmia_tpr': caught}


def find_remnants(row):
    """What a linear probe finds of a forgotten class in the outputs on the test images; {} where no
    class was forgotten."""
    own = join_outputs(row, ['test_forget'])
    if not len(own):
        return {}
    classes = np.unique(row['arrays']['labels_test_forget'])
    return {'probe': probe_class(join_outputs(row, ['test_retain']), own, classes)}


def count_relearning(row, bound):
    """{relearn, relearn_most}: steps until the loss on D_f is at most the original's (inf: never;
    NaN: unknown bound), and steps taken; {} without --relearn. bound: used if row has none."""
    if 'relearn_nll' not in row['arrays']:
        return {}
    steps = row['arrays']['relearn_steps']
    bound = row['relearn_bound'] if row['relearn_bound'] >= 0 else bound
    count = find_first_below(steps, row['arrays']['relearn_nll'], bound) if bound >= 0 else NAN
    return {'relearn': count, 'relearn_most': float(steps[-1])}


# ---------------------------------------------------------------- the verdict


def compute_interval(differences):
    """(low, high): the 95 % interval of the mean of paired differences (n,), by Student's t."""
    n = len(differences)
    reach = stats.t.ppf((1 + CONFIDENCE) / 2, n - 1) * np.std(differences, ddof=1) / n**0.5
    return np.mean(differences) - reach, np.mean(differences) + reach


def judge(differences, floor):
    """The verdict in words on paired differences (n,), before minus after, of a score whose lower
    values are better.

    Below three pairs there is no verdict. 'an improvement' and 'worse' need a 95 % interval without
    0, and a mean beyond the floor (NaN: unknown); all else is 'not resolved'.
    """
    if floor != floor:
        return NO_FLOOR
    if len(differences) < LEAST_PAIRS:
        return 'no verdict below three pairs'
    low, high = compute_interval(differences)
    if low <= 0 <= high or abs(np.mean(differences)) <= floor:
        return 'not resolved'
    return 'an improvement' if low > 0 else 'worse'


def find_floor(models):
    """The mean Avg. Gap between retrained models of two seeds; NaN for one seed."""
    return models.loc[models.model == FLOOR, 'gap'].mean()


def find_best(models):
    """(the name of the row with the least mean Avg. Gap, its gaps) over the seeds that all rows
    have, references apart; None without any."""
    unlearned = models[~models.model.isin(REFERENCES)].dropna(subset='gap')
    shared = unlearned.groupby(['seed', 'split']).label.transform('nunique')
    shared = unlearned[shared.eq(unlearned.label.nunique())]
    if shared.empty:
        return None
    best = shared.groupby('label', sort=False).gap.mean().idxmin()
    return best, shared.gap[shared.label.eq(best)]


def pair_values(before, after, column):
    """A column before and after, of each model that both have: two arrays (n,)."""
    keys = ['seed', 'split', 'pre_run']
    pairs = before[[*keys, column]].merge(after[[*keys, column]], on=keys)
    return pairs[[f'{column}_x', f'{column}_y']].dropna().to_numpy().T


def describe_change(before, after):
    """'Avg. Gap 5.00 → 2.00, lower by 3.00 ± 1.00 (n 3, 95 % interval 0.52 to 5.48)', of pairs."""
    lower = np.subtract(before, after)
    sign = 1 if lower.mean() >= 0 else -1
    words = f'{"lower" if sign > 0 else "higher"} by {abs(lower.mean()):.2f}'
    words += f' ± {lower.std(ddof=1):.2f}' if len(lower) > 1 else ''
    count = f'n {len(lower)}'
    if len(lower) >= LEAST_PAIRS:
        low, high = compute_interval(sign * lower)
        count += f', 95 % interval {low:.2f} to {high:.2f}'
    return f'Avg. Gap {np.mean(before):.2f} → {np.mean(after):.2f}, {words} ({count})'


def list_changes(models):
    """Sentences: what each MCU row changed against the other rows of its method, seed by seed."""
    floor, sentences = find_floor(models), []
    searched = models['row'].isin(SEARCHED)
    for (method, name), after in models[searched].groupby(['method', 'label'], sort=False):
        others = models[(models.method == method) & ~searched]
        for other, before in others.groupby('label', sort=False):
            gaps, divergences = (pair_values(before, after, key) for key in ('gap', 'js_f'))
            if gaps.size:
                verdict = judge(gaps[0] - gaps[1], floor)
                words = f'{name} against {other}: {describe_change(*gaps)}: {verdict}'
                if divergences.shape == gaps.shape:  # of the same pairs
                    words += '; JS on D_f {:.3f} → {:.3f}'.format(*divergences.mean(axis=1))
                sentences.append(words)
    return sentences
