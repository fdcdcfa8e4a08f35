r"""Many ranges of one text at once: for all diagnostics of a keystroke this is some twenty times cheaper than one by one.

Only what is plain is done here: lines that end in \n and are ASCII up to the place. All else is left to Text.
"""

from dataclasses import dataclass
from typing import Any

from gifthorse.lsp.convert import whole
from gifthorse.model.text import Encoding, Span, Text

FEW = 8
"""Up to so many ranges, joining the text's pieces costs more than it saves."""


@dataclass(slots=True)
class Places:
    """Positions in one text. Asking for ascending offsets is what is cheap."""

    text: Text
    encoding: Encoding
    content: bytes
    plain: bool
    _at: int = 0
    _line: int = 0

    def range(self, span: Span) -> dict[str, Any]:
        """The protocol's range of some bytes, as plain data."""
        start = self._position(span.start)
        found = self.content[span.start : span.end]
        if found.isascii() and found and b"\n" not in found and self.plain:  # as many units in every encoding
            return {"start": start, "end": {"line": start["line"], "character": start["character"] + len(found)}}
        return {"start": start, "end": self._position(span.end)}

    def _position(self, offset: int) -> dict[str, int]:
        if self.plain and 0 <= offset <= len(self.content):
            start = self.content.rfind(b"\n", 0, offset) + 1
            if self.content[start:offset].isascii():
                return {"line": self._line_at(offset), "character": offset - start}
        place = self.text.position(offset, self.encoding)
        return {"line": place.line, "character": place.character}

    def _line_at(self, offset: int) -> int:
        """The number of line ends before the offset, counted on from the last one that was asked for."""
        if offset < self._at:
            return self._line - self.content.count(b"\n", offset, self._at)
        self._line += self.content.count(b"\n", self._at, offset)
        self._at = offset
        return self._line


def places(text: Text, encoding: Encoding, how_many: int) -> Places:
    """The Places of a text in which so many ranges are wanted."""
    if how_many <= FEW:
        return Places(text, encoding, b"", plain=False)
    content = whole(text)
    return Places(text, encoding, content, plain=b"\r" not in content)
