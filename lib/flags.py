"""What flags may be, and what the files that are named add to them.

`utils.open_run` calls `inherit` once; after that the flags are only read. There are two exceptions:
main_tv.py takes the seed of its expert, and eval_curve.py the seed and the alignment bases of its
curve. Nothing here imports torch or reads a file.
"""

import argparse
import math
import re
import sys
from pathlib import Path

from lib.errors import InputError, fail

# What a flag does to a run is its role, declared with it in arg_parser.py:
#   result   changes the result: in the run's config
#   search   the same, of curve, dynamic and align alone
#   shape    the same, and inherited from a curve: --curve, --num_bends
#   walk     changes the walk of eval_curve.py, but none of the rows that are compared
#   data     describes data and network: inherited from every checkpoint
#   split    says what is forgotten: inherited from what was made for one D_f
#   seed     changes the result, and is recorded apart from the config
#   file     names a file or folder, whose content counts
#   none     has no effect on the result
COMMON = {'dir', 'dataset', 'data_path', 'model', 'unlearn_method', 'original_pth', 'epochs', 'lr'}
COMMON |= {'ckpt', 'num_points', 'export_t'}  # first in --help
CONFIG = ('result', 'search', 'shape')  # the roles of what a run's config holds
PREPROCESSING = ('normalize', 'augment')  # in place of the recipe's; recorded only where given
DATASET = 'CIFAR10'  # where nothing says which data set it is
REQUEST = {'forget_index': 'index', 'forget_class': 'class', 'forget_ratio': 'random'}
NORMALIZATIONS = {  # {name: (mean, standard deviation)} of pixels from 0 to 1
    'imagenet': ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    'cifar': ((0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010)),  # CIFAR-10's
    'cifar100': ((0.5071, 0.4867, 0.4408), (0.2675, 0.2565, 0.2761)),
    'none': ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
}
AUGMENTATIONS = ('crop,flip', 'crop', 'flip', 'none')
NETWORKS = (
    'PreResNet20 (8, 14, 20 … 110, 164), VGG16, VGG16BN, VGG19, VGG19BN, ViT, '
    "a torchvision classification model's name such as resnet18, or FILE.py:function of your own"
)

# ---------------------------------------------------------------- types and the parser


def within(kind, low, high=math.inf, ends='[]'):
    """A type for argparse: finite numbers of a kind; ends: ( or ) is an end that is left out."""
    left, right = ends

    def parse(text):
        try:
            value = kind(text)
        except ValueError:
            value = math.nan
        above = value > low or (value == low and left == '[')
        below = value < high or (value == high and right == ']')
        fits = kind is float or value < 2**63  # torch takes no larger whole number
        if not (math.isfinite(value) and above and below and fits):
            word = 'whole number' if kind is int else 'number'
            raise argparse.ArgumentTypeError(f'{text!r} is no {word} in {left}{low}, {high}{right}')
        return value

    return parse


def list_of(item):
    """A type for argparse: values of the type `item`, separated by commas; gives a list."""
    return lambda text: [item(word) for word in text.split(',')]


def point(text):
    """A type for argparse: a t in [0, 1], or best."""
    return text if text == 'best' else unit(text)


def network(text):
    """A type for argparse: a network's name; whether torchvision has it shows when it is built."""
    if not re.fullmatch(r'PreResNet\d+|VGG(16|19)(BN)?|ViT|.+\.py:\w+|[a-z][a-z0-9_]*', text):
        raise argparse.ArgumentTypeError(f'{text!r} is no network; there are {NETWORKS}')
    return text


def normalization(text):
    """A type for argparse: a name, or MEAN;STD, of which each is one number or three."""
    read_normalization(text)
    return text


def read_normalization(text):
    """(mean, standard deviation), three numbers each; raises ValueError where it is none."""
    if text in NORMALIZATIONS:
        return NORMALIZATIONS[text]
    mean, std = (tuple(map(float, numbers.split(','))) for numbers in text.split(';'))
    mean, std = (numbers * 3 if len(numbers) == 1 else numbers for numbers in (mean, std))
    if not (len(mean) == len(std) == 3 and all(map(math.isfinite, mean + std)) and min(std) > 0):
        raise ValueError(text)
    return mean, std


def path(text):
    """A type for argparse: a path or a name, not empty."""
    if not text.strip():
        raise argparse.ArgumentTypeError('an empty value')
    return text


count, natural = within(int, 1), within(int, 0)
positive, at_least_0 = within(float, 0, ends='()'), within(float, 0)
unit, share = within(float, 0, 1), within(float, 0, 1, ends='(]')
below_1, between = within(float, 0, 1, ends='[)'), within(float, 0, 1, ends='()')
percent = within(float, 0, 100)


class Parser(argparse.ArgumentParser):
    """Takes hyphens for underscores, and says an error in one line; `roles` are those above."""

    def __init__(self, *args, **settings):
        super().__init__(*args, usage='%(prog)s [flags]', **settings)
        self.roles, self.common = {}, self.add_argument_group('what is typed most')

    def parse_args(self, argv=None, namespace=None):
        argv = sys.argv[1:] if argv is None else map(str, argv)
        argv = [re.sub('^--[^=]+', lambda m: '--' + m[0][2:].replace('-', '_'), w) for w in argv]
        return super().parse_args(argv, namespace)

    def error(self, message):
        fail(f'{message}. Fix: see `{self.prog} --help`.', 2)

    def group(self, title):
        """add(flag, default, kind, role, text) of a new group; kind: a type, a tuple of choices, or
        bool for a switch."""
        others = self.add_argument_group(title)

        def add(flag, default, kind, role, text):
            self.roles[flag] = role
            section = self.common if flag in COMMON else others
            if kind is bool:
                section.add_argument(f'--{flag}', action='store_true', help=text)
                return
            text += '' if default is None else f' (default: {default})'
            allowed = {'choices': kind} if isinstance(kind, tuple) else {'type': kind}
            section.add_argument(f'--{flag}', default=default, help=text, metavar='X', **allowed)

        return add


def select(args, *roles):
    """{flag: value} of the flags of some roles."""
    return {name: getattr(args, name) for name, role in args.roles.items() if role in roles}


# ---------------------------------------------------------------- what files add


def infer_request(typed, is_union=False):
    """{'unlearn_type': kind} where it follows from the flags that were typed; is_union: a list and
    classes may be typed together."""
    kinds = {'unlearn_type': typed['unlearn_type']} if 'unlearn_type' in typed else {}
    kinds |= {name: kind for name, kind in REQUEST.items() if name in typed}
    if is_union and 'forget_index' in kinds:
        kinds.pop('forget_class', None)
    if len(set(kinds.values())) > 1:
        asked = ' and '.join(f'--{name}={typed[name]}' for name in kinds)
        raise InputError(f'{asked} ask to forget different samples.', 'leave one of them out.')
    return {'unlearn_type': next(iter(kinds.values()))} if kinds else {}


def refuse_backwards(args):
    """Raise InputError for an interval of t that ends before it begins."""
    for low, high in (('start_t', 'end_t'), ('t_min', 't_max')):
        if getattr(args, low, 0) > getattr(args, high, 1):
            raise InputError(f'--{low} lies behind --{high}.', 'exchange them.')


def inherit(args, originals=(), dependents=(), default_dataset=DATASET):
    """The flags, completed by what the named files say, as a new namespace.

    originals, dependents: contents of checkpoints, or None. Every file sets network and data; a
    dependent, made for one D_f (an end, a curve), the split too; a curve its shape. Where no file
    names the data set, it is the image folder at --data_path, or else default_dataset.
    """
    inherited = {}  # {flag: (value, source)}
    for content in filter(None, (*originals, *dependents)):
        run = content.get('run', {})
        values = {k: v for k, v in run.get('data', {}).items() if args.roles.get(k) == 'data'}
        if values:  # a file of ours: where it names no preprocessing, it is the recipe's
            values = dict.fromkeys(PREPROCESSING) | values
        if any(content is dependent for dependent in dependents):
            values |= run.get('split', {})
            if 'split_seed' in args.typed and 'forget_class' in values.keys() - args.typed:
                values.setdefault('split_seed', None)  # the one that is typed draws another class
        if content.get('kind') == 'curve':
            values |= {name: run['config'].get(name) for name in select(args, 'shape')}
        for name, value in values.items():
            refuse_contradiction(args, inherited, name, value, content['source'])
            inherited.setdefault(name, (value, content['source']))
    taken = {name: value for name, (value, _) in inherited.items() if name not in args.typed}
    args = argparse.Namespace(**{**vars(args), **taken})
    if is_user_file(args.model) and 'model' not in args.typed:
        problem = f'the network is {args.model}, a file of your own, which runs only if typed.'
        raise InputError(problem, f'add --model=FOLDER/{args.model}.')
    if args.dataset is None:
        args.dataset = 'ImageFolder' if is_image_folder(args.data_path) else default_dataset
    reasons = {
        'dataset': 'no file says which one it is, and --data_path has no train/ and test/',
        'model': 'no file given here names the network',
    }
    if args.dataset not in (None, 'Digits'):
        reasons['data_path'] = f'{args.dataset} is read from there'
    if args.unlearn_type == 'index':
        reasons['forget_index'] = 'it names the samples to forget'
    require_flags(args, **reasons)
    if args.split_seed is None:
        args.split_seed = args.seed
    return args


def is_image_folder(data_path):
    """Whether it holds train/, and test/ or val/."""
    train, *tests = (Path(data_path or '') / name for name in ('train', 'test', 'val'))
    return bool(data_path) and train.is_dir() and any(test.is_dir() for test in tests)


def refuse_contradiction(args, inherited, name, value, source):
    """Raise InputError where a file's value of a flag is not that which was typed, or inherited.

    A typed request is not compared: the split's fingerprint says what it means.
    """
    before, origin = inherited.get(name, (value, ''))
    request = [flag for flag in REQUEST if flag in args.typed and name == 'unlearn_type']
    typed = (request or [name])[0]
    if name in args.typed and name not in ('forget_index', 'forget_class'):
        before, origin = getattr(args, name), 'typed' if typed == name else f'by --{typed}'
        before = network_label(before) if name == 'model' else before
    if before != value:
        problem = f'--{name}={before!s:.40} ({origin}) contradicts {source}: {value!s:.40}.'
        raise InputError(problem, f'leave --{typed} out, or give a file that fits it.')


def take_resumed(args, flags, source):
    """The flags of a resumed run, which those typed now must not contradict; a new namespace."""
    for name in args.typed.intersection(flags):
        if args.roles[name] not in ('none', 'file'):
            refuse_contradiction(args, {}, name, flags[name], source)
    untyped = {name: value for name, value in flags.items() if name not in args.typed}
    return argparse.Namespace(**{**vars(args), **untyped})


def require_flags(args, **reasons):
    """Raise InputError naming every flag that has no value; reasons: {flag: why it is needed}."""
    missing = {name: reason for name, reason in reasons.items() if getattr(args, name) is None}
    if missing:
        text = '; '.join(f'--{name} is missing: {reason}' for name, reason in missing.items())
        raise InputError(f'{text}.', 'add ' + ' '.join(f'--{name}=…' for name in missing))


def reject_flags(args, names, why):
    """Raise InputError where a flag is typed that is of no use."""
    for name in sorted(args.typed.intersection(names)):
        raise InputError(f'--{name} is of no use here: {why}.', 'leave it out.')


def record_flags(args):
    """The flags as run.json and checkpoints keep them."""
    return {name: getattr(args, name) for name in args.roles} | {'model': network_label(args.model)}


def is_user_file(name):
    """Whether a network's name means a function in a user's file."""
    return bool(name) and '.py:' in name


def network_label(name):
    """The name as files and messages show it: without the folders of a user's file."""
    return Path(name).name if is_user_file(name) else name
