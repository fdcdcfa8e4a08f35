"""The request gifthorse/regions: what is known of one document's Regions, or of all of the workspace."""

from collections import Counter
from typing import Any

from gifthorse.lsp import protocol
from gifthorse.lsp.convert import ranges_of
from gifthorse.lsp.document import Document
from gifthorse.lsp.owed import owed
from gifthorse.lsp.rpc import Later
from gifthorse.lsp.server import Server
from gifthorse.model.insertion import Origin
from gifthorse.model.region import Region
from gifthorse.provenance.follow import merged_for_display


def regions(server: Server, params: protocol.RegionsParams) -> Any:
    """The Regions, with their findings as far as the present version was analysed within a moment."""
    if params.text_document is None:
        later = Later()
        server.closed.look(lambda: later.resolve(_everywhere(server)))
        return later

    def answer(document: Document) -> dict[str, Any]:
        return {"regions": _regions(server, document)}

    return server.session.soon(params.text_document.uri, answer, {"regions": []})


def _everywhere(server: Server) -> dict[str, Any]:
    documents = [*server.session.documents.values(), *server.closed.documents()]
    return {"regions": [one for document in documents for one in _regions(server, document)]}


def _regions(server: Server, document: Document) -> list[dict[str, Any]]:
    judged = document.judged or server.survey.judged(document.uri)
    counts = Counter((one.region, one.finding.severity.value) for one in judged)
    lacking = owed(server.session.roots.of(document.path), document)
    shown = [_shown(server, document, region, counts) for region in document.regions]
    for one in shown:
        if policies := lacking.get(one["id"]):
            one["reviewBy"] = [list(policy.review) for policy in policies]
    return shown


def _shown(
    server: Server, document: Document, region: Region, counts: Counter[tuple[str | None, str]]
) -> dict[str, Any]:
    insertion = region.insertion
    spans = merged_for_display(region, document.text)
    return {
        "id": region.id,
        "uri": document.uri,
        "ranges": ranges_of(spans, document.text, server.client.encoding),
        "origin": origin(insertion.origin),
        "evidence": insertion.evidence.value,
        "insertedAt": insertion.at,
        "retained": region.retained,
        "standing": region.standing.value,
        **({} if insertion.source is None else {"copiedFrom": insertion.source}),
        "findings": {level: counts[region.id, level] for level in ("high", "medium", "low")},
    }


def origin(value: Origin) -> dict[str, str]:
    """An Origin as the protocol writes it: what is not known is left out."""
    known = {"tool": value.tool, "kind": value.kind, "model": value.model, "session": value.session}
    return {name: word for name, word in known.items() if word is not None}


REQUESTS = {protocol.REGIONS: regions}
