"""What is done to images on the device, a batch at a time: resize, augment, normalise."""

from typing import NamedTuple

import torch
from torchvision.transforms.v2 import functional as tvf

from lib.datasets import DATASETS
from lib.flags import read_normalization

PADDING = 4  # pixels on each side before the random crop
GRAYSCALE = 0.1  # share of the training images that ViT's recipe turns grey


class Recipe(NamedTuple):
    """What is done to a batch of images."""

    size: int  # pixels of the network's input
    decoded: int  # pixels that image files are decoded to
    flip: bool
    grayscale: float  # share of training images
    normalize: str  # a value of --normalize
    resized_crop: bool = False  # a crop is a random part of the photo, cut out in decoding
    crop: bool = True


def make_recipe(dataset, transform, image_size=None, normalize=None, augment=None):
    """The recipe of a data set and a transform; normalize and augment replace its own."""
    name = 'cifar' if transform == 'ResNet' and dataset.startswith('CIFAR') else 'imagenet'
    name = 'cifar100' if (transform, dataset) == ('VGG', 'CIFAR100') else name
    spec, vit = DATASETS[dataset], transform == 'ViT'
    size = image_size or (224 if vit else spec.size)
    grey = GRAYSCALE if vit and not spec.resized_crop else 0.0
    decoded = size if spec.photos else spec.size
    recipe = Recipe(size, decoded, spec.flip, grey, normalize or name, spec.resized_crop)
    if augment is None:
        return recipe
    return recipe._replace(crop='crop' in augment, flip='flip' in augment, grayscale=0.0)


def describe_recipe(recipe):
    """A recipe in words: '32 pixels, normalised as imagenet, augmented by crop, flip'."""
    is_raw = recipe.normalize == 'none'
    normalised = 'not normalised' if is_raw else f'normalised as {recipe.normalize}'
    crop = 'resized crop' if recipe.resized_crop else 'crop'
    steps = {crop: recipe.crop, 'flip': recipe.flip, 'grey': recipe.grayscale}
    augmented = ', '.join(step for step, done in steps.items() if done) or 'nothing'
    return f'{recipe.size} pixels, {normalised}, augmented by {augmented}'


def resize_and_augment(images, recipe, gen=None):
    """uint8 (B, 3, H, W) to uint8 (B, 3, S, S), augmented where gen, a generator, is given."""
    if images.shape[-2:] != (recipe.size, recipe.size):
        images = tvf.resize(images, [recipe.size, recipe.size], antialias=True)
    return images if gen is None else augment(images, recipe, gen)


def normalise(images, recipe):
    """uint8 (B, 3, S, S) to normalised float32, channels last in memory for fast convolutions."""
    images = images.contiguous(memory_format=torch.channels_last)
    mean, std = read_normalization(recipe.normalize)
    scale = torch.tensor([1 / (255 * s) for s in std], device=images.device)
    shift = torch.tensor([-m / s for m, s in zip(mean, std)], device=images.device)
    return torch.addcmul(shift.view(1, 3, 1, 1), images.float(), scale.view(1, 3, 1, 1))


def augment(images, recipe, gen):
    """Flip, crop and grey uint8 images (B, 3, S, S), each image by its own draw."""
    device, count = images.device, len(images)
    padding = PADDING if recipe.crop and not recipe.resized_crop else 0
    top, left = torch.randint(2 * padding + 1, (2, count, 1), generator=gen, device=device)
    flip = torch.rand((count, 1), generator=gen, device=device) < 0.5
    along = torch.arange(recipe.size, device=device)
    rows, columns = top + along, left + along  # (B, S)
    if recipe.flip:
        columns = torch.where(flip, columns.flip(1), columns)
    padded = torch.nn.functional.pad(images, [padding] * 4)
    batch = torch.arange(count, device=device)[:, None, None]
    images = padded[batch, :, rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)
    if recipe.grayscale:
        grey = torch.rand((count, 1, 1, 1), generator=gen, device=device) < recipe.grayscale
        images = torch.where(grey, tvf.rgb_to_grayscale(images, num_output_channels=3), images)
    return images
