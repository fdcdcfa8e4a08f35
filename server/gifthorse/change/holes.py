"""Holes: what an assistant's edit took away and put nothing in place of, where that was.

An editor often makes one suggestion out of several small edits: some bring text, which becomes a Region, and some only
take text away, of which no Region can tell. Where nobody can say what all of them together replaced, each tells its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gifthorse.model.text import Edit, Span
from gifthorse.provenance.history import Change, History, arrivals, carried_spans
from gifthorse.provenance.holdings import Holdings


@dataclass(frozen=True, slots=True)
class Hole:
    """What stands where the text `gone` stood (nothing where `span` is empty), which went with what came in the Region
    `owner`.
    """

    span: Span
    gone: bytes
    owner: str


@dataclass(frozen=True, slots=True)
class Holes:
    """The Holes of a document at `version`, by the version and the number of the edit that made them."""

    version: int = -1
    known: Mapping[tuple[int, int], Hole] = field(default_factory=dict)

    def ascending(self) -> tuple[Hole, ...]:
        """All of them in the order of the text; of those in one place the later edit's come first."""
        return tuple(self.known[key] for key in sorted(self.known, key=lambda key: (self.known[key].span, -key[1])))


def holes_of(previous: Holes, history: History, holdings: Holdings, version: int) -> Holes:
    """The Holes at `version`, the newest: those known before, where they are now, and those that came since."""
    known: dict[tuple[int, int], Hole] = {}
    if history.knows(previous.version):
        later = _edits(history.since(previous.version))
        known = {key: replace(hole, span=_moved(hole.span, later)) for key, hole in previous.known.items()}
    for change in history.changes:
        if history.knows(change.version):
            known |= {(change.version, number): hole for number, hole in _made(change, history, holdings)}
    return Holes(version, {key: hole for key, hole in known.items() if holdings.region(hole.owner) is not None})


def _made(change: Change, history: History, holdings: Holdings) -> Iterator[tuple[int, Hole]]:
    """What the edits of one change took away that their Region does not tell, with the numbers of the edits."""
    later = _edits(history.since(change.version))
    arrived = carried_spans(sorted(span for one in arrivals(change) for span in one.spans), later)
    owners = [owner for span in arrived for _, _, owner in holdings.marks.within(span)]
    if not owners:
        return
    untold = holdings.records[owners[0]].insertion.replaced is None
    text = change.before
    for number, edit in enumerate(change.edits):
        gone = text.slice(edit.span)
        text = text.apply(edit)
        if gone.strip() and (not edit.new or untold):
            brought = Span(edit.span.start, edit.span.start + len(edit.new))
            yield number, Hole(_moved(brought, [*change.edits[number + 1 :], *later]), gone, owners[0])


def _edits(changes: Sequence[Change]) -> list[Edit]:
    return [edit for change in changes for edit in change.edits]


def _moved(span: Span, edits: Sequence[Edit]) -> Span:
    start = _carried(span.start, edits)
    return Span(start, max(start, _carried(span.end, edits)))


def _carried(at: int, edits: Sequence[Edit]) -> int:
    """Where a place is after edits: one that took it away has it where it began."""
    for (start, end), new in edits:
        if end <= at and end > start:
            at += len(new) - (end - start)
        elif start < at:
            at = start if end > start else at + len(new)
    return at
