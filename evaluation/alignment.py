"""The rules by which t* is chosen, and how sure they are when D_r is only sampled; the goal of a
deletion request."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from evaluation.metrics import alignment_gap, hits, losses

T_MIN, T_MAX = 0.75, 1.0  # MCU: where the optimal t is looked for
TEST = 'test_retain'
MOST_LEFT = 0.25  # of the way in loss, where D_f is too small for accuracies
MOST_LOST = 2.0  # points of accuracy on D_r


class Rule(NamedTuple):
    """What t* is chosen by: the means of values(logits, labels) (N,) on D_r and D_f meet goals.

    own: D_f is to meet the mean of the same point on the test set. tolerance: of the gap, in the
    values' unit; no sample grows to tell smaller differences apart.
    """

    values: Callable
    tolerance: float
    own: bool = False


RULES = {
    'base': Rule(hits, 0.25),  # the paper's: accuracies meet A_r and A_f
    'self': Rule(hits, 0.25, own=True),
    'loss': Rule(losses, 0.001),  # losses meet those of the original on D_r and on the test set
}
SEARCHED = ('path', *RULES)  # rows of eval_curve.py: the best of the path, by each rule
LINES = ('line', *(f'line-{rule}' for rule in RULES))  # the best of the straight line


class Candidate(NamedTuple):
    """A point that is measured: values on a sample of D_r (n,) and on D_f (m,), and their goals."""

    retain: np.ndarray
    forget: np.ndarray
    goals: tuple

    def gap(self):
        """The alignment gap, in the values' unit."""
        return float(alignment_gap(self.retain.mean(), self.forget.mean(), *self.goals))

    def correct(self, reference, chosen):
        """The same, corrected by how far the sample lies from all of D_r in another model's values.

        reference: (N,), on all of D_r; chosen: (N,) bools, the sample. Models of one path fail on
        much the same samples, so that most of what the draw adds goes away.
        """
        return self._replace(retain=self.retain - reference[chosen] + reference.mean())


def align(rule, predictions, goals):
    """The `Candidate` of {part: (logits, labels)}; goals: those on D_r, D_f."""
    values = {part: rule.values(*pair) for part, pair in predictions.items()}
    goals = (goals[0], values[TEST].mean()) if rule.own else goals
    return Candidate(values['train_retain'], values['train_forget'], goals)


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
    """The best t of {t: Candidate}, and those that more samples of D_r may show to be better.

    Those lie within the sampling error. An error below the tolerance, or below that of D_f, whose
    samples are all there are, is small enough.
    """
    own = candidates[best]
    enough = max(tolerance, own.forget.std() / np.sqrt(len(own.forget)) / 2)
    errors = {t: estimate_error(own, other, total) for t, other in candidates.items() if t != best}
    close = (t for t, error in errors.items() if candidates[t].gap() - own.gap() < error)
    return [best, *(t for t in close if errors[t] > enough)]


# ---------------------------------------------------------------- the goal of a deletion request


class Goal(NamedTuple):
    """What a deletion request is to reach, and how surely it can be measured.

    retain, forget: the alignment bases in percent; loss: the original's mean loss on samples that
    it never saw, which that on D_f is to meet (None to forget a class); first_loss: the original's
    on D_f; samples: how many there are in D_f; error: the standard error in points of the
    difference between accuracies on D_f and on the test set; loss_error: the same of mean losses,
    in nats. A model is seen as {retain, forget: percent; forget loss: nats}.
    """

    retain: float
    forget: float
    loss: float | None
    first_loss: float
    samples: int
    error: float
    loss_error: float = 0.0

    @property
    def tolerance(self):
        """Points of the alignment gap that chance alone explains, and RULES' own tolerance."""
        return self.error / 2 + RULES['base'].tolerance

    def gap(self, seen):
        """The alignment gap in points."""
        return float(alignment_gap(seen['retain'], seen['forget'], self.retain, self.forget))

    def share_left(self, seen):
        """How much of the way from the original's loss on D_f to the goal is left, at most 1; a way
        that is shorter than chance explains counts as long as that."""
        if self.loss is None:
            return 0.0
        way = max(abs(self.first_loss - self.loss), self.loss_error, 1e-9)
        return min(abs(seen['forget loss'] - self.loss) / way, 1.0)

    def rank(self, seen):
        """What models are ordered by: the gap, to which each point that D_r lost beyond MOST_LOST
        is added; the losses decide between gaps that differ by less than one forgotten sample
        counts."""
        loss = 50 / self.samples * self.share_left(seen)
        return self.gap(seen) + self.count_suffered(seen) + loss

    def count_suffered(self, seen):
        """How many points of accuracy D_r lost beyond MOST_LOST, which no small D_f excuses."""
        return max(self.retain - MOST_LOST - seen['retain'], 0.0)

    def is_met(self, seen, original):
        """Whether the gap is within the tolerance, and nearer than the original's, and D_r has not
        suffered. Where D_f is so small that the original's gap is within the tolerance too, a
        quarter of the way in loss may be left."""
        if self.gap(seen) > self.tolerance or self.count_suffered(seen):
            return False
        if self.rank(seen) >= self.rank(original):
            return False
        return self.gap(original) > self.tolerance or self.share_left(seen) <= MOST_LEFT


def set_goal(predictions, forget_class=None):
    """The `Goal` by the original's {part: (logits, labels)} on all parts of the data.

    The error is binomial, of D_f and of the test set that the base is measured on; a rule of
    succession keeps it above 0 where all or none is right.
    """
    right = {part: hits(*pair) / 100 for part, pair in predictions.items()}
    retain = 100 * np.concatenate([right['train_retain'], right['train_forget']]).mean()
    count, loss, base, loss_error = len(right['train_forget']), None, 0.0, 0.0
    first_loss = float(losses(*predictions['train_forget']).mean())
    if forget_class is None:
        test, values = right[TEST], losses(*predictions[TEST])
        rate, share = (test.sum() + 1) / (len(test) + 2), 1 / count + 1 / len(test)
        base, loss = 100 * float(test.mean()), float(values.mean())
        loss_error = float(values.std() * np.sqrt(share))
    else:
        rate, share = 1 / (count + 2), 1 / count
    error = 100 * float(np.sqrt(rate * (1 - rate) * share))
    return Goal(float(retain), base, loss, first_loss, count, error, loss_error)
