"""What docs/RESULTS.md is made of: small files of the numbers of runs of experiments.py.

One file for each scenario and seed: every model's metrics, no weights and no outputs of models, and
the commands of the runs that they come from. A file is added to when its seed is run again and
comes out alike, else replaced.
"""

import datetime
import json
import platform
import re
import subprocess
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from evaluation.records import FLOOR, PARTS, read_records
from evaluation.region import effective_region, read_path
from evaluation.table import tables_of

ROOT = Path(__file__).parent.parent
TIMES = {*PARTS, 'rte', 'retrain'}


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
    from reproduce.experiments import GRIDS, TUNING

    blocks = {}
    kinds = {file.relative_to(out).parts[1] for file in Path(out).rglob('*.npz')} - {'original'}
    for kind in sorted(kinds):
        found = [pair for to in sorted(Path(out).glob(f'*/{kind}')) for pair in read_records(to)]
        found = [pair for pair in found if pair[0]['method'] != 'finetune2']  # NegTV's expert
        found = [pair for pair in found if pair[0]['seed'] < TUNING]
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
                    if key == 'rows' or row.name.startswith('MCU') or row.name in GRIDS:
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
    """({folder and name: command, minutes, resumed, epoch}, where they were made) of a seed's
    commands; epoch: minutes of one of retraining, where it was trained in one go."""
    commands, places, epoch = {}, [], {}
    if (truth := out / f'seed{seed}' / kind / 'retrain' / 'retrain.done').exists():
        told = json.loads(truth.read_text())
        if not told['resumed']:
            epochs = int(re.search(r'--epochs=(\d+)', told['command'])[1])
            epoch = {'epoch': told['minutes'] / epochs}
    for to in (out / f'seed{seed}' / part for part in ('original', kind)):
        for file in sorted(to.rglob('*.done')):
            told = json.loads(file.read_text())
            name = file.relative_to(out).with_suffix('').as_posix()
            commands[name] = {key: told[key] for key in ('command', 'minutes', 'resumed')} | epoch
            if told['made'] not in places:
                places.append(told['made'])
    return commands, places


def plain(row, folders):
    """A row in plain types: rounded, without the outputs of models, with the folder of its run. All
    are scored in float32: in what precision t* was searched tells no configurations apart here."""
    row = row._replace(config=re.sub(r'-searched\w+', '', row.config))
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
    another; else the new one alone. What came out alike keeps its times, of another machine than
    the rest perhaps: only those of one machine are compared."""

    def truth(block):
        kept = [row for row in block['rows'] if row['name'] in ('original', 'retrain')]
        return [[row['values'].get(key) for key in ('ua', 'ra', 'ta', 'mia')] for row in kept]

    def changed(name):
        return old['commands'][name]['command'] != new['commands'][name]['command']

    def scores(row):
        return {key: value for key, value in row['values'].items() if key not in TIMES}

    if truth(old) != truth(new) or any(map(changed, old['commands'].keys() & new['commands'])):
        return new
    both = new | {'made': list(old['made'])}
    for key in ('rows', 'ablations'):
        rows = {(row['name'], row['config'], row['run']): row for row in old[key]}
        for row in new[key]:
            where = row['name'], row['config'], row['run']
            if where not in rows or scores(rows[where]) != scores(row):
                rows[where] = row
        both[key] = list(rows.values())
    both['regions'] = old['regions'] | new['regions']
    both['commands'] = new['commands'] | old['commands']
    both['made'] += [made for made in new['made'] if made not in old['made']]
    return both
