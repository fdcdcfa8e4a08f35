"""Shape: whether an edit looks like an accepted suggestion, where no client tells. A guess, off unless somebody wants it.

It looks at how the text arrived and never at what it says: a person typed up to that place, and at once several lines
more stood there that had stood nowhere before. A paste may look the same, so this is the weakest evidence that there
is; docs/provenance.md has how often it is right.
"""

from collections.abc import Iterable

from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.align import one_character
from gifthorse.provenance.fresh import fresh
from gifthorse.provenance.history import Change, History
from gifthorse.provenance.substance import is_white, pith, substance

TYPED = 3
"""Keystrokes in a row that must have led to the place."""
LEAST = 24
"""Bytes without white space that a suggestion of several lines must bring."""


def suggested(history: History, elsewhere: Iterable[Text] = ()) -> tuple[Span, ...]:
    """The spans of the newest text that the last change brought, if it has the shape of an accepted suggestion; else nothing.

    It has where one edit, right behind what was typed in the keystrokes before it, goes on with that line and brings
    more lines, does not end its last one, and brings nothing that the document or the texts `elsewhere` had before.
    """
    if not history.changes or len(history.changes[-1].edits) != 1:
        return ()
    change = history.changes[-1]
    span, new = change.edits[0]
    old = change.before.slice(span)
    if not _is_long(new) or old.strip() or not _was_typed(history.changes[:-1], span.start, change.before):
        return ()
    if _is_known(pith(new), [*(one.before for one in history.changes), *elsewhere]):
        return ()
    return tuple(part.shifted(span.start) for part in fresh(old, new))


def _is_long(new: bytes) -> bool:
    """More than one line, of which the last is not ended: what is taken from elsewhere mostly is whole lines."""
    return b"\n" in new.strip() and new[-1:] not in {b"\n", b"\r"} and substance(new) >= LEAST


def _was_typed(changes: tuple[Change, ...], at: int, before: Text) -> bool:
    """Whether the last keystrokes wrote the text right before `at`, and that in a line which has begun."""
    line = before.line_span(before.line_at(at)).start
    if is_white(before.slice(Span(line, at))):
        return False
    for change in reversed(changes[-TYPED:]):
        if len(change.edits) != 1 or not _is_key(change.edits[0], at):
            return False
        at = change.edits[0].span.start
    return len(changes) >= TYPED


def _is_key(edit: Edit, at: int) -> bool:
    (start, end), new = edit
    return start == end and bool(new) and one_character(new) and start + len(new) == at


def _is_known(content: bytes, texts: Iterable[Text]) -> bool:
    """Whether that text, whatever its white space, stood in one of these: an undo, a redo, a move or a copy."""
    seen: set[int] = set()
    for text in texts:
        if id(text) not in seen and content in pith(bytes(text)):
            return True
        seen.add(id(text))
    return False
