"""What an assistant's text changed is shown at once, with what stood there before, and a person's changes are not."""

import pytest

BEFORE = """@login_required
def delete(request, pk):
    if not request.user.is_admin:
        raise PermissionDenied()
    Item.objects.get(pk=pk).delete()
"""
GUARD = """    if not request.user.is_admin:
        raise PermissionDenied()
"""


def rules(diagnostics):
    return {one.code for one in diagnostics.diagnostics}


@pytest.fixture
def opened(editor, root):
    editor.start()
    return editor.open("views.py", BEFORE)


def test_a_guard_that_an_assistant_took_away_is_shown_with_what_stood_there(editor, opened):
    new = "    # delete the item\n    Item.objects.get(pk=pk).delete()\n"
    editor.change(opened, (2, 0), (5, 0), new)
    editor.inserted(opened, (2, 0), (4, 0))
    shown = editor.wait("textDocument/publishDiagnostics", lambda said: "control-removed" in rules(said))
    (one,) = [one for one in shown.diagnostics if one.code == "control-removed"]
    assert "is_admin" in one.message
    assert one.related_information


def test_a_guard_that_a_person_takes_away_is_not_said(editor, opened):
    editor.change(opened, (0, 0), (0, 0), "# by an assistant: nothing\n")
    editor.inserted(opened, (0, 0), (1, 0))
    editor.change(opened, (3, 0), (5, 0), "")
    editor.change(opened, (0, 0), (0, 0), "import subprocess\n")
    editor.inserted(opened, (0, 0), (1, 0))
    line = "    subprocess.run(['ls'])\n"
    editor.change(opened, (4, 0), (4, 0), line)
    editor.inserted(opened, (4, 0), (5, 0))
    shown = editor.wait("textDocument/publishDiagnostics", lambda said: "capability-added" in rules(said))
    assert "control-removed" not in rules(shown)


def test_an_import_that_no_manifest_has_is_shown_until_it_is_declared(editor, root):
    (root / "pyproject.toml").write_text('[project]\ndependencies = ["pyyaml"]\n')
    editor.start()
    opened = editor.open("app.py", "x = 1\n")
    editor.change(opened, (0, 0), (0, 0), "import yaml\nimport wizard_of_invoices\nimport reqeusts\n")
    editor.inserted(opened, (0, 0), (3, 0))
    shown = editor.wait("textDocument/publishDiagnostics", lambda said: "near-miss-dependency" in rules(said))
    (one,) = [one for one in shown.diagnostics if one.code == "unknown-dependency"]
    assert one.range.start.line == 1
    assert "pyproject.toml" in one.message


def test_a_capability_that_the_path_may_have_is_not_mentioned_from_the_next_moment_on(editor, root):
    (root / ".git").mkdir()
    editor.start(initializationOptions={"trusted": True})
    opened = editor.open("clients/web.py", "x = 1\n")
    editor.change(opened, (1, 0), (1, 0), "import requests\nrequests.get('https://example.org', timeout=3)\n")
    editor.inserted(opened, (1, 0), (3, 0))
    shown = editor.wait("textDocument/publishDiagnostics", lambda said: "capability-added" in rules(said))
    (one,) = [one for one in shown.diagnostics if one.code == "capability-added"]
    assert [step.message for step in one.related_information] == ["network-access: requests.get"]
    with editor.news:
        editor.heard.clear()
    file = root / "gifthorse.toml"
    file.write_text('[capabilities]\n"network-access" = ["clients/**"]\n')
    editor.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": file.as_uri(), "type": 1}]})
    shown = editor.wait(
        "textDocument/publishDiagnostics", lambda said: said.uri == opened and "capability-added" not in rules(said)
    )
    assert not shown.diagnostics


def test_a_route_without_what_those_of_the_files_beside_it_have_is_shown_with_one_of_them(editor, root):
    route = (
        "import {{ auth }} from '@/auth'\n\nexport async function {0}(req) {{\n  await auth()\n  return save(req)\n}}\n"
    )
    for name, method in (("a", "POST"), ("b", "PUT"), ("c", "DELETE")):
        (root / "api" / name).mkdir(parents=True)
        (root / "api" / name / "route.js").write_text(route.format(method))
    (root / "gifthorse.toml").write_text("")
    editor.start()
    opened = editor.open("api/d/route.js", "// d\n", "javascript")
    editor.change(opened, (1, 0), (1, 0), "export async function PATCH(req) {\n  return save(req)\n}\n")
    editor.inserted(opened, (1, 0), (4, 0))
    shown = editor.wait("textDocument/publishDiagnostics", lambda said: "peer-deviation" in rules(said))
    (one,) = [one for one in shown.diagnostics if one.code == "peer-deviation"]
    assert "3 of 3 siblings in the files around it" in one.message
    assert one.related_information[0].location.uri.endswith("/api/a/route.js")


def test_a_guard_is_missed_though_the_editor_made_small_edits_of_the_suggestion(editor, opened):
    guard = {"start": {"line": 2, "character": 10}, "end": {"line": 3, "character": 30}}
    word = {"start": {"line": 2, "character": 4}, "end": {"line": 2, "character": 7}}
    editor.notify(
        "textDocument/didChange",
        {
            "textDocument": {"uri": opened, "version": 2},
            "contentChanges": [{"range": guard, "text": "ping()"}, {"range": word, "text": ""}],
        },
    )
    editor.inserted(opened, (2, 7), (2, 13), version=2)
    shown = editor.wait("textDocument/publishDiagnostics", lambda said: "control-removed" in rules(said))
    (one,) = [one for one in shown.diagnostics if one.code == "control-removed"]
    assert "is_admin" in one.message
    (step,) = one.related_information
    assert step.message == "stood here before: if not request.user.is_admin: raise PermissionDenied()"
