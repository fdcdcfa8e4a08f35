"""What a client is told about how much is whose; and what a person says of that leaves a trace."""

from pathlib import Path

import pytest
from pygls.exceptions import JsonRpcException

from gifthorse.lsp import protocol

AI = "requests.get(URL, verify=False, timeout=5)"


def told(editor, uri=None):
    return editor.request("gifthorse/statistics", {"textDocument": {"uri": uri}} if uri else {})


def trace(environment):
    """The records on disk, as one text."""
    files = sorted(Path(environment["GIFTHORSE_STATE_DIR"]).rglob("*"))
    return b"".join(path.read_bytes() for path in files if path.is_file())


def test_lines_regions_findings_and_reviews_are_counted(editor):
    editor.start()
    uri = editor.open("a.py", f"import requests\n\n{AI}\nprint(1)\nprint(2)\n")
    other = editor.open("b.py", "x = 1\n")
    editor.inserted(uri, (2, 0), (2, len(AI)))
    editor.inserted(uri, (3, 6), (3, 7), tool="other")
    editor.diagnostics(uri, lambda items: any(one.severity == 1 for one in items))
    result = told(editor, uri)
    document, workspace = result.document, result.workspace
    lines = document.lines
    assert (lines.ai, lines.mixed, lines.unknown, lines.blank, lines.human) == (1, 1, 2, 2, 0)
    assert [(one.tool, one.regions) for one in document.tools] == [("copilot", 1), ("other", 1)]
    assert (document.regions, document.findings.high, document.reviewed) == (2, 1, 0)
    assert (workspace.files, workspace.lines.unknown) == (2, 3)
    region = next(one for one in editor.regions(uri) if one.origin.tool == "copilot")
    editor.execute(protocol.APPROVE, regions=[region.id])
    assert told(editor, uri).document.reviewed > 0.9
    assert not hasattr(told(editor, other).document, "reviewed")
    assert not hasattr(told(editor, "file:///nowhere.py"), "document")


def test_the_cells_of_a_notebook_are_one_file(editor):
    editor.start()
    for cell in ("a", "b"):
        item = {"uri": f"vscode-notebook-cell:/book.ipynb#{cell}", "languageId": "python", "version": 1, "text": AI}
        editor.notify("textDocument/didOpen", {"textDocument": item})
    assert told(editor).workspace.files == 1


def test_files_that_are_closed_count_with_their_regions(editor):
    editor.start()
    (editor.root / "a.py").write_text(AI)
    uri = editor.open("a.py", AI)
    editor.inserted(uri, (0, 0), (0, len(AI)))
    assert len(editor.regions(uri)) == 1
    editor.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    workspace = told(editor).workspace
    assert (workspace.files, workspace.lines.ai, workspace.share) == (1, 1, 1)


def test_this_was_not_ai_takes_a_region_and_leaves_a_trace(editor, environment):
    editor.start()
    uri = editor.open("a.py", f"{AI}\nprint(1)\n")
    editor.inserted(uri, (0, 0), (0, len(AI)))
    (region,) = editor.regions(uri)
    assert list(editor.execute(protocol.MARK_HUMAN, region=region.id)["regions"]) == [region.id]
    assert editor.regions(uri) == []
    assert told(editor, uri).workspace.calledHuman == 1
    record = trace(environment)
    assert record.count(region.id.encode()) >= 2, "the Insertion is still there, and what was said of it"
    assert b"copilot" in record


def test_this_was_ai_leaves_a_trace_as_a_mark_by_hand(editor, environment):
    editor.start()
    uri = editor.open("a.py", f"{AI}\n")
    made = editor.execute(protocol.MARK_INSERTED, uri=uri, range=editor.span((0, 0), (0, 9)), tool="copilot")
    (region,) = editor.regions(uri)
    assert (region.id, region.origin.kind, region.evidence) == (made["region"], "marked", "reported")
    assert made["region"].encode() in trace(environment)


def test_approval_over_the_protocol_is_never_proven(editor, environment):
    editor.start()
    uri = editor.open("a.py", f"{AI}\n")
    editor.inserted(uri, (0, 0), (0, len(AI)))
    (region,) = editor.regions(uri)
    editor.execute(protocol.APPROVE, regions=[region.id])
    assert b"proven" not in trace(environment) or b'"proven":true' not in trace(environment).replace(b" ", b"")


def actions(editor, uri, **context):
    params = {"textDocument": {"uri": uri}, "range": editor.span((0, 0), (0, 9))}
    found = editor.request("textDocument/codeAction", {**params, "context": {"diagnostics": [], **context}})
    return [one.title for one in found]


def test_a_selection_can_be_called_an_assistants_in_every_editor(editor):
    editor.start()
    uri = editor.open("a.py", f"{AI}\n")
    editor.diagnostics(uri)
    invoked, automatic = 1, 2
    assert "An assistant wrote this" in actions(editor, uri, triggerKind=invoked)
    assert "An assistant wrote this" not in actions(editor, uri, triggerKind=automatic)
    editor.execute(protocol.MARK_INSERTED, uri=uri, range=editor.span((0, 0), (0, 9)))
    again = actions(editor, uri, triggerKind=invoked)
    assert "An assistant wrote this" not in again
    assert "A person wrote this, not an assistant" in again


def test_what_is_not_said_is_asked_for(editor):
    editor.start()
    editor.open("a.py", AI)
    with pytest.raises(JsonRpcException, match="`region`"):
        editor.execute(protocol.MARK_HUMAN)
