"""What must outlive the session goes into the journal of the document's root: first on disk, then on the screen.

Documents that are no files have no root to keep anything in; their Regions last as long as they are open.
What the events mean when they are read again is workspace's.
"""

import contextlib
import getpass
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from gifthorse.lsp.clock import now
from gifthorse.lsp.convert import whole
from gifthorse.lsp.document import Document
from gifthorse.lsp.relocation import relocate
from gifthorse.lsp.roots import Roots
from gifthorse.lsp.rpc import REQUEST_FAILED, RequestError
from gifthorse.model.event import Event, Inserted, Judged, MarkedHuman, Removed, Renamed
from gifthorse.model.insertion import Insertion
from gifthorse.model.review import Standing, Verdict
from gifthorse.model.text import Edit, Text
from gifthorse.provenance.anchor import Anchor
from gifthorse.provenance.copies import Known, arrived
from gifthorse.provenance.diff import outside_change
from gifthorse.provenance.follow import Holdings, carry, digest_of, empty, set_standing
from gifthorse.provenance.reattach import search
from gifthorse.provenance.recognise import Arrival
from gifthorse.provenance.resume import Left, is_leap, resumed, seen_before
from gifthorse.provenance.revive import revived
from gifthorse.provenance.tokens import essence
from gifthorse.store.folders import file_of
from gifthorse.workspace.memory import is_seen
from gifthorse.workspace.root import Workspace

log = logging.getLogger(__name__)

MOST_LEFT = 64
MOST_LEFT_BYTES = 64_000_000
"""Closed documents, and bytes in them, of which everything that an undo needs is kept."""

FULL = "the record cannot be written, so nothing was changed: look at the disk's space and rights"


class Records:
    """The journals of one session's documents."""

    def __init__(self, roots: Roots, on_trouble: Callable[[str], None]) -> None:
        """`on_trouble` is told what is wrong with the disk, and gets an empty text when nothing is any more. It may be
        called from any thread, as `reattached` may.
        """
        self._roots = roots
        self._on_trouble = on_trouble
        self._anchored: dict[str, tuple[int, Holdings]] = {}
        self._unsaved: dict[str, bytes] = {}
        self._left: dict[str, Left] = {}

    def reattached(self, path: str | None, text: Text, gone: Iterable[Known] = ()) -> Holdings:
        """The Regions of a file as far as they are found again in this text. `gone`: what lately left open documents."""
        place = self._place(path)
        if place is None:
            return empty()
        workspace, name = place
        try:
            if not workspace.journal.events(name):
                return workspace.adopted(name, text)
            memory = workspace.remembered(name, text)
        except OSError as fault:
            self._on_trouble(f"the record cannot be read: {fault.strerror}")
            return empty()
        left = self._left.get(str(path))
        if not memory.anchors and left is None:
            return empty()
        found = search(memory.anchors, text)
        for lost in found.lost:
            log.info("%s of a Region not found again: %s", "all" if lost.whole else f"{lost.lines} lines", lost.cause)
        holdings = found.holdings
        if left is not None:
            holdings = resumed(left, text, holdings, memory.regions, exact=found.exact and memory.exact)
            # A text that was seen before has the Regions that it had then, and no others.
            spans = () if memory.exact else arrived(left.text, outside_change(left.text, text))
            holdings = revived(holdings, text, spans, workspace.former(name) if spans else (), [Known(*left), *gone])
        return _judged(holdings, text, memory.verdicts)

    def seen_before(self, document: Document, edits: Sequence[Edit], others: Sequence[Known] = ()) -> Document:
        """The document after `edits`; where these led back to a text of before, or to parts of one, with its Regions.

        `others` are the other texts that are open, from where a part may have come as well.
        """
        place = self._place(document.path) if is_leap(edits) else None
        if place is None:
            return document
        workspace, name = place
        try:
            found = workspace.seen(name, document.text)
            if found is not None:
                return replace(document, holdings=seen_before(document.holdings, document.text, found))
            spans = arrived(document.history.changes[-1].before, edits)
            former = workspace.former(name) if spans else ()
        except OSError:
            return document  # that the record cannot be read was said when the document was opened
        return replace(document, holdings=revived(document.holdings, document.text, spans, former, others))

    def heard(self, document: Document) -> Holdings:
        """The Holdings of an open document with what other servers wrote down about this very text, or of its Regions."""
        place = self._place(document.path)
        if place is None:
            return document.holdings
        workspace, name = place
        self.anchor(document)  # what we know that is not written down yet counts, too
        try:
            found = workspace.seen(name, document.text)
            verdicts = workspace.verdicts(name)
        except OSError:
            return document.holdings  # that the record cannot be read was said when the document was opened
        ours = theirs = document.holdings
        if found is not None and found.marks != ours.marks:
            theirs = resumed(Left(document.text, ours), document.text, found, found.records.keys(), exact=True)
        theirs = _judged(theirs, document.text, verdicts)
        return ours if (theirs.marks, theirs.records) == (ours.marks, ours.records) else theirs

    def saved_as(self, text: Text, opened: Iterable[Document]) -> Holdings:
        """The Regions of a file that nothing is known of, if its text is that of a document that was none until now."""
        known = [Left(document.text, document.holdings) for document in opened if document.path is None]
        known += [left for name, left in reversed(self._left.items()) if _is_no_file(name)]
        written = essence(whole(text))
        for left in known:
            if left.holdings.records and essence(whole(left.text)) == written:
                return carry(left.holdings, left.text, outside_change(left.text, text), text)
        return empty()

    def leave(self, document: Document) -> None:
        """The document is closed: its places are written down, and what an undo needs is kept for a while."""
        self.anchor(document)
        name = document.path or document.uri
        self._left.pop(name, None)
        if document.holdings.records:
            self._left[name] = Left(document.text, document.holdings)
        while len(self._left) > MOST_LEFT or sum(len(left.text) for left in self._left.values()) > MOST_LEFT_BYTES:
            del self._left[next(iter(self._left))]

    def moved_in(self, document: Document, insertions: Iterable[Insertion]) -> None:
        """Regions that came from elsewhere are this document's now. A full disk is told, and tried again later."""
        place = self._place(document.path)
        if place is None:
            return
        workspace, name = place
        with contextlib.suppress(RequestError), self._writing():
            for insertion in insertions:
                if insertion.replaced is not None and insertion.replaced in self._unsaved:
                    workspace.journal.put_blob(self._unsaved[insertion.replaced])
                workspace.journal.append(Inserted(name, insertion))
            self._remember(document, workspace, name)

    def opened(self, document: Document) -> None:
        """The document is open; Regions that the journal does not know under its name are written down."""
        place = self._place(document.path)
        if place is None or not document.holdings.records:
            return
        with contextlib.suppress(OSError):  # that the record cannot be read was said a moment ago
            events = place[0].journal.events(place[1])
            if not events:
                self.moved_in(document, [region.insertion for region in document.regions])
            elif is_seen(events, document.text):
                self._anchored[document.uri] = (document.serial, document.holdings)

    def inserted(self, document: Document, arrival: Arrival, found: tuple[Anchor, ...] | None = None) -> None:
        """Acknowledge an Insertion: it and its places are on disk when this returns. Fails if they are not.

        `found`: the anchors of the document's Regions, if somebody made them already.
        """
        insertion = arrival.insertion
        if insertion is None:
            return
        place = self._place(document.path)
        contents = [arrival.text, *([] if arrival.replaced is None else [arrival.replaced])]
        if place is None:
            if insertion.replaced is not None and arrival.replaced is not None:
                self._unsaved[insertion.replaced] = arrival.replaced
            return
        workspace, name = place
        with self._writing():
            for content in contents:
                workspace.journal.put_blob(content)
            workspace.journal.append(Inserted(name, insertion))
            self._remember(document, workspace, name, found)

    def anchor(self, document: Document) -> None:
        """Write down where the document's Regions stand, unless that is on disk already."""
        place = self._place(document.path)
        if place is None or not self._news(document):
            return
        with contextlib.suppress(RequestError), self._writing():
            self._remember(document, *place)

    def judged(self, document: Document, verdict: Verdict) -> None:
        """A Verdict. Fails if it is not on disk."""
        self._append(document, lambda name: Judged(name, verdict))

    def was_disputed(self, document: Document, region: str, comment: str) -> bool:
        """Whether exactly this was said of the Region before."""
        place = self._place(document.path)
        if place is None:
            return document.holdings.records[region].standing is Standing.DISPUTED
        events = place[0].journal.events(place[1])
        said = [event.verdict for event in events if isinstance(event, Judged) and event.verdict.region == region]
        return any(verdict.comment == comment for verdict in said)

    def marked_human(self, document: Document, regions: tuple[str, ...]) -> None:
        """A person's text after all; `document` has the Regions without it. Fails if that is not on disk."""
        self._append(document, lambda name: MarkedHuman(name, regions, now(), reviewer()))

    def removed(self, document: Document, region: str) -> None:
        """A Region was rejected. Fails if that is not on disk."""
        self._append(document, lambda name: Removed(name, region, now(), reviewer()))

    def renamed(self, old: str | None, new: str | None) -> None:
        """A file or folder has another name; what is known of files that went to another root is told there again."""
        before, after = self._place(old), self._place(new)
        with contextlib.suppress(RequestError), self._writing():
            if before and after and before[0] is after[0]:
                journal = before[0].journal
                cells = [name for name in journal.paths() if name != before[1] and file_of(name) == before[1]]
                for name in (before[1], *cells):
                    journal.append(Renamed(name, after[1] + name.removeprefix(before[1])))
            elif old is not None and new is not None:
                relocate(self._roots, Path(old), Path(new))

    def replaced(self, path: str | None, insertion: Insertion) -> bytes | None:
        """What an Insertion replaced, or None where nobody knows."""
        if insertion.replaced is None:
            return None
        place = self._place(path)
        if place is None:
            return self._unsaved.get(insertion.replaced)
        try:
            return place[0].journal.get_blob(insertion.replaced)
        except OSError:
            return None

    def _append(self, document: Document, event: Callable[[str], Event]) -> None:
        place = self._place(document.path)
        if place is not None:
            workspace, name = place
            with self._writing():
                workspace.journal.append(event(name))
                self._remember(document, workspace, name)

    def _remember(
        self, document: Document, workspace: Workspace, name: str, found: tuple[Anchor, ...] | None = None
    ) -> None:
        workspace.remember(name, document.text, document.holdings, found)
        self._anchored[document.uri] = (document.serial, document.holdings)

    def _news(self, document: Document) -> bool:
        serial, holdings = self._anchored.get(document.uri, (0, empty()))
        if not document.holdings.records and not holdings.records:
            return False
        return serial != document.serial or holdings is not document.holdings

    def _place(self, path: str | None) -> tuple[Workspace, str] | None:
        """The Workspace of a file and the file's name in it; None for what cannot be written down."""
        if path is None:
            return None
        workspace = self._roots.of(path)
        name = workspace.name_of(Path(path))
        return None if name is None else (workspace, name)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as fault:
            self._on_trouble(FULL)
            raise RequestError(FULL, REQUEST_FAILED) from fault
        self._on_trouble("")


def _is_no_file(name: str) -> bool:
    """Whether this names a document that is none: a URI, where files have absolute paths."""
    return not Path(name).is_absolute()


@cache
def reviewer() -> str:
    """Who sits at this machine, as far as the system says; over this protocol nobody proves it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def _judged(holdings: Holdings, text: Text, verdicts: Mapping[str, Verdict]) -> Holdings:
    """The Holdings with what was said of each Region, as far as it was said of this content."""
    for region in holdings.regions():
        verdict = verdicts.get(region.id)
        if verdict is None:
            continue
        same = digest_of(holdings, text, region.id) == verdict.content
        changed = Standing.REOPENED if verdict.standing is Standing.APPROVED else verdict.standing
        holdings = set_standing(holdings, text, region.id, verdict.standing if same else changed)
    return holdings
