"""Holdings: all Regions of one version of one document, as a value, and the changes that people order.

What an edit of the text does to them is follow.py's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from gifthorse.model.insertion import Insertion
from gifthorse.model.region import Region
from gifthorse.model.review import Standing
from gifthorse.model.text import Span, Text
from gifthorse.provenance import marks as marking
from gifthorse.provenance.marks import Marks, Owned
from gifthorse.provenance.memory import Memory
from gifthorse.provenance.substance import content_digest, is_white, substance_of

FEW = 8
"""Regions that are quicker built one by one than all at once."""


@dataclass(frozen=True, slots=True)
class Record:
    """What Holdings know of one Region beside its spans.

    `substance` counts the non-white bytes of its present spans. `reviewed` is the content digest that the
    last approval or dispute was given for, `verdict` what it said; both are empty before the first.
    """

    insertion: Insertion
    substance: int
    standing: Standing = Standing.UNREVIEWED
    verdict: Standing = Standing.UNREVIEWED
    reviewed: str = ""


@dataclass(frozen=True)
class Holdings:
    """All Regions of one document version, cheap to carry to the next one. Never changed in place."""

    marks: Marks = field(default_factory=lambda: marking.of(()))
    records: Mapping[str, Record] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)

    def regions(self) -> tuple[Region, ...]:
        """The Regions, ascending by their first byte. Made once for each Holdings."""
        return self._regions

    def region(self, region_id: str) -> Region | None:
        """The Region of that id, if it still has text here."""
        if region_id not in self.records or not self._alive(region_id):
            return None
        return _region(self.records[region_id], self.marks.spans_of(region_id))

    def standings(self) -> list[Standing]:
        """The standing of each Region, in no order: cheap, where nothing else of the Regions is wanted."""
        return [record.standing for record in self.records.values() if record.substance > 0]

    def pieces(self, span: Span) -> tuple[Owned, ...]:
        """The parts of `span` that belong to Regions, ascending; costs a bisection and what it finds."""
        return tuple(piece for piece in self.marks.within(span) if self._alive(piece.owner))

    def overlapping(self, span: Span) -> tuple[Region, ...]:
        """The Regions that own at least one byte of `span`, ascending by their first byte in it."""
        names = dict.fromkeys(piece.owner for piece in self.marks.within(span))
        if len(names) < FEW:
            return tuple(region for region in map(self.region, names) if region)
        known = {region.id: region for region in self._regions}
        return tuple(known[name] for name in names if name in known)

    @cached_property
    def _regions(self) -> tuple[Region, ...]:
        spans: dict[str, list[Span]] = {}
        bounds = self.marks.bounds
        for start, end, owner in zip(bounds[::2], bounds[1::2], self.marks.owners, strict=True):
            spans.setdefault(owner, []).append(Span(start, end))
        return tuple(_region(self.records[owner], found) for owner, found in spans.items() if self._alive(owner))

    def _alive(self, owner: str) -> bool:
        """A Region of which only white space is left is gone (an undo may bring it back)."""
        return self.records[owner].substance > 0


def empty() -> Holdings:
    """The Holdings of a document without Regions."""
    return Holdings()


def add(holdings: Holdings, text: Text, insertion: Insertion, spans: Sequence[Span]) -> Holdings:
    """A new Region of `insertion` on `spans` (of `text`); what other Regions held there is its own now.

    White space alone is nobody's: without any substance in `spans` the Holdings stay as they are.
    Spans may come in any order, touch, overlap or be empty. Adding a Region that exists extends it.
    """
    spans = tidy(spans)
    if not substance_of(text, spans):
        return holdings
    marks = holdings.marks.covered(spans, insertion.id)
    known = holdings.records.get(insertion.id)
    record = replace(known, insertion=insertion) if known else Record(insertion, 0)
    touched = {piece.owner for span in spans for piece in holdings.marks.within(span)} | {insertion.id}
    records = {**holdings.records, insertion.id: record}
    return recounted(Holdings(marks, records, _unswapped(holdings)), text, touched)


def _unswapped(holdings: Holdings) -> Memory:
    """The memory without replacements, whose owners of before would undo what was just said."""
    return replace(holdings.memory, swaps=())


def tidy(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same bytes as ascending, disjoint, non-empty spans that do not touch."""
    result: list[Span] = []
    for span in sorted(span for span in spans if span.start < span.end):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


def remove(holdings: Holdings, region_id: str) -> Holdings:
    """The Holdings without that Region, for good: an undo of earlier edits does not bring it back.

    The text itself stays as it is; to take it out, see reject.py and let the edits be carried. A Region whose
    text went away by an edit is no longer here, and may come back if that edit is undone.
    """
    if holdings.region(region_id) is None:
        return holdings
    records = {name: record for name, record in holdings.records.items() if name != region_id}
    memory = holdings.memory.without(region_id)
    return Holdings(holdings.marks.without(region_id), records, memory)


def mark_human(holdings: Holdings, text: Text, span: Span) -> Holdings:
    """The bytes of `span` are no Region's any more, because a person said so."""
    touched = {piece.owner for piece in holdings.marks.within(span)}
    marks = holdings.marks.splice(span, span.end - span.start)
    return recounted(replace(holdings, marks=marks, memory=_unswapped(holdings)), text, touched)


def set_standing(holdings: Holdings, text: Text, region_id: str, standing: Standing) -> Holdings:
    """The Region stands so from now on; a Verdict binds to the content it has in `text` (see `digest_of`).

    An unknown region leaves the Holdings as they are.
    """
    record = holdings.records.get(region_id)
    if record is None:
        return holdings
    binding = standing in (Standing.APPROVED, Standing.DISPUTED)
    reviewed = digest_of(holdings, text, region_id) if binding else record.reviewed
    verdict = standing if binding else record.verdict
    return with_record(holdings, region_id, replace(record, standing=standing, verdict=verdict, reviewed=reviewed))


def digest_of(holdings: Holdings, text: Text, region_id: str) -> str:
    """The content digest that a Verdict on this Region binds to now (`Verdict.content`)."""
    return content_digest(text, holdings.marks.spans_of(region_id))


def with_record(holdings: Holdings, region_id: str, record: Record) -> Holdings:
    """The Holdings with that record in place of the old one."""
    return replace(holdings, records={**holdings.records, region_id: record})


def recounted(holdings: Holdings, text: Text, owners: set[str]) -> Holdings:
    """`owners` counted and judged afresh, from their whole text. For rare changes, not for keystrokes."""
    records = dict(holdings.records)
    for owner in owners:
        record = replace(records[owner], substance=substance_of(text, holdings.marks.spans_of(owner)))
        records[owner] = judged(record, holdings, text, owner)
    return replace(holdings, records=records)


def judged(record: Record, holdings: Holdings, text: Text, owner: str) -> Record:
    """The record with the standing that its Verdict gives its present content: as it was said, or reopened."""
    if not record.reviewed or record.verdict is not Standing.APPROVED:
        return record
    same = content_digest(text, holdings.marks.spans_of(owner)) == record.reviewed
    standing = Standing.APPROVED if same else Standing.REOPENED
    return record if standing is record.standing else replace(record, standing=standing)


def merged_for_display(region: Region, text: Text) -> tuple[Span, ...]:
    """The Region's spans as a person wants to see them: one where only white space stands between."""
    result = list(region.spans[:1])
    for before, after in pairwise(region.spans):
        if is_white(text.slice(Span(before.end, after.start))):
            result[-1] = Span(result[-1].start, after.end)
        else:
            result.append(after)
    return tuple(result)


def _region(record: Record, spans: list[Span]) -> Region:
    return Region(record.insertion, tuple(spans), record.substance, record.standing)
