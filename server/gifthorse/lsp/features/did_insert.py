"""The notification gifthorse/didInsert: somebody says that text has arrived."""

from gifthorse.lsp import protocol
from gifthorse.lsp.server import Server


def did_insert(server: Server, params: protocol.DidInsertParams) -> None:
    """Judge the signal; where it is a claim, its text becomes a Region."""
    server.insertions.reported(params)


NOTIFICATIONS = {protocol.DID_INSERT: did_insert}
