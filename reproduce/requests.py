"""Deletion requests as strangers type them, and the truth beside the verdict.

    python3 -m reproduce.requests --data_path=data    # an hour on two cores; goes on

A plain loop trains a resnet18 on 1,200 photographs. forget.py gets its file and the request, and
nothing else. Models that were retrained without the samples then say how near the result is: they
count in no verdict. Writes docs/results/requests.csv and the table `requests` of docs/deletion.md.
--data_path holds cifar10/ as image folders, of which eight classes are used.
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
from evaluation.audit import compute_auc, compute_margins
from evaluation.metrics import accuracy
from evaluation.reference import measure_retrained
from lib.checkpoint import save
from lib.errors import EXIT_CODES
from lib.files import atomic_write
from lib.flags import NORMALIZATIONS
from reproduce.results import RESULTS, ROOT, format_table, write_tables
from utils import predict

COUNTS = {'train': 150, 'test': 100}  # images of a class
CLASSES, EPOCHS, SEEDS = 8, 20, (1, 2, 3, 4, 5)
FLAGS = ['--model=resnet18', '--image_size=32', '--normalize=imagenet']
FORGOTTEN = 30  # images


def lay_out_photos(out, data_path):
    """A folder of photographs, and a list of those to forget for each seed."""
    source, photos = Path(data_path) / 'cifar10', out / 'photos'
    for half, count in COUNTS.items():
        for folder in sorted((source / half).iterdir())[:CLASSES]:
            (photos / half / folder.name).mkdir(parents=True, exist_ok=True)
            for file in sorted(folder.iterdir())[:count]:
                shutil.copy(file, photos / half / folder.name / file.name)
    files = sorted(path.relative_to(photos / 'train') for path in photos.glob('train/*/*'))
    for seed in SEEDS:
        order = torch.randperm(len(files), generator=torch.Generator().manual_seed(seed))
        listed = sorted(files[i].as_posix() for i in order[:FORGOTTEN].tolist())
        (out / f'list{seed}.txt').write_text('\n'.join(listed) + '\n')
    return photos


def open_photos(folder, augment=()):
    steps = [*augment, v2.ToImage(), v2.ToDtype(torch.float32, scale=True)]
    return ImageFolder(folder, v2.Compose([*steps, v2.Normalize(*NORMALIZATIONS['imagenet'])]))


def train_elsewhere(file, photos, seed, forgotten=()):
    """A loop as anybody writes it: Adam, flips and crops; its weights and epochs into a file.
    forgotten: paths that it does not see."""
    if file.exists():
        return
    augment = v2.RandomCrop(32, padding=4), v2.RandomHorizontalFlip()
    images = open_photos(photos / 'train', augment)
    retained = [i for i, name in enumerate(list_names(images)) if name not in forgotten]
    torch.manual_seed(seed)
    net = models.build('resnet18', CLASSES)
    optimizer = torch.optim.Adam(net.parameters(), 1e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, EPOCHS)
    subset = torch.utils.data.Subset(images, retained)
    loader = torch.utils.data.DataLoader(subset, 64, shuffle=True, drop_last=True)
    for _ in range(EPOCHS):
        for x, y in loader:
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(net(x), y).backward()
            optimizer.step()
        schedule.step()
    save(file, {'epoch': EPOCHS, 'model_state_dict': net.state_dict()})


def list_names(images):
    """The path below its root of every image of a folder."""
    return [Path(path).relative_to(images.root).as_posix() for path, _ in images.samples]


def attack(state, photos, forgotten):
    """(the AUC of margins, of the forgotten images against the test images; the accuracy on the
    test set) of a model, by torchvision alone."""
    net = models.build('resnet18', CLASSES)
    net.load_state_dict(state)
    halves = {half: open_photos(photos / half) for half in COUNTS}
    chosen = [name in forgotten for name in list_names(halves['train'])]
    batches = {half: torch.utils.data.DataLoader(x, 200) for half, x in halves.items()}
    outputs = {half: predict(net, ((x, y, None) for x, y in batches[half])) for half in COUNTS}
    margins = {half: compute_margins(*outputs[half]) for half in COUNTS}
    return compute_auc(margins['train'][chosen], margins['test']), accuracy(*outputs['test'])


def carry_out(out, photos, seed):
    """The row of a seed: forget.py with its defaults, then the truth."""
    base = out / f'seed{seed}'
    original, retrained = base / 'original.pt', base / 'retrained.pt'
    file = out / f'list{seed}.txt'
    forgotten = set(file.read_text().split())
    train_elsewhere(original, photos, seed)
    train_elsewhere(retrained, photos, 100 + seed, forgotten)
    flags, folder = [*FLAGS, f'--data_path={photos}'], base / 'request'
    try:
        forget.main(
            [f'--dir={folder}', f'--original_pth={original}', *flags, f'--forget_index={file}']
        )
    except SystemExit as end:
        if end.code not in EXIT_CODES.values():  # a verdict
            raise
    report = json.loads(next(folder.glob('*/report.json')).read_text())
    args = options.parse_args([str(folder), f'--retrain={retrained}', FLAGS[0], flags[-1]])
    scores = table.load(folder, measure_retrained(args))
    row = {'seed': seed, 'decision': report['verdict']['decision']}
    row |= {key: report['audits'][0][key] for key in ('auc', 'low', 'high', 'original_auc')}
    states = {
        'original': torch.load(original)['model_state_dict'],
        'unlearned': torch.load(next(folder.glob('*/unlearned_state_dict.pt'))),
        'retrained': torch.load(retrained)['model_state_dict'],
    }
    for name, state in states.items():
        row[f'attack {name}'], row[f'test {name}'] = attack(state, photos, forgotten)
    row['gap original'] = float(scores.gap[scores.model.eq('original')].iloc[0])
    row['gap unlearned'] = float(scores.gap[scores.row.eq('path')].iloc[0])
    minutes = report['minutes']['total'], report['retraining']['minutes']
    return row | dict(zip(('minutes', 'retraining'), minutes))


def make_table(rows):
    """The verdict and the truth of each seed."""
    head = ['seed', 'verdict', 'score', 'attack before', 'after', 'retrained', 'Avg. Gap before']
    head += ['after', 'test points lost', 'retrained']
    attacks = [f'attack {name}' for name in ('original', 'unlearned', 'retrained')]
    lines = []
    for _, row in rows.iterrows():
        lost = [row['test original'] - row[f'test {name}'] for name in ('unlearned', 'retrained')]
        cells = [f'{row[name]:.2f}' for name in ('auc', *attacks)]
        cells += [f'{row[f"gap {name}"]:.1f}' for name in ('original', 'unlearned')]
        lines.append([str(row.seed), row.decision, *cells, *(f'{points:.1f}' for points in lost)])
    return format_table(head, lines)


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--data_path', required=True, help='the folder of cifar10/')
    parser.add_argument('--out', default='results/requests', type=Path, help='where the runs go')
    args = parser.parse_args(argv)
    photos = lay_out_photos(args.out, args.data_path)
    rows = [carry_out(args.out, photos, seed) for seed in SEEDS]
    rows = pd.DataFrame(rows)
    atomic_write(RESULTS / 'requests.csv', rows.round(4).to_csv(index=False).encode())
    write_tables({'requests': make_table(rows)}, [ROOT / 'docs' / 'deletion.md'])


if __name__ == '__main__':
    main()
