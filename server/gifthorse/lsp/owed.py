"""Reviews that a policy asks for and nobody has given yet: of which Regions of an open document, and whose.

Said by a hint at the Region's first line, in its lens, its hover and its actions; `gifthorse check` fails for them.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gifthorse.lsp import protocol
from gifthorse.lsp.convert import range_of
from gifthorse.lsp.document import Document
from gifthorse.model.policy import Policy
from gifthorse.model.region import Region
from gifthorse.model.review import Standing
from gifthorse.model.text import Encoding
from gifthorse.store.folders import file_of
from gifthorse.workspace.policies import UNREVIEWED, asking, inked, missing
from gifthorse.workspace.root import Workspace

HINT = 4


def owed(workspace: Workspace, document: Document) -> dict[str, tuple[Policy, ...]]:
    """The id of each Region that lacks a review -> the policies that ask for one."""
    asking = [one for one in workspace.config.policies if one.review]
    name = workspace.name_of(Path(document.path)) if asking and document.path and document.holdings.records else None
    if name is None or UNREVIEWED in workspace.config.off or workspace.excludes(file_of(name)):
        return {}
    found: dict[str, tuple[Policy, ...]] = {}
    for one in missing(asking, file_of(name), document.regions, _approvals(workspace, name, document.regions)):
        found[one.region.id] = (*found.get(one.region.id, ()), one.policy)
    return found


def _approvals(workspace: Workspace, name: str, regions: Sequence[Region]) -> Mapping[str, frozenset[str]]:
    """Who approved what, read only where somebody did. What cannot be read was not given."""
    if all(region.standing is not Standing.APPROVED for region in regions):
        return {}
    try:
        return workspace.approvals(name)
    except OSError:
        return {}


def hints(workspace: Workspace, document: Document, encoding: Encoding) -> list[dict[str, Any]]:
    """A hint for each Region that lacks a review, as a diagnostic."""
    lacking = owed(workspace, document)
    return [
        _hint(region, lacking[region.id], document, encoding)
        for region in document.regions
        if region.id in lacking and region.spans
    ]


def _hint(region: Region, policies: Sequence[Policy], document: Document, encoding: Encoding) -> dict[str, Any]:
    line = document.text.line_span(document.text.line_at(region.spans[0].start))
    return {
        "range": range_of(inked(line, document.text), document.text, encoding),
        "severity": HINT,
        "code": UNREVIEWED,
        "source": protocol.SOURCE,
        "message": asking(policies, region.insertion),
        "data": {"region": region.id},
    }
