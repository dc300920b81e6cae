"""Real processes for the tests: scripts in children that can be killed, slowed, and told apart.

A fork server imports torch once; its children start in an instant, and are processes of their own.
"""

import contextlib
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


def script_in_child(script, argv, setup=None, environment=None, out=None):
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
    """The exit code of a child (minus the signal that ended it) and the seconds until it came."""
    began = time.monotonic()
    child.join(within)
    code, took = child.exitcode, time.monotonic() - began
    if code is None:
        child.kill()
    return code, took


def run_alone(script, *argv):
    """Run a script in a process of its own, where no other command has run before."""
    assert ended(start(script, *argv))[0] == 0, (script, argv)


def start_ranks(script, *argv, setup=None, outs=(None, None)):
    """Two children that share a job as torchrun would start them."""
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        port = str(free.getsockname()[1])
    shared = {'WORLD_SIZE': '2', 'MASTER_ADDR': '127.0.0.1', 'MASTER_PORT': port}
    environments = [shared | {'RANK': str(r), 'LOCAL_RANK': str(r)} for r in range(2)]
    return [
        start(script, *argv, setup=setup, environment=environment, out=out)
        for environment, out in zip(environments, outs)
    ]


def run_ranks(script, *argv, **settings):
    """Run a script as two processes; returns their exit codes."""
    return [ended(child)[0] for child in start_ranks(script, *argv, **settings)]


def killed_at(place, when, count):
    """Kill this process by SIGKILL before, inside or after the call number `count` (from 1) of the
    function at a place, 'module:name' or 'module:class.name'."""
    module, path = place.split(':')
    owner = importlib.import_module(module)
    *classes, name = path.split('.')
    for attribute in classes:
        owner = getattr(owner, attribute)
    original, calls = getattr(owner, name), []

    def wrapped(*args, **settings):
        calls.append(name)
        if len(calls) == count and when == 'before':
            os.kill(os.getpid(), signal.SIGKILL)
        if len(calls) == count and when == 'inside':  # of a write: half of the bytes are out
            path, content = args
            half = Path(f'{path}.partial')
            half.parent.mkdir(parents=True, exist_ok=True)
            half.write_bytes(bytes(content)[: len(content) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*args, **settings)
        if len(calls) == count and when == 'after':
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, wrapped)


def slowed(pause, stream=False):
    """Make every step of training wait; stream: images are decoded by worker processes."""
    import torch

    from lib import loaders

    step = torch.optim.SGD.step

    def slow(*args, **settings):
        time.sleep(pause)
        return step(*args, **settings)

    torch.optim.SGD.step = slow
    if stream:
        loaders.HELD_BYTES = 0


def slow_batches(pause, mark):
    """Make every batch of every loader wait; mark: the file that is made when the first does."""
    from lib import loaders

    normalise = loaders.normalise

    def slow(*args):
        mark.touch()
        time.sleep(pause)
        return normalise(*args)

    loaders.normalise = slow


def broken():
    """Let the first step of training fail as a bug does, while workers decode."""
    import torch

    from lib import loaders

    def fail(*_, **__):
        raise LookupError('a bug')

    torch.optim.SGD.step = fail
    loaders.HELD_BYTES = 0


def keep_weights(folder):
    """Let each process leave the weights that it ends with in a folder."""
    import torch

    import train

    collect = train.collect_state

    def kept(model, *rest):
        rank = os.environ['RANK']
        torch.save(dict(model.named_parameters()), Path(folder) / f'rank{rank}.pt')
        return collect(model, *rest)

    train.collect_state = kept


def wait_for(condition, within=60, otherwise=None):
    """Wait until a condition holds; otherwise: what to do before giving up."""
    end = time.monotonic() + within
    while not condition():
        if time.monotonic() > end:
            if otherwise:
                otherwise()
            raise AssertionError('what is waited for does not come')
        time.sleep(0.02)


def alive(pid):
    """Whether a process runs; one that has ended and waits to be collected does not."""
    with contextlib.suppress(OSError):
        return Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[0] != 'Z'
    return False


def descendants(pid):
    """The processes below a process."""
    with contextlib.suppress(OSError):
        children = Path(f'/proc/{pid}/task/{pid}/children').read_text().split()
        return [int(c) for c in children] + [d for c in children for d in descendants(c)]
    return []
