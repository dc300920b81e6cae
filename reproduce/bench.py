"""What curves, masks, loading and evaluation cost beyond the plain network, as ratios: make bench.

    python3 -m reproduce.bench

Prints each row when it is measured, and writes docs/BENCHMARKS.md. Seven minutes on two cores.
"""

import torch

from lib.device import pick_device
from reproduce import collect, costs, plan

HEAD = """# Benchmarks

`make bench` on {date}: {machine}. Ratios are medians of interleaved runs
in one process; batches of 128. A GPU adds rows of its own. The target of a mask is
1 minus the share of the step that the mask makes needless, by an earlier profile, plus 0.05.

| what | network | ratio | target | result | of what |
|---|---|---:|---:|---|---|
"""


def format_row(device, what, network, ratio, target, note):
    """A row of the table, with whether it reaches its target."""
    at_least = what.startswith('images a second')
    goal = verdict = ''
    if target is not None:
        goal = f'{"≥" if at_least else "≤"} {target:.2f}'
        reached = ratio >= target if at_least else ratio <= target
        verdict = 'reached' if reached else f'missed by {abs(ratio - target):.2f}'
    return f'| {what} | {network}, {device} | {ratio:.3f} | {goal} | {verdict} | {note} |'


def measure(device):
    """Every row of one device."""
    pick_device(device.type)
    torch.manual_seed(0)
    for work in costs.ONCE:
        yield from work(device)
    for work in costs.OF_EACH:
        for network in costs.NETWORKS:
            yield from work(network, device)


def main():
    lines = []
    for device in ['cpu', *['cuda'] * torch.cuda.is_available()]:
        for row in measure(torch.device(device)):
            lines.append(format_row(device, *row))
            print(lines[-1], flush=True)
    head = HEAD.format(**collect.describe_machine(None))
    (plan.ROOT / 'docs' / 'BENCHMARKS.md').write_text(head + '\n'.join(lines) + '\n')


if __name__ == '__main__':
    main()
