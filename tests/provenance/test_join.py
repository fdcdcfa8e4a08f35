"""Records joined with files: exact by digest, careful by text, and never a character that stood there before."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.record import Record, TextChange
from gifthorse.model.text import Span, Text
from gifthorse.provenance.account import Earlier, Seen, account
from gifthorse.provenance.displaced import Made, not_moved
from gifthorse.provenance.fresh import fresh
from gifthorse.provenance.heard import Change, Heard, Replacement
from gifthorse.provenance.holdings import add, empty, tidy
from gifthorse.provenance.join import (
    after_of,
    claim_after,
    claim_within,
    in_order,
    is_after,
    joined,
    without_mark,
)

HUMAN = "def mine(values):\n    return sorted(values)\n"
MACHINE = "def theirs(values):\n    return max(values)\n"


def record_of(change, earlier=None, now=None, time=5.0):
    return account(Heard("codex", session="s"), change, Seen("/w/a.py", time, earlier, now))


def claimed(record, gone=()):
    claim = claim_after(record, after_of(record), gone)
    return b"".join(claim.text.slice(span) for span in claim.spans).decode()


def test_only_what_the_edit_brought():
    change = Change("a", (Replacement(HUMAN, f"{HUMAN}\n{MACHINE}"),), original=HUMAN)
    assert claimed(record_of(change)).split() == MACHINE.split()


def test_a_file_written_anew_keeps_what_was_in_it():
    change = Change("a", content=f"{MACHINE}\n{HUMAN}")
    assert claimed(record_of(change, Earlier(HUMAN.encode()), None)).split() == MACHINE.split()


def test_a_file_that_nobody_saw_before_is_nobodys():
    assert claimed(record_of(Change("a", content=MACHINE))) == ""


def test_lines_that_an_agent_moves_stay_whose_they_were():
    other = "x = 1\ny = 2\nz = 3\n"
    record = record_of(Change("a", content=other + MACHINE + HUMAN), Earlier(f"{HUMAN}{other}".encode()))
    assert claimed(record).split() == MACHINE.split()


def test_so_do_lines_that_it_moves_from_one_file_to_another():
    moved = record_of(Change("b", content=MACHINE + HUMAN, created=True))
    gone = frozenset(b"".join(line.split()) for line in HUMAN.encode().splitlines())
    assert claimed(moved, gone).split() == MACHINE.split()
    assert "mine" in claimed(moved)


def test_a_file_that_moved_on_by_text_that_stands_there_once():
    record = replace(record_of(Change("a", (Replacement("", MACHINE),)), now=f"{HUMAN}{MACHINE}".encode()), text=None)
    once = f"# later\n{HUMAN}{MACHINE}".encode()
    claim = claim_within(record, once)
    assert b"".join(claim.text.slice(span) for span in claim.spans).decode().split() == MACHINE.split()
    assert claim_within(record, once + MACHINE.encode()).spans == ()


@pytest.mark.parametrize("new", ["}", "x", "return", "\n\n", "a b c", ""])
def test_text_that_may_be_anybodys_is_not_looked_for(new):
    record = Record("hook", "codex", "/w/a.py", 1.0, (TextChange("", new),))
    assert claim_within(record, f"{HUMAN}{new}".encode()).spans == ()


def test_a_digest_that_does_not_match_is_no_match():
    record = record_of(Change("a", (Replacement("a", "b"),)), now=b"b")
    assert is_after(record, b"b")
    assert not is_after(record, b"B")
    assert not is_after(replace(record, text=None, after=""), b"b")


def test_places_that_do_not_hold_the_text_are_not_believed():
    record = Record("hook", "codex", "/w/a.py", 1.0, (TextChange("", MACHINE, 3),), text=HUMAN)
    assert claimed(record) == ""


def test_a_before_that_is_not_what_it_is_said_to_have_been_is_not_used():
    honest = record_of(Change("a", (Replacement("", MACHINE),)), now=f"{HUMAN}{MACHINE}".encode())
    assert claim_after(honest, after_of(honest)).before is not None
    lying = replace(honest, before=hashlib.sha256(b"other").hexdigest())
    assert claim_after(lying, after_of(lying)).before is None


def test_the_mark_at_the_start_of_a_file_is_not_in_the_editor():
    record = record_of(Change("a", (Replacement("a", "b"),)), now=b"\xef\xbb\xbfa b")
    shown = without_mark(record)
    assert is_after(shown, b"a b")
    assert claim_after(shown, b"a b").spans == (Span(2, 3),)


def test_what_is_known_already_is_not_told_twice():
    record = record_of(Change("a", content=MACHINE, created=True))
    claim = claim_after(record, MACHINE.encode())
    first = joined(empty(), record, claim, "2026-01-01T00:00:00Z")
    assert first.insertion.evidence is Evidence.HOOKED
    assert first.insertion.id == record.id
    again = joined(first.holdings, replace(record, tool="cursor"), claim, "2026-01-01T00:00:00Z")
    assert (again.insertion, again.holdings) == (None, first.holdings)


@pytest.mark.parametrize(("evidence", "taken"), [(Evidence.INFERRED, True), (Evidence.REPORTED, False)])
def test_an_agents_word_outdoes_a_guess_only(evidence, taken):
    insertion = Insertion("old", Origin("x", "bulk"), evidence, "", "", None, 1)
    holdings = add(empty(), Text.of(MACHINE), insertion, [Span(0, len(MACHINE))])
    record = record_of(Change("a", content=MACHINE, created=True))
    assert (joined(holdings, record, claim_after(record, MACHINE.encode()), "").insertion is not None) == taken


def test_a_proxys_record_is_reported():
    record = replace(record_of(Change("a", content=MACHINE, created=True)), source="proxy", kind="inline-completion")
    arrival = joined(empty(), record, claim_after(record, MACHINE.encode()), "")
    assert (arrival.insertion.evidence, arrival.insertion.origin.kind) == (Evidence.REPORTED, "inline-completion")


def test_a_clock_that_goes_backwards_does_not_change_the_order():
    first = record_of(Change("a", content="b", original="a"), time=9.0)
    second = record_of(Change("a", content="c", original="b"), time=5.0)
    third = record_of(Change("a", content="d", original="c"), time=7.0)
    assert in_order([third, second, first]) == [first, second, third]


def test_records_that_end_where_they_began_come_all_the_same():
    there = record_of(Change("a", content="b", original="a"), time=1.0)
    back = record_of(Change("a", content="a", original="b"), time=2.0)
    still = record_of(Change("a", content="a", original="a"), time=3.0)
    assert len(in_order([there, back, still])) == 3


@given(st.lists(st.sampled_from(["a\n", "b b\n", "é\n", "\n", "ab", "è"]), max_size=8), st.data())
def test_the_edits_lead_from_the_text_before_to_the_text_after(parts, data):
    new = "".join(data.draw(st.lists(st.sampled_from([*parts, "x\n", "éa", "\r\n"]), max_size=8)))
    before = "".join(parts)
    claim = claim_after(record_of(Change("a", content=new, original=before)), new.encode())
    text = claim.before
    for edit in claim.edits:
        text = text.apply(edit)
        bytes(text).decode()
    assert bytes(claim.before) == before.encode()
    assert bytes(text) == new.encode()


@given(st.lists(st.sampled_from(["a\n", "b\n", "\n", "}\n"]), max_size=12), st.data())
def test_a_long_file_is_looked_at_where_it_changed_only(parts, data):
    """Long files are cut at lines that stand there once; that must not change what is found."""
    alone = [f"line {number} is the only one of its kind\n" for number in range(60)]
    before = [*alone[:30], *parts, *alone[30:]]
    at = data.draw(st.integers(0, len(before)))
    after = [*before[:at], *data.draw(st.lists(st.sampled_from(["a\n", "new one\n"]), max_size=4)), *before[at:]]
    record = record_of(Change("a", content="".join(after), original="".join(before)))
    whole = not_moved((Made(*(text := ("".join(before).encode(), "".join(after).encode())), fresh(*text)),))[0]
    assert claim_after(record, after_of(record)).spans == tidy(whole)
