"""A deletion request in one command: what it leaves, that it goes on, that all scripts take it."""

import json

import numpy as np
import pytest
import torch
from conftest import fails, only, run, scores, state, tree

import forget
from reproduce.layouts import image_folders

QUICK = ['--pre_epochs=1', '--epochs=1', '--num_points=3', '--batch_size=40', '--num_workers=2']
QUICK += ['--mask_ratio=0.5', '--lr=0.01']


@pytest.fixture(scope='module')
def small(cifar, tmp_path_factory):
    """An original on the small CIFAR10."""
    folder = tmp_path_factory.mktemp('small')
    flags = ['--dataset=CIFAR10', f'--data_path={cifar}', '--transform=ResNet', '--epochs=2']
    run('train', f'--dir={folder}', *flags, '--model=PreResNet8', '--lr=0.05', '--batch_size=40')
    return only('*', folder)


@pytest.fixture
def request_file(tmp_path):
    path = tmp_path / 'request.txt'
    path.write_text('3 5 17 40 41 99')
    return path


def test_a_request_leaves_model_figure_and_report(small, cifar, request_file, tmp_path):
    where = [f'--dir={tmp_path / "out"}', f'--data_path={cifar}', f'--original_pth={small}']
    flags = [*where, f'--forget_index={request_file}', *QUICK]
    run('forget', *flags)
    folder = only('forget-finetune-*', tmp_path / 'out')
    names = {path.name for path in folder.iterdir()}
    assert names >= {'unlearned.pt', 'region.png', 'region.pdf', 'report.md', 'report.json'}
    report = json.loads((folder / 'report.json').read_text())
    request = report['request']
    assert (request['samples'], request['of']) == (6, 120)
    assert request['forget_index'] == [3, 5, 17, 40, 41, 99]
    assert 0.75 <= report['t'] <= 1 and set(report['models']) == {
        *('original', 'finetune', 'unlearned')
    }
    unlearned = state(folder / 'unlearned.pt')
    assert unlearned['t'] == pytest.approx(report['t'])
    assert request['forget_fingerprint'] == unlearned['run']['forget_fingerprint']
    parts = [report['minutes'][part] for part in ('pre', 'mask', 'search', 'select')]
    said = {'dataset': 'CIFAR10', 'model': 'PreResNet8', 'seed': 42, 'allow_unlearned': False}
    assert said.items() <= report['settings'].items()
    assert all(parts) and report['minutes']['total'] == pytest.approx(sum(parts))
    assert (
        report['settings']['pre_lr'] == 0.04
        and report['versions']['torch'] == torch.__version__.partition('+')[0]
    )
    text = (folder / 'report.md').read_text()
    assert 'What this does not prove' in text and f't = {report["t"]:.3f}' in text
    assert text.count('| accuracy, ') == 3 and text.count('| MIA ') == 5
    distances = {name: model['distance'] for name, model in report['models'].items()}
    assert report['nearest'] == min(distances, key=distances.get)
    assert ('is the nearest' in text) == (report['nearest'] == 'unlearned')

    before = tree(tmp_path / 'out')
    fails('is there already', 'forget', *flags)
    assert tree(tmp_path / 'out') == before
    with pytest.raises(SystemExit):  # a device that is not there: nothing is lost
        run('forget', *flags, '--overwrite', '--device=cuda:99')
    assert tree(tmp_path / 'out') == before
    (folder / 'report.json').unlink()  # as if it had been stopped there: no stage is run again
    run('forget', *flags)
    after = tree(tmp_path / 'out')
    changed = {path.name for path in after if after[path] != before[path]}
    assert changed <= {'region.png', 'region.pdf'}

    # the unlearned model is an ordinary checkpoint for every script
    theta = f'--original_pth={folder / "unlearned.pt"}'
    split = [f'--data_path={cifar}', '--unlearn_type=index', f'--forget_index={request_file}']
    next_flags = [f'--dir={tmp_path / "next"}', *split, '--batch_size=40']
    fails('--allow_unlearned', 'train', *next_flags, '--unlearn_method=finetune2', theta)
    next_flags.append('--allow_unlearned')
    run('train', *next_flags, '--unlearn_method=finetune2', theta, '--epochs=1', '--lr=1e-6')
    expert = only('finetune2-*', tmp_path / 'next')
    known = scores(expert)
    found = {'retain': 'rr', 'forget': 'rf', 'test': 'tr'}
    for name, key in found.items():
        measured = report['models']['unlearned'][name]
        assert known[f'original_{key}_acc'] == pytest.approx(measured), name
    run('generate_mask', *next_flags, theta)
    run('generate_weight_mask', *next_flags, theta, '--kr=0.0')
    ends = [f'--init_start={folder / "unlearned.pt"}', f'--init_end={expert}']
    run('main_tv', *next_flags, *ends)
    run('train', *next_flags, '--unlearn_method=curve', '--epochs=1', *ends)
    curve = only('curve-*', tmp_path / 'next')
    run(
        'eval_curve',
        f'--dir={tmp_path}',
        f'--data_path={cifar}',
        f'--ckpt={curve}',
        '--num_points=2',
    )


def test_an_interrupted_request_goes_on(small, cifar, tmp_path, monkeypatch):
    where = [f'--dir={tmp_path}', f'--data_path={cifar}', f'--original_pth={small}']
    flags = [*where, '--unlearn_type=class', '--pre=salun', *QUICK]

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    for name in ('train', 'evaluate'):  # at the first stage, and at the last
        with monkeypatch.context() as patch:
            patch.setattr(forget, name, interrupted)
            with pytest.raises(SystemExit) as end:
                run('forget', *flags)
        assert end.value.code == 130
    before = tree(tmp_path)
    assert len([path for path in before if path.name == 'checkpoint-1.pt']) == 2  # method, search
    run('forget', *flags)
    folder = only('forget-salun-*', tmp_path)
    after = tree(tmp_path)
    assert all(after[path] == content for path, content in before.items())
    report = json.loads((folder / 'report.json').read_text())
    assert report['bases']['forget'] == 0 and report['request']['forget_class'] == 1
    assert 'test forgotten' in (folder / 'report.md').read_text()
    assert '(class c01, fingerprint' in (folder / 'report.md').read_text()
    mask = only('mask-*/mask_k*.pt', folder)
    mask.write_bytes(mask.read_bytes()[:100])  # damaged, and no report: made anew on --overwrite
    (folder / 'report.json').unlink()
    run('forget', *flags, '--overwrite')
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    assert (folder / 'report.json').exists()
    assert state(only('pre/salun-*', folder))['run']['method'] == 'salun'
    assert len(report['models']['unlearned']['ua_class']) == 10


def test_a_result_stays_until_there_is_another(small, cifar, request_file, tmp_path, monkeypatch):
    where = [f'--dir={tmp_path / "out"}', f'--data_path={cifar}', f'--original_pth={small}']
    flags = [*where, f'--forget_index={request_file}', '--pre=ga_plus', *QUICK]
    run('forget', *flags)
    folder = only('*', tmp_path / 'out')
    settings = json.loads((folder / 'report.json').read_text())['settings']
    assert (settings['pre_beta'], settings['kr']) == (0.2, 0.0)
    assert '- pre_beta: 0.2' in (folder / 'report.md').read_text()
    good = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    begun = {}
    for stage in ('train', 'evaluate', 'evaluate'):
        with monkeypatch.context() as patch:
            patch.setattr(forget, stage, interrupted)
            with pytest.raises(SystemExit):
                run('forget', *flags, '--overwrite')
        kept = only('*/report.json', tmp_path / 'out').parent
        assert good.items() <= {path.name: content for path, content in tree(kept).items()}.items()
        now = tree(folder)
        assert begun.items() <= now.items()  # what was begun goes on
        begun = now
    run('forget', *flags, '--overwrite')
    assert begun.items() <= tree(folder).items()
    assert list((tmp_path / 'out').iterdir()) == [folder] and (folder / 'report.json').exists()


def test_a_torchvision_network_on_an_image_folder(tmp_path):
    image_folders(tmp_path / 'photos', 4, 6, 3, size=(40, 36))
    flags = ['--dataset=ImageFolder', f'--data_path={tmp_path / "photos"}', '--transform=ResNet']
    run('train', f'--dir={tmp_path / "o"}', *flags, '--model=resnet18', '--epochs=1')
    theta = f'--original_pth={tmp_path / "o"}'
    split = ['--unlearn_type=random', '--forget_ratio=0.2', '--pre=sfron']
    run('forget', f'--dir={tmp_path / "out"}', flags[1], theta, *split, *QUICK)
    report = json.loads(only('*/report.json', tmp_path / 'out').read_text())
    assert report['request']['samples'] == 4 and np.isfinite(
        report['models']['unlearned']['distance']
    )
