"""A lock on an open file that the system lets go when its holder dies, however it dies.

It says "somebody is still writing here", nothing more. Where a file system knows no locks, everything looks taken.
"""

import os
import sys

FAR = 0x7FFF_FFFE
"""Windows locks bytes, and nobody else can read a locked one: so lock one that is never written."""

if sys.platform == "win32":
    import msvcrt

    def take(handle: int) -> bool:
        """Take the lock of an open file without waiting. False where somebody has it."""
        try:
            os.lseek(handle, FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def take(handle: int) -> bool:
        """Take the lock of an open file without waiting. False where somebody has it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
