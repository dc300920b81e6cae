"""What a curve, a mask and loading cost beyond the plain network, as ratios: make bench.

    python3 -m reproduce.bench    # some minutes on two cores

writes docs/results/bench.md. Ratios are medians of interleaved rounds: PreResNet20, batches of 128.
The mask here keeps the lower half of the tensors on the straight line. What the search and the
choice of t* cost is in docs/results/models.csv, in minutes beside those of retraining.
"""

import itertools
import statistics
from functools import partial

import torch
from torch.nn import functional as F

import models
from curves import CurveNet
from data import open_data
from lib.device import pick_device, read_clock
from lib.files import atomic_write
from reproduce.experiments import describe_machine
from reproduce.results import RESULTS, format_table

NETWORK, BATCH, T = 'PreResNet20', 128, 0.3


def compare_times(device, rounds, work, base):
    """The median ratio of two works' times, done in turn, after one round to warm."""
    ratios = []
    for _ in range(rounds + 1):
        start = read_clock(device)
        work()
        middle = read_clock(device)
        base()
        ratios.append((middle - start) / (read_clock(device) - middle))
    return statistics.median(ratios[1:])


def make_step(model, call, x, y):
    """One training step as train.py does it."""
    free = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.SGD(free, 1e-4, momentum=0.9, fused=True)

    def step():
        loss = F.cross_entropy(call(x), y)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()

    return step


def make_batch(device):
    """Images of noise, and labels."""
    x = torch.randn(BATCH, 3, 32, 32, device=device)
    return x.contiguous(memory_format=torch.channels_last), torch.arange(BATCH, device=device) % 10


def measure_steps(device):
    """The curve's step against the plain one, and the masked one against the curve's."""
    batch, net = make_batch(device), models.build(NETWORK, 10).to(device)
    plain, names = make_step(net, net, *batch), [key for key, _ in net.named_parameters()]
    mask = {key: torch.tensor(i >= len(names) / 2) for i, key in enumerate(names)}
    curves = [CurveNet(net, 'Bezier', 3, mask=m).to(device).train() for m in (None, mask)]
    free, masked = (make_step(c, partial(c, t=torch.tensor(T)), *batch) for c in curves)
    yield 'training step: curve / plain', compare_times(device, 9, free, plain)
    yield 'training step: masked / curve', compare_times(device, 9, masked, free)


def measure_loading(device):
    """Training on the batches of our loader against training on a constant batch."""
    digits, net = open_data('Digits', 'ResNet'), models.build(NETWORK, 10).to(device)
    digits.divide(1.0)
    digits.load(device)
    constant, loader = make_batch(device), digits.loader('train', train=True)
    steps = len(loader.indices) // BATCH

    def train_on(batches):
        for x, y, *_ in itertools.islice(batches, steps):
            make_step(net, net, x, y)()

    works = partial(train_on, loader), partial(train_on, [constant] * steps)
    yield 'training: our loader / a constant batch', compare_times(device, 5, *works)


def main():
    lines = []
    for name in ['cpu', *['cuda'] * torch.cuda.is_available()]:
        device = pick_device(name)
        for measure in (measure_steps, measure_loading):
            lines += [[what, name, f'{ratio:.2f}'] for what, ratio in measure(device)]
    origin, table = describe_machine(), format_table(['what', 'on', 'ratio'], lines)
    text = f'# Benchmark\n\n`make bench` on {origin["date"]}: {origin["machine"]}.\n\n{table}\n'
    atomic_write(RESULTS / 'bench.md', text.encode())
    print(text)


if __name__ == '__main__':
    main()
