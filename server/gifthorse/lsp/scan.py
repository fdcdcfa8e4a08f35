"""A scan of the workspace's files that are not open: a thread finds and reads them, a worker of its own inspects them.

Files that have not changed since the last scan are not inspected again. What the findings mean to a person is judged
on the loop's thread, as for open documents.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from gifthorse.lsp.faults import describe
from gifthorse.lsp.pump import Pump
from gifthorse.model.finding import Report
from gifthorse.store.files import Found, Skipped, read_found, walk
from gifthorse.store.folders import real
from gifthorse.worker.pool import File, Worker
from gifthorse.worker.state import Reply, WorkerState

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Files that are under inspection at one time: enough to keep the worker busy, few enough to keep in memory."""

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Area:
    """One folder to scan: the root it belongs to, what to leave out, the largest file, and which names are sources."""

    start: Path
    root: Path
    exclude: tuple[str, ...]
    largest: int
    is_source: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Scanned:
    """A file that was inspected."""

    path: Path
    stamp: Stamp
    content: bytes
    report: Report


@dataclass(slots=True)
class Scan:
    """One run. `on_file` and `on_end` are called on the loop's thread; `on_end` says whether it was stopped early."""

    pump: Pump
    start_worker: Callable[[Callable[[Reply], None], Callable[[WorkerState], None]], Worker]
    areas: tuple[Area, ...]
    known: Callable[[Path, Stamp], bool]
    file_of: Callable[[Path], File]
    on_file: Callable[[Scanned], None]
    on_seen: Callable[[Path], None]
    on_end: Callable[[bool], None]
    _stopped: threading.Event = field(default_factory=threading.Event)
    _room: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(AT_ONCE))
    _worker: Worker | None = None
    _under_way: dict[str, tuple[Path, Stamp, bytes]] = field(default_factory=dict)

    def start(self) -> None:
        """Begin."""
        threading.Thread(target=self._run, name="scan", daemon=True).start()

    def stop(self) -> None:
        """End soon; what was found so far stays."""
        self._stopped.set()

    def _run(self) -> None:
        worker = self._worker = self.start_worker(self._replied, lambda _: None)
        try:
            for found, area in self._files():
                self._submit(worker, found, area)
                if self._stopped.is_set():
                    break
            self._await_rest()
        except Exception as fault:  # noqa: BLE001 - the requests that wait for the end must be answered
            log.error("a scan ended early: %s", describe(fault))  # noqa: TRY400 - a message may quote a text
            self._stopped.set()
        finally:
            worker.stop()
            self.pump.post(lambda: self.on_end(self._stopped.is_set()))

    def _files(self) -> Iterator[tuple[Found, Area]]:
        """Each file once, also where one of the client's folders lies in another, and under the client's name for it."""
        met: set[Path] = set()
        for area in self.areas:
            place = real(area.start)
            for item in walk(area.start, area.root, area.exclude):
                if isinstance(item, Found) and item.path not in met:
                    met.add(item.path)
                    yield replace(item, path=area.start / item.path.relative_to(place)), area

    def _submit(self, worker: Worker, found: Found, area: Area) -> None:
        stamp = stamp_of(found.path)
        if stamp is None:
            return
        if self.known(found.path, stamp):
            self.pump.post(lambda: self.on_seen(found.path))
            return
        content = read_found(found, area.largest, area.is_source)
        if isinstance(content, Skipped) or not self._acquire():
            return
        name = str(found.path)
        self._under_way[name] = (found.path, stamp, content)
        worker.open(name, 1, None, content, self.file_of(found.path))

    def _acquire(self) -> bool:
        while not self._stopped.is_set():
            if self._room.acquire(timeout=0.1):
                return True
        return False

    def _await_rest(self) -> None:
        for _ in range(AT_ONCE):
            if not self._acquire():
                return

    def _replied(self, reply: Reply) -> None:
        entry = self._under_way.pop(reply.uri, None) if reply.settled else None
        if entry is not None:
            path, stamp, content = entry
            self.pump.post(lambda: self.on_file(Scanned(path, stamp, content, reply.report)))
            self._room.release()
            if self._worker is not None:
                self._worker.close(reply.uri)


def stamp_of(path: Path) -> Stamp | None:
    """Time of the last change and size: as long as these are the same, the file is taken to be."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
