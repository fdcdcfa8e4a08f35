"""Sessions of several documents, generated: nobody's text becomes an assistant's, whatever goes from where to where.

Every letter is written once; who wrote the letter at each place of each document is kept beside the server.
"""

import random

import pytest
from desk import Client

NAMES = ("a.py", "b.py", "c.py")
SHAPES = (
    "ww = www(ww, w)\n",
    "    return ww.www(w, ww=w)\n",
    "if w < ww and www:\n    ww[w] = {www: w}\n",
    "ww\n",
    "w",
)


class Author:
    """What an editor shows, and who wrote it: each character with "ai" or "me"."""

    def __init__(self, client, seed):
        self.client, self.random = client, random.Random(seed)
        self.letters = iter(map(chr, range(0x4E00, 0x9FFF)))
        self.pages, self.uris, self.seen, self.done = {}, {}, {}, []
        self.clipboard = self.gone = []
        for name in NAMES:
            self.pages[name] = [(letter, "me") for letter in self.words() + "\n"]
            self.open(name)

    def words(self):
        return "".join(next(self.letters) if one == "w" else one for one in self.random.choice(SHAPES))

    def text(self, name):
        return "".join(letter for letter, _ in self.pages[name])

    def open(self, name):
        self.uris[name] = self.client.open(self.text(name), name)

    def close(self, name):
        self.client.notify("textDocument/didClose", {"textDocument": {"uri": self.uris[name]}})

    def save(self, name):
        self.client.notify("textDocument/didSave", {"textDocument": {"uri": self.uris[name]}})
        self.seen.setdefault(name, {})[self.text(name)] = list(self.pages[name])

    def place(self, name, at):
        before = self.text(name)[:at]
        return before.count("\n"), len(before) - before.rfind("\n") - 1

    def send(self, name, start, end, new):
        """Replace characters; `new` is letters with who wrote them."""
        first, last = self.place(name, start), self.place(name, end)
        self.client.change(self.uris[name], first, last, "".join(letter for letter, _ in new))
        self.pages[name][start:end] = new

    def act(self, name, start, end, new):
        """As send, and remembered for an undo."""
        self.done.append((name, start, start + len(new), self.pages[name][start:end], list(self.pages[name])))
        self.send(name, start, end, new)

    # What may happen

    def pick(self):
        name = self.random.choice(NAMES)
        return name, self.random.randint(0, len(self.pages[name]))

    def line(self):
        name, at = self.pick()
        text = self.text(name)
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at) + 1 or len(text)
        if self.random.random() < 0.5:
            end = text.find("\n", end) + 1 or end
        return name, start, max(start, end)

    def write(self):
        name, at = self.pick()
        for number, letter in enumerate(self.words()):
            self.send(name, at + number, at + number, [(letter, "me")])
        self.done.clear()

    def paste_own(self):
        name, at = self.pick()
        self.act(name, at, at, [(letter, "me") for letter in self.words()])

    def accept(self):
        name, start, _ = self.line()
        new = [(letter, "ai") for letter in self.words() + self.words()]
        self.act(name, start, start, new)
        self.client.insert(self.uris[name], self.place(name, start), self.place(name, start + len(new)))

    def cut(self):
        name, start, end = self.line()
        self.clipboard = self.pages[name][start:end]
        self.act(name, start, end, [])

    def copy(self):
        name, start, end = self.line()
        self.clipboard = self.pages[name][start:end]

    def paste(self):
        name, start, _ = self.line()
        self.act(name, start, start, list(self.clipboard))

    def retype(self):
        """A person deletes a line and writes the same again."""
        name, start, end = self.line()
        old = self.pages[name][start:end]
        self.send(name, start, end, [])
        for number, (letter, _) in enumerate(old):
            self.send(name, start + number, start + number, [(letter, "me")])
        self.done.clear()
        self.clipboard = []  # what is copied now is as it was before, and cannot be told from what was written again
        for texts in self.seen.values():
            texts.clear()

    def undo(self):
        if self.done:
            name, start, end, old, before = self.done.pop()
            self.send(name, start, end, old)
            assert self.pages[name] == before

    def reload(self):
        """Somebody else writes a line into the file, and the editor reads it again; it may be closed meanwhile."""
        name, start, _ = self.line()
        self.save(name)
        page = self.pages[name]
        new = [*page[:start], *((letter, "me") for letter in self.words()), *page[start:]]
        self.arrive(name, new)

    def check_out(self):
        """A text of before, all at once."""
        name, _ = self.pick()
        self.save(name)
        self.arrive(name, self.random.choice(list(self.seen[name].values())))

    def arrive(self, name, page):
        self.done.clear()
        if self.random.random() < 0.5:
            self.send(name, 0, len(self.pages[name]), page)
            return
        self.close(name)
        self.pages[name] = list(page)
        self.open(name)

    def reopen(self):
        name, _ = self.pick()
        self.close(name)
        self.open(name)

    def check(self):
        for name, uri in self.uris.items():
            document = self.client.session.documents[uri]
            content = bytes(document.text)
            assert content.decode() == self.text(name)
            for region in document.regions:
                for span in region.spans:
                    at = len(content[: span.start].decode())
                    theirs = self.pages[name][at : at + len(document.text.slice(span).decode())]
                    assert not [letter for letter, who in theirs if who == "me" and ord(letter) > 127], (name, region)


ACTS = (
    "write",
    "paste_own",
    "accept",
    "accept",
    "cut",
    "copy",
    "paste",
    "paste",
    "undo",
    "undo",
    "reload",
    "check_out",
)


WRITTEN_AGAIN = (5004, 5021, 5036, 5041, 5089, 5094, 6012, 6106, 6111, 6133, 8089, 9087, 9146)
"""Sessions in which a person wrote an assistant's line again, and it came from there to where the assistant's was."""


@pytest.mark.parametrize("seed", [*range(12), *WRITTEN_AGAIN])
def test_nobodys_text_becomes_an_assistants(tmp_path, monkeypatch, seed):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("GIFTHORSE_CONFIG_DIR", str(tmp_path / "config"))
    (tmp_path / "root").mkdir()
    client = Client(tmp_path / "root")
    client.start()
    author = Author(client, seed)
    for _ in range(60):
        act = author.random.choice((*ACTS, "reopen", "retype"))
        getattr(author, act)()
        author.check()
    client.session.finish()
