"""The commands whose outcome is an edit that the client makes: reject a Region, suppress a finding with a reason."""

from typing import Any

from gifthorse.lsp import protocol
from gifthorse.lsp.applying import ask_to_apply
from gifthorse.lsp.document import Document
from gifthorse.lsp.edits import text_edits, workspace_edit
from gifthorse.lsp.features.review_commands import opened, region_of
from gifthorse.lsp.rpc import Later, RequestError
from gifthorse.lsp.server import Command, Server
from gifthorse.lsp.suppression import suppression_edit


def reject(server: Server, argument: protocol.RejectArguments) -> Later:
    """Take a Region out again."""
    document, region = region_of(server, argument.region)
    return server.reviews.reject(document, region)


def suppress(server: Server, argument: protocol.SuppressArguments) -> Any:
    """Write the comment that silences a finding, with the person's reason."""
    document = opened(server, argument.uri)
    if not argument.reason.strip():
        raise RequestError("a suppression needs a reason: say why this is safe here")
    return server.session.analysed(document.uri, lambda current: _suppress(server, current, argument), None)


def _suppress(server: Server, document: Document, argument: protocol.SuppressArguments) -> Later:
    found = next((one for one in document.judged if one.fingerprint == argument.fingerprint), None)
    language = server.session.language(document)
    edit = suppression_edit(found.finding, document.text, language, argument.reason) if found else None
    if edit is None:
        raise RequestError("there is no such finding here any more, or nothing that a comment could silence")
    edits = text_edits([edit], document.text, server.client.encoding)
    changes = workspace_edit(document.uri, document.version, edits, document_changes=server.client.document_changes)
    return ask_to_apply(server.connection, changes, "Gifthorse: suppress a finding")


COMMANDS = {
    protocol.REJECT: Command(protocol.RejectArguments, reject),
    protocol.SUPPRESS: Command(protocol.SuppressArguments, suppress),
}
