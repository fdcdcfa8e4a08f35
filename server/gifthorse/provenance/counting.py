"""The lines of a text counted by class, at the cost of those lines that Regions touch. Pure.

It says what `tally` of `classify` in lines.py says where nothing is known to be a person's; all lines that no Region
touches are unknown, or blank.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, replace

from gifthorse.model.region import Region
from gifthorse.model.text import Span, Text
from gifthorse.provenance.lines import Tally, classify, tally
from gifthorse.provenance.substance import substance

_WRITTEN = re.compile(rb"[^ \t\n\r\f\v][^\r\n]*")
"""The rest of a line from its first byte that is not white space."""


def counted(text: Text, regions: Sequence[Region]) -> Tally:
    """The Tally of all lines of a text with these Regions."""
    content = text.slice(Span(0, len(text)))
    tallies, at = [], 0
    for block, inside in _blocks(text, regions):
        piece = Text.of(content[block.start : block.end])
        tallies += [_nobodys(content[at : block.start]), tally(classify(piece, inside))]
        at = block.end
    total = summed([*tallies, _nobodys(content[at:])])
    return replace(total, blank=text.line_count - total.ai - total.human - total.mixed - total.unknown)


def summed(tallies: Iterable[Tally]) -> Tally:
    """What the Tallies of several texts add up to."""
    columns = list(zip(*(astuple(one) for one in tallies), strict=True))
    return Tally(*(sum(column) for column in columns))


def _nobodys(content: bytes) -> Tally:
    """The Tally of whole lines that no Region touches, blank ones left out."""
    return Tally(unknown=len(_WRITTEN.findall(content)), all_bytes=substance(content))


def _blocks(text: Text, regions: Sequence[Region]) -> Iterator[tuple[Span, list[Region]]]:
    """The whole lines that Regions touch, ascending, each stretch with the Regions in it, counted from its start."""
    found: list[tuple[Span, list[tuple[Span, Region]]]] = []
    for span, number in sorted((span, number) for number, region in enumerate(regions) for span in region.spans):
        lines = _lines(text, span)
        if found and lines.start <= found[-1][0].end:
            before, inside = found.pop()
            found.append((Span(before.start, max(before.end, lines.end)), inside))
        else:
            found.append((lines, []))
        found[-1][1].append((span, regions[number]))
    for block, inside in found:
        yield block, [replace(region, spans=(span.shifted(-block.start),)) for span, region in inside]


def _lines(text: Text, span: Span) -> Span:
    """All of the lines that a span touches; where it ends behind a line's end, up to there."""
    first, last = text.line_at(span.start), text.line_at(span.end - 1)
    return Span(text.line_span(first).start, max(text.line_span(last).end, span.end))
