"""Chunks of one direction's bytes -> the bodies of its messages. It is fed by what was passed on already.

Unlike a server it may not give up: after what is no message it goes on with the next header, and says that
something was lost. JSON and its meaning are conversation.py's.
"""

import re
from collections.abc import Iterator

LONGEST_HEADER = 8 * 1024
LONGEST_BODY = 512 * 1024 * 1024

_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*(\d{1,12})[ \t]*", re.IGNORECASE)
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:[^\r\n]*")
_START = re.compile(rb"content-length[ \t]*:", re.IGNORECASE)


class Frames:
    """What has come of a message so far."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._needed = 0

    def feed(self, chunk: bytes) -> Iterator[bytes | None]:
        """The bodies that are complete now, in order; None where bytes belong to no message and were left out."""
        self._waiting += chunk
        while self._waiting and len(self._waiting) >= self._needed:
            size = self._size()
            if size is None:
                return
            if not size:
                yield None
                continue
            start, length = size
            self._needed = start + length
            if len(self._waiting) < self._needed:
                return
            body = bytes(memoryview(self._waiting)[start : self._needed])
            del self._waiting[: self._needed]
            self._needed = 0
            yield body

    def _size(self) -> tuple[int, int] | tuple[()] | None:
        """Where the body starts and how long it is; nothing where that was no header, None where it is not all there."""
        end = _END.search(self._waiting, 0, LONGEST_HEADER)
        if end is None and len(self._waiting) < LONGEST_HEADER:
            return None
        fields = bytes(self._waiting[: end.start()]).splitlines() if end else []
        lengths = [int(match[1]) for field in fields if (match := _LENGTH.fullmatch(field))]
        if end and lengths and all(map(_FIELD.fullmatch, fields)) and lengths[-1] <= LONGEST_BODY:
            return end.end(), lengths[-1]
        self._leave_out()
        return ()

    def _leave_out(self) -> None:
        """Go on where the next header may start."""
        following = _START.search(self._waiting, 1)
        kept = following.start() if following else max(1, len(self._waiting) - len(b"content-length: "))
        del self._waiting[:kept]
