"""Resume: a document that is open again, with what was known of it when it was closed and what the journal says now.

What was closed has the owners of every byte and of what was deleted; the journal has the last word on which Regions
there are, for others may have written into it since.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance import marks as marking
from gifthorse.provenance.align import by_hand
from gifthorse.provenance.diff import outside_change
from gifthorse.provenance.follow import carry
from gifthorse.provenance.holdings import Holdings, Record, mark_human, recounted
from gifthorse.provenance.marks import Marks, Owned
from gifthorse.provenance.memory import Memory
from gifthorse.provenance.substance import is_white

LEAP = 16
"""Bytes which nobody deletes by one keystroke ..."""
TYPED = 8
"""... and those which a client may send at once of what is being typed."""


class Left(NamedTuple):
    """A document as it was closed."""

    text: Text
    holdings: Holdings


def resumed(left: Left, text: Text, found: Holdings, known: Collection[str], *, exact: bool) -> Holdings:
    """The Holdings of `text`: the document `left`, changed outside since or not.

    `found` is what the journal knows of this text, `known` are the Regions that it says may be there, and `exact` is
    whether it saw this very text. Where the text is the one that was left, an undo still finds what was deleted.
    """
    same = left.text.digest() == text.digest()
    if exact:
        memory = left.holdings.memory if same else Memory()
        records = {**_gone(left.holdings), **found.records} if same else found.records
        return Holdings(found.marks, records, memory)
    held = left.holdings if same else carry(left.holdings, left.text, outside_change(left.text, text), text)
    lost = {name for name in held.records if name not in known and name not in found.records}
    marks = marking.of(piece for piece in held.marks if piece.owner not in lost) if lost else held.marks
    marks, painted = filled(marks, found.marks)
    records = {**found.records, **held.records, **{name: replace(held.records[name], substance=0) for name in lost}}
    return recounted(Holdings(marks, records, held.memory), text, painted)


def _gone(holdings: Holdings) -> dict[str, Record]:
    """The records of Regions that only an undo could bring back."""
    return {name: replace(record, substance=0) for name, record in holdings.records.items()}


def is_leap(edits: Sequence[Edit]) -> bool:
    """Whether a change may lead back to a text of before at once, as a checkout does: no keystroke does."""
    return any((len(new) > TYPED and not by_hand(new)) or span.end - span.start >= LEAP for span, new in edits)


def seen_before(held: Holdings, text: Text, found: Holdings) -> Holdings:
    """The Holdings of a text that was seen before, with the Regions `found` in it, and that was come back to at once.

    Whoever brought it back (a checkout, a stash, a revert), the text is the one whose origin is known. What is held now
    stays as it is, but for what was put back as by an undo and was nobody's in that text.
    """
    pieces = [
        Owned(max(start, new.start), min(end, new.end), owner)
        for new in (held.memory.news if held.records else (Span(0, len(text)),))
        for start, end, owner in found.marks.within(new)
    ]
    held = _settled(held, text, found)
    marks, painted = filled(held.marks, pieces)
    if not painted:
        return held
    return recounted(Holdings(marks, {**found.records, **held.records}, held.memory), text, painted)


def _settled(held: Holdings, text: Text, found: Holdings) -> Holdings:
    """The Holdings without what the last change put back as an undo would, and was nobody's in this text."""
    back = [piece for span in held.memory.back for piece in held.marks.within(span)] if held.records else []
    for start, end, _ in back:
        if not found.marks.within(Span(start, end)) and not is_white(text.slice(Span(start, end))):
            held = mark_human(held, text, Span(start, end))
    return held


def filled(marks: Marks, pieces: Iterable[Owned]) -> tuple[Marks, set[str]]:
    """The marks with `pieces` wherever nobody holds anything, and whose pieces these are."""
    painted: set[str] = set()
    for start, end, owner in pieces:
        at = start
        for low, high, _ in (*marks.within(Span(start, end)), Owned(end, end, owner)):
            if at < low:
                marks = marks.splice(Span(at, low), low - at, [Owned(at, low, owner)])
                painted.add(owner)
            at = high
    return marks, painted
