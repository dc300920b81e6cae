"""The audit of a deletion: are the deleted samples told apart from samples that were never seen?

Both are compared by the margin log p/(1 - p) of their true label, as an AUC: 0.5 if they are not
told apart, above if the model remembers, below if it has forgotten too hard. Each deleted sample is
compared with the unseen samples of its own label. A list may be harder or easier than the test set,
so references, models without the deleted samples, first take each sample's difficulty out.
docs/deletion.md has the measured size and power of the verdict.
"""

from typing import NamedTuple

import numpy as np
from scipy.special import logsumexp
from scipy.stats import norm, rankdata

REMEMBERED = 0.6  # the AUC of margins that the audit must be able to see
POWER = 0.9  # how surely it must
LEVEL = 0.05  # how often a model that never saw the samples may be called another
MAX_LOST = 2.0  # points of accuracy that a deletion may cost
THRESHOLDS = {'auc': [1 - REMEMBERED, REMEMBERED], 'level': LEVEL, 'harm': MAX_LOST}
SHARES = np.linspace(0.05, 0.95, 10)  # quantiles that map a model's margins to another's
RESAMPLES = 30  # of the bootstrap
FEW = 100  # unseen samples: of so few, resampling finds half of the variance of a scale
MIN_ERROR = 0.02  # of an AUC: nearer to 0.5 says nothing more
Z = norm.isf(LEVEL / 2)
FAILED = 'Retrain, or begin anew with a larger budget or another seed.'


class Reference(NamedTuple):
    """Margins of a model that was not trained on the deleted samples."""

    deleted: np.ndarray  # (n,)
    unseen: np.ndarray  # (m,)
    # (h,) of samples that its start has seen as it has seen the deleted ones, and that were kept
    # from its own training too; None of a model that never saw any of them
    held_out: np.ndarray | None = None

    def resample(self, rng, rows):
        """The same with these unseen samples, and others drawn of the held out ones."""
        held_out = self.held_out
        if held_out is not None:
            held_out = rng.choice(held_out, len(held_out))
        return self._replace(unseen=self.unseen[rows], held_out=held_out)

    def match(self, unseen):
        """(deleted (n,), unseen (m,)): what it expects, on the scale of another model's margins of
        the unseen samples (m,). The memory of its start is the same on held_out, and so cancels."""
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
        """Whether the AUC is as near to 0.5 as an honest model's mostly is."""
        return abs(self.auc - 0.5) <= max(self.error, MIN_ERROR) and not self.share


def compute_margins(logits, labels):
    """log p/(1 - p) of the true label: (N,) from logits (N, C) and labels (N,)."""
    rows, others = np.arange(len(labels)), np.array(logits, dtype=np.float64)
    right = others[rows, labels]
    others[rows, labels] = -np.inf
    return right - logsumexp(others, axis=1)


def match_scale(values, source, target):
    """Values (n,) on the scale of `source` (h,) on that of `target` (m,): a quantile of one becomes
    that of the other. A regression would pull hard and easy samples towards the mean."""
    x, y = (np.sort(v)[np.rint(SHARES * (len(v) - 1)).astype(int)] for v in (source, target))
    slope = (y[-1] - y[0]) / max(x[-1] - x[0], 1e-9)
    return np.interp(values, x, y) + slope * (values - values.clip(x[0], x[-1]))


def compute_auc(deleted, unseen):
    """The share of pairs in which the deleted sample has the larger value; ties count half."""
    ranks = rankdata(np.concatenate([deleted, unseen]))[: len(deleted)]
    pairs = len(deleted) * len(unseen)
    return float((ranks.sum() - len(deleted) * (len(deleted) + 1) / 2) / pairs)


def spread(values):
    """The interquartile range: a few margins are far out."""
    return float(np.subtract(*np.quantile(values, (0.75, 0.25))))


def audit(deleted, unseen, labels, references=(), level=LEVEL):
    """The `Audit` of margins (n,) of the deleted samples and (m,) of unseen ones.

    labels: those of both, (n,) and (m,). references: `Reference`s of the same samples. The standard
    error is that of the Mann-Whitney test within each label. The scale of the references adds to it
    what resampling unseen and held out samples shows.
    failed: the AUC is not 0.5, by a test of size `level`. passed: it may be 0.5, and a model that
    remembers as much as REMEMBERED says, before difficulties are taken out, would have failed with
    the probability POWER. undecided: neither, for want of samples.
    """
    strata = list_strata(*labels)
    n = sum(len(rows) for rows, _ in strata)
    if not n:
        return Audit('undecided', 0.5, 0.0, 1.0, 0.5, None, 0)
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
    decision = 'passed' if needed and n >= needed else 'undecided'
    if abs(auc - 0.5) > z * error:
        decision = 'failed'
    bounds = (min(max(auc + sign * z * error, 0.0), 1.0) for sign in (-1, 1))
    return Audit(decision, auc, *map(float, bounds), error, needed, n)


def list_strata(deleted, unseen):
    """[(rows of the deleted samples, rows of the unseen ones)] of each label that both have; of
    labels (n,) and (m,)."""
    shared = np.intersect1d(deleted, unseen)
    return [(np.flatnonzero(deleted == x), np.flatnonzero(unseen == x)) for x in shared]


def compare(deleted, unseen, strata, references):
    """(the AUC of margins (n,) and (m,), how much larger a memory looks in it, the difficulties
    taken out, than in the margins alone). The AUC is the mean over the deleted samples, each
    compared within its stratum."""
    gain = 1.0
    if references:
        expected, others = expect_margins(references, unseen)
        width, deleted, unseen = spread(unseen), deleted - expected, unseen - others
        gain = width / max(spread(unseen), 1e-9)
    total = sum(len(rows) * compute_auc(deleted[rows], unseen[others]) for rows, others in strata)
    return total / sum(len(rows) for rows, _ in strata), gain


def expect_margins(references, unseen):
    """What references expect: margins of the deleted samples (n,) and of the unseen ones (m,), on
    the scale of a model's unseen margins (m,).

    References that share a start agree better with one another than with the model. Then the part
    of their differences between samples that the model shares is the ratio of the correlations, as
    with an instrumental variable.
    """
    matched = [reference.match(unseen) for reference in references]
    means, share = [np.mean(values, axis=0) for values in zip(*matched)], 1.0
    if len(references) > 1 and len(unseen) > 2:
        table = np.corrcoef([unseen, *(others for _, others in matched)])
        among = table[1:, 1:][np.triu_indices(len(references), 1)]
        share = float(table[0, 1:].mean() / among.mean())
        share = min(max(share, 0.0), 1.0) if np.isfinite(share) else 1.0
    middle = np.median(unseen)
    return [middle + share * (values - middle) for values in means]


class Target(NamedTuple):
    """Deleted samples that are audited together, and the unseen ones that they are compared with:
    each a part of the data and a mask (N,) of it."""

    name: str
    label: int | None  # of a class, whose images are compared with one another
    deleted: tuple
    unseen: tuple
    is_earlier: bool = False


class Auditor(NamedTuple):
    """The audit of all deletions. Models are given as their outputs {part: (logits, labels)}."""

    targets: list
    references: list = []  # margins {part: (N,)} of each, and its held_out samples' or None

    def thin(self, rows):
        """The same audit of some rows {part: indices} of the parts."""
        cut = lambda part, values: values[rows[part]] if part in rows else values  # noqa: E731
        masks = [[(part, cut(part, mask)) for part, mask in target[2:4]] for target in self.targets]
        targets = [t._replace(deleted=a, unseen=b) for t, (a, b) in zip(self.targets, masks)]
        references = [{p: cut(p, values) for p, values in r.items()} for r in self.references]
        return self._replace(targets=targets, references=references)

    def select_new(self):
        """The audit of this request alone."""
        return self._replace(targets=[x for x in self.targets if not x.is_earlier])

    def open_references(self, target):
        """The `Reference`s of a target's samples; none for a class. Of an earlier request the start
        of a reference has no memory that would have to cancel."""
        opened, pairs = [], (target.deleted, target.unseen)
        for margins in self.references if target.label is None else ():
            held_out = None if target.is_earlier else margins['held_out']
            opened.append(Reference(*(margins[part][mask] for part, mask in pairs), held_out))
        return opened

    def audit(self, outputs, level=LEVEL):
        """The `Audit` of each target, by tests that share the level. A class that is still answered
        fails."""
        audits, level = [], level / max(len(self.targets), 1)
        for target in self.targets:
            pairs = [(outputs[part], mask) for part, mask in (target.deleted, target.unseen)]
            margins = [compute_margins(*pair)[mask] for pair, mask in pairs]
            labels = [pair[1][mask] for pair, mask in pairs]
            result = audit(*margins, labels, self.open_references(target), level)
            if target.label is not None:
                answers = [pair[0][mask].argmax(1) == target.label for pair, mask in pairs]
                share = max(float(x.mean()) if len(x) else 0.0 for x in answers)
                result = result._replace(answered=int(answers[1].sum()), share=share)
            audits.append(result._replace(decision='failed') if result.answered else result)
        return audits

    def expect(self, target, outputs):
        """The margins (n,) that a model without a target's samples has on them, on the scale of a
        model's; -inf for a class, which such a model does not know."""
        references = self.open_references(target)
        if not references:
            return np.full(target.deleted[1].sum(), -np.inf)
        part, mask = target.unseen
        return expect_margins(references, compute_margins(*outputs[part])[mask])[0]


def find_farthest(audits):
    """The AUC that is farthest from 0.5."""
    return max((audit.auc for audit in audits), key=lambda auc: abs(auc - 0.5))


def expect_accuracy(expected, unseen, unseen_acc):
    """The accuracy in percent that expected margins (n,) mean, on the scale of a model that has
    margins (m,) and this accuracy on unseen samples."""
    return 100 * float((expected > np.quantile(unseen, 1 - unseen_acc / 100)).mean())


def measure_harm(before, after, lost=0.0):
    """Points of accuracy that were lost, with their 95 % interval: failed where all of it is above
    MAX_LOST, undecided where only the middle is. before, after: (N,) booleans,
    which samples are right; lost: points that earlier requests have cost."""
    change = 100 * (np.asarray(before, dtype=np.float64) - np.asarray(after, dtype=np.float64))
    total = float(change.mean()) + lost
    error = float(Z * change.std() / np.sqrt(len(change)))
    accuracies = {
        'before': 100 * float(np.mean(before)) + lost,
        'after': 100 * float(np.mean(after)),
    }
    interval = {'lost': total, 'low': total - error, 'high': total + error}
    decision = 'passed' if total <= MAX_LOST else 'undecided'
    decision = 'failed' if total - error > MAX_LOST else decision
    return accuracies | interval | {'decision': decision}


def describe_audit(target, audit, original, retrained):
    """A row of the record: the `Audit` of a target in plain types, None where there is none, and
    the AUCs of the original and of a retrained model."""
    row = {'name': target.name, 'earlier': target.is_earlier, 'decision': audit.decision}
    row |= {'samples': int(target.deleted[1].sum()), 'unseen': int(target.unseen[1].sum())}
    keys = ('compared', 'auc', 'low', 'high', 'needed', 'answered')
    row |= {key: getattr(audit, key) for key in keys}
    if target.label is not None:
        row['answered'] = {'count': audit.answered, 'of': row['unseen']}
    if target.label is None:  # it is the reference itself
        retrained = None
    return row | {'original_auc': original.auc, 'retrained_auc': retrained and retrained.auc}


def describe_gone(name):
    """The row of an earlier request whose samples are gone."""
    keys = ('auc', 'low', 'high', 'needed', 'answered', 'original_auc', 'retrained_auc')
    row = {'name': name, 'earlier': True, 'decision': 'not tested', 'samples': 0, 'unseen': 0}
    row |= {'compared': 0}
    return row | dict.fromkeys(keys)


def make_verdict(audits, harm, undecided):
    """{decision, usable, text: at most five sentences}. audits, harm: as in the record; undecided:
    what a surer verdict would take, a sentence. An earlier request can only fail."""
    decisions = [row['decision'] for row in audits if not row['earlier'] or is_failed(row)]
    losses = {name: harm[name] for name in ('kept', 'unseen')}
    decisions += [loss['decision'] for loss in losses.values()]
    decision = next(x for x in ('failed', 'undecided', 'passed') if x in decisions)
    rows = list(filter(is_failed, audits)) or [row for row in audits if not row['earlier']]
    sentences = [describe_result(row) for row in rows[:2]]
    texts = [f'{loss["lost"]:.1f} points on {name} samples' for name, loss in losses.items()]
    is_harmed = any(loss['decision'] != 'passed' for loss in losses.values())
    limit = f'; at most {MAX_LOST:g} are allowed' if is_harmed else ''
    sentences.append(f'Right answers lost: {", ".join(texts)}{limit}.')
    sentences += {'undecided': [undecided], 'failed': [FAILED], 'passed': []}[decision]
    return {'decision': decision, 'usable': decision == 'passed', 'text': ' '.join(sentences)}


def is_failed(row):
    return row['decision'] == 'failed'


def describe_result(row):
    """A row of the record's audits in a sentence."""
    name = f'{"Earlier request, " if row["earlier"] else "The "}{row["name"]}'
    if row['answered'] and row['answered']['count']:
        count, total = row['answered']['count'], row['answered']['of']
        return f'{name}: {count} of {total} unseen samples of it still get it as an answer.'
    score = f'score {row["auc"]:.2f}, {row["low"]:.2f} to {row["high"]:.2f}'
    if is_failed(row):
        what = 'remembered' if row['auc'] > 0.5 else 'forgotten too hard'
        return f'{name} is {what} ({score}).'
    if row['decision'] == 'passed':
        return f'{name} is not told apart from unseen samples ({score}).'
    wanted = f'{row["needed"]} of them' if row['needed'] else 'more unseen samples of its labels'
    return f'{name}: too few samples to tell ({score}); that takes {wanted}.'
