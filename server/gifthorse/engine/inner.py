"""What is found in texts inside others, brought back to where it stands; and what the next version may take over.

How a text is looked at is the caller's (inspect.py): this only decides what is looked at again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from gifthorse.engine.embedded import Embedded, edits_between, placed, texts_of
from gifthorse.engine.evaluate.taint import Site
from gifthorse.engine.findings import at
from gifthorse.engine.handed import settled
from gifthorse.engine.parts import Row
from gifthorse.model.finding import Finding, Fix, Report
from gifthorse.model.text import Edit, Span

if TYPE_CHECKING:
    from gifthorse.engine.inspect import Inspection

DEPTH: Final = 3
"""Levels of texts inside each other; what is deeper is said not to be analysed."""

TOO_DEEP = "not analysed in full: code inside code inside code is nested too deeply"
_UNSAFE_IN: Final = b"\n\r\"'\\<>&%`"


class Look(NamedTuple):
    """One inner text and its Inspection."""

    text: Embedded
    inspection: "Inspection"


class Looking(NamedTuple):
    """How texts are looked at: afresh, and again after one edit."""

    inspect: "Callable[[Embedded], Inspection]"
    again: "Callable[[Inspection, Edit, bytes], Inspection]"


class Inside(NamedTuple):
    """All that stands inside one version of a text."""

    looks: tuple[Look, ...] = ()


NOTHING_INSIDE: Final = Inside()


def inner_texts(row: Row, notes: Iterable[object], place: Callable[[Site], Span | None], path: str) -> list[Embedded]:
    """All texts in other languages inside a text, by its syntax and by what was taken down when it was evaluated."""
    places = [
        found
        for start, part in zip(row.starts, row.parts, strict=True)
        if part.inner
        for found in placed(start, part.inner)
    ]
    settings, handed = settled(notes, place, row.content)
    if not (places or settings or handed):
        return []
    return [*texts_of(row.content, [*places, *settings], path), *handed]


def look_inside(texts: Sequence[Embedded], before: Inside, looking: Looking) -> Inside:
    """Look at all inner texts: those that are as they were cost nothing, one that was edited costs its edit."""
    if not texts:
        return NOTHING_INSIDE
    same = {(look.text.language, look.text.text): look.inspection for look in before.looks}
    now = {(text.language, text.text) for text in texts}
    left = [look for look in before.looks if (look.text.language, look.text.text) not in now]
    looks = []
    for text in texts:
        found = same.get((text.language, text.text))
        if found is None:
            old = next((look for look in left if look.text.language == text.language), None)
            if old is not None:
                left.remove(old)
                found = looking.again(old.inspection, Edit(*edits_between(old.text.text, text.text)), text.text)
            else:
                found = looking.inspect(text)
        looks.append(Look(text, found))
    return Inside(tuple(looks))


class Brought(NamedTuple):
    """What the inner texts say, in bytes of the file."""

    findings: list[Finding]
    comments: list[Span]
    incomplete: str


def bring(inside: Inside, outer: Sequence[Finding]) -> Brought:
    """The findings, comments and shortcomings of all inner texts. A finding that the file has already, of the same
    rule and around the same place, is not said again.
    """
    brought = Brought([], [], "")
    for text, inspection in inside.looks:
        report: Report = inspection.report
        for finding in report.findings:
            own = _brought(finding, text)
            if own is not None and not any(other.rule == own.rule and other.span.overlaps(own.span) for other in outer):
                brought.findings.append(own)
        spans = (text.span(span) for span in report.comments)
        brought.comments.extend(span for span in spans if span is not None)
        if report.incomplete and not brought.incomplete and not text.guess:
            brought = brought._replace(incomplete=report.incomplete)
    return brought


def brought_asides(inside: Inside) -> list[Finding]:
    """What the inner texts say besides their Reports."""
    pairs = ((at(one, one.span.shifted(by)), text) for text, look in inside.looks for by, one in look.asides())
    return [own for finding, text in pairs if (own := _brought(finding, text)) is not None]


def _brought(finding: Finding, text: Embedded) -> Finding | None:
    span = text.span(finding.span)
    if span is None:
        return None
    steps = ((step.span if step.elsewhere else text.span(step.span), step) for step in finding.steps)
    return replace(
        finding,
        span=span,
        fixes=tuple(fix for one in finding.fixes if (fix := _fix(one, text)) is not None),
        steps=tuple(replace(step, span=place) for place, step in steps if place is not None),
    )


def _fix(fix: Fix, text: Embedded) -> Fix | None:
    """A Fix only where what it changes is written as it is meant, and its text needs no escape."""
    edits = []
    for span, new in fix.edits:
        place = text.exactly(span)
        if place is None or (text.form != "plain" and any(byte in _UNSAFE_IN for byte in new)):
            return None
        edits.append(Edit(place, new))
    return Fix(fix.title, fix.kind, tuple(edits))
