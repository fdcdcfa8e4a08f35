"""What this client can do and wants, read once from its `initialize`: the only place that looks at capabilities."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lsprotocol import types

from gifthorse.lsp import protocol
from gifthorse.lsp.convert import choose_encoding, uri_of
from gifthorse.lsp.wire import converter
from gifthorse.model.text import Encoding


@dataclass(frozen=True, slots=True)
class Client:
    """The capabilities that change what we send. Everything is off for a client that says nothing."""

    encoding: Encoding = "utf-16"
    process: int | None = None
    folders: tuple[str, ...] = ()
    trusted: bool = False
    asks_reason: bool = False
    asks_comment: bool = False
    pulls: bool = False
    refreshes_lenses: bool = False
    resolves_edits: bool = False
    document_changes: bool = False
    markdown: bool = False
    configuration: bool = False
    registers_configuration: bool = False
    registers_watchers: bool = False
    progress: bool = False


def client_of(params: types.InitializeParams) -> Client:
    """Read the client's `initialize`. Raises InvalidParamsError for initialization options of a wrong shape."""
    capabilities = params.capabilities
    general = capabilities.general
    options = _options(params.initialization_options)
    return Client(
        encoding=choose_encoding(general.position_encodings if general else None),
        process=params.process_id,
        folders=_folders(params),
        trusted=options.trusted,
        asks_reason=options.asks_reason,
        asks_comment=options.asks_comment,
        progress=bool(capabilities.window and capabilities.window.work_done_progress),
        pulls=_pulls(capabilities),
        **_of_documents(capabilities.text_document),
        **_of_workspace(capabilities.workspace),
    )


def _options(given: Any) -> protocol.InitializationOptions:
    """Options in our shape; an option of a wrong type counts as not given, as unknown options do.

    A client's other settings may end up here too: they must never keep the server from starting.
    """
    if not isinstance(given, dict):
        return protocol.InitializationOptions()
    flags = {key: value for key, value in given.items() if isinstance(value, bool)}
    return converter().structure(flags, protocol.InitializationOptions)


def _folders(params: types.InitializeParams) -> tuple[str, ...]:
    if params.workspace_folders:
        return tuple(folder.uri for folder in params.workspace_folders)
    if params.root_uri:
        return (params.root_uri,)
    path = params.root_path  # the oldest way to say it
    return (uri_of(path),) if path and Path(path).is_absolute() else ()


def _pulls(capabilities: types.ClientCapabilities) -> bool:
    """Whether diagnostics are left to the client to pull: only if it can be asked to pull again.

    A Region changes how loud a finding is without any edit; who pulls after edits alone would keep the old severity.
    """
    documents, workspace = capabilities.text_document, capabilities.workspace
    again = workspace.diagnostics if workspace else None
    return bool(documents and documents.diagnostic and again and again.refresh_support)


def _of_documents(documents: types.TextDocumentClientCapabilities | None) -> dict[str, bool]:
    if documents is None:
        return {}
    actions, hover = documents.code_action, documents.hover
    return {
        "resolves_edits": bool(actions and actions.data_support and _resolves(actions.resolve_support)),
        "markdown": _prefers_markdown(hover.content_format if hover else None),
    }


def _resolves(support: types.ClientCodeActionResolveOptions | None) -> bool:
    return support is not None and "edit" in support.properties


def _prefers_markdown(formats: Sequence[types.MarkupKind] | None) -> bool:
    return bool(formats) and types.MarkupKind.Markdown in (formats or ())


def _of_workspace(workspace: types.WorkspaceClientCapabilities | None) -> dict[str, bool]:
    if workspace is None:
        return {}
    edits, watchers, changes = (
        workspace.workspace_edit,
        workspace.did_change_watched_files,
        workspace.did_change_configuration,
    )
    return {
        "refreshes_lenses": bool(workspace.code_lens and workspace.code_lens.refresh_support),
        "document_changes": bool(edits and edits.document_changes),
        "configuration": bool(workspace.configuration),
        "registers_configuration": bool(changes and changes.dynamic_registration),
        "registers_watchers": bool(watchers and watchers.dynamic_registration),
    }
