"""What is to be forgotten, as a user writes it: a file of samples, the names of classes."""

import re
from pathlib import Path

import numpy as np

from lib.errors import InputError

INDEX = re.compile(r'-?[0-9]{1,18}')
COMMENT = re.compile(r'(^|\s)#.*')
HEADER = re.compile(r'(file|image|img)?[_ ]?(name|path|file|image|index|idx|id)s?')
MAX_NAMED = 3  # wrong lines that an error names

# ---------------------------------------------------------------- a file of samples


def read_request(file, train, test):
    """The sorted indices of the samples of the training set that a file names. train, test:
    `ImageSet`s. Raises InputError for lines that name no training sample or repeat one."""
    total, lines, wrong = len(train.targets), {}, []
    lookup = {name: index for index, name in enumerate(train.names or ())}
    for line, word in read_words(file):
        index = int(word) if INDEX.fullmatch(word) else find_path(word, train.root, lookup)
        if index is None:
            why = explain(word, train, test) if len(wrong) < MAX_NAMED else ''
            wrong.append(f'{line}: {word} {why}')
        elif not 0 <= index < total:
            wrong.append(f'{line}: {index} is outside 0 to {total - 1}')
        elif index in lines:
            wrong.append(f'{line}: {word} is sample {index}, which {lines[index]} names already')
        else:
            lines[index] = line
    if wrong:
        more = f'; {len(wrong)} lines in all' if len(wrong) > MAX_NAMED else ''
        paths = f', or a path such as {train.names[0]}' if train.names else ''
        fix = f'name samples of the training set, each once: 0 to {total - 1}{paths}.'
        problem = f'--forget_index={file}, {"; ".join(wrong[:MAX_NAMED])}{more}.'
        raise InputError(problem, fix)
    if not lines:
        raise InputError(f'--forget_index={file}: names no sample.', 'name those to forget.')
    return sorted(lines)


def read_words(file):
    """[('line 3', path or index), …] from a text file; [('entry 3', index), …] from a .npy."""
    try:
        if str(file).endswith('.npy'):
            array = np.load(file).reshape(-1)
            if array.dtype.kind not in 'iu':
                raise ValueError('not whole numbers')
            return [(f'entry {n}', str(i)) for n, i in enumerate(array.tolist(), start=1)]
        lines = Path(file).read_text(encoding='utf-8-sig').split('\n')
    except (OSError, ValueError, EOFError, AttributeError) as error:
        fix = 'give a text file with a sample a line, or a .npy of whole numbers.'
        raise InputError(f'--forget_index={file}: cannot be read ({error}).', fix) from None
    lines = [COMMENT.sub('', line).strip() for line in lines]
    numbered = [(f'line {n}', line) for n, line in enumerate(lines, start=1) if line]
    return [(line, word) for line, text in numbered for word in split_line(text)]


def split_line(line):
    """The indices in a line; or [line] where the line is no list of indices."""
    indices = line.replace(',', ' ').split()
    return indices if indices and all(map(INDEX.fullmatch, indices)) else [line]


def find_path(word, root, lookup):
    """The index of an image by its path; None where there is none. lookup: {name: index}. A path
    starts below the folder `root`, with that folder's name, in the current folder, or at /."""
    if root is None or '\0' in word:
        return None
    path = Path(word)
    pairs = [(path, Path(root.name)), (path.absolute(), root.absolute())]
    pairs.append((path.resolve(), root.resolve()))
    below = [place.relative_to(base) for place, base in pairs if place.is_relative_to(base)]
    for name in (path, *below):
        if name.as_posix() in lookup:
            return lookup[name.as_posix()]
    return None


def explain(word, train, test):
    """Why a word names no training sample."""
    if any(HEADER.fullmatch(cell.strip().lower()) for cell in re.split('[,;\t]', word)):
        return 'looks like the header of a table: remove this line'
    if train.names is None:
        return 'is no index, and this data set has no image files'
    unseen = {name: index for index, name in enumerate(test.names)}
    if find_path(word, test.root, unseen) is not None:
        return 'is an image of the test set, which the model was never trained on'
    return f'is neither an index nor an image in {train.root}'


# ---------------------------------------------------------------- classes


def find_classes(text, classes):
    """The label that --forget_class means, or a list of labels where commas separate several names
    or labels. classes: the names, in the order of the labels."""
    if ',' not in text or text.rstrip('/') in classes:
        return find_class(text, classes)
    labels = sorted({find_class(word.strip(), classes) for word in text.split(',')})
    return labels if len(labels) > 1 else labels[0]


def find_class(word, classes):
    """The label that a word means: a number is a label, any other word and NAME/ a name."""
    name = word.rstrip('/')
    if word.isdecimal():
        if name in classes and classes.index(name) != int(word):
            problem = f'--forget_class={word} could be a label, or the class of that name, which is'
            fix = f'write {word}/ for that class, or the name of the class of that label.'
            raise InputError(f'{problem} label {classes.index(name)}.', fix)
        return int(word)
    if name in classes:
        return classes.index(name)
    fix = f'give a label (0 to {len(classes) - 1}), or a name such as {", ".join(classes[:5])}.'
    raise InputError(f'--forget_class={word}: no class is called so.', fix)
