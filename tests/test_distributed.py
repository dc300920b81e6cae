"""Several processes on one training: the same weights and files as one process gives."""

import itertools
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from conftest import LEARNT, NETWORK, ROOT, SIDE, fails, only, run, scores, state
from processes import keep_weights, run_ranks, wait_for
from test_resume import assert_same_run, difference

import data
from lib.checkpoint import ROLLING

TINY = ['--dataset=Digits', '--train_fraction=0.2', '--eval_freq=9', *NETWORK[:2]]
WITHOUT_BATCHNORM = """
from torch import nn
def net(classes):
    return nn.Sequential(nn.Conv2d(3, 8, 5, 4), nn.GroupNorm(2, 8), nn.ReLU(), nn.Flatten(),
                         nn.Dropout(0.0), nn.Linear(72, classes))
"""
SLOW = """
import sys
sys.path[:0] = [{root!r}, {root!r} + '/tests']
import processes, train
processes.slowed(0.2)
train.main()
"""


@pytest.fixture(scope='module')
def plain(tmp_path_factory):
    """The flags of a network without BatchNorm, and those of its original, end and SFRon mask."""
    folder = tmp_path_factory.mktemp('plain')
    (folder / 'plain.py').write_text(WITHOUT_BATCHNORM)
    model = f'--model={folder / "plain.py"}:net'
    learn = [f'--image_size={LEARNT}', '--epochs=3', '--lr=0.1']
    run('train', f'--dir={folder / "original"}', *TINY, model, *learn)
    original = [model, f'--original_pth={folder / "original"}']
    run('train', f'--dir={folder / "end"}', '--unlearn_method=finetune', *original, '--epochs=1')
    run('generate_mask', f'--dir={folder / "mask"}', *original, '--kind=sfron')
    ends = [f'--init_start={folder / "original"}', f'--init_end={folder / "end"}']
    mask = f'--mask_path={only("mask/*/*.pt", folder)}'
    ends = [model, *ends]
    starts = {'original': original, 'end': ends, 'ends': [*ends, '--fix_start', '--fix_end']}
    return starts | {'sfron': [*original, mask]}


@pytest.mark.parametrize(
    ('method', 'more'),
    (
        *(('finetune', []), ('randomlabel', []), ('scrub', []), ('delete', []), ('sfron', [])),
        *(('l1_sparse', []), ('msg', []), ('ct', [])),
        *(('ga_plus', []), ('curve', ['--beta=1']), ('dynamic', []), ('align', [])),
    ),
)
def test_two_processes_train_as_one(method, more, plain, tmp_path):
    files = {'align': 'end', 'curve': 'ends', 'dynamic': 'ends', 'sfron': 'sfron'}
    files = files.get(method, 'original')
    flags = [f'--unlearn_method={method}', *plain[files], *more, '--epochs=2', '--lr=0.05']
    flags += ['--batch_size=61', '--eval_freq=9']
    run('train', f'--dir={tmp_path / "one"}', *flags)
    setup = (keep_weights, str(tmp_path))
    assert run_ranks('train', f'--dir={tmp_path / "two"}', *flags, setup=setup) == [0, 0]
    first, second = (torch.load(tmp_path / f'rank{r}.pt') for r in range(2))
    assert difference(first, second) is None
    one, two = (state(tmp_path / name)['model_state'] for name in ('one', 'two'))
    for name, weights in one.items():
        torch.testing.assert_close(two[name], weights, rtol=1e-4, atol=1e-5)
    if files != 'ends':
        assert difference(one, state(plain['original'][1].partition('=')[2])['model_state'])
    names = sorted(path.name for path in only('*', tmp_path / 'two').iterdir())
    assert names[1:] == ['checkpoint-2.pt', 'command.sh', 'log.jsonl', 'run.json']
    assert only('*/log.jsonl', tmp_path / 'two').read_text().count('\n') == 2
    assert scores(tmp_path / 'two')['rr_acc'] == pytest.approx(
        scores(tmp_path / 'one')['rr_acc'], abs=1
    )


def test_batches_of_two_processes_are_those_of_one(monkeypatch):
    digits = data.open_data('Digits', 'ResNet', image_size=SIDE, train_fraction=0.2)
    digits.divide(split_seed=42)
    digits.load(torch.device('cpu'))
    settings = {'train': True, 'batch_size': 61, 'seed': 3, 'epoch': 2}
    whole, halves = list(digits.loader('train', **settings)), []
    monkeypatch.setenv('WORLD_SIZE', '2')
    for rank in '01':
        monkeypatch.setenv('RANK', rank)
        halves.append(list(digits.loader('train', shared=True, **settings)))
    assert len(whole) == len(halves[0]) == len(halves[1])
    for batch, first, second in zip(whole, *halves):
        for tensor, even, odd in zip(batch, first, second):
            assert torch.equal(tensor[0::2], even) and torch.equal(tensor[1::2], odd)
    loader = digits.loader('train', batch_size=16, indices=torch.arange(35), shared=True)
    assert [len(chunk) for chunk in loader.chunks(loader.indices)] == [16, 19]


@pytest.fixture(scope='module')
def job(tmp_path_factory):
    """(flags, folder) of a job of two processes, a network with BatchNorm."""
    folder = tmp_path_factory.mktemp('job')
    flags = [*TINY, '--model=PreResNet8', '--batch_size=64', '--epochs=3']
    assert run_ranks('train', f'--dir={folder}', *flags) == [0, 0]
    return flags, folder


def find_children(pid):
    """The processes below a process."""
    children = Path(f'/proc/{pid}/task/{pid}/children').read_text().split()
    return list(itertools.chain(*([int(c), *find_children(c)] for c in children)))


def test_a_job_of_torchrun_that_loses_a_process_goes_on(job, tmp_path):
    flags, whole = job
    (tmp_path / 'slow.py').write_text(SLOW.format(root=str(ROOT)))
    words = [sys.executable, '-m', 'torch.distributed.run', '--standalone', '--nproc_per_node=2']
    words += [str(tmp_path / 'slow.py'), f'--dir={tmp_path / "again"}', *flags]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as torchrun:
        try:
            wait_for(lambda: list(tmp_path.glob(f'again/*/{ROLLING}')))
            os.kill(find_children(torchrun.pid)[-1], signal.SIGKILL)
            assert torchrun.wait(30) != 0
        finally:
            torchrun.terminate()
    assert run_ranks('train', f'--resume={tmp_path / "again"}') == [0, 0]
    assert_same_run(whole, tmp_path / 'again')


def test_what_is_wrong_is_said_once_and_before_processes_join(job, tmp_path):
    outs = [tmp_path / '0.txt', tmp_path / '1.txt']
    (tmp_path / 'one.txt').write_text(
        str(int(data.open_data('Digits', 'ResNet', train_fraction=0.2).rows[0][3]))
    )
    flags = ['--unlearn_method=ga', '--epochs=1', f'--forget_index={tmp_path / "one.txt"}']
    flags += [f'--dir={tmp_path / "out"}', f'--original_pth={job[1]}']
    assert run_ranks('train', *flags, outs=outs) == [2, 2]
    assert 'has no sample for each of' in outs[0].read_text() and not (tmp_path / 'out').exists()
    assert outs[0].read_text().count('\n') == 1 and outs[1].read_text() == ''


def test_only_train_is_shared(monkeypatch, tmp_path):
    monkeypatch.setenv('WORLD_SIZE', '2')
    for script in ('eval_curve', 'generate_mask', 'generate_weight_mask', 'main_tv', 'forget'):
        fails('is one process', script, f'--dir={tmp_path}')
