"""A package that an assistant imports is declared by an action in the manifest that is there, open or not."""

import pytest

IMPORTS = "import flask\nimport reqeusts\n"
LAZY = {
    "general": {"positionEncodings": ["utf-8"]},
    "textDocument": {"codeAction": {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}}},
    "workspace": {"workspaceEdit": {"documentChanges": True}},
}


def codes(shown):
    return {one.code for one in shown.diagnostics}


def actions(editor, uri, lines=(0, 2)):
    where = {"start": {"line": lines[0], "character": 0}, "end": {"line": lines[1], "character": 0}}
    return editor.request(
        "textDocument/codeAction", {"textDocument": {"uri": uri}, "range": where, "context": {"diagnostics": []}}
    )


def declaring(editor, uri):
    (found,) = [one for one in actions(editor, uri) if one.title.startswith("Declare flask in")]
    return found


@pytest.fixture
def project(root):
    (root / "pyproject.toml").write_text('[project]\nname = "shop"\ndependencies = [\n    "pyyaml",\n]\n')
    return root


def imported(editor, name="app.py", code="unknown-dependency"):
    uri = editor.open(name, "x = 1\n")
    editor.change(uri, (0, 0), (0, 0), IMPORTS)
    editor.inserted(uri, (0, 0), (2, 0))
    editor.wait("textDocument/publishDiagnostics", lambda said: said.uri == uri and code in codes(said))
    return uri


def test_declaring_edits_the_manifest_on_disk(editor, project):
    editor.start()
    uri = imported(editor)
    edit = declaring(editor, uri).edit
    assert list(edit.changes) == [editor.uri("pyproject.toml")]
    (made,) = edit.changes[editor.uri("pyproject.toml")]
    assert (made.range.start.line, made.range.start.character) == (3, 13)
    assert made.new_text == '\n    "flask",'


def test_a_manifest_that_is_open_counts_as_it_is_there(editor, project):
    editor.start(LAZY)
    manifest = editor.open("pyproject.toml", (project / "pyproject.toml").read_text(), "toml")
    editor.change(manifest, (0, 0), (0, 0), "# ours\n")
    uri = imported(editor)
    edit = editor.request("codeAction/resolve", declaring(editor, uri)).edit
    (changed,) = edit.document_changes
    assert (changed.text_document.uri, changed.text_document.version) == (manifest, 2)
    (made,) = changed.edits
    assert made.range.start.line == 4
    editor.change(manifest, (4, 13), (4, 13), made.new_text)
    editor.wait(
        "textDocument/publishDiagnostics",
        lambda said: said.uri == uri and said.version == 2 and codes(said) == {"near-miss-dependency"},
    )


def test_declaring_is_not_offered_where_the_manifest_is_not_what_it_was(editor, project):
    editor.start()
    uri = imported(editor)
    (project / "pyproject.toml").write_text('[project]\nname = "shop"\n\n\ndependencies = []\n')
    assert not [one for one in actions(editor, uri) if one.title.startswith("Declare")]


def test_the_name_that_was_meant_is_written_and_an_import_is_taken_out(editor, project):
    editor.start()
    uri = imported(editor, code="near-miss-dependency")
    edited = [one for one in actions(editor, uri) if getattr(one, "edit", None)]
    found = {one.title: one.edit.changes[uri] for one in edited if uri in one.edit.changes}
    assert [one.new_text for one in found["Did you mean requests?"]] == ["requests"]
    (removed,) = found["Remove the import of reqeusts"]
    assert (removed.range.start.line, removed.range.end.line) == (1, 2)


def test_a_manifest_that_is_broken_leaves_unknown_names_alone(editor, project):
    (project / "pyproject.toml").write_text('[project\nname = "shop"\n')
    (project / "requirements.txt").write_text("pyyaml\n")
    editor.start()
    uri = imported(editor, code="near-miss-dependency")
    shown = editor.said("textDocument/publishDiagnostics")[-1]
    assert shown.uri == uri
    assert "unknown-dependency" not in codes(shown)
