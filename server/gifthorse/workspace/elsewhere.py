"""A file of which the journal knows nothing under its name: renamed or copied while nobody looked, or simply new.

Its Regions are found only where the journal saw exactly this text under another name, or nearly all that it knows of a
file that is gone. A file that is older than the text in question has its text from somebody else.
"""

import hashlib
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path

from gifthorse.model.event import Anchored, Event
from gifthorse.model.insertion import Insertion
from gifthorse.model.text import Text
from gifthorse.provenance.anchor import anchor_of, line_keys, search
from gifthorse.provenance.copies import Made, copied, is_unmistakable, relabelled
from gifthorse.provenance.holdings import Holdings, empty
from gifthorse.store.folders import file_of
from gifthorse.store.journal import Journal
from gifthorse.workspace.memory import Memory, recall

MOST_GONE = 64
"""Files that are gone and may have been renamed to this one; where more are, only the same text is looked for."""
NEARLY_ALL = 0.8
"""Share of what is known of a file that is gone by which another one is taken to be that file."""
AT_LEAST = 80
"""... and the least bytes, without white space, that this must be."""
LATE = 2.0
"""Seconds by which the times of files may be wrong."""


def from_elsewhere(journal: Journal, root: Path, name: str, text: Text) -> Holdings:
    """The Regions of a file without a story of its own: those of the file that it was, or copies of another one's.

    Raises OSError where the journal cannot be read.
    """
    stories = {other: journal.events(other) for other in journal.paths() if other != name}
    same = {other: events for other, events in stories.items() if _saw(events, text.digest())}
    gone = [other for other in same or stories if not _is_there(root, other)]
    if not same and len(gone) > MOST_GONE:
        return empty()
    path = root / name
    keys = line_keys(text) if gone else frozenset()
    for other in gone:
        holdings = _renamed(recall(stories[other], text.digest()), text, keys)
        if holdings.records and _is_later(path, holdings):
            return holdings
    copies = (_as_copies(recall(events, text.digest()), name, text, path) for events in same.values())
    return next((holdings for holdings in copies if holdings.records), empty())


def _saw(events: Iterable[Event], digest: str) -> bool:
    return any(isinstance(event, Anchored) and event.digest == digest and event.held for event in events)


def _is_there(root: Path, name: str) -> bool:
    """Whether the file exists; where its name cannot be told, it is taken to."""
    try:
        return "\\x" in name or (root / file_of(name)).exists()
    except (OSError, ValueError):
        return True


def _renamed(memory: Memory, text: Text, keys: Collection[str]) -> Holdings:
    """The Regions of a file that is gone, if this is the very text or nearly all of it. `keys`: see `line_keys`."""
    known = [anchor for one in memory.anchors if (anchor := anchor_of(one))]
    lines = [line for anchor in known for stretch in anchor.stretches for line in stretch.lines]
    if sum(line.key in keys for line in lines) < NEARLY_ALL * len(lines) or not lines:
        return empty()
    result = search(known, text)
    exact = all(anchor.digest == text.digest() for anchor in known)
    lost = sum(loss.lines for loss in result.lost)
    weight = sum(record.substance for record in result.holdings.records.values())
    return result.holdings if exact or (lost <= (1 - NEARLY_ALL) * len(lines) and weight >= AT_LEAST) else empty()


def _as_copies(memory: Memory, name: str, text: Text, path: Path) -> Holdings:
    """Copies of the Regions of a file that is still there and had this very text."""
    holdings = search(memory.anchors, text).holdings
    if not holdings.records or not _is_later(path, holdings):
        return empty()
    insertions: dict[str, Insertion] = {}
    for region in holdings.regions():
        if is_unmistakable(b"\n".join(map(text.slice, region.spans))):
            ident = hashlib.sha256(f"{region.id}\0{name}".encode()).hexdigest()[:32]
            at = _written(path) or region.insertion.at
            insertions[region.id] = copied(region.insertion, text, region.spans, Made(ident, at))
    return relabelled(holdings, insertions)


def _is_later(path: Path, holdings: Holdings) -> bool:
    """Whether the file was written after its first Insertion: what had its text before did not copy it from there."""
    first = min(record.insertion.at for record in holdings.records.values())
    try:
        return datetime.fromisoformat(first).timestamp() <= path.stat().st_mtime + LATE
    except ValueError:
        return False
    except OSError:
        return True  # a file that is only about to be written


def _written(path: Path) -> str | None:
    """When the file was written last (RFC 3339 in UTC); None where nobody knows."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except (OSError, ValueError, OverflowError):
        return None
