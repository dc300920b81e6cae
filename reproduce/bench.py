"""What curves, masks, loading and evaluation cost beyond the plain network, as ratios: make bench.

    python3 reproduce/bench.py

Prints a table of ratios, each the median over interleaved runs in this process, and writes
docs/BENCHMARKS.md and docs/benchmarks.json. On two cores it takes about seven minutes.
"""

import json
import platform
import sys
import time
from functools import partial
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import utils  # noqa: E402
from reproduce import costs  # noqa: E402

NETWORK_OPS = ('convolution', 'batch_norm', 'threshold', 'clamp', 'add', 'mm', 'pool', 'relu')


def machine():
    """The machine in words."""
    name = platform.processor() or platform.machine()
    info = Path('/proc/cpuinfo')
    if info.exists():
        lines = [line for line in info.read_text().splitlines() if 'model name' in line]
        name = lines[0].partition(':')[2].strip() if lines else name
    gpu = torch.cuda.get_device_name() if torch.cuda.is_available() else 'no GPU'
    return f'{name}, {torch.get_num_threads()} threads, {gpu}, torch {torch.__version__}'


HEAD = """# Benchmarks

`make bench` on {date}: {machine}. Ratios are medians of interleaved runs in one process; batches
of 128.{gpu}
"""
SPENT = """`torch.profiler`, a curve's step of PreResNet20: {network:.1%} is the network's own
operations (convolution, normalisation, activation, addition); the rest is φ(t), its gradient, the
optimiser, the loss and autograd's bookkeeping.
"""


def told_target(found):
    """The target of a row in words, where there is one."""
    return '' if found['target'] is None else f'{found["sense"]} {found["target"]:.2f}'


def written(result):
    """docs/BENCHMARKS.md."""
    gpu = '' if result['gpu'] else ' There was no GPU, and so there are no rows of one.'
    table = ['| what | network | ratio | target | | |', '|---|---|---:|---:|---|---|']
    for found in result['rows']:
        words = [found['what'], f'{found["network"]}, {found["device"]}', f'{found["ratio"]:.3f}']
        words += [told_target(found), found['told'], found['note']]
        table.append('| ' + ' | '.join(words) + ' |')
    grown = []
    for what, sizes in result['growth'].items():
        words = (f'{int(size):,}: {took * 1000:.1f} ms' for size, took in sizes.items())
        grown.append(f'- {what}: {", ".join(words)}')
    network = sum(share for key, share in result['profile'] if any(op in key for op in NETWORK_OPS))
    parts = [HEAD.format(date=result['date'], machine=result['machine'], gpu=gpu)]
    parts += ['\n'.join(table), '\n## How cost grows\n', '\n'.join(grown)]
    parts += ['\n## Where a step goes\n', SPENT.format(network=network)]
    parts += [f'- {key}: {share:.1%}' for key, share in result['profile'][:12]]
    return '\n'.join(parts) + '\n'


def show(found):
    """Print a row as soon as it is there."""
    words = f'{found["what"]}: {found["network"]}, {found["device"]}. {found["note"]}'
    print(f'{found["ratio"]:8.3f} {told_target(found):7} {found["told"]:16} {words}', flush=True)


def main():
    utils.pick_device()
    devices = ['cpu', *['cuda'] * torch.cuda.is_available()]
    rows = []
    for device in map(torch.device, devices):
        utils.pick_device(device.type)
        torch.manual_seed(0)
        makers = [costs.loading, costs.evaluated_point, costs.vectors, costs.attack]
        works = [partial(make, device) for make in makers]
        works += [
            partial(make, name, device)
            for make in (costs.memory, costs.training_steps)
            for name in costs.NETWORKS
        ]
        for work in works:
            for found in work():
                rows.append(found | {'device': device.type})
                show(rows[-1])
    device = torch.device(devices[-1])
    result = {
        'date': time.strftime('%Y-%m-%d'),
        'machine': machine(),
        'gpu': len(devices) > 1,
        'rows': rows,
    }
    result |= {'growth': costs.growth(device), 'profile': costs.profiled(torch.device('cpu'))}
    (ROOT / 'docs' / 'benchmarks.json').write_text(json.dumps(result, indent=1, ensure_ascii=False))
    (ROOT / 'docs' / 'BENCHMARKS.md').write_text(written(result))
    print('docs/BENCHMARKS.md\ndocs/benchmarks.json')


if __name__ == '__main__':
    main()
