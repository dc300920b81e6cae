"""How a program ends: one line for what the user can mend, a traceback for a bug of ours.

Exit codes: 0 done, 1 bug, 2 input or disk, 3 diverged, 130 Ctrl-C, 143 SIGTERM.
"""

import contextlib
import errno
import functools
import os
import signal
import sys
import threading

import ranks

DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
DISK |= {errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG}
LOST = ('gloo', 'NCCL', 'Connection')  # in what torch.distributed says of a process that is gone


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
    """The training left the finite numbers."""


class Stopped(Exception):  # noqa: N818
    """SIGTERM was sent, and a place was reached where nothing is half done."""


ASKED = threading.Event()  # to stop


@contextlib.contextmanager
def listening():
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
    if ranks.any_of(asked) if together and ranks.world() > 1 else asked:
        raise Stopped


def warn(message):
    """A line on stderr, from the process that speaks."""
    if ranks.writer():
        print(f'warning: {message}', file=sys.stderr)


def fail(message, code):
    """End the program with one line on stderr; of several processes, one on each machine speaks."""
    if ranks.local_rank() == 0:
        print(f'error: {message}', file=sys.stderr)
    raise SystemExit(code)


@contextlib.contextmanager
def quiet():
    """Only the process that speaks prints."""
    if ranks.writer():
        yield
        return
    with open(os.devnull, 'w') as nowhere, contextlib.redirect_stdout(nowhere):  # noqa: PTH123
        yield


def script(main):
    """Wrap `main(argv=None)` of a script, so that it ends with the exit codes above."""

    @functools.wraps(main)
    def run(argv=None):
        try:
            with listening(), quiet():
                result = main(sys.argv[1:] if argv is None else list(argv))
            ranks.leave()
            return result
        except Diverged as error:
            fail(error, 3)
        except InputError as error:
            fail(error, 2)
        except Stopped:
            end_stopped()
        except BrokenPipeError:  # the reader, such as head, has seen enough
            raise SystemExit(0) from None
        except OSError as error:
            if error.errno not in DISK:
                raise
            place = error.filename or 'the disk'
            fail(f'{place}: {error.strerror}. Fix: free it or choose another place.', 2)
        except RuntimeError as error:
            if ranks.world() == 1 or not any(word in str(error) for word in LOST):
                raise
            if ASKED.is_set():
                end_stopped()
            fail('another process of this job is gone. Fix: see what it said; run it again.', 2)
        except KeyboardInterrupt:
            fail('interrupted. Fix: run it again; train.py goes on with --resume.', 130)

    return run


def end_stopped():
    """End the program as SIGTERM asked."""
    fail('stopped by SIGTERM. Fix: run it again; train.py goes on with --resume.', 143)
