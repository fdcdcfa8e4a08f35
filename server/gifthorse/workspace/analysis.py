"""Many texts through several analysis processes at once, answered in the order in which they were given.

Never more than a few texts are under way, however many there are. What a text's findings mean is survey.py's.
"""

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Self
from urllib.parse import quote

from gifthorse.model.dependency import Declared
from gifthorse.model.finding import Report
from gifthorse.model.rule import Rule
from gifthorse.model.terms import Terms
from gifthorse.model.text import Files
from gifthorse.worker.librarian import Shelves
from gifthorse.worker.limits import Limits
from gifthorse.worker.pool import Condition, File, Reply, Worker, WorkerState

COMMAND = (sys.executable, "-P", "-m", "gifthorse", "worker")
UNDER_WAY = 16
"""Texts that each process is given at a time: enough that none waits for another that has a large one."""
PATIENCE = 0.3


class AnalysisError(Exception):
    """The analysis process cannot be run here. The message says why."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be analysed, the name of its file, its real path where that may refer to other files, and the root
    whose own rules count for it. `before`: the text that it is held against, if any, and the capabilities `allowed`;
    `declared`: what the manifests around it say; `beside`: the files beside it.
    """

    name: str
    content: bytes
    place: str = ""
    root: str = ""
    before: bytes | None = None
    allowed: tuple[str, ...] = ()
    declared: Declared | None = None
    beside: Files = ()


@dataclass(slots=True)
class _Task:
    document: Document
    worker: Worker
    report: Report | None = None
    compared: bool = False

    def is_answered_by(self, reply: Reply) -> bool:
        """Whether nothing more is to come that was asked for. What a comparison found stays in the replies after it."""
        self.compared = self.compared or reply.compared
        compared = self.compared or self.document.before is None or bool(reply.report.incomplete)
        return reply.settled and compared


def cores() -> int:
    """How many processes can really run at once here."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class Analysts:
    """Some analysis processes. Use it in a `with` statement, which ends them."""

    def __init__(
        self,
        count: int,
        limits: Limits,
        command: Sequence[str] = COMMAND,
        shelves: Callable[[], Shelves] | None = None,
    ) -> None:
        """Start `count` processes in the background. `shelves`: where what texts import is found, for each of them."""
        self._heard: SimpleQueue[Reply | WorkerState] = SimpleQueue()
        heard = self._heard.put
        self._workers = [
            Worker(command, limits, heard, heard, shelves=shelves() if shelves else None) for _ in range(count)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        for worker in self._workers:
            worker.join(5)

    def teach(self, root: str, rules: Sequence[Rule]) -> None:
        """These rules of a user's own count for the documents of a root."""
        for worker in self._workers:
            worker.rules(root, rules)

    def analyse(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Report]]:
        """Each document with its report, in order; a report's `incomplete` says why a text was not analysed.

        Raises AnalysisError where no process can be kept running.
        """
        source = iter(documents)
        tasks: dict[str, _Task] = {}
        order: deque[str] = deque()
        number = 0
        while True:
            while len(order) < UNDER_WAY * len(self._workers) and (document := next(source, None)) is not None:
                uri = f"file:///{quote(document.name)}?{number}"
                tasks[uri] = self._begin(document, uri, tasks)
                order.append(uri)
                number += 1
            if not order:
                return
            while tasks[order[0]].report is None:
                self._hear(tasks)
            task = tasks.pop(order.popleft())
            if task.report is not None:
                yield task.document, task.report

    def _begin(self, document: Document, uri: str, tasks: dict[str, _Task]) -> _Task:
        """Give the document to the process that has the least to do."""
        busy = [
            sum(task.worker is worker and task.report is None for task in tasks.values()) for worker in self._workers
        ]
        worker = self._workers[busy.index(min(busy))]
        worker.open(uri, 0, None, document.content, File(document.place, saved=True, root=document.root))
        if document.before is not None:
            terms = Terms(document.allowed, document.declared, document.beside)
            worker.against(uri, 0, document.before, terms)
        return _Task(document, worker)

    def _hear(self, tasks: dict[str, _Task], longest: float = 0.5) -> None:
        """Take one piece of news. A wait without an end could not be interrupted on Windows."""
        try:
            heard = self._heard.get(timeout=longest)
        except Empty:
            return
        if isinstance(heard, WorkerState):
            if heard.condition in (Condition.DEGRADED, Condition.STOPPED):
                raise AnalysisError(heard.detail or "the analysis process has ended")
        elif (task := tasks.get(heard.uri)) and task.is_answered_by(heard):
            task.report = heard.report
            task.worker.close(heard.uri)
            if heard.report.incomplete:  # If the process itself is at fault, that is the next piece of news.
                self._hear(tasks, PATIENCE)
