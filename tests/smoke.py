"""Run every network on every data set in every scenario, one tiny epoch each: make smoke.

    PYTHONPATH=. python3 tests/smoke.py                             # all cells
    PYTHONPATH=. python3 tests/smoke.py PreResNet110 CIFAR10 class  # only cells of these words

A cell trains an original, fine-tunes it, makes the mask, searches the curve, evaluates and exports
a point. The images are coloured noise in each data set's layout: it shows that everything runs.
"""

import importlib
import itertools
import os
import sys
import tempfile
from pathlib import Path

from layouts import image_folders, tiny_imagenet

ROOT = Path(__file__).parent.parent
DATASETS = ('Digits', 'CIFAR10', 'CIFAR100', 'TinyImageNet', 'ImageNet', 'ImageFolder')
NETWORKS = {  # name: transform
    'PreResNet110': 'ResNet',
    'VGG16BN': 'VGG',
    'ViT': 'ViT',
    'resnet18': 'ResNet',
    'mobilenet_v3_small': 'ResNet',
    f'{ROOT}/reproduce/network.py:small_vit': 'ResNet',
}
SCENARIOS = {
    'random': '--unlearn_type=random --forget_ratio=0.1',
    'class': '--unlearn_type=class',
    'index': '--unlearn_type=index --forget_index=request.txt',
}


def lay_out(dataset):
    """The images of a data set under ./data, and a request for two of those that are trained on."""
    if dataset == 'TinyImageNet':
        tiny_imagenet(Path('data'), train=2, test=1)
    elif dataset != 'Digits':
        folder = {'CIFAR10': 'data/cifar10', 'CIFAR100': 'data/cifar100'}.get(dataset, 'data')
        halves = ('train', 'val' if dataset == 'ImageNet' else 'test')
        image_folders(Path(folder), 10, 2, 1, 32 if 'CIFAR' in dataset else (60, 40), halves=halves)
    Path('request.txt').write_text('10 271\n' if dataset == 'Digits' else '0 3\n')


def list_commands(dataset, network, scenario):
    """(script, flags) of a cell, one after another."""
    path = '--data_path=data' if dataset != 'Digits' else '--train_fraction=0.02'
    data = f'--dataset={dataset} --transform={NETWORKS[network]} --image_size=32 {path}'
    split, again = SCENARIOS[scenario], f'--batch_size=10 --model={network}'
    yield 'train', f'--dir=original {data} {again} --epochs=1'
    again += f' {path}' * path.startswith('--data')
    tuned = f'--unlearn_method=finetune --original_pth=original --epochs=1 {split} {again}'
    yield 'train', f'--dir=tuned {tuned}'
    yield 'generate_weight_mask', f'--dir=. --original_pth=original --kr=0.0 {split} {again}'
    mask = next(Path().glob('mask-*/*.pt'))
    search = '--unlearn_method=dynamic --init_start=original --init_end=tuned --fix_start --fix_end'
    yield 'train', f'--dir=mcu {search} --mask_path={mask} --epochs=1 {again}'
    yield 'eval_curve', f'--dir=. --ckpt=mcu --export_t=0.9 --num_points=2 {again}'


def run_cell(dataset, network, scenario):
    """Whether all commands of a cell succeed, in a folder of their own."""
    home = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            lay_out(dataset)
            for script, flags in list_commands(dataset, network, scenario):
                print(f'$ python3 {script}.py {flags}', flush=True)
                importlib.import_module(script).main(flags.split())
        except SystemExit as end:
            return not end.code
        finally:
            os.chdir(home)
    return True


def main(words):
    """Run the cells that have all of the words in their names; 1 where one failed."""
    cells = itertools.product(DATASETS, NETWORKS, SCENARIOS)
    cells = [cell for cell in cells if set(words) <= {*cell, Path(cell[1]).name}]
    failed = [' '.join(cell) for cell in cells if not run_cell(*cell)]
    print(f'\n{len(cells)} cells, {len(failed)} failed', *failed, sep='\n')
    return int(bool(failed) or not cells)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
