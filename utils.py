"""What is done with a model: fresh BatchNorm statistics, predictions, scores, the optimal t."""

import copy
import ctypes
import itertools
import os
import sys
import time
from itertools import chain, islice

import numpy as np
import torch
from scipy.interpolate import CubicSpline
from scipy.special import log_softmax, softmax

from errors import InputError, NotFinite
from evaluation import SVC_MIA, metrics
from ranks import gather, local_rank, total, world

T_MIN, T_MAX = 0.75, 1.0  # MCU: where the optimal t is looked for
GRID = 19  # intervals of the paper's 20 points
MOST_EVALUATIONS = 10  # of the search for t*
DENSE = 10_001  # points on which the interpolated gap is minimised

RELEARN_LR, RELEARN_BATCH = 0.01, 128  # plain SGD
OUTPUTS = {'train_forget', 'test_retain', 'test_forget'}  # parts of which outputs are kept
LEAST = -6e4  # of a log-probability, that float16 can hold
SCORES = {  # name in the files: part of the data
    'rr_acc': 'train_retain',
    'rf_acc': 'train_forget',
    'tr_acc': 'test_retain',
    'tf_acc': 'test_forget',
}


def pick_device(name=None, tf32=False):
    """The torch device of a name, or the fastest that there is, set up for the same bits each time.

    tf32: let NVIDIA's tensor cores round float32 to ten bits of mantissa.
    """
    fastest = 'mps' if torch.backends.mps.is_available() else 'cpu'
    fastest = 'cuda' if torch.cuda.is_available() else fastest
    try:
        device = torch.device(name or fastest)
        if device.type == 'cuda':
            device = gpu(device)
        torch.empty(1, device=device)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        reason = str(error).split('\n')[0]
        raise InputError(f'--device={name}: {reason}.', 'use cpu, or leave it out.') from None
    if world() > 1 and device.type not in ('cpu', 'cuda'):
        raise InputError(f'--device={device}: processes share no work there.', 'start one process.')
    torch.backends.cudnn.deterministic = True  # the same command gives the same bits
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = tf32
    if device.type == 'cpu':
        keep_memory()
    return device


def gpu(device):
    """The GPU of this process, made the current one, with deterministic kernels where there are.

    Of several processes each has its own, whatever index was asked for.
    """
    index = device.index or 0
    if world() > 1:  # a process may see only its own
        index = local_rank() if torch.cuda.device_count() > 1 else 0
    os.environ.setdefault('CUBLAS_WORKSPACE_CONFIG', ':4096:8')
    torch.use_deterministic_algorithms(True, warn_only=True)
    torch.utils.deterministic.fill_uninitialized_memory = False
    torch.cuda.set_device(index)
    return torch.device('cuda', index)


def keep_memory():
    """Let glibc keep what a step has freed for the next step, instead of giving every large tensor
    back to the system, which has to clear it again page by page."""
    libc = ctypes.CDLL(None)
    if sys.platform == 'linux' and hasattr(libc, 'mallopt'):
        no_mmap, no_trim = (-4, 0), (-1, -1)  # M_MMAP_MAX, M_TRIM_THRESHOLD
        libc.mallopt(*no_mmap)
        libc.mallopt(*no_trim)


def seconds(device):
    """A clock that waits for what the device still has to do."""
    if device.type == 'cuda':
        torch.cuda.synchronize(device)
    elif device.type == 'mps':
        torch.mps.synchronize()
    return time.perf_counter()


@torch.inference_mode()
def update_bn(net, loader):
    """Recompute BatchNorm's running statistics by one pass over loader; nothing else changes.

    Only the BatchNorm layers are in train mode; the average over batches is cumulative, weighted
    by their sizes; over all processes, where they share the loader. Ends in eval mode.
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
    if together(loader):
        whole = float(total(torch.tensor(float(seen))))
        for layer in layers:
            layer.num_batches_tracked.copy_(total(layer.num_batches_tracked))
            for statistics in (layer.running_mean, layer.running_var):
                statistics.copy_(total(statistics * (seen / whole)))
    for layer, momentum in zip(layers, momenta):
        layer.momentum = momentum
    net.eval()


def together(loader):
    """Whether several processes share the loader, a batch each in turn."""
    return world() > 1 and loader.share == 'batches'


@torch.inference_mode()
def predict(net, loader, name='the model'):
    """Logits (N, C) and labels (N,) of a network in eval mode, as arrays.

    Raises NotFinite, naming the model, where an output is not finite: it has no accuracy.
    """
    net.eval()
    outputs = [(net(x).float(), y) for x, y, _ in loader]
    if together(loader):
        outputs = gather([(logits.cpu(), y.cpu()) for logits, y in outputs])
    logits, labels = (torch.cat(column).cpu().numpy() for column in zip(*outputs))
    if not np.isfinite(logits).all():
        raise NotFinite(f'{name}: its outputs are not finite.', 'train it with a lower --lr.')
    return logits, labels


def membership(predictions, seed=0):
    """The five SVC-MIA scores from the predictions of train_retain, test_retain, train_forget."""
    parts = ('train_retain', 'test_retain', 'train_forget')
    pairs = [(softmax(predictions[p][0], axis=1), predictions[p][1]) for p in parts]
    return SVC_MIA.SVC_MIA(*pairs, seed=seed)


def measure(net, loaders, mia=True, seed=0, name='the model'):
    """Predict every part once and score the network by it (see `score`). Ends in eval mode."""
    net.eval()
    predictions = {part: predict(net, loader, name) for part, loader in loaders.items()}
    return score(predictions, mia, seed)


def score(predictions, mia=True, seed=0):
    """Scores from {part: (logits, labels)}: rr_acc, rf_acc, tr_acc, tf_acc (NaN where there is no
    such part), the matching *_nll; with mia the attacks (`mia` is the paper's, confidence) and what
    later comparisons need (see `outputs`)."""
    scores = {}
    for key, part in SCORES.items():
        pair = predictions.get(part)
        scores[key] = metrics.accuracy(*pair) if pair else float('nan')
        scores[key.replace('acc', 'nll')] = metrics.nll(*pair) if pair else float('nan')
    if mia:
        attacks = membership(predictions, seed)
        scores |= {'mia': attacks['confidence']} | {f'mia_{k}': v for k, v in attacks.items()}
        scores |= outputs(predictions)
    return scores


def outputs(predictions):
    """Log-probabilities (N, C), float16, and labels of D_f and the test set, so that two models are
    compared without running them again; and UA of each class (NaN where D_f has none of it)."""
    kept = {}
    for part in OUTPUTS & predictions.keys():
        logits, labels = predictions[part]
        log_probs = log_softmax(logits.astype(np.float64), axis=1)
        kept[f'log_probs_{part}'] = log_probs.clip(LEAST).astype(np.float16)
        kept[f'labels_{part}'] = labels
    kept['ua_class'] = 100 - metrics.accuracy_per_class(*predictions['train_forget'])
    return kept


def relearn(net, data, most):
    """How fast a network learns D_f again: {relearn_steps, relearn_nll}, arrays (K,).

    The loss on D_f (test transform) before and after up to `most` steps of plain SGD on batches of
    RELEARN_BATCH of it at RELEARN_LR, measured at every step at first, then ever more rarely. A
    model that relearns at once has not forgotten. The network is left as it was.
    """
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
            losses.append(metrics.nll(*predict(net, loader, f'relearning, step {step}')))
            due = step + max(1, step // 10)
    return {'relearn_steps': np.array(steps), 'relearn_nll': np.array(losses)}


def alignment_bases(train_acc, test_acc, unlearn_type):
    """(A_r, A_f) in percent: the original's accuracy on D, and on D_t, or 0 to forget a class."""
    return train_acc, 0.0 if unlearn_type == 'class' else test_acc


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


def search_t(gap_at, t_min=T_MIN, t_max=T_MAX, most=MOST_EVALUATIONS):
    """The t of the least alignment gap among models that are evaluated, coarse to fine.

    gap_at(t) evaluates one. Coarse: down from t_max at the spacing of the paper's grid (between a
    quarter and a sixth of the interval where that is not its width); then halfway between the best
    and its wider neighbour, again and again. Accuracy is a step function: no derivative is used.
    Returns (t, gap, number of evaluations).
    """
    width = t_max - t_min
    step = min(max(1 / GRID, width / 6), width / 4)
    coarse = np.arange(int(width / step + 1e-9) + 1)
    gaps = {float(t): gap_at(float(t)) for t in t_max - coarse * step}
    while len(gaps) < most:
        best = min(gaps, key=gaps.get)
        lower = max((t for t in gaps if t < best), default=t_min)
        upper = min((t for t in gaps if t > best), default=t_max)
        t = (best + lower) / 2 if best - lower >= upper - best else (best + upper) / 2
        if t in gaps:
            break
        gaps[t] = gap_at(t)
    best = min(gaps, key=gaps.get)
    return best, gaps[best], len(gaps)
