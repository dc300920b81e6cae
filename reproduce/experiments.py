"""The experiments behind the tables of README.md and docs/results.md, as commands of this project.

    python3 -m reproduce.experiments small --data_path=data          # 4 hours on two cores
    python3 -m reproduce.experiments small --data_path=data --list   # only prints the commands
    python3 -m reproduce.experiments full --data_path=data           # all of CIFAR-10
    python3 -m reproduce.experiments many --data_path=data           # ten seeds
    python3 -m reproduce.experiments newer --data_path=data          # 40 minutes of one thread

small: 6,000 training and 3,000 test images of CIFAR-10, PreResNet20. full: all training images,
without augmentation, so that the network memorises them. many: the images of small, PreResNet8,
many seeds. newer: ℓ1-sparse, MSG and CT, with that network; --out=results/many shares the models.
The same line typed again skips the commands that have ended, and goes on. OUT/models.csv says what
came of them, a row a model.
"""

import argparse
import datetime
import platform
import re
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import torch
from tqdm import tqdm

from evaluation.compare import FLOOR, MASKED
from evaluation.table import COLUMNS, load
from lib import checkpoint
from lib.errors import InputError, with_exit_codes
from lib.files import atomic_write, read_json, write_json
from reproduce.results import ROOT

PART = '--train_fraction=0.12 --test_fraction=0.3 --lr=0.1 --wd=5e-4 --epochs=50'
MEMORISED = '--test_fraction=0.3 --augment=none --lr=0.05 --wd=1e-4 --epochs=20'
SIZES = {  # flags of network and data, and of the training of originals and retrained models
    'small': f'--model=PreResNet20 {PART}',
    'full': f'--model=PreResNet20 {MEMORISED}',
    'many': f'--model=PreResNet8 {PART}',
    'newer': f'--model=PreResNet8 {PART}',
}
RANDOM = '--unlearn_type=random --forget_ratio=0.1 --split_seed=42'
SCENARIOS = {  # one split for all seeds: the floor is that between retrained models
    'random': RANDOM,
    'all': RANDOM,  # of all of CIFAR-10
    'class': '--unlearn_type=class --split_seed=42',
}
TENTH = {'ga': (5, '--lr=0.004'), 'randomlabel': (5, '--lr=0.04')}  # {method: (epochs, flags)}
NEWER = {'l1_sparse': (10, '--lr=0.1'), 'msg': (10, '--lr=0.1'), 'ct': (10, '--lr=0.05')}
LONGER = {'ga': 60, 'randomlabel': 6}  # epochs more, of the cost of a search; small alone
SEARCH = '--unlearn_method=dynamic --fix_start --fix_end'
FORMS = {  # what begins at a method's model: the flags, and those of the choice of t, if any
    'MCU-cosine': (f'{SEARCH} --lr=0.01 --epochs=10 --retain_ratio=0.5', ''),
    'MCU-0.15': (f'{SEARCH} --lr=0.15 --epochs=6', '--no_line'),
    'align': ('--unlearn_method=align --lr=0.02 --epochs=6', None),
}
PLANS = {  # {size: {scenario: (seeds, methods)}}; rates chosen on seed 100 for the method itself
    'small': {
        'random': (range(32, 37), TENTH),
        'class': (range(32, 37), {'ga': (5, '--lr=0.001')}),
    },
    'full': {'all': (range(32, 35), {'ga': (1, '--lr=0.004')})},
    'many': {'random': (range(200, 210), TENTH)},
    'newer': {'random': (range(200, 203), NEWER)},
}
REFERENCES = {'original': ('original', 'itself'), MASKED: ('original', 'class struck')}
REFERENCES |= {'retrain': ('retrain', ''), FLOOR: (FLOOR, '')}  # {row: (model, form)}
MODEL = ['scenario', 'seed', 'model', 'form', 'other_seed']  # together they name a row


class Step(NamedTuple):
    """One command, and which model comes of it: its scenario, seed, method and form."""

    folder: str
    script: str
    flags: str
    about: dict

    def line(self):
        """The command as it is typed."""
        return f'python3 {self.script} --dir={self.folder} {self.flags}'

    def done_file(self):
        """The file that says that the command has ended."""
        return Path(self.folder) / f'{Path(self.script).stem}.done'


class Chain:
    """The commands of one seed in one scenario."""

    def __init__(self, size, out, data_path, scenario, seed):
        self.home = f'{out}/seed{seed}'
        self.scenario, self.about = scenario, {'scenario': scenario, 'seed': seed}
        self.data = f'--data_path={data_path} --seed={seed}'
        self.forgotten = SCENARIOS[scenario]
        self.split = f'{self.data} --precision=bf16 {self.forgotten}'
        scratch = f'--dataset=CIFAR10 --transform=ResNet {SIZES[size]} {self.data}'
        self.scratch = f'{scratch} --precision=bf16 --eval_freq=50'
        self.size = size

    def make_step(self, name, script, flags, model, form='itself'):
        """A step into a folder of the seed."""
        about = self.about | {'model': model, 'form': form}
        return Step(f'{self.home}/{name}', script, ' '.join(flags.split()), about)

    def list_references(self):
        """The original and the retrained model."""
        yield self.make_step('original', 'train.py', f'{self.scratch} --save_freq=50', 'original')
        flags = f'--unlearn_method=retrain {self.scratch} --save_freq=50 {self.forgotten}'
        yield self.make_step(f'{self.scenario}/retrain', 'train.py', flags, 'retrain', '')

    def list_method(self, method, epochs, flags):
        """A method, alone and with the time of a search, and each form of the search from it."""
        end = f'{self.scenario}/{method}'
        times = {'itself': 0} | ({'longer': LONGER[method]} if self.size == 'small' else {})
        begin = f'--unlearn_method={method} --original_pth={self.home}/original {self.split}'
        for form, more in times.items():
            name = end + '-longer' * bool(more)
            line = f'{begin} --eval_freq=50 --epochs={epochs + more} {flags}'
            yield self.make_step(name, 'train.py', line, method, form)
        ends = f'--init_start={self.home}/original --init_end={self.home}/{end}'
        for form, (search, choice) in FORMS.items():
            name, line = f'{end}-{form}', f'{ends} {self.split} --eval_freq=50 {search}'
            yield self.make_step(name, 'train.py', line, method, form)
            if choice is None:
                continue
            flags = f'--ckpt={self.home}/{name} {self.split} --num_points=1 --export_t=best'
            yield self.make_step(f'{name}-path', 'eval_curve.py', f'{flags} {choice}', method, form)


def list_steps(args):
    """All steps, each once."""
    steps = {}
    for scenario, (seeds, methods) in PLANS[args.size].items():
        if args.scenarios and scenario not in args.scenarios:
            continue
        for seed in args.seeds or seeds:
            chain = Chain(args.size, args.out, args.data_path, scenario, seed)
            listed = list(chain.list_references())
            for method, (epochs, flags) in methods.items():
                if not args.methods or method in args.methods:
                    listed += chain.list_method(method, epochs, flags)
            steps |= {step.done_file(): step for step in listed}
    return [*steps.values()]


# ---------------------------------------------------------------- carrying out


def carry_out(steps, origin):
    """Carry out what has not ended; returns the steps that failed."""
    failed = []
    for step in tqdm(steps, 'commands', disable=None):
        if step.done_file().exists():
            if read_json(step.done_file())['line'] != step.line():
                problem = f'{step.done_file()}: was made by another command than the list has.'
                raise InputError(problem, 'move it and what was made of it, or give another --out.')
            continue
        again = f' --resume={step.folder}' if step.script == 'train.py' else ' --overwrite'
        began = time.monotonic()
        if run(step.line() + again):
            about = step.about | origin | {'line': step.line()}
            write_json(step.done_file(), about | {'minutes': (time.monotonic() - began) / 60})
        else:
            failed.append(step)
    return failed


def run(line):
    """Whether a command succeeds."""
    tqdm.write(f'\n$ {line}')
    line = line.replace('python3', sys.executable, 1)
    return subprocess.run(line, shell=True).returncode == 0


def describe_machine():
    """When, of which commit and on what machine a command is carried out."""
    git = ['git', '-C', ROOT, 'rev-parse', '--short=10', 'HEAD']
    commit = subprocess.run(git, capture_output=True, text=True).stdout.strip() or 'unknown'
    info = Path('/proc/cpuinfo').read_text() if Path('/proc/cpuinfo').exists() else ''
    named = re.search(r'model name\s*: (.*)', info)
    cpu = named[1] if named else platform.processor() or platform.machine()
    gpu = torch.cuda.get_device_name() if torch.cuda.is_available() else 'no GPU'
    machine = f'{cpu}, {torch.get_num_threads()} threads, {gpu}, torch {version("torch")}'
    return {'date': str(datetime.date.today()), 'commit': commit, 'machine': machine}


# ---------------------------------------------------------------- what came of it


def load_models(out):
    """`evaluation.table.load` with the scenario, model and form of the step that made each row."""
    steps = {file.parent: read_json(file) for file in Path(out).rglob('*.done')}
    table, rows = load(out), []
    for row in table.to_dict('records'):
        folder = Path(row['folder'])
        step = next((steps[p] for p in (folder, *folder.parents) if p in steps), None)
        if step is None:
            continue  # what no listed command wrote
        form = {'fresh': 'fresh statistics', 'line': 'line'}.get(row['row'], step['form'])
        model, form = REFERENCES.get(row['model'], (step['model'], form))
        rows.append(row | {'kind': step['scenario'], 'model': model, 'form': form})
    table = pd.DataFrame(rows)
    retrained = table[table.model.eq('retrain')]
    table['scenario'] = table.scenario.map(dict(zip(retrained.scenario, retrained.kind)))
    return table.dropna(subset='scenario')  # not retrained yet


def list_checkpoints(out):
    """(what is known of the step, the checkpoint) of each model that is no curve; the chosen point
    of a curve is a model of its own."""
    for file in sorted(Path(out).rglob('*.done')):
        content = checkpoint.load(file.parent, 'out')
        if content['kind'] == 'model':
            yield read_json(file), content


def collect(out):
    """Write OUT/models.csv, a row a model, and OUT/machines.csv; returns the rows."""
    table = load_models(out)
    table = table.sort_values(MODEL).drop_duplicates(MODEL)
    truth = table[table.model.eq('retrain')].set_index(['scenario', 'seed']).rte.rename('retrain')
    table = table.join(truth, on=['scenario', 'seed'], how='inner')
    table = table[[*MODEL, *COLUMNS, 'retrain']]
    write_csv(Path(out) / 'models.csv', table.round(6))
    steps = pd.DataFrame([read_json(file) for file in Path(out).rglob('*.done')])
    origins = steps[['scenario', 'seed', 'date', 'commit', 'machine']].drop_duplicates()
    write_csv(Path(out) / 'machines.csv', origins)
    return table


def write_csv(file, table):
    """A table as CSV, written whole."""
    atomic_write(file, table.to_csv(index=False).encode())


@with_exit_codes
def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('size', choices=SIZES)
    parser.add_argument('--data_path', required=True, help='the folder that holds cifar10/')
    parser.add_argument('--out', help='where the runs go (default: results/SIZE)')
    parser.add_argument('--seeds', nargs='+', type=int, help='these alone')
    parser.add_argument('--scenarios', nargs='+', choices=SCENARIOS, help='these alone')
    parser.add_argument('--methods', nargs='+', help='these alone')
    parser.add_argument('--list', action='store_true', help='print the commands, and do nothing')
    args = parser.parse_args(argv)
    args.out = args.out or f'results/{args.size}'
    steps = list_steps(args)
    if args.list:
        print(*(step.line() for step in steps), sep='\n')
        return 0
    failed = carry_out(steps, describe_machine())
    collect(args.out)
    print(f'{args.out}/models.csv')
    for step in failed:
        print(f'failed: {step.line()}', file=sys.stderr)
    return len(failed)


if __name__ == '__main__':
    sys.exit(min(1, main()))
