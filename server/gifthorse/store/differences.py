"""What changed: the files of a commit, of the index, of the work tree or of a patch, each before and after.

Git's own data are read by libgit2 on the object database and the one index file: nothing that a repository configures
is run or read, no filter, no hook, no external diff.
"""

import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from gifthorse.store.gitfolder import GitError
from gifthorse.store.objects import LARGEST_BLOB, Objects
from gifthorse.store.regular import read_regular
from gifthorse.store.repository import SUBMODULE, git_folder


class Difference(NamedTuple):
    """One file: its name (relative, with `/`), its name before, and its two texts; None where it was not there, or is
    not there any more.
    """

    name: str
    old_name: str
    before: bytes | None
    after: bytes | None


def between(objects: Objects, first: str, second: str) -> Iterator[Difference]:
    """What leads from the commit `first` to the commit `second`, in order of names; renamed files are one."""
    repository = objects.raw
    try:
        diff = repository[first].peel(1).tree.diff_to_tree(repository[second].peel(1).tree, context_lines=0)
        diff.find_similar()
        deltas = [patch.delta for patch in diff if patch is not None]
    except Exception as error:
        raise GitError(f"What changed between {first[:10]} and {second[:10]} cannot be read: {error}.") from error
    for delta in sorted(deltas, key=lambda delta: delta.new_file.path):
        old, new = delta.old_file.path, delta.new_file.path
        yield Difference(new, old, objects.blob(first, old), objects.blob(second, new))


def staged(objects: Objects, root: Path, head: str) -> Iterator[Difference]:
    """What the index has and the commit `head` ("" for none) has not, in order of names."""
    entries = _index(root)
    committed = _ids(objects, head) if head else {}
    for name in sorted(entries.keys() | committed.keys()):
        if entries.get(name) != committed.get(name):
            before = objects.blob(head, name) if name in committed else None
            yield Difference(name, name, before, _content(objects, entries.get(name)))


def working(objects: Objects | None, root: Path, head: str, names: Iterator[str]) -> Iterator[Difference]:
    """What the files `names` under `root` are that they were not in the commit `head` ("" for none)."""
    for name in sorted(names):
        before = objects.blob(head, name) if objects is not None and head else None
        try:
            after: bytes | None = read_regular(root / name, LARGEST_BLOB)
        except (FileNotFoundError, NotADirectoryError):
            after = None
        except OSError:
            continue  # no regular file, or one that cannot be read: the scan of the folder says so
        if before != after:
            yield Difference(name, name, before, after)


def _index(root: Path) -> Mapping[str, str]:
    """Name -> id of its content, of all files in the index. GitError where it cannot be read."""
    import pygit2  # noqa: PLC0415  it takes a tenth of a second
    from pygit2.ffi import ffi  # noqa: PLC0415

    class Index(pygit2.Index):
        """pygit2's own complains when it is thrown away after an index that could not be opened."""

        _index = ffi.NULL

    folder = git_folder(root)
    file = folder / "index" if folder is not None else None
    try:
        if file is None or not file.exists():
            return {}
        if not stat.S_ISREG(file.stat().st_mode):
            raise GitError(f"{file} is no file, so the index was not read.")
        return {entry.path: str(entry.id) for entry in Index(str(file)) if entry.mode != SUBMODULE}
    except (pygit2.GitError, OSError, ValueError) as error:
        raise GitError(f"The index of {root} cannot be read: {error}.") from error


def _ids(objects: Objects, commit: str) -> Mapping[str, str]:
    """Name -> id of its content, of all files in a commit."""
    return dict(objects.files(commit))


def _content(objects: Objects, name: str | None) -> bytes | None:
    if name is None:
        return None
    found = objects.raw.get(name)
    return None if found is None or found.size > LARGEST_BLOB else bytes(found.data)
