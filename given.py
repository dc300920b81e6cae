"""What a run is given: flags as typed, what files add to them, and what cannot be."""

from arg_parser import flags_of
from errors import InputError

MODEL_AND_DATA = ('dataset', 'transform', 'image_size', 'train_fraction', 'model')
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
        if name in args.origin and getattr(args, name) != value:
            own, other = (f'{v!s:.40}' for v in (getattr(args, name), value))
            problem = f'--{name}={own} ({args.origin[name]}) contradicts {source}: {other}.'
            raise InputError(problem, f'leave --{name} out, or give a file that fits it.')
        setattr(args, name, value)
        args.origin.setdefault(name, source)


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
