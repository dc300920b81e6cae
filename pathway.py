"""The evaluation of a pathway from its flags to its files, for eval_curve.py and forget.py."""

import copy
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from arg_parser import FLAGS
from checkpoint import digest, save
from curves import CurveNet
from errors import InputError, NotFinite
from evaluation.metrics import alignment_gap, along_path
from evaluation.npz import read_npz, write_npz
from given import CURVE, inherit, naming, need, refuse
from inputs import curve_network, open_dependent, open_divided
from ranks import gather, join, share, writer
from runs import MIA_TOLD, about, bases_of, description, fitting, total_seconds
from unlearn import PRECISIONS
from utils import measure, pick_device, predict, relearn, score, search_t, seconds, update_bn

PARTS = {
    'tr{}': 'rr',
    'tf{}': 'rf',
    'te{}': 'tr',
    'tf{}_2': 'tf',
}  # the npz's names: `utils.SCORES`
BN_PARTS = {'retain': 'train_retain', 'train': 'train'}
ALIGNED = ('train_retain', 'train_forget')  # the parts that t* is chosen by
OWN = 'test_retain'  # and by --align=self


class Visit(NamedTuple):
    """What the choice of t needs of φ(t): accuracies in percent, and the seconds they took."""

    retain: float
    forget: float
    seconds: float
    test: float | None = None  # --align=self
    test_seconds: float = 0.0


class Walk:
    """The models of one path: each is built, given fresh statistics and aligned once, in
    --precision; what is scored to be compared, or exported, is built anew in float32."""

    def __init__(self, curve, data, args, bases, device):
        self.curve, self.args, self.bases, self.device = curve, args, bases, device
        self.loaders = data.loaders(args.batch_size)
        self.bn_loader = data.bn_loader(BN_PARTS[args.bn_data])
        self.seen = {}  # t: Visit
        # whether t* may go by the point's own test accuracy: to forget a class, A_f is 0 anyway
        self.own = args.align != 'base' and args.unlearn_type != 'class'

    def model(self, t):
        """φ(t) with fresh BatchNorm statistics."""
        net = self.curve.at(t)
        update_bn(net, self.bn_loader)
        return net

    def products(self):
        """The context in which a point is looked at: --precision."""
        kind = PRECISIONS[self.args.precision]
        return torch.autocast(self.device.type, kind, enabled=kind is not None)

    def predictions(self, net, t, parts):
        """{part: what `predict` gives} of φ(t), in --precision."""
        precision = self.args.precision
        try:
            with self.products():
                return {part: predict(net, self.loaders[part], f'φ({t:g})') for part in parts}
        except NotFinite:
            if precision == 'fp32':
                raise
            problem = f'--precision={precision}: φ({t:g}) leaves the numbers that it holds.'
            raise NotFinite(problem, 'leave it out.') from None

    def visit(self, t, test=False):
        """φ(t) and its predictions on the aligned parts, with test on OWN too; `seen` knows t."""
        began = seconds(self.device)
        with self.products():
            net = self.model(t)
        predictions = self.predictions(net, t, ALIGNED)
        aligned = seconds(self.device)
        if test:
            predictions |= self.predictions(net, t, [OWN])
        scores, took = score(predictions, mia=False), seconds(self.device) - aligned
        own = (scores['tr_acc'], took) if test else ()
        self.seen[round(t, 9)] = Visit(scores['rr_acc'], scores['rf_acc'], aligned - began, *own)
        return net, predictions

    def known(self, t, test):
        """The `Visit` of t; a t that was visited is not visited again."""
        if round(t, 9) not in self.seen or (test and self.seen[round(t, 9)].test is None):
            self.visit(t, test or self.own)
        return self.seen[round(t, 9)]

    def gap(self, t, own=False):
        """The alignment gap at t; own: to the point's own test accuracy instead of A_f."""
        found, (retain_base, forget_base) = self.known(t, own), self.bases
        forget_base = found.test if own else forget_base
        return float(alignment_gap(found.retain, found.forget, retain_base, forget_base))

    def scores(self, t):
        """All scores of φ(t), the attack with --mia."""
        net, predictions = self.visit(t, test=True)
        predictions |= self.predictions(net, t, self.loaders.keys() - predictions.keys())
        return score(predictions, self.args.mia, self.args.seed)

    def optimum(self, own):
        """(t*, evaluations, seconds): the search, with the time that each of its models took."""
        asked = []
        t, _, count = search_t(lambda t: asked.append(t) or self.gap(t, own))
        visits = [self.known(t, own) for t in asked]
        return t, count, sum(v.seconds + own * v.test_seconds for v in visits)


def told_at(t, scores):
    """A point's row in the terminal."""
    pairs = [(scores[f'{part}_nll'], scores[f'{part}_acc']) for part in ('rr', 'rf', 'tr')]
    return f'{t:6.3f}' + ''.join(f'{nll:13.4f}{acc:8.2f}' for nll, acc in pairs)


@torch.no_grad()
def at_point(walk, t, before, wd):
    """All scores of φ(t), and its distance to φ(before)."""
    scores = {key: value for key, value in walk.scores(t).items() if np.ndim(value) == 0}
    vector = walk.curve.weights(t)
    scores['l2'] = 0.5 * wd * float(vector.norm()) ** 2
    scores['dl'] = float((vector - walk.curve.weights(before)).norm())
    return scores


def along(walk, ts, wd):
    """The arrays of the npz: one entry for each t, and min, max, avg, int of each."""
    points = {}
    pairs = list(zip(ts.tolist(), [float(ts[0]), *ts.tolist()]))
    rows = share(lambda pair: at_point(walk, *pair, wd), pairs, 'path')
    walk.seen = {t: entry for seen in gather([walk.seen]) for t, entry in seen.items()}
    print('     t   retain NLL     acc   forget NLL     acc     test NLL     acc')
    print(*map(told_at, ts, rows), sep='\n')
    column = {key: np.array([row[key] for row in rows]) for key in rows[0]}
    dl = column['dl']
    for name, part in PARTS.items():
        nll, acc = column[f'{part}_nll'], column[f'{part}_acc']
        if np.isnan(acc).all():
            continue  # no class is forgotten: there is no test_forget
        values = {'loss': nll + column['l2'], 'nll': nll, 'acc': acc, 'err': 100 - acc}
        for what, array in values.items():
            points[name.format(f'_{what}')] = array
            for how, value in zip(('min', 'max', 'avg', 'int'), along_path(array, dl)):
                points[name.format(f'_{what}_{how}')] = value
    mia = {key: column[key] for key in column if key.startswith('mia')}
    return {'ts': ts, 'dl': dl, **points, **mia}


def compared(args):
    """The rows of `compare`; self: what --align=self chooses, where --align=both asks for it."""
    both = args.align == 'both' and args.unlearn_type != 'class'
    line = [] if args.no_line else ['fresh', 'line', *['line-self'] * both]
    return ('itself', *line, *['self'] * both, 'path')


def candidate(name, walk, line, itself):
    """(t, network, evaluations, seconds it took) of one of the rows."""
    began = seconds(walk.device)
    if name == 'itself':
        return 1.0, itself, 0, 0.0
    if name == 'fresh':
        net = copy.deepcopy(itself)
        update_bn(net, walk.bn_loader)
        return 1.0, net, 0, seconds(walk.device) - began
    path = line if name.startswith('line') else walk
    own = walk.own and (walk.args.align == 'self' or name in ('self', 'line-self'))
    t, count, took = path.optimum(own)
    began, net = seconds(walk.device), path.model(t)
    again = walk.args.precision != 'fp32'  # else it was built in the search
    return t, net, count, took + again * (seconds(walk.device) - began)


def row_of(name, walk, line, itself, data):
    """One row of what is compared: {key: value}."""
    args = walk.args
    t, net, count, took = candidate(name, walk, line, itself)
    scores = measure(net, walk.loaders, seed=args.seed, name=name)
    row = {'name': name, 't': t, 'ua': 100 - scores['rf_acc'], 'ra': scores['rr_acc']}
    row |= {'ta': scores['tr_acc'], 'tf': scores['tf_acc'], 'mia': scores['mia']}
    row['gap'] = float(alignment_gap(scores['rr_acc'], scores['rf_acc'], *walk.bases))
    row |= {'evaluations': count, 'seconds': took}
    kept = ('mia_', 'ua_class', 'log_probs', 'labels')
    row |= {key: v for key, v in scores.items() if key.startswith(kept) or key[3:] == 'nll'}
    return row | (relearn(net, data, args.relearn) if args.relearn else {})


def compare(walk, line, itself, data):
    """The rows that stand together: the method itself, with fresh statistics, the best of the
    straight line, the best of the path. itself: θ_p as a network, with its own statistics."""
    longest_first = compared(walk.args)[::-1]  # the path's search, then the line's
    rows = share(lambda name: row_of(name, walk, line, itself, data), longest_first, 'compared')
    print(f'below, {MIA_TOLD}')
    for row in rows[::-1]:
        numbers = '  '.join(f'{key.upper()} {row[key]:.2f}' for key in ('ua', 'ra', 'ta', 'mia'))
        gap = f'alignment gap {row["gap"]:.2f}  chosen in {row["seconds"]:.1f} s'
        print(f'{row["name"]:10}t {row["t"]:.3f}  {numbers}  {gap}')
    columns = {
        key if key.startswith('labels') else f'row_{key}': [row[key] for row in rows[::-1]]
        for key in rows[0]
    }
    return {k: np.array(v[0] if k.startswith('labels') else v) for k, v in columns.items()}


def export(path, walk, t, curve, described, spent):
    """Write φ(t) with its fresh statistics as an ordinary checkpoint."""
    state = {'epoch': curve.get('epoch', 0), 'model_state': walk.model(t).state_dict()}
    names = ('method', 'pre', 'original', 'started_from')
    told = {key: curve[key] for key in names if key in curve}
    state |= {'optimizer_state': {}, 't': t, 'seconds': spent, 'run': path.parent.name}
    save(path, described | told | state)


def export_file(args, run, t, epoch):
    """Where φ(t) goes."""
    name = f'{fitting(run + naming(args, {"bn_data"}))}-t{round(t, 6)}'
    return Path(args.dir) / name / f'checkpoint-{epoch}.pt'


def refuse_exported(args, path):
    """Raise InputError where φ(t) is exported already and --overwrite is not typed."""
    if path.exists() and not args.overwrite:
        name = path.relative_to(args.dir)
        raise InputError(f'--dir={args.dir}: {name} is there already.', 'add --overwrite.')


def evaluate(args):
    """Do what the flags of eval_curve.py say, checked by `inputs.begin`; returns the paths of the
    .npz and of the exported checkpoint (None where --export_t was not asked for)."""
    need(args, 'ckpt', 'it is the curve to evaluate')
    content = open_dependent(args, 'ckpt', 'curve')
    inherit(args, CURVE, content, content['source'])
    if args.no_search:
        refuse(args, ('align', 'no_line'), 'without the search no rows are compared')
    if args.start_t > args.end_t:
        raise InputError(f'--start_t={args.start_t} lies behind --end_t.', 'exchange them.')
    if 'original' not in content:
        for name in ('retain_base', 'forget_base'):
            need(args, name, f'{content["source"]} does not say what the original scored')
    device = pick_device(args.device, args.tf32)
    data = open_divided(args, (), [content])
    curve = curve_network(content, args, data)
    run = content.get('run', Path(content['file']).parent.name)
    told = {*FLAGS['evaluation'], *FLAGS['bases'], 'bn_samples', 'wd', 'seed'}
    epoch = content.get('epoch', 0)
    file = f'{fitting(run + naming(args, told))}-{digest(content["model_state"])}.npz'
    file, known = Path(args.dir) / file, None
    if file.exists() and not args.overwrite:
        if args.export_t is None:
            raise InputError(f'--dir={args.dir}: {file.name} is there already.', 'add --overwrite.')
        known = read_npz(file)  # evaluated before: only the export is left
    if args.export_t == 'best' and (args.no_search or (known and 'row_t' not in known)):
        raise InputError('--export_t=best needs the search.', 'leave --no_search out.')
    t = args.export_t
    if t == 'best':  # known only where the curve was evaluated before
        t = float(known['row_t'][-1]) if known else None
    if t is not None:
        refuse_exported(args, export_file(args, run, t, epoch))

    join(device)
    data.load(device, args.num_workers)
    curve.to(device)
    bases = bases_of(args, content.get('original', {}))
    walk = Walk(curve, data, args, bases, device)
    spent = dict(content.get('seconds', {}))
    if known is None:
        print(f'alignment bases: retain {bases[0]:.2f} %, forget {bases[1]:.2f} %')
        known = along(walk, np.linspace(args.start_t, args.end_t, args.num_points), args.wd)
        if not args.no_search:
            itself = curve.at(1.0)
            itself.load_state_dict(itself.state_dict() | content.get('end', {}))
            line = CurveNet(curve.at(0.0), 'PolyChain', num_bends=2).to(device)
            line.set_point(1, itself)
            known |= compare(walk, Walk(line, data, args, bases, device), itself, data)
            spent['select'] = float(known['row_seconds'][-1])
        names = ('method', 'pre', 'pre_run', 'pre_config', 'pre_seed', 'config', 'epoch')
        more = {key: content[key] for key in names if key in content}
        more['seed'] = content.get('args', {}).get('seed', args.seed)  # the run's, not this one's
        changing = {'bn_data', 'bn_samples', *FLAGS['bases']}  # the rows; both has all of base's
        changing |= {'align'} if walk.own and args.align == 'self' else set()
        more['evaluation'] = naming(args, changing)
        if args.precision != 'fp32':  # the run's own --precision is in its configuration already
            more['evaluation'] += f'-searched{args.precision}'
            more['precision'] = args.precision
        known |= {'retain_base': bases[0], 'forget_base': bases[1]}
        known |= {'meta': about(args, data, run, **more)} | total_seconds(spent)
        if writer():
            write_npz(file, known)
    path = None
    if args.export_t is not None:
        t = float(known['row_t'][-1]) if args.export_t == 'best' else args.export_t
        spent['select'] = float(known['RTE_select'])
        path = export_file(args, run, t, epoch)
        if writer():
            refuse_exported(args, path)
            export(path, walk, t, content, description(args, data), spent)
    return file, path
