"""Which training samples a network had to memorise: those that it was sure of late, or never.

    python3 -m reproduce.memorisation runs/original --dir=runs/lists --data_path=data

writes memorisation.csv, with the confidence of every training sample, and the tenth of the samples
with the least and with the largest confidence as hardest.txt and easiest.txt, for --forget_index.
The original needs checkpoints from all of its training (train.py --save_freq=5).

The confidence of a sample is the mean, over the checkpoints, of the probability of its label: a
proxy of memorisation (K. Zhao and P. Triantafillou, arXiv 2410.16516). What is memorised is harder
to forget (K. Zhao et al., *What makes unlearning hard and what to do about it*, arXiv 2406.01257).
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import softmax

from arg_parser import parse_args as parse_flags
from data import open_split
from lib.checkpoint import list_numbered, load, load_original
from lib.device import pick_device
from lib.errors import InputError, with_exit_codes
from lib.files import atomic_write
from lib.flags import inherit, select
from models import load_network
from utils import predict


def compute_confidence(nets, loader):
    """The mean over networks of the probability that each gives to a sample's label: (N,)."""
    probabilities = []
    for net in nets:
        logits, labels = predict(net, loader)
        probabilities.append(softmax(logits, axis=1)[np.arange(len(labels)), labels])
    return np.mean(probabilities, axis=0)


def format_list(samples, title):
    """Rows of the table as a deletion request, each with its confidence as a comment."""
    names = samples.path.fillna(samples['index'])
    lines = [f'{name}  # {value:.4f}' for name, value in zip(names, samples.confidence)]
    return '\n'.join([f'# {title}', *lines, ''])


@with_exit_codes
def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('original', help="an original's folder, with checkpoints of its training")
    parser.add_argument('--dir', required=True, type=Path, help='where the lists go')
    args, more = parser.parse_known_args(argv)  # more: flags of train.py, such as --data_path
    original = load_original(args.original, allow_unlearned=False)
    files = list_numbered(Path(original['file']).parent)
    if len(files) < 2:
        problem = f'{original["source"]}: the run has no earlier checkpoint to compare with.'
        raise InputError(problem, 'train an original with --save_freq=5.')
    flags = inherit(parse_flags('train', more), [original])
    device, split = pick_device(flags.device), (select(flags, 'data'), select(flags, 'split'))
    data = open_split(*split, flags.data_path, originals=[original])
    shape = flags.model, len(data.classes), data.recipe.size
    data.load(device, flags.num_workers)
    contents = (load(file, 'original_pth') for file in files)
    nets = (load_network(content, *shape).to(device) for content in contents)
    rows, names = data.rows[0].tolist(), data.sources[0].names
    table = pd.DataFrame({'index': rows, 'path': [names[row] for row in rows] if names else None})
    table['confidence'] = compute_confidence(nets, data.loader('train'))
    table = table.sort_values('confidence', kind='stable')
    count = max(1, len(table) // 10)
    lists = {'hardest': (table[:count], 'least'), 'easiest': (table[::-1][:count], 'largest')}
    for name, (samples, extreme) in lists.items():
        title = f'the {count} samples of the {extreme} confidence over {len(files)} checkpoints'
        atomic_write(args.dir / f'{name}.txt', format_list(samples, title).encode())
    atomic_write(args.dir / 'memorisation.csv', table.to_csv(index=False).encode())
    print(args.dir)


if __name__ == '__main__':
    main()
