"""Deletion requests as strangers would type them: nothing but the request, on networks that were
trained elsewhere.

    python3 -m reproduce.requests --data_path=data    # an hour on two cores; goes on where it was

trains originals and retrained models, carries out every case by forget.py with its defaults, and
writes docs/results/requests.csv and the table in docs/running.md. The retrained models are looked
at in this table alone. The photographs are those of CIFAR-10, which --data_path holds as image
folders: four classes, 150 of each to train on and 100 to test.
"""

import argparse
import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import torch
from torchvision.datasets import ImageFolder
from torchvision.transforms import v2

import forget
import models
from evaluation import options, table
from evaluation.reference import measure_retrained
from lib.checkpoint import save
from lib.errors import NOT_USABLE
from lib.flags import NORMALIZATIONS
from reproduce.plan import ROOT
from reproduce.results import format_table
from train import main as train

CLASSES = ('airplane', 'automobile', 'bird', 'cat')
COUNTS = {'train': 150, 'test': 100}  # photographs of a class
LISTED = 40  # photographs that are to be forgotten
EPOCHS = {'resnet18': 40, 'mobilenet_v3_small': 80, 'network.py:small_vit': 40}
DIGITS = '--dataset=Digits --transform=ResNet --model=PreResNet8 --epochs=15 --lr=0.1'
SEEDS = (1, 2, 3)
START, END = '<!-- requests: made by reproduce/requests.py -->', '<!-- end of requests -->'


class Case(NamedTuple):
    """name: in the table; network: as --model takes it, None for the digits' PreResNet8; request:
    the flags, with {seed} in them."""

    name: str
    network: str | None
    request: str


OWN = f'{ROOT / "reproduce" / "network.py"}:small_vit'
CASES = {
    **{
        f'digits-{share}': Case(
            f'Digits, {share} %', None, f'--forget_ratio={share / 100} --split_seed={{seed}}'
        )
        for share in (1, 5, 10)
    },
    'digits-class': Case('Digits, a class', None, '--forget_class={seed}'),
    **{
        f'{network}-{kind}': Case(f'photographs, `{network}`, {words}', network, request)
        for network in ('resnet18', 'mobilenet_v3_small')
        for kind, words, request in (
            ('list', '40 images', '--forget_index={out}/list{seed}.txt'),
            ('class', 'a class', '--forget_class=bird'),
        )
    },
    'own-list': Case(
        "photographs, a network of one's own, 40 images", OWN, '--forget_index={out}/list{seed}.txt'
    ),
}


# ---------------------------------------------------------------- what is trained elsewhere


def lay_out_photos(out, data_path):
    """A folder of photographs, and a list of those to forget for each seed."""
    source, photos = Path(data_path) / 'cifar10', out / 'photos'
    for half, count in COUNTS.items():
        for name in CLASSES:
            folder = photos / half / name
            folder.mkdir(parents=True, exist_ok=True)
            for file in sorted((source / half / name).iterdir())[:count]:
                shutil.copy(file, folder / file.name)
    files = sorted(path.relative_to(photos / 'train') for path in (photos / 'train').rglob('*.*'))
    for seed in SEEDS:
        order = torch.randperm(len(files), generator=torch.Generator().manual_seed(seed))
        listed = sorted(files[i].as_posix() for i in order[:LISTED].tolist())
        (out / f'list{seed}.txt').write_text('\n'.join(listed) + '\n')
    return photos


def train_elsewhere(file, network, photos, seed, forgotten=()):
    """A loop as anybody writes it: Adam, flips and crops; its weights and epochs into a file.
    forgotten: paths and classes that it does not see."""
    if file.exists():
        return
    steps = [v2.RandomCrop(32, padding=4), v2.RandomHorizontalFlip()]
    steps += [
        v2.ToImage(),
        v2.ToDtype(torch.float32, scale=True),
        v2.Normalize(*NORMALIZATIONS['imagenet']),
    ]
    photos = ImageFolder(photos / 'train', v2.Compose(steps))
    names = [Path(path).relative_to(photos.root) for path, _ in photos.samples]
    kept = [i for i, n in enumerate(names) if not {n.as_posix(), n.parent.name} & set(forgotten)]
    torch.manual_seed(seed)
    net, epochs = models.build(network, len(CLASSES)), EPOCHS[Path(network).name]
    optimizer = torch.optim.Adam(net.parameters(), 1e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    subset = torch.utils.data.Subset(photos, kept)
    loader = torch.utils.data.DataLoader(subset, 32, shuffle=True, drop_last=True)
    for _ in range(epochs):
        for x, y in loader:
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(net(x), y).backward()
            optimizer.step()
        schedule.step()
    save(file, {'epoch': epochs, 'model_state_dict': net.state_dict()})
    print(file, flush=True)


def train_here(folder, *flags):
    """A run of train.py into a folder, once."""
    if not list(folder.glob('*/*.npz')):
        train([f'--dir={folder}', *DIGITS.split(), '--eval_freq=15', '--overwrite', *flags])


def list_forgotten(case, out, seed):
    """The paths or the class that a case's retrained model does not see."""
    if '--forget_class' in case.request:
        return [case.request.partition('=')[2]]
    return (out / f'list{seed}.txt').read_text().split()


def prepare(key, out, seed):
    """(the original, the retrained model, flags of data and network) of a case; trained where they
    are not there."""
    case, base = CASES[key], out / f'seed{seed}'
    if case.network is None:
        request = case.request.format(seed=seed).split()
        original, retrained = base / 'digits', base / f'{key}-retrain'
        train_here(original, f'--seed={seed}')
        train_here(retrained, '--unlearn_method=retrain', f'--seed={seed}', *request)
        return original, retrained, []
    photos, name = out / 'photos', Path(case.network).stem
    original, retrained = base / f'{name}.pt', base / f'{key}-retrain.pt'
    train_elsewhere(original, case.network, photos, seed)
    train_elsewhere(retrained, case.network, photos, seed, list_forgotten(case, out, seed))
    flags = [f'--model={case.network}', f'--data_path={photos}']
    return original, retrained, flags


# ---------------------------------------------------------------- the requests


def carry_out(key, out, seed):
    """The row of one case and seed: forget.py with its defaults, then the retrained model."""
    original, retrained, flags = prepare(key, out, seed)
    folder = out / f'seed{seed}' / key
    words = CASES[key].request.format(seed=seed, out=out).split()
    if not list(folder.glob('*/report.json')):
        try:
            start = [f'--original_pth={original}', *['--image_size=32'] * bool(flags)]
            forget.main([f'--dir={folder}', *start, *flags, *words])
        except SystemExit as end:
            if end.code != NOT_USABLE:  # which the report says
                raise
    report = json.loads(next(folder.glob('*/report.json')).read_text())
    args = options.parse_args([str(folder), f'--retrain={retrained}', *flags])
    found = table.load(folder, measure_retrained(args)).set_index('row')
    seen = report['models']
    row = {'case': key, 'seed': seed, 'usable': report['verdict']['usable']}
    row |= {f'gap {name}': model['gap'] for name, model in seen.items()}
    row |= {'tolerance': report['goal']['tolerance'], 'nearest': report['verdict']['nearest']}
    row |= {f'test {name}': seen[name]['test'] for name in ('original', 'unlearned')}
    row |= {'minutes': report['minutes']['total'], 'retraining': report['retraining']['minutes']}
    row['Avg. Gap original'] = float(found[found.model.eq('original')].gap.iloc[0])
    return row | {'Avg. Gap unlearned': float(found.gap['path'])}


def make_table(rows):
    """The table of the page: each case with the means of its seeds, and how often the goals were
    reached."""
    head = ['case', 'n', 'gap: original', 'end', 'line', 'result', 'tolerance', 'reached']
    head += ['nearest', 'exit code 0', 'TA before', 'after', 'minutes', 'of retraining']
    head += ['Avg. Gap before', 'after']
    lines = []
    for key, case in CASES.items():
        own = rows[rows.case.eq(key)]
        mean = own.drop(columns=['case', 'nearest']).mean()
        names = ('original', 'end', 'straight line', 'unlearned')
        cells = [f'{mean[f"gap {name}"]:.2f}' for name in names] + [f'{mean.tolerance:.2f}']
        cells.append(str((own['gap unlearned'] <= own.tolerance).sum()))
        cells += [str(own.nearest.eq('unlearned').sum()), str(own.usable.sum())]
        cells += [f'{mean[f"test {name}"]:.1f}' for name in ('original', 'unlearned')]
        cells += [f'{mean.minutes:.1f}', f'{mean.minutes / mean.retraining:.0%}']
        cells += [f'{mean[f"Avg. Gap {name}"]:.2f}' for name in ('original', 'unlearned')]
        lines.append([case.name, len(own), *cells])
    return format_table(head, lines)


def write_page(rows, docs):
    """The rows as CSV, and the table into running.md."""
    rows.round(4).to_csv(docs / 'results' / 'requests.csv', index=False)
    page = docs / 'running.md'
    head, _, rest = page.read_text().partition(START)
    page.write_text(f'{head}{START}\n{make_table(rows)}\n{END}{rest.partition(END)[2]}')


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--data_path', required=True, help='the folder of cifar10/')
    parser.add_argument('--out', default='results/requests', type=Path, help='where the runs go')
    args = parser.parse_args(argv)
    lay_out_photos(args.out, args.data_path)
    rows = pd.DataFrame([carry_out(key, args.out, seed) for seed in SEEDS for key in CASES])
    print(make_table(rows))
    write_page(rows, ROOT / 'docs')


if __name__ == '__main__':
    main()
