"""Folds the journal's files of processes that have ended into one, and leaves out what later events replaced.

Safe beside running servers: a file whose writer lives is locked and left alone; the folded file appears whole before
the old ones go; whoever sees both counts each entry once. Lines that this version does not understand are kept.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gifthorse.model.event import Anchored, Renamed
from gifthorse.store import locks
from gifthorse.store.blobs import write_whole
from gifthorse.store.lines import Entry, decode, whole_lines
from gifthorse.store.writer import ENDING

SNAPSHOTS = 16
"""So many different texts of one file are remembered exactly: as many branches one can switch between."""


@dataclass(frozen=True, slots=True)
class _Raw:
    line: bytes
    entry: Entry | None


def fold(folder: Path, least: int, *, fold_case: bool = False) -> bool:
    """Fold all files whose writers have ended, if they have at least `least` bytes. Whether it was done.

    It never raises for what other processes do meanwhile; a fold that cannot be finished changes nothing.
    """
    with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
        if not folder.is_dir() or _lock(stack, folder / "fold.lock", os.O_CREAT) is None:
            return False
        paths = [path for path in sorted(folder.glob(f"*{ENDING}")) if _lock(stack, path) is not None]
        if len(paths) < 2 or sum(path.stat().st_size for path in paths) < least:
            return False
        kept = _essential([raw for path in paths for raw in _read(path)], fold_case=fold_case)
        whole = b"".join(raw.line + b"\n" for raw in kept)
        write_whole(folder / f"fold-{os.urandom(8).hex()}{ENDING}", whole)
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
        for _, line in whole_lines(file):
            if line.strip():
                yield _Raw(line, decode(line))


def _essential(raws: Sequence[_Raw], *, fold_case: bool) -> list[_Raw]:
    """What is still needed, by time. Lines that were not understood come first; nobody here can order them."""
    unknown = list(dict.fromkeys(raw for raw in raws if raw.entry is None))
    named = {(raw.entry.by, raw.entry.n): (raw.entry, raw) for raw in raws if raw.entry is not None}
    ordered = sorted(named.values(), key=lambda pair: (pair[0].at, pair[0].by, pair[0].n))
    needed = _needed([entry for entry, _ in ordered], fold_case=fold_case)
    return [*unknown, *(raw for entry, raw in ordered if (entry.by, entry.n) in needed)]


def _needed(entries: Iterable[Entry], *, fold_case: bool) -> set[tuple[str, int]]:
    """The entries that say something which no later entry says: all but Anchored ones that were replaced.

    An Anchored is needed as the last word on a Region, or as one of the latest texts of its file.
    """
    words: dict[tuple[str, str], tuple[str, int]] = {}
    texts: dict[str, dict[str, tuple[str, int]]] = {}
    needed: set[tuple[str, int]] = set()
    for entry in entries:
        event, name = entry.event, (entry.by, entry.n)
        if not isinstance(event, Anchored):
            needed.add(name)
            if isinstance(event, Renamed):  # From here on the words belong to another name: keep those of before.
                needed.update(words.values())
            continue
        path = event.path.casefold() if fold_case else event.path
        for region in (*event.held, *event.dropped):
            words[path, region] = name
        latest = texts.setdefault(path, {})
        latest.pop(event.digest, None)
        latest[event.digest] = name
        if len(latest) > SNAPSHOTS:
            del latest[next(iter(latest))]
    return needed.union(words.values(), *(latest.values() for latest in texts.values()))
