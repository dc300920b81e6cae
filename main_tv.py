"""NegTV: take what a forget-expert learnt from the original (task arithmetic, arXiv 2212.04089).

    python3 main_tv.py --dir=runs --init_start=runs/original --init_end=runs/finetune2 --coef=0.9

--init_end is a run of train.py --unlearn_method=finetune2. Writes θ_o - coef·(θ_ft - θ_o), its
BatchNorm statistics recomputed on the retain set, as an ordinary checkpoint with its scores.
"""

from arg_parser import parse_args

if __name__ == '__main__':
    parse_args('main_tv')  # --help and typing errors answer before torch is imported

from pathlib import Path

from lib.checkpoint import FORMAT, check_ends, digest_start, load, load_end, save
from lib.device import read_clock
from lib.errors import InputError, with_exit_codes
from lib.flags import CONFIG, record_flags, require_flags, select
from lib.run import begin_run, format_attacks, is_finished, open_run_folder, write_scores
from lib.run_info import RunInfo
from task_vector import TaskVector
from utils import measure, measure_original, open_run, update_bn


@with_exit_codes
def main(argv=None):
    print(negate(parse_args('main_tv', argv)))


def negate(args):
    """Do what the flags say; returns the run's folder."""
    # What is given: flags, files, data.
    require_flags(args, init_start='it is the original', init_end='it is the expert, of finetune2')
    original = load(args.init_start, 'init_start', kind='model')
    expert = load_end(args.init_end)
    record = expert.get('run', {})
    if record.get('method', 'finetune2') != 'finetune2':
        problem = f'{expert["source"]}: comes from {record["method"]}, not from finetune2.'
        raise InputError(problem, 'train the forget-expert by --unlearn_method=finetune2.')
    opening = open_run(args, originals=[original], dependents=[expert])
    args, device, data = opening
    if 'seed' not in args.typed:  # one model, one seed: that of its expert
        args.seed = record.get('seed', args.seed)
    net, end = opening.load(original), opening.load(expert)
    check_ends(original, expert, net, end, args.allow_unlearned)
    info = RunInfo(
        method='negtv',
        seed=args.seed,
        config=select(args, *CONFIG),
        weights=digest_start(net, end),
        start=original.get('run', {}),
        end=record,
        seconds=dict(record.get('seconds', {})),
        **data.record,
    )
    folder = Path(args.dir) / info.name
    if not args.overwrite and is_finished(folder, info):
        return folder

    with open_run_folder(folder, args.overwrite):
        data.load(device, args.num_workers)
        loaders = data.loaders(args.batch_size)
        start_state = net.state_dict()
        end_state = start_state | dict(end.named_parameters(remove_duplicate=False))
        original_scores, accuracies = measure_original(
            original, net.to(device), data, loaders, seed=args.seed
        )
        began = read_clock(device)
        net.load_state_dict((-TaskVector(start_state, end_state)).apply_to(start_state, args.coef))
        update_bn(net, data.bn_loader())
        info.seconds['pre'] = info.seconds.get('pre', 0.0) + read_clock(device) - began

        scores = measure(net, loaders, seed=args.seed, name='the negated model')
        header = {'format': FORMAT, 'kind': 'model', 'run': info.to_dict()}
        header |= {'flags': record_flags(args), 'original': accuracies}
        state = {'epoch': 0, 'model_state': net.state_dict(), 'optimizer_state': {}}
        begin_run(folder, info, header['flags'], args.command)
        save(folder / 'checkpoint-0.pt', header | state)
        write_scores(folder, info, scores, original_scores)
    print(format_attacks(scores))
    return folder


if __name__ == '__main__':
    main()
