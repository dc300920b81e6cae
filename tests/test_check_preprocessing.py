"""Originals of other code: flags say how images are prepared, a check says whether that fits."""

import re

import numpy as np
import pytest
import torch
from conftest import fails, only, run, scores, state
from PIL import Image

from lib import check_preprocessing
from lib.check_preprocessing import TRIED
from lib.errors import InputError

SMALL = """
from torch import nn

def small(num_classes):
    return nn.Sequential(nn.Conv2d(3, 16, 5, 3), nn.BatchNorm2d(16), nn.ReLU(),
                         nn.Conv2d(16, 32, 3, 2), nn.BatchNorm2d(32), nn.ReLU(),
                         nn.Conv2d(32, 32, 3), nn.BatchNorm2d(32), nn.ReLU(), nn.Flatten(),
                         nn.Linear(128, num_classes))
"""


STRIPES = """
from torch import nn

class Stripes(nn.Module):
    def __init__(self):
        super().__init__()
        self.waves = nn.Conv2d(3, 4, (8, 1), bias=False)

    def forward(self, x):
        if x.shape[-1] > 64:
            raise ValueError('too large')
        return self.waves(x).square().mean((2, 3)).view(-1, 2, 2).sum(2)

def stripes(num_classes):
    return Stripes()
"""


@pytest.fixture(scope='module')
def raw_original(tmp_path_factory):
    """(its flags, its folder) of an original that has learnt digits with pixels from 0 to 1."""
    folder = tmp_path_factory.mktemp('none')
    (folder / 'net.py').write_text(SMALL)
    flags = ['--dataset=Digits', '--transform=ResNet', f'--model={folder / "net.py"}:small']
    more = ['--normalize=none', '--augment=none', '--epochs=4', '--lr=0.05', '--eval_freq=9']
    run('train', f'--dir={folder / "run"}', *flags, *more)
    return flags, folder / 'run'


@pytest.fixture(scope='module')
def files(raw_original, tmp_path_factory):
    """{name: bare state dict} of files of other code, and a model that could be made of them."""
    folder = tmp_path_factory.mktemp('files')
    weights = state(raw_original[1])['model_state']
    heads = {name: tensor for name, tensor in weights.items() if name.startswith('10.')}
    orders = {'permuted': torch.arange(10).roll(1), 'swapped': [0, 1, 5, 3, 4, 2, 6, 7, 8, 9]}
    states = {'whole': weights}
    for name, order in orders.items():
        states[name] = weights | {key: tensor[order] for key, tensor in heads.items()}
    states['end'] = weights | {name: tensor * 1.01 for name, tensor in heads.items()}
    for name, content in states.items():
        torch.save(content, folder / f'{name}.pt')
    return {name: folder / f'{name}.pt' for name in states}


def test_preprocessing_travels_in_the_record_and_is_compared(raw_original, tiny_original, tmp_path):
    flags, folder = raw_original
    original = state(folder)
    recorded = original['run']['data']
    assert (recorded['normalize'], recorded['augment']) == ('none', 'none')
    one_step = ['--unlearn_method=ga', '--epochs=1', '--lr=1e-9', flags[2]]
    method = [f'--original_pth={folder}', *one_step]
    run('train', f'--dir={tmp_path / "ga"}', *method)
    assert state(tmp_path / 'ga')['run']['data'] == recorded
    test_acc = scores(tmp_path / 'ga')['original_tr_acc']
    assert test_acc == pytest.approx(original['test_acc'])  # under the same pixels
    where = f'--dir={tmp_path / "no"}'
    fails('--normalize=cifar (typed) contradicts', 'train', where, *method, '--normalize=cifar')
    assert not {'normalize', 'augment'} & state(tiny_original)['run']['data'].keys()
    method = [f'--original_pth={tiny_original}', *one_step[:-1]]
    fails('--augment=flip (typed) contradicts', 'train', where, *method, '--augment=flip')
    assert not (tmp_path / 'no').exists()


def test_a_normalisation_that_is_wrong_or_missing_is_refused_by_every_script(
    raw_original, files, tmp_path
):
    ends = [f'--init_start={files["whole"]}', f'--init_end={files["end"]}']
    one = [f'--original_pth={files["whole"]}']
    flags, test_acc = [*raw_original[0], f'--dir={tmp_path}'], state(raw_original[1])['test_acc']
    for script, *given in (
        ('generate_mask', *one),
        ('generate_weight_mask', *one),
        ('main_tv', *ends),
        ('train', '--unlearn_method=ga', *one),
        ('train', '--unlearn_method=dynamic', '--fix_start', '--fix_end', *ends),
        ('forget', '--forget_class=3', *one),
    ):
        silent = fails('nothing says how its images were normalised', script, *given, *flags)
        typed = [script, *given, *flags, '--normalize=imagenet']
        for told in (silent, fails('--normalize=imagenet at 32 pixels does not fit', *typed)):
            tried = re.findall(r'([\d.]+) % \(([^,]+), 32 pixels\)', told)
            accuracies = {name: float(accuracy) for accuracy, name in tried}
            assert list(accuracies)[0] == 'none' and accuracies.keys() == {*TRIED}
            assert accuracies['none'] == pytest.approx(test_acc, abs=0.06)
            assert accuracies['imagenet'] < test_acc - 10
            assert 'of 364 test images' in told and told.endswith('Fix: add --normalize=none.')
    assert not list(tmp_path.iterdir())


def test_an_end_of_ours_says_how_a_bare_original_was_normalised(original, tmp_path):
    run(
        'train',
        f'--dir={tmp_path}',
        f'--original_pth={original}',
        '--unlearn_method=finetune2',
        '--epochs=1',
    )
    torch.save(state(original)['model_state'], tmp_path / 'bare.pt')
    ends = [f'--init_start={tmp_path / "bare.pt"}', f'--init_end={only("finetune2-*", tmp_path)}']
    fails('--normalize=imagenet (typed) contradicts', 'main_tv', *ends, '--normalize=imagenet')
    run('main_tv', f'--dir={tmp_path}', *ends)


def test_another_size_is_refused_and_the_right_one_named(tmp_path, capsys):
    """Stripes 4 or 8 pixels wide, which a network tells apart at their own size only."""
    rows, rng = np.arange(48)[:, None], np.random.default_rng(0)
    for half, name, period in [(h, *c) for h in ('train', 'test') for c in (('a', 4), ('b', 8))]:
        (tmp_path / half / name).mkdir(parents=True)
        for number in range(20):
            wave = 128 + 60 * np.cos(2 * np.pi * rows / period + number)
            pixels = (wave + rng.normal(0, 20, (48, 48))).clip(0, 255).astype(np.uint8)
            Image.fromarray(pixels).save(tmp_path / half / name / f'{number}.png')
    angles = torch.tensor([2.0, 1.0])[:, None] * torch.arange(8) * torch.pi / 4
    waves = torch.stack([angles.cos(), angles.sin()], 1).view(4, 1, 8, 1).repeat(1, 3, 1, 1)
    torch.save({'waves.weight': waves}, tmp_path / 'stripes.pt')
    (tmp_path / 'net.py').write_text(STRIPES)
    flags = [f'--data_path={tmp_path}', f'--model={tmp_path / "net.py"}:stripes']
    flags += [f'--original_pth={tmp_path / "stripes.pt"}', f'--dir={tmp_path / "out"}']
    for size in (32, 64):
        typed = [*flags, '--normalize=none', f'--image_size={size}']
        told = fails('100.0 % (none, 48 pixels)', 'generate_mask', *typed)
        assert told.endswith('Fix: add --image_size=48.') and '224 pixels' not in told
        assert 'always the commonest class is right on 50.0 %' in told
    fails('Fix: add --image_size=48 --normalize=', 'generate_mask', *flags)
    fails('Fix: add --normalize=imagenet.', 'generate_mask', *flags, '--image_size=48')
    assert not (tmp_path / 'out').exists()
    run('generate_mask', *flags, '--image_size=48', '--normalize=none')
    assert 'train 100.0 %, test 100.0 %; 48 pixels, not norm' in capsys.readouterr().out


def test_another_order_of_the_classes_is_refused(raw_original, files, tmp_path):
    flags = [*raw_original[0], f'--dir={tmp_path}', '--normalize=none']
    permuted = f'--original_pth={files["permuted"]}'
    for given in (flags, flags[:-1]):
        told = fails('order of the classes', 'generate_mask', *given, permuted)
        assert 'always the commonest class is right on 10.2 %' in told
    flags.append(f'--original_pth={files["swapped"]}')
    fails('most training images of 2 for 5, and of 5 for 2', 'generate_mask', *flags)
    assert not list(tmp_path.iterdir())


def test_what_an_original_scores_is_printed_first(raw_original, files, tmp_path, capsys):
    original = state(raw_original[1])
    words = '32 pixels, not normalised, augmented by nothing'
    flags = [*raw_original[0], '--normalize=none', '--augment=none', f'--dir={tmp_path}']
    flags.append(f'--original_pth={files["whole"]}')
    capsys.readouterr()
    run('generate_mask', *flags)
    first, second = capsys.readouterr().out.splitlines()
    pattern = rf'the original on 400 and 364 images: train ([\d.]+) %, test ([\d.]+) %; {words}'
    train, test = map(float, re.fullmatch(pattern, first).groups())
    assert test == pytest.approx(original['test_acc'], abs=0.06)
    assert abs(train - original['train_acc']) < 6 and second.startswith('selected')
    run('train', '--unlearn_method=ga', '--epochs=1', *flags)
    again, full = capsys.readouterr().out.splitlines()[:2]
    accuracies = f'train {original["train_acc"]:.1f} %, test {original["test_acc"]:.1f} %'
    assert (again, full) == (first, f'the original: {accuracies}; {words}')


def refuse(right, labels, is_known=True):
    """The fix that is told, of how many images are right and of which; '' where none is."""
    used, other = torch.zeros(2, len(labels), dtype=torch.bool)
    used[: right[0]], other[right[1]] = True, True
    correct = {(32, 'imagenet'): used, (32, 'none'): other}
    try:
        check_preprocessing.refuse_preparation('a.pt', correct, labels, is_known)
    except InputError as error:
        return error.fix
    return ''


@pytest.mark.parametrize(
    ('better', 'worse', 'of', 'clear'),
    [(11, 0, 100, True), (9, 0, 100, False), (18, 7, 100, True), (25, 14, 100, False)]
    + [(99, 0, 1000, False), (101, 0, 1000, True)],
)
def test_clearly_better_is_ten_points_and_two_standard_errors(better, worse, of, clear):
    right = 30 + worse, slice(worse, 30 + worse + better)
    told = refuse(right, torch.arange(of))
    assert told == ('add --normalize=none.' if clear else '')
    assert refuse(right, torch.arange(of), is_known=False) == 'add --normalize=none.'


def test_the_preparation_in_use_must_beat_the_commonest_class_whatever_another_does():
    labels = torch.arange(100) % 2
    for used, other, fix in ((58, 66, 'see that data'), (58, 70, 'add '), (62, 70, '')):
        told = refuse((used, slice(other)), labels)
        assert told[: len(fix) or None] == fix
