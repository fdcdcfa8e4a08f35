"""Requests that wait for the analysis of one version of one document; each gets its one answer, whatever happens.

It does not know what they ask for: that is a function of the analysed document.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from gifthorse.lsp.document import Document
from gifthorse.lsp.pump import Pump
from gifthorse.lsp.rpc import CONTENT_MODIFIED, INTERNAL_ERROR, Later, RequestError

Answer = Callable[[Document], Any]


@dataclass(frozen=True, slots=True)
class _Waiter:
    serial: int
    later: Later
    answer: Answer


class Waiting:
    """The requests that wait, by document."""

    def __init__(self, pump: Pump, current: Callable[[str], Document]) -> None:
        """`current` gives the open document of a URI as it is now."""
        self._pump = pump
        self._current = current
        self._numbers = itertools.count()
        self._waiters: dict[str, dict[int, _Waiter]] = {}
        self._early: dict[str, int] = {}

    def __len__(self) -> int:
        return sum(map(len, self._waiters.values()))

    def wait(self, document: Document, answer: Answer) -> Later:
        """Answer when this very version is analysed."""
        number = next(self._numbers)
        later = Later(on_cancel=lambda: self._forget(document.uri, number))
        self._waiters.setdefault(document.uri, {})[number] = _Waiter(document.serial, later, answer)
        return later

    def impatient(self, document: Document, seconds: float, answer: Answer) -> Later:
        """As `wait`, but after so many seconds answer with what is known by then."""
        later = self.wait(document, answer)

        def early() -> None:
            if not later.settled:
                self._early[document.uri] = document.serial
                settle(later, lambda: answer(self._current(document.uri)))

        self._pump.after(seconds, later, early)
        return later

    def analysed(self, document: Document) -> bool:
        """This version has its report: answer those who waited for it. Whether others were answered without it."""
        waiters = self._waiters.get(document.uri, {})
        for number in [number for number, waiter in waiters.items() if waiter.serial == document.serial]:
            waiter = waiters.pop(number)
            settle(waiter.later, partial(waiter.answer, document))
        self._tidy(document.uri)
        return self._early.pop(document.uri, None) == document.serial

    def outdated(self, uri: str) -> None:
        """The document was changed or closed: nobody needs those answers any more."""
        self._early.pop(uri, None)
        for waiter in self._waiters.pop(uri, {}).values():
            waiter.later.fail(RequestError("the document has changed meanwhile", CONTENT_MODIFIED))

    def _forget(self, uri: str, number: int) -> None:
        self._waiters.get(uri, {}).pop(number, None)
        self._tidy(uri)

    def _tidy(self, uri: str) -> None:
        if not self._waiters.get(uri, True):
            del self._waiters[uri]


def settle(later: Later, answer: Callable[[], Any]) -> None:
    """Answer with what the function gives or with the refusal that it raises, unless there is an answer already."""
    if later.settled:
        return
    try:
        result = answer()
    except RequestError as failure:
        later.fail(failure)
    except Exception:
        later.fail(RequestError("internal error; the log of the server says where", INTERNAL_ERROR))
        raise
    else:
        if isinstance(result, Later):
            result.listen(lambda inner, failure: later.fail(failure) if failure else later.resolve(inner))
        else:
            later.resolve(result)
