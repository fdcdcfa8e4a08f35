"""A named pipe on Windows, opened for overlapped input and output.

A plain file handle will not do: there a write waits for the end of a read that is under way on the same pipe.
"""

import io
import sys
from collections.abc import Callable
from typing import BinaryIO, cast

if sys.platform == "win32":
    import _winapi

    class _PipeReader(io.RawIOBase):
        """The reading half, in the form that io.BufferedReader builds on."""

        def __init__(self, handle: int) -> None:
            self._handle = handle

        def readable(self) -> bool:
            """Whether it can be read: yes."""
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            """Fill the buffer with what is there, waiting for the first byte; 0 when the other side is gone."""
            try:
                operation, _ = _winapi.ReadFile(self._handle, len(buffer), overlapped=True)
                count, _ = operation.GetOverlappedResult(True)
            except BrokenPipeError:
                return 0
            buffer[:count] = (operation.getbuffer() or b"")[:count]
            return count

    def open_pipe(name: str) -> tuple[BinaryIO, Callable[[bytes], None]]:
        """Reader and writer of the pipe that the client has made. Raises OSError where there is none."""
        access = _winapi.GENERIC_READ | _winapi.GENERIC_WRITE
        flags = _winapi.FILE_FLAG_OVERLAPPED
        handle = _winapi.CreateFile(name, access, 0, _winapi.NULL, _winapi.OPEN_EXISTING, flags, _winapi.NULL)

        def write(data: bytes) -> None:
            rest = data
            while rest:
                operation, _ = _winapi.WriteFile(handle, rest, overlapped=True)
                count, _ = operation.GetOverlappedResult(True)
                rest = rest[count:]

        return cast("BinaryIO", io.BufferedReader(_PipeReader(handle))), write
