"""Doubt: what followed its text back into a document by an undo or a move, and may have come from a person's text.

Neither an undo nor a move can be told from a paste. So where the same text stands as nobody's, or went away as nobody's
just now, nobody can say which of the two has come: it is unknown.
"""

from collections.abc import Iterator, Sequence

from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance import marks as marking
from gifthorse.provenance.copies import LONGEST, Known, undoubted
from gifthorse.provenance.holdings import Holdings
from gifthorse.provenance.substance import is_white
from gifthorse.provenance.undo import PART, clipped


def is_settled(holdings: Holdings) -> bool:
    """Whether the last change brought nothing that a Region has now; then `settled` need not be asked."""
    memory = holdings.memory
    return not any(holdings.marks.within(span) for span in (*memory.news, *memory.back))


def settled(here: Known, others: Sequence[Known]) -> Holdings:
    """The Holdings without what the last change put back or moved in, and what is nobody's here or in the `others`."""
    memory = here.holdings.memory
    return undoubted(here, (*memory.news, *memory.back), others)


def lost(before: Known, edits: Sequence[Edit]) -> tuple[Known, ...]:
    """What the edits (each over the text after the one before) took away and was not all an assistant's."""
    if all(span.end - span.start < PART for span, _ in edits):
        return ()
    return tuple(one for one in _taken(before, edits) if _has_nobodys(one))


def _taken(before: Known, edits: Sequence[Edit]) -> Iterator[Known]:
    text, marks = before.text, before.holdings.marks
    for edit in edits:
        gone = _gone(text.slice(edit.span), edit.new).shifted(edit.span.start)
        if 0 < gone.end - gone.start <= LONGEST:
            owned = clipped(tuple(marks.within(gone)), gone.start, gone.end)
            yield Known(Text.of(text.slice(gone)), Holdings(marking.of(owned), before.holdings.records))
        text, marks = text.apply(edit), marks.splice(edit.span, len(edit.new))


def _gone(old: bytes, new: bytes) -> Span:
    """What of `old` is not at the beginning or end of `new` as well, with its lines: some editors send the whole text.

    Nothing where it is little.
    """
    shorter = min(len(old), len(new))
    start = _same(old, new, shorter)
    end = len(old) - _same(old[::-1], new[::-1], shorter - start)
    if end - start < PART:
        return Span(start, start)
    return Span(old.rfind(b"\n", 0, start) + 1, old.find(b"\n", end) + 1 or len(old))


def _same(one: bytes, other: bytes, most: int) -> int:
    """How many bytes, `most` at most, both begin with."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _has_nobodys(known: Known) -> bool:
    at = 0
    for start, end, _ in known.holdings.marks:
        if not is_white(known.text.slice(Span(at, start))):
            return True
        at = end
    return not is_white(known.text.slice(Span(at, len(known.text))))
