"""A scan holds files with an assistant's text against what they would be without it."""

import json

import pytest

from gifthorse.model.event import Inserted
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.text import Span, Text
from gifthorse.provenance.holdings import add, empty
from gifthorse.workspace.root import Workspace

IMPORTS = "import yaml\nimport wizard_of_invoices\nimport reqeusts\n"
REST = "import some_package_of_a_person\n\nx = 1\n"
GUARD = "    if not request.user.is_admin:\n        raise PermissionDenied()\n"
CHANGES = {"unknown-dependency", "near-miss-dependency", "capability-added", "control-removed"}


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "pyproject.toml").write_text('[project]\ndependencies = ["pyyaml"]\n')
    return folder


def inserted(folder, name, content, part, replaced=""):
    """Write a file of which an assistant wrote a part, where something else stood before."""
    text, start = Text.of(content.encode()), content.encode().index(part.encode())
    workspace = Workspace(folder)
    blobs = [workspace.journal.put_blob(one.encode()) for one in (part, replaced)]
    origin = Origin("copilot", "chat")
    insertion = Insertion(
        "i1", origin, Evidence.REPORTED, "2026-01-01T00:00:00Z", blobs[0], blobs[1] if replaced else None, len(part)
    )
    workspace.journal.append(Inserted(name, insertion))
    workspace.remember(name, text, add(empty(), text, insertion, [Span(start, start + len(part.encode()))]))
    workspace.close()
    (folder / name).write_text(content)


def found(gifthorse, folder):
    result = gifthorse("scan", ".", "--format", "json", "--min-confidence", "low", cwd=folder)
    assert result.returncode in (0, 1), result.stderr
    return [(one["rule"], one["message"]) for one in json.loads(result.stdout)["findings"] if one["rule"] in CHANGES]


def test_what_an_assistant_imports_and_nothing_declares_is_said(gifthorse, project):
    inserted(project, "app.py", IMPORTS + REST, IMPORTS)
    rules = dict(found(gifthorse, project))
    assert rules.keys() == {"unknown-dependency", "near-miss-dependency"}
    assert "wizard_of_invoices" in rules["unknown-dependency"]


def test_what_an_assistant_took_away_is_said(gifthorse, project):
    new = "    # delete the item\n"
    content = f"def delete(request, pk):\n{new}    Item.objects.get(pk=pk).delete()\n"
    inserted(project, "views.py", content, new, GUARD)
    assert [rule for rule, _ in found(gifthorse, project)] == ["control-removed"]


def test_text_of_which_nobody_wrote_down_whose_it_is_has_no_text_before(gifthorse, project):
    (project / "app.py").write_text(IMPORTS + REST)
    assert found(gifthorse, project) == []
