"""The client's side of the contract, held against docs/protocol.md, the server and the editor itself. No editor is started."""

import json
import re
import subprocess

import build
import pytest
from places import ROOT

CLIENT = ROOT / "vscode-client"
PACKAGE = json.loads((CLIENT / "package.json").read_text(encoding="utf-8"))
NAMES = re.findall(
    r'^export const \w+ = "(gifthorse[./][\w.]+)"', (CLIENT / "src/protocol.ts").read_text("utf-8"), re.MULTILINE
)


def test_the_client_names_nothing_that_the_contract_lacks():
    contract = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
    assert len(NAMES) > 10
    assert [name for name in NAMES if f"`{name}`" not in contract and f"`{name} " not in contract] == []


def test_the_client_contributes_no_command_of_the_servers():
    contributed = {one["command"] for one in PACKAGE["contributes"]["commands"]}
    assert contributed.isdisjoint(NAMES)


def test_every_contributed_command_is_registered_and_in_the_palette_only_where_it_works():
    sources = "".join(path.read_text(encoding="utf-8") for path in (CLIENT / "src").glob("*.ts"))
    for command in PACKAGE["contributes"]["commands"]:
        assert f'"{command["command"]}"' in sources
    always = {"gifthorse.restart", "gifthorse.output"}
    limited = {one["command"] for one in PACKAGE["contributes"]["menus"]["commandPalette"]}
    assert limited == {one["command"] for one in PACKAGE["contributes"]["commands"]} - always


def test_a_workspace_cannot_choose_the_program():
    setting = PACKAGE["contributes"]["configuration"]["properties"]["gifthorse.server.command"]
    assert setting["scope"] == "machine"
    assert "gifthorse.server.command" in PACKAGE["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"]


def test_no_proposed_api_is_declared():
    assert "enabledApiProposals" not in PACKAGE


@pytest.mark.parametrize(
    "folder", [CLIENT, ROOT / "editors/vscode/npm", ROOT / "tests/editors/npm"], ids=lambda path: path.name
)
def test_lock_files_have_hashes_and_no_addresses(folder):
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert packages
    assert [name for name, one in packages.items() if "integrity" not in one or "resolved" in one] == []


@pytest.mark.editor("vscode")
def test_the_keys_are_the_cores_own(vscode):
    """Our keys stand where the core's stand: every condition that we repeat is one that this VS Code knows."""
    out = vscode.gated.entry.parents[2] / "lib/vscode/out/vs/code/browser/workbench/workbench.js"
    core = out.read_text(encoding="utf-8")
    for binding in PACKAGE["contributes"]["keybindings"]:
        known = {name: f'"{name}"' in core for name in re.findall(r"\w+", binding["when"])}
        assert all(known.values()), known
        assert f'"{binding["args"]["commands"][0]}"' in core


@pytest.mark.editor("vscode")
def test_what_needs_no_editor_passes_its_own_tests(vscode):
    build.build()
    done = subprocess.run(
        ["npm", "test", "--silent"], cwd=CLIENT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^# pass [1-9]\d", done.stdout, re.MULTILINE), done.stdout
