"""Masks and task vectors: what is selected, what is computed, by hand."""

import pytest
import torch
from torch import nn
from torch.nn import functional as F

import generate_mask
import generate_weight_mask as masks
import models
import utils
from lib.errors import InputError
from task_vector import TaskVector


class Batches(list):
    """A list of batches that says how many samples it has, as a Loader does."""

    @property
    def indices(self):
        return torch.cat([y for _, y, _ in self])


def test_gradient_is_that_of_the_whole_set_in_eval_mode():
    torch.manual_seed(0)
    net = models.build('PreResNet8', 10)
    x, y = torch.randn(10, 3, 32, 32), torch.arange(10)
    loader = Batches((x[i], y[i], None) for i in (slice(0, 7), slice(7, 10)))
    gradient = masks.compute_gradient(net, loader)
    net.zero_grad()
    F.cross_entropy(net.eval()(x), y).backward()
    for name, p in net.named_parameters():
        torch.testing.assert_close(gradient[name], p.grad, rtol=1e-4, atol=1e-6)
    score = masks.score_tensors(gradient)['fc.bias']
    assert score == pytest.approx(gradient['fc.bias'].pow(2).sum().sqrt().item() / 10)


def test_parameter_mask_by_hand():
    sizes = {'a': 10, 'b': 40, 'c': 20, 'd': 30}
    retain = {'a': 4.0, 'b': 3.0, 'c': 2.0, 'd': 1.0}
    forget = {'a': 9.0, 'b': 1.0, 'c': 2.0, 'd': 3.0}

    def select(k, kr):
        mask, *shares = masks.select_tensors(retain, forget, sizes, k, kr)
        return {name for name in mask if mask[name]}, shares

    assert select(0.5, 0.0) == ({'a', 'd', 'c'}, [0.6, 0.0])  # the last one overshoots
    assert select(0.4, 0.0) == ({'a', 'd'}, [0.4, 0.0])
    assert select(0.4, 0.1) == ({'d', 'c'}, [0.5, 0.1])  # a is protected, whatever its forget score
    assert select(0.9, 0.2) == ({'d', 'c'}, [0.5, 0.5])  # a and b protected, the rest is used up


def test_salun_mask_takes_the_largest_elements():
    gradient = {'a': torch.tensor([[1.0, -5.0], [0.1, 2.0]]), 'b': torch.tensor([-3.0, 0.2])}
    mask = generate_mask.select_elements(gradient, 0.5)
    assert mask['a'].tolist() == [[False, True], [False, True]]
    assert mask['b'].tolist() == [True, False]


def test_fisher_mask_by_hand():
    net = nn.Linear(3, 2, bias=False)
    nn.init.zeros_(net.weight)  # probabilities of 1/2: squared gradients of a sample are x² / 4
    sets = [[[1.0, 2.0, 0.0], [3.0, 0.0, 0.0]], [[2.0, 1.0, 0.0], [2.0, 3.0, 0.0]]]
    loaders = [Batches([(torch.tensor(x), torch.tensor([0, 1]), None)]) for x in sets]
    forget, retain = (generate_mask.compute_fisher(net, loader)['weight'] for loader in loaders)
    assert forget.tolist() == [[1.25, 0.5, 0.0]] * 2 and retain.tolist() == [[1.0, 1.25, 0.0]] * 2
    mask = generate_mask.compare_fisher({'weight': forget}, {'weight': retain})
    assert mask['weight'].tolist() == [[True, False, True]] * 2


@pytest.mark.parametrize('name', ['PreResNet8', 'VGG16BN', 'resnet18', 'vit_b_16'])
def test_fisher_is_of_single_samples_in_eval_mode(name, smaller, monkeypatch):
    torch.manual_seed(0)
    net = models.build(name, 10, image_size=32).train()
    monkeypatch.setattr(generate_mask, 'MAX_ELEMENTS', 2 * sum(p.numel() for p in net.parameters()))
    x, y = torch.randn(3, 3, 32, 32), torch.arange(3)
    fisher = generate_mask.compute_fisher(net, Batches([(x, y, None)]))
    expected = dict.fromkeys(fisher, 0.0)
    for one in zip(x.split(1), y.split(1), [None] * 3):
        for key, g in masks.compute_gradient(net, Batches([one])).items():
            expected[key] += g.square() / 3
    for key, value in expected.items():
        torch.testing.assert_close(fisher[key], value, rtol=1e-3, atol=1e-5 * value.max().item())


def test_masks_of_the_release_load_and_wrong_ones_do_not(tmp_path):
    net = models.build('PreResNet8', 10)
    names = [name for name, _ in net.named_parameters()]
    bare = {f'module.{name}': int('conv' in name) for name in names}
    torch.save(bare, tmp_path / 'bare.pt')
    mask = utils.load_mask(tmp_path / 'bare.pt', 'parameter')
    utils.check_mask(mask, net)
    assert {name: bool(x) for name, x in mask.tensors.items()} == {n: 'conv' in n for n in names}
    with pytest.raises(InputError, match='is a parameter mask, not a salun one'):
        utils.load_mask(tmp_path / 'bare.pt', 'salun')
    with pytest.raises(InputError, match='does not fit the network'):
        utils.check_mask(mask, models.build('PreResNet20', 10))
    elements = {name: torch.ones(p.shape) for name, p in net.named_parameters()}
    torch.save(elements, tmp_path / 'elements.pt')
    with pytest.raises(InputError, match='a salun mask, not a sfron one. Fix: .* --kind=sfron'):
        utils.load_mask(tmp_path / 'elements.pt', 'sfron')
    utils.check_mask(utils.load_mask(tmp_path / 'elements.pt', 'salun'), net)
    torch.save(dict.fromkeys(names, 0), tmp_path / 'empty.pt')
    with pytest.raises(InputError, match='selects nothing'):
        utils.check_mask(utils.load_mask(tmp_path / 'empty.pt', 'parameter'), net)
    torch.save(['no mask'], tmp_path / 'list.pt')
    with pytest.raises(InputError, match='holds no mask'):
        utils.load_mask(tmp_path / 'list.pt', 'parameter')


def test_task_vector_algebra():
    start = {'w': torch.tensor([1.0, 2.0]), 'n': torch.tensor(3)}
    end = {'w': torch.tensor([2.0, 0.0]), 'n': torch.tensor(9)}
    vector = TaskVector(start, end)
    assert vector.apply_to(start)['w'].tolist() == end['w'].tolist()
    assert (-vector).apply_to(start, 0.5)['w'].tolist() == [0.5, 3.0]
    assert (vector + vector).apply_to(start)['w'].tolist() == [3.0, -2.0]
    assert (vector + -vector).apply_to(start)['w'].tolist() == start['w'].tolist()
    assert vector.apply_to(start)['n'] == 3  # counts are carried over
    with pytest.raises(ValueError, match='differ in w2'):
        TaskVector(start, end | {'w2': torch.ones(1)})
    with pytest.raises(ValueError, match='two shapes'):
        TaskVector(start, end | {'w': torch.ones(3)})


def test_negation_leaves_variances_positive():
    nets = [nn.BatchNorm2d(2), nn.BatchNorm2d(2)]
    nets[1].running_var.fill_(9.0)
    start, end = (net.state_dict() for net in nets)
    negated = (-TaskVector(start, end)).apply_to(start, 0.9)
    assert negated['running_var'].tolist() == [1.0, 1.0]
