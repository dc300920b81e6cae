"""The split, the fingerprints, the batches and what is done to them."""

import functools
import io
import pickle
import random
import shutil

import numpy as np
import pytest
import torch
import torchvision
from conftest import SMALL, fails, only, run, state
from layouts import image_folders, tiny_imagenet
from PIL import Image

import data
from arg_parser import parse_args
from deletion import samples
from lib import datasets, loaders, transforms
from lib.errors import InputError
from lib.flags import inherit, select
from lib.request import find_class, find_classes

TARGETS = torch.arange(1000) % 10


def open_parts(dataset='Digits', data_path=None, transform='ResNet', flags=(), **split):
    """A data set, opened and divided and in memory; flags: of `open_data`."""
    result = data.open_data(dataset, transform, data_path, **dict(flags))
    result.divide(**split)
    result.load(torch.device('cpu'), workers=2)
    return result


# ---------------------------------------------------------------- the split


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
    assert len(data.make_split(TARGETS[:100], 'random', 0.29).forget) == 29
    for classes, label in ((10, 1), (100, 81), (200, 163)):
        targets = torch.arange(classes)
        split = data.make_split(targets, 'class', split_seed=42, num_classes=classes)
        assert split.forget_class == label and split.forget.tolist() == [label]


@pytest.mark.parametrize(
    ('settings', 'message'),
    [
        ({'unlearn_type': 'class', 'forget_class': 10}, 'forget_class=10'),
        ({'unlearn_type': 'index', 'forget_index': [1000]}, 'outside 0 to 999'),
        ({'unlearn_type': 'index', 'forget_index': [-1]}, 'outside 0 to 999'),
        ({'unlearn_type': 'index', 'forget_index': []}, 'empty'),
        ({'unlearn_type': 'index', 'forget_index': list(range(1000))}, 'empty'),
        ({'forget_ratio': 0.0001}, 'empty'),
    ],
)
def test_splits_that_are_none_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        data.make_split(TARGETS, **settings)


def test_a_request_counts_in_the_whole_training_set():
    whole = data.open_data('Digits', 'ResNet')
    half = data.open_data('Digits', 'ResNet', train_fraction=0.5)
    used = half.rows[0].tolist()
    request = [used[3], used[40], used[-1]]
    for digits in (whole, half):
        digits.divide(unlearn_type='index', forget_index=request)
        rows = digits.rows[0][digits.split.forget]
        assert rows.tolist() == request
    absent = next(index for index in range(len(whole.rows[0])) if index not in used)
    with pytest.raises(InputError, match=f'{absent} is left out by --train_fraction'):
        half.divide(unlearn_type='index', forget_index=[used[0], absent])


def open_request(path, text, *flags):
    """The data that a request of this text divides."""
    if text is not None:
        path.write_text(text, encoding='utf-8-sig')  # as an editor of Windows marks it
    words = [f'--forget_index={path}', '--transform=ResNet', '--model=PreResNet8', *flags]
    return open_typed('train', *words)


def open_typed(script, *words, **files):
    """The data that the flags of a script describe; files: of `data.open_split`."""
    args = inherit(parse_args(script, words))
    return data.open_split(select(args, 'data'), select(args, 'split'), args.data_path, **files)


def test_a_request_is_in_paths_and_indices(cifar, tmp_path, monkeypatch):
    flags = '--dataset=CIFAR10', f'--data_path={cifar}'
    train = cifar / 'cifar10' / 'train'
    text = '# a request\r\n\n  c01/002.png  # by path\ntrain/c00/003.png\n7, 100 5\n\t# and\n'
    listed = open_request(tmp_path / 'one', f'{text}{train}/c09/011.png\n./c00/004.png', *flags)
    expected = [3, 4, 5, 7, 14, 100, 119]
    assert listed.record['split']['forget_index'] == listed.split.forget.tolist() == expected
    (tmp_path / 'link').symlink_to(train)
    linked = open_request(tmp_path / 'two', f'{tmp_path}/link/c09/011.png', *flags)
    monkeypatch.chdir(cifar)  # a path that the shell completes
    typed = open_request(tmp_path / 'two', 'cifar10/train/c09/011.png', *flags)
    assert typed.split.forget.tolist() == linked.split.forget.tolist() == [119]


@pytest.mark.parametrize(
    ('text', 'message'),
    [
        ('c00/000.png\nc00/099.png', 'line 2: c00/099.png is neither an index nor an image in'),
        ('test/c00/000.png', 'line 1: test/c00/000.png is an image of the test set, which'),
        ('# no\n\n14 2\nc01/002.png', 'line 4: c01/002.png is sample 14, which line 3 names'),
        ('0\n120', 'line 2: 120 is outside 0 to 119'),
        ('120\n0\nx\ny\nz', 'y is neither an index nor an image in {train}; 4 lines in all.'),
        ("'c00/003.png'", "line 1: 'c00/003.png' is neither an index nor an image in {train}."),
        ('path,label\nc00/003.png', 'path,label looks like the header of a table: remove this'),
        ('# none', 'list.txt: names no sample'),
    ],
)
def test_what_a_request_cannot_mean_is_named_with_its_line(text, message, cifar, tmp_path):
    flags = '--dataset=CIFAR10', f'--data_path={cifar}'
    text, message = (x.replace('{train}', f'{cifar}/cifar10/train') for x in (text, message))
    with pytest.raises(InputError) as error:
        open_request(tmp_path / 'list.txt', text, *flags)
    assert f'--forget_index={tmp_path / "list.txt"}' in error.value.problem
    assert message in error.value.problem


def test_data_without_files_takes_indices_alone(tmp_path):
    with pytest.raises(InputError, match='line 2: 3/1.png is no index, and this data set has no'):
        open_request(tmp_path / 'list.txt', '1\n3/1.png', '--dataset=Digits')
    digits = open_request(tmp_path / 'list.txt', '4 2', '--dataset=Digits')
    assert digits.split.forget.tolist() == [2, 4]
    np.save(tmp_path / 'list.npy', np.array([[5, 3], [4, 1]]))
    digits = open_request(tmp_path / 'list.npy', None, '--dataset=Digits')
    assert digits.split.forget.tolist() == [1, 3, 4, 5]
    np.save(tmp_path / 'list.npy', np.array([0.5]))
    with pytest.raises(InputError, match='list.npy: cannot be read .not whole numbers'):
        open_request(tmp_path / 'list.npy', None, '--dataset=Digits')


def test_a_class_has_a_name_and_a_number():
    animals = ['bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'truck']
    labels = {'cat': 1, 'cat/': 1, '1': 1, '01': 1, 'truck': 6, '7': 7}  # 7: refused by make_split
    assert {word: find_class(word, animals) for word in labels} == labels
    for word in ('Cats', '1/', '-1'):
        with pytest.raises(InputError, match=f'{word}: no class is called so.*as bird, cat, deer'):
            find_class(word, animals)
    digits = [str(label) for label in range(10)]
    assert find_class('3', digits) == find_class('3/', digits) == 3
    with pytest.raises(InputError, match='could be a label, or .* which is label 0. Fix: write 1/'):
        find_class('1', ['1', '2', '3'])
    assert find_class('1/', ['1', '2', '3']) == 0
    several = {'truck, 1': [1, 6], 'cat,dog/,cat': [1, 3], 'cat,1': 1, 'dog': 3}
    assert {text: find_classes(text, animals) for text in several} == several
    assert find_classes('bread, sliced', ['bread', 'bread, sliced', 'sliced']) == 1


def test_a_typed_class_and_a_recorded_label_agree(tmp_path):
    made = image_folders(tmp_path / 'made', 3, 4, 2)
    for folder in made.glob('*/c*'):
        folder.rename(folder.with_name(str(int(folder.name[1:]) + 1)))
    flags = [f'--dir={tmp_path / "out"}', f'--data_path={made}', '--epochs=1']
    retrain = [*flags, '--unlearn_method=retrain', *SMALL]
    fails('--forget_class=1 could be a label', 'train', *retrain, '--forget_class=1')
    run('train', *retrain, '--forget_class=1/')
    record = state(tmp_path / 'out')['run']
    assert record['data']['dataset'] == 'ImageFolder'  # which nobody typed
    assert record['split']['forget_class'] == 0 and record['scenario'] == 'class0'
    end = only('retrain-*', tmp_path / 'out')
    for word in ('0', '1/'):
        run('train', f'--resume={end}', f'--forget_class={word}')
    fails('made to forget other samples', 'train', f'--resume={end}', '--forget_class=3/')


def test_a_folder_of_classes_is_an_image_folder(tmp_path):
    def name_dataset(script, *flags, **settings):
        words = ['--model=PreResNet8', '--forget_ratio=0.1', *flags]
        return inherit(parse_args(script, words), **settings).dataset

    path = f'--data_path={tmp_path}'
    with pytest.raises(InputError, match='--data_path is missing: CIFAR10 is read from there'):
        name_dataset('train')
    (tmp_path / 'train' / 'a').mkdir(parents=True)
    assert name_dataset('train', path) == 'CIFAR10'  # the default: there is no test/ or val/
    with pytest.raises(InputError, match='--dataset is missing'):
        name_dataset('forget', path, default_dataset=None)
    for tests in ('val', 'test'):
        (tmp_path / tests).mkdir()
        assert name_dataset('forget', path, default_dataset=None) == 'ImageFolder'
        assert name_dataset('train', path, '--dataset=ImageNet') == 'ImageNet'
        known = [{'run': {'data': {'dataset': 'TinyImageNet'}}, 'source': '--original_pth=x'}]
        assert name_dataset('forget', path, originals=known) == 'TinyImageNet'
        (tmp_path / tests).rmdir()


# ---------------------------------------------------------------- one request after another


@pytest.fixture
def chain(tmp_path):
    """A function that opens the next request on five classes of four images, and remembers it;
    `chain.result` is the content of the last result, as far as it counts here."""
    image_folders(tmp_path, 5, 4, 2)

    def follow(*flags, listed=None):
        if listed:
            (tmp_path / 'list.txt').write_text('\n'.join(listed))
            flags = *flags, f'--forget_index={tmp_path / "list.txt"}'
        words = [f'--data_path={tmp_path}', '--transform=ResNet', '--model=PreResNet8', *flags]
        args = inherit(parse_args('forget', words))
        flags = select(args, 'data'), select(args, 'split'), args.data_path
        request = samples.open_request(*flags, original=follow.result or {'source': 'original'})
        run, records = {'data_fingerprint': request.fingerprint}, request.record_deletions()
        source = {'source': '--original_pth=result'}
        follow.result = torch.load(pack({'run': run, 'deletions': records})) | source
        return request

    follow.result = None
    return follow


def pack(content):
    """A checkpoint of plain types in memory."""
    file = io.BytesIO()
    torch.save(content, file)
    file.seek(0)
    return file


def name_all(deletions):
    return [(deletion.name, deletion.indices.tolist()) for deletion in deletions]


def test_a_chain_of_five_requests_with_and_without_the_files(chain, tmp_path, capsys):
    first = chain(listed=['c00/000.png', 'c00/001.png', 'c01/000.png'])
    assert name_all(first.deletions) == [('list', [0, 1, 4])] and not first.earlier
    second = chain('--forget_class=c01')  # class after list
    assert 'earlier requests have forgotten are passed over: 1.' in capsys.readouterr().err
    assert name_all(second.deletions) == [('class c01', [5, 6, 7])]
    for path in ('train/c00/000.png', 'train/c01', 'test/c01'):
        path = tmp_path / path
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    third = chain('--forget_class=c02', listed=['c02/000.png', '0', 'c04/003.png'])
    assert name_all(third.deletions) == [('class c02', [8, 9, 10, 11]), ('list', [19])]
    assert name_all(third.earlier) == [('list', [1]), ('class c01', [])]
    assert third.record['split']['forget_index'] == [8, 9, 10, 11, 19]
    (tmp_path / 'train/c02/001.png').unlink()
    fourth = chain(listed=['c03/002.png'])  # list after class
    assert name_all(fourth.earlier)[2:] == [('class c02', [8, 10, 11]), ('list', [19])]
    fifth = chain('--forget_ratio=0.4')

    requests = first, second, third, fourth, fifth
    assert len({request.fingerprint for request in requests}) == 1
    gone = set()
    for request in requests:
        parts = {name: set(indices.tolist()) for name, indices in request.parts.items()}
        forgotten = {i for _, indices in name_all(request.deletions) for i in indices}
        assert parts['train'] == parts['search'] == set(range(20)) - gone
        assert parts['train_forget'] == forgotten
        assert parts['train_retain'] == parts['train'] - forgotten
        gone |= forgotten
    labels = fourth.targets[1][fourth.parts['test_retain']].tolist()
    assert labels == [0, 0, 3, 3, 4, 4] and 'test_forget' not in fourth.parts
    assert third.targets[1][third.parts['test_forget']].tolist() == [2, 2]

    fourth.load(torch.device('cpu'), 2)  # decodes what is there
    ((x, y, forget),) = fourth.loader('train', indices=fourth.earlier[2].indices)
    assert y.tolist() == [2, 2, 2] and not forget.any() and x.flatten(1).std(1).min() > 0
    assert fourth.parts['earlier'].tolist() == [1, 19]
    assert [len(y) for _, y, _ in fourth.loader('train_retain')] == [8]


def test_a_chain_names_what_is_new_and_misses_nothing_else(chain, tmp_path):
    chain(listed=['c00/000.png'])
    for flags in ({'listed': ['c00/000.png']}, {'listed': ['0']}):
        with pytest.raises(InputError, match='earlier requests have forgotten each of these'):
            chain(**flags)
    (tmp_path / 'train/c00/000.png').unlink()
    classes = chain('--forget_class=c01,c02')
    assert name_all(classes.deletions) == [
        ('class c01', [4, 5, 6, 7]),
        ('class c02', [8, 9, 10, 11]),
    ]
    assert classes.record['split'] == {'unlearn_type': 'class', 'forget_class': [1, 2]}
    assert classes.targets[1][classes.parts['test_forget']].tolist() == [1, 1, 2, 2]
    original = chain.result | {'source': '--original_pth=original'}
    del original['deletions']
    (tmp_path / 'train/c03/000.png').unlink()
    for result, fix in ((chain.result, 'only the samples that'), (original, 'give its folder as')):
        chain.result = result
        with pytest.raises(InputError, match=f'was made on another training set.*{fix}'):
            chain(listed=['c04/000.png'])
    for half in ('train', 'test'):
        shutil.rmtree(tmp_path / half / 'c01')
        with pytest.raises(InputError, match='after a request, give its folder as --original_pth'):
            chain(listed=['c04/000.png'])


def test_a_model_that_another_method_unlearned_begins_a_chain(chain):
    run = {'method': 'finetune', 'data_fingerprint': chain('--forget_ratio=0.3').fingerprint}
    run |= {'split': {'unlearn_type': 'index', 'forget_index': [3, 4]}}
    later = run | {'method': 'ga', 'split': {'unlearn_type': 'class', 'forget_class': 2}}
    run['start'] = {'method': 'baseline', 'start': None}
    chain.result = {'run': later | {'start': run}, 'source': '--original_pth=ga'}
    request = chain(listed=['c04/000.png'])
    assert name_all(request.earlier) == [('list', [3, 4]), ('class c02', [8, 9, 10, 11])]


# ---------------------------------------------------------------- the parts and their batches


def test_digits_are_divided_once_and_for_all():
    digits = open_parts(unlearn_type='class', forget_class=4)
    assert len(digits.targets[0]) + len(digits.targets[1]) == 1797
    assert digits.images[0].pixels.shape[1:] == (3, 32, 32)
    counts = torch.bincount(digits.targets[1])
    assert counts.min() >= 34 and counts.max() <= 37  # a fifth of every class
    for part, only_forgotten in (('train_forget', True), ('train_retain', False)):
        for _, y, forget in digits.loader(part):
            assert (forget == only_forgotten).all() and ((y == 4) == only_forgotten).all()


def test_fingerprints_tell_data_and_split_apart(cifar, tmp_path):
    one = open_parts('CIFAR10', cifar, unlearn_type='class', forget_class=1)
    same = open_parts('CIFAR10', cifar, unlearn_type='index', forget_index=list(range(12, 24)))
    other = open_parts('CIFAR10', cifar, unlearn_type='class', forget_class=2)
    half = open_parts('CIFAR10', cifar, flags={'train_fraction': 0.5, 'test_fraction': 0.5})
    assert one.fingerprint == same.fingerprint == other.fingerprint != half.fingerprint
    assert one.forget_fingerprint == same.forget_fingerprint != other.forget_fingerprint
    assert torch.bincount(half.targets[0]).tolist() == [6] * 10
    assert torch.bincount(half.targets[1]).tolist() == [1] * 10
    image_folders(tmp_path / 'cifar10', seed=1)
    elsewhere = open_parts('CIFAR10', tmp_path)
    assert elsewhere.fingerprint != one.fingerprint  # the same names, other images


def test_search_trains_on_forget_and_a_fixed_share_of_retain():
    half, again = (open_parts(forget_ratio=0.1, retain_ratio=0.5, seed=3) for _ in range(2))
    search, forget = half.parts['search'], half.parts['train_forget']
    assert set(forget.tolist()) <= set(search.tolist())
    assert len(search) == len(forget) + round(len(half.parts['train_retain']) / 2)
    assert torch.equal(search, again.parts['search'])
    other = open_parts(forget_ratio=0.1, retain_ratio=0.5, seed=4, split_seed=42)
    assert not torch.equal(search, other.parts['search'])


def test_the_batchnorm_pass_is_prepared_once_and_always_alike():
    digits = open_parts(flags={'train_fraction': 0.3})
    loader = digits.bn_loader()
    assert digits.bn_loader() is loader
    first, again = ([x for x, *_ in loader] for _ in range(2))
    assert loader.kept_batches and all(torch.equal(a, b) for a, b in zip(first, again))
    settings = {'train': True, 'batch_size': data.BN_BATCH, 'seed': data.BN_SEED}
    plain = [x for x, *_ in digits.loader('train_retain', **settings)]
    assert len(plain) == len(first) and all(torch.equal(a, b) for a, b in zip(plain, first))
    assert first[0].is_contiguous(memory_format=torch.channels_last)
    digits.bn_samples, digits.bn_loaders = 100, {}
    few, fewer = digits.bn_loader(), digits.bn_loader(max_samples=40)
    assert len(few.indices) == 100 and few is digits.bn_loader(max_samples=4000)
    assert len(fewer.indices) == 40 and set(fewer.indices.tolist()) < set(few.indices.tolist())


# ---------------------------------------------------------------- recipes


def find_place(image, source):
    """(top, left, flipped) of an augmented image in its source, padded by 4; the only one."""
    padded = torch.nn.functional.pad(source, [4] * 4)
    crops = padded.unfold(1, 32, 1).unfold(2, 32, 1)  # 3×9×9×32×32
    sides = (image, image.flip(2))
    is_same = torch.stack([(crops == side[:, None, None]).all((0, 3, 4)) for side in sides], 2)
    (place,) = is_same.nonzero().tolist()
    return tuple(place)


@pytest.mark.parametrize(
    ('dataset', 'transform', 'augment', 'crops', 'flips'),
    [
        ('CIFAR10', 'ResNet', None, True, True),
        ('Digits', 'ResNet', None, True, False),
        ('CIFAR10', 'VGG', 'none', False, False),
        ('Digits', 'ResNet', 'flip', False, True),
        ('CIFAR100', 'ViT', 'crop', True, False),
    ],
)
def test_augmentation_crops_and_flips_each_image_by_itself(
    dataset, transform, augment, crops, flips
):
    images = torch.randint(1, 255, (64, 3, 32, 32), dtype=torch.uint8)
    recipe = transforms.make_recipe(dataset, transform, 32, augment=augment)
    augmented = transforms.resize_and_augment(images, recipe, data.make_generator('test'))
    places = set(map(find_place, augmented, images))
    shifts = {place[:2] for place in places}
    assert len(shifts) > 20 if crops else shifts == {(4, 4)}
    assert {flipped for *_, flipped in places} == ({0, 1} if flips else {0})


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
    recipe = transforms.make_recipe('Digits', 'ResNet', normalize=normalize)
    out = transforms.normalise(pixels, recipe)
    torch.testing.assert_close(out[0, :, 5, 5], torch.tensor(expected))


def test_preprocessing_is_parsed_and_described():
    for value in ('0.5', '0.5;0', '0,1;1', 'nan;1'):
        fails('--normalize', 'train', f'--normalize={value}')
    fails('--augment', 'train', '--augment=crop,grey')
    for flags, words in (
        (('CIFAR100', 'VGG'), '32 pixels, normalised as cifar100, augmented by crop, flip'),
        (('CIFAR100', 'ResNet'), '32 pixels, normalised as cifar, augmented by crop, flip'),
        (('CIFAR10', 'ViT'), '224 pixels, normalised as imagenet, augmented by crop, flip, grey'),
        (('TinyImageNet', 'VGG'), '64 pixels, normalised as imagenet, augmented by crop, flip'),
        (('Digits', 'ViT', 48, 'none', 'none'), '48 pixels, not normalised, augmented by nothing'),
        (
            ('ImageNet', 'ViT', 64, '0.5;0.25', 'crop'),
            '64 pixels, normalised as 0.5;0.25, augmented by resized crop',
        ),
    ):
        assert transforms.describe_recipe(transforms.make_recipe(*flags)) == words


def test_vits_recipe_greys_a_tenth():
    vit = transforms.make_recipe('CIFAR10', 'ViT')
    images = torch.rand(200, 3, 32, 32).mul(255).byte()
    augmented = transforms.resize_and_augment(images, vit, data.make_generator('grey'))
    assert augmented.shape == (200, 3, 224, 224)
    share = (augmented[:, 0] == augmented[:, 1]).flatten(1).all(1).float().mean()
    assert 0.03 < share < 0.2


# ---------------------------------------------------------------- data sets on disk


def test_torchvisions_files_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(torchvision.datasets.cifar, 'check_integrity', lambda *_: True)
    folder, rng = tmp_path / 'cifar10' / 'cifar-10-batches-py', np.random.default_rng(0)
    folder.mkdir(parents=True)
    for name in [*(f'data_batch_{i}' for i in range(1, 6)), 'test_batch']:
        pixels = rng.integers(0, 255, (20, 3072), dtype=np.uint8)
        batch = {'data': pixels, 'labels': [i % 10 for i in range(20)]}
        (folder / name).write_bytes(pickle.dumps(batch))
    names = {'label_names': [f'name {i}' for i in range(10)]}
    (folder / 'batches.meta').write_bytes(pickle.dumps(names))
    cifar = open_parts('CIFAR10', tmp_path)
    assert cifar.images[0].pixels.shape == (100, 3, 32, 32) and len(cifar.classes) == 10
    assert np.array_equal(cifar.images[1].pixels[-1].flatten().numpy(), pixels[-1])
    assert cifar.targets[0].tolist() == [i % 10 for i in range(100)]


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
    folders = open_parts(layout.split()[0], tmp_path, transform, **split)
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
    tiny = open_parts('TinyImageNet', tmp_path)
    assert tiny.classes == sorted((tmp_path / 'wnids.txt').read_text().split())
    assert [torch.bincount(t).tolist() for t in tiny.targets] == [[4] * 6, [3] * 6]
    colours = [
        [half.pixels[t == label].float().mean((0, 2, 3)) for label in range(6)]
        for half, t in zip(tiny.images, tiny.targets)
    ]
    for one, other in zip(*colours):  # the same label is the same colour in both halves
        torch.testing.assert_close(one, other, atol=3, rtol=0)
    (tmp_path / 'val' / 'val_annotations.txt').write_text('val_0.JPEG\tn1\n')
    with pytest.raises(InputError, match='train: lacks n1'):
        open_parts('TinyImageNet', tmp_path)


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
    monkeypatch.setattr(loaders, 'MAX_HELD_BYTES', 1000)
    for workers in (0, 2):
        kind, streamed = batches(workers)
        assert (held, kind) == (loaders.InMemory, loaders.Streamed)
        assert all(torch.equal(a, b) for a, b in zip(streamed, expected))
    (tmp_path / 'test').rename(tmp_path / 'val')
    state = torch.get_rng_state()
    one, again, later = (batches(w, 'ImageNet', e)[1][0] for w, e in ((0, 0), (2, 0), (0, 1)))
    assert torch.equal(one, again) and not torch.equal(one, later)  # crops have an address
    assert torch.equal(state, torch.get_rng_state())


def test_imagenets_recipe_is_a_random_part_and_the_middle(tmp_path):
    ramp = np.broadcast_to(np.arange(256, dtype=np.uint8)[None, :, None], (256, 256, 3))
    Image.fromarray(np.ascontiguousarray(ramp)).save(tmp_path / '0.png')
    recipe, index = transforms.make_recipe('ImageNet', 'ResNet'), [torch.tensor([0])]
    photo = loaders.Streamed([tmp_path / '0.png'], recipe, torch.device('cpu'), 0)
    (middle,) = photo.batches(index)
    assert middle.shape == (1, 3, 224, 224)
    assert middle[0, 0, 0].tolist() == list(range(16, 240))
    spans = set()
    for epoch in range(20):
        (part,) = photo.batches(index, ('crop', 0, epoch))
        row = part[0, 0, 100].int()
        assert (row.diff() >= 0).all()
        spans.add(int(row[-1] - row[0]))
    assert len(spans) > 10 and min(spans) < 150
    photo.recipe = recipe._replace(crop=False)
    assert torch.equal(*photo.batches(index, ('crop', 0, 0)), middle)


def test_a_download_that_fails_is_named(tmp_path, monkeypatch):
    def offline(*_, **__):
        raise OSError('no network')

    without = datasets.Dataset(functools.partial(datasets.read_cifar, dataset=offline), 32)
    monkeypatch.setitem(datasets.DATASETS, 'CIFAR10', without)
    with pytest.raises(InputError, match='the download failed .no network.'):
        data.open_data('CIFAR10', 'ResNet', tmp_path / 'nothing')


@pytest.mark.parametrize('dataset', ['CIFAR10', 'TinyImageNet', 'ImageNet', 'ImageFolder'])
def test_wrong_layouts_and_images_are_named(dataset, tmp_path):
    root = tmp_path / ('cifar10' if dataset == 'CIFAR10' else '')
    tests = 'test' if dataset in ('CIFAR10', 'ImageFolder') else 'val'
    if dataset != 'CIFAR10':  # which would be downloaded
        with pytest.raises(InputError, match=r'--data_path=.*: has no train/'):
            open_parts(dataset, tmp_path)
    image_folders(root, 3, 2, 1, halves=('train', tests))
    (root / tests).rename(tmp_path / 'away')
    with pytest.raises(InputError, match=rf'has no {tests}/ .*train/<class>/'):
        open_parts(dataset, tmp_path)
    (tmp_path / 'away').rename(root / tests)
    (root / 'train' / 'c03').mkdir()
    with pytest.raises(InputError, match='no valid file for the classes c03'):
        open_parts(dataset, tmp_path)
    (root / 'train' / 'c03').rmdir()
    (root / tests / 'c02').rename(root / tests / 'c09')
    with pytest.raises(InputError, match=r'--data_path=.*: train and test differ in'):
        open_parts(dataset, tmp_path)
    (root / tests / 'c09').rename(root / tests / 'c02')
    image = root / 'train' / 'c01' / '001.png'
    deep = io.BytesIO()
    Image.fromarray(np.arange(900, dtype=np.uint16).reshape(30, 30)).save(deep, 'png')
    for content in (b'no image', b'', image.read_bytes()[:200], deep.getvalue()):
        image.write_bytes(content)
        with pytest.raises(InputError, match=r'001.png: cannot be decoded'):
            list(open_parts(dataset, tmp_path, forget_ratio=0.4).loader('train'))
