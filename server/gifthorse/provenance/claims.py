"""Claims: which bytes of a claimed range did arrive as the client says, and what they replaced.

This compares a claim with the History of the document; whether a signal is a claim at all is recognise.py's.
"""

from collections.abc import Iterable, Sequence

from gifthorse.model.text import Edit, Span
from gifthorse.provenance import marks as marking
from gifthorse.provenance.align import one_character
from gifthorse.provenance.fresh import fresh
from gifthorse.provenance.history import Arrived, Change, History, arrivals
from gifthorse.provenance.holdings import tidy
from gifthorse.provenance.marks import Marks, Owned
from gifthorse.provenance.tokens import common_start


def arrived(history: History, version: int, spans: Sequence[Span], *, several: bool = True) -> tuple[Span, ...]:
    """The part of `spans` (of `version`, ascending, disjoint) that did arrive lately: with the newest change that touches
    them, and if it may have been `several`, with earlier ones that were not typed.

    A claim about a document that has not changed since it was opened is taken at its word: there is nothing to
    compare with.
    """
    if not history.changes:
        return tuple(spans)
    return _overlap(spans, _arrived(history.until(version), spans, several=several))


def _arrived(changes: Sequence[Change], spans: Sequence[Span], *, several: bool) -> Marks:
    """What arrived with the newest change that touches `spans`, and with earlier ones that were not typed.

    An agent may write in many changes and claim them at the end; single characters in between are a person's.
    """
    later: list[Edit] = []
    result = marking.of(())
    met = False
    hull = Span(spans[0].start, spans[-1].end) if spans else Span(0, 0)
    for change in reversed(changes):
        pieces = [piece for piece in arrivals(change) if not (met and one_character(piece.new))]
        if any(span.overlaps(hull) for piece in pieces for span in piece.spans):
            brought = _carried(marking.of(sorted(new for piece in pieces for new in _news(piece))), later)
            met = met or bool(_overlap(spans, brought))
            result = _union(result, brought)
            if _overlap(spans, result) == tuple(spans):
                break
        if not several and (not change.edits or any(_touches(edit, hull) for edit in change.edits)):
            break
        later = [*change.edits, *later]
        for edit in reversed(change.edits):
            hull = _before(hull, edit)
    return result


def _touches(edit: Edit, hull: Span) -> bool:
    """Whether the edit brought or took something in `hull`, or at its ends. Later edits of its change may have moved it."""
    return edit.span.start <= hull.end and edit.span.start + len(edit.new) >= hull.start


def _before(hull: Span, edit: Edit) -> Span:
    """Where the bytes of `hull` were before the edit, with what it took away there: never too little."""
    (start, end), new = edit.span, edit.span.start + len(edit.new)
    low = hull.start - new + end if hull.start >= new else min(hull.start, start)
    return Span(low, hull.end - new + end if hull.end >= new else max(end, min(hull.end, start)))


def _news(arrived: Arrived) -> Iterable[Owned]:
    """The new parts of what one edit brought; all of it where the edit's text was cut up at once."""
    if not arrived.whole or not arrived.old:
        return [Owned(start, end, "") for start, end in arrived.spans]
    base = arrived.spans[0].start
    return [Owned(base + start, base + end, "") for start, end in fresh(arrived.old, arrived.new)]


def _carried(marks: Marks, edits: Sequence[Edit]) -> Marks:
    for span, new in edits:
        marks = marks.splice(span, len(new))
    return marks


def _union(one: Marks, other: Marks) -> Marks:
    spans = tidy([Span(start, end) for marks in (one, other) for start, end, _ in marks])
    return marking.of(Owned(start, end, "") for start, end in spans)


def _overlap(spans: Sequence[Span], marks: Marks) -> tuple[Span, ...]:
    return tuple(Span(start, end) for span in spans for start, end, _ in marks.within(span))


def replaced_by(history: History, version: int, spans: Sequence[Span]) -> bytes | None:
    """The text that the arrival of `spans` at `version` took away; None where nobody knows.

    Known only where one edit of exactly that version brought all of it, or where no edit that brought it took
    anything away: a text that was replaced in several places cannot be put back in one.
    """
    change = next((change for change in history.changes if change.version == version), None)
    if change is None or not spans:
        return None
    touched = marking.of(Owned(span.start, span.end, "") for span in tidy(spans))
    brought = [arrived for arrived in arrivals(change) if any(touched.within(span) for span in arrived.spans)]
    covered = marking.of(sorted(Owned(start, end, "") for arrived in brought for start, end in arrived.spans))
    if _overlap(spans, covered) != tuple(spans):
        return None
    if not any(arrived.old for arrived in brought):
        return b""
    return _taken(brought[0], spans) if len(brought) == 1 and brought[0].whole else None


def _taken(arrived: Arrived, spans: Sequence[Span]) -> bytes | None:
    """What is missing of the old text when everything outside the hull of `spans` is left as it is; None if unclear."""
    base = arrived.spans[0].start
    head, tail = arrived.new[: spans[0].start - base], arrived.new[spans[-1].end - base :]
    kept = common_start(head, arrived.old) == len(head) and arrived.old.endswith(tail)
    if len(spans) > 1 or not kept or len(head) + len(tail) > len(arrived.old):
        return None
    return arrived.old[len(head) : len(arrived.old) - len(tail)]
