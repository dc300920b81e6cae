"""The device that computes: choose it, set it up for the same bits each time, read its clock."""

import contextlib
import ctypes
import os
import random
import sys
import time

import numpy as np
import torch

from lib.distributed import local_rank, world_size
from lib.errors import InputError


def pick_device(name=None, keep_settings=False):
    """The torch device of a name, or the fastest one. keep_settings: for a call from a program of
    the user, leave torch's precision and the memory settings alone."""
    fastest = 'mps' if torch.backends.mps.is_available() else 'cpu'
    fastest = 'cuda' if torch.cuda.is_available() else fastest
    try:
        device = torch.device(name or fastest)
        if device.type == 'cuda':
            device = take_gpu(device)
        torch.empty(1, device=device)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        reason = str(error).split('\n')[0]
        raise InputError(f'--device={name}: {reason}.', 'use cpu, or leave it out.') from None
    torch.backends.cudnn.deterministic = True  # the same command gives the same bits
    if not keep_settings:
        torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False
        if device.type == 'cpu':
            keep_memory()
    return device


@contextlib.contextmanager
def borrow_device(name=None):
    """`pick_device` for a call from a program of the user. Afterwards torch's settings, its current
    GPU and the global generators are as before. No other GPU is touched."""
    cudnn = torch.backends.cudnn.deterministic
    strict = torch.are_deterministic_algorithms_enabled()
    mild = torch.is_deterministic_algorithms_warn_only_enabled()
    gpu = torch.cuda.current_device() if torch.cuda.is_initialized() else 0
    try:
        device = pick_device(name, keep_settings=True)
        with restore_generators(device):
            yield device
    finally:
        torch.backends.cudnn.deterministic = cudnn
        torch.use_deterministic_algorithms(strict, warn_only=mild)
        if torch.cuda.is_initialized():
            torch.cuda.set_device(gpu)


@contextlib.contextmanager
def restore_generators(device='cpu', seed=None):
    """Afterwards set the global generators back: those of torch for the CPU and the device, of
    NumPy and of `random`. seed: where they start meanwhile, if given."""
    device = torch.device(device)
    indices = [] if device.type == 'cpu' else [device.index or 0]
    python, numpy = random.getstate(), np.random.get_state()
    with torch.random.fork_rng(indices, device_type=device.type):
        try:
            if seed is not None:
                random.seed(seed)
                np.random.seed(seed % 2**32)
                torch.default_generator.manual_seed(seed)  # torch.manual_seed seeds every GPU
                if indices:
                    torch.get_device_module(device).manual_seed(seed)
            yield
        finally:
            random.setstate(python)
            np.random.set_state(numpy)


def take_gpu(device):
    """Make the GPU of this process the current one, with deterministic kernels where torch has
    them. Each of several processes takes a GPU of its own, whatever was asked for."""
    index = torch.cuda.current_device() if device.index is None else device.index
    if world_size() > 1:  # a process may see only its own
        index = local_rank() if torch.cuda.device_count() > 1 else 0
    os.environ.setdefault('CUBLAS_WORKSPACE_CONFIG', ':4096:8')
    torch.use_deterministic_algorithms(True, warn_only=True)
    torch.cuda.set_device(index)
    return torch.device('cuda', index)


def keep_memory():
    """Let glibc keep the memory that a step frees: the system would clear it page by page."""
    if sys.platform == 'linux':
        libc = ctypes.CDLL(None)
        libc.mallopt(-4, 0)  # M_MMAP_MAX
        libc.mallopt(-1, -1)  # M_TRIM_THRESHOLD


def read_clock(device):
    """The seconds of a clock, read after the device has finished its work."""
    if device.type == 'cuda':
        torch.cuda.synchronize(device)
    elif device.type == 'mps':
        torch.mps.synchronize()
    return time.perf_counter()
