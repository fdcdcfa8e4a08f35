"""Where agents' Records stand in an open document: whenever its editor read the file, and whatever was typed meanwhile."""

from dataclasses import replace

from gifthorse.lsp.document import Document
from gifthorse.lsp.sighting import on_screen
from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.account import Seen, account
from gifthorse.provenance.heard import Change, Heard, Replacement
from gifthorse.provenance.history import History
from gifthorse.provenance.holdings import empty

HUMAN = "def mine(values):\n    return sorted(values)\n"
MACHINE = "def theirs(values):\n    return max(values)\n"
OTHER = "LIMIT_OF_ALL = compute_limit(theirs, mine)\n"


def document(text):
    return Document("file:///w/a.py", "/w/a.py", "python", 1, 1, Text.of(text), empty(), History())


def typed(doc, at, new, old=""):
    edit = Edit(Span(at, at + len(old)), new.encode())
    history = doc.history.pushed(doc.version + 1, doc.text, (edit,))
    return replace(doc, version=doc.version + 1, text=doc.text.apply(edit), history=history)


def reloaded(doc, text):
    return typed(doc, 0, text, bytes(doc.text).decode())


def record_of(old, new, original, time=1.0):
    change = Change("a", (Replacement(old, new),), original=original)
    return account(Heard("codex"), change, Seen("/w/a.py", time, None, None))


ADDED = record_of(HUMAN, HUMAN + MACHINE, HUMAN)
FURTHER = record_of(MACHINE, MACHINE + OTHER, HUMAN + MACHINE, 2.0)


def seen(doc, *records, **how):
    """Record -> the text that it claims in the document."""
    found = on_screen(doc, records, frozenset(), **how)
    return {record: b"".join(bytes(doc.text.slice(span)) for span in claim.spans).decode() for record, claim in found}


def test_a_document_that_was_not_read_again_yet_has_nothing():
    assert seen(document(HUMAN), ADDED) == {}
    assert seen(document(HUMAN), ADDED, late=True) == {}


def test_one_that_was_opened_afterwards_has_it():
    assert seen(document(HUMAN + MACHINE), ADDED) == {ADDED: MACHINE}


def test_what_was_typed_since_is_nobodys():
    doc = typed(reloaded(document(HUMAN), HUMAN + MACHINE), len(HUMAN) + 4, "ALL_OF_")
    assert seen(doc, ADDED) == {ADDED: MACHINE}
    assert seen(doc, ADDED, newest=True) == {}


def test_several_edits_that_were_read_at_once_are_told_apart():
    doc = reloaded(document(HUMAN), HUMAN + MACHINE + OTHER)
    assert seen(doc, ADDED, FURTHER) == {ADDED: MACHINE, FURTHER: OTHER}


def test_a_mark_at_the_start_of_the_file_is_not_shown_by_editors():
    record = record_of(HUMAN, HUMAN + MACHINE, f"\ufeff{HUMAN}")
    assert seen(document(HUMAN + MACHINE), record) == {record: MACHINE}


def test_an_edit_in_an_unsaved_document_is_found_by_its_text():
    """An agent inside of the editor: the buffer differs from the file, to which its hook can compare only."""
    doc = typed(document(f"# unsaved\n{HUMAN}"), len(HUMAN) + 10, MACHINE)
    assert seen(doc, ADDED) == {}
    assert seen(doc, ADDED, late=True) == {ADDED: MACHINE}


def test_but_not_where_it_stood_there_before():
    doc = typed(document(f"{MACHINE}{HUMAN}# x\n"), 0, "\n")
    assert seen(doc, ADDED, late=True) == {}


def test_nor_where_it_stands_twice():
    doc = typed(typed(document(f"# unsaved\n{HUMAN}"), 10, MACHINE), 10, MACHINE)
    assert seen(doc, ADDED, late=True) == {}
