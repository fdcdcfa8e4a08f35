"""Where a repository keeps its things: git's folders of a work tree, its references, its other work trees.

Read as plain files: no configuration is read and nothing is run, so it does not matter whom the repository belongs to.
What is in the objects is objects.py's.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gifthorse.store.folders import real
from gifthorse.store.regular import read_regular
from gifthorse.store.repository import git_folder

LARGEST_POINTER = 10_000
LARGEST_REFERENCES = 64_000_000
MOST_HOPS = 5
MOST_WORKTREES = 200
_NAME = re.compile(r"[0-9a-f]{40}")
_BAD = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|//|@\{|\.lock(?:/|$)|/\.|\.$|/$|^[/.]")


class GitError(Exception):
    """What was asked of git's data cannot be done. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class GitFolder:
    """`root`: the work tree, None in a bare repository. `own`: the folder with its HEAD. `common`: with all else."""

    root: Path | None
    own: Path
    common: Path

    @property
    def shallow(self) -> bool:
        """Whether its history was cut off when it was cloned."""
        return (self.common / "shallow").is_file()


@dataclass(frozen=True, slots=True)
class Head:
    """What is checked out: a branch ("" where the head is detached) and a commit ("" where there is none yet)."""

    branch: str
    commit: str


def open_folder(start: Path) -> GitFolder:
    """Git's folders for a file or folder. Raises GitError where there is no repository."""
    here = real(start)
    for folder in (here, *here.parents):
        if (folder / ".git").exists():
            own = git_folder(folder)
            if own is None:
                raise GitError(
                    f"{folder / '.git'} leads to no repository: was it moved, or its main work tree removed?"
                )
            return _checked(GitFolder(folder, real(own), _common(real(own))))
        if (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir():
            return _checked(GitFolder(None, folder, folder))
    raise GitError(f"{here} is in no git repository. `git init` makes one.")


def _common(own: Path) -> Path:
    """The folder with the objects: another one for a linked work tree."""
    try:
        words = read_regular(own / "commondir", LARGEST_POINTER).decode("utf-8", "surrogateescape").strip()
    except OSError:
        return own
    return real(own / words)


def _checked(folder: GitFolder) -> GitFolder:
    if (folder.common / "reftable").is_dir():
        raise GitError(f"{folder.common} keeps its references as a reftable, which Gifthorse cannot read yet.")
    if not (folder.common / "objects").is_dir():
        raise GitError(f"{folder.common} has no objects: this is no whole repository.")
    return folder


def head(folder: GitFolder) -> Head:
    """What is checked out. Raises GitError for a HEAD that cannot be read."""
    words = _read(folder.own / "HEAD")
    if words is None:
        raise GitError(f"{folder.own / 'HEAD'} cannot be read.")
    if not words.startswith("ref:"):
        return Head("", _hex(words, folder))
    name = words.removeprefix("ref:").strip()
    return Head(name.removeprefix("refs/heads/"), reference(folder, name) or "")


def _hex(words: str, folder: GitFolder) -> str:
    if len(words) == 64:
        raise GitError(f"{folder.common} names its objects by SHA-256, which Gifthorse cannot read yet.")
    if not _NAME.fullmatch(words):
        raise GitError(f"{folder.own / 'HEAD'} names no commit.")
    return words


def reference(folder: GitFolder, name: str) -> str | None:
    """The object that a full name (`refs/...`, `HEAD`) stands for, or None where there is none."""
    for _ in range(MOST_HOPS):
        if not is_reference(name):
            return None
        words = _read((folder.own if "/" not in name else folder.common) / name)
        if words is None:
            return _packed(folder).get(name)
        if not words.startswith("ref:"):
            return words if _NAME.fullmatch(words) else None
        name = words.removeprefix("ref:").strip()
    return None


def is_reference(name: str) -> bool:
    """Whether git would take this for the full name of a reference, so that it leads to no other file."""
    proper = name.startswith("refs/") or re.fullmatch(r"[A-Z_]+", name)
    return bool(proper) and not _BAD.search(name)


def _packed(folder: GitFolder) -> dict[str, str]:
    try:
        content = read_regular(folder.common / "packed-refs", LARGEST_REFERENCES).decode("utf-8", "surrogateescape")
    except OSError:
        return {}
    pairs = (line.split(" ", 1) for line in content.split("\n") if line[:1] not in ("#", "^", ""))
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2 and _NAME.fullmatch(pair[0])}


def _read(path: Path) -> str | None:
    try:
        return read_regular(path, LARGEST_POINTER).decode("utf-8", "surrogateescape").strip()
    except OSError:
        return None


def other_roots(folder: GitFolder) -> tuple[Path, ...]:
    """The other work trees of the same repository, as far as they say so themselves."""
    found = [root for root in _claimed(folder) if root != folder.root and _belongs(root, folder)]
    return tuple(dict.fromkeys(found))


def _claimed(folder: GitFolder) -> Iterator[Path]:
    if folder.common.name == ".git":
        yield folder.common.parent
    try:
        names = sorted(place.name for place in (folder.common / "worktrees").iterdir())[:MOST_WORKTREES]
    except OSError:
        return
    for name in names:
        pointer = _read(folder.common / "worktrees" / name / "gitdir")
        if pointer and "\0" not in pointer:
            yield real(folder.common / "worktrees" / name / pointer).parent


def _belongs(root: Path, folder: GitFolder) -> bool:
    """Whether the work tree points back: a repository cannot lay claim to somebody else's."""
    own = git_folder(root)
    return own is not None and _common(real(own)) == folder.common


def replace_reference(folder: GitFolder, name: str, before: str | None, after: str) -> None:
    """Let a reference stand for another object, if it still stands for `before` (None: for nothing).

    As git does it: a lock beside it, then one renaming. Raises GitError where somebody else was faster or is at it.
    """
    if not is_reference(name) or not _NAME.fullmatch(after):
        raise GitError(f"{name!r:.100} is no name of a reference.")
    path = folder.common / name
    lock = path.with_name(path.name + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o644)
    except FileExistsError as error:
        raise GitError(f"{lock} exists: another program is writing {name}. Try again when it has finished.") from error
    except OSError as error:
        raise GitError(f"{name} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after.encode() + b"\n")
            file.flush()
            os.fsync(handle)
        if reference(folder, name) != before:
            raise GitError(f"{name} was changed meanwhile. Try again.")
        lock.replace(path)
    except OSError as error:
        raise GitError(f"{name} cannot be written: {error.strerror}.") from error
    finally:
        lock.unlink(missing_ok=True)
