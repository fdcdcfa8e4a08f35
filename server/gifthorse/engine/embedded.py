"""Texts in one language inside a text in another: which there are, and where each of their bytes is in the file.

Which nodes hold one is data: `queries/languages/<host>/embedded.scm`. Looking at them, and bringing what is found
back to where it stands, is `inner`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from gifthorse.engine.decoding import FORMS, NO_CUTS, Cuts, decode
from gifthorse.engine.filenames import fits
from gifthorse.engine.querytext import patterns_of
from gifthorse.model.text import Span

MAX_TEXTS = 2_000
"""Texts inside one file that are looked at."""

NO_LANGUAGE: Final = "none"
_SET = re.compile(r'\(#set!\s+(\w+)\s+"((?:[^"\\]|\\.)*)"\)')
KEYS: Final = frozenset({"language", "form", "before", "after", "joined", "guess", "files", "strip", "drop", "hole"})


@dataclass(frozen=True, slots=True)
class Nest:
    """One pattern of embedded.scm: the language of what it finds, and how that is written.

    `joined`: all that it finds in a file is one program; `before` and `after` stand around each piece. `guess`: other
    programs may write some of it, so that what does not parse is no lack.
    """

    language: str
    form: str = "plain"
    before: bytes = b""
    after: bytes = b""
    joined: bool = False
    guess: bool = False
    files: tuple[str, ...] = ()
    cuts: Cuts = NO_CUTS


def read_nests(text: str) -> list[tuple[str, Nest]]:
    """The patterns of an embedded.scm, each as a query and what it means. Raises ValueError for one that says nothing."""
    found = []
    for pattern in patterns_of(text):
        said = {key: _unescaped(value) for key, value in _SET.findall(pattern)}
        if "language" not in said or not said.keys() <= KEYS or said.get("form", "plain") not in FORMS:
            raise ValueError(
                f"The pattern {pattern!r} needs (#set! language ..), and knows only {', '.join(sorted(KEYS))}."
            )
        found.append((_SET.sub("", pattern), _nest(said)))
    return found


def _nest(said: dict[str, str]) -> Nest:
    return Nest(
        language=said["language"],
        form=said.get("form", "plain"),
        before=said.get("before", "").encode(),
        after=said.get("after", "").encode(),
        joined=said.get("joined", "") == "true",
        guess=said.get("guess", "") == "true",
        files=tuple(said.get("files", "").split()),
        cuts=Cuts(*(pattern_of(said.get(key, "")) for key in ("strip", "drop", "hole"))),
    )


@lru_cache(maxsize=1024)
def pattern_of(expression: str) -> re.Pattern[bytes] | None:
    """A regular expression of the data, or None for an empty one."""
    return re.compile(expression.encode()) if expression else None


@lru_cache(maxsize=1024)
def _unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


class Segment(NamedTuple):
    """A run of an inner text and the run of the file that it comes from. `exact`: byte for byte."""

    inner: int
    start: int
    end: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Embedded:
    """A text inside another. `segments` ascend in the inner text. `guess`: it may not be whole."""

    language: str
    text: bytes
    segments: tuple[Segment, ...]
    form: str
    guess: bool = False

    def _segment(self, at: int) -> Segment | None:
        number = bisect_right(self.segments, at, key=lambda segment: segment.inner) - 1
        return self.segments[max(number, 0)] if self.segments else None

    def span(self, span: Span) -> Span | None:
        """Where a span of the inner text is in the file; None where nothing of the file stands for it."""
        first, last = self._segment(span.start), self._segment(max(span.end - 1, span.start))
        if first is None or last is None:
            return None
        start = min(first.start + max(span.start - first.inner, 0), first.end) if first.exact else first.start
        if span.end == span.start:
            return Span(start, start)
        end = min(last.start + (span.end - last.inner), last.end) if last.exact else last.end
        return Span(max(start, 0), max(end, start))

    def exactly(self, span: Span) -> Span | None:
        """The same for a span that is to be replaced: only within one run that is copied byte for byte."""
        segment = self._segment(span.start)
        if segment is None or not segment.exact or span.start < segment.inner:
            return None
        start, end = segment.start + span.start - segment.inner, segment.start + span.end - segment.inner
        return Span(start, end) if end <= segment.end else None


class Found(NamedTuple):
    """A place in the file that holds a text of another language."""

    nest: Nest
    start: int
    end: int


class _Writer:
    """Puts an inner text together."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.segments: list[Segment] = []
        self.size = 0

    def add(self, text: bytes) -> None:
        self.parts.append(text)
        self.size += len(text)

    def take(self, found: Found, content: bytes) -> None:
        """One place, decoded, with what stands around it."""
        nest = found.nest
        self.add(nest.before)
        for piece in decode(content[found.start : found.end], nest.form, nest.cuts):
            if piece.text:
                self.segments.append(
                    Segment(self.size, found.start + piece.start, found.start + piece.end, piece.exact)
                )
                self.add(piece.text)
        self.add(nest.after)

    def end(self, nest: Nest) -> Embedded:
        return Embedded(nest.language, b"".join(self.parts), tuple(self.segments), nest.form, nest.guess)


def _chosen(places: Iterable[Found], path: str) -> list[Found]:
    """One Found for each place: of several patterns the last one holds."""
    best: dict[tuple[int, int], Found] = {}
    for found in places:
        if fits(path, found.nest.files):
            best[found.start, found.end] = found
    return sorted(
        (found for found in best.values() if found.nest.language != NO_LANGUAGE), key=lambda found: found.start
    )


def texts_of(content: bytes, places: Iterable[Found], path: str) -> list[Embedded]:
    """All texts inside a file, in the order in which they begin. Several pieces that are joined are one."""
    joined: dict[str, list[Found]] = {}
    texts: list[Embedded] = []
    for found in _chosen(places, path)[:MAX_TEXTS]:
        if found.nest.joined:
            joined.setdefault(found.nest.language, []).append(found)
        else:
            texts.append(_text([found], content))
    texts.extend(_text(pieces, content) for pieces in joined.values())
    return [text for text in texts if text.segments]


def _text(pieces: Sequence[Found], content: bytes) -> Embedded:
    writer = _Writer()
    for number, found in enumerate(pieces):
        if number and found.nest.form == "quoted" and not (writer.parts and writer.parts[-1].endswith(b"\n")):
            writer.add(b"\n")
        writer.take(found, content)
    return writer.end(pieces[0].nest)


def of_literal(language: str, text: str, span: Span, source: bytes) -> Embedded:
    """A text that a program hands to something that runs it. `span` is where that is written; where the source there
    does not hold the text as it is, once, all of it stands for all of the text.
    """
    encoded = text.encode("utf-8", "replace")
    written = source[span.start : span.end]
    at = written.find(encoded) if encoded and written.count(encoded) == 1 else -1
    if at >= 0:
        segment = Segment(0, span.start + at, span.start + at + len(encoded), exact=True)
    else:
        segment = Segment(0, span.start, span.end, exact=False)
    return Embedded(language, encoded, (segment,), "literal", guess=True)


def edits_between(old: bytes, new: bytes) -> tuple[Span, bytes]:
    """One replacement that makes the new text of the old one."""
    most = min(len(old), len(new))
    head = _common(old, new, most)
    tail = _common_end(old, new, most - head)
    return Span(head, len(old) - tail), new[head : len(new) - tail]


def _common(one: bytes, other: bytes, most: int) -> int:
    """How many bytes at the start are the same, by halving: comparing slices is quick."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_end(one: bytes, other: bytes, most: int) -> int:
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def placed(start: int, inner: Iterable[tuple[Nest, int, int]]) -> Iterator[Found]:
    """The places that a part of a file tells of, which counts from its own start."""
    return (Found(nest, start + first, start + last) for nest, first, last in inner)
