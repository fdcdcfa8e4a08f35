"""Regions whose text had gone and came back at once, with other text around it."""

from play import after, held, insertion, shown

from gifthorse.model.text import Span, Text
from gifthorse.provenance.anchor import anchors
from gifthorse.provenance.follow import add, empty
from gifthorse.provenance.revive import revived

AI = b"    return requests.get(address, verify=False)\n"
BEFORE = b"first\n" + AI + b"last\n"


def came(new, spans, piece=AI):
    text, holdings = held(BEFORE.replace(AI, piece), piece)
    now = Text.of(new)
    return shown(now, revived(empty(), now, spans, anchors(holdings, text)))


def test_what_came_in_is_known_again():
    assert came(b"first\nother\n" + AI, [Span(6, 6 + 6 + len(AI))]) == {"r1": [AI]}


def test_what_was_there_all_the_time_is_a_persons():
    assert came(b"first\n" + AI + b"more\n", [Span(len(AI) + 6, len(AI) + 11)]) == {}
    assert came(b"first\n" + AI + b"more\n", []) == {}


def test_a_short_line_may_be_written_again():
    assert came(b"first\n    return None\nlast\n", [Span(6, 22)], b"    return None\n") == {}


def test_what_somebody_holds_stays_theirs():
    text, holdings = held(BEFORE, AI)
    theirs = add(empty(), text, insertion("r2", b"requests.get"), [Span(17, 29)])
    result = revived(theirs, text, [Span(0, len(BEFORE))], anchors(holdings, text))
    assert shown(text, result)["r2"] == [b"requests.get"]


def test_it_goes_on_as_if_it_had_never_gone():
    text, holdings = held(BEFORE, AI)
    now = revived(empty(), text, [Span(0, len(BEFORE))], anchors(holdings, text))
    assert now.regions()[0].retained == 1.0
    text, now = after(text, now, (10, 16, b""))
    assert now.regions()[0].substance == len(b"".join(AI.split())) - 6
