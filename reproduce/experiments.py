"""The experiments behind the tables of README.md and docs/results.md, as commands of this project.

    python3 -m reproduce.experiments small --data_path=data          # 36 hours on two cores
    python3 -m reproduce.experiments small --data_path=data --list   # only prints the commands
    python3 -m reproduce.experiments small --data_path=data --tune   # makes recipes.json
    python3 -m reproduce.experiments full --data_path=data           # the paper's size, for a GPU

small: CIFAR-10 with 6,000 training and 3,000 test images, PreResNet20. The same line typed again
skips the commands that have ended, and goes on. OUT/models.csv says what came of them, a row a
model; then the tables are printed. With --seeds every method and form is run on these seeds.
"""

import argparse
import datetime
import platform
import re
import subprocess
import sys
import time
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import torch
from tqdm import tqdm

from evaluation.compare import FLOOR, STRUCK
from evaluation.table import COLUMNS, load
from lib.errors import InputError, with_exit_codes
from lib.files import atomic_write, read_json, write_json
from reproduce import results
from reproduce.results import FIRST_LATER, RESULTS, ROOT

SIZES = {  # flags of data and network, epochs of original and retrained models
    'small': ('--model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3', 50),
    'full': ('--model=PreResNet110', 200),
}
SCENARIOS = {  # one split for all seeds: the floor is that between retrained models
    'random': '--unlearn_type=random --forget_ratio=0.1 --split_seed=42',
    'class': '--unlearn_type=class --split_seed=42',
}
ENDS = '--eval_freq=20 --fix_start --fix_end'
SEARCH = f'{ENDS} --unlearn_method=dynamic'
FORMS = {  # of the search: its flags
    'MCU-cosine': f'{SEARCH} --lr=0.01 --epochs=10 --retain_ratio=0.5',
    'MCU-0.08': f'{SEARCH} --lr=0.08 --epochs=6 --retain_ratio=1.0',
    'MCU-best': f'{ENDS} --preset=best',
    'MCU-best, own end': f'{ENDS} --preset=best',
}
WALK = '--start_t=0.7368421052631579 --num_points=6 --bn_samples=2000'  # from t = 14/19 on
TUNING = 100  # the seed that chooses the rates; it is not reported
RECIPES = ROOT / 'reproduce' / 'recipes.json'  # {scenario: {method: {of: flags}}}
TRIAL = ['scenario', 'method', 'flags', 'of']  # of tuning.csv, which says what is tried
METHODS = [name for name in results.NAMES if name != 'original']
MASKS = {'salun': ('mask_salun0.5', ''), 'sfron': ('mask_sfron', '--kind=sfron')}
REFERENCES = {'original': ('original', 'itself'), STRUCK: ('original', 'class struck')}
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
        return f'python3 {self.script}.py --dir={self.folder} {self.flags}'

    def done_file(self):
        """The file that says that the command has ended."""
        return Path(self.folder) / f'{self.script}.done'


class Chain:
    """The commands of one seed in one scenario."""

    def __init__(self, size, out, data_path, scenario, seed):
        network, epochs = SIZES[size]
        bf16 = '--precision=bf16' if seed < FIRST_LATER or size == 'full' else ''
        data, self.about = f'--data_path={data_path}', {'scenario': scenario, 'seed': seed}
        self.original, self.home = f'{out}/seed{seed}/original', f'{out}/seed{seed}/{scenario}'
        self.split = f'{data} {SCENARIOS[scenario]} --seed={seed}'
        self.precise = f'{self.split} {bf16}'
        scratch = f'--dataset=CIFAR10 --transform=ResNet {network} {data} --seed={seed} {bf16}'
        training = '--lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50'
        self.scratch = f'{scratch} {training} --epochs={epochs}'

    def make_step(self, name, script, flags, model='', form='itself'):
        """A step into a folder of the scenario."""
        flags, about = ' '.join(flags.split()), {'model': model, 'form': form}
        return Step(f'{self.home}/{name}', script, flags, self.about | about)

    def list_references(self):
        """The original and the retrained model."""
        original = self.make_step('', 'train', self.scratch, 'original')
        yield original._replace(folder=self.original)
        flags = f'--unlearn_method=retrain {self.scratch} {SCENARIOS[self.about["scenario"]]}'
        yield self.make_step('retrain', 'train', flags, 'retrain', '')

    def list_method(self, method, name, recipe, form='itself'):
        """An existing method by a recipe, with the mask or the expert that it needs."""
        begin, mask = f'--original_pth={self.original}', ''
        if method == 'negtv':
            expert, recipe = f'--unlearn_method=finetune2 {begin} {self.precise} {recipe}', ''
            yield self.make_step(f'{name}-expert', 'train', expert, 'finetune2', form)
            ends = f'--init_start={self.original} --init_end={self.home}/{name}-expert'
            yield self.make_step(name, 'main_tv', f'{ends} {self.split}', method, form)
            return
        if method in MASKS:
            file, kind = MASKS[method]
            flags = f'{begin} {self.split} {kind}'
            yield self.make_step(f'{method}-mask', 'generate_mask', flags, method)
            mask = f'--mask_path {self.home}/{method}-mask/*/{file}.pt'
        flags = f'--unlearn_method={method} {begin} {mask} {self.precise} --eval_freq=50 {recipe}'
        yield self.make_step(name, 'train', flags, method, form)

    def list_search(self, method, end, search, form):
        """A search, of FORMS, from the original to a method's model, and its evaluation."""
        name = f'{end}-{search.lower().partition(",")[0]}'
        ends = f'--init_start={self.original} --init_end={self.home}/{end}'
        flags = f'{ends} {self.precise} {FORMS[search]}'
        yield self.make_step(name, 'train', flags, method, form)
        line = '' if search == 'MCU-cosine' else '--no_line'
        flags = f'--ckpt={self.home}/{name} {self.precise} {WALK} {line}'
        yield self.make_step(f'{name}-path', 'eval_curve', flags, method, form)

    def list_form(self, method, form, recipe):
        """One form of the search from one method, with all that it starts from."""
        yield from self.list_references()
        yield from self.list_method(method, method, recipe['method'])
        end = method
        if form == 'MCU-best, own end':
            end = f'{method}-own-end'
            yield from self.list_method(method, end, recipe['MCU'], 'own end')
        yield from self.list_search(method, end, form, form)

    def list_trial(self, method, recipe, of):
        """A method by a recipe that is tried, or MCU-best from there; the form is the recipe."""
        name = f'{method}-{recipe.partition("--lr=")[2]}'
        yield from self.list_references()
        yield from self.list_method(method, name, recipe, recipe)
        if of == 'MCU':
            yield from self.list_search(method, name, 'MCU-best', recipe)


def list_steps(args):
    """All steps, each once: of the searches of the tables, or of all on --seeds, or of trials."""
    recipes, steps, place = read_json(RECIPES), {}, (args.size, args.out, args.data_path)
    if args.tune:
        tried = pd.read_csv(RESULTS / 'tuning.csv').query('size == "small"')
        for scenario, *trial in tried[TRIAL].itertuples(index=False):
            if scenario in args.scenarios and trial[0] in args.methods:
                chain = Chain(*place, scenario, TUNING)
                steps |= {s.done_file(): s for s in chain.list_trial(*trial)}
        return [*steps.values()]
    searches = product(args.scenarios, args.seeds or (), args.methods, args.forms)
    if not args.seeds:
        table = pd.read_csv(RESULTS / 'models.csv').sort_values(['seed', 'scenario', 'form'])
        table = table[table.form.isin(args.forms) & table.scenario.isin(args.scenarios)]
        table = table[table.model.isin(args.methods)]
        searches = table[['scenario', 'seed', 'model', 'form']].itertuples(index=False)
    for scenario, seed, method, form in searches:
        if method not in recipes[scenario]:  # its rates are not tuned yet
            continue
        chain, recipe = Chain(*place, scenario, seed), recipes[scenario][method]
        steps |= {s.done_file(): s for s in chain.list_form(method, form, recipe)}
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
        again = f' --resume={step.folder}' if step.script == 'train' else ' --overwrite'
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
    return not subprocess.run(line.replace('python3', sys.executable, 1), shell=True).returncode


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
    for row in table[table.method.ne('finetune2')].to_dict('records'):
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


def collect(out):
    """Write OUT/models.csv, a row a model, and OUT/machines.csv; returns the rows."""
    table = load_models(out)
    table = table[table.seed.lt(TUNING)].sort_values(MODEL).drop_duplicates(MODEL)
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


def choose_recipes(out):
    """Write recipes.json and OUT/tuning.csv: of each method the recipe of the least Avg. Gap, and
    that of the least after MCU-best."""
    tried = load_models(out)
    tried['of'] = tried.row.map({'': 'method', 'path': 'MCU'})
    tried = tried[tried.model.isin(METHODS)].dropna(subset=['gap', 'of'])
    tried = tried.assign(method=tried.model, flags=tried.form)
    write_csv(Path(out) / 'tuning.csv', tried[[*TRIAL, 'seed', 'gap']])
    recipes = read_json(RECIPES)
    for (scenario, method, of), group in tried.groupby(['scenario', 'method', 'of']):
        chosen = recipes.setdefault(scenario, {}).setdefault(method, {})
        chosen[of] = group.set_index('flags').gap.idxmin()
    write_json(RECIPES, recipes)


@with_exit_codes
def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('size', choices=SIZES)
    parser.add_argument('--data_path', required=True, help='the folder that holds cifar10/')
    parser.add_argument('--out', help='where the runs go (default: results/SIZE)')
    parser.add_argument('--seeds', nargs='+', type=int, help='these, and not those of the tables')
    for name, names in (('scenarios', SCENARIOS), ('methods', METHODS), ('forms', FORMS)):
        parser.add_argument(f'--{name}', nargs='+', choices=names, default=[*names])
    parser.add_argument('--tune', action='store_true', help='choose recipes.json on seed 100')
    parser.add_argument('--list', action='store_true', help='print the commands, and do nothing')
    args = parser.parse_args(argv)
    args.out = args.out or f'results/{args.size}{"-tuning" * args.tune}'
    steps = list_steps(args)
    if args.list:
        print(*(step.line() for step in steps), sep='\n')
        return 0
    failed = carry_out(steps, describe_machine())
    if args.tune:
        choose_recipes(args.out)
    elif collect(args.out).form.isin(FORMS).any():
        results.main([f'{args.out}/models.csv'])
    for step in failed:
        print(f'failed: {step.line()}', file=sys.stderr)
    return len(failed)


if __name__ == '__main__':
    sys.exit(min(1, main()))
