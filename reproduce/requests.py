"""Deletion requests as strangers type them: nothing but the request, on networks of other code.

    python3 -m reproduce.requests --data_path=data    # an hour on two cores; goes on

trains originals and retrained models, carries out every case by forget.py with its defaults, and
writes docs/results/requests.csv and the table `requests` of docs/deletion.md. The retrained models
count in Avg. Gap alone. --data_path holds cifar10/ as image folders: of four classes 150 images to
train on and 100 to test on.
"""

import argparse
import json
import shutil
from pathlib import Path

import pandas as pd
import torch
from torchvision.datasets import ImageFolder
from torchvision.transforms import v2

import forget
import models
from evaluation import options, table
from evaluation.reference import measure_retrained
from lib.checkpoint import save
from lib.errors import EXIT_CODES
from lib.files import atomic_write
from lib.flags import NORMALIZATIONS
from reproduce.results import RESULTS, ROOT, format_table, write_tables
from train import main as train

CLASSES = ('airplane', 'automobile', 'bird', 'cat')
COUNTS = {'train': 150, 'test': 100}  # images of a class
EPOCHS = {'resnet18': 40, 'mobilenet_v3_small': 80, 'network.py:small_vit': 40}
DIGITS = '--dataset=Digits --transform=ResNet --model=PreResNet8 --epochs=15 --lr=0.1 --overwrite'
SEEDS = (1, 2, 3)
LIST, TENTHS = '--forget_index={out}/list{seed}.txt', '--split_seed={seed} --forget_ratio='
OWN = f'{ROOT}/reproduce/network.py:small_vit'
CASES = {  # {name: (network, None for the digits' PreResNet8; request)}; list: 40 images
    'digits-1': (None, f'{TENTHS}0.01'),
    'digits-5': (None, f'{TENTHS}0.05'),
    'digits-10': (None, f'{TENTHS}0.1'),
    'digits-class': (None, '--forget_class={seed}'),
    'resnet18-list': ('resnet18', LIST),
    'resnet18-class': ('resnet18', '--forget_class=bird'),
    'mobilenet_v3_small-list': ('mobilenet_v3_small', LIST),
    'mobilenet_v3_small-class': ('mobilenet_v3_small', '--forget_class=bird'),
    'own-list': (OWN, LIST),
}


def lay_out_photos(out, data_path):
    """A folder of photographs, and a list of those to forget for each seed."""
    source, photos = Path(data_path) / 'cifar10', out / 'photos'
    for half, count in COUNTS.items():
        for name in CLASSES:
            (photos / half / name).mkdir(parents=True, exist_ok=True)
            for file in sorted((source / half / name).iterdir())[:count]:
                shutil.copy(file, photos / half / name / file.name)
    files = sorted(path.relative_to(photos / 'train') for path in photos.glob('train/*/*'))
    for seed in SEEDS:
        order = torch.randperm(len(files), generator=torch.Generator().manual_seed(seed))
        listed = sorted(files[i].as_posix() for i in order[:40].tolist())
        (out / f'list{seed}.txt').write_text('\n'.join(listed) + '\n')


def train_elsewhere(file, network, photos, seed, forgotten=()):
    """A loop as anybody writes it: Adam, flips and crops; its weights and epochs into a file.
    forgotten: paths and classes that it does not see."""
    if file.exists():
        return
    steps = [v2.RandomCrop(32, padding=4), v2.RandomHorizontalFlip(), v2.ToImage()]
    steps += [v2.ToDtype(torch.float32, scale=True), v2.Normalize(*NORMALIZATIONS['imagenet'])]
    images = ImageFolder(photos / 'train', v2.Compose(steps))
    names = [Path(path).relative_to(images.root) for path, _ in images.samples]
    retained = [
        i for i, n in enumerate(names) if not {n.as_posix(), n.parent.name} & set(forgotten)
    ]
    torch.manual_seed(seed)
    net, epochs = models.build(network, len(CLASSES)), EPOCHS[Path(network).name]
    optimizer = torch.optim.Adam(net.parameters(), 1e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    subset = torch.utils.data.Subset(images, retained)
    loader = torch.utils.data.DataLoader(subset, 32, shuffle=True, drop_last=True)
    for _ in range(epochs):
        for x, y in loader:
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(net(x), y).backward()
            optimizer.step()
        schedule.step()
    save(file, {'epoch': epochs, 'model_state_dict': net.state_dict()})


def prepare(key, out, seed, request):
    """(the original, the retrained model, flags of data and network) of a case; trained where they
    are not there."""
    network, base = CASES[key][0], out / f'seed{seed}'
    if network is None:
        original, retrained = base / 'digits', base / f'{key}-retrain'
        retrain = ['--unlearn_method=retrain', *request]
        for folder, more in ((original, []), (retrained, retrain)):
            if not list(folder.glob('*/*.npz')):
                train([f'--dir={folder}', f'--seed={seed}', *DIGITS.split(), *more])
        return original, retrained, []
    original, retrained = base / f'{Path(network).stem}.pt', base / f'{key}-retrain.pt'
    name = request[0].partition('=')[2]
    forgotten = Path(name).read_text().split() if name.endswith('.txt') else [name]
    train_elsewhere(original, network, out / 'photos', seed)
    train_elsewhere(retrained, network, out / 'photos', seed, forgotten)
    return original, retrained, [f'--model={network}', f'--data_path={out}/photos']


def carry_out(key, out, seed):
    """The row of one case and seed: forget.py with its defaults, then the retrained model."""
    request = CASES[key][1].format(seed=seed, out=out).split()
    original, retrained, flags = prepare(key, out, seed, request)
    folder = out / f'seed{seed}' / key
    if not list(folder.glob('*/report.json')):
        photos = ['--image_size=32', '--normalize=imagenet'] if flags else []
        where = [f'--dir={folder}', f'--original_pth={original}']
        try:
            forget.main([*where, *photos, *flags, *request])
        except SystemExit as end:
            if end.code not in EXIT_CODES.values():  # the report says so
                raise
    report = json.loads(next(folder.glob('*/report.json')).read_text())
    args = options.parse_args([str(folder), f'--retrain={retrained}', *flags])
    scores, gaps = table.load(folder, measure_retrained(args)), report['models']
    row = {'case': key, 'seed': seed, 'usable': report['verdict']['usable']}
    row['tolerance'] = report['goal']['tolerance']
    for name in ('original', 'unlearned'):
        row |= {f'{score} {name}': gaps[name][score] for score in ('gap', 'test')}
    row |= {'minutes': report['minutes']['total'], 'retraining': report['retraining']['minutes']}
    row['Avg. Gap original'] = float(scores.gap[scores.model.eq('original')].iloc[0])
    return row | {'Avg. Gap unlearned': float(scores.gap[scores.row.eq('path')].iloc[0])}


def make_table(rows):
    """Each case with the means of its seeds, before and after its request."""
    head = ['case', 'exit code 0', 'Avg. Gap before', 'after', 'minutes', 'of retraining']
    lines = []
    for key in CASES:
        group = rows[rows.case.eq(key)]
        mean = group.mean(numeric_only=True)
        cells = [f'{mean[f"Avg. Gap {model}"]:.2f}' for model in ('original', 'unlearned')]
        cells += [f'{mean.minutes:.1f}', f'{mean.minutes / mean.retraining:.0%}']
        lines.append([f'`{key}`', f'{group.usable.sum()} of {len(group)}', *cells])
    return format_table(head, lines)


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--data_path', required=True, help='the folder of cifar10/')
    parser.add_argument('--out', default='results/requests', type=Path, help='where the runs go')
    args = parser.parse_args(argv)
    lay_out_photos(args.out, args.data_path)
    rows = pd.DataFrame([carry_out(key, args.out, seed) for seed in SEEDS for key in CASES])
    atomic_write(RESULTS / 'requests.csv', rows.round(4).to_csv(index=False).encode())
    write_tables({'requests': make_table(rows)}, [ROOT / 'docs' / 'deletion.md'])


if __name__ == '__main__':
    main()
