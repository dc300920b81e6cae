"""Checkpoints, in and out: plain types only, written whole or not at all.

A checkpoint holds `epoch, model_state, optimizer_state` and what rebuilds the model: `kind` (model
or curve), `model`, `num_classes`, `image_size`, for a curve `curve` and `num_bends`; besides, what
was run, on which data and split, and the seconds spent so far.
"""

import argparse
import hashlib
import re
import warnings
import zipfile
from pathlib import Path

import torch

import models
from curves import CurveNet
from errors import InputError, warn
from models.own import is_own
from models.zoo import INCEPTIONS
from whole import whole_file

FORMAT = 1
ROLLING = 'resume.pt'  # the newest epoch of a run that is going on
POINT = re.compile(r'\.(weight|bias)_\d+$')  # one point's tensor in a curve of curve layers


def numbered(folder):
    """The checkpoints of a run's folder in the order of their epochs."""
    found = [(re.fullmatch(r'checkpoint-(\d+)\.pt', p.name), p) for p in Path(folder).iterdir()]
    return [path for match, path in sorted((int(m[1]), p) for m, p in found if m)]


def find(path, flag):
    """The checkpoint that a flag means: a file, a run's folder, or a folder that holds one run."""
    place = Path(path)
    if not place.is_dir():
        if not place.is_file():
            raise InputError(f'--{flag}={path}: there is no such file.', advice(path, 'checkpoint'))
        return place
    runs = [place] if numbered(place) else [p for p in sorted(place.iterdir()) if p.is_dir()]
    runs = [run for run in runs if numbered(run)]
    if len(runs) != 1:
        problem = f'--{flag}={path}: holds {len(runs)} runs with a checkpoint, not one.'
        names = ', '.join(run.name for run in runs)
        fix = f'name one of {names}.' if runs else 'give a finished run, or a checkpoint.'
        raise InputError(problem, fix)
    return numbered(runs[0])[-1]


def advice(path, what):
    """What to do about a path that is no file."""
    if '*' in str(path):
        return 'write a space, not =, before the path: then the shell fills in the *.'
    return 'name a file in that folder.' if Path(path).is_dir() else f'give a {what}.'


def newest(folder, flag):
    """The newest whole checkpoint of a run's folder, as `load` gives it; None where none is whole.

    A run that was killed may have left the rolling file, numbered ones, or both.
    """
    found = []
    for file in (Path(folder) / ROLLING, *reversed(numbered(folder))):
        if not file.exists():
            continue
        try:
            content = read(file, flag)
        except InputError as error:
            warn(f'{error.problem} It is passed over.')
            continue
        found.append(opened(content, file, flag))
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
                    raise ValueError(f'the checksum of {damaged} is another')
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            # timm's and torchvision's training scripts leave their flags in the file
            with torch.serialization.safe_globals([argparse.Namespace]):
                content = torch.load(path, map_location='cpu', weights_only=True)
    except Exception as error:  # whatever damage does to a pickle: it is the file's fault
        reason = f': {error}' if type(error) is ValueError else f' ({type(error).__name__})'
        problem = f'--{flag}={path}: no whole file of tensors and plain types{reason}.'
        raise InputError(problem, 'give a whole checkpoint or mask.') from None
    if not zipped:
        warn(f'--{flag}={path}: is of a format without checksums: damage to it stays unseen.')
    return content


def load(path, flag, kind=None):
    """A checkpoint as a dict, with `file`, its path, and `source`, its name in messages, added.

    kind: model or curve, where only that will do. Files of other code that hold at least
    `model_state`, and plain state dicts, load too; a `module.` before the names is dropped.
    """
    file = find(path, flag)
    content = opened(read(file, flag), file, flag, kind)
    epoch, epochs = content.get('epoch', 0), content.get('args', {}).get('epochs') or 0
    if Path(path).is_dir() and epoch < epochs:
        warn(f'{content["source"]}: is of epoch {epoch} of {epochs}; that run has not finished.')
    return content


def opened(content, file, flag, kind=None):
    """What `load` returns of what `read` found in a file."""
    source = f'--{flag}={file}'
    if not isinstance(content, dict):
        raise InputError(f'{source}: holds no checkpoint.', 'give one.')
    for key in ('state_dict', 'model'):  # timm's files, torchvision's
        if 'model_state' not in content and _is_state(content.get(key)):
            content = {'model_state': content[key]}
    if 'model_state' not in content:
        content = {'model_state': content}
    if not _is_state(content['model_state']):
        raise InputError(f'{source}: has no model_state of named tensors.', 'give a checkpoint.')
    check_format(content, source)
    if 'format' in content:
        check_header(content, source)
    else:  # of other code: no other key of it means what ours do
        known = ('model_state', 'epoch', 'optimizer_state')
        content = {key: content[key] for key in known if key in content}
        state = content['model_state']
        if layers := [k for k in state if k.startswith('coeff_layer.') or POINT.search(k)]:
            problem = (
                f'{source}: is a curve of curve layers ({layers[0]}), not of one vector a point.'
            )
            fix = 'give the networks at its ends, and search the curve anew.'
            raise InputError(problem, fix)
        content['model_state'] = {
            k: v.float() if v.is_floating_point() else v for k, v in state.items()
        }
    if odd := not_finite(content):
        raise InputError(f'{source}: {odd} is not finite.', 'give a model that did not diverge.')
    found = content.get('kind', 'model')
    if kind is not None and found != kind:
        raise InputError(f'{source}: holds a {found}, not a {kind}.', f'give a {kind} checkpoint.')
    state = content['model_state'].items()
    content['model_state'] = {name.removeprefix('module.'): tensor for name, tensor in state}
    return content | {'file': str(file), 'source': source}


def not_finite(content, name=''):
    """The name of the first tensor in nested dicts and lists that holds NaN or infinity."""
    if isinstance(content, (dict, list, tuple)):
        pairs = content.items() if isinstance(content, dict) else enumerate(content)
        found = (not_finite(value, f'{name}.{key}'.strip('.')) for key, value in pairs)
        return next(filter(None, found), None)
    bad = isinstance(content, torch.Tensor) and not content.isfinite().all()
    return name if bad else None


def check_format(content, source):
    """Refuse what a newer version wrote."""
    if content.get('format', FORMAT) not in range(1, FORMAT + 1):
        raise InputError(f'{source}: was written by another version.', 'update this software.')


def check_header(content, source):
    """Refuse a file of ours that lacks what every file of ours says, or says something else."""
    needed = {'epoch': int, 'num_classes': int, 'image_size': int, 'kind': str, 'args': dict}
    needed |= {'seconds': dict, 'optimizer_state': dict, 'run': str}
    if content.get('kind') == 'curve':
        needed |= {'curve': str, 'num_bends': int, 'original': dict, 'end': dict}
    for key, kind in needed.items():
        if type(content.get(key)) is not kind:
            problem = f'{source}: its {key} is no {kind.__name__}.'
            raise InputError(problem, 'give a file as train.py wrote it.')
    if content['kind'] not in ('model', 'curve') or content['epoch'] < 0:
        raise InputError(f'{source}: is neither a model nor a curve.', 'give a checkpoint.')


def _is_state(state):
    """Whether it is {name: tensor}."""
    if not isinstance(state, dict) or not state:
        return False
    return all(isinstance(k, str) and isinstance(v, torch.Tensor) for k, v in state.items())


def save(path, content):
    """Write a checkpoint or mask in one step: a reader finds the whole file or the one before,
    whenever the process, the disk or the power fails."""
    with whole_file(path) as file:
        torch.save(content, file)


def digest(*contents, digits=6):
    """Hex digits of tensors and texts: six for names that tell runs apart."""
    total = hashlib.sha256()
    for content in contents:
        if isinstance(content, dict):
            for name, tensor in content.items():
                total.update(name.encode() + tensor.detach().cpu().contiguous().numpy().tobytes())
        else:
            total.update(str(content).encode())
    return total.hexdigest()[:digits]


def digest_weights(net):
    """Sixteen hex digits of a network's parameters, in whatever file they came."""
    return digest(dict(net.named_parameters()), digits=16)


def _refuse_untrue(content, name):
    """Refuse a file of other code that would load here and be another function than it was."""
    state, source = content['model_state'], content['source']
    if name in ('ViT', 'vit_b_16') and 'optimizer_state' in content:
        problem = "is the release's ViT, whose heads and LayerNorm are not those of vit_b_16"
        fix = "train it here; torchvision's own weights load as a plain state_dict."
        raise InputError(f'{source}: {problem}.', fix)
    norms = [key.removesuffix('running_mean') for key in state if key.endswith('running_mean')]
    for norm in norms if name.startswith('VGG') else ():
        mean, var = state[f'{norm}running_mean'], state.get(f'{norm}running_var', torch.ones(1))
        counted = state.get(f'{norm}num_batches_tracked', torch.ones(1))
        if not counted.any() or not (mean.any() or (var != 1).any()):
            problem = f'{source}: {norm[:-1]} never ran while it was trained.'
            raise InputError(problem, 'train it here: with every layer it is another function.')


def _fill(net, content):
    try:
        net.load_state_dict(content['model_state'])
    except RuntimeError as error:
        reason = ' '.join(str(error).split(':', 1)[-1].split())[:200]
        problem = f'{content["source"]}: its weights do not fit the network ({reason}).'
        raise InputError(
            problem, 'give the --model and the data set it was trained with.'
        ) from None
    return net


def build_network(name, num_classes, image_size, pretrained=False):
    """`models.build` with what is wrong in one line."""
    if name is None:
        raise InputError('--model is missing: no file given here names it.', 'add --model=…')
    try:
        net = models.build(name, num_classes, image_size=image_size, pretrained=pretrained)
    except (ValueError, AssertionError, OSError) as error:
        problem = f'--model={name}: {str(error).rstrip(".!")}.'
        raise InputError(problem, 'choose another network or size.') from None
    try:
        with torch.no_grad():
            logits = net.eval()(torch.zeros(1, 3, image_size, image_size))
    except Exception as error:
        if not (is_own(name) or isinstance(error, (RuntimeError, ValueError, AssertionError))):
            raise
        problem = f'--model={name}: takes no images of {image_size} pixels ({error}).'
        raise InputError(problem, 'choose another network, --transform or --image_size.') from None
    if not isinstance(logits, torch.Tensor) or logits.shape != (1, num_classes):
        problem = f'--model={name}: gives no logits of {num_classes} classes for an image.'
        raise InputError(problem, 'let its forward return one tensor (B, num_classes).')
    return net.train()


def network_of(content, name, num_classes, image_size):
    """The ordinary network that a checkpoint holds; the arguments as `models.build` takes them."""
    if 'format' not in content:
        _refuse_untrue(content, name)
    if name in INCEPTIONS:  # their auxiliary heads are not built here
        state = content['model_state'].items()
        own = {key: value for key, value in state if not key.lower().startswith('aux')}
        content = content | {'model_state': own}
    return _fill(build_network(name, num_classes, image_size), content)


def curve_of(content, name, num_classes, image_size):
    """The `CurveNet` that a curve's checkpoint holds, both ends fixed."""
    net = build_network(name, num_classes, image_size)
    return _fill(CurveNet(net, content['curve'], content['num_bends']), content)
