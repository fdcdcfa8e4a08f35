"""The journal of one root: what happened to its texts, one append-only file for each writing process.

So several servers, hooks and commands agree without a daemon: each writes its own file, all read all files, and the
entries are merged by time. What the events add up to is worked out elsewhere (workspace/memory.py).
"""

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from gifthorse.model.event import Event, Renamed
from gifthorse.store import blobs, compact
from gifthorse.store.lines import Entry, decode, encode, whole_lines
from gifthorse.store.writer import ENDING, Writer

ATTEMPTS = 5
FOLD_FROM = 4_000_000
"""Bytes from which a file is closed, and files are worth folding."""


@dataclass(slots=True)
class _Known:
    """What was read of one file: up to which byte, and the entries."""

    inode: int
    offset: int = 0
    entries: list[Entry] = field(default_factory=list)


class Journal:
    """Events of one root. Safe to use from several threads and, on the same folder, from several processes."""

    def __init__(self, folder: Path, *, fold_case: bool = False) -> None:
        """`folder` is private to the root (folders.state_folder). `fold_case`: names that differ in case are one."""
        self._events_folder = folder / "journal"
        self._blobs_folder = folder / "blobs"
        self._fold_case = fold_case
        self._writer = Writer(self._events_folder)
        self._known: dict[str, _Known] = {}
        self._stories: dict[str, list[Event]] = {}
        self._told = 0
        self._fresh: list[Entry] | None = None
        self._latest = 0
        self._heard = 0
        self._lock = threading.RLock()

    def append(self, event: Event) -> None:
        """Write an event; when this returns, even `kill -9` does not lose it.

        Raises ValueError for a path that leads out of the root or an event without measure, OSError where the disk
        does not take it: then nothing was acknowledged.
        """
        with self._lock:
            self._writer.ready()
            self._latest = max(time.time_ns(), self._latest + 1)
            self._writer.write(encode(Entry(self._latest, self._writer.name, self._writer.count, event)))
            if self._writer.size >= FOLD_FROM:
                self._writer.close()  # The next line begins a new file, and the old one can be folded.
                threading.Thread(target=self.tidy, name="journal-fold", daemon=True).start()

    def events(self, path: str | None = None) -> tuple[Event, ...]:
        """All events in order of time, or those of one file, under whatever names it had before."""
        with self._lock:
            self._refresh()
            if path is None:
                return tuple(entry.event for entry in self._merged())
            self._tell()
            return tuple(self._stories.get(path.casefold() if self._fold_case else path, ()))

    def heard(self) -> int:
        """How many events of other writers were read so far: as long as that is the same, nobody else wrote anything."""
        with self._lock:
            self._refresh()
            return self._heard

    def paths(self) -> tuple[str, ...]:
        """The present names of all files that events speak of, in order."""
        with self._lock:
            self.events("")
            return tuple(sorted(self._stories))

    def put_blob(self, content: bytes) -> str:
        """Keep bytes by their SHA-256, which is returned. Raises OSError where the disk does not take them."""
        return blobs.put_blob(self._blobs_folder, content)

    def get_blob(self, digest: str) -> bytes | None:
        """The bytes of that digest, or None where they are not (or no longer intact) here."""
        return blobs.get_blob(self._blobs_folder, digest)

    def tidy(self, least: int = FOLD_FROM) -> bool:
        """Fold files that nobody writes any more into one, if together they have at least `least` bytes."""
        return compact.fold(self._events_folder, least, fold_case=self._fold_case)

    def close(self) -> None:
        """Let go of this process's own file. Appending again starts a new one."""
        with self._lock:
            self._writer.close()

    def _tell(self) -> None:
        """Bring the stories up to date: with what is new alone, where that is later than all that was told."""
        fresh = self._fresh
        if fresh is None or any(entry.at <= self._told for entry in fresh):
            fresh, self._stories, self._told = self._merged(), {}, 0
        for entry in sorted(fresh, key=lambda entry: (entry.at, entry.by, entry.n)):
            _tell(self._stories, entry.event, fold_case=self._fold_case)
            self._told = entry.at
        self._fresh = []

    def _merged(self) -> list[Entry]:
        """Every entry once, by time: a file that is being folded may be there twice."""
        found = {(entry.by, entry.n): entry for known in self._known.values() for entry in known.entries}
        return sorted(found.values(), key=lambda entry: (entry.at, entry.by, entry.n))

    def _refresh(self) -> bool:
        """Read what is new in all files. A file that vanished while we looked was folded: then look again."""
        for _ in range(ATTEMPTS - 1):
            try:
                return self._read_all()
            except FileNotFoundError:
                continue
        return self._read_all()

    def _read_all(self) -> bool:
        if not self._events_folder.is_dir():
            had_some, self._known, self._fresh = bool(self._known), {}, None
            return had_some
        paths = {path.name: path for path in self._events_folder.iterdir() if path.name.endswith(ENDING)}
        gone = self._known.keys() - paths.keys()
        for name in gone:
            del self._known[name]
            self._fresh = None
        changes = [self._read_on(name, path) for name, path in paths.items()]
        return bool(gone) or any(changes)

    def _read_on(self, name: str, path: Path) -> bool:
        state = path.stat()
        known = self._known.get(name)
        if known is None or known.inode != state.st_ino or known.offset > state.st_size:
            self._fresh = None if known is not None else self._fresh
            known = self._known[name] = _Known(state.st_ino)
        if known.offset == state.st_size:
            return False
        before = len(known.entries)
        with path.open("rb") as file:
            file.seek(known.offset)
            for offset, line in whole_lines(file):
                start, known.offset = known.offset, offset
                if entry := decode(line, path, start):
                    known.entries.append(entry)
                    if self._fresh is not None:
                        self._fresh.append(entry)
                    self._latest = max(self._latest, entry.at)
                    self._heard += entry.by != self._writer.name
        return len(known.entries) != before


def _tell(stories: dict[str, list[Event]], event: Event, *, fold_case: bool) -> None:
    """One more event: present name of a file -> its events in order, through renamings of it and of folders above it."""
    path = event.path.casefold() if fold_case else event.path
    if isinstance(event, Renamed):
        _move(stories, path, event.new.casefold() if fold_case else event.new, event)
    else:
        stories.setdefault(path, []).append(event)


def _move(stories: dict[str, list[Event]], old: str, new: str, event: Renamed) -> None:
    """What the new name stood for before was overwritten by the move, so its story ends here."""
    inside = [path for path in stories if path == old or path.startswith(old + "/")]
    moved = {new + path.removeprefix(old): [*stories.pop(path), event] for path in inside}
    stories.update(moved)
