"""Moves: text that went away in one place and came in at another keeps its owners.

Only unmistakable text, or text that left and came in one and the same message, is taken to have moved.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gifthorse.model.text import Span, Text
from gifthorse.provenance.align import COPIED, COPIED_TOKENS, is_telling, mapped, moved, one_character
from gifthorse.provenance.copies import Known, is_nobodys
from gifthorse.provenance.holdings import Holdings, Record
from gifthorse.provenance.marks import Owned
from gifthorse.provenance.memory import Piece
from gifthorse.provenance.step import State, paint
from gifthorse.provenance.substance import is_white, substance
from gifthorse.provenance.tokens import essence


@dataclass(frozen=True, slots=True)
class Deleted:
    """Text that a document lost lately, for other documents in which it may turn up, with its Regions' records."""

    piece: Piece
    records: Mapping[str, Record]


def deleted(holdings: Holdings) -> tuple[Deleted, ...]:
    """What this document lost by its last change and what of it had owners: an offer to other documents.

    Only unmistakable text is offered: what a person writes elsewhere may be like a shorter one.
    """
    return tuple(
        Deleted(piece, {part.owner: replace(holdings.records[part.owner], substance=0) for part in piece.owned})
        for piece in holdings.memory.groups()
        if piece.owned and piece.batch == holdings.memory.batch and is_telling(piece.text, COPIED, COPIED_TOKENS)
    )


def moved_in(state: State, after: Text, offers: Sequence[Deleted]) -> Holdings:
    """The Holdings at the end of a change, with owners for newcomers that are known from elsewhere."""
    holdings = state.holdings
    if not state.newcomers:
        return holdings
    kinds = Counter(essence(after.slice(span)) for span in state.newcomers)
    kinds += Counter(essence(piece.text) for piece in holdings.memory.pieces if piece.batch == holdings.memory.batch)
    for span in state.newcomers:
        if not one_character(after.slice(span)):
            holdings = _recognised(holdings, after, span, kinds, offers)
    return holdings


def _recognised(
    holdings: Holdings, text: Text, span: Span, kinds: Mapping[bytes, int], offers: Sequence[Deleted]
) -> Holdings:
    """`kinds` says how much of each essence left or came in by this message: common text must be the only one."""
    new = text.slice(span)
    key, specific = essence(new), is_telling(new)
    for piece, records in _candidates(holdings, offers):
        near = kinds[key] <= 2 and piece.batch == holdings.memory.batch and not records and _is_lines(text, span)
        if not (specific or near) or essence(piece.text) != key:
            continue
        if not piece.owned:
            return holdings  # the last such text that went away was nobody's
        owned = mapped(piece.owned, moved(piece.text, new))
        if not owned or _is_there(holdings, new, owned):
            continue
        if near or not is_nobodys(new, [Known(text, holdings)], span):  # where it may have come from as well
            return paint(replace(holdings, records={**records, **holdings.records}), text, span, owned)
    return holdings


def _is_lines(text: Text, span: Span) -> bool:
    """Whether nothing but white space stands beside the span on its lines: mere words are not moved."""
    first, last = text.line_span(text.line_at(span.start)), text.line_span(text.line_at(max(span.start, span.end - 1)))
    beside = text.slice(Span(first.start, span.start)) + text.slice(Span(span.end, max(span.end, last.end)))
    return is_white(beside)


def _is_there(holdings: Holdings, new: bytes, owned: Sequence[Owned]) -> bool:
    """Whether a Region has its text already, so that it would have more than ever came in: then this is a copy."""
    added: dict[str, int] = {}
    for start, end, owner in owned:
        known = holdings.records.get(owner)
        if known is not None:
            added[owner] = added.get(owner, known.substance) + substance(new[start:end])
    return any(total > holdings.records[owner].insertion.substance for owner, total in added.items())


def _candidates(holdings: Holdings, offers: Sequence[Deleted]) -> Iterator[tuple[Piece, Mapping[str, Record]]]:
    """What is remembered here, newest first, then what others offer."""
    yield from ((piece, {}) for piece in holdings.memory.groups())
    yield from ((offer.piece, offer.records) for offer in offers)
