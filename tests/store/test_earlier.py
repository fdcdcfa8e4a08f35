"""What a file was before an edit is there for the hook after it, once, and does not pile up."""

import os

import pytest

from gifthorse.provenance.account import Earlier
from gifthorse.store import earlier

WHO = ("cursor", "session", "/w/a.py")


@pytest.mark.parametrize("content", [b"x = 1\n", b"", b"\0\xff", None])
def test_it_is_there_once(tmp_path, content):
    earlier.keep(tmp_path, *WHO, content)
    assert earlier.recall(tmp_path, *WHO) == Earlier(content)
    assert earlier.recall(tmp_path, *WHO) is None


def test_the_last_look_counts_and_each_file_and_session_is_one(tmp_path):
    earlier.keep(tmp_path, *WHO, b"1")
    earlier.keep(tmp_path, *WHO, b"2")
    earlier.keep(tmp_path, "cursor", "other", "/w/a.py", b"3")
    assert earlier.recall(tmp_path, *WHO) == Earlier(b"2")
    assert earlier.recall(tmp_path, "cursor", "session", "/w/b.py") is None
    assert earlier.recall(tmp_path, "cursor", "other", "/w/a.py") == Earlier(b"3")


def test_what_was_announced_and_never_came_is_let_go_of(tmp_path):
    for number in range(earlier.MOST + 1):
        earlier.keep(tmp_path, "cursor", str(number), "/w/a.py", b"x")
    folder = tmp_path / "earlier"
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    earlier.keep(tmp_path, *WHO, b"new")
    assert [path.read_bytes() for path in folder.iterdir()] == [b"+new"]


def test_a_folder_that_cannot_be_used_says_so(tmp_path):
    (tmp_path / "earlier").write_text("in the way")
    with pytest.raises(NotADirectoryError):
        earlier.keep(tmp_path, *WHO, b"x")
    assert earlier.recall(tmp_path, *WHO) is None


def test_names_that_cannot_be_encoded_do_no_harm(tmp_path):
    earlier.keep(tmp_path, "a", "\ud800", "/w/\udcff", b"x")
    assert earlier.recall(tmp_path, "a", "\ud800", "/w/\udcff") == Earlier(b"x")
