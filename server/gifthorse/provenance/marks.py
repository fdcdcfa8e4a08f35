"""Marks: which byte ranges of one text belong to which Region, as flat sorted numbers.

This is bookkeeping of offsets alone: it never sees a text and does not decide who wrote anything.
Flat arrays are chosen for the cost of a keystroke: a bisection, two block copies and one addition
for every boundary behind the edit.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gifthorse.model.text import Span


class Owned(NamedTuple):
    """The bytes [start, end) belong to the Region `owner`; relative to what the holder says."""

    start: int
    end: int
    owner: str

    def shifted(self, by: int) -> "Owned":
        """The same range, `by` bytes further on."""
        return Owned(self.start + by, self.end + by, self.owner)


@dataclass(frozen=True, slots=True)
class Marks:
    """Disjoint, ascending, non-empty ranges: `bounds` is start, end, start, end ...; never changed in place.

    Touching ranges of the same owner are always one range.
    """

    bounds: "array[int]"
    owners: tuple[str, ...]

    def __iter__(self) -> Iterator[Owned]:
        """The ranges in ascending order."""
        return map(Owned, self.bounds[::2], self.bounds[1::2], self.owners)

    def within(self, span: Span) -> tuple[Owned, ...]:
        """The parts of ranges that lie in `span`, in absolute offsets."""
        if span.start >= span.end:
            return ()
        low = bisect_right(self.bounds, span.start) // 2
        high = (bisect_left(self.bounds, span.end) + 1) // 2
        return tuple(
            Owned(max(self.bounds[2 * i], span.start), min(self.bounds[2 * i + 1], span.end), self.owners[i])
            for i in range(low, high)
        )

    def around(self, offset: int) -> str | None:
        """The owner that has bytes both before and behind `offset`, with nobody else's range between."""
        before = bisect_left(self.bounds, offset) - 1
        behind = bisect_right(self.bounds, offset)
        if before < 0 or behind == len(self.bounds):
            return None
        owner = self.owners[before // 2]
        return owner if self.owners[behind // 2] == owner else None

    def splice(self, span: Span, length: int, pieces: Sequence[Owned] = ()) -> "Marks":
        """What `span` held gives way to `length` bytes, of which `pieces` (absolute, new offsets) are owned.

        A range around the edit is split or shortened; what follows moves along.
        """
        low = bisect_left(self.bounds, span.start)
        high = bisect_right(self.bounds, span.end)
        delta = length - (span.end - span.start)
        left = self.bounds[:low]
        if low % 2:
            left.append(span.start)
        right = array("q", (span.end,)) if high % 2 else array("q")
        right.extend(self.bounds[high:])
        if delta:
            right = array("q", map(delta.__add__, right))
        left_owners, right_owners = self.owners[: (low + 1) // 2], self.owners[high // 2 :]
        if pieces:
            left, left_owners = _extended(left, left_owners, pieces)
        return _joined(left, left_owners, right, right_owners)

    def without(self, owner: str) -> "Marks":
        """The same without the ranges of `owner`."""
        return of(piece for piece in self if piece.owner != owner)


def of(pieces: Iterable[Owned]) -> Marks:
    """Marks of ascending, disjoint, non-empty ranges."""
    return Marks(*_extended(array("q"), (), pieces))


def _extended(
    bounds: "array[int]", owners: tuple[str, ...], pieces: Iterable[Owned]
) -> tuple["array[int]", tuple[str, ...]]:
    """`pieces` set behind what is there; touching ranges of one owner become one. Takes `bounds` over."""
    names = list(owners)
    for start, end, owner in pieces:
        if names and names[-1] == owner and bounds[-1] == start:
            bounds[-1] = end
        else:
            bounds.extend((start, end))
            names.append(owner)
    return bounds, tuple(names)


def _joined(
    left: "array[int]", left_owners: tuple[str, ...], right: "array[int]", right_owners: tuple[str, ...]
) -> Marks:
    """Both sides together; where one owner meets itself at the seam the two ranges become one."""
    if left and right and left[-1] == right[0] and left_owners[-1] == right_owners[0]:
        left.pop()
        return Marks(left + right[1:], left_owners + right_owners[1:])
    return Marks(left + right, left_owners + right_owners)
