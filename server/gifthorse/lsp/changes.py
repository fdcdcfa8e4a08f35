"""What all of an assistant's text in a document changed: it is held against the text without it, soon after an edit.

What was replaced is read from the journal once for each insertion. A keystroke only begins a timer.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from gifthorse.change.counterfactual import first_replaced, without_regions
from gifthorse.change.holes import Hole, Holes, holes_of
from gifthorse.change.manifest import reader_of
from gifthorse.lsp.declarations import Declarations
from gifthorse.lsp.document import Document
from gifthorse.lsp.pump import Pump
from gifthorse.lsp.session import Session
from gifthorse.model.event import Inserted
from gifthorse.model.terms import NO_TERMS, Terms
from gifthorse.store.folders import file_of
from gifthorse.workspace.policies import allowed
from gifthorse.workspace.root import Workspace

SOON = 0.15
"""Seconds without another change of a document after which it is held against the text without an assistant's."""
MOST_INSERTIONS = 400
"""The latest insertions of a file whose texts are read; of earlier ones what they replaced is not known."""
MOST_KNOWN = 4_000
LONGEST = 1_000_000


class Changes:
    """The comparisons of one session."""

    def __init__(self, pump: Pump, session: Session) -> None:
        self._pump = pump
        self._session = session
        self._texts: OrderedDict[str, bytes] = OrderedDict()
        self._first: dict[str, dict[str, bytes]] = {}
        self._holes: dict[str, Holes] = {}
        self._compared: set[str] = set()
        self._declarations = Declarations(pump)
        session.announcer.on_regions = self._later

    def _later(self, uri: str) -> None:
        """A document's Regions, or its text around them, are not what they were."""
        self._pump.after(SOON, ("changes", uri), partial(self._compare, uri))

    def _compare(self, uri: str) -> None:
        session, document = self._session, self._session.documents.get(uri)
        if document is None:
            self._compared.discard(uri)
            self._first.pop(uri, None)
            self._holes.pop(uri, None)
        elif document.holdings.records and len(document.text) <= LONGEST:
            self._compared.add(uri)
            known, terms = self._around(uri, document)
            if not known:
                return  # it is compared when the manifests were read
            terms = replace(terms, allowed=self._allowed(document))
            content = bytes(document.text)
            before = without_regions(content, document.holdings, self._replaced(document), self._gone(uri, document))
            session.sheets.against(uri, document.serial, before, terms)
        elif uri in self._compared:
            self._compared.discard(uri)
            session.sheets.against(uri, document.serial, None)

    def _allowed(self, document: Document) -> tuple[str, ...]:
        """The capabilities that the configuration allows a document."""
        if document.path is None:
            return ()
        workspace = self._session.roots.of(document.path)
        name = workspace.name_of(Path(document.path))
        return allowed(workspace.config.grants, file_of(name)) if name is not None else ()

    def _around(self, uri: str, document: Document) -> tuple[bool, Terms]:
        """Whether it is known what stands around a document, and what. What is no file has nothing around it."""
        if document.path is None:
            return True, NO_TERMS
        workspace = self._session.roots.of(document.path)
        return self._declarations.of(document.path, workspace, self._manifests(workspace), partial(self._later, uri))

    def _manifests(self, workspace: Workspace) -> dict[str, bytes]:
        """The manifests of a root that are open: what an editor has counts, not what is on disk."""
        opened = (one for one in self._session.documents.values() if one.path and reader_of(Path(one.path).name))
        named = ((workspace.name_of(Path(one.path or "")), one) for one in opened)
        return {name: bytes(one.text) for name, one in named if name is not None}

    def touched(self, paths: Iterable[str | None]) -> None:
        """Files were edited, came or went: where a manifest is among them, what is declared may be something else."""
        if self._compared and any(path and reader_of(Path(path).name) for path in paths):
            self._pump.after(SOON, ("changes", "manifests"), self._redeclare)

    def _redeclare(self) -> None:
        """Look at the manifests again; documents for which they say something else now are compared again."""
        self._declarations.outdated()
        for uri in self._compared:
            document = self._session.documents.get(uri)
            if document is not None:
                self._around(uri, document)

    def _replaced(self, document: Document) -> dict[str, bytes]:
        """What each insertion of the document took the place of, as far as the journal has it."""
        if document.path is None:
            known = {region.id: self._session.records.replaced(None, region.insertion) for region in document.regions}
            return {name: text for name, text in known.items() if text is not None}
        workspace = self._session.roots.of(document.path)
        name = workspace.name_of(Path(document.path))
        if name is None:
            return {}
        try:
            events = workspace.journal.events(name)
        except OSError:
            return {}  # that the record cannot be read was said when the document was opened
        insertions = [event.insertion for event in events if isinstance(event, Inserted)][-MOST_INSERTIONS:]
        inserted = {one.id: self._text(workspace, one.text) for one in insertions}
        replaced = {one.id: self._text(workspace, one.replaced or "") for one in insertions}
        earlier = self._first.get(document.uri, {})
        self._first[document.uri] = first_replaced(insertions, inserted, replaced, earlier)
        return self._first[document.uri]

    def _gone(self, uri: str, document: Document) -> tuple[Hole, ...]:
        """What went along with an insertion and no Region tells, as far as it was seen to go."""
        known = self._holes.get(uri, Holes())
        self._holes[uri] = holes_of(known, document.history, document.holdings, document.version)
        return self._holes[uri].ascending()

    def _text(self, workspace: Workspace, digest: str) -> bytes:
        """A text by its digest; nothing where it is not kept."""
        if not digest:
            return b""
        if digest not in self._texts:
            try:
                self._texts[digest] = workspace.journal.get_blob(digest) or b""
            except (OSError, ValueError):
                self._texts[digest] = b""
            while len(self._texts) > MOST_KNOWN:
                self._texts.popitem(last=False)
        return self._texts[digest]
