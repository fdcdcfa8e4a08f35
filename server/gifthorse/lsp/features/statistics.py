"""The request gifthorse/statistics: how much of a document and of the workspace is whose, and what of it was reviewed."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from gifthorse.lsp import protocol
from gifthorse.lsp.document import Document
from gifthorse.lsp.faults import describe
from gifthorse.lsp.rpc import INTERNAL_ERROR, Later, RequestError
from gifthorse.lsp.server import Server
from gifthorse.model.event import MarkedHuman
from gifthorse.model.review import Standing
from gifthorse.provenance.counting import counted, summed
from gifthorse.provenance.lines import Tally
from gifthorse.workspace.judge import Judged
from gifthorse.workspace.root import Workspace

log = logging.getLogger(__name__)

JSON = dict[str, Any]
Part = tuple[Document, Sequence[Judged]]


def statistics(server: Server, params: protocol.StatisticsParams) -> Later:
    """Of one document, where it is open, and of all that are open or have Regions. Counted on a thread."""
    later = Later()
    uri = params.text_document.uri if params.text_document else None
    server.closed.look(lambda: _begin(server, uri, later))
    return later


def _begin(server: Server, uri: str | None, later: Later) -> None:
    session = server.session
    opened = [(one, one.judged) for one in session.documents.values()]
    parts: list[Part] = [*opened, *((one, server.survey.judged(one.uri)) for one in server.closed.documents())]
    chosen = session.find(uri) if uri is not None else None
    workspaces = session.roots.all()

    def count() -> None:
        answer: Callable[[], None]
        try:
            result = _counted(parts, chosen, workspaces)
        except Exception as fault:  # noqa: BLE001 - who asked must be answered
            log.error("the statistics could not be counted: %s", describe(fault))  # noqa: TRY400
            failure = RequestError("internal error; the log of the server says where", INTERNAL_ERROR)
            answer = lambda: later.fail(failure)  # noqa: E731
        else:
            answer = lambda: later.resolve(result)  # noqa: E731
        server.pump.post(answer)

    threading.Thread(target=count, name="statistics", daemon=True).start()


def _counted(parts: Sequence[Part], chosen: Document | None, workspaces: Sequence[Workspace]) -> JSON:
    named = [(document, judged, counted(document.text, document.regions)) for document, judged in parts]
    result = {"workspace": {**_shown(named), "calledHuman": sum(map(_called_human, workspaces))}}
    if chosen is not None:
        result["document"] = _shown([one for one in named if one[0] is chosen])
    return result


def _called_human(workspace: Workspace) -> int:
    """How often somebody called a Region human, which nobody can prove over this protocol."""
    try:
        events = [event for name in workspace.journal.paths() for event in workspace.journal.events(name)]
    except OSError:
        return 0
    return sum(isinstance(event, MarkedHuman) for event in events)


def _shown(parts: Sequence[tuple[Document, Sequence[Judged], Tally]]) -> JSON:
    total = summed(tally for _, _, tally in parts)
    regions = [region for document, _, _ in parts for region in document.regions]
    tools = Counter(region.insertion.origin.tool for region in regions)
    levels = Counter(one.finding.severity.value for _, judged, _ in parts for one in judged if one.region is not None)
    weight = sum(region.substance for region in regions)
    approved = sum(region.substance for region in regions if region.standing is Standing.APPROVED)
    return {
        "files": len({document.uri.partition("#")[0] for document, _, _ in parts}),  # a notebook's cells are one
        "lines": {name: getattr(total, name) for name in ("ai", "human", "mixed", "unknown", "blank")},
        "share": total.share,
        "regions": len(regions),
        "tools": [{"tool": tool, "regions": count} for tool, count in tools.most_common()],
        "findings": {level: levels[level] for level in ("high", "medium", "low")},
        **({"reviewed": approved / weight} if weight else {}),
    }


REQUESTS = {protocol.STATISTICS: statistics}
