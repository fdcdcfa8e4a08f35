"""Hover over the keys, tables and predicates of rule files: what they mean."""

from typing import Any

from lsprotocol import types

from gifthorse.lsp.convert import range_of
from gifthorse.lsp.document import Document
from gifthorse.lsp.rulefiles import lines_before
from gifthorse.lsp.rulewords import explained, place_in, shape
from gifthorse.model.text import Encoding, Position, Span


def meaning(
    document: Document, position: types.Position, encoding: Encoding, *, markdown: bool
) -> dict[str, Any] | None:
    """The hover over a key, table or predicate of a rule file; None where there is nothing to say."""
    text = document.text
    start = text.offset(Position(position.line, 0), encoding)
    at = text.offset(Position(position.line, position.character), encoding)
    end = text.offset(Position(position.line + 1, 0), encoding)
    line = text.slice(Span(start, max(at, end))).decode("utf-8", "replace").rstrip("\r\n")
    column = len(text.slice(Span(start, at)).decode("utf-8", "replace"))
    lines = [*lines_before(document, start)[:-1], line]
    found = explained(line, column, place_in(lines, len(lines) - 1, len(line)), shape())
    if found is None:
        return None
    word, says, first, last = found
    span = Span(start + len(line[:first].encode()), start + len(line[:last].encode()))
    value = f"`{word}`: {says}" if markdown else f"{word}: {says}"
    contents = {"kind": "markdown" if markdown else "plaintext", "value": value}
    return {"contents": contents, "range": range_of(span, text, encoding)}
