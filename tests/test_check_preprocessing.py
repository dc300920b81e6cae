"""Originals of other code: flags say how images are prepared, a check says whether that fits."""

import re

import pytest
import torch
from conftest import fails, only, run, scores, state

from lib import check_preprocessing
from lib.check_preprocessing import CANDIDATES
from lib.errors import InputError

SMALL = """
from torch import nn

def small(num_classes):
    return nn.Sequential(nn.Conv2d(3, 16, 5, 3), nn.BatchNorm2d(16), nn.ReLU(),
                         nn.Conv2d(16, 32, 3, 2), nn.BatchNorm2d(32), nn.ReLU(),
                         nn.Conv2d(32, 32, 3), nn.BatchNorm2d(32), nn.ReLU(), nn.Flatten(),
                         nn.Linear(128, num_classes))
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
    head = {name: tensor for name, tensor in weights.items() if name.startswith('10.')}
    states = {'whole': weights}
    states['permuted'] = weights | {name: tensor.roll(1, 0) for name, tensor in head.items()}
    states['end'] = weights | {name: tensor * 1.01 for name, tensor in head.items()}
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


def test_every_script_refuses_an_original_whose_normalisation_nothing_says(
    raw_original, files, tmp_path
):
    ends = [f'--init_start={files["whole"]}', f'--init_end={files["end"]}']
    one = [f'--original_pth={files["whole"]}']
    flags, test_acc = [*raw_original[0], f'--dir={tmp_path}'], state(raw_original[1])['test_acc']
    for script, *given in (
        ('generate_mask', *one),
        ('generate_weight_mask', *one),
        ('main_tv', *ends),
        ('train', '--unlearn_method=dynamic', '--fix_start', '--fix_end', *ends),
        ('forget', '--forget_class=3', *one),
    ):
        error = fails('nothing says how its images were normalised', script, *given, *flags)
        assert error.endswith('Fix: add --normalize=none.')
    wrong = ['generate_mask', *one, *flags, '--normalize=imagenet']
    error = fails('--normalize=imagenet does not fit; of 364 test images', *wrong)
    tried = re.findall(r'([\d.]+) % \(([^)]+)\)', error)
    accuracies = {name: float(accuracy) for accuracy, name in tried}
    assert list(accuracies)[0] == 'none' and accuracies.keys() == {*CANDIDATES}
    assert accuracies['none'] == pytest.approx(test_acc, abs=0.06)
    assert accuracies['imagenet'] < test_acc - 10
    permuted = f'--original_pth={files["permuted"]}'
    error = fails('order of the classes', 'generate_mask', *flags, '--normalize=none', permuted)
    assert 'always the most frequent class is right on 10.2 %' in error
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


def test_what_an_original_scores_is_printed_first(raw_original, files, tmp_path, capsys):
    original = state(raw_original[1])
    recipe = '32 pixels, not normalised, augmented by nothing'
    flags = [*raw_original[0], '--normalize=none', '--augment=none', f'--dir={tmp_path}']
    capsys.readouterr()
    given = ['--unlearn_method=ga', '--epochs=1', f'--original_pth={files["whole"]}']
    run('train', *given, *flags)
    first, second = capsys.readouterr().out.splitlines()[:2]
    test = f'{original["test_acc"]:.1f} %'  # of all 364 images
    assert first == f'the original on 364 test images: {test}; {recipe}'
    assert second == f'the original: train {original["train_acc"]:.1f} %, test {test}; {recipe}'


def refuse(right, labels, is_known=True):
    """The fix that the error names; '' where there is no error. right: how many of the first images
    the normalisation in use has right, and which ones another has right."""
    used, other = torch.zeros(2, len(labels), dtype=torch.bool)
    used[: right[0]], other[right[1]] = True, True
    correct = {'imagenet': used, 'none': other}
    try:
        check_preprocessing.refuse_normalization('a.pt', correct, labels, is_known)
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


def test_the_normalisation_in_use_must_beat_the_most_frequent_class():
    labels = torch.arange(100) % 2
    for used, other, fix in ((58, 66, 'see that data'), (58, 70, 'add '), (62, 70, '')):
        told = refuse((used, slice(other)), labels)
        assert told[: len(fix) or None] == fix
