"""The main job over stdio, with pygls's own client: it checks the type of everything that the server sends."""

import json
import subprocess
import time

import psutil
import pytest

SAFE = "import requests\n\n\ndef load(url):\n"
RISKY = "    return requests.get(URL, verify=False, timeout=9)\n"
FULL = {
    "general": {"positionEncodings": ["utf-8", "utf-16"]},
    "textDocument": {
        "hover": {"contentFormat": ["markdown"]},
        "codeAction": {
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
        },
    },
    "window": {"workDoneProgress": True},
    "workspace": {
        "applyEdit": True,
        "configuration": True,
        "workspaceEdit": {"documentChanges": True},
        "codeLens": {"refreshSupport": True},
        "diagnostics": {"refreshSupport": True},
        "didChangeConfiguration": {"dynamicRegistration": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    },
}
PULLING = {**FULL, "textDocument": {**FULL["textDocument"], "diagnostic": {"relatedDocumentSupport": False}}}


def accept(editor, name="app.py"):
    """An assistant's line is accepted in a new document; returns its URI and the finding in the Region."""
    uri = editor.open(name, SAFE)
    editor.diagnostics(uri)
    editor.change(uri, (4, 0), (4, 0), RISKY)
    editor.inserted(uri, (4, 0), (5, 0))
    found = editor.diagnostics(uri, lambda items: any("region" in item.data for item in items))
    return uri, found[0]


def workers(editor):
    return psutil.Process(editor.process.pid).children(recursive=True)


def test_inserted_found_fixed_and_approved(editor):
    editor.start(FULL)
    uri, found = accept(editor)
    assert (found.code, found.severity, found.source) == ("tls-verify-off", 1, "gifthorse")
    assert found.code_description.href.startswith("https://")
    assert len(found.data["fingerprint"]) == 32
    (region,) = editor.regions(uri)
    assert (region.standing, region.evidence, region.findings.high) == ("unreviewed", "reported", 1)

    place = {"textDocument": {"uri": uri}, "range": editor.span((4, 12), (4, 12)), "context": {"diagnostics": []}}
    fix = editor.request("textDocument/codeAction", place)[0]
    assert fix.edit is None
    edit = editor.request("codeAction/resolve", fix).edit.document_changes[0].edits[0]
    editor.apply_to(uri, edit)
    assert editor.diagnostics(uri) == []

    assert editor.execute("gifthorse.approve", regions=[region.id])["regions"] == [region.id]
    assert editor.regions(uri)[0].standing == "approved"
    assert editor.stop() == 0


def test_a_change_that_changes_nothing_is_a_version_too(editor):
    editor.start(FULL)
    uri = editor.open("app.py", SAFE + RISKY)
    assert len(editor.diagnostics(uri)) == 1
    editor.change(uri, (0, 0), (0, 6), "import")
    assert len(editor.diagnostics(uri)) == 1


@pytest.mark.parametrize(
    ("name", "language", "text", "rule"),
    [
        (
            "a.js",
            "javascript",
            "const https = require('https');\nhttps.get(u, {rejectUnauthorized: false});\n",
            "tls-verify-off",
        ),
        (
            "a.tsx",
            "typescriptreact",
            "import https from 'https';\nhttps.get(u, {rejectUnauthorized: false});\n",
            "tls-verify-off",
        ),
        (
            "a.go",
            "go",
            'package a\n\nimport "crypto/tls"\n\nvar c = tls.Config{InsecureSkipVerify: true}\n',
            "tls-verify-off",
        ),
        ("a.txt", "plaintext", "access \u202e level\n", "bidi-control"),
    ],
)
def test_every_language_over_the_wire(editor, name, language, text, rule):
    editor.start(FULL)
    uri = editor.open(name, text, language)
    assert rule in [item.code for item in editor.diagnostics(uri)]


def test_rejecting_over_the_wire(editor):
    editor.start(FULL)
    uri, _ = accept(editor)
    result = editor.execute("gifthorse.reject", region=editor.regions(uri)[0].id)
    assert result == {"applied": True}
    (change,) = editor.said("workspace/applyEdit")[0].edit.document_changes
    assert change.edits[0].new_text == ""


def test_everything_a_client_can_ask(editor):
    editor.start(FULL)
    uri, _ = accept(editor)
    document = {"textDocument": {"uri": uri}}
    lenses = editor.request("textDocument/codeLens", document)
    assert lenses[0].command.title == "AI: copilot · 1 finding · unreviewed"
    hover = editor.request("textDocument/hover", {**document, "position": {"line": 4, "character": 12}})
    assert "CWE-295" in hover.contents.value
    assert "copilot" in hover.contents.value
    registered = editor.wait("client/registerCapability").registrations
    assert {one.method for one in registered} == {
        "workspace/didChangeConfiguration",
        "workspace/didChangeWatchedFiles",
    }
    assert editor.wait("gifthorse/status", lambda status: status.unreviewed == 1).state == "ready"
    editor.wait("workspace/codeLens/refresh")
    editor.wait("workspace/configuration")


def test_a_workspace_is_scanned_with_progress(editor):
    (editor.root / "closed.py").write_text(SAFE + RISKY)
    editor.start(FULL)
    result = editor.execute("gifthorse.rescan")
    assert result == {"files": 1, "findings": 1, "notAnalysed": []}
    shown = editor.wait("textDocument/publishDiagnostics", lambda params: params.uri == editor.uri("closed.py"))
    assert shown.version is None
    editor.wait("$/progress", lambda params: params.value["kind"] == "end")


def test_pulled_diagnostics(editor):
    (editor.root / "closed.py").write_text(SAFE + RISKY)
    editor.start(PULLING)
    uri = editor.open("app.py", SAFE + RISKY)
    full = editor.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    assert [item.code for item in full.items] == ["tls-verify-off"]
    again = {"textDocument": {"uri": uri}, "previousResultId": full.result_id}
    assert editor.request("textDocument/diagnostic", again).kind == "unchanged"
    everywhere = editor.request("workspace/diagnostic", {"previousResultIds": []})
    assert {one.uri: len(one.items) for one in everywhere.items} == {uri: 1, editor.uri("closed.py"): 1}
    assert editor.said("textDocument/publishDiagnostics") == []


def test_while_the_analysis_hangs_the_server_answers_and_cancels(editor):
    editor.start(PULLING)
    uri = editor.open("app.py", SAFE)
    editor.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    for worker in workers(editor):
        worker.suspend()
    editor.change(uri, (4, 0), (4, 0), RISKY)
    pending, ident = editor.begin("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    for method in ("textDocument/codeLens", "gifthorse/regions"):
        started = time.monotonic()
        editor.request(method, {"textDocument": {"uri": uri}})
        assert time.monotonic() - started < 0.2  # 50 ms on an idle machine
    assert not pending.done()
    editor.notify("$/cancelRequest", {"id": ident})
    with pytest.raises(Exception, match="cancelled"):
        pending.result(30)
    for worker in workers(editor):
        worker.resume()
    full = editor.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    assert len(full.items) == 1


def test_a_killed_worker_is_replaced(editor):
    editor.start(FULL)
    uri = editor.open("app.py", SAFE)
    editor.diagnostics(uri)
    for worker in workers(editor):
        worker.kill()
    editor.change(uri, (4, 0), (4, 0), RISKY)
    assert len(editor.diagnostics(uri)) == 1


def test_a_killed_server_loses_nothing_that_was_acknowledged(launch):
    first = launch()
    first.start(FULL)
    uri, _ = accept(first)
    (region,) = first.regions(uri)
    first.process.kill()
    second = launch()
    second.start(FULL)
    uri = second.open("app.py", SAFE + RISKY)
    second.diagnostics(uri, lambda items: any("region" in item.data for item in items))
    assert [one.id for one in second.regions(uri)] == [region.id]


def test_the_worker_goes_with_the_server(editor):
    editor.start(FULL)
    uri = editor.open("app.py", SAFE)
    editor.diagnostics(uri)
    children = workers(editor)
    assert children
    assert editor.stop() == 0
    _, alive = psutil.wait_procs(children, timeout=30)
    assert alive == []


def test_memory_stays_where_it_is_over_100000_notifications(raw, root):
    process = raw(stdout=subprocess.DEVNULL)
    uri = (root / "a.py").as_uri()
    send = sender(process)
    send({"id": 0, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}})
    send({"method": "initialized", "params": {}})
    item = {"uri": uri, "languageId": "python", "version": 0, "text": SAFE}
    send({"method": "textDocument/didOpen", "params": {"textDocument": item}})
    used = []
    for part in range(5):
        for number in range(10_000):
            version = part * 10_000 + number + 1
            start = {"line": 0, "character": 0}
            change = {
                "range": {"start": start, "end": {**start, "character": 1 - version % 2}},
                "text": "x" * (version % 2),
            }
            document = {"uri": uri, "version": version}
            params = {"textDocument": document, "contentChanges": [change]}
            send({"method": "textDocument/didChange", "params": params})
            send({"method": "gifthorse/unknown", "params": {"number": number}})
        used.append(settled(process))
    assert used[-1] - used[1] < 8 * 1024 * 1024, used


def sender(process):
    def send(message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    return send


def settled(process):
    """The server's memory once it has taken in all that was sent: its processor time does not grow any more."""
    process.stdin.flush()
    server = psutil.Process(process.pid)
    while busy(server):
        pass
    return server.memory_info().rss


def busy(server):
    before = sum(server.cpu_times()[:2])
    server.cpu_percent(0.3)
    return sum(server.cpu_times()[:2]) - before > 0.02
