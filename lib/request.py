"""What is to be forgotten, as a user writes it: a file of samples, the name of a class."""

import re
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from lib.errors import InputError

INDEX = re.compile(r'-?[0-9]{1,18}')
COMMENT = re.compile(r'(^|\s)#.*')

# ---------------------------------------------------------------- a file of samples


def read_request(file, train):
    """The sorted indices, in the training set `train` (an `ImageSet`), of the samples that a file
    names. Raises InputError, with the line, for what is no sample or is named twice."""
    total, lines = len(train.targets), {}
    lookup = {name: index for index, name in enumerate(train.names or ())}
    for line, word in read_words(file):
        try:
            index = find_sample(word, train, lookup)
            if not 0 <= index < total:
                raise ValueError(f'{index} is outside 0 to {total - 1}')
            if index in lines:
                raise ValueError(f'{word} is sample {index}, which {lines[index]} names already')
        except ValueError as error:
            paths = f', or a path such as {train.names[0]}' if train.names else ''
            fix = f'name samples of the training set, each once: 0 to {total - 1}{paths}.'
            raise InputError(f'--forget_index={file}, {line}: {error}.', fix) from None
        lines[index] = line
    if not lines:
        raise InputError(f'--forget_index={file}: names no sample.', 'name those to forget.')
    return sorted(lines)


def read_words(file):
    """[('line 3', a path or an index)] of a text file; of a .npy, ('entry 3', an index)."""
    try:
        if str(file).endswith('.npy'):
            array = np.load(file).reshape(-1)
            if array.dtype.kind not in 'iu':
                raise ValueError('not whole numbers')
            return [(f'entry {n}', str(i)) for n, i in enumerate(array.tolist(), start=1)]
        lines = Path(file).read_text(encoding='utf-8-sig').split('\n')
    except (OSError, ValueError) as error:
        fix = 'give a text file with a sample a line, or a .npy of whole numbers.'
        raise InputError(f'--forget_index={file}: cannot be read ({error}).', fix) from None
    lines = [COMMENT.sub('', line).strip() for line in lines]
    numbered = [(f'line {n}', line) for n, line in enumerate(lines, start=1) if line]
    return [(line, word) for line, text in numbered for word in split_line(text)]


def split_line(line):
    """The indices in a line; the line itself where it is no list of indices."""
    words = line.replace(',', ' ').split()
    return words if words and all(map(INDEX.fullmatch, words)) else [line]


def find_sample(word, train, lookup):
    """The index that a word means; ValueError where there is none. lookup: {name: index}. A path
    begins below the training folder, with that folder's name, or is one from here or absolute."""
    if INDEX.fullmatch(word):
        return int(word)
    if train.names is None:
        raise ValueError(f'{word} is no index, and this data set has no image files')
    path, root = Path(word), train.root
    pairs = [(path, Path(root.name)), (path.absolute(), root.absolute())]
    pairs.append((path.resolve(), root.resolve()))
    below = [place.relative_to(base) for place, base in pairs if place.is_relative_to(base)]
    for name in (path, *below):
        if name.as_posix() in lookup:
            return lookup[name.as_posix()]
    raise ValueError(f'{word} is neither an index nor an image in {root}')


# ---------------------------------------------------------------- a class


def find_class(word, classes):
    """The label that --forget_class means: a number is a label, anything else, and NAME/, a name.
    classes: the names, in the order of the labels."""
    name = word.rstrip('/')
    if word.isdecimal():
        if name in classes and classes.index(name) != int(word):
            problem = f'--forget_class={word} could be a label, or the class of that name, which is'
            fix = f'write {word}/ for that class, or the name of the class of that label.'
            raise InputError(f'{problem} label {classes.index(name)}.', fix)
        return int(word)
    if name in classes:
        return classes.index(name)
    lowered = {known.lower(): known for known in classes}
    near = [lowered[match] for match in get_close_matches(name.lower(), lowered)]
    names = ', '.join(near or classes[:5])
    fix = f'give a label (0 to {len(classes) - 1}), or a name such as {names}.'
    raise InputError(f'--forget_class={word}: no class is called so.', fix)
