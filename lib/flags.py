"""What flags may be, and what the files that are named add to them.

`inherit` is called once, by a script that has read its files; after that the flags are read and
never changed. Nothing here imports torch or reads a file; one function looks for folders.
"""

import argparse
import math
import re
import sys
from pathlib import Path

from lib.errors import InputError, fail

PREPROCESSING = ('normalize', 'augment')  # in place of the recipe's; recorded only where given
DATA = ('dataset', 'transform', 'image_size', *PREPROCESSING, 'train_fraction', 'test_fraction')
DATA += ('model',)
SPLIT = ('unlearn_type', 'forget_ratio', 'forget_class', 'forget_index', 'split_seed')
CURVE = ('curve', 'num_bends')
DATASET = 'CIFAR10'  # where nothing says which data set it is
REQUEST = {'forget_index': 'index', 'forget_class': 'class', 'forget_ratio': 'random'}
WORDS = ('forget_index', 'forget_class')  # the data says what they mean: fingerprints compare them
FILES = ('original_pth', 'init_start', 'init_end', 'mask_path', 'ckpt')
WITHOUT_EFFECT = {  # on a run's result, or recorded elsewhere, or how long it goes on
    *('dir', 'data_path', 'overwrite', 'device', 'num_workers', 'use_test', 'allow_unlearned'),
    *('save_freq', 'eval_freq', 'resume', 'wandb', 'relearn', 'export_t', 'seed', 'preset'),
    *('budget', 'keep', 'private_report'),
    *('typed', 'command', *DATA, *SPLIT, *FILES),
}
FREE_ON_RESUME = WITHOUT_EFFECT - {'seed', 'preset', *DATA, *SPLIT} | set(WORDS)
NORMALIZATIONS = {  # {name: (mean, standard deviation)} of pixels from 0 to 1
    'imagenet': ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    'cifar': ((0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010)),  # CIFAR-10's
    'cifar100': ((0.5071, 0.4867, 0.4408), (0.2675, 0.2565, 0.2761)),
    'none': ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
}
AUGMENTATIONS = ('crop', 'flip')
NETWORKS = (
    'PreResNet20 (8, 14, 20 … 110, 164), VGG16, VGG16BN, VGG19, VGG19BN, ViT, '
    "a torchvision classification model's name such as resnet18, or FILE.py:function of your own"
)

# ---------------------------------------------------------------- types and the parser


def within(kind, low, high=math.inf, closed='both'):
    """A type for argparse: finite numbers of a kind; closed: which ends belong to it."""
    limit = 2**63 if kind is int else math.inf  # torch takes no larger number

    def parse(text):
        try:
            value = kind(text)
        except (ValueError, OverflowError):
            value = math.nan
        above = value >= low if closed in ('both', 'low') else value > low
        below = value <= high if closed in ('both', 'high') else value < high
        if not (abs(value) < limit and above and below):  # nothing holds for NaN
            ends = ('[' if closed in ('both', 'low') else '(') + f'{low}, {high}'
            ends += ']' if closed in ('both', 'high') and high != math.inf else ')'
            word = 'a whole number' if kind is int else 'a number'
            raise argparse.ArgumentTypeError(f'{text!r} is not {word} in {ends}')
        return value

    return parse


def list_of(item):
    """A type for argparse: values of the type `item`, separated by commas; gives a list."""
    return lambda text: [item(word) for word in text.split(',')]


def some_of(names):
    """A type for argparse: some of these names, each once, separated by commas."""

    def parse(text):
        words = text.split(',')
        if not set(words) <= set(names) or len(set(words)) < len(words):
            raise argparse.ArgumentTypeError(f'{text!r} is not some of {", ".join(names)}')
        return text

    return parse


def point(text):
    """A type for argparse: a t in [0, 1], or best."""
    return text if text == 'best' else unit(text)


def network(text):
    """A type for argparse: a network's name; whether torchvision has it shows when it is built."""
    own = r'PreResNet\d+|VGG(16|19)(BN)?|ViT|.+\.py:\w+'
    if not re.fullmatch(rf'{own}|[a-z][a-z0-9_]*', text):
        raise argparse.ArgumentTypeError(f'{text!r} is no network; there are {NETWORKS}')
    return text


def normalization(text):
    """A type for argparse: a name, or MEAN;STD, of which each is one number or three."""
    try:
        mean, std = read_normalization(text)
        good = all(map(math.isfinite, mean + std)) and min(std) > 0
    except ValueError:
        good = False
    if not good:
        wanted = f"{', '.join(NORMALIZATIONS)} or 'MEAN;STD' with numbers above 0 for STD"
        raise argparse.ArgumentTypeError(f'{text!r} is not {wanted}')
    return name_normalization(mean, std)


def read_normalization(text):
    """(mean, standard deviation), three numbers each; raises ValueError where it is none."""
    if text in NORMALIZATIONS:
        return NORMALIZATIONS[text]
    mean, std = (tuple(map(float, half.split(','))) for half in text.split(';'))
    mean, std = (half * 3 if len(half) == 1 else half for half in (mean, std))
    if (len(mean), len(std)) != (3, 3):
        raise ValueError(f'{text!r}: not one number or three')
    return mean, std


def name_normalization(mean, std):
    """What --normalize calls it: always the same words for the same numbers."""
    for name, numbers in NORMALIZATIONS.items():
        if numbers == (mean, std):
            return name
    halves = (half[:1] if len(set(half)) == 1 else half for half in (mean, std))
    return ';'.join(','.join(map(str, half)) for half in halves)


def augmentation(text):
    """A type for argparse: none, or some of crop and flip, separated by commas."""
    if text == 'none':
        return text
    return ','.join(sorted(some_of(AUGMENTATIONS)(text).split(',')))


def path(text):
    """A type for argparse: a path or a name."""
    if not text.strip():
        raise argparse.ArgumentTypeError('an empty value')
    try:
        text.encode()  # as run.json and command.sh keep it
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(f'{text!a} is not in UTF-8') from None
    return text


count, natural = within(int, 1), within(int, 0)
positive, at_least_0 = within(float, 0, closed='none'), within(float, 0)
unit, share = within(float, 0, 1), within(float, 0, 1, closed='high')
below_1, between = within(float, 0, 1, closed='low'), within(float, 0, 1, closed='none')
percent = within(float, 0, 100)


class Parser(argparse.ArgumentParser):
    """Takes hyphens for underscores, and says an error in one line."""

    def parse_args(self, argv=None, namespace=None):
        argv = sys.argv[1:] if argv is None else map(str, argv)
        return super().parse_args([self.underscore(word) for word in argv], namespace)

    @staticmethod
    def underscore(word):
        """--num-workers=4 as --num_workers=4."""
        flag, equals, value = word.partition('=')
        return f'--{flag[2:].replace("-", "_")}{equals}{value}' if word[:2] == '--' else word

    def error(self, message):
        fail(f'{message}. Fix: see `{self.prog} --help`.', 2)

    def group(self, title):
        """Open a group of this title. Returns (add, switch): add(flag, default, kind, text) adds a
        flag with a value, switch(flag, text) one without."""
        section = self.add_argument_group(title)

        def add(flag, default, kind, text):
            more = '' if default is None else f' (default: {default})'
            how = {'choices': kind} if isinstance(kind, tuple) else {'type': kind}
            section.add_argument(f'--{flag}', default=default, help=text + more, metavar='X', **how)

        def switch(flag, text):
            section.add_argument(f'--{flag}', action='store_true', help=text)

        return add, switch


# ---------------------------------------------------------------- what files add


def infer_request(typed):
    """{'unlearn_type': kind} where it follows from the flags that were typed."""
    kinds = {name: kind for name, kind in REQUEST.items() if name in typed}
    if 'unlearn_type' in typed:
        kinds = {'unlearn_type': typed['unlearn_type'], **kinds}
    if len(set(kinds.values())) > 1:
        asked = ' and '.join(f'--{name}={typed[name]}' for name in kinds)
        raise InputError(f'{asked} ask to forget different samples.', 'leave one of them out.')
    return {'unlearn_type': next(iter(kinds.values()))} if kinds else {}


def refuse_backwards(args):
    """Refuse intervals of t that end before they begin."""
    for low, high in (('start_t', 'end_t'), ('t_min', 't_max')):
        if getattr(args, low, 0) > getattr(args, high, 1):
            problem = f'--{low}={getattr(args, low)} lies behind --{high}={getattr(args, high)}.'
            raise InputError(problem, 'exchange them.')


def inherit(args, originals=(), dependents=(), default_dataset=DATASET):
    """The flags, completed by what the named files say, as a new namespace.

    originals, dependents: contents of checkpoints; a None is passed over. Every file sets network
    and data. A dependent, made for one D_f (an end, a curve), sets the split too; a curve also sets
    its shape. Where no file names the data set, it is the image folder at --data_path, or else
    default_dataset. Raises InputError where a file contradicts a typed flag or another file, and
    where nothing names the data set.
    """
    said = {}  # {flag: (value, source)}
    for content in filter(None, (*originals, *dependents)):
        run = content.get('run', {})
        values = {name: run['data'][name] for name in DATA if name in run.get('data', {})}
        if values:  # a file of ours: where it names no preprocessing, it is the recipe's
            values = dict.fromkeys(PREPROCESSING) | values
        if any(content is dependent for dependent in dependents):
            values |= run.get('split', {})
        if content.get('kind') == 'curve':
            values |= {name: run['config'].get(name) for name in CURVE}
        for name, value in values.items():
            refuse_contradiction(args, said, name, value, content['source'])
            said.setdefault(name, (value, content['source']))
    taken = {name: value for name, (value, _) in said.items() if name not in args.typed}
    refuse_untyped_network(taken.get('model'))
    args = argparse.Namespace(**{**vars(args), **taken})
    if args.dataset is None:
        args.dataset = 'ImageFolder' if is_image_folder(args.data_path) else default_dataset
    if args.dataset is None and args.data_path:
        problem = f'--data_path={args.data_path}: has no train/ with a folder a class, and test/.'
        raise InputError(problem, 'give the folder that has them, or add --dataset.')
    need(args, dataset='no file, and no --data_path, says which one it is')
    if args.split_seed is None:
        args.split_seed = args.seed
    return args


def is_image_folder(data_path):
    """Whether --data_path is a folder with train/<class>/, and test/ or val/."""
    root = Path(data_path or '')
    tested = any((root / name).is_dir() for name in ('test', 'val'))
    return data_path is not None and tested and any(p.is_dir() for p in root.glob('train/*'))


def refuse_contradiction(args, said, name, value, source):
    """Raise InputError where a file's value of a flag is not that which was typed, or said before.

    A typed request is in words: the split's fingerprint compares what they mean.
    """
    own, other = said.get(name, (value, ''))
    typed = find_typed(args, name)
    if name in args.typed and name not in WORDS:
        own, other = getattr(args, name), 'typed' if typed == name else f'by --{typed}'
        own = network_label(own) if name == 'model' else own
    if own != value:
        if name in PREPROCESSING:
            own, value = own or "the recipe's", value or "the recipe's"
        problem = f'--{name}={own!s:.40} ({other}) contradicts {source}: {value!s:.40}.'
        raise InputError(problem, f'leave --{typed} out, or give a file that fits it.')


def find_typed(args, name):
    """The flag that was typed for a value: its own, or the one that the request follows from."""
    implied = [flag for flag, kind in REQUEST.items() if flag in args.typed]
    return implied[0] if name == 'unlearn_type' and implied else name


def take_resumed(args, flags, source):
    """The flags of the run that is resumed, as a new namespace; those typed now must agree."""
    for name in args.typed.intersection(flags) - FREE_ON_RESUME:
        own, then = getattr(args, name), flags[name]
        if name == 'model':
            own, then = network_label(own), network_label(then)
        if own != then:
            problem = f'--{name}={own} contradicts {source}: {then}.'
            fix = f'leave --{find_typed(args, name)} out: resuming continues the same run.'
            raise InputError(problem, fix)
    kept = {name: value for name, value in flags.items() if name not in args.typed}
    refuse_untyped_network(kept.get('model'))
    return argparse.Namespace(**{**vars(args), **kept})


def need(args, **why):
    """Raise InputError naming every flag that has no value; why: {flag: reason}."""
    missing = {name: reason for name, reason in why.items() if getattr(args, name) is None}
    if missing:
        reasons = '; '.join(f'--{name} is missing: {reason}' for name, reason in missing.items())
        raise InputError(f'{reasons}.', 'add ' + ' '.join(f'--{name}=…' for name in missing))


def refuse(args, names, why):
    """Raise InputError where a flag is typed that is of no use."""
    for name in sorted(args.typed.intersection(names)):
        raise InputError(f'--{name} is of no use here: {why}.', 'leave it out.')


def refuse_untyped_network(name):
    """Refuse a network in a file of the user's that a checkpoint names: only what is typed runs."""
    if name and is_own(name):
        problem = f'the network is {name}, a file of your own, which runs only if typed.'
        raise InputError(problem, f'add --model=FOLDER/{name}.')


def record_flags(args):
    """The flags in plain types, as run.json and checkpoints keep them."""
    flags = {name: value for name, value in vars(args).items() if name not in ('typed', 'command')}
    return flags | {'model': network_label(args.model)}


def select_config(args):
    """{flag: value} of what changes a run's result besides its data, split, seed and files; the
    forget loss where it is not the paper's, so that older runs stay the same runs."""
    config = {name: value for name, value in vars(args).items() if name not in WITHOUT_EFFECT}
    if config.get('forget_loss') == 'ce':
        del config['forget_loss']
    return config


def is_own(name):
    """Whether a network's name means a function in a user's file."""
    return '.py:' in name


def network_label(name):
    """The name as files and messages show it: without the folders of a user's file."""
    return Path(name).name if name and is_own(name) else name
