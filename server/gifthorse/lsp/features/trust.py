"""The notification gifthorse/didChangeTrust: the person trusts this workspace now, or does not any more."""

from gifthorse.lsp import protocol
from gifthorse.lsp.server import Server


def did_change_trust(server: Server, params: protocol.DidChangeTrustParams) -> None:
    """Read the configuration again with the new trust."""
    server.session.trust(params.trusted)


NOTIFICATIONS = {protocol.DID_CHANGE_TRUST: did_change_trust}
