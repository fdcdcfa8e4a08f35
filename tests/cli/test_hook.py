"""`gifthorse hook`: it keeps what agents tell, wherever it is called, and never breaks an agent."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import gifthorse
from gifthorse.model.record import TextChange
from gifthorse.store import inbox
from gifthorse.store.folders import state_folder

HOOK = [sys.executable, "-P", "-m", "gifthorse", "hook"]
RISKY = "import requests\n\n\ndef load(url):\n    return requests.get(url, verify=False, timeout=9)\n"
SAFE = RISKY.replace("verify=False, ", "")


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    folder = tmp_path / "state"
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(folder))
    monkeypatch.setenv("GIFTHORSE_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("PYTHONPATH", str(Path(gifthorse.__file__).parents[1]), prepend=os.pathsep)
    return folder


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


def hook(payload, agent="claude-code", *options, cwd=None):
    raw = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return subprocess.run([*HOOK, agent, *options], input=raw, capture_output=True, check=False, cwd=cwd)


def edit(path, *, cwd="", old="x = 1\n", new="x = 2\n", session="s"):
    return {
        "session_id": session,
        "transcript_path": "/t",
        "cwd": str(cwd),
        "hook_event_name": "PostToolUse",
        "tool_name": "Edit",
        "tool_input": {"file_path": str(path), "old_string": old, "new_string": new},
        "tool_response": {"originalFile": old, "userModified": False},
    }


def before(path, content, event="PreToolUse"):
    tool = {"tool_name": "Write", "tool_input": {"file_path": str(path), "content": content}}
    return {"session_id": "s", "transcript_path": "/t", "hook_event_name": event, **tool}


def told(root):
    return inbox.take(state_folder(root))


def test_an_edit_is_kept_and_nothing_is_said(root):
    (root / "a.py").write_text("x = 2\n")
    done = hook(edit(root / "a.py"))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    (record,) = told(root)
    assert (record.path, record.edits) == (str(root / "a.py"), (TextChange("x = 1\n", "x = 2\n", 0),))


def test_two_hundred_at_once_lose_nothing(root):
    """Each writes another file, all in one folder; none may get in another's way."""
    for number in range(200):
        (root / f"m{number}.py").write_text("x = 2\n")
    with ThreadPoolExecutor(40) as pool:
        done = list(pool.map(lambda number: hook(edit(root / f"m{number}.py")), range(200)))
    assert {(one.returncode, one.stderr) for one in done} == {(0, b"")}
    assert {record.path for record in told(root)} == {str(root / f"m{number}.py") for number in range(200)}


def git(folder, *words):
    names = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "protocol.file.allow=always"]
    subprocess.run(["git", "-C", str(folder), *names, *words], check=True, capture_output=True)


def repository(folder):
    folder.mkdir(parents=True)
    git(folder, "init", "-q")
    (folder / "a.py").write_text("x = 2\n")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first")
    return folder


def test_from_a_subdirectory(tmp_path):
    top = repository(tmp_path / "top")
    (top / "deep" / "er").mkdir(parents=True)
    hook(edit("../../a.py", cwd=top / "deep" / "er"), cwd=top / "deep")
    assert [record.path for record in told(top)] == [str(top / "a.py")]


def test_from_a_worktree(tmp_path):
    top = repository(tmp_path / "top")
    git(top, "worktree", "add", "-q", str(tmp_path / "tree"))
    hook(edit("a.py", cwd=tmp_path / "tree"))
    assert [record.path for record in told(tmp_path / "tree")] == [str(tmp_path / "tree" / "a.py")]
    assert told(top) == []


def test_from_a_submodule(tmp_path):
    top, inner = repository(tmp_path / "top"), repository(tmp_path / "inner")
    git(top, "submodule", "add", "-q", str(inner), "sub")
    hook(edit("sub/a.py", cwd=top))
    assert [record.path for record in told(top / "sub")] == [str(top / "sub" / "a.py")]


def test_from_a_bare_repository_and_from_none(tmp_path):
    bare = tmp_path / "bare.git"
    bare.mkdir()
    git(bare, "init", "-q", "--bare")
    (tmp_path / "plain").mkdir()
    for folder in (bare, tmp_path / "plain"):
        (folder / "a.py").write_text("x = 2\n")
        assert hook(edit("a.py", cwd=folder), cwd=folder).returncode == 0
        assert [record.path for record in told(folder)] == [str(folder / "a.py")]


@pytest.mark.parametrize("name", ["it's.py", 'say "x".py', "a\nb.py", "tab\t.py", "ü\u202e.py", "*.py", " .py"])
def test_names_of_every_kind(root, name):
    (root / name).write_text("x = 2\n")
    done = hook(edit(root / name))
    assert (done.returncode, done.stderr) == (0, b"")
    assert [record.path for record in told(root)] == [str(root / name)]


def test_a_link_out_of_the_workspace_is_the_other_folders_matter(tmp_path, root):
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.py").write_text("x = 2\n")
    (root / "link").symlink_to(other)
    (root / "a.py").symlink_to(other / "a.py")
    before_it = {path: path.read_bytes() for path in other.iterdir()}
    hook(edit(root / "link" / "a.py"))
    hook(edit(root / "a.py"))
    assert told(root) == []
    assert [record.path for record in told(other)] == [str(other / "a.py"), str(other / "a.py")]
    assert {path: path.read_bytes() for path in other.iterdir()} == before_it


def test_a_path_with_a_nul_is_refused_and_the_rest_is_kept(root):
    (root / "a.py").write_text("x = 2\n")
    patch = (
        f"*** Begin Patch\n*** Update File: a\0b\n-x\n+y\n*** Update File: {root}/a.py\n-x = 1\n+x = 2\n*** End Patch"
    )
    done = hook({"hook_event_name": "PostToolUse", "tool_name": "apply_patch", "tool_input": patch}, "codex")
    assert done.returncode == 0
    assert b"path of a file cannot be read" in done.stderr
    assert len(told(root)) == 1


@pytest.mark.parametrize("kind", ["fifo", "folder", "device"])
def test_what_is_no_file_is_not_waited_for(root, kind):
    path = root / "a.py"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    done = hook(edit("/dev/zero" if kind == "device" else path))
    assert done.returncode == 0
    assert b"not a regular file" in done.stderr


BROKEN = {
    "nothing": b"",
    "cut off": b'{"hook_event_name": "PostToolUse", "tool_na',
    "a list": b"[1, 2]",
    "deep": b"[" * 300_000,
    "no UTF-8": b"\xff\xfe\xfd",
    "another version": b'{"schema": 99, "event": {"kind": "edit"}}',
    "a wrong type": b'{"hook_event_name": "PostToolUse", "tool_name": [], "tool_input": {"file_path": {}}}',
}


@pytest.mark.parametrize("payload", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("agent", ["claude-code", "cline", "copilot", "windsurf", "opencode"])
def test_a_broken_payload_never_breaks_the_agent(agent, payload, state):
    done = hook(payload, agent, "--block")
    assert done.returncode == 0
    assert done.stdout == (b'{"cancel": false}\n' if agent == "cline" else b"")
    assert not state.exists() or not list(state.rglob("inbox/*"))


def test_a_huge_payload_is_read(root):
    text = "x = 'a long line of text'\n" * 400_000
    (root / "a.py").write_text(text)
    done = hook(edit(root / "a.py", old="", new=text))
    assert done.returncode == 0
    (record,) = told(root)
    assert record.text is None
    assert len(record.edits[0].new) == len(text)


def test_raw_control_characters_are_read(root):
    (root / "a.ts").write_text("two\n\tlines")
    raw = b'{"agent_action_name": "post_write_code", "tool_info": {"file_path": "%b", "edits": [{"old_string": "", ' % (
        str(root / "a.ts").encode()
    )
    done = hook(raw + b'"new_string": "two\n\tlines"}]}}', "windsurf")
    assert (done.returncode, done.stderr) == (0, b"")
    assert told(root)[0].edits[0] == TextChange("", "two\n\tlines", 0)


def test_words_and_agents_of_later_versions_do_not_stop_an_agent(root):
    (root / "a.py").write_text("x = 2\n")
    assert hook(edit(root / "a.py"), "claude-code", "--later", "word").returncode == 0
    assert len(told(root)) == 1
    done = hook(edit(root / "a.py"), "agent-of-tomorrow")
    assert done.returncode == 0
    assert b"there is no agent" in done.stderr


def test_a_state_folder_that_cannot_be_written_is_said(root, state):
    state.write_text("a file is in the way")
    (root / "a.py").write_text("x = 2\n")
    done = hook(edit(root / "a.py"))
    assert done.returncode == 0
    assert b"cannot be kept" in done.stderr
    assert b"GIFTHORSE_STATE_DIR" in done.stderr
    assert sorted(path.name for path in root.iterdir()) == ["a.py"]


def test_messages_hold_nothing_that_a_terminal_obeys(state, tmp_path):
    state.write_text("a file is in the way")
    name = tmp_path / "\x1b[31mred\u202e.py"
    name.write_text("x = 2\n")
    done = hook(edit(name))
    assert b"\x1b" not in done.stderr
    assert done.stderr.isascii()


def test_a_file_that_is_overwritten_is_seen_before(root):
    """Gemini does not say what a file was: so we look before it is written."""
    path = root / "a.py"
    path.write_text("mine = 1\n")
    payload = {
        "session_id": "s",
        "tool_name": "write_file",
        "tool_input": {"file_path": str(path), "content": "mine = 1\ntheirs = 2\n"},
    }
    done = hook({**payload, "hook_event_name": "BeforeTool"}, "gemini")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"{}\n", b"")
    path.write_text("mine = 1\ntheirs = 2\n")
    hook({**payload, "hook_event_name": "AfterTool"}, "gemini")
    (record,) = told(root)
    assert (record.whole, record.created, record.edits[0].old) == (True, False, "mine = 1\n")


def test_a_file_that_is_new_is_seen_to_be(root):
    path = root / "a.py"
    payload = {"tool": "mine", "path": str(path)}
    hook({**payload, "event": "before"}, "generic")
    path.write_text("x\n")
    hook({**payload, "event": "after"}, "generic")
    (record,) = told(root)
    assert (record.created, record.edits[0].new) == (True, "x\n")


def test_a_risky_edit_is_refused_with_a_reason(root):
    done = hook(before(root / "a.py", RISKY), "claude-code", "--block")
    assert done.returncode == 2
    assert b"line 5" in done.stderr
    assert b"tls-verify-off" in done.stderr
    assert b"try again" in done.stderr
    assert told(root) == []


def test_without_block_it_is_let_through(root):
    done = hook(before(root / "a.py", RISKY))
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_is_there_already_is_no_reason(root):
    (root / "a.py").write_text(RISKY)
    done = hook(before(root / "a.py", f"{RISKY}\n\ndef other():\n    return 1\n"), "claude-code", "--block")
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_agents_own_suppression_silences_nothing(root):
    silenced = RISKY.replace("timeout=9)", "timeout=9)  # gifthorse: allow tls-verify-off -- it is only a test")
    assert hook(before(root / "a.py", silenced), "claude-code", "--block").returncode == 2


@pytest.mark.parametrize(("severity", "code"), [("high", 0), ("medium", 2)])
def test_the_limits_are_the_users(root, tmp_path, severity, code):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "gifthorse.toml").write_text(
        f'[hooks]\nseverity = "{severity}"\nconfidence = "medium"\n[rules.severity]\ntls-verify-off = "medium"\n'
    )
    assert hook(before(root / "a.py", RISKY), "claude-code", "--block").returncode == code


OWN_RULE = """\
format = 1
id = "acme-legacy"
severity = "high"
confidence = "high"
title = "Acme's legacy client is used"
message = "{callee} talks to the legacy gateway."

[[match]]
language = ["python"]
call = ["acme.legacy.connect"]
"""


def test_the_users_own_rules_refuse_edits_and_a_projects_do_not(root, tmp_path):
    risky = "import acme.legacy\n\nacme.legacy.connect()\n"
    rules = root / ".gifthorse" / "rules"
    rules.mkdir(parents=True)
    (rules / "acme-legacy.toml").write_text(OWN_RULE)
    assert hook(before(root / "a.py", risky), "claude-code", "--block").returncode == 0
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "gifthorse.toml").write_text(f"[rules]\ndirectories = ['{rules}']\n")
    done = hook(before(root / "a.py", risky), "claude-code", "--block")
    assert done.returncode == 2
    assert b"acme-legacy" in done.stderr


def test_a_project_cannot_loosen_them(root):
    (root / "gifthorse.toml").write_text('exclude = ["*"]\n[rules]\noff = ["tls-verify-off"]\n')
    assert hook(before(root / "a.py", RISKY), "claude-code", "--block").returncode == 2


def test_what_cannot_be_told_beforehand_is_let_through_and_said(root):
    (root / "a.py").write_text("x\nx\n")
    payload = {**edit(root / "a.py", old="x", new=RISKY), "hook_event_name": "PreToolUse"}
    done = hook(payload, "claude-code", "--block")
    assert done.returncode == 0
    assert b"not known beforehand" in done.stderr


def test_only_the_standard_library_is_imported_on_the_way(root):
    (root / "a.py").write_text("x = 2\n")
    probe = "import sys; from gifthorse.__main__ import main; code = main(['hook', 'claude-code']); "
    probe += "print(code, *{name.partition('.')[0] for name in sys.modules} - sys.stdlib_module_names)"
    raw = json.dumps(edit(root / "a.py")).encode()
    done = subprocess.run([sys.executable, "-P", "-c", probe], input=raw, capture_output=True, check=True)
    # The last one is put into every process by an installed setuptools.
    assert set(done.stdout.split()) <= {b"0", b"__main__", b"gifthorse", b"_distutils_hack"}
    assert told(root)


def test_it_is_quick(root):
    """The best of several, in time of the processor, since other programs run beside these tests."""
    (root / "a.py").write_text("x = 2\n")
    times = []
    for _ in range(10):
        start = os.times()
        hook(edit(root / "a.py"))
        end = os.times()
        times.append(end.children_user + end.children_system - start.children_user - start.children_system)
    assert min(times) < 0.15
