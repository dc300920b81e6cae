"""Networks by name: `build(name, num_classes)` returns a plain `nn.Module`, images to logits."""

import re

import torch

from lib.errors import InputError
from lib.flags import NETWORKS, is_user_file
from models.preresnet import PreResNet
from models.torchvision_models import INCEPTIONS, NAMES, build_from_torchvision
from models.user_file import build_from_file
from models.vgg import VGG


def build(name, num_classes, image_size=32, pretrained=False):
    """A freshly initialised network; torch's global generator draws its weights.

    name: as listed in `lib.flags.NETWORKS`; the code of FILE.py:function is run. image_size: the
    side of the input in pixels. pretrained: ImageNet weights, for ViT and torchvision's models.
    Raises ValueError for an unknown name, and for a size or flag that the network cannot take.
    """
    preresnet = re.fullmatch(r'PreResNet(\d+)', name)
    vgg = re.fullmatch(r'VGG(16|19)(BN)?', name)
    if pretrained and (preresnet or vgg):
        raise ValueError(f'{name} has no pretrained weights')
    if preresnet:
        return PreResNet(num_classes, depth=int(preresnet[1]))
    if vgg:
        return VGG(num_classes, int(vgg[1]), batch_norm=bool(vgg[2]), image_size=image_size)
    if name == 'ViT' or name in NAMES:
        name = 'vit_b_16' if name == 'ViT' else name
        return build_from_torchvision(name, num_classes, image_size, pretrained)
    if is_user_file(name):
        return build_from_file(name, num_classes, image_size=image_size, pretrained=pretrained)
    raise ValueError(f'{name!r} is no network; there are {NETWORKS}')


def build_checked(name, num_classes, image_size, pretrained=False):
    """`build` and try on one image; raises InputError where name, size or outputs do not fit."""
    try:
        net = build(name, num_classes, image_size=image_size, pretrained=pretrained)
    except (ValueError, AssertionError, OSError) as error:
        problem = f'--model={name}: {str(error).rstrip(".!")}.'
        raise InputError(problem, 'choose another network or size.') from None
    try:
        with torch.no_grad():
            logits = net.eval()(torch.zeros(1, 3, image_size, image_size))
    except (RuntimeError, ValueError, AssertionError) as error:
        problem = f'--model={name}: takes no images of {image_size} pixels ({error}).'
        raise InputError(problem, 'choose another network, --transform or --image_size.') from None
    if not isinstance(logits, torch.Tensor) or logits.shape != (1, num_classes):
        problem = f'--model={name}: gives no logits of {num_classes} classes for an image.'
        raise InputError(problem, 'let its forward return one tensor (B, num_classes).')
    return net.train()


def load_network(content, name, num_classes, image_size):
    """The network in the content of a checkpoint, in eval mode; the rest as in `build`."""
    if 'format' not in content:
        refuse_other_function(content, name)
    state = content['model_state']
    if name in INCEPTIONS:  # their auxiliary heads are not built here
        state = {key: value for key, value in state.items() if not key.lower().startswith('aux')}
    net = build_checked(name, num_classes, image_size)
    return load_weights(net, state, content['source']).eval()


def load_weights(net, state, source):
    """Load a state into a network or curve; raises InputError if the state is that of another."""
    try:
        net.load_state_dict(state)
    except RuntimeError as error:
        first = str(error).splitlines()[1].strip()
        problem = f'{source}: its weights do not fit the network ({first:.200}).'
        raise InputError(problem, 'give the --model and data set of its training.') from None
    return net


def refuse_other_function(content, name):
    """Refuse weights of other code that would load here but compute another function."""
    source = content['source']
    if name in ('ViT', 'vit_b_16') and 'optimizer_state' in content:
        problem = "is the release's ViT, whose 8 heads are not the 12 of vit_b_16"
        fix = "train it here; torchvision's own weights load as a plain state_dict."
        raise InputError(f'{source}: {problem}.', fix)
    for key, value in content['model_state'].items() if name.startswith('VGG') else ():
        if key.endswith('.running_mean') and not value.any():
            problem = f'{source}: {key[:-13]} never ran in its training, and would run here.'
            raise InputError(problem, 'train the network here.')
