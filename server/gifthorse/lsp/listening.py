"""The socket file on which a running server is told of edits. Only its owner can reach it; a thread of its own reads it.

What comes is one Record a connection, as a line of JSON. What becomes of it is incoming.py's.
"""

import contextlib
import logging
import os
import secrets
import socket
import struct
import threading
from collections.abc import Callable
from pathlib import Path

from gifthorse.model.record import Record, RecordError, decode
from gifthorse.store.doorbell import KEPT, address, folder
from gifthorse.store.folders import private_folder

log = logging.getLogger(__name__)

LONGEST = 100_000_000
PATIENCE = 1.0
"""Seconds in which a connection must have said what it has to say."""

Heard = Callable[[Record | None, Callable[[bool], None]], None]
"""Takes a Record (None: somebody rang, and that is all that is known), and what tells the other side if it is safe."""


class Listening:
    """One server's socket. `place` is its file, None where there can be none: then the inbox is looked into by time."""

    def __init__(self, heard: Heard) -> None:
        """`heard` is called on a thread of ours."""
        self._heard = heard
        self._listener: socket.socket | None = None
        self.place: Path | None = None

    def start(self) -> bool:
        """Listen from now on. False, and a line in the log, where that is not possible."""
        if not hasattr(socket, "AF_UNIX"):
            return False
        try:
            private_folder(folder())
            self._sweep()
            self._bind()
        except OSError as fault:
            log.info("agents' hooks cannot tell us at once, so their records are looked for: %s", fault)
            return False
        threading.Thread(target=self._accept, name="listening", daemon=True).start()
        return self.place is not None

    def stop(self) -> None:
        """Listen no more, and take the file away."""
        if self.place is not None:
            with contextlib.suppress(OSError):
                self.place.unlink()
        if self._listener is not None:
            self._listener.close()

    def _bind(self) -> None:
        """The file gets its name when somebody listens, so that nobody is refused."""
        name = f"{os.getpid():x}-{secrets.token_hex(4)}"
        unnamed, place = folder() / f"{name}.new", folder() / f"{name}.sock"
        for reachable in address(unnamed):
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                listener.bind(reachable)
                unnamed.chmod(0o600)
                listener.listen(256)
                unnamed.rename(place)
            except OSError:
                listener.close()
                raise
            self._listener, self.place = listener, place

    def _sweep(self) -> None:
        """Take away what servers have left behind that were killed."""
        for place in folder().glob("*.sock"):
            for reachable in address(place):
                with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                    connection.settimeout(PATIENCE)
                    try:
                        connection.connect(reachable)
                    except ConnectionRefusedError:
                        with contextlib.suppress(OSError):
                            place.unlink()
                    except OSError:
                        continue

    def _accept(self) -> None:
        listener = self._listener
        while listener is not None:
            try:
                connection, _ = listener.accept()
            except OSError:
                return  # It was closed: we are leaving.
            try:
                self._hear(connection)
            except OSError:
                connection.close()

    def _hear(self, connection: socket.socket) -> None:
        connection.settimeout(PATIENCE)
        if not _is_owner(connection):
            log.warning("somebody else's program tried to tell us of an edit and was not heard")
            connection.close()
            return
        line = _line(connection)
        record = None
        if line:
            try:
                record = decode(line)
            except RecordError as fault:
                log.warning("what a hook told us cannot be used: %s", fault)
        self._heard(record, lambda kept: _answer(connection, kept))


def _is_owner(connection: socket.socket) -> bool:
    """Whether the other side is the user's own program, as far as the system tells; the folder is private in any case."""
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return True
    _, user, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, option, struct.calcsize("3i")))
    return user in (os.getuid(), 0)


def _line(connection: socket.socket) -> bytes:
    """Everything that comes, without its line end; nothing where it was cut off or is far too long."""
    parts: list[bytes] = []
    size = 0
    while part := connection.recv(1 << 16):
        parts.append(part)
        size += len(part)
        if size > LONGEST:
            return b""
    whole = b"".join(parts)
    return whole[:-1] if whole.endswith(b"\n") else b""


def _answer(connection: socket.socket, kept: bool) -> None:
    with contextlib.suppress(OSError):
        if kept:
            connection.sendall(KEPT)
    connection.close()
