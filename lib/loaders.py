"""Batches (x: B×3×S×S float32, y: B int64, forget: B bool): images from memory or from disk.

A small data set is decoded once and kept on the compute device; a large one is decoded batch by
batch in worker processes. Both give the same batches.
"""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import torch
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional as tvf

from lib.datasets import crop_square, read_image
from lib.distributed import progress, rank, world_size
from lib.errors import InputError
from lib.transforms import Recipe, normalise, resize_and_augment

MAX_HELD_BYTES = 4 * 2**30  # of images that stay in memory; workers read a larger set
MAX_KEPT_BYTES = 2**30  # of batches that are kept for the next pass


def make_generator(*address, device='cpu'):
    """A generator seeded from its purpose, as ('order', seed, epoch): no draw disturbs another."""
    digest = hashlib.sha256(repr(address).encode()).digest()
    return torch.Generator(device).manual_seed(int.from_bytes(digest[:8], 'big') >> 1)


def open_images(image_set, indices, recipe, device, workers):
    """Some images of an `ImageSet`, in memory or streamed from the disk."""
    images = image_set.images
    if isinstance(images, torch.Tensor):
        return InMemory(images[indices].to(device))
    paths = [images[index] for index in indices.tolist()]
    size = len(paths) * 3 * recipe.decoded**2
    if recipe.resized_crop or size > MAX_HELD_BYTES:
        return Streamed(paths, recipe, device, workers)
    return InMemory(decode(paths, recipe.decoded, workers).to(device))


def decode(paths, size, workers):
    """Image files as uint8 (N, 3, size, size); black where a path is None."""
    images = torch.zeros((len(paths), 3, size, size), dtype=torch.uint8)
    present = [i for i, path in enumerate(paths) if path is not None]
    with ThreadPoolExecutor(max(1, workers)) as pool:
        read = pool.map(lambda i: crop_square(read_image(paths[i]), size), present)
        for image, i in zip(progress(read, 'decoding', len(present)), present):
            images[i] = image
    return images


class InMemory:
    """Images as one uint8 tensor (N, 3, H, W) on the compute device."""

    def __init__(self, pixels):
        self.pixels = pixels

    def batches(self, chunks, draw=None):
        return (self.pixels[chunk] for chunk in chunks)


class Streamed(torch.utils.data.Dataset):
    """Image files that worker processes decode while the device computes."""

    def __init__(self, paths, recipe, device, workers):
        self.paths, self.recipe, self.device = paths, recipe, device
        self.workers = min(workers, os.cpu_count() or 1)

    def batches(self, chunks, draw=None):
        """Yield the uint8 images of each chunk of indices. draw: in a training pass, the address of
        the random crops."""
        settings = {
            'batch_size': None,  # an item is a batch
            'sampler': [(chunk.tolist(), draw) for chunk in chunks],
            'num_workers': self.workers,
            'pin_memory': self.device.type == 'cuda',
            'generator': torch.Generator(),  # else it would draw from the global one
        }
        for images in torch.utils.data.DataLoader(self, **settings):
            if isinstance(images, InputError):
                raise images
            yield images.to(self.device, non_blocking=True)

    def __getitem__(self, item):
        chunk, draw = item
        try:
            return torch.stack([self._image(index, draw) for index in chunk])
        except InputError as error:  # a worker can only return it
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


@dataclass
class Loader:
    """One pass over images in batches (x, y, forget), shuffled and augmented if train.

    targets and forget (N,) cover all images; indices (n,) are those of the pass. recipe: None if
    the images are already transformed. keep: keep the prepared batches for the next pass if they
    fit into MAX_KEPT_BYTES. shared: each of several processes gets its share of every batch.
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
    shared: bool = False
    kept_batches: list | None = None

    def __post_init__(self):
        each = 3 * self.recipe.size**2 if self.recipe else self.images.image_bytes
        self.keep = self.keep and len(self.indices) * each <= MAX_KEPT_BYTES

    def chunks(self, indices):
        """The indices in chunks of batch_size. A last chunk with fewer than two samples a process
        joins the one before: BatchNorm finds no variance in one sample."""
        chunks = list(indices.split(self.batch_size))
        if len(chunks) > 1 and len(chunks[-1]) < 2 * (world_size() if self.shared else 1):
            chunks[-2:] = [torch.cat(chunks[-2:])]
        return chunks

    def __len__(self):
        return len(self.chunks(self.indices))

    def __iter__(self):
        if self.keep and self.kept_batches is None:
            self.kept_batches = list(self._prepare())
        for chunk, images in self.kept_batches or self._prepare():
            x = normalise(images, self.recipe) if self.recipe else images.clone()
            yield x, self.targets[chunk], self.forget[chunk]

    def _prepare(self):
        """Yield (indices, uint8 images) of each batch, shuffled and augmented if train."""
        indices, address, gen = self.indices, None, None
        if self.train:
            gen = make_generator('order', self.seed, self.epoch)
            shuffled = torch.randperm(len(indices), generator=gen).to(indices.device)
            indices, address = indices[shuffled], ('crop', self.seed, self.epoch)
        chunks, process = self.chunks(indices), ()
        if self.shared and world_size() > 1:
            chunks, process = [chunk[rank() :: world_size()] for chunk in chunks], (rank(),)
        for number, (chunk, images) in enumerate(zip(chunks, self.images.batches(chunks, address))):
            if self.train:
                drawn = 'augment', self.seed, self.epoch, number, *process
                gen = make_generator(*drawn, device=indices.device)
            yield chunk, resize_and_augment(images, self.recipe, gen) if self.recipe else images
