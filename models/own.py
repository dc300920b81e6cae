"""The user's own network: FILE.py:function, a path that is run only because it was typed."""

import importlib.util
import inspect
import re
import sys
from pathlib import Path

from torch import nn

TYPED = re.compile(r'(?P<file>.+\.py):(?P<function>\w+)')


def is_own(name):
    """Whether a name means a function in a user's file."""
    return bool(TYPED.fullmatch(name))


def label(name):
    """The name as files and messages show it: without the folders of a user's file."""
    return Path(name).name if is_own(name) else name


def from_file(name, num_classes, **options):
    """The network of the user's function(num_classes); image_size and pretrained are handed over
    where it has such a parameter. Raises ValueError where the file or function is none."""
    file, function = TYPED.fullmatch(name).groups()
    if not Path(file).is_file():
        raise ValueError(f'there is no file {file}')
    spec = importlib.util.spec_from_file_location(f'own_{Path(file).stem}', file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    sys.path.append(str(Path(file).resolve().parent))  # for what the file imports beside it
    try:
        spec.loader.exec_module(module)
    except (SyntaxError, ImportError) as error:
        raise ValueError(f'{file} cannot be imported ({error})') from None
    if function not in vars(module):
        raise ValueError(f'{file} has no function {function}')
    build = vars(module)[function]
    accepted = inspect.signature(build).parameters
    if options['pretrained'] and 'pretrained' not in accepted:
        raise ValueError(f'{label(name)} takes no --pretrained')
    net = build(num_classes, **{key: value for key, value in options.items() if key in accepted})
    if not isinstance(net, nn.Module):
        raise ValueError(f'{label(name)} gives a {type(net).__name__}, not an nn.Module')
    return net
