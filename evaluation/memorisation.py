"""Which training samples a network had to memorise: those that it was sure of late, or never.

    python3 -m evaluation.memorisation runs/original --dir=runs/lists --data_path=data

writes memorisation.csv, with the confidence of every training sample, and the tenth of the samples
with the least and with the largest confidence as hardest.txt and easiest.txt, for --forget_index.
The original needs checkpoints from all of its training (train.py --save_freq=5).

The confidence of a sample is the mean, over the checkpoints, of the probability of its label: a
proxy of memorisation (K. Zhao and P. Triantafillou, arXiv 2410.16516). What is memorised is harder
to forget (K. Zhao et al., *What makes unlearning hard and what to do about it*, arXiv 2406.01257).
"""

from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import softmax

from arg_parser import parse_args as parse_flags
from data import open_split
from evaluation.options import OF_DATA
from lib.checkpoint import list_numbered, load, load_original
from lib.device import pick_device
from lib.distributed import progress
from lib.errors import InputError, script
from lib.files import refuse_existing, write_whole
from lib.flags import Parser, inherit, within
from models import load_network
from utils import predict

TABLE, HARDEST, EASIEST = 'memorisation.csv', 'hardest.txt', 'easiest.txt'


def parse_args(argv=None):
    """The flags of this module."""
    description = 'Find the training samples that an original had to memorise.'
    parser = Parser('python3 -m evaluation.memorisation', description=description)
    parser.add_argument('original', help="an original's folder, with checkpoints of its training")
    parser.add_argument('--dir', required=True, help='where the lists go')
    share = within(float, 0, 0.5, closed='high')
    parser.add_argument('--share', type=share, default=0.1, help='of the samples, in each list')
    for name, (kind, text) in OF_DATA.items():
        parser.add_argument(f'--{name}', type=kind, help=text, metavar='X')
    parser.add_argument('--overwrite', action='store_true', help='replace the lists in --dir')
    return parser.parse_args(argv)


def list_checkpoints(original):
    """The files of all checkpoints of an original's run; InputError where there is only one."""
    files = list_numbered(Path(original['file']).parent)
    if len(files) < 2:
        problem = f'{original["source"]}: the run has no earlier checkpoint to compare with.'
        raise InputError(problem, 'train an original with --save_freq=5.')
    return files


def compute_confidence(nets, loader):
    """The mean over networks of the probability that each gives to a sample's label: (N,)."""
    found = []
    for net in nets:
        logits, labels = predict(net, loader)
        found.append(softmax(logits, axis=1)[np.arange(len(labels)), labels])
    return np.mean(found, axis=0)


def make_table(data, confidence):
    """A row a training sample, from the least confidence to the largest."""
    names, rows = data.sources[0].names, data.rows[0].tolist()
    columns = {
        'index': rows,
        'path': [names[row] for row in rows] if names else None,
        'class': [data.classes[label] for label in data.targets[0].tolist()],
        'confidence': confidence,
    }
    return pd.DataFrame(columns).sort_values('confidence', kind='stable')


def format_list(samples, title):
    """Samples of the table as a deletion request, each with its confidence as a comment: by path,
    or by index where there is none, or where a # in it would begin a comment."""
    by_index = samples.path.isna() | samples.path.str.contains('#', na=False)
    words = samples.path.mask(by_index, samples['index'])
    lines = [f'{word}  # {value:.4f}' for word, value in zip(words, samples.confidence)]
    return '\n'.join([f'# {title}', *lines, ''])


@script
def main(argv=None):
    args = parse_args(argv)
    folder = Path(args.dir)
    for name in (TABLE, HARDEST, EASIEST):
        refuse_existing(folder / name, args.overwrite)
    original = load_original(args.original, allow_unlearned=False)
    files = list_checkpoints(original)
    typed = {name: getattr(args, name) for name in OF_DATA if getattr(args, name)}
    flags = parse_flags('train', [f'--{name}={value}' for name, value in typed.items()])
    flags = inherit(flags, [original])
    device = pick_device(flags.device)
    data = open_split(flags, [original])
    shape = flags.model, len(data.classes), data.recipe.size

    data.load(device, flags.num_workers)
    loader = data.loader('train')
    contents = (load(file, 'original_pth') for file in progress(files, 'checkpoints'))
    nets = (load_network(content, *shape).to(device) for content in contents)
    table = make_table(data, compute_confidence(nets, loader))

    count = max(1, int(len(table) * args.share + 1e-9))  # 1e-9: 0.29 · 100 is 28.999…
    lists = {HARDEST: (table[:count], 'least'), EASIEST: (table[::-1][:count], 'largest')}
    for name, (samples, extreme) in lists.items():
        title = f'the {count} samples of the {extreme} confidence over {len(files)} checkpoints'
        write_whole(folder / name, format_list(samples, title).encode())
        print(f'{folder / name}: mean confidence {samples.confidence.mean():.3f}')
    write_whole(folder / TABLE, table.to_csv(index=False).encode())
    print(folder / TABLE)


if __name__ == '__main__':
    main()
