"""Fixed examples: rejecting an Insertion."""

from itertools import pairwise

import pytest
from play import after, held, insertion

from gifthorse.model.text import Span, Text
from gifthorse.provenance.follow import add, empty
from gifthorse.provenance.reject import rejection


def rejected(text, holdings, replaced=b""):
    edits = rejection(holdings.regions()[0], text, replaced)
    assert all(a.span.end <= b.span.start for a, b in pairwise(edits))
    for edit in reversed(edits):
        text = text.apply(edit)
    return bytes(text)


@pytest.mark.parametrize("replaced", [b"", b"old", b"old\n", b"\r\n"])
@pytest.mark.parametrize("piece", [b"ai", b"ai\nmore\n", b"\nai", b"  ai"])
def test_an_untouched_insertion_gives_back_the_old_text_exactly(piece, replaced):
    text, holdings = held(b"one\n  " + piece + b"\ntwo", piece)
    assert rejected(text, holdings, replaced) == b"one\n  " + replaced + b"\ntwo"


def test_a_formatters_white_space_goes_with_it():
    text, holdings = after(*held(b"x\na=b\ny", b"a=b\n"), (3, 3, b" "), (5, 5, b" "))
    assert bytes(text) == b"x\na = b\ny"
    assert rejected(text, holdings) == b"x\ny"


def test_what_a_person_wrote_in_between_stays():
    text, holdings = after(*held(b"x\na\nb\ny", b"a\nb\n"), (4, 4, b"HUMAN\n"))
    assert rejected(text, holdings, b"old\n") == b"x\nold\nHUMAN\ny"


def test_a_persons_line_does_not_run_into_the_next():
    text, holdings = after(*held(b"x\na\nb\ny", b"a\nb\n"), (3, 3, b"\nHUMAN"))
    assert bytes(text) == b"x\na\nHUMAN\nb\ny"
    assert rejected(text, holdings) == b"x\nHUMAN\ny"
    assert rejected(text, holdings, b"old\n") == b"x\nold\nHUMAN\ny"


def test_a_persons_word_on_the_line_stays():
    text, holdings = after(*held(b"x\nf(a, b)\ny", b"f(a, b)"), (5, 5, b", HUMAN"))
    assert rejected(text, holdings, b"g()") == b"x\ng(), HUMAN\ny"


def test_line_ends_of_windows_are_kept_whole():
    text, holdings = after(*held(b"x\r\na\r\nb\r\ny", b"a\r\nb\r\n"), (4, 4, b"\r\nHUMAN"))
    assert rejected(text, holdings) == b"x\r\nHUMAN\r\ny"


def test_every_span_of_an_insertion_in_several_places_goes():
    text = Text.of(b"A one A two A")
    holdings = add(empty(), text, insertion(content=b"AAA"), [Span(0, 1), Span(6, 7), Span(12, 13)])
    assert rejected(text, holdings) == b" one  two "
