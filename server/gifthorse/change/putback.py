"""Putting back: the edit that makes a control stand again where it stood, without taking back what else was changed."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from gifthorse.change.compare import Change
from gifthorse.change.hunks import Hunk
from gifthorse.change.traits import Trait
from gifthorse.model.text import Edit, Span

NEAR = 0.6
"""From which likeness on (0 to 1) two lines are the same one, edited."""


def put_back(traits: Sequence[Trait], hunk: Hunk, change: Change) -> tuple[Edit, ...]:
    """The edits that put all of these controls back, which stood in one hunk."""
    all_of_it = Edit(hunk.new, change.before.content[hunk.old.start : hunk.old.end])
    lines = [whole_lines(change.before.content, trait.span) for trait in traits]
    apart = [
        trait
        for trait, own in zip(traits, lines, strict=True)
        if not any(other != own and other.contains(own) for other in lines)
    ]
    edits = list(dict.fromkeys(_put_back(trait, hunk, change) for trait in apart))
    if all_of_it in edits:
        return (all_of_it,)
    places = dict.fromkeys(edit.span for edit in edits)
    return tuple(Edit(place, b"".join(edit.new for edit in edits if edit.span == place)) for place in places)


def _put_back(trait: Trait, hunk: Hunk, change: Change) -> Edit:
    """The control's own lines where they stood; the line as it was where the control was part of one; otherwise all that
    the change took away there.
    """
    content = change.before.content
    lines = whole_lines(content, trait.span)
    own = not content[lines.start : trait.span.start].strip() and not content[trait.span.end : lines.end].strip(
        b" \t\r\n,;)]"
    )
    if own and hunk.old.contains(lines) and not _still_there(lines, hunk, change):
        return _inserted(lines, hunk, change)
    line = _line_alike(lines, hunk, change)
    return (
        Edit(line, content[lines.start : lines.end]) if line else Edit(hunk.new, content[hunk.old.start : hunk.old.end])
    )


def whole_lines(content: bytes, span: Span) -> Span:
    """The lines that a span has part of."""
    end = content.find(b"\n", max(span.end - 1, span.start))
    return Span(content.rfind(b"\n", 0, span.start) + 1, len(content) if end < 0 else end + 1)


def _split(content: bytes, span: Span) -> list[tuple[Span, bytes]]:
    """The lines of a span, each with its words alone."""
    found: list[tuple[Span, bytes]] = []
    at = span.start
    for line in content[span.start : span.end].splitlines(keepends=True):
        found.append((Span(at, at + len(line)), line.strip()))
        at += len(line)
    return found


def _still_there(lines: Span, hunk: Hunk, change: Change) -> bool:
    """Whether some of the control's lines are in the new text, so that they would stand there twice."""
    here = {words for _, words in _split(change.after.content, hunk.new) if len(words) > 3}
    return any(words in here for _, words in _split(change.before.content, lines))


def _inserted(lines: Span, hunk: Hunk, change: Change) -> Edit:
    old, new = change.before.content, change.after.content
    above = [one for one in _split(old, Span(hunk.old.start, lines.start)) if one[1]]
    below = [one for one in _split(old, Span(lines.end, hunk.old.end)) if one[1]]
    there = [one for one in _split(new, hunk.new) if one[1]]
    at, other, own = hunk.new.start, b"", b""
    if not there:
        at = hunk.new.start if not above else hunk.new.end
    elif above and (found := _most_alike(above[-1][1], there)):
        at, other, own = found.end, new[found.start : found.end], old[above[-1][0].start : above[-1][0].end]
    elif below and (found := _most_alike(below[0][1], there)):
        at, other, own = found.start, new[found.start : found.end], old[below[0][0].start : below[0][0].end]
    return Edit(Span(at, at), _closed(_indented(old[lines.start : lines.end], _indent(own), _indent(other)), at, new))


def _closed(text: bytes, at: int, content: bytes) -> bytes:
    """The lines with the ends that they need at a place: the last line of a text may have none."""
    end = b"\r\n" if b"\r\n" in content else b"\n"
    text = text if at == len(content) or text.endswith(b"\n") else text + end
    return text if not at or content[at - 1 : at] == b"\n" else end + text


def _most_alike(words: bytes, lines: list[tuple[Span, bytes]]) -> Span | None:
    ratios = [(SequenceMatcher(None, words, other, autojunk=False).ratio(), span) for span, other in lines]
    best = max(ratios, key=lambda one: one[0], default=None)
    return best[1] if best and best[0] >= NEAR else None


def _indent(line: bytes) -> bytes:
    return line[: len(line) - len(line.lstrip(b" \t"))]


def _indented(text: bytes, before: bytes, now: bytes) -> bytes:
    """The text with another indentation, where what stands beside it got another one."""
    if before == now:
        return text
    lines = text.splitlines(keepends=True)
    return b"".join(now + line.removeprefix(before) if line.strip() else line for line in lines)


def _line_alike(lines: Span, hunk: Hunk, change: Change) -> Span | None:
    """The one new line that is the control's old one without the control."""
    old = change.before.content[lines.start : lines.end]
    if not hunk.old.contains(lines) or old.count(b"\n") > 1:
        return None
    there = [one for one in _split(change.after.content, hunk.new) if one[1]]
    found = _most_alike(old.strip(), there)
    if found is None or _indent(old) != _indent(change.after.content[found.start : found.end]):
        return None
    return found
