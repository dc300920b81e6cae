"""MCU's parameter masks: which tensors of the inner points the curve search may move.

    python3 generate_weight_mask.py --dir=runs --original_pth=runs/original --unlearn_type=class

writes mask_k{k}_kr{kr}.pt for each protected share kr, into one folder under --dir. The cost is one
pass forward and backward over the training set.
"""

from arg_parser import need
from checkpoint import save
from errors import script
from inputs import begin, network, open_divided, open_original
from masks import mean_gradient, parameter_mask, rank_correlation, tensor_scores
from runs import free_mask, mask_description
from utils import pick_device, seconds


@script
def main(argv=None):
    args = begin('generate_weight_mask', argv)
    need(args, 'original_pth', 'the mask is made of its gradients')
    original = open_original(args)
    device = pick_device(args.device)
    data = open_divided(args, [original])
    net = network(original, args, data)
    files = {kr: f'mask_k{args.mask_ratio}_kr{kr}.pt' for kr in args.kr}
    files = {kr: free_mask(args, data, original, name) for kr, name in files.items()}
    data.load(device, args.num_workers)

    began = seconds(device)
    net.to(device)
    retain, forget = (
        tensor_scores(mean_gradient(net, data.loader(part, batch_size=args.batch_size)))
        for part in ('train_retain', 'train_forget')
    )
    took = seconds(device) - began
    rank = rank_correlation(retain, forget)
    print(f'rank correlation of the retain and forget scores: {rank:.3f}')
    sizes = {name: p.numel() for name, p in net.named_parameters()}
    for kr, path in files.items():
        mask, selected, protected = parameter_mask(retain, forget, sizes, args.mask_ratio, kr)
        print(f'selected {selected:.3f}, protected {protected:.3f} of the parameters: {path}')
        shares = {'k': args.mask_ratio, 'kr': kr, 'selected': selected, 'protected': protected}
        described = mask_description('parameter', mask, args, data) | shares
        save(path, described | {'rank_correlation': rank, 'seconds': took})


if __name__ == '__main__':
    main()
