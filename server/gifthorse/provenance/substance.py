"""Substance: what of a text counts. White space does not, so that formatting changes nothing.

White space here is ASCII's six characters, byte by byte: anything else is somebody's writing.
"""

import hashlib
from collections.abc import Iterable

from gifthorse.model.text import Span, Text

WHITE = b" \t\n\r\f\v"


def pith(content: bytes) -> bytes:
    """`content` without its white space."""
    return content.translate(None, WHITE)


def substance(content: bytes) -> int:
    """How many bytes of `content` are not white space."""
    return len(pith(content))


def is_white(content: bytes) -> bool:
    """Whether there is nothing in `content` but white space."""
    return not content.strip(WHITE)


def substance_of(text: Text, spans: Iterable[Span]) -> int:
    """How many bytes of `text` in `spans` are not white space."""
    return sum(substance(text.slice(span)) for span in spans)


def content_digest(text: Text, spans: Iterable[Span]) -> str:
    """SHA-256 (hex) of what a reviewer judges: the text of `spans` (ascending) without white space.

    Where anything but white space stands between two spans, a separator goes in: what a person writes
    into the middle of reviewed text changes what was reviewed, even if no byte of it went away.
    """
    sha = hashlib.sha256()
    end: int | None = None
    for span in spans:
        if end is not None and not is_white(text.slice(Span(end, span.start))):
            sha.update(b"\0")
        sha.update(pith(text.slice(span)))
        end = span.end
    return sha.hexdigest()
