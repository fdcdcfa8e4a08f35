"""The worker as the rest of the house knows it: documents go in, Replies come out, no call ever waits.

One thread runs the supervisor; every call only puts a note into its inbox. Callers that want a second, independent
worker (background work) make a second one.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from queue import Empty, SimpleQueue
from typing import TypeVar

from gifthorse.model.rule import Rule
from gifthorse.model.terms import NO_TERMS, Terms
from gifthorse.model.text import Edit
from gifthorse.worker import wire
from gifthorse.worker.child import Child, Link
from gifthorse.worker.documents import NOWHERE, File
from gifthorse.worker.librarian import Librarian, Shelves
from gifthorse.worker.limits import Limits
from gifthorse.worker.state import Condition, Reply, WorkerState
from gifthorse.worker.supervisor import Supervisor

__all__ = ["Condition", "File", "Limits", "Reply", "Worker", "WorkerState"]

Note = Callable[[], None]
Value = TypeVar("Value", Reply, WorkerState)
log = logging.getLogger(__name__)


class Worker:
    """One child process and what keeps it going. `on_reply` and `on_state` are called from the worker's own thread,
    one at a time: they must pass the value on and return. Every version that is not overtaken by a newer one gets a
    Reply, also when it could not be analysed; versions that were overtaken mostly get none.
    """

    def __init__(
        self,
        command: Sequence[str],
        limits: Limits,
        on_reply: Callable[[Reply], None],
        on_state: Callable[[WorkerState], None],
        *,
        shelves: Shelves | None = None,
    ) -> None:
        """Start `command` in the background, and again whenever it ends. `shelves`: where what texts import is found;
        without any, everything is a library.
        """
        self._inbox: SimpleQueue[Note | None] = SimpleQueue()
        self._command = tuple(command)
        self._librarian = Librarian(shelves) if shelves is not None else None
        self._supervisor = Supervisor(self._start, limits, guarded(on_reply), guarded(on_state), time.monotonic)
        if self._librarian is not None:
            self._supervisor.follow(self._librarian, self._on_found)
        self._thread = threading.Thread(target=self._run, name="worker-supervisor", daemon=True)
        self._thread.start()

    def open(self, uri: str, version: int, language_id: str | None, content: bytes, file: File = NOWHERE) -> None:
        """Inspect this document from now on; opening it again replaces it."""
        self._inbox.put(partial(self._supervisor.open, uri, version, language_id, content, file))

    def stale(self, places: Sequence[str]) -> None:
        """Files (real paths) that are not open changed, came or went."""
        self._inbox.put(partial(self._supervisor.stale, tuple(places)))

    def change(self, uri: str, version: int, edits: Sequence[Edit]) -> None:
        """The document was edited: `edits` in order, each over the text that the one before made."""
        self._inbox.put(partial(self._supervisor.change, uri, version, tuple(edits)))

    def close(self, uri: str) -> None:
        """The document is not to be inspected any more; what is held against it is forgotten."""
        self._inbox.put(partial(self._supervisor.close, uri))

    def release(self, uri: str) -> None:
        """Inspect the open document again from the start, also if it is in quarantine."""
        self._inbox.put(partial(self._supervisor.release, uri))

    def against(self, uri: str, version: int, before: bytes | None, terms: Terms = NO_TERMS) -> None:
        """Hold an open document, at this version, against another text, by these terms: what the difference says comes
        with its next Reply. Against None: not any more.
        """
        against = wire.Against(0, version, before, terms.allowed, terms.declared, terms.beside)
        self._inbox.put(partial(self._supervisor.against, uri, against))

    def rules(self, root: str, rules: Sequence[Rule]) -> None:
        """These rules of a user's own count for the documents of this root from now on, and no others."""
        self._inbox.put(partial(self._supervisor.rules, root, tuple(rules)))

    def allow(self, limits: Limits) -> None:
        """Other limits hold from the next inspection on; the child goes on running."""
        self._inbox.put(partial(self._supervisor.allow, limits))

    def stop(self) -> None:
        """End the worker and its child soon; nothing is replied afterwards, and STOPPED is the last state."""
        self._inbox.put(None)

    def join(self, timeout: float | None = None) -> bool:
        """Wait (seconds) until a stopped worker has ended; whether it has."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _start(self) -> Child:
        return Child(self._command, self._on_message, self._on_lost)

    def _on_found(self, child: Link, message: wire.Links | wire.Texts) -> None:
        self._inbox.put(partial(self._supervisor.found, child, message))

    def _on_message(self, child: Child, message: wire.Response) -> None:
        self._inbox.put(partial(self._supervisor.heard, child, message))

    def _on_lost(self, child: Child, cause: str) -> None:
        self._inbox.put(partial(self._supervisor.lost, child, cause))

    def _run(self) -> None:
        try:
            self._supervisor.tick()
            while self._take_notes():
                self._supervisor.tick()
        finally:
            self._supervisor.stop()
            if self._librarian is not None:
                self._librarian.stop()

    def _take_notes(self) -> bool:
        """Act on all notes that are there, or wait for one until the clock must be looked at; False to stop."""
        try:
            first = self._inbox.get(timeout=self._supervisor.wait())
        except Empty:
            return True
        # Nobody else takes notes out, so that as many as are counted can be had without waiting.
        for note in (first, *(self._inbox.get() for _ in range(self._inbox.qsize()))):
            if note is None:
                return False
            note()
        return True


def guarded(callback: Callable[[Value], None]) -> Callable[[Value], None]:
    """The callback, whose errors are logged by their kind alone: a caller's fault must not end the worker."""

    def call(value: Value) -> None:
        try:
            callback(value)
        except Exception as error:  # noqa: BLE001, whatever it is, it is the caller's
            log.error("a listener of the worker failed: %s", type(error).__name__)  # noqa: TRY400, no user's text

    return call
