"""What hooks told of files that nobody has open is written down, whoever looks first, and only once."""

from pathlib import Path

import pytest

from gifthorse.model.record import Record, TextChange
from gifthorse.model.text import Text
from gifthorse.provenance.account import Earlier, Seen, account
from gifthorse.provenance.heard import Change, Heard, Replacement
from gifthorse.store import inbox
from gifthorse.store.folders import state_folder
from gifthorse.workspace.intake import settle, take_in
from gifthorse.workspace.root import Workspace

HUMAN = "def mine(values):\n    return sorted(values)\n"
MACHINE = "def theirs(values):\n    return max(values)\n"


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


def record_of(path, change, earlier=None, now=None, time=5.0):
    return account(Heard("codex", session="s"), change, Seen(str(path), time, earlier, now))


def of_machine(root, name, content):
    """The text of the file's Regions, without its white space."""
    text = Text.of(content)
    regions = Workspace(root).regions(name, text)
    spans = sorted(span for region in regions for span in region.spans)
    return "".join(text.slice(span).decode() for span in spans).split()


def leave(root, *records):
    for record in records:
        inbox.leave(state_folder(root), record)


def test_a_chain_of_edits_is_followed_from_each_to_the_next(root):
    path = root / "a.py"
    first = record_of(path, Change("a", (Replacement(HUMAN, HUMAN + MACHINE),), original=HUMAN))
    second = MACHINE.replace("theirs", "renamed")
    change = Change("a", (Replacement(MACHINE, second),), original=HUMAN + MACHINE)
    third = record_of(path, change, time=6.0)
    leave(root, third, first)
    Workspace(root).collect()
    assert not inbox.waiting(state_folder(root))
    path.write_text(f"# by hand\n{HUMAN}{second}")
    assert of_machine(root, "a.py", path.read_text()) == second.split()


def test_the_same_record_twice_is_one_region(root):
    record = record_of(root / "a.py", Change("a", content=MACHINE, created=True))
    workspace = Workspace(root)
    assert settle(workspace, record) == ""
    assert settle(Workspace(root), record) == "is known already"
    assert of_machine(root, "a.py", MACHINE) == MACHINE.split()


def test_a_crash_before_the_record_was_removed_does_no_harm(root):
    record = record_of(root / "a.py", Change("a", content=MACHINE, created=True))
    leave(root, record)
    settle(Workspace(root), record)  # ... and then the process was killed.
    Workspace(root).collect()
    assert not inbox.waiting(state_folder(root))
    assert len(Workspace(root).regions("a.py", Text.of(MACHINE))) == 1


def test_what_an_agent_moves_from_one_file_to_another_stays_a_persons(root):
    out = record_of(root / "a.py", Change("a", (Replacement(HUMAN, ""),), original=HUMAN + "x = 1\n"))
    into = record_of(root / "b.py", Change("b", content=HUMAN + MACHINE), Earlier(None), time=6.0)
    leave(root, out, into)
    Workspace(root).collect()
    assert of_machine(root, "b.py", HUMAN + MACHINE) == MACHINE.split()


def test_a_file_that_is_gone_is_remembered_until_it_is_back(root):
    leave(root, record_of(root / "a.py", Change("a", content=MACHINE, created=True)))
    Workspace(root).collect()
    assert of_machine(root, "a.py", MACHINE) == MACHINE.split()


@pytest.mark.parametrize("path", ["/elsewhere/a.py", "a.py"])
def test_a_record_of_a_file_elsewhere_is_none_of_ours(root, path):
    record = Record("hook", "codex", path, 1.0, (TextChange("", MACHINE, 0),), whole=True, created=True)
    leave(root, record)
    Workspace(root).collect()
    assert not inbox.waiting(state_folder(root))
    assert Workspace(root).journal.paths() == ()


def test_a_file_that_cannot_be_read_and_was_not_told_makes_no_region(root):
    record = Record("hook", "codex", str(root / "a.py"), 1.0, (TextChange("", MACHINE),))
    assert "cannot be read" in settle(Workspace(root), record)


def test_a_journal_that_cannot_be_written_leaves_the_record_where_it_is(root, caplog):
    leave(root, record_of(root / "a.py", Change("a", content=MACHINE, created=True)))
    (state_folder(root) / "blobs").write_text("in the way")
    take_in(Workspace(root))
    assert inbox.waiting(state_folder(root))
    assert "waits" in caplog.text
    (state_folder(root) / "blobs").unlink()
    take_in(Workspace(root))
    assert not inbox.waiting(state_folder(root))
    assert of_machine(root, "a.py", MACHINE) == MACHINE.split()


def test_nothing_is_written_into_the_folder_itself(root):
    leave(root, record_of(root / "a.py", Change("a", content=MACHINE, created=True)))
    Workspace(root).collect()
    assert list(Path(root).iterdir()) == []
