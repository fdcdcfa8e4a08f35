"""What is known of the files that are not open: the results of scans, kept until the files change.

Diagnostics of open documents are the session's; here are only those of the rest of the workspace.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from gifthorse.lsp.convert import path_of, uri_of
from gifthorse.lsp.progress import Bar, Progress
from gifthorse.lsp.publish import diagnostics, result_id
from gifthorse.lsp.pump import Pump
from gifthorse.lsp.rpc import REQUEST_CANCELLED, Later, RequestError
from gifthorse.lsp.scan import Area, Scan, Scanned, Stamp
from gifthorse.lsp.session import Session
from gifthorse.model.rule import Rule
from gifthorse.model.text import Text
from gifthorse.worker.limits import Limits
from gifthorse.worker.pool import Reply, Worker, WorkerState
from gifthorse.workspace.judge import Judged, judge
from gifthorse.workspace.owners import Held
from gifthorse.workspace.root import Workspace

JSON = dict[str, Any]
STALE = (-1, -1)
"""The stamp of a file that must be inspected again whatever its time and size are."""
StartWorker = Callable[[Limits, Callable[[Reply], None], Callable[[WorkerState], None]], Worker]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One file that is not open, as of the last scan. `result` names its diagnostics, see publish.result_id."""

    uri: str
    stamp: Stamp
    items: tuple[JSON, ...]
    incomplete: bool
    judged: tuple[Judged, ...]
    result: str


class Survey:
    """The workspace's closed files. All methods are called on the loop's thread."""

    def __init__(self, pump: Pump, session: Session, start_worker: StartWorker) -> None:
        self.progress = Progress(pump)
        self.complete = False
        self._pump = pump
        self._session = session
        self._start_worker = start_worker
        self._files: dict[Path, Surveyed] = {}
        self._seen: set[Path] = set()
        self._scan: Scan | None = None
        self._waiting: list[Later] = []
        self._bar: Bar | None = None

    def files(self) -> tuple[Surveyed, ...]:
        """The closed files with something to say."""
        opened = {path_of(uri) for uri in self._session.documents}
        return tuple(file for path, file in self._files.items() if file.items and str(path) not in opened)

    def judged(self, uri: str) -> tuple[Judged, ...]:
        """What the last scan found in a file, if there was one."""
        return next((file.judged for file in self._files.values() if file.uri == uri), ())

    def outdated(self) -> None:
        """A file changed on disk: the next who asks gets a new scan."""
        self.complete = False

    def run(self, token: str | int | None) -> Later:
        """Scan, or join the scan that is under way; the answer is there when it is over."""
        later = Later()
        later.on_cancel = lambda: self._given_up(later)
        self._waiting.append(later)
        if self._scan is None:
            self._begin(token)
        return later

    def forget(self) -> None:
        """What files mean has changed (trust, configuration): nothing that is known counts any more."""
        self._files = {path: replace(file, stamp=STALE) for path, file in self._files.items()}
        self.complete = False

    def _begin(self, token: str | int | None) -> None:
        session, self._seen = self._session, set()
        areas = tuple(self._areas())  # which makes the roots known that the limits depend on
        self._scan = Scan(
            pump=self._pump,
            start_worker=partial(self._started, session.roots.limits(), session.around.own_rules()),
            areas=areas,
            known=lambda path, stamp: path in self._files and self._files[path].stamp == stamp,
            file_of=session.around.saved,
            on_file=self._inspected,
            on_seen=self._seen.add,
            on_end=self._ended,
        )
        self._bar = self.progress.show(session.connection, session.client, token, "Gifthorse: scan", self._scan.stop)
        session.announcer.busy("scan", "scanning the workspace")
        self._scan.start()

    def _started(
        self,
        limits: Limits,
        own: Sequence[tuple[str, Sequence[Rule]]],
        on_reply: Callable[[Reply], None],
        on_state: Callable[[WorkerState], None],
    ) -> Worker:
        """A worker that knows which rules of the user's own hold where."""
        worker = self._start_worker(limits, on_reply, on_state)
        for root, rules in own:
            worker.rules(root, rules)
        return worker

    def _areas(self) -> list[Area]:
        roots = self._session.roots
        return [_area(folder, roots.of(str(folder / "x"))) for folder in roots.folders]

    def _inspected(self, scanned: Scanned) -> None:
        session, uri, text = self._session, uri_of(str(scanned.path)), Text.of(scanned.content)
        workspace = session.roots.of(str(scanned.path))
        owners = Held(session.records.reattached(str(scanned.path), text))
        judged = judge(
            scanned.report, text, owners, workspace.config, workspace.catalogue, workspace.name_of(scanned.path) or ""
        )
        items = diagnostics(judged, text, uri, workspace.catalogue, session.client.encoding)
        incomplete = bool(scanned.report.incomplete)
        before = self._files.get(scanned.path)
        self._files[scanned.path] = Surveyed(uri, scanned.stamp, tuple(items), incomplete, judged, result_id(items))
        self._seen.add(scanned.path)
        if items or (before and before.items):
            self._publish(uri, items)
        if self._bar:
            self._bar.report(f"{len(self._seen)} files")

    def _publish(self, uri: str, items: list[JSON]) -> None:
        if not self._session.client.pulls and uri not in self._session.documents:
            self._session.announcer.publish(uri, None, items)

    def _ended(self, stopped: bool) -> None:
        if not stopped:
            self._forget_vanished()
            self.complete = True
        if self._bar:
            self._bar.end("stopped" if stopped else f"{len(self._seen)} files")
        self._scan, self._bar = None, None
        self._session.announcer.busy("scan", "")
        self._session.refresh()
        waiting, self._waiting = self._waiting, []
        for later in waiting:
            if stopped:
                later.fail(RequestError("the scan was stopped", REQUEST_CANCELLED))
            else:
                later.resolve(self._summary())

    def _forget_vanished(self) -> None:
        for path in self._files.keys() - self._seen:
            gone = self._files.pop(path)
            if gone.items:
                self._publish(gone.uri, [])

    def _summary(self) -> JSON:
        found = [len(file.items) for file in self.files()]
        found += [len(document.judged) for document in self._session.documents.values()]
        unknown = [file.uri for file in self._files.values() if file.incomplete]
        return {"files": len(self._seen), "findings": sum(found), "notAnalysed": unknown}

    def _given_up(self, later: Later) -> None:
        """One who waited does not want it any more; the scan ends when nobody does."""
        self._waiting = [one for one in self._waiting if one is not later]
        if not self._waiting and self._scan is not None:
            self._scan.stop()


def _area(folder: Path, workspace: Workspace) -> Area:
    config = workspace.config

    def is_source(name: str) -> bool:
        from gifthorse.engine.languages import language_of  # noqa: PLC0415 - on the scan's thread, and only then

        return language_of(name, None, workspace.catalogue) is not None

    return Area(folder, workspace.root, config.exclude, config.bounds.file_bytes, is_source)
