"""Source is shown as it is, marked where it should be, and can do nothing to a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from gifthorse.cli.render._excerpt import MOST_ROWS, rows, visible
from gifthorse.model.text import Span, Text


def shown(source, words, width=80, encoding="utf-8"):
    content = source if isinstance(source, bytes) else source.encode()
    words = words if isinstance(words, bytes) else words.encode()
    start = content.index(words)
    return rows(Text.of(content), Span(start, start + len(words)), width, encoding)


def marked(row):
    """The cells under the marks, as text: only for lines of characters one cell wide."""
    return row.shown[row.start : row.end]


def test_a_line_and_its_mark():
    (row,) = shown("a\nb = risky(1)\nc\n", "risky(1)")
    assert (row.number, row.shown, marked(row)) == (2, "b = risky(1)", "risky(1)")


def test_wide_characters_take_two_cells():
    (row,) = shown('名前 = risky("名")', 'risky("名")')
    assert (row.start, row.end) == (7, 7 + 11)


def test_tabs_become_spaces_to_the_next_stop():
    (row,) = shown("\ta\tb = risky()", "risky()")
    assert row.shown == "    a   b = risky()"
    assert marked(row) == "risky()"


def test_combining_characters_take_no_cell_and_do_not_pile_up():
    (row,) = shown("e\u0301" + "\u0301" * 50 + "x = risky()", "risky()", width=1_000)
    assert row.shown.count("<U+0301>") == 49
    assert row.end - row.start == 7


def test_hidden_characters_are_written_out_and_marked():
    (row,) = shown("a\u202eb\u200bc", "\u202e")
    assert row.shown == "a<U+202E>b<U+200B>c"
    assert marked(row) == "<U+202E>"


@pytest.mark.parametrize(
    ("hidden", "written"),
    [
        ("\x1b[31m", "<U+001B>[31m"),
        ("\x07", "<U+0007>"),
        ("\x9b", "<U+009B>"),
        ("\u2028", "<U+2028>"),
        ("\u00a0", "<U+00A0>"),
        ("\U000e0041", "<U+E0041>"),
        ("\ufe0f", "<U+FE0F>"),
        ("\u3164", "<U+3164>"),
        ("\ue000", "<U+E000>"),
        ("名é", "名é"),
    ],
)
def test_what_is_written_out(hidden, written):
    assert visible(hidden) == written


def test_bytes_that_are_no_utf8_are_written_out():
    (row,) = shown(b"a = '\xff\xfe' + risky()", b"risky()")
    assert row.shown == "a = '<FF><FE>' + risky()"
    assert marked(row) == "risky()"


def test_a_terminal_without_the_sign_gets_its_number():
    (row,) = shown("名 = risky()", "risky()", encoding="ascii")
    assert row.shown == "<U+540D> = risky()"


@pytest.mark.parametrize("at", [0, 50, 5_000, 1_000_000])
def test_a_long_line_is_shown_around_its_mark(at):
    (row,) = shown("x" * at + "risky()" + "y" * 1_000_000, "risky()", width=60)
    assert marked(row) == "risky()"
    assert cell_len(row.shown) <= 60
    assert row.shown.endswith("…")
    assert row.shown.startswith("…") == (at > 0)


def test_a_mark_longer_than_the_terminal_ends_at_its_edge():
    (row,) = shown("call(" + "x" * 1_000 + ")", "call(" + "x" * 1_000 + ")", width=60)
    assert row.start == 0
    assert row.end == 58


def test_several_lines_are_marked_from_their_first_word():
    found = shown("a = risky(\n    1,\n\t2\n)\nb", "risky(\n    1,\n\t2\n)")
    assert [(row.number, marked(row)) for row in found] == [(1, "risky("), (2, "1,"), (3, "2"), (4, ")")]


def test_of_many_lines_the_first_and_the_last_are_shown():
    found = shown("risky(\n" + "1,\n" * 100 + ")", "risky(\n" + "1,\n" * 100 + ")")
    assert [row.number for row in found] == [1, 2, 3, 4, 0, 102]
    assert len(found) == MOST_ROWS


def test_nothing_is_a_place_too():
    assert rows(Text.of(b""), Span(0, 0), 80)[0].shown == ""
    assert rows(Text.of(b"abc"), Span(3, 3), 80)[0].shown == "abc"


@given(st.binary(max_size=300), st.integers(0, 300), st.integers(0, 300), st.integers(20, 90))
def test_whatever_a_file_holds_the_terminal_is_safe_and_wide_enough(content, one, other, width):
    start, end = sorted((min(one, len(content)), min(other, len(content))))
    for row in rows(Text.of(content), Span(start, end), width):
        assert cell_len(row.shown) <= width
        assert 0 <= row.start <= row.end <= max(width, 1)
        assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for sign in row.shown)
