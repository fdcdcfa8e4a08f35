"""The text as it would be without an assistant: in place of each Region what was there before its first insertion.

A person's later edits stay, so this is no older version of the file: it is what all the assistants' text together is
to be held against, however many small acceptances it came in.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from gifthorse.change.holes import Hole
from gifthorse.model.insertion import Insertion
from gifthorse.model.text import Span
from gifthorse.provenance.holdings import Holdings


def without_regions(
    content: bytes, holdings: Holdings, replaced: Mapping[str, bytes], holes: Sequence[Hole] = ()
) -> bytes:
    """`content` with each Region's first span taken back to what it replaced (`replaced`, by the Region's id; nothing
    where that is not known), its other spans taken away, and what the `holes` (ascending) tell there again.
    """
    places = [(hole.span, hole.gone) for hole in holes]
    told: set[str] = set()
    for start, end, owner in holdings.marks:
        for span in _outside(Span(start, end), holes):
            places.append((span, b"" if owner in told else replaced.get(owner, b"")))
            told.add(owner)
    pieces: list[bytes] = []
    at = 0
    for (start, end), old in sorted(places, key=lambda place: place[0]):
        pieces += [content[at:start], old]
        at = max(at, end)
    pieces.append(content[at:])
    return b"".join(pieces)


def _outside(span: Span, holes: Sequence[Hole]) -> Iterator[Span]:
    """The parts of a span that are not put back as a whole."""
    for hole in holes:
        if hole.span.overlaps(span):
            if span.start < hole.span.start:
                yield Span(span.start, hole.span.start)
            span = Span(min(span.end, hole.span.end), span.end)
    if span.start < span.end:
        yield span


def first_replaced(
    insertions: Sequence[Insertion],
    inserted: Mapping[str, bytes],
    replaced: Mapping[str, bytes],
    known: Mapping[str, bytes] = MappingProxyType({}),
) -> dict[str, bytes]:
    """What each insertion replaced, by its id, where that was an assistant's own text before: what that replaced.

    `insertions` in order of time; `inserted` and `replaced`: their texts by their ids, as far as they are known.
    `known`: what was said of earlier ones.
    """
    result: dict[str, bytes] = {}
    for number, insertion in enumerate(insertions):
        if insertion.id in known:
            result[insertion.id] = known[insertion.id]
            continue
        gone = replaced.get(insertion.id, b"")
        for earlier in reversed(insertions[:number]):
            text = inserted.get(earlier.id, b"")
            if len(text.strip()) > 1 and text in gone:
                gone = gone.replace(text, result.get(earlier.id, b""), 1)
        result[insertion.id] = gone
    return result


def spans_of(holdings: Holdings) -> tuple[Span, ...]:
    """Where assistants' text stands, ascending."""
    return tuple(Span(start, end) for start, end, _ in holdings.marks)
