"""Ringing at servers: those that are there hear it whole, and those that are not cost nothing."""

import contextlib
import socket
import threading
from pathlib import Path

import pytest

from gifthorse.model.record import Record, decode
from gifthorse.store import doorbell, inbox
from gifthorse.store.delivery import NotDeliveredError, deliver
from gifthorse.store.folders import state_folder

RECORD = Record("hook", "codex", "/nowhere/a.py", 1.0, ())


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def server():
    """Listens under a name; gives what it heard, one after the other, and answers what it is told to."""
    listeners, threads = [], []

    def listen(name="1.sock", answer=b""):
        doorbell.folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        heard = []
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        for place in doorbell.address(doorbell.folder() / name):
            listener.bind(place)
        listener.listen()
        listeners.append(listener)

        def serve():
            with contextlib.suppress(OSError):  # Who rings need not wait for an answer.
                connection, _ = listener.accept()
                with connection, connection.makefile("rb") as file:
                    heard.append(file.read())
                    connection.sendall(answer)

        thread = threading.Thread(target=serve)
        threads.append(thread)
        thread.start()
        return heard, thread

    yield listen
    for listener in listeners:
        listener.close()
    for thread in threads:
        thread.join(10)


def test_all_that_listen_hear_the_whole_line(server):
    (first, one), (second, other) = server("1.sock"), server("2.sock")
    assert doorbell.ring(b"line" * 50_000, 10.0) == 2
    one.join(10)
    other.join(10)
    assert first == second == [b"line" * 50_000 + b"\n"]


def test_nobody_and_nobody_any_more(server, state):
    assert doorbell.ring(b"x") == 0
    _, thread = server()
    assert doorbell.ring(b"x", 10.0) == 1
    thread.join(10)
    gone = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    for place in doorbell.address(doorbell.folder() / "gone.sock"):
        gone.bind(place)
    gone.close()
    (doorbell.folder() / "no.sock").write_text("not a socket")
    assert not doorbell.hand_over(b"x", 0.1)


@pytest.mark.parametrize(("answer", "kept"), [(doorbell.KEPT, True), (b"", False), (b"no\n", False)])
def test_only_a_clear_answer_counts(server, answer, kept):
    server(answer=answer)
    assert doorbell.hand_over(b"x", 10.0) is kept


def test_a_folder_that_others_may_write_is_not_trusted(server):
    heard, _ = server()
    doorbell.folder().chmod(0o777)
    assert doorbell.ring(b"x") == 0
    doorbell.folder().chmod(0o700)
    assert doorbell.ring(b"now", 10.0) == 1
    assert heard in ([], [b"now\n"])


def test_a_long_name_can_be_reached(server, tmp_path, monkeypatch):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / ("d" * 100) / "state"))
    heard, thread = server()
    assert doorbell.ring(b"x", 10.0) == 1
    thread.join(10)
    assert heard == [b"x\n"]


def test_a_record_is_left_first_and_told_then(server):
    heard, thread = server()
    deliver(RECORD)
    thread.join(10)
    assert decode(heard[0].strip()) == RECORD
    assert [record.path for record in inbox.take(state_folder(Path("/nowhere")))] == ["/nowhere/a.py"]


def test_where_it_cannot_be_left_a_server_may_keep_it(server, state):
    server(answer=doorbell.KEPT)
    (state / "roots").write_text("in the way")
    deliver(RECORD)


def test_where_nobody_can_keep_it_that_is_said(state):
    state.mkdir()
    (state / "roots").write_text("in the way")
    with pytest.raises(NotDeliveredError, match="disk's space and rights"):
        deliver(RECORD)
