"""The Regions of files that are not open: found again by content, on a thread, and kept until something changes.

It only reads; what a person says of such a Region is written by reviews.py.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from gifthorse.lsp.convert import path_of, uri_of
from gifthorse.lsp.document import Document
from gifthorse.lsp.faults import describe
from gifthorse.lsp.pump import Pump
from gifthorse.lsp.scan import Stamp, stamp_of
from gifthorse.lsp.session import Session
from gifthorse.model.text import Text
from gifthorse.provenance.history import History
from gifthorse.store.folders import real
from gifthorse.store.regular import read_regular
from gifthorse.workspace.root import Workspace

log = logging.getLogger(__name__)

Key = tuple[Stamp, int]


@dataclass(slots=True)
class Closed:
    """All files with Regions, as they are on disk."""

    pump: Pump
    session: Session
    _known: dict[Path, tuple[Key, Document]] = field(default_factory=dict)
    _asking: list[Callable[[], None]] = field(default_factory=list)
    _asking_next: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session.on_held_elsewhere = self._held

    def documents(self) -> tuple[Document, ...]:
        """The files with Regions that are not open, as of the last look."""
        opened = {str(real(Path(path))) for uri in self.session.documents if (path := path_of(uri))}
        found = (document for _, document in self._known.values())
        return tuple(document for document in found if document.regions and document.path not in opened)

    def look(self, then: Callable[[], None] = lambda: None) -> None:
        """Look at the disk again, on a thread; `then` is done on the loop's thread when that is over.

        Who asks while somebody looks is answered by the next look: the present one may have passed by already.
        """
        if self._asking:
            self._asking_next.append(then)
        else:
            self._begin([then])

    def _begin(self, asking: list[Callable[[], None]]) -> None:
        self._asking = asking
        workspaces = self.session.roots.all()
        threading.Thread(target=self._look, args=(workspaces, dict(self._known)), name="closed", daemon=True).start()

    def _look(self, workspaces: tuple[Workspace, ...], known: dict[Path, tuple[Key, Document]]) -> None:
        found: dict[Path, tuple[Key, Document]] = {}
        try:
            for workspace in workspaces:
                workspace.journal.tidy()
                for name in workspace.journal.paths():
                    self._look_at(workspace, name, known, found)
        except Exception as fault:  # noqa: BLE001 - those who asked must be answered
            log.error("the files with Regions could not be read: %s", describe(fault))  # noqa: TRY400
        self.pump.post(lambda: self._looked(found))

    def _look_at(
        self,
        workspace: Workspace,
        name: str,
        known: dict[Path, tuple[Key, Document]],
        found: dict[Path, tuple[Key, Document]],
    ) -> None:
        path = workspace.root / name
        stamp = stamp_of(path)
        if stamp is None:
            return
        key = (stamp, len(workspace.journal.events(name)))
        if path in known and known[path][0] == key:
            found[path] = known[path]
            return
        try:
            text = Text.of(read_regular(path, workspace.config.bounds.file_bytes))
        except OSError:
            return
        holdings = self.session.records.reattached(str(path), text)
        found[path] = (key, Document(uri_of(str(path)), str(path), "", 0, 0, text, holdings, History()))

    def _looked(self, found: dict[Path, tuple[Key, Document]]) -> None:
        self._known = found
        self.session.count_elsewhere(self._waiting())
        asking, self._asking = self._asking, []
        if self._asking_next:
            following, self._asking_next = self._asking_next, []
            self._begin(following)
        for then in asking:
            then()

    def _held(self, document: Document) -> None:
        """A person has said something of a Region in a file that is not open."""
        path = Path(document.path or "")
        if path in self._known:
            self._known[path] = (self._known[path][0], document)
        self.session.count_elsewhere(self._waiting())

    def _waiting(self) -> int:
        """How many Regions wait for a review in files that are not open."""
        return sum(document.unreviewed for document in self.documents())
