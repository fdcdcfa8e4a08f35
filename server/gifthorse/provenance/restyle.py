"""Two stretches of text that are the same but for style: which bytes correspond, at about the speed of reading them.

A formatter may touch every line of a large file in one edit. So the words are never looked at one by one: only the gaps
between them are, of white space and signs of style, and of these only those that are different.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from gifthorse.model.text import Span
from gifthorse.provenance.lcs import matching
from gifthorse.provenance.substance import WHITE
from gifthorse.provenance.tokens import STYLE, Block, Piece, common_start, keys, tokens

GAP = re.compile(rb"([%b]+)" % re.escape(WHITE + bytes(sorted(STYLE))))
WORD = re.compile(rb"[A-Za-z0-9_\x80-\xff]{2}")
FEW_SIGNS = 12
"""Signs in a gap up to which they are matched with each other; of longer ones only the equal start is kept."""


class _Parts(NamedTuple):
    """A stretch taken apart: `essence` is all that is no gap, `gaps[k]` stands behind `at[k]` bytes of it, and `before[k]`
    counts the bytes of the gaps before that one.
    """

    essence: bytes
    at: list[int]
    gaps: list[bytes]
    before: list[int]

    def offset(self, index: int) -> int:
        """Where in the stretch that many bytes of essence end, before any gap there."""
        return index + self.before[bisect_left(self.at, index)]


class _Seam(NamedTuple):
    """How two different gaps correspond: so many bytes at their start, so many at their end, and blocks between."""

    head: int
    inner: tuple[Block, ...]
    tail: int


def restyled(old: bytes, new: bytes, here: Span, there: Span) -> list[Block] | None:
    """The bytes of one stretch that correspond to those of another, ascending; None if they are not the same but for
    style, which includes words that were joined or cut in two.
    """
    one, other = _parts(old[here.start : here.end]), _parts(new[there.start : there.end])
    if one.essence != other.essence:
        return None
    gaps, others = dict(zip(one.at, one.gaps, strict=True)), dict(zip(other.at, other.gaps, strict=True))
    seams: dict[tuple[bytes, bytes, bool], _Seam] = {}
    blocks: list[Block] = []
    low, high = here.start, there.start
    for index in sorted({index for index, _ in gaps.items() ^ others.items()}):
        gap, its = gaps.get(index, b""), others.get(index, b"")
        if not (gap and its) and WORD.match(one.essence, max(0, index - 1)) and index:
            return None
        key = (gap, its, index == 0)
        seam = seams.get(key) or seams.setdefault(key, _seam(*key))
        end = here.start + one.offset(index)
        its_end = high + end - low
        if end + seam.head > low:
            blocks.append(Block(low, high, end + seam.head - low))
        if seam.inner:
            blocks.extend(Block(end + block.old, its_end + block.new, block.length) for block in seam.inner)
        low, high = end + len(gap) - seam.tail, its_end + len(its) - seam.tail
    return [*blocks, Block(low, high, here.end - low)] if low < here.end else blocks


def _parts(stretch: bytes) -> _Parts:
    pieces = GAP.split(stretch)
    words, gaps = pieces[::2], pieces[1::2]
    at = list(accumulate(map(len, words)))
    return _Parts(b"".join(words), at[:-1], gaps, list(accumulate(map(len, gaps), initial=0)))


def _seam(gap: bytes, other: bytes, first: bool) -> _Seam:
    """How two gaps correspond. The `first` ones of a stretch begin a line."""
    blocks = [block for block in _blocks(gap, other, first) if block.length]
    head = tail = 0
    if blocks and blocks[0][:2] == (0, 0):
        head = blocks.pop(0).length
    if blocks and (blocks[-1].old + blocks[-1].length, blocks[-1].new + blocks[-1].length) == (len(gap), len(other)):
        tail = blocks.pop().length
    return _Seam(head, tuple(blocks), tail)


def _blocks(gap: bytes, other: bytes, first: bool) -> Iterator[Block]:
    """Signs that stand in both gaps in the same order, each with the equal white space behind it."""
    at = at_other = 0
    for sign, its in [(Piece(0, 0, b""), Piece(0, 0, b"")), *_pairs(gap, other)]:
        if sign.key:
            yield Block(sign.start, its.start, len(sign.key))
        at, at_other = sign.end, its.end
        white, its_white = _white_at(gap, at), _white_at(other, at_other)
        yield Block(at, at_other, _common_white(white, its_white, begins_line=first and at == at_other == 0))


def _pairs(gap: bytes, other: bytes) -> Iterator[tuple[Piece, Piece]]:
    signs, others = tokens(gap, Span(0, len(gap))), tokens(other, Span(0, len(other)))
    if max(len(signs), len(others)) > FEW_SIGNS:
        head = common_start(gap, other)
        signs = [sign for sign in signs if sign.end <= head]
        others = others[: len(signs)]
    for run in matching(keys(signs), keys(others)):
        yield from zip(signs[run.old :][: run.length], others[run.new :][: run.length], strict=True)


def _white_at(gap: bytes, at: int) -> bytes:
    return gap[at : len(gap) - len(gap[at:].lstrip(WHITE))]


def _common_white(white: bytes, other: bytes, *, begins_line: bool) -> int:
    """How much of two stretches of white space is the same. Of indentations that differ nothing is."""
    if white == other:
        return len(white)
    common = common_start(white, other)
    if begins_line or b"\n" in white + other or b"\r" in white + other:
        return max(white.rfind(b"\n", 0, common), white.rfind(b"\r", 0, common)) + 1
    return common
