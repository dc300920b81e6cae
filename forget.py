"""A deletion request in one command: from an original model to one that has forgotten.

    python3 forget.py --dir=runs --original_pth=runs/original --forget_index=request.txt

makes a pre-unlearning model (--pre), the mask, searches the curve with adaptive β, chooses t* by
the alignment bases and exports that point: unlearned.pt, with region.png, report.md and report.json
in a folder under --dir. No retrained model is needed. Typed again, it goes on where it stopped.
"""

import json
import math
import shutil
from functools import partial
from pathlib import Path

from arg_parser import flags_of
from errors import InputError, script, warn
from evaluation.figures import draw_region
from evaluation.npz import read_npz
from evaluation.region import described, read_path
from given import MODEL_AND_DATA, SPLIT, need, pick
from inputs import begin, buildable, network, open_divided, open_original
from masking import make_parameter_masks, make_salun_mask
from pathway import evaluate
from report import judged, plain, report_of, written
from runs import held, refuse_running, run_name
from training import train
from unlearn import METHODS, RECIPES
from utils import pick_device
from whole import whole_file

ALWAYS = ('data_path', 'batch_size', 'num_workers', 'device', 'bn_samples', 'seed')
REPORT = 'report.json'
KR = 0.0  # the share that the mask of the search protects
EPOCHS, LEAST_STEPS = 10, 500  # of the search
UNTOLD = ('dir', 'overwrite', 'use_test', 'num_workers', *SPLIT)  # told elsewhere, or of no effect


def words(**flags):
    """--flag=value of what is not None, as typed."""
    return [f'--{name}={value}' for name, value in flags.items() if value is not None]


def common(args):
    """What every stage is told of model, data and split."""
    told = pick(args, ('unlearn_type', 'split_seed', *ALWAYS, *MODEL_AND_DATA))
    told |= {'model': buildable(args), 'forget_index': args.index_file}
    if args.unlearn_type == 'random':
        told['forget_ratio'] = args.forget_ratio
    if args.unlearn_type == 'class':
        told['forget_class'] = args.forget_class
    return words(**told) + ['--tf32'] * args.tf32


def stage(script, work, *argv):
    """Say what is done, and do it by the library behind a script."""
    print(f'\n$ python3 {script}.py {" ".join(argv)}', flush=True)
    return work(begin(script, list(argv)))


def trained(folder, flags, argv, before=None):
    """The run of train.py in a folder: the finished one that is there, one that goes on, or a new
    one. before: what the original scores, where that has been measured."""
    if runs := [file.parent for file in folder.glob('*/*.npz')]:
        return runs[0]
    resume = [f'--resume={folder}'] if folder.is_dir() else []
    work = partial(train, before=before)
    return stage('train', work, f'--dir={folder}', *resume, *flags, *argv)


def masked(folder, script, work, pattern, *argv):
    """The mask in a folder, made where it is not there."""
    if not list(folder.glob(pattern)):
        stage(script, work, f'--dir={folder}', *argv)
    return next(folder.glob(pattern))


def recipe_of(args):
    """Epochs and learning rate of the pre-unlearning method."""
    epochs, lr, _ = RECIPES[args.pre]
    return args.pre_epochs or epochs, args.pre_lr or lr


def consent(args):
    """The switch for an original that is itself unlearned, where it is typed."""
    return ['--allow_unlearned'] * args.allow_unlearned


def pre_unlearn(args, folder, told, theta):
    """The run of the pre-unlearning method, by its recipe where flags do not say otherwise."""
    (epochs, lr), beta = recipe_of(args), RECIPES[args.pre][2]
    flags = words(unlearn_method=args.pre, original_pth=theta, beta=beta, epochs=epochs, lr=lr)
    flags += consent(args)
    if METHODS[args.pre].mask:
        argv = (*words(original_pth=theta), *consent(args), *told)
        mask = masked(folder, 'generate_mask', make_salun_mask, '*/*salun*.pt', *argv)
        flags += words(mask_path=mask)
    return trained(folder / 'pre', flags, told)


def search_epochs(args, data):
    """The paper's 10 epochs, or on small data as many as give LEAST_STEPS steps."""
    steps = max(1, len(data.parts['search']) // args.batch_size)
    return args.epochs or max(EPOCHS, math.ceil(LEAST_STEPS / steps))


def search(args, folder, told, theta, end, epochs):
    """The run of the search, on a curve from the original to the pre-unlearning model."""
    argv = (*words(original_pth=theta, mask_ratio=args.mask_ratio, kr=KR), *consent(args), *told)
    mask = masked(folder, 'generate_weight_mask', make_parameter_masks, '*/*_kr*.pt', *argv)
    flags = words(unlearn_method='dynamic', init_start=theta, init_end=end, mask_path=mask)
    flags += words(epochs=epochs, lr=args.lr, retain_ratio=args.retain_ratio, eval_freq=10)
    flags += ['--fix_start', '--fix_end', *consent(args)]
    known = read_npz(max(end.glob('*.npz')))
    before = {k[9:]: v if v.ndim else v.item() for k, v in known.items() if k[:9] == 'original_'}
    return trained(folder / 'search', flags, told, before)


def settings_of(args, data):
    """The flags that made the result, recipes resolved."""
    settings = pick(args, [name for name in flags_of('forget') if name not in UNTOLD])
    settings['pre_epochs'], settings['pre_lr'] = recipe_of(args)
    settings['pre_beta'] = RECIPES[args.pre][2]
    if METHODS[args.pre].mask:
        settings['pre_mask_ratio'] = flags_of('generate_mask')['mask_ratio'].default
    return settings | {'epochs': search_epochs(args, data), 'kr': KR}


def is_complete(folder):
    """Whether a request's folder has its report, which is written last."""
    return (folder / REPORT).exists()


def set_aside(folder, before):
    """Move what is in a request's folder to `before`, from where it goes once there is another
    result. What an interrupted --overwrite began stays in the folder, and goes on."""
    if not folder.exists() or (before.exists() and not is_complete(folder)):
        return
    shutil.rmtree(before, ignore_errors=True)
    folder.rename(before)


@script
def main(argv=None):
    args = begin('forget', argv)
    need(args, 'original_pth', 'it is the model that is to forget')
    if 'unlearn_type' not in args.typed:
        fix = 'add --forget_index=…, --forget_class=…, --forget_ratio=… or --unlearn_type=random.'
        raise InputError('nothing says what is to be forgotten.', fix)
    original = open_original(args)
    data = open_divided(args, [original])
    name = run_name(args, f'forget-{args.pre}', data, [original['model_state']])
    folder = Path(args.dir) / name
    if is_complete(folder) and not args.overwrite:
        raise InputError(f'--dir={args.dir}: {name} is there already.', 'add --overwrite.')
    pick_device(args.device)
    network(original, args, data)
    refuse_running(folder)
    before = folder.with_name(f'{name}.before')
    if args.overwrite:
        set_aside(folder, before)
    folder.mkdir(parents=True, exist_ok=True)
    with held(folder):
        report = forget(args, data, original, folder)
    shutil.rmtree(before, ignore_errors=True)
    if report['nearest'] != 'unlearned':
        warn(judged(report).strip('*'))
    print(*(folder / name for name in ('unlearned.pt', 'region.png', 'report.md')), sep='\n')


def forget(args, data, original, folder):
    """All stages of a request, each where it is not done yet; returns the report."""
    told, theta = common(args), original['file']
    end = pre_unlearn(args, folder, told, theta)
    curve = search(args, folder, told, theta, end, search_epochs(args, data))
    if not (folder / 'unlearned.pt').exists():
        shutil.rmtree(folder / 'path', ignore_errors=True)
        flags = words(dir=folder / 'path', ckpt=curve, export_t='best', num_points=args.num_points)
        _, exported = stage('eval_curve', evaluate, *flags, *told)
        exported.replace(folder / 'unlearned.pt')
        exported.parent.rmdir()
    (file,) = (folder / 'path').glob('*.npz')
    path, begun = read_path(file), read_npz(max(end.glob('*.npz')))
    draw_region(path, file, folder / 'region')
    report = report_of(settings_of(args, data), data, original, begun, path)
    texts = {'report.md': written(report, described(path, file))}
    texts[REPORT] = json.dumps(plain(report), indent=1)  # the last: it says that all is done
    for name, text in texts.items():
        with whole_file(folder / name) as out:
            out.write(text.encode())
    return report


if __name__ == '__main__':
    main()
