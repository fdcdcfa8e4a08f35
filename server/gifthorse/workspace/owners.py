"""Whose a span is: the Region that it belongs to, asked of Regions as values or of the Holdings of an open document."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import islice, takewhile
from typing import Protocol

from gifthorse.model.region import Region
from gifthorse.model.text import Span
from gifthorse.provenance.holdings import Holdings


class Owning(Protocol):
    """What judging needs to know of a text's Regions."""

    def of(self, span: Span) -> str | None:
        """The id of the Region that shares the most bytes with `span` (the first of equals), or None.

        An empty span belongs to the Region that it lies in or touches.
        """
        ...

    def spans(self) -> Sequence[Span]:
        """The spans of all Regions."""
        ...

    def regions(self) -> Sequence[Region]:
        """The Regions themselves, and what else is known to be an assistant's."""
        ...


class Owners:
    """Those of some Regions. Made once for a text, so that 1,000 Regions cost every Finding a bisection."""

    def __init__(self, regions: Sequence[Region], more: Sequence[Region] = ()) -> None:
        """`regions` are those of one text: no byte belongs to two of them. `more`: lines of which others say whose they
        are, which are no Regions of ours.
        """
        self._regions = (*regions, *more)
        self._pieces = sorted((span.start, span.end, region.id) for region in regions for span in region.spans)
        self._ends = [end for _, end, _ in self._pieces]

    def of(self, span: Span) -> str | None:
        """See Owning."""
        start, end = _wide(span)
        first = bisect_right(self._ends, start)
        touched = takewhile(lambda piece: piece[0] < end, islice(self._pieces, first, None))
        return _largest((max(low, start), min(high, end), region) for low, high, region in touched)

    def spans(self) -> Sequence[Span]:
        """See Owning."""
        return [Span(start, end) for start, end, _ in self._pieces]

    def regions(self) -> Sequence[Region]:
        """See Owning."""
        return self._regions


class Held:
    """Those of Holdings, of which nothing is computed but what is asked for: this runs for every keystroke."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings

    def of(self, span: Span) -> str | None:
        """See Owning."""
        if not self._holdings.records:
            return None
        pieces = self._holdings.pieces(_wide(span))
        return pieces[0].owner if len(pieces) == 1 else _largest(pieces)

    def spans(self) -> Sequence[Span]:
        """See Owning."""
        return [span for region in self._holdings.regions() for span in region.spans]

    def regions(self) -> Sequence[Region]:
        """See Owning."""
        return self._holdings.regions()


def _wide(span: Span) -> Span:
    return span if span.end > span.start else Span(span.start - 1, span.end + 1)


def _largest(parts: Iterable[tuple[int, int, str]]) -> str | None:
    """The Region that has the most bytes in these parts."""
    shares: dict[str, int] = {}
    for start, end, region in parts:
        shares[region] = shares.get(region, 0) + end - start
    return max(shares, key=lambda region: shares[region]) if shares else None
