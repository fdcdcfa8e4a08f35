"""The life of the process over real pipes: how it starts, how it ends, and that it answers whatever it is sent."""

import json
import os
import socket
import subprocess
import sys

import pytest

PATIENCE = 30
INITIALIZE = {"processId": None, "rootUri": None, "capabilities": {}}


def write(process, *messages):
    for message in messages:
        body = message if isinstance(message, bytes) else json.dumps({"jsonrpc": "2.0", **message}).encode()
        process.stdin.write(b"content-length: %d\r\n\r\n%b" % (len(body), body))
    process.stdin.flush()


def read(stream):
    length = 0
    while line := stream.readline().strip():
        name, _, value = line.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
    return json.loads(stream.read(length)) if length else None


def answer(process, ident):
    while message := read(process.stdout):
        if message.get("id") == ident and "method" not in message:
            return message
    return None


def started(process, **params):
    write(process, {"id": 0, "method": "initialize", "params": {**INITIALIZE, **params}})
    return answer(process, 0)


def test_shutdown_and_exit_end_it_with_0(raw):
    process = raw()
    started(process)
    write(process, {"id": 1, "method": "shutdown"}, {"method": "exit"})
    assert answer(process, 1)["result"] is None
    assert process.wait(PATIENCE) == 0


def test_exit_without_shutdown_ends_it_with_1(raw):
    process = raw()
    started(process)
    write(process, {"method": "exit"})
    assert process.wait(PATIENCE) == 1


@pytest.mark.parametrize("initialized", [False, True])
def test_the_end_of_its_input_ends_it_with_1(raw, initialized):
    process = raw()
    if initialized:
        started(process)
    process.stdin.close()
    assert process.wait(PATIENCE) == 1


def test_the_end_of_its_input_after_shutdown_ends_it_with_0(raw):
    process = raw()
    started(process)
    write(process, {"id": 1, "method": "shutdown"})
    process.stdin.close()
    assert process.wait(PATIENCE) == 0


def test_what_came_before_the_end_is_still_answered(raw):
    process = raw()
    write(process, {"id": 5, "method": "foo"}, {"id": 0, "method": "initialize", "params": INITIALIZE})
    process.stdin.close()
    assert answer(process, 5)["error"]["code"] == -32002
    assert "capabilities" in answer(process, 0)["result"]


def test_a_client_that_is_gone_ends_it_though_the_pipe_stays_open(raw):
    short = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    process = raw()
    started(process, processId=short.pid)
    short.communicate(b"\n")
    assert process.wait(PATIENCE) == 1


def test_what_is_no_json_is_answered_and_life_goes_on(raw):
    process = raw()
    started(process)
    write(process, b"{nonsense", {"id": 2, "method": "textDocument/hover", "params": {}})
    assert read(process.stdout)["error"]["code"] == -32700
    assert answer(process, 2)["error"]["code"] == -32602


def test_a_header_without_a_length_is_answered_and_ends_it(raw):
    process = raw()
    process.stdin.write(b"Content-Length: what\r\n\r\n{}")
    process.stdin.flush()
    assert read(process.stdout)["error"]["code"] == -32700
    assert process.wait(PATIENCE) == 1


def test_unknown_values_in_capabilities_are_no_obstacle(raw):
    capabilities = {
        "general": {"positionEncodings": ["utf-7", "utf-8"]},
        "textDocument": {"completion": {"completionItem": {"tagSupport": {"valueSet": [1, 99]}}}},
        "window": {"future": {"thing": 1}},
    }
    assert started(raw(), capabilities=capabilities)["result"]["capabilities"]["positionEncoding"] == "utf-8"


def test_a_message_in_pieces_is_put_together(raw):
    process = raw()
    body = json.dumps({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": INITIALIZE}).encode()
    for byte in b"Content-Length: %d\r\n\r\n%b" % (len(body), body):
        process.stdin.write(bytes([byte]))
        process.stdin.flush()
    assert "result" in answer(process, 0)


def test_its_log_never_holds_a_text(raw):
    process = raw("--log-level", "debug")
    started(process)
    secret = "hunter2_in_the_text"
    item = {"uri": "file:///x.py", "languageId": "python", "version": 1, "text": secret}
    change = {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}, "text": secret}
    write(
        process,
        {"method": "textDocument/didOpen", "params": {"textDocument": item}},
        {
            "method": "textDocument/didChange",
            "params": {"textDocument": {"uri": "file:///x.py", "version": 2}, "contentChanges": [change]},
        },
        {"method": "textDocument/didChange", "params": {"contentChanges": [{"text": secret}], "textDocument": 3}},
        {"method": secret, "params": secret},
        {"id": 1, "method": "shutdown"},
        {"method": "exit"},
    )
    _, log = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert secret.encode() not in log


def talk(connection):
    stream = connection.makefile("rwb")
    body = json.dumps({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": INITIALIZE}).encode()
    stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
    stream.flush()
    return read(stream)["result"]["serverInfo"]["name"]


def test_over_a_socket_that_the_client_listens_on(raw):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(PATIENCE)
        raw("--socket", str(listener.getsockname()[1]))
        with listener.accept()[0] as connection:
            assert talk(connection) == "gifthorse"


if os.name != "nt":  # where there are named pipes instead

    def test_over_a_socket_file_that_the_client_listens_on(raw, tmp_path):
        with socket.socket(socket.AF_UNIX) as listener:
            listener.settimeout(PATIENCE)
            listener.bind(str(tmp_path / "pipe"))
            listener.listen()
            raw("--pipe", str(tmp_path / "pipe"))
            with listener.accept()[0] as connection:
                assert talk(connection) == "gifthorse"


def test_over_a_socket_that_the_server_listens_on(raw):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    process = raw("--socket", str(port))
    while True:
        assert process.poll() is None
        with socket.socket() as connection:
            if connection.connect_ex(("127.0.0.1", port)) == 0:
                assert talk(connection) == "gifthorse"
                return


@pytest.mark.parametrize("port", ["0", "70000", "ssh", "-1"])
def test_what_is_no_port_is_refused(raw, port):
    process = raw("--socket", port)
    assert process.wait(PATIENCE) == 2
    assert b"--socket" in process.stderr.read()
