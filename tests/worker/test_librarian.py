"""Who finds files: answers every question, whatever happens."""

from queue import SimpleQueue

from gifthorse.worker import wire
from gifthorse.worker.librarian import Librarian, Promised

PATIENCE = 10


class Broken:
    def lead(self, place, language, references):
        raise RecursionError

    def text(self, place):
        raise OSError


class Whole:
    def lead(self, place, language, references):
        return tuple((reference, (f"/w/{reference}",)) for reference in references)

    def text(self, place):
        return place.encode()


def answers(shelves, *questions):
    librarian, found = Librarian(shelves), SimpleQueue()
    for question in questions:
        librarian.ask(question, found.put)
    librarian.stop()
    return [found.get(timeout=PATIENCE) for _ in questions]


SEEK, FETCH = wire.Seek("/w/a.py", "python", ("b", "c")), wire.Fetch(("/w/b", "/w/c"))


def test_questions_are_answered_in_order():
    assert answers(Whole(), SEEK, FETCH, SEEK) == [
        wire.Links("/w/a.py", (("b", ("/w/b",)), ("c", ("/w/c",)))),
        wire.Texts((("/w/b", b"/w/b"), ("/w/c", b"/w/c"))),
        wire.Links("/w/a.py", (("b", ("/w/b",)), ("c", ("/w/c",)))),
    ]


def test_where_looking_fails_everything_is_a_library():
    nothing = [wire.Links("/w/a.py", (("b", ()), ("c", ()))), wire.Texts((("/w/b", None), ("/w/c", None)))]
    assert answers(Broken(), SEEK, FETCH) == nothing
    assert answers(Promised(), SEEK, FETCH) == nothing


def test_promised_shelves_are_asked_once_they_are_there():
    promised = Promised()
    promised.shelves = Whole()
    assert answers(promised, FETCH) == [wire.Texts((("/w/b", b"/w/b"), ("/w/c", b"/w/c")))]
