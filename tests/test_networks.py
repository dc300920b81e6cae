"""Every network through every script: trained, masked, searched on a curve, exported, evaluated."""

import argparse
import importlib

import pytest
import torch
import torchvision
from conftest import fails, only, open_net, run, state, tree
from layouts import image_folders

import data
import models
import utils
from lib import checkpoint

MINE = """
import torchvision

def small_vit(num_classes, image_size):
    return torchvision.models.VisionTransformer(
        image_size, patch_size=8, num_layers=2, num_heads=2, hidden_dim=16, mlp_dim=32,
        num_classes=num_classes)

def no_network(num_classes):
    return 3

def no_logits(num_classes):
    import torch
    return torch.nn.Identity()

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


@pytest.fixture(scope='module')
def mine(tmp_path_factory):
    """A file with networks of a user."""
    path = tmp_path_factory.mktemp('code') / 'mine.py'
    path.write_text(MINE)
    (path.parent / 'utils.py').write_text('HERE = True')
    return path


@pytest.mark.parametrize(('name', 'size'), [('PreResNet20', 32), ('VGG16', 32), ('VGG19BN', 64)])
def test_every_parameter_gets_a_gradient(name, size):
    torch.manual_seed(0)
    net = models.build(name, 10, image_size=size).train()
    x, y = torch.randn(4, 3, size, size), torch.arange(4)
    torch.nn.functional.cross_entropy(net(x), y).backward()
    assert [n for n, p in net.named_parameters() if p.grad is None or not p.grad.any()] == []


@pytest.fixture(scope='module')
def folders(tmp_path_factory):
    """A small ImageFolder."""
    return image_folders(tmp_path_factory.mktemp('images'), train=4, test=2)


def open_images(folders, size=None):
    """The data of these folders, divided and in memory."""
    images = data.open_data('ImageFolder', 'ResNet', folders, size)
    images.divide(split_seed=0)
    images.load(torch.device('cpu'))
    return images


@pytest.mark.parametrize(
    ('name', 'size'),
    [('VGG16BN', 32), ('ViT', 16), ('mobilenet_v3_small', 32), ('mine.py:small_vit', 32)],
)
def test_every_network_goes_the_whole_way(name, size, mine, folders, smaller, tmp_path):
    model = name.replace('mine.py', str(mine))
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
    quick = ['--num_points=2', '--no_line', '--export_t=0.5', '--split_seed=0']
    run('eval_curve', *where, f'--ckpt={curve}', *quick)
    exported = only('*-t0.5', tmp_path)

    net = open_net(state(exported), model, 10, size)
    again = utils.measure(net, open_images(folders, size).loaders(24), mia=False)
    start_at = [f'--original_pth={exported}', '--allow_unlearned', '--epochs=1', '--lr=1e-6']
    run('train', *where, '--unlearn_method=ga', *start_at)
    known = state(only('ga-*', tmp_path))['original']['test_acc']
    assert known == pytest.approx(again['test_acc'])


def test_a_users_network_runs_only_where_it_was_typed(mine, folders, tmp_path, monkeypatch):
    flags = ['--dataset=ImageFolder', '--transform=ResNet', f'--data_path={folders}', '--epochs=1']
    where = [f'--dir={tmp_path / "made"}']
    run('train', *where, *flags, f'--model={mine}:small_vit')
    made = only('*', tmp_path / 'made')
    assert state(made)['run']['data']['model'] == 'mine.py:small_vit'
    marked = tmp_path / 'elsewhere' / 'mine.py'
    marked.parent.mkdir()
    marked.write_text(f'open({str(tmp_path / "ran")!r}, "w")\n{MINE}')
    before = tree(tmp_path)
    finetune = ['--unlearn_method=finetune', f'--original_pth={made}', *flags[2:]]
    elsewhere = [f'--dir={tmp_path / "out"}', *finetune]
    monkeypatch.chdir(marked.parent)  # where a file of that name lies
    fails('mine.py:small_vit, a file of your own', 'train', *elsewhere)
    fails('mine.py:small_vit, a file', 'train', f'--resume={made}', f'--data_path={folders}')
    fails('contradicts', 'train', *elsewhere, f'--model={mine}:no_network')
    assert tree(tmp_path) == before
    run('train', *elsewhere, f'--model={marked}:small_vit')
    assert (tmp_path / 'ran').exists()


def test_users_files_that_give_no_network_are_refused(mine, folders, tmp_path):
    flags = [f'--dir={tmp_path / "out"}', '--dataset=ImageFolder', f'--data_path={folders}']
    for model, told in (
        (f'{mine}:absent', 'has no function absent'),
        (f'{mine}:no_network', 'gives a int, not an nn.Module'),
        (f'{mine}:no_logits', 'gives no logits of 10 classes'),
        ('vit_b_16', '--model=vit_b_16: Input shape indivisible'),
    ):
        size = '--image_size=33' if model == 'vit_b_16' else '--image_size=3'
        fails(told, 'train', *flags, f'--model={model}', size)
    fails('takes no --pretrained', 'train', *flags, f'--model={mine}:small_vit', '--pretrained')


def test_users_networks_may_be_frozen_in_part_wrapped_and_import_what_lies_beside(
    mine, folders, tmp_path
):
    flags = ['--dataset=ImageFolder', '--transform=ResNet', '--epochs=1', '--batch_size=40']
    where = [f'--dir={tmp_path}', f'--data_path={folders}', f'--model={mine}:partly_frozen']
    run('train', *where, *flags)
    assert importlib.import_module('utils') is utils
    original = only('baseline-*', tmp_path)
    for words in (['generate_weight_mask'], ['generate_mask'], ['generate_mask', '--kind=sfron']):
        run(*words, *where, f'--original_pth={original}')
    assert len(list(tmp_path.glob('mask-*/*.pt'))) == 7
    mask = [f'--original_pth={original}', f'--mask_path={only("mask-*/mask_sfron.pt", tmp_path)}']
    run('train', *where, *mask, '--unlearn_method=sfron', '--epochs=1', '--batch_size=40')


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
    built = models.build(name, 10, image_size=96, pretrained=True).state_dict()
    differing = {key for key, value in built.items() if not torch.equal(value, weights[key])}
    head = 'heads.head' if name == 'vit_b_32' else 'fc'
    expected = {f'{head}.weight', f'{head}.bias'}
    if name == 'vit_b_32':
        expected.add('encoder.pos_embedding')  # interpolated
        assert built['encoder.pos_embedding'].std() > 0.01
    assert differing == expected


def foreign(path, state, **more):
    torch.save(more | {'model_state': state} if more else state, path)
    return path


def test_files_of_other_code_are_read(tmp_path):
    weights = models.build('PreResNet8', 10).state_dict()
    module = {f'module.{key}': value for key, value in weights.items()}
    old = {k: v for k, v in weights.items() if not k.endswith('num_batches_tracked')}
    half = {k: v.bfloat16() if v.is_floating_point() else v for k, v in weights.items()}
    flags = argparse.Namespace(lr=0.1)
    for content in (
        {'model_state': weights, 'epoch': 3, 'optimizer_state': {'state': {}}},  # the release's
        {'state_dict': weights, 'arch': 'net', 'args': flags},  # timm's
        {'model': weights, 'epoch': 1, 'args': flags},  # torchvision's
        {'net': module, 'acc': 91.2, 'epoch': 3},
        old,
        half,
    ):
        torch.save(content, tmp_path / 'file.pt')
        net = open_net(checkpoint.load(tmp_path / 'file.pt', 'original_pth'))
        for key, value in net.state_dict().items():
            close = 1e-2 if content is half else 0
            assert key not in old or torch.allclose(value, weights[key], rtol=close, atol=close)


@pytest.mark.parametrize('name', ['PreResNet8', 'VGG16', 'shufflenet_v2_x0_5'])
def test_files_of_other_code_are_originals_and_ends(name, folders, smaller, tmp_path, monkeypatch):
    monkeypatch.setattr('utils.check_original', lambda *_: None)  # these networks know nothing
    torch.manual_seed(3)
    net = models.build(name, 10)
    files = [foreign(tmp_path / f'{stem}.pt', net.state_dict()) for stem in ('start', 'end')]
    where = [f'--data_path={folders}', '--dataset=ImageFolder', '--transform=ResNet', '--epochs=1']
    where += [f'--model={name}', '--batch_size=40']
    ga = ['--unlearn_method=ga', '--lr=1e-9', f'--original_pth={files[0]}']
    run('train', f'--dir={tmp_path / "ga"}', *where, *ga)
    logits, labels = utils.predict(net, open_images(folders).loader('test_retain'))
    made = state(tmp_path / 'ga')
    assert made['original']['test_acc'] == pytest.approx(100 * (logits.argmax(1) == labels).mean())
    for key, value in net.named_parameters():
        assert torch.allclose(value, made['model_state'][key], atol=1e-6)
    ends = [f'--init_start={files[0]}', f'--init_end={files[1]}', '--fix_start', '--fix_end']
    search = [f'--dir={tmp_path / "curve"}', '--unlearn_method=dynamic', *where, *ends]
    fails('has the same weights', 'train', *search)
    weights = net.state_dict().items()
    foreign(files[1], {k: v * 1.01 if v.is_floating_point() else v for k, v in weights})
    run('train', *search)
    assert state(tmp_path / 'curve')['run']['end'] == {}


def test_a_network_pickled_whole_is_not_opened_and_its_conversion_is_told(tmp_path, monkeypatch):
    net = models.build('PreResNet8', 10)
    file = tmp_path / 'whole.pt'
    torch.save(net, file)
    flags = [f'--original_pth={file}', '--dataset=Digits', '--model=PreResNet8']
    with monkeypatch.context() as closed:
        closed.setattr(type(net), '__setstate__', lambda *_: pytest.fail('was opened'))
        told = fails('a whole pickled module', 'generate_mask', *flags, f'--dir={tmp_path}')
    monkeypatch.chdir(tmp_path)
    exec(told.partition('in Python: ')[2], {'torch': torch})
    made = checkpoint.load(tmp_path / 'whole-state.pt', 'test')['model_state']
    assert all(torch.equal(made[name], value) for name, value in net.state_dict().items())


def test_files_that_would_be_another_function_here_are_refused(folders, tmp_path):
    where = [f'--dir={tmp_path / "out"}', f'--data_path={folders}', '--dataset=ImageFolder']
    where += ['--transform=ResNet', '--unlearn_method=ga', '--epochs=1']
    file = foreign(tmp_path / 'x.pt', models.build('VGG16BN', 10).state_dict())
    where.append(f'--original_pth={file}')
    fails('x.pt: layer_blocks.0.1 never ran', 'train', *where, '--model=VGG16BN')
    points = models.build('PreResNet8', 10).state_dict()
    points = {f'net.{k}_{i}': v for k, v in points.items() for i in range(3)}
    foreign(file, points | {'coeff_layer.binoms': torch.ones(3)}, epoch=3, optimizer_state={})
    fails('x.pt: is a curve of curve layers', 'train', *where, '--model=PreResNet8')
    foreign(file, {'conv_proj.weight': torch.ones(1)}, epoch=3, optimizer_state={})
    fails("x.pt: is the release's ViT", 'train', *where, '--model=ViT', '--image_size=32')
    foreign(file, models.build('PreResNet8', 7).state_dict())
    fails('x.pt: its weights do not fit the network', 'train', *where, '--model=PreResNet8')
