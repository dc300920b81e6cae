"""make reproduce: its commands, carried out once each, and the page that is made of them."""

import json
import re

import numpy as np
import pytest
from conftest import only, tree

from arg_parser import parse_args
from reproduce import collect, experiments, results

TINY = '--dataset=CIFAR10 --transform=ResNet --model=PreResNet8 --batch_size=64'
TOLD = '--epochs=1 --lr=0.02'
RECIPES = {'random': {'negtv': TOLD}, 'class': {'salun': TOLD}}
CHANGED = ('beta0.1', 'k0.25-kr0.1')


@pytest.fixture
def small(monkeypatch):
    """The small size, made tiny."""
    monkeypatch.setitem(experiments.SIZES, 'small', experiments.Size(TINY, '', '', 1, (1, 2)))
    monkeypatch.setattr(experiments, 'recipes', lambda size: RECIPES)
    changes = {name: experiments.ABLATIONS['random'][1][name] for name in CHANGED}
    monkeypatch.setitem(experiments.ABLATIONS, 'random', (('negtv',), changes))
    ends = {'negtv': {'from0.1': '--epochs=1 --lr=0.1'}}
    monkeypatch.setitem(experiments.OTHER_ENDS, 'random', ends)
    search = experiments.SEARCH.replace('--epochs=10', '--epochs=1')
    monkeypatch.setattr(experiments, 'SEARCH', search)


def test_every_command_is_carried_out_once_and_told(small, cifar, tmp_path, capsys):
    out, docs = tmp_path / 'runs', tmp_path / 'docs'
    flags = ['small', f'--data_path={cifar}', f'--out={out}', f'--docs={docs}']
    assert experiments.main([*flags, '--list']) == 0
    listed = capsys.readouterr().out.splitlines()
    only_one = ['--scenarios=random', '--parts=ablations', '--changes=from0.1', '--list']
    assert experiments.main([*flags, *only_one]) == 0
    told = capsys.readouterr().out.splitlines()
    assert sum('ablations/' in line for line in told) == 2 * 4  # expert, end, search and path
    assert experiments.main([*flags, '--scenarios=class', '--parts=ablations', '--list']) == 0
    assert 'salun' not in capsys.readouterr().out  # nothing is changed on top of it
    assert experiments.main([*flags, '--minutes=0']) == 0  # no command begins
    assert not list(out.rglob('*.done'))
    assert experiments.main(flags) == 0
    size = experiments.SIZES['small']
    steps = experiments.unique(experiments.reported(size, out, cifar, None, RECIPES))
    done = sorted(out.rglob('*.done'))
    assert len(done) == len(steps) == 2 * (1 + 2 * (1 + 2 + 2 + 1 + 2) + 3 + 2 * 2 + 4)
    text = (docs / 'RESULTS.md').read_text()
    words = ['MCU (salun)', 'MCU, mask (negtv)', '(n 2)', '± ', 'of 1 methods', '| unchanged ']
    words += [f'| {change} ' for change in CHANGED]
    words += ['| negtv, its recipe ', '| negtv --epochs=1 --lr=0.1 ']
    for word in words:
        assert word in text, word
    for step in steps:
        assert f'python3 {step.script}.py --dir={step.folder} ' in text
    assert len(listed) == len(steps) and any(
        f' --mask_path {out}/seed1/class/masks/*/' in line for line in listed
    )
    assert '| path searched | ' in ' '.join(text.split()) and "at the paper's size" in text
    before = tree(tmp_path)
    assert experiments.main(flags) == 0  # all is there
    after = tree(tmp_path)
    assert {p: c for p, c in after.items() if p.suffix in ('.pt', '.npz', '.done')} == {
        p: c for p, c in before.items() if p.suffix in ('.pt', '.npz', '.done')
    }
    kept = [json.loads(file.read_text()) for file in (docs / 'results/small').glob('*-seed?.json')]
    commands = {name for block in kept for name in block['commands']}
    assert len(kept) == 4 and len(commands) == len(steps)
    folders = {str(step.folder.relative_to(out)) for step in steps}
    rows = [row for block in kept for row in [*block['rows'], *block['ablations']]]
    for row in rows:  # each is traced to its command
        assert row['folders'] and folders.issuperset(row['folders']), row['name']
    for path in out.rglob('*.npz'):
        path.unlink()
    (docs / 'RESULTS.md').unlink()
    results.main(['small', f'--docs={docs}'])  # of the small files alone
    assert (docs / 'RESULTS.md').read_text() == text


def test_the_page_pairs_seeds_and_says_what_was_not_reached(tmp_path, monkeypatch):
    monkeypatch.setitem(experiments.OTHER_ENDS, 'random', {'ga': {'from0.1': '--lr=0.1'}})

    def row(name, seed, gap, config='', run='run', **values):
        values = {
            'gap': gap,
            'ua': 1.0,
            'rte': 4.0,
            'search': 1.0,
            'select': 0.5,
            'mask': 0.0,
            'retrain': 10.0,
        } | values
        told = {'name': name, 'config': config, 'run': f'{run}-epochs50-{seed}', 'seed': seed}
        told |= {'pre_run': f'ga-{seed}', 'split': 's', 'values': values, 'arrays': {}}
        return told | {'folders': [f'seed{seed}/{name}']}

    for seed, gaps in ((1, (5.0, 2.0, 1.0)), (2, (6.0, 7.0, 3.0))):
        truth = row('retrain', seed, 0.0, rte=10.0, ua=10.0 * seed, ra=90.0, ta=80.0, mia=0.0)
        rows = [truth, row('ga', seed, gaps[0])]
        rows += [row('MCU(ga)', seed, gaps[1]), row('MCU(ga)', seed, gaps[2], '-alignself')]
        changed = row('MCU_β(ga)', seed, gaps[1] - seed, search=2.0)
        changed['folders'] = [f'seed{seed}/random/ablations/ga-beta0.1-path']
        end, path = row('ga', seed, 2.0 + seed), row('MCU(ga)', seed, 1.0)
        for other, suffix in ((end, '-end'), (path, '-path')):
            other['folders'] = [f'seed{seed}/random/ablations/ga-from0.1{suffix}']
            other['pre_run'] += 'other'
        others = [changed, end, path]
        block = {'title': ['D', 'N', 'random'], 'seed': seed, 'rows': rows, 'ablations': others}
        made = {'date': '2026-01-01', 'commit': 'abc', 'machine': 'CPU', 'jpeg': True}
        block |= {'regions': {}, 'made': [made], 'commands': {}}
        collect.keep({('random', seed): block}, tmp_path / 'results' / 'small')
    file = tmp_path / 'results' / 'small' / 'random-seed2.json'
    before = json.loads(file.read_text())
    again = before | {'rows': [rows[0], row('MCU(ga)', 2, 9.0, '-mask_k0.5')], 'made': [made, {}]}
    assert collect.joined(before, again)['rows'] == [*before['rows'], again['rows'][1]]
    assert collect.joined(before, again)['made'] == [made, {}]
    slower = before | {'rows': [rows[0], row('ga', 2, gaps[0], rte=9.0)]}  # came out alike
    assert collect.joined(before, slower)['rows'] == before['rows']
    nearer = before | {'rows': [rows[0], row('ga', 2, 5.5)]}
    assert collect.joined(before, nearer)['rows'][1] == nearer['rows'][1]
    other = again | {'rows': [row('retrain', 2, 0.0)]}  # another model
    assert collect.joined(before, other) == other
    (tmp_path / 'results' / 'small.md').write_text('By hand.')
    results.main(['small', f'--docs={tmp_path}'])
    text = ' '.join((tmp_path / 'RESULTS.md').read_text().split())
    assert '| ga | 5.50 → 4.50 (lower in 1 of 2) |' in text
    assert '| ga | 2 | 5.50 ± 0.71 | – | – | 4.50 ± 3.54 | **2.00 ± 1.41** |' in text
    assert '| MCU (ga) | 1.00 ± 2.83, 1 of 2 |' in text
    assert '| MCU, own t* (ga) | 3.50 ± 0.71, 2 of 2 |' in text
    lower = 'MCU: Avg. Gap lower than itself in the mean for 1 of 1 methods, by 1.00'
    assert f'{lower} over all of them: no verdict below three pairs on ga.' in text
    pairs = {'ga': np.array([2.0, 3.0, 4.0]), 'salun': np.array([1.0, 2.0, 3.0])}
    assert results.judged(pairs, 1.0) == ': an improvement on ga; not resolved on salun'
    assert results.judged(pairs, float('nan')) == ''
    assert '| MCU (ga) | 0.0 | 10.0 | 5.0 | 15.0 | 3.8 |' in text  # 50 epochs of 200
    assert '| unchanged | 4.50 ± 3.54 | 2 | – | 10.0 |' in text
    assert '| beta0.1 | 3.00 ± 2.83 | 2 | 1.50 ± 0.71, 2 of 2 | 20.0 |' in text
    assert '| ga, its recipe | 2 | 5.50 ± 0.71 | 4.50 ± 3.54 | 1.00 ± 2.83, 1 of 2 |' in text
    assert '| ga --lr=0.1 | 2 | 3.50 ± 0.71 | 1.00 ± 0.00 | 2.50 ± 0.71, 2 of 2 |' in text
    drawn = 'figures/results-small-random-changed.png'
    assert f']({drawn})' in text and (tmp_path / drawn).exists()
    assert 'By hand.' in text and 'floor, retraining with another seed: 2.50' in text


def test_a_command_that_fails_is_named_and_the_rest_goes_on(
    small, cifar, tmp_path, monkeypatch, capsys
):
    diverges = {'class': {'ga': '--epochs=1 --lr=1e30'}}
    monkeypatch.setattr(experiments, 'recipes', lambda size: diverges)
    monkeypatch.setattr(experiments, 'SCENARIOS', {'class': experiments.SCENARIOS['class']})
    size = experiments.SIZES['small']._replace(seeds=(1,))
    monkeypatch.setitem(experiments.SIZES, 'small', size)
    flags = ['small', f'--data_path={cifar}', f'--out={tmp_path}', f'--docs={tmp_path / "docs"}']
    assert experiments.main(flags) == 5  # the method and the four commands that start from it
    err = capsys.readouterr().err
    assert f'failed: {tmp_path}/seed1/class/ga, ga' in err
    assert only('seed1/class/retrain/*/checkpoint-1.pt', tmp_path)
    experiments.SCENARIOS['class'] += ' --forget_class=3'
    with pytest.raises(SystemExit, match='2'):  # what is there was made by other commands
        experiments.main(flags)
    assert 'class/retrain: retrain was made by another command' in capsys.readouterr().err


def test_tuning_takes_the_setting_nearest_to_retraining(
    small, cifar, tmp_path, monkeypatch, capsys
):
    rates = {'finetune': (0.001, 0.05), 'ga': (1e-5, 1e30)}
    grids = {name: ('--epochs=1', {'class': tried}) for name, tried in rates.items()}
    monkeypatch.setattr(experiments, 'GRIDS', grids)
    monkeypatch.setattr(experiments, 'RECIPES', tmp_path / 'recipes.json')
    flags = ['small', f'--data_path={cifar}', f'--out={tmp_path}', f'--docs={tmp_path / "docs"}']
    flags += ['--tune', '--scenarios=class']

    def told():
        chosen = json.loads((tmp_path / 'recipes.json').read_text())['small']['class']
        return chosen, json.loads(results.tuned(tmp_path / 'docs').read_text())['small']['class']

    assert experiments.main(flags) == 1
    chosen, tried = told()
    assert chosen['ga'] == '--epochs=1 --lr=1e-05'  # the other one diverged
    assert chosen['finetune'] == min(tried['finetune'], key=lambda f: tried['finetune'][f]['100'])
    assert len(tried['finetune']) == 2 and len(tried['ga']) == 1
    before = tried['ga']
    assert experiments.main([*flags, '--methods=finetune', '--seeds=101,102']) == 0
    chosen, tried = told()
    assert tried['ga'] == before and chosen['ga']  # as they were
    gaps = {f: gap['101'] + gap['102'] for f, gap in tried['finetune'].items()}
    assert chosen['finetune'] == min(gaps, key=gaps.get)
    assert all(list(gap) == ['100', '101', '102'] for gap in tried['finetune'].values())
    assert collect.collected(tmp_path) == {}  # a tuning seed is never reported
    capsys.readouterr()
    for wrong in ([*flags, '--seeds=100,1'], [*flags[:-2], '--seeds=1,100']):
        with pytest.raises(SystemExit, match='2'):
            experiments.main(wrong)
        assert 'seeds from 100 on are for --tune' in capsys.readouterr().err


def test_readme_has_the_commands_of_the_papers_size():
    told = experiments.SIZES['full'], 'results/full', 'data', None, experiments.SCENARIOS
    listed = {one.line() for one in experiments.unique(experiments.reported(*told))}
    readme = (experiments.ROOT / 'README.md').read_text()
    lines = {line.strip() for line in readme.splitlines() if '--dir=results/full/' in line}
    assert len(lines) == 6 and lines <= listed
    assert f'{len(listed)} commands' in readme


def test_readme_has_the_table_of_the_page():
    page = (experiments.ROOT / 'docs' / 'RESULTS.md').read_text()
    table = next(part for part in page.split('\n\n') if part.startswith('| Avg. Gap'))
    assert table in (experiments.ROOT / 'README.md').read_text()


def test_the_verdicts_in_the_readme_follow_the_rule():
    lines = (experiments.ROOT / 'README.md').read_text().splitlines()
    judged = [line for line in lines if line.startswith('- MCU') and ' against ' in line]
    form = r'(lower|higher) by (.*) ± (.*) \(n 3, 95 % interval (.*) to (.*)\): (.*)'
    floors = [line for line in lines if line.startswith('- the floor')]
    assert len(judged) == 9 and len(floors) == 2
    for line in judged:
        direction, *numbers, verdict = re.search(form, line).groups()
        mean, sd, low, high = map(float, numbers)
        floor = max((f for f in floors if lines.index(f) < lines.index(line)), key=lines.index)
        floor = float(floor.rpartition(' ')[2])
        reach = 4.303 * sd / 3**0.5
        assert (low, high) == pytest.approx((mean - reach, mean + reach), abs=0.03), line
        word = {'lower': 'an improvement', 'higher': 'worse'}[direction]
        assert verdict == ('not resolved' if low <= 0 or mean <= floor else word), line


def test_a_withdrawn_method_has_no_numbers():
    docs = experiments.ROOT / 'docs'
    page = (docs / 'RESULTS.md').read_text()
    files = [*(docs / 'results' / 'small').glob('*.json'), results.tuned(docs)]
    for name in re.findall(r"^(\w+)'s rows are withdrawn", page, re.MULTILINE):
        assert name.lower() not in page, name
        assert not [file for file in files if name.lower() in file.read_text()], name


def test_the_lists_hold_commands_that_the_scripts_take(tmp_path):
    for size in experiments.SIZES.values():
        told = size, tmp_path, 'data'
        listed = experiments.unique(experiments.reported(*told, None, experiments.SCENARIOS))
        assert len(listed) > 3 * 2 * 7 * 5
        tuned = list(experiments.tuning(*told, (100, 101), experiments.SCENARIOS))
        for step in [*listed, *tuned]:
            args = parse_args(step.script, [f'--dir={step.folder}', *step.flags])
            assert args.seed in ((100, 101) if step in tuned else size.seeds)
