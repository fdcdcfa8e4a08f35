"""Copies: text that came in and stands elsewhere too, as an assistant's, has that assistant's origin.

Only long, varied text that is the assistant's wherever it is known to stand: what a person's file has as well may be
copied from there. Not for text that has left its place: that is moves.py's.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.align import COPIED, COPIED_TOKENS, is_telling
from gifthorse.provenance.history import Change, arrivals
from gifthorse.provenance.holdings import Holdings, Record, mark_human, tidy
from gifthorse.provenance.marks import Owned, of
from gifthorse.provenance.substance import WHITE, is_white, substance
from gifthorse.provenance.tokens import Block

LONGEST = 1_000_000
"""Bytes of one arrival up to which it is looked for elsewhere."""
MOST_PLACES = 64
"""Places of the same text that are looked at; text that stands in more is a commonplace."""


class Known(NamedTuple):
    """A text that is open, and its Regions."""

    text: Text
    holdings: Holdings


class Copy(NamedTuple):
    """What of an arrival is a copy of one Insertion's text, in offsets of the text that it arrived in."""

    source: Insertion
    spans: tuple[Span, ...]


def is_unmistakable(content: bytes) -> bool:
    """Whether `content` is so long and varied that nobody comes by it but by copying it."""
    return is_telling(content, COPIED, COPIED_TOKENS)


def arrived(before: Text, edits: Sequence[Edit], version: int = 0) -> tuple[Span, ...]:
    """Where the edits brought text that may be a copy, in offsets of the text after them."""
    if not any(is_unmistakable(new) for _, new in edits if COPIED <= len(new) <= LONGEST):
        return ()
    brought = arrivals(Change(version, before, tuple(edits)))
    return tidy([span for one in brought for span in one.spans if one.whole and is_unmistakable(one.new)])


def copies(here: Known, spans: Sequence[Span], others: Sequence[Known]) -> tuple[Copy, ...]:
    """The parts of `spans` of `here` that are copies: of text elsewhere in it, or in one of the `others`.

    What is some Region's already stays that. A part counts only where it is unmistakable by itself.
    """
    found: dict[str, tuple[Insertion, list[Span]]] = {}
    for span in spans:
        for piece, insertion in _copied(here, span, others):
            found.setdefault(insertion.id, (insertion, []))[1].append(piece)
    every = [here, *others]
    return tuple(
        Copy(insertion, pieces)
        for insertion, pieces in ((insertion, tidy(pieces)) for insertion, pieces in found.values())
        if is_unmistakable(b"\n".join(map(here.text.slice, pieces))) and not is_doubtful(here.text, pieces, every)
    )


def is_nobodys(
    content: bytes, known: Iterable[Known], own: Span | None = None, wanted: Sequence[Span] | None = None
) -> bool:
    """Whether `content` also stands somewhere where `wanted` (parts of it; all) is nobody's: it may be from there.

    `own` is where it stands itself in the first of the known texts.
    """
    if is_white(content):
        return False
    wanted = [Span(0, len(content))] if wanted is None else wanted
    for number, (text, holdings) in enumerate(known):
        for blocks in _places(content, text.slice(Span(0, len(text))), None if number else own):
            if any(not is_white(content[free.start : free.end]) for free in _unowned(blocks, holdings, wanted)):
                return True
    return False


def _unowned(blocks: Sequence[Block], holdings: Holdings, wanted: Sequence[Span]) -> Iterator[Span]:
    """The parts of `wanted` that are no Region's where the blocks come from."""
    for old, new, length in blocks:
        for part in wanted:
            start, end = max(part.start, new), min(part.end, new + length)
            if start < end:
                yield from (free.shifted(new - old) for free in _free(Span(start, end).shifted(old - new), holdings))


def undoubted(here: Known, spans: Sequence[Span], others: Sequence[Known]) -> Holdings:
    """The Holdings without what came in at `spans` and stands elsewhere or in one of the `others` as nobody's text."""
    holdings, text = here.holdings, here.text
    for span in spans:
        parts: dict[str, list[Span]] = {}
        for start, end, owner in here.holdings.pieces(span):
            parts.setdefault(owner, []).append(Span(start, end))
        for inside in parts.values():
            if is_doubtful(text, inside, [here, *others]):
                holdings = mark_human(holdings, text, Span(inside[0].start, inside[-1].end))
    return holdings


def is_doubtful(text: Text, parts: Sequence[Span], known: Sequence[Known]) -> bool:
    """Whether the `parts` (ascending) of a text, or what is from the first to the last, are nobody's in a known text.

    The text itself is the first of these. A part by itself counts where it is telling.
    """
    hull = Span(parts[0].start, parts[-1].end)
    if is_nobodys(text.slice(hull), known, hull, [part.shifted(-hull.start) for part in parts]):
        return True
    contents = [(part, text.slice(part)) for part in parts] if len(parts) > 1 else []
    return any(is_telling(content) and is_nobodys(content, known, part) for part, content in contents)


def _copied(here: Known, span: Span, others: Sequence[Known]) -> Iterator[tuple[Span, Insertion]]:
    """The copied parts of one arrival, each with the Insertion that it is copied from."""
    content = here.text.slice(span)
    views: list[list[_Part]] = []
    for known in (here, *others):
        own = span if known is here else None
        for blocks in _places(content, known.text.slice(Span(0, len(known.text))), own):
            views.append(_owned(blocks, known.holdings))
            if len(views) > MOST_PLACES or not views[-1]:
                return
    for part in _agreed(views):
        whole = part.span.shifted(span.start)
        for free in _free(whole, here.holdings):
            if not is_white(here.text.slice(free)):
                yield free, part.insertion


class _Part(NamedTuple):
    """Bytes of an arrival (relative to it) that are an Insertion's text in one of the places where it stands."""

    span: Span
    insertion: Insertion


def _places(content: bytes, text: bytes, own: Span | None) -> Iterator[tuple[Block, ...]]:
    """Where `text` has the lines of `content` in the same order, but for white space around them.

    Blocks lead from the place (`old`) to `content` (`new`). What overlaps `own` is the arrival itself.
    """
    lines = _lines(content)
    probe = max(range(len(lines)), key=lambda number: lines[number].end - lines[number].start)
    wanted = content[lines[probe].start : lines[probe].end]
    at = text.find(wanted)
    while at >= 0:
        blocks = _around(content, lines, probe, text, at)
        if blocks and not (own and own.overlaps(Span(blocks[0].old, blocks[-1].old + blocks[-1].length))):
            yield blocks
        at = text.find(wanted, at + 1)


def _lines(content: bytes) -> list[Span]:
    """The lines with substance, without white space at their ends."""
    result: list[Span] = []
    at = 0
    for line in content.splitlines(keepends=True):
        bare = line.strip(WHITE)
        start = at + len(line) - len(line.lstrip(WHITE))
        if bare:
            result.append(Span(start, start + len(bare)))
        at += len(line)
    return result


def _around(content: bytes, lines: Sequence[Span], probe: int, text: bytes, at: int) -> tuple[Block, ...]:
    """All lines as they stand around the one that was found; nothing where they do not."""
    blocks = [Block(at, lines[probe].start, lines[probe].end - lines[probe].start)]
    end = blocks[0].old + blocks[0].length
    for line in lines[probe + 1 :]:
        start = _after_white(text, end)
        end = start + line.end - line.start
        if start == blocks[-1].old + blocks[-1].length or text[start:end] != content[line.start : line.end]:
            return ()
        blocks.append(Block(start, line.start, end - start))
    for line in reversed(lines[:probe]):
        behind = _before_white(text, blocks[0].old)
        start = behind - (line.end - line.start)
        if behind == blocks[0].old or start < 0 or text[start:behind] != content[line.start : line.end]:
            return ()
        blocks.insert(0, Block(start, line.start, behind - start))
    return tuple(blocks)


def _after_white(text: bytes, at: int) -> int:
    while at < len(text) and text[at] in WHITE:
        at += 1
    return at


def _before_white(text: bytes, at: int) -> int:
    while at and text[at - 1] in WHITE:
        at -= 1
    return at


def _owned(blocks: Sequence[Block], holdings: Holdings) -> list[_Part]:
    """Whose the bytes are in one place."""
    return [
        _Part(Span(start, end).shifted(new - old), holdings.records[owner].insertion)
        for old, new, length in blocks
        for start, end, owner in holdings.pieces(Span(old, old + length))
    ]


def _agreed(views: Sequence[list[_Part]]) -> Sequence[_Part]:
    """The parts of the first place that are of the same origin in every other one."""
    parts = views[0] if views else []
    for view in views[1:]:
        parts = [
            _Part(Span(max(a.span.start, b.span.start), min(a.span.end, b.span.end)), a.insertion)
            for a in parts
            for b in view
            if a.span.overlaps(b.span) and _same(a.insertion.origin, b.insertion.origin)
        ]
    return parts


def _same(one: Origin, other: Origin) -> bool:
    return (one.tool, one.model) == (other.tool, other.model)


def _free(span: Span, holdings: Holdings) -> Iterator[Span]:
    """The parts of a span that no Region has."""
    at = span.start
    for start, end, _ in holdings.marks.within(span):
        if at < start:
            yield Span(at, start)
        at = end
    if at < span.end:
        yield Span(at, span.end)


class Made(NamedTuple):
    """What is to be said of a copy: its id, when it was made (RFC 3339 in UTC), and the text that it took the place of
    (None where nobody knows).
    """

    id: str
    at: str
    replaced: bytes | None = None


def copied(source: Insertion, text: Text, spans: Sequence[Span], made: Made) -> Insertion:
    """The Insertion of a copy of `source` that stands at `spans` of `text`. What was only inferred stays so."""
    content = b"".join(map(text.slice, spans))
    return Insertion(
        id=made.id,
        origin=source.origin,
        evidence=Evidence.INFERRED if source.evidence is Evidence.INFERRED else Evidence.COPIED,
        at=made.at,
        text=hashlib.sha256(content).hexdigest(),
        replaced=None if made.replaced is None else hashlib.sha256(made.replaced).hexdigest(),
        substance=substance(content),
        source=source.id,
    )


def relabelled(holdings: Holdings, insertions: Mapping[str, Insertion]) -> Holdings:
    """The Holdings of a copied document: each Region is that of another Insertion now, and nobody has reviewed it."""
    marks = of(Owned(start, end, insertions[owner].id) for start, end, owner in holdings.marks if owner in insertions)
    records = {
        new.id: Record(new, holdings.records[old].substance) for old, new in insertions.items() if holdings.region(old)
    }
    return Holdings(of(piece for piece in marks if piece.owner in records), records)
