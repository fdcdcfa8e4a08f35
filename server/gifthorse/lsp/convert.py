"""The edge's conversions: URIs <-> paths, positions in the client's units <-> UTF-8 byte offsets.

Pure functions over Text; what is sent when is publish.py's and session.py's.
"""

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lsprotocol import types

from gifthorse.model.text import Edit, Encoding, Position, Span, Text, encode

Change = types.TextDocumentContentChangePartial | types.TextDocumentContentChangeWholeDocument

_FILE_URI = re.compile(r"file:(?://([^/]*))?(/.*)", re.IGNORECASE | re.DOTALL)
_DRIVE = re.compile(r"/[A-Za-z]:")
_PREFERRED: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")


def choose_encoding(offered: Sequence[str] | None) -> Encoding:
    """The position encoding for this client: UTF-8 where it is offered, else UTF-16, which every client must know."""
    return next((encoding for encoding in _PREFERRED if encoding in (offered or ())), "utf-16")


def path_of(uri: str, *, windows: bool = os.name == "nt") -> str | None:
    """The file path of a `file:` URI, or None for any other scheme. Bytes that are no UTF-8 become surrogates."""
    match = _FILE_URI.fullmatch(uri)
    if match is None:
        return None
    host, path = match[1] or "", unquote(match[2], errors="surrogateescape")
    if host and host != "localhost":
        path = f"//{host}{path}"
    elif windows and _DRIVE.match(path):
        path = path[1:]
    return path.replace("/", "\\") if windows else path


def uri_of(path: str) -> str:
    """The `file:` URI of an absolute path."""
    return Path(path).as_uri()


def same_file(one: str, other: str) -> bool:
    """Whether two URIs name the same file in different spelling (escapes, drive letters)."""
    first, second = path_of(one), path_of(other)
    return first is not None and second is not None and os.path.normcase(first) == os.path.normcase(second)


def whole(text: Text) -> bytes:
    """All its bytes, without a copy that stays with the text: many old versions are kept, and must stay small."""
    return text.slice(Span(0, len(text)))


def span_of(range_: types.Range, text: Text, encoding: Encoding) -> Span:
    """The bytes of a range; positions outside of the text are clamped as the protocol says, ends are put in order."""
    start = text.offset(Position(range_.start.line, range_.start.character), encoding)
    end = text.offset(Position(range_.end.line, range_.end.character), encoding)
    return Span(min(start, end), max(start, end))


def range_of(span: Span, text: Text, encoding: Encoding) -> dict[str, Any]:
    """The protocol's range of some bytes, as plain data: this is called for every diagnostic of every keystroke."""
    start, end = text.position(span.start, encoding), text.position(span.end, encoding)
    return {
        "start": {"line": start.line, "character": start.character},
        "end": {"line": end.line, "character": end.character},
    }


def ranges_of(spans: Sequence[Span], text: Text, encoding: Encoding) -> list[dict[str, Any]]:
    """The ranges of several spans."""
    return [range_of(span, text, encoding) for span in spans]


def apply_changes(text: Text, changes: Sequence[Change], encoding: Encoding) -> tuple[Text, tuple[Edit, ...]]:
    """The text after a didChange, and its changes as edits, each over the text after the one before.

    Edits are cut down to what they really change: a client that sends whole texts, or a suggestion that repeats what
    was typed already, must not make old text look new.
    """
    edits = []
    for change in changes:
        edit = _edit_of(change, text, encoding)
        if edit is not None:
            text = text.apply(edit)
            edits.append(edit)
    return text, tuple(edits)


def _edit_of(change: Change, text: Text, encoding: Encoding) -> Edit | None:
    if isinstance(change, types.TextDocumentContentChangeWholeDocument):
        return smallest_edit(whole(text), encode(change.text))
    start, end = change.range.start, change.range.end
    first, last = Position(start.line, start.character), Position(end.line, end.character)
    edit = text.replacing(first, last, change.text, encoding)
    smallest = smallest_edit(text.slice(edit.span), edit.new)
    return None if smallest is None else Edit(smallest.span.shifted(edit.span.start), smallest.new)


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
