"""Several processes share one training: which of them writes; sums and means over all of them.

`torchrun --nproc_per_node=N train.py …` starts one process a GPU, and tells each its RANK. They
share the steps of training; the main process alone evaluates and writes. Without torchrun there is
one process, and sums and means return what they are given.
"""

import os
import warnings
from datetime import timedelta

from tqdm import tqdm

MAX_WAIT = timedelta(hours=12)  # for the main process, which evaluates alone


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
    """Whether this process evaluates, writes the files and prints: exactly one does."""
    return rank() == 0


def init(device):
    """Wait for the other processes; from now on they can sum."""
    import torch.distributed as dist  # takes seconds to import

    if world_size() > 1 and not dist.is_initialized():
        backend = 'cpu:gloo,cuda:nccl' if device.type == 'cuda' else 'gloo'
        dist.init_process_group(backend, timeout=MAX_WAIT)


def shutdown():
    """End what `init` began, once all processes have come here: srun ends a job soon after the
    first process has left, while the main process may still evaluate and write."""
    if world_size() > 1:
        import torch.distributed as dist

        if dist.is_initialized():
            dist.barrier()
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
    return sum_over(tensor) / world_size()


def ask_main(function):
    """Call function() in the main process alone; all processes return its result."""
    if world_size() == 1:
        return function()
    import torch.distributed as dist

    answer = [function() if is_main_process() else None]
    dist.broadcast_object_list(answer)
    return answer[0]


def wrap_model(model, device, may_skip=False):
    """The model as training steps call it: with several processes its gradients are averaged over
    them. may_skip: a step may leave out some of its parameters."""
    if world_size() == 1:
        return model
    from torch.nn.parallel import DistributedDataParallel

    warnings.filterwarnings('ignore', 'Grad strides')  # of 1×1 convolutions, channels last
    gpu = [device.index] if device.type == 'cuda' else None
    return DistributedDataParallel(model, device_ids=gpu, find_unused_parameters=may_skip)


def progress(items=None, name='', count=None):
    """A progress bar on the terminal of the main process; none where count is 0."""
    hidden = count == 0 or not is_main_process()
    return tqdm(items, name, count, leave=False, disable=hidden or None)
