"""What a script is given: its flags, the files that they name, the data that both describe."""

import random
import shlex
from pathlib import Path
from typing import NamedTuple

import torch

from arg_parser import parse_args
from checkpoint import (
    ROLLING,
    build_network,
    curve_of,
    digest_weights,
    load,
    network_of,
    newest,
    numbered,
)
from data import DATASETS, open_data, read_indices
from errors import InputError, warn
from given import CURVE, MODEL_AND_DATA, SPLIT, check_value, inherit, need, pick, refuse, typed_flag
from masks import load_mask
from models.own import is_own, label

OF_TYPE = {'random': ('forget_ratio',), 'class': ('forget_class',), 'index': ('forget_index',)}
FREE_ON_RESUME = {
    *('dir', 'data_path', 'device', 'num_workers', 'save_freq', 'eval_freq', 'wandb', 'overwrite'),
    *('original_pth', 'init_start', 'init_end', 'mask_path', 'use_test', 'resume', 'relearn'),
    'allow_unlearned',
}  # may be typed anew where a run is resumed; the files' contents must be the same
COMMAND = 'command.sh'  # in a run's folder


def begin(script, argv):
    """Parse the flags; the indices of a deletion request are read.

    A network of the user's own is called by its label everywhere; `args.own` is what was
    typed, `args.index_file` the path of the request.
    """
    args = parse_args(script, argv)
    infer_type(args)
    args.again = None  # the folder of a run to start from the beginning
    args.argv, args.command = argv, shlex.join([f'{script}.py', *argv])
    args.own = args.model
    args.model = args.model and label(args.model)
    args.index_file = args.forget_index
    if args.forget_index is not None:
        args.forget_index = read_indices(args.forget_index)
    return args


def infer_type(args):
    """Let --unlearn_type follow from the typed flag of what is forgotten; it counts as typed then.

    Raises InputError where two typed flags ask for different types.
    """
    asked = {name: kind for kind, names in OF_TYPE.items() for name in names if name in args.typed}
    asked = {f'--{name}': kind for name, kind in asked.items()}
    if 'unlearn_type' in args.typed:
        asked = {f'--unlearn_type={args.unlearn_type}': args.unlearn_type} | asked
    if not asked:
        return
    flag, kind = next(iter(asked.items()))
    if other := next((name for name, wanted in asked.items() if wanted != kind), None):
        problem = f'{flag} and {other} ask to forget different samples.'
        raise InputError(problem, 'leave one of them out.')
    if 'unlearn_type' not in args.typed:
        args.unlearn_type, args.origin['unlearn_type'] = kind, f'by {flag}'
        args.typed |= {'unlearn_type'}


def open_original(args, flag='original_pth'):
    """The original's checkpoint; model and data are taken from it, never the split.

    It must be one, unless that is agreed to; for --init_start `check_ends` sees to that.
    """
    content = load(getattr(args, flag), flag, kind='model')
    if flag != 'init_start':
        refuse_unlearned(args, content)
    inherit(args, MODEL_AND_DATA, content, content['source'])
    return content


def refuse_unlearned(args, content):
    """Raise InputError for an original that is unlearned or retrained, unless that is agreed to.

    Files of other code say nothing of it, and pass.
    """
    method = content.get('method', 'baseline')
    if (method != 'baseline' or 't' in content) and not args.allow_unlearned:
        problem = f'{content["source"]}: is a model of {method}, not an original.'
        raise InputError(problem, 'give the original, or add --allow_unlearned to start from it.')


def open_dependent(args, flag, kind):
    """A checkpoint that depends on D_f (an endpoint, a curve): the split is taken from it too."""
    content = load(getattr(args, flag), flag, kind=kind)
    if content.get('method') == 'baseline':
        problem = f'{content["source"]}: is an original, which has not forgotten anything.'
        fix = 'exchange --init_start and --init_end, or give a model that a method made of it.'
        raise InputError(problem, fix)
    inherit(args, (*MODEL_AND_DATA, *SPLIT), content, content['source'])
    return content


def check_ends(args, start, end, nets):
    """Refuse a start and an end that do not belong together.

    start, end: their checkpoints; nets: both as networks. Files of other code, and a retrained
    model, do not say what they started from, and pass where their weights differ.
    """
    first, last = map(digest_weights, nets)
    if first == last:
        problem = f'{end["source"]}: has the same weights as --init_start.'
        raise InputError(problem, 'give the model that was made of it as --init_end.')
    if start.get('started_from') == last:
        problem = f'{end["source"]}: is what --init_start was made of.'
        raise InputError(problem, 'exchange --init_start and --init_end.')
    if end.get('started_from', first) != first:
        problem = f'{start["source"]}: is not the model that --init_end started from.'
        raise InputError(problem, 'give that one as --init_start.')
    refuse_unlearned(args, start)


def open_divided(args, originals=(), dependents=(), masks=()):
    """Open and divide the data set, and compare it with what the given files were made on.

    Another D is an error; another D_f is one for dependents and a warning for masks. A None among
    the files is passed over.
    """
    need(args, 'model', 'no file given here names the network')
    if is_own(args.model) and args.own is None:
        problem = f'the network is {args.model}, a file of your own, which runs only if typed.'
        raise InputError(problem, f'add --model=FOLDER/{args.model}.')
    if args.unlearn_type == 'index':
        need(args, 'forget_index', 'unlearn_type index forgets the samples that it names')
    if args.split_seed is None:
        args.split_seed = args.seed
    if not DATASETS[args.dataset].on_disk:
        refuse(args, ('data_path',), f'{args.dataset} reads no files')
    data = open_data(**pick(args, (*MODEL_AND_DATA[:-1], 'data_path')))
    data.divide(getattr(args, 'retain_ratio', 1.0), args.seed, **pick(args, SPLIT))
    data.bn_samples = args.bn_samples
    args.forget_class = data.split.forget_class
    data.described = pick(args, ('unlearn_type', *OF_TYPE[args.unlearn_type]))
    drawn = random.Random(args.split_seed).randrange(len(data.classes)) == args.forget_class
    if args.unlearn_type == 'random' or drawn:
        data.described['split_seed'] = args.split_seed
    for content in filter(None, (*originals, *dependents, *masks)):
        if content.get('data_fingerprint', data.fingerprint) != data.fingerprint:
            problem = f'{content["source"]}: was made on another training set.'
            raise InputError(problem, 'give --dataset, --data_path and --train_fraction as then.')
        if content.get('num_classes', len(data.classes)) != len(data.classes):
            problem = f'{content["source"]}: is of {content["num_classes"]} classes, the data set'
            raise InputError(f'{problem} of {len(data.classes)}.', 'give those that fit together.')
    for content in filter(None, dependents):
        if content.get('method') != 'baseline' and forgets_others(content, data):
            problem = f'{content["source"]}: was made to forget other samples.'
            raise InputError(problem, 'give the split flags, or the file, of that split.')
    for content in filter(None, masks):
        if forgets_others(content, data):
            warn(f'{content["source"]}: is the mask of another split.')
    return data


def forgets_others(content, data):
    """Whether a file says that it was made to forget other samples."""
    mark = content.get('forget_fingerprint', data.forget_fingerprint)
    return mark != data.forget_fingerprint


def buildable(args):
    """The network's name as `models.build` takes it."""
    return args.own if is_own(args.model) else args.model


def fresh_network(args, data, pretrained=False):
    """The network of --model for the data, at random weights drawn from --seed."""
    torch.manual_seed(args.seed)
    return build_network(buildable(args), len(data.classes), data.recipe.size, pretrained)


def network(content, args, data):
    """The ordinary network that a checkpoint holds."""
    return network_of(content, buildable(args), len(data.classes), data.recipe.size)


def curve_network(content, args, data):
    """The `CurveNet` that a curve's checkpoint holds."""
    return curve_of(content, buildable(args), len(data.classes), data.recipe.size)


class Inputs(NamedTuple):
    """The files that a method starts from: checkpoints and a mask, None where it takes none."""

    original: dict | None = None
    end: dict | None = None
    mask: dict | None = None


def read_resumed(args):
    """The checkpoint to go on from, as its content, or None; its flags become ours.

    --resume names a file, a run's folder or a folder that holds one run: its newest whole
    checkpoint. Where there is none the run starts from the beginning, by the flags in the folder.
    """
    if args.resume is None:
        return None
    place = Path(args.resume)
    if place.is_dir() or place == Path(args.dir):  # which a new run makes
        run = begun_in(place)
        resumed = newest(run, 'resume') if run else None
        if run is None and 'dir' not in args.typed:
            args.dir = str(place)
        if resumed is None:
            start_again(args, run)
            return None
    else:
        resumed = load(args.resume, 'resume')
    if 'args' not in resumed or 'scheduler_state' not in resumed:
        raise InputError(f'{resumed["source"]}: says not how to go on.', 'give a run of train.py.')
    for name in (*MODEL_AND_DATA, *SPLIT, *CURVE):
        check_value('train', name, resumed.get(name), resumed['source'])
    for name, value in resumed['args'].items():
        check_value('train', name, value, resumed['source'])
        if name not in args.typed:
            setattr(args, name, value)
        elif name not in FREE_ON_RESUME and getattr(args, name) != value:
            problem = f'--{name}={getattr(args, name)} contradicts {resumed["source"]}: {value}.'
            fix = f'leave {typed_flag(args, name)} out: resuming continues the same run.'
            raise InputError(problem, fix)
    args.resume = resumed['file']
    return resumed


def begun_in(folder):
    """The folder of the one run that was begun in a folder: itself or below it; None for none."""
    place = Path(folder)
    below = sorted(place.iterdir()) if place.is_dir() else []
    marks = [path for path in (place, *below) if path.is_dir()]
    runs = [p for p in marks if (p / COMMAND).is_file() or (p / ROLLING).exists() or numbered(p)]
    if place in runs:
        return place
    if len(runs) > 1:
        problem = f'--resume={folder}: holds {len(runs)} runs, not one.'
        raise InputError(problem, f'name one of {", ".join(run.name for run in runs)}.')
    return runs[0] if runs else None


def start_again(args, run):
    """Take the flags with which a run was begun in a folder, beside those that are typed."""
    args.resume, args.again = None, run
    if run is None:
        return
    try:
        (_, script, *argv), *_ = map(shlex.split, (run / COMMAND).read_text().splitlines())
        if script != 'train.py':
            raise ValueError('it is not a run of train.py')
    except (OSError, ValueError) as error:
        if args.typed - {'resume', 'dir'}:  # the whole command is typed, as for a new run
            args.dir = str(run.parent)
            return
        problem = f'{run / COMMAND}: does not tell how the run was begun ({error}).'
        raise InputError(problem, 'type the whole command.') from None
    typed = args.own  # a file that would be imported counts only where it is typed
    begun = begin('train', [*argv, *args.argv, f'--dir={run.parent}'])
    vars(args).update(vars(begun) | {'resume': None, 'again': run, 'own': typed})


def read_inputs(args, method):
    """Load what the method starts from; refuse what it cannot use."""
    who = args.unlearn_method
    ends, original, mask = ('init_start', 'init_end'), ('original_pth',), ('mask_path',)
    wanted = {'scratch': (), 'original': original, 'ends': ends}[method.starts_from]
    for name in wanted:
        need(args, name, f'{who} starts from it')
    refuse(args, {*ends, *original} - {*wanted}, f'{who} does not start from it')
    if method.mask is None:
        refuse(args, mask, f'{who} takes no mask')
    if method.mask == 'salun':
        need(args, 'mask_path', f'{who} moves only what a mask of generate_mask.py selects')
    if method.mask == 'parameter' and args.mask_path and not (args.fix_start and args.fix_end):
        problem = f'--mask_path={args.mask_path}: a mask needs both ends fixed.'
        raise InputError(problem, 'add --fix_start and --fix_end, or leave the mask out.')
    if method.starts_from == 'ends':
        refuse(args, ('relearn',), 'eval_curve.py measures it for the points that are compared')
        if args.start_t > args.end_t:
            raise InputError(f'--start_t={args.start_t} lies behind --end_t.', 'exchange them.')
    else:
        refuse(args, ('start_t', 'end_t'), f'{who} draws no t')
    if method.starts_from != 'scratch':
        refuse(args, ('pretrained',), f'{who} does not start from scratch')
    return Inputs(
        open_original(args, wanted[0]) if wanted else None,
        open_dependent(args, 'init_end', 'model') if len(wanted) > 1 else None,
        load_mask(args.mask_path, method.mask) if args.mask_path else None,
    )


def weights_of(inputs):
    """The tensors that a run starts from, which tell it apart."""
    states = [content['model_state'] for content in (inputs.original, inputs.end) if content]
    return [inputs.mask['mask'], *states] if inputs.mask else states


def pre(inputs):
    """The name of the method that the curve's last point comes from."""
    return inputs.end.get('method', 'foreign')


def prior_seconds(inputs):
    """Seconds that the inputs took: the endpoint's, all its parts together, and the mask's."""
    end = inputs.end.get('seconds', {}) if inputs.end else {}
    spent = {'pre': sum(end.values())} if end else {}
    if inputs.mask:
        spent['mask'] = inputs.mask.get('seconds', 0.0)
    return spent
