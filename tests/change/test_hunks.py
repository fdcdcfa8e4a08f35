"""Where two texts differ: the hunks lead from one to the other, and there are no more of them than needed."""

from hypothesis import given
from hypothesis import strategies as st

from gifthorse.change.hunks import hunks_of

LINES = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\n", b"\n", b"d"]), max_size=12).map(b"".join)


@given(LINES, LINES)
def test_hunks_lead_from_one_text_to_the_other(before, after):
    made, at = b"", 0
    for hunk in hunks_of(before, after):
        made += before[at : hunk.old.start] + after[hunk.new.start : hunk.new.end]
        at = hunk.old.end
    assert made + before[at:] == after


@given(LINES)
def test_a_text_does_not_differ_from_itself(text):
    assert hunks_of(text, text) == ()


def test_only_lines_that_differ_are_in_hunks():
    (hunk,) = hunks_of(b"a\nb\nc\n", b"a\nx\nc\n")
    assert (hunk.old.start, hunk.old.end, hunk.new.start, hunk.new.end) == (2, 4, 2, 4)
