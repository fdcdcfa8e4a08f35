"""Source lines made fit to be shown: a window around what matters, and nothing in it that a terminal would obey.

Pure: text in, rows out. Characters that cannot be seen, or that would change how the rest is seen, are written out.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len

from gifthorse.engine.sighting import unseen
from gifthorse.model.text import Span, Text

TAB = 4
REACH = 2_000
"""Bytes of a line looked at on either side of its first marked byte: more than any terminal is wide."""
MOST_ROWS = 6
MOST_COMBINING = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One line to show: its number (from 1; 0 for lines left out), what to print, and the marked cells in it."""

    number: int
    shown: str
    start: int = 0
    end: int = 0


def visible(text: str, encoding: str = "utf-8") -> str:
    """The text with everything invisible, obeyed by terminals, or unknown to `encoding` written as <U+XXXX>."""
    return "".join(_shown(character, encoding) for character in text)


def _shown(character: str, encoding: str) -> str:
    if " " <= character <= "~":
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"<{code - 0xDC00:02X}>"
    if unseen(character) or not _encodes(character, encoding):
        return f"<U+{code:04X}>"
    return character


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def rows(text: Text, span: Span, width: int, encoding: str = "utf-8") -> list[Row]:
    """The lines of `span`, each at most `width` cells wide, with the cells that belong to the span.

    Of many lines the first ones and the last are shown.
    """
    first, last = text.line_at(span.start), text.line_at(max(span.start, span.end - 1))
    numbers = list(range(first, min(last + 1, first + MOST_ROWS + 1)))
    if last - first >= MOST_ROWS:
        numbers = [*numbers[: MOST_ROWS - 2], -1, last]
    gap = Row(0, "..." if encoding.lower() in ("ascii", "us-ascii") else "…")
    return [_row(text, number, span, width, encoding) if number >= 0 else gap for number in numbers]


def _row(text: Text, number: int, span: Span, width: int, encoding: str) -> Row:
    line = text.line_span(number)
    start, end = min(max(span.start, line.start), line.end), max(min(span.end, line.end), line.start)
    begin, finish = max(line.start, start - REACH), min(line.end, start + REACH)
    content = text.slice(Span(begin, finish))
    skipped = next((at for at, byte in enumerate(content) if byte & 0xC0 != 0x80), 0) if begin > line.start else 0
    content, begin = content[skipped:], begin + skipped
    if number > text.line_at(span.start):  # A continued line is marked from its first word on, as its author sees it.
        start = begin + len(content) - len(content.lstrip(b" \t"))
    pieces = list(_pieces(content, begin, start, max(end, start), encoding))
    return Row(number + 1, *_window(pieces, width, begin > line.start, finish < line.end, encoding))


@dataclass(frozen=True, slots=True)
class _Piece:
    shown: str
    cells: int
    marked: bool


def _pieces(content: bytes, offset: int, start: int, end: int, encoding: str) -> Iterator[_Piece]:
    """Each character as it is shown, how many cells it takes, and whether it belongs to [start, end)."""
    column = combining = 0
    for character in content.decode("utf-8", "surrogateescape"):
        size = 1 if "\udc80" <= character <= "\udcff" else len(character.encode("utf-8", "surrogatepass"))
        combining = combining + 1 if unicodedata.combining(character) else 0
        if character == "\t":
            shown = " " * (TAB - column % TAB)
        elif combining > MOST_COMBINING:
            shown = f"<U+{ord(character):04X}>"
        else:
            shown = _shown(character, encoding)
        cells = cell_len(shown)
        column += cells
        yield _Piece(shown, cells, start <= offset < end or (start == end == offset))
        offset += size


def _window(pieces: list[_Piece], width: int, cut_before: bool, cut_after: bool, encoding: str) -> tuple[str, int, int]:
    """(what to print, first marked cell, cell behind the last marked one) of at most `width` cells."""
    more = "…" if _encodes("…", encoding) else "..."
    marked = [index for index, piece in enumerate(pieces) if piece.marked]
    focus = marked[0] if marked else 0
    room = width - 2 * len(more)
    first = 0
    if cut_before or sum(piece.cells for piece in pieces) > room:
        before = 0
        first = focus
        while first > 0 and before + pieces[first - 1].cells <= room // 4:
            first -= 1
            before += pieces[first].cells
    last, used = first, 0
    while last < len(pieces) and used + pieces[last].cells <= room:
        used += pieces[last].cells
        last += 1
    head = more if cut_before or first > 0 else ""
    tail = more if cut_after or last < len(pieces) else ""
    shown = head + "".join(piece.shown for piece in pieces[first:last]) + tail
    inside = [index for index in marked if first <= index < last]
    if not inside:
        return shown, 0, 0
    start = len(head) + sum(piece.cells for piece in pieces[first : inside[0]])
    return shown, start, start + max(1, sum(piece.cells for piece in pieces[inside[0] : inside[-1] + 1]))
