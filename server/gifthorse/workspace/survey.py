"""Looks into many files at once: walks, reads, has them analysed, and joins each with what is known of its Regions.

It decides nothing about output or exit codes; the command line's `scan` and the server's workspace scan do.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from gifthorse.model.finding import Report
from gifthorse.model.region import Region
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Text
from gifthorse.provenance.holdings import Holdings
from gifthorse.store.beside import beside
from gifthorse.store.files import Found, Skipped, read_found, walk
from gifthorse.store.folders import file_of, name_in, plain, real, root_of
from gifthorse.store.ownrules import OwnRules, joined
from gifthorse.store.trees import Disk
from gifthorse.workspace.analysis import Analysts, Document, cores
from gifthorse.workspace.judge import Judgement, judge_all
from gifthorse.workspace.limits import limits_for
from gifthorse.workspace.modules import Modules, root_for
from gifthorse.workspace.owners import Owners
from gifthorse.workspace.policies import allowed
from gifthorse.workspace.root import Workspace
from gifthorse.workspace.without import Declarations, without_assistants

FEW = 4
"""Fewer files than this are done before a second process would have started."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One file with all that is known of it: `name` inside `root`, its text, what a person should see of it, and the
    Regions in it. `incomplete` says in words why it was not fully analysed, or is empty.
    """

    path: Path
    root: Path
    name: str
    text: Text
    language: str | None
    judgement: Judgement
    regions: tuple[Region, ...]
    incomplete: str


@dataclass(frozen=True, slots=True)
class Aside:
    """A file or folder that was not looked into, why, and whether nobody knows what is in it."""

    path: Path
    root: Path
    name: str
    why: str
    unknown: bool


class Roots:
    """Folder -> Workspace of the root that it belongs to, each made once."""

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        trusted: bool,
        configured: bool,
        overrides: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        """`trusted`: as a person said for all of them. `configured`: whether their configuration counts at all;
        `overrides`: fields of it as that person wants them.
        """
        self._overrides = overrides
        self.catalogue = catalogue
        self._trusted = trusted
        self._configured = configured
        self._of_folder: dict[Path, Workspace] = {}
        self._of_root: dict[Path, Workspace] = {}

    def of(self, path: Path) -> Workspace:
        """The Workspace of a file (or of a folder with a name after it)."""
        known = self._of_folder.get(path.parent)
        if known is None:
            root = root_of(path.parent)
            known = self._of_root.get(root) or self._made(root)
            self._of_folder[path.parent] = self._of_root[root] = known
        return known

    def _made(self, root: Path) -> Workspace:
        workspace = Workspace(
            root,
            trusted=self._trusted,
            configured=self._configured,
            catalogue=self.catalogue,
            overrides=self._overrides,
        )
        workspace.collect()
        return workspace

    def joined(self) -> Catalogue:
        """The rules of all roots that were needed so far: ours, and those of the user's own."""
        found = {name: rule for workspace in self for name, rule in workspace.own.rules.items()}
        return joined(self.catalogue, OwnRules(found))

    def __iter__(self) -> Iterator[Workspace]:
        """All Workspaces that were needed so far."""
        return iter(self._of_root.values())


def gather(paths: Sequence[Path], roots: Roots) -> Iterator[tuple[Path, Found | Skipped]]:
    """All files under the paths, each once, with the root that its name is relative to.

    A file that is named itself is taken whatever ignores or excludes it. Raises FileNotFoundError for a path that
    does not exist, before anything else is done.
    """
    for path in paths:
        path.stat()
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            workspace = roots.of(real(path) / "x")
            items: Iterable[Found | Skipped] = walk(path, workspace.root, workspace.config.exclude)
        else:
            workspace = roots.of(real(path.parent) / path.name)
            place = real(path.parent) / path.name
            items = [Found(place, name_in(workspace.root, place) or plain(path.name))]
        for item in items:
            key = item.path if isinstance(item, Found) else workspace.root / item.name
            if key not in seen:
                seen.add(key)
                yield workspace.root, item


def survey(items: Sequence[tuple[Path, Found | Skipped]], roots: Roots) -> Iterator[Surveyed | Aside]:
    """What is in the files, in their order; what is set aside comes as it is met, a little earlier than its turn.

    Raises AnalysisError where no analysis process can be run.
    """
    count = sum(isinstance(item, Found) for _, item in items)
    if not count:
        yield from (_aside(root, item) for root, item in items if isinstance(item, Skipped))
        return
    reader = _Reader(items, roots)
    limits = limits_for(workspace.config for workspace in roots)
    with Analysts(min(cores(), 1 + count // FEW), limits, shelves=partial(_shelves, items, roots)) as analysts:
        for workspace in roots:
            analysts.teach(str(workspace.root), tuple(workspace.own.rules.values()))
        for document, report in analysts.analyse(reader.documents()):
            yield from reader.take_aside()
            yield _joined(reader.places.popleft(), Text.of(document.content), report)
        yield from reader.take_aside()


def _shelves(items: Sequence[tuple[Path, Found | Skipped]], roots: Roots) -> Modules:
    """Where what the files import is found: in the roots that they belong to."""
    folders = tuple(dict.fromkeys(root for root, _ in items))
    return Modules(roots.catalogue.languages, lambda path: root_for(path, folders))


class _Place(NamedTuple):
    """A file whose turn has come: its root's Workspace, the root that its name is relative to, and its Regions."""

    workspace: Workspace
    root: Path
    found: Found
    regions: tuple[Region, ...]


class _Reader:
    """Reads files when their turn comes, and remembers which could not be."""

    def __init__(self, items: Sequence[tuple[Path, Found | Skipped]], roots: Roots) -> None:
        self._items = items
        self._roots = roots
        self._aside: list[Aside] = []
        self._declarations = Declarations()
        self.places: deque[_Place] = deque()

    def documents(self) -> Iterator[Document]:
        for root, item in self._items:
            content = self._content(item)
            if isinstance(content, Skipped):
                self._aside.append(_aside(root, content))
            elif isinstance(item, Found):
                workspace = self._roots.of(item.path)
                document = Document(item.name, content, str(real(item.path)), str(workspace.root))
                yield self._against(document, root, item, workspace)

    def _against(self, document: Document, root: Path, item: Found, workspace: Workspace) -> Document:
        """The document, with the text that it is held against where an assistant's is in it, and what holds for it."""
        name = _name(workspace, root, item)
        holdings = workspace.holdings(name, Text.of(document.content)) if name is not None else Holdings()
        self.places.append(_Place(workspace, root, item, holdings.regions()))
        before = without_assistants(workspace, name, document.content, holdings) if name is not None else None
        if name is None or before is None:
            return document
        told = self._declarations.of(workspace, name)
        may = allowed(workspace.config.grants, file_of(name))
        near = beside(name, workspace.root, Disk(workspace.root))
        return replace(document, before=before, allowed=may, declared=told, beside=near)

    def _content(self, item: Found | Skipped) -> bytes | Skipped:
        if isinstance(item, Skipped):
            return item
        largest = self._roots.of(item.path).config.bounds.file_bytes
        return read_found(item, largest, partial(is_program, self._roots.catalogue))

    def take_aside(self) -> Iterator[Aside]:
        while self._aside:
            yield self._aside.pop(0)


def is_program(catalogue: Catalogue, name: str) -> bool:
    """Whether a file of this name is in one of our languages. Asking the engine would load all of it here."""
    last = name.rpartition("/")[2]
    languages = catalogue.languages.values()
    return any(last in one.filenames or last.lower().endswith(one.extensions) for one in languages)


def _aside(root: Path, skipped: Skipped) -> Aside:
    return Aside(root / skipped.name, root, skipped.name, skipped.why, skipped.unknown)


def surveyed(workspace: Workspace, root: Path, found: Found, text: Text, report: Report) -> Surveyed:
    """One analysed file joined with its root's journal and configuration."""
    name = _name(workspace, root, found)
    regions = workspace.regions(name, text) if name is not None else ()
    return _joined(_Place(workspace, root, found, regions), text, report)


def _joined(place: _Place, text: Text, report: Report) -> Surveyed:
    workspace, root, found, regions = place
    judgement = judge_all(report, text, Owners(regions), workspace.config, workspace.catalogue, found.name)
    return Surveyed(found.path, root, found.name, text, report.language, judgement, regions, report.incomplete)


def _name(workspace: Workspace, root: Path, found: Found) -> str | None:
    """The name under which the journal knows a file."""
    return found.name if root == workspace.root else workspace.name_of(found.path)
