"""What the server acknowledged outlives `kill -9` of it, and the command line knows it."""

import json
import os
import subprocess
import sys

import pytest

BASE = "import requests\n"
NEW = "requests.get(u, verify=False, timeout=3)\n"


class Editor:
    """Just enough of an editor: it sends, and reads until what it waits for comes."""

    def __init__(self, environment):
        command = [sys.executable, "-P", "-m", "gifthorse", "lsp"]
        pipe = subprocess.PIPE
        self.server = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment)

    def send(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def receive(self):
        length = 0
        while line := self.server.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self.server.stdout.read(length))

    def ask(self, number, method, params):
        self.send(id=number, method=method, params=params)
        while (message := self.receive()).get("id") != number or "method" in message:
            if "method" in message and "id" in message:
                self.send(id=message["id"], result=None)
        return message["result"]


@pytest.fixture
def environment(tmp_path):
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "GIFTHORSE_STATE_DIR": str(tmp_path / "state"),
        "GIFTHORSE_CONFIG_DIR": str(tmp_path / "config"),
    }


def test_an_acknowledged_insertion_is_found_after_the_server_was_killed(tmp_path, environment, gifthorse):
    root = tmp_path / "root"
    root.mkdir()
    file = root / "a.py"
    file.write_text(BASE)
    uri = file.as_uri()
    start, end = {"line": 1, "character": 0}, {"line": 2, "character": 0}
    editor = Editor(environment)
    editor.ask(1, "initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": {}})
    editor.send(method="initialized", params={})
    document = {"uri": uri, "languageId": "python", "version": 1, "text": BASE}
    editor.send(method="textDocument/didOpen", params={"textDocument": document})
    change = {"range": {"start": start, "end": start}, "text": NEW}
    versioned = {"uri": uri, "version": 2}
    editor.send(method="textDocument/didChange", params={"textDocument": versioned, "contentChanges": [change]})
    origin = {"tool": "copilot", "kind": "inline-completion"}
    told = {
        "textDocument": versioned,
        "ranges": [{"start": start, "end": end}],
        "origin": origin,
        "evidence": "reported",
    }
    editor.send(method="gifthorse/didInsert", params=told)
    acknowledged = editor.ask(2, "gifthorse/regions", {"textDocument": {"uri": uri}})["regions"]
    editor.server.kill()
    editor.server.communicate()
    file.write_text("# typed later, while nobody followed\n" + BASE + NEW)
    result = gifthorse("scan", ".", "--format", "json", cwd=root)
    found = next(one for one in json.loads(result.stdout)["findings"] if one["rule"] == "tls-verify-off")
    assert (found["level"], found["region"]["id"]) == ("error", acknowledged[0]["id"])
    assert found["region"]["tool"] == "copilot"
