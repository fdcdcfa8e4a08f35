"""Notebooks (NotebookDocument synchronisation of the protocol's 3.17): each cell's text is a document."""

from collections.abc import Iterable

from lsprotocol import types

from gifthorse.lsp.convert import whole
from gifthorse.lsp.document import Document
from gifthorse.lsp.server import Server


def did_open(server: Server, params: types.DidOpenNotebookDocumentParams) -> None:
    """A notebook is open."""
    _arrived(server, server.notebooks.open(params.notebook_document, params.cell_text_documents))


def did_change(server: Server, params: types.DidChangeNotebookDocumentParams) -> None:
    """Cells came, went or moved; what is said of them changed; their texts were edited."""
    uri, cells = params.notebook_document.uri, params.change.cells
    if cells is None:
        return
    if cells.structure is not None:
        _arrived(server, server.notebooks.restructure(uri, cells.structure))
        for gone in cells.structure.did_close or ():
            server.insertions.forget(gone.uri)
    server.notebooks.describe(uri, cells.data or ())
    for text in cells.text_content or ():
        document = server.session.change(text.document.uri, text.document.version, text.changes)
        _arrived(server, [] if document is None else [document])


def did_save(server: Server, params: types.DidSaveNotebookDocumentParams) -> None:
    """A notebook is on disk; so is what a person wrote into it about its Regions."""
    for document in server.notebooks.save(params.notebook_document.uri):
        if b"gifthorse: dispute" in whole(document.text):
            server.session.analysed(document.uri, server.reviews.written, None)


def did_close(server: Server, params: types.DidCloseNotebookDocumentParams) -> None:
    """A notebook is closed."""
    for cell in server.notebooks.close(params.notebook_document.uri):
        server.insertions.forget(cell)


def _arrived(server: Server, documents: Iterable[Document]) -> None:
    for document in documents:
        server.insertions.arrived(document)


NOTIFICATIONS = {
    types.NOTEBOOK_DOCUMENT_DID_OPEN: did_open,
    types.NOTEBOOK_DOCUMENT_DID_CHANGE: did_change,
    types.NOTEBOOK_DOCUMENT_DID_SAVE: did_save,
    types.NOTEBOOK_DOCUMENT_DID_CLOSE: did_close,
}
CAPABILITIES = {
    "notebookDocumentSync": {"notebookSelector": [{"notebook": "*", "cells": [{"language": "*"}]}], "save": True}
}
