"""Whether a process is still alive, on every system, without a dependency. It watches; it never ends anything."""

import os
import sys

INTERVAL = 2.0
"""Seconds between two looks at the client's process."""

if sys.platform == "win32":
    import ctypes

    _SYNCHRONIZE = 0x00100000
    _WAIT_TIMEOUT = 0x00000102

    def alive(process: int) -> bool:
        """Whether the process runs; True as well where we may not know."""
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(_SYNCHRONIZE, False, process)
        if not handle:
            return bool(kernel.GetLastError() == 5)  # access denied: it is there
        try:
            return bool(kernel.WaitForSingleObject(handle, 0) == _WAIT_TIMEOUT)
        finally:
            kernel.CloseHandle(handle)

else:

    def alive(process: int) -> bool:
        """Whether the process runs; True as well where we may not know."""
        if process <= 0:
            return True  # such a number names a group of processes, not the client
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        except (PermissionError, OverflowError):
            return True
        return True
