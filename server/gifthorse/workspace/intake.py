"""Records of agents' edits of files that nobody has open -> the journal of their root.

The server does it for what is not open in an editor, commands do it before they show what is known. What is open in an
editor is the server's business: only there it is known what has become of the text since (lsp/incoming.py).
"""

import logging
import threading
from collections import defaultdict, deque
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

from gifthorse.model.event import Inserted
from gifthorse.model.record import Record
from gifthorse.model.text import Text
from gifthorse.provenance.holdings import Holdings
from gifthorse.provenance.join import after_of, carried, claim_after, claim_within, in_order, joined, lines_of
from gifthorse.store.folders import state_folder
from gifthorse.store.inbox import remove, take, waiting
from gifthorse.store.regular import read_regular
from gifthorse.workspace.root import Workspace

log = logging.getLogger(__name__)

MOST_LINES = 64
"""Records of one session whose replaced lines are remembered: an agent moves text from one file to another."""


class GoneLines:
    """The lines that each session of an agent replaced lately, in whatever file. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lines: dict[str, deque[frozenset[bytes]]] = defaultdict(lambda: deque(maxlen=MOST_LINES))
        self._lock = threading.Lock()

    def before(self, record: Record) -> frozenset[bytes]:
        """Those that went away before this Record, in its session."""
        none: frozenset[bytes] = frozenset()
        with self._lock:
            return none.union(*self._lines[record.session])

    def add(self, record: Record) -> None:
        """What this Record replaced is gone, too."""
        lines = lines_of(record)
        with self._lock:
            self._lines[record.session].append(lines)


def take_in(workspace: Workspace) -> None:
    """Write all Records that wait for this root into its journal. What cannot be read or written waits on."""
    folder = state_folder(workspace.root)
    try:
        records = take(folder) if waiting(folder) else []
    except OSError as fault:
        log.warning("the records of agents' edits cannot be read: %s", fault.strerror or fault)
        return
    gone = GoneLines()
    for record in in_order(records):
        try:
            why = settle(workspace, record, gone.before(record))
        except (OSError, ValueError) as fault:
            log.warning("the record of an agent's edit cannot be written and waits: %s", fault)
            return
        if why:
            log.info("an agent's edit made no Region: %s", why)
        gone.add(record)
        remove(folder, record)


def settle(workspace: Workspace, record: Record, gone: Collection[bytes] = ()) -> str:
    """Write what a Record says of a file that is not open into the journal; why that is nothing, or "".

    `gone`: lines that the same session replaced elsewhere. When this returns the Record is not needed any more.
    Raises OSError or ValueError where it cannot be written.
    """
    name = workspace.name_of(Path(record.path))
    if name is None:
        return "its file is in no folder of ours"
    content = after_of(record)
    known = content is not None
    if content is None:
        try:
            content = read_regular(Path(record.path), workspace.config.bounds.file_bytes)
        except OSError as fault:
            return f"its file cannot be read: {fault.strerror or type(fault).__name__}"
    claim = (claim_after if known else claim_within)(record, content, gone)
    before = workspace.seen(name, claim.text)  # Told already, for instance by a second hook of the same agent.
    if before is None:
        before = carried(_holdings(workspace, name, claim.before or claim.text), claim)
    arrival = joined(before, record, claim, when(record))
    if arrival.insertion is None:
        return arrival.why
    for blob in (arrival.text, arrival.replaced):
        if blob is not None:
            workspace.journal.put_blob(blob)
    workspace.journal.append(Inserted(name, arrival.insertion))
    workspace.remember(name, claim.text, arrival.holdings)
    return ""


def _holdings(workspace: Workspace, name: str, text: Text) -> Holdings:
    """The Regions of a file as far as they are found in this text."""
    if not workspace.journal.events(name):
        return workspace.adopted(name, text)
    from gifthorse.provenance.reattach import reattach  # noqa: PLC0415  most files have no Regions

    return reattach(workspace.remembered(name, text).anchors, text)


def when(record: Record) -> str:
    """The time of a Record in RFC 3339, in UTC, to the millisecond."""
    moment = datetime.fromtimestamp(record.time, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
