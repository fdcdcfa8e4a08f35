"""Carried: what a note said of a commit that was rewritten, found again in the commit that it became. Pure.

Amending, rebasing, squashing and cherry-picking make new commits, and notes stay with the old ones. The text tells:
a change of a file that is the same, line for line and with its neighbours, is the same change; other lines are found
as Regions are found again, by content and never by mere likeness. Lines that the new commit did not bring are not
asked for, so that nothing is said of what others wrote.
"""

import hashlib
from collections.abc import Mapping, Sequence

from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.text import Span, Text
from gifthorse.provenance.anchor import anchors, search
from gifthorse.provenance.formats.git_ai import Speaker
from gifthorse.provenance.holdings import add, empty
from gifthorse.provenance.lines import LineClass
from gifthorse.provenance.substance import substance_of

Lines = Sequence[bytes]


def lines_of(content: bytes) -> list[bytes]:
    r"""The lines as git counts them: only \n ends one. Their ends are left out."""
    lines = content.split(b"\n")
    return lines[:-1] if lines[-1] == b"" else lines


def line_spans(content: bytes) -> list[Span]:
    """The bytes of each line as git counts them, without the line end."""
    result, start = [], 0
    for line in lines_of(content):
        result.append(Span(start, start + len(line)))
        start += len(line) + 1
    return result


def carried(
    old: bytes, said: Mapping[int, Speaker], brought_then: Sequence[int], new: bytes, brought: Sequence[int]
) -> dict[int, Speaker]:
    """Line of `new` (from 1) -> who wrote it, for those of `brought` that are surely lines of `said`.

    `said` speaks of lines of `old`; `brought_then` and `brought` are the lines that either commit brought.
    """
    before, after = lines_of(old), lines_of(new)
    if _change(before, brought_then) == _change(after, brought):
        pairs = zip(brought_then, brought, strict=True)
        return {there: said[here] for here, there in pairs if here in said}
    found = found_again(old, said, new)
    wanted = frozenset(brought)
    return {line: who for line, who in found.items() if line in wanted}


def _change(lines: Lines, brought: Sequence[int]) -> list[tuple[Lines, Lines, Lines]]:
    """The runs of lines that were brought, each between the line before it and the one behind it."""
    runs: list[list[int]] = []
    for line in brought:
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [
        (lines[max(0, run[0] - 2) : run[0] - 1], lines[run[0] - 1 : run[-1]], lines[run[-1] : run[-1] + 1])
        for run in runs
    ]


def found_again(old: bytes, said: Mapping[int, Speaker], new: bytes) -> dict[int, Speaker]:
    """Line of `new` (from 1) -> who wrote it, where the whole of its substance is that of lines of `said`."""
    text, spans = Text.of(old), line_spans(old)
    holdings = empty()
    names: dict[str, Speaker] = {}
    for who, lines in _by_speaker(said).items():
        own = [spans[line - 1] for line in lines if line <= len(spans)]
        name = f"{len(names)}"
        names[name] = who
        holdings = add(holdings, text, insertion_of(name, who, "", text, own), own)
    there = Text.of(new)
    marks = search(anchors(holdings, text), there).holdings.marks
    result = {}
    for number, span in enumerate(line_spans(new), 1):
        pieces = marks.within(span)
        owners = {piece.owner for piece in pieces}
        whole = substance_of(there, [span])
        if len(owners) == 1 and whole == substance_of(there, [Span(start, end) for start, end, _ in pieces]):
            result[number] = names[owners.pop()]
    return result


def _by_speaker(said: Mapping[int, Speaker]) -> dict[Speaker, list[int]]:
    result: dict[Speaker, list[int]] = {}
    for line, who in sorted(said.items()):
        if who.kind is not LineClass.UNKNOWN:
            result.setdefault(who, []).append(line)
    return result


def insertion_of(name: str, who: Speaker, at: str, text: Text, spans: Sequence[Span]) -> Insertion:
    """The Insertion that a record tells of: `spans` of `text`, by `who`. What was there before is not known."""
    content = b"\n".join(text.slice(span) for span in spans)
    origin = Origin(who.tool or "unknown", "recorded", who.model or None, who.session or None)
    digest = hashlib.sha256(content).hexdigest()
    return Insertion(name, origin, Evidence.RECORDED, at, digest, None, substance_of(text, spans))
