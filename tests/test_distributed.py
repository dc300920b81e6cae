"""Several processes on one training: the same weights and files as one process gives."""

import shutil
import subprocess
import sys

import pytest
import torch
from conftest import LEARNT, NETWORK, ROOT, SIDE, fails, only, run, scores, state
from processes import run_ranks

import data

TINY = ['--dataset=Digits', '--train_fraction=0.2', '--eval_freq=9', *NETWORK[:2]]
WITHOUT_BATCHNORM = """
from torch import nn
def net(classes):
    return nn.Sequential(nn.Conv2d(3, 8, 5, 4), nn.GroupNorm(2, 8), nn.ReLU(), nn.Flatten(),
                         nn.Dropout(0.0), nn.Linear(72, classes))
"""


@pytest.fixture(scope='module')
def starts(tmp_path_factory):
    """Flags that name what methods start from: an original, its SFRon mask, the ends of a curve."""
    folder = tmp_path_factory.mktemp('plain')
    (folder / 'plain.py').write_text(WITHOUT_BATCHNORM)
    model = f'--model={folder / "plain.py"}:net'
    learn = [f'--image_size={LEARNT}', '--augment=none', '--epochs=3', '--lr=0.1']
    run('train', f'--dir={folder / "original"}', *TINY, model, *learn)
    original = [model, f'--original_pth={folder / "original"}']
    run('train', f'--dir={folder / "end"}', '--unlearn_method=finetune', *original, '--epochs=1')
    run('generate_mask', f'--dir={folder / "mask"}', *original, '--kind=sfron')
    ends = [model, f'--init_start={folder / "original"}', f'--init_end={folder / "end"}']
    sfron = [*original, f'--mask_path={only("mask/*/*.pt", folder)}']
    return {'original': original, 'sfron': sfron, 'dynamic': [*ends, '--fix_start', '--fix_end']}


# a loss of each kind: means of halves, labels drawn, a gradient of its own, before training, curve
@pytest.mark.parametrize('method', ['ga_plus', 'randomlabel', 'sfron', 'msg', 'dynamic'])
def test_two_processes_train_as_one(method, starts, tmp_path):
    start = starts.get(method, starts['original'])
    flags = [f'--unlearn_method={method}', *start, '--epochs=2', '--lr=0.05', '--batch_size=61']
    run('train', f'--dir={tmp_path / "one"}', *flags)
    assert run_ranks('train', f'--dir={tmp_path / "two"}', *flags) == [0, 0]
    one, two = (state(tmp_path / name)['model_state'] for name in ('one', 'two'))
    for name, weights in one.items():
        torch.testing.assert_close(two[name], weights, rtol=1e-4, atol=1e-5)
    files = sorted(path.name for path in only('*', tmp_path / 'two').iterdir())
    assert files[1:] == ['checkpoint-2.pt', 'command.sh', 'log.jsonl', 'run.json']
    accuracies = [scores(tmp_path / name)['rr_acc'] for name in ('one', 'two')]
    assert accuracies[0] == pytest.approx(accuracies[1], abs=1)


def test_two_processes_share_each_batch_and_draw_their_own_crops(monkeypatch):
    digits = data.open_data('Digits', 'ResNet', image_size=SIDE, train_fraction=0.2)
    digits.divide(split_seed=42)
    digits.load(torch.device('cpu'))
    settings = {'train': True, 'batch_size': 61, 'seed': 3, 'epoch': 2}
    whole, halves = list(digits.loader('train', **settings)), []
    monkeypatch.setenv('WORLD_SIZE', '2')
    for rank in '01':
        monkeypatch.setenv('RANK', rank)
        halves.append(list(digits.loader('train', shared=True, **settings)))
    for (x, y, _), (even, y_even, _), (odd, y_odd, _) in zip(whole, *halves, strict=True):
        assert torch.equal(y[0::2], y_even) and torch.equal(y[1::2], y_odd)
        assert not torch.equal(x[0::2], even) and not torch.equal(x[1::2], odd)
    loader = digits.loader('train', batch_size=16, indices=torch.arange(35), shared=True)
    assert [len(chunk) for chunk in loader.chunks(loader.indices)] == [16, 19]


def test_a_job_of_torchrun_goes_on_to_the_same_weights(tmp_path):
    flags = [*TINY, '--model=PreResNet8', '--batch_size=64', '--epochs=2', '--save_freq=1']
    words = [sys.executable, '-m', 'torch.distributed.run', '--standalone', '--nproc_per_node=2']
    subprocess.run([*words, 'train.py', f'--dir={tmp_path / "job"}', *flags], cwd=ROOT, check=True)
    folder = shutil.copytree(only('*', tmp_path / 'job'), tmp_path / 'stopped')
    for path in ('checkpoint-2.pt', only('*.npz', folder).name):
        (folder / path).unlink()
    assert run_ranks('train', f'--resume={folder}') == [0, 0]
    whole, resumed = (state(place)['model_state'] for place in (tmp_path / 'job', folder))
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def test_what_is_wrong_is_said_once(tmp_path):
    outs = [tmp_path / '0.txt', tmp_path / '1.txt']
    flags = [*TINY, '--model=PreResNet8', '--batch_size=1', f'--dir={tmp_path / "out"}']
    assert run_ranks('train', *flags, outs=outs) == [2, 2]
    assert 'a batch of train has no sample for each of 2 processes' in outs[0].read_text()
    assert outs[0].read_text().count('\n') == 1 and outs[1].read_text() == ''


def test_only_train_is_shared(monkeypatch, tmp_path):
    monkeypatch.setenv('WORLD_SIZE', '2')
    for script in ('eval_curve', 'generate_mask', 'generate_weight_mask', 'main_tv', 'forget'):
        fails('is one process', script, f'--dir={tmp_path}')
