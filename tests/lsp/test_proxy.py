"""A suggestion that an assistant's server made and a person took: through the proxy it is a Region of the running server."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

ASSISTANT = Path(__file__).parents[1] / "proxy" / "assistant.py"
BEFORE = "import os\n\n\ndef mine():\n    return 'human'\n\n\ndef theirs(path):\n    "
WORDS = "os.system(path)\n    return 'machine'"


class Wire:
    """What an editor says to an assistant's server behind the proxy, and hears from it."""

    def __init__(self, process):
        self.process = process
        self.count = 0

    def send(self, method, params, **more):
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def ask(self, method, params):
        self.count += 1
        self.send(method, params, id=self.count)
        length = int(self.process.stdout.readline().split(b":")[1])
        self.process.stdout.readline()
        return json.loads(self.process.stdout.read(length))["result"]


@pytest.fixture
def assistant(environment, tmp_path):
    """An assistant's server behind the proxy, which offers WORDS."""
    offers = tmp_path / "offers.json"
    offers.write_text(json.dumps({"    ": WORDS}))
    known = {"GIFTHORSE_TEST_OFFERS": str(offers), "GIFTHORSE_TEST_LOG": str(tmp_path / "log.jsonl")}
    command = [sys.executable, "-P", "-m", "gifthorse", "proxy", "--", sys.executable, "-P", str(ASSISTANT)]
    process = subprocess.Popen(command, env={**environment, **known}, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        wire = Wire(process)
        wire.ask("initialize", {"capabilities": {}})
        yield wire
        if process.poll() is None:
            wire.send("exit", None)
        process.stdin.close()
        assert process.wait(30) == 0


def take(assistant, uri, text, version=2):
    """Open the document, ask, and take what is offered at its end; the place where it was put."""
    assistant.send(
        "textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "python", "version": 1, "text": text}}
    )
    lines = text.split("\n")
    place = {"line": len(lines) - 1, "character": len(lines[-1])}
    asked = {"textDocument": {"uri": uri}, "position": place, "context": {"triggerKind": 1}}
    (item,) = assistant.ask("textDocument/inlineCompletion", asked)["items"]
    change = {"range": {"start": place, "end": place}, "text": item["insertText"]}
    document = {"uri": uri, "version": version}
    assistant.send("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
    assistant.ask("workspace/executeCommand", {key: item["command"][key] for key in ("command", "arguments")})
    return place["line"], place["character"]


def unreviewed(params):
    return params.unreviewed > 0


@pytest.mark.parametrize("editor_first", [True, False])
def test_what_is_taken_in_an_open_document_is_a_region_whoever_comes_first(editor, root, assistant, editor_first):
    (root / "app.py").write_text(BEFORE)
    editor.start()
    uri = editor.open("app.py", BEFORE)
    place = (8, 4)
    if editor_first:
        editor.change(uri, place, place, WORDS)
        assert take(assistant, uri, BEFORE) == place
    else:
        assert take(assistant, uri, BEFORE) == place
        editor.change(uri, place, place, WORDS)
    editor.wait("gifthorse/status", unreviewed)
    (region,) = editor.regions(uri)
    origin = region.origin
    assert (region.evidence, origin.tool, origin.model) == ("reported", "Scripted Assistant", "scripted-1")
    assert origin.kind == "inline-completion"
    (first, *_, last) = [*region.ranges, region.ranges[-1]]
    assert (first.start.line, first.start.character, last.end.line, last.end.character) == (8, 4, 9, 20)


def test_what_is_taken_while_nobody_runs_is_found_by_the_next_start(launch, root, assistant):
    file = root / "app.py"
    take(assistant, file.as_uri(), BEFORE)
    assistant.ask("shutdown", None)
    file.write_text(BEFORE + WORDS)
    assistant.send("exit", None)
    assert assistant.process.wait(30) == 0
    editor = launch()
    editor.start()
    editor.wait("gifthorse/status", unreviewed)
    (region,) = editor.regions()
    assert (region.evidence, region.origin.tool) == ("reported", "Scripted Assistant")


def test_an_editor_that_does_not_know_whose_text_it_was_is_told(editor, root, assistant):
    (root / "app.py").write_text(BEFORE)
    editor.start()
    uri = editor.open("app.py", BEFORE)
    editor.change(uri, (8, 4), (8, 4), WORDS)
    editor.inserted(uri, (8, 4), (9, 20), tool="unknown assistant")
    (region,) = editor.regions(uri)
    assert region.origin.tool == "unknown assistant"
    editor.wait("gifthorse/regionsChanged")
    before = itertools.count(-len(editor.said("gifthorse/regionsChanged")))
    take(assistant, uri, BEFORE)
    editor.wait("gifthorse/regionsChanged", lambda params: next(before) >= 0)
    (region,) = editor.regions(uri)
    assert (region.evidence, region.origin.tool) == ("reported", "Scripted Assistant")


def test_what_is_known_by_name_stays_when_an_editor_reports_it_without(editor, root, assistant):
    (root / "app.py").write_text(BEFORE)
    editor.start()
    uri = editor.open("app.py", BEFORE)
    editor.change(uri, (8, 4), (8, 4), WORDS)
    take(assistant, uri, BEFORE)
    editor.wait("gifthorse/status", unreviewed)
    editor.inserted(uri, (8, 4), (9, 20), tool="unknown assistant")
    (region,) = editor.regions(uri)
    assert region.origin.tool == "Scripted Assistant"
