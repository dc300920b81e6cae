"""The elements of the original that a method may move: SalUn's mask (arXiv 2310.12508), or SFRon's
(arXiv 2409.19732).

    python3 generate_mask.py --dir=runs --original_pth=runs/original --unlearn_type=class

writes mask_salun{share}.pt into a folder under --dir, or, with --kind=sfron, mask_sfron.pt. SalUn's
mask costs one pass over the forget set. SFRon's costs the gradient of each training sample: two
seconds for PreResNet8 on Digits.
"""

from arg_parser import parse_args

if __name__ == '__main__':
    parse_args('generate_mask')  # --help and typing errors answer before torch is imported

import warnings

import torch
from torch.func import functional_call, grad, vmap
from torch.nn import functional as F

from generate_weight_mask import compute_gradient, prepare, save_mask
from lib.device import read_clock
from lib.errors import with_exit_codes
from lib.flags import reject_flags

GAMMA = 1  # SFRon's γ
MAX_ELEMENTS = 2**26  # of the gradients of single samples, at a time


@with_exit_codes
def main(argv=None):
    make_mask(parse_args('generate_mask', argv))


def make_mask(args):
    """Write SalUn's mask of the share --mask_ratio, or SFRon's; returns its path, None where it was
    there."""
    name, shares = f'mask_salun{args.mask_ratio}.pt', {'share': args.mask_ratio}
    if args.kind == 'sfron':
        reject_flags(args, ('mask_ratio',), "γ = 1 decides how much SFRon's mask selects")
        name, shares = 'mask_sfron.pt', {'gamma': GAMMA}
    net, data, info, paths, device = prepare(args, [name])
    if not paths:
        return None
    (path,), began = paths, read_clock(device)
    forget = data.loader('train_forget', batch_size=args.batch_size)
    if args.kind == 'sfron':
        retain = data.loader('train_retain', batch_size=args.batch_size)
        mask = compare_fisher(*(compute_fisher(net, loader) for loader in (forget, retain)))
    else:
        mask = select_elements(compute_gradient(net, forget), args.mask_ratio)
    mask = {name: chosen.cpu() for name, chosen in mask.items()}
    info.seconds['mask'] = read_clock(device) - began
    selected = sum(int(m.sum()) for m in mask.values()) / sum(m.numel() for m in mask.values())
    print(f'selected {selected:.3f} of the elements: {path}')
    save_mask(path, args.kind, mask, info, **shares, selected=selected)
    return path


def select_elements(gradient, share):
    """The share of all elements with the largest |gradient|: {parameter name: bool tensor}."""
    flat = torch.cat([g.abs().reshape(-1) for g in gradient.values()])
    chosen = torch.zeros(len(flat), dtype=torch.bool, device=flat.device)
    chosen[flat.topk(max(1, round(share * len(flat)))).indices] = True
    pieces = chosen.split([g.numel() for g in gradient.values()])
    return {name: piece.view(g.shape) for (name, g), piece in zip(gradient.items(), pieces)}


def compute_fisher(net, loader):
    """Diagonal of the empirical Fisher information over a whole loader: the mean of the squared
    gradient of each sample's cross-entropy, in eval mode: {parameter name: tensor}."""
    net.eval()
    buffers = dict(net.named_buffers())
    weights = {name: p.detach() for name, p in net.named_parameters()}

    def loss(weights, x, y):
        return F.cross_entropy(functional_call(net, (weights, buffers), (x[None],)), y[None])

    warnings.filterwarnings('ignore', 'There is a performance drop')  # of vmap, on attention
    gradients = vmap(grad(loss), (None, 0, 0))
    sums = {name: torch.zeros_like(p) for name, p in weights.items()}
    count = max(1, MAX_ELEMENTS // sum(p.numel() for p in weights.values()))
    for images, labels, _ in loader:
        for x, y in zip(images.split(count), labels.split(count)):
            for name, g in gradients(weights, x, y).items():
                sums[name] += g.square().sum(0)
    return {name: s / len(loader.indices) for name, s in sums.items()}


def compare_fisher(forget, retain):
    """SFRon's mask: where F_f ≥ γ·F_r. An element that neither set depends on is selected: its
    gradient is 0, so it does not matter."""
    return {name: f >= GAMMA * retain[name] for name, f in forget.items()}


if __name__ == '__main__':
    main()
