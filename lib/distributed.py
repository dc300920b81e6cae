"""Several processes on one job: which of them writes, which does what, sums over all.

`torchrun --nproc_per_node=N train.py …` starts them, one a GPU, and tells each its RANK. Without
torchrun there is one process: its sums, means and gathers return what they are given.
"""

import os
import warnings
from datetime import timedelta
from itertools import zip_longest

from tqdm import tqdm

MOST_WAITED = timedelta(hours=12)  # for the main process, which attacks alone


def world_size():
    """How many processes share the job."""
    return int(os.environ.get('WORLD_SIZE', 1))


def rank():
    """The number of this process, from 0."""
    return int(os.environ.get('RANK', 0))


def local_rank():
    """The number of this process among those of its machine, from 0."""
    return int(os.environ.get('LOCAL_RANK', 0))


def is_main_process():
    """Whether this process writes the files and prints: exactly one does."""
    return rank() == 0


def init(device):
    """Wait for the other processes; from here on they can sum and gather."""
    import torch.distributed as dist  # takes seconds to import

    if world_size() > 1 and not is_initialized():
        backend = 'cpu:gloo,cuda:nccl' if device.type == 'cuda' else 'gloo'
        dist.init_process_group(backend, timeout=MOST_WAITED)


def is_initialized():
    """Whether `init` has found the other processes."""
    if world_size() == 1:
        return False
    import torch.distributed as dist

    return dist.is_initialized()


def is_distributed_error(error):
    """Whether a RuntimeError says that another process is gone or was not reached."""
    if world_size() == 1:
        return False
    import torch.distributed as dist

    return isinstance(error, dist.DistError) or 'gloo' in str(error).lower()


def shutdown():
    """End what `init` began, once all processes have come here: srun ends a job soon after the
    first has left, and the main process may still attack and write."""
    if is_initialized():
        import torch.distributed as dist

        gather([])
        dist.destroy_process_group()


def sum_over(tensor):
    """The sum of a tensor over all processes."""
    if world_size() == 1:
        return tensor
    import torch.distributed as dist

    tensor = tensor.detach().clone()
    dist.all_reduce(tensor)
    return tensor


def mean_over(tensor):
    """The mean of a tensor over all processes."""
    return sum_over(tensor) / world_size() if world_size() > 1 else tensor


def broadcast_first(tensor):
    """Overwrite a tensor in place by that of the first process; only for several processes."""
    import torch.distributed as dist

    dist.broadcast(tensor, 0)


def is_any_set(flag):
    """Whether a flag is set in any process; it is settled on the CPU, so that no device waits."""
    import torch

    return bool(sum_over(torch.tensor(int(flag))))


def gather(items):
    """The items of all processes in one list: process r holds items r, r + world_size, … of it."""
    if world_size() == 1:
        return items
    import torch.distributed as dist

    lists = [None] * world_size()
    dist.all_gather_object(lists, items)
    nothing = object()
    rows = zip_longest(*lists, fillvalue=nothing)
    return [item for row in rows for item in row if item is not nothing]


def map_shared(function, items):
    """[function(item) for item in items], each computed by one process and sent to all."""
    return gather([function(item) for item in items[rank() :: world_size()]])


def wrap_model(model, device, compiled=False, may_skip=False):
    """The model as training steps call it: compiled where asked for, its gradients averaged over
    the processes where there are several. may_skip: some of its parameters may never run."""
    import torch

    called = torch.compile(model) if compiled else model
    if world_size() == 1:
        return called
    from torch.nn.parallel import DistributedDataParallel

    warnings.filterwarnings('ignore', 'Grad strides')  # of 1×1 convolutions, channels last
    gpu = [device.index] if device.type == 'cuda' else None
    return DistributedDataParallel(called, device_ids=gpu, find_unused_parameters=may_skip)


def progress(items=None, name='', count=None, form=None):
    """A progress bar on the terminal of the main process, none where count is 0; form: tqdm's
    bar_format."""
    hidden = count == 0 or not is_main_process()
    shown = {'disable': hidden or None, 'bar_format': form}
    return tqdm(items, name, count, leave=False, **shown)
