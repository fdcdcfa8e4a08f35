"""Code lenses over Regions: who, how many findings, the standing, and Approve and Reject as clicks."""

from typing import Any

from lsprotocol import types

from gifthorse.lsp import protocol
from gifthorse.lsp.convert import range_of
from gifthorse.lsp.describe import lens_title
from gifthorse.lsp.document import Document
from gifthorse.lsp.owed import owed
from gifthorse.lsp.server import Server
from gifthorse.model.region import Region
from gifthorse.model.review import Standing
from gifthorse.workspace.policies import asked


def code_lens(server: Server, params: types.CodeLensParams) -> Any:
    """The lenses of a document."""
    return server.session.soon(params.text_document.uri, lambda document: _lenses(server, document), [])


def _lenses(server: Server, document: Document) -> list[dict[str, Any]]:
    lenses, lacking = [], owed(server.session.roots.of(document.path), document)
    for region in document.regions:
        place = range_of(region.spans[0], document.text, server.client.encoding)
        line = {"start": place["start"], "end": place["start"]}
        lenses += [
            {"range": line, "command": command}
            for command in _commands(server, document, region, asked(lacking.get(region.id, ())))
        ]
    return [*lenses, *_of_tests(server, document)]


def _of_tests(server: Server, document: Document) -> list[dict[str, Any]]:
    """Over a rule file: how its tests went."""
    trial = server.session.rule_files.trial(document)
    if trial is None:
        return []
    passed, start = trial.complaints.count(""), {"line": 0, "character": 0}
    title = f"{passed} of {len(trial.complaints)} tests pass"
    return [{"range": {"start": start, "end": start}, "command": {"title": title, "command": ""}}]


def _commands(server: Server, document: Document, region: Region, whose: str) -> list[dict[str, Any]]:
    title = lens_title(region, document.judged, known=document.fresh, asked=whose)
    commands: list[dict[str, Any]] = [{"title": title, "command": ""}]
    if whose or region.standing is not Standing.APPROVED:
        commands.append(_command("Approve", protocol.APPROVE, {"regions": [region.id]}))
    if server.session.can_reject(document, region):
        commands.append(_command("Reject", protocol.REJECT, {"region": region.id}))
    return commands


def _command(title: str, command: str, argument: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "command": command, "arguments": [argument]}


REQUESTS = {types.TEXT_DOCUMENT_CODE_LENS: code_lens}
CAPABILITIES = {"codeLensProvider": {"resolveProvider": False}}
