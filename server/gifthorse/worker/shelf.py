"""The child's side of what texts import: asks for files, reads them one at a time, and says what each document sees.

Open documents count as they are in the editor, also for those that import them. Nothing here is done while somebody
waits for an inspection: see process.py.
"""

from collections.abc import Callable, Iterable

from gifthorse.engine.evaluate.imports import NO_IMPORTS, Imports
from gifthorse.engine.exports import read_source, source_of
from gifthorse.engine.inspect import Inspection
from gifthorse.engine.library import Library, Missing
from gifthorse.engine.surroundings import Read
from gifthorse.model.rule import Catalogue
from gifthorse.worker import wire


class Shelf:
    """What is known of the files around the open documents. Documents are named by their place (real path)."""

    def __init__(self, catalogue: Catalogue, send: Callable[[wire.Response], None]) -> None:
        self._catalogue, self._send = catalogue, send
        self._library = Library(catalogue)
        self._open: dict[str, Inspection] = {}
        self._moved: dict[str, None] = {}
        self._unread: dict[str, bytes] = {}
        self._asked: set[tuple[str, str]] = set()
        self._fetching: set[str] = set()
        self._checked: dict[str, tuple[int, frozenset[tuple[str, str]]]] = {}

    @property
    def has_unread(self) -> bool:
        """Whether files wait to be read."""
        return bool(self._unread)

    def imports(self, place: str) -> Imports:
        """What the document at a place sees of other files."""
        return self._library.sight(place).imports if place else NO_IMPORTS

    def read(self, place: str, content: bytes) -> Read | None:
        """What was read of this very text before."""
        source = self._library.source(place)
        return source.read if source is not None and source.content == content else None

    def inspected(self, place: str, inspection: Inspection) -> bool:
        """A document was inspected: others see it as it is now, from the next `pursue` on. Whether all that it refers
        to had been looked for before.
        """
        before = self._open.get(place)
        self._open[place] = inspection
        if self._library.knows(place) and (before is None or before.row is not inspection.row):
            self._moved[place] = None
        return inspection.seeks <= self._checked.get(place, (0, frozenset()))[1]

    def closed(self, place: str, *, saved: bool) -> None:
        """A document was closed; what is on disk counts from now on. `saved`: that is the same."""
        inspection = self._open.pop(place, None)
        self._moved.pop(place, None)
        self._checked.pop(place, None)
        if not saved and self._library.knows(place):
            self._library.forget(place)
        elif saved and inspection is not None and not self._library.knows(place):
            self._keep(place, inspection)
        self._library.close(place)

    def _keep(self, place: str, inspection: Inspection) -> None:
        """Others may import a file that was just looked at: it need not be read again."""
        row, language = inspection.row, inspection.language
        if row is not None and language is not None and self._library.has_room(len(row.content)):
            self._library.place(place, source_of(place, row, language))

    def take(self, message: wire.Links | wire.Texts | wire.Stale) -> None:
        """An answer, or news of files."""
        if isinstance(message, wire.Links):
            self._library.lead(message.place, message.found)
            self._asked.difference_update((message.place, reference) for reference, _ in message.found)
        elif isinstance(message, wire.Texts):
            for place, content in message.found:
                self._fetching.discard(place)
                if content is None:
                    self._library.place(place, None)
                else:
                    self._unread[place] = content
        else:
            for place in message.places:
                if place not in self._open and self._library.knows(place):
                    self._library.forget(place)
            self._library.doubt(frozenset(message.places))

    def read_one(self) -> int:
        """Read one file that waits for it. Returns its size."""
        place, content = self._unread.popitem()
        self._send(wire.Reading(place))
        before = self._library.source(place)
        if before is None or before.content != content:
            self._library.place(place, read_source(place, content, self._catalogue))
        self._send(wire.Reading(""))
        return len(content)

    def pursue(self, place: str, inspection: Inspection) -> bool:
        """Ask for what a document needs to know of other files and does not. Whether nothing is missing."""
        self._renew()
        state = self._library.epoch, inspection.seeks
        if self._checked.get(place) == state:
            return True
        missing = self._missing(place, inspection)
        for importer, references in missing.references.items():
            self._seek(importer, references)
        self._fetch(missing.files)
        if missing.references or missing.files:
            return False
        self._checked[place] = self._library.epoch, inspection.seeks
        return True

    def _renew(self) -> None:
        """Documents that changed count for others as they are now."""
        for place in list(self._moved):
            self._place_open(place)
        self._moved.clear()

    def _place_open(self, place: str) -> bool:
        inspection = self._open.get(place)
        if inspection is None or inspection.row is None or inspection.language is None:
            return False
        self._library.place(place, source_of(place, inspection.row, inspection.language))
        return True

    def _missing(self, place: str, inspection: Inspection) -> Missing:
        """What is missing when open documents have been put in their places."""
        missing = self._library.missing(place, inspection.seeks)
        while [one for one in missing.files if self._place_open(one)]:
            missing = self._library.missing(place, inspection.seeks)
        return missing

    def _seek(self, importer: str, references: Iterable[str]) -> None:
        new = tuple(one for one in references if (importer, one) not in self._asked)
        language = self._language(importer)
        if new:
            self._asked.update((importer, one) for one in new)
            self._send(wire.Seek(importer, language, new))

    def _language(self, place: str) -> str:
        inspection, source = self._open.get(place), self._library.source(place)
        if inspection is not None and inspection.language is not None:
            return inspection.language.name
        return source.language.name if source is not None else ""

    def _fetch(self, places: Iterable[str]) -> None:
        new = tuple(one for one in places if one not in self._fetching and one not in self._unread)
        if new:
            self._fetching.update(new)
            self._send(wire.Fetch(new))
