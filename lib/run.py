"""A run's folder: who may write there, its log and its scores."""

import contextlib
import errno
import json
import time
from pathlib import Path

from filelock import FileLock, Timeout

from lib.checkpoint import ROLLING, list_numbered, load_newest
from lib.distributed import is_main_process
from lib.errors import InputError, warn
from lib.files import read_log, replace_nan, write_json, write_npz, write_whole
from lib.run_info import STAGES

MIA_WORDS = 'MIA, percent of D_f called non-member (100: as if never seen; closer to RT is better)'
LEFTOVERS = ('*.partial', 'checkpoint-*.pt', ROLLING, '*.npz', 'log.jsonl')  # of an earlier run


def sum_seconds(content):
    """Seconds that a file took to make, all stages together; 0 for None, and where it is
    unknown."""
    return sum((content or {}).get('run', {}).get('seconds', {}).values())


# ---------------------------------------------------------------- the folder


def name_lock(folder):
    """The lock file of a run's folder: beside it, for the folder may be renamed."""
    folder = Path(folder).resolve()
    return folder.with_name(f'.{folder.name}.lock')


@contextlib.contextmanager
def lock(folder):
    """Lock a run's folder, which need not be there: a second process is refused. The lock ends with
    its process, however that ends; a refusal leaves neither its file nor folders made for it."""
    file = name_lock(folder)
    made = [place for place in file.parents if not place.exists()]
    file.parent.mkdir(parents=True, exist_ok=True)
    file_lock = FileLock(file)
    try:
        file_lock.acquire(timeout=0)
    except Timeout:
        problem = f'{folder}: a run is going on there.'
        raise InputError(problem, 'wait for it, or choose another --dir.') from None
    except (NotImplementedError, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.ENOLCK:
            raise
        warn(f'{folder}: this file system has no locks; see that only one run writes there.')
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            file.unlink()  # while it is locked: later it may be another's
        file_lock.release()
        with contextlib.suppress(OSError):  # up to the first that is not empty
            for place in made:
                place.rmdir()


def refuse_running(folder):
    """Raise InputError where a run is going on in a folder; of several processes, one looks."""
    if is_main_process() and name_lock(folder).exists():
        with lock(folder):
            pass


def refuse_finished(folder, overwrite):
    """Raise InputError where a folder holds a run with a checkpoint, and --overwrite is missing."""
    if not overwrite and folder.is_dir() and load_newest(folder, 'dir'):
        problem = f'--dir={folder.parent}: {folder.name} there holds a run already.'
        raise InputError(problem, 'add --overwrite, or go on with a run of train.py by --resume.')


@contextlib.contextmanager
def claim(folder, info, flags, command, overwrite=False, resumed=False):
    """Make a run's folder, with run.json and command.sh, and lock it. A new run deletes what an
    earlier run left there. Of several processes, only the main process does this."""
    if not is_main_process():
        yield
        return
    with lock(folder):
        folder.mkdir(exist_ok=True)
        if not resumed:
            refuse_finished(folder, overwrite)  # it may have been filled meanwhile
        for pattern in LEFTOVERS[:1] if resumed else LEFTOVERS:
            for path in folder.glob(pattern):
                path.unlink()
        file = folder / 'command.sh'
        before = file.read_text() if resumed and file.exists() else ''
        write_whole(file, f'{before}{command}\n'.encode())
        if not resumed:
            write_json(folder / 'run.json', {'run': info.to_dict(), 'flags': flags})
        yield


def is_run(folder):
    """Whether a run was begun in a folder."""
    return any((folder / name).is_file() for name in ('run.json', ROLLING)) or list_numbered(folder)


def find_begun(folder):
    """The folder of the one run that was begun in a folder: itself or below it; None for none."""
    place = Path(folder)
    below = sorted(path for path in place.iterdir() if path.is_dir()) if place.is_dir() else []
    runs = [path for path in (place, *below) if path.is_dir() and is_run(path)]
    if place in runs:
        return place
    if len(runs) > 1:
        problem = f'--resume={folder}: holds {len(runs)} runs, not one.'
        raise InputError(problem, f'name one of {", ".join(run.name for run in runs)}.')
    return runs[0] if runs else None


# ---------------------------------------------------------------- log and scores


def begin_wandb(mode, folder, settings):
    """The W&B run beside a run's folder, or None; before that folder is touched."""
    if mode == 'off' or not is_main_process():
        return None
    import wandb  # only who asks for it needs it

    how = {'name': folder.name, 'dir': str(folder.parent), 'mode': mode}
    try:
        return wandb.init(project='mcu', config=settings, **how)
    except wandb.Error as error:
        problem = f'--wandb={mode}: {str(error).rstrip(".")}.'
        raise InputError(problem, 'type `wandb login`, or take --wandb=offline.') from None


class Log:
    """One line an epoch: as JSON in log.jsonl, and in a W&B run where there is one. Of several
    processes, one writes."""

    def __init__(self, folder, epochs, start, wandb_run):
        self.path, self.epochs, self.wandb = Path(folder) / 'log.jsonl', epochs, wandb_run
        if not is_main_process():
            return
        lines = read_log(self.path) if self.path.exists() else []
        kept = [json.dumps(line) for line in lines if line['epoch'] <= start]
        write_whole(self.path, ''.join(f'{line}\n' for line in kept).encode())

    def write(self, values, scores, words):
        """Log one epoch, its scores among it, and return its line for the terminal."""
        kept = {k: v for k, v in (scores or {}).items() if k.endswith('_acc') or k == 'mia'}
        values = replace_nan(values | kept)
        if is_main_process():
            with self.path.open('a') as file:
                file.write(json.dumps(values) + '\n')
        if self.wandb:
            self.wandb.log(values)
        return f'epoch {values["epoch"]:{len(str(self.epochs))}}/{self.epochs}  {words}'

    def close(self):
        """End the W&B run."""
        if self.wandb:
            self.wandb.finish()


def list_rte(seconds):
    """RTE and its stages, in seconds, for a file of scores."""
    stages = {f'RTE_{stage}': float(seconds.get(stage, 0.0)) for stage in STAGES}
    return {'RTE': sum(stages.values()), **stages}


def write_scores(folder, info, scores, original=None):
    """Write {seed}-{time}.npz: the scores, RTE with its stages, what the original scored."""
    values = dict(scores) | list_rte(info.seconds) | {'run': json.dumps(info.to_dict())}
    values |= {f'original_{key}': value for key, value in (original or {}).items()}
    write_npz(Path(folder) / f'{info.seed}-{time.strftime("%Y%m%d-%H%M%S")}.npz', values)


def format_attacks(scores):
    """The attacks of a file of scores in two lines for the terminal."""
    attacks = '  '.join(f'{key[4:]} {scores[key]:.2f}' for key in scores if key[:4] == 'mia_')
    return f'{MIA_WORDS}:\n  {attacks}'
