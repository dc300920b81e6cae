"""make reproduce: its commands, carried out once each, and the page that is made of them."""

import json
import shutil
import time

import numpy as np
import pandas as pd
import pytest
import torch
from conftest import ROOT, exits, fails, only, tree

from arg_parser import parse_args
from evaluation import klom, table
from evaluation.compare import FLOOR
from lib import errors
from reproduce import bench, collect, costs, experiments, forms, plan, requests, results

DOCS = ROOT / 'docs'
TINY = '--dataset=Digits --transform=ResNet --model=PreResNet8 --batch_size=64'
TINY += ' --train_fraction=0.1 --test_fraction=0.3 --image_size=8'
RECIPES = {
    'random': {'negtv': {'method': '--epochs=1 --lr=0.02', 'MCU': '--epochs=1 --lr=0.05'}},
    'class': {'salun': {'method': '--epochs=1 --lr=0.02'}},
}
CHANGED = ('beta0.1', 'k0.25-kr0.1')


@pytest.fixture
def small(monkeypatch):
    """The small size, made tiny."""
    search = plan.SEARCH.replace('--epochs=10', '--epochs=1')
    how = {'search': search, 'walk': '--start_t=0.75 --num_points=2'}
    tiny = plan.Size(TINY, '--bn_samples=50', 1, (1, 2), **how)
    monkeypatch.setitem(plan.SIZES, 'small', tiny)
    monkeypatch.setattr(plan, 'read_recipes', lambda size: RECIPES)
    monkeypatch.setattr(plan, 'ABLATED', {'random': ('negtv',), 'class': ()})
    changes = {name: plan.ABLATIONS['random'][name] for name in CHANGED}
    monkeypatch.setitem(plan.ABLATIONS, 'random', changes)
    ends = {'negtv': {'from0.1': '--epochs=1 --lr=0.1'}}
    monkeypatch.setitem(plan.OTHER_ENDS, 'random', ends)


@pytest.fixture
def flags(tmp_path):
    """The flags of every call."""
    return ['small', f'--out={tmp_path / "runs"}', f'--docs={tmp_path / "docs"}']


def list_lines(flags, capsys, *more):
    """What --list prints."""
    capsys.readouterr()
    assert experiments.main([*flags, *more, '--list']) == 0
    return capsys.readouterr().out.splitlines()


def make_page(docs):
    """The page and its figures, made of the CSV files."""
    results.main([f'--docs={docs}'])
    return read_page(docs)


def read_page(docs):
    """The page and its figures, as they are."""
    figures = (docs / 'figures').glob('*')
    return (docs / 'RESULTS.md').read_text(), {file.name: file.read_bytes() for file in figures}


def test_every_command_is_carried_out_once_and_told(small, flags, tmp_path, monkeypatch, capsys):
    seeds = {'seeds': (1,), 'floor': (2,)}
    monkeypatch.setitem(plan.SIZES, 'small', plan.SIZES['small']._replace(**seeds))
    out, docs = tmp_path / 'runs', tmp_path / 'docs'
    listed = list_lines(flags, capsys)
    assert experiments.main([*flags, '--minutes=0']) == 0  # no command begins
    assert not list(out.rglob('*.done'))
    call = experiments.call
    with monkeypatch.context() as patch:  # 0.18 s are not enough for two of 0.1 s
        patch.setattr(experiments, 'call', lambda step: call(step) and not time.sleep(0.1))
        assert experiments.main([*flags, '--minutes=0.003']) == 0  # the original alone
    assert experiments.main([*flags, '--minutes=0.001']) == 0  # the longest so far took more
    assert len(list(out.rglob('*.done'))) == 1 and not (docs / 'RESULTS.md').exists()
    assert experiments.main(flags) == 0
    done = sorted(out.rglob('*.done'))
    assert len(done) == len(listed)
    (path,) = out.glob('seed1/class/mcu-salun-path/*.npz')
    shutil.copy(path, out)  # what nothing on the list wrote
    before = tree(out)
    assert experiments.main(flags) == 0  # all is there
    assert tree(out) == before
    lines = (docs / 'results' / 'commands.sh').read_text().splitlines()
    assert sorted(lines[1::2]) == sorted(listed)
    assert len(pd.read_csv(docs / 'results' / 'minutes.csv')) == len(listed)
    models = results.read_csv(docs / 'results' / 'models.csv')
    assert not models.duplicated(collect.MODEL).any()
    assert set(models.folder) <= {file.parent.relative_to(out).as_posix() for file in done}
    settings = {'', plan.MASK, 'own t*', 'from0.1', 'seed 1', 'seed 2', *CHANGED}
    settings |= {'best', f'best-{plan.MASK}', 'tuned', 'longer', 'faster', 'outputs'}
    settings |= {'point-back', 'point-itself'}
    assert set(models.setting) <= settings and settings - set(models.setting) <= {'seed 1'}
    searched = models[models.row.isin(['path', 'self'])]
    assert searched.retrain.notna().all() and models.epochs.eq(1).all()
    assert searched[searched.row.eq('path')].region.between(0, 1).all()
    betas = results.read_csv(docs / 'results' / 'betas.csv')
    assert {'', 'best', plan.MASK} < set(betas.setting) and 'beta0.1' not in set(betas.setting)
    np.testing.assert_allclose(betas[collect.BETA_SHARES].sum(axis=1), 1, atol=2e-4)
    expected = 0.01 * betas.beta_easy + 0.5 * betas.beta_hard
    np.testing.assert_allclose(betas.beta, expected, atol=2e-4)
    shutil.rmtree(out)
    page, figures = read_page(docs)
    assert (page, figures) == make_page(docs)  # of the CSV files alone
    ablations = (docs / 'ABLATIONS.md').read_text()
    for word in ('SalUn (`salun`)', 'no verdict below three pairs', '| – MCU-best | 1 |'):
        assert word in page, word
    assert all(f'| {change} |' in ablations for change in CHANGED)
    assert set(figures) == {'gaps-cifar10.png', 'gaps-cifar10.pdf'}


def test_some_of_the_list(small, flags, capsys):
    only_one = ['--scenarios=random', '--groups=ablations', '--changes=from0.1']
    listed = list_lines(flags, capsys, *only_one)
    assert sum('ablations/' in line for line in listed) == 2 * 4  # expert, end, search and path
    listed = list_lines(flags, capsys, '--scenarios=class', '--groups=ablations')
    assert not any('salun' in line for line in listed)  # nothing is changed on top of it
    for only_one in ('outputs', 'told'):  # that to forget a random tenth nobody has
        flag = f'--groups={only_one}'
        assert list_lines(flags, capsys, '--scenarios=random', flag)[-1].startswith('python3 train')
    listed = list_lines(flags, capsys, '--methods=salun', '--seeds=2')
    assert any(' --mask_path ' in line and '/masks/*/' in line for line in listed)
    assert not any('negtv' in line or 'seed1' in line for line in listed)
    memorised = ['memorised', '--data_path=data']
    rates = [rates for _, rates in plan.SIZES['medium'].grids.values()]
    assert list_lines([], capsys, *memorised, '--groups=ablations')[-1].startswith('python3 train')
    script = 'reproduce.experiments'
    fails('knows random and class alone', script, *memorised, '--tune', '--list')
    only_one = ['--seeds=1', '--methods=negtv', '--groups=control']
    listed = list_lines([], capsys, 'medium', '--data_path=data', *only_one)
    (control,) = [line for line in listed if 'train.py' in line and '/point-negtv' in line]
    assert '--epochs=2 --milestones=1' in control and '--fix_end' not in control
    medium = ['medium', '--data_path=data', '--tune']
    assert len(list_lines([], capsys, *medium)) == 2 + 1 + 3 * sum(map(len, rates))
    fails('medium has no rates to try for ga', script, *medium, '--methods=ga', '--list')
    fails(f'is not some of {", ".join(plan.GROUPS)}', script, *flags, '--groups=plain,none')


def test_a_command_that_fails_is_named_and_the_rest_goes_on(
    small, flags, tmp_path, monkeypatch, capsys
):
    diverges = {'class': {'ga': {'method': '--epochs=1 --lr=1e30'}}}
    monkeypatch.setattr(plan, 'read_recipes', lambda size: diverges)
    flags += ['--scenarios=class', '--seeds=1']
    assert experiments.main(flags) == 15  # the method and the commands that start from it
    err = capsys.readouterr().err
    assert f'failed: {tmp_path}/runs/seed1/class/ga, ga' in err
    assert only('runs/seed1/class/retrain/*/checkpoint-1.pt', tmp_path)
    monkeypatch.setitem(plan.SCENARIOS, 'class', '--unlearn_type=class --forget_class=3')
    fails('class/retrain: retrain was made by another command', 'reproduce.experiments', *flags)


def test_a_signal_at_the_end_of_a_command_stops_before_the_next(small, flags, monkeypatch):
    called = []

    def call(step):
        called.append(step)
        errors.ASKED.set()  # as SIGTERM does
        return False

    monkeypatch.setattr(experiments, 'call', call)
    exits(143, 'reproduce.experiments', *flags)
    assert len(called) == 1


def test_tuning_takes_the_setting_nearest_to_retraining(
    small, flags, tmp_path, monkeypatch, capsys
):
    rates = {'finetune': (0.001, 0.05), 'ga': (1e-5, 1e30)}
    grids = {method: ('--epochs=1', (), tried) for method, tried in rates.items()}
    monkeypatch.setitem(plan.SIZES, 'small', plan.SIZES['small']._replace(grids=grids))
    monkeypatch.setattr(plan, 'RECIPES', tmp_path / 'recipes.json')
    flags += ['--tune', '--scenarios=class']

    def read():
        chosen = json.loads((tmp_path / 'recipes.json').read_text())['small']['class']
        return chosen, pd.read_csv(tmp_path / 'docs' / 'results' / 'tuning.csv')

    assert experiments.main(flags) == 3  # the method, and the search from it
    chosen, tried = read()
    assert set(chosen['ga'].values()) == {'--epochs=1 --lr=1e-05'}  # the other one diverged
    assert list(tried.method) == ['finetune'] * 4 + ['ga'] * 2
    for of in plan.OF:
        own = tried[tried.method.eq('finetune') & tried.of.eq(of)]
        assert chosen['finetune'][of] == own.set_index('flags').gap.idxmin()
    assert experiments.main([*flags, '--methods=finetune', '--seeds=101,102']) == 0
    again, tried = read()
    assert again['ga'] == chosen['ga']  # as it was
    assert len(tried) == 6 + 8
    gaps = tried[tried.seed.gt(100)].groupby(['of', 'flags']).gap.mean()
    assert again['finetune'] == {of: gaps[of].idxmin() for of in plan.OF}
    for wrong in ([*flags, '--seeds=100,1'], [*flags[:-2], '--seeds=1,100']):
        fails('seeds from 100 on are for --tune', 'reproduce.experiments', *wrong)


def test_forms_of_the_search_are_compared_on_tuning_seeds(small, flags, tmp_path, monkeypatch):
    monkeypatch.setattr(plan, 'SHARES', {0.5: 1, 1.0: 1})
    monkeypatch.setattr(forms, 'MANY', 1)
    ends = {'one': ('ga', '--epochs=1 --lr=0.001')}
    monkeypatch.setattr(plan, 'ENDS', {'random': ends, 'class': ends})
    names = ['ce-0.01-0.5-Bezier', 'right-0.008-1.0-PolyChain', 'ce-0.02-1.0-point']
    assert set(names) <= set(plan.list_forms())
    flags += ['--tune=search', '--scenarios=class', f'--forms={",".join(names)}']
    assert experiments.main([*flags, '--seeds=100,101']) == 0
    found = results.read_csv(tmp_path / 'docs' / 'results' / 'search.csv')
    assert not found.duplicated(forms.KEY).any()
    searched = found.dropna(subset='lr').set_index('form')
    assert set(searched.index) == {*names[:2], f'{names[2]}-back', f'{names[2]}-itself'}
    rates = searched.effective[~searched.index.duplicated()].to_dict()
    assert rates[names[0]] == pytest.approx(0.01 * 2 / 15, rel=1e-4)
    assert rates[names[1]] == pytest.approx(0.008 / 3, rel=1e-4)
    assert rates[f'{names[2]}-back'] == 0.02 and searched.t[f'{names[2]}-itself'].eq(1).all()
    page = (tmp_path / 'docs' / 'SEARCH.md').read_text()
    for cell in ('| ce | 50% | Bezier |', 'no curve, back', 'the end itself', 'The floor is'):
        assert cell in page, cell
    assert page == forms.format_page(tmp_path / 'docs')
    assert experiments.main([*flags, '--seeds=100,101']) == 0  # nothing is left to do
    assert results.read_csv(tmp_path / 'docs' / 'results' / 'search.csv').equals(found)


def test_a_seed_that_is_run_again_replaces_its_rows():
    def rows(seed, gap, ra=90.0, setting=''):
        row = {'scenario': 'class', 'seed': seed, 'setting': setting, 'ua': 1.0, 'ta': 1.0}
        scores = ({'model': 'retrain', 'ra': ra, 'gap': 0.0}, {'model': 'ga', 'ra': 1, 'gap': gap})
        return [row | {'mia': 1.0} | own for own in scores]

    old = pd.DataFrame(rows(1, 5.0) + rows(2, 6.0) + rows(3, 7.0, setting='t0.5'))
    new = pd.DataFrame(rows(1, 4.0) + rows(2, 3.0, ra=80.0)[:1] + rows(3, 8.0)[:1])
    changed = collect.find_changed(old, new)
    assert list(changed) == [('class', 2)]
    both = collect.merge(old, new, collect.MODEL, changed)
    gaps = both[both.model.eq('ga')].set_index('seed').gap.to_dict()
    assert gaps == {1: 4.0, 3: 7.0}  # seed 2 has another retrained model, without it a row
    pairs = ((1, 'seed 2'), (1, 'seed 3'), (2, 'seed 3'))
    floor = pd.DataFrame(rows(1, 0.0))[:1].assign(model=collect.FLOOR)
    floor = pd.concat([floor.assign(seed=seed, setting=setting) for seed, setting in pairs])
    both = collect.merge(floor, new, collect.MODEL, changed)
    assert both[both.model.eq(collect.FLOOR)].setting.tolist() == ['seed 3']


def test_verdicts_and_floor_of_the_page():
    lower = pd.Series([2.0, 3.0, 4.0, float('nan')])
    assert results.tell_change(lower, 1.0) == '3.00 (0.52 to 5.48): an improvement'
    assert results.tell_change(lower, 4.0).endswith(': not resolved')
    assert results.tell_change(lower[:2], 1.0).endswith(': no verdict below three pairs')
    assert results.tell_change(lower[3:], 1.0) == '–'
    assert table.show_mean(lower.dropna()) == '3.00 ± 1.00'
    assert table.show_mean(lower, count=4)[-5:] == '(n 3)'
    truth = {'scenario': 'class', 'model': 'retrain', 'ra': 0.0, 'ta': 0.0, 'mia': 0.0}
    models = pd.DataFrame([truth | {'ua': ua} for ua in (0.0, 4.0, 8.0)])
    assert results.find_floor(models, 'class') == pytest.approx(4 / 3)
    models['list'] = ['one', 'other', 'one']  # of what was to be forgotten
    assert results.find_floor(models, 'class') == pytest.approx(8 / 4)


def test_distributions_of_models_are_compared(flags, tmp_path, monkeypatch, capsys):
    tiny = {'network': TINY, 'epochs': 1, 'seeds': (0, 1), 'floor': (2, 3)}
    tiny['grids'] = {'finetune': plan.GRIDS['finetune']}
    monkeypatch.setitem(plan.SIZES, 'digits', plan.SIZES['digits']._replace(**tiny))
    flags = ['digits', *flags[1:]]
    assert experiments.main([*flags, '--seeds=0,2']) == 0
    assert not (tmp_path / 'docs').exists()  # what is there of all seeds stays
    listed = list_lines(flags, capsys)
    assert [sum(f'{word} ' in line for line in listed) for word in ('=retrain', '=best')] == [4, 2]
    assert experiments.main(flags) == 0
    found = pd.read_csv(tmp_path / 'docs' / 'results' / 'klom.csv').set_index('model')
    names = {'original', 'finetune', 'MCU(finetune)', 'MCU(finetune), best', klom.NULL}
    assert set(found.index) == names and set(found.n) == {2}


def test_every_measure_of_the_page_by_hand():
    truth = {'model': 'retrain', 'method': 'retrain', 'ua': 10, 'ra': 90, 'ta': 80, 'rmia_auc': 0.5}
    truth |= {'mia': 50, 'gap': 0, 'mia_entropy': 40}
    tuned = {'method': 'ga', 'ua': 20, 'ra': 90, 'ta': 70, 'gap': 5, 'js_f': 0.2, 'js_t': 0.2}
    tuned |= {'model': 'ga', 'rmia_auc': 0.6, 'rte': 1.0, 'mia': 56, 'mia_entropy': 70}
    mcu = tuned | {'model': 'MCU(ga)', 'row': 'path', 'ua': 10, 'rte': 2.0}
    floor = {'model': FLOOR, 'method': 'retrain', 'js_f': 0.1, 'js_t': 0.15, 'setting': 'seed 2'}
    rows = [
        {'scenario': 'class', 'row': '', 'setting': '', 'seed': seed} | row
        for seed in (1, 2, 3)
        for row in (
            *(truth, tuned, floor),
            mcu | {'js_f': 0.18 + seed / 1000, 'ta': 68, 'retrain': 10.0},
            mcu
            | {'setting': 'best', 'gap': 4, 'rmia_auc': 0.42, 'retrain': 20.0},  # of another day
        )
    ]
    lines = results.format_distances(pd.DataFrame(rows), 'class').splitlines()[2:]
    same = '0.00 (0.00 to 0.00): not resolved'
    lower = '1.00 (1.00 to 1.00): an improvement | 0.100 | 0.050'
    assert lines[:4] == [
        '| retrained | 3 | 0.00 |  | 0 | 0 | 0 | 1.000 | 80.0 | 100 |',
        # ToW: 0.9 · 1 · 0.9
        '| gradient ascent | 3 | 5.00 |  | 0.100 | 0.050 | 0.100 | 0.810 | 70.0 | 10.0 |',
        # nearer in bold, farther in italics; ToW: 1 · 1 · 0.88
        f'| – MCU | 3 | 5.00 | {same} | **0.082** | 0.050 | 0.100 | **0.880** | *68.0* | 20.0 |',
        f'| – MCU-best | 3 | **4.00** | {lower} | **-0.080** | **0.900** | 70.0 | 10.0 |',
    ]
    assert results.format_differences(pd.DataFrame(rows), 'class').splitlines()[2:] == [
        '| retrained (distances) | 0.0 | 0.0 | 0.0 | 0.0 |',
        '| gradient ascent | +10.0 | +0.0 | -10.0 | +6.0 |',
        '| – MCU | +0.0 | +0.0 | -12.0 | +6.0 |',
        '| – MCU-best | +0.0 | +0.0 | -10.0 | +6.0 |',
    ]
    entropy = results.format_differences(pd.DataFrame(rows), 'class', ['MCU'], results.ATTACKS)
    assert entropy.splitlines()[4] == '| – MCU | +30.0 |'
    # js_f of MCU: 0.181, 0.182, 0.183; 4.303 · 0.001 / √3 = 0.0025
    told = '1.00 (1.00 to 1.00): an improvement | -0.018 (-0.020 to -0.016)'
    line = results.format_rivals(pd.DataFrame(rows)).splitlines()[2]
    told = f'{told} | 0.000 (0.000 to 0.000)'
    assert line == f'| a class | gradient ascent | 3 | 5.00 | 4.00 | {told} |'
    masked = [row | {'setting': f'best-{plan.MASK}', 'gap': 6} for row in rows[4::5]]
    pair = 'MCU-best', 'MCU-best with mask'
    line = results.format_rivals(pd.DataFrame([*rows, *masked]), *pair).splitlines()[2]
    same = '0.000 (0.000 to 0.000)'
    told = f'-2.00 (-2.00 to -2.00): worse | {same} | {same}'
    assert line == f'| a class | gradient ascent | 3 | 4.00 | 6.00 | {told} |'
    point = rows[-1] | {'setting': 'point-itself', 'gap': 3}  # of one seed: so are all beside it
    lines = results.format_control(pd.DataFrame([*rows, point])).splitlines()
    numbers = [line.split(' | ')[1:3] for line in lines[5:-2]]
    assert numbers == [['1', '5.00'], ['1', '4.00'], ['1', '3.00']]


def test_what_beta_does_by_hand(tmp_path):
    assert results.format_betas(tmp_path / 'betas.csv') == 'Not run yet.'
    epochs = [(1, 0.5, 0, 0, 1), (2, 0.255, 0, 0.5, 0.5), (3, 0.2, 0.6, 0, 0.4)]
    rows = [('class', seed, 'ga', 'best', *epoch) for seed in (1, 2) for epoch in epochs]
    rows.append(('class', 1, 'salun', '', *epochs[0]))
    rows.append(('class', 1, 'ga', 'share0.1', *epochs[0]))  # another table has these
    pd.DataFrame(rows, columns=collect.BETAS).to_csv(tmp_path / 'betas.csv', index=False)
    assert results.format_betas(tmp_path / 'betas.csv').splitlines()[2:] == [
        '| a class | gradient ascent | MCU-best | 2 | 0.50 ± 0.00 | 0.20 ± 0.00 | 20% | 17% |',
        '| a class | SalUn | MCU | 1 | 0.50 | 0.50 | 0% | 0% |',
    ]


def test_models_of_another_precision_stand_apart():
    models = pd.DataFrame({'seed': [1, 2, 7], 'precision': ['bf16', 'bf16', 'fp32']})
    main, apart = results.split_by_precision(models)
    assert list(main.seed) == [1, 2] and list(apart.seed) == [7]
    main, apart = results.split_by_precision(models[models.seed.eq(7)])  # whichever most have
    assert list(main.seed) == [7] and apart.empty


def test_the_rates_that_were_tried_as_ends_of_mcu():
    rows = [('ga', 0.1, 'method', 3), ('ga', 0.1, 'MCU', 1), ('ga', 0.2, 'method', 2)]
    rows += [('salun', 0.1, 'method', 1)]  # not tried for MCU
    tuned = pd.DataFrame(rows, columns=['method', 'flags', 'of', 'gap'])
    tuned['flags'] = tuned['flags'].map('--epochs=5 --lr={}'.format)
    lines = forms.tell_tuning(tuned).splitlines()[2:]
    assert lines == [
        '| gradient ascent | 0.1 | 3.00 | **1.00** |',
        '| gradient ascent | 0.2 | **2.00** | – |',
    ]


def test_a_walk_that_does_not_reach_the_end_has_no_region(tmp_path):
    acc, base = np.array([90.0, 90.0]), np.array(100.0)
    bases = {'retain_base': base, 'forget_base': base}
    for ts, share in (([0.5, 0.75], np.nan), ([0.5, 1.0], 0.0)):
        np.savez(tmp_path / 'path.npz', ts=ts, tr_acc=acc, tf_acc=acc, **bases)
        assert collect.measure_region(tmp_path) == pytest.approx(share, nan_ok=True)


@pytest.mark.parametrize('docs', [DOCS, DOCS / 'memorised', DOCS / 'medium'])
def test_the_page_is_that_of_its_files(tmp_path, docs):
    shutil.copytree(docs / 'results', tmp_path / 'results')
    page, _ = make_page(tmp_path)
    assert page == (docs / 'RESULTS.md').read_text() and len(page.encode()) <= 15_000
    assert (tmp_path / 'ABLATIONS.md').read_text() == (docs / 'ABLATIONS.md').read_text()


def test_the_page_of_the_search_is_that_of_its_files(tmp_path):
    shutil.copytree(DOCS / 'results', tmp_path / 'results')
    forms.main([f'--docs={tmp_path}'])
    page = (tmp_path / 'SEARCH.md').read_text()
    assert page == (DOCS / 'SEARCH.md').read_text()


def test_the_lists_hold_commands_that_the_scripts_take(tmp_path):
    for name, size in plan.SIZES.items():
        chain, seeds = (size, tmp_path, 'data'), [*size.seeds, *size.floor]
        listed = plan.list_reported(*chain, seeds, size.scenarios, size.groups)
        assert len({step.done_file() for step in listed}) == len(listed)
        evaluated = {(s.about['scenario'], s.about['method'], s.about['seed']) for s in listed}
        recipes = plan.read_recipes(size)
        wanted = {(kind, name) for kind in size.scenarios for name in recipes[kind]}
        assert evaluated >= {(*pair, seed) for pair in wanted for seed in size.seeds}
        first = [step for step in listed if step.about['seed'] in (seeds[0], plan.TUNING)]
        for step in [*first, *plan.list_tuning(*chain, (plan.TUNING,), ('random', 'class'))]:
            if step.script == 'evaluation.memorisation':
                assert step.line().startswith('python3 -m evaluation.memorisation --dir=')
                continue
            args = parse_args(step.script, [f'--dir={step.folder}', *step.flags])
            assert args.seed == step.about['seed']
        goals = [step for step in first if step.about['setting'] in plan.GOALS]
        assert len(goals) == (2 * 2 * 4 * 2 if name == 'memorised' else 0)
        for step in goals:  # the search and the choice of t*
            goal = plan.GOALS[step.about['setting']][step.about['scenario']]
            assert (f'--forget_base={goal}' in step.flags) == (step.script == 'train')


def test_the_table_of_the_requests_is_that_of_its_file(tmp_path):
    (tmp_path / 'results').mkdir()
    shutil.copy(DOCS / 'running.md', tmp_path)
    requests.write_page(pd.read_csv(DOCS / 'results' / 'requests.csv'), tmp_path)
    for file in ('running.md', 'results/requests.csv'):
        assert (tmp_path / file).read_text() == (DOCS / file).read_text()


def test_an_own_end_at_the_methods_rate_is_marked(tmp_path):
    models = results.read_csv(DOCS / 'results' / 'models.csv')
    table = results.summarise(models, ('MCU-best', 'MCU-best, own end'))
    cells = {row.split('`')[1]: row.split(' | ')[1:] for row in table.splitlines()[2:-1]}
    assert cells['scrub'][2] == '=' and cells['scrub'][5].startswith('=')
    assert cells['ga'][2] == '=' != cells['ga'][5] and '=' not in cells['delete']


def test_readme_has_the_table_of_the_page():
    page = (DOCS / 'RESULTS.md').read_text()
    table = next(block for block in page.split('\n\n') if block.startswith('| Avg. Gap'))
    assert table in (ROOT / 'README.md').read_text()


def test_costs_are_measured_as_ratios():
    (row,) = costs.measure_memory('PreResNet20', torch.device('cpu'))
    what, network, ratio, target, _ = row
    assert network == 'PreResNet20' and 0 <= ratio < target == 5
    assert bench.format_row('cpu', *row).startswith(f'| {what} | PreResNet20, cpu | {ratio:.3f} |')
