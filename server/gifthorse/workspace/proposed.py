"""A change as a person names it: its files before and after, the History to ask of it, and the root on both sides of it.

Where nothing stands before a commit, its name is all zeros, as builds write it. What cannot be is a ChangeError.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gifthorse.store.config import FILE_NAME
from gifthorse.store.differences import Difference, between, renamed, staged, working
from gifthorse.store.gitfolder import GitError, open_folder
from gifthorse.store.objects import ABBREVIATED, LARGEST_BLOB, Objects
from gifthorse.store.patchtext import PatchError, patched_files
from gifthorse.store.regular import read_regular
from gifthorse.store.repository import index_ids, tracked_names
from gifthorse.store.trees import Disk, Snapshot
from gifthorse.store.versions import Overlay, Versions
from gifthorse.workspace.history import History
from gifthorse.workspace.statistics import at_commit

NOTHING = re.compile("0{40}|0{64}")
NO_REPOSITORY = "This is no git repository, so nobody knows what changed. Name a patch by --stdin-patch."


class ChangeError(Exception):
    """There is no such change. The message says why and what to do."""


class Proposed(NamedTuple):
    """A change: whose History its lines are asked of, its files, and the root before and after it."""

    history: History
    differences: Sequence[Difference]
    versions: Versions


def of_range(history: History, words: str) -> Proposed:
    """What `A..B` or `A...B` names. Raises ChangeError, GitError."""
    objects = _objects(history)
    before, start, end = _ends(words, objects)
    old, new = _ids(objects, before), _ids(objects, end)
    here = index_ids(history.workspace.root) or {}
    trees, names = (Snapshot(old, objects), Snapshot(new, objects)), (_in(before), _in(end))
    versions = Versions(*trees, *names, untracked=FILE_NAME not in here, on_disk=here == new)
    return Proposed(at_commit(history, end), list(between(objects, start, end)), versions)


def of_index(history: History) -> Proposed:
    """What the index has and the last commit has not. Raises ChangeError, GitError."""
    root = history.workspace.root
    objects = history.git.objects if history.git else Objects(open_folder(root))  # before the first commit
    head = history.git.head.commit if history.git else ""
    versions = Versions(
        Snapshot(_ids(objects, head), objects), Snapshot(index_ids(root) or {}, objects), _in(head), "staged"
    )
    return Proposed(history, renamed(staged(objects, root, head)), versions)


def of_work_tree(history: History) -> Proposed:
    """What the work tree has of tracked files and the last commit has not. Raises ChangeError, GitError."""
    root, names = history.workspace.root, tracked_names(history.workspace.root)
    if names is None:
        raise ChangeError(NO_REPOSITORY)
    objects, head = (history.git.objects, history.git.head.commit) if history.git else (None, "")
    ids = _ids(objects, head) if objects else {}
    before = Snapshot(ids, objects) if objects else Overlay(Disk(root), dict.fromkeys(names))
    after = Disk(root) if FILE_NAME in names else Overlay(Disk(root), {FILE_NAME: None})  # untracked: no part of it
    found = renamed(working(objects, root, head, iter(names | ids.keys())))
    return Proposed(history, found, Versions(before, after, _in(head), "not committed"))


def of_patch(history: History, patch: bytes) -> Proposed:
    """What a unified diff of files of the root says, applied already or not. Raises ChangeError."""
    root = history.workspace.root

    def read(name: str) -> bytes | None:
        path = root / name
        if not path.resolve().is_relative_to(root.resolve()):
            raise ChangeError(f"The patch names {name}, which is outside of {root}.")
        try:
            return read_regular(path, LARGEST_BLOB)
        except OSError:
            return None

    try:
        found = renamed(patched_files(patch, read))
    except PatchError as error:
        raise ChangeError(str(error)) from error
    old = {one.old_name: one.before for one in found}
    new = {one.name: one.after for one in found}
    before = Overlay(Disk(root), dict.fromkeys(new) | old)
    after = Overlay(Disk(root), dict.fromkeys(old) | new)
    return Proposed(history, found, Versions(before, after, "before the patch", "in the patch"))


def _in(commit: str) -> str:
    return f"in {commit[:ABBREVIATED]}"


def _ids(objects: Objects, commit: str) -> Mapping[str, str]:
    """Name -> id of its content, of all files in a commit; none for no commit."""
    return dict(objects.files(commit)) if commit else {}


def _objects(history: History) -> Objects:
    if history.git is None:
        raise ChangeError(" ".join([*history.notices, "Name a patch by --stdin-patch."]))
    return history.git.objects


def _ends(words: str, objects: Objects) -> tuple[str, str, str]:
    """The commit before which things stood as they are to hold, the one that the change begins with ("" for none), and
    the one that it leads to. Of A...B the change begins with the last commit that both have in common.
    """
    first, dots, second = words.partition("...") if "..." in words else words.partition("..")
    if not dots:
        raise ChangeError(f"{words!r:.80} is no range. Write A..B: what B has and A has not.")
    end = _resolved(second or "HEAD", objects)
    if NOTHING.fullmatch(first):
        return "", "", end
    start = _resolved(first or "HEAD", objects)
    return start, objects.common(start, end) if dots == "..." else start, end


def _resolved(words: str, objects: Objects) -> str:
    try:
        return objects.resolve(words)
    except GitError as error:
        if not objects.folder.shallow:
            raise
        remedy = "This is a shallow clone: fetch what it needs (`git fetch --unshallow`; `fetch-depth: 0` in a build)."
        raise ChangeError(f"{error} {remedy}") from error
