"""How a program ends: with one line for what the user can mend, with a traceback for a bug.

Exit codes: 0 done, 2 input or disk, 3 diverged; a deletion request also has 4 failed, 5 undecided.
"""

import contextlib
import errno
import functools
import sys

from lib import distributed

DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
DISK |= {errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG}

EXIT_CODES = {'passed': 0, 'failed': 4, 'undecided': 5}  # of a deletion request


class InputError(Exception):
    """Something that the user can mend. problem: the file or flag, and what is wrong; fix: what to
    do."""

    def __init__(self, problem, fix):
        self.problem, self.fix = problem, fix
        super().__init__(' '.join(f'{problem} Fix: {fix}'.split()))

    def __reduce__(self):  # from a worker process
        return type(self), (self.problem, self.fix)


class NotFinite(InputError):  # noqa: N818
    """A model whose outputs are not finite: it has no accuracy."""


class Diverged(InputError):  # noqa: N818
    """A training whose loss is not finite, or far above that of guessing."""


def warn(message):
    """Print a line on stderr, in the main process only."""
    if distributed.is_main_process():
        print(f'warning: {message}', file=sys.stderr)


def fail(message, code):
    """End the program with an exit code and, once a machine, one line on stderr."""
    if distributed.local_rank() == 0:
        print(f'error: {message}', file=sys.stderr)
    raise SystemExit(code)


def with_exit_codes(main):
    """Wrap `main(argv=None)` of a script so that it ends with the exit codes above."""

    @functools.wraps(main)
    def wrapped(argv=None):
        out = sys.stdout if distributed.is_main_process() else None  # nobody else prints
        try:
            with contextlib.redirect_stdout(out):
                result = main(sys.argv[1:] if argv is None else list(argv))
            distributed.shutdown()
            return result
        except Diverged as error:
            fail(error, 3)
        except InputError as error:
            fail(error, 2)
        except OSError as error:
            if error.errno not in DISK:
                raise
            place = error.filename or 'the disk'
            fail(f'{place}: {error.strerror}. Fix: free it or choose another place.', 2)

    return wrapped
