"""A root before and after a change of it. What holds is what stood before: a change cannot permit itself.

The files after it say what is declared and what is there; the configuration and the rules after it only tighten.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gifthorse.store.trees import Listing, Tree


class Versions(NamedTuple):
    """The files of a root before and after a change, and what the two are called in messages. `untracked`: whether what is
    in neither is in no commit that is checked out, and so no part of any change. `on_disk`: whether what is on disk is what
    is there after the change, so far as anybody knows.
    """

    before: Tree
    after: Tree
    before_name: str
    after_name: str
    untracked: bool = True
    on_disk: bool = True


@dataclass(frozen=True, slots=True)
class Overlay:
    """A Tree in which some files are otherwise: by their names what is in them, or None where they are not there."""

    tree: Tree
    changed: Mapping[str, bytes | None]

    def listing(self, folder: str) -> Listing:
        """See Tree."""
        folders, files = map(set[str], self.tree.listing(folder))
        start = f"{folder}/" if folder else ""
        for name, content in self.changed.items():
            first, deeper, _ = name.removeprefix(start).partition("/")
            if name.startswith(start) and content is None and not deeper:
                files.discard(first)
            elif name.startswith(start) and content is not None:
                (folders if deeper else files).add(first)
        return sorted(folders), sorted(files)

    def stamp(self, name: str) -> str:
        """See Tree."""
        if name not in self.changed:
            return self.tree.stamp(name)
        content = self.changed[name]
        return "" if content is None else f"changed {hashlib.sha256(content).hexdigest()}"

    def read(self, name: str, limit: int) -> bytes:
        """See Tree."""
        content = self.changed.get(name)
        if name in self.changed and (content is None or len(content) > limit):
            raise OSError(f"{name} cannot be read")
        return self.tree.read(name, limit) if content is None else content
