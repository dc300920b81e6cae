"""What a run is given: flags as typed, what files add to them, and what cannot be."""

import argparse

from arg_parser import flags_of
from errors import InputError
from models.own import is_own

MODEL_AND_DATA = ('dataset', 'transform', 'image_size', 'train_fraction', 'test_fraction', 'model')
SPLIT = ('unlearn_type', 'forget_ratio', 'forget_class', 'forget_index', 'split_seed')
CURVE = ('curve', 'num_bends')


def inherit(args, names, described, source):
    """Take the flags `names` from what a file says of itself (described: a dict, source: its name).

    Raises InputError where what was typed, or what another file says, contradicts it.
    """
    for name in names:
        value = described.get(name)
        if value is None or not hasattr(args, name):
            continue
        check_value(args.script, name, value, source)
        if name in args.origin and getattr(args, name) != value:
            own, other = (f'{v!s:.40}' for v in (getattr(args, name), value))
            problem = f'--{name}={own} ({args.origin[name]}) contradicts {source}: {other}.'
            fix = f'leave {typed_flag(args, name)} out, or give a file that fits it.'
            raise InputError(problem, fix)
        setattr(args, name, value)
        args.origin.setdefault(name, source)


def typed_flag(args, name):
    """The flag to leave out where a value is wrong: its own, or the one that it follows from."""
    origin = args.origin.get(name, '')
    return origin.removeprefix('by ') if origin.startswith('by ') else f'--{name}'


def check_value(script, name, value, source):
    """Refuse a flag's value in a file that could not have been typed."""
    flag = flags_of(script).get(name)
    if value is not None and (flag is None or not could_be_typed(name, flag, value)):
        problem = f'{source}: says --{name}={value!s:.40}, which cannot be.'
        raise InputError(problem, 'give a file as this software wrote it.')


def could_be_typed(name, flag, value):
    """Whether a flag may have a value."""
    if name == 'forget_index' and isinstance(value, list):  # what was read from the typed file
        return all(type(index) is int for index in value)
    if isinstance(flag.default, bool):
        return isinstance(value, bool)
    if value == flag.default or (name == 'model' and is_own(str(value))):
        return True
    text = ','.join(map(str, value)) if isinstance(value, list) else str(value)
    try:
        return flag.kind(text) == value
    except argparse.ArgumentTypeError:
        return False


def need(args, name, why):
    """Raise InputError unless a flag has a value."""
    if getattr(args, name) is None:
        raise InputError(f'--{name} is missing: {why}.', f'add --{name}=…')


def refuse(args, names, why):
    """Raise InputError where a flag is typed that this run cannot use."""
    for name in args.typed.intersection(names):
        raise InputError(f'--{name} is of no use here: {why}.', 'leave it out.')


def pick(args, names):
    """{name: value} of some flags."""
    return {name: getattr(args, name) for name in names}


def naming(args, names=None):
    """'-flagvalue' of all that changes the result and differs from its default, for file names."""
    parts = []
    for name, flag in flags_of(args.script).items():
        value = getattr(args, name)
        if flag.names and value != flag.default and (names is None or name in names):
            text = ','.join(map(str, value)) if isinstance(value, list) else str(value)
            parts.append(f'-{name}' if value is True else f'-{name}{text}')
    return ''.join(parts)
