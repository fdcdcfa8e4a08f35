"""The other work trees of a repository: what is checked out here was written there, so their journals know the text.

They are only read; what is found is written down in this work tree's own journal by whoever opens the file.
"""

from collections.abc import Sequence
from pathlib import Path

from gifthorse.model.text import Text
from gifthorse.provenance.holdings import Holdings
from gifthorse.provenance.reattach import reattach
from gifthorse.store.folders import ignores_case, state_folder
from gifthorse.store.gitfolder import GitError, open_folder, other_roots
from gifthorse.store.journal import Journal
from gifthorse.workspace.memory import recall


def journals_beside(root: Path) -> tuple[Journal, ...]:
    """The journals of the other work trees, as far as there are any."""
    try:
        roots = other_roots(open_folder(root))
    except (GitError, OSError):
        return ()
    return tuple(Journal(state_folder(one), fold_case=ignores_case(one)) for one in roots if state_folder(one).is_dir())


def from_beside(journals: Sequence[Journal], name: str, text: Text) -> Holdings:
    """The Regions that another work tree knows in the file of this name, as far as they are in this text."""
    for journal in journals:
        try:
            events = journal.events(name)
        except OSError:
            continue
        holdings = reattach(recall(events, text.digest()).anchors, text) if events else Holdings()
        if holdings.records:
            return holdings
    return Holdings()
