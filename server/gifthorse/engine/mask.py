"""Where the text that was last sound and the text as it is differ: whole lines, called Hunks.

While somebody types, a text seldom parses. What is said of it then rests on its base: the same text with the last
sound lines in the place of those that are being typed. This module keeps account of these places; it parses nothing.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gifthorse.model.text import Edit, Span


class Hunk(NamedTuple):
    """A run of bytes that is `base` in the base and `real` in the text. `touched`: by the edits just made."""

    base: Span
    real: Span
    touched: bool = True


def _with_edit(hunks: Sequence[Hunk], edit: Edit) -> list[Hunk]:
    """The Hunks after one edit of the text; those that it touches become one."""
    (start, end), new = edit
    before = [hunk for hunk in hunks if hunk.real.end < start]
    rest = hunks[len(before) :]
    hit = [hunk for hunk in rest if hunk.real.start <= end]
    after = rest[len(hit) :]
    to_base = before[-1].base.end - before[-1].real.end if before else 0
    base, real = Span(start + to_base, end + to_base), Span(start, end)
    if hit:
        first, last = hit[0], hit[-1]
        before_first, behind_last = min(start - first.real.start, 0), max(end - last.real.end, 0)
        base = Span(first.base.start + before_first, last.base.end + behind_last)
        real = Span(min(start, first.real.start), max(end, last.real.end))
    by = len(new) - (end - start)
    moved = [hunk._replace(real=hunk.real.shifted(by)) for hunk in after]
    return [*before, Hunk(base, Span(real.start, real.end + by)), *moved]


def _whole_lines(hunks: Sequence[Hunk], content: bytes) -> tuple[Hunk, ...]:
    """The Hunks widened to whole lines without the last line end; what meets on one line becomes one."""
    found: list[Hunk] = []
    for hunk in hunks:
        touched = hunk.touched
        left = hunk.real.start - (content.rfind(b"\n", 0, hunk.real.start) + 1)
        stop = content.find(b"\n", hunk.real.end)
        right = (stop if stop >= 0 else len(content)) - hunk.real.end
        base = Span(hunk.base.start - left, hunk.base.end + right)
        real = Span(hunk.real.start - left, hunk.real.end + right)
        if found and real.start <= found[-1].real.end:
            last = found.pop()
            base, real = Span(last.base.start, base.end), Span(last.real.start, real.end)
            touched = touched or last.touched
        found.append(Hunk(base, real, touched))
    return tuple(found)


def carry(base: bytes, hunks: Sequence[Hunk], edits: Sequence[Edit], content: bytes) -> tuple[Hunk, ...]:
    """The Hunks between `base` and the text that the edits, each over the text after the one before, have made.

    Raises ValueError where the edits do not lead to `content`.
    """
    found = [hunk._replace(touched=False) for hunk in hunks]
    for edit in edits:
        found = _with_edit(found, edit)
    if patched(base, found, content) != content:
        raise ValueError("The edits do not lead to the new text.")
    return _whole_lines(found, content)


def patched(base: bytes, hunks: Sequence[Hunk], content: bytes) -> bytes:
    """The base with what the text has at these Hunks."""
    pieces, at = [], 0
    for hunk in hunks:
        pieces += [base[at : hunk.base.start], content[hunk.real.start : hunk.real.end]]
        at = hunk.base.end
    return b"".join([*pieces, base[at:]])


def without(hunks: Sequence[Hunk], healed: Hunk) -> tuple[Hunk, ...]:
    """The Hunks when one of them has been taken into the base."""
    by = (healed.real.end - healed.real.start) - (healed.base.end - healed.base.start)
    return tuple(
        hunk._replace(base=hunk.base.shifted(by)) if hunk.base.start >= healed.base.end else hunk
        for hunk in hunks
        if hunk is not healed
    )


@dataclass(frozen=True, slots=True)
class Passage:
    """From places in the base to places in the text."""

    hunks: tuple[Hunk, ...]

    def offset(self, at: int) -> int | None:
        """Where a byte of the base is in the text; None within a Hunk."""
        number = bisect_right(self.hunks, at, key=lambda hunk: hunk.base.start) - 1
        if number < 0:
            return at
        base, real, _ = self.hunks[number]
        return None if at < base.end else at + real.end - base.end

    def span(self, span: Span) -> Span | None:
        """Where a span of the base is in the text; None where one of its ends lies within a Hunk."""
        start = self.offset(span.start)
        last = self.offset(span.end - 1) if span.end > span.start else start
        if start is None or last is None:
            return None
        return Span(start, last + (span.end > span.start))
