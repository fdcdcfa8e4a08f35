"""Fixed examples: undo and redo, however an editor sends them."""

import pytest
from play import after, held, insertion, shown

from gifthorse.model.review import Standing
from gifthorse.model.text import Span
from gifthorse.provenance.follow import add, remove


def test_undo_of_an_acceptance_takes_the_region_away_and_redo_brings_it_back():
    text, holdings = held(b"x ai() y", b"ai()", standing=Standing.APPROVED)
    text, holdings = after(text, holdings, (2, 6, b""))
    assert holdings.regions() == ()
    text, holdings = after(text, holdings, (2, 2, b"ai()"))
    assert shown(text, holdings) == {"r1": [b"ai()"]}
    assert holdings.regions()[0].standing is Standing.APPROVED
    assert holdings.regions()[0].retained == 1.0


def test_undo_of_a_deletion_restores_the_span():
    text, holdings = after(*held(b"aabbcc", b"aabbcc"), (2, 4, b""))
    text, holdings = after(text, holdings, (2, 2, b"bb"))
    assert shown(text, holdings) == {"r1": [b"aabbcc"]}


def test_the_same_text_elsewhere_is_no_undo():
    text, holdings = after(*held(b"aabbcc", b"aabbcc"), (2, 4, b""))
    text, holdings = after(text, holdings, (3, 3, b"bb"))
    assert shown(text, holdings) == {"r1": [b"aac", b"c"]}


def test_another_text_at_the_same_place_is_no_undo():
    text, holdings = after(*held(b"aabbcc", b"aabbcc"), (2, 4, b""))
    text, holdings = after(text, holdings, (2, 2, b"bx"))
    assert shown(text, holdings) == {"r1": [b"aa", b"cc"]}


def test_the_place_moves_along_with_edits_before_it():
    text, holdings = after(*held(b"aabbcc", b"aabbcc"), (2, 4, b""))
    text, holdings = after(text, holdings, (0, 0, b"HUMAN"))
    text, holdings = after(text, holdings, (7, 7, b"bb"))
    assert shown(text, holdings) == {"r1": [b"aabbcc"]}


def test_undo_of_backspaces_in_one_change():
    text, holdings = held(b"(abc)", b"abc")
    for at in (3, 2, 1):
        text, holdings = after(text, holdings, (at, at + 1, b""))
    assert holdings.regions() == ()
    text, holdings = after(text, holdings, (1, 1, b"abc"))
    assert shown(text, holdings) == {"r1": [b"abc"]}


def test_undo_of_deletions_forward_in_one_change():
    text, holdings = held(b"(abc)", b"abc")
    for _ in range(3):
        text, holdings = after(text, holdings, (1, 2, b""))
    text, holdings = after(text, holdings, (1, 1, b"abc"))
    assert shown(text, holdings) == {"r1": [b"abc"]}


def test_undo_of_one_deletion_in_several_edits_of_one_message():
    text, holdings = after(*held(b"(aabbcc)", b"aabbcc"), (1, 7, b""))
    text, holdings = after(text, holdings, (1, 1, b"aa"), (3, 3, b"bb"), (5, 5, b"cc"))
    assert shown(text, holdings) == {"r1": [b"aabbcc"]}
    text, holdings = after(text, holdings, (1, 7, b""))
    text, holdings = after(text, holdings, (1, 1, b"cc"), (1, 1, b"bb"), (1, 1, b"aa"))
    assert shown(text, holdings) == {"r1": [b"aabbcc"]}


@pytest.mark.parametrize("backwards", [False, True])
def test_keystrokes_that_come_in_one_message_are_a_persons(backwards):
    text, holdings = after(*held(b"(abc)", b"abc"), (1, 4, b""))
    steps = [(1, 1, b"c"), (1, 1, b"b"), (1, 1, b"a")] if backwards else [(1, 1, b"a"), (2, 2, b"b"), (3, 3, b"c")]
    text, holdings = after(text, holdings, *steps)
    assert bytes(text) == b"(abc)"
    assert holdings.regions() == ()


@pytest.mark.parametrize("key", [b"b", b"()", b'""', b"{\n    }", "\u00e9".encode(), b"  "])
def test_what_one_keystroke_may_bring_is_no_undo(key):
    text, holdings = held(b"<a" + key + b"c>", b"a" + key + b"c")
    text, holdings = after(text, holdings, (2, 2 + len(key), b""))
    text, holdings = after(text, holdings, (2, 2, key))
    assert shown(text, holdings) == {"r1": [b"a", b"c"]}


def test_a_character_typed_over_what_a_person_wrote_is_no_undo():
    text, holdings = after(*held(b"(a)", b"a"), (1, 2, b"HH"))
    text, holdings = after(text, holdings, (1, 3, b"a"))
    assert holdings.regions() == ()


@pytest.mark.parametrize("typed", [b"re", b"RQST", b"requests"])
def test_a_word_that_the_editor_completes_is_no_undo(typed):
    text, holdings = after(*held(b"(requests.get)", b"requests.get"), (1, 9, b""))
    for at, letter in enumerate(typed, 1):
        text, holdings = after(text, holdings, (at, at, bytes([letter])))
    text, holdings = after(text, holdings, (1, 1 + len(typed), b"requests"))
    assert shown(text, holdings) == {"r1": [b".get"]}


def test_undo_of_another_word_typed_over_it():
    text, holdings = after(*held(b"(requests.get)", b"requests.get"), (1, 9, b"urllib"))
    text, holdings = after(text, holdings, (1, 7, b"requests"))
    assert shown(text, holdings) == {"r1": [b"requests.get"]}


def test_undo_of_one_deletion_in_several_messages_of_some_length():
    text, holdings = after(*held(b"(first_part second_part)", b"first_part second_part"), (1, 23, b""))
    text, holdings = after(text, holdings, (1, 1, b"first_part "))
    text, holdings = after(text, holdings, (12, 12, b"second_part"))
    assert shown(text, holdings) == {"r1": [b"first_part second_part"]}
    text, holdings = after(text, holdings, (1, 23, b""))
    text, holdings = after(text, holdings, (1, 1, b" second_part"))
    text, holdings = after(text, holdings, (1, 1, b"first_part"))
    assert shown(text, holdings) == {"r1": [b"first_part second_part"]}


def test_what_a_person_types_where_they_deleted_is_theirs_even_if_it_begins_the_same():
    text, holdings = held(b"(return x)", b"return x")
    for at in range(8, 0, -1):
        text, holdings = after(text, holdings, (at, at + 1, b""))
    for at, letter in enumerate(b"return y", 1):
        text, holdings = after(text, holdings, (at, at, bytes([letter])))
    assert holdings.regions() == ()


def test_undo_of_typing_over_a_selection():
    text, holdings = after(*held(b"(abc)", b"abc"), (1, 4, b"H"))
    text, holdings = after(text, holdings, (2, 2, b"HH"))
    assert holdings.regions() == ()
    text, holdings = after(text, holdings, (1, 4, b"abc"))
    assert shown(text, holdings) == {"r1": [b"abc"]}


def test_undo_of_several_deletions_in_one_trimmed_change():
    text, holdings = after(*held(b"abcdef", b"abcdef"), (1, 3, b""))
    text, holdings = after(text, holdings, (2, 3, b""))
    assert bytes(text) == b"adf"
    text, holdings = after(text, holdings, (1, 2, b"bcde"))
    assert shown(text, holdings) == {"r1": [b"abcdef"]}


def test_undo_of_typing_and_deleting_in_one_trimmed_change():
    text, holdings = after(*held(b"abcdef", b"abcdef"), (1, 3, b"H"))
    text, holdings = after(text, holdings, (3, 4, b""))
    assert bytes(text) == b"aHdf"
    text, holdings = after(text, holdings, (1, 3, b"bcde"))
    assert shown(text, holdings) == {"r1": [b"abcdef"]}


def test_undo_brings_two_regions_and_a_persons_text_back_as_they_were():
    text, holdings = held(b"aa HH bb", b"aa", b"bb")
    text, holdings = after(text, holdings, (1, 7, b""))
    text, holdings = after(text, holdings, (1, 1, b"a HH b"))
    assert shown(text, holdings) == {"r1": [b"aa"], "r2": [b"bb"]}


def test_undo_of_deletions_one_inside_the_other():
    text, holdings = after(*held(b"abcdefgh", b"abcdefgh"), (3, 5, b""))
    text, holdings = after(text, holdings, (1, 5, b""))
    assert bytes(text) == b"ah"
    text, holdings = after(text, holdings, (1, 1, b"bcfg"))
    assert shown(text, holdings) == {"r1": [b"abcfgh"]}
    text, holdings = after(text, holdings, (3, 3, b"de"))
    assert shown(text, holdings) == {"r1": [b"abcdefgh"]}


def test_undo_and_redo_again_and_again():
    text, holdings = held(b"x = ai()\n", b"ai()")
    for _ in range(5):
        text, holdings = after(text, holdings, (4, 8, b""))
        text, holdings = after(text, holdings, (4, 4, b"ai()"))
    assert shown(text, holdings) == {"r1": [b"ai()"]}


def test_undo_of_a_formatters_whole_document():
    old, new = b"HH=1\nfoo('a',b)\n", b'HH = 1\nfoo(\n    "a",\n    b,\n)\n'
    text, holdings = held(old, b"foo('a',b)\n")
    before = shown(text, holdings)
    text, holdings = after(text, holdings, (0, len(old), new))
    formatted = shown(text, holdings)
    assert b"".join(formatted["r1"]).replace(b"\n", b"").replace(b" ", b"") == b"foo(a,b)"
    text, holdings = after(text, holdings, (0, len(new), old))
    assert shown(text, holdings) == before
    text, holdings = after(text, holdings, (0, len(old), new))
    assert shown(text, holdings) == formatted


def test_undo_inside_a_whole_document_that_is_sent_again():
    lines = b"".join(b"line_number_%d()\n" % number for number in range(6))
    text, holdings = held(lines, b"line_number_3()\n")
    at = lines.index(b"line_number_3")
    text, holdings = after(text, holdings, (at, at + 16, b""))
    text, holdings = after(text, holdings, (0, len(text), lines))
    assert shown(text, holdings) == {"r1": [b"line_number_3()\n"]}


def test_a_region_that_was_removed_stays_away():
    text, holdings = held(b"x ai() y", b"ai()")
    holdings = remove(holdings, "r1")
    text, holdings = after(text, holdings, (2, 6, b""))
    text, holdings = after(text, holdings, (2, 2, b"ai()"))
    assert holdings.regions() == ()


def test_removing_a_region_whose_text_is_gone_does_not_forbid_its_undo():
    text, holdings = after(*held(b"x ai() y", b"ai()"), (2, 6, b""))
    text, holdings = after(text, remove(holdings, "r1"), (2, 2, b"ai()"))
    assert shown(text, holdings) == {"r1": [b"ai()"]}


def test_undo_whose_white_space_at_the_end_the_editor_leaves_out():
    text, holdings = after(*held(b"(ab )", b"ab"), (1, 4, b"HH "))
    text, holdings = after(text, holdings, (1, 3, b"ab"))
    assert shown(text, holdings) == {"r1": [b"ab"]}


def test_undo_after_something_else_was_undone_at_the_same_place():
    text, holdings = after(*held(b"(aa)", b"aa"), (1, 3, b"HH"))
    text, holdings = after(text, holdings, (1, 1, b"XXXX"))
    text, holdings = after(text, holdings, (1, 5, b""))
    text, holdings = after(text, holdings, (1, 3, b"aa"))
    assert shown(text, holdings) == {"r1": [b"aa"]}


def test_undo_of_what_a_person_wrote_on_both_sides():
    text, holdings = after(*held(b"(abc)", b"abc"), (4, 4, b"HH"), (1, 1, b"HH"))
    text, holdings = after(text, holdings, (1, 8, b"abc"))
    assert shown(text, holdings) == {"r1": [b"abc"]}


def test_part_of_a_deletion_typed_again_is_a_persons():
    text, holdings = after(*held(b"Haa", b"Haa"), (0, 3, b""))
    text, holdings = after(text, holdings, (0, 0, b"a"))
    assert holdings.regions() == ()


def test_undo_of_writing_over_a_suggestion_that_had_itself_replaced_one():
    text, holdings = after(*held(b"(ab)", b"ab"), (1, 2, b"cc"))
    holdings = add(holdings, text, insertion("r2", b"cc"), [Span(1, 3)])
    text, holdings = after(text, holdings, (1, 3, b"HHHH"))
    text, holdings = after(text, holdings, (1, 5, b"cc"))
    assert shown(text, holdings) == {"r2": [b"cc"], "r1": [b"b"]}


def test_white_space_around_a_whole_deletion_counts_for_nothing_but_its_text_does():
    text, holdings = after(*held(b"x = compute(first)\n", b"compute(first)"), (3, 18, b""))
    text, holdings = after(text, holdings, (3, 3, b" compute(first)"))
    assert shown(text, holdings) == {"r1": [b"compute(first)"]}
