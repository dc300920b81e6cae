"""Rows grouped into configurations, one row a seed: their means, and what can be said of them."""

import re

import numpy as np

from evaluation.records import FLOOR, NAN

ORDER = {'original': 0, 'retrain': 1, FLOOR: 1}  # first in a table
DIGITS = {'js_f': 3, 'js_t': 3, 'rmia_auc': 3, 'relearn': 0}


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


def verdicts(groups):
    """Sentences: the best row, the floor, and what MCU changed, seed by seed."""
    names, best, floor = shown_names(groups), best_of(groups), floor_of(groups)
    if best is None:
        return ['- no Avg. Gap: there is no retrained model of the same seed and split']
    told = [f'- nearest to retraining: {names[best]}, Avg. Gap {cell(groups[best], "gap")}']
    unknown = 'floor unknown: retrain with another --seed and the same --split_seed'
    if floor == floor:
        told.append(f'- the floor, retraining with another seed: Avg. Gap {floor:.2f}')
    for key, rows in groups.items():
        if not key[0].startswith('MCU'):
            continue
        for other, others in groups.items():
            if other[0].partition(',')[0] != key[0].partition('(')[2].rstrip(')'):
                continue
            pairs = paired(others, rows)
            if not len(pairs):
                continue
            lower = pairs[:, 0] - pairs[:, 1]
            spread = f' ± {lower.std(ddof=1):.2f}' if len(lower) > 1 else ''
            direction = 'lower' if lower.mean() >= 0 else 'higher'
            error = lower.std(ddof=1) / len(lower) ** 0.5 if len(lower) > 1 else 0
            if floor != floor:
                verdict = unknown
            elif abs(lower.mean()) <= floor:
                verdict = f'within the floor of {floor:.2f}: no difference shown'
            elif abs(lower.mean()) <= error:
                verdict = 'the seeds disagree: no difference shown'
            else:
                word = 'an improvement' if lower.mean() > 0 else 'worse'
                verdict = f'{word}, beyond the floor of {floor:.2f}'
            told.append(
                f'- {names[key]} against {names[other]}: Avg. Gap {pairs[:, 0].mean():.2f} → '
                f'{pairs[:, 1].mean():.2f}, {direction} by {abs(lower.mean()):.2f}{spread} '
                f'(n {len(lower)}): {verdict}'
            )
    return told
