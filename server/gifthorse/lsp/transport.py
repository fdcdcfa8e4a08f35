"""Where the client's bytes come from and go to: standard streams, a local socket, or a named pipe.

Nothing here listens anywhere but on 127.0.0.1 or on a socket file that only the user can open.
"""

import contextlib
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

LOCALHOST = "127.0.0.1"


class NoClientError(Exception):
    """The client cannot be reached. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Streams:
    """The two directions of one connection. `write` sends everything, or raises OSError."""

    source: BinaryIO
    write: Callable[[bytes], None]


def stdio() -> Streams:
    """The process's own standard streams, in binary.

    File descriptors 0 and 1 are then given to nothing and to stderr, so that neither a stray print nor a child
    process can disturb the conversation.
    """
    sys.stdout.flush()
    source, sink = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists on Windows only

        for descriptor in (source, sink):
            msvcrt.setmode(descriptor, os.O_BINARY)
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdout = sys.stderr
    return Streams(os.fdopen(source, "rb"), _writer_to(sink))


def _writer_to(descriptor: int) -> Callable[[bytes], None]:
    def write(data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest[: 1 << 20]) :]

    return write


def local_socket(port: int) -> Streams:
    """A client on this machine: it may listen on the port already, otherwise we do and take the first that comes."""
    try:
        connection = socket.create_connection((LOCALHOST, port), timeout=2)
        if connection.getsockname() == connection.getpeername():
            connection.close()  # nobody listens: by chance our own end was given that very port
            raise ConnectionRefusedError
        connection.settimeout(None)
    except OSError:
        connection = _accept(_listener(socket.AF_INET, (LOCALHOST, port)))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return _over(connection)


def named_pipe(name: str) -> Streams:
    """A client behind a socket file or, on Windows, a named pipe. As with a socket, either side may have made it."""
    if sys.platform == "win32":
        from gifthorse.lsp.windows_pipe import open_pipe  # noqa: PLC0415 - exists on Windows only

        return Streams(*open_pipe(name))
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(name)
    except OSError:
        connection.close()
        connection = _accept_on_file(connection.family, name)
    return _over(connection)


def _accept_on_file(family: int, name: str) -> socket.socket:
    before = os.umask(0o177)
    try:
        listener = _listener(family, name)
    finally:
        os.umask(before)
    try:
        return _accept(listener)
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink()


def _listener(family: int, address: str | tuple[str, int]) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.bind(address)
        listener.listen(1)
    except OSError as fault:
        listener.close()
        raise NoClientError(f"cannot listen on {address}: {fault.strerror}; choose another port or name") from fault
    return listener


def _accept(listener: socket.socket) -> socket.socket:
    with listener:
        return listener.accept()[0]


def _over(connection: socket.socket) -> Streams:
    return Streams(cast("BinaryIO", connection.makefile("rb")), connection.sendall)
