"""One line of a journal: an Event with its time, its writer and its number. Strict in writing, lenient in reading.

A line that this version does not understand (torn, damaged, of a later version) is kept by all and used by none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import Any, BinaryIO

import msgspec

from gifthorse.model.event import Anchored, Event, Inserted, Judged, MarkedHuman, Removed, Renamed
from gifthorse.model.insertion import Insertion, Origin
from gifthorse.store.folders import is_name
from gifthorse.store.packed import Packed

VERSION = 1
LONGEST = 16_000_000
LATEST = 2**62
KINDS: dict[str, type[Event]] = {
    "inserted": Inserted,
    "anchored": Anchored,
    "judged": Judged,
    "marked-human": MarkedHuman,
    "removed": Removed,
    "renamed": Renamed,
}
NAMES = {kind: name for name, kind in KINDS.items()}


class Line(msgspec.Struct, frozen=True):
    """The line as it is written. `at`: nanoseconds since 1970; `by`: the writer; `n`: its own count, from 0."""

    v: int
    at: int
    by: str
    n: int
    type: str
    event: msgspec.Raw


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A line that was understood. Entries sort by time; `by` and `n` together name one Entry for ever."""

    at: int
    by: str
    n: int
    event: Event


class _Anchored(msgspec.Struct):
    """An Anchored event whose anchors are left as they are written."""

    path: str
    digest: str
    anchors: msgspec.Raw
    held: tuple[str, ...]
    dropped: tuple[str, ...] = ()


_LINE = msgspec.json.Decoder(Line)
_EVENTS: dict[str, msgspec.json.Decoder[Any]] = {
    name: msgspec.json.Decoder(_Anchored if kind is Anchored else kind) for name, kind in KINDS.items()
}


def encode(entry: Entry) -> bytes:
    """The line of an Entry, with its line end. Raises ValueError for what no reader would take."""
    if not all(map(is_name, _paths(entry.event))):
        raise ValueError(f"Not the name of a file inside the folder: {_paths(entry.event)!r:.200}")
    event = entry.event
    if isinstance(event, Anchored):
        event = replace(event, anchors=tuple(event.anchors))  # they may still be on disk
    raw = msgspec.Raw(msgspec.json.encode(event))
    line = Line(VERSION, entry.at, entry.by, entry.n, NAMES[type(event)], raw)
    encoded = msgspec.json.encode(line) + b"\n"
    if len(encoded) > LONGEST:
        raise ValueError(f"An event of {len(encoded):,} bytes is too large for the journal.")
    return encoded


def decode(line: bytes, file: Path, offset: int) -> Entry | None:
    """The Entry in a line, or None for any line that this version does not understand.

    The line stands at `offset` of `file`, where its anchors are read when somebody asks for them.
    """
    try:
        read = _LINE.decode(line)
        if read.v != VERSION or read.type not in KINDS or not 0 <= read.at < LATEST:
            return None
        event = _shared(_EVENTS[read.type].decode(read.event), Packed(file, offset, len(line)))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return Entry(read.at, intern(read.by), read.n, event) if all(map(_is_name, _paths(event))) else None


def _shared(event: _Anchored | Event, anchors: Packed) -> Event:
    """The event with texts that many others have in common kept once."""
    if isinstance(event, Inserted):
        one = event.insertion
        replaced = intern(one.replaced) if one.replaced is not None else None  # mostly nothing was replaced
        shared = Insertion(
            intern(one.id), _origin(one.origin), one.evidence, one.at, one.text, replaced, one.substance, one.source
        )
        return Inserted(intern(event.path), shared)
    if not isinstance(event, _Anchored):
        return event
    if not bytes(event.anchors).startswith(b"["):
        raise ValueError("an event without anchors")
    held, dropped = tuple(map(intern, event.held)), tuple(map(intern, event.dropped))
    return Anchored(intern(event.path), event.digest, anchors, held, dropped)


@lru_cache(maxsize=1024)
def _is_name(name: str) -> bool:
    return is_name(name)


@lru_cache(maxsize=256)
def _origin(origin: Origin) -> Origin:
    return Origin(intern(origin.tool), intern(origin.kind), origin.model, origin.session)


def _paths(event: Event) -> tuple[str, ...]:
    return (event.path, event.new) if isinstance(event, Renamed) else (event.path,)


def whole_lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """(offset behind it, line without its end) of each finished line from where the file stands.

    Lines longer than LONGEST are passed over as empty ones; an unfinished last line is left for later.
    """
    position, long = file.tell(), False
    while part := file.readline(LONGEST + 1):
        position += len(part)
        if part.endswith(b"\n"):
            yield position, b"" if long else part[:-1]
            long = False
        elif len(part) <= LONGEST:
            return
        else:
            long = True
