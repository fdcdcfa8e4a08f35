"""Nothing that was acknowledged is lost: not by kill -9, not by folding, not beside other processes."""

import json
import os
import signal
import stat
import subprocess
import sys
import threading
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from gifthorse.model.event import Anchored, Inserted, Judged, MarkedHuman, Removed, Renamed
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.review import Standing, Verdict
from gifthorse.model.text import Span, Text
from gifthorse.provenance.anchor import anchors
from gifthorse.provenance.holdings import add, empty
from gifthorse.store import compact
from gifthorse.store.journal import Journal
from gifthorse.store.lines import LONGEST

WRITER = """
import os, sys
from pathlib import Path
from gifthorse.model.event import Removed
from gifthorse.store.journal import Journal
journal = Journal(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    journal.append(Removed("a.py", f"{sys.argv[3]}-{number}", "2026-01-01T00:00:00Z", "x"))
print("written", flush=True)
sys.stdin.read()
"""


def insertion(name="i1"):
    origin = Origin("copilot", "inline-completion", model="m", session=None)
    return Insertion(name, origin, Evidence.REPORTED, "2026-01-01T00:00:00Z", "a" * 64, None, 5)


def removed(name, path="a.py"):
    return Removed(path, name, "2026-01-01T00:00:00Z", "somebody")


def start_writer(folder, count, name):
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", WRITER, str(folder), str(count), name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout.readline() == b"written\n"
    return process


def kill(process):
    process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    process.communicate()


def files(folder):
    return sorted((folder / "journal").glob("*.jsonl"))


EVENTS = (
    Inserted("a/b.py", insertion()),
    Anchored("a/b.py", "d" * 64, ({"spans": [[1, 2]], "note": "é\u2028"},), ("i1",), ("i0",)),
    Judged("a/b.py", Verdict("i1", Standing.APPROVED, "c" * 64, "2026-01-01T00:00:00Z", "me", "fine", proven=False)),
    MarkedHuman("a/b.py", ("i1",), "2026-01-01T00:00:00Z", "me"),
    removed("i1", "a/b.py"),
    Renamed("z.py", "y.py"),
)


def test_events_come_back_as_they_were(tmp_path):
    journal = Journal(tmp_path)
    for event in EVENTS:
        journal.append(event)
    assert journal.events() == EVENTS
    assert Journal(tmp_path).events("a/b.py") == EVENTS[:5]
    assert Journal(tmp_path).events("other.py") == ()


def test_a_new_journal_is_empty_and_writes_nothing(tmp_path):
    journal = Journal(tmp_path / "none")
    assert journal.events() == ()
    assert journal.get_blob("a" * 64) is None
    assert not (tmp_path / "none").exists()


def test_kill_minus_nine_right_after_append_loses_nothing(tmp_path):
    kill(start_writer(tmp_path, 50, "w"))
    assert [event.region for event in Journal(tmp_path).events()] == [f"w-{n}" for n in range(50)]


def test_several_processes_write_at_once_and_all_see_all(tmp_path):
    reader = Journal(tmp_path)
    processes = [start_writer(tmp_path, 20, name) for name in "abc"]
    reader.append(removed("mine"))
    seen = [event.region for event in reader.events("a.py")]
    assert sorted(seen) == sorted(["mine", *(f"{name}-{n}" for name in "abc" for n in range(20))])
    for name in "abc":
        assert [one for one in seen if one.startswith(name)] == [f"{name}-{n}" for n in range(20)]
    for process in processes:
        kill(process)


def test_threads_may_append_at_once(tmp_path):
    journal = Journal(tmp_path)

    def work(name):
        for number in range(50):
            journal.append(removed(f"{name}-{number}"))

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(journal.events("a.py")) == 200


def test_a_reader_sees_what_came_since_it_looked(tmp_path):
    writer, reader = Journal(tmp_path), Journal(tmp_path)
    for number in range(3):
        writer.append(removed(str(number)))
        assert len(reader.events("a.py")) == number + 1


def test_a_later_writer_sorts_after_what_it_has_read_even_if_the_clock_went_back(tmp_path, monkeypatch):
    first = Journal(tmp_path)
    first.append(removed("1"))
    monkeypatch.setattr("time.time_ns", lambda: 5)
    second = Journal(tmp_path)
    second.events()
    second.append(removed("2"))
    assert [event.region for event in Journal(tmp_path).events()] == ["1", "2"]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\x00\xff\xfe",
        b"[" * 100_000,
        b'{"v":1,"at":-1,"by":"x","n":0,"type":"removed","event":{}}',
        b'{"v":1,"at":1,"by":"x","n":0,"type":"removed","event":{"path":"a"}}',
        b'{"v":1,"at":1,"by":"x","n":0,"type":"of-the-future","event":{"path":"a"}}',
        b'{"v":2,"at":1,"by":"x","n":0,"type":"removed","event":{"path":"a","region":"r","at":"","by":""}}',
        b'{"v":1,"at":1,"by":"x","n":0,"type":"removed","event":{"path":"../a","region":"r","at":"","by":""}}',
        b'{"v":1,"at":1,"by":"x","n":0,"type":"removed","event":{"path":"a\\u0000","region":"r","at":"","by":""}}',
        b'{"v":1,"at":1,"by":"x","n":0,"type":"renamed","event":{"path":"a","new":"/etc/passwd"}}',
        b'{"v":1,"at":9999999999999999999999,"by":"x","n":0,"type":"removed","event":{}}',
    ],
)
def test_lines_that_make_no_sense_are_passed_over(tmp_path, line):
    journal = Journal(tmp_path)
    journal.append(removed("1"))
    (tmp_path / "journal" / "zz.jsonl").write_bytes(line + b"\n")
    journal.append(removed("2"))
    assert journal.events() == Journal(tmp_path).events() == (removed("1"), removed("2"))


def test_unknown_members_of_a_known_event_do_no_harm(tmp_path):
    journal = Journal(tmp_path)
    journal.append(removed("1"))
    (path,) = files(tmp_path)
    line = json.loads(path.read_bytes())
    line["later"] = line["event"]["later"] = 1
    path.write_text(json.dumps(line) + "\n")
    assert Journal(tmp_path).events() == (removed("1"),)


def test_a_torn_line_is_left_until_it_is_whole(tmp_path):
    journal, reader = Journal(tmp_path), Journal(tmp_path)
    journal.append(removed("1"))
    (path,) = files(tmp_path)
    whole = path.read_bytes()
    other = path.with_name("other.jsonl")
    other.write_bytes(whole.replace(b'"n":0', b'"n":7')[:-10])
    assert len(reader.events()) == 1
    with other.open("ab") as file:
        file.write(whole[-10:])
    assert len(reader.events()) == 2


def test_a_huge_line_does_not_hide_the_next_one(tmp_path):
    journal = Journal(tmp_path)
    journal.append(removed("1"))
    (path,) = files(tmp_path)
    with path.open("r+b") as file:
        line = file.read()
        file.seek(0)
        file.write(b"x" * (2 * LONGEST + 3) + b"\n" + line)
    assert Journal(tmp_path).events() == (removed("1"),)


@pytest.mark.parametrize("path", ["", "/a", "../a", "a/../b", "a//b", "a\0b", ".", "a/.", "x" * 40_000])
def test_a_path_that_leads_elsewhere_is_refused(tmp_path, path):
    with pytest.raises(ValueError, match="Not the name"):
        Journal(tmp_path).append(removed("1", path))


def test_an_event_without_measure_is_refused_and_the_journal_goes_on(tmp_path):
    journal = Journal(tmp_path)
    with pytest.raises(ValueError, match="too large"):
        journal.append(removed("x" * LONGEST))
    journal.append(removed("1"))
    assert journal.events() == (removed("1"),)


def test_a_write_that_was_cut_off_is_an_error_and_does_not_swallow_the_next(tmp_path, monkeypatch):
    journal = Journal(tmp_path)
    journal.append(removed("1"))
    real = os.write
    with monkeypatch.context() as patch:
        patch.setattr("os.write", lambda handle, data: real(handle, data[:20]))
        with pytest.raises(OSError, match="Only 20 of"):
            journal.append(removed("2"))
    journal.append(removed("3"))
    assert [event.region for event in Journal(tmp_path).events()] == ["1", "3"]


def test_a_removed_file_is_replaced_by_a_new_one(tmp_path):
    journal = Journal(tmp_path)
    journal.append(removed("1"))
    (path,) = files(tmp_path)
    path.unlink()
    journal.append(removed("2"))
    assert Journal(tmp_path).events() == (removed("2"),)


def test_everything_is_private_to_the_user(tmp_path):
    folder = tmp_path / "state" / "roots" / "x"
    journal = Journal(folder)
    journal.append(removed("1"))
    journal.put_blob(b"secret")
    if sys.platform != "win32":
        inside = [tmp_path / "state", *(tmp_path / "state").rglob("*")]
        modes = {stat.S_IMODE(path.stat().st_mode) for path in inside}
        assert modes == {0o700, 0o600}


def test_a_file_keeps_its_story_under_a_new_name(tmp_path):
    journal = Journal(tmp_path)
    journal.append(removed("old b", "dir/b.py"))
    journal.append(removed("1", "lib/a.py"))
    journal.append(Renamed("lib/a.py", "lib/b.py"))
    journal.append(removed("2", "lib/b.py"))
    journal.append(Renamed("lib", "dir"))
    journal.append(removed("3", "lib/a.py"))
    regions = [event.region for event in journal.events("dir/b.py") if isinstance(event, Removed)]
    assert regions == ["1", "2"]
    assert journal.events("lib/a.py") == (removed("3", "lib/a.py"),)
    assert journal.paths() == ("dir/b.py", "lib/a.py")


def test_what_is_told_bit_by_bit_is_what_is_told_at_once(tmp_path):
    one, other = Journal(tmp_path), Journal(tmp_path)
    steps = [
        (one, removed("1")), (other, removed("2")), (one, removed("3", "src/b.py")), (other, Renamed("a.py", "src/a.py")),
        (one, removed("4", "src/a.py")), (one, Renamed("src", "lib")), (other, removed("5", "lib/a.py")),
        (other, Renamed("lib/b.py", "lib/a.py")), (one, removed("6", "lib/a.py")),
    ]  # fmt: skip
    for journal, event in steps:
        journal.append(event)
        afresh = Journal(tmp_path)
        for reader in (one, other):
            assert reader.paths() == afresh.paths()
            assert [reader.events(path) for path in reader.paths()] == [afresh.events(path) for path in afresh.paths()]
    one.close()
    other.close()
    one.tidy(0)
    assert other.events("lib/a.py") == Journal(tmp_path).events("lib/a.py") != ()


def test_names_that_differ_in_case_are_one_where_the_disk_says_so(tmp_path):
    journal = Journal(tmp_path, fold_case=True)
    journal.append(removed("1", "Lib/A.py"))
    journal.append(removed("2", "lib/a.PY"))
    assert len(journal.events("LIB/a.py")) == 2


def test_blobs_are_kept_by_content(tmp_path):
    journal = Journal(tmp_path)
    digest = journal.put_blob(b"one\x00two")
    assert journal.put_blob(b"one\x00two") == digest
    assert Journal(tmp_path).get_blob(digest) == b"one\x00two"
    for wrong in ("", "../" + digest, digest[:-1] + "\0", "A" * 64):
        assert journal.get_blob(wrong) is None


def test_a_damaged_blob_is_gone_until_it_is_put_again(tmp_path):
    journal = Journal(tmp_path)
    digest = journal.put_blob(b"content")
    (path,) = [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]
    path.write_bytes(b"conten")
    assert journal.get_blob(digest) is None
    assert journal.put_blob(b"content") == digest
    assert journal.get_blob(digest) == b"content"


# Folding


def anchored(digest, held, dropped=(), path="a.py"):
    return Anchored(path, digest, tuple({"id": one} for one in held), tuple(held), tuple(dropped))


def write_closed(folder, events):
    journal = Journal(folder)
    for event in events:
        journal.append(event)
    journal.close()


def test_folding_keeps_every_last_word(tmp_path):
    write_closed(tmp_path, [Inserted("a.py", insertion()), *(anchored(f"d{n}", ["i1"]) for n in range(100))])
    write_closed(tmp_path, [anchored("x", ["i2"], dropped=["i1"]), removed("i9"), Renamed("b.py", "c.py")])
    before = Journal(tmp_path).events()
    assert Journal(tmp_path).tidy(0)
    after = Journal(tmp_path).events()
    assert len(files(tmp_path)) == 1
    assert len(after) < len(before)
    assert [event for event in after if not isinstance(event, Anchored)] == [
        event for event in before if not isinstance(event, Anchored)
    ]
    snapshots = [event.digest for event in after if isinstance(event, Anchored)]
    assert snapshots == ["d0", *(f"d{n}" for n in range(100 - compact.SNAPSHOTS + 1, 100)), "x"]


def test_the_only_word_on_a_region_is_kept_however_old(tmp_path):
    write_closed(tmp_path, [anchored("old", ["i1"]), *(anchored(f"d{n}", ["i2"]) for n in range(100))])
    write_closed(tmp_path, [removed("i9")])
    assert Journal(tmp_path).tidy(0)
    assert anchored("old", ["i1"]) in Journal(tmp_path).events("a.py")


def test_folding_leaves_a_living_writer_alone(tmp_path):
    living = start_writer(tmp_path, 5, "w")
    write_closed(tmp_path, [removed("1")])
    write_closed(tmp_path, [removed("2")])
    running = Journal(tmp_path)
    running.append(removed("3"))
    assert Journal(tmp_path).tidy(0)
    running.append(removed("4"))
    assert len(files(tmp_path)) == 3
    assert len(running.events()) == len(Journal(tmp_path).events()) == 9
    kill(living)
    running.close()
    assert Journal(tmp_path).tidy(0)
    assert len(files(tmp_path)) == 1
    assert len(Journal(tmp_path).events()) == 9


def test_folding_keeps_lines_that_it_does_not_understand(tmp_path):
    write_closed(tmp_path, [removed("1")])
    future = b'{"v":2,"at":1,"by":"x","n":0,"type":"new","event":{}}'
    (tmp_path / "journal" / "zz.jsonl").write_bytes(future + b"\n")
    assert Journal(tmp_path).tidy(0)
    (path,) = files(tmp_path)
    assert future in path.read_bytes().splitlines()
    assert Journal(tmp_path).events() == (removed("1"),)


def test_a_fold_that_was_interrupted_counts_nothing_twice(tmp_path, monkeypatch):
    write_closed(tmp_path, [removed("1")])
    write_closed(tmp_path, [removed("2")])
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda *_: (_ for _ in ()).throw(PermissionError()))
        assert Journal(tmp_path).tidy(0)
    assert len(files(tmp_path)) == 3
    assert Journal(tmp_path).events() == (removed("1"), removed("2"))
    assert Journal(tmp_path).tidy(0)
    assert len(files(tmp_path)) == 1
    assert Journal(tmp_path).events() == (removed("1"), removed("2"))


def test_what_is_folded_is_not_folded_again_for_its_size_alone(tmp_path):
    journal = Journal(tmp_path)
    journal.append(anchored("1" * 64, ["i1"]))
    journal.close()
    assert journal.tidy(100)
    assert not journal.tidy(100)
    assert [event.digest for event in journal.events("a.py")] == ["1" * 64]


def test_anchors_of_a_later_version_come_as_plain_data(tmp_path):
    found = anchors(add(empty(), Text.of("ab\n"), insertion(), [Span(0, 2)]), Text.of("ab\n"))
    later = {**json.loads(json.dumps(asdict(found[0]))), "spans": "everywhere"}
    journal = Journal(tmp_path)
    journal.append(Anchored("a.py", "d" * 64, found, ("i1",)))
    journal.append(Anchored("a.py", "d" * 64, (*found, later), ("i1", "i2")))
    journal.append(Anchored("a.py", "d" * 64, (replace(found[0], spans=((5, 2),)),), ("i1",)))
    sound, mixed, damaged = journal.events("a.py")
    assert sound.anchors == found
    assert mixed.anchors[1] == later
    assert damaged.anchors[0]["spans"] == [[5, 2]]


def test_a_reader_goes_on_after_a_fold(tmp_path):
    write_closed(tmp_path, [removed("1")])
    write_closed(tmp_path, [removed("2")])
    reader = Journal(tmp_path)
    assert len(reader.events()) == 2
    Journal(tmp_path).tidy(0)
    assert reader.events() == (removed("1"), removed("2"))


def test_little_is_not_worth_folding(tmp_path):
    write_closed(tmp_path, [removed("1")])
    write_closed(tmp_path, [removed("2")])
    assert not Journal(tmp_path).tidy()
    assert not Journal(tmp_path / "none").tidy(0)


def test_a_long_session_does_not_grow_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr("gifthorse.store.journal.FOLD_FROM", 20_000)
    folds = []
    real = compact.fold
    monkeypatch.setattr(compact, "fold", lambda folder, _, **how: folds.append(real(folder, 20_000, **how)))
    journal = Journal(tmp_path)
    journal.append(Inserted("a.py", insertion()))
    for number in range(3_000):
        journal.append(anchored(f"{number:064}", ["i1"]))
        if number % 100 == 0:  # However busy the machine is, folding keeps up.
            for thread in threading.enumerate():
                if thread.name == "journal-fold":
                    thread.join()
    for thread in threading.enumerate():
        if thread.name == "journal-fold":
            thread.join()
    assert any(folds)
    assert sum(path.stat().st_size for path in files(tmp_path)) < 300_000  # All that was written is a megabyte.
    events = Journal(tmp_path).events("a.py")
    assert events[0] == Inserted("a.py", insertion())
    assert events[-1].digest == f"{2_999:064}"
    assert events == journal.events("a.py")
