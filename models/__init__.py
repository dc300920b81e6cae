"""Networks by name: `build(name, num_classes)` gives a plain `nn.Module`, images to logits."""

import re

from models.own import from_file, is_own
from models.preresnet import PreResNet
from models.vgg import VGG
from models.vit import ViT
from models.zoo import NAMES, from_torchvision

CHOICE = (
    'PreResNet20 (8, 14, 20 … 110, 164), VGG16, VGG16BN, VGG19, VGG19BN, ViT, '
    "a torchvision classification model's name such as resnet18, or FILE.py:function of your own"
)


def exists(name):
    """Whether `build` knows the name."""
    own = re.fullmatch(r'PreResNet\d+|VGG(16|19)(BN)?|ViT', name)
    return bool(own) or name in NAMES or is_own(name)


def build(name, num_classes, image_size=32, pretrained=False):
    """A freshly initialised network; the global generator of torch draws its weights.

    name: PreResNet<depth>, VGG16, VGG16BN, VGG19, VGG19BN, ViT, any torchvision classification
    model, or FILE.py:function, which is run. image_size: side of the square input in pixels; VGG's
    classifier and ViT's position embedding follow it. pretrained: ImageNet weights for ViT and
    torchvision's models.
    Raises ValueError for an unknown name, or a size or flag that the network cannot take.
    """
    preresnet = re.fullmatch(r'PreResNet(\d+)', name)
    vgg = re.fullmatch(r'VGG(16|19)(BN)?', name)
    if pretrained and (preresnet or vgg):
        raise ValueError(f'{name} has no pretrained weights')
    if preresnet:
        return PreResNet(num_classes, depth=int(preresnet[1]))
    if vgg:
        return VGG(num_classes, int(vgg[1]), batch_norm=bool(vgg[2]), image_size=image_size)
    if name == 'ViT':
        return ViT(num_classes, image_size, pretrained)
    if name in NAMES:
        return from_torchvision(name, num_classes, image_size, pretrained)
    if is_own(name):
        return from_file(name, num_classes, image_size=image_size, pretrained=pretrained)
    raise ValueError(f'{name!r} is no network; there are {CHOICE}')
