"""The child's side: takes documents and edits, inspects the newest version of what was touched last, answers.

Its input is always drained: while one version is inspected the next ones arrive, and only the newest of them is
looked at. Time and memory are the server's to watch; what kills this process kills nothing else.
"""

import os
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import BinaryIO, Generic, Protocol, TypeVar

from gifthorse.engine.suppress import MARK
from gifthorse.model.finding import Report
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Edit, Text
from gifthorse.worker import wire
from gifthorse.worker.garbage import Sweeper
from gifthorse.worker.limits import DeadMan, cap_memory

IDLE_AFTER = 1.0
REMEMBERED_BYTES = 32 * 1024 * 1024
REMEMBERED_EDITS = 1_000
LENIENT = 2
"""So many times the seconds of an inspection pass before this process ends itself: the server should do it first."""


class Inspected(Protocol):
    """What the engine gives back: a report, and what it wants to see again for the next version."""

    @property
    def report(self) -> Report:
        """The findings of this version."""
        ...


InspectionT = TypeVar("InspectionT", bound=Inspected)


@dataclass(frozen=True, slots=True)
class Engine(Generic[InspectionT]):
    """The engine's two doors, handed in by whoever starts the process."""

    inspect: Callable[[bytes, str, str | None, Catalogue], InspectionT]
    reinspect: Callable[[InspectionT, Sequence[Edit], bytes], InspectionT]


@dataclass(slots=True)
class Document(Generic[InspectionT]):
    """One open document: its newest text, the last inspection, and the edits since that one."""

    version: int
    path: str
    language_id: str | None
    text: Text
    inspection: InspectionT | None = None
    edits: list[Edit] = field(default_factory=list)

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
        self._engine = engine
        self._send = send
        self._documents: dict[int, Document[InspectionT]] = {}
        self._waiting: dict[int, None] = {}
        self._remembered: dict[int, int] = {}

    @property
    def is_idle(self) -> bool:
        """Whether no document waits."""
        return not self._waiting

    def take(self, message: wire.Open | wire.Change | wire.Close) -> None:
        """Apply one message. A document that is not open is not known, which is no fault: it may be closed."""
        if isinstance(message, wire.Open):
            text = Text.of(message.content)
            self._documents[message.key] = Document(message.version, message.path, message.language_id, text)
        elif message.key not in self._documents:
            return
        elif isinstance(message, wire.Change):
            self._documents[message.key].change(message)
        else:
            del self._documents[message.key]
        self._waiting.pop(message.key, None)
        if not isinstance(message, wire.Close):
            self._waiting[message.key] = None
        else:
            self._remembered.pop(message.key, None)

    def inspect_one(self) -> int:
        """Inspect the waiting document that was touched last, and answer. Returns its size in bytes."""
        key, _ = self._waiting.popitem()
        document = self._documents[key]
        self._send(wire.Started(key, document.version))
        report = with_marked_comments(self._report(document), bytes(document.text))
        self._remember(key, document)
        self._send(wire.Answer(key, document.version, report))
        return len(document.text)

    def _report(self, document: Document[InspectionT]) -> Report:
        try:
            document.inspection = self._inspected(document)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001, one document's trouble must not stop the others
            document.forget()
            return Report(None, (), (), f"not analysed: the engine failed ({describe(error)})")
        document.edits.clear()
        return document.inspection.report

    def _inspected(self, document: Document[InspectionT]) -> InspectionT:
        content = bytes(document.text)
        if document.inspection is not None:
            try:
                return self._engine.reinspect(document.inspection, document.edits, content)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001, what is remembered may be at fault: look again without it
                document.forget()
        return self._engine.inspect(content, document.path, document.language_id, self._catalogue)

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
    comments = tuple(span for span in report.comments if MARK in content[span.start : span.end])
    return replace(report, comments=comments)


def describe(error: Exception) -> str:
    """The kind and place of an error in our code; never its text, which may quote the user's."""
    return f"{type(error).__name__} at {last_place(error.__traceback__)}"


def last_place(trace: TracebackType | None) -> str:
    """File name and line of the innermost frame."""
    place = "an unknown place"
    while trace is not None:
        place = f"{PurePath(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for frames alone: what anything else prints goes to standard error."""
    source, sink = os.dup(sys.stdin.fileno()), os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123, a descriptor is wanted
        os.dup2(nothing.fileno(), sys.stdin.fileno())
    return os.fdopen(source, "rb"), os.fdopen(sink, "wb")


def serve(catalogue: Catalogue, engine: Engine[InspectionT], source: BinaryIO, sink: BinaryIO) -> None:
    """Serve the process on the other end until it closes `source`; then this process ends at once.

    The first message must be `Begin`. It leaves through `os._exit`, since an inspection may be under way.
    """
    frames: SimpleQueue[bytes] = SimpleQueue()

    def send(message: wire.Response) -> None:
        sink.write(wire.pack(message))
        sink.flush()

    threading.Thread(target=drain, args=(source, frames), name="drain", daemon=True).start()
    begin = wire.request(frames.get())
    if not isinstance(begin, wire.Begin):
        raise wire.GarbledError("the first message is not Begin")
    cap_memory(begin.memory)
    send(wire.Ready())
    try:
        work(frames, Desk(catalogue, engine, send), DeadMan(LENIENT * begin.seconds), Sweeper())
    except MemoryError:
        os._exit(wire.EXIT_MEMORY)
    except OSError:
        os._exit(0)


def drain(source: BinaryIO, frames: SimpleQueue[bytes]) -> None:
    """Pass frames on as they come. At the end of the stream, or when it is garbled, nobody waits for us any more."""
    try:
        while (frame := wire.read_frame(source)) is not None:
            frames.put(frame)
    except (wire.GarbledError, OSError):
        os._exit(1)
    except MemoryError:
        os._exit(wire.EXIT_MEMORY)
    os._exit(0)


def work(frames: SimpleQueue[bytes], desk: Desk[InspectionT], dead_man: DeadMan, sweeper: Sweeper) -> None:
    """Take all that has come, inspect one document, and begin again."""
    while True:
        if desk.is_idle:
            take(desk, dead_man, first_frame(frames, dead_man, sweeper))
        for _ in range(frames.qsize()):
            take(desk, dead_man, frames.get())
        if not desk.is_idle:
            dead_man.arm()
            sweeper.worked(desk.inspect_one())


def take(desk: Desk[InspectionT], dead_man: DeadMan, frame: bytes) -> None:
    """Put one message on the desk; a further `Begin` brings other limits."""
    message = wire.request(frame)
    if isinstance(message, wire.Begin):
        cap_memory(message.memory)
        dead_man.allow(LENIENT * message.seconds)
    else:
        desk.take(message)


def first_frame(frames: SimpleQueue[bytes], dead_man: DeadMan, sweeper: Sweeper) -> bytes:
    """The next frame. Between two keystrokes nothing else is done; a longer pause is for tidying up."""
    try:
        return frames.get(timeout=IDLE_AFTER)
    except Empty:
        sweeper.rest()
        dead_man.disarm()
        return frames.get()
