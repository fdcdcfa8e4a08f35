"""Landmarks: what is written down of a Region so that it is found again by content, never by line number alone.

Plain values of str, int, bool and tuples, so that any store can keep them; the text itself is not in them, only
digests of its lines. Finding the places again is reattach.py's work. An Anchor is no history: it is the last word.
"""

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from gifthorse.model.insertion import Insertion
from gifthorse.model.review import Standing
from gifthorse.model.text import Span, Text
from gifthorse.provenance.align import LINE
from gifthorse.provenance.holdings import Holdings
from gifthorse.provenance.substance import pith

CONTEXT = 3
"""How many lines with substance before and behind a stretch help to tell it from its like."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a Region.

    `key` is a digest of its pith, `exact` of the line with its end; `weight` counts its non-white bytes. `raw` are the
    owned ranges as bytes of the line, `inner` as bytes of its pith; both are empty where the whole line is owned.
    """

    key: str
    exact: str
    weight: int
    raw: tuple[Range, ...] = ()
    inner: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of a Region that follow each other (but for blank ones), from line number `at` (0-based) on.

    `before` and `behind` are keys of the neighbouring lines with substance, nearest first. `alone`: at least one of
    the lines had no like in the text.
    """

    at: int
    lines: tuple[Line, ...]
    before: tuple[str, ...]
    behind: tuple[str, ...]
    alone: bool


@dataclass(frozen=True, slots=True)
class Anchor:
    """One Region. `digest` is of the whole text in which it had exactly `spans`."""

    digest: str
    insertion: Insertion
    spans: tuple[Range, ...]
    stretches: tuple[Stretch, ...]
    standing: Standing = Standing.UNREVIEWED
    verdict: Standing = Standing.UNREVIEWED
    reviewed: str = ""


def anchors(holdings: Holdings, text: Text) -> tuple[Anchor, ...]:
    """An Anchor for every Region of `text`, ascending by the Region's first byte."""
    regions = holdings.regions()
    if not regions:
        return ()
    page = Page.of(text)
    counts = Counter(page.piths)
    result = []
    for region in regions:
        record = holdings.records[region.id]
        stretches = _stretches(page, counts, region.spans)
        spans = tuple((span.start, span.end) for span in region.spans)
        result.append(
            Anchor(text.digest(), region.insertion, spans, stretches, record.standing, record.verdict, record.reviewed)
        )
    return tuple(result)


def sharing(anchor: Anchor, known: Mapping[str, Insertion]) -> Anchor:
    """The anchor with the Insertion of `known` in place of an equal one."""
    one = known.get(anchor.insertion.id)
    if one is None or one != anchor.insertion:
        return anchor
    return Anchor(anchor.digest, one, anchor.spans, anchor.stretches, anchor.standing, anchor.verdict, anchor.reviewed)


def line_keys(text: Text) -> frozenset[str]:
    """The keys of all lines of `text`, as a Line has them."""
    return frozenset(digest(one) for one in set(Page.of(text).piths))


def digest(content: bytes) -> str:
    """A short digest of a line: 64 bits, so that no two lines of any file share it by accident."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Page:
    """A text by lines: where each starts (and, last, where the text ends), what it is with its end, and its pith."""

    starts: tuple[int, ...]
    lines: tuple[bytes, ...]
    piths: tuple[bytes, ...]

    @classmethod
    def of(cls, text: Text) -> "Page":
        """The lines of `text`."""
        lines = tuple(LINE.findall(bytes(text)))
        piths = tuple(map(pith, lines))
        return cls(tuple(accumulate(map(len, lines), initial=0)), lines, piths)

    def line_at(self, offset: int) -> int:
        """The number of the line that has the byte at `offset`."""
        return bisect_right(self.starts, offset) - 1


def _stretches(page: Page, counts: Counter[bytes], spans: Sequence[Span]) -> tuple[Stretch, ...]:
    """The Region's lines with substance, in runs that only blank lines interrupt."""
    owned = _owned_by_line(page, spans)
    runs: list[list[int]] = []
    for number in owned:
        if runs and not any(page.piths[runs[-1][-1] + 1 : number]):
            runs[-1].append(number)
        else:
            runs.append([number])
    return tuple(_stretch(page, counts, run, owned) for run in runs)


def _owned_by_line(page: Page, spans: Sequence[Span]) -> dict[int, list[Range]]:
    """The owned ranges of each line that has owned substance, relative to the line."""
    result: dict[int, list[Range]] = {}
    for span in spans:
        number = bisect_right(page.starts, span.start) - 1
        while number < len(page.lines) and page.starts[number] < span.end:
            base = page.starts[number]
            low, high = max(span.start - base, 0), min(span.end - base, len(page.lines[number]))
            if pith(page.lines[number][low:high]):
                result.setdefault(number, []).append((low, high))
            number += 1
    return result


def _stretch(page: Page, counts: Counter[bytes], run: Sequence[int], owned: dict[int, list[Range]]) -> Stretch:
    return Stretch(
        at=run[0],
        lines=tuple(_line(page.lines[number], owned[number]) for number in run),
        before=_context(page, range(run[0] - 1, -1, -1)),
        behind=_context(page, range(run[-1] + 1, len(page.piths))),
        alone=any(counts[page.piths[number]] == 1 for number in run),
    )


def _line(line: bytes, owned: Sequence[Range]) -> Line:
    whole = pith(line)
    key, exact = digest(whole), digest(line)
    if owned == [(0, len(line))]:
        return Line(key, exact, len(whole))
    inner = tuple((len(pith(line[:start])), len(pith(line[:end]))) for start, end in owned)
    return Line(key, exact, len(whole), tuple(owned), inner)


def _context(page: Page, numbers: range) -> tuple[str, ...]:
    result: list[str] = []
    for number in numbers:
        if page.piths[number]:
            result.append(digest(page.piths[number]))
            if len(result) == CONTEXT:
                break
    return tuple(result)
