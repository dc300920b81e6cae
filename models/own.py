"""The user's own network: FILE.py:function, a path that is run only because it was typed."""

import contextlib
import importlib.util
import inspect
import re
import sys
import traceback
from pathlib import Path

from torch import nn

from lib.flags import network_label

TYPED = re.compile(r'(?P<file>.+\.py):(?P<function>\w+)')


def build_from_file(name, num_classes, **options):
    """The network of the user's function(num_classes); image_size and pretrained are handed over
    where it takes them. Raises ValueError where the file or function gives no network."""
    file, function = TYPED.fullmatch(name).groups()
    if not Path(file).is_file():
        raise ValueError(f'there is no file {file}')
    try:
        with _beside(Path(file)):
            build = vars(_import(Path(file))).get(function)
            if not callable(build):
                raise ValueError(f'{file} has no function {function}')
            taken = inspect.signature(build).parameters
            if not any(p.kind is p.VAR_KEYWORD for p in taken.values()):
                if options['pretrained'] and 'pretrained' not in taken:
                    raise ValueError(f'{network_label(name)} takes no --pretrained')
                options = {key: value for key, value in options.items() if key in taken}
            net = build(num_classes, **options)
    except ValueError:
        raise
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if Path(frame.filename) == Path(file)]
        line = lines[-1] if lines else getattr(error, 'lineno', None)  # of a SyntaxError
        place = f' at line {line}' if line else ''
        problem = f'{file} failed{place} ({type(error).__name__}: {error})'
        raise ValueError(problem) from None
    if not isinstance(net, nn.Module):
        raise ValueError(f'{network_label(name)} gives a {type(net).__name__}, not an nn.Module')
    return net


def _import(file):
    """The module of a user's file."""
    spec = importlib.util.spec_from_file_location(f'own_{file.stem}', file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@contextlib.contextmanager
def _beside(file):
    """What the file imports from its own folder is found before modules of ours of that name."""
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
