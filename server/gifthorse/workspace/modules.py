"""Which files of a workspace a text's references lead to, and what is in them: the worker's Shelves.

How references look in a language is data: the settings beginning with `module_` and `package_`, see docs/languages.md.
It only reads, and nothing but regular files inside the root that the text's own file belongs to; git's folder and links
that lead out of the root are left alone. An untrusted workspace is read no more than any other.
"""

import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from gifthorse.model.rule import Language
from gifthorse.store.folders import real, root_of
from gifthorse.store.regular import read_regular
from gifthorse.store.repository import is_repository

LARGEST = 1024 * 1024
"""Bytes of a file that is read for others."""

MOST_FILES = 60
"""Files that one reference leads to."""

MOST_REFERENCES = 500
"""References that are looked up for one question."""

MOST_FOLDERS = 4_000
"""Folders whose contents are remembered."""

DEEPEST = 40
"""Folders above a file that are looked into."""

LARGEST_MANIFEST = 100_000
PACKAGE = ":"
"""The reference to the files whose names are known without import; `:Name` to the one that defines Name."""


class _Folder(NamedTuple):
    """What was in a folder at a time."""

    stamp: int
    names: frozenset[str]


class Modules:
    """The files of some workspaces. Used on one thread at a time."""

    def __init__(
        self,
        languages: Mapping[str, Language],
        root_of: Callable[[Path], Path | None],
        text_of: Callable[[str], bytes | None] = lambda _: None,
    ) -> None:
        """`root_of`: the folder that a file may refer to others in, as a real path. `text_of`: what an editor has for
        a file instead of what is on disk.
        """
        self._languages, self._root_of, self._text_of = languages, root_of, text_of
        self._folders: OrderedDict[str, _Folder] = OrderedDict()
        self._prefixes: dict[tuple[str, str], str] = {}
        self._roots: dict[Path, Path | None] = {}

    def lead(self, place: str, language: str, references: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each reference that stands in the file `place` with the files it leads to, none for a library."""
        known, path = self._languages.get(language), Path(place)
        root = self._root(path) if known is not None and references else None
        if known is None or root is None:
            return tuple((reference, ()) for reference in references)
        looked = references[:MOST_REFERENCES]
        found = [(one, self._led(path, one, known.settings, root)) for one in looked]
        return (*found, *((one, ()) for one in references[MOST_REFERENCES:]))

    def text(self, place: str) -> bytes | None:
        """What is in a file, or None where it cannot be read, is too large or lies outside of its root."""
        open_text = self._text_of(place)
        if open_text is not None:
            return open_text if len(open_text) <= LARGEST else None
        path = Path(place)
        root = self._root(path)
        if root is None or not _inside(path, root):
            return None
        try:
            return read_regular(path, LARGEST)
        except OSError:
            return None

    def _root(self, path: Path) -> Path | None:
        if len(self._roots) > MOST_FOLDERS:
            self._roots.clear()
        if path.parent not in self._roots:
            self._roots[path.parent] = self._root_of(path)
        return self._roots[path.parent]

    def _led(self, path: Path, reference: str, settings: Mapping[str, str], root: Path) -> tuple[str, ...]:
        if reference.startswith(PACKAGE):
            files = settings.get("package_files", "").replace("{name}", reference[1:])
            led = iter(self._matching(path.parent, files) if "/" not in files else ())
        else:
            led = self._first(path, reference, settings, root)
        skips = settings.get("package_skips", "").split()
        kept = (one for one in led if not any(fnmatchcase(one.name, skip) for skip in skips))
        places = (str(real(one)) for one in kept if _inside(one, root))
        return tuple(dict.fromkeys(place for place in places if _is_text(place)))[:MOST_FILES]

    def _first(self, path: Path, reference: str, settings: Mapping[str, str], root: Path) -> Iterator[Path]:
        """The files of the first place where there are any."""
        for folder, words in self._places(path, reference, settings, root):
            if ".." in words.split("/")[1:] or "\0" in words or len(words) > LARGEST_MANIFEST:
                continue
            for template in settings.get("module_files", "").split():
                names = (self._filled(one, words) for one in template.split("+"))
                led = [one for name in names if name for one in self._matching(folder, name)]
                if led:
                    yield from led
                    return

    @staticmethod
    def _filled(template: str, words: str) -> str:
        head, _, last = words.rpartition("/")
        stem = last.rpartition(".")[0] or last
        tail = words.partition("/")[2]
        if "{tail}" in template and not tail:
            return ""
        filled = template.replace("{path}", words).replace("{tail}", tail)
        return filled.replace("{stem}", f"{head}/{stem}" if head else stem).lstrip("/")

    def _places(
        self, path: Path, reference: str, settings: Mapping[str, str], root: Path
    ) -> Iterator[tuple[Path, str]]:
        """Where a reference may lead, the likeliest first: folders, and the path from there in the reference's words."""
        separator, relative = settings.get("module_separator", "/"), settings.get("module_relative", "")
        here = path.parent
        if relative == "dots" and reference.startswith("."):
            words = reference.lstrip(".")
            yield _above(here, len(reference) - len(words) - 1), words.replace(separator, "/")
            return
        if reference.startswith(("./", "../")) or reference in {".", ".."}:
            folder, words = _walked(here, reference)
            yield folder, words
            return
        if "module_manifest" in settings:
            yield from self._by_manifest(here, reference, settings["module_manifest"], root)
            return
        aliases = settings.get("module_aliases", "").split()
        alias = next((one for one in aliases if reference.startswith(one)), "")
        if aliases and not alias:
            return
        words = reference.removeprefix(alias).replace(separator, "/")
        folders = _folders(here, root, settings.get("module_roots", "").split())
        if relative == "beside":  # It may be a path as well as a name.
            folders = dict.fromkeys([here, *folders])
            yield from ((folder, reference) for folder in folders if words != reference)
        yield from ((folder, words) for folder in folders)

    def _by_manifest(self, here: Path, reference: str, setting: str, root: Path) -> Iterator[tuple[Path, str]]:
        """`go.mod module`: the folder of the manifest, where the reference begins with what it says behind the word."""
        name, _, word = setting.partition(" ")
        for folder in _upwards(here, root):
            if name in self._names(folder):
                prefix = self._prefix(folder / name, word)
                if prefix and (reference == prefix or reference.startswith(f"{prefix}/")):
                    yield folder, reference[len(prefix) + 1 :]
                return

    def _prefix(self, manifest: Path, word: str) -> str:
        key = str(manifest), word
        if key not in self._prefixes:
            try:
                text = read_regular(manifest, LARGEST_MANIFEST).decode("utf-8", "replace")
            except OSError:
                text = ""
            lines = (line.split() for line in text.splitlines())
            self._prefixes[key] = next((one[1].strip('"') for one in lines if len(one) > 1 and one[0] == word), "")
        return self._prefixes[key]

    def _matching(self, folder: Path, name: str) -> Sequence[Path]:
        """The files of that name, or whose names fit a pattern with `*`, in a folder."""
        head, _, last = name.rpartition("/")
        inner = folder / head if head else folder
        names = self._names(inner)
        if "*" not in last:
            return (inner / last,) if last in names and (inner / last).is_file() else ()
        return [inner / one for one in sorted(names) if fnmatchcase(one, last)][: MOST_FILES + 1]

    def _names(self, folder: Path) -> frozenset[str]:
        """What is in a folder, looked up again when it has changed."""
        key = str(folder)
        try:
            stamp = folder.stat().st_mtime_ns
            known = self._folders.get(key)
            if known is None or known.stamp != stamp:
                with os.scandir(folder) as entries:
                    known = _Folder(stamp, frozenset(entry.name for entry in entries))
        except (OSError, ValueError):
            return frozenset()
        self._folders[key] = known
        self._folders.move_to_end(key)
        if len(self._folders) > MOST_FOLDERS:
            self._folders.popitem(last=False)
        return known.names


def root_for(path: Path, folders: Sequence[Path]) -> Path:
    """The folder in which a file may refer to others, as a real path: that of its repository, else the outermost of
    these (real) folders that holds it, else its own.
    """
    root = root_of(path.parent)
    if is_repository(root):
        return root
    return next((one for one in sorted(folders, key=lambda one: len(one.parts)) if one in path.parents), root)


def _inside(path: Path, root: Path) -> bool:
    """Whether a file, wherever links lead, is inside the root and not git's."""
    try:
        relative = real(path).relative_to(root)
    except ValueError:
        return False
    return ".git" not in relative.parts


def _is_text(place: str) -> bool:
    """Whether a path can be told to another process."""
    try:
        place.encode()
    except UnicodeEncodeError:
        return False
    return True


def _above(folder: Path, levels: int) -> Path:
    for _ in range(min(levels, DEEPEST)):
        folder = folder.parent
    return folder


def _walked(folder: Path, reference: str) -> tuple[Path, str]:
    """A path from a folder on, without the dots at its beginning."""
    words = [word for word in reference.split("/") if word not in {"", "."}]
    while words and words[0] == "..":
        folder, words = folder.parent, words[1:]
    return folder, "/".join(words)


def _upwards(folder: Path, root: Path) -> Iterator[Path]:
    """The folder and those around it, not above the root."""
    for one in (folder, *folder.parents)[:DEEPEST]:
        if one != root and root not in one.parents:
            return
        yield one


def _folders(here: Path, root: Path, roots: Sequence[str]) -> Iterable[Path]:
    """Where whole references begin: `above`, the root and then the folders from the file's own upwards; any other word
    is a folder in one of these.
    """
    upwards = [root, *_upwards(here, root)] if "above" in roots else [root]
    words = [word for word in roots if word != "above"]
    return [place for folder in dict.fromkeys(upwards) for place in (folder, *(folder / word for word in words))]
