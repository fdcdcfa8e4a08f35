"""The files of a workspace that others refer to: their Sources and links, and what each file sees of the others.

Everything is evaluated when it is asked for and kept as long as nothing that it was made from is exchanged. It opens
no file and finds none: what is missing is told (`missing`), and somebody brings it (`place`, `lead`).
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gifthorse.engine.evaluate.imports import OWN, PACKAGE, home_of
from gifthorse.engine.exports import MAX_FILES, NO_SIGHT, Exports, Packages, Sight, Source, export, see
from gifthorse.model.rule import Catalogue

DEPTH = 3
"""Imports one after the other through which something is followed."""

MAX_REFERENCES = 200
"""References of one file that are followed."""

MAX_PACKAGE = 60
"""Files of one package that are looked into."""

MAX_BYTES = 4 * 1024 * 1024
"""Text of all files that are kept; those used least recently go first."""


class Missing(NamedTuple):
    """What is not known yet: by file the references that lead nobody knows where, and files without a Source."""

    references: Mapping[str, tuple[str, ...]]
    files: tuple[str, ...]


_Parts = tuple[object, ...]


class _Seen(NamedTuple):
    """A Sight or Exports that was made, and of what."""

    epoch: int
    parts: _Parts
    made: Sight | Exports


class Library:
    """All that is known of the files of one or several workspaces, by path."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._sources: OrderedDict[str, Source | None] = OrderedDict()
        self._links: dict[str, dict[str, tuple[str, ...]]] = {}
        self._sights: dict[tuple[str, int], _Seen] = {}
        self._exports: dict[tuple[str, int], _Seen] = {}
        self._packages: Packages = {}
        self._reached: dict[str, frozenset[str]] = {}
        self._epoch = 0
        self._bytes = 0

    @property
    def epoch(self) -> int:
        """Grows whenever anything may have changed that a file sees of others."""
        return self._epoch

    def source(self, path: str) -> Source | None:
        """The Source of a file, if it is known."""
        return self._sources.get(path)

    def has_room(self, size: int) -> bool:
        """Whether so many bytes more can be kept without letting go of any."""
        return self._bytes + size <= MAX_BYTES

    def knows(self, path: str) -> bool:
        """Whether it is known what is in a file, be it nothing."""
        return path in self._sources

    def place(self, path: str, source: Source | None) -> None:
        """A file is this now; None: nothing can be known of it. So it is, too, where there is no room for it."""
        before = self._sources.pop(path, None)
        self._bytes -= len(before.content) if before else 0
        if source is not None and not self._makes_room(len(source.content)):
            source = None
        if before is not source or source is None:
            self._epoch += 1
        self._bytes += len(source.content) if source else 0
        self._sources[path] = source

    def _makes_room(self, size: int) -> bool:
        """Let go of what no file that is looked at refers to, the oldest first. Whether there is room then."""
        used = frozenset().union(*self._reached.values()) if self._bytes + size > MAX_BYTES else frozenset()
        for gone in [path for path in self._sources if path not in used]:
            if self._bytes + size <= MAX_BYTES:
                break
            source = self._sources.pop(gone)
            self._bytes -= len(source.content) if source else 0
            self._release(gone)
        return self._bytes + size <= MAX_BYTES

    def forget(self, path: str) -> None:
        """It is not known any more what is in a file."""
        before = self._sources.pop(path, None)
        self._bytes -= len(before.content) if before else 0
        self._release(path)
        self._epoch += 1

    def _release(self, path: str) -> None:
        for level in range(DEPTH + 1):
            self._exports.pop((path, level), None)
            self._sights.pop((path, level), None)

    def close(self, path: str) -> None:
        """A file is not looked at itself any more."""
        self._sights.pop((f"\0{path}", DEPTH), None)
        self._reached.pop(path, None)
        if path not in self._sources:
            self._links.pop(path, None)

    def lead(self, importer: str, links: Iterable[tuple[str, Sequence[str]]]) -> None:
        """References of a file lead to these files; to none: a library's."""
        known = self._links.setdefault(importer, {})
        for reference, paths in links:
            led = tuple(paths)[:MAX_PACKAGE]
            if known.get(reference) != led and (len(known) < MAX_REFERENCES or reference in known):
                known[reference] = led
                self._epoch += 1
            if reference == PACKAGE:  # all of a package have the same
                for one in led:
                    self._links.setdefault(one, {})[PACKAGE] = led

    def unlink(self, importer: str) -> None:
        """Nothing is known any more of what a file refers to."""
        if self._links.pop(importer, None):
            self._epoch += 1

    def doubt(self, paths: frozenset[str]) -> None:
        """Files came, went or changed: references that led to them, or nowhere, may lead elsewhere now."""
        for importer, links in self._links.items():
            kept = {one: to for one, to in links.items() if to and paths.isdisjoint(to)}
            self._links[importer] = kept
        self._epoch += 1

    def sight(self, path: str, level: int = DEPTH, home: str = OWN) -> Sight:
        """What a file sees of others. The one that is looked at itself has no home."""
        key = (path if home else f"\0{path}", level)
        known = self._sights.get(key)
        if known is not None and known.epoch == self._epoch:
            return _sight(known.made)
        links = self._followed(path, level, home)
        parts = tuple(part for reference, found in links.items() for part in (reference, *found))
        if known is None or not _alike(known.parts, parts):
            known = _Seen(self._epoch, parts, see(home, links, self._packages) if links else NO_SIGHT)
        self._sights[key] = known._replace(epoch=self._epoch)
        return _sight(known.made)

    def _followed(self, path: str, level: int, home: str) -> dict[str, tuple[Exports, ...]]:
        """What references lead to. The package of a file that is only seen is brought by whoever sees it."""
        if level <= 0:
            return {}
        found: dict[str, tuple[Exports, ...]] = {}
        for reference, paths in self._links.get(path, {}).items():
            if home and reference == PACKAGE:
                continue
            led = tuple(one for to in paths if (one := self.exports(to, level - 1)) is not None)
            if led:
                found[reference] = led
        return found

    def exports(self, path: str, level: int) -> Exports | None:
        """What a file gives to others, its own imports followed `level` deep; None where that is not known."""
        source = self._sources.get(path)
        if source is None:
            return None
        known = self._exports.get((path, level))
        if known is not None and known.epoch == self._epoch:
            return _given(known.made)
        sight = self.sight(path, level, home_of(path))
        package = self._package(path)
        parts = (source, sight, *package)
        if known is None or not _alike(known.parts, parts):
            known = _Seen(self._epoch, parts, self._exported(source, sight, level, known))
        self._exports[path, level] = known._replace(epoch=self._epoch)
        return _given(known.made)

    def _exported(self, source: Source, sight: Sight, level: int, known: "_Seen | None") -> Exports:
        below = self.exports(source.path, level - 1) if level else None
        if below is not None and sight is NO_SIGHT:
            return below
        before = below or (_given(known.made) if known is not None else None)
        return export(source, sight, self._catalogue, before, self._package(source.path))

    def _package(self, path: str) -> tuple[str, ...]:
        return tuple(one for one in self._links.get(path, {}).get(PACKAGE, ()) if self._sources.get(one) is not None)

    def missing(self, path: str, seeks: Iterable[tuple[str, str]]) -> Missing:
        """What else is to be known for a file that asked for these references (see Inspection.seeks)."""
        asked: dict[str, dict[str, None]] = {}
        for importer, reference in seeks:
            asked.setdefault(importer or path, {})[reference] = None
        files: dict[str, None] = {}
        self._reached[path] = self._reach(path, asked, files)
        references = {
            importer: tuple(one for one in wanted if one not in self._links.get(importer, {}))[:MAX_REFERENCES]
            for importer, wanted in asked.items()
            if len(self._links.get(importer, {})) < MAX_REFERENCES
        }
        return Missing({importer: wanted for importer, wanted in references.items() if wanted}, tuple(files))

    def _reach(self, path: str, asked: dict[str, dict[str, None]], files: dict[str, None]) -> frozenset[str]:
        """Go through the files that are seen, the nearest first, and ask for what they refer to. Which were seen."""
        met = {path}
        ring = [path]
        for distance in range(1, DEPTH + 1):
            found = [to for one in ring for to in self._referred(one) if to not in met]
            ring = list(dict.fromkeys(found))[: max(MAX_FILES - len(met), 0)]
            met.update(ring)
            for to in ring:
                if to not in self._sources:
                    files[to] = None
                elif distance < DEPTH:
                    self._sources.move_to_end(to)
                    self._ask(to, asked)
        return frozenset(met)

    def _referred(self, path: str) -> Iterator[str]:
        for paths in self._links.get(path, {}).values():
            yield from paths

    def _ask(self, path: str, asked: dict[str, dict[str, None]]) -> None:
        bare = self.exports(path, 0)
        for importer, reference in bare.seeks if bare is not None else ():
            asked.setdefault(importer or path, {})[reference] = None


def _alike(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(one) == len(other) and all(
        a is b or (isinstance(a, str) and a == b) for a, b in zip(one, other, strict=True)
    )


def _sight(made: object) -> Sight:
    if not isinstance(made, Sight):
        raise TypeError("Not a Sight.")
    return made


def _given(made: object) -> Exports:
    if not isinstance(made, Exports):
        raise TypeError("Not Exports.")
    return made
