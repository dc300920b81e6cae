"""What is passed to what: the rules of the method whose breach no error and no chain would show."""

import copy
import math

import numpy as np
import pytest
import torch
from conftest import SIDE, only, open_net, run, state

import data
import train
import unlearn
import utils
from evaluation import SVC_MIA
from lib import checkpoint
from unlearn import METHODS


def open_tiny(**settings):
    """The data of `tiny_original`."""
    fractions = {'train_fraction': 0.1, 'test_fraction': 0.3}
    tiny = data.open_data('Digits', 'ResNet', image_size=SIDE, **fractions)
    tiny.divide(split_seed=42, **settings)
    tiny.load(torch.device('cpu'))
    return tiny


# ---------------------------------------------------------------- training


def test_each_method_trains_on_its_parts_of_the_data():
    tiny = open_tiny(retain_ratio=0.5)
    retain, forget = (len(tiny.parts[f'train_{half}']) for half in ('retain', 'forget'))
    expected = dict.fromkeys(METHODS, (retain, forget))
    on_retain = ('retrain', 'finetune', 'l1_sparse', 'msg', 'ct')
    expected |= dict.fromkeys(on_retain, (retain, 0))
    expected |= dict.fromkeys(('finetune2', 'ga', 'delete'), (0, forget))
    expected |= dict.fromkeys(('align', 'curve', 'dynamic'), (round(retain * 0.5), forget))
    for name, method in METHODS.items():
        passes = tiny.passes(method.list_passes(0), batch_size=64)
        flags = torch.cat([flags for batches in passes for *_, flags in batches])
        assert (int((~flags).sum()), int(flags.sum())) == expected[name], name


def test_each_epoch_of_each_seed_has_its_own_order_images_and_draws(
    tiny_original, tmp_path, monkeypatch
):
    epochs, train_epoch = [], train.train_epoch

    def record(model, batches, loss, *others):
        batches = list(batches)
        x, y, _ = map(torch.cat, zip(*batches))
        draws = torch.rand(9, generator=loss.keywords['context'].generator)
        epochs.append((x, y, draws, torch.rand(9)))  # the last as dropout draws
        return train_epoch(model, batches, loss, *others)

    monkeypatch.setattr(train, 'train_epoch', record)
    flags = ['--unlearn_method=randomlabel', f'--original_pth={tiny_original}', '--split_seed=42']
    for folder, seed in (('one', 1), ('again', 1), ('other', 2)):
        run('train', f'--dir={tmp_path / folder}', *flags, f'--seed={seed}', '--epochs=2')
    first, second, again, _, other, _ = epochs
    assert all(map(torch.equal, first, again))
    for epoch in (second, other):
        assert not any(map(torch.equal, first, epoch))


@pytest.mark.parametrize(
    ('milestones', 'shares'),
    [
        (None, [(1 + math.cos(math.pi * epoch / 4)) / 2 for epoch in range(4)]),
        ([2, 3], [1, 1, 0.1, 0.01]),
        ([11], [1, 1, 1, 1]),
    ],
)
def test_rates_momentum_and_weight_decay_by_hand(milestones, shares, tiny_curve):
    net = torch.nn.Linear(2, 2)
    net(torch.ones(1, 2)).sum().backward()
    optimizer, schedule = train.build_optimizer(net, 0.4, 0.8, 0.1, milestones, 4)
    (group,) = optimizer.param_groups
    assert (group['momentum'], group['weight_decay'], group['nesterov']) == (0.8, 0.1, False)
    rates = []
    for _ in range(4):
        rates.append(schedule.get_last_lr()[0])
        optimizer.step()
        schedule.step()
    assert rates == pytest.approx([0.4 * share for share in shares])
    for folder, decay in ((tiny_curve, 0), (tiny_curve.parent / 'end', 1e-4)):
        (group,) = state(folder)['optimizer_state']['param_groups']
        assert group['weight_decay'] == decay


def test_bases_are_the_originals_unless_typed(tiny_original, tiny_curve, tmp_path, monkeypatch):
    content, used = state(tiny_original), []
    choose_beta = unlearn.choose_beta

    def record_bases(halves, **bases):
        used.append((bases['retain_base'], bases['forget_base']))
        return choose_beta(halves, **bases)

    monkeypatch.setattr(unlearn, 'choose_beta', record_bases)
    measured = content['train_acc'], content['test_acc']
    assert measured[0] != measured[1]
    ends = [f'--init_start={tiny_original}', f'--init_end={tiny_curve.parent / "end"}']
    search = ['--unlearn_method=dynamic', *ends, '--fix_start', '--fix_end', '--epochs=1']
    for flags, bases in (([], measured), (['--retain_base=70', '--forget_base=30'], (70, 30))):
        out = tmp_path / str(len(flags))
        run('train', f'--dir={out}', *search, '--seed=7', *flags)
        assert set(used) == {bases}
        used.clear()
        walk = ['--num_points=1', '--no_line', f'--ckpt={out}']
        run('eval_curve', f'--dir={out}/path', *walk)
        path = np.load(only('path/*.npz', out))
        assert (path['retain_base'], path['forget_base']) == bases


# ---------------------------------------------------------------- masks and task vectors


def test_each_mask_is_made_of_the_gradients_on_its_own_parts(tiny_original, tmp_path, monkeypatch):
    def compute(net, loader):
        forget = torch.cat([flags for *_, flags in loader])
        assert not loader.train and bool(forget.all()) == bool(forget.any())
        large = {'fc.bias': 1e3, 'conv1.weight': 5e2} if forget.all() else {'conv1.weight': 1e3}
        return {n: torch.full_like(p, large.get(n, 1.0)) for n, p in net.named_parameters()}

    for name in ('generate_weight_mask.compute_gradient', 'generate_mask.compute_gradient'):
        monkeypatch.setattr(name, compute)
    monkeypatch.setattr('generate_mask.compute_fisher', compute)
    where = [f'--dir={tmp_path}', f'--original_pth={tiny_original}']
    run('generate_weight_mask', *where, '--mask_ratio=0.001', '--kr=0.0,0.001')
    run('generate_mask', *where, '--mask_ratio=0.0001')
    run('generate_mask', *where, '--kind=sfron')
    # 0.001 of 78,000 parameters is less than the 432 of conv1.weight: it alone is protected
    selected = {'k0.001_kr0.0': (1, 1), 'k0.001_kr0.001': (1, 0)}
    for name, expected in (selected | {'salun0.0001': (1, 0), 'sfron': (1, 0)}).items():
        mask = checkpoint.read(only(f'mask-*/mask_{name}.pt', tmp_path), 'test')['mask']
        assert (mask['fc.bias'].any(), mask['conv1.weight'].any()) == expected


def test_msg_compares_the_original_on_as_many_samples_of_both_parts(
    tiny_original, tmp_path, monkeypatch
):
    def compute(net, loader):
        start = state(tiny_original)['model_state']
        assert torch.equal(net.fc.weight.detach(), start['fc.weight']) and not loader.train
        passes.append(torch.cat([flags for *_, flags in loader]))
        return compute_gradient(net, loader)

    passes, compute_gradient = [], train.compute_gradient
    monkeypatch.setattr(train, 'compute_gradient', compute)
    flags = [f'--original_pth={tiny_original}', '--unlearn_method=msg', '--epochs=1']
    run('train', f'--dir={tmp_path}', *flags)
    retain, forget = passes
    assert forget.all() and not retain.any() and len(retain) == len(forget) == 13


# ---------------------------------------------------------------- scores


def test_scores_and_attack_are_of_the_parts_that_they_name(monkeypatch):
    def attack(*pairs, seed):
        arguments.append((*(probs for probs, _ in pairs), seed))
        return dict(zip(SVC_MIA.ATTACKS, (1.0, 2.0, 3.0, 4.0, 5.0)))

    arguments, labels = [], np.zeros(4, dtype=int)
    monkeypatch.setattr(SVC_MIA, 'SVC_MIA', attack)
    right = {'train_retain': 4, 'train_forget': 3, 'test_retain': 2, 'test_forget': 1}
    probs = {
        part: np.where((np.arange(4) < count)[:, None], [0.8, 0.2], [0.3, 0.7])
        for part, count in right.items()
    }
    values = utils.score({part: (np.log(p) + 3, labels) for part, p in probs.items()}, seed=7)
    names = ('retain', 'forget', 'test', 'test_forget')
    assert [values[f'{name}_acc'] for name in names] == [100, 75, 50, 25]
    assert values['mia'] == values['mia_confidence'] == 1 and values['mia_prob'] == 5
    ((*pairs, seed),) = arguments
    for given, part in zip(pairs, ('train_retain', 'test_retain', 'train_forget')):
        np.testing.assert_allclose(given, probs[part])
    assert seed == 7
    for part in ('train_forget', 'test_retain', 'test_forget'):
        stored = np.exp(values[f'log_probs_{part}'].astype(float))
        np.testing.assert_allclose(stored, probs[part], rtol=1e-3)  # float16


def test_the_four_rows_are_what_their_names_say(tiny_original, tiny_curve, tmp_path):
    content = checkpoint.read(only('*/checkpoint-2.pt', tiny_curve), 'test')
    bend = content['model_state']['points.1']
    bend += 0.02 * torch.randn(bend.shape, generator=torch.Generator().manual_seed(0))
    checkpoint.save(tmp_path / 'bent.pt', content)
    flags = ['--num_points=1', '--t_min=0.8', '--t_max=0.8', f'--ckpt={tmp_path / "bent.pt"}']
    run('eval_curve', f'--dir={tmp_path}', *flags)
    path, tiny = dict(np.load(only('*.npz', tmp_path))), open_tiny()
    start, end = (open_net(state(f)) for f in (tiny_original, tiny_curve.parent / 'end'))
    with torch.no_grad():
        first, last = (torch.cat([p.flatten() for p in net.parameters()]) for net in (start, end))
        rows = {'itself': (1.0, last), 'fresh': (1.0, last)}
        rows['line'] = 0.8, 0.2 * first + 0.8 * last
        rows['path'] = 0.8, 0.04 * first + 0.32 * bend + 0.64 * last
    assert list(path['row_name']) == list(rows)
    assert np.diff(np.sort(path['row_rr_nll'])).min() > 1e-4  # all four differ
    for i, (name, (t, weights)) in enumerate(rows.items()):
        net = copy.deepcopy(end)
        torch.nn.utils.vector_to_parameters(weights, net.parameters())
        if name != 'itself':
            utils.update_bn(net, tiny.bn_loader())
        by_hand = utils.measure(net, tiny.loaders(), mia=False)
        assert path['row_t'][i] == pytest.approx(t)
        assert path['row_rr_nll'][i] == pytest.approx(by_hand['retain_nll'], rel=1e-5), name


def test_a_walk_by_hand(tiny_curve, tmp_path):
    flags = ['--start_t=0.8', '--num_points=3', '--no_line', '--wd=0.01', f'--ckpt={tiny_curve}']
    run('eval_curve', f'--dir={tmp_path}', *flags)
    path, weights = np.load(only('*.npz', tmp_path)), state(tiny_curve)['model_state']
    bends = torch.stack([weights[f'points.{j}'].double() for j in range(3)])
    points = [
        (1 - t) ** 2 * bends[0] + 2 * t * (1 - t) * bends[1] + t**2 * bends[2]
        for t in (0.8, 0.9, 1.0)
    ]
    decay = [0.005 * float(point.norm()) ** 2 for point in points]
    for part in ('tr', 'te', 'tf'):
        np.testing.assert_allclose(path[f'{part}_loss'] - path[f'{part}_nll'], decay, rtol=1e-4)
        np.testing.assert_allclose(path[f'{part}_err'], 100 - path[f'{part}_acc'])
    steps = [0.0, *(float((b - a).norm()) for a, b in zip(points, points[1:]))]
    np.testing.assert_allclose(path['dl'], steps, rtol=1e-3, atol=1e-6)
