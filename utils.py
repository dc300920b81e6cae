"""Masks loaded and checked, BatchNorm statistics, scores with the SVC-MIA, the optimal t."""

import math
from functools import partial
from typing import NamedTuple

import numpy as np
import torch
from scipy.special import softmax

from evaluation import SVC_MIA, metrics
from evaluation.region import MAX_EVALUATIONS, T_MAX, T_MIN, search_t
from evaluation.region import find_optimal_t as find_optimal_t  # users take it from here
from lib.checkpoint import check_format, digest_state, read, refuse_unlearned
from lib.distributed import progress
from lib.errors import InputError, NotFinite
from lib.methods import MASKS
from lib.norms import list_norms

MIN_SAMPLES = 2000  # of D_r, on which the points of the search are measured
MAX_ERROR = 0.25  # points of the alignment gap: the standard error that this sample may add
SCORES = {  # accuracy: part of the data
    'retain_acc': 'train_retain',
    'forget_acc': 'train_forget',
    'test_acc': 'test_retain',
    'test_forget_acc': 'test_forget',
}


def load_mask(path, kind):
    """A mask's file as a dict, `mask` being {parameter name: bool tensor}.

    kind: parameter (a 0-dim tensor each), salun or sfron (full shapes). A bare {name: 0 | 1} loads.
    """
    source = f'--mask_path={path}'
    content = read(path, 'mask_path')
    try:
        if not isinstance(content.get('mask'), dict):  # of other code
            content = {'mask': {k.removeprefix('module.'): v for k, v in content.items()}}
        check_format(content, source)
        mask = {name: torch.as_tensor(value) for name, value in content['mask'].items()}
    except (TypeError, ValueError, RuntimeError, AttributeError):
        raise InputError(f'{source}: holds no mask.', 'give a mask file.') from None
    if not mask or not all(((value == 0) | (value == 1)).all() for value in mask.values()):
        raise InputError(f'{source}: holds no mask of 0 and 1.', 'give a mask file.')
    mask = {name: value.bool() for name, value in mask.items()}
    flat = all(value.dim() == 0 for value in mask.values())
    actual = content.get('kind', 'parameter' if flat else 'salun')
    if actual != kind:
        problem = f'{source}: is a {actual} mask, not a {kind} one.'
        raise InputError(problem, f'make it by {MASKS[kind]}.')
    return content | {'kind': kind, 'mask': mask, 'file': str(path), 'source': source}


def check_mask(mask, net):
    """Raise InputError where a mask's names or shapes are not the network's."""
    shapes = {name: p.shape for name, p in net.named_parameters()}
    for name in sorted(shapes.keys() | mask['mask'].keys()):
        value = mask['mask'].get(name)
        expected = () if mask['kind'] == 'parameter' else shapes.get(name)
        if name not in shapes or value is None or value.shape != expected:
            problem = f'{mask["source"]}: does not fit the network at {name}.'
            raise InputError(problem, 'make the mask for this network.')
    if not any(value.any() for value in mask['mask'].values()):
        raise InputError(f'{mask["source"]}: selects nothing.', 'make it with a smaller --kr.')


def digest_start(original, end=None):
    """Digests of the networks that a run starts from, where there are any, for its record;
    `parameters` tells the original alone, in whatever file (see `check_ends`)."""
    digests = {'original': original, 'end': end}
    digests = {key: digest_state(net.state_dict()) for key, net in digests.items() if net}
    return digests | ({'parameters': digest_parameters(original)} if original else {})


def digest_parameters(net):
    """A digest of a network's parameters, without its statistics."""
    return digest_state(dict(net.named_parameters()))


def check_ends(start, end, start_net, end_net, allow_unlearned):
    """Refuse a start and an end, contents of checkpoints and networks, that do not belong together;
    files of other code, and retrained models, do not say what they started from."""
    first, last = digest_parameters(start_net), digest_parameters(end_net)
    if first == last:
        problem = f'{end["source"]}: has the same weights as --init_start.'
        raise InputError(problem, 'give the model that was made of it as --init_end.')
    if start.get('run', {}).get('weights', {}).get('parameters') == last:
        problem = f'{end["source"]}: is what --init_start was made of.'
        raise InputError(problem, 'exchange --init_start and --init_end.')
    if end.get('run', {}).get('weights', {}).get('parameters', first) != first:
        problem = f'{start["source"]}: is not the model that --init_end started from.'
        raise InputError(problem, 'give that one as --init_start.')
    refuse_unlearned(start, allow_unlearned)


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


def measure_original(net, loaders, seed=0):
    """The `score_original` of a network on {part: loader}."""
    predictions = {part: predict(net, loaders[part], 'the original') for part in loaders}
    return score_original(predictions, seed=seed)


def find_accuracies(original, scores, data):
    """The original's train_acc and test_acc: from its checkpoint, or else from its scores here."""
    if 'train_acc' in original and 'test_acc' in original:
        return {key: original[key] for key in ('train_acc', 'test_acc')}
    return join_accuracies(scores, data)


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
    settings = {'batch_size': batch_size, 'keep': True}  # every t decodes the same images
    loaders = loaders or {
        'train_retain': data.loader('train_retain', indices=indices, **settings),
        'train_forget': data.loader('train_forget', **settings),
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
