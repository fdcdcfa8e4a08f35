"""An argument of a call, a parameter or a base class of a sibling, put to the same place among those of an entry."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from gifthorse.change.entries import Entry
from gifthorse.change.traits import Side, Trait
from gifthorse.model.text import Edit, Span

_PAIRS = {"(": ")", "[": "]", "{": "}"}


class _Piece(NamedTuple):
    """An argument in its list: where the list begins and how many stand before it."""

    open: int
    number: int
    span: Span


def argument(entry: Entry, sibling: Entry, model: Trait, side: Side, other: Side) -> tuple[Edit, ...]:
    """An argument of the call, a parameter or a base class: it goes to the same place among the others."""
    for piece in _pieces(other.content, sibling.span, model.span):
        edits = _placed(piece, entry, sibling, side, other)
        if edits:
            return edits
    return ()


def _placed(piece: _Piece, entry: Entry, sibling: Entry, side: Side, other: Side) -> tuple[Edit, ...]:
    """One argument, copied to its place among the entry's."""
    before = other.content[sibling.span.start : piece.open + 1]
    opening = _opening(side.content, before, piece.number, entry, sibling)
    if opening is None:
        return ()
    there = _arguments(side.content, opening, entry.span.end)
    text = other.content[piece.span.start : piece.span.end]
    if there is None or b"\n" in text:
        return ()
    handler = _wrapped(text)
    last = there[piece.number] if piece.number < len(there) else there[-1] if there else None
    mine = side.content[last.start : last.end] if last else b""
    if handler is not None and last is not None and handler.split(b"(")[0].strip()[-8:] and _fits(handler, mine):
        return (Edit(last, text.replace(handler, mine)),)
    if handler is not None and entry.kind == "route" and _ends_with_handler(other.content, piece, sibling):
        return ()
    theirs = _arguments(other.content, piece.open, sibling.span.end) or []
    number = piece.number if entry.kind != "route" or theirs[-1] == piece.span else min(piece.number, len(there) - 1)
    if number >= len(there) or number < 0:
        at = there[-1].end if there else opening + 1
        return (Edit(Span(at, at), (b", " if there else b"") + text),)
    at = there[number].start
    return (Edit(Span(at, at), text + b", "),)


def _wrapped(text: bytes) -> bytes | None:
    """What a wrapper is called with, if the text is one call with one argument."""
    found = re.fullmatch(rb"[\w.:]+\((.*)\)", text, re.DOTALL)
    return found[1] if found and found[1] else None


def _fits(inner: bytes, mine: bytes) -> bool:
    """Whether two handlers are written alike: both names, or both calls of the same function."""
    if b"(" in inner:
        return b"(" in mine and inner.split(b"(")[0] == mine.split(b"(")[0]
    return bool(re.fullmatch(rb"[\w.]+", inner) and re.fullmatch(rb"[\w.]+", mine) and b"." in inner) == (b"." in mine)


def _ends_with_handler(content: bytes, piece: _Piece, sibling: Entry) -> bool:
    """Whether the argument is the last one, so that it is the handler itself, wrapped."""
    there = _arguments(content, piece.open, sibling.span.end)
    return bool(there) and there is not None and there[-1] == piece.span


def _pieces(content: bytes, whole: Span, inner: Span) -> Iterator[_Piece]:
    """The lists in an entry that have the span in one of their parts, from the inside out."""
    open_: list[int] = []
    for at in range(whole.start, inner.start):
        character = chr(content[at])
        if character in "([":
            open_.append(at)
        elif character in ")]" and open_:
            open_.pop()
    for opening in reversed(open_):
        there = _arguments(content, opening, whole.end)
        number = next((n for n, one in enumerate(there or ()) if one.contains(inner)), None)
        if there is not None and number is not None:
            yield _Piece(opening, number, there[number])


def _arguments(content: bytes, opening: int, end: int) -> list[Span] | None:
    """The parts of a list that begins with a bracket; None where it does not end."""
    found: list[Span] = []
    depth, start, quote = 0, opening + 1, ""
    for at in range(opening, end):
        character = chr(content[at])
        if quote:
            quote = "" if character == quote and content[at - 1 : at] != b"\\" else quote
        elif character in "\"'`":
            quote = character
        elif character in _PAIRS:
            depth += 1
        elif character in ")]}":
            depth -= 1
        if not quote and (depth == 0 or (depth == 1 and character == ",")):
            part = content[start:at]
            if part.strip():
                left = start + len(part) - len(part.lstrip())
                found.append(Span(left, left + len(part.strip())))
            start = at + 1
            if depth == 0:
                return found
    return None


def _opening(content: bytes, before: bytes, number: int, entry: Entry, sibling: Entry) -> int | None:
    """The bracket in the entry that stands where the sibling's list begins."""
    whole = entry.span
    if before == b"(" or (
        number > 0 and entry.kind == "route" and b"\n" not in before.rstrip() and before.count(b"(") == 1
    ):
        at = content.find(b"(", whole.start, whole.end)
        return at if at >= 0 else None
    own, its = entry.name.rpartition(".")[2].encode(), sibling.name.rpartition(".")[2].encode()
    if its and before.rstrip(b"(").rstrip().endswith(its):
        found = re.search(rb"\b" + re.escape(own) + rb"\s*\(", content[whole.start : whole.end])
        return whole.start + found.end() - 1 if found else None
    return None
