"""Likeness: two stretches that are long and nearly the same, token by token, and what of them surely is the same.

Most of two texts may be alike, and a word in them still be another one: what could as well be matched with its neighbour,
or stands alone among what came or went, is left out. Texts that are the same but for style are restyle.py's.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gifthorse.model.text import Span
from gifthorse.provenance.lcs import matching
from gifthorse.provenance.substance import WHITE, pith
from gifthorse.provenance.tokens import WORDS, Block, Piece, common_start, keys, tokens

NEARLY = 0.75
"""Share of both texts that must survive where the token sequences are not equal but for style ..."""
NEARLY_TOKENS = 12
"""... and the least number of tokens that make such a likeness more than chance."""

Pair = tuple[Piece, Piece]


def alike(old: bytes, new: bytes, here: Span, there: Span) -> list[Block]:
    """The bytes of one stretch that live on in another which is nearly the same; nothing where it is not."""
    one, other = tokens(old, here), tokens(new, there)
    pairs = _settled(one, other, _nearly(one, other))
    return list(_blocks(old, new, here, there, _whole(old, new, pairs)))


def _nearly(old: Sequence[Piece], new: Sequence[Piece]) -> list[tuple[Piece, Piece]]:
    """Matching tokens of two long sequences that are nearly the same; nothing where they are not."""
    if min(len(old), len(new)) < NEARLY_TOKENS or not NEARLY <= len(old) / len(new) <= 1 / NEARLY:
        return []
    pairs = [(old[run.old + k], new[run.new + k]) for run in matching(keys(old), keys(new)) for k in range(run.length)]
    kept = sum(len(a.key) for a, _ in pairs)
    whole = max(sum(len(piece.key) for piece in old), sum(len(piece.key) for piece in new))
    return pairs if len(pairs) >= NEARLY_TOKENS and kept >= NEARLY * whole else []


def _settled(
    old: Sequence[Piece], new: Sequence[Piece], pairs: Sequence[tuple[Piece, Piece]]
) -> list[tuple[Piece, Piece]]:
    """The pairs without those of which nobody can say which of two equal tokens stayed: `a` of `a, a` that became `a`.

    They stand beside tokens that came or went, and could be exchanged with tokens at the other end of these. A token
    that stands alone among others that came or went may be anyone's.
    """
    places = {piece.start: index for index, piece in enumerate(old)}, {p.start: index for index, p in enumerate(new)}
    indices = [(places[0][one.start], places[1][other.start]) for one, other in pairs]
    unclear: set[int] = set()
    for number, (here, following) in enumerate(pairwise(indices)):
        for side, tokens_there in enumerate((old, new)):
            if following[1 - side] == here[1 - side] + 1 and following[side] > here[side] + 1:
                unclear.update(_exchangeable(tokens_there, indices, number, side))
    breaks = [one[0] + 1 < other[0] or one[1] + 1 < other[1] for one, other in pairwise(indices)]
    unclear.update(
        number for number, (before, behind) in enumerate(pairwise([False, *breaks, False])) if before and behind
    )
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


def _blocks(old: bytes, new: bytes, here: Span, there: Span, pairs: Sequence[tuple[Piece, Piece]]) -> Iterator[Block]:
    """The paired tokens of two stretches, and the white space beside each as far as it is the same."""
    before, behind = Piece(here.start, here.start, b""), Piece(here.end, here.end, b"")
    first, last = Piece(there.start, there.start, b""), Piece(there.end, there.end, b"")
    for (a, b), (next_a, next_b) in pairwise([(before, first), *pairs, (behind, last)] if pairs else []):
        yield Block(a.start, b.start, a.end - a.start)
        white_old, white_new = old[a.end : next_a.start], new[b.end : next_b.start]
        if not white_old.strip(WHITE) and not white_new.strip(WHITE):
            yield Block(a.end, b.end, common_start(white_old, white_new))


def _whole(old: bytes, new: bytes, pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs without mere ends of lines: a sign that closes a line which went also closes the one that came."""
    result: list[Pair] = []
    fragment: list[Pair] = []
    for pair in pairs:
        if fragment and _breaks(old, new, fragment[-1], pair):
            result.extend(_told(old, new, fragment))
            fragment = []
        fragment.append(pair)
    return _lines_kept(old, [*result, *_told(old, new, fragment)])


def _lines_kept(old: bytes, pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs of lines of which at least half is left: else a line was replaced by one that shares words with it."""
    lines: dict[int, list[Pair]] = {}
    for pair in pairs:
        lines.setdefault(_line(old, pair[0].start)[0], []).append(pair)
    return [
        pair
        for start, kept in lines.items()
        for pair in kept
        if 2 * sum(len(one.key) for one, _ in kept) >= len(pith(old[slice(*_line(old, start))]))
    ]


def _line(content: bytes, at: int) -> tuple[int, int]:
    """Where the line of a byte starts and ends."""
    start = max(content.rfind(b"\n", 0, at), content.rfind(b"\r", 0, at)) + 1
    ends = [end for end in (content.find(b"\n", at), content.find(b"\r", at)) if end >= 0]
    return start, min(ends, default=len(content))


def _breaks(old: bytes, new: bytes, pair: Pair, following: Pair) -> bool:
    """Whether something came or went between two pairs, or a line ends there in both texts."""
    between = old[pair[0].end : following[0].start], new[pair[1].end : following[1].start]
    return any(gap.strip(WHITE) for gap in between) or all(b"\n" in gap or b"\r" in gap for gap in between)


def _told(old: bytes, new: bytes, fragment: list[Pair]) -> list[Pair]:
    """The fragment, if it says something: it has a word and more, or is a line by itself."""
    if len(fragment) > 1 and any(WORDS.match(one.key) for one, _ in fragment):
        return fragment
    sides = ((old, fragment[0][0], fragment[-1][0]), (new, fragment[0][1], fragment[-1][1])) if fragment else ()
    return fragment if any(_is_line(text, first, last) for text, first, last in sides) else []


def _is_line(text: bytes, first: Piece, last: Piece) -> bool:
    start, end = _line(text, first.start)[0], _line(text, last.end)[1]
    return not text[start : first.start].strip(WHITE) and not text[last.end : end].strip(WHITE)
