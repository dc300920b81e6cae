"""torchvision's classification models by name, with a head of num_classes outputs."""

from pathlib import Path

import torch
import torchvision
from torchvision.models.vision_transformer import interpolate_embeddings

from lib.errors import InputError

NAMES = torchvision.models.list_models(module=torchvision.models)  # classification only
INCEPTIONS = ('googlenet', 'inception_v3')
AS_TRAINED = {'aux_logits': False, 'transform_input': True, 'init_weights': True}  # one output


def build_from_torchvision(name, num_classes, image_size, pretrained):
    """A torchvision network. pretrained: with ImageNet weights wherever the shapes agree; a ViT's
    position embedding is interpolated to the image size."""
    options = AS_TRAINED if name in INCEPTIONS else {}
    if name.startswith('vit_'):
        options = {'image_size': image_size}
    if name == 'maxvit_t':
        options = {'input_size': (image_size, image_size)}
    net = torchvision.models.get_model(name, weights=None, num_classes=num_classes, **options)
    if pretrained:
        weights = torchvision.models.get_model_weights(name).DEFAULT
        try:
            state = weights.get_state_dict(progress=True, check_hash=True)
        except (OSError, RuntimeError) as error:
            file = f'{torch.hub.get_dir()}/checkpoints/{Path(weights.url).name}'
            problem = f'--pretrained: the weights of {name} could not be fetched ({error}).'
            raise InputError(problem, f'connect, or put them at {file}.') from None
        if name.startswith('vit_'):
            state = interpolate_embeddings(image_size, net.patch_size, state)
        fresh = net.state_dict()
        fitting = {k: v for k, v in state.items() if k in fresh and v.shape == fresh[k].shape}
        net.load_state_dict(fresh | fitting)
    return net
