"""Resume an interrupted run: it ends with exactly the same weights as an uninterrupted one."""

from pathlib import Path

from lib.checkpoint import ROLLING, load, load_newest, save
from lib.distributed import world_size
from lib.errors import Diverged, InputError, warn
from lib.files import read_json
from lib.flags import take_resumed

LOWER = 'lower --lr, --beta or --epochs.'


def read_resumed(args):
    """(flags, the checkpoint to go on from or None, the folder that the run was begun in or None).

    --resume names a file, a run's folder or a folder that holds one run: its newest whole
    checkpoint. Where there is none the run starts again, by the flags in its run.json.
    """
    if args.resume is None:
        return args, None, None
    place, folder, content = Path(args.resume), None, None
    if place.is_dir() or place == Path(args.dir):  # which a new run makes
        folder = find_begun(place)
        if folder is None:
            again = args.dir if 'dir' in args.typed else str(place)
            return take_resumed(args, {'dir': again}, args.resume), None, None
        content = load_newest(folder, 'resume')
    else:
        content = load(args.resume, 'resume')
        folder = Path(content['file']).parent
    if content is None:
        file = folder / 'run.json'
        flags = read_json(file).get('flags', {})
    else:
        file, flags = content['source'], content.get('flags', {})
        if 'scheduler_state' not in content:
            raise InputError(f'{file}: holds no state to resume from.', 'give a run of train.py.')
    if 'unlearn_method' not in flags:
        raise InputError(f'{file}: is not of a run of train.py.', 'give one.')
    return take_resumed(args, flags | {'dir': str(folder.parent)}, file), content, folder


def find_begun(path):
    """The folder of the one run that was begun in a folder: itself or below it; None for none."""
    runs = sorted(Path(path).glob('run.json')) or sorted(Path(path).glob('*/run.json'))
    if len(runs) > 1:
        problem = f'--resume={path}: holds {len(runs)} runs, not one.'
        raise InputError(problem, f'name one of {", ".join(run.parent.name for run in runs)}.')
    return runs[0].parent if runs else None


def collect_state(model, optimizer, schedule, epoch):
    """The states that a checkpoint needs to resume from; raises Diverged where a tensor of the
    model is not finite. epoch: from 0."""
    for name, tensor in model.state_dict().items():
        if not tensor.isfinite().all():
            raise Diverged(f'{name} is not finite after epoch {epoch + 1}.', LOWER)
    return {
        'model_state': model.state_dict(),
        'optimizer_state': optimizer.state_dict(),
        'scheduler_state': schedule.state_dict(),
    }


def restore_state(content, info, model, optimizer, schedule):
    """Go back to what a checkpoint holds; raises InputError where it is of another run."""
    if content['run']['weights'] != info.weights:
        fix = 'name the original, the ends and the mask it started from.'
        raise InputError(f'{content["source"]}: started from other files.', fix)
    try:
        model.load_state_dict(content['model_state'])
        optimizer.load_state_dict(content['optimizer_state'])
        schedule.load_state_dict(content['scheduler_state'])
    except (RuntimeError, ValueError) as error:
        problem = f'{content["source"]}: its state does not fit this run ({error!s:.200}).'
        raise InputError(problem, 'give the checkpoint of this run.') from None
    processes = content['run']['config']['processes']
    if processes != world_size():
        warn(f'{content["source"]}: is of {processes} processes; with others the run differs.')


def save_epoch(folder, content, is_numbered):
    """Write the checkpoint of an epoch: numbered, or in place of the rolling one."""
    save(folder / (f'checkpoint-{content["epoch"]}.pt' if is_numbered else ROLLING), content)
    if is_numbered:
        (folder / ROLLING).unlink(missing_ok=True)
