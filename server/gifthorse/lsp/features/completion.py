"""Completion in rule files of users' own: keys, tables, and values that are some of a few. Nothing in other files."""

from typing import Any

from lsprotocol import types

from gifthorse.lsp.convert import range_of
from gifthorse.lsp.rulefiles import lines_before
from gifthorse.lsp.rulewords import HEADER, KEY, Place, Word, place_in, shape, words_at
from gifthorse.lsp.server import Server
from gifthorse.model.text import Position, Span

KINDS = {
    KEY: int(types.CompletionItemKind.Property),
    HEADER: int(types.CompletionItemKind.Struct),
}
VALUE_KIND = int(types.CompletionItemKind.EnumMember)


def completion(server: Server, params: types.CompletionParams) -> Any:
    """What may be written at a position of a rule file."""
    document = server.session.find(params.text_document.uri)
    if document is None or server.session.rule_files.place(document) is None:
        return None
    at = document.text.offset(Position(params.position.line, params.position.character), server.client.encoding)
    lines = lines_before(document, at)
    place = place_in(lines, len(lines) - 1, len(lines[-1]))
    if place is None:
        return None
    catalogue = server.session.catalogue(document)
    families = [*catalogue.families, *(rule.family for rule in catalogue.rules.values())]
    begin = at - len(place.word.encode())
    where = range_of(Span(begin, at), document.text, server.client.encoding)
    return [_item(word, place, where, server) for word in words_at(place, shape(), catalogue, families)]


def _item(word: Word, place: Place, where: dict[str, Any], server: Server) -> dict[str, Any]:
    new = f"{word.text} = " if word.kind == KEY else word.text
    if word.kind == KEY and not word.text.replace("-", "").replace("_", "").isalnum():
        new = f'"{word.text}" = '
    if word.kind not in KINDS and not place.quoted:
        new = f'"{word.text}"'
    item: dict[str, Any] = {
        "label": word.text,
        "kind": KINDS.get(word.kind, VALUE_KIND),
        "filterText": word.text,
        "textEdit": {"range": where, "newText": new},
    }
    if word.says:
        kind = "markdown" if server.client.markdown else "plaintext"
        item["documentation"] = {"kind": kind, "value": word.says}
    return item


REQUESTS = {types.TEXT_DOCUMENT_COMPLETION: completion}
CAPABILITIES = {"completionProvider": {"triggerCharacters": ["[", '"', ":"]}}
