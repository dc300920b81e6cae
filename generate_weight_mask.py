"""MCU's parameter masks: which tensors of the inner points the curve search may move.

    python3 generate_weight_mask.py --dir=runs --original_pth=runs/original --unlearn_type=class

writes mask_k{k}_kr{kr}.pt for each protected share kr, into one folder under --dir. The cost is one
pass forward and backward over the training set.
"""

from arg_parser import parse_args

if __name__ == '__main__':
    parse_args('generate_weight_mask')  # --help and typing errors answer before torch is imported

from pathlib import Path
from typing import NamedTuple

import torch
from scipy.stats import spearmanr
from torch.nn import functional as F

from data import Data
from lib.check_preprocessing import check_original
from lib.checkpoint import FORMAT, digest_start, load_original, save
from lib.device import read_clock
from lib.errors import with_exit_codes
from lib.flags import require_flags
from lib.run_info import RunInfo
from utils import open_run


class Start(NamedTuple):
    """What masks are made of, and where they go."""

    net: torch.nn.Module  # the original
    data: Data
    info: RunInfo
    paths: list  # of the masks that are to be made; without one nothing is loaded
    device: torch.device


@with_exit_codes
def main(argv=None):
    make_masks(parse_args('generate_weight_mask', argv))


def make_masks(args):
    """Write MCU's masks, one for each --kr; returns the paths of those that were not there."""
    names = {f'mask_k{args.mask_ratio}_kr{kr}.pt': kr for kr in args.kr}
    net, data, info, paths, device = prepare(args, names)
    if not paths:
        return paths
    began = read_clock(device)
    retain, forget = (
        score_tensors(compute_gradient(net, data.loader(part, batch_size=args.batch_size)))
        for part in ('train_retain', 'train_forget')
    )
    info.seconds['mask'] = read_clock(device) - began
    rank = spearmanr([*retain.values()], [*forget.values()]).statistic
    print(f'rank correlation of the retain and forget scores: {rank:.3f}')
    sizes = {name: p.numel() for name, p in net.named_parameters()}
    for path in paths:
        kr = names[path.name]
        mask, selected, protected = select_tensors(retain, forget, sizes, args.mask_ratio, kr)
        print(f'selected {selected:.3f}, protected {protected:.3f} of the parameters: {path}')
        shares = {'k': args.mask_ratio, 'kr': kr, 'selected': selected, 'protected': protected}
        save_mask(path, 'parameter', mask, info, **shares, rank_correlation=float(rank))
    return paths


def prepare(args, names):
    """The `Start` of masks of these file names."""
    require_flags(args, original_pth='the mask is made of its gradients')
    original = load_original(args.original_pth, args.allow_unlearned)
    opening = open_run(args, originals=[original])
    args, device, data = opening
    net = opening.load(original)
    weights, start = digest_start(net), original.get('run', {})
    info = RunInfo('mask', args.seed, config={}, weights=weights, start=start, **data.record)
    paths = [Path(args.dir) / info.name / name for name in names]
    paths = [path for path in paths if args.overwrite or not path.exists()]
    if paths:
        data.load(device, args.num_workers)
        check_original(original, net.to(device), data)
    else:
        print(f'{Path(args.dir) / info.name}: finished already; --overwrite would make it again')
    return Start(net, data, info, paths, device)


def save_mask(path, kind, mask, info, **shares):
    """Write a mask {parameter name: bool tensor}."""
    content = {'format': FORMAT, 'kind': kind, 'mask': mask, 'run': info.to_dict()}
    save(path, content | {'seconds': info.seconds['mask']} | shares)


def compute_gradient(net, loader):
    """Gradient of the mean cross-entropy over a loader, in eval mode: {parameter name: tensor}."""
    net.eval()
    net.zero_grad()
    count = len(loader.indices)
    for x, y, _ in loader:
        (F.cross_entropy(net(x), y, reduction='sum') / count).backward()
    named = net.named_parameters()  # what is frozen or never runs has no gradient
    return {n: torch.zeros_like(p) if p.grad is None else p.grad.detach() for n, p in named}


def score_tensors(gradient):
    """‖gradient‖₂ / numel of each tensor: {parameter name: float}. (MCU, parameter mask)"""
    return {name: float(g.norm()) / g.numel() for name, g in gradient.items()}


def take_share(names, sizes, share):
    """The first of names that hold a share of all parameters; the last may overshoot."""
    taken = []
    for name in names:
        if sum(map(sizes.get, taken)) < share * sum(sizes.values()):
            taken.append(name)
    return taken


def select_tensors(retain_scores, forget_scores, sizes, k, kr):
    """MCU's mask: {parameter name: 0-dim bool tensor, True = may move} and the shares reached.

    First the tensors that retaining depends on most are protected, a share kr of all parameters;
    then those of the rest that forgetting depends on most are selected, a share k."""
    protected = take_share(sorted(sizes, key=retain_scores.get, reverse=True), sizes, kr)
    rest = [name for name in sizes if name not in protected]
    selected = take_share(sorted(rest, key=forget_scores.get, reverse=True), sizes, k)
    total = sum(sizes.values())
    shares = [sum(sizes[name] for name in names) / total for names in (selected, protected)]
    return {name: torch.tensor(name in selected) for name in sizes}, *shares


if __name__ == '__main__':
    main()
