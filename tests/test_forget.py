"""A deletion request in one command or call: what it leaves, how it searches, that it goes on."""

import copy
import datetime
import errno
import hashlib
import json
import math
import random
import re
import shutil

import numpy as np
import pytest
import torch
from conftest import ask, exits, fails, only, open_net, run, scores, state, tree
from PIL import Image
from torch import nn
from torch.nn import functional as F

from data import Data
from deletion import report as record
from deletion.search import open_samples
from deletion.training import Trainer, find_epochs
from deletion.user_data import UserData
from deletion.verdict import Auditor, compute_part_margins, expect_goal, list_targets
from forget import forget
from lib import checkpoint
from lib.checkpoint import digest_state
from lib.device import restore_generators
from lib.errors import Diverged
from lib.files import hash_file
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
                mean = colour + rng.normal(0, 30, 3)
                pixels = rng.normal(mean, 70, (16, 16, 3)).clip(0, 255).astype(np.uint8)
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


@pytest.fixture(scope='module')
def request_folder(foreign, tmp_path_factory):
    """The --dir of a request that ended after one round."""
    folder = tmp_path_factory.mktemp('finished')
    with pytest.MonkeyPatch.context() as patch:
        stop_after(patch, 1)
        ask(*foreign[0], f'--dir={folder}')
    return folder


def stop_after(monkeypatch, rounds):
    """Let a search end after so many rounds, and never before."""
    told = f'{rounds} rounds'

    def find_stop(progress, confirm, budget):
        return progress, told if len(progress.rounds) >= rounds else None, None

    monkeypatch.setattr('deletion.search.find_stop', find_stop)


def read_report(folder):
    return json.loads(only('forget-*/report.json', folder).read_text())


@torch.no_grad()
def count_right(net, x, y):
    return 100 * float((net(x).argmax(1) == y).float().mean())


# ---------------------------------------------------------------- what a request leaves


def test_a_request_leaves_model_report_and_figure(foreign, photos, request_folder):
    out = only('forget-*', request_folder)
    files = 'unlearned.pt region.png region.pdf report.html report.json'
    handed = [f'unlearned_state_dict.{kind}' for kind in ('pt', 'safetensors')]
    assert {path.name for path in out.iterdir()} == {*files.split(), *handed}
    assert list(request_folder.iterdir()) == [out]  # no lock is left
    report, page = read_report(request_folder), (out / 'report.html').read_text()

    weights, content = torch.load(out / 'unlearned_state_dict.pt'), state(out / 'unlearned.pt')
    net, original = make_net(), torch.load(foreign[1] / 'weights.pt')
    net.load_state_dict(weights)
    net.eval()
    assert all(torch.equal(content['model_state'][k], v) for k, v in weights.items())
    read = checkpoint.load(out / handed[1], 'original_pth')['model_state']
    assert all(torch.equal(read[k], v) for k, v in weights.items()) and len(read) == len(weights)
    assert any(not torch.equal(original[k], weights[k]) for k, _ in net.named_parameters())
    x, y = read_photos(photos / 'train')
    chosen = torch.isin(torch.arange(80), torch.tensor(INDICES))
    expected = {'retain': count_right(net, x[~chosen], y[~chosen])}
    expected |= {'forget': count_right(net, x[chosen], y[chosen])}
    expected |= {'test': count_right(net, *read_photos(photos / 'test'))}
    with torch.no_grad():
        expected['forget loss'] = float(F.cross_entropy(net(x[chosen]), y[chosen]))
    model = report['models']['unlearned']
    assert {key: model[key] for key in expected} == pytest.approx(expected, rel=1e-4)

    request = report['request']
    assert (request['samples'], request['of']) == (6, 80)
    paths = ['ant/000.png', 'ant/007.png', 'bee/003.png', 'bee/010.png', 'cat/001.png']
    named = [{'index': i, 'path': p} for i, p in zip(INDICES, [*paths, 'dog/014.png'])]
    assert request['list'] == named and all(path in page for path in paths)
    assert report['verdict']['text'] in page
    weights_file, files = out / 'unlearned_state_dict.pt', report['files']
    assert files['unlearned']['sha256'] == hash_file(weights_file)
    assert files['original']['sha256'] == hash_file(foreign[1] / 'weights.pt')
    assert files['parent'] is None and not files['original']['same_data']
    hashes = [hash_file(photos / 'train' / sample['path']) for sample in named]
    assert [sample['sha256'] for sample in report['samples']] == hashes
    lines = ''.join(f'{digits}\n' for digits in hashes)
    assert request['contents_sha256'] == hashlib.sha256(lines.encode()).hexdigest()
    assert all(digits in page for digits in hashes)
    assert f'--dir={request_folder}' in report['action']['command']
    assert report['preprocessing'] == '16 pixels, not normalised, augmented by nothing'
    assert report['stopped'] == '1 rounds' and len(report['rounds']) == 1
    assert content['t'] == report['t']
    minutes = report['minutes']
    assert minutes['total'] == pytest.approx(sum(minutes.values()) - minutes['total'] - 0.02)


def test_a_private_report_names_no_sample(foreign, request_folder, tmp_path, monkeypatch):
    public = [*foreign[0], f'--dir={request_folder}', '--private_report']
    fails('report.json: names the samples', 'forget', *public)
    stop_after(monkeypatch, 1)
    ask(*foreign[0], f'--dir={tmp_path}', '--private_report', '--asked=a < b', '--request_id=7')
    out = only('forget-*', tmp_path)
    report = read_report(tmp_path)
    lines = ''.join(f'{index}\n' for index in INDICES)
    assert report['request']['list_sha256'] == hashlib.sha256(lines.encode()).hexdigest()
    assert (report['request']['asked'], report['request']['request_id']) == ('a < b', '7')
    assert 'list' not in report['request'] and 'samples' not in report
    for name in ('report.json', 'report.html'):
        text = (out / name).read_text()
        assert '.png' not in text and '"forget_index"' not in text


def test_every_script_takes_what_a_request_leaves(foreign, request_folder, tmp_path):
    flags, report = foreign[0], read_report(request_folder)
    out = shutil.copytree(only('forget-*', request_folder), tmp_path / 'forget')
    data, model, split = flags[:1], flags[1:2], flags[-2:-1]
    theta = [f'--original_pth={out / "unlearned.pt"}', *data, *model, *split]
    theta.append(f'--dir={tmp_path / "next"}')
    fails('--allow_unlearned', 'train', *theta, '--unlearn_method=finetune2')
    run('train', *theta, '--allow_unlearned', '--unlearn_method=finetune2', '--epochs=1')
    measured = scores(only('next/finetune2-*', tmp_path))
    for name, key in {'retain': 'rr', 'forget': 'rf', 'test': 'tr'}.items():
        expected = report['models']['unlearned'][name]
        assert measured[f'original_{key}_acc'] == pytest.approx(expected), name


def test_a_request_begins_with_the_result_of_the_last(
    foreign, photos, request_folder, tmp_path, monkeypatch, capsys
):
    stop_after(monkeypatch, 1)
    data = shutil.copytree(photos, tmp_path / 'photos')
    flags = [f'--data_path={data}', foreign[0][1], f'--forget_index={tmp_path / "list.txt"}']
    audits = []

    def follow(result, name, *more):
        ask(*flags, f'--original_pth={result}', f'--dir={tmp_path / name}', *more)
        report = read_report(tmp_path / name)
        rows = [row for row in report['audits'] if row['samples']]
        audits.append([(row['name'], row['earlier'], row['samples']) for row in rows])
        return report['request'], only('forget-*', tmp_path / name)

    (tmp_path / 'list.txt').write_text('bee/003.png\ncat/005.png')  # one is of the first request
    (data / 'train/ant/000.png').unlink()  # another
    request, second = follow(only('forget-*', request_folder), 'second', '--forget_class=dog')
    assert (request['samples'], request['of']) == (20, 74)
    assert 'have forgotten are passed over: 2.' in capsys.readouterr().err
    for path in (data / 'train/dog', data / 'test/dog'):
        shutil.rmtree(path)
    (tmp_path / 'list.txt').write_text('ant/001.png')
    request, third = follow(second / 'unlearned.pt', 'third')
    assert (request['samples'], request['of']) == (1, 54)
    assert audits[0] == [('class dog', False, 19), ('list', False, 1), ('list', True, 4)]
    assert audits[1] == [('list', False, 1), ('list', True, 4), ('list', True, 1)]  # of ant and bee
    assert read_report(tmp_path / 'third')['audits'][-1]['decision'] == 'not tested'  # dog is gone
    content = state(third)
    assert content['lost'] == pytest.approx(
        {
            name: max(read_report(tmp_path / 'third')['harm'][name]['lost'], 0.0)
            for name in ('kept', 'unseen')
        }
    )
    records = content['deletions']
    assert [(x['name'], len(x['indices'])) for x in records] == [
        *[('list', 6), ('class dog', 19), ('list', 1), ('list', 1)]
    ]
    size = (data / 'train/ant/001.png').stat().st_size
    assert records[-1]['files'] == [('ant/001.png', size)]

    (data / 'train/ant/002.png').unlink()  # which nobody asked for
    with_it = [*flags, f'--original_pth={third}', f'--dir={tmp_path / "none"}']
    fails('was made on another training set', 'forget', *with_it)
    assert not (tmp_path / 'none').exists()


def test_forgetting_a_class_by_its_name(foreign, tmp_path, monkeypatch):
    stop_after(monkeypatch, 2)
    flags = [*foreign[0][:-2], '--budget=0.02']
    ask(*flags, '--forget_class=bee', f'--dir={tmp_path}')
    report, out = read_report(tmp_path), only('forget-class1-*', tmp_path)
    request, unlearned = report['request'], report['models']['unlearned']
    assert (request['forget_class'], request['samples']) == (1, 20)
    assert report['audits'][0]['name'] == 'class bee'
    assert report['goal']['forget'] == 0 and report['models']['original']['forget'] > 90
    assert unlearned['forget'] < 50 and 0 <= unlearned['test forgotten'] < 60
    page = ' '.join((out / 'report.html').read_text().split())
    assert '20 samples of the class bee' in page and 'Class still given' in page


# ---------------------------------------------------------------- whether it is to be used


@pytest.mark.parametrize(('decision', 'code'), [('passed', 0), ('failed', 4), ('undecided', 5)])
def test_the_exit_code_is_the_verdict_also_when_typed_again(
    foreign, tmp_path, monkeypatch, capsys, decision, code
):
    stop_after(monkeypatch, 1)
    verdict = {'decision': decision, 'usable': not code, 'text': 'It is so.'}
    monkeypatch.setattr('deletion.verdict.make_verdict', lambda *_: verdict)
    flags = [*foreign[0], f'--dir={tmp_path}']
    assert ask(*flags) == code
    assert capsys.readouterr().out.splitlines()[-1] == f'{decision}: It is so.'
    report, before = read_report(tmp_path), tree(tmp_path)
    assert report['verdict'] == verdict
    assert f'class="box {decision}"' in only('forget-*/report.html', tmp_path).read_text()
    monkeypatch.setattr(Data, 'load', interrupt)  # no image is opened
    assert ask(*flags) == code and tree(tmp_path) == before
    again = capsys.readouterr().out
    assert 'is finished already' in again and again.endswith(f'{decision}: It is so.\n')


def test_the_search_stops_where_the_samples_are_as_unseen_ones(foreign, tmp_path):
    assert ask(*foreign[0][:-1], '--budget=3', f'--dir={tmp_path}') == 5  # six samples are few
    report = read_report(tmp_path)
    assert report['stopped'] == 'every AUC is near 0.5 on all samples'
    (audit,), models = report['audits'], report['models']
    assert audit['decision'] == 'undecided' and audit['samples'] == 6 and audit['unseen'] == 48
    assert audit['original_auc'] == models['original']['auc'] > 0.9
    assert abs(audit['auc'] - 0.5) < 0.2 and audit['low'] < 0.5 < audit['high']
    assert all(report['harm'][name]['decision'] != 'failed' for name in ('kept', 'unseen'))
    expected = [sample['confidence_expected'] for sample in report['samples']]
    confidences = {
        name: [sample[f'confidence_{name}'] for sample in report['samples']]
        for name in ('before', 'after')
    }
    assert np.mean(confidences['before']) > np.mean(confidences['after']) > 0
    assert np.mean(confidences['before']) > np.mean(expected) > 0


def test_what_retraining_takes_is_said_first(foreign, tmp_path, monkeypatch, capsys):
    stop_after(monkeypatch, 1)
    monkeypatch.setattr(Trainer, 'time_step', lambda *_: 1.6)  # of 16 of 74 samples
    for epochs, minutes in ((1, 1), (100, 100 * 7.4 / 60 / 4)):
        ask(*foreign[0][:-1], f'--dir={tmp_path / str(epochs)}', f'--retrain_epochs={epochs}')
        before = capsys.readouterr().out.partition('round 1')[0]
        report = read_report(tmp_path / str(epochs))
        assert (report['retraining']['epochs'], report['retraining']['known']) == (epochs, True)
        assert report['retraining']['minutes'] == pytest.approx(epochs * 7.4 / 60)
        assert report['minutes']['budget'] == pytest.approx(minutes)
        forecast = float(re.search(rf'for {epochs} epochs; this may take ([\d.]+)', before)[1])
        assert forecast >= (60 + 60 + 120) * 1.6 / 60  # two references, two ends and one round
    early = {'flags': {'epochs': 50}, 'epoch': 7, 'run': {'method': 'baseline'}}
    assert find_epochs(early) == find_epochs({'epoch': 7}) == 7


# ---------------------------------------------------------------- what is there already, goes on


def interrupt(*_, **__):
    raise KeyboardInterrupt


def test_an_interrupted_request_goes_on(foreign, tmp_path, monkeypatch):
    stop_after(monkeypatch, 3)
    whole, parts = ([*foreign[0], f'--dir={tmp_path / name}'] for name in ('whole', 'parts'))
    ask(*whole)
    trained, train = [], Trainer.train

    def train_some(self, model, name, rate, steps, address, **more):
        if len(trained) == limit:
            raise KeyboardInterrupt
        trained.append(address)
        train(self, model, name, rate, steps, address, **more)

    monkeypatch.setattr(Trainer, 'train', train_some)
    for limit in (3, 8):  # in the second end, and in the second round
        with pytest.raises(KeyboardInterrupt):
            ask(*parts)
        assert len(trained) == limit
    limit = None
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(record, 'format_html', interrupt)
        ask(*parts)
    ask(*parts)
    assert [address for address in trained if address in (1, 2, 3)] == [1, 2, 3]
    states = [state(only(f'{n}/*/unlearned.pt', tmp_path)) for n in ('whole', 'parts')]
    one, other = (content['model_state'] for content in states)
    assert all(torch.equal(one[k], other[k]) for k in one) and states[0]['t'] == states[1]['t']
    first, second = (read_report(tmp_path / name) for name in ('whole', 'parts'))
    assert first['rounds'] == second['rounds'] and first['models'] == second['models']
    assert not (only('parts/forget-*', tmp_path) / 'working.pt').exists()


def test_a_result_stays_until_there_is_another(foreign, tmp_path, monkeypatch):
    stop_after(monkeypatch, 1)
    flags = [*foreign[0], f'--dir={tmp_path}']
    ask(*flags)
    good = tree(tmp_path)
    exits(2, 'forget', *flags, '--overwrite', '--device=cuda:99')
    for name in ('search.make_end', 'search.search_round', 'request.judge'):
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(f'deletion.{name}', interrupt)
            ask(*flags, '--overwrite')
        kept = tree(tmp_path)
        assert all(kept[file] == content for file, content in good.items())
    ask(*flags, '--overwrite')
    assert tree(tmp_path).keys() == good.keys()
    same = [file for file in good if file.name == 'unlearned_state_dict.pt']
    assert len(same) == 1 and tree(tmp_path)[same[0]] == good[same[0]]


@pytest.mark.parametrize('overwrite', [[], ['--overwrite']])
def test_requests_side_by_side_replace_no_result(overwrite, foreign, tmp_path, monkeypatch):
    stop_after(monkeypatch, 1)
    flags, load, refused = [*foreign[0], f'--dir={tmp_path / "runs"}'], Data.load, []
    if overwrite:
        ask(*flags)

    def load_beside_another(self, *settings):
        if not refused:
            refused.append(None)
            before = tree(tmp_path)
            refused.append(fails('a run is going on there', 'forget', *flags, *overwrite))
            assert tree(tmp_path) == before
        load(self, *settings)

    monkeypatch.setattr(Data, 'load', load_beside_another)
    ask(*flags, *overwrite)
    assert len(refused) == 2 and list((tmp_path / 'runs').iterdir()) == [only('runs/*', tmp_path)]


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


EMPTY = Pairs(torch.zeros(0, 3, 16, 16), torch.zeros(0))


@pytest.fixture(scope='module')
def user_model(photos):
    """(a trained network, its training set, its test set)."""
    x, y = read_photos(photos / 'train')
    net = make_net()
    net.insert(6, nn.Dropout(0.1))  # which draws from the global generator
    return fit(net, x, y), Pairs(x, y, 0.05), Pairs(*read_photos(photos / 'test'))


@pytest.fixture
def call(user_model, monkeypatch):
    """forget() on the user's model, with six samples unless given; rounds: after which it ends."""

    def call(rounds=1, model=None, train_set=None, indices=INDICES, test_set=None, **settings):
        if rounds:
            stop_after(monkeypatch, rounds)
        net, train, test = user_model
        given = (model, net), (train_set, train), (test_set, test)
        net, train, test = (usual if asked is None else asked for asked, usual in given)
        return forget(net, train, indices, test, **{'device': 'cpu'} | settings)

    return call


def read_generators():
    """The states of the global generators, to be compared."""
    numpy = np.random.get_state()
    return torch.get_rng_state().tolist(), numpy[1].tolist(), numpy[2:], random.getstate()


def test_a_call_leaves_the_given_model_and_generators_as_they_are(call, user_model, monkeypatch):
    net = user_model[0]
    before, lines = {k: v.clone() for k, v in net.state_dict().items()}, []
    monkeypatch.delattr('lib.device.keep_memory')  # of the whole process
    matmul = torch.backends.cuda.matmul
    matmul.fp32_precision = 'tf32'  # as a program of the user's own may set it
    results, mask = [], [index in INDICES for index in range(80)]
    for seed, indices in enumerate((INDICES, np.array(INDICES), torch.tensor(mask), mask)):
        for set_seed in (torch.manual_seed, np.random.seed, random.seed):
            set_seed(seed)
        before_call = read_generators()
        results.append(call(2, indices=indices, log=lines.append))
        assert read_generators() == before_call
    assert matmul.fp32_precision == 'tf32' and not net.training
    matmul.fp32_precision = 'none'
    assert all(torch.equal(before[k], v) for k, v in net.state_dict().items())
    states = [result.model.state_dict() for result in results]
    for other in states[1:]:
        assert all(torch.equal(states[0][k], v) for k, v in other.items())
    assert any(not torch.equal(before[k], v) for k, v in states[0].items())

    model, report, region = results[0]
    assert not model.training and model is not net
    assert json.loads(json.dumps(report)) == report
    assert list(region.columns) == ['t', 'retain_acc', 'forget_acc', 'forget_nll', 'auc']
    assert region.t.is_monotonic_increasing and list(region.t.iloc[[0, -1]]) == [0, 1]
    row = region[region.t == report['t']].iloc[0]
    assert row.forget_acc == pytest.approx(report['models']['unlearned']['forget'])
    assert any(line.startswith('round 2') for line in lines)


def test_a_call_writes_the_record_that_a_command_writes(call, user_model, tmp_path):
    names = 'region.png region.pdf report.html report.json'
    names += ' unlearned_state_dict.pt unlearned_state_dict.safetensors'
    model, report, _ = call(dir=tmp_path / 'record', asked='<forget>', received='today')
    assert {path.name for path in (tmp_path / 'record').iterdir()} == set(names.split())
    assert json.loads((tmp_path / 'record' / 'report.json').read_text()) == report
    page = (tmp_path / 'record' / 'report.html').read_text()
    assert '&lt;forget&gt;' in page and 'a call from Python' in page and 'today' in page
    weights = torch.load(tmp_path / 'record' / 'unlearned_state_dict.pt')
    assert all(torch.equal(weights[key], value) for key, value in model.state_dict().items())
    assert report['files']['original']['weights'] == digest_state(user_model[0].state_dict())
    with pytest.raises(ValueError, match='holds report.json already'):
        call(dir=tmp_path / 'record')


def test_what_is_frozen_stays_as_it_is(call, user_model):
    net, frozen = copy.deepcopy(user_model[0]), {'0.weight', '1.weight', '1.bias', '3.bias'}
    for name in frozen:
        net.get_parameter(name).requires_grad_(False)
    model = call(2, net).model
    for name, parameter in model.named_parameters():
        assert parameter.requires_grad == (name not in frozen), name
        assert torch.equal(parameter, net.get_parameter(name)) == (name in frozen), name
    for name in ('1', '4'):  # BatchNorm layers, of which the first is frozen as a whole
        statistics = (n.get_submodule(name).running_mean for n in (model, net))
        assert torch.equal(*statistics) == (name == '1')
    with pytest.raises(ValueError, match='every parameter of the model is frozen'):
        call(1, net.requires_grad_(False))


@pytest.mark.parametrize('grad_mode', [torch.no_grad, torch.inference_mode])
def test_a_call_may_come_without_gradients_and_in_parallel(call, user_model, grad_mode):
    with grad_mode():
        model = call(1, nn.DataParallel(user_model[0])).model
    assert type(model) is nn.Sequential
    assert all(p.requires_grad and not p.is_inference() for p in model.parameters())


class Answer(nn.Module):
    """A network whose answer is changed, in one mode only."""

    def __init__(self, net, is_training, change):
        super().__init__()
        self.net, self.is_training, self.change = net, is_training, change

    def forward(self, x):
        return self.change(self.net(x)) if self.training == self.is_training else self.net(x)


@pytest.mark.parametrize(
    ('is_training', 'change', 'text'),
    [
        (True, lambda y: (y, y), 'in train mode the model gives a tuple'),  # GoogLeNet
        (False, lambda y: {'logits': y}, 'in eval mode the model gives a dict'),
        (False, lambda y: y.argmax(1), 'in eval mode the model gives a Tensor, not logits'),
        (True, lambda y: y[:, :3], 'Tensor, not logits of 2 images and 4 classes'),
    ],
)
def test_outputs_that_are_no_logits_are_refused(call, user_model, is_training, change, text):
    with pytest.raises(ValueError, match=text):
        call(1, Answer(user_model[0], is_training, change))


def test_a_call_measures_on_the_plain_set(call, user_model):
    x, y = torch.zeros_like(user_model[1].x), torch.tensor(user_model[1].y)  # one image, 80 times
    report = call(plain_set=Pairs(x, y), retrain_epochs=7, budget=0.5).report
    assert report['retraining']['epochs'] == 7 and report['retraining']['known']
    assert report['minutes']['budget'] == pytest.approx(0.5)
    assert report['goal']['retain'] == 25  # one of four classes, not 100


def test_calls_follow_one_another(call, monkeypatch):
    used, load = [], UserData.load
    monkeypatch.setattr(UserData, 'load', lambda data, *to: used.append(data) or load(data, *to))
    first = call()
    earlier = [*INDICES, *range(40, 60)]  # and every sample of class 2
    report = call(model=first.model, indices=[3, 65], forget_class=[1], earlier=earlier).report
    assert (report['request']['samples'], report['request']['of']) == (2 + 18, 55)
    data = used[-1]
    assert [(x.label, len(x.indices)) for x in data.earlier] == [(2, 20), (None, 5)]
    assert set(data.targets[1][data.parts['test_retain']].tolist()) == {0, 3}
    with pytest.raises(ValueError, match='earlier requests have forgotten each'):
        call(earlier=[index in INDICES for index in range(80)])
    with pytest.raises(ValueError, match='earlier has fractions'):
        call(earlier=[0.5])


def test_a_call_forgets_a_class(call):
    report = call(2, indices=None, forget_class=2).report
    assert report['goal']['forget'] == 0 and report['request']['samples'] == 20
    assert report['models']['unlearned']['forget'] < 50


def test_the_accuracy_to_reach_can_be_asked_for(foreign, tmp_path, monkeypatch):
    stop_after(monkeypatch, 1)
    ask(*foreign[0], '--forget_base=20', f'--dir={tmp_path}')
    report = read_report(tmp_path)
    assert report['goal']['forget'] == 20 == report['settings']['forget_base']


def test_a_call_touches_no_gpu_but_its_own(call, monkeypatch):
    forked, fork = [], torch.random.fork_rng
    count = lambda devices=None, **_: forked.extend(devices) or fork([])  # noqa: E731
    monkeypatch.setattr(torch.random, 'fork_rng', count)
    monkeypatch.setattr(torch.cuda, 'device_count', lambda: 8)
    monkeypatch.setattr(torch.cuda, 'manual_seed_all', forked.append)
    call()
    assert not forked
    with restore_generators('cuda:3'):
        assert forked == [3]


@pytest.mark.parametrize(
    ('indices', 'settings', 'text'),
    [
        ([], {}, 'forgetting 0 of 80'),
        ([False] * 80, {}, 'forgetting 0 of 80'),
        ([True] * 79, {}, 'booleans: a mask needs one for each of 80'),
        ([3, 80], {}, 'forget_indices: 80 is outside 0 to 79'),
        (range(80), {}, 'forgetting 80 of 80'),
        (None, {}, 'forget_indices or forget_class'),
        (None, {'forget_class': 4}, '4 is outside 0 to 3'),
        ([3], {'device': 'cuda:99'}, 'cuda:99'),
        ([0.5], {}, 'fractions'),
        ([3], {'plain_set': [0]}, 'not of the same samples'),
        (range(79), {}, 'forget_indices: leaves 1 samples to keep'),
        (['a'], {}, "forget_indices=.'a'.: give whole numbers"),
        (None, {'forget_class': 'bee'}, "forget_class='bee': give whole numbers"),
        ([3], {'budget': -1}, 'budget: .-1. is no number'),
        ([3], {'budget': math.nan}, 'budget: .nan. is no number'),
        ([3], {'retrain_epochs': -5}, 'retrain_epochs: .-5. is no whole number'),
        ([3], {'forget_base': 500}, 'forget_base: .500. is no number'),
        ([3], {'test_set': {}}, 'test_set is a dict'),
        ([3], {'test_set': EMPTY}, 'test_set is empty'),
        ([3], {'train_set': [{'x': 0, 'y': 1}] * 80}, r'train_set\[0\] is a dict: give pairs'),
        ([3], {'train_set': 7}, 'train_set is a int'),
        (None, {'forget_class': [True, False]}, 'forget_class has booleans'),
        ([3], {'earlier': [99]}, 'earlier: 99 is outside'),
        ([3], {'model': 'resnet18'}, 'model is a str, not an nn.Module'),
        ([3], {'retrained': 'resnet18'}, 'retrained is a str'),
    ],
)
def test_a_wrong_call_raises_a_value_error(call, indices, settings, text):
    with pytest.raises(ValueError, match=text) as raised:
        call(indices=indices, **settings)
    assert '--' not in str(raised.value)


def test_a_scripted_model_is_refused(call, user_model):
    with pytest.raises(ValueError, match='model is scripted'):
        call(model=torch.jit.script(user_model[0]))


def test_a_folder_is_checked_before_the_work_and_keeps_what_it_holds(call, tmp_path, monkeypatch):
    monkeypatch.setattr('forget.carry_out', interrupt)
    weights, file = tmp_path / 'unlearned_state_dict.pt', tmp_path / 'file'
    weights.write_text('of somebody else')
    file.touch()
    for folder, text in ((tmp_path, 'holds unlearned_state_dict.pt already'), (file, 'written')):
        with pytest.raises(ValueError, match=f'dir=.*{text}'):
            call(dir=folder)
    assert weights.read_text() == 'of somebody else'


def test_a_record_takes_dates_and_numbers_of_numpy(call, tmp_path):
    numbers = {'seed': np.int64(7), 'budget': np.float32(0.5), 'retrain_epochs': np.int32(9)}
    fields = {'request_id': np.int64(12), 'received': datetime.date(2026, 1, 2)}
    report = call(dir=tmp_path, **numbers, **fields).report
    assert json.loads((tmp_path / 'report.json').read_text()) == report
    request = report['request']
    assert (request['request_id'], request['received']) == ('12', '2026-01-02')


def test_a_record_that_cannot_be_written_costs_no_result(call, tmp_path, monkeypatch):
    def fill(*_):
        raise OSError(errno.ENOSPC, 'No space left on device')

    monkeypatch.setattr('forget.write_files', fill)
    with pytest.warns(UserWarning, match='the record is not written: .*No space left'):
        result = call(dir=tmp_path)
    assert isinstance(result.model, nn.Module) and result.report['verdict']['text']


def test_a_list_of_a_whole_class_is_taken_for_the_class(call, capsys):
    report = call(indices=[*range(20, 40), 3]).report
    assert 'every sample of class 1 is to be forgotten: this is done as for a class' in (
        capsys.readouterr().err
    )
    assert [row['name'] for row in report['audits']] == ['class 1', 'list']
    assert report['request']['forget_class'] == 1 and report['request']['samples'] == 21
    assert report['audits'][0]['unseen'] == 12 and report['audits'][1]['unseen'] == 36


def test_copies_of_deleted_samples_are_named_deleted_or_refused(call, user_model, capsys):
    _, augmented, test = user_model
    train = Pairs(augmented.x, torch.tensor(augmented.y))
    twice = Pairs(train.x.clone(), torch.tensor(train.y))
    twice.x[25], twice.x[26] = twice.x[23], twice.x[0]  # the second is of another label
    report = call(train_set=twice).report
    assert [x['index'] for x in report['request']['kept_copies']] == [25, 26]
    assert (
        '2 exact copies of deleted samples are kept, such as sample 25' in capsys.readouterr().err
    )
    report = call(train_set=twice, with_copies=True).report
    assert [sample['index'] for sample in report['request']['list']] == sorted([*INDICES, 25, 26])
    assert report['request']['kept_copies'] == []
    with pytest.raises(ValueError, match='the test set has 1 exact copies of deleted samples'):
        call(
            train_set=train,
            test_set=Pairs(torch.cat([test.x, train.x[:1]]), torch.tensor([*test.y, 0])),
        )
    with pytest.raises(ValueError, match='test_set is the training set'):
        call(train_set=train, test_set=train)


def test_copies_among_image_files_are_found_by_their_bytes(foreign, photos, tmp_path, monkeypatch):
    stop_after(monkeypatch, 1)
    data = shutil.copytree(photos, tmp_path / 'photos')
    shutil.copy(data / 'train/bee/003.png', data / 'train/cat/099.png')
    flags = [f'--data_path={data}', *foreign[0][1:], f'--dir={tmp_path / "out"}']
    ask(*flags, '--with_copies')
    report = read_report(tmp_path / 'out')
    assert [x['path'] for x in report['request']['list'] if x['path'] == 'cat/099.png']
    ask(*flags, '--seed=43')
    (report,) = (json.loads(f.read_text()) for f in tmp_path.glob('out/*seed43*/report.json'))
    assert [copied['path'] for copied in report['request']['kept_copies']] == ['cat/099.png']
    shutil.copy(data / 'train/bee/003.png', data / 'test/cat/099.png')
    fails('such as test/cat/099.png', 'forget', *flags, '--seed=44')


def test_a_copy_of_the_original_is_no_retrained_model(call, user_model):
    net, train, test = user_model
    rng = torch.Generator().manual_seed(0)
    colours = test.x.mean((2, 3), keepdim=True)
    noisy = [colours + 0.27 * torch.randn(test.x.shape, generator=rng) for _ in range(9)]
    unseen = Pairs(torch.cat([test.x, *noisy]), torch.tensor(10 * test.y))
    forgotten, copied = range(0, 80, 2), copy.deepcopy(net)
    for parameter in copied.parameters():
        parameter.data += 1e-6 * torch.randn(parameter.shape, generator=rng)
    with pytest.raises(ValueError, match='retrained: this model remembers the list'):
        call(indices=forgotten, test_set=unseen, retrained=copied)
    kept = [index for index in range(80) if index not in forgotten]
    honest = fit(make_net(), train.x[kept], torch.tensor(train.y)[kept])
    report = call(indices=forgotten, test_set=unseen, retrained=honest).report
    assert report['reference']['name'] == 'the retrained model'


def test_other_errors_of_a_call(call, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(ValueError, match='call forget'):
        patch.setenv('WORLD_SIZE', '2')
        call()

    def diverge(*_):
        raise Diverged('every pre-unlearning model diverged.', 'look at the original.')

    monkeypatch.setattr('deletion.search.make_end', diverge)
    with pytest.raises(RuntimeError, match='every pre-unlearning model diverged'):
        call()


def test_labels_that_contradict_one_another_are_refused(call, user_model):
    _, train_set, test_set = user_model
    train, test = copy.copy(train_set), copy.copy(test_set)
    train.targets, test.targets = train_set.y[::-1], test_set.y[::-1]
    plain = Pairs(train_set.x, torch.tensor([*train_set.y[:-1], 1]))
    for sets, text in (
        ({'train_set': train}, 'train_set[0] has the label 0, but train_set.targets says 3'),
        ({'test_set': test}, 'test_set[0] has the label 0, but test_set.targets says 3'),
        ({'plain_set': plain}, 'plain_set[79] has the label 1, but train_set says 3'),
    ):
        with pytest.raises(ValueError, match=re.escape(text)):
            call(**sets)


def test_labels_may_be_arrays_of_one_element(call, user_model):
    train_set = user_model[1]
    column, targets = copy.copy(train_set), copy.copy(train_set)
    column.y = targets.targets = np.array(train_set.y)[:, None]
    first, *others = (call(train_set=x).report['models'] for x in (column, targets, train_set))
    assert others == [first, first]
    column.y = targets.targets = np.eye(4)[train_set.y]
    for one_hot, text in ((column, 'a label of 4 numbers: give an integer'), (targets, 'says 1')):
        with pytest.raises(ValueError, match=text):
            call(train_set=one_hot)


def open_trainer(user_model, earlier=()):
    """(the network, a `Trainer` on the user's data, of which INDICES are to be forgotten)."""
    net, train_set, test_set = user_model
    data = UserData(train_set, test_set)
    data.leave_out_earlier(list(earlier))
    data.divide(unlearn_type='index', forget_index=INDICES)
    data.load(torch.device('cpu'))
    return net, Trainer(data, torch.device('cpu'), 42, 10)


def test_a_tenth_of_what_a_round_sees_is_forgotten(user_model):
    _, trainer = open_trainer(user_model)
    for part, steps, count in (('train', 5, 5), ('train', 8, 6), ('train_retain', 5, 0)):
        indices = trainer.open_pass(part, steps, 'pass').indices.tolist()
        assert len(set(indices)) == 10 * steps and len(set(indices) & set(INDICES)) == count
    first, second = (trainer.open_pass('train', 5, address).indices for address in (1, 2))
    assert not torch.equal(first, second)


def test_what_earlier_requests_took_counts_in_the_search(user_model):
    net, trainer = open_trainer(user_model, earlier=[1, 2, 50])
    flagged = {}
    for part in ('train', 'train_retain'):
        loader = trainer.open_pass(part, 8, 'pass')
        flagged[part] = loader.indices[loader.forget[loader.indices]].tolist()
    assert sorted(flagged['train']) == sorted([*INDICES, 1, 2, 50]) and not flagged['train_retain']
    loaders, targets, _ = list_targets(trainer.data, 10)
    assert [target.is_earlier for target in targets] == [False, True]
    outputs = {part: predict(net, loader) for part, loader in loaders.items()}
    _, measure = open_samples(trainer.data, loaders, outputs, Auditor(targets), {}, 100.0, 10)
    logits, labels = measure.before['earlier0']  # in the second model they are not remembered
    other = measure.before | {'earlier0': (0 * logits, labels)}
    assert measure.score(other)['distance'] != measure.score(measure.before)['distance']


def test_a_request_on_a_run_of_train_py(tiny_original, tmp_path, monkeypatch):
    stop_after(monkeypatch, 1)
    ask(f'--original_pth={tiny_original}', '--forget_ratio=0.1', f'--dir={tmp_path}')
    report = read_report(tmp_path)
    assert report['request']['samples'] == 13 and report['request']['list'][0]['path'] is None
    assert report['retraining']['known'] and report['retraining']['epochs'] == 2
    net = open_net(state(only('forget-*/unlearned.pt', tmp_path)))
    assert math.isfinite(report['models']['unlearned']['auc']) and not net.training


def test_the_goal_of_a_list_knows_no_earlier_class(user_model):
    goals = []
    for earlier in ((), range(20, 40)):  # of class 1
        net, trainer = open_trainer(user_model, earlier)
        loaders, targets, _ = list_targets(trainer.data, 10)
        outputs = {part: predict(net, loader) for part, loader in loaders.items()}
        margins = compute_part_margins(outputs) | {'held_out': None}
        auditor = Auditor(targets, [margins])
        goals.append(expect_goal(auditor, outputs, 80.0))
    assert [target.is_earlier for target in targets] == [False, True]
    assert goals[0].forget > 50 and abs(goals[1].forget - goals[0].forget) < 40
    assert trainer.data.parts['earlier'].tolist() == []
    _, trainer = open_trainer(user_model, [i for i in range(60, 79) if i not in INDICES])
    drawn = trainer.open_pass('train', 5, 'pass').indices.tolist()  # 50 samples
    assert (
        len(set(drawn) & set(INDICES)) == 5 == len([i for i in drawn if 60 <= i < 79 and i != 74])
    )
