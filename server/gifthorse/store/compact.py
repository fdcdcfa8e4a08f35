"""Folds the journal's files of processes that have ended into one, and leaves out what later events replaced.

Safe beside running servers: a file whose writer lives is locked and left alone; the folded file appears whole before
the old ones go; whoever sees both counts each entry once. Lines that this version does not understand are kept.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gifthorse.model.event import Anchored, Renamed
from gifthorse.store import locks
from gifthorse.store.blobs import write_whole
from gifthorse.store.lines import Entry, decode, whole_lines
from gifthorse.store.writer import ENDING

SNAPSHOTS = 16
"""So many different texts of one file are remembered exactly: as many branches one can switch between."""

FOLDED = "fold-"
"""What names of folded files begin with: they alone are never folded again."""

Name = tuple[str, int]
"""Writer and number: what an entry is called for ever."""


@dataclass(frozen=True, slots=True)
class _Raw:
    line: bytes
    entry: Entry | None


def fold(folder: Path, least: int, *, fold_case: bool = False) -> bool:
    """Fold all files whose writers have ended, if what is not folded yet has at least `least` bytes. Whether it was done.

    It never raises for what other processes do meanwhile; a fold that cannot be finished changes nothing.
    """
    with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
        if not folder.is_dir() or _lock(stack, folder / "fold.lock", os.O_CREAT) is None:
            return False
        paths = [path for path in sorted(folder.glob(f"*{ENDING}")) if _lock(stack, path) is not None]
        news = [path for path in paths if not path.name.startswith(FOLDED)]
        if not paths or sum(path.stat().st_size for path in news) < least:
            return False
        kept = _essential([raw for path in paths for raw in _read(path)], fold_case=fold_case)
        whole = b"".join(raw.line + b"\n" for raw in kept)
        write_whole(folder / f"{FOLDED}{os.urandom(8).hex()}{ENDING}", whole)
        stack.close()  # Windows removes no file that is open.
        for path in paths:
            with contextlib.suppress(OSError):
                path.unlink()
        return True
    return False


def _lock(stack: contextlib.ExitStack, path: Path, flags: int = 0) -> int | None:
    """Hold the lock of a file until the stack ends; None where its writer has it."""
    handle = os.open(path, os.O_RDWR | flags | getattr(os, "O_BINARY", 0), 0o600)
    stack.callback(os.close, handle)
    return handle if locks.take(handle) else None


def _read(path: Path) -> Iterator[_Raw]:
    with path.open("rb") as file:
        start = 0
        for end, line in whole_lines(file):
            if line.strip():
                yield _Raw(line, decode(line, path, start))
            start = end


def _essential(raws: Sequence[_Raw], *, fold_case: bool) -> list[_Raw]:
    """What is still needed, by time. Lines that were not understood come first; nobody here can order them."""
    unknown = list(dict.fromkeys(raw for raw in raws if raw.entry is None))
    named = {(raw.entry.by, raw.entry.n): (raw.entry, raw) for raw in raws if raw.entry is not None}
    ordered = sorted(named.values(), key=lambda pair: (pair[0].at, pair[0].by, pair[0].n))
    needed = _needed([entry for entry, _ in ordered], fold_case=fold_case)
    return [*unknown, *(raw for entry, raw in ordered if (entry.by, entry.n) in needed)]


@dataclass(slots=True)
class _Chapter:
    """What is needed of the events about one name of a file, until that name means another file."""

    firsts: dict[str, Name] = field(default_factory=dict)
    lasts: dict[str, Name] = field(default_factory=dict)
    texts: dict[str, Name] = field(default_factory=dict)

    def add(self, event: Anchored, name: Name) -> None:
        for region in (*event.held, *event.dropped):
            self.firsts.setdefault(region, name)
            self.lasts[region] = name
        self.texts.pop(event.digest, None)
        self.texts[event.digest] = name
        if len(self.texts) > SNAPSHOTS:
            del self.texts[next(iter(self.texts))]

    def needed(self) -> Iterator[Name]:
        yield from (*self.firsts.values(), *self.lasts.values(), *self.texts.values())


def _needed(entries: Iterable[Entry], *, fold_case: bool) -> set[Name]:
    """The entries that say something which no later entry says: all but Anchored ones that were replaced.

    An Anchored is needed as the first or last word on a Region, or as one of the latest texts of its file.
    """
    chapters: dict[str, _Chapter] = {}
    needed: set[Name] = set()
    for entry in entries:
        event, name = entry.event, (entry.by, entry.n)
        path = event.path.casefold() if fold_case else event.path
        if isinstance(event, Anchored):
            chapters.setdefault(path, _Chapter()).add(event, name)
            continue
        needed.add(name)
        if isinstance(event, Renamed):
            new = event.new.casefold() if fold_case else event.new
            ended = [one for one in chapters if f"{one}/".startswith((f"{path}/", f"{new}/"))]
            needed.update(kept for one in ended for kept in chapters.pop(one).needed())
    return needed.union(*(chapter.needed() for chapter in chapters.values()))
