"""Texts kept by their content: for instance what stood where an Insertion came. Private to the user.

A blob is named by the SHA-256 of its bytes and never changes; one that was damaged on disk is as good as lost.
"""

import contextlib
import hashlib
import os
import re
import tempfile
from pathlib import Path

from gifthorse.store.folders import private_folder
from gifthorse.store.regular import read_regular

LARGEST = 200_000_000
_DIGEST = re.compile(r"[0-9a-f]{64}")


def put_blob(folder: Path, content: bytes) -> str:
    """Keep `content` and return its digest. Written whole or not at all. Raises OSError where it cannot be."""
    digest = hashlib.sha256(content).hexdigest()
    path = _place(folder, digest)
    if get_blob(folder, digest) is None:
        private_folder(path.parent)
        write_whole(path, content)
    return digest


def get_blob(folder: Path, digest: str) -> bytes | None:
    """The bytes of that digest, or None where they are not (or no longer intact) here."""
    if not _DIGEST.fullmatch(digest):
        return None
    try:
        content = read_regular(_place(folder, digest), LARGEST)
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == digest else None


def write_whole(path: Path, content: bytes) -> None:
    """Write a private file so that a reader, or a crash, finds the old content or the new one, never a part."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")  # mkstemp makes it 0600.
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _place(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest[2:]
