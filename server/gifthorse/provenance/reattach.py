"""Reattach: find Regions again in a text that changed while nobody followed. By content, and never by mere likeness.

A stretch of lines is taken where it is the only one of its kind and long enough, or where its neighbours are the
same too. What was edited in between is found line by line. What is not found is dropped, with its cause.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from gifthorse.model.text import Span, Text
from gifthorse.provenance import marks as marking
from gifthorse.provenance.holdings import Holdings, Record, judged
from gifthorse.provenance.landmarks import CONTEXT, Anchor, Line, Page, Range, Stretch, digest
from gifthorse.provenance.lcs import Run, matching
from gifthorse.provenance.marks import Marks, Owned
from gifthorse.provenance.plain import anchor_of
from gifthorse.provenance.substance import substance

SPECIFIC = 16
"""Non-white bytes from which lines are unmistakable if there are no others like them."""
TELLING = 12
"""Non-white bytes that are enough where the neighbours on one side are the same, too."""
WINDOW = 400
"""Lines around a stretch's own lines that are searched for the rest of it."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What was not found again, and why. `region` is empty where the record itself could not be read.

    `lines` is how many lines were not found; `whole` says whether nothing of the Region is left.
    """

    region: str
    lines: int
    whole: bool
    cause: str


@dataclass(frozen=True, slots=True)
class Search:
    """The Regions that were found in a text, and what was not. `exact`: all of them stood in this very text."""

    holdings: Holdings
    lost: tuple[Lost, ...]
    exact: bool


def reattach(anchors: Sequence[Any], text: Text) -> Holdings:
    """The Regions of `anchors` (Anchors, or the plain data that a journal makes of them) as far as `text` has them."""
    return search(anchors, text).holdings


def search(anchors: Sequence[Any], text: Text) -> Search:
    """As `reattach`, with what was not found and why."""
    read = [anchor_of(anchor, text.digest()) for anchor in anchors]
    known = [anchor for anchor in read if anchor is not None]
    lost = [Lost("", 0, whole=True, cause="its record is damaged")] * (len(read) - len(known))
    exact = [anchor for anchor in known if _is_exact(anchor, text)]
    marks = _apart(Owned(*span, anchor.insertion.id) for anchor in exact for span in anchor.spans)
    if len(exact) < len(known):
        found = _Finding(Index.of(Page.of(text)))
        for piece in marks:
            found.keep(piece)
        lost.extend(loss for anchor in known if not _is_exact(anchor, text) for loss in found.region(anchor))
        marks = _apart(found.pieces)
    return Search(_holdings(known, marks, text), tuple(lost), exact=len(exact) == len(read))


def _is_exact(anchor: Anchor, text: Text) -> bool:
    return anchor.digest == text.digest() and bool(anchor.spans) and anchor.spans[-1][1] <= len(text)


def _apart(pieces: Iterable[Owned]) -> Marks:
    """Marks of pieces in any order; of those that overlap the first one counts."""
    result: list[Owned] = []
    for piece in sorted(pieces):
        if not result or piece.start >= result[-1].end:
            result.append(piece)
    return marking.of(result)


def _holdings(anchors: Sequence[Anchor], marks: Marks, text: Text) -> Holdings:
    weights: dict[str, int] = {}
    for start, end, owner in marks:
        weights[owner] = weights.get(owner, 0) + substance(text.slice(Span(start, end)))
    records = {
        anchor.insertion.id: Record(anchor.insertion, weight, anchor.standing, anchor.verdict, anchor.reviewed)
        for anchor in anchors
        if (weight := weights.get(anchor.insertion.id, 0))
    }
    marks = marking.of(piece for piece in marks if piece.owner in records)
    holdings = Holdings(marks, records)
    return Holdings(marks, {name: judged(record, holdings, text, name) for name, record in records.items()})


@dataclass(frozen=True, slots=True)
class Index:
    """The lines with substance of a text: their keys, their numbers in the page, and where each key occurs."""

    page: Page
    keys: tuple[str, ...]
    numbers: tuple[int, ...]
    places: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, page: Page) -> "Index":
        """The index of a page."""
        numbers = tuple(number for number, line in enumerate(page.piths) if line)
        keys = tuple(digest(page.piths[number]) for number in numbers)
        places: dict[str, list[int]] = {}
        for place, key in enumerate(keys):
            places.setdefault(key, []).append(place)
        return cls(page, keys, numbers, places)


class _Likeness(NamedTuple):
    """How well the neighbours of a candidate fit, on either side (0 to CONTEXT)."""

    before: int
    behind: int

    @property
    def sure(self) -> bool:
        return self.before > 0 and self.behind > 0


@dataclass(slots=True)
class _Finding:
    """The search in one text: what is found takes its place, and nothing else may take it."""

    index: Index
    pieces: list[Owned] = field(default_factory=list)
    taken: dict[int, list[Span]] = field(default_factory=dict)

    def keep(self, piece: Owned) -> None:
        """A piece is where it was: nothing else can be there."""
        self.pieces.append(piece)
        page = self.index.page
        for number in range(page.line_at(piece.start), page.line_at(piece.end - 1) + 1):
            self.taken.setdefault(number, []).append(Span(piece.start, piece.end))

    def region(self, anchor: Anchor) -> list[Lost]:
        """Find one Region's stretches; what is lost of them."""
        if not anchor.stretches:
            return [Lost(anchor.insertion.id, 0, whole=True, cause="its record is damaged")]
        causes: dict[str, int] = {}
        found = 0
        for stretch in anchor.stretches:
            here, cause = self._stretch(anchor.insertion.id, stretch)
            found += here
            if here < len(stretch.lines):
                causes[cause] = causes.get(cause, 0) + len(stretch.lines) - here
        return [Lost(anchor.insertion.id, lines, found == 0, cause) for cause, lines in causes.items()]

    def _stretch(self, owner: str, stretch: Stretch) -> tuple[int, str]:
        """How many lines of the stretch were found, and why the others were not."""
        keys = tuple(line.key for line in stretch.lines)
        places = [place for place in self._occurrences(keys) if self._is_free(place, stretch.lines)]
        place, cause = self._best(stretch, places)
        if place is not None:
            self._take(owner, place, stretch.lines)
            return len(stretch.lines), ""
        if cause or len(keys) == 1:
            return 0, cause or "its text is no longer there"
        return self._piecemeal(owner, stretch), "its text is no longer there"

    def _occurrences(self, keys: Sequence[str]) -> Iterator[int]:
        """Where all the keys follow each other."""
        if not keys:
            return
        rarest = min(range(len(keys)), key=lambda number: len(self.index.places.get(keys[number], ())))
        for there in self.index.places.get(keys[rarest], ()):
            place = there - rarest
            if place >= 0 and self.index.keys[place : place + len(keys)] == tuple(keys):
                yield place

    def _best(self, stretch: Stretch, places: Sequence[int]) -> tuple[int | None, str]:
        """The one place that is the stretch's own; else None, and the cause unless it may yet be found in parts."""
        if not places:
            return None, ""
        rated = sorted(((self._likeness(stretch, place), place) for place in places), key=_worst_last)
        best, place = rated[0]
        weight = sum(line.weight for line in stretch.lines)
        if len(places) == 1:
            if best.sure or (stretch.alone and weight >= (TELLING if any(best) else SPECIFIC)):
                return place, ""
            return None, "only a text that looks like it is there"
        if sum(best) > sum(rated[1][0]) and best.sure:
            return place, ""
        full = [spot for likeness, spot in rated if sum(likeness) == sum(best)]
        if sum(best) == 2 * CONTEXT or (best.sure and weight >= SPECIFIC):
            return min(full, key=lambda spot: abs(self.index.numbers[spot] - stretch.at)), ""
        return None, "several texts look like it"

    def _likeness(self, stretch: Stretch, place: int) -> _Likeness:
        before = self.index.keys[max(0, place - CONTEXT) : place][::-1]
        end = place + len(stretch.lines)
        return _Likeness(_same(stretch.before, before), _same(stretch.behind, self.index.keys[end : end + CONTEXT]))

    def _is_free(self, place: int, lines: Sequence[Line]) -> bool:
        numbers = self.index.numbers[place : place + len(lines)]
        if self.taken.keys().isdisjoint(numbers):
            return True
        return not any(
            span.overlaps(other)
            for number, line in zip(numbers, lines, strict=True)
            for span in _spans(self.index.page, number, line)
            for other in self.taken.get(number, ())
        )

    def _take(self, owner: str, place: int, lines: Sequence[Line]) -> None:
        for number, line in zip(self.index.numbers[place : place + len(lines)], lines, strict=True):
            spans = _spans(self.index.page, number, line)
            self.taken.setdefault(number, []).extend(spans)
            self.pieces.extend(Owned(span.start, span.end, owner) for span in spans)

    def _piecemeal(self, owner: str, stretch: Stretch) -> int:
        """Find the lines of an edited stretch between the neighbours it had; how many."""
        keys = [*reversed(stretch.before), *(line.key for line in stretch.lines), *stretch.behind]
        first = len(stretch.before)
        lone = [self.index.places[key][0] for key in keys if len(self.index.places.get(key, ())) == 1]
        if not lone:
            return 0
        middle = sorted(lone)[len(lone) // 2]
        found = 0
        for run in self._runs(keys, middle):
            start, end = max(run.old, first), min(run.old + run.length, first + len(stretch.lines))
            lines = stretch.lines[start - first : end - first]
            place = run.new + start - run.old
            if start < end and self._convinces(run.length, place, lines) and self._is_free(place, lines):
                self._take(owner, place, lines)
                found += len(lines)
        return found

    def _runs(self, keys: Sequence[str], middle: int) -> Iterator[Run]:
        """Runs of these keys around a place, in their order. Lines with other keys need not be compared."""
        low, high = max(0, middle - len(keys) - WINDOW), min(len(self.index.keys), middle + len(keys) + WINDOW)
        wanted = set(keys)
        places = [place for place in range(low, high) if self.index.keys[place] in wanted]
        known = [key.encode() for key in keys]
        for old, new, length in matching(known, [self.index.keys[place].encode() for place in places]):
            begin = 0
            for at in range(1, length + 1):
                if at == length or places[new + at] != places[new + at - 1] + 1:
                    yield Run(old + begin, places[new + begin], at - begin)
                    begin = at

    def _convinces(self, length: int, place: int, lines: Sequence[Line]) -> bool:
        """A run of matched lines: long enough, with a line that is the only one of its kind."""
        alone = [line for line in lines if len(self.index.places[line.key]) == 1]
        weight = sum(line.weight for line in lines)
        return bool(alone) and (weight >= SPECIFIC or length >= len(lines) + 2) and place >= 0


def _worst_last(rated: tuple[_Likeness, int]) -> tuple[int, int]:
    return -sum(rated[0]), rated[1]


def _same(known: Sequence[str], there: Sequence[str]) -> int:
    """How many neighbours are the same, from the nearest on; an edge of the text that was one is as good as all."""
    count = 0
    for one, other in zip(known, there, strict=False):
        if one != other:
            return count
        count += 1
    return CONTEXT if len(known) < CONTEXT and len(known) == len(there) else count


def _spans(page: Page, number: int, line: Line) -> list[Span]:
    """The owned spans of a line that has been found: exactly as they were, or without white space if that changed."""
    base, content = page.starts[number], page.lines[number]
    if digest(content) == line.exact:
        raw: Sequence[Range] = line.raw or ((0, len(content)),)
        return [Span(base + start, base + end) for start, end in raw if end <= len(content)]
    inner = line.inner or ((0, line.weight),)
    places = [place for place, byte in enumerate(content) if byte not in b" \t\n\r\f\v"]
    return [span for start, end in inner for span in _runs(base, places[start:end])]


def _runs(base: int, places: Sequence[int]) -> list[Span]:
    """Ascending places as spans of those that follow each other."""
    result: list[Span] = []
    for place in places:
        if result and result[-1].end == base + place:
            result[-1] = Span(result[-1].start, base + place + 1)
        else:
            result.append(Span(base + place, base + place + 1))
    return result
