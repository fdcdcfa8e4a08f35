"""Text that goes from one document to another, or is copied: what left a document lately, and what came in from where.

It joins the open documents; what is a move and what a copy is provenance's (moves.py, copies.py).
"""

import uuid
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gifthorse.lsp.clock import now
from gifthorse.lsp.document import Document
from gifthorse.lsp.records import Records
from gifthorse.lsp.rpc import RequestError
from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.align import COPIED
from gifthorse.provenance.claims import replaced_by
from gifthorse.provenance.copies import LONGEST, Copy, Known, Made, arrived, copied, copies
from gifthorse.provenance.doubt import is_settled, lost, settled
from gifthorse.provenance.follow import Deleted, Holdings, add, deleted
from gifthorse.provenance.recognise import Arrival

MOST_OFFERS = 32
MOST_OTHERS = 64
"""Open documents in which a copied text is looked for."""


class Transfers:
    """What one session's documents gave away, and what they took."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._offers: deque[tuple[str, Deleted]] = deque(maxlen=MOST_OFFERS)
        self._lost: deque[Known] = deque(maxlen=MOST_OFFERS)

    @property
    def gone(self) -> tuple[Known, ...]:
        """What documents lost lately and was not all an assistant's; the latest last."""
        return tuple(self._lost)

    def offers(self, uri: str, edits: Sequence[Edit]) -> tuple[Deleted, ...]:
        """What other documents lost and this one may have got by `edits`; the latest first."""
        if not self._offers or all(len(new) < COPIED for _, new in edits):
            return ()
        return tuple(offer for name, offer in reversed(self._offers) if name != uri)

    def changed(self, before: Document, edits: Sequence[Edit], after: Document, others: Iterable[Document]) -> Document:
        """The document `after` the edits, with Regions for what was copied. What came here for good is written down."""
        if before.holdings.records and any(span.end - span.start >= COPIED for span, _ in edits):
            given = (one for one in deleted(after.holdings) if len(one.piece.text) <= LONGEST)
            self._offers.extend((after.uri, one) for one in given)
        self._lost.extend(lost(Known(before.text, before.holdings), edits))
        spans = _new(arrived(before.text, edits), after.holdings)
        if not spans and is_settled(after.holdings):
            return self._records.seen_before(after, edits, self._lost)
        known = [Known(one.text, one.holdings) for one in others if one.uri != after.uri][-MOST_OTHERS:]
        known += self._lost
        after = replace(after, holdings=settled(Known(after.text, after.holdings), known))
        after = self._records.seen_before(after, edits, known)
        if not spans:
            return after
        self._take(before.holdings, after)
        return self._with_copies(after, copies(Known(after.text, after.holdings), spans, known))

    def _take(self, before: Holdings, document: Document) -> None:
        """What a document took of the offers is gone, and its Regions are this document's."""
        came = {
            name for name in document.holdings.records.keys() - before.records.keys() if document.holdings.region(name)
        }
        if came:
            self._offers = deque((one for one in self._offers if came.isdisjoint(one[1].records)), MOST_OFFERS)
            self._records.moved_in(document, [document.holdings.records[name].insertion for name in sorted(came)])

    def _with_copies(self, document: Document, found: Iterable[Copy]) -> Document:
        for arrival in self._arrivals(document, found):
            holding = replace(document, holdings=arrival.holdings)
            try:
                self._records.inserted(holding, arrival)
            except RequestError:
                return document  # what is not on disk is not shown; the status says why
            document = holding
        return document

    def _arrivals(self, document: Document, found: Iterable[Copy]) -> Iterator[Arrival]:
        holdings, text = document.holdings, document.text
        for source, spans in found:
            replaced = replaced_by(document.history, document.version, spans)
            insertion = copied(source, text, spans, Made(uuid.uuid4().hex, now(), replaced))
            holdings = add(holdings, text, insertion, spans)
            yield Arrival(holdings, insertion, _joined(text, spans), replaced, extended=False, why="a copy")


def _new(spans: Sequence[Span], holdings: Holdings) -> tuple[Span, ...]:
    """What of the spans is new to the document, as far as it knows."""
    if not holdings.records:
        return tuple(spans)
    news = holdings.memory.news
    return tuple(
        Span(max(one.start, new.start), min(one.end, new.end)) for one in spans for new in news if one.overlaps(new)
    )


def _joined(text: Text, spans: Sequence[Span]) -> bytes:
    return b"".join(map(text.slice, spans))
