"""What is passed to what: the rules of the method whose breach no error and no chain would show."""

import argparse
import copy
import math

import numpy as np
import pytest
import torch
from conftest import SIDE, fails, only, open_net, run, scores, state

import data
import train
import unlearn
import utils
from evaluation import SVC_MIA
from lib import checkpoint, distributed
from unlearn import METHODS


def open_tiny(**settings):
    """The data of `tiny_original`."""
    tiny = data.open_data(
        'Digits', 'ResNet', image_size=SIDE, train_fraction=0.1, test_fraction=0.3
    )
    tiny.divide(split_seed=42, **settings)
    tiny.load(torch.device('cpu'))
    return tiny


def take_epoch(tiny, method, seed=1, epoch=0):
    """(the batches of an epoch of training, the generator of its draws)."""
    args, bar = argparse.Namespace(batch_size=64, seed=seed), distributed.progress(count=0)
    batches, loss = train.prepare_epoch(args, METHODS[method], tiny, epoch, {}, bar)
    return list(batches), loss.keywords['context'].draws


# ---------------------------------------------------------------- training


def test_each_method_trains_on_its_parts_of_the_data():
    tiny = open_tiny(retain_ratio=0.5)
    retain, forget = (len(tiny.parts[f'train_{half}']) for half in ('retain', 'forget'))
    expected = dict.fromkeys(METHODS, (retain, forget))
    expected |= dict.fromkeys(('retrain', 'finetune'), (retain, 0))
    expected |= dict.fromkeys(('finetune2', 'ga', 'delete'), (0, forget))
    expected |= dict.fromkeys(('curve', 'dynamic'), (round(retain * 0.5), forget))
    for name in METHODS:
        flags = torch.cat([flags for *_, flags in take_epoch(tiny, name)[0]])
        assert (int((~flags).sum()), int(flags.sum())) == expected[name], name


def test_each_epoch_of_each_seed_has_its_own_order_images_and_draws():
    tiny = open_tiny()

    def look(seed, epoch):
        batches, draws = take_epoch(tiny, 'randomlabel', seed, epoch)
        x, y, _ = (torch.cat(column) for column in zip(*batches))
        return x, y, torch.rand(9, generator=draws), torch.rand(9)  # the last as dropout draws

    first = look(1, 0)
    assert all(map(torch.equal, first, look(1, 0)))
    for other in (look(1, 1), look(2, 0)):
        assert not any(map(torch.equal, first, other))
    plain = torch.cat([x for x, *_ in tiny.loader('train')])
    same = (plain[:, None] == first[0][None, :20]).flatten(2).all(2).any(0)
    assert not same.all()  # they are augmented


@pytest.mark.parametrize(
    ('milestones', 'shares'),
    [
        (None, [(1 + math.cos(math.pi * epoch / 4)) / 2 for epoch in range(4)]),
        ([2, 3], [1, 1, 0.1, 0.01]),
        ([11], [1, 1, 1, 1]),
    ],
)
def test_rates_momentum_and_weight_decay_by_hand(milestones, shares):
    args = argparse.Namespace(lr=0.4, momentum=0.8, wd=0.1, epochs=4, precision='fp32')
    args.milestones = milestones
    for name, wd in (('finetune', 0.1), ('curve', 0.0)):
        net = torch.nn.Linear(2, 2)
        net(torch.ones(1, 2)).sum().backward()
        how = METHODS[name], net, None, torch.device('cpu')
        optimizer, schedule, _ = train.build_optimizer(args, *how)
        (group,) = optimizer.param_groups
        assert (group['momentum'], group['weight_decay'], group['nesterov']) == (0.8, wd, False)
        rates = []
        for _ in range(4):
            rates.append(schedule.get_last_lr()[0])
            optimizer.step()
            schedule.step()
        assert rates == pytest.approx([0.4 * share for share in shares])


def test_bases_are_the_originals_unless_typed(tiny_original, tiny_curve, tmp_path, monkeypatch):
    content, asked, goals = state(tiny_original), [], []
    choose, reach = unlearn.choose_beta, unlearn.reach_loss

    def ask(halves, **bases):
        asked.append((bases['retain_base'], bases['forget_base']))
        return choose(halves, **bases)

    def hinge(logits, batch, halves, context):
        goals.append(context.base_loss)
        return reach(logits, batch, halves, context)

    monkeypatch.setattr(unlearn, 'choose_beta', ask)
    monkeypatch.setitem(unlearn.FORGET_LOSSES, 'hinge', hinge)
    own = content['train_acc'], content['test_acc']
    assert own[0] != own[1]
    ends = [f'--init_start={tiny_original}', f'--init_end={tiny_curve.parent / "end"}']
    search = ['--unlearn_method=dynamic', *ends, '--fix_start', '--fix_end', '--epochs=1']
    search += ['--seed=7']
    for flags, bases in (([], own), (['--retain_base=70', '--forget_base=30'], (70, 30))):
        out = tmp_path / str(len(flags))
        run('train', f'--dir={out}', *search, *flags)
        assert set(asked) == {bases}
        asked.clear()
        walk = ['--num_points=1', '--no_search', f'--ckpt={out}']
        for folder, more, wanted in (
            (f'{out}-path', [], bases),
            (f'{out}-other', ['--forget_base=40'], (bases[0], 40)),
        ):
            run('eval_curve', f'--dir={folder}', *walk, *more)
            path = np.load(only('*.npz', folder))
            assert (path['retain_base'], path['forget_base']) == wanted
        fails('add --overwrite', 'eval_curve', f'--dir={out}-path', *walk, '--seed=7')  # it was 7
    method = ['--unlearn_method=ga_plus', '--forget_loss=hinge', '--epochs=1']
    run('train', f'--dir={tmp_path / "h"}', f'--original_pth={tiny_original}', *method)
    assert set(goals) == {float(scores(tmp_path / 'h')['original_tr_nll'])}


def test_inner_points_start_at_random_where_asked(tiny_original, tiny_curve, tmp_path):
    ends = [f'--init_start={tiny_original}', f'--init_end={tiny_curve.parent / "end"}']
    flags = ['--unlearn_method=curve', '--fix_start', '--fix_end', '--epochs=1', '--lr=1e-9']
    # seed 42 would draw the very network that the original began as
    run('train', f'--dir={tmp_path}', *ends, *flags, '--init_linear_off', '--seed=7')
    points = state(tmp_path)['model_state']
    line = torch.lerp(points['points.0'], points['points.2'], 0.5)
    assert (points['points.1'] - line).norm() > 0.5 * line.norm()


# ---------------------------------------------------------------- masks and task vectors


def test_each_mask_is_made_of_the_gradients_on_its_own_parts(tiny_original, tmp_path, monkeypatch):
    def compute(net, loader):
        forget = torch.cat([flags for *_, flags in loader])
        assert not loader.train and bool(forget.all()) == bool(forget.any())
        loud = {'fc.bias': 1e3, 'conv1.weight': 5e2} if forget.all() else {'conv1.weight': 1e3}
        return {n: torch.full_like(p, loud.get(n, 1.0)) for n, p in net.named_parameters()}

    for name in ('generate_weight_mask.compute_gradient', 'generate_mask.compute_gradient'):
        monkeypatch.setattr(name, compute)
    monkeypatch.setattr('generate_mask.compute_fisher', compute)
    where = [f'--dir={tmp_path}', f'--original_pth={tiny_original}']
    run('generate_weight_mask', *where, '--mask_ratio=0.001', '--kr=0.0,0.001')
    run('generate_mask', *where, '--mask_ratio=0.0001')
    run('generate_mask', *where, '--kind=sfron')

    def read(name):
        mask = checkpoint.read(only(f'mask-*/{name}.pt', tmp_path), 'test')['mask']
        return bool(mask['fc.bias'].any()), bool(mask['conv1.weight'].any())

    # 0.001 of 78,000 parameters is less than the 432 of conv1.weight: it alone is protected
    assert read('mask_k0.001_kr0.0') == (True, True)
    assert read('mask_k0.001_kr0.001') == (True, False)
    assert read('mask_salun0.0001') == read('mask_sfron') == (True, False)


def test_a_negated_model_has_statistics_of_its_own(tiny_original, tmp_path):
    method = ['--unlearn_method=finetune2', '--epochs=1', f'--original_pth={tiny_original}']
    run('train', f'--dir={tmp_path / "expert"}', *method)
    ends = [f'--init_start={tiny_original}', f'--init_end={tmp_path / "expert"}']
    run('main_tv', f'--dir={tmp_path / "negtv"}', *ends)
    net = open_net(state(tmp_path / 'negtv'))
    kept = {name: buffer.clone() for name, buffer in net.named_buffers()}
    before = state(tiny_original)['model_state']['bn.running_mean']
    assert not torch.equal(kept['bn.running_mean'], before)
    utils.update_bn(net, open_tiny().bn_loader())
    for name, buffer in net.named_buffers():
        torch.testing.assert_close(buffer, kept[name])


# ---------------------------------------------------------------- scores


def test_scores_and_attack_are_of_the_parts_that_they_name(monkeypatch):
    asked = []

    def attack(*pairs, seed):
        asked.append((*(probs for probs, _ in pairs), seed))
        return dict(zip(SVC_MIA.ATTACKS, (1.0, 2.0, 3.0, 4.0, 5.0)))

    monkeypatch.setattr(SVC_MIA, 'SVC_MIA', attack)
    right = {'train_retain': 4, 'train_forget': 3, 'test_retain': 2, 'test_forget': 1}
    probs = {
        part: np.where((np.arange(4) < count)[:, None], [0.8, 0.2], [0.3, 0.7])
        for part, count in right.items()
    }
    labels = np.zeros(4, dtype=int)
    found = utils.score({part: (np.log(p) + 3, labels) for part, p in probs.items()}, seed=7)
    assert [found[f'{key}_acc'] for key in ('rr', 'rf', 'tr', 'tf')] == [100, 75, 50, 25]
    assert found['mia'] == found['mia_confidence'] == 1 and found['mia_prob'] == 5
    ((*pairs, seed),) = asked
    for given, part in zip(pairs, ('train_retain', 'test_retain', 'train_forget')):
        np.testing.assert_allclose(given, probs[part])
    assert seed == 7
    for part in utils.OUTPUTS:
        kept = np.exp(found[f'log_probs_{part}'].astype(float))
        np.testing.assert_allclose(kept, probs[part], rtol=1e-3)  # float16
        assert found[f'labels_{part}'] is labels
    assert found['ua_class'][0] == 25 and math.isnan(found['ua_class'][1])


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
        assert path['row_rr_nll'][i] == pytest.approx(by_hand['rr_nll'], rel=1e-5), name


def test_a_curves_own_scores_are_those_of_one_point_of_its_walk(tiny_curve, tmp_path):
    walk = ['--start_t=0.9', '--end_t=0.9', '--num_points=1', '--no_search']
    run('eval_curve', f'--dir={tmp_path}', f'--ckpt={tiny_curve}', *walk)
    path, own = np.load(only('*.npz', tmp_path)), scores(tiny_curve)
    for walked, key in (('tr', 'rr'), ('tf', 'rf'), ('te', 'tr')):
        assert path[f'{walked}_acc'][0] == pytest.approx(own[f'{key}_acc'])
        assert path[f'{walked}_nll'][0] == pytest.approx(own[f'{key}_nll'], rel=1e-4)


def test_loss_and_length_of_a_walk_by_hand(tiny_curve, tmp_path):
    flags = ['--num_points=3', '--no_search', '--wd=0.01', f'--ckpt={tiny_curve}']
    run('eval_curve', f'--dir={tmp_path}', *flags)
    path, points = np.load(only('*.npz', tmp_path)), state(tiny_curve)['model_state']
    first, bend, last = (points[f'points.{j}'].double() for j in range(3))
    middle = first / 4 + bend / 2 + last / 4
    decay = [0.005 * float(point.norm()) ** 2 for point in (first, middle, last)]
    for part in ('tr', 'te', 'tf'):
        np.testing.assert_allclose(path[f'{part}_loss'] - path[f'{part}_nll'], decay, rtol=1e-4)
        np.testing.assert_allclose(path[f'{part}_err'], 100 - path[f'{part}_acc'])
    steps = [0.0, float((middle - first).norm()), float((last - middle).norm())]
    np.testing.assert_allclose(path['dl'], steps, rtol=1e-3, atol=1e-6)
