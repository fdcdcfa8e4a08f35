"""Marks: which byte ranges of one text belong to which Region, as flat sorted numbers.

This is bookkeeping of offsets alone: it never sees a text and does not decide who wrote anything.
Flat arrays are chosen for the cost of a keystroke: a bisection, two block copies and one addition
for every boundary behind the edit.
"""

import contextlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gifthorse.model.text import Span

FEW = 8
"""Spans that are quicker put in one by one than all at once."""


class Owned(NamedTuple):
    """The bytes [start, end) belong to the Region `owner`; relative to what the holder says."""

    start: int
    end: int
    owner: str

    def shifted(self, by: int) -> "Owned":
        """The same range, `by` bytes further on."""
        return Owned(self.start + by, self.end + by, self.owner)


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Disjoint, ascending, non-empty ranges, written as start, end, start, end ...; never changed in place.

    Touching ranges of the same owner are always one range. The numbers up to the place of the last edit are in `low`,
    those behind it in `high`, where each is less by `shift`: so the next edit at that place has nothing to add up.
    """

    low: "array[int]"
    high: "array[int]"
    shift: int
    owners: tuple[str, ...]

    @property
    def bounds(self) -> "array[int]":
        """All the numbers, as offsets."""
        return self.low + _added(self.high, self.shift)

    def __iter__(self) -> Iterator[Owned]:
        """The ranges in ascending order."""
        bounds = self.bounds
        return map(Owned, bounds[::2], bounds[1::2], self.owners)

    def __eq__(self, other: object) -> bool:
        """Whether both have the same ranges, however they came about."""
        return isinstance(other, Marks) and self.owners == other.owners and self.bounds == other.bounds

    __hash__ = None  # type: ignore[assignment]

    def within(self, span: Span) -> tuple[Owned, ...]:
        """The parts of ranges that lie in `span`, in absolute offsets."""
        if span.start >= span.end:
            return ()
        first, last = self._up_to(span.start) // 2, (self._below(span.end) + 1) // 2
        return tuple(
            Owned(max(self._at(2 * i), span.start), min(self._at(2 * i + 1), span.end), self.owners[i])
            for i in range(first, last)
        )

    def around(self, offset: int) -> str | None:
        """The owner that has bytes both before and behind `offset`, with nobody else's range between."""
        before, behind = self._below(offset) - 1, self._up_to(offset)
        if before < 0 or behind == len(self.low) + len(self.high):
            return None
        owner = self.owners[before // 2]
        return owner if self.owners[behind // 2] == owner else None

    def splice(self, span: Span, length: int, pieces: Sequence[Owned] = ()) -> "Marks":
        """What `span` held gives way to `length` bytes, of which `pieces` (absolute, new offsets) are owned.

        A range around the edit is split or shortened; what follows moves along.
        """
        below, up_to, seam = self._below(span.start), self._up_to(span.end), len(self.low)
        left = self.low[:below] + _added(self.high[: max(0, below - seam)], self.shift)
        if below % 2:
            left.append(span.start)
        right = array("q", (span.end - self.shift,)) if up_to % 2 else array("q")
        right += _added(self.low[up_to:], -self.shift) + self.high[max(0, up_to - seam) :]
        left, owners = _extended(left, self.owners[: (below + 1) // 2], pieces)
        shift = self.shift + length - (span.end - span.start)
        return _joined(Marks(left, right, shift, (*owners, *self.owners[up_to // 2 :])), len(owners))

    def covered(self, spans: Sequence[Span], owner: str) -> "Marks":
        """What these spans (ascending, disjoint, non-empty) held is `owner`'s now."""
        if len(spans) <= FEW:
            marks = self
            for span in spans:
                marks = marks.splice(span, span.end - span.start, [Owned(span.start, span.end, owner)])
            return marks
        ends = (0, *(span.end for span in spans))
        starts = (*(span.start for span in spans), self._end(spans[-1].end))
        left = (piece for low, high in zip(ends, starts, strict=True) for piece in self.within(Span(low, high)))
        return of(sorted([*left, *(Owned(span.start, span.end, owner) for span in spans)]))

    def without(self, owner: str) -> "Marks":
        """The same without the ranges of `owner`."""
        return of(piece for piece in self if piece.owner != owner)

    def spans_of(self, owner: str) -> list[Span]:
        """The ranges of one owner."""
        result: list[Span] = []
        at = -1
        with contextlib.suppress(ValueError):  # searching a tuple is many times as fast as going through it
            while True:
                at = self.owners.index(owner, at + 1)
                result.append(Span(self._at(2 * at), self._at(2 * at + 1)))
        return result

    def _end(self, least: int) -> int:
        """Where the last range ends, and at least there."""
        return max(least, self._at(2 * len(self.owners) - 1)) if self.owners else least

    def _at(self, index: int) -> int:
        seam = len(self.low)
        return self.low[index] if index < seam else self.high[index - seam] + self.shift

    def _below(self, offset: int) -> int:
        """How many of the numbers are less than `offset`."""
        if self.low and self.low[-1] >= offset:
            return bisect_left(self.low, offset)
        return len(self.low) + bisect_left(self.high, offset - self.shift)

    def _up_to(self, offset: int) -> int:
        """How many of the numbers are not greater than `offset`."""
        if self.low and self.low[-1] > offset:
            return bisect_right(self.low, offset)
        return len(self.low) + bisect_right(self.high, offset - self.shift)


def of(pieces: Iterable[Owned]) -> Marks:
    """Marks of ascending, disjoint, non-empty ranges."""
    bounds, owners = _extended(array("q"), (), pieces)
    return Marks(bounds, array("q"), 0, owners)


def _added(numbers: "array[int]", shift: int) -> "array[int]":
    return array("q", map(shift.__add__, numbers)) if shift else numbers


def _extended(
    bounds: "array[int]", owners: tuple[str, ...], pieces: Iterable[Owned]
) -> tuple["array[int]", tuple[str, ...]]:
    """`pieces` set behind what is there; touching ranges of one owner become one. Takes `bounds` over."""
    names: list[str] = []
    last = owners[-1] if owners else None
    for start, end, owner in pieces:
        if last == owner and bounds[-1] == start:
            bounds[-1] = end
        else:
            bounds.extend((start, end))
            names.append(owner)
            last = owner
    return bounds, (*owners, *names)


def _joined(marks: Marks, left: int) -> Marks:
    """The marks, where one owner meets itself behind the first `left` ranges with the two ranges as one."""
    low, high, owners = marks.low, marks.high, marks.owners
    if not 0 < left < len(owners) or owners[left - 1] != owners[left] or low[-1] != high[0] + marks.shift:
        return marks
    return Marks(low[:-1], high[1:], marks.shift, owners[:left] + owners[left + 1 :])
