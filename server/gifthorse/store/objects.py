"""What a repository's objects hold: commits, texts, the lines that a commit brought, and who brought a line.

libgit2 on the object database alone: it runs no filters, hooks, file monitors or text conversions, and reads no
configuration. Only a shallow clone has to be opened as a whole, since its cut-off history is known nowhere else; then
libgit2 reads (and runs nothing of) its configuration. What is in the work tree is the caller's to compare.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pygit2

from gifthorse.store.gitfolder import GitError, GitFolder, head, reference
from gifthorse.store.plainfiles import odd_file

LARGEST_BLOB = 100_000_000
ABBREVIATED = 7
_SUFFIX = re.compile(r"(?:~(\d{0,6})|\^(\d{0,3}))")
_WORDS = re.compile(r"([^~^]+)((?:~\d*|\^\d*)*)")


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit. `time` is the author's, in seconds since 1970; `offset` their time zone in minutes."""

    id: str
    parents: tuple[str, ...]
    author: str
    email: str
    committer_email: str
    time: int
    offset: int
    message: str

    @property
    def short(self) -> str:
        """As people write it."""
        return self.id[:ABBREVIATED]

    @property
    def subject(self) -> str:
        """The first line of its message."""
        return self.message.strip().split("\n", 1)[0].strip()


@dataclass(frozen=True, slots=True)
class Cause:
    """Where a line comes from: the commit, and the file and line (from 1) that it was there."""

    commit: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Added:
    """What a commit did to one file, held against its first parent. Lines count from 1; `lines` are new in it."""

    path: str
    old_path: str
    lines: tuple[int, ...]
    removed: int


class Objects:
    """The objects of one repository. Raises GitError where they are damaged or missing."""

    def __init__(self, folder: GitFolder) -> None:
        """Opens the database; nothing is written to it but by `write_note_tree`."""
        self.folder = folder
        if odd := odd_file(folder.common / "objects"):
            raise GitError(f"{odd} is no file, so git's objects were not read: is somebody playing tricks?")
        try:
            self._repository = _opened(folder)
        except (pygit2.GitError, OSError, ValueError, KeyError) as error:
            raise GitError(f"{folder.common} cannot be opened: {error}.") from error
        self.commit = lru_cache(maxsize=None)(self._commit)

    @property
    def raw(self) -> pygit2.Repository:
        """libgit2's own view, for notes.py."""
        return self._repository

    def resolve(self, words: str) -> str:
        """The commit that `words` name: HEAD, a branch, a tag, (the beginning of) its name, with `~2` or `^`.

        Raises GitError where there is none.
        """
        found = _WORDS.fullmatch(words.strip())
        start = self._named(found[1]) if found else None
        if found is None or start is None:
            raise GitError(f"{words!r:.100} names no commit here.")
        commit = self.commit(start)
        for step in _SUFFIX.finditer(found[2]):
            commit = self._stepped(commit, step, words)
        return commit.id

    def _stepped(self, commit: Commit, step: re.Match[str], words: str) -> Commit:
        count = int(step[1] or 1) if step[1] is not None else 1
        which = 0 if step[1] is not None else int(step[2] or 1) - 1
        for _ in range(count if which >= 0 else 0):
            if which >= len(commit.parents):
                raise GitError(f"{words!r:.100} goes back behind the first commit.")
            commit = self.commit(commit.parents[which])
        return commit

    def _named(self, name: str) -> str | None:
        if name in ("HEAD", "@"):
            return head(self.folder).commit or None
        for form in ("{}", "refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD"):
            if found := reference(self.folder, form.format(name)):
                return self._peeled(found)
        return self._peeled(name) if re.fullmatch(r"[0-9a-fA-F]{4,40}", name) else None

    def _peeled(self, name: str) -> str | None:
        try:
            found = self._repository[name.lower()]
            return str(found.peel(pygit2.Commit).id) if found else None
        except (KeyError, ValueError, pygit2.GitError):
            return None

    def _commit(self, name: str) -> Commit:
        found = self._object(name)
        if not isinstance(found, pygit2.Commit):
            raise GitError(f"The commit {name[:ABBREVIATED]} is missing: the history here is not whole.")
        author, committer = found.author, found.committer
        return Commit(
            str(found.id),
            tuple(str(parent) for parent in found.parent_ids),
            _decoded(author.raw_name),
            _decoded(author.raw_email),
            _decoded(committer.raw_email),
            author.time,
            author.offset,
            _decoded(found.raw_message),
        )

    def _object(self, name: str) -> Any:
        try:
            return self._repository.get(name)
        except (KeyError, ValueError, pygit2.GitError) as error:
            raise GitError(f"The object {name[:ABBREVIATED]} cannot be read: {error}.") from error

    def has_commit(self, name: str) -> bool:
        """Whether such a commit is here."""
        try:
            return isinstance(self._object(name), pygit2.Commit)
        except GitError:
            return False

    def content(self, name: str) -> bytes | None:
        """The content of that id; None where there is none, or far too large a one."""
        found = self._object(name)
        return bytes(found.data) if isinstance(found, pygit2.Blob) and found.size <= LARGEST_BLOB else None

    def blob(self, commit: str, path: str) -> bytes | None:
        """The content of a file in a commit; None where it is no file there, or far too large."""
        found = self._object(commit)
        try:
            entry = found.tree[path]
            whole = isinstance(entry, pygit2.Blob) and entry.size <= LARGEST_BLOB
            return bytes(entry.data) if whole else None
        except (KeyError, ValueError, AttributeError, pygit2.GitError):
            return None

    def paths(self, commit: str) -> Iterator[str]:
        """The names of all files in a commit, in order."""
        yield from (name for name, _ in self.files(commit))

    def files(self, commit: str) -> Iterator[tuple[str, str]]:
        """The names of all files in a commit, in order, each with the id of its content."""
        yield from self._files(self._object(commit).tree, "")

    def _files(self, tree: pygit2.Tree, prefix: str) -> Iterator[tuple[str, str]]:
        for entry in tree:
            name = prefix + _decoded(entry.raw_name)
            if isinstance(entry, pygit2.Tree):
                yield from self._files(entry, name + "/")
            elif isinstance(entry, pygit2.Blob):
                yield name, str(entry.id)

    def changed(self, first: str, second: str) -> list[tuple[str, str]]:
        """(old name, new name) of each file in which two commits differ, by the new names; renamed files are one."""
        try:
            diff = self._object(first).tree.diff_to_tree(self._object(second).tree, context_lines=0)
            diff.find_similar()
            deltas = [patch.delta for patch in diff if patch is not None]
        except (AttributeError, KeyError, ValueError, pygit2.GitError) as error:
            words = f"What changed between {first[:ABBREVIATED]} and {second[:ABBREVIATED]} cannot be read: {error}."
            raise GitError(words) from error
        return sorted(((one.old_file.path, one.new_file.path) for one in deltas), key=lambda names: names[1])

    def common(self, one: str, other: str) -> str:
        """The last commit that leads to both. GitError where there is none."""
        try:
            found = self._repository.merge_base(one, other)
        except (KeyError, ValueError, pygit2.GitError) as error:
            raise GitError(f"The history cannot be followed: {error}.") from error
        if found is None:
            raise GitError(f"{one[:ABBREVIATED]} and {other[:ABBREVIATED]} have no history in common.")
        return str(found)

    def walk(self, tip: str, without: str | None = None) -> Iterator[Commit]:
        """The commits that lead to `tip`, newest first, without those that lead to `without`."""
        order = pygit2.enums.SortMode.TOPOLOGICAL | pygit2.enums.SortMode.TIME
        try:
            walker = self._repository.walk(tip, order)
            if without:
                walker.hide(without)
            for found in walker:
                yield self.commit(str(found.id))
        except (KeyError, ValueError, pygit2.GitError) as error:
            raise GitError(f"The history cannot be followed: {error}.") from error

    def added(self, commit: Commit) -> Iterator[Added]:
        """What a commit brought, file by file; binary files bring no lines."""
        found = self._object(commit.id)
        try:
            diff = self._diff(found, commit)
            diff.find_similar()
            for patch in diff:
                if patch is not None and not patch.delta.is_binary and patch.delta.new_file.mode:
                    yield _added(patch)
        except (KeyError, ValueError, pygit2.GitError) as error:
            raise GitError(f"What {commit.short} changed cannot be read: {error}.") from error

    def _diff(self, found: Any, commit: Commit) -> pygit2.Diff:
        if not commit.parents:
            diff = found.tree.diff_to_tree(swap=True, context_lines=0)
        else:
            before = self._object(commit.parents[0])
            if before is None:
                raise GitError(
                    f"The commit {commit.parents[0][:ABBREVIATED]} is missing: the history here is not whole."
                )
            diff = before.tree.diff_to_tree(found.tree, context_lines=0)
        assert isinstance(diff, pygit2.Diff)  # noqa: S101  for the type checker: no other tree gives another type
        return diff

    def blame(self, commit: str, path: str) -> dict[int, Cause]:
        """Line (from 1) -> where it comes from, for the file as it is in `commit`."""
        try:
            found = self._repository.blame(path, newest_commit=commit)
            return {
                hunk.final_start_line_number + n: Cause(
                    str(hunk.final_commit_id), hunk.orig_path or path, hunk.orig_start_line_number + n
                )
                for hunk in found
                for n in range(hunk.lines_in_hunk)
            }
        except (KeyError, ValueError, pygit2.GitError) as error:
            raise GitError(f"Who wrote {path} cannot be found out: {error}.") from error


def _opened(folder: GitFolder) -> pygit2.Repository:
    if folder.shallow:
        levels = pygit2.enums.ConfigLevel
        for level in (levels.SYSTEM, levels.XDG, levels.GLOBAL, levels.PROGRAMDATA):
            pygit2.option(pygit2.enums.Option.SET_SEARCH_PATH, level, "")
        pygit2.option(pygit2.enums.Option.SET_OWNER_VALIDATION, False)
        flags = pygit2.enums.RepositoryOpenFlag.BARE | pygit2.enums.RepositoryOpenFlag.NO_SEARCH
        return pygit2.Repository(str(folder.common), flags)
    repository = pygit2.Repository()
    repository.set_odb(pygit2.Odb(str(folder.common / "objects")))
    return repository


def _decoded(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", "backslashreplace")


def _added(patch: pygit2.Patch) -> Added:
    lines = [line.new_lineno for hunk in patch.hunks for line in hunk.lines if line.origin == "+"]
    removed = sum(line.origin == "-" for hunk in patch.hunks for line in hunk.lines)
    delta = patch.delta
    return Added(_decoded(delta.new_file.raw_path), _decoded(delta.old_file.raw_path), tuple(lines), removed)


def unchanged_lines(before: bytes, after: bytes) -> dict[int, int]:
    """Line of `after` (from 1) -> the line of `before` that it still is. Line ends of either system count as equal."""
    old, new = (content.replace(b"\r\n", b"\n") for content in (before, after))
    patch = pygit2.Patch.create_from(old, new, context_lines=0, flag=pygit2.enums.DiffOption.FORCE_TEXT)
    result: dict[int, int] = {}
    at, there = 1, 1
    for hunk in patch.hunks:
        behind_old, behind_new = hunk.old_start + (not hunk.old_lines), hunk.new_start + (not hunk.new_lines)
        result.update(zip(range(there, behind_new), range(at, behind_old), strict=False))
        at, there = behind_old + hunk.old_lines, behind_new + hunk.new_lines
    count = old.count(b"\n") + (not old.endswith(b"\n") and bool(old))
    result.update(zip(range(there, there + max(0, count - at + 1)), range(at, count + 1), strict=False))
    return result
