"""A look at an original before anything is made of it: does it know these images?

A file of other code does not say how the images of its training were prepared. Under another
preprocessing it is another model, and all that is made of it is worth nothing.
"""

import dataclasses
import shlex

import torch

from lib.errors import InputError
from lib.flags import NORMALIZATIONS, name_normalization, read_normalization
from lib.loaders import make_generator
from lib.transforms import describe_recipe

IMAGES = 400  # of each half that are looked at, at most
TRIED = (*NORMALIZATIONS, '0.5;0.5')
MARGIN = 0.1  # by which another normalisation must be better: near ones differ by chance
ERRORS = 2  # standard errors, by which it, or an accuracy, must differ
LEAST_IMAGES = 5  # of a class, to say what it is taken for


def check_original(content, net, data):
    """Print what a foreign original scores on a sample; ours say how their images were prepared.

    content: its checkpoint; net: on the device of the data, in eval mode afterwards. Each of
    several processes does all of it, and finds the same.
    Raises InputError where another normalisation is better by 10 points and by two standard errors
    of the paired difference, none is two standard errors above guessing the commonest class, or
    classes are taken for one another.
    """
    if 'format' in content:
        return
    net.eval()
    loader = open_sample(data, 'test')
    hits = find_hits(net, loader)
    if hits.mean() <= 1 - MARGIN:  # else no other can be better by as much
        used = name_normalization(data.recipe.mean, data.recipe.std)
        others = {n: find_hits(net, renormalise(loader, n)) for n in TRIED if n != used}
        refuse_guessing(content['source'], [hits, *others.values()], loader)
        refuse_better(content['source'], used, hits, others)
    answers, labels = find_answers(net, open_sample(data, 'train'))
    refuse_other_order(content['source'], answers, labels, data.classes)
    seen = (answers == labels).double()
    accuracies = {'train_acc': 100 * float(seen.mean()), 'test_acc': 100 * float(hits.mean())}
    print_original(accuracies, data.recipe, f'the original on {len(seen)} and {len(hits)} images')


def print_original(accuracies, recipe, name='the original'):
    """Print the accuracies of an original, and how its images were prepared; accuracies:
    {train_acc, test_acc} in percent."""
    scores = ', '.join(f'{half} {accuracies[f"{half}_acc"]:.1f} %' for half in ('train', 'test'))
    print(f'{name}: {scores}; {describe_recipe(recipe)}', flush=True)


def open_sample(data, part):
    """A loader of at most IMAGES random images of train or test, always the same, in order."""
    targets = data.targets[part == 'test']
    order = torch.randperm(len(targets), generator=make_generator('look', part))
    chosen = order[:IMAGES].sort().values.to(targets.device)
    return data.loader(part, indices=chosen, keep=True)


def renormalise(loader, name):
    """The same images, decoded once, under another normalisation."""
    mean, std = read_normalization(name)
    return dataclasses.replace(loader, recipe=loader.recipe._replace(mean=mean, std=std))


def find_hits(net, loader):
    """Which images the network gets right: (N,), 1 or 0."""
    answers, labels = find_answers(net, loader)
    return (answers == labels).double()


@torch.inference_mode()
def find_answers(net, loader):
    """(the network's answers, the labels), each (N,); -1 where its outputs are not finite."""
    answers, labels = [], []
    for x, y, _ in loader:
        logits = net(x)
        answers.append(logits.argmax(1).where(logits.isfinite().all(1), -1))
        labels.append(y)
    return torch.cat(answers).cpu(), torch.cat(labels).cpu()


def refuse_better(source, used, hits, others):
    """Raise InputError where another normalisation is clearly better; others: {name: hits}."""
    gains = {name: found - hits for name, found in others.items()}
    errors = {name: float(gain.std()) / len(gain) ** 0.5 for name, gain in gains.items()}
    clear = [n for n, g in gains.items() if g.mean() >= MARGIN and g.mean() > ERRORS * errors[n]]
    if not clear:
        return
    best = max(clear, key=lambda name: others[name].mean())
    scores = [f'{100 * float(found.mean()):.1f} %' for found in (hits, others[best])]
    problem = f'{source}: on {len(hits)} test images it scores {scores[0]} normalised as {used}'
    fix = f'add --normalize={shlex.quote(best)}.'
    raise InputError(f'{problem}, and {scores[1]} normalised as {best}.', fix)


def refuse_guessing(source, tried, loader):
    """Raise InputError where no normalisation that was tried does better than guessing."""
    best, total = max(float(hits.mean()) for hits in tried), len(loader.indices)
    guessed = float(loader.targets[loader.indices].bincount().max()) / total
    if best > guessed + ERRORS * (guessed * (1 - guessed) / total) ** 0.5:
        return
    problem = (
        f'{source}: on {total} test images it scores {100 * best:.1f} % at best, under any '
        f'normalisation; always the commonest class scores {100 * guessed:.1f} %.'
    )
    fix = 'see that data set, order of the classes and --image_size are those of its training.'
    raise InputError(problem, fix)


def refuse_other_order(source, answers, labels, classes):
    """Raise InputError where most images of one class are taken for another, and so on round to the
    first: the network has its classes in another order. answers, labels: (N,); classes: names."""
    taken = {}
    for label in labels.unique().tolist():
        own = answers[labels == label]
        answer = int(own.mode().values)
        if len(own) >= LEAST_IMAGES and answer != label and (own == answer).double().mean() > 0.5:
            taken[label] = answer
    for first in taken:
        ring = [first]
        while (after := taken.get(ring[-1])) is not None and after not in ring:
            ring.append(after)
        if after == first:
            pairs = [f'{classes[label]} for {classes[taken[label]]}' for label in ring[:2]]
            problem = f'{source}: takes most training images of {", and of ".join(pairs)}.'
            raise InputError(problem, 'put the classes into the order of its training.')
