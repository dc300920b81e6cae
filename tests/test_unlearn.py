"""The losses on logits made by hand, β, and what may and may not move."""

import math
from functools import partial

import pytest
import torch
from torch import nn

import unlearn
from lib.errors import Diverged
from unlearn import METHODS, Context, choose_beta, split_batch


class Fixed(nn.Module):
    """A network that answers with given logits, whatever the input, and whatever t."""

    def __init__(self, logits):
        super().__init__()
        self.logits = nn.Parameter(torch.tensor(logits))
        self.asked = []

    def forward(self, x, t=None):
        self.asked.append(t)
        return self.logits


def run(mask=((True, True),) * 3, **settings):
    return Context(torch.Generator().manual_seed(0), mask=[torch.tensor(mask)], **settings)


def batch(labels, forget):
    return torch.zeros(len(labels), 1), torch.tensor(labels), torch.tensor(forget)


# cross-entropy by hand: ln(1 + e^-a) for logits (a, 0) and label 0, ln(1 + e^a) for label 1
LOGITS = [[2.0, 0.0], [1.0, 0.0], [0.0, 3.0]]
BATCH = batch([0, 1, 1], [False, False, True])
RETAIN = (math.log(1 + math.exp(-2)) + math.log(1 + math.exp(1))) / 2
FORGET = math.log(1 + math.exp(-3))


def test_parts_by_hand():
    parts = split_batch(torch.tensor(LOGITS), *BATCH[1:])
    assert parts.retain_loss.item() == pytest.approx(RETAIN)
    assert parts.forget_loss.item() == pytest.approx(FORGET)
    assert [parts.retain_acc.item(), parts.forget_acc.item()] == [50.0, 100.0]
    assert [parts.retained.item(), parts.forgotten.item()] == [2, 1]


@pytest.mark.parametrize(
    ('method', 'settings', 'expected'),
    [
        ('baseline', {}, (2 * RETAIN + FORGET) / 3),
        ('ga', {}, -(2 * RETAIN + FORGET) / 3),
        ('ga_plus', {'beta': 0.2}, RETAIN - 0.2 * FORGET),
        ('curve', {'beta': 0.3}, RETAIN - 0.3 * FORGET),
        ('dynamic', {'retain_base': 99.0, 'forget_base': 90.0}, RETAIN - 0.5 * FORGET),
    ],
)
def test_losses_by_hand(method, settings, expected):
    loss, _ = METHODS[method].loss(Fixed(LOGITS), BATCH, run(**settings))
    assert loss.item() == pytest.approx(expected)


# ---------------------------------------------------------------- forget losses

THREE = batch([0, 1, 1, 0], [False, True, True, True])
LOGITS_OF_THREE = [[2.0, 0.0, 1.0], [0.0, 3.0, 1.0], [2.0, 0.0, 0.0], [1.0, 0.0, 0.0]]


def take_loss(row, logits, given=THREE, **settings):
    """(the forget loss of a batch, its gradient on the logits)."""
    net = Fixed(logits)
    x, y, forget = given
    context = run(forget_loss=row, **settings)
    halves = split_batch(net.logits, y, forget)
    loss = unlearn.FORGET_LOSSES[row](net.logits, given, halves, context)
    loss.sum().backward()
    return loss.item(), net.logits.grad


def test_the_papers_form_is_unchanged_to_the_bit():
    torch.manual_seed(0)
    logits, y, forget = torch.randn(64, 5) * 9, torch.arange(64) % 5, torch.arange(64) % 3 == 0
    halves = split_batch(logits, y, forget)
    given = (torch.zeros(64, 1), y, forget), run(beta=0.15, retain_base=99.0, forget_base=20.0)
    paper = halves.retain_loss - torch.tensor(0.15) * halves.forget_loss
    for method in ('ga_plus', 'curve'):
        assert torch.equal(METHODS[method].loss(Fixed(logits.tolist()), *given)[0], paper)
    paper = halves.retain_loss - choose_beta(halves, 99.0, 20.0) * halves.forget_loss
    assert torch.equal(METHODS['dynamic'].loss(Fixed(logits.tolist()), *given)[0], paper)


def test_hinge_lifts_the_loss_to_its_goal_and_no_further():
    losses = [math.log(1 + 2 * math.exp(-a)) for a in (1.0,)]
    losses += [math.log(math.exp(-3) + 1 + math.exp(-2)), math.log(2 + math.exp(2))]
    mean = sum(losses) / 3
    value, grad = take_loss('hinge', LOGITS_OF_THREE, base_loss=mean + 0.25)
    assert value == pytest.approx(0.25) and grad[1:].abs().sum() > 0
    assert (grad[0] == 0).all()  # a retained sample
    value, grad = take_loss('hinge', LOGITS_OF_THREE, base_loss=mean - 0.25)
    assert value == 0 and (grad == 0).all()


def test_right_pushes_only_what_is_still_right():
    value, grad = take_loss('right', LOGITS_OF_THREE)  # the third is wrong
    right = math.log(math.exp(-3) + 1 + math.exp(-2)), math.log(1 + 2 * math.exp(-1))
    assert value == pytest.approx(-sum(right) / 3)
    assert (grad[0] == 0).all() and (grad[2] == 0).all() and (grad[1] != 0).all()


def test_delete_gives_the_originals_answer_without_the_label():
    taught = Fixed([[math.log(4.0), 0.0, math.log(3.0)]])  # 0, 1/4, 3/4 without the first
    given = batch([0], [True])
    value, grad = take_loss('delete', [[0.0, 0.0, 0.0]], given, original=taught)
    assert value == pytest.approx(sum(q * math.log(3 * q) for q in (0.25, 0.75)), rel=1e-5)
    assert grad[0].tolist() == pytest.approx([1 / 3, 1 / 3 - 0.25, 1 / 3 - 0.75], abs=1e-6)
    value, grad = take_loss('delete', [[-40.0, 0.0, math.log(3.0)]], given, original=taught)
    assert value == pytest.approx(0, abs=1e-6) and grad.abs().max() < 1e-6  # reached


@pytest.mark.parametrize('row', unlearn.FORGET_LOSSES)
def test_only_the_papers_loss_runs_away(row):
    """Of two hundred steps on the forget loss alone."""
    torch.manual_seed(0)
    given = torch.randn(60, 20), torch.arange(60) % 3, torch.ones(60, dtype=torch.bool)
    net, original = nn.Linear(20, 3), nn.Linear(20, 3)
    context = run(beta=10.0, forget_loss=row, base_loss=1.5, original=original)
    optimizer, losses = torch.optim.SGD(net.parameters(), 0.1), []
    for _ in range(200):
        loss, _ = unlearn.negative_gradient(net, given, context)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(abs(loss.item()))
    assert (max(losses) < 10 * math.log(3) + 1e-4) == (row != 'ce')


@pytest.mark.parametrize('row', unlearn.FORGET_LOSSES)
def test_a_batch_without_forget_samples_has_no_forget_loss(row):
    given, original = batch([0, 1, 1, 0], [False] * 4), nn.Linear(1, 3)
    value, grad = take_loss(row, LOGITS_OF_THREE, given, original=original, base_loss=1.0)
    assert value == 0 and (grad == 0).all()


# ---------------------------------------------------------------- methods


def test_an_epoch_trains_in_train_mode():
    net = nn.Sequential(nn.BatchNorm1d(2), nn.Linear(2, 3)).eval()  # as it was measured before
    optimizer = torch.optim.SGD(net.parameters(), 0.1)
    batches = [(torch.randn(8, 2), torch.arange(8) % 3, torch.arange(8) < 4)] * 2
    given = run()
    unlearn.train_epoch(net, batches, lambda m, b: METHODS['finetune'].loss(m, b, given), optimizer)
    assert net.training and net[0].num_batches_tracked == 2


def test_random_labels_are_wrong_only_for_forget_samples():
    logits = torch.eye(5)[torch.arange(5).repeat(40)] * 50  # sure of the true label
    labels, forget = torch.arange(5).repeat(40), torch.arange(200) < 100
    net = Fixed(logits.tolist())
    x = torch.zeros(200, 1), labels, forget
    given = run()
    loss, logs = METHODS['randomlabel'].loss(net, x, given)
    assert loss.item() == pytest.approx(50 / 2, rel=1e-4)  # every forget label is wrong
    assert logs['forget_acc'][0] / logs['forget_acc'][1] == 100  # the log is of the true labels
    loss.backward()
    wrong = (net.logits.grad < 0).nonzero()[:100, 1]
    assert set(((wrong - labels[:100]) % 5).tolist()) == {1, 2, 3, 4}
    net.logits.grad = None
    METHODS['randomlabel'].loss(net, x, given)[0].backward()
    assert not torch.equal((net.logits.grad < 0).nonzero()[:100, 1], wrong)  # drawn anew


def test_scrub_by_hand():
    original = Fixed([[0.0, 0.0]] * 3)
    loss, _ = unlearn.scrub(Fixed(LOGITS), BATCH, run(original=original))

    def kl(a):  # of (1/2, 1/2) to the softmax of (a, 0) at temperature 4, times 16
        p = 1 / (1 + math.exp(-a / 4))
        return 16 * 0.5 * (math.log(0.5 / p) + math.log(0.5 / (1 - p)))

    near = 0.99 * RETAIN + 0.001 * (kl(2) + kl(1)) / 2
    assert loss.item() == pytest.approx(near - kl(-3), rel=1e-5)
    assert not original.training  # as its logits are those that it has when it is measured
    passes = [METHODS['scrub'].list_passes(epoch) for epoch in range(3)]
    assert passes == [['train_forget', 'train_retain']] * 2 + [['train_retain']]


def test_delete_by_hand():
    taught = torch.tensor([[0.5, 1.5, -1.0], [9e9, 1.0, 0.0]])  # the label's own does not matter
    logits = torch.tensor([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]], requires_grad=True)
    values = unlearn.diverge(logits, taught, torch.tensor([0, 0]))
    for row, gap in ((0, 2.5), (1, 1.0)):  # between the logits of the two other classes
        target, p = 1 / (1 + math.exp(-gap)), logits[row].detach().softmax(0)
        kl = target * math.log(target / p[1]) + (1 - target) * math.log((1 - target) / p[2])
        assert values[row].item() == pytest.approx(kl, rel=1e-5)
        (gradient,) = torch.autograd.grad(values[row], logits, retain_graph=True)
        torch.testing.assert_close(gradient[row], p - torch.tensor([0, target, 1 - target]))
    net, teacher = Fixed(LOGITS), Fixed([[50.0, -50.0]] * 3)
    loss, _ = unlearn.delete(net, batch([0, 1, 1], [True, False, True]), run(original=teacher))
    assert loss.item() == pytest.approx((math.log(1 + math.exp(2)) + math.log(1 + math.exp(3))) / 2)
    loss.backward()
    assert net.logits.grad[1].tolist() == [0.0, 0.0] and net.logits.grad.isfinite().all()


def test_sfron_by_hand():
    (first, second), p = (math.log(1 + math.exp(-2)), math.log(1 + math.exp(3))), (0.1192, 0.9526)
    net, forgotten = Fixed([[2.0, 0.0], [0.0, 3.0]]), batch([0, 0], [True, True])
    loss, _ = unlearn.sfron(net, forgotten, run(mask=((True, False), (True, True))))
    total = first**-0.5 + second**-0.5
    assert loss.item() == pytest.approx(-25 * (first**0.5 + second**0.5) / total)
    loss.backward()
    steps = [25 * q * w**-0.5 / total for q, w in zip(p, (first, second))]
    expected = [[steps[0], 0.0], [steps[1], -steps[1]]]  # its norm is below 7: not clipped
    torch.testing.assert_close(net.logits.grad, torch.tensor(expected), rtol=1e-3, atol=0)
    net = Fixed([[0.0, 3.0]])
    unlearn.sfron(net, batch([0], [True]), run(mask=((True, True),)))[0].backward()
    torch.testing.assert_close(net.logits.grad, torch.tensor([[7.0, -7.0]]) / 2**0.5)
    net = Fixed([[99.0, 0.0], [0.0, 3.0]])  # a loss of 0 has a large weight, but a finite one
    unlearn.sfron(net, forgotten, run(mask=((True, True),) * 2))[0].backward()
    assert net.logits.grad.isfinite().all() and net.logits.grad[1].abs().min() > 0


def test_sfron_repairs_by_plain_cross_entropy():
    net, retained = Fixed(LOGITS), batch([0, 1, 1], [False] * 3)
    losses = [
        loss(net, retained, run(mask=((False, False),) * 3))[0]
        for loss in (unlearn.sfron, unlearn.cross_entropy)
    ]
    repair, plain = (torch.autograd.grad(loss, net.logits)[0] for loss in losses)
    assert losses[0] == losses[1] and torch.equal(repair, plain)


@pytest.mark.parametrize(
    ('accuracies', 'counts', 'bases', 'beta'),
    [
        ((90, 99), (9, 1), (99, 90), 0.0),  # forgotten enough
        ((91, 100), (9, 1), (90, 90), 0.01),  # 1/90 beyond its base, retain 10/90
        ((100, 91), (9, 1), (90, 90), 0.5),
        ((100, 90), (9, 1), (90, 80), 0.5),  # 20/80 against 0
        ((100, 100), (9, 0), (50, 50), 0.0),  # no forget sample
        ((100, 0), (0, 9), (90, 80), 0.5),  # no retain sample: a_r = A_r
        ((0, 100), (9, 1), (90, 0), 0.0),  # a class: forgotten
        ((10, 100), (9, 1), (90, 0), 0.5),  # a class: not yet, and never 0.01
    ],
)
def test_choose_beta(accuracies, counts, bases, beta):
    acc_f, acc_r = (torch.tensor(float(a)) for a in accuracies)
    zero = torch.tensor(0.0)
    parts = unlearn.Halves(zero, zero, acc_r, acc_f, *map(torch.tensor, counts))
    assert choose_beta(parts, *map(float, bases)).item() == pytest.approx(beta)


@pytest.mark.parametrize('method', METHODS)
@pytest.mark.parametrize('forget', [True, False])
def test_one_sided_batches_are_finite(method, forget):
    net = Fixed(LOGITS)
    given = run(beta=0.2, retain_base=99.0, forget_base=0.0, original=Fixed(LOGITS))
    loss, logs = METHODS[method].loss(net, batch([0, 1, 1], [forget] * 3), given)
    loss.backward()
    assert loss.isfinite() and net.logits.grad.isfinite().all()
    missing = 'retain_loss' if forget else 'forget_loss'
    assert [float(v) for v in logs[missing]] == [0.0, 0.0]
    if method in ('curve', 'dynamic', 'ga_plus') and not forget:
        full = METHODS['baseline'].loss(net, batch([0, 1, 1], [False] * 3), given)[0]
        assert loss.item() == full.item()


def test_an_infinite_loss_of_one_half_does_not_reach_the_other():
    net = Fixed([[0.0, 1e38, -1e38], [1.0, 0.0, 0.0]])
    parts = split_batch(net.logits * 10, torch.tensor([2, 0]), torch.tensor([True, False]))
    assert parts.retain_loss.isfinite()


def test_each_step_draws_one_t_for_itself_and_epochs_log_beta():
    net = Fixed(LOGITS)
    optimizer = torch.optim.SGD(net.parameters(), 0.0)
    given = run(retain_base=99.0, forget_base=90.0)
    batches = [BATCH, batch([0, 1, 1], [False] * 3)] * 2
    means = unlearn.train_epoch(
        net, batches, lambda m, b: METHODS['dynamic'].loss(m, b, given), optimizer
    )
    drawn = [float(t) for t in net.asked]
    assert len(set(drawn)) == 4 and all(0 <= t < 1 for t in drawn)
    assert means['beta'] == pytest.approx(0.25)
    assert (means['beta_off'], means['beta_easy'], means['beta_hard']) == (0.5, 0.0, 0.5)
    ce = [math.log(1 + math.exp(-2)), math.log(1 + math.exp(1)), math.log(1 + math.exp(-3))]
    assert means['retain_loss'] == pytest.approx((2 * sum(ce[:2]) + 2 * sum(ce)) / 10)
    assert means['forget_loss'] == pytest.approx(ce[2])
    first = (ce[0] + ce[1]) / 2
    assert means['first_loss'] == pytest.approx(first)
    assert means['loss'] == pytest.approx((first - 0.5 * ce[2] + sum(ce) / 3) / 2)


def test_saluns_masked_elements_never_move():
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
    start = {name: p.detach().clone() for name, p in net.named_parameters()}
    mask = {name: torch.rand(p.shape) < 0.5 for name, p in net.named_parameters()}
    optimizer = torch.optim.SGD(net.parameters(), 0.1, momentum=0.9, weight_decay=0.1)
    unlearn.freeze_unselected(optimizer, net, mask)
    batches = [(torch.randn(16, 4), torch.arange(16) % 3, torch.arange(16) < 5) for _ in range(5)]
    given = run()
    unlearn.train_epoch(net, batches, lambda m, b: METHODS['salun'].loss(m, b, given), optimizer)
    for name, p in net.named_parameters():
        assert torch.equal(p[~mask[name]], start[name][~mask[name]])
        assert (p[mask[name]] != start[name][mask[name]]).all()


def test_a_loss_that_is_not_finite_names_its_batch():
    net = Fixed(LOGITS)
    optimizer = torch.optim.SGD(net.parameters(), 1.0)

    def loss(model, given):
        return model.logits.sum() * given[0], {}

    with pytest.raises(Diverged, match='epoch 3: the loss is not finite from batch 2 on'):
        batches = [(torch.tensor(value),) for value in (1.0, math.nan, 1.0)]
        unlearn.train_epoch(net, batches, loss, optimizer, 'epoch 3')


@pytest.mark.parametrize('method', METHODS)
def test_losses_of_half_precision_logits_are_computed_in_float32(method):
    class Halved(Fixed):
        def forward(self, x, t=None):
            return super().forward(x, t).bfloat16()

    near = [[2.03125, 0.0], [1.0, 0.015625], [0.0, 2.984375]]  # that bfloat16 holds
    losses, gradients = [], []
    for kind in (Fixed, Halved):
        net, teacher = kind(LOGITS), kind(near)
        given = run(beta=0.2, retain_base=99.0, forget_base=90.0, original=teacher)
        with torch.autocast('cpu', torch.bfloat16, enabled=kind is Halved):
            loss, _ = METHODS[method].loss(net, BATCH, given)
        loss.backward()
        assert loss.dtype == torch.float32
        losses.append(loss.item())
        gradients.append(net.logits.grad)
    assert losses[0] == losses[1]
    torch.testing.assert_close(gradients[1], gradients[0], rtol=1 / 128, atol=1e-6)


@pytest.mark.parametrize('precision', ['bf16', 'fp16'])
def test_half_precision_trains_nearly_the_same_in_float32_weights(precision):
    torch.manual_seed(0)
    batch = torch.randn(64, 20), torch.arange(64) % 3, torch.arange(64) % 2 == 0
    moved = []
    for kind in ('fp32', precision):
        torch.manual_seed(1)
        net = torch.nn.Linear(20, 3)
        start = net.weight.detach().clone()
        optimizer = torch.optim.SGD(net.parameters(), 0.1)
        scaler = torch.amp.GradScaler('cpu') if kind == 'fp16' else None
        loss = partial(unlearn.negative_gradient, context=Context(torch.Generator(), beta=0.2))
        unlearn.train_epoch(net, [batch] * 5, loss, optimizer, 'test', kind, scaler)
        assert net.weight.dtype == torch.float32
        moved.append(net.weight.detach() - start)
    assert not torch.equal(*moved)
    torch.testing.assert_close(*moved, rtol=0.05, atol=2e-3)
