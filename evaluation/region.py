"""What an evaluated pathway shows: its optimum t* and its effective unlearning region."""

import numpy as np

from evaluation.metrics import alignment_gap, find_regions, is_on_bound
from lib.errors import InputError
from lib.files import Arrays, read_npz, read_run

T_MIN, T_MAX = 0.75, 1.0  # MCU: where the optimal t is looked for
PATH_PARTS = {'retain': 'tr{}', 'forget': 'tf{}', 'test': 'te{}', 'test_forget': 'tf{}_2'}
NAMES = {  # of a path's .npz: names in memory
    name.format(f'_{key}'): f'{part}_{key}'
    for part, name in PATH_PARTS.items()
    for key in ('acc', 'nll')
}
ALONG_T = ('ts', 'retain_acc', 'forget_acc', 'test_acc', 'mia')  # one number for each t
REQUIRED = ('ts', 'retain_acc', 'forget_acc', 'retain_base', 'forget_base')


def read_path(file):
    """The arrays of one evaluated path, sorted by t; None for a .npz of another kind. Accuracies
    and losses have the names that they have in memory: tr_acc is retain_acc.

    The optimum that the search evaluated, `best`, is a point of the path too: its accuracies join
    the rest, in the place of an estimate there, unless those are of another --precision.
    """
    arrays = read_npz(file)
    if 'ts' not in arrays:
        return None
    path = Arrays(file, {NAMES.get(key, key): values for key, values in arrays.items()})
    for key in (*REQUIRED, *filter(path.__contains__, ALONG_T)):
        shape, values = path['ts'].shape if key in ALONG_T else (), path[key]
        is_number = values.dtype.kind in 'fiu' and values.shape == shape and values.size
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
    order = np.unique(points['ts'].round(9), return_index=True)[1]
    path |= {key: values[order] for key, values in points.items()}
    return path


def read_bounds(evaluation):
    """(t_min, t_max): the interval that t* was chosen from; evaluation: the flags in the .npz."""
    return evaluation.get('t_min', T_MIN), evaluation.get('t_max', T_MAX)


def find_optimum(path):
    """(t*, whether it lies on a bound of its interval): that of the search, or in a file of other
    code that of the interpolated accuracies."""
    bounds = read_bounds(read_run(path, 'evaluation'))
    if 'best' in path:
        t = float(path['best']['ts'])
    else:
        from utils import find_optimal_t  # with torch, which takes seconds to import

        bases = float(path['retain_base']), float(path['forget_base'])
        t = find_optimal_t(path['ts'], path['retain_acc'], path['forget_acc'], *bases, *bounds)
    return t, is_on_bound(t, *bounds)


def find_region(path):
    """(intervals of t whose gap is below the gap to beat, whether that gap is the original's). The
    gap to beat is that of the pre-unlearning model φ(1), or the original's where that is smaller.
    There is no interval where φ(1) was not evaluated."""
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
