"""Who finds and reads the files that texts refer to, on a thread of its own: disks may be slow.

What a reference leads to and which files may be read is decided by the Shelves that it is given; it only asks them.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from queue import SimpleQueue
from typing import Protocol

from gifthorse.worker import wire

log = logging.getLogger(__name__)

MOST_DEADLY = 8
"""Files at which a child died, after which it is given none any more."""


class Shelves(Protocol):
    """What is known of a workspace's files. All methods are called on one thread and may take their time."""

    def lead(self, place: str, language: str, references: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each reference that stands in the file `place` with the files it leads to, none for a library."""
        ...

    def text(self, place: str) -> bytes | None:
        """What is in a file that `lead` gave, or None where it cannot or may not be read."""
        ...


class Loans:
    """Which files the child may be given: not those at which one died, and none any more after MOST_DEADLY of them.

    `reading` is the file that the child is at, empty for none.
    """

    def __init__(self) -> None:
        self.reading = ""
        self._deadly: set[str] = set()

    @property
    def open(self) -> bool:
        """Whether files are given at all."""
        return len(self._deadly) < MOST_DEADLY

    def died(self) -> bool:
        """The child is dead. Whether that was because of the file that it was reading, which is remembered."""
        place, self.reading = self.reading, ""
        if place:
            self._deadly.add(place)
        return bool(place)

    def changed(self, places: Iterable[str]) -> None:
        """These files are not what they were."""
        self._deadly.difference_update(places)

    def sorted_out(self, message: wire.Seek | wire.Fetch) -> tuple[wire.Seek | wire.Fetch, wire.Texts | None]:
        """What may be answered of a question, and the answer to the rest of it."""
        if isinstance(message, wire.Seek) or self._deadly.isdisjoint(message.places):
            return message, None
        bad = tuple((place, None) for place in message.places if place in self._deadly)
        return wire.Fetch(tuple(place for place in message.places if place not in self._deadly)), wire.Texts(bad)

    def passed_on(
        self,
        message: wire.Seek | wire.Fetch,
        send: Callable[[wire.Texts], None],
        librarian: "Librarian | None",
        answer: Callable[[wire.Links | wire.Texts], None],
    ) -> None:
        """Pass a question of a child's on to the librarian, whose answer goes to `answer`; files that killed a child
        are not given to another, which `send` tells it.
        """
        asked, refused = self.sorted_out(message)
        if refused is not None:
            send(refused)
        if librarian is not None:
            librarian.ask(asked, answer)


class Promised:
    """Shelves that are there by the time they are needed: the worker is started before anything else is."""

    shelves: Shelves

    def lead(self, place: str, language: str, references: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """See Shelves."""
        return self.shelves.lead(place, language, references)

    def text(self, place: str) -> bytes | None:
        """See Shelves."""
        return self.shelves.text(place)


class Librarian:
    """One thread that answers Seek and Fetch. `answer` is called on it, once for each question."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._questions: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        threading.Thread(target=self._run, name="librarian", daemon=True).start()

    def ask(self, question: wire.Seek | wire.Fetch, answer: Callable[[wire.Links | wire.Texts], None]) -> None:
        """Have a question answered soon; returns at once."""
        self._questions.put(lambda: answer(self._answered(question)))

    def stop(self) -> None:
        """Answer nothing more."""
        self._questions.put(None)

    def _run(self) -> None:
        while (work := self._questions.get()) is not None:
            work()

    def _answered(self, question: wire.Seek | wire.Fetch) -> wire.Links | wire.Texts:
        """The answer; where the shelves fail, everything is a library and nothing can be read."""
        try:
            if isinstance(question, wire.Seek):
                found = self._shelves.lead(question.place, question.language, question.references)
                return wire.Links(question.place, found)
            return wire.Texts(tuple((place, self._shelves.text(place)) for place in question.places))
        except Exception as error:  # noqa: BLE001, whoever asked must be answered
            log.error("files could not be looked up: %s", type(error).__name__)  # noqa: TRY400, no user's paths
        if isinstance(question, wire.Seek):
            return wire.Links(question.place, tuple((reference, ()) for reference in question.references))
        return wire.Texts(tuple((place, None) for place in question.places))
