"""Records of agents' hooks and assistants' proxies -> Regions: joined with their files, written down, shown.

A Record stays in the inbox until its Insertion is in the journal, or until it is known that its text is nowhere. Where
the text stands is provenance/join.py's judgement; documents whose editor has not read the file again yet are waited for.
"""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from gifthorse.lsp.closed import Closed
from gifthorse.lsp.document import Document
from gifthorse.lsp.faults import describe
from gifthorse.lsp.joining import Asked, Joined, Joining, Task
from gifthorse.lsp.listening import Listening
from gifthorse.lsp.pump import Pump
from gifthorse.lsp.records import FULL
from gifthorse.lsp.rpc import RequestError
from gifthorse.lsp.session import Session
from gifthorse.model.record import Record
from gifthorse.provenance.join import in_order
from gifthorse.store.folders import real, root_of, state_folder
from gifthorse.store.inbox import inbox, remove, take
from gifthorse.workspace.intake import GoneLines, settle
from gifthorse.workspace.root import Workspace

log = logging.getLogger(__name__)

INTERVAL = 2.0
"""Seconds between two looks into the inboxes where nobody can tell us, and that an editor gets to read a file again."""
KEPT_WAITING = 600.0
"""Seconds for which an open document is waited for; after that its Record is joined with the file alone."""
MOST_SETTLED = 10_000
A_MOMENT = 100_000_000
"""Nanoseconds after which a change of a folder is sure to have another time than the one before."""


class Incoming:
    """The Records of one session."""

    def __init__(self, pump: Pump, session: Session, closed: Closed) -> None:
        self._pump = pump
        self._session = session
        self._closed = closed
        self._listening = Listening(self._rung)
        self._joining = Joining(pump, self._task, self._joined)
        self._waiting: dict[str, tuple[Record, float]] = {}
        self._settled: dict[str, None] = {}
        self._gone = GoneLines()
        self._looked: dict[Path, int] = {}
        self._answers: dict[str, Callable[[bool], None]] = {}
        self._at_work: set[str] = set()
        self._work: SimpleQueue[tuple[Workspace, Record]] = SimpleQueue()
        self._worker: threading.Thread | None = None

    def start(self) -> None:
        """Take what lies in the inboxes, and listen."""
        if not self._listening.start():
            self._pump.after(INTERVAL, "inbox", self._look_again)
        self.look()

    def finish(self) -> None:
        """We are leaving. What still waits is in the inbox for the next start."""
        self._listening.stop()

    def look(self, further: Iterable[Path] = ()) -> None:
        """Take what is new in the inboxes of all known roots, and of `further` ones."""
        roots = {workspace.root for workspace in self._session.roots.all()}.union(further)
        found: list[Record] = []
        for root in sorted(roots):
            folder = state_folder(root)
            try:
                if self._is_changed(folder):
                    found += [record for record in take(folder) if not self._is_known(record)]
            except OSError as fault:
                log.warning("the records of agents' edits cannot be read: %s", fault.strerror or fault)
        self._take(found)

    def _is_changed(self, folder: Path) -> bool:
        """Whether something may have come into an inbox since the last look."""
        try:
            changed = inbox(folder).stat().st_mtime_ns
        except FileNotFoundError:
            return False
        if self._looked.get(folder) == changed:
            return False
        self._looked[folder] = changed if time.time_ns() - changed > A_MOMENT else 0
        return True

    def arrived(self, document: Document) -> None:
        """A document has a new version: perhaps the one that a Record waits for."""
        if self._waiting:
            self._joining.ask(document.uri, Asked(newest=True))

    def gone(self, path: str | None) -> None:
        """A document was closed: what waited for it is joined with the file on disk."""
        if path is not None:
            place = _place(path)
            self._on_disk([record for record, _ in self._waiting.values() if _place(record.path) == place])

    def _look_again(self) -> None:
        self.look()
        self._pump.after(INTERVAL, "inbox", self._look_again)

    def _rung(self, record: Record | None, answer: Callable[[bool], None]) -> None:
        """On the listening thread: somebody rang."""
        self._pump.post(partial(self._told, record, answer))

    def _told(self, record: Record | None, answer: Callable[[bool], None]) -> None:
        """Take what is new; the answer is whether the Record that came along is safe with us: in the journal."""
        if record is None:
            self.look()
            answer(False)
            return
        root = root_of(Path(record.path))
        self.look([root] if self._is_ours(root) else [])
        if self._is_known(record) or not self._is_ours(root):
            answer(record.id in self._settled)
        else:  # It could not be left, so somebody waits for the answer.
            self._answers[record.id] = answer
            self._take([record])

    def _is_ours(self, root: Path) -> bool:
        """Whether a root is one that this client works in, or is inside of one."""
        folders = {workspace.root for workspace in self._session.roots.all()}
        return root in folders or any(folder in root.parents for folder in folders)

    def _is_known(self, record: Record) -> bool:
        return record.id in self._settled or record.id in self._waiting

    def _take(self, records: Sequence[Record]) -> None:
        """New Records, each file's in order; files that are not open one at a time, so that nobody waits for all."""
        files: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            files[record.path].append(record)
        for path, group in files.items():
            group = in_order(group)  # noqa: PLW2901
            document = self._document(path)
            now = time.monotonic()
            self._waiting |= {record.id: (record, now) for record in group}
            if document is None:
                self._on_disk(group)
            else:
                self._joining.ask(document.uri, Asked())
                self._pump.after(INTERVAL, ("late", path), partial(self._late, path))

    def _document(self, path: str) -> Document | None:
        """The open document of a file, whichever way its path is written."""
        place = _place(path)
        documents = self._session.documents.values()
        return next((one for one in documents if one.path and _place(one.path) == place), None)

    def _late(self, path: str) -> None:
        """The editor has had its time; what is still not there may come later, but not for ever."""
        document = self._document(path)
        if document is None:
            self._too_late(path)
        else:
            self._joining.ask(document.uri, Asked(late=True, then=(partial(self._too_late, path),)))

    def _too_late(self, path: str) -> None:
        """What the document was looked through for in vain goes by its file once it has waited long enough."""
        here = [entry for entry in self._waiting.values() if entry[0].path == path]
        now = time.monotonic()
        if self._document(path) is None or any(now - since > KEPT_WAITING for _, since in here):
            self._on_disk([record for record, _ in here])
        elif here:
            self._pump.after(KEPT_WAITING, ("late", path), partial(self._late, path))

    def _task(self, uri: str, asked: Asked) -> Task | None:
        """What is to be joined with a document: all that waits for it, and what is asked for beside it."""
        document = self._session.documents.get(uri)
        if document is None or not document.path:
            return None
        place = _place(document.path)
        waiting = [record for record, _ in self._waiting.values() if _place(record.path) == place]
        here = in_order([*waiting, *(record for record in asked.further if record.id not in self._waiting)])
        return Task(document, tuple(here), self._gone.before(here[0]), asked) if here else None

    def _joined(self, task: Task, found: tuple[Joined, ...]) -> bool:
        """Show what was found, if it is still of the document; False if that is another one now."""
        document = self._session.documents.get(task.document.uri)
        if document is None:
            return True  # It was closed: its file is looked at instead.
        if document.serial != task.document.serial or document.holdings is not task.document.holdings:
            return False
        for one in found:
            if one.record.id in self._at_work:
                return True  # What became of it in the file is shown next, and then what came after it.
            document = replace(self._session.documents[document.uri], holdings=one.arrival.holdings)
            if not self._written(one, document):
                return True  # The disk does not take it: it stays, and what came after it, for the next time.
            if one.arrival.insertion is not None:
                self._session.hold(document, one.arrival.holdings)
        return True

    def _on_disk(self, records: Sequence[Record]) -> None:
        """Join Records of one file that is not open, oldest first, each with the file as it left it: on a thread."""
        for record in records:
            if record.id in self._waiting and record.id not in self._at_work:
                workspace = self._session.roots.of(record.path)
                _ = workspace.journal, workspace.config  # Made here, not by two threads at once.
                self._at_work.add(record.id)
                self._work.put((workspace, record))
        if self._at_work and self._worker is None:
            self._worker = threading.Thread(target=self._settle_all, name="incoming", daemon=True)
            self._worker.start()

    def _settle_all(self) -> None:
        """On the thread: one Record after the other."""
        while True:
            workspace, record = self._work.get()
            why: str | None = None
            try:
                why = settle(workspace, record, self._gone.before(record))
            except (OSError, ValueError) as fault:
                log.warning("the record of an agent's edit cannot be written and waits: %s", fault)
            except Exception as fault:  # noqa: BLE001  the next one must be settled all the same
                log.error("internal error: %s", describe(fault))  # noqa: TRY400  a message may quote a text
            self._pump.post(partial(self._worked, record, why))

    def _worked(self, record: Record, why: str | None) -> None:
        """A Record of a closed file is in the journal, or there is nothing of it (`why`), or it cannot be written."""
        self._at_work.discard(record.id)
        if why is None:
            self._session.announcer.degrade("record", FULL)
            return
        if why:
            log.info("an agent's edit made no Region: %s", why)
        self._forget(record)
        document = self._document(record.path)
        if document is not None:  # It was opened meanwhile.
            self._joining.ask(document.uri, Asked(further=(record,)))
        if not self._at_work:
            self._closed.look()

    def _written(self, one: Joined, document: Document) -> bool:
        """Write an arrival down; only then is its Record let go of. False where that is not possible."""
        try:
            self._session.records.inserted(document, one.arrival, one.places)
        except RequestError:
            return False
        if document.path is None or self._session.roots.of(document.path).name_of(Path(document.path)) is None:
            self._on_disk([one.record])  # It is open by a link from elsewhere, under whose name nothing is kept.
        else:
            self._forget(one.record)
        return True

    def _forget(self, record: Record) -> None:
        """The Record is in the journal, or there is nothing of it to keep."""
        if self._waiting.pop(record.id, None) is not None:
            self._gone.add(record)
        if answer := self._answers.pop(record.id, None):
            answer(True)
        self._settled[record.id] = None
        while len(self._settled) > MOST_SETTLED:
            del self._settled[next(iter(self._settled))]
        remove(state_folder(root_of(Path(record.path))), record)


def _place(path: str) -> Path:
    return real(Path(path))
