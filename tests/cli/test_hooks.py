"""`gifthorse hooks`: says what it did, does it where it was asked to, and does nothing by halves."""

import json
import shutil
import subprocess

import pytest

from gifthorse.provenance import agents


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    for name in ("CLAUDE_CONFIG_DIR", "CODEX_HOME", "COPILOT_HOME", "CONTINUE_GLOBAL_DIR"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def hooks(home, gifthorse, tmp_path):
    """Run `gifthorse hooks` with that home folder."""
    return lambda *words: gifthorse("hooks", *words, cwd=tmp_path)


def test_it_says_what_it_did(hooks, home):
    settings = home / ".claude/settings.json"
    done = hooks("install", "claude-code")
    assert (done.returncode, done.stdout) == (0, f"{settings} was made.\n")
    assert "set up" in hooks("status", "claude-code").stdout
    assert hooks("install", "claude-code").stdout == f"{settings} is set up already.\n"
    done = hooks("uninstall", "claude-code")
    assert done.stdout == f"{settings} was removed: there was nothing but our entries in it.\n"
    assert list(home.iterdir()) == []
    assert hooks("uninstall", "claude-code").stdout == f"{settings} has nothing of ours in it.\n"


def test_the_command_that_it_writes_can_be_run_by_a_shell(hooks, home, tmp_path):
    hooks("install", "claude-code")
    entry = json.loads((home / ".claude/settings.json").read_text())["hooks"]["PostToolUse"][0]["hooks"][0]
    done = subprocess.run(
        [shutil.which("sh"), "-c", entry["command"]], input=b"{}", capture_output=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0


def test_in_a_project_it_is_written_at_its_root(hooks, home, tmp_path):
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    (project / "deep").mkdir()
    done = hooks("install", "cursor", "--project", str(project / "deep"), "--block")
    assert done.stdout == f"{project / '.cursor/hooks.json'} was made.\n"
    entries = json.loads((project / ".cursor/hooks.json").read_text())["hooks"]
    assert entries["preToolUse"][0]["command"].endswith("gifthorse hook cursor --block")
    assert list(home.iterdir()) == []
    assert "refuses risky edits" in hooks("status", "cursor", "--project", str(project)).stdout


def test_all_agents_are_shown(hooks):
    shown = hooks("status").stdout
    assert {line.partition(":")[0] for line in shown.splitlines()} == set(agents.names())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("install",), "say for which agent"),
        (("install", "generic"), "gifthorse hook generic"),
        (("install", "nobody"), "invalid choice"),
        (("install", "cursor", "--project", "/not/there"), "not a folder"),
    ],
)
def test_what_cannot_be_done_is_said(hooks, home, words, said):
    done = hooks(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert list(home.iterdir()) == []


def test_a_broken_file_is_named_and_left_alone(hooks, home):
    (home / ".claude").mkdir()
    (home / ".claude/settings.json").write_text('{\n  "a" 1\n}')
    done = hooks("install", "claude-code")
    assert done.returncode == 2
    assert "settings.json: line 2: a colon is missing; nothing was changed" in done.stderr
    assert (home / ".claude/settings.json").read_text() == '{\n  "a" 1\n}'
