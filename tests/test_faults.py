"""Nothing wrong is let in: damaged, malicious and foreign files, and bad values, in one line."""

import copy
import os
import shutil
import zipfile

import numpy as np
import pytest
import torch
from conftest import NETWORK, fails, only, run, tree

import models
from arg_parser import ABOUT, build_parser
from lib import checkpoint

TINY = ['--dataset=Digits', '--train_fraction=0.2', *NETWORK]
QUICK = ['--batch_size=64', '--epochs=1', '--eval_freq=9']


@pytest.fixture(scope='module')
def good_files(tmp_path_factory):
    """One good file of every kind; {name: path}."""
    folder = tmp_path_factory.mktemp('good')
    runs = {name: folder / name for name in ('original', 'expert', 'end', 'curve', 'path')}
    run('train', f'--dir={runs["original"]}', *TINY, *QUICK)
    original = f'--original_pth={runs["original"]}'
    for name, method in (('end', 'finetune'), ('expert', 'finetune2')):
        run('train', f'--dir={runs[name]}', f'--unlearn_method={method}', original, *QUICK)
    run('generate_weight_mask', f'--dir={folder / "masks"}', original, '--kr=0.0')
    run('generate_mask', f'--dir={folder / "masks"}', original)
    ends = [f'--init_start={runs["original"]}', f'--init_end={runs["end"]}']
    ends += ['--fix_start', '--fix_end']
    run('train', f'--dir={runs["curve"]}', '--unlearn_method=dynamic', *ends, *QUICK)
    run('eval_curve', f'--dir={runs["path"]}', f'--ckpt={runs["curve"]}', '--num_points=5')
    good = {name: only('*/checkpoint-1.pt', runs[name]) for name in runs if name != 'path'}
    good |= {'mask': only('masks/*/mask_k*', folder), 'salun': only('masks/*/*salun*', folder)}
    return good | {'path': only('*.npz', runs['path'])}


# ------------------------------------------------------------------ what is wrong with a file


class Evil:
    """Pickled, it runs a command where it is unpickled carelessly."""

    def __init__(self, marker):
        self.marker = marker

    def __reduce__(self):
        return os.system, (f'touch {self.marker}',)


def missing(good, bad):
    pass


def cut(good, bad):
    bad.write_bytes(good.read_bytes()[:-1000])


def bit_flipped(good, bad):
    with zipfile.ZipFile(good) as records:  # between them lie bytes that mean nothing
        data = records.read(max(records.infolist(), key=lambda record: record.file_size))
    content = good.read_bytes()
    middle = content.index(data) + len(data) // 2
    bad.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])


def malicious(good, bad):
    torch.save({'model_state': Evil(bad.parent / 'marker')}, bad)


def changed(change):
    """A fault that changes the content of a good file."""

    def fault(good, bad):
        content = copy.deepcopy(checkpoint.read(good, 'test'))
        change(content)
        torch.save(content, bad)

    fault.__name__ = change.__name__
    return fault


@changed
def newer_format(content):
    content['format'] = 99


@changed
def nan_weight(content):
    next(iter(content['model_state'].values())).view(-1)[0] = float('nan')


@changed
def weights_of_another_architecture(content):
    content['model_state'] = models.build('PreResNet14', 10).state_dict()


@changed
def of_other_data(content):
    content['run']['data_fingerprint'] = 'f' * 16


@changed
def of_another_split(content):
    content['run']['forget_fingerprint'] = 'f' * 16


@changed
def flags_of_no_run(content):
    content['flags'] = {'coef': 0.9}


@changed
def mask_of_twos(content):
    content['mask'] = {name: value.long() + 2 for name, value in content['mask'].items()}


@changed
def mask_of_another_network(content):
    content['mask'] = {f'net.{name}': value for name, value in content['mask'].items()}


def array(name, value=None):
    """A fault of an .npz: one array is gone, or another."""

    def fault(good, bad):
        with np.load(good) as content:
            arrays = {key: content[key] for key in content if key != name}
        np.savez(bad, **arrays, **({} if value is None else {name: value}))

    return fault


def an_object(good, bad):
    np.savez(bad, ts=np.array([Evil(bad.parent / 'marker')], dtype=object))


DAMAGE = [cut, bit_flipped]
FILE = [missing, *DAMAGE, malicious, newer_format]
CHECKPOINT = [*FILE, nan_weight, of_other_data]
ARRAYS = [array(n) for n in ('tr_acc', 'tf_acc', 'retain_base', 'row_name', 'row_ua')]
ARRAYS += [array('ts', np.arange(3.0)), array('tr_acc', np.full(5, np.nan))]

GA, SEARCH = '--unlearn_method=ga', '--unlearn_method=curve --fix_start --fix_end '
SLOTS = {  # script and flag: (good file, faults, the other flags)
    'train --original_pth': ('original', [*CHECKPOINT, weights_of_another_architecture], GA),
    'train --init_end': ('end', [of_another_split, nan_weight], SEARCH + '--init_start={original}'),
    'train --mask_path': (
        *('mask', [*FILE, mask_of_twos, mask_of_another_network]),
        SEARCH + '--init_start={original} --init_end={end}',
    ),
    'train --resume': ('end', [*CHECKPOINT, of_another_split, flags_of_no_run], ''),
    'eval_curve --ckpt': ('curve', [*CHECKPOINT, of_another_split], '--num_points=2 --no_line'),
}


def flags_of(slot, more, good_files, file, folder):
    """(script, its flags) with a file in a slot."""
    script, flag = slot.split()
    place = [] if flag == '--resume' else [f'--dir={folder / "out"}']
    return script, f'{flag}={file}', *more.format(**good_files).split(), *place


@pytest.mark.parametrize('slot', SLOTS)
def test_every_fault_ends_in_one_line_and_changes_nothing(slot, good_files, tmp_path):
    good, faults, more = SLOTS[slot]
    for fault in faults:
        bad = tmp_path / f'{fault.__name__}.pt'
        fault(good_files[good], bad)
        before = tree(tmp_path)
        told = fails('', *flags_of(slot, more, good_files, bad, tmp_path))
        assert str(bad) in told and 'torch.load' not in told, told  # nobody is advised to open it
        assert tree(tmp_path) == before and not (tmp_path / 'out').exists(), fault
        assert not (tmp_path / 'marker').exists()
    script, *flags = flags_of(slot, more, good_files, good_files[good], tmp_path)
    run(script, *flags, *(QUICK if script == 'train' and '--dir' in flags[-1] else []))


@pytest.mark.parametrize('script', ['plot_region', 'evaluation.table'])
def test_every_fault_of_scores_ends_in_one_line(script, good_files, tmp_path):
    where, bad = f'--dir={tmp_path}' if script == 'plot_region' else tmp_path, tmp_path / 'bad.npz'
    for fault in [*DAMAGE, an_object, *(ARRAYS if script == 'plot_region' else [array('row_ua')])]:
        fault(good_files['path'], bad)
        before = tree(tmp_path)
        assert 'bad.npz' in fails('', script, where), fault
        assert tree(tmp_path) == before and not (tmp_path / 'marker').exists(), fault
    shutil.copy(good_files['path'], bad)
    run(script, where)


# ------------------------------------------------------------------ what is typed wrongly

ZERO = {  # flags of numbers that may be 0
    *('num_workers', 'seed', 'split_seed', 'beta', 'wd', 'momentum', 'kr', 'coef', 'export_t'),
    *('retain_base', 'forget_base', 'start_t', 'end_t', 't_min', 't_max'),
}
PATHS = {
    *('dir', 'data_path', 'forget_class', 'forget_index', 'original_pth', 'mask_path', 'resume'),
    *('device', 'model', 'init_start', 'init_end', 'ckpt', 'retrain'),
    *('request_id', 'received', 'asked', 'carried_out_by'),
}


def bad_values(action):
    """What a flag must refuse; a new one may be neither 0 nor text unless it is named above."""
    if action.nargs == 0:
        return ['1', 'text']
    if action.dest in PATHS:
        return ['', ' ']
    values = ['nan', 'inf', '-inf', '-1', '-0.5', '', ' ', 'text', '1e400', '0x1', '1,,2']
    return values if action.dest in ZERO else [*values, '0']


@pytest.mark.parametrize('script', ABOUT)
def test_bad_values_are_refused_for_every_flag(script, tmp_path):
    for action in build_parser(script)._actions[1:]:  # the first is --help
        for value in bad_values(action):
            told = fails('', script, f'--{action.dest}={value}', f'--dir={tmp_path / "out"}')
            assert f'--{action.dest}' in told, (value, told)
    assert not (tmp_path / 'out').exists()
