"""A few timed steps of Adam, as references, ends and rounds take them, and what they may cost."""

import copy
import itertools
import math
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

import torch

from deletion.samples import RequestData
from lib.device import read_clock, restore_generators
from lib.loaders import make_generator
from train import train_epoch
from unlearn import METHODS, Context

PASS_STEPS = 20  # of a pass over D, about
MIN_BATCH, MAX_BATCH = 16, 128  # samples
MIN_SHARE = 0.1  # of D_f in what a round trains on
TIMED_STEPS = 16
BUDGET, MIN_BUDGET = 0.25, 60.0  # share of retraining's time; seconds
EPOCHS = 100  # of retraining, where nothing says how long the original was trained


class Goal(NamedTuple):
    """What the search aims at: the alignment bases, accuracies in percent."""

    retain: float  # A_r
    forget: float  # A_f


class Clock:
    """The seconds of the work, by stage."""

    def __init__(self, device, seconds=()):
        self.device = device
        self.seconds = dict.fromkeys(('scores', 'references', 'ends', 'search'), 0.0)
        self.seconds |= dict(seconds)

    @contextmanager
    def count(self, stage):
        """Count the seconds of a stage."""
        began = read_clock(self.device)
        yield
        self.seconds[stage] += read_clock(self.device) - began

    def sum(self):
        return sum(self.seconds.values())


class Trainer(NamedTuple):
    """What each training of a request shares."""

    data: RequestData
    device: torch.device
    seed: int
    batch_size: int

    def train(self, model, method, rate, steps, address, goal=None, indices=None):
        """Take steps of a method, at a rate that falls to 0 as a cosine. address: of the draws;
        goal: the `Goal` of a method that has one; indices: of the samples, where not all are
        trained on."""
        row, address = METHODS[method], (self.seed, address)
        is_fused = self.device.type in ('cpu', 'cuda')
        optimizer = torch.optim.Adam(model.parameters(), rate, fused=is_fused)
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
        optimizer.register_step_post_hook(lambda *_: schedule.step())
        context = Context(make_generator('draws', address))
        if goal:
            context = context._replace(retain_base=goal.retain, forget_base=goal.forget)
        (part,) = row.trains_on
        passes = (self.open_pass(part, steps, (address, n), indices) for n in itertools.count())
        batches = itertools.islice(itertools.chain.from_iterable(passes), steps)
        with restore_generators(self.device, make_generator('layers', address).initial_seed()):
            train_epoch(model, batches, partial(row.loss, context=context), optimizer)

    def open_pass(self, part, steps, address, indices=None):
        """The loader of a training pass over a part, or over a sample of it that is enough for
        `steps`. Where the part has D_f, at least a tenth is from D_f, which a round has to see, and
        no more from earlier lists than from D_f."""
        count, sample = steps * self.batch_size, partial(self.data.sample, address=address)
        if indices is None:
            indices = sample(part, count)
            if part != 'train_retain':
                share = len(self.data.parts['train_forget']) / len(self.data.parts[part])
                forget = sample('train_forget', math.ceil(max(share, MIN_SHARE) * count))
                earlier = sample('earlier', min(len(forget), (count - len(forget)) // 2))
                retain = sample('train_retain', count - len(forget) - len(earlier))
                indices = torch.cat([forget, earlier, retain])
        return self.data.loader(part, True, self.batch_size, epoch=address, indices=indices)

    def time_step(self, original):
        """Seconds of a training step, the mean of TIMED_STEPS."""
        net = copy.deepcopy(original)
        self.train(net, 'finetune', 0.0, 1, 'warm up')  # a first step has more to do
        began = read_clock(self.device)
        self.train(net, 'finetune', 0.0, TIMED_STEPS, 'timed')
        return (read_clock(self.device) - began) / TIMED_STEPS


def choose_batch_size(total):
    """The batch size for `total` samples of D: a power of 2, about PASS_STEPS steps a pass."""
    size = 2 ** round(math.log2(max(total / PASS_STEPS, 1)))
    return min(max(size, MIN_BATCH), MAX_BATCH)


# ---------------------------------------------------------------- what the work may take


class Retraining(NamedTuple):
    """What retraining would take; is_known: the epochs are given, and not assumed."""

    epochs: int
    is_known: bool
    seconds: float


class Budget(NamedTuple):
    """The seconds that the work may take, and those that it has taken."""

    seconds: float
    clock: Clock

    def is_spent(self, rounds):
        """Whether there is no room for one more round, and for the scores of the result."""
        needed = self.clock.seconds['search'] / rounds + self.clock.seconds['scores']
        return self.clock.sum() + needed > self.seconds


def forecast_retraining(trainer, step_seconds, epochs):
    """The `Retraining` by the seconds of a step; epochs: None where nobody knows them."""
    total, is_known, epochs = (
        len(trainer.data.parts['train_retain']),
        bool(epochs),
        epochs or EPOCHS,
    )
    steps = total / min(trainer.batch_size, total)
    return Retraining(epochs, is_known, step_seconds * epochs * steps)


def find_epochs(original):
    """The epochs that a model, or the first of its chain, was trained for; None where its file does
    not say."""
    if 'deletions' in original:
        return original['retrain_epochs']
    is_trained = original.get('run', {}).get('method', 'baseline') in ('baseline', 'retrain')
    epochs = original.get('epoch')
    return epochs if is_trained and isinstance(epochs, int) else None
