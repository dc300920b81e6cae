"""docs/RESULTS.md from the runs of experiments.py, or from the small file of their numbers.

    python3 reproduce/results.py small --out=results/small   # reads the runs, writes both
    python3 reproduce/results.py small                       # from docs/results/small.json alone

The file holds every model's metrics, no weights and no outputs of models, and the command of every
run that they come from.
"""

import argparse
import datetime
import json
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from evaluation.figures import draw_gaps  # noqa: E402
from evaluation.groups import grouped, mean_std, shown_names, verdicts  # noqa: E402
from evaluation.npz import meta_of  # noqa: E402
from evaluation.records import Row, read_records  # noqa: E402
from evaluation.region import effective_region, optimum, read_path  # noqa: E402
from evaluation.table import SECTIONS, cells_of, markdown, tables_of  # noqa: E402

METRICS = next(iter(SECTIONS))  # the heading of the first section
PHOTOS = (
    'The images are CIFAR-10 as image folders of JPEG files where the runs were made from such: '
    'nearly, not exactly, the original pixels.'
)


def machine():
    """What the runs were made on, and of which commit."""
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
        'commit': told.stdout.strip() or 'unknown',
        'machine': where,
    }


def collected(out):
    """Everything that RESULTS.md says, from the folder of the runs, in plain types."""
    rest, changed = [], []
    for pair in read_records(out):
        (changed if 'ablations' in pair[1].file.parts else rest).append(pair)
    truth = [pair for pair in rest if pair[0]['method'] == 'retrain']
    tables = plain(tables_of(rest))
    ablations = plain(tables_of([*truth, *changed])) if changed else []
    paths = []
    for _, record in rest:
        if 'row_t' not in record:
            continue
        path = read_path(record.file)
        meta, intervals = meta_of(path), effective_region(path)[0]
        told = {key: meta.get(key) for key in ('scenario', 'method', 'pre', 'seed', 'config')}
        told |= {'evaluation': meta.get('evaluation', ''), 't': optimum(path, record.file)}
        told['region'] = sum(end - start for start, end in intervals)
        paths.append(told | {'points': len(path['walked_ts'])})
    commands = {
        str(file.relative_to(out)): json.loads(file.read_text())
        for file in sorted(Path(out).rglob('*.done'))
    }
    parts = {'tables': tables, 'ablations': ablations, 'paths': paths, 'commands': commands}
    return machine() | parts


def plain(tables):
    """Tables in plain types, without the outputs of models."""
    return [
        {
            'title': title,
            'rows': [r._replace(arrays={})._asdict() for rows in groups.values() for r in rows],
        }
        for title, groups in tables.items()
    ]


def groups_of(table):
    """{(name, config): rows} of a table as it was collected."""
    return grouped([Row(**row) for row in table['rows']])


def shares(groups):
    """What the search and the choice of t* cost, in percent of retraining's time."""
    truth = next((rows for (name, _), rows in groups.items() if name == 'retrain'), [])
    minutes, names = mean_std(truth, 'rte')[0], shown_names(groups)
    lines = [['model', 'mask', 'search', 'choice of t', 'together']]
    for key, rows in groups.items():
        if key[0].startswith('MCU') and minutes == minutes:
            spent = [mean_std(rows, part)[0] for part in ('mask', 'search', 'select')]
            parts = [100 * part / minutes for part in spent]
            lines.append([names[key], *(f'{part:.1f} %' for part in (*parts, sum(parts)))])
    return lines


def regions(paths):
    """t* and the width of the effective region of every path, over the seeds."""
    lines = [['path', 'n', 't*', 'share of [0, 1] that beats θ_p']]
    kinds = dict.fromkeys((p['method'], p['pre'], p['config'], p['evaluation']) for p in paths)
    for kind in kinds:
        found = [p for p in paths if (p['method'], p['pre'], p['config'], p['evaluation']) == kind]
        t, width = ([p[key] for p in found] for key in ('t', 'region'))
        spread = f' ± {np.std(t, ddof=1):.2f}' if len(t) > 1 else ''
        share = f'{np.mean(width):.2f}' if found[0]['points'] > 2 else '–'
        mask = ', mask' if 'mask_' in kind[2].partition(' on ')[0] else ''
        rule = ', own test accuracy' if 'alignself' in kind[3] else ''
        name = f'MCU({kind[1]}){mask}{rule}'
        lines.append([name, str(len(t)), f'{np.mean(t):.2f}{spread}', share])
    return lines


def written(told, size, figures):
    """RESULTS.md. figures: {title: path of its figure}."""
    parts = [
        '# Results',
        f'`make reproduce{"" if size == "small" else "-full"}` ({told["date"]}, commit '
        f'`{told["commit"][:10]}`): {told["machine"]}. {PHOTOS} Learning rates and epochs are '
        'those of `reproduce/recipes.json`, chosen on a seed that is not reported; t* is chosen '
        'without a retrained model.',
    ]
    for table in told['tables']:
        groups, title = groups_of(table), ', '.join(table['title'])
        parts.append(f'## {title}')
        for heading, heads in SECTIONS.items():
            if lines := cells_of(groups, heads):
                parts += [f'{heading}:', markdown(lines)]
        parts.append('\n'.join(verdicts(groups)))
        if len(lines := shares(groups)) > 1:
            parts += ["In percent of retraining's time:", markdown(lines)]
        scenario = table['title'][2]
        own = [p for p in told['paths'] if p['scenario'].partition('-')[0] == scenario]
        if own:
            parts += ['The paths:', markdown(regions(own))]
        if table['title'][2] in figures:
            parts.append(f'![Avg. Gap before and after]({figures[scenario]})')
    for table in told['ablations']:
        groups = {key: rows for key, rows in groups_of(table).items() if key[0].startswith('MCU')}
        if lines := cells_of(groups, SECTIONS[METRICS]):
            heading = ', '.join(table['title'])
            parts += [f'## One thing changed in the search: {heading}', markdown(lines)]
    minutes = sum(done['minutes'] for done in told['commands'].values())
    parts += [
        '## Commands',
        f'{len(told["commands"])} commands, {minutes / 60:.1f} hours. <details><summary>All of '
        'them</summary>\n\n```\n'
        + '\n'.join(done['command'] for done in told['commands'].values())
        + '\n```\n\n</details>',
    ]
    return '\n\n'.join(parts) + '\n'


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('size', choices=('small', 'full'))
    parser.add_argument('--out', help='the folder of the runs; without it, the kept file is read')
    parser.add_argument('--docs', default=ROOT / 'docs', type=Path, help='where to write')
    args = parser.parse_args(argv)
    kept = args.docs / 'results' / f'{args.size}.json'
    if args.out:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(collected(args.out), indent=1) + '\n')
    told, figures = json.loads(kept.read_text()), {}
    for table in told['tables']:
        scenario = table['title'][2]
        stem = args.docs / 'figures' / f'results-{args.size}-{scenario}'
        stem.parent.mkdir(exist_ok=True)
        if draw_gaps(groups_of(table), ', '.join(table['title']), stem):
            figures[scenario] = f'figures/{stem.name}.png'
    name = 'RESULTS.md' if args.size == 'small' else 'RESULTS-full.md'
    (args.docs / name).write_text(written(told, args.size, figures))
    print(args.docs / name)


if __name__ == '__main__':
    main()
