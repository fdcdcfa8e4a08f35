"""Tokens: two stretches of text compared word by word, with what formatters change left out of account.

Tokens here are words and single signs of any language; strings and comments are not told apart. Whether a likeness
is convincing for whole texts is align.py's judgement.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gifthorse.model.text import Span
from gifthorse.provenance.lcs import matching
from gifthorse.provenance.substance import WHITE

TOKEN = re.compile(rb"[A-Za-z0-9_\x80-\xff]+|[^ \t\n\r\f\vA-Za-z0-9_\x80-\xff]")
STYLE = frozenset(b"',;()\"`")
"""Tokens that formatters put in, take out or exchange without a change of meaning."""
NEARLY = 0.75
"""Share of both texts that must survive where the token sequences are not equal but for style ..."""
NEARLY_TOKENS = 12
"""... and the least number of tokens that make such a likeness more than chance."""


class Block(NamedTuple):
    """`length` bytes from `old` on survive as the bytes from `new` on."""

    old: int
    new: int
    length: int


class Piece(NamedTuple):
    """A line or token: its place and the key by which it is compared."""

    start: int
    end: int
    key: bytes


def common_start(one: bytes, other: bytes) -> int:
    """How many bytes at the start are the same."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def tokens(content: bytes, span: Span) -> list[Piece]:
    """The words and signs in a span of `content`, each with its text as key."""
    return [Piece(m.start(), m.end(), m[0]) for m in TOKEN.finditer(content, span.start, span.end)]


def keys(pieces: Sequence[Piece]) -> list[bytes]:
    """What the pieces are compared by."""
    return [piece.key for piece in pieces]


def essence(content: bytes) -> bytes:
    """`content` without white space and style: what must be equal before tokens need to be looked at."""
    return content.translate(None, WHITE + bytes(STYLE))


def nearly(old: Sequence[Piece], new: Sequence[Piece]) -> list[tuple[Piece, Piece]]:
    """Matching tokens of two long sequences that are nearly the same; nothing where they are not."""
    if min(len(old), len(new)) < NEARLY_TOKENS or not NEARLY <= len(old) / len(new) <= 1 / NEARLY:
        return []
    pairs = [(old[run.old + k], new[run.new + k]) for run in matching(keys(old), keys(new)) for k in range(run.length)]
    kept = sum(len(a.key) for a, _ in pairs)
    whole = max(sum(len(piece.key) for piece in old), sum(len(piece.key) for piece in new))
    return settled(old, new, pairs) if len(pairs) >= NEARLY_TOKENS and kept >= NEARLY * whole else []


def settled(
    old: Sequence[Piece], new: Sequence[Piece], pairs: Sequence[tuple[Piece, Piece]]
) -> list[tuple[Piece, Piece]]:
    """The pairs without those of which nobody can say which of two equal tokens stayed: `a` of `a, a` that became `a`.

    They stand beside tokens that came or went, and could be exchanged with tokens at the other end of these.
    """
    places = {piece.start: index for index, piece in enumerate(old)}, {p.start: index for index, p in enumerate(new)}
    indices = [(places[0][one.start], places[1][other.start]) for one, other in pairs]
    unclear: set[int] = set()
    for number, (here, following) in enumerate(pairwise(indices)):
        for side, tokens_there in enumerate((old, new)):
            if following[1 - side] == here[1 - side] + 1 and following[side] > here[side] + 1:
                unclear.update(_exchangeable(tokens_there, indices, number, side))
    return [pair for number, pair in enumerate(pairs) if number not in unclear]


def _exchangeable(pieces: Sequence[Piece], indices: Sequence[tuple[int, int]], number: int, side: int) -> Iterator[int]:
    """The pairs before and behind what came or went after pair `number` that equal what is at its other end."""
    first, last = indices[number][side], indices[number + 1][side]
    step = 0
    while number - step >= 0 and indices[number - step][side] == first - step:
        if pieces[first - step].key != pieces[last - 1 - step].key:
            break
        yield number - step
        step += 1
    step = 0
    while number + 1 + step < len(indices) and indices[number + 1 + step][side] == last + step:
        if pieces[last + step].key != pieces[first + 1 + step].key:
            break
        yield number + 1 + step
        step += 1


def token_blocks(
    old: bytes, new: bytes, here: Span, there: Span, pairs: Sequence[tuple[Piece, Piece]]
) -> Iterator[Block]:
    """The paired tokens of two stretches, and the white space beside each as far as it is the same."""
    before, behind = Piece(here.start, here.start, b""), Piece(here.end, here.end, b"")
    first, last = Piece(there.start, there.start, b""), Piece(there.end, there.end, b"")
    for (a, b), (next_a, next_b) in pairwise([(before, first), *pairs, (behind, last)] if pairs else []):
        yield Block(a.start, b.start, a.end - a.start)
        white_old, white_new = old[a.end : next_a.start], new[b.end : next_b.start]
        if not white_old.strip(WHITE) and not white_new.strip(WHITE):
            yield Block(a.end, b.end, common_start(white_old, white_new))


def merged(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks in order, neighbours joined and empty ones left out."""
    result: list[Block] = []
    for block in sorted(blocks):
        last = result[-1] if result else None
        if last and (last.old + last.length, last.new + last.length) == (block.old, block.new):
            result[-1] = Block(last.old, last.new, last.length + block.length)
        elif block.length:
            result.append(block)
    return tuple(result)
