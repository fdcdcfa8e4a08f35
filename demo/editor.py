"""A pretend editor: speaks the Language Server Protocol over stdio to a real server, and keeps buffers.

It is what the demonstration and the measurements drive; it is not a test of the protocol
(tests/lsp uses an independent client for that).
"""

import itertools
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from gifthorse.model.text import Edit, Position, Span, Text

JSON = dict[str, Any]
SERVER = (sys.executable, "-P", "-m", "gifthorse", "lsp")
PATIENCE = 60.0


class Editor:
    """One running server and the documents that are open in it. Positions are UTF-16, as in VS Code."""

    def __init__(
        self, root: Path, environment: Mapping[str, str], command: Sequence[str] = SERVER, options: JSON | None = None
    ) -> None:
        self.root = root
        self.texts: dict[str, Text] = {}
        self.versions: dict[str, int] = {}
        self.published: dict[str, JSON] = {}
        self._ids = itertools.count(1)
        self._incoming: queue.SimpleQueue[JSON | None] = queue.SimpleQueue()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(environment), cwd=root
        )
        threading.Thread(target=self._read, daemon=True).start()
        self.capabilities = self._initialize(options or {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.request("shutdown", None)
        self.notify("exit", None)
        self.process.wait(PATIENCE)

    def _initialize(self, options: JSON) -> JSON:
        answer = self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": self.root.as_uri(),
                "workspaceFolders": [{"uri": self.root.as_uri(), "name": self.root.name}],
                "initializationOptions": options,
                "capabilities": {
                    "general": {"positionEncodings": ["utf-16"]},
                    "textDocument": {
                        "publishDiagnostics": {"versionSupport": True, "dataSupport": True},
                        "codeAction": {
                            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source"]}},
                            "resolveSupport": {"properties": ["edit"]},
                            "dataSupport": True,
                        },
                    },
                    "workspace": {"applyEdit": True, "workspaceEdit": {"documentChanges": True}},
                },
            },
        )
        self.notify("initialized", {})
        return answer["capabilities"]

    # -- messages

    def _read(self) -> None:
        stream = self.process.stdout
        while stream is not None:
            length = 0
            while (line := stream.readline().strip()) != b"":
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            if not length:
                break
            self._incoming.put(json.loads(stream.read(length)))
        self._incoming.put(None)

    def send(self, message: JSON) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def notify(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        number = next(self._ids)
        self.send({"id": number, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == number and "method" not in message:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message.get("result")

    def receive(self) -> JSON:
        """The next message, after the editor has done its own part (answers, diagnostics, edits)."""
        message = self._incoming.get(timeout=PATIENCE)
        if message is None:
            raise RuntimeError("the server ended")
        if message.get("method") == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]
        elif "method" in message and "id" in message:
            self.send({"id": message["id"], "result": self._answer(message["method"], message["params"])})
        return message

    def _answer(self, method: str, params: Any) -> Any:
        if method == "workspace/applyEdit":
            self.apply(params["edit"])
            return {"applied": True}
        if method == "workspace/configuration":
            return [None for _ in params["items"]]
        return None

    # -- documents

    def open(self, path: Path, language: str) -> str:
        """Open a file and return its URI."""
        uri, text = path.as_uri(), Text.of(path.read_bytes())
        self.texts[uri], self.versions[uri] = text, 1
        item = {"uri": uri, "languageId": language, "version": 1, "text": bytes(text).decode()}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return uri

    def change(self, uri: str, edits: Sequence[Edit]) -> list[JSON]:
        """Make edits one after the other; returns the range that each new text takes right after its edit."""
        changes, ranges = [], []
        for edit in edits:
            before = self.range(uri, edit.span)
            self.texts[uri] = self.texts[uri].apply(edit)
            changes.append({"range": before, "text": edit.new.decode()})
            ranges.append(self.range(uri, Span(edit.span.start, edit.span.start + len(edit.new))))
        self.versions[uri] += 1
        document = {"uri": uri, "version": self.versions[uri]}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})
        return ranges

    def apply(self, edit: JSON) -> None:
        """Apply a WorkspaceEdit to the open documents."""
        groups = [(change["textDocument"]["uri"], change["edits"]) for change in edit.get("documentChanges", [])]
        for uri, edits in groups + list(edit.get("changes", {}).items()):
            spans = [Edit(self.span(uri, item["range"]), item["newText"].encode()) for item in edits]
            self.change(uri, sorted(spans, key=lambda item: item.span, reverse=True))

    def diagnostics(self, uri: str) -> list[JSON]:
        """The diagnostics of the document's present version; waits for them."""
        while self.published.get(uri, {}).get("version") != self.versions[uri]:
            self.receive()
        return list(self.published[uri]["diagnostics"])

    def range(self, uri: str, span: Span) -> JSON:
        first, last = (self.texts[uri].position(offset, "utf-16") for offset in span)
        return {"start": first._asdict(), "end": last._asdict()}

    def span(self, uri: str, where: JSON) -> Span:
        points = (Position(where[end]["line"], where[end]["character"]) for end in ("start", "end"))
        return Span(*(self.texts[uri].offset(point, "utf-16") for point in points))
