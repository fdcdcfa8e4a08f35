"""The session: the open documents, their analysis, and who is told about it.

It swaps immutable Documents; text goes to the worker, its replies come back through `reply`, both on the loop's
thread. What a Region is and how it follows edits is provenance's; what a finding means to a person is judge's.
"""

import itertools
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from gifthorse.lsp.announce import Announcer
from gifthorse.lsp.around import Around
from gifthorse.lsp.client import Client
from gifthorse.lsp.convert import Change, apply_changes, path_of, range_of, same_file
from gifthorse.lsp.document import OUT_OF_STEP, Document, Edited, edited
from gifthorse.lsp.judging import judged
from gifthorse.lsp.owed import hints
from gifthorse.lsp.problems import Problems
from gifthorse.lsp.publish import diagnostics
from gifthorse.lsp.pump import Pump
from gifthorse.lsp.records import Records
from gifthorse.lsp.roots import Roots
from gifthorse.lsp.rpc import Connection
from gifthorse.lsp.rulefiles import RuleFiles
from gifthorse.lsp.sheets import Sheets
from gifthorse.lsp.transfers import Transfers
from gifthorse.lsp.waiting import Answer, Waiting
from gifthorse.model.region import Region
from gifthorse.model.rule import Catalogue, Language
from gifthorse.model.text import Span, Text
from gifthorse.provenance.follow import Holdings
from gifthorse.provenance.history import History
from gifthorse.worker.pool import Worker
from gifthorse.worker.state import Condition, Reply, WorkerState

log = logging.getLogger(__name__)
PATIENCE = 0.04
"""Seconds that a request waits for an analysis when it can be answered without one."""
IDLE = 1.0
"""Seconds without a change after which the places of a document's Regions are written down."""


class Session:
    """All open documents of one client."""

    def __init__(self, pump: Pump, worker: Worker, roots: Roots, announcer: Announcer) -> None:
        self.client = Client()
        self.documents: dict[str, Document] = {}
        self.roots = roots
        self.records = Records(roots, lambda trouble: pump.post(partial(announcer.degrade, "record", trouble)))
        self._transfers = Transfers(self.records)
        self.announcer = announcer
        self.connection: Connection
        self._pump = pump
        self.sheets = self._worker = Sheets(worker)
        self._waiting = Waiting(pump, self.documents.__getitem__)
        self._serials = itertools.count(1)
        self._elsewhere = self._told = 0
        self.rule_files = RuleFiles(roots)
        self._problems = Problems(announcer, self.rule_files)
        self.around = Around(roots, worker, self._text)
        self.on_held_elsewhere: Callable[[Document], None] = lambda _: None

    def connect(self, connection: Connection) -> None:
        """There is a client to talk to."""
        self.connection = connection
        self.announcer.connect(connection)

    def _text(self, uri: str) -> Text | None:
        document = self.documents.get(uri)
        return document.text if document is not None else None

    def start(self, client: Client) -> None:
        """The client has said who it is."""
        self.client = client
        self.roots.start(client.folders, trusted=client.trusted)

    def open(self, uri: str, language_id: str, version: int, content: str, path: str | None = None) -> Document:
        """A document is open; its Regions are found again by content. `path`: for one whose URI is not its file's."""
        if uri in self.documents:
            self.close(uri)
        text, path = Text.of(content), path or path_of(uri)
        holdings = self.records.reattached(path, text, self._transfers.gone)
        if path is not None and not holdings.records:
            holdings = self.records.saved_as(text, self.documents.values())
        serial = next(self._serials)
        document = Document(uri, path, language_id, version, serial, text, holdings, History())
        self.documents[uri] = document
        self.records.opened(document)
        self.roots.of(path)
        if len(self.roots.known()) != self._told:
            self._configured()
        self._worker.open(uri, serial, language_id, bytes(text), self.around.opened(uri, path))
        return document

    def change(self, uri: str, version: int, changes: Sequence[Change]) -> Document | None:
        """The document was edited. None, and a line in the log, for one that is not open."""
        document = self.documents.get(uri)
        if document is None:
            log.warning("a change of a document that is not open was dropped")
            return None
        text, edits = apply_changes(document.text, changes, self.client.encoding)
        change = Edited(text, edits, self._transfers.offers(uri, edits))
        after = edited(document, version, next(self._serials), change)
        document = self._transfers.changed(document, edits, after, self.documents.values())
        self.documents[uri] = document
        self._waiting.outdated(uri)
        self._worker.change(uri, document.serial, edits)
        if document.holdings.records:
            self.announcer.regions_changed(uri, version)
            self._pump.after(IDLE, ("anchor", uri), lambda: self.save(uri))
        return document

    def lose_step(self, uri: str) -> None:
        """A change of the document could not be read: what we have is not the client's text any more."""
        document = self.find(uri)
        if document is not None:
            report = document.report and replace(document.report, incomplete=OUT_OF_STEP)
            self._show(replace(document, in_step=False, report=report))

    def save(self, uri: str) -> None:
        """The document is on disk now: so are the places of its Regions."""
        document = self.documents.get(uri)
        if document is not None:
            self.records.anchor(document)

    def close(self, uri: str) -> None:
        """The document is closed; requests that wait for it are answered and its diagnostics taken back."""
        document = self.documents.pop(uri, None)
        if document is None:
            return
        self.records.leave(document)
        self._waiting.outdated(uri)
        self._worker.close(uri)
        self.announcer.forget(uri)
        self.around.closed(uri)
        self._publish(uri, None, [])
        self._count()

    def finish(self) -> None:
        """We are leaving: the places of all Regions are written down."""
        for document in self.documents.values():
            self.records.anchor(document)
        self.roots.close()

    def find(self, uri: str) -> Document | None:
        """The open document of a URI, also where the client spells it differently this time."""
        if uri in self.documents:
            return self.documents[uri]
        return next((document for name, document in self.documents.items() if same_file(name, uri)), None)

    def name(self, document: Document) -> None:
        """It is known only now as which file the open document is remembered."""
        self.documents[document.uri] = document
        self.records.opened(document)

    def reply(self, reply: Reply) -> None:
        """The worker has analysed a text: a document, or several that are one to it."""
        for one in self.sheets.replies(reply):
            self._replied(one)

    def _replied(self, reply: Reply) -> None:
        """A document was analysed; what is said of an older version is of no use."""
        document = self.documents.get(reply.uri)
        if document is not None and document.serial == reply.version:
            report = reply.report if document.in_step else replace(reply.report, incomplete=OUT_OF_STEP)
            was_shown = document.fresh
            self._show(replace(document, report=report))
            if was_shown:  # what it imports is known now: clients that pull have to ask again
                self.refresh()
            if self._waiting.analysed(self.documents[reply.uri]):
                self.announcer.regions_changed(document.uri, document.version)
                self.refresh_lenses()

    def worker_state(self, state: WorkerState) -> None:
        """How the analysis process is doing."""
        degraded = state.condition is Condition.DEGRADED
        self.announcer.degrade("analysis", state.detail or "analysis does not run" if degraded else "")
        self.announcer.busy("analysis", state.detail or "analysing" if state.condition is Condition.BUSY else "")

    def rejudge(self) -> None:
        """Configuration or trust has changed: show all documents anew."""
        self._configured()
        for document in list(self.documents.values()):
            self._show(document)
            self.refresh()
            self.announcer.on_regions(document.uri)

    def hold(self, document: Document, holdings: Holdings) -> Document:
        """Other Regions for the present text: everything that shows them is told at once, without the worker."""
        document = replace(document, holdings=holdings)
        if document.uri not in self.documents:
            self.on_held_elsewhere(document)
            return document
        self._show(document)
        self.announcer.regions_changed(document.uri, document.version)
        self.refresh()
        return self.documents[document.uri]

    def analysed(self, uri: str, answer: Answer, otherwise: Any) -> Any:
        """What `answer` says of the document once its present version is analysed; `otherwise` if it is not open."""
        document = self.find(uri)
        if document is None:
            return otherwise
        return answer(document) if document.fresh else self._waiting.wait(document, answer)

    def soon(self, uri: str, answer: Answer, otherwise: Any) -> Any:
        """As `analysed`, but the answer does not wait longer than PATIENCE for the analysis."""
        document = self.find(uri)
        if document is None:
            return otherwise
        if document.fresh:
            return answer(document)
        return self._waiting.impatient(document, PATIENCE, answer)

    def diagnostics(self, document: Document) -> list[dict[str, Any]]:
        """The diagnostics of an analysed document."""
        catalogue = self.catalogue(document)
        shown = diagnostics(document.judged, document.text, document.uri, catalogue, self.client.encoding)
        owing = hints(self.roots.of(document.path), document, self.client.encoding)
        return [*shown, *owing, *self._problems.of_open(document, self.client.encoding)]

    def configure(self, settings: Mapping[str, Any]) -> None:
        """The editor's settings are these now."""
        if self.roots.configure(settings):
            self.rejudge()

    def trust(self, trusted: bool) -> None:
        """The person trusts the workspace, or does not."""
        if self.roots.trust(trusted):
            self.rejudge()

    def reload(self) -> None:
        """A configuration file has changed."""
        self.roots.reload()
        self.rejudge()

    def retry(self) -> None:
        """Analyse again what was given up."""
        for document in self.documents.values():
            if document.report is not None and document.report.incomplete:
                self._worker.release(document.uri)

    def rename(self, old: str, new: str) -> None:
        """A file or folder has another name. A document that is open under the new one gets its Regions back."""
        self.records.renamed(path_of(old), path_of(new))
        for document in list(self.documents.values()):
            if document.path is not None and not document.holdings.records:
                holdings = self.records.reattached(document.path, document.text)
                if holdings.records:
                    self.hold(document, holdings)

    def folders(self, added: Sequence[str], removed: Sequence[str]) -> None:
        """Folders have come or gone."""
        self.roots.change_folders(added, removed)
        self.rejudge()

    def catalogue(self, document: Document) -> Catalogue:
        """The rules and languages that apply to it."""
        return self.roots.of(document.path).catalogue

    def language(self, document: Document) -> Language | None:
        """The language that it was analysed as, or None for one that we do not know."""
        name = document.report.language if document.report else None
        return self.catalogue(document).languages.get(name) if name else None

    def range(self, document: Document, span: Span) -> dict[str, Any]:
        """The protocol's range of some of its bytes."""
        return range_of(span, document.text, self.client.encoding)

    def can_reject(self, document: Document, region: Region) -> bool:
        """Whether what the Region replaced is known, so that rejecting it can put that back."""
        return self.records.replaced(document.path, region.insertion) is not None

    def _show(self, document: Document) -> None:
        """Judge what is known of the document and publish it."""
        if document.report is not None:
            workspace = self.roots.of(document.path)
            document = replace(document, judged=judged(workspace, document, document.report))
        self.documents[document.uri] = document
        if document.fresh:
            self._publish(document.uri, document.version, self.diagnostics(document))
        self._count()

    def _configured(self) -> None:
        """What is configured holds from now on: tell the worker its limits, and the client what is wrong."""
        known = self.roots.known()
        self._told = len(known)
        self._worker.allow(self.roots.limits())
        self.around.teach()
        self._problems.show([workspace.config for workspace in known], self.documents)

    def _publish(self, uri: str, version: int | None, items: list[dict[str, Any]]) -> None:
        if not self.client.pulls:
            self.announcer.publish(uri, version, items)

    def refresh(self) -> None:
        """Have the client ask again for what it pulls; a change of the text makes it do so by itself."""
        if self.client.pulls:
            self.announcer.refresh("workspace/diagnostic/refresh")
        self.refresh_lenses()

    def refresh_lenses(self) -> None:
        """Have the client ask again for its code lenses."""
        if self.client.refreshes_lenses:
            self.announcer.refresh("workspace/codeLens/refresh")

    def count_elsewhere(self, unreviewed: int) -> None:
        """So many Regions wait for a review in files that are not open."""
        self._elsewhere = unreviewed
        self._count()

    def _count(self) -> None:
        documents = self.documents.values()
        unreviewed = sum(document.unreviewed for document in documents)
        not_analysed = [document.uri for document in documents if document.report and document.report.incomplete]
        self.announcer.counts(unreviewed + self._elsewhere, not_analysed)
