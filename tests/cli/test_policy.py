"""Policies as they are met: explained, refused to agents, failing a check, listed by a scan."""

import json

import pytest

KEY = "s_c9883b05a2487d::t_9f8e7d6c5b4a32"
DENY = '[[policy]]\npaths = ["src/auth/**"]\nwrite = "deny"\nreason = "People only."\n'
ALLOW = '\n[[policy]]\ntools = ["claude*"]\nwrite = "allow"\n'
REVIEW = '\n[[policy]]\nmodels = ["claude-*"]\nreview = ["Ada Low"]\nseverity = "high"\n'


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "root"
    (folder / ".git").mkdir(parents=True)
    (folder / "gifthorse.toml").write_text(DENY + ALLOW + REVIEW)
    return folder


def explained(gifthorse, root, *words):
    result = gifthorse("policy", "explain", *words, "--format", "json", cwd=root)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("words", "write", "line"),
    [
        (["src/auth/login.py", "--tool", "copilot"], "deny", 1),
        (["src/auth/login.py", "--tool", "claude-code"], "allow", 6),
        (["src/other.py", "--tool", "copilot"], "allow", None),
        (["src/auth/login.py"], "depends", None),
    ],
)
def test_it_says_what_holds_and_by_which_line(gifthorse, root, words, write, line):
    said = explained(gifthorse, root, *words)
    assert said["write"] == write
    assert said["by"] == (f"{root / 'gifthorse.toml'}:{line}" if line else None)


def test_reviews_and_severity_are_said(gifthorse, root):
    said = explained(gifthorse, root, "a.py", "--tool", "x", "--model", "claude-9", "--evidence", "hooked")
    assert (said["review"], said["severity"]) == ([["Ada Low"]], "high")
    text = gifthorse("policy", "explain", "src/auth/a.py", "--tool", "copilot", cwd=root).stdout
    assert "src/auth/a.py (tool copilot): may not be written, by " in text
    assert "People only." in text


def test_a_file_of_which_nothing_is_said(gifthorse, tmp_path):
    (tmp_path / ".git").mkdir()
    assert "no policy speaks of it" in gifthorse("policy", "explain", "a.py", cwd=tmp_path).stdout


def test_mistakes_are_said_with_their_line(gifthorse, root):
    (root / "gifthorse.toml").write_text(DENY + 'evidence = ["hookd"]\n')
    result = gifthorse("policy", "explain", "src/auth/a.py", cwd=root)
    assert "gifthorse.toml:5" in result.stderr
    assert "Did you mean `hooked`?" in result.stderr
    assert gifthorse("policy", "explain", "src", cwd=root).returncode == 0
    (root / "src").mkdir()
    assert gifthorse("policy", "explain", "src", cwd=root).returncode == 2


def test_an_agents_edit_is_refused_before_it_is_made(gifthorse, root):
    def asked(name, agent="gemini"):
        tool = {"tool_name": "write_file", "tool_input": {"file_path": str(root / name), "content": "x = 1\n"}}
        payload = {"session_id": "s", "cwd": str(root), "hook_event_name": "BeforeTool", **tool}
        return gifthorse("hook", agent, "--block", cwd=root, given=json.dumps(payload))

    refused = asked("src/auth/login.py")
    words = refused.stdout + refused.stderr
    assert "gifthorse.toml, line 1: People only." in words
    assert "Do not write there by any other way" in words
    assert asked("src/other.py").stderr == ""


def test_denied_text_fails_a_check_and_so_does_a_missing_review(gifthorse, repository):
    repository.commit("Start", a__py="x = 1\n", gifthorse__toml=REVIEW)
    tip = repository.commit("Change", a__py="x = 1\ny = 2\n", b__py="z = 1\n")
    repository.note(tip, f"a.py\n  {KEY} 2\n")
    words = ("check", "--range", "HEAD~1..HEAD", "--format", "json")
    plain = gifthorse(*words, cwd=repository.root)
    model = plain.stderr
    (repository.root / "gifthorse.toml").write_text('[[policy]]\nreview = ["Ada Low"]\n')
    unreviewed = gifthorse(*words, cwd=repository.root)
    assert unreviewed.returncode == 1, model
    assert "a.py:2: AI-written by" in unreviewed.stderr
    assert "not reviewed by Ada Low" in unreviewed.stderr
    (repository.root / "gifthorse.toml").write_text('[[policy]]\nwrite = "deny"\n')
    denied = gifthorse(*words, cwd=repository.root)
    assert denied.returncode == 1
    (found,) = json.loads(denied.stdout)["findings"]
    assert (found["rule"], found["severity"]) == ("denied-by-policy", "high")
    (repository.root / "gifthorse.toml").write_text('[[policy]]\npaths = ["b.py"]\nwrite = "deny"\n')
    assert gifthorse(*words, cwd=repository.root).returncode == 0


def test_what_a_file_may_have_is_said_where_that_is_believed(gifthorse, root):
    (root / "gifthorse.toml").write_text('[capabilities]\n"network-access" = ["src/clients/**"]\n')
    said = explained(gifthorse, root, "src/clients/a.py", "--trust")
    place = {"file": str(root / "gifthorse.toml"), "line": 2}
    assert said["capabilities"] == [{"id": "network-access", "paths": ["src/clients/**"], **place}]
    assert explained(gifthorse, root, "src/a.py", "--trust")["capabilities"] == []
    result = gifthorse("policy", "explain", "src/clients/a.py", cwd=root)
    assert "gifthorse.toml:2: Allowing network-access by path was ignored" in result.stderr
    assert "May have network-access" not in result.stdout
    trusted = gifthorse("policy", "explain", "src/clients/a.py", "--trust", cwd=root)
    assert "May have network-access without a word, by " in trusted.stdout
