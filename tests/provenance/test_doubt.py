"""What comes back by an undo or a move is in doubt where the same text is, or just was, a person's."""

import pytest
from play import held, insertion

from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.copies import Known, copies
from gifthorse.provenance.doubt import is_settled, lost, settled
from gifthorse.provenance.follow import add, carry, empty
from gifthorse.provenance.resume import seen_before

AI = b"    return requests.get(address, verify=False, timeout=30)\n"
PERSONS = Known(Text.of(b"# mine\n" + AI), empty())


def changed(known, *edits):
    """A known text after one message of edits."""
    text = known.text
    for edit in edits:
        text = text.apply(edit)
    return Known(text, carry(known.holdings, known.text, edits, text))


def cut(known, content):
    at = bytes(known.text).index(content)
    edit = Edit(Span(at, at + len(content)), b"")
    return changed(known, edit), lost(known, [edit])


def paste(known, at, content):
    return changed(known, Edit(Span(at, at), content))


def regions(holdings):
    return [list(region.spans) for region in holdings.regions()]


def test_an_undo_restores():
    without, gone = cut(Known(*held(b"x\n" + AI + b"y\n", AI)), AI)
    back = paste(without, 2, AI)
    assert gone == ()
    assert not is_settled(back.holdings)
    assert regions(settled(back, gone)) == [[Span(2, 2 + len(AI))]]


def test_an_undo_restores_a_region_that_a_person_wrote_into():
    known = Known(*held(b"x\n" + AI + b"y\n", AI))
    known = changed(known, Edit(Span(13, 13), b"my_"))
    whole = bytes(known.text)[2:-2]
    without, gone = cut(known, whole)
    back = paste(without, 2, whole)
    assert len(gone) == 1
    assert regions(settled(back, gone)) == regions(known.holdings)


def test_nothing_is_asked_of_what_nobody_holds():
    known = changed(Known(*held(b"x\n" + AI, AI)), Edit(Span(0, 0), b"text of a person\n"))
    assert is_settled(known.holdings)


@pytest.mark.parametrize("where", ["here", "elsewhere", "lost"])
def test_what_a_persons_text_says_too_may_have_come_from_there(where):
    known = Known(*held(b"x\n" + AI + b"y\n", AI))
    if where == "here":
        text = Text.of(bytes(known.text) + AI)
        known = Known(text, add(empty(), text, insertion("r1", AI), [Span(2, 2 + len(AI))]))
    _, gone = cut(PERSONS, AI)
    without, _ = cut(known, AI) if where != "here" else (changed(known, Edit(Span(2, 2 + len(AI)), b"")), ())
    back = paste(without, 2, AI)
    others = {"here": (), "elsewhere": (PERSONS,), "lost": gone}[where]
    assert regions(back.holdings) == [[Span(2, 2 + len(AI))]]
    assert regions(settled(back, others)) == []


def test_an_assistants_text_elsewhere_raises_no_doubt():
    other = Known(*held(b"q\n" + AI, AI))
    without, _ = cut(Known(*held(b"x\n" + AI + b"y\n", AI)), AI)
    back = paste(without, 2, AI)
    assert settled(back, [other]) is back.holdings


def test_several_edits_at_once():
    known = Known(*held(b"x\n" + AI + b"y\n", AI))
    without, _ = cut(known, AI)
    back = changed(without, Edit(Span(2, 2), AI), Edit(Span(0, 0), b"first\n"), Edit(Span(20, 20), b"!"))
    assert len(regions(back.holdings)) == 1
    assert regions(settled(back, [PERSONS])) == []


def test_what_is_lost_is_what_went_away():
    text = Text.of(b"one = first()\ntwo = second()\nthree = third()\n")
    whole = Edit(Span(0, len(text)), b"one = first()\nthree = third()\n")
    (gone,) = lost(Known(text, empty()), [whole])
    assert bytes(gone.text) == b"two = second()\nthree = third()\n"
    typed = Edit(Span(0, len(text)), bytes(text).replace(b"first", b"fist"))
    assert lost(Known(text, empty()), [typed]) == ()
    assert lost(Known(text, empty()), [Edit(Span(0, 3), b"")]) == ()


def test_what_is_lost_after_another_edit_of_the_same_message():
    known = Known(*held(b"x\n" + AI + b"y = something()\n", AI))
    edits = [Edit(Span(0, 0), b"ab"), Edit(Span(4, 4 + len(AI) + 14), b"")]
    (gone,) = lost(known, edits)
    assert bytes(gone.text) == AI + b"y = something("
    assert [tuple(one)[:2] for one in gone.holdings.marks] == [(0, len(AI))]


def test_what_just_went_away_as_a_persons_is_no_copy_of_an_assistants():
    source, (_, gone) = Known(*held(b"q\n" + AI, AI)), cut(PERSONS, AI)
    here = paste(Known(Text.of(b"x\n"), empty()), 2, AI)
    came = [Span(2, 2 + len(AI))]
    assert len(copies(here, came, [source])) == 1
    assert copies(here, came, [source, *gone]) == ()


def test_what_was_a_persons_in_a_text_that_was_seen_before_is_so_again():
    known = Known(*held(b"x\n" + AI + b"y\n", AI))
    without, _ = cut(known, AI)
    back = paste(without, 2, AI)
    assert seen_before(back.holdings, back.text, known.holdings) is back.holdings
    assert regions(seen_before(back.holdings, back.text, empty())) == []
