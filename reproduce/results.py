"""docs/RESULTS.md with its figure, and docs/ABLATIONS.md, made of docs/results/ alone.

    python3 -m reproduce.results                        # docs/results → the pages
    python3 -m reproduce.results --docs=docs/memorised  # the same of another size

collect.py writes the CSV files. remarks.md and ablations.md are the prose of the pages, written by
hand, with the names of the tables in braces; without it a page is its tables alone.
"""

import argparse
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter

from evaluation.compare import FLOOR, LEAST_PAIRS, REFERENCES, STRUCK, compute_interval, judge
from evaluation.figures import add_legend, save
from evaluation.metrics import average_gap, tug_of_war
from evaluation.table import show_mean
from lib.errors import script
from reproduce.plan import MASK, ROOT, SIZES, list_changes, read_recipes

PAPER = 200  # epochs of the paper's original and retrained models
TITLES = {
    'random': 'a random tenth',
    'class': 'a class',
    'hardest': 'the hardest tenth',
    'easiest': 'the easiest tenth',
}
NAMES = {
    'finetune': 'fine-tuning',
    'ga': 'gradient ascent',
    'ga_plus': 'NegGrad+',
    'negtv': 'NegTV',
    'randomlabel': 'random labels',
    'salun': 'SalUn',
    'scrub': 'SCRUB',
    'delete': 'DELETE',
    'sfron': 'SFRon',
}
TEXT = ('scenario', 'model', 'method', 'row', 'setting', 'folder', 'flags', 'end', 'form', 'list')
MARKS = {  # told apart by mark and by colour, in grey too
    'itself': ('s', '#c8500a'),
    'fresh statistics': ('^', '#9a9a9a'),
    'line': ('x', '#4f4f4f'),
    'MCU': ('o', '#1b5e91'),
    'MCU-best': ('*', '#2c7a2c'),
    'MCU-best, guided': ('D', '#7a3b8f'),
}
COMPARED = ('fresh statistics', 'line', 'MCU')  # of MARKS, in docs/ABLATIONS.md
SEARCHES = {  # and the settings of their rows
    'MCU': '',
    'MCU-best': 'best',
    'MCU-best, own end': 'tuned',
    'MCU-best, by outputs': 'outputs',
    'MCU-best, told': 'told',
    'MCU-best, guided': 'guided',
    'MCU at 0.08': 'faster',
    'MCU-best with mask': f'best-{MASK}',
    'no curve': 'point-itself',
    'no curve, its line': 'point-back',
}
CONTROL = ('MCU-best', 'no curve', 'no curve, its line')  # of SEARCHES, in docs/ABLATIONS.md
WITH_GOALS = ('MCU-best, told', 'MCU-best, guided')  # those of plan.GOALS
FIRST = ('MCU', 'MCU-best', *WITH_GOALS)  # of the pages' main tables
OWN_END = 'MCU-best, own end'
OTHERS = ('MCU', 'MCU at 0.08', 'MCU-best', OWN_END, *WITH_GOALS)  # of those apart
BY_OUTPUTS, LONGER = 'MCU-best, by outputs', 'itself, longer'  # beside them in docs/ABLATIONS.md
DISTANCES = {'gap': 2, 'js_f': 3, 'js_t': 3, 'rmia': 3, 'tow': 3, 'ta': 1, 'cost': 1}  # digits
MEASURED = ('rmia_auc', 'js_f', 'js_t', 'rte', 'retrain')  # that it is made of
DISTANCE_NAMES = ['Avg. Gap', 'lower by', 'JS on D_f', 'on D_t', 'RMIA', 'ToW', 'TA', 'cost (%)']
GAP_SCORES = {name: name.upper() for name in ('ua', 'ra', 'ta', 'mia')}  # those of Avg. Gap
ATTACKS = {  # the SVC on each of five features; MIA is the first
    'mia_confidence': 'confidence',
    'mia_entropy': 'entropy',
    'mia_modified_entropy': 'modified entropy',
    'mia_correctness': 'correctness',
    'mia_prob': 'probabilities',
}
FIGURE = 'gaps-cifar10'
NOTE = '<!-- Made by reproduce/results.py from results/: edit {} there. -->\n'


def read_csv(file):
    """A file of docs/results; an empty text is ''."""
    table = pd.read_csv(file, dtype=dict.fromkeys(TEXT, str))
    texts = [name for name in TEXT if name in table]
    table[texts] = table[texts].fillna('')
    return table


def split_by_precision(models):
    """(the models of the precision that most were trained in, the others, with floors of their
    own)."""
    apart = models.precision.notna() & ~models.precision.isin(models.precision.mode()[:1])
    return models[~apart], models[apart]


def format_table(head, rows):
    """A Markdown table of texts."""
    lines = [head, ['---', *['---:'] * (len(head) - 1)], *rows]
    return '\n'.join(f'| {" | ".join(map(str, line))} |' for line in lines)


def list_scenarios(models):
    return [scenario for scenario in TITLES if scenario in set(models.scenario)]


def pivot(models, scenario, value='gap'):
    """A value by (method, seed), a column for each of MARKS and one for MCU with the mask."""
    models = models if value in models else models.assign(**{value: np.nan})
    own = models[models.scenario.eq(scenario) & ~models.method.isin(REFERENCES)]
    plain, path = own.setting.eq(''), own.row.eq('path')
    kinds = {
        'itself': own.row.eq('') & plain,
        'fresh statistics': own.row.eq('fresh'),
        'line': own.row.eq('line'),
        'MCU with mask': path & own.setting.eq(MASK),
    }
    searches = [name for name in MARKS if name in SEARCHES]
    kinds |= {name: path & own.setting.eq(SEARCHES[name]) for name in searches}
    columns = {name: own[kind].set_index(['method', 'seed'])[value] for name, kind in kinds.items()}
    return pd.concat(columns, axis=1).sort_index()


def list_pairs(truth):
    """Every two retrained models, as rows, that were to forget the same."""
    lists = [own.to_dict('records') for _, own in truth.groupby(truth.get('list', truth.scenario))]
    return [pair for own in lists for pair in combinations(own, 2)]


def find_floor(models, scenario):
    """The mean Avg. Gap between retrained models of two seeds; of one seed, that to those that were
    retrained for the floor alone. NaN where there are none."""
    table = models[models.scenario.eq(scenario)]
    own = table[table.model.eq('retrain')]
    gaps = [average_gap(*pair) for pair in list_pairs(own)]
    return np.mean(gaps) if gaps else table.gap[table.model.eq(FLOOR)].mean()


def tell_change(lower, floor):
    """'1.15 (0.84 to 1.46): an improvement', of paired differences."""
    lower = lower.dropna()
    if lower.empty:
        return '–'
    return f'{tell_interval(lower, 2)}: {judge(lower, floor)}'


def tell_interval(lower, digits=3):
    """'0.026 (-0.001 to 0.052)', of paired differences: the mean and its 95 % interval; of one pair
    the difference alone."""
    mean = f'{lower.mean():.{digits}f}'
    if len(lower) < 2:
        return mean
    low, high = compute_interval(lower)
    return f'{mean} ({low:.{digits}f} to {high:.{digits}f})'


def emphasise(text, verdict):
    """A cell of a table: an improvement is bold, what is worse is in italics."""
    mark = {'an improvement': '**', 'worse': '*'}.get(verdict, '')
    return f'{mark}{text}{mark}'


def summarise(models, searches=FIRST):
    """Avg. Gap of every method before and after some searches, and the floor. '=' in the place of
    an own end: the method's rate is the best for MCU too."""
    scenarios, recipes = list_scenarios(models), read_recipes(SIZES['small'])
    same = {
        (scenario, method)
        for scenario, own in recipes.items()
        for method, recipe in own.items()
        if recipe.get('MCU') == recipe['method']
    }
    found = {name: find_distances(models, name).gap.unstack('kind') for name in scenarios}
    floors = {name: find_floor(models, name) for name in scenarios}
    columns = [pair for pair in product(found, ('itself', *searches)) if pair[1] in found[pair[0]]]
    head = [f'{TITLES[name]}: {kind}' if kind == 'itself' else kind for name, kind in columns]
    rows = []
    present = {method for gaps in found.values() for method, _ in gaps.index}
    for method in [name for name in NAMES if name in present]:
        cells = []
        for name, kind in columns:
            gaps = found[name][found[name].index.get_level_values('method') == method]
            lower = (gaps['itself'] - gaps[kind]).dropna()
            empty = '=' if kind == OWN_END and (name, method) in same else '–'
            text = f'{gaps[kind].mean():.2f}' if gaps[kind].count() else empty
            cells.append(emphasise(text, judge(lower, floors[name])))
        rows.append([f'{NAMES[method]} (`{method}`)', *cells])
    cells = [f'{floors[name]:.2f}' if kind == 'itself' else '' for name, kind in columns]
    return format_table(['Avg. Gap', *head], [*rows, ['floor', *cells]])


def format_components(models, scenario):
    """What the search does apart from all else: the table of gaps of one scenario beside those of
    fresh statistics, of the straight line and of the mask."""
    floor = find_floor(models, scenario)
    head = ['method', 'n', *COMPARED, 'MCU is lower than the line by', 'the mask adds']
    head += ['t\\*', 'beats φ(1) on']
    places, shares = (pivot(models, scenario, value)['MCU'] for value in ('t', 'region'))
    rows = []
    for method, gaps in pivot(models, scenario).groupby(level=0):
        n = gaps['MCU'].count()
        means = [show_mean(gaps[kind], count=n) for kind in COMPARED]
        change = tell_change(gaps['line'] - gaps['MCU'], floor)
        mask = show_mean(gaps['MCU with mask'] - gaps['MCU'], count=n)
        share = f'{shares[method].mean():.0%}' if shares[method].count() else '–'
        where = [show_mean(places[method].dropna()), share]
        rows.append([NAMES[method], n, *means, change, mask, *where])
    return format_table(head, rows)


def find_distances(models, scenario):
    """The original and every method's models by (method, kind, seed): how near each is to the
    retrained model of its seed."""
    own = models[models.scenario.eq(scenario)]
    own = own.reindex(columns=[*dict.fromkeys([*own, *MEASURED])])
    truth = own[own.model.eq('retrain')].set_index('seed')
    own = own[own.seed.isin(truth.index)]
    path, plain = own.row.eq('path'), own.setting.eq('')
    minutes = own[path & plain].set_index(['method', 'seed']).retrain  # of the same day
    measured = minutes.reindex(pd.MultiIndex.from_frame(own[['method', 'seed']])).array
    floors = find_divergence_floors(own).reindex(own.seed)
    near = own.assign(
        js_f=own.js_f - floors.js_f.array,
        js_t=own.js_t - floors.js_t.array,
        rmia=own.rmia_auc - truth.rmia_auc.reindex(own.seed).array,
        tow=[tug_of_war(row, truth.loc[row['seed']]) for _, row in own.iterrows()],
        ta_away=(own.ta - truth.ta.reindex(own.seed).array).abs(),
        cost=100 * own.rte / own.retrain.fillna(pd.Series(measured, own.index)),
    )
    kinds = {name: path & own.setting.eq(setting) for name, setting in SEARCHES.items()}
    alone = {'itself': '', LONGER: 'longer'}
    kinds |= {name: own.row.eq('') & own.setting.eq(setting) for name, setting in alone.items()}
    tables = {kind: near[mask].set_index(['method', 'seed']) for kind, mask in kinds.items()}
    return pd.concat(tables, names=['kind']).sort_index()


def find_divergence_floors(own):
    """The mean JS, on D_f and on D_t, between the retrained model of each seed and the others."""
    pairs = own[own.model.eq(FLOOR)]
    others = pairs.assign(seed=pairs.setting.str.removeprefix('seed ').astype(int))
    return pd.concat([pairs, others]).groupby('seed')[['js_f', 'js_t']].mean()


def measure_distance(values, key):
    """Values of a column of the table as distances from retraining."""
    if key == 'tow':
        return 1 - values.tow
    if key == 'ta':
        return values.ta_away
    return values.rmia.abs() if key == 'rmia' else values[key]


def tell_distance(own, itself, key):
    """A cell: the mean; in bold where the models are nearer to retraining than the methods that
    they start from, in italics where they are farther: the paired interval leaves out 0."""
    values = own[key].dropna()
    if values.empty:
        return '–'
    text = f'{values.mean():.{DISTANCES[key]}f}'
    change = (measure_distance(own, key) - measure_distance(itself, key)).dropna()
    if key == 'cost' or len(change) < LEAST_PAIRS:
        return text
    low, high = compute_interval(change)
    return emphasise(text, 'an improvement' if high < 0 else 'worse' if low > 0 else '')


def format_distances(models, scenario, searches=FIRST):
    """The table of all measures: the references, then each method by itself and some searches."""
    found, floor = find_distances(models, scenario), find_floor(models, scenario)
    index = found.index.droplevel('seed')
    rows = [tell_reference(models, scenario)]
    for method, kind in product(('original', STRUCK, *NAMES), ('itself', *searches)):
        if (kind, method) not in index:
            continue
        own = found.loc[kind, method]
        itself = found.loc['itself', method] if ('itself', method) in index else own
        name = NAMES.get(method, method) if kind == 'itself' else f'– {kind}'
        gap, *cells = (tell_distance(own, itself, key) for key in DISTANCES)
        change = '' if kind == 'itself' else tell_change(itself.gap - own.gap, floor)
        rows.append([name, own.gap.count(), gap, change, *cells])
    own = models[models.scenario.eq(scenario) & models.model.eq(FLOOR)]
    floors = f'{own.js_f.mean():.3f} on D_f and {own.js_t.mean():.3f} on D_t'
    count = int(own.js_f.count())
    pairs = f'{count} pair{"s" * (count != 1)}'
    note = f"JS: over the floor of the row's seeds; that of {pairs} is {floors}."
    return f'{format_table(["model", "n", *DISTANCE_NAMES], rows)}\n\n{note}'


def tell_reference(models, scenario):
    """The row of the retrained models: each against those of the other seeds."""
    truth = models[models.scenario.eq(scenario) & models.model.eq('retrain')]
    near = [tug_of_war(*pair) for pair in list_pairs(truth)]
    cells = [f'{find_floor(models, scenario):.2f}', '', '0', '0', '0']
    cells += [f'{np.mean(near):.3f}' if near else '–', f'{truth.ta.mean():.1f}', '100']
    return ['retrained', len(truth), *cells]


def format_differences(models, scenario, searches=FIRST, scores=GAP_SCORES):
    """The mean differences in some scores, {column: name}, from the retrained model of the seed,
    with their signs; between retrained models, the mean distances."""
    scores = {name: title for name, title in scores.items() if name in models}
    truth = models[models.scenario.eq(scenario) & models.model.eq('retrain')]
    pairs = [[abs(one[name] - other[name]) for name in scores] for one, other in list_pairs(truth)]
    means = [f'{value:.1f}' for value in np.mean(pairs, axis=0)] if pairs else ['–'] * len(scores)
    truth = truth.set_index('seed')[[*scores]]
    rows = [['retrained (distances)', *means]]
    found = find_distances(models, scenario)
    index = found.index.droplevel('seed')
    for method, kind in product(NAMES, ('itself', *searches)):
        if (kind, method) in index:
            lead = NAMES[method] if kind == 'itself' else f'– {kind}'
            mean = (found.loc[kind, method][[*scores]] - truth).mean()
            rows.append([lead, *(f'{value:+.1f}' for value in mean)])
    return format_table(['model', *scores.values()], rows)


def format_rivals(models, first='MCU', second='MCU-best'):
    """One of SEARCHES against another on the seeds that both have: means, paired differences."""
    head = ['to forget', 'from', 'n', f'Avg. Gap: {first}', second, 'lower by']
    head += ['JS on D_f lower by', 'on D_t']
    rows = []
    for scenario in list_scenarios(models):
        found, floor = find_distances(models, scenario), find_floor(models, scenario)
        for method in found.index.unique('method'):
            kinds = found.xs(method, level='method').index.unique('kind')
            if not {first, second} <= set(kinds):
                continue
            pair = found.loc[first, method], found.loc[second, method]
            seeds = pair[0].index.intersection(pair[1].index)
            before, after = (own.loc[seeds] for own in pair)
            lower = before[['gap', 'js_f', 'js_t']] - after[['gap', 'js_f', 'js_t']]
            changes = [tell_change(lower.gap, floor), *map(tell_interval, (lower.js_f, lower.js_t))]
            means = [f'{own.gap.mean():.2f}' for own in (before, after)]
            rows.append([TITLES[scenario], NAMES[method], len(seeds), *means, *changes])
    return format_table(head, rows) if rows else 'Not run yet.'


def format_control(models):
    """The table of all measures of the models without a curve, on their seeds, a scenario each."""
    tables = []
    for scenario in list_scenarios(models):
        tried = models[models.scenario.eq(scenario) & models.setting.eq(SEARCHES['no curve'])]
        if len(tried):
            own = models.method.isin([*tried.method, *REFERENCES])
            own &= models.seed.isin(tried.seed)
            table = format_distances(models[own], scenario, CONTROL)
            tables.append(f'To forget {TITLES[scenario]}:\n\n{table}')
    return '\n\n'.join(tables) or 'Not run yet.'


def format_ablations(models):
    """One line for each change of the search; empty where nothing was changed."""
    head = ['changed', 'Avg. Gap', 'lower by', 'search (% of retraining)']
    rows = []
    for scenario in list_scenarios(models):
        own = models[models.scenario.eq(scenario) & models.row.eq('path')]
        changed = own[own.setting.isin(list_changes())]
        pairs = changed[['method', 'seed']].drop_duplicates()
        if pairs.empty:
            continue
        methods = ', '.join(NAMES[method] for method in sorted(set(pairs.method)))
        rows.append([f'**to forget {TITLES[scenario]}, on {methods}**', '', '', ''])
        before = own[own.setting.eq('')].merge(pairs).set_index(['method', 'seed'])
        names = sorted(set(changed.setting), key=list_changes().index)
        for name in ['', *[name for name in [MASK] if own.setting.eq(name).any()], *names]:
            after = own[own.setting.eq(name)].merge(pairs).set_index(['method', 'seed'])
            lower = (before.gap - after.gap).dropna()
            change = f'{show_mean(lower)}, {(lower > 0).sum()} of {len(lower)}' if name else '–'
            means = after.gap.groupby(level=0).mean().reindex(sorted(set(pairs.method)))
            gaps = ', '.join('–' if np.isnan(gap) else f'{gap:.2f}' for gap in means)
            cost = (100 * after.search / after.retrain).mean()
            rows.append([name or 'unchanged', gaps, change, f'{cost:.1f}'])
    return format_table(head, rows) if rows else ''


def format_betas(file):
    """What the adaptive β does: its mean in the first and in the last epoch, and how often it has
    which value, over the seeds of a method; a line in its place where no search is stored."""
    if not file.exists():
        return 'Not run yet.'
    head = ['to forget', 'from', 'search', 'n', 'β in the first epoch', 'in the last', '0', '0.01']
    settings = {setting: name for name, setting in SEARCHES.items()}
    table, rows = read_csv(file), []
    for (scenario, method, setting), own in table.groupby(['scenario', 'method', 'setting']):
        if setting in settings:
            name = TITLES[scenario], NAMES[method], settings[setting]
            means = [show_mean(own.beta[own.epoch.eq(i)]) for i in (1, own.epoch.max())]
            shares = [f'{own[share].mean():.0%}' for share in ('beta_off', 'beta_easy')]
            rows.append([*name, own.seed.nunique(), *means, *shares])
    return format_table(head, rows)


def format_costs(models):
    """What MCU adds to a method, in percent of retraining."""
    stages = ['mask', 'search', 'select']
    head = ['', 'mask', 'search', 'choice of t\\*', 'together', 'range', f'of {PAPER} epochs']
    rows = []
    for scenario in list_scenarios(models):
        own = models[models.scenario.eq(scenario) & models.row.eq('path')]
        for setting, name in (('', 'MCU'), ('best', 'MCU-best'), (MASK, 'MCU with mask')):
            searches = own[own.setting.eq(setting)].dropna(subset='retrain')
            shares = searches[stages].mul(100 / searches.retrain, axis=0)
            if searches.empty:
                continue
            each = shares.sum(axis=1).groupby(searches.method).mean()
            means = shares.groupby(searches.method).mean().mean()  # of the methods' means
            cells = [f'{share:.1f}' for share in [*means, each.mean()]]
            cells.append(f'{each.min():.1f} to {each.max():.1f}')
            cells.append(f'{each.mean() * searches.epochs.mean() / PAPER:.1f}')
            rows.append([f'{name}, {TITLES[scenario]}', *cells])
    return format_table(head, rows)


def format_prices(minutes):
    """What one command of each kind costs, in epochs of retraining: medians."""
    timed = minutes[~minutes.resumed].dropna(subset='epoch')
    costs = (timed.minutes / timed.epoch).groupby(timed.task)
    rows = [[task, f'{cost:.1f}', costs.size()[task]] for task, cost in costs.median().items()]
    return format_table(['command', 'epochs of retraining', 'of so many'], rows)


def format_klom(file):
    """The table of klom.csv, the nearest model last; a line in its place where it was not run."""
    if not file.exists():
        return 'Not run yet.'
    head = ['model', 'D_f: mean', 'D_f: 95 %', 'D_t: mean', 'D_t: 95 %']
    table = read_csv(file).sort_values(head[1], ascending=False)[head]
    rows = [[name, *(f'{value:.2f}' for value in values)] for name, *values in table.to_numpy()]
    return format_table(head, rows)


def draw_ranges(models, axes, scenario):
    """Draw Avg. Gap of every method before and after the search: a mark at the mean over the seeds,
    and a bar from the least gap of a seed to the largest."""
    gaps = pivot(models, scenario)
    methods = gaps.index.unique(0)
    for place, method in enumerate(methods):
        for i, (kind, (mark, color)) in enumerate(MARKS.items()):
            values, y = gaps.loc[method, kind].dropna(), place + 0.14 * (i - 2)
            if len(values):
                fill = 'white' if kind == 'fresh statistics' else color
                style = {'color': color, 'label': kind, 'mfc': fill}
                axes.plot([values.min(), values.max()], [y, y], color=color, lw=1)
                axes.plot(values.mean(), y, mark, ms=5, **style)
    axes.axvline(find_floor(models, scenario), color='black', ls=':', lw=1, label='floor')
    axes.set(xscale='log', title=f'to forget {TITLES[scenario]}', xlabel='Avg. Gap to retraining')
    names = [NAMES[method] for method in methods]
    axes.set(yticks=range(len(methods)), yticklabels=names, ylim=(max(1, len(methods)) - 0.5, -0.5))
    axes.set_xlim(left=min(1, axes.get_xlim()[0]))
    axes.xaxis.set_major_locator(FixedLocator([0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(StrMethodFormatter('{x:g}'))
    axes.spines[['top', 'right']].set_visible(False)
    axes.grid(axis='x', color='#e4e4e4')
    axes.set_axisbelow(True)


def draw_scenarios(models, stem):
    """A panel for each scenario, into stem.png and stem.pdf; the same bytes each time."""
    scenarios = list_scenarios(models)
    figure = Figure(figsize=(4.6 * len(scenarios), 4.2), layout='constrained')
    for axes, scenario in zip(figure.subplots(1, len(scenarios), squeeze=False)[0], scenarios):
        draw_ranges(models, axes, scenario)
    add_legend(figure, columns=len(MARKS) + 1, size=10)
    stem.parent.mkdir(parents=True, exist_ok=True)
    save(figure, stem)


def format_seeds(seeds):
    """Seeds in words, as a range where none is missing."""
    seeds = sorted(set(seeds))
    first, last = seeds[0], seeds[-1]
    is_range = len(seeds) == last - first + 1 > 2
    return f'{first} to {last}' if is_range else ', '.join(map(str, seeds))


def format_machines(machines, minutes):
    """Which seeds were run where and when, and how long it took."""
    lines, tails = [], machines.machine.str.extract(', ([^,]+, torch .+)')[0].unique()
    shared = f', {tails[0]}' if len(tails) == 1 else ''
    for machine, own in machines.groupby(machines.machine.str.removesuffix(shared)):
        dates = ', '.join(sorted(set(own.date)))
        lines.append(f'- Seeds {format_seeds(own.seed)}: {machine}; {dates}.')
    hours = minutes.minutes.sum() / 60
    return '\n'.join([*lines, f'- {len(minutes)} commands, {hours:.1f} hours{shared}.'])


def format_pages(docs):
    """{name of a page: its text}. A page without prose is its tables alone."""
    names = 'models', 'minutes', 'machines'
    every, minutes, machines = (read_csv(docs / 'results' / f'{name}.csv') for name in names)
    models, apart = split_by_precision(every)
    tables = {
        'machines': format_machines(machines, minutes),
        'summary': summarise(models),
        'figure': f'![Avg. Gap of every method, before and after](figures/{FIGURE}.png)',
        **{scenario: format_distances(models, scenario) for scenario in list_scenarios(models)},
    }
    if len(apart):
        tables['other'] = summarise(apart, OTHERS)
    more = {scenario: format_components(models, scenario) for scenario in list_scenarios(models)}
    for name in list_scenarios(models):
        more[f'{name}_scores'] = format_differences(models, name)
        more[f'{name}_attacks'] = format_differences(models, name, scores=ATTACKS)
    more |= {'rivals': format_rivals(models), 'control': format_control(models)}
    for name in list_scenarios(apart):
        kinds = (LONGER, *OTHERS, BY_OUTPUTS)
        more[f'{name}_other'] = format_distances(apart, name, kinds)
        more[f'{name}_other_scores'] = format_differences(apart, name, kinds)
        more[f'{name}_other_attacks'] = format_differences(apart, name, kinds, ATTACKS)
    if len(apart):
        more['masks'] = format_rivals(apart, 'MCU-best', 'MCU-best with mask')
        more['other_control'] = format_control(apart)
    more |= {'ablations': format_ablations(models)}
    more |= {'klom': format_klom(docs / 'results' / 'klom.csv')}
    more |= {'betas': format_betas(docs / 'results' / 'betas.csv')}
    more |= {'costs': format_costs(models), 'prices': format_prices(minutes)}
    pages = {'RESULTS': ('remarks.md', tables), 'ABLATIONS': ('ablations.md', more)}
    return {page: fill_in(docs / 'results' / prose, own) for page, (prose, own) in pages.items()}


def fill_in(prose, tables):
    """The text of a page: its prose, with the tables in the place of their names in braces."""
    text = prose.read_text() if prose.exists() else '\n\n'.join(f'{{{name}}}' for name in tables)
    return NOTE.format(prose.name) + text.format(**tables)


@script
def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--docs', default=ROOT / 'docs', type=Path, help='the folder of results/')
    docs = parser.parse_args(argv).docs
    models, _ = split_by_precision(read_csv(docs / 'results' / 'models.csv'))
    draw_scenarios(models, docs / 'figures' / FIGURE)
    for page, text in format_pages(docs).items():
        (docs / f'{page}.md').write_text(text)
        print(docs / f'{page}.md')


if __name__ == '__main__':
    main()
