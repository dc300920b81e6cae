"""Every network through every script: trained, masked, searched on a curve, exported, evaluated."""

import argparse
import importlib
import os
import re
from pathlib import Path

import pytest
import torch
import torchvision
from conftest import fails, only, open_net, run, state, tree

import data
import models
import utils
from lib import checkpoint
from reproduce import smoke
from reproduce.layouts import image_folders

OWN = """
import torchvision

def small_vit(num_classes, image_size):
    return torchvision.models.VisionTransformer(
        image_size, patch_size=8, num_layers=2, num_heads=2, hidden_dim=16, mlp_dim=32,
        num_classes=num_classes)

def no_network(num_classes):
    return 3

def two_outputs(num_classes):
    import torch
    class Two(torch.nn.Linear):
        def forward(self, x):
            return x, x
    return Two(3, num_classes)

def no_argument():
    return None

number = 3

def slip(num_classes):
    return undefined_name

class Pair(torchvision.models.ResNet):
    def forward(self, one, other):
        return one

def two_inputs(num_classes):
    return Pair(torchvision.models.resnet.BasicBlock, [1, 1, 1, 1], num_classes)

def any_options(num_classes, **options):
    assert options == {'image_size': 32, 'pretrained': True}, options
    return partly_frozen(num_classes)

def partly_frozen(num_classes):
    import torch
    from utils import HERE  # a file beside this one, of a name that this project has too
    assert HERE
    net = torchvision.models.shufflenet_v2_x0_5(num_classes=num_classes)
    net.conv1.requires_grad_(False)
    net.unused = torch.nn.Linear(2, 2)
    class Wrapped(torch.nn.Module):  # its names begin as those of DataParallel do
        def __init__(self):
            super().__init__()
            self.module = net
        def forward(self, x):
            return self.module(x)
    return Wrapped()
"""
NETWORKS = {  # name: --image_size
    'PreResNet20': 32,
    'VGG16': 32,
    'VGG16BN': 32,
    'VGG19': 32,
    'VGG19BN': 64,
    'ViT': 16,  # one patch: its 86 million parameters are what costs
    'resnet18': 32,
    'mobilenet_v3_small': 32,
    'own.py:small_vit': 32,
}


@pytest.fixture(scope='module')
def own(tmp_path_factory):
    """A file with networks of the user's own."""
    path = tmp_path_factory.mktemp('code') / 'own.py'
    path.write_text(OWN)
    (path.parent / 'utils.py').write_text('HERE = True')
    return path


def typed(name, own):
    """What is typed after --model=."""
    return name.replace('own.py', str(own))


@pytest.mark.parametrize('name', NETWORKS)
def test_every_parameter_gets_a_gradient(name, own):
    torch.manual_seed(0)
    size = NETWORKS[name]
    net = models.build(typed(name, own), 10, image_size=size).train()
    for p in net.parameters():  # a ViT's head starts at zero, which hides the rest
        torch.nn.init.normal_(p, std=0.02) if not p.any() else None
    x, y = torch.randn(4, 3, size, size), torch.arange(4)
    torch.nn.functional.cross_entropy(net(x), y).backward()
    assert [n for n, p in net.named_parameters() if p.grad is None or not p.grad.any()] == []


@pytest.fixture(scope='module')
def folders(tmp_path_factory):
    """A small ImageFolder."""
    return image_folders(tmp_path_factory.mktemp('images'), train=4, test=2)


@pytest.mark.parametrize('name', ['VGG16BN', 'ViT', 'mobilenet_v3_small', 'own.py:small_vit'])
def test_every_network_goes_the_whole_way(name, own, folders, smaller, tmp_path):
    size, model = NETWORKS[name], typed(name, own)
    where = [f'--dir={tmp_path}', f'--data_path={folders}', f'--model={model}', '--batch_size=24']
    flags = ['--dataset=ImageFolder', '--transform=ResNet', f'--image_size={size}']
    flags += ['--epochs=1', '--lr=0.001', '--wd=0.1']
    run('train', *where, *flags, '--seed=0', '--split_seed=0')
    original = only('baseline-*', tmp_path)
    method = ['--unlearn_method=finetune', f'--original_pth={original}', '--split_seed=0']
    run('train', *where, *method, *flags[3:])
    end = only('finetune-*', tmp_path)
    run('generate_weight_mask', *where, f'--original_pth={original}', '--kr=0.0', '--split_seed=0')
    ends = [f'--init_start={original}', f'--init_end={end}', '--fix_start', '--fix_end']
    mask = only('mask-*/mask_k0.5_kr0.0.pt', tmp_path)
    search = ['--unlearn_method=dynamic', '--epochs=1', '--split_seed=0', f'--mask_path={mask}']
    run('train', *where, *search, *ends)
    curve = only('dynamic-*', tmp_path)
    quick = ['--num_points=2', '--no_search', '--export_t=0.5', '--split_seed=0']
    run('eval_curve', *where, f'--ckpt={curve}', *quick)
    exported = only('*-t0.5', tmp_path)

    start, last, found = (state(folder) for folder in (original, end, curve))
    points = [found['model_state'][f'points.{i}'] for i in range(3)]
    names = [n for n, _ in models.build(model, 10, image_size=size).named_parameters()]
    for point, content in ((points[0], start), (points[2], last)):
        flat = torch.cat([content['model_state'][n].flatten() for n in names])
        assert torch.equal(point, flat)  # the curve's ends are the networks
    line = torch.lerp(points[0], points[2], 0.5)
    moved, selected = points[1] != line, checkpoint.read(mask, 'mask')['mask']
    sizes = [start['model_state'][n].numel() for n in names]
    for n, piece in zip(names, moved.split(sizes)):
        assert bool(selected[n]) or not piece.any(), n
    assert moved.any()
    net = open_net(state(exported), model, 10, size)
    images = data.open_data('ImageFolder', 'ResNet', folders, size)
    images.divide(split_seed=0)
    images.load(torch.device('cpu'))
    again = utils.measure(net, images.loaders(24), mia=False)
    start_at = [f'--original_pth={exported}', '--allow_unlearned', '--epochs=1', '--lr=1e-6']
    run('train', *where, '--unlearn_method=ga', *start_at)
    known = state(only('ga-*', tmp_path))['original']['test_acc']
    assert known == pytest.approx(again['tr_acc'])


def test_a_users_network_runs_only_where_it_was_typed(own, folders, tmp_path, monkeypatch):
    flags = ['--dataset=ImageFolder', '--transform=ResNet', f'--data_path={folders}', '--epochs=1']
    where = [f'--dir={tmp_path / "made"}']
    run('train', *where, *flags, f'--model={own}:small_vit')
    made = only('*', tmp_path / 'made')
    assert state(made)['run']['data']['model'] == 'own.py:small_vit'
    marked = tmp_path / 'elsewhere' / 'own.py'
    marked.parent.mkdir()
    marked.write_text(f'open({str(tmp_path / "ran")!r}, "w")\n{OWN}')
    before = tree(tmp_path)
    finetune = ['--unlearn_method=finetune', f'--original_pth={made}', *flags[2:]]
    elsewhere = [f'--dir={tmp_path / "out"}', *finetune]
    monkeypatch.chdir(marked.parent)  # where a file of that name lies
    fails('own.py:small_vit, a file of your own', 'train', *elsewhere)
    fails('own.py:small_vit, a file', 'train', f'--resume={made}', f'--data_path={folders}')
    fails('contradicts', 'train', *elsewhere, f'--model={own}:no_network')
    assert tree(tmp_path) == before
    run('train', *elsewhere, f'--model={marked}:small_vit')
    assert (tmp_path / 'ran').exists()


def test_users_files_that_give_no_network_are_refused(own, folders, tmp_path):
    flags = [f'--dir={tmp_path / "out"}', '--dataset=ImageFolder', f'--data_path={folders}']
    (tmp_path / 'broken.py').write_text('def net(:')
    (tmp_path / 'lacking.py').write_text('import no_such_module_here')
    for model, told in (
        (f'{own}:absent', 'has no function absent'),
        (f'{tmp_path}/none.py:net', 'there is no file'),
        (f'{tmp_path}/broken.py:net', 'broken.py failed at line 1 (SyntaxError'),
        (f'{tmp_path}/lacking.py:net', 'lacking.py failed at line 1 (ModuleNotFoundError'),
        (f'{own}:no_argument', 'TypeError: no_argument() takes 0'),
        (f'{own}:number', 'has no function number'),
        (f'{own}:slip', "NameError: name 'undefined_name'"),
        (f'{own}:two_inputs', 'takes no images of 3 pixels (Pair.forward() missing'),
        (f'{own}:no_network', 'gives a int, not an nn.Module'),
        (f'{own}:two_outputs', 'gives no logits of 10 classes'),
        ('vit_b_16', '--model=vit_b_16: Input shape indivisible'),
    ):
        size = '--image_size=33' if model == 'vit_b_16' else '--image_size=3'
        fails(told, 'train', *flags, f'--model={model}', size)
    fails('takes no --pretrained', 'train', *flags, f'--model={own}:small_vit', '--pretrained')


def test_users_networks_may_be_frozen_in_part_wrapped_and_import_what_lies_beside(
    own, folders, tmp_path
):
    import utils as ours

    for name in ('torch.yml', 'torchvision.md'):
        (Path(own).parent / name).write_text('not a module')
    flags = ['--dataset=ImageFolder', '--transform=ResNet', '--epochs=1', '--batch_size=40']
    where = [f'--dir={tmp_path}', f'--data_path={folders}', f'--model={own}:partly_frozen']
    run('train', *where, *flags)
    assert importlib.import_module('utils') is ours and hasattr(ours, 'search_t')
    original = only('baseline-*', tmp_path)
    for words in (['generate_weight_mask'], ['generate_mask'], ['generate_mask', '--kind=sfron']):
        run(*words, *where, f'--original_pth={original}')
    assert len(list(tmp_path.glob('mask-*/*.pt'))) == 7
    mask = [f'--original_pth={original}', f'--mask_path={only("mask-*/mask_sfron.pt", tmp_path)}']
    run('train', *where, *mask, '--unlearn_method=sfron', '--epochs=1', '--batch_size=40')
    models.build(f'{own}:any_options', 10, image_size=32, pretrained=True)


def test_weights_that_cannot_be_fetched_are_named(monkeypatch, tmp_path, folders):
    def offline(*_, **__):
        raise OSError('no network')

    monkeypatch.setattr('torchvision.models._api.load_state_dict_from_url', offline)
    flags = [f'--dir={tmp_path / "out"}', '--dataset=ImageFolder', f'--data_path={folders}']
    told = '--pretrained: the weights of resnet18 could not be fetched (no network)'
    fails(told, 'train', *flags, '--model=resnet18', '--pretrained')


@pytest.mark.parametrize('name', ['resnet18', 'vit_b_32', 'googlenet'])
def test_pretrained_weights_are_taken_where_they_fit(name, monkeypatch):
    torch.manual_seed(0)
    weights = torchvision.models.get_model(name, weights=None).state_dict()  # 1000 classes
    fetch = 'torchvision.models._api.load_state_dict_from_url'
    monkeypatch.setattr(fetch, lambda *_, **__: dict(weights))
    own = models.build(name, 10, image_size=96, pretrained=True).state_dict()
    differing = {
        k
        for k, v in own.items()
        if not torch.equal(
            v,
            weights[k].reshape(v.shape)
            if weights[k].numel() == v.numel()
            else torch.full_like(v, torch.nan),
        )
    }
    head = {'resnet18': 'fc', 'googlenet': 'fc', 'vit_b_32': 'heads.head'}[name]
    expected = {f'{head}.weight', f'{head}.bias'}
    if name == 'vit_b_32':
        expected.add('encoder.pos_embedding')  # interpolated
        assert own['encoder.pos_embedding'].std() > 0.01
    assert differing == expected


def measured(name, weights, folders):
    """The alignment bases of a network, measured apart from the scripts."""
    net = models.build(name, 10)
    net.load_state_dict(weights)
    images = data.open_data('ImageFolder', 'ResNet', folders)
    images.divide()
    images.load(torch.device('cpu'))
    pairs = {part: utils.predict(net, images.loader(part)) for part in ('train', 'test_retain')}
    accuracies = [100 * (logits.argmax(1) == y).mean() for logits, y in pairs.values()]
    return dict(zip(('train_acc', 'test_acc'), accuracies))


def foreign(path, state, **more):
    torch.save(more | {'model_state': state} if more else state, path)
    return path


def test_files_of_other_code_load_as_original_and_as_end(folders, tmp_path, monkeypatch):
    monkeypatch.setattr('train.check_original', lambda *_: None)  # these networks know nothing
    where = [f'--data_path={folders}', '--dataset=ImageFolder', '--transform=ResNet', '--epochs=1']
    torch.manual_seed(3)
    for name in ('PreResNet8', 'VGG16', 'shufflenet_v2_x0_5'):
        weights = models.build(name, 10).state_dict()
        module = {f'module.{key}': value for key, value in weights.items()}
        old = {k: v for k, v in weights.items() if not k.endswith('num_batches_tracked')}
        files = [
            foreign(tmp_path / 'release.pt', weights, epoch=3, optimizer_state={'state': {}}),
            foreign(tmp_path / 'module.pt', module, epoch=3, optimizer_state={}),
            foreign(tmp_path / 'plain.pth', old),
        ]
        flags = argparse.Namespace(lr=0.1)
        torch.save({'state_dict': weights, 'arch': name, 'args': flags}, tmp_path / 'timm.pth')
        torch.save({'model': weights, 'epoch': 1, 'args': flags}, tmp_path / 'torchvision.pth')
        torch.save({'model_state_dict': weights, 'loss': 0.1}, tmp_path / 'tutorial.pth')
        torch.save({'net': module, 'acc': 91.2, 'epoch': 3}, tmp_path / 'net.pth')
        half = {k: v.bfloat16() if v.is_floating_point() else v for k, v in weights.items()}
        torch.save(half, tmp_path / 'half.pth')
        more = {'train_acc': 0.98, 'test_acc': 0.9, 'model': 'preresnet', 'dataset': 'digits'}
        torch.save({'model_state': weights, **more}, tmp_path / 'more.pth')
        files += [tmp_path / f'{stem}.pth' for stem in ('timm', 'torchvision', 'half', 'more')]
        files += [tmp_path / 'tutorial.pth', tmp_path / 'net.pth']
        bases = pytest.approx(measured(name, weights, folders))
        for file in files if name == 'PreResNet8' else files[:1]:
            flags = [*where, f'--model={name}', '--batch_size=40', f'--original_pth={file}']
            out = tmp_path / f'{name}-{file.stem}'
            run('train', f'--dir={out}', '--unlearn_method=ga', '--lr=1e-9', *flags)
            made = state(out)
            close = 1e-6 if file.stem != 'half' else 1e-1
            for key in old:
                if 'running' not in key:
                    assert torch.allclose(old[key], made['model_state'][key], atol=close)
            if file.stem != 'half':  # the bases, measured once
                assert made['original'] == bases
    ends = [f'--init_start={files[0]}', f'--init_end={files[1]}', '--fix_start', '--fix_end']
    search = ['--unlearn_method=dynamic', *where, '--model=shufflenet_v2_x0_5', '--batch_size=40']
    search.append(f'--dir={tmp_path / "curve"}')
    fails('has the same weights', 'train', *search, *ends)
    foreign(files[1], {k: v * 1.01 if v.is_floating_point() else v for k, v in weights.items()})
    run('train', *search, *ends)
    assert state(tmp_path / 'curve')['run']['end'] == {}


@pytest.mark.parametrize('zipped', [True, False])
def test_a_network_pickled_whole_is_not_opened_and_its_conversion_is_told(
    zipped, tmp_path, monkeypatch
):
    net = models.build('PreResNet8', 10)
    file = tmp_path / 'whole.pt'
    torch.save(net, file, _use_new_zipfile_serialization=zipped)
    flags = [f'--original_pth={file}', '--dataset=Digits', '--model=PreResNet8']
    with monkeypatch.context() as closed:
        closed.setattr(type(net), '__setstate__', lambda *_: pytest.fail('was opened'))
        told = fails('a whole pickled module', 'generate_mask', *flags, f'--dir={tmp_path}')
    monkeypatch.chdir(tmp_path)
    exec(told.partition('in Python: ')[2], {'torch': torch})
    made = checkpoint.load(tmp_path / 'whole-state.pt', 'test')['model_state']
    assert made.keys() == net.state_dict().keys()
    assert all(torch.equal(made[name], value) for name, value in net.state_dict().items())
    torch.save({'model_state': Sly()}, file, _use_new_zipfile_serialization=zipped)
    assert 'torch.load' not in fails('no whole file', 'generate_mask', *flags)


class Sly:
    """Pickled, it is no network but a command: nobody is advised to open it."""

    def __reduce__(self):
        return os.getpid, ()


def test_files_that_would_be_another_function_here_are_refused(folders, tmp_path):
    where = [f'--dir={tmp_path / "out"}', f'--data_path={folders}', '--dataset=ImageFolder']
    where += ['--transform=ResNet', '--unlearn_method=ga', '--epochs=1']
    weights = models.build('VGG16BN', 10).state_dict()
    for i, key in enumerate(k for k in weights if k.endswith('num_batches_tracked')):
        weights[key] += i % 2
    file = foreign(tmp_path / 'vgg.pt', weights, epoch=3, optimizer_state={})
    where.append(f'--original_pth={file}')
    fails('vgg.pt: layer_blocks.0.1 never ran', 'train', *where, '--model=VGG16BN')
    weights = {k: v for k, v in weights.items() if not k.endswith('num_batches_tracked')}
    foreign(file, weights, epoch=3, optimizer_state={})  # a file of PyTorch before 0.4.1
    fails('vgg.pt: layer_blocks.0.1 never ran', 'train', *where, '--model=VGG16BN')
    points = models.build('PreResNet8', 10).state_dict()
    points = {f'net.{k}_{i}': v for k, v in points.items() for i in range(3)}
    foreign(file, points | {'coeff_layer.binoms': torch.ones(3)}, epoch=3, optimizer_state={})
    fails('vgg.pt: is a curve of curve layers', 'train', *where, '--model=PreResNet8')
    ckpt = [*where[:3], '--model=PreResNet8', f'--ckpt={file}']
    fails('vgg.pt: is a curve of curve layers', 'eval_curve', *ckpt)
    foreign(file, {'conv_proj.weight': torch.ones(1)}, epoch=3, optimizer_state={})
    fails("vgg.pt: is the release's ViT", 'train', *where, '--model=ViT', '--image_size=32')
    foreign(file, models.build('PreResNet8', 7).state_dict())
    told = 'vgg.pt: its weights do not fit the network (fc.weight: (7, 64) there, (10, 64) in'
    fails(told, 'train', *where, '--model=PreResNet8')


def test_a_cell_of_the_smoke_run(capsys):
    cell = 'network.py:small_vit', 'TinyImageNet', 'class'
    assert smoke.main(cell) == 0
    out = capsys.readouterr().out
    assert re.search(r'TinyImageNet reproduce/network.py:small_vit class: \d+ s\n', out)
    assert smoke.main(['network.py:small_vit', 'Digits', 'index']) == 0
    assert smoke.main(['network.py:small_vit', 'nothing']) == 1
