"""Frames of the base protocol: bytes of a stream <-> the bytes of one message.

It knows headers and lengths only; JSON and its meaning are rpc.py's.
"""

from typing import BinaryIO

MAX_HEADER_LINE = 8 * 1024
MAX_HEADER_LINES = 64
MAX_BODY = 512 * 1024 * 1024


class BadFrameError(Exception):
    """The stream does not hold a header that says how long the message is; the stream cannot be followed further."""


def read_frame(source: BinaryIO) -> bytes | None:
    """The body of the next message, or None at the end of the stream (also in the middle of a message).

    Header names are case-insensitive, as HTTP's are; unknown headers are skipped. Raises BadFrameError.
    """
    length = _read_header(source)
    if length is None:
        return None
    body = source.read(length)
    return body if body is not None and len(body) == length else None


def _read_header(source: BinaryIO) -> int | None:
    length: int | None = None
    for _ in range(MAX_HEADER_LINES):
        line = source.readline(MAX_HEADER_LINE)
        if not line.endswith(b"\n"):
            if len(line) >= MAX_HEADER_LINE:
                raise BadFrameError("a header line is too long")
            return None
        field = line.strip()
        if field:
            length = _content_length(field, length)
        elif length is not None:
            return length
    raise BadFrameError("no Content-Length in the header")


def _content_length(field: bytes, known: int | None) -> int | None:
    name, _, value = field.partition(b":")
    if name.strip().lower() != b"content-length":
        return known
    digits = value.strip()
    if not digits.isdigit() or int(digits[:12]) > MAX_BODY:
        raise BadFrameError("Content-Length is not a length")
    return int(digits)


def frame(body: bytes) -> bytes:
    """One message with its header, ready to be written."""
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
