"""One child process with its pipes: frames go in and come out, nobody who calls it ever waits.

It judges nothing: that the child is late, sends rubbish or is gone is told to the supervisor.
"""

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import IO, BinaryIO, Protocol, cast

from gifthorse.worker import limits, wire

TAIL_BYTES = 4096
GRACE_SECONDS = 1.0


class Link(Protocol):
    """What the supervisor needs of a child."""

    def send(self, message: wire.Request) -> None:
        """Pass a message on; returns at once, whether or not the child reads it."""

    def kill(self) -> None:
        """End the child now; returns at once."""

    def finish(self) -> None:
        """End the child and wait, a moment at most, until it is gone."""

    def resident(self) -> int | None:
        """The memory it holds, in bytes, where that can be known."""


class Child:
    """A running child. `on_message` and `on_lost` are called from its own threads, `on_lost` once and last."""

    def __init__(
        self,
        command: Sequence[str],
        on_message: Callable[["Child", wire.Response], None],
        on_lost: Callable[["Child", str], None],
    ) -> None:
        """Start `command`. OSError if that is not possible."""
        self._on_message = on_message
        self._on_lost = on_lost
        self._outbox: SimpleQueue[bytes | None] = SimpleQueue()
        self._tail = b""
        self._is_ready = False
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=sys.prefix,  # never the workspace: nothing in it may be imported or loaded by the child
            env=environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        # A child that hangs does not notice that we leave.
        atexit.register(self._process.kill)
        self._complaints = self._thread(self._listen)
        self._writer = self._thread(self._write)
        self._reader = self._thread(self._read)

    def send(self, message: wire.Request) -> None:
        """Pass a message on; returns at once, whether or not the child reads it."""
        self._outbox.put(wire.pack(message))

    def kill(self) -> None:
        """End the child now; returns at once."""
        self._process.kill()
        self._outbox.put(None)

    def finish(self) -> None:
        """End the child and wait, GRACE_SECONDS at most, until it is gone: it has nothing to save."""
        self.kill()
        self._reader.join(GRACE_SECONDS)

    def resident(self) -> int | None:
        """The memory it holds, in bytes, where that can be known."""
        return limits.resident(self._process.pid)

    def _thread(self, run: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=run, name=f"worker-{run.__name__.strip('_')}", daemon=True)
        thread.start()
        return thread

    def _write(self) -> None:
        """Write frames until the outbox says stop or nobody reads them any more; the closed pipe ends the child."""
        sink = pipe(self._process.stdin)
        try:
            while (frame := self._outbox.get()) is not None:
                sink.write(frame)
                if self._outbox.empty():
                    sink.flush()
            sink.close()
        except OSError:
            # The reading thread sees the same end and knows more about it.
            close_quietly(sink)

    def _read(self) -> None:
        """Pass messages on until the child is gone; one that sends rubbish is ended."""
        source = pipe(self._process.stdout)
        cause = ""
        try:
            while (body := wire.read_frame(source)) is not None:
                message = wire.response(body)
                self._is_ready = True
                self._on_message(self, message)
        except wire.GarbledError:
            cause = "sent rubbish"
        except OSError:
            cause = "closed its output"
        self.kill()
        code = self._process.wait()
        atexit.unregister(self._process.kill)
        source.close()
        self._complaints.join(GRACE_SECONDS)
        self._on_lost(self, cause or self._ending(code))

    def _ending(self, code: int) -> str:
        if code == wire.EXIT_MEMORY:
            return "needed more memory than it may have"
        complaint = "" if self._is_ready else self._tail.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return f"ended with exit code {code}" + (f" ({complaint})" if complaint else "")

    def _listen(self) -> None:
        """Read standard error so that it never fills up. Kept only until the child is ready: until then it has been
        given no document, so that what it complains about cannot quote one.
        """
        complaints = pipe(self._process.stderr)
        with complaints:
            while piece := os.read(complaints.fileno(), TAIL_BYTES):
                self._tail = b"" if self._is_ready else (self._tail + piece)[-TAIL_BYTES:]


def pipe(stream: IO[bytes] | None) -> BinaryIO:
    """The stream, which is there because we asked for a pipe."""
    if stream is None:
        raise RuntimeError("the child was started without a pipe")
    return cast("BinaryIO", stream)


def close_quietly(stream: BinaryIO) -> None:
    """Close a pipe whose other end is gone: what was not written yet cannot be."""
    try:
        stream.close()
    except OSError:
        return


def environment() -> dict[str, str]:
    """Ours, and the child imports from where we import, but never from a place relative to a folder."""
    places = [place for place in sys.path if os.path.isabs(place)]  # noqa: PTH117, sys.path holds strings
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places), "PYTHONUTF8": "1"}
