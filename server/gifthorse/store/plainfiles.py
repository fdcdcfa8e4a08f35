"""Whether a database of objects is made of plain files: libgit2 would wait for ever for a FIFO that poses as one.

It reads no object, and says nothing of whether they are sound.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from gifthorse.store.folders import real
from gifthorse.store.regular import read_regular

LARGEST_ALTERNATES = 1_000_000
MOST_ALTERNATES = 20


def odd_file(objects: Path) -> Path | None:
    """The first thing in a folder of objects, or in those that it borrows from, that is neither file nor folder."""
    pending, seen = [real(objects)], set[Path]()
    while pending and len(seen) < MOST_ALTERNATES:
        folder = pending.pop()
        if folder in seen:
            continue
        seen.add(folder)
        odd = next(_odd_files(folder, depth=2), None)
        if odd is not None:
            return odd
        pending.extend(_alternates(folder))
    return pending[0] if pending else None


def _odd_files(folder: Path, depth: int) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    if depth:
                        yield from _odd_files(Path(entry.path), depth - 1)
                elif not entry.is_file():
                    yield Path(entry.path)
    except OSError:
        return


def _alternates(folder: Path) -> Iterator[Path]:
    try:
        lines = read_regular(folder / "info" / "alternates", LARGEST_ALTERNATES).split(b"\n")
    except OSError:
        return
    for line in lines:
        if line.strip() and b"\0" not in line and not line.startswith(b"#"):
            yield real(folder / os.fsdecode(line.strip()))
