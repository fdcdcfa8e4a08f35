"""Rule files of users' own in an editor: validated while they are typed, tested when saved, run where they are believed."""

import pytest

RULE = """\
format = 1
id = "acme-legacy"
severity = "medium"
confidence = "high"
title = "Acme's legacy client is used"
message = "{callee} talks to the legacy gateway."
why = "It speaks without encryption."
instead = "Use `acme.client`."
cwe = [319]

[[match]]
language = ["python"]
call = ["acme.legacy.connect"]

[[test]]
language = "python"
bad = "import acme.legacy as l\\nl.connect()\\n"
"""
CODE = "from acme.legacy import connect\nconnect()\n"
NAME = ".gifthorse/rules/acme-legacy.toml"


@pytest.fixture
def rule_file(root):
    path = root / NAME
    path.parent.mkdir(parents=True)
    (root / ".git").mkdir()
    path.write_text(RULE)
    return path


def trusted(editor):
    editor.start(initializationOptions={"trusted": True})
    return editor


def codes(items):
    return [item.code for item in items]


def save(editor, uri):
    editor.notify("textDocument/didSave", {"textDocument": {"uri": uri}})


def test_own_rules_find_in_trusted_workspaces_and_change_with_their_files(editor, rule_file):
    trusted(editor)
    uri = editor.open("a.py", CODE)
    assert codes(editor.diagnostics(uri, wanted=len)) == ["acme-legacy"]
    rule_file.write_text(RULE.replace("acme.legacy.connect", "acme.legacy.other"))
    change = {"uri": editor.uri(NAME), "type": 2}
    editor.notify("workspace/didChangeWatchedFiles", {"changes": [change]})
    editor.diagnostics(uri, wanted=lambda items: not items)


def test_trust_brings_them_and_takes_them_away(editor, rule_file):
    editor.start()
    uri = editor.open("a.py", CODE)
    assert editor.diagnostics(uri) == []
    editor.notify("gifthorse/didChangeTrust", {"trusted": True})
    editor.diagnostics(uri, wanted=len)
    with editor.news:
        editor.heard.clear()
    editor.notify("gifthorse/didChangeTrust", {"trusted": False})
    editor.diagnostics(uri, wanted=lambda items: not items)


def test_a_rule_file_is_read_while_it_is_typed(editor, rule_file):
    trusted(editor)
    uri = editor.open(NAME, RULE, "toml")
    editor.diagnostics(uri, wanted=lambda items: set(codes(items)) == {"rule-file"})
    line = RULE.split("\n").index('language = ["python"]')
    editor.change(uri, (line, 13), (line, 19), "pyhton")
    items = editor.diagnostics(uri, wanted=lambda items: any(item.severity == 1 for item in items))
    (wrong,) = [item for item in items if item.severity == 1]
    assert "'pyhton' is not known" in wrong.message
    assert (wrong.range.start.line, wrong.range.start.character, wrong.range.end.character) == (line, 0, 21)


def test_a_syntax_error_has_its_line(editor, rule_file):
    trusted(editor)
    uri = editor.open(NAME, RULE.replace("cwe = [319]", "cwe = [319"), "toml")
    (wrong,) = [item for item in editor.diagnostics(uri, wanted=len) if item.severity == 1]
    assert "TOML" in wrong.message


def test_failing_tests_are_shown_at_their_place_when_the_file_is_saved(editor, rule_file):
    trusted(editor)
    uri = editor.open(NAME, RULE, "toml")
    line = RULE.split("\n").index('call = ["acme.legacy.connect"]')
    editor.change(uri, (line, 20), (line, 27), "other")
    rule_file.write_text(RULE.replace("acme.legacy.connect", "acme.legacy.other"))
    save(editor, uri)
    items = editor.diagnostics(uri, wanted=lambda items: "rule-test" in codes(items))
    (failed,) = [item for item in items if item.code == "rule-test"]
    assert "The bad code is not found" in failed.message
    assert failed.range.start.line == RULE.split("\n").index("[[test]]")
    lenses = editor.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    assert [lens.command.title for lens in lenses] == ["0 of 1 tests pass"]


def test_an_untrusted_rule_file_is_read_but_never_run_and_says_so(editor, rule_file):
    editor.start()
    uri = editor.open(NAME, RULE, "toml")
    items = editor.diagnostics(uri, wanted=len)
    assert any("not run" in item.message and item.severity == 3 for item in items)
    assert not any(item.severity == 1 for item in items)


def test_another_toml_file_is_none(editor, rule_file):
    trusted(editor)
    uri = editor.open("pyproject.toml", 'format = 1\nid = "x"\n', "toml")
    assert editor.diagnostics(uri) == []


def test_keys_and_values_are_completed_in_rule_files_only(editor, rule_file):
    trusted(editor)
    uri = editor.open(NAME, RULE + "\n[[match]]\n", "toml")
    number = (RULE + "\n[[match]]\n").count("\n")
    where = {"textDocument": {"uri": uri}, "position": {"line": number, "character": 0}}
    items = editor.request("textDocument/completion", where)
    (call,) = [item for item in items if item.label == "call"]
    assert call.text_edit.new_text == "call = "
    assert "resolved names" in call.documentation.value
    line = RULE.split("\n").index('severity = "medium"')
    where["position"] = {"line": line, "character": len('severity = "me')}
    items = editor.request("textDocument/completion", where)
    assert [item.text_edit.new_text for item in items] == ["high", "medium", "low"]
    assert items[0].text_edit.range.start.character == len('severity = "')
    other = editor.open("a.py", "")
    assert editor.request("textDocument/completion", {**where, "textDocument": {"uri": other}}) is None


def test_a_key_is_explained_where_it_stands(editor, rule_file):
    trusted(editor)
    uri = editor.open(NAME, RULE, "toml")
    line = RULE.split("\n").index("[[match]]") + 2
    where = {"textDocument": {"uri": uri}, "position": {"line": line, "character": 1}}
    shown = editor.request("textDocument/hover", where)
    assert "call: resolved names of what is called" in shown.contents.value
    assert (shown.range.start.character, shown.range.end.character) == (0, 4)


def test_a_hover_over_a_finding_shows_the_example_in_the_files_language(editor):
    editor.start(
        {"general": {"positionEncodings": ["utf-8"]}, "textDocument": {"hover": {"contentFormat": ["markdown"]}}}
    )
    uri = editor.open(
        "a.go", 'package a\n\nimport "crypto/tls"\n\nvar c = tls.Config{InsecureSkipVerify: true}\n', "go"
    )
    editor.diagnostics(uri, wanted=len)
    where = {"textDocument": {"uri": uri}, "position": {"line": 4, "character": 12}}
    said = editor.request("textDocument/hover", where).contents.value
    assert "```go\n&tls.Config{RootCAs: pool}" in said
    assert "requests.get" not in said


def test_a_scan_of_the_workspace_uses_own_rules(editor, rule_file, root):
    (root / "closed.py").write_text(CODE)
    trusted(editor)
    result = editor.execute("gifthorse.rescan")
    assert result["findings"] if isinstance(result, dict) else result.findings
    found = editor.wait("textDocument/publishDiagnostics", lambda params: params.uri == editor.uri("closed.py"))
    assert codes(found.diagnostics) == ["acme-legacy"]


def test_directories_in_the_editors_settings_are_believed_without_trust(editor, root, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "acme-legacy.toml").write_text(RULE)
    editor.start()
    settings = {"gifthorse": {"rules": {"directories": [str(mine)]}}}
    editor.notify("workspace/didChangeConfiguration", {"settings": settings})
    uri = editor.open("a.py", CODE)
    assert codes(editor.diagnostics(uri, wanted=len)) == ["acme-legacy"]
