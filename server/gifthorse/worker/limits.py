"""What an inspection may cost, and the one place that knows how each system measures and enforces it.

Three nets: the server kills a child that takes too long or grows too big (everywhere), the kernel refuses the child
memory (where it can), and a child that nobody watches any more ends itself. It decides nothing about documents.
"""

import faulthandler
import os
import struct
import sys
import time
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 60.0
REARM_AFTER = 5.0
PROC_PIDTASKINFO = 4
TASK_INFO_SIZE = 96
PROCESS_QUERY_LIMITED_INFORMATION = 0x1000
PROCESS_VM_READ = 0x0010
MEMORY_COUNTERS_SIZE = 72


@dataclass(frozen=True, slots=True)
class Limits:
    """What one worker may take: `seconds` of wall clock for an inspection and `startup` until a child is ready,
    `memory` in bytes for the whole child, `content` in bytes for one document.
    """

    seconds: float = 10.0
    memory: int = 2048 * MIB
    startup: float = 60.0
    content: int = 8 * MIB


def cap_memory(limit: int) -> None:
    """Let the kernel refuse this process more than `limit` bytes, where the kernel can: an allocation then fails.

    Linux counts what is really private data (RLIMIT_DATA); other Unix systems the address space. macOS accepts and
    ignores both, Windows has neither: there the server's watching (`resident`) is the only net. Only the soft limit is
    set, so that a later call can allow more.
    """
    if sys.platform in ("win32", "darwin"):
        return
    import resource  # noqa: PLC0415, there is no such module on Windows

    which = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    _, most = resource.getrlimit(which)
    limit = limit if most == resource.RLIM_INFINITY else min(limit, most)
    resource.setrlimit(which, (limit, most))


def resident(pid: int) -> int | None:
    """How many bytes of memory the process holds, or None where that cannot be known (it is gone, or no such means)."""
    try:
        if sys.platform == "linux":
            pages = Path(f"/proc/{pid}/statm").read_bytes().split()[1]
            return int(pages) * os.sysconf("SC_PAGE_SIZE")
        if sys.platform == "darwin":
            return _resident_on_macos(pid)
        if sys.platform == "win32":
            return _resident_on_windows(pid)
    except (OSError, AttributeError, IndexError, ValueError):
        return None
    return None


def _resident_on_macos(pid: int) -> int | None:
    """`pti_resident_size` of `proc_taskinfo` (sys/proc_info.h): the second of its 64-bit fields."""
    import ctypes  # noqa: PLC0415, not needed elsewhere and slow to import

    library = ctypes.CDLL("/usr/lib/libproc.dylib")
    buffer = ctypes.create_string_buffer(TASK_INFO_SIZE)
    got = library.proc_pidinfo(pid, PROC_PIDTASKINFO, ctypes.c_uint64(0), buffer, TASK_INFO_SIZE)
    return int(struct.unpack_from("=QQ", buffer)[1]) if got == TASK_INFO_SIZE else None


def _resident_on_windows(pid: int) -> int | None:
    """`WorkingSetSize` of PROCESS_MEMORY_COUNTERS (psapi.h): behind two 32-bit fields and one of pointer size."""
    import ctypes  # noqa: PLC0415, not needed elsewhere and slow to import

    kernel = ctypes.CDLL("kernel32")
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = kernel.OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | PROCESS_VM_READ, 0, pid)
    if not handle:
        return None
    try:
        buffer = ctypes.create_string_buffer(MEMORY_COUNTERS_SIZE)
        ok = kernel.K32GetProcessMemoryInfo(ctypes.c_void_p(handle), buffer, MEMORY_COUNTERS_SIZE)
        return int(struct.unpack_from("@IINN", buffer)[3]) if ok else None
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))


class DeadMan:
    """Ends this process when an inspection hangs and the server is no longer there to do it.

    The reading thread notices a closed pipe, but not while native code holds the interpreter's lock; the timer of
    faulthandler runs without it, on every system. Setting the timer starts a thread, so it is set once for many
    inspections: each has at least `seconds` before it runs out.
    """

    def __init__(self, seconds: float) -> None:
        self._set_at: float | None = None
        self._nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115, kept for the process's life
        self.allow(seconds)

    def allow(self, seconds: float) -> None:
        """So long may an inspection take from the next `arm` on."""
        self.disarm()
        self._seconds = seconds
        self._rearm_after = min(REARM_AFTER, seconds)

    def arm(self) -> None:
        """Before an inspection."""
        now = time.monotonic()
        if self._set_at is None or now - self._set_at > self._rearm_after:
            faulthandler.dump_traceback_later(self._seconds + self._rearm_after, exit=True, file=self._nowhere)
            self._set_at = now

    def disarm(self) -> None:
        """When there is nothing to do: an idle process lives as long as its pipe."""
        if self._set_at is not None:
            faulthandler.cancel_dump_traceback_later()
            self._set_at = None


def pause_after(failures: int) -> float:
    """Seconds to wait before the next start: none after the first failure, then doubling."""
    return 0.0 if failures < 2 else min(FIRST_PAUSE * 2.0 ** min(failures - 2, 20), LONGEST_PAUSE)
