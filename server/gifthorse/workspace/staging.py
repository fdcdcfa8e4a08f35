"""What the steps of an editing session are to the product: edits, spans, records; and what playing one came to.

Who wrote each byte goes along beside the text, never through the product.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gifthorse.model.record import Record, TextChange
from gifthorse.model.smallest import edit_by_lines
from gifthorse.model.text import Edit, Position, Span, Text
from gifthorse.provenance.formats.editing import PERSON, Hook, Range, Replacement, Run


class Effect(NamedTuple):
    """What a step was, in the words of the tables, and which documents it touched.

    `lost`: why Regions were not found again, by insertion. `told`: the insertions that somebody spoke of. `unwritten`:
    the documents that had changed since their places were last written down.
    """

    kind: str
    documents: tuple[str, ...] = ()
    told: Mapping[str, str] = {}
    lost: Mapping[str, str] = {}
    unwritten: frozenset[str] = frozenset()


def record_of(step: Hook, time: float) -> Record:
    """The Record that an agent's hook would have left at that time."""
    edits = tuple(TextChange(edit.old, edit.new, edit.start) for edit in step.edits)
    return Record(
        source="hook",
        tool=step.source,
        path=step.document,
        time=time,
        edits=edits,
        before=step.before,
        after=step.after,
        whole=step.whole,
        created=step.created,
    )


def written(text: str, by: Sequence[Run]) -> list[str]:
    """The writer of every byte of a text's UTF-8; a person's where nothing is said."""
    if not by:
        return [PERSON] * len(text.encode())
    result: list[str] = []
    at = 0
    for count, writer in by:
        result.extend([writer] * len(text[at : at + count].encode()))
        at += count
    return result


def replaced_by(text: Text, change: Replacement) -> Edit:
    """A change of the protocol, as it is. ValueError for a place outside of the text."""
    span = Span(0, len(text)) if change.range is None else span_of(text, change.range)
    return Edit(span, change.text.encode())


def edit_of(text: Text, change: Replacement) -> Edit | None:
    """The product's Edit for a change of the protocol, as a server makes it; None where it changes nothing. ValueError
    for a place outside of the text.
    """
    span, new = replaced_by(text, change)
    smallest = edit_by_lines(text.slice(span), new)
    return None if smallest is None else Edit(smallest.span.shifted(span.start), smallest.new)


def span_of(text: Text, where: Range) -> Span:
    """The bytes of a range. ValueError for a line that the text does not have."""
    if not 0 <= where.start.line <= where.end.line < text.line_count:
        raise ValueError(f"lines {where.start.line} to {where.end.line} of a text of {text.line_count} lines")
    start = text.offset(Position(where.start.line, where.start.character), "utf-16")
    return Span(start, text.offset(Position(where.end.line, where.end.character), "utf-16"))
