"""Which files of a folder are looked at, and why the others are not. Every skip has a reason; none is silent.

Tracked files are always looked at, whatever .gitignore says. Links are not followed out of the folder, `.git` is never
entered, devices and FIFOs are never opened. It finds and reads files; what is in them is the engine's business.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gifthorse.store.folders import plain, real
from gifthorse.store.ignore import Ignores, read_patterns
from gifthorse.store.regular import NotRegularError, TooLargeError, read_regular
from gifthorse.store.repository import git_folder, is_repository, tracked_names

SNIFFED = 8_000
IGNORED = "untracked, and ignored by .gitignore"
EXCLUDED = "left out by the configuration"
LINK_OUT = "a symbolic link that leads out of the folder"
LINK_FOLDER = "a symbolic link to a folder"
NOT_REGULAR = "not a regular file"
BINARY = "binary"
VANISHED = "no longer there"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to look at: where it is, and its name inside the root."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a folder (its name ends in `/`), that is not looked at, and why.

    `unknown`: it is not left out on purpose. It could not be looked at, and nobody knows what is in it.
    """

    name: str
    why: str
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class _Repository:
    """The tracked names under `base` (None: any may be tracked) and the folders that hold them."""

    base: str
    tracked: frozenset[str] | None
    folders: frozenset[str]

    def tracks(self, name: str) -> bool:
        return self.tracked is None or name.removeprefix(self.base) in self.tracked

    def tracks_inside(self, name: str) -> bool:
        return self.tracked is None or name.removeprefix(self.base) in self.folders


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder on the way. `prefix` is its name inside the root with `/` at its end; `ignored`: only tracked files
    in it count.
    """

    path: Path
    prefix: str
    repository: _Repository
    ignores: Ignores
    ignored: bool = False


def walk(start: Path, root: Path, exclude: Sequence[str] = ()) -> Iterator[Found | Skipped]:
    """Everything under the folder `start`, which lies in `root`, in a fixed order.

    `exclude`: patterns as in .gitignore, relative to `root`, that apply to tracked files too. Names are relative to
    `root`. A file that appears or vanishes meanwhile is found or not; that is no error.
    """
    root = real(root)
    excluded = Ignores().with_patterns(list(exclude), "")
    pending: list[_Place | Found | Skipped] = [_place_of(real(start), root)]
    while pending:
        item = pending.pop()
        if isinstance(item, _Place):
            pending.extend(reversed(_listed(item, root, excluded)))
        else:
            yield replace(item, name=plain(item.name))


def _place_of(start: Path, root: Path) -> _Place:
    """The place of `start`, with what the .gitignore files of all folders from the root down to it say.

    Who names an ignored folder wants to see into it: then the patterns from above it do not count.
    """
    place = _opened(_Place(root, "", _Repository("", frozenset(), frozenset()), Ignores()))
    for part in start.relative_to(root).parts:
        prefix = f"{place.prefix}{part}/"
        ignores = Ignores() if place.ignores.ignores(plain(prefix)) else place.ignores
        place = _opened(replace(place, path=place.path / part, prefix=prefix, ignores=ignores))
    return place


def _opened(place: _Place) -> _Place:
    """The place with its own .gitignore and, where a repository begins here, with that repository."""
    if place.ignored:
        return place
    if is_repository(place.path):
        tracked, folder = tracked_names(place.path), git_folder(place.path)
        folders = frozenset(above for name in tracked or () for above in _folders_above(name))
        own = read_patterns(folder / "info" / "exclude") if folder else []
        repository = _Repository(place.prefix, tracked, folders)
        place = replace(place, repository=repository, ignores=place.ignores.with_patterns(own, plain(place.prefix)))
    return replace(place, ignores=place.ignores.inside(place.path, plain(place.prefix)))


def _folders_above(name: str) -> Iterator[str]:
    end = name.find("/")
    while end >= 0:
        yield name[: end + 1]
        end = name.find("/", end + 1)


def _listed(place: _Place, root: Path, excluded: Ignores) -> list[_Place | Found | Skipped]:
    try:
        with os.scandir(place.path) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        return [Skipped(place.prefix, f"unreadable: {error.strerror}", unknown=True)]
    return [item for entry in ordered if (item := _decided(entry, place, root, excluded))]


def _decided(entry: os.DirEntry[str], place: _Place, root: Path, excluded: Ignores) -> _Place | Found | Skipped | None:
    """What becomes of one entry of a folder; None for git's own folder."""
    path, name = Path(entry.path), place.prefix + entry.name
    if entry.name == ".git":
        return None
    try:
        if entry.is_symlink():
            return _link(path, name, place, root, excluded)
        if entry.is_dir(follow_symlinks=False):
            return _folder(path, name + "/", place, excluded)
        regular = entry.is_file(follow_symlinks=False)
    except OSError as error:
        return Skipped(name, f"unreadable: {error.strerror}", unknown=True)
    why = _why_not(name, place, excluded) or ("" if regular else NOT_REGULAR)
    return Skipped(name, why) if why else Found(path, name)


def _why_not(name: str, place: _Place, excluded: Ignores) -> str:
    if excluded.ignores(plain(name)):
        return EXCLUDED
    if place.repository.tracks(name):
        return ""
    return IGNORED if place.ignored or place.ignores.ignores(plain(name)) else ""


def _folder(path: Path, name: str, place: _Place, excluded: Ignores) -> _Place | Skipped:
    """An ignored folder is entered for the tracked files in it, and for nothing else."""
    if excluded.ignores(plain(name)):
        return Skipped(name, EXCLUDED)
    ignored = place.repository.tracked is not None and (place.ignored or place.ignores.ignores(plain(name)))
    if ignored and not place.repository.tracks_inside(name):
        return Skipped(name, IGNORED)
    return _opened(replace(place, path=path, prefix=name, ignored=ignored))


def _link(path: Path, name: str, place: _Place, root: Path, excluded: Ignores) -> Found | Skipped:
    """A link to a file inside the root is looked at under its own name too: what it names may be ignored."""
    if why := _why_not(name, place, excluded):
        return Skipped(name, why)
    target = real(path)  # Where a link leads nowhere or in a circle, that is no file either.
    if root not in target.parents:
        return Skipped(name, LINK_OUT)
    if target.is_dir():
        return Skipped(name, LINK_FOLDER)
    if ".git" in target.relative_to(root).parts or not target.is_file():
        return Skipped(name, NOT_REGULAR)
    return Found(path, name)


def read_found(found: Found, largest: int, is_source: Callable[[str], bool]) -> bytes | Skipped:
    """The bytes of a file, or why they are not looked at: unreadable, more than `largest` bytes, binary.

    `is_source`: whether a name is that of a program. Such a file is never taken for binary: a NUL in it may be there
    to hide the rest.
    """
    try:
        content = read_regular(found.path, largest)
    except FileNotFoundError:
        return Skipped(found.name, VANISHED)
    except NotRegularError:
        return Skipped(found.name, NOT_REGULAR)
    except TooLargeError:
        return Skipped(found.name, f"larger than {largest:,} bytes", unknown=True)
    except OSError as error:
        return Skipped(found.name, f"unreadable: {error.strerror}", unknown=True)
    if b"\0" in content[:SNIFFED] and not is_source(found.name):
        return Skipped(found.name, BINARY)
    return content
