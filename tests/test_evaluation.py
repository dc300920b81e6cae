"""Metrics, the attack and the optimum on cases computed by hand."""

import json
import math

import numpy as np
import pytest
import torch
from conftest import run
from torch import nn

import utils
from errors import InputError
from evaluation import SVC_MIA, metrics

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
    seconds = {'RTE_mask': 6.0, 'RTE_pre': 60.0, 'RTE_search': 30.0, 'RTE': 96.0}
    np.savez(folder / f'{meta["run"]}.npz', meta=json.dumps(meta), **names, **seconds, **more)


def test_table_by_hand(tmp_path, capsys):
    original = {f'original_{k}': 100.0 for k in ('rf_acc', 'rr_acc', 'tr_acc')}
    original |= {'original_tf_acc': math.nan}
    write_run(tmp_path, {'method': 'retrain', 'run': 'a'}, (90, 99, 88, math.nan, 12))
    write_run(
        *(tmp_path, {'method': 'finetune', 'run': 'b'}, (95, 98, 88, math.nan, 10)),
        **(original | {'original_mia': 1.0}),
    )
    names = np.array(['itself', 'fresh', 'line', 'path'])
    row = {'row_ua': [5, 6, 7, 10.5], 'row_ra': [98] * 3 + [99], 'row_ta': [88.0] * 4}
    row |= {'row_mia': [10, 10, 10, 12.5], 'row_tf': [math.nan] * 4, 'row_seconds': [0, 1, 2, 24]}
    meta = {'method': 'dynamic', 'pre': 'finetune', 'pre_run': 'b', 'run': 'c'}
    write_run(tmp_path, meta, (0, 0, 0, 0, 0), row_name=names, **row)
    run('evaluation.table', tmp_path)
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith('| ')]
    cells = {line.split('|')[1].strip(): line.split('|')[2:-1] for line in lines}
    assert list(cells) == [
        *('model', 'original', 'retrain', 'finetune', 'finetune, fresh statistics'),
        *('finetune, straight line', 'MCU(finetune)'),
    ]
    table = {name: [cell.strip() for cell in row] for name, row in cells.items()}
    assert table['model'] == ['UA', 'RA', 'TA', 'MIA', 'Avg. Gap', 'RTE (min)']
    assert table['retrain'] == ['10.00', '99.00', '88.00', '12.00', '0.00', '1.60']
    assert table['original'] == ['0.00', '100.00', '100.00', '1.00', '8.50', '–']
    assert table['finetune'][:5] == ['5.00', '98.00', '88.00', '10.00', '2.00']
    # 0.5 of UA and of MIA; mask, method, search and 24 seconds of choosing t*
    assert table['MCU(finetune)'] == ['10.50', '99.00', '88.00', '12.50', '0.25', '2.00']
    assert (tmp_path / 'table.csv').read_text().count('\n') == 7


def test_table_compares_each_seed_with_its_own_retrained_model(tmp_path, capsys):
    for seed in (1, 2):
        retrained = (90, 90 + seed, 88, math.nan, 12)
        write_run(tmp_path, {'method': 'retrain', 'run': f'r{seed}', 'seed': seed}, retrained)
        tuned = {
            'method': 'finetune',
            'run': f'f{seed}',
            'seed': seed,
            'scenario': f's-split{seed}',
        }
        write_run(tmp_path, tuned, (90, 94 + seed, 88, math.nan, 12))
    write_run(tmp_path, {'method': 'ga', 'run': 'g', 'seed': 3}, (90, 94, 88, math.nan, 12))
    run('evaluation.table', tmp_path)
    lines = capsys.readouterr().out.splitlines()
    gaps = {x.split('|')[1].strip(): x.split('|')[-3].strip() for x in lines if x.startswith('| ')}
    assert gaps['finetune [f1]'] == gaps['finetune [f2]'] == '1.00'
    assert gaps['ga'] == '–' and gaps['retrain [r2]'] == '0.00'
