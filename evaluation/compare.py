"""How models compare: their distances to retraining, the floor below them, and the verdict."""

import numpy as np
from scipy import stats

from evaluation import RMIA
from evaluation.metrics import accuracy, average_gap, jensen_shannon, tug_of_war
from evaluation.SVC_MIA import ATTACKS
from lib.errors import InputError
from lib.run_info import STAGES

NAN = float('nan')
FLOOR = 'retrain, another seed'  # a difference smaller than its gap means nothing
MASKED = 'original, class struck'  # it may not answer the class: `utils.score_original`
REFERENCES = ('original', MASKED, 'retrain', FLOOR)  # models that unlearn nothing
PERCENTS = ('ua', 'ra', 'ta', 'tf', 'mia')
DETAILS = ('retain_nll', 'forget_nll', 'test_nll', *(f'mia_{attack}' for attack in ATTACKS))
COSTS = (*STAGES, 'rte')  # in minutes; rte is the sum of the others
PARTS = {'f': ['train_forget'], 't': ['test_retain', 'test_forget']}  # D_f, D_t as stored outputs
CONFIDENCE, MIN_PAIRS = 0.95, 3  # of a verdict
NO_FLOOR = 'floor unknown: retrain with another --seed and the same --split_seed'


def add_distances(rows, fallback=None):
    """The rows (dicts) of one scenario, with their RMIA and their distances to the retrained model
    of their own seed and split, or to `fallback` where there is none. Each pair of retrained models
    of one split and configuration adds a row FLOOR."""
    used = {locate(row) for row in rows if row['model'] not in REFERENCES}
    retrained = [row for row in rows if row['model'] == 'retrain']
    references, result = {locate(row): row for row in retrained}, []
    if len(references) < len(retrained):
        names = ' and '.join(row['run'] for row in retrained)
        problem = f'{names}: two retrained models of one seed and split.'
        raise InputError(problem, 'move one of them to another folder.')
    for row in rows:
        if row['model'] in REFERENCES and used and locate(row) not in used:
            continue  # it is there for the floor
        reference = references.get(locate(row))
        others = [r for r in retrained if r['split'] == row['split'] and r['seed'] != row['seed']]
        if reference:
            others = [r for r in others if r['config'] == reference['config']]
        elif fallback:
            reference, others = fallback, [fallback]
        result.append(row | measure_distances(row, reference) | attack_outputs(row, others))
        if row['model'] == 'retrain':
            result += list_floor_rows(row, others, used)
    if fallback and fallback['run'] not in {row['run'] for row in retrained}:
        distances = measure_distances(fallback, fallback)
        result.append(fallback | distances | attack_outputs(fallback, []))
    return result


def locate(row):
    """(seed, split): a model is compared with the retrained model of the same two."""
    return row['seed'], row['split']


def list_floor_rows(row, others, used):
    """A retrained model against those of other seeds, each pair once. A row has the scores of the
    other model, unless that one has a row of its own."""
    rows = []
    for other in others:
        is_row = locate(other) in used or not used
        if not is_row or other['seed'] > row['seed']:
            hidden = dict.fromkeys([*PERCENTS, *DETAILS, *COSTS], NAN) if is_row else {}
            ids = {'model': FLOOR, 'seed': row['seed'], 'other_seed': other['seed'], 'config': {}}
            ids['run'] = f'{other["run"]} against seed {row["seed"]}'
            rows.append(other | hidden | ids | measure_distances(other, row))
    return rows


def measure_distances(row, reference):
    """Avg. Gap, ToW, and the divergence and agreement of the outputs on D_f and D_t."""
    if reference is None:
        return {}
    distances = {'gap': average_gap(row, reference), 'tow': tug_of_war(row, reference)}
    for key, parts in PARTS.items():
        pair = [join_outputs(r, parts) for r in (row, reference)]
        if all(len(log_probs) for log_probs in pair):
            distances[f'js_{key}'] = jensen_shannon(*pair)
            distances[f'agree_{key}'] = accuracy(pair[0], pair[1].argmax(1))
    return distances


def join_outputs(row, parts):
    """The stored log-probabilities (N, C) of some parts, one part after another."""
    names = [f'log_probs_{part}' for part in parts if f'log_probs_{part}' in row['arrays']]
    arrays = [row['arrays'][name] for name in names] or [np.empty((0, 1))]
    return np.concatenate(arrays).astype(np.float64)


def attack_outputs(row, references):
    """RMIA of one model; {} without references, which never saw D_f. The unseen samples are those
    of test_retain; where a class is forgotten, those of test_forget."""
    unseen = 'test_forget' if 'log_probs_test_forget' in row['arrays'] else 'test_retain'
    models = [r for r in (row, *references) if f'log_probs_{unseen}' in r['arrays']]
    if len(models) < 2 or models[0] is not row:
        return {}
    pairs = {}
    for part in ('train_forget', unseen):
        labels = row['arrays'][f'labels_{part}']
        place = np.arange(len(labels)), labels
        prob, *others = (np.exp(join_outputs(model, [part])[place]) for model in models)
        pairs[part] = prob, np.mean(others, axis=0)
    halves = RMIA.split_unseen(len(pairs[unseen][0]))
    population, others = ([p[half] for p in pairs[unseen]] for half in halves)
    auc, true_positives = RMIA.RMIA(pairs['train_forget'], population, others)
    return {'rmia_auc': auc, 'rmia_tpr': true_positives}


def compute_interval(differences):
    """(low, high): the 95 % interval of the mean of paired differences (n,), by Student's t."""
    n = len(differences)
    reach = stats.t.ppf((1 + CONFIDENCE) / 2, n - 1) * np.std(differences, ddof=1) / n**0.5
    return np.mean(differences) - reach, np.mean(differences) + reach


def judge(differences, floor):
    """The verdict in words on paired differences (n,), before minus after, of a score that should
    be low. 'unclear': the 95 % interval contains 0. 'small': the mean is not above the floor, which
    is NaN where it is unknown."""
    if floor != floor:
        return NO_FLOOR
    if len(differences) < MIN_PAIRS:
        return 'no verdict below three pairs'
    low, high = compute_interval(differences)
    if low <= 0 <= high:
        return 'unclear'
    if abs(np.mean(differences)) <= floor:
        return 'small'
    return 'an improvement' if low > 0 else 'worse'


def find_floor(models, seeds=None, column='gap'):
    """The mean distance between retrained models of two seeds, both among `seeds` (default: all);
    for a single seed, its mean distance to the others. NaN where there is no pair."""
    pairs = models[models.model == FLOOR]
    if seeds is not None:
        first, second = pairs.seed.isin(seeds), pairs.other_seed.isin(seeds)
        pairs = pairs[first & second if (first & second).any() else first | second]
    return pairs[column].mean()


def list_changes(models):
    """A sentence for each MCU row and each other row of its method: what changed, in pairs of one
    seed, split and pre-unlearning model."""
    keys, sentences = ['method', 'seed', 'split', 'pre_run'], []
    models = models.dropna(subset='gap')
    rows, is_path = models[[*keys, 'label', 'gap', 'js_f']], models['row'].eq('path')
    pairs = rows[is_path].merge(rows[~is_path], on=keys, suffixes=('_after', '_before'))
    for (name, other), group in pairs.groupby(['label_after', 'label_before'], sort=False):
        lower, mean = group.gap_before - group.gap_after, group.mean(numeric_only=True)
        sign, n = (1 if lower.mean() >= 0 else -1), f'n {len(lower)}'
        change = f'{"lower" if sign > 0 else "higher"} by {abs(lower.mean()):.2f}'
        change += f' ± {lower.std():.2f}' if len(lower) > 1 else ''
        if len(lower) >= MIN_PAIRS:
            n += ', 95 % interval {:.2f} to {:.2f}'.format(*compute_interval(sign * lower))
        gaps = f'Avg. Gap {mean.gap_before:.2f} → {mean.gap_after:.2f}'
        verdict = judge(lower, find_floor(models, set(group.seed)))
        sentence = f'{name} against {other}: {gaps}, {change} ({n}): {verdict}'
        if group[['js_f_before', 'js_f_after']].notna().all(axis=None):
            sentence += f'; JS on D_f {mean.js_f_before:.3f} → {mean.js_f_after:.3f}'
        sentences.append(sentence)
    return sentences
