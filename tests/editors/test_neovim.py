"""The ready configuration for Neovim, in Neovim, with the installed server."""

import json
import os
import subprocess

import pytest
from places import HERE, ROOT

pytestmark = pytest.mark.editor("neovim")

SOURCE = """import requests

def fetch(url):
    return requests.get(URL, verify=False, timeout=5)
"""


@pytest.fixture(scope="module")
def seen(neovim, command, tmp_path_factory):
    folder = tmp_path_factory.mktemp("neovim")
    workspace = folder / "workspace"
    workspace.mkdir()
    (workspace / ".git").mkdir()
    (workspace / "app.py").write_text(SOURCE, encoding="utf-8")
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"),
        "GIFTHORSE_STATE_DIR": str(folder / "records"),
        "GIFTHORSE_TEST_WORKSPACE": str(workspace),
        "GIFTHORSE_TEST_SERVER": str(command),
        "GIFTHORSE_TEST_FIX": "Remove verify=",
    }
    arguments = ["--clean", "--headless", "--cmd", f"set runtimepath^={ROOT / 'editors' / 'neovim'}"]
    script = HERE / "neovim" / "review.lua"
    done = subprocess.run(
        [neovim, *arguments, "-S", str(script)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    told = next(json.loads(line) for line in reversed(done.stdout.splitlines()) if line.startswith("{"))
    assert "problem" not in told, f"{told['problem']}\n{done.stderr}"
    return told


def test_findings_are_diagnostics(seen):
    assert seen["rules"] == ["tls-verify-off"]


def test_text_of_unknown_origin_is_quieter(seen):
    warning = 2
    assert seen["severity_unknown"] == warning


def test_a_marked_insertion_is_a_region(seen):
    assert (seen["tool"], seen["standing"]) == ("copilot", "unreviewed")


def test_the_fix_comes_as_a_code_action_and_is_saved(seen):
    assert "verify=False" in seen["before"]
    assert "verify=False" not in seen["fixed"]
    assert seen["saved"] == seen["fixed"]


def test_a_change_of_substance_reopens_the_approval(seen):
    assert seen["after_fix"] == "reopened"
