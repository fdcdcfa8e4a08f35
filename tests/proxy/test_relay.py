"""Passing on: byte for byte, quickly, with exit codes and signals, whatever happens to the watching process."""

import contextlib
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HERE = Path(__file__).parent
ECHO = [sys.executable, "-P", str(HERE / "echo.py")]
SHELL = ["sh", "-c"]
PATIENCE = 30
ADDED = 0.001
"""Seconds that the proxy may add to a message."""


@pytest.fixture
def environment(tmp_path):
    return {**os.environ, "GIFTHORSE_STATE_DIR": str(tmp_path / "state")}


@pytest.fixture
def start(environment):
    with contextlib.ExitStack() as stack:

        def start(server, **more):
            command = [sys.executable, "-P", "-m", "gifthorse", "proxy", "--", *server]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "bufsize": 0}
            process = subprocess.Popen(command, env=environment, **{**pipes, **more})
            stack.callback(end, process)
            return process

        yield start


def end(process):
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()


def exchanged(process, data):
    """What comes back for these bytes."""
    writer = threading.Thread(target=process.stdin.write, args=(data,))
    writer.start()
    found = bytearray()
    while len(found) < len(data) and (chunk := process.stdout.read(1 << 16)):
        found += chunk
    writer.join()
    return bytes(found)


def frame(body):
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


MESSAGES = st.one_of(
    st.binary(min_size=1, max_size=300),
    st.binary(max_size=200).map(frame),
    st.sampled_from([b'{"jsonrpc":"2.0","method":"textDocument/didChange","params":{}}', b"{", b"[]", b'"\xff"']).map(
        frame
    ),
    st.sampled_from([b"Content-Length: 9999999999\r\n\r\n", b"Content-Length: -1\r\n\r\n", b"\r\n\r\n", b"\0"]),
    st.integers(60_000, 140_000).map(lambda size: b"\r\n" * size),
)


@pytest.fixture(scope="module")
def echoing(tmp_path_factory):
    command = [sys.executable, "-P", "-m", "gifthorse", "proxy", "--", *ECHO]
    environment = {**os.environ, "GIFTHORSE_STATE_DIR": str(tmp_path_factory.mktemp("state"))}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=environment)
    yield process
    end(process)


@settings(max_examples=150, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=st.lists(MESSAGES, min_size=1, max_size=8))
def test_every_byte_passes_in_order_both_ways(echoing, messages):
    data = b"".join(messages)
    assert exchanged(echoing, data) == data


def test_large_messages_pass_both_ways_at_once(start):
    data = os.urandom(20_000_000)
    assert exchanged(start(ECHO), data) == data


def test_a_message_costs_less_than_a_millisecond(start, environment):
    """A round trip: both directions. The best of several rounds, since others use this machine, too."""
    body = frame(b'{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"x":"%b"}}' % (b"y" * 400))

    def middle(process):
        times = []
        for _ in range(100):
            begin = time.perf_counter()
            exchanged(process, body)
            times.append(time.perf_counter() - begin)
        return statistics.median(times)

    plain = subprocess.Popen(ECHO, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=environment)
    try:
        proxied = start(ECHO)
        watching(proxied)  # it is there, so that it does not start while we measure
        for process in (plain, proxied):
            exchanged(process, body * 50)
        rounds = [(middle(plain), middle(proxied)) for _ in range(8)]
    finally:
        end(plain)
    assert min(through for _, through in rounds) - min(straight for straight, _ in rounds) < ADDED


@pytest.mark.parametrize("code", [0, 1, 7, 255])
def test_the_exit_code_is_the_servers(start, code):
    process = start([*SHELL, f"exit {code}"])
    assert process.wait(PATIENCE) == code


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGSEGV"])
def test_a_server_that_is_killed_ends_us_the_same_way(start, name):
    process = start([*SHELL, f"kill -{name[3:]} $$; sleep 60"])
    assert process.wait(PATIENCE) == -getattr(signal, name)


def test_a_server_killed_from_outside_ends_the_conversation_after_its_last_byte(start):
    process = start([*SHELL, "echo $$; exec sleep 60"])
    server = int(process.stdout.readline())
    os.kill(server, signal.SIGKILL)
    assert process.wait(PATIENCE) == -signal.SIGKILL
    assert process.stdout.read() == b""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP", "SIGUSR1"])
def test_signals_reach_the_server(start, name):
    script = f"import os, signal, sys\nsignal.signal(signal.{name}, lambda *_: os._exit(33))\nprint('ready', flush=True)\nsignal.pause()"
    process = start([sys.executable, "-c", script])
    assert process.stdout.readline() == b"ready\n"
    process.send_signal(getattr(signal, name))
    assert process.wait(PATIENCE) == 33


def test_standard_error_is_the_servers(start):
    process = start([*SHELL, "printf 'a\\000b' >&2; printf out"])
    assert process.stdout.read() == b"out"
    assert process.wait(PATIENCE) == 0
    assert process.stderr.read() == b"a\0b"


def test_working_directory_and_environment_are_passed_on(start, tmp_path, environment):
    environment["SOME_THING"] = "said"
    process = start([*SHELL, "pwd; echo $SOME_THING"], cwd=tmp_path)
    assert process.stdout.read().decode().split() == [str(tmp_path.resolve()), "said"]


def test_the_end_of_input_reaches_the_server_and_its_last_words_the_editor(start):
    process = start([*SHELL, "cat >/dev/null; echo bye; exit 3"])
    process.stdin.close()
    assert process.stdout.read() == b"bye\n"
    assert process.wait(PATIENCE) == 3


def test_a_server_that_stays_when_its_editor_is_gone_is_ended(start):
    process = start([sys.executable, "-c", "import signal; print('ready', flush=True); signal.pause()"])
    assert process.stdout.readline() == b"ready\n"
    process.stdin.close()
    assert process.wait(PATIENCE) == -signal.SIGTERM


def test_a_server_that_stops_listening_may_still_speak(start):
    process = start([*SHELL, "exec <&-; echo one; sleep 0.2; echo two"])
    assert process.stdout.read() == b"one\ntwo\n"
    assert process.wait(PATIENCE) == 0


def test_a_child_of_the_server_that_holds_its_output_does_not_keep_us(start):
    process = start([*SHELL, "sleep 60 & echo $!; exit 4"])
    child = int(process.stdout.readline())
    try:
        assert process.wait(PATIENCE) == 4
    finally:
        os.kill(child, signal.SIGKILL)


def test_a_program_that_is_not_there_is_said(start):
    process = start(["/nowhere/some-server"])
    assert process.wait(PATIENCE) == 127
    assert b"there is no program '/nowhere/some-server'" in process.stderr.read()


def test_a_file_that_is_no_program_is_said(start, tmp_path):
    (tmp_path / "some-server").write_text("x")
    process = start([str(tmp_path / "some-server")])
    assert process.wait(PATIENCE) == 126
    assert b"cannot be started" in process.stderr.read()


def test_no_command_is_said(start):
    process = start([])
    assert process.wait(PATIENCE) == 2
    assert b"say which server to run" in process.stderr.read()


def watching(process):
    """The watching process of a proxy."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for child in psutil.Process(process.pid).children():
            if "gifthorse.proxy.watch" in child.cmdline():
                return child
    raise AssertionError("nobody watches")


def test_when_the_watching_process_is_killed_everything_passes(start):
    process = start(ECHO)
    watching(process).kill()
    data = frame(b"{}") * 20_000
    assert exchanged(process, data) == data


def test_a_watching_process_that_hangs_keeps_nobody_waiting(start):
    process = start(ECHO)
    watcher = watching(process)
    watcher.suspend()
    try:
        data = os.urandom(5_000_000)
        assert exchanged(process, data) == data
        process.stdin.close()
        assert process.wait(PATIENCE) == 5
    finally:
        watcher.resume()
    watcher.wait(PATIENCE)


def test_the_watching_process_ends_with_the_conversation(start):
    process = start(ECHO)
    watcher = watching(process)
    process.stdin.close()
    assert process.wait(PATIENCE) == 5
    watcher.wait(PATIENCE)


def test_when_we_are_killed_the_server_and_the_watching_process_end_by_themselves(start):
    process = start(ECHO)
    assert exchanged(process, b"here") == b"here"
    watching(process)
    children = psutil.Process(process.pid).children()
    assert len(children) == 2
    process.kill()
    process.stdin.close()
    _, alive = psutil.wait_procs(children, PATIENCE)
    assert alive == []
