"""Files of arrays: written whole or not at all, and read with what is wrong in one line."""

import json

import numpy as np

from errors import InputError
from whole import whole_file


class Arrays(dict):
    """{name: value} of a file; asking for what it lacks raises InputError, naming the file."""

    def __init__(self, file, values):
        super().__init__(values)
        self.file = file

    def __missing__(self, name):
        raise InputError(f'{self.file}: lacks {name}.', 'remove or remake it.')

    def __or__(self, others):
        return Arrays(self.file, {**self, **others})


def read_npz(path):
    """{name: array} of a .npz; raises InputError where it is damaged."""
    try:
        with np.load(path) as content:
            return Arrays(path, content)
    except Exception as error:  # whatever damage does to a zip file
        raise InputError(f'{path}: is no whole .npz ({error}).', 'remove or remake it.') from None


def meta_of(record):
    """What a script noted of a run, beside its arrays; {} in a foreign file."""
    try:
        return Arrays(record.file, json.loads(str(record['meta'])) if 'meta' in record else {})
    except ValueError:
        raise InputError(f'{record.file}: its meta is no JSON.', 'remove or remake it.') from None


def read_log(path):
    """The epochs of a log.jsonl as dicts; a last line that a kill has cut is left out."""
    try:
        lines = path.read_text().splitlines()
        return [json.loads(line) for line in lines if line.endswith('}')]
    except ValueError as error:
        raise InputError(f'{path}: is no log of epochs ({error}).', 'remove it.') from None


def write_npz(path, arrays):
    """Write {name: array} in one step."""
    with whole_file(path) as file:
        np.savez(file, **arrays)
