"""The client in real VS Code. Each folder of scenarios/ is one VS Code; each file in it is one test, told by its first line."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from places import HERE, launcher

pytestmark = [pytest.mark.editor("vscode"), pytest.mark.timeout(600)]

SCENARIOS = HERE / "vscode" / "scenarios"
TRUSTED = {"security.workspace.trust.enabled": False}
RESTRICTED = {"security.workspace.trust.enabled": True, "security.workspace.trust.startupPrompt": "never"}
POLICY = '[[policy]]\npaths = ["vault/**"]\nwrite = "deny"\nreason = "Keys are handled by people"\n'
SESSIONS = {
    "signals": {"script": "recorder.py", "settings": TRUSTED},
    "told": {"script": "recorder.py", "settings": TRUSTED, "proposed": True},
    "review": {"script": "tee.py", "settings": TRUSTED},
    "shown": {
        "script": "tee.py",
        "settings": TRUSTED,
        "files": {"gifthorse.toml": "[provenance]\ninfer = true\n"},
    },
    "changed": {
        "script": "tee.py",
        "settings": TRUSTED,
        "files": {"gifthorse.toml": POLICY, "requirements.txt": "flask==3.1.0\nrequests==2.32.3\n"},
    },
    "restricted": {"script": "tee.py", "settings": RESTRICTED},
    "bundled": {"settings": TRUSTED | {"workbench.colorTheme": "Default Dark Modern"}, "proposed": True},
    "missing": {"settings": TRUSTED, "command": "/nowhere/gifthorse"},
}
"""What each session starts: the server (recorded, or the bundled one), settings, files, whether proposed APIs are open."""
ASSISTANTS_MAY = ["--enable-proposed-api", "example.test-assistant"]
"""Real assistants may use proposed APIs; our own extension may not."""


def in_order(session):
    """The main one first, in a workspace where nothing has happened yet."""
    return sorted((SCENARIOS / session).glob("*.mjs"), key=lambda path: (path.stem != "main", path.stem))


def scenarios():
    return [(path.parent.name, path.stem) for path in sorted(SCENARIOS.glob("*/*.mjs"))]


@pytest.fixture(scope="session")
def played(vscode, extensions, command, artefacts, tmp_path_factory):
    """Plays a session once and returns the results of its scenarios by name."""
    results = {}

    def play(session):
        if session not in results:
            state = tmp_path_factory.mktemp(session)
            results[session] = run(session, plan(session, state))
        return results[session]

    def plan(session, state):
        chosen = SESSIONS[session]
        log = state / "log" / "messages.jsonl"
        environment = {"GIFTHORSE_STATE_DIR": str(state / "records")}
        machine = {}
        if "script" in chosen:
            known = {"GIFTHORSE_TEST_LOG": log, "GIFTHORSE_TEST_COMMAND": command, **environment}
            machine["gifthorse.server.command"] = str(launcher(state, "gifthorse", chosen["script"], known))
        if "command" in chosen:
            machine["gifthorse.server.command"] = chosen["command"]
        workspace = state / "workspace"
        workspace.mkdir()
        for name, content in chosen.get("files", {}).items():
            (workspace / name).write_text(content, encoding="utf-8")
        server = vscode.open if chosen.get("proposed") else vscode.gated
        return {
            "session": session,
            "node": str(server.node),
            "entry": str(server.entry),
            "chromium": vscode.chromium,
            "playwright": str(vscode.playwright),
            "state": str(state),
            "workspace": str(workspace),
            "log": str(log),
            "extensions": extensions,
            "settings": chosen["settings"],
            "machine": machine,
            "environment": environment,
            "arguments": ASSISTANTS_MAY,
            "artefacts": str(artefacts),
            "results": str(state / "results.json"),
            "scenarios": [str(path) for path in in_order(session)],
        }

    return play


def run(session, plan):
    """One VS Code from start to end. What it did not come to is an error of the session."""
    path = Path(plan["state"]) / "plan.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    node = shutil.which("node") or plan["node"]
    done = subprocess.run(
        [node, str(HERE / "vscode" / "run.mjs"), str(path)], text=True, capture_output=True, check=False, timeout=540
    )
    results = Path(plan["results"])
    told = json.loads(results.read_text(encoding="utf-8")) if results.is_file() else {}
    return {"": f"the session {session} ended early: {done.stdout}{done.stderr}", **told}


@pytest.mark.parametrize(("session", "scenario"), scenarios())
def test_scenario(played, session, scenario):
    results = played(session)
    result = results.get(scenario, {"ok": False, "error": results[""]})
    assert result["ok"], result["error"]


def test_every_session_has_scenarios():
    assert {session for session, _ in scenarios()} == set(SESSIONS)
