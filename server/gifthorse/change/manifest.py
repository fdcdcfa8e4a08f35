"""What one manifest or lock says, as values, and the pieces that reading several formats share. Text in, values out."""

import importlib
import json
import pkgutil
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from typing import Any, Protocol

from gifthorse.change import ecosystems
from gifthorse.change.slots import Slot


@dataclass(frozen=True, slots=True)
class Entry:
    """A package that a manifest asks for: `version` as it is written, `source` "git", "url" or "path" where it comes
    from there and not from the registry.
    """

    name: str
    version: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`entries`: what it asks for. `locked`: other names that it has, as locks do. `own`: what the project itself is
    called, and what leads to its own files. `hooks`: what runs at installation, as it is written. `unsure`: whether it may
    declare more than could be read. `includes`: further files that belong to it, and `bases`: folders in which everything
    is imported by its name, both as paths from its own folder, or from the root with a `/` in front.
    """

    entries: tuple[Entry, ...] = ()
    locked: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    hooks: tuple[str, ...] = ()
    unsure: bool = False
    includes: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()


class Ecosystem(Protocol):
    """What a module of `ecosystems/` has."""

    FILES: tuple[str, ...]
    LOCKS: tuple[str, ...]

    def candidates(self, word: str) -> tuple[str, ...]:
        """See the package."""
        ...

    def normal(self, name: str) -> str:
        """A name as it is compared."""
        ...

    def read(self, name: str, text: str) -> Manifest:
        """What a file of that name says. Raises ValueError for what is damaged."""
        ...

    def slot(self, name: str, text: str) -> Slot | None:
        """Where a further package is declared in a file of that name, if it is sure."""
        ...

    def inline(self, text: str) -> Manifest:
        """What code itself declares, and what in it is no package."""
        ...


@cache
def all_ecosystems() -> Mapping[str, Ecosystem]:
    """Every ecosystem by its name."""
    names = sorted(module.name for module in pkgutil.iter_modules(ecosystems.__path__))
    found: dict[str, Any] = {name: importlib.import_module(f"{ecosystems.__name__}.{name}") for name in names}
    return found


def read_inline(ecosystem: Ecosystem, text: str) -> Manifest:
    """What code itself declares; nothing for sure where that is damaged."""
    try:
        return ecosystem.inline(text)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return Manifest(unsure=True)


@lru_cache(maxsize=5_000)
def reader_of(file: str) -> str:
    """The ecosystem whose manifest or lock has this file name; empty for none."""
    return next((name for name, one in all_ecosystems().items() if _fits(file, one.FILES)), "")


def is_read(file: str, ecosystem: str) -> bool:
    """Whether a file of that name says something to an ecosystem: a manifest, a lock, or code that names paths."""
    known = all_ecosystems()[ecosystem]
    return _fits(file, known.FILES) or _fits(file, getattr(known, "ALIASES", ()))


def is_lock(file: str) -> bool:
    """Whether a file of that name is written by a program."""
    return any(_fits(file, one.LOCKS) for one in all_ecosystems().values())


def read_manifest(ecosystem: str, file: str, text: str) -> Manifest:
    """What a file says; nothing for sure where it is damaged."""
    try:
        return all_ecosystems()[ecosystem].read(file, text)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return Manifest(unsure=True)


def _fits(file: str, globs: Iterable[str]) -> bool:
    return any(fnmatchcase(file, glob) for glob in globs)


def toml_of(text: str) -> dict[str, Any]:
    """TOML as data. Raises ValueError where it is none."""
    return tomllib.loads(text)


def json_of(text: str) -> dict[str, Any]:
    """JSON as data, with comments and commas too many as people write them. Raises ValueError where it is none."""
    try:
        found = json.loads(text)
    except ValueError:
        bare = re.sub(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', r"\1", text, flags=re.DOTALL)
        found = json.loads(re.sub(r",(\s*[}\]])", r"\1", bare))
    if not isinstance(found, dict):
        raise TypeError("no object")
    return found


def without_remarks(text: str) -> str:
    """XML with blanks in place of its comments, so that everything else stays where it is; one that is not closed goes on
    to the end.
    """
    pieces, at = list[str](), 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start)
        after = end + 3 if end >= 0 else len(text)
        pieces += [text[at:start], " " * (after - start)]
        at = after
    return "".join([*pieces, text[at:]])


def table(data: Any, *keys: str) -> dict[str, Any]:
    """The table at a path of tables; an empty one where there is none."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def texts(data: Any) -> list[str]:
    """The texts of a list, whatever else is in it."""
    return [one for one in data if isinstance(one, str)] if isinstance(data, list) else []


def prefixes(word: str, separator: str) -> Iterator[str]:
    """`a.b.c`, `a.b`, `a` of `a.b.c`: the longest first."""
    parts = [part for part in word.split(separator) if part]
    for count in range(len(parts), 0, -1):
        yield separator.join(parts[:count])


def source_of(value: str) -> str:
    """Whether a version is really an address or a path."""
    if re.match(
        r"(?i)(git\+|git:|git@|github:|gitlab:|bitbucket:|ssh:)|\S+\.git($|#|@)|[\w.-]+/[\w.-]+(#\S+)?$", value
    ):
        return "git"
    if re.match(r"(?i)(https?|ftp)://", value):
        return "url"
    return "path" if re.match(r"(?i)(file|link|workspace|portal|path|catalog):|\.{0,2}/", value) else ""
