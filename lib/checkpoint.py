"""Checkpoints, in and out: tensors and plain types only, written whole or not at all.

A checkpoint holds `epoch, model_state, optimizer_state`, `kind` (model or curve) and `run`, the
record of what was run (`lib.run_info.RunInfo`): network, data, split, settings, seconds.
"""

import argparse
import hashlib
import re
import zipfile
from io import BytesIO
from pathlib import Path

import safetensors.torch
import torch

from lib.errors import InputError, warn
from lib.files import atomic_write
from lib.run_info import RunInfo

FORMAT = 2
ROLLING = 'resume.pt'  # the newest epoch of a run that is going on
RESULT = 'unlearned.pt'  # what a deletion request leaves
IF_DELETED = 'if files were deleted after a request, give its folder as --original_pth.'
POINT = re.compile(r'\.(weight|bias)_\d+$')  # one point's tensor in a curve of curve layers
LAYOUTS = ('model_state', 'model_state_dict', 'state_dict', 'model', 'net')  # of other code
PICKLED = re.compile(r'GLOBAL ([\w.]+\.[A-Z]\w*) was not an allowed')  # in torch's error


def list_numbered(folder):
    """The checkpoints of a run's folder in the order of their epochs."""
    epochs = {file: file.stem.partition('-')[2] for file in Path(folder).glob('checkpoint-*.pt')}
    return sorted((f for f in epochs if epochs[f].isdecimal()), key=lambda f: int(epochs[f]))


def find(path, flag):
    """The checkpoint that a flag means: a file, the folder of a run or of a deletion request, or a
    folder that holds one of these."""
    place = Path(path)
    if place.is_file():
        return place
    if not place.is_dir():
        raise InputError(f'--{flag}={path}: there is no such file.', 'give a checkpoint.')
    files = list(place.rglob('checkpoint-*.pt')) or place.rglob(RESULT)
    runs = sorted({file.parent for file in files})
    if place in runs:
        runs = [place]
    if len(runs) != 1:
        problem = f'--{flag}={path}: holds {len(runs)} runs with a checkpoint, not one.'
        names = ', '.join(run.name for run in runs)
        raise InputError(problem, f'name one of {names}.' if runs else 'give a finished run.')
    return [runs[0] / RESULT, *list_numbered(runs[0])][-1]


def read(path, flag):
    """What torch.save or safetensors wrote, if it is whole, and nothing but tensors and plain
    types."""
    try:
        if Path(path).suffix == '.safetensors':
            return safetensors.torch.load_file(path)
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as records:  # torch compares no checksums
                if records.testzip():
                    raise zipfile.BadZipFile
        # timm's and torchvision's training scripts leave their flags in the file
        with torch.serialization.safe_globals([argparse.Namespace]):
            return torch.load(path, map_location='cpu', weights_only=True)
    except Exception as error:  # whatever damage does to a pickle: it is the file's fault
        reason, fix = type(error).__name__, 'give a whole checkpoint or mask.'
        if pickled := PICKLED.search(str(error)):  # what its maker wrote would run
            reason = f'but a whole pickled module, {pickled[1]}, which could run any code'
            out = f"'{Path(path).stem}-state.pt'"
            code = f"torch.save(torch.load('{path}', weights_only=False).state_dict(), {out})"
            fix = f'if you trust its maker, convert it in Python: {code}'
        problem = f'--{flag}={path}: no whole file of tensors and plain types ({reason}).'
        raise InputError(problem, fix) from None


def save(path, content):
    """Write a checkpoint or mask in one step."""
    file = BytesIO()
    torch.save(content, file)
    atomic_write(path, file.getbuffer())


def save_weights(stem, state):
    """Write named tensors alone, as STEM.pt and STEM.safetensors; returns the first."""
    state = {name: tensor.detach().cpu().clone() for name, tensor in state.items()}  # none shared
    atomic_write(f'{stem}.safetensors', safetensors.torch.save(state))
    save(f'{stem}.pt', state)
    return Path(f'{stem}.pt')


def load(path, flag, kind=None):
    """A checkpoint as a dict, with `file`, its path, and `source`, its name in messages, added.

    kind: model or curve, where only that will do. A file of other code has `model_state`, and may
    have `epoch` and `optimizer_state`.
    """
    file = find(path, flag)
    content = interpret(read(file, flag), file, flag, kind)
    epoch, epochs = content.get('epoch', 0), content.get('flags', {}).get('epochs') or 0
    if Path(path).is_dir() and epoch < epochs:
        warn(f'{content["source"]}: is of epoch {epoch} of {epochs}; that run has not finished.')
    return content


def load_newest(folder, flag):
    """The newest whole checkpoint of a run's folder, as `load` gives it; None where none is."""
    for file in (*Path(folder).glob(ROLLING), *reversed(list_numbered(folder))):
        try:
            content = read(file, flag)
        except InputError as error:
            warn(f'{error.problem} It is passed over.')
            continue
        return interpret(content, file, flag)
    return None


def load_original(path, allow_unlearned):
    """The checkpoint of an original; an unlearned or retrained one only if allow_unlearned."""
    content = load(path, 'original_pth', kind='model')
    refuse_unlearned(content, allow_unlearned)
    return content


def refuse_unlearned(content, allow_unlearned):
    """Raise InputError for an original that is unlearned or retrained, unless that is agreed to."""
    method = content.get('run', {}).get('method', 'baseline')
    if method != 'baseline' and not allow_unlearned:
        problem = f'{content["source"]}: is a model of {method}, not an original.'
        raise InputError(problem, 'give the original, or add --allow_unlearned to start from it.')


def load_end(path):
    """The checkpoint of a curve's pre-unlearning model, or of a forget-expert."""
    content = load(path, 'init_end', kind='model')
    run, epoch = content.get('run', {}), content.get('epoch')
    if run.get('method') == 'baseline':
        problem = f'{content["source"]}: is an original, which has not forgotten anything.'
        raise InputError(problem, 'exchange --init_start and --init_end.')
    if epoch != run.get('config', {}).get('epochs', epoch):  # another model than the run's own
        config = run['config'] | {'epoch': epoch}
        content['run'] = run | {'name': f'{run["name"]}, epoch {epoch}', 'config': config}
    return content


def interpret(content, file, flag, kind=None):
    """The content of a file, checked, as `load` returns it."""
    source = f'--{flag}={file}'
    content = content if isinstance(content, dict) else {}
    if 'format' not in content:
        content = take_foreign(content, source)
    else:
        check_format(content, source)
        if 'model_state' not in content:
            raise InputError(f'{source}: holds no model.', 'give a checkpoint.')
        RunInfo.from_dict(content['run'], source)
    for name, tensor in content['model_state'].items():
        if not tensor.isfinite().all():
            raise InputError(f'{source}: {name} is not finite.', 'give a model without that.')
    actual = content.get('kind', 'model')
    if kind is not None and actual != kind:
        raise InputError(f'{source}: holds a {actual}, not a {kind}.', f'give a {kind} checkpoint.')
    return content | {'file': str(file), 'source': source}


def check_format(content, source):
    """Refuse what another version wrote."""
    if content.get('format', FORMAT) != FORMAT:
        raise InputError(f'{source}: was written by another version.', 'make it anew.')


def take_foreign(content, source):
    """{model_state: the weights in float32} of a file of other code, without `module.` before
    names, and its `epoch` and `optimizer_state` where it has them."""
    state = next((content[key] for key in LAYOUTS if is_state(content.get(key))), content)
    if not is_state(state):
        problem = f'{source}: holds no named tensors, bare or under {", ".join(LAYOUTS)}.'
        raise InputError(problem, 'give a checkpoint.')
    if layers := [k for k in state if k.startswith('coeff_layer.') or POINT.search(k)]:
        problem = f'{source}: is a curve of curve layers ({layers[0]}), not of one vector a point.'
        raise InputError(problem, 'give the networks at its ends, and search the curve anew.')
    state = {
        name.removeprefix('module.'): tensor.float() if tensor.is_floating_point() else tensor
        for name, tensor in state.items()
    }
    header = {key: content[key] for key in ('epoch', 'optimizer_state') if key in content}
    return header | {'model_state': state}


def is_state(state):
    """Whether `state` is a dict {name: tensor}, and not empty."""
    named = isinstance(state, dict) and len(state) > 0
    return named and all(isinstance(value, torch.Tensor) for value in state.values())


def digest_state(state):
    """Sixteen hex digits of named tensors, that tell weights and masks apart."""
    total = hashlib.sha256()
    for name, tensor in state.items():
        content = tensor.detach().cpu().contiguous().flatten().view(torch.uint8)
        total.update(name.encode() + content.numpy().tobytes())
    return total.hexdigest()[:16]


def digest_parameters(net):
    """A digest of a network's parameters, without its statistics."""
    return digest_state(dict(net.named_parameters()))


def digest_start(original, end=None):
    """Digests of the networks that a run starts from, for its record; {} without an original.

    `original` and `end` are of parameters and statistics; `parameters`, of the original, is the
    same for another file with the same parameters.
    """
    digests = {'original': original, 'end': end}
    digests = {key: digest_state(net.state_dict()) for key, net in digests.items() if net}
    return digests | ({'parameters': digest_parameters(original)} if original else {})


def check_ends(start, end, start_net, end_net, allow_unlearned):
    """Refuse a start and an end (contents of checkpoints, and their networks) that do not belong
    together. Files of other code, and retrained models, do not say what they started from."""
    first, last = digest_parameters(start_net), digest_parameters(end_net)
    if first == last:
        problem = f'{end["source"]}: has the same weights as --init_start.'
        raise InputError(problem, 'give the model that was made of it as --init_end.')
    if start.get('run', {}).get('weights', {}).get('parameters') == last:
        problem = f'{end["source"]}: is what --init_start was made of.'
        raise InputError(problem, 'exchange --init_start and --init_end.')
    if end.get('run', {}).get('weights', {}).get('parameters', first) != first:
        problem = f'{start["source"]}: is not the model that --init_end started from.'
        raise InputError(problem, 'give that one as --init_start.')
    refuse_unlearned(start, allow_unlearned)


def refuse_other_data(content, data):
    """Raise InputError where a file was made on another training set."""
    mark = content.get('run', {}).get('data_fingerprint', data.fingerprint)
    if mark == data.fingerprint:
        return
    problem = f'{content["source"]}: was made on another training set.'
    fix = 'give the --dataset, --data_path and --train_fraction of that training set'
    if 'deletions' in content:
        fix += ', where only the samples that this model has forgotten may be missing.'
    else:
        fix += f'; {IF_DELETED}'
    raise InputError(problem, fix)


def forgets_others(content, data):
    """Whether a file says that it was made to forget other samples."""
    mark = content.get('run', {}).get('forget_fingerprint', data.forget_fingerprint)
    return mark != data.forget_fingerprint
