"""What each line of a text is: an assistant's, a person's, mixed, or unknown. Derived from Regions, never stored.

Text outside every Region is unknown, not a person's, unless somebody said or recorded that a person wrote it.
White space counts for nothing, so a line's class is that of what is written on it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gifthorse.model.region import Region
from gifthorse.model.text import Span, Text
from gifthorse.provenance.holdings import Holdings
from gifthorse.provenance.substance import substance


class LineClass(StrEnum):
    """Where a line comes from, in the protocol's words."""

    AI = "ai"
    HUMAN = "human"
    MIXED = "mixed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LineOrigin:
    """One line's class, the share of its substance that Regions own (0 to 1), and those Regions' ids in their order.

    `human` is the share that is known to be a person's; what is left of 1 is unknown. `weight` counts the line's bytes
    that are not white space: 0 for a blank line, which is unknown and has no shares.
    """

    kind: LineClass
    share: float
    regions: tuple[str, ...]
    human: float = 0.0
    weight: int = 0

    @property
    def percent(self) -> int:
        """The assistant's share in whole per cent: 100 only where everything is its, 0 only where nothing is."""
        if self.share in (0.0, 1.0):
            return round(100 * self.share)
        return min(99, max(1, round(100 * self.share)))


@dataclass(frozen=True, slots=True)
class Tally:
    """Lines counted by class, blank ones apart, and bytes that are not white space by who wrote them."""

    ai: int = 0
    human: int = 0
    mixed: int = 0
    unknown: int = 0
    blank: int = 0
    ai_bytes: float = 0
    human_bytes: float = 0
    all_bytes: int = 0

    @property
    def share(self) -> float:
        """The assistants' share of all that is written, 0 to 1."""
        return self.ai_bytes / self.all_bytes if self.all_bytes else 0.0


UNKNOWN = LineOrigin(LineClass.UNKNOWN, 0.0, ())


def classify(text: Text, regions: Iterable[Region], people: Iterable[Span] = ()) -> tuple[LineOrigin, ...]:
    """One entry for each line of `text`, in order, from its Regions and the spans known to be a person's.

    A byte that both claim is a person's.
    """
    owned = sorted((span.start, span.end, region.id) for region in regions for span in region.spans)
    theirs = sorted((span.start, span.end, "") for span in people)
    return tuple(_origin(text, line, _touching(owned, line), _touching(theirs, line)) for line in _lines(text))


def line_classes(holdings: Holdings, text: Text) -> tuple[LineOrigin, ...]:
    """One entry for each line of `text`, in order."""
    return classify(text, holdings.regions())


def tally(lines: Iterable[LineOrigin]) -> Tally:
    """What the lines of one text or of many add up to."""
    counts = dict.fromkeys(LineClass, 0)
    blank = weight = 0
    ai = human = 0.0
    for line in lines:
        if line.weight:
            counts[line.kind] += 1
        blank += not line.weight
        weight += line.weight
        ai += line.share * line.weight
        human += line.human * line.weight
    return Tally(
        counts[LineClass.AI],
        counts[LineClass.HUMAN],
        counts[LineClass.MIXED],
        counts[LineClass.UNKNOWN],
        blank,
        round(ai, 6),
        round(human, 6),
        weight,
    )


def _lines(text: Text) -> Iterator[Span]:
    return map(text.line_span, range(text.line_count))


def _touching(pieces: Sequence[tuple[int, int, str]], line: Span) -> list[tuple[int, int, str]]:
    """The parts of disjoint, ascending pieces that lie in the line."""
    index = max(0, bisect_right(pieces, (line.start, line.start, "")) - 1)
    result = []
    while index < len(pieces) and pieces[index][0] < line.end:
        start, end, owner = pieces[index]
        if end > line.start:
            result.append((max(start, line.start), min(end, line.end), owner))
        index += 1
    return result


def _origin(
    text: Text, line: Span, owned: Sequence[tuple[int, int, str]], theirs: Sequence[tuple[int, int, str]]
) -> LineOrigin:
    content = text.slice(line)
    whole = substance(content)
    human = _weight(content, line, theirs)
    ai = _weight(content, line, owned) - sum(_weight(content, line, _touching(theirs, Span(*p[:2]))) for p in owned)
    if not ai:
        kind = LineClass.HUMAN if whole and human == whole else LineClass.UNKNOWN
        return LineOrigin(kind, 0.0, (), human / whole if whole else 0.0, whole) if whole else UNKNOWN
    kind = LineClass.AI if ai == whole else LineClass.MIXED
    return LineOrigin(kind, ai / whole, tuple(dict.fromkeys(piece[2] for piece in owned)), human / whole, whole)


def _weight(content: bytes, line: Span, pieces: Sequence[tuple[int, int, str]]) -> int:
    return sum(substance(content[start - line.start : end - line.start]) for start, end, _ in pieces)
