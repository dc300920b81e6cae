"""The split, the fingerprints, the batches and what is done to them."""

import pickle
import random

import numpy as np
import pytest
import torch
import torchvision
from conftest import make_folders

import data
import sources
import transforms
from errors import InputError

TARGETS = torch.arange(1000) % 10


def opened(dataset='Digits', transform='ResNet', **settings):
    """A data set, opened and divided and in memory."""
    where = {k: settings.pop(k) for k in ('data_path', 'train_fraction') if k in settings}
    result = data.open_data(dataset, transform, **where)
    result.divide(**settings)
    result.load(torch.device('cpu'), workers=2)
    return result


@pytest.mark.parametrize(
    'settings',
    [
        {'unlearn_type': 'random', 'forget_ratio': 0.1},
        {'unlearn_type': 'class'},
        {'unlearn_type': 'index', 'forget_index': [3, 1, 999]},
    ],
)
def test_split_is_disjoint_and_covering_and_the_same_again(settings):
    split = data.make_split(TARGETS, split_seed=7, **settings)
    torch.manual_seed(5)
    random.seed(5)
    again = data.make_split(TARGETS, split_seed=7, **settings)
    both = torch.cat([split.retain, split.forget]).sort().values
    assert torch.equal(both, torch.arange(1000))
    assert torch.equal(split.forget, again.forget)


def test_split_42_is_that_of_the_release():
    order = torch.randperm(1000, generator=torch.Generator().manual_seed(42))
    split = data.make_split(TARGETS, 'random', 0.1, split_seed=42)
    assert torch.equal(split.forget, order[900:].sort().values)
    other = data.make_split(TARGETS, 'random', 0.1, split_seed=43)
    assert not torch.equal(split.forget, other.forget)
    assert len(data.make_split(TARGETS[:100], 'random', 0.29).forget) == 29
    for classes, label in ((10, 1), (100, 81), (200, 163)):
        targets = torch.arange(classes)
        split = data.make_split(targets, 'class', split_seed=42, num_classes=classes)
        assert split.forget_class == label and split.forget.tolist() == [label]
    index = data.make_split(TARGETS, 'index', forget_index=[3, 1, 999])
    assert index.forget.tolist() == [1, 3, 999]


@pytest.mark.parametrize(
    ('settings', 'message'),
    [
        ({'unlearn_type': 'class', 'forget_class': 10}, 'forget_class=10'),
        ({'unlearn_type': 'index', 'forget_index': [1, 1]}, 'more than once'),
        ({'unlearn_type': 'index', 'forget_index': [1000]}, 'outside 0 to 999'),
        ({'unlearn_type': 'index', 'forget_index': [-1]}, 'outside 0 to 999'),
        ({'unlearn_type': 'index', 'forget_index': []}, 'empty'),
        ({'unlearn_type': 'index', 'forget_index': list(range(1000))}, 'empty'),
        ({'forget_ratio': 0.0001}, 'empty'),
        ({'unlearn_type': 'other'}, 'unlearn_type'),
    ],
)
def test_splits_that_are_none_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        data.make_split(TARGETS, **settings)


def test_digits_are_divided_once_and_for_all():
    digits = opened(unlearn_type='class', forget_class=4)
    assert len(digits.targets[0]) + len(digits.targets[1]) == 1797
    assert digits.images[0].shape[1:] == (3, 32, 32) and digits.images[0].dtype == torch.uint8
    counts = torch.bincount(digits.targets[1])
    assert counts.min() >= 34 and counts.max() <= 37  # a fifth of every class
    parts = {name: len(indices) for name, indices in digits.parts.items()}
    assert parts['train_retain'] + parts['train_forget'] == parts['train']
    assert parts['test_retain'] + parts['test_forget'] == len(digits.targets[1])
    for part, only_forgotten in (('train_forget', True), ('train_retain', False)):
        for _, y, forget in digits.loader(part):
            assert (forget == only_forgotten).all() and ((y == 4) == only_forgotten).all()


def test_fingerprints_tell_data_and_split_apart(cifar, tmp_path):
    one = opened('CIFAR10', data_path=cifar, unlearn_type='class', forget_class=1)
    same = opened(
        'CIFAR10', data_path=cifar, unlearn_type='index', forget_index=list(range(12, 24))
    )
    other = opened('CIFAR10', data_path=cifar, unlearn_type='class', forget_class=2)
    fraction = opened('CIFAR10', data_path=cifar, train_fraction=0.5)
    assert one.fingerprint == same.fingerprint == other.fingerprint != fraction.fingerprint
    assert one.forget_fingerprint == same.forget_fingerprint != other.forget_fingerprint
    assert torch.bincount(fraction.targets[0]).tolist() == [6] * 10
    make_folders(tmp_path / 'cifar10', seed=1)
    elsewhere = opened('CIFAR10', data_path=tmp_path)
    assert elsewhere.fingerprint != one.fingerprint  # the same names, other images


def test_search_trains_on_forget_and_a_fixed_share_of_retain():
    half, again = (opened(forget_ratio=0.1, retain_ratio=0.5, seed=3) for _ in range(2))
    search, forget = half.parts['search'], half.parts['train_forget']
    assert set(forget.tolist()) <= set(search.tolist())
    assert len(search) == len(forget) + round(len(half.parts['train_retain']) / 2)
    assert torch.equal(search, again.parts['search'])
    other = opened(forget_ratio=0.1, retain_ratio=0.5, seed=4, split_seed=42)
    assert not torch.equal(search, other.parts['search'])


def test_batches_are_shuffled_by_seed_and_epoch_alone():
    digits = opened(train_fraction=0.2)

    def batches(**settings):
        torch.rand(3)  # draws of others do not matter
        loader = digits.loader('train', train=True, batch_size=32, **settings)
        return torch.cat([x for x, *_ in loader])

    first = batches(seed=1, epoch=0)
    assert torch.equal(first, batches(seed=1, epoch=0))
    assert not torch.equal(first, batches(seed=1, epoch=1))
    assert not torch.equal(first, batches(seed=2, epoch=0))
    test = [torch.cat([x for x, *_ in digits.loader('train')]) for _ in range(2)]
    assert torch.equal(*test)


def test_a_lone_last_sample_joins_the_batch_before():
    digits = opened(unlearn_type='index', forget_index=list(range(33)))
    sizes = [len(y) for _, y, _ in digits.loader('train_forget', train=True, batch_size=16)]
    assert sizes == [16, 17]
    assert len(digits.loader('train_forget', batch_size=16)) == 2
    assert [len(y) for _, y, _ in digits.loader('train_forget', batch_size=15)] == [15, 15, 3]


def test_augmentation_crops_and_flips_each_image_by_itself():
    images = torch.randint(1, 255, (64, 3, 32, 32), dtype=torch.uint8)
    recipe = transforms.make_recipe('CIFAR10', 'ResNet')
    out = transforms.augment(images, recipe, data.generator('test'))
    padded = torch.nn.functional.pad(images, [4] * 4)
    seen = set()
    for image, source in zip(out, padded):
        places = [
            (top, left, flip)
            for top in range(9)
            for left in range(9)
            for flip in (False, True)
            if torch.equal(
                image.flip(2) if flip else image, source[:, top : top + 32, left : left + 32]
            )
        ]
        assert len(places) == 1
        seen |= set(places)
    assert len(seen) > 30 and {flip for *_, flip in seen} == {False, True}
    digits = transforms.make_recipe('Digits', 'ResNet')
    flipped = transforms.augment(images, digits._replace(flip=True), data.generator('test'))
    straight = transforms.augment(images, digits, data.generator('test'))
    assert torch.equal(flipped, out) and not torch.equal(straight, out)


def test_normalisation_is_that_of_the_recipe():
    white = torch.full((1, 3, 32, 32), 255, dtype=torch.uint8)
    for dataset, transform, expected in (
        (
            'CIFAR10',
            'ResNet',
            [(1 - 0.4914) / 0.2023, (1 - 0.4822) / 0.1994, (1 - 0.4465) / 0.2010],
        ),
        ('CIFAR10', 'VGG', [(1 - 0.485) / 0.229, (1 - 0.456) / 0.224, (1 - 0.406) / 0.225]),
        ('CIFAR100', 'VGG', [(1 - 0.5071) / 0.2675, (1 - 0.4867) / 0.2565, (1 - 0.4408) / 0.2761]),
    ):
        out = transforms.prepare(white, transforms.make_recipe(dataset, transform))
        torch.testing.assert_close(out[0, :, 5, 5], torch.tensor(expected))
    vit = transforms.make_recipe('CIFAR10', 'ViT')
    grey = transforms.augment(
        torch.rand(200, 3, 224, 224).mul(255).byte(), vit, data.generator('grey')
    )
    share = (grey[:, 0] == grey[:, 1]).flatten(1).all(1).float().mean()
    assert 0.03 < share < 0.2
    assert transforms.prepare(white, vit).shape == (1, 3, 224, 224)


def test_torchvisions_files_are_read(tmp_path, monkeypatch):
    folder = tmp_path / 'cifar10' / 'cifar-10-batches-py'
    folder.mkdir(parents=True)
    rng = np.random.default_rng(0)
    for name in [f'data_batch_{i}' for i in range(1, 6)] + ['test_batch']:
        pixels = rng.integers(0, 255, (20, 3072), dtype=np.uint8)
        content = {'data': pixels, 'labels': [i % 10 for i in range(20)]}
        (folder / name).write_bytes(pickle.dumps(content))
    meta = {'label_names': [str(i) for i in range(10)]}
    (folder / 'batches.meta').write_bytes(pickle.dumps(meta))
    monkeypatch.setattr(torchvision.datasets.cifar, 'check_integrity', lambda *_: True)
    cifar = opened('CIFAR10', data_path=tmp_path)
    assert cifar.images[0].shape == (100, 3, 32, 32)
    last = np.frombuffer(cifar.images[1][-1].numpy().tobytes(), dtype=np.uint8)
    assert np.array_equal(last, pixels[-1])
    assert cifar.targets[0].tolist() == [i % 10 for i in range(20)] * 5


def test_wrong_data_is_named(tmp_path, monkeypatch):
    with pytest.raises(InputError, match='--data_path is missing'):
        data.open_data('CIFAR10', 'ResNet')

    def offline(*_, **__):
        raise OSError('no network')

    monkeypatch.setitem(
        sources.DATASETS, 'CIFAR10', sources.Dataset(sources._cifar('cifar10', offline), 32)
    )
    with pytest.raises(InputError, match='the download failed .no network.'):
        data.open_data('CIFAR10', 'ResNet', tmp_path / 'nothing')
    assert list(tmp_path.iterdir()) == []
    make_folders(tmp_path / 'cifar10')
    broken = tmp_path / 'cifar10' / 'train' / 'c03' / '001.png'
    broken.write_bytes(b'no image')
    folders = data.open_data('CIFAR10', 'ResNet', tmp_path)
    folders.divide()
    with pytest.raises(InputError, match='001.png: cannot be decoded'):
        folders.load(torch.device('cpu'))
