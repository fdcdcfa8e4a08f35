"""Displaced lines: what an agent took away in one place and brought in another, as it was or with changes.

It stays whose it was: only what cannot have stood in such a line is new. Used for claims, where the caution is a
person's; Regions that move are moves.py's.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from gifthorse.model.text import Span
from gifthorse.provenance.align import LINE
from gifthorse.provenance.fresh import fresh
from gifthorse.provenance.substance import pith
from gifthorse.provenance.tokens import TOKEN

ALONE = 16
"""Bytes that are not white space which make lines from another edit unmistakable."""
MOST = 40_000
"""Pairs of lines up to which changed ones are looked for."""
LIKE = 0.5
"""The share of a line's words that another line has to have, to be that line with changes."""


class Made(NamedTuple):
    """One edit as it was made, and which parts of `new` cannot have been in `old` (see fresh.py)."""

    old: bytes
    new: bytes
    fresh: Sequence[Span]


def displaced(edits: Iterable[Made]) -> tuple[bytes, ...]:
    """The lines of the old texts that are nowhere in the new ones, each as often as that is so."""
    edits = tuple(edits)
    old = Counter(_bare(line) for edit in edits for line in _split(edit.old))
    return tuple(line for line in (old - _all_new(edits)).elements() if line)


def _all_new(edits: Iterable[Made]) -> Counter[bytes]:
    return Counter(_bare(line) for edit in edits for line in _split(edit.new))


def keys(lines: Iterable[bytes]) -> frozenset[bytes]:
    """Lines without their white space, for looking them up."""
    return frozenset(map(pith, lines))


def not_moved(edits: Sequence[Made], gone: Collection[bytes] = ()) -> list[list[Span]]:
    """The fresh parts of each edit's new text without what stood in a line that went away elsewhere in these edits.

    `gone` are keys of lines that other edits took away: only runs of them that are unmistakable count.
    """
    old = Counter(_bare(line) for edit in edits for line in _split(edit.old))
    clean = Counter(edit.new[line.start : line.end] for edit in edits for line in _clean(edit))
    moved, missing = old - clean, displaced(edits)
    return [_parts(edit, moved, missing, gone) for edit in edits]


def _clean(edit: Made) -> Iterator[Span]:
    """The lines of the new text of which nothing is fresh."""
    return (line for line in _lines(edit.new, Span(0, len(edit.new))) if not _touched(line, edit.fresh))


def _parts(edit: Made, moved: Counter[bytes], missing: Sequence[bytes], gone: Collection[bytes]) -> list[Span]:
    """What is left of an edit's fresh parts. Each line of `moved` stands for one line, and is taken out for it."""
    without: list[Span] = []
    lines = [line for line in _lines(edit.new, Span(0, len(edit.new))) if _touched(line, edit.fresh)]
    words = [(Counter(TOKEN.findall(line)), line) for line in dict.fromkeys(missing)]
    words = words if len(words) * len(lines) <= MOST else []
    for line in lines:
        text = edit.new[line.start : line.end]
        if moved[text] > 0:
            moved[text] -= 1
            without.append(line)
        elif old := _likest(Counter(TOKEN.findall(text)), words):
            without += _without(line, [part.shifted(line.start) for part in fresh(old, text)])
    left = [part for span in edit.fresh for part in _without(span, _common(span, without))]
    return [part for span in left for part in _without(span, _runs(span, edit.new, gone))]


def _split(content: bytes) -> Iterator[bytes]:
    return (match[0] for match in LINE.finditer(content))


def _bare(line: bytes) -> bytes:
    return line.strip()


def _lines(content: bytes, span: Span) -> list[Span]:
    """The lines in a span, without the white space around them."""
    found: list[Span] = []
    for match in LINE.finditer(content, span.start, span.end):
        start = match.end() - len(match[0].lstrip())
        found.append(Span(min(start, match.end()), max(start, match.start() + len(match[0].rstrip()))))
    return found


def _touched(line: Span, spans: Sequence[Span]) -> bool:
    """Whether the line has a part in one of the spans (ascending, disjoint)."""
    at = bisect_right(spans, line.start, key=lambda span: span.end)
    return at < len(spans) and spans[at].start < line.end


def _without(span: Span, parts: Iterable[Span]) -> Iterator[Span]:
    """What of a span is left without parts of it (ascending)."""
    start = span.start
    for part in parts:
        if start < part.start:
            yield Span(start, part.start)
        start = part.end
    if start < span.end:
        yield Span(start, span.end)


def _runs(span: Span, content: bytes, known: Collection[bytes]) -> Iterator[Span]:
    """Runs of lines in `span`, all of them known and together unmistakable."""
    run: list[Span] = []
    for line in [*_lines(content, span), Span(span.end, span.end)] if known else ():
        key = pith(content[line.start : line.end])
        if key in known or (run and not key and line.end < span.end):
            run.append(line)
            continue
        if run and len(pith(content[run[0].start : run[-1].end])) >= ALONE:
            yield Span(run[0].start, run[-1].end)
        run = []


def _common(span: Span, parts: Sequence[Span]) -> Iterator[Span]:
    """What of the parts (ascending, disjoint) is in the span."""
    for at in range(bisect_right(parts, span.start, key=lambda part: part.end), len(parts)):
        if parts[at].start >= span.end:
            return
        yield Span(max(span.start, parts[at].start), min(span.end, parts[at].end))


def _likest(words: Counter[bytes], lines: Iterable[tuple[Counter[bytes], bytes]]) -> bytes:
    """The line that shares the most with these words, if that is enough; else nothing."""
    rated = [((words & its).total() / max(1, its.total()), line) for its, line in lines]
    share, line = max(rated, key=lambda one: one[0], default=(0.0, b""))
    return line if share >= LIKE else b""
