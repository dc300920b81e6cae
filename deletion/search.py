"""The search for an unlearned model: ends, rounds, and when to stop.

Two cheap pre-unlearning models are made, the nearer one is trained further by `align` in rounds,
and each round tests points on the straight line from the original to the trained model.
"""

import copy
import itertools
from functools import partial
from typing import NamedTuple

import numpy as np
import torch

from curves import CurveNet
from deletion.verdict import HARMED, MAX_LOST, Auditor, find_farthest
from evaluation.metrics import accuracy
from lib.errors import Diverged, NotFinite
from utils import BestPoint, best_point, count_samples, score

ENDS = ('finetune', 'randomlabel')  # the pre-unlearning methods that are tried
RATES = (3e-4, 3e-4 / 4, 3e-4 / 16)  # of an end, by Adam: on any network the same rates work
END_STEPS, STEPS = 30, 60  # of an end, and of a round
MIN_T = 0.4  # the least t that a round tests on the line to the trained model
MAX_EVALUATIONS = 4  # of a round
MAX_FARTHER = 10.0  # points: an end so much farther than the original is made at a lower rate
MAX_DROP = 10.0  # points beyond MAX_LOST: training that costs more was too fast, and is undone
MIN_RATE = 1 / 16  # of a round, as a share of the end's rate
MAX_DIVERGED = 5  # rounds in a row


class Progress(NamedTuple):
    """How far a search is."""

    net: torch.nn.Module  # trained so far
    unlearned: torch.nn.Module  # the best point
    best: BestPoint  # where that lies, and its scores
    rate: float  # of the next round
    end_name: str  # the method of the pre-unlearning model
    end_rate: float
    rounds: tuple = ()  # a dict each

    def to_state(self):
        """All that `from_state` needs, in tensors and plain types."""
        networks = {name: getattr(self, name).state_dict() for name in ('net', 'unlearned')}
        return self._asdict() | networks | {'best': tuple(self.best)}

    @classmethod
    def from_state(cls, state, original):
        """Where a search of the same request stopped."""
        networks = {name: copy.deepcopy(original) for name in ('net', 'unlearned')}
        for name, net in networks.items():
            net.load_state_dict(state[name])
        return cls(**state | networks | {'best': BestPoint(*state['best'])})


class SearchResult(NamedTuple):
    """progress: at the end; stopped: why it ended; outputs: {part: (logits, labels)} of the
    unlearned model, None where they were not confirmed."""

    progress: Progress
    stopped: str
    outputs: dict | None


# ---------------------------------------------------------------- how far a model is from the goal


class Measure(NamedTuple):
    """How far models are from the goal, by their outputs on some samples."""

    auditor: Auditor  # of these samples
    before: dict  # the outputs of the original on them
    lost: dict  # points that earlier requests have cost

    def score(self, outputs):
        """The scores of a model; with the AUC that is farthest from 0.5, what the search minimises
        (`distance`), and whether that is enough (`is_met`)."""
        scores = score(outputs, mia=False)
        audits = self.auditor.audit(outputs)
        scores['auc'] = find_farthest(audits)
        scores['remembers'] = any(a.auc > 0.5 + a.error or a.share for a in audits)
        far = 100 * np.mean([abs(audit.auc - 0.5) + audit.share for audit in audits])
        lost = [
            self.lost.get(name, 0.0) + accuracy(*self.before[part]) - accuracy(*outputs[part])
            for name, part in HARMED.items()
        ]
        scores['harm'] = sum(max(points - MAX_LOST, 0.0) for points in lost)
        scores['distance'] = float(far) + sum(max(points - MAX_LOST / 2, 0.0) for points in lost)
        scores['is_met'] = all(audit.is_near() for audit in audits) and not scores['harm']
        return scores


def open_samples(data, loaders, outputs, auditor, lost, retain_acc, batch_size):
    """(the loaders of the samples of each part on which rounds are measured, their `Measure`);
    retain_acc: the original's accuracy on D_r in percent, outputs: its outputs on all samples."""
    rows, sampled = {}, {}
    for part, loader in loaders.items():
        indices = data.draw(loader.indices, count_samples(retain_acc))
        if part.startswith('test'):  # with unseen samples of the labels of the deleted ones
            wanted = np.isin(outputs[part][1], outputs['train_forget'][1])
            alike = loader.indices[torch.from_numpy(wanted).to(loader.indices.device)]
            alike = data.draw(alike, count_samples(retain_acc))
            indices = torch.cat([indices, alike.to(indices.device)]).unique()
        rows[part] = torch.isin(loader.indices.to(indices.device), indices).cpu().numpy()
        sampled[part] = data.loader(part, batch_size=batch_size, indices=indices, keep=True)
    before = {part: [values[rows[part]] for values in outputs[part]] for part in rows}
    return sampled, Measure(auditor.select_rows(rows), before, lost)


def make_find_best(data, goal, loaders, measure):
    """find_best(line, t_min=MIN_T): the `BestPoint` of a line by a `Measure`."""
    return partial(
        best_point,
        data=data,
        bases=goal,
        t_min=MIN_T,
        t_max=1.0,
        distance=lambda scores: scores['distance'],
        max_evaluations=MAX_EVALUATIONS,
        loaders=loaders,
        score_point=measure.score,
    )


def lay_line(original, net):
    """The straight line from the original to a network."""
    line = CurveNet(original, 'PolyChain', num_bends=2)
    line.set_point(-1, net)
    return line.to(next(original.parameters()).device)


# ---------------------------------------------------------------- the search


def search(original, train, find_best, confirm, start_distance, budget, log, progress, save):
    """Search until a point's AUCs are near 0.5 on all samples, rounds diverge or the budget is used
    up; returns the `SearchResult`.

    train(model, method, rate, steps, address): as `Trainer.train` with the goal. find_best: as of
    `make_find_best`. confirm(net): (scores, outputs) on all samples, with statistics of its own.
    start_distance: of the original. budget: a `Budget`. progress: where an interrupted search goes
    on, or None; save(progress): called after each stage.
    """
    if progress is None:
        with budget.clock.count('ends'):
            progress = make_end(original, train, find_best, start_distance, budget, log)
        save(progress)
    else:
        log(f'going on after round {len(progress.rounds)}')
    while True:
        progress, stopped, outputs = find_stop(progress, confirm, budget)
        if stopped:
            return SearchResult(progress, stopped, outputs)
        with budget.clock.count('search'):
            progress = search_round(original, train, find_best, progress, budget, log)
        save(progress)


def make_end(original, train, find_best, start_distance, budget, log):
    """Train each pre-unlearning method, at lower rates too where it diverges or ends much farther
    from the goal than the original; the nearest is where the search begins."""
    limit, ends = start_distance + MAX_FARTHER, {}
    for method, rate in itertools.product(ENDS, RATES):
        if any(key[0] == method and ends[key][0].distance < limit for key in ends):
            continue
        net = copy.deepcopy(original)
        try:
            train(net, method, rate, END_STEPS, (method, rate))
            best = find_best(lay_line(original, net), t_min=1.0)
        except NotFinite:
            continue
        log(describe_round(method, rate, best, budget))
        ends[method, rate] = best, net
    if not ends:
        raise Diverged('every pre-unlearning model diverged.', 'check the original.')
    method, rate = min(ends, key=lambda key: ends[key][0].distance)
    best, net = ends[method, rate]
    return Progress(net, lay_line(original, net).at(1.0), best, rate, method, rate)


def search_round(original, train, find_best, progress, budget, log):
    """One round: train, choose a point on the line to the trained model, update the best point, set
    the next rate."""
    net, rate, number = copy.deepcopy(progress.net), progress.rate, len(progress.rounds) + 1
    row = {'rate': rate, 'steps': STEPS}
    try:
        train(net, 'align', rate, STEPS, number)
        line = lay_line(original, net)
        best = find_best(line)
    except NotFinite:
        log(f'round {number}: diverged at a rate of {rate:.3g}')
        return progress._replace(rate=rate / 4, rounds=(*progress.rounds, row))
    scores, trained = best.evaluated[best.t], best.evaluated[1.0]
    row |= {'t': best.t, 'auc': scores['auc'], 'distance': best.distance}
    row |= {'retain': scores['retain_acc'], 'forget': scores['forget_acc']}
    log(describe_round(f'round {number}', rate, best, budget))
    if best.distance < progress.best.distance:
        progress = progress._replace(best=best, unlearned=line.at(best.t))
    if trained['harm'] < MAX_DROP:
        progress = progress._replace(net=net)
    rate = choose_rate(rate, progress.end_rate, trained)
    return progress._replace(rate=rate, rounds=(*progress.rounds, row))


def choose_rate(rate, end_rate, trained):
    """The rate of the next round by the scores of the model that a round has trained. It doubles
    while that remembers, halves while accuracy suffers, though not to nothing, and else comes back
    to the rate of the end."""
    if trained['remembers'] and trained['harm'] < MAX_DROP:
        return 2.0 * rate
    if trained['harm']:
        return max(0.5 * rate, min(rate, MIN_RATE * end_rate))
    return min(2.0 * rate, end_rate) if rate < end_rate else rate


def find_stop(progress, confirm, budget):
    """(the progress, why the search ends now, the confirmed outputs of the unlearned model); the
    reason is None where it goes on, for at least one round."""
    if not progress.rounds:
        return progress, None, None
    t, evaluated = progress.best.t, progress.best.evaluated
    if evaluated[t]['is_met']:  # by samples: confirm it
        with budget.clock.count('search'):
            scores, outputs = confirm(progress.unlearned)
        evaluated[t] |= scores
        if scores['is_met']:
            return progress, 'every AUC is near 0.5 on all samples', outputs
        progress = progress._replace(best=progress.best._replace(distance=scores['distance']))
    last = progress.rounds[-MAX_DIVERGED:]
    if len(last) == MAX_DIVERGED and not any('auc' in row for row in last):
        return progress, f'the last {MAX_DIVERGED} rounds diverged', None
    is_spent = budget.is_spent(len(progress.rounds))
    return progress, 'the budget was used up' if is_spent else None, None


def describe_round(name, rate, best, budget):
    """A line of what was done, with the seconds that were spent before it."""
    scores = best.evaluated[best.t]
    accuracies = f'retain {scores["retain_acc"]:6.2f}  forget {scores["forget_acc"]:6.2f}'
    spent = f'auc {scores["auc"]:.3f}  {budget.clock.sum():.0f} of {budget.seconds:.0f} s'
    return f'{name:12}  rate {rate:<8.3g}  t {best.t:.3f}  {accuracies}  {spent}'
