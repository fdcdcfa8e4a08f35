"""Two texts -> the one edit between them, from the first to the last byte that differ."""

import re
from collections.abc import Callable

from gifthorse.model.text import Edit, Span

BREAK = re.compile(rb"\r\n|\r|\n")


def smallest_edit(before: bytes, after: bytes) -> Edit | None:
    """The one edit from the first to the last byte that differ, at character bounds; None where nothing does."""
    if before == after:
        return None
    start = _longest(min(len(before), len(after)), lambda size: before[:size] == after[:size])
    while start and (_continues(before, start) or _continues(after, start)):
        start -= 1
    room = min(len(before), len(after)) - start
    tail = _longest(room, lambda size: before[len(before) - size :] == after[len(after) - size :])
    while tail and _continues(before, len(before) - tail):
        tail -= 1
    return Edit(Span(start, len(before) - tail), after[start : len(after) - tail])


def _longest(most: int, equal: Callable[[int], bool]) -> int:
    """The greatest size up to `most` for which slices are equal, by halving, since slices compare quickly."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if equal(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _continues(content: bytes, at: int) -> bool:
    """Whether the byte there is inside a UTF-8 character."""
    return at < len(content) and content[at] & 0xC0 == 0x80


def edit_by_lines(before: bytes, after: bytes) -> Edit | None:
    """As `smallest_edit`, but lines that are whole stay so: of several lines that begin or end alike none is cut in two.

    What came or went by itself begins a line if it can be seen so; what gave way to something else over several lines
    does so in whole lines, and so does a line that shares less with the other one than went and came.
    """
    edit = smallest_edit(before, after)
    if edit is None:
        return None
    (start, end), new = edit
    old = before[start:end]
    first = max(before.rfind(b"\n", 0, start), before.rfind(b"\r", 0, start)) + 1
    head = before[first:start]
    if not BREAK.search(old + new):
        found = BREAK.search(before, end)
        tail = before[end : found.start() if found else len(before)]
        beside = len((head + tail).translate(None, b" \t"))
        other_line = old and new and beside < min(len(old), len(new))
        return Edit(Span(first, end + len(tail)), head + new + tail) if other_line else edit
    if not (old and new) and not head.strip():
        return edit
    if not (old and new) and (old or new).endswith(head):
        return Edit(Span(first, end - len(head)), (head + new)[: len(new)])
    found = BREAK.search(before, end)
    last = end if _begins_line(before, end) and _begins_line(after, len(after) - len(before) + end) else -1
    if last < 0:
        last = found.end() if found else len(before)
    return Edit(Span(first, last), head + new + before[end:last])


def _begins_line(content: bytes, at: int) -> bool:
    return at == 0 or content[at - 1 : at] == b"\n" or (content[at - 1 : at] == b"\r" and content[at : at + 1] != b"\n")
