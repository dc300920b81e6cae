"""Every flag, once: name, default, help. Hyphens and underscores are the same; errors are one line.

`parse_args('train', argv)` gives a namespace that tells what was typed (`args.typed`) from what was
not: what was not typed may come from a checkpoint (`given.inherit`), then from its default.
"""

import argparse
from typing import Any, NamedTuple

import flag_types as types
import models
from curves import CURVES
from data import DATASETS, TRANSFORMS
from errors import InputError, fail
from flag_types import one_of
from ranks import world
from unlearn import METHODS, PRECISIONS, RECIPES

SWITCH = 'switch'  # the kind of a flag without a value


class Flag(NamedTuple):
    """names: it changes the result, so a value other than the default is part of a run's name."""

    default: Any
    kind: Any
    help: str
    names: bool = False


FLAGS = {
    'output': {
        'dir': Flag('/tmp/curve/', types.path, 'folder under which everything is written'),
        'overwrite': Flag(False, SWITCH, 'replace what an earlier run of the same name left'),
    },
    'data and network': {
        'dataset': Flag('CIFAR10', one_of(DATASETS), 'one of ' + ', '.join(DATASETS)),
        'data_path': Flag(None, types.path, 'folder of the data set; Digits has none'),
        'transform': Flag('VGG', one_of(TRANSFORMS), 'recipe: ' + ', '.join(TRANSFORMS), True),
        'image_size': Flag(None, types.count, "pixels of the input; the recipe's unless given"),
        'train_fraction': Flag(1.0, types.share, 'class-balanced share of the training set', True),
        'test_fraction': Flag(1.0, types.share, 'class-balanced share of the test set', True),
        'model': Flag(None, types.network, models.CHOICE),
        'batch_size': Flag(128, types.count, 'samples a batch', True),
        'num_workers': Flag(
            4, types.whole, 'threads that decode images; processes for large data sets'
        ),
        'device': Flag(None, types.path, 'cpu, cuda, cuda:1 or mps; the fastest unless given'),
        'tf32': Flag(False, SWITCH, 'NVIDIA: float32 products rounded to TF32', True),
        'bn_samples': Flag(
            None, types.count, 'samples of the BatchNorm pass; all of D_r unless given', True
        ),
        'use_test': Flag(False, SWITCH, 'accepted: the test set is what is evaluated anyway'),
        'seed': Flag(42, types.whole, 'seed of everything that is random in a run', True),
    },
    'forgetting': {
        'unlearn_type': Flag(
            'random',
            one_of(('random', 'class', 'index')),
            'what is forgotten: random, class, index; follows from --forget_…',
        ),
        'forget_ratio': Flag(0.1, types.between, 'random: share of the training set'),
        'forget_class': Flag(
            None, types.whole, 'class: its label; drawn by --split_seed if absent'
        ),
        'forget_index': Flag(
            None, types.path, 'index: text file or .npy of indices into the whole training set'
        ),
        'split_seed': Flag(None, types.whole, 'seed of the split; --seed unless given'),
    },
    'original': {
        'original_pth': Flag(None, types.path, "the original model: checkpoint or run's folder"),
    },
    'consent': {
        'allow_unlearned': Flag(
            False,
            SWITCH,
            'accept an --original_pth (an --init_start) that is itself unlearned or retrained',
        ),
    },
    'method': {
        'unlearn_method': Flag('baseline', one_of(METHODS), 'one of ' + ', '.join(METHODS)),
        'mask_path': Flag(None, types.path, "mask: MCU's for curve and dynamic, SalUn's for salun"),
        'beta': Flag(0.15, types.at_least_0, 'ga_plus, curve: weight of the forget loss', True),
        'retain_ratio': Flag(1.0, types.share, 'curve, dynamic: share of D_r trained on', True),
        'pretrained': Flag(False, SWITCH, 'baseline, retrain: start from ImageNet weights', True),
    },
    'optimisation': {
        'epochs': Flag(200, types.count, 'epochs', True),
        'lr': Flag(0.01, types.positive, 'learning rate of SGD', True),
        'milestones': Flag(
            None, types.listed(types.count), 'lr × 0.1 after these epochs (5,8); else cosine', True
        ),
        'momentum': Flag(0.9, types.below_1, 'momentum of SGD', True),
        'precision': Flag(
            'fp32', one_of(PRECISIONS), 'of training steps: ' + ', '.join(PRECISIONS), True
        ),
        'compile': Flag(False, SWITCH, 'torch.compile the training step', True),
        'save_freq': Flag(5, types.count, 'epochs between checkpoints; the last is always saved'),
        'eval_freq': Flag(
            1, types.count, 'epochs between measurements; the last is always measured'
        ),
        'resume': Flag(None, types.path, "checkpoint, or a run's folder, to go on from"),
        'wandb': Flag('off', one_of(('off', 'offline', 'online')), 'off, offline or online'),
    },
    'decay': {
        'wd': Flag(1e-4, types.at_least_0, 'weight decay (of a curve: in its loss only)', True),
    },
    'curve': {
        'curve': Flag('Bezier', one_of(CURVES), 'Bezier or PolyChain', True),
        'num_bends': Flag(3, types.within(int, 2), 'points of the curve, ends included', True),
    },
    'ends': {
        'init_start': Flag(None, types.path, "the original model: checkpoint or run's folder"),
        'init_end': Flag(None, types.path, 'the pre-unlearning model (main_tv.py: the finetune2)'),
    },
    'search': {
        'fix_start': Flag(False, SWITCH, 'hold the first point', True),
        'fix_end': Flag(False, SWITCH, 'hold the last point', True),
        'init_linear_off': Flag(False, SWITCH, 'inner points start at random weights', True),
        'start_t': Flag(0.0, types.unit, 'curve, dynamic: t of a step is drawn from here', True),
        'end_t': Flag(1.0, types.unit, 'to here', True),
    },
    'bases': {
        'retain_base': Flag(None, types.percent, "A_r in percent; the original's if absent", True),
        'forget_base': Flag(None, types.percent, "A_f in percent; the original's if absent", True),
    },
    'mask share': {
        'mask_ratio': Flag(0.5, types.share, 'share k of the parameters that is selected'),
    },
    'protection': {
        'kr': Flag(
            [0.0, 0.1, 0.2, 0.3, 0.4], types.listed(types.below_1), 'protected shares, as 0,0.1'
        ),
    },
    'relearning': {
        'relearn': Flag(
            0, types.whole, 'also measure how fast D_f is learnt again, in at most so many steps'
        ),
    },
    'negation': {
        'coef': Flag(0.9, types.at_least_0, 'how much of the forget-expert is taken away', True),
    },
    'evaluation': {
        'ckpt': Flag(None, types.path, "the curve: checkpoint or run's folder"),
        'start_t': Flag(0.0, types.unit, 'first t', True),
        'end_t': Flag(1.0, types.unit, 'last t', True),
        'num_points': Flag(20, types.count, 'values of t, evenly', True),
        'align': Flag(
            'base',
            one_of(('base', 'self', 'both')),
            "t*: accuracy on D_f is to meet A_f (base) or the same point's on the test set (self); "
            'both: base, with one more row for self',
            True,
        ),
        'bn_data': Flag('retain', one_of(('retain', 'train')), 'data of the BatchNorm pass', True),
        'mia': Flag(False, SWITCH, 'the membership attack at every point too', True),
        'precision': Flag(
            'fp32',
            one_of(PRECISIONS),
            'of the points and the search; what is compared or exported stays float32: '
            + ', '.join(PRECISIONS),
            True,
        ),
        'no_search': Flag(False, SWITCH, 'no search for t*, no rows to compare', True),
        'no_line': Flag(
            False, SWITCH, 'no rows of fresh statistics and of the straight line', True
        ),
        'export_t': Flag(None, types.point, 'also write the model at this t, or at best'),
    },
    'request': {
        'pre': Flag('finetune', one_of(RECIPES), 'pre-unlearning method: ' + ', '.join(RECIPES)),
        'pre_epochs': Flag(None, types.count, "its epochs; its recipe's unless given", True),
        'pre_lr': Flag(None, types.positive, "its learning rate; its recipe's unless given", True),
        'mask_ratio': Flag(0.5, types.share, 'share of the parameters that the search moves', True),
        'epochs': Flag(None, types.count, 'epochs of the search; 10, or 500 steps if absent', True),
        'lr': Flag(0.01, types.positive, 'learning rate of the search', True),
        'retain_ratio': Flag(0.5, types.share, 'share of D_r that the search trains on', True),
        'num_points': Flag(20, types.count, 'values of t in the figure'),
    },
    'figure': {
        'dir': Flag('/tmp/curve/', types.path, 'folder with the .npz of eval_curve.py'),
    },
}

SHARED = ('output', 'data and network', 'forgetting')
BY_SEVERAL = ('train', 'eval_curve', 'generate_weight_mask', 'generate_mask')  # processes
SCRIPTS = {
    'train': (
        'Train an original model, a baseline, a pre-unlearning method or a curve.',
        (
            *SHARED,
            'original',
            'consent',
            'method',
            'optimisation',
            'decay',
            'curve',
            'ends',
            'search',
            'bases',
            'relearning',
        ),
    ),
    'generate_weight_mask': (
        "MCU's parameter masks: which tensors the curve search may move.",
        (*SHARED, 'original', 'consent', 'mask share', 'protection'),
    ),
    'generate_mask': (
        "SalUn's mask: which elements salun may move.",
        (*SHARED, 'original', 'consent', 'mask share'),
    ),
    'main_tv': (
        'NegTV: the original model minus the way to a forget-expert.',
        (*SHARED, 'ends', 'consent', 'negation', 'relearning'),
    ),
    'eval_curve': (
        'Evaluate a pathway: accuracies along t, the optimum, the rows to compare.',
        (*SHARED, 'curve', 'bases', 'decay', 'evaluation', 'relearning'),
    ),
    'forget': (
        'A deletion request in one command: the unlearned model and a report.',
        (*SHARED, 'original', 'consent', 'request'),
    ),
    'plot_region': ('Draw the effective unlearning region of evaluated pathways.', ('figure',)),
}


class Parser(argparse.ArgumentParser):
    """Without the usage text before an error."""

    def error(self, message):
        fail(f'{message}. Fix: see `python3 {self.prog} --help`.', 2)


def flags_of(script):
    """{flag: Flag} of a script."""
    return {name: flag for group in SCRIPTS[script][1] for name, flag in FLAGS[group].items()}


def build_parser(script):
    """The parser of a script; its namespace holds only what was typed."""
    about, groups = SCRIPTS[script]
    parser = Parser(
        f'{script}.py', description=about, argument_default=argparse.SUPPRESS, allow_abbrev=False
    )
    for group in groups:
        section = parser.add_argument_group(group)
        for name, flag in FLAGS[group].items():
            told = flag.default is not None and flag.kind is not SWITCH
            default = f' (default: {flag.default})' if told else ''
            if flag.kind is SWITCH:
                kind = {'action': 'store_true'}
            else:
                kind = {'type': flag.kind, 'metavar': 'VALUE'}
            section.add_argument(f'--{name}', help=flag.help + default, **kind)
    return parser


def underscored(word):
    """--num-workers=4 as --num_workers=4."""
    flag, equals, value = word.partition('=')
    return f'--{flag[2:].replace("-", "_")}{equals}{value}' if flag.startswith('--') else word


def parse_args(script, argv):
    """The flags of a script, defaults for what was not typed.

    `args.typed` names what was typed; `args.origin` says where every other value that is not a
    default comes from, once `inherit` took it from a file.
    """
    if world() > 1 and script not in BY_SEVERAL:
        raise InputError(f'{script}.py is one process.', 'start it by python3, not by torchrun.')
    typed = vars(build_parser(script).parse_args([underscored(word) for word in argv]))
    defaults = {name: flag.default for name, flag in flags_of(script).items()}
    args = argparse.Namespace(**{**defaults, **typed})
    args.script, args.typed = script, frozenset(typed)
    args.origin = dict.fromkeys(typed, 'typed')
    return args
