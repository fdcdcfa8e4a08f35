"""What changed: the files of a commit, of the index, of the work tree or of a patch, each before and after.

Git's own data are read by libgit2 on the object database and the one index file: nothing that a repository configures
is run or read, no filter, no hook, no external diff.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from gifthorse.store.gitfolder import GitError
from gifthorse.store.objects import LARGEST_BLOB, Objects
from gifthorse.store.regular import read_regular
from gifthorse.store.repository import index_ids


class Difference(NamedTuple):
    """One file: its name (relative, with `/`), its name before, and its two texts; None where it was not there, or is
    not there any more.
    """

    name: str
    old_name: str
    before: bytes | None
    after: bytes | None


def between(objects: Objects, first: str, second: str) -> Iterator[Difference]:
    """What leads from the commit `first` to the commit `second`, in order of names; renamed files are one. GitError
    where that cannot be read.
    """
    for old, new in objects.changed(first, second):
        yield Difference(new, old, objects.blob(first, old), objects.blob(second, new))


def staged(objects: Objects, root: Path, head: str) -> Iterator[Difference]:
    """What the index has and the commit `head` ("" for none) has not, in order of names."""
    entries = index_ids(root)
    if entries is None:
        raise GitError(f"The index of {root} cannot be read, so nobody knows what is staged.")
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


def _ids(objects: Objects, commit: str) -> Mapping[str, str]:
    """Name -> id of its content, of all files in a commit."""
    return dict(objects.files(commit))


def _content(objects: Objects, name: str | None) -> bytes | None:
    if name is None:
        return None
    return objects.content(name)
