"""What a file gives to those that import it: its names and what they stand for, without looking at function bodies.

A file is evaluated for others up to a depth of imports: at level 0 as if it imported libraries alone, at level 1 with
its imports at level 0, and so on. So what a file gives depends on contents only, never on who asked first, and files
that import each other in a circle are no special case. It does not know how references lead to files.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gifthorse.engine.evaluate.imports import (
    NO_IMPORTS,
    PACKAGE,
    STARS,
    Imports,
    Layers,
    free_ref,
    home_of,
    link,
    own_places,
)
from gifthorse.engine.evaluate.items import Placed
from gifthorse.engine.evaluate.module import NOTHING_YET, Evaluation, evaluate
from gifthorse.engine.evaluate.store import Entry, Layer, Place
from gifthorse.engine.evaluate.values import Function, Ref, Value
from gifthorse.engine.languages import language_of, prepare
from gifthorse.engine.legible import illegible
from gifthorse.engine.parts import Row, read_row
from gifthorse.engine.surroundings import Read, placed_of, reading_of, surroundings
from gifthorse.engine.syntax import EndlessError, parse
from gifthorse.model.rule import Catalogue, Language

MAX_FILES = 64
"""Files that one file may see, the nearest first."""

MAX_BYTES = 1024 * 1024
"""A larger file is a library to others."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A file of the workspace, read."""

    path: str
    content: bytes
    read: Read

    @property
    def language(self) -> Language:
        """Its language."""
        return self.read.language

    def placed(self) -> list[Placed]:
        """Its top-level Facts."""
        return placed_of(self.read.row, self.language.settings.get("shown_behind", "").encode())


def source_of(path: str, row: Row, language: Language) -> Source:
    """The Source of a text that was read already."""
    return Source(path, row.content, Read(language, row))


def read_source(path: str, content: bytes, catalogue: Catalogue) -> Source | None:
    """Read a file, or None for one in no language that has names."""
    language, prepared = language_of(path, None, catalogue), prepare(catalogue)
    if language is None or not language.grammar or len(content) > MAX_BYTES or illegible(language, content):
        return None
    try:
        grammar = prepared.grammar(language)
        row = read_row(parse(grammar, content), reading_of(prepared, language))
    except (ValueError, EndlessError):
        return None
    return source_of(path, row, language)


@dataclass(frozen=True, eq=False)
class Exports:
    """What a file gives. `layer`: all its places, and what its references stand for; `imports`: what it sees itself,
    `packages`: those among it by their names.
    """

    source: Source
    evaluation: Evaluation
    layer: Mapping[Place, Entry]
    imports: "Sight"
    packages: Mapping[str, Mapping[Place, Entry]]

    @property
    def content(self) -> bytes:
        """The file's text."""
        return self.source.content

    def positions(self) -> Mapping[str, int]:
        """Where each of its parts starts, in bytes."""
        return self._positions

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return self.evaluation.positions()

    def functions(self) -> Mapping[str, Function]:
        """Its functions by their paths, but for those inside of others."""
        return self._functions

    @cached_property
    def _functions(self) -> Mapping[str, Function]:
        works = self.evaluation.works.values()
        return {one.function.path: one.function for work in works for one in work.defined}

    @cached_property
    def seeks(self) -> frozenset[tuple[str, str]]:
        """The references that it makes, see Evaluation."""
        return self.evaluation.seeks()

    @cached_property
    def whole(self) -> Value:
        """The file as a Value: its members are what it gives. A file may put something else in its place."""
        home = home_of(self.source.path)
        for name in self.source.language.settings.get("exports", "").split():
            found = _given_as(self.layer, home, name)
            if found is not None:
                return found
        return Value(ref=home)

    @cached_property
    def names(self) -> tuple[tuple[str, Entry], ...]:
        """Its own names, for those that see it as a part of a package."""
        home = home_of(self.source.path)
        return tuple((str(name), entry) for (ref, name), entry in self.layer.items() if ref == home)


def _given_as(layer: Mapping[Place, Entry], home: Ref, name: str) -> Value | None:
    """What a file has put under `module.exports` or the like, as a whole or member by member."""
    first, *rest = name.split(".")
    value = Value(ref=free_ref(home, first))
    for word in rest:
        entry = layer.get((value.ref, word))
        value = entry if isinstance(entry, Value) else Value(ref=(value.ref, word))
    if value.fn is not None or value.kind or value.name or value.known:
        return value
    return value if (value.ref, None) in layer else None


@dataclass(frozen=True, eq=False)
class Sight:
    """What one file sees of others: those that it refers to, and all that they see in turn."""

    imports: Imports
    files: Mapping[str, Exports]


NO_SIGHT = Sight(NO_IMPORTS, {})


Packages = dict[str, tuple[tuple[Exports, ...], Layer]]
"""Packages that were put together, by their names, and of what."""


def see(home: str, links: Mapping[str, tuple[Exports, ...]], known: Packages) -> Sight:
    """What the file of that home sees, whose references lead to these files (several make a package). `known` are
    packages that may be used again, and gets the new ones.
    """
    if not links:
        return NO_SIGHT
    files: dict[str, Exports] = {}
    for exports in (one for found in links.values() for one in found):
        files.setdefault(exports.source.path, exports)
    packages = {name: layer for exports in files.values() for name, layer in exports.packages.items()}
    for direct in tuple(files.values()):
        for path, exports in direct.imports.files.items():
            if len(files) < MAX_FILES:
                files.setdefault(path, exports)
                packages.update(exports.packages)
    own, made = link_places(home, links, known)
    layers = {**{path: exports.layer for path, exports in files.items()}, **packages, **made}
    return Sight(Imports(Layers(own, layers), files), files)


def package_name(paths: Iterable[str]) -> str:
    """What these files together are called."""
    return "|".join(paths)


def link_places(home: str, links: Mapping[str, tuple[Exports, ...]], known: Packages) -> tuple[Layer, dict[str, Layer]]:
    """What the references in the file of that home stand for, and the packages among them by their names."""
    layer: Layer = {}
    packages: dict[str, Layer] = {}
    for reference, found in links.items():
        if len(found) == 1:
            layer[link(home, reference)] = found[0].whole
        elif found:
            name = package_name(exports.source.path for exports in found)
            ref = home_of(name)
            layer[link(home, reference)] = Value(ref=ref)
            made = known.get(name)
            if made is None or any(one is not other for one, other in zip(made[0], found, strict=True)):
                fields: Layer = {(ref, one): entry for exports in reversed(found) for one, entry in exports.names}
                made = known[name] = found, fields
            packages[name] = made[1]
    return layer, packages


def _add_stars(layer: Layer, home: str, others: Layers) -> None:
    """What a file imports as a whole it gives to others, too."""
    stars = home, STARS
    numbers = layer.get((stars, None), ())
    for number in reversed(numbers if isinstance(numbers, tuple) and not isinstance(numbers, Value) else ()):
        star = layer.get((stars, number))
        ref = star.ref if isinstance(star, Value) else None
        names = others.names(ref) if ref is not None else ()
        for name in names:
            layer.setdefault((home, name), others[ref, name])


def export(
    source: Source, sight: Sight, catalogue: Catalogue, before: Exports | None = None, package: Sequence[str] = ()
) -> Exports:
    """What a file gives that sees this of others. `before`: of an earlier version or level, to save work only.

    `package`: the files whose names its functions know without import, if there are any; its own are among them.
    """
    home, prepared = home_of(source.path), prepare(catalogue)
    around = surroundings(prepared, source.language, source.path, sight.imports, home)
    old = before.evaluation if before is not None else NOTHING_YET
    evaluation = evaluate(around, source.placed(), old, bodies=False)
    layer = own_places(evaluation.state)
    for path in evaluation.makers.get("", ()):
        layer.update(evaluation.functions[path].model)
    _add_stars(layer, home, sight.imports.layer)
    links = sight.imports.layer
    layer.update(links.own)
    if package:
        layer[link(home, PACKAGE)] = Value(ref=home_of(package_name(package)))
    packages = {name: made for name, made in links.files.items() if name not in sight.files}
    return Exports(source, evaluation, layer, sight, packages)
