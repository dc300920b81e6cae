"""Several processes on one job: the same files, weights and numbers as one process gives."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
import torch
from conftest import LEARNT, NETWORK, ROOT, SIDE, fails, only, open_net, run, scores, state
from processes import (
    alive,
    descendants,
    ended,
    keep_weights,
    run_ranks,
    slowed,
    start,
    start_ranks,
    wait_for,
)
from test_resume import assert_same_run, difference

import data
import unlearn
import utils
from lib import checkpoint

TINY = ['--dataset=Digits', '--train_fraction=0.2', '--eval_freq=9', *NETWORK[:2]]
WITHOUT_BATCHNORM = """
from torch import nn
def net(classes):
    return nn.Sequential(nn.Conv2d(3, 8, 5, 4), nn.GroupNorm(2, 8), nn.ReLU(), nn.Flatten(),
                         nn.Dropout(0.0), nn.Linear(72, classes))
"""
SLOW = """
import sys, time, torch
sys.path.insert(0, {root!r})
step = torch.optim.SGD.step
def slow(*args, **settings):
    time.sleep(0.2)
    return step(*args, **settings)
torch.optim.SGD.step = slow
import train
train.main()
"""


@pytest.fixture(scope='module')
def plain(tmp_path_factory):
    """(--model flag, original, end) of a network without BatchNorm."""
    folder = tmp_path_factory.mktemp('plain')
    (folder / 'own.py').write_text(WITHOUT_BATCHNORM)
    model = f'--model={folder / "own.py"}:net'
    learn = [f'--image_size={LEARNT}', '--epochs=3', '--lr=0.1']
    run('train', f'--dir={folder / "original"}', *TINY, model, *learn)
    original = f'--original_pth={folder / "original"}'
    flags = ['--unlearn_method=finetune', original, model, '--epochs=1']
    run('train', f'--dir={folder / "end"}', *flags)
    return model, folder / 'original', folder / 'end'


@pytest.mark.parametrize('method', ['ga_plus', 'randomlabel', 'scrub', 'sfron', 'dynamic'])
def test_two_processes_train_as_one(method, plain, tmp_path):
    model, original, end = plain
    flags = [f'--unlearn_method={method}', model, '--epochs=2', '--batch_size=61', '--eval_freq=9']
    flags += {
        'dynamic': [f'--init_start={original}', f'--init_end={end}', '--fix_start', '--fix_end'],
    }.get(method, [f'--original_pth={original}'])
    if method == 'sfron':
        where = [f'--dir={tmp_path / "mask"}', model, f'--original_pth={original}']
        run('generate_mask', *where, '--kind=sfron')
        flags.append(f'--mask_path={only("mask/*/*.pt", tmp_path)}')
    run('train', f'--dir={tmp_path / "one"}', *flags)
    kept = (keep_weights, str(tmp_path))
    assert run_ranks('train', f'--dir={tmp_path / "two"}', *flags, setup=kept) == [0, 0]
    first, second = (torch.load(tmp_path / f'rank{r}.pt') for r in range(2))
    assert difference(first, second) is None
    one, two = state(tmp_path / 'one')['model_state'], state(tmp_path / 'two')['model_state']
    moved = state(end if method == 'dynamic' else original)['model_state']
    for name, weights in one.items():
        torch.testing.assert_close(two[name], weights, rtol=1e-4, atol=1e-5)
    assert method == 'dynamic' or difference(one, moved)
    files = sorted(path.name for path in only('*', tmp_path / 'two').iterdir())
    told = [name for name in files if not name.endswith('.npz')]
    assert told == ['checkpoint-2.pt', 'command.sh', 'log.jsonl', 'run.json'] and len(files) == 5
    lines = [
        only('*/log.jsonl', tmp_path / name).read_text().count('\n') for name in ('one', 'two')
    ]
    assert lines == [2, 2]
    assert scores(tmp_path / 'two')['rr_acc'] == pytest.approx(
        scores(tmp_path / 'one')['rr_acc'], abs=1
    )


@pytest.fixture(scope='module')
def shared_runs(tmp_path_factory):
    """An original, an end and a curve with BatchNorm, each trained by two processes."""
    folder = tmp_path_factory.mktemp('trained')
    flags = ['--batch_size=64', '--epochs=2', '--lr=0.05']
    original = folder / 'original'
    codes = run_ranks('train', f'--dir={original}', *TINY, '--model=PreResNet8', *flags)
    flags[1:] = ['--epochs=1', '--eval_freq=9']
    start_at = f'--original_pth={original}'
    where = f'--dir={folder / "end"}'
    codes += run_ranks('train', where, '--unlearn_method=finetune', start_at, *flags)
    ends = [f'--init_start={original}', f'--init_end={folder / "end"}', '--fix_start', '--fix_end']
    where = f'--dir={folder / "curve"}'
    codes += run_ranks('train', where, '--unlearn_method=curve', *ends, *flags)
    assert codes == [0] * 6
    return folder


def test_masks_and_evaluation_are_those_of_one_process(shared_runs, tmp_path):
    start_at, curve = (
        f'--original_pth={shared_runs / "original"}',
        f'--ckpt={shared_runs / "curve"}',
    )
    path = ['eval_curve', curve, '--num_points=3', '--mia', '--export_t=best', '--relearn=1']
    for script, *flags in (
        ['generate_weight_mask', start_at, '--kr=0.0'],
        ['generate_mask', start_at],
        ['generate_mask', start_at, '--kind=sfron'],
        path,
    ):
        alone = start(script, f'--dir={tmp_path / "one"}', *flags, environment={'RANK': '0'})
        assert ended(alone)[0] == 0
        assert run_ranks(script, f'--dir={tmp_path / "two"}', *flags) == [0, 0]
    files = [
        {p.relative_to(tmp_path / name) for p in (tmp_path / name).rglob('*') if p.is_file()}
        for name in ('one', 'two')
    ]
    assert files[0] == files[1] and len(files[0]) == 5
    elements = {f for f in files[0] if f.stem in ('mask_salun0.5', 'mask_sfron')}
    for file in files[0] - elements:
        one, two = (
            dict(np.load(tmp_path / name / file))
            if file.suffix == '.npz'
            else checkpoint.read(tmp_path / name / file, 'test')
            for name in ('one', 'two')
        )
        assert difference(one, two) is None, file
    for file in elements:
        one, two = (checkpoint.read(tmp_path / n / file, 'test')['mask'] for n in ('one', 'two'))
        other = sum(int((mask != two[name]).sum()) for name, mask in one.items())
        assert other <= 20  # of 78,000: sums in another order, where gradients are nearly equal


def test_two_processes_count_every_sample_once(shared_runs):
    digits = data.open_data('Digits', 'ResNet', image_size=SIDE, train_fraction=0.2)
    digits.divide(split_seed=42)
    digits.load(torch.device('cpu'))
    assert len(digits.loader('train_forget', batch_size=64)) == 1  # the second has none of it
    content = state(shared_runs / 'original')
    net = open_net(content)
    alone = utils.measure(net, digits.loaders(64), seed=42)
    shared = scores(shared_runs / 'original')
    for key in ('rr_acc', 'rf_acc', 'tr_acc', 'rr_nll', 'mia', 'log_probs_train_forget'):
        assert np.array_equal(alone[key], shared[key]), key


def test_batches_of_two_processes_are_those_of_one(monkeypatch):
    digits = data.open_data('Digits', 'ResNet', image_size=SIDE, train_fraction=0.2)
    digits.divide(split_seed=42)
    digits.load(torch.device('cpu'))
    settings = {'train': True, 'batch_size': 61, 'seed': 3, 'epoch': 2}
    whole = list(digits.loader('train', **settings))
    shares = {'samples': [], 'batches': []}
    monkeypatch.setenv('WORLD_SIZE', '2')
    monkeypatch.setattr('lib.loaders.stop_if_asked', lambda together: None)
    for rank in '01':
        monkeypatch.setenv('RANK', rank)
        for share, kept in shares.items():
            kept.append(list(digits.loader('train', share=share, **settings)))
    for batch, *halves in zip(whole, *shares['samples']):
        for both, first, second in zip(batch, *halves):
            assert torch.equal(both[0::2], first) and torch.equal(both[1::2], second)
    first, second = shares['batches']
    assert len(first) == len(whole[0::2]) and len(second) == len(whole[1::2])
    for batch, same in zip(whole, [b for pair in zip(first, second) for b in pair]):
        assert all(map(torch.equal, batch, same))
    loader = digits.loader('train', batch_size=16, indices=torch.arange(35), share='samples')
    for loader.share, sizes in (('samples', [16, 19]), ('batches', [16, 16, 3])):
        assert [len(chunk) for chunk in loader.chunks(loader.indices)] == sizes


def test_losses_are_means_over_the_whole_batch(monkeypatch):
    logits, y = torch.randn(7, 4), torch.tensor([0, 1, 2, 3, 0, 1, 2])
    forget = torch.tensor([True, False, False, True, False, True, False])
    whole = unlearn.split_batch(logits, y, forget)
    counts = torch.stack([whole.retained, whole.forgotten])
    right = [(logits.argmax(1) == y)[half].sum() for half in (~forget, forget)]
    monkeypatch.setenv('WORLD_SIZE', '2')
    monkeypatch.setattr(unlearn, 'sum_over', lambda _: torch.cat([counts, torch.stack(right)]))
    halves = [unlearn.split_batch(logits[r::2], y[r::2], forget[r::2]) for r in range(2)]
    for name in ('retain_loss', 'forget_loss', 'retain_acc', 'forget_acc'):
        mean = sum(getattr(half, name) for half in halves) / 2
        torch.testing.assert_close(mean, getattr(whole, name))
    # each process knows the loss of the whole batch, that it has reached its base or has not
    monkeypatch.setattr(unlearn, 'mean_over', lambda _: whole.forget_loss)
    x, original = torch.randn(7, 4), torch.nn.Linear(4, 4)
    for row, pushed in unlearn.FORGET_LOSSES.items():
        settings = {'original': original, 'base_loss': float(whole.forget_loss) + 0.1}
        context = unlearn.Context(torch.Generator(), **settings)
        losses = [
            pushed(logits[r::2], (x[r::2], y[r::2], forget[r::2]), halves[r], context)
            for r in range(2)
        ]
        monkeypatch.setenv('WORLD_SIZE', '1')
        alone = pushed(logits, (x, y, forget), whole, context)
        monkeypatch.setenv('WORLD_SIZE', '2')
        torch.testing.assert_close(sum(losses) / 2, alone, msg=row)


def torchrun(folder, *flags):
    """A job of two processes whose steps take long; returns torchrun's process."""
    (folder / 'slow.py').write_text(SLOW.format(root=str(ROOT)))
    words = [sys.executable, '-m', 'torch.distributed.run', '--standalone', '--nproc_per_node=2']
    words = [*words, str(folder / 'slow.py'), f'--dir={folder / "again"}', *flags]
    return subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope='module')
def uninterrupted(shared_runs, tmp_path_factory):
    """(flags, folder) of a job of two processes."""
    folder = tmp_path_factory.mktemp('job')
    flags = ['--unlearn_method=ga_plus', f'--original_pth={shared_runs / "original"}', '--epochs=3']
    flags += ['--batch_size=64', '--eval_freq=9']
    assert run_ranks('train', f'--dir={folder}', *flags) == [0, 0]
    return flags, folder


def test_a_job_of_torchrun_that_loses_a_process_goes_on(uninterrupted, tmp_path):
    flags, whole = uninterrupted
    job = torchrun(tmp_path, *flags)
    wait_for(lambda: list(tmp_path.glob(f'again/*/{checkpoint.ROLLING}')), otherwise=job.terminate)
    workers = descendants(job.pid)
    began = time.monotonic()
    os.kill(workers[-1], signal.SIGKILL)
    code = job.wait(60)
    assert code != 0 and time.monotonic() - began < 30
    wait_for(lambda: not any(map(alive, workers)), 10)
    again = f'--resume={tmp_path / "again"}'
    assert run_ranks('train', again) == [0, 0]
    assert_same_run(whole, tmp_path / 'again')


def test_processes_leave_together_with_143(uninterrupted, tmp_path):
    flags, whole = uninterrupted
    outs = [tmp_path / '0.txt', tmp_path / '1.txt']
    pair = start_ranks(
        'train', f'--dir={tmp_path / "again"}', *flags, setup=(slowed, 0.2), outs=outs
    )
    wait_for(lambda: list(tmp_path.glob(f'again/*/{checkpoint.ROLLING}')))
    os.kill(pair[1].pid, signal.SIGTERM)  # the other hears of it
    assert [ended(child)[0] for child in pair] == [143, 143]
    assert outs[0].read_text().splitlines()[-1].startswith('error: stopped by SIGTERM')
    assert outs[1].read_text() == ''


def test_what_is_wrong_is_said_once_and_before_processes_join(shared_runs, tmp_path):
    outs = [tmp_path / '0.txt', tmp_path / '1.txt']
    flags = [f'--dir={tmp_path / "out"}', f'--ckpt={shared_runs / "original"}']
    assert run_ranks('eval_curve', *flags, outs=outs) == [2, 2]
    assert outs[0].read_text().count('\n') == 1 and 'holds a model' in outs[0].read_text()
    assert outs[1].read_text() == '' and not (tmp_path / 'out').exists()
    lone = ['--unlearn_type=index', f'--forget_index={tmp_path / "one.txt"}', '--epochs=1']
    kept = data.open_data('Digits', 'ResNet', train_fraction=0.2).rows[0]
    (tmp_path / 'one.txt').write_text(str(int(kept[3])))
    flags = [f'--dir={tmp_path / "out"}', f'--original_pth={shared_runs / "original"}', *lone]
    assert run_ranks('train', *flags, '--unlearn_method=ga', outs=outs) == [2, 2]
    assert 'has no sample for each of' in outs[0].read_text() and not (tmp_path / 'out').exists()


def test_scripts_that_are_one_process_say_so(monkeypatch, shared_runs, tmp_path):
    monkeypatch.setenv('WORLD_SIZE', '2')
    fails('is one process', 'main_tv', f'--dir={tmp_path}')
    fails('is one process', 'forget', f'--dir={tmp_path}')
