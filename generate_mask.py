"""SalUn's mask: the elements of the original that its method may move (arXiv 2310.12508).

    python3 generate_mask.py --dir=runs --original_pth=runs/original --unlearn_type=class

writes mask_salun{share}.pt into a folder under --dir. The cost is one pass over the forget set.
"""

from arg_parser import need
from checkpoint import save
from errors import script
from inputs import begin, network, open_divided, open_original
from masks import mean_gradient, salun_mask
from runs import free_mask, mask_description
from utils import pick_device, seconds


@script
def main(argv=None):
    args = begin('generate_mask', argv)
    need(args, 'original_pth', 'the mask is made of its gradients')
    original = open_original(args)
    device = pick_device(args.device)
    data = open_divided(args, [original])
    net = network(original, args, data)
    path = free_mask(args, data, original, f'mask_salun{args.mask_ratio}.pt')
    data.load(device, args.num_workers)

    began = seconds(device)
    gradient = mean_gradient(
        net.to(device), data.loader('train_forget', batch_size=args.batch_size)
    )
    mask = {name: chosen.cpu() for name, chosen in salun_mask(gradient, args.mask_ratio).items()}
    took = seconds(device) - began
    chosen = sum(int(m.sum()) for m in mask.values()) / sum(m.numel() for m in mask.values())
    print(f'selected {chosen:.3f} of the elements: {path}')
    described = mask_description('salun', mask, args, data)
    save(path, described | {'share': args.mask_ratio, 'selected': chosen, 'seconds': took})


if __name__ == '__main__':
    main()
