"""Records of open documents held against their texts, on a thread: an agent may write a long file anew.

For each document there is one task at a time; what is asked meanwhile is looked at when it is done. A task sees
immutable values only: whether its outcome still fits the document is for the loop's thread to say (incoming.py).
"""

import logging
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from queue import SimpleQueue

from gifthorse.lsp.document import Document
from gifthorse.lsp.faults import describe
from gifthorse.lsp.pump import Pump
from gifthorse.lsp.sighting import on_screen
from gifthorse.model.record import Record
from gifthorse.provenance.anchor import Anchor, anchors
from gifthorse.provenance.join import Claim, claim_after, joined
from gifthorse.provenance.recognise import Arrival
from gifthorse.workspace.intake import when

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Claims:
    """Claims on whole files, each worked out once, however often the document changes meanwhile."""

    _known: dict[tuple[str, bytes, Collection[bytes]], Claim] = field(default_factory=dict)

    def __call__(self, record: Record, content: bytes, gone: Collection[bytes]) -> Claim:
        """As join.claim_after."""
        key = record.id, content, gone
        if key not in self._known:
            self._known[key] = claim_after(record, content, gone)
        return self._known[key]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a document. `late` and `newest`: see sighting.on_screen.

    `further`: Records that do not wait any more but are to be shown. `then` is done on the loop's thread afterwards.
    """

    late: bool = False
    newest: bool = False
    further: tuple[Record, ...] = ()
    then: tuple[Callable[[], None], ...] = ()
    claims: Claims = field(default_factory=Claims)

    def and_then(self, other: "Asked") -> "Asked":
        """Both at once."""
        return Asked(
            self.late or other.late,
            self.newest and other.newest,
            (*self.further, *other.further),
            (*self.then, *other.then),
            self.claims,
        )


@dataclass(frozen=True, slots=True)
class Task:
    """Records to be joined with one version of a document, in order. `gone`: lines that their session took away."""

    document: Document
    records: tuple[Record, ...]
    gone: frozenset[bytes]
    asked: Asked


@dataclass(frozen=True, slots=True)
class Joined:
    """A Record, what it makes of the document after the Records before it, and where all Regions stand then."""

    record: Record
    arrival: Arrival
    places: tuple[Anchor, ...]


def join_all(task: Task) -> tuple[Joined, ...]:
    """What becomes of those of a task's Records whose text is in the document. Pure, and not quick."""
    document, asked, holdings = task.document, task.asked, task.document.holdings
    found = on_screen(document, task.records, task.gone, late=asked.late, newest=asked.newest, claim_after=asked.claims)
    result: list[Joined] = []
    for record, claim in found:
        arrival = joined(holdings, record, claim, when(record))
        holdings = arrival.holdings
        result.append(Joined(record, arrival, anchors(holdings, document.text)))
    return tuple(result)


class Joining:
    """The tasks of one session. Everything is called on the loop's thread."""

    def __init__(
        self,
        pump: Pump,
        task: Callable[[str, Asked], Task | None],
        apply: Callable[[Task, tuple[Joined, ...]], bool],
    ) -> None:
        """`task`: what there is to do for the document of a URI, if anything. `apply` takes the outcome, and says whether
        it was still of the document; if it was not, it is done again with the document as it is then.
        """
        self._pump = pump
        self._task = task
        self._apply = apply
        self._asked: dict[str, Asked] = {}
        self._busy: set[str] = set()
        self._work: SimpleQueue[Task] = SimpleQueue()
        self._worker: threading.Thread | None = None

    def ask(self, uri: str, asked: Asked) -> None:
        """Have what waits for a document joined with it."""
        self._asked[uri] = self._asked[uri].and_then(asked) if uri in self._asked else asked
        if uri not in self._busy:
            self._begin(uri)

    def _begin(self, uri: str) -> None:
        """The next task of a document that has none."""
        asked = self._asked.pop(uri)
        task = self._task(uri, asked)
        if task is None:
            for then in asked.then:
                then()
            return
        self._busy.add(uri)
        self._work.put(task)
        if self._worker is None:
            self._worker = threading.Thread(target=self._run, name="joining", daemon=True)
            self._worker.start()

    def _run(self) -> None:
        """On the thread: one task after the other."""
        while True:
            task = self._work.get()
            found: tuple[Joined, ...] = ()
            try:
                found = join_all(task)
            except Exception as fault:  # noqa: BLE001  the next one must be joined all the same
                log.error("internal error: %s", describe(fault))  # noqa: TRY400  a message may quote a text
            self._pump.post(partial(self._done, task, found))

    def _done(self, task: Task, found: tuple[Joined, ...]) -> None:
        uri, asked = task.document.uri, task.asked
        self._busy.discard(uri)
        if self._apply(task, found):
            for then in asked.then:
                then()
        else:  # Again, from the start: the version that was looked at is one of those before the newest now.
            again = Asked(asked.late, newest=False, further=asked.further, then=asked.then, claims=asked.claims)
            self._asked[uri] = again.and_then(self._asked[uri]) if uri in self._asked else again
        if uri in self._asked and uri not in self._busy:
            self._begin(uri)
