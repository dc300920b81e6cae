"""docs/RESULTS.md from the runs of experiments.py, or from the small files of their numbers.

    python3 reproduce/results.py small --out=results/small   # reads the runs, writes both
    python3 reproduce/results.py small                       # from docs/results/small/ alone

One file for each scenario and seed: every model's metrics, no weights and no outputs of models, and
the commands of the runs that they come from. A file is added to when its seed is run again and
comes out alike, else replaced.
"""

import argparse
import datetime
import json
import platform
import re
import subprocess
import sys
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from evaluation.figures import draw_gaps  # noqa: E402
from evaluation.groups import best_of, cell, grouped, mean_std, shown_names, verdicts  # noqa: E402
from evaluation.records import FLOOR, Row, read_records  # noqa: E402
from evaluation.region import effective_region, read_path  # noqa: E402
from evaluation.table import SECTIONS, cells_of, markdown, tables_of  # noqa: E402

PAPER = 200  # epochs of its original and retrained models
PARTS = ('mask', 'search', 'select')  # of RTE: what MCU adds to a method
ENDS = {'itself': '{}', 'fresh statistics': '{}, fresh statistics', 'line': '{}, straight line'}
OWN_LINE = 'line, own t*'
RULES = {'': 'MCU', 'own': 'MCU, own t*', 'mask': 'MCU, mask', 'mask own': 'MCU, mask, own t*'}
TOLD = """\
Learning rates and epochs are those of `reproduce/recipes.json`, chosen on a seed that is not
reported. Seeds differ in initial weights and in every order of the samples; the images, and which
of them are forgotten, are the same for all. t* is chosen without a look at a retrained model, where
accuracy on D_r comes nearest to the original's on its training set, and accuracy on D_f to the
original's on the test set (0 where a class is forgotten), or (*own t\\**) to the accuracy of the
same point on the test set, which is the one that TA is measured on. *fresh statistics*: the
method's model with its BatchNorm statistics computed anew; *line*: the best t, by the same rule, of
the straight line from the original to it. The *floor* is the gap between retrained models of two
seeds. (n k): of fewer seeds than the others, and never bold.
"""
JPEG = """\
The images are CIFAR-10 laid out as folders of JPEG files: nearly, not exactly, its original pixels.
"""
PRICES = f"""\
Minutes of the commands above that were not interrupted, divided by those of an epoch of retraining;
trainings are counted as the paper's {PAPER} epochs. Measure one epoch of your own machine, and
multiply; the membership attack, which evaluations and methods end with, stays on the CPU.
"""


def tuned(docs):
    """The file of what was tried on the tuning seed: {size: {scenario: {method: {flags: gap}}}}."""
    return docs / 'results' / 'tuning.json'


# ---------------------------------------------------------------- from the runs to the small files


def made(data_path):
    """When, of which commit, on what machine and of what images a run is made."""
    told = subprocess.run(['git', 'rev-parse', 'HEAD'], cwd=ROOT, capture_output=True, text=True)
    cpu = platform.processor() or platform.machine()
    info = Path('/proc/cpuinfo')
    names = info.read_text().splitlines() if info.exists() else []
    cpu = next((line.partition(': ')[2] for line in names if 'model name' in line), cpu)
    import torch

    gpu = torch.cuda.get_device_name() if torch.cuda.is_available() else 'no GPU'
    where = f'{cpu}, {torch.get_num_threads()} threads, {gpu}, torch {version("torch")}'
    return {
        'date': str(datetime.date.today()),
        'commit': told.stdout.strip()[:10] or 'unknown',
        'machine': where,
        'jpeg': any(Path(data_path).glob('cifar10/train/*/*.jpg')),
    }


def collected(out):
    """{(scenario, seed): what RESULTS.md says of it}, in plain types, from the folder of runs."""
    from reproduce.experiments import TUNED_ON

    blocks = {}
    kinds = {file.relative_to(out).parts[1] for file in Path(out).rglob('*.npz')} - {'original'}
    for kind in sorted(kinds):
        found = [pair for to in sorted(Path(out).glob(f'*/{kind}')) for pair in read_records(to)]
        found = [pair for pair in found if pair[0]['method'] != 'finetune2']  # NegTV's expert
        found = [pair for pair in found if pair[0]['seed'] != TUNED_ON]
        changed = [pair for pair in found if 'ablations' in pair[1].file.parts]
        rest = [pair for pair in found if 'ablations' not in pair[1].file.parts]
        truth = [pair for pair in rest if pair[0]['method'] == 'retrain']
        folders, regions = {}, {}
        for meta, record in found:
            place = record.file.relative_to(out).parts
            place = '/'.join(place[: 4 if 'ablations' in place else 3])
            folders.setdefault(meta['run'], set()).add(place)
            if 'fresh' in record.get('row_name', ()):
                folders.setdefault((meta['pre_run'],), set()).add(place)
        for meta, record in rest:
            if 'row_t' in record:
                intervals = effective_region(read_path(record.file))[0]
                start, end = record['ts'][[0, -1]]
                share = sum(b - max(a, start) for a, b in intervals) / (end - start)
                told = float(start), float(end), float(share)
                regions[f'{meta["run"]}-epoch{meta["epoch"]}'] = told
        for key, records in {'rows': rest, 'ablations': [*truth, *changed]}.items():
            for title, groups in tables_of(records).items():
                for row in chain.from_iterable(groups.values()):
                    new = {'title': title, 'seed': row.seed, 'rows': [], 'ablations': []}
                    block = blocks.setdefault((kind, row.seed), new)
                    if key == 'rows' or row.name.startswith('MCU'):
                        block[key].append(plain(row, folders))
        for (_, seed), block in ((k, block) for k, block in blocks.items() if k[0] == kind):
            runs = {row['run'] for row in block['rows']}
            minutes = [row['values']['rte'] for row in block['rows'] if row['name'] == 'retrain']
            for row in [*block['rows'], *block['ablations']] if minutes else ():
                if row['name'].startswith('MCU'):  # of the same machine, on the same day
                    row['values']['retrain'] = minutes[0]
            block['regions'] = {run: region for run, region in regions.items() if run in runs}
            block['commands'], block['made'] = commands_of(Path(out), seed, kind)
    return blocks


def commands_of(out, seed, kind):
    """({folder and name: command, minutes, resumed}, where they were made) of a seed's commands."""
    commands, places = {}, []
    for to in (out / f'seed{seed}' / part for part in ('original', kind)):
        for file in sorted(to.rglob('*.done')):
            told = json.loads(file.read_text())
            name = file.relative_to(out).with_suffix('').as_posix()
            commands[name] = {key: told[key] for key in ('command', 'minutes', 'resumed')}
            if told['made'] not in places:
                places.append(told['made'])
    return commands, places


def plain(row, folders):
    """A row in plain types: rounded, without the outputs of models, with the folder of its run."""
    values = {k: float(f'{v:.6g}') for k, v in row.values.items() if v == v}
    run = re.sub(r'-epoch\d+$', '', row.run.partition(' against ')[0])
    evaluated = ',' in row.name and row.name != FLOOR  # fresh statistics, straight line
    key = (row.pre_run,) if evaluated else run
    where = {f'seed{row.seed}/original'} if row.name == 'original' else folders[key]
    return row._replace(values=values, arrays={})._asdict() | {'folders': sorted(where)}


def keep(blocks, folder):
    """Write the small files; what is there already is added to, where it is of the same models."""
    folder.mkdir(parents=True, exist_ok=True)
    for (kind, seed), block in blocks.items():
        file = folder / f'{kind}-seed{seed}.json'
        if file.exists():
            block = joined(json.loads(file.read_text()), block)
        file.write_text(json.dumps(block, indent=0, ensure_ascii=False) + '\n')


def joined(old, new):
    """Both, where the original and the retrained model scored the same in them and no command was
    another; else the new one alone."""

    def truth(block):
        kept = [row for row in block['rows'] if row['name'] in ('original', 'retrain')]
        return [[row['values'].get(key) for key in ('ua', 'ra', 'ta', 'mia')] for row in kept]

    def changed(name):
        return old['commands'][name]['command'] != new['commands'][name]['command']

    if truth(old) != truth(new) or any(map(changed, old['commands'].keys() & new['commands'])):
        return new
    both = new | {'made': list(old['made'])}
    for key in ('rows', 'ablations'):
        rows = {(row['name'], row['config'], row['run']): row for row in [*old[key], *new[key]]}
        both[key] = list(rows.values())
    for key in ('regions', 'commands'):
        both[key] = old[key] | new[key]
    both['made'] += [made for made in new['made'] if made not in old['made']]
    return both


# ---------------------------------------------------------------- from the small files to the page


def rows_of(blocks, key='rows'):
    """{(name, config): rows} of some blocks."""
    kept = [row for block in blocks for row in block[key]]
    return grouped([Row(**{k: v for k, v in row.items() if k != 'folders'}) for row in kept])


def rule_of(config):
    """Which of RULES a row of MCU or of a line is, from its configuration."""
    run, _, _ = config.partition(' from ')
    mask = 'mask' if 'mask_k' in run else ''
    return f'{mask} {"own" if "alignself" in config else ""}'.strip()


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
            if name == f'MCU({method})':
                kinds.setdefault(RULES[rule_of(config)], []).extend(rows)
    return found


def paired(before, after):
    """By how much Avg. Gap is lower, for each model that both have, as an array."""
    gaps = {(r.seed, r.split, r.pre_run): r.values.get('gap') for r in before}
    pairs = [(gaps.get((r.seed, r.split, r.pre_run)), r.values.get('gap')) for r in after]
    return np.array([a - b for a, b in pairs if a is not None and b is not None])


def lowered(before, after):
    """'1.23 ± 0.45, 3 of 3': how much lower, and in how many seeds."""
    lower = paired(before, after)
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
    first, second = [['Avg. Gap', 'n', *kinds]], [['lower by', *(f'than {end}' for end in ENDS)]]
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
                lower = [lowered(rows.get(of_rule(end, rule), []), rows[rule]) for end in ENDS]
                second.append([f'{rule} ({method})', *lower])
    return first, second


def reached(groups):
    """Sentences: what was reached, against the goal."""
    told = []
    for rule in RULES.values():
        found = [rows for rows in by_kind(groups).values() if rule in rows]
        if not found:
            continue
        for end in ENDS:
            mean = [paired(rows.get(of_rule(end, rule), []), rows[rule]) for rows in found]
            mean = [lower.mean() for lower in mean if len(lower)]
            better = sum(value > 0 for value in mean)
            if mean:
                told.append(
                    f'- {rule}: Avg. Gap lower than {end} in the mean for {better} of {len(mean)} '
                    f'methods, by {np.mean(mean):.2f} over all of them.'
                )
    most = max(len(rows) for (name, _), rows in groups.items() if name != FLOOR)
    names = shown_names(groups)
    best = best_of({key: rows for key, rows in groups.items() if len(rows) == most})
    floor = [r.values['gap'] for (n, _), rows in groups.items() if n == FLOOR for r in rows]
    floor = f'{np.mean(floor):.2f}' if floor else 'unknown (one seed)'
    if best:
        told.append(f'- The least mean of the table: {names[best]}, {cell(groups[best], "gap")}.')
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


def ablation_table(blocks):
    """The searches with one thing changed beside the unchanged one."""
    lines = [
        ['method', 'changed', 'n', 'Avg. Gap', 'own t*', 'lower than unchanged', 'search (% of RT)']
    ]
    found, plain_rows = {}, by_kind(rows_of(blocks))
    for row in (row for block in blocks for row in block['ablations']):
        folder = next((f.rpartition('/')[2] for f in row['folders'] if 'ablations' in f), '')
        if row['name'].startswith('MCU') and folder:
            method, _, change = folder.removesuffix('-path').partition('-')
            rule = 'own' if 'alignself' in row['config'] else ''
            kept = Row(**{k: v for k, v in row.items() if k != 'folders'})
            found.setdefault((method, change), {}).setdefault(rule, []).append(kept)
    for method in dict.fromkeys(method for method, _ in found):
        unchanged = {
            '': plain_rows[method].get('MCU', []),
            'own': plain_rows[method].get('MCU, own t*', []),
        }
        masked = {'': 'MCU, mask', 'own': 'MCU, mask, own t*'}
        masked = {rule: plain_rows[method].get(kind, []) for rule, kind in masked.items()}
        for change, rows in [
            ('–', unchanged),
            *[('k0.5-kr0.1', masked)] * any(masked.values()),
            *((c, r) for (m, c), r in found.items() if m == method),
        ]:
            cells = [cell(rows.get(rule, []), 'gap') for rule in ('', 'own')]
            lower = '' if change == '–' else lowered(unchanged[''], rows.get('', []))
            known = [r.values for r in rows.get('', ()) if 'retrain' in r.values]
            costs = [100 * v['search'] / v['retrain'] for v in known]
            cost = f'{np.mean(costs):.1f}' if costs else '–'
            lines.append([method, change, str(len(costs)), *cells, lower, cost])
    return lines


def task_of(command):
    """What kind of command it is, for its price."""
    script, methods = re.search(r'(\w+)\.py', command)[1], re.findall(r'_method=(\w+)', command)
    if script != 'train':
        return 'path evaluated' if script == 'eval_curve' else 'mask or task vector'
    method = methods[-1] if methods else 'retrain'
    names = {'retrain': 'network trained', 'curve': 'path searched', 'dynamic': 'path searched'}
    return names.get(method, 'method carried out')


def prices(blocks):
    """What one command of each kind costs, in epochs of retraining, and the list of the paper's
    size: what will come of it on another machine, in epochs of its own."""
    from reproduce import experiments

    spent, listed = {}, {}
    for block in blocks:
        for known in block['commands'].values():
            if not known['resumed']:
                spent.setdefault(task_of(known['command']), []).append(known)
    trained = spent.get('network trained', ())
    if not trained:
        return []
    epochs = np.mean([int(re.search(r'--epochs=(\d+)', c['command'])[1]) for c in trained])
    epoch = np.mean([c['minutes'] for c in trained]) / epochs
    told = experiments.SIZES['full'], 'results/full', 'data', None, experiments.SCENARIOS
    for one in experiments.unique(experiments.reported(*told)):
        task = task_of(f'{one.script}.py {" ".join(one.flags)}')
        listed[task] = listed.get(task, 0) + 1
    lines, total = [['a', 'costs, in epochs of retraining', "at the paper's size", 'together']], 0
    for task, commands in spent.items():
        cost = np.mean([c['minutes'] for c in commands]) / epoch
        cost = PAPER if task == 'network trained' else cost
        total += listed[task] * cost
        lines.append([task, f'{cost:.1f}', str(listed[task]), f'{listed[task] * cost:.0f}'])
    return [*lines, ['all', '', str(sum(listed.values())), f'{total:.0f}']]


def written(blocks, tried, remarks, figures):
    """RESULTS.md. figures: {scenario: path of its figure}."""
    origins = {(m['machine'], m['date'], m['commit']) for block in blocks for m in block['made']}
    made = '; '.join(f'{date}, commit `{commit}`, {cpu}' for cpu, date, commit in sorted(origins))
    jpeg = any(m['jpeg'] for block in blocks for m in block['made'])
    minutes = {name: c['minutes'] for b in blocks for name, c in b['commands'].items()}
    parts = [
        '# Results',
        f'{made}. {len(minutes)} commands, {sum(minutes.values()) / 60:.1f} hours.',
    ]
    parts += [TOLD + JPEG * jpeg, remarks]
    for title in sorted({tuple(block['title']) for block in blocks}):
        own = [block for block in blocks if tuple(block['title']) == title]
        groups = rows_of(own)
        seeds = ', '.join(str(block['seed']) for block in own)
        parts += [f'## {", ".join(title)}', f'Seeds {seeds}.']
        parts += [*map(markdown, gaps_table(groups)), reached(groups)]
        if title[2] in figures:
            parts.append(f'![Avg. Gap before and after]({figures[title[2]]})')
        if len(lines := shares(groups)) > 1:
            parts += [f'What it costs (select: the choice of t*; {PAPER} epochs: computed):']
            parts.append(markdown(lines))
        regions = {run: region for block in own for run, region in block['regions'].items()}
        parts += ['Where t* lies:', markdown(places(groups, regions))]
        for heading, heads in SECTIONS.items():
            if lines := cells_of(groups, heads):
                parts.append(folded(heading, markdown(lines)))
        parts.append(folded('What MCU changed, row by row', '\n'.join(verdicts(groups))))
        if len(lines := ablation_table(own)) > 1:
            parts += ['### One thing changed in the search', markdown(lines)]
        parts.append(folded('Every model and its folder', runs_table(own)))
    if tried:
        lines = [['scenario', 'method', 'setting', 'Avg. Gap']]
        for kind, methods in tried.items():
            for method, gaps in methods.items():
                for flags, gap in gaps.items():
                    mark = '**' if gap == min(gaps.values()) else ''
                    lines.append([kind, method, f'`{flags}`', f'{mark}{gap:.2f}{mark}'])
        parts += ['## Tuning', 'On its own seed, each method alone:', markdown(lines)]
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
    kept = args.docs / 'results' / args.size
    if args.out:
        keep(collected(args.out), kept)
    blocks = [json.loads(file.read_text()) for file in sorted(kept.glob('*.json'))]
    figures = {}
    for title in sorted({tuple(block['title']) for block in blocks}):
        groups = rows_of([block for block in blocks if tuple(block['title']) == title])
        shown = {key: rows for key, rows in groups.items() if not rule_of(key[1])}
        stem = args.docs / 'figures' / f'results-{args.size}-{title[2]}'
        stem.parent.mkdir(exist_ok=True)
        if draw_gaps(shown, ', '.join(title), stem):
            figures[title[2]] = f'figures/{stem.name}.png'
    remarks, tried = args.docs / 'results' / f'{args.size}.md', tuned(args.docs)
    remarks = remarks.read_text() if remarks.exists() else ''
    tried = json.loads(tried.read_text()).get(args.size) if tried.exists() else {}
    name = 'RESULTS.md' if args.size == 'small' else 'RESULTS-full.md'
    (args.docs / name).write_text(written(blocks, tried, remarks, figures))
    print(args.docs / name)


if __name__ == '__main__':
    main()
