"""What an evaluated pathway shows: its optimum t* and its effective unlearning region."""

import numpy as np

from errors import InputError
from evaluation.metrics import alignment_gap, regions
from evaluation.npz import meta_of, read_npz

NEEDED = ('ts', 'tr_acc', 'tf_acc', 'retain_base', 'forget_base')


def read_path(file):
    """The arrays of one evaluated path, sorted by t; None for a .npz of another kind.

    The optimum that the search evaluated is a point of the path too: its accuracies join the rest,
    unless those are of another --precision.
    """
    path = read_npz(file)
    if 'ts' not in path:
        return None
    known = ('ts', 'tr_acc', 'tf_acc', 'te_acc', 'mia')
    for key in NEEDED:
        expected = path['ts'].shape if key in known else ()
        values = path[key]
        if values.dtype.kind not in 'fiu' or values.shape != expected or not values.size:
            problem = f'{file}: its {key} is not one number for each t.'
            raise InputError(problem, 'evaluate the curve by eval_curve.py.')
        if not np.isfinite(values).all():
            raise InputError(f'{file}: its {key} is not finite.', 'evaluate the curve anew.')
    points = {key: path[key] for key in known if key in path}
    path |= {f'walked_{key}': values for key, values in points.items()}  # without the searched one
    if 'row_t' in path and 'precision' not in meta_of(path):
        best = {key: path[f'row_{key}'][searched(path)] for key in ('t', 'ra', 'ua', 'ta', 'mia')}
        best = dict(zip(known, (best['t'], best['ra'], 100 - best['ua'], best['ta'], best['mia'])))
        points = {key: np.append(values, best[key]) for key, values in points.items()}
    order = np.unique(points['ts'].round(9), return_index=True)[1]
    return path | {key: values[order] for key, values in points.items()}


def searched(path):
    """The index of the path's own row among the compared ones."""
    names = list(path['row_name'])
    if 'path' not in names:
        raise InputError(f'{path.file}: has no row of the path.', 'evaluate the curve anew.')
    return names.index('path')


def optimum(path, file):
    """t*: the searched one, or without a search that of the interpolated accuracies."""
    if 'row_t' in path:
        return float(path['row_t'][searched(path)])
    from utils import find_optimal_t  # with torch, which takes seconds to import

    bases = float(path['retain_base']), float(path['forget_base'])
    try:
        return find_optimal_t(path['ts'], path['tr_acc'], path['tf_acc'], *bases)
    except ValueError as error:
        fix = 'evaluate the curve up to --end_t=1.'
        raise InputError(f'{file}: {error}.', fix) from None


def gap_and_bound(path):
    """(alignment gap at each t, the gap to beat, whether the original has it): that of the
    pre-unlearning model φ(1), or of the original where it is smaller."""
    bases = path['retain_base'], path['forget_base']
    gap = alignment_gap(path['tr_acc'], path['tf_acc'], *bases)
    original_beats = bool(path['ts'][0] == 0 and gap[0] < gap[-1])
    return gap, gap[0] if original_beats else gap[-1], original_beats


def effective_region(path):
    """Intervals of t that beat the pre-unlearning model φ(1), none where it was not evaluated; and
    whether the original does so too: then they beat both.

    No model beats itself: t = 0 and t = 1 are ends of an interval at most, never inside it.
    """
    if path['ts'][-1] < 1:
        return [], False
    gap, bound, original_beats = gap_and_bound(path)
    return regions(path['ts'], gap, bound), original_beats


def described(path, file):
    """The region and t* in words."""
    intervals, original_beats = effective_region(path)
    gap, bound, _ = gap_and_bound(path)
    t_best, first = optimum(path, file), path['ts'][0]
    begins_inside = gap[0] < bound  # the walk: only there does an end belong to its interval
    signs = ['≤' if begins_inside and start == first else '<' for start, _ in intervals]
    words = [f'{a:.3f} {sign} t < {b:.3f}' for (a, b), sign in zip(intervals, signs)]
    beaten = 'the original and the pre-unlearning model' if original_beats else 'pre-unlearning'
    inside = any(a < t_best < b for a, b in intervals) or (begins_inside and t_best == first)
    remark = '' if inside or not intervals else ', outside it'
    told = ' and '.join(words) or 'none'
    return f'effective region (beats {beaten}): {told}; t* {t_best:.3f}{remark}'
