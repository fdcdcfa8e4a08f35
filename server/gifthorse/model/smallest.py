"""Two texts -> the one edit between them, from the first to the last byte that differ."""

from collections.abc import Callable

from gifthorse.model.text import Edit, Span


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
