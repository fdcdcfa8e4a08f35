"""Folders and files of a project as somebody has them: on disk, with what an editor has open, or in a commit.

Names are relative to the root, with `/`; the root itself is empty. They only read.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol

from gifthorse.store.regular import read_regular

Listing = tuple[Sequence[str], Sequence[str]]


class Tree(Protocol):
    """What can be asked of one."""

    def listing(self, folder: str) -> Listing:
        """The folders and the files in a folder, in order; none where there is no such folder."""
        ...

    def stamp(self, name: str) -> str:
        """Something that is another as soon as the file is; empty where there is none."""
        ...

    def read(self, name: str, limit: int) -> bytes:
        """What is in a file. Raises OSError where it cannot be read or has more bytes than the limit."""
        ...


@dataclass(frozen=True, slots=True)
class Disk:
    """A folder on disk. `opened`: the texts of files that count instead of what is on disk, by their names."""

    root: Path
    opened: Mapping[str, bytes] = field(default_factory=dict)

    def listing(self, folder: str) -> Listing:
        """See Tree. Links to folders are not followed."""
        folders, files = list[str](), list[str]()
        try:
            with os.scandir(self.root / folder) as entries:
                for entry in entries:
                    (folders if entry.is_dir(follow_symlinks=False) else files).append(entry.name)
        except OSError:
            return (), ()
        return sorted(folders), sorted(files)

    def stamp(self, name: str) -> str:
        """See Tree."""
        if name in self.opened:
            return f"open {hash(self.opened[name])}"
        try:
            state = (self.root / name).stat()
        except (OSError, ValueError):
            return ""
        return f"{self.root} {state.st_mtime_ns} {state.st_size}"

    def read(self, name: str, limit: int) -> bytes:
        """See Tree."""
        return self.opened[name] if name in self.opened else read_regular(self.root / name, limit)


class Contents(Protocol):
    """Where contents are found by their ids: store/objects.py."""

    def content(self, name: str) -> bytes | None:
        """What has this id, if anything."""
        ...


@dataclass(frozen=True)
class Snapshot:
    """Files by their names, as `ids` of contents that `content` gives: those of a commit, or of the index."""

    ids: Mapping[str, str]
    objects: Contents

    def listing(self, folder: str) -> Listing:
        """See Tree."""
        return self._listings.get(folder, ((), ()))

    @cached_property
    def _listings(self) -> Mapping[str, Listing]:
        found: dict[str, tuple[dict[str, None], dict[str, None]]] = {"": ({}, {})}
        for name in sorted(self.ids):
            folder, _, last = name.rpartition("/")
            found.setdefault(folder, ({}, {}))[1][last] = None
            while folder:
                above, _, last = folder.rpartition("/")
                found.setdefault(above, ({}, {}))[0][last] = None
                folder = above
        return {folder: (sorted(folders), sorted(files)) for folder, (folders, files) in found.items()}

    def stamp(self, name: str) -> str:
        """See Tree."""
        return self.ids.get(name, "")

    def read(self, name: str, limit: int) -> bytes:
        """See Tree."""
        content = self.objects.content(self.ids[name]) if name in self.ids else None
        if content is None or len(content) > limit:
            raise OSError(f"{name} cannot be read")
        return content
