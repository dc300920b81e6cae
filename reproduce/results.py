"""The tables of README.md and docs/results.md, and their figure, made of docs/results/*.csv.

    python3 -m reproduce.results                            # writes them where their marks stand
    python3 -m reproduce.results results/small/models.csv   # prints those of runs of your own

A table stands between `<!-- table: NAME -->` and `<!-- end -->`; without these marks it is printed.
"""

import argparse
import re
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter

from evaluation.compare import compute_interval, find_floor, judge
from evaluation.figures import add_legend
from lib.errors import with_exit_codes
from lib.files import atomic_write

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / 'docs' / 'results'
PAGES = [ROOT / page for page in ('README.md', 'docs/results.md', 'docs/metrics.md')]
FIRST_LATER = 7  # seeds from here on have a table of their own
TITLES = {'random': 'a random tenth', 'class': 'a class'}  # of what is to be forgotten
NAMES = {
    'original': 'original',
    'finetune': 'fine-tuning',
    'ga': 'gradient ascent',
    'ga_plus': 'NegGrad+',
    'negtv': 'NegTV',
    'randomlabel': 'random labels',
    'salun': 'SalUn',
    'scrub': 'SCRUB',
    'delete': 'DELETE',
    'sfron': 'SFRon',
    'l1_sparse': 'ℓ1-sparse',
    'msg': 'MSG',
    'ct': 'CT',
}
SEARCHES = ('MCU-cosine', 'MCU-0.08', 'MCU-best', 'MCU-best, own end')
FLOORS = {'gap': 2, 'js_f': 3, 'js_t': 3}  # their digits
FORMS = ('itself', 'class struck', *SEARCHES)
MARKS = {  # of the figure: told apart by mark and by colour, in grey too
    'itself': ('s', '#c8500a'),
    'line': ('x', '#4f4f4f'),
    'MCU-cosine': ('o', '#1b5e91'),
    'MCU-best': ('*', '#2c7a2c'),
}


def read_models(file):
    """The rows of a models.csv."""
    models = pd.read_csv(file, dtype={'form': str})
    return models.assign(form=models.form.fillna(''))


def measure_rows(models):
    """A row for each method and form, of the first seeds and of the later ones: the means, and the
    gain over the method itself with its 95 % interval, the floor of its seeds and the verdict.

    js_f, js_t: above the floor of the row's seeds; rmia: the AUC minus that after retraining; cost:
    all compute, in percent of retraining."""
    truth = models[models.model.eq('retrain')].set_index(['scenario', 'seed'])
    rows = []
    for scenario, later, model, form in product(TITLES, (False, True), NAMES, FORMS):
        group = models[models.scenario.eq(scenario) & models.seed.ge(FIRST_LATER).eq(later)]
        method = group[group.model.eq(model)].set_index('seed')
        result = method[method.form.eq(form)]
        if result.empty:
            continue
        seeds, reference = tuple(sorted(result.index)), truth.loc[scenario].loc[result.index]
        before = method.gap[method.form.eq('itself')].reindex(seeds)
        row = {'scenario': scenario, 'later': later, 'model': model, 'form': form, 'seeds': seeds}
        row |= {'gap': result.gap.mean(), 'before': before.mean()}
        floors = {f'floor_{key}': find_floor(group, seeds, key) for key in FLOORS}
        gains, floor = before - result.gap, floors['floor_gap']
        row |= {**floors, **dict.fromkeys(('gain', 'low', 'high', 'verdict'), np.nan)}
        if form != 'itself':
            low, high = compute_interval(gains) if len(gains) > 2 else (np.nan, np.nan)
            row |= {'gain': gains.mean(), 'low': low, 'high': high, 'verdict': judge(gains, floor)}
        row |= {key: result[key].mean() - floors[f'floor_{key}'] for key in ('js_f', 'js_t')}
        row |= {'rmia': (result.rmia_auc - reference.rmia_auc).mean(), 'tow': result.tow.mean()}
        row |= {'ta': result.ta.mean(), 'cost': (100 * result.rte / result.retrain).mean()}
        rows.append(row)
    return pd.DataFrame(rows)


# ---------------------------------------------------------------- tables


def format_table(head, rows):
    """A Markdown table; its columns of numbers are set to the right."""
    cells = (rows or [head])[0]
    align = ['---:' if re.match(r'[*–-]*\d|–', str(cell)) else '---' for cell in cells]
    return '\n'.join(f'| {" | ".join(map(str, line))} |' for line in [head, align, *rows])


def format_number(value, digits=2):
    return '–' if np.isnan(value) else f'{value:.{digits}f}'


def format_gain(row):
    """'1.15 (0.25 to 2.05)': the mean and its 95 % interval; the mean alone below three pairs."""
    interval = '' if np.isnan(row.low) else f' ({row.low:.2f} to {row.high:.2f})'
    return f'{row.gain:.2f}{interval}'


def format_seeds(seeds):
    """'1 to 5, 7, 8' of sorted seeds."""
    runs = np.split(np.array(seeds), np.flatnonzero(np.diff(seeds) > 1) + 1)
    texts = [f'{run[0]} to {run[-1]}' if len(run) > 2 else ', '.join(map(str, run)) for run in runs]
    return ', '.join(texts)


def find_common(first, scenario):
    """A row of the seeds that most rows of a scenario have."""
    rows = first[first.scenario.eq(scenario)]
    return rows.loc[rows.groupby('seeds').seeds.transform('size').idxmax()]


def make_summary(first):
    """A line a method: Avg. Gap in each scenario, and the gain of two forms, in bold where it is an
    improvement, in italics where the form is worse."""
    forms, head, last = ('MCU-cosine', 'MCU-best'), ['method'], ['floor']
    marks, cells = {'an improvement': '**', 'worse': '*'}, {}
    for row in first.itertuples():
        mark = marks.get(row.verdict, '')
        text = format_number(row.gap) if np.isnan(row.gain) else f'{mark}{format_gain(row)}{mark}'
        cells[row.model, row.scenario, row.form] = text
    for scenario in first.scenario.unique():
        head += [f'{TITLES[scenario]}: Avg. Gap', *(f'gain by {form}' for form in forms)]
        last += [format_number(find_common(first, scenario).floor_gap), '', '']
    kinds = [*product(first.scenario.unique(), ('itself', *forms))]
    methods = first.model[first.form.isin(forms)].unique()
    lines = [[NAMES[m], *(cells.get((m, *kind), '–') for kind in kinds)] for m in methods]
    return format_table(head, [*lines, last])


def make_scenario(first, models, scenario):
    """Retrained models of two seeds, then every method and form; all of the first seeds."""
    head = ['method', 'form', 'n', 'Avg. Gap', 'gain (95 % interval)', 'verdict', 'TA', 'cost (%)']
    common = find_common(first, scenario)
    truth = models[models.scenario.eq(scenario) & models.model.eq('retrain')]
    accuracy = format_number(truth.ta[truth.seed.isin(common.seeds)].mean(), 1)
    cells = [len(common.seeds), format_number(common.floor_gap), '', '', accuracy]
    lines = [['retrained', 'another seed', *cells, 100]]
    for row in first[first.scenario.eq(scenario)].itertuples():
        gain = ['', ''] if np.isnan(row.gain) else [format_gain(row), row.verdict]
        cells = [len(row.seeds), format_number(row.gap), *gain, format_number(row.ta, 1)]
        lines.append([NAMES[row.model], row.form, *cells, format_number(row.cost, 0)])
    return format_table(head, lines)


def make_later(rows):
    """Every form of the later seeds: Avg. Gap of the method itself, and of what came of it."""
    head = ['to forget', 'method', 'form', 'seeds', 'Avg. Gap before', 'after']
    lines = []
    for row in rows[rows.later & rows.gain.notna()].itertuples():
        cells = [format_seeds(row.seeds), format_number(row.before), format_number(row.gap)]
        gain = [format_gain(row), row.verdict]
        lines.append([TITLES[row.scenario], NAMES[row.model], row.form, *cells, *gain])
    return format_table([*head, 'gain (95 % interval)', 'verdict'], lines)


def make_floors(rows):
    """The floor of every set of seeds that a row has."""
    head, lines = ['to forget', 'seeds', 'pairs', 'Avg. Gap', 'JS on D_f', 'JS on D_t'], []
    shown = rows[~rows.later | rows.gain.notna()].drop_duplicates(['scenario', 'seeds'])
    for row in shown.sort_values(['later', 'seeds']).itertuples():
        pairs = len(row.seeds) * (len(row.seeds) - 1) // 2
        numbers = [format_number(getattr(row, f'floor_{key}'), FLOORS[key]) for key in FLOORS]
        lines.append([TITLES[row.scenario], format_seeds(row.seeds), pairs, *numbers])
    return format_table(head, sorted(lines, key=lambda line: line[0], reverse=True))


def write_tables(tables, pages):
    """Each table between its marks on the pages; those whose marks no page has are printed."""
    for name, table in tables.items():
        marks = re.compile(rf'(<!-- table: {name} -->\n).*?(<!-- end -->)', re.DOTALL)
        having = [page for page in pages if page.exists() and marks.search(page.read_text())]
        for page in having:
            text = marks.sub(rf'\g<1>{table}\n\g<2>', page.read_text())
            atomic_write(page, text.encode())
        if not having:
            print(f'\n{name}:\n\n{table}')


def draw_gaps(first, models, file):
    """Avg. Gap of every method and form: a mark at the mean, a bar over the first seeds."""
    figure = Figure(figsize=(9.2, 4.2), layout='constrained')
    for axes, (scenario, title) in zip(figure.subplots(1, 2), TITLES.items()):
        group = models[models.scenario.eq(scenario) & models.seed.lt(FIRST_LATER)]
        shown = first[first.scenario.eq(scenario) & first.form.isin(SEARCHES)]
        methods, floor = shown.model.unique(), find_common(first, scenario).floor_gap
        for (place, method), (i, form) in product(enumerate(methods), enumerate(MARKS)):
            gaps = group.gap[group.model.eq(method) & group.form.eq(form)]
            if len(gaps):
                (mark, color), y = MARKS[form], place + 0.16 * (i - 1.5)
                axes.plot([gaps.min(), gaps.max()], [y, y], color=color, lw=1)
                axes.plot(gaps.mean(), y, mark, ms=5, color=color, label=form)
        axes.axvline(floor, color='black', ls=':', lw=1, label='floor')
        axes.set(xscale='log', title=f'to forget {title}', xlabel='Avg. Gap to retraining')
        names = [NAMES[method] for method in methods]
        axes.set(yticks=range(len(methods)), yticklabels=names, ylim=(len(methods) - 0.5, -0.5))
        axes.xaxis.set_major_locator(FixedLocator([0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(StrMethodFormatter('{x:g}'))
        axes.spines[['top', 'right']].set_visible(False)
        axes.grid(axis='x', color='#e4e4e4')
        axes.set_axisbelow(True)
    add_legend(figure, columns=len(MARKS) + 1, size=10)
    figure.savefig(file, dpi=150)


@with_exit_codes
def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('models', nargs='?', type=Path, help='models.csv of runs of your own')
    file = parser.parse_args(argv).models
    models = read_models(file or RESULTS / 'models.csv')
    rows = measure_rows(models)
    first = rows[~rows.later]
    tables = {'summary': make_summary(first)}
    for scenario, name in (('random', 'tenth'), ('class', 'class')):
        if scenario in set(first.scenario):
            tables[name] = make_scenario(first, models, scenario)
    tables |= {'later': make_later(rows), 'floors': make_floors(rows)}
    write_tables(tables, () if file else PAGES)
    if not file:
        draw_gaps(first, models, ROOT / 'docs' / 'figures' / 'gaps-cifar10.png')
        text = rows.assign(seeds=rows.seeds.map(format_seeds)).round(4).to_csv(index=False)
        atomic_write(RESULTS / 'rows.csv', text.encode())


if __name__ == '__main__':
    main()
