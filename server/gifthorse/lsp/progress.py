"""Work-done progress: one long piece of work as the client shows it, with a button to stop it."""

import itertools
from collections.abc import Callable
from typing import Any

from gifthorse.lsp.client import Client
from gifthorse.lsp.pump import Pump
from gifthorse.lsp.rpc import Connection

STEP = 0.1
"""Least number of seconds between two reports."""


class Progress:
    """The pieces of work that are shown at present, and what to do when the client wants one of them to stop."""

    def __init__(self, pump: Pump) -> None:
        self._pump = pump
        self._numbers = itertools.count(1)
        self._stops: dict[str | int, Callable[[], None]] = {}

    def stop(self, token: str | int) -> None:
        """The client's button was pressed."""
        stop = self._stops.get(token)
        if stop is not None:
            stop()

    def show(
        self, connection: Connection, client: Client, token: str | int | None, title: str, stop: Callable[[], None]
    ) -> "Bar":
        """Begin to show a piece of work: under the client's own token, else under one of ours where it shows any."""
        bar = Bar(connection, self._pump, lambda: self._stops.pop(bar.token, None))
        if token is not None:
            self._begin(bar, token, title, stop)
        elif client.progress:
            ours = f"gifthorse-{next(self._numbers)}"
            begin: Callable[[Any], None] = lambda _: self._begin(bar, ours, title, stop)  # noqa: E731
            connection.request("window/workDoneProgress/create", {"token": ours}, begin)
        return bar

    def _begin(self, bar: "Bar", token: str | int, title: str, stop: Callable[[], None]) -> None:
        if not bar.over:
            self._stops[token] = stop
            bar.begin(token, title)


class Bar:
    """One piece of work. Without a token nothing is shown."""

    def __init__(self, connection: Connection, pump: Pump, on_end: Callable[[], Any]) -> None:
        self.token: str | int = ""
        self.over = False
        self._begun = False
        self._connection = connection
        self._pump = pump
        self._on_end = on_end

    def begin(self, token: str | int, title: str) -> None:
        """The client shows it from now on."""
        self.token, self._begun = token, True
        self._send({"kind": "begin", "title": title, "cancellable": True})

    def report(self, message: str) -> None:
        """How far it is; not too often."""
        if self._begun and not self.over and not self._pump.waiting(("progress", self.token)):
            self._send({"kind": "report", "message": message})
            self._pump.after(STEP, ("progress", self.token), lambda: None)

    def end(self, message: str) -> None:
        """It is over."""
        if self._begun and not self.over:
            self._send({"kind": "end", "message": message})
        self.over = True
        self._on_end()

    def _send(self, value: dict[str, Any]) -> None:
        self._connection.notify("$/progress", {"token": self.token, "value": value})
