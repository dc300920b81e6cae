"""Files: written whole or not at all; a file that cannot be read is reported in one line."""

import hashlib
import json
import os
import re
from io import BytesIO
from pathlib import Path

import numpy as np

from lib.errors import InputError

NPZ_NAMES = {'retain': 'rr', 'forget': 'rf', 'test': 'tr', 'test_forget': 'tf'}  # of the release


def atomic_write(path, content):
    """Write bytes in one step: a reader finds the new file or the old one, never a part."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + '.partial')
    try:
        with partial.open('wb') as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise OSError(error.errno, os.strerror(error.errno), str(path)) from None
    finally:
        partial.unlink(missing_ok=True)


def hash_file(path):
    """The SHA-256 of a file's bytes as hex digits."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def refuse_existing(path, overwrite):
    """Raise InputError where a file exists and --overwrite is not typed."""
    if Path(path).exists() and not overwrite:
        raise InputError(f'{path} is there already.', 'add --overwrite.')


def write_json(path, content):
    """Write plain types in one step; NaN, which JSON lacks, becomes null."""
    atomic_write(path, (json.dumps(replace_nan(content), indent=1) + '\n').encode())


def replace_nan(value):
    """The same plain types with None in place of NaN."""
    if isinstance(value, dict):
        return {key: replace_nan(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [replace_nan(item) for item in value]
    return None if value != value else value


def read_json(path):
    """The content of a JSON file; raises InputError where it cannot be read."""
    try:
        return json.loads(Path(path).read_text())
    except (OSError, ValueError) as error:
        raise InputError(f'{path}: cannot be read ({error}).', 'remove or remake it.') from None


class Arrays(dict):
    """{name: value} of a file. Asking for a name that it lacks raises InputError with the file."""

    def __init__(self, file, values):
        super().__init__(values)
        self.file = file

    def __missing__(self, name):
        raise InputError(f'{self.file}: lacks {name}.', 'remove or remake it.')


def read_npz(path):
    """{name: array} of a .npz; raises InputError where it is damaged."""
    try:
        with np.load(path) as content:
            return Arrays(path, content)
    except Exception as error:  # whatever damage does to a zip file
        raise InputError(f'{path}: is no whole .npz ({error}).', 'remove or remake it.') from None


def write_npz(path, arrays):
    """Write {name: array} in one step."""
    content = BytesIO()
    np.savez(content, **arrays)
    atomic_write(path, content.getbuffer())


def to_npz_names(scores):
    """Scores with their names in a .npz: original_retain_acc becomes original_rr_acc."""
    return rename_parts(scores, NPZ_NAMES)


def from_npz_names(arrays):
    """Scores with their names in memory."""
    return rename_parts(arrays, {short: part for part, short in NPZ_NAMES.items()})


def rename_parts(scores, names):
    """Scores with other names for the parts of the data."""
    pattern = re.compile(f'(^|_)({"|".join(names)})_(acc|nll)$')
    return {
        pattern.sub(lambda m: f'{m[1]}{names[m[2]]}_{m[3]}', key): value
        for key, value in scores.items()
    }


def read_run(arrays, key='run'):
    """The record of a run in a .npz, or another dict that it holds; {} where there is none."""
    return Arrays(arrays.file, json.loads(str(arrays[key])) if key in arrays else {})


def read_log(path):
    """The epochs of a log.jsonl as dicts, without a last line that a kill has cut."""
    lines = Path(path).read_text().splitlines()
    return [json.loads(line) for line in lines if line.endswith('}')]
