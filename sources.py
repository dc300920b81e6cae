"""Where the images come from: each data set as a training and a test half, labels before pixels."""

import contextlib
import hashlib
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torchvision
from PIL import Image
from torchvision.transforms.v2 import functional as tvf
from tqdm import tqdm

from errors import InputError


class Half(NamedTuple):
    """The training or the test images of a data set, before a pixel is decoded."""

    classes: list  # their names, in the order of the labels
    targets: torch.Tensor  # (N,) int64
    identity: bytes  # what the fingerprint stands for: names and sizes of the files, or the pixels
    decode: Callable  # (indices, workers) to uint8 images (n, 3, H, W)


def _arrays(classes, targets, pixels):
    """A half whose images are in memory: pixels is a uint8 array (N, H, W, 3)."""
    images = torch.from_numpy(pixels).permute(0, 3, 1, 2)
    identity = hashlib.sha256(np.ascontiguousarray(pixels)).digest()
    targets = torch.as_tensor(targets, dtype=torch.int64)
    return Half(list(classes), targets, identity, lambda indices, workers: images[indices])


def image_folder(root, size):
    """A half laid out as root/<class>/<image>; images of another size are resized to `size`."""
    try:
        folder = torchvision.datasets.ImageFolder(str(root))
    except FileNotFoundError as error:
        raise InputError(f'{root}: {error}.', 'lay the images out as <class>/<image>.') from None
    paths = [Path(path) for path, _ in folder.samples]
    names = ''.join(f'{p.relative_to(root).as_posix()}:{p.stat().st_size}\n' for p in paths)

    def decode_one(index):
        try:
            with Image.open(paths[index]) as image:
                image = image.convert('RGB')
                if image.size != (size, size):
                    image = image.resize((size, size), Image.Resampling.BILINEAR)
                return torch.from_numpy(np.array(image))
        except (OSError, SyntaxError, ValueError) as error:
            fix = 'replace or remove this image.'
            raise InputError(f'{paths[index]}: cannot be decoded ({error}).', fix) from None

    def decode(indices, workers):
        images = torch.empty((len(indices), size, size, 3), dtype=torch.uint8)
        with ThreadPoolExecutor(max(1, workers)) as pool:
            decoded = pool.map(decode_one, indices.tolist())
            bar = tqdm(decoded, f'decoding {root}', len(indices), leave=False, disable=None)
            for i, image in enumerate(bar):
                images[i] = image
        return images.permute(0, 3, 1, 2).contiguous()

    targets = torch.tensor(folder.targets)
    return Half(folder.classes, targets, hashlib.sha256(names.encode()).digest(), decode)


def digits(data_path, size):
    """scikit-learn's 1,797 handwritten digits, enlarged to 32 pixels; a fifth of each class tests.

    It needs no data_path and takes no other size.
    """
    from sklearn.datasets import load_digits  # takes seconds to import: only who asks pays

    grey, targets = load_digits(return_X_y=True)  # (1797, 64), 0 to 16
    grey = torch.from_numpy(grey).view(-1, 1, 8, 8) * (255 / 16)
    images = tvf.resize(grey.round().to(torch.uint8), [32, 32], antialias=True)
    pixels = images.expand(-1, 3, -1, -1).permute(0, 2, 3, 1).numpy()
    targets = torch.from_numpy(targets)
    test = torch.zeros(len(targets), dtype=torch.bool)
    for label in range(10):
        test[(targets == label).nonzero().flatten()[::5]] = True
    names = [str(label) for label in range(10)]
    halves = ((targets[part], pixels[part.numpy()]) for part in (~test, test))
    return tuple(_arrays(names, *half) for half in halves)


def _cifar(folder, dataset):
    """A reader for a CIFAR: image folders under <data_path>/<folder>, or torchvision's files."""

    def read(data_path, size):
        root = Path(data_path) / folder
        if (root / 'train').is_dir():
            return image_folder(root / 'train', size), image_folder(root / 'test', size)
        made = [path for path in (root, Path(data_path)) if not path.exists()]
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                halves = [dataset(root, train=train, download=True) for train in (True, False)]
        except (OSError, RuntimeError) as error:
            for path in made:
                with contextlib.suppress(OSError):
                    path.rmdir()
            problem = (
                f'--data_path={data_path}: {folder}/ there holds neither train/ and test/ with a '
                f"folder a class nor torchvision's files, and the download failed ({error})."
            )
            raise InputError(problem, 'give the folder that holds the data.') from None
        return tuple(_arrays(half.classes, half.targets, half.data) for half in halves)

    return read


class Dataset(NamedTuple):
    """How a data set is read: read(data_path, size) gives its training and its test half."""

    read: Callable
    size: int  # pixels of its images' side
    flip: bool = True  # a mirrored image still shows its class
    on_disk: bool = True


DATASETS = {
    'Digits': Dataset(digits, 32, flip=False, on_disk=False),
    'CIFAR10': Dataset(_cifar('cifar10', torchvision.datasets.CIFAR10), 32),
    'CIFAR100': Dataset(_cifar('cifar100', torchvision.datasets.CIFAR100), 32),
}
