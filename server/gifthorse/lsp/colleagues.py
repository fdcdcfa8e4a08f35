"""Other servers on the same folder: what they write down about a document that is open here, too, counts here.

Two editors may have one file open, each with a server of its own. Nobody tells us, so the journals are looked at from
time to time; what a text's Regions are is told by the journal, as when the document is opened.
"""

from gifthorse.lsp.document import Document
from gifthorse.lsp.pump import Pump
from gifthorse.lsp.session import Session
from gifthorse.workspace.root import Workspace

INTERVAL = 1.0
"""Seconds between two looks."""


class Colleagues:
    """What other servers say of one session's documents."""

    def __init__(self, pump: Pump, session: Session) -> None:
        self._pump = pump
        self._session = session
        self._heard: dict[Workspace, int] = {}

    def start(self) -> None:
        """Look from now on."""
        self.look()
        self._pump.after(INTERVAL, "colleagues", self.start)

    def look(self) -> None:
        """Take what is new."""
        by_root: dict[Workspace, list[Document]] = {}
        for document in self._session.documents.values():
            if document.path is not None:
                by_root.setdefault(self._session.roots.of(document.path), []).append(document)
        for workspace, documents in by_root.items():
            if self._has_news(workspace):
                for document in documents:
                    self._take(document)

    def _has_news(self, workspace: Workspace) -> bool:
        try:
            heard = workspace.journal.heard()
        except OSError:
            return False  # that the record cannot be read was said when the document was opened
        known, self._heard[workspace] = self._heard.get(workspace), heard
        return heard != known

    def _take(self, document: Document) -> None:
        holdings = self._session.records.heard(document)
        if holdings is not document.holdings:
            self._session.hold(document, holdings)
