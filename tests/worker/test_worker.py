"""The worker with real child processes: hanging, crashing, greedy and lying ones too."""

import hashlib
import json
import subprocess
import sys
import time
from multiprocessing.connection import Listener

import psutil
import pytest

from gifthorse.model.text import Edit, Span
from gifthorse.worker import pool
from gifthorse.worker.limits import MIB
from gifthorse.worker.pool import Condition, Limits

A = "file:///a.py"
B = "file:///b.py"
QUICK = Limits(seconds=0.5)
FAKE_WITHOUT_CAP = "--without-cap"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def insert(offset: int, new: bytes) -> Edit:
    return Edit(Span(offset, offset), new)


def test_open_change_close(start):
    probe = start()
    probe.worker.open("file:///some%20dir/a.py", 1, "python", b"x = 1\n")
    first = probe.told(1, "file:///some%20dir/a.py")
    assert (first["mode"], first["digest"]) == ("inspect", digest(b"x = 1\n"))
    assert (first["path"], first["language_id"]) == ("/some dir/a.py", "python")
    probe.worker.change("file:///some%20dir/a.py", 2, [insert(0, b"y"), insert(1, b"z")])
    second = probe.told(2, "file:///some%20dir/a.py")
    assert (second["mode"], second["digest"]) == ("reinspect", digest(b"yzx = 1\n"))
    probe.worker.close("file:///some%20dir/a.py")
    probe.worker.change("file:///some%20dir/a.py", 3, [insert(0, b"y")])
    probe.worker.open(B, 1, None, b"")
    assert probe.told(1, B)["calls"] == 3


def test_the_child_does_not_run_in_the_workspace(start, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "json.py").write_text("raise SystemExit('imported from the workspace')")
    monkeypatch.setenv("PYTHONPATH", ".")
    probe = start()
    probe.worker.open(A, 1, None, b"x")
    assert probe.told(1)["cwd"] != str(tmp_path)


def test_fast_changes_are_answered_by_far_fewer_inspections(start):
    probe = start()
    with Listener() as listener:
        probe.worker.open(A, 0, None, b"gate " + listener.address.encode() + b" ")
        with listener.accept() as gate:
            assert gate.recv() == "here"
            content = b""
            for version in range(1, 501):
                letter = b"%d\n" % version
                content = letter + content
                probe.worker.change(A, version, [insert(0, letter)])
            probe.worker.open(B, 1, None, b"the last note")
            probe.worker.close(B)
            gate.send("go")
        told = probe.told(500)
        assert told["digest"] == digest(content + b"gate " + listener.address.encode() + b" ")
        assert told["mode"] == "reinspect"
        assert told["calls"] < 20


def test_no_call_waits_while_the_child_hangs(start):
    probe = start(Limits(seconds=30))
    probe.worker.open(A, 1, None, b"hang-native")
    probe.state(Condition.BUSY)
    big = b"x" * 7 * MIB
    longest = 0.0
    for version in range(2, 30):
        began = time.perf_counter()
        probe.worker.open(B, version, None, big)
        probe.worker.change(A, version, [insert(0, b"y")])
        probe.worker.release(A)
        probe.worker.close(B)
        longest = max(longest, time.perf_counter() - began)
    began = time.perf_counter()
    probe.worker.stop()
    longest = max(longest, time.perf_counter() - began)
    assert longest < 0.05
    probe.state(Condition.STOPPED)


def test_a_hanging_document_is_quarantined_and_others_are_not_harmed(start):
    probe = start(QUICK)
    probe.worker.open(B, 1, None, b"fine")
    probe.told(1, B)
    probe.worker.open(A, 1, None, b"hang")
    assert probe.reply(1).report.incomplete.startswith("not analysed: the analysis took longer than 0.5 s, 2 times")
    while probe.state(Condition.READY).not_analysed != (A,):
        pass
    probe.worker.change(B, 2, [insert(0, b"x")])
    assert probe.told(2, B)["digest"] == digest(b"xfine")
    probe.worker.change(A, 2, [insert(0, b"no more ")])
    assert probe.reply(2).report.incomplete.startswith("not analysed")


@pytest.mark.parametrize(
    ("word", "cause"),
    [
        (b"abort", "ended with exit code"),
        (b"segfault", "ended with exit code"),
        (b"leave", "ended with exit code 3"),
        (b"garbage", "sent rubbish"),
        (b"wrong-message", "sent rubbish"),
    ],
)
def test_a_document_that_kills_the_child_twice_is_quarantined(start, word, cause):
    probe = start()
    probe.worker.open(A, 1, None, word)
    incomplete = probe.reply(1).report.incomplete
    assert incomplete.startswith("not analysed: the analysis")
    assert cause in incomplete
    probe.worker.open(B, 1, None, b"fine")
    probe.told(1, B)


@pytest.mark.parametrize("options", [(), (FAKE_WITHOUT_CAP,)], ids=["refused by the kernel", "watched by the server"])
def test_a_greedy_document_is_quarantined(start, options):
    probe = start(Limits(seconds=30, memory=300 * MIB), *options)
    probe.worker.open(A, 1, None, b"bomb")
    incomplete = probe.reply(1).report.incomplete
    assert "needed more" in incomplete
    assert ("MiB" in incomplete) == bool(options)


def quarantined(probe, content=b"abort"):
    probe.worker.open(A, 1, None, content)
    assert probe.reply(1).report.incomplete
    return probe


def test_release_tries_again(start):
    probe = quarantined(start())
    probe.worker.change(A, 2, [Edit(Span(0, 5), b"tamed")])
    assert probe.reply(2).report.incomplete
    probe.worker.release(A)
    assert probe.told(2)["digest"] == digest(b"tamed")


def test_reopening_with_the_same_text_keeps_the_quarantine_and_a_new_text_lifts_it(start):
    probe = quarantined(start())
    probe.worker.open(A, 2, None, b"abort")
    assert probe.reply(2).report.incomplete
    probe.worker.open(A, 3, None, b"tamed")
    assert probe.told(3)["digest"] == digest(b"tamed")


def test_closing_lifts_the_quarantine(start):
    probe = quarantined(start())
    probe.worker.close(A)
    probe.worker.open(A, 5, None, b"abort")
    assert "2 times" in probe.reply(5).report.incomplete


def test_one_death_is_forgiven_and_everything_is_given_again(start):
    probe = start()
    probe.worker.open(B, 1, None, b"other")
    probe.told(1, B)
    with Listener() as listener:
        address = listener.address.encode()
        probe.worker.open(A, 1, None, b"gate " + address)
        with listener.accept() as gate:
            assert gate.recv() == "here"
            probe.worker.change(A, 2, [Edit(Span(0, 4), b"mend")])
            probe.worker.change(B, 2, [insert(0, b"an")])
            [child] = psutil.Process().children()
            child.kill()
    assert probe.told(2)["digest"] == digest(b"mend " + address)
    assert probe.told(2, B)["digest"] == digest(b"another")


def test_a_death_at_rest_is_no_strike(start):
    probe = start()
    probe.worker.open(A, 1, None, b"fine")
    for version in range(2, 4):
        psutil.Process(probe.told(version - 1)["pid"]).kill()
        told = probe.told(version - 1)
        probe.worker.change(A, version, [insert(0, b"x")])
        assert told["mode"] == "inspect"
    assert probe.told(3)["digest"] == digest(b"xxfine")


def test_what_is_printed_does_no_harm(start):
    probe = start()
    probe.worker.open(A, 1, None, b"print to standard output")
    assert probe.told(1)["mode"] == "inspect"
    probe.worker.open(B, 1, None, b"complain")
    assert probe.told(1, B)["mode"] == "inspect"


def test_an_error_of_the_engine_is_told_without_quoting_code(start):
    probe = start()
    probe.worker.open(A, 1, None, b"fail password = 'hunter2'")
    incomplete = probe.reply(1).report.incomplete
    assert incomplete.startswith("not analysed: the engine failed (ValueError at fake_child.py:")
    assert "hunter2" not in incomplete
    probe.worker.change(A, 2, [Edit(Span(0, 4), b"work")])
    assert probe.told(2)["mode"] == "inspect"


def test_what_a_dying_child_writes_is_not_passed_on(start):
    probe = start()
    probe.worker.open(A, 1, None, b"shout-and-leave hunter2")
    incomplete = probe.reply(1).report.incomplete
    assert "exit code 3" in incomplete
    assert "hunter2" not in incomplete


def test_an_error_about_what_was_remembered_is_got_over(start):
    probe = start()
    probe.worker.open(A, 1, None, b"x")
    probe.told(1)
    probe.worker.change(A, 2, [insert(0, b"forgetful ")])
    assert probe.told(2)["mode"] == "inspect"


def test_a_document_that_is_too_large_is_not_given_away(start):
    probe = start(Limits(content=MIB))
    probe.worker.open(A, 1, None, b"x" * (MIB + 1))
    assert probe.reply(1).report.incomplete == "not analysed: larger than 1,048,576 bytes"
    probe.worker.change(A, 2, [Edit(Span(0, 2), b"")])
    assert probe.told(2)["digest"] == digest(b"x" * (MIB - 1))
    probe.worker.change(A, 3, [insert(0, b"xx")])
    assert probe.reply(3).report.incomplete == "not analysed: larger than 1,048,576 bytes"


def test_a_running_child_is_held_to_other_limits(start):
    probe = start()
    probe.worker.open(A, 1, None, b"x")
    first = probe.told(1)["pid"]
    probe.worker.allow(QUICK)
    probe.worker.open(B, 1, None, b"hang")
    assert "took longer than 0.5 s, 2 times" in probe.reply(1, B).report.incomplete
    probe.worker.change(A, 2, [insert(1, b"y")])
    assert probe.told(2)["pid"] != first


def test_a_child_may_take_more_after_it_might_take_less(start):
    probe = start(Limits(memory=64 * MIB))
    probe.worker.open(A, 1, None, b"x")
    first = probe.told(1)["pid"]
    probe.worker.allow(Limits(memory=1024 * MIB))
    probe.worker.open(A, 2, None, b"keep 200000000 bytes")
    assert probe.told(2)["pid"] == first


def test_an_edit_that_does_not_fit_is_not_analysed_until_the_document_is_opened_again(start):
    probe = start()
    probe.worker.open(A, 1, None, b"abc")
    probe.told(1)
    probe.worker.change(A, 2, [insert(99, b"x")])
    assert "outside the text" in probe.reply(2).report.incomplete
    probe.worker.open(A, 3, None, b"abd")
    assert probe.told(3)["digest"] == digest(b"abd")


@pytest.mark.parametrize(
    ("command", "detail"),
    [
        ((sys.executable, "-c", "raise ImportError('tree_sitter is missing')"), "tree_sitter is missing"),
        ((sys.executable, "-c", "print('hello, this is no frame')"), "sent rubbish"),
        (("/nowhere/python",), "cannot be started"),
    ],
    ids=["broken installation", "another program", "no program"],
)
def test_a_broken_installation_is_told_and_not_tried_for_ever(start, command, detail):
    probe = start(command=command)
    probe.worker.open(A, 1, None, b"x")
    assert detail in probe.state(Condition.DEGRADED).detail
    assert detail in probe.reply(1).report.incomplete
    probe.worker.change(A, 2, [insert(0, b"y")])
    assert detail in probe.reply(2).report.incomplete


def test_a_child_that_never_gets_ready_is_given_up(start):
    probe = start(Limits(startup=0.2), command=(sys.executable, "-c", "input()"))
    assert "did not start within 0.2 s" in probe.state(Condition.DEGRADED).detail


def test_a_listener_that_fails_does_not_end_the_worker(start, caplog):
    probe = start()

    def fail(reply):
        probe.replies.put(reply)
        raise ValueError("hunter2")

    probe.worker._supervisor._on_reply = pool.guarded(fail)
    probe.worker.open(A, 1, None, b"x")
    probe.told(1)
    probe.worker.change(A, 2, [insert(0, b"y")])
    probe.told(2)
    assert "ValueError" in caplog.text
    assert "hunter2" not in caplog.text


PARENT = """
import sys, json
from gifthorse.worker.pool import Limits, Worker
def tell(reply):
    print(reply.report.findings[0].message, flush=True)
worker = Worker(sys.argv[2:], Limits(seconds=1.0), tell, lambda state: print(state.condition, file=sys.stderr, flush=True))
worker.open("a", 1, None, b"fine")
worker.open("b", 1, None, sys.argv[1].encode()) if sys.argv[1] else None
sys.stdin.readline()
"""


@pytest.mark.parametrize("leave", ["killed", "by itself"])
@pytest.mark.parametrize("word", ["", "hang", "hang-native"], ids=["idle", "busy", "deaf"])
def test_no_child_outlives_its_parent(fake_command, word, leave):
    command = [sys.executable, "-c", PARENT, word, *fake_command]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as parent:
        child = None
        for line in parent.stdout:
            child = psutil.Process(json.loads(line)["pid"])
            break
        while word and b"busy" not in parent.stderr.readline():
            pass
        if leave == "killed":
            parent.kill()
        else:
            parent.stdin.close()
    assert psutil.wait_procs([child], timeout=30)[1] == []


def test_stop_says_so_last_and_ends_the_child(start):
    probe = start()
    probe.worker.open(A, 1, None, b"x")
    child = psutil.Process(probe.told(1)["pid"])
    probe.worker.stop()
    assert probe.worker.join(30)
    assert not child.is_running()
    probe.state(Condition.STOPPED)
    assert probe.states.empty()
    probe.worker.open(A, 2, None, b"y")
