"""Diff: a text that changed outside of us -> the edit that carry can judge.

It only says where the change begins and ends, in whole lines; what of the lines between survives is
align.py's judgement, the same one as for an editor that replaces its whole document.
"""

from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.tokens import common_start


def outside_change(before: Text, after: Text) -> tuple[Edit, ...]:
    """One edit of whole lines that makes `after` of `before`; none where they are equal.

    Carried by it, what survives keeps its origin and new text is unknown. Equal lines at the start and the end
    count as untouched where they are most of both texts; a rewritten file may share its last line by chance.
    """
    old, new = bytes(before), bytes(after)
    if old == new:
        return ()
    head = before.line_span(before.line_at(common_start(old, new))).start
    tail = _whole_lines(before, after, common_start(old[head:][::-1], new[head:][::-1]))
    if 2 * (head + tail) < max(len(old), len(new)):
        head = tail = 0
    return (Edit(Span(head, len(old) - tail), new[head : len(new) - tail]),)


def _whole_lines(before: Text, after: Text, tail: int) -> int:
    """How many of the `tail` equal last bytes are whole lines in both texts."""
    at = len(before) - tail
    line = before.line_at(at)
    if before.line_span(line).start < at:
        line += 1
    start = before.line_span(line).start if line < before.line_count else len(before)
    there = len(after) - (len(before) - start)
    return len(before) - start if after.line_span(after.line_at(there)).start == there else 0
