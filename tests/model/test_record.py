"""A Record survives its way through JSON, whatever bytes its texts hold; what is none is refused with a reason."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.model.record import LaterRecordError, Record, RecordError, TextChange, as_bytes, as_text, decode, encode

WELL = {"format": 1, "source": "hook", "tool": "claude-code", "path": "/w/a.py", "time": 1.5, "edits": []}


@given(old=st.binary(), new=st.binary(), path=st.text(min_size=1).filter(lambda path: "\0" not in path))
def test_any_bytes_and_any_path_come_back(old, new, path):
    edit = TextChange(as_text(old), as_text(new), 3)
    record = Record("hook", "cursor", path, 12.25, (edit,), text=as_text(new))
    line = encode(record)
    assert b"\n" not in line
    assert line.isascii()
    assert decode(line) == record
    assert decode(line).id == record.id
    assert as_bytes(decode(line).edits[0].new) == new


def test_each_record_has_a_name_of_its_own():
    one = Record("hook", "cursor", "/w/a.py", 1.0, ())
    assert one.id != Record("hook", "cursor", "/w/a.py", 1.000001, ()).id


def test_surrogates_that_stand_for_no_byte_do_no_harm():
    assert as_bytes("a\ud800b") == b"a?b"


def test_members_of_later_versions_are_passed_over():
    record = decode(json.dumps({**WELL, "mood": "good"}).encode())
    assert (record.tool, record.path, record.model) == ("claude-code", "/w/a.py", "")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"format": None}, "format"),
        ({"source": "gossip"}, "source"),
        ({"path": ""}, "path"),
        ({"path": "a\0b"}, "path"),
        ({"time": "now"}, "time"),
        ({"time": float("nan")}, "time"),
        ({"time": True}, "time"),
        ({"tool": 3}, "tool"),
        ({"before": "abc"}, "before"),
        ({"text": 3}, "text"),
        ({"edits": None}, "edits"),
        ({"edits": ["x"]}, "edit"),
        ({"edits": [{"old": "x"}]}, "new"),
        ({"edits": [{"old": "", "new": "x", "start": -1}]}, "start"),
    ],
)
def test_what_is_wrong_is_named(change, word):
    with pytest.raises(RecordError, match=word):
        decode(json.dumps({**WELL, **change}).encode())


@pytest.mark.parametrize("line", [b"", b"\xff", b"[]", b"[" * 100_000, b"3", b'{"format": 1'])
def test_what_is_no_record_at_all_is_refused(line):
    with pytest.raises(RecordError):
        decode(line)


def test_a_later_format_is_told_apart_from_damage():
    with pytest.raises(LaterRecordError, match="update Gifthorse"):
        decode(json.dumps({**WELL, "format": 2}).encode())
