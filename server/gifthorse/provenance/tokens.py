"""Tokens: two stretches of text compared word by word, with what formatters change left out of account.

Tokens here are words and single signs of any language; strings and comments are not told apart. Whether a likeness
is convincing for whole texts is align.py's judgement.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from gifthorse.model.text import Span
from gifthorse.provenance.substance import WHITE

TOKEN = re.compile(rb"[A-Za-z0-9_\x80-\xff]+|[^ \t\n\r\f\vA-Za-z0-9_\x80-\xff]")
WORDS = re.compile(rb"[A-Za-z0-9_\x80-\xff]")
STYLE = frozenset(b"',;()\"`")
"""Tokens that formatters put in, take out or exchange without a change of meaning."""


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
