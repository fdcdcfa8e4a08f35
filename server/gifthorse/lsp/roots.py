"""The roots that the open documents belong to, each wired up once, and the trust and settings that hold for all.

What a root is and what is kept for it is workspace's and store's; this only remembers which is whose.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gifthorse.lsp.convert import path_of
from gifthorse.model.rule import Catalogue
from gifthorse.store.folders import real, root_of
from gifthorse.worker.limits import Limits
from gifthorse.workspace.limits import limits_for
from gifthorse.workspace.root import Workspace


class Roots:
    """Path of a document -> its Workspace."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.folders: tuple[Path, ...] = ()
        self.catalogue = catalogue
        self._trusted = False
        self._settings: dict[str, Any] | None = None
        self._workspaces: dict[Path, Workspace] = {}
        self._of_path: dict[str | None, Workspace] = {}

    def start(self, folders: Sequence[str], *, trusted: bool) -> None:
        """The client's folders (URIs) and whether they are trusted."""
        self.folders = tuple(_paths(folders))
        self._trusted = trusted

    def real_folders(self) -> tuple[Path, ...]:
        """The client's folders without symbolic links."""
        return tuple(real(folder) for folder in self.folders)

    def all(self) -> tuple[Workspace, ...]:
        """Every root that is known: those of the client's folders and those of other files that were opened."""
        for folder in self.folders:
            self._at(root_of(folder))
        return tuple(self._workspaces.values())

    def known(self) -> tuple[Workspace, ...]:
        """The roots that something was asked of so far."""
        return tuple(self._workspaces.values())

    def limits(self) -> Limits:
        """What the analysis process may take, with what is configured for the roots that are known."""
        return limits_for(workspace.config for workspace in self.known())

    def of(self, path: str | None) -> Workspace:
        """The Workspace of a file. What is no file has that of the first folder, and is never written down."""
        known = self._of_path.get(path)
        if known is None:
            known = self._of_path[path] = self._at(self._root(path))
        return known

    def at(self, folder: Path) -> Workspace:
        """The Workspace of a folder that is or was a root itself."""
        return self._at(real(folder))

    def configure(self, settings: Mapping[str, Any]) -> bool:
        """The editor's settings. Whether anything changed for any root."""
        self._settings = dict(settings)
        return self._again()

    def trust(self, trusted: bool) -> bool:
        """Whether the client's folders are trusted. Whether anything changed for any root."""
        self._trusted = trusted
        return self._again()

    def reload(self) -> bool:
        """A configuration file has changed. Whether that changed anything for any root."""
        return self._again()

    def change_folders(self, added: Sequence[str], removed: Sequence[str]) -> None:
        """Folders have come or gone."""
        gone = set(_paths(removed))
        kept = [folder for folder in self.folders if folder not in gone]
        self.folders = tuple(dict.fromkeys([*kept, *_paths(added)]))
        self._again()

    def close(self) -> None:
        """Let go of all files."""
        for workspace in self._workspaces.values():
            workspace.close()

    def _root(self, path: str | None) -> Path:
        try:
            if path is not None:
                return root_of(Path(path))
            return root_of(self.folders[0]) if self.folders else Path(os.devnull)
        except OSError:
            return Path(os.devnull)  # such a name cannot be that of a file

    def _at(self, root: Path) -> Workspace:
        if root not in self._workspaces:
            self._workspaces[root] = Workspace(
                root, trusted=self._trusts(root), settings=self._settings, catalogue=self.catalogue
            )
        return self._workspaces[root]

    def _trusts(self, root: Path) -> bool:
        """Trust is given to the client's folders, not to whatever else is opened in the same window."""
        folders = [real(folder) for folder in self.folders]
        inside = any(folder == root or folder in root.parents for folder in folders)
        return self._trusted and (inside or not folders)

    def _again(self) -> bool:
        changed = False
        for root, workspace in list(self._workspaces.items()):
            changed |= workspace.configure(trusted=self._trusts(root), settings=self._settings)
        return changed


def _paths(uris: Sequence[str]) -> list[Path]:
    return [Path(path) for uri in uris if (path := path_of(uri)) is not None]
