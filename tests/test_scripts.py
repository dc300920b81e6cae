"""The scripts by their command lines: the whole chain, what moves, resuming, errors."""

import json
import math
import re
import shutil
import subprocess
import sys

import numpy as np
import pytest
import torch
import wandb
from conftest import (
    LEARNT,
    NETWORK,
    ROOT,
    SMALL,
    exits,
    fails,
    only,
    open_net,
    run,
    scores,
    state,
    tree,
)

import arg_parser
import data
import eval_curve
import models
import utils
from curves import CURVES, CurveNet
from evaluation import table
from lib import checkpoint
from lib.datasets import DATASETS
from lib.files import read_log
from reproduce.layouts import image_folders
from unlearn import FORGET_LOSSES, METHODS, PRECISIONS

COMMANDS = {  # METHOD: as written, but for the epochs and where things are
    'baseline': 'train.py --dir={dir} --dataset=CIFAR10 --unlearn_method=baseline '
    '--unlearn_type=random --data_path={data} {network} --epochs=2',
    'retrain': 'train.py --dir={dir} --dataset=CIFAR10 --unlearn_method=retrain '
    '--unlearn_type=random --data_path={data} --lr=0.01 --forget_ratio=0.1 {network} --epochs=2 '
    '--seed=42',
    'finetune': 'train.py --dir={dir} --dataset=CIFAR10 --unlearn_method=finetune '
    '--unlearn_type=random --data_path={data} --forget_ratio=0.1 {network} --epochs=1 '
    '--original_pth={original}',
    'mask': 'generate_weight_mask.py --dir={dir} --dataset=CIFAR10 --forget_ratio=0.01 '
    '--unlearn_type=random --data_path={data} {network} --original_pth={original}',
    'search': 'train.py --dir={dir} --dataset=CIFAR10 --unlearn_method={method} '
    '--unlearn_type=random --forget_ratio=0.1 --milestones=11 --data_path={data} {network} '
    '--epochs=2 --lr=0.01 --curve=Bezier --num_bends=3 --init_start={original} --init_end={end} '
    '--mask_path={mask} --retain_ratio=0.5 --beta=0.2 --fix_start --fix_end --seed=42',
    'evaluate': 'eval_curve.py --dir={dir} --dataset=CIFAR10 --unlearn_type=random '
    '--forget_ratio=0.1 --data_path={data} {network} --curve=Bezier --num_bends=3 --start_t=0 '
    '--end_t=1 --num_points=20 --ckpt={ckpt}',
    'draw': 'plot_region.py --dir={dir}',
}


def command(name, **places):
    network = ' '.join([*NETWORK, f'--image_size={LEARNT}'])
    script, *flags = COMMANDS[name].format(network=network, **places).split()
    return run(script.removesuffix('.py'), *flags)


@pytest.fixture(scope='module')
def chain(tmp_path_factory, cifar):
    """The commands of METHOD, one after another, all into one folder; {name: run's folder}."""
    folder = tmp_path_factory.mktemp('chain')
    made, seen = {}, set()

    def call(key, name, **places):
        command(name, dir=folder, data=cifar, **places)
        (new,) = {p for p in folder.iterdir() if p.is_dir()} - seen
        seen.add(new)
        made[key] = new

    call('original', 'baseline')
    call('retrain', 'retrain')
    call('finetune', 'finetune', original=made['original'])
    call('mask', 'mask', original=made['original'])
    ends = {'original': only('checkpoint-2.pt', made['original']), 'end': made['finetune']}
    mask = made['mask'] / 'mask_k0.5_kr0.0.pt'
    for method in ('curve', 'dynamic'):
        call(method, 'search', method=method, mask=mask, **ends)
    return folder, made


def test_commands_of_the_method_run_as_written(chain, cifar):
    folder, made = chain
    command('evaluate', dir=folder, data=cifar, ckpt=made['dynamic'])
    command('draw', dir=folder)
    names = sorted(p.name for p in made['mask'].iterdir())
    assert names == [f'mask_k0.5_kr0.{i}.pt' for i in range(5)]
    for name in ('original', 'retrain', 'finetune', 'curve', 'dynamic'):
        lines = [json.loads(x) for x in (made[name] / 'log.jsonl').read_text().splitlines()]
        epochs = state(made[name])['epoch']
        assert [line['epoch'] for line in lines] == list(range(1, epochs + 1))
        assert (made[name] / 'command.sh').read_text().startswith('python3 train.py --dir=')
        found = scores(made[name])
        assert {'rr_acc', 'rf_acc', 'tr_acc', 'tf_acc', 'mia', 'RTE'} <= set(found)
        assert math.isnan(found['tf_acc']) and 0 <= found['rr_acc'] <= 100
    shares = [sum(line[f'beta_{case}'] for case in ('off', 'easy', 'hard')) for line in lines]
    assert shares == pytest.approx([1.0] * len(lines)) and {'beta', 'retain_loss'} <= set(lines[0])
    with np.load(only('*.npz', folder)) as evaluated:
        assert list(evaluated['row_name']) == ['itself', 'fresh', 'line', 'path']
        assert len(evaluated['ts']) == 20 and evaluated['row_evaluations'].max() <= 10
        for part in ('tr', 'te', 'tf'):
            for what in ('loss', 'nll', 'acc', 'err'):
                assert evaluated[f'{part}_{what}'].shape == (20,)
                assert {f'{part}_{what}_{how}' for how in ('min', 'max', 'avg', 'int')} <= set(
                    evaluated
                )
        record = json.loads(str(evaluated['run']))
        assert record['weights'].pop('curve')
        assert record == state(made['dynamic'])['run'] | {'seconds': record['seconds']}
        assert evaluated['dl'][0] == 0 and (evaluated['dl'][1:] > 0).all()
    stem = only('*.npz', folder).with_suffix('')
    for suffix in ('.png', '.pdf'):
        assert stem.with_name(f'{stem.name}-region{suffix}').stat().st_size > 5000


def test_free_tensors_move_and_fixed_and_masked_ones_do_not(chain):
    _, made = chain
    mask = checkpoint.read(made['mask'] / 'mask_k0.5_kr0.0.pt', 'mask')['mask']
    ends = [state(made[name])['model_state'] for name in ('original', 'finetune')]
    names = [name for name, _ in models.build('PreResNet8', 10).named_parameters()]
    for method in ('curve', 'dynamic'):
        points = state(made[method])['model_state']
        start, end = (torch.cat([end[name].flatten() for name in names]) for end in ends)
        assert torch.equal(points['points.0'], start) and torch.equal(points['points.2'], end)
        line = torch.lerp(start, end, 0.5)
        sizes = [ends[0][name].numel() for name in names]
        moved = {
            name
            for name, a, b in zip(names, line.split(sizes), points['points.1'].split(sizes))
            if not torch.equal(a, b)
        }
        assert moved == {name for name in names if mask[name]}
        assert 0 < len(moved) < len(names)


def test_a_curve_knows_its_bill_and_its_bases(chain):
    _, made = chain
    curve, original = state(made['dynamic']), state(made['original'])
    record, pre = curve['run'], state(made['finetune'])['run']
    assert curve['kind'] == 'curve' and record['end'] == pre
    assert record['start'] == pre['start'] == original['run']
    assert curve['original'] == {k: original[k] for k in ('train_acc', 'test_acc')}
    mask = checkpoint.read(made['mask'] / 'mask_k0.5_kr0.0.pt', 'mask')
    assert record['seconds']['mask'] == mask['seconds'] > 0
    assert record['seconds']['pre'] == pre['seconds']['pre'] > 0
    bill = scores(made['dynamic'])
    assert bill['RTE'] == pytest.approx(sum(record['seconds'].values()))
    assert bill['t'] == 0.9


def test_every_command_has_a_folder_of_its_own(chain, cifar, tmp_path):
    _, made = chain
    common = [
        f'--dir={tmp_path}',
        f'--data_path={cifar}',
        '--unlearn_method=finetune',
        '--epochs=1',
    ]
    originals = made['original'], only('checkpoint-2.pt', made['retrain'])
    variants = [
        [f'--original_pth={originals[0]}'],
        [f'--original_pth={originals[1]}', '--allow_unlearned'],
        [f'--original_pth={originals[0]}', '--lr=0.02'],
        [f'--original_pth={originals[0]}', '--forget_ratio=0.2'],
        [f'--original_pth={originals[0]}', '--unlearn_type=class'],
        [f'--original_pth={originals[0]}', '--unlearn_type=class', '--forget-class=5'],
        [f'--original_pth={originals[0]}', '--split_seed=7'],
        [f'--original_pth={originals[0]}', '--seed=7'],
        [f'--original_pth={originals[0]}', '--batch-size', '64'],
    ]
    for count, flags in enumerate(variants, start=1):
        run('train', *common, *flags)
        assert len(list(tmp_path.iterdir())) == count
    before = tree(tmp_path)
    fails('holds a run already', 'train', *common, *variants[0])
    assert tree(tmp_path) == before
    run('train', *common, *variants[0], '--overwrite')
    assert len(list(tmp_path.iterdir())) == len(variants)


SCRIPT_NEEDS = {
    'train': ['--dataset=Digits', '--model=PreResNet8', '--epochs=1'],
    'generate_weight_mask': ['--dataset=Digits', '--model=PreResNet8'],
    'generate_mask': ['--dataset=Digits', '--model=PreResNet8'],
    'main_tv': ['--dataset=Digits', '--model=PreResNet8'],
    'eval_curve': ['--dataset=Digits', '--model=PreResNet8'],
}


@pytest.mark.parametrize('script', SCRIPT_NEEDS)
def test_bad_names_end_in_one_line_and_write_nothing(script, tmp_path):
    where = [f'--dir={tmp_path / "out"}']
    for flag in ('--model=Nothing', '--dataset=Nothing', '--transform=Nothing', '--nothing=1'):
        fails(flag.partition('=')[2] if flag != '--nothing=1' else 'nothing', script, *where, flag)
    for flag in (
        '--batch_size=0',
        '--seed=-1',
        '--forget_ratio=nan',
        '--dir=',
        '--train_fraction=2',
    ):
        fails(flag.partition('=')[0], script, flag)
    needed = {
        'train': '--original_pth',
        'generate_weight_mask': '--original_pth',
        'generate_mask': '--original_pth',
        'main_tv': '--init_start',
        'eval_curve': '--ckpt',
    }[script]
    method = ['--unlearn_method=finetune'] if script == 'train' else []
    fails(f'{needed} is missing', script, *where, *SCRIPT_NEEDS[script], *method)
    absent = f'{needed}={tmp_path / "absent"}'
    extra = [f'--init_end={tmp_path / "absent"}'] if script == 'main_tv' else []
    fails('no such file', script, *where, *SCRIPT_NEEDS[script], *method, absent, *extra)
    (tmp_path / 'bad.pt').write_bytes(b'garbage')
    bad = f'{needed}={tmp_path / "bad.pt"}'
    fails('bad.pt', script, *where, *SCRIPT_NEEDS[script], *method, bad, *extra)
    assert not (tmp_path / 'out').exists()


def test_all_that_is_missing_is_named_at_once(tmp_path):
    where = f'--dir={tmp_path / "out"}'
    for script, flags, names in (
        ('train', [], ('model', 'data_path')),
        ('train', ['--unlearn_method=salun'], ('original_pth', 'mask_path')),
        ('train', ['--unlearn_method=curve'], ('init_start', 'init_end')),
        ('main_tv', [], ('init_start', 'init_end')),
    ):
        told = fails('is missing', script, where, *flags)
        assert all(f'--{name} is missing' in told and f'--{name}=…' in told for name in names)
    assert not (tmp_path / 'out').exists()


def test_the_names_that_may_be_typed_are_those_of_the_code():
    assert tuple(METHODS) == arg_parser.METHODS and tuple(CURVES) == arg_parser.CURVES
    assert tuple(DATASETS) == arg_parser.DATASETS
    assert tuple(PRECISIONS) == arg_parser.PRECISIONS
    assert tuple(eval_curve.RULES) == arg_parser.RULES
    assert tuple(FORGET_LOSSES) == arg_parser.FORGET_LOSSES
    assert {name for name in METHODS if METHODS[name].starts_from == 'ends'} == {'curve', 'dynamic'}


def test_help_and_typing_errors_come_before_torch_is_imported(tmp_path):
    spy = 'import sys; sys.modules["torch"] = None; sys.argv = sys.argv[1:]; import runpy; '
    spy += 'runpy.run_path(sys.argv[0], run_name="__main__")'
    for script in arg_parser.ABOUT:
        for flag, code in (('--help', 0), ('--nothing', 2)):
            words = [sys.executable, '-c', spy, f'{script}.py', flag]
            ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
            assert ended.returncode == code, (script, ended.stderr)


def test_more_that_cannot_be_is_refused(chain, cifar, tmp_path):
    _, made = chain
    where = [f'--dir={tmp_path / "out"}', f'--data_path={cifar}']
    original, end = f'--init_start={made["original"]}', f'--init_end={made["finetune"]}'
    curve = [*where, '--unlearn_method=dynamic', original, end, '--epochs=1']
    mask = f'--mask_path={made["mask"]}/mask_k0.5_kr0.0.pt'
    fails('--data_path is missing', 'train', '--model=PreResNet8', where[0])
    fails('--model is missing', 'train', *where)
    fails('needs both ends fixed', 'train', *curve, mask)
    fails('no point is free', 'train', *curve, '--fix_start', '--fix_end', '--num_bends=2')
    fails('--forget_ratio=0.2 (typed) contradicts', 'train', *curve, '--forget_ratio=0.2')
    fails('--unlearn_type=class (typed) contradicts', 'train', *curve, '--unlearn_type=class')
    fails('--model=PreResNet20 (typed) contradicts', 'train', *curve, '--model=PreResNet20')
    image_folders(tmp_path / 'other' / 'cifar10', seed=1)
    elsewhere = f'--data_path={tmp_path / "other"}'
    fails('made on another training set', 'train', *curve, elsewhere)
    finetune = [*where, '--unlearn_method=finetune', f'--original_pth={made["original"]}']
    fails('--mask_path is of no use', 'train', *finetune, mask)
    fails('--forget_index is missing', 'train', *finetune, '--unlearn_type=index')
    (tmp_path / 'bad.txt').write_text('one two')
    index = ['--unlearn_type=index', f'--forget_index={tmp_path / "bad.txt"}']
    fails('bad.txt', 'train', *finetune, *index)
    for text, told in (
        ('1 2\n120', 'bad.txt, line 2: 120 is outside 0 to 119'),
        ('1, -2', 'bad.txt, line 1: -2 is outside 0 to 119'),
        ('3 4\n\n3', 'bad.txt, line 3: 3 is sample 3, which line 1 names already'),
        ('', 'bad.txt: names no sample'),
        (' '.join(map(str, range(120))), '--forget_index: forgetting 120 of 120'),
    ):
        (tmp_path / 'bad.txt').write_text(text)
        fails(told, 'train', *finetune, *index)
    fails('forget_class=10', 'train', *finetune, '--unlearn_type=class', '--forget_class=10')
    for ratio in ('0', '1', '-0.1', '1e-9', 'nan'):
        fails('--forget_ratio', 'train', *finetune, f'--forget_ratio={ratio}')
    copy = tmp_path / 'copy'
    shutil.copytree(cifar, copy)
    elsewhere = [f'--dir={tmp_path / "out"}', f'--data_path={copy}', '--model=PreResNet8']
    for script in (['train'], ['generate_mask', finetune[-1]]):
        (copy / 'cifar10' / 'train' / 'empty').mkdir()
        fails('no valid file for the classes empty', *script, *elsewhere)
        (copy / 'cifar10' / 'train' / 'empty').rmdir()
    broken = copy / 'cifar10' / 'test' / 'c05' / '001.png'
    broken.write_bytes(b'no image')
    fails('001.png: cannot be decoded', 'train', *elsewhere, '--transform=ResNet')
    salun = [*where, '--unlearn_method=salun', f'--original_pth={made["original"]}']
    fails('--mask_path is missing', 'train', *salun)
    fails('is a parameter mask', 'train', *salun, mask)
    sfron = [*where, '--unlearn_method=sfron', f'--original_pth={made["original"]}', mask]
    fails('is a parameter mask, not a sfron one', 'train', *sfron)
    fails('--precision=fp16: sfron', 'train', *sfron, '--precision=fp16')
    words = [*where, f'--original_pth={made["original"]}', '--kind=sfron', '--mask_ratio=0.5']
    fails('--mask_ratio is of no use here', 'generate_mask', *words)
    fails('holds a model, not a curve', 'eval_curve', *where, f'--ckpt={made["original"]}')
    fails('holds a curve, not a model', 'train', *finetune[:-1], f'--original_pth={made["curve"]}')
    fails('not from finetune2', 'main_tv', *where, original, end)
    fails('no .npz', 'plot_region', f'--dir={tmp_path}')
    fails('no finished runs', 'evaluation.table', tmp_path)
    fails('holds 5 runs', 'eval_curve', *where, f'--ckpt={made["original"].parent}')
    assert not (tmp_path / 'out').exists()


def test_what_is_typed_says_what_is_forgotten(chain, cifar, deletion, tmp_path):
    _, made = chain
    where = [f'--dir={tmp_path / "out"}', f'--data_path={cifar}', '--epochs=1']
    theta = f'--original_pth={made["original"]}'
    finetune = [*where, '--unlearn_method=finetune', theta]
    index, label = f'--forget_index={deletion}', '--forget_class=3'
    for one, other in (
        ('--unlearn_type=random', label),
        ('--unlearn_type=index', '--forget_ratio=0.1'),
        (index, label),
        ('--forget_ratio=0.1', index),
    ):
        names = [word if 'type' in word else word.partition('=')[0] for word in (one, other)]
        told = fails('ask to forget different samples', 'train', *finetune, one, other)
        assert all(name in told for name in names), told
        fails('ask to forget different samples', 'generate_mask', *where[:2], theta, one, other)
    curve = [*where, '--unlearn_method=curve', f'--init_start={made["original"]}']
    curve.append(f'--init_end={made["finetune"]}')
    told = fails('--unlearn_type=class (by --forget_class) contradicts', 'train', *curve, label)
    assert 'leave --forget_class out' in told
    told = fails('contradicts', 'train', f'--resume={made["finetune"]}', label)
    assert 'leave --forget_class out' in told
    fails('(by --forget_index)', 'eval_curve', *where[:2], f'--ckpt={made["curve"]}', index)
    request = [f'--dir={tmp_path / "out"}', f'--data_path={cifar}', theta]
    told = fails('nothing says what is to be forgotten', 'forget', *request)
    for flag in ('--forget_index', '--forget_class', '--forget_ratio', '--unlearn_type=random'):
        assert flag in told
    fails('--unlearn_type=class does not say which', 'forget', *request, '--unlearn_type=class')
    assert not (tmp_path / 'out').exists()
    for flag, kind in ((index, 'index'), (label, 'class'), ('--forget_ratio=0.2', 'random')):
        run('train', f'--dir={tmp_path / kind}', *finetune[1:], flag)
        record = state(tmp_path / kind)['run']
        assert record['split']['unlearn_type'] == kind
        run('generate_mask', f'--dir={tmp_path / kind / "mask"}', where[1], theta, flag)
        mask = checkpoint.read(only('mask/*/*.pt', tmp_path / kind), 'mask')
        assert mask['run']['forget_fingerprint'] == record['forget_fingerprint']


def test_a_request_on_a_share_is_kept_as_it_was_typed(tmp_path):
    half = data.open_data('Digits', 'ResNet', train_fraction=0.2)
    request = half.rows[0][[3, 40, 41, -1]].tolist()
    (tmp_path / 'request.txt').write_text(' '.join(map(str, request)))
    flags = ['--dataset=Digits', *NETWORK, '--epochs=1']
    flags += ['--unlearn_method=retrain', f'--forget_index={tmp_path / "request.txt"}']
    run('train', f'--dir={tmp_path / "out"}', *flags, '--train_fraction=0.2')
    assert state(tmp_path / 'out')['run']['split']['forget_index'] == request
    fails('left out', 'train', f'--dir={tmp_path / "no"}', *flags, '--train_fraction=0.1')


def test_data_and_split_that_differ_are_refused_or_warned_of(chain, cifar, tmp_path, capsys):
    _, made = chain
    fraction = ['--train_fraction=0.5', f'--data_path={cifar}', '--model=PreResNet8', '--epochs=1']
    run('train', f'--dir={tmp_path / "half"}', '--dataset=CIFAR10', '--transform=ResNet', *fraction)
    end = f'--init_end={made["finetune"]}'
    fails(
        *('contradicts', 'train', f'--dir={tmp_path / "out"}', '--unlearn_method=curve'),
        *(f'--init_start={tmp_path / "half"}', end, f'--data_path={cifar}'),
    )
    foreign = {'epoch': 3, 'optimizer_state': {}}
    own = state(made['finetune'])
    foreign['model_state'] = {f'module.{k}': v for k, v in own['model_state'].items()}
    torch.save(foreign, tmp_path / 'foreign.pt')
    capsys.readouterr()
    run(  # a foreign end says no split; the mask is of another one: a warning
        *('train', f'--dir={tmp_path / "out"}', '--unlearn_method=curve', '--epochs=1'),
        *(f'--init_start={made["original"]}', f'--init_end={tmp_path / "foreign.pt"}'),
        *(f'--data_path={cifar}', '--fix_start', '--fix_end'),
        f'--mask_path={made["mask"]}/mask_k0.5_kr0.0.pt',
    )
    out, err = capsys.readouterr()
    assert err.startswith('warning:') and 'mask_k0.5_kr0.0.pt' in err and err.count('\n') == 1
    assert 'curve-foreign-random0.1-seed42-' in out


@pytest.fixture(scope='module')
def deletion(tmp_path_factory):
    """A list of samples to forget."""
    path = tmp_path_factory.mktemp('deletion') / 'request.txt'
    path.write_text('\n'.join(map(str, range(0, 120, 7))))
    return path


CHECKPOINT = {
    *('epoch', 'model_state', 'optimizer_state', 'kind', 'run', 'flags'),
}
RESULT = {'rr_acc', 'rf_acc', 'tr_acc', 'tf_acc', 'mia', 'RTE', 'RTE_mask', 'RTE_pre', 'RTE_search'}


@pytest.mark.parametrize('scenario', ['random', 'class', 'index'])
def test_every_method_trains_and_every_script_forgets_the_same(
    scenario, chain, cifar, deletion, tmp_path
):
    original = chain[1]['original']
    split = [f'--unlearn_type={scenario}', *[f'--forget_index={deletion}'] * (scenario == 'index')]
    flags = ['--epochs=1', '--lr=0.001', f'--data_path={cifar}', '--batch_size=64', *split]
    theta = f'--original_pth={original}'
    made = ['generate_mask'], ['generate_mask', '--kind=sfron'], ['generate_weight_mask']
    for words in made:
        run(*words, f'--dir={tmp_path}', theta, *flags[2:])
    masks = {
        'salun': only('mask-*/mask_salun0.5.pt', tmp_path),
        'sfron': only('mask-*/mask_sfron.pt', tmp_path),
        'parameter': only('mask-*/mask_k0.5_kr0.0.pt', tmp_path),
    }
    before, prints = state(original)['model_state'], set()
    for name, method in METHODS.items():
        given = {
            'scratch': ['--dataset=CIFAR10', *NETWORK],
            'original': [theta],
            'ends': [f'--init_start={original}', f'--init_end={tmp_path / "finetune"}'],
        }[method.starts_from]
        if method.mask:
            given.append(f'--mask_path={masks[method.mask]}')
        if method.starts_from == 'ends':
            given += ['--fix_start', '--fix_end']
        run('train', f'--dir={tmp_path / name}', f'--unlearn_method={name}', *given, *flags)
        content, found = state(tmp_path / name), scores(tmp_path / name)
        assert set(content) >= CHECKPOINT and set(found) >= RESULT, name
        assert content['run']['method'] == name
        assert content['run']['split']['unlearn_type'] == scenario
        assert math.isnan(found['tf_acc']) == (scenario != 'class')
        assert not any(math.isnan(found[key]) for key in RESULT - {'tf_acc'})
        prints.add(content['run']['forget_fingerprint'])
        if method.starts_from == 'original':
            assert not torch.equal(content['model_state']['fc.weight'], before['fc.weight'])
        if method.starts_from != 'scratch':
            assert found['original_rr_acc'] >= 0
    contents = [checkpoint.read(mask, 'mask') for mask in masks.values()]
    prints |= {content['run']['forget_fingerprint'] for content in contents}
    kept = checkpoint.read(masks['salun'], 'mask')['mask']
    after = state(tmp_path / 'salun')['model_state']
    assert all(torch.equal(after[k][~m], before[k][~m]) for k, m in kept.items())
    run(
        *('main_tv', f'--dir={tmp_path / "negtv"}', f'--init_start={original}'),
        f'--data_path={cifar}',
        f'--init_end={tmp_path / "finetune2"}',  # the split comes from there, and its indices
    )
    negated, expert = (state(tmp_path / name)['model_state'] for name in ('negtv', 'finetune2'))
    by_hand = before['fc.weight'] - 0.9 * (expert['fc.weight'] - before['fc.weight'])
    torch.testing.assert_close(negated['fc.weight'], by_hand)
    assert (negated['bn.running_var'] > 0).all() and set(scores(tmp_path / 'negtv')) >= RESULT
    assert set(state(tmp_path / 'negtv')) >= CHECKPOINT
    points = ['--num_points=2', '--no_search', '--export_t=0.9', f'--data_path={cifar}']
    run('eval_curve', f'--dir={tmp_path}', f'--ckpt={tmp_path / "dynamic"}', *points)
    record = json.loads(str(np.load(only('*.npz', tmp_path))['run']))
    prints.add(record['forget_fingerprint'])
    places = tmp_path / 'negtv', *tmp_path.glob('*-t0.9')
    prints |= {state(place)['run']['forget_fingerprint'] for place in places}
    assert len(prints) == 1  # one split in all scripts


def test_fresh_statistics_keep_a_trained_originals_accuracy(original):
    content = state(original)
    digits = data.open_data('Digits', 'ResNet', image_size=LEARNT)
    digits.divide()
    digits.load(torch.device('cpu'))
    net = open_net(content)
    own = utils.measure(net, digits.loaders(), mia=False)
    utils.update_bn(net, digits.bn_loader())
    fresh = utils.measure(net, digits.loaders(), mia=False)
    assert own['rr_acc'] > 95
    assert abs(own['rr_acc'] - fresh['rr_acc']) < 1
    assert content['train_acc'] == pytest.approx(0.9 * own['rr_acc'] + 0.1 * own['rf_acc'], abs=0.1)


@pytest.mark.parametrize('method', ['finetune', 'dynamic'])
def test_resuming_is_the_same_run_or_refused(method, chain, tmp_path):
    _, made = chain
    shutil.copytree(made[method], tmp_path / 'run')
    folder, before = tmp_path / 'run', tree(tmp_path)
    for flag in ('--lr=0.5', '--milestones=1', '--forget_base=3', '--model=PreResNet20'):
        fails('contradicts', 'train', f'--resume={folder}', flag)
    other = '--original_pth' if method == 'finetune' else '--init_end'
    other = f'{other}={made["retrain"]}'
    fails('other files', 'train', f'--resume={folder}', other, '--allow_unlearned')
    if method == 'finetune':
        fails('no state to resume from', 'train', f'--resume={exported(folder, tmp_path)}')
        (tmp_path / 'exported.pt').unlink()
    assert tree(tmp_path) == before


def exported(folder, tmp_path):
    """A checkpoint of other code's making: with flags, without a schedule."""
    content = checkpoint.read(only('checkpoint-1.pt', folder), 'test')
    content = {k: v for k, v in content.items() if k != 'scheduler_state'}
    torch.save(content, tmp_path / 'exported.pt')
    return tmp_path / 'exported.pt'


def test_one_sample_that_is_too_small_a_batch_is_refused(tmp_path):
    layers = 'nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.BatchNorm1d(3), nn.Linear(3, classes)'
    text = f'from torch import nn\ndef build(classes): return nn.Sequential({layers})'
    (tmp_path / 'net.py').write_text(text)
    (tmp_path / 'one.txt').write_text('3')
    where = [f'--dir={tmp_path}', '--epochs=1', f'--model={tmp_path / "net.py"}:build']
    run('train', *where, '--dataset=Digits', '--transform=ResNet')
    before = tree(tmp_path)
    one = [*where, f'--original_pth={tmp_path}', f'--forget_index={tmp_path / "one.txt"}']
    finetune = ['--unlearn_method=finetune', '--relearn=5']
    fails('--relearn=5: only one sample is forgotten', 'train', *one, *finetune)
    fails('a batch of train_forget has one sample', 'train', *one, '--unlearn_method=ga')
    assert tree(tmp_path) == before


def test_an_evaluation_of_other_weights_is_not_taken_for_the_curves(tiny_curve, tmp_path):
    curve, quick = tmp_path / 'curve', [f'--dir={tmp_path / "path"}', '--num_points=2']
    shutil.copytree(tiny_curve, curve)
    quick += [f'--ckpt={curve}', '--no_search']
    run('eval_curve', *quick)
    file = only('*/checkpoint-*.pt', curve)
    content = state(file)
    content['model_state']['points.1'] += 0.01  # as if it had been trained anew
    torch.save(content, file)
    before = tree(tmp_path)
    fails('is there already', 'eval_curve', *quick)
    fails('is of other weights', 'eval_curve', *quick, '--export_t=0.5')
    assert tree(tmp_path) == before
    run('eval_curve', *quick, '--overwrite')
    only('*.npz', tmp_path / 'path')


def test_a_chosen_point_is_exported_and_loads_everywhere(chain, cifar, tmp_path):
    _, made = chain
    where = [f'--dir={tmp_path}', f'--data_path={cifar}']
    quick = ['--num_points=4', '--mia']
    run('eval_curve', *where, f'--ckpt={made["curve"]}', *quick, '--export_t=best')
    evaluated = dict(np.load(only('*.npz', tmp_path)))
    assert evaluated['mia'].shape == (4,)
    best = only('*-t[01].[0-9]*', tmp_path)
    assert float(best.name.rpartition('-t')[2]) == pytest.approx(evaluated['row_t'][3], abs=1e-6)
    before = tree(tmp_path)
    fails('there already', 'eval_curve', *where, f'--ckpt={made["curve"]}', *quick)
    fails(
        'there already', 'eval_curve', *where, f'--ckpt={made["curve"]}', *quick, '--export_t=best'
    )
    assert tree(tmp_path) == before
    run('eval_curve', *where, f'--ckpt={made["curve"]}', '--num_points=4', '--export_t=best')
    assert {file: before[file] for file in tree(best)} == tree(best)  # as it was exported before
    run('eval_curve', *where, f'--ckpt={made["curve"]}', *quick, '--export_t=0.83')
    train_too = [*where, f'--ckpt={made["curve"]}', *quick, '--export_t=0.83', '--bn_data=train']
    run('eval_curve', *train_too)  # another model
    other = state(only('*-t0.83-bn_train', tmp_path))
    assert other['bn_data'] == 'train'
    content = state(only('*-t0.83', tmp_path))
    means = (found['model_state']['bn.running_mean'] for found in (content, other))
    assert not torch.equal(*means)
    assert content['t'] == 0.83 and content['run']['method'] == 'curve'
    assert content['run']['seconds']['select'] == evaluated['RTE_select'] > 0

    net = open_net(state(best))
    folders = data.open_data('CIFAR10', 'ResNet', cifar, LEARNT)
    folders.divide()
    folders.load(torch.device('cpu'))
    found = utils.measure(net, folders.loaders(), seed=42)
    row = [evaluated[f'row_{key}'][3] for key in ('ua', 'ra', 'ta', 'mia')]
    scored = [100 - found['rf_acc'], found['rr_acc'], found['tr_acc'], found['mia']]
    assert scored == pytest.approx(row)

    out = [f'--dir={tmp_path / "next"}', f'--data_path={cifar}', '--epochs=1', '--fix_start']
    ends = [f'--init_start={made["original"]}', f'--init_end={best}']
    run('train', *out, '--unlearn_method=curve', *ends, '--fix_end', '--curve=PolyChain')
    again = [*out[:3], '--unlearn_method=finetune', f'--original_pth={best}', '--lr=0.02']
    fails('is a model of curve, not an original', 'train', *again)
    run('train', *again, '--allow_unlearned')


def test_an_unlearned_model_is_an_original_only_by_consent(chain, cifar, tmp_path):
    _, made = chain
    where = [f'--dir={tmp_path / "out"}', f'--data_path={cifar}', '--forget_ratio=0.1']
    both, lone = tmp_path / 'both', tmp_path / 'lone'
    points = [f'--data_path={cifar}', f'--ckpt={made["curve"]}', '--num_points=2', '--no_search']
    run('eval_curve', f'--dir={lone}', *points, '--export_t=0.9')
    shutil.copytree(lone, both)
    shutil.copytree(made['original'], both / 'original')
    exported, retrained = only('*-t0.9', lone), made['retrain']
    scripts = {
        'train': ['--unlearn_method=finetune', '--epochs=1'],
        'generate_mask': [],
        'generate_weight_mask': ['--kr=0.0'],
        'forget': [],
    }
    for script, flags in scripts.items():
        told = fails('holds 2 runs', script, *where, *flags, f'--original_pth={both}')
        assert exported.name in told and 'original' in told.partition('name one of')[2]
        for folder, method in ((lone, 'curve'), (exported, 'curve'), (retrained, 'retrain')):
            flag = f'--original_pth={folder}'
            told = fails(f'is a model of {method}, not an original', script, *where, *flags, flag)
            assert 'add --allow_unlearned' in told
    assert not (tmp_path / 'out').exists()
    run('generate_mask', *where, f'--original_pth={lone}', '--allow_unlearned')


def test_ends_that_do_not_belong_together_are_refused(chain, cifar, tmp_path, monkeypatch):
    for script in ('train', 'main_tv'):  # the network knows nothing
        monkeypatch.setattr(f'{script}.check_original', lambda *_: None)
    _, made = chain
    where = [f'--data_path={cifar}', '--epochs=1', '--forget_ratio=0.1']
    curve = [f'--dir={tmp_path / "out"}', *where, '--unlearn_method=curve']
    method = [*where, '--unlearn_method=finetune2', '--lr=0.02']
    other, again, late = tmp_path / 'other', tmp_path / 'again', tmp_path / 'late'
    original, finetune = made['original'], made['finetune']
    flags = ['--dataset=CIFAR10', *NETWORK, f'--image_size={LEARNT}', '--seed=7']
    run('train', f'--dir={other}', *where[:2], *flags)
    run('train', f'--dir={again}', *method, f'--original_pth={original}')
    consent = '--allow_unlearned'
    run('train', f'--dir={late}', *method, f'--original_pth={finetune}', consent)

    def ends(start, end):
        return [f'--init_start={start}', f'--init_end={end}']

    plain = tmp_path / 'plain.pt'
    torch.save({f'module.{k}': v for k, v in state(original)['model_state'].items()}, plain)
    swapped, unequal = 'exchange --init_start and --init_end', 'is not the model that --init_end'
    for start, end, told in (
        (finetune, original, swapped),
        (original, other, 'is an original'),
        (original, original, 'is an original'),
        (late, finetune, swapped),
        (other, finetune, unequal),
        (original, late, unequal),
        (finetune, again, unequal),
        (finetune, finetune, 'has the same weights'),
        (original, plain, 'has the same weights'),
        (finetune, late, consent),
    ):
        fails(told, 'train', *curve, *ends(start, end))
    tv = [f'--dir={tmp_path / "out"}', where[0]]
    for start, end, told in (
        (again, original, swapped),
        (other, again, unequal),
        (again, again, 'has the same weights'),
        (finetune, late, consent),
    ):
        fails(told, 'main_tv', *tv, *ends(start, end))
    assert not (tmp_path / 'out').exists()
    run('train', *curve, *ends(finetune, late), consent)
    run('main_tv', f'--dir={tmp_path / "negtv"}', where[0], *ends(plain, again))
    negated = only('*', tmp_path / 'negtv')
    fails(unequal, 'train', *curve, *ends(other, negated))
    run('train', *curve, *ends(plain, negated))  # the same weights in a file of other code


def test_a_data_path_that_nothing_reads_is_refused(original, tmp_path):
    flags = [f'--dir={tmp_path / "out"}', f'--data_path={tmp_path}']
    told = '--data_path is of no use here: Digits reads no files'
    fails(told, 'train', *flags, '--dataset=Digits', *SMALL)
    fails(told, 'forget', *flags, f'--original_pth={original}', '--forget_class=1')
    assert not (tmp_path / 'out').exists()


WITH_A_PROJECTION = """
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.register_buffer('projection', torch.randn(48, 64) / 14)
        self.norm, self.fc = nn.BatchNorm1d(64), nn.Linear(64, classes)
    def forward(self, x):
        x = nn.functional.avg_pool2d(x, 4).flatten(1) @ self.projection
        return self.fc(self.norm(x).relu())
net = Net
"""


def test_buffers_that_are_no_statistics_are_those_of_the_original(tmp_path):
    (tmp_path / 'own.py').write_text(WITH_A_PROJECTION)
    model = [f'--model={tmp_path / "own.py"}:net', '--batch_size=64']
    size = f'--image_size={LEARNT}'
    flags = ['--dataset=Digits', '--transform=ResNet', size, '--epochs=4', '--lr=0.1', *model]
    run('train', f'--dir={tmp_path / "o"}', *flags)
    original = f'--original_pth={tmp_path / "o"}'
    finetune = ['--unlearn_method=finetune', original, *model, '--epochs=1']
    run('train', f'--dir={tmp_path / "end"}', *finetune)
    search = ['--unlearn_method=dynamic', '--epochs=1', '--fix_start', '--fix_end', *model]
    ends = [f'--init_start={tmp_path / "o"}', f'--init_end={tmp_path / "end"}']
    for number, more in enumerate((['--seed=7'], ['--seed=7', '--init_linear_off'])):
        where = tmp_path / f'curve{number}'
        run('train', f'--dir={where}', *search, *ends, *more, '--split_seed=42')
        points = ['--num_points=2', '--no_search', '--export_t=0', f'--ckpt={where}']
        run('eval_curve', f'--dir={where}-path', *points, *model)
        start, known = state(only('*-t0.0', f'{where}-path')), state(tmp_path / 'o')
        projection = known['model_state']['projection']
        assert torch.equal(start['model_state']['projection'], projection)
        with np.load(only('*.npz', f'{where}-path')) as path:
            assert known['train_acc'] > 60 and abs(path['tr_acc'][0] - known['train_acc']) < 5
    end = state(tmp_path / 'end')['model_state']
    torch.save(end | {'projection': end['projection'] + 1}, tmp_path / 'other.pt')
    ends[1] = f'--init_end={tmp_path / "other.pt"}'
    fails('buffer projection', 'train', f'--dir={tmp_path / "out"}', *search, *ends)
    assert not (tmp_path / 'out').exists()
    run('main_tv', f'--dir={tmp_path / "negtv"}', *ends, *model)
    assert torch.equal(state(tmp_path / 'negtv')['model_state']['projection'], projection)


def test_curves_with_free_ends_and_more_bends(chain, cifar, tmp_path):
    _, made = chain
    ends = [f'--init_start={made["original"]}', f'--init_end={made["finetune"]}']
    flags = ['--num_bends=4', '--curve=PolyChain', '--init_linear_off', '--fix_start']
    where = [f'--dir={tmp_path}', f'--data_path={cifar}']
    run('train', *where, '--unlearn_method=dynamic', '--epochs=1', '--batch_size=16', *ends, *flags)
    content, end = state(tmp_path), state(made['finetune'])['model_state']
    config = content['run']['config']
    assert config['num_bends'] == 4 and config['curve'] == 'PolyChain'
    names = [name for name, _ in models.build('PreResNet8', 10).named_parameters()]
    flat = torch.cat([end[name].flatten() for name in names])
    assert not torch.equal(content['model_state']['points.3'], flat)  # the free end moved
    assert torch.equal(content['end']['fc.weight'], end['fc.weight'])  # and is not lost
    run('eval_curve', *where, f'--ckpt={tmp_path}', '--num_points=3', '--no_search')
    assert 'row_name' not in np.load(only('*.npz', tmp_path))
    free = [f'--dir={tmp_path / "free"}', *where[1:]]
    search = ['--unlearn_method=curve', '--epochs=1', '--batch_size=16', *ends, '--fix_end']
    run('train', *free, *search)
    ckpt = f'--ckpt={tmp_path / "free"}'
    fails('the first point of this curve was trained', 'eval_curve', *free, ckpt, '--align=loss')
    fails('is a rule for a class', 'eval_curve', '--align=outputs', f'--ckpt={made["dynamic"]}')
    run('eval_curve', *free, ckpt, '--num_points=1')
    names = np.load(only('*.npz', tmp_path / 'free'))['row_name']
    assert list(names) == ['itself', 'fresh', 'path']  # the line has no original to start from


def test_a_preset_is_its_flags_and_what_is_typed_wins(chain, cifar, tmp_path):
    _, made = chain
    flags = dict(arg_parser.PRESETS['best'], epochs=1)
    ends = [f'--init_start={made["original"]}', f'--init_end={made["finetune"]}']
    where = [f'--data_path={cifar}', '--fix_start', '--fix_end', '--batch_size=40', *ends]
    run('train', f'--dir={tmp_path / "preset"}', *where, '--preset=best', '--epochs=1')
    words = [f'--{name}={value}' for name, value in flags.items()]
    words.append('--beta=0.7')  # dynamic has its own
    run('train', f'--dir={tmp_path / "typed"}', *where, *words)
    folders = [only('*', tmp_path / name) for name in ('preset', 'typed')]
    assert folders[0].name == folders[1].name
    points = [state(folder)['model_state']['points.1'] for folder in folders]
    assert torch.equal(*points)
    (line,) = read_log(folders[0] / 'log.jsonl')
    assert line['effective_lr'] == pytest.approx(flags['lr'] * 2 / 15, rel=1e-4)
    own = [
        f'--dir={tmp_path / "out"}',
        f'--data_path={cifar}',
        f'--original_pth={made["original"]}',
    ]
    finetune = [*own, '--unlearn_method=finetune']
    fails('--preset is of no use here: finetune searches', 'train', *finetune, '--preset=best')
    for flag in ('--forget_loss=right', '--beta=0.2', '--retain_ratio=0.5', '--bn_samples=9'):
        told = f'{flag.partition("=")[0]} is of no use'
        fails(told, 'train', *finetune, flag)
    ends = [f'--init_start={made["original"]}', f'--init_end={made["finetune"]}']
    curve = [*own[:2], '--unlearn_method=curve', *ends, '--wd=0.1']
    fails('--wd is of no use here: a curve', 'train', *curve)
    curve[-1] = '--forget_base=3'
    fails('--forget_base is of no use here: curve keeps β', 'train', *curve)
    points = [*own[:2], f'--ckpt={made["curve"]}', '--no_search', '--relearn=2']
    fails('--relearn is of no use', 'eval_curve', *points)
    hinge = [*own, '--unlearn_method=ga_plus', '--forget_loss=hinge', '--forget_class=1']
    fails('a forgotten class has no loss to reach', 'train', *hinge)
    retrain = [*own[:2], '--unlearn_method=retrain']
    for words, told in (
        ([*retrain, own[2]], '--original_pth is of no use here: retrain'),
        ([*finetune, ends[1]], '--init_end is of no use here: finetune'),
        ([*finetune, '--pretrained'], '--pretrained is of no use here: finetune'),
        ([*curve[:-1], '--relearn=2'], '--relearn is of no use here: eval_curve'),
    ):
        fails(told, 'train', *words)
    assert not (tmp_path / 'out').exists()


def test_class_forgetting_divides_the_test_set_and_draws(tiny_original, tmp_path, capsys):
    flags = ['--unlearn_type=class', '--forget_class=3', '--epochs=1', '--batch_size=64']
    where = f'--dir={tmp_path / "ft"}'
    run('train', where, '--unlearn_method=finetune', f'--original_pth={tiny_original}', *flags)
    ends = [
        f'--init_start={tiny_original}',
        f'--init_end={tmp_path / "ft"}',
        '--fix_start',
        '--fix_end',
    ]
    run('train', f'--dir={tmp_path / "mcu"}', '--unlearn_method=dynamic', *ends, '--epochs=1')
    points = [f'--ckpt={tmp_path / "mcu"}', '--num_points=6', '--align=self,loss,outputs']
    run('eval_curve', f'--dir={tmp_path}', *points)
    evaluated = np.load(only('*.npz', tmp_path))
    names = [*('itself', 'fresh', 'line', 'line-outputs', 'outputs', 'path')]
    assert list(evaluated['row_name']) == names  # self and loss are one
    assert evaluated['forget_base'] == 0 and evaluated['tf_acc_2'].shape == (6,)
    assert 'tf_loss_min_2' in evaluated and not np.isnan(evaluated['row_tf']).any()
    nearest, best = evaluated['row_gap'][-2:]
    assert nearest <= best + 0.25 + 1e-9
    grid = evaluated['ts'] >= 0.75
    gaps = (abs(evaluated['tr_acc'] - evaluated['retain_base']) + evaluated['tf_acc'])[grid] / 2
    assert best <= gaps.min() + 1e-9
    capsys.readouterr()
    run('plot_region', f'--dir={tmp_path}')
    assert re.search(
        r'effective region .*: .*; t\* [01]\.\d{3}(, outside it)?(, on a bound of its interval)?\n',
        capsys.readouterr().out,
    )
    run('evaluation.table', tmp_path)
    out = capsys.readouterr().out
    for name in ('original', 'finetune, fresh statistics', 'MCU(finetune)', 'Test forget'):
        assert name in out


def test_the_original_is_measured_with_the_class_struck_too(original, chain, tmp_path):
    flags = [f'--dir={tmp_path}', '--unlearn_method=ga', '--forget_class=3', '--epochs=1']
    run('train', *flags, f'--original_pth={original}', '--lr=1e-4')
    found = np.load(only('*/*.npz', tmp_path))
    digits = data.open_data('Digits', 'ResNet', image_size=LEARNT)
    digits.divide()
    digits.load(torch.device('cpu'))
    pairs = [utils.predict(open_net(state(original)), load) for load in digits.loaders().values()]
    logits, labels = map(np.concatenate, zip(*pairs[:2]))  # of all training samples
    others, kept = np.delete(logits, 3, axis=1).argmax(1), labels != 3
    right = (others + (others >= 3) == labels)[kept]
    assert found['original_struck_rr_acc'] == pytest.approx(100 * right.mean())
    for part in ('train_forget', 'test_retain', 'test_forget'):
        struck = np.exp(found[f'original_struck_log_probs_{part}'].astype(float))
        whole = np.exp(found[f'original_log_probs_{part}'].astype(float))
        whole[:, 3] = 0
        np.testing.assert_allclose(struck, whole / whole.sum(1, keepdims=True), atol=5e-3)
    rows = table.load(tmp_path).set_index('model')
    struck, whole = rows.loc['original, class struck'], rows.loc['original']
    assert (struck.ua, struck.tf, struck.mia) == (100, 0, 100) and struck.ra >= whole.ra > 95
    assert struck.probe == pytest.approx(whole.probe, abs=0.01)  # it does not see the class
    finetuned = np.load(only('*.npz', chain[1]['finetune']))
    assert 'original_rr_acc' in finetuned and 'original_struck_rr_acc' not in finetuned


def test_damaged_files_end_in_one_line(chain, tmp_path):
    _, made = chain
    whole = only('checkpoint-1.pt', made['finetune']).read_bytes()
    rng = np.random.default_rng(0)
    flags = ['--unlearn_method=finetune', '--model=PreResNet8', f'--dir={tmp_path / "out"}']
    bad = tmp_path / 'bad.pt'
    for size in (0, 1, 10, 500, len(whole) // 2, len(whole) - 30):
        bad.write_bytes(whole[:size])
        fails('bad.pt', 'train', *flags, f'--original_pth={bad}')
    for _ in range(5):
        bad.write_bytes(rng.bytes(300))
        fails('bad.pt', 'train', *flags, f'--original_pth={bad}')
    own = checkpoint.read(only('checkpoint-1.pt', made['finetune']), 'test')
    few = dict(list(own['model_state'].items())[:-1])
    for content in (
        *([], 3, {}, {'model_state': 3}, {'model_state': {1: torch.ones(1)}}, {'a': 1}),
        *(own | {'format': 99}, own | {'format': 'new'}, own | {'model_state': few}),
    ):
        torch.save(content, bad)
        where = f'--data_path={made["finetune"].parent.parent / "data0"}'
        fails('bad.pt', 'train', *flags, f'--original_pth={bad}', where, '--transform=ResNet')
    assert not (tmp_path / 'out').exists()
    (tmp_path / 'cut.npz').write_bytes(scores_file(made['finetune']).read_bytes()[:-100])
    fails('cut.npz', 'plot_region', f'--dir={tmp_path}')
    fails('cut.npz', 'evaluation.table', tmp_path)


def scores_file(folder):
    return sorted(folder.glob('*.npz'))[-1]


def test_networks_that_cannot_take_the_images_are_refused(tmp_path):
    flags = [f'--dir={tmp_path / "out"}', '--dataset=Digits', '--transform=ResNet', '--epochs=1']
    fails('takes no images of 32 pixels', 'train', *flags, '--model=alexnet')
    fails('there is no depth 21', 'train', *flags, '--model=PreResNet21')
    fails('at least 32 pixels', 'train', *flags, '--model=VGG16', '--image_size=16')
    fails('no pretrained weights', 'train', *flags, '--model=PreResNet8', '--pretrained')
    assert not (tmp_path / 'out').exists()


def test_a_batch_of_one_sample_is_refused_where_it_has_no_variance(cifar, tmp_path):
    flags = [f'--dir={tmp_path / "out"}', f'--data_path={cifar}', '--transform=ResNet']
    fails('--batch_size=1', 'train', *flags, '--model=resnet18', '--batch_size=1', '--epochs=1')
    assert not (tmp_path / 'out').exists()


def test_a_run_that_ran_away_within_finite_numbers_diverged(original, tmp_path):
    where = [f'--dir={tmp_path / "high"}', '--dataset=Digits', *NETWORK]
    flags = ['--epochs=2', '--lr=50', '--train_fraction=0.2', '--seed=0']
    for told, script_flags in (
        ('the loss went from', [*where, *flags]),
        ('of guessing', ['--unlearn_method=ga', '--epochs=4', '--lr=0.5']),
    ):
        if 'ga' in script_flags[0]:
            script_flags += [f'--original_pth={original}', f'--dir={tmp_path / "ga"}']
        (line,) = [x for x in exits(3, 'train', *script_flags) if x.startswith('error')]
        assert told in line and 'Fix: lower --lr' in line, line
    assert not list(tmp_path.rglob('*.npz')) and not list(tmp_path.rglob('checkpoint-*'))
    expert = ['--unlearn_method=finetune2', '--unlearn_type=class', '--epochs=9', '--lr=0.1']
    run('train', f'--original_pth={original}', f'--dir={tmp_path / "expert"}', *expert)
    assert scores(tmp_path / 'expert')['rr_acc'] == 0  # it answers with its class alone


@pytest.mark.parametrize('flag', ['--precision=bf16', '--bn_samples=40'])
def test_what_is_not_exact_is_asked_for_and_named(flag, chain, cifar, tmp_path):
    _, made = chain
    ends = [f'--init_start={made["original"]}', f'--init_end={made["finetune"]}']
    where = [f'--data_path={cifar}', '--epochs=2', '--save_freq=1', '--fix_start', '--fix_end']
    for name, flags in (('plain', []), ('own', [flag])):
        run('train', f'--dir={tmp_path / name}', '--unlearn_method=dynamic', *ends, *where, *flags)
    folder = only('*', tmp_path / 'own')
    name, _, value = flag[2:].partition('=')
    assert str(state(folder)['run']['config'][name]) == value
    weights, plain = (state(tmp_path / n)['model_state']['points.1'] for n in ('own', 'plain'))
    assert weights.dtype == torch.float32
    assert torch.equal(weights, plain) == (name == 'bn_samples')  # which changes no step
    assert scores(folder)['rr_nll'] != scores(tmp_path / 'plain')['rr_nll']
    before = state(only('checkpoint-2.pt', folder))['model_state']
    (folder / 'checkpoint-2.pt').unlink()
    run('train', f'--resume={folder}', f'--data_path={cifar}')
    after = state(folder)['model_state']
    assert all(torch.equal(before[key], after[key]) for key in before)


@pytest.mark.skipif(shutil.which('g++') is None, reason='torch.compile needs a C++ compiler')
def test_a_compiled_search_is_that_of_the_network(chain, cifar, tmp_path):
    own = tmp_path / 'own.py'
    own.write_text(
        'from torch import nn\ndef net(classes):\n'
        '    return nn.Sequential(nn.AvgPool2d(8), nn.Flatten(), nn.Linear(48, classes))\n'
    )
    data_flags = [f'--data_path={cifar}', f'--model={own}:net', '--epochs=1', '--batch_size=60']
    flags = [*data_flags, '--dataset=CIFAR10', '--transform=ResNet']
    run('train', f'--dir={tmp_path / "1"}', *flags)
    method = ['--unlearn_method=finetune', f'--original_pth={tmp_path / "1"}', '--lr=0.5']
    run('train', f'--dir={tmp_path / "2"}', *data_flags, *method)
    ends = [f'--init_start={tmp_path / "1"}', f'--init_end={tmp_path / "2"}']
    weights = []
    for more in ([], ['--compile']):
        out = tmp_path / f'curve{len(more)}'
        search = ['--unlearn_method=curve', '--fix_start', '--fix_end', '--lr=0.1']
        run('train', f'--dir={out}', *data_flags, *ends, *search, *more)
        weights.append(state(out)['model_state']['points.1'])
    torch.testing.assert_close(*weights, rtol=1e-4, atol=1e-5)


def test_wandb_writes_offline_when_asked(original, tmp_path):
    flags = ['--unlearn_method=finetune', f'--original_pth={original}', '--wandb=offline']
    run('train', f'--dir={tmp_path}', *flags, '--epochs=1', '--train_fraction=1.0')
    assert list(tmp_path.rglob('*.wandb'))


def test_wandb_that_cannot_begin_is_told_in_a_line(original, tmp_path, monkeypatch):
    def init(**_):
        raise wandb.errors.UsageError('No API key configured.')

    monkeypatch.setattr(wandb, 'init', init)
    flags = ['train', f'--dir={tmp_path}', '--unlearn_method=finetune']
    flags += [f'--original_pth={original}', '--epochs=1', '--train_fraction=1.0']
    fails('--wandb=online: No API key configured. Fix', *flags, '--wandb=online')
    assert not list(tmp_path.iterdir())
    run(*flags)
    before = {file: file.read_bytes() for file in tmp_path.rglob('*') if file.is_file()}
    fails('--wandb=online: No API key configured.', *flags, '--wandb=online', '--overwrite')
    assert before == {file: file.read_bytes() for file in tmp_path.rglob('*') if file.is_file()}


def test_real_processes_exit_as_promised(tmp_path):
    def call(*words):
        return subprocess.run(
            [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, timeout=120
        )

    helped = call('train.py', '--help')
    assert helped.returncode == 0 and '--unlearn_method' in helped.stdout
    wrong = call('eval_curve.py', f'--dir={tmp_path / "out"}', '--dataset=Digits')
    assert wrong.returncode == 2 and wrong.stdout == '' and not (tmp_path / 'out').exists()
    assert (
        wrong.stderr == 'error: --ckpt is missing: it is the curve to evaluate. Fix: add --ckpt=…\n'
    )


@pytest.mark.parametrize('code', [0, 2, 143])
def test_the_slurm_job_goes_into_the_queue_again_only_when_it_was_stopped(code, tmp_path):
    (tmp_path / 'srun').write_text(f'#!/bin/bash\necho "$@" >> {tmp_path}/called\nexit {code}\n')
    (tmp_path / 'scontrol').write_text(f'#!/bin/bash\necho "$@" >> {tmp_path}/called\n')
    for name in ('srun', 'scontrol'):
        (tmp_path / name).chmod(0o755)
    slurm = {'SLURM_JOB_ID': '77', 'SLURM_SUBMIT_DIR': str(tmp_path)}
    environment = {'PATH': f'{tmp_path}:/usr/bin:/bin', **slurm}
    words = ['bash', ROOT / 'slurm' / 'train.sbatch', '--model=PreResNet8']
    assert subprocess.run(words, env=environment).returncode == code
    called = (tmp_path / 'called').read_text()
    assert '--dir=runs/77 --resume=runs/77 --model=PreResNet8' in called
    assert ('requeue 77' in called) == (code == 143)


def test_t_is_chosen_by_the_points_own_test_accuracy_where_asked(chain, cifar, tmp_path):
    _, made = chain
    flags = [f'--data_path={cifar}', f'--ckpt={made["dynamic"]}', '--num_points=5']
    run('eval_curve', f'--dir={tmp_path}', *flags, '--align=self')
    with np.load(only('*.npz', tmp_path)) as path:
        late = path['ts'] >= 0.75
        apart = abs(path['tr_acc'] - path['retain_base']) + abs(path['tf_acc'] - path['te_acc'])
        own = abs(path['row_ra'] - path['retain_base'])
        own = own + abs(100 - path['row_ua'] - path['row_ta'])
        assert own[3] <= apart[late].min() + 1e-9
        gap = abs(path['row_ra'] - path['retain_base'])
        gap = gap + abs(100 - path['row_ua'] - path['forget_base'])
        np.testing.assert_allclose(path['row_gap'], gap / 2)  # still that of the bases
        keys = ('t', 'ua', 'ra', 'ta', 'mia')
        line_of_self, row_of_self = ({k: path[f'row_{k}'][i] for k in keys} for i in (2, 3))
    for name, align in (('base', 'base'), ('both', 'base,self')):
        run('eval_curve', f'--dir={tmp_path / name}', *flags, f'--align={align}')
    base, both = (np.load(only('*.npz', tmp_path / name)) for name in ('base', 'both'))
    assert list(both['row_name']) == ['itself', 'fresh', 'line', 'line-self', 'self', 'path']
    assert {key: both[f'row_{key}'][4] for key in row_of_self} == row_of_self
    assert {key: both[f'row_{key}'][3] for key in row_of_self} == line_of_self
    rest = np.array([0, 1, 2, 5])
    for key in ('t', 'ua', 'ra', 'ta', 'mia', 'gap', 'evaluations'):
        np.testing.assert_array_equal(base[f'row_{key}'], both[f'row_{key}'][rest])
    run('eval_curve', f'--dir={tmp_path / "few"}', *flags, '--align=base,self', '--no_line')
    few = np.load(only('*.npz', tmp_path / 'few'))
    for key in ('name', 't', 'ua', 'gap'):
        np.testing.assert_array_equal(few[f'row_{key}'], both[f'row_{key}'][[0, 4, 5]])
    models = {name: table.load(tmp_path / name) for name in ('both', 'base')}
    path = models['both'].query("row in ['self', 'path']")
    assert len(models['both']) == len(models['base']) + 2  # by either rule: the line, the path
    assert path['settings'].nunique() == 2


def evaluate_some(folder, *flags):
    """The arrays of an evaluation without the straight line."""
    run('eval_curve', f'--dir={folder}', '--no_line', *flags)
    return dict(np.load(only('*.npz', folder)))


def test_rows_by_several_rules_are_measured_on_everything(tiny_curve, tmp_path, monkeypatch):
    monkeypatch.setattr(eval_curve.Walk.choose, '__defaults__', (40,))  # of 126 of D_r
    monkeypatch.setattr(eval_curve, 'LEAST_STATISTICS', 40)
    seen, update_bn = [], utils.update_bn

    def count_samples(net, loader):
        seen.append(len(loader.indices))
        update_bn(net, loader)

    monkeypatch.setattr(eval_curve, 'update_bn', count_samples)
    curve = [f'--ckpt={tiny_curve}', '--num_points=2']
    three = evaluate_some(tmp_path / 'three', *curve, '--align=base,self,loss')
    assert list(three['row_name']) == ['itself', 'self', 'loss', 'path']
    assert seen.count(126) >= 2 + 3 + 1 and seen.count(40) >= 15  # walk, rows, losses of θ_o
    loss = evaluate_some(tmp_path / 'loss', *curve[:1], '--num_points=4', '--align=loss')
    assert list(loss['row_name']) == ['itself', 'path']
    for key in ('t', 'ua', 'ra', 'ta', 'mia', 'gap', 'evaluations'):  # wherever the walk has been
        assert loss[f'row_{key}'][1] == three[f'row_{key}'][2]
    bases = three['retain_base'], three['forget_base']
    for i in (1, 2, 3):
        t = three['row_t'][i]
        at_t = [*curve[:1], f'--start_t={t}', f'--end_t={t}', '--num_points=1', '--no_search']
        run('eval_curve', f'--dir={tmp_path / str(i)}', *at_t)
        alone = np.load(only('*.npz', tmp_path / str(i)))
        accuracies = alone['tr_acc'][0], alone['tf_acc'][0]
        assert accuracies == pytest.approx((three['row_ra'][i], 100 - three['row_ua'][i]))
        gap = sum(abs(acc - base) for acc, base in zip(accuracies, bases)) / 2
        assert three['row_gap'][i] == pytest.approx(gap)  # by accuracies, for every rule
    for wrong in ('both', 'base,', 'self,self'):
        fails('is not some of base, self, loss, outputs', 'eval_curve', *curve, f'--align={wrong}')


def test_points_are_looked_at_in_bf16_and_rows_scored_in_float32(
    chain, cifar, tmp_path, monkeypatch
):
    _, made = chain
    measured = {}

    def measure(net, *args, name, **more):
        measured[name] = {k: v.clone() for k, v in net.state_dict().items()}
        assert not torch.is_autocast_enabled('cpu')
        return utils.measure(net, *args, name=name, **more)

    monkeypatch.setattr(eval_curve, 'measure', measure)
    flags = [f'--data_path={cifar}', f'--ckpt={made["dynamic"]}', '--num_points=2']
    paths = {}
    for precision in ('fp32', 'bf16'):
        told = [f'--dir={tmp_path / precision}', f'--precision={precision}', '--export_t=0.8']
        run('eval_curve', *flags, *told)
        paths[precision] = dict(np.load(only('*.npz', tmp_path / precision)))
    fine, coarse = paths['fp32'], paths['bf16']
    nll = [path['tr_nll'] for path in (fine, coarse)]
    assert not np.array_equal(*nll)
    np.testing.assert_allclose(*nll, rtol=0.05)
    exported = [only('*-t0.8/*.pt', tmp_path / precision) for precision in paths]
    fine, coarse = (checkpoint.read(path, 'test')['model_state'] for path in exported)
    assert all(torch.equal(value, coarse[name]) for name, value in fine.items())
    run('eval_curve', *flags, f'--dir={tmp_path / "bf16"}', '--precision=bf16', '--export_t=best')
    t = round(paths['bf16']['row_t'][-1], 6)
    best = checkpoint.read(only(f'*-t{t}/*.pt', tmp_path / 'bf16'), 'test')['model_state']
    assert all(torch.equal(value, measured['path'][name]) for name, value in best.items())
    shutil.rmtree(tmp_path / 'both', ignore_errors=True)
    for precision in paths:  # rows of one t*, searched in two precisions, are told apart
        shutil.copytree(tmp_path / precision, tmp_path / 'both' / precision)
    searched = table.load(tmp_path / 'both').query("row == 'path'")
    assert searched['settings'].nunique() == 2


def test_the_search_draws_t_from_where_it_is_told(chain, cifar, tmp_path, monkeypatch):
    _, made = chain
    drawn, weights = [], CurveNet.weights

    def weights_at(self, t):
        drawn.append(float(t))
        return weights(self, t)

    monkeypatch.setattr(CurveNet, 'weights', weights_at)
    ends = [f'--init_start={made["original"]}', f'--init_end={made["finetune"]}']
    flags = ['--unlearn_method=curve', *ends, f'--data_path={cifar}', '--fix_start', '--fix_end']
    flags += [f'--dir={tmp_path}', '--batch_size=12', '--epochs=2', '--eval_freq=2']
    run('train', *flags, '--start_t=0.6', '--end_t=0.8')
    steps = [t for t in drawn if t != 0.9]  # where the curve's own scores are measured
    assert len(steps) >= 18 and min(steps) >= 0.6 and max(steps) <= 0.8 < max(steps) + 0.05
    config = state(tmp_path)['run']['config']
    assert (config['start_t'], config['end_t']) == (0.6, 0.8)
    fails('lies behind --end_t', 'train', *flags, '--start_t=0.9', '--end_t=0.8')
    where = [f'--dir={tmp_path}', f'--data_path={cifar}', '--unlearn_method=finetune']
    fails('no curve', 'train', *where, f'--original_pth={made["original"]}', '--start_t=0.5')
