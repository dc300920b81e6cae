"""What is to be forgotten, as a user writes it: a file of samples, the names of classes."""

import re
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path
from urllib.parse import unquote

import numpy as np

from lib.errors import InputError

INDEX = re.compile(r'-?[0-9]{1,18}')
COMMENT = re.compile(r'(^|\s)#.*')
HEADER = re.compile(r'(file|image|img)?[_ ]?(name|path|file|image|index|idx|id)s?')
NUMBER = re.compile(r'[1-9][0-9]*')
QUOTES = ' \'"`‘’“”<>'  # and spaces
MAX_NAMED = 3  # wrong lines that an error names
MIN_ALIKE = 0.8  # of a folder's or a file's name, to be meant by another

# ---------------------------------------------------------------- a file of samples


def read_request(file, train, test):
    """The sorted indices, in the training set, of the samples that a file names; train, test:
    `ImageSet`s. Raises InputError for lines that name no training sample, or one twice."""
    total, lines, wrong = len(train.targets), {}, []
    lookup = {name: index for index, name in enumerate(train.names or ())}
    for line, word in read_words(file):
        index = int(word) if INDEX.fullmatch(word) else find_path(word, train.root, lookup)
        if index is None:
            why = explain(word, train, test, lookup) if len(wrong) < MAX_NAMED else ''
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
    """[('line 3', a path or an index)] of a text file; of a .npy, ('entry 3', an index)."""
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
    """The indices in a line; the line itself where it is no list of indices."""
    indices = line.replace(',', ' ').split()
    return indices if indices and all(map(INDEX.fullmatch, indices)) else [line]


def find_path(word, root, lookup):
    """The index of an image by its path; None where there is none. lookup: {name: index}. A path
    begins below the folder `root`, with that folder's name, or is one from here or absolute."""
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


def explain(word, train, test, lookup):
    """Why a word names no training sample, and which one may be meant."""
    cells = [cell.strip(QUOTES) for cell in (word, *re.split('[,;\t]', word))]
    if any(HEADER.fullmatch(cell.lower()) for cell in cells):
        return 'looks like the header of a table: remove this line'
    if train.names is None:
        return 'is no index, and this data set has no image files'
    paths = [unquote(cell.removeprefix('file://')).replace('\\', '/') for cell in cells]
    unseen = {name: index for index, name in enumerate(test.names)}
    if any(find_path(path, test.root, unseen) is not None for path in paths):
        return 'is an image of the test set, which the model was never trained on'
    indices = (find_path(path, train.root, lookup) for path in paths)
    meant = next((train.names[index] for index in indices if index is not None), None)
    meant = meant or find_alike(paths[0], train.names)
    hint = f' (did you mean {meant}?)' if meant else ''
    return f'is neither an index nor an image in {train.root}{hint}'


def find_alike(path, names):
    """The one name that a path means but for its spelling: of the same file in a folder that is
    spelled alike, or of a file of the same numbers in the same folder; None where none is."""
    folder, file = split_name(path)
    alike = {}
    for name in names:
        parent, last = split_name(name)
        if last == file:
            alike[name] = SequenceMatcher(None, folder, parent).ratio() if folder else 1.0
        elif parent == folder and NUMBER.findall(last) == NUMBER.findall(file):
            alike[name] = SequenceMatcher(None, file, last).ratio()
    best = max(alike.values(), default=0.0)
    nearest = [name for name, ratio in alike.items() if ratio == best >= MIN_ALIKE]
    return nearest[0] if len(nearest) == 1 else None


def split_name(path):
    """The last folder and the file of a path, in small letters."""
    folder, _, file = path.lower().rpartition('/')
    return folder.rpartition('/')[2], file


# ---------------------------------------------------------------- classes


def find_classes(text, classes):
    """The label that --forget_class means, or the list of labels where it is names or labels that
    commas separate. classes: the names, in the order of the labels."""
    if ',' not in text or text.rstrip('/') in classes:
        return find_class(text, classes)
    labels = sorted({find_class(word.strip(), classes) for word in text.split(',')})
    return labels if len(labels) > 1 else labels[0]


def find_class(word, classes):
    """The label that a word means: a number is a label, anything else, and NAME/, a name."""
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
