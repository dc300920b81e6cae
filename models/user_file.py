"""A network of the user: FILE.py:function. The file is run only because its path was typed."""

import contextlib
import importlib.util
import inspect
import sys
from pathlib import Path

from torch import nn

from lib.flags import network_label


def build_from_file(name, num_classes, **options):
    """The network that the user's function(num_classes) returns. options: image_size, pretrained;
    each is passed if the function takes it. Raises ValueError where it returns no network."""
    file, _, function = name.rpartition(':')
    if not Path(file).is_file():
        raise ValueError(f'there is no file {file}')
    with _beside(Path(file)):
        spec = importlib.util.spec_from_file_location(f'user_file_{Path(file).stem}', file)
        module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        build = getattr(module, function, None)
        if not callable(build):
            raise ValueError(f'{file} has no function {function}')
        taken = inspect.signature(build).parameters
        if options['pretrained'] and 'pretrained' not in taken:
            raise ValueError(f'{network_label(name)} takes no --pretrained')
        net = build(num_classes, **{key: options[key] for key in options.keys() & taken})
    if not isinstance(net, nn.Module):
        raise ValueError(f'{network_label(name)} gives a {type(net).__name__}, not an nn.Module')
    return net


@contextlib.contextmanager
def _beside(file):
    """Let a file import what lies beside it, even if a module of ours has the same name."""
    folder = file.resolve().parent
    names = {path.stem for path in folder.glob('*.py')}
    names |= {path.parent.name for path in folder.glob('*/__init__.py')}
    hidden = {
        name: module
        for name, module in sys.modules.items()
        if name.partition('.')[0] in names
        if folder not in Path(getattr(module, '__file__', None) or folder / 'x').parents
    }
    for name in hidden:
        del sys.modules[name]
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        sys.modules.update(hidden)
