"""The edge's conversions: URIs <-> paths, positions in the client's units <-> UTF-8 byte offsets.

Pure functions over Text; what is sent when is publish.py's and session.py's.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lsprotocol import types

from gifthorse.model import smallest, uri
from gifthorse.model.text import Edit, Encoding, Position, Span, Text, encode

Change = types.TextDocumentContentChangePartial | types.TextDocumentContentChangeWholeDocument

path_of = uri.path_of
smallest_edit = smallest.smallest_edit
edit_by_lines = smallest.edit_by_lines
_PREFERRED: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")


def choose_encoding(offered: Sequence[str] | None) -> Encoding:
    """The position encoding for this client: UTF-8 where it is offered, else UTF-16, which every client must know."""
    return next((encoding for encoding in _PREFERRED if encoding in (offered or ())), "utf-16")


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
        return edit_by_lines(whole(text), encode(change.text))
    start, end = change.range.start, change.range.end
    first, last = Position(start.line, start.character), Position(end.line, end.character)
    edit = text.replacing(first, last, change.text, encoding)
    smallest = edit_by_lines(text.slice(edit.span), edit.new)
    return None if smallest is None else Edit(smallest.span.shifted(edit.span.start), smallest.new)
