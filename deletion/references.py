"""How hard is each sample? References say it: models that were trained without the samples."""

import copy
from typing import NamedTuple

import numpy as np
import torch

from deletion.verdict import Auditor, compute_part_margins
from evaluation.metrics import accuracy
from lib.checkpoint import digest_parameters, forgets_others, load, refuse_other_data
from lib.errors import Diverged, InputError, NotFinite
from models import load_network
from utils import predict

RATES = (3e-4, 3e-4 / 4, 3e-4 / 16)  # by Adam: on any network the same rates work
STEPS = 60
MAX_FARTHER = 10.0  # points on the test set: a reference so much worse is made at a lower rate
STRICT = 0.01  # level of the test of a retrained model that is given


class References(NamedTuple):
    """margins: {part: (N,)} of each model, with those of its held out samples, or None; test_acc:
    the mean accuracy on the test set in percent; name: in the record."""

    margins: list
    test_acc: float
    name: str = 'models that went on from the original without them'

    def describe(self):
        """What the record says of them, in plain types."""
        if not self.margins:
            return None
        return {'name': self.name, 'count': len(self.margins), 'test': self.test_acc}


def make_references(original, trainer, loaders, test_acc, count, log):
    """Models that go on from the original without D_f and without half of D_r, as `References`.
    That half shows what the memory of the start adds (`deletion.audit.Reference`). test_acc: of the
    original; count: of the models, 0 where no list is tested, for classes need none."""
    if not count:
        return References([], float('nan'))
    pairs = [
        make_reference(number, original, trainer, loaders, test_acc - MAX_FARTHER, log)
        for number in range(count)
    ]
    return References([margins for margins, _ in pairs], float(np.mean([acc for _, acc in pairs])))


def make_reference(number, original, trainer, loaders, least_acc, log):
    """Train a reference at the first rate that leaves it an accuracy of least_acc on the test set;
    returns (its margins, that accuracy). Every second one gets the other half."""
    data = trainer.data
    retain = data.parts['train_retain']
    held_out = data.sample('train_retain', len(retain) // 2, ('held out', number // 2))
    rest = retain[~torch.isin(retain, held_out)]
    if number % 2:
        held_out, rest = rest, held_out
    loaders = {part: loader for part, loader in loaders.items() if part != 'train_retain'}
    loaders['held_out'] = data.loader(
        'train_retain', batch_size=trainer.batch_size, indices=held_out
    )
    for rate in RATES:
        net = copy.deepcopy(original)
        try:
            address = 'reference', number, rate
            trainer.train(net, 'finetune', rate, STEPS, address, indices=rest)
            outputs = {part: predict(net, loader) for part, loader in loaders.items()}
        except NotFinite:
            continue
        test_acc = accuracy(*outputs['test_retain'])
        log(f'{"reference":12}  rate {rate:<8.3g}  test {test_acc:6.2f}')
        if test_acc >= least_acc or rate == RATES[-1]:
            return compute_part_margins(outputs), test_acc
    raise Diverged('a reference diverged at every rate.', 'check the original.')


def take_retrained(outputs, targets, references):
    """The `References` of a retrained model alone. Raises InputError where the references made show
    that it remembers samples of this request. outputs: its logits and labels."""
    auditor = Auditor(targets, references.margins).select_new()
    for target, audit in zip(auditor.targets, auditor.audit(outputs, STRICT)):
        if audit.share or (audit.decision == 'failed' and audit.auc > 0.5):
            problem = f'--retrain: this model remembers the {target.name} (AUC {audit.auc:.2f}).'
            raise InputError(problem, 'give a model that never saw the samples.')
    margins = compute_part_margins(outputs) | {'held_out': None}
    return References([margins], accuracy(*outputs['test_retain']), 'the retrained model')


def load_retrained(path, model, data, weights):
    """The network that --retrain names; its digest joins those of the request, `weights`. Raises
    InputError for the original, a model of another method or one that was retrained without other
    samples."""
    content = load(path, 'retrain', kind='model')
    net = load_network(content, model, len(data.classes), data.recipe.size)
    weights['retrained'] = digest_parameters(net)
    refuse_other_data(content, data)
    is_other = content.get('run', {}).get('method', 'retrain') != 'retrain'
    if weights['retrained'] == weights['parameters'] or is_other or forgets_others(content, data):
        problem = f'{content["source"]}: is not a model that was retrained without these samples.'
        raise InputError(problem, 'give a model that never saw the samples, or leave it out.')
    return net
