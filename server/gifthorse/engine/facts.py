"""From the roles of a syntax tree's nodes to the neutral tree of Facts, piece by piece.

A piece of up to PIECE bytes is classified in one go, and what comes out depends on its source
alone; so an unchanged piece is taken over from the version before. Larger nodes are put together from their pieces.
It does not know any language: that is queries/languages/*/facts.scm.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gifthorse.engine.classify import Classifier, Flat, Roles
from gifthorse.engine.plans import COMMENT, OTHER
from gifthorse.engine.spelling import SPELLED, spell_of
from gifthorse.engine.syntax import Piece
from gifthorse.model.fact import Fact
from gifthorse.model.text import Span

PIECE = 1_500
"""Bytes. Smaller pieces are re-read sooner after an edit; larger ones cost fewer runs of the query."""

DEEP = 60
"""Levels of large nodes inside each other, below which all is read in one go and nothing is kept."""

DEEP_LIMIT = 60_000
"""Bytes of a node that is nested so deep, above which it is left out: matching a query gets slow without bound there."""

TEXT_LIMIT = 65_536
"""Bytes of source that one leaf may carry; a longer literal is known by its first bytes only."""

WORD = 40
"""Bytes of the longest text that is taken for a word."""

MOST_SHAPES = 4096
"""Names of parts, all of one Fact's, that are remembered."""

SKIP = "skip"
"""The role of a node that another pattern gives a role which it does not have here."""

THIN = frozenset({"wrap", "pipe"})
"""Roles that say nothing of a node which is no larger than the one inside."""

NAMES = frozenset({"name", "param", "declare", "pair", OTHER})
"""Roles that may be a name's alone, and words beside names."""

WITH_SOURCE = frozenset({"str", "word", "func", "slice", "code"})
"""Roles that carry their source although they have kids."""


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The Facts of one piece, offsets counted from the piece's start, and its comments. `whole`: none is missing."""

    facts: tuple[Fact, ...]
    comments: tuple[Span, ...]
    whole: bool


Known = dict[tuple[int, bytes], Sheaf]
"""The Sheaves of one version of a text by grammar kind and source."""


class _Source:
    """The bytes of a text; where all of them are ASCII, also the text itself, to take words from without decoding.
    `spell`: how names are to be read, where they may be written otherwise.
    """

    def __init__(self, content: bytes, names: str) -> None:
        self.content, self.spell = content, spell_of(names, content)
        self.text = content.decode("ascii") if content.isascii() else None

    def cut(self, start: int, end: int) -> str:
        """A leaf's words; a word is kept once however often it stands in the file."""
        end = min(end, start + TEXT_LIMIT)
        if self.text is None:
            return self.content[start:end].decode("utf-8", "replace")
        text = self.text[start:end]
        return sys.intern(text) if end - start <= WORD else text

    def name(self, start: int, end: int) -> str:
        """The same of a name."""
        text = self.cut(start, end)
        return text if self.spell is None else self.spell(text)


@lru_cache(maxsize=MOST_SHAPES)
def _shared(names: tuple[str, ...]) -> tuple[str, ...]:
    """The same names, kept once however many Facts have them."""
    return names


class _Builder:
    """Puts the rows that have a role into each other, last ones first, so that nothing recurses.

    A row without a role hands what is in it to the row around it. `ready`: the Facts of rows that are known already.
    """

    def __init__(self, flat: Flat, roles: Roles, source: _Source, ready: dict[int, tuple[Fact, ...]]) -> None:
        self.flat, self.roles, self.source = flat, roles, source
        size = len(flat.kinds)
        self.around = [-1] * size
        self.names: list[list[str] | None] = [None] * size
        self.kids: list[list[Fact] | None] = [None] * size
        self.facts: list[Fact] = []
        self.comments: list[Span] = []
        self.hidden = bytearray(size)
        self.ready = ready
        self.closed: dict[int, tuple[Fact, ...]] = dict(ready)
        """Rows whose Facts are known without looking at what is in them."""
        for head, role, parts in roles.repeated:
            self.closed[head] = (*self.closed.get(head, ()), self._repeated(head, role, parts))

    def _repeated(self, head: int, role: str, parts: list[tuple[str, int]]) -> Fact:
        """An import: its parts are plain words, so that one statement can give several Facts."""
        flat, origin = self.flat, self.flat.starts[head]
        kids = tuple(
            Fact(
                OTHER,
                flat.starts[row] - origin,
                flat.ends[row] - origin,
                self.source.name(flat.starts[row], flat.ends[row]),
            )
            for _, row in parts
        )
        return Fact(role, 0, flat.ends[head] - origin, "", tuple(name for name, _ in parts), kids)

    def _nest(self) -> None:
        """Find the row with a role around every row, and the comments. Nothing is looked at inside of what is ready."""
        flat, role, around, ready = self.flat, self.roles.role, self.around, self.ready
        parents, origin = flat.parents, flat.starts[0]
        row, size = 0, len(role)
        while row < size:
            parent = parents[row]
            if parent >= 0:
                around[row] = parent if role[parent] else around[parent]
            own = role[row]
            if own == COMMENT:
                self.comments.append(Span(flat.starts[row] - origin, flat.ends[row] - origin))
            if own in (COMMENT, SKIP):
                role[row] = ""
            if row in self.closed:
                self.hidden[row + 1 : flat.skips[row]] = b"\1" * (flat.skips[row] - row - 1)
            row = flat.skips[row] if row in ready else row + 1

    def _close(self, row: int, origin: int) -> Fact:
        """The Fact of a row whose kids are complete; they were added last ones first."""
        flat, role = self.flat, self.roles.role[row]
        kids, names = self.kids[row], self.names[row]
        start, end = flat.starts[row], flat.ends[row]
        text = ""
        if kids is None or role in WITH_SOURCE:
            text = self.source.name(start, end) if role in NAMES else self.source.cut(start, end)
        if role in SPELLED:
            role, spell = SPELLED[role]
            text = spell(text)
        if kids is None or names is None:
            return Fact(role, start - origin, end - origin, text)
        if role in THIN and len(kids) == 1 and not kids[0].start and kids[0].end == end - start:
            return kids[0]._replace(start=start - origin, end=end - origin)
        kids.reverse()
        names.reverse()
        return Fact(role, start - origin, end - origin, text, _shared(tuple(names)), tuple(kids))

    def _hang(self, row: int, facts: Sequence[Fact], names: Sequence[str]) -> None:
        """Add Facts, last ones first, to the row around this one, or to the outermost ones."""
        around = self.around[row]
        if around < 0:
            self.facts.extend(facts)
            return
        kids, own = self.kids[around], self.names[around]
        if kids is None or own is None:
            kids, own = self.kids[around], self.names[around] = [], []
        kids.extend(facts)
        own.extend(names)

    def _hang_ready(self, row: int, facts: Sequence[Fact], origin: int) -> None:
        """Add what is known of a row: as the one part that it plays, or each Fact by itself."""
        flat, name = self.flat, self._name(row)
        start, length = flat.starts[row], flat.ends[row] - flat.starts[row]
        if name and not (len(facts) == 1 and facts[0].end - facts[0].start == length):
            text = "" if facts else self.source.cut(start, flat.ends[row])
            facts = (Fact(OTHER, 0, length, text, ("",) * len(facts), tuple(facts)),)
        names = [name] * len(facts)
        if not name:
            parts = {
                (flat.starts[at], flat.ends[at]): at for at in range(row + 1, flat.skips[row]) if self.roles.part[at]
            }
            if parts:
                names = [self._part_at(parts.get((start + fact.start, start + fact.end), -1), row) for fact in facts]
        shift = start - origin
        moved = [fact._replace(start=fact.start + shift, end=fact.end + shift) for fact in facts] if shift else [*facts]
        self._hang(row, moved[::-1], names[::-1])

    def _part_at(self, row: int, inside: int) -> str:
        """Which part a row inside of what is ready plays in the row around that."""
        return self.roles.part[row] if row >= 0 and self.roles.owner[row] == self.around[inside] else ""

    def _name(self, row: int) -> str:
        """Which part a row plays in the one around it."""
        around = self.around[row]
        return self.roles.part[row] if around >= 0 and self.roles.owner[row] == around else ""

    def build(self) -> tuple[Fact, ...]:
        """The outermost Facts."""
        self._nest()
        role, starts, around, closed, hidden = self.roles.role, self.flat.starts, self.around, self.closed, self.hidden
        for row in range(len(role) - 1, -1, -1):
            if hidden[row]:
                continue
            if row in closed:
                self._hang_ready(row, closed[row], starts[around[row]] if around[row] >= 0 else starts[0])
            elif role[row]:
                fact = self._close(row, starts[around[row]] if around[row] >= 0 else starts[0])
                self._hang(row, (fact,), (self._name(row),))
        self.facts.reverse()
        return tuple(self.facts)


def _sheaf(piece: Piece, whole: bool, ready: list[tuple[Piece, Sheaf]], source: _Source) -> Sheaf:
    """The Facts of a piece from its own nodes and the Sheaves of the pieces inside."""
    flat = piece.flat(whole)
    roles = Classifier(piece.grammar.plans, flat, source.content).run(only_first=not whole)
    builder = _Builder(flat, roles, source, _rows_of(ready, flat))
    facts = builder.build()
    inside = [span.shifted(inner.start - piece.start) for inner, sheaf in ready for span in sheaf.comments]
    return Sheaf(facts, tuple(sorted([*builder.comments, *inside])), roles.whole and all(s.whole for _, s in ready))


def _rows_of(ready: Sequence[tuple[Piece, Sheaf]], flat: Flat) -> dict[int, tuple[Fact, ...]]:
    """The Facts of the pieces directly in a tree by their rows; both come in the same order."""
    found: dict[int, tuple[Fact, ...]] = {}
    row = 1
    for _, sheaf in ready:
        while not flat.named[row]:
            row = flat.skips[row]
        found[row] = sheaf.facts
        row = flat.skips[row]
    return found


class _Reader:
    """Reads all pieces of one tree, inner ones first."""

    def __init__(self, source: bytes, before: Known, names: str) -> None:
        self.source, self.before, self.cut = source, before, _Source(source, names)
        self.known: Known = {}

    def _keep(self, piece: Piece, sheaf: Sheaf) -> Sheaf:
        if not piece.broken:
            self.known[piece.kind, self.source[piece.start : piece.end]] = sheaf
        return sheaf

    def _found(self, piece: Piece) -> Sheaf | None:
        """What is known of an equal piece. Broken ones are read anew: their shape depends on what is around."""
        if piece.broken:
            return None
        key = piece.kind, self.source[piece.start : piece.end]
        sheaf = self.known.get(key) or self.before.get(key)
        if sheaf is not None:
            self.known[key] = sheaf
        return sheaf

    def _small(self, piece: Piece) -> Sheaf:
        if piece.end - piece.start > DEEP_LIMIT:
            return Sheaf((), (), whole=False)
        return self._keep(piece, _sheaf(piece, True, [], self.cut))

    def read(self, piece: Piece) -> Sheaf:
        """The Sheaf of a piece. The stack holds (piece, pieces inside or None, their Sheaves so far)."""
        stack: list[tuple[Piece, list[Piece], list[tuple[Piece, Sheaf]]]] = []
        current: Piece | None = piece
        sheaf = Sheaf((), (), whole=True)
        while True:
            if current is not None:
                deep = len(stack) >= DEEP
                found = None if deep else self._found(current)
                if found is None and current.end - current.start > PIECE and not deep:
                    inside = list(current.pieces())
                    inside.reverse()
                    stack.append((current, inside, []))
                elif found is None:
                    found = self._small(current)
                if found is not None:
                    sheaf = found
                    if not stack:
                        return sheaf
                    stack[-1][2].append((current, sheaf))
            outer, waiting, ready = stack[-1]
            if waiting:
                current = waiting.pop()
                continue
            sheaf = self._keep(outer, _sheaf(outer, False, ready, self.cut))
            stack.pop()
            if not stack:
                return sheaf
            stack[-1][2].append((outer, sheaf))
            current = None


def read_piece(piece: Piece, source: bytes, before: Known) -> tuple[Sheaf, Known]:
    """The Sheaf of one piece of `source`, and what is known of it and of the pieces inside for the next version."""
    reader = _Reader(source, before, piece.grammar.names)
    return reader.read(piece), reader.known
