"""Memory: what was lately deleted from a document, and where it had stood, so that an undo restores its owners.

Deleted text stays behind as Pieces that hold a place of no width between the bytes that are left, and move
along with them. What an undo makes of them is undo.py's. Bounded: what is forgotten cannot be restored.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from gifthorse.model.text import Edit, Span
from gifthorse.provenance.marks import Owned

MOST_PIECES = 128
MOST_BYTES = 4_000_000
MOST_SWAPS = 16


class Piece(NamedTuple):
    """Deleted text with its owners (relative to it). Pieces of one `time` went away by one edit, in one `batch`."""

    text: bytes
    owned: tuple[Owned, ...]
    time: int
    batch: int


class Swap(NamedTuple):
    """A replacement of `old` by `new` at `at` of which parts survived; `owned` is relative to `old`."""

    at: int
    old: bytes
    new: bytes
    owned: tuple[Owned, ...]
    time: int


class Placed(NamedTuple):
    """A Piece and its place."""

    at: int
    piece: Piece


@dataclass(frozen=True, slots=True)
class Memory:
    """Pieces ascending by their places (`ats`); at one place in the order in which their text stood.

    `news` is where the last change brought text that was not there before: no undo, nothing that survived. `back` is
    where it put text back.
    """

    ats: "array[int]" = field(default_factory=lambda: array("q"))
    pieces: tuple[Piece, ...] = ()
    swaps: tuple[Swap, ...] = ()
    clock: int = 0
    batch: int = 0
    news: tuple[Span, ...] = ()
    back: tuple[Span, ...] = ()

    def near(self, edit: Edit) -> Iterator[Placed]:
        """The pieces inside the edit's span and at its ends, in order."""
        low, high = bisect_left(self.ats, edit.span.start), bisect_right(self.ats, edit.span.end)
        return map(Placed, self.ats[low:high], self.pieces[low:high])

    def after(self, edit: Edit, near: Sequence[Placed], swap: Swap | None = None) -> "Memory":
        """The memory after `edit`, with `near` in place of what was near it, and the oldest forgotten."""
        start, end = edit.span
        low, high = bisect_left(self.ats, start), bisect_right(self.ats, end)
        delta = len(edit.new) - (end - start)
        ats = self.ats[:low]
        ats.extend(placed.at for placed in near)
        ats.extend(map(delta.__add__, self.ats[high:]))
        pieces = (*self.pieces[:low], *(placed.piece for placed in near), *self.pieces[high:])
        swaps = tuple(_moved(known, edit) for known in self.swaps)
        swaps = (*swaps, swap)[-MOST_SWAPS:] if swap else swaps
        return _bounded(replace(self, ats=ats, pieces=pieces, swaps=swaps, clock=self.clock + 1))

    def owners(self) -> set[str]:
        """The Regions that the memory speaks of."""
        holders: Iterable[Piece | Swap] = (*self.pieces, *self.swaps)
        return {owned.owner for holder in holders for owned in holder.owned}

    def without(self, owner: str) -> "Memory":
        """The same, with nothing left that belongs to `owner`."""
        pieces = tuple(piece._replace(owned=_not_of(owner, piece.owned)) for piece in self.pieces)
        swaps = tuple(swap._replace(owned=_not_of(owner, swap.owned)) for swap in self.swaps)
        return replace(self, pieces=pieces, swaps=swaps)

    def groups(self) -> Iterator[Piece]:
        """What each remembered edit deleted, newest first, whole and in its parts; also what was nobody's."""
        by_time: dict[int, list[Piece]] = {}
        for piece in self.pieces:
            by_time.setdefault(piece.time, []).append(piece)
        for time in sorted(by_time, reverse=True):
            parts = by_time[time]
            candidates = [joined(parts), *parts] if len(parts) > 1 else parts
            yield from candidates


def _not_of(owner: str, owned: Iterable[Owned]) -> tuple[Owned, ...]:
    return tuple(part for part in owned if part.owner != owner)


def _moved(swap: Swap, edit: Edit) -> Swap:
    """A swap's place after an edit; whether its text is still there is looked at when it is needed."""
    start, end = edit.span
    if swap.at <= start:
        return swap
    return swap._replace(at=start if swap.at < end else swap.at + len(edit.new) - (end - start))


def _bounded(memory: Memory) -> Memory:
    """The memory without its oldest entries beyond the limits."""
    sizes = sum(len(piece.text) for piece in memory.pieces)
    if len(memory.pieces) > MOST_PIECES or sizes > MOST_BYTES:
        newest = sorted(memory.pieces, key=lambda piece: -piece.time)
        room, oldest = MOST_BYTES, 0
        for count, piece in enumerate(newest):
            room -= len(piece.text)
            if count == MOST_PIECES or room < 0:
                oldest = piece.time
                break
        kept = [(at, piece) for at, piece in zip(memory.ats, memory.pieces, strict=True) if piece.time > oldest]
        ats = array("q", (at for at, _ in kept))
        memory = replace(memory, ats=ats, pieces=tuple(piece for _, piece in kept))
    while sum(len(swap.old) + len(swap.new) for swap in memory.swaps) > MOST_BYTES:
        memory = replace(memory, swaps=memory.swaps[1:])
    return memory


def joined(pieces: Iterable[Piece]) -> Piece:
    """Neighbouring pieces as one, with the time of the first."""
    text, first = b"", None
    owned: list[Owned] = []
    for piece in pieces:
        first = first or piece
        owned.extend(part.shifted(len(text)) for part in piece.owned)
        text += piece.text
    return Piece(text, tuple(owned), first.time if first else 0, first.batch if first else 0)
