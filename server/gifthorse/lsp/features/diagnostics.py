"""Pulled diagnostics of one document: the present version's, or "unchanged". Pushing them is the session's."""

from typing import Any

from lsprotocol import types

from gifthorse.lsp.document import Document
from gifthorse.lsp.publish import result_id
from gifthorse.lsp.server import Server


def document_diagnostic(server: Server, params: types.DocumentDiagnosticParams) -> Any:
    """A full or an unchanged report, once the present version is analysed."""

    def answer(document: Document) -> dict[str, Any]:
        return report(server.session.diagnostics(document), params.previous_result_id)

    return server.session.analysed(params.text_document.uri, answer, report([], params.previous_result_id))


def report(items: list[dict[str, Any]], previous: str | None, name: str = "") -> dict[str, Any]:
    """The report on some diagnostics, whose name may be known, for a client that has those of the previous result."""
    name = name or result_id(items)
    if name == previous:
        return {"kind": "unchanged", "resultId": name}
    return {"kind": "full", "resultId": name, "items": items}


REQUESTS = {types.TEXT_DOCUMENT_DIAGNOSTIC: document_diagnostic}
CAPABILITIES = {
    "diagnosticProvider": {"identifier": "gifthorse", "interFileDependencies": False, "workspaceDiagnostics": True},
}
