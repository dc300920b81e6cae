"""The work of a deletion request on one network: two cheap ends, a curve, rounds of its search.

Each round is measured: the rate doubles where the middle of the curve still knows D_f, and halves
where D_r suffers. The work ends where the goal is reached, where the budget is used up, or where
rounds in a row diverge.
"""

import copy
import itertools
import math
import time
from collections import defaultdict
from contextlib import contextmanager
from functools import partial

import pandas as pd
import torch

from curves import CurveNet
from data import make_generator
from evaluation.alignment import MOST_LOST, set_goal
from evaluation.metrics import hits, nll
from lib.device import read_clock, restore_generators
from lib.distributed import progress
from lib.errors import Diverged, NotFinite
from unlearn import METHODS, Context, train_epoch
from utils import LEAST_STATISTICS, halve, measure, predict, score, score_original, update_bn

ENDS = ('finetune', 'randomlabel')  # the pre-unlearning methods that are tried
END_STEPS, STEPS = 30, 60  # of an end, and of a round
RATE = 3e-4  # the first, of Adam
SEARCH = {'forget_loss': 'right'}  # as --preset=best
LEAST_STEPS, SMALLEST, LARGEST = 20, 16, 128  # of a pass over D; samples of a batch
SAMPLES = 500  # of D_r, for a look at a point
LOOKS = (0.4, 0.6, 0.8, 1.0)  # values of t
BEND = 0.5  # the most that the bend weighs in a point
JUDGED_T, LEAST_T = LOOKS[1], 0.3  # the t whose look sets the next rate; the least t of a look
REFINED = 1  # more looks, halfway to a neighbour of the best
MOST_DIVERGED = 5  # rounds in a row, each at a quarter of the rate before
MOST_FARTHER = 10.0  # points: an end so much farther than the original is tried at a lower rate
MOST_DROP = 10.0  # points on D_r: a round that costs more was too fast
BUDGET, LEAST_BUDGET = 0.25, 60.0  # share of retraining's time; seconds
EPOCHS = 100  # of retraining, where nothing says how long the original was trained
TIMED = 4  # steps that are timed
TRIES = 3  # of an end, each at a quarter of the rate before
STATE = ('passes', 'rounds', 'rate', 'stopped', 'end_name', 'end_seen', 'end_rate', 'best', 'line')
NAMES = {'end': 'pre-unlearning model'}  # in sentences
STRAIGHT = 'It lies on the straight line: no round of the search found a nearer point.'
REACHED, SPENT = 'the goal was reached', 'the budget was used up'
AGAIN = 'retrain, or begin anew with a larger budget'
BAR = '{l_bar}{bar}| {elapsed}, {remaining} left at most'


class Search:
    """The work of one request on one network: `start`, `run`, `finish`, in this order.

    data: a `data.Data`, loaded. say: gets a line of what is done. keep: is called with
    `collect_state()` after the ends and after each round.
    """

    def __init__(self, original, data, device, seed=42, batch_size=None, say=print, keep=None):
        self.original, self.data, self.device = original.to(device).eval(), data, device
        self.seed, self.say, self.keep = seed, say, keep or (lambda state: None)
        size = 2 ** round(math.log2(max(len(data.parts['train']) / LEAST_STEPS, 1)))
        self.batch_size = batch_size or min(max(size, SMALLEST), LARGEST)
        self.seconds, self.bar = defaultdict(float), progress(count=0)
        self.passes, self.rounds, self.rate, self.best = 0, [], RATE, None
        self.stopped = self.end_name = self.since = None

    # -------- what is known at the beginning

    def start(self, budget=None, epochs=EPOCHS, forget_base=None):
        """Measure the original and the speed of training; set the goal and the budget.

        budget: seconds; None: a quarter of what retraining for so many epochs takes, at least 60.
        forget_base: as `set_goal` takes it.
        """
        with self.clock('scores'):
            loaders = self.data.loaders(self.batch_size)
            found = {part: predict(self.original, loader) for part, loader in loaders.items()}
            self.scores = {'original': score_original(found, seed=self.seed)}
            self.goal = set_goal(found, self.data.split.forget_class, forget_base)
            self.open_looks(hits(*found['train_retain']))
            self.original_seen = self.estimate(self.original)
            seconds = self.time_sample()
        with self.clock('choice'):
            self.tell_stale(self.look(copy.deepcopy(self.original)))
        self.epochs = epochs
        self.retraining = epochs * len(self.data.parts['train_retain']) * seconds
        self.budget = budget or max(BUDGET * self.retraining, LEAST_BUDGET)

    def tell_stale(self, fresh):
        """Say where fresh BatchNorm statistics alone make the original another model; fresh: what
        it is then seen to do."""
        own, retain = self.original_seen['retain'], fresh['retain']
        if abs(retain - own) > MOST_LOST:
            said = f'on what is kept the original scores {own:.1f} %, and {retain:.1f} % with fresh'
            self.say(f'{said} BatchNorm statistics, which every point of the curve gets: the goal')
            self.say('may be out of reach. Fix: recompute its statistics by utils.update_bn.')

    def open_looks(self, right):
        """Open the loaders for a look at a model: a sample of D_r, and all of D_f.

        right: (N,), 100 where the original is right on D_r, else 0. The mean of right minus its
        mean on the sample is added to each model's accuracy on the sample, because all models fail
        on much the same samples.
        """
        rows = self.data.parts['train_retain']
        indices = self.data.sample('train_retain', SAMPLES, 'retain samples')
        self.shift = right.mean() - right[torch.isin(rows, indices).cpu().numpy()].mean()
        how = {'batch_size': LARGEST, 'keep': True}
        self.look_loaders = [self.data.loader('train_retain', indices=indices, **how)]
        self.look_loaders.append(self.data.loader('train_forget', **how))

    def time_sample(self):
        """Seconds that a training step takes for each sample, measured on a few."""
        net, times = copy.deepcopy(self.original), []
        self.train(net, 'finetune', 0.0, TIMED + 1, times)  # a first step has more to do
        size = min(self.batch_size, len(self.data.parts['train_retain']))
        return (times[-1] - times[0]) / (TIMED * size)

    # -------- steps and looks

    @contextmanager
    def clock(self, stage):
        """Count the seconds of a stage of the work."""
        self.since = began = read_clock(self.device)
        yield
        self.seconds[stage] += read_clock(self.device) - began
        self.since = None
        self.tick()

    def tick(self):
        """Show on the bar how much of the budget is spent."""
        spent = min(self.sum_seconds(), self.bar.total or 0)
        self.bar.update(max(spent - self.bar.n, 0))

    def sum_seconds(self):
        """Seconds of all stages so far."""
        running = time.perf_counter() - self.since if self.since else 0.0
        return sum(self.seconds.values()) + running

    def train(self, model, name, rate, steps, times=None, **context):
        """Take `steps` steps of a method (a name of METHODS), at a rate that falls to 0 as a
        cosine. times: a list that gets the seconds of the clock after each step."""
        method = METHODS[name]
        free = [p for p in model.parameters() if p.requires_grad]
        fused = self.device.type in ('cpu', 'cuda')
        optimizer = torch.optim.Adam(free, rate, fused=fused)  # on any network the same rates work
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
        optimizer.register_step_post_hook(lambda *_: schedule.step())
        bases = {'retain_base': self.goal.retain, 'forget_base': self.goal.forget}
        draws = make_generator('draws', self.seed, self.passes)
        seed = make_generator('layers', self.seed, self.passes).initial_seed()
        loss = partial(method.loss, context=Context(draws, **bases, **context))
        with restore_generators(self.device, seed):
            train_epoch(model, self.draw_batches(method, steps, times), loss, optimizer, name)

    def restore_buffers(self, net):
        """Give a network that was trained the original's buffers again: all points of a curve share
        them, and BatchNorm's statistics are made anew before each look."""
        own = dict(net.named_buffers())
        for name, buffer in self.original.named_buffers():
            own[name].copy_(buffer)

    def draw_batches(self, method, steps, times=None):
        """So many batches of what a method trains on, pass after pass."""
        how = {'train': True, 'batch_size': self.batch_size, 'seed': self.seed}
        while steps:
            self.passes += 1
            for part in method.list_passes(0):
                indices = self.draw_indices(part, steps * self.batch_size)
                loader = self.data.loader(part, epoch=self.passes, indices=indices, **how)
                for batch in itertools.islice(loader, steps):
                    yield batch
                    steps -= 1
                    if times is not None:
                        times.append(read_clock(self.device))
                    self.tick()

    def draw_indices(self, part, most):
        """The indices of a pass over a part, at most so many. At least a tenth of them are of D_f,
        or all that there are: what a round does not see it cannot forget."""
        indices = self.data.parts[part]
        if len(indices) <= most:
            return indices
        order = torch.randperm(
            len(indices), generator=make_generator('pass', self.seed, self.passes)
        )
        indices = indices[order.to(indices.device)]
        flags = self.data.forget[0][indices]
        own = indices[flags]
        count = max(most * len(own) // len(indices), min(len(own), most // 10))
        return torch.cat([own[:count], indices[~flags][: most - count]]).sort().values

    def estimate(self, net):
        """`seen` of a network, for `Goal`, by the loaders of a look: {retain, forget: percent;
        forget loss: nats}."""
        retain, forget = (predict(net, loader) for loader in self.look_loaders)
        seen = {'retain': min(float(hits(*retain).mean() + self.shift), 100.0)}
        return seen | {'forget': float(hits(*forget).mean()), 'forget loss': nll(*forget)}

    def look(self, net):
        """`estimate` of a network, after its BatchNorm statistics are recomputed."""
        update_bn(net, self.data.bn_loader(most=LEAST_STATISTICS))
        return self.estimate(net)

    def look_along(self, curve, ts, refined, before):
        """{t: `look` of φ(t)} at ts, and at `refined` more t, each halfway between the best t and
        its farther neighbour. before: {t: seen} of the points that need no second look."""
        seen = dict(before)
        for t in ts:
            seen[t] = seen[t] if t in seen else self.look(curve.at(t))
        for _ in range(refined):
            t = halve(seen, self.choose(seen), LEAST_T, 1.0)
            seen[t] = self.look(curve.at(t))
        return seen

    def choose(self, seen):
        """The t of the nearest point to the goal."""
        return min(seen, key=lambda t: self.goal.objective(seen[t]))

    # -------- the two ends, the rounds

    def run(self):
        """The ends, and rounds of the search until the goal is met or the budget is used up."""
        self.bar = progress(name='request', count=self.budget, form=BAR)
        if self.end_name is None:
            with self.clock('ends'):
                self.make_end()
            self.keep(self.collect_state())
        while self.stopped is None:
            with self.clock('search'):
                self.search_round()
            self.stopped = self.find_stop()
            self.keep(self.collect_state())
        self.curve.points[1].data.copy_(self.best['bend'])

    def make_end(self):
        """Try the pre-unlearning methods, and lay the curve to the nearest to the goal."""
        tried = {name: found for name in ENDS if (found := self.try_end(name))}
        if not tried:
            raise Diverged('every pre-unlearning model diverged.', 'look at the original.')
        self.end_name = min(tried, key=lambda name: self.goal.objective(tried[name][0]))
        self.end_seen, net, self.end_rate = tried[self.end_name]
        self.curve = self.lay_curve(net)
        self.keep_best(self.look_along(self.curve, LOOKS, REFINED, {1.0: self.end_seen}))
        self.line = {'t': self.best['t'], 'seen': self.best['seen']}

    def try_end(self, name):
        """(what it is seen to do, the network, its rate) of a pre-unlearning method, at a lower
        rate where it fails; None where it diverges at all of them. A lower rate that does not fail
        stays."""
        tries, objective = [], self.goal.objective
        for rate in (self.rate / 4**count for count in range(TRIES)):
            net = copy.deepcopy(self.original)
            try:
                self.train(net, name, rate, END_STEPS)
                self.restore_buffers(net)
                tries.append((self.look(net), net, rate))
            except (Diverged, NotFinite):
                continue
            self.tell(name, rate, tries[-1][0])
            if objective(tries[-1][0]) < objective(self.original_seen) + MOST_FARTHER:
                self.rate = rate
                break
        return min(tries, key=lambda found: objective(found[0]), default=None)

    def lay_curve(self, end):
        """The curve from the original to the end, straight at first. What is frozen in the original
        stays on the straight line, on which it is the same everywhere."""
        mask = {k: torch.tensor(p.requires_grad) for k, p in self.original.named_parameters()}
        curve = CurveNet(self.original, 'Bezier', num_bends=3, mask=mask)
        curve.set_point(-1, end)
        curve.init_linear()
        return curve.to(self.device)

    def search_round(self):
        """One round: steps, looks, the best point kept, the next rate."""
        bend = self.curve.points[1]
        before, number = bend.detach().clone(), len(self.rounds) + 1
        row = {'rate': self.rate, 'steps': STEPS}
        self.rounds.append(row)
        try:
            self.train(self.curve, 'dynamic', self.rate / BEND, STEPS, **SEARCH)
            self.restore_buffers(self.curve.net)
            seen = self.look_along(self.curve, LOOKS, REFINED, {1.0: self.end_seen})
        except (Diverged, NotFinite):
            bend.data.copy_(before)
            self.restore_buffers(self.curve.net)
            self.say(f'round {number}: diverged at a rate of {self.rate:.3g}')
            self.rate /= 4
            return
        t = self.choose(seen)
        row |= seen[t] | {'gap': self.goal.gap(seen[t]), 't': t}
        self.tell(f'round {number}', self.rate, seen[t], t)
        self.keep_best(seen)
        self.rate *= self.adapt(seen[JUDGED_T])

    def keep_best(self, seen):
        """Keep the bend as it is if its best point is the nearest to the goal so far. seen: {t:
        what was seen there}."""
        t, best, objective = self.choose(seen), self.best, self.goal.objective
        if best is None or objective(seen[t]) < objective(best['seen'][best['t']]):
            self.best = {'bend': self.curve.points[1].detach().clone(), 't': t, 'seen': seen}

    def adapt(self, seen):
        """What the rate is multiplied by, from what the point at JUDGED_T is seen to do."""
        goal = self.goal
        if seen['forget'] > goal.forget + goal.acc_error:  # not forgotten even there
            return 2.0 if seen['retain'] > goal.original_retain - MOST_DROP else 0.5
        return 0.5 if goal.measure_harm(seen) else 1.0

    def find_stop(self):
        """Why the search ends now; None where it goes on."""
        original = describe_scores(self.scores['original'])
        seen, t = self.best['seen'], self.best['t']
        if self.goal.is_met(seen[t], original):
            measured = self.measure_best()
            if self.goal.is_met(measured, original):
                return REACHED
            seen[t] = {key: measured[key] for key in seen[t]}
            self.best['t'] = self.choose(seen)
        last = self.rounds[-MOST_DIVERGED:]
        if len(last) == MOST_DIVERGED and not any('gap' in row for row in last):
            return f'the last {MOST_DIVERGED} rounds diverged'
        return SPENT if self.is_spent() else None

    def is_spent(self):
        """Whether the budget has no room for one more round, and the scores at the end."""
        one = self.seconds['search'] / len(self.rounds)
        scores = 3 * self.seconds['scores']  # of three more models
        return self.sum_seconds() + one + scores > self.budget

    def measure_best(self):
        """What the best point does on all samples, with statistics from all of D_r."""
        loaders, bend = self.data.loaders(self.batch_size), self.curve.points[1]
        now = bend.detach().clone()
        bend.data.copy_(self.best['bend'])
        with self.clock('choice'):
            net = self.build(self.curve.at(self.best['t']))
            found = {part: predict(net, loaders[part]) for part in ('train_retain', 'train_forget')}
        bend.data.copy_(now)
        return describe_scores(score(found, mia=False))

    # -------- what comes of it

    def finish(self):
        """Choose the point and that of the straight line, score the three new models on everything,
        and look at φ(0). Sets t, net, end, region, is_straight, ts and seen, and adds to scores."""
        straight = self.lay_curve(self.curve.at(1.0))
        with self.clock('choice'):
            more = 0 if self.stopped == REACHED else 2 * REFINED  # that point was confirmed
            walked = self.look_along(self.curve, (), more, self.best['seen'])
            self.t = self.choose(walked)
            self.net = self.build(self.curve.at(self.t))
        with self.clock('scores'):
            line = self.build(straight.at(self.line['t']))
            self.end = self.build(self.curve.at(1.0))
            nets = {'end': self.end, 'straight line': line}
            loaders = self.data.loaders(self.batch_size)
            for name, net in (nets | {'unlearned': self.net}).items():
                self.scores[name] = measure(net, loaders, seed=self.seed, name=name)
            walked[0.0] = self.look(self.curve.at(0.0))
        rows = [{'t': t, **seen, 'gap': self.goal.gap(seen)} for t, seen in sorted(walked.items())]
        self.region = pd.DataFrame(rows)
        self.is_straight = torch.equal(self.curve.points[1], straight.points[1])
        self.ts = {'end': 1.0, 'straight line': self.line['t'], 'unlearned': self.t}
        self.seen = {name: describe_scores(scores) for name, scores in self.scores.items()}
        self.bar.close()

    def build(self, net):
        """A network with fresh BatchNorm statistics from all of D_r, frozen as the original is."""
        for name, parameter in self.original.named_parameters():
            net.get_parameter(name).requires_grad_(parameter.requires_grad)
        update_bn(net, self.data.bn_loader())
        return net

    def judge(self):
        """(whether the unlearned model is to be used, the nearest model, a sentence on it)."""
        ranks = {name: self.goal.objective(seen) for name, seen in self.seen.items()}
        best = min(ranks.values())
        nearest = 'unlearned' if ranks['unlearned'] == best else min(ranks, key=ranks.get)
        gap, tolerance = self.goal.gap(self.seen['unlearned']), self.goal.tolerance
        is_met = self.goal.is_met(self.seen['unlearned'], self.seen['original'])
        reached = f'It is {gap:.2f} points from the goal; at most {tolerance:.2f} are allowed.'
        lost = self.goal.measure_harm(self.seen['unlearned'])
        harmed = f'{reached} But what is kept lost more than {MOST_LOST:g} points: {AGAIN}.'
        if nearest == 'original' and self.goal.gap(self.seen['original']) <= tolerance:
            words = 'The original itself is within the tolerance: it knows these samples hardly '
            words += 'better than unseen ones, and no nearer model was found. Retrain to be sure.'
        elif nearest != 'unlearned':
            other, name = self.goal.gap(self.seen[nearest]), NAMES.get(nearest, nearest)
            words = f'The {name} is nearer to the goal ({other:.2f} points, against {gap:.2f}).'
            if other >= gap:
                words = f'The {name} is as near to the goal in accuracy, and nearer in loss.'
                words = harmed if lost else words
        elif gap > tolerance:
            words = f'{reached} It is not near enough: {AGAIN}.'
        elif lost:
            words = harmed
        elif not is_met:
            words = f'{reached} So few samples show too little, and its loss on them is not near '
            words += f'enough: {AGAIN}.'
        else:
            words = f'{reached} None of the other models is nearer'
            gaps = (self.goal.gap(self.seen[name]) for name in ranks)
            words += ', loss on the samples included.' if min(gaps) < gap else '.'
        if nearest == 'unlearned' and self.is_straight:
            words += f' {STRAIGHT}'
        return nearest == 'unlearned' and is_met, nearest, words

    def tell(self, name, rate, seen, t=None):
        """A line of what was done."""
        words = [f'{name:12}', f'rate {rate:<8.3g}', 't –    ' if t is None else f't {t:.3f}']
        words += [f'{key} {seen[key]:6.2f}' for key in ('retain', 'forget')]
        words += [f'gap {self.goal.gap(seen):5.2f}', f'{self.sum_seconds():.0f} s']
        self.say('  '.join(words))

    def collect_state(self):
        """All that `restore_state` needs, in tensors and plain types: at most three models."""
        end = self.curve.points[-1].detach().cpu()
        state = {name: getattr(self, name) for name in STATE} | {'seconds': dict(self.seconds)}
        return state | {'end': end, 'bend': self.curve.points[1].detach().cpu()}

    def restore_state(self, state):
        """Go on where a search of the same request stopped; after `start`."""
        for name in STATE:
            setattr(self, name, state[name])
        self.seconds.update(state['seconds'])
        if self.stopped == SPENT and not self.is_spent():
            self.stopped = None  # this time with a larger budget
        self.curve = self.lay_curve(self.original)
        self.curve.points[-1].data.copy_(state['end'])
        self.curve.points[1].data.copy_(state['bend'])


def describe_scores(scores):
    """The scores of a model in the words of a report."""
    names = {'retain': 'rr_acc', 'forget': 'rf_acc', 'test': 'tr_acc', 'test forgotten': 'tf_acc'}
    seen = {name: scores[key] for name, key in names.items()} | {'forget loss': scores['rf_nll']}
    return seen | {'mia': {k[4:]: float(v) for k, v in scores.items() if k.startswith('mia_')}}
