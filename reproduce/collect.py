"""docs/results/*.csv from the runs of experiments.py: every model's numbers, and the commands.

What is there already stays, but for what was run again. No weights and no outputs are kept.
"""

import datetime
import json
import platform
import subprocess
from importlib.metadata import version
from operator import itemgetter
from pathlib import Path

import numpy as np
import pandas as pd

from evaluation import klom
from evaluation.alignment import LINES
from evaluation.compare import FLOOR, REFERENCES, STRUCK
from evaluation.region import find_region, read_path
from evaluation.rows import read_models
from evaluation.table import load
from reproduce.plan import LISTED, ROOT, TUNING
from reproduce.results import GAP_SCORES, read_csv

MODEL = ['scenario', 'seed', 'model', 'setting']  # together they name a row of models.csv
LEAD = ['scenario', 'seed', 'model', 'method', 'row', 'setting']
OF_TRUTH = ['epochs', 'precision']  # flags of the retrained model
TAIL = ['retrain', 'region', *OF_TRUTH, 'folder', 'list']
MINUTES = ['command', 'scenario', 'seed', 'task', 'minutes', 'resumed', 'epoch']
BETA_SHARES = ['beta_off', 'beta_easy', 'beta_hard']  # of batches where β is 0, 0.01, 0.5
BETAS = ['scenario', 'seed', 'method', 'setting', 'epoch', 'beta', *BETA_SHARES]
TUNED = ['size', 'scenario', 'method', 'of', 'flags', 'seed']
ORIGINALS = ['original', STRUCK]
OF_ITS_END = ('itself', 'fresh', *LINES)  # rows of a path that are not of the search
OTHER_RULES = {
    'base': 't* by A_f',
    'self': 'own t*',
    'loss': 't* by losses',
    'outputs': 't* by outputs',
}  # settings of their rows


def describe_machine(data_path):
    """When, of which commit, on what machine and of what images a command is carried out."""
    import torch

    git = ['git', '-C', ROOT, 'rev-parse', '--short=10', 'HEAD']
    commit = subprocess.run(git, capture_output=True, text=True).stdout.strip() or 'unknown'
    info = Path('/proc/cpuinfo').read_text() if Path('/proc/cpuinfo').exists() else ''
    _, named, rest = info.partition('model name\t: ')
    cpu = rest.partition('\n')[0] if named else platform.processor() or platform.machine()
    gpu = torch.cuda.get_device_name() if torch.cuda.is_available() else 'no GPU'
    count = torch.get_num_threads()
    threads = f'{count} thread{"s" * (count != 1)}'
    machine = f'{cpu}, {threads}, {gpu}, torch {version("torch")}'
    jpeg = bool(data_path) and any(Path(data_path).glob('cifar10/train/*/*.jpg'))
    date = str(datetime.date.today())
    return {'date': date, 'commit': commit, 'machine': machine, 'jpeg': jpeg}


def read_done(out):
    """A row for each command that was carried out, as experiments.py wrote it beside it."""
    rows = []
    for file in sorted(Path(out).rglob('*.done'), key=lambda file: file.stat().st_mtime_ns):
        command = file.relative_to(out).with_suffix('').as_posix()
        place = file.parent.relative_to(out).as_posix()
        rows.append(json.loads(file.read_text()) | {'command': command, 'place': place})
    return pd.DataFrame(rows)


def find_place(folder, out, places):
    """The place of a command that a folder lies in; '' where it lies in none."""
    folder = Path(folder)
    inside = folder.relative_to(out) if folder.is_relative_to(out) else folder
    parents = (folder.as_posix() for folder in (inside, *inside.parents))
    return next((folder for folder in parents if folder in places), '')


def load_models(out, done):
    """`evaluation.table.load` with what plan.py says of the command that wrote each row."""
    table, places = load(out), set(done.place)

    table['folder'] = table.folder.map(lambda folder: find_place(folder, out, places))
    about = done.drop_duplicates('place').set_index('place')
    table = table[table.folder.ne('')]  # what no listed command wrote
    settings = about[['scenario', 'setting', 'end']].rename(columns={'scenario': 'kind'})
    table = table.drop(columns='settings').join(settings, on='folder')
    kinds = table[table.model.eq('retrain')].drop_duplicates('scenario')
    table['scenario'] = table.scenario.map(dict(zip(kinds.scenario, kinds.kind)))
    table['setting'] = np.where(table.row.isin(OF_ITS_END), table.end, table.setting)
    rule = table.row.str.removeprefix('line-').map(OTHER_RULES)
    table['setting'] = rule.fillna(table.setting)
    floor = table.model.eq(FLOOR)
    others = 'seed ' + table.folder.map(about.seed).astype(str)
    table['setting'] = np.where(floor, others, table.setting)
    own = table.model.isin(ORIGINALS)
    table.loc[own, 'folder'] = 'seed' + table.seed.astype(str) + '/original'
    table.loc[own, 'method'], table.loc[own, 'setting'] = table.model, ''
    return table[table.method.ne('finetune2')].drop(columns='kind')


def collect_models(out, done):
    """The rows of models.csv."""
    table = load_models(out, done)
    table = table[table.seed.lt(TUNING) & table.scenario.notna()]  # NaN: not retrained yet
    table = table.sort_values([*MODEL, 'row']).drop_duplicates(MODEL)
    truth = table[table.model.eq('retrain')].set_index(['scenario', 'seed'])
    keys = pd.MultiIndex.from_frame(table[['scenario', 'seed']])
    same_day = ~table.model.isin([*ORIGINALS, FLOOR])  # and on the same machine
    table['retrain'] = np.where(same_day, truth.rte.reindex(keys), np.nan)
    for flag in OF_TRUTH:
        table[flag] = truth.config.map(itemgetter(flag)).reindex(keys).to_numpy()
    table['region'] = [
        measure_region(Path(out) / place) if row == 'path' else np.nan
        for place, row in zip(table.folder, table.row)
    ]
    table['list'] = table.split.str[:6].where(table.scenario.isin(LISTED), '')
    numeric = table.select_dtypes('number').dropna(axis='columns', how='all')
    numbers = [name for name in numeric if name not in [*LEAD, *TAIL]]
    table[numbers] = table[numbers].map(lambda value: float(f'{value:.6g}'))
    return table[[*LEAD, *numbers, *TAIL]]


def measure_region(folder):
    """The share of the walked interval that beats the pre-unlearning model, NaN where the walk did
    not reach it."""
    path = read_path(sorted(folder.rglob('*.npz'))[-1])
    if path['walked_ts'][-1] < 1:
        return np.nan
    start, end = path['ts'][[0, -1]]
    return sum(b - a for a, b in find_region(path)[0]) / (end - start)


def read_betas(out, done):
    """A row for each epoch of every search whose β adapts."""
    rows = []
    for search in done[done.task.eq('search')].to_dict('records'):
        (log,) = (Path(out) / search['place']).glob('*/log.jsonl')
        epochs = map(json.loads, log.read_text().splitlines())
        rows += [search | epoch for epoch in epochs if BETA_SHARES[0] in epoch]
    return pd.DataFrame(rows, columns=BETAS).round(4)


def find_changed(old, new):
    """The (scenario, seed) whose retrained model scored otherwise before: all of it goes."""
    truths = [table[table.model.eq('retrain')] for table in (old, new)]
    truths = [truth.set_index(['scenario', 'seed'])[[*GAP_SCORES]] for truth in truths]
    both = truths[0].index.intersection(truths[1].index)
    return both[~np.isclose(*(truth.loc[both] for truth in truths)).all(axis=1)]


def merge(old, new, keys, drop=()):
    """Both, the new row where both have one; drop: the (scenario, seed) whose old rows go, and so
    do the distances of other retrained models to theirs."""
    stale = pd.MultiIndex.from_frame(old[['scenario', 'seed']]).isin(drop)
    if 'model' in old:
        against = [(scenario, f'seed {seed}') for scenario, seed in drop]
        pairs = pd.MultiIndex.from_frame(old[['scenario', 'setting']])
        stale |= old.model.eq(FLOOR) & pairs.isin(against)
    return pd.concat([old[~stale], new]).drop_duplicates(keys, keep='last')


def write(table, file, keys, drop=()):
    """A CSV file, with what it held before."""
    file.parent.mkdir(parents=True, exist_ok=True)
    table = merge(read_csv(file), table, keys, drop) if file.exists() else table
    table.to_csv(file, index=False)


def collect(out, docs):
    """Write docs/results from the folder of the runs, once a seed has its retrained model."""
    every, folder = read_done(out), docs / 'results'
    done = every[every.seed.lt(TUNING)]
    models, file = collect_models(out, done), folder / 'models.csv'
    if models.empty:
        return
    drop = find_changed(read_csv(file), models) if file.exists() else ()
    write(models, file, MODEL, drop)
    places = done.made.apply(pd.Series)
    machines = pd.concat([done[['scenario', 'seed']], places], axis=1).drop_duplicates()
    write(machines, folder / 'machines.csv', list(machines), drop)
    write(read_betas(out, done), folder / 'betas.csv', BETAS[:5], drop)
    truth = done[done.task.eq('retrain') & ~done.resumed].set_index(['scenario', 'seed']).minutes
    epochs = read_csv(file).groupby(['scenario', 'seed']).epochs.first()
    minutes = done.join((truth / epochs).rename('epoch'), on=['scenario', 'seed'])[MINUTES]
    write(minutes, folder / 'minutes.csv', 'command', drop)
    script = folder / 'commands.sh'
    lines = script.read_text().splitlines() if script.exists() else []
    commands = dict(zip(lines[::2], lines[1::2]))
    commands |= {f'# {command}': line for command, line in zip(every.command, every.line)}
    script.write_text(''.join(f'{name}\n{line}\n' for name, line in commands.items()))


def collect_klom(out, docs):
    """Write docs/results/klom.csv from the folder of the runs: a row for each kind of model."""
    done = read_done(out)
    settings = done.set_index('place').setting
    models = read_models(out)
    models = models[models.split.isin(models.split[models.model.eq('retrain')])]
    places = models.folder.map(lambda folder: find_place(folder, out, set(done.place)))
    words = places.map(settings[~settings.index.duplicated()]).where(models.row.eq('path'), '')
    models['label'] = models.model + np.where(words.eq(''), '', ', ' + words)
    count, found = klom.measure_models(klom.select_models(models))
    origin = {key: done.made.iloc[-1][key] for key in ('date', 'commit', 'machine')}
    table = klom.make_table(found).assign(retrained=count, **origin)
    file = docs / 'results' / 'klom.csv'
    file.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(file, index=False)


def collect_tuning(out, size):
    """The rows of tuning.csv: Avg. Gap of every method, setting and seed that did not fail, and of
    MCU from there."""
    done = read_done(out)
    table = load_models(out, done)
    table['of'] = table.row.map({'': 'method', 'path': 'MCU'})
    table = table[table.of.notna() & ~table.model.isin(REFERENCES)]
    table = table.rename(columns={'setting': 'flags'})
    return table.assign(size=size)[[*TUNED, 'gap']].sort_values(TUNED).dropna()
