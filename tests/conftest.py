"""What the tests share: scripts run in this process, data sets made of noise, one trained net."""

import contextlib
import importlib
import io
import os
from pathlib import Path

import numpy as np
import pytest
import torch
import torchvision
from layouts import image_folders

from lib import checkpoint
from lib.errors import EXIT_CODES
from models import load_network, vgg

ROOT = Path(__file__).parent.parent
SIDE = 8  # pixels, as the digits have: a sixteenth of the work of 32
LEARNT = 16  # where more than noise is to be learnt: a crop moves by up to four pixels
NETWORK = ['--transform=ResNet', f'--image_size={SIDE}', '--model=PreResNet8']
SMALL = [*NETWORK, '--batch_size=64']


def run(script, *flags):
    """main(argv) of a script; returns the folder or file that it wrote last, if it printed one."""
    return importlib.import_module(script).main([str(flag) for flag in flags])


def ask(*flags):
    """A request by forget.py; returns its exit code, one of those that leave a model."""
    try:
        run('forget', *flags)
    except SystemExit as end:
        assert end.code in EXIT_CODES.values()
        return end.code
    return 0


def only(pattern, folder):
    """The one path under a folder that matches."""
    (path,) = Path(folder).glob(pattern)
    return path


def state(folder):
    """The last checkpoint under a folder that holds one run, or of a file."""
    return checkpoint.load(folder, 'test')


def open_net(content, name='PreResNet8', classes=10, size=32):
    """The network that a checkpoint holds."""
    return load_network(content, name, classes, size)


def scores(folder):
    """The newest scores in a run's folder."""
    with np.load(sorted(Path(folder).rglob('*.npz'))[-1]) as content:
        return dict(content)


def tree(folder):
    """Every file under a folder with its bytes, to see that nothing changed."""
    return {p: p.read_bytes() for p in Path(folder).rglob('*') if p.is_file()}


def exits(code, script, *flags):
    """The script ends with an exit code; returns its lines on stderr."""
    err = io.StringIO()
    with pytest.raises(SystemExit) as end, contextlib.redirect_stderr(err):
        run(script, *flags)
    lines = err.getvalue().splitlines()
    assert end.value.code == code, lines
    return lines


def fails(message, script, *flags):
    """The script ends with exit code 2 and one line on stderr, which is returned, that holds the
    message and a fix."""
    (line,) = exits(2, script, *flags)
    assert line.startswith('error: ') and 'Fix:' in line and message in line, line
    return line


@pytest.fixture(scope='session')
def cifar(tmp_path_factory):
    """A data path with a small CIFAR10 of image folders."""
    path = tmp_path_factory.mktemp('data')
    image_folders(path / 'cifar10')
    return path


@pytest.fixture(scope='session')
def original(tmp_path_factory):
    """A run of an original that has learnt the digits."""
    folder = tmp_path_factory.mktemp('original')
    flags = ['--dataset=Digits', '--epochs=8', '--lr=0.1', '--eval_freq=8', '--save_freq=8']
    run('train', f'--dir={folder}', *flags, *SMALL, f'--image_size={LEARNT}')
    return folder


@pytest.fixture(scope='session')
def tiny_original(tmp_path_factory):
    """A run of an original on a tenth of the digits, of which scripts can be run in no time."""
    folder = tmp_path_factory.mktemp('tiny')
    flags = ['--dataset=Digits', '--train_fraction=0.1', '--test_fraction=0.3', '--epochs=2']
    run('train', f'--dir={folder}', *flags, '--lr=0.1', *SMALL)
    return folder


@pytest.fixture(scope='session')
def tiny_curve(tiny_original, tmp_path_factory):
    """A curve on a tenth of the digits."""
    folder = tmp_path_factory.mktemp('curve')
    flags = ['--epochs=2', '--batch_size=64']
    method = ['--unlearn_method=ga_plus', f'--original_pth={tiny_original}']
    run('train', f'--dir={folder / "end"}', *method, *flags)
    ends = [f'--init_start={tiny_original}', f'--init_end={folder / "end"}']
    search = ['--unlearn_method=dynamic', *ends, '--fix_start', '--fix_end', *flags]
    run('train', f'--dir={folder / "curve"}', *search)
    return folder / 'curve'


@pytest.fixture
def smaller(monkeypatch):
    """VGG16 at an eighth of its width, torchvision's vision transformers with one block."""
    stages = tuple(tuple(width // 8 for width in stage) for stage in vgg.STAGES[16])
    monkeypatch.setitem(vgg.STAGES, 16, stages)
    module = torchvision.models.vision_transformer
    build = module._vision_transformer
    monkeypatch.setattr(
        module, '_vision_transformer', lambda **options: build(**options | {'num_layers': 1})
    )


@pytest.fixture(autouse=True)
def two_threads():
    """As many threads as the machines that the tests run on have cores; OMP_NUM_THREADS=1 beside
    other work."""
    torch.set_num_threads(int(os.environ.get('OMP_NUM_THREADS', 2)))
