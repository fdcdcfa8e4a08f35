"""Agents' own configurations: our hook goes in, and comes out again without a trace; nothing else is touched."""

import json
import os
import stat

import pytest

from gifthorse.provenance import agents
from gifthorse.provenance.setup import ByHand, Command, Entries
from gifthorse.store import agentconfig
from gifthorse.store.agentconfig import Place, SetupError, install, status, uninstall

AGENTS = [name for name in agents.names() if not isinstance(agents.load(name).SETUP, ByHand)]
LISTED = [name for name in AGENTS if isinstance(agents.load(name).SETUP, Entries)]
OWN = """{
    // mine
    "theme": "dark",
    "hooks": {
        "PostToolUse": [
            { "matcher": "Bash", "hooks": [{ "type": "command", "command": "true" }] },
        ],
    },
}
"""


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    for name in ("CLAUDE_CONFIG_DIR", "CODEX_HOME", "COPILOT_HOME", "CONTINUE_GLOBAL_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def command(agent, *, block=False, shared=False, program="gifthorse"):
    words = (program, "hook", agent, *(["--block"] if block else []))
    return Command(" ".join(words), words, block, shared)


def tree(folder):
    return {path.relative_to(folder): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def settings(home, agent="claude-code"):
    path = home / agents.load(agent).SETUP.user
    path.parent.mkdir(parents=True)
    return path


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("agent", AGENTS)
def test_it_comes_and_goes_without_a_trace(home, agent, shared):
    setup, place = agents.load(agent).SETUP, Place(agent, home, shared)
    before = tree(home)
    install(setup, place, command(agent, shared=shared))
    installed = tree(home)
    assert all(outcome.deed == "set up" for outcome in status(setup, place))
    again = install(setup, place, command(agent, shared=shared))
    assert all("already" in outcome.deed for outcome in again)
    assert tree(home) == installed
    install(setup, place, command(agent, block=True, shared=shared))
    assert all("refuses" in outcome.deed for outcome in status(setup, place))
    uninstall(setup, place)
    assert tree(home) == before
    assert all(outcome.deed == "not set up" for outcome in status(setup, place))
    uninstall(setup, place)
    assert tree(home) == before


@pytest.mark.parametrize("agent", LISTED)
def test_what_was_there_comes_back_byte_for_byte(home, agent):
    path = settings(home, agent)
    path.write_text(OWN)
    setup, place = agents.load(agent).SETUP, Place(agent, home, shared=False)
    install(setup, place, command(agent))
    for line in OWN.splitlines():
        assert line.strip() in path.read_text()
    uninstall(setup, place)
    assert path.read_text() == OWN


def test_an_older_entry_of_ours_is_replaced(home):
    path = settings(home)
    path.write_text(OWN)
    setup, place = agents.load("claude-code").SETUP, Place("claude-code", home, shared=False)
    install(setup, place, command("claude-code", program="/old/bin/gifthorse"))
    install(setup, place, command("claude-code", block=True))
    assert "/old/bin" not in path.read_text()
    assert path.read_text().count("gifthorse hook claude-code --block") == 2
    uninstall(setup, place)
    assert path.read_text() == OWN


def test_what_somebody_added_since_stays(home):
    path = settings(home)
    setup, place = agents.load("claude-code").SETUP, Place("claude-code", home, shared=False)
    install(setup, place, command("claude-code"))
    whole = json.loads(path.read_text())
    whole["hooks"]["PostToolUse"][0]["hooks"].append({"type": "command", "command": "mine"})
    whole["model"] = "x"
    path.write_text(json.dumps(whole))
    uninstall(setup, place)
    entry = {"matcher": whole["hooks"]["PostToolUse"][0]["matcher"], "hooks": [{"type": "command", "command": "mine"}]}
    assert json.loads(path.read_text()) == {"hooks": {"PostToolUse": [entry]}, "model": "x"}


def test_without_its_note_it_is_taken_out_all_the_same(home, tmp_path):
    path = settings(home)
    path.write_text(OWN)
    setup, place = agents.load("claude-code").SETUP, Place("claude-code", home, shared=False)
    install(setup, place, command("claude-code", block=True))
    for note in (tmp_path / "state" / "agents").iterdir():
        note.unlink()
    uninstall(setup, place)
    assert "gifthorse" not in path.read_text()
    assert "// mine" in path.read_text()


def test_entries_of_another_agent_are_another_agents(home):
    path = settings(home)
    other = json.dumps({"hooks": {"PostToolUse": [{"hooks": [{"command": "gifthorse hook claude-code-fork"}]}]}})
    path.write_text(other)
    setup, place = agents.load("claude-code").SETUP, Place("claude-code", home, shared=False)
    assert status(setup, place)[0].deed == "not set up"
    install(setup, place, command("claude-code"))
    uninstall(setup, place)
    assert path.read_text() == other


@pytest.mark.parametrize("content", ['{"hooks": 3}', "{", "not json", '{"hooks": {"PostToolUse": {}}}', "[]"])
def test_a_file_that_cannot_be_understood_is_left_alone(home, content):
    path = settings(home)
    path.write_text(content)
    setup, place = agents.load("claude-code").SETUP, Place("claude-code", home, shared=False)
    with pytest.raises(SetupError, match=r"nothing was changed"):
        install(setup, place, command("claude-code"))
    assert path.read_text() == content


def test_bytes_that_are_no_text_are_left_alone(home):
    path = settings(home)
    path.write_bytes(b"\xff\xfe{}")
    setup, place = agents.load("claude-code").SETUP, Place("claude-code", home, shared=False)
    with pytest.raises(SetupError, match="UTF-8"):
        install(setup, place, command("claude-code"))


def test_an_empty_file_is_empty_again_afterwards(home):
    path = settings(home)
    path.write_text("")
    setup, place = agents.load("claude-code").SETUP, Place("claude-code", home, shared=False)
    install(setup, place, command("claude-code"))
    assert status(setup, place)[0].deed == "set up"
    uninstall(setup, place)
    assert path.read_text() == ""


def test_somebody_elses_program_is_not_overwritten(home):
    program = home / "Documents/Cline/Hooks/PreToolUse"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\ngifthorse hook cline\n")
    setup, place = agents.load("cline").SETUP, Place("cline", home, shared=False)
    with pytest.raises(SetupError, match="gifthorse hook cline"):
        install(setup, place, command("cline"))
    uninstall(setup, place)
    assert program.read_text() == "#!/bin/sh\ngifthorse hook cline\n"


def test_rights_are_kept_and_programs_can_be_run(home):
    path = settings(home)
    path.write_text(OWN)
    path.chmod(0o600)
    install(agents.load("claude-code").SETUP, Place("claude-code", home, shared=False), command("claude-code"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    install(agents.load("cline").SETUP, Place("cline", home, shared=False), command("cline"))
    assert os.access(home / "Documents/Cline/Hooks/PostToolUse", os.X_OK)


def test_a_users_link_is_followed_and_stays_a_link(home, tmp_path):
    real = tmp_path / "dotfiles.json"
    real.write_text(OWN)
    path = settings(home)
    path.symlink_to(real)
    setup, place = agents.load("claude-code").SETUP, Place("claude-code", home, shared=False)
    install(setup, place, command("claude-code"))
    assert path.is_symlink()
    assert "gifthorse" in real.read_text()
    uninstall(setup, place)
    assert real.read_text() == OWN


@pytest.mark.parametrize("linked", [".claude", ".claude/settings.json"])
def test_a_projects_link_that_leads_out_of_it_is_not_followed(home, tmp_path, linked):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "settings.json").write_text(OWN)
    place = home / linked
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(outside if linked == ".claude" else outside / "settings.json")
    with pytest.raises(SetupError, match="leads out"):
        install(
            agents.load("claude-code").SETUP,
            Place("claude-code", home, shared=True),
            command("claude-code", shared=True),
        )
    assert (outside / "settings.json").read_text() == OWN


def test_another_home_of_an_agent_is_respected(home, tmp_path, monkeypatch):
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "elsewhere"))
    setup, place = agents.load("claude-code").SETUP, Place("claude-code", home, shared=False)
    install(setup, place, command("claude-code"))
    assert (tmp_path / "elsewhere" / "settings.json").exists()
    assert list(home.iterdir()) == []


def test_a_disk_that_is_full_leaves_everything_as_it_was(home, monkeypatch):
    path = settings(home)
    path.write_text(OWN)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(agentconfig.tempfile, "mkstemp", full)
    with pytest.raises(OSError, match="No space"):
        install(agents.load("claude-code").SETUP, Place("claude-code", home, shared=False), command("claude-code"))
    assert path.read_text() == OWN
    assert [one.name for one in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("agent", AGENTS)
def test_in_a_project_the_lack_of_gifthorse_does_no_harm(home, agent):
    setup, place = agents.load(agent).SETUP, Place(agent, home, shared=True)
    install(setup, place, command(agent, shared=True, block=True))
    texts = [path.read_text() for path in home.rglob("*") if path.is_file()]
    assert all("command -v gifthorse" in text or 'on("error"' in text for text in texts)
