"""The pictures: each is drawn from arrays and written as PDF and PNG, legible in grey."""

import numpy as np
from matplotlib.figure import Figure

from evaluation.npz import meta_of
from evaluation.region import effective_region, optimum

RETAIN, FORGET, TEST, MIA = '#1b5e91', '#c8500a', '#4f4f4f', '#8a3f8f'
REGION, SPAN = '#dfe8d2', 30  # a loss that spans more than this factor is drawn on a log scale
MARKED = {'original': 'o', 'retrain': '*'}


def new_figure(columns=1, width=5.2, height=3.4, title=''):
    """A figure and its axes."""
    figure = Figure(figsize=(width, height), layout='constrained')
    axes = figure.subplots(1, columns)
    figure.suptitle(title, fontsize=9)
    for ax in np.atleast_1d(axes):
        ax.tick_params(which='both', labelsize=8)
        ax.spines[['top', 'right']].set_visible(False)
    return figure, axes


def save(figure, stem):
    """Write stem.pdf and stem.png, the same bytes each time; returns their paths."""
    paths = [stem.with_name(stem.name + suffix) for suffix in ('.pdf', '.png')]
    for path, undated in zip(paths, ({'CreationDate': None}, None)):
        figure.savefig(path, dpi=150, metadata=undated)
    return paths


def title_of(path):
    """What a path's figures show, from what eval_curve.py noted."""
    meta = meta_of(path)
    words = (meta.get('method'), meta.get('pre'), meta.get('dataset'), meta.get('scenario'))
    return ', '.join(word for word in words if word)


def draw_region(path, file, stem):
    """Accuracies, and MIA where it was computed, against t; the bases, the region and t*."""
    (intervals, original_beats), t_best = effective_region(path), optimum(path, file)
    figure, axes = new_figure(title=title_of(path), height=3.6)
    shade = 'effective region' + (', beats both ends' if original_beats else '')
    for i, (start, end) in enumerate(intervals):
        axes.axvspan(start, end, color=REGION, lw=0, label=shade if i == 0 else None)
    curves = (
        ('tr_acc', 'o-', RETAIN, 'retain $D_r$'),
        ('tf_acc', 's--', FORGET, 'forget $D_f$'),
        ('te_acc', '^:', TEST, 'test'),
        ('mia', 'd-.', MIA, 'MIA (% of $D_f$)'),
    )
    for key, style, color, label in curves:
        if key in path:
            axes.plot(path['ts'], path[key], style, color=color, label=label, ms=3, lw=1.4)
            for end in (0, -1):  # the endpoints
                if path['ts'][end] in (0, 1):
                    spot = path['ts'][end], path[key][end]
                    axes.plot(*spot, style[0], color=color, ms=7, mfc='white', clip_on=False)
    for base, color, name in (('retain_base', RETAIN, 'A_r'), ('forget_base', FORGET, 'A_f')):
        label = f'base ${name}$ = {float(path[base]):.1f} %'
        axes.axhline(float(path[base]), color=color, ls=(0, (1, 3)), lw=1.4, label=label)
    axes.axvline(t_best, color='black', ls='-.', lw=1, label=f'$t^*$ = {t_best:.3f}')
    axes.set(xlabel='$t$ (0: original, 1: pre-unlearning)', ylabel='percent', xlim=(0, 1))
    axes.margins(y=0.06)
    figure.legend(loc='outside lower center', ncols=3, fontsize=7.5, frameon=False)
    return save(figure, stem)


def draw_losses(path, stem):
    """Mean negative log-likelihood on D_r, D_f and the test set against t."""
    figure, axes = new_figure(title=title_of(path))
    curves = (
        ('tr_nll', 'o-', RETAIN, 'retain $D_r$'),
        ('tf_nll', 's--', FORGET, 'forget $D_f$'),
        ('te_nll', '^:', TEST, 'test'),
        ('tf_nll_2', 'v:', FORGET, 'test, forgotten class'),
    )
    there = [curve for curve in curves if curve[0] in path]
    for key, style, color, label in there:
        axes.plot(path['walked_ts'], path[key], style, color=color, label=label, ms=3, lw=1.4)
    values = np.concatenate([path[curve[0]] for curve in there])
    if values.min() > 0 and values.max() > SPAN * values.min():
        axes.set_yscale('log')
    axes.set(xlabel='$t$ (0: original, 1: pre-unlearning)', ylabel='loss (nats)', xlim=(0, 1))
    axes.legend(fontsize=8, frameon=False)
    return save(figure, stem)


def draw_spectrum(path, file, rows, stem):
    """UA against TA of every point of a path; marks: RT, the original and the methods (rows: the
    models of the same split, as `records.rows_of` gives them)."""
    figure, axes = new_figure(title=title_of(path), height=3.8)
    ua, ta = 100 - path['tf_acc'], path['te_acc']
    axes.plot(ua, ta, '-', color=RETAIN, lw=0.8)
    dots = axes.scatter(ua, ta, c=path['ts'], cmap='viridis', s=18, zorder=3, label='the path')
    figure.colorbar(dots, label='$t$')
    best = np.abs(path['ts'] - optimum(path, file)).argmin()
    axes.plot(ua[best], ta[best], 'o', ms=11, mfc='none', color='black', label='$t^*$')
    shapes = iter('sDv^<>PXhd' * 5)
    for name in dict.fromkeys(row.name for row in rows):
        spots = [(r.values['ua'], r.values['ta']) for r in rows if r.name == name]
        size = 13 if name == 'retrain' else 8
        style = {'ms': size, 'color': FORGET if name == 'retrain' else TEST, 'mec': 'white'}
        axes.plot(*zip(*spots), MARKED.get(name) or next(shapes), ls='', label=name, **style)
    axes.set(xlabel='UA = 100 − accuracy on $D_f$ (%)', ylabel='TA, test accuracy (%)')
    axes.margins(0.08)
    figure.legend(loc='outside lower center', ncols=3, fontsize=7.5, frameon=False)
    return save(figure, stem)


def draw_training(lines, title, stem):
    """A run's log (dicts of log.jsonl): its losses, β where there is one, and its accuracies."""
    panels = [
        ('loss', {'loss': 'whole', 'retain_loss': 'retain', 'forget_loss': 'forget'}),
        (
            'β and share of batches',
            {'beta': 'mean β', 'beta_hard': 'β = 0.5', 'beta_easy': 'β = 0.01'},
        ),
        (
            'accuracy (%)',
            {'rr_acc': 'retain', 'rf_acc': 'forget', 'tr_acc': 'test', 'tf_acc': 'test, forgotten'},
        ),
    ]
    drawn = [panel for panel in panels if any(key in line for line in lines for key in panel[1])]
    figure, axes = new_figure(len(drawn), width=3.2 * len(drawn), height=3, title=title)
    for ax, (name, curves) in zip(np.atleast_1d(axes), drawn):
        for (key, label), style in zip(curves.items(), ('o-', 's--', '^:', 'v-.')):
            spots = [(line['epoch'], line[key]) for line in lines if line.get(key) is not None]
            if spots:
                ax.plot(*zip(*spots), style, ms=3, lw=1.4, label=label)
        ax.set(xlabel='epoch', ylabel=name)
        ax.xaxis.get_major_locator().set_params(integer=True)
        ax.legend(fontsize=7.5, frameon=False)
    return save(figure, stem)


def draw_gaps(groups, title, stem):
    """Avg. Gap before and after MCU, a line a method; groups: {(name, config): rows} of a table.

    Returns the paths, none where no MCU row has a gap.
    """

    def gaps(name):
        return [
            (np.mean(found), np.std(found, ddof=1) if len(found) > 1 else 0)
            for (own, _), rows in groups.items()
            if own == name
            if (found := [r.values['gap'] for r in rows if 'gap' in r.values])
        ]

    names = dict.fromkeys(name for name, _ in groups)
    methods = [n for n in names if any(f'{s}({n})' in names for s in ('MCU', 'MCU_β')) and gaps(n)]
    if not methods:
        return []
    figure, axes = new_figure(title=title, height=1.5 + 0.6 * len(methods))
    kinds = (
        ('{}', 's', TEST, 'the method'),
        ('{}, fresh statistics', '^', TEST, 'fresh statistics'),
        ('{}, straight line', 'x', TEST, 'straight line'),
        ('MCU({})', 'o', RETAIN, 'MCU'),
        ('MCU_β({})', 'D', RETAIN, 'MCU_β'),
    )
    for place, method in enumerate(methods):
        for row, (kind, mark, color, label) in enumerate(kinds):
            for mean, std in gaps(kind.format(method)):
                style = {'color': color, 'ms': 5, 'capsize': 2, 'label': label}
                axes.errorbar(mean, place + 0.15 * (row - 2), xerr=std or None, fmt=mark, **style)
    for mean, _ in gaps('retrain, another seed'):
        axes.axvline(mean, color='black', ls=':', label='floor: retrain, another seed')
    axes.set(yticks=range(len(methods)), yticklabels=methods, xlabel='Avg. Gap to retraining')
    axes.set_xlim(left=0)
    axes.set_ylim(len(methods) - 0.5, -0.5)
    handles, labels = axes.get_legend_handles_labels()
    once = dict(zip(labels, handles))
    figure.legend(
        *(once.values(), once.keys()),
        loc='outside lower center',
        ncols=3,
        fontsize=7.5,
        frameon=False,
    )
    return save(figure, stem)


def draw_changes(lower, floor, title, stem):
    """By how much changes of the search lower Avg. Gap, a line a change, a mark a pair of runs;
    lower: {change: {method: differences (n,)}}, positive where the change is better; floor: that of
    Avg. Gap, shaded, or NaN. Returns the paths, none where there is no difference."""
    means = {change: np.concatenate([[], *each.values()]) for change, each in lower.items()}
    means = {change: values.mean() for change, values in means.items() if len(values)}
    if not means:
        return []
    figure, axes = new_figure(title=title, height=1.3 + 0.24 * len(means))
    methods = dict.fromkeys(method for change in means for method in lower[change])
    for method, mark, color in zip(methods, 'os^Dv' * 5, (RETAIN, FORGET, TEST, MIA) * 7):
        each = [(x, i) for i, change in enumerate(means) for x in lower[change].get(method, ())]
        axes.plot(*zip(*each), mark, color=color, ms=4, mfc='none', label=method)
    axes.plot(means.values(), range(len(means)), '|', color='black', ms=12, mew=2, label='mean')
    axes.axvline(0, color='black', ls=':', lw=1)
    if floor == floor:
        axes.axvspan(-floor, floor, color=REGION, lw=0, zorder=0, label='within the floor')
    axes.set(yticks=range(len(means)), yticklabels=means, ylim=(len(means) - 0.5, -0.5))
    axes.set_xlabel('Avg. Gap, lower than unchanged by')
    figure.legend(loc='outside lower center', ncols=4, fontsize=7.5, frameon=False)
    return save(figure, stem)
