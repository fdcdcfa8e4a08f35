"""Fixed examples: which signals make Regions, and on which bytes."""

import hashlib

import pytest

from gifthorse.model.insertion import Evidence, Origin
from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.follow import carry, empty
from gifthorse.provenance.history import DEPTH, History
from gifthorse.provenance.recognise import Signal, receive, recognise


class Document:
    """A document as the session keeps it."""

    def __init__(self, content):
        self.text, self.version = Text.of(content), 1
        self.holdings, self.history = empty(), History()

    def change(self, *edits):
        before, self.version = self.text, self.version + 1
        steps = [Edit(Span(start, end), new) for start, end, new in edits]
        for step in steps:
            self.text = self.text.apply(step)
        self.holdings = carry(self.holdings, before, steps, self.text)
        self.history = self.history.pushed(self.version, before, steps)

    def claim(self, *spans, kind="inline-completion", version=None, evidence="reported", infer=False, tool="pilot"):
        signal = Signal(
            id=f"r{self.version}",
            at="2026-01-01T00:00:00Z",
            version=self.version if version is None else version,
            spans=tuple(Span(*span) for span in spans),
            origin=Origin(tool, kind),
            evidence=evidence,
        )
        arrival = receive(self.holdings, self.history, self.text, signal, infer=infer)
        self.holdings = arrival.holdings
        return arrival

    @property
    def regions(self):
        return [[self.text.slice(span) for span in region.spans] for region in self.holdings.regions()]


@pytest.mark.parametrize("kind", ["inline-completion", "partial", "next-edit", "chat", "agent"])
def test_claims_make_regions_on_the_evidence_that_the_client_states(kind):
    assert recognise(kind, "reported").evidence is Evidence.REPORTED
    assert recognise(kind, "inferred").evidence is Evidence.INFERRED


def test_a_person_may_mark_text():
    assert recognise("marked", "inferred").evidence is Evidence.REPORTED


@pytest.mark.parametrize("kind", ["paste", "programmatic", "disk", "spell", ""])
@pytest.mark.parametrize("infer", [True, False])
def test_other_signals_never_make_one(kind, infer):
    assert recognise(kind, "reported", infer=infer).evidence is None


def test_the_shape_of_an_edit_counts_only_if_the_user_wants_it():
    assert recognise("bulk", "reported").evidence is None
    assert recognise("bulk", "reported", infer=True).evidence is Evidence.INFERRED


def test_evidence_nobody_knows_counts_as_the_weaker():
    assert recognise("chat", "sworn").evidence is Evidence.INFERRED


def test_an_insertion_names_its_text_and_what_it_replaced():
    document = Document(b"x = OLD\n")
    document.change((4, 7, b"new()"))
    arrival = document.claim((4, 9))
    assert (arrival.text, arrival.replaced) == (b"new()", b"OLD")
    assert arrival.insertion.text == hashlib.sha256(b"new()").hexdigest()
    assert arrival.insertion.replaced == hashlib.sha256(b"OLD").hexdigest()
    assert arrival.insertion.substance == 5


def test_a_claim_about_an_older_version_lands_where_the_text_is_now():
    document = Document(b"a\n")
    document.change((2, 2, b"suggested\n"))
    document.change((0, 0, b"HUMAN\n"))
    document.change((11, 11, b"H"))
    arrival = document.claim((2, 12), version=2)
    assert document.regions == [[b"sug", b"gested\n"]]
    assert arrival.insertion.substance == len(b"suggested")


@pytest.mark.parametrize(("later", "known"), [(DEPTH - 1, True), (DEPTH, False), (DEPTH + 1, False)])
def test_a_claim_whose_arrival_is_forgotten_is_refused(later, known):
    document = Document(b"")
    document.change((0, 0, b"suggested"))
    for _ in range(later):
        document.change((0, 0, b"H"))
    arrival = document.claim((0, 9), version=2)
    assert (arrival.insertion is not None) == known
    assert document.regions == ([[b"suggested"]] if known else [])


def test_what_a_person_had_typed_before_is_not_claimed():
    document = Document(b"")
    for at, letter in enumerate(b"pri"):
        document.change((at, at, bytes([letter])))
    document.change((0, 3, b"print(x)"))
    arrival = document.claim((0, 8))
    assert document.regions == [[b"nt(x)"]]
    assert arrival.replaced == b""


def test_lines_that_were_there_before_are_not_claimed():
    old = b"def mine(a):\n    return a\n"
    document = Document(old)
    document.change((0, len(old), b"def mine(a):\n    log(a)\n    return a\n"))
    document.claim((0, len(document.text)), kind="chat")
    assert document.regions == [[b"    log(a)\n"]]


def test_a_claim_of_text_that_did_not_arrive_is_refused():
    document = Document(b"mine mine\n")
    document.change((0, 0, b"H"))
    arrival = document.claim((3, 6))
    assert arrival.insertion is None
    assert document.regions == []


def test_an_agent_may_write_in_many_changes_and_claim_at_the_end():
    document = Document(b"")
    document.change((0, 0, b"first()\n"))
    document.change((8, 8, b"H"))
    document.change((9, 9, b"\nsecond()\n"))
    document.claim((0, 19), kind="agent")
    assert document.regions == [[b"first()\n", b"\nsecond()\n"]]


def test_a_document_opened_with_an_assistants_text_may_be_claimed():
    document = Document(b"generated()\n")
    document.claim((0, 12), kind="agent", version=1)
    assert document.regions == [[b"generated()\n"]]


def test_white_space_is_no_region():
    document = Document(b"a")
    document.change((1, 1, b"\n    "))
    assert document.claim((1, 6)).insertion is None


def test_a_suggestion_accepted_word_by_word_is_one_region():
    document = Document(b"x = ")
    document.change((4, 4, b"load"))
    document.claim((4, 8), kind="partial")
    document.change((8, 8, b"(path"))
    second = document.claim((8, 13), kind="partial")
    document.change((13, 13, b")"))
    third = document.claim((13, 14), kind="partial")
    assert second.extended
    assert third.extended
    assert document.regions == [[b"load(path)"]]
    assert document.holdings.regions()[0].retained == 1.0
    assert third.text == b"load(path)"
    assert third.insertion.replaced == hashlib.sha256(b"").hexdigest()


def test_typing_between_two_words_makes_two_regions():
    document = Document(b"")
    document.change((0, 0, b"load"))
    document.claim((0, 4), kind="partial")
    document.change((4, 4, b"H"))
    document.change((5, 5, b"(path)"))
    assert not document.claim((5, 11), kind="partial").extended
    assert document.regions == [[b"load"], [b"(path)"]]


def test_another_tool_makes_another_region():
    document = Document(b"")
    document.change((0, 0, b"load"))
    document.claim((0, 4), kind="partial")
    document.change((4, 4, b"(path)"))
    assert not document.claim((4, 10), kind="partial", tool="other").extended


def test_replaced_is_unknown_where_several_places_lost_text():
    document = Document(b"one two")
    document.change((4, 7, b"TWO!"), (0, 3, b"ONE!"))
    arrival = document.claim((0, 4), (5, 9), kind="agent")
    assert arrival.replaced is None
    assert arrival.insertion.replaced is None


def test_replaced_is_known_where_nothing_was():
    document = Document(b"one two")
    document.change((7, 7, b" last"), (0, 0, b"first "))
    assert document.claim((0, 6), (13, 18), kind="agent").replaced == b""


def test_marking_is_taken_at_its_word():
    document = Document(b"old text")
    document.change((0, 0, b"H"))
    document.claim((1, 9), kind="marked")
    assert document.regions == [[b"old text"]]


def test_what_a_person_pasted_just_before_is_not_claimed_with_the_lines_around_it():
    text = Text.of(b"one\n")
    history = History()
    pasted, accepted = b"value = compute(first, second)\n", b"other = 1\nvalue = compute(first, second, third)\n"
    for version, edit in ((2, Edit(Span(4, 4), pasted)), (3, Edit(Span(4 + 29, 4 + 29), b", third"))):
        after = text.apply(edit)
        history, text = history.pushed(version, text, (edit,)), after
    edit = Edit(Span(4, 4), b"other = 1\n")
    history, text = history.pushed(4, text, (edit,)), text.apply(edit)
    assert bytes(text) == b"one\n" + accepted
    signal = Signal("a", "2026-01-01T00:00:00Z", 4, (Span(4, len(text)),), Origin("pilot", "next-edit"), "reported")
    (region,) = receive(empty(), history, text, signal).holdings.regions()
    assert [text.slice(span) for span in region.spans] == [b"other = 1\n"]
