"""From a syntax tree's Groups to the neutral tree of Facts, piece by piece.

A piece of up to PIECE bytes is classified by one run of the facts query, and what comes out depends on its source
alone; so an unchanged piece is taken over from the version before. Larger nodes are put together from their pieces.
It does not know any language: that is queries/languages/*/facts.scm.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gifthorse.engine.syntax import Group, Piece, Row
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

COMMENT = "comment"
OTHER = "other"
REPEATED = frozenset({"import"})
"""Roles of which one node may hold several, one for each match."""

SKIP = "skip"
"""The role of a node that another pattern gives a role which it does not have here."""

SPELLED: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "anycase": ("name", str.lower),
    "option": ("word", str.lower),
    "var": ("name", lambda text: "$" + text.strip("${}").lstrip("@")),
    "anyvar": ("name", lambda text: "$" + text.strip("${}").lstrip("@").lower()),
    "this": ("name", lambda _: "this"),
    "symbol": ("word", lambda text: text[1:]),
    "own": ("own", lambda text: text.lstrip("@")),
}
"""Roles that are another one with the text spelled otherwise."""

WITH_SOURCE = frozenset({"str", "word", "func", "slice"})
"""Roles that carry their source although they have kids."""


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The Facts of one piece, offsets counted from the piece's start, and its comments. `whole`: none is missing."""

    facts: tuple[Fact, ...]
    comments: tuple[Span, ...]
    whole: bool


Known = dict[tuple[int, bytes], Sheaf]
"""The Sheaves of one version of a text by grammar kind and source."""


class _Entry:
    """A node on its way to becoming a Fact; `ready` holds what is known of it already."""

    __slots__ = ("kids", "names", "parts", "pattern", "ready", "role", "row", "spans")

    def __init__(self, row: Row, role: str = OTHER, pattern: int = -1, ready: tuple[Fact, ...] | None = None) -> None:
        self.row, self.role, self.pattern, self.ready = row, role, pattern, ready
        self.parts: dict[int, str] = {}
        self.spans: dict[tuple[int, int], str] = {}
        self.names: list[str] = []
        self.kids: list[Fact] = []


def _text(source: bytes, start: int, end: int) -> str:
    return source[start : min(end, start + TEXT_LIMIT)].decode("utf-8", "replace")


def _leaf(role: str, row: Row, origin: int, source: bytes) -> Fact:
    return Fact(role, row.start - origin, row.end - origin, _text(source, row.start, row.end))


def _repeated(group: Group, source: bytes) -> _Entry:
    """An import: its parts are plain words, so that one statement can give several Facts."""
    head = group.head
    kids = tuple(_leaf(OTHER, row, head.start, source) for _, row in group.parts)
    fact = Fact(group.role, 0, head.end - head.start, "", tuple(name for name, _ in group.parts), kids)
    return _Entry(head, group.role, group.pattern, (fact,))


def _add_group(group: Group, entries: dict[int, _Entry], pieces: Sequence[Row]) -> None:
    """Let a Group speak of its nodes; of two roles for one node, the later pattern's holds."""
    entry = entries.get(group.head.id)
    if entry is None:
        entry = entries[group.head.id] = _Entry(group.head)
    if group.role != entry.role:
        if group.role != COMMENT and (group.pattern < entry.pattern or group.role == OTHER or entry.role == COMMENT):
            return
        entry.role, entry.pattern, entry.parts = group.role, group.pattern, {}
    for name, row in group.parts:
        entry.parts[row.id] = name
        if row.id in entries:
            continue
        if any(piece.start <= row.start and row.end <= piece.end for piece in pieces):
            entry.spans[row.start, row.end] = name
        else:
            entries[row.id] = _Entry(row)


class _Nest:
    """Puts entries into each other by their spans, without recursion."""

    def __init__(self, origin: int, source: bytes) -> None:
        self.origin, self.source = origin, source
        self.stack = [_Entry(Row(0, origin, len(source), 0))]
        self.comments: list[Span] = []
        self.skip = origin

    def _close(self) -> None:
        entry = self.stack.pop()
        around, row = self.stack[-1], entry.row
        text = ""
        if not entry.kids or entry.role in WITH_SOURCE:
            text = _text(self.source, row.start, row.end)
        origin = around.row.start
        role, spell = SPELLED.get(entry.role, (entry.role, None))
        text = spell(text) if spell is not None else text
        fact = Fact(role, row.start - origin, row.end - origin, text, tuple(entry.names), tuple(entry.kids))
        around.names.append(around.parts.get(row.id, ""))
        around.kids.append(fact)

    def add(self, entry: _Entry) -> None:
        """Take the next entry; they come in the order of their starts, outer ones first."""
        row = entry.row
        while len(self.stack) > 1 and (
            self.stack[-1].row.end < row.end or self.stack[-1].row.end <= row.start < row.end
        ):
            self._close()
        if entry.role == COMMENT:
            self.comments.append(Span(row.start - self.origin, row.end - self.origin))
        elif entry.role == SKIP:
            return
        elif entry.ready is not None:
            self._take_over(entry, entry.ready)
            self.skip = row.end
        elif row.end > self.skip:
            self.stack.append(entry)

    def _take_over(self, entry: _Entry, facts: tuple[Fact, ...]) -> None:
        """Hang what is known of a node in: as the part that it plays, or each of its Facts by itself."""
        around, row = self.stack[-1], entry.row
        shift, length = row.start - around.row.start, row.end - row.start
        name = around.parts.get(row.id, "")
        if name and not (len(facts) == 1 and facts[0].end - facts[0].start == length):
            text = "" if facts else _text(self.source, row.start, row.end)
            facts = (Fact(OTHER, 0, length, text, ("",) * len(facts), facts),)
        for fact in facts:
            span = row.start + fact.start, row.start + fact.end
            around.names.append(name or around.spans.get(span, ""))
            around.kids.append(fact._replace(start=fact.start + shift, end=fact.end + shift) if shift else fact)

    def end(self) -> tuple[Fact, ...]:
        """The outermost Facts, offsets counted from the origin."""
        while len(self.stack) > 1:
            self._close()
        return tuple(self.stack[0].kids)


def _order(entry: _Entry) -> tuple[int, int, int]:
    return entry.row.start, -entry.row.end, -entry.row.weight


def _sheaf(piece: Piece, whole: bool, ready: list[tuple[Row, Sheaf]], source: bytes) -> Sheaf:
    """The Facts of a piece from its own Groups and the Sheaves of the pieces inside."""
    groups, complete = piece.groups(whole)
    entries = {row.id: _Entry(row, ready=sheaf.facts) for row, sheaf in ready}
    rows = [row for row, _ in ready]
    repeated = [_repeated(group, source) for group in groups if group.role in REPEATED]
    for group in groups:
        if group.role not in REPEATED:
            _add_group(group, entries, rows)
    nest = _Nest(piece.start, source)
    for entry in sorted([*repeated, *entries.values()], key=_order):
        nest.add(entry)
    inside = [span.shifted(row.start - piece.start) for row, sheaf in ready for span in sheaf.comments]
    comments = sorted([*nest.comments, *inside])
    return Sheaf(nest.end(), tuple(comments), complete and all(sheaf.whole for _, sheaf in ready))


class _Reader:
    """Reads all pieces of one tree, inner ones first."""

    def __init__(self, source: bytes, before: Known) -> None:
        self.source, self.before = source, before
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
        return self._keep(piece, _sheaf(piece, True, [], self.source))

    def read(self, piece: Piece) -> Sheaf:
        """The Sheaf of a piece. The stack holds (piece, pieces inside or None, their Sheaves so far)."""
        stack: list[tuple[Piece, list[Piece], list[tuple[Row, Sheaf]]]] = []
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
                    stack[-1][2].append((current.row, sheaf))
            outer, waiting, ready = stack[-1]
            if waiting:
                current = waiting.pop()
                continue
            sheaf = self._keep(outer, _sheaf(outer, False, ready, self.source))
            stack.pop()
            if not stack:
                return sheaf
            stack[-1][2].append((outer.row, sheaf))
            current = None


def read_piece(piece: Piece, source: bytes, before: Known) -> tuple[Sheaf, Known]:
    """The Sheaf of one piece of `source`, and what is known of it and of the pieces inside for the next version."""
    reader = _Reader(source, before)
    return reader.read(piece), reader.known
