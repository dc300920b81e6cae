"""Where the optimal t is looked for; the goal of a deletion request, and the verdict by it."""

from typing import NamedTuple

import numpy as np

from evaluation.metrics import alignment_gap, hits, losses, mask_class, nll

T_MIN, T_MAX = 0.75, 1.0  # MCU: where the optimal t is looked for
TOLERANCE = 0.25  # points of the alignment gap that do not matter
MAX_LEFT = 0.25  # of the way in loss, where D_f is too small for accuracies
MAX_LOST = 2.0  # points of the original's accuracy on D_r
FEW = 'The original itself is that near: on so few samples accuracies say too little.'


class Goal(NamedTuple):
    """What a deletion request is to reach, and how surely it can be measured: accuracies in
    percent, losses in nats. `scores` are those of a model (`utils.score`)."""

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
        """Points of the alignment gap that chance alone explains, and TOLERANCE."""
        return self.acc_error / 2 + TOLERANCE

    def gap(self, scores):
        """The alignment gap in points."""
        accuracies = scores['retain_acc'], scores['forget_acc']
        return float(alignment_gap(*accuracies, self.retain, self.forget))

    def share_left(self, scores):
        """The share, at most 1, that is left of the way from the original's loss on D_f to the
        goal; 0 where none is known. The way is taken to be at least `loss_error` long."""
        if self.base_loss is None:
            return 0.0
        way = max(abs(self.original_loss - self.base_loss), self.loss_error, 1e-9)
        return min(abs(scores['forget_nll'] - self.base_loss) / way, 1.0)

    def objective(self, scores):
        """What the search minimises; `share_left` weighs as much as one forgotten sample."""
        loss = 50 / self.samples * self.share_left(scores)
        return self.gap(scores) + self.measure_harm(scores) + loss

    def measure_harm(self, scores):
        """How many points of accuracy D_r lost beyond MAX_LOST."""
        return max(self.original_retain - MAX_LOST - scores['retain_acc'], 0.0)

    def is_met(self, scores, original):
        """Whether a model reaches the goal. Where the original's gap is within the tolerance too,
        accuracies say too little: `share_left` must be at most MAX_LEFT."""
        is_near = self.gap(scores) <= self.tolerance and not self.measure_harm(scores)
        if not is_near or self.objective(scores) >= self.objective(original):
            return False
        return self.gap(original) > self.tolerance or self.share_left(scores) <= MAX_LEFT


def set_goal(predictions, forget_class=None, forget_base=None):
    """The `Goal` by the original's {part: (logits, labels)} on all parts of the data.

    To forget a class, D_r is to be as right as the original is if it may not answer with the class.
    The error is binomial; a rule of succession keeps it above 0 where all or none is right.
    forget_base: another accuracy that is wanted on D_f, in percent; no loss is wanted then.
    """
    right = {part: hits(*pair) / 100 for part, pair in predictions.items()}
    count = len(right['train_forget'])
    original_loss = nll(*predictions['train_forget'])
    if forget_class is None:
        everything = np.concatenate([right['train_retain'], right['train_forget']])
        retain = original_retain = 100 * float(everything.mean())
    else:
        logits, labels = predictions['train_retain']
        retain = float(hits(mask_class(logits, [forget_class]), labels).mean())
        original_retain = 100 * float(right['train_retain'].mean())
    base, base_loss, loss_error = forget_base or 0.0, None, 0.0
    rate, share = (base / 100 * count + 1) / (count + 2), 1 / count
    if forget_class is None and forget_base is None:
        test, values = right['test_retain'], losses(*predictions['test_retain'])
        rate, share = (test.sum() + 1) / (len(test) + 2), 1 / count + 1 / len(test)
        base, base_loss = 100 * float(test.mean()), float(values.mean())
        loss_error = float(values.std() * np.sqrt(share))
    error = 100 * float(np.sqrt(rate * (1 - rate) * share))
    return Goal(retain, base, original_retain, base_loss, original_loss, count, error, loss_error)


def judge(goal, scores):
    """(whether the unlearned model is to be used, the name of the nearest model, why: at most five
    sentences). scores: {name: scores} of original, end, straight line and unlearned."""
    ranks = {name: goal.objective(values) for name, values in scores.items()}
    nearest = min(ranks, key=lambda name: (ranks[name], name != 'unlearned'))
    original, unlearned = scores['original'], scores['unlearned']
    is_usable = nearest == 'unlearned' and goal.is_met(unlearned, original)
    gap, tolerance = goal.gap(unlearned), goal.tolerance
    other = {'end': 'pre-unlearning model'}.get(nearest, nearest)
    sentences = [
        (True, f'It is {gap:.2f} points from the goal; at most {tolerance:.2f} are allowed.'),
        (goal.measure_harm(unlearned), f'What is kept lost more than {MAX_LOST:g} points.'),
        (nearest != 'unlearned', f'The {other} is nearer to the goal.'),
        (goal.gap(original) <= tolerance, FEW),
        (not is_usable, 'Retrain, or begin anew with a larger budget.'),
    ]
    return is_usable, nearest, ' '.join(text for is_true, text in sentences if is_true)
