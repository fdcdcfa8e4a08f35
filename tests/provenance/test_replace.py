"""Fixed examples: replaced text, formatters, and moves."""

import pytest
from play import after, held, insertion, shown

from gifthorse.model.review import Standing
from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.follow import add, carry, deleted, empty


def replaced(old, new, piece=None):
    """What of `piece` (else all of `old`) is still AI when `old` is replaced by `new` in one edit."""
    text, holdings = after(*held(b"<" + old + b">", piece or old), (1, 1 + len(old), new))
    return shown(text, holdings).get("r1", [])


def test_a_formatter_may_replace_a_line():
    assert replaced(b"a=b", b"a = b") == [b"a", b"=", b"b"]


def test_a_formatter_may_break_lines_and_change_quotes():
    assert replaced(b"foo('x',a)\nbar(1)\n", b'foo(\n    "x",\n    a,\n)\nbar(1)\n') == [
        b"foo(",
        b"x",
        b",",
        b"a",
        b")\nbar(1)\n",
    ]


def test_a_formatter_may_indent_anew():
    assert replaced(b"if a:\n  b()\n", b"if a:\n    b()\n") == [b"if a:\n", b"b()\n"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"foobar", b"f"),
        (b"return compute(a, b)", b"return other"),
        (b"result = load(path)", b"path = find(load)"),
        (b"def f(x):\n    return None\n", b"class A:\n    def g(self):\n        return 1\n"),
        (b"for x in y:\n    f(x)\n}\n", b"while True:\n    break\n}\n"),
        (b")", b");"),
        (b"x", b"x"),
    ],
)
def test_a_persons_own_text_that_shares_words_is_theirs(old, new):
    assert replaced(old, new) == []


def test_whole_unchanged_lines_survive():
    old = b"def load(path):\n    data = read(path)\n    return data\n"
    new = b"def load(path):\n    data = read(path)\n    check(data)\n    return data\n"
    assert replaced(old, new) == [b"def load(path):\n    data = read(path)\n", b"    return data\n"]


def test_one_unmistakable_line_survives_among_new_ones():
    old = b"a1()\nb2()\nc3()\nd4()\nresponse = session.get(address, timeout=30)\n"
    new = (
        b"x = 1\ny = 2\nz = other(w, v, u)\nq = 7\nresponse = session.get(address, timeout=30)\nmore(text, here, now)\n"
    )
    assert replaced(old, new) == [b"response = session.get(address, timeout=30)\n"]


def test_a_long_text_with_one_changed_word_survives():
    old = b"value = first(alpha, beta) + second(gamma, delta) * third(epsilon)"
    assert replaced(old, old.replace(b"gamma", b"HUMAN")) == [
        b"value = first(alpha, beta) + second(",
        b", delta) * third(epsilon)",
    ]


def test_a_whole_document_replaced_keeps_the_regions_of_unchanged_lines():
    old = b"".join(b"line %d\n" % number for number in range(100))
    new = old.replace(b"line 50\n", b"HUMAN\n").replace(b"line 7\n", b"")
    text, holdings = held(old, b"line 49\nline 50\nline 51\n")
    text, holdings = after(text, holdings, (0, len(old), new))
    assert shown(text, holdings) == {"r1": [b"line 49\n", b"line 51\n"]}


def test_white_space_changes_of_a_whole_document_do_not_reopen():
    old = b"def f(a):\n  return a\n"
    text, holdings = held(old, b"return a", standing=Standing.APPROVED)
    text, holdings = after(text, holdings, (0, len(old), b"def f(a):\n        return  a\n"))
    assert holdings.regions()[0].standing is Standing.APPROVED
    assert holdings.regions()[0].retained == 1.0


def test_cut_and_paste_keeps_the_origin():
    text, holdings = held(b"one\nresponse = session.get(address)\ntwo\n", b"response = session.get(address)\n")
    text, holdings = after(text, holdings, (4, 36, b""))
    assert holdings.regions() == ()
    text, holdings = after(text, holdings, (8, 8, b"response = session.get(address)\n"))
    assert shown(text, holdings) == {"r1": [b"response = session.get(address)\n"]}


def test_cut_and_paste_with_another_indentation():
    text, holdings = held(b"one\nresponse = session.get(address)\ntwo\n", b"response = session.get(address)")
    text, holdings = after(text, holdings, (4, 36, b""))
    text, holdings = after(text, holdings, (8, 8, b"    response = session.get(address)\n"))
    assert shown(text, holdings) == {"r1": [b"response = session.get(address)"]}


@pytest.mark.parametrize("common", [b"}\n", b"return None\n", b"x = 1\n"])
def test_common_text_elsewhere_later_is_not_a_move(common):
    text, holdings = held(b"one\n" + common + b"two\n", common)
    text, holdings = after(text, holdings, (4, 4 + len(common), b""))
    text, holdings = after(text, holdings, (8, 8, common))
    assert holdings.regions() == ()


def test_a_line_moved_down_in_one_message():
    text, holdings = held(b"}\none\ntwo\n", b"}\n")
    text, holdings = after(text, holdings, (6, 6, b"}\n"), (0, 2, b""))
    assert bytes(text) == b"one\n}\ntwo\n"
    assert shown(text, holdings) == {"r1": [b"}\n"]}


def test_a_line_moved_up_in_one_message_with_its_line_end_on_the_other_side():
    text, holdings = held(b"one\nai()\n", b"ai()\n")
    text, holdings = after(text, holdings, (3, 8, b""), (0, 0, b"ai()\n"))
    assert bytes(text) == b"ai()\none\n"
    assert shown(text, holdings) == {"r1": [b"ai()", b"\n"]}


def test_undo_of_a_move():
    text, holdings = held(b"}\none\ntwo\n", b"}\n")
    text, holdings = after(text, holdings, (6, 6, b"}\n"), (0, 2, b""))
    text, holdings = after(text, holdings, (0, 0, b"}\n"), (6, 8, b""))
    assert bytes(text) == b"}\none\ntwo\n"
    assert shown(text, holdings) == {"r1": [b"}\n"]}


def test_a_letter_that_leaves_and_comes_in_one_message_is_not_a_move():
    _, holdings = after(*held(b"x one two", b"x"), (0, 1, b""), (8, 8, b"x"))
    assert holdings.regions() == ()


def test_lines_swapped_in_one_replacement_keep_their_owners():
    text, holdings = held(b"alpha(1)\nbeta(2)\n", b"beta(2)\n")
    text, holdings = after(text, holdings, (0, 17, b"beta(2)\nalpha(1)\n"))
    assert shown(text, holdings) == {"r1": [b"beta(2)\n"]}


def test_text_cut_here_may_be_offered_to_another_document():
    text, holdings = held(b"response = session.get(address)\n", b"response = session.get(address)\n")
    _, holdings = after(text, holdings, (0, 32, b""))
    other = Text.of(b"there\n")
    edit = Edit(Span(6, 6), b"response = session.get(address)\n")
    changed = other.apply(edit)
    received = carry(empty(), other, [edit], changed, deleted(holdings))
    assert shown(changed, received) == {"r1": [b"response = session.get(address)\n"]}
    assert received.regions()[0].retained == 1.0


def test_edits_of_one_message_follow_each_other():
    text = Text.of(b"aa bb")
    holdings = add(empty(), text, insertion(content=b"bb"), [Span(3, 5)])
    text, holdings = after(text, holdings, (0, 2, b""), (0, 0, b"HHHH"), (6, 6, b"H"))
    assert bytes(text) == b"HHHH bHb"
    assert shown(text, holdings) == {"r1": [b"b", b"b"]}


def test_lines_swapped_by_an_editor_that_sends_the_least_replacement():
    text, holdings = held(b"    alpha(1)\n    beta(2)\n", b"    beta(2)\n")
    text, holdings = after(text, holdings, (4, 23, b"beta(2)\n    alpha(1"))
    assert bytes(text) == b"    beta(2)\n    alpha(1)\n"
    assert b"".join(shown(text, holdings)["r1"]).split() == [b"beta(2)"]


def test_a_formatter_that_moves_words_to_other_lines_keeps_them_all():
    old = b"(\n)\nalpha beta , gamma\ndelta(\nepsilon )\n"
    new = b"( )\n\n  alpha\nbeta\n\n    , gamma delta\n(\nepsilon\n)"
    text, holdings = after(*held(b"H\n" + old, old), (2, 2 + len(old), new))
    kept = b"".join(shown(text, holdings)["r1"])
    assert b"".join(kept.split()) == b"".join(old.split())
