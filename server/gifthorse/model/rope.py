r"""Chunks of a text in two levels: what makes an edit cost its own size and not the file's.

A Leaf is a short run of bytes, a Page a short run of Leaves, a Rope the Pages of one text; all of them are
immutable, and versions of a text share what an edit did not touch. Between two Leaves there is always a
*clean cut*: never inside a character, an invalid sequence or \r\n. So lines and characters can be counted
leaf by leaf and added up. What a position or a line means to a caller is text.py's business.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from gifthorse.model.units import BREAK, count_breaks, count_units, is_clean_cut, skip_units

LEAF_MOST = 2048
LEAF_FILL = 1536
LEAF_LEAST = 384
PAGE_MOST = 128
PAGE_FILL = 96
PAGE_LEAST = 24
CUT_REACH = 5  # a clean cut exists among any five neighbouring offsets: see is_clean_cut


class Leaf:
    """A short run of bytes with what is known about it; counts of units are made when first asked for."""

    __slots__ = ("_ends", "_units", "breaks", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.breaks = count_breaks(data)
        self._ends: tuple[int, ...] | None = None
        self._units: dict[bool, int] = {}

    def break_ends(self) -> tuple[int, ...]:
        """The offset after each line end in this leaf."""
        if self._ends is None:
            self._ends = tuple(found.end() for found in BREAK.finditer(self.data)) if self.breaks else ()
        return self._ends

    def units(self, wide: bool) -> int:
        """The number of UTF-16 units (`wide`) or code points."""
        if wide not in self._units:
            self._units[wide] = count_units(self.data, wide)
        return self._units[wide]


class Page:
    """A short run of Leaves with running totals: `ends` of bytes, `lines` of line ends."""

    __slots__ = ("_units", "breaks", "ends", "leaves", "lines", "size")

    def __init__(self, leaves: tuple[Leaf, ...]) -> None:
        self.leaves = leaves
        self.ends = tuple(accumulate([len(leaf.data) for leaf in leaves]))
        self.lines = tuple(accumulate([leaf.breaks for leaf in leaves]))
        self.size = self.ends[-1]
        self.breaks = self.lines[-1]
        self._units: dict[bool, tuple[int, ...]] = {}

    def units(self, wide: bool) -> tuple[int, ...]:
        """Running totals of UTF-16 units (`wide`) or code points, leaf by leaf."""
        if wide not in self._units:
            self._units[wide] = tuple(accumulate([leaf.units(wide) for leaf in self.leaves]))
        return self._units[wide]


class Rope:
    """All bytes of a text. `size` in bytes, `breaks` is the number of line ends."""

    __slots__ = ("_units", "breaks", "ends", "lines", "pages", "size")

    def __init__(self, pages: tuple[Page, ...]) -> None:
        self.pages = pages
        self.ends = tuple(accumulate([page.size for page in pages]))
        self.lines = tuple(accumulate([page.breaks for page in pages]))
        self.size = self.ends[-1]
        self.breaks = self.lines[-1]
        self._units: dict[bool, tuple[int, ...]] = {}

    @classmethod
    def of(cls, content: bytes) -> "Rope":
        """The rope of these bytes."""
        return cls(tuple(pages_of(list(leaves_of(content)))))

    def leaf_at(self, offset: int) -> tuple[Leaf, int, int, int]:
        """The leaf that holds the byte at `offset` (the last leaf for the end), its first byte's offset, page, index."""
        number = min(bisect_right(self.ends, offset), len(self.pages) - 1)
        page = self.pages[number]
        before = self.ends[number] - page.size
        index = min(bisect_right(page.ends, offset - before), len(page.leaves) - 1)
        leaf = page.leaves[index]
        return leaf, before + page.ends[index] - len(leaf.data), number, index

    def line_of(self, offset: int) -> tuple[int, int]:
        r"""The line that holds `offset`, from 0, and where it starts; the \n of \r\n belongs to the line it ends."""
        leaf, start, number, index = self.leaf_at(offset)
        page = self.pages[number]
        ends = leaf.break_ends()
        inside = bisect_right(ends, offset - start)
        line = self.lines[number] - page.breaks + page.lines[index] - leaf.breaks + inside
        if inside:
            return line, start + ends[inside - 1]
        return line, self.end_of_break(line) if line else 0

    def end_of_break(self, count: int) -> int:
        """The offset after the `count`th line end, counted from 1 and at most `breaks`."""
        number = bisect_right(self.lines, count - 1)
        page = self.pages[number]
        left = count - (self.lines[number] - page.breaks)
        index = bisect_right(page.lines, left - 1)
        leaf = page.leaves[index]
        start = self.ends[number] - page.size + page.ends[index] - len(leaf.data)
        return start + leaf.break_ends()[left - 1 - (page.lines[index] - leaf.breaks)]

    def units_before(self, offset: int, wide: bool) -> int:
        """How many UTF-16 units (`wide`) or code points there are before `offset`, a character's start."""
        leaf, start, number, index = self.leaf_at(offset)
        above = self._running(wide)[number - 1] if number else 0
        above += self.pages[number].units(wide)[index - 1] if index else 0
        return above + count_units(leaf.data[: offset - start], wide)

    def offset_of_unit(self, units: int, wide: bool) -> int:
        """The offset behind the first `units` units, clamped down to a character's start and to the end."""
        running = self._running(wide)
        if units >= running[-1]:
            return self.size
        number = bisect_right(running, units)
        page = self.pages[number]
        left = units - (running[number - 1] if number else 0)
        index = bisect_right(page.units(wide), left)
        left -= page.units(wide)[index - 1] if index else 0
        leaf = page.leaves[index]
        start = self.ends[number] - page.size + page.ends[index] - len(leaf.data)
        return start + skip_units(leaf.data, left, wide)

    def slice(self, start: int, end: int) -> bytes:
        """The bytes from `start` to `end`."""
        leaf, offset, _, _ = self.leaf_at(start)
        if end <= offset + len(leaf.data):
            return leaf.data[start - offset : max(start, end) - offset]
        return b"".join(self.slices(start, end))

    def slices(self, start: int, end: int) -> Iterator[bytes]:
        """The bytes from `start` to `end`, leaf by leaf."""
        if start >= end:
            return
        leaf, offset, number, index = self.leaf_at(start)
        while True:
            data = leaf.data
            yield data[max(0, start - offset) : end - offset] if start > offset or end < offset + len(data) else data
            offset += len(data)
            if offset >= end:
                return
            index += 1
            if index == len(self.pages[number].leaves):
                number, index = number + 1, 0
            leaf = self.pages[number].leaves[index]

    def replaced(self, start: int, end: int, new: bytes) -> "Rope":
        """The rope with the bytes from `start` to `end` replaced: new are a few leaves, their page and the top."""
        left, left_start, first, left_index = self.leaf_at(start)
        right, right_start, last, right_index = self.leaf_at(end)
        middle = left.data[: start - left_start] + new + right.data[end - right_start :]
        before = list(self.pages[first].leaves[:left_index])
        after = list(self.pages[last].leaves[right_index + 1 :])
        while first > 0 or before:
            if not before:
                first -= 1
                before = list(self.pages[first].leaves)
            if len(middle) >= LEAF_LEAST and is_clean_cut(before[-1].data, middle):
                break
            middle = before.pop().data + middle
        while last < len(self.pages) - 1 or after:
            if not after:
                last += 1
                after = list(self.pages[last].leaves)
            if len(middle) >= LEAF_LEAST and is_clean_cut(middle, after[0].data):
                break
            middle += after.pop(0).data
        leaves = [*before, *leaves_of(middle), *after]
        return Rope(self._repaged(first, last, leaves))

    def _repaged(self, first: int, last: int, leaves: list[Leaf]) -> tuple[Page, ...]:
        """The pages, with those from `first` to `last` made anew from `leaves`; a page that got short takes a neighbour."""
        if len(leaves) < PAGE_LEAST and first > 0:
            first -= 1
            leaves = [*self.pages[first].leaves, *leaves]
        elif len(leaves) < PAGE_LEAST and last < len(self.pages) - 1:
            last += 1
            leaves = [*leaves, *self.pages[last].leaves]
        return (*self.pages[:first], *pages_of(leaves), *self.pages[last + 1 :])

    def _running(self, wide: bool) -> tuple[int, ...]:
        if wide not in self._units:
            self._units[wide] = tuple(accumulate([page.units(wide)[-1] for page in self.pages]))
        return self._units[wide]


def leaves_of(data: bytes) -> Iterator[Leaf]:
    """Cut bytes into leaves of about LEAF_FILL at clean cuts; short data, also empty, is one leaf."""
    start = 0
    while len(data) - start > LEAF_MOST:
        end = clean_cut_near(data, start + min(LEAF_FILL, (len(data) - start) // 2))
        yield Leaf(data[start:end])
        start = end
    yield Leaf(data[start:] if start else data)


def clean_cut_near(data: bytes, offset: int) -> int:
    """The clean cut at or just before `offset`."""
    for cut in range(offset, offset - CUT_REACH, -1):
        if is_clean_cut(data[cut - 3 : cut], data[cut : cut + 1]):
            return cut
    raise AssertionError("no clean cut: a character longer than four bytes")


def pages_of(leaves: Sequence[Leaf]) -> Iterator[Page]:
    """Group leaves evenly into pages of at most PAGE_MOST."""
    if len(leaves) <= PAGE_MOST:
        yield Page(tuple(leaves))
        return
    count = -(-len(leaves) // PAGE_FILL)
    for number in range(count):
        yield Page(tuple(leaves[number * len(leaves) // count : (number + 1) * len(leaves) // count]))
