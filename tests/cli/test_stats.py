"""`gifthorse stats`: numbers that can be counted by hand, in three forms."""

import json
import re

import pytest
from rich.cells import cell_len

KEY = "s_c9883b05a2487d::t_9f8e7d6c5b4a32"
TRAILER = "More\n\nCo-authored-by: Claude <noreply@anthropic.com>"


@pytest.fixture
def played(repository):
    """Three commits: a person's 2 lines; 4 of an assistant, of which 1 is gone again; and 1 that is only declared."""
    repository.commit("Start", a__py="import os\n\nx = os.getcwd()\n")
    tip = repository.commit(
        "AI",
        author="Bob Ray <bob@example.com>",
        a__py="import os\n\nx = os.getcwd()\na = eval(input())\nb = 2\nc = 3\nd = 4\n",
    )
    repository.note(tip, f"a.py\n  {KEY} 4-7\n")
    repository.commit(
        TRAILER, b__ts="let x = 1\n", a__py="import os\n\nx = os.getcwd()\na = eval(input())\nb = 2\nc = 3\n"
    )
    return repository


def told(gifthorse, root, *words):
    result = gifthorse("stats", *words, "--format", "json", cwd=root)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def row(shape, table, name):
    return next(one for one in shape["by"][table] if one["name"] == name)


def test_lines_are_counted(gifthorse, played):
    shape = told(gifthorse, played.root)
    assert (shape["commits"], shape["files"]) == (3, 2)
    assert [shape["total"][key] for key in ("inserted", "retained")] == [7, 6]
    claude = row(shape, "tool", "claude")
    assert [claude[key] for key in ("inserted", "retained", "mixed", "reviewed")] == [4, 3, 0, 0]
    assert sum(claude["findings"].values()) == 1
    assert sum(claude["findingsPer1000Lines"].values()) == pytest.approx(333.33, abs=0.01)
    assert row(shape, "model", "claude-sonnet-4-5")["retained"] == 3
    assert row(shape, "tool", "claude (commit only)")["inserted"] == 1
    assert row(shape, "tool", "unknown")["retained"] == 2
    assert row(shape, "language", "python")["assistants"]["retained"] == 3
    assert row(shape, "language", "typescript")["retained"] == 1
    assert row(shape, "author", "Bob Ray")["inserted"] == 4
    assert row(shape, "path", "a.py")["retained"] == 5


def test_a_stretch_of_history(gifthorse, played):
    assert told(gifthorse, played.root, "HEAD~1..")["total"]["inserted"] == 1
    assert told(gifthorse, played.root, "HEAD~2..HEAD~1")["total"]["retained"] == 4
    assert told(gifthorse, played.root, "HEAD~2")["commits"] == 1
    assert told(gifthorse, played.root, "HEAD..HEAD")["total"]["inserted"] == 0


def test_what_is_not_committed_counts_only_without_a_range(gifthorse, played):
    played.write(
        "a.py",
        "import os\n\nx = os.getcwd()\na = eval(input())\nb = 2\nc = 3\n# gifthorse:ai cursor m\nz = 1\n# gifthorse:end\n",
    )
    shape = told(gifthorse, played.root)
    assert row(shape, "author", "not committed")["retained"] == 3
    assert row(shape, "tool", "cursor")["inserted"] == 1
    assert told(gifthorse, played.root, "HEAD")["total"]["retained"] == 6


def test_a_merge_counts_nothing_twice(gifthorse, played):
    played.git("checkout", "-q", "-b", "side", "HEAD~1")
    played.commit("side", c__py="y = 1\n")
    played.git("checkout", "-q", "main")
    played.git("merge", "-q", "--no-ff", "--no-commit", "side")
    played.commit("merged", d__py="only = the.merge\n")
    total = told(gifthorse, played.root)["total"]
    assert (total["inserted"], total["retained"]) == (8, 7)


@pytest.mark.parametrize("width", [80, 104])
def test_text(gifthorse, played, width):
    result = gifthorse("stats", cwd=played.root, COLUMNS=str(width))
    assert (result.returncode, result.stderr) == (0, "")
    shown = result.stdout
    assert shown.startswith("repository: all of main\n3 commits, 2 files\n")
    assert "7 lines inserted, 6 retained: 3 AI (50%); 3 unknown (50%)" in shown
    assert re.search(r"by tool +inserted +retained +left +high +medium +low +reviewed", shown)
    assert re.search(r"claude +4 +3 +75% +[0-9.]+ +[0-9.]+ +[0-9.]+ +0%", shown)
    assert max(map(cell_len, shown.splitlines())) <= width


def test_one_table(gifthorse, played):
    shown = gifthorse("stats", "--by", "author", "--no-findings", cwd=played.root).stdout
    assert "by author" in shown
    assert "by tool" not in shown
    assert "Nobody looked for findings." in shown


def test_html(gifthorse, repository):
    tip = repository.commit("x", author="<b>Eve <e@example.com>", **{"<i>.py": "x = 1\n"})
    agent = {"tool": "<script>", "id": "x", "model": "&amp;"}
    repository.note(tip, f"<i>.py\n  {KEY} 1\n", sessions={KEY.partition("::")[0]: {"agent_id": agent}})
    shown = gifthorse("stats", "--format", "html", cwd=repository.root).stdout
    assert "&lt;script&gt;" in shown
    assert "&amp;amp;" in shown
    assert not re.search(r"<(script|b|i)>", shown)
    assert 'tabindex="0"' in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["HEAD...main"], "three dots"),
        (["nothing"], "names no commit here"),
        (["..nothing"], "names no commit here"),
        (["HEAD~9.."], "goes back behind"),
        (["--root", "nowhere"], "is no folder"),
    ],
)
def test_bad_ranges_say_what_to_do(gifthorse, played, words, said):
    result = gifthorse("stats", *words, cwd=played.root)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr


def test_places_without_history(gifthorse, tmp_path, repository):
    result = gifthorse("stats", cwd=tmp_path)
    assert result.returncode == 0
    assert "in no git repository" in result.stdout
    assert gifthorse("stats", "HEAD", cwd=tmp_path).returncode == 2
    assert "There is no commit yet" in gifthorse("stats", cwd=repository.root).stdout
    tip = repository.commit(a__py="x = 1\n")
    repository.note(tip, f"a.py\n  {KEY} 1\n")
    repository.git("clone", "-q", "--mirror", ".", str(tmp_path / "bare.git"))
    assert row(told(gifthorse, tmp_path / "bare.git"), "tool", "claude")["retained"] == 1
    repository.git("checkout", "-q", "--detach")
    assert told(gifthorse, repository.root)["total"]["retained"] == 1
