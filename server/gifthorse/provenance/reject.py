"""Reject: the edits that take an Insertion out again and put back what it had replaced.

What a person wrote in between stays. Whether the replaced text is known is the caller's to find out:
where it is not, a rejection must not be offered.
"""

from collections.abc import Sequence
from typing import NamedTuple

from gifthorse.model.region import Region
from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.substance import is_white

BREAK = b"\r\n"
"""The bytes of line ends."""


def rejection(region: Region, text: Text, replaced: bytes) -> tuple[Edit, ...]:
    """Edits over `text`, disjoint and ascending: without the Region's spans, and `replaced` at the first one.

    White space between two spans goes with them, for it came to format them. If nothing else was written in
    between, that is all, and restores the old text exactly; otherwise no line of a person runs into the next one,
    and no line stays behind empty.
    """
    spans = _with_white_between(region.spans, text)
    if len(spans) == 1:
        return (Edit(spans[0], replaced),)
    edits: list[Edit] = []
    for span, following in zip(spans, [*spans[1:], Span(len(text), len(text))], strict=True):
        edits.append(_clean(_seen(text, edits, span, following), text, b"" if edits else replaced))
    return tuple(edits)


def _with_white_between(spans: Sequence[Span], text: Text) -> list[Span]:
    result = [spans[0]]
    for span in spans[1:]:
        if is_white(text.slice(Span(result[-1].end, span.start))):
            result[-1] = Span(result[-1].start, span.end)
        else:
            result.append(span)
    return result


class _Seen(NamedTuple):
    """One span and what is left around it: `before` and `behind` on its lines, up to the neighbouring spans."""

    span: Span
    before: bytes
    behind: bytes
    joins: bool
    """Whether the next span begins on the line on which this one ends."""


def _seen(text: Text, edits: Sequence[Edit], span: Span, following: Span) -> _Seen:
    head = text.line_span(text.line_at(span.start)).start
    if edits and edits[-1].span.end > head:
        head = edits[-1].span.end
        kept = edits[-1].new
    else:
        kept = b""
    before = kept + text.slice(Span(head, max(head, span.start)))
    tail = text.line_span(text.line_at(span.end)).end
    behind = text.slice(Span(span.end, min(tail, following.start)))
    return _Seen(Span(max(head, span.start), span.end), before, behind, following.start < tail)


def _clean(seen: _Seen, text: Text, new: bytes) -> Edit:
    """The edit for one span that leaves the lines around it in order."""
    removed = text.slice(seen.span)
    alone = is_white(_last_line(seen.before + new)) and is_white(seen.behind) and not seen.joins
    if new and _ends_line(new) and not seen.behind and not _ends_line(removed):
        return Edit(seen.span, new.rstrip(BREAK) if new.strip(BREAK) else new)
    if not alone and not is_white(_last_line(seen.before + new)) and not is_white(seen.behind):
        return Edit(seen.span, new + _first_break(removed))
    if alone and not new and not _ends_line(removed) and not is_white(removed):
        return Edit(_whole_line(text, seen), b"")
    return Edit(seen.span, new)


def _last_line(content: bytes) -> bytes:
    return content[max(content.rfind(b"\n"), content.rfind(b"\r")) + 1 :]


def _ends_line(content: bytes) -> bool:
    return content[-1:] in {b"\n", b"\r"}


def _first_break(content: bytes) -> bytes:
    """The first line end in `content`, or nothing."""
    at = min((place for place in (content.find(b"\n"), content.find(b"\r")) if place >= 0), default=len(content))
    return content[at : at + 2] if content[at : at + 2] == BREAK else content[at : at + 1]


def _whole_line(text: Text, seen: _Seen) -> Span:
    """The span with the white space around it on its line and that line's end."""
    line = text.line_at(seen.span.end)
    end = text.line_span(line + 1).start if line + 1 < text.line_count else len(text)
    return Span(seen.span.start - len(seen.before), end)
