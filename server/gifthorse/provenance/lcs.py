"""Match two sequences of keys in order, in bounded time: patience first, then difflib on what is small.

Source of the idea: Bram Cohen's patience diff. Not a minimal diff: what would cost too much stays unmatched.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from operator import lt
from typing import NamedTuple

BUDGET = 400_000
"""How many pairs of elements difflib may look at in one call: about 0.1 s at worst."""


class Run(NamedTuple):
    """`length` elements from `old` on equal as many from `new` on."""

    old: int
    new: int
    length: int


class _Box(NamedTuple):
    """A pair of index ranges still to be matched."""

    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def area(self) -> int:
        return (self.old_end - self.old) * (self.new_end - self.new)


def matching(old: Sequence[bytes], new: Sequence[bytes], budget: int = BUDGET) -> tuple[Run, ...]:
    """Runs of equal elements, ascending on both sides; neighbours are one run."""
    found: list[Run] = []
    boxes = [_Box(0, len(old), 0, len(new))]
    while boxes:
        box, ends = _trimmed(old, new, boxes.pop())
        found.extend(ends)
        if not box.area:
            continue
        pairs = _unique_pairs(old, new, box)
        if pairs:
            runs = _runs(old, new, pairs)
            found.extend(runs)
            boxes.extend(_between(box, runs))
        elif box.area <= budget:
            budget -= box.area
            found.extend(_exhaustive(old, new, box))
    return _joined(sorted(found))


def _trimmed(old: Sequence[bytes], new: Sequence[bytes], box: _Box) -> tuple[_Box, list[Run]]:
    """The box without its common prefix and suffix, and those two as runs."""
    most = min(box.old_end - box.old, box.new_end - box.new)
    head = 0
    while head < most and old[box.old + head] == new[box.new + head]:
        head += 1
    tail = 0
    while tail < most - head and old[box.old_end - 1 - tail] == new[box.new_end - 1 - tail]:
        tail += 1
    runs = [Run(box.old, box.new, head), Run(box.old_end - tail, box.new_end - tail, tail)]
    inner = _Box(box.old + head, box.old_end - tail, box.new + head, box.new_end - tail)
    return inner, [run for run in runs if run.length]


def _unique_pairs(old: Sequence[bytes], new: Sequence[bytes], box: _Box) -> list[tuple[int, int]]:
    """Elements that occur once on either side of the box, in an order that both sides share."""
    here = Counter(old[box.old : box.old_end])
    there = Counter(new[box.new : box.new_end])
    places = {new[j]: j for j in range(box.new, box.new_end) if there[new[j]] == 1}
    pairs = [(i, places[old[i]]) for i in range(box.old, box.old_end) if here[old[i]] == 1 and old[i] in places]
    return _ascending(pairs)


def _ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence in which the second numbers ascend too (patience sorting)."""
    numbers = [j for _, j in pairs]
    if all(map(lt, numbers, numbers[1:])):
        return pairs
    tops: list[int] = []
    at: list[int] = []
    previous: list[int] = []
    for index, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        previous.append(at[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        at[pile : pile + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = at[-1] if at else -1
    while index >= 0:
        chain.append(pairs[index])
        index = previous[index]
    return chain[::-1]


def _runs(old: Sequence[bytes], new: Sequence[bytes], pairs: list[tuple[int, int]]) -> list[Run]:
    """The pairs, and what lies between those that are equally far apart on both sides, where that is equal."""
    result: list[Run] = []
    for _, group in groupby(pairs, key=_distance):
        parts = [list(group)]
        while parts:
            part = parts.pop()
            (i, j), length = part[0], part[-1][0] - part[0][0] + 1
            if length == 1 or old[i : i + length] == new[j : j + length]:
                result.append(Run(i, j, length))
            else:
                middle = len(part) // 2
                parts += [part[middle:], part[:middle]]
    return result


def _distance(pair: tuple[int, int]) -> int:
    return pair[1] - pair[0]


def _between(box: _Box, runs: list[Run]) -> Iterator[_Box]:
    """The boxes left between runs."""
    i, j = box.old, box.new
    for next_i, next_j, length in [*runs, Run(box.old_end, box.new_end, 0)]:
        if i < next_i and j < next_j:
            yield _Box(i, next_i, j, next_j)
        i, j = next_i + length, next_j + length


def _exhaustive(old: Sequence[bytes], new: Sequence[bytes], box: _Box) -> Iterator[Run]:
    matcher = SequenceMatcher(None, old[box.old : box.old_end], new[box.new : box.new_end], autojunk=False)
    for i, j, length in matcher.get_matching_blocks():
        if length:
            yield Run(box.old + i, box.new + j, length)


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    result: list[Run] = []
    for run in runs:
        last = result[-1] if result else None
        if last and (last.old + last.length, last.new + last.length) == (run.old, run.new):
            result[-1] = Run(last.old, last.new, last.length + run.length)
        else:
            result.append(run)
    return tuple(result)
