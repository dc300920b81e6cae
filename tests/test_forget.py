"""A deletion request in one command or call: what it leaves, how it searches, that it goes on."""

import copy
import hashlib
import itertools
import json
import math
import random
import re
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from conftest import SMALL, ask, exits, fails, only, open_net, run, scores, state, tree
from PIL import Image
from torch import nn
from torch.nn import functional as F

import deletion
import forget as request_script
from data import Data, UserData
from deletion import Search
from evaluation.alignment import Goal, set_goal
from evaluation.metrics import hits
from evaluation.report import format_html
from forget import describe_request, forget, make_report
from lib.device import restore_generators
from lib.errors import NOT_USABLE, Diverged
from utils import predict

NET = """
from torch import nn

def small(num_classes):
    return nn.Sequential(nn.Conv2d(3, 16, 3, 2), nn.BatchNorm2d(16), nn.ReLU(),
                         nn.Conv2d(16, 32, 3, 2), nn.BatchNorm2d(32), nn.ReLU(), nn.Flatten(),
                         nn.Linear(288, num_classes))
"""
CLASSES = ('ant', 'bee', 'cat', 'dog')
CHOSEN = ['train/bee/003.png', '0', 'cat/001.png', '7, 30', 'dog/014.png']  # as people write them
INDICES = [0, 7, 23, 30, 41, 74]


def write_photos(root, train=20, test=12):
    """An image folder of four weak colours in much noise: a network learns it by heart."""
    rng = np.random.default_rng(0)
    colours = rng.integers(90, 165, (len(CLASSES), 1, 1, 3))
    for half, count in (('train', train), ('test', test)):
        for name, colour in zip(CLASSES, colours):
            (root / half / name).mkdir(parents=True)
            for number in range(count):
                own = colour + rng.normal(0, 30, 3)
                pixels = rng.normal(own, 70, (16, 16, 3)).clip(0, 255).astype(np.uint8)
                Image.fromarray(pixels).save(root / half / name / f'{number:03}.png')
    return root


def read_photos(half):
    """(images (N, 3, 16, 16) from 0 to 1, labels (N,)) of a half, in the order of their paths."""
    files = sorted(half.rglob('*.png'))
    pixels = np.stack([np.asarray(Image.open(file)) for file in files])
    labels = [CLASSES.index(file.parent.name) for file in files]
    return torch.tensor(pixels).permute(0, 3, 1, 2) / 255, torch.tensor(labels)


def make_net():
    """The network of net.py, at weights of its own."""
    names = {}
    exec(NET, names)  # noqa: S102
    torch.manual_seed(0)
    return names['small'](len(CLASSES))


def fit(net, x, y, steps=60):
    """Plain training on all of the data, and the net in eval mode."""
    optimizer = torch.optim.Adam(net.train().parameters(), 3e-3)
    for _ in range(steps):
        optimizer.zero_grad()
        F.cross_entropy(net(x), y).backward()
        optimizer.step()
    return net.eval()


@pytest.fixture(scope='module')
def photos(tmp_path_factory):
    return write_photos(tmp_path_factory.mktemp('photos'))


@pytest.fixture(scope='module')
def foreign(photos, tmp_path_factory):
    """(flags of a request but for its --dir, the folder of net.py and its trained state dict)."""
    folder = tmp_path_factory.mktemp('foreign')
    (folder / 'net.py').write_text(NET)
    (folder / 'request.txt').write_text('\n'.join(['# of a letter', *CHOSEN]))
    net = fit(make_net(), *read_photos(photos / 'train'))
    torch.save(net.state_dict(), folder / 'weights.pt')
    flags = [f'--data_path={photos}', f'--model={folder / "net.py"}:small', '--image_size=16']
    flags += ['--normalize=none', '--augment=none', f'--original_pth={folder / "weights.pt"}']
    return [*flags, f'--forget_index={folder / "request.txt"}', '--budget=0.02'], folder


def stop_after(monkeypatch, rounds):
    """Let a search end after so many rounds, and never before."""
    told = f'{rounds} rounds'
    find = lambda self: told if len(self.rounds) >= rounds else None  # noqa: E731
    monkeypatch.setattr(Search, 'find_stop', find)


def read_report(folder):
    return json.loads(only('forget-*/report.json', folder).read_text())


@torch.no_grad()
def count_right(net, x, y):
    return 100 * float((net(x).argmax(1) == y).float().mean())


# ---------------------------------------------------------------- what a request leaves


def test_a_request_leaves_model_report_and_figure(foreign, photos, tmp_path, monkeypatch):
    flags, folder = foreign
    stop_after(monkeypatch, 1)
    ask(*flags, f'--dir={tmp_path}')
    out = only('forget-*', tmp_path)
    files = 'unlearned.pt unlearned_state_dict.pt path.npz region.png region.pdf report.html'
    assert {path.name for path in out.iterdir()} == {*files.split(), 'report.json'}
    assert list(tmp_path.iterdir()) == [out]  # no lock is left
    report, page = read_report(tmp_path), (out / 'report.html').read_text()

    weights = torch.load(out / 'unlearned_state_dict.pt', weights_only=True)
    net, own = make_net(), state(out / 'unlearned.pt')['model_state']
    net.load_state_dict(weights)
    net.eval()
    assert weights.keys() == own.keys() and all(torch.equal(own[k], weights[k]) for k in own)
    before = torch.load(folder / 'weights.pt')
    assert any(not torch.equal(before[k], weights[k]) for k, _ in net.named_parameters())

    x, y = read_photos(photos / 'train')
    chosen = torch.zeros(len(y), dtype=torch.bool)
    chosen[INDICES] = True
    found = {'retain': count_right(net, x[~chosen], y[~chosen])}
    found |= {'forget': count_right(net, x[chosen], y[chosen])}
    found |= {'test': count_right(net, *read_photos(photos / 'test'))}
    with torch.no_grad():
        found['forget loss'] = float(F.cross_entropy(net(x[chosen]), y[chosen]))
    for key, value in found.items():
        assert report['models']['unlearned'][key] == pytest.approx(value, rel=1e-4), key

    request = report['request']
    assert (request['samples'], request['of']) == (6, 80)
    paths = ['ant/000.png', 'ant/007.png', 'bee/003.png', 'bee/010.png', 'cat/001.png']
    named = [{'index': i, 'path': p} for i, p in zip(INDICES, [*paths, 'dog/014.png'])]
    assert request['list'] == named
    lines = ''.join(f'{index}\n' for index in INDICES)
    assert request['list_sha256'] == hashlib.sha256(lines.encode()).hexdigest()
    assert all(path in page for path in paths)
    assert report['verdict']['words'] in page and 'Verdict: the unlearned model' in page
    assert report['preprocessing'] == '16 pixels, not normalised, augmented by nothing'
    assert report['t'] == state(out / 'unlearned.pt')['t']
    assert report['stopped'] == '1 rounds' and len(report['rounds']) == 1
    assert set(report['models']) == {'original', 'end', 'straight line', 'unlearned'}
    path, known = scores(out), report['models']['unlearned']
    at, i = path['ts'] == report['t'], list(path['row_name']).index('path')
    for key, values in {'retain': 'tr_acc', 'forget': 'tf_acc'}.items():
        assert path[values][at] == pytest.approx([known[key]])
    row = path['row_ra'][i], 100 - path['row_ua'][i]
    assert row == pytest.approx((known['retain'], known['forget']))
    parts = [report['minutes'][part] for part in ('ends', 'search', 'choice', 'scores')]
    assert all(parts) and report['minutes']['total'] == pytest.approx(sum(parts))
    assert report['minutes']['budget'] == pytest.approx(0.02)


def test_a_private_report_names_no_sample(foreign, tmp_path, monkeypatch):
    stop_after(monkeypatch, 1)
    ask(*foreign[0], f'--dir={tmp_path}', '--private_report')
    out = only('forget-*', tmp_path)
    report = read_report(tmp_path)
    lines = ''.join(f'{index}\n' for index in INDICES)
    assert report['request']['list_sha256'] == hashlib.sha256(lines.encode()).hexdigest()
    for name in ('report.json', 'report.html'):
        text = (out / name).read_text()
        assert '.png' not in text.replace('region.png', '') and 'forget_index' not in text
        assert '"list"' not in text and '<li>74 ' not in text


def test_every_script_takes_what_a_request_leaves(foreign, tmp_path, monkeypatch, capsys):
    flags, folder = foreign
    stop_after(monkeypatch, 2)
    ask(*flags, f'--dir={tmp_path}', '--keep')
    out = only('forget-*', tmp_path)
    assert (out / 'working.pt').exists() and only('curve/*', out).name == 'checkpoint-2.pt'
    report, data, split = read_report(tmp_path), flags[:1], flags[-2:-1]
    model, capsys_now = flags[1:2], capsys.readouterr
    capsys_now()
    run('plot_region', f'--dir={out}')
    assert f't* {report["t"]:.3f}' in capsys_now().out
    torch.save({k: 0.9 * v for k, v in state(folder / 'weights.pt')['model_state'].items()},
               tmp_path / 'retrained.pt')  # fmt: skip
    run('evaluation.table', out, f'--retrain={tmp_path / "retrained.pt"}', *data, *model)
    text, end = (out / 'table.md').read_text(), report['end']
    for name in ('original', 'retrain', f'{end}, straight line', f'MCU({end})'):
        assert f'| {name}' in text or f'**{name}' in text, name

    walk = [f'--dir={tmp_path / "walk"}', f'--ckpt={out / "curve"}', *data, *model]
    run('eval_curve', *walk, '--t_min=0.3', '--num_points=2', f'--export_t={report["t"]}')
    path = scores(tmp_path / 'walk')
    itself, fresh = (list(path['row_name']).index(name) for name in ('itself', 'fresh'))
    for i, model_name in ((itself, 'end'), (fresh, 'end')):
        known = report['models'][model_name]
        assert path['row_ra'][i] == pytest.approx(known['retain'])
        assert 100 - path['row_ua'][i] == pytest.approx(known['forget'])
        assert path['row_rf_nll'][i] == pytest.approx(known['forget loss'], rel=1e-4)
    points = [f'--dir={out / "points"}', *walk[1:], '--num_points=2', '--no_search']
    run('eval_curve', *points)
    run('evaluation.table', out, '--short')  # a walk without compared rows has no row there
    exported = state(only('walk/*/checkpoint-2.pt', tmp_path))['model_state']
    unlearned = state(out / 'unlearned.pt')['model_state']
    assert all(torch.allclose(exported[k], unlearned[k], atol=1e-5) for k in unlearned)

    theta = [f'--original_pth={out / "unlearned.pt"}', *data, *model, *split]
    theta.append(f'--dir={tmp_path / "next"}')
    fails('--allow_unlearned', 'train', *theta, '--unlearn_method=finetune2')
    theta.append('--allow_unlearned')
    run('train', *theta, '--unlearn_method=finetune2', '--epochs=1', '--lr=1e-6')
    expert = only('next/finetune2-*', tmp_path)
    for name, key in {'retain': 'rr', 'forget': 'rf', 'test': 'tr'}.items():
        measured = report['models']['unlearned'][name]
        assert scores(expert)[f'original_{key}_acc'] == pytest.approx(measured), name
    run('generate_mask', *theta)
    run('generate_weight_mask', *theta, '--kr=0.0')
    ends = [f'--init_start={out / "unlearned.pt"}', f'--init_end={expert}', *theta[1:]]
    run('main_tv', *ends)
    run('train', *ends, '--unlearn_method=curve', '--epochs=1')


def test_a_second_request_names_the_samples_of_the_first(foreign, tmp_path, monkeypatch):
    stop_after(monkeypatch, 1)
    flags, folder = foreign
    ask(*flags, f'--dir={tmp_path / "first"}')
    (result,) = (tmp_path / 'first').glob('forget-*/unlearned.pt')
    again = [flag for flag in flags if not flag.startswith(('--original', '--forget', '--image'))]
    again += [f'--original_pth={result}', '--allow_unlearned', f'--dir={tmp_path / "second"}']
    for other in ('--forget_class=bee', '--forget_ratio=0.1'):
        fails('of them again', 'forget', *again, other)
    (tmp_path / 'both.txt').write_text('\n'.join([*CHOSEN[1:], 'cat/005.png']))
    both = f'--forget_index={tmp_path / "both.txt"}'
    fails('has forgotten 6 samples, and this request would teach 1 of', 'forget', *again, both)
    assert not (tmp_path / 'second').exists()
    (tmp_path / 'both.txt').write_text('\n'.join([*CHOSEN, 'cat/005.png']))
    ask(*again, both)
    assert read_report(tmp_path / 'second')['request']['samples'] == 7


def test_the_size_of_photographs_is_asked_for(foreign, tmp_path):
    flags = [flag for flag in foreign[0] if not flag.startswith('--image_size')]
    fails('--image_size is missing', 'forget', *flags, f'--dir={tmp_path}')


def test_forgetting_a_class_by_its_name(foreign, tmp_path, monkeypatch):
    stop_after(monkeypatch, 2)
    ask(*foreign[0][:-2], '--forget_class=bee', '--budget=0.02', f'--dir={tmp_path}')
    report, out = read_report(tmp_path), only('forget-class1-*', tmp_path)
    request = report['request']
    assert (request['unlearn_type'], request['name'], request['samples']) == ('class', 'bee', 20)
    assert request['forget_class'] == 1 and request['list'][0]['path'] == 'bee/000.png'
    assert report['goal']['forget'] == 0 and report['models']['original']['forget'] > 90
    unlearned = report['models']['unlearned']
    assert unlearned['forget'] < 50 and 0 <= unlearned['test forgotten'] < 60
    page = (out / 'report.html').read_text()
    assert 'the class bee' in page and 'unseen samples of the class' in page


# ---------------------------------------------------------------- whether it is to be used


def test_the_exit_code_says_whether_the_model_is_to_be_used(foreign, tmp_path, monkeypatch, capsys):
    flags = [*foreign[0][:-1], '--overwrite', f'--dir={tmp_path}']
    assert ask(*flags, '--budget=5') == 0 and 'warning' not in capsys.readouterr().err
    report = read_report(tmp_path)
    assert report['verdict']['usable'] and report['verdict']['nearest'] == 'unlearned'
    assert report['stopped'] == 'the goal was reached' and report['minutes']['total'] < 5
    unlearned, original = (report['models'][name] for name in ('unlearned', 'original'))
    assert unlearned['gap'] <= report['goal']['tolerance'] < original['gap']
    stop_after(monkeypatch, 1)
    monkeypatch.setattr(Goal, 'tolerance', -1.0)
    assert ask(*flags) == NOT_USABLE == 4
    told = capsys.readouterr().err.splitlines()[-1]
    report, out = read_report(tmp_path), only('forget-*', tmp_path)
    assert report['verdict']['usable'] is False and report['verdict']['words'] in told
    assert told.startswith('warning: the unlearned model is not to be used.')
    assert 'is NOT to be used' in (out / 'report.html').read_text()
    assert (out / 'unlearned.pt').exists()


def test_the_verdict_names_the_nearest_model(photos):
    search = Search.__new__(Search)
    search.goal = Goal(100.0, 60.0, 100.0, 1.0, 0.0, samples=50, acc_error=8.0)
    seen = dict.fromkeys(('original', 'end', 'straight line', 'unlearned'))
    near, far = ({'retain': 100.0, 'forget': f, 'forget loss': 1.0} for f in (60.0, 100.0))
    search.seen = dict.fromkeys(seen, far)
    search.seen['unlearned'], search.is_straight = near, True
    assert search.judge()[:2] == (True, 'unlearned') and 'straight line' in search.judge()[2]
    search.is_straight = False
    assert search.judge()[2].endswith('None of the other models is nearer.')
    search.seen |= {'end': near, 'unlearned': near | {'forget': 66.0}}  # within the tolerance
    assert search.judge()[:2] == (False, 'end') and 'model is nearer' in search.judge()[2]
    search.seen |= {'end': far, 'unlearned': near | {'forget': 72.0}}
    assert search.judge()[:2] == (False, 'unlearned') and 'budget' in search.judge()[2]
    search.goal = Goal(100.0, 98.0, 100.0, 1.0, 0.0, samples=2, acc_error=40.0)  # too few samples
    small = {'retain': 100.0, 'forget': 100.0, 'forget loss': 0.1}
    search.seen = dict.fromkeys(seen, small) | {'unlearned': small | {'forget loss': 0.2}}
    assert search.judge()[:2] == (False, 'unlearned') and 'loss' in search.judge()[2]
    search.seen['unlearned'] = small | {'retain': 99.9, 'forget loss': 0.8}
    assert search.judge()[:2] == (True, 'unlearned')  # 1.05 points away, the others 1.00
    assert search.judge()[2].endswith('is nearer, loss on the samples included.')
    search.seen['unlearned'] = small | {'retain': 97.0, 'forget loss': 0.8}
    assert search.judge()[:2] == (False, 'unlearned')
    assert 'kept lost more than 2 points' in search.judge()[2]
    search.seen |= {'unlearned': small, 'end': small | {'forget loss': 0.2}}
    assert 'as near to the goal in accuracy, and nearer in loss' in search.judge()[2]
    # a class, which has no loss to reach: the end is farther, and harmed nothing
    search.goal = Goal(100.0, 0.0, 100.0, None, 0.0, samples=50, acc_error=8.0)
    kept = {'retain': 100.0, 'forget': 12.0, 'forget loss': 1.0}
    search.seen = dict.fromkeys(seen, far) | {'end': kept, 'unlearned': kept | {'retain': 90.0}}
    search.seen['unlearned'] |= {'forget': 0.0}
    assert search.judge()[:2] == (False, 'end')
    assert 'kept lost more than 2 points' in search.judge()[2]


def test_that_retraining_is_cheaper_is_said_first(foreign, tmp_path, monkeypatch, capsys):
    stop_after(monkeypatch, 1)
    monkeypatch.setattr(Search, 'time_sample', lambda self: 0.001)
    for epochs, cheaper in ((1, True), (10**7, False)):
        dirs = [f'--dir={tmp_path / str(epochs)}', f'--retrain_epochs={epochs}']
        ask(*foreign[0], *dirs)
        out, words = capsys.readouterr().out, 'retraining is the cheaper way'
        retraining = read_report(tmp_path / str(epochs))['retraining']
        assert retraining['cheaper'] is cheaper and retraining['known']
        assert retraining['epochs'] == epochs and (words in out) is cheaper
        assert out.partition(words)[2].count('round 1') == cheaper
        page = only('*/*/report.html', tmp_path) if cheaper else only('1000*/*/*.html', tmp_path)
        assert ('Retraining is cheaper here' in page.read_text()) is cheaper


def test_only_an_original_says_how_long_retraining_takes():
    said = {'flags': {'epochs': 50}, 'epoch': 50, 'run': {'method': 'baseline'}}
    assert request_script.find_epochs(said) == 50
    assert request_script.find_epochs({'epoch': 7}) == 7  # of other code
    for odd in ({}, {'epoch': 'last'}, said | {'run': {'method': 'forget'}}):
        assert request_script.find_epochs(odd) is None


def test_an_early_checkpoint_is_retrained_in_its_own_epochs(tmp_path, monkeypatch):
    stop_after(monkeypatch, 1)
    flags = ['--dataset=Digits', '--train_fraction=0.1', '--test_fraction=0.3', *SMALL]
    run('train', f'--dir={tmp_path}/o', *flags, '--epochs=3', '--save_freq=1', '--eval_freq=3')
    for epoch in (1, 3):
        original = f'--original_pth={only(f"o/*/checkpoint-{epoch}.pt", tmp_path)}'
        ask(f'--dir={tmp_path}/{epoch}', original, '--forget_ratio=0.1', '--budget=0.02')
        retraining = read_report(tmp_path / str(epoch))['retraining']
        assert (retraining['epochs'], retraining['known']) == (epoch, True)


# ---------------------------------------------------------------- what is there already, goes on


def interrupt(*_):
    raise KeyboardInterrupt


def test_an_interrupted_request_goes_on(foreign, tmp_path, monkeypatch):
    stop_after(monkeypatch, 3)
    whole, parts = ([*foreign[0], f'--dir={tmp_path / name}'] for name in ('whole', 'parts'))
    ask(*whole)
    calls, search_round, try_end = [], Search.search_round, Search.try_end

    def search_twice(self):
        if 'round' in calls:
            raise KeyboardInterrupt
        calls.append('round')
        search_round(self)

    def count_end(self, name):
        calls.append(name)
        return try_end(self, name)

    monkeypatch.setattr(Search, 'try_end', count_end)
    for name, function in (('make_end', interrupt), ('search_round', search_twice)):
        with monkeypatch.context() as patch:
            patch.setattr(Search, name, function)
            exits(130, 'forget', *parts)
        out = only('parts/forget-*', tmp_path)
        assert not (out / 'report.json').exists()
    assert calls == [*deletion.ENDS, 'round']
    parts.append('--overwrite')  # there is no result that it could stand for
    size = (out / 'working.pt').stat().st_size
    ask(*parts)
    assert calls == [*deletion.ENDS, 'round']  # the ends are not trained again
    assert size <= 3.2 * (out / 'unlearned_state_dict.pt').stat().st_size
    assert not (out / 'working.pt').exists()
    states = [state(only(f'{n}/*/unlearned.pt', tmp_path)) for n in ('whole', 'parts')]
    one, other = (content['model_state'] for content in states)
    assert all(torch.equal(one[k], other[k]) for k in one) and states[0]['t'] == states[1]['t']
    first, second = (read_report(tmp_path / name) for name in ('whole', 'parts'))
    assert first['rounds'] == second['rounds'] and len(first['rounds']) == 3
    assert first['models'] == second['models']


def test_batches_of_one_sample_are_refused(photos, tmp_path):
    text = NET.replace('nn.Flatten()', 'nn.Flatten(), nn.BatchNorm1d(288)')
    (tmp_path / 'net.py').write_text(text)
    own = {}
    exec(text, own)  # noqa: S102
    torch.save(own['small'](len(CLASSES)).state_dict(), tmp_path / 'weights.pt')
    flags = [f'--data_path={photos}', f'--model={tmp_path / "net.py"}:small', '--image_size=16']
    flags += [f'--original_pth={tmp_path / "weights.pt"}', '--forget_ratio=0.1', '--batch_size=1']
    told = fails('a batch of what is kept has one sample', 'forget', *flags, f'--dir={tmp_path}/o')
    assert '--batch_size' in told and not (tmp_path / 'o').exists()


def test_a_result_stays_until_there_is_another(foreign, tmp_path, monkeypatch):
    stop_after(monkeypatch, 1)
    flags = [*foreign[0], f'--dir={tmp_path}']
    ask(*flags)
    folder, good = only('forget-*', tmp_path), tree(tmp_path)
    fails('is there already', 'forget', *flags)
    for problem in ('--device=cuda:99', '--forget_index=nowhere.txt'):
        exits(2, 'forget', *flags, '--overwrite', problem)
        assert tree(tmp_path) == good
    with monkeypatch.context() as patch:  # found when the images are there
        patch.setattr(request_script, 'check_original', interrupt)
        exits(130, 'forget', *flags, '--overwrite')
    assert tree(tmp_path) == good

    for name in ('make_end', 'search_round', 'finish'):
        with monkeypatch.context() as patch:
            patch.setattr(Search, name, interrupt)
            exits(130, 'forget', *flags, '--overwrite')
        kept = tree(folder.with_name(f'{folder.name}.before'))
        assert sorted(kept.values()) == sorted(good.values())
        assert (folder / 'working.pt').exists() == (name != 'make_end')
    with monkeypatch.context() as patch:  # all is done but the report
        patch.setattr(request_script, 'format_html', interrupt)
        exits(130, 'forget', *flags)
    assert (folder / 'working.pt').exists() and not (folder / 'report.json').exists()
    monkeypatch.setattr(Search, 'train', lambda self, model, name, *_, **__: None)
    monkeypatch.setattr(Search, 'time_sample', lambda self: 0.1)
    ask(*flags, '--overwrite')  # nothing is trained again
    assert list(tmp_path.iterdir()) == [folder] and (folder / 'report.json').exists()
    again = {path.name: content for path, content in tree(folder).items()}
    same = ('unlearned_state_dict.pt', 'region.png')
    assert all(again[name] == good[folder / name] for name in same)


@pytest.mark.parametrize('overwrite', [[], ['--overwrite']])
def test_requests_side_by_side_replace_no_result(overwrite, foreign, tmp_path, monkeypatch):
    stop_after(monkeypatch, 1)
    flags, load, refused = [*foreign[0], f'--dir={tmp_path / "runs"}'], Data.load, []
    if overwrite:
        ask(*flags)

    def load_beside_another(self, *how):
        if not refused:
            refused.append(None)
            before = tree(tmp_path)
            refused.append(fails('a run is going on there', 'forget', *flags, *overwrite))
            assert tree(tmp_path) == before
        load(self, *how)

    monkeypatch.setattr(Data, 'load', load_beside_another)
    ask(*flags, *overwrite)
    assert len(refused) == 2 and list((tmp_path / 'runs').iterdir()) == [only('runs/*', tmp_path)]


def test_a_result_that_appears_meanwhile_stays(foreign, tmp_path, monkeypatch):
    stop_after(monkeypatch, 1)
    flags, load = [*foreign[0], f'--dir={tmp_path}'], request_script.load_network

    def load_after_another(*how):
        monkeypatch.setattr(request_script, 'load_network', load)
        ask(*flags)
        good.update(tree(tmp_path))
        return load(*how)

    good = {}
    monkeypatch.setattr(request_script, 'load_network', load_after_another)
    assert 'is there already' in exits(2, 'forget', *flags)[-1]
    assert good and tree(tmp_path) == good


# ---------------------------------------------------------------- the goal


def make_predictions(**parts):
    """{part: (logits, labels)} of two classes, label 0; each number: its logit against 0."""
    rows = {part: np.array([[value, 0.0] for value in values]) for part, values in parts.items()}
    return {part: (logits, np.zeros(len(logits), dtype=int)) for part, logits in rows.items()}


def test_the_goal_of_some_samples_by_hand():
    tests = [1.0, 1.0, 1.0, -1.0]  # 75 % right
    parts = {'train_retain': [2.0] * 6, 'train_forget': [3.0, 3.0], 'test_retain': tests}
    goal = set_goal(make_predictions(**parts))
    assert (goal.retain, goal.forget, goal.original_retain, goal.samples) == (100.0, 75.0, 100.0, 2)
    loss = (3 * math.log1p(math.exp(-1)) + math.log1p(math.e)) / 4
    assert goal.base_loss == pytest.approx(loss)
    assert goal.original_loss == pytest.approx(math.log1p(math.exp(-3)))
    error = 100 * math.sqrt(4 / 6 * 2 / 6 * (1 / 2 + 1 / 4))  # 3 + 1 of 4 + 2 are right
    assert goal.acc_error == pytest.approx(error)
    assert goal.tolerance == pytest.approx(error / 2 + 0.25)
    # one of the four losses is larger by 1
    assert goal.loss_error == pytest.approx(math.sqrt(3) / 4 * math.sqrt(1 / 2 + 1 / 4))
    parts['train_retain'][0] = -2.0
    assert set_goal(make_predictions(**parts)).retain == 87.5  # of all of D
    asked = set_goal(make_predictions(**parts), forget_base=10.0)
    assert (asked.retain, asked.forget, asked.base_loss) == (87.5, 10.0, None)
    assert asked.acc_error == pytest.approx(100 * math.sqrt(1.2 / 4 * 2.8 / 4 / 2))
    seen = {'retain': 87.5, 'forget': 10.0, 'forget loss': 9.0}
    assert asked.objective(seen) == 0 and asked.is_met(seen, seen | {'forget': 100.0})


def test_the_goal_of_a_class_by_hand():
    parts = {'train_retain': [2.0] * 6, 'train_forget': [3.0] * 8, 'test_retain': [1.0, -1.0]}
    predictions = make_predictions(**parts, test_forget=[1.0])
    kept = [[0.0, 2.0, 1.0], [3.0, 2.0, 1.0], [3.0, 1.0, 2.0], [0.0, 2.0, 1.0]]
    predictions['train_retain'] = np.array(kept), np.ones(4, dtype=int)
    goal = set_goal(predictions, forget_class=0)
    # half are right; one more would be if class 0 were no answer
    assert goal[:4] == (75.0, 0.0, 50.0, None)  # retain, forget, original_retain, base_loss
    assert goal.measure_harm({'retain': 48.0}) == 0  # of the 50 that the original has
    assert goal.measure_harm({'retain': 47.5}) == 0.5
    goal = goal._replace(retain=100.0)
    assert goal.acc_error == pytest.approx(100 * math.sqrt(0.1 * 0.9 / 8))
    seen = {'retain': 98.0, 'forget': 12.5, 'forget loss': 0.1}
    assert goal.share_left(seen) == 0
    assert goal.objective(seen) == goal.gap(seen) == pytest.approx((2 + 12.5) / 2)
    original = {'retain': 100.0, 'forget': 100.0, 'forget loss': 0.0}
    assert not goal.is_met(seen, original)  # 7.25 of 5.55 points
    assert goal.is_met(seen | {'forget': 5.0}, original)


def test_losses_decide_between_gaps_that_are_alike():
    goal = Goal(100.0, 80.0, 100.0, base_loss=1.0, original_loss=0.2, samples=25, acc_error=5.0)
    seen = {'retain': 99.0, 'forget': 84.0, 'forget loss': 0.6}
    assert goal.gap(seen) == 2.5 and goal.share_left(seen) == pytest.approx(0.5)
    assert goal.objective(seen) == pytest.approx(2.5 + 0.5 * 50 / 25)
    assert goal.share_left(seen | {'forget loss': 1.4}) == pytest.approx(0.5)  # too far
    assert goal.share_left(seen | {'forget loss': 9.0}) == 1
    # a way of 0.8 that chance explains counts as 1.6
    assert goal._replace(loss_error=1.6).share_left(seen) == pytest.approx(0.25)
    # one sample more that is wrong, 2 points of the gap, outweighs any loss
    assert goal.objective(seen | {'forget': 80.0, 'forget loss': 9.0}) < goal.objective(seen)
    original = {'retain': 100.0, 'forget': 100.0, 'forget loss': 0.2}
    assert goal.is_met(seen, original) and goal.tolerance == 2.75
    assert not goal.is_met(seen | {'retain': 98.0}, original)  # 3 points
    assert not goal.is_met(seen, seen | {'forget loss': 0.7})  # the original is as near
    few = goal._replace(samples=2, acc_error=30.0)  # the original's 10 points are within 15.25
    assert not few.is_met(seen | {'forget loss': 0.7}, original)  # 3/8 of the way are left
    assert few.is_met(seen | {'forget loss': 0.85}, original)
    assert not few.is_met(seen | {'retain': 70.0, 'forget loss': 1.0}, original)


def test_few_samples_do_not_excuse_what_is_kept():
    goal = Goal(97.0, 70.0, 97.0, base_loss=1.0, original_loss=0.1, samples=1, acc_error=45.0)
    original = {'retain': 97.0, 'forget': 100.0, 'forget loss': 0.1}
    seen = {'retain': 95.0, 'forget': 100.0, 'forget loss': 1.0}
    assert goal.tolerance == 22.75 and goal.is_met(seen, original)
    assert goal.objective(seen) == goal.gap(seen) == 16.0
    worse = seen | {'retain': 94.0}
    assert goal.gap(worse) == 16.5 and not goal.is_met(worse, original)
    assert goal.objective(worse) == 16.5 + 1  # one point beyond the two


# ---------------------------------------------------------------- from Python


class Pairs(torch.utils.data.Dataset):
    """A list of (tensor, label). Where it augments: noise, drawn from each global generator."""

    def __init__(self, x, y, noise=0.0):
        self.x, self.y, self.noise = x, y.tolist(), noise

    def __len__(self):
        return len(self.y)

    def __getitem__(self, index):
        x = self.x[index]
        if self.noise:
            x = x + self.noise * (torch.randn(x.shape) + np.random.randn() + random.gauss(0, 1))
        return x.float(), self.y[index]


@pytest.fixture(scope='module')
def user_model(photos):
    """(a trained network, its training set, its test set)."""
    x, y = read_photos(photos / 'train')
    net = make_net()
    net.insert(6, nn.Dropout(0.1))  # which draws from the global generator
    return fit(net, x, y), Pairs(x, y, 0.05), Pairs(*read_photos(photos / 'test'))


def read_generators():
    """The states of the global generators, to be compared."""
    numpy = np.random.get_state()
    return torch.get_rng_state().tolist(), numpy[1].tolist(), numpy[2:], random.getstate()


def test_a_call_leaves_the_given_model_and_generators_as_they_are(user_model, monkeypatch):
    net, train_set, test_set = user_model
    stop_after(monkeypatch, 2)
    before, lines = {k: v.clone() for k, v in net.state_dict().items()}, []
    monkeypatch.delattr('lib.device.keep_memory')  # of the whole process
    matmul = torch.backends.cuda.matmul
    matmul.fp32_precision = 'tf32'  # as a program of its own may set it
    results = []
    for seed, indices in ((1, INDICES), (2, np.array(INDICES)), (3, torch.tensor(INDICES))):
        for set_seed in (torch.manual_seed, np.random.seed, random.seed):
            set_seed(seed)
        before_call = read_generators()
        results.append(forget(net, train_set, indices, test_set, device='cpu', log=lines.append))
        assert read_generators() == before_call
    assert all(torch.equal(before[k], v) for k, v in net.state_dict().items())
    assert not net.training and all(p.requires_grad for p in net.parameters())
    assert matmul.fp32_precision == 'tf32'
    matmul.fp32_precision = 'none'
    states = [result.model.state_dict() for result in results]
    for other in states[1:]:
        assert all(torch.equal(states[0][k], v) for k, v in other.items())
    assert any(not torch.equal(before[k], v) for k, v in states[0].items())

    model, report, region = results[0]
    assert not model.training and model is not net
    assert {'usable', 'nearest', 'words'} <= report['verdict'].keys()
    assert json.loads(json.dumps(report)) == report
    assert [sample['index'] for sample in report['request']['list']] == INDICES
    assert list(region.columns) == ['t', 'retain', 'forget', 'forget loss', 'gap']
    assert region.t.is_monotonic_increasing and region.t.iloc[0] == 0
    row = region[region.t == report['t']].iloc[0]
    assert row.forget == pytest.approx(report['models']['unlearned']['forget'])
    assert any(line.startswith('round 2') for line in lines)


def test_what_is_frozen_stays_as_it_is(user_model, monkeypatch):
    net, train_set, test_set = user_model
    stop_after(monkeypatch, 2)
    net = copy.deepcopy(net)
    frozen = {'0.weight', '1.weight', '3.bias'}
    for name in frozen:
        net.get_parameter(name).requires_grad_(False)
    model = forget(net, train_set, INDICES, test_set, device='cpu').model
    for name, parameter in model.named_parameters():
        assert parameter.requires_grad == (name not in frozen), name
        assert torch.equal(parameter, net.get_parameter(name)) == (name in frozen), name
    with pytest.raises(ValueError, match='every parameter of the model is frozen'):
        forget(net.requires_grad_(False), train_set, INDICES, test_set)


@pytest.mark.parametrize('grad_mode', [torch.no_grad, torch.inference_mode])
def test_a_call_may_come_without_gradients_and_in_parallel(user_model, monkeypatch, grad_mode):
    net, train_set, test_set = user_model
    stop_after(monkeypatch, 1)
    with grad_mode():
        result = forget(nn.DataParallel(net), train_set, INDICES, test_set, device='cpu')
    assert type(result.model) is nn.Sequential
    assert all(p.requires_grad and not p.is_inference() for p in result.model.parameters())


@pytest.mark.parametrize('convert', [list, np.array, torch.tensor])
def test_a_boolean_mask_is_taken_as_a_mask(user_model, monkeypatch, convert):
    net, train_set, test_set = user_model
    stop_after(monkeypatch, 1)
    mask = convert([index in INDICES for index in range(80)])
    report = forget(net, train_set, mask, test_set, device='cpu').report
    assert [sample['index'] for sample in report['request']['list']] == INDICES


class Answer(nn.Module):
    """A network whose answer is changed, in one mode only."""

    def __init__(self, net, is_training, change):
        super().__init__()
        self.net, self.is_training, self.change = net, is_training, change

    def forward(self, x):
        return self.change(self.net(x)) if self.training == self.is_training else self.net(x)


@pytest.mark.parametrize(
    ('is_training', 'change', 'told'),
    [
        (True, lambda y: (y, y), 'in train mode the model gives a tuple for 2 images'),  # GoogLeNet
        (False, lambda y: {'logits': y}, 'in eval mode the model gives a dict'),
        (False, lambda y: y.argmax(1), r'in eval mode the model gives a tensor \(2,\)'),
        (True, lambda y: y[:, :3], r'tensor \(2, 3\) for 2 images: a tensor of logits \(2, 4\)'),
    ],
)
def test_outputs_that_are_no_logits_are_refused(user_model, is_training, change, told):
    net, train_set, test_set = user_model
    with pytest.raises(ValueError, match=told):
        forget(Answer(net, is_training, change), train_set, INDICES, test_set, device='cpu')


def test_a_call_measures_on_the_plain_set(user_model, monkeypatch):
    net, train_set, test_set = user_model
    stop_after(monkeypatch, 1)
    dark = Pairs(torch.zeros_like(train_set.x), torch.tensor(train_set.y))  # each image the same
    how = {'plain_set': dark, 'retrain_epochs': 7, 'device': 'cpu', 'budget': 0.5}
    report = forget(net, train_set, INDICES, test_set, **how).report
    assert report['retraining']['epochs'] == 7 and report['retraining']['known']
    assert report['minutes']['budget'] == pytest.approx(0.5)
    answers = net(torch.zeros(80, 3, 16, 16)).argmax(1).tolist()
    right = [answers[i] == label for i, label in enumerate(train_set.y)]
    assert report['goal']['retain'] == pytest.approx(100 * sum(right) / 80)  # 25, not 100


def test_augmented_images_are_trained_on_and_plain_ones_measured(user_model):
    _, train_set, test_set = user_model
    dark = Pairs(torch.zeros_like(train_set.x), torch.tensor(train_set.y))
    data = UserData(train_set, test_set, dark)
    data.divide(unlearn_type='index', forget_index=[3])
    data.load(torch.device('cpu'))
    for train in (True, False):
        assert any(x.any() for x, *_ in data.loader('train', train=train)) == train
    images, how = [], {'train': True, 'indices': torch.tensor([5])}
    for epoch in (0, 0, 1):
        ((x, *_),) = data.loader('train', epoch=epoch, **how)
        images.append(x)
    assert torch.equal(*images[:2]) and not torch.equal(*images[1:])


def test_a_network_may_change_its_input(user_model):
    data = UserData(*user_model[1:])
    data.divide(unlearn_type='index', forget_index=INDICES)
    data.load(torch.device('cpu'))
    loader = data.loader('test_retain', keep=True)
    first, second = (torch.cat([x.sub_(0.5) for x, *_ in loader]) for _ in range(2))
    assert torch.equal(first, second)


def test_a_call_forgets_a_class(user_model, monkeypatch):
    net, train_set, test_set = user_model
    stop_after(monkeypatch, 2)
    model, report, _ = forget(net, train_set, None, test_set, forget_class=2, device='cpu')
    chosen = [i for i, label in enumerate(train_set.y) if label == 2]
    assert report['goal']['forget'] == 0 and report['request']['samples'] == len(chosen) == 20
    assert report['models']['unlearned']['test forgotten'] is not None
    found = count_right(model, train_set.x[chosen], torch.full((20,), 2))
    assert found < 50 < report['models']['original']['forget']


def test_the_accuracy_to_reach_can_be_asked_for(user_model, foreign, tmp_path, monkeypatch):
    net, train_set, test_set = user_model
    stop_after(monkeypatch, 1)
    how = {'forget_base': 12.5, 'device': 'cpu'}
    report = forget(net, train_set, range(8), test_set, **how).report
    unlearned, goal = report['models']['unlearned'], report['goal']
    assert goal['forget'] == 12.5 == report['settings']['forget_base']
    gap = (abs(unlearned['retain'] - goal['retain']) + abs(unlearned['forget'] - 12.5)) / 2
    assert unlearned['gap'] == pytest.approx(gap)
    ask(*foreign[0], '--forget_base=20', f'--dir={tmp_path}')
    assert read_report(tmp_path)['goal']['forget'] == 20
    page = only('forget-*/report.html', tmp_path).read_text()
    assert '20.0&nbsp;%' in page and 'are right: so it was asked for' in page
    fails('--forget_base', 'forget', *foreign[0], '--forget_base=101', f'--dir={tmp_path}')


def test_a_call_touches_no_gpu_but_its_own(user_model, monkeypatch):
    stop_after(monkeypatch, 1)
    forked, fork = [], torch.random.fork_rng
    count = lambda devices=None, **how: forked.extend(devices) or fork([])  # noqa: E731
    monkeypatch.setattr(torch.random, 'fork_rng', count)
    monkeypatch.setattr(torch.cuda, 'device_count', lambda: 8)
    monkeypatch.setattr(torch.cuda, 'manual_seed_all', forked.append)
    forget(*user_model[:2], [3], user_model[2], device='cpu')
    assert not forked
    with restore_generators('cuda:3'):
        assert forked == [3]


@pytest.mark.parametrize(
    ('indices', 'how', 'told'),
    [
        ([], {}, 'forgetting 0 of 80'),
        ([False] * 80, {}, 'forgetting 0 of 80'),
        ([True] * 79, {}, 'booleans: a mask needs one for each of 80'),
        (np.ones(81, dtype=bool), {}, 'booleans: a mask needs'),
        ([True] * 79 + [1], {}, 'booleans: a mask needs'),
        ([3], {'forget_base': 101}, 'give percent'),
        ([3, 80], {}, '80 is outside 0 to 79'),
        ([-1], {}, '-1 is outside'),
        ([3, 4, 3], {}, 'more than once'),
        (range(80), {}, 'forgetting 80 of 80'),
        (None, {}, 'one of the two'),
        ([3], {'forget_class': 1}, 'one of the two'),
        (None, {'forget_class': 4}, '4 is outside 0 to 3'),
        ([3], {'device': 'cuda:99'}, 'cuda:99'),
        ([3], {'plain_set': [0]}, 'not of the same samples'),
        ([3], {'plain_set': []}, 'holds no sample'),
        ([3], {'budget': 0}, 'budget is 0'),
    ],
)
def test_a_wrong_call_raises_a_value_error(user_model, indices, how, told):
    net, train_set, test_set = user_model
    with pytest.raises(ValueError, match=told):
        forget(net, train_set, indices, test_set, **how)


def test_labels_that_contradict_one_another_are_refused(user_model):
    net, train_set, test_set = user_model
    wrong_train, wrong_test = copy.copy(train_set), copy.copy(test_set)
    wrong_train.targets, wrong_test.targets = train_set.y[::-1], test_set.y[::-1]
    reversed_set = torch.utils.data.Subset(train_set, range(79, -1, -1))
    last = Pairs(train_set.x, torch.tensor([*train_set.y[:-1], 1]))
    for train, test, plain, told in (
        (wrong_train, test_set, None, 'train_set[0] has the label 0, but train_set.targets says 3'),
        (train_set, wrong_test, None, 'test_set[0] has the label 0, but test_set.targets says 3'),
        (train_set, test_set, reversed_set, 'plain_set[0] has the label 3, but train_set says 0'),
        (train_set, test_set, last, 'plain_set[79] has the label 1, but train_set says 3'),
    ):
        with pytest.raises(ValueError, match=re.escape(told)):
            forget(net, train, INDICES, test, plain_set=plain)


@pytest.mark.parametrize('has_targets', [True, False])
def test_labels_may_be_arrays_of_one_element(user_model, monkeypatch, has_targets):
    net, train_set, test_set = user_model
    stop_after(monkeypatch, 1)
    column = copy.copy(train_set)
    column.y = np.array(train_set.y)[:, None]
    if has_targets:
        column.targets = column.y
    report, expected = (forget(net, x, INDICES, test_set).report for x in (column, train_set))
    assert report['models'] == expected['models']
    column.y = np.eye(4)[train_set.y]
    if has_targets:
        column.targets = column.y
    with pytest.raises(ValueError, match=r'shape \(.*4,?\): give '):
        forget(net, column, INDICES, test_set)


def test_a_call_in_one_of_several_processes_is_refused(user_model, monkeypatch):
    monkeypatch.setenv('WORLD_SIZE', '2')
    with pytest.raises(ValueError, match='call forget'):
        forget(*user_model[:2], [3], user_model[2])


def test_a_model_that_cannot_be_trained_raises_a_runtime_error(user_model, monkeypatch):
    net, train_set, test_set = user_model
    monkeypatch.setattr(Search, 'try_end', lambda *_: None)
    with pytest.raises(RuntimeError, match='every pre-unlearning model diverged'):
        forget(net, train_set, [3], test_set, device='cpu')


def test_given_data_reads_labels_and_keeps_only_what_is_small(user_model, monkeypatch):
    _, train_set, test_set = user_model
    train_set.targets = [0] * len(train_set)
    train_set.target_transform = print  # then the targets are not the labels
    try:
        data = UserData(train_set, test_set)
    finally:
        del train_set.targets, train_set.target_transform
    assert data.targets[0].tolist() == train_set.y
    data.divide(unlearn_type='index', forget_index=[3])
    data.load(torch.device('cpu'))
    assert data.loader('train', keep=True).keep
    monkeypatch.setattr('lib.loaders.KEPT_BYTES', 79 * 4 * 3 * 16 * 16)  # one image less
    assert not data.loader('train', keep=True).keep
    assert data.loader('train_retain', keep=True).keep
    with pytest.raises(ValueError, match='an image is a str, not a tensor'):
        other = UserData([('a', 0), ('b', 1)], test_set)
        other.load(torch.device('cpu'))


# ---------------------------------------------------------------- the search


def test_a_list_that_is_a_class_is_said(user_model, capsys):
    _, train_set, test_set = user_model
    data = UserData(train_set, test_set)
    whole = [i for i, label in enumerate(train_set.y) if label == 2]
    for chosen, told in ((whole, '--forget_class=2'), (whole[1:], ''), (whole + [0], '')):
        data.divide(unlearn_type='index', forget_index=chosen)
        request_script.warn_of_class(data)
        err = capsys.readouterr().err
        assert told in err and bool(err) == bool(told)


@pytest.mark.parametrize('stale', [False, True])
def test_stale_statistics_of_the_original_are_said(stale, user_model):
    net, train_set, test_set = user_model
    net, lines = copy.deepcopy(net), []
    if stale:
        net[1].running_mean += 3 * net[1].running_var.sqrt()
    data = UserData(train_set, test_set)
    data.divide(unlearn_type='index', forget_index=INDICES)
    data.load(torch.device('cpu'))
    Search(net, data, torch.device('cpu'), say=lines.append).start(budget=1e6)
    assert bool(lines) == stale and ('fresh BatchNorm' in ' '.join(lines)) == stale


@pytest.fixture
def search(user_model):
    """A search that has begun, of which nothing is trained yet."""
    net, train_set, test_set = user_model
    data = UserData(train_set, test_set)
    data.divide(unlearn_type='index', forget_index=INDICES)
    data.load(torch.device('cpu'))
    begun = Search(net, data, torch.device('cpu'))
    begun.start(budget=1e6)
    begun.goal = begun.goal._replace(forget=50.0, acc_error=10.0)
    return begun


def list_rates(search, monkeypatch, seen, rounds=4):
    """The rates of some rounds of a search in which every look shows the same."""
    stop_after(monkeypatch, rounds)
    monkeypatch.setattr(Search, 'train', lambda *_, **__: None)
    monkeypatch.setattr(Search, 'look', lambda *_: search.original_seen | seen)
    search.run()
    return [row['rate'] / deletion.RATE for row in search.rounds]


def test_a_tenth_of_what_a_round_sees_is_forgotten(search):
    for part, most, count in (('train', 50, 5), ('train', 79, 6), ('train_retain', 50, 0)):
        indices = search.draw_indices(part, most).tolist()
        assert len(set(indices)) == most and len(set(indices) & set(INDICES)) == count
    assert search.draw_indices('train', 80) is search.data.parts['train']
    first = search.draw_indices('train', 50).tolist()
    search.passes += 1
    assert search.draw_indices('train', 50).tolist() != first


def test_a_sample_is_corrected_by_what_the_original_does_on_all(search, monkeypatch):
    monkeypatch.setattr(deletion, 'SAMPLES', 10)
    sample = search.data.sample('train_retain', 10, 'retain samples')
    easy = torch.isin(search.data.parts['train_retain'], sample).numpy()
    search.open_looks(100.0 * easy)  # right on 10 of 74, all of them in the sample
    loader = search.look_loaders[0]
    own = hits(*predict(search.original, loader)).mean()
    assert len(loader.indices) == 10
    assert search.estimate(search.original)['retain'] == pytest.approx(own + 1000 / 74 - 100)


def test_what_retraining_takes_sets_the_budget(search, monkeypatch):
    with monkeypatch.context() as patch:
        ticks = itertools.count()
        patch.setattr(deletion, 'read_clock', lambda device: float(next(ticks)))
        assert search.time_sample() == 1 / 16  # a second a step of 16 samples
    monkeypatch.setattr(Search, 'time_sample', lambda self: 0.1)
    for epochs, budget in ((100, 185.0), (10, 60.0)):  # of 74 samples; a minute at least
        search.start(epochs=epochs)
        assert search.retraining == pytest.approx(epochs * 7.4)
        assert search.budget == pytest.approx(budget)


def test_a_round_begins_only_where_it_can_end_within_the_budget(search, monkeypatch):
    monkeypatch.setattr(Goal, 'is_met', lambda *_: False)
    search.best = {'t': 1.0, 'seen': {1.0: search.original_seen}}
    search.rounds = [{'gap': 1.0}] * 2
    search.seconds.clear()
    search.seconds.update(scores=3.0, ends=4.0, search=10.0)  # 17; a round 5, three scores 9
    search.budget = 31.0
    assert search.find_stop() is None
    search.budget = 30.9
    assert search.find_stop() == 'the budget was used up'

    search.stopped, search.curve = search.find_stop(), search.lay_curve(search.original)
    search.end_seen = search.end_rate = search.line = None
    kept = search.collect_state()
    for budget, stopped in ((30.9, 'the budget was used up'), (31.0, None)):
        search.budget = budget  # of the command that goes on
        search.restore_state(kept)
        assert search.stopped == stopped


@pytest.mark.parametrize(('samples', 'size'), [(80, 16), (1000, 64), (6000, 128)])
def test_a_batch_is_a_twentieth_of_the_data_in_bounds(samples, size):
    data = SimpleNamespace(parts={'train': range(samples)})
    assert Search(nn.Linear(2, 2), data, torch.device('cpu')).batch_size == size


def test_the_curve_is_laid_to_the_nearer_end(search, monkeypatch):
    near = {'retain': search.goal.retain, 'forget': search.goal.forget, 'forget loss': 1.0}
    ends = {'finetune': search.original_seen, 'randomlabel': near}
    monkeypatch.setattr(Search, 'try_end', lambda self, n: (ends[n], self.original, 0.1))
    monkeypatch.setattr(Search, 'look', lambda *_: near)
    search.make_end()
    assert (search.end_name, search.end_seen, search.end_rate) == ('randomlabel', near, 0.1)


def test_a_round_trains_for_the_bend_and_is_judged_at_one_t(search, monkeypatch):
    near, asked = {'retain': search.goal.retain, 'forget': 50.0, 'forget loss': 1.0}, []
    monkeypatch.setattr(Search, 'train', lambda self, *words, **how: asked.append((*words, how)))
    looks = dict.fromkeys(deletion.LOOKS, near) | {0.6: search.original_seen}
    monkeypatch.setattr(Search, 'look_along', lambda *_: looks)
    search.curve, search.end_seen = search.lay_curve(search.original), near
    search.search_round()
    how = {'forget_loss': 'right'}
    assert asked == [(search.curve, 'dynamic', 2 * deletion.RATE, deletion.STEPS, how)]
    assert search.rate == 2 * deletion.RATE  # at 0.6 nothing is forgotten
    kept, seen = search.goal.original_retain, search.original_seen
    assert search.adapt(seen | {'retain': kept - 9.9}) == 2
    assert search.adapt(seen | {'retain': kept - 10}) == 0.5


def test_the_best_round_is_confirmed_and_the_search_goes_on_from_its_own(search, monkeypatch):
    search.curve, built = search.lay_curve(search.original), []
    bend = search.curve.points[1]
    search.best = {'t': 0.5, 'bend': torch.zeros_like(bend)}
    bend.data.fill_(1.0)
    monkeypatch.setattr(Search, 'build', lambda self, net: built.append(net) or net)
    search.measure_best()
    flat = nn.utils.parameters_to_vector(built[0].parameters())
    torch.testing.assert_close(flat, search.curve.points[0] / 2)  # two quarters, and nothing
    assert (bend == 1).all()


def test_what_a_sample_shows_is_confirmed_on_everything(search, monkeypatch):
    monkeypatch.setattr(Search, 'train', lambda *_, **__: None)
    near = {'retain': search.goal.retain, 'forget': search.goal.forget, 'forget loss': 1.0}
    monkeypatch.setattr(Search, 'look', lambda *_: near)
    with search.clock('ends'):
        search.make_end()
    search.rounds.append({'gap': 0.0})
    best, seen = search.best['t'], search.best['seen']
    assert search.goal.is_met(near, search.original_seen)
    assert search.find_stop() is None  # for the original is right on all of D_f
    assert seen[best]['forget'] == search.original_seen['forget'] and search.best['t'] != best
    assert seen[best].keys() == near.keys()
    search.best = search.best | {'t': best, 'seen': {best: seen[best]}}
    worse, worst = (near | {'forget loss': loss} for loss in (1.1, 1.2))
    search.keep_best({0.9: worse, 0.8: worst})  # later points that look a little worse
    assert search.best['t'] == 0.9
    monkeypatch.setattr(Goal, 'is_met', lambda *_: True)
    assert search.find_stop() == 'the goal was reached'
    search.stopped = deletion.REACHED
    search.finish()
    assert search.t == 0.9  # the point that was confirmed


def test_the_rate_doubles_where_nothing_is_forgotten(search, monkeypatch):
    assert list_rates(search, monkeypatch, {}) == [1, 2, 4, 8]


def test_the_rate_falls_where_what_is_kept_suffers(search, monkeypatch):
    goal = search.goal
    seen = {'forget': goal.forget, 'retain': goal.retain - 3}
    assert list_rates(search, monkeypatch, seen) == [1, 0.5, 0.25, 0.125]


def test_the_rate_stays_where_both_are_well(search, monkeypatch):
    goal = search.goal
    seen = {'forget': goal.forget, 'retain': goal.retain - 1}
    assert list_rates(search, monkeypatch, seen) == [1, 1, 1, 1]


def test_a_round_that_diverges_is_taken_back(search, monkeypatch):
    bends = []

    def train(self, model, name, *_, **__):
        if name == 'dynamic':
            bends.append(model.points[1].detach().clone())
            with torch.no_grad():
                model.points[1].add_(1.0 if len(bends) == 2 else float('nan'))
                model.net[1].running_mean.fill_(1.0 if len(bends) == 2 else float('nan'))
            if len(bends) != 2:
                raise Diverged('dynamic: the loss is not finite.', 'lower --lr.')

    stop_after(monkeypatch, 3)
    monkeypatch.setattr(Search, 'train', train)
    monkeypatch.setattr(Search, 'look', lambda *_: search.original_seen)
    search.run()
    assert torch.equal(bends[1], bends[0]) and torch.equal(bends[2], bends[0] + 1)
    rates = [row['rate'] / deletion.RATE for row in search.rounds]
    assert rates == [1, 1 / 4, 1 / 2]
    assert ['gap' in row for row in search.rounds] == [False, True, False]
    assert search.curve.points[1].isfinite().all()
    own = dict(search.original.named_buffers())
    held = dict(search.curve.net.named_buffers())
    assert all(torch.equal(held[name], value) for name, value in own.items())


def test_the_best_round_is_the_result(search, monkeypatch):
    bends = []

    def train(self, model, name, *_, **__):
        if name == 'dynamic':
            model.points[1].data.add_(1.0)
            bends.append(model.points[1].detach().clone())

    stop_after(monkeypatch, 3)
    monkeypatch.setattr(Search, 'train', train)
    better = {'forget': search.goal.forget}
    own = search.original_seen
    monkeypatch.setattr(Search, 'look', lambda *_: own | (better if len(bends) == 2 else {}))
    search.run()
    assert [row['forget'] for row in search.rounds] == [100.0, 50.0, 100.0]
    assert torch.equal(search.curve.points[1], bends[1]) and not torch.equal(bends[1], bends[2])
    search.line['t'] = 0.5
    search.finish()
    losses = {name: found['rf_nll'] for name, found in search.scores.items()}
    assert losses['straight line'] == pytest.approx(losses['end'], rel=1e-3) != losses['unlearned']


def test_a_search_whose_every_round_diverges_ends(search, monkeypatch):
    train = Search.train

    def diverge(self, model, name, *rest, **how):
        if name == 'dynamic':
            raise Diverged('dynamic: the loss is not finite.', 'lower --lr.')
        train(self, model, name, *rest, **how)

    monkeypatch.setattr(Search, 'train', diverge)
    monkeypatch.setattr(Goal, 'is_met', lambda *_: False)
    search.run()
    assert search.stopped == f'the last {deletion.MOST_DIVERGED} rounds diverged'
    assert len(search.rounds) == deletion.MOST_DIVERGED
    search.finish()
    request = describe_request(search.data, {'unlearn_type': 'index'}, 'a.pt')
    report = make_report(search, request, {}, preprocessing='none', epochs_known=False)
    assert report['verdict']['usable'] is False
    line, unlearned = (report['models'][name] for name in ('straight line', 'unlearned'))
    assert line['gap'] >= unlearned['gap']  # it is a point of the straight line
    page = format_html(report, b'')
    assert 'rounds diverged' in page and 'None' not in page
    assert page.count('–</td>') >= 4 * deletion.MOST_DIVERGED  # gap, retain, forget, t


def test_an_end_that_ruins_the_model_is_tried_at_lower_rates(search, monkeypatch):
    tried = []
    monkeypatch.setattr(Search, 'train', lambda self, m, n, rate, *_, **__: tried.append(rate))
    ruined, fine = search.original_seen | {'retain': 20.0}, search.original_seen
    looks = iter([ruined, ruined, ruined, ruined, fine, fine])
    monkeypatch.setattr(Search, 'look', lambda *_: next(looks))
    assert search.try_end('finetune')[0] == ruined
    assert tried == [deletion.RATE, deletion.RATE / 4, deletion.RATE / 16]
    assert search.rate == deletion.RATE  # no rate was better: the next end begins there too
    tried.clear()
    assert search.try_end('finetune')[0] == fine
    assert tried == [deletion.RATE, deletion.RATE / 4]
    assert search.try_end('randomlabel')[2] == deletion.RATE / 4  # it is kept


def test_a_network_of_torchvision(photos, tmp_path, monkeypatch):
    stop_after(monkeypatch, 1)
    monkeypatch.setattr(deletion, 'STEPS', 3)
    flags = [f'--data_path={photos}', '--model=shufflenet_v2_x0_5', '--transform=ResNet']
    flags.append('--epochs=1')
    run('train', f'--dir={tmp_path / "o"}', *flags, '--image_size=16')
    ratio = ['--forget_ratio=0.1', '--budget=0.01', f'--dir={tmp_path / "out"}']
    ask(flags[0], f'--original_pth={tmp_path / "o"}', *ratio)
    report = read_report(tmp_path / 'out')
    assert report['request']['samples'] == 8 and report['retraining']['known'] is True
    out = only('out/forget-*', tmp_path)
    net = open_net(state(out / 'unlearned.pt'), 'shufflenet_v2_x0_5', 4, 16)
    assert math.isfinite(report['models']['unlearned']['gap']) and not net.training
