"""Metrics, the attack and the optimum on cases computed by hand."""

import csv
import json
import math
import shutil

import numpy as np
import pytest
import torch
from conftest import fails, only, run, scores, state
from sklearn.svm import SVC
from torch import nn

import utils
from errors import InputError
from evaluation import RMIA, SVC_MIA, figures, groups, metrics, region
from evaluation.npz import Arrays
from evaluation.records import compare, read_records, rows_of

PROBS = np.array([[0.7, 0.2, 0.1], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
LABELS = np.array([0, 1, 1])


def test_modified_entropy_by_hand():
    first = -(0.3 * math.log(0.7)) - 0.2 * math.log(0.8) - 0.1 * math.log(0.9)
    # sure and right: 0; sure and wrong: both logarithms are of 0, clipped at 1e-30
    expected = [first, 0.0, -2 * math.log(1e-30)]
    assert SVC_MIA.modified_entropy(PROBS, LABELS) == pytest.approx(expected)
    by_hand = -(0.7 * math.log(0.7) + 0.2 * math.log(0.2) + 0.1 * math.log(0.1))
    assert SVC_MIA.entropy(PROBS) == pytest.approx([by_hand, 0.0, 0.0])


def sure(confidence, count, classes=4):
    """Predictions whose true label, 0, has about this probability."""
    rng = np.random.default_rng(int(confidence * 1000))
    true = np.clip(confidence + rng.normal(0, 0.01, count), 0.01, 0.99)
    probs = np.tile(((1 - true) / (classes - 1))[:, None], classes)
    probs[:, 0] = true
    return probs, np.zeros(count, dtype=int)


def test_attack_tells_members_from_non_members():
    retain, test = sure(0.95, 80), sure(0.4, 50)
    for forget, expected in ((sure(0.94, 30), 0.0), (sure(0.41, 30), 100.0)):
        result = SVC_MIA.SVC_MIA(retain, test, forget)
        assert set(result) == set(SVC_MIA.SCORES)
        for name in ('confidence', 'entropy', 'modified_entropy', 'prob'):
            assert result[name] == expected
    # indistinguishable: about half is called non-member
    same = [(p[i::3], y[i::3]) for i in range(3) for p, y in [sure(0.7, 900)]]
    assert 20 < SVC_MIA.SVC_MIA(*same)['confidence'] < 80
    assert SVC_MIA.SVC_MIA(*same) == SVC_MIA.SVC_MIA(*same)


def test_merging_equal_samples_gives_the_attack_the_same_answer():
    rng = np.random.default_rng(0)
    parts = []
    for low, count in ((0.5, 300), (0.3, 300), (0.4, 200)):
        own = rng.uniform(low, 1, count).round(2)  # with many ties
        parts.append((np.column_stack([own, 1 - own]), np.zeros(count, dtype=int)))
    found = SVC_MIA.SVC_MIA(*parts)
    retain, test, forget = (SVC_MIA.features(*part) for part in parts)
    for name in SVC_MIA.SCORES:
        attack = SVC(C=3, kernel='rbf', gamma='auto')
        attack.fit(np.concatenate([retain[name], test[name]]), np.repeat([1, 0], 300))
        assert found[name] == 100 * (attack.predict(forget[name]) == 0).mean(), name


def test_attacks_find_what_a_model_has_memorised():
    torch.manual_seed(0)
    x, y = torch.randn(300, 100), torch.randint(0, 3, (300,))  # noise: all that is learnt is memory

    def memorise(rows):
        net = nn.Sequential(nn.Linear(100, 64), nn.ReLU(), nn.Linear(64, 3))
        optimizer = torch.optim.Adam(net.parameters(), 0.01)
        for _ in range(60):
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(x[rows]), y[rows]).backward()
            optimizer.step()
        with torch.no_grad():
            return net(x).softmax(1).numpy()

    members, unseen = slice(0, 100), slice(200, 300)
    probs, other = memorise(slice(0, 200)), memorise(members)  # the other never saw 100 to 199
    labels = y.numpy()
    pairs = [(probs[s], labels[s]) for s in (members, unseen, slice(100, 200))]
    assert all(SVC_MIA.SVC_MIA(*pairs)[k] < 10 for k in ('confidence', 'modified_entropy', 'prob'))
    pairs[2] = pairs[1]
    assert SVC_MIA.SVC_MIA(*pairs)['confidence'] > 60
    own, out = (p[np.arange(300), labels] for p in (probs, other))
    sets = [(own[s], out[s]) for s in (slice(100, 200), slice(200, 250), slice(250, 300))]
    auc, caught = RMIA.RMIA(*sets)
    assert auc > 0.75 and caught > 10


def test_accuracy_nll_and_gaps_by_hand():
    logits = np.array([[2.0, 0.0], [1.0, 0.0]])
    labels = np.array([0, 1])
    assert metrics.accuracy(logits, labels) == 50.0
    by_hand = (math.log(1 + math.exp(-2)) + math.log(1 + math.exp(1))) / 2
    assert metrics.nll(logits, labels) == pytest.approx(by_hand)
    assert math.isnan(metrics.accuracy(logits[:0], labels[:0]))
    assert metrics.alignment_gap(90.0, 50.0, 99.0, 40.0) == 9.5
    rows = {'ua': 5, 'ra': 99, 'ta': 90, 'mia': 10}, {'ua': 6, 'ra': 97, 'ta': 93, 'mia': 20}
    assert metrics.average_gap(*rows) == 4.0


def test_regions_cross_the_bound_between_the_points():
    t = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    assert metrics.regions(t, np.array([10.0, 2.0, 2.0, 6.0, 4.0]), 4.0) == [(0.1875, 0.625)]
    assert metrics.regions(t, np.array([1.0, 5.0, 5.0, 5.0, 1.0]), 3.0) == [(0, 0.125), (0.875, 1)]
    assert metrics.regions(t, np.full(5, 4.0), 4.0) == []


def test_a_region_goes_on_where_the_gap_only_touches_the_bound():
    t = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    for middle in (4.0, 4.0 + 1e-12, 4.0 - 1e-12, 4.001):  # the last: a hole of 0.00025
        gap = np.array([6.0, 2.0, middle, 2.0, 4.0])
        assert metrics.regions(t, gap, 4.0) == [(0.125, 1.0)], middle
    # two neighbours on the bound are no point: nothing between them is below it
    assert metrics.regions(t, np.array([2.0, 4.0, 4.0, 2.0, 4.0]), 4.0) == [(0, 0.25), (0.5, 1)]
    assert metrics.regions(t, np.array([2.0, 4.1, 2.0, 2.0, 4.0]), 4.0)[0][1] < 0.25
    assert metrics.regions(t, np.array([6.0, 4.0 - 1e-12, 6.0, 6.0, 4.0]), 4.0) == []


def path_of(ts, gap):
    """An evaluated path of these alignment gaps: A_r = A_f = 100, D_r and D_f alike."""
    acc = 100 - np.array(gap)
    bases = {f'{part}_base': np.array(100.0) for part in ('retain', 'forget')}
    return Arrays('file', {'ts': np.array(ts), 'tr_acc': acc, 'tf_acc': acc} | bases)


def test_the_region_in_words_and_as_drawn(monkeypatch, tmp_path):
    monkeypatch.setattr(figures, 'save', lambda figure, stem: figure)
    ts = [0.0, 0.25, 0.5, 0.75, 1.0]
    beats = 'effective region (beats pre-unlearning): '
    both = 'effective region (beats the original and the pre-unlearning model): '
    cases = [  # gaps, words, shaded intervals
        ([8, 2, 4, 1, 4], beats + '0.167 < t < 1.000; t* 0.', [(1 / 6, 1)]),
        # the original is the bound: t = 0 is not part of it, nor is what only equals it
        ([3, 2, 1, 1, 5], both + '0.000 < t < 0.875; t* 0.', [(0, 0.875)]),
        ([3, 1, 3, 1, 5], both + '0.000 < t < 0.875; t* 0.', [(0, 0.875)]),
        ([3, 4, 4, 4, 5], both + 'none; t* 0.', []),
        ([8, 2, 6, 6, 4], beats + '0.167 < t < 0.375; t* 1.000, outside it', [(1 / 6, 0.375)]),
        ([4, 4, 4, 4, 4], beats + 'none; t* ', []),
    ]
    for gap, words, drawn in cases:
        path = path_of(ts, gap)
        assert region.described(path, 'file').startswith(words), gap
        axes = figures.draw_region(path, 'file', tmp_path).axes[0]
        shaded = [(box.get_x(), box.get_x() + box.get_width()) for box in axes.patches]
        assert np.allclose(np.reshape(shaded, (-1, 2)), np.reshape(drawn, (-1, 2))), gap
    inside = path_of([0.7, 0.8, 0.9, 1.0], [2, 3, 5, 4])  # the walk begins in it
    assert region.described(inside, 'file').startswith(f'{beats}0.700 ≤ t < 0.850')
    touching = path_of([0.7, 0.8, 0.9, 1.0], [4, 3, 5, 4])
    assert region.described(touching, 'file').startswith(f'{beats}0.700 < t < 0.850')


def test_integral_along_a_path_by_hand():
    values, lengths = np.array([1.0, 3.0, 5.0]), np.array([0.0, 1.0, 3.0])
    assert metrics.along_path(values, lengths) == (1.0, 5.0, 3.0, (2.0 + 12.0) / 4)


def test_optimal_t_of_a_parabola():
    t = np.linspace(0, 1, 20)
    forget = 100 * (t - 0.83) ** 2 + 40  # touches its base at 0.83 alone
    retain = np.full(20, 97.0)
    assert utils.find_optimal_t(t, retain, forget, 99.0, 40.0) == pytest.approx(0.83, abs=1e-4)
    order = np.random.default_rng(0).permutation(20)
    shuffled = utils.find_optimal_t(t[order], retain, forget[order], 99.0, 40.0)
    assert shuffled == pytest.approx(0.83, abs=1e-4)
    assert utils.find_optimal_t(t, retain, forget, 99, 40, t_min=0.9) == pytest.approx(0.9)
    with pytest.raises(ValueError, match='stop short'):
        utils.find_optimal_t(t[:15], retain[:15], forget[:15], 99.0, 40.0)


@pytest.mark.parametrize('best', [0.76, 0.83, 0.9, 0.97, 1.0])
def test_search_beats_the_grid_with_ten_evaluations(best):
    asked = []

    def gap(t):
        asked.append(t)
        return round(40 * abs(t - best)) / 4  # a step function

    t, least, count = utils.search_t(gap)
    grid = [s for s in np.linspace(0, 1, 20) if s >= 0.75]
    assert count == len(asked) <= 10 and t in asked and least == gap(t)
    assert least <= min(round(40 * abs(s - best)) / 4 for s in grid)
    assert min(asked) >= 0.75 and max(asked) <= 1
    wide = utils.search_t(gap, 0.0, 1.0)
    assert wide[2] <= 10 and wide[1] <= 1.0


def test_fresh_statistics_are_the_mean_over_batches():
    norm = nn.BatchNorm2d(3)
    net = nn.Sequential(norm, nn.Dropout(0.9), nn.Flatten())
    x = torch.randn(20, 3, 4, 4) * 3 + 1
    weights = [p.detach().clone() for p in net.parameters()]
    utils.update_bn(net, [(x[:12], None, None), (x[12:], None, None)])
    torch.testing.assert_close(norm.running_mean, x.mean((0, 2, 3)))
    variance = (12 * channel_var(x[:12]) + 8 * channel_var(x[12:])) / 20
    torch.testing.assert_close(norm.running_var, variance)
    assert norm.momentum == 0.1 and not norm.training and not net.training
    assert all(torch.equal(a, b) for a, b in zip(weights, net.parameters()))


def channel_var(x):
    """The unbiased variance of every channel."""
    return x.transpose(0, 1).reshape(3, -1).var(1)


def test_a_model_without_finite_outputs_has_no_accuracy():
    net = nn.Linear(2, 2)
    nn.init.constant_(net.weight, math.nan)
    with pytest.raises(InputError, match='the forgetful: its outputs are not finite'):
        utils.predict(net, [(torch.ones(1, 2), torch.zeros(1), None)], 'the forgetful')


def write_run(folder, meta, scores, **more):
    """A run's scores as train.py writes them."""
    known = {'dataset': 'D', 'model': 'N', 'scenario': 's', 'forget_fingerprint': 'f', 'seed': 42}
    meta = known | meta
    names = dict(zip(('rf_acc', 'rr_acc', 'tr_acc', 'tf_acc', 'mia'), scores))
    seconds = {'RTE_mask': 6.0, 'RTE_pre': 60.0, 'RTE_search': 30.0, 'RTE_select': 0.0}
    np.savez(folder / f'{meta["run"]}.npz', meta=json.dumps(meta), **names, **seconds, **more)


def write_path(folder, meta, ua):
    """Four rows as eval_curve.py writes them; ua: that of each."""
    names = np.array(['itself', 'fresh', 'line', 'path'])
    row = {'row_ua': ua, 'row_ra': [98] * 3 + [99], 'row_ta': [88.0] * 4}
    row |= {'row_mia': [10, 10, 10, 12.5], 'row_tf': [math.nan] * 4, 'row_seconds': [0, 1, 2, 24]}
    row |= {'row_t': [1, 1, 0.8, 0.9]}
    meta = {'method': 'dynamic', 'pre': 'finetune'} | meta
    write_run(folder, meta, (0, 0, 0, 0, 0), row_name=names, **row)


def printed(capsys, folder):
    """The tables that are printed, as lists of {model: cells}, and the sentences."""
    capsys.readouterr()
    run('evaluation.table', folder)
    out = capsys.readouterr().out
    tables = [{}]
    for line in out.splitlines():
        if line.startswith('| ') and '---' not in line:
            name, *cells = [cell.strip() for cell in line.strip('|').split('|')]
            tables[-1][name.strip('*')] = cells
        elif not line and tables[-1]:
            tables.append({})
    return tables, [line[2:] for line in out.splitlines() if line.startswith('- ')]


def test_table_by_hand(tmp_path, capsys):
    original = {f'original_{k}': 100.0 for k in ('rf_acc', 'rr_acc', 'tr_acc')}
    original |= {'original_tf_acc': math.nan}
    write_run(tmp_path, {'method': 'retrain', 'run': 'a'}, (90, 99, 88, math.nan, 12))
    write_run(
        *(tmp_path, {'method': 'finetune', 'run': 'b'}, (95, 98, 88, math.nan, 10)),
        **(original | {'original_mia': 1.0}),
    )
    write_path(tmp_path, {'pre_run': 'b', 'run': 'c'}, [5, 6, 7, 10.5])
    tables, told = printed(capsys, tmp_path)
    table, cost = tables[0], tables[1]
    assert list(table) == [
        *('model', 'original', 'retrain', 'finetune', 'finetune, fresh statistics'),
        *('finetune, straight line', 'MCU(finetune)'),
    ]
    assert table['model'] == ['UA', 'RA', 'TA', 'MIA', 'Avg. Gap', 't', 'RTE (min)']
    assert table['retrain'] == ['10.00', '99.00', '88.00', '12.00', '0.00', '–', '1.60']
    assert table['original'] == ['0.00', '100.00', '100.00', '1.00', '8.50', '–', '–']
    assert table['finetune'][:5] == ['5.00', '98.00', '88.00', '10.00', '2.00']
    # 0.5 of UA and of MIA; mask, method, search and 24 seconds of choosing t*
    assert table['MCU(finetune)'] == ['10.50', '99.00', '88.00', '12.50', '0.25', '0.90', '2.00']
    assert cost['MCU(finetune)'] == ['0.10', '1.00', '0.50', '0.40', '2.00']
    assert (tmp_path / 'table.csv').read_text().count('\n') == 7
    assert told[0] == 'nearest to retraining: MCU(finetune), Avg. Gap 0.25'
    assert told[1].startswith('MCU(finetune) against finetune: Avg. Gap 2.00 → 0.25, lower by 1.75')
    assert 'floor unknown' in told[1]  # no second retrained model: nothing is called better
    latex = (tmp_path / 'table.tex').read_text()
    assert (
        r'\textbf{MCU(finetune)} & 10.50 & 99.00 & 88.00 & 12.50 & 0.25 & 0.90 & 2.00 \\' in latex
    )
    assert len(list(tmp_path.glob('gaps-*'))) == 2


def test_seeds_become_mean_and_deviation_against_their_own_retrained_model(tmp_path, capsys):
    for seed in (1, 2, 3):
        where = {'seed': seed, 'forget_fingerprint': f'f{seed}', 'scenario': f's-split{seed}'}
        retrained = (90, 90 + seed, 88, math.nan, 12)
        write_run(tmp_path, where | {'method': 'retrain', 'run': f'r{seed}'}, retrained)
        other = where | {'method': 'retrain', 'run': f'x{seed}', 'seed': 100 + seed}
        write_run(tmp_path, other, (90, 91 + seed, 89, math.nan, 12))
        tuned = where | {'method': 'finetune', 'run': f'f{seed}', 'config': 'lr0.1'}
        write_run(tmp_path, tuned, (90, 94 + seed, 86 + seed, math.nan, 12))
        path = where | {'run': f'm{seed}', 'pre_run': f'f{seed}', 'pre_config': 'lr0.1'}
        write_path(tmp_path, path, [90, 90, 90, 10 + seed])
    write_run(tmp_path, {'method': 'ga', 'run': 'g', 'seed': 9}, (90, 94, 88, math.nan, 12))
    tables, told = printed(capsys, tmp_path)
    table = tables[0]
    # against RT of the same seed: RA 4 off, TA 1, 0, 1 off: gaps 1.25, 1, 1.25
    assert table['model'][0] == 'n' and table['finetune'][0] == '3'
    assert table['finetune'][5] == '1.17 ± 0.14' and table['finetune'][2] == '96.00 ± 1.00'
    assert table['retrain'][5] == '0.00 ± 0.00' and table['ga'][0] == '1'
    assert table['retrain, another seed'][5] == '0.50 ± 0.00' and table['ga'][5] == '–'
    # MCU: UA 1, 2, 3 off, RA 8, 7, 6, TA 0, MIA 0.5: 2.375 each; finetune's UA, RA, TA are itself's
    assert told[1] == 'the floor, retraining with another seed: Avg. Gap 0.50'
    (against,) = [line for line in told if line.startswith('MCU(finetune) against finetune:')]
    told = '1.17 → 2.38, higher by 1.21 ± 0.14 (n 3, 95 % interval 0.85 to 1.57): worse'
    assert told in against  # 4.303 · 0.1443 / √3 = 0.359 on both sides of 1.208
    with (tmp_path / 'runs.csv').open() as file:
        rows = list(csv.DictReader(file))
    assert {row['run'] for row in rows if row['model'] == 'finetune'} == {'f1', 'f2', 'f3'}


def test_a_verdict_takes_three_pairs_an_interval_without_0_and_more_than_the_floor():
    # three pairs: t_{0.975, 2} = 4.303, so that the interval of sd 1 is mean ± 4.303 / √3 = 2.484
    low, high = groups.interval(np.array([1.0, 2.0, 3.0]))
    assert (low, high) == pytest.approx((2 - 2.484, 2 + 2.484), abs=1e-3)
    cases = {
        ((2.0, 3.0, 4.0), 2.9): 'an improvement',  # 0.516 to 5.484
        ((2.0, 3.0, 4.0), 3.0): 'not resolved',  # its mean is no more than the floor
        ((-2.0, -3.0, -4.0), 2.9): 'worse',
        ((1.0, 2.0, 3.0), 0.1): 'not resolved',  # by one standard error, 0.577, it would be
        ((18.0, 19.0), 0.1): 'no verdict below three pairs',
        ((18.0,), 0.1): 'no verdict below three pairs',
        ((2.0, 2.0, 2.0), 0.0): 'an improvement',
        ((0.0, 0.0, 0.0), 0.0): 'not resolved',
        ((2.0, 3.0, 4.0), math.nan): groups.NO_FLOOR,
    }
    for (differences, floor), verdict in cases.items():
        assert groups.judge(np.array(differences), floor) == verdict, differences


def test_one_pair_is_no_verdict(tmp_path, capsys):
    write_run(tmp_path, {'method': 'retrain', 'run': 'a'}, (90, 99, 88, math.nan, 12))
    other = {'method': 'retrain', 'run': 'x', 'seed': 7}
    write_run(tmp_path, {'method': 'finetune', 'run': 'b'}, (95, 98, 88, math.nan, 10))
    write_path(tmp_path, {'pre_run': 'b', 'run': 'c'}, [5, 6, 7, 10.5])
    for accuracy, floor in ((80, 2.5), (89, 0.25)):
        write_run(tmp_path, other, (accuracy, 99, 88, math.nan, 12))
        _, told = printed(capsys, tmp_path)
        assert told[1].endswith(f'Avg. Gap {floor:.2f}')
        assert told[2].endswith('lower by 1.75 (n 1): no verdict below three pairs')


def test_what_is_one_model_is_no_second_seed(tmp_path, capsys):
    scores = (90, 99, 88, math.nan, 12)
    for seed in (42, 43, 44):  # retrained models of one split: three pairs
        write_run(tmp_path, {'method': 'retrain', 'run': f'r{seed}', 'seed': seed}, scores)
    write_run(tmp_path, {'method': 'finetune', 'run': 'b'}, (95, 98, 88, math.nan, 10))
    for seed in (42, 43):  # two searches on one pre-unlearning model
        path = {'pre_run': 'b', 'run': f'c{seed}', 'seed': seed, 'pre_seed': 42}
        write_path(tmp_path, path, [5, 6, 7, 10 + seed - 42])
    tables, told = printed(capsys, tmp_path)
    counts = {name: cells[0] for name, cells in tables[0].items()}
    assert counts['finetune'] == counts['finetune, straight line'] == '1'
    assert counts['MCU(finetune)'] == '2' and 'retrain' in counts
    assert told[1] == 'the floor, retraining with another seed: Avg. Gap 0.00'
    write_run(tmp_path, {'method': 'ga', 'run': 'g-1'}, scores)
    write_run(tmp_path, {'method': 'ga', 'run': 'g-2'}, scores)  # from another original
    names = list(printed(capsys, tmp_path)[0][0])
    assert 'ga [1]' in names and 'ga [2]' in names
    write_run(tmp_path, {'method': 'retrain', 'run': 'other', 'seed': 42}, scores)
    fails('two retrained models of one seed and split', 'evaluation.table', tmp_path)


def test_seeds_that_disagree_resolve_nothing(tmp_path, capsys):
    for seed, ua in ((1, 20), (2, 81), (3, 92)):
        where = {'seed': seed, 'forget_fingerprint': f'f{seed}'}
        for s in (seed, seed + 10):
            retrained = where | {'method': 'retrain', 'run': f'r{s}', 'seed': s}
            write_run(tmp_path, retrained, (0, 98.5, 88, math.nan, 11))
        tuned = where | {'method': 'finetune', 'run': f'f{seed}'}
        write_run(tmp_path, tuned, (40, 98, 88, math.nan, 10))
        write_path(tmp_path, where | {'run': f'm{seed}', 'pre_run': f'f{seed}'}, [60, 60, 60, ua])
    told = printed(capsys, tmp_path)[1]
    assert told[2].endswith('(n 3, 95 % interval -23.13 to 25.05): not resolved')


def test_configurations_are_told_apart_by_what_differs(tmp_path, capsys):
    for lr in ('0.1', '0.2'):
        meta = {'method': 'ga', 'run': f'g{lr}', 'config': f'epochs3-lr{lr}-image_size32'}
        write_run(tmp_path, meta, (95, 98, 88, math.nan, 10))
    tables, told = printed(capsys, tmp_path)
    assert list(tables[0])[1:] == ['ga [lr0.1]', 'ga [lr0.2]']
    assert told == ['no Avg. Gap: there is no retrained model of the same seed and split']


def log_probs_of(labels, own, classes=4):
    """(N, classes) with probability `own` of the label, the rest shared."""
    probs = np.repeat(((1 - own) / (classes - 1))[:, None], classes, axis=1)
    probs[np.arange(len(labels)), labels] = own
    return np.log(probs).astype(np.float16)


def test_distances_and_attack_use_the_stored_outputs(tmp_path, capsys):
    rng = np.random.default_rng(0)
    labels = {part: rng.integers(0, 4, 400) for part in ('train_forget', 'test_retain')}
    out = {part: rng.uniform(0.3, 0.6, 400) for part in labels}

    def outputs(**own):
        kept = {f'labels_{part}': values for part, values in labels.items()}
        return kept | {f'log_probs_{p}': log_probs_of(labels[p], own[p]) for p in labels}

    scores = (90, 99, 88, math.nan, 12)
    for seed in (42, 43):
        more = outputs(**{p: np.clip(out[p] + rng.normal(0, 0.02, 400), 0, 1) for p in out})
        write_run(tmp_path, {'method': 'retrain', 'run': f'r{seed}', 'seed': seed}, scores, **more)
    knows = out | {'train_forget': np.full(400, 0.98)}
    write_run(tmp_path, {'method': 'ga', 'run': 'ga'}, scores, **outputs(**knows))
    table = printed(capsys, tmp_path)[0][1]
    js_f, js_t, agree_f, _, auc, caught = (float(cell) for cell in table['ga'])
    assert js_f > 0.1 > 0.001 > js_t and agree_f == 100
    assert auc > 0.95 and caught > 60  # it remembers what the others never saw
    js_f, js_t, _, _, auc, caught = (float(cell) for cell in table['retrain'])
    assert js_f == js_t == 0 and 0.45 < auc < 0.55 and caught < 5


def test_relearning_is_counted_until_the_originals_loss(tmp_path, capsys):
    scores = (90, 99, 88, math.nan, 12)
    original = {f'original_{k}': 1.0 for k in ('rf_acc', 'rr_acc', 'tr_acc', 'tf_acc', 'mia')}
    curve = {'relearn_steps': [0, 1, 2, 5], 'relearn_nll': [3.0, 1.0, 0.4, 0.1]}
    write_run(
        *(tmp_path, {'method': 'ga', 'run': 'a'}, scores),
        **curve,
        **(original | {'original_rf_nll': 0.5}),
    )
    slow = {'relearn_steps': [0, 1, 2, 5], 'relearn_nll': [3.0, 2.9, 2.8, 2.5]}
    write_run(tmp_path, {'method': 'retrain', 'run': 'b'}, scores, **slow)
    table = printed(capsys, tmp_path)[0][1]
    assert table['model'][-1] == 'Relearn (steps)'
    assert table['ga'][-1] == '2' and table['retrain'][-1] == '> 5'
    more = {'method': 'ga', 'run': 'c', 'seed': 7, 'forget_fingerprint': 'other'}
    write_run(tmp_path, more, scores, **slow, **(original | {'original_rf_nll': 0.5}))
    write_run(tmp_path, more | {'run': 'd', 'seed': 8}, scores)  # without --relearn
    assert printed(capsys, tmp_path)[0][1]['ga'][-1] == '2, > 5'


def test_divergence_agreement_and_classes_by_hand():
    same = np.log([[0.5, 0.5], [0.9, 0.1]])
    assert metrics.jensen_shannon(same, same) == pytest.approx(0)
    apart = np.log([[1 - 1e-12, 1e-12]]), np.log([[1e-12, 1 - 1e-12]])
    assert metrics.jensen_shannon(*apart) == pytest.approx(math.log(2))
    p, q = [0.8, 0.2], [0.4, 0.6]
    by_hand = sum(
        0.5 * (a * math.log(2 * a / (a + b)) + b * math.log(2 * b / (a + b))) for a, b in zip(p, q)
    )
    assert metrics.jensen_shannon(np.log([p]), np.log([q])) == pytest.approx(by_hand)
    assert metrics.agreement(np.log([p, p]), np.log([q, p])) == 50
    logits = np.array([[1.0, 0, 0], [1, 0, 0], [0, 1, 0]])
    found = metrics.accuracy_per_class(logits, np.array([0, 1, 1]))
    assert found[:2].tolist() == [100, 50] and math.isnan(found[2])
    assert metrics.first_below([0, 1, 4], [3.0, 2.0, 1.0], 2.0) == 1
    assert metrics.first_below([0, 1, 4], [3.0, 2.0, 1.0], 0.5) == math.inf


def test_rmia_by_hand():
    assert RMIA.ratio([0.5], [0.2]) == pytest.approx(0.5 / (0.5 * (1.3 * 0.2 + 0.7)))
    # γ = 2: at least twice the ratio of 0.1, 0.2; not of 0.4
    assert RMIA.scores(np.array([0.4, 0.1]), np.array([0.1, 0.2, 0.4])).tolist() == [2 / 3, 0]
    out = np.full(200, 0.5)
    low, high = np.linspace(0.2, 0.4, 200), np.linspace(0.9, 1, 200)
    assert RMIA.RMIA((high, out), (low, out), (low, out)) == (1.0, 100.0)  # separable
    auc, caught = RMIA.RMIA((low, out), (low, out), (low, out))
    assert auc == pytest.approx(0.5) and caught <= 1.0  # nothing to tell apart
    # scores: others 99 zeros and a one, D_f 60 ones and 40 zeros: one false positive of 100
    ones, zeros = np.full(100, 0.9), np.full(100, 0.1)
    others = np.where(np.arange(100) < 1, 0.9, 0.1)
    forget = np.where(np.arange(100) < 60, 0.9, 0.1)
    half = np.full(100, 0.5)
    auc, caught = RMIA.RMIA((forget, half), (zeros, half), (others, half))
    assert caught == pytest.approx(60) and auc == pytest.approx(
        0.6 * 0.99 + 0.5 * (0.6 * 0.01 + 0.4 * 0.99)
    )
    assert math.isnan(RMIA.RMIA((ones[:0], half[:0]), (zeros, half), (others, half))[0])
    first, second = RMIA.halves(101)
    assert sorted([*first, *second]) == list(range(101)) and len(first) == 50


def test_negtv_has_one_seed_its_experts_unless_it_is_typed(original, tmp_path, capsys):
    start = f'--init_start={original}'
    split = ['--unlearn_type=class', '--forget_class=1', '--seed=7', '--batch_size=64']
    taught = ['--unlearn_method=finetune2', '--epochs=1', '--lr=0.01', '--eval_freq=1']
    truth = ['--dataset=Digits', '--transform=ResNet', '--model=PreResNet8', '--epochs=1']
    run('train', f'--dir={tmp_path}/rt', '--unlearn_method=retrain', *split, *truth)
    run('train', f'--dir={tmp_path}/expert', f'--original_pth={original}', *split, *taught)
    negate = ['main_tv', start, f'--init_end={tmp_path}/expert']
    run(*negate, f'--dir={tmp_path}/negtv')
    assert state(tmp_path / 'negtv')['args']['seed'] == 7
    assert '-seed7' in only('negtv-*', tmp_path / 'negtv').name
    ends = [start, f'--init_end={tmp_path}/negtv', '--fix_start', '--fix_end']
    search = ['--unlearn_method=dynamic', '--epochs=1', '--seed=7', '--batch_size=64']
    run('train', f'--dir={tmp_path}/mcu', *ends, *search)
    assert state(tmp_path / 'mcu')['pre_seed'] == 7
    run('eval_curve', f'--dir={tmp_path}/path', f'--ckpt={tmp_path}/mcu', '--num_points=2')
    rows = compare(rows_of(read_records(tmp_path)))
    negtv = [row for row in rows if 'negtv' in row.name]
    assert len(negtv) == 4 and {row.seed for row in negtv} == {7}
    assert all(math.isfinite(row.values['gap']) for row in negtv)
    run(*negate, f'--dir={tmp_path}/typed', '--seed=5')
    typed = scores(tmp_path / 'typed')
    assert json.loads(str(typed['meta']))['seed'] == state(tmp_path / 'typed')['args']['seed'] == 5
    shutil.rmtree(tmp_path / 'typed')
    shutil.rmtree(tmp_path / 'expert')
    counts = [name for name in printed(capsys, tmp_path)[0][0] if name.startswith('negtv')]
    assert counts == ['negtv', 'negtv, fresh statistics', 'negtv, straight line']  # one row each
