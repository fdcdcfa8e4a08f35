"""What clients report about inserted text -> Regions: judged, carried to the present version, written down, shown.

Reports may come late or early; both are put right here. Whether a signal is a claim is provenance/recognise.py's.
"""

import logging
from collections import deque

from gifthorse.lsp import protocol
from gifthorse.lsp.document import Document
from gifthorse.lsp.session import Session

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
            self._take(document, params)

    def arrived(self, document: Document) -> None:
        """A new version is there: perhaps something was reported about it already."""
        waiting = self._early.pop(document.uri, None)
        for params in waiting or ():
            self.reported(params)

    def forget(self, uri: str) -> None:
        """The document is closed."""
        if self._early.pop(uri, None):
            log.warning("insertions of a version that never arrived were dropped")
