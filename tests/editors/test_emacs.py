"""The ready configuration for Emacs with eglot, in Emacs, with the installed server."""

import json
import os
import subprocess

import pytest
from places import HERE, ROOT

pytestmark = pytest.mark.editor("emacs")

SOURCE = """import requests

def fetch(url):
    return requests.get(URL, verify=False, timeout=5)
"""


@pytest.fixture(scope="module")
def seen(emacs, command, tmp_path_factory):
    folder = tmp_path_factory.mktemp("emacs")
    workspace = folder / "workspace"
    workspace.mkdir()
    (workspace / "app.py").write_text(SOURCE, encoding="utf-8")
    environment = {
        **os.environ,
        "HOME": str(folder),
        "GIFTHORSE_STATE_DIR": str(folder / "records"),
        "GIFTHORSE_TEST_CONFIGURATION": str(ROOT / "editors" / "emacs"),
        "GIFTHORSE_TEST_WORKSPACE": str(workspace),
        "GIFTHORSE_TEST_SERVER": str(command),
    }
    script = str(HERE / "emacs" / "review.el")
    done = subprocess.run(
        [emacs, "--batch", "-l", script], env=environment, capture_output=True, text=True, check=False, timeout=240
    )
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert told, done.stdout + done.stderr
    assert "problem" not in told[-1], f"{told[-1]['problem']}\n{done.stderr}"
    return told[-1]


def test_findings_are_diagnostics(seen):
    assert seen["rules"] == ["tls-verify-off"]


def test_text_of_unknown_origin_is_quieter(seen):
    warning = 2
    assert seen["severity_unknown"] == warning


def test_a_marked_insertion_is_a_region_and_can_be_approved(seen):
    assert (seen["tool"], seen["standing"], seen["approved"]) == ("copilot", "unreviewed", "approved")


def test_the_fix_comes_as_a_code_action_and_is_saved(seen):
    assert "verify=False" not in seen["fixed"]
    assert seen["saved"] == seen["fixed"]


def test_a_change_of_substance_reopens_the_approval(seen):
    assert seen["after_fix"] == "reopened"


def test_reject_takes_a_reported_insertion_out_again(seen):
    assert seen["after_reject"] == 1


def test_marks_stand_in_the_margin(seen):
    width = 2
    assert seen["margin"] == width


def test_a_region_can_be_given_to_a_person(seen):
    assert (seen["after_mark"], seen["after_human"]) == (2, 1)
