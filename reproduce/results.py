"""The tables of README.md and docs/results.md, and their figures, made of docs/results/*.csv.

    python3 -m reproduce.results                 # writes them where their marks stand
    python3 -m reproduce.results results/small   # prints those of runs of your own

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
PAGES = [ROOT / page for page in ('README.md', 'docs/results.md')]
# of what is to be forgotten
TITLES = {'random': 'a random tenth', 'class': 'a class', 'all': 'a tenth of 50,000'}
NAMES = {'original': 'original', 'ga': 'gradient ascent', 'randomlabel': 'random labels'}
FORMS = ('itself', 'class struck', 'longer', 'line', 'MCU-cosine', 'MCU-0.15', 'align')
SHOWN = ('MCU-cosine', 'MCU-0.15', 'align')  # in README
MARKS = {  # of the figures: told apart by mark and by colour, in grey too
    'itself': ('s', '#c8500a'),
    'MCU-cosine': ('o', '#1b5e91'),
    'MCU-0.15': ('^', '#8a3f8f'),
    'align': ('*', '#2c7a2c'),
}
RELEARNING = ('SGD 0.005', 'SGD 0.02')  # the attacks of reproduce.attacks with epochs
STATES = {'distance': 1, 'barrier': 2, 'probe': 1, 'CKA': 2}  # those without, and their digits
GAP = 'Avg. Gap after an epoch'


def read_models(file):
    """The rows of a models.csv."""
    models = pd.read_csv(file, dtype={'form': str})
    return models.assign(form=models.form.fillna(''))


def measure_rows(models):
    """A row for each method and form: the means over seeds, the gain over the method itself with
    its 95 % interval, the floor and the verdict.

    js_f, js_t: above the floor of the row's seeds; rmia: the AUC minus that after retraining; cost:
    all compute, in percent of retraining."""
    truth = models[models.model.eq('retrain')].set_index(['scenario', 'seed'])
    rows = []
    for scenario, model, form in product(TITLES, NAMES, FORMS):
        group = models[models.scenario.eq(scenario)]
        method = group[group.model.eq(model)].set_index('seed')
        result = method[method.form.eq(form)]
        if result.empty:
            continue
        seeds, reference = sorted(result.index), truth.loc[scenario].loc[result.index]
        gains = method.gap[method.form.eq('itself')].reindex(seeds) - result.gap
        floors = {key: find_floor(group, seeds, key) for key in ('gap', 'js_f', 'js_t')}
        row = {'scenario': scenario, 'model': model, 'form': form, 'n': len(seeds)}
        row |= {'gap': result.gap.mean(), 'floor': floors['gap']}
        row |= dict.fromkeys(('gain', 'low', 'high', 'verdict'), np.nan)
        if form != 'itself':
            low, high = compute_interval(gains) if len(gains) > 2 else (np.nan, np.nan)
            verdict = judge(gains, floors['gap'])
            row |= {'gain': gains.mean(), 'low': low, 'high': high, 'verdict': verdict}
        row |= {key: result[key].mean() - floors[key] for key in ('js_f', 'js_t')}
        row |= {'rmia': (result.rmia_auc - reference.rmia_auc).mean(), 'tow': result.tow.mean()}
        row |= {'ta': result.ta.mean(), 'cost': (100 * result.rte / result.retrain).mean()}
        rows.append(row)
    return pd.DataFrame(rows)


def measure_attacks(attacks):
    """A row for each model and form of each scenario: the means over seeds. Of relearning the
    points of D_f that came back, less those of the retrained model of the seed."""
    keys = ['scenario', 'seed', 'model', 'form']
    values = attacks.pivot_table(index=keys, columns=['attack', 'epoch'], values='value')
    rows = pd.DataFrame({name: values[name, 0] for name in STATES} | {GAP: values['gap', 1]})
    for name in RELEARNING:
        rows[name] = values[name].iloc[:, -1] - values[name, 0]
        retrained = rows[name].xs(('retrain', ''), level=('model', 'form'))
        rows[name] -= retrained.reindex(rows.index.droplevel(['model', 'form'])).to_numpy()
    return rows.groupby(['scenario', 'model', 'form']).mean().reset_index()


# ---------------------------------------------------------------- tables


def format_table(head, rows):
    """A Markdown table; its columns of numbers are set to the right."""
    cells = (rows or [head])[0]
    align = ['---:' if re.match(r'[*–-]*\d|–', str(cell)) else '---' for cell in cells]
    return '\n'.join(f'| {" | ".join(map(str, line))} |' for line in [head, align, *rows])


def blank_repeats(lines):
    """The lines of a table, without first and second cells that stand in the line above."""
    pairs = zip([[None, None], *lines], lines)
    return [
        [*('' if above[: i + 1] == line[: i + 1] else line[i] for i in range(2)), *line[2:]]
        for above, line in pairs
    ]


def format_number(value, digits=2):
    return '–' if np.isnan(value) else f'{value:.{digits}f}'


def format_gain(row):
    """'1.15 (0.25 to 2.05)': the mean and its 95 % interval; the mean alone below three pairs."""
    interval = '' if np.isnan(row.low) else f' ({row.low:.2f} to {row.high:.2f})'
    return f'{row.gain:.2f}{interval}'


def make_summary(rows):
    """A line a method and scenario: Avg. Gap, and the gain of each form, in bold where it is an
    improvement, in italics where the form is worse; and the floor."""
    head = ['to forget', 'method', 'floor', 'Avg. Gap', *(f'gain by {form}' for form in SHOWN)]
    marks, lines = {'an improvement': '**', 'worse': '*'}, []
    for (scenario, model), group in rows.groupby(['scenario', 'model'], sort=False):
        named = {row.form: row for row in group.itertuples()}
        if not named.keys() & {*SHOWN}:
            continue
        gains = [named.get(form) for form in SHOWN]
        around = [marks.get(row.verdict, '') if row else '' for row in gains]
        cells = [f'{m}{format_gain(row)}{m}' if row else '–' for row, m in zip(gains, around)]
        first = [format_number(named['itself'].floor), format_number(named['itself'].gap)]
        lines.append([TITLES[scenario], NAMES[model], *first, *cells])
    return format_table(head, lines)


def make_scenarios(rows, models):
    """Every method and form, below retrained models of two seeds."""
    head = ['to forget', 'method', 'form', 'Avg. Gap', 'gain (95 % interval)', 'verdict']
    lines = []
    for scenario, group in rows.groupby('scenario', sort=False):
        truth = models[models.scenario.eq(scenario) & models.model.eq('retrain')]
        numbers = [format_number(group.floor.iloc[0]), '', '', format_number(truth.ta.mean(), 1)]
        lines.append([TITLES[scenario], 'retrained', 'another seed', *numbers, 100])
        for row in group.itertuples():
            gain = ['', ''] if np.isnan(row.gain) else [format_gain(row), row.verdict]
            cells = [format_number(row.gap), *gain, format_number(row.ta, 1)]
            cells.append(format_number(row.cost, 0))
            lines.append([TITLES[scenario], NAMES[row.model], row.form, *cells])
    return format_table([*head, 'TA', 'cost (%)'], blank_repeats(lines))


def make_attacks(means):
    """Every model and form that was attacked."""
    head, lines = ['to forget', 'model', 'form', GAP, *RELEARNING, *STATES], []
    named = means.set_index(['scenario', 'model', 'form'])
    for scenario, model, form in product(TITLES, ('retrain', *NAMES), ('', *FORMS)):
        if (scenario, model, form) in named.index:
            row = named.loc[scenario, model, form]
            cells = [format_number(row[GAP]), *(format_number(row[name], 1) for name in RELEARNING)]
            cells += [format_number(row[name], digits) for name, digits in STATES.items()]
            lines.append([TITLES[scenario], NAMES.get(model, 'retrained'), form, *cells])
    return format_table(head, blank_repeats(lines))


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


# ---------------------------------------------------------------- figures


def draw_gaps(rows, models, file):
    """Avg. Gap of every method and form: a mark at the mean, a bar over the seeds."""
    scenarios = rows.scenario.unique()
    figure = Figure(figsize=(11, 3.6), layout='constrained')
    for axes, scenario in zip(figure.subplots(1, len(scenarios), squeeze=False)[0], scenarios):
        shown = rows[rows.scenario.eq(scenario) & rows.form.isin(SHOWN)]
        group, methods = models[models.scenario.eq(scenario)], shown.model.unique()
        for (place, method), (i, form) in product(enumerate(methods), enumerate(MARKS)):
            gaps = group.gap[group.model.eq(method) & group.form.eq(form)]
            if len(gaps):
                (mark, color), y = MARKS[form], place + 0.16 * (i - 1.5)
                axes.plot([gaps.min(), gaps.max()], [y, y], color=color, lw=1)
                axes.plot(gaps.mean(), y, mark, ms=5, color=color, label=form)
        axes.axvline(shown.floor.mean(), color='black', ls=':', lw=1, label='floor')
        axes.set(xscale='log', title=TITLES[scenario], xlabel='Avg. Gap to retraining')
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


def draw_relearning(attacks, file):
    """Accuracy on D_f while each model is trained on D_r alone, at the first rate: a panel a
    method, the mean over seeds."""
    attacks = attacks[attacks.attack.eq(RELEARNING[0])]
    means = attacks.groupby(['scenario', 'model', 'form', 'epoch']).value.mean()
    whole = [scenario for scenario in TITLES if (scenario, 'original', 'itself', 0) in means.index]
    panels = [
        (scenario, model)
        for scenario, model in product(whole, NAMES)
        if (scenario, model, SHOWN[-1], 0) in means.index
    ]
    figure = Figure(figsize=(3.1 * len(panels), 3.2), layout='constrained')
    for axes, (scenario, model) in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels):
        references = ('original', 'itself', '--', 'original'), ('retrain', '', '-', 'retrained')
        for name, form, style, label in references:
            axes.plot(means[scenario, name, form], style, color='black', lw=1, label=label)
        for form, (mark, color) in MARKS.items():
            if (scenario, model, form, 0) in means.index:
                axes.plot(means[scenario, model, form], f'{mark}-', ms=5, color=color, label=form)
        axes.set(title=f'{TITLES[scenario]}, {NAMES[model]}', xlabel='epochs on $D_r$')
        axes.title.set_fontsize(9)
        axes.set_xticks(attacks.epoch.unique())
        axes.spines[['top', 'right']].set_visible(False)
    figure.axes[0].set_ylabel('right on $D_f$ (%)')
    add_legend(figure, columns=3, size=9)
    figure.savefig(file, dpi=150)


@with_exit_codes
def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('out', nargs='?', type=Path, help='the folder with runs of your own')
    out = parser.parse_args(argv).out
    models = read_models((out or RESULTS) / 'models.csv')
    rows = measure_rows(models)
    tables = {'summary': make_summary(rows), 'small': make_scenarios(rows, models)}
    file = (out or RESULTS) / 'attacks.csv'
    if file.exists():
        attacks = read_models(file)
        tables['attacks'] = make_attacks(measure_attacks(attacks))
    write_tables(tables, () if out else PAGES)
    if not out:
        draw_gaps(rows, models, ROOT / 'docs' / 'figures' / 'gaps-cifar10.png')
        draw_relearning(attacks, ROOT / 'docs' / 'figures' / 'relearning.png')
        atomic_write(RESULTS / 'rows.csv', rows.round(4).to_csv(index=False).encode())


if __name__ == '__main__':
    main()
