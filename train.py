"""Train an original model, a retrained one, any pre-unlearning method, or a curve (MCU).

    python3 train.py --dir=runs --dataset=Digits --transform=ResNet --model=PreResNet8 --epochs=15

writes a folder under --dir: checkpoints, log.jsonl, the command, and the scores in a .npz.
Fifteen epochs of PreResNet8 on Digits take about 20 seconds on two cores.
"""

from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import torch
from tqdm import tqdm

from arg_parser import flags_of, inherit, need, pick, refuse
from checkpoint import load, save
from curves import CurveNet
from data import generator
from errors import InputError, script
from masks import check_mask, load_mask
from runs import (
    Log,
    about,
    bases_of,
    begin,
    claim,
    description,
    free_folder,
    fresh_network,
    known_accuracies,
    network,
    open_dependent,
    open_divided,
    open_original,
    run_name,
    save_scores,
    whole_accuracies,
)
from unlearn import METHODS, Run, hold_elements, train_epoch
from utils import measure, pick_device, seconds, update_bn

SHOWN_T = 0.9  # a curve's own scores are those of this point
FREE_ON_RESUME = {
    *('dir', 'data_path', 'device', 'num_workers', 'save_freq', 'eval_freq', 'wandb', 'overwrite'),
    *('original_pth', 'init_start', 'init_end', 'mask_path', 'use_test', 'resume'),
}  # may be other than in the run that is resumed


class Inputs(NamedTuple):
    """The files that a method starts from: checkpoints and a mask, None where it takes none."""

    original: dict | None = None
    end: dict | None = None
    mask: dict | None = None


def read_resumed(args):
    """The checkpoint to go on from, or None; its flags become ours."""
    if args.resume is None:
        return None
    resumed = load(args.resume, 'resume')
    if 'args' not in resumed:
        raise InputError(f'{resumed["source"]}: says not how to go on.', 'give a run of train.py.')
    then = {k: v for k, v in resumed['args'].items() if k != 'resume'}
    free = FREE_ON_RESUME & then.keys() - args.typed
    inherit(args, flags_of('train').keys() - FREE_ON_RESUME, then, resumed['source'])
    for name in free:
        setattr(args, name, then[name])
    return resumed


def read_inputs(args, method):
    """Load what the method starts from; refuse what it cannot use."""
    who = args.unlearn_method
    ends, original, mask = ('init_start', 'init_end'), ('original_pth',), ('mask_path',)
    wanted = {'scratch': (), 'original': original, 'ends': ends}[method.starts_from]
    for name in wanted:
        need(args, name, f'{who} starts from it')
    refuse(args, {*ends, *original} - {*wanted}, f'{who} does not start from it')
    if method.mask is None:
        refuse(args, mask, f'{who} takes no mask')
    if method.mask == 'salun':
        need(args, 'mask_path', f'{who} moves only what a mask of generate_mask.py selects')
    if method.mask == 'parameter' and args.mask_path and not (args.fix_start and args.fix_end):
        problem = f'--mask_path={args.mask_path}: a mask needs both ends fixed.'
        raise InputError(problem, 'add --fix_start and --fix_end, or leave the mask out.')
    if method.starts_from != 'scratch':
        refuse(args, ('pretrained',), f'{who} does not start from scratch')
    return Inputs(
        open_original(args, wanted[0]) if wanted else None,
        open_dependent(args, 'init_end', 'model') if len(wanted) > 1 else None,
        load_mask(args.mask_path, method.mask) if args.mask_path else None,
    )


def build_model(args, method, inputs, data, original):
    """The network or curve to be trained, before any step; original: θ_o as a network or None."""
    net = fresh_network(args, data, args.pretrained)
    if inputs.mask:
        check_mask(inputs.mask, net)
    if method.starts_from == 'original':
        return network(inputs.original, args, data)
    if method.starts_from == 'scratch':
        return net
    mask = inputs.mask and inputs.mask['mask']
    try:
        model = CurveNet(net, args.curve, args.num_bends, args.fix_start, args.fix_end, mask)
    except ValueError as error:
        raise InputError(f'--mask_path={args.mask_path}: {error}.', 'give another.') from None
    model.set_point(0, original)
    model.set_point(-1, network(inputs.end, args, data))
    model.init_linear(model.held if args.init_linear_off else None)
    if not any(point.requires_grad for point in model.points):
        raise InputError(f'--num_bends={args.num_bends}: no point is free.', 'use 3 or more.')
    return model


def make_optimizer(args, method, model, mask, resumed):
    """SGD and its schedule, as they were in a resumed run; no weight decay on curves."""
    free = [p for p in model.parameters() if p.requires_grad]
    wd = 0.0 if method.starts_from == 'ends' else args.wd
    optimizer = torch.optim.SGD(free, args.lr, momentum=args.momentum, weight_decay=wd)
    if method.mask == 'salun':
        hold_elements(optimizer, model, mask['mask'])
    if args.milestones:
        schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, args.milestones, gamma=0.1)
    else:
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, args.epochs)
    if resumed:
        optimizer.load_state_dict(resumed['optimizer_state'])
        schedule.load_state_dict(resumed['scheduler_state'])
    return optimizer, schedule


def shown(model, data):
    """The network whose scores stand for the run: itself, or a curve's φ(0.9) with statistics."""
    if not isinstance(model, CurveNet):
        return model
    net = model.at(SHOWN_T)
    update_bn(net, data.bn_loader())
    return net


def folder_of(args, method, inputs, data):
    """The folder of a new run: its name has the method, for a curve that of its end, and all else
    that changes the result."""
    head, extra, weights = args.unlearn_method, '', []
    if method.starts_from == 'ends':
        head = f'{head}-{pre(inputs)}'
    if inputs.mask:
        extra, weights = f'-{Path(args.mask_path).stem}', [inputs.mask['mask']]
    weights += [content['model_state'] for content in (inputs.original, inputs.end) if content]
    return free_folder(args, run_name(args, head, data, weights, extra))


def states(model, optimizer, schedule, epoch):
    """The part of a checkpoint that changes with every epoch."""
    return {
        'epoch': epoch,
        'model_state': model.state_dict(),
        'optimizer_state': optimizer.state_dict(),
        'scheduler_state': schedule.state_dict(),
    }


def prior_seconds(inputs):
    """Seconds that the inputs took: the endpoint's parts and the mask's."""
    spent = dict(inputs.end.get('seconds', {})) if inputs.end else {}
    if inputs.mask:
        spent['mask'] = spent.get('mask', 0.0) + inputs.mask.get('seconds', 0.0)
    return spent


def description_of(args, inputs, data, model):
    """What the checkpoint says besides its state. A curve keeps what its points lack of the
    pre-unlearning model: its statistics, and where that end is free its weights too."""
    described = description(args, data) | {'method': args.unlearn_method}
    if not isinstance(model, CurveNet):
        return described
    end = inputs.end['model_state']
    lacking = {k: v for k, v in end.items() if k not in model.shapes or not args.fix_end}
    names = ('curve', 'num_bends', 'fix_start', 'fix_end')
    return described | pick(args, names) | {'kind': 'curve', 'pre': pre(inputs), 'end': lacking}


def pre(inputs):
    """The name of the method that the curve's last point comes from."""
    return inputs.end.get('method', 'foreign')


def one_epoch(args, method, model, data, optimizer, epoch, settings):
    """Train one epoch (from 0); settings: what the losses know besides their draws."""
    name = f'{args.unlearn_method}, epoch {epoch + 1}'
    passes = [
        data.loader(part, train=True, batch_size=args.batch_size, seed=args.seed, epoch=epoch)
        for part in method.passes(epoch)
    ]
    bar = tqdm(chain(*passes), name, sum(map(len, passes)), leave=False, disable=None)
    torch.manual_seed(generator('layers', args.seed, epoch).initial_seed())  # dropout
    run = Run(generator('draws', args.seed, epoch), **settings)
    return train_epoch(model, bar, partial(method.loss, run=run), optimizer, name)


@script
def main(argv=None):
    args = begin('train', argv)
    resumed = read_resumed(args)
    method = METHODS[args.unlearn_method]
    inputs = read_inputs(args, method)
    device = pick_device(args.device)
    data = open_divided(args, [inputs.original], [inputs.end], [inputs.mask])
    original = inputs.original and network(inputs.original, args, data)
    model = build_model(args, method, inputs, data, original)
    folder = Path(resumed['file']).parent if resumed else folder_of(args, method, inputs, data)
    data.load(device, args.num_workers)
    model.to(device)
    if resumed:
        model.load_state_dict(resumed['model_state'])
    optimizer, schedule = make_optimizer(args, method, model, inputs.mask, resumed)
    loaders = data.loaders(args.batch_size)
    before, settings = None, {'beta': args.beta}
    described = description_of(args, inputs, data, model)
    if original:
        before = measure(original.to(device), loaders, seed=args.seed, name='the original')
        described['original'] = known_accuracies(inputs.original, before, data)
        bases = bases_of(args, described['original'])
        settings |= {'retain_base': bases[0], 'forget_base': bases[1], 'original': original}

    claim(folder, args, resumed)
    start = resumed['epoch'] if resumed else 0
    spent = resumed['seconds'] if resumed else prior_seconds(inputs)
    part = 'search' if isinstance(model, CurveNet) else 'pre'
    log, scores = Log(folder, args, start), None
    for epoch in range(start, args.epochs):
        rate, began, last = schedule.get_last_lr()[0], seconds(device), epoch + 1 == args.epochs
        means = one_epoch(args, method, model, data, optimizer, epoch, settings)
        schedule.step()
        took = seconds(device) - began
        spent[part] = spent.get(part, 0.0) + took
        scores = None
        if last or (epoch + 1) % args.eval_freq == 0:
            name = f'{args.unlearn_method} after epoch {epoch + 1}'
            scores = measure(shown(model, data), loaders, last, args.seed, name)
        log.line({'epoch': epoch + 1, 'lr': rate, **means, 'seconds': took}, scores)
        if last or (epoch + 1) % args.save_freq == 0:
            if scores and args.unlearn_method == 'baseline':
                described |= whole_accuracies(scores, data)  # the bases of what starts here
            save(
                folder / f'checkpoint-{epoch + 1}.pt',
                described | states(model, optimizer, schedule, epoch + 1) | {'seconds': spent},
            )
    log.close()
    scores = scores or measure(shown(model, data), loaders, seed=args.seed)
    more = {'method': args.unlearn_method}
    if isinstance(model, CurveNet):
        more |= {'pre': pre(inputs), 't': SHOWN_T}
    save_scores(folder, args, about(args, data, folder.name, **more), scores, spent, before)
    print(folder)


if __name__ == '__main__':
    main()
