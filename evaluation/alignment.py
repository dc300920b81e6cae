"""The rules by which t* is chosen, and how sure they are when D_r is only sampled."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from evaluation.metrics import alignment_gap, hits, losses

T_MIN, T_MAX = 0.75, 1.0  # MCU: where the optimal t is looked for
TEST = 'test_retain'


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

    def correct(self, known, chosen):
        """The same, corrected by how far the sample lies from all of D_r in another model's values.

        known: (N,), on all of D_r; chosen: (N,) bools, the sample. Models of one path fail on much
        the same samples, so that most of what the draw adds goes away.
        """
        return self._replace(retain=self.retain - known[chosen] + known.mean())


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
