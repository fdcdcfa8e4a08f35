"""Copies of what passes, on their way to the watching process: in order, with their times, without anybody waiting.

What is kept back is bounded. Where the watching process is too slow, copies are left out and it is told; what is
passed on between editor and server is never touched by that.
"""

import contextlib
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from queue import SimpleQueue
from typing import IO, BinaryIO

FROM_CLIENT, FROM_SERVER, LEFT_OUT = 0, 1, 2
HEADER = struct.Struct("<BdI")
"""Who said it, when (seconds since 1970), and how many bytes follow."""
MOST_BYTES = 256 * 1024 * 1024
"""Bytes that are kept back for a watching process that is slow."""
LAST = 2.0
"""Seconds that are given to it for what it has not got yet, when all is over."""

_Copy = tuple[int, float, bytes]


class Copies:
    """The way to one watching process; `process` is None until it runs, and where it cannot."""

    def __init__(self, watcher: Sequence[str]) -> None:
        self._queue: SimpleQueue[_Copy | None] = SimpleQueue()
        self._waiting = 0
        self._lock = threading.Lock()
        self._leaving_out = False
        self.process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, args=(list(watcher),), daemon=True)
        self._thread.start()

    def put(self, side: int, chunk: bytes) -> None:
        """Take a copy, at the price of a few microseconds."""
        with self._lock:
            if self._waiting + len(chunk) > MOST_BYTES:
                side, chunk, left_out = LEFT_OUT, b"", self._leaving_out
                self._leaving_out = True
                if left_out:
                    return
            else:
                self._leaving_out = False
            self._waiting += len(chunk)
            self._queue.put((side, time.time(), chunk))

    def finish(self) -> None:
        """Nothing more comes. Waits a little for what is on its way; the watching process then ends by itself."""
        self._queue.put(None)
        self._thread.join(LAST)

    def _run(self, watcher: Sequence[str]) -> None:
        try:
            self.process = subprocess.Popen(
                watcher,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # so that a signal for the editor's children does not end it too early
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as fault:
            sys.stderr.write(f"gifthorse proxy: suggestions are passed on, but not recorded: {fault}\n")
            self._let_go(None)
            return
        self._let_go(self.process.stdin)
        self.process.poll()

    def _let_go(self, sink: IO[bytes] | None) -> None:
        """Hand the copies over; when nobody takes them any more they are dropped."""
        for side, moment, chunk in iter(self._queue.get, None):
            with self._lock:
                self._waiting -= len(chunk)
            if sink is not None:
                try:
                    sink.write(HEADER.pack(side, moment, len(chunk)) + chunk)
                    sink.flush()
                except OSError:
                    sink = None  # it says itself why it ended
        if sink is not None:
            with contextlib.suppress(OSError):
                sink.close()


def read_copies(source: BinaryIO) -> Iterator[_Copy]:
    """What was put, on the other end, until it ends."""
    while len(header := source.read(HEADER.size)) == HEADER.size:
        side, moment, size = HEADER.unpack(header)
        yield side, moment, source.read(size)
