"""Checkpoints, in and out: tensors and plain types only, written whole or not at all.

A checkpoint holds `epoch, model_state, optimizer_state`, `kind` (model or curve) and `run`, the
record of what was run (`lib.run_info.RunInfo`): network, data, split, settings, seconds.
"""

import argparse
import hashlib
import re
import warnings
import zipfile
from io import BytesIO
from pathlib import Path

import torch

from lib.errors import InputError, warn
from lib.files import write_whole
from lib.run_info import RunInfo

FORMAT = 2
ROLLING = 'resume.pt'  # the newest epoch of a run that is going on
POINT = re.compile(r'\.(weight|bias)_\d+$')  # one point's tensor in a curve of curve layers
LAYOUTS = ('model_state_dict', 'state_dict', 'model', 'net')  # where other code keeps its weights
FOREIGN = ('model_state', 'epoch', 'optimizer_state')  # what a file of other code may say


def list_numbered(folder):
    """The checkpoints of a run's folder in the order of their epochs."""
    found = [(re.fullmatch(r'checkpoint-(\d+)\.pt', p.name), p) for p in Path(folder).iterdir()]
    return [path for match, path in sorted((int(m[1]), p) for m, p in found if m)]


def find(path, flag):
    """The checkpoint that a flag means: a file, a run's folder, or a folder that holds one run."""
    place = Path(path)
    if not place.is_dir():
        if not place.is_file():
            raise InputError(f'--{flag}={path}: there is no such file.', advise(path, 'checkpoint'))
        return place
    if found := list_numbered(place):
        return found[-1]
    folders = {file.parent for file in place.rglob('checkpoint-*.pt')}
    runs = sorted(folder for folder in folders if list_numbered(folder))
    if len(runs) != 1:
        problem = f'--{flag}={path}: holds {len(runs)} runs with a checkpoint, not one.'
        names = ', '.join(str(run.relative_to(place)) for run in runs)
        fix = f'name one of {names}.' if runs else 'give a finished run, or a checkpoint.'
        raise InputError(problem, fix)
    return list_numbered(runs[0])[-1]


def advise(path, what):
    """What to do about a path that is no file."""
    if '*' in str(path):
        return 'write a space, not =, before the path: then the shell fills in the *.'
    return 'name a file in that folder.' if Path(path).is_dir() else f'give a {what}.'


def load_newest(folder, flag):
    """The newest whole checkpoint of a run's folder, as `load` gives it; None where none is whole.

    A run that was killed may have left the rolling file, numbered ones, or both.
    """
    found = []
    for file in (Path(folder) / ROLLING, *reversed(list_numbered(folder))):
        if not file.exists():
            continue
        try:
            content = read(file, flag)
        except InputError as error:
            warn(f'{error.problem} It is passed over.')
            continue
        found.append(interpret(content, file, flag))
        if file.name != ROLLING:
            break
    return max(found, key=lambda content: content.get('epoch', 0), default=None)


def read(path, flag):
    """What torch.save wrote, if it is whole and nothing but tensors and plain types.

    Whole: torch compares no checksum, but the zip file that it writes has one for every record.
    """
    try:
        zipped = zipfile.is_zipfile(path)
        if zipped:
            with zipfile.ZipFile(path) as records:
                if damaged := records.testzip():
                    raise ValueError(f'the checksum of {damaged} is wrong')
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            # timm's and torchvision's training scripts leave their flags in the file
            with torch.serialization.safe_globals([argparse.Namespace]):
                content = torch.load(path, map_location='cpu', weights_only=True)
    except Exception as error:  # whatever damage does to a pickle: it is the file's fault
        refuse_whole_module(path, flag, str(error))
        reason = f': {error}' if type(error) is ValueError else f' ({type(error).__name__})'
        problem = f'--{flag}={path}: no whole file of tensors and plain types{reason}.'
        raise InputError(problem, 'give a whole checkpoint or mask.') from None
    if not zipped:
        warn(f'--{flag}={path}: is of a format without checksums: damage to it stays unseen.')
    return content


def refuse_whole_module(path, flag, reason):
    """Raise InputError where torch declined a class, by its reason: a network was pickled whole.

    The file is not unpickled, for that would run what its maker wrote.
    """
    declined = re.search(r'GLOBAL ([\w.]+\.[A-Z]\w*) was not an allowed', reason)
    if not declined:
        return
    file = Path(path)
    problem = f'--{flag}={path}: holds a whole pickled module or object ({declined[1]})'
    fix = (
        'if you trust its maker, convert it in Python: '
        f"net = torch.load('{file.name}', weights_only=False); "
        f"torch.save(net.state_dict(), '{file.stem}-state.pt')"
    )
    raise InputError(f'{problem}, and is not opened: that could run any code.', fix)


def load(path, flag, kind=None):
    """A checkpoint as a dict, with `file`, its path, and `source`, its name in messages, added.

    kind: model or curve, where only that will do. Files of other code that hold at least
    `model_state`, and plain state dicts, load too.
    """
    file = find(path, flag)
    content = interpret(read(file, flag), file, flag, kind)
    epoch, epochs = content.get('epoch', 0), content.get('flags', {}).get('epochs') or 0
    if Path(path).is_dir() and epoch < epochs:
        warn(f'{content["source"]}: is of epoch {epoch} of {epochs}; that run has not finished.')
    return content


def load_original(path, allow_unlearned):
    """The checkpoint of an original; an unlearned or retrained one only if allow_unlearned."""
    content = load(path, 'original_pth', kind='model')
    refuse_unlearned(content, allow_unlearned)
    return content


def refuse_unlearned(content, allow_unlearned):
    """Raise InputError for an original that is unlearned or retrained, unless that is agreed to.

    Files of other code say nothing of it, and pass.
    """
    method = content.get('run', {}).get('method', 'baseline')
    if method != 'baseline' and not allow_unlearned:
        problem = f'{content["source"]}: is a model of {method}, not an original.'
        raise InputError(problem, 'give the original, or add --allow_unlearned to start from it.')


def load_end(path):
    """The checkpoint of a curve's pre-unlearning model, or of a forget-expert."""
    content = load(path, 'init_end', kind='model')
    if content.get('run', {}).get('method') == 'baseline':
        problem = f'{content["source"]}: is an original, which has not forgotten anything.'
        fix = 'exchange --init_start and --init_end, or give a model that a method made of it.'
        raise InputError(problem, fix)
    run, epoch = content.get('run', {}), content.get('epoch')
    if epoch != run.get('config', {}).get('epochs', epoch):  # another model than the run's own
        config = run['config'] | {'epoch': epoch}
        content['run'] = run | {'name': f'{run["name"]}, epoch {epoch}', 'config': config}
    return content


def interpret(content, file, flag, kind=None):
    """The content of a file, as `read` gives it, in the form that `load` returns, and checked."""
    source = f'--{flag}={file}'
    if not isinstance(content, dict):
        raise InputError(f'{source}: holds no checkpoint.', 'give one.')
    if 'format' in content:
        check_format(content, source)
        check_header(content, source)
    else:
        content = take_foreign(content, source)
    if odd := find_not_finite(content):
        raise InputError(f'{source}: {odd} is not finite.', 'give a model that did not diverge.')
    found = content.get('kind', 'model')
    if kind is not None and found != kind:
        raise InputError(f'{source}: holds a {found}, not a {kind}.', f'give a {kind} checkpoint.')
    return content | {'file': str(file), 'source': source}


def take_foreign(content, source):
    """{model_state: the weights in float32} of a file of other code, with its `epoch` and
    `optimizer_state` where it has them; other keys may mean something else, and are dropped, as a
    `module.` before names is."""
    nested = (content[key] for key in LAYOUTS if is_state(content.get(key)))
    state = content['model_state'] if 'model_state' in content else next(nested, content)
    if not is_state(state):
        problem = f'{source}: holds no named tensors, bare or under {", ".join(LAYOUTS)}'
        raise InputError(f'{problem} or model_state.', 'give a checkpoint.')
    if layers := [k for k in state if k.startswith('coeff_layer.') or POINT.search(k)]:
        problem = f'{source}: is a curve of curve layers ({layers[0]}), not of one vector a point.'
        fix = 'give the networks at its ends, and search the curve anew.'
        raise InputError(problem, fix)
    state = {
        name.removeprefix('module.'): tensor.float() if tensor.is_floating_point() else tensor
        for name, tensor in state.items()
    }
    return {key: content[key] for key in FOREIGN if key in content} | {'model_state': state}


def find_not_finite(content, name=''):
    """The name of the first tensor in nested dicts and lists that holds NaN or infinity."""
    if isinstance(content, (dict, list, tuple)):
        pairs = content.items() if isinstance(content, dict) else enumerate(content)
        found = (find_not_finite(value, f'{name}.{key}'.strip('.')) for key, value in pairs)
        return next(filter(None, found), None)
    bad = isinstance(content, torch.Tensor) and not content.isfinite().all()
    return name if bad else None


def check_format(content, source):
    """Refuse what another version wrote."""
    if content.get('format', FORMAT) != FORMAT:
        raise InputError(f'{source}: was written by another version.', 'make it anew.')


def check_header(content, source):
    """Refuse a file of ours that lacks what every file of ours says, or says something else."""
    needed = {'epoch': int, 'kind': str, 'flags': dict, 'optimizer_state': dict, 'run': dict}
    if content.get('kind') == 'curve':
        needed |= {'original': dict, 'end': dict}
    for key, kind in needed.items():
        if type(content.get(key)) is not kind:
            problem = f'{source}: its {key} is no {kind.__name__}.'
            raise InputError(problem, 'give a file as train.py wrote it.')
    RunInfo.from_dict(content['run'], source)
    if not is_state(content.get('model_state')) or content['kind'] not in ('model', 'curve'):
        raise InputError(f'{source}: is neither a model nor a curve.', 'give a checkpoint.')


def is_state(state):
    """Whether `state` is a dict {name: tensor}, and not empty."""
    if not isinstance(state, dict) or not state:
        return False
    return all(isinstance(k, str) and isinstance(v, torch.Tensor) for k, v in state.items())


def save(path, content):
    """Write a checkpoint or mask in one step."""
    file = BytesIO()
    torch.save(content, file)
    write_whole(path, file.getbuffer())


def digest_state(state):
    """Sixteen hex digits of named tensors, that tell weights and masks apart."""
    total = hashlib.sha256()
    for name, tensor in state.items():
        total.update(name.encode() + tensor.detach().cpu().contiguous().numpy().tobytes())
    return total.hexdigest()[:16]


def refuse_other_data(content, data):
    """Raise InputError where a file was made on another training set, or of other classes."""
    run = content.get('run', {})
    if run.get('data_fingerprint', data.fingerprint) != data.fingerprint:
        problem = f'{content["source"]}: was made on another training set.'
        fix = 'give the --dataset, --data_path and --train_fraction of that training set.'
        raise InputError(problem, fix)
    classes = run.get('data', {}).get('num_classes', len(data.classes))
    if classes != len(data.classes):
        problem = f'{content["source"]}: is of {classes} classes, the data set'
        raise InputError(f'{problem} of {len(data.classes)}.', 'give a file of this data set.')


def forgets_others(content, data):
    """Whether a file says that it was made to forget other samples."""
    mark = content.get('run', {}).get('forget_fingerprint', data.forget_fingerprint)
    return mark != data.forget_fingerprint
