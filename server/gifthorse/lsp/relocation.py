"""Files that went to another root: what their old root's journal knows of them is written into the new one's.

Outside of git every folder is a root of its own, so this is what moving a file from folder to folder comes to.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gifthorse.lsp.roots import Roots
from gifthorse.model.event import Inserted, Renamed
from gifthorse.store.folders import real
from gifthorse.workspace.root import Workspace


def relocate(roots: Roots, old: Path, new: Path) -> None:
    """A file or folder `old` is `new` now, in another root. Raises OSError where that cannot be written down."""
    for workspace, name, path in _stories(roots, old):
        goal = real(new) / path if path else real(new)
        target = roots.of(str(goal))
        there = target.name_of(goal)
        if target is not workspace and there is not None and not target.journal.events(there):
            _tell(workspace, name, target, there)


def _stories(roots: Roots, old: Path) -> Iterator[tuple[Workspace, str, str]]:
    """The old root, each name in it that `old` stands for, and what of the name comes behind `old` (a folder)."""
    workspace = roots.of(str(old))
    here = workspace.name_of(old) or ""
    for name in workspace.journal.paths():
        if here and (name == here or name.startswith(f"{here}/")):
            yield workspace, name, name.removeprefix(here).removeprefix("/")
    own = roots.at(old)
    yield from ((own, name, name) for name in own.journal.paths() if own is not workspace)


def _tell(source: Workspace, name: str, target: Workspace, there: str) -> None:
    for event in source.journal.events(name):
        if isinstance(event, Inserted):
            for digest in (event.insertion.text, event.insertion.replaced):
                content = source.journal.get_blob(digest) if digest is not None else None
                if content is not None:
                    target.journal.put_blob(content)
        if not isinstance(event, Renamed):
            target.journal.append(replace(event, path=there))
