"""A check of an original before anything is made of it: does it know these images?

A file of other code does not say how the images of its training were prepared. Under another
preprocessing it is another model, and all that is made of it is worth nothing.
"""

import dataclasses
import shlex

import torch

from lib.errors import InputError
from lib.flags import NORMALIZATIONS
from lib.loaders import make_generator
from lib.transforms import describe_recipe

MAX_IMAGES = 400  # of each half
TRIED = (*NORMALIZATIONS, '0.5;0.5')
MARGIN = 0.1  # by which another normalisation must be better: near ones differ by chance
ERRORS = 2  # standard errors, by which it, or an accuracy, must differ
MIN_IMAGES = 5  # of a class, to say what it is taken for


def check_original(content, net, data):
    """Print what a foreign original scores on a sample. Raises InputError where another
    normalisation is better, where none does better than guessing, or where classes are taken for
    one another. content: its checkpoint; net: on the device of the data."""
    if 'format' in content:  # ours says how its images were prepared
        return
    net.eval()
    loader, used = open_sample(data, 'test'), data.recipe.normalize
    correct = {used: torch.eq(*predict(net, loader))}
    if correct[used].double().mean() <= 1 - MARGIN:  # else no other can be better by as much
        for name in TRIED:
            other = dataclasses.replace(loader, recipe=data.recipe._replace(normalize=name))
            correct.setdefault(name, torch.eq(*predict(net, other)))
        refuse_normalization(content['source'], used, correct, loader.targets[loader.indices])
    predictions, labels = predict(net, open_sample(data, 'train'))
    refuse_other_order(content['source'], predictions, labels, data.classes)
    halves = {'train_acc': predictions == labels, 'test_acc': correct[used]}
    accuracies = {half: 100 * float(values.double().mean()) for half, values in halves.items()}
    name = f'the original on {len(labels)} and {len(correct[used])} images'
    print_original(accuracies, data.recipe, name)


def print_original(accuracies, recipe, name='the original'):
    """Print an original's {train_acc, test_acc}, in percent, and how its images were prepared."""
    scores = ', '.join(f'{half} {accuracies[f"{half}_acc"]:.1f} %' for half in ('train', 'test'))
    print(f'{name}: {scores}; {describe_recipe(recipe)}', flush=True)


def open_sample(data, part):
    """A loader of at most MAX_IMAGES random images of train or test, always the same."""
    targets = data.targets[part == 'test']
    order = torch.randperm(len(targets), generator=make_generator('look', part))
    chosen = order[:MAX_IMAGES].sort().values.to(targets.device)
    return data.loader(part, indices=chosen, keep=True)


@torch.inference_mode()
def predict(net, loader):
    """(predictions, labels), each (N,)."""
    pairs = [(net(x).argmax(1).cpu(), y.cpu()) for x, y, _ in loader]
    return tuple(map(torch.cat, zip(*pairs)))


def refuse_normalization(source, used, correct, labels):
    """Raise InputError where no normalisation is better than always the commonest class, or one is
    clearly better than the used; correct: {name: (N,) bool}; labels: (N,)."""
    correct, total = {name: values.double() for name, values in correct.items()}, len(labels)
    scores = {name: float(values.mean()) for name, values in correct.items()}
    best, guess = max(scores, key=scores.get), float(labels.bincount().max()) / total
    problem = f'{source}: on {total} test images it scores {100 * scores[used]:.1f} % normalised'
    problem += f' as {used}, and {100 * scores[best]:.1f} % normalised as {best}'
    if scores[best] <= guess + ERRORS * (guess * (1 - guess) / total) ** 0.5:
        problem += f'; always the commonest class scores {100 * guess:.1f} %.'
        fix = 'see that data set, order of the classes and --image_size are those of its training.'
        raise InputError(problem, fix)
    gain = correct[best] - correct[used]
    if gain.mean() >= MARGIN and gain.mean() > ERRORS * float(gain.std()) / total**0.5:
        raise InputError(f'{problem}.', f'add --normalize={shlex.quote(best)}.')


def refuse_other_order(source, predictions, labels, classes):
    """Raise InputError where most images of one class are taken for another, and so on round to the
    first. classes: their names."""
    taken = {}
    for label in labels.unique().tolist():
        of_class = predictions[labels == label]
        answer = int(of_class.mode().values)
        is_most = (of_class == answer).double().mean() > 0.5
        if answer != label and is_most and len(of_class) >= MIN_IMAGES:
            taken[label] = answer
    for first, second in taken.items():
        label = second
        for _ in taken:
            if label == first:
                one, two, three = (classes[i] for i in (first, second, taken[second]))
                problem = f'{source}: takes most training images of {one} for {two}, and of {two}'
                fix = 'put the classes into the order of its training.'
                raise InputError(f'{problem} for {three}.', fix)
            label = taken.get(label)
