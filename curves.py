"""Curves in weight space: any network, its weights a weighted sum of a few flat vectors.

A curve has `num_bends` points θ_0 … θ_{n-1}, each all parameters of the network as one vector, and
φ(t) = Σ_j c_j(t) θ_j for t in [0, 1] (Garipov et al., arXiv 1802.10026; MCU, arXiv 2505.10859).
"""

import copy
from math import comb

import torch
from torch import nn
from torch.func import functional_call

from lib.norms import list_norms

PIECE = 2**21  # numbers of a vector at a time, on a CPU


class Bezier(nn.Module):
    """c_j(t) = C(n-1, j) t^j (1-t)^(n-1-j): t, one element, to (num_bends,) coefficients."""

    def __init__(self, num_bends):
        super().__init__()
        degree = num_bends - 1
        binomial = [float(comb(degree, j)) for j in range(num_bends)]
        self.register_buffer('binomial', torch.tensor(binomial), persistent=False)
        self.register_buffer('power', torch.arange(float(num_bends)), persistent=False)

    def forward(self, t):
        t = torch.as_tensor(t, dtype=torch.float32, device=self.power.device).reshape(())
        return self.binomial * t**self.power * (1 - t) ** self.power.flip(0)


class PolyChain(nn.Module):
    """c_j(t) = max(0, 1 - |t (n-1) - j|): t, one element, to (num_bends,) coefficients."""

    def __init__(self, num_bends):
        super().__init__()
        self.register_buffer('index', torch.arange(float(num_bends)), persistent=False)

    def forward(self, t):
        t = torch.as_tensor(t, dtype=torch.float32, device=self.index.device).reshape(())
        return (1 - (t * (len(self.index) - 1) - self.index).abs()).clamp(min=0)


CURVES = {'Bezier': Bezier, 'PolyChain': PolyChain}


def compute_lr_ratio(curve, free, start=0.0, end=1.0):
    """The mean over t ~ U(start, end) of Σ_j c_j(t)² over the free points; free: a bool a point.

    A training step moves φ(t) by this share of what the step moves a plain network: the effective
    rate is --lr times this share.
    """
    ts = start + (end - start) * (torch.arange(1000) + 0.5) / 1000
    return float(torch.stack([curve(t).cpu()[free].square().sum() for t in ts]).mean())


def set_tensor(net, names, tensor):
    """Put one tensor into a network under all its names: as a parameter, or else as a buffer."""
    for name in names:
        path, _, leaf = name.rpartition('.')
        owner = net.get_submodule(path)
        delattr(owner, leaf)
        if isinstance(tensor, nn.Parameter):
            owner.register_parameter(leaf, tensor)
        else:
            owner.register_buffer(leaf, tensor, persistent=False)


class WeightedSum(torch.autograd.Function):
    """Σ_j c_j θ_j of coefficients (n,) that sum to 1 and n vectors (P,); differentiable in these.

    Built from lerps in pieces that stay in the processor's cache, so that each vector is read once
    and the sum written once. A vector of coefficient 1 comes out as it is, to the bit.
    """

    @staticmethod
    def forward(ctx, coefficients, *points):
        ctx.save_for_backward(coefficients)
        result = torch.empty_like(points[0])
        on_cpu = result.device.type == 'cpu'  # where reading a number waits for nothing
        shares, total = [], 0.0
        for c in coefficients.tolist() if on_cpu else coefficients:
            total = total + c
            shares.append((c and c / total) if on_cpu else torch.where(c == 0, c, c / total))
        piece = PIECE if on_cpu else len(result)
        pieces = zip(result.split(piece), *(point.detach().split(piece) for point in points))
        for out, first, second, *rest in pieces:
            torch.lerp(first, second, shares[1], out=out)
            for point, share in zip(rest, shares[2:]):
                out.lerp_(point, share)
        return result

    @staticmethod
    def backward(ctx, grad):
        (coefficients,) = ctx.saved_tensors
        free = ctx.needs_input_grad[1:]
        return None, *(grad * c if wanted else None for c, wanted in zip(coefficients, free))


class CurveNet(nn.Module):
    """A network on a curve: the curve is a layer around the whole network.

    net: any nn.Module; it is copied, and every point starts as its parameters.
    curve: a class above or its name. fix_start, fix_end: that end is not trained.
    mask: {parameter name: 0-dim bool tensor}; True may leave the straight line; what is False
    enters the network detached, so that autograd computes nothing for it (MCU, parameter mask).
    What is frozen in net (requires_grad=False) is treated as what the mask leaves out.
    Raises ValueError for a mask that does not fit the network.

    `points` are flat float32 vectors (P,), all parameters in the order of named_parameters().
    `state_dict()` holds them and the network's buffers (BatchNorm's running statistics), which
    belong to no point.
    """

    def __init__(self, net, curve, num_bends=3, fix_start=True, fix_end=True, mask=None):
        super().__init__()
        self.curve = (CURVES[curve] if isinstance(curve, str) else curve)(num_bends)
        parameters = dict(net.named_parameters())
        self.shapes = {name: p.shape for name, p in parameters.items()}
        self.sizes = [shape.numel() for shape in self.shapes.values()]
        mask = dict.fromkeys(self.shapes, True) if mask is None else mask
        if odd := sorted(set(mask) ^ set(self.shapes)):
            raise ValueError(f'the mask does not fit the network: {odd[0]} ({len(odd)} names)')
        self.trainable = {name: p.requires_grad for name, p in parameters.items()}
        free = [name for name, selected in mask.items() if selected and self.trainable[name]]
        self.frozen = frozenset(self.shapes.keys() - free)
        still = list_norms(net, frozen=True)
        self.still = [name for name, layer in net.named_modules() if layer in still]
        tied = list(net.named_parameters(remove_duplicate=False))
        self.names = {name: [n for n, q in tied if q is p] for name, p in parameters.items()}
        flat = torch.cat([p.detach().reshape(-1) for p in parameters.values()])
        fixed = (fix_start, *[False] * (num_bends - 2), fix_end)
        self.points = nn.ParameterList(
            nn.Parameter(flat.clone(), requires_grad=not still) for still in fixed
        )
        self.net = copy.deepcopy(net)
        for names in self.names.values():  # its weights are the points': here none are kept
            set_tensor(self.net, names, flat.new_empty(0))

    def train(self, mode=True):
        """The mode of all layers, but for BatchNorm layers of frozen modules: their statistics
        stay."""
        super().train(mode)
        for name in self.still:
            self.net.get_submodule(name).eval()
        return self

    @torch.no_grad()
    def set_point(self, index, net_or_state_dict):
        """Copy a network's parameters into the point `index`; buffers are not part of a point."""
        state = net_or_state_dict
        if isinstance(state, nn.Module):
            state = dict(state.named_parameters())
        for name, shape in self.shapes.items():
            if name not in state or state[name].shape != shape:
                actual = tuple(state[name].shape) if name in state else 'missing'
                raise ValueError(f'{name} should have the shape {tuple(shape)}, but is {actual}')
        self.points[index].copy_(torch.cat([state[name].reshape(-1) for name in self.shapes]))

    @torch.no_grad()
    def init_linear(self, names=None):
        """Lay the inner points evenly on the straight line between the ends.

        names: only these parameters (`curve.frozen`: what the mask selects starts elsewhere).
        """
        start, end = self.points[0], self.points[-1]
        chosen = self.shapes if names is None else names
        for j in range(1, len(self.points) - 1):
            line = torch.lerp(start, end, j / (len(self.points) - 1))
            pieces = zip(self.shapes, self.points[j].split(self.sizes), line.split(self.sizes))
            for name, piece, straight in pieces:
                if name in chosen:
                    piece.copy_(straight)

    def weights(self, t):
        """φ(t): all parameters at t as one vector (P,), differentiable in the free points."""
        return WeightedSum.apply(self.curve(t), *self.points)

    def tensors(self, t):
        """φ(t) by parameter name: views of one vector, those that the mask freezes detached. A
        parameter with several names (tied weights) stands here under its first."""
        views = zip(self.shapes.items(), self.weights(t).split(self.sizes))
        return {
            name: (view.detach() if name in self.frozen else view).view(shape)
            for (name, shape), view in views
        }

    def forward(self, x, t=None):
        """Logits of φ(t) on x; t=None draws it from U(0, 1)."""
        t = torch.rand(()) if t is None else t
        tensors = self.tensors(t)
        by_name = {n: tensors[first] for first, names in self.names.items() for n in names}
        return functional_call(self.net, by_name, (x,))

    @torch.no_grad()
    def at(self, t):
        """φ(t) as an ordinary network of its own: evaluate, attack, save it like any other.

        Its buffers are the curve's: recompute BatchNorm's statistics before use.
        """
        net = copy.deepcopy(self.net)
        for name, tensor in self.tensors(t).items():
            parameter = nn.Parameter(tensor.clone(), requires_grad=self.trainable[name])
            set_tensor(net, self.names[name], parameter)
        return net
