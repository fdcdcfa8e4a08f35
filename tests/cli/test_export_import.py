"""`gifthorse export` and `gifthorse import`: what is written is valid and never replaces anything; nothing is lost on the way."""

import hashlib
import json
from pathlib import Path

import jsonschema
import pytest

from gifthorse.model.event import Inserted
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.text import Span, Text
from gifthorse.provenance.formats import git_ai, git_ai_writer
from gifthorse.provenance.holdings import add, empty
from gifthorse.workspace.root import Workspace

START = "def start():\n    return first_things_first()\n"
AI = "def fetch_everything(url, timeout):\n    answer = open_connection(url, timeout)\n    return answer.read()\n"
SCHEMA = json.loads((Path(__file__).parent.parent / "data" / "agent-trace.schema.json").read_text(encoding="utf-8"))


def tell(root, state, monkeypatch, *, text, piece, evidence=Evidence.REPORTED, name="a.py", model="gpt-5"):
    """What an editor's session would have left behind."""
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(state))
    document = Text.of(text)
    start = text.encode().index(piece.encode())
    digest = hashlib.sha256(piece.encode()).hexdigest()
    origin = Origin("copilot", "chat", model, "s-1")
    insertion = Insertion(digest[:16], origin, evidence, "2026-01-01T00:00:00Z", digest, None, len(piece))
    workspace = Workspace(root, configured=False)
    workspace.journal.append(Inserted(name, insertion))
    workspace.remember(name, document, add(empty(), document, insertion, [Span(start, start + len(piece.encode()))]))
    workspace.close()


@pytest.fixture
def told(repository, tmp_path, monkeypatch):
    """A commit with three lines that an assistant brought, as an editor reported, and a line that it changed in part."""
    repository.commit("start", a__py=START)
    text = START + AI + "value = compute(one)\n"
    repository.write("a.py", text)
    tell(repository.root, tmp_path / "state", monkeypatch, text=text, piece=AI + "value = comp")
    repository.commit("fetch")
    return repository


def test_a_note_is_valid_and_printed_only(gifthorse, told):
    result = gifthorse("export", "git-ai", cwd=told.root)
    assert (result.returncode, result.stderr) == (0, "")
    log = git_ai.read(result.stdout.encode())
    assert git_ai_writer.write(log) == result.stdout.encode()
    assert log.problems == ()
    assert [(one.path, [entry.ranges for entry in one.entries]) for one in log.attestations] == [("a.py", [((3, 5),)])]
    assert log.metadata["base_commit_sha"] == told.head()
    assert told.git("for-each-ref", "refs/notes") == ""


def test_notes_are_written_on_request_and_never_over_others(gifthorse, told):
    told.note(told.head("HEAD~1"), "")
    before = told.git("notes", "--ref=ai", "show", "HEAD~1")
    result = gifthorse("export", "git-ai", "--write", cwd=told.root)
    assert "1 of 1 commits got a note in refs/notes/ai." in result.stdout
    written = told.git("notes", "--ref=ai", "show", "HEAD")
    again = gifthorse("export", "git-ai", "--write", cwd=told.root)
    assert "0 of 1 commits got a note" in again.stdout
    assert "left as it is" in again.stdout
    assert told.git("notes", "--ref=ai", "show", "HEAD") == written
    assert told.git("notes", "--ref=ai", "show", "HEAD~1") == before
    told.git("fsck", "--strict")


def test_a_stretch_of_history_has_a_note_each(gifthorse, told, tmp_path, monkeypatch):
    other = "def another_long_line_of_code(argument):\n"
    told.write("b.py", other)
    tell(told.root, tmp_path / "state", monkeypatch, text=other, piece=other, name="b.py")
    told.commit("other")
    shown = gifthorse("export", "git-ai", "HEAD~2..HEAD", cwd=told.root).stdout
    assert [line for line in shown.splitlines() if line.startswith("commit ")] == [
        f"commit {told.head('HEAD~1')}",
        f"commit {told.head()}",
    ]


@pytest.mark.parametrize("evidence", [Evidence.INFERRED, Evidence.DECLARED])
def test_what_is_only_believed_is_not_passed_on(gifthorse, repository, tmp_path, monkeypatch, evidence):
    repository.write("a.py", AI)
    tell(repository.root, tmp_path / "state", monkeypatch, text=AI, piece=AI, evidence=evidence)
    repository.commit("x")
    for form in ("git-ai", "agent-trace"):
        result = gifthorse("export", form, cwd=repository.root)
        assert (result.returncode, result.stdout) == (0, "")
        assert "nothing is known" in result.stderr


def test_records_are_valid(gifthorse, told):
    (line,) = gifthorse("export", "agent-trace", cwd=told.root).stdout.splitlines()
    record = json.loads(line)
    jsonschema.validate(record, SCHEMA, format_checker=jsonschema.FormatChecker())
    ranges = [
        (talk["contributor"], one["start_line"], one["end_line"])
        for talk in record["files"][0]["conversations"]
        for one in talk["ranges"]
    ]
    model = "openai/gpt-5"
    assert ranges == [({"type": "ai", "model_id": model}, 3, 5), ({"type": "mixed", "model_id": model}, 6, 6)]
    assert record["vcs"] == {"type": "git", "revision": told.head()}


def test_records_are_added_on_request_and_once(gifthorse, told):
    told.write(".agent-trace/traces.jsonl", '{"files": []}')
    assert "1 of 1 records were added" in gifthorse("export", "agent-trace", "--write", cwd=told.root).stdout
    content = (told.root / ".agent-trace" / "traces.jsonl").read_text()
    assert content.startswith('{"files": []}\n{"version"')
    assert "0 of 1 records were added" in gifthorse("export", "agent-trace", "--write", cwd=told.root).stdout
    assert (told.root / ".agent-trace" / "traces.jsonl").read_text() == content


def test_nothing_is_written_outside(gifthorse, told, tmp_path):
    (tmp_path / "outside").mkdir()
    (told.root / ".agent-trace").symlink_to(tmp_path / "outside")
    result = gifthorse("export", "agent-trace", "--write", cwd=told.root)
    assert result.returncode == 2
    assert "symbolic link" in result.stderr
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize("form", ["git-ai", "agent-trace"])
def test_what_is_exported_is_imported_by_others_once(gifthorse, told, tmp_path, form):
    gifthorse("export", form, "--write", cwd=told.root)
    elsewhere = {"GIFTHORSE_STATE_DIR": str(tmp_path / "elsewhere")}
    told.write("a.py", "# a line above\n" + (told.root / "a.py").read_text())
    result = gifthorse("import", form, cwd=told.root, **elsewhere)
    assert result.returncode == 0, result.stderr
    assert "a.py: 3 lines in 1 region" in result.stdout
    again = gifthorse("import", form, cwd=told.root, **elsewhere)
    assert "Taken in: 0 lines in 0 regions of 0 files." in again.stdout
    told.git("update-ref", "-d", "refs/notes/ai")
    blamed = json.loads(
        gifthorse("blame", "a.py", "--format", "json", "--no-findings", cwd=told.root, **elsewhere).stdout
    )
    lines = [
        (one["number"], one["class"]) for block in blamed["blocks"] for one in block["lines"] if one["class"] == "ai"
    ]
    assert lines == [(4, "ai"), (5, "ai"), (6, "ai")]
    (region,) = blamed["regions"].values()
    assert (region["tool"], region["model"], region["evidence"]) == ("copilot", "gpt-5", "recorded")


def test_records_may_come_from_another_file(gifthorse, told, tmp_path):
    line = gifthorse("export", "agent-trace", cwd=told.root).stdout
    (tmp_path / "given.json").write_text(line)
    elsewhere = {"GIFTHORSE_STATE_DIR": str(tmp_path / "elsewhere")}
    words = ("import", "agent-trace", "a.py", "--traces", str(tmp_path / "given.json"))
    assert "Taken in: 3 lines" in gifthorse(*words, cwd=told.root, **elsewhere).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "git-ai", "nothing"], "names no commit"),
        (["export", "git-ai", "A...B"], "three dots"),
        (["export", "git-ai", "--root", "nowhere"], "no folder"),
        (["import", "git-ai", "nothing.py"], "nothing.py"),
        (["import", "git-ai", "../outside.py"], "is not inside"),
        (["import", "agent-trace", "--traces", "nowhere.jsonl"], "nowhere.jsonl"),
        (["export", "git-ai", "--notes", "bogus"], "no full name"),
    ],
)
def test_what_cannot_be_done_is_said(gifthorse, told, words, said):
    result = gifthorse(*words, cwd=told.root)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_places_without_history(gifthorse, tmp_path):
    for words in (["export", "git-ai"], ["export", "agent-trace", "--write"], ["import", "git-ai"]):
        result = gifthorse(*words, cwd=tmp_path)
        assert result.returncode == 2
        assert "in no git repository" in result.stderr
