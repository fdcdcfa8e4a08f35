"""Hunks: where two texts differ, by whole lines."""

from typing import NamedTuple

from gifthorse.model.text import Span
from gifthorse.provenance.lcs import matching


class Hunk(NamedTuple):
    """Lines `old` of the text before, in place of which the lines `new` stand in the text after; either may be empty."""

    old: Span
    new: Span


def hunks_of(before: bytes, after: bytes) -> tuple[Hunk, ...]:
    """All places where the texts differ, ascending."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    result: list[Hunk] = []
    at = other = line = row = 0
    for run in (*matching(old, new), (len(old), len(new), 0)):
        start = at + sum(map(len, old[line : run[0]]))
        place = other + sum(map(len, new[row : run[1]]))
        if start > at or place > other:
            result.append(Hunk(Span(at, start), Span(other, place)))
        line, row = run[0] + run[2], run[1] + run[2]
        at, other = start + sum(map(len, old[run[0] : line])), place + sum(map(len, new[run[1] : row]))
    return tuple(result)
