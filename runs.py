"""What a run leaves: its folder and name, what its files say of it, its log and its scores."""

import contextlib
import errno
import json
import time
from pathlib import Path

from filelock import FileLock, Timeout

from arg_parser import flags_of
from checkpoint import FORMAT, ROLLING, digest, newest
from errors import InputError, warn
from evaluation.npz import read_log, write_npz
from given import MODEL_AND_DATA, naming, pick
from inputs import COMMAND
from ranks import writer
from transforms import make_recipe
from utils import alignment_bases
from whole import whole_file

LONGEST = 200  # characters of a name: with what is added to it, file systems take 255
MIA_TOLD = 'MIA, percent of D_f called non-member (100: as if never seen; closer to RT is better)'
LOCK = '.lock'  # in a run's folder
LEFT = ('*.partial', 'checkpoint-*.pt', ROLLING, '*.npz', 'log.jsonl')  # by an earlier run
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
    name = f'{head}-{args.dataset}-{network}-{scenario(args)}{naming(args)}{extra}'
    return f'{fitting(name)}-{tag}'


def fitting(name):
    """A name that a file system takes: a longer one ends in six digits that tell it from others."""
    return name if len(name) <= LONGEST else f'{name[: LONGEST - 7]}-{digest(name)}'


def configuration(args, data, extra=''):
    """What changes the result besides the seed, data and split: runs that differ in none of it are
    the seeds of one configuration."""
    names = {name for name, flag in flags_of(args.script).items() if flag.names} - {'seed'}
    size = data.recipe.size
    return f'{naming(args, names)}-image_size{size}{extra}'.strip('-')


def free_folder(args, name, locked=False):
    """The folder of a new run; refused where one is going on, or was (a folder without a whole
    checkpoint counts as empty) and --overwrite is not typed. locked: it is locked by us."""
    folder = Path(args.dir) / name
    if folder.is_dir():
        if not locked:
            refuse_running(folder)
        if not args.overwrite and newest(folder, 'dir'):
            problem = f'--dir={args.dir}: {name} there holds a run already.'
            raise InputError(problem, 'add --overwrite, or go on with it by train.py --resume.')
    return folder


@contextlib.contextmanager
def held(folder):
    """The lock of a run's folder: while one process has it, another is refused; it falls with the
    process, however that ends."""
    lock = FileLock(Path(folder) / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        problem = f'{folder}: a run is going on there.'
        raise InputError(problem, 'wait for it, or choose another --dir.') from None
    except (NotImplementedError, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.ENOLCK:
            raise
        warn(f'{folder}: this file system has no locks; see that only one run writes there.')
    try:
        yield
    finally:
        lock.release()


def refuse_running(folder):
    """Raise InputError where a run is going on in a folder; of several processes, one looks."""
    if writer() and (Path(folder) / LOCK).exists():
        with held(folder):
            pass


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


@contextlib.contextmanager
def claimed(folder, args, resumed=None):
    """Make a run's folder and have it to oneself; a new run clears what an earlier one left there.
    Of several processes, one does."""
    if not writer():
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with held(folder):
        if resumed is None:
            free_folder(args, folder.name, locked=True)  # may have been filled meanwhile
        for pattern in LEFT[:1] if resumed else LEFT:
            for path in folder.glob(pattern):
                path.unlink()
        before = (folder / COMMAND).read_bytes() if resumed and (folder / COMMAND).exists() else b''
        with whole_file(folder / COMMAND) as file:
            file.write(before + f'python3 {args.command}\n'.encode())
        yield


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
    names = ('dataset', 'model', 'train_fraction', 'test_fraction', 'unlearn_type', 'seed')
    known = pick(args, (*names, 'split_seed'))
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
    """One line an epoch: JSON in log.jsonl, words on the terminal, and W&B where asked for; of
    several processes, one writes it."""

    def __init__(self, folder, args, start=0):
        self.path, self.epochs, self.wandb = Path(folder) / 'log.jsonl', args.epochs, None
        if not writer():
            return
        lines = read_log(self.path) if self.path.exists() else []
        kept = [json.dumps(line) for line in lines if line['epoch'] <= start]
        with whole_file(self.path) as file:
            file.write(''.join(f'{line}\n' for line in kept).encode())
        if args.wandb != 'off':
            import wandb  # only who asks for it needs it

            settings = pick(args, flags_of(args.script))
            name = Path(folder).name
            self.wandb = wandb.init(
                project='mcu', name=name, dir=str(folder), mode=args.wandb, config=settings
            )

    def line(self, values, scores=None):
        """Log one epoch and the accuracies in scores; NaN becomes null, for JSON has none."""
        if not writer():
            return
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
