"""SalUn's mask: the elements of the original that its method may move (arXiv 2310.12508).

    python3 generate_mask.py --dir=runs --original_pth=runs/original --unlearn_type=class

writes mask_salun{share}.pt into a folder under --dir. The cost is one pass over the forget set.
"""

from arg_parser import parse_args

if __name__ == '__main__':
    parse_args('generate_mask')  # --help and typing errors answer before torch is imported

import torch

from generate_weight_mask import compute_gradient, prepare, save_mask
from lib.device import read_clock
from lib.errors import script


@script
def main(argv=None):
    make_mask(parse_args('generate_mask', argv))


def make_mask(args):
    """Write SalUn's mask of the share --mask_ratio; returns its path."""
    net, data, info, (path,), device = prepare(args, [f'mask_salun{args.mask_ratio}.pt'])
    began = read_clock(device)
    loader = data.loader('train_forget', batch_size=args.batch_size, share='batches')
    mask = select_elements(compute_gradient(net, loader), args.mask_ratio)
    mask = {name: chosen.cpu() for name, chosen in mask.items()}
    info.seconds['mask'] = read_clock(device) - began
    selected = sum(int(m.sum()) for m in mask.values()) / sum(m.numel() for m in mask.values())
    print(f'selected {selected:.3f} of the elements: {path}')
    save_mask(path, 'salun', mask, info, share=args.mask_ratio, selected=selected)
    return path


def select_elements(gradient, share):
    """The share of all elements with the largest |gradient|: {parameter name: bool tensor}."""
    flat = torch.cat([g.abs().reshape(-1) for g in gradient.values()])
    chosen = torch.zeros(len(flat), dtype=torch.bool, device=flat.device)
    chosen[flat.topk(max(1, round(share * len(flat)))).indices] = True
    pieces = chosen.split([g.numel() for g in gradient.values()])
    return {name: piece.view(g.shape) for (name, g), piece in zip(gradient.items(), pieces)}


if __name__ == '__main__':
    main()
