"""What the manifests and locks around a file declare, and what is the project's own to import. It reads, never writes.

Those in the file's folder and in every folder above it up to the root count, those in a few folders beside them, and what
they take in; of Java, Kotlin and C# all in the root, since one part of a project has what the others have. What they mean
is change/ecosystems/'s; what has not changed is not read again.
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from gifthorse.change.dependencies import ecosystem_of
from gifthorse.change.manifest import Manifest, all_ecosystems, is_lock, is_read, read_manifest
from gifthorse.model.dependency import Declared, Packages
from gifthorse.model.finding import Remote
from gifthorse.model.text import Edit, Span
from gifthorse.store.folders import name_in
from gifthorse.store.trees import Disk, Tree

LARGEST = 20_000_000
LARGEST_WRITTEN = 1_000_000
"""Bytes of a lock, and of a manifest that people write."""
MOST_FOLDERS = 3_000
"""Folders of a project that are looked into for its own modules."""
MOST_FILES = 300
"""Manifests that are read for one file."""
DEEPEST = 12
BESIDE = ("requirements", "gradle", "config", ".storybook", ".paket")
NOT_OURS = frozenset(
    {"node_modules", "venv", "env", "site-packages", "__pycache__", "vendor", "target", "build", "dist", "out", "obj"}
)
STEMS = {"python": (".py", ".pyi"), "ruby": (".rb",), "rust": (".rs",)}
"""Where the name of a file is what is imported."""
SOURCES = frozenset({"java", "kotlin", "src", "groovy"})
"""Folders in which Java's and Kotlin's packages begin."""
COMPLETE = frozenset({"go", "javascript", "ruby", "rust"})
"""Ecosystems in which nothing is found that the manifest does not name."""
TOGETHER = {"java": ("pom.xml", ".gradle", ".gradle.kts"), "csharp": (".csproj",)}
"""Where a part of a project may use what another part declares, and the endings of such manifests."""
SCRIPTS = (".js", ".jsx", ".ts", ".tsx", ".mjs", ".cjs", ".vue", ".svelte")
TYPES = frozenset({"", "src", "types", "typings", "@types", "src/types", "src/@types"})
"""Folders in which modules without sources of their own are declared."""
Folder = tuple[str, Sequence[str], Sequence[str]]


MOST_KNOWN = 500


@dataclass(frozen=True, slots=True)
class _Read:
    """A manifest that was read: its name in the root, what it says, and where it takes a further package."""

    name: str
    said: Manifest
    slot: Remote | None = None


_KNOWN: dict[tuple[str, str, str], _Read] = {}
"""What was read, by name, ecosystem and stamp."""


def declared(file: Path, root: Path, packages: Mapping[str, Packages], tree: Tree | None = None) -> Declared | None:
    """What is declared for a file in `root`; None where it has no imports of an ecosystem that is known. `tree`: where
    the files of the root are read; on disk, if nothing is said.
    """
    ecosystem, name = ecosystem_of(file.name, packages), name_in(root, file)
    if not ecosystem or name is None:
        return None
    place = tree or Disk(root)
    walked = tuple(_walk(place))
    near = tuple(_above(place, name, ecosystem))
    read = _with_others(place, near, ecosystem, walked)
    normal = all_ecosystems()[ecosystem].normal
    names = {normal(entry.name) for one in read for entry in one.said.entries}
    names.update(*(one.said.locked for one in read))
    own = _own(place, ecosystem, walked).union(*(one.said.own for one in read), *_based(place, read))
    shown = tuple(dict.fromkeys(one.name for one in near if _declares(one, ecosystem)))
    unsure = any(one.said.unsure for one in read)
    return Declared(ecosystem, shown, frozenset(names), own, unsure, _slots(near))


def _declares(one: _Read, ecosystem: str) -> bool:
    """Whether a manifest says what is declared: by an entry, or by having none where every package has to be in it."""
    said = one.said
    return bool(
        said.entries or said.locked or (said.includes and ecosystem == "python") or (one.slot and ecosystem in COMPLETE)
    )


def _with_others(tree: Tree, near: Sequence[_Read], ecosystem: str, walked: Sequence[Folder]) -> tuple[_Read, ...]:
    """The manifests near a file, those that belong together with them, and what they all take in."""
    found = {one.name: one for one in near}
    endings = TOGETHER.get(ecosystem, ())
    together = [
        _in(folder, file) for folder, _, files in walked for file in files if endings and file.endswith(endings)
    ]
    for name in together[:MOST_FILES]:
        found.setdefault(name, _read(tree, name, ecosystem))
    waiting = list(found.values())
    while waiting and len(found) < 2 * MOST_FILES:
        one = waiting.pop(0)
        for name in (name for taken in one.said.includes for name in _meant(tree, one.name, taken)):
            if name not in found:
                found[name] = _read(tree, name, ecosystem)
                waiting.append(found[name])
    return tuple(found.values())


def _above(tree: Tree, name: str, ecosystem: str) -> Iterator[_Read]:
    """The manifests in the folders around a file and beside them, the nearest first."""
    for parent in PurePosixPath(name).parents:
        folder = "" if parent.as_posix() == "." else parent.as_posix()
        for place in (folder, *(_in(folder, one) for one in BESIDE)):
            for file in _ranked(tree.listing(place)[1], place, ecosystem):
                yield _read(tree, _in(place, file), ecosystem)


def _ranked(files: Sequence[str], place: str, ecosystem: str) -> list[str]:
    """The manifests among the files of a folder, those that people write to first."""
    patterns = all_ecosystems()[ecosystem].FILES
    order = {pattern: number for number, pattern in enumerate(patterns)}
    names = [one for one in files if is_read(one, ecosystem) or _is_list(place, one, ecosystem)]
    return sorted(names, key=lambda one: (order.get(one, len(order)), len(one), one))


def _is_list(folder: str, name: str, ecosystem: str) -> bool:
    """requirements/base.txt and its like."""
    return ecosystem == "python" and folder.endswith("requirements") and name.endswith((".txt", ".in"))


def _in(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _meant(tree: Tree, name: str, taken: str) -> Iterator[str]:
    """The files that a manifest takes in by a path, which may have a `*` for a folder."""
    start = "" if taken.startswith("/") else posixpath.dirname(name)
    path = posixpath.normpath(posixpath.join(start, taken.lstrip("/")))
    if path.startswith(".."):
        return
    folder, star, rest = path.partition("*/")
    if star:
        inside = folder.rstrip("/")
        yield from (one for sub in tree.listing(inside)[0] if tree.stamp(one := f"{_in(inside, sub)}/{rest}"))
    else:
        yield path


def _read(tree: Tree, name: str, ecosystem: str) -> _Read:
    """What a file says; nothing for sure where it is not there or cannot be read."""
    stamp = tree.stamp(name)
    key = name, ecosystem, stamp
    if not stamp:
        return _Read(name, Manifest(unsure=True))
    if key not in _KNOWN:
        while len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.pop(next(iter(_KNOWN)), None)
        _KNOWN[key] = _parsed(tree, name, ecosystem)
    return _KNOWN.get(key) or _parsed(tree, name, ecosystem)


def _parsed(tree: Tree, name: str, ecosystem: str) -> _Read:
    file = PurePosixPath(name).name
    try:
        text = tree.read(name, LARGEST if is_lock(file) else LARGEST_WRITTEN).decode("utf-8", "replace")
    except OSError:
        return _Read(name, Manifest(unsure=True))
    said = read_manifest(ecosystem, file, text.removeprefix("\ufeff"))
    slot = None if said.unsure or is_lock(file) else all_ecosystems()[ecosystem].slot(file, text)
    return _Read(name, said, _remote(name, text, *slot) if slot else None)


def _remote(name: str, text: str, at: int, template: str) -> Remote:
    """An insertion, with the line in which it is made and the one before."""
    content, offset = text.encode(), len(text[:at].encode())
    start = content.rfind(b"\n", 0, max(content.rfind(b"\n", 0, offset), 0)) + 1
    end = content.find(b"\n", offset)
    lines = content[start : end if end >= 0 else len(content)]
    return Remote(
        name, content.count(b"\n", 0, start), lines, Edit(Span(offset - start, offset - start), template.encode())
    )


def _slots(near: Sequence[_Read]) -> tuple[Remote, ...]:
    """Where a further package is declared: in the nearest manifest that takes one, and with central versions there too."""
    first = next((one.slot for one in near if one.slot), None)
    if first is None:
        return ()
    central = next((one.slot for one in near if one.slot and one.name.endswith("Directory.Packages.props")), None)
    return (first, central) if central and first.path.endswith(".csproj") else (first,)


def _based(tree: Tree, read: Sequence[_Read]) -> Iterator[set[str]]:
    """The names in the folders in which everything is imported by its name."""
    for one in read:
        for base in one.said.bases:
            folder = posixpath.normpath(posixpath.join(posixpath.dirname(one.name), base))
            folders, files = tree.listing("" if folder == "." else folder)
            yield {*folders, *(file.split(".")[0] for file in files if file.endswith(SCRIPTS))}


def _own(tree: Tree, ecosystem: str, walked: Sequence[Folder]) -> frozenset[str]:
    """What of the root itself may be imported by name."""
    found = set[str]()
    for folder, folders, files in walked:
        last = folder.rpartition("/")[2]
        if ecosystem in STEMS:
            stems = {PurePosixPath(name).stem for name in files if name.endswith(STEMS[ecosystem])}
            found |= stems | ({last} if stems and folder else set())
        elif ecosystem == "java" and any(name.endswith((".java", ".kt")) for name in files):
            parts = folder.split("/")
            starts = [number for number, part in enumerate(parts) if part in SOURCES]
            found |= {".".join((parts[starts[-1] + 1 :] if starts else parts)[:2])}
        elif ecosystem == "csharp" and any(name.endswith((".cs", ".csproj")) for name in files):
            found |= {last.lower(), *(name[:-7].lower() for name in files if name.endswith(".csproj"))}
        elif ecosystem == "javascript":
            found |= _scripts(tree, folder, folders, files)
        elif ecosystem == "go" and "go.mod" in files:
            found |= _read(tree, _in(folder, "go.mod"), ecosystem).said.own
    return frozenset(found - {""})


def _scripts(tree: Tree, folder: str, folders: Sequence[str], files: Sequence[str]) -> set[str]:
    """Folders of the root and of `src`, other packages of the root, and modules of which only the types are there."""
    found = set(folders) if folder in {"", "src"} else set()
    if "package.json" in files:
        found |= _read(tree, _in(folder, "package.json"), "javascript").said.own
    for file in (name for name in files if folder in TYPES and name.endswith(".d.ts")):
        found |= _read(tree, _in(folder, file), "javascript").said.own
    return found


def _walk(tree: Tree) -> Iterator[Folder]:
    """The folders of the root with what is in them, the outer ones first; those of others' code are left out."""
    waiting = [""]
    for _ in range(MOST_FOLDERS):
        if not waiting:
            return
        folder = waiting.pop(0)
        folders, files = tree.listing(folder)
        kept = [name for name in folders if not name.startswith(".") and name not in NOT_OURS]
        yield folder, kept, files
        if folder.count("/") < DEEPEST - 1:
            waiting += [_in(folder, name) for name in kept]
