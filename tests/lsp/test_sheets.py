"""What the worker holds of notebooks is what their cells are, after any changes; what it says comes back to its cell."""

from itertools import count

from desk import RISKY, Worker
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.engine.magics import without_magics
from gifthorse.lsp.sheets import Sheets
from gifthorse.model.text import Edit, Span

BOOK = "file:///book.ipynb"
TEXTS = st.sampled_from(
    [b"", b"x", b"%time\n", b"!ls\n", b"\n", RISKY, b"a\n" + RISKY + b"\nb", "é".encode(), b"y = 1\n"]
)
STEPS = st.one_of(
    st.tuples(st.just("add"), st.integers(0, 5), TEXTS),
    st.tuples(st.just("remove"), st.integers(0, 5), st.none()),
    st.tuples(st.just("move"), st.integers(0, 5), st.integers(0, 5)),
    st.tuples(st.just("edit"), st.integers(0, 5), st.tuples(st.integers(0, 9), st.integers(0, 9), TEXTS)),
)


class Plain:
    """The notebook as it should be: its cells by URI, in their order."""

    def __init__(self):
        self.worker = Worker()
        self.sheets = Sheets(self.worker)
        self.texts = {}
        self.order = []
        self.serials = count(1)
        self.versions = {}
        self.said = {}

    def step(self, kind, at, what):
        if kind == "add":
            self.add(min(at, len(self.order)), what)
        elif self.order:
            getattr(self, kind)(at % len(self.order), what)

    def add(self, at, text):
        uri = f"cell:{next(self.serials)}"
        self.texts[uri], self.versions[uri] = text, next(self.serials)
        self.sheets.expect([uri])
        self.sheets.open(uri, self.versions[uri], "python", text)
        self.arrange([*self.order[:at], uri, *self.order[at:]])

    def remove(self, at, _):
        uri = self.order[at]
        del self.texts[uri]
        self.sheets.close(uri)
        self.arrange([one for one in self.order if one != uri])

    def move(self, at, to):
        rest = [one for one in self.order if one != self.order[at]]
        self.arrange([*rest[:to], self.order[at], *rest[to:]])

    def edit(self, at, change):
        uri = self.order[at]
        start, end, new = change
        size = len(self.texts[uri])
        span = Span(min(start, end, size), min(max(start, end), size))
        self.texts[uri] = self.texts[uri][: span.start] + new + self.texts[uri][span.end :]
        self.versions[uri] = next(self.serials)
        self.sheets.change(uri, self.versions[uri], [Edit(span, new)])

    def arrange(self, order):
        self.order = order
        self.sheets.arrange(BOOK, order)

    def check(self):
        whole = b"\n".join(without_magics(self.texts[uri], "python") for uri in self.order)
        assert self.worker.texts == ({f"{BOOK}#python": whole} if self.order else {})
        for uri in list(self.worker.texts):
            for reply in self.sheets.replies(self.worker.reply(uri)):
                self.said[reply.uri] = (reply.version, [one.span for one in reply.report.findings])
        for uri in self.order:
            text = without_magics(self.texts[uri], "python")
            places = [at for at in range(len(text)) if text.startswith(RISKY, at)]
            assert self.said[uri] == (self.versions[uri], [Span(at, at + len(RISKY)) for at in places])


@given(st.lists(STEPS, max_size=12))
def test_the_worker_holds_the_cells_and_each_is_told_what_is_its_own(steps):
    book = Plain()
    for step in steps:
        book.step(*step)
        book.check()


def test_documents_that_are_no_cells_go_through():
    worker = Worker()
    sheets = Sheets(worker)
    sheets.open("file:///a.py", 1, "python", RISKY)
    sheets.change("file:///a.py", 2, [Edit(Span(0, 0), b"x\n")])
    reply = worker.reply("file:///a.py")
    assert (worker.texts, list(sheets.replies(reply))) == ({"file:///a.py": b"x\n" + RISKY}, [reply])
    sheets.release("file:///a.py")
    sheets.close("file:///a.py")
    assert (worker.texts, worker.released) == ({}, ["file:///a.py"])
