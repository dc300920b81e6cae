"""The costs that bench.py reports, each measured as a ratio in this process, side by side.

A generator of rows for each; a row says what was measured, its target and whether it is reached.
"""

import statistics
import time

import numpy as np
import torch
import torchvision
from torch.nn import functional as F
from torch.profiler import ProfilerActivity, profile
from torch.utils._python_dispatch import TorchDispatchMode
from torchvision import transforms

import models
import utils
from curves import CurveNet
from data import open_data
from evaluation.SVC_MIA import SVC_MIA
from masks import mean_gradient, parameter_mask, tensor_scores

NETWORKS = {'PreResNet20': 32, 'PreResNet110': 32, 'VGG16BN': 64}  # image size
REPEATS = {'PreResNet20': 9, 'PreResNet110': 5, 'VGG16BN': 3}
BATCH, T, VIT = 128, 0.3, 85_806_346  # parameters of ViT-B/16 with ten classes


def row(what, network, value, sense, target, note):
    """One line of the table; told: whether it reaches its target, or by how much it misses."""
    told = ''
    if target is not None:
        reached = value <= target if sense == '≤' else value >= target
        told = 'reached' if reached else f'missed by {abs(value - target):.2f}'
    found = {'what': what, 'network': network, 'ratio': value, 'target': target, 'sense': sense}
    return found | {'told': told, 'note': note}


def clock(device, work):
    """Seconds of one call."""
    began = utils.seconds(device)
    work()
    return utils.seconds(device) - began


def interleaved(device, repeats, **works):
    """{name: seconds of each round}: every work once a round, in turn, after one round to warm."""
    times = {name: [] for name in works}
    for i in range(repeats + 1):
        for name, work in works.items():
            took = clock(device, work)
            if i:
                times[name].append(took)
    return times


def ratio(times, over, under):
    """Median of the rounds' ratios."""
    return statistics.median(a / b for a, b in zip(times[over], times[under]))


def quartiles(times, over, under):
    """The middle half of the rounds' ratios, in words."""
    low, _, high = statistics.quantiles((a / b for a, b in zip(times[over], times[under])), n=4)
    return f'half of the rounds between {low:.2f} and {high:.2f}'


def step_of(model, call, x, y, precision=None):
    """One training step as train.py does it."""
    free = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.SGD(free, 1e-4, momentum=0.9, fused=True)

    def step():
        with torch.autocast(x.device.type, precision, enabled=precision is not None):
            loss = F.cross_entropy(call(x), y)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()

    return step


def batch_for(size, device):
    """A batch of noise, as a loader gives it."""
    x = torch.randn(BATCH, 3, size, size, device=device)
    return x.contiguous(memory_format=torch.channels_last), torch.arange(BATCH, device=device) % 10


def open_digits(device, size=None, share=1.0):
    """Digits, divided and on the device."""
    digits = open_data('Digits', 'ResNet', None, size, share)
    digits.divide()
    digits.load(device)
    return digits


def curve_of(net, mask=None):
    return CurveNet(net, 'Bezier', 3, mask=mask).to(next(net.parameters()).device).train()


def at_t(curve):
    return lambda x: curve(x, torch.tensor(T))


# ---------------------------------------------------------------- rows


def training_steps(name, device):
    """The curve's step and the masked one against the plain one."""
    size = NETWORKS[name]
    x, y = batch_for(size, device)
    net = models.build(name, 10, image_size=size).to(device).train()
    curve = curve_of(net)
    compiled = device.type == 'cuda'
    calls = [net, at_t(curve)]
    calls = [torch.compile(call) for call in calls] if compiled else calls
    works = {'plain': step_of(net, calls[0], x, y), 'curve': step_of(curve, calls[1], x, y)}
    plain = interleaved(device, REPEATS[name], **works)
    works = {'curve': works['curve'], 'bf16': step_of(curve, at_t(curve), x, y, torch.bfloat16)}
    digits = open_digits(device, size, share=0.2)
    scores = [
        tensor_scores(mean_gradient(net, digits.loader(part)))
        for part in ('train_retain', 'train_forget')
    ]
    net.train()
    sizes = {key: p.numel() for key, p in net.named_parameters()}
    shares = {}
    for kr in (0.0, 0.1):
        mask = parameter_mask(*scores, sizes, 0.5, kr)[0]
        masked = curve_of(net, mask)
        works[f'mask {kr}'] = step_of(masked, at_t(masked), x, y)
        shares[kr] = needless_share(curve, masked.held, x, y)
    times = interleaved(device, REPEATS[name], **works)
    seconds = statistics.median(plain['plain'])
    kind = 'compiled, ' if compiled else ''
    target = 1.10 if compiled else 1.05
    yield row(
        'training step, curve / plain',
        name,
        ratio(plain, 'curve', 'plain'),
        '≤',
        target,
        f'{kind}plain {seconds:.3f} s; {quartiles(plain, "curve", "plain")}',
    )
    for kr, share in shares.items():
        told = f'{share:.0%} of the step is spent on gradients that this mask makes needless'
        told += f'; {quartiles(times, f"mask {kr}", "curve")}'
        value = ratio(times, f'mask {kr}', 'curve')
        yield row(
            f'training step, mask kr {kr} / no mask', name, value, '≤', 1 - share + 0.05, told
        )
    yield row(
        'training step, bf16 / fp32',
        name,
        ratio(times, 'bf16', 'curve'),
        '',
        None,
        'off by default',
    )


class Backward(TorchDispatchMode):
    """Times the backward ops that make a parameter's gradient, and what a held one would save."""

    def __init__(self, names, held):
        super().__init__()
        self.names, self.held, self.ops = names, held, []

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        began = time.perf_counter()
        result = func(*args, **(kwargs or {}))
        took = time.perf_counter() - began
        if func is torch.ops.aten.convolution_backward.default:
            name = self.names.get(args[2].storage_offset())
            saved = 0.0
            if name in self.held:
                again = (*args[:-1], [args[-1][0], False, False])
                began = time.perf_counter()
                func(*again)
                saved = max(0.0, took - (time.perf_counter() - began))
            self.ops.append((name, took, saved))
        elif 'backward' in func.name():
            self.ops.append((None, took, 0.0))
        return result


def needless_share(curve, held, x, y):
    """Share of a step that is spent on gradients which the mask makes needless: of convolutions'
    weights, and all that lies below the lowest selected one. On a CPU; nan elsewhere."""
    if x.device.type != 'cpu':
        return float('nan')
    offsets, start = {}, 0
    for name, count in zip(curve.shapes, curve.sizes):
        offsets[start] = name
        start += count
    shares = []
    for _ in range(3):
        began = time.perf_counter()
        loss = F.cross_entropy(at_t(curve)(x), y)
        loss.backward()
        whole = time.perf_counter() - began
        loss = F.cross_entropy(at_t(curve)(x), y)
        with Backward(offsets, held) as seen:
            loss.backward()
        served = [i for i, (name, *_) in enumerate(seen.ops) if name and name not in held]
        last = max(served, default=-1)
        saved = sum(saving for _, _, saving in seen.ops[: last + 1])
        below = sum(took for _, took, _ in seen.ops[last + 1 :])
        shares.append((saved + below) / whole)
    return statistics.median(shares)


def loading(device):
    """Our loader against a constant batch, and against torchvision's data set in a DataLoader."""
    digits = open_digits(device)
    net = models.build('PreResNet20', 10).to(device).train()
    x, y = batch_for(32, device)

    def passes(batches):
        for x, y in batches:
            step_of(net, net, x, y)()

    loader = digits.loader('train', train=True)
    times = interleaved(
        device,
        5,
        constant=lambda: passes([(x, y)] * (len(loader.indices) // BATCH)),
        ours=lambda: passes((x, y) for x, y, _ in loader if len(y) == BATCH),
    )
    yield row(
        'images a second, our loader / a constant batch',
        'PreResNet20',
        ratio(times, 'constant', 'ours'),
        '≥',
        0.95,
        'Digits',
    )

    rng = np.random.default_rng(0)
    cifar = torchvision.datasets.CIFAR10.__new__(torchvision.datasets.CIFAR10)
    cifar.data = rng.integers(0, 255, (10_000, 32, 32, 3), dtype=np.uint8)
    cifar.targets, cifar.target_transform = [0] * 10_000, None
    steps = [transforms.RandomCrop(32, 4), transforms.RandomHorizontalFlip(), transforms.ToTensor()]
    recipe = digits.recipe._replace(flip=True)
    cifar.transform = transforms.Compose([*steps, transforms.Normalize(recipe.mean, recipe.std)])
    theirs = torch.utils.data.DataLoader(cifar, BATCH, shuffle=True, num_workers=4)
    digits.images[0].pixels = (
        torch.from_numpy(cifar.data).permute(0, 3, 1, 2).contiguous().to(device)
    )
    digits.targets[0] = digits.forget[0] = torch.zeros(10_000, dtype=torch.long, device=device)
    own = digits.loader('train', train=True, indices=torch.arange(10_000, device=device))
    times = interleaved(
        device, 3, ours=lambda: list(map(len, own)), theirs=lambda: [len(b) for b in theirs]
    )
    speed = 10_000 / statistics.median(times['ours'])
    yield row(
        "images a second, our loader / torchvision's, 4 workers",
        '32 pixels',
        ratio(times, 'theirs', 'ours'),
        '≥',
        5,
        f'{speed:,.0f} a second',
    )


def evaluated_point(device):
    """A point of a path: network, statistics, predictions, scores, against its forward passes."""
    digits = open_digits(device)
    curve = curve_of(models.build('PreResNet20', 10).to(device))
    net, loaders, bn = curve.at(T), digits.loaders(), digits.bn_loader()
    ready = [[x for x, *_ in loader] for loader in (bn, *loaders.values())]

    def point():
        model = curve.at(T)
        utils.update_bn(model, bn)
        utils.measure(model, loaders, mia=False)

    def forward():
        with torch.inference_mode():
            net.train()
            for x in ready[0]:
                net(x)
            net.eval()
            for batches in ready[1:]:
                for x in batches:
                    net(x)

    times = interleaved(device, 7, point=point, forward=forward)
    yield row(
        'an evaluated point / its forward passes',
        'PreResNet20',
        ratio(times, 'point', 'forward'),
        '≤',
        1.05,
        'Digits',
    )


def vectors(device):
    """φ(t) against the traffic of reading three vectors and writing a new one."""
    for name, count in (
        ('one of a thousand numbers', 1000),
        ('PreResNet110', 1_146_842),
        ('ViT-B/16', VIT),
    ):
        curve = curve_of(torch.nn.Linear(count, 1, bias=False).to(device))
        first, second, third = (p.detach() for p in curve.points)

        def traffic(first=first, second=second, third=third):
            first.clone()  # reads one, writes one
            second.sum()  # reads one
            third.sum()

        def weights(curve=curve):
            with torch.no_grad():
                curve.weights(torch.tensor(T))

        times = interleaved(device, 25, weights=weights, traffic=traffic)
        if count == 1000:
            calls = statistics.median(times['weights']) * 1e6
            continue
        told = (
            f'{statistics.median(times["weights"]) * 1e6:,.0f} µs, of them {calls:.0f} µs are calls'
        )
        if count < VIT:
            told += '; its vectors lie in the cache, where lerp costs more than reading'
        value = ratio(times, 'weights', 'traffic')
        yield row('φ(t) / the traffic of its vectors', name, value, '≤', 1.5, told)


def memory(name, device):
    """Bytes that a curve's step keeps for its backward pass, beyond the plain step's."""
    size = NETWORKS[name]
    x, y = batch_for(size, device)
    net = models.build(name, 10, image_size=size).to(device).train()
    curve, held = curve_of(net), []
    for call in (net, at_t(curve)):
        seen = {}

        def note(tensor, seen=seen):
            storage = tensor.untyped_storage()
            seen[storage.data_ptr()] = storage.nbytes()
            return tensor

        with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
            loss = F.cross_entropy(call(x), y)
        held.append(sum(seen.values()))
        del loss
    parameters = sum(p.numel() * 4 for p in net.parameters())
    more = (held[1] - held[0]) / parameters
    yield row(
        "memory of a curve's step beyond the plain one's, in parameters",
        name,
        more,
        '≤',
        5,
        f'plain {held[0] / 2**20:,.0f} MiB kept',
    )


def attack(device):
    """The SVC attack on 10,000 + 10,000 + 5,000 samples against one model's evaluation."""
    rng = np.random.default_rng(0)
    parts = []
    for shape, count in ((6, 10_000), (2.2, 10_000), (2.5, 5_000)):
        own = 1 - rng.beta(0.3, shape, count)  # sure of most, as a trained network is
        rest = rng.dirichlet(np.ones(9), count) * (1 - own)[:, None]
        parts.append((np.column_stack([own, rest]), np.zeros(count, dtype=np.int64)))
    took = clock(device, lambda: SVC_MIA(*parts))
    net, (x, _) = models.build('PreResNet20', 10).to(device).eval(), batch_for(32, device)
    with torch.inference_mode():
        forward = interleaved(device, 5, forward=lambda: net(x))['forward']
    whole = statistics.median(forward) / BATCH * (45_000 + 60_000)
    yield row(
        "five SVC attacks / one model's evaluation on CIFAR-10",
        'PreResNet20',
        took / whole,
        '',
        None,
        f'{took:.0f} s and {whole:.0f} s; equal samples are merged, with weights: the same answer',
    )


def growth(device):
    """How costs grow, three sizes each: {what: {size: seconds}}."""
    x, y = batch_for(32, device)
    found = {
        'step by bends (PreResNet20)': {},
        'φ(t) by parameters': {},
        'point by images (PreResNet20)': {},
    }
    for bends in (3, 5, 9):
        net = models.build('PreResNet20', 10).to(device)
        curve = CurveNet(net, 'Bezier', bends).to(device).train()
        times = interleaved(device, 5, step=step_of(curve, at_t(curve), x, y))
        found['step by bends (PreResNet20)'][bends] = statistics.median(times['step'])
    for count in (1_000_000, 10_000_000, 86_000_000):
        curve = curve_of(torch.nn.Linear(count, 1, bias=False).to(device))
        with torch.no_grad():
            times = interleaved(device, 7, phi=lambda c=curve: c.weights(torch.tensor(T)))
        found['φ(t) by parameters'][count] = statistics.median(times['phi'])
    net = models.build('PreResNet20', 10).to(device)
    for share in (0.25, 0.5, 1.0):
        digits = open_digits(device, share=share)

        def point(digits=digits):
            utils.update_bn(net, digits.bn_loader())
            utils.measure(net, digits.loaders(), mia=False)

        times = interleaved(device, 3, point=point)
        images = len(digits.targets[0]) * 2 + len(digits.targets[1])
        found['point by images (PreResNet20)'][images] = statistics.median(times['point'])
    return found


def profiled(device):
    """Shares of a curve's step by op, and what is not the network: [(op, share)]."""
    x, y = batch_for(32, device)
    net = models.build('PreResNet20', 10).to(device)
    curve = curve_of(net)
    step = step_of(curve, at_t(curve), x, y)
    step()
    with profile(activities=[ProfilerActivity.CPU]) as seen:
        for _ in range(3):
            step()
    events = [(event.key, event.self_cpu_time_total) for event in seen.key_averages()]
    total = sum(took for _, took in events)
    return sorted(((key, took / total) for key, took in events), key=lambda pair: -pair[1])
