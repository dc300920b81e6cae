"""A request from its data to its result: the stages, one after another."""

from functools import partial
from typing import NamedTuple

import pandas as pd
import torch

from deletion.references import STEPS as REFERENCE_STEPS
from deletion.references import References, make_references, take_retrained
from deletion.search import (
    END_STEPS,
    ENDS,
    STEPS,
    Progress,
    SearchResult,
    make_find_best,
    open_samples,
    search,
)
from deletion.training import (
    BUDGET,
    MIN_BUDGET,
    Budget,
    Clock,
    Goal,
    Retraining,
    Trainer,
    forecast_retraining,
)
from deletion.verdict import (
    Auditor,
    Judgement,
    expect_goal,
    find_farthest,
    judge,
    list_targets,
)
from utils import predict, score, update_bn

MORE_MODELS = 8  # references that a surer verdict would take


class Options(NamedTuple):
    """What a request may ask for: the flags of these names."""

    budget: float | None = None  # minutes
    retrain_epochs: int | None = None
    forget_base: float | None = None
    audit_models: int = 2


class Outcome(NamedTuple):
    """What the stages of a request have given."""

    trainer: Trainer
    original: torch.nn.Module
    goal: Goal
    retraining: Retraining
    references: References
    search_result: SearchResult
    judgement: Judgement
    scores: dict  # of each model
    budget: Budget
    region: pd.DataFrame  # points on the line from the original to the trained model


def carry_out(
    original, trainer, options, retrained=None, lost=(), log=print, state=None, save=None
):
    """Let a network forget the samples of a request; returns the `Outcome`.

    retrained: a network that is the reference, or None. lost: {part: points} that earlier requests
    have cost. state: of an interrupted search; save(state): called after each stage of it.
    """
    data, lost = trainer.data, dict(lost)
    original = original.to(trainer.device).eval()
    loaders, targets, untested = list_targets(data, trainer.batch_size)
    predict_all = lambda net, name: {p: predict(net, x, name) for p, x in loaders.items()}  # noqa: E731
    clock = Clock(trainer.device)

    # The original, and what the work may take.
    with clock.count('scores'):
        outputs = {'original': predict_all(original, 'the original')}
        scores = {'original': score(outputs['original'], mia=False)}
    step, scoring = trainer.time_step(original), clock.seconds['scores']
    retraining = forecast_retraining(trainer, step, options.retrain_epochs)
    reference_seconds = step * REFERENCE_STEPS + scoring
    least = 2 * scoring + options.audit_models * reference_seconds
    least += step * (len(ENDS) * END_STEPS + STEPS)
    seconds = (
        60 * options.budget if options.budget else max(BUDGET * retraining.seconds, MIN_BUDGET)
    )
    cost = f'{retraining.seconds / 60:.1f} minutes for {retraining.epochs} epochs'
    log(f'retraining would take {cost}; this may take {max(seconds, least) / 60:.1f}')

    # How hard each sample is, and so the goal.
    has_list = any(target.label is None for target in targets)
    with clock.count('references'):
        count = options.audit_models if has_list else 0
        test_acc = scores['original']['test_acc']
        references = make_references(original, trainer, loaders, test_acc, count, log)
        if retrained is not None:
            outputs['retrained'] = predict_all(retrained, '--retrain')
            scores['retrained'] = score(outputs['retrained'], mia=False)
            references = take_retrained(outputs['retrained'], targets, references)
    auditor = Auditor(targets, references.margins)
    goal = expect_goal(auditor, outputs['original'], test_acc, options.forget_base)

    # The search. What was spent before an interruption counts.
    if state:
        clock.seconds = {stage: s + state['seconds'][stage] for stage, s in clock.seconds.items()}
    retain_acc = scores['original']['retain_acc']
    samples = {'data': data, 'loaders': loaders, 'outputs': outputs['original'], 'lost': lost}
    sampled, measure = open_samples(
        **samples, auditor=auditor, retain_acc=retain_acc, batch_size=trainer.batch_size
    )
    everything = measure._replace(auditor=auditor, before=outputs['original'])

    def confirm(net):
        outputs = predict_all(update_bn(net, data.bn_loader()), 'the unlearned model')
        return everything.score(outputs), outputs

    def save_progress(progress):
        if save:
            save({'progress': progress.to_state(), 'seconds': clock.seconds})

    budget = Budget(seconds, clock)
    found = search(
        original,
        train=partial(trainer.train, goal=goal),
        find_best=make_find_best(data, goal, sampled, measure),
        confirm=confirm,
        start_distance=measure.score(measure.before)['distance'],
        budget=budget,
        log=log,
        progress=state and Progress.from_state(state['progress'], original),
        save=save_progress,
    )

    # The result on all samples, and the verdict.
    with clock.count('scores'):
        unlearned = found.progress.unlearned
        outputs['unlearned'] = found.outputs or confirm(unlearned)[1]
        scores['unlearned'] = score(outputs['unlearned'], mia=False)
    audits = {name: auditor.audit(outputs[name]) for name in outputs}
    for name in outputs.keys() - {'retrained'}:  # which is the reference itself
        scores[name]['auc'] = find_farthest(audits[name])
    surer = 'More unseen samples make the verdict surer'
    if retrained is None and any(x.label is None for x in data.deletions):
        cost = f'{MORE_MODELS * reference_seconds / 60:.1f} minutes'
        surer += f', --audit_models={MORE_MODELS} too, in {cost}; most does a retrained model'
        surer += f' as --retrain, in {retraining.seconds / 60:.1f} minutes'
    judgement = judge(outputs, audits, targets, untested, auditor, data, lost, f'{surer}.')
    points = found.progress.best.evaluated | {0.0: scores['original']}
    points |= {found.progress.best.t: scores['unlearned']}
    columns = ('retain_acc', 'forget_acc', 'forget_nll', 'auc')
    region = pd.DataFrame(
        [(t, *map(points[t].get, columns)) for t in points], columns=('t', *columns)
    )
    return Outcome(
        trainer,
        original,
        goal,
        retraining,
        references,
        found,
        judgement,
        scores,
        budget,
        region.sort_values('t'),
    )
