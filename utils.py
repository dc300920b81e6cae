"""Masks loaded and checked, fresh BatchNorm statistics, the scores of a model with the SVC-MIA,
alignment bases, and the search for the optimal t."""

import copy
import itertools
import math
from itertools import chain, islice
from pathlib import Path

import numpy as np
import torch
from scipy.interpolate import CubicSpline
from scipy.special import softmax

from evaluation import SVC_MIA, metrics
from evaluation.alignment import T_MAX, T_MIN, list_rivals
from lib.checkpoint import advise, check_format, digest_state, read, refuse_unlearned
from lib.distributed import gather, sum_over, world_size
from lib.errors import InputError, NotFinite

GRID = 19  # intervals of the paper's 20 points
MOST_EVALUATIONS = 9  # of the search for t*
FIRST_SAMPLES, GROWTH = 500, 4  # of D_r: what the search begins with, and how it grows
LEAST_STATISTICS = 2000  # samples of a candidate's BatchNorm pass, at least: no error covers theirs
DENSE = 10_001  # points on which the interpolated gap is minimised

RELEARN_LR, RELEARN_BATCH = 0.01, 128  # plain SGD
OUTPUTS = ('train_forget', 'test_retain', 'test_forget')  # parts of the data whose outputs stay
MAKERS = {  # of the kinds of masks
    'parameter': 'generate_weight_mask.py',
    'salun': 'generate_mask.py',
    'sfron': 'generate_mask.py --kind=sfron',
}
SCORES = {  # name in the files: part of the data
    'rr_acc': 'train_retain',
    'rf_acc': 'train_forget',
    'tr_acc': 'test_retain',
    'tf_acc': 'test_forget',
}


# ---------------------------------------------------------------- masks


def load_mask(path, kind):
    """A mask's file as a dict, `mask` being {parameter name: bool tensor}.

    kind: parameter (a 0-dim tensor each), salun or sfron (full shapes). A bare {name: 0 | 1} loads
    too, as one of the first two.
    """
    source = f'--mask_path={path}'
    if not Path(path).is_file():
        raise InputError(f'{source}: is no file.', advise(path, 'mask file'))
    content = read(path, 'mask_path')
    if not isinstance(content, dict) or not content:
        raise InputError(f'{source}: holds no mask.', 'give a mask file.')
    if not isinstance(content.get('mask'), dict):
        content = {'mask': content}
    prefix = '' if 'format' in content else 'module.'  # of other code
    check_format(content, source)
    try:
        named = content['mask'].items()
        mask = {name.removeprefix(prefix): torch.as_tensor(value) for name, value in named}
    except (TypeError, ValueError, RuntimeError, AttributeError):
        raise InputError(f'{source}: holds no mask.', 'give a mask file.') from None
    if not all(((value == 0) | (value == 1)).all() for value in mask.values()):
        raise InputError(f'{source}: holds more than 0 and 1.', 'give a mask file.')
    mask = {name: value.bool() for name, value in mask.items()}
    flat = all(value.dim() == 0 for value in mask.values())
    found = content.get('kind', 'parameter' if flat else 'salun')
    if found != kind:
        problem = f'{source}: is a {found} mask, not a {kind} one.'
        raise InputError(problem, f'make it by {MAKERS[kind]}.')
    return content | {'kind': kind, 'mask': mask, 'source': source}


def check_mask(mask, net):
    """Raise InputError where a mask's names or shapes are not the network's."""
    shapes = {name: p.shape for name, p in net.named_parameters()}
    for name in sorted(shapes.keys() | mask['mask'].keys()):
        value = mask['mask'].get(name)
        expected = () if mask['kind'] == 'parameter' else shapes.get(name)
        if name not in shapes or value is None or value.shape != expected:
            problem = f'{mask["source"]}: does not fit the network at {name}.'
            raise InputError(problem, 'make the mask for this network.')


# ---------------------------------------------------------------- models


def digest_start(original, end=None):
    """Digests of the networks that a run starts from, for its record; None is passed over.

    `parameters` are those of the original alone, by which `check_ends` knows it in whatever file.
    """
    digests = {'original': original, 'end': end}
    digests = {key: digest_state(net.state_dict()) for key, net in digests.items() if net}
    return digests | ({'parameters': digest_parameters(original)} if original else {})


def digest_parameters(net):
    """Sixteen hex digits of a network's parameters, without its statistics."""
    return digest_state(dict(net.named_parameters()))


def check_ends(start, end, start_net, end_net, allow_unlearned):
    """Refuse a start and an end that do not belong together.

    start, end: the contents of their checkpoints; start_net, end_net: both as networks. Files of
    other code, and retrained models, do not say what they started from, and pass where their
    weights differ.
    """
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
    """Recompute BatchNorm's running statistics by one pass over loader; nothing else changes.

    Only the BatchNorm layers are in train mode. Their statistics become the mean over all batches,
    weighted by batch size; processes that share the loader average theirs too. Ends in eval mode.
    """
    net.eval()
    layers = [m for m in net.modules() if isinstance(m, torch.nn.modules.batchnorm._BatchNorm)]
    layers = [layer for layer in layers if layer.track_running_stats]
    momenta = [layer.momentum for layer in layers]
    for layer in layers:
        layer.reset_running_stats()
        layer.train()
    seen = 0
    for x, *_ in loader if layers else ():
        seen += len(x)
        for layer in layers:
            layer.momentum = len(x) / seen
        net(x)
    if is_shared(loader):
        total = float(sum_over(torch.tensor(float(seen))))
        for layer in layers:
            layer.num_batches_tracked.copy_(sum_over(layer.num_batches_tracked))
            for statistics in (layer.running_mean, layer.running_var):
                statistics.copy_(sum_over(statistics * (seen / total)))
    for layer, momentum in zip(layers, momenta):
        layer.momentum = momentum
    net.eval()


def is_shared(loader):
    """Whether several processes share the loader, a batch each in turn."""
    return world_size() > 1 and loader.share == 'batches'


@torch.inference_mode()
def predict(net, loader, name='the model'):
    """Logits (N, C) and labels (N,) of a network in eval mode, as arrays.

    Raises NotFinite, naming the model, where an output is not finite: it has no accuracy.
    """
    net.eval()
    outputs = [(net(x).float(), y) for x, y, _ in loader]
    if is_shared(loader):
        outputs = gather([(logits.cpu(), y.cpu()) for logits, y in outputs])
    logits, labels = (torch.cat(column).cpu().numpy() for column in zip(*outputs))
    if not np.isfinite(logits).all():
        raise NotFinite(f'{name}: its outputs are not finite.', 'train it with a lower --lr.')
    return logits, labels


def attack(predictions, seed=0):
    """The five SVC-MIA scores, {name: percent of D_f called non-member}, from the predictions
    {part: (logits, labels)} of train_retain, test_retain and train_forget."""
    parts = ('train_retain', 'test_retain', 'train_forget')
    pairs = [(softmax(predictions[p][0], axis=1), predictions[p][1]) for p in parts]
    return SVC_MIA.SVC_MIA(*pairs, seed=seed)


def measure(net, loaders, mia=True, seed=0, name='the model'):
    """The scores of a network (see `score`) on {part: loader}; ends in eval mode."""
    predictions = {part: predict(net, loader, name) for part, loader in loaders.items()}
    return score(predictions, mia, seed)


def measure_original(net, loaders, mia=True, seed=0):
    """The scores of an original (see `score_original`) on {part: loader}; ends in eval mode."""
    predictions = {part: predict(net, loaders[part], 'the original') for part in loaders}
    return score_original(predictions, mia, seed)


def score_original(predictions, mia=True, seed=0):
    """`score`; where a class is forgotten also `struck_rr_acc`, …: the same of the original's
    answers with the class struck from them, which costs nothing and leaves the weights alone."""
    scores = score(predictions, mia, seed)
    if 'test_forget' in predictions:
        classes = np.unique(predictions['test_forget'][1])
        struck = {
            part: (metrics.strike(logits, classes), labels)
            for part, (logits, labels) in predictions.items()
        }
        scores |= {f'struck_{key}': value for key, value in score(struck, mia, seed).items()}
    return scores


def score(predictions, mia=True, seed=0):
    """Scores from {part: (logits, labels)}: rr_acc, rf_acc, tr_acc, tf_acc in percent and the
    matching *_nll in nats, NaN for a part that is missing; with mia the attacks in percent (`mia`
    is the paper's, confidence) and what later comparisons need (see `keep_outputs`)."""
    scores = {}
    for key, part in SCORES.items():
        pair = predictions.get(part)
        scores[key] = metrics.accuracy(*pair) if pair else float('nan')
        scores[key.replace('acc', 'nll')] = metrics.nll(*pair) if pair else float('nan')
    if mia:
        attacks = attack(predictions, seed)
        scores |= {'mia': attacks['confidence']} | {f'mia_{k}': v for k, v in attacks.items()}
        scores |= keep_outputs(predictions)
    return scores


def keep_outputs(predictions):
    """Log-probabilities (N, C), float16, and labels of D_f and the test set, so that two models are
    compared without running them again; and UA of each class (NaN where D_f has none of it)."""
    kept = {}
    for part in filter(predictions.get, OUTPUTS):
        logits, labels = predictions[part]
        kept[f'log_probs_{part}'] = metrics.compute_log_probs(logits).astype(np.float16)
        kept[f'labels_{part}'] = labels
    kept['ua_class'] = 100 - metrics.accuracy_per_class(*predictions['train_forget'])
    return kept


def find_lone_problem(net, data, part):
    """Why no training step can be taken on one sample of a part (BatchNorm's words), or None."""
    x, *_ = next(iter(data.loader(part, batch_size=1)))
    try:
        copy.deepcopy(net).train()(x)
    except ValueError as error:
        return error


def check_relearning(most, net, data):
    """Refuse --relearn=most where D_f is one sample and the network cannot train on one."""
    if not most or len(data.parts['train_forget']) > 1:
        return
    if error := find_lone_problem(net, data, 'train_forget'):
        problem = f'--relearn={most}: only one sample is forgotten ({error}).'
        raise InputError(problem, 'leave it out, or forget two samples.')


def measure_relearning(net, data, most):
    """How fast a network learns D_f again: {relearn_steps, relearn_nll}, arrays (K,).

    The loss on D_f (test transform) before and after up to `most` steps of plain SGD on batches of
    RELEARN_BATCH of it at RELEARN_LR, measured at every step at first, then ever more rarely. A
    model that relearns at once has not forgotten. The network is left as it was.
    """
    torch.manual_seed(0)  # of dropout
    net, loader = copy.deepcopy(net), data.loader('train_forget')
    optimizer = torch.optim.SGD(net.parameters(), RELEARN_LR)
    settings = {'train': True, 'batch_size': RELEARN_BATCH, 'seed': 'relearn'}
    passes = (data.loader('train_forget', epoch=epoch, **settings) for epoch in itertools.count())
    steps, losses, due = [0], [metrics.nll(*predict(net, loader))], 1
    for step, (x, y, _) in enumerate(islice(chain.from_iterable(passes), most), start=1):
        net.train()
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(net(x), y).backward()
        optimizer.step()
        if step in (due, most):
            steps.append(step)
            try:
                losses.append(metrics.nll(*predict(net, loader)))
            except NotFinite:  # so large a step teaches nothing
                losses.append(math.inf)
            due = step + max(1, step // 10)
    return {'relearn_steps': np.array(steps), 'relearn_nll': np.array(losses)}


# ---------------------------------------------------------------- the optimal t


def find_accuracies(original, scores, data):
    """The original's train_acc and test_acc: from its checkpoint, or else from its scores here."""
    if 'train_acc' in original and 'test_acc' in original:
        return {key: original[key] for key in ('train_acc', 'test_acc')}
    return join_accuracies(scores, data)


def join_accuracies(scores, data):
    """Accuracies on all of D and D_t, {train_acc, test_acc}, from those on their parts."""
    size = {part: len(indices) for part, indices in data.parts.items()}

    def join(first, second):
        pairs = [(size[SCORES[key]], scores[key]) for key in (first, second) if SCORES[key] in size]
        return float(sum(n * acc for n, acc in pairs) / sum(n for n, _ in pairs))

    return {'train_acc': join('rr_acc', 'rf_acc'), 'test_acc': join('tr_acc', 'tf_acc')}


def choose_bases(accuracies, unlearn_type, retain_base=None, forget_base=None):
    """(A_r, A_f) in percent: the original's accuracy on D, and on D_t, or 0 to forget a class.

    accuracies: the original's train_acc and test_acc; a base that is given overrides its own.
    """
    retain = accuracies['train_acc'] if retain_base is None else retain_base
    forget = 0.0 if unlearn_type == 'class' else accuracies['test_acc']
    return retain, forget if forget_base is None else forget_base


def find_optimal_t(t, retain_acc, forget_acc, retain_base, forget_base, t_min=T_MIN, t_max=T_MAX):
    """The t in [t_min, t_max] of the least alignment gap, by cubic interpolation of accuracies.

    t, retain_acc, forget_acc: (N,) points of a path, N ≥ 4, accuracies and bases in percent.
    Raises ValueError where the points stop short of the interval. (MCU, section 4)
    """
    t, order = np.unique(np.asarray(t, dtype=np.float64), return_index=True)
    if len(t) < 4:
        raise ValueError(f'cubic interpolation needs 4 values of t, not {len(t)}')
    if t[0] > t_min or t[-1] < t_max:
        raise ValueError(
            f'the points cover [{t[0]:g}, {t[-1]:g}]: they stop short of [{t_min:g}, {t_max:g}]'
        )
    dense = np.linspace(t_min, t_max, DENSE)
    retain, forget = (
        np.clip(CubicSpline(t, np.asarray(values, dtype=np.float64)[order])(dense), 0, 100)
        for values in (retain_acc, forget_acc)
    )
    gap = metrics.alignment_gap(retain, forget, retain_base, forget_base)
    return float(dense[gap.argmin()])


def halve(ts, best, t_min, t_max):
    """The t halfway between the best of ts and its farther neighbour, or a bound beyond them."""
    lower = max((t for t in ts if t < best), default=t_min)
    upper = min((t for t in ts if t > best), default=t_max)
    return (best + (lower if best - lower >= upper - best else upper)) / 2


def search_t(gap_at, t_min=T_MIN, t_max=T_MAX):
    """The t of the least alignment gap among models that are evaluated, coarse to fine.

    gap_at(t) evaluates one. Coarse: down from t_max in steps of the paper's grid, 1/19, but no step
    is longer than a quarter or shorter than a sixth of the interval. Then halfway between the best
    and its farther neighbour, again and again. Accuracy is a step function: no derivative is used.
    Returns (t, gap, number of evaluations).
    """
    width = t_max - t_min
    step = min(max(1 / GRID, width / 6), width / 4) or 1.0
    coarse = np.arange(int(width / step + 1e-9) + 1)
    gaps = {float(t): gap_at(float(t)) for t in t_max - coarse * step}
    while len(gaps) < MOST_EVALUATIONS:
        best = min(gaps, key=gaps.get)
        t = halve(gaps, best, t_min, t_max)
        if t in gaps:
            break
        gaps[t] = gap_at(t)
    best = min(gaps, key=gaps.get)
    return best, gaps[best], len(gaps)


def choose_t(look, total, tolerance, t_min=T_MIN, t_max=T_MAX, first=FIRST_SAMPLES):
    """(t*, number of points tried): `search_t` on `first` samples of D_r; then those points that
    are not told apart are measured on ever more samples, at most on all. Of the points whose gap
    exceeds the least by at most the tolerance, t* has the least distance.

    look(t, n) is the `Candidate` of t on n of the `total` samples of D_r.
    """
    count, candidates = min(first, total), {}

    def gap_at(t):
        candidates[t] = look(t, count)
        return candidates[t].gap()

    best, _, tried = search_t(gap_at, t_min, t_max)
    while len(rivals := list_rivals(candidates, best, total, tolerance)) > 1:
        count = min(GROWTH * count, total)
        candidates = {t: look(t, count) for t in rivals}
        best = min(rivals, key=lambda t: candidates[t].gap())
    most = candidates[best].gap() + tolerance
    near = [t for t, candidate in candidates.items() if candidate.gap() <= most]
    return min(near, key=lambda t: (candidates[t].distance, candidates[t].gap())), tried
