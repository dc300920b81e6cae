"""What an evaluated pathway shows: its optimum t* and its effective unlearning region."""

import numpy as np

from evaluation.alignment import T_MAX, T_MIN
from evaluation.metrics import alignment_gap, find_regions, is_on_bound
from lib.errors import InputError
from lib.files import read_npz, read_run

NEEDED = ('ts', 'tr_acc', 'tf_acc', 'retain_base', 'forget_base')
ALONG_T = ('ts', 'tr_acc', 'tf_acc', 'te_acc', 'mia')  # those with one number for each t


def read_path(file):
    """The arrays of one evaluated path, sorted by t; None for a .npz of another kind.

    The optimum that the search evaluated is a point of the path too: its accuracies join the rest,
    in the place of an estimate there, unless those are of another --precision.
    """
    path = read_npz(file)
    if 'ts' not in path:
        return None
    check_path(path)
    points = {key: path[key] for key in ALONG_T if key in path}
    path['walked_ts'] = path['ts']  # without the optimum
    precision = read_run(path, 'evaluation').get('precision', 'fp32')
    if 'row_t' in path and precision == 'fp32':
        i = find_path_row(path)
        best = {'ts': path['row_t'][i], 'tr_acc': path['row_ra'][i], 'te_acc': path['row_ta'][i]}
        best |= {'tf_acc': 100 - path['row_ua'][i], 'mia': path['row_mia'][i]}
        points = {key: np.append(best[key], values) for key, values in points.items()}
    order = np.unique(points['ts'].round(9), return_index=True)[1]
    path |= {key: values[order] for key, values in points.items()}
    return path


def check_path(path):
    """Raise InputError where a path lacks a number that every reader of it needs."""
    for key in dict.fromkeys((*NEEDED, *(key for key in ALONG_T if key in path))):
        expected = path['ts'].shape if key in ALONG_T else ()
        values = path[key]
        if values.dtype.kind not in 'fiu' or values.shape != expected or not values.size:
            problem = f'{path.file}: its {key} is not one number for each t.'
            raise InputError(problem, 'evaluate the curve by eval_curve.py.')
        if not np.isfinite(values).all():
            problem = f'{path.file}: its {key} is not finite.'
            raise InputError(problem, 'evaluate the curve anew.')


def find_path_row(path):
    """The index of the path's own row among the compared ones."""
    names = list(path['row_name'])
    if 'path' not in names:
        raise InputError(f'{path.file}: has no row of the path.', 'evaluate the curve anew.')
    return names.index('path')


def find_optimum(path):
    """t*: that of the search, or without a search that of the interpolated accuracies."""
    if 'row_t' in path:
        return float(path['row_t'][find_path_row(path)])
    from utils import find_optimal_t  # with torch, which takes seconds to import

    bases = float(path['retain_base']), float(path['forget_base'])
    bounds = {k: v for k, v in read_run(path, 'evaluation').items() if k in ('t_min', 't_max')}
    try:
        return find_optimal_t(path['ts'], path['tr_acc'], path['tf_acc'], *bases, **bounds)
    except ValueError as error:
        fix = 'evaluate four values of t or more, from --t_min to --t_max, or without --no_search.'
        raise InputError(f'{path.file}: {error}.', fix) from None


def lies_on_bound(path):
    """Whether t* lies on a bound of the interval that it was chosen from."""
    evaluation = read_run(path, 'evaluation')
    bounds = evaluation.get('t_min', T_MIN), evaluation.get('t_max', T_MAX)
    return is_on_bound(find_optimum(path), *bounds)


def compute_gaps(path):
    """(alignment gap at each t (N,), the gap to beat, whether that is the original's). The gap to
    beat is the gap of the pre-unlearning model φ(1), or the original's where that is smaller."""
    gap = alignment_gap(path['tr_acc'], path['tf_acc'], path['retain_base'], path['forget_base'])
    original_beats = bool(path['ts'][0] == 0 and gap[0] < gap[-1])
    return gap, gap[0] if original_beats else gap[-1], original_beats


def find_region(path):
    """(intervals of t whose gap is below the gap to beat of `compute_gaps`, whether that gap is the
    original's); no interval where the pre-unlearning model φ(1) was not evaluated.

    No model beats itself: t = 0 and t = 1 are ends of an interval at most, never inside it.
    """
    if path['ts'][-1] < 1:
        return [], False
    gap, bound, original_beats = compute_gaps(path)
    return find_regions(path['ts'], gap, bound), original_beats


def describe_region(path):
    """The region and t* in words."""
    intervals, original_beats = find_region(path)
    gap, bound, _ = compute_gaps(path)
    t_best, first = find_optimum(path), path['ts'][0]
    begins_inside = gap[0] < bound  # the walk: only there does an end belong to its interval
    signs = ['≤' if begins_inside and start == first else '<' for start, _ in intervals]
    words = [f'{a:.3f} {sign} t < {b:.3f}' for (a, b), sign in zip(intervals, signs)]
    flags = read_run(path).get('config', {})
    start = 'the original' if flags.get('fix_start', True) else 'φ(0)'
    end = 'the pre-unlearning model' if flags.get('fix_end', True) else 'φ(1)'
    loser = f'{start} and {end}' if original_beats else end
    inside = any(a < t_best < b for a, b in intervals) or (begins_inside and t_best == first)
    remark = '' if inside or not intervals else ', outside it'
    remark += ', on a bound of its interval' * lies_on_bound(path)
    region = ' and '.join(words) or ('none' if path['ts'][-1] == 1 else 'unknown without φ(1)')
    return f'effective region (beats {loser}): {region}; t* {t_best:.3f}{remark}'
