"""What is measured, as functions of arrays. Accuracies are percent."""

import numpy as np
from scipy.special import log_softmax, logsumexp
from scipy.stats import rankdata

ROUNDING = 1e-9  # percentage points: gaps that differ by less are equal
MIN_LOG_PROB = -6e4  # that float16 can hold


def accuracy(logits, labels):
    """Percent of the rows of logits (N, C) whose largest entry is the label (N,)."""
    return 100 * float((logits.argmax(1) == labels).mean())


def hits(logits, labels):
    """100 for each row of logits (N, C) whose largest entry is the label (N,), 0 for the others."""
    return 100.0 * (logits.argmax(1) == labels)


def nll(logits, labels):
    """Mean negative log-likelihood in nats of labels (N,) under logits (N, C)."""
    log_probs = log_softmax(np.asarray(logits, dtype=np.float64), axis=1)
    return float(-log_probs[np.arange(len(labels)), labels].mean())


def mask_class(logits, classes):
    """Logits (N, C) with -inf for these classes: a model that may not answer them."""
    masked = np.array(logits)
    masked[:, classes] = -np.inf
    return masked


def compute_log_probs(logits):
    """Log-probabilities (N, C) of logits (N, C), none below MIN_LOG_PROB."""
    return log_softmax(np.asarray(logits, dtype=np.float64), axis=1).clip(MIN_LOG_PROB)


def jensen_shannon(log_probs, others):
    """Mean Jensen-Shannon divergence in nats, 0 to ln 2, of rows of log-probabilities (N, C)."""
    log_probs, others = (np.asarray(a, dtype=np.float64) for a in (log_probs, others))
    middle = np.logaddexp(log_probs, others) - np.log(2)
    sums = [(np.exp(a) * (a - middle)).sum(1) for a in (log_probs, others)]
    return float(np.mean(sums[0] + sums[1]) / 2)


def alignment_gap(retain_acc, forget_acc, retain_base, forget_base):
    """How far a model is from the alignment bases: (|acc D_r - A_r| + |acc D_f - A_f|) / 2."""
    return (np.abs(retain_acc - retain_base) + np.abs(forget_acc - forget_base)) / 2


def average_gap(scores, reference):
    """The paper's headline: mean over UA, RA, TA, MIA of |method - RT|, in percentage points."""
    return float(np.mean([abs(scores[key] - reference[key]) for key in ('ua', 'ra', 'ta', 'mia')]))


def tug_of_war(scores, reference):
    """ToW: the product of 1 - |Δ accuracy| over D_f, D_r and D_t (arXiv 2406.01257, section 3)."""
    return float(np.prod([1 - abs(scores[k] - reference[k]) / 100 for k in ('ua', 'ra', 'ta')]))


def find_regions(t, gap, bound):
    """Intervals [(start, end), …] of t where the gap, linear between its points, is below bound.

    At an end that is not the first or last t the gap equals the bound: that t is not below it.
    """
    gap = np.where(np.abs(np.subtract(gap, bound)) < ROUNDING, bound, gap)
    changes = np.flatnonzero(np.diff([False, *(gap < bound), False]))

    def cross(i):  # the bound, between the points i-1 and i
        if i in (0, len(t)):
            return float(t[max(i - 1, 0)])
        share = (bound - gap[i - 1]) / (gap[i] - gap[i - 1])
        return float(t[i - 1] + share * (t[i] - t[i - 1]))

    return [(cross(start), cross(end)) for start, end in changes.reshape(-1, 2)]


def is_on_bound(t, t_min, t_max):
    """Whether an optimum lies on a bound of its interval, as near as the search comes to one."""
    return min(t - t_min, t_max - t) <= (t_max - t_min) / 50


def summarise_path(values, lengths):
    """(min, max, mean, integral over arc length) of values (N,); lengths[i]: from i-1 to i."""
    total = lengths[1:].sum()
    area = (0.5 * (values[:-1] + values[1:]) * lengths[1:]).sum()
    return values.min(), values.max(), values.mean(), area / total if total else values.mean()


def compute_margins(logits, labels):
    """log p/(1 - p) of the true label: (N,) from logits (N, C) and labels (N,)."""
    rows, others = np.arange(len(labels)), np.array(logits, dtype=np.float64)
    right = others[rows, labels]
    others[rows, labels] = -np.inf
    return right - logsumexp(others, axis=1)


def compute_auc(deleted, unseen):
    """The share of pairs in which the deleted sample has the larger value; ties count half."""
    ranks = rankdata(np.concatenate([deleted, unseen]))[: len(deleted)]
    pairs = len(deleted) * len(unseen)
    return float((ranks.sum() - len(deleted) * (len(deleted) + 1) / 2) / pairs)
