"""What clients report about inserted text -> Regions: judged, carried to the present version, written down, shown.

Reports may come late or early; both are put right here. Whether a signal is a claim is provenance/recognise.py's.
"""

import logging
import uuid
from collections import deque
from dataclasses import replace

from gifthorse.lsp import protocol
from gifthorse.lsp.clock import now
from gifthorse.lsp.convert import span_of
from gifthorse.lsp.document import Document
from gifthorse.lsp.rpc import RequestError
from gifthorse.lsp.session import Session
from gifthorse.model.insertion import Evidence, Origin
from gifthorse.model.text import Span
from gifthorse.provenance.recognise import MARKED, Arrival, Signal, receive
from gifthorse.provenance.shape import suggested

log = logging.getLogger(__name__)

MOST_EARLY = 64
"""Reports of one document that are kept until their version arrives."""


class Insertions:
    """The reports of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._early: dict[str, deque[protocol.DidInsertParams]] = {}

    def reported(self, params: protocol.DidInsertParams) -> None:
        """A client says that text has arrived."""
        document = self._session.find(params.text_document.uri)
        if document is None:
            log.warning("an insertion into a document that is not open was dropped")
        elif params.text_document.version > document.version:
            self._early.setdefault(document.uri, deque(maxlen=MOST_EARLY)).append(params)
        else:
            self._receive(document, params)

    def arrived(self, document: Document) -> None:
        """A new version is there: perhaps something was reported about it already, or its shape says something."""
        early = self._early.pop(document.uri, ())
        if not early and self._session.roots.of(document.path).config.infer:
            self._infer(document)
        for params in early:
            self.reported(params)

    def _infer(self, document: Document) -> None:
        """Take the last change for an assistant's if it has the shape, as the person's settings allow."""
        others = (one.text for one in self._session.documents.values() if one.uri != document.uri)
        spans = suggested(document.history, others)
        if spans:
            self._take(document, _signal(document.version, spans, Origin("unknown", "bulk"), Evidence.INFERRED))

    def forget(self, uri: str) -> None:
        """The document is closed."""
        if self._early.pop(uri, None):
            log.warning("insertions of a version that never arrived were dropped")

    def marked(self, document: Document, span: Span, tool: str, model: str | None) -> str:
        """A person says that an assistant wrote this. Returns the new Region's id."""
        origin = Origin(tool, MARKED, model)
        arrival = self._take(document, _signal(document.version, (span,), origin, Evidence.REPORTED))
        if arrival.insertion is None:
            raise RequestError(f"no Region was made: {arrival.why}")
        return arrival.insertion.id

    def _receive(self, document: Document, params: protocol.DidInsertParams) -> None:
        version, said = params.text_document.version, params.origin
        then = document.history.text_at(version, document.text)
        if then is None:
            log.warning("an insertion of a version that is not remembered any more was dropped")
            return
        spans = tuple(span_of(range_, then, self._session.client.encoding) for range_ in params.ranges)
        kind = said.kind if said.kind != MARKED else "unknown"  # only a person marks, by a command of its own
        origin = Origin(said.tool or "unknown", kind, said.model, said.session)
        arrival = self._take(document, _signal(version, spans, origin, params.evidence))
        if arrival.insertion is None:
            log.info("a reported insertion made no Region")

    def _take(self, document: Document, signal: Signal) -> Arrival:
        """Judge the signal; what it makes is written down first and shown then."""
        infer = self._session.roots.of(document.path).config.infer
        arrival = receive(document.holdings, document.history, document.text, signal, infer=infer)
        if arrival.insertion is not None:
            holding = replace(document, holdings=arrival.holdings)
            self._session.records.inserted(holding, arrival)
            self._session.hold(document, arrival.holdings)
        elif arrival.holdings is not document.holdings:  # what was inferred is known to be something else
            self._session.records.anchor(self._session.hold(document, arrival.holdings))
        return arrival


def _signal(version: int, spans: tuple[Span, ...], origin: Origin, evidence: str) -> Signal:
    return Signal(uuid.uuid4().hex, now(), version, spans, origin, evidence)
