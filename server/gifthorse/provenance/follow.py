"""Carry Holdings from one version of a document to the next: the one way in which edits reach Regions.

A person's text splits a span, edges never grow, deletion shrinks. This module does not decide whether
an edit was an assistant's: that is recognise.py's, and comes afterwards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gifthorse.model.review import Standing
from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.holdings import (
    Holdings,
    Record,
    add,
    digest_of,
    empty,
    judged,
    mark_human,
    merged_for_display,
    remove,
    set_standing,
    with_record,
)
from gifthorse.provenance.lines import LineClass, LineOrigin, line_classes
from gifthorse.provenance.marks import Owned
from gifthorse.provenance.substance import substance

__all__ = [
    "Holdings",
    "LineClass",
    "LineOrigin",
    "add",
    "carry",
    "digest_of",
    "empty",
    "line_classes",
    "mark_human",
    "merged_for_display",
    "remove",
    "set_standing",
]


def carry(holdings: Holdings, before: Text, edits: Sequence[Edit], after: Text) -> Holdings:
    """The Holdings of `after`, which is `before` with `edits` applied one after the other.

    Each edit is over the text after the one before it. Costs about the size of the edits and a small
    constant for each span behind them.
    """
    if not holdings.records:
        return holdings
    text = before
    for number, edit in enumerate(edits, 1):
        changed = after if number == len(edits) else text.apply(edit)
        holdings = _carried(holdings, text, edit, changed)
        text = changed
    return holdings


def _carried(holdings: Holdings, before: Text, edit: Edit, after: Text) -> Holdings:
    span, new = edit
    lost = holdings.marks.within(span)
    records = _shrunk(holdings.records, before, lost)
    holdings = replace(holdings, marks=holdings.marks.splice(span, len(new)), records=records)
    touched = {piece.owner for piece in lost}
    around = holdings.marks.around(span.start)
    if around:
        touched.add(around)
    return _judged(holdings, after, touched, grown=span.start == span.end)


def _shrunk(records: Mapping[str, Record], before: Text, lost: Sequence[Owned]) -> Mapping[str, Record]:
    """The records without the substance of the `lost` ranges of `before`."""
    if not lost:
        return records
    shrunk = dict(records)
    for start, end, owner in lost:
        gone = substance(before.slice(Span(start, end)))
        shrunk[owner] = replace(shrunk[owner], substance=shrunk[owner].substance - gone)
    return shrunk


def _judged(holdings: Holdings, text: Text, touched: set[str], *, grown: bool) -> Holdings:
    """The standing of the `touched` Regions looked at again; an edit that only added text restores none."""
    for owner in touched:
        record = holdings.records[owner]
        if record.reviewed and not (grown and record.standing is Standing.REOPENED):
            judgement = judged(record, holdings, text, owner)
            if judgement is not record:
                holdings = with_record(holdings, owner, judgement)
    return holdings
