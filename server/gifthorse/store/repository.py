"""Which files a git repository tracks, read from its index and nothing else.

Nothing that a repository configures is run or even read: no `git` program, no configuration, no filters, no hooks;
libgit2 only decodes the one index file. So it does not matter either whom the repository belongs to.
What .gitignore says is ignore.py's.
"""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from gifthorse.store.regular import read_regular

LARGEST_POINTER = 10_000
SUBMODULE = 0o160000


def is_repository(folder: Path) -> bool:
    """Whether the folder is the root of a work tree."""
    try:
        return (folder / ".git").exists()
    except (OSError, ValueError):
        return False


def tracked_names(root: Path) -> frozenset[str] | None:
    """The names (relative, with `/`) of all files that the repository at `root` tracks.

    None where that cannot be known (no repository, or a damaged or unusual index): then nothing may be taken for
    untracked. A repository without an index tracks nothing yet.
    """
    folder = git_folder(root)
    if folder is None:
        return None
    try:
        mode = (folder / "index").stat().st_mode
    except FileNotFoundError:
        return frozenset() if (folder / "HEAD").is_file() else None
    except OSError:
        return None
    entries = _entries(folder / "index") if stat.S_ISREG(mode) else None  # libgit2 would wait for a FIFO.
    return None if entries is None else frozenset(entries)


def git_folder(root: Path) -> Path | None:
    """The folder that holds the repository's index: `.git`, or where a `.git` file points. None if there is none."""
    place = root / ".git"
    try:
        if place.is_dir():
            return place
        words = read_regular(place, LARGEST_POINTER).decode("utf-8", "surrogateescape").strip()
    except (OSError, ValueError):
        return None
    if not words.startswith("gitdir:"):
        return None
    folder = root / words.removeprefix("gitdir:").strip()
    return folder if "\0" not in words and folder.is_dir() else None


def index_ids(root: Path) -> Mapping[str, str] | None:
    """The name of every file in the index of the repository at `root` -> the id of its content; None where the index
    cannot be read. Without one there is nothing. For a hook of `git commit -a` or of `git commit FILE` it is the one that
    git has made for that commit, beside its own.
    """
    folder = git_folder(root)
    file = _made_for_commit(root, folder) or folder / "index" if folder is not None else None
    if file is None or not file.exists():
        return {}
    return _entries(file) if file.is_file() else None


def _made_for_commit(root: Path, folder: Path) -> Path | None:
    """The index that git's environment names, if it is one of this repository's."""
    named = os.environ.get("GIT_INDEX_FILE")
    if not named or "\0" in named:
        return None
    file = root / named
    return file if file.is_file() and file.resolve().parent == folder.resolve() else None


def _entries(index: Path) -> dict[str, str] | None:
    import pygit2  # noqa: PLC0415  it takes a tenth of a second, and many runs never come here
    from pygit2.ffi import ffi  # noqa: PLC0415

    class Index(pygit2.Index):
        """pygit2's own complains when it is thrown away after an index that could not be opened."""

        _index = ffi.NULL

    try:
        return {entry.path: str(entry.id) for entry in Index(str(index)) if entry.mode != SUBMODULE}
    except (pygit2.GitError, OSError, ValueError):
        return None
