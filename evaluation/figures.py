"""The pictures: each is drawn from arrays and written as PDF and PNG, legible in grey."""

from itertools import cycle

import numpy as np
from matplotlib.figure import Figure

from evaluation.alignment import LINES, SEARCHED
from evaluation.compare import find_floor
from evaluation.region import find_optimum, find_region, lies_on_bound
from lib.files import read_run

RETAIN, FORGET, TEST, MIA = '#1b5e91', '#c8500a', '#4f4f4f', '#8a3f8f'
REGION, SPAN = '#dfe8d2', 30  # a loss that spans more than this factor is drawn on a log scale
MARKS, COLORS = 'sDv^<>PXhd', (TEST, '#5fb3d4', '#7fae3a', MIA, '#e0a800', RETAIN)
ALONG = {'xlabel': '$t$ (0: original, 1: pre-unlearning)', 'xlim': (-0.02, 1.02)}
LOSSES = (  # key, style, colour, label
    ('tr_nll', 'o-', RETAIN, 'retain $D_r$'),
    ('tf_nll', 's--', FORGET, 'forget $D_f$'),
    ('te_nll', '^:', TEST, 'test'),
    ('tf_nll_2', 'v:', MIA, 'test, forgotten class'),
)
ACCURACIES = (
    ('tr_acc', 'o-', RETAIN, 'retain $D_r$'),
    ('tf_acc', 's--', FORGET, 'forget $D_f$'),
    ('te_acc', '^:', TEST, 'test'),
    ('mia', 'd-.', MIA, 'MIA (% of $D_f$)'),
)
PANELS = {  # of a run's training: what is measured, {key of log.jsonl: label}
    'loss': {'retain_loss': 'retain', 'forget_loss': 'forget', 'loss': 'whole'},
    'β and share of batches': {
        'beta': 'mean β',
        'beta_hard': 'β = 0.5',
        'beta_easy': 'β = 0.01',
    },
    'accuracy (%)': {
        'rr_acc': 'retain',
        'rf_acc': 'forget',
        'tr_acc': 'test',
        'tf_acc': 'test, forgotten',
    },
}
KINDS = {  # of a row in the figure of gaps: mark, colour
    'the method': ('s', TEST),
    'fresh statistics': ('^', '#9a9a9a'),
    'straight line': ('X', FORGET),
    'MCU': ('o', RETAIN),
    'MCU_β': ('D', MIA),
}
KIND_OF = {'': 0, 'itself': 0, 'fresh': 1, **dict.fromkeys(LINES, 2), **dict.fromkeys(SEARCHED, 3)}


def make_figure(columns=1, width=5.2, height=3.4, title=''):
    """A figure and its axes, an array of them for several columns; width and height in inches."""
    figure = Figure(figsize=(width, height), layout='constrained')
    axes = figure.subplots(1, columns)
    figure.suptitle(title, fontsize=9)
    for ax in np.atleast_1d(axes):
        ax.tick_params(which='both', labelsize=8)
        ax.spines[['top', 'right']].set_visible(False)
    return figure, axes


def add_legend(figure, columns=3, size=7.5):
    """The legend of all axes under them, each label once; size: of its letters."""
    once = {}
    for axes in figure.axes:
        handles, labels = axes.get_legend_handles_labels()
        once |= dict(zip(labels, handles))
    where = {'loc': 'outside lower center', 'ncols': columns}
    figure.legend(once.values(), once.keys(), fontsize=size, frameon=False, **where)


def save(figure, stem):
    """Write stem.pdf and stem.png, the same bytes each time; returns their paths."""
    paths = [stem.with_name(stem.name + suffix) for suffix in ('.pdf', '.png')]
    for path, metadata in zip(paths, ({'CreationDate': None}, None)):
        figure.savefig(path, dpi=150, metadata=metadata)
    return paths


def make_title(run):
    """'dynamic on finetune, Digits, forgetting class 1' of a record of a run; '' of none."""
    if not run:
        return ''
    words = [run['method'], run['data']['dataset']]
    if run['end'] is not None:
        words[0] += f' on {run["end"].get("method", "a foreign model")}'
    if run['method'] != 'baseline':
        words.append(describe_split(run['split']))
    return ', '.join(words)


def describe_split(split):
    """What is forgotten, in words."""
    if split['unlearn_type'] == 'class':
        return f'forgetting class {split["forget_class"]}'
    if split['unlearn_type'] == 'random':
        return f'forgetting {100 * split["forget_ratio"]:g} % at random'
    return f'forgetting {len(split["forget_index"])} listed samples'


def draw_region(path, stem):
    """Accuracies, and MIA where it was computed, against t; the bases, the region and t*."""
    (intervals, original_beats), t_best = find_region(path), find_optimum(path)
    figure, axes = make_figure(title=make_title(read_run(path)), height=3.6)
    shade = 'effective region' + (', beats both ends' if original_beats else '')
    for start, end in intervals:
        axes.axvspan(start, end, color=REGION, lw=0, label=shade)
    for key, style, color, label in ACCURACIES:
        if key in path:
            axes.plot(path['ts'], path[key], style, color=color, label=label, ms=3, lw=1.4)
            for end in (0, -1):  # the endpoints
                if path['ts'][end] in (0, 1):
                    spot = path['ts'][end], path[key][end]
                    axes.plot(*spot, style[0], color=color, ms=7, mfc='white', clip_on=False)
    names = 'base $A_r$', 'base $A_f$'
    if read_run(path).get('method') == 'forget':  # whose goals are not the paper's bases
        names = 'goal on $D_r$', 'goal on $D_f$'
    for base, color, name in zip(('retain_base', 'forget_base'), (RETAIN, FORGET), names):
        label = f'{name} = {float(path[base]):.1f} %'
        axes.axhline(float(path[base]), color=color, ls=(0, (1, 3)), lw=1.4, label=label)
    label = f'$t^*$ = {t_best:.3f}' + ', on a bound' * lies_on_bound(path)
    axes.axvline(t_best, color='black', ls='-.', lw=1, label=label)
    axes.set(ylabel='percent', **ALONG)
    axes.margins(y=0.06)
    add_legend(figure)
    return save(figure, stem)


def draw_losses(path, stem):
    """Mean negative log-likelihood on D_r, D_f and the test set against t."""
    figure, axes = make_figure(title=make_title(read_run(path)))
    losses = [loss for loss in LOSSES if loss[0] in path]
    for key, style, color, label in losses:
        axes.plot(path['walked_ts'], path[key], style, color=color, label=label, ms=3, lw=1.4)
    values = np.concatenate([path[loss[0]] for loss in losses])
    if values.min() > 0 and values.max() > SPAN * values.min():
        axes.set_yscale('log')
    axes.set(ylabel='loss (nats)', **ALONG)
    add_legend(figure, 4)
    return save(figure, stem)


def draw_spectrum(path, models, stem):
    """UA against TA of every point of a path, and of other models of its split (DataFrame with
    model, ua, ta; several rows of one name share a mark)."""
    figure, axes = make_figure(title=make_title(read_run(path)), height=4)
    ua, ta = 100 - path['tf_acc'], path['te_acc']
    axes.plot(ua, ta, '-', color=RETAIN, lw=0.8)
    dots = axes.scatter(ua, ta, c=path['ts'], cmap='viridis', s=18, zorder=3, label='the path')
    figure.colorbar(dots, label='$t$')
    best = np.abs(path['ts'] - find_optimum(path)).argmin()
    axes.plot(ua[best], ta[best], 'o', ms=11, mfc='none', color='black', label='$t^*$')
    styles = {'original': ('o', 'black', 8), 'retrain': ('*', FORGET, 13)}
    free = zip(cycle(MARKS), cycle(COLORS))
    for name, rows in models.groupby('model', sort=False) if len(models) else ():
        mark, color, size = styles.get(name) or (*next(free), 8)
        style = {'color': color, 'ms': size, 'mec': 'white', 'ls': ''}
        axes.plot(rows.ua, rows.ta, mark, label=name, **style)
    axes.set(xlabel='UA = 100 − accuracy on $D_f$ (%)', ylabel='TA, test accuracy (%)')
    axes.margins(0.08)
    add_legend(figure)
    return save(figure, stem)


def draw_training(lines, title, stem):
    """A run's log (dicts of log.jsonl): its losses, β where there is one, and its accuracies."""
    panels = {k: v for k, v in PANELS.items() if any(key in line for line in lines for key in v)}
    figure, axes = make_figure(len(panels), width=3.2 * len(panels), height=3.2, title=title)
    for ax, (name, curves) in zip(np.atleast_1d(axes), panels.items()):
        styles = zip(('o-', 's--', '^:', 'v-.'), (RETAIN, FORGET, TEST, MIA))
        for (key, label), (style, color) in zip(curves.items(), styles):
            spots = [(line['epoch'], line[key]) for line in lines if line.get(key) is not None]
            if spots:
                ax.plot(*zip(*spots), style, color=color, ms=3, lw=1.4, label=label)
        ax.set(xlabel='epoch', ylabel=name)
        ax.xaxis.get_major_locator().set_params(integer=True)
        where = {'loc': 'upper center', 'bbox_to_anchor': (0.5, -0.2), 'ncols': 2}
        ax.legend(fontsize=7.5, frameon=False, **where)
    return save(figure, stem)


def draw_gaps(models, title, stem):
    """Avg. Gap before and after MCU, a line a method, mean ± standard deviation over the seeds.

    models: rows of `table.load`, with model, method, row, settings, gap. Returns the paths, none
    where no MCU row has a gap.
    """
    found = models.dropna(subset='gap')
    methods = sorted(found.loc[found['row'].isin(SEARCHED), 'method'].unique())
    if not methods:
        return []
    figure, axes = make_figure(title=title, height=1.5 + 0.6 * len(methods))
    names = ['method', 'row', 'model', 'settings']
    gaps = found[found.method.isin(methods)].groupby(names)['gap'].agg(['mean', 'std'])
    for (method, row, model, _), (mean, std) in gaps.iterrows():
        kind = 4 if model.startswith('MCU_β') else KIND_OF[row]
        label, (mark, color) = list(KINDS.items())[kind]
        where = mean, methods.index(method) + 0.15 * (kind - 2)
        style = {'color': color, 'ms': 5, 'capsize': 2, 'label': label, 'clip_on': False}
        axes.errorbar(*where, xerr=None if np.isnan(std) else std, fmt=mark, **style)
    floor = find_floor(models)
    if floor >= 0:
        axes.axvline(floor, color='black', ls=':', label='floor: retrain, another seed')
    axes.set(yticks=range(len(methods)), yticklabels=methods, xlabel='Avg. Gap to retraining')
    axes.set_xlim(left=0)
    axes.set_ylim(len(methods) - 0.5, -0.5)
    add_legend(figure)
    return save(figure, stem)
