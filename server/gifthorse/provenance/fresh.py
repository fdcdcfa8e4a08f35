"""Fresh: what of a text that a claim covers cannot have stood there before. The caution is a person's.

What was in the replaced text may still be its writer's, so only what no best alignment of the two texts finds again is
new: where "a" gave way to "a, a", nobody can say which of the two is the old one. Carrying spans is align.py's.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from gifthorse.model.text import Span
from gifthorse.provenance.align import LINE, surviving, unmatched
from gifthorse.provenance.lcs import matching
from gifthorse.provenance.tokens import Block, Piece, common_start, keys, tokens

MOST = 250_000
"""Pairs of tokens of one stretch up to which all best alignments are looked at (about 0.2 s); else only one is."""


_Choice = tuple[float, tuple[tuple[int, int], ...]]
"""What a choice of pairs of lines is worth, and the pairs."""


def fresh(old: bytes, new: bytes) -> tuple[Span, ...]:
    """The parts of `new` that cannot have been in `old`: in no unchanged line, and in no token that may be an old one."""
    old_lines, new_lines = _lines(old), _lines(new)
    kept = {Span(block.new, block.new + block.length) for block in surviving(old, new)}
    i = j = 0
    for line, its_line in [*_landmarks(keys(old_lines), keys(new_lines)), (len(old_lines), len(new_lines))]:
        if i < line and j < its_line:
            kept.update(_known(old, new, _extent(old_lines, i, line), _extent(new_lines, j, its_line)))
        if line < len(old_lines):
            i, j = line + 1, its_line + 1
            kept.add(_extent(new_lines, its_line, j))
    ordered = sorted(kept)
    return unmatched([Block(span.start, span.start, span.end - span.start) for span in ordered], len(new))


def _landmarks(old: Sequence[bytes], new: Sequence[bytes]) -> list[tuple[int, int]]:
    """The lines that are the only ones of their kind in both texts, in order: such a line is surely the same one."""
    alone = {key for key, count in Counter(old).items() if count == 1}
    alone &= {key for key, count in Counter(new).items() if count == 1}
    places, its = ([n for n, key in enumerate(lines) if key in alone] for lines in (old, new))
    runs = matching([old[n] for n in places], [new[n] for n in its])
    return [(places[run.old + k], its[run.new + k]) for run in runs for k in range(run.length)]


def _lines(content: bytes) -> list[Piece]:
    return [Piece(match.start(), match.end(), match[0]) for match in LINE.finditer(content)]


def _extent(pieces: Sequence[Piece], first: int, last: int) -> Span:
    if first < last:
        return Span(pieces[first].start, pieces[last - 1].end)
    at = pieces[first].start if first < len(pieces) else (pieces[-1].end if pieces else 0)
    return Span(at, at)


def _known(old: bytes, new: bytes, here: Span, there: Span) -> Iterator[Span]:
    """The parts of a changed stretch that may be old ones: line by line where lines are like old ones, else as a whole."""
    yield from _ends(old, new, here, there)
    lines, others = _lines_of(old, here), _lines_of(new, there)
    at, its_at = here.start, there.start
    for a, b in [*_like(old, new, lines, others), (Span(here.end, here.end), Span(there.end, there.end))]:
        yield from _known_tokens(old, new, Span(at, a.start), Span(its_at, b.start))
        yield from _known_tokens(old, new, a, b)
        at, its_at = a.end, b.end


def _lines_of(content: bytes, span: Span) -> list[Span]:
    return [Span(match.start(), match.end()) for match in LINE.finditer(content, span.start, span.end)]


def _like(old: bytes, new: bytes, lines: Sequence[Span], others: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Lines of which the second is the first with changes, in order, so that they have the most bytes in common; of
    equal choices those whose second lines have little else.
    """
    pieces, its = [tokens(old, line) for line in lines], [tokens(new, line) for line in others]
    if sum(map(len, pieces)) * sum(map(len, its)) > MOST:
        return []
    rows: list[list[_Choice]] = [[(0, ())] * (len(others) + 1)]
    for i, one in enumerate(pieces):
        row: list[_Choice] = [(0, ())]
        for j, other in enumerate(its):
            best, (so_far, chosen) = max(rows[-1][j + 1], row[-1], key=itemgetter(0)), rows[-1][j]
            worth = _likeness(one, other)
            row.append((so_far + worth, (*chosen, (i, j))) if worth and so_far + worth > best[0] else best)
        rows.append(row)
    return [(lines[i], others[j]) for i, j in rows[-1][-1][1]]


def _likeness(one: Sequence[Piece], other: Sequence[Piece]) -> float:
    """The bytes that two lines have in common, each worth less the more of the first one is missing, and less than one
    more for little else; 0 for less than half the first.
    """
    common, whole = _table(one, other)[-1][-1], sum(len(piece.key) for piece in one)
    if 2 * common < whole or not common:
        return 0
    return common * (common / whole) ** 2 + common / (1 + sum(len(piece.key) for piece in other))


def _known_tokens(old: bytes, new: bytes, here: Span, there: Span) -> Iterator[Span]:
    """Tokens that may be old ones, and the ends of a token that something went into."""
    if here.start == here.end or there.start == there.end:
        return
    yield from _ends(old, new, here, there)
    one, other = tokens(old, here), tokens(new, there)
    if len(one) * len(other) > MOST:
        pairs = [(r.old + k, r.new + k) for r in matching(keys(one), keys(other)) for k in range(r.length)]
    else:
        pairs, possible = _alignments(one, other)
        yield from (Span(*other[index][:2]) for index in possible)
    edges = [(Piece(here.start, here.start, b""), Piece(there.start, there.start, b""))]
    edges += [(one[a], other[b]) for a, b in pairs]
    edges.append((Piece(here.end, here.end, b""), Piece(there.end, there.end, b"")))
    for (a, b), (next_a, next_b) in pairwise(edges):
        yield Span(b.start, b.end)
        yield from _ends(old, new, Span(a.end, next_a.start), Span(b.end, next_b.start))


def _alignments(one: Sequence[Piece], other: Sequence[Piece]) -> tuple[list[tuple[int, int]], set[int]]:
    """One best alignment of the tokens, and those of the second text that are in any: best by the bytes it keeps."""
    head = _table(one, other)
    tail = _table(one[::-1], other[::-1])
    best, width = head[-1][-1], len(other)
    possible = {
        j
        for i, piece in enumerate(one)
        for j, its in enumerate(other)
        if piece.key == its.key and head[i][j] + len(its.key) + tail[len(one) - 1 - i][width - 1 - j] == best
    }
    pairs: list[tuple[int, int]] = []
    i, j = len(one), width
    while i and j:
        if one[i - 1].key == other[j - 1].key and head[i][j] == head[i - 1][j - 1] + len(one[i - 1].key):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif head[i][j] == head[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1], possible


def _table(one: Sequence[Piece], other: Sequence[Piece]) -> list[list[int]]:
    """The bytes that a best alignment of the first i and the first j tokens keeps, for all i and j."""
    rows = [[0] * (len(other) + 1)]
    for piece in one:
        above, row, left = rows[-1], [0], 0
        for j, its in enumerate(other):
            left = max(above[j + 1], left, above[j] + len(its.key) if its.key == piece.key else 0)
            row.append(left)
        rows.append(row)
    return rows


def _ends(old: bytes, new: bytes, here: Span, there: Span) -> Iterator[Span]:
    """The common start and end of two stretches, as spans of the second one, cut at whole characters."""
    one, other = old[here.start : here.end], new[there.start : there.end]
    head = common_start(one, other)
    while head and head < len(other) and other[head] & 0xC0 == 0x80:
        head -= 1
    tail = common_start(one[head:][::-1], other[head:][::-1])
    while tail and other[len(other) - tail] & 0xC0 == 0x80:
        tail -= 1
    yield Span(there.start, there.start + head)
    yield Span(there.end - tail, there.end)
