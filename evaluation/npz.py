"""Files of arrays: written whole or not at all, and read with what is wrong in one line."""

import zipfile

import numpy as np

from errors import InputError
from whole import whole_file


def read_npz(path):
    """{name: array} of a .npz; raises InputError where it is damaged."""
    try:
        with np.load(path) as content:
            return dict(content)
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile) as error:
        raise InputError(f'{path}: is no whole .npz ({error}).', 'remove or remake it.') from None


def write_npz(path, arrays):
    """Write {name: array} in one step."""
    with whole_file(path) as file:
        np.savez(file, **arrays)
