"""Files that are written whole or not at all."""

import contextlib
import os
from pathlib import Path


class Tracked:
    """A file that remembers what failed when it was written, whatever its writer makes of it."""

    def __init__(self, file):
        self.file, self.error = file, None

    def write(self, content):
        """Write bytes."""
        try:
            return self.file.write(content)
        except OSError as error:
            self.error = error
            raise

    def __getattr__(self, name):
        return getattr(self.file, name)


@contextlib.contextmanager
def whole_file(path):
    """A file to write bytes to, that takes its name once all of them are on the disk.

    Raises OSError, naming the path, where the disk does not take them; the file that had the name
    before stays then, and nothing else.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + '.partial')
    try:
        with partial.open('wb') as plain:
            file = Tracked(plain)
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        sync_folder(path.parent)
    except BaseException as error:
        partial.unlink(missing_ok=True)
        failed = file.error if isinstance(error, RuntimeError) else error
        if isinstance(failed, OSError):
            raise OSError(failed.errno, os.strerror(failed.errno), str(path)) from None
        raise


def sync_folder(folder):
    """Let a rename in a folder last, where the system can."""
    if os.name == 'posix':
        handle = os.open(folder, os.O_RDONLY)
        with contextlib.suppress(OSError):  # some file systems cannot
            os.fsync(handle)
        os.close(handle)
