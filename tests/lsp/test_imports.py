"""What other files of the workspace do to a document's diagnostics, over stdio with a real client."""

import pytest

RULE = "tls-verify-off"
CALLER = "from tools import fetch\nfetch(u, False)\n"
RISKY = "import requests\n\n# é\ndef fetch(u, check):\n    return requests.get(u, verify=check, timeout=3)\n"
HARMLESS = "import requests\ndef fetch(u, check):\n    return requests.get(u, timeout=3)\n"


def codes(items):
    return [item.code for item in items]


def fires(items):
    return codes(items) == [RULE]


def again(editor, uri, wanted):
    """Diagnostics of the present version that were heard after everything so far."""
    with editor.news:
        del editor.heard[:]
    return lambda: editor.diagnostics(uri, wanted)


@pytest.fixture
def ready(editor):
    (editor.root / ".git").mkdir(exist_ok=True)
    editor.start()
    return editor


def test_a_helper_on_disk_is_looked_into_and_named(ready):
    (ready.root / "tools.py").write_text(RISKY)
    uri = ready.open("a.py", CALLER)
    [found] = ready.diagnostics(uri, fires)
    assert (found.range.start.line, found.range.start.character) == (1, 0)
    [step] = found.related_information
    assert step.location.uri == ready.uri("tools.py")
    assert (step.location.range.start.line, step.location.range.start.character) == (4, 11)


def test_an_edit_of_the_helper_changes_the_caller(ready):
    (ready.root / "tools.py").write_text(RISKY)
    uri = ready.open("a.py", CALLER)
    ready.diagnostics(uri, fires)
    later = again(ready, uri, lambda items: not items)
    helper = ready.open("tools.py", HARMLESS)
    assert later() == []
    later = again(ready, uri, fires)
    ready.change(helper, (2, 27), (2, 27), "verify=check, ")
    assert fires(later())


def test_closing_the_helper_brings_back_what_is_on_disk(ready):
    (ready.root / "tools.py").write_text(RISKY)
    helper = ready.open("tools.py", HARMLESS)
    uri = ready.open("a.py", CALLER)
    ready.diagnostics(uri, lambda items: not items)
    later = again(ready, uri, fires)
    ready.notify("textDocument/didClose", {"textDocument": {"uri": helper}})
    assert fires(later())


def test_files_that_change_on_disk(ready):
    uri = ready.open("a.py", CALLER)
    ready.diagnostics(uri, lambda items: not items)
    for number, (text, wanted) in enumerate([(RISKY, fires), (HARMLESS, lambda items: not items), (RISKY, fires)]):
        later = again(ready, uri, wanted)
        (ready.root / "tools.py").write_text(text)
        change = {"uri": ready.uri("tools.py"), "type": 2 if number else 1}
        ready.notify("workspace/didChangeWatchedFiles", {"changes": [change]})
        later()
    later = again(ready, uri, lambda items: not items)
    (ready.root / "tools.py").unlink()
    ready.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": ready.uri("tools.py"), "type": 3}]})
    assert later() == []


def test_a_link_out_of_the_root_is_not_followed(ready):
    outside = ready.root.parent / "outside.py"
    outside.write_text(RISKY)
    (ready.root / "tools.py").symlink_to(outside)
    (ready.root / "real.py").write_text(RISKY)
    uri = ready.open("a.py", CALLER + "from real import fetch as get\nget(u, False)\n")
    [found] = ready.diagnostics(uri, fires)
    assert found.range.start.line == 3


def test_typing_an_import(ready):
    (ready.root / "tools.py").write_text(RISKY)
    uri = ready.open("a.py", "\nfetch(u, False)\n")
    assert ready.diagnostics(uri) == []
    ready.change(uri, (0, 0), (0, 0), "from tools import fetch")
    assert fires(ready.diagnostics(uri, fires))


def test_a_scan_of_the_workspace_follows_imports_and_knows_what_is_open(ready):
    (ready.root / "tools.py").write_text(HARMLESS)
    (ready.root / "a.py").write_text(CALLER)
    ready.open("tools.py", RISKY)
    ready.execute("gifthorse.rescan")
    found = ready.wait("textDocument/publishDiagnostics", lambda params: params.uri == ready.uri("a.py"))
    assert fires(found.diagnostics)


def test_an_untrusted_folder_without_a_repository(editor):
    (editor.root / "lib").mkdir()
    (editor.root / "tools.py").write_text(RISKY)
    before = sorted(editor.root.iterdir())
    editor.start()
    uri = editor.open("lib/a.py", CALLER)
    assert fires(editor.diagnostics(uri, fires))
    assert sorted(editor.root.iterdir()) == before
