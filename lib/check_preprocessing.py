"""A check of an original before anything is made of it: does it know these images?

A file of other code does not say how the images of its training were prepared. Under another
preprocessing it is another model, and all that is made of it is worth nothing.
"""

import dataclasses
import shlex

import torch
from PIL import Image

from lib.datasets import DATASETS
from lib.errors import InputError
from lib.flags import NORMALIZATIONS
from lib.loaders import Streamed, make_generator
from lib.transforms import describe_recipe

MAX_IMAGES = 400  # of each half
TRIED = (*NORMALIZATIONS, '0.5;0.5')
SIZES, MAX_SIZE = (32, 64, 224), 256  # pixels; larger images than MAX_SIZE take minutes
MARGIN = 0.1  # by which another preparation must be better: near ones differ by chance
ERRORS = 2  # standard errors, by which it, or an accuracy, must differ
MIN_IMAGES = 5  # of a class, to say what it is taken for


def check_original(content, net, data):
    """Print what a foreign original scores on a sample. Raises InputError where nothing says
    its normalisation, where another preparation is better, where the one in use does no better than
    guessing, or where classes are taken for one another. content: its checkpoint; net: on the
    device of the data."""
    if 'format' in content:  # ours says how its images were prepared
        return
    net.eval()
    correct, labels = try_preparations(net, data)
    refuse_preparation(content['source'], correct, labels, data.is_normalization_known)
    predictions, labels = predict(net, open_sample(data, 'train'))
    refuse_other_order(content['source'], predictions, labels, data.classes)
    in_test = next(iter(correct.values()))
    halves = {'train_acc': predictions == labels, 'test_acc': in_test}
    accuracies = {half: 100 * float(values.double().mean()) for half, values in halves.items()}
    name = f'the original on {len(labels)} and {len(in_test)} images'
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


# ---------------------------------------------------------------- how images were prepared


def try_preparations(net, data):
    """({(size, normalisation): (N,) bool}, whether test images are right; labels (N,)). The
    preparation in use comes first. Others are tried where one could be better by MARGIN."""
    loader, used, correct = open_sample(data, 'test'), data.recipe.normalize, {}
    labels = loader.targets[loader.indices].cpu()
    try_normalizations(net, loader, [used], correct)
    is_known = data.is_normalization_known
    if is_known and compute_mean(correct[data.recipe.size, used]) > 1 - MARGIN:
        return correct, labels
    try_normalizations(net, loader, TRIED, correct)
    name = used if is_known else find_best(correct)[1]
    sizes = [size for size in list_sizes(data, loader) if takes_size(net, size, labels.device)]
    loaders = {size: resize(loader, data, size) for size in sizes}
    for other in loaders.values():
        try_normalizations(net, other, [name], correct)
    best_size, _ = find_best(correct)
    if best_size in loaders:
        try_normalizations(net, loaders[best_size], TRIED, correct)
    return correct, labels


def try_normalizations(net, loader, names, correct):
    """Add to correct what a network has right under each normalisation."""
    for name in names:
        if (loader.recipe.size, name) not in correct:
            loader.recipe = loader.recipe._replace(normalize=name)
            correct[loader.recipe.size, name] = torch.eq(*predict(net, loader))


def list_sizes(data, loader):
    """The sizes, but for that in use, that photographs may have had: usual ones, and their own
    where all of the sample are alike."""
    if not DATASETS[data.record['data']['dataset']].photos:
        return []
    paths = list_paths(data)
    sides = {read_side(paths[index]) for index in loader.indices.tolist()}
    sides = sides if len(sides) == 1 and max(sides) <= MAX_SIZE else set()
    return sorted({*SIZES, *sides} - {data.recipe.size})


def list_paths(data):
    """The files of the test images."""
    return [data.sources[1].images[row] for row in data.rows[1].tolist()]


def read_side(path):
    """Pixels of the shorter side of an image file."""
    with Image.open(path) as image:
        return min(image.size)


def takes_size(net, size, device):
    """Whether a network runs on images of this size."""
    try:
        with torch.inference_mode():
            net(torch.zeros(1, 3, size, size, device=device))
    except (RuntimeError, ValueError, AssertionError):
        return False
    return True


def resize(loader, data, size):
    """A loader of the same photographs at another size."""
    recipe = loader.recipe._replace(size=size, decoded=size)
    images = Streamed(list_paths(data), recipe, loader.targets.device, workers=0)
    return dataclasses.replace(loader, images=images, recipe=recipe, kept_batches=None)


def compute_mean(correct):
    """The share of True."""
    return float(correct.double().mean())


def is_better(other, used):
    """Whether one preparation is clearly better than the used; each (N,) bool."""
    gain = other.double() - used.double()
    return bool(gain.mean() >= MARGIN and gain.mean() > ERRORS * gain.std() / len(gain) ** 0.5)


def find_best(correct):
    """The best (size, normalisation); one of another size than the first only where it is clearly
    better."""
    (size, _), *_ = correct
    means = {key: compute_mean(values) for key, values in correct.items()}
    best = max(means, key=means.get)
    best_in_use = max((key for key in means if key[0] == size), key=means.get)
    return best if is_better(correct[best], correct[best_in_use]) else best_in_use


def refuse_preparation(source, correct, labels, is_known):
    """Raise InputError where the preparation in use, the first of correct, is no better than always
    the commonest class, where another one is clearly better, or where nothing says it (is_known).
    correct, labels: as of `try_preparations`."""
    means = {key: compute_mean(values) for key, values in correct.items()}
    (used, *_), best, total = correct, find_best(correct), len(labels)
    guess = float(labels.bincount().max()) / total
    limit = guess + ERRORS * (guess * (1 - guess) / total) ** 0.5
    is_guessing = means[used] <= min(limit, 1 - MARGIN)
    is_worse = is_better(correct[best], correct[used])
    if is_known and not is_guessing and not is_worse:
        return
    size, name = used
    problem = 'nothing says how its images were normalised'
    if is_known:
        problem = f'--normalize={name} at {size} pixels does not fit'
    order = sorted(means, key=means.get, reverse=True)
    listed = ', '.join(f'{100 * means[key]:.1f} % ({key[1]}, {key[0]} pixels)' for key in order)
    problem = f'{source}: {problem}; of {total} test images it has right {listed}'
    if is_guessing:
        problem += f'; always the commonest class is right on {100 * guess:.1f} %'
    fix = 'see that data set, order of the classes and --image_size are those of its training.'
    if is_worse or not is_guessing:
        flags = {'image_size': best[0]} if best[0] != size else {}
        flags |= {'normalize': shlex.quote(best[1])} if best[1] != name or not is_known else {}
        fix = f'add {" ".join(f"--{flag}={value}" for flag, value in flags.items())}.'
    raise InputError(f'{problem}.', fix)


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
