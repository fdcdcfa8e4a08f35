"""Ringing at the servers that run: each listens on a socket file in one private folder (lsp/listening.py).

A ring is one line: a Record as JSON. Who rings has left the Record in the inbox before, so that nothing depends on an
answer; only where that was not possible the answer counts. Imports the standard library only: hooks run through here.
"""

import contextlib
import os
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from gifthorse.store.folders import state_home

PATIENCE = 0.05
"""Seconds that all rings together may take, where nothing depends on them."""
KEPT = b"kept\n"
"""What a server answers when a Record is safe with it."""
LONGEST_NAME = 100
"""Bytes of a socket's name that every system allows."""


def folder() -> Path:
    """The folder of all sockets, private to the user. It is named, not made."""
    return state_home() / "live"


def ring(line: bytes, patience: float = PATIENCE) -> int:
    """Tell every server that runs; how many took the whole line. Never raises."""
    deadline = time.monotonic() + patience
    return sum(_tell(place, line, deadline, answered=False) for place in _sockets())


def hand_over(line: bytes, patience: float = 2.0) -> bool:
    """Tell every server that runs, and wait until one of them says that the Record is safe. Never raises."""
    deadline = time.monotonic() + patience
    return any(_tell(place, line, deadline, answered=True) for place in _sockets())


def address(place: Path) -> Iterator[str]:
    """Names by which a socket can be bound or reached: its own, or where that is too long one through its folder.

    Use it in a `for`: the second name holds only until the loop goes on.
    """
    if len(os.fsencode(place)) <= LONGEST_NAME:
        yield str(place)
    elif Path("/proc/self/fd").is_dir():
        handle = os.open(place.parent, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            yield f"/proc/self/fd/{handle}/{place.name}"
        finally:
            os.close(handle)


def _sockets() -> Iterator[Path]:
    """The sockets of servers; none where somebody else could have put one there."""
    if not hasattr(socket, "AF_UNIX"):
        return
    try:
        state = folder().stat()
        if state.st_uid == os.getuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            yield from sorted(folder().glob("*.sock"))
    except OSError:
        return


def _tell(place: Path, line: bytes, deadline: float, *, answered: bool) -> bool:
    for name in address(place):
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(max(0.001, deadline - time.monotonic()))
            connection.connect(name)
            connection.sendall(line + b"\n")
            connection.shutdown(socket.SHUT_WR)
            return not answered or connection.recv(len(KEPT), socket.MSG_WAITALL) == KEPT
    return False
