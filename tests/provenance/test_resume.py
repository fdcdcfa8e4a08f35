"""A document that is opened again after it was closed, in the same session."""

from play import after, held, insertion, shown

from gifthorse.model.text import Span, Text
from gifthorse.provenance.follow import add, carry, empty
from gifthorse.provenance.resume import Left, resumed, seen_before

AI = b"    return requests.get(address, verify=False)\n"


def test_what_was_deleted_before_it_was_closed_comes_back_with_an_undo():
    text, holdings = after(*held(b"x\n" + AI + b"y\n", AI), (2, 2 + len(AI), b""))
    again = resumed(Left(text, holdings), text, empty(), set(), exact=True)
    assert again.regions() == ()
    text, again = after(text, again, (2, 2, AI))
    assert shown(text, again) == {"r1": [AI]}


def test_of_a_text_changed_outside_every_byte_that_survived_is_known():
    text, holdings = after(*held(b"first()\nx = compute(one, two)\nlast()\n", b"compute(one, two)"), (20, 23, b"H"))
    changed = Text.of(b"import top\nfirst()\nx = compute(H, two)\nlast()\n")
    again = resumed(Left(text, holdings), changed, empty(), {"r1"}, exact=False)
    assert shown(changed, again) == {"r1": [b"compute(", b", two)"]}


def test_the_journal_has_the_last_word_on_what_there_is():
    text, holdings = held(b"aa()\nbb()\n", b"aa()", b"bb()")
    found = add(empty(), text, insertion("r3", b"bb()"), [Span(5, 9)])
    again = resumed(Left(text, holdings), text, found, {"r1", "r3"}, exact=False)
    assert shown(text, again) == {"r1": [b"aa()"], "r3": [b"bb()"]}
    assert [region.substance for region in again.regions()] == [4, 4]


def test_of_a_text_that_the_journal_has_seen_it_is_told_by_the_journal():
    text, holdings = held(b"aa()\nbb()\n", b"aa()")
    before = Text.of(b"bb()\n")
    found = add(empty(), before, insertion("r2", b"bb()"), [Span(0, 4)])
    assert shown(before, resumed(Left(text, holdings), before, found, {"r2"}, exact=True)) == {"r2": [b"bb()"]}


def test_the_books_are_in_order_when_it_goes_on():
    text, holdings = after(*held(b"x\n" + AI + b"y\n", AI), (2, 20, b""))
    changed = Text.of(b"top\n" + bytes(text))
    again = resumed(Left(text, holdings), changed, empty(), {"r1"}, exact=False)
    assert again.regions()[0].substance == len(b"".join(AI[18:].split()))
    assert carry(again, changed, [], changed) is again


def test_a_text_of_before_has_its_regions_only_where_it_came_in_anew():
    text, holdings = held(b"first\n" + AI + b"last()\n", AI)
    found = holdings
    text, holdings = after(text, holdings, (6, 6 + len(AI), b""))
    for at, letter in enumerate(AI, 6):
        text, holdings = after(text, holdings, (at, at, bytes([letter])))
    text, holdings = after(text, holdings, (0, 6, b""))
    text, holdings = after(text, holdings, (0, 0, b"first\n"))
    assert holdings.regions() == seen_before(holdings, text, found).regions() == ()
    other, gone = after(text, held(bytes(text), AI)[1], (6, 6 + len(AI), b"another line\n"))
    text, again = after(other, gone, (6, 19, b"    nothing(like, it)\n"))
    assert shown(text, seen_before(again, text, add(empty(), text, insertion("r7", AI), [Span(6, 28)]))) == {
        "r7": [b"    nothing(like, it)\n"]
    }
