"""Data sets on disk: each has a training and a test set, whose labels are read before pixels."""

import contextlib
import functools
import hashlib
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torchvision
from filelock import FileLock
from PIL import Image
from torchvision.datasets.folder import IMG_EXTENSIONS, find_classes, make_dataset
from torchvision.transforms.v2 import functional as tvf

from lib.errors import InputError


class ImageSet(NamedTuple):
    """The training or the test images of a data set, before a pixel is decoded."""

    classes: list  # their names, in the order of the labels
    targets: torch.Tensor  # (N,) int64
    identity: bytes  # a digest of the files' names and sizes, or of the pixels
    images: object  # in memory: uint8 (N, 3, H, W); on disk: N paths, None for a deleted file
    root: Path | None = None  # the folder of the files; None in memory
    names: list | None = None  # their N paths below root, with slashes; None in memory
    sizes: list | None = None  # their N sizes in bytes; None in memory


def read_image(path):
    """An image file as a PIL image in RGB; raises InputError where it cannot be decoded."""
    try:
        with Image.open(path) as image:
            if image.mode[0] in 'IF':  # converted, it would be cut off at 255
                raise ValueError(f'{image.mode}: more than 8 bits a channel')
            return image.convert('RGB')
    except (OSError, EOFError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        fix = 'replace or remove this image.'
        raise InputError(f'{path}: cannot be decoded ({error}).', fix) from None


def crop_square(image, size, margin=1.0):
    """The middle of a PIL image as uint8 (3, size, size), after its shorter side was resized to
    margin * size."""
    if image.size != (size, size) or margin != 1:
        image = tvf.center_crop(tvf.resize(image, round(size * margin)), size)
    return tvf.pil_to_tensor(image)


# ---------------------------------------------------------------- image files


def make_file_set(root, samples, classes, deleted=()):
    """An `ImageSet` of files. samples: [(path, label)]; deleted: [(index, name, size)] of files
    that are gone, and whose places stay."""
    files = [(Path(path).relative_to(root).as_posix(), path, label) for path, label in samples]
    rows = [(name, Path(path).stat().st_size, str(path), label) for name, path, label in files]
    present = {name for name, *_ in files}
    for index, name, size in sorted(deleted):
        if name not in present:
            rows.insert(index, (name, size, None, classes.index(name.partition('/')[0])))
    names, sizes, images, targets = map(list, zip(*rows))
    listed = ''.join(f'{name}:{size}\n' for name, size in zip(names, sizes)).encode()
    identity = hashlib.sha256(listed).digest()
    return ImageSet(classes, torch.tensor(targets), identity, images, Path(root), names, sizes)


def read_image_folder(root, deleted=(), is_train=True):
    """The images in root/<class>/…/<image>; the labels are in the order of the class names.
    deleted: [(index, name, size)] of training images; their classes may have no file left."""
    try:
        gone = {name.partition('/')[0] for _, name, _ in deleted}
        classes = sorted(gone.union(find_classes(root)[0]))
        labels = {name: label for label, name in enumerate(classes)}
        files = make_dataset(root, labels, IMG_EXTENSIONS, allow_empty=bool(gone))
        if not files:
            raise OSError('no image is left')
    except OSError as error:
        raise InputError(f'{root}: {error}.', 'lay the images out as <class>/<image>.') from None
    return make_file_set(root, files, classes, deleted if is_train else ())


def read_folders(data_path, deleted=(), tests=('test', 'val')):
    """<data_path>/train/<class>/, and the same in the first of the folders `tests` that exists."""
    root = Path(data_path)
    test = next((name for name in tests if (root / name).is_dir()), tests[0])
    for name in ('train', test):
        if not (root / name).is_dir():
            problem = f'--data_path={data_path}: has no {name}/ with a folder a class.'
            fix = f'lay the images out as train/<class>/ and {" or ".join(tests)}/<class>/.'
            raise InputError(problem, fix)
    train = read_image_folder(root / 'train', deleted)
    return train, read_image_folder(root / test, deleted, is_train=False)


def read_tiny_imagenet(data_path, deleted=()):
    """Tiny ImageNet as in its archive (val/images, val_annotations.txt), or as image folders."""
    root = Path(data_path)
    notes = root / 'val' / 'val_annotations.txt'
    if not (notes.is_file() and (root / 'val' / 'images').is_dir()):
        # in the archive, test/ has no labels
        return read_folders(data_path, deleted, tests=('val', 'test'))
    train = read_image_folder(root / 'train', deleted)
    label = {wnid: i for i, wnid in enumerate(train.classes)}
    pairs = [line.split()[:2] for line in notes.read_text().splitlines()]
    if absent := {wnid for _, wnid in pairs} - set(label):
        raise InputError(f'{root}/train: lacks {min(absent)}.', 'unpack the archive again.')
    samples = [(root / 'val/images' / name, label[wnid]) for name, wnid in pairs]
    return train, make_file_set(root / 'val', samples, train.classes)


# ---------------------------------------------------------------- images in memory


def make_array_set(classes, targets, pixels):
    """An `ImageSet` in memory; pixels: uint8 (N, H, W, 3)."""
    images = torch.from_numpy(pixels).permute(0, 3, 1, 2)
    identity = hashlib.sha256(np.ascontiguousarray(pixels)).digest()
    return ImageSet(list(classes), torch.as_tensor(targets, dtype=torch.int64), identity, images)


@functools.cache  # several commands in one process read them once
def read_digits(data_path):
    """scikit-learn's 1,797 digits, enlarged to 32 pixels; a fifth of each class is for testing."""
    from sklearn.datasets import load_digits  # takes seconds to import: only who asks pays

    grey, targets = load_digits(return_X_y=True)  # (1797, 64), 0 to 16
    grey = torch.from_numpy(grey).view(-1, 1, 8, 8) * (255 / 16)
    images = tvf.resize(grey.round().to(torch.uint8), [32, 32], antialias=True)
    pixels = images.expand(-1, 3, -1, -1).permute(0, 2, 3, 1).numpy()
    targets = torch.from_numpy(targets)
    test = torch.zeros(len(targets), dtype=torch.bool)
    for label in range(10):
        test[(targets == label).nonzero().flatten()[::5]] = True
    parts = (~test, test)
    return tuple(make_array_set('0123456789', targets[x], pixels[x.numpy()]) for x in parts)


def read_cifar(data_path, deleted=(), folder='cifar10', dataset=torchvision.datasets.CIFAR10):
    """A CIFAR: image folders under <data_path>/<folder>, or torchvision's files there."""
    root = Path(data_path) / folder
    if (root / 'train').is_dir():
        return read_folders(root, deleted, tests=('test',))
    name = hashlib.sha256(f'{Path.home()} {root.resolve()}'.encode()).hexdigest()[:16]
    lock = FileLock(Path(tempfile.gettempdir()) / f'download-{name}.lock')
    try:  # processes of this machine download one after another
        with lock, contextlib.redirect_stdout(io.StringIO()):
            sets = [dataset(root, train=train, download=True) for train in (True, False)]
    except (OSError, RuntimeError) as error:
        problem = f'--data_path={data_path}: holds no {folder}/, and the download failed'
        fix = 'give the folder that holds the data.'
        raise InputError(f'{problem} ({error}).', fix) from None
    return tuple(make_array_set(x.classes, x.targets, x.data) for x in sets)


# ---------------------------------------------------------------- by name


class Dataset(NamedTuple):
    """How a data set is read: read(data_path) returns its training and its test set. For image
    files, read(data_path, deleted) keeps the places of training images that are gone: deleted is
    ((index, name, size), …)."""

    read: Callable
    size: int  # pixels of its images' side
    flip: bool = True  # a mirrored image still shows its class
    on_disk: bool = True
    photos: bool = False  # images of any size, which are decoded to the size of the input
    resized_crop: bool = False  # trained on random parts of the photo, tested on its middle


CIFAR100 = {'folder': 'cifar100', 'dataset': torchvision.datasets.CIFAR100}
read_imagenet = functools.partial(read_folders, tests=('val', 'test'))
DATASETS = {
    'Digits': Dataset(read_digits, 32, flip=False, on_disk=False),
    'CIFAR10': Dataset(read_cifar, 32),
    'CIFAR100': Dataset(functools.partial(read_cifar, **CIFAR100), 32),
    'TinyImageNet': Dataset(read_tiny_imagenet, 64),
    'ImageNet': Dataset(read_imagenet, 224, photos=True, resized_crop=True),
    'ImageFolder': Dataset(read_folders, 32, photos=True),
}
