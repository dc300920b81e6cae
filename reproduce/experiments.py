"""The paper's claim, tested by the project's own commands: one list of them, in two sizes.

    python3 reproduce/experiments.py small --data_path=data --minutes=150    # make reproduce
    python3 reproduce/experiments.py full --data_path=data                   # make reproduce-full
    python3 reproduce/experiments.py small --data_path=data --tune           # makes recipes.json
    python3 reproduce/experiments.py small --data_path=data --tune --methods=scrub --seeds=101,102
    python3 reproduce/experiments.py full --data_path=data --list            # only prints it

For every seed: an original; to forget a random tenth, and to forget a class, a retrained model, the
existing methods, and the search on top of each, without the mask and with the paper's. Every
finished command is skipped and an interrupted one goes on, so that the same line typed again
completes what is missing, and ends within --minutes. small: CIFAR-10, 6,000 training and
3,000 test images, PreResNet20, some hours on two cores; full: the paper's size, for a GPU.
"""

import argparse
import importlib
import json
import shlex
import sys
import time
from itertools import chain, product
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from tqdm import tqdm

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from errors import InputError, script  # noqa: E402
from reproduce import collect, results  # noqa: E402


class Size(NamedTuple):
    """network: the flags of data and network; training, evaluation: more flags of each of them;
    epochs: of an original or retrained model."""

    network: str
    training: str
    evaluation: str
    epochs: int
    seeds: tuple


CIFAR = '--dataset=CIFAR10 --transform=ResNet'
SIZES = {
    'small': Size(
        f'{CIFAR} --model=PreResNet20 --train_fraction=0.12 --test_fraction=0.3',
        '--precision=bf16',
        '--bn_samples=2000 --precision=bf16',
        epochs=50,
        seeds=(1, 2, 3),
    ),
    'full': Size(
        f'{CIFAR} --model=PreResNet110', '', '--precision=bf16', epochs=200, seeds=(1, 2, 3)
    ),
}
RECIPES = ROOT / 'reproduce' / 'recipes.json'  # {size: {scenario: {method: epochs, rate and β}}}
TUNING = 100  # seeds from here on are for tuning, and are never reported
SCENARIOS = {  # one split for all seeds: each retrained model is the floor under the others
    'random': '--unlearn_type=random --forget_ratio=0.1 --split_seed=42',
    'class': '--unlearn_type=class --split_seed=42',
}
FROM_SCRATCH = '--lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50'
SEARCH = '--unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end'
EVALUATION = (  # from t = 14/19: of the points that the search for t* begins with, and one more
    '--start_t=0.7368421052631579 --num_points=6'
)
PAPERS_MASK = '--mask_path={}/masks/*/mask_k0.5_kr0.1.pt'
PARTS = ('plain', 'masks', 'ablations')
ABLATIONS = {  # {scenario: (on top of which methods, {name: what is changed in the search})}
    'random': (
        ('finetune', 'randomlabel'),
        {
            **{
                f'beta{beta}': f'--unlearn_method=curve --beta={beta}'
                for beta in (0.05, 0.1, 0.2, 0.3, 0.5)
            },
            **{f'share{share}': f'--retain_ratio={share}' for share in (0.1, 0.25, 1.0)},
            'PolyChain': '--curve=PolyChain',
            'PolyChain-share1.0': '--curve=PolyChain --retain_ratio=1.0',
            **{f'bends{bends}': f'--num_bends={bends}' for bends in (4, 5)},
            **{f'epochs{epochs}': f'--epochs={epochs}' for epochs in (5, 20)},
            **{f't{t}': f'--start_t={t}' for t in (0.5, 0.75)},
            **{  # {masks}: where the masks are
                f'k{k}-kr{kr}': f'--mask_path={{masks}}/*/mask_k{k}_kr{kr}.pt'
                for k, kr in ((0.25, 0.1), (0.75, 0.1), (0.5, 0.0), (0.5, 0.3))
            },
        },
    ),
    'class': (  # where the search makes the method worse
        ('ga_plus',),
        {
            **{f'lr{lr}': f'--lr={lr}' for lr in (0.003, 0.03)},
            **{f'beta{beta}': f'--unlearn_method=curve --beta={beta}' for beta in (0.01, 0.1)},
            'share1.0': '--retain_ratio=1.0',
            'epochs20': '--epochs=20',
            't0.5': '--start_t=0.5',
            't0.5-share1.0': '--start_t=0.5 --retain_ratio=1.0',
        },
    ),
}
OTHER_ENDS = {  # {scenario: {method: {name: a setting that is not its best, to search from}}}
    'random': {'finetune': {f'from{lr}': f'--epochs=8 --lr={lr}' for lr in (0.04, 0.08)}},
    'class': {},
}
GRIDS = {  # of each method: epochs and β, and for each scenario the rates tried on tuning seeds
    'finetune': ('--epochs=8', {'random': (0.04, 0.08, 0.16, 0.32), 'class': (0.04, 0.08, 0.16)}),
    'randomlabel': (
        '--epochs=5',
        {'random': (0.01, 0.02, 0.04, 0.08), 'class': (0.01, 0.02, 0.04)},
    ),
    'salun': ('--epochs=5', {'random': (0.01, 0.02, 0.04, 0.08), 'class': (0.02, 0.04, 0.08)}),
    'ga': (
        '--epochs=5',
        {'random': (0.002, 0.004, 0.008, 0.016), 'class': (0.00025, 0.0005, 0.001, 0.002, 0.004)},
    ),
    'ga_plus': (
        '--epochs=5 --beta=0.2',
        {'random': (0.005, 0.01, 0.02), 'class': (0.0005, 0.001, 0.002)},
    ),
    'scrub': (
        '--epochs=5',
        {'random': (0.005, 0.01, 0.014, 0.02, 0.04), 'class': (0.0025, 0.005, 0.01, 0.02)},
    ),
    'negtv': (
        '--epochs=5',
        {'random': (0.02, 0.04, 0.08), 'class': (0.0025, 0.005, 0.01, 0.02, 0.04)},
    ),
}


class Step(NamedTuple):
    """One command: what it makes, in which folder, by which script, with which flags."""

    name: str
    folder: Path
    script: str
    flags: list

    def words(self):
        """The flags, with * filled in as a shell would."""
        words = [f'--dir={self.folder}']
        for word in self.flags:
            flag, _, value = word.partition('=')
            if '*' in value:
                folder, _, pattern = value.partition('/*/')
                word = f'{flag}={next(Path(folder).glob(f"*/{pattern}"))}'
            words.append(word)
        return words + ([f'--resume={self.folder}'] if self.script == 'train' else ['--overwrite'])

    def line(self):
        """The command as it is typed, with * left to the shell."""
        words = [word.replace('=', ' ', 1) if '*' in word else word for word in self.flags]
        return f'python3 {self.script}.py --dir={self.folder} {" ".join(words)}'

    def done(self):
        """The file that says that the command has ended, with what it was and took."""
        return self.folder / f'{self.name}.done'


def step(name, folder, script, *flags):
    """A `Step` from flags in one or several texts."""
    return Step(name, Path(folder), script, shlex.split(' '.join(flags)))


class Runs(NamedTuple):
    """The commands of one seed in one scenario."""

    size: Size
    seed: int
    kind: str  # of SCENARIOS
    out: str
    data_path: str

    @property
    def base(self):
        return f'{self.out}/seed{self.seed}'

    @property
    def to(self):
        return f'{self.base}/{self.kind}'

    @property
    def told(self):
        """Flags of every command but the original's."""
        return f'--data_path={self.data_path} {SCENARIOS[self.kind]} --seed={self.seed}'

    def truth(self):
        """The original, and the retrained model."""
        start = f'--seed={self.seed} {FROM_SCRATCH} --epochs={self.size.epochs}'
        start += f' {self.size.network} {self.size.training} --data_path={self.data_path}'
        yield step('original', f'{self.base}/original', 'train', start)
        how = f'--unlearn_method=retrain {start} {SCENARIOS[self.kind]}'
        yield step('retrain', f'{self.to}/retrain', 'train', how)

    def method(self, method, folder, more):
        """One existing method into a folder; more: its epochs, rate and β."""
        name = Path(folder).name
        of = f'--original_pth={self.base}/original'
        told = f'{self.told} {self.size.training} --eval_freq=50 {more}'
        if method == 'negtv':
            expert = f'{self.to}/{folder}-expert'
            yield step('expert', expert, 'train', '--unlearn_method=finetune2', of, told)
            ends = f'--init_start={self.base}/original --init_end={expert}'
            yield step(name, f'{self.to}/{folder}', 'main_tv', ends, self.told)
            return
        if method == 'salun':
            yield step('salun', f'{self.to}/masks', 'generate_mask', of, self.told)
            of += f' --mask_path={self.to}/masks/*/mask_salun0.5.pt'
        yield step(name, f'{self.to}/{folder}', 'train', f'--unlearn_method={method}', of, told)

    def search(self, method, name, more='', rows='--no_line'):
        """The search on top of a method into the folder `name`, and its evaluation."""
        ends = f'--init_start={self.base}/original --init_end={self.to}/{method}'
        told = f'{self.told} {self.size.training} --eval_freq=20'
        yield step('search', f'{self.to}/{name}', 'train', ends, told, SEARCH, more)
        of, told = f'--ckpt={self.to}/{name}', f'{self.told} {EVALUATION} {self.size.evaluation}'
        yield step('path', f'{self.to}/{name}-path', 'eval_curve', of, told, rows)

    def mask(self, name, folder, more):
        """Masks of the search into a folder."""
        of = f'--original_pth={self.base}/original'
        yield step(name, f'{self.to}/{folder}', 'generate_weight_mask', of, self.told, more)

    def of(self, part, method, changes):
        """The searches of one part on top of a method, with their masks; changes: of the
        ablations, the names of those wanted."""
        if part == 'plain':
            yield from self.search(method, f'mcu-{method}', rows='--align=both')
        elif part == 'masks':
            yield from self.mask('mask', 'masks', '--kr=0.1')
            yield from self.search(method, f'mcu-{method}-mask', PAPERS_MASK.format(self.to))
        elif method in ABLATIONS[self.kind][0]:
            known = ABLATIONS[self.kind][1]
            wanted = {name: change for name, change in known.items() if name in changes}
            if any('{masks}' in change for change in wanted.values()):
                for share, kr in ((0.25, '0.1'), (0.75, '0.1'), (0.5, '0.0,0.3')):
                    told = f'--mask_ratio={share} --kr={kr}'
                    yield from self.mask(f'mask{share}', 'ablations/masks', told)
            for name, change in wanted.items():
                more = change.format(masks=f'{self.to}/ablations/masks')
                yield from self.search(method, f'ablations/{method}-{name}', more)
            for name, more in OTHER_ENDS[self.kind].get(method, {}).items():
                folder = f'ablations/{method}-{name}'
                if name in changes:
                    yield from self.method(method, f'{folder}-end', more)
                    yield from self.search(f'{folder}-end', folder)


def changes_known():
    """The names of all ablations."""
    known = [changes for _, changes in ABLATIONS.values()]
    known += chain.from_iterable(ends.values() for ends in OTHER_ENDS.values())
    return dict.fromkeys(chain.from_iterable(known))


def recipes(size):
    """{scenario: {method: flags}} as the tuning chose them; those of small where it has none."""
    known = json.loads(RECIPES.read_text()) if RECIPES.exists() else {}
    name = next(name for name, known_size in SIZES.items() if known_size is size)
    return known.get(name, known['small'])


def reported(size, out, data_path, seeds, kinds, parts=PARTS, methods=tuple(GRIDS), changes=None):
    """All commands, or those of some parts with what they start from: both scenarios without a
    mask, then with it, then the ablations; in each part method by method, so that what is finished
    has all its seeds."""
    for part in parts:
        for kind in kinds:
            listed = [Runs(size, seed, kind, out, data_path) for seed in seeds or size.seeds]
            yield from (one for runs in listed for one in runs.truth())
            for method, more in recipes(size)[kind].items():
                if method not in methods:
                    continue
                each = [[*runs.of(part, method, changes or changes_known())] for runs in listed]
                if each[0]:
                    ends = [[*runs.method(method, method, more)] for runs in listed]
                    each = [[*end, *searches] for end, searches in zip(ends, each)]
                yield from (one for steps in zip(*each) for one in steps)


def tuning(size, out, data_path, seeds, kinds, methods=tuple(GRIDS)):
    """The grid of every method, or of some, on tuning seeds."""
    for runs in (Runs(size, seed, kind, out, data_path) for kind in kinds for seed in seeds):
        yield from runs.truth()
        for method in methods:
            told, rates = GRIDS[method]
            for rate in rates[runs.kind]:
                yield from runs.method(method, f'{method}-{rate}', f'{told} --lr={rate}')


def unique(steps):
    """Each step once: an original is in both scenarios."""
    return list({(one.folder, one.name): one for one in steps}.values())


def refuse_changed(steps):
    """Raise InputError where a step was carried out with other flags."""
    for one in steps:
        if one.done().exists() and json.loads(one.done().read_text())['line'] != one.line():
            problem = f'{one.folder}: {one.name} was made by another command than that of the list.'
            raise InputError(problem, 'move it and what was made of it, or give another --out.')


def carry_out(steps, minutes, made):
    """Carry out what is not done; returns the steps that failed. No step begins that may end after
    minutes, as the longest so far would. made: what is written beside each command, of where and of
    what it was carried out."""
    began, longest, failed = time.monotonic(), 0.0, []
    progress = tqdm(steps, 'commands', disable=None)
    for one in progress:
        if one.done().exists():
            continue
        if time.monotonic() - began + longest >= 60 * minutes:
            tqdm.write(f'{minutes:g} minutes are nearly over: type the same again to go on.')
            break
        progress.set_postfix_str(f'{one.folder.parent.name}/{one.folder.name}')
        resumed = one.script == 'train' and one.folder.exists()
        try:
            words, since = one.words(), time.monotonic()
            tqdm.write(f'\n$ python3 {one.script}.py {shlex.join(words)}')
            importlib.import_module(one.script).main(words)
        except StopIteration:  # a * that nothing matches: what makes it has failed
            failed.append(one)
            continue
        except SystemExit as end:
            if end.code in (130, 143):
                raise
            failed.append(one)
            continue
        told = {'command': f'python3 {one.script}.py {shlex.join(words)}', 'line': one.line()}
        took = time.monotonic() - since
        longest = max(longest, took)
        told |= {'minutes': took / 60, 'resumed': resumed, 'made': made}
        one.done().write_text(json.dumps(told))
    return failed


def chosen(out, seeds, kinds, methods):
    """{scenario: {method: flags}}: of each method the setting of the least mean Avg. Gap to
    retraining, of those that did not fail on any of the seeds; also all that was tried, as
    {scenario: {method: {flags: {seed: gap}}}}."""
    from evaluation.records import compare, read_records, rows_of

    best, tried = {kind: {} for kind in kinds}, {kind: {} for kind in kinds}
    for kind, method in product(kinds, methods):
        told, rates = GRIDS[method]
        gaps = {f'{told} --lr={rate}': {} for rate in rates[kind]}
        for seed, (flags, rate) in product(seeds, zip(gaps, rates[kind])):
            folder = Path(out) / f'seed{seed}' / kind
            (truth,) = read_records(folder / 'retrain')
            rows = compare(rows_of([truth, *read_records(folder / f'{method}-{rate}')]))
            gaps[flags] |= {str(seed): row.values['gap'] for row in rows if row.name == method}
        means = {f: mean(gap.values()) for f, gap in gaps.items() if len(gap) == len(seeds)}
        if means:
            best[kind][method] = min(means, key=means.get)
        tried[kind][method] = {flags: gap for flags, gap in gaps.items() if gap}
    return best, tried


def merged(old, new):
    """Nested dicts, with what new says of what both hold."""
    if not isinstance(new, dict):
        return new
    return old | {key: merged(old.get(key, {}), value) for key, value in new.items()}


@script
def main(argv=None):
    def some(*known):
        def words(text):
            if odd := set(text.split(',')) - set(known):
                told = f'{", ".join(odd)}: choose from {", ".join(known)}'
                raise argparse.ArgumentTypeError(told)
            return text.split(',')

        return {'type': words, 'default': known, 'help': f'only some of {",".join(known)}'}

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('size', choices=SIZES)
    parser.add_argument('--data_path', required=True, help='the folder that holds cifar10/')
    parser.add_argument('--out', help='where the runs go (default: results/SIZE)')
    parser.add_argument('--docs', default=ROOT / 'docs', type=Path, help='where the page goes')
    parser.add_argument('--minutes', type=float, default=1e9, help='end within them')
    seeds = {'type': lambda text: [int(seed) for seed in text.split(',')]}
    parser.add_argument('--seeds', **seeds, help='only these: 1,2')
    choices = {'scenarios': SCENARIOS, 'methods': GRIDS, 'parts': PARTS, 'changes': changes_known()}
    for name, known in choices.items():
        parser.add_argument(f'--{name}', **some(*known))
    parser.add_argument('--tune', action='store_true', help='choose recipes.json instead')
    parser.add_argument('--list', action='store_true', help='print the commands, and do nothing')
    args = parser.parse_args(argv)
    seeds = args.seeds or ([TUNING] if args.tune else SIZES[args.size].seeds)
    if args.tune and (args.parts, args.changes) != (PARTS, tuple(changes_known())):
        parser.error('--parts, --changes: --tune carries out the methods alone')
    if odd := [seed for seed in seeds if (seed >= TUNING) != args.tune]:
        parser.error(f'--seeds: {odd[0]}: seeds from {TUNING} on are for --tune, and only they')
    out = args.out or f'results/{args.size}{"-tuning" if args.tune else ""}'
    if {' ', '*'} & {*out, *args.data_path}:
        parser.error('--out and --data_path: a folder without blanks and stars, please')
    told = SIZES[args.size], out, args.data_path, seeds, args.scenarios
    if args.tune:
        listed = tuning(*told, args.methods)
    else:
        listed = reported(*told, args.parts, args.methods, args.changes)
    steps = unique(listed)
    if args.list:
        print('\n'.join(one.line() for one in steps))
        return 0
    refuse_changed(steps)
    failed = carry_out(steps, args.minutes, collect.made(args.data_path))
    if args.tune and all(one.done().exists() or one in failed for one in steps):
        best, tried = chosen(out, seeds, args.scenarios, args.methods)
        for kind, methods in tried.items():
            for method, gaps in methods.items():
                for flags, gap in gaps.items():
                    print(f'{kind:7} {method:12} {flags:32} Avg. Gap {results.gaps_told(gap)}')
        for file, more in ((RECIPES, best), (results.tuned(args.docs), tried)):
            known = json.loads(file.read_text()) if file.exists() else {}
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(merged(known, {args.size: more}), indent=1) + '\n')
    elif not args.tune and any(Path(out).rglob('*.npz')):
        results.main([args.size, f'--out={out}', f'--docs={args.docs}'])
    for one in failed:
        print(f'failed: {one.folder}, {one.name}', file=sys.stderr)
    return len(failed)


if __name__ == '__main__':
    sys.exit(min(1, main()))
