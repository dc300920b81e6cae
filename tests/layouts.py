"""Small data sets of coloured noise in the layouts that the scripts read: for the tests.

A class is a colour. Nothing can be concluded from what is learnt on them.
"""

import numpy as np
from PIL import Image


def images(classes, count, size, seed=0):
    """Yields (label, number, PIL image): count images of each class, a colour each, and noise."""
    rng = np.random.default_rng(seed)
    colours = np.random.default_rng(0).integers(40, 215, (classes, 1, 1, 3))
    for label in range(classes):
        for number in range(count):
            noise = rng.integers(-40, 40, (*np.broadcast_to(size, 2)[::-1], 3))
            pixels = (colours[label] + noise).clip(0, 255).astype(np.uint8)
            yield label, number, Image.fromarray(pixels)


def image_folders(root, classes=10, train=12, test=3, size=32, seed=0, halves=('train', 'test')):
    """root/<half>/c00/000.png …; size: pixels of the side, or (width, height)."""
    for shift, (half, count) in enumerate(zip(halves, (train, test))):
        for label, number, image in images(classes, count, size, seed + 1000 * shift):
            path = root / half / f'c{label:02}' / f'{number:03}.png'
            path.parent.mkdir(parents=True, exist_ok=True)
            image.save(path)
    return root


def tiny_imagenet(root, classes=10, train=12, test=3, size=64):
    """Tiny ImageNet's archive: train/<wnid>/images, val/images, val_annotations.txt, wnids.txt."""
    wnids = [f'n{9_000_000 - 7 * label:08}' for label in range(classes)]  # not in sorted order
    for label, number, image in images(classes, train, size):
        path = root / 'train' / wnids[label] / 'images' / f'{wnids[label]}_{number}.JPEG'
        path.parent.mkdir(parents=True, exist_ok=True)
        image.save(path)
        (path.parent.parent / f'{wnids[label]}_boxes.txt').touch()
    lines = []
    for folder in ('val', 'test'):
        (root / folder / 'images').mkdir(parents=True)
    for label, number, image in images(classes, test, size, seed=1000):
        name = f'val_{number * classes + label}.JPEG'
        image.save(root / 'val' / 'images' / name)
        lines.append(f'{name}\t{wnids[label]}\t0\t0\t{size - 1}\t{size - 1}\n')
        image.save(root / 'test' / 'images' / name.replace('val', 'test'))  # of no known class
    (root / 'val' / 'val_annotations.txt').write_text(''.join(lines))
    (root / 'wnids.txt').write_text(''.join(f'{wnid}\n' for wnid in wnids))
    return root
