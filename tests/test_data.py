"""The split, the fingerprints, the batches and what is done to them."""

import io
import os
import pickle
import random

import numpy as np
import pytest
import torch
import torchvision
from conftest import SMALL, fails, only, run, state
from PIL import Image

import data
from arg_parser import parse_args
from lib import datasets, loaders, transforms
from lib.errors import InputError
from lib.flags import augmentation, inherit, normalization
from lib.request import find_class
from reproduce.layouts import image_folders, tiny_imagenet

TARGETS = torch.arange(1000) % 10
LOCATED = ('data_path', 'train_fraction', 'test_fraction')  # flags that `open_data` takes


def open_parts(dataset='Digits', transform='ResNet', **settings):
    """A data set, opened and divided and in memory."""
    where = {k: settings.pop(k) for k in LOCATED if k in settings}
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


def test_a_request_counts_in_the_whole_training_set():
    whole = data.open_data('Digits', 'ResNet')
    half = data.open_data('Digits', 'ResNet', train_fraction=0.5)
    kept = half.rows[0].tolist()
    request = [kept[3], kept[40], kept[-1]]
    for digits in (whole, half):
        digits.divide(unlearn_type='index', forget_index=request)
        rows = digits.rows[0][digits.split.forget]
        assert rows.tolist() == request
    absent = next(index for index in range(len(whole.rows[0])) if index not in kept)
    with pytest.raises(InputError, match=f'{absent} is left out by --train_fraction=0.5'):
        half.divide(unlearn_type='index', forget_index=[kept[0], absent])
    for index in (1433, -1, 10**20):
        with pytest.raises(InputError, match=f'{index} is outside 0 to 1432'):
            half.divide(unlearn_type='index', forget_index=[index])


def open_request(path, text, *flags):
    """The data that a request of this text divides."""
    path.write_text(text, encoding='utf-8-sig')  # as an editor of Windows marks it
    words = [f'--forget_index={path}', '--transform=ResNet', '--model=PreResNet8', *flags]
    return data.open_split(inherit(parse_args('train', words)))


def test_a_request_is_in_paths_and_indices(cifar, tmp_path, monkeypatch):
    flags = '--dataset=CIFAR10', f'--data_path={cifar}'
    train = cifar / 'cifar10' / 'train'
    text = '# a request\r\n\n  c01/002.png  # by path\ntrain/c00/003.png\n7, 100 5\n\t# and\n'
    found = open_request(tmp_path / 'one', f'{text}{train}/c09/011.png\n./c00/004.png', *flags)
    expected = [3, 4, 5, 7, 14, 100, 119]
    assert found.record['split']['forget_index'] == found.split.forget.tolist() == expected
    samples = found.list_samples()
    assert samples[4] == {'index': 14, 'path': 'c01/002.png'}
    assert [sample['index'] for sample in samples] == expected
    (tmp_path / 'link').symlink_to(train)
    linked = open_request(tmp_path / 'two', f'{tmp_path}/link/c09/011.png', *flags)
    monkeypatch.chdir(cifar / 'cifar10')  # and --data_path with a .. in it
    above = open_request(tmp_path / 'two', f'{train}/c09/011.png', flags[0], '--data_path=..')
    assert linked.split.forget.tolist() == above.split.forget.tolist() == [119]
    monkeypatch.chdir(cifar)  # a path that the shell completes
    typed = open_request(tmp_path / 'two', 'cifar10/train/c09/011.png', *flags)
    assert typed.split.forget.tolist() == [119]


@pytest.mark.parametrize(
    ('text', 'message'),
    [
        ('c00/000.png\nc00/099.png', 'line 2: c00/099.png is neither an index nor an image in'),
        ('test/c00/000.png', 'line 1: test/c00/000.png is neither'),
        ('3.5', 'line 1: 3.5 is neither'),
        ('1 c00/003.png', 'line 1: 1 c00/003.png is neither'),
        ('/c00/000.png', 'line 1: /c00/000.png is neither'),
        ('9' * 5000, 'is neither an index'),
        ('# no\n\n1 2\n4 1', 'line 4: 1 is sample 1, which line 3 names already'),
        ('14\nc01/002.png', 'line 2: c01/002.png is sample 14, which line 1 names already'),
        ('train/c00/001.png\nc00/001.png', 'line 2: c00/001.png is sample 1, which line 1 names'),
        ('0\n120', 'line 2: 120 is outside 0 to 119'),
        ('train/c00/000.png/../001.png', 'line 1: train/c00'),
    ],
)
def test_what_a_request_cannot_mean_is_named_with_its_line(text, message, cifar, tmp_path):
    flags = '--dataset=CIFAR10', f'--data_path={cifar}'
    with pytest.raises(InputError) as told:
        open_request(tmp_path / 'list.txt', text, *flags)
    assert f'--forget_index={tmp_path / "list.txt"}, ' in told.value.problem
    assert message in told.value.problem and 'such as c00/000.png' in told.value.fix


def test_a_request_on_a_share_for_none_or_for_two_images_is_refused(tmp_path):
    image_folders(tmp_path, 2, 4, 1)
    flags = [f'--data_path={tmp_path}', '--train_fraction=0.5']
    kept = data.open_data('ImageFolder', 'ResNet', tmp_path, train_fraction=0.5).rows[0].tolist()
    absent = next(index for index in range(8) if index not in kept)
    request = f'{kept[0]}\nc{absent // 4:02}/{absent % 4:03}.png'
    with pytest.raises(InputError, match=f'line 2: {absent} is left out by --train_fraction=0.5'):
        open_request(tmp_path / 'list.txt', request, *flags)
    with pytest.raises(InputError, match=r'list.txt: names no sample'):
        open_request(tmp_path / 'list.txt', '# none\n', *flags)
    image_folders(tmp_path / 'train' / 'train', 2, 4, 1, halves=('c00', 'c01'))  # a class 'train'
    (tmp_path / 'test' / 'train').mkdir()
    (tmp_path / 'test' / 'c00' / '000.png').rename(tmp_path / 'test' / 'train' / '000.png')
    (tmp_path / 'train' / 'train' / 'c00' / '000.png').touch()
    (tmp_path / 'test' / 'c00' / '000.png').touch()
    with pytest.raises(InputError, match=r'line 1: .* could be c00/000.png .index 0. or train/c00'):
        open_request(tmp_path / 'list.txt', 'train/c00/000.png', flags[0])


def test_data_without_files_takes_indices_alone(tmp_path):
    flags = ['--dataset=Digits']
    with pytest.raises(InputError, match='line 2: 3/1.png is no index, and this data set has no'):
        open_request(tmp_path / 'list.txt', '1\n3/1.png', *flags)
    digits = open_request(tmp_path / 'list.txt', '4 2', *flags)
    assert digits.list_samples() == [{'index': i, 'path': None} for i in (2, 4)]
    np.save(tmp_path / 'list.npy', np.array([[5, 3], [5, 1]]))
    args = parse_args('train', [f'--forget_index={tmp_path / "list.npy"}', *flags, *SMALL])
    with pytest.raises(InputError, match='list.npy, entry 3: 5 is sample 5, which entry 1 names'):
        data.open_split(inherit(args))
    np.save(tmp_path / 'list.npy', np.array([[5, 3], [4, 1]]))
    assert data.open_split(inherit(args)).split.forget.tolist() == [1, 3, 4, 5]


def test_every_kind_of_request_lists_its_samples(cifar):
    for settings in ({'unlearn_type': 'class', 'forget_class': 3}, {'forget_ratio': 0.2}):
        half = data.open_data('CIFAR10', 'ResNet', cifar, train_fraction=0.5)
        half.divide(**settings)
        samples = half.list_samples()
        assert len(samples) == len(half.split.forget)
        for sample, row in zip(samples, half.rows[0][half.split.forget].tolist()):
            assert sample == {'index': row, 'path': f'c{row // 12:02}/{row % 12:03}.png'}
    assert max(sample['index'] for sample in samples) > 60  # of the whole set, not of its half


def test_a_class_has_a_name_and_a_number():
    animals = ['bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'truck']
    words = {'cat': 1, 'cat/': 1, '1': 1, '01': 1, 'truck': 6, '7': 7}  # 7: refused by make_split
    assert {word: find_class(word, animals) for word in words} == words
    for word, told in (('Cats', 'cat'), ('DOG', 'dog'), ('1/', 'bird, cat, deer'), ('-1', 'bird')):
        with pytest.raises(InputError, match='no class is called so') as error:
            find_class(word, animals)
        assert f'0 to 6), or a name such as {told}' in error.value.fix
    digits = [str(label) for label in range(10)]
    assert find_class('3', digits) == find_class('3/', digits) == 3
    numbers = ['1', '2', '3']
    told = 'could be label 1, which is class 2, or class 1, which is label 0'
    for word, message in (('1', told), ('3', 'is no label, but class 3, which is label 2')):
        with pytest.raises(InputError, match=message) as error:
            find_class(word, numbers)
        assert f'write {word}/' in error.value.fix and 'slash means the folder' in error.value.fix
    assert find_class('0', numbers) == 0 == find_class('1/', numbers)
    with pytest.raises(InputError, match='could be label 1, which is class 02, or class 01'):
        find_class('1', ['01', '02'])


def test_a_typed_class_and_a_recorded_label_agree(tmp_path):
    made = image_folders(tmp_path / 'made', 3, 4, 2)
    for folder in made.glob('*/c*'):
        folder.rename(folder.with_name(str(int(folder.name[1:]) + 1)))
    flags = [f'--dir={tmp_path / "out"}', f'--data_path={made}', '--epochs=1']
    retrain = [*flags, '--unlearn_method=retrain', *SMALL]
    fails('--forget_class=1: could be label 1', 'train', *retrain, '--forget_class=1')
    fails('--forget_class=3: is no label, but', 'train', *retrain, '--forget_class=3')
    run('train', *retrain, '--forget_class=1/')
    record = state(tmp_path / 'out')['run']
    assert record['data']['dataset'] == 'ImageFolder'  # which nobody typed
    assert record['split']['forget_class'] == 0 and record['scenario'] == 'class0'
    end = only('retrain-*', tmp_path / 'out')
    for word in ('0', '1/'):
        run('train', f'--resume={end}', f'--forget_class={word}')
    fails('made to forget other samples', 'train', f'--resume={end}', '--forget_class=3/')
    run('train', *flags, *SMALL, '--unlearn_method=baseline')
    ends = [f'--init_start={only("baseline-*", tmp_path / "out")}', f'--init_end={end}']
    curve = [*flags, '--unlearn_method=curve', *ends]
    fails('made to forget other samples', 'train', *curve, '--forget_class=2/')
    run('train', *curve, '--forget_class=1/')
    curve = state(only('curve-*', tmp_path / 'out'))
    assert curve['run']['split']['forget_class'] == 0


def test_a_folder_of_classes_is_an_image_folder(cifar, tmp_path):
    def name_dataset(script, *flags, contents=(), **how):
        words = ['--model=PreResNet8', '--forget_ratio=0.1', *flags]
        return inherit(parse_args(script, words), contents, **how).dataset

    path = f'--data_path={tmp_path}'
    assert name_dataset('train') == name_dataset('main_tv', path) == 'CIFAR10'
    (tmp_path / 'train' / 'a').mkdir(parents=True)
    assert name_dataset('train', path) == 'CIFAR10'  # what the default would test on is absent
    for tests in ('val', 'test'):
        (tmp_path / tests).mkdir()
        for script in ('train', 'generate_mask', 'generate_weight_mask', 'main_tv'):
            assert name_dataset(script, path) == 'ImageFolder'
        assert name_dataset('forget', path, default_dataset=None) == 'ImageFolder'
        assert name_dataset('train', path, '--dataset=ImageNet') == 'ImageNet'
        known = [{'run': {'data': {'dataset': 'TinyImageNet'}}, 'source': '--original_pth=x'}]
        assert name_dataset('forget', path, contents=known, default_dataset=None) == 'TinyImageNet'
        (tmp_path / tests).rmdir()
    net = torch.nn.Linear(2, 2).state_dict()
    torch.save(net, tmp_path / 'foreign.pt')
    flags = [f'--dir={tmp_path / "out"}', f'--original_pth={tmp_path / "foreign.pt"}']
    flags += ['--forget_ratio=0.1', '--model=PreResNet8']
    fails('--dataset is missing', 'forget', *flags)
    for where in (path, f'--data_path={cifar}', f'--data_path={tmp_path / "none"}'):
        fails(f'{where}: has no train/', 'forget', *flags, where)
    assert not (tmp_path / 'out').exists()


def test_digits_are_divided_once_and_for_all():
    digits = open_parts(unlearn_type='class', forget_class=4)
    assert len(digits.targets[0]) + len(digits.targets[1]) == 1797
    assert (
        digits.images[0].pixels.shape[1:] == (3, 32, 32)
        and digits.images[0].pixels.dtype == torch.uint8
    )
    counts = torch.bincount(digits.targets[1])
    assert counts.min() >= 34 and counts.max() <= 37  # a fifth of every class
    parts = {name: len(indices) for name, indices in digits.parts.items()}
    assert parts['train_retain'] + parts['train_forget'] == parts['train']
    assert parts['test_retain'] + parts['test_forget'] == len(digits.targets[1])
    for part, only_forgotten in (('train_forget', True), ('train_retain', False)):
        for _, y, forget in digits.loader(part):
            assert (forget == only_forgotten).all() and ((y == 4) == only_forgotten).all()


def test_fingerprints_tell_data_and_split_apart(cifar, tmp_path):
    one = open_parts('CIFAR10', data_path=cifar, unlearn_type='class', forget_class=1)
    same = open_parts(
        'CIFAR10', data_path=cifar, unlearn_type='index', forget_index=list(range(12, 24))
    )
    other = open_parts('CIFAR10', data_path=cifar, unlearn_type='class', forget_class=2)
    fraction = open_parts('CIFAR10', data_path=cifar, train_fraction=0.5, test_fraction=0.5)
    assert one.fingerprint == same.fingerprint == other.fingerprint != fraction.fingerprint
    assert one.forget_fingerprint == same.forget_fingerprint != other.forget_fingerprint
    assert torch.bincount(fraction.targets[0]).tolist() == [6] * 10
    assert torch.bincount(fraction.targets[1]).tolist() == [1] * 10
    assert len(fraction.parts['test_retain']) == 10
    image_folders(tmp_path / 'cifar10', seed=1)
    elsewhere = open_parts('CIFAR10', data_path=tmp_path)
    assert elsewhere.fingerprint != one.fingerprint  # the same names, other images


def test_a_program_decodes_a_data_set_once(cifar, monkeypatch):
    loaders.DECODED.clear()
    read, count = loaders.read_image, []
    monkeypatch.setattr(loaders, 'read_image', lambda path: count.append(path) or read(path))
    first, again = (open_parts('CIFAR10', data_path=cifar) for _ in range(2))
    assert len(count) == len(set(count)) == sum(map(len, first.targets))
    for images, others in zip(first.images, again.images):
        assert torch.equal(images.pixels, others.pixels)
    open_parts('CIFAR10', data_path=cifar, train_fraction=0.5)  # other images push the oldest out
    assert len(loaders.DECODED) == 2


def test_search_trains_on_forget_and_a_fixed_share_of_retain():
    half, again = (open_parts(forget_ratio=0.1, retain_ratio=0.5, seed=3) for _ in range(2))
    search, forget = half.parts['search'], half.parts['train_forget']
    assert set(forget.tolist()) <= set(search.tolist())
    assert len(search) == len(forget) + round(len(half.parts['train_retain']) / 2)
    assert torch.equal(search, again.parts['search'])
    other = open_parts(forget_ratio=0.1, retain_ratio=0.5, seed=4, split_seed=42)
    assert not torch.equal(search, other.parts['search'])


def test_batches_are_shuffled_by_seed_and_epoch_alone():
    digits = open_parts(train_fraction=0.2)

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


def test_the_batchnorm_pass_is_prepared_once_and_always_alike():
    digits = open_parts(train_fraction=0.3)
    loader = digits.bn_loader()
    assert digits.bn_loader() is loader
    first, again = ([x for x, *_ in loader] for _ in range(2))
    assert loader.kept is not None and all(torch.equal(a, b) for a, b in zip(first, again))
    settings = {'train': True, 'batch_size': data.BN_BATCH, 'seed': data.BN_SEED}
    plain = [x for x, *_ in digits.loader('train_retain', **settings)]
    assert len(plain) == len(first) and all(torch.equal(a, b) for a, b in zip(plain, first))
    assert first[0].is_contiguous(memory_format=torch.channels_last)
    digits.bn_samples, digits.bn_loaders = 100, {}
    few = digits.bn_loader()
    assert len(few.indices) == 100 == len(few.indices.unique())
    assert set(few.indices.tolist()) <= set(digits.parts['train_retain'].tolist())
    fewer, all_of_them = digits.bn_loader(most=40), digits.bn_loader(most=4000)
    assert len(fewer.indices) == 40 and all_of_them is few is digits.bn_loader()
    assert set(fewer.indices.tolist()) < set(few.indices.tolist())
    assert torch.equal(digits.sample('train_retain', 10**6), digits.parts['train_retain'])
    others = digits.sample('train_retain', 40, 'retain samples')
    assert len(others) == 40 and not torch.equal(others, fewer.indices)


def test_a_lone_last_sample_joins_the_batch_before():
    digits = open_parts(unlearn_type='index', forget_index=list(range(33)))
    sizes = [len(y) for _, y, _ in digits.loader('train_forget', train=True, batch_size=16)]
    assert sizes == [16, 17]
    assert len(digits.loader('train_forget', batch_size=16)) == 2
    assert [len(y) for _, y, _ in digits.loader('train_forget', batch_size=15)] == [15, 15, 3]


def test_augmentation_crops_and_flips_each_image_by_itself():
    images = torch.randint(1, 255, (64, 3, 32, 32), dtype=torch.uint8)
    recipe = transforms.make_recipe('CIFAR10', 'ResNet')
    out = transforms.augment(images, recipe, data.make_generator('test'))
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
    flipped = transforms.augment(images, digits._replace(flip=True), data.make_generator('test'))
    straight = transforms.augment(images, digits, data.make_generator('test'))
    assert torch.equal(flipped, out) and not torch.equal(straight, out)


def augment_many(dataset, transform, augment):
    """(64 copies of an image of noise, how the flags change them to train on)."""
    images = torch.randint(1, 255, (1, 3, 32, 32), dtype=torch.uint8).repeat(64, 1, 1, 1)
    recipe = transforms.make_recipe(dataset, transform, 32, augment=augment)
    return images, transforms.prepare(images, recipe, data.make_generator('test'))


@pytest.mark.parametrize(
    ('dataset', 'transform'), [('CIFAR10', 'VGG'), ('Digits', 'ResNet'), ('CIFAR100', 'ViT')]
)
def test_augment_does_what_it_names_and_nothing_else(dataset, transform):
    images, out = augment_many(dataset, transform, 'none')
    assert torch.equal(images, out)
    images, out = augment_many(dataset, transform, 'flip')
    straight, mirrored = ((out == kind).flatten(1).all(1) for kind in (images, images.flip(3)))
    assert (straight | mirrored).all() and straight.any() and mirrored.any()
    images, cropped = augment_many(dataset, transform, 'crop')
    shifts = torch.nn.functional.pad(images[0], [4] * 4).unfold(1, 32, 1).unfold(2, 32, 1)
    places = [(shifts == image[:, None, None]).all((0, 3, 4)) for image in cropped]
    assert all(place.sum() == 1 for place in places)
    assert len({tuple(place.nonzero()[0].tolist()) for place in places}) > 20
    _, both = augment_many(dataset, transform, 'crop,flip')
    assert not torch.equal(both, cropped)


def test_augment_none_leaves_out_the_resized_crop(tmp_path):
    image_folders(tmp_path, 2, 3, 3, size=(60, 40), halves=('train', 'val'))

    def read(train, augment):
        photos = data.open_data('ImageNet', 'ResNet', tmp_path, 32, augment=augment)
        photos.divide(forget_ratio=0.4)
        photos.load(torch.device('cpu'), workers=0)
        ((x, *_),) = photos.loader('train', train=train, batch_size=6)
        return x

    plain, none, crop = read(False, None), read(True, 'none'), read(True, 'crop')
    same = (plain[:, None] == none[None]).flatten(2).all(2)
    assert (same.sum(0) == 1).all() and (same.sum(1) == 1).all()  # shuffled, and unchanged
    assert not (plain[:, None] == crop[None]).flatten(2).all(2).any()


@pytest.mark.parametrize(
    ('normalize', 'expected'),
    [
        ('imagenet', [(0.2 - 0.485) / 0.229, (0.4 - 0.456) / 0.224, (1 - 0.406) / 0.225]),
        ('cifar', [(0.2 - 0.4914) / 0.2023, (0.4 - 0.4822) / 0.1994, (1 - 0.4465) / 0.2010]),
        ('cifar100', [(0.2 - 0.5071) / 0.2675, (0.4 - 0.4867) / 0.2565, (1 - 0.4408) / 0.2761]),
        ('none', [0.2, 0.4, 1.0]),
        ('0.5;0.25', [-1.2, -0.4, 2.0]),
        ('0.1,0.2,0.3;0.5,0.5,1', [0.2, 0.4, 0.7]),
    ],
)
def test_normalize_by_hand(normalize, expected):
    pixels = torch.tensor([51, 102, 255], dtype=torch.uint8).view(1, 3, 1, 1).repeat(1, 1, 32, 32)
    for dataset in transforms.DATASETS:
        recipe = transforms.make_recipe(dataset, 'ResNet', normalize=normalize)
        out = transforms.normalise(pixels, recipe)
        torch.testing.assert_close(out[0, :, 5, 5], torch.tensor(expected))


def test_preprocessing_is_parsed_and_said_in_words():
    for typed, said in (('0.5,0.5,0.5;0.25', '0.5;0.25'), ('0;1', 'none'), ('cifar', 'cifar')):
        assert normalization(typed) == said
    assert augmentation('flip,crop') == 'crop,flip'
    for flag in ('normalize=0.5', 'normalize=0.5;0', 'normalize=0,1;1', 'normalize=nan;1'):
        fails(f'--{flag.partition("=")[0]}', 'train', f'--{flag}')
    fails('--augment', 'train', '--augment=crop,grey')
    for flags, words in (
        (('CIFAR10', 'VGG'), '32 pixels, normalised as imagenet, augmented by crop and flip'),
        (
            ('CIFAR10', 'ViT'),
            '224 pixels, normalised as imagenet, augmented by crop, flip and grey',
        ),
        (
            ('Digits', 'ResNet', 48, 'none', 'none'),
            '48 pixels, not normalised, augmented by nothing',
        ),
        (
            ('ImageNet', 'ViT', 64, '0.5;0.25', 'crop'),
            '64 pixels, normalised as 0.5;0.25, augmented by resized crop',
        ),
    ):
        assert transforms.describe_recipe(transforms.make_recipe(*flags)) == words


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
        recipe = transforms.make_recipe(dataset, transform)
        out = transforms.normalise(transforms.prepare(white, recipe), recipe)
        torch.testing.assert_close(out[0, :, 5, 5], torch.tensor(expected))
    vit = transforms.make_recipe('CIFAR10', 'ViT')
    grey = transforms.augment(
        torch.rand(200, 3, 224, 224).mul(255).byte(), vit, data.make_generator('grey')
    )
    share = (grey[:, 0] == grey[:, 1]).flatten(1).all(1).float().mean()
    assert 0.03 < share < 0.2
    assert transforms.prepare(white, vit).shape == (1, 3, 224, 224)


def cifar_files(root, folder, coarse):
    """torchvision's files of CIFAR10 or, coarse, CIFAR100: 100 + 20 images; the last's pixels."""
    rng = np.random.default_rng(0)
    batches = [(f'data_batch_{i}', 20) for i in range(1, 6)] + [('test_batch', 20)]
    names, meta, labels = 'label_names', 'batches.meta', 'labels'
    if coarse:
        batches = [('train', 100), ('test', 20)]
        names, meta, labels = 'fine_label_names', 'meta', 'fine_labels'
    (root / folder).mkdir(parents=True)
    classes = 100 if coarse else 10
    for name, count in batches:
        pixels = rng.integers(0, 255, (count, 3072), dtype=np.uint8)
        content = {'data': pixels, labels: [i % classes for i in range(count)]}
        (root / folder / name).write_bytes(pickle.dumps(content))
    about = {names: [f'name {i:02}' for i in range(classes)]}
    (root / folder / meta).write_bytes(pickle.dumps(about))
    return pixels[-1]


@pytest.mark.parametrize(
    ('dataset', 'folder', 'classes'),
    [('CIFAR10', 'cifar-10-batches-py', 10), ('CIFAR100', 'cifar-100-python', 100)],
)
def test_torchvisions_files_are_read(dataset, folder, classes, tmp_path, monkeypatch):
    monkeypatch.setattr(torchvision.datasets.cifar, 'check_integrity', lambda *_: True)
    last = cifar_files(tmp_path / dataset.lower(), folder, classes == 100)
    cifar = open_parts(dataset, data_path=tmp_path)
    assert cifar.images[0].pixels.shape == (100, 3, 32, 32) and len(cifar.classes) == classes
    assert np.array_equal(cifar.images[1].pixels[-1].flatten().numpy(), last)
    assert cifar.targets[0].tolist() == [i % classes for i in range(100)]


LAYOUTS = {  # data set: where under its path the folders are, the halves' names
    'CIFAR10': ('cifar10', ('train', 'test'), 32),
    'CIFAR100': ('cifar100', ('train', 'test'), 32),
    'TinyImageNet': ('', ('train', 'val'), 64),
    'ImageNet': ('', ('train', 'val'), 224),
    'ImageFolder': ('', ('train', 'test'), 32),
    'ImageFolder val': ('', ('train', 'val'), 32),
}


@pytest.mark.parametrize('layout', LAYOUTS)
@pytest.mark.parametrize('transform', ['ResNet', 'ViT'])
def test_image_folders_are_read_in_every_pairing(layout, transform, tmp_path):
    folder, halves, size = LAYOUTS[layout]
    image_folders(tmp_path / folder, 5, 3, 2, size=(80, 48), halves=halves)
    if layout == 'TinyImageNet':  # what is left of the archive: images of no known class
        image_folders(tmp_path / 'test', 1, 1, halves=('images',))
    split = {'unlearn_type': 'class', 'forget_class': 2}
    folders = open_parts(layout.split()[0], transform, data_path=tmp_path, **split)
    assert len(folders.classes) == 5
    assert [len(t) for t in folders.targets] == [15, 10]
    side = 224 if transform == 'ViT' else size
    sizes = {part: len(loader.indices) for part, loader in folders.loaders().items()}
    assert sizes == {'train_retain': 12, 'train_forget': 3, 'test_retain': 8, 'test_forget': 2}
    for part, loader in [*folders.loaders(2).items(), ('train', folders.bn_loader())]:
        for x, y, forget in loader:
            assert x.shape[1:] == (3, side, side) and x.dtype == torch.float32
            assert ((y == 2) == forget).all() and x.isfinite().all()
            assert part == 'train' or (forget == part.endswith('forget')).all()


def test_tiny_imagenets_archive_gives_the_classes_of_train_to_val(tmp_path):
    tiny_imagenet(tmp_path, classes=6, train=4, test=3)
    tiny = open_parts('TinyImageNet', data_path=tmp_path)
    assert tiny.classes == sorted((tmp_path / 'wnids.txt').read_text().split())
    assert [torch.bincount(t).tolist() for t in tiny.targets] == [[4] * 6, [3] * 6]
    colours = [
        [half.pixels[t == label].float().mean((0, 2, 3)) for label in range(6)]
        for half, t in zip(tiny.images, tiny.targets)
    ]
    for one, other in zip(*colours):  # the same label is the same colour in both halves
        torch.testing.assert_close(one, other, atol=3, rtol=0)
    assert tiny.recipe.size == 64 and transforms.make_recipe('TinyImageNet', 'ViT').size == 224
    notes = tmp_path / 'val' / 'val_annotations.txt'
    good = notes.read_text()
    for text, told in (('val_0.JPEG\tn1\n', 'line 1'), (good + 'val_99.JPEG', 'line 19')):
        notes.write_text(text)
        with pytest.raises(InputError, match=f'val_annotations.txt, {told}'):
            open_parts('TinyImageNet', data_path=tmp_path)
    notes.write_text(good.replace('\n', '\n\n'))  # blank lines say nothing
    open_parts('TinyImageNet', data_path=tmp_path)
    last = tiny.classes[-1]
    notes.write_text(''.join(line + '\n' for line in good.splitlines() if last not in line))
    with pytest.raises(InputError, match=f'val_annotations.txt: names no image of {last}'):
        open_parts('TinyImageNet', data_path=tmp_path)
    notes.write_text(good)
    (tmp_path / 'wnids.txt').write_text('n1\n')
    with pytest.raises(InputError, match=r'wnids.txt: lists other classes'):
        open_parts('TinyImageNet', data_path=tmp_path)


def test_a_streamed_data_set_gives_the_batches_of_one_in_memory(tmp_path, monkeypatch):
    image_folders(tmp_path, 4, 5, 2, size=(50, 40))

    def batches(workers, dataset='ImageFolder', epoch=0):
        folders = data.open_data(dataset, 'ViT', tmp_path, image_size=32)
        folders.divide(forget_ratio=0.2)
        folders.load(torch.device('cpu'), workers)
        kind = type(folders.images[0])
        loader = folders.loader('train', train=True, batch_size=6, seed=1, epoch=epoch)
        passes = [*loader, *folders.loader('test_retain', batch_size=3)]
        return kind, [torch.cat([batch[i].flatten() for batch in passes]) for i in range(3)]

    held, expected = batches(2)
    monkeypatch.setattr(loaders, 'HELD_BYTES', 1000)
    for workers in (0, 2):
        kind, found = batches(workers)
        assert (held, kind) == (loaders.InMemory, loaders.Streamed)
        assert all(torch.equal(a, b) for a, b in zip(found, expected))
    (tmp_path / 'test').rename(tmp_path / 'val')
    state = torch.get_rng_state()
    one, again, later = (batches(w, 'ImageNet', e)[1][0] for w, e in ((0, 0), (2, 0), (0, 1)))
    assert torch.equal(one, again) and not torch.equal(one, later)  # crops have an address
    assert torch.equal(state, torch.get_rng_state())


def test_imagenets_recipe_is_a_random_part_and_the_middle(tmp_path):
    for half in ('train', 'val'):
        (tmp_path / half / 'a').mkdir(parents=True)
        ramp = np.broadcast_to(np.arange(256, dtype=np.uint8)[None, :, None], (256, 256, 3))
        Image.fromarray(np.ascontiguousarray(ramp)).save(tmp_path / half / 'a' / '0.png')
    photos = data.open_data('ImageNet', 'ResNet', tmp_path)
    images = [
        loaders.open_images(half, rows, photos.recipe, torch.device('cpu'), 0)
        for half, rows in zip(photos.sources, photos.rows)
    ]
    (middle,) = images[1].batches([torch.tensor([0])])
    assert middle.shape == (1, 3, 224, 224)
    assert middle[0, 0, 0].tolist() == list(range(16, 240))
    spans = set()
    for epoch in range(20):
        (part,) = images[0].batches([torch.tensor([0])], ('crop', 0, epoch))
        row = part[0, 0, 100].int()
        assert (row.diff() >= 0).all()
        spans.add(int(row[-1] - row[0]))
    assert len(spans) > 10 and min(spans) < 150
    recipe = transforms.make_recipe('ImageNet', 'ViT')
    assert recipe.resized_crop and recipe.grayscale == 0
    augmented = transforms.augment(part.repeat(40, 1, 1, 1), recipe, data.make_generator('x'))
    kinds = {bool(image[0, 100, 0] > image[0, 100, -1]) for image in augmented}
    assert kinds == {False, True}  # flipped or not, and not cropped again
    assert all(torch.equal(i, part[0]) or torch.equal(i.flip(2), part[0]) for i in augmented)


def test_wrong_data_is_named(tmp_path, monkeypatch):
    with pytest.raises(InputError, match='--data_path is missing'):
        data.open_data('CIFAR10', 'ResNet')

    def offline(*_, **__):
        raise OSError('no network')

    monkeypatch.setitem(
        datasets.DATASETS, 'CIFAR10', datasets.Dataset(datasets._cifar('cifar10', offline), 32)
    )
    with pytest.raises(InputError, match='the download failed .no network.'):
        data.open_data('CIFAR10', 'ResNet', tmp_path / 'nothing')
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize('dataset', ['CIFAR10', 'TinyImageNet', 'ImageNet', 'ImageFolder'])
def test_wrong_layouts_and_images_are_named(dataset, tmp_path):
    root = tmp_path / ('cifar10' if dataset == 'CIFAR10' else '')
    tests = 'test' if dataset in ('CIFAR10', 'ImageFolder') else 'val'
    if dataset != 'CIFAR10':  # which would be downloaded
        with pytest.raises(InputError, match=r'--data_path=.*: has no train/'):
            open_parts(dataset, data_path=tmp_path)
    image_folders(root, 3, 2, 1, halves=('train', tests))
    (root / tests).rename(tmp_path / 'away')
    with pytest.raises(InputError, match=rf'has no {tests}/ .*train/<class>/'):
        open_parts(dataset, data_path=tmp_path)
    (tmp_path / 'away').rename(root / tests)
    (root / 'train' / 'c03').mkdir()
    with pytest.raises(InputError, match='no valid file for the classes c03'):
        open_parts(dataset, data_path=tmp_path)
    (root / 'train' / 'c03').rmdir()
    (root / tests / 'c02').rename(root / tests / 'c09')
    with pytest.raises(InputError, match=r'--data_path=.*: train and test differ in'):
        open_parts(dataset, data_path=tmp_path)
    (root / tests / 'c09').rename(root / tests / 'c02')
    image = root / 'train' / 'c01' / '001.png'
    deep = io.BytesIO()
    Image.fromarray(np.arange(900, dtype=np.uint16).reshape(30, 30)).save(deep, 'png')
    for content in (b'no image', b'', image.read_bytes()[:200], deep.getvalue()):
        image.write_bytes(content)
        with pytest.raises(InputError, match=r'001.png: cannot be decoded'):
            list(open_parts(dataset, data_path=tmp_path, forget_ratio=0.4).loader('train'))
    image.unlink()
    image.symlink_to(tmp_path / 'nowhere')
    with pytest.raises(InputError, match=r'001.png: cannot be read'):
        open_parts(dataset, data_path=tmp_path)


def test_a_file_name_that_is_no_text_is_refused(tmp_path):
    image_folders(tmp_path, 2, 2, 2)
    image = tmp_path / 'train' / 'c01' / '001.png'
    image.rename(os.fsdecode(os.fsencode(image.parent) + b'/caf\xe9.png'))
    with pytest.raises(InputError, match='the name of a file is no UTF-8'):
        open_parts('ImageFolder', data_path=tmp_path)


def test_a_streamed_image_that_fails_is_not_taken_for_divergence(tmp_path, monkeypatch):
    image_folders(tmp_path, 2, 6, 2, halves=('train', 'val'))
    flags = [f'--dir={tmp_path / "out"}', '--dataset=ImageNet', f'--data_path={tmp_path}']
    flags += ['--image_size=32', '--model=resnet18', '--epochs=1', '--num_workers=2']
    for half in ('val', 'train'):
        broken = tmp_path / half / 'c01' / '001.png'
        whole = broken.read_bytes()
        broken.write_bytes(b'no image')
        fails('001.png: cannot be decoded', 'train', *flags)
        assert not list((tmp_path / 'out').rglob('*.pt'))
        broken.write_bytes(whole)

    def killed(*_, **__):  # what torch says where the kernel has killed a worker
        raise RuntimeError('DataLoader worker (pid 7) is killed by signal: Killed.')

    monkeypatch.setattr(torch.utils.data, 'DataLoader', killed)
    fails('--num_workers=2: a process that decodes images was killed', 'train', *flags)
