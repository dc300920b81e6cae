"""What a script works on, opened; masks, BatchNorm statistics, scores with the SVC-MIA, t*."""

import math
from argparse import Namespace
from functools import partial
from typing import NamedTuple

import numpy as np
import torch
from scipy.special import softmax

from data import Data, open_split
from evaluation import SVC_MIA, metrics
from evaluation.region import MAX_EVALUATIONS, T_MAX, T_MIN, search_t
from evaluation.region import find_optimal_t as find_optimal_t  # users take it from here
from lib.check_preprocessing import check_original, print_original
from lib.checkpoint import check_format, read
from lib.device import pick_device
from lib.distributed import ask_main, progress
from lib.errors import InputError, NotFinite
from lib.flags import inherit, select
from lib.methods import MASKS
from lib.norms import list_norms
from models import build_checked, load_network

MIN_SAMPLES = 2000  # of D_r, on which the points of the search are measured
MAX_ERROR = 0.25  # points of the alignment gap: the standard error that this sample may add
SCORES = {  # accuracy: part of the data
    'retain_acc': 'train_retain',
    'forget_acc': 'train_forget',
    'test_acc': 'test_retain',
    'test_forget_acc': 'test_forget',
}


# ---------------------------------------------------------------- what a script works on


class Opening(NamedTuple):
    """What a script works on: its flags, completed, and what they name."""

    args: Namespace  # what is not typed is from the files, or else the default
    device: torch.device
    data: Data  # divided; no image is decoded yet

    def build(self, pretrained=False):
        """A new network for these images and classes."""
        name, size = self.args.model, self.data.recipe.size
        return build_checked(name, len(self.data.classes), size, pretrained)

    def load(self, content):
        """The network that the content of a checkpoint holds, in eval mode."""
        name, size = self.args.model, self.data.recipe.size
        return load_network(content, name, len(self.data.classes), size)


def open_run(args, originals=(), dependents=(), masks=()):
    """The `Opening` of a script's flags and of the files that they name.

    originals, dependents: contents of checkpoints, as in `lib.flags.inherit`; masks: `Mask`s. A
    None is passed over.
    """
    args = inherit(args, originals, dependents)
    device = pick_device(args.device)
    data = open_split(
        data_flags=select(args, 'data'),
        split_flags=select(args, 'split'),
        data_path=args.data_path,
        seed=args.seed,
        retain_ratio=getattr(args, 'retain_ratio', 1.0),  # a flag of train.py
        bn_samples=getattr(args, 'bn_samples', None),  # not one of the scripts that make masks
        originals=originals,
        dependents=dependents,
        masks=[{'run': mask.run, 'source': mask.source} for mask in masks if mask],
    )
    return Opening(args, device, data)


# ---------------------------------------------------------------- masks


class Mask(NamedTuple):
    """A mask, as its file says it."""

    tensors: dict  # {parameter name: bool tensor, True = may move}
    kind: str  # parameter (a 0-dim tensor each), salun or sfron (full shapes)
    run: dict  # the record of what made it; {} of other code
    file: str
    source: str  # its name in messages


def load_mask(path, kind):
    """The `Mask` in a file, which must be of this kind. A bare {name: 0 | 1} loads too."""
    source = f'--mask_path={path}'
    content = read(path, 'mask_path')
    try:
        if not isinstance(content.get('mask'), dict):  # of other code
            content = {'mask': {k.removeprefix('module.'): v for k, v in content.items()}}
        check_format(content, source)
        tensors = {name: torch.as_tensor(value) for name, value in content['mask'].items()}
    except (TypeError, ValueError, RuntimeError, AttributeError):
        raise InputError(f'{source}: holds no mask.', 'give a mask file.') from None
    if not tensors or not all(((value == 0) | (value == 1)).all() for value in tensors.values()):
        raise InputError(f'{source}: holds no mask of 0 and 1.', 'give a mask file.')
    flat = all(value.dim() == 0 for value in tensors.values())
    actual = content.get('kind', 'parameter' if flat else 'salun')
    if actual != kind:
        problem = f'{source}: is a {actual} mask, not a {kind} one.'
        raise InputError(problem, f'make it by {MASKS[kind]}.')
    tensors = {name: value.bool() for name, value in tensors.items()}
    return Mask(tensors, kind, run=content.get('run', {}), file=str(path), source=source)


def check_mask(mask, net):
    """Raise InputError where a mask's names or shapes are not the network's."""
    shapes = {name: p.shape for name, p in net.named_parameters()}
    for name in sorted(shapes.keys() | mask.tensors.keys()):
        value = mask.tensors.get(name)
        expected = () if mask.kind == 'parameter' else shapes.get(name)
        if name not in shapes or value is None or value.shape != expected:
            problem = f'{mask.source}: does not fit the network at {name}.'
            raise InputError(problem, 'make the mask for this network.')
    if not any(value.any() for value in mask.tensors.values()):
        raise InputError(f'{mask.source}: selects nothing.', 'make it with a smaller --kr.')


# ---------------------------------------------------------------- statistics and scores


@torch.inference_mode()
def update_bn(net, loader):
    """Recompute BatchNorm's running statistics by one pass over loader: the mean over its batches,
    weighted by their size; those of frozen modules stay. Returns the net, in eval mode."""
    net.eval()
    layers = list_norms(net)
    momenta = [layer.momentum for layer in layers]
    for layer in layers:
        layer.reset_running_stats()
        layer.train()
    count = 0
    for x, *_ in loader if layers else ():
        count += len(x)
        for layer in layers:
            layer.momentum = len(x) / count
        net(x)
    for layer, momentum in zip(layers, momenta):
        layer.momentum = momentum
    return net.eval()


@torch.inference_mode()
def predict(net, loader, name='the model'):
    """Logits (N, C) and labels (N,) of a network, as arrays; NotFinite where one is not finite."""
    net.eval()
    outputs = [(net(x).float(), y) for x, y, _ in loader]
    logits, labels = (torch.cat(column).cpu().numpy() for column in zip(*outputs))
    if not np.isfinite(logits).all():
        raise NotFinite(f'{name}: its outputs are not finite.', 'train it with a lower --lr.')
    return logits, labels


def build_point(curve, t, bn_loader):
    """φ(t) of a curve as a network, with BatchNorm statistics from one pass over bn_loader."""
    return update_bn(curve.at(t), bn_loader)


def predict_point(curve, t, bn_loader, loaders, precision='fp32'):
    """{part: (logits, labels)} of φ(t) on {part: loader}; precision: fp32 or bf16."""
    device = curve.points[0].device.type
    with torch.autocast(device, torch.bfloat16, enabled=precision == 'bf16'):
        net = build_point(curve, t, bn_loader)
        return {part: predict(net, loader, f'φ({t:g})') for part, loader in loaders.items()}


def score(predictions, mia=True, seed=0):
    """Scores from {part: (logits, labels)}.

    retain_acc, forget_acc, test_acc, test_forget_acc in percent and the matching *_nll in nats, NaN
    for a part that is missing. With mia: the SVC-MIA (mia_*; `mia` is the paper's, by confidence),
    and the outputs on D_f and the test set, as float16 log-probabilities (N, C), and labels.
    """
    scores = {}
    for key, part in SCORES.items():
        pair = predictions.get(part)
        scores[key] = metrics.accuracy(*pair) if pair else float('nan')
        scores[key.replace('acc', 'nll')] = metrics.nll(*pair) if pair else float('nan')
    if not mia:
        return scores
    parts = ('train_retain', 'test_retain', 'train_forget')
    pairs = [(softmax(predictions[p][0], axis=1), predictions[p][1]) for p in parts]
    attacks = SVC_MIA.SVC_MIA(*pairs, seed=seed)
    scores |= {'mia': attacks['confidence']} | {f'mia_{k}': v for k, v in attacks.items()}
    for part in [part for part in predictions if part != 'train_retain']:
        logits, labels = predictions[part]
        scores[f'log_probs_{part}'] = metrics.compute_log_probs(logits).astype(np.float16)
        scores[f'labels_{part}'] = labels
    return scores


def score_original(predictions, seed=0):
    """`score`; where a class is forgotten also `struck_retain_acc`, …: the same of the original's
    answers without the class."""
    scores = score(predictions, seed=seed)
    if 'test_forget' in predictions:
        classes = np.unique(predictions['test_forget'][1])
        masked = {
            part: (metrics.mask_class(logits, classes), labels)
            for part, (logits, labels) in predictions.items()
        }
        scores |= {f'struck_{key}': value for key, value in score(masked, seed=seed).items()}
    return scores


def measure(net, loaders, mia=True, seed=0, name='the model'):
    """The `score` of a network on {part: loader}."""
    return score({part: predict(net, loader, name) for part, loader in loaders.items()}, mia, seed)


def measure_original(content, net, data, loaders, seed=0):
    """(`score_original`, {train_acc, test_acc}) of the original that a run starts from; prints
    these accuracies. Those of its checkpoint, `content`, are returned where it has them."""
    check_original(content, net, data)

    def measure_all():
        outputs = {part: predict(net, loader, 'the original') for part, loader in loaders.items()}
        return score_original(outputs, seed=seed)

    scores = ask_main(measure_all)
    accuracies = join_accuracies(scores, data)
    print_original(accuracies, data.recipe)
    return scores, {key: content.get(key, value) for key, value in accuracies.items()}


def join_accuracies(scores, data):
    """Accuracies on all of D and D_t, {train_acc, test_acc}, from those on their parts."""
    sizes = {key: len(data.parts.get(part, ())) for key, part in SCORES.items()}
    right = {key: size and size * scores[key] for key, size in sizes.items()}  # 0 · NaN is NaN
    train_acc = (right['retain_acc'] + right['forget_acc']) / len(data.targets[0])
    test_acc = (right['test_acc'] + right['test_forget_acc']) / len(data.targets[1])
    return {'train_acc': float(train_acc), 'test_acc': float(test_acc)}


def choose_bases(accuracies, unlearn_type, retain_base=None, forget_base=None):
    """(A_r, A_f) in percent: unless given the original's on D, and on D_t, or 0 for a class."""
    retain = accuracies['train_acc'] if retain_base is None else retain_base
    forget = 0.0 if unlearn_type == 'class' else accuracies['test_acc']
    return retain, forget if forget_base is None else forget_base


class BestPoint(NamedTuple):
    t: float
    distance: float
    evaluated: dict  # {t: scores}


def best_point(
    curve,
    data,
    bases,
    t_min=T_MIN,
    t_max=T_MAX,
    *,
    distance=None,
    precision='fp32',
    max_evaluations=MAX_EVALUATIONS,
    bn_part='train_retain',
    batch_size=128,
    loaders=None,
    score_point=None,
):
    """The `BestPoint` of a curve in [t_min, t_max], by `search_t`.

    distance: of a point's scores; the alignment gap to `bases` (percent) unless given. score_point:
    the scores, of a point's outputs on {part: loader}; those of `score` unless given. loaders: all
    of D_f and one sample of D_r (see `count_samples`) unless given. As many samples of bn_part give
    a point's BatchNorm statistics.
    """
    count = count_samples(bases[0])
    indices = data.sample('train_retain', count)
    bn_loader = data.bn_loader(bn_part, max_samples=count)
    loader_kwargs = {'batch_size': batch_size, 'keep': True}  # every t decodes the same images
    loaders = loaders or {
        'train_retain': data.loader('train_retain', indices=indices, **loader_kwargs),
        'train_forget': data.loader('train_forget', **loader_kwargs),
    }
    score_point = score_point or partial(score, mia=False)
    evaluated = {}
    with progress(name='choice of t', count=max_evaluations) as bar:

        def evaluate(t):
            predictions = predict_point(curve, t, bn_loader, loaders, precision)
            scores = evaluated[t] = score_point(predictions)
            bar.update()
            if distance:
                return distance(scores)
            return metrics.alignment_gap(scores['retain_acc'], scores['forget_acc'], *bases)

        t, least, _ = search_t(evaluate, t_min, t_max, max_evaluations)
    return BestPoint(t, float(least), evaluated)


def count_samples(retain_base):
    """Samples of D_r that keep the standard error which they add to the alignment gap below
    MAX_ERROR: that of an accuracy is binomial, and half of it enters the gap."""
    rate = retain_base / 100
    return max(MIN_SAMPLES, math.ceil((50 / MAX_ERROR) ** 2 * rate * (1 - rate)))
