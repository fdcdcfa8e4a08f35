"""Carried: what a note said of a rewritten commit is found again, and no line of anybody else's is ever taken for it."""

from hypothesis import given
from hypothesis import strategies as st

from gifthorse.provenance.formats.git_ai import Speaker
from gifthorse.provenance.lines import LineClass
from gifthorse.workspace.carried import carried, found_again, line_spans, lines_of

AI = Speaker(LineClass.AI, "claude", "m", "s")
ANN = Speaker(LineClass.HUMAN, name="Ann")
PIECES = ["}", "return", "x = 1", "end", "", "    pass", "value = compute(one, two)", "else:"]


def written(number, owner):
    """A line with a character of its own, which tells who wrote it; some are alike but for that."""
    return f"{PIECES[number % len(PIECES)]} {chr(0x4E00 + number)}{owner}"


@st.composite
def rewritings(draw):
    """(lines of the old text, lines of the new one): what persons and an assistant wrote, moved, dropped and added to."""
    owners = draw(st.lists(st.sampled_from("AH"), min_size=1, max_size=25))
    old = [written(number, owner) for number, owner in enumerate(owners)]
    kept = [line for line in old if draw(st.integers(0, 5))]
    if draw(st.booleans()):
        cut = draw(st.integers(0, len(kept)))
        kept = kept[cut:] + kept[:cut]
    new = list(kept)
    for number in range(draw(st.integers(0, 8))):
        new.insert(draw(st.integers(0, len(new))), written(100 + number, "H"))
    return old, new


def text(lines):
    return "".join(f"{line}\n" for line in lines).encode()


@given(rewritings())
def test_only_the_assistants_lines_are_ever_its(played):
    old, new = played
    said = {number: AI if line.endswith("A") else ANN for number, line in enumerate(old, 1)}
    everything = range(1, len(old) + 1), range(1, len(new) + 1)
    for number, who in carried(text(old), said, everything[0], text(new), everything[1]).items():
        assert new[number - 1] in old
        assert (who is AI) == new[number - 1].endswith("A")


@given(rewritings())
def test_the_same_text_has_the_same_lines(played):
    old, _ = played
    said = {number: AI for number, line in enumerate(old, 1) if line.endswith("A")}
    everything = range(1, len(old) + 1)
    assert carried(text(old), said, everything, text(old), everything) == said
    assert found_again(text(old), said, text(old)) == said


def test_lines_that_the_new_commit_did_not_bring_are_not_asked_about():
    old = new = text(["one = compute(alpha, beta)", "two = compute(gamma, delta)"])
    assert carried(old, {1: AI, 2: AI}, (1, 2), new, (2,)) == {2: AI}


def test_the_same_change_is_known_by_its_neighbours():
    old, new = text(["a", "x", "}", "b"]), text(["other", "a", "x", "}", "b", "more"])
    assert carried(old, {2: AI, 3: AI}, (2, 3), new, (3, 4)) == {3: AI, 4: AI}
    elsewhere = text(["c", "x", "}", "d"])
    assert carried(old, {2: AI, 3: AI}, (2, 3), elsewhere, (2, 3)) == {}


def test_lines_are_gits():
    assert lines_of(b"") == []
    assert lines_of(b"a\rb\n\nc") == [b"a\rb", b"", b"c"]
    content = b"a\r\nb\n\nc"
    assert [content[slice(*span)] for span in line_spans(content)] == lines_of(content)
