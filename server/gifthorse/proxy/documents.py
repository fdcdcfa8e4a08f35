"""The documents of an editor as its messages tell them, and each change of one as a Step that places can be carried over.

Pure. Texts are bytes here; the client's positions end at this door.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from gifthorse.model.smallest import smallest_edit
from gifthorse.model.text import Edit, Encoding, Position, Span, Text
from gifthorse.model.uri import path_of

MOST_STEPS = 128
"""Changes of one document over which a place can be carried."""


class StrangeMessageError(Exception):
    """A message is not what the protocol says. Nobody is told: it was passed on as it was."""


class Step(NamedTuple):
    """One change. `edit` is the smallest one over `before`.

    It came at `time`, the change before it at `since` (seconds). `whole`: the client sent the whole text, so that many
    edits may be in it.
    """

    number: int
    before: Text
    edit: Edit
    after: Text
    since: float
    time: float
    whole: bool


@dataclass(frozen=True, slots=True)
class Document:
    """An open document: `path` is None where it is no file, `number` counts its changes, `time` is the last one's."""

    uri: str
    path: str | None
    text: Text
    time: float
    number: int = 0
    steps: tuple[Step, ...] = ()


def opened(item: Mapping[str, Any], now: float) -> Document | None:
    """The document of a didOpen; None where it does not say what is in it."""
    uri, text = item.get("uri"), item.get("text")
    if not isinstance(uri, str) or not isinstance(text, str):
        return None
    return Document(uri, path_of(uri), Text.of(text), now)


def changed(document: Document, changes: Any, encoding: Encoding, now: float) -> Iterator[tuple[Document, Step]]:
    """The document after each of the changes of a didChange that changed anything, and the change.

    Raises StrangeMessageError for what is no list of changes.
    """
    if not isinstance(changes, list):
        raise StrangeMessageError("contentChanges is no list")
    since = document.time
    for change in changes:
        edit = _edit(document.text, change, encoding)
        if edit is not None:
            step = Step(
                document.number + 1,
                document.text,
                edit,
                document.text.apply(edit),
                since,
                now,
                "range" not in change,
            )
            steps = (*document.steps, step)[-MOST_STEPS:]
            document = replace(document, text=step.after, number=step.number, steps=steps, time=now)
            yield document, step


def carried(span: Span, step: Step) -> Span | None:
    """Where a place is after a Step; None where it was cut into. What came in at its edges belongs to it."""
    first, last = step.edit.span
    delta = len(step.edit.new) - (last - first)
    start, end = span
    if start <= first and start <= end + delta and (last <= end or _may_slide(span, step, delta)):
        return Span(start, end + delta)
    if last <= start:
        return span.shifted(delta)
    return span if first >= end else None


def span_of(range_: Any, text: Text, encoding: Encoding) -> Span:
    """The bytes of a range as JSON. Raises StrangeMessageError where it is none."""
    if not isinstance(range_, dict):
        raise StrangeMessageError("a range is no object")
    start, end = (text.offset(position_of(range_.get(end)), encoding) for end in ("start", "end"))
    return Span(min(start, end), max(start, end))


def position_of(position: Any) -> Position:
    """A position from JSON. Raises StrangeMessageError where it is none."""
    line, character = (position.get(name) if isinstance(position, dict) else None for name in ("line", "character"))
    if type(line) is not int or type(character) is not int:
        raise StrangeMessageError("a position is no line and character")
    return Position(line, character)


def whole(text: Text) -> bytes:
    """All its bytes, without a copy that stays with the text."""
    return text.slice(Span(0, len(text)))


def _edit(text: Text, change: Any, encoding: Encoding) -> Edit | None:
    if not isinstance(change, dict) or not isinstance(change.get("text"), str):
        raise StrangeMessageError("a change has no text")
    if "range" not in change:
        return smallest_edit(whole(text), bytes(Text.of(change["text"])))
    range_ = change["range"]
    if not isinstance(range_, dict):
        raise StrangeMessageError("a range is no object")
    start, end = position_of(range_.get("start")), position_of(range_.get("end"))
    edit = text.replacing(start, end, change["text"], encoding)
    found = smallest_edit(text.slice(edit.span), edit.new)
    return None if found is None else Edit(found.span.shifted(edit.span.start), found.new)


def _may_slide(span: Span, step: Step, delta: int) -> bool:
    """Whether what came in behind a place may as well have come in at its end: `a|a` after typing `a` is either."""
    (first, last), end = step.edit.span, span.end
    if first != last or first - end > len(step.edit.new):
        return False
    return step.before.slice(Span(end, last)) == step.after.slice(Span(end + delta, last + delta))
