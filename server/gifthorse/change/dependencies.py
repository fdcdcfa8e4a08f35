"""The packages that a change imports, or asks for in a manifest, against what is declared and what is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath

from gifthorse.change.compare import Change
from gifthorse.change.manifest import Ecosystem, all_ecosystems, prefixes, reader_of
from gifthorse.change.nearness import nearest
from gifthorse.change.traits import Trait
from gifthorse.model.dependency import Declared, Packages

GROUP = "dependencies"
VERY_WELL_KNOWN = 1_000
WELL_KNOWN = 4_000
"""How many of the most used names others are held against."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """An import that nothing declares: where, the package's name, a name it is easily taken for, whether the name is
    used a lot, and whether there is a manifest at all. `names`: how it may be declared.
    """

    trait: Trait
    name: str
    near: str
    is_known: bool
    is_told: bool
    names: tuple[str, ...] = field(default=())


def ecosystem_of(path: str, packages: Mapping[str, Packages]) -> str:
    """The ecosystem of a file with code, by its ending; empty for none."""
    ending = PurePosixPath(path).suffix.lower()
    return next((name for name, one in packages.items() if ending in one.endings), "")


def unknown(change: Change) -> tuple[Unknown, ...]:
    """The imports that the change brings and nothing declares, each package once."""
    name = ecosystem_of(change.path, change.catalogue.packages)
    told = change.declared
    file = PurePosixPath(change.path).name
    if not name or reader_of(file) or (told is not None and told.ecosystem != name):
        return ()
    packages, ecosystem = change.catalogue.packages[name], all_ecosystems()[name]
    before = {trait.words for trait in change.before.of(GROUP)}
    found: dict[str, Unknown] = {}
    for trait in change.after.of(GROUP):
        if change.brings(trait.span) and trait.words not in before:
            one = _judged(trait, told or Declared(name), packages, ecosystem)
            if one is not None:
                found.setdefault(one.name, one)
    return tuple(found.values())


def _judged(trait: Trait, told: Declared, packages: Packages, ecosystem: Ecosystem) -> Unknown | None:
    names = ecosystem.candidates(trait.words)
    if not names or _is_own(trait.words, names, told.own):
        return None
    standard, known = _words(packages.standard), _words(packages.known)
    separator = next((mark for mark in ("::", "\\", ".") if mark in trait.words), "/")
    above = [*prefixes(trait.words, separator), *names]
    if any(one in standard for one in above):
        return None
    mapped = next((packages.imports[one] for one in above if one in packages.imports), ())
    if told.names.intersection((*names, *map(ecosystem.normal, mapped))):
        return None
    name = next((one for one in mapped if "/" in one), mapped[0]) if mapped else names[0]
    is_known = bool(mapped) or any(one in known for one in names)
    if is_known:
        return Unknown(trait, name, "", is_known=True, is_told=bool(told.files), names=names)
    most = WELL_KNOWN if told.files else VERY_WELL_KNOWN
    near = _nearest(names[0], packages.known, most) or nearest(names[0], sorted(told.names))
    near = near or _nearest(names[0], " ".join(packages.imports), most)
    return Unknown(trait, name, near, is_known=False, is_told=bool(told.files), names=names)


def _is_own(word: str, names: tuple[str, ...], own: frozenset[str]) -> bool:
    if own.intersection(names) or word in own or word.split(".", maxsplit=1)[0] in own:
        return True
    return any(word.startswith(f"{one}/") for one in own)


def near_of(name: str, packages: Packages, ecosystem: Ecosystem) -> str:
    """The very well-known package that a name in a manifest is easily taken for, if it is none itself."""
    normal = ecosystem.normal(name)
    return "" if normal in _words(packages.known) else _nearest(normal, packages.known, VERY_WELL_KNOWN)


@lru_cache(maxsize=32)
def _words(text: str) -> dict[str, None]:
    """The words of a list in their order."""
    return dict.fromkeys(text.split())


@lru_cache(maxsize=2_000)
def _nearest(name: str, known: str, most: int) -> str:
    return nearest(name, list(_words(known))[:most])
