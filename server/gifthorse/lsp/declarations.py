"""What the manifests around documents declare, read on a thread of its own: disks may be slow, and projects large.

What is known is given at once. What is older than a moment is looked at again, and whoever asked hears if it is not the
same any more.
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from gifthorse.lsp.pump import Pump
from gifthorse.model.dependency import Declared
from gifthorse.store.manifests import declared
from gifthorse.worker.faults import describe
from gifthorse.workspace.root import Workspace

log = logging.getLogger(__name__)

FRESH = 2.0
"""Seconds for which nobody looks again."""


class Declarations:
    """By the path of a document. Called on the loop's thread."""

    def __init__(self, pump: Pump) -> None:
        self._pump = pump
        self._known: dict[str, tuple[float, Declared | None]] = {}
        self._asked: set[str] = set()
        self._work: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def of(self, path: str, workspace: Workspace, news: Callable[[], None]) -> tuple[bool, Declared | None]:
        """Whether something is known yet of a document, and what; `news` is called when it is, or is not so any more."""
        known = self._known.get(path)
        if (known is None or time.monotonic() - known[0] > FRESH) and path not in self._asked:
            self._asked.add(path)
            self._work.put(partial(self._look, path, workspace, news))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="declarations", daemon=True)
                self._thread.start()
        return known is not None, known[1] if known else None

    def _run(self) -> None:
        while True:
            self._work.get()()

    def _look(self, path: str, workspace: Workspace, news: Callable[[], None]) -> None:
        """On the thread."""
        found: Declared | None = None
        try:
            root = workspace.root
            name = workspace.name_of(Path(path))
            if name is not None:
                found = declared(root / name, root, workspace.catalogue.packages)
        except Exception as fault:  # noqa: BLE001  the next one must be looked at all the same
            log.error("internal error: %s", describe(fault))  # noqa: TRY400  a message may quote a path
        self._pump.post(partial(self._done, path, found, news))

    def _done(self, path: str, found: Declared | None, news: Callable[[], None]) -> None:
        self._asked.discard(path)
        before = self._known.get(path)
        self._known[path] = time.monotonic(), found
        if before is None or before[1] != found:
            news()
