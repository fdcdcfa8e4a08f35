"""What was taken in documents that are no files yet, until they are saved under a name. Pure.

A Record speaks of a file. So the spans of what was taken follow the document's changes here, split and shrink as they
are typed into, and become Records when a file with exactly that text is opened.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from gifthorse.model.record import Record, TextChange, as_text
from gifthorse.model.text import Span, Text
from gifthorse.provenance import marks as marking
from gifthorse.provenance.marks import Marks, Owned
from gifthorse.proxy.documents import Step
from gifthorse.proxy.landing import Landing
from gifthorse.proxy.telling import Telling, record_of

MOST = 32
"""Documents that are remembered."""


@dataclass(frozen=True, slots=True)
class Unfiled:
    """One document: `marks` say which bytes of its present text came with which of `tellings`; `closed` is its text
    when it was closed, None while it is open.
    """

    marks: Marks
    tellings: Mapping[str, Telling]
    closed: Text | None = None


NOTHING = Unfiled(marking.of(()), {})


def taken(known: Unfiled, telling: Telling, landing: Landing, later: Iterable[Step]) -> Unfiled:
    """With what a landing brought; `later` are the changes since."""
    owner = str(len(known.tellings))
    start = landing.span.start
    brought = marking.of([Owned(start, start + len(landing.new), owner)])
    for step in later:
        brought = _followed(brought, step)
    marks = known.marks
    for first, last, _ in brought:
        marks = marks.splice(Span(first, last), last - first, [Owned(first, last, owner)])
    return replace(known, marks=marks, tellings={**known.tellings, owner: telling})


def followed(known: Unfiled, step: Step) -> Unfiled:
    """After a change of the document."""
    return replace(known, marks=_followed(known.marks, step))


def records_of(known: Unfiled, path: str, text: Text) -> tuple[Record, ...]:
    """The Records of what is left of it, in the file that the document has become."""
    found = ((telling, known.marks.spans_of(owner)) for owner, telling in known.tellings.items())
    return tuple(_record(replace(telling, path=path), spans, text) for telling, spans in found if spans)


def _record(telling: Telling, spans: Iterable[Span], text: Text) -> Record:
    edits = tuple(TextChange("", as_text(text.slice(span)), span.start) for span in spans)
    return record_of(telling, edits, None, text)


def _followed(marks: Marks, step: Step) -> Marks:
    return marks.splice(step.edit.span, len(step.edit.new))
