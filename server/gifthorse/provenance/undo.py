"""Undo and redo: which edits put back what was deleted, and whose it is then.

An insertion that puts back, at that very place, exactly what was deleted between two moments is an undo or redo,
however the editor cuts it up. It is never asked who did an edit, for editors do not say: so what a keystroke may have
brought is no undo, nor is a word that an editor may have completed. A person may have written that again.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from operator import attrgetter
from typing import NamedTuple

from gifthorse.model.text import Edit
from gifthorse.provenance.align import by_hand, one_character
from gifthorse.provenance.marks import Owned
from gifthorse.provenance.memory import MOST_PIECES, Memory, Piece, Placed, joined
from gifthorse.provenance.substance import is_white, substance
from gifthorse.provenance.tokens import TOKEN, Block

MOST_MOMENTS = 32
"""Deletions at one place, newest first, that an undo may begin with."""
PART = 8
"""Non-white bytes from which a part of what was deleted, put back alone, is taken for an undo in several changes."""


class _Item(NamedTuple):
    """A remembered piece or (`live`) a stretch of the text that the edit replaces, in the order of the text."""

    at: int
    piece: Piece
    live: bool


class Restored(NamedTuple):
    """What an undo brings back: owners of the new text (relative to it), and the pieces near it afterwards."""

    owned: tuple[Owned, ...]
    near: tuple[Placed, ...]


def restored(memory: Memory, edit: Edit, old: bytes, owned: Sequence[Owned]) -> Restored | None:
    """How `edit` (over `old`, with its `owned` parts relative to it) undoes what is remembered; None if it does not."""
    near = list(memory.near(edit))
    if by_hand(edit.new) or not (near or owned) or (not owned and _completes(old, edit.new)):
        return None
    items = list(_items(memory, edit, near, old, owned))
    chosen = _chosen(items, edit.new)
    if chosen is None:
        items = _cut(items, edit.new)
        chosen = _chosen(items, edit.new)
    return None if chosen is None else _put_back(items, chosen, edit.span.start)


def _completes(old: bytes, new: bytes) -> bool:
    """Whether `new` may be what an editor proposed for a word of which somebody had typed the letters `old`."""
    letters = iter(new.lower())
    return TOKEN.fullmatch(old) is not None and all(letter in letters for letter in old.lower())


def _items(memory: Memory, edit: Edit, near: Sequence[Placed], old: bytes, owned: Sequence[Owned]) -> Iterator[_Item]:
    """The pieces near the edit among the stretches of its old text, which are cut where pieces and owners begin."""
    base = edit.span.start
    cuts = {0, len(old)} | {placed.at - base for placed in near} | {place for part in owned for place in part[:2]}
    bounds, there = sorted(cuts), {placed.at for placed in near}
    for start, end in zip(bounds, [*bounds[1:], None], strict=True):
        if base + start in there:
            yield from (_Item(placed.at, placed.piece, live=False) for placed in near if placed.at == base + start)
        if end is not None:
            parts = clipped(owned, start, end)
            yield _Item(base + start, Piece(old[start:end], parts, memory.clock, memory.batch), live=True)


def clipped(owned: Sequence[Owned], start: int, end: int) -> tuple[Owned, ...]:
    """The parts of `owned` (ascending) in [start, end), relative to `start`."""
    first = bisect_right(owned, start, key=attrgetter("end"))
    touched = takewhile(lambda part: part.start < end, islice(owned, first, None))
    return tuple(Owned(max(part.start, start) - start, min(part.end, end) - start, part.owner) for part in touched)


def _chosen(items: Sequence[_Item], new: bytes) -> set[int] | None:
    """The items that make up `new`: all that were deleted between two moments, with no, all or the owned live text.

    Or nothing but the owned live text: then what a person had written around it is taken away in one edit.
    """
    live = [index for index, item in enumerate(items) if item.live and item.piece.text]
    owned = [index for index in live if items[index].piece.owned]
    if owned and b"".join(items[index].piece.text for index in owned) == new:
        return set(owned)
    newest = sorted((i for i, item in enumerate(items) if not item.live), key=lambda i: -items[i].piece.time)
    for extra in ([], live, owned):
        room = len(new) - sum(len(items[index].piece.text) for index in extra)
        for window in _windows(items, newest, room):
            picked = sorted([*window, *extra])
            if b"".join(items[index].piece.text for index in picked) == new:
                return set(picked)
    return None


def _windows(items: Sequence[_Item], newest: Sequence[int], room: int) -> Iterator[Sequence[int]]:
    """The runs of `newest` that are whole deletions and `room` bytes long together, those of the latest first."""
    times = [items[index].piece.time for index in newest]
    starts = [k for k, time in enumerate(times) if not k or times[k - 1] != time]
    for first in starts[:MOST_MOMENTS] if room > 0 else ():
        length, end = 0, first
        while end < len(newest) and length < room:
            length += len(items[newest[end]].piece.text)
            end += 1
        if length == room and (end == len(newest) or times[end] != times[end - 1]):
            yield newest[first:end]


def _cut(items: Sequence[_Item], new: bytes) -> list[_Item]:
    """The items, those at one edge cut so that `new` may be made of whole ones.

    Only where `new` is the start or the end of what was deleted since some moment, and either long enough or all of it
    but white space, which an editor leaves out where it stands beside the edit anyway.
    """
    gone = [item for item in items if not item.live]
    live = [item for item in items if item.live]
    for time in sorted({item.piece.time for item in gone}, reverse=True)[:MOST_MOMENTS]:
        since = [item for item in gone if item.piece.time >= time]
        older = [item for item in gone if item.piece.time < time]
        whole = joined(item.piece for item in since)
        rest = len(whole.text) - len(new)
        if rest <= 0 or not (substance(new) >= PART or substance(new) == substance(whole.text) > 0):
            continue
        if whole.text.startswith(new):
            return [*_halves(since, len(new), whole, later=1), *older, *live]
        if whole.text.endswith(new):
            return [*older, *_halves(since, rest, whole, later=0), *live]
    return list(items)


def _halves(since: Sequence[_Item], at: int, whole: Piece, *, later: int) -> list[_Item]:
    """What was deleted as two items, of which the one with index `later` counts as deleted earlier."""
    times = [whole.time, whole.time]
    newest = max(item.piece.time for item in since)
    times[later], times[1 - later] = min(item.piece.time for item in since) - 1, newest
    halves = ((0, at), (at, len(whole.text)))
    place = since[0].at
    return [
        _Item(place, Piece(whole.text[a:b], clipped(whole.owned, a, b), time, whole.batch), live=False)
        for (a, b), time in zip(halves, times, strict=True)
    ]


def _put_back(items: Sequence[_Item], chosen: set[int], start: int) -> Restored:
    """The chosen items as text from `start` on, the others as pieces beside it."""
    owned: list[Owned] = []
    near: list[Placed] = []
    at = 0
    for index, item in enumerate(items):
        if index in chosen:
            owned.extend(part.shifted(at) for part in item.piece.owned)
            at += len(item.piece.text)
        elif item.piece.text:
            near.append(Placed(start + at, item.piece))
    return Restored(tuple(owned), tuple(near))


def swapped_back(memory: Memory, edit: Edit, old: bytes) -> tuple[Owned, ...] | None:
    """The owners of the new text (relative to it) where `edit` is the exact inverse of a remembered replacement."""
    for swap in reversed(memory.swaps):
        if swap.at == edit.span.start and swap.new == old and swap.old == edit.new and not by_hand(edit.new):
            return swap.owned
    return None


def left_behind(
    memory: Memory, edit: Edit, old: bytes, owned: Sequence[Owned], blocks: Sequence[Block]
) -> tuple[Placed, ...]:
    """The pieces near an edit that is no undo: what it deleted among what was deleted before.

    What survives in `blocks` is not deleted. White space between surviving parts is not worth remembering:
    the Swap of the whole edit restores it.
    """
    base = edit.span.start
    if old and not edit.new and one_character(old):
        return _beside(memory, edit, old, owned)
    result: list[Placed] = []
    count = 0
    for item in _items(memory, edit, list(memory.near(edit)), old, owned):
        place = item.at - base
        if not item.live:
            result.append(Placed(base + _place(place, blocks, len(old), len(edit.new)), item.piece))
            continue
        for start, end in _outside(blocks, place, place + len(item.piece.text)):
            text = item.piece.text[start - place : end - place]
            if blocks and is_white(text):
                continue
            parts = clipped(item.piece.owned, start - place, end - place)
            at = base + _place(start, blocks, len(old), len(edit.new))
            result.append(Placed(at, Piece(text, parts, memory.clock, memory.batch)))
            count += 1
            if count > MOST_PIECES:  # so many by one edit are forgotten at once; only its Swap restores them
                return _in_order(result)
    return _in_order(result)


def _beside(memory: Memory, edit: Edit, old: bytes, owned: Sequence[Owned]) -> tuple[Placed, ...]:
    """As left_behind, for the deletion of one character, inside of which nothing can have been deleted before."""
    base = edit.span.start
    near = tuple(memory.near(edit))
    before = bisect_right([placed.at for placed in near], base)
    live = Placed(base, Piece(old, tuple(owned), memory.clock, memory.batch))
    return (*near[:before], live, *(Placed(base, piece) for _, piece in near[before:]))


def _outside(blocks: Sequence[Block], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of [start, end) of the old text that are in no block."""
    index = max(0, bisect_right(blocks, (start,)) - 1)
    while start < end:
        while index < len(blocks) and blocks[index].old + blocks[index].length <= start:
            index += 1
        block = blocks[index] if index < len(blocks) else None
        if block is None or end <= block.old:
            yield start, end
            return
        if start < block.old:
            yield start, block.old
        start = block.old + block.length


def _place(at: int, blocks: Sequence[Block], old_length: int, new_length: int) -> int:
    """Where a place in the old text is in the new one: with the block it is in, else where the gap begins."""
    index = bisect_right(blocks, (at, new_length + 1)) - 1
    if index >= 0 and at <= blocks[index].old + blocks[index].length:
        return blocks[index].new + at - blocks[index].old
    if at == old_length and at > 0:
        return new_length
    return blocks[index].new + blocks[index].length if index >= 0 else 0


def _in_order(placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """The same order with places that never descend."""
    result: list[Placed] = []
    at = 0
    for one in placed:
        at = max(at, one.at)
        result.append(Placed(at, one.piece))
    return tuple(result)
