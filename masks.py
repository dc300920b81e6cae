"""Masks: which parameters may move. MCU's, a bool per tensor, and SalUn's, a bool per element."""

from pathlib import Path

import torch
from scipy.stats import spearmanr
from torch.nn import functional as F

from checkpoint import advice, check_format, read
from errors import InputError, stop_if_asked, warn
from ranks import total


def mean_gradient(net, loader):
    """Gradient of the mean cross-entropy over a whole loader, which processes may share by batches,
    each sample weighted equally, in eval mode: {parameter name: tensor}."""
    net.eval()
    net.zero_grad()
    count = len(loader.indices)
    for x, y, _ in loader:
        (F.cross_entropy(net(x), y, reduction='sum') / count).backward()
    stop_if_asked(together=True)  # else some would sum and others be gone
    named = net.named_parameters()  # what is frozen or never runs has no gradient
    return {n: total(torch.zeros_like(p) if p.grad is None else p.grad.detach()) for n, p in named}


def tensor_scores(gradient):
    """‖gradient‖₂ / numel of each tensor: {parameter name: float}. (MCU, parameter mask)"""
    return {name: float(g.norm()) / g.numel() for name, g in gradient.items()}


def rank_correlation(retain_scores, forget_scores):
    """Spearman's rank correlation of two scores over the same tensors."""
    pairs = [(score, forget_scores[name]) for name, score in retain_scores.items()]
    return float(spearmanr(*zip(*pairs)).statistic)


def take_share(names, sizes, share):
    """The first of names that together hold at least a share of all parameters."""
    total, taken, held = sum(sizes.values()), [], 0
    for name in names:
        if held >= share * total:
            break
        taken.append(name)
        held += sizes[name]
    return taken


def parameter_mask(retain_scores, forget_scores, sizes, k, kr):
    """MCU's mask: {parameter name: 0-dim bool tensor, True = may move} and the shares reached.

    First the tensors that retaining depends on most are protected, until they hold a share kr of
    all parameters; then, of the rest, those that forgetting depends on most are selected, until
    they hold a share k. The last one may overshoot.
    """
    protected = take_share(sorted(sizes, key=retain_scores.get, reverse=True), sizes, kr)
    rest = [name for name in sizes if name not in protected]
    selected = take_share(sorted(rest, key=forget_scores.get, reverse=True), sizes, k)
    total = sum(sizes.values())
    shares = [sum(sizes[name] for name in names) / total for names in (selected, protected)]
    return {name: torch.tensor(name in selected) for name in sizes}, *shares


def salun_mask(gradient, share):
    """SalUn's mask: the share of all elements with the largest |gradient|, as bool tensors."""
    flat = torch.cat([g.abs().reshape(-1) for g in gradient.values()])
    chosen = torch.zeros(len(flat), dtype=torch.bool, device=flat.device)
    chosen[flat.topk(max(1, round(share * len(flat)))).indices] = True
    pieces = chosen.split([g.numel() for g in gradient.values()])
    return {name: piece.view(g.shape) for (name, g), piece in zip(gradient.items(), pieces)}


def warn_if_full(mask, net, source):
    """Warn of a mask {parameter name: bool tensor} that selects all of a network's parameters, to
    three decimals: whatever it holds still, a search with it is one without a mask."""
    sizes = {name: p.numel() for name, p in net.named_parameters()}
    chosen = (int(mask[n].count_nonzero()) / mask[n].numel() * size for n, size in sizes.items())
    share = sum(chosen) / sum(sizes.values())
    if round(share, 3) == 1:
        told = 'it has no effect; try a smaller --mask_ratio'
        warn(f'{source}: selects {share:.3f} of the parameters: {told}.')


def load_mask(path, kind, flag='mask_path'):
    """A mask's file as a dict, `mask` being {parameter name: bool tensor}.

    kind: parameter (a 0-dim tensor each) or salun (full shapes). A bare {name: 0 | 1} loads too.
    """
    if not Path(path).is_file():
        raise InputError(f'--{flag}={path}: is no file.', advice(path, 'mask file'))
    content = read(path, flag)
    source = f'--{flag}={path}'
    if not isinstance(content, dict) or not content:
        raise InputError(f'{source}: holds no mask.', 'give a mask file.')
    if not isinstance(content.get('mask'), dict):
        content = {'mask': content}
    check_format(content, source)
    try:
        mask = {
            name.removeprefix('module.'): torch.as_tensor(value)
            for name, value in content['mask'].items()
        }
    except (TypeError, ValueError, RuntimeError, AttributeError):
        raise InputError(f'{source}: holds no mask.', 'give a mask file.') from None
    if not all(((value == 0) | (value == 1)).all() for value in mask.values()):
        raise InputError(f'{source}: holds more than 0 and 1.', 'give a mask file.')
    mask = {name: value.bool() for name, value in mask.items()}
    flat = all(value.dim() == 0 for value in mask.values())
    found = content.get('kind', 'parameter' if flat else 'salun')
    if found != kind:
        maker = {'parameter': 'generate_weight_mask.py', 'salun': 'generate_mask.py'}[kind]
        raise InputError(f'{source}: is a {found} mask, not a {kind} one.', f'make it by {maker}.')
    return content | {'kind': kind, 'mask': mask, 'source': source}


def check_mask(mask, net):
    """Raise InputError where a mask's names or shapes are not the network's."""
    shapes = {name: p.shape for name, p in net.named_parameters()}
    for name in sorted(shapes.keys() | mask['mask'].keys()):
        value = mask['mask'].get(name)
        expected = shapes.get(name) if mask['kind'] == 'salun' else ()
        if name not in shapes or value is None or value.shape != expected:
            problem = f'{mask["source"]}: does not fit the network at {name}.'
            raise InputError(problem, 'make the mask for this network.')
