"""Nothing is lost: resumed is uninterrupted, to the bit, wherever a run was ended; full disks."""

import json
import math
import resource
import signal
import subprocess

import numpy as np
import pytest
import torch
from conftest import NETWORK, ROOT, exits, fails, only, run, scores, state, tree
from processes import ended, killed_at, run_alone, slowed, start, wait_for

import data
import train
from lib import checkpoint
from lib.run import lock
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
    return None if one == two else name


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
    if row.starts_from == 'end':
        return [*flags, *ends]
    return [*flags, *ends, '--fix_start', '--fix_end', f'--mask_path={origins["mask"]}']


class StoppedError(Exception):
    """What ends a run in this process."""


def run_until(epoch, *flags):
    """Run train.py until the checkpoint of an epoch is written; 0: before one is."""
    save_epoch = train.save_epoch

    def save_and_stop(folder, content, is_numbered):
        if epoch:
            save_epoch(folder, content, is_numbered)
        if content['epoch'] >= epoch:
            raise StoppedError

    with pytest.MonkeyPatch.context() as patch, pytest.raises(StoppedError):
        patch.setattr(train, 'save_epoch', save_and_stop)
        run('train', *flags)


@pytest.mark.parametrize('method', METHODS)
def test_resumed_is_uninterrupted_for_every_method(method, origins, tmp_path):
    flags = flags_of(method, origins)
    run_alone('train', f'--dir={tmp_path / "whole"}', *flags)
    run_until(2, f'--dir={tmp_path / "again"}', *flags)
    folder = run_of(tmp_path / 'again')
    assert [path.name for path in folder.glob('*.pt')] == [checkpoint.ROLLING]
    spent = checkpoint.read(folder / checkpoint.ROLLING, 'test')['run']['seconds']
    run('train', f'--resume={folder}')
    assert_same_run(tmp_path / 'whole', tmp_path / 'again')
    part = 'search' if METHODS[method].starts_from in ('end', 'ends') else 'pre'
    assert state(folder)['run']['seconds'][part] > spent[part] > 0  # RTE goes on too
    before = tree(tmp_path)
    run('train', f'--resume={folder}')  # nothing is left to do
    fails('contradicts', 'train', f'--resume={folder}', '--lr=0.5')
    run('train', f'--dir={tmp_path / "again"}', *flags)
    assert tree(tmp_path) == before
    next(folder.glob('*.npz')).unlink()  # as if it had not ended
    fails('holds a run already', 'train', f'--dir={tmp_path / "again"}', *flags)


WITH_DROPOUT = """
from torch import nn
def net(classes):
    return nn.Sequential(nn.AvgPool2d(2), nn.Flatten(), nn.Dropout(0.5), nn.Linear(48, classes))
"""


def test_dropout_goes_on_too(tmp_path):
    (tmp_path / 'own.py').write_text(WITH_DROPOUT)
    model = f'--model={tmp_path / "own.py"}:net'
    flags = [*TINY, model, *QUICK, '--epochs=3', '--milestones=1,2']
    run('train', f'--dir={tmp_path / "whole"}', *flags)
    run_until(1, f'--dir={tmp_path / "again"}', *flags)
    fails('runs only if typed', 'train', f'--resume={tmp_path / "again"}')
    run('train', f'--resume={tmp_path / "again"}', model)
    assert_same_run(tmp_path / 'whole', tmp_path / 'again')


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
    assert 'lower --lr' in told
    assert [path.name for path in run_of(tmp_path).glob('*.pt')] == [checkpoint.ROLLING]
    assert not list(tmp_path.rglob('*.npz'))
    assert (run_of(tmp_path) / 'log.jsonl').read_text().count('\n') == 1
    run('train', f'--resume={tmp_path}')
    assert state(tmp_path)['epoch'] == 3


KILLS = {  # a run of 3 epochs of 5 steps: what is called when, the number of the call
    'inside the first save': ('lib.checkpoint:atomic_write', 'inside', 1),
    'inside a step': ('torch.optim.sgd:sgd', 'before', 8),
    'before the rolling file goes': ('lib.checkpoint:atomic_write', 'after', 3),
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
    code = ended(start('train', *flags, setup=(killed_at, place, when, count)))
    assert code == -signal.SIGKILL
    is_first = point == 'inside the first save'
    assert (checkpoint.load_newest(run_of(tmp_path), 'test') is None) == is_first
    run('train', f'--resume={tmp_path}', *(flags if point == 'inside a step' else []))
    assert_same_run(whole, tmp_path)
    assert not list(tmp_path.rglob('*.partial'))


def test_a_full_disk_leaves_the_checkpoint_before(origins, whole, tmp_path):
    run_until(1, f'--dir={tmp_path}', *flags_of('ga_plus', origins))
    folder = run_of(tmp_path)
    rolling = folder / checkpoint.ROLLING
    size, before = rolling.stat().st_size, tree(folder)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, limits[1]))
    try:
        fails(f'error: {rolling}: ', 'train', f'--resume={folder}')
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    after = tree(folder)
    assert after.keys() == before.keys() and after[rolling] == before[rolling]
    run('train', f'--resume={folder}')
    assert_same_run(whole, tmp_path)


def test_a_damaged_newest_checkpoint_is_passed_over(origins, whole, tmp_path, capsys):
    flags = [*flags_of('ga_plus', origins), '--save_freq=1']
    run_until(2, f'--dir={tmp_path}', *flags)
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
    for words in (flags, [*flags, '--overwrite'], [f'--resume={tmp_path}']):
        fails('a run is going on there', 'train', *words)
    child.kill()
    assert ended(child) == -signal.SIGKILL
    run('train', f'--resume={tmp_path}')  # the lock fell with the process
    with lock(run_of(tmp_path)):
        fails('a run is going on there', 'train', *flags, '--overwrite')


def load_without(self, *args, load=data.Data.load):
    """`Data.load`, after which the images of D_f are black."""
    load(self, *args)
    self.images[0].pixels[self.parts['train_forget']] = 0


def test_what_is_trained_on_retained_samples_sees_no_other(origins, tmp_path, monkeypatch):
    ends = [f'--init_start={origins["original"]}', f'--init_end={origins["expert"]}']
    point = [f'--ckpt={origins["curve"]}', '--num_points=2', '--no_line', '--export_t=0.4']
    states = []
    for name in ('clean', 'black'):
        if name == 'black':
            monkeypatch.setattr(data.Data, 'load', load_without)
        out = tmp_path / name
        for method in ('retrain', 'finetune', 'finetune2'):
            run('train', f'--dir={out / method}', *flags_of(method, origins, epochs=2))
        run('main_tv', f'--dir={out / "negtv"}', *ends)
        run('eval_curve', f'--dir={out / "point"}', *point)
        folders = ('finetune2', 'retrain', 'finetune', 'negtv', 'point')
        states.append([state(out / folder)['model_state'] for folder in folders])
    differ = [difference(*pair) is not None for pair in zip(*states)]
    assert differ == [True, False, False, False, False]  # it shows in who trains on D_f


def test_the_same_commands_give_the_same_bits(origins, tmp_path):
    original, start_at = (
        f'--{flag}={origins["original"]}' for flag in ('original_pth', 'init_start')
    )
    contents = []
    for name, call in (('one', run), ('two', run_alone)):
        out = tmp_path / name
        call('generate_weight_mask', f'--dir={out / "mask"}', original, '--kr=0.1')
        call('generate_mask', f'--dir={out / "mask"}', original)
        call('main_tv', f'--dir={out / "negtv"}', start_at, f'--init_end={origins["expert"]}')
        flags = [f'--ckpt={origins["curve"]}', '--num_points=2', '--export_t=best']
        call('eval_curve', f'--dir={out / "path"}', *flags)
        files = [checkpoint.read(path, 'test') for path in sorted(out.rglob('*.pt'))]
        files += [dict(np.load(path)) for path in sorted(out.rglob('*.npz'))]
        contents.append(dict(enumerate(files)))
    assert len(contents[0]) == 6 and difference(*contents) is None


def test_a_begun_folder_without_flags_or_of_another_run_is_named(origins, tmp_path):
    run_until(0, f'--dir={tmp_path}', *flags_of('ga', origins))
    folder = run_of(tmp_path)
    fails('contradicts', 'train', f'--resume={folder}', '--lr=0.5')
    (folder / 'run.json').rename(tmp_path / 'good')
    for text in ('{', '{"flags": {"coef": 0.9}}'):
        (folder / 'run.json').write_text(text)
        fails('run.json', 'train', f'--resume={folder}')
    (tmp_path / 'good').rename(folder / 'run.json')
    run('train', f'--resume={tmp_path}', f'--dir={tmp_path / "other"}')  # it stays in its folder
    assert state(folder)['epoch'] == 3 and not (tmp_path / 'other').exists()


@pytest.mark.parametrize('stopped', (False, True))
def test_the_slurm_job_goes_into_the_queue_again_only_when_it_was_stopped(stopped, tmp_path):
    for name, last in (('srun', 'sleep 3; exit 2' if stopped else 'exit 2'), ('scontrol', 'exit')):
        (tmp_path / name).write_text(f'#!/bin/bash\necho "$@" >> {tmp_path}/called\n{last}\n')
        (tmp_path / name).chmod(0o755)
    slurm = {'SLURM_JOB_ID': '77', 'SLURM_SUBMIT_DIR': str(tmp_path)}
    words = ['bash', ROOT / 'slurm' / 'train.sbatch', '--model=PreResNet8']
    job = subprocess.Popen(words, env={'PATH': f'{tmp_path}:/usr/bin:/bin', **slurm})
    wait_for((tmp_path / 'called').exists)
    if stopped:
        job.send_signal(signal.SIGUSR1)
    assert job.wait(30) == (128 + signal.SIGUSR1 if stopped else 2)
    called = (tmp_path / 'called').read_text()
    assert '--dir=runs/77 --resume=runs/77 --model=PreResNet8' in called
    assert ('requeue 77' in called) == stopped
