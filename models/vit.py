"""The paper's ViT: torchvision's ViT-B/16 (Dosovitskiy et al. 2021, arXiv 2010.11929)."""

from models.zoo import from_torchvision

PATCH = 16


def ViT(num_classes, image_size=224, pretrained=False):
    """Images (B, 3, S, S) to logits (B, num_classes); S = image_size, a multiple of 16."""
    if image_size % PATCH:
        raise ValueError(f'ViT needs an image size divisible by {PATCH}, not {image_size}')
    return from_torchvision('vit_b_16', num_classes, image_size, pretrained)
