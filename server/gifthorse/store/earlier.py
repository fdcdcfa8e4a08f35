"""What files were just before an agent edits them, kept between its two hooks: the one before and the one after.

One file for each agent's session and path, in the private folder of the root; the later one replaces the earlier one.
Imports the standard library only: hooks run through here.
"""

import contextlib
import hashlib
import os
import time
from pathlib import Path

from gifthorse.provenance.account import Earlier
from gifthorse.store.folders import private_folder
from gifthorse.store.regular import read_regular

LARGEST = 4_000_000
MOST = 200
KEPT = 24 * 3600.0
"""Seconds after which an edit that was announced will not come any more."""

_ABSENT, _PRESENT = b"-", b"+"


def keep(root_folder: Path, agent: str, session: str, path: str, content: bytes | None) -> None:
    """Keep what the file at `path` is now (None: there is none). Raises OSError where the disk does not take it."""
    folder = private_folder(_folder(root_folder))
    place = folder / _name(agent, session, path)
    unfinished = folder / f".{os.getpid()}-{place.name}"
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_ABSENT if content is None else _PRESENT + content)
        unfinished.replace(place)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise
    _tidy(folder)


def recall(root_folder: Path, agent: str, session: str, path: str) -> Earlier | None:
    """What was kept last, which is forgotten by this; None where nothing was."""
    place = _folder(root_folder) / _name(agent, session, path)
    try:
        content = read_regular(place, LARGEST + 1)
    except OSError:
        return None
    with contextlib.suppress(OSError):
        place.unlink()
    return Earlier(content[1:] if content.startswith(_PRESENT) else None)


def _folder(root_folder: Path) -> Path:
    return root_folder / "earlier"


def _name(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _tidy(folder: Path) -> None:
    """Let go of what was announced and never came, now and then."""
    with contextlib.suppress(OSError):
        files = list(folder.iterdir())
        if len(files) > MOST:
            oldest = time.time() - KEPT
            for file in files:
                with contextlib.suppress(OSError):
                    if file.stat().st_mtime < oldest:
                        file.unlink()
