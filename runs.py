"""What a run leaves: its folder and name, what its files say of it, its log and its scores."""

import json
import time
from pathlib import Path

from arg_parser import flags_of
from checkpoint import FORMAT, digest, numbered
from errors import InputError
from evaluation.npz import write_npz
from given import MODEL_AND_DATA, naming, pick
from transforms import make_recipe
from utils import alignment_bases

MIA_TOLD = 'MIA, percent of D_f called non-member (100: as if never seen; closer to RT is better)'
SECONDS = ('mask', 'pre', 'search', 'select')  # the parts of RTE, as they travel in checkpoints


def scenario(args):
    """The split in a word: random0.1, class3, index5f3a1c; a split seed that is not --seed too."""
    word = {
        'random': f'random{args.forget_ratio}',
        'class': f'class{args.forget_class}',
        'index': f'index{digest(args.forget_index)}',
    }[args.unlearn_type]
    own = args.unlearn_type == 'random' and args.split_seed != args.seed
    return f'{word}-split{args.split_seed}' if own else word


def run_name(args, head, data, weights=(), extra=''):
    """The name of a run: what it is, whatever differs from a default, and six digits that tell its
    data, its split and the weights it starts from (state dicts, masks)."""
    size = data.recipe.size
    if size != make_recipe(args.dataset, args.transform).size:
        extra = f'-image_size{size}{extra}'
    tag = digest(data.fingerprint, data.forget_fingerprint, *weights)
    network = args.model.replace('.py:', '.')  # of a user's file
    return f'{head}-{args.dataset}-{network}-{scenario(args)}{naming(args)}{extra}-{tag}'


def configuration(args, data, extra=''):
    """What changes the result besides the seed, data and split: runs that differ in none of it are
    the seeds of one configuration."""
    names = {name for name, flag in flags_of(args.script).items() if flag.names} - {'seed'}
    size = data.recipe.size
    return f'{naming(args, names)}-image_size{size}{extra}'.strip('-')


def free_folder(args, name):
    """The folder of a new run; refused where a run is and --overwrite is not typed."""
    folder = Path(args.dir) / name
    if folder.is_dir() and numbered(folder) and not args.overwrite:
        problem = f'--dir={args.dir}: {name} there holds a run already.'
        raise InputError(problem, 'add --overwrite, or go on with it by train.py --resume.')
    return folder


def free_mask(args, data, original, name):
    """The path of a new mask, in a folder named after original and split."""
    path = Path(args.dir) / run_name(args, 'mask', data, [original['model_state']]) / name
    if path.exists() and not args.overwrite:
        raise InputError(f'--dir={args.dir}: {path} is there already.', 'add --overwrite.')
    return path


def mask_description(kind, mask, args, data):
    """What every mask's file holds besides its shares."""
    names = ('format', 'dataset', 'model', 'data_fingerprint', 'forget_fingerprint', 'args')
    described = description(args, data)
    return {'kind': kind, 'mask': mask} | {name: described[name] for name in names}


def claim(folder, args, resumed=None):
    """Make a run's folder; a new run clears what an earlier one left there."""
    folder.mkdir(parents=True, exist_ok=True)
    for pattern in () if resumed else ('checkpoint-*.pt', '*.npz', 'log.jsonl'):
        for path in folder.glob(pattern):
            path.unlink()
    with (folder / 'command.sh').open('a' if resumed else 'w') as file:
        file.write(f'python3 {args.command}\n')


def description(args, data):
    """What a checkpoint says of its model, its data and its split, in plain types."""
    return {
        'format': FORMAT,
        'kind': 'model',
        **pick(args, MODEL_AND_DATA),
        'image_size': data.recipe.size,
        'num_classes': len(data.classes),
        **data.described,
        'data_fingerprint': data.fingerprint,
        'forget_fingerprint': data.forget_fingerprint,
        'args': pick(args, flags_of(args.script)),
    }


def bases_of(args, known):
    """The alignment bases (A_r, A_f); known: the original's train_acc and test_acc."""
    bases = alignment_bases(known.get('train_acc'), known.get('test_acc'), args.unlearn_type)
    typed = (args.retain_base, args.forget_base)
    return [own if own is not None else base for own, base in zip(typed, bases)]


def known_accuracies(content, scores, data):
    """The original's train_acc and test_acc: from its checkpoint, or else from its scores."""
    if 'train_acc' in content and 'test_acc' in content:
        return {key: content[key] for key in ('train_acc', 'test_acc')}
    return whole_accuracies(scores, data)


def whole_accuracies(scores, data):
    """Accuracies on all of D and D_t from those on their parts."""
    size = {part: len(indices) for part, indices in data.parts.items()}

    def joined(first, second):
        pairs = [(size[part], scores[key]) for key, part in (first, second) if size.get(part)]
        return sum(n * acc for n, acc in pairs) / sum(n for n, _ in pairs)

    return {
        'train_acc': joined(('rr_acc', 'train_retain'), ('rf_acc', 'train_forget')),
        'test_acc': joined(('tr_acc', 'test_retain'), ('tf_acc', 'test_forget')),
    }


def total_seconds(seconds):
    """RTE and its parts, in seconds, for a file of scores."""
    parts = {f'RTE_{part}': float(seconds.get(part, 0.0)) for part in SECONDS}
    return {'RTE': sum(parts.values()), **parts}


def about(args, data, run, **more):
    """What the table needs to know of a run, as JSON in its file of scores."""
    names = ('dataset', 'model', 'train_fraction', 'unlearn_type', 'seed', 'split_seed')
    known = pick(args, names)
    known |= {'run': run, 'scenario': scenario(args), 'forget_fingerprint': data.forget_fingerprint}
    return json.dumps(known | more)


def save_scores(folder, args, meta, scores, seconds, original=None):
    """Write {seed}-{time}.npz: the scores, RTE with its parts, and what the original scored."""
    values = dict(scores) | total_seconds(seconds)
    values |= {f'original_{key}': value for key, value in (original or {}).items()}
    attacks = '  '.join(f'{key[4:]} {scores[key]:.2f}' for key in scores if key[:4] == 'mia_')
    print(f'{MIA_TOLD}: {attacks}')
    path = Path(folder) / f'{args.seed}-{time.strftime("%Y%m%d-%H%M%S")}.npz'
    write_npz(path, values | {'meta': meta})
    return path


class Log:
    """One line an epoch: JSON in log.jsonl, words on the terminal, and W&B where asked for."""

    def __init__(self, folder, args, start=0):
        self.path, self.epochs = Path(folder) / 'log.jsonl', args.epochs
        lines = self.path.read_text().splitlines() if self.path.exists() else []
        whole = [line for line in lines if line.endswith('}')]  # a kill may have cut the last
        kept = [line for line in whole if json.loads(line)['epoch'] <= start]
        self.path.write_text(''.join(f'{line}\n' for line in kept))
        self.wandb = None
        if args.wandb != 'off':
            import wandb  # only who asks for it needs it

            settings = pick(args, flags_of(args.script))
            name = Path(folder).name
            self.wandb = wandb.init(
                project='mcu', name=name, dir=str(folder), mode=args.wandb, config=settings
            )

    def line(self, values, scores=None):
        """Log one epoch and the accuracies in scores; NaN becomes null, for JSON has none."""
        scores = {k: v for k, v in (scores or {}).items() if k.endswith('_acc') or k == 'mia'}
        values = values | scores
        values = {key: None if value != value else value for key, value in values.items()}
        with self.path.open('a') as file:
            file.write(json.dumps(values) + '\n')
        words = [f'{key} {value:.4g}' for key, value in values.items() if value is not None]
        print(f'epoch {values["epoch"]}/{self.epochs}  ' + '  '.join(words[1:]), flush=True)
        if self.wandb:
            self.wandb.log(values)

    def close(self):
        """End the W&B run."""
        if self.wandb:
            self.wandb.finish()
