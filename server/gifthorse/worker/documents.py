"""The open documents as the server knows them: enough to give a new child everything again.

Strikes and quarantine live here: with the document, so that closing it forgets them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec

from gifthorse.model.text import Edit, Text
from gifthorse.worker import wire

STRIKES = 2


class File(NamedTuple):
    """The file of a document: its real path, from which what it imports is looked for, whether the text is just what
    is in the file, and the root whose own rules count for it.
    """

    place: str = ""
    saved: bool = False
    root: str = ""


NOWHERE: Final = File()


@dataclass(slots=True)
class Document:
    """One open document. `is_sent`: the child has it."""

    key: int
    uri: str
    version: int
    language_id: str | None
    text: Text
    strikes: int = 0
    quarantine: str = ""
    is_sent: bool = False
    file: File = NOWHERE
    against: wire.Against | None = None

    def change(self, version: int, edits: Sequence[Edit]) -> None:
        """Apply edits, in order. ValueError if one lies outside the text."""
        for edit in edits:
            self.text = self.text.apply(edit)
        self.version = version

    def hold(self, terms: wire.Against) -> None:
        """It is held against another text from now on; `terms` say all but its key."""
        self.against = msgspec.structs.replace(terms, key=self.key)

    def pardon(self) -> None:
        """Forget what is held against it."""
        self.strikes, self.quarantine = 0, ""

    def strike(self, cause: str) -> None:
        """Count a death of the child while it inspected this document; the second one is enough."""
        self.strikes += 1
        if self.strikes >= STRIKES:
            self.quarantine = f"the analysis {cause}, {STRIKES} times; reopen the file or rescan it to try again"

    def beginning(self) -> Iterator[wire.Open | wire.Against]:
        """The messages that give the child this document as it is now, and what it is held against."""
        yield self.opening()
        if self.against is not None:
            yield self.against

    def opening(self) -> wire.Open:
        """The message that gives the child this document as it is now."""
        path, content = path_of(self.uri), bytes(self.text)
        place = self.file.place if _is_unicode(self.file.place) else ""
        file = self.file
        return wire.Open(self.key, self.version, path, self.language_id, content, place, file.saved, file.root)


def _is_unicode(name: str) -> bool:
    """Whether a file's name can be written on the wire. What a file without such a name imports is not looked for."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


class Documents:
    """All open documents, by URI and by the key that names them on the wire."""

    def __init__(self) -> None:
        self._by_uri: dict[str, Document] = {}
        self._by_key: dict[int, Document] = {}
        self._last_key = 0

    def __iter__(self) -> Iterator[Document]:
        return iter(self._by_uri.values())

    def get(self, uri: str) -> Document | None:
        """The open document of that URI."""
        return self._by_uri.get(uri)

    def of_key(self, key: int) -> Document | None:
        """The open document of that key; None for one that was closed meanwhile."""
        return self._by_key.get(key)

    def open(self, uri: str, version: int, language_id: str | None, content: bytes) -> Document:
        """Add a document. One that was open with the same content keeps its strikes."""
        before = self.close(uri)
        self._last_key += 1
        document = Document(self._last_key, uri, version, language_id, Text.of(content))
        if before is not None and before.text == document.text:
            document.strikes, document.quarantine = before.strikes, before.quarantine
        self._by_uri[uri] = self._by_key[document.key] = document
        return document

    def close(self, uri: str) -> Document | None:
        """Forget a document and everything held against it."""
        document = self._by_uri.pop(uri, None)
        if document is not None:
            del self._by_key[document.key]
        return document


def path_of(uri: str) -> str:
    """The path in a URI, for the file's name; what is no URI is a path already, also one with a drive letter."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return uri
    return unquote(parts.path) if len(parts.scheme) > 1 else uri
