"""The packages that a change imports, or asks for in a manifest, against what is declared and what is known."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import PurePosixPath

from gifthorse.change.compare import Change
from gifthorse.change.manifest import Ecosystem, all_ecosystems, prefixes, read_inline, reader_of
from gifthorse.change.nearness import nearest
from gifthorse.change.traits import Trait
from gifthorse.model.dependency import Declared, Packages

GROUP = "dependencies"
VERY_WELL_KNOWN = 1_000
WELL_KNOWN = 4_000
"""How many of the most used names others are held against."""
LONG = 7
"""Letters from which on a name is seldom near another one by chance."""
_TAKEN = re.compile(rb"[ \t]+import[ \t]*\(?\s*(\w+)")
SPACES = frozenset({"java", "csharp", "php"})
"""Ecosystems whose imports begin with a name that only somewhere ends to be the package's."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """An import that nothing declares: where, the package's name, a name it is easily taken for, whether the name is
    used a lot, and whether it is known what is declared. `names`: how it may be declared. `written`: the part of the
    import that names the package.
    """

    trait: Trait
    name: str
    near: str
    is_known: bool
    is_told: bool
    names: tuple[str, ...] = field(default=())
    written: str = ""


def ecosystem_of(path: str, packages: Mapping[str, Packages]) -> str:
    """The ecosystem of a file with code, by its ending; empty for none."""
    ending = PurePosixPath(path).suffix.lower()
    return next((name for name, one in packages.items() if ending in one.endings), "")


def unknown(change: Change) -> tuple[Unknown, ...]:
    """The imports that the change brings and nothing declares, each package once."""
    name = ecosystem_of(change.path, change.catalogue.packages)
    told = change.declared
    file = PurePosixPath(change.path).name
    traits = change.after.of(GROUP)
    if not name or not traits or reader_of(file) or (told is not None and told.ecosystem != name):
        return ()
    before = {trait.words for trait in change.before.of(GROUP)}
    fresh = [trait for trait in traits if trait.words not in before and change.brings(trait.span)]
    if not fresh:
        return ()
    packages, ecosystem = change.catalogue.packages[name], all_ecosystems()[name]
    known = _with_inline(told or Declared(name), change.after.content, ecosystem)
    found: dict[str, Unknown] = {}
    for trait in fresh:
        one = _judged(_whole(trait, change.after.content, packages), known, packages, ecosystem)
        if one is not None:
            found.setdefault(one.name, one)
    return tuple(found.values())


def _whole(trait: Trait, content: bytes, packages: Packages) -> Trait:
    """An import from a namespace that several packages share, with the first name that it takes: `google.cloud.storage`
    where `from google.cloud import storage` is written.
    """
    taken = _TAKEN.match(content, trait.span.end)
    if taken is None:
        return trait
    whole = f"{trait.words}.{taken[1].decode()}"
    return trait._replace(words=whole) if whole in packages.imports else trait


def _with_inline(told: Declared, content: bytes, ecosystem: Ecosystem) -> Declared:
    """What is declared around a file and in it."""
    said = read_inline(ecosystem, content.decode("utf-8", "replace"))
    names = told.names | {ecosystem.normal(entry.name) for entry in said.entries} | said.locked
    return replace(told, names=names, own=told.own | said.own, unsure=told.unsure or said.unsure)


def _judged(trait: Trait, told: Declared, packages: Packages, ecosystem: Ecosystem) -> Unknown | None:
    words = trait.words
    names = ecosystem.candidates(words)
    if not names or _is_own(words, names, told.own):
        return None
    standard, known = _words(packages.standard), _known(packages)
    separator = next((mark for mark in ("::", "\\", ".") if mark in words), "/")
    around = tuple(prefixes(words, separator))
    if any(one in standard for one in (*names, *around)):
        return None
    mapped = next((packages.imports[one] for one in (*around, *names) if one in packages.imports), ())
    if told.names.intersection((*names, *map(ecosystem.normal, mapped))):
        return None
    name = next((one for one in mapped if "/" in one or ":" in one), mapped[0]) if mapped else ""
    name = name or next((known[one] for one in names if one in known), "")
    if not name and _is_part(names, told):
        return None
    is_told = bool(told.files) and not told.unsure
    found = Unknown(trait, name or names[0], "", bool(name), is_told, names, _written(words, names[0], ecosystem))
    if scoped := _confused(words, told, known):
        return replace(found, near=scoped, is_known=False, written=scoped[1:])
    if found.is_known:
        return found
    near, of = _near(names, told, packages)
    return replace(found, near=near, written=_written(words, of, ecosystem)) if near else found


def _written(words: str, name: str, ecosystem: Ecosystem) -> str:
    """The beginning of an import that is the package's name; empty where it is none."""
    return next((words[:end] for end in range(1, len(words) + 1) if ecosystem.normal(words[:end]) == name), "")


def _near(names: tuple[str, ...], told: Declared, packages: Packages) -> tuple[str, str]:
    """The declared or well-known name that one of the import's is nearly, and which."""
    most = WELL_KNOWN if told.files else VERY_WELL_KNOWN
    for name in names if told.ecosystem in SPACES else names[:1] if names[0][0].isalnum() or names[0][0] == "@" else ():
        near = _nearest(name, packages, most) or nearest(name, sorted(told.names))
        near = near or nearest(name, packages.imports) or nearest(name, _alike(name, told.own), closest=1)
        if near:
            return near, name
    return "", ""


def _alike(name: str, others: Iterable[str]) -> list[str]:
    """Names that are long enough, as this one is, to be near each other by no chance, and count nothing."""
    if len(name) < LONG:
        return []
    return sorted(one for one in others if len(one) >= LONG and one[-1:].isdigit() == name[-1:].isdigit())


def _confused(words: str, told: Declared, known: Mapping[str, str]) -> str:
    """The package with a scope that is imported without the mark of one: `babel/core` for `@babel/core`."""
    if told.ecosystem != "javascript" or words.startswith("@") or "/" not in words:
        return ""
    scoped = "@" + "/".join(words.split("/")[:2])
    return scoped if scoped in told.names or scoped in known else ""


def _is_own(word: str, names: tuple[str, ...], own: frozenset[str]) -> bool:
    if own.intersection(names) or word in own or word.split(".", maxsplit=1)[0] in own:
        return True
    return any(word.startswith(f"{one}/") for one in own)


def _is_part(names: tuple[str, ...], told: Declared) -> bool:
    """Whether a declared package may well be the one: its name has the import's in it as a word, as `python-docx` has
    `docx` and `google-cloud-storage` has `google`.
    """
    if told.ecosystem not in {"python", "ruby"}:
        return False
    return any(names[0] in one.split("-") or one.startswith(f"{names[0]}-") for one in told.names)


def near_of(name: str, packages: Packages, ecosystem: Ecosystem, declared: Iterable[str]) -> str:
    """The very well-known package that a name in a manifest is easily taken for, or one that is `declared` there, if it
    is none itself.
    """
    normal = ecosystem.normal(name)
    if normal in _known(packages):
        return ""
    near = _nearest(normal, packages, WELL_KNOWN if len(name) >= LONG else VERY_WELL_KNOWN)
    return near or nearest(normal, _alike(normal, declared), closest=1)


def imported_as(package: str, packages: Packages) -> str:
    """What is imported of a package, as far as it has a name of its own there."""
    if package in packages.imports:
        return package
    words = (word for word, known in packages.imports.items() if known[0] == package)
    return next((word for word in words if "." not in word and not word.startswith("_")), package)


@lru_cache(maxsize=32)
def _words(text: str) -> dict[str, None]:
    """The words of a list in their order."""
    return dict.fromkeys(text.split())


def _known(packages: Packages) -> Mapping[str, str]:
    """The well-known names as they are compared -> as they are written, the most used first."""
    return _spelled(packages.ecosystem, packages.known)


@lru_cache(maxsize=32)
def _spelled(ecosystem: str, known: str) -> dict[str, str]:
    normal = all_ecosystems()[ecosystem].normal
    found = dict[str, str]()
    for word in known.split():
        found.setdefault(normal(word), word)
    return found


def _nearest(name: str, packages: Packages, most: int) -> str:
    return _nearest_of(name, packages.ecosystem, packages.known, most)


@lru_cache(maxsize=2_000)
def _nearest_of(name: str, ecosystem: str, known: str, most: int) -> str:
    spelled = _spelled(ecosystem, known)
    return spelled.get(nearest(name, list(spelled)[:most]), "")
