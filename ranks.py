"""Several processes on one job: who writes, who does what, sums over all.

`torchrun --nproc_per_node=N train.py …` starts them, one a GPU, and tells each its RANK. Without it
there is one process, and every function here passes through what it is given.
"""

import os
from itertools import zip_longest

from tqdm import tqdm


def world():
    """How many processes share the job."""
    return int(os.environ.get('WORLD_SIZE', 1))


def rank():
    """Which of them this one is, from 0."""
    return int(os.environ.get('RANK', 0))


def local_rank():
    """Which of those on this machine, from 0."""
    return int(os.environ.get('LOCAL_RANK', 0))


def writer():
    """Whether this process writes the files and speaks: one does."""
    return rank() == 0


def join(device):
    """Wait for the other processes; from here on they can sum and gather."""
    import torch.distributed as dist  # takes seconds to import

    if world() > 1 and not joined():
        dist.init_process_group('cpu:gloo,cuda:nccl' if device.type == 'cuda' else 'gloo')


def joined():
    """Whether `join` has found the other processes."""
    if world() == 1:
        return False
    import torch.distributed as dist

    return dist.is_initialized()


def is_of_processes(error):
    """Whether a RuntimeError says that another process is gone or was not reached."""
    if world() == 1:
        return False
    import torch.distributed as dist

    return isinstance(error, dist.DistError) or 'gloo' in str(error).lower()


def leave():
    """End what `join` began."""
    if joined():
        import torch.distributed as dist

        dist.destroy_process_group()


def total(tensor):
    """The sum of a tensor over all processes."""
    if world() == 1:
        return tensor
    import torch.distributed as dist

    tensor = tensor.detach().clone()
    dist.all_reduce(tensor)
    return tensor


def mean(tensor):
    """The mean of a tensor over all processes."""
    return total(tensor) / world() if world() > 1 else tensor


def take_first(tensor):
    """Overwrite a tensor by that of the first process."""
    import torch.distributed as dist

    dist.broadcast(tensor, 0)


def any_of(flag):
    """Whether a flag is set in any process; it is settled on the CPU, so that no device waits."""
    import torch

    return bool(total(torch.tensor(int(flag))))


def gather(items):
    """Items of all processes, where process r has every world()-th from r on: in order again."""
    if world() == 1:
        return items
    import torch.distributed as dist

    lists = [None] * world()
    dist.all_gather_object(lists, items)
    nothing = object()
    rows = zip_longest(*lists, fillvalue=nothing)
    return [item for row in rows for item in row if item is not nothing]


def share(function, items, name):
    """[function(item) for item in items], each done by one of the processes and told to all; name:
    of the progress bar."""
    return gather([function(item) for item in bar(items[rank() :: world()], name)])


def bar(items, name, count=None):
    """A progress bar on the terminal of the process that speaks."""
    return tqdm(items, name, count, leave=False, disable=None if writer() else True)
