"""What changed: the files of a commit, of the index, of the work tree or of a patch, each before and after.

Git's own data are read by libgit2 on the object database and the one index file: nothing that a repository configures
is run or read, no filter, no hook, no external diff.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gifthorse.store.gitfolder import GitError
from gifthorse.store.objects import LARGEST_BLOB, Objects
from gifthorse.store.regular import read_regular
from gifthorse.store.repository import index_ids

ALIKE = 0.5
"""Share of a file's bytes that another one has to have to be the same file under another name, as in git."""
MOST_PAIRS = 4_000
"""Pairs of files that are compared; where there are more, only the same text is the same file."""


class Difference(NamedTuple):
    """One file: its name (relative, with `/`), its name before, and its two texts; None where it was not there, or is
    not there any more.
    """

    name: str
    old_name: str
    before: bytes | None
    after: bytes | None


def between(objects: Objects, first: str, second: str) -> Iterator[Difference]:
    """What leads from the commit `first` ("" for none) to the commit `second`, in order of names; renamed files are one.
    GitError where that cannot be read.
    """
    if not first:
        yield from (Difference(name, name, None, objects.content(one)) for name, one in objects.files(second))
        return
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
        before = _as_checked_out(before, after)
        if before != after:
            yield Difference(name, name, before, after)


def _as_checked_out(before: bytes | None, after: bytes | None) -> bytes | None:
    """The committed text with the line ends that git gave it on disk, where it writes CRLF there (core.autocrlf)."""
    if before is None or after is None or b"\r\n" in before or b"\0" in before:
        return before
    converts = b"\r\n" in after and after.count(b"\r\n") == after.count(b"\n")
    return before.replace(b"\n", b"\r\n") if converts else before


def renamed(differences: Iterable[Difference]) -> list[Difference]:
    """The differences with each file that went and one that came much like it as one, which was renamed."""
    found = list(differences)
    gone = [one for one in found if one.after is None and one.before]
    came = [one for one in found if one.before is None and one.after]
    pairs = _alike(gone, came) if gone and came else {}
    old = {one.name for one in pairs.values()}
    both = (
        Difference(one.name, pairs[one.name].name, pairs[one.name].before, one.after) if one.name in pairs else one
        for one in found
    )
    return [one for one in both if one.after is not None or one.name not in old]


def _alike(gone: Sequence[Difference], came: Sequence[Difference]) -> dict[str, Difference]:
    """By the name of a file that came, the one that went and is most like it; none is given twice."""
    if len(gone) * len(came) > MOST_PAIRS:
        texts = {one.before: one for one in gone}
        return {one.name: texts.pop(one.after) for one in came if one.after in texts}
    lines = {one.name: _weights(one.before or one.after or b"") for one in (*gone, *came)}
    ranked = sorted(
        ((_likeness(lines[old.name], lines[new.name]), new.name, old) for old in gone for new in came),
        key=lambda pair: (-pair[0], pair[1], pair[2].name),
    )
    pairs: dict[str, Difference] = {}
    taken = set[str]()
    for likeness, name, old in ranked:
        if likeness >= ALIKE and name not in pairs and old.name not in taken:
            pairs[name] = old
            taken.add(old.name)
    return pairs


def _weights(content: bytes) -> Counter[bytes]:
    """Each line with how many bytes of the text it is."""
    lines = content.splitlines(keepends=True)
    return Counter({line: len(line) * count for line, count in Counter(lines).items()})


def _likeness(one: Counter[bytes], other: Counter[bytes]) -> float:
    """The share of the larger text that both have, 0 to 1."""
    return (one & other).total() / max(one.total(), other.total(), 1)


def _ids(objects: Objects, commit: str) -> Mapping[str, str]:
    """Name -> id of its content, of all files in a commit."""
    return dict(objects.files(commit))


def _content(objects: Objects, name: str | None) -> bytes | None:
    if name is None:
        return None
    return objects.content(name)
