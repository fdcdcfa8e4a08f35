"""Span, Edit and Text: the one coordinate inside is the UTF-8 byte offset.

Positions in UTF-16 or UTF-32 units exist only at the protocol's edge and are converted here.
Only \\n, \\r\\n and \\r end a line, as the Language Server Protocol says; nothing else does.
"""

from typing import NamedTuple


class Span(NamedTuple):
    """The half-open byte range [start, end)."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one byte."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> "Span":
        """The same length, `by` bytes further on."""
        return Span(self.start + by, self.end + by)


class Edit(NamedTuple):
    """Replace `span` of the text before by `new` (UTF-8)."""

    span: Span
    new: bytes
