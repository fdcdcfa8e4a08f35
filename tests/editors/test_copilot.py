"""The real language server of Copilot behind the proxy: it starts, initializes and ends. No account is needed for that."""

import json
import os
import subprocess

import pytest

pytestmark = pytest.mark.editor("copilot")

WHO = {"editorInfo": {"name": "tests", "version": "1"}, "editorPluginInfo": {"name": "tests", "version": "1"}}


class Wire:
    """An editor's end of the conversation."""

    def __init__(self, process):
        self.process = process

    def send(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def read(self):
        length = 0
        while (line := self.process.stdout.readline()).strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, self.process.stderr.read().decode()
        return json.loads(self.process.stdout.read(length))

    def ask(self, ident, method, params):
        self.send(id=ident, method=method, params=params)
        while (message := self.read()).get("id") != ident or "method" in message:
            pass
        return message


@pytest.fixture
def wire(copilot, command, tmp_path):
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    environment["GIFTHORSE_STATE_DIR"] = str(tmp_path / "state")
    server = [str(copilot.node), str(copilot.entry), "--stdio"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([str(command), "proxy", "--", *server], env=environment, **pipes) as process:
        yield Wire(process)
        process.kill()


def test_it_starts_initializes_and_ends(wire, tmp_path):
    uri = (tmp_path / "app.py").as_uri()
    params = {"processId": os.getpid(), "rootUri": None, "capabilities": {"textDocument": {"inlineCompletion": {}}}}
    result = wire.ask(1, "initialize", {**params, "initializationOptions": WHO})["result"]
    assert result["serverInfo"]["name"] == "GitHub Copilot Language Server"
    assert "inlineCompletionProvider" in result["capabilities"]
    assert "github.copilot.didAcceptCompletionItem" in result["capabilities"]["executeCommandProvider"]["commands"]
    wire.send(method="initialized", params={})
    item = {"uri": uri, "languageId": "python", "version": 1, "text": "import os\n"}
    wire.send(method="textDocument/didOpen", params={"textDocument": item})
    asked = {"textDocument": {"uri": uri, "version": 1}, "position": {"line": 1, "character": 0}}
    asked |= {"context": {"triggerKind": 2}, "formattingOptions": {"tabSize": 4, "insertSpaces": True}}
    answer = wire.ask(2, "textDocument/inlineCompletion", asked)
    assert {"result", "error"} & set(answer), "it answers, if only that nobody is signed in"
    assert wire.ask(3, "shutdown", None)["result"] is None
    wire.send(method="exit", params=None)
    assert wire.process.wait(30) == 0
