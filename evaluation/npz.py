"""Files of arrays: written whole or not at all, and read with what is wrong in one line."""

import zipfile
from pathlib import Path

import numpy as np

from errors import InputError


def read_npz(path):
    """{name: array} of a .npz; raises InputError where it is damaged."""
    try:
        with np.load(path) as content:
            return dict(content)
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile) as error:
        raise InputError(f'{path}: is no whole .npz ({error}).', 'remove or remake it.') from None


def write_npz(path, arrays):
    """Write {name: array} in one step."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + '.partial')
    with partial.open('wb') as file:
        np.savez(file, **arrays)
    partial.replace(path)
