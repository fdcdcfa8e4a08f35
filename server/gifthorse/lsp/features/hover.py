"""Hover: what a finding means, and who inserted a Region. It computes nothing new."""

from typing import Any

from lsprotocol import types

from gifthorse.lsp.convert import range_of
from gifthorse.lsp.describe import finding_text, region_text
from gifthorse.lsp.document import Document
from gifthorse.lsp.owed import owed
from gifthorse.lsp.rulehover import meaning
from gifthorse.lsp.server import Server
from gifthorse.model.advice import meant_for, pieces
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Position, Span
from gifthorse.workspace.judge import Judged
from gifthorse.workspace.policies import asked


def hover(server: Server, params: types.HoverParams) -> Any:
    """The hover at a position, or None where there is nothing to say."""

    def answer(document: Document) -> Any:
        at = document.text.offset(Position(params.position.line, params.position.character), server.client.encoding)
        found = _hover(server, document, at)
        if found is None and server.session.rule_files.place(document) is not None:
            return meaning(document, params.position, server.client.encoding, markdown=server.client.markdown)
        return found

    return server.session.soon(params.text_document.uri, answer, None)


def _hover(server: Server, document: Document, at: int) -> Any:
    markdown = server.client.markdown
    catalogue = server.session.catalogue(document)
    findings = [one for one in document.judged if document.fresh and _touches(one.finding.span, at)]
    regions = [region for region in document.regions if any(_touches(span, at) for span in region.spans)]
    language = document.report.language if document.report else None
    texts = [_finding(one, catalogue, language, markdown=markdown) for one in findings]
    lacking = owed(server.session.roots.of(document.path), document) if regions else {}
    texts += [region_text(one, markdown=markdown, asked=asked(lacking.get(one.id, ()))) for one in regions]
    if not texts:
        return None
    value = ("\n\n---\n\n" if markdown else "\n\n").join(texts)
    shown: dict[str, Any] = {"contents": {"kind": "markdown" if markdown else "plaintext", "value": value}}
    if findings:
        shown["range"] = range_of(findings[0].finding.span, document.text, server.client.encoding)
    return shown


def _finding(one: Judged, catalogue: Catalogue, language: str | None, *, markdown: bool) -> str:
    """What is said of a finding, with the examples in the file's own language."""
    rule = catalogue.rules.get(one.finding.rule)
    advice = pieces(rule.instead, catalogue.languages) if rule else ()
    return finding_text(one, rule, meant_for(advice, language, catalogue.languages), markdown=markdown)


def _touches(span: Span, at: int) -> bool:
    return span.start <= at <= span.end


REQUESTS = {types.TEXT_DOCUMENT_HOVER: hover}
CAPABILITIES = {"hoverProvider": True}
