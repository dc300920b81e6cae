"""The audit of a deletion: by hand, and how it decides on samples whose truth is known."""

import numpy as np
import pytest
from scipy.stats import norm

from deletion.audit import Reference, audit, match_scale
from deletion.verdict import Auditor, Target, expect_accuracy, make_verdict, measure_harm
from evaluation.metrics import compute_auc, compute_margins


def test_margins_and_auc_by_hand():
    logits = np.log([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]])
    expected = [np.log(0.3 / 0.7), np.log(0.8 / 0.2)]
    np.testing.assert_allclose(compute_margins(logits, np.array([1, 2])), expected)
    assert compute_auc(np.array([1.0, 3.0]), np.array([0.0, 1.0, 2.0])) == (1.5 + 3) / 6
    scaled = match_scale(np.array([1.0, 2.5, 9.0]), np.arange(5.0), 10 * np.arange(5.0) + 3)
    np.testing.assert_allclose(scaled, [13, 28, 93])


def draw(rng, difficulty, noise=0.6):
    """Margins of a model on samples of these difficulties."""
    return difficulty + rng.normal(0, noise, len(difficulty))


def no_labels(deleted, unseen):
    """Labels that are all alike."""
    return np.zeros(len(deleted)), np.zeros(len(unseen))


def simulate(deleted, memory=0.0, start=None, count=1, requests=60, unseen=600):
    """The shares of each decision over requests. deleted: the difficulties (n,) of what is deleted;
    memory: what the model adds to their margins; start: what the start of `count` references has
    added to them, and to samples that were held out; None: there is no reference."""
    rng, decisions = np.random.default_rng(0), []
    for _ in range(requests):
        others, held_out = rng.normal(0, 1, unseen), rng.normal(0, 1, 2000)
        references = [
            Reference(draw(rng, deleted) + start, draw(rng, others), draw(rng, held_out) + start)
            for _ in range(0 if start is None else count)
        ]
        margins = draw(rng, deleted) + memory, draw(rng, others)
        decisions.append(audit(*margins, no_labels(*margins), references).decision)
    return {x: decisions.count(x) / requests for x in set(decisions)}


HARD = np.linspace(-2.5, -0.5, 150)
LIKE = norm.ppf((np.arange(150) + 0.5) / 150)  # difficulties like those of the test set


@pytest.mark.parametrize('deleted', [LIKE, HARD, -HARD])
@pytest.mark.parametrize('start', [0.0, 2.0])
def test_a_model_without_the_samples_passes_however_hard_they_are(deleted, start):
    shares = simulate(deleted, start=start)
    assert shares['passed'] >= 0.8 and shares.get('failed', 0) <= 0.1


def test_hard_samples_need_a_reference():
    assert simulate(LIKE)['passed'] >= 0.9
    assert simulate(HARD)['failed'] == 1


@pytest.mark.parametrize('memory', [0.42, -0.42])  # 0.6, or 0.4, as an AUC of margins
def test_a_memory_passes_seldom_and_so_does_what_is_forgotten_too_hard(memory):
    assert simulate(LIKE, memory).get('passed', 0) <= 0.1
    assert simulate(LIKE, memory, start=1.0).get('passed', 0) <= 0.1
    assert simulate(HARD, memory, start=1.0).get('passed', 0) <= 0.1


def test_few_samples_leave_it_undecided_and_references_help():
    assert simulate(LIKE[5::10])['undecided'] >= 0.9
    rng = np.random.default_rng(0)
    others, few = rng.normal(0, 1, 800), LIKE[5::10]
    needed = []
    for count in (0, 1, 8):
        references = [Reference(draw(rng, few), draw(rng, others)) for _ in range(count)]
        margins = draw(rng, few), draw(rng, others)
        needed.append(audit(*margins, no_labels(*margins), references).needed)
    assert 90 < needed[0] < 120 and needed[0] > needed[1] > needed[2] > 10
    for deleted, unseen in ((LIKE, others[:20]), (LIKE, others[:0]), (others[:0], others)):
        result = audit(deleted, unseen, no_labels(deleted, unseen))
        assert (result.decision, result.needed) == ('undecided', None)


def test_tests_share_the_level_and_one_sample_is_never_told_apart():
    rng = np.random.default_rng(1)
    others = rng.normal(0, 1, 400)
    pair = LIKE[:60] + 0.9, others
    sure, unsure = (audit(*pair, no_labels(*pair), level=level) for level in (0.05, 0.001))
    assert sure.auc == unsure.auc and sure.low > unsure.low and sure.high < unsure.high
    for value in rng.normal(0, 1, 40):
        pair = np.array([value]), others
        assert audit(*pair, no_labels(*pair)).decision == 'undecided'


@pytest.mark.parametrize('count', [0, 2])
@pytest.mark.parametrize(('n', 'm'), [(100, 1), (100, 2), (100, 5), (1000, 50)])
def test_few_unseen_samples_fail_no_honest_model(n, m, count):
    shares = simulate(
        np.random.default_rng(1).normal(0, 1, n), 0.0, 0.0 if count else None, count, 100, m
    )
    assert shares.get('failed', 0) <= 0.1 and shares['undecided'] >= 0.8


def test_samples_are_compared_within_their_label():
    rng = np.random.default_rng(0)
    labels = np.repeat([0, 1], 100), np.repeat([0, 1], [900, 100])
    deleted, unseen = (rng.normal(0, 1, len(of)) - 3 * of for of in labels)  # label 1 is harder
    by_label, together = (audit(deleted, unseen, x) for x in (labels, no_labels(deleted, unseen)))
    assert (by_label.decision, together.decision) == ('passed', 'failed')
    some = audit(deleted, unseen[:900], (labels[0], labels[1][:900]))
    none = audit(deleted[:100], unseen[900:], (labels[0][:100], labels[1][900:]))
    assert (by_label.compared, some.compared, none.compared) == (200, 100, 0)
    assert some.decision == none.decision == 'undecided' and none.auc > 0.9
    aucs = [compute_auc(deleted[labels[0] == x], unseen[labels[1] == x]) for x in (0, 1)]
    assert by_label.auc == pytest.approx(np.mean(aucs))
    variance = 1 / (12 * 200) + sum(101 / (12 * 100 * m) for m in (900, 100)) / 4
    assert by_label.error == pytest.approx(np.sqrt(variance))


def test_a_class_is_compared_with_itself_and_must_not_be_answered():
    labels, rng = np.repeat([0, 1], 400), np.random.default_rng(0)
    logits = np.c_[np.zeros(800), rng.normal(-5, 1, 800), np.full(800, 2.0)]
    outputs = {'train_forget': (logits, labels), 'test': (logits[::-1], labels[::-1])}
    masks = ('train_forget', labels == 1), ('test', labels[::-1] == 1)
    auditor = Auditor([Target('class b', 1, *masks)])
    (result,) = auditor.audit(outputs)
    assert (result.decision, result.answered, result.share) == ('passed', 0, 0)
    logits[400, 1] = 3.0
    (result,) = auditor.audit(outputs)
    assert (result.decision, result.answered, result.share) == ('failed', 1, 1 / 400)
    rows = {'test': np.arange(700)}
    assert auditor.select_rows(rows).targets[0].unseen[1].sum() == 400 and result.auc == 0.5


def test_what_is_expected_of_some_samples_by_hand():
    unseen = np.array([-2.0, -1.0, 1.0, 2.0])  # half are right
    assert expect_accuracy(np.array([-1.0, 0.5, 3.0, 1.5]), unseen, 50.0) == 75.0


def test_harm_has_one_side_and_an_interval():
    before, after = np.ones(1000), np.ones(1000)
    after[:40] = 0
    harm = measure_harm(before, after, lost=0.5)
    error = 1.96 * 100 * np.sqrt(0.04 * 0.96 / 1000)
    assert (harm['lost'], harm['before'], harm['after']) == pytest.approx((4.5, 100.5, 96.0))
    assert (harm['low'], harm['high']) == pytest.approx((4.5 - error, 4.5 + error), rel=1e-4)
    assert harm['decision'] == 'failed' and measure_harm(after, before)['decision'] == 'passed'
    few = measure_harm(before[:100], np.arange(100) > 3)  # 4 points lost, 0.2 to 7.8
    assert few['decision'] == 'undecided'


ROW = {'name': 'list', 'earlier': False, 'decision': 'passed', 'answered': None, 'needed': 40}
ROW |= {'auc': 0.5, 'low': 0.4, 'high': 0.6, 'samples': 30, 'compared': 30}
HARM = {name: {'lost': 1.0, 'decision': 'passed'} for name in ('kept', 'unseen')}


@pytest.mark.parametrize(
    ('rows', 'harm', 'decision', 'text'),
    [
        ([{'compared': 27}], {}, 'passed', 'for want of unseen samples of their label: 3.'),
        ([{}], {}, 'passed', 'The list is not told apart from unseen samples (AUC 0.50'),
        ([{'decision': 'undecided'}], {}, 'undecided', 'that takes 40 deleted samples'),
        ([{'decision': 'undecided', 'needed': None}], {}, 'undecided', 'more unseen samples'),
        ([{'decision': 'failed', 'auc': 0.7}], {}, 'failed', 'The list is remembered'),
        ([{'decision': 'failed', 'auc': 0.3}], {}, 'failed', 'is forgotten too hard'),
        ([{}, {'earlier': True, 'decision': 'undecided'}], {}, 'passed', 'The list'),
        ([{}, {'earlier': True, 'decision': 'failed'}], {}, 'failed', 'Earlier request, list is'),
        ([{}], {'unseen': {'lost': 9.0, 'decision': 'failed'}}, 'failed', 'samples; at most 2'),
        ([{'decision': 'failed', 'answered': {'count': 2, 'of': 9}}], {}, 'failed', '2 of 9'),
    ],
)
def test_the_verdict_in_words(rows, harm, decision, text):
    verdict = make_verdict([ROW | row for row in rows], HARM | harm, 'Retraining would.')
    assert verdict['decision'] == decision and text in verdict['text']
    assert verdict['usable'] == (decision == 'passed')
    assert ('Retraining would.' in verdict['text']) == (decision == 'undecided')
