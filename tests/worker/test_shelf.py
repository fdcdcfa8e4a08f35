"""The child's side of imports, in one process: a desk that is told what a librarian would say."""

import pytest

from gifthorse.engine.inspect import inspect, reinspect
from gifthorse.model.text import Edit, Span
from gifthorse.store.catalogue import load_catalogue
from gifthorse.worker import wire
from gifthorse.worker.desk import Desk
from gifthorse.worker.doors import Engine
from gifthorse.worker.shelf import Shelf

CATALOGUE = load_catalogue()
RULE = "tls-verify-off"
CALLER = b"from tools import fetch\nfetch(u, False)\n"
RISKY = b"import requests\ndef fetch(u, check):\n    return requests.get(u, verify=check, timeout=3)\n"
HARMLESS = b"def fetch(u, check):\n    return None\n"


class Office:
    """A desk with files around it. Questions are answered when `serve` is called."""

    def __init__(self, files=None):
        self.files = dict(files or {})
        self.sent, self.asked = [], []
        self.desk = Desk(CATALOGUE, Engine(inspect, reinspect, Shelf), self.sent.append)

    def open(self, key, name, content, *, saved=False):
        self.desk.take(wire.Open(key, 1, name, None, content, f"/w/{name}", saved))

    def change(self, key, version, span, new):
        self.desk.take(wire.Change(key, version, (Edit(Span(*span), new),)))

    def work(self):
        """Inspect and do chores until nothing is left but to wait."""
        while not self.desk.is_idle or self.desk.has_chores:
            if self.desk.is_idle:
                self.desk.do_chore()
            else:
                self.desk.inspect_one()

    def serve(self):
        """Work and answer all questions, as long as there are any."""
        self.work()
        while questions := [one for one in self.sent if isinstance(one, wire.Seek | wire.Fetch)]:
            self.sent[:] = [one for one in self.sent if not isinstance(one, wire.Seek | wire.Fetch)]
            self.asked += questions
            for question in questions:
                self.desk.take(self.answer(question))
            self.work()

    def answer(self, question):
        if isinstance(question, wire.Fetch):
            return wire.Texts(tuple((place, self.files.get(place)) for place in question.places))
        led = [(one, (f"/w/{one}.py",) if f"/w/{one}.py" in self.files else ()) for one in question.references]
        return wire.Links(question.place, tuple(led))

    def answers(self, key):
        found = [one for one in self.sent if isinstance(one, wire.Answer) and one.key == key]
        return [([finding.rule for finding in one.report.findings], one.settled) for one in found]


@pytest.fixture
def office():
    return Office({"/w/tools.py": RISKY})


def test_the_first_answer_waits_for_nothing(office):
    office.open(1, "a.py", CALLER)
    office.work()
    assert office.answers(1) == [([], False)]
    office.serve()
    assert office.answers(1) == [([], False), ([RULE], True)]


def test_what_imports_nothing_is_settled_at_once(office):
    office.open(1, "a.py", b"x = 1\n")
    office.serve()
    assert office.answers(1) == [([], True)]
    assert office.asked == []


def test_libraries_are_sought_once(office):
    office.open(1, "a.py", b"import flask\n")
    office.serve()
    assert office.answers(1) == [([], False), ([], True)]
    office.change(1, 2, (0, 0), b"import flask.app\n\n")
    office.change(1, 3, (0, 0), b"x = 1\n")
    office.serve()
    sought = [reference for one in office.asked for reference in one.references]
    assert sorted(sought) == sorted(set(sought))
    assert office.answers(1)[-1] == ([], True)


def test_a_document_without_a_place_seeks_nothing(office):
    office.desk.take(wire.Open(1, 1, "a.py", None, CALLER))
    office.serve()
    assert office.answers(1) == [([], True)]


def test_an_open_file_counts_as_it_is(office):
    office.open(1, "tools.py", HARMLESS)
    office.open(2, "a.py", CALLER)
    office.serve()
    assert office.answers(2)[-1] == ([], True)
    assert not [one for one in office.asked if isinstance(one, wire.Fetch)]
    office.change(1, 2, (0, len(HARMLESS)), RISKY)
    office.sent.clear()
    office.desk.inspect_one()
    assert office.answers(1)
    assert not office.answers(2)
    office.serve()
    assert office.answers(2) == [([RULE], True)]
    office.desk.take(wire.Close(1))
    office.files["/w/tools.py"] = HARMLESS
    office.serve()
    assert office.answers(2)[-1] == ([], True)


def test_what_changes_nothing_for_others_answers_nothing(office):
    office.open(1, "tools.py", RISKY)
    office.open(2, "a.py", b"x = 1\n")
    office.serve()
    office.sent.clear()
    office.change(1, 2, (0, 0), b"\n")
    office.serve()
    assert office.answers(2) == []


def test_a_file_that_vanishes_or_comes(office):
    office.open(1, "a.py", CALLER)
    office.serve()
    del office.files["/w/tools.py"]
    office.desk.take(wire.Stale(("/w/tools.py",)))
    office.serve()
    assert office.answers(1)[-1] == ([], True)
    office.files["/w/tools.py"] = RISKY
    office.desk.take(wire.Stale(("/w/tools.py",)))
    office.serve()
    assert office.answers(1)[-1] == ([RULE], True)


def test_a_file_that_vanishes_between_two_questions(office):
    office.open(1, "a.py", CALLER)
    office.work()
    [seek] = [one for one in office.sent if isinstance(one, wire.Seek)]
    office.desk.take(office.answer(seek))
    office.files.clear()
    office.serve()
    assert office.answers(1)[-1] == ([], True)


def test_who_reads_a_file_says_so_first(office):
    office.open(1, "a.py", CALLER)
    office.serve()
    readings = [one.place for one in office.sent if isinstance(one, wire.Reading)]
    assert readings == ["/w/tools.py", ""]


def test_a_huge_file_is_a_library(office):
    office.files["/w/tools.py"] = RISKY + b"#" * 2_000_000
    office.open(1, "a.py", CALLER)
    office.serve()
    assert office.answers(1)[-1] == ([], True)


def test_a_saved_file_that_was_closed_is_not_read_again(office):
    office.open(1, "tools.py", RISKY, saved=True)
    office.serve()
    office.desk.take(wire.Close(1))
    office.open(2, "a.py", CALLER, saved=True)
    office.serve()
    assert office.answers(2)[-1] == ([RULE], True)
    assert not [one for one in office.asked if isinstance(one, wire.Fetch)]


def test_files_that_import_each_other_come_to_an_end():
    office = Office(
        {
            f"/w/m{n}.py": f"from m{(n + 1) % 9} import x{(n + 1) % 9}\nx{n} = x{(n + 1) % 9} + 'a'\n".encode()
            for n in range(9)
        }
    )
    for number in range(9):
        office.open(number, f"m{number}.py", office.files[f"/w/m{number}.py"])
    office.serve()
    assert all(office.answers(number)[-1][1] for number in range(9))
    office.sent.clear()
    office.change(0, 2, (0, 0), b"# \n")
    office.serve()
    assert len(office.answers(0)) <= 2
