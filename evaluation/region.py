"""The optimum t* of a pathway and its effective unlearning region, as functions of arrays."""

import numpy as np
from scipy.interpolate import CubicSpline

from evaluation.metrics import alignment_gap, find_regions, is_on_bound
from lib.errors import InputError
from lib.files import Arrays, read_npz, read_run

T_MIN, T_MAX = 0.75, 1.0  # MCU: where the optimal t is looked for
GRID = 19  # intervals of the paper's 20 points
MAX_EVALUATIONS = 9  # of the search for t*
DENSE = 10_001  # points on which the interpolated gap is minimised
PATH_PARTS = {'retain': 'tr{}', 'forget': 'tf{}', 'test': 'te{}', 'test_forget': 'tf{}_2'}
PATH_NAMES = {  # of a path's .npz: names in memory
    name.format(f'_{key}'): f'{part}_{key}'
    for part, name in PATH_PARTS.items()
    for key in ('acc', 'nll')
}
ALONG_T = ('ts', 'retain_acc', 'forget_acc', 'test_acc', 'mia')  # one number for each t
REQUIRED = ('ts', 'retain_acc', 'forget_acc', 'retain_base', 'forget_base')

# ---------------------------------------------------------------- the choice of t*


def find_optimal_t(t, retain_acc, forget_acc, retain_base, forget_base, t_min=T_MIN, t_max=T_MAX):
    """The t in [t_min, t_max] of the least alignment gap, by cubic interpolation of accuracies.

    t, retain_acc, forget_acc: (N,) points of a path, N ≥ 4, accuracies and bases in percent.
    Raises ValueError where the points stop short of the interval. (MCU, section 4)
    """
    t, indices = np.unique(np.asarray(t, dtype=np.float64), return_index=True)
    if t[0] > t_min or t[-1] < t_max:
        raise ValueError(f'the values of t stop short of [{t_min:g}, {t_max:g}]')
    dense = np.linspace(t_min, t_max, DENSE)
    retain, forget = (
        np.clip(CubicSpline(t, np.asarray(values, dtype=np.float64)[indices])(dense), 0, 100)
        for values in (retain_acc, forget_acc)
    )
    gap = alignment_gap(retain, forget, retain_base, forget_base)
    return float(dense[gap.argmin()])


def search_t(gap_at, t_min=T_MIN, t_max=T_MAX, max_evaluations=MAX_EVALUATIONS):
    """The t of the least alignment gap among models that are evaluated, coarse to fine.

    gap_at(t) evaluates one. The coarse points go down from t_max. Their step is that of the paper's
    grid, 1/19, kept between a sixth and a quarter of the interval. Each further point lies halfway
    between the best one and its farther neighbour. Returns (t, gap, number of evaluations).
    """
    width = t_max - t_min
    step = min(max(1 / GRID, width / 6), width / 4) or 1.0
    step = max(step, width / (max_evaluations - 1))
    coarse = np.arange(int(width / step + 1e-9) + 1)
    gaps = {float(t): gap_at(float(t)) for t in t_max - coarse * step}
    while len(gaps) < max_evaluations:
        best = min(gaps, key=gaps.get)
        lower = max((t for t in gaps if t < best), default=t_min)
        upper = min((t for t in gaps if t > best), default=t_max)
        t = (best + (lower if best - lower >= upper - best else upper)) / 2
        if t in gaps:
            break
        gaps[t] = gap_at(t)
    best = min(gaps, key=gaps.get)
    return best, gaps[best], len(gaps)


# ---------------------------------------------------------------- an evaluated path


def read_path(file):
    """The arrays of one evaluated path, sorted by t; None for a .npz of another kind. Accuracies
    and losses have their names in memory: tr_acc becomes retain_acc.

    The optimum that the search evaluated, `best`, is a point of the path too: its accuracies join
    the others, and replace those at the same t, unless the path has another --precision.
    """
    arrays = read_npz(file)
    if 'ts' not in arrays:
        return None
    path = Arrays(file, {PATH_NAMES.get(key, key): values for key, values in arrays.items()})
    for key in (*REQUIRED, *filter(path.__contains__, ALONG_T)):
        values, expected = path[key], path['ts'].shape if key in ALONG_T else ()
        is_number = values.dtype.kind in 'fiu' and values.shape == expected and values.size
        if not is_number or not np.isfinite(values).all():
            problem = f'{file}: its {key} is not one finite number for each t.'
            raise InputError(problem, 'evaluate the curve by eval_curve.py.')
    points = {key: path[key] for key in ALONG_T if key in path}
    path['walked_ts'] = path['ts']  # without the optimum
    if 'row_t' in path:
        i = list(path['row_name']).index('path')
        row = {key: path[f'row_{key}'][i] for key in ('t', 'ua', 'ra', 'ta', 'mia')}
        best = {'ts': row['t'], 'retain_acc': row['ra'], 'forget_acc': 100 - row['ua']}
        path['best'] = best | {'test_acc': row['ta'], 'mia': row['mia']}
        if read_run(path, 'evaluation').get('precision', 'fp32') == 'fp32':
            points = {key: np.append(path['best'][key], points[key]) for key in points}
    indices = np.unique(points['ts'].round(9), return_index=True)[1]
    path |= {key: values[indices] for key, values in points.items()}
    return path


def read_bounds(evaluation):
    """(t_min, t_max): the interval that t* was chosen from; evaluation: the flags in the .npz."""
    return evaluation.get('t_min', T_MIN), evaluation.get('t_max', T_MAX)


def find_optimum(path):
    """(t*, whether it lies on a bound of its interval). t* is the one that the search found; in a
    file of other code, which has none, it comes from the interpolated accuracies."""
    bounds = read_bounds(read_run(path, 'evaluation'))
    if 'best' in path:
        t = float(path['best']['ts'])
    else:
        bases = float(path['retain_base']), float(path['forget_base'])
        t = find_optimal_t(path['ts'], path['retain_acc'], path['forget_acc'], *bases, *bounds)
    return t, is_on_bound(t, *bounds)


def find_region(path):
    """(intervals of t whose gap is below the gap to beat, whether that gap is the original's). The
    gap to beat is that of the pre-unlearning model φ(1), or the original's if that is smaller.
    Without φ(1) there is no interval."""
    if path['ts'][-1] < 1:
        return [], False
    bases = path['retain_base'], path['forget_base']
    gap = alignment_gap(path['retain_acc'], path['forget_acc'], *bases)
    original_beats = bool(path['ts'][0] == 0 and gap[0] < gap[-1])
    return find_regions(path['ts'], gap, gap[0] if original_beats else gap[-1]), original_beats


def describe_region(path):
    """The region and t* in words."""
    (intervals, original_beats), (t_best, on_bound) = find_region(path), find_optimum(path)
    loser = 'both ends' if original_beats else 'the pre-unlearning end'
    region = ' and '.join(f'{low:.3f} < t < {high:.3f}' for low, high in intervals)
    region = region or ('none' if path['ts'][-1] == 1 else 'unknown without φ(1)')
    is_inside = any(low <= t_best < high for low, high in intervals)
    remark = ', outside it' if intervals and not is_inside else ''
    remark += ', on a bound of its interval' * on_bound
    return f'effective region (beats {loser}): {region}; t* {t_best:.3f}{remark}'
