"""Files that change, move or vanish outside of any open document."""

from pathlib import Path

from lsprotocol import types

from gifthorse.lsp.convert import path_of
from gifthorse.lsp.server import Server
from gifthorse.store.config import FILE_NAME


def did_change_watched_files(server: Server, params: types.DidChangeWatchedFilesParams) -> None:
    """A changed configuration or rule is read again; any other changed file makes the last scan out of date."""
    paths = [path for change in params.changes if (path := path_of(change.uri)) is not None]
    if any(Path(path).name == FILE_NAME or server.session.rule_files.holds(path) for path in paths):
        server.session.reload()
        server.survey.forget()
    elif paths:
        server.survey.outdated()
        server.session.around.changed(paths)
        server.changes.touched(paths)


def did_rename_files(server: Server, params: types.RenameFilesParams) -> None:
    """What is known of a file goes with it."""
    for file in params.files:
        server.session.rename(file.old_uri, file.new_uri)
        moved = (path_of(uri) for uri in (file.old_uri, file.new_uri))
        server.session.around.changed([path for path in moved if path is not None])
    server.survey.outdated()


_ALL_FILES = {"filters": [{"scheme": "file", "pattern": {"glob": "**"}}]}

NOTIFICATIONS = {
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: did_change_watched_files,
    types.WORKSPACE_DID_RENAME_FILES: did_rename_files,
}
CAPABILITIES = {"workspace": {"fileOperations": {"didRename": _ALL_FILES}}}
