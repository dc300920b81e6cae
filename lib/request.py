"""What is to be forgotten, in people's words: a file of samples, the name of a class.

Raises InputError for what names no sample or no class, and for what could mean two.
"""

import re
from difflib import get_close_matches
from itertools import product
from pathlib import Path

import numpy as np

from lib.errors import InputError

INDEX = re.compile(r'-?[0-9]{1,18}')
COMMENT = re.compile(r'(^|\s)#.*')

# ---------------------------------------------------------------- a file of samples


def read_request(file, train, rows, fraction):
    """The sorted indices, into the whole training set, of the samples that a file names.

    train: the `ImageSet`; rows: those of its indices that --train_fraction keeps. An error names
    the line.
    """
    total, kept, named = len(train.targets), set(rows.tolist()), {}
    lookup = {name: index for index, name in enumerate(train.names or ())}
    for place, word in read_words(file):
        try:
            index = find_sample(word, train, lookup)
            check_index(index, total, kept, fraction)
            if index in named:
                raise ValueError(f'{word} is sample {index}, which {named[index]} names already')
        except ValueError as error:
            paths = f', or a path such as {train.names[0]}' if train.names else ''
            fix = f'name samples of the training set, each once: 0 to {total - 1}{paths}.'
            raise InputError(f'--forget_index={file}, {place}: {error}.', fix) from None
        named[index] = place
    if not named:
        raise InputError(f'--forget_index={file}: names no sample.', 'name those to forget.')
    return sorted(named)


def read_words(file):
    """[('line 3', a path or an index)] of a text file; of a .npy, ('entry 3', an index)."""
    try:
        if str(file).endswith('.npy'):
            array = np.load(file).reshape(-1)
            if array.dtype.kind not in 'iu':
                raise ValueError('not whole numbers')
            return [(f'entry {n}', str(i)) for n, i in enumerate(array.tolist(), start=1)]
        lines = Path(file).read_text(encoding='utf-8-sig').split('\n')
    except (OSError, ValueError, EOFError, AttributeError) as error:  # AttributeError: a .npz
        fix = 'give a text file with a sample a line, or a .npy of whole numbers.'
        raise InputError(f'--forget_index={file}: cannot be read ({error}).', fix) from None
    lines = [COMMENT.sub('', line).strip() for line in lines]
    numbered = [(f'line {n}', line) for n, line in enumerate(lines, start=1) if line]
    return [(place, word) for place, line in numbered for word in split_line(line)]


def split_line(line):
    """The indices in a line; the line itself where it is no list of indices."""
    words = line.replace(',', ' ').split()
    return words if words and all(map(INDEX.fullmatch, words)) else [line]


def find_sample(word, train, lookup):
    """The index that a word means; ValueError where there is none. lookup: {name: index}."""
    if INDEX.fullmatch(word):
        return int(word)
    if train.names is None:
        raise ValueError(f'{word} is no index, and this data set has no image files')
    found = sorted(find_images(word, Path(train.root), lookup))
    if not found:
        raise ValueError(f'{word} is neither an index nor an image in {train.root}')
    if len(found) > 1:
        candidates = ' or '.join(f'{train.names[index]} (index {index})' for index in found)
        raise ValueError(f'{word} could be {candidates}')
    return found[0]


def find_images(word, root, lookup):
    """Indices of the images that a path may mean: one below the training folder `root`, written
    without that folder, with its name, from the working folder, or absolute."""
    path = Path(word)
    paths = [path, path.absolute(), path.resolve()]
    bases = [Path(root.name), root.absolute(), root.resolve()]
    below = [p.relative_to(base) for p, base in product(paths, bases) if p.is_relative_to(base)]
    names = {p.as_posix() for p in (path, *below)}
    return {lookup[name] for name in names if name in lookup}


def check_index(index, total, kept, fraction):
    """Raise ValueError for an index outside a training set of `total` samples, and for one that is
    not in `kept`, the share of it that is used."""
    if not 0 <= index < total:
        raise ValueError(f'{index} is outside 0 to {total - 1}')
    if index not in kept:
        raise ValueError(f'{index} is left out by --train_fraction={fraction}')


# ---------------------------------------------------------------- a class


def find_class(word, classes):
    """The label that --forget_class means. classes: the names, in the order of the labels.

    A number is a label, anything else a name; a name with a slash after it is always a name.
    """
    if word.endswith('/') or not re.fullmatch(r'[0-9]{1,18}', word):
        return find_name(word, classes)
    label = int(word)
    same = (i for i, name in enumerate(classes) if name.isdecimal() and int(name) == label)
    other = next((i for i in same if i != label), None)
    if other is None:
        return label
    problem, fix = 'is no label, but', f'write {classes[other]}/'
    if label < len(classes):
        problem = f'could be label {label}, which is class {classes[label]}, or'
        fix += f' or {classes[label]}/'
    problem += f' class {classes[other]}, which is label {other}.'
    raise InputError(f'--forget_class={word}: {problem}', f'{fix}: a slash means the folder.')


def find_name(word, classes):
    """The label of the class of a name."""
    name = word.rstrip('/')
    if name in classes:
        return classes.index(name)
    lowered = {own.lower(): own for own in classes}
    near = [lowered[match] for match in get_close_matches(name.lower(), lowered)]
    some = ', '.join(near or classes[:5]) + ', …' * (not near and len(classes) > 5)
    problem = f'--forget_class={word}: no class is called so.'
    raise InputError(problem, f'give a label (0 to {len(classes) - 1}), or a name such as {some}.')
