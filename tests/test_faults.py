"""Nothing wrong is let in: damaged, malicious and foreign files and bad values, in every script."""

import copy
import os
import pickle
import shlex
import shutil
import subprocess
import sys
import zipfile

import numpy as np
import pytest
import torch
from conftest import NETWORK, ROOT, ask, fails, only, run, tree
from test_resume import difference

import models
from arg_parser import ABOUT, build_parser
from curves import CurveNet
from lib import checkpoint
from lib.errors import InputError, script

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
    flags = [f'--ckpt={runs["curve"]}', '--num_points=5']
    run('eval_curve', f'--dir={runs["path"]}', *flags)
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


def content_of(good):
    return copy.deepcopy(checkpoint.read(good, 'test'))


def missing(good, bad):
    pass


def empty(good, bad):
    bad.write_bytes(b'')


def a_directory(good, bad):
    bad.mkdir()


def text(good, bad):
    bad.write_text('model_state: none\n')


def truncated(good, bad):
    bad.write_bytes(good.read_bytes()[:-1000])


def cut_in_half(good, bad):
    content = good.read_bytes()
    bad.write_bytes(content[: len(content) // 2])


def bit_flipped(good, bad):
    with zipfile.ZipFile(good) as records:  # between them lie bytes that mean nothing
        largest = max(records.infolist(), key=lambda record: record.file_size)
        data = records.read(largest)
    content = good.read_bytes()
    middle = content.index(data) + len(data) // 2
    bad.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])


def malicious(good, bad):
    torch.save({'model_state': Evil(bad.parent / 'marker')}, bad)


def malicious_and_old(good, bad):
    settings = {'_use_new_zipfile_serialization': False}
    torch.save({'model_state': Evil(bad.parent / 'marker')}, bad, **settings)


def malicious_pickle(good, bad):
    bad.write_bytes(pickle.dumps(Evil(bad.parent / 'marker')))


def a_whole_module(good, bad):
    torch.save(models.build('PreResNet8', 10), bad)


def a_list(good, bad):
    torch.save([torch.ones(2)], bad)


def changed(change):
    """A fault that changes the content of a good file."""

    def fault(good, bad):
        content = content_of(good)
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
def infinite_statistics(content):
    name = next(name for name in content['model_state'] if name.endswith('running_var'))
    content['model_state'][name][0] = float('inf')


@changed
def another_architecture(content):
    content['run']['data']['model'] = 'PreResNet14'


@changed
def weights_of_another_architecture(content):
    content['model_state'] = models.build('PreResNet14', 10).state_dict()


@changed
def other_classes(content):
    content['run']['data']['num_classes'] = 7


@changed
def weights_of_other_classes(content):
    content['model_state'] = models.build('PreResNet8', 7).state_dict()


@changed
def lacking_a_weight(content):
    content['model_state'].pop(next(iter(content['model_state'])))


@changed
def no_data_set(content):
    content['run']['data']['dataset'] = 7


@changed
def no_network(content):
    content['run']['data']['model'] = 'PreResNet8; import os'


@changed
def kind_is_none(content):
    content['kind'] = 'curves'


@changed
def epoch_is_text(content):
    content['epoch'] = 'one'


@changed
def of_other_data(content):
    content['run']['data_fingerprint'] = 'f' * 16


@changed
def of_another_split(content):
    content['run']['forget_fingerprint'] = 'f' * 16


@changed
def says_another_split(content):
    content['run']['split']['forget_ratio'] = 0.3


@changed
def other_bends(content):
    content['run']['config']['num_bends'] = 4


@changed
def no_curve(content):
    content['run']['config']['curve'] = 'Spline'


@changed
def points_of_another_curve(content):
    net = models.build('PreResNet14', 10)
    content['model_state'] = CurveNet(net, 'Bezier').state_dict()


@changed
def no_state_to_resume(content):
    content['optimizer_state']['state'] = {0: {'momentum_buffer': torch.ones(3)}}


@changed
def flags_of_no_run(content):
    content['flags'] = {'coef': 0.9}


@changed
def run_that_is_none(content):
    content['run']['config'] = 'lr 0.1'


@changed
def mask_of_twos(content):
    next(iter(content['mask'].values())).fill_(True)
    content['mask'] = {name: value.long() * 2 for name, value in content['mask'].items()}


@changed
def mask_of_another_network(content):
    content['mask'] = {f'net.{name}': value for name, value in content['mask'].items()}


@changed
def mask_of_text(content):
    content['mask'] = dict.fromkeys(content['mask'], 'yes')


@changed
def mask_of_another_shape(content):
    content['mask'] = {name: torch.ones(3, 7) > 0 for name in content['mask']}


FILE = [missing, empty, text, truncated, cut_in_half, bit_flipped, malicious, malicious_and_old]
FILE += [malicious_pickle, a_whole_module, a_list, of_other_data]
ANY = [*FILE, a_directory]
CHECKPOINT = [newer_format, nan_weight, other_classes, no_data_set, no_network, kind_is_none]
CHECKPOINT += [epoch_is_text, lacking_a_weight, run_that_is_none]
MODEL = [another_architecture, weights_of_another_architecture, weights_of_other_classes]
MODEL += [infinite_statistics]
DEPENDENT = [of_another_split]
CURVE = [other_bends, no_curve, points_of_another_curve, infinite_statistics, says_another_split]
RESUMED = [no_state_to_resume, flags_of_no_run, run_that_is_none]
MASK = [newer_format, mask_of_twos, mask_of_another_network, mask_of_text, mask_of_another_shape]

SLOTS = {  # script: flag: (good file, a file of another kind, faults, the other flags)
    'train --resume': ('end', 'mask', [*FILE, *CHECKPOINT, *DEPENDENT, *RESUMED], ''),
    'train --original_pth': (
        *('original', 'curve', [*ANY, *CHECKPOINT, *MODEL]),
        '--unlearn_method=ga',
    ),
    'train --init_start': (
        *('original', 'curve', [*ANY, *CHECKPOINT, *MODEL]),
        '--unlearn_method=curve --init_end={end}',
    ),
    'train --init_end': (
        *('end', 'curve', [*ANY, *CHECKPOINT, *MODEL, *DEPENDENT]),
        '--unlearn_method=curve --init_start={original}',
    ),
    'train --mask_path': (
        *('mask', 'salun', [*ANY, *MASK]),
        '--unlearn_method=curve --init_start={original} --init_end={end} --fix_start --fix_end',
    ),
    'train --mask_path of salun': (
        *('salun', 'mask', [*ANY, *MASK]),
        '--unlearn_method=salun --original_pth={original}',
    ),
    'generate_weight_mask --original_pth': (
        *('original', 'curve', [*ANY, *CHECKPOINT, *MODEL]),
        '--kr=0.0',
    ),
    'generate_mask --original_pth': ('original', 'curve', [*ANY, *CHECKPOINT, *MODEL], ''),
    'main_tv --init_start': (
        *('original', 'curve', [*ANY, *CHECKPOINT, *MODEL]),
        '--init_end={expert}',
    ),
    'main_tv --init_end': (
        *('expert', 'end', [*ANY, *CHECKPOINT, *MODEL, *DEPENDENT]),
        '--init_start={original}',
    ),
    'eval_curve --ckpt': (
        *('curve', 'end', [*ANY, *CHECKPOINT, *DEPENDENT, *CURVE]),
        '--num_points=2 --no_search',
    ),
    'forget --original_pth': (
        *('original', 'curve', [*ANY, *CHECKPOINT, *MODEL]),
        '--forget_ratio=0.1 --budget=0.02',
    ),
}


def fill_slot(slot, good_files, file, out):
    """(script, flags) of a slot with a file in it."""
    words, more = slot.split(), SLOTS[slot][3].format(**good_files).split()
    quick = QUICK if words[0] == 'train' and words[1] != '--resume' else []
    place = [f'--dir={out}'] if words[1] != '--resume' else []
    return words[0], [f'{words[1]}={file}', *more, *quick, *place]


@pytest.mark.parametrize('slot', SLOTS)
def test_every_fault_ends_in_one_line_and_changes_nothing(slot, good_files, tmp_path):
    good, other, faults, _ = SLOTS[slot]
    out = tmp_path / 'out'
    for number, fault in enumerate([*faults, None]):
        bad = tmp_path / f'{number}.pt'
        if fault is None:
            shutil.copy(good_files[other], bad)
        else:
            fault(good_files[good], bad)
        before = tree(tmp_path)
        script, flags = fill_slot(slot, good_files, bad, out)
        told = fails('', script, *flags)
        assert str(bad) in told or fault in (no_network, no_data_set), (fault, told)
        assert tree(tmp_path) == before and not out.exists(), fault
        assert not (tmp_path / 'marker').exists()
    place = (
        good_files[good].parent
        if '--resume' in slot
        else shutil.copy(good_files[good], tmp_path / 'a.pt')
    )
    script, flags = fill_slot(slot, good_files, place, out)
    ask(*flags) if script == 'forget' else run(script, *flags)  # which has little to forget
    assert out.exists() or '--resume' in slot


def test_no_flipped_bit_changes_what_is_read(good_files, tmp_path):
    whole, content = good_files['mask'].read_bytes(), checkpoint.read(good_files['mask'], 'test')
    bad, refused = tmp_path / 'bad.pt', 0
    for place in np.random.default_rng(0).integers(len(whole), size=300):
        bad.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        try:
            assert difference(checkpoint.read(bad, 'test'), content) is None, place
        except InputError:
            refused += 1
    assert 100 < refused < 300  # the rest lies between the records


def array(name, value=None):
    """A fault of an .npz: one array is gone, or another."""

    def fault(good, bad):
        with np.load(good) as content:
            arrays = dict(content)
        arrays.pop(name)
        if value is not None:
            arrays[name] = value
        np.savez(bad, **arrays)

    fault.__name__ = f'{name} {value!r:.20}'
    return fault


def an_object(good, bad):
    np.savez(bad, ts=np.array([Evil(bad.parent / 'marker')], dtype=object))


ARRAYS = [
    array(n) for n in ('tr_acc', 'tf_acc', 'retain_base', 'forget_base', 'row_name', 'row_ua')
]
ARRAYS += [array('run', np.array('{')), array('ts', np.array('t')), array('ts', np.arange(3.0))]
ARRAYS += [array('tr_acc', np.full(5, np.nan))]


@pytest.mark.parametrize('script', ['plot_region', 'evaluation.table'])
def test_every_fault_of_scores_ends_in_one_line(script, good_files, tmp_path):
    where = f'--dir={tmp_path}' if script == 'plot_region' else tmp_path
    faults = [empty, a_directory, text, truncated, cut_in_half, bit_flipped, an_object]
    for fault in [*faults, *(ARRAYS if script == 'plot_region' else [array('row_ua')])]:
        bad = tmp_path / 'bad.npz'
        fault(good_files['path'], bad)
        before = tree(tmp_path)
        assert 'bad.npz' in fails('', script, where), fault
        assert tree(tmp_path) == before, fault
        assert not (tmp_path / 'marker').exists()
        bad.rmdir() if bad.is_dir() else bad.unlink()
    fails('', script, where)
    shutil.copy(good_files['path'], tmp_path / 'good.npz')
    run(script, where)


# ------------------------------------------------------------------ what is typed wrongly

ZERO = {  # flags of numbers that may be 0
    *('num_workers', 'seed', 'split_seed', 'beta', 'wd', 'momentum', 'kr', 'coef'),
    *('retain_base', 'forget_base', 'relearn', 'start_t', 'end_t', 'export_t'),
    *('t_min', 't_max'),
}
PATHS = {
    'dir',
    'data_path',
    'forget_class',
    'forget_index',
    'original_pth',
    'mask_path',
    'resume',
    'device',
    'model',
}
PATHS |= {'init_start', 'init_end', 'ckpt'}


def bad_values(action):
    """What a flag must refuse; a new one may be neither 0 nor text unless it is named above."""
    if action.nargs == 0:
        return ['1', 'text']
    if action.dest in PATHS:
        return ['', ' ', 'caf\udce9']
    values = ['nan', 'inf', '-inf', '-1', '-0.5', '', ' ', 'text', '1e400', '0x1', '1,,2']
    return values if action.dest in ZERO else [*values, '0']


@pytest.mark.parametrize('script', ABOUT)
def test_bad_values_are_refused_for_every_flag(script, tmp_path):
    for action in build_parser(script)._actions[1:]:  # the first is --help
        for value in bad_values(action):
            words = [f'--{action.dest}={value}', f'--dir={tmp_path / "out"}']
            told = fails('', script, *words)
            assert f'--{action.dest}' in told, (words, told)
    assert not (tmp_path / 'out').exists()


def test_the_help_of_a_request_does_not_promise_what_it_refuses():
    texts = (build_parser(name).format_help() for name in ('train', 'forget'))
    train, request = (' '.join(text.split()) for text in texts)
    for words in ('else CIFAR10', '(default: random)', 'drawn by --split_seed', '(default: 128)'):
        assert words in train and words not in request


def test_a_whole_number_that_torch_cannot_take_is_refused():
    fails('--seed', 'train', f'--seed={2**63}')
    fails('--batch_size', 'train', f'--batch_size={2**63}')


@pytest.mark.parametrize('flush', (True, False))
def test_a_closed_pipe_is_no_success(flush):
    words = 'from lib.errors import script; main = script(lambda argv: print(1, flush={})); main()'
    code = shlex.quote(f'import time; time.sleep(0.2); {words.format(flush)}')
    line = f'{sys.executable} -c {code} | true; exit "${{PIPESTATUS[0]}}"'
    ended = subprocess.run(['bash', '-c', line], cwd=ROOT, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (141, '')


@pytest.mark.parametrize(
    ('error', 'told'),
    (
        (torch.OutOfMemoryError('CUDA out of memory. 2 GiB.\nmore'), 'CUDA out of memory. 2 GiB.'),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory."), 'DefaultCPUAllocator: can'),
        (MemoryError('Unable to allocate 9 TiB'), 'too little memory: Unable to allocate 9 TiB.'),
    ),
)
def test_too_little_memory_is_told_in_a_line(error, told, capsys):
    @script
    def main(argv=None):
        raise error

    with pytest.raises(SystemExit, match='2'):
        main([])
    err = capsys.readouterr().err
    assert err.startswith(f'error: {told}') and err.endswith('Fix: lower --batch_size.\n')
