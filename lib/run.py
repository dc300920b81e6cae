"""A run's folder: its lock, its log and its scores."""

import contextlib
import errno
import json
import time
from pathlib import Path

from filelock import FileLock, Timeout

from lib.checkpoint import ROLLING, list_numbered
from lib.distributed import is_main_process, mean_over
from lib.errors import InputError, warn
from lib.files import (
    atomic_write,
    read_json,
    read_log,
    replace_nan,
    to_npz_names,
    write_json,
    write_npz,
)
from lib.run_info import STAGES, RunInfo

MIA_WORDS = 'MIA, percent of D_f called non-member (100: as if never seen; closer to RT is better)'
LEFTOVERS = ('*.partial', 'checkpoint-*.pt', ROLLING, '*.npz', 'log.jsonl')  # of an earlier run


def sum_seconds(content):
    """Seconds that a file took to make; 0 for None, and where it is unknown."""
    return sum((content or {}).get('run', {}).get('seconds', {}).values())


# ---------------------------------------------------------------- the folder


@contextlib.contextmanager
def lock(folder):
    """Lock a run's folder, which need not exist. The lock ends with its process, even with a killed
    one. It leaves neither its file nor the folders that were made for it."""
    file = Path(folder).resolve()
    file = file.with_name(f'.{file.name}.lock')  # beside the folder, which may be renamed
    made = [place for place in file.parents if not place.exists()]
    file.parent.mkdir(parents=True, exist_ok=True)
    file_lock = FileLock(file)
    try:
        file_lock.acquire(timeout=0)
    except Timeout:
        fix = 'wait for it, or choose another --dir.'
        raise InputError(f'{folder}: a run is going on there.', fix) from None
    except OSError as error:
        if error.errno != errno.ENOLCK:
            raise
        warn(f'{folder}: this file system has no locks; see that only one run writes there.')
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # Windows keeps an open file
            file.unlink()  # while it is locked: later it may be another's
        file_lock.release()
        with contextlib.suppress(OSError):  # up to the first that is not empty
            for place in made:
                place.rmdir()


def is_finished(folder, info):
    """Whether a folder holds this same run, finished; if so, a line says it."""
    record = Path(folder) / 'run.json'
    scores = Path(folder).glob(f'{info.seed}-[0-9]*.npz')
    if not (record.exists() and any(scores) and list_numbered(folder)):
        return False
    run = RunInfo.from_dict(read_json(record).get('run', {}), record)
    if run.identity() != info.identity():
        return False
    print(f'{folder}: finished already; --overwrite would run it again')
    return True


@contextlib.contextmanager
def open_run_folder(folder, overwrite=False, resumed=False):
    """Lock a run's folder, in the main process; raises InputError if the folder holds a run that is
    neither overwritten nor resumed."""
    if not is_main_process():
        yield
        return
    with lock(folder):
        if not (overwrite or resumed) and (list_numbered(folder) or (folder / ROLLING).exists()):
            fix = 'add --overwrite, or go on with a run of train.py by --resume.'
            raise InputError(f'{folder}: holds a run already.', fix)
        yield


def begin_run(folder, info, flags, command):
    """Make a run's folder with run.json and command.sh, and remove what an earlier run left."""
    folder.mkdir(parents=True, exist_ok=True)
    for pattern in LEFTOVERS:
        for path in folder.glob(pattern):
            path.unlink()
    atomic_write(folder / 'command.sh', f'{command}\n'.encode())
    write_json(folder / 'run.json', {'run': info.to_dict(), 'flags': flags})


# ---------------------------------------------------------------- log and scores


def begin_wandb(mode, folder, settings):
    """The W&B run beside a run's folder, or None. To be called before that folder is touched."""
    if mode == 'off':
        return None
    import wandb  # only who asks for it needs it

    place = {'name': folder.name, 'dir': str(folder.parent), 'mode': mode}
    try:
        return wandb.init(project='mcu', config=settings, **place)
    except wandb.Error as error:
        fix = 'type `wandb login`, or take --wandb=offline.'
        raise InputError(f'--wandb={mode}: {str(error).rstrip(".")}.', fix) from None


class Log:
    """One line an epoch, as JSON in log.jsonl and, where there is one, in a W&B run."""

    def __init__(self, folder, start, wandb_run):
        self.path, self.wandb = Path(folder) / 'log.jsonl', wandb_run
        lines = read_log(self.path) if self.path.exists() else []
        before = [json.dumps(line) for line in lines if line['epoch'] <= start]
        atomic_write(self.path, ''.join(f'{line}\n' for line in before).encode())

    def write(self, values, scores):
        """Log the values of an epoch, and of its scores the accuracies and the MIA."""
        metrics = {k: v for k, v in (scores or {}).items() if k.endswith('_acc') or k == 'mia'}
        values = replace_nan(values | metrics)
        with self.path.open('a') as file:
            file.write(json.dumps(values) + '\n')
        if self.wandb:
            self.wandb.log(values)

    def close(self):
        """End the W&B run."""
        if self.wandb:
            self.wandb.finish()


class Means:
    """The means over an epoch of what the losses log for each batch, {name: (sum, count)}."""

    def __init__(self):
        self.sums = {}

    def add(self, logs):
        """Add a batch, without waiting for the device."""
        for name, pair in logs.items():
            self.sums[name] = [a + b for a, b in zip(self.sums.get(name, (0, 0)), pair)]

    def compute(self):
        """{name: mean}; None where nothing was counted."""
        return {key: float(mean_over(s) / n) if n else None for key, (s, n) in self.sums.items()}


def list_rte(seconds):
    """RTE and its stages in seconds, as a file of scores holds them."""
    stages = {f'RTE_{stage}': float(seconds.get(stage, 0.0)) for stage in STAGES}
    return {'RTE': sum(stages.values()), **stages}


def write_scores(folder, info, scores, original=None, stem=None):
    """Write the scores, RTE with its stages and the scores of the original to {stem}.npz; the
    default of stem is {seed}-{time}."""
    values = dict(scores) | list_rte(info.seconds) | {'run': json.dumps(info.to_dict())}
    values |= {f'original_{key}': value for key, value in (original or {}).items()}
    stem = stem or f'{info.seed}-{time.strftime("%Y%m%d-%H%M%S")}'
    write_npz(Path(folder) / f'{stem}.npz', to_npz_names(values))


def format_attacks(scores):
    """The attacks among some scores in two lines for the terminal."""
    attacks = '  '.join(f'{key[4:]} {scores[key]:.2f}' for key in scores if key[:4] == 'mia_')
    return f'{MIA_WORDS}:\n  {attacks}'
