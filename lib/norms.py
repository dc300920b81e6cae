"""BatchNorm layers, and which of their running statistics may change."""

from torch.nn.modules.batchnorm import _BatchNorm


def list_norms(net, frozen=False):
    """The BatchNorm layers of a network that keep running statistics and may change them; or, with
    frozen, those that may not: they lie in a module whose parameters are all frozen
    (requires_grad=False)."""
    still = {layer for module in net.modules() if is_frozen(module) for layer in module.modules()}
    layers = [layer for layer in net.modules() if isinstance(layer, _BatchNorm)]
    return [x for x in layers if x.track_running_stats and (x in still) == frozen]


def is_frozen(module):
    """Whether a module has parameters, and none that may be trained."""
    free = [parameter.requires_grad for parameter in module.parameters()]
    return bool(free) and not any(free)
