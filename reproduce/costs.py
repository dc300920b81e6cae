"""The costs that bench.py reports, each measured as a ratio in this process, side by side.

A generator of rows for each: what, network, ratio, target (at most; at least for images a second),
note.
"""

import statistics
import time
from functools import partial

import numpy as np
import torch
import torchvision
from torch.nn import functional as F
from torchvision import transforms

import models
import utils
from arg_parser import parse_args
from curves import CurveNet
from data import open_data
from eval_curve import Walk
from evaluation.SVC_MIA import SVC_MIA
from generate_weight_mask import compute_gradient, score_tensors, select_tensors
from lib.device import read_clock
from unlearn import METHODS, Context, ascent, cross_entropy, train_epoch

NETWORKS = {'PreResNet20': 32, 'PreResNet110': 32, 'VGG16BN': 64}  # image size
REPEATS = {'PreResNet20': 9, 'PreResNet110': 5, 'VGG16BN': 3}
VECTORS = {  # parameters, with ten classes; the cause of what a row misses
    'PreResNet110': (1_146_842, '; its vectors lie in the cache: lerp costs more than reading'),
    'ViT-B/16': (85_806_346, ''),
}
NEEDLESS = {  # share of a CPU's step for gradients that a mask (kr 0, 0.1) makes needless: profiled
    'PreResNet20': (0.04, 0.34),
    'PreResNet110': (0.05, 0.37),
    'VGG16BN': (0.05, 0.49),
}
BATCH, T = 128, 0.3


def time_rounds(device, repeats, **works):
    """{name: seconds of each round}: every work once a round, in turn, after one round to warm."""
    times = {name: [] for name in works}
    for _ in range(repeats + 1):
        for name, work in works.items():
            began = read_clock(device)
            work()
            times[name].append(read_clock(device) - began)
    return {name: taken[1:] for name, taken in times.items()}


def divide(times, over, under):
    """(median of the rounds' ratios, their middle half in words)."""
    ratios = [a / b for a, b in zip(times[over], times[under])]
    low, median, high = statistics.quantiles(ratios, n=4)
    return median, f'half of the rounds between {low:.2f} and {high:.2f}'


def make_step(model, call, batch, precision=None):
    """One training step as train.py does it."""
    free = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.SGD(free, 1e-4, momentum=0.9, fused=True)
    x, y = batch

    def step():
        with torch.autocast(x.device.type, precision, enabled=precision is not None):
            loss = F.cross_entropy(call(x), y)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()

    return step


def make_batch(size, device):
    """A batch of noise, as a loader gives it."""
    x = torch.randn(BATCH, 3, size, size, device=device)
    return x.contiguous(memory_format=torch.channels_last), torch.arange(BATCH, device=device) % 10


def make_net(name, device):
    return models.build(name, 10, image_size=NETWORKS[name]).to(device).train()


def make_curve(net, mask=None):
    return CurveNet(net, 'Bezier', 3, mask=mask).to(next(net.parameters()).device).train()


def fix_t(curve):
    return lambda x: curve(x, torch.tensor(T))


def open_digits(device, size=None, share=1.0, retain_ratio=1.0):
    """Digits, divided and on the device."""
    digits = open_data('Digits', 'ResNet', None, size, share)
    digits.divide(retain_ratio)
    digits.load(device)
    return digits


# ---------------------------------------------------------------- rows


def measure_steps(name, device):
    """The curve's step, and the masked one, against the plain one."""
    batch, net, compiled = make_batch(NETWORKS[name], device), make_net(name, device), ''
    curve = make_curve(net)
    calls = [net, fix_t(curve)]
    if device.type == 'cuda':
        calls, compiled = [torch.compile(call) for call in calls], 'compiled, '
    works = {'plain': make_step(net, calls[0], batch), 'curve': make_step(curve, calls[1], batch)}
    times = time_rounds(device, REPEATS[name], **works)
    ratio, spread = divide(times, 'curve', 'plain')
    note = f'{compiled}plain {statistics.median(times["plain"]):.3f} s; {spread}'
    yield 'training step, curve / plain', name, ratio, 1.10 if compiled else 1.05, note
    works = {  # none of them compiled
        'curve': make_step(curve, fix_t(curve), batch),
        'bf16': make_step(curve, fix_t(curve), batch, torch.bfloat16),
    }
    for kr, mask in make_masks(name, net, device).items():
        masked = make_curve(net, mask)
        works[f'kr {kr}'] = make_step(masked, fix_t(masked), batch)
    times = time_rounds(device, REPEATS[name], **works)
    for kr, share in zip((0.0, 0.1), NEEDLESS[name]):
        ratio, spread = divide(times, f'kr {kr}', 'curve')
        note = f'{share:.0%} needless; {spread}'
        yield f'training step, mask kr {kr} / no mask', name, ratio, 1 - share + 0.05, note
    ratio, _ = divide(times, 'bf16', 'curve')
    yield 'training step, bf16 / fp32', name, ratio, None, 'off by default'


def make_masks(name, net, device):
    """{kr: mask} of a network on some of the digits."""
    digits = open_digits(device, NETWORKS[name], share=0.2)
    gradients = [
        compute_gradient(net, digits.loader(f'train_{part}')) for part in ('retain', 'forget')
    ]
    sizes = {key: parameter.numel() for key, parameter in net.named_parameters()}
    net.train()
    scores = [score_tensors(gradient) for gradient in gradients]
    return {kr: select_tensors(*scores, sizes, 0.5, kr)[0] for kr in (0.0, 0.1)}


def count_kept(call, x, y):
    """Bytes that a step keeps for its backward pass."""
    seen = {}

    def note(tensor):
        storage = tensor.untyped_storage()
        seen[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
        loss = F.cross_entropy(call(x), y)
    del loss
    return sum(seen.values())


def measure_memory(name, device):
    """What a curve's step keeps beyond the plain step."""
    batch, net = make_batch(NETWORKS[name], device), make_net(name, device)
    plain, curve = (count_kept(call, *batch) for call in (net, fix_t(make_curve(net))))
    more = (curve - plain) / sum(4 * p.numel() for p in net.parameters())
    note = f'plain {plain / 2**20:,.0f} MiB kept'
    yield "memory of a curve's step beyond the plain one's, in parameters", name, more, 5, note


def measure_loading(device):
    """Our loader against a constant batch, and against torchvision's data set in a DataLoader."""
    digits, net = open_digits(device), make_net('PreResNet20', device)
    constant, loader = make_batch(32, device), digits.loader('train', train=True)

    def train(batches):
        for batch in batches:
            make_step(net, net, batch)()

    works = {
        'constant': lambda: train([constant] * (len(loader.indices) // BATCH)),
        'ours': lambda: train((x, y) for x, y, _ in loader if len(y) == BATCH),
    }
    ratio, _ = divide(time_rounds(device, 5, **works), 'constant', 'ours')
    yield 'images a second, our loader / a constant batch', 'PreResNet20', ratio, 0.95, 'Digits'

    cifar, count = torchvision.datasets.CIFAR10.__new__(torchvision.datasets.CIFAR10), 10_000
    cifar.data = np.random.default_rng(0).integers(0, 255, (count, 32, 32, 3), dtype=np.uint8)
    cifar.targets, cifar.target_transform = [0] * count, None
    steps = [transforms.RandomCrop(32, 4), transforms.RandomHorizontalFlip(), transforms.ToTensor()]
    recipe = digits.recipe._replace(flip=True)
    cifar.transform = transforms.Compose([*steps, transforms.Normalize(recipe.mean, recipe.std)])
    theirs = torch.utils.data.DataLoader(cifar, BATCH, shuffle=True, num_workers=4)
    pixels = torch.from_numpy(cifar.data).permute(0, 3, 1, 2).contiguous()
    digits.images[0].pixels = pixels.to(device)
    digits.targets[0] = digits.forget[0] = torch.zeros(count, dtype=torch.long, device=device)
    ours = digits.loader('train', train=True, indices=torch.arange(count, device=device))
    works = {'ours': lambda: list(map(len, ours)), 'theirs': lambda: list(map(len, theirs))}
    times = time_rounds(device, 3, **works)
    what = "images a second, our loader / torchvision's, 4 workers"
    rate = count / statistics.median(times['ours'])
    note = f'{rate:,.0f} a second; the start of the workers counts'
    yield what, '32 pixels', divide(times, 'theirs', 'ours')[0], 5, note


def measure_point(device):
    """A point of a path: network, statistics, predictions, scores, against its forward passes."""
    digits, curve = open_digits(device), make_curve(make_net('PreResNet20', device))
    net, loaders, bn = curve.at(T), digits.loaders(), digits.bn_loader()
    ready = [[x for x, *_ in loader] for loader in (bn, *loaders.values())]

    def point():
        model = curve.at(T)
        utils.update_bn(model, bn)
        utils.measure(model, loaders, mia=False)

    def forward():
        with torch.inference_mode():
            for i, batches in enumerate(ready):
                net.train(i == 0)
                for x in batches:
                    net(x)

    ratio, _ = divide(time_rounds(device, 7, point=point, forward=forward), 'point', 'forward')
    yield 'an evaluated point / its forward passes', 'PreResNet20', ratio, 1.05, 'Digits'


def fit(model, digits, part, loss, epochs, lr):
    """Some epochs on a part of the digits, as train.py has them."""
    free = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.SGD(free, lr, 0.9)
    for epoch in range(epochs):
        train_epoch(model, digits.loader(part, train=True, epoch=epoch), loss, optimizer)


def make_walk(device):
    """The straight line from a network that knows the digits to one that has unlearned D_f."""
    digits, net = open_digits(device, 16), models.build('PreResNet8', 10).to(device)
    curve, context = CurveNet(net, 'PolyChain', 2).to(device), Context(torch.Generator())
    fit(net, digits, 'train', partial(cross_entropy, context=context), 12, 0.1)
    curve.set_point(0, net)
    accuracies = utils.join_accuracies(utils.measure(net, digits.loaders(), mia=False), digits)
    fit(net, digits, 'train_forget', partial(ascent, context=context), 4, 0.01)
    curve.set_point(1, net)
    bases = utils.choose_bases(accuracies, 'random')
    return Walk(parse_args('eval_curve', []), curve, digits, bases, device)


def measure_choice(device):
    """The choice of t* on growing samples of D_r against the same on all of it."""
    walk, chosen = make_walk(device), {}
    total = len(walk.data.parts['train_retain'])
    works = {
        'growing': lambda: chosen.update(growing=walk.choose('base')),
        'whole': lambda: chosen.update(whole=walk.choose('base', first=total)),
    }
    ratio, _ = divide(time_rounds(device, 2, **works), 'growing', 'whole')
    note = f'Digits, {total:,} samples of D_r: t* {chosen["growing"][0]:.3f}, '
    note += f'on everything {chosen["whole"][0]:.3f}'
    yield 'choice of t* / the same on everything', 'PreResNet8', ratio, None, note


def make_search(flags, device):
    """The epochs of a search as train.py has them, on the digits, as a function."""
    args = parse_args('train', ['--unlearn_method=dynamic', *flags])
    digits = open_digits(device, 16, retain_ratio=args.retain_ratio)
    curve = make_curve(models.build('PreResNet8', 10).to(device))
    bases = {'retain_base': 99.0, 'forget_base': 97.0}
    context = Context(torch.Generator(), forget_loss=args.forget_loss, **bases)
    loss = partial(METHODS[args.unlearn_method].loss, context=context)
    return partial(fit, curve, digits, 'search', loss, args.epochs, args.lr)


def measure_preset(device):
    """The search of --preset=best against the paper's."""
    flags = {'paper': ['--epochs=10', '--retain_ratio=0.5'], 'best': ['--preset=best']}
    works = {name: make_search(own, device) for name, own in flags.items()}
    times = time_rounds(device, 2, **works)
    ratio, _ = divide(times, 'best', 'paper')
    note = f'Digits; {statistics.median(times["paper"]):.1f} s with 10 epochs of half of D_r'
    yield "search, --preset=best / the paper's", 'PreResNet8', ratio, None, note


@torch.no_grad()
def time_vectors(count, device):
    """Rounds of φ(t), and of the traffic of reading three vectors and writing a new one."""
    curve = make_curve(torch.nn.Linear(count, 1, bias=False).to(device))
    first, second, third = curve.points
    works = {
        'weights': lambda: curve.weights(torch.tensor(T)),
        'traffic': lambda: (first.clone(), second.sum(), third.sum()),
    }
    return time_rounds(device, 25, **works)


def measure_vectors(device):
    """φ(t) against the traffic of its vectors."""
    for name, (count, cause) in VECTORS.items():
        times = time_vectors(count, device)
        note = f'{statistics.median(times["weights"]) * 1e6:,.0f} µs{cause}'
        ratio, _ = divide(times, 'weights', 'traffic')
        yield 'φ(t) / the traffic of its vectors', name, ratio, 1.5, note


def measure_attack(device):
    """The SVC attack on 45,000 + 10,000 + 5,000 samples against one model's evaluation."""
    rng, parts = np.random.default_rng(0), []
    for shape, count in ((6, 45_000), (2.2, 10_000), (2.5, 5_000)):
        own = 1 - rng.beta(0.3, shape, count)  # sure of most, as a trained network is
        rest = rng.dirichlet(np.ones(9), count) * (1 - own)[:, None]
        parts.append((np.column_stack([own, rest]), np.zeros(count, dtype=np.int64)))
    began = time.perf_counter()
    SVC_MIA(*parts)
    took, net = time.perf_counter() - began, make_net('PreResNet20', device).eval()
    x, _ = make_batch(32, device)
    with torch.inference_mode():
        forward = time_rounds(device, 5, forward=lambda: net(x))['forward']
    passes = statistics.median(forward) / BATCH * (45_000 + 60_000)
    what = "all SVC attacks / one model's evaluation on CIFAR-10"
    yield what, 'PreResNet20', took / passes, None, f'{took:.0f} s and {passes:.0f} s'


ONCE = measure_loading, measure_point, measure_choice, measure_preset
ONCE += measure_vectors, measure_attack
OF_EACH = measure_memory, measure_steps
