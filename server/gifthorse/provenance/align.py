"""Align a replaced text with what replaced it: which bytes may be said to have survived.

`surviving` is for carrying an assistant's spans: it keeps only what is convincing, since a person who
writes over an assistant's code shares words with it too. For claims, where the caution points the other way, see
fresh.py. This is no general diff, and it does not see who owns what.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from gifthorse.model.text import Span
from gifthorse.provenance.hunks import between, equal_stretches
from gifthorse.provenance.lcs import Run, matching
from gifthorse.provenance.likeness import alike
from gifthorse.provenance.marks import Owned
from gifthorse.provenance.restyle import restyled
from gifthorse.provenance.substance import pith
from gifthorse.provenance.tokens import (
    TOKEN,
    Block,
    Piece,
    essence,
    keys,
    merged,
)

LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
TOKEN_LIMIT = 400_000
"""Bytes up to which texts are compared token by token; longer ones only by line."""
SPECIFIC = 24
"""Non-white bytes that make a run of unchanged lines unmistakable although most around it changed."""
SPECIFIC_LINE = 10
"""... and of these in one line that occurs nowhere else on either side."""
MOVED = 16
"""Non-white bytes that make deleted text unmistakable when it turns up elsewhere later ..."""
MOVED_TOKENS = 4
"""... and how many different tokens it needs to have."""
COPIED = 24
"""Non-white bytes from which text that turns up in another document, or a second time, must come from the first ..."""
COPIED_TOKENS = 8
"""... and how many different tokens it needs to have."""
IMPORTS = re.compile(
    rb"^[ \t]*(?:(?:import|from|use|using|require|require_once|include|package|open)\b|#[ \t]*(?:include|import)\b"
    rb"|(?:const|let|var)\b[^\r\n]*\brequire\(|export\b[^\r\n]*\bfrom\b)[^\r\n]*",
    re.MULTILINE,
)
PAIRED = b"()[]{}<>\"'`/*"
"""Signs of which editors write the second one by themselves ..."""
HAND = 200
"""... and the bytes up to which these and the indentation between them come with a keystroke."""


def surviving(old: bytes, new: bytes) -> tuple[Block, ...]:
    """The bytes of `old` that convincingly live on in `new`, ascending on both sides.

    Convincing are: whole lines that are the same but for style, where they make up half of both texts or are
    unmistakable by themselves; and, between such lines, tokens where the two token sequences are the same
    but for formatters' style, or long and nearly the same. A single typed character keeps nothing.
    """
    if one_character(new):
        return ()
    if old == new:
        return (Block(0, 0, len(old)),)
    equal = equal_stretches(old, new)
    if equal is None:
        return _alike(old, new, mostly=False)
    blocks = list(equal)
    for here, there in between(equal, len(old), len(new)):
        inner = _alike(old[here.start : here.end], new[there.start : there.end], mostly=True)
        blocks.extend(Block(here.start + a, there.start + b, length) for a, b, length in inner)
    return merged(blocks)


def _alike(old: bytes, new: bytes, *, mostly: bool) -> tuple[Block, ...]:
    """What survives of one stretch. `mostly`: most of the text around it is the same, so equal lines in it are, too."""
    if ((known := essence(old)) and known == essence(new)) or pith(old) == pith(new):
        same = restyled(old, new, Span(0, len(old)), Span(0, len(new)))
        if same is not None:
            return tuple(same)
    old_lines, new_lines = _lines(old), _lines(new)
    runs: Sequence[Run] = matching(keys(old_lines), keys(new_lines))
    if not mostly:
        runs = _convincing(old_lines, new_lines, runs)
    blocks: list[Block] = []
    for gap, run in _gaps_and_runs(runs, len(old_lines), len(new_lines)):
        blocks.extend(_in_gap(old, new, _extent(old_lines, gap.old), _extent(new_lines, gap.new)))
        blocks.extend(_in_run(old, new, old_lines[run.old :][: run.length], new_lines[run.new :][: run.length]))
    return merged(blocks)


def one_character(content: bytes) -> bool:
    """Whether `content` is one character: what a person types, not what a tool writes. True for nothing at all, too."""
    return len(content) <= 4 and len(content.decode(errors="replace")) <= 1


def by_hand(content: bytes) -> bool:
    """Whether a keystroke may bring `content`: one character, white space, a pair of signs that an editor closes."""
    return len(content) <= HAND and (one_character(pith(content)) or not pith(content).strip(PAIRED))


def moved(old: bytes, new: bytes) -> tuple[Block, ...]:
    """The bytes of `old` in `new` if that is the same text but for style; else nothing."""
    if not essence(old) and pith(old) != pith(new):
        return ()
    return tuple(restyled(old, new, Span(0, len(old)), Span(0, len(new))) or ())


def is_specific(content: bytes, least: int = MOVED, varied: int = MOVED_TOKENS) -> bool:
    """Whether `content` is long and varied enough that meeting it again elsewhere is no accident."""
    return len(pith(content)) >= least and len({match[0] for match in TOKEN.finditer(content)}) >= varied


def is_telling(content: bytes, least: int = MOVED, varied: int = MOVED_TOKENS) -> bool:
    """As is_specific, for text that may be somebody else's the second time: lines that import something do not count.

    Editors write those by themselves, and they are the same in many files.
    """
    return len(content) >= least and is_specific(IMPORTS.sub(b"", content), least, varied)


def mapped(owned: Iterable[Owned], blocks: Sequence[Block]) -> tuple[Owned, ...]:
    """The parts of `owned` (ascending, relative to the old text) that survive in `blocks`, relative to the new text."""
    result: list[Owned] = []
    index = 0
    for start, end, owner in owned:
        while index < len(blocks) and blocks[index].old + blocks[index].length <= start:
            index += 1
        for old, new, length in islice(blocks, index, None):
            if old >= end:
                break
            low, high = max(0, start - old), min(length, end - old)
            result.append(Owned(new + low, new + high, owner))
    return tuple(result)


def unmatched(blocks: Sequence[Block], length: int) -> tuple[Span, ...]:
    """What of a new text of `length` bytes is in no block."""
    return _complement([Span(block.new, block.new + block.length) for block in blocks], length)


def _lines(content: bytes) -> list[Piece]:
    """The lines that say something, each with the lines of mere style before it (the last one with those behind it)."""
    result: list[Piece] = []
    start = 0
    for match in LINE.finditer(content):
        key = essence(match[0])
        if key:
            result.append(Piece(start, match.end(), key))
            start = match.end()
    if result and start < len(content):
        result[-1] = result[-1]._replace(end=len(content))
    return result or [Piece(0, len(content), b"")][: len(content)]


def _extent(pieces: Sequence[Piece], indices: Span) -> Span:
    """The bytes of the pieces with those indices; empty at the right place where there are none."""
    if indices.start < indices.end:
        return Span(pieces[indices.start].start, pieces[indices.end - 1].end)
    at = pieces[indices.start].start if indices.start < len(pieces) else (pieces[-1].end if pieces else 0)
    return Span(at, at)


class _Gap(NamedTuple):
    """Indices of what lies unmatched between two runs."""

    old: Span
    new: Span


def _gaps_and_runs(runs: Sequence[Run], old_count: int, new_count: int) -> Iterator[tuple[_Gap, Run]]:
    """Each run with the gap before it; at the end the last gap with an empty run."""
    i = j = 0
    for run in [*runs, Run(old_count, new_count, 0)]:
        yield _Gap(Span(i, run.old), Span(j, run.new)), run
        i, j = run.old + run.length, run.new + run.length


def _convincing(old: Sequence[Piece], new: Sequence[Piece], runs: Sequence[Run]) -> Sequence[Run]:
    """The runs of lines that did survive and are not merely alike. Lines that changed places count as survivors."""
    counts = Counter(keys(old)), Counter(keys(new))
    kept = _total(counts[0] & counts[1])
    if 2 * kept >= max(_total(counts[0]), _total(counts[1]), 1):
        return runs
    return [run for run in runs if _weight(old, run) >= SPECIFIC and _unmistakable(old, run, counts)]


def _total(keys: Counter[bytes]) -> int:
    return sum(len(key) * count for key, count in keys.items())


def _weight(lines: Sequence[Piece], run: Run) -> int:
    return sum(len(piece.key) for piece in lines[run.old : run.old + run.length])


def _unmistakable(lines: Sequence[Piece], run: Run, counts: tuple[Counter[bytes], Counter[bytes]]) -> bool:
    return any(
        len(piece.key) >= SPECIFIC_LINE and counts[0][piece.key] == counts[1][piece.key] == 1
        for piece in lines[run.old : run.old + run.length]
    )


def _in_run(old: bytes, new: bytes, here: Sequence[Piece], there: Sequence[Piece]) -> Iterator[Block]:
    """What survives of lines that have the same essence: of all of them at once, else of each that did not change."""
    if not here:
        return
    extents = Span(here[0].start, here[-1].end), Span(there[0].start, there[-1].end)
    if old[extents[0].start : extents[0].end] == new[extents[1].start : extents[1].end]:
        yield Block(extents[0].start, extents[1].start, extents[0].end - extents[0].start)
        return
    blocks = restyled(old, new, *extents)
    if blocks is None and len(here) > 1:
        for one, other in zip(here, there, strict=True):
            yield from _in_run(old, new, [one], [other])
    yield from blocks or ()


def _in_gap(old: bytes, new: bytes, here: Span, there: Span) -> list[Block]:
    """What survives, token by token, of one stretch without convincing lines."""
    sizes = here.end - here.start, there.end - there.start
    if not min(sizes) or sum(sizes) > TOKEN_LIMIT:
        return []
    known = essence(old[here.start : here.end])
    if len(known) > 1 and known == essence(new[there.start : there.end]):
        return restyled(old, new, here, there) or []
    return alike(old, new, here, there)


def _complement(kept: Sequence[Span], length: int) -> tuple[Span, ...]:
    result: list[Span] = []
    at = 0
    for span in [*kept, Span(length, length)]:
        if at < span.start:
            result.append(Span(at, span.start))
        at = max(at, span.end)
    return tuple(result)
