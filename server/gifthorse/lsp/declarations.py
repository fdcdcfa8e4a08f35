"""What stands around documents: what their manifests declare, and the files beside them.

They are read on a thread of its own: disks may be slow, and projects large.

What is known is given at once. What is older than a moment is looked at again, and whoever asked hears if it is not the
same any more.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from gifthorse.lsp.pump import Pump
from gifthorse.model.terms import NO_TERMS, Terms
from gifthorse.store.beside import beside
from gifthorse.store.folders import file_of
from gifthorse.store.manifests import declared
from gifthorse.store.trees import Disk
from gifthorse.worker.faults import describe
from gifthorse.workspace.root import Workspace

log = logging.getLogger(__name__)

FRESH = 2.0
"""Seconds for which nobody looks again."""


class Declarations:
    """By the path of a document. Called on the loop's thread."""

    def __init__(self, pump: Pump) -> None:
        self._pump = pump
        self._known: dict[str, tuple[float, Terms]] = {}
        self._asked: set[str] = set()
        self._turn = 0
        self._work: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def of(
        self, path: str, workspace: Workspace, opened: Mapping[str, bytes], news: Callable[[], None]
    ) -> tuple[bool, Terms]:
        """Whether something is known yet of a document, and what; `news` is called when it is, or is not so any more.
        `opened`: the manifests that are open in the editor, by their names in the root.
        """
        known = self._known.get(path)
        if (known is None or time.monotonic() - known[0] > FRESH) and path not in self._asked:
            self._asked.add(path)
            tree = Disk(workspace.root, opened)
            self._work.put(partial(self._look, path, workspace, tree, partial(self._done, path, self._turn, news)))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="declarations", daemon=True)
                self._thread.start()
        return known is not None, known[1] if known else NO_TERMS

    def outdated(self) -> None:
        """A manifest is not what it was: everybody who asks next is answered by another look."""
        self._turn += 1
        self._known = {path: (-FRESH, terms) for path, (_, terms) in self._known.items()}

    def _run(self) -> None:
        while True:
            self._work.get()()

    def _look(self, path: str, workspace: Workspace, tree: Disk, done: Callable[[Terms], None]) -> None:
        """On the thread."""
        found = NO_TERMS
        try:
            name = workspace.name_of(Path(path))
            if name is not None:
                told = declared(workspace.root / name, workspace.root, workspace.catalogue.packages, tree)
                found = Terms(declared=told, beside=beside(file_of(name), workspace.root, tree))
        except Exception as fault:  # noqa: BLE001  the next one must be looked at all the same
            log.error("internal error: %s", describe(fault))  # noqa: TRY400  a message may quote a path
        self._pump.post(partial(done, found))

    def _done(self, path: str, turn: int, news: Callable[[], None], found: Terms) -> None:
        self._asked.discard(path)
        before = self._known.get(path)
        is_last = turn == self._turn
        self._known[path] = time.monotonic() if is_last else -FRESH, found
        if before is None or before[1] != found or not is_last:
            news()
