"""Random sessions with the truth about every character: what a person typed, pasted or brought back is never claimed."""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from talk import URI, Talk, claims

PERSON = ["x", "(", "\n", "if ready:\n    ", "é", "𝄞", "total", "    "]
OFFERED = [
    "handle = open(path)\n    return handle.read()",
    "total",
    "total = sum(one for one in values if one > 0)\nprint(total)\n",
    "x",
    "(first, second)",
    "if ready:\n    start(engine, 'é𝄞')\n    return True\n",
]
START = "import os\n\n\ndef first(path):\n    \n\nlast = 1\n"


@dataclass
class Session:
    """A document with its author for each character, and the offer that is shown in it."""

    confirms: bool
    talk: Talk
    authors: list = field(default_factory=lambda: ["person"] * len(START))
    item: dict | None = None
    words: str = ""
    place: int = 0
    undone: list = field(default_factory=list)
    expected: int = 0

    def replace(self, start, end, new, author):
        self.undone.append((self.talk.texts[URI], list(self.authors)))
        self.authors[start:end] = [author] * len(new)
        self.tell(lambda: self.talk.replace(start, end, new))

    def tell(self, act):
        """Whatever is claimed by this must be the assistant's: each Record is held against the authors of now."""
        count = len(self.talk.records)
        act()
        text = self.talk.texts[URI]
        assert len(text) == len(self.authors)
        for record in self.talk.records[count:]:
            claims([record])
            (edit,) = record.edits
            assert record.text == text, "nothing has changed since"
            start = len(text.encode()[: edit.start].decode())
            assert set(self.authors[start : start + len(edit.new)]) <= {"assistant"}, edit.new

    def offer(self, number, at):
        self.place = at % (len(self.talk.texts[URI]) + 1)
        self.words = OFFERED[number % len(OFFERED)]
        ident = f"i{len(self.undone)}-{number}" if self.confirms else None
        self.item = self.talk.suggest(self.talk.item(self.words, self.place, self.place, ident), at=self.place)
        self.talk.now += 1.5

    def type(self, words, at):
        """A person types, somewhere or what is offered, each key by itself."""
        self.talk.now += 0.2
        for number, sign in enumerate(words):
            self.replace(at + number, at + number, sign, "person")

    def type_offer(self, count):
        words = self.words[: count % (len(self.words) + 1)]
        self.type(words, self.place)
        self.place += len(words)
        self.words = self.words[len(words) :]

    def take(self):
        if not self.words:
            return
        words, self.words = self.words, ""
        self.replace(self.place, self.place, words, "assistant")
        if self.confirms:
            self.expected += bool(words.strip())
            self.tell(lambda: self.talk.run(self.item))

    def paste(self, start, size, at):
        text = self.talk.texts[URI]
        start, at = start % (len(text) + 1), at % (len(text) + 1)
        copied, authors = text[start : start + size], self.authors[start : start + size]
        self.replace(at, at, copied, "person")
        self.authors[at : at + len(copied)] = authors
        self.words = ""

    def delete(self, start, size):
        start %= len(self.talk.texts[URI]) + 1
        self.replace(start, min(start + size, len(self.talk.texts[URI])), "", "person")
        self.words = ""

    def undo(self):
        if self.undone:
            text, authors = self.undone.pop()
            self.authors = authors
            self.tell(lambda: self.talk.rewrite(text))
            self.words = ""


NUMBER = st.integers(0, 200)
STEPS = st.one_of(
    st.tuples(st.just("offer"), NUMBER, NUMBER),
    st.tuples(st.just("type"), st.sampled_from(PERSON), NUMBER),
    st.tuples(st.just("type_offer"), NUMBER),
    st.tuples(st.just("take")),
    st.tuples(st.just("paste"), NUMBER, NUMBER, NUMBER),
    st.tuples(st.just("delete"), NUMBER, NUMBER),
    st.tuples(st.just("undo")),
)


@settings(max_examples=300, deadline=None, print_blob=True)
@given(steps=st.lists(STEPS, min_size=6, max_size=40), confirms=st.booleans())
def test_what_a_person_brings_is_never_claimed(steps, confirms):
    talk = Talk()
    talk.open(START)
    session = Session(confirms, talk)
    for name, *arguments in steps:
        if name == "type":
            words, at = arguments
            session.type(words, at % (len(talk.texts[URI]) + 1))
            session.words = ""
        else:
            getattr(session, name)(*arguments)
    if confirms:
        assert len(talk.records) == session.expected


NAMES = ["textDocument", "uri", "position", "range", "start", "end", "line", "character", "text", "insertText", "items"]
NAMES += ["contentChanges", "command", "arguments", "item", "acceptedLength", "data", "model", "token", "value", "kind"]
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 2**70)
    | st.text(max_size=4)
    | st.sampled_from([URI, 0, 1, 2, "i1", 1e300]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=12,
)
METHODS = [
    "initialize",
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/inlineCompletion",
    "textDocument/copilotInlineEdit",
    "textDocument/didShowCompletion",
    "textDocument/didPartiallyAcceptCompletion",
    "workspace/executeCommand",
    "notifyAccepted",
    "$/progress",
]
DOCUMENT = st.fixed_dictionaries({"uri": st.just(URI)})
PARAMS = VALUES | st.fixed_dictionaries(
    {"textDocument": DOCUMENT},
    optional={
        "position": st.fixed_dictionaries({"line": st.integers(-1, 99), "character": st.integers(-1, 2**40)}),
        "contentChanges": st.lists(
            st.fixed_dictionaries({"text": st.text(max_size=5)}, optional={"range": VALUES}), max_size=3
        ),
    },
)


@settings(max_examples=400, deadline=None, print_blob=True)
@given(st.lists(st.tuples(st.sampled_from(METHODS), PARAMS, st.none() | st.integers(0, 3), VALUES), max_size=12))
def test_no_message_is_a_fault(messages):
    talk = Talk()
    talk.open(START)
    for method, params, ident, result in messages:
        call = {"method": method, "params": params}
        talk.hear("client", call if ident is None else {**call, "id": ident})
        talk.hear("server", {"id": ident, "result": result})
        talk.hear("server", call)
