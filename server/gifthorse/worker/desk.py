"""The open documents in the child: which of them is inspected next, what is remembered, what follows from other files.

What was touched last comes first. What other files change in a document's findings is looked at in a pause.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Generic

from gifthorse.change.traits import with_traits, without_traits
from gifthorse.engine.suppress import SPEAKING
from gifthorse.model.finding import Report
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Edit, Text
from gifthorse.worker import wire
from gifthorse.worker.comparing import Comparing
from gifthorse.worker.doors import Engine, InspectionT
from gifthorse.worker.faults import describe

REMEMBERED_BYTES = 32 * 1024 * 1024
REMEMBERED_EDITS = 1_000
NOT_YET = Report(None, (), ())


@dataclass(slots=True)
class Document(Generic[InspectionT]):
    """One open document: its newest text, the last inspection, and the edits since that one."""

    version: int
    path: str
    language_id: str | None
    text: Text
    place: str = ""
    saved: bool = False
    root: str = ""
    inspection: InspectionT | None = None
    imports: object = None
    report: Report = NOT_YET
    edits: list[Edit] = field(default_factory=list)
    compared: bool = False
    """Whether it is held against another text: it is inspected for its traits, too."""

    def change(self, message: wire.Change) -> None:
        """Apply edits; after very many of them an inspection from the start is cheaper than going on."""
        for edit in message.edits:
            self.text = self.text.apply(edit)
        self.version = message.version
        if self.inspection is not None:
            self.edits.extend(message.edits)
        if len(self.edits) > REMEMBERED_EDITS:
            self.forget()

    def forget(self) -> None:
        """Give the memory of the last inspection back."""
        self.inspection = None
        self.edits.clear()


class Desk(Generic[InspectionT]):
    """The open documents, which of them wait, and how much of earlier inspections is remembered."""

    def __init__(
        self, catalogue: Catalogue, engine: Engine[InspectionT], send: Callable[[wire.Response], None]
    ) -> None:
        self._catalogue = catalogue
        self._own: dict[str, Catalogue] = {}
        self._unfit: dict[str, str] = {}
        self._engine = engine
        self._send = send
        self._documents: dict[int, Document[InspectionT]] = {}
        self._waiting: dict[int, None] = {}
        self._remembered: dict[int, int] = {}
        self._around = engine.around(catalogue, send) if engine.around is not None else None
        self._comparing = Comparing(catalogue)
        self._unsettled: set[int] = set()
        self._due = False

    @property
    def is_idle(self) -> bool:
        """Whether no document waits."""
        return not self._waiting

    @property
    def has_chores(self) -> bool:
        """Whether other files are to be read, or what changed in them is to be followed up."""
        unread = self._around is not None and self._around.has_unread
        return self._due or unread or self._comparing.due(self._looked_at) is not None

    @property
    def hurries(self) -> bool:
        """Whether somebody waits for the chores."""
        return bool(self._unsettled)

    def do_chore(self) -> int:
        """Read one file, or see what other files change for the documents. Returns how many bytes were read."""
        if (key := self._comparing.due(self._looked_at)) is not None:
            return self._compare(key)
        if self._around is not None and self._around.has_unread:
            self._due = True
            return self._around.read_one()
        self._due = False
        for key, document in self._documents.items():
            if key not in self._waiting:
                self._review(key, document)
        return 0

    def _looked_at(self, key: int) -> int | None:
        """The version of a document that was inspected last, unless it waits for the next one."""
        document = self._documents.get(key)
        return None if document is None or key in self._waiting else document.version

    def _compare(self, key: int) -> int:
        """Hold a document against the text before, and answer again if that says something new. Returns its size."""
        document = self._documents[key]
        self._send(wire.Started(key, document.version))
        self._comparing.compare(key, document)
        self._answer(key, document, settled=key not in self._unsettled, compared=True)
        return len(document.text)

    def _answer(
        self, key: int, document: Document[InspectionT], *, settled: bool = True, compared: bool = False
    ) -> None:
        report = self._comparing.joined(key, document.report)
        self._send(wire.Answer(key, document.version, report, settled, compared))

    def _review(self, key: int, document: Document[InspectionT]) -> None:
        """Have a document inspected again that sees something else now; answer once nothing is missing any more."""
        around, inspection = self._around, document.inspection
        if around is None or inspection is None or not document.place:
            return
        if not around.pursue(document.place, inspection):
            self._unsettled.add(key)
        elif around.imports(document.place) is not document.imports:
            self._waiting = {key: None, **self._waiting}
        elif key in self._unsettled:
            self._unsettled.discard(key)
            self._answer(key, document)

    def take(self, message: wire.Request) -> None:
        """Apply one message. A document that is not open is not known, which is no fault: it may be closed."""
        if isinstance(message, wire.Open):
            text, place = Text.of(message.content), message.place
            document: Document[InspectionT] = Document(
                message.version, message.path, message.language_id, text, place, message.saved, message.root
            )
            self._documents[message.key] = document
        elif isinstance(message, wire.Links | wire.Texts | wire.Stale):
            if self._around is not None:
                self._around.take(message)
                self._due = True
            return
        elif isinstance(message, wire.Rules):
            self._learn(message)
            return
        elif isinstance(message, wire.Begin) or message.key not in self._documents:
            return
        elif isinstance(message, wire.Against):
            self._hold(message)
            return
        elif isinstance(message, wire.Change):
            self._documents[message.key].change(message)
            self._comparing.edited(message.key, message.edits)
        else:
            self._close(message.key)
        self._waiting.pop(message.key, None)
        if not isinstance(message, wire.Close):
            self._waiting[message.key] = None
        else:
            self._remembered.pop(message.key, None)

    def _hold(self, message: wire.Against) -> None:
        """A document is held against another text; from the first time on it is inspected for its traits, too."""
        self._comparing.take(message)
        document = self._documents[message.key]
        if message.before is not None and not document.compared:
            document.compared = True
            document.forget()
            self._waiting = {message.key: None, **self._waiting}

    def _learn(self, message: wire.Rules) -> None:
        """Other rules of a user's own count for a root: its documents are inspected again, from the start."""
        self._own.pop(message.root, None)
        reasons = {rule.id: self._engine.unfit(rule, self._catalogue) for rule in message.rules}
        self._unfit[message.root] = next((f"your rule {name}: {why}" for name, why in reasons.items() if why), "")
        rules = {rule.id: rule for rule in message.rules if not reasons[rule.id]}
        if rules:
            self._own[message.root] = replace(self._catalogue, rules={**self._catalogue.rules, **rules})
        for key, document in self._documents.items():
            if document.root == message.root:
                document.forget()
                self._waiting = {key: None, **self._waiting}

    def _close(self, key: int) -> None:
        document = self._documents.pop(key)
        self._unsettled.discard(key)
        self._comparing.closed(key)
        if self._around is not None and document.place:
            kept = document.saved and not document.compared  # what was read for traits, too, is of no use to others
            self._around.closed(document.place, saved=kept)
            self._due = self._due or not kept

    def inspect_one(self) -> int:
        """Inspect the waiting document that was touched last, and answer. Returns its size in bytes."""
        key, _ = self._waiting.popitem()
        document = self._documents[key]
        self._send(wire.Started(key, document.version))
        document.report = with_marked_comments(self._report(document), bytes(document.text))
        self._remember(key, document)
        self._answer(key, document, settled=self._is_settled(key, document))
        return len(document.text)

    def _is_settled(self, key: int, document: Document[InspectionT]) -> bool:
        """Whether no more is to be known of a document that was just inspected; what follows is done later."""
        inspection = document.inspection
        settled = self._around is None or inspection is None or not document.place
        if not settled and self._around is not None and inspection is not None:
            settled = self._around.inspected(document.place, inspection)
            self._due = True
        if settled:
            self._unsettled.discard(key)
        else:
            self._unsettled.add(key)
        return settled

    def _report(self, document: Document[InspectionT]) -> Report:
        try:
            document.inspection = self._inspected(document)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001, one document's trouble must not stop the others
            document.forget()
            return Report(None, (), (), f"not analysed: the engine failed ({describe(error)})")
        document.edits.clear()
        report, why = without_traits(document.inspection.report), self._unfit.get(document.root, "")
        return replace(report, incomplete=f"not analysed in full: {why}") if why and not report.incomplete else report

    def _inspected(self, document: Document[InspectionT]) -> InspectionT:
        content = bytes(document.text)
        more: tuple[object, ...] = ()
        if self._around is not None:
            document.imports = self._around.imports(document.place)
            more = (document.imports,)
        if document.inspection is not None:
            try:
                return self._engine.reinspect(document.inspection, document.edits, content, *more)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001, what is remembered may be at fault: look again without it
                document.forget()
        doors, own = self._engine, self._own.get(document.root)
        catalogue = own or self._catalogue
        if document.compared:
            catalogue = with_traits(catalogue)
        if self._around is None:
            return doors.inspect(content, document.path, document.language_id, catalogue)
        # What was read for others was read without the queries of a user's own rules, and of traits.
        alone = own is None and not document.compared
        read = self._around.read(document.place, content) if alone else None
        return doors.inspect(content, document.path, document.language_id, catalogue, *more, read=read)

    def _remember(self, key: int, document: Document[InspectionT]) -> None:
        """Keep the inspections of the documents touched last, as far as memory allows."""
        self._remembered.pop(key, None)
        self._remembered[key] = len(document.text)
        while sum(self._remembered.values()) > REMEMBERED_BYTES and len(self._remembered) > 1:
            oldest = next(iter(self._remembered))
            del self._remembered[oldest]
            self._documents[oldest].forget()


def with_marked_comments(report: Report, content: bytes) -> Report:
    """The report with those comments only that may be suppressions: a file has thousands, the server needs these."""
    comments = tuple(span for span in report.comments if SPEAKING.search(content, span.start, span.end))
    return replace(report, comments=comments)
