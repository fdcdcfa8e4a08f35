"""Moves: text that went away in one place and came in at another keeps its owners.

Only unmistakable text, or text that left and came in one and the same message, is taken to have moved.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gifthorse.model.text import Span, Text
from gifthorse.provenance.align import is_specific, mapped, moved, one_character
from gifthorse.provenance.holdings import Holdings, Record
from gifthorse.provenance.memory import Piece
from gifthorse.provenance.step import State, paint
from gifthorse.provenance.tokens import essence


@dataclass(frozen=True, slots=True)
class Deleted:
    """Text that a document lost lately, for other documents in which it may turn up, with its Regions' records."""

    piece: Piece
    records: Mapping[str, Record]


def deleted(holdings: Holdings) -> tuple[Deleted, ...]:
    """What this document lost by its last change and what of it had owners: an offer to other documents."""
    return tuple(
        Deleted(piece, {part.owner: replace(holdings.records[part.owner], substance=0) for part in piece.owned})
        for piece in holdings.memory.groups()
        if piece.batch == holdings.memory.batch
    )


def moved_in(state: State, after: Text, offers: Sequence[Deleted]) -> Holdings:
    """The Holdings at the end of a change, with owners for newcomers that are known from elsewhere."""
    holdings = state.holdings
    for span in state.newcomers:
        new = after.slice(span)
        if not one_character(new):
            holdings = _recognised(holdings, after, span, new, offers)
    return holdings


def _recognised(holdings: Holdings, text: Text, span: Span, new: bytes, offers: Sequence[Deleted]) -> Holdings:
    key, specific = essence(new), is_specific(new)
    for piece, records in _candidates(holdings, offers):
        near = piece.batch == holdings.memory.batch and not records
        if not (specific or near) or essence(piece.text) != key:
            continue
        owned = mapped(piece.owned, moved(piece.text, new))
        if owned:
            return paint(replace(holdings, records={**records, **holdings.records}), text, span, owned)
    return holdings


def _candidates(holdings: Holdings, offers: Sequence[Deleted]) -> Iterator[tuple[Piece, Mapping[str, Record]]]:
    """What is remembered here, newest first, then what others offer."""
    yield from ((piece, {}) for piece in holdings.memory.groups())
    yield from ((offer.piece, offer.records) for offer in offers)
