"""Texts that are the same but for style, generated: everything that is no style corresponds, byte by byte."""

from hypothesis import given
from hypothesis import strategies as st

from gifthorse.model.text import Span
from gifthorse.provenance.restyle import restyled
from gifthorse.provenance.tokens import STYLE, tokens

STYLED = st.text("ab1. \n\t'(),;=", max_size=30).map(str.encode)
GAPS = st.sampled_from([b"", b" ", b"\n    ", b"'", b"(", b",\n", b")  ", b' "', b"((((((((((((((", b"\r\n"])


def whole(content):
    return Span(0, len(content))


def meant(content):
    """What is no style, word by word."""
    return [piece.key for piece in tokens(content, whole(content)) if piece.key[0] not in STYLE]


def check(old, new, blocks):
    at = at_new = 0
    for start, start_new, length in blocks:
        assert length > 0
        assert start >= at
        assert start_new >= at_new
        assert old[start : start + length] == new[start_new : start_new + length]
        at, at_new = start + length, start_new + length
    kept = {place for block in blocks for place in range(block.old, block.old + block.length)}
    for piece in tokens(old, whole(old)):
        assert piece.key[0] in STYLE or kept.issuperset(range(piece.start, piece.end))


@given(STYLED, STYLED)
def test_texts_correspond_if_their_words_are_the_same(old, new):
    blocks = restyled(old, new, whole(old), whole(new))
    assert (blocks is None) == (meant(old) != meant(new))
    if blocks is not None:
        check(old, new, blocks)


@given(
    st.lists(st.tuples(st.sampled_from([b"ab", b"1", b".", b"=", "é".encode()]), GAPS, GAPS), max_size=12), GAPS, GAPS
)
def test_all_words_survive_whatever_stands_between_them(pieces, first, other):
    old = first + b"".join(word + gap for word, gap, _ in pieces)
    new = other + b"".join(word + gap for word, _, gap in pieces)
    blocks = restyled(old, new, whole(old), whole(new))
    assert (blocks is None) == (meant(old) != meant(new))
    if blocks is not None:
        check(old, new, blocks)


@given(STYLED)
def test_the_same_text_corresponds_as_a_whole(text):
    blocks = restyled(text, text, whole(text), whole(text))
    assert [tuple(block) for block in blocks] == ([(0, 0, len(text))] if text else [])


def test_stretches_are_counted_from_the_start_of_their_texts():
    old, new = b"<<f('x')>>", b'<f("x" )>>>'
    blocks = restyled(old, new, Span(2, 8), Span(1, 8))
    assert [(old[b.old :][: b.length], new[b.new :][: b.length]) for b in blocks] == [
        (b"f(", b"f("),
        (b"x", b"x"),
        (b")", b")"),
    ]
