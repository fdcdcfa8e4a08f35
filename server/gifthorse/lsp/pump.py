"""The one loop of the server: everything that happens is an action in one queue, carried out in order by one thread.

A reader thread puts the client's messages there, the workers' reader threads their replies; timers are the loop's own.
No action may be slow or wait for anything: then every message is answered soon, whatever the workers are doing.
"""

import heapq
import itertools
import os
import threading
import time
from collections.abc import Callable, Hashable
from queue import Empty, SimpleQueue
from typing import BinaryIO

from gifthorse.lsp.framing import BadFrameError, read_frame

Action = Callable[[], None]

LAST_SECOND = 1.0
"""Seconds that the loop has for what is still queued when the client is gone; then the process ends regardless."""


class Pump:
    """Queue, timers and loop. `post` may be called by any thread, everything else by the loop's thread alone."""

    def __init__(self, on_fault: Callable[[BaseException], None]) -> None:
        self._queue: SimpleQueue[Action] = SimpleQueue()
        self._timers: list[tuple[float, int, Hashable]] = []
        self._due: dict[Hashable, tuple[int, Action]] = {}
        self._numbers = itertools.count()
        self._on_fault = on_fault
        self._running = True

    def post(self, action: Action) -> None:
        """Have the loop do this after everything that was posted before."""
        self._queue.put(action)

    def after(self, seconds: float, key: Hashable, action: Action) -> None:
        """Do this once, so many seconds from now, instead of what was to be done under the same key."""
        number = next(self._numbers)
        self._due[key] = (number, action)
        heapq.heappush(self._timers, (time.monotonic() + seconds, number, key))

    def waiting(self, key: Hashable) -> bool:
        """Whether something is to be done under this key."""
        return key in self._due

    def stop(self) -> None:
        """End the loop after the present action."""
        self._running = False

    def run(self) -> None:
        """Carry out actions until `stop`. A fault in one of them is reported and does not end the loop."""
        while self._running:
            action = self._next()
            try:
                action()
            except Exception as fault:  # noqa: BLE001 - whatever it is, the next message must still be answered
                self._on_fault(fault)

    def _next(self) -> Action:
        while True:
            pause = self._until_next_timer()
            if pause is not None and pause <= 0:
                action = self._pop_timer()
                if action is not None:
                    return action
                continue
            try:
                return self._queue.get(timeout=pause)
            except Empty:
                continue

    def _until_next_timer(self) -> float | None:
        return self._timers[0][0] - time.monotonic() if self._timers else None

    def _pop_timer(self) -> Action | None:
        _, number, key = heapq.heappop(self._timers)
        due = self._due.get(key)
        if due is None or due[0] != number:
            return None  # replaced by a later one
        del self._due[key]
        return due[1]


def start_reader(pump: Pump, source: BinaryIO, on_body: Callable[[bytes], None], on_end: Callable[[str], None]) -> None:
    """Read the client's messages on a thread of their own, so that a full pipe never stops the client.

    `on_end` is posted with the reason, empty for an ordinary end. When the loop has not come to it within
    LAST_SECOND the process ends: nobody is left to answer.
    """
    threading.Thread(target=_read, args=(pump, source, on_body, on_end), name="client", daemon=True).start()


def _read(pump: Pump, source: BinaryIO, on_body: Callable[[bytes], None], on_end: Callable[[str], None]) -> None:
    reason = ""
    try:
        while (body := read_frame(source)) is not None:
            pump.post(_Bound(on_body, body))
    except BadFrameError as fault:
        reason = str(fault)
    except (OSError, ValueError):
        reason = ""  # the stream was closed under our hands: the same as its end
    pump.post(lambda: on_end(reason))
    time.sleep(LAST_SECOND)
    os._exit(1)


class _Bound:
    """A message to be handled: like functools.partial, but its repr, which a log might hold, shows no message."""

    __slots__ = ("_body", "_on_body")

    def __init__(self, on_body: Callable[[bytes], None], body: bytes) -> None:
        self._on_body = on_body
        self._body = body

    def __call__(self) -> None:
        self._on_body(self._body)
