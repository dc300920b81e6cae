"""Every flag of every script: its default, its range, its help.

Nothing here imports torch or reads a file: --help and typing errors answer at once. What is not
typed may come from a file that is named (`lib.flags.inherit`), then from its default.
"""

import argparse
import os
import shlex
import sys

from lib.errors import InputError, fail
from lib.flags import (
    DATASET,
    NETWORKS,
    REQUEST,
    Parser,
    at_least_0,
    augmentation,
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
    some_of,
    unit,
    within,
)

# ---------------------------------------------------------------- what may be typed

DATASETS = ('Digits', 'CIFAR10', 'CIFAR100', 'TinyImageNet', 'ImageNet', 'ImageFolder')
TRANSFORMS = ('VGG', 'ResNet', 'ViT')
METHODS = ('baseline', 'retrain', 'finetune', 'finetune2', 'ga', 'ga_plus', 'randomlabel', 'salun')
METHODS += ('scrub', 'delete', 'sfron', 'curve', 'dynamic')
CURVES = ('Bezier', 'PolyChain')
PRECISIONS = ('fp32', 'bf16', 'fp16')
FORGET_LOSSES = ('ce', 'hinge', 'right', 'delete')
RULES = ('base', 'self', 'loss', 'outputs')  # of the choice of t
PRESETS = {  # {name: {flag: value}} of a search; the paper's are the defaults
    'paper': {},
    'best': {
        'unlearn_method': 'dynamic',
        'forget_loss': 'right',
        'lr': 0.32,
        'epochs': 6,
        'retain_ratio': 1.0,
    },
}


# ---------------------------------------------------------------- the flags, by group


def add_shared(parser, script):
    """Where results go, the data and the network, what is forgotten."""
    is_request = script == 'forget'  # that says itself what is forgotten, and of which data
    add, switch = parser.group('where results go')
    add('dir', '/tmp/curve/', path, 'folder under which everything is written')
    switch('overwrite', 'replace what an earlier run of the same name left')
    add, switch = parser.group('data and network (taken from a checkpoint that is given)')
    text = 'one of ' + ', '.join(DATASETS) + '; ImageFolder if absent and --data_path has train/ '
    text += 'and test/ or val/' + f', else {DATASET}' * (not is_request)
    add('dataset', None, DATASETS, text)
    add('data_path', None, path, 'folder of the data set; Digits needs none')
    add('transform', 'VGG', TRANSFORMS, 'recipe of augmentation: ' + ', '.join(TRANSFORMS))
    add('image_size', None, count, "pixels of the input; the recipe's unless given")
    text = "imagenet, cifar, cifar100, none (pixels from 0 to 1), or numbers as '0.5;0.25' and "
    text += "'0.5,0.4,0.3;0.2,0.2,0.2' (mean;std); the recipe's unless given"
    add('normalize', None, normalization, text)
    text = "crop,flip, one of the two, or none; the recipe's unless given"
    add('augment', None, augmentation, text)
    add('train_fraction', 1.0, share, 'share of each class of the training set')
    add('test_fraction', 1.0, share, 'share of each class of the test set')
    add('model', None, network, NETWORKS)
    title = 'what is forgotten' + ' (taken from a curve or an end that is given)' * (not is_request)
    add, switch = parser.group(title)
    kinds = 'random', 'class', 'index'
    add('unlearn_type', None if is_request else 'random', kinds, 'random, class or index')
    add('forget_ratio', 0.1, between, 'random: share of the training set')
    text = 'class: its name or its label; NAME/ is always a name'
    text += '; drawn by --split_seed if absent' * (not is_request)
    add('forget_class', None, path, text)
    text = 'index: text file, a training image a line by path or index, or .npy of indices'
    add('forget_index', None, path, text)
    add('split_seed', None, natural, 'seed of the split; --seed unless given')
    add, switch = parser.group('machine')
    text = 'samples a batch' + '; 16 to 128 by the size of D unless given' * is_request
    add('batch_size', None if is_request else 128, count, text)
    add('num_workers', 4, natural, 'threads that decode images; processes for large data sets')
    add('device', None, path, 'cpu, cuda, cuda:1 or mps; the fastest unless given')
    switch('tf32', 'NVIDIA: float32 products rounded to TF32')
    if not script.startswith('generate'):
        add('bn_samples', None, count, 'samples of the BatchNorm pass; all of D_r unless given')
    if not is_request:
        switch('use_test', 'accepted: the test set is what is evaluated anyway')
    add('seed', 42, natural, 'seed of everything that is random in a run')


def add_original(parser):
    """The model that forgets."""
    add, switch = parser.group('the original model')
    add('original_pth', None, path, "the original model: checkpoint or run's folder")
    add_consent(switch)


def add_consent(switch):
    """The switch that lets an unlearned model be an original."""
    switch('allow_unlearned', 'take an original that is itself unlearned or retrained')


def add_ends(parser):
    """The ends of a curve, or of a task vector."""
    add, switch = parser.group('the two models between which a curve (or a task vector) lies')
    add('init_start', None, path, "the original model: checkpoint or run's folder")
    add('init_end', None, path, 'the pre-unlearning model (main_tv.py: the finetune2)')
    return switch


def add_curve(parser):
    """The shape of a curve."""
    add, _ = parser.group('the curve')
    add('curve', 'Bezier', CURVES, 'Bezier or PolyChain')
    add('num_bends', 3, within(int, 2), 'points of the curve, ends included')
    return add


def add_bases(parser):
    """The alignment bases."""
    add, _ = parser.group('the alignment bases')
    add('retain_base', None, percent, "A_r in percent; the original's accuracy on D if absent")
    add('forget_base', None, percent, "A_f in percent; the original's on the test set, or 0")


def add_relearn(parser):
    """How well a model has forgotten, besides accuracies and attacks."""
    add, _ = parser.group('how well it has forgotten')
    add('relearn', 0, natural, 'measure how fast D_f is learnt again, in at most so many steps')


def add_train(parser):
    """train.py: every method, its optimisation, the search of a curve."""
    add, switch = parser.group('the method')
    add('unlearn_method', 'baseline', METHODS, 'one of ' + ', '.join(METHODS))
    add('mask_path', None, path, "mask: MCU's for curve and dynamic; salun's; sfron's")
    add('beta', 0.15, at_least_0, 'ga_plus, curve: weight of the forget loss')
    text = 'ga_plus, curve, dynamic: ' + ', '.join(FORGET_LOSSES)
    add('forget_loss', 'ce', FORGET_LOSSES, text)
    add('retain_ratio', 1.0, share, 'curve, dynamic: share of D_r trained on')
    switch('pretrained', 'baseline, retrain: start from ImageNet weights')
    add, switch = parser.group('training')
    best = ', '.join(f'{name} {value}' for name, value in PRESETS['best'].items())
    text = f'flags of the search: paper, or best ({best}); what is typed wins'
    add('preset', 'paper', tuple(PRESETS), text)
    add('epochs', 200, count, 'epochs')
    add('lr', 0.01, positive, 'learning rate of SGD')
    add('milestones', None, list_of(count), 'lr × 0.1 after these epochs; else cosine')
    add('momentum', 0.9, below_1, 'momentum of SGD')
    add('wd', 1e-4, at_least_0, 'weight decay; none on curves')
    add('precision', 'fp32', PRECISIONS, 'of training steps: ' + ', '.join(PRECISIONS))
    switch('compile', 'torch.compile the training step')
    add('save_freq', 5, count, 'epochs between checkpoints; the last is always saved')
    add('eval_freq', 1, count, 'epochs between measurements; the last is always measured')
    add('resume', None, path, "checkpoint, or a run's folder, to go on from")
    add('wandb', 'off', ('off', 'offline', 'online'), 'Weights & Biases: off, offline or online')
    add = add_curve(parser)
    add('start_t', 0.0, unit, 'curve, dynamic: t of a step is drawn from here')
    add('end_t', 1.0, unit, 'to here')
    switch = add_ends(parser)
    switch('fix_start', 'hold the first point')
    switch('fix_end', 'hold the last point')
    switch('init_linear_off', 'inner points start at random weights')
    add_bases(parser)
    add_relearn(parser)


def add_eval_curve(parser):
    """eval_curve.py: the walk, the choice of t, the export."""
    add, switch = parser.group('the walk along the curve')
    add('ckpt', None, path, "the curve: checkpoint or run's folder")
    add('start_t', 0.0, unit, 'first t')
    add('end_t', 1.0, unit, 'last t')
    add('num_points', 20, count, 'values of t, evenly')
    add('bn_data', 'retain', ('retain', 'train'), 'data of the BatchNorm pass')
    add('wd', 1e-4, at_least_0, 'weight decay in the loss that is reported')
    switch('mia', 'the membership attack at every point too')
    add('precision', 'fp32', PRECISIONS, 'of the walk and the search; rows and export are float32')
    add, switch = parser.group('the choice of t, and what is compared')
    add('t_min', 0.75, unit, 't* is chosen from here')
    add('t_max', 1.0, unit, 'to here')
    text = 'rules of t*, as base,self; each after the first adds rows. base: accuracies near A_r, '
    text += "A_f; self: on D_f near that point's own on the test set; loss: losses near θ_o's on "
    text += "D_r, the test set; outputs (a class): base, then outputs near θ_o's without the class"
    add('align', 'base', some_of(RULES), text)
    switch('no_search', 'no search for t*, no rows to compare')
    switch('no_line', 'no rows of fresh statistics and of the straight line')
    add('export_t', None, point, 'also write the model at this t, or at best')
    add_curve(parser)
    add_bases(parser)
    add_relearn(parser)


def add_forget(parser):
    """forget.py: what a deletion request may cost, and what it leaves."""
    add, switch = parser.group('the request')
    text = "minutes; unless given a quarter of retraining's, and at least one"
    add('budget', None, positive, text)
    text = "epochs of retraining; the original's unless given, or 100 where it does not say them"
    add('retrain_epochs', None, count, text)
    text = "A_f, the accuracy to reach on D_f, in percent; the original's on the test set, or 0"
    add('forget_base', None, percent, text)
    switch('private_report', 'leave the list of samples out of the report')
    switch('keep', 'keep the working files and the curve, in which the original is')


def build_parser(script):
    """The parser of a script."""
    parser = Parser(f'python3 {script}.py', description=ABOUT[script], allow_abbrev=False)
    if script == 'plot_region':
        add, _ = parser.group('where')
        add('dir', '/tmp/curve/', path, 'folder of eval_curve.py, or one above it')
        return parser
    add_shared(parser, script)
    if script in ('train', 'generate_weight_mask', 'generate_mask', 'forget'):
        add_original(parser)
    if script in ('generate_weight_mask', 'generate_mask'):
        add, _ = parser.group('the mask')
        add('mask_ratio', 0.5, share, 'share k that is selected')
    if script == 'generate_mask':
        add('kind', 'salun', ('salun', 'sfron'), 'whose mask: salun or sfron')
    if script == 'generate_weight_mask':
        add('kr', '0,0.1,0.2,0.3,0.4', list_of(below_1), 'protected shares')
    if script == 'train':
        add_train(parser)
    if script == 'main_tv':
        add_consent(add_ends(parser))
        add, _ = parser.group('negation')
        add('coef', 0.9, at_least_0, 'how much of the forget-expert is taken away')
        add_relearn(parser)
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

SEVERAL_PROCESSES = ('train', 'eval_curve', 'generate_weight_mask', 'generate_mask')


def parse_args(script, argv=None):
    """The flags of a script as a namespace; `typed` names those that were typed.

    The kind of request follows from what is typed: --forget_index is an index request. Ends the
    program with exit code 2 and one line for flags that contradict each other.
    """
    parser, unset = build_parser(script), object()
    argv = sys.argv[1:] if argv is None else [str(word) for word in argv]
    defaults = vars(parser.parse_args([]))
    values = vars(parser.parse_args(argv, argparse.Namespace(**dict.fromkeys(defaults, unset))))
    typed = {name: value for name, value in values.items() if value is not unset}
    try:
        typed |= infer_request(typed)
        if int(os.environ.get('WORLD_SIZE', 1)) > 1 and script not in SEVERAL_PROCESSES:
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
    args.command = f'python3 {script}.py {shlex.join(argv)}'
    return args
