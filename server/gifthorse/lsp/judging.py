"""What a report means for one document: judged by its Regions and by what is configured for its file."""

from pathlib import Path

from gifthorse.lsp.document import Document
from gifthorse.model.finding import Report
from gifthorse.store.folders import file_of
from gifthorse.workspace.judge import Judged, judge
from gifthorse.workspace.owners import Held
from gifthorse.workspace.root import Workspace


def judged(workspace: Workspace, document: Document, report: Report) -> tuple[Judged, ...]:
    """The findings of the document as they are to be shown; none in a file that the configuration leaves out."""
    name = workspace.name_of(Path(document.path)) if document.path else None
    if name is not None and workspace.excludes(file_of(name)):
        return ()
    return judge(
        report,
        document.text,
        Held(document.holdings),
        workspace.config,
        workspace.catalogue,
        file_of(name) if name else "",
    )
