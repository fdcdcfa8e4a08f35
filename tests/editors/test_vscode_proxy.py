"""VS Code's own inline completion client and the proxy: a language client that knows nothing of it, in real VS Code."""

import json
import os
import subprocess
import sys

import build
import pieces
import pytest
from places import HERE, ROOT
from test_vscode import run

pytestmark = [pytest.mark.editor("vscode"), pytest.mark.timeout(600)]

SCENARIOS = sorted((HERE / "vscode" / "proxy").glob("*.mjs"))
SERVER = ROOT / "tests" / "proxy" / "assistant.py"
OFFERS = {"total = ": "sum(one for one in values if one > 0)\nprint(total)"}
SETTINGS = {
    "security.workspace.trust.enabled": False,
    "editor.autoClosingBrackets": "never",
    "editor.autoIndent": "none",
}


@pytest.fixture(scope="module")
def installed(extensions):
    """The extensions, with the plain language client: it is bundled with what our own client is bundled with."""
    folder = HERE / "client"
    key = pieces.digest(
        *sorted(path for path in folder.iterdir() if path.is_file()), build.CLIENT / "package-lock.json"
    )

    def make(fresh):
        copy = fresh / "source"
        copy.mkdir()
        for name in ("package.json", "README.md"):
            (copy / name).write_bytes((folder / name).read_bytes())
        (copy / "LICENSE").write_bytes(build.LICENSE.read_bytes())
        bundle = ["--bundle", "--platform=node", "--external:vscode", f"--outfile={copy / 'bundled.js'}"]
        esbuild = build.CLIENT / "node_modules" / "esbuild" / "bin" / "esbuild"
        command = ["node", str(esbuild), str(folder / "extension.js"), *bundle]
        subprocess.run(command, env={**os.environ, "NODE_PATH": str(build.CLIENT / "node_modules")}, check=True)
        build.tool("vsce", "package", "--no-dependencies", "--out", str(fresh / "client.vsix"), cwd=copy)

    target = ROOT / ".build" / "vscode" / "test-client"
    return [*extensions, str(pieces.ensure(target, key, "Packing the test language client", make) / "client.vsix")]


@pytest.fixture(scope="module")
def played(vscode, installed, command, artefacts, tmp_path_factory):
    """One VS Code with the client and without a Gifthorse server: what the proxy tells stays in the inbox."""
    state = tmp_path_factory.mktemp("proxy")
    for name in ("workspace", "records"):
        (state / name).mkdir()
    (state / "offers.json").write_text(json.dumps(OFFERS))
    proxy = [str(command), "proxy", "--", sys.executable, "-P", str(SERVER)]
    return run(
        "proxy",
        {
            "session": "proxy",
            "node": str(vscode.gated.node),
            "entry": str(vscode.gated.entry),
            "chromium": vscode.chromium,
            "playwright": str(vscode.playwright),
            "state": str(state),
            "workspace": str(state / "workspace"),
            "log": str(state / "log" / "messages.jsonl"),
            "extensions": installed,
            "settings": SETTINGS,
            "machine": {"gifthorse.server.command": "/nowhere/gifthorse"},
            "environment": {
                "GIFTHORSE_STATE_DIR": str(state / "records"),
                "GIFTHORSE_TEST_CLIENT": json.dumps(proxy),
                "GIFTHORSE_TEST_OFFERS": str(state / "offers.json"),
                "GIFTHORSE_TEST_LOG": str(state / "log" / "messages.jsonl"),
            },
            "arguments": [],
            "artefacts": str(artefacts),
            "results": str(state / "results.json"),
            "scenarios": [str(path) for path in SCENARIOS],
        },
    )


@pytest.mark.parametrize("scenario", [path.stem for path in SCENARIOS])
def test_scenario(played, scenario):
    result = played.get(scenario, {"ok": False, "error": played[""]})
    assert result["ok"], result["error"]
