"""What the manifests and locks around a file declare, and what is the project's own to import. It reads, never writes.

Those in the file's folder and in every folder above it up to the root count, and a folder `requirements` beside them.
What they mean is change/ecosystems/'s; what has not changed on disk is not read again.
"""

import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from gifthorse.change.dependencies import ecosystem_of
from gifthorse.change.manifest import Manifest, all_ecosystems, read_manifest, reader_of
from gifthorse.model.dependency import Declared, Packages
from gifthorse.store.regular import read_regular

LARGEST = 20_000_000
MOST_FOLDERS = 3_000
"""Folders of a project that are looked into for its own modules."""
DEEPEST = 12
BESIDE = ("requirements", "gradle")
NOT_OURS = frozenset(
    {"node_modules", "venv", "env", "site-packages", "__pycache__", "vendor", "target", "build", "dist", "out", "obj"}
)
STEMS = {"python": (".py", ".pyi"), "ruby": (".rb",), "rust": (".rs",)}
"""Where the name of a file is what is imported."""
SOURCES = frozenset({"java", "kotlin", "src", "groovy"})
"""Folders in which Java's and Kotlin's packages begin."""


def declared(file: Path, root: Path, packages: Mapping[str, Packages]) -> Declared | None:
    """What is declared for a file in `root`; None where it has no imports of an ecosystem that is known."""
    ecosystem = ecosystem_of(file.name, packages)
    if not ecosystem:
        return None
    read = [(path, _read(path, ecosystem)) for folder in _above(file, root) for path in _manifests(folder, ecosystem)]
    normal = all_ecosystems()[ecosystem].normal
    names = {normal(entry.name) for _, one in read for entry in one.entries}
    names.update(*(one.locked for _, one in read))
    own = _own(root, ecosystem).union(*(one.own for _, one in read))
    shown = tuple(dict.fromkeys(path.relative_to(root).as_posix() for path, one in read if one.entries or one.locked))
    return Declared(ecosystem, shown, frozenset(names), own)


def _above(file: Path, root: Path) -> Iterator[Path]:
    for folder in file.parents:
        if folder != root and root not in folder.parents:
            return
        yield folder
        yield from (folder / name for name in BESIDE)


def _manifests(folder: Path, ecosystem: str) -> list[Path]:
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        return []
    return [folder / name for name in names if reader_of(name) == ecosystem or _is_list(folder, name, ecosystem)]


def _is_list(folder: Path, name: str, ecosystem: str) -> bool:
    """requirements/base.txt and its like."""
    return ecosystem == "python" and folder.name == "requirements" and name.endswith((".txt", ".in"))


def _read(path: Path, ecosystem: str) -> Manifest:
    try:
        state = path.stat()
    except OSError:
        return Manifest()
    return _parsed(path, ecosystem, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=200)
def _parsed(path: Path, ecosystem: str, _changed: int, _size: int) -> Manifest:
    try:
        text = read_regular(path, LARGEST).decode("utf-8-sig", "replace")
    except OSError:
        return Manifest()
    return read_manifest(ecosystem, path.name, text)


def _own(root: Path, ecosystem: str) -> frozenset[str]:
    """What of the folder itself may be imported by name."""
    found = set[str]()
    for folder, folders, files in _walk(root):
        parts = folder.relative_to(root).parts
        if ecosystem in STEMS:
            stems = {Path(name).stem for name in files if name.endswith(STEMS[ecosystem])}
            found |= stems | ({folder.name} if stems and parts else set())
        elif ecosystem == "java" and any(name.endswith((".java", ".kt")) for name in files):
            starts = [number for number, part in enumerate(parts) if part in SOURCES]
            inner = parts[starts[-1] + 1 :] if starts else parts
            found |= {".".join(inner[:2])}
        elif ecosystem == "csharp" and any(name.endswith((".cs", ".csproj")) for name in files):
            found |= {folder.name.lower(), *(name[:-7].lower() for name in files if name.endswith(".csproj"))}
        elif ecosystem == "javascript":
            found |= set(folders) if not parts or parts == ("src",) else set()
            found |= _read(folder / "package.json", ecosystem).own if "package.json" in files else set()
        elif ecosystem == "go" and "go.mod" in files:
            found |= _read(folder / "go.mod", ecosystem).own
    return frozenset(found - {""})


def _walk(root: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    for count, (folder, folders, files) in enumerate(os.walk(root)):
        if count >= MOST_FOLDERS:
            return
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in NOT_OURS)
        if len(here.relative_to(root).parts) >= DEEPEST:
            folders.clear()
        yield here, folders, files
