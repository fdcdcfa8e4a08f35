"""Pulled diagnostics of the whole workspace: open documents as they are, all other files as of the last scan."""

from typing import Any

from lsprotocol import types

from gifthorse.lsp.features.diagnostics import report
from gifthorse.lsp.rpc import Later
from gifthorse.lsp.server import Server

JSON = dict[str, Any]


def workspace_diagnostic(server: Server, params: types.WorkspaceDiagnosticParams) -> Any:
    """Reports on every file that has diagnostics or had some; a first request waits for the scan."""
    previous = {known.uri: known.value for known in params.previous_result_ids}
    if server.survey.complete:
        return _reports(server, previous)
    later, scan = Later(), server.survey.run(params.work_done_token)
    later.on_cancel = scan.cancel
    scan.listen(lambda _, failure: later.fail(failure) if failure else later.resolve(_reports(server, previous)))
    return later


def _reports(server: Server, previous: dict[str, str]) -> JSON:
    reports: dict[str, JSON] = {
        file.uri: {**report(list(file.items), previous.get(file.uri), file.result), "version": None}
        for file in server.survey.files()
    }
    for document in server.session.documents.values():
        if document.fresh:
            found = server.session.diagnostics(document)
            reports[document.uri] = {**report(found, previous.get(document.uri)), "version": document.version}
    pending = {document.uri for document in server.session.documents.values() if not document.fresh}
    for uri in previous.keys() - reports.keys() - pending:
        reports[uri] = {**report([], previous[uri]), "version": None}
    return {"items": [{**shown, "uri": uri} for uri, shown in reports.items()]}


REQUESTS = {types.WORKSPACE_DIAGNOSTIC: workspace_diagnostic}
