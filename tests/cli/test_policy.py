"""Policies as they are met: explained, refused to agents, failing a check, listed by a scan."""

import json

import pytest

KEY = "s_c9883b05a2487d::t_9f8e7d6c5b4a32"
DENY = '[[policy]]\npaths = ["src/auth/**"]\nwrite = "deny"\nreason = "People only."\n'
ALLOW = '\n[[policy]]\ntools = ["claude*"]\nwrite = "allow"\n'
DENIED = '[[policy]]\nwrite = "deny"\n'
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


def changed(repository, before, after=None):
    """A change of which a note says that an assistant wrote a line of a.py; the policies before and after it."""
    repository.commit("Start", a__py="x = 1\n", gifthorse__toml=before)
    more = {} if after is None else {"gifthorse__toml": after}
    tip = repository.commit("Change", a__py="x = 1\ny = 2\n", b__py="z = 1\n", **more)
    repository.note(tip, f"a.py\n  {KEY} 2\n")
    return ("check", "--range", "HEAD~1..HEAD", "--format", "json")


def test_a_missing_review_fails_a_check(gifthorse, repository):
    words = changed(repository, '[[policy]]\nreview = ["Ada Low"]\n')
    unreviewed = gifthorse(*words, cwd=repository.root)
    assert unreviewed.returncode == 1
    (one,) = json.loads(unreviewed.stdout)["findings"]
    assert (one["rule"], one["severity"], one["range"]["start"]["line"]) == ("review-missing", "medium", 2)
    assert "is to be reviewed by Ada Low, as the policy in gifthorse.toml, line 1 asks." in one["message"]
    assert one["region"]["tool"] == "claude"
    for shape in ("text", "markdown", "github", "sarif"):
        assert "to be reviewed by Ada Low" in gifthorse(*words[:3], "--format", shape, cwd=repository.root).stdout
    quiet = gifthorse(*words, "--min-severity", "high", cwd=repository.root)
    assert (quiet.returncode, json.loads(quiet.stdout)["findings"]) == (1, [])


@pytest.mark.parametrize(("policy", "code"), [(DENIED, 1), ('[[policy]]\npaths = ["b.py"]\nwrite = "deny"\n', 0)])
def test_denied_text_fails_a_check(gifthorse, repository, policy, code):
    denied = gifthorse(*changed(repository, policy), cwd=repository.root)
    assert denied.returncode == code, denied.stderr
    found = [(one["rule"], one["severity"]) for one in json.loads(denied.stdout)["findings"]]
    assert found == [("denied-by-policy", "high")] * code


@pytest.mark.parametrize("after", ["", '[[policy]]\nwrite = "allow"\n', '[rules]\noff = ["denied-by-policy"]\n', "["])
@pytest.mark.parametrize("trust", [(), ("--trust",)])
def test_a_change_cannot_permit_itself(gifthorse, repository, after, trust):
    words = changed(repository, DENIED, after)
    denied = gifthorse(*words, *trust, cwd=repository.root)
    (found,) = [one for one in json.loads(denied.stdout)["findings"] if one["rule"] == "denied-by-policy"]
    assert denied.returncode == 1
    assert "by the policy in gifthorse.toml (in " in found["message"]
    if after.startswith("[rules]"):
        assert "was ignored: the file is part of the change" in denied.stderr + denied.stdout


def test_a_change_that_tightens_holds_for_itself(gifthorse, repository):
    denied = gifthorse(*changed(repository, "", DENIED), cwd=repository.root)
    assert [one["rule"] for one in json.loads(denied.stdout)["findings"]] == ["denied-by-policy"]


def test_what_the_work_tree_says_is_no_matter_to_a_range(gifthorse, repository):
    words = changed(repository, DENIED)
    (repository.root / "gifthorse.toml").write_text("")
    assert gifthorse(*words, cwd=repository.root).returncode == 1
    (repository.root / "gifthorse.toml").unlink()
    assert gifthorse(*words, "--trust", cwd=repository.root).returncode == 1


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
