"""The audit of a deletion: are the deleted samples told apart from samples that were never seen?

Both are compared by the margin log p/(1 - p) of their true label, as an AUC: 0.5 if they are not
told apart, above if the model remembers, below if it has forgotten too hard. Each deleted sample is
compared with the unseen samples of its own label. A list may be harder or easier than the test set,
so references, models without the deleted samples, first take each sample's difficulty out.
docs/deletion.md has the measured size and power of the verdict.
"""

from typing import NamedTuple

import numpy as np
from scipy.stats import norm

from evaluation.metrics import compute_auc

REMEMBERED = 0.6  # the AUC of margins that the audit must be able to see
POWER = 0.9  # the probability of seeing it
LEVEL = 0.05  # how often a model that never saw the samples may fail the test
SHARES = np.linspace(0.05, 0.95, 10)  # quantiles that map a model's margins to another's
RESAMPLES = 30  # of the bootstrap
FEW = 100  # unseen samples: of so few, resampling finds half of the variance of a scale
MIN_ERROR = 0.02  # of an AUC: nearer to 0.5 says nothing more


class Reference(NamedTuple):
    """Margins of a model that was not trained on the deleted samples."""

    deleted: np.ndarray  # (n,)
    unseen: np.ndarray  # (m,)
    # (h,) Margins of D_r samples that its start was trained on and it was not: the memory that it
    # inherits. None for a model whose start never saw the deleted samples.
    held_out: np.ndarray | None = None

    def resample(self, rng, rows):
        """The same with these rows of the unseen samples, and with held out ones drawn anew."""
        held_out = self.held_out
        if held_out is not None:
            held_out = rng.choice(held_out, len(held_out))
        return self._replace(unseen=self.unseen[rows], held_out=held_out)

    def match(self, unseen):
        """What it expects of another model: margins of the deleted (n,) and of the unseen samples
        (m,), on the scale of that model's margins `unseen` (m,). The start remembers the held out
        samples as it remembers the deleted ones, so its memory cancels."""
        source = self.unseen if self.held_out is None else self.held_out
        return (
            match_scale(self.deleted, source, unseen),
            match_scale(self.unseen, self.unseen, unseen),
        )


class Audit(NamedTuple):
    """decision: passed, failed or undecided; low, high: the 95 % interval of auc; error: its
    standard error; needed: from how many deleted samples on the audit can decide, None where no
    number is enough; compared: how many have an unseen sample of their own label."""

    decision: str
    auc: float
    low: float
    high: float
    error: float
    needed: int | None
    compared: int
    answered: int | None = None  # unseen images of a class that still get it as an answer
    share: float = 0.0  # of the images of a class, deleted or unseen, that still get it

    def is_near(self):
        """Whether the AUC is as near to 0.5 as a retrained model's mostly is."""
        return abs(self.auc - 0.5) <= max(self.error, MIN_ERROR) and not self.share


def match_scale(values, source, target):
    """Values (n,) on the scale of `source` (h,) on that of `target` (m,): a quantile of one becomes
    that of the other. A regression would pull hard and easy samples towards the mean."""
    x, y = (np.sort(v)[np.rint(SHARES * (len(v) - 1)).astype(int)] for v in (source, target))
    slope = (y[-1] - y[0]) / max(x[-1] - x[0], 1e-9)
    return np.interp(values, x, y) + slope * (values - values.clip(x[0], x[-1]))


def spread(values):
    """The interquartile range: a few margins are far out."""
    return float(np.subtract(*np.quantile(values, (0.75, 0.25))))


def audit(deleted, unseen, labels, references=(), level=LEVEL):
    """The `Audit` of margins (n,) of the deleted samples and (m,) of unseen ones.

    labels: those of both, (n,) and (m,). references: `Reference`s of the same samples. The standard
    error is that of the Mann-Whitney test within each label. With references its part from the
    unseen samples is at least what resampling unseen and held out samples shows.
    failed: the AUC is not 0.5, by a test of size `level`. passed: it may be 0.5, and a model that
    remembers as much as REMEMBERED says, before difficulties are taken out, would have failed with
    the probability POWER. undecided: neither, for want of samples, or
    because some have no unseen sample of their label.
    """
    if not (len(deleted) and len(unseen)):
        return Audit('undecided', 0.5, 0.0, 1.0, 0.5, None, 0)
    strata = list_strata(*labels)
    compared = sum(len(rows) for rows, _ in strata)
    if not compared:  # an AUC to look at, which decides nothing
        strata = [(np.arange(len(deleted)), np.arange(len(unseen)))]
    n = compared or len(deleted)
    auc, gain = compare(deleted, unseen, strata, references)
    noise = sum((len(a) / n) ** 2 * (len(a) + 1) / (12 * len(a) * len(b)) for a, b in strata)
    if references:
        rng, aucs = np.random.default_rng(0), []
        for _ in range(RESAMPLES):
            rows = np.arange(len(unseen))
            for _, others in strata:
                rows[others] = rng.choice(others, len(others))
            drawn = [reference.resample(rng, rows) for reference in references]
            aucs.append(compare(deleted, unseen[rows], strata, drawn)[0])
        noise = max(noise, np.var(aucs)) * (1 + FEW / len(unseen))
    error, z = float(np.sqrt(1 / (12 * n) + noise)), norm.isf(level / 2)  # where the AUC is 0.5
    room = ((norm.cdf(gain * norm.ppf(REMEMBERED)) - 0.5) / (z + norm.ppf(POWER))) ** 2 - noise
    needed = int(np.ceil(1 / (12 * room))) if room > 0 else None
    decision = 'passed' if needed and n >= needed and compared == len(deleted) else 'undecided'
    if compared and abs(auc - 0.5) > z * error:
        decision = 'failed'
    bounds = (min(max(auc + sign * z * error, 0.0), 1.0) for sign in (-1, 1))
    return Audit(decision, auc, *map(float, bounds), error, needed, compared)


def list_strata(deleted, unseen):
    """[(rows of the deleted samples, rows of the unseen ones)] of each label that both have; of
    labels (n,) and (m,)."""
    shared = np.intersect1d(deleted, unseen)
    return [(np.flatnonzero(deleted == x), np.flatnonzero(unseen == x)) for x in shared]


def compare(deleted, unseen, strata, references):
    """(AUC, gain) of margins (n,) and (m,). The AUC is the mean over the deleted samples, each
    compared within its stratum; references take the difficulties out first. gain: how many times
    larger a memory then looks."""
    gain = 1.0
    if references:
        expected, others = expect_margins(references, unseen)
        width, deleted, unseen = spread(unseen), deleted - expected, unseen - others
        gain = width / max(spread(unseen), 1e-9)
    total = sum(len(rows) * compute_auc(deleted[rows], unseen[others]) for rows, others in strata)
    return total / sum(len(rows) for rows, _ in strata), gain


def expect_margins(references, unseen):
    """What references expect of a model: margins of the deleted samples (n,) and of the unseen ones
    (m,), on the scale of that model's unseen margins (m,).

    References that share a start agree better with one another than with the model. So only a share
    of the differences that they see between samples holds for the model: the ratio of the two
    correlations, as with an instrumental variable.
    """
    matched = [reference.match(unseen) for reference in references]
    means, share = [np.mean(values, axis=0) for values in zip(*matched)], 1.0
    if len(references) > 1 and len(unseen) > 2:
        with np.errstate(divide='ignore', invalid='ignore'):  # few samples may be all alike
            table = np.corrcoef([unseen, *(others for _, others in matched)])
            among = table[1:, 1:][np.triu_indices(len(references), 1)]
            share = float(table[0, 1:].mean() / among.mean())
        share = min(max(share, 0.0), 1.0) if np.isfinite(share) else 1.0
    middle = np.median(unseen)
    return [middle + share * (values - middle) for values in means]
