"""History: the edits of a document's last versions, so that a message about an older version makes sense.

A claim ("the assistant inserted this range at version 7") reaches the server after the change it speaks
of, sometimes after the next keystrokes. Texts share their chunks, so keeping 64 of them costs little.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance import marks as marking
from gifthorse.provenance.marks import Marks, Owned

DEPTH = 64


class Change(NamedTuple):
    """One didChange: `edits`, each over the text after the one before, lead from `before` to `version`."""

    version: int
    before: Text
    edits: tuple[Edit, ...]


class Arrived(NamedTuple):
    """What is left, at the end of its change, of the text that one edit brought.

    `spans` are of the text after the change. `old` is what the edit replaced and `new` what it brought.
    """

    spans: tuple[Span, ...]
    old: bytes
    new: bytes

    @property
    def whole(self) -> bool:
        """Whether no later edit of the same change touched it."""
        return len(self.spans) == 1 and self.spans[0].end - self.spans[0].start == len(self.new)


@dataclass(frozen=True, slots=True)
class History:
    """The last changes of one document, oldest first. Never changed in place."""

    changes: tuple[Change, ...] = ()

    def pushed(self, version: int, before: Text, edits: Sequence[Edit]) -> "History":
        """The history with the change that led from `before` to `version`; the oldest beyond 64 is forgotten."""
        return History((*self.changes, Change(version, before, tuple(edits)))[-DEPTH:])

    def text_at(self, version: int, now: Text) -> Text | None:
        """The text of that version, if it is remembered; `now` is the newest version's.

        Without any change, every version is taken to be the one that was opened.
        """
        if not self.changes or self.changes[-1].version == version:
            return now
        return next((change.before for change in self.changes if change.version > version), None)

    def knows(self, version: int) -> bool:
        """Whether `version` is the newest, or one whose later changes are all remembered."""
        if not self.changes:
            return True
        return self.changes[0].version - 1 <= version <= self.changes[-1].version

    def since(self, version: int) -> tuple[Change, ...]:
        """The changes after `version`, oldest first."""
        return tuple(change for change in self.changes if change.version > version)

    def until(self, version: int) -> tuple[Change, ...]:
        """The changes that led to `version` and those before it, oldest first."""
        return tuple(change for change in self.changes if change.version <= version)

    def spans_now(self, version: int, spans: Sequence[Span]) -> tuple[Span, ...] | None:
        """Where `spans` of `version` are now, by offsets alone; None when that version is not remembered."""
        if not self.knows(version):
            return None
        return carried_spans(spans, [edit for change in self.since(version) for edit in change.edits])


def carried_spans(spans: Sequence[Span], edits: Sequence[Edit]) -> tuple[Span, ...]:
    """`spans` (ascending, disjoint) after sequential `edits`: split by insertions, shrunk by deletions."""
    marks = marking.of(Owned(start, end, "") for start, end in spans)
    for span, new in edits:
        marks = marks.splice(span, len(new))
    return _spans(marks)


def arrivals(change: Change) -> tuple[Arrived, ...]:
    """What each edit of the change brought, in the order of the edits; without what was taken away again at once."""
    text, marks = change.before, marking.of(())
    swaps: list[tuple[bytes, bytes]] = []
    for number, (span, new) in enumerate(change.edits):
        swaps.append((text.slice(span), new))
        text = text.apply(Edit(span, new))
        brought = [Owned(span.start, span.start + len(new), str(number))] if new else []
        marks = marks.splice(span, len(new), brought)
    spans: dict[int, list[Span]] = {}
    for start, end, owner in marks:
        spans.setdefault(int(owner), []).append(Span(start, end))
    return tuple(Arrived(tuple(spans[number]), *swaps[number]) for number in sorted(spans))


def _spans(marks: Marks) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end, _ in marks)
