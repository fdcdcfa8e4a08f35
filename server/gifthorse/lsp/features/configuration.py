"""The editor's settings: pulled by workspace/configuration where the client can, else as pushed."""

from typing import Any

from lsprotocol import types

from gifthorse.lsp import protocol
from gifthorse.lsp.server import Server


def did_change_configuration(server: Server, params: types.DidChangeConfigurationParams) -> None:
    """Settings have changed. A client that lets us pull them sends nothing useful with the message itself."""
    if server.client.configuration:
        pull(server)
    else:
        server.session.configure(_section(params.settings))


def pull(server: Server) -> None:
    """Ask the client for our section of its settings."""
    if not server.client.configuration:
        return
    asked = {"items": [{"section": protocol.SOURCE}]}
    server.connection.request(
        types.WORKSPACE_CONFIGURATION, asked, lambda answer: server.session.configure(_first(answer))
    )


def _first(answer: Any) -> dict[str, Any]:
    return answer[0] if isinstance(answer, list) and answer and isinstance(answer[0], dict) else {}


def _section(settings: Any) -> dict[str, Any]:
    """Our section of pushed settings: under our name, as most clients send it, or the settings themselves."""
    if not isinstance(settings, dict):
        return {}
    section = settings.get(protocol.SOURCE, settings)
    return section if isinstance(section, dict) else {}


NOTIFICATIONS = {types.WORKSPACE_DID_CHANGE_CONFIGURATION: did_change_configuration}
