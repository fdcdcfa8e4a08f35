"""Notes of one reference (`refs/notes/ai`): which commits have one, what is in it, and adding one where none is.

The tree of notes is read as it is, with any fan-out. Writing is only ever asked for by a person, never replaces a
note, and makes a commit as git does. What the notes say is provenance/formats/git_ai.py's.
"""

import re
from collections.abc import Iterator
from functools import cached_property

import pygit2

from gifthorse.store.gitfolder import GitError, is_reference, reference, replace_reference
from gifthorse.store.objects import Objects

AI_NOTES = "refs/notes/ai"
LARGEST_NOTE = 64_000_000
DEEPEST = 20
MODE_BLOB, MODE_TREE = 0o100644, 0o040000
_COMMIT = re.compile(r"[0-9a-f]{40}")


class Notes:
    """The notes of one reference. Those who read get None where there is nothing, never an error."""

    def __init__(self, objects: Objects, name: str = AI_NOTES) -> None:
        """`name`: the full name of the reference. Raises GitError for what is none."""
        if not is_reference(name):
            raise GitError(f"{name!r:.100} is no full name of a reference: refs/notes/ai, for example, is one.")
        self.name = name
        self._objects = objects

    @cached_property
    def by_commit(self) -> dict[str, str]:
        """Commit -> the blob of its note."""
        tree = self._tree()
        return dict(self._entries(tree, "", DEEPEST)) if tree is not None else {}

    def read(self, commit: str) -> bytes | None:
        """The note of a commit."""
        blob = self.by_commit.get(commit)
        try:
            found = self._objects.raw.get(blob) if blob else None
            return bytes(found.data) if isinstance(found, pygit2.Blob) and found.size <= LARGEST_NOTE else None
        except (KeyError, ValueError, pygit2.GitError):
            return None

    def _tree(self) -> pygit2.Tree | None:
        tip = reference(self._objects.folder, self.name)
        try:
            found = self._objects.raw.get(tip) if tip else None
            return found.peel(pygit2.Tree) if found else None
        except (KeyError, ValueError, pygit2.GitError):
            return None

    def _entries(self, tree: pygit2.Tree, prefix: str, depth: int) -> Iterator[tuple[str, str]]:
        try:
            children = list(tree)
        except (KeyError, pygit2.GitError):
            return
        for entry in children:
            name = prefix + (entry.name or "")
            if isinstance(entry, pygit2.Blob) and _COMMIT.fullmatch(name):
                yield name, str(entry.id)
            elif isinstance(entry, pygit2.Tree) and depth and len(name) < 40:
                yield from self._entries(entry, name, depth - 1)

    def add(self, notes: dict[str, bytes], message: str = "Notes added by 'gifthorse export'") -> tuple[str, ...]:
        """Write notes (commit -> content) of commits that have none, all at once. The commits that got theirs.

        Raises GitError where nothing could be written.
        """
        before = reference(self._objects.folder, self.name)
        known = dict(Notes(self._objects, self.name).by_commit)
        new = {commit: content for commit, content in notes.items() if commit not in known}
        if not new:
            return ()
        if before is not None and self._tree() is None:
            raise GitError(f"{self.name} cannot be read, so nothing was added to it.")
        try:
            after = self._written(new, before, message)
        except (KeyError, ValueError, OSError, pygit2.GitError) as error:
            raise GitError(f"The notes cannot be written: {error}.") from error
        replace_reference(self._objects.folder, self.name, before, after)
        self.__dict__.pop("by_commit", None)
        return tuple(new)

    def _written(self, new: dict[str, bytes], before: str | None, message: str) -> str:
        raw = self._objects.raw
        tree = self._tree()
        for commit, content in new.items():
            made = self._placed(tree, commit, raw.create_blob(content))
            found = raw.get(made)
            tree = found if isinstance(found, pygit2.Tree) else None
        if tree is None:
            raise GitError("the tree of notes was not made")
        who = pygit2.Signature("Gifthorse", "gifthorse@localhost")
        parents = [pygit2.Oid(hex=before)] if before else []
        return str(raw.create_commit(None, who, who, message, tree.id, parents))

    def _placed(self, tree: pygit2.Tree | None, rest: str, blob: pygit2.Oid) -> pygit2.Oid:
        """The tree with the note in it, in the folder that the present fan-out has for it."""
        raw = self._objects.raw
        builder = raw.TreeBuilder(tree) if tree is not None else raw.TreeBuilder()
        below = tree[rest[:2]] if tree is not None and len(rest) > 2 and rest[:2] in tree else None
        if isinstance(below, pygit2.Tree):
            builder.insert(rest[:2], self._placed(below, rest[2:], blob), MODE_TREE)
        elif tree is not None and len(rest) > 2 and self._fans_out(tree):
            builder.insert(rest[:2], self._placed(None, rest[2:], blob), MODE_TREE)
        else:
            builder.insert(rest, blob, MODE_BLOB)
        return builder.write()

    @staticmethod
    def _fans_out(tree: pygit2.Tree) -> bool:
        return any(isinstance(entry, pygit2.Tree) and len(entry.name or "") == 2 for entry in tree)
