r"""Span, Edit and Text: the one coordinate inside is the UTF-8 byte offset.

Positions in UTF-16 or UTF-32 units exist only at the protocol's edge and are converted here.
Only \n, \r\n and \r end a line, as the Language Server Protocol says; nothing else does.
What a Text is not: a file. It knows no path, no language and no version; rope.py holds its bytes.
"""

import hashlib
from typing import Literal, NamedTuple

from gifthorse.model.rope import Rope
from gifthorse.model.units import SURROGATE, count_units, skip_units, start_of_unit

Encoding = Literal["utf-8", "utf-16", "utf-32"]

Files = tuple[tuple[str, bytes], ...]
"""Some files: their names, and what is in them."""

LONG_LINE = 16_384


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


class Position(NamedTuple):
    """A place as the protocol counts it: lines from 0, `character` in units of an Encoding from 0."""

    line: int
    character: int


class Text:
    """An immutable document. An edit gives a new Text at the cost of the edit, sharing the rest with the old one.

    Bytes that are no UTF-8 are kept as they are; each sequence that a decoder would replace by one U+FFFD counts as
    one unit. Lone surrogates are kept as three bytes (WTF-8) and count as one unit, as in the client's copy.
    Two Texts are equal if their bytes are.
    """

    __slots__ = ("_content", "_digest", "_rope")

    def __init__(self, rope: Rope) -> None:
        self._rope = rope
        self._content: bytes | None = None
        self._digest: str | None = None

    @classmethod
    def of(cls, content: bytes | str) -> "Text":
        """The Text with this content. A high and a low surrogate side by side in a str are one character."""
        data = content if isinstance(content, bytes) else encode(content)
        text = cls(Rope.of(data))
        text._content = data
        return text

    def __len__(self) -> int:
        return self._rope.size

    def __bytes__(self) -> bytes:
        if self._content is None:
            self._content = b"".join(self._rope.slices(0, self._rope.size))
        return self._content

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text):
            return NotImplemented
        return self is other or (len(self) == len(other) and bytes(self) == bytes(other))

    def __hash__(self) -> int:
        return hash(bytes(self))

    def __repr__(self) -> str:
        # Never the content: it is somebody's code, and a repr ends in logs.
        return f"<Text of {len(self)} bytes, {self.line_count} lines>"

    def slice(self, span: Span) -> bytes:
        """The bytes of `span`, as far as the text has them."""
        start, end = max(0, span.start), min(span.end, self._rope.size)
        if self._content is not None:
            return self._content[start : max(start, end)]
        return self._rope.slice(start, end)

    def apply(self, edit: Edit) -> "Text":
        """The Text after `edit`, byte for byte. ValueError if its span is not inside this text."""
        start, end = edit.span
        if not 0 <= start <= end <= self._rope.size:
            raise ValueError(f"edit of bytes {start} to {end} in a text of {self._rope.size} bytes")
        return Text(self._rope.replaced(start, end, edit.new))

    @property
    def line_count(self) -> int:
        """The number of lines: one more than there are line ends, so at least 1."""
        return self._rope.breaks + 1

    def line_span(self, line: int) -> Span:
        """The bytes of a line, counted from 0, without its line end. IndexError if there is no such line."""
        if not 0 <= line <= self._rope.breaks:
            raise IndexError(f"line {line} of a text of {self.line_count} lines")
        start = self._rope.end_of_break(line) if line else 0
        if line == self._rope.breaks:
            return Span(start, self._rope.size)
        end = self._rope.end_of_break(line + 1)
        return Span(start, end - (2 if self.slice(Span(max(start, end - 2), end)) == b"\r\n" else 1))

    def line_at(self, offset: int) -> int:
        """The line that holds `offset`, which is clamped into the text; a line end belongs to the line it ends."""
        return self._rope.line_of(min(max(0, offset), self._rope.size))[0]

    def position(self, offset: int, encoding: Encoding) -> Position:
        """The position of a byte offset; one inside a character or line end, or outside the text, is clamped down."""
        place = self._start_of_unit(min(max(0, offset), self._rope.size))
        line, start = self._rope.line_of(place)
        return Position(line, self._units(start, place, encoding))

    def offset(self, position: Position, encoding: Encoding) -> int:
        """The byte offset of a position: inside a character is clamped down, past the line's end to its end,
        past the last line to the end of the text, and before the start to the start.
        """
        if position.line < 0:
            return 0
        if position.line > self._rope.breaks:
            return self._rope.size
        start, end = self.line_span(position.line)
        units = max(0, position.character)
        if encoding == "utf-8":
            return self._start_of_unit(min(start + units, end))
        wide = encoding == "utf-16"
        if end - start <= LONG_LINE:
            return start + skip_units(self.slice(Span(start, end)), units, wide)
        return min(end, self._rope.offset_of_unit(self._rope.units_before(start, wide) + units, wide))

    def replacing(self, start: Position, end: Position, new: str, encoding: Encoding) -> Edit:
        """The Edit that does here what the client did in its own copy when it replaced `start` to `end` by `new`.

        A client that counts in UTF-16 may cut a surrogate pair in two or bring two halves together: what it then
        has, a lone surrogate or a whole character, is what this text has after the Edit.
        """
        first, last = sorted((start, end))
        begin, finish = self.offset(first, encoding), self.offset(last, encoding)
        if encoding != "utf-16":
            return Edit(Span(begin, finish), encode(new))
        head, tail = self._cut_pair(first, begin)[:1], self._cut_pair(last, finish)[1:]
        middle = head + new + tail
        finish += 4 if tail else 0
        if not middle or is_surrogate(middle[0]):
            before = self._surrogate(begin - 3)
            middle, begin = before + middle, begin - 3 * len(before)
        if not middle or is_surrogate(middle[-1]):
            after = self._surrogate(finish)
            middle, finish = middle + after, finish + 3 * len(after)
        return Edit(Span(begin, finish), encode(middle))

    def digest(self) -> str:
        """The SHA-256 of the bytes, in hex; made when first asked for, and without joining the bytes."""
        if self._digest is None:
            digest = hashlib.sha256()
            for piece in self._rope.slices(0, self._rope.size):
                digest.update(piece)
            self._digest = digest.hexdigest()
        return self._digest

    def _start_of_unit(self, offset: int) -> int:
        r"""Clamp an offset down out of a character and out of a \r\n."""
        leaf, start, _, _ = self._rope.leaf_at(offset)
        place = start_of_unit(leaf.data, offset - start)
        inside = 0 < place < len(leaf.data) and leaf.data[place - 1 : place + 1] == b"\r\n"
        return start + place - inside

    def _units(self, start: int, end: int, encoding: Encoding) -> int:
        """The units from `start` to `end`, both starts of characters in one line."""
        if encoding == "utf-8":
            return end - start
        wide = encoding == "utf-16"
        if end - start <= LONG_LINE:
            return count_units(self.slice(Span(start, end)), wide)
        return self._rope.units_before(end, wide) - self._rope.units_before(start, wide)

    def _cut_pair(self, position: Position, offset: int) -> str:
        """The two surrogates of the character at `offset` if the UTF-16 `position` is between them, else nothing."""
        data = self.slice(Span(offset, offset + 4))
        if len(data) < 4 or data[0] < 0xF0 or start_of_unit(data, 3) != 0:
            return ""
        if self.position(offset, "utf-16").character >= position.character:
            return ""
        high, low = divmod(ord(data.decode()) - 0x10000, 0x400)
        return chr(0xD800 + high) + chr(0xDC00 + low)

    def _surrogate(self, offset: int) -> str:
        """The lone surrogate whose three bytes are at `offset`, or nothing."""
        data = self.slice(Span(offset, offset + 3)) if offset >= 0 else b""
        return data.decode("utf-8", "surrogatepass") if SURROGATE.fullmatch(data) else ""


def is_surrogate(character: str) -> bool:
    """Whether the one character is half of a UTF-16 pair."""
    return "\ud800" <= character <= "\udfff"


def encode(content: str) -> bytes:
    """UTF-8, where two surrogates side by side are one character and lone ones are kept (WTF-8)."""
    try:
        return content.encode()
    except UnicodeEncodeError:
        joined = content.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        return joined.encode("utf-8", "surrogatepass")
