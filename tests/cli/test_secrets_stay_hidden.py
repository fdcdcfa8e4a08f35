"""No output shows a secret whole, whatever finds it: not `scan` in any format, not `blame`, not a refusal of a hook."""

import json
import os
import subprocess
import sys

import pytest

from gifthorse.__main__ import main
from gifthorse.engine.inspect import inspect
from gifthorse.store.catalogue import load_catalogue

TOKEN = "gh" + "p_1a2B3c4D5e6F7g8H9i0JkLmNoPqRsTuVwX0z"
CODE = f"""\
token = "{TOKEN}"
other = "{TOKEN}"  # gifthorse: allow code-host-token -- it was withdrawn
password = "Wn4kZp8sQy3"; eval(password + code)
"""
CATALOGUE = load_catalogue()
KINDS = {"python": "py", "javascript": "js", "typescript": "ts", "go": "go", "text": "env", "ruby": "rb", "php": "php"}


def test_the_parts_of_code_that_hold_a_password_are_covered(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "app.rb").write_text("Mysql2::Client.new(host: 'db', username: 'app', password: 'S3same!x')\n")
    (tmp_path / "app.py").write_text("def login(password):\n    return password == 'letmein-2024'\n")
    main(["scan", str(tmp_path), "--format", "text"])
    shown = capsys.readouterr().out
    assert "connection-password" in shown
    assert "magic-credential" in shown
    assert "S3same" not in shown
    assert "letmein" not in shown


@pytest.mark.parametrize("chosen", ["text", "json", "sarif"])
def test_no_format_shows_a_secret(chosen, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "app.py").write_text(CODE, encoding="utf-8")
    assert main(["scan", str(tmp_path / "code"), "--format", chosen]) == 1
    shown = capsys.readouterr().out
    assert "code-host-token" in shown
    assert "1a2B" not in shown
    assert "Wn4k" not in shown


@pytest.fixture(scope="module")
def samples():
    """The bad tests of all rules about secrets: name of a file -> its text; and all secrets that stand in them."""
    files, secrets = {}, set()
    for rule in CATALOGUE.rules.values():
        for number, test in enumerate(rule.tests if rule.family == "secrets" else ()):
            kind = KINDS.get(test.language)
            if test.bad is None or kind is None:
                continue
            name = f"{rule.id}_{number}.{kind}"
            found = inspect(test.bad.encode(), name, None, CATALOGUE).report.findings
            own = {test.bad.encode()[slice(*one.span)].decode() for one in found if one.rule == rule.id}
            files[name] = test.bad
            secrets |= {one for one in own if not any(mark in one for mark in "()[]{} \n") and len(one) > 11}
    return files, secrets


def shown_by(chosen, root, capsys):
    main(["scan", str(root), "--format", chosen])
    return capsys.readouterr().out


def test_no_secret_of_any_provider_is_shown_whole(samples, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    files, secrets = samples
    root = tmp_path / "code"
    root.mkdir()
    for kind in KINDS.values():
        code = "\n".join(code for name, code in files.items() if name.endswith(f".{kind}"))
        (root / f"all.{kind}").write_text(code, encoding="utf-8")
    assert len(secrets) > 190
    for chosen in ("text", "json", "sarif"):
        shown = shown_by(chosen, root, capsys)
        assert shown.count("stands in the code") > 190
        assert [secret for secret in secrets if secret in shown] == []


def test_no_secret_is_shown_by_blame_or_by_a_refusal(samples, tmp_path, gifthorse):
    code = "".join(f"value_{n} = '{secret}'\n" for n, secret in enumerate(sorted(samples[1])) if "'" not in secret)
    found = inspect(code.encode(), "app.py", None, CATALOGUE).report.findings
    secrets = {code.encode()[slice(*one.span)].decode() for one in found if "stands in the code" in one.message}
    assert len(secrets) > 100
    (tmp_path / "app.py").write_text(code, encoding="utf-8")
    for words in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True)
    edit = {
        "hook_event_name": "PreToolUse", "tool_name": "Write", "session_id": "s", "cwd": str(tmp_path),
        "tool_input": {"file_path": str(tmp_path / "new.py"), "content": code},
    }  # fmt: skip
    command = [sys.executable, "-P", "-m", "gifthorse", "hook", "claude-code", "--block"]
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = {**os.environ, "GIFTHORSE_STATE_DIR": str(tmp_path / "state"), "PYTHONPATH": paths}
    refused = subprocess.run(
        command, input=json.dumps(edit).encode(), capture_output=True, check=False, env=environment, cwd=tmp_path
    )
    outputs = [(refused.stdout + refused.stderr).decode()]
    assert "stands in the code" in outputs[0]
    outputs += [
        gifthorse("blame", "app.py", "--format", kind, cwd=tmp_path).stdout for kind in ("text", "json", "html")
    ]
    outputs += [gifthorse("stats", cwd=tmp_path).stdout, gifthorse("explain", "code-host-token", cwd=tmp_path).stdout]
    assert all(len(output) > 100 for output in outputs)
    assert [secret for secret in secrets for output in outputs if secret in output] == []
    kept = list((tmp_path / "state").rglob("*.log"))
    assert [path.name for path in kept if any(secret in path.read_text("utf-8", "replace") for secret in secrets)] == []
