"""Metrics, the attack and the optimum on cases computed by hand."""

import json
import math
import shutil

import numpy as np
import pandas as pd
import pytest
import torch
from conftest import NETWORK, fails, only, run, scores, state
from sklearn.svm import SVC
from torch import nn

import utils
from curves import CurveNet
from data import open_data
from evaluation import (
    RMIA,
    SVC_MIA,
    compare,
    figures,
    metrics,
    options,
    reference,
    region,
    table,
)
from lib.checkpoint import load_end
from lib.files import Arrays, from_npz_names, to_npz_names, write_npz
from lib.run_info import RunInfo, digest_text
from models import build

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
        assert set(result) == set(SVC_MIA.ATTACKS)
        for name in ('confidence', 'entropy', 'modified_entropy', 'prob'):
            assert result[name] == expected
    # indistinguishable: about half is called non-member
    same = [(p[i::3], y[i::3]) for i in range(3) for p, y in [sure(0.7, 900)]]
    assert 20 < SVC_MIA.SVC_MIA(*same)['confidence'] < 80
    before = np.random.get_state()
    assert SVC_MIA.SVC_MIA(*same) == SVC_MIA.SVC_MIA(*same)
    assert all(map(np.array_equal, before, np.random.get_state()))


def make_parts(*sizes, digits=9):
    """D_r, the test set and D_f of these sizes: predictions of label 0, surest on D_r."""
    rng, parts = np.random.default_rng(0), []
    for low, count in zip((0.5, 0.3, 0.4), sizes):
        true = rng.uniform(low, 1, count).round(digits)
        parts.append((np.column_stack([true, 1 - true]), np.zeros(count, dtype=int)))
    return parts


def test_merging_equal_samples_gives_the_attack_the_same_answer():
    parts = make_parts(300, 300, 200, digits=2)  # with many ties
    percents = SVC_MIA.SVC_MIA(*parts)
    retain, test, forget = (SVC_MIA.features(*part) for part in parts)
    for name in SVC_MIA.ATTACKS:
        attack = SVC(C=3, kernel='rbf', gamma='auto')
        attack.fit(np.concatenate([retain[name], test[name]]), np.repeat([1, 0], 300))
        assert percents[name] == 100 * (attack.predict(forget[name]) == 0).mean(), name


def test_the_attack_is_made_once_with_each_set_of_the_larger_part():
    retain, test, forget = make_parts(250, 100, 200)
    order = np.random.default_rng(3).permutation(250)
    halves = [
        SVC_MIA.SVC_MIA((retain[0][rows], retain[1][rows]), test, forget)
        for rows in (order[:100], order[100:200])
    ]
    assert halves[0] != halves[1]
    percents = SVC_MIA.SVC_MIA(retain, test, forget, seed=3)
    assert percents == {name: (halves[0][name] + halves[1][name]) / 2 for name in percents}


def test_accuracy_nll_and_gaps_by_hand():
    logits = np.array([[2.0, 0.0], [1.0, 0.0]])
    labels = np.array([0, 1])
    assert metrics.accuracy(logits, labels) == 50.0
    by_hand = (math.log(1 + math.exp(-2)) + math.log(1 + math.exp(1))) / 2
    assert metrics.nll(logits, labels) == pytest.approx(by_hand)
    assert metrics.alignment_gap(90.0, 50.0, 99.0, 40.0) == 9.5
    rows = {'ua': 5, 'ra': 99, 'ta': 90, 'mia': 10}, {'ua': 6, 'ra': 97, 'ta': 93, 'mia': 20}
    assert metrics.average_gap(*rows) == 4.0


def test_regions_cross_the_bound_between_the_points():
    t = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    assert metrics.find_regions(t, np.array([10.0, 2.0, 2.0, 6.0, 4.0]), 4.0) == [(0.1875, 0.625)]
    assert metrics.find_regions(t, np.array([1.0, 5.0, 5.0, 5.0, 1.0]), 3.0) == [
        (0, 0.125),
        (0.875, 1),
    ]
    assert metrics.find_regions(t, np.full(5, 4.0), 4.0) == []
    touching = np.array([6.0, 2.0, 4.0 - 1e-12, 2.0, 4.0])  # as good as the bound is not below it
    assert metrics.find_regions(t, touching, 4.0) == [(0.125, 0.5), (0.5, 1)]


def path_of(ts, gap):
    """An evaluated path of these alignment gaps: A_r = A_f = 100, D_r and D_f alike."""
    acc = 100 - np.array(gap)
    bases = {f'{part}_base': np.array(100.0) for part in ('retain', 'forget')}
    return Arrays('file', {'ts': np.array(ts), 'retain_acc': acc, 'forget_acc': acc} | bases)


def test_the_region_in_words_and_as_drawn(monkeypatch, tmp_path):
    monkeypatch.setattr(figures, 'save_figure', lambda figure, stem: figure)
    ts = [0.0, 0.25, 0.5, 0.75, 1.0]
    beats = 'effective region (beats the pre-unlearning end): '
    both = 'effective region (beats both ends): '
    cases = [  # gaps, words, shaded intervals
        ([8, 2, 3, 1, 4], beats + '0.167 < t < 1.000; t* 0.', [(1 / 6, 1)]),
        # the original is the bound: t = 0 is not part of it, nor is what only equals it
        ([3, 2, 1, 1, 5], both + '0.000 < t < 0.875; t* 0.', [(0, 0.875)]),
        ([3, 4, 4, 4, 5], both + 'none; t* 0.', []),
        (
            [8, 2, 6, 6, 4],
            beats + '0.167 < t < 0.375; t* 1.000, outside it, on a bound of its interval',
            [(1 / 6, 0.375)],
        ),
        ([4, 4, 4, 4, 4], beats + 'none; t* ', []),
    ]
    for gap, words, drawn in cases:
        path = path_of(ts, gap)
        assert region.describe_region(path).startswith(words), gap
        axes = figures.draw_region(path, tmp_path).axes[0]
        legend = ' '.join(axes.get_legend_handles_labels()[1])
        t, on_bound = region.find_optimum(path)
        assert on_bound == (not 0.755 < t < 0.995)
        assert (', on a bound' in legend) == ('on a bound' in region.describe_region(path))
        assert (', on a bound' in legend) == on_bound
        shaded = [(box.get_x(), box.get_x() + box.get_width()) for box in axes.patches]
        assert np.allclose(np.reshape(shaded, (-1, 2)), np.reshape(drawn, (-1, 2))), gap
    ended_before = path_of([0.7, 0.8, 0.9], [4, 3, 5])  # nobody knows what φ(1) would be
    ended_before['best'] = {'ts': 0.8}
    assert region.describe_region(ended_before).startswith(f'{beats}unknown without φ(1); t* ')


def test_integral_along_a_path_by_hand():
    values, lengths = np.array([1.0, 3.0, 5.0]), np.array([0.0, 1.0, 3.0])
    assert metrics.summarise_path(values, lengths) == (1.0, 5.0, 3.0, (2.0 + 12.0) / 4)


def test_optimal_t_of_a_parabola():
    t = np.linspace(0, 1, 20)
    forget = 100 * (t - 0.83) ** 2 + 40  # touches its base at 0.83 alone
    retain = np.full(20, 97.0)
    assert utils.find_optimal_t(t, retain, forget, 99.0, 40.0) == pytest.approx(0.83, abs=1e-4)
    assert utils.find_optimal_t(t, retain, forget, 99, 40, t_min=0.9) == pytest.approx(0.9)
    with pytest.raises(ValueError, match='stop short'):
        utils.find_optimal_t(t[:15], retain[:15], forget[:15], 99.0, 40.0)


@pytest.mark.parametrize('best', [0.76, 0.83, 0.9, 0.97, 1.0])
def test_search_beats_the_grid_with_nine_evaluations(best):
    evaluated = []

    def gap(t):
        evaluated.append(t)
        return round(40 * abs(t - best)) / 4  # a step function

    t, least, count = utils.search_t(gap)
    grid = [s for s in np.linspace(0, 1, 20) if s >= 0.75]
    assert count == len(evaluated) <= 9 and t in evaluated and least == gap(t)
    assert least <= min(round(40 * abs(s - best)) / 4 for s in grid)
    assert min(evaluated) >= 0.75 and max(evaluated) <= 1
    assert utils.search_t(lambda t: 1.0, 0.8, 0.8) == (0.8, 1.0, 1)  # an interval too


def test_the_best_point_of_a_curve_is_measured_on_one_sample(monkeypatch):
    digits = open_data('Digits', 'ResNet', image_size=16)
    digits.divide()
    digits.load(torch.device('cpu'))
    torch.manual_seed(0)
    curve = CurveNet(build('PreResNet8', 10), 'Bezier')
    curve.set_point(-1, build('PreResNet8', 10))
    monkeypatch.setattr(utils, 'MIN_SAMPLES', 300)
    sizes, predict_point = [], utils.predict_point

    def count_samples(*values):
        predictions = predict_point(*values)
        sizes.append({part: len(labels) for part, (_, labels) in predictions.items()})
        return predictions

    def distance(scores):
        return abs(len(sizes) - 4)

    monkeypatch.setattr(utils, 'predict_point', count_samples)
    best = utils.best_point(curve, digits, (100.0, 0.0), 0.5, 1.0, distance=distance)
    forget = len(digits.parts['train_forget'])
    assert sizes == [{'train_retain': 300, 'train_forget': forget}] * 9
    assert best.t == list(best.evaluated)[3] and best.distance == 0 and len(best.evaluated) == 9

    best = utils.best_point(curve, digits, (30.0, 80.0), 0.9, 0.9)  # all of D_r
    net = utils.build_point(curve, 0.9, digits.bn_loader())
    scores = utils.measure(net, digits.loaders(), mia=False)
    gap = (abs(scores['retain_acc'] - 30) + abs(scores['forget_acc'] - 80)) / 2
    assert best[:2] == (0.9, pytest.approx(gap)) and [*best.evaluated] == [0.9]


def test_the_sample_of_the_search_by_hand():
    assert utils.count_samples(100.0) == utils.count_samples(99.0) == 2000
    assert utils.count_samples(50.0) == 10000  # half of 0.5 percent of standard error


def test_scores_have_other_names_in_a_file():
    names = {'original_retain_acc': 1, 'row_forget_nll': 2, 'test_acc': 3, 'test_forget_acc': 4}
    others = {'original_rr_acc': 1, 'row_rf_nll': 2, 'tr_acc': 3, 'tf_acc': 4}
    assert to_npz_names(names | {'mia': 5}) == others | {'mia': 5}
    assert from_npz_names(others) == names


def test_fresh_statistics_are_the_mean_over_batches():
    norm = nn.BatchNorm2d(3)
    net = nn.Sequential(nn.Dropout(0.9), norm, nn.Flatten())
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


def test_the_optimum_joins_the_path_unless_its_precision_is_another(tmp_path):
    arrays = {'ts': [0.0, 1.0], 'tr_acc': [99.0, 95.0], 'tf_acc': [98.0, 60.0]}
    arrays |= {'te_acc': [90.0, 85.0], 'retain_base': 99.0, 'forget_base': 90.0}
    arrays |= {'row_name': ['itself', 'path'], 'row_t': [1.0, 0.8], 'row_ra': [95.0, 97.0]}
    arrays |= {'row_ua': [40.0, 25.0], 'row_ta': [85.0, 88.0], 'row_mia': [10.0, 12.0]}
    joined = [[0, 0.8, 1], [99, 97, 95], [98, 75, 60], [90, 88, 85]]
    alone = [[0, 1], [99, 95], [98, 60], [90, 85]]
    measured = {'row_t': [1.0, 1.0]}  # in the place of an estimate at t = 1
    there = [[0, 1], [99, 97], [98, 75], [90, 88]]
    cases = ('fp32', {}, joined), ('bf16', {}, alone), ('fp32', measured, there)
    for precision, more, expected in cases:
        flags = {'evaluation': json.dumps({'precision': precision})}
        write_npz(tmp_path / 'path.npz', arrays | flags | more)
        path = region.read_path(tmp_path / 'path.npz')
        names = 'ts', 'retain_acc', 'forget_acc', 'test_acc'
        assert [path[k].tolist() for k in names] == expected
        assert path['walked_ts'].tolist() == [0, 1]


def test_a_model_without_finite_outputs_has_no_accuracy():
    net = nn.Linear(2, 2)
    nn.init.constant_(net.weight, math.nan)
    with pytest.raises(utils.NotFinite, match='the forgetful: its outputs are not finite'):
        utils.predict(net, [(torch.ones(1, 2), torch.zeros(1), None)], 'the forgetful')


DATA = {'dataset': 'D', 'model': 'N', 'num_classes': 4}
NO_SCORES = (math.nan,) * 5


def make_run(name, method, seed=42, forget='f', start=None, end=None, scenario='s', **config):
    """The record of a run, as train.py makes it."""
    split = {'unlearn_type': 'random', 'forget_ratio': 0.1}
    ids = {'data_fingerprint': 'd', 'forget_fingerprint': forget, 'name': name}
    more = {'config': config, 'start': start, 'end': end, 'weights': {}}
    return RunInfo(method, seed, DATA, split, scenario, **ids, **more).to_dict()


def write_run(folder, run, scores, **more):
    """A run's scores as train.py writes them."""
    names = dict(zip(('rf_acc', 'rr_acc', 'tr_acc', 'tf_acc', 'mia'), scores))
    seconds = {'RTE_mask': 6.0, 'RTE_pre': 60.0, 'RTE_search': 30.0, 'RTE_select': 0.0}
    arrays = {'run': json.dumps(run), **names, **seconds, **more}
    write_npz(folder / f'{run["name"]}{digest_text(more.get("evaluation", ""))[:6]}.npz', arrays)


def write_path(folder, name, end, ua, seed=None, evaluation=None, method='dynamic', **config):
    """Four rows as eval_curve.py writes them; ua: that of each."""
    seed = end['seed'] if seed is None else seed
    begun = end['start']
    run = make_run(name, method, seed, end['forget_fingerprint'], begun, end, **config)
    row = {'row_ua': ua, 'row_ra': [98] * 3 + [99], 'row_ta': [88.0] * 4}
    row |= {'row_mia': [10, 10, 10, 12.5], 'row_tf': [math.nan] * 4, 'row_seconds': [0, 1, 2, 24]}
    row |= {'row_t': [1, 1, 0.8, 0.9], 'row_name': ['itself', 'fresh', 'line', 'path']}
    write_run(folder, run, NO_SCORES, **row, evaluation=json.dumps(evaluation or {}))


def print_tables(capsys, folder, *flags):
    """The tables that are printed, as lists of {model: cells}, and the sentences."""
    capsys.readouterr()
    run('evaluation.table', folder, *flags)
    out = capsys.readouterr().out
    tables = [{}]
    for line in out.splitlines():
        if line.startswith('| '):
            name, *cells = [cell.strip() for cell in line.strip('|').split('|')]
            tables[-1][name.strip('*')] = cells
        elif not line and tables[-1]:
            tables.append({})
    return tables, [line[2:] for line in out.splitlines() if line.startswith('- ')]


def write_four(folder):
    """A retrained model, a method with what its original scored, its path."""
    original = {f'original_{k}': 100.0 for k in ('rf_acc', 'rr_acc', 'tr_acc')}
    original |= {'original_tf_acc': math.nan, 'original_mia': 1.0}
    begun = make_run('o', 'baseline', epochs=12)
    write_run(folder, make_run('a', 'retrain'), (90, 99, 88, math.nan, 12))
    tuned = make_run('b', 'finetune', start=begun)
    write_run(folder, tuned, (95, 98, 88, math.nan, 10), **original)
    write_path(folder, 'c', tuned, [5, 6, 7, 10.5])


def test_table_by_hand(tmp_path, capsys):
    write_four(tmp_path)
    models = table.load(tmp_path).set_index('model')  # a row a model and seed
    # |5-10|, |98-99|, |88-88|, |10-12| and so on, over 4
    gaps = {'original': 8.5, 'retrain': 0, 'finetune': 2, 'finetune, fresh statistics': 1.75}
    gaps |= {'finetune, straight line': 1.5, 'MCU(finetune)': 0.25}
    assert models.gap.to_dict() == gaps and [*models.gap] == [*gaps.values()]
    assert models.run.tolist() == ['o', 'a', 'b', 'b', 'b', 'c']
    mcu, tuned = models.loc['MCU(finetune)'], models.loc['finetune']
    assert (mcu.method, mcu.row, mcu.pre_run, mcu.seed) == ('finetune', 'path', 'b', 42)
    assert (tuned.method, tuned.row, tuned.settings, tuned.split) == ('finetune', '', '', 'f')
    assert mcu.config['original.epochs'] == 12 and mcu.folder == str(tmp_path)
    assert (mcu['mask'], mcu['pre'], mcu['search'], mcu['rte']) == (0.1, 1, 0.5, 2)
    tables, sentences = print_tables(capsys, tmp_path)
    metrics, cost = tables[0], tables[1]
    assert list(metrics) == ['model', *gaps]
    assert metrics['model'] == ['UA', 'RA', 'TA', 'MIA', 'Avg. Gap', 'ToW', 't', 'RTE (min)']
    assert metrics['retrain'] == ['10.00', '99.00', '88.00', '12.00', '0.00', '1.000', '–', '1.60']
    # 0.9 · 0.99 · 0.88
    assert metrics['original'] == ['0.00', '100.00', '100.00', '1.00', '8.50', '0.784', '–', '–']
    assert metrics['finetune'][:5] == ['5.00', '98.00', '88.00', '10.00', '2.00']
    # 0.5 of UA and of MIA; mask, method, search and 24 seconds of choosing t*
    expected = ['10.50', '99.00', '88.00', '12.50', '0.25', '0.995', '0.90', '2.00']
    assert metrics['MCU(finetune)'] == expected
    assert cost['MCU(finetune)'] == ['0.10', '1.00', '0.50', '0.40', '2.00']
    change = 'MCU(finetune) against finetune: Avg. Gap 2.00 → 0.25, lower by 1.75'
    assert sentences[0].startswith(change)
    assert 'floor unknown' in sentences[0]  # no second retrained model: nothing is called better
    assert '- MCU(finetune) against finetune' in (tmp_path / 'table.md').read_text()
    runs = pd.read_csv(tmp_path / 'runs.csv').set_index('model')
    assert len(runs) == 6 and runs.loc['MCU(finetune)', 'gap'] == 0.25
    capsys.readouterr()
    run('evaluation.table', tmp_path, '--short')
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == '### D, N, s' and lines[-1] == str(tmp_path / 'runs.csv')
    assert lines[-3].replace('|', '').split() == ['MCU(finetune)', *expected[:5]]


def test_seeds_become_mean_and_deviation_against_their_own_retrained_model(tmp_path, capsys):
    for seed in (1, 2, 3):
        where = {'seed': seed, 'forget': f'f{seed}'}
        retrained = (90, 90 + seed, 88, math.nan, 12)
        write_run(tmp_path, make_run(f'r{seed}', 'retrain', **where), retrained)
        other = make_run(f'x{seed}', 'retrain', seed=100 + seed, forget=f'f{seed}')
        write_run(tmp_path, other, (90, 91 + seed, 89, math.nan, 12))
        tuned = make_run(f'f{seed}', 'finetune', **where, lr=0.1)
        write_run(tmp_path, tuned, (90, 94 + seed, 86 + seed, math.nan, 12))
        write_path(tmp_path, f'm{seed}', tuned, [90, 90, 90, 10 + seed])
    write_run(tmp_path, make_run('g', 'ga', seed=9), (90, 94, 88, math.nan, 12))
    tables, sentences = print_tables(capsys, tmp_path)
    metrics = tables[0]
    # against RT of the same seed: RA 4 off, TA 1, 0, 1 off: gaps 1.25, 1, 1.25
    assert metrics['model'][0] == 'n' and metrics['finetune'][0] == '3'
    assert metrics['finetune'][5] == '1.17 ± 0.14' and metrics['finetune'][2] == '96.00 ± 1.00'
    assert metrics['retrain'][5] == '0.00 ± 0.00' and metrics['ga'][0] == '1'
    assert metrics['retrain, another seed'][5] == '0.50 ± 0.00' and metrics['ga'][5] == '–'
    # MCU: UA 1, 2, 3 off, RA 8, 7, 6, TA 0, MIA 0.5: 2.375 each; finetune's UA, RA, TA are itself's
    assert sentences[0] == 'the floor, retraining with another seed: Avg. Gap 0.50'
    (against,) = [s for s in sentences if s.startswith('MCU(finetune) against finetune:')]
    change = '1.17 → 2.38, higher by 1.21 ± 0.14 (n 3, 95 % interval 0.85 to 1.57): worse'
    assert change in against  # 4.303 · 0.1443 / √3 = 0.359 on both sides of 1.208
    runs = pd.read_csv(tmp_path / 'runs.csv')
    assert set(runs.run[runs.model == 'finetune']) == {'f1', 'f2', 'f3'}


def test_a_verdict_takes_three_pairs_an_interval_without_0_and_more_than_the_floor():
    # three pairs: t_{0.975, 2} = 4.303, so that the interval of sd 1 is mean ± 4.303 / √3 = 2.484
    low, high = compare.compute_interval(np.array([1.0, 2.0, 3.0]))
    assert (low, high) == pytest.approx((2 - 2.484, 2 + 2.484), abs=1e-3)
    cases = {
        ((2.0, 3.0, 4.0), 2.9): 'an improvement',  # 0.516 to 5.484
        ((2.0, 3.0, 4.0), 3.0): 'small',  # its mean is no more than the floor
        ((-2.0, -3.0, -4.0), 2.9): 'worse',
        ((1.0, 2.0, 3.0), 0.1): 'unclear',  # by one standard error, 0.577, it would be
        ((18.0, 19.0), 0.1): 'no verdict below three pairs',
        ((18.0,), 0.1): 'no verdict below three pairs',
        ((2.0, 2.0, 2.0), 0.0): 'an improvement',
        ((0.0, 0.0, 0.0), 0.0): 'unclear',
        ((2.0, 3.0, 4.0), math.nan): compare.NO_FLOOR,
    }
    for (differences, floor), verdict in cases.items():
        assert compare.judge(np.array(differences), floor) == verdict, differences


def test_the_floor_is_of_one_configuration(tmp_path):
    for name, method, seed, forget_acc, epochs in (
        ('a', 'retrain', 1, 90, 2),
        ('b', 'retrain', 2, 80, 2),
        ('c', 'retrain', 3, 10, 9),
        ('g', 'ga', 1, 95, 2),
    ):
        record = make_run(name, method, seed, epochs=epochs)
        write_run(tmp_path, record, (forget_acc, 99, 88, math.nan, 12))
    models = table.load(tmp_path)
    assert models.gap[models.model == compare.FLOOR].tolist() == [2.5]  # a and b, 10 / 4


def test_what_is_one_model_is_no_second_seed(tmp_path, capsys):
    scores = (90, 99, 88, math.nan, 12)
    for seed in (42, 43, 44):  # retrained models of one split: three pairs
        write_run(tmp_path, make_run(f'r{seed}', 'retrain', seed), scores)
    tuned = make_run('b', 'finetune')
    write_run(tmp_path, tuned, (95, 98, 88, math.nan, 10))
    for seed in (42, 43):  # two searches on one pre-unlearning model
        write_path(tmp_path, f'c{seed}', tuned, [5, 6, 7, 10 + seed - 42], seed)
    tables, sentences = print_tables(capsys, tmp_path)
    counts = {name: cells[0] for name, cells in tables[0].items()}
    assert counts['finetune'] == counts['finetune, straight line'] == '1'
    assert counts['MCU(finetune)'] == '2' and 'retrain' in counts
    assert sentences[0] == 'the floor, retraining with another seed: Avg. Gap 0.00'
    floor = table.load(tmp_path).query('model == "retrain, another seed"')
    # 44's seed is of no method, so that its own scores stand here alone
    assert sorted(floor.ua.isna()) == [False, False, True]
    write_run(tmp_path, make_run('g-1', 'ga'), scores)
    write_run(tmp_path, make_run('g-2', 'ga'), scores)  # from another original
    names = list(print_tables(capsys, tmp_path)[0][0])
    assert 'ga [1]' in names and 'ga [2]' in names
    write_run(tmp_path, make_run('other', 'retrain'), scores)
    fails('two retrained models of one seed and split', 'evaluation.table', tmp_path)


def test_an_original_is_one_row_whatever_started_from_it(tmp_path):
    begun, scores = make_run('o', 'baseline', seed=1, forget='other'), (95, 98, 88, math.nan, 10)
    original = {f'original_{k}': 90.0 for k in ('rf_acc', 'rr_acc', 'tr_acc', 'tf_acc', 'mia')}
    write_run(tmp_path, begun, scores)  # with a split that nothing else is of
    for seed in (5, 6):
        for method in ('finetune', 'ga'):
            info = make_run(f'{method}{seed}', method, seed, start=begun)
            write_run(tmp_path, info, scores, **original)
    for seed, weights in ((7, 'aa'), (8, 'bb'), (9, 'bb')):  # all as accurate
        foreign = make_run(f'g{seed}', 'ga', seed, start={}) | {'weights': {'original': weights}}
        write_run(tmp_path, foreign, scores, **original)
    foreign['data'] = DATA | {'test_fraction': 0.1}
    write_run(tmp_path / 'less', foreign, scores, **original)
    models = table.load(tmp_path)
    originals = models[models.model == 'original'].sort_values(['run', 'dataset'])
    assert originals.run.tolist() == ['foreign aa', 'foreign bb', 'foreign bb', 'o']
    assert originals.seed.tolist() == [7, 8, 9, 5]
    assert originals.dataset.tolist() == ['D', 'D', 'D (0.1 of test)', 'D']


def test_configurations_are_told_apart_by_what_differs(tmp_path, capsys):
    for lr in (0.1, 0.2):
        info = make_run(f'g{lr}', 'ga', epochs=3, lr=lr, mask='m' if lr == 0.1 else None)
        write_run(tmp_path, info, (95, 98, 88, math.nan, 10))
        begun = make_run(f'o{lr}', 'baseline', epochs=int(lr * 10))
        tuned = make_run(f'f{lr}', 'finetune', start=begun, lr=lr)
        write_path(tmp_path, f'c{lr}', tuned, [5, 6, 7, 8], epochs=5)  # of the same original
    tables, sentences = print_tables(capsys, tmp_path)
    assert [name for name in tables[0] if name.startswith(('ga', 'MCU'))] == [
        'MCU(finetune) [original.epochs=1 pre.lr=0.1]',
        'MCU(finetune) [original.epochs=2 pre.lr=0.2]',
        *('ga [lr=0.1 mask=m]', 'ga [lr=0.2]'),
    ]
    assert sentences == ['no Avg. Gap: there is no retrained model of the same seed and split']


def test_evaluations_of_one_path_are_told_apart(tmp_path):
    tuned = make_run('b', 'finetune')
    for flags in ({}, {'seed': 7}, {'bn_data': 'train', 'epoch': 5}, {'epoch': 10}):
        write_path(tmp_path, 'c', tuned, [5, 6, 7, 8], evaluation=flags, epochs=10)
    models = table.load(tmp_path)
    assert models[models.model == 'MCU(finetune)'].settings.tolist() == [
        *('eval.bn_data=train eval.epoch=5', 'eval.seed=7', 'plain'),  # {} and epoch 10: one
    ]
    assert models[models.model == 'finetune, fresh statistics'].settings.tolist() == [
        *('eval.bn_data=train', 'eval.seed=7', 'plain'),
    ]
    assert models[models.model == 'finetune'].settings.tolist() == ['eval.seed=7', 'plain']
    assert not models.on_bound.any()


def test_a_t_on_the_bound_of_its_interval_is_said(tmp_path, capsys):
    for t_min in (0.9, 0.8):
        write_path(tmp_path, 'c', make_run('b', 'ga'), [5, 6, 7, 8], evaluation={'t_min': t_min})
    models = table.load(tmp_path)
    labels = ['MCU(ga) [eval.t_min=0.9]', 'ga, straight line [eval.t_min=0.8]']
    assert {*labels} <= {*models.label[models.on_bound]}
    assert 'MCU(ga) [eval.t_min=0.8]' not in {*models.label[models.on_bound]}
    write_run(tmp_path, make_run('a', 'retrain'), (90, 99, 88, math.nan, 12))
    sentences = print_tables(capsys, tmp_path)[1]
    assert f'{labels[0]}: t* lies on a bound of its interval in 1 of 1' in sentences


def log_probs_of(labels, prob, classes=4):
    """(N, classes) with probability `prob` of the label, the rest shared."""
    shares = np.repeat(((1 - prob) / (classes - 1))[:, None], classes, axis=1)
    shares[np.arange(len(labels)), labels] = prob
    return np.log(shares).astype(np.float16)


def test_distances_and_attack_use_the_stored_outputs(tmp_path, capsys):
    rng = np.random.default_rng(0)
    labels = {part: rng.integers(0, 4, 400) for part in ('train_forget', 'test_retain')}
    out = {part: rng.uniform(0.3, 0.6, 400) for part in labels}

    def outputs(**probs):
        arrays = {f'labels_{part}': values for part, values in labels.items()}
        return arrays | {f'log_probs_{p}': log_probs_of(labels[p], probs[p]) for p in labels}

    scores = (90, 99, 88, math.nan, 12)
    for seed in (42, 43):
        more = outputs(**{p: np.clip(out[p] + rng.normal(0, 0.02, 400), 0, 1) for p in out})
        write_run(tmp_path, make_run(f'r{seed}', 'retrain', seed), scores, **more)
    knows = out | {'train_forget': np.full(400, 0.98)}
    write_run(tmp_path, make_run('ga', 'ga'), scores, **outputs(**knows))
    table = print_tables(capsys, tmp_path)[0][1]
    js_f, js_t, agree_f, _, auc, tpr = (float(cell) for cell in table['ga'])
    assert js_f > 0.1 > 0.001 > js_t and agree_f == 100
    assert auc > 0.95 and tpr > 60  # it remembers what the others never saw
    js_f, js_t, _, _, auc, tpr = (float(cell) for cell in table['retrain'])
    assert js_f == js_t == 0 and 0.45 < auc < 0.55 and tpr < 5


def make_outputs(**probs):
    """A row of four samples a part, label 0, with these probabilities of it."""
    arrays = {f'log_probs_{part}': np.log([[p, 1 - p]] * 4) for part, p in probs.items()}
    arrays |= {f'labels_{part}': np.zeros(4, dtype=int) for part in probs}
    return {'run': 'a', 'arrays': arrays} | dict.fromkeys(('ua', 'ra', 'ta', 'mia'), 0.0)


def test_unseen_samples_of_a_forgotten_class_are_those_of_the_class():
    probs = {'train_forget': 0.9, 'test_retain': 0.2}
    for more, auc in (({}, 1.0), ({'test_forget': 0.9}, 0.5)):
        never = make_outputs(**dict.fromkeys(probs | more, 0.5))
        assert compare.attack_outputs(make_outputs(**probs, **more), [never])['rmia_auc'] == auc


def test_outputs_on_the_test_set_are_those_of_both_its_parts():
    pair = (make_outputs(test_retain=0.9, test_forget=p) for p in (0.9, 0.4))
    distances = compare.measure_distances(*pair)
    one = metrics.jensen_shannon(np.log([[0.9, 0.1]]), np.log([[0.4, 0.6]]))
    assert distances['agree_t'] == 50 and distances['js_t'] == pytest.approx(one / 2)
    assert 'js_f' not in distances


def test_divergence_and_agreement_by_hand():
    same = np.log([[0.5, 0.5], [0.9, 0.1]])
    assert metrics.jensen_shannon(same, same) == pytest.approx(0)
    apart = np.log([[1 - 1e-12, 1e-12]]), np.log([[1e-12, 1 - 1e-12]])
    assert metrics.jensen_shannon(*apart) == pytest.approx(math.log(2))
    p, q = [0.8, 0.2], [0.4, 0.6]
    by_hand = sum(
        0.5 * (a * math.log(2 * a / (a + b)) + b * math.log(2 * b / (a + b))) for a, b in zip(p, q)
    )
    assert metrics.jensen_shannon(np.log([p]), np.log([q])) == pytest.approx(by_hand)
    assert metrics.accuracy(np.log([p, p]), np.log([q, p]).argmax(1)) == 50


def test_rmia_by_hand():
    assert RMIA.compute_ratios([0.5], [0.2]) == pytest.approx(0.5 / (0.5 * (1.3 * 0.2 + 0.7)))
    # γ = 2: at least twice the ratio of 0.1, 0.2; not of 0.4
    assert RMIA.rank_ratios(np.array([0.4, 0.1]), np.array([0.1, 0.2, 0.4])).tolist() == [2 / 3, 0]
    out = np.full(200, 0.5)
    low, high = np.linspace(0.2, 0.4, 200), np.linspace(0.9, 1, 200)
    assert RMIA.RMIA((high, out), (low, out), (low, out)) == (1.0, 100.0)  # separable
    auc, tpr = RMIA.RMIA((low, out), (low, out), (low, out))
    assert auc == pytest.approx(0.5) and tpr <= 1.0  # nothing to tell apart
    # scores: others 99 zeros and a one, D_f 60 ones and 40 zeros: one false positive of 100
    zeros = np.full(100, 0.1)
    others = np.where(np.arange(100) < 1, 0.9, 0.1)
    forget = np.where(np.arange(100) < 60, 0.9, 0.1)
    half = np.full(100, 0.5)
    auc, tpr = RMIA.RMIA((forget, half), (zeros, half), (others, half))
    assert tpr == pytest.approx(60) and auc == pytest.approx(
        0.6 * 0.99 + 0.5 * (0.6 * 0.01 + 0.4 * 0.99)
    )
    for count, is_enough in ((198, False), (199, True)):  # as docs/metrics.md says
        population, others = ((low[half], out[half]) for half in RMIA.split_unseen(count))
        assert math.isnan(RMIA.RMIA((high, out), population, others)[1]) is not is_enough


def test_negtv_has_one_seed_its_experts_unless_it_is_typed(tiny_original, tmp_path):
    start = f'--init_start={tiny_original}'
    expert = ['--unlearn_method=finetune2', f'--original_pth={tiny_original}', '--forget_class=1']
    expert += ['--epochs=1', '--lr=0.01', '--seed=7', '--batch_size=64']
    run('train', f'--dir={tmp_path}/expert', *expert)
    negate = ['main_tv', start, f'--init_end={tmp_path}/expert']
    run(*negate, f'--dir={tmp_path}/negtv')
    run(*negate, f'--dir={tmp_path}/typed', '--seed=5')
    for folder, seed in (('negtv', 7), ('typed', 5)):
        assert state(tmp_path / folder)['run']['seed'] == seed
        assert json.loads(str(scores(tmp_path / folder)['run']))['seed'] == seed


def test_an_end_of_an_earlier_epoch_is_not_taken_for_the_finished_run(tiny_original, tmp_path):
    finetune = ['--unlearn_method=finetune', f'--original_pth={tiny_original}', '--epochs=2']
    run('train', f'--dir={tmp_path}', *finetune, '--save_freq=1')
    early, late = (load_end(only(f'*/checkpoint-{i}.pt', tmp_path))['run'] for i in (1, 2))
    assert early['name'] == f'{late["name"]}, epoch 1' and early['config']['epoch'] == 1


def test_a_retrained_model_of_ones_own_is_the_reference(tiny_original, tmp_path, capsys):
    split = ['--unlearn_type=class', '--forget_class=1', '--batch_size=64', '--epochs=1']
    data = ['--dataset=Digits', '--train_fraction=0.1', '--test_fraction=0.3', *NETWORK]
    runs, retrained = tmp_path / 'runs', tmp_path / 'rt'
    finetune = ['--unlearn_method=finetune', f'--original_pth={tiny_original}', *split]
    for seed in (7, 8):
        run('train', f'--dir={runs}/{seed}', f'--seed={seed}', *finetune)
    ends = [f'--init_start={tiny_original}', f'--init_end={runs}/7', '--fix_start', '--fix_end']
    run('train', f'--dir={runs}/mcu', *ends, '--unlearn_method=dynamic', '--seed=7', *split[2:])
    walk = [f'--dir={runs}/path', f'--ckpt={runs}/mcu', '--num_points=2', '--bn_samples=99']
    run('eval_curve', *walk)
    run('train', f'--dir={retrained}', '--unlearn_method=retrain', '--seed=7', *split, *data)

    def read(file):
        args = options.parse_args([str(runs), f'--retrain={file}'])
        return table.load(runs, reference.measure_retrained(args)).set_index(['model', 'seed'])

    given = read(retrained)
    assert given.gap.notna().all() and given.gap['retrain', 7] == 0
    assert given.rmia_auc.notna().sum() == len(given) - 1
    torch.save(state(retrained)['model_state'], tmp_path / 'foreign.pt')
    foreign = read(tmp_path / 'foreign.pt')
    assert foreign.rte.isna()['retrain', 7] and foreign.gap.equals(given.gap)
    sentences = print_tables(capsys, runs, f'--retrain={tmp_path}/foreign.pt')[1]
    (change,) = [line for line in sentences if line.startswith('MCU(finetune) against finetune: ')]
    both = (foreign.js_f[name, 7] for name in ('finetune', 'MCU(finetune)'))
    assert change.endswith('; JS on D_f {:.3f} → {:.3f}'.format(*both))

    shutil.copytree(retrained, runs / 'rt')  # as a run, which is the reference of its own seed
    stored = table.load(runs).set_index(['model', 'seed'])
    shutil.rmtree(runs / 'rt')
    for key in ('gap', 'js_f', 'agree_t'):
        same = pytest.approx(given[key][:, 7].to_dict(), abs=1e-6)
        assert stored[key][:, 7].to_dict() == same, key
    assert stored.gap.isna()['finetune', 8]

    torch.save(state(tiny_original)['model_state'], tmp_path / 'original.pt')
    for message, flags in {
        'is a model of baseline': [f'--retrain={tmp_path}/original.pt'],
        'is a model of finetune': [f'--retrain={runs}/8'],
        '--model is of no use': ['--model=VGG16'],
    }.items():
        fails(message, 'evaluation.table', runs, *flags)
    write_run(runs, make_run('g', 'ga'), (90, 98, 88, math.nan, 11))
    fails('several data sets', 'evaluation.table', runs, f'--retrain={retrained}')


def test_an_optimum_that_the_search_presses_on_a_bound_is_on_it():
    for bounds in ((0.75, 1.0), (0.5, 1.0), (0.0, 1.0)):
        for sign in (1, -1):  # a gap that falls all the way down, or up
            t, *_ = utils.search_t(lambda t, sign=sign: sign * t, *bounds)
            assert metrics.is_on_bound(t, *bounds)
    assert not metrics.is_on_bound(0.76, 0.75, 1.0)
