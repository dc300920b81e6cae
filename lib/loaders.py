"""Batches (x: B×3×S×S float32, y: B int64, forget: B bool): images from memory or from disk.

A small data set is decoded once and kept as one uint8 tensor on the compute device; a large one is
decoded batch by batch in worker processes. Both are augmented on the device, and give the same
batches.
"""

import functools
import hashlib
import multiprocessing.util
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass

import torch
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional as tvf

from lib.datasets import crop_square, read_image
from lib.distributed import progress, rank, world_size
from lib.errors import InputError, stop_if_asked
from lib.transforms import Recipe, normalise, prepare

HELD_BYTES = 4 * 2**30  # what a half may need in memory; larger ones are read by workers
KEPT_BYTES = 2**30  # what a pass that is always alike may need, or decoded images that are kept
DECODED = {}  # by `decode`: {(paths, identity, size): images}


def make_generator(*address, device='cpu'):
    """A generator seeded from what it is for, ('order', seed, epoch): no draw disturbs another."""
    digest = hashlib.sha256(repr(address).encode()).digest()
    return torch.Generator(device).manual_seed(int.from_bytes(digest[:8], 'big') >> 1)


def open_images(half, rows, recipe, device, workers):
    """The images of some rows of a half, where they are best kept."""
    if isinstance(half.images, torch.Tensor):
        return InMemory(half.images[rows].to(device))
    paths = [half.images[row] for row in rows.tolist()]
    size = recipe.decoded
    if recipe.resized_crop or len(paths) * 3 * size**2 > HELD_BYTES:
        return Streamed(paths, recipe, device, workers)
    return InMemory(decode(tuple(paths), half.identity, size, workers).to(device))


def decode(paths, identity, size, workers):
    """Image files as one uint8 tensor (N, 3, size, size). The last two are remembered: a program of
    several commands, such as reproduce.experiments, decodes a data set once. identity:
    `ImageSet.identity`."""
    if (paths, identity, size) in DECODED:
        return DECODED[paths, identity, size]
    images = torch.empty((len(paths), 3, size, size), dtype=torch.uint8)
    with (
        ThreadPoolExecutor(max(1, workers)) as pool,
        closing(
            pool.map(lambda path: crop_square(read_image(path), size), paths)
        ) as read,  # or cancel
    ):
        for i, image in enumerate(progress(read, 'decoding', len(paths))):
            stop_if_asked()
            images[i] = image
    if images.nbytes <= KEPT_BYTES:
        while len(DECODED) > 1:
            DECODED.pop(next(iter(DECODED)))
        DECODED[paths, identity, size] = images
    return images


class InMemory:
    """Images kept as one uint8 tensor (N, 3, H, W) on the compute device."""

    def __init__(self, pixels):
        self.pixels = pixels

    def batches(self, chunks, draw=None):
        """uint8 images of each chunk of indices."""
        return (self.pixels[chunk] for chunk in chunks)


class Streamed(torch.utils.data.Dataset):
    """Image files that worker processes decode while the device computes."""

    def __init__(self, paths, recipe, device, workers):
        self.paths, self.recipe, self.device = paths, recipe, device
        self.workers = min(workers, os.cpu_count() or 1)

    def batches(self, chunks, draw=None):
        """uint8 images of each chunk of indices; draw: the address of a training pass's crops."""
        settings = {
            'batch_size': None,  # an item is a batch
            'sampler': [(chunk.tolist(), draw) for chunk in chunks],
            'num_workers': self.workers,
            'pin_memory': self.device.type == 'cuda',
            'worker_init_fn': ignore_signals,
            'generator': torch.Generator(),  # else it would draw from the global one
        }
        end_workers_at_exit()
        passing = None
        try:
            with postpone(signal.SIGTERM):  # until the workers ignore it
                passing = iter(torch.utils.data.DataLoader(self, **settings))
            for images in passing:
                if isinstance(images, InputError):
                    raise images
                yield images.to(self.device, non_blocking=True)
        except RuntimeError as error:
            if 'DataLoader worker' not in str(error):
                raise
            problem = f'--num_workers={self.workers}: a process that decodes images was killed.'
            raise InputError(problem, 'lower it, or give more memory (/dev/shm).') from None
        finally:
            del passing  # with it its workers end

    def __getitem__(self, asked):
        """The images of one batch; in a worker, from where an error can only be returned."""
        chunk, draw = asked
        try:
            return torch.stack([self._image(index, draw) for index in chunk])
        except InputError as error:
            return error

    def _image(self, index, draw):
        image, size = read_image(self.paths[index]), self.recipe.decoded
        if not self.recipe.resized_crop:
            return crop_square(image, size)
        if draw is None or not self.recipe.crop:
            return crop_square(image, size, margin=8 / 7)  # 256 for 224
        with torch.random.fork_rng(devices=[]):  # torchvision draws from the global generator
            torch.default_generator.manual_seed(make_generator(*draw, index).initial_seed())
            return tvf.pil_to_tensor(v2.RandomResizedCrop(size)(image))


@functools.cache
def end_workers_at_exit():
    """See that no worker outlives the program: they ignore what multiprocessing sends them."""
    children = multiprocessing.active_children
    multiprocessing.util.Finalize(
        None, lambda: [child.kill() for child in children() if child.daemon], exitpriority=1
    )


@contextmanager
def postpone(number):
    """A signal that comes meanwhile arrives afterwards."""
    if os.name != 'posix':
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {number})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ignore_signals(_):
    """Ctrl-C and SIGTERM are the main process's business, which ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


@dataclass
class Loader:
    """One pass over images, in batches (x, y, forget); where train, shuffled and augmented.

    targets (N,) int64 and forget (N,) bool are of all images; indices (n,) are those of the pass.
    recipe: None where the images come transformed.
    keep: keep the prepared batches for the next pass, where they fit into KEPT_BYTES.
    share: what each of several processes gets. None: everything; 'samples', to train: a share of
    every batch; 'batches', to evaluate: every world_size-th batch. Together the processes see the
    same batches, with the same random draws, as one process alone.
    """

    images: InMemory | Streamed
    targets: torch.Tensor
    forget: torch.Tensor
    indices: torch.Tensor
    recipe: Recipe
    train: bool
    batch_size: int
    seed: int | str
    epoch: int
    keep: bool = False
    share: str | None = None
    kept: list | None = None

    def __post_init__(self):
        each = 3 * self.recipe.size**2 if self.recipe else self.images.image_bytes
        self.keep = self.keep and len(self.indices) * each <= KEPT_BYTES

    def chunks(self, indices):
        """The indices in chunks of batch_size. A last chunk that gives a process fewer than two
        samples joins the chunk before: BatchNorm finds no variance in one sample."""
        least = 2 * world_size() if self.share == 'samples' else 2
        chunks = list(indices.split(self.batch_size))
        if len(chunks) > 1 and len(chunks[-1]) < least:
            chunks[-2:] = [torch.cat(chunks[-2:])]
        return chunks

    def __len__(self):
        chunks = self.chunks(self.indices)
        return len(chunks[rank() :: world_size()] if self.share == 'batches' else chunks)

    def __iter__(self):
        kept = []
        with closing(self._prepare()) as fresh:  # which ends its workers, whatever happens here
            for chunk, images in fresh if self.kept is None else self.kept:
                stop_if_asked(together=self.share == 'samples')
                if self.keep:
                    kept.append((chunk, images))
                x = normalise(images, self.recipe) if self.recipe else images.clone()
                yield x, self.targets[chunk], self.forget[chunk]
        if self.keep:
            self.kept = kept

    def _prepare(self):
        """Yields (indices, uint8 images) of each batch, shuffled and augmented where it trains."""
        indices, draw, gen = self.indices, None, None
        if self.train:
            order = make_generator('order', self.seed, self.epoch)
            shuffled = torch.randperm(len(indices), generator=order).to(indices.device)
            indices, draw = indices[shuffled], ('crop', self.seed, self.epoch)
        every, mine = slice(None), slice(None)  # batches, and samples of each, for this process
        if self.share == 'batches':
            every = slice(rank(), None, world_size())
        elif self.share == 'samples':
            mine = slice(rank(), None, world_size())
        batches = list(enumerate(self.chunks(indices)))[every]
        own = [chunk[mine] for _, chunk in batches]
        with closing(self.images.batches(own, draw)) as decoded:
            for (number, chunk), images in zip(batches, decoded):
                if self.train:
                    address = ('augment', self.seed, self.epoch, number)
                    gen = make_generator(*address, device=indices.device)
                if self.recipe:
                    images = prepare(images, self.recipe, gen, (len(chunk), mine))
                yield chunk[mine], images
