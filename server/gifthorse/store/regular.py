"""Reading a file that may be anything: only regular files are read, and never more than a limit.

It does not follow decisions about which files matter (files.py); it makes sure that looking at one is harmless:
a FIFO or device is never waited for, and a file that grows while it is read is cut off.
"""

import os
import stat
from pathlib import Path

_QUIET = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


class NotRegularError(OSError):
    """The path names a folder, a device, a FIFO or a socket."""


class TooLargeError(OSError):
    """The file has more bytes than the caller wants to read."""


def read_regular(path: Path, limit: int) -> bytes:
    """All bytes of a regular file, at most `limit`.

    Raises NotRegularError, TooLargeError, or any other OSError that opening gives. A path with a NUL is not found.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise NotRegularError(f"{path} is not a regular file")
        handle = os.open(path, os.O_RDONLY | _QUIET)
    except ValueError as error:
        raise FileNotFoundError(str(path)) from error
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):  # It may have been exchanged since we looked.
            raise NotRegularError(f"{path} is not a regular file")
        content = file.read(limit + 1)
    if len(content) > limit:
        raise TooLargeError(f"{path} has more than {limit} bytes")
    return content
