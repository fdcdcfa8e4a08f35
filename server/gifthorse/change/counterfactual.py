"""The text as it would be without an assistant: in place of each Region what was there before its first insertion.

A person's later edits stay, so this is no older version of the file: it is what all the assistants' text together is
to be held against, however many small acceptances it came in.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from gifthorse.change.holes import Hole
from gifthorse.model.insertion import Insertion
from gifthorse.model.text import Span
from gifthorse.provenance.holdings import Holdings


def without_regions(
    content: bytes, holdings: Holdings, replaced: Mapping[str, bytes], holes: Sequence[Hole] = ()
) -> bytes:
    """`content` with each Region's first span taken back to what it replaced (`replaced`, by the Region's id; nothing
    where that is not known), its other spans taken away, and what is gone from the `holes` (ascending) there again.
    """
    pieces: list[bytes] = []
    at = 0
    told: set[str] = set()
    left = deque(holes)
    for start, end, owner in holdings.marks:
        at = _filled(content, at, start, left, pieces)
        if owner not in told:
            pieces.append(replaced.get(owner, b""))
            told.add(owner)
        while left and left[0].at < end:
            pieces.append(left.popleft().gone)
        at = end
    _filled(content, at, len(content), left, pieces)
    return b"".join(pieces)


def _filled(content: bytes, at: int, end: int, left: deque[Hole], pieces: list[bytes]) -> int:
    """A stretch of the text with the holes in it filled. Returns its end."""
    while left and left[0].at <= end:
        hole = left.popleft()
        pieces += [content[at : hole.at], hole.gone]
        at = max(at, hole.at)
    pieces.append(content[at:end])
    return end


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
