"""Hunks: where two long texts that are mostly the same differ, at about the speed of comparing their bytes.

It only tells equal stretches of lines from what lies between; what survives there is align.py's judgement. Not a
general diff: where the texts differ for long, it says nothing and leaves the question to lcs.py.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from gifthorse.model.text import Span
from gifthorse.provenance.substance import pith
from gifthorse.provenance.tokens import Block

LEAST = 4_096
"""Bytes from which both texts are long."""
REACH = (8, 32, 256)
"""Lines within which the texts must be the same again; most changes are small."""
SYNC = 3
"""Lines that must be the same for that ..."""
TELLING = 16
"""... and the non-white bytes that must be in them, for brackets and blank lines are alike everywhere."""


def equal_stretches(old: bytes, new: bytes) -> tuple[Block, ...] | None:
    """The whole lines that both texts share in order, if they make up at least half of both; else None."""
    if min(len(old), len(new)) < LEAST:
        return None
    here, there = old.splitlines(keepends=True), new.splitlines(keepends=True)
    tail = _common(here[::-1], there[::-1], 0, 0)
    runs = _runs(here[: len(here) - tail], there[: len(there) - tail])
    if runs is None:
        return None
    runs.append((len(here) - tail, len(there) - tail, tail))
    starts, others = list(accumulate(map(len, here), initial=0)), list(accumulate(map(len, there), initial=0))
    blocks = tuple(Block(starts[i], others[j], starts[i + length] - starts[i]) for i, j, length in runs if length)
    kept = sum(block.length for block in blocks)
    return blocks if 2 * kept >= max(len(old), len(new)) else None


def between(blocks: Sequence[Block], old_length: int, new_length: int) -> Iterator[tuple[Span, Span]]:
    """The stretches of both texts between blocks, where there is something on both sides."""
    at = other = 0
    for block in (*blocks, Block(old_length, new_length, 0)):
        if at < block.old and other < block.new:
            yield Span(at, block.old), Span(other, block.new)
        at, other = block.old + block.length, block.new + block.length


def _runs(old: Sequence[bytes], new: Sequence[bytes]) -> list[tuple[int, int, int]] | None:
    """Runs of equal lines (index, index, length); None where the texts are different for too long."""
    runs: list[tuple[int, int, int]] = []
    i = j = 0
    while True:
        length = _common(old, new, i, j)
        if length:
            runs.append((i, j, length))
            i, j = i + length, j + length
        meeting = next((found for reach in REACH if (found := _meeting(old, new, (i, j), reach))), None)
        if meeting is None:
            return runs if max(len(old) - i, len(new) - j) <= REACH[-1] else None
        i, j = meeting


def _common(old: Sequence[bytes], new: Sequence[bytes], i: int, j: int) -> int:
    """How many lines from there on are the same; slices compare quickly, so ever longer ones are compared."""
    most, length, step = min(len(old) - i, len(new) - j), 0, 16
    while length < most and old[i + length : i + length + step] == new[j + length : j + length + step]:
        length = min(most, length + step)
        step *= 2
    while length < most and old[i + length] == new[j + length]:
        length += 1
    return length


def _meeting(old: Sequence[bytes], new: Sequence[bytes], start: tuple[int, int], reach: int) -> tuple[int, int] | None:
    """The nearest place within reach where the texts are the same again, and surely so."""
    i, j = start
    places: dict[tuple[bytes, ...], int] = {}
    for b in range(j, min(j + reach, len(new) - SYNC + 1)):
        places.setdefault(tuple(new[b : b + SYNC]), b)
    best: tuple[int, int] | None = None
    for a in range(i, min(i + reach, len(old) - SYNC + 1)):
        if best is not None and a - i >= best[0] + best[1] - i - j:
            break
        lines = tuple(old[a : a + SYNC])
        there = places.get(lines)
        if there is None or len(pith(b"".join(lines))) < TELLING:
            continue
        if best is None or a + there < sum(best):
            best = (a, there)
    return best
