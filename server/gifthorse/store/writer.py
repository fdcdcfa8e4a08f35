"""One process's own file of a journal: a line is on disk when `write` returns, or an error was raised.

Killing the process right afterwards loses nothing, since the system has the bytes; a power cut may. The file is locked
for as long as the process lives, so that nobody folds it away meanwhile (compact.py).
"""

import contextlib
import os
import secrets
import time
from pathlib import Path

from gifthorse.store import locks
from gifthorse.store.folders import private_folder

ENDING = ".jsonl"
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Writer:
    """A file that only this process appends to. It is made with the first line."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds the journal's files; it is made where it is missing."""
        self._folder = folder
        self._handle = -1
        self._process = 0
        self._torn = False
        self.name = ""
        self.count = 0
        self.size = 0

    def ready(self) -> None:
        """Have a file to write to: a new one after a fork, or where somebody removed ours."""
        gone = self._handle < 0 or self._process != os.getpid() or os.fstat(self._handle).st_nlink == 0
        if gone:
            self._create()

    def _create(self) -> None:
        """The file gets its name when it is locked already, so that nobody finds it without its lock."""
        if self._process == os.getpid():
            self.close()
        private_folder(self._folder)
        name = f"{time.time_ns():x}-{secrets.token_hex(6)}"
        path, unnamed = self._folder / f"{name}{ENDING}", self._folder / f"{name}.new"
        self._handle = os.open(unnamed, _FLAGS, 0o600)
        locks.take(self._handle)
        if os.name == "nt":  # An open file cannot be renamed there, nor can it be removed by anybody else.
            self.close()
            self._handle = os.open(path, _FLAGS, 0o600)
            locks.take(self._handle)
            unnamed.unlink()
        else:
            unnamed.rename(path)
        self._process, self.name, self.count, self.size, self._torn = os.getpid(), name, 0, 0, False

    def write(self, line: bytes) -> None:
        """Append one finished line by one system call. Raises OSError where not all of it could be written."""
        line = b"\n" + line if self._torn else line  # What a full disk cut off must not swallow this line too.
        written = os.write(self._handle, line)
        self._torn = written != len(line)
        self.size += written
        if self._torn:
            raise OSError(f"Only {written} of {len(line)} bytes could be written to {self._folder}.")
        self.count += 1

    def close(self) -> None:
        """Let go of the file; a later `ready` makes a new one."""
        if self._handle >= 0:
            with contextlib.suppress(OSError):
                os.close(self._handle)
        self._handle, self.size = -1, 0
