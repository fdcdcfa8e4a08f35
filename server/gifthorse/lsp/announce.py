"""Tells the client what has changed: diagnostics, Regions, status, and what it should ask for again.

It keeps what was said last, so that nothing is said twice or too often; it decides nothing.
"""

from collections.abc import Callable, Sequence
from typing import Any

from gifthorse.lsp import protocol
from gifthorse.lsp.pump import Pump
from gifthorse.lsp.rpc import Connection, State

BREATH = 0.1
"""Least number of seconds between two gifthorse/regionsChanged of one document, and between two refreshes."""


class Announcer:
    """Everything that goes to the client of its own accord."""

    def __init__(self, pump: Pump) -> None:
        self._pump = pump
        self._connection: Connection | None = None
        self._again: dict[Any, Callable[[], None]] = {}
        self._said: dict[str, Any] = {}
        self._unreviewed = 0
        self._not_analysed: tuple[str, ...] = ()
        self._busy: dict[str, str] = {}
        self._degraded: dict[str, str] = {}
        self.on_regions: Callable[[str], None] = lambda _: None

    def connect(self, connection: Connection) -> None:
        """From now on there is somebody to tell."""
        self._connection = connection

    def publish(self, uri: str, version: int | None, items: Sequence[dict[str, Any]]) -> None:
        """Push the diagnostics of one document."""
        params: dict[str, Any] = {"uri": uri, "diagnostics": items}
        if version is not None:
            params["version"] = version
        self._notify("textDocument/publishDiagnostics", params)

    def regions_changed(self, uri: str, version: int) -> None:
        """The Regions of a document are not what they were: say so, but not too often."""
        params = {"uri": uri, "version": version}
        self.on_regions(uri)
        self._calmly(("regions", uri), lambda: self._notify(protocol.REGIONS_CHANGED, params))

    def refresh(self, method: str) -> None:
        """Have the client ask again for something (workspace/.../refresh), but not too often."""
        self._calmly(("refresh", method), lambda: self._request(method))

    def forget(self, uri: str) -> None:
        """A document is closed: nothing is left to say of it."""
        self._again.pop(("regions", uri), None)

    def counts(self, unreviewed: int, not_analysed: Sequence[str]) -> None:
        """How much waits for a review, and what could not be analysed."""
        self._unreviewed, self._not_analysed = unreviewed, tuple(not_analysed)
        self.say_status()

    def busy(self, part: str, what: str) -> None:
        """A part of the server does something long, or, with an empty text, does so no more."""
        self._busy.pop(part, None)
        if what:
            self._busy[part] = what
        self.say_status()

    def degrade(self, part: str, message: str) -> None:
        """A part of the server does not work as it should, or, with an empty message, does again."""
        self._degraded.pop(part, None)
        if message:
            self._degraded[part] = message
        self.say_status()

    def say_status(self) -> None:
        """Send the status if there is something new in it."""
        message = next(iter([*self._degraded.values(), *self._busy.values()]), "")
        status: dict[str, Any] = {
            "state": "degraded" if self._degraded else "busy" if self._busy else "ready",
            "unreviewed": self._unreviewed,
            "notAnalysed": list(self._not_analysed),
        }
        if message:
            status["message"] = message
        if status != self._said:
            self._said = status
            self._notify(protocol.STATUS, status)

    def _calmly(self, key: Any, say: Callable[[], None]) -> None:
        """Say it now if nothing was said for a BREATH, otherwise once when that is over."""
        if self._pump.waiting(key):
            self._again[key] = say
            return
        say()
        self._pump.after(BREATH, key, lambda: self._after_breath(key))

    def _after_breath(self, key: Any) -> None:
        say = self._again.pop(key, None)
        if say is not None:
            self._calmly(key, say)

    def _notify(self, method: str, params: Any) -> None:
        if self._connection is not None and self._connection.state is State.RUNNING:
            self._connection.notify(method, params)

    def _request(self, method: str) -> None:
        if self._connection is not None and self._connection.state is State.RUNNING:
            self._connection.request(method, None)
