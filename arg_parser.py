"""Every flag of every script: its default, its range, its role in a run, its help.

Nothing here imports torch or reads a file: --help and typing errors answer at once. What is not
typed may come from a file that is named (`lib.flags.inherit`), then from its default.
"""

import argparse
import os
import shlex
import sys

from lib.errors import InputError, fail
from lib.flags import (
    AUGMENTATIONS,
    DATASET,
    NETWORKS,
    REQUEST,
    Parser,
    at_least_0,
    below_1,
    between,
    count,
    infer_request,
    list_of,
    natural,
    network,
    normalization,
    path,
    percent,
    point,
    positive,
    refuse_backwards,
    share,
    unit,
    within,
)
from lib.methods import METHODS, PRECISIONS

# ---------------------------------------------------------------- what may be typed

DATASETS = ('Digits', 'CIFAR10', 'CIFAR100', 'TinyImageNet', 'ImageNet', 'ImageFolder')
TRANSFORMS = ('VGG', 'ResNet', 'ViT')
CURVES = ('Bezier', 'PolyChain')
PRESETS = {  # {name: {flag: value}} of what begins at an end; the paper's are the defaults
    'paper': {},
    'best': {'unlearn_method': 'align', 'lr': 0.02, 'epochs': 6},
}


# ---------------------------------------------------------------- the flags, by group


def add_shared(parser, script):
    """Where results go, the data and the network, what is forgotten."""
    is_request = script == 'forget'  # that says itself what is forgotten, and of which data
    add = parser.group('where results go')
    add('dir', '/tmp/curve/', path, 'none', 'folder under which everything is written')
    add('overwrite', False, bool, 'none', 'replace what an earlier run of the same name left')
    if script in ('train', 'eval_curve'):
        add('wandb', 'off', ('off', 'offline', 'online'), 'none', 'Weights & Biases')
    add = parser.group('data and network (taken from a checkpoint that is given)')
    text = ', '.join(DATASETS) + '; the last where --data_path has train/ and test/ or val/'
    text += f', else {DATASET}' * (not is_request)
    add('dataset', None, DATASETS, 'data', text)
    add('data_path', None, path, 'file', 'folder of the data set; Digits needs none')
    add('transform', 'VGG', TRANSFORMS, 'data', 'recipe of images: ' + ', '.join(TRANSFORMS))
    add('image_size', None, count, 'data', "pixels of the input; the recipe's unless given")
    text = (
        "imagenet, cifar, cifar100, none, or 'mean;std' as '0.5;0.25' or '0.5,0.4,0.3;0.2,0.2,0.2'"
    )
    add('normalize', None, normalization, 'data', text)
    add('augment', None, AUGMENTATIONS, 'data', "crop,flip or less; the recipe's unless given")
    add('train_fraction', 1.0, share, 'data', 'share of each class of the training set')
    add('test_fraction', 1.0, share, 'data', 'share of each class of the test set')
    add('model', None, network, 'data', NETWORKS)
    add = parser.group('what is forgotten (taken from a curve or an end that is given)')
    kinds, default = ('random', 'class', 'index'), None if is_request else 'random'
    add('unlearn_type', default, kinds, 'split', 'random, class or index')
    add('forget_ratio', 0.1, between, 'split', 'random: share of the training set')
    text = 'class: its name or its label, or several with commas; NAME/ is always a name'
    add('forget_class', None, path, 'split', text)
    text = 'index: text file, a training image a line by path or index, or .npy of indices'
    add('forget_index', None, path, 'split', text)
    add('split_seed', None, natural, 'split', 'seed of the split; --seed unless given')
    add = parser.group('machine')
    role = 'result' if script in ('train', 'forget') else 'none'
    add('batch_size', None if is_request else 128, count, role, 'samples a batch')
    add('num_workers', 4, natural, 'none', 'threads, or processes, that decode images')
    add('device', None, path, 'none', 'cpu, cuda, cuda:1 or mps; the fastest unless given')
    if not script.startswith('generate'):
        role = 'search' if script == 'train' else 'result'
        add('bn_samples', None, count, role, 'samples of the BatchNorm pass; all unless given')
    if not is_request:
        add('use_test', False, bool, 'none', 'accepted: the test set is evaluated anyway')
    add('seed', 42, natural, 'seed', 'seed of everything that is random in a run')


def add_ends(parser):
    """The ends of a curve, or of a task vector."""
    add = parser.group('the two models that a curve, align or a task vector begins at')
    add('init_start', None, path, 'file', "the original model: checkpoint or run's folder")
    add('init_end', None, path, 'file', 'the pre-unlearning model (main_tv.py: the finetune2)')
    return add


def add_curve(parser):
    """The shape of a curve."""
    add = parser.group('the curve')
    add('curve', 'Bezier', CURVES, 'shape', 'Bezier or PolyChain')
    add('num_bends', 3, within(int, 2), 'shape', 'points of the curve, ends included')
    return add


def add_bases(parser, role):
    """The alignment bases."""
    add = parser.group('the alignment bases')
    add('retain_base', None, percent, role, "A_r in percent; the original's on D if absent")
    add('forget_base', None, percent, role, "A_f in percent; the original's on the test set, or 0")


def add_train(parser):
    """train.py: every method, its optimisation, the search of a curve."""
    add = parser.group('the method')
    add('unlearn_method', 'baseline', tuple(METHODS), 'result', ', '.join(METHODS))
    add('mask_path', None, path, 'file', "mask: MCU's for curve and dynamic; salun's; sfron's")
    add('beta', 0.15, at_least_0, 'result', 'ga_plus, curve: weight of the loss on D_f')
    add('retain_ratio', 1.0, share, 'search', 'curve, dynamic, align: share of D_r trained on')
    add('pretrained', False, bool, 'result', 'baseline, retrain: start from ImageNet weights')
    add = parser.group('training')
    add('preset', 'paper', tuple(PRESETS), 'seed', f'paper, or best: {PRESETS["best"]}')
    add('epochs', 200, count, 'result', 'epochs')
    add('lr', 0.01, positive, 'result', 'learning rate of SGD')
    add('milestones', None, list_of(count), 'result', 'lr × 0.1 after these epochs; else cosine')
    add('momentum', 0.9, below_1, 'result', 'momentum of SGD')
    add('wd', 1e-4, at_least_0, 'result', 'weight decay; none on curves and in align')
    add('precision', 'fp32', PRECISIONS, 'result', 'of training steps: ' + ', '.join(PRECISIONS))
    add('save_freq', 5, count, 'none', 'epochs between checkpoints; the last is always saved')
    add('eval_freq', 1, count, 'none', 'epochs between measurements; the last always is one')
    add('resume', None, path, 'none', "checkpoint, or a run's folder, to go on from")
    add = add_curve(parser)
    add('start_t', 0.0, unit, 'search', 'curve, dynamic: t of a step is drawn from here')
    add('end_t', 1.0, unit, 'search', 'to here')
    add = add_ends(parser)
    add('fix_start', False, bool, 'search', 'hold the first point')
    add('fix_end', False, bool, 'search', 'hold the last point')
    add('init_linear_off', False, bool, 'search', 'inner points start at random weights')
    add_bases(parser, 'search')


def add_eval_curve(parser):
    """eval_curve.py: the walk, the choice of t, the export."""
    add = parser.group('the walk along the curve')
    add('ckpt', None, path, 'file', "the curve: checkpoint or run's folder")
    add('start_t', 0.0, unit, 'walk', 'first t')
    add('end_t', 1.0, unit, 'walk', 'last t')
    add('num_points', 20, count, 'walk', 'values of t, evenly')
    add('bn_data', 'retain', ('retain', 'train'), 'result', 'data of the BatchNorm pass')
    add('wd', 1e-4, at_least_0, 'walk', 'weight decay in the loss that is reported')
    add('mia', False, bool, 'walk', 'the membership attack at every point too')
    add('precision', 'fp32', PRECISIONS, 'result', 'of the walk and the choice of t')
    add = parser.group('the choice of t, and what is compared')
    add('t_min', 0.75, unit, 'result', 't* is chosen from here')
    add('t_max', 1.0, unit, 'result', 'to here')
    add('no_line', False, bool, 'walk', 'no rows of fresh statistics and the straight line')
    add('export_t', None, point, 'none', 'also write the model at this t, or at best')
    add_curve(parser)
    add_bases(parser, 'result')


def add_forget(parser):
    """forget.py: what a deletion request may cost, and what it leaves."""
    add = parser.group('the request')
    add('budget', None, positive, 'none', "minutes; else a quarter of retraining's, at least one")
    add('with_copies', False, bool, 'none', 'also forget exact copies in the training set')
    add('retrain_epochs', None, count, 'result', "epochs of retraining; the original's, or 100")
    text = 'A_f, the accuracy to aim at on D_f, in percent; what the references expect unless given'
    add('forget_base', None, percent, 'result', text)
    add = parser.group('the test')
    add('retrain', None, path, 'file', 'a model that was retrained without the samples')
    add('audit_models', 2, count, 'result', 'how many references are made')
    add = parser.group('the record of the request (what is not given is an empty line there)')
    add('request_id', None, path, 'none', 'its number or name in your register')
    add('received', None, path, 'none', 'when it was received')
    add('asked', None, path, 'none', 'what was asked for, in words')
    add('carried_out_by', None, path, 'none', 'who carries it out')
    add('private_report', False, bool, 'none', 'leave the list of samples out of the report')


def build_parser(script):
    """The parser of a script."""
    consent = 'take an original that is itself unlearned or retrained'
    parser = Parser(f'python3 {script}.py', description=ABOUT[script], allow_abbrev=False)
    if script == 'plot_region':
        add = parser.group('where')
        add('dir', '/tmp/curve/', path, 'none', 'folder of eval_curve.py, or one above it')
        return parser
    add_shared(parser, script)
    if script in ('train', 'generate_weight_mask', 'generate_mask', 'forget'):
        add = parser.group('the original model')
        text = "the original model: checkpoint or run's folder"
        text += ", or an earlier request's" * (script == 'forget')
        add('original_pth', None, path, 'file', text)
        add('allow_unlearned', False, bool, 'none', consent)
    if script in ('generate_weight_mask', 'generate_mask'):
        add = parser.group('the mask')
        add('mask_ratio', 0.5, share, 'result', 'share k that is selected')
    if script == 'generate_mask':
        add('kind', 'salun', ('salun', 'sfron'), 'result', 'whose mask: salun or sfron')
    if script == 'generate_weight_mask':
        add('kr', '0,0.1,0.2,0.3,0.4', list_of(below_1), 'result', 'protected shares')
    if script == 'train':
        add_train(parser)
    if script == 'main_tv':
        add_ends(parser)
        add = parser.group('negation')
        add('allow_unlearned', False, bool, 'none', consent)
        add('coef', 0.9, at_least_0, 'result', 'how much of the forget-expert is taken away')
    if script == 'eval_curve':
        add_eval_curve(parser)
    if script == 'forget':
        add_forget(parser)
    return parser


ABOUT = {
    'train': 'Train an original model, a baseline, a pre-unlearning method or a curve.',
    'generate_weight_mask': "MCU's parameter masks: which tensors the curve search may move.",
    'generate_mask': "SalUn's or SFRon's mask: which elements the method may move.",
    'main_tv': 'NegTV: the original model minus the way to a forget-expert.',
    'eval_curve': 'Evaluate a pathway: accuracies along t, the optimum, the rows to compare.',
    'forget': 'A deletion request in one command: the unlearned model and a report.',
    'plot_region': 'Draw the effective unlearning region of evaluated pathways.',
}

# ---------------------------------------------------------------- reading them


def parse_args(script, argv=None):
    """The flags of a script as a namespace; `typed` names those that were typed, `roles` is {flag:
    what it does to a run}, `command` the line that was typed.

    The kind of request follows from what is typed: --forget_index is an index request, to which
    forget.py takes --forget_class too. Ends the program with exit code 2 and one line for flags
    that contradict each other.
    """
    parser, unset = build_parser(script), object()
    argv = sys.argv[1:] if argv is None else [str(word) for word in argv]
    defaults = vars(parser.parse_args([]))
    values = vars(parser.parse_args(argv, argparse.Namespace(**dict.fromkeys(defaults, unset))))
    typed = {name: value for name, value in values.items() if value is not unset}
    try:
        typed |= infer_request(typed, is_union=script == 'forget')
        if int(os.environ.get('WORLD_SIZE', 1)) > 1 and script != 'train':
            raise InputError(f'{script}.py is one process.', 'start it without torchrun.')
        if script == 'forget' and 'unlearn_type' not in typed:
            fix = ', '.join(f'--{name}=…' for name in REQUEST) + ' or --unlearn_type=random'
            raise InputError('nothing says what is to be forgotten.', f'add {fix}.')
        if script == 'forget' and typed['unlearn_type'] == 'class' and 'forget_class' not in typed:
            raise InputError('--unlearn_type=class does not say which.', 'add --forget_class=….')
        chosen = PRESETS[typed.get('preset', 'paper')]
        args = argparse.Namespace(**{**defaults, **chosen, **typed}, typed=frozenset(typed))
        refuse_backwards(args)
    except InputError as error:
        fail(error, 2)
    args.command, args.roles = f'python3 {script}.py {shlex.join(argv)}', parser.roles
    return args
