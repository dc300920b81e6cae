"""How a program ends: one line for what the user can mend, a traceback for a bug of ours.

Exit codes: 0 done, 1 bug, 2 input or disk, 3 diverged, 4 a model that is not to be used, 130
Ctrl-C, 141 nobody reads the output, 143 SIGTERM.
"""

import contextlib
import errno
import functools
import os
import signal
import sys
import threading

from lib import distributed

DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
DISK |= {errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG}

NOT_USABLE = 4  # forget.py wrote a model that its report calls not to be used


class InputError(Exception):
    """Something that the user can mend: the file or flag with what is wrong, and what to do."""

    def __init__(self, problem, fix):
        self.problem, self.fix = problem, fix
        super().__init__(' '.join(f'{problem} Fix: {fix}'.split()))

    def __reduce__(self):  # from a worker process
        return type(self), (self.problem, self.fix)


class NotFinite(InputError):  # noqa: N818
    """A model whose outputs are not finite: it has no accuracy."""


class Diverged(InputError):  # noqa: N818
    """The training left the finite numbers, or ran away within them."""


class Stopped(Exception):  # noqa: N818
    """SIGTERM was sent, and nothing is half done here."""


ASKED = threading.Event()  # to stop


@contextlib.contextmanager
def catch_sigterm():
    """The first SIGTERM asks to stop at the next batch; a second one ends the process at once."""
    ASKED.clear()
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ask(*_):
        ASKED.set()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    before = signal.signal(signal.SIGTERM, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def stop_if_asked(together=False):
    """Raise Stopped once SIGTERM was sent; together: to any of the processes, which all come here
    at the same batch."""
    asked = ASKED.is_set()
    if together:
        asked = distributed.is_any_set(asked)
    if asked:
        raise Stopped


def warn(message):
    """Print a line on stderr, in the main process only."""
    if distributed.is_main_process():
        print(f'warning: {message}', file=sys.stderr)


def fail(message, code):
    """End the program with one line on stderr and the exit code. The first process of each machine
    prints; once the processes have joined, so does every process that ends with code 2."""
    if distributed.local_rank() == 0:
        print(f'error: {message}', file=sys.stderr)
    elif code == 2 and distributed.is_initialized():
        print(f'error in process {distributed.rank()}: {message}', file=sys.stderr)
    raise SystemExit(code)


@contextlib.contextmanager
def silence_others():
    """Let only the main process print."""
    if distributed.is_main_process():
        yield
        return
    with open(os.devnull, 'w') as nowhere, contextlib.redirect_stdout(nowhere):  # noqa: PTH123
        yield


def script(main):
    """Wrap `main(argv=None)` of a script, so that it ends with the exit codes above."""

    @functools.wraps(main)
    def wrapped(argv=None):
        try:
            with catch_sigterm(), silence_others():
                result = main(sys.argv[1:] if argv is None else list(argv))
            distributed.shutdown()
            print(end='', flush=True)  # while a closed pipe can still be told
            return result
        except Diverged as error:
            fail(error, 3)
        except InputError as error:
            fail(error, 2)
        except Stopped:
            fail_stopped()
        except BrokenPipeError:  # the reader is gone, and the work may be half done
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nor is there one for what is left
            raise SystemExit(141) from None
        except MemoryError as error:
            fail(f'too little memory: {error}. Fix: lower --batch_size.', 2)
        except OSError as error:
            if error.errno not in DISK:
                raise
            place = error.filename or 'the disk'
            fail(f'{place}: {error.strerror}. Fix: free it or choose another place.', 2)
        except RuntimeError as error:
            kind = type(error).__name__  # torch's is not imported here
            if kind == 'OutOfMemoryError' or "can't allocate memory" in str(error):
                fail(f'{str(error).splitlines()[0]} Fix: lower --batch_size.', 2)
            if not distributed.is_distributed_error(error):
                raise
            if ASKED.is_set():
                fail_stopped()
            reason = str(error).splitlines()[0]
            fail(
                f'another process of this job is gone, or not reached ({reason}). '
                'Fix: see what it said; run it again.',
                2,
            )
        except KeyboardInterrupt:
            fail('interrupted. Fix: run it again; forget.py goes on, train.py with --resume.', 130)

    return wrapped


def fail_stopped():
    """End the program as SIGTERM asked."""
    fail('stopped by SIGTERM. Fix: run it again; forget.py goes on, train.py with --resume.', 143)
