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

import copy
import json
from argparse import Namespace
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from curves import CURVES, CurveNet
from data import open_split
from evaluation.alignment import RULES, SEARCHED, TEST, make_candidate
from evaluation.metrics import (
    alignment_gap,
    compute_log_probs,
    is_on_bound,
    losses,
    strike,
    summarise_path,
)
from lib.checkpoint import FORMAT, digest_state, load, save
from lib.device import pick_device, read_clock
from lib.distributed import init, is_main_process, map_shared, progress
from lib.errors import InputError, NotFinite, script, warn
from lib.files import read_npz, read_run, refuse_existing, write_npz
from lib.flags import inherit, need, refuse
from lib.run import MIA_WORDS, list_rte
from lib.run_info import RunInfo, digest_text
from models import build_checked, load_weights
from unlearn import PRECISIONS
from utils import (
    FIRST_SAMPLES,
    LEAST_STATISTICS,
    MOST_EVALUATIONS,
    check_relearning,
    choose_bases,
    choose_t,
    measure,
    measure_relearning,
    predict,
    score,
    update_bn,
)

PREFIXES = {'tr{}': 'rr', 'tf{}': 'rf', 'te{}': 'tr', 'tf{}_2': 'tf'}  # npz's names: `utils.SCORES`
BN_PARTS = {'retain': 'train_retain', 'train': 'train'}
EVALUATION = ('bn_data', 'bn_samples', 'align', 'precision', 't_min', 't_max')
EVALUATION += ('retain_base', 'forget_base', 'seed', 'tf32')  # flags that change a compared row
WALK = ('start_t', 'end_t', 'num_points', 'wd', 'mia', 'no_search', 'no_line', 'relearn')
KEPT = ('mia_', 'ua_class', 'log_probs', 'labels')  # of a row's scores, besides its losses


@script
def main(argv=None):
    print(*evaluate(parse_args('eval_curve', argv)), sep='\n')


def evaluate(args):
    """Do what the flags say, as arg_parser.parse_args('eval_curve', [...]) gives them; returns
    [the .npz], with --export_t [the .npz, the checkpoint], where an .npz that is there is read."""
    # What is typed: the curve, flags, data.
    need(args, ckpt='it is the curve to evaluate')
    content = load(args.ckpt, 'ckpt', kind='curve')
    if args.no_search:
        refuse(args, ('align', 'no_line', 'relearn'), 'without the search no rows are compared')
    args = take_from_curve(inherit(args, (), [content]), content)
    start_is_free = not content['flags'].get('fix_start', True)
    for rule in list_rules(args):
        if start_is_free and rule in ('loss', 'outputs'):
            problem = f'--align={rule}: the first point of this curve was trained.'
            raise InputError(problem, 'choose by base or self.')
        if args.unlearn_type != 'class' and rule == 'outputs':
            problem = '--align=outputs: is a rule for a class, and none is forgotten.'
            raise InputError(problem, 'choose by base, self or loss.')
    if start_is_free and not (args.no_line or args.no_search):
        warn('the first point of this curve was trained: there is no line from the original.')
    rules = {} if args.no_search else list_rows(args, start_is_free)
    device = pick_device(args.device, args.tf32)
    data = open_split(args, (), [content])
    curve = open_curve(content, args, data)
    info = RunInfo.from_dict(content['run'], content['source'])
    bases = choose_bases(content['original'], args.unlearn_type, args.retain_base, args.forget_base)
    weights = digest_state(content['model_state'])
    file, arrays = name_file(args, info, content), None
    if args.export_t is None:
        refuse_existing(file, args.overwrite)
    elif file.exists() and not args.overwrite:
        arrays = read_npz(file)  # evaluated before: only the export is left
        if read_run(arrays)['weights'].get('curve') != weights:
            problem = f'{file}: is of other weights of this curve.'
            raise InputError(problem, 'add --overwrite.')
    refuse_exported(args, info, content, arrays)

    # The walk along the curve, the rows that are compared, the point that is handed out.
    init(device)
    data.load(device, args.num_workers)
    check_relearning(args.relearn, curve.to(device).at(1.0), data)
    walk = Walk(args, curve, data, bases, device)
    if arrays is None:
        print(f'alignment bases: retain {bases[0]:.2f} %, forget {bases[1]:.2f} %')
        walk.bar = progress(name='points', count=count_points(args, rules))
        arrays = walk_along(walk, np.linspace(args.start_t, args.end_t, args.num_points))
        if not args.no_search:
            arrays |= compare_rows(walk, content, rules)
            info.seconds['select'] = float(arrays['row_seconds'][-1])
        walk.bar.close()
        arrays |= {'retain_base': bases[0], 'forget_base': bases[1], **list_rte(info.seconds)}
        flags = {key: getattr(args, key) for key in EVALUATION} | {'epoch': content['epoch']}
        run = info.to_dict()
        run['weights'] = run['weights'] | {'curve': weights}
        arrays |= {'run': json.dumps(run), 'evaluation': json.dumps(flags)}
        if is_main_process():
            write_npz(file, arrays)
    if args.export_t is None:
        return [file]
    t = float(arrays['row_t'][-1]) if args.export_t == 'best' else args.export_t
    info.seconds['select'] = float(arrays['RTE_select'])
    path = name_export(args, info, t, content)
    if is_main_process():
        export(path, walk.build(t), t, info, content, args)
    return [file, path]


# ---------------------------------------------------------------- files


def take_from_curve(args, content):
    """The flags with the seed and the alignment bases of the search, but for those typed."""
    searched = {name: content['flags'].get(name) for name in ('retain_base', 'forget_base')}
    searched['seed'] = content['run']['seed']
    untyped = {name: value for name, value in searched.items() if name not in args.typed}
    return Namespace(**{**vars(args), **untyped})


def open_curve(content, args, data):
    """The `CurveNet` that a curve's checkpoint holds, both ends fixed."""
    if args.curve not in CURVES:
        raise InputError(f'{content["source"]}: is of no curve known here.', 'search it anew.')
    net = build_checked(args.model, len(data.classes), data.recipe.size)
    curve = CurveNet(net, args.curve, args.num_bends)
    return load_weights(curve, content['model_state'], content['source'])


def name_file(args, info, content):
    """Where the numbers go: the curve's name, and six digits of its epoch and of the flags."""
    flags = {key: getattr(args, key) for key in (*EVALUATION, *WALK)} | {'epoch': content['epoch']}
    digits = digest_text(json.dumps(flags))[:6]
    return Path(args.dir) / f'{info.name}-{digits}.npz'


def name_export(args, info, t, content):
    """Where φ(t) goes."""
    words = [f't{round(t, 6)}', *[f'bn_{args.bn_data}'] * (args.bn_data != 'retain')]
    words += [f'bn_samples{args.bn_samples}'] * bool(args.bn_samples)
    return Path(args.dir) / '-'.join([info.name, *words]) / f'checkpoint-{content["epoch"]}.pt'


def refuse_exported(args, info, content, arrays):
    """Refuse best without the search, and a file that is there; arrays: what was evaluated."""
    t = args.export_t
    if t == 'best':
        if args.no_search or (arrays and 'row_t' not in arrays):
            raise InputError('--export_t=best needs the search.', 'leave --no_search out.')
        t = float(arrays['row_t'][-1]) if arrays else None
    if t is not None:
        refuse_existing(name_export(args, info, t, content), args.overwrite)


def holds(path, net):
    """Whether a file is there that holds the weights of a network."""
    if not path.exists():
        return False
    return digest_state(load(path, 'dir')['model_state']) == digest_state(net.state_dict())


def export(path, net, t, info, content, args):
    """Write φ(t) with fresh statistics as an ordinary checkpoint, unless it is there already."""
    if holds(path, net):
        return
    refuse_existing(path, args.overwrite)
    said = {'format': FORMAT, 'kind': 'model', 'flags': {}, 'original': content['original']}
    said |= {'run': info.to_dict() | {'name': path.parent.name}, 't': t}
    said |= {'bn_data': args.bn_data, 'bn_samples': args.bn_samples}
    state = {'epoch': content['epoch'], 'model_state': net.state_dict(), 'optimizer_state': {}}
    save(path, said | state)


# ---------------------------------------------------------------- the points of a path


class Walk:
    """The models of one path. Points are looked at in --precision; what is scored to be compared,
    or exported, is built anew in float32."""

    def __init__(self, args, curve, data, bases, device):
        self.args, self.curve, self.data, self.device = args, curve, data, device
        self.loaders = data.loaders(args.batch_size)
        self.bases = bases
        self.bar = progress(name='points', count=0)

    def build(self, t, most=None):
        """φ(t) with fresh BatchNorm statistics, of at most so many samples."""
        net = self.curve.at(t)
        update_bn(net, self.data.bn_loader(BN_PARTS[self.args.bn_data], most=most))
        return net

    def visit(self, t, loaders, most=None):
        """{part: logits and labels} of φ(t), in --precision."""
        precision = self.args.precision
        kind = PRECISIONS[precision]
        try:
            with torch.autocast(self.device.type, kind, enabled=kind is not None):
                net = self.build(t, most)
                found = {part: predict(net, loaders[part], f'φ({t:g})') for part in loaders}
        except NotFinite:
            if precision == 'fp32':
                raise
            problem = f'--precision={precision}: outputs of φ({t:g}) are beyond its range.'
            raise NotFinite(problem, 'leave --precision out.') from None
        self.bar.update()
        return found

    def find_goals(self, rule):
        """What a rule's means are to meet on D_r and D_f: the alignment bases, or the losses of
        φ(0) on D_r and on the test set."""
        if rule.values is not losses:
            return self.bases
        parts = {part: self.loaders[part] for part in ('train_retain', TEST)}
        return [float(losses(*pair).mean()) for pair in self.visit(0.0, parts).values()]

    def strike_original(self):
        """Log-probabilities (N, C) of φ(0) on D_f, with the forgotten class struck."""
        visited = self.visit(0.0, {'train_forget': self.loaders['train_forget']})
        logits, labels = visited['train_forget']
        return compute_log_probs(strike(logits, labels[:1]))

    def choose(self, name, first=FIRST_SAMPLES):
        """(t*, number of points tried) by a rule, on growing samples of D_r from `first` on."""
        rule, args, part = RULES[name], self.args, 'train_retain'
        goals, rows = self.find_goals(rule), self.data.parts[part]
        first = len(rows) if rule.by_outputs else first
        parts = (part, 'train_forget', *[TEST] * rule.meets_test)
        loaders = {key: self.loaders[key] for key in parts}
        last = self.visit(args.t_max, loaders, self.bound_statistics())
        reference = rule.values(*last[part])
        struck = self.strike_original() if rule.by_outputs else None

        def look(t, count):
            indices = self.data.sample(part, count, 'retain samples')
            chosen = torch.isin(rows, indices).cpu().numpy()
            most = self.bound_statistics(count)
            if t == args.t_max and most == self.bound_statistics():
                found = last | {part: [values[chosen] for values in last[part]]}
            else:
                some = self.data.loader(part, batch_size=args.batch_size, indices=indices)
                found = self.visit(t, loaders | {part: some}, most)
            return make_candidate(rule, found, goals, struck).correct(reference, chosen)

        return choose_t(look, len(rows), rule.tolerance, args.t_min, args.t_max, first)

    def bound_statistics(self, count=0):
        """How many samples a candidate's BatchNorm pass takes, at most, where the candidate is
        measured on `count` of D_r; None: all."""
        most = max(count, LEAST_STATISTICS)
        return most if most < len(self.data.parts['train_retain']) else None


@torch.no_grad()
def evaluate_at(walk, t, before):
    """{name: number} of φ(t): its scalar scores, those of the attack with --mia,
    l2 = --wd/2 · ‖φ(t)‖², and dl = ‖φ(t) - φ(before)‖."""
    scores = score(walk.visit(t, walk.loaders), walk.args.mia, walk.args.seed)
    scores = {key: value for key, value in scores.items() if np.ndim(value) == 0}
    vector = walk.curve.weights(t)
    scores['l2'] = 0.5 * walk.args.wd * float(vector.norm()) ** 2
    scores['dl'] = float((vector - walk.curve.weights(before)).norm())
    return scores


def walk_along(walk, ts):
    """The arrays of the npz: one entry for each t, and min, max, avg, int of each."""
    steps = list(zip(ts.tolist(), [float(ts[0]), *ts.tolist()]))
    points = map_shared(lambda step: evaluate_at(walk, *step), steps)
    print_points(ts, points)
    column = {key: np.array([point[key] for point in points]) for key in points[0]}
    arrays, dl = {'ts': ts, 'dl': column['dl']}, column['dl']
    for name, part in PREFIXES.items():
        nll, acc = column[f'{part}_nll'], column[f'{part}_acc']
        if np.isnan(acc).all():
            continue  # no class is forgotten: there is no test_forget
        values = {'loss': nll + column['l2'], 'nll': nll, 'acc': acc, 'err': 100 - acc}
        for what, array in values.items():
            arrays[name.format(f'_{what}')] = array
            for how, value in zip(('min', 'max', 'avg', 'int'), summarise_path(array, dl)):
                arrays[name.format(f'_{what}_{how}')] = value
    return arrays | {key: column[key] for key in column if key.startswith('mia')}


def print_points(ts, points):
    """Losses and accuracies of a path on the terminal."""
    tqdm.write('     t   retain NLL     acc   forget NLL     acc     test NLL     acc')
    for t, point in zip(ts, points):
        pairs = [(point[f'{part}_nll'], point[f'{part}_acc']) for part in ('rr', 'rf', 'tr')]
        tqdm.write(f'{t:6.3f}' + ''.join(f'{nll:13.4f}{acc:8.2f}' for nll, acc in pairs))


# ---------------------------------------------------------------- the rows that are compared


def compare_rows(walk, content, rules):
    """The arrays of the npz (see `stack_rows`) for the rows that are compared: the method itself,
    the method with fresh statistics, the best of the straight line, the best of the path.

    rules: {name of a row: its rule or None}, from `list_rows`."""
    itself = walk.curve.at(1.0)
    itself.load_state_dict(itself.state_dict() | content['end'])
    straight = CurveNet(walk.curve.at(0.0), 'PolyChain', num_bends=2).to(walk.device)
    straight.set_point(1, itself)
    line = copy.copy(walk)
    line.curve = straight
    wanted = list(rules.items())[::-1]  # the longest first
    rows = map_shared(lambda row: make_row(*row, walk, line, itself), wanted)[::-1]
    print_rows(rows, walk.args)
    return stack_rows(rows)


def stack_rows(rows):
    """The arrays of the npz: one entry for each row; labels are once, for they are all alike."""
    columns = {}
    for key in rows[0]:
        once = key.startswith('labels')
        values = rows[0][key] if once else [row[key] for row in rows]
        columns[key if once else f'row_{key}'] = np.array(values)
    return columns


def list_rules(args):
    """The rules of --align; to forget a class those that look at accuracies and losses are one: D_f
    is to be always wrong."""
    rules = args.align.split(',')
    if args.unlearn_type == 'class':
        rules = ['outputs' if rule == 'outputs' else 'base' for rule in rules]
    return [*dict.fromkeys(rules)]


def count_points(args, rules):
    """How many points are looked at, if no sample grows."""
    return args.num_points + sum(map(bool, rules.values())) * MOST_EVALUATIONS


def list_rows(args, start_is_free):
    """{name of a row: its rule, None where no t is chosen}; no line where the start was trained."""
    first, *others = list_rules(args)
    fresh = {} if args.no_line else {'fresh': None}
    line = {'line': first} | {f'line-{rule}': rule for rule in others}
    line = {} if args.no_line or start_is_free else line
    return {'itself': None, **fresh, **line, **{rule: rule for rule in others}, 'path': first}


def choose_candidate(name, rule, walk, line, itself):
    """(t, network, number of points tried, seconds it took) of one of the rows."""
    if name == 'itself':
        return 1.0, itself, 0, 0.0
    path = walk if name in SEARCHED else line  # which ends in the method itself
    began = read_clock(walk.device)
    t, tried = path.choose(rule) if rule else (1.0, 0)
    net = path.build(t)
    return t, net, tried, read_clock(walk.device) - began


def make_row(name, rule, walk, line, itself):
    """One row of what is compared: {key: value}."""
    args = walk.args
    t, net, tried, took = choose_candidate(name, rule, walk, line, itself)
    scores = measure(net, walk.loaders, seed=args.seed, name=name)
    row = describe_row(name, t, scores) | {'evaluations': tried, 'seconds': took}
    row['gap'] = float(alignment_gap(scores['rr_acc'], scores['rf_acc'], *walk.bases))
    return row | (measure_relearning(net, walk.data, args.relearn) if args.relearn else {})


def describe_row(name, t, scores):
    """The scores of a model as a row that is compared."""
    row = {'name': name, 't': t, 'ua': 100 - scores['rf_acc'], 'ra': scores['rr_acc']}
    row |= {'ta': scores['tr_acc'], 'tf': scores['tf_acc'], 'mia': scores['mia']}
    return row | {k: v for k, v in scores.items() if k.startswith(KEPT) or k[3:] == 'nll'}


def print_rows(rows, args):
    """Print the rows, and mark a t* that lies on a bound of its interval."""
    tqdm.write(f'below, {MIA_WORDS}')
    for row in rows:
        numbers = '  '.join(f'{key.upper()} {row[key]:.2f}' for key in ('ua', 'ra', 'ta', 'mia'))
        gap = f'alignment gap {row["gap"]:.2f}  chosen in {row["seconds"]:.1f} s'
        bound = row['evaluations'] and is_on_bound(row['t'], args.t_min, args.t_max)
        words = f'{row["name"]:13}t {row["t"]:.3f}  {numbers}  {gap}'
        tqdm.write(words + '  t* on a bound' * bool(bound))


if __name__ == '__main__':
    main()
