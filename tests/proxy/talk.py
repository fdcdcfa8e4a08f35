"""A conversation between an editor and an assistant's server, message by message, as the proxy's core hears it."""

import itertools

from gifthorse.model.text import Text
from gifthorse.proxy.conversation import heard
from gifthorse.proxy.state import State
from gifthorse.proxy.telling import Teller

URI = "file:///w/app.py"
PATH = "/w/app.py"
TAKEN = "github.copilot.didAcceptCompletionItem"


class Talk:
    """Both sides. The editor's copy of its documents is this class's own, made by slicing strings."""

    def __init__(self, server="GitHub Copilot Language Server", encoding=None, teller=None):
        self.state = State(teller or Teller("s", "some-server"))
        self.records = []
        self.texts = {}
        self.versions = {}
        self.now = 1_000_000.0
        self.encoding = encoding or "utf-16"
        self._ids = itertools.count(1)
        info = {"serverInfo": {"name": server}} if server else {}
        capabilities = {"positionEncoding": encoding} if encoding else {}
        self.answer(self.ask("initialize", {"capabilities": {}}), {"capabilities": capabilities, **info})

    def hear(self, side, message):
        self.state, records = heard(self.state, side, {"jsonrpc": "2.0", **message}, self.now)
        self.records += records
        return records

    def ask(self, method, params):
        ident = next(self._ids)
        self.hear("client", {"id": ident, "method": method, "params": params})
        return ident

    def answer(self, ident, result):
        return self.hear("server", {"id": ident, "result": result})

    def tell(self, method, params):
        return self.hear("client", {"method": method, "params": params})

    def open(self, text, uri=URI):
        self.texts[uri], self.versions[uri] = text, 1
        self.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "x", "version": 1, "text": text}})

    def close(self, uri=URI):
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def position(self, offset, uri=URI):
        """The protocol's position of an offset in characters."""
        text = self.texts[uri]
        size = len(text[:offset].encode("utf-8", "surrogatepass"))
        return Text.of(text).position(size, self.encoding)._asdict()

    def range(self, start, end, uri=URI):
        return {"start": self.position(start, uri), "end": self.position(end, uri)}

    def replace(self, start, end, new, uri=URI):
        """The editor replaces characters, in one change."""
        return self.change([(start, end, new)], uri)

    def change(self, edits, uri=URI):
        """Several edits, one over the other, in one message."""
        changes = []
        for start, end, new in edits:
            changes.append({"range": self.range(start, end, uri), "text": new})
            self.texts[uri] = self.texts[uri][:start] + new + self.texts[uri][end:]
        return self._send(changes, uri)

    def rewrite(self, text, uri=URI):
        """The editor sends the whole text."""
        self.texts[uri] = text
        return self._send([{"text": text}], uri)

    def _send(self, changes, uri):
        self.versions[uri] += 1
        document = {"uri": uri, "version": self.versions[uri]}
        return self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def type(self, offset, words, uri=URI):
        """A person types, a fifth of a second a key."""
        for number, sign in enumerate(words):
            self.now += 0.2
            self.replace(offset + number, offset + number, sign, uri)

    def suggest(self, *items, at, uri=URI, method="textDocument/inlineCompletion", member="items"):
        """The editor asks for suggestions at an offset and is given them."""
        params = {"textDocument": {"uri": uri, "version": self.versions[uri]}, "position": self.position(at, uri)}
        self.answer(self.ask(method, params), {member: list(items)})
        return items[0] if items else None

    def item(self, words, start, end, ident=None, uri=URI, **more):
        """An item of LSP 3.18, with Copilot's command where it has an id."""
        command = {"command": {"title": "", "command": TAKEN, "arguments": [ident]}} if ident else {}
        return {"insertText": words, "range": self.range(start, end, uri), **command, **more}

    def run(self, item):
        """The editor runs the command of an item."""
        return self.tell("workspace/executeCommand", {k: item["command"][k] for k in ("command", "arguments")})


def claims(records):
    """What Records claim, checked against the text that they bring along: (kind, text) of each."""
    found = []
    for record in records:
        (edit,) = record.edits
        whole = record.text.encode("utf-8", "surrogateescape")
        new = edit.new.encode("utf-8", "surrogateescape")
        assert whole[edit.start : edit.start + len(new)] == new
        assert Text.of(whole).digest() == record.after
        before = whole[: edit.start] + edit.old.encode("utf-8", "surrogateescape") + whole[edit.start + len(new) :]
        assert Text.of(before).digest() == record.before
        found.append((record.kind, edit.new))
    return found
