"""Records that nobody has journalled yet: one file each, in the private folder of their file's root.

Whoever knows of a change leaves its Record here first and then rings at the servers that run (doorbell.py), so a
Record is safe whoever dies when. Who has journalled it removes it. Two who take the same Record journal the same
Insertion, since it is named after the Record. Imports the standard library only: hooks run through here.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from gifthorse.model.record import LaterRecordError, Record, RecordError, decode, encode
from gifthorse.store.folders import private_folder
from gifthorse.store.regular import TooLargeError, read_regular

ENDING = ".json"
LARGEST = 100_000_000
MOST_DAMAGED = 100


def inbox(root_folder: Path) -> Path:
    """The folder of Records inside the private folder of a root (folders.state_folder). It is named, not made."""
    return root_folder / "inbox"


def leave(root_folder: Path, record: Record) -> Path:
    """Keep a Record until it is taken; returns its file. A reader never finds a part of it.

    `root_folder` is the private folder of the root (folders.state_folder). Raises OSError where the disk does not
    take it; then nothing is left behind.
    """
    folder = private_folder(inbox(root_folder))
    path = folder / _name(record)
    unfinished = folder / f".{os.urandom(8).hex()}"
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(encode(record))
        unfinished.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise
    return path


def take(root_folder: Path) -> list[Record]:
    """All Records, by time. They stay until `remove` is told that they are journalled.

    What is damaged is kept in the folder `damaged` beside them, what is of a later format stays; the log says so.
    Raises OSError where the folder is there and cannot be read.
    """
    found = [record for path in _files(inbox(root_folder)) if (record := _read(path))]
    return sorted(found, key=lambda record: (record.time, record.id))


def remove(root_folder: Path, record: Record) -> None:
    """The Record is journalled, so its file is not needed any more. One that is gone already is fine."""
    with contextlib.suppress(OSError):
        (inbox(root_folder) / _name(record)).unlink(missing_ok=True)


def waiting(root_folder: Path) -> bool:
    """Whether there may be Records. Cheap enough to ask at every opportunity; never raises."""
    try:
        return any(True for _ in _files(inbox(root_folder)))
    except OSError:
        return False


def _name(record: Record) -> str:
    return f"{int(record.time * 1_000_000):016x}-{record.id}{ENDING}"


def _files(folder: Path) -> Iterator[Path]:
    """The files in the inbox; none where there is no inbox yet."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.name.endswith(ENDING) and not entry.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return
    yield from (folder / name for name in sorted(names))


def _read(path: Path) -> Record | None:
    import logging  # noqa: PLC0415  who leaves a Record does not need it

    log = logging.getLogger(__name__)
    try:
        record = decode(read_regular(path, LARGEST))
    except FileNotFoundError:
        return None  # Somebody else has journalled it.
    except LaterRecordError as fault:
        log.warning("a record of an edit is left for a later version of Gifthorse: %s: %s", path, fault)
    except (RecordError, TooLargeError) as fault:
        log.warning("a record of an edit was damaged and is kept aside: %s: %s", _aside(path), fault)
    except OSError as fault:
        log.warning("a record of an edit cannot be read and stays: %s: %s", path, fault.strerror or fault)
    else:
        if path.name != _name(record):  # Otherwise nobody would find it when it is to be removed.
            with contextlib.suppress(OSError):
                path.replace(path.with_name(_name(record)))
        return record
    return None


def _aside(path: Path) -> Path:
    """Where a damaged file is now: among the other damaged ones, or where it was if it cannot be moved."""
    aside = path.parent / "damaged"
    try:
        private_folder(aside)
        if sum(1 for _ in aside.iterdir()) >= MOST_DAMAGED:
            path.unlink()
            return path
        path.replace(aside / path.name)
    except OSError:
        return path
    return aside / path.name
