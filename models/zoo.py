"""torchvision's classification models, by their names there, with a head of the size asked for."""

import torchvision

NAMES = torchvision.models.list_models(module=torchvision.models)  # classification only


def from_torchvision(name, num_classes, pretrained=False, **options):
    """A torchvision network; pretrained: ImageNet weights wherever the shapes agree."""
    if name in ('googlenet', 'inception_v3'):
        options['aux_logits'] = False  # one output, in train mode too
    net = torchvision.models.get_model(name, weights=None, num_classes=num_classes, **options)
    if pretrained:
        state = torchvision.models.get_model_weights(name).DEFAULT.get_state_dict(progress=True)
        own = net.state_dict()
        fitting = {k: v for k, v in state.items() if k in own and v.shape == own[k].shape}
        net.load_state_dict(own | fitting)
    return net
