"""Files on disk as they would be without their assistants, from the journal: what a scan holds them against."""

from pathlib import Path

from gifthorse.change.counterfactual import first_replaced, without_regions
from gifthorse.change.dependencies import ecosystem_of
from gifthorse.model.dependency import Declared
from gifthorse.model.event import Inserted
from gifthorse.provenance.holdings import Holdings
from gifthorse.store.manifests import declared
from gifthorse.workspace.root import Workspace

MOST_INSERTIONS = 400
"""The latest insertions of a file whose texts are read; of earlier ones what they replaced is not known."""


def without_assistants(workspace: Workspace, name: str, content: bytes, holdings: Holdings) -> bytes | None:
    """The text without the Regions in it; None where there are none, or where nobody wrote down what they replaced.
    Raises OSError where the record cannot be read.
    """
    events = workspace.journal.events(name) if holdings.records else ()
    insertions = [event.insertion for event in events if isinstance(event, Inserted)][-MOST_INSERTIONS:]
    if not insertions:
        return None
    inserted = {one.id: _text(workspace, one.text) for one in insertions}
    replaced = {one.id: _text(workspace, one.replaced or "") for one in insertions}
    return without_regions(content, holdings, first_replaced(insertions, inserted, replaced))


def _text(workspace: Workspace, digest: str) -> bytes:
    """A text by its digest; nothing where it is not kept."""
    try:
        return (workspace.journal.get_blob(digest) if digest else None) or b""
    except ValueError:
        return b""


class Declarations:
    """What the manifests around files declare; what holds for a folder is looked for once."""

    def __init__(self) -> None:
        self._known: dict[tuple[Path, str], Declared | None] = {}

    def of(self, workspace: Workspace, name: str) -> Declared | None:
        """What is declared for the file of that name in a root."""
        path, packages = workspace.root / name, workspace.catalogue.packages
        key = path.parent, ecosystem_of(path.name, packages)
        if key not in self._known:
            self._known[key] = declared(path, workspace.root, packages)
        return self._known[key]
