"""The slow model of Text: written from the protocol and the standards, sharing no code with the fast one.

SlowText is bytes and loops. ClientText is what an editor holds: a list of UTF-16 units, edited by line and character.
"""

BREAKS = (b"\r\n", b"\n", b"\r")


def units_of(data: bytes) -> list[bytes]:
    """Cut bytes into characters, lone surrogates and what Python's own decoder calls one error."""
    units = []
    while data:
        for length in (1, 2, 3, 4):
            try:
                data[:length].decode("utf-8", "surrogatepass")
            except UnicodeDecodeError:
                continue
            break
        else:
            try:
                data[:4].decode("utf-8")
            except UnicodeDecodeError as error:
                length = error.end
        units.append(data[:length])
        data = data[length:]
    return units


def width(unit: bytes, encoding: str) -> int:
    return {"utf-8": len(unit), "utf-16": 2 if len(unit) == 4 else 1, "utf-32": 1}[encoding]


class SlowText:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def apply(self, start: int, end: int, new: bytes) -> "SlowText":
        return SlowText(self.data[:start] + new + self.data[end:])

    def lines(self) -> list[tuple[int, int, int]]:
        """Start, end without the line end, start of the next line."""
        found, start, at = [], 0, 0
        while at < len(self.data):
            ending = next((b for b in BREAKS if self.data.startswith(b, at)), b"")
            at += len(ending) or 1
            if ending:
                found.append((start, at - len(ending), at))
                start = at
        return [*found, (start, len(self.data), len(self.data) + 1)]

    def line_at(self, offset: int) -> int:
        offset = min(max(offset, 0), len(self.data))
        return next(number for number, line in enumerate(self.lines()) if offset < line[2])

    def position(self, offset: int, encoding: str) -> tuple[int, int]:
        offset = min(max(offset, 0), len(self.data))
        line = self.line_at(offset)
        start, end, _ = self.lines()[line]
        at, character = start, 0
        for unit in units_of(self.data[start:end]):
            if at + len(unit) > offset:
                break
            at += len(unit)
            character += width(unit, encoding)
        return line, character

    def offset(self, line: int, character: int, encoding: str) -> int:
        if line < 0:
            return 0
        if line >= len(self.lines()):
            return len(self.data)
        at, end, _ = self.lines()[line]
        for unit in units_of(self.data[at:end]):
            character -= width(unit, encoding)
            if character < 0:
                break
            at += len(unit)
        return at


class ClientText:
    """A JavaScript string: UTF-16 units, in which an edit may cut a pair or make one."""

    def __init__(self, units: list[int]) -> None:
        self.units = units

    @classmethod
    def of(cls, text: str) -> "ClientText":
        raw = text.encode("utf-16-le", "surrogatepass")
        return cls([raw[i] | raw[i + 1] << 8 for i in range(0, len(raw), 2)])

    def starts(self) -> list[tuple[int, int]]:
        lines, start, at = [], 0, 0
        while at < len(self.units):
            if self.units[at] in (10, 13):
                end = at
                at += 2 if self.units[at : at + 2] == [13, 10] else 1
                lines.append((start, end))
                start = at
            else:
                at += 1
        return [*lines, (start, len(self.units))]

    def index(self, line: int, character: int) -> int:
        lines = self.starts()
        if line >= len(lines):
            return len(self.units)
        start, end = lines[line]
        return min(start + character, end)

    def replace(self, start: tuple[int, int], end: tuple[int, int], new: str) -> "ClientText":
        first, last = self.index(*start), self.index(*end)
        return ClientText([*self.units[:first], *ClientText.of(new).units, *self.units[last:]])

    def content(self) -> bytes:
        """What the client would save or send: whole pairs as one character, halves as WTF-8."""
        raw = b"".join(unit.to_bytes(2, "little") for unit in self.units)
        return raw.decode("utf-16-le", "surrogatepass").encode("utf-8", "surrogatepass")
