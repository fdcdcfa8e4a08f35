"""The files around the open documents, for those who look up what texts import. What is open counts as it is there."""

from collections.abc import Callable, Sequence
from pathlib import Path

from gifthorse.lsp.roots import Roots
from gifthorse.model.rule import Rule
from gifthorse.model.text import Text
from gifthorse.store.folders import real, root_of
from gifthorse.worker.pool import File, Worker
from gifthorse.workspace.modules import Modules, root_for


class Around:
    """Which documents are open, by the real paths of their files. `text_of` gives the text of an open URI."""

    def __init__(self, roots: Roots, worker: Worker, text_of: Callable[[str], Text | None]) -> None:
        self._roots, self._worker, self._text_of = roots, worker, text_of
        self._open: dict[str, str] = {}

    def opened(self, uri: str, path: str | None) -> File:
        """A document was opened: the file that its imports are looked for from."""
        root = str(self._roots.of(path).root)
        if path is None:
            return File(root=root)
        place = str(real(Path(path)))
        self._open[place] = uri
        return File(place, root=root)

    def saved(self, path: Path) -> File:
        """The file of a text that was read from disk; none where another text of it is open."""
        place, root = str(real(path)), str(root_of(path))
        return File(root=root) if place in self._open else File(place, saved=True, root=root)

    def own_rules(self) -> Sequence[tuple[str, Sequence[Rule]]]:
        """The user's own rules that hold in each known root."""
        return [(str(workspace.root), tuple(workspace.own.rules.values())) for workspace in self._roots.known()]

    def teach(self) -> None:
        """What is configured has changed: tell the worker which of the user's own rules hold where."""
        for root, rules in self.own_rules():
            self._worker.rules(root, rules)

    def closed(self, uri: str) -> None:
        """A document was closed: what is on disk counts."""
        self._open = {place: one for place, one in self._open.items() if one != uri}

    def changed(self, paths: Sequence[str]) -> None:
        """Files changed on disk, came or went: what open documents see of them may be something else now."""
        self._worker.stale([str(real(Path(path))) for path in paths])

    def modules(self) -> Modules:
        """Where what texts import is found: in the roots of their files, or in the client's folders."""
        roots = self._roots
        return Modules(roots.catalogue.languages, lambda path: root_for(path, roots.real_folders()), self._text_at)

    def _text_at(self, place: str) -> bytes | None:
        """Asked on other threads; texts are values."""
        text = self._text_of(self._open[place]) if place in self._open else None
        return bytes(text) if text is not None else None
