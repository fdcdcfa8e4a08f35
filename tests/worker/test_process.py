"""The child's desk: what it inspects next, and how much it remembers."""

from dataclasses import replace

import pytest

from gifthorse.model.finding import Confidence, Report, Severity
from gifthorse.model.rule import Catalogue, Rule
from gifthorse.model.text import Edit, Span
from gifthorse.worker import desk, wire
from gifthorse.worker.desk import Desk
from gifthorse.worker.doors import Engine

CATALOGUE = Catalogue({}, {}, "test")


class Seen:
    report = Report(None, (), ())


class Notebook:
    """An engine that notes what it is asked."""

    def __init__(self):
        self.notes = []
        self.sent = []
        self.desk = Desk(CATALOGUE, Engine(self.inspect, self.reinspect), self.sent.append)

    def inspect(self, content, _path, _language_id, catalogue):
        assert catalogue is CATALOGUE
        self.notes.append(("inspect", content))
        return Seen()

    def reinspect(self, _previous, edits, content):
        self.notes.append((len(edits), content))
        return Seen()

    def open(self, key, content):
        self.desk.take(wire.Open(key, 1, "a", None, content))

    def change(self, key, version, new=b"x"):
        self.desk.take(wire.Change(key, version, (Edit(Span(0, 0), new),)))

    def finish(self):
        while not self.desk.is_idle:
            self.desk.inspect_one()
        notes, self.notes = self.notes, []
        return notes


@pytest.fixture
def notebook():
    return Notebook()


def test_what_was_touched_last_is_inspected_first(notebook):
    for key in (1, 2, 3):
        notebook.open(key, b"%d" % key)
    notebook.change(1, 2)
    assert [content for _, content in notebook.finish()] == [b"x1", b"3", b"2"]


def test_edits_gather_until_they_are_looked_at(notebook):
    notebook.open(1, b"")
    notebook.finish()
    for version in (2, 3, 4):
        notebook.change(1, version)
    assert notebook.finish() == [(3, b"xxx")]
    assert notebook.sent[-2:] == [wire.Started(1, 4), wire.Answer(1, 4, Seen.report)]
    notebook.change(1, 5)
    assert notebook.finish() == [(1, b"xxxx")]


def test_very_many_edits_are_not_gone_through(notebook):
    notebook.open(1, b"")
    notebook.finish()
    for version in range(desk.REMEMBERED_EDITS + 1):
        notebook.change(1, version)
    [(mode, _)] = notebook.finish()
    assert mode == "inspect"


def test_closed_documents_are_not_inspected(notebook):
    notebook.open(1, b"")
    notebook.desk.take(wire.Close(1))
    notebook.change(1, 2)
    notebook.desk.take(wire.Close(1))
    assert notebook.finish() == []


def test_memory_of_inspections_is_bounded(notebook, monkeypatch):
    monkeypatch.setattr(desk, "REMEMBERED_BYTES", 11)
    for key in (1, 2, 3):
        notebook.open(key, b"....")
        notebook.finish()
    modes = []
    for key in (2, 3, 1):
        notebook.change(key, 2)
        modes += [mode for mode, _ in notebook.finish()]
    assert modes == [1, 1, "inspect"]


def test_what_was_looked_at_again_is_remembered_longer(notebook, monkeypatch):
    monkeypatch.setattr(desk, "REMEMBERED_BYTES", 10)
    for key in (1, 2, 1, 3):
        notebook.open(key, b"...")
        notebook.finish()
    notebook.open(4, b"...")
    notebook.finish()
    notebook.change(1, 2)
    assert notebook.finish() == [(1, b"x...")]


def test_one_document_larger_than_the_bound_is_remembered(notebook, monkeypatch):
    monkeypatch.setattr(desk, "REMEMBERED_BYTES", 2)
    notebook.open(1, b"....")
    notebook.finish()
    notebook.change(1, 2)
    assert notebook.finish() == [(1, b"x....")]


def test_memory_errors_are_not_caught():
    def greedy(*_arguments):
        raise MemoryError

    desk = Desk(CATALOGUE, Engine(greedy, greedy), [].append)
    desk.take(wire.Open(1, 1, "a", None, b""))
    with pytest.raises(MemoryError):
        desk.inspect_one()


def test_only_comments_that_may_be_suppressions_are_sent():
    content = b"# one\n# gifthorse: allow eval -- trusted\n"
    report = Report("python", (), (Span(0, 5), Span(6, len(content) - 1)))
    assert desk.with_marked_comments(report, content).comments == (Span(6, len(content) - 1),)


RULE = Rule("own-rule", "own", (), Severity.LOW, Confidence.LOW, "Title", "Message", "", "", (), (), ())


def test_documents_of_a_root_are_inspected_with_its_own_rules_and_again_when_they_change():
    seen = []

    def inspect(content, _path, _language_id, catalogue):
        seen.append((content, sorted(catalogue.rules)))
        return Seen()

    sent = []
    desk = Desk(
        CATALOGUE, Engine(inspect, None, unfit=lambda rule, _: "it is broken" * (rule.id == "broken")), sent.append
    )
    desk.take(wire.Rules("/r", (RULE, replace(RULE, id="broken"))))
    desk.take(wire.Open(1, 1, "a", None, b"inside", root="/r"))
    desk.take(wire.Open(2, 1, "b", None, b"outside"))
    while not desk.is_idle:
        desk.inspect_one()
    assert seen == [(b"outside", []), (b"inside", ["own-rule"])]
    said = {one.key: one.report.incomplete for one in sent if isinstance(one, wire.Answer)}
    assert said == {1: "not analysed in full: your rule broken: it is broken", 2: ""}
    seen.clear()
    desk.take(wire.Rules("/r", ()))
    while not desk.is_idle:
        desk.inspect_one()
    assert seen == [(b"inside", [])]
