"""docs/SEARCH.md and its figure: the forms of the search that were tried, on tuning seeds only.

    python3 -m reproduce.forms    # docs/results/search.csv → docs/SEARCH.md

`experiments.py SIZE --tune=search` carries the forms out (FORMS and ENDS of plan.py) and writes
search.csv. search.md beside it is the page's prose, with the names of the tables in braces.
"""

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from curves import CURVES, compute_lr_ratio
from evaluation.compare import FLOOR, STRUCK
from evaluation.figures import add_legend, save
from lib.errors import script
from reproduce import collect
from reproduce.plan import OF, ROOT, SCALES
from reproduce.results import NAMES, TITLES, format_table, list_scenarios, read_csv

KEY = ['size', 'scenario', 'seed', 'end', 'form']
SHAPE = ['forget_loss', 'unlearn_method', 'beta', 'lr', 'effective', 'retain_ratio', 'epochs']
SHAPE += ['curve', 'num_bends', 'start_t', 'end_t', 'fix_end']
MEASURES = ['t', 'on_bound', 'ua', 'ra', 'ta', 'mia', 'gap', 'js_f', 'js_t']
COSTS = ['search', 'select', 'retrain']  # minutes
FINALISTS = {  # on all ends: {scenario: {form: its name}}
    'random': {
        'itself': 'itself',
        'ce-0.01-0.5-Bezier': "the paper's",
        'ce-0.08-1.0-Bezier': '`ce`, 0.08',
        'hinge-0.032-1.0-PolyChain': '`hinge`',
        'right-0.32-1.0-Bezier': '`right`',
    },
    'class': {
        'itself': 'itself',
        'ce-0.01-0.5-Bezier': "the paper's",
        'right-0.32-1.0-Bezier': '`right`',
        'delete-0.32-1.0-Bezier': '`delete`',
    },
}
MANY = 10  # forms on one end: then it is one of those that the grid was tried on
GRID = (0.01, 0.02, 0.04, 0.08)
COLORS = {'ce': '#4f4f4f', 'hinge': '#c8500a', 'right': '#1b5e91', 'delete': '#8a3f8f'}
FIGURE = 'search-forms'
FIXED = {'original': 'original', STRUCK: STRUCK, 'retrain': 'retrain', FLOOR: 'floor'}
NOTE = '<!-- Made by reproduce/forms.py from docs/results/: edit search.md there. -->\n'


def collect_forms(out, size):
    """The rows of search.csv: what retrained models, ends and forms of the search score."""
    table = collect.load_models(out, collect.read_done(out))
    truth = table[table.model.eq('retrain')].set_index(['scenario', 'seed']).rte
    table['retrain'] = truth.reindex(pd.MultiIndex.from_frame(table[['scenario', 'seed']])).array
    fixed, searched = table.model.isin(FIXED), table.row.eq('path')
    table['size'], table['form'] = size, np.where(searched, table.setting, 'itself')
    table.loc[fixed, 'form'] = table.model[fixed].map(FIXED)
    table.loc[fixed, 'end'] = np.where(table.model[fixed].eq(FLOOR), table.setting[fixed], '')
    table = table[fixed | searched | table.row.eq('')].copy()
    shape = table.config.apply(pd.Series).reindex(columns=SHAPE)
    shape['forget_loss'] = shape.forget_loss.fillna('ce')
    table[SHAPE] = shape.where(table.row.eq('path'))
    table['effective'] = [find_rate(row) for row in table.itertuples()]
    return table[[*KEY, *SHAPE, *MEASURES, *COSTS]].drop_duplicates(KEY).sort_values(KEY)


def find_rate(row):
    """The effective rate of a search: lr times the mean of Σ c_j(t)² over its free points."""
    if row.row != 'path':
        return np.nan
    bends = int(row.num_bends)
    free = [False, *[True] * (bends - 2), not row.fix_end]
    return row.lr * compute_lr_ratio(CURVES[row.curve](bends), free, row.start_t, row.end_t)


def select_tried(own):
    """(the models of one size and scenario on those ends and seeds that many forms were tried on,
    the mean floor)."""
    floor = own[own.form.eq('floor')][['gap', 'js_f', 'js_t']].mean()
    models = own[~own.form.isin(FIXED.values())]
    forms = models.groupby(['end', 'seed']).form.transform('nunique')
    return models[forms.gt(MANY)], floor


def find_grid(tried):
    """The models of the grid: every loss, curve and share of D_r, at the rates of GRID; `rate` is
    that of a Bezier curve of the same effective rate."""
    tried = tried[tried.num_bends.gt(2)].copy()
    tried['rate'] = (tried.lr / tried.curve.map(SCALES)).round(6)
    return tried[tried.rate.isin(GRID)]


def tell_grid(own):
    """The grid of one size and scenario: 'Avg. Gap / excess of JS on D_f', means over the ends."""
    tried, floor = select_tried(own)
    tried, lines = find_grid(tried), []
    if tried.empty:
        return 'Not run yet.'
    ends = tried.end.nunique()
    for (loss, share, curve), rows in tried.groupby(['forget_loss', 'retain_ratio', 'curve']):
        cells = []
        for rate in GRID:
            cell = rows[rows.rate.eq(rate)]
            few = f' (n {len(cell)})' if len(cell) != ends else ''
            text = f'{cell.gap.mean():.2f} / {cell.js_f.mean() - floor.js_f:+.3f}{few}'
            cells.append(text if len(cell) else '–')
        lines.append([loss, f'{share:.0%}', curve, *cells])
    return format_table(['forget loss', 'of D_r', 'curve', *map(str, GRID)], lines)


def tell_forms(own):
    """The table of one size and scenario: every form besides the grid; first the form of the least
    Avg. Gap."""
    head = ['forget loss', 'rate', 'effective', 'of D_r', 'curve', 'n', 'Avg. Gap', '× floor']
    head += ['lower than the end', 'JS on D_f', 'on D_t', 'TA']
    tried, floor = select_tried(own)
    tried, lines = tried.drop(find_grid(tried).index), []
    if tried.empty:
        return 'Not run yet.'
    itself = tried[tried.form.eq('itself')].set_index(['end', 'seed']).gap
    for form, rows in tried.groupby('form'):
        mean = rows[['gap', 'js_f', 'js_t', 'ta']].mean()
        lower = (itself - rows.set_index(['end', 'seed']).gap).mean()  # of its own ends
        words = ['the end itself', *['–'] * 4] if form == 'itself' else tell_shape(rows.iloc[0])
        numbers = [f'{mean.gap:.2f}', f'{mean.gap / floor.gap:.1f}']
        numbers.append('–' if form == 'itself' else f'{lower:.2f}')
        numbers += [f'{mean[key] - floor[key]:+.3f}' for key in ('js_f', 'js_t')]
        numbers.append(f'{mean.ta:.1f}')
        lines.append((form != 'itself', mean.gap, [*words, len(rows), *numbers]))
    note = f'The floor is {floor.gap:.2f}; JS on D_f {floor.js_f:.3f}, on D_t {floor.js_t:.3f}.'
    return f'{format_table(head, [line for *_, line in sorted(lines)])}\n\n{note}'


def tell_shape(row):
    """What a form of the search is, in the cells of its row."""
    fixed = f', β {row.beta:g}' if row.unlearn_method == 'curve' else ''
    name = row.curve if row.num_bends > 2 else f'no curve, {row.form.split("-")[-1]}'
    share = f'{row.retain_ratio:.0%}, {row.epochs:.0f} epochs'
    return [row.forget_loss + fixed, f'{row.lr:g}', f'{row.effective:.2g}', share, name]


def tell_ends(own):
    """The table of one size and scenario by end: 'Avg. Gap; JS on D_f, on D_t' of the finalists, on
    the seeds that have all of them."""
    finalists = FINALISTS[own.scenario.iloc[0]]
    tried = own[own.form.isin(finalists) & own.end.ne('')]
    complete = tried.groupby(['end', 'seed']).form.transform('nunique').eq(tried.form.nunique())
    tried = tried[complete]
    if tried.empty:
        return 'Not run yet.'
    names = [form for form in finalists if tried.form.eq(form).any()]
    lines = []
    for end, rows in [*tried.groupby('end'), ('mean', tried)]:
        means = rows.groupby('form')[['gap', 'js_f', 'js_t']].mean().loc[names]
        cells = [f'{m.gap:.2f}; {m.js_f:.3f}, {m.js_t:.3f}' for m in means.itertuples()]
        lines.append([end, len(rows) // len(names), *cells])
    return format_table(['end', 'n', *(finalists[form] for form in names)], lines)


def tell_tuning(tuned):
    """The rates of one size and scenario that MCU was tried from: Avg. Gap of the method, and of
    MCU-best from there; the least of each method in bold."""
    gaps = tuned.groupby(['method', 'flags', 'of']).gap.mean().unstack()
    if 'MCU' not in gaps:
        return 'Not run yet.'
    gaps = gaps[gaps.groupby(level=0).MCU.transform('count').gt(0)]
    least, lines = gaps.groupby(level=0).min(), []
    for (method, flags), row in gaps.iterrows():
        best = row.eq(least.loc[method])
        cells = [f'{row[of]:.2f}' if row[of] > 0 else '–' for of in OF]
        cells = [f'**{cell}**' if best[of] else cell for of, cell in zip(OF, cells)]
        lines.append([NAMES[method], flags.partition('--lr=')[2], *cells])
    return format_table(['method', 'rate', 'itself', 'MCU-best from there'], lines)


def draw_forms(table, stem):
    """Avg. Gap and JS on D_f of every form of a curve against its effective rate, means over the
    ends, and the floor; into stem.png and stem.pdf."""
    scenarios = list_scenarios(table)
    figure = Figure(figsize=(4.6 * len(scenarios), 6), layout='constrained')
    panels = figure.subplots(2, len(scenarios), squeeze=False, sharex=True)
    for column, scenario in zip(panels.T, scenarios):
        tried, floor = select_tried(table[table.scenario.eq(scenario)])
        complete = tried.groupby('form').end.transform('nunique').eq(tried.end.nunique())
        tried = tried[complete & tried.num_bends.gt(2)]
        keys = ['forget_loss', 'retain_ratio', 'curve', 'effective']
        means = tried.groupby(keys)[['gap', 'js_f']].mean().reset_index()
        for axes, (key, name) in zip(column, {'gap': 'Avg. Gap', 'js_f': 'JS on $D_f$'}.items()):
            for (loss, share, curve), rows in means.groupby(keys[:3]):
                look = {'color': COLORS[loss], 'ls': '-' if share == 1 else ':', 'lw': 1.2, 'ms': 5}
                look |= {'marker': 'o' if curve == 'Bezier' else 's', 'mfc': 'none'}
                label = f'{loss}, {share:.0%} of $D_r$, {curve}'
                axes.plot(rows.effective, rows[key], label=label, **look)
            axes.axhline(floor[key], color='black', ls='--', lw=1, label='floor')
            axes.set(xscale='log', ylabel=name)
            axes.spines[['top', 'right']].set_visible(False)
        column[0].set_title(f'to forget {TITLES[scenario]}')
        column[1].set_xlabel('effective rate')
    add_legend(figure, size=8)
    stem.parent.mkdir(parents=True, exist_ok=True)
    save(figure, stem)


def format_page(docs):
    """SEARCH.md as text."""
    table = read_csv(docs / 'results' / 'search.csv')
    tables = {}
    for (size, scenario), own in table.groupby(['size', 'scenario']):
        tables[f'{size}-{scenario}'] = tell_forms(own)
        tables[f'{size}-{scenario}-grid'] = tell_grid(own)
        tables[f'{size}-{scenario}-ends'] = tell_ends(own)
    tuning = docs / 'results' / 'tuning.csv'
    tuned = read_csv(tuning) if tuning.exists() else pd.DataFrame(columns=collect.TUNED)
    for (size, scenario), own in tuned.groupby(['size', 'scenario']):
        tables[f'{size}-{scenario}-rates'] = tell_tuning(own)
    remarks = docs / 'results' / 'search.md'
    text = '\n\n'.join(f'## {name}\n\n{{{name}}}' for name in tables)
    texts = defaultdict(lambda: 'Not run yet.', tables)
    return NOTE + (remarks.read_text() if remarks.exists() else text).format_map(texts)


@script
def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--docs', default=ROOT / 'docs', type=Path, help='the folder of results/')
    docs = parser.parse_args(argv).docs
    table = read_csv(docs / 'results' / 'search.csv')
    draw_forms(table[table['size'].eq(table['size'].mode()[0])], docs / 'figures' / FIGURE)
    (docs / 'SEARCH.md').write_text(format_page(docs))
    print(docs / 'SEARCH.md')


if __name__ == '__main__':
    main()
