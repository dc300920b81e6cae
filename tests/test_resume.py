"""Nothing is lost: resumed is uninterrupted, to the bit, wherever a run was ended; full disks."""

import json
import math
import os
import resource
import signal
import time

import numpy as np
import pytest
import torch
from conftest import NETWORK, exits, fails, only, run, scores, state, tree
from processes import (
    alive,
    broken,
    descendants,
    ended,
    killed_at,
    run_alone,
    slow_batches,
    slowed,
    start,
    wait_for,
)

import data
import train
from lib import checkpoint, errors
from lib import run as runs
from reproduce.layouts import image_folders
from unlearn import METHODS

TINY = ['--dataset=Digits', '--train_fraction=0.2', *NETWORK]
QUICK = ['--batch_size=64', '--eval_freq=9']
TIMES = {'seconds', 'RTE', 'RTE_mask', 'RTE_pre', 'RTE_search', 'RTE_select', 'row_seconds'}
PLACES = {'file', 'source', 'dir', 'resume', 'overwrite', 'num_workers'}
PLACES |= {'original_pth', 'init_start', 'init_end', 'mask_path', 'ckpt', 'export_t'}


def difference(one, two, name=''):
    """The name of the first entry in which two files' contents differ, times and places aside."""
    if isinstance(one, dict) and isinstance(two, dict):
        if one.keys() != two.keys():
            return f'{name}: {one.keys() ^ two.keys()}'
        keys = [key for key in one if key not in TIMES | PLACES]
        return next(filter(None, (difference(one[k], two[k], f'{name}.{k}') for k in keys)), None)
    if isinstance(one, torch.Tensor):
        return None if one.dtype == two.dtype and torch.equal(one, two) else name
    if isinstance(one, np.ndarray) and one.dtype.kind == 'U' and one.ndim == 0:
        return difference(json.loads(str(one)), json.loads(str(two)), name)  # a record of a run
    if isinstance(one, np.ndarray):
        same = np.array_equal(one, two, equal_nan=one.dtype.kind == 'f')
        return None if one.dtype == two.dtype and same else name
    same = one == two or (isinstance(one, float) and math.isnan(one) and math.isnan(two))
    return None if same else name


def run_of(folder):
    """The one run under a folder."""
    return only('[!.]*', folder)  # a lock may be left beside it


def assert_same_run(one, two):
    """Two runs ended in the same bits: checkpoint, scores, and log but for its times."""
    assert difference(state(one), state(two)) is None
    assert difference(scores(one), scores(two)) is None
    logs = []
    for folder in (one, two):
        lines = map(json.loads, only('*/log.jsonl', folder).read_text().splitlines())
        logs.append([{k: v for k, v in line.items() if k != 'seconds'} for line in lines])
    assert logs[0] == logs[1] and len(list(two.rglob('*.pt'))) == 1


@pytest.fixture(scope='module')
def origins(tmp_path_factory):
    """A tiny original with everything that methods start from; {name: path}."""
    folder = tmp_path_factory.mktemp('made')
    paths = {name: folder / name for name in ('original', 'end', 'masks')}
    run('train', f'--dir={paths["original"]}', *TINY, *QUICK, '--epochs=3', '--lr=0.1')
    start_at = f'--original_pth={paths["original"]}'
    flags = ['--unlearn_method=finetune', start_at, *QUICK, '--epochs=1']
    run('train', f'--dir={paths["end"]}', *flags)
    run('generate_weight_mask', f'--dir={paths["masks"]}', start_at, '--kr=0.0')
    for kind in ('salun', 'sfron'):
        run('generate_mask', f'--dir={paths["masks"]}', start_at, f'--kind={kind}')
        paths[kind] = only(f'*/mask_{kind}*.pt', paths['masks'])
    paths['mask'] = only('*/mask_k*.pt', paths['masks'])
    paths['curve'], paths['expert'] = folder / 'curve', folder / 'expert'
    run('train', f'--dir={paths["expert"]}', *flags_of('finetune2', paths, epochs=1))
    run('train', f'--dir={paths["curve"]}', *flags_of('dynamic', paths, epochs=1))
    return paths


def flags_of(method, origins, epochs=3):
    """The flags of a run of a method."""
    flags = [f'--unlearn_method={method}', *QUICK, f'--epochs={epochs}', '--lr=0.02']
    row = METHODS[method]
    if row.starts_from == 'scratch':
        return [*flags, *TINY]
    if row.starts_from == 'original':
        mask = [f'--mask_path={origins[row.mask]}'] if row.mask else []
        return [*flags, f'--original_pth={origins["original"]}', *mask, '--wd=0.01']
    ends = [f'--init_start={origins["original"]}', f'--init_end={origins["end"]}']
    return [*flags, *ends, '--fix_start', '--fix_end', f'--mask_path={origins["mask"]}']


def stop_after(epoch, monkeypatch):
    """Ask to stop, as SIGTERM does, once an epoch is saved."""
    write = train.save_epoch

    def wrapped(folder, content, kept):
        write(folder, content, kept)
        if content['epoch'] == epoch:
            errors.ASKED.set()

    monkeypatch.setattr(train, 'save_epoch', wrapped)


@pytest.mark.parametrize('method', METHODS)
def test_resumed_is_uninterrupted_for_every_method(method, origins, tmp_path, monkeypatch):
    flags = flags_of(method, origins)
    run_alone('train', f'--dir={tmp_path / "whole"}', *flags)
    with monkeypatch.context() as patch:
        stop_after(2, patch)
        exits(143, 'train', f'--dir={tmp_path / "again"}', *flags)
    folder = run_of(tmp_path / 'again')
    assert [path.name for path in folder.glob('*.pt')] == [checkpoint.ROLLING]
    spent = checkpoint.read(folder / checkpoint.ROLLING, 'test')['run']['seconds']
    run('train', f'--resume={folder}')
    assert_same_run(tmp_path / 'whole', tmp_path / 'again')
    part = 'search' if METHODS[method].starts_from == 'ends' else 'pre'
    assert state(folder)['run']['seconds'][part] > spent[part] > 0  # RTE goes on too
    before = tree(tmp_path)
    run('train', f'--resume={folder}')  # nothing is left to do
    fails('contradicts', 'train', f'--resume={folder}', '--lr=0.5')
    fails('holds a run already', 'train', f'--dir={tmp_path / "again"}', *flags)
    assert tree(tmp_path) == before


WITH_DROPOUT = """
from torch import nn
def net(classes):
    return nn.Sequential(nn.AvgPool2d(2), nn.Flatten(), nn.Dropout(0.5), nn.Linear(48, classes))
"""


def test_dropout_goes_on_too(tmp_path, monkeypatch):
    (tmp_path / 'own.py').write_text(WITH_DROPOUT)
    model = f'--model={tmp_path / "own.py"}:net'
    flags = [*TINY, model, *QUICK, '--epochs=3', '--milestones=1,2']
    run('train', f'--dir={tmp_path / "whole"}', *flags)
    with monkeypatch.context() as patch:
        stop_after(1, patch)
        exits(143, 'train', f'--dir={tmp_path / "again"}', *flags)
    fails('runs only if typed', 'train', f'--resume={tmp_path / "again"}')
    run('train', f'--resume={tmp_path / "again"}', model)
    assert_same_run(tmp_path / 'whole', tmp_path / 'again')


def test_a_folder_does_not_run_code_that_was_not_typed(tmp_path):
    folder = tmp_path / 'got' / 'run'
    folder.mkdir(parents=True)
    evil = f'import pathlib\npathlib.Path({str(tmp_path / "marker")!r}).touch()\n{WITH_DROPOUT}'
    (folder / 'evil.py').write_text(evil)
    flags = {'unlearn_method': 'baseline', 'dataset': 'Digits', 'model': f'{folder}/evil.py:net'}
    (folder / 'run.json').write_text(json.dumps({'flags': flags}))
    fails('runs only if typed', 'train', f'--resume={folder}')
    assert not (tmp_path / 'marker').exists()


def test_a_run_that_diverges_keeps_what_was_good(origins, tmp_path, monkeypatch):
    step, calls = torch.optim.SGD.step, []

    def diverging(self, *args, **settings):
        step(self, *args, **settings)
        calls.append(1)
        if len(calls) == 7:  # of 5 an epoch
            self.param_groups[0]['params'][0].data.fill_(math.inf)

    flags = [f'--dir={tmp_path}', *flags_of('ga_plus', origins)]
    with monkeypatch.context() as patch:
        patch.setattr(torch.optim.SGD, 'step', diverging)
        told = exits(3, 'train', *flags)[-1]
    assert 'ga_plus, epoch 2: the loss is not finite from batch 3 on' in told
    assert '--lr or --beta' in told
    assert [path.name for path in run_of(tmp_path).glob('*.pt')] == [checkpoint.ROLLING]
    assert not list(tmp_path.rglob('*.npz'))
    assert (run_of(tmp_path) / 'log.jsonl').read_text().count('\n') == 1
    run('train', f'--resume={tmp_path}')
    assert state(tmp_path)['epoch'] == 3


KILLS = {  # a run of 3 epochs of 5 steps: what is called when, the number of the call
    'before anything is saved': ('lib.checkpoint:torch.save', 'before', 1),
    'inside the first save': ('lib.checkpoint:write_whole', 'inside', 1),
    'before a step': ('torch.optim:SGD.step', 'before', 8),
    'inside a step': ('torch.optim.sgd:sgd', 'before', 8),
    'after a step': ('torch.optim:SGD.step', 'after', 10),
    'before a save': ('lib.checkpoint:torch.save', 'before', 2),
    'inside a save': ('lib.checkpoint:write_whole', 'inside', 2),
    'before the sync': ('lib.files:os.fsync', 'before', 9),
    'after the sync, before the rename': ('lib.files:os.fsync', 'after', 9),
    'after the rename': ('lib.files:sync_folder', 'before', 5),
    'after a save': ('lib.files:sync_folder', 'after', 5),
    'after the last save, before the rolling file goes': ('lib.files:sync_folder', 'after', 6),
    'before the scores': ('lib.run:write_npz', 'before', 1),
}


@pytest.fixture(scope='module')
def whole(origins, tmp_path_factory):
    """The uninterrupted run that killed ones are compared with."""
    folder = tmp_path_factory.mktemp('whole')
    run_alone('train', f'--dir={folder}', *flags_of('ga_plus', origins))
    return folder


@pytest.mark.parametrize('point', KILLS)
def test_a_run_killed_anywhere_goes_on(point, origins, whole, tmp_path):
    flags = [f'--dir={tmp_path}', *flags_of('ga_plus', origins)]
    place, when, count = KILLS[point]
    code, _ = ended(start('train', *flags, setup=(killed_at, place, when, count)))
    assert code == -signal.SIGKILL
    if point in ('before anything is saved', 'inside the first save'):
        again = flags if point.startswith('before') else [f'--resume={run_of(tmp_path)}']
        assert checkpoint.load_newest(run_of(tmp_path), 'test') is None  # counts as empty
    else:
        again = [*flags, f'--resume={tmp_path}']
    run('train', *again)
    assert_same_run(whole, tmp_path)
    assert not list(tmp_path.rglob('*.partial'))


def momentum_dropped(content):
    for entry in content['optimizer_state']['state'].values():
        entry['momentum_buffer'].zero_()


def schedule_dropped(content):
    content['scheduler_state']['last_epoch'] = 0


def statistics_dropped(content):
    for name, tensor in content['model_state'].items():
        if name.endswith('running_mean'):
            tensor.zero_()


def epoch_dropped(content):
    content['epoch'] = 0


def beta_dropped(content):
    content['flags']['beta'] = 0.0


LOSSES = [momentum_dropped, schedule_dropped, statistics_dropped, epoch_dropped, beta_dropped]


@pytest.mark.parametrize('lose', [None, *LOSSES])
def test_what_a_checkpoint_would_lack_shows(lose, origins, whole, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        stop_after(1, patch)
        exits(143, 'train', f'--dir={tmp_path}', *flags_of('ga_plus', origins))
    rolling = run_of(tmp_path) / checkpoint.ROLLING
    content = checkpoint.read(rolling, 'test')
    if lose:
        lose(content)
    checkpoint.save(rolling, content)
    run('train', f'--resume={tmp_path}')
    differs = difference(state(whole)['model_state'], state(tmp_path)['model_state'])
    assert bool(differs) == bool(lose)


def test_a_full_disk_leaves_the_checkpoint_before(origins, whole, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        stop_after(1, patch)
        exits(143, 'train', f'--dir={tmp_path}', *flags_of('ga_plus', origins))
    folder = run_of(tmp_path)
    rolling = folder / checkpoint.ROLLING
    size, before = rolling.stat().st_size, tree(folder)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    for most in (100_000, size // 2, size - 1):
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, limits[1]))
        try:
            fails(f'error: {rolling}: ', 'train', f'--resume={folder}')
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        after = tree(folder)
        assert after.keys() == before.keys() and after[rolling] == before[rolling]
    run('train', f'--resume={folder}')
    assert_same_run(whole, tmp_path)


def test_a_damaged_newest_checkpoint_is_passed_over(origins, whole, tmp_path, monkeypatch, capsys):
    flags = [*flags_of('ga_plus', origins), '--save_freq=1']
    with monkeypatch.context() as patch:
        stop_after(2, patch)
        exits(143, 'train', f'--dir={tmp_path}', *flags)
    newest = only('*/checkpoint-2.pt', tmp_path)
    content = bytearray(newest.read_bytes())
    content[len(content) // 2] ^= 1
    newest.write_bytes(content)
    capsys.readouterr()
    run('train', f'--resume={tmp_path}')
    assert 'checkpoint-2.pt' in capsys.readouterr().err
    assert difference(state(whole), state(tmp_path) | {'flags': state(whole)['flags']}) is None


def test_a_folder_has_one_run(origins, tmp_path):
    flags = [f'--dir={tmp_path}', *flags_of('ga_plus', origins)]
    child = start('train', *flags, setup=(slowed, 0.3))
    wait_for(lambda: list(tmp_path.glob(f'*/{checkpoint.ROLLING}')))
    fails('a run is going on there', 'train', *flags)
    fails('a run is going on there', 'train', *flags, '--overwrite')
    fails('a run is going on there', 'train', f'--resume={tmp_path}')
    child.kill()
    assert ended(child)[0] == -signal.SIGKILL
    run('train', f'--resume={tmp_path}')  # the lock fell with the process
    with runs.lock(run_of(tmp_path)):
        fails('a run is going on there', 'train', *flags, '--overwrite')


def test_sigterm_leaves_at_the_next_batch(origins, whole, tmp_path):
    flags = [f'--dir={tmp_path}', *flags_of('ga_plus', origins)]
    child = start('train', *flags, setup=(slowed, 0.2), out=tmp_path / 'out.txt')
    wait_for(lambda: list(tmp_path.glob(f'*/{checkpoint.ROLLING}')))
    os.kill(child.pid, signal.SIGTERM)
    code, took = ended(child)
    assert code == 143 and took < 10
    lines = (tmp_path / 'out.txt').read_text().splitlines()
    assert lines[-1].startswith('error: stopped by SIGTERM. Fix:')
    (tmp_path / 'out.txt').unlink()
    run('train', f'--resume={tmp_path}')
    assert_same_run(whole, tmp_path)


def test_a_second_sigterm_ends_the_process(origins, tmp_path):
    child = start('train', f'--dir={tmp_path}', *flags_of('ga', origins), setup=(slowed, 6.0))
    wait_for(lambda: list(tmp_path.glob('*/run.json')))
    time.sleep(2)  # until it is in a step
    os.kill(child.pid, signal.SIGTERM)
    time.sleep(0.5)
    assert child.is_alive()
    os.kill(child.pid, signal.SIGTERM)
    code, took = ended(child)
    assert code == -signal.SIGTERM and took < 2


def test_sigterm_leaves_every_script_before_anything_is_written(origins, tmp_path):
    flags = {
        'generate_mask': [f'--original_pth={origins["original"]}', '--batch_size=2'],
        'train': [*flags_of('ga', origins), '--batch_size=2'],  # while the original is measured
        'eval_curve': [f'--ckpt={origins["curve"]}', '--batch_size=2'],
    }
    out, marks, children = tmp_path / 'out', [tmp_path / name for name in flags], []
    for mark in marks:
        how = {'setup': (slow_batches, 0.5, mark)}
        children.append(start(mark.name, f'--dir={out}', *flags[mark.name], **how))
    wait_for(lambda: all(mark.exists() for mark in marks))
    for child in children:
        os.kill(child.pid, signal.SIGTERM)
    for child in children:
        code, took = ended(child)
        assert code == 143 and took < 10
    assert not out.exists()


def test_sigterm_to_a_run_and_its_workers(tmp_path, monkeypatch):
    image_folders(tmp_path / 'photos', size=(40, 36))
    flags = ['--dataset=ImageFolder', f'--data_path={tmp_path / "photos"}', '--transform=ResNet']
    flags += ['--model=PreResNet8', '--batch_size=24', '--epochs=3', '--eval_freq=9']
    run('train', f'--dir={tmp_path / "whole"}', *flags, '--num_workers=1')
    flags += [f'--dir={tmp_path / "again"}', '--num_workers=2']
    child = start('train', *flags, setup=(slowed, 0.2, True))
    wait_for(lambda: list(tmp_path.glob(f'again/*/{checkpoint.ROLLING}')))
    wait_for(lambda: len(descendants(child.pid)) >= 2)
    everyone = [child.pid, *descendants(child.pid)]
    for pid in everyone[1:]:
        os.kill(pid, signal.SIGTERM)
    time.sleep(0.3)
    assert child.is_alive()  # a worker leaves when it is told to, not by the signal
    os.kill(child.pid, signal.SIGTERM)
    code, took = ended(child)
    assert code == 143 and took < 10
    wait_for(lambda: not any(map(alive, everyone)), 10)
    run('train', f'--resume={tmp_path / "again"}')
    assert_same_run(tmp_path / 'whole', tmp_path / 'again')


def test_a_bug_keeps_its_traceback_and_leaves_no_worker(tmp_path):
    image_folders(tmp_path / 'photos', size=(40, 36))
    flags = ['--dataset=ImageFolder', f'--data_path={tmp_path / "photos"}', '--transform=ResNet']
    flags += ['--model=PreResNet8', '--batch_size=24', f'--dir={tmp_path}', '--num_workers=2']
    child, workers = start('train', *flags, setup=(broken,), out=tmp_path / 'out.txt'), set()
    wait_for(lambda: workers.update(descendants(child.pid)) or not child.is_alive(), 30)
    told = (tmp_path / 'out.txt').read_text()
    assert child.exitcode == 1 and 'Traceback' in told and 'LookupError: a bug' in told
    wait_for(lambda: not any(map(alive, workers)), 10)
    assert len(workers) >= 2


def noisy(monkeypatch):
    """Replace the images of D_f by noise, once they are decoded."""
    load = data.Data.load

    def loaded(self, *args):
        load(self, *args)
        pixels, forget = self.images[0].pixels, self.parts['train_forget']
        noise = torch.Generator().manual_seed(0)
        shape = pixels[forget].shape
        pixels[forget] = torch.randint(256, shape, dtype=torch.uint8, generator=noise)

    monkeypatch.setattr(data.Data, 'load', loaded)


def test_no_forgotten_sample_reaches_what_is_trained_on_retained_ones(
    origins, tmp_path, monkeypatch
):
    start_at = f'--init_start={origins["original"]}'
    states = []
    for name in ('clean', 'noisy'):
        if name == 'noisy':
            noisy(monkeypatch)
        out = tmp_path / name
        for method in ('retrain', 'finetune', 'finetune2'):
            run('train', f'--dir={out / method}', *flags_of(method, origins, epochs=2))
        expert = f'--init_end={origins["expert"]}'
        run('main_tv', f'--dir={out / "negtv"}', start_at, expert)
        flags = [f'--ckpt={origins["curve"]}', '--num_points=2', '--no_search', '--export_t=0.4']
        run('eval_curve', f'--dir={out / "point"}', *flags)
        folders = [*('retrain', 'finetune', 'negtv', 'point'), 'finetune2']
        states.append([state(out / folder)['model_state'] for folder in folders])
    for clean, noise in list(zip(*states))[:-1]:
        assert difference(clean, noise) is None
    assert difference(states[0][-1], states[1][-1])  # the noise does reach who trains on D_f


def test_the_same_commands_give_the_same_bits(origins, tmp_path):
    contents = []
    for name, call in (('one', run), ('two', run_alone)):
        out = tmp_path / name
        start_at = f'--original_pth={origins["original"]}'
        call('generate_weight_mask', f'--dir={out / "mask"}', start_at, '--kr=0.1')
        call('generate_mask', f'--dir={out / "mask"}', start_at)
        expert = f'--init_end={origins["expert"]}'
        call('main_tv', f'--dir={out / "negtv"}', f'--init_start={origins["original"]}', expert)
        flags = [f'--ckpt={origins["curve"]}', '--num_points=2', '--export_t=best']
        call('eval_curve', f'--dir={out / "path"}', *flags)
        files = sorted(path for path in out.rglob('*') if path.suffix in ('.pt', '.npz'))
        read = [
            dict(np.load(path)) if path.suffix == '.npz' else checkpoint.read(path, 'test')
            for path in files
        ]
        contents.append(dict(enumerate(read)))
    assert len(contents[0]) == 6
    assert difference(*contents) is None


def test_a_begun_folder_without_flags_or_of_another_run_is_named(origins, tmp_path, monkeypatch):
    flags = [f'--dir={tmp_path}', *flags_of('ga', origins)]
    with monkeypatch.context() as patch:
        patch.setattr(train, 'save_epoch', lambda *_: errors.ASKED.set())
        exits(143, 'train', *flags)
    folder = run_of(tmp_path)
    fails('contradicts', 'train', f'--resume={folder}', '--lr=0.5')
    good = (folder / 'run.json').read_text()
    for text in ('', '{', '{"flags": {"coef": 0.9}}'):
        (folder / 'run.json').write_text(text)
        fails('run.json', 'train', f'--resume={folder}')
    (folder / 'run.json').write_text(good)
    run('train', f'--resume={tmp_path}')
    assert state(folder)['epoch'] == 3


def test_a_job_of_slurm_that_begins_takes_pretrained_weights(tmp_path):
    (tmp_path / 'own.py').write_text(
        f'{WITH_DROPOUT}build = net\ndef net(classes, pretrained):\n'
        f'    open({str(tmp_path / "asked")!r}, "a").write(f"{{pretrained}} ")\n'
        f'    return build(classes)\n'
    )
    out = tmp_path / 'job'
    out.mkdir()
    flags = [*TINY, f'--model={tmp_path / "own.py"}:net', *QUICK, '--epochs=1']
    run('train', f'--dir={out}', f'--resume={out}', *flags, '--pretrained')
    assert (tmp_path / 'asked').read_text() == 'True '
    assert state(out)['run']['config']['pretrained']


def test_a_run_begun_elsewhere_stays_in_its_folder(origins, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(train, 'save_epoch', lambda *_: errors.ASKED.set())
        exits(143, 'train', f'--dir={tmp_path / "begun"}', *flags_of('ga', origins))
    folder = run_of(tmp_path / 'begun')
    run('train', f'--resume={folder}', f'--dir={tmp_path / "other"}')
    assert state(folder)['epoch'] == 3 and not (tmp_path / 'other').exists()


def test_statistics_of_the_original_tell_runs_apart(origins, tmp_path):
    content = checkpoint.read(only('*/checkpoint-3.pt', origins['original']), 'test')
    content['model_state']['bn.running_mean'] += 0.1
    checkpoint.save(tmp_path / 'moved.pt', content)
    flags = ['--unlearn_method=finetune', *QUICK, '--epochs=1', f'--dir={tmp_path / "out"}']
    for original in (origins['original'], tmp_path / 'moved.pt'):
        run('train', *flags, f'--original_pth={original}')
    assert len(list((tmp_path / 'out').iterdir())) == 2


def test_one_request_has_one_folder(origins, tmp_path):
    flags = ['--unlearn_method=retrain', *TINY, *QUICK, '--epochs=1', '--seed=43']
    run('train', f'--dir={tmp_path}', *flags, '--forget_class=1')
    drawn = ['--unlearn_type=class', '--split_seed=42']  # draws class 1
    fails('holds a run already', 'train', f'--dir={tmp_path}', *flags, *drawn)
