"""Draw the effective unlearning region of every pathway that eval_curve.py evaluated in a folder.

    python3 plot_region.py --dir=runs

writes a PDF and a PNG beside each .npz: accuracy on D_r and D_f against t, the alignment bases,
the region and t*; and prints the region's intervals. It needs nothing but the .npz.
"""

import json
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import numpy as np

from arg_parser import parse_args
from errors import InputError, script
from evaluation.metrics import alignment_gap, regions
from evaluation.npz import read_npz
from utils import find_optimal_t

RETAIN, FORGET, REGION = '#1b5e91', '#c8500a', '#dfe8d2'  # apart in grey as well
NEEDED = ('ts', 'tr_acc', 'tf_acc', 'retain_base', 'forget_base')


def read_path(file):
    """The arrays of one evaluated path, sorted by t; None for a .npz of another kind."""
    path = read_npz(file)
    if 'ts' not in path:
        return None
    if missing := [key for key in NEEDED if key not in path]:
        raise InputError(f'{file}: lacks {missing[0]}.', 'evaluate the curve by eval_curve.py.')
    points = {key: path[key] for key in ('ts', 'tr_acc', 'tf_acc')}
    if 'row_t' in path:  # the optimum that the search evaluated is a point of the path too
        row = list(path['row_name']).index('path')
        best = path['row_t'][row], path['row_ra'][row], 100 - path['row_ua'][row]
        points = {key: np.append(points[key], value) for key, value in zip(points, best)}
    order = np.unique(points['ts'].round(9), return_index=True)[1]
    return path | {key: values[order] for key, values in points.items()}


def optimum(path, file):
    """t*: the searched one, or without a search that of the interpolated accuracies."""
    if 'row_t' in path:
        return float(path['row_t'][list(path['row_name']).index('path')])
    bases = float(path['retain_base']), float(path['forget_base'])
    try:
        return find_optimal_t(path['ts'], path['tr_acc'], path['tf_acc'], *bases)
    except ValueError as error:
        fix = 'evaluate the curve up to --end_t=1.'
        raise InputError(f'{file}: {error}.', fix) from None


def effective_region(path):
    """Intervals of t that beat the pre-unlearning model φ(1), none where it was not evaluated; and
    whether the original does so too: then they beat both."""
    t, bases = path['ts'], (path['retain_base'], path['forget_base'])
    gap = alignment_gap(path['tr_acc'], path['tf_acc'], *bases)
    if t[-1] < 1:
        return [], False
    original_beats = bool(t[0] == 0 and gap[0] < gap[-1])
    return regions(t, gap, gap[0] if original_beats else gap[-1]), original_beats


def title(path):
    """What the figure shows, from what eval_curve.py noted."""
    meta = json.loads(str(path['meta'])) if 'meta' in path else {}
    words = (meta.get('method'), meta.get('pre'), meta.get('dataset'), meta.get('scenario'))
    return ', '.join(word for word in words if word)


def draw(path, t_best, intervals, original_beats, stem):
    """Write stem.pdf and stem.png."""
    plt.rcParams.update({'font.size': 9, 'pdf.fonttype': 42})
    figure, axes = plt.subplots(figsize=(5.2, 3.4), layout='constrained')
    shade = 'effective region' + (', beats both ends' if original_beats else '')
    for i, (start, end) in enumerate(intervals):
        axes.axvspan(start, end, color=REGION, lw=0, label=shade if i == 0 else None)
    style = {'markersize': 3, 'lw': 1.6}
    axes.plot(path['ts'], path['tr_acc'], 'o-', color=RETAIN, label='retain $D_r$', **style)
    axes.plot(path['ts'], path['tf_acc'], 's--', color=FORGET, label='forget $D_f$', **style)
    for base, color, name in (('retain_base', RETAIN, 'A_r'), ('forget_base', FORGET, 'A_f')):
        label = f'base ${name}$ = {float(path[base]):.1f} %'
        axes.axhline(float(path[base]), color=color, ls=':', lw=1.2, label=label)
    axes.axvline(t_best, color='black', ls='-.', lw=1, label=f'$t^*$ = {t_best:.3f}')
    axes.set(xlabel='$t$ (0: original, 1: pre-unlearning)', ylabel='accuracy (%)', xlim=(0, 1))
    axes.margins(y=0.06)
    axes.set_title(title(path), fontsize=9)
    figure.legend(loc='outside lower center', ncols=3, fontsize=7.5, frameon=False)
    for suffix in ('.pdf', '.png'):
        figure.savefig(stem.with_name(stem.name + suffix), dpi=150)
    plt.close(figure)


@script
def main(argv=None):
    args = parse_args('plot_region', argv)
    matplotlib.use('Agg')
    files = sorted(Path(args.dir).glob('*.npz')) if Path(args.dir).is_dir() else []
    paths = {file: path for file in files if (path := read_path(file)) is not None}
    if not paths:
        raise InputError(f'--dir={args.dir}: no .npz of eval_curve.py there.', 'evaluate a curve.')
    optima = {file: optimum(path, file) for file, path in paths.items()}
    for file, path in paths.items():
        intervals, original_beats = effective_region(path)
        stem = file.with_suffix('')
        draw(path, optima[file], intervals, original_beats, stem)
        told = ' and '.join(f'{start:.3f} to {end:.3f}' for start, end in intervals) or 'none'
        beaten = 'the original and the pre-unlearning model' if original_beats else 'pre-unlearning'
        inside = any(start <= optima[file] <= end for start, end in intervals)
        remark = '' if inside or not intervals else ', outside it'
        print(f'effective region (beats {beaten}): t {told}; t* {optima[file]:.3f}{remark}')
        print(f'{stem}.png\n{stem}.pdf')


if __name__ == '__main__':
    main()
