"""Evaluate a pathway: accuracy and loss along t, the optimum t*, and the rows to compare.

    python3 eval_curve.py --dir=runs --ckpt=runs/dynamic --num_points=20

writes a .npz under --dir, from which plot_region.py and the table draw. --export_t=best (or 0.83)
also writes that point as an ordinary checkpoint. That is what is handed out: the curve's own
checkpoint contains the original model. Twenty points of PreResNet8 on Digits, and the rows that are
compared, take some 20 seconds on two cores.
"""

from arg_parser import parse_args

if __name__ == '__main__':
    parse_args('eval_curve')  # --help and typing errors answer before torch is imported

import json
from argparse import Namespace
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
import torch

from curves import CurveNet
from evaluation.metrics import alignment_gap, is_on_bound, summarise_path
from evaluation.region import PATH_PARTS, read_path
from lib.checkpoint import FORMAT, digest_state, load, read, save
from lib.device import read_clock
from lib.distributed import progress
from lib.errors import InputError, with_exit_codes
from lib.files import read_npz, read_run, refuse_existing, replace_nan, to_npz_names, write_npz
from lib.flags import require_flags, select
from lib.run import MIA_WORDS, begin_wandb, list_rte
from lib.run_info import RunInfo, digest_text
from models import load_weights
from utils import best_point, build_point, choose_bases, measure, open_run, predict_point, score

BN_PARTS = {'retain': 'train_retain', 'train': 'train'}
ROWS = ('itself', 'fresh', 'line', 'path')
STORED = ('mia_', 'log_probs', 'labels')  # of a row's scores, besides its losses


@dataclass(frozen=True)
class Walk:
    """The flags of the same names that change what an evaluation writes."""

    start_t: float
    end_t: float
    num_points: int
    t_min: float
    t_max: float
    bn_data: str
    bn_samples: int | None
    precision: str
    wd: float
    mia: bool
    no_line: bool
    seed: int
    retain_base: float | None
    forget_base: float | None


@with_exit_codes
def main(argv=None):
    print(*evaluate(parse_args('eval_curve', argv)), sep='\n')


def evaluate(args):
    """Do what the flags say; returns [the .npz], with --export_t [the .npz, the checkpoint]. What
    is there already is not made again."""
    # The flags, the curve, the data.
    require_flags(args, ckpt='it is the curve to evaluate')
    content = load(args.ckpt, 'ckpt', kind='curve')
    opening = open_run(args, dependents=[content])
    args, device, data = opening
    searched = {name: content['flags'].get(name) for name in ('retain_base', 'forget_base')}
    searched['seed'] = content['run']['seed']
    untyped = {name: value for name, value in searched.items() if name not in args.typed}
    args = Namespace(**{**vars(args), **untyped})
    walk = Walk(**{key.name: getattr(args, key.name) for key in fields(Walk)})
    curve = CurveNet(opening.build(), args.curve, args.num_bends)
    curve = load_weights(curve, content['model_state'], content['source'])
    info = RunInfo.from_dict(content['run'], content['source'])
    bases = choose_bases(content['original'], args.unlearn_type, walk.retain_base, walk.forget_base)
    digits = digest_text(json.dumps(asdict(walk) | {'epoch': content['epoch']}))[:6]
    file = Path(args.dir) / f'{info.name}-{digits}.npz'
    weights = digest_state(content['model_state'])
    t, arrays = args.export_t, None
    if file.exists() and not args.overwrite:
        arrays = read_npz(file)
        if read_run(arrays)['weights'].get('curve') != weights:
            raise InputError(f'{file}: is of other weights of this curve.', 'add --overwrite.')
        t = float(arrays['row_t'][-1]) if t == 'best' else t
        files = [file] if t is None else [file, name_export(args.dir, info, t, walk, content)]
        if files[-1] == file or read_curve_digest(files[-1]) == weights:
            print(f'{file}: finished already; --overwrite would evaluate it again')
            return files

    # The walk along the curve, the rows that are compared.
    data.load(device, args.num_workers)
    curve, loaders = curve.to(device), data.loaders(args.batch_size)
    if arrays is None:
        flags = asdict(walk) | {'run': info.to_dict()}
        wandb_run = begin_wandb(args.wandb, file.with_suffix(''), flags)
        print(f'alignment bases: retain {bases[0]:.2f} %, forget {bases[1]:.2f} %')
        arrays = walk_path(curve, data, loaders, walk)
        names = ROWS[:1] + ROWS[-1:] if walk.no_line else ROWS
        if not content['flags']['fix_start']:  # there is no line from the original
            names = [name for name in names if name != 'line']
        rows = compare_rows(names, curve, content, data, loaders, bases, walk)
        print_rows(rows, walk)
        info.seconds['select'] = rows[-1]['seconds']
        arrays |= stack_rows(rows) | list_rte(info.seconds)
        arrays |= {'retain_base': bases[0], 'forget_base': bases[1]}
        run = info.to_dict() | {'weights': info.weights | {'curve': weights}}
        evaluation = select(args, 'result') | {'epoch': content['epoch']}  # what tells rows apart
        if args.seed != info.seed:
            evaluation['seed'] = args.seed
        arrays |= {'run': json.dumps(run), 'evaluation': json.dumps(evaluation)}
        write_npz(file, arrays)
        if wandb_run:
            log_path(wandb_run, file, rows[-1])
    if args.export_t is None:
        return [file]

    # The point that is handed out.
    t = float(arrays['row_t'][-1]) if t == 'best' else t
    info.seconds['select'] = float(arrays['RTE_select'])
    path = name_export(args.dir, info, t, walk, content)
    refuse_existing(path, args.overwrite)
    net = build_point(curve, t, data.bn_loader(BN_PARTS[walk.bn_data]))
    save(path, describe_point(path.parent.name, net, t, info, content, walk, weights))
    return [file, path]


# ---------------------------------------------------------------- files


def name_export(folder, info, t, walk, content):
    """The file that φ(t) goes to."""
    parts = [info.name, f't{round(t, 6)}', *[f'bn_{walk.bn_data}'] * (walk.bn_data != 'retain')]
    parts += [f'bn_samples{walk.bn_samples}'] * bool(walk.bn_samples)
    return Path(folder) / '-'.join(parts) / f'checkpoint-{content["epoch"]}.pt'


def read_curve_digest(path):
    """What an exported point says of the weights of its curve; None where there is none."""
    return read(path, 'dir').get('curve') if path.exists() else None


def describe_point(name, net, t, info, content, walk, curve_digest):
    """The checkpoint of φ(t)."""
    header = {'format': FORMAT, 'kind': 'model', 'flags': {}, 'original': content['original']}
    header |= {'run': info.to_dict() | {'name': name}, 't': t, 'curve': curve_digest}
    header |= {'bn_data': walk.bn_data, 'bn_samples': walk.bn_samples}
    state = {'epoch': content['epoch'], 'model_state': net.state_dict(), 'optimizer_state': {}}
    return header | state


def log_path(wandb_run, file, row):
    """Log the scores of t* and the figure of the region to a W&B run, and end it."""
    import wandb

    from evaluation.figures import draw_region  # with matplotlib, which takes a second

    _, image = draw_region(read_path(file), file.with_name(f'{file.stem}-region'))
    scores = {key: value for key, value in row.items() if np.ndim(value) == 0}
    wandb_run.log(replace_nan(scores) | {'region': wandb.Image(str(image))})
    wandb_run.finish()


# ---------------------------------------------------------------- the points of a path


@torch.no_grad()
def walk_path(curve, data, loaders, walk):
    """The arrays of the .npz: one entry for each t, and min, max, avg, int of each.

    loss is NLL plus wd/2 · ‖φ(t)‖²; dl is the distance to the point before."""
    ts = np.linspace(walk.start_t, walk.end_t, walk.num_points)
    bn_loader, points = data.bn_loader(BN_PARTS[walk.bn_data]), []
    before = curve.weights(walk.start_t)
    for t in progress(ts.tolist(), 'points'):
        predictions = predict_point(curve, t, bn_loader, loaders, walk.precision)
        scores, vector = score(predictions, walk.mia, walk.seed), curve.weights(t)
        scores = {key: value for key, value in scores.items() if np.ndim(value) == 0}
        l2, dl = 0.5 * walk.wd * float(vector.norm()) ** 2, float((vector - before).norm())
        points.append(scores | {'l2': l2, 'dl': dl})
        before = vector
    print_points(ts, points)
    column = {key: np.array([point[key] for point in points]) for key in points[0]}
    arrays, dl = {'ts': ts, 'dl': column['dl']}, column['dl']
    for part, name in PATH_PARTS.items():
        nll, acc = column[f'{part}_nll'], column[f'{part}_acc']
        if np.isnan(acc).all():
            continue  # no class is forgotten: there is no test_forget
        values = {'loss': nll + column['l2'], 'nll': nll, 'acc': acc, 'err': 100 - acc}
        for key, array in values.items():
            arrays[name.format(f'_{key}')] = array
            for kind, value in zip(('min', 'max', 'avg', 'int'), summarise_path(array, dl)):
                arrays[name.format(f'_{key}_{kind}')] = value
    return arrays | {key: column[key] for key in column if key.startswith('mia')}


def print_points(ts, points):
    """Losses and accuracies of a path on the terminal."""
    print('     t   retain NLL     acc   forget NLL     acc     test NLL     acc')
    for t, point in zip(ts, points):
        pairs = [(point[f'{p}_nll'], point[f'{p}_acc']) for p in ('retain', 'forget', 'test')]
        print(f'{t:6.3f}' + ''.join(f'{nll:13.4f}{acc:8.2f}' for nll, acc in pairs))


# ---------------------------------------------------------------- the rows that are compared


def compare_rows(names, curve, content, data, loaders, bases, walk):
    """Those of the rows (dicts) that are named. They are scored in float32.

    content: of the curve's checkpoint, with what φ(1) lacks of the method's own model."""
    end, device, rows = curve.at(1.0), curve.points[0].device, []
    end.load_state_dict(end.state_dict() | content['end'])
    straight = CurveNet(curve.at(0.0), 'PolyChain', num_bends=2).to(device)
    straight.set_point(1, end)
    bn_part = BN_PARTS[walk.bn_data]
    for name in names:
        path, began, t, count = curve if name == 'path' else straight, read_clock(device), 1.0, 0
        if name in ('line', 'path'):
            best = best_point(
                path,
                data,
                bases,
                walk.t_min,
                walk.t_max,
                precision=walk.precision,
                bn_part=bn_part,
                batch_size=loaders['train_retain'].batch_size,
            )
            t, count = best.t, len(best.evaluated)
        net = end if name == 'itself' else build_point(path, t, data.bn_loader(bn_part))
        seconds = read_clock(device) - began
        scores = measure(net, loaders, seed=walk.seed, name=name)
        gap = float(alignment_gap(scores['retain_acc'], scores['forget_acc'], *bases))
        costs = {'evaluations': count, 'seconds': seconds, 'gap': gap}
        rows.append(describe_row(name, t, scores) | costs)
    return rows


def describe_row(name, t, scores):
    """The scores of a model as a row that is compared."""
    row = {'name': name, 't': t, 'ua': 100 - scores['forget_acc'], 'ra': scores['retain_acc']}
    row |= {'ta': scores['test_acc'], 'tf': scores['test_forget_acc'], 'mia': scores['mia']}
    return row | {k: v for k, v in scores.items() if k.startswith(STORED) or k.endswith('_nll')}


def stack_rows(rows):
    """The arrays of the .npz: one entry for each row; labels are once, for they are all alike."""
    columns = {key: rows[0][key] for key in rows[0] if key.startswith('labels')}
    others = [key for key in rows[0] if key not in columns]
    columns |= {f'row_{key}': np.array([row[key] for row in rows]) for key in others}
    return to_npz_names(columns)


def print_rows(rows, walk):
    """Print the rows, and mark a t* that lies on a bound of its interval."""
    print(f'below, {MIA_WORDS}')
    for row in rows:
        numbers = '  '.join(f'{key.upper()} {row[key]:.2f}' for key in ('ua', 'ra', 'ta', 'mia'))
        gap = f'alignment gap {row["gap"]:.2f}  chosen in {row["seconds"]:.1f} s'
        on_bound = row['evaluations'] and is_on_bound(row['t'], walk.t_min, walk.t_max)
        line = f'{row["name"]:8}t {row["t"]:.3f}  {numbers}  {gap}'
        print(line + '  t* on a bound' * bool(on_bound))


if __name__ == '__main__':
    main()
