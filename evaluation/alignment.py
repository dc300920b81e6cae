"""The rules by which t* is chosen, and how sure they are when D_r is only sampled; the goal of a
deletion request."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from evaluation.metrics import (
    alignment_gap,
    compute_log_probs,
    hits,
    jensen_shannon,
    losses,
    strike,
)

T_MIN, T_MAX = 0.75, 1.0  # MCU: where the optimal t is looked for
TEST = 'test_retain'
MOST_LEFT = 0.25  # of the way in loss, where D_f is too small for accuracies
MOST_LOST = 2.0  # points of the original's accuracy on D_r


class Rule(NamedTuple):
    """What t* is chosen by: the means of values(logits, labels) (N,) on D_r and D_f meet goals.

    meets_test: D_f is to meet the mean of the same point on the test set. tolerance: of the gap, in
    the values' unit; no sample grows to tell smaller differences apart. by_outputs: of the points
    that differ by less, the one whose outputs on D_f are nearest to those of the original with the
    class struck; all of D_r is measured.
    """

    values: Callable
    tolerance: float
    meets_test: bool = False
    by_outputs: bool = False


RULES = {
    'base': Rule(hits, 0.25),  # the paper's: accuracies meet A_r and A_f
    'self': Rule(hits, 0.25, meets_test=True),
    'loss': Rule(losses, 0.001),  # losses meet those of the original on D_r and on the test set
    'outputs': Rule(hits, 0.25, by_outputs=True),  # base; to forget a class alone
}
SEARCHED = ('path', *RULES)  # rows of eval_curve.py: the best of the path, by each rule
LINES = ('line', *(f'line-{rule}' for rule in RULES))  # the best of the straight line


class Candidate(NamedTuple):
    """A point that is measured: values on a sample of D_r (n,) and on D_f (m,), and their goals;
    distance: of points with equal gaps, the one with the least is preferred."""

    retain: np.ndarray
    forget: np.ndarray
    goals: tuple
    distance: float = 0.0

    def gap(self):
        """The alignment gap, in the values' unit."""
        return float(alignment_gap(self.retain.mean(), self.forget.mean(), *self.goals))

    def correct(self, reference, chosen):
        """This candidate, its values on D_r corrected for the draw of the sample (control variate).

        reference: another model's values on all of D_r (N,); chosen: (N,) bools, the sample. Each
        value loses the reference's value on its sample, and gains the reference's mean on D_r.
        Models of one path fail on much the same samples, so most of the sampling error cancels.
        """
        return self._replace(retain=self.retain - reference[chosen] + reference.mean())


def make_candidate(rule, predictions, goals, struck=None):
    """The `Candidate` of {part: (logits, labels)}; goals: those on D_r, D_f; struck:
    log-probabilities (N, C) on D_f that a rule by outputs measures the distance to."""
    values = {part: rule.values(*pair) for part, pair in predictions.items()}
    goals = (goals[0], values[TEST].mean()) if rule.meets_test else goals
    distance = 0.0
    if rule.by_outputs:
        distance = jensen_shannon(compute_log_probs(predictions['train_forget'][0]), struck)
    return Candidate(values['train_retain'], values['train_forget'], goals, distance)


def estimate_error(one, other, total):
    """The standard error of the difference of two gaps that comes from the sample of D_r.

    Both are measured on the same n of the `total` samples, drawn without replacement: the
    differences are paired, and the error is 0 where n is all.
    """
    signs = [np.where(c.retain.mean() < c.goals[0], -1, 1) for c in (one, other)]
    differences = (signs[0] * one.retain - signs[1] * other.retain) / 2
    n = len(differences)
    return float(differences.std() * np.sqrt((1 - n / total) / n))


def list_rivals(candidates, best, total, tolerance):
    """[best, its rivals …] of {t: Candidate}: the t that may prove better on more samples of D_r.

    The gap of a rival exceeds the best gap by less than the `estimate_error` of the two. Errors
    below the tolerance do not matter, nor errors below half the standard error on D_f, all of whose
    samples are measured already.
    """
    own = candidates[best]
    enough = max(tolerance, own.forget.std() / np.sqrt(len(own.forget)) / 2)
    errors = {t: estimate_error(own, other, total) for t, other in candidates.items() if t != best}
    close = (t for t, error in errors.items() if candidates[t].gap() - own.gap() < error)
    return [best, *(t for t in close if errors[t] > enough)]


# ---------------------------------------------------------------- the goal of a deletion request


class Goal(NamedTuple):
    """What a deletion request is to reach, and how surely it can be measured.

    Accuracies are in percent, losses in nats. `seen` is what a model was measured to do: {retain,
    forget: its accuracies on D_r and D_f; forget loss: its mean loss on D_f}.
    """

    retain: float  # the accuracy on D_r that is wanted
    forget: float  # that on D_f
    original_retain: float  # the original's accuracy on D_r, or A_r where no class is forgotten
    base_loss: float | None  # the original's mean loss on the test set; None: none is known
    original_loss: float  # the original's mean loss on D_f
    samples: int  # of D_f
    acc_error: float  # standard error of accuracy on D_f minus that on the test set, in points
    loss_error: float = 0.0  # that of the mean losses

    @property
    def tolerance(self):
        """Points of the alignment gap that chance alone explains, and RULES' own tolerance."""
        return self.acc_error / 2 + RULES['base'].tolerance

    def gap(self, seen):
        """The alignment gap in points."""
        return float(alignment_gap(seen['retain'], seen['forget'], self.retain, self.forget))

    def share_left(self, seen):
        """The share, at most 1, that is left of the way from the original's loss on D_f to the
        goal; 0 where none is known. The way is taken to be at least `loss_error` long."""
        if self.base_loss is None:
            return 0.0
        way = max(abs(self.original_loss - self.base_loss), self.loss_error, 1e-9)
        return min(abs(seen['forget loss'] - self.base_loss) / way, 1.0)

    def objective(self, seen):
        """What the search minimises: the gap, plus the points that D_r lost beyond MOST_LOST, plus
        `share_left` times what one forgotten sample counts."""
        loss = 50 / self.samples * self.share_left(seen)
        return self.gap(seen) + self.measure_harm(seen) + loss

    def measure_harm(self, seen):
        """How many points of accuracy D_r lost beyond MOST_LOST, which no small D_f excuses."""
        return max(self.original_retain - MOST_LOST - seen['retain'], 0.0)

    def is_met(self, seen, original):
        """Whether a model reaches the goal: its gap is within the tolerance, its `objective` is
        below the original's, and D_r lost at most MOST_LOST points. Where the original's gap is
        within the tolerance too, accuracies say too little: `share_left` must be at most
        MOST_LEFT."""
        if self.gap(seen) > self.tolerance or self.measure_harm(seen):
            return False
        if self.objective(seen) >= self.objective(original):
            return False
        return self.gap(original) > self.tolerance or self.share_left(seen) <= MOST_LEFT


def set_goal(predictions, forget_class=None, forget_base=None):
    """The `Goal` by the original's {part: (logits, labels)} on all parts of the data.

    To forget a class, the goal on D_r is the accuracy that the original has there if it may not
    answer with that class: a model that never saw the class mistakes no other sample for it. The
    error is binomial, of D_f and of the test set that the base is measured on; a rule of succession
    keeps it above 0 where all or none is right.

    forget_base: another accuracy that is wanted on D_f, in percent; then no loss is wanted there,
    and the error is that of D_f alone.
    """
    right = {part: hits(*pair) / 100 for part, pair in predictions.items()}
    count = len(right['train_forget'])
    original_loss = float(losses(*predictions['train_forget']).mean())
    if forget_class is None:
        everything = np.concatenate([right['train_retain'], right['train_forget']])
        retain = original_retain = 100 * float(everything.mean())
        test, values = right[TEST], losses(*predictions[TEST])
        rate, share = (test.sum() + 1) / (len(test) + 2), 1 / count + 1 / len(test)
        base, base_loss = 100 * float(test.mean()), float(values.mean())
        loss_error = float(values.std() * np.sqrt(share))
    else:
        base, base_loss, loss_error = 0.0, None, 0.0
        rate, share = 1 / (count + 2), 1 / count
        original_retain = 100 * float(right['train_retain'].mean())
        logits, labels = predictions['train_retain']
        retain = float(hits(strike(logits, [forget_class]), labels).mean())
    if forget_base is not None:
        base, base_loss, loss_error = forget_base, None, 0.0
        rate, share = (base / 100 * count + 1) / (count + 2), 1 / count
    error = 100 * float(np.sqrt(rate * (1 - rate) * share))
    return Goal(retain, base, original_retain, base_loss, original_loss, count, error, loss_error)
