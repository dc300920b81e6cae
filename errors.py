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
    """The first SIGTERM asks to stop at the next batch; a second one ends the process at once.

    Python runs signal handlers in the main thread, between two steps of it. So that a call into a
    library, which may take long, delays nothing, a thread of its own counts the signals.
    """
    ASKED.clear()
    if threading.current_thread() is not threading.main_thread() or os.name != 'posix':
        yield
        return
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    threading.Thread(target=count_signals, args=(reading,), daemon=True).start()
    handler = signal.signal(signal.SIGTERM, lambda *_: ASKED.set())
    wakeup = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(wakeup)
        signal.signal(signal.SIGTERM, handler)
        os.close(writing)  # which ends the thread


def count_signals(reading):
    """Read the numbers of the signals that come, until the pipe is closed."""
    count = 0
    while number := os.read(reading, 1):
        count += number[0] == signal.SIGTERM
        if count == 1:
            ASKED.set()
        elif count > 1:
            os._exit(143)
    os.close(reading)


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
    """End the program with one line on stderr. Of several processes, one on each machine says what
    all of them find before they join; afterwards each what it finds alone."""
    if ranks.local_rank() == 0:
        print(f'error: {message}', file=sys.stderr)
    elif code == 2 and ranks.joined():
        print(f'error in process {ranks.rank()}: {message}', file=sys.stderr)
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
            if not ranks.is_of_processes(error):
                raise
            if ASKED.is_set():
                end_stopped()
            told = str(error).splitlines()[0]
            fail(
                f'another process of this job is gone, or not reached ({told}). '
                'Fix: see what it said; run it again.',
                2,
            )
        except KeyboardInterrupt:
            fail('interrupted. Fix: run it again; train.py goes on with --resume.', 130)

    return run


def end_stopped():
    """End the program as SIGTERM asked."""
    fail('stopped by SIGTERM. Fix: run it again; train.py goes on with --resume.', 143)
