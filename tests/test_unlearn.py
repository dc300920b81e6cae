"""The losses on logits made by hand, β, and what may and may not move."""

import math
from functools import partial

import pytest
import torch
from torch import nn

import unlearn
from lib.errors import InputError, NotFinite
from train import train_epoch
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


def make_context(mask=((True, True),) * 3, **settings):
    generator = torch.Generator().manual_seed(0)
    return Context(generator, mask=[torch.tensor(mask)], **settings)


def bind(method, **settings):
    """The loss of a method as train_epoch calls it."""
    return partial(METHODS[method].loss, context=make_context(**settings))


def batch(labels, forget):
    return torch.zeros(len(labels), 1), torch.tensor(labels), torch.tensor(forget)


# cross-entropy by hand: ln(1 + e^-a) for logits (a, 0) and label 0, ln(1 + e^a) for label 1
LOGITS = [[2.0, 0.0], [1.0, 0.0], [0.0, 3.0]]
BATCH = batch([0, 1, 1], [False, False, True])
RETAIN = (math.log(1 + math.exp(-2)) + math.log(1 + math.exp(1))) / 2
FORGET = math.log(1 + math.exp(-3))


def test_halves_by_hand():
    halves = [value.item() for value in split_batch(torch.tensor(LOGITS), *BATCH[1:])]
    assert halves == pytest.approx([RETAIN, FORGET, 50, 100, 2, 1])
    infinite = torch.tensor([[0.0, 1e39, -1e39], [1.0, 0.0, 0.0]])  # of the forget sample
    halves = split_batch(infinite, torch.tensor([2, 0]), torch.tensor([True, False]))
    assert halves.retain_loss.isfinite()


@pytest.mark.parametrize(
    ('method', 'settings', 'expected'),
    [
        ('baseline', {}, (2 * RETAIN + FORGET) / 3),
        ('ga', {}, -(2 * RETAIN + FORGET) / 3),
        ('ga_plus', {'beta': 0.2}, RETAIN - 0.2 * FORGET),
        ('l1_sparse', {}, (2 * RETAIN + FORGET) / 3 + 1e-4 * 6),  # the logits are the parameters
        ('l1_sparse', {'progress': 0.75}, (2 * RETAIN + FORGET) / 3 + 0.25e-4 * 6),
        ('curve', {'beta': 0.3}, RETAIN - 0.3 * FORGET),
        ('dynamic', {'retain_base': 99.0, 'forget_base': 90.0}, RETAIN - 0.5 * FORGET),
        ('align', {'retain_base': 99.0, 'forget_base': 90.0}, RETAIN - 0.5 * FORGET),
    ],
)
def test_losses_by_hand(method, settings, expected):
    loss, _ = METHODS[method].loss(Fixed(LOGITS), BATCH, make_context(**settings))
    assert loss.item() == pytest.approx(expected)


# ---------------------------------------------------------------- methods


def test_random_labels_are_wrong_only_for_forget_samples():
    logits = torch.eye(5)[torch.arange(5).repeat(40)] * 50  # sure of the true label
    labels, forget = torch.arange(5).repeat(40), torch.arange(200) < 100
    net = Fixed(logits.tolist())
    given, compute = (torch.zeros(200, 1), labels, forget), bind('randomlabel')
    loss, logs = compute(net, given)
    assert loss.item() == pytest.approx(50 / 2, rel=1e-4)  # every forget label is wrong
    right, count = logs['batch_forget_acc']  # by the true labels
    assert right == 100 * count
    loss.backward()
    wrong = (net.logits.grad < 0).nonzero()[:100, 1]
    assert set(((wrong - labels[:100]) % 5).tolist()) == {1, 2, 3, 4}
    net.logits.grad = None
    compute(net, given)[0].backward()
    assert not torch.equal((net.logits.grad < 0).nonzero()[:100, 1], wrong)  # drawn anew


def test_scrub_by_hand():
    original = Fixed([[0.0, 0.0]] * 3)
    loss, _ = unlearn.scrub(Fixed(LOGITS), BATCH, make_context(original=original))

    def kl(a):  # of (1/2, 1/2) to the softmax of (a, 0) at temperature 4, times 16
        p = 1 / (1 + math.exp(-a / 4))
        return 16 * 0.5 * (math.log(0.5 / p) + math.log(0.5 / (1 - p)))

    near = 0.99 * RETAIN + 0.001 * (kl(2) + kl(1)) / 2
    assert loss.item() == pytest.approx(near - kl(-3), rel=1e-5)
    assert not original.training  # as its logits are those that it has when it is measured
    passes = [METHODS['scrub'].list_passes(epoch) for epoch in range(3)]
    assert passes == [['train_forget', 'train_retain']] * 2 + [['train_retain']]


def test_delete_gives_the_originals_answer_without_the_label():
    taught = Fixed([[math.log(4.0), 0.0, math.log(3.0)]] * 2)  # 0, 1/4, 3/4 without the first
    given, net = batch([0, 0], [True, False]), Fixed([[0.0, 0.0, 0.0]] * 2)
    loss, _ = bind('delete', original=taught)(net, given)
    assert loss.item() == pytest.approx(sum(q * math.log(3 * q) for q in (0.25, 0.75)), rel=1e-5)
    loss.backward()
    expected = [1 / 3, 1 / 3 - 0.25, 1 / 3 - 0.75]
    assert net.logits.grad[0].tolist() == pytest.approx(expected, abs=1e-6)
    assert net.logits.grad[1].tolist() == [0, 0, 0]
    reached = Fixed([[-40.0, 0.0, math.log(3.0)]] * 2)
    assert bind('delete', original=taught)(reached, given)[0].item() == pytest.approx(0, abs=1e-6)


def test_sfron_by_hand():
    (first, second), p = (math.log(1 + math.exp(-2)), math.log(1 + math.exp(3))), (0.1192, 0.9526)
    net, forgotten = Fixed([[2.0, 0.0], [0.0, 3.0]]), batch([0, 0], [True, True])
    loss, _ = unlearn.sfron(net, forgotten, make_context(mask=((True, False), (True, True))))
    total = first**-0.5 + second**-0.5
    assert loss.item() == pytest.approx(-25 * (first**0.5 + second**0.5) / total)
    loss.backward()
    steps = [25 * q * w**-0.5 / total for q, w in zip(p, (first, second))]
    expected = [[steps[0], 0.0], [steps[1], -steps[1]]]  # its norm is below 7: not clipped
    torch.testing.assert_close(net.logits.grad, torch.tensor(expected), rtol=1e-3, atol=0)
    net = Fixed([[0.0, 3.0]])
    unlearn.sfron(net, batch([0], [True]), make_context(mask=((True, True),)))[0].backward()
    torch.testing.assert_close(net.logits.grad, torch.tensor([[7.0, -7.0]]) / 2**0.5)
    net = Fixed([[99.0, 0.0], [0.0, 3.0]])  # a loss of 0 has a large weight, but a finite one
    unlearn.sfron(net, forgotten, make_context(mask=((True, True),) * 2))[0].backward()
    assert net.logits.grad.isfinite().all() and net.logits.grad[1].abs().min() > 0


def test_msg_draws_the_weights_of_small_gradients_anew_and_slows_the_others():
    net = nn.Sequential(nn.Conv2d(1, 2, (1, 5)), nn.Flatten(), nn.Linear(2, 3))
    before = {name: p.detach().clone() for name, p in net.named_parameters()}
    forget = torch.tensor([1.0, 5, -2, 4, 0, 3, 9, -8, 7, 6]).view(2, 1, 1, 5)
    gradients = {'train_forget': {'0.weight': 10 + forget}, 'train_retain': {'0.weight': 10.0}}
    prepare, generator = METHODS['msg'].prepare, torch.Generator()
    prepare(net, gradients.get, generator.manual_seed(0))
    drawn = torch.tensor([True, False, True, False, True, *[False] * 5]).view(2, 1, 1, 5)
    fresh = torch.empty(2, 1, 1, 5)
    fresh.normal_(0, (2 / 10) ** 0.5, generator=generator.manual_seed(0))  # 2 / (outputs · size)
    torch.testing.assert_close(net[0].weight[drawn], fresh[drawn])
    assert torch.equal(net[0].weight[~drawn], before['0.weight'][~drawn])
    for name in ('0.bias', '2.weight', '2.bias'):
        assert torch.equal(net.get_parameter(name), before[name])
    net(torch.ones(1, 1, 1, 5)).sum().backward()
    slowed = net[0].weight.grad / net[0].bias.grad.view(2, 1, 1, 1)  # of an image of ones: 1
    torch.testing.assert_close(slowed, torch.where(drawn, 1.0, 0.1))


def test_ct_exchanges_height_and_width_of_square_kernels():
    net = nn.Sequential(nn.Conv2d(1, 1, 2), nn.Conv2d(1, 1, (1, 2)), nn.Linear(2, 2))
    with torch.no_grad():
        net[0].weight.copy_(torch.tensor([[[[1.0, 2], [3, 4]]]]))
    before = [p.detach().clone() for p in net.parameters()]
    METHODS['ct'].prepare(net, None, None)
    assert net[0].weight.tolist() == [[[[1, 3], [2, 4]]]]
    assert all(map(torch.equal, [*net.parameters()][1:], before[1:]))
    with pytest.raises(InputError, match='no convolution'):
        METHODS['ct'].prepare(net[2], None, None)


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
    halves = unlearn.Halves(None, None, acc_r, acc_f, *map(torch.tensor, counts))
    assert choose_beta(halves, *map(float, bases)).item() == pytest.approx(beta)


@pytest.mark.parametrize('method', METHODS)
@pytest.mark.parametrize('forget', [True, False])
def test_one_sided_batches_are_finite(method, forget):
    net = Fixed(LOGITS)
    given = make_context(beta=0.2, retain_base=99.0, forget_base=0.0, original=Fixed(LOGITS))
    loss, logs = METHODS[method].loss(net, batch([0, 1, 1], [forget] * 3), given)
    loss.backward()
    assert loss.isfinite() and net.logits.grad.isfinite().all()
    missing = 'retain_loss' if forget else 'forget_loss'
    assert [float(v) for v in logs[missing]] == [0.0, 0.0]
    if method in ('align', 'curve', 'dynamic', 'ga_plus', 'sfron') and not forget:
        full = METHODS['baseline'].loss(net, batch([0, 1, 1], [False] * 3), given)[0]
        assert loss.item() == full.item()


def test_each_step_draws_one_t_for_itself_and_epochs_log_beta():
    net = Fixed(LOGITS)
    optimizer = torch.optim.SGD(net.parameters(), 0.0)
    batches = [BATCH, batch([0, 1, 1], [False] * 3)] * 2
    loss = bind('dynamic', retain_base=99.0, forget_base=90.0)
    means = train_epoch(net, batches, loss, optimizer)
    drawn = [float(t) for t in net.asked]
    assert len(set(drawn)) == 4 and all(0 <= t < 1 for t in drawn)
    assert means['beta'] == pytest.approx(0.25)
    assert (means['beta_off'], means['beta_easy'], means['beta_hard']) == (0.5, 0.0, 0.5)
    ce = [math.log(1 + math.exp(-2)), math.log(1 + math.exp(1)), math.log(1 + math.exp(-3))]
    assert means['retain_loss'] == pytest.approx((2 * sum(ce[:2]) + 2 * sum(ce)) / 10)
    assert means['forget_loss'] == pytest.approx(ce[2])
    assert means['batch_retain_acc'] == pytest.approx(60) and means['batch_forget_acc'] == 100
    assert means['loss'] == pytest.approx((sum(ce[:2]) / 2 - 0.5 * ce[2] + sum(ce) / 3) / 2)


def test_saluns_masked_elements_never_move():
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 3))
    net.eval()  # as it was measured before
    start = {name: p.detach().clone() for name, p in net.named_parameters()}
    mask = {name: torch.rand(p.shape) < 0.5 for name, p in net.named_parameters()}
    optimizer = torch.optim.SGD(net.parameters(), 0.1, momentum=0.9, weight_decay=0.1)
    unlearn.freeze_unselected(optimizer, net, mask)
    batches = [(torch.randn(16, 4), torch.arange(16) % 3, torch.arange(16) < 5) for _ in range(5)]
    train_epoch(net, batches, bind('salun'), optimizer)
    assert net.training and net[1].num_batches_tracked == 5
    for name, p in net.named_parameters():
        assert torch.equal(p[~mask[name]], start[name][~mask[name]])
        assert (p[mask[name]] != start[name][mask[name]]).all()


def test_a_loss_that_is_not_finite_names_its_batch():
    net, batches = Fixed(LOGITS), [(torch.tensor(value),) for value in (1.0, math.nan, 1.0)]
    optimizer = torch.optim.SGD(net.parameters(), 1.0)
    with pytest.raises(NotFinite, match='the loss is not finite from batch 2 on'):
        train_epoch(net, batches, lambda net, given: (net.logits.sum() * given[0], {}), optimizer)


@pytest.mark.parametrize('method', METHODS)
def test_losses_of_half_precision_logits_are_computed_in_float32(method):
    class Halved(Fixed):
        def forward(self, x, t=None):
            return super().forward(x, t).bfloat16()

    near = [[2.03125, 0.0], [1.0, 0.015625], [0.0, 2.984375]]  # that bfloat16 holds
    losses, nets = [], [Fixed(LOGITS), Halved(LOGITS)]
    for net in nets:
        settings = {'beta': 0.2, 'retain_base': 99.0, 'forget_base': 90.0}
        loss, _ = bind(method, original=type(net)(near), **settings)(net, BATCH)
        loss.backward()
        losses.append(loss)
    assert torch.equal(*losses) and losses[1].dtype == torch.float32
    halved, plain = (net.logits.grad for net in reversed(nets))
    torch.testing.assert_close(halved, plain, rtol=1 / 128, atol=1e-6)
