"""Documents that are held against another text, in the child: what the difference says goes along with their reports.

It is worked out in a pause, for a version that nobody has edited since. Until then what was said last stays, where it
is now, without its fixes.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from gifthorse.change.watched import Version, Watched, watch
from gifthorse.engine.inspect import Inspection
from gifthorse.model.finding import Finding, Report
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Edit, Span, Text
from gifthorse.worker import wire
from gifthorse.worker.faults import describe

log = logging.getLogger(__name__)


class Comparable(Protocol):
    """An open document that was inspected, for its traits, too; `report` speaks of the rules alone."""

    @property
    def path(self) -> str:
        """The name of its file."""
        ...

    @property
    def language_id(self) -> str | None:
        """The editor's word for its language."""
        ...

    @property
    def text(self) -> Text:
        """It as it is now."""
        ...

    @property
    def report(self) -> Report:
        """What its last inspection found."""
        ...

    @property
    def inspection(self) -> object:
        """Its last inspection."""
        ...


@dataclass(slots=True)
class _Pair:
    """One document's other text, and what was said last. `open`: whether it is still to be held against it."""

    against: wire.Against
    open: bool = True
    seen: Watched | None = None
    found: tuple[Finding, ...] = ()


class Comparing:
    """All documents that are held against another text, by the keys that name them on the wire."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._pairs: dict[int, _Pair] = {}

    def take(self, message: wire.Against) -> None:
        """A document is held against this text from now on; against None no more."""
        pair = self._pairs.get(message.key)
        if message.before is None:
            self._pairs.pop(message.key, None)
        elif pair is None:
            self._pairs[message.key] = _Pair(message)
        else:
            pair.against, pair.open = message, True

    def edited(self, key: int, edits: Sequence[Edit]) -> None:
        """A document was edited: what was said of it moves along."""
        pair = self._pairs.get(key)
        if pair is not None:
            pair.found = tuple(moved for one in pair.found if (moved := _moved(one, edits)) is not None)

    def closed(self, key: int) -> None:
        """A document is not wanted any more."""
        self._pairs.pop(key, None)

    def joined(self, key: int, report: Report) -> Report:
        """A document's report with what was said of the difference last."""
        pair = self._pairs.get(key)
        if pair is None or not pair.found:
            return report
        findings = sorted((*report.findings, *pair.found), key=lambda one: (one.span, one.rule, one.message))
        return replace(report, findings=tuple(findings))

    def due(self, versions: Callable[[int], "int | None"]) -> int | None:
        """A document that can be held against its other text now: `versions` is what was inspected last of each."""
        return next(
            (key for key, one in self._pairs.items() if one.open and versions(key) == one.against.version), None
        )

    def compare(self, key: int, document: Comparable) -> None:
        """Hold a document against its other text."""
        pair = self._pairs[key]
        pair.open = False
        report = document.report
        if not report.incomplete and pair.against.before is not None:
            against = pair.against
            allowed = frozenset(against.allowed)
            now = Version(
                document.path,
                document.language_id,
                bytes(document.text),
                report.findings,
                allowed,
                against.declared,
                against.beside,
                document.inspection if isinstance(document.inspection, Inspection) else None,
            )
            try:
                pair.seen = watch(now, pair.against.before, self._catalogue, pair.seen)
                pair.found = pair.seen.found
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001, one document's trouble must not stop the others
                log.error("a change was not compared: %s", describe(error))  # noqa: TRY400, no user's text
                pair.seen, pair.found = None, ()


def _moved(finding: Finding, edits: Sequence[Edit]) -> Finding | None:
    """A Finding after edits; None where one of them went into it."""
    span = _carried(finding.span, edits)
    if span is None:
        return None
    places = [(one, one.span if one.elsewhere else _carried(one.span, edits)) for one in finding.steps]
    steps = tuple(replace(step, span=place) for step, place in places if place is not None)
    return replace(finding, span=span, fixes=(), steps=steps)


def _carried(span: Span, edits: Sequence[Edit]) -> Span | None:
    """A span after edits; None where one of them went into it."""
    for edit in edits:
        if edit.span.start < span.end and span.start < edit.span.end:
            return None
        if edit.span.end <= span.start:
            by = len(edit.new) - (edit.span.end - edit.span.start)
            span = Span(span.start + by, span.end + by)
    return span
