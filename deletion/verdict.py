"""From what models answer to a decision: the audit of each deletion, the harm, the verdict."""

from typing import NamedTuple

import numpy as np
import torch
from scipy.special import expit
from scipy.stats import norm

from deletion.audit import LEVEL, REMEMBERED, Reference, audit, expect_margins
from deletion.training import Goal
from evaluation.metrics import compute_margins, hits, mask_class

MAX_LOST = 2.0  # points of accuracy that a deletion may cost
THRESHOLDS = {'auc': [1 - REMEMBERED, REMEMBERED], 'level': LEVEL, 'harm': MAX_LOST}
HARMED = {'kept': 'train_retain', 'unseen': 'test_retain'}  # the parts where harm is measured
AUDITED = ('unlearned', 'original', 'retrained')  # models
Z = norm.isf(LEVEL / 2)
FAILED = 'Retrain, or begin anew with a larger budget or another seed.'


class Target(NamedTuple):
    """Deleted samples that are audited together, and the unseen ones that they are compared with:
    each a part of the data and a mask (N,) of it."""

    name: str
    label: int | None  # of a class, whose images are compared with one another
    deleted: tuple
    unseen: tuple
    is_earlier: bool = False


def list_targets(data, batch_size):
    """({part: loader} of all that is audited, the `Target`s in it, the names of earlier deletions
    that cannot be tested)."""
    loaders, targets, labels = data.loaders(batch_size), [], data.targets[1]
    untested = []
    everything = lambda part: (part, np.ones(len(loaders[part].indices), dtype=bool))  # noqa: E731
    for deletion in data.deletions:
        forget = data.parts['train_forget']
        mask = torch.isin(forget, deletion.indices.to(forget.device)).cpu().numpy()
        unseen = everything('test_retain')
        if deletion.label is not None:
            part = 'test_forget' if 'test_forget' in loaders else 'test_retain'
            unseen = part, (labels[data.parts[part]] == deletion.label).cpu().numpy()
        targets.append(Target(deletion.name, deletion.label, ('train_forget', mask), unseen))
    classes = [x.label for x in (*data.deletions, *data.chain) if x.label is not None]
    gone = torch.isin(data.targets[0], torch.tensor(classes, device=data.targets[0].device))
    for number, (name, label, indices) in enumerate(data.earlier):
        if label is None:  # of a list, what is not of a class that was forgotten since
            indices = indices[~gone[indices].cpu()]
        if not len(indices) or label is not None and not (labels == label).any():
            untested.append(name)
            continue
        part, unseen = f'earlier{number}', 'test_retain'
        loaders[part] = data.loader('train', batch_size=batch_size, indices=indices)
        if label is not None:
            unseen, indices = f'test{number}', (labels == label).nonzero().flatten()
            loaders[unseen] = data.loader('test', batch_size=batch_size, indices=indices)
        targets.append(Target(name, label, everything(part), everything(unseen), is_earlier=True))
    return loaders, targets, untested


class Auditor(NamedTuple):
    """The audit of all deletions. Models are given as their outputs {part: (logits, labels)}."""

    targets: list
    references: list = []  # margins {part: (N,)} of each, and its held_out samples' or None

    def select_rows(self, rows):
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
        """The `Reference`s of a target's samples; none for a class. For an earlier request there is
        no memory to cancel."""
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


def compute_part_margins(outputs):
    """{part: margins (N,)} of a model's {part: (logits, labels)}."""
    return {part: compute_margins(*pair) for part, pair in outputs.items()}


def find_farthest(audits):
    """The AUC that is farthest from 0.5."""
    return max((audit.auc for audit in audits), key=lambda auc: abs(auc - 0.5))


def expect_goal(auditor, outputs, test_acc, forget_base=None):
    """The `Goal`, without earlier classes. A_r: the original's accuracy on D, or on D_r where it
    may not answer the classes. A_f: what the references expect, or forget_base. outputs: of the
    original; test_acc: its accuracy on the test set in percent."""
    targets = [
        target for target in auditor.targets if target.label is None or not target.is_earlier
    ]
    classes = [target.label for target in targets if target.label is not None]
    logits, labels = outputs['train_retain']
    right = [hits(mask_class(logits, classes), labels)]
    right += [] if classes else [hits(*outputs['train_forget'])]
    if forget_base is None:
        expected = [auditor.expect(target, outputs) for target in targets]
        unseen = compute_margins(*outputs['test_retain'])
        forget_base = expect_accuracy(np.concatenate(expected), unseen, test_acc)
    return Goal(float(np.concatenate(right).mean()), forget_base)


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
    """The row of an earlier request that cannot be tested."""
    keys = ('auc', 'low', 'high', 'needed', 'answered', 'original_auc', 'retrained_auc')
    row = {'name': name, 'earlier': True, 'decision': 'not tested', 'samples': 0, 'unseen': 0}
    row |= {'compared': 0}
    return row | dict.fromkeys(keys)


class Judgement(NamedTuple):
    """What is said of a model, in plain types for the record."""

    verdict: dict
    audits: list  # a row for each deletion
    harm: dict
    samples: list  # a row for each deleted sample


def judge(outputs, audits, targets, untested, auditor, data, lost, surer):
    """The `Judgement` of an unlearned model. outputs, audits: {model: …}, those of `original` and
    `unlearned`, and of `retrained` where there is one. untested: names of earlier deletions that
    cannot be tested; lost: points that earlier requests have cost; surer: what a surer verdict
    would take, a sentence."""
    columns = [audits.get(name, [None] * len(targets)) for name in AUDITED]
    rows = list(map(describe_audit, targets, *columns)) + list(map(describe_gone, untested))
    before, after = outputs['original'], outputs['unlearned']
    right = {
        name: {part: hits(*out[part]) / 100 for part in HARMED.values()}
        for name, out in (('before', before), ('after', after))
    }
    harm = {
        name: measure_harm(right['before'][part], right['after'][part], lost.get(name, 0.0))
        for name, part in HARMED.items()
    }
    verdict = make_verdict(rows, harm, surer)
    labels = before['test_retain'][1]
    harm['classes'] = {
        data.classes[label]: {
            key: 100 * float(values['test_retain'][labels == label].mean())
            for key, values in right.items()
        }
        for label in np.unique(labels)
    }
    expected = np.zeros(len(data.split.forget))
    for target in targets:
        if not target.is_earlier:
            expected[target.deleted[1]] = auditor.expect(target, before)
    columns = {'confidence_expected': expit(expected)}
    for name, out in (('before', before), ('after', after)):
        columns[f'right_{name}'] = hits(*out['train_forget']) > 0
        columns[f'confidence_{name}'] = expit(compute_margins(*out['train_forget']))
    values = zip(*(column.tolist() for column in columns.values()))
    pairs = zip(data.list_samples(), values)
    return Judgement(verdict, rows, harm, [x | dict(zip(columns, row)) for x, row in pairs])


def make_verdict(audits, harm, undecided):
    """{decision, usable, text: at most six sentences}. audits, harm: as in the record; undecided:
    what a surer verdict would take, a sentence. An earlier request can only fail."""
    decisions = [row['decision'] for row in audits if not row['earlier'] or is_failed(row)]
    losses = {name: harm[name] for name in ('kept', 'unseen')}
    decisions += [loss['decision'] for loss in losses.values()]
    decision = next(x for x in ('failed', 'undecided', 'passed') if x in decisions)
    rows = list(filter(is_failed, audits)) or [row for row in audits if not row['earlier']]
    sentences = [describe_result(row) for row in rows[:2]]
    if unmatched := sum(row['samples'] - row['compared'] for row in audits):
        sentences.append(f'Not tested, for want of unseen samples of their label: {unmatched}.')
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
    score = f'AUC {row["auc"]:.2f}, {row["low"]:.2f} to {row["high"]:.2f}'
    if is_failed(row):
        what = 'remembered' if row['auc'] > 0.5 else 'forgotten too hard'
        return f'{name} is {what} ({score}).'
    if row['decision'] == 'passed':
        return f'{name} is not told apart from unseen samples ({score}).'
    is_enough = row['compared'] >= (row['needed'] or 0)
    wanted = (
        'more unseen samples of its labels' if is_enough else f'{row["needed"]} deleted samples'
    )
    return f'{name}: too few samples to tell ({score}); that takes {wanted}.'
