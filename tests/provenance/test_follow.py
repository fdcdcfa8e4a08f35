"""Fixed examples: what edits do to Regions."""

from play import after, held, insertion, shown

from gifthorse.model.review import Standing
from gifthorse.model.text import Span, Text
from gifthorse.provenance.follow import add, empty, line_classes, mark_human, remove


def test_a_persons_text_splits_a_span():
    text, holdings = after(*held(b"aaa bbb", b"aaa bbb"), (3, 3, b"HUMAN"))
    assert shown(text, holdings) == {"r1": [b"aaa", b" bbb"]}


def test_edges_never_grow():
    text, holdings = after(*held(b"(ai)", b"ai"), (1, 1, b"H"), (4, 4, b"H"))
    assert shown(text, holdings) == {"r1": [b"ai"]}


def test_deletion_shrinks_and_retained_says_so():
    text, holdings = after(*held(b"abcd", b"abcd"), (1, 2, b""))
    assert shown(text, holdings) == {"r1": [b"acd"]}
    assert holdings.regions()[0].retained == 0.75


def test_a_region_that_lost_all_but_white_space_is_gone():
    _, holdings = after(*held(b"x ai\n y", b"ai\n"), (2, 4, b""))
    assert holdings.regions() == ()


def test_white_space_is_never_ai_by_itself_and_changes_nothing_else():
    text, holdings = held(b"a=b", b"a=b", standing=Standing.APPROVED)
    text, holdings = after(text, holdings, (1, 1, b" "), (3, 3, b" "))
    assert shown(text, holdings) == {"r1": [b"a", b"=", b"b"]}
    assert holdings.regions()[0].retained == 1.0
    assert holdings.regions()[0].standing is Standing.APPROVED


def test_text_written_into_an_approved_region_reopens_it():
    _, holdings = after(*held(b"aaa bbb", b"aaa bbb", standing=Standing.APPROVED), (3, 3, b"H"))
    assert holdings.regions()[0].standing is Standing.REOPENED


def test_text_beside_an_approved_region_does_not_reopen_it():
    _, holdings = after(*held(b"x ai y", b"ai", standing=Standing.APPROVED), (2, 2, b"H"), (5, 5, b"H"))
    assert holdings.regions()[0].standing is Standing.APPROVED


def test_deleting_from_an_approved_region_reopens_it_but_not_white_space():
    text, holdings = held(b"a  bc", b"a  bc", standing=Standing.APPROVED)
    text, holdings = after(text, holdings, (1, 2, b""))
    assert holdings.regions()[0].standing is Standing.APPROVED
    text, holdings = after(text, holdings, (3, 4, b""))
    assert holdings.regions()[0].standing is Standing.REOPENED


def test_taking_back_what_was_written_into_it_makes_the_approval_hold_again():
    text, holdings = after(*held(b"aaabbb", b"aaabbb", standing=Standing.APPROVED), (3, 3, b"H"))
    _, holdings = after(text, holdings, (3, 4, b""))
    assert holdings.regions()[0].standing is Standing.APPROVED


def test_the_newest_region_takes_what_it_covers():
    text, holdings = held(b"aabbcc", b"aabbcc")
    holdings = add(holdings, text, insertion("r2", b"bb"), [Span(2, 4)])
    assert shown(text, holdings) == {"r1": [b"aa", b"cc"], "r2": [b"bb"]}
    assert [region.substance for region in holdings.regions()] == [4, 2]


def test_white_space_alone_is_no_region():
    text = Text.of(b"a  \n b")
    assert add(empty(), text, insertion(), [Span(1, 4)]).regions() == ()


def test_remove_forgets_one_region_only():
    text, holdings = held(b"aa bb", b"aa", b"bb")
    assert shown(text, remove(holdings, "r1")) == {"r2": [b"bb"]}


def test_a_span_marked_human_is_nobodys():
    text, holdings = held(b"aabbcc", b"aabbcc", standing=Standing.APPROVED)
    holdings = mark_human(holdings, text, Span(2, 4))
    assert shown(text, holdings) == {"r1": [b"aa", b"cc"]}
    assert holdings.regions()[0].substance == 4


def test_line_classes_say_ai_mixed_or_unknown_but_never_human():
    text, holdings = held(b"mine\nai = 1\nai xx\n", b"ai = 1\nai")
    assert [(line.kind, line.share) for line in line_classes(holdings, text)] == [
        ("unknown", 0.0),
        ("ai", 1.0),
        ("mixed", 0.5),
        ("unknown", 0.0),
    ]
