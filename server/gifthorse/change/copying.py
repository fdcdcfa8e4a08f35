"""What a sibling has, for an entry that lacks it: the edits that copy it. Nothing where it is not sure how.

A decorator, annotation or attribute goes to the same place in front; an argument (a middleware, a parameter, a base) to
the same number; a call at the end of a chain to the end; a statement to the beginning of the body.
"""

import re
from typing import NamedTuple

from gifthorse.change.peers import Entry
from gifthorse.change.traits import Side, Trait
from gifthorse.model.text import Edit, Span

LONGEST = 600
_FRONT = re.compile(r"\s*(@|#\[|\[)")
_OPENS = re.compile(r"(\{(\s*\|[^|]*\||[^{}\n]*\bin)?|:|=>\s*\{|\bdo(\s*\|[^|]*\|)?|^\s*def\s[^\n:]*)\s*$")
_WORD = re.compile(r"[A-Za-z_]\w*")
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_GUARD = re.compile(r"\s*(if|unless|guard)\b.*([{:]|\bthen)?\s*$")
_ALONG = re.compile(r"\s*(defer\b.*(Unlock|Rollback|release)|if\s+!ok\b|if\s+err\b)")


class _Piece(NamedTuple):
    """An argument in its list: where the list begins and how many stand before it."""

    open: int
    number: int
    span: Span


def copied(entry: Entry, sibling: Entry, model: Trait, side: Side, other: Side) -> tuple[Edit, ...]:
    """The edits that give the entry in `side` what the sibling in `other` has."""
    text = other.content[model.span.start : model.span.end]
    if len(text) > LONGEST or entry.kind in ("query", "migration"):
        return ()
    lines = _lines(other.content, model.span)
    whole = other.content[lines.start : lines.end].strip() == text.strip().rstrip(b";")
    if _FRONT.match(text.decode("utf-8", "replace")):
        return _in_front(entry, sibling, model, side, other) if whole else ()
    chained = _chained(entry, sibling, model, other)
    return chained or _argument(entry, sibling, model, side, other) or _statement(entry, sibling, model, side, other)


def _lines(content: bytes, span: Span) -> Span:
    """The whole lines of a span."""
    end = content.find(b"\n", max(span.end - 1, span.start))
    return Span(content.rfind(b"\n", 0, span.start) + 1, len(content) if end < 0 else end + 1)


def _newline(content: bytes) -> bytes:
    return b"\r\n" if b"\r\n" in content else b"\n"


def _indent(line: bytes) -> bytes:
    return line[: len(line) - len(line.lstrip(b" \t"))]


def _in_front(entry: Entry, sibling: Entry, model: Trait, side: Side, other: Side) -> tuple[Edit, ...]:
    """A decorator on a line of its own: above what is below it there, if this has that, too; else below its first."""
    first = _lines(side.content, Span(entry.span.start, entry.span.start))
    indent = _indent(side.content[first.start : first.end])
    text = other.content[model.span.start : model.span.end]
    above = other.content[sibling.span.start : model.span.start].strip()
    has_front = _FRONT.match(side.content[first.start : first.end].decode("utf-8", "replace"))
    at = first.end if above and has_front else first.start
    return (Edit(Span(at, at), indent + text + _newline(side.content)),)


def _chained(entry: Entry, sibling: Entry, model: Trait, other: Side) -> tuple[Edit, ...]:
    """A call at the end of a chain: `.RequireAuthorization()`, `->middleware('auth')`, `.layer(auth)`."""
    found = re.search(r"\)\s*((?:\.|->)\w+)\s*$", other.source(Span(sibling.span.start, model.span.start)))
    if other.source(model.span).startswith(sibling.text[:8]) and model.span.start == sibling.span.start:
        chain = _last_call(other.source(model.span))
    elif found is None and (found := re.search(r"\)\s*((?:\.|->)\w+\()$", _before(sibling, model, other))):
        chain = found[1] + other.source(model.span) + ")"
    else:
        return ()
    if not chain:
        return ()
    inner = entry.text.startswith("(")
    at = entry.span.end - 1 if inner else entry.span.end
    return (Edit(Span(at, at), chain.encode()),)


def _before(sibling: Entry, model: Trait, other: Side) -> str:
    return other.source(Span(sibling.span.start, model.span.start))


def _last_call(text: str) -> str:
    """The last call of a chain, with what joins it to the rest."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in ")]}") - (text[at] in "([{")
        if depth == 0 and (text.startswith("->", at) or text[at] == ".") and at > 0:
            return text[at:]
    return ""


def _argument(entry: Entry, sibling: Entry, model: Trait, side: Side, other: Side) -> tuple[Edit, ...]:
    """An argument of the call, a parameter or a base class: it goes to the same place among the others."""
    piece = _piece(other.content, sibling.span, model.span)
    if piece is None:
        return ()
    before = other.content[sibling.span.start : piece.open + 1]
    opening = _opening(side.content, entry.span, before, entry, sibling)
    if opening is None:
        return ()
    there = _arguments(side.content, opening, entry.span.end)
    text = other.content[piece.span.start : piece.span.end]
    if there is None or b"\n" in text:
        return ()
    handler = _wrapped(text)
    last = there[-1] if there else None
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


def _names(text: str) -> set[str]:
    return set(_WORD.findall(text))


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


def _piece(content: bytes, whole: Span, inner: Span) -> _Piece | None:
    """The innermost list in an entry that has the span as one of its parts."""
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
            return _Piece(opening, number, there[number])
    return None


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


def _opening(content: bytes, whole: Span, before: bytes, entry: Entry, sibling: Entry) -> int | None:
    """The bracket in the entry that stands where the sibling's list begins."""
    if before == b"(" or (entry.kind == "route" and b"\n" not in before.rstrip() and before.count(b"(") == 1):
        at = content.find(b"(", whole.start, whole.end)
        return at if at >= 0 else None
    own, its = entry.name.rpartition(".")[2].encode(), sibling.name.rpartition(".")[2].encode()
    if its and before.rstrip(b"(").rstrip().endswith(its):
        found = re.search(rb"\b" + re.escape(own) + rb"\s*\(", content[whole.start : whole.end])
        return whole.start + found.end() - 1 if found else None
    return None


def _statement(entry: Entry, sibling: Entry, model: Trait, side: Side, other: Side) -> tuple[Edit, ...]:
    """The sibling's first statement as the first one here, where all that it names of its parameters is here, too."""
    body = _body(sibling, other.content)
    mine = _body(entry, side.content)
    lines = _lines(other.content, model.span)
    if body is None or mine is None or body > lines.start:
        return ()
    if other.content[body : lines.start].strip() and entry.kind != "view-class":
        return ()
    text = _with_guard(other.content, lines, sibling)
    if text is None or _defines(text, side.content[mine : entry.span.end]):
        return ()
    parameters = _names(other.content[sibling.span.start : body].decode("utf-8", "replace").split("\n")[-2])
    here = _names(side.content[entry.span.start : mine].decode("utf-8", "replace"))
    if not (parameters & _names(text.decode("utf-8", "replace"))) - {sibling.name} <= here:
        return ()
    line = _lines(side.content, Span(mine, mine))
    old, new = _indent(text), _indent(side.content[line.start : line.end])
    if b":=" in text:
        text = _without_unused(text, side.content[mine : entry.span.end])
    moved = b"".join(
        new + one[len(old) :] if one.startswith(old) and one.strip() else one for one in text.splitlines(keepends=True)
    )
    return (Edit(Span(mine, mine), moved),)


def _defines(text: bytes, body: bytes) -> bool:
    """Whether a body has an assignment to the same name as the text already."""
    found = re.match(rb"\s*(?:let|var|const|val)?\s*(\w+)\b[^=(\n]*:?=[^=]", text)
    return bool(
        found and re.search(rb"(?m)^\s*(?:let |var |const |val )?" + re.escape(found[1]) + rb"\b[^=(\n]*:?=[^=]", body)
    )


def _without_unused(text: bytes, body: bytes) -> bytes:
    """The text with nothing defined that nobody uses, which Go forbids."""
    left, _, right = text.partition(b":=")
    names = [one.strip() for one in left.split(b",")]
    kept = [one if re.search(rb"\b" + re.escape(one) + rb"\b", right + body) else b"_" for one in names]
    if kept == names:
        return text
    indent = left[: len(left) - len(left.lstrip())]
    return indent + b", ".join(kept) + (b" :=" if any(one != b"_" for one in kept) else b" =") + right


def _body(entry: Entry, content: bytes) -> int | None:
    """Where the first line of the body begins; None where the body stands on the line of the head."""
    at, depth = entry.span.start, 0
    while at < entry.span.end:
        end = content.find(b"\n", at)
        if end < 0 or end >= entry.span.end:
            return None
        line = content[at:end].decode("utf-8", "replace").rstrip()
        depth += line.count("(") - line.count(")")
        front = _FRONT.match(line) is not None
        if not front and (_OPENS.search(line)) and (depth <= 0 or entry.kind == "route"):
            return end + 1
        at = end + 1
    return None


def _with_guard(content: bytes, lines: Span, sibling: Entry) -> bytes | None:
    """The lines of a control, with those that belong to it: what it says when it fails, and what frees it again."""
    end, text = lines.end, content[lines.start : lines.end]
    following = _lines(content, Span(end, end))
    after = content[following.start : following.end].decode("utf-8", "replace")
    if _ALONG.match(after):
        end = following.end
        if after.rstrip().endswith("{"):
            depth = 1
            while depth > 0 and end < sibling.span.end:
                line = _lines(content, Span(end, end))
                end = line.end
                depth += content[line.start : line.end].count(b"{") - content[line.start : line.end].count(b"}")
    elif re.search(rb"mutex_lock|mtx_lock|\.acquire\(|\.lock\(\)\s*;|\.Lock\(\)\s*$", text):
        return None
    first = text.split(b"\n")[0].strip()
    if first.startswith((b"return", b"with ")) or (
        b"\n" in text.rstrip() and not _GUARD.match(first.decode("utf-8", "replace"))
    ):
        return None
    return content[lines.start : end]
