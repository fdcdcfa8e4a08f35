"""Notes of what we put into agents' configurations, so that exactly that can be taken out again.

A note holds nothing of the file itself: where our text stands in it, and the digest of the file as we left it. Without
one, or when the file has changed since, agentconfig.py finds our entries by their commands.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gifthorse.store.folders import private_folder, state_home
from gifthorse.store.regular import read_regular

LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Note:
    """`spans`: where our text stands (ascending, in characters). `made`: the file itself is ours, and so are `folders`."""

    spans: Sequence[tuple[int, int]]
    made: bool
    folders: Sequence[str]

    def without(self, text: str) -> str:
        """The text without ours."""
        for low, high in reversed(self.spans):
            text = text[:low] + text[high:]
        return text


def note(path: Path, after: str, noted: Note) -> None:
    """Note what we did to a file that is `after` now. Where that cannot be written, it goes without."""
    file = _file(path)
    with contextlib.suppress(OSError):
        private_folder(file.parent)
        unfinished = file.with_suffix(f".{os.getpid()}")
        unfinished.write_text(json.dumps({"path": str(path), "after": _digest(after), **asdict(noted)}), "utf-8")
        unfinished.replace(file)


def noted_of(path: Path, text: str) -> Note | None:
    """The note on a file, if it still is as we left it."""
    try:
        read = json.loads(read_regular(_file(path), LARGEST))
    except (OSError, ValueError, RecursionError):
        return None
    return _note(read) if isinstance(read, dict) and read.get("after") == _digest(text) else None


def _note(read: Mapping[str, Any]) -> Note | None:
    spans, folders = read.get("spans"), read.get("folders")
    if not isinstance(spans, list) or not isinstance(folders, list):
        return None
    pairs = [tuple(span) for span in spans if isinstance(span, list) and len(span) == 2]
    return Note([(int(low), int(high)) for low, high in pairs], read.get("made") is True, [str(one) for one in folders])


def forget(path: Path) -> None:
    """There is nothing of ours in the file any more."""
    with contextlib.suppress(OSError):
        _file(path).unlink()


def _file(path: Path) -> Path:
    return state_home() / "agents" / f"{hashlib.sha256(os.fsencode(path)).hexdigest()[:32]}.json"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
