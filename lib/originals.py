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


def check_original(content, net, data):
    """Print what a foreign original scores on a sample; ours say how their images were prepared.

    content: its checkpoint; net: on the device of the data, in eval mode afterwards. Each of
    several processes does all of it, and finds the same.
    Raises InputError where another normalisation is better by 10 points and by two standard errors
    of the paired difference, or none is two standard errors above guessing the commonest class.
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
    seen = find_hits(net, open_sample(data, 'train'))
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


@torch.inference_mode()
def find_hits(net, loader):
    """Which images the network gets right: (N,), 1 or 0; wrong is what is not finite."""
    hits = []
    for x, y, _ in loader:
        logits = net(x)
        hits.append((logits.argmax(1) == y) & logits.isfinite().all(1))
    return torch.cat(hits).cpu().double()


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
