"""What each line of a text is: an assistant's, partly so, or unknown. Derived from Holdings, never stored.

Text outside every Region is unknown, not a person's: nobody proved that a person wrote it.
"""

from dataclasses import dataclass
from enum import StrEnum

from gifthorse.model.text import Span, Text
from gifthorse.provenance.holdings import Holdings
from gifthorse.provenance.substance import substance


class LineClass(StrEnum):
    """Where a line comes from, in the protocol's words. HUMAN needs evidence that Holdings never have."""

    AI = "ai"
    HUMAN = "human"
    MIXED = "mixed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LineOrigin:
    """One line's class, the share of its substance that Regions own (0 to 1), and those Regions' ids."""

    kind: LineClass
    share: float
    regions: tuple[str, ...]


UNKNOWN = LineOrigin(LineClass.UNKNOWN, 0.0, ())


def line_classes(holdings: Holdings, text: Text) -> tuple[LineOrigin, ...]:
    """One entry for each line of `text`, in order."""
    result = [UNKNOWN] * text.line_count
    for line in _owned_lines(holdings, text):
        result[line] = _origin(holdings, text, line)
    return tuple(result)


def _owned_lines(holdings: Holdings, text: Text) -> list[int]:
    """The numbers of the lines that have an owned byte (their line end does not count)."""
    lines: dict[int, None] = {}
    for start, end, _ in holdings.marks:
        lines.update(dict.fromkeys(range(text.line_at(start), text.line_at(end - 1) + 1)))
    return list(lines)


def _origin(holdings: Holdings, text: Text, line: int) -> LineOrigin:
    whole = text.line_span(line)
    pieces = holdings.marks.within(whole)
    owned = sum(substance(text.slice(Span(start, end))) for start, end, _ in pieces)
    if not owned:
        return UNKNOWN
    share = owned / substance(text.slice(whole))
    kind = LineClass.AI if share == 1.0 else LineClass.MIXED
    return LineOrigin(kind, share, tuple(dict.fromkeys(piece.owner for piece in pieces)))
