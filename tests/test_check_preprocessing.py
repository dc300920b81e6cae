"""Originals of other code: flags say how images are prepared, a check says whether that fits."""

import re

import pytest
import torch
from conftest import fails, run, scores, state

from lib import check_preprocessing
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


def test_a_wrong_normalisation_is_refused_by_every_script_and_the_better_one_named(
    raw_original, files, tmp_path
):
    ends = [f'--init_start={files["whole"]}', f'--init_end={files["end"]}']
    one = [f'--original_pth={files["whole"]}']
    for script, *given in (
        ('generate_mask', *one),
        ('generate_weight_mask', *one),
        ('main_tv', *ends),
        ('train', '--unlearn_method=ga', *one),
        ('train', '--unlearn_method=dynamic', '--fix_start', '--fix_end', *ends),
    ):
        told = fails('add --normalize=none.', script, *given, *raw_original[0], f'--dir={tmp_path}')
        worse, better = map(float, re.findall(r'([\d.]+) %', told))
        assert better == pytest.approx(state(raw_original[1])['test_acc'], abs=0.06)
        assert worse < better - 3
        assert 'normalised as imagenet' in told and '364 test images' in told
    assert not list(tmp_path.iterdir())


def test_another_order_of_the_classes_is_refused(raw_original, files, tmp_path):
    flags = [*raw_original[0], f'--dir={tmp_path}']
    fails('order of the classes', 'generate_mask', *flags, f'--original_pth={files["permuted"]}')
    flags += ['--normalize=none', f'--original_pth={files["swapped"]}']
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


@pytest.mark.parametrize(
    ('better', 'worse', 'of', 'clear'),
    [(11, 0, 100, True), (9, 0, 100, False), (18, 7, 100, True), (25, 14, 100, False)]
    + [(99, 0, 1000, False), (101, 0, 1000, True)],
)
def test_clearly_better_is_ten_points_and_two_standard_errors(better, worse, of, clear):
    used, other = torch.zeros(of, dtype=torch.bool), torch.zeros(of, dtype=torch.bool)
    used[:worse], other[worse : worse + better] = True, True
    correct, labels = {'imagenet': used, 'none': other}, torch.arange(of)
    if not clear:
        check_preprocessing.refuse_normalization('a.pt', 'imagenet', correct, labels)
        return
    with pytest.raises(InputError, match='add --normalize=none'):
        check_preprocessing.refuse_normalization('a.pt', 'imagenet', correct, labels)
