"""Networks by name: `build(name, num_classes)` gives a plain `nn.Module`, images to logits."""

import re

import torch

from lib.errors import InputError
from lib.flags import NETWORKS, is_own
from models.own import build_from_file
from models.preresnet import PreResNet
from models.vgg import VGG
from models.zoo import INCEPTIONS, NAMES, build_from_torchvision


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
    if name == 'ViT' or name in NAMES:
        name = 'vit_b_16' if name == 'ViT' else name
        return build_from_torchvision(name, num_classes, image_size, pretrained)
    if is_own(name):
        return build_from_file(name, num_classes, image_size=image_size, pretrained=pretrained)
    raise ValueError(f'{name!r} is no network; there are {NETWORKS}')


def build_checked(name, num_classes, image_size, pretrained=False):
    """`build`, tried on one image; raises InputError where name, size or outputs do not fit."""
    try:
        net = build(name, num_classes, image_size=image_size, pretrained=pretrained)
    except (ValueError, AssertionError, OSError) as error:
        problem = f'--model={name}: {str(error).rstrip(".!")}.'
        raise InputError(problem, 'choose another network or size.') from None
    try:
        with torch.no_grad():
            logits = net.eval()(torch.zeros(1, 3, image_size, image_size))
    except Exception as error:
        if not (is_own(name) or isinstance(error, (RuntimeError, ValueError, AssertionError))):
            raise
        problem = f'--model={name}: takes no images of {image_size} pixels ({error}).'
        raise InputError(problem, 'choose another network, --transform or --image_size.') from None
    if not isinstance(logits, torch.Tensor) or logits.shape != (1, num_classes):
        problem = f'--model={name}: gives no logits of {num_classes} classes for an image.'
        raise InputError(problem, 'let its forward return one tensor (B, num_classes).')
    return net.train()


def load_network(content, name, num_classes, image_size):
    """The network that the content of a checkpoint holds, in eval mode; the rest as in `build`."""
    if 'format' not in content:
        refuse_other_function(content, name)
    state = content['model_state']
    if name in INCEPTIONS:  # their auxiliary heads are not built here
        state = {key: value for key, value in state.items() if not key.lower().startswith('aux')}
    net = build_checked(name, num_classes, image_size)
    return load_weights(net, state, content['source']).eval()


def load_weights(net, state, source):
    """Fill a network or curve with a state; raises InputError, naming its file, if it is of
    another one."""
    try:
        net.load_state_dict(state)
    except RuntimeError:
        problem = f'{source}: its weights do not fit the network ({find_odd(net, state)}).'
        fix = 'give the --model and the data set it was trained with.'
        raise InputError(problem, fix) from None
    return net


def find_odd(net, state):
    """What of a state does not fit a network, in words: its first odd tensor."""
    own = net.state_dict()
    for name in (*own, *state):
        shapes = [tuple(where[name].shape) if name in where else 'none' for where in (state, own)]
        may_lack = name not in state and name.endswith('num_batches_tracked')
        if shapes[0] != shapes[1] and not may_lack:
            return f'{name}: {shapes[0]} there, {shapes[1]} in the network'
    raise AssertionError('all tensors fit')


def refuse_other_function(content, name):
    """Refuse weights of other code that would load here, but compute another function."""
    state, source = content['model_state'], content['source']
    if name in ('ViT', 'vit_b_16') and 'optimizer_state' in content:
        problem = "is the release's ViT, whose 8 heads are not the 12 of vit_b_16"
        fix = "train it here; torchvision's own weights load as a plain state_dict."
        raise InputError(f'{source}: {problem}.', fix)
    norms = [key.removesuffix('running_mean') for key in state if key.endswith('running_mean')]
    for norm in norms if name.startswith('VGG') else ():
        mean, var = state[f'{norm}running_mean'], state.get(f'{norm}running_var', torch.ones(1))
        counted = state.get(f'{norm}num_batches_tracked', torch.ones(1))
        if not counted.any() or not (mean.any() or (var != 1).any()):
            problem = f'{source}: {norm[:-1]} never ran in its training, and would run here.'
            raise InputError(problem, 'train the network here.')
