"""The row of a text's parts after edits, for the cost of the edit: only a window around each place is parsed.

In a sound text the parser stands at the start of a top-level part where it stood at the start of the text. So it may
begin there, and where it comes to a part behind the edit that is as it was, the rest is as it was. What cannot be
settled in a window is settled by parsing the whole text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from gifthorse.engine.mask import Hunk, without
from gifthorse.engine.parts import Part, Reading, Row, is_bare, read_part, read_text
from gifthorse.engine.syntax import SHARE, EndlessError, Tree, parse, root, surely_broken

MANY = 16
"""Places. With more of them, parsing the whole text costs less than their windows."""

WIDER = (0, 6, 40)
"""Parts by which a window is widened before the whole text is parsed."""


@dataclass(frozen=True, slots=True)
class Window:
    """The Parts [first, last) of a Row and the bytes [start, end) that are parsed in their place.

    `anchor`: the Part behind them, where both versions must meet again; None at the end of the text.
    """

    first: int
    last: int
    start: int
    end: int
    anchor: Part | None


def _first_part(row: Row, at: int) -> int:
    """The Part that began on a line before `at` and holds it; else the one before, since its end may depend on what
    follows. -1 where there is none.
    """
    number = bisect_left(row.starts, at) - 1
    while number >= 0 and row.starts[number] + row.parts[number].size == at:
        number -= 1
    while number >= 0 and row.parts[number].aside:
        number -= 1
    return number


def _start(row: Row, number: int) -> int:
    """Where a Part starts, with its indentation: that may say what it is."""
    at = row.starts[number]
    line = row.content.rfind(b"\n", 0, at) + 1
    return at if row.content[line:at].strip(b" \t") else line


def _window(row: Row, hunk: Hunk, by: int, wider: int, size: int) -> Window:
    """The window for one Hunk, in the text of `size` bytes in which all behind the Hunk is moved `by` bytes."""
    number = _first_part(row, hunk.base.start)
    first = max(number, 0)
    start = _start(row, first) if number >= 0 else 0
    last = min(bisect_right(row.starts, hunk.base.end) + wider, len(row.parts))
    while last < len(row.parts) and row.parts[last].aside:
        last += 1
    if last == len(row.parts):
        return Window(first, last, start, size, None)
    end = row.starts[last] + row.parts[last].size
    line = row.content.find(b"\n", end) + 1 or len(row.content)
    if last + 1 < len(row.parts):
        line = min(line, row.starts[last + 1])
    return Window(first, last, start, line + by, row.parts[last])


def _head(row: Row, number: int, reading: Reading) -> bytes:
    """What leads to where this Part starts, if the parser cannot begin there as at the start of a text."""
    inside = bool(reading.head) and 0 <= number < len(row.parts) and row.parts[number].kind not in reading.outside
    return reading.head if inside else b""


def _read(row: Row, tree: Tree, text: bytes, window: Window, reading: Reading) -> Row | None:
    """The Row of `text` with this window parsed anew; None if the window does not lead back to what was."""
    by = len(text) - len(row.content)
    pieces = list(root(tree).pieces())
    head = _head(row, window.first, reading)
    pieces = pieces[1:] if head else pieces
    if window.anchor is not None:
        meeting = row.starts[window.last] + by - window.start + len(head)
        last = pieces.pop() if pieces else None
        if last is None or (last.kind, last.start, last.end - last.start) != (
            window.anchor.kind,
            meeting,
            window.anchor.size,
        ):
            return None
    old = row.known(window.first, window.last)
    parts = [read_part(piece, tree.content, reading, old) for piece in pieces]
    starts = [window.start + piece.start - len(head) for piece in pieces]
    behind = [start + by for start in row.starts[window.last :]]
    return Row(
        text,
        [*row.starts[: window.first], *starts, *behind],
        [*row.parts[: window.first], *parts, *row.parts[window.last :]],
        sound=True,
    )


def _healed(row: Row, hunk: Hunk, content: bytes, reading: Reading) -> tuple[Row | None, bool]:
    """The Row with what the text has at this Hunk, if that is sound; if not, whether it surely is broken."""
    text = row.content[: hunk.base.start] + content[hunk.real.start : hunk.real.end] + row.content[hunk.base.end :]
    by = len(text) - len(row.content)
    windows = (_window(row, hunk, by, wider, len(text)) for wider in WIDER)
    # Near the end of a text the wider windows are the same one.
    for window in {(one.last, one.end): one for one in windows}.values():
        head = _head(row, window.first, reading)
        try:
            tree = parse(reading.grammar, head + text[window.start : window.end], SHARE)
        except EndlessError:
            return None, False
        if tree.broken and surely_broken(reading.grammar, text, window.start, hunk.base.end + by, head):
            return None, True
        found = None if tree.broken else _read(row, tree, text, window, reading)
        if found is not None:
            return found, False
    return None, False


def _surely_broken(row: Row, first: Hunk, content: bytes, reading: Reading) -> bool:
    """Whether the text is broken whatever follows its first Hunk; before it, it is the same as in the Row."""
    number = _first_part(row, first.base.start)
    start, head = (_start(row, number), _head(row, number, reading)) if number > 0 else (0, _head(row, 0, reading))
    return surely_broken(reading.grammar, content, start, first.real.end, head)


def _healed_one_by_one(
    row: Row, hunks: Sequence[Hunk], content: bytes, reading: Reading
) -> tuple[Row, tuple[Hunk, ...], bool]:
    """The Row with all Hunks that are sound by themselves, those that are left, and whether the text is settled."""
    left, sure = tuple(hunks), False
    for hunk in hunks:
        now = next(one for one in left if one.real == hunk.real)
        # The first one decides whether the whole text is sound; others were broken before and still are.
        if now.touched or now is left[0]:
            found, sure = _healed(row, now, content, reading)
            if found is not None:
                row, left = found, without(left, now)
    if len(left) == len(hunks) == 1:
        return row, left, sure
    return row, left, not left or _surely_broken(row, left[0], content, reading)


def advance(row: Row, hunks: Sequence[Hunk], content: bytes, reading: Reading) -> tuple[Row, tuple[Hunk, ...]]:
    """The Row of the text, where that is sound; else a sound Row and the Hunks by which the text differs from it.

    Without a sound Row to begin with the Row is that of the text, sound or not. Text that is sound always gives the
    Row that reading it afresh gives. What cannot be read to its end is broken; EndlessError where there is no sound Row.
    """
    left = tuple(hunks)
    if row.sound and len(hunks) <= MANY and not (is_bare(content, reading) or is_bare(row.content, reading)):
        row, left, settled = _healed_one_by_one(row, hunks, content, reading)
        if settled:
            return row, left
    try:
        read, broken = read_text(content, reading, row.known(0, len(row.parts)))
    except EndlessError:
        if row.sound:
            return row, left
        raise
    return (row, left) if broken and row.sound else (read, ())
