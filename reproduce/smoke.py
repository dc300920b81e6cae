"""Run every network on every data set in every scenario, one tiny epoch each: make smoke.

    python3 reproduce/smoke.py                            # all cells
    python3 reproduce/smoke.py PreResNet110 CIFAR10 class  # only cells of these words
    python3 reproduce/smoke.py --table                    # README's table of the commands

A cell trains an original, fine-tunes it, makes the mask, searches the curve, evaluates and exports
a point. The images are 20 pieces of coloured noise in each data set's layout: that everything runs
is shown, and nothing else.
"""

import contextlib
import importlib
import io
import itertools
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault('TQDM_DISABLE', '1')

from reproduce import layouts  # noqa: E402

DATASETS = {  # name: --data_path and what is laid out there
    'Digits': (None, None),
    'CIFAR10': ('data', ('cifar10', 32, ('train', 'test'))),
    'CIFAR100': ('data', ('cifar100', 32, ('train', 'test'))),
    'TinyImageNet': ('tiny-imagenet-200', 'archive'),
    'ImageNet': ('imagenet', ('', (90, 70), ('train', 'val'))),
    'ImageFolder': ('photos', ('', (60, 40), ('train', 'test'))),
}
NETWORKS = {  # name: transform
    'PreResNet110': 'ResNet',
    'VGG16BN': 'VGG',
    'ViT': 'ViT',
    'resnet18': 'ResNet',
    'mobilenet_v3_small': 'ResNet',
    'reproduce/network.py:small_vit': 'ResNet',
}
SCENARIOS = {
    'random': '--unlearn_type=random --forget_ratio=0.1',
    'class': '--unlearn_type=class',
    'index': '--unlearn_type=index --forget_index=request.txt',
}
PAIRS = list(itertools.product(DATASETS, NETWORKS))
TINY, FEW = '--epochs=1 --batch_size=10 --image_size=32', ' --train_fraction=0.02'
POINTS = ' --num_points=2 --no_search'


def flags_of(dataset, network):
    """What says the data set and the network on the command line."""
    path = DATASETS[dataset][0]
    words = [f'--dataset={dataset}', f'--data_path={path}' if path else None]
    return ' '.join(
        filter(None, [*words, f'--transform={NETWORKS[network]}', f'--model={network}'])
    )


def table():
    """README's table: what to type for each network on each data set, and each cell's run."""
    lines = [f'| data set | network | original | {" | ".join(SCENARIOS)} |', '|---' * 6 + '|']
    for dataset, network in PAIRS:
        name = Path(network).name
        cells = [f'`python3 reproduce/smoke.py {name} {dataset} {word}`' for word in SCENARIOS]
        original = f'`python3 train.py {flags_of(dataset, network)}`'
        lines.append(f'| {dataset} | {name} | {original} | {" | ".join(cells)} |')
    return '\n'.join(lines)


def lay_out():
    """The data sets' folders, here."""
    for path, layout in DATASETS.values():
        if layout == 'archive':
            layouts.tiny_imagenet(Path(path), train=2, test=1)
        elif layout:
            folder, size, halves = layout
            layouts.image_folders(Path(path) / folder, 10, 2, 1, size, halves=halves)
    Path('reproduce').symlink_to(ROOT / 'reproduce')


def commands(dataset, network, scenario):
    """(script, flags) of a cell, one after another; the original is in ./original."""
    again = '--batch_size=10' + ''.join(
        f' {flag}'
        for flag in flags_of(dataset, network).split()
        if flag.startswith('--data_path') or '.py:' in flag  # the rest is in the original's file
    )
    split, ends = SCENARIOS[scenario], f'--init_start=original --init_end={scenario}/finetune'
    finetune = '--unlearn_method=finetune --original_pth=original --epochs=1'
    yield 'train', f'--dir={scenario}/finetune {finetune} {split} {again}'
    mask = f'--original_pth=original --kr=0.0 {split}'
    yield 'generate_weight_mask', f'--dir={scenario} {mask} {again}'
    mask = next(Path(scenario).glob('mask-*/*.pt'))
    search = f'--unlearn_method=dynamic {ends} --fix_start --fix_end --mask_path={mask} --epochs=1'
    yield 'train', f'--dir={scenario}/mcu {search} {again}'
    yield 'eval_curve', f'--dir={scenario} --ckpt={scenario}/mcu --export_t=0.9 {again}{POINTS}'


def call(script, flags):
    """main(argv) of a script in this process, without what it prints."""
    print(f'$ python3 {script}.py {flags}', flush=True)
    with contextlib.redirect_stdout(io.StringIO()):
        importlib.import_module(script).main(flags.split())


def run_pair(dataset, network, scenarios):
    """{scenario: seconds as a word, or FAILED} of one network on one data set, run here."""
    result, small = dict.fromkeys(scenarios, 'FAILED'), dataset == 'Digits'
    Path('request.txt').write_text('10 271\n' if small else '0 3\n')  # FEW keeps these digits
    try:
        call('train', f'--dir=original {flags_of(dataset, network)} {TINY}{FEW * small}')
        for scenario in scenarios:
            began = time.perf_counter()
            for script, flags in commands(dataset, network, scenario):
                call(script, flags)
            result[scenario] = f'{time.perf_counter() - began:.0f} s'
    except (Exception, SystemExit):
        traceback.print_exc()
    return result


def main(words):
    """Run the cells that have all of the words in their names; 1 where one failed."""
    cells = [(*pair, scenario) for pair in PAIRS for scenario in SCENARIOS]
    wanted = [cell for cell in cells if all(w in {*cell, Path(cell[1]).name} for w in words)]
    results, home = {}, Path.cwd()
    for pair, group in itertools.groupby(wanted, key=lambda cell: cell[:2]):
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            lay_out()
            print(f'\n# {pair[1]} on {pair[0]}')
            results[pair] = run_pair(*pair, [cell[2] for cell in group])
            os.chdir(home)
    print('\n| data set | network | ' + ' | '.join(SCENARIOS) + ' |\n|' + '---|' * 5)
    for (dataset, network), result in results.items():
        told = ' | '.join(result.get(scenario, '–') for scenario in SCENARIOS)
        print(f'| {dataset} | {Path(network).name} | {told} |')
    failed = [result for result in results.values() if 'FAILED' in result.values()]
    print(f'\n{len(wanted)} cells, {len(failed)} of {len(results)} pairs failed')
    return 1 if failed or not wanted else 0


if __name__ == '__main__':
    if sys.argv[1:] == ['--table']:
        print(table())
    else:
        sys.exit(main(sys.argv[1:]))
