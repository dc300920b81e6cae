"""The experiments' commands, carried out once each; the tables made of them."""

import shlex
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import safetensors.torch
import torch
from conftest import ROOT, fails, run, tree

from arg_parser import parse_args
from evaluation.compare import FLOOR
from models import build
from reproduce import attacks, experiments, results


def make_plan(rate=0.02):
    """A plan of two seeds and one method."""
    return {'random': (range(1, 3), {'ga': (1, f'--lr={rate}')})}


def call(line):
    """A command in this process instead of another one; whether it succeeds."""
    _, script, *words = shlex.split(line)
    try:
        run(script.removesuffix('.py'), *words)
    except SystemExit as end:
        return end.code == 0
    return True


@pytest.fixture
def small(monkeypatch, tmp_path, cifar):
    """The small size, made tiny; returns the flags of every call."""
    tiny = '--model=PreResNet8 --image_size=8 --batch_size=64 --lr=0.1 --epochs=6'
    monkeypatch.setitem(experiments.SIZES, 'small', tiny)
    monkeypatch.setitem(experiments.PLANS, 'small', make_plan())
    monkeypatch.setitem(experiments.LONGER, 'ga', 1)
    monkeypatch.setattr(experiments, 'run', call)
    return ['small', f'--data_path={cifar}', f'--out={tmp_path / "runs"}']


def test_every_command_of_the_list_is_carried_out_once(small, tmp_path, capsys, monkeypatch):
    assert experiments.main([*small, '--list']) == 0
    listed = capsys.readouterr().out.splitlines()
    assert experiments.main(small) == 0
    assert len(list(tmp_path.rglob('*.done'))) == len(listed) == 18
    models = pd.read_csv(tmp_path / 'runs' / 'models.csv', keep_default_na=False)
    assert not models.duplicated(experiments.MODEL).any()
    forms = {name: set(own.form) for name, own in models.groupby('model')}
    searches = {'line', 'fresh statistics', *experiments.FORMS}
    assert forms['ga'] == {'itself', 'longer', *searches}
    assert 'itself' in forms['original'] and forms[FLOOR] == {''}
    assert set(models.scenario) == set(make_plan()) and models.retrain.astype(float).gt(0).all()
    before = tree(tmp_path)
    assert experiments.main(small) == 0 and tree(tmp_path) == before

    run('reproduce.attacks', tmp_path / 'runs', small[1], '--epochs=1')
    found = pd.read_csv(tmp_path / 'runs' / 'attacks.csv', keep_default_na=False)
    first = found[found.seed.eq(1) & found.scenario.eq('random')]
    named = first.set_index(['model', 'form', 'attack', 'epoch']).value.sort_index()
    retrained, original = named['retrain', ''], named['original', 'itself']
    assert retrained['CKA', 0] == pytest.approx(1) and original['distance', 0] == 0
    assert named['ga', 'align']['distance', 0] > 0 and set(first.epoch) == {0, 1}
    assert original['gap', 1] > 0
    kinds = {*attacks.OPTIMIZERS, 'gap', 'probe', 'CKA', 'distance', 'barrier'}
    assert set(first.attack) == kinds and {'longer', *experiments.FORMS} <= set(first.form)

    run('reproduce.cards', tmp_path / 'runs')
    folder = tmp_path / 'runs' / 'cards' / 'random-seed1-ga-align'
    net = build('PreResNet8', 10)
    net.load_state_dict(safetensors.torch.load_file(folder / 'model.safetensors'))
    row = models[models.model.eq('ga') & models.form.eq('align')].iloc[0]
    card = (folder / 'README.md').read_text()
    assert all(
        text in card for text in (f'{float(row.ua):.2f}', 'random0.1', '--unlearn_method=align')
    )
    assert (folder.parent / 'seed1-original').exists()

    monkeypatch.setitem(experiments.PLANS, 'small', make_plan(0.03))
    fails('was made by another command', 'reproduce.experiments', *small)


def test_a_command_that_fails_is_named_and_the_rest_goes_on(small, tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(experiments.PLANS, 'small', make_plan(1e30))
    monkeypatch.setattr(experiments, 'FORMS', {'align': experiments.FORMS['align']})
    flags = ['--seeds', '1', '--scenarios', 'random']
    assert experiments.main([*small, *flags]) == 3  # the method twice, what begins at it
    assert f'{tmp_path}/runs/seed1/random/ga --unlearn_method=ga' in capsys.readouterr().err
    assert len(list(tmp_path.rglob('*.done'))) == 2


def test_the_lists_hold_commands_that_the_scripts_take(capsys):
    for size, count in {'small': 120, 'full': 24, 'many': 140, 'newer': 60}.items():
        assert experiments.main([size, '--data_path=data', '--list']) == 0
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) == len(set(lines)) == count
        for script, *words in (shlex.split(line)[1:] for line in lines):
            assert parse_args(script.removesuffix('.py'), words).seed


def test_attacks_by_hand():
    rng = np.random.default_rng(0)
    features, others = rng.normal(size=(50, 4)), rng.normal(size=(50, 3))
    turn, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    assert attacks.compute_cka(features, 3 * features @ turn + 1) == pytest.approx(1)
    assert attacks.compute_cka(features, others) < 0.3
    nets = [torch.nn.Linear(2, 1) for _ in range(2)]
    for net, value in zip(nets, (1.0, 3.0)):
        torch.nn.init.constant_(net.weight, value)
        torch.nn.init.zeros_(net.bias)
    assert attacks.measure_distance(*nets) == pytest.approx(8**0.5)


def test_floors_are_of_the_rows_own_seeds():
    models = results.read_models(results.RESULTS / 'earlier' / 'models.csv')
    tenth = models[models.scenario.eq('random')]
    assert results.find_floor(tenth, range(7, 12)) == pytest.approx(0.83, abs=0.005)
    assert results.find_floor(tenth, [22, 23, 24]) == pytest.approx(1.93, abs=0.005)
    pairs = [(1, 2, 1.0), (1, 3, 2.0), (2, 3, 6.0)]
    pairs = pd.DataFrame(pairs, columns=['seed', 'other_seed', 'gap']).assign(model=FLOOR)
    assert results.find_floor(pairs) == 3 and results.find_floor(pairs, [1, 3]) == 2
    assert results.find_floor(pairs, [2]) == 3.5  # of one seed there is no pair: that to the others


def test_a_row_of_the_tables_by_hand():
    truth = {'model': 'retrain', 'form': '', 'rmia_auc': 0.5, 'ta': 80}
    method = {'model': 'ga', 'form': 'itself', 'gap': 5, 'js_f': 0.2, 'js_t': 0.2, 'ta': 70}
    method |= {'rmia_auc': 0.6, 'tow': 0.81, 'rte': 1.0, 'retrain': 10.0}
    rows = [truth | {'seed': seed} for seed in (1, 2, 3)]
    rows += [method | {'seed': seed} for seed in (1, 2, 3)]
    rows += [method | {'form': 'align', 'gap': gap, 'seed': gap} for gap in (1, 2, 3)]
    pair = {'model': FLOOR, 'form': '', 'seed': 1, 'other_seed': 2, 'gap': 0.5, 'js_f': 0.1}
    models = pd.DataFrame([*rows, pair]).assign(scenario='class')
    measured = results.measure_rows(models)
    row = measured.set_index('form').loc['align']
    assert (row.n, row.gap, row.gain) == (3, 2, 3)
    # three pairs: t_{0.975, 2} = 4.303, so that the interval of sd 1 is mean ± 4.303 / √3 = 2.484
    assert (row.low, row.high) == pytest.approx((3 - 2.484, 3 + 2.484), abs=1e-3)
    assert (row.floor, row.verdict) == (0.5, 'an improvement')
    assert (row.js_f, row.rmia, row.cost) == pytest.approx((0.1, 0.1, 10))
    lines = results.make_scenarios(measured, models).splitlines()[2:]
    assert lines[0] == '| a class | retrained | another seed | 0.50 |  |  | 80.0 | 100 |'
    told = '2.00 | 3.00 (0.52 to 5.48) | an improvement | 70.0 | 10 |'
    assert lines[2] == f'|  |  | align | {told}'
    (line,) = results.make_summary(measured).splitlines()[2:]
    assert line == '| a class | gradient ascent | 0.50 | 5.00 | – | – | **3.00 (0.52 to 5.48)** |'


def test_what_came_back_is_less_that_of_the_retrained_model():
    rows = []
    for model, form, after in (('retrain', '', 31.0), ('original', 'itself', 50.0)):
        for attack, value in dict.fromkeys(results.RELEARNING, 30.0).items():
            rows += [(model, form, attack, 0, value), (model, form, attack, 2, after)]
        rows += [(model, form, attack, 0, 0.5) for attack in results.STATES]
        rows.append((model, form, 'gap', 1, 2.5))
    table = pd.DataFrame(rows, columns=['model', 'form', 'attack', 'epoch', 'value'])
    table = pd.concat([table.assign(scenario='random', seed=seed) for seed in (1, 2)])
    found = results.measure_attacks(table).set_index('model')
    assert found['SGD 0.02'].to_dict() == {'original': 19.0, 'retrain': 0.0}
    assert found.probe.eq(0.5).all()
    line = results.make_attacks(found.reset_index()).splitlines()[-1]
    told = '2.50 | 19.0 | 19.0 | 0.5 | 0.50 | 0.5 | 0.50 |'
    assert line == f'|  | original | itself | {told}'


def test_the_pages_have_the_tables_of_their_files(tmp_path, monkeypatch):
    pages = [page for page in results.PAGES if page.exists()]
    copies = [Path(shutil.copy(page, tmp_path)) for page in pages]
    shutil.copytree(results.RESULTS, tmp_path / 'docs' / 'results')
    (tmp_path / 'docs' / 'figures').mkdir()
    monkeypatch.setattr(results, 'PAGES', copies)
    monkeypatch.setattr(results, 'ROOT', tmp_path)
    monkeypatch.setattr(results, 'RESULTS', tmp_path / 'docs' / 'results')
    results.main([])
    rows = ROOT / 'docs/results/rows.csv', tmp_path / 'docs/results/rows.csv'
    assert all(a.read_text() == b.read_text() for a, b in (*zip(pages, copies), rows))
    for name in ('gaps-cifar10', 'relearning'):
        assert (tmp_path / 'docs' / 'figures' / f'{name}.png').exists()
