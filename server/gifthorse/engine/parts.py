"""A text as the row of its top-level parts, each with all that its syntax says of it.

A Part counts its offsets from its own start and depends on its own source alone, so it is taken over as it is when
something else was edited. What the parts mean together is for evaluate/module.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from gifthorse.engine.facts import Known, read_piece
from gifthorse.engine.patterns import compiled
from gifthorse.engine.queries import Chunks, Inner, QueryIndex, Sight, look
from gifthorse.engine.syntax import Grammar, Piece, Tree, parse, readable, root
from gifthorse.model.fact import Fact
from gifthorse.model.text import Span


class Part(NamedTuple):
    """One top-level part of a text. `aside`: it may stand anywhere (a comment). `whole`: nothing in it was lost.
    `inner`: the places in it that hold texts in other languages.
    """

    kind: int
    size: int
    aside: bool
    facts: tuple[Fact, ...]
    comments: tuple[Span, ...]
    sights: tuple[Sight, ...]
    whole: bool
    known: Known
    chunks: Chunks
    inner: tuple[Inner, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How the texts of one language are read. `head`: what leads into the code where a text does not begin in it;
    `outside`: the kinds of the parts that stand before it; `bare`: how a text begins that is code without it (RE2).
    """

    grammar: Grammar
    queries: QueryIndex
    head: bytes = b""
    outside: frozenset[int] = frozenset()
    bare: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A whole text, its Parts and where they start. `sound`: it follows its grammar everywhere."""

    content: bytes
    starts: Sequence[int]
    parts: Sequence[Part]
    sound: bool

    def known(self, first: int, last: int) -> "Old":
        """What may be taken over from a range of Parts."""
        inner: Known = {}
        chunks: Chunks = {}
        same: dict[tuple[int, bytes], Part] = {}
        if not self.sound:
            return NOTHING_OLD
        for start, part in zip(self.starts[first:last], self.parts[first:last], strict=True):
            same[part.kind, self.content[start : start + part.size]] = part
            inner.update(part.known)
            chunks.update(part.chunks)
        return Old(same, inner, chunks)


class Old(NamedTuple):
    """Parts of an earlier version by grammar kind and source, and what was inside of them."""

    same: Mapping[tuple[int, bytes], Part]
    inner: Known
    chunks: Chunks


NOTHING_OLD: Final = Old({}, {}, {})


def read_part(piece: Piece, source: bytes, reading: Reading, old: Old) -> Part:
    """One top-level piece of `source`. Broken ones are read anew: their shape depends on what is around them."""
    found = None if piece.broken else old.same.get((piece.kind, source[piece.start : piece.end]))
    if found is not None:
        return found
    sheaf, known = read_piece(piece, source, old.inner)
    sights, inner, whole, chunks = look(piece, source, reading.queries, old.chunks)
    whole = whole and sheaf.whole
    # A small part is known as itself.
    known = known if len(known) > 1 else {}
    size = piece.end - piece.start
    return Part(piece.kind, size, piece.aside, sheaf.facts, sheaf.comments, sights, whole, known, chunks, inner)


def read_text(content: bytes, reading: Reading, old: Old = NOTHING_OLD) -> tuple[Row, bool]:
    """A whole text, and whether it is broken. One that is sound code without what leads into it is read as if that
    were there. Raises EndlessError.
    """
    led = parse(reading.grammar, reading.head + content) if is_bare(content, reading) else None
    if led is None or led.broken:
        tree = parse(reading.grammar, content)
        return read_row(tree, reading, old), tree.broken
    row, size = read_row(led, reading, old), len(reading.head)
    starts = [start - size for start in row.starts[1:]]
    return Row(readable(content), starts, row.parts[1:], row.sound), False


def is_bare(content: bytes, reading: Reading) -> bool:
    """Whether a text begins like code that nothing leads into."""
    if not reading.bare or reading.head[:2] in content:
        return False
    start = content[:BEGINNING].decode("utf-8", "replace")
    return compiled(reading.bare).match(start) is not None


BEGINNING = 400
"""Bytes by which it is seen how a text begins."""


def read_row(tree: Tree, reading: Reading, old: Old = NOTHING_OLD) -> Row:
    """A whole parsed text."""
    pieces = list(root(tree).pieces())
    parts = [read_part(piece, tree.content, reading, old) for piece in pieces]
    return Row(tree.content, [piece.start for piece in pieces], parts, not tree.broken)
