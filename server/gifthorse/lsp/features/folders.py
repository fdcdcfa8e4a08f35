"""Several folders at once, and folders that come and go."""

from lsprotocol import types

from gifthorse.lsp.server import Server


def did_change_folders(server: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Folders were added to or taken out of the workspace."""
    added = [folder.uri for folder in params.event.added]
    removed = [folder.uri for folder in params.event.removed]
    server.session.folders(added, removed)


NOTIFICATIONS = {types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: did_change_folders}
CAPABILITIES = {"workspace": {"workspaceFolders": {"supported": True, "changeNotifications": True}}}
