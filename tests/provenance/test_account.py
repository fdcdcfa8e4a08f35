"""What was told of an edit, held against the file: exact places and digests, or none; and files that moved on."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.model.record import TextChange
from gifthorse.provenance.account import Earlier, Seen, account, proposed
from gifthorse.provenance.heard import Change, Heard, Replacement

HEARD = Heard("codex", session="s", model="m")


def told(change, earlier=None, now=None):
    return account(HEARD, change, Seen("/w/a.py", 5.0, earlier, now))


def digest(content):
    return hashlib.sha256(content).hexdigest()


def swaps(*pairs, every=False):
    return Change("a.py", tuple(Replacement(old, new, every) for old, new in pairs))


def test_an_original_gives_exact_places_and_both_digests():
    change = Change("a.py", (Replacement("b", "BB"), Replacement("a", "AA")), original="a b c")
    record = told(change, now=b"AA BB c")
    assert record.edits == (TextChange("a", "AA", 0), TextChange("b", "BB", 3))
    assert (record.before, record.after, record.text) == (digest(b"a b c"), digest(b"AA BB c"), "AA BB c")


def test_what_a_formatter_did_since_does_not_hide_what_the_agent_wrote():
    record = told(Change("a.py", (Replacement("a", "f( x )"),), original="a\n"), now=b"f(x)\n")
    assert (record.text, record.after) == ("f( x )\n", digest(b"f( x )\n"))


def test_every_place_is_a_place():
    change = Change("a.py", (Replacement("x", "yy", every=True),), original="x.x\nx")
    assert told(change).edits == tuple(TextChange("x", "yy", start) for start in (0, 3, 6))


def test_an_edit_in_what_another_edit_brought_makes_one_of_the_whole():
    record = told(Change("a.py", (Replacement("a", "one two"), Replacement("two", "three")), original="a!"))
    assert (record.whole, record.edits) == (True, (TextChange("a!", "one three!", 0),))


def test_without_an_original_the_file_tells_where_and_what_it_was():
    record = told(swaps(("one", "two"), ("", "three\n")), now=b"zero two\nthree\n")
    assert record.edits == (TextChange("one", "two", 5), TextChange("", "three\n", 9))
    assert record.before == digest(b"zero one\n")


def test_a_text_that_stands_there_twice_has_no_place():
    record = told(swaps(("a", "b")), now=b"b b")
    assert record.edits == (TextChange("a", "b", None),)
    assert (record.before, record.after) == ("", digest(b"b b"))


def test_but_the_told_line_helps():
    change = Change("a.py", (Replacement("a", "b", line=1),))
    assert told(change, now=b"b\nb\n").edits == (TextChange("a", "b", 2),)


def test_what_we_saw_before_the_edit_makes_it_exact():
    record = told(swaps(("b", "a")), Earlier(b"a b"), b"a a")
    assert record.edits == (TextChange("b", "a", 2),)
    assert record.before == digest(b"a b")


def test_a_path_alone_is_enough_where_we_saw_the_file_before():
    record = told(Change("a.py"), Earlier(b"one\n"), b"one\ntwo\n")
    assert (record.whole, record.edits[0].old, record.edits[0].new) == (True, "one\n", "one\ntwo\n")
    with pytest.raises(ValueError, match="what it was before"):
        told(Change("a.py"), None, b"one\n")


@pytest.mark.parametrize("earlier", [Earlier(None), None])
def test_a_new_file(earlier):
    record = told(Change("a.py", content="x\n", created=earlier is None), earlier, b"x\n")
    assert (record.created, record.whole, record.before, record.edits) == (True, True, "", (TextChange("", "x\n", 0),))


def test_a_file_that_was_overwritten_and_nobody_saw_it_before():
    record = told(Change("a.py", content="x\n"), None, b"x\n")
    assert (record.created, record.whole, record.before) == (False, True, "")


def test_line_ends_and_marks_of_the_file_are_kept():
    windows = told(swaps(("a\nb", "a\nc")), now=b"a\r\nc\r\n")
    assert windows.edits == (TextChange("a\r\nb", "a\r\nc", 0),)
    marked = told(Change("a.py", content="x\n", created=True), now=b"\xef\xbb\xbfx\n")
    assert marked.after == digest(b"\xef\xbb\xbfx\n")


def test_bytes_that_are_no_text_survive():
    record = told(swaps(("a", "b")), now=b"\xff b")
    assert record.text == "\udcff b"
    assert record.before == digest(b"\xff a")


def test_a_large_file_does_not_travel_along():
    record = told(swaps(("a", "b")), now=b"b" + b" " * 4_000_000)
    assert record.text is None
    assert record.edits == (TextChange("a", "b", 0),)


def test_what_would_become_of_a_file():
    assert proposed(swaps(("a", "b")), b"a") == b"b"
    assert proposed(Change("a.py", content="x"), None) == b"x"
    assert proposed(swaps(("", "x")), None) == b"x"
    assert proposed(swaps(("a", "b")), b"a a") is None
    assert proposed(Change("a.py"), b"a") is None


@given(st.lists(st.text("ab\n", min_size=1, max_size=4), min_size=1, max_size=6), st.data())
def test_places_always_hold_what_they_say(parts, data):
    """Whatever the edits: where a place is given, exactly that text stands there, and taking it back is the original."""
    before = "".join(parts)
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(parts), st.text("abc\n", max_size=4)), min_size=1, max_size=3))
    record = told(Change("a.py", tuple(Replacement(*pair) for pair in pairs), original=before), now=b"?")
    whole = record.edits[0].new if record.whole else record.text
    content = whole.encode()
    taken_back = content
    for edit in reversed(record.edits):
        if edit.start is None:
            continue
        assert content[edit.start : edit.start + len(edit.new)] == edit.new.encode()
        taken_back = taken_back[: edit.start] + edit.old.encode() + taken_back[edit.start + len(edit.new) :]
    if record.before and all(edit.start is not None for edit in record.edits):
        assert taken_back == before.encode()
