"""Run every network on every data set in every scenario, one tiny epoch each: make smoke.

    python3 -m reproduce.smoke                            # all cells
    python3 -m reproduce.smoke PreResNet110 CIFAR10 class  # only cells of these words

A cell trains an original, fine-tunes it, makes the mask, searches the curve, evaluates and exports
a point. The images are coloured noise in each data set's layout: it shows that everything runs.
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

from reproduce import layouts
from reproduce.plan import ROOT

os.environ.setdefault('TQDM_DISABLE', '1')

DATASETS = {  # name: --data_path
    'Digits': None,
    'CIFAR10': 'data',
    'CIFAR100': 'data',
    'TinyImageNet': 'tiny-imagenet-200',
    'ImageNet': 'imagenet',
    'ImageFolder': 'photos',
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
TINY = '--epochs=1 --batch_size=10 --image_size=32'


def list_flags(dataset, network):
    """What says the data set and the network on the command line."""
    path = f' --data_path={DATASETS[dataset]}' if DATASETS[dataset] else ''
    return f'--dataset={dataset}{path} --transform={NETWORKS[network]} --model={network}'


def lay_out(dataset):
    """The data sets' folders, here, and a request for images that the cell's original has seen."""
    for name, size in (('data/cifar10', 32), ('data/cifar100', 32), ('photos', (60, 40))):
        layouts.image_folders(Path(name), 10, 2, 1, size)
    layouts.image_folders(Path('imagenet'), 10, 2, 1, (90, 70), halves=('train', 'val'))
    layouts.tiny_imagenet(Path('tiny-imagenet-200'), train=2, test=1)
    Path('request.txt').write_text('10 271\n' if dataset == 'Digits' else '0 3\n')
    Path('reproduce').symlink_to(ROOT / 'reproduce')


def list_commands(dataset, network, scenario):
    """(script, flags) of a cell, one after another; the original is in ./original."""
    flags = list_flags(dataset, network).split()  # what the original's file does not say
    again = [flag for flag in flags if flag.startswith('--data_path') or '.py:' in flag]
    again = ' '.join(['--batch_size=10', *again])
    split, ends = SCENARIOS[scenario], f'--init_start=original --init_end={scenario}/finetune'
    finetune = '--unlearn_method=finetune --original_pth=original --epochs=1'
    yield 'train', f'--dir={scenario}/finetune {finetune} {split} {again}'
    mask = f'--original_pth=original --kr=0.0 {split}'
    yield 'generate_weight_mask', f'--dir={scenario} {mask} {again}'
    mask = next(Path(scenario).glob('mask-*/*.pt'))
    search = f'--unlearn_method=dynamic {ends} --fix_start --fix_end --mask_path={mask} --epochs=1'
    yield 'train', f'--dir={scenario}/mcu {search} {again}'
    points = '--export_t=0.9 --num_points=2 --no_search'
    yield 'eval_curve', f'--dir={scenario} --ckpt={scenario}/mcu {points} {again}'


def call(script, flags):
    """main(argv) of a script in this process, without what it prints."""
    print(f'$ python3 {script}.py {flags}', flush=True)
    with contextlib.redirect_stdout(io.StringIO()):
        importlib.import_module(script).main(flags.split())


def run_cells(cells):
    """The cells of one network on one data set that failed; run in a folder of their own."""
    failed, (dataset, network, _) = list(cells), cells[0]
    print(f'\n# {network} on {dataset}')
    home, few = Path.cwd(), ' --train_fraction=0.02' * (dataset == 'Digits')
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            lay_out(dataset)
            call('train', f'--dir=original {list_flags(dataset, network)} {TINY}{few}')
            for cell in cells:
                began = time.perf_counter()
                for script, flags in list_commands(*cell):
                    call(script, flags)
                failed.remove(cell)
                print(f'{" ".join(cell)}: {time.perf_counter() - began:.0f} s')
        except (Exception, SystemExit):
            traceback.print_exc()
        os.chdir(home)
    return failed


def main(words):
    """Run the cells that have all of the words in their names; 1 where one failed."""
    cells = itertools.product(DATASETS, NETWORKS, SCENARIOS)
    cells = [cell for cell in cells if set(words) <= {*cell, Path(cell[1]).name}]
    pairs = itertools.groupby(cells, key=lambda cell: cell[:2])
    failed = [cell for _, pair in pairs for cell in run_cells(list(pair))]
    print(f'\n{len(cells)} cells, {len(failed)} failed', *map(' '.join, failed), sep='\n')
    return int(bool(failed) or not cells)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
