"""The scripts by their command lines: the whole chain, what moves, what is refused."""

import json
import math
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
    exits,
    fails,
    only,
    open_net,
    run,
    scores,
    state,
    tree,
)
from layouts import image_folders

import arg_parser
import data
import models
import utils
from curves import CURVES, CurveNet
from evaluation import table
from lib import checkpoint
from lib.datasets import DATASETS
from lib.files import read_log
from unlearn import METHODS

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
FIXED = ['--fix_start', '--fix_end']


def command(name, **places):
    network = ' '.join([*NETWORK, f'--image_size={LEARNT}'])
    script, *flags = COMMANDS[name].format(network=network, **places).split()
    return run(script.removesuffix('.py'), *flags)


@pytest.fixture(scope='module')
def runs(tmp_path_factory, cifar):
    """{name: the run's folder} of the commands of METHOD, one after another, all in one folder."""
    folder, runs = tmp_path_factory.mktemp('chain'), {}

    def call(key, name, **places):
        before = set(folder.iterdir())
        command(name, dir=folder, data=cifar, **places)
        (runs[key],) = {path for path in folder.iterdir() if path.is_dir()} - before

    call('original', 'baseline')
    call('retrain', 'retrain')
    call('finetune', 'finetune', original=runs['original'])
    call('mask', 'mask', original=runs['original'])
    ends = {'original': only('checkpoint-2.pt', runs['original']), 'end': runs['finetune']}
    mask = runs['mask'] / 'mask_k0.5_kr0.0.pt'
    for method in ('curve', 'dynamic'):
        call(method, 'search', method=method, mask=mask, **ends)
    return runs


def name_ends(start, end):
    return [f'--init_start={start}', f'--init_end={end}']


# ---------------------------------------------------------------- the paper's commands


def test_commands_of_the_method_run_as_written(runs, cifar):
    folder = runs['mask'].parent
    command('evaluate', dir=folder, data=cifar, ckpt=runs['dynamic'])
    command('draw', dir=folder)
    masks = sorted(path.name for path in runs['mask'].iterdir())
    assert masks == [f'mask_k0.5_kr0.{i}.pt' for i in range(5)]
    for name in ('original', 'retrain', 'finetune', 'curve', 'dynamic'):
        lines = read_log(runs[name] / 'log.jsonl')
        assert [line['epoch'] for line in lines] == list(range(1, state(runs[name])['epoch'] + 1))
        assert (runs[name] / 'command.sh').read_text().startswith('python3 train.py --dir=')
        metrics = scores(runs[name])
        assert {'rr_acc', 'rf_acc', 'tr_acc', 'tf_acc', 'mia', 'RTE'} <= set(metrics)
        assert math.isnan(metrics['tf_acc']) and 0 <= metrics['rr_acc'] <= 100
    shares = [sum(line[f'beta_{case}'] for case in ('off', 'easy', 'hard')) for line in lines]
    assert shares == pytest.approx([1.0] * len(lines)) and {'beta', 'retain_loss'} <= set(lines[0])
    with np.load(only('*.npz', folder)) as path:
        assert list(path['row_name']) == ['itself', 'fresh', 'line', 'path']
        assert len(path['ts']) == 20 and path['row_evaluations'].max() <= 9
        for key in (f'{part}_{kind}' for part in ('tr', 'te', 'tf') for kind in ('loss', 'nll')):
            assert path[key].shape == (20,) and {f'{key}_min', f'{key}_avg'} <= set(path)
        record = json.loads(str(path['run']))
        assert record['weights'].pop('curve')
        assert record == state(runs['dynamic'])['run'] | {'seconds': record['seconds']}
        assert path['dl'][0] == 0 and (path['dl'][1:] > 0).all()
    stem = only('*.npz', folder).with_suffix('')
    for suffix in ('region.png', 'region.pdf', 'losses.png', 'losses.pdf'):
        assert stem.with_name(f'{stem.name}-{suffix}').stat().st_size > 5000


def test_what_is_typed_again_is_finished_already(runs, cifar, capsys):
    folder = runs['mask'].parent
    places = {'dir': folder, 'data': cifar, 'original': runs['original']}
    command('evaluate', **places, ckpt=runs['dynamic'])
    before = tree(folder)
    capsys.readouterr()
    for name in ('baseline', 'retrain', 'finetune', 'mask', 'evaluate'):
        command(name, **places, ckpt=runs['dynamic'])
        assert 'finished already' in capsys.readouterr().out and tree(folder) == before, name
    record = json.loads((runs['retrain'] / 'run.json').read_text())
    record['run']['config']['lr'] = 0.5  # as if the folder had been renamed
    (runs['retrain'] / 'run.json').write_text(json.dumps(record))
    with pytest.raises(SystemExit):
        command('retrain', **places)
    assert 'holds a run already' in capsys.readouterr().err
    (runs['retrain'] / 'run.json').write_bytes(before[runs['retrain'] / 'run.json'])


def test_free_tensors_move_and_fixed_and_masked_ones_do_not(runs):
    mask = checkpoint.read(runs['mask'] / 'mask_k0.5_kr0.0.pt', 'mask')['mask']
    ends = [state(runs[name])['model_state'] for name in ('original', 'finetune')]
    start, end = (torch.cat([weights[name].flatten() for name in mask]) for weights in ends)
    sizes = [ends[0][name].numel() for name in mask]
    line = torch.lerp(start, end, 0.5)
    for method in ('curve', 'dynamic'):
        points = state(runs[method])['model_state']
        assert torch.equal(points['points.0'], start) and torch.equal(points['points.2'], end)
        tensors = zip(mask, line.split(sizes), points['points.1'].split(sizes))
        moved = {name for name, a, b in tensors if not torch.equal(a, b)}
        assert moved == {name for name in mask if mask[name]} and 0 < len(moved) < len(mask)


def test_a_curve_knows_its_bill_and_its_bases(runs):
    curve, original = state(runs['dynamic']), state(runs['original'])
    record, pre = curve['run'], state(runs['finetune'])['run']
    assert curve['kind'] == 'curve' and record['end'] == pre
    assert record['start'] == pre['start'] == original['run']
    assert curve['original'] == {k: original[k] for k in ('train_acc', 'test_acc')}
    mask = checkpoint.read(runs['mask'] / 'mask_k0.5_kr0.0.pt', 'mask')
    assert record['seconds']['mask'] == mask['seconds'] > 0
    assert record['seconds']['pre'] == pre['seconds']['pre'] > 0
    metrics = scores(runs['dynamic'])
    assert metrics['RTE'] == pytest.approx(sum(record['seconds'].values())) and metrics['t'] == 0.9


# ---------------------------------------------------------------- every method, every script


@pytest.fixture(scope='module')
def deletion(tmp_path_factory):
    """A list of samples to forget."""
    path = tmp_path_factory.mktemp('deletion') / 'request.txt'
    path.write_text('\n'.join(map(str, range(0, 120, 7))))
    return path


CHECKPOINT = {'epoch', 'model_state', 'optimizer_state', 'kind', 'run', 'flags'}
RESULT = {'rr_acc', 'rf_acc', 'tr_acc', 'tf_acc', 'mia', 'RTE', 'RTE_mask', 'RTE_pre', 'RTE_search'}


@pytest.mark.parametrize('scenario', ['random', 'class', 'index'])
def test_every_method_trains_and_every_script_forgets_the_same(
    scenario, runs, cifar, deletion, tmp_path
):
    original = runs['original']
    split = [f'--unlearn_type={scenario}', *[f'--forget_index={deletion}'] * (scenario == 'index')]
    flags, theta = [f'--data_path={cifar}', '--batch_size=64', *split], f'--original_pth={original}'
    for words in (['generate_mask'], ['generate_mask', '--kind=sfron'], ['generate_weight_mask']):
        run(*words, f'--dir={tmp_path}', theta, *flags)
    names = {'salun': 'salun0.5', 'sfron': 'sfron', 'parameter': 'k0.5_kr0.0'}
    masks = {kind: only(f'mask-*/mask_{name}.pt', tmp_path) for kind, name in names.items()}
    starts = {
        'scratch': ['--dataset=CIFAR10', *NETWORK],
        'original': [theta],
        'end': name_ends(original, tmp_path / 'finetune'),
        'ends': [*name_ends(original, tmp_path / 'finetune'), *FIXED],
    }
    before, prints = state(original)['model_state'], set()
    for name, method in METHODS.items():
        given = [*starts[method.starts_from], '--epochs=1', '--lr=0.001', *flags]
        given += [f'--mask_path={masks[method.mask]}'] if method.mask else []
        run('train', f'--dir={tmp_path / name}', f'--unlearn_method={name}', *given)
        content, metrics = state(tmp_path / name), scores(tmp_path / name)
        assert set(content) >= CHECKPOINT and set(metrics) >= RESULT, name
        assert content['run']['method'] == name
        assert content['run']['split']['unlearn_type'] == scenario
        assert math.isnan(metrics['tf_acc']) == (scenario != 'class')
        assert not any(math.isnan(metrics[key]) for key in RESULT - {'tf_acc'})
        assert ('original_rr_acc' in metrics) == (method.starts_from != 'scratch')
        prints.add(content['run']['forget_fingerprint'])
        if method.starts_from in ('original', 'end'):
            assert not torch.equal(content['model_state']['fc.weight'], before['fc.weight'])
    contents = {kind: checkpoint.read(mask, 'mask') for kind, mask in masks.items()}
    after = state(tmp_path / 'salun')['model_state']
    for name, moves in contents['salun']['mask'].items():
        assert torch.equal(after[name][~moves], before[name][~moves])
    expert = tmp_path / 'finetune2'  # the split comes from there, and its indices
    run('main_tv', f'--dir={tmp_path / "negtv"}', *name_ends(original, expert), flags[0])
    negated, tuned = (state(folder)['model_state'] for folder in (tmp_path / 'negtv', expert))
    by_hand = before['fc.weight'] - 0.9 * (tuned['fc.weight'] - before['fc.weight'])
    torch.testing.assert_close(negated['fc.weight'], by_hand)
    assert (negated['bn.running_var'] > 0).all() and set(scores(tmp_path / 'negtv')) >= RESULT
    assert not torch.equal(negated['bn.running_mean'], before['bn.running_mean'])
    points = ['--num_points=2', '--no_line', '--export_t=0.9', flags[0]]
    run('eval_curve', f'--dir={tmp_path}', f'--ckpt={tmp_path / "dynamic"}', *points)
    records = [json.loads(str(np.load(only('*.npz', tmp_path))['run']))]
    records += [content['run'] for content in contents.values()]
    records += [state(folder)['run'] for folder in (tmp_path / 'negtv', *tmp_path.glob('*-t0.9'))]
    prints |= {record['forget_fingerprint'] for record in records}
    assert len(prints) == 1  # one split in all scripts


def test_class_forgetting_divides_the_test_set_and_draws(tiny_original, tmp_path, capsys):
    flags = ['--forget_class=3', '--epochs=1', '--batch_size=64']
    finetune = ['--unlearn_method=finetune', f'--original_pth={tiny_original}', *flags]
    run('train', f'--dir={tmp_path / "ft"}', *finetune)
    search = ['--unlearn_method=dynamic', *name_ends(tiny_original, tmp_path / 'ft'), *FIXED]
    run('train', f'--dir={tmp_path / "mcu"}', *search, '--epochs=1')
    run('eval_curve', f'--dir={tmp_path}', f'--ckpt={tmp_path / "mcu"}', '--num_points=6')
    path = np.load(only('*.npz', tmp_path))
    assert list(path['row_name']) == ['itself', 'fresh', 'line', 'path']
    assert path['forget_base'] == 0 and path['tf_acc_2'].shape == (6,)
    assert 'tf_loss_min_2' in path and not np.isnan(path['row_tf']).any()
    gaps = (abs(path['tr_acc'] - path['retain_base']) + path['tf_acc']) / 2
    assert path['row_gap'][-1] <= gaps[path['ts'] >= 0.75].min() + 1e-9
    run('plot_region', f'--dir={tmp_path}')
    assert 'effective region' in capsys.readouterr().out


def test_the_original_is_measured_without_the_class_too(original, runs, tmp_path):
    flags = [f'--dir={tmp_path}', '--unlearn_method=ga', '--forget_class=3', '--epochs=1']
    run('train', *flags, f'--original_pth={original}', '--lr=1e-4')
    metrics, net = np.load(only('*/*.npz', tmp_path)), open_net(state(original))
    digits = data.open_data('Digits', 'ResNet', image_size=LEARNT)
    digits.divide()
    digits.load(torch.device('cpu'))
    logits, labels = utils.predict(net, digits.loader('train'))
    logits[:, 3] = -np.inf
    right = (logits.argmax(1) == labels)[labels != 3]
    assert metrics['original_struck_rr_acc'] == pytest.approx(100 * right.mean())
    rows = table.load(tmp_path).set_index('model')
    struck, whole = rows.loc['original, class struck'], rows.loc['original']
    assert (struck.ua, struck.tf, struck.mia) == (100, 0, 100) and struck.ra >= whole.ra > 95
    assert 'original_struck_rr_acc' not in scores(runs['finetune'])


# ---------------------------------------------------------------- what is typed


def test_the_names_that_may_be_typed_are_those_of_the_code():
    assert tuple(CURVES) == arg_parser.CURVES and tuple(DATASETS) == arg_parser.DATASETS


def test_help_and_typing_errors_come_before_torch_is_imported():
    spy = 'import sys; sys.modules["torch"] = None; sys.argv = sys.argv[1:]; import runpy; '
    spy += 'runpy.run_path(sys.argv[0], run_name="__main__")'
    for script in arg_parser.ABOUT:
        for flag, code in (('--help', 0), ('--nothing', 2)):
            words = [sys.executable, '-c', spy, f'{script}.py', flag]
            ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
            assert ended.returncode == code, (script, ended.stderr)


def test_real_processes_exit_as_promised(tmp_path):
    def call(*words):
        words = [sys.executable, *words]
        return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120)

    wrong = call('eval_curve.py', f'--dir={tmp_path / "out"}', '--dataset=Digits')
    assert wrong.returncode == 2 and wrong.stdout == '' and not (tmp_path / 'out').exists()
    line = 'error: --ckpt is missing: it is the curve to evaluate. Fix: add --ckpt=…\n'
    assert wrong.stderr == line
    flags = ['--dataset=Digits', *NETWORK, '--epochs=1', '--lr=50', '--train_fraction=0.2']
    assert call('train.py', f'--dir={tmp_path}', *flags).returncode == 3


def test_all_that_is_missing_is_named_at_once(tmp_path):
    for script, flags, names in (
        ('train', [], ('model', 'data_path')),
        ('train', ['--unlearn_method=salun'], ('original_pth', 'mask_path')),
        ('main_tv', [], ('init_start', 'init_end')),
    ):
        line = fails('is missing', script, f'--dir={tmp_path / "out"}', *flags)
        assert all(f'--{name} is missing' in line and f'--{name}=…' in line for name in names)
    assert not (tmp_path / 'out').exists()


def test_flags_and_files_that_contradict_each_other_are_refused(runs, cifar, tmp_path):
    where = [f'--dir={tmp_path / "out"}', f'--data_path={cifar}']
    ends = name_ends(runs['original'], runs['finetune'])
    theta = f'--original_pth={runs["original"]}'
    mask = f'--mask_path={runs["mask"]}/mask_k0.5_kr0.0.pt'
    mask_words = ['generate_mask', *where, theta, '--kind=sfron']
    curve, align = (['train', *where, f'--unlearn_method={m}', *ends] for m in ('curve', 'align'))
    finetune = ['train', *where, '--unlearn_method=finetune', theta]
    salun = ['train', *where, '--unlearn_method=salun', theta]
    image_folders(tmp_path / 'other' / 'cifar10', seed=1)
    (tmp_path / 'bad.txt').write_text('1 2\n120')
    index = ['--unlearn_type=index', f'--forget_index={tmp_path / "bad.txt"}']
    for problem, words in (
        ('needs both ends fixed', [*curve, mask]),
        ('lies behind --end_t', [*curve, *FIXED, '--start_t=0.9', '--end_t=0.8']),
        ('--unlearn_type=class (typed) contradicts', [*curve, *FIXED, '--unlearn_type=class']),
        ('another training set', [*curve, *FIXED, f'--data_path={tmp_path / "other"}']),
        ('--wd is of no use here: curve does not', [*curve, '--wd=0.1']),
        ('--forget_base is of no use here: curve', [*curve, '--forget_base=3']),
        ('--mask_path is of no use', [*finetune, mask]),
        ('--preset is of no use here: finetune', [*finetune, '--preset=best']),
        ('--fix_end is of no use here: align', [*align, '--fix_end']),
        ('--pretrained is of no use here: finetune', [*finetune, '--pretrained']),
        ('--forget_index is missing', [*finetune, '--unlearn_type=index']),
        ('bad.txt, line 2: 120 is outside 0 to 119', [*finetune, *index]),
        ('--mask_path is missing', salun),
        ('--mask_ratio is of no use here', [*mask_words, '--mask_ratio=0.5']),
        ('holds a model, not a curve', ['eval_curve', *where, f'--ckpt={runs["original"]}']),
        ('holds a curve, not a model', [*finetune, f'--original_pth={runs["curve"]}']),
        ('not from finetune2', ['main_tv', *where, *ends]),
    ):
        fails(problem, *words)
    assert not (tmp_path / 'out').exists()


def test_what_is_typed_says_what_is_forgotten(runs, cifar, deletion, tmp_path):
    where, theta = f'--dir={tmp_path / "out"}', f'--original_pth={runs["original"]}'
    images, index, label = f'--data_path={cifar}', f'--forget_index={deletion}', '--forget_class=3'
    finetune = [images, '--epochs=1', '--unlearn_method=finetune', theta]
    for one, other in (
        ('--unlearn_type=random', label),
        ('--unlearn_type=index', '--forget_ratio=0.1'),
        (index, label),
        ('--forget_ratio=0.1', index),
    ):
        line = fails('ask to forget different samples', 'train', where, *finetune, one, other)
        assert all(word.partition('=')[0] in line for word in (one, other)), line
    curve = [images, '--unlearn_method=curve', *name_ends(runs['original'], runs['finetune'])]
    line = fails('(by --forget_class) contradicts', 'train', where, *curve, *FIXED, label)
    assert 'leave --forget_class out' in line
    line = fails('nothing says what is to be forgotten', 'forget', where, images, theta)
    for flag in ('--forget_index', '--forget_class', '--forget_ratio', '--unlearn_type=random'):
        assert flag in line
    fails('does not say which', 'forget', where, images, theta, '--unlearn_type=class')
    assert not (tmp_path / 'out').exists()
    for flag, kind in ((index, 'index'), (label, 'class'), ('--forget_ratio=0.2', 'random')):
        run('train', f'--dir={tmp_path / kind}', *finetune, flag)
        assert state(tmp_path / kind)['run']['split']['unlearn_type'] == kind


def test_a_preset_is_its_flags_and_what_is_typed_wins(runs, cifar, tmp_path):
    flags = dict(arg_parser.PRESETS['best'], epochs=1)
    where = [f'--data_path={cifar}', '--batch_size=40']
    where += name_ends(runs['original'], runs['finetune'])
    run('train', f'--dir={tmp_path / "preset"}', *where, '--preset=best', '--epochs=1')
    words = [f'--{name}={value}' for name, value in flags.items()]
    run('train', f'--dir={tmp_path / "typed"}', *where, *words)
    preset, typed = (only('*', tmp_path / name) for name in ('preset', 'typed'))
    assert preset.name == typed.name
    assert torch.equal(*(state(folder)['model_state']['fc.weight'] for folder in (preset, typed)))


@pytest.mark.parametrize('flag', ['--precision=bf16', '--bn_samples=40'])
def test_what_is_not_exact_is_recorded(flag, runs, cifar, tmp_path):
    flags = ['--unlearn_method=dynamic', *name_ends(runs['original'], runs['finetune']), *FIXED]
    flags += [f'--data_path={cifar}', '--epochs=1']
    for name, more in (('plain', []), ('other', [flag])):
        run('train', f'--dir={tmp_path / name}', *flags, *more)
    folder = only('*', tmp_path / 'other')
    name, _, value = flag[2:].partition('=')
    assert str(state(folder)['run']['config'][name]) == value
    weights, plain = (state(tmp_path / n)['model_state']['points.1'] for n in ('other', 'plain'))
    assert weights.dtype == torch.float32
    assert torch.equal(weights, plain) == (name == 'bn_samples')  # which changes no step
    assert scores(folder)['rr_nll'] != scores(tmp_path / 'plain')['rr_nll']


# ---------------------------------------------------------------- files that belong together


def test_data_and_split_that_differ_are_refused_or_warned_of(runs, cifar, tmp_path, capsys):
    half = ['--dataset=CIFAR10', *NETWORK, '--train_fraction=0.5', '--epochs=1']
    run('train', f'--dir={tmp_path / "half"}', f'--data_path={cifar}', *half)
    curve = [f'--dir={tmp_path / "out"}', f'--data_path={cifar}', '--unlearn_method=curve']
    curve += ['--epochs=1', *FIXED]
    fails('contradicts', 'train', *curve, *name_ends(tmp_path / 'half', runs['finetune']))
    weights = state(runs['finetune'])['model_state']
    foreign = {'model_state': {f'module.{name}': tensor for name, tensor in weights.items()}}
    torch.save(foreign | {'epoch': 3, 'optimizer_state': {}}, tmp_path / 'foreign.pt')
    capsys.readouterr()
    # a foreign end says no split; the mask is of another one: a warning
    ends = name_ends(runs['original'], tmp_path / 'foreign.pt')
    run('train', *curve, *ends, f'--mask_path={runs["mask"]}/mask_k0.5_kr0.0.pt')
    out, err = capsys.readouterr()
    assert err.startswith('warning:') and 'mask_k0.5_kr0.0.pt' in err and err.count('\n') == 1
    assert 'curve-foreign-random0.1-seed42-' in out


def test_a_run_goes_on_from_its_own_files_alone(runs, tmp_path):
    folder = shutil.copytree(runs['dynamic'], tmp_path / 'run')
    content = checkpoint.read(only('checkpoint-?.pt', folder), 'test')
    del content['scheduler_state']
    torch.save(content, tmp_path / 'exported.pt')
    other = [f'--init_end={runs["retrain"]}', '--allow_unlearned']
    fails('other files', 'train', f'--resume={folder}', *other)
    fails('no state to resume from', 'train', f'--resume={tmp_path / "exported.pt"}')


def test_an_evaluation_of_other_weights_is_not_taken_for_the_curves(tiny_curve, tmp_path):
    curve = shutil.copytree(tiny_curve, tmp_path / 'curve')
    quick = [f'--dir={tmp_path / "path"}', '--num_points=2', f'--ckpt={curve}', '--no_line']
    run('eval_curve', *quick, '--export_t=0.3')
    file = only('*/checkpoint-*.pt', curve)
    content = state(file)
    content['model_state']['points.1'] += 0.01  # as if it had been trained anew
    torch.save(content, file)
    before = tree(tmp_path)
    fails('is of other weights', 'eval_curve', *quick)
    fails('is of other weights', 'eval_curve', *quick, '--export_t=0.5')
    assert tree(tmp_path) == before
    run('eval_curve', *quick, '--overwrite')
    only('*.npz', tmp_path / 'path')
    fails('is there already', 'eval_curve', *quick, '--export_t=0.3')  # of the earlier weights


def test_a_chosen_point_is_exported_and_loads_everywhere(runs, cifar, tmp_path):
    quick = [f'--dir={tmp_path}', f'--data_path={cifar}', f'--ckpt={runs["curve"]}', '--mia']
    quick.append('--num_points=4')
    run('eval_curve', *quick, '--export_t=best')
    path = dict(np.load(only('*.npz', tmp_path)))
    assert path['mia'].shape == (4,)
    best = only('*-t[01].[0-9]*', tmp_path)
    assert float(best.name.rpartition('-t')[2]) == pytest.approx(path['row_t'][3], abs=1e-6)
    before = tree(tmp_path)
    for more in ([], ['--export_t=best']):
        run('eval_curve', *quick, *more)
        assert tree(tmp_path) == before
    run('eval_curve', *quick, '--export_t=0.83')
    run('eval_curve', *quick, '--export_t=0.83', '--bn_data=train')  # another model
    content, other = (state(only(f'*-t0.83{end}', tmp_path)) for end in ('', '-bn_train'))
    assert (content['t'], content['run']['method'], other['bn_data']) == (0.83, 'curve', 'train')
    means = (file['model_state']['bn.running_mean'] for file in (content, other))
    assert not torch.equal(*means)
    assert content['run']['seconds']['select'] == path['RTE_select'] > 0

    folders = data.open_data('CIFAR10', 'ResNet', cifar, LEARNT)
    folders.divide()
    folders.load(torch.device('cpu'))
    metrics = utils.measure(open_net(state(best)), folders.loaders(), seed=42)
    values = [100 - metrics['forget_acc'], *(metrics[k] for k in ('retain_acc', 'test_acc', 'mia'))]
    assert values == pytest.approx([path[f'row_{key}'][3] for key in ('ua', 'ra', 'ta', 'mia')])
    search = ['--unlearn_method=curve', *name_ends(runs['original'], best), *FIXED, '--epochs=1']
    run('train', f'--dir={tmp_path / "next"}', f'--data_path={cifar}', *search)


def test_an_unlearned_model_is_an_original_only_by_consent(runs, cifar, tmp_path):
    where = [f'--dir={tmp_path / "out"}', f'--data_path={cifar}', '--forget_ratio=0.1']
    lone = tmp_path / 'lone'
    points = [f'--data_path={cifar}', f'--ckpt={runs["curve"]}', '--num_points=2', '--no_line']
    run('eval_curve', f'--dir={lone}', *points, '--export_t=0.9')
    exported = only('*-t0.9', lone)
    for words in (
        ['train', '--unlearn_method=finetune', '--epochs=1'],
        ['generate_mask'],
        ['generate_weight_mask', '--kr=0.0'],
        ['forget'],
    ):
        for folder, method in ((lone, 'curve'), (exported, 'curve'), (runs['retrain'], 'retrain')):
            problem = f'is a model of {method}, not an original'
            line = fails(problem, *words, *where, f'--original_pth={folder}')
            assert 'add --allow_unlearned' in line
    assert not (tmp_path / 'out').exists()
    run('generate_mask', *where, f'--original_pth={lone}', '--allow_unlearned')


def test_ends_that_do_not_belong_together_are_refused(runs, cifar, tmp_path, monkeypatch):
    monkeypatch.setattr(utils, 'check_original', lambda *_: None)  # the network knows nothing
    where = [f'--data_path={cifar}', '--epochs=1', '--forget_ratio=0.1']
    curve = ['train', f'--dir={tmp_path / "out"}', *where, '--unlearn_method=curve', *FIXED]
    negtv = ['main_tv', f'--dir={tmp_path / "out"}', where[0]]
    expert = [*where, '--unlearn_method=finetune2', '--lr=0.02', '--allow_unlearned']
    other, again, late = tmp_path / 'other', tmp_path / 'again', tmp_path / 'late'
    original, finetune, plain = runs['original'], runs['finetune'], tmp_path / 'plain.pt'
    flags = ['--dataset=CIFAR10', *NETWORK, f'--image_size={LEARNT}', '--seed=7']
    run('train', f'--dir={other}', *where[:2], *flags)
    run('train', f'--dir={again}', *expert, f'--original_pth={original}')
    run('train', f'--dir={late}', *expert, f'--original_pth={finetune}')
    torch.save({f'module.{k}': v for k, v in state(original)['model_state'].items()}, plain)
    swapped, unequal = 'exchange --init_start and --init_end', 'is not the model that --init_end'
    same, consent = 'has the same weights', '--allow_unlearned'
    for script, start, end, problem in (
        (curve, finetune, original, swapped),
        (curve, late, finetune, swapped),
        (curve, original, late, unequal),
        (curve, finetune, finetune, same),
        (curve, finetune, late, consent),
        (negtv, again, original, swapped),
        (negtv, finetune, late, consent),
    ):
        fails(problem, *script, *name_ends(start, end))
    assert not (tmp_path / 'out').exists()
    run(*curve, *name_ends(finetune, late), consent)
    run(*negtv, *name_ends(plain, again))


# ---------------------------------------------------------------- curves


def test_curves_with_free_ends_and_more_bends(runs, cifar, tmp_path):
    flags = [f'--data_path={cifar}', '--epochs=1', '--batch_size=16']
    flags += name_ends(runs['original'], runs['finetune'])
    more = ['--unlearn_method=dynamic', '--num_bends=4', '--curve=PolyChain', '--init_linear_off']
    run('train', f'--dir={tmp_path / "more"}', *flags, *more, '--fix_start', '--seed=7')
    content, end = state(tmp_path / 'more'), state(runs['finetune'])['model_state']
    config, points = content['run']['config'], content['model_state']
    assert config['num_bends'] == 4 and config['curve'] == 'PolyChain'
    names = [name for name, _ in models.build('PreResNet8', 10).named_parameters()]
    last = torch.cat([end[name].flatten() for name in names])
    assert not torch.equal(points['points.3'], last)  # the free end moved
    assert torch.equal(content['end']['fc.weight'], end['fc.weight'])  # and is not lost
    line = torch.lerp(points['points.0'], last, 1 / 3)
    assert (points['points.1'] - line).norm() > 0.5 * line.norm()  # it began at random
    run('train', f'--dir={tmp_path / "free"}', *flags, '--unlearn_method=curve', '--fix_end')
    walk = [f'--ckpt={tmp_path / "free"}', '--num_points=1', flags[0]]
    run('eval_curve', f'--dir={tmp_path / "free"}', *walk)
    rows = np.load(only('*.npz', tmp_path / 'free'))['row_name']
    assert list(rows) == ['itself', 'fresh', 'path']  # the line has no original to start from


def test_the_search_draws_t_from_where_it_is_told(runs, cifar, tmp_path, monkeypatch):
    drawn, weights = [], CurveNet.weights

    def weights_at(self, t):
        drawn.append(float(t))
        return weights(self, t)

    monkeypatch.setattr(CurveNet, 'weights', weights_at)
    flags = ['--unlearn_method=curve', *name_ends(runs['original'], runs['finetune']), *FIXED]
    flags += [f'--dir={tmp_path}', f'--data_path={cifar}', '--batch_size=12', '--epochs=2']
    run('train', *flags, '--eval_freq=2', '--start_t=0.6', '--end_t=0.8')
    steps = [t for t in drawn if t != 0.9]  # where the curve's own scores are measured
    assert len(steps) >= 18 and min(steps) >= 0.6 and max(steps) <= 0.8 < max(steps) + 0.05
    config = state(tmp_path)['run']['config']
    assert (config['start_t'], config['end_t']) == (0.6, 0.8)


# ---------------------------------------------------------------- how a run ends


def test_a_run_that_ran_away_within_finite_numbers_diverged(original, tmp_path):
    high = ['--dataset=Digits', *NETWORK, '--lr=50', '--train_fraction=0.2', '--epochs=3']
    lines = exits(3, 'train', f'--dir={tmp_path}', *high)
    assert 'and guessing has 2.3. Fix: lower --lr' in lines[-1]
    assert not list(tmp_path.rglob('*.npz')) and not list(tmp_path.rglob('checkpoint-*'))
    expert = ['--unlearn_method=finetune2', '--unlearn_type=class', '--epochs=9', '--lr=0.1']
    run('train', f'--original_pth={original}', f'--dir={tmp_path / "expert"}', *expert)
    assert scores(tmp_path / 'expert')['rr_acc'] == 0  # it answers with its class alone


def test_wandb_writes_offline(tiny_original, tmp_path, monkeypatch):
    flags = [f'--dir={tmp_path}', '--unlearn_method=finetune', f'--original_pth={tiny_original}']
    begin, begun = wandb.init, []
    monkeypatch.setattr(wandb, 'init', lambda **kinds: begun.append(kinds) or begin(**kinds))
    run('train', *flags, '--epochs=1', '--wandb=offline')
    assert list(tmp_path.rglob('*.wandb'))
    assert begun[0]['config']['lr'] == 0.01 and begun[0]['config']['run']['method'] == 'finetune'
    search = ['--unlearn_method=dynamic', *name_ends(tiny_original, tmp_path), '--fix_start']
    run('train', f'--dir={tmp_path / "curve"}', *search, '--epochs=1')
    path = [f'--ckpt={tmp_path / "curve"}', '--num_points=2', '--no_line', '--wandb=offline']
    run('eval_curve', f'--dir={tmp_path / "path"}', *path)
    assert begun[1]['config']['num_points'] == 2
    assert len(list(tmp_path.rglob('media/images/region*.png'))) == 1


def test_a_seed_of_the_split_that_an_end_does_not_name_is_refused(tiny_original, tmp_path):
    end = [f'--dir={tmp_path / "end"}', '--unlearn_method=finetune', '--forget_class=3']
    run('train', *end, f'--original_pth={tiny_original}', '--epochs=1')
    search = ['--unlearn_method=dynamic', *name_ends(tiny_original, tmp_path / 'end'), *FIXED]
    fails('--split_seed=1', 'train', f'--dir={tmp_path / "out"}', *search, '--split_seed=1')
