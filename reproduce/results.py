"""docs/RESULTS.md from the runs of experiments.py, or from the small files of their numbers.

python3 reproduce/results.py small --out=results/small   # reads the runs, writes both
python3 reproduce/results.py small                       # from docs/results/small/ alone
"""

import argparse
import json
import re
import sys
from itertools import chain, combinations
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from evaluation.figures import draw_changes, draw_gaps  # noqa: E402
from evaluation.groups import (  # noqa: E402
    best_of,
    cell,
    floor_of,
    grouped,
    judge,
    mean_std,
    paired,
    shown_names,
    verdicts,
)
from evaluation.records import FLOOR, Row, floor_row  # noqa: E402
from evaluation.table import SECTIONS, cells_of, markdown  # noqa: E402
from reproduce.collect import collected, keep  # noqa: E402

PAPER = 200  # epochs of its original and retrained models
PARTS = ('mask', 'search', 'select')  # of RTE: what MCU adds to a method
ENDS = {'itself': '{}', 'fresh statistics': '{}, fresh statistics', 'line': '{}, straight line'}
OWN_LINE = 'line, own t*'
UNCHANGED, MASKED = 'unchanged', 'k0.5-kr0.1'  # among the changes of the search
RULES = {'': 'MCU', 'own': 'MCU, own t*', 'mask': 'MCU, mask'}
TOLD = """\
Learning rates and epochs are those of `reproduce/recipes.json`, chosen on seeds that are not
reported. Seeds differ in initial weights and in every order of the samples; the images, and which
of them are forgotten, are the same for all. t* is chosen without a look at a retrained model, where
accuracy on D_r comes nearest to the original's on its training set, and accuracy on D_f to the
original's on the test set (0 where a class is forgotten), or (*own t\\**) to the accuracy of the
same point on the test set, which is the one that TA is measured on. *fresh statistics*: the
method's model with its BatchNorm statistics computed anew; *line*: the best t, by the same rule, of
the straight line from the original to it. The *floor* is the gap between retrained models of two
seeds. (n k): of fewer seeds than the others, and never bold. A verdict takes three pairs of one
method. *An improvement*, and *worse*: the 95 % interval of the mean of the paired differences
(Student's t) leaves out 0, and the mean is larger than the floor. All else is *not resolved*.
"""
JPEG = """\
The images are CIFAR-10 laid out as folders of JPEG files: nearly, not exactly, its original pixels.
"""
CHANGES = """\
beta: fixed, not by the batch's accuracies; share: of D_r trained on (0.5 unchanged); bends: points
of the curve (3); epochs, lr: of the search (10, 0.01); t: where the draw of t in a step begins (0);
k, kr: share of the parameters that is moved, and of those that are protected (all, without a mask).
Differences are of pairs with the same end and seed; retraining with another seed moves Avg. Gap by
the floor.
"""
PRICES = f"""\
Minutes of the commands above that were not interrupted, divided by those of an epoch of retraining;
trainings are counted as the paper's {PAPER} epochs. Evaluations of the small size compute BatchNorm
statistics on 2,000 images; on all of D_r a point costs about a third more. Measure one epoch of
your own machine, and multiply; the membership attack, which evaluations and methods end with, stays
on the CPU.
"""


def tuned(docs):
    """The file of what was tried on tuning seeds: {size: {scenario: {method: {flags: {seed:
    gap}}}}}."""
    return docs / 'results' / 'tuning.json'


def gaps_told(gaps):
    """'1.23 (seed 100), …' of {seed: gap}."""
    return ', '.join(f'{gap:.2f} (seed {seed})' for seed, gap in gaps.items())


def row_of(kept):
    """A kept row as the table's functions take it."""
    return Row(**{key: value for key, value in kept.items() if key != 'folders'})


def rows_of(blocks):
    """{(name, config): rows} of some blocks, with the floor between seeds that were run apart."""
    rows = [row_of(kept) for block in blocks for kept in block['rows']]
    known = {row.run for row in rows if row.name == FLOOR}
    pairs = combinations([row for row in rows if row.name == 'retrain'], 2)
    alike = [pair for pair in pairs if pair[0].split == pair[1].split]
    floor = [floor_row(other, row, shared=True) for row, other in alike]
    return grouped([*rows, *(row for row in floor if row.run not in known)])


def rule_of(config):
    """Which of RULES a row of MCU or of a line is, from its configuration; or none of them."""
    run, _, _ = config.partition(' from ')
    mask = 'mask ' if 'mask_k' in run else ''
    return f'{mask}{"own" if "alignself" in config else ""}'.strip()


def by_kind(groups):
    """{method: {kind: rows}}, kinds as in ENDS and RULES."""
    methods = dict.fromkeys(n.partition('(')[2].rstrip(')') for n, _ in groups if '(' in n)
    found = {method: {} for method in methods}
    for (name, config), rows in groups.items():
        for method, kinds in found.items():
            for kind, pattern in ENDS.items():
                if name == pattern.format(method):
                    kind = OWN_LINE if 'alignself' in config else kind
                    kinds.setdefault(kind, []).extend(rows)
            if name == f'MCU({method})' and rule_of(config) in RULES:
                kinds.setdefault(RULES[rule_of(config)], []).extend(rows)
    return found


def difference(before, after):
    """By how much Avg. Gap is lower, for each model that both have, as an array."""
    return np.subtract(*paired(before, after).T)


def lowered(lower):
    """'1.23 ± 0.45, 3 of 3': how much lower, and in how many pairs, from their differences."""
    if not len(lower):
        return '–'
    spread = f' ± {lower.std(ddof=1):.2f}' if len(lower) > 1 else ''
    return f'{lower.mean():.2f}{spread}, {(lower > 0).sum()} of {len(lower)}'


def of_rule(end, rule):
    """The kind of row that a rule of t* is compared with."""
    return OWN_LINE if end == 'line' and 'own' in rule else end


def gaps_table(groups):
    """Avg. Gap of every method before and after, and by how much MCU lowers it."""
    found = by_kind(groups)
    known = set(chain.from_iterable(found.values()))
    kinds = [*ENDS, *[kind for kind in (OWN_LINE, *RULES.values()) if kind in known]]
    first = [['Avg. Gap', 'n', *kinds]]
    others = [*ENDS, 'MCU'] if {'MCU, own t*', 'MCU, mask'} & known else [*ENDS]
    second = [['lower by', *(f'than {kind}' for kind in others)]]
    for method, rows in found.items():
        counts = {kind: mean_std(rows.get(kind, ()), 'gap')[2] for kind in kinds}
        n = max(counts.values())
        cells = {kind: cell(rows.get(kind, ()), 'gap') for kind in kinds}
        cells |= {k: f'{cells[k]} (n {count})' for k, count in counts.items() if 0 < count < n}
        means = {k: mean_std(rows[k], 'gap')[0] for k, count in counts.items() if n == count > 0}
        least = min(means, key=means.get, default=None)
        first.append([method, str(n), *(f'**{c}**' if k == least else c for k, c in cells.items())])
        for rule in RULES.values():
            if rule in rows:
                before = [[] if k == rule else rows.get(of_rule(k, rule), []) for k in others]
                lower = [lowered(difference(old, rows[rule])) for old in before]
                second.append([f'{rule} ({method})', *lower])
    return first, second


def summary(scenarios):
    """Avg. Gap before → after of every method, in how many pairs it is lower, and the floor."""
    found = {name: by_kind(groups) for name, groups in scenarios.items()}
    columns = [
        (name, rule)
        for name, methods in found.items()
        for rule in ('MCU', 'MCU, mask')
        if any(rule in kinds for kinds in methods.values())
    ]
    lines = [['Avg. Gap', *(f'{name}: method → {rule}' for name, rule in columns)]]
    for method in dict.fromkeys(chain(*found.values())):
        cells = []
        for name, rule in columns:
            kinds = found[name].get(method, {})
            pairs = paired(kinds.get('itself', []), kinds.get(rule, []))
            lower = f'(lower in {(pairs[:, 0] > pairs[:, 1]).sum()} of {len(pairs)})'
            told = ' → '.join(f'{gap:.2f}' for gap in pairs.mean(0)) if len(pairs) else ''
            cells.append(f'{told} {lower}' if told else '–')
        lines.append([method, *cells])
    floors = [f'{floor_of(scenarios[name]):.2f}'.replace('nan', '–') for name, _ in columns]
    return [*lines, ['RT, another seed', *floors]]


def judged(lower, floor):
    """': an improvement on ga; not resolved on salun', from {method: differences}."""
    methods = {}
    for method, differences in lower.items() if floor == floor else ():
        methods.setdefault(judge(differences, floor), []).append(method)
    told = [f'{words} on {", ".join(of)}' for words, of in methods.items()]
    return ': ' * bool(told) + '; '.join(told)


def reached(groups):
    """Sentences: what was reached, against the goal."""
    told, floor = [], floor_of(groups)
    for rule in RULES.values():
        found = [(method, kinds) for method, kinds in by_kind(groups).items() if rule in kinds]
        for end in ENDS:
            lower = {m: difference(k.get(of_rule(end, rule), []), k[rule]) for m, k in found}
            lower = {method: values for method, values in lower.items() if len(values)}
            if lower:
                mean = [values.mean() for values in lower.values()]
                better = sum(value > 0 for value in mean)
                told.append(
                    f'- {rule}: Avg. Gap lower than {end} in the mean for {better} of {len(mean)} '
                    f'methods, by {np.mean(mean):.2f} over all of them{judged(lower, floor)}.'
                )
    most = max(len(rows) for (name, _), rows in groups.items() if name != FLOOR)
    names = shown_names(groups)
    best = best_of({key: rows for key, rows in groups.items() if len(rows) >= min(3, most)})
    floor = f'{floor:.2f}' if floor == floor else 'unknown (one seed)'
    if best:
        count = f'of at least {min(3, most)} seeds'
        best = f'{names[best]}, {cell(groups[best], "gap")}'
        told.append(f'- The least mean of the table, {count}: {best}.')
    return '\n'.join([*told, f'- The floor, retraining with another seed: {floor}.'])


def shares(groups):
    """What MCU adds to a method, in percent of retraining's time, here and for PAPER's epochs."""
    truth = next((rows for (name, _), rows in groups.items() if name == 'retrain'), [])
    told = re.search(r'-epochs(\d+)', truth[0].run) if truth else None
    epochs = int(told[1]) if told else PAPER
    lines = [['in % of retraining', *PARTS, f'together, of {epochs} epochs', f'of {PAPER}']]
    for method, rows in by_kind(groups).items():
        for rule in RULES.values():
            if known := [row.values for row in rows.get(rule, ()) if 'retrain' in row.values]:
                parts = [np.mean([100 * v[part] / v['retrain'] for v in known]) for part in PARTS]
                parts += [sum(parts), sum(parts) * epochs / PAPER]
                lines.append([f'{rule} ({method})', *(f'{part:.1f}' for part in parts)])
    return lines


def places(groups, regions):
    """t* and the share of the walked interval that beats θ_p, over the seeds."""
    lines = [['path', 't*', 'beats θ_p by the alignment gap']]
    for method, rows in by_kind(groups).items():
        for rule in RULES.values():
            known = [regions[r.run] for r in rows.get(rule, ()) if r.run in regions]
            if known:
                start, end, _ = known[0]
                share = 100 * np.mean([share for *_, share in known])
                told = f'{share:.0f} % of [{start:.3g}, {end:.3g}]'
                lines.append([f'{rule} ({method})', cell(rows[rule], 't'), told])
    return lines


def folded(title, *parts):
    """Text that a reader unfolds."""
    return f'<details><summary>{title}</summary>\n\n' + '\n\n'.join(parts) + '\n\n</details>'


def runs_table(blocks):
    """Every model: its numbers, and the folder whose commands made it."""
    lines = [['seed', 'model', 'UA', 'RA', 'TA', 'MIA', 'Avg. Gap', 't', 'folder']]
    for block in blocks:
        for row in [*block['rows'], *block['ablations']]:
            if row['name'] != FLOOR:
                keys = ('ua', 'ra', 'ta', 'mia', 'gap', 't')
                cells = [row['values'].get(key) for key in keys]
                cells = ['–' if value is None else f'{value:.2f}' for value in cells]
                own = 'own ' if 'alignself' in row['config'] else ''
                where = ', '.join(f'`{folder}`' for folder in row['folders'])
                lines.append([str(row['seed']), own + row['name'], *cells, where])
    return markdown(lines)


def ablated(blocks, title):
    """{change: {method: rows}} of a scenario's searches with one thing changed, in the order of the
    list; UNCHANGED: those of the same seeds as they are; MASKED: with the paper's mask. Empty where
    nothing was changed."""
    from reproduce.experiments import ABLATIONS

    listed = next(names for kind, (_, names) in ABLATIONS.items() if title[2].startswith(kind))
    found = {change: {} for change in (UNCHANGED, MASKED, *listed)}
    for row in (row for block in blocks for row in block['ablations']):
        folder = next((f.rpartition('/')[2] for f in row['folders'] if 'ablations' in f), '')
        if row['name'].startswith('MCU') and 'own' not in rule_of(row['config']) and folder:
            method, _, change = folder.removesuffix('-path').partition('-')
            if change in found:
                found[change].setdefault(method, []).append(row_of(row))
    for method, kinds in by_kind(rows_of(blocks)).items():
        seeds = {row.seed for rows in found.values() for row in rows.get(method, ())}
        for change, rule in ((UNCHANGED, 'MCU'), (MASKED, 'MCU, mask')):
            rows = [row for row in kinds.get(rule, ()) if row.seed in seeds]
            found[change] |= {method: rows} if rows else {}
    return {change: rows for change, rows in found.items() if rows}


def differences(found):
    """{change: {method: by how much Avg. Gap is lower than unchanged, an array}}."""
    same = found.get(UNCHANGED, {})
    return {
        change: {m: difference(same.get(m, []), rows) for m, rows in each.items()}
        for change, each in found.items()
        if change != UNCHANGED
    }


def ablation_table(found):
    """What `ablated` found, a line a change, and what it gains over the unchanged search."""
    methods = dict.fromkeys(chain(*found.values()))
    several = ['all pairs: lower by'] * (len(methods) > 1)
    each = chain(*((f'Avg. Gap ({m})', 'n', 'lower by') for m in methods))
    lines = [['changed', *each, *several, 'search (% of RT)']]
    lower = {UNCHANGED: {}, **differences(found)}
    for change, rows in found.items():
        cells = []
        for method in methods:
            own = rows.get(method, [])
            count = str(mean_std(own, 'gap')[2])
            cells += [cell(own, 'gap'), count, lowered(lower[change].get(method, ()))]
        every = [lowered(np.concatenate([[], *lower[change].values()])) for _ in several]
        known = [r.values for r in chain(*rows.values()) if 'retrain' in r.values]
        costs = [100 * v['search'] / v['retrain'] for v in known]
        lines.append([change, *cells, *every, f'{np.mean(costs):.1f}' if costs else '–'])
    return lines


def ends_table(blocks, kind):
    """The search from ends that other settings of a method made, beside its own of the same
    seeds."""
    from reproduce.experiments import OTHER_ENDS

    lines = [['end', 'n', 'Avg. Gap, itself', 'MCU', 'lower by']]
    kept = [row for block in blocks for row in block['ablations']]
    settings = next(ends for known, ends in OTHER_ENDS.items() if kind.startswith(known))
    for method, kinds in by_kind(rows_of(blocks)).items():
        found = {}
        for name, flags in settings.get(method, {}).items():
            folder = f'/ablations/{method}-{name}'
            rows = [row for row in kept if any(f'{folder}-' in f for f in row['folders'])]
            ends = [row_of(row) for row in rows if row['name'] == method]
            found[f'{method} {flags}'] = ends, [row_of(r) for r in rows if r['name'] != method]
        seeds = {row.seed for ends, _ in found.values() for row in ends}
        if seeds:
            own = [[r for r in kinds.get(k, ()) if r.seed in seeds] for k in ('itself', 'MCU')]
            for name, (ends, paths) in {f'{method}, its recipe': own, **found}.items():
                cells = cell(ends, 'gap'), cell(paths, 'gap'), lowered(difference(ends, paths))
                lines.append([name, str(len(paths)), *cells])
    return lines


def task_of(command):
    """What kind of command it is, for its price."""
    script, methods = re.search(r'(\w+)\.py', command)[1], re.findall(r'_method=(\w+)', command)
    if script == 'eval_curve':
        return 'path evaluated' + ', with the line' * ('--no_line' not in command)
    if script != 'train':
        return 'mask or task vector'
    method = methods[-1] if methods else 'retrain'
    names = {'retrain': 'network trained', 'curve': 'path searched', 'dynamic': 'path searched'}
    return names.get(method, 'method carried out')


def prices(blocks):
    """What one command of each kind costs, in epochs of retraining, and the list of the paper's
    size: what will come of it on another machine, in epochs of its own."""
    from reproduce import experiments

    spent, listed = {}, {}
    for block in blocks:
        for known in block['commands'].values():  # in epochs of the same machine, on the same day
            if 'epoch' in known and not known['resumed']:
                cost = known['minutes'] / known['epoch']
                spent.setdefault(task_of(known['command']), []).append(cost)
    if not spent:
        return []
    told = experiments.SIZES['full'], 'results/full', 'data', None, experiments.SCENARIOS
    for one in experiments.unique(experiments.reported(*told)):
        task = task_of(f'{one.script}.py {" ".join(one.flags)}')
        listed[task] = listed.get(task, 0) + 1
    lines, total = [['a', 'costs, in epochs of retraining', "at the paper's size", 'together']], 0
    for task, costs in spent.items():
        cost = PAPER if task == 'network trained' else np.mean(costs)
        total += listed[task] * cost
        lines.append([task, f'{cost:.1f}', str(listed[task]), f'{listed[task] * cost:.0f}'])
    return [*lines, ['all', '', str(sum(listed.values())), f'{total:.0f}']]


def written(blocks, tried, recipes, remarks, figures):
    """RESULTS.md. figures: {(title, gaps or changes): the line that shows it}."""
    origins = {(m['machine'], m['date'], m['commit']) for block in blocks for m in block['made']}
    commits = {}
    for cpu, date, commit in sorted(origins):
        commits.setdefault(f'{cpu}, {date}', []).append(f'`{commit}`')
    made = '; '.join(f'{where}, commit {", ".join(of)}' for where, of in commits.items())
    scenarios = {}
    for block in blocks:
        scenarios.setdefault(tuple(block['title']), []).append(block)
    scenarios = dict(sorted(scenarios.items()))
    jpeg = any(m['jpeg'] for block in blocks for m in block['made'])
    minutes = {name: c['minutes'] for b in blocks for name, c in b['commands'].items()}
    parts = [
        '# Results',
        f'{made}. {len(minutes)} commands, {sum(minutes.values()) / 60:.1f} hours.',
    ]
    short = {title[2]: rows_of(own) for title, own in scenarios.items()}
    parts += [markdown(summary(short)), TOLD + JPEG * jpeg, remarks]
    for title, own in scenarios.items():
        groups = rows_of(own)
        seeds = ', '.join(str(block['seed']) for block in own)
        parts += [f'## {", ".join(title)}', f'Seeds {seeds}.']
        parts += [*map(markdown, gaps_table(groups)), reached(groups)]
        parts.append(figures.get((title, 'gaps')))
        if len(lines := shares(groups)) > 1:
            parts += [f'What it costs (select: the choice of t*; {PAPER} epochs: computed):']
            parts.append(markdown(lines))
        regions = {run: region for block in own for run, region in block['regions'].items()}
        parts += ['Where t* lies:', markdown(places(groups, regions))]
        for heading, heads in SECTIONS.items():
            if lines := cells_of(groups, heads):
                parts.append(folded(heading, markdown(lines)))
        parts.append(folded('What MCU changed, row by row', '\n'.join(verdicts(groups))))
        if found := ablated(own, title):
            parts += ['### One thing changed in the search', CHANGES]
            parts += [markdown(ablation_table(found)), figures.get((title, 'changes'))]
        if len(lines := ends_table(own, title[2])) > 1:
            parts += ['The same search from other ends:', markdown(lines)]
        parts.append(folded('Every model and its folder', runs_table(own)))
    if tried:
        lines = [['scenario', 'method', 'setting', 'Avg. Gap']]
        for kind, methods in tried.items():
            for method, gaps in methods.items():
                for flags, gap in gaps.items():
                    mark = '**' if recipes[kind].get(method) == flags else ''
                    lines.append([kind, method, f'{mark}`{flags}`{mark}', gaps_told(gap)])
        told = 'On seeds of their own, each method alone; in bold what was chosen:'
        parts += ['## Tuning', told, markdown(lines)]
    if lines := prices(blocks):
        parts += ['## Prices', PRICES, markdown(lines)]
    commands = {name: c['command'] for block in blocks for name, c in block['commands'].items()}
    text = '\n'.join(f'# {name}\n{command}' for name, command in commands.items())
    parts += ['## Commands', folded('All of them, by folder', f'```\n{text}\n```')]
    return '\n\n'.join(part.strip() for part in parts if part) + '\n'


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('size', choices=('small', 'full'))
    parser.add_argument('--out', help='the folder of the runs; without it, the kept files are read')
    parser.add_argument('--docs', default=ROOT / 'docs', type=Path, help='where to write')
    args = parser.parse_args(argv)
    from reproduce import experiments

    kept = args.docs / 'results' / args.size
    if args.out:
        keep(collected(args.out), kept)
    blocks = [json.loads(file.read_text()) for file in sorted(kept.glob('*.json'))]
    figures = {}
    for title in sorted({tuple(block['title']) for block in blocks}):
        own = [block for block in blocks if tuple(block['title']) == title]
        groups, stem = rows_of(own), args.docs / 'figures' / f'results-{args.size}-{title[2]}'
        stem.parent.mkdir(exist_ok=True)
        shown = {key: rows for key, rows in groups.items() if not rule_of(key[1])}
        if draw_gaps(shown, ', '.join(title), stem):
            figures[title, 'gaps'] = f'![Avg. Gap before and after](figures/{stem.name}.png)'
        stem, changes = stem.with_name(f'{stem.name}-changed'), differences(ablated(own, title))
        if draw_changes(changes, floor_of(groups), ', '.join(title), stem):
            told = '![By how much a change lowers Avg. Gap]'
            figures[title, 'changes'] = f'{told}(figures/{stem.name}.png)'
    remarks, tried = args.docs / 'results' / f'{args.size}.md', tuned(args.docs)
    remarks = remarks.read_text() if remarks.exists() else ''
    tried = json.loads(tried.read_text()).get(args.size) if tried.exists() else {}
    recipes = experiments.recipes(experiments.SIZES[args.size])
    name = 'RESULTS.md' if args.size == 'small' else 'RESULTS-full.md'
    (args.docs / name).write_text(written(blocks, tried, recipes, remarks, figures))
    print(args.docs / name)


if __name__ == '__main__':
    main()
