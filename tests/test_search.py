"""The search of a request: ends, rounds, rates and stops, with scripted training and measures."""

import copy
import math
from types import SimpleNamespace

import pytest
import torch
from torch import nn

from deletion.search import RATES, Progress, choose_rate, search
from deletion.training import Clock
from lib.errors import Diverged, NotFinite
from utils import BestPoint


def name_scores(retain, forget, auc):
    """The scores of a model that the search looks at."""
    scores = {'retain_acc': retain, 'forget_acc': forget, 'auc': auc}
    scores |= {'distance': 100 * abs(auc - 0.5) + max(99 - retain, 0)}
    scores['harm'] = max(98.0 - retain, 0.0)
    return scores | {'remembers': auc > 0.6, 'is_met': auc == 0.5 and not scores['harm']}


FORGOTTEN, HARMED = name_scores(100.0, 50.0, 0.5), name_scores(90.0, 50.0, 0.5)
KNOWN, RUINED = name_scores(100.0, 100.0, 1.0), name_scores(20.0, 100.0, 1.0)
UNCONFIRMED = name_scores(99.0, 80.0, 0.55)


def run_script(found=(FORGOTTEN,), diverged=(), rounds=1, original=None, between=None, **more):
    """Search with scripted scores. found: of the trained models, in turn, the last again and again;
    diverged: addresses of trainings; rounds: after which the budget is used up; between: the scores
    at t = 0.5 of each round. Returns what was found, with what was `trained`, and the `networks`
    after each round's steps."""
    original = original or nn.Linear(2, 2)
    trained, networks, scores = [], [], list(found)

    def train(model, method, rate, steps, address):
        trained.append((method, rate))
        if method == 'align':
            networks.append(nn.utils.parameters_to_vector(model.parameters()).detach().clone())
            for parameter in model.parameters():
                step = math.nan if address in diverged else 1.0
                parameter.data.add_(step if parameter.requires_grad else 0.0)
        if address in diverged:
            raise NotFinite('the loss is not finite.', 'lower the rate.')

    def find_best(line, t_min=0.4):
        of_end = scores.pop(0) if len(scores) > 1 else scores[0]
        if between and t_min < 1:
            return BestPoint(0.5, between['distance'], {1.0: dict(of_end), 0.5: dict(between)})
        return BestPoint(1.0, of_end['distance'], {1.0: dict(of_end)})

    clock = Clock(torch.device('cpu'))
    budget = SimpleNamespace(clock=clock, seconds=60.0, is_spent=lambda done: done >= rounds)
    settings = {'confirm': lambda net: (UNCONFIRMED, 'outputs'), 'start_distance': 50.0}
    settings |= {
        'budget': budget,
        'log': lambda line: None,
        'progress': None,
        'save': lambda progress: None,
    }
    result = search(original, train, find_best, **settings | more)
    return SimpleNamespace(
        progress=result.progress,
        rounds=result.progress.rounds,
        stopped=result.stopped,
        outputs=result.outputs,
        trained=trained,
        networks=networks,
        original=original,
    )


@pytest.mark.parametrize(
    ('scores', 'factors'),
    [
        (KNOWN, [1, 2, 4, 8]),  # nothing is forgotten
        (RUINED, [1, 0.5, 0.25, 0.125]),  # nor that, and D_r suffers
        (HARMED, [1, 0.5, 0.25, 0.125]),
        (FORGOTTEN, [1, 1, 1, 1]),
    ],
)
def test_the_rate_follows_what_is_forgotten_and_kept(scores, factors):
    result = run_script([FORGOTTEN] * 2 + [scores], rounds=4)  # two ends
    assert [row['rate'] / RATES[0] for row in result.rounds] == factors
    networks = result.networks
    assert torch.equal(networks[1], networks[0]) == (scores is RUINED)  # which is undone


def test_the_rate_comes_back_and_never_falls_to_nothing():
    rate, rates = 1.0, []
    for trained in [HARMED] * 6 + [FORGOTTEN] * 6:
        rate = choose_rate(rate, 1.0, trained)
        rates.append(rate)
    assert choose_rate(1 / 64, 1.0, HARMED) == 1 / 64  # after rounds that diverged
    assert rates == [1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 16, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 1, 1]


def test_the_nearer_end_is_taken_and_farther_ones_are_tried_lower():
    result = run_script([RUINED, KNOWN, RUINED, RUINED, FORGOTTEN])
    rates = [('finetune', rate) for rate in RATES[:2]] + [('randomlabel', rate) for rate in RATES]
    assert [tried for tried in result.trained if tried[0] != 'align'] == rates
    assert result.progress.end_name == 'randomlabel' and result.rounds[0]['rate'] == RATES[2]
    addresses = [(method, rate) for method in ('finetune', 'randomlabel') for rate in RATES]
    with pytest.raises(Diverged, match='every pre-unlearning model diverged'):
        run_script(diverged=addresses)


def test_a_round_that_diverges_is_taken_back():
    result = run_script(diverged=(1, 3), rounds=4)
    networks = result.networks
    assert torch.equal(networks[1], networks[0]) and torch.equal(networks[2], networks[0] + 1)
    assert torch.equal(networks[3], networks[2])
    assert [row['rate'] / RATES[0] for row in result.rounds] == [1, 1 / 4, 1 / 2, 1 / 8]
    assert ['auc' in row for row in result.rounds] == [False, True, False, True]


def test_a_search_whose_every_round_diverges_ends():
    result = run_script([KNOWN], diverged=range(1, 99), rounds=99)
    assert result.stopped == 'the last 5 rounds diverged' and len(result.rounds) == 5
    progress = result.progress
    assert progress.best.t == 1  # it is the pre-unlearning model, which the script has not moved
    pairs = zip(progress.unlearned.parameters(), result.original.parameters())
    assert all(torch.equal(*pair) for pair in pairs)


def test_the_best_round_is_the_result():
    result = run_script([KNOWN] * 3 + [FORGOTTEN, KNOWN], rounds=3)
    assert [row['forget'] for row in result.rounds] == [100.0, 50.0, 100.0]
    weights = nn.utils.parameters_to_vector(result.progress.unlearned.parameters())
    start = nn.utils.parameters_to_vector(result.original.parameters())
    torch.testing.assert_close(weights, start + 2)  # the network moved by 1 in each of two rounds


def test_a_point_between_the_original_and_the_trained_model_may_be_the_best():
    net = nn.Linear(2, 2)
    net.bias.requires_grad_(False)
    result = run_script([KNOWN] * 2 + [HARMED], rounds=2, original=net, between=FORGOTTEN)
    assert result.rounds[1]['rate'] == RATES[0] / 2  # judged by the trained model
    assert result.progress.best.t == 0.5
    for weight, start in zip(result.progress.unlearned.parameters(), net.parameters()):
        step = 1.0 if start.requires_grad else 0.0  # half of two
        torch.testing.assert_close(weight.data, start.data + step)


def test_what_a_sample_shows_is_confirmed_on_everything():
    result = run_script()
    assert (result.stopped, result.outputs) == ('the budget was used up', None)
    assert result.progress.best.distance == UNCONFIRMED['distance']
    result = run_script(confirm=lambda net: (FORGOTTEN, 'outputs'), rounds=9)
    assert (result.stopped, len(result.rounds)) == ('every AUC is near 0.5 on all samples', 1)
    assert result.outputs == 'outputs'


def test_a_search_goes_on_where_it_was_saved():
    saved, net = [], nn.Linear(2, 2)
    run_script([KNOWN], rounds=1, original=net, save=lambda p: saved.append(copy.deepcopy(p)))
    state = saved[-1].to_state()
    progress = Progress.from_state(state, net)
    result = run_script([KNOWN], rounds=3, original=net, progress=progress)
    assert [method for method, _ in result.trained] == ['align'] * 2
    assert [row['rate'] / RATES[0] for row in result.rounds] == [1, 2, 4]
