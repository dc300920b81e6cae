"""The figures: each is drawn from arrays, legible in grey, and written as PDF and PNG."""

import numpy as np
from matplotlib.figure import Figure

from evaluation.region import find_optimum, find_region
from lib.files import read_run

REGION, SPAN = '#dfe8d2', 30  # a loss that spans more than this factor is drawn on a log scale
SERIES = {  # array of a path: its style, colour, label
    'retain': ('o-', '#1b5e91', 'retain $D_r$'),
    'forget': ('s--', '#c8500a', 'forget $D_f$'),
    'test': ('^:', '#4f4f4f', 'test'),
    'test_forget': ('v:', '#8a3f8f', 'test, forgotten class'),
    'mia': ('d-.', '#8a3f8f', 'MIA (% of $D_f$)'),
}


def make_figure(path, ylabel):
    """The figure and the axes of an evaluated path; the title says what was run."""
    figure = Figure(figsize=(5.2, 3.6), layout='constrained')
    if run := read_run(path):
        end = '' if run['end'] is None else f' on {run["end"].get("method", "a foreign model")}'
        title = f'{run["method"]}{end}, {run["data"]["dataset"]}, {run["scenario"]}'
        figure.suptitle(title, fontsize=9)
    axes = figure.subplots()
    axes.tick_params(which='both', labelsize=8)
    axes.spines[['top', 'right']].set_visible(False)
    axes.set(xlabel='$t$ (0: original, 1: pre-unlearning)', xlim=(-0.02, 1.02), ylabel=ylabel)
    return figure, axes


def add_legend(figure, columns=3, size=7.5):
    """One legend below all axes, each label once; size: of its letters, in points."""
    pairs = (axes.get_legend_handles_labels() for axes in figure.axes)
    once = {label: handle for pair in pairs for handle, label in zip(*pair)}
    where = {'loc': 'outside lower center', 'ncols': columns}
    figure.legend(once.values(), once.keys(), fontsize=size, frameon=False, **where)


def save_figure(figure, stem):
    """Write {stem}.pdf and {stem}.png, with the same bytes each time; returns their paths."""
    paths = [stem.with_name(stem.name + suffix) for suffix in ('.pdf', '.png')]
    for path, metadata in zip(paths, ({'CreationDate': None}, None)):
        figure.savefig(path, dpi=150, metadata=metadata)
    return paths


def plot_series(axes, ts, path, keys):
    """Plot against t those of the arrays that a path has; its ends are hollow."""
    for key in filter(path.__contains__, keys):
        style, color, label = SERIES[key.removesuffix('_acc').removesuffix('_nll')]
        axes.plot(ts, path[key], style, color=color, label=label, ms=3, lw=1.4)
        for t, value in zip(ts, path[key]):
            if t in (0, 1):
                axes.plot(t, value, style[0], color=color, ms=7, mfc='white', clip_on=False)


def draw_region(path, stem):
    """Accuracies, and MIA where it was computed, against t, with the bases, the region and t*."""
    (intervals, original_beats), (t_best, on_bound) = find_region(path), find_optimum(path)
    figure, axes = make_figure(path, 'percent')
    for start, end in intervals:
        label = 'effective region' + ', beats both ends' * original_beats
        axes.axvspan(start, end, color=REGION, lw=0, label=label)
    plot_series(axes, path['ts'], path, ('retain_acc', 'forget_acc', 'test_acc', 'mia'))
    for part, name in (('retain', 'A_r'), ('forget', 'A_f')):
        base, color = float(path[f'{part}_base']), SERIES[part][1]
        label = f'base ${name}$ = {base:.1f} %'
        axes.axhline(base, color=color, ls=(0, (1, 3)), lw=1.4, label=label)
    label = f'$t^*$ = {t_best:.3f}' + ', on a bound' * on_bound
    axes.axvline(t_best, color='black', ls='-.', lw=1, label=label)
    axes.margins(y=0.06)
    add_legend(figure)
    return save_figure(figure, stem)


def draw_request(region, chosen_t, stem):
    """The line of a deletion request, with the words of its record. region: a DataFrame with t,
    retain_acc and forget_acc, in percent."""
    figure = Figure(figsize=(5.2, 3.2), layout='constrained')
    axes = figure.subplots()
    axes.spines[['top', 'right']].set_visible(False)
    axes.tick_params(labelsize=8)
    for key, label in (('retain_acc', 'kept samples'), ('forget_acc', 'deleted samples')):
        style, color, _ = SERIES[key.removesuffix('_acc')]
        axes.plot(region.t, region[key], style, color=color, label=label, ms=4, lw=1.4)
    axes.axvline(chosen_t, color='black', ls='-.', lw=1, label='the unlearned model')
    axes.set_xticks([0, 1], ['the original', 'the trained model'])
    axes.set(xlim=(-0.02, 1.02), ylabel='right answers, %')
    add_legend(figure)
    return save_figure(figure, stem)


def draw_losses(path, stem):
    """Mean negative log-likelihood on D_r, D_f and the test set against t."""
    figure, axes = make_figure(path, 'loss (nats)')
    keys = [key for key in (f'{part}_nll' for part in SERIES) if key in path]
    plot_series(axes, path['walked_ts'], path, keys)
    values = np.concatenate([path[key] for key in keys])
    if values.min() > 0 and values.max() > SPAN * values.min():
        axes.set_yscale('log')
    add_legend(figure, 4)
    return save_figure(figure, stem)
