"""What is left in the inbox is found by the next one who looks, whole or not at all, and stays until it is journalled."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gifthorse.model.record import Record, TextChange
from gifthorse.store import inbox

LEAVER = """
import sys
from pathlib import Path
from gifthorse.model.record import Record
from gifthorse.store.inbox import leave
for number in range(int(sys.argv[2])):
    leave(Path(sys.argv[1]), Record("hook", sys.argv[3], f"/w/{number}.py", float(number), ()))
"""


def record(time=1.0, path="/w/a.py"):
    return Record("hook", "claude-code", path, time, (TextChange("a", "b", 0),))


def test_records_come_back_by_time_and_stay_until_removed(tmp_path):
    later, earlier = record(7.0), record(3.0)
    for one in (later, earlier):
        inbox.leave(tmp_path / "r", one)
    assert inbox.take(tmp_path / "r") == [earlier, later]
    inbox.remove(tmp_path / "r", earlier)
    inbox.remove(tmp_path / "r", earlier)
    assert inbox.take(tmp_path / "r") == [later]
    assert inbox.waiting(tmp_path / "r")
    inbox.remove(tmp_path / "r", later)
    assert not inbox.waiting(tmp_path / "r")


def test_no_inbox_is_an_empty_one(tmp_path):
    assert inbox.take(tmp_path / "none") == []
    assert not inbox.waiting(tmp_path / "none")


def test_it_is_the_users_alone(tmp_path):
    path = inbox.leave(tmp_path / "r", record())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_processes_that_leave_at_the_same_time_lose_nothing(tmp_path):
    command = [sys.executable, "-P", "-c", LEAVER, str(tmp_path)]
    writers = [subprocess.Popen([*command, "50", name]) for name in ("cursor", "codex", "gemini")]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert len(inbox.take(tmp_path)) == 150


@pytest.mark.parametrize("content", [b"", b"{", b"\0" * 50, b'{"format": 1}', b"[" * 100_000])
def test_what_is_damaged_is_kept_aside_and_named(tmp_path, caplog, content):
    damaged = inbox.leave(tmp_path, record(1.0))
    good = record(2.0)
    inbox.leave(tmp_path, good)
    damaged.write_bytes(content)
    assert inbox.take(tmp_path) == [good]
    assert "damaged" in caplog.text
    assert [path.read_bytes() for path in (damaged.parent / "damaged").iterdir()] == [content]
    assert inbox.take(tmp_path) == [good]


def test_damaged_ones_do_not_fill_the_disk(tmp_path):
    for number in range(inbox.MOST_DAMAGED + 5):
        inbox.leave(tmp_path, record(float(number))).write_bytes(b"x")
    assert inbox.take(tmp_path) == []
    assert len(list((inbox.inbox(tmp_path) / "damaged").iterdir())) == inbox.MOST_DAMAGED


def test_a_record_of_a_later_version_stays_for_it(tmp_path, caplog):
    path = inbox.leave(tmp_path, record())
    path.write_bytes(json.dumps({"format": 2}).encode())
    assert inbox.take(tmp_path) == []
    assert path.exists()
    assert "later version" in caplog.text


def test_a_file_with_another_name_is_removed_all_the_same(tmp_path):
    path = inbox.leave(tmp_path, record())
    path.rename(path.with_name("0.json"))
    (found,) = inbox.take(tmp_path)
    inbox.remove(tmp_path, found)
    assert not inbox.waiting(tmp_path)


def test_a_folder_that_cannot_be_written_says_so_and_keeps_nothing_half(tmp_path):
    (tmp_path / "inbox").write_text("in the way")
    with pytest.raises(NotADirectoryError):
        inbox.leave(tmp_path, record())
    assert [path.name for path in tmp_path.iterdir()] == ["inbox"]


def test_a_disk_that_fills_up_leaves_no_part_behind(tmp_path, monkeypatch):
    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        inbox.leave(tmp_path, record())
    assert list(inbox.inbox(tmp_path).iterdir()) == []
