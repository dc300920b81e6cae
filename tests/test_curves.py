"""Curves: endpoints, points by hand, masks that save their gradients, state dicts."""

import re
from unittest import mock

import numpy as np
import pytest
import torch
from conftest import ROOT
from torch import nn
from torch.nn import functional as F
from torch.utils._python_dispatch import TorchDispatchMode

import models
import unlearn
from curves import CURVES, Bezier, CurveNet, PolyChain, compute_lr_ratio
from lib import datasets, methods

NETWORKS = {
    'PreResNet8': {},
    'VGG16BN': {},
    'ViT': {'image_size': 32},
    'mobilenet_v3_small': {},
}


def pair(name='PreResNet8', classes=10, **options):
    """Two networks of different weights and BatchNorm statistics, in eval mode."""
    nets = []
    for seed in (0, 1):
        torch.manual_seed(seed)
        net = models.build(name, classes, **options)
        for module in net.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.running_mean.normal_(std=0.1)
                module.running_var.uniform_(0.5, 1.5)
        nets.append(net.eval())
    return nets


def curve_between(start, end, curve='Bezier', num_bends=3, **options):
    net = CurveNet(start, curve, num_bends, **options)
    net.set_point(0, start)
    net.set_point(-1, end.state_dict())
    net.init_linear()
    return net


def flat(net):
    return torch.cat([p.detach().reshape(-1) for p in net.parameters()])


def buffers(net):
    return {name: b for name, b in net.state_dict().items() if 'running' in name or 'num_b' in name}


@pytest.mark.parametrize('name', NETWORKS)
def test_ends_of_the_curve_are_the_networks(name, smaller):
    start, end = pair(name, **NETWORKS[name])
    curve, x = curve_between(start, end), torch.randn(2, 3, 32, 32)
    for t, net in ((0.0, start), (1.0, end)):
        point = curve.at(t)
        point.load_state_dict(point.state_dict() | buffers(net))
        assert torch.equal(point.eval()(x), net(x))
        assert dict(point.named_parameters()).keys() == dict(net.named_parameters()).keys()
    assert torch.equal(curve.eval()(x, torch.tensor([0.0])), start(x))


def test_networks_compute_what_their_papers_say():
    image = torch.randn(2, 3, 32, 32)
    net, _ = pair()
    x = net.conv1(image)
    for stage, stride in ((net.layer1, 1), (net.layer2, 2), (net.layer3, 2)):
        (block,) = stage
        y = F.conv2d(block.bn1(x).relu(), block.conv1.weight, stride=stride, padding=1)
        y = F.conv2d(block.bn2(y).relu(), block.conv2.weight, padding=1)
        x = y + (x if stride == 1 else F.conv2d(x, block.downsample[0].weight, stride=2))
    logits = net.fc(net.bn(x).relu().mean((2, 3)))
    torch.testing.assert_close(net(image), logits, rtol=1e-4, atol=1e-4)
    block = models.build('PreResNet47', 10).layer2[0]
    assert (block.conv1.stride, block.conv2.stride) == ((1, 1), (2, 2))
    assert len(flat(models.build('PreResNet110', 10))) == 1_146_842
    (net, _), x = pair('VGG16BN'), image
    assert net.classifier[1].weight.shape == (512, 512)
    for stage in net.layer_blocks:
        for conv, norm in zip(stage[::2], stage[1::2]):
            x = norm(conv(x)).relu()
        x = F.max_pool2d(x, 2)
    torch.testing.assert_close(net(image), net.classifier(x.flatten(1)), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(
    ('curve', 'bends', 't', 'expected'),
    [
        (Bezier, 3, 0.25, [0.5625, 0.375, 0.0625]),
        (Bezier, 4, 0.5, [0.125, 0.375, 0.375, 0.125]),
        (PolyChain, 3, 0.25, [0.5, 0.5, 0.0]),
        (PolyChain, 4, 0.5, [0.0, 0.5, 0.5, 0.0]),
        (Bezier, 3, 0.0, [1.0, 0.0, 0.0]),
        (PolyChain, 5, 1.0, [0.0, 0.0, 0.0, 0.0, 1.0]),
    ],
)
def test_coefficients_by_hand(curve, bends, t, expected):
    for given in (t, torch.tensor(t), torch.tensor([t])):
        assert curve(bends)(given).tolist() == pytest.approx(expected)


def test_weights_and_gradients_are_those_of_the_formula():
    start, end = pair()
    curve = CurveNet(start, Bezier, 3, fix_start=False)
    middle = models.build('PreResNet8', 10)
    for index, net in enumerate((start, middle, end)):
        curve.set_point(index, net)
    t, x, y = 0.3, torch.randn(4, 3, 32, 32), torch.tensor([0, 1, 2, 3])
    by_hand = 0.49 * flat(start) + 0.42 * flat(middle) + 0.09 * flat(end)
    torch.testing.assert_close(curve.weights(t), by_hand, rtol=1e-5, atol=1e-6)

    nn.functional.cross_entropy(curve.train()(x, t), y).backward()
    point = curve.at(t).train()
    nn.functional.cross_entropy(point(x), y).backward()
    gradient = torch.cat([p.grad.reshape(-1) for p in point.parameters()])
    torch.testing.assert_close(curve.points[0].grad, 0.49 * gradient, rtol=1e-4, atol=1e-6)
    torch.testing.assert_close(curve.points[1].grad, 0.42 * gradient, rtol=1e-4, atol=1e-6)
    assert curve.points[2].grad is None


class CountConvolutions(TorchDispatchMode):
    """Counts backward convolutions, and those that compute a weight's gradient."""

    passes = weights = 0

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        if func is torch.ops.aten.convolution_backward.default:
            self.passes += 1
            self.weights += bool(args[-1][1])
        return func(*args, **(kwargs or {}))


@pytest.mark.parametrize(
    ('selected', 'passes'),
    [
        # PreResNet8: conv1, three layers of two convolutions, two of them with a projection
        (('layer3.0.conv2.weight',), 1),
        (('layer3.0.conv1.weight', 'fc.weight'), 2),
        (('layer2.0.conv2.weight',), 4),  # layer3's three pass the gradient through
        (('fc.bias',), 0),
    ],
)
def test_masked_out_tensors_cost_no_gradient(selected, passes):
    start, end = pair()
    mask = {name: torch.tensor(name in selected) for name, _ in start.named_parameters()}
    curve = curve_between(start, end, mask=mask).train()
    before = [point.clone() for point in curve.points]
    optimizer = torch.optim.SGD([p for p in curve.parameters() if p.requires_grad], 0.1, 0.9)
    for _ in range(2):
        loss = curve(torch.randn(4, 3, 32, 32), 0.5).square().mean()
        optimizer.zero_grad()
        with CountConvolutions() as count:
            loss.backward()
        optimizer.step()
    assert (count.passes, count.weights) == (passes, sum('conv' in name for name in selected))
    assert torch.equal(before[0], curve.points[0]) and torch.equal(before[2], curve.points[2])
    tensors = zip(curve.shapes, before[1].split(curve.sizes), curve.points[1].split(curve.sizes))
    assert {name for name, old, new in tensors if not torch.equal(old, new)} == set(selected)


def test_what_does_not_fit_is_refused():
    start, _ = pair()
    mask = {name: torch.tensor(True) for name, _ in start.named_parameters()}
    with pytest.raises(ValueError, match='fc.bias'):
        CurveNet(start, Bezier, 3, mask={k: v for k, v in mask.items() if k != 'fc.bias'})
    with pytest.raises(ValueError, match='fc.weight'):
        CurveNet(start, Bezier, 3).set_point(0, models.build('PreResNet8', 7))


def test_inner_points_start_on_the_line_or_at_random_but_for_what_is_frozen():
    start, end = pair()
    linear = curve_between(start, end, PolyChain, 5)
    torch.testing.assert_close(linear.points[1], torch.lerp(flat(start), flat(end), 0.25))
    mask = {name: torch.tensor(name == 'conv1.weight') for name, _ in start.named_parameters()}
    curve, fresh = curve_between(start, end, mask=mask), models.build('PreResNet8', 10)
    curve.set_point(1, fresh)
    curve.init_linear(curve.frozen)
    size, line = fresh.conv1.weight.numel(), torch.lerp(flat(start), flat(end), 0.5)
    assert torch.equal(curve.points[1], torch.cat([flat(fresh)[:size], line[size:]]))


def test_state_dict_is_points_and_buffers_and_loads():
    start, end = pair()
    curve, other = curve_between(start, end), CurveNet(end, Bezier, 3)
    saved, total = curve.state_dict(), len(flat(start))
    shapes = {name: tensor.shape for name, tensor in saved.items() if name.startswith('points.')}
    assert shapes == {f'points.{j}': (total,) for j in range(3)}
    assert saved.keys() - shapes.keys() == {f'net.{name}' for name in buffers(start)}
    other.load_state_dict(saved)
    x = torch.randn(2, 3, 32, 32)
    assert torch.equal(other.eval()(x, 0.4), curve.eval()(x, 0.4))


def test_tied_parameters_stay_tied():
    start, end = (nn.Sequential(nn.Linear(5, 5), nn.Linear(5, 5)) for _ in range(2))
    for net in (start, end):
        net[1].weight = net[0].weight
    curve, x = curve_between(start, end), torch.randn(3, 5)
    torch.testing.assert_close(curve(x, 1.0), end(x))
    point = curve.at(1.0)
    assert point[0].weight is point[1].weight
    curve._apply(torch.clone)  # as a move to another device does
    torch.testing.assert_close(curve(x, 1.0), end(x))
    assert curve.at(0.5)[0].weight.shape == (5, 5)


@pytest.mark.parametrize(
    ('curve', 'bends', 'interval', 'expected'),
    [
        ('Bezier', 3, (0, 1), 2 / 15),  # ∫ 4 t² (1-t)²
        ('PolyChain', 3, (0, 1), 1 / 3),
        ('Bezier', 3, (0.5, 0.5), 0.25),
        ('PolyChain', 5, (0.25, 0.25), 1.0),  # on a point
    ],
)
def test_a_step_moves_the_curve_by_its_mean_squared_coefficients(curve, bends, interval, expected):
    free = [False, *[True] * (bends - 2), False]
    ratio = compute_lr_ratio(CURVES[curve](bends), free, *interval)
    assert ratio == pytest.approx(expected, abs=1e-5)


# ---------------------------------------------------------------- the examples of the pages


def run_examples(page):
    """The names that the Python examples of a page define, each pasted where its text says."""
    names, patch = {**vars(datasets), **vars(unlearn), **vars(methods), 'nn': nn}, mock.patch.dict
    with patch(datasets.DATASETS), patch(methods.METHODS):
        for block in re.findall(r'```python\n(.*?)```', (ROOT / page).read_text(), re.DOTALL):
            exec(block, names)
        names |= {'rows': dict(methods.METHODS)}
    return names


def test_the_examples_of_readme_run(capsys):
    names = run_examples('README.md')
    assert 'usable' in capsys.readouterr().out
    assert names['unlearned'](torch.zeros(1, 3, 8, 8)).shape == (1, 4)
    assert names['small'](7)(torch.zeros(1, 3, 32, 32)).shape == (1, 7)
    assert names['rows']['capped'].loss == 'capped'
    batch = torch.randn(4, 3, 8, 8), torch.arange(4), torch.tensor([True, True, False, False])
    net, context = nn.Sequential(nn.Flatten(), nn.Linear(192, 4)), unlearn.Context()
    names['capped'](net, batch, context)[0].backward()


def test_the_examples_of_extending_run(tmp_path):
    names = run_examples('docs/extending.md')
    assert names['unlearned'](torch.zeros(1, 3, 32, 32)).shape == (1, 10)
    images, labels = np.zeros((4, 8, 8, 3), dtype=np.uint8), np.arange(4)
    halves = {'x_train': images, 'y_train': labels, 'x_test': images, 'y_test': labels}
    np.savez(tmp_path / 'data.npz', **halves)
    train, _ = names['arrays'](tmp_path)
    for kind in ('table', 'embeddings', 'tokens'):
        result = names[f'from_{kind}']
        assert result.model(names[kind][:3]).shape == (3, 4), kind
        assert result.report['request']['samples'] == 3
    assert train.classes == ['0', '1', '2', '3'] and train.images.shape == (4, 3, 8, 8)
    outputs = np.log(np.full((4, 4), 0.25, dtype=np.float16))
    np.savez(tmp_path / 'run.npz', labels_train_forget=labels, log_probs_train_forget=outputs)
    assert names['measure_confidence'](tmp_path / 'run.npz') == pytest.approx(25, rel=1e-3)
