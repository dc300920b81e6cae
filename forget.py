"""A deletion request in one command, or in one call: a trained model forgets chosen samples.

    python3 forget.py --dir=runs --original_pth=runs/original --forget_index=request.txt

makes two cheap pre-unlearning models, keeps the nearer one, and trains it further by `align` in
short rounds, until the deleted samples are not told apart from unseen ones or the budget is used
up. From Python: `forget(model, train_set, forget_indices, test_set)`.
"""

from arg_parser import parse_args

if __name__ == '__main__':
    parse_args('forget')  # --help and typing errors answer before torch is imported

import copy
import dataclasses
import itertools
import math
import re
import tempfile
import warnings
from argparse import ArgumentTypeError
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import torch
from scipy.special import expit, softmax

from curves import CurveNet
from data import UserData, make_generator, open_split
from evaluation.audit import (
    MAX_LOST,
    Auditor,
    Target,
    compute_margins,
    describe_audit,
    describe_gone,
    expect_accuracy,
    find_farthest,
    make_verdict,
    measure_harm,
)
from evaluation.figures import draw_request
from evaluation.metrics import accuracy, hits, mask_class
from evaluation.report import format_html, format_summary, hide_samples, make_report
from evaluation.SVC_MIA import SVC_MIA
from lib.check_preprocessing import check_original
from lib.checkpoint import (
    FORMAT,
    RESULT,
    forgets_others,
    load,
    read,
    refuse_other_data,
    refuse_unlearned,
    save,
    save_weights,
)
from lib.device import borrow_device, pick_device, read_clock, restore_generators
from lib.distributed import world_size
from lib.errors import EXIT_CODES, Diverged, InputError, NotFinite, with_exit_codes
from lib.files import atomic_write, hash_file, read_json, write_json
from lib.flags import (
    CONFIG,
    count,
    inherit,
    natural,
    percent,
    positive,
    require_flags,
    select,
    within,
)
from lib.run import lock, write_scores
from lib.run_info import RunInfo
from lib.transforms import describe_recipe
from models import load_network
from train import train_epoch
from unlearn import METHODS, Context
from utils import (
    BestPoint,
    best_point,
    count_samples,
    digest_parameters,
    digest_start,
    predict,
    score,
    score_original,
    update_bn,
)

ENDS = ('finetune', 'randomlabel')  # the pre-unlearning methods that are tried
END_STEPS, STEPS = 30, 60  # of an end, and of a round
RATES = (3e-4, 3e-4 / 4, 3e-4 / 16)  # of an end, by Adam: on any network the same rates work
MIN_STEPS, MIN_BATCH, MAX_BATCH = 20, 16, 128  # of a pass over D; samples of a batch
MIN_T = 0.4  # the least t of the line to the trained model that a round tests
MAX_EVALUATIONS = 4  # of a round
MAX_FARTHER = 10.0  # points: an end so much farther than the original is made at a lower rate
MAX_DROP = 10.0  # points: a round that costs more was too fast, and is undone
MIN_RATE = 1 / 16  # of a round, as a share of the end's rate
STRICT = 0.01  # level of the test of a retrained model that is given
MAX_DIVERGED = 5  # rounds in a row
REFERENCE_STEPS, TIMED_STEPS, MORE_MODELS = 60, 16, 8
AUDITED = ('unlearned', 'original', 'retrained')
HARMED = {'kept': 'train_retain', 'unseen': 'test_retain'}  # the parts where harm is measured
BUDGET, MIN_BUDGET = 0.25, 60.0  # share of retraining's time; seconds
EPOCHS = 100  # of retraining, where nothing says how long the original was trained
RECORD = ('request_id', 'received', 'asked', 'carried_out_by')  # flags for the record alone
NUMBERS = {'budget': positive, 'retrain_epochs': count, 'forget_base': percent}  # {argument: type}
NUMBERS |= {'audit_models': count, 'batch_size': within(int, 2), 'seed': natural}
RECORD_FILES = ('report.json', 'report.html', 'region.png', 'region.pdf')  # what a call writes
RECORD_FILES += ('unlearned_state_dict.pt', 'unlearned_state_dict.safetensors')
ARGUMENTS = {'forget_index': 'forget_indices', 'retrain': 'retrained'}  # {flag: argument}
STATE = ('rounds', 'rate', 'end_name', 'end_rate', 'seconds')  # resumed


# ---------------------------------------------------------------- from Python


class Result(NamedTuple):
    """model: the unlearned network, a new one; report: what was measured, a dict of plain types
    (`verdict` says whether the model is to be used); region: a DataFrame of points of the line from
    the given model to the trained one, along t."""

    model: torch.nn.Module
    report: dict
    region: pd.DataFrame


def forget(
    model,
    train_set,
    forget_indices,
    test_set,
    *,
    forget_class=None,
    earlier=(),
    plain_set=None,
    forget_base=None,
    budget=None,
    retrain_epochs=None,
    retrained=None,
    audit_models=2,
    with_copies=False,
    batch_size=None,
    seed=42,
    device=None,
    log=None,
    dir=None,  # noqa: A002 -- the flag's name
    request_id=None,
    received=None,
    asked=None,
    carried_out_by=None,
):
    """Let a network forget samples of its training set; returns a `Result`.

    model: any nn.Module, images to logits; it stays as it is. What is frozen in it
    (requires_grad=False) is the same in the result. Of a DataParallel its `module` is taken.
    train_set, test_set: any `torch.utils.data.Dataset` of (image tensor, label), with transforms of
    their own; plain_set: train_set without augmentation, to measure on. forget_indices: into
    train_set, or a boolean mask of it; or None. forget_class: a label, or a list of labels, that is
    to be forgotten in both sets; with forget_indices or without. earlier: the samples, in the form
    of forget_indices, that the given model has forgotten by earlier calls. retrained: a model that
    never saw the samples, as --retrain. with_copies: exact copies of the samples are forgotten too.
    batch_size: 16 to 128 by the size of train_set unless given. seed: of all draws, those of
    transforms included. log: a function that gets a line for each step, such as print. dir: the
    folder where the record, the weights and the figure are written; nothing is written without it.
    The others are the flags of the same names.
    Raises ValueError, with the name of the argument, before the work begins: where no sample is
    named, or almost every one, where the labels of the sets contradict one another, where the test
    set has a copy of a deleted sample, for a model that is frozen or whose outputs are no logits,
    for a number out of its range, for a folder that cannot be written. Later only for a `retrained`
    that knows the samples. RuntimeError for a model that cannot be trained on.
    """
    numbers = {'budget': budget, 'retrain_epochs': retrain_epochs, 'forget_base': forget_base}
    numbers |= {'audit_models': audit_models, 'batch_size': batch_size, 'seed': seed}
    numbers = {name: read_number(name, value) for name, value in numbers.items()}
    fields = dict(zip(RECORD, (request_id, received, asked, carried_out_by)))
    fields = {name: None if value is None else str(value) for name, value in fields.items()}
    if world_size() > 1:
        raise ValueError('several processes (WORLD_SIZE): call forget() in one')
    net = model.module if isinstance(model, torch.nn.DataParallel) else model
    for name, value in (('model', net), ('retrained', retrained)):
        refuse_other_type(name, value)
    if not any(parameter.requires_grad for parameter in net.parameters()):
        raise ValueError('every parameter of the model is frozen: nothing can be trained')
    try:
        # inference_mode(False): gradients, also below a torch.no_grad() of the caller
        with torch.inference_mode(False), borrow_device(device) as device:
            data = UserData(train_set, test_set, plain_set)
            kind = name_kind(forget_indices, forget_class, len(train_set))
            if earlier := list_indices(earlier, len(train_set), 'earlier'):
                data.leave_out(find_earlier(data, earlier))
            kind = data.divide_request(with_copies, **kind)
            data.load(device)
            net = copy.deepcopy(net).to(device)
            retrained = retrained and copy.deepcopy(retrained).to(device)
            refuse_other_outputs(net, data)
            if retrained is not None:
                refuse_other_outputs(retrained, data)
                if digest_parameters(retrained) == digest_parameters(net):
                    raise ValueError('retrained is the model itself')
            if dir is not None:
                prepare_folder(Path(dir))
            settings = numbers['seed'], numbers['batch_size'], log or (lambda _: None)
            search = Search(net, data, device, *settings)
            names = ('budget', 'retrain_epochs', 'forget_base', 'audit_models')
            search.start(*(numbers[name] for name in names), retrained)
            search.run()
    except Diverged as error:
        raise RuntimeError(name_arguments(str(error))) from None
    except InputError as error:
        raise ValueError(name_arguments(str(error))) from None
    settings = {name: numbers[name] for name in ('seed', 'forget_base')}
    settings |= {'batch_size': search.batch_size}
    report = make_report(search, kind, fields, settings)
    report['verdict']['text'] = name_arguments(report['verdict']['text'])
    if dir is not None:
        try:
            write_record(Path(dir), search, report)
            write_json(Path(dir) / 'report.json', report)
        except OSError as error:  # what was worked for is handed back all the same
            warnings.warn(f'the record is not written: {error}', stacklevel=2)
    return Result(search.unlearned, report, search.region)


def name_arguments(text):
    """What speaks of flags, in the names of the arguments of `forget`."""
    return re.sub(r'--(\w+)', lambda flag: ARGUMENTS.get(flag[1], flag[1]), text)


def read_number(name, value):
    """A number among the arguments as a plain one; raises ValueError where it is out of range."""
    if value is None:
        return None
    try:
        return NUMBERS[name](str(value))
    except ArgumentTypeError as error:
        raise ValueError(f'{name}: {error}') from None


def refuse_other_type(name, model):
    """Raise ValueError for what is no network that can be trained; None is no model."""
    if isinstance(model, torch.jit.ScriptModule):
        raise ValueError(f'{name} is scripted: give the nn.Module that it was made of')
    if model is not None and not isinstance(model, torch.nn.Module):
        raise ValueError(f'{name} is a {type(model).__name__}, not an nn.Module')


def prepare_folder(folder):
    """Make the folder of a record; raises ValueError where a file of it is there, or none can be
    written."""
    for name in RECORD_FILES:
        if (folder / name).exists():
            raise ValueError(f'dir={folder}: holds {name} already: give another dir')
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ValueError(f'dir={folder}: cannot be written ({error.strerror})') from None


def refuse_other_outputs(net, data):
    """Raise ValueError where a network, in eval or train mode, gives anything but logits (N, C)."""
    net, classes = copy.deepcopy(net), len(data.classes)
    x, *_ = next(iter(data.loader('train', batch_size=2)))
    for mode in ('eval', 'train'):
        with torch.no_grad():
            logits = net.train(mode == 'train')(x.clone())
        shape = getattr(logits, 'shape', ())
        if len(shape) != 2 or shape[0] != len(x) or shape[1] < classes:
            problem = f'in {mode} mode the model gives a {type(logits).__name__}'
            raise ValueError(f'{problem}, but logits of {len(x)} images and {classes} classes')


def name_kind(forget_indices, forget_class, total):
    """The flags of the split; total: of the training samples."""
    if forget_indices is None and forget_class is None:
        raise ValueError('give forget_indices or forget_class, or both')
    kind = {'unlearn_type': 'class'}
    if forget_class is not None:
        labels = read_tensor(forget_class, 'forget_class')
        kind['forget_class'] = labels.unique().tolist() if labels.dim() else int(labels)
    if forget_indices is not None:
        indices = list_indices(forget_indices, total, 'forget_indices')
        kind |= {'unlearn_type': 'index', 'forget_index': indices}
    return kind


def list_indices(indices, total, name):
    """The list of what may be indices, or a boolean mask of so many samples."""
    indices = read_tensor(indices, name).flatten()
    if indices.dtype == torch.bool:
        if len(indices) != total:
            raise ValueError(f'{name} has booleans: a mask needs one for each of {total}')
        indices = indices.nonzero().flatten()
    return indices.tolist()


def read_tensor(values, name):
    """A tensor of what may be whole numbers or booleans, in a list or alone."""
    try:
        tensor = torch.as_tensor(values)
    except (TypeError, ValueError, RuntimeError):
        raise ValueError(f'{name}={values!r:.40}: give whole numbers') from None
    if tensor.is_floating_point() and tensor.numel():
        raise ValueError(f'{name} has fractions: give whole numbers')
    return tensor if tensor.numel() else tensor.long()


def find_earlier(data, indices):
    """The `Deletion`s of earlier calls; a class that has no other samples was forgotten as one."""
    settings = {'unlearn_type': 'index', 'forget_index': indices}
    data.divide(**settings)
    labels = (data.targets[0][part].tolist() for part in data.split[:2])
    retained, forgotten = map(set, labels)
    data.divide(**settings, forget_class=sorted(forgotten - retained))
    return data.deletions


# ---------------------------------------------------------------- the search


class Goal(NamedTuple):
    """What the search aims at: the alignment bases, accuracies in percent."""

    retain: float  # A_r, an alignment base
    forget: float  # A_f


class Search:
    """The work of one request on one network: `start`, then `run`."""

    def __init__(self, original, data, device, seed, batch_size, log, save_state=lambda _: None):
        self.original, self.data, self.device = original.to(device).eval(), data, device
        self.seed, self.log, self.save_state = seed, log, save_state
        size = 2 ** round(math.log2(max(len(data.parts['train']) / MIN_STEPS, 1)))
        self.batch_size = batch_size or min(max(size, MIN_BATCH), MAX_BATCH)
        self.loaders, self.targets, self.untested = list_targets(data, self.batch_size)
        self.rounds, self.end_name, self.goal = [], None, None
        self.seconds = dict.fromkeys(('scores', 'references', 'ends', 'search'), 0.0)

    def start(self, budget, epochs, forget_base, models=2, retrained=None, lost=()):
        """Measure the original and the speed of training, and say what the work may take.

        budget: minutes; epochs: of retraining; models: how many references are made; retrained:
        a network that is the reference instead; lost: points that earlier requests have cost.
        """
        is_known, epochs = bool(epochs), epochs or EPOCHS
        self.forget_base, self.models, self.retrained = forget_base, models, retrained
        self.lost = dict(lost)
        with self.clock('scores'):
            self.outputs = {'original': self.predict_all(self.original, 'the original')}
            self.scores = {'original': self.score_all('original')}
        total = len(self.data.parts['train_retain'])
        step = self.time_step()
        seconds = step * epochs * total / min(self.batch_size, total)
        self.retraining = {'epochs': epochs, 'known': is_known, 'minutes': seconds / 60}
        self.reference_minutes = (step * REFERENCE_STEPS + self.seconds['scores']) / 60
        steps = len(ENDS) * END_STEPS + STEPS
        least = 2 * self.seconds['scores'] + 60 * models * self.reference_minutes + steps * step
        self.budget = 60 * budget if budget else max(BUDGET * seconds, MIN_BUDGET)
        cost = f'{seconds / 60:.1f} minutes for {epochs} epochs'
        self.log(f'retraining would take {cost}; this may take {max(self.budget, least) / 60:.1f}')

    def predict_all(self, net, name):
        """{part: (logits, labels)} of all that is audited."""
        return {part: predict(net, loader, name) for part, loader in self.loaders.items()}

    def score_all(self, name):
        """The scores of a model whose outputs are known, with the attacks."""
        parts = [part for part in self.outputs[name] if part in self.data.parts]
        outputs = {part: self.outputs[name][part] for part in parts}
        scores = (score_original if name == 'original' else score)(outputs, seed=self.seed)
        is_class = 'test_forget' in outputs or len(outputs['test_retain'][1]) < 4
        return scores if is_class else scores | attack_unseen(outputs, self.seed)

    def time_step(self):
        """Seconds of a training step, the mean of TIMED_STEPS."""
        net = copy.deepcopy(self.original)
        self.train(net, 'finetune', 0.0, 1, 'warm up')  # a first step has more to do
        began = read_clock(self.device)
        self.train(net, 'finetune', 0.0, TIMED_STEPS, 'timed')
        return (read_clock(self.device) - began) / TIMED_STEPS

    @contextmanager
    def clock(self, stage):
        """Count the seconds of a stage of the work."""
        began = read_clock(self.device)
        yield
        self.seconds[stage] += read_clock(self.device) - began

    def train(self, model, name, rate, steps, address, indices=None):
        """Take steps of a method, at a rate that falls to 0 as a cosine; address: of the draws;
        indices: of the samples, where not all are trained on."""
        method, address = METHODS[name], (self.seed, address)
        is_fused = self.device.type in ('cpu', 'cuda')
        optimizer = torch.optim.Adam(model.parameters(), rate, fused=is_fused)
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
        optimizer.register_step_post_hook(lambda *_: schedule.step())
        bases = {}  # before there is a goal nothing but fine-tuning is done
        if self.goal:
            bases = {'retain_base': self.goal.retain, 'forget_base': self.goal.forget}
        context = Context(make_generator('draws', address), **bases)
        loss = partial(method.loss, context=context)
        (part,) = method.trains_on
        passes = (self.open_pass(part, steps, (address, n), indices) for n in itertools.count())
        batches = itertools.islice(itertools.chain.from_iterable(passes), steps)
        with restore_generators(self.device, make_generator('layers', address).initial_seed()):
            train_epoch(model, batches, loss, optimizer)

    def open_pass(self, part, steps, address, indices=None):
        """The loader of a training pass over a part, or over a sample of it that is enough for
        `steps`. At least a tenth are of D_f, or of earlier requests: what a round does not see it
        cannot forget."""
        count, sample = steps * self.batch_size, partial(self.data.sample, address=address)
        if indices is None:
            indices = sample(part, count)
            if part != 'train_retain':
                share = max(len(self.data.parts['forgotten']) / len(self.data.parts[part]), 0.1)
                forget = sample('forgotten', math.ceil(share * count))
                indices = torch.cat([forget, sample('train_retain', count - len(forget))])
        return self.data.loader(part, True, self.batch_size, epoch=address, indices=indices)

    def lay_line(self, net):
        """The straight line from the original to a network."""
        line = CurveNet(self.original, 'PolyChain', num_bends=2)
        line.set_point(-1, net)
        return line.to(self.device)

    def run(self):
        """The references, the ends, rounds until the audit passes or the budget is used up, and the
        scores."""
        with self.clock('references'):
            self.make_references()
        self.set_goal()
        if self.end_name is None:
            with self.clock('ends'):
                self.make_end()
            self.save_state(self.collect_state())
        else:
            self.log(f'going on from round {len(self.rounds)}')
        while (stopped := self.find_stop()) is None:
            with self.clock('search'):
                self.search_round()
            self.save_state(self.collect_state())
        self.stopped = stopped
        self.finish()

    # -- the audit

    def make_references(self):
        """The margins of the models that say how difficult each sample is: of the retrained one,
        or of models that go on from the original without D_f and without half of D_r. That half
        shows what the memory of the start adds (`evaluation.audit.Reference`)."""
        self.margins, self.reference = [], None
        if self.retrained is not None:
            self.outputs['retrained'] = self.predict_all(self.retrained, '--retrain')
            self.scores['retrained'] = self.score_all('retrained')
            test_acc = self.scores['retrained']['test_acc']
            self.refuse_memory()
            self.margins = [margins_of(self.outputs['retrained']) | {'held_out': None}]
            self.reference = {'name': 'the retrained model', 'count': 1, 'test': test_acc}
        elif accs := self.train_references():
            name = 'models that went on from the original without them'
            self.reference = {'name': name, 'count': self.models, 'test': float(np.mean(accs))}

    def train_references(self):
        """Train the references, and collect their margins; returns their accuracies on the test
        set. Classes need none."""
        if all(target.label is not None for target in self.targets):
            return []
        retain = self.data.parts['train_retain']
        return [self.make_reference(number, retain) for number in range(self.models)]

    def refuse_memory(self):
        """Raise InputError where the retrained model remembers the samples."""
        self.train_references()
        auditor = Auditor(self.targets, self.margins).select_new()
        for target, audit in zip(auditor.targets, auditor.audit(self.outputs['retrained'], STRICT)):
            if audit.share or (audit.decision == 'failed' and audit.auc > 0.5):
                problem = (
                    f'--retrain: this model knows {target.name} (corrected AUC {audit.auc:.2f}).'
                )
                raise InputError(problem, 'give a model that never saw the samples.')

    def make_reference(self, number, retain):
        """Train a reference at the first rate that leaves it near the original on the test set, and
        keep its margins; returns its accuracy there. Every second one gets the other half."""
        half = self.data.sample('train_retain', len(retain) // 2, ('held out', number // 2))
        held_out, rest = half, retain[~torch.isin(retain, half)]
        if number % 2:
            held_out, rest = rest, held_out
        least = self.scores['original']['test_acc'] - MAX_FARTHER
        for rate in RATES:
            net = copy.deepcopy(self.original)
            try:
                address = 'reference', number, rate
                self.train(net, 'finetune', rate, REFERENCE_STEPS, address, rest)
                settings = {'batch_size': self.batch_size, 'indices': held_out}
                loaders = {'held_out': self.data.loader('train_retain', **settings)}
                loaders |= {p: x for p, x in self.loaders.items() if p != 'train_retain'}
                outputs = {part: predict(net, loader) for part, loader in loaders.items()}
            except NotFinite:
                continue
            test_acc = accuracy(*outputs['test_retain'])
            self.log(f'{"reference":12}  rate {rate:<8.3g}  test {test_acc:6.2f}')
            if test_acc >= least or rate == RATES[-1]:
                self.margins.append(margins_of(outputs))
                return test_acc
        raise Diverged('every reference diverged.', 'look at the original.')

    def set_goal(self):
        """The audit, the goal by what the original and the references answer, and the samples of
        each part on which rounds are measured."""
        outputs, scores = self.outputs['original'], self.scores['original']
        auditor = self.auditor = Auditor(self.targets, self.margins)
        rows, loaders = {}, {}
        for part, loader in self.loaders.items():
            indices = self.data.draw(loader.indices, count_samples(scores['retain_acc']))
            rows[part] = torch.isin(loader.indices.to(indices.device), indices).cpu().numpy()
            settings = {'batch_size': self.batch_size, 'indices': indices, 'keep': True}
            loaders[part] = self.data.loader(part, **settings)  # every t decodes the same
        self.sampled = {part: [x[rows[part]] for x in outputs[part]] for part in rows}
        classes = [target.label for target in self.targets if target.label is not None]
        right = [hits(mask_class(outputs['train_retain'][0], classes), outputs['train_retain'][1])]
        right += [] if classes else [hits(*outputs['train_forget'])]
        expected = np.concatenate([auditor.expect(target, outputs) for target in self.targets])
        unseen = compute_margins(*outputs['test_retain'])
        forget = expect_accuracy(expected, unseen, scores['test_acc'])
        forget = forget if self.forget_base is None else self.forget_base
        bases = float(np.concatenate(right).mean()), forget
        self.goal = Goal(*bases)
        self.find_best = partial(
            best_point,
            data=self.data,
            bases=bases,
            t_min=MIN_T,
            t_max=1.0,
            distance=lambda scores: scores['distance'],
            max_evaluations=MAX_EVALUATIONS,
            loaders=loaders,
            score_point=partial(self.measure_point, auditor.thin(rows), self.sampled),
        )

    def measure_point(self, auditor, before, outputs):
        """The scores of a model without attacks; with the AUC that is farthest from 0.5, what the
        search minimises (`distance`), and whether that is enough (`is_met`). before: the outputs of
        the original on the same samples."""
        scores = score(outputs, mia=False)
        audits = auditor.audit(outputs)
        scores['auc'] = find_farthest(audits)
        scores['remembers'] = any(a.auc > 0.5 + a.error or a.share for a in audits)
        far = 100 * np.mean([abs(audit.auc - 0.5) + audit.share for audit in audits])
        lost = [
            self.lost.get(name, 0.0) + accuracy(*before[part]) - accuracy(*outputs[part])
            for name, part in HARMED.items()
        ]
        scores['harm'] = sum(max(points - MAX_LOST, 0.0) for points in lost)
        scores['distance'] = float(far) + sum(max(points - MAX_LOST / 2, 0.0) for points in lost)
        scores['is_met'] = all(audit.is_near() for audit in audits) and not scores['harm']
        return scores

    # -- the training

    def make_end(self):
        """Train each pre-unlearning method, at lower rates too where it diverges or ends much
        farther from the goal than the original, and keep the nearest."""
        start = self.find_best.keywords['score_point'](self.sampled)
        limit, ends = start['distance'] + MAX_FARTHER, {}
        for name, rate in itertools.product(ENDS, RATES):
            if any(key[0] == name and ends[key][0].distance < limit for key in ends):
                continue
            net = copy.deepcopy(self.original)
            try:
                self.train(net, name, rate, END_STEPS, (name, rate))
                end = self.find_best(self.lay_line(net), t_min=1.0)
            except NotFinite:
                continue
            self.log_round(name, rate, end)
            ends[name, rate] = end, net
        if not ends:
            raise Diverged('every pre-unlearning model diverged.', 'look at the original.')
        nearest = min(ends, key=lambda key: ends[key][0].distance)
        self.end_name, self.end_rate = nearest
        self.best, self.net = ends[nearest]
        self.rate, self.unlearned = self.end_rate, self.lay_line(self.net).at(1.0)

    def search_round(self):
        """One round: steps, the choice of a point on the line to the trained model, the best point
        kept, the next rate."""
        net, rate, number = copy.deepcopy(self.net), self.rate, len(self.rounds) + 1
        row = {'rate': rate, 'steps': STEPS}
        self.rounds.append(row)
        try:
            self.train(net, 'align', rate, STEPS, number)
            line = self.lay_line(net)
            best = self.find_best(line)
        except NotFinite:
            self.log(f'round {number}: diverged at a rate of {rate:.3g}')
            self.rate /= 4
            return
        scores, trained = best.evaluated[best.t], best.evaluated[1.0]
        row |= {'t': best.t, 'auc': scores['auc'], 'distance': best.distance}
        row |= {'retain': scores['retain_acc'], 'forget': scores['forget_acc']}
        self.log_round(f'round {number}', rate, best)
        if best.distance < self.best.distance:
            self.best, self.unlearned = best, line.at(best.t)
        if trained['harm'] < MAX_DROP:
            self.net = net
        self.rate = choose_rate(rate, self.end_rate, trained)

    def find_stop(self):
        """Why the search ends now; None where it goes on, for at least one round."""
        if not self.rounds:
            return None
        t, evaluated = self.best.t, self.best.evaluated
        if evaluated[t]['is_met']:  # by samples: confirm it
            with self.clock('search'):
                outputs = self.predict_unlearned()
                everything = self.auditor, self.outputs['original']
                evaluated[t] |= self.measure_point(*everything, outputs)
            if evaluated[t]['is_met']:
                self.outputs['unlearned'] = outputs
                return 'the test is passed on all samples'
            self.best = self.best._replace(distance=evaluated[t]['distance'])
        last = self.rounds[-MAX_DIVERGED:]
        if len(last) == MAX_DIVERGED and not any('auc' in row for row in last):
            return f'the last {MAX_DIVERGED} rounds diverged'
        # room for one more round, and for the scores of the result
        needed = self.seconds['search'] / len(self.rounds) + self.seconds['scores']
        is_spent = sum(self.seconds.values()) + needed > self.budget
        return 'the budget was used up' if is_spent else None

    def predict_unlearned(self):
        """`predict_all` of the best point, with statistics of its own."""
        update_bn(self.unlearned, self.data.bn_loader())
        return self.predict_all(self.unlearned, 'the unlearned model')

    def finish(self):
        """Score the best point on everything, and audit the deletions."""
        with self.clock('scores'):
            if 'unlearned' not in self.outputs:  # it was not confirmed
                self.outputs['unlearned'] = self.predict_unlearned()
            self.scores['unlearned'] = self.score_all('unlearned')
        audits = {name: self.auditor.audit(self.outputs[name]) for name in self.outputs}
        for name in self.outputs.keys() - {'retrained'}:  # which is the reference itself
            self.scores[name]['auc'] = find_farthest(audits[name])
        points = self.best.evaluated | {0.0: self.scores['original']}
        points |= {self.best.t: self.scores['unlearned']}
        columns = ('retain_acc', 'forget_acc', 'forget_nll', 'auc')
        rows = [(t, *map(points[t].get, columns)) for t in points]
        self.region = pd.DataFrame(rows, columns=('t', *columns)).sort_values('t')
        self.describe_tests(audits)

    def describe_tests(self, audits):
        """What the record says of the tests, in plain types; audits: of each model."""
        before, after = self.outputs['original'], self.outputs['unlearned']
        columns = [audits.get(name, [None] * len(self.targets)) for name in AUDITED]
        self.audits = list(map(describe_audit, self.targets, *columns))
        self.audits += list(map(describe_gone, self.untested))
        right = [{p: hits(*x[p]) / 100 for p in HARMED.values()} for x in (before, after)]
        self.harm = {
            name: measure_harm(*(r[part] for r in right), self.lost.get(name, 0.0))
            for name, part in HARMED.items()
        }
        labels = before['test_retain'][1]
        self.harm['classes'] = {
            self.data.classes[label]: {
                key: 100 * float(r['test_retain'][labels == label].mean())
                for key, r in zip(('before', 'after'), right)
            }
            for label in np.unique(labels)
        }
        expected = np.zeros(len(self.data.split.forget))
        for target in self.targets:
            if not target.is_earlier:
                expected[target.deleted[1]] = self.auditor.expect(target, before)
        columns = {'confidence_expected': expit(expected)}
        for name, outputs in (('before', before), ('after', after)):
            columns[f'right_{name}'] = hits(*outputs['train_forget']) > 0
            columns[f'confidence_{name}'] = expit(compute_margins(*outputs['train_forget']))
        rows = zip(self.data.list_samples(), *(values.tolist() for values in columns.values()))
        self.samples = [sample | dict(zip(columns, values)) for sample, *values in rows]
        cost = f'{self.retraining["minutes"]:.1f} minutes'
        surer = f'A retrained model as --retrain would tell more surely, in {cost}'
        if self.retrained is None and any(x.label is None for x in self.data.deletions):
            cost = f'{MORE_MODELS * self.reference_minutes:.1f} minutes'
            surer += f', and --audit_models={MORE_MODELS} somewhat more, in {cost}'
        self.verdict = make_verdict(self.audits, self.harm, f'{surer}.')

    def log_round(self, name, rate, best):
        """A line of what was done, with the seconds that were spent before it."""
        scores, spent = best.evaluated[best.t], sum(self.seconds.values())
        accuracies = f'retain {scores["retain_acc"]:6.2f}  forget {scores["forget_acc"]:6.2f}'
        auc = f'auc {scores["auc"]:.3f}  {spent:.0f} of {self.budget:.0f} s'
        self.log(f'{name:12}  rate {rate:<8.3g}  t {best.t:.3f}  {accuracies}  {auc}')

    def collect_state(self):
        """All that `restore_state` needs, in tensors and plain types."""
        state = {name: getattr(self, name) for name in STATE} | {'best': tuple(self.best)}
        return state | {name: getattr(self, name).state_dict() for name in ('net', 'unlearned')}

    def restore_state(self, state):
        """Go on where a search of the same request stopped."""
        seconds = {stage: s + state['seconds'][stage] for stage, s in self.seconds.items()}
        vars(self).update({name: state[name] for name in STATE}, seconds=seconds)
        self.best = BestPoint(*state['best'])
        self.net, self.unlearned = copy.deepcopy(self.original), copy.deepcopy(self.original)
        for name in ('net', 'unlearned'):
            getattr(self, name).load_state_dict(state[name])


def list_targets(data, batch_size):
    """({part: loader} of all that is audited, the `Target`s in it, the names of earlier deletions
    that cannot be tested)."""
    loaders, targets, labels = data.loaders(batch_size), [], data.targets[1]
    untested = []
    everything = lambda part: (part, np.ones(len(loaders[part].indices), dtype=bool))  # noqa: E731
    for deletion in data.deletions:
        forget = data.parts['train_forget']
        mask = torch.isin(forget, deletion.indices.to(forget.device)).cpu().numpy()
        unseen = everything('test_retain')
        if deletion.label is not None:
            part = 'test_forget' if 'test_forget' in loaders else 'test_retain'
            unseen = part, (labels[data.parts[part]] == deletion.label).cpu().numpy()
        targets.append(Target(deletion.name, deletion.label, ('train_forget', mask), unseen))
    classes = [x.label for x in (*data.deletions, *data.chain) if x.label is not None]
    gone = torch.isin(data.targets[0], torch.tensor(classes, device=data.targets[0].device))
    for number, (name, label, indices) in enumerate(data.earlier):
        if label is None:  # of a list, what is not of a class that was forgotten since
            indices = indices[~gone[indices].cpu()]
        if not len(indices) or label is not None and not (labels == label).any():
            untested.append(name)
            continue
        part, unseen = f'earlier{number}', 'test_retain'
        loaders[part] = data.loader('train', batch_size=batch_size, indices=indices)
        if label is not None:
            unseen, indices = f'test{number}', (labels == label).nonzero().flatten()
            loaders[unseen] = data.loader('test', batch_size=batch_size, indices=indices)
        targets.append(Target(name, label, everything(part), everything(unseen), is_earlier=True))
    return loaders, targets, untested


def attack_unseen(outputs, seed):
    """{unseen_mia_…: percent} of half of the test set that attacks call unseen, which learnt on the
    other half: what a model that never saw D_f would score, if D_f is like the test set."""
    parts = ('train_retain', 'test_retain')
    retain, test = ((softmax(outputs[p][0], axis=1), outputs[p][1]) for p in parts)
    halves = np.array_split(np.random.default_rng(seed).permutation(len(test[1])), 2)
    known, asked = ([values[rows] for values in test] for rows in halves)
    attacks = SVC_MIA(retain, known, asked, seed)
    return {f'unseen_mia_{key}': value for key, value in attacks.items()}


def choose_rate(rate, end_rate, trained):
    """The rate of the next round by the scores of the model that a round has trained. It doubles
    while that remembers, halves while accuracy suffers, though not to nothing, and else comes back
    to the rate of the end."""
    if trained['remembers'] and trained['harm'] < MAX_DROP:
        return 2.0 * rate
    if trained['harm']:
        return max(0.5 * rate, MIN_RATE * end_rate)
    return min(2.0 * rate, end_rate) if rate < end_rate else rate


def margins_of(outputs):
    """{part: margins (N,)} of a model's {part: (logits, labels)}."""
    return {part: compute_margins(*pair) for part, pair in outputs.items()}


# ---------------------------------------------------------------- the command


@with_exit_codes
def main(argv=None):
    folder, report = run_request(parse_args('forget', argv))
    print(format_summary(report), folder / 'report.html', sep='\n')
    verdict = report['verdict']
    print(f'{verdict["decision"]}: {verdict["text"]}')
    if code := EXIT_CODES[verdict['decision']]:
        raise SystemExit(code)


def run_request(args):
    """Carry out a request, or what is left of it; returns (its folder, the report)."""
    # What is given. All of it is checked before an image is decoded.
    require_flags(args, original_pth='it is the model that is to forget')
    original = load(args.original_pth, 'original_pth', kind='model')
    refuse_unlearned(original, args.allow_unlearned or 'deletions' in original)
    args = inherit(args, [original], default_dataset=None)
    if args.dataset == 'ImageFolder':
        require_flags(args, image_size='the file of the original does not say it')
    device = pick_device(args.device)
    flags = select(args, 'data'), select(args, 'split'), args.data_path, args.seed
    more = {'bn_samples': args.bn_samples, 'with_copies': args.with_copies}
    data = open_split(*flags, predecessor=original, **more)
    net = load_network(original, args.model, len(data.classes), data.recipe.size)
    retrained, weights = None, digest_start(net)
    if args.retrain:
        content = load(args.retrain, 'retrain', kind='model')
        retrained = load_network(content, args.model, len(data.classes), data.recipe.size)
        weights['retrained'] = digest_parameters(retrained)
        refuse_other_reference(weights, content, data)
    settings = {'config': select(args, *CONFIG), 'start': original.get('run', {})}
    info = RunInfo('forget', args.seed, weights=weights, **settings, **data.record)
    folder = Path(args.dir) / info.name
    working, final = folder / 'working.pt', folder / 'report.json'

    with lock(folder):  # first: what is found in the folder stays true
        if final.exists() and not args.overwrite:
            print('this request is finished already; --overwrite would carry it out again')
            report = read_json(final)
            if args.private_report and 'list' in report['request']:
                problem = f'{final}: names the samples.'
                raise InputError(problem, 'add --overwrite for a private report.')
            return folder, report
        data.load(device, args.num_workers)
        check_original(original, net.to(device), data)
        settings = args.seed, args.batch_size, print, partial(save, working)
        search = Search(net, data, device, *settings)
        epochs = args.retrain_epochs or find_epochs(original)
        models = args.audit_models, retrained, original.get('lost', {})
        search.start(args.budget, epochs, args.forget_base, *models)
        if working.exists():
            search.restore_state(read(working, 'dir'))
        search.run()

        # The files. An earlier report goes before the first, and the new one comes after the last.
        final.unlink(missing_ok=True)
        write_models(folder, search, info)
        fields = {name: getattr(args, name) for name in RECORD}
        settings = info.data | select(args, 'result', 'seed') | {'budget': args.budget}
        settings |= {'batch_size': search.batch_size, 'allow_unlearned': args.allow_unlearned}
        origin = original, args.command, describe_recipe(data.recipe)
        report = make_report(search, info.split, fields, settings, *origin)
        if args.private_report:
            report = hide_samples(report)
        write_record(folder, search, report)
        working.unlink()
        write_json(final, report)
    return folder, report


def refuse_other_reference(weights, content, data):
    """Raise InputError where what is given as retrained is the original, a model of another method
    or one that was retrained without other samples. weights: digests of both."""
    refuse_other_data(content, data)
    is_other = content.get('run', {}).get('method', 'retrain') != 'retrain'
    if weights['retrained'] == weights['parameters'] or is_other or forgets_others(content, data):
        problem = f'{content["source"]}: is not a model that was retrained without these samples.'
        raise InputError(problem, 'give a model that never saw the samples, or leave it out.')


def find_epochs(original):
    """The epochs that a model, or the first of its chain, was trained for; None where its file does
    not say."""
    if 'deletions' in original:
        return original['retrain_epochs']
    is_trained = original.get('run', {}).get('method', 'baseline') in ('baseline', 'retrain')
    epochs = original.get('epoch')
    return epochs if is_trained and isinstance(epochs, int) else None


def write_record(folder, search, report):
    """The weights of the unlearned model, whose hash the report gets, the figure and the page."""
    file = save_weights(folder / 'unlearned_state_dict', search.unlearned.state_dict())
    report['files']['unlearned'] |= {'file': file.name, 'sha256': hash_file(file)}
    _, picture = draw_request(search.region, search.best.t, folder / 'region')
    atomic_write(folder / 'report.html', format_html(report, picture.read_bytes()).encode())


def write_models(folder, search, info):
    """The unlearned model with its record, and its scores for the table."""
    end = dataclasses.replace(info, method=search.end_name, config={'lr': search.end_rate}, name='')
    seconds = {'pre': search.seconds['ends'], 'search': search.seconds['search']}
    info = dataclasses.replace(info, end=end.to_dict(), seconds=seconds)
    state = {name: tensor.cpu() for name, tensor in search.unlearned.state_dict().items()}
    content = {'format': FORMAT, 'kind': 'model', 'flags': {}, 'run': info.to_dict()}
    content |= {'epoch': len(search.rounds), 'model_state': state, 'optimizer_state': {}}
    epochs = search.retraining['epochs'] if search.retraining['known'] else None
    lost = {name: max(search.harm[name]['lost'], 0.0) for name in HARMED}  # gains pay for nothing
    content |= {'t': search.best.t, 'retrain_epochs': epochs, 'lost': lost}
    content['deletions'] = search.data.record_deletions()
    save(folder / RESULT, content)

    scores = search.scores
    write_scores(folder, info, scores['unlearned'], scores['original'], stem='scores')


if __name__ == '__main__':
    main()
