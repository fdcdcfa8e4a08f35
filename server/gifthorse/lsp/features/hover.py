"""Hover: what a finding means, and who inserted a Region. It computes nothing new."""

from typing import Any

from lsprotocol import types

from gifthorse.lsp.convert import range_of
from gifthorse.lsp.describe import finding_text, region_text
from gifthorse.lsp.document import Document
from gifthorse.lsp.server import Server
from gifthorse.model.text import Position, Span


def hover(server: Server, params: types.HoverParams) -> Any:
    """The hover at a position, or None where there is nothing to say."""

    def answer(document: Document) -> Any:
        at = document.text.offset(Position(params.position.line, params.position.character), server.client.encoding)
        return _hover(server, document, at)

    return server.session.soon(params.text_document.uri, answer, None)


def _hover(server: Server, document: Document, at: int) -> Any:
    markdown = server.client.markdown
    rules = server.session.catalogue(document).rules
    findings = [one for one in document.judged if document.fresh and _touches(one.finding.span, at)]
    regions = [region for region in document.regions if any(_touches(span, at) for span in region.spans)]
    texts = [finding_text(one, rules.get(one.finding.rule), markdown=markdown) for one in findings]
    texts += [region_text(region, markdown=markdown) for region in regions]
    if not texts:
        return None
    value = ("\n\n---\n\n" if markdown else "\n\n").join(texts)
    shown: dict[str, Any] = {"contents": {"kind": "markdown" if markdown else "plaintext", "value": value}}
    if findings:
        shown["range"] = range_of(findings[0].finding.span, document.text, server.client.encoding)
    return shown


def _touches(span: Span, at: int) -> bool:
    return span.start <= at <= span.end


REQUESTS = {types.TEXT_DOCUMENT_HOVER: hover}
CAPABILITIES = {"hoverProvider": True}
