"""Decides what happens to documents and to the child: who is asked, who is late, who is to blame, when to try again.

A state machine without threads, processes or a clock of its own: pool.py runs it on one thread and tells it the time.
Nothing here waits.
"""

from collections.abc import Callable, Sequence

from gifthorse.model.rule import Rule
from gifthorse.model.text import Edit
from gifthorse.worker import wire
from gifthorse.worker.bylaws import Bylaws
from gifthorse.worker.child import Link
from gifthorse.worker.documents import NOWHERE, Document, Documents, File
from gifthorse.worker.librarian import Librarian, Loans
from gifthorse.worker.limits import MIB, Limits, pause_after
from gifthorse.worker.state import Condition, Reply, WorkerState, not_analysed

BUSY_AFTER = 0.3
LOOK_EVERY = 0.1
LOOK_AT_REST = 1.0
ASLEEP_AFTER = 2.0
SOUND_AFTER = 10.0
DEGRADED_AFTER = 3


class Supervisor:
    """One worker's state. `start` makes a child or raises OSError; `now` is any clock in seconds that never goes back."""

    def __init__(
        self,
        start: Callable[[], Link],
        limits: Limits,
        on_reply: Callable[[Reply], None],
        on_state: Callable[[WorkerState], None],
        clock: Callable[[], float],
    ) -> None:
        self._start = start
        self._limits = limits
        self._on_reply = on_reply
        self._on_state = on_state
        self._clock = clock
        self._librarian: Librarian | None = None
        self._on_found: Callable[[Link, wire.Links | wire.Texts], None] = self.found
        self._loans = Loans()
        self._bylaws = Bylaws()
        self._documents = Documents()
        self._child: Link | None = None
        self._ready_at: float | None = None
        self._blame: int | None = None
        self._heard_at = self._asked_at = self._looked_at = self._ticked_at = clock()
        self._unanswered: set[str] = set()
        self._refused: set[str] = set()
        self._failures = 0
        self._retry_at = 0.0
        self._detail = ""
        self._state: WorkerState | None = None

    def follow(self, librarian: Librarian, on_found: Callable[[Link, wire.Links | wire.Texts], None]) -> None:
        """What texts import is looked up by this librarian; its answers, which come on another thread, go to
        `on_found`, which has them brought to `found`.
        """
        self._librarian, self._on_found = librarian, on_found

    def open(self, uri: str, version: int, language_id: str | None, content: bytes, file: File = NOWHERE) -> None:
        """A document was opened, or replaced if it was open."""
        self._withdraw(self._documents.get(uri))
        document = self._documents.open(uri, version, language_id, content)
        document.file = file
        self._ask(document, ())

    def change(self, uri: str, version: int, edits: Sequence[Edit]) -> None:
        """A document was edited. What does not fit the text we have makes it unknown until it is opened again."""
        document = self._documents.get(uri)
        if document is None:
            return
        try:
            document.change(version, edits)
        except ValueError:
            document.version, document.quarantine = version, "an edit lies outside the text; reopen the file"
        self._ask(document, edits)

    def close(self, uri: str) -> None:
        """A document was closed: it is not inspected any more, and nothing is held against it."""
        self._withdraw(self._documents.close(uri))
        self._unanswered.discard(uri)
        self._refused.discard(uri)

    def release(self, uri: str) -> None:
        """Somebody wants the document inspected again, whatever it did before."""
        document = self._documents.get(uri)
        if document is not None:
            self._bylaws.pardon(document, self._child)
            document.pardon()
            self._ask(document, ())

    def against(self, uri: str, terms: wire.Against) -> None:
        """A document is held against another text, at a version: all but the key is said."""
        document = self._documents.get(uri)
        if document is not None:
            document.hold(terms)
            if document.is_sent and self._child is not None and document.against is not None:
                self._child.send(document.against)

    def rules(self, root: str, rules: tuple[Rule, ...]) -> None:
        """These rules of a user's own count for a root from now on; its documents are inspected again."""
        self._bylaws.learn(root, rules, self._child)

    def allow(self, limits: Limits) -> None:
        """Other limits hold from now on, also for what was refused, or not, because of its size."""
        if limits == self._limits:
            return
        self._limits = limits
        if self._child is not None:
            self._child.send(self._limits_for_child())
        for document in self._documents:
            if (document.uri in self._refused) != bool(self._refusal(document)):
                self._ask(document, ())

    def stale(self, places: Sequence[str]) -> None:
        """Files that are not open changed, came or went."""
        self._loans.changed(places)
        if self._child is not None:
            self._child.send(wire.Stale(tuple(places)))

    def found(self, child: Link, message: wire.Links | wire.Texts) -> None:
        """The librarian's answer to a child, if it is still there."""
        if child is self._child:
            child.send(message)

    def heard(self, child: Link, message: wire.Response) -> None:
        """The child said something; what a former child said is of no interest."""
        if child is not self._child:
            return
        self._heard_at = self._clock()
        if isinstance(message, wire.Ready):
            self._ready_at = self._heard_at
        elif isinstance(message, wire.Started):
            self._blame = message.key
        elif isinstance(message, wire.Reading):
            self._loans.reading = message.place
        elif isinstance(message, wire.Seek | wire.Fetch):
            self._loans.passed_on(message, child.send, self._librarian, lambda answer: self._on_found(child, answer))
        else:
            self._blame = None
            self._answered(message)

    def lost(self, child: Link, cause: str) -> None:
        """The child is gone."""
        if child is self._child:
            self._fail(cause)

    def stop(self) -> None:
        """End the child and say so; takes a moment."""
        child, self._child = self._child, None
        if child is not None:
            child.finish()
        self._on_state(WorkerState(Condition.STOPPED))

    def tick(self) -> None:
        """Look at the clock: start a child, end one that is late or too big, and tell how things are."""
        now = self._clock()
        if self._blame is not None and now - self._ticked_at > ASLEEP_AFTER:
            # This thread did not run although it was to: the machine slept, and so did the child.
            self._heard_at = min(now, self._heard_at + now - self._ticked_at)
        self._ticked_at = now
        if self._child is None:
            if now >= self._retry_at:
                self._begin()
        elif cause := self._overdue(now) or self._overgrown(now):
            self._fail(cause)
        self._tell(now)

    def wait(self) -> float | None:
        """Seconds until the next tick is needed; None: not before something happens."""
        now = self._clock()
        if self._child is None:
            return max(0.0, self._retry_at - now)
        if self._blame is not None or self._loans.reading:
            return LOOK_EVERY
        if self._ready_at is None or self._unanswered:
            return max(LOOK_EVERY, self._silent_since() + self._limits.startup - now)
        return None

    def _begin(self) -> None:
        """Start a child and give it everything; what killed the last one comes first and is so looked at last."""
        self._ready_at = self._blame = None
        self._heard_at = self._asked_at = self._clock()
        try:
            self._child = self._start()
        except OSError as error:
            self._fail(f"cannot be started ({error.strerror})")
            return
        self._child.send(self._limits_for_child())
        self._bylaws.tell(self._child)
        for document in sorted(self._documents, key=lambda document: -document.strikes):
            if document.uri not in self._refused:
                self._ask(document, ())

    def _limits_for_child(self) -> wire.Begin:
        return wire.Begin(self._limits.seconds, self._limits.memory, self._librarian is not None and self._loans.open)

    def _ask(self, document: Document, edits: Sequence[Edit]) -> None:
        """Have the newest version of a document inspected, or say why that is not done."""
        if why := self._refusal(document):
            self._withdraw(document)
            self._refuse(document, why)
            return
        self._refused.discard(document.uri)
        self._asked_at = self._asked_at if self._unanswered else self._clock()
        self._unanswered.add(document.uri)
        if self._child is None:
            if self._failures >= DEGRADED_AFTER:
                self._reply_unknown(document, self._detail)
        elif document.is_sent and edits:
            self._child.send(wire.Change(document.key, document.version, tuple(edits)))
        else:
            for message in document.beginning():
                self._child.send(message)
            document.is_sent = True

    def _withdraw(self, document: Document | None) -> None:
        """Take a document away from the child."""
        if document is not None and document.is_sent and self._child is not None:
            self._child.send(wire.Close(document.key))
            document.is_sent = False

    def _refusal(self, document: Document) -> str:
        """Why a document is not given to the child, or nothing."""
        if len(document.text) > self._limits.content:
            return f"larger than {self._limits.content:,} bytes"
        return document.quarantine

    def _answered(self, message: wire.Answer) -> None:
        document = self._documents.of_key(message.key)
        if document is not None:
            if document.version == message.version:
                self._unanswered.discard(document.uri)
            report = self._bylaws.marked(document, message.report)
            self._on_reply(Reply(document.uri, message.version, report, message.settled, message.compared))

    def _refuse(self, document: Document, why: str) -> None:
        """Say that a document is not inspected as long as it is as it is."""
        self._refused.add(document.uri)
        self._unanswered.discard(document.uri)
        self._reply_unknown(document, why)

    def _reply_unknown(self, document: Document, why: str) -> None:
        self._on_reply(Reply(document.uri, document.version, not_analysed(why)))

    def _silent_since(self) -> float:
        return max(self._heard_at, self._asked_at)

    def _overdue(self, now: float) -> str:
        """What the child is late with, or nothing."""
        if self._blame is not None or self._loans.reading:
            late = now - self._heard_at > self._limits.seconds
            return f"took longer than {self._limits.seconds:g} s" if late else ""
        late = now - self._silent_since() > self._limits.startup
        if self._ready_at is None:
            return f"did not start within {self._limits.startup:g} s" if late else ""
        return f"was silent for {self._limits.startup:g} s" if late and self._unanswered else ""

    def _overgrown(self, now: float) -> str:
        """Whether the child holds too much memory; looked at often while it works on something long."""
        pause = LOOK_EVERY if self._blame is not None or self._loans.reading else LOOK_AT_REST
        if self._child is None or now - self._looked_at < pause:
            return ""
        self._looked_at = now
        size = self._child.resident()
        return f"needed more than {self._limits.memory / MIB:g} MiB" if size and size > self._limits.memory else ""

    def _fail(self, cause: str) -> None:
        """The child is no use any more. A document that it was at gets a strike; otherwise the child is at fault."""
        if self._child is not None:
            self._child.kill()
        self._child = None
        for document in self._documents:
            document.is_sent = False
        if self._loans.died():
            self._retry_at = self._clock()
        elif self._blame is not None:
            self._strike(self._documents.of_key(self._blame), cause)
        else:
            self._blame_child(cause)
        self._blame = None

    def _strike(self, document: Document | None, cause: str) -> None:
        self._retry_at = self._clock()
        if document is not None and not self._bylaws.suspect(document, cause):
            document.strike(cause)
            if document.quarantine:
                self._refuse(document, document.quarantine)

    def _blame_child(self, cause: str) -> None:
        now = self._clock()
        if self._ready_at is not None and now - self._ready_at >= SOUND_AFTER:
            self._failures = 0
        self._failures += 1
        self._retry_at = now + pause_after(self._failures)
        self._detail = f"the analysis process {cause}"
        if self._failures == DEGRADED_AFTER:
            for document in self._documents:
                if document.uri in self._unanswered:
                    self._reply_unknown(document, self._detail)

    def _tell(self, now: float) -> None:
        """Report the condition where it changed."""
        condition = self._condition(now)
        detail = self._detail if condition is Condition.DEGRADED else ""
        state = WorkerState(condition, detail, tuple(sorted(self._refused)))
        if state != self._state:
            self._state = state
            self._on_state(state)

    def _condition(self, now: float) -> Condition:
        if self._child is None or self._ready_at is None:
            return Condition.DEGRADED if self._failures >= DEGRADED_AFTER else Condition.STARTING
        is_slow = self._blame is not None and now - self._heard_at > BUSY_AFTER
        return Condition.BUSY if is_slow else Condition.READY
