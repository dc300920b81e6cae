"""How a program ends: one line for what the user can mend, a traceback for a bug of ours.

Exit codes: 0 done, 1 bug, 2 input or disk, 3 diverged, 130 Ctrl-C.
"""

import errno
import functools
import sys

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


def fail(message, code):
    """End the program with one line on stderr."""
    print(f'error: {message}', file=sys.stderr)
    raise SystemExit(code)


def script(main):
    """Wrap `main(argv=None)` of a script, so that it ends with the exit codes above."""

    @functools.wraps(main)
    def run(argv=None):
        try:
            return main(sys.argv[1:] if argv is None else list(argv))
        except Diverged as error:
            fail(error, 3)
        except InputError as error:
            fail(error, 2)
        except BrokenPipeError:  # the reader, such as head, has seen enough
            raise SystemExit(0) from None
        except OSError as error:
            if error.errno not in DISK:
                raise
            place = error.filename or 'the disk'
            fail(f'{place}: {error.strerror}. Fix: free it or choose another place.', 2)
        except KeyboardInterrupt:
            fail('interrupted.', 130)

    return run
