"""Passing on: the editor's bytes to the server, the server's to the editor, as they are, when they come.

What passes is copied to the watching process (copies.py), which may be slow or die without anybody noticing.
Standard error, working directory and environment are the server's own; signals and the exit code go through.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from types import FrameType

from gifthorse.proxy.copies import FROM_CLIENT, FROM_SERVER, Copies

CHUNK = 1 << 16
NOT_FOUND, NOT_RUNNABLE = 127, 126
"""Exit codes for a server that cannot be started, as shells give them."""
GRACE = 5.0
"""Seconds that a server has to end by itself when its editor is gone; then it is asked to, and then ended."""
LAST_BYTES = 0.5
"""Seconds without a byte after which what a server's own children may still say is not waited for."""
FORWARDED = ("SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGWINCH")

_STDIN, _STDOUT = 0, 1


class CannotStartError(Exception):
    """The server's program cannot be started: what to do, and the exit code that says so."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def relay(command: Sequence[str], watcher: Sequence[str]) -> int:
    """Run a server behind our standard streams until it ends; returns its exit code, negative for a signal.

    `watcher` is the command that takes the copies. Raises CannotStartError.
    """
    server = _start(command)
    _forward_signals(server)
    copies = Copies(watcher)
    assert server.stdin is not None  # noqa: S101 - both are pipes
    assert server.stdout is not None  # noqa: S101
    sink, source = os.dup(server.stdin.fileno()), os.dup(server.stdout.fileno())
    server.stdin.close()
    server.stdout.close()
    _binary(_STDIN, _STDOUT)
    outward = _Flow(source, _STDOUT, lambda chunk: copies.put(FROM_SERVER, chunk))
    inward = _Flow(_STDIN, sink, lambda chunk: copies.put(FROM_CLIENT, chunk))
    inward.on_end = lambda: _end_later(server)
    for flow in (outward, inward):
        flow.start()
    code = server.wait()
    outward.rest(LAST_BYTES)
    copies.finish()
    return code


def leave(code: int) -> None:
    """End this process as the server ended: with its exit code, or by the same signal. Does not return."""
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    if code < 0:
        _die_by(-code)
        os._exit(128 - code)
    os._exit(code)


class _Flow(threading.Thread):
    """One direction."""

    def __init__(self, source: int, sink: int, copy: Callable[[bytes], None]) -> None:
        super().__init__(daemon=True)
        self.on_end: Callable[[], None] = lambda: None
        self._source, self._sink, self._copy = source, sink, copy
        self._moved = threading.Event()

    def run(self) -> None:
        """Pass on until one side ends; then both ends of it are closed, so that the other side learns of it."""
        with contextlib.suppress(OSError):
            while chunk := os.read(self._source, CHUNK):
                self._copy(chunk)  # before anybody can answer it, so that the copies are in order
                self._moved.set()
                _write(self._sink, chunk)
        for descriptor in (self._sink, self._source):
            _give_up(descriptor)
        self.on_end()

    def rest(self, seconds: float) -> None:
        """Wait until everything has been passed on, or nothing has come for so long."""
        while self.is_alive():
            self._moved.clear()
            self.join(seconds)
            if not self._moved.is_set():
                return


def _write(sink: int, chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(sink, rest) :]


def _give_up(descriptor: int) -> None:
    """Close our end. The number of a standard stream stays taken, so that nothing else gets it."""
    with contextlib.suppress(OSError):
        if descriptor > _STDOUT:
            os.close(descriptor)
            return
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, descriptor)
        os.close(nothing)


def _start(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    except (FileNotFoundError, NotADirectoryError) as fault:
        hint = "give its full path, or put it on the PATH"
        raise CannotStartError(f"there is no program {command[0]!r}: {hint}", NOT_FOUND) from fault
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or str(fault)
        raise CannotStartError(f"{command[0]!r} cannot be started: {why}", NOT_RUNNABLE) from fault


def _forward_signals(server: "subprocess.Popen[bytes]") -> None:
    def forward(number: int, _frame: FrameType | None) -> None:
        with contextlib.suppress(OSError):
            server.send_signal(number)

    for name in FORWARDED:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            with contextlib.suppress(OSError, ValueError):
                signal.signal(number, forward)


def _end_later(server: "subprocess.Popen[bytes]") -> None:
    """The editor is gone: a server that does not end by itself is asked to, and then ended."""
    for end in (server.terminate, server.kill):
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(GRACE)
            return
        with contextlib.suppress(OSError):
            end()


def _die_by(number: int) -> None:
    with contextlib.suppress(OSError, ValueError, ImportError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # the server's own image is the one worth keeping
        if number != signal.SIGKILL:
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)


def _binary(*descriptors: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists on Windows only

        for descriptor in descriptors:
            msvcrt.setmode(descriptor, os.O_BINARY)
