"""`initialize` and `initialized`: who the client is, what we can do, and what we ask it to tell us."""

from functools import partial
from typing import Any

from lsprotocol import types

from gifthorse import __version__
from gifthorse.lsp import protocol
from gifthorse.lsp.client import client_of
from gifthorse.lsp.features.configuration import pull
from gifthorse.lsp.parent import INTERVAL, alive
from gifthorse.lsp.server import Server


def initialize(server: Server, params: types.InitializeParams) -> dict[str, Any]:
    """Our capabilities, as far as this client has a use for them."""
    client = client_of(params)
    server.session.start(client)
    if client.process is not None:
        _watch(server, client.process)
    capabilities = {
        "positionEncoding": client.encoding,
        **server.capabilities,
        "executeCommandProvider": {"commands": sorted(server.commands), "workDoneProgress": True},
        "experimental": {"gifthorse": {"protocolVersion": protocol.VERSION}},
    }
    if not client.pulls:
        del capabilities["diagnosticProvider"]
    return {"capabilities": capabilities, "serverInfo": {"name": "gifthorse", "version": __version__}}


def initialized(server: Server, _: types.InitializedParams) -> None:
    """The client listens now: register for what it can tell us, and say how we are."""
    client = server.client
    registrations = []
    if client.registers_watchers:
        patterns = [{"globPattern": "**/*"}]
        registrations.append(_registration("workspace/didChangeWatchedFiles", {"watchers": patterns}))
    if client.registers_configuration:
        registrations.append(_registration("workspace/didChangeConfiguration", {"section": protocol.SOURCE}))
    if registrations:
        server.connection.request("client/registerCapability", {"registrations": registrations})
    pull(server)
    server.closed.look()
    server.incoming.start()
    server.colleagues.start()
    server.session.announcer.say_status()


def _registration(method: str, options: dict[str, Any]) -> dict[str, Any]:
    return {"id": f"gifthorse:{method}", "method": method, "registerOptions": options}


def _watch(server: Server, process: int) -> None:
    """Leave when the client's process is gone: some systems keep the pipe open."""
    if alive(process):
        server.pump.after(INTERVAL, "parent", partial(_watch, server, process))
    else:
        server.leave(1)


REQUESTS = {types.INITIALIZE: initialize}
NOTIFICATIONS = {types.INITIALIZED: initialized}
