"""Classes of lines, against looking at every byte by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from play import insertion

from gifthorse.model.region import Region
from gifthorse.model.review import Standing
from gifthorse.model.text import Span, Text
from gifthorse.provenance.lines import UNKNOWN, LineOrigin, Tally, classify, tally

PIECES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9), st.sampled_from("rsh")), max_size=6)


def region(name, *spans):
    return Region(insertion(name), tuple(Span(*span) for span in spans), 1, Standing.UNREVIEWED)


@given(st.text("ab \n\r\t\x0cé", max_size=40), PIECES)
def test_every_line_is_what_its_bytes_are(content, pieces):
    text, owners = Text.of(content), {}
    for start, length, owner in pieces:
        owners |= {at: owner for at in range(start, start + length) if at < len(text)}
    spans = {name: [Span(at, at + 1) for at, owner in sorted(owners.items()) if owner == name] for name in "rsh"}
    lines = classify(text, [region(name, *spans[name]) for name in "rs" if spans[name]], spans["h"])
    assert len(lines) == text.line_count
    for number, line in enumerate(lines):
        places = [at for at in range(*text.line_span(number)) if bytes(text)[at] not in b" \n\r\t\x0b\x0c"]
        written = [owners.get(at, "?") for at in places]
        ai, human = sum(owner in "rs" for owner in written), written.count("h")
        kind = "unknown"
        if ai:
            kind = "ai" if ai == len(written) else "mixed"
        elif written and human == len(written):
            kind = "human"
        assert (line.kind, line.weight) == (kind, len(written))
        assert line.share == (ai / len(written) if ai else 0)
        assert line.human == (human / len(written) if human else 0)


def test_regions_of_a_line_are_named_in_their_order():
    text = Text.of("a b c a\n")
    (line, _) = classify(text, [region("r1", (0, 1), (6, 7)), region("r2", (2, 3))])
    assert line == LineOrigin("mixed", 0.75, ("r1", "r2"), 0.0, 4)


def test_what_both_claim_is_a_persons():
    (line,) = classify(Text.of("abcd"), [region("r1", (0, 4))], [Span(1, 3)])
    assert (line.kind, line.share, line.human) == ("mixed", 0.5, 0.5)


@pytest.mark.parametrize(("share", "percent"), [(0.0, 0), (0.001, 1), (0.5, 50), (0.999, 99), (1.0, 100)])
def test_only_a_whole_is_a_hundred_per_cent(share, percent):
    assert LineOrigin("mixed", share, ()).percent == percent


def test_a_tally_counts_lines_and_bytes():
    text = Text.of("aa\nab\n\nhh\nx\n")
    lines = classify(text, [region("r1", (0, 2), (3, 4))], [Span(7, 9)])
    assert tally(lines) == Tally(ai=1, human=1, mixed=1, unknown=1, blank=2, ai_bytes=3, human_bytes=2, all_bytes=7)
    assert tally(lines).share == 3 / 7
    assert tally([UNKNOWN]).share == 0.0
