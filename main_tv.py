"""NegTV: take what a forget-expert learnt from the original (task arithmetic, arXiv 2212.04089).

    python3 main_tv.py --dir=runs --init_start=runs/original --init_end=runs/finetune2 --coef=0.9

--init_end is a run of train.py --unlearn_method=finetune2. Writes θ_o - coef·(θ_ft - θ_o), its
BatchNorm statistics recomputed on the retain set, as an ordinary checkpoint with its scores.
Its seed is the expert's, unless --seed is typed.
"""

from checkpoint import digest_weights, save
from errors import InputError, script
from given import inherit, need
from inputs import begin, check_ends, network, open_dependent, open_divided, open_original
from runs import (
    about,
    claimed,
    configuration,
    description,
    free_folder,
    known_accuracies,
    run_name,
    save_scores,
)
from task_vector import TaskVector
from utils import measure, pick_device, relearn, seconds, update_bn


@script
def main(argv=None):
    args = begin('main_tv', argv)
    need(args, 'init_start', 'it is the original model')
    need(args, 'init_end', 'it is the forget-expert, a run of finetune2')
    original, expert = open_original(args, 'init_start'), open_dependent(args, 'init_end', 'model')
    if expert.get('method', 'finetune2') != 'finetune2':
        problem = f'{expert["source"]}: comes from {expert["method"]}, not from finetune2.'
        raise InputError(problem, 'train the forget-expert by --unlearn_method=finetune2.')
    if 'seed' not in args.typed:  # negating draws nothing: the run is of its expert's seed
        inherit(args, ('seed',), expert.get('args', {}), expert['source'])
    device = pick_device(args.device, args.tf32)
    data = open_divided(args, [original], [expert])
    net, end = network(original, args, data), network(expert, args, data)
    check_ends(args, original, expert, (net, end))
    start_state, end_state = net.state_dict(), end.state_dict()
    folder = free_folder(args, run_name(args, 'negtv', data, [start_state, end_state]))
    data.load(device, args.num_workers)
    loaders = data.loaders(args.batch_size)
    before = measure(net.to(device).eval(), loaders, seed=args.seed, name='the original')
    described = description(args, data) | {'method': 'negtv', 'run': folder.name}
    described['config'] = config = configuration(args, data, f' on {expert.get("config", "")}')
    described['started_from'] = digest_weights(net)
    described['original'] = known_accuracies(original, before, data)

    began = seconds(device)
    net.load_state_dict((-TaskVector(start_state, end_state)).apply_to(start_state, args.coef))
    update_bn(net, data.bn_loader())
    spent = dict(expert.get('seconds', {}))
    spent['pre'] = spent.get('pre', 0.0) + seconds(device) - began
    scores = measure(net, loaders, seed=args.seed, name='the negated model')
    state = {'epoch': 0, 'model_state': net.state_dict(), 'optimizer_state': {}}
    if args.relearn:
        scores |= relearn(net, data, args.relearn)
    meta = about(args, data, folder.name, method='negtv', config=config)
    with claimed(folder, args):
        save(folder / 'checkpoint-0.pt', described | state | {'seconds': spent})
        save_scores(folder, args, meta, scores, spent, before)
    print(folder)


if __name__ == '__main__':
    main()
