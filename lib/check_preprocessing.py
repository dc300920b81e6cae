"""A check of an original before anything is made of it: does it know these images?

A file of other code does not say how the images of its training were normalised. With another
normalisation it is another model, and nothing that is made of it is worth anything.
"""

import shlex

import torch

from lib.errors import InputError
from lib.flags import NORMALIZATIONS
from lib.loaders import make_generator
from lib.transforms import describe_recipe

MAX_IMAGES = 400  # of the test set
CANDIDATES = (*NORMALIZATIONS, '0.5;0.5')
MARGIN = 0.1  # by which another normalisation must be better: near ones differ by chance
ERRORS = 2  # standard errors by which accuracies must differ


def check_original(content, net, data):
    """Print the accuracy of a foreign original on a sample of the test set. Raises InputError where
    nothing says its normalisation, where another one is clearly better, or where the one in use
    does no better than guessing. content: its checkpoint; net: on the device of the data."""
    if 'format' in content:  # a file of ours says how its images were prepared
        return
    correct, labels = try_normalizations(net.eval(), data)
    refuse_normalization(content['source'], correct, labels, data.is_normalization_known)
    accuracy = 100 * correct[data.recipe.normalize].double().mean()
    name = f'the original on {len(labels)} test images'
    print(f'{name}: {accuracy:.1f} %; {describe_recipe(data.recipe)}', flush=True)


def print_original(accuracies, recipe):
    """Print an original's {train_acc, test_acc}, in percent, and how its images were prepared."""
    scores = ', '.join(f'{part} {accuracies[f"{part}_acc"]:.1f} %' for part in ('train', 'test'))
    print(f'the original: {scores}; {describe_recipe(recipe)}', flush=True)


def try_normalizations(net, data):
    """({normalisation: (N,) bool}, labels (N,)): which of at most MAX_IMAGES random test images,
    always the same ones, a network has right. The normalisation in use comes first. Others are
    tried where one of them could be better by MARGIN."""
    targets, used = data.targets[1], data.recipe.normalize
    shuffled = torch.randperm(len(targets), generator=make_generator('check'))
    indices = shuffled[:MAX_IMAGES].sort().values.to(targets.device)
    loader = data.loader('test', indices=indices, keep=True)
    correct = {used: find_correct(net, loader)}
    if not data.is_normalization_known or correct[used].double().mean() <= 1 - MARGIN:
        for name in CANDIDATES:
            loader.recipe = loader.recipe._replace(normalize=name)
            correct[name] = find_correct(net, loader)
    return correct, targets[indices].cpu()


@torch.inference_mode()
def find_correct(net, loader):
    """Which images of a loader a network has right: (N,) bool."""
    return torch.cat([net(x).argmax(1) == y for x, y, _ in loader]).cpu()


def is_better(other, used):
    """Whether one normalisation is clearly better than the one in use; each (N,) bool."""
    gain = other.double() - used.double()
    return bool(gain.mean() >= MARGIN and gain.mean() > ERRORS * gain.std() / len(gain) ** 0.5)


def refuse_normalization(source, correct, labels, is_known):
    """Raise InputError where the normalisation in use, the first of correct, is no better than to
    answer the most frequent class, where another one is clearly better, or where nothing says it
    (is_known). correct, labels: as `try_normalizations` returns them."""
    means = {name: float(values.double().mean()) for name, values in correct.items()}
    used, best, total = next(iter(means)), max(means, key=means.get), len(labels)
    guess = float(labels.bincount().max()) / total
    limit = guess + ERRORS * (guess * (1 - guess) / total) ** 0.5
    is_guessing = means[used] <= min(limit, 1 - MARGIN)
    is_worse = is_better(correct[best], correct[used])
    if is_known and not is_guessing and not is_worse:
        return
    problem = 'nothing says how its images were normalised'
    if is_known:
        problem = f'--normalize={used} does not fit'
    ranked = sorted(means, key=means.get, reverse=True)
    listed = ', '.join(f'{100 * means[name]:.1f} % ({name})' for name in ranked)
    problem = f'{source}: {problem}; of {total} test images it has right {listed}'
    if is_guessing:
        problem += f'; always the most frequent class is right on {100 * guess:.1f} %'
    fix = 'see that data set, order of the classes and --image_size are those of its training.'
    if is_worse or not is_guessing:
        fix = f'add --normalize={shlex.quote(best)}.'
    raise InputError(f'{problem}.', fix)
