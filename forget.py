"""A deletion request in one command: from an original model to one that has forgotten.

    python3 forget.py --dir=runs --original_pth=runs/original --forget_index=request.txt

makes a pre-unlearning model (--pre), searches the curve as --preset=best does, chooses t* by the
alignment bases and exports that point: unlearned.pt, with region.png, report.md and report.json
in a folder under --dir. No retrained model is needed. Typed again, it goes on where it stopped.
"""

from arg_parser import PRESETS, parse_args

if __name__ == '__main__':
    parse_args('forget')  # --help and typing errors answer before torch is imported

import math
import shutil
from pathlib import Path

from data import open_split
from eval_curve import evaluate
from evaluation.figures import draw_region
from evaluation.region import describe_region, read_path
from evaluation.report import format_markdown, judge_report, make_report
from generate_mask import make_mask
from generate_weight_mask import make_masks
from lib.checkpoint import load_original
from lib.device import pick_device
from lib.errors import script, warn
from lib.files import read_npz, refuse_existing, write_json, write_whole
from lib.flags import DATA, inherit, need, select_config
from lib.run import lock, refuse_running
from lib.run_info import RunInfo
from models import load_network
from train import train
from unlearn import METHODS
from utils import digest_start

RECIPES = {  # epochs, learning rate and β of the pre-unlearning methods
    'finetune': (8, 0.04, None),
    'randomlabel': (5, 0.02, None),
    'salun': (5, 0.02, None),
    'ga_plus': (5, 0.002, 0.2),
    'ga': (3, 0.001, None),
    'scrub': (5, 0.01, None),
    'delete': (5, 0.001, None),
    'sfron': (5, 0.005, None),
}
LEAST_STEPS = 500  # of the search
KR = 0.0  # the share of the parameters that the mask of the search protects
MASK_SHARE = 0.5  # of SalUn's mask
STAGES = ('data_path', 'batch_size', 'num_workers', 'device', 'bn_samples', 'seed', 'model')
REPORT = 'report.json'  # written last: it says that all is done


@script
def main(argv=None):
    folder, report = fulfil(parse_args('forget', argv))
    print_summary(report)
    if report['nearest'] != 'unlearned':
        warn(judge_report(report).strip('*'))
    print(*(folder / name for name in ('unlearned.pt', 'region.png', 'report.md')), sep='\n')


def print_summary(report):
    """What became of a request, on less than a screen."""
    bases, keys = report['bases'], ('retain', 'forget', 'test', 'distance')
    print(f'\n{report["request"]["samples"]} of {report["request"]["of"]} samples; accuracies in %')
    print(f'{"":14}' + ''.join(f'{key:>10}' for key in keys))
    for name, model in report['models'].items():
        print(f'{name:14}' + ''.join(f'{model[key]:10.2f}' for key in keys))
    print(f'{"goal":14}{bases["retain"]:10.2f}{bases["forget"]:10.2f}')
    remark = ' (on a bound of its interval)' * report['t_on_bound']
    print(f't* {report["t"]:.3f}{remark}, {report["minutes"]["total"]:.1f} minutes of compute')


def fulfil(args):
    """Carry out a request, or what is left of it; returns (its folder, the report)."""
    need(args, original_pth='it is the model that is to forget')
    original = load_original(args.original_pth, args.allow_unlearned)
    args = inherit(args, [original], default_dataset=None)
    pick_device(args.device)
    data = open_split(args, [original])
    net = load_network(original, args.model, len(data.classes), data.recipe.size)
    settings = choose_settings(args, data)
    info = RunInfo(
        method='forget',
        seed=args.seed,
        config={name: value for name, value in settings.items() if name != 'num_points'},
        weights=digest_start(net),
        start=original.get('run', {}),
        end={'method': args.pre},
        **data.record,
    )
    folder = Path(args.dir) / info.name
    refuse_existing(folder / REPORT, args.overwrite)
    refuse_running(folder)
    before = folder.with_name(f'{info.name}.before')
    if args.overwrite:
        set_aside(folder, before)
    folder.mkdir(parents=True, exist_ok=True)
    with lock(folder):
        report = carry_out(args, settings, data, original, info, folder)
    shutil.rmtree(before, ignore_errors=True)
    return folder, report


def set_aside(folder, before):
    """Move what is in a request's folder to `before`, from where it goes once there is another
    result. What an interrupted --overwrite began stays in the folder, and goes on."""
    if not folder.exists() or (before.exists() and not (folder / REPORT).exists()):
        return
    shutil.rmtree(before, ignore_errors=True)
    folder.rename(before)


def choose_settings(args, data):
    """{flag: value} of all stages: what is typed, else the recipe of the method."""
    epochs, lr, beta = RECIPES[args.pre]
    steps = max(1, len(data.parts['search']) // args.batch_size)
    settings = PRESETS['best'] | select_config(args) | {'pre_beta': beta}
    settings['kr'] = KR if args.mask_ratio else None
    settings['pre_mask_ratio'] = MASK_SHARE if METHODS[args.pre].mask == 'salun' else None
    settings['pre_epochs'], settings['pre_lr'] = args.pre_epochs or epochs, args.pre_lr or lr
    enough = max(PRESETS['best']['epochs'], math.ceil(LEAST_STEPS / steps))
    settings['epochs'] = args.epochs or enough
    return {name: value for name, value in settings.items() if value is not None}


def carry_out(args, settings, data, original, info, folder):
    """All stages of a request, each where it is not done yet; returns the report."""
    shared, theta = list_shared(args, info), original['file']
    consenting = [*shared, *['--allow_unlearned'] * args.allow_unlearned]
    end = make_end(args, settings, folder, consenting, theta)
    first = read_npz(max(end.glob('*.npz')))
    curve = search(settings, folder, consenting, theta, end, first)
    if not (folder / 'unlearned.pt').exists():
        shutil.rmtree(folder / 'path', ignore_errors=True)
        flags = list_flags(dir=folder / 'path', ckpt=curve, export_t='best')
        flags += list_flags(num_points=args.num_points)
        _, exported = run_stage('eval_curve', evaluate, *flags, *shared)
        exported.replace(folder / 'unlearned.pt')
        exported.parent.rmdir()
    (file,) = (folder / 'path').glob('*.npz')
    path = read_path(file)
    draw_region(path, folder / 'region')
    gone = data.split.forget_class
    request = info.split | ({} if gone is None else {'name': data.classes[gone]})
    request |= {'samples': len(data.split.forget), 'of': len(data.parts['train'])}
    prints = 'data_fingerprint', 'forget_fingerprint'
    request |= {key: getattr(info, key) for key in prints} | {'original': original['file']}
    settings = info.data | {'seed': info.seed, 'allow_unlearned': args.allow_unlearned} | settings
    report = make_report(request, settings, first, path)
    text = format_markdown(report, describe_region(path))
    write_whole(folder / 'report.md', text.encode())
    write_json(folder / REPORT, report)
    return report


# ---------------------------------------------------------------- the stages


def list_flags(**flags):
    """--flag=value of what is not None, as typed."""
    return [f'--{name}={value}' for name, value in flags.items() if value is not None]


def list_shared(args, info):
    """The flags of every stage: model, data and split."""
    names = (*DATA[:-1], *STAGES)
    shared = {name: getattr(args, name) for name in names} | info.split
    if args.unlearn_type == 'index':
        shared['forget_index'] = args.forget_index
    return list_flags(**shared) + ['--tf32'] * args.tf32


def run_stage(script_name, work, *argv, **more):
    """Print the command of a stage, and do its work in this process."""
    print(f'\n$ python3 {script_name}.py {" ".join(argv)}', flush=True)
    return work(parse_args(script_name, argv), **more)


def train_or_resume(folder, flags, before=None):
    """The run of train.py in a folder: the finished one that is there, one that goes on, or a new
    one. before: what the original scores, where that has been measured."""
    if finished := [file.parent for file in folder.glob('*/*.npz')]:
        return finished[0]
    resume = list_flags(resume=folder if folder.is_dir() else None)
    return run_stage('train', train, f'--dir={folder}', *resume, *flags, before=before)


def make_mask_once(folder, script_name, work, pattern, *flags):
    """The mask in a folder, made where it is not there."""
    if not list(folder.glob(pattern)):
        run_stage(script_name, work, f'--dir={folder}', *flags)
    return next(folder.glob(pattern))


def make_end(args, settings, folder, shared, theta):
    """The run of the pre-unlearning method."""
    flags = {'beta': 'pre_beta', 'epochs': 'pre_epochs', 'lr': 'pre_lr'}
    flags = {name: settings.get(key) for name, key in flags.items()}
    if kind := METHODS[args.pre].mask:
        share = settings.get('pre_mask_ratio')
        words = [*list_flags(original_pth=theta, kind=kind, mask_ratio=share), *shared]
        pattern = f'*/mask_{kind}*.pt'
        flags['mask_path'] = make_mask_once(folder, 'generate_mask', make_mask, pattern, *words)
    words = list_flags(unlearn_method=args.pre, original_pth=theta, **flags)
    return train_or_resume(folder / 'pre', [*words, *shared])


def search(settings, folder, shared, theta, end, first):
    """The run of the search, on a curve from the original to the pre-unlearning model; first: the
    scores of that model's run, among which are the original's."""
    flags = {name: settings[name] for name in ('epochs', 'lr', 'retain_ratio')}
    if 'mask_ratio' in settings:
        words = list_flags(original_pth=theta, mask_ratio=settings['mask_ratio'], kr=KR) + shared
        where = folder, 'generate_weight_mask', make_masks, '*/*_kr*.pt'
        flags['mask_path'] = make_mask_once(*where, *words)
    words = list_flags(preset='best', init_start=theta, init_end=end, eval_freq=10, **flags)
    words += ['--fix_start', '--fix_end', *shared]
    known = {k.removeprefix('original_'): v for k, v in first.items() if k[:9] == 'original_'}
    known = {key: value if value.ndim else value.item() for key, value in known.items()}
    return train_or_resume(folder / 'search', words, known)


if __name__ == '__main__':
    main()
