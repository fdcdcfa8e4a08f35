"""Open, changed, saved and closed documents: incremental synchronisation."""

from lsprotocol import types

from gifthorse.lsp.convert import path_of, whole
from gifthorse.lsp.server import Server

INCREMENTAL = int(types.TextDocumentSyncKind.Incremental)


def did_open(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    """A document is open."""
    item = params.text_document
    document = server.session.open(item.uri, str(item.language_id), item.version, item.text)
    server.insertions.arrived(document)
    server.incoming.look()
    server.rule_trials.look(item.uri)
    server.changes.touched([document.path])


def did_change(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    """A document was edited."""
    item = params.text_document
    document = server.session.change(item.uri, item.version, params.content_changes)
    if document is not None:
        server.insertions.arrived(document)
        server.incoming.arrived(document)
        server.changes.touched([document.path])


def did_save(server: Server, params: types.DidSaveTextDocumentParams) -> None:
    """A document is on disk; so is what a person wrote into it about its Regions."""
    server.session.save(params.text_document.uri)
    document = server.session.find(params.text_document.uri)
    if document is not None and server.session.rule_files.place(document) is not None:
        server.session.reload()  # for clients that tell of no changed files
        server.rule_trials.look(document.uri)
    if document is not None and b"gifthorse: dispute" in whole(document.text):
        server.session.analysed(document.uri, server.reviews.written, None)


def did_close(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    """A document is closed."""
    server.session.close(params.text_document.uri)
    server.insertions.forget(params.text_document.uri)
    server.incoming.gone(path_of(params.text_document.uri))
    server.closed.look()
    server.changes.touched([path_of(params.text_document.uri)])


NOTIFICATIONS = {
    types.TEXT_DOCUMENT_DID_OPEN: did_open,
    types.TEXT_DOCUMENT_DID_CHANGE: did_change,
    types.TEXT_DOCUMENT_DID_SAVE: did_save,
    types.TEXT_DOCUMENT_DID_CLOSE: did_close,
}
CAPABILITIES = {
    "textDocumentSync": {"openClose": True, "change": INCREMENTAL, "save": {"includeText": False}},
}
