"""make reproduce: its commands, carried out once each, and the page that is made of them."""

import json

import pytest
from conftest import only, tree

from arg_parser import parse_args
from reproduce import experiments, results

TINY = '--dataset=Digits --transform=ResNet --model=PreResNet8 --train_fraction=0.2 --batch_size=64'
RECIPES = {'class': {'salun': '--epochs=1 --lr=0.02', 'negtv': '--epochs=1 --lr=0.02'}}


@pytest.fixture
def small(monkeypatch):
    """The small size, made tiny."""
    monkeypatch.setitem(experiments.SIZES, 'small', experiments.Size(TINY, 1, (1, 2)))
    monkeypatch.setattr(experiments, 'recipes', lambda: RECIPES)
    split = experiments.SCENARIOS['class']
    monkeypatch.setattr(experiments, 'SCENARIOS', {'class': split})
    search = experiments.SEARCH.replace('--epochs=10', '--epochs=1')
    monkeypatch.setattr(experiments, 'SEARCH', search)


def test_every_command_is_carried_out_once_and_told(small, tmp_path, capsys):
    out, docs = tmp_path / 'runs', tmp_path / 'docs'
    flags = ['small', '--data_path=none', f'--out={out}', f'--docs={docs}']
    assert experiments.main([*flags, '--minutes=0']) == 0  # no command begins
    assert not list(out.rglob('*.done'))
    assert experiments.main(flags) == 0
    size = experiments.SIZES['small']
    steps = list(experiments.reported(size, out, 'none'))
    done = sorted(out.rglob('*.done'))
    assert len(done) == len(steps) == 2 * (1 + 3 + (1 + 6) + (2 + 6))
    text = (docs / 'RESULTS.md').read_text()
    for word in ('MCU(salun)', 'MCU(negtv)', 'retrain, another seed', '± '):
        assert word in text, word
    for step in steps:
        assert f'python3 {step.script}.py --dir={step.folder} ' in text
    before = tree(tmp_path)
    assert experiments.main(flags) == 0  # all is there
    after = tree(tmp_path)
    assert {p: c for p, c in after.items() if p.suffix in ('.pt', '.npz', '.done')} == {
        p: c for p, c in before.items() if p.suffix in ('.pt', '.npz', '.done')
    }
    kept = json.loads((docs / 'results' / 'small.json').read_text())
    assert len(kept['commands']) == len(steps) and kept['paths'][0]['t'] >= 0.75
    for path in out.rglob('*.npz'):
        path.unlink()
    (docs / 'RESULTS.md').unlink()
    results.main(['small', f'--docs={docs}'])  # of the small file alone
    assert (docs / 'RESULTS.md').read_text() == text


def test_a_command_that_fails_is_named_and_the_rest_goes_on(small, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(experiments, 'recipes', lambda: {'class': {'ga': '--epochs=1 --lr=1e30'}})
    size = experiments.SIZES['small']._replace(seeds=(1,))
    monkeypatch.setitem(experiments.SIZES, 'small', size)
    flags = ['small', '--data_path=none', f'--out={tmp_path}', f'--docs={tmp_path / "docs"}']
    assert experiments.main(flags) == 7  # the method and the six commands that start from it
    err = capsys.readouterr().err
    assert f'failed: {tmp_path}/seed1/class/ga, ga' in err
    assert only('seed1/class/retrain/*/checkpoint-1.pt', tmp_path)


def test_tuning_takes_the_setting_nearest_to_retraining(small, tmp_path, monkeypatch, capsys):
    grids = {'finetune': ('--epochs=1', (0.001, 0.05)), 'ga': ('--epochs=1', (1e-5, 1e30))}
    monkeypatch.setattr(experiments, 'GRIDS', grids)
    monkeypatch.setattr(experiments, 'RECIPES', tmp_path / 'recipes.json')
    assert experiments.main(['small', '--data_path=none', f'--out={tmp_path}', '--tune']) == 1
    chosen = json.loads((tmp_path / 'recipes.json').read_text())
    tried = [line.split('Avg. Gap') for line in capsys.readouterr().out.splitlines()]
    tried = {(*t[0].split()[:2], t[0].split()[-1]): float(t[1]) for t in tried if len(t) == 2}
    assert chosen['class']['ga'] == '--epochs=1 --lr=1e-05'  # the other one diverged
    own = {key[2]: gap for key, gap in tried.items() if key[:2] == ('class', 'finetune')}
    assert chosen['class']['finetune'] == f'--epochs=1 {min(own, key=own.get)}' and len(own) == 2


def test_the_lists_hold_commands_that_the_scripts_take(tmp_path):
    for size in experiments.SIZES.values():
        listed = list(experiments.reported(size, tmp_path, 'data'))
        listed += experiments.tuning(size, tmp_path, 'data')
        assert len({(step.folder, step.name) for step in listed}) == len(listed) > 400
        for step in listed:
            args = parse_args(step.script, [f'--dir={step.folder}', *step.flags])
            if step.script in ('train', 'main_tv', 'eval_curve'):
                tuned = f'seed{experiments.TUNED_ON}' in step.folder.parts
                assert args.seed == experiments.TUNED_ON if tuned else args.seed in size.seeds
