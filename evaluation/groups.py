"""Rows grouped into configurations, one row a seed: their means, and what can be said of them."""

import re

import numpy as np

from evaluation.records import FLOOR, NAN

ORDER = {'original': 0, 'retrain': 1, FLOOR: 1}  # first in a table
DIGITS = {'js_f': 3, 'js_t': 3, 'rmia_auc': 3, 'relearn': 0}
CONFIDENCE, LEAST_PAIRS = 0.95, 3  # of a verdict
NO_FLOOR = 'floor unknown: retrain with another --seed and the same --split_seed'


def ordered(key):
    """Original and retrain first, then method by method: itself, fresh, line, MCU."""
    name = key[0]
    inner = name.partition('(')[2].rstrip(')')
    method = inner or name.partition(',')[0]
    place = 3 if inner else 1 + (', straight' in name) if ',' in name else 0
    return ORDER.get(name, 2), method, place, key


def grouped(rows):
    """{(name, config): rows, one a seed}, in the order of the table."""
    groups = {}
    for row in sorted(rows, key=lambda row: (ordered((row.name, row.config)), row.seed)):
        groups.setdefault((row.name, row.config), []).append(row)
    result = {}
    for (name, config), found in groups.items():
        places = [(row.seed, row.split) for row in found]
        for row in found:  # two runs of one seed are no two seeds: from other originals, epochs
            twice = name != FLOOR and places.count((row.seed, row.split)) > 1
            key = name, f'{config}-{row.run.rpartition("-")[2]}' if twice else config
            result.setdefault(key, []).append(row)
    return result


def mean_std(rows, key):
    """(mean, standard deviation, n) of a value over the rows that have it."""
    values = [row.values.get(key, NAN) for row in rows]
    values = [value for value in values if value == value]
    if not values or np.isinf(values).any():
        return (np.inf if values else NAN), NAN, len(values)
    return np.mean(values), np.std(values, ddof=1) if len(values) > 1 else NAN, len(values)


def cell(rows, key):
    """'mean ± std', a dash for what there is not; '> n' for what was not reached in n steps, and
    every seed's own count where some did not."""
    mean, std, _ = mean_std(rows, key)
    digits = DIGITS.get(key, 2)
    if mean != mean:
        return '–'
    if np.isinf(mean):
        most = max(row.values.get('relearn_most', 0) for row in rows)
        counts = sorted(row.values[key] for row in rows if key in row.values)
        words = [f'> {most:.0f}' if np.isinf(count) else f'{count:.0f}' for count in counts]
        return words[0] if len(set(words)) == 1 else ', '.join(words)
    return f'{mean:.{digits}f}' + (f' ± {std:.{digits}f}' if std == std else '')


def words_of(config):
    """The words of a configuration: of the run, of what it started from."""
    return [word for word in re.split(' from | on |-', config) if word]


def shown_names(groups):
    """{(name, config): name}, with what tells its configurations apart where it has several."""
    shown = {}
    for name, config in groups:
        others = [words_of(c) for n, c in groups if n == name and c != config]
        common = set.intersection(*map(set, others)) if others else set()
        own = [word for word in words_of(config) if word not in common]
        shown[name, config] = f'{name} [{" ".join(own) or "plain"}]' if others else name
    return shown


def best_of(groups):
    """The key of the row with the least mean Avg. Gap, retraining and the original apart."""
    gaps = {key: mean_std(rows, 'gap')[0] for key, rows in groups.items() if key[0] not in ORDER}
    gaps = {key: gap for key, gap in gaps.items() if gap == gap}
    return min(gaps, key=gaps.get, default=None)


def floor_of(groups):
    """The mean Avg. Gap between retrained models of two seeds; NaN for one seed."""
    gaps = [r.values['gap'] for (n, _), rows in groups.items() if n == FLOOR for r in rows]
    return np.mean(gaps) if gaps else NAN


def paired(before, after):
    """Avg. Gap of each model that both have, as an array of pairs [n, 2]."""
    gaps = {(r.seed, r.split, r.pre_run): r.values.get('gap', NAN) for r in before}
    pairs = [(gaps.get((r.seed, r.split, r.pre_run), NAN), r.values.get('gap', NAN)) for r in after]
    return np.array([pair for pair in pairs if np.isfinite(pair).all()]).reshape(-1, 2)


def interval(differences):
    """(low, high): the 95 % interval of the mean of paired differences (n,), by Student's t."""
    from scipy.stats import t  # takes a second to import

    n = len(differences)
    reach = t.ppf((1 + CONFIDENCE) / 2, n - 1) * np.std(differences, ddof=1) / n**0.5
    return np.mean(differences) - reach, np.mean(differences) + reach


def judge(differences, floor):
    """The verdict in words on paired differences (n,), before minus after, of what is better low.

    There is none below three pairs. 'an improvement' and 'worse' need a 95 % interval that leaves
    out 0 and a mean beyond the floor (NaN where it is unknown); all else is 'not resolved'.
    """
    if floor != floor:
        return NO_FLOOR
    if len(differences) < LEAST_PAIRS:
        return 'no verdict below three pairs'
    low, high = interval(differences)
    if low <= 0 <= high or abs(np.mean(differences)) <= floor:
        return 'not resolved'
    return 'an improvement' if low > 0 else 'worse'


def tell_change(before, after):
    """'Avg. Gap 5.00 → 2.00, lower by 3.00 ± 1.00 (n 3, 95 % interval 0.52 to 5.48)', of pairs."""
    lower = before - after
    sign = 1 if lower.mean() >= 0 else -1
    words = f'{"lower" if sign > 0 else "higher"} by {abs(lower.mean()):.2f}'
    words += f' ± {lower.std(ddof=1):.2f}' if len(lower) > 1 else ''
    count = f'n {len(lower)}'
    if len(lower) >= LEAST_PAIRS:
        low, high = interval(sign * lower)
        count += f', 95 % interval {low:.2f} to {high:.2f}'
    return f'Avg. Gap {before.mean():.2f} → {after.mean():.2f}, {words} ({count})'


def verdicts(groups):
    """Sentences: the best row, the floor, and what MCU changed, seed by seed."""
    names, best, floor = shown_names(groups), best_of(groups), floor_of(groups)
    if best is None:
        return ['- no Avg. Gap: there is no retrained model of the same seed and split']
    told = [f'- nearest to retraining: {names[best]}, Avg. Gap {cell(groups[best], "gap")}']
    if floor == floor:
        told.append(f'- the floor, retraining with another seed: Avg. Gap {floor:.2f}')
    for key, rows in groups.items():
        if not key[0].startswith('MCU'):
            continue
        for other, others in groups.items():
            if other[0].partition(',')[0] != key[0].partition('(')[2].rstrip(')'):
                continue
            before, after = paired(others, rows).T
            if len(before):
                told.append(
                    f'- {names[key]} against {names[other]}: {tell_change(before, after)}: '
                    f'{judge(before - after, floor)}'
                )
    return told
