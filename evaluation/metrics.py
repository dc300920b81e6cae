"""What is measured, as functions of arrays. Accuracies are percent."""

import numpy as np
from scipy.special import log_softmax


def accuracy(logits, labels):
    """Percent of the rows of logits (N, C) whose largest entry is the label (N,); NaN for none."""
    return 100 * float((logits.argmax(1) == labels).mean()) if len(labels) else float('nan')


def nll(logits, labels):
    """Mean negative log-likelihood in nats of labels (N,) under logits (N, C); NaN for none."""
    if not len(labels):
        return float('nan')
    log_probs = log_softmax(np.asarray(logits, dtype=np.float64), axis=1)
    return -float(log_probs[np.arange(len(labels)), labels].mean())


def alignment_gap(retain_acc, forget_acc, retain_base, forget_base):
    """How far a model is from the alignment bases: (|acc D_r - A_r| + |acc D_f - A_f|) / 2."""
    return (np.abs(retain_acc - retain_base) + np.abs(forget_acc - forget_base)) / 2


def average_gap(scores, reference):
    """The paper's headline: mean over UA, RA, TA, MIA of |method - RT|, in percentage points."""
    return float(np.mean([abs(scores[key] - reference[key]) for key in ('ua', 'ra', 'ta', 'mia')]))


def regions(t, gap, bound):
    """Intervals [(start, end), …] of t where the gap, linear between its points, is below bound."""
    below = np.asarray(gap) < bound
    found, start = [], None
    for i in range(len(t)):
        if below[i] and start is None:
            start = t[i] if i == 0 else crossing(t, gap, bound, i)
        if start is not None and not below[i]:
            found.append((float(start), float(crossing(t, gap, bound, i))))
            start = None
    if start is not None:
        found.append((float(start), float(t[-1])))
    return found


def crossing(t, gap, bound, i):
    """Where the line from point i-1 to point i of (t, gap) meets the bound."""
    return t[i - 1] + (bound - gap[i - 1]) / (gap[i] - gap[i - 1]) * (t[i] - t[i - 1])


def along_path(values, lengths):
    """(min, max, mean, integral) of values (N,) over a path; lengths[i]: from point i-1 to i.

    The integral is the trapezoid over arc length, divided by the length.
    """
    total = lengths[1:].sum()
    area = (0.5 * (values[:-1] + values[1:]) * lengths[1:]).sum()
    return values.min(), values.max(), values.mean(), area / total if total else values.mean()
