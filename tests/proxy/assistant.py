"""A scripted assistant's language server, for the tests: LSP 3.18's inline completion with Copilot's additions.

It offers what the JSON file that GIFTHORSE_TEST_OFFERS names says: {what stands before the cursor in its line: what
comes then}. What was typed of an offer already is left out of the next one. Every message of the editor goes into the
file that GIFTHORSE_TEST_LOG names.
"""

import json
import os
import sys
from pathlib import Path

ACCEPT = "scripted.didAccept"
CAPABILITIES = {
    "textDocumentSync": {"openClose": True, "change": 2},
    "inlineCompletionProvider": True,
    "executeCommandProvider": {"commands": [ACCEPT]},
}


def read(source):
    """The next message, or None at the end of the input."""
    length = 0
    while (line := source.readline()) not in (b"\r\n", b""):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return json.loads(source.read(length)) if length else None


def write(sink, message):
    """Send one message."""
    body = json.dumps(message).encode()
    sink.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
    sink.flush()


class Assistant:
    """The documents, and what is offered for them."""

    def __init__(self):
        self.documents = {}
        self.count = 0

    def answer(self, message):
        """The answer to a request; None for a notification."""
        method, params = message.get("method"), message.get("params") or {}
        if method == "textDocument/didOpen":
            self.documents[params["textDocument"]["uri"]] = params["textDocument"]["text"]
        elif method == "textDocument/didChange":
            for change in params["contentChanges"]:
                self.change(params["textDocument"]["uri"], change)
        if "id" not in message or method is None:
            return None
        return {"jsonrpc": "2.0", "id": message["id"], "result": self.result(method, params)}

    def change(self, uri, change):
        text = self.documents[uri]
        start, end = (self.offset(text, change["range"][one]) for one in ("start", "end"))
        self.documents[uri] = text[:start] + change["text"] + text[end:]

    @staticmethod
    def offset(text, position):
        lines = text.splitlines(keepends=True)[: position["line"]]
        return sum(map(len, lines)) + position["character"]

    def result(self, method, params):
        if method == "initialize":
            return {"capabilities": CAPABILITIES, "serverInfo": {"name": "Scripted Assistant", "version": "1"}}
        if method == "textDocument/inlineCompletion":
            return {"items": self.items(params["textDocument"]["uri"], params["position"])}
        return None

    def items(self, uri, position):
        text = self.documents.get(uri, "")
        before = text[: self.offset(text, position)].rpartition("\n")[2]
        offers = json.loads(Path(os.environ["GIFTHORSE_TEST_OFFERS"]).read_text(encoding="utf-8"))
        rests = [rest for key, words in offers.items() if (rest := self.rest(before, key, words))]
        return [self.item(words, position) for words in rests[:1]]

    @staticmethod
    def rest(before, key, words):
        """What is left of an offer when some of it stands before the cursor already."""
        at = before.find(key)
        typed = before[at + len(key) :] if at >= 0 else None
        return words[len(typed) :] if typed is not None and words.startswith(typed) else ""

    def item(self, words, position):
        self.count += 1
        command = {"title": "accepted", "command": ACCEPT, "arguments": [f"offer-{self.count}"]}
        range_ = {"start": position, "end": position}
        return {"insertText": words, "range": range_, "command": command, "data": {"model": "scripted-1"}}


def main():
    assistant = Assistant()
    with Path(os.environ["GIFTHORSE_TEST_LOG"]).open("a", encoding="utf-8") as log:
        while (message := read(sys.stdin.buffer)) is not None and message.get("method") != "exit":
            log.write(json.dumps({"from": "client", "message": message}) + "\n")
            log.flush()
            answer = assistant.answer(message)
            if answer is not None:
                write(sys.stdout.buffer, answer)


if __name__ == "__main__":
    main()
