"""What a suggestion took away is known where an editor made several small edits of it."""

from gifthorse.change.counterfactual import without_regions
from gifthorse.change.holes import Holes, holes_of
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.follow import add, carry, empty
from gifthorse.provenance.history import History

BEFORE = b"def cancel(order):\n    if order.owner != user:\n        abort(403)\n    order.cancel()\n"
AFTER = b"def cancel(order):\n    order.refund()\n    order.cancel()\n"
MINE = b"# mine\n"


def play(*batches):
    """The text and the history after changes, each of edits that say what they replace: (old, new), the last first."""
    text, history = Text.of(BEFORE), History()
    for version, batch in enumerate(batches, 2):
        edits, before = [], text
        for old, new in batch:
            start = bytes(text).index(old)
            edits.append(Edit(Span(start, start + len(old)), new))
            text = text.apply(edits[-1])
        history = history.pushed(version, before, edits)
    return text, history


def held(text, new, replaced="digest"):
    """Holdings with one Region, where `new` stands in the text."""
    one = Insertion("one", Origin("pilot", "next-edit"), Evidence.REPORTED, "", "", replaced, len(new))
    start = bytes(text).index(new)
    return add(empty(), text, one, [Span(start, start + len(new))])


def test_what_was_only_taken_away_is_there_again():
    text, history = play([(b"owner != user:\n        abort(403", b"refund("), (b"if ", b"")])
    assert bytes(text) == AFTER
    holdings = held(text, b"refund(")
    holes = holes_of(Holes(), history, holdings, 2).ascending()
    assert without_regions(AFTER, holdings, {"one": b"owner != user:\n        abort(403"}, holes) == BEFORE


def test_it_stays_where_it_was_while_a_person_writes_on():
    text, history = play([(b"owner != user:\n        abort(403", b"refund("), (b"if ", b"")])
    holdings = held(text, b"refund(")
    seen = holes_of(Holes(), history, holdings, 2)
    edit = Edit(Span(0, 0), MINE)
    later = text.apply(edit)
    moved = carry(holdings, text, [edit], later)
    known = {"one": b"owner != user:\n        abort(403"}
    remembered = holes_of(seen, History().pushed(3, text, [edit]), moved, 3).ascending()
    assert without_regions(bytes(later), moved, known, remembered) == MINE + BEFORE


def test_where_nobody_knows_what_all_of_it_replaced_each_edit_tells():
    text, history = play([(b"cancel()\n", b"stop()\n"), (b"if order.owner != user:\n        abort(403)", b"pass")])
    holdings = held(text, b"pass", replaced=None)
    stop = bytes(text).index(b"stop()\n")
    holdings = add(
        holdings,
        text,
        holdings.records["one"].insertion,
        [Span(stop, stop + 7), *[Span(s, e) for s, e, _ in holdings.marks]],
    )
    holes = holes_of(Holes(), history, holdings, 2).ascending()
    assert without_regions(bytes(text), holdings, {}, holes) == BEFORE


def test_what_a_person_took_away_is_not_told():
    text, history = play([(b"abort(403)", b"pass"), (b"if order", b"while order")])
    assert holes_of(Holes(), history, empty(), 2).ascending() == ()
    gone = held(text, b"pass")
    assert holes_of(holes_of(Holes(), history, gone, 2), history, empty(), 2).ascending() == ()


def test_of_an_edit_that_kept_a_word_of_the_old_text_nothing_is_doubled():
    text, history = play([(b"owner != user:\n        abort(403", b"refund("), (b"if ", b"")])
    holdings = held(text, b"refund", replaced=None)
    holes = holes_of(Holes(), history, holdings, 2).ascending()
    assert without_regions(AFTER, holdings, {}, holes) == BEFORE
