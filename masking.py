"""Masks from their flags to their files, for the two mask scripts and forget.py."""

from checkpoint import save
from given import need
from inputs import network, open_divided, open_original
from masks import (
    mean_gradient,
    parameter_mask,
    rank_correlation,
    salun_mask,
    tensor_scores,
    warn_if_full,
)
from ranks import join, writer
from runs import free_mask, mask_description
from utils import pick_device, seconds


def prepare(args, names):
    """(data, network, {name: path}) for masks of these file names, all that is given checked."""
    need(args, 'original_pth', 'the mask is made of its gradients')
    original = open_original(args)
    device = pick_device(args.device, args.tf32)
    data = open_divided(args, [original])
    net = network(original, args, data)
    paths = {name: free_mask(args, data, original, name) for name in names}
    join(device)
    data.load(device, args.num_workers)
    return data, net.to(device), device, paths


def gradient_over(part, args, data, net):
    """The gradient over a part of the data, each process taking every so many batches."""
    return mean_gradient(net, data.loader(part, batch_size=args.batch_size, share='batches'))


def make_parameter_masks(args):
    """MCU's masks, one for each --kr; returns their paths."""
    names = {f'mask_k{args.mask_ratio}_kr{kr}.pt': kr for kr in args.kr}
    data, net, device, paths = prepare(args, names)
    began = seconds(device)
    retain, forget = (
        tensor_scores(gradient_over(part, args, data, net))
        for part in ('train_retain', 'train_forget')
    )
    took = seconds(device) - began
    rank = rank_correlation(retain, forget)
    print(f'rank correlation of the retain and forget scores: {rank:.3f}')
    sizes = {name: p.numel() for name, p in net.named_parameters()}
    for name, path in paths.items():
        kr = names[name]
        mask, selected, protected = parameter_mask(retain, forget, sizes, args.mask_ratio, kr)
        print(f'selected {selected:.3f}, protected {protected:.3f} of the parameters: {path}')
        warn_if_full(mask, net, path)
        shares = {'k': args.mask_ratio, 'kr': kr, 'selected': selected, 'protected': protected}
        described = mask_description('parameter', mask, args, data) | shares
        if writer():
            save(path, described | {'rank_correlation': rank, 'seconds': took})
    return list(paths.values())


def make_salun_mask(args):
    """SalUn's mask of the share --mask_ratio; returns its path."""
    data, net, device, paths = prepare(args, [f'mask_salun{args.mask_ratio}.pt'])
    (path,) = paths.values()
    began = seconds(device)
    gradient = gradient_over('train_forget', args, data, net)
    mask = {name: chosen.cpu() for name, chosen in salun_mask(gradient, args.mask_ratio).items()}
    took = seconds(device) - began
    chosen = sum(int(m.sum()) for m in mask.values()) / sum(m.numel() for m in mask.values())
    print(f'selected {chosen:.3f} of the elements: {path}')
    warn_if_full(mask, net, path)
    described = mask_description('salun', mask, args, data)
    if writer():
        save(path, described | {'share': args.mask_ratio, 'selected': chosen, 'seconds': took})
    return path
