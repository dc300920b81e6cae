"""Resume an interrupted run: it ends with exactly the same weights as an uninterrupted one."""

from pathlib import Path

from lib.checkpoint import ROLLING, load, load_newest, save
from lib.distributed import gather, world_size
from lib.errors import Diverged, InputError, warn
from lib.files import read_json
from lib.flags import take_resumed
from lib.run import find_begun, refuse_finished, refuse_running


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
    flags = {'forget_loss': 'ce', **flags, 'dir': str(folder.parent)}  # older runs say no loss
    return take_resumed(args, flags, file), content, folder


def find_new_folder(args, info, begun):
    """The folder of a new run, or of one that is begun again; begun: the folder of that one."""
    if begun and begun.name != info.name:
        problem = f'--resume={begun}: the flags, or the files they name, are of another run.'
        raise InputError(problem, f'leave --resume out to begin {info.name}.')
    folder = begun or Path(args.dir) / info.name
    refuse_running(folder)
    refuse_finished(folder, args.overwrite)
    return folder


def refuse_different_starts(folder, resumed):
    """Raise InputError where the processes of one job found different files."""
    starts = gather([(folder.name, resumed and resumed['epoch'])])
    if len(set(starts)) > 1:
        raise InputError(f'{folder}: the processes read different files.', 'run it again.')


def collect_state(model, optimizer, schedule, scaler, epoch, suspects):
    """The states that a checkpoint needs to resume from; raises Diverged where a tensor of the
    model is not finite. epoch: from 0; suspects: the flags that are probably too high."""
    for name, tensor in model.state_dict().items():
        if not tensor.isfinite().all():
            problem = f'{name} is not finite after epoch {epoch + 1}.'
            raise Diverged(problem, f'lower {suspects}.')
    return {
        'model_state': model.state_dict(),
        'optimizer_state': optimizer.state_dict(),
        'scheduler_state': schedule.state_dict(),
        'scaler_state': scaler.state_dict() if scaler else {},
    }


def restore_state(content, info, model, optimizer, schedule, scaler):
    """Go back to what a checkpoint holds; raises InputError where it is of another run."""
    if content['run']['weights'] != info.weights:
        problem = f'{content["source"]}: started from other files than those named now.'
        raise InputError(problem, 'name the original, the ends and the mask it started from.')
    try:
        model.load_state_dict(content['model_state'])
        optimizer.load_state_dict(content['optimizer_state'])
        schedule.load_state_dict(content['scheduler_state'])
        if scaler:
            scaler.load_state_dict(content['scaler_state'])
        for p, kept in optimizer.state.items():
            if any(tensor.shape != p.shape for tensor in kept.values()):
                raise ValueError('momentum of another shape')
    except (RuntimeError, ValueError, KeyError, TypeError, AttributeError) as error:
        reason = ' '.join(str(error).split())[:200]
        problem = f'{content["source"]}: its state does not fit this run ({reason}).'
        raise InputError(problem, 'give the checkpoint of this run.') from None
    then, now = content['run']['config'].get('processes', 1), world_size()
    if then != now:
        warn(f'{content["source"]}: is of {then} processes; with {now} the run differs.')


def save_epoch(folder, content, kept):
    """Write the checkpoint of an epoch: numbered where it is kept, else the rolling one. A numbered
    checkpoint deletes the rolling one, so that a rolling one is always the newest."""
    name = f'checkpoint-{content["epoch"]}.pt' if kept else ROLLING
    save(folder / name, content)
    if kept:
        (folder / ROLLING).unlink(missing_ok=True)
