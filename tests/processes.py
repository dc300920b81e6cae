"""Real processes for the tests: scripts in children that can be killed, slowed, and told apart.

A fork server imports torch once; its children start in an instant, and are processes of their own.
"""

import importlib
import multiprocessing
import os
import signal
import socket
import sys
import time
from pathlib import Path

CONTEXT = multiprocessing.get_context('forkserver')
CONTEXT.set_forkserver_preload(['torch', 'train', 'eval_curve', 'sklearn.datasets', 'sklearn.svm'])


def script_in_child(script, argv, setup, environment, out):
    """What a child does: main(argv) of a script, after setup(*arguments), its output to a file."""
    os.environ.update(environment or {})
    sys.stdout = sys.stderr = Path(out or os.devnull).open('a', buffering=1)  # noqa: SIM115
    import torch

    torch.set_num_threads(1 if environment else int(os.environ.get('OMP_NUM_THREADS', 2)))
    if setup:
        function, *arguments = setup
        function(*arguments)
    importlib.import_module(script).main([str(word) for word in argv])


def start(script, *argv, setup=None, environment=None, out=None):
    """A child that runs a script; setup: (function, *arguments), called in it before."""
    child = CONTEXT.Process(target=script_in_child, args=(script, argv, setup, environment, out))
    child.start()
    return child


def ended(child, within=60):
    """The exit code of a child: minus the signal that ended it; None where it goes on."""
    child.join(within)
    return child.exitcode


def run_alone(script, *argv):
    """Run a script in a process of its own, where no other command has run before."""
    assert ended(start(script, *argv)) == 0, (script, argv)


def run_ranks(script, *argv, outs=(None, None)):
    """The exit codes of a script run as two processes of one job, as torchrun starts them."""
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        port = str(free.getsockname()[1])
    job = {'WORLD_SIZE': '2', 'MASTER_ADDR': '127.0.0.1', 'MASTER_PORT': port}
    children = [
        start(script, *argv, environment=job | {'RANK': r, 'LOCAL_RANK': r}, out=out)
        for r, out in zip('01', outs)
    ]
    return [ended(child) for child in children]


def killed_at(place, when, count):
    """Kill this process by SIGKILL before, inside or after the call number `count` (from 1) of the
    function at a place, 'module:name'."""
    module, name = place.split(':')
    owner = importlib.import_module(module)
    original, calls = getattr(owner, name), []

    def wrapped(*args, **settings):
        calls.append(name)
        if len(calls) < count:
            return original(*args, **settings)
        if when == 'after':
            original(*args, **settings)
        if when == 'inside':  # of a write: half of the bytes are out
            path, content = args
            path.with_name(f'{path.name}.partial').write_bytes(content[: len(content) // 2])
        return os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, wrapped)


def slowed(pause):
    """Make every step of training wait."""
    import torch

    step = torch.optim.SGD.step

    def slow(*args, **settings):
        time.sleep(pause)
        return step(*args, **settings)

    torch.optim.SGD.step = slow


def wait_for(condition, within=60):
    """Wait until a condition holds."""
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end, 'what is waited for does not come'
        time.sleep(0.02)
