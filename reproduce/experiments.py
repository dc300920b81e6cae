"""The paper's claim, tested by the project's own commands: one list of them, in two sizes.

    python3 reproduce/experiments.py small --data_path=data --minutes=150    # make reproduce
    python3 reproduce/experiments.py full --data_path=data                   # make reproduce-full
    python3 reproduce/experiments.py small --data_path=data --tune           # makes recipes.json

For every seed: an original; to forget a random tenth, and to forget a class, a retrained model, the
existing methods, and the search on top of each, without the mask and with the paper's. Every
finished command is skipped and an interrupted one goes on, so that the same line typed again
completes what is missing; after --minutes no command is begun. small: CIFAR-10, 6,000 of its
images, PreResNet20, some seven hours on two cores; full: the paper's size, for a GPU.
"""

import argparse
import importlib
import json
import shlex
import sys
import time
from pathlib import Path
from typing import NamedTuple

from tqdm import tqdm

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from reproduce import results  # noqa: E402


class Size(NamedTuple):
    """network: the flags of data and network; epochs: of an original or retrained model."""

    network: str
    epochs: int
    seeds: tuple


CIFAR = '--dataset=CIFAR10 --transform=ResNet'
SIZES = {
    'small': Size(f'{CIFAR} --model=PreResNet20 --train_fraction=0.12', 50, (1, 2, 3)),
    'full': Size(f'{CIFAR} --model=PreResNet110', 200, (1, 2, 3)),
}
RECIPES = ROOT / 'reproduce' / 'recipes.json'  # {scenario: {method: its epochs, rate and β}}
TUNED_ON = 100  # a seed that is not reported
SCENARIOS = {  # one split for all seeds: each retrained model is the floor under the others
    'random': '--unlearn_type=random --forget_ratio=0.1 --split_seed=42',
    'class': '--unlearn_type=class --split_seed=42',
}
FROM_SCRATCH = '--lr=0.1 --wd=5e-4 --eval_freq=50 --save_freq=50'
SEARCH = '--unlearn_method=dynamic --epochs=10 --lr=0.01 --retain_ratio=0.5 --fix_start --fix_end'
MASKS = {'plain': '', 'mask': '--mask_path={base}/masks/*/mask_k0.5_kr0.1.pt'}  # the paper's
ABLATED = ('finetune', 'randomlabel')  # in random forgetting
ABLATIONS = {  # what is changed in the search without a mask; {masks}: where the masks are
    **{
        f'beta{beta}': f'--unlearn_method=curve --beta={beta}'
        for beta in (0.05, 0.1, 0.2, 0.3, 0.5)
    },
    **{f'share{share}': f'--retain_ratio={share}' for share in (0.1, 0.25, 1.0)},
    'PolyChain': '--curve=PolyChain',
    **{f'bends{bends}': f'--num_bends={bends}' for bends in (4, 5)},
    **{f'epochs{epochs}': f'--epochs={epochs}' for epochs in (5, 20)},
    **{f't{t}': f'--start_t={t}' for t in (0.5, 0.75)},
    **{
        f'k{k}-kr{kr}': f'--mask_path={{masks}}/*/mask_k{k}_kr{kr}.pt'
        for k, kr in ((0.25, 0.1), (0.75, 0.1), (0.5, 0.0), (0.5, 0.3))
    },
}
GRIDS = {  # of each method: epochs and β, and the three rates that are tried on the tuning seed
    'finetune': ('--epochs=8', (0.02, 0.04, 0.08)),
    'randomlabel': ('--epochs=5', (0.01, 0.02, 0.04)),
    'salun': ('--epochs=5', (0.01, 0.02, 0.04)),
    'ga': ('--epochs=5', (0.001, 0.002, 0.004)),
    'ga_plus': ('--epochs=5 --beta=0.2', (0.005, 0.01, 0.02)),
    'scrub': ('--epochs=5', (0.002, 0.005, 0.01)),
    'negtv': ('--epochs=5', (0.005, 0.01, 0.02)),  # of its forget-expert
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

    def done(self):
        """The file that says that the command has ended, with what it was and took."""
        return self.folder / f'{self.name}.done'


def step(name, folder, script, *flags):
    """A `Step` from flags in one or several texts."""
    return Step(name, Path(folder), script, shlex.split(' '.join(flags)))


def begin(size, base, data_path, seed):
    """The original of a seed, and for each scenario its retrained model and masks."""
    told = f'{size.network} --data_path={data_path} --epochs={size.epochs} --seed={seed}'
    told += f' {FROM_SCRATCH}'
    yield step('original', f'{base}/original', 'train', told)
    for kind, split in SCENARIOS.items():
        to, of = f'{base}/{kind}', f'--original_pth={base}/original --data_path={data_path}'
        how = f'--unlearn_method=retrain {told} {split}'
        yield step('retrain', f'{to}/retrain', 'train', how)
        yield step('salun', f'{to}/masks', 'generate_mask', of, split)
        yield step('mask', f'{to}/masks', 'generate_weight_mask', of, split, '--kr=0.1')


def method_steps(method, name, base, kind, data_path, seed, more):
    """The commands of one existing method into base/kind/name; more: its epochs, rate and β."""
    to, split = f'{base}/{kind}', SCENARIOS[kind]
    told = f'--data_path={data_path} --seed={seed} {split} --eval_freq=50'
    if method == 'negtv':
        of = f'--original_pth={base}/original'
        expert = f'{to}/{name}-expert'
        yield step('expert', expert, 'train', '--unlearn_method=finetune2', of, told, more)
        ends = f'--init_start={base}/original --init_end={expert} --data_path={data_path} {split}'
        yield step(name, f'{to}/{name}', 'main_tv', ends, f'--seed={seed}')
        return
    mask = f'--mask_path={to}/masks/*/mask_salun0.5.pt' if method == 'salun' else ''
    of = f'--unlearn_method={method} --original_pth={base}/original {mask}'
    yield step(name, f'{to}/{name}', 'train', of, told, more)


def search_steps(method, base, kind, data_path, seed):
    """The search on top of a method, and its evaluation by both rules for t*."""
    to, split = f'{base}/{kind}', SCENARIOS[kind]
    ends = f'--init_start={base}/original --init_end={to}/{method} --data_path={data_path} {split}'
    for name, mask in MASKS.items():
        curve = f'{to}/mcu-{method}-{name}'
        flags = f'{ends} {SEARCH} --seed={seed} --eval_freq=10 {mask.format(base=to)}'
        yield step('search', curve, 'train', flags)
        told = f'--ckpt={curve} --data_path={data_path} {split} --seed={seed}'
        yield step('path', f'{curve}-path', 'eval_curve', told, '--num_points=11')
        yield step('self', f'{curve}-self', 'eval_curve', told, '--num_points=2 --align=self')


def ablation_steps(base, data_path, seed):
    """The searches in which one thing is changed, and their evaluation."""
    to, split = f'{base}/random', SCENARIOS['random']
    masks, told = f'{to}/ablations/masks', f'--data_path={data_path} {split}'
    for share, kr in ((0.25, '0.1'), (0.75, '0.1'), (0.5, '0.0,0.3')):
        flags = f'--original_pth={base}/original --mask_ratio={share} --kr={kr} {told}'
        yield step(f'mask{share}', masks, 'generate_weight_mask', flags)
    for method in ABLATED:
        ends = f'--init_start={base}/original --init_end={to}/{method}'
        for name, change in ABLATIONS.items():
            curve = f'{to}/ablations/{method}-{name}'
            more = change.format(masks=masks)
            flags = f'{ends} {told} {SEARCH} {more} --seed={seed} --eval_freq=20'
            yield step('search', curve, 'train', flags)
            flags = f'--ckpt={curve} {told} --seed={seed} --num_points=2'
            yield step('path', f'{curve}-path', 'eval_curve', flags)


def recipes():
    """{scenario: {method: flags}} as the tuning chose them."""
    return json.loads(RECIPES.read_text())


def reported(size, out, data_path):
    """All commands of the reported seeds, a seed after the other; the ablations last."""
    for seed in size.seeds:
        base = f'{out}/seed{seed}'
        yield from begin(size, base, data_path, seed)
        for kind, chosen in recipes().items():
            for method, more in chosen.items():
                yield from method_steps(method, method, base, kind, data_path, seed, more)
                yield from search_steps(method, base, kind, data_path, seed)
    for seed in size.seeds if 'random' in SCENARIOS else ():
        yield from ablation_steps(f'{out}/seed{seed}', data_path, seed)


def tuning(size, out, data_path):
    """The grid of every method on the tuning seed."""
    base = f'{out}/seed{TUNED_ON}'
    yield from begin(size, base, data_path, TUNED_ON)
    for kind in SCENARIOS:
        for method, (told, rates) in GRIDS.items():
            for rate in rates:
                more, name = f'{told} --lr={rate}', f'{method}-{rate}'
                yield from method_steps(method, name, base, kind, data_path, TUNED_ON, more)


def carry_out(steps, minutes):
    """Carry out what is not done; returns the steps that failed. No step begins after minutes."""
    began, failed = time.monotonic(), []
    progress = tqdm(steps, 'commands', disable=None)
    for one in progress:
        if one.done().exists():
            continue
        if time.monotonic() - began > 60 * minutes:
            tqdm.write(f'{minutes} minutes are over: type the same again to go on.')
            break
        progress.set_postfix_str(f'{one.folder.parent.name}/{one.folder.name}')
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
        told = {'command': f'python3 {one.script}.py {shlex.join(words)}'}
        told['minutes'] = (time.monotonic() - since) / 60
        one.done().write_text(json.dumps(told))
    return failed


def chosen(out):
    """{scenario: {method: flags}}: of each method the setting of the least Avg. Gap to retraining
    on the tuning seed; also all that was tried, as rows (scenario, method, flags, gap)."""
    from evaluation.records import compare, read_records, rows_of

    best, tried = {kind: {} for kind in SCENARIOS}, []
    for kind in SCENARIOS:
        folder = Path(out) / f'seed{TUNED_ON}' / kind
        (truth,) = read_records(folder / 'retrain')
        for method, (told, rates) in GRIDS.items():
            gaps = {}
            for rate in rates:
                rows = compare(rows_of([truth, *read_records(folder / f'{method}-{rate}')]))
                found = [row.values['gap'] for row in rows if row.name == method]
                gaps |= {f'{told} --lr={rate}': gap for gap in found}
            tried += [(kind, method, *pair) for pair in gaps.items()]
            if gaps:
                best[kind][method] = min(gaps, key=gaps.get)
    return best, tried


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('size', choices=SIZES)
    parser.add_argument('--data_path', required=True, help='the folder that holds cifar10/')
    parser.add_argument('--out', help='where the runs go (default: results/SIZE)')
    parser.add_argument('--docs', default=ROOT / 'docs', help='where the page of results goes')
    parser.add_argument('--minutes', type=float, default=1e9, help='begin no command after them')
    parser.add_argument('--tune', action='store_true', help='choose recipes.json instead')
    args = parser.parse_args(argv)
    out = args.out or f'results/{args.size}'
    listed = tuning if args.tune else reported
    failed = carry_out([*listed(SIZES[args.size], out, args.data_path)], args.minutes)
    if args.tune:
        best, tried = chosen(out)
        for kind, method, flags, gap in tried:
            print(f'{kind:7} {method:12} {flags:32} Avg. Gap {gap:6.2f}')
        RECIPES.write_text(json.dumps(best, indent=1) + '\n')
    elif any(Path(out).rglob('*.npz')):
        results.main([args.size, f'--out={out}', f'--docs={args.docs}'])
    for one in failed:
        print(f'failed: {one.folder}, {one.name}', file=sys.stderr)
    return len(failed)


if __name__ == '__main__':
    sys.exit(min(1, main()))
