"""A file that changed outside of us."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from play import held, shown

from gifthorse.model.text import Text
from gifthorse.provenance.diff import outside_change
from gifthorse.provenance.follow import carry

LINES = st.lists(st.sampled_from([b"a\n", b"bb\r\n", b"c", b"\r", b"\n", b"a b"]), max_size=8).map(b"".join)


@given(LINES, LINES)
def test_the_edit_makes_the_new_text_of_the_old_one(before, after):
    text = Text.of(before)
    for edit in outside_change(text, Text.of(after)):
        text = text.apply(edit)
    assert bytes(text) == after


def outside(old, piece, new):
    text, holdings = held(old, piece)
    changed = Text.of(new)
    return shown(changed, carry(holdings, text, outside_change(text, changed), changed))


def test_nothing_changed_is_no_edit():
    assert outside_change(Text.of(b"a\n"), Text.of(b"a\n")) == ()


def test_what_survives_keeps_its_origin_and_new_text_is_unknown():
    lines = [b"line_number_%d()\n" % number for number in range(9)]
    new = b"top\n" + b"".join(lines[:4]) + b"in_between()\n" + b"".join(lines[4:])
    assert outside(b"".join(lines), b"".join(lines[3:5]), new) == {"r1": [lines[3], lines[4]]}


def test_a_formatter_on_the_disk_keeps_the_origin():
    assert outside(b"a=call('x',b)\nq\n", b"a=call('x',b)\n", b'a = call("x", b)\nq\n') == {
        "r1": [b"a", b"=", b"call(", b"x", b",", b"b)\n"]
    }


@pytest.mark.parametrize("new", [b"", b"else\n", b"}\n", b"do(other)\n}\n"])
def test_replaced_text_is_unknown_even_if_its_last_line_is_the_same(new):
    old = b"do(some, thing)\nand(more)\n}\n"
    assert outside(old, old, new) == {}
