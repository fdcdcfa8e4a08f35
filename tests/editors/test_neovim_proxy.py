"""Neovim's language client and the proxy: suggestions are taken as Neovim 0.12 takes them, text and then command."""

import json
import os
import subprocess
import sys

import pytest
from places import HERE, ROOT

pytestmark = pytest.mark.editor("neovim")

WORDS = "sum(one for one in values if one > 0)\nprint(total)"


@pytest.fixture(scope="module")
def records(neovim, command, tmp_path_factory):
    """What the proxy told of each file."""
    folder = tmp_path_factory.mktemp("neovim-proxy")
    workspace, state = folder / "workspace", folder / "records"
    workspace.mkdir()
    (folder / "offers.json").write_text(json.dumps({"total = ": WORDS}))
    server = [sys.executable, "-P", str(ROOT / "tests" / "proxy" / "assistant.py")]
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"),
        "GIFTHORSE_STATE_DIR": str(state),
        "GIFTHORSE_TEST_WORKSPACE": str(workspace),
        "GIFTHORSE_TEST_CLIENT": json.dumps([str(command), "proxy", "--", *server]),
        "GIFTHORSE_TEST_OFFERS": str(folder / "offers.json"),
        "GIFTHORSE_TEST_LOG": str(folder / "log.jsonl"),
    }
    script = ["-S", str(HERE / "neovim" / "proxy.lua")]
    done = subprocess.run(
        [neovim, "--clean", "--headless", *script],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    told = next(json.loads(line) for line in reversed(done.stdout.splitlines()) if line.startswith("{"))
    assert "problem" not in told, f"{told['problem']}\n{done.stderr}"
    found = [json.loads(path.read_bytes()) for path in sorted(state.glob("roots/*/inbox/*.json"))]
    return {path.name: [one for one in found if one["path"] == str(path)] for path in workspace.iterdir()}


def test_what_is_taken_is_a_record_of_exactly_its_text(records):
    (record,) = records["taken.py"]
    assert (record["source"], record["tool"], record["kind"]) == ("proxy", "Scripted Assistant", "inline-completion")
    assert [edit["new"] for edit in record["edits"]] == [WORDS]


def test_what_is_typed_by_hand_is_none(records):
    assert records["typed.py"] == []


def test_of_what_is_typed_in_part_the_rest_is_one(records):
    (record,) = records["part.py"]
    assert [edit["new"] for edit in record["edits"]] == [WORDS.removeprefix("sum(one")]
