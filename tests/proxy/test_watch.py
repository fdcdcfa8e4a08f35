"""The watching process: copies of bytes in, Records out, whatever else is among the bytes."""

import io
import json
import os
import subprocess
import sys

import pytest
from talk import TAKEN, URI

from gifthorse.proxy.copies import FROM_CLIENT, FROM_SERVER, HEADER, LEFT_OUT, Copies, read_copies
from gifthorse.proxy.telling import Teller
from gifthorse.proxy.watch import watch

TEXT = "import os\n"
WORDS = "os.remove(path)\nprint('gone')\n"
END = {"line": 1, "character": 0}


def frame(message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def copy(side, chunk, moment=5.0):
    return HEADER.pack(side, moment, len(chunk)) + chunk


def client(method, params, **more):
    return copy(FROM_CLIENT, frame({"method": method, "params": params, **more}))


def server(ident, result):
    return copy(FROM_SERVER, frame({"id": ident, "result": result}))


def opened(uri=URI):
    return client("textDocument/didOpen", {"textDocument": {"uri": uri, "version": 1, "text": TEXT}})


def taken(uri=URI):
    """An offer that is taken."""
    item = {"insertText": WORDS, "range": {"start": END, "end": END}, "command": {"command": TAKEN, "arguments": ["1"]}}
    change = {"range": {"start": END, "end": END}, "text": WORDS}
    return [
        client("textDocument/inlineCompletion", {"textDocument": {"uri": uri}, "position": END}, id=7),
        server(7, {"items": [item]}),
        client("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [change]}),
        client("workspace/executeCommand", item["command"], id=8),
    ]


def watched(*copies):
    return list(watch(io.BytesIO(b"".join(copies)), Teller("s", "server", tool="t")))


def test_a_conversation_becomes_records():
    (record,) = watched(opened(), *taken())
    assert (record.edits[0].new, record.time, record.tool) == (WORDS, 5.0, "t")


def test_bytes_may_come_one_by_one():
    pieces = [opened(), *taken()]
    small = []
    for piece in pieces:
        side, moment, size = HEADER.unpack(piece[: HEADER.size])
        assert size == len(piece) - HEADER.size
        small += [copy(side, piece[at : at + 1], moment) for at in range(HEADER.size, len(piece))]
    assert len(watched(*small)) == 1


NOISE = [b"Starting ...\n", b"Content-Length: 3\r\n\r\n{x}", b"\0\0", b"Content-Length: -4\r\n\r\n"]


@pytest.mark.parametrize("noise", NOISE)
def test_after_an_editors_bytes_that_are_no_message_a_document_counts_when_it_is_opened_again(noise):
    assert watched(opened(), copy(FROM_CLIENT, noise), *taken()) == []
    assert len(watched(opened(), copy(FROM_CLIENT, noise), opened(), *taken())) == 1


@pytest.mark.parametrize("noise", NOISE)
def test_a_servers_bytes_that_are_no_message_cost_nothing(noise):
    assert len(watched(opened(), copy(FROM_SERVER, noise), *taken())) == 1


def test_after_copies_were_left_out_too():
    assert watched(opened(), copy(LEFT_OUT, b""), *taken()) == []
    assert len(watched(opened(), copy(LEFT_OUT, b""), opened(), *taken())) == 1


def test_copies_that_end_in_the_middle_end_the_watching():
    whole = b"".join([opened(), *taken()])
    for size in range(0, len(whole), 97):
        assert watched(whole[:size]) in ([], watched(whole))


def test_several_messages_in_a_list():
    both = json.dumps([{"method": "a"}, {"method": "b"}]).encode()
    noise = copy(FROM_CLIENT, b"Content-Length: %d\r\n\r\n%b" % (len(both), both))
    assert len(watched(opened(), noise, *taken())) == 1


def run(environment, copies):
    """The process itself."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "gifthorse.proxy.watch", "--tool=t"],
        input=b"".join(copies),
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_a_record_is_left_for_the_next_server(tmp_path):
    uri = (tmp_path / "new.py").as_uri()
    done = run({"GIFTHORSE_STATE_DIR": str(tmp_path / "state")}, [opened(uri), *taken(uri)])
    assert (done.returncode, done.stderr) == (0, b"")
    (path,) = tmp_path.glob("state/roots/*/inbox/*.json")
    assert json.loads(path.read_bytes())["edits"][0]["new"] == WORDS


def test_what_cannot_be_kept_is_said_once(tmp_path):
    (tmp_path / "state").write_text("no folder")
    uris = [(tmp_path / name).as_uri() for name in ("a.py", "b.py")]
    done = run(
        {"GIFTHORSE_STATE_DIR": str(tmp_path / "state")}, [part for uri in uris for part in (opened(uri), *taken(uri))]
    )
    assert done.returncode == 0
    assert done.stderr.count(b"gifthorse proxy: ") == 1
    assert b"GIFTHORSE_STATE_DIR" in done.stderr


def test_copies_come_in_order_and_are_bounded(tmp_path, monkeypatch):
    """A watching process that reads nothing for a while is told what it has missed."""
    monkeypatch.setattr("gifthorse.proxy.copies.MOST_BYTES", 1000)
    start, kept = tmp_path / "start", tmp_path / "kept"
    os.mkfifo(start)
    script = f"import shutil, sys\nopen({str(start)!r}).read()\nshutil.copyfileobj(sys.stdin.buffer, open({str(kept)!r}, 'wb'))"
    copies = Copies([sys.executable, "-c", script])
    for number in range(400):
        copies.put(number % 2, bytes([number % 256]) * 500)
    start.write_text("")
    copies.finish()
    copies.put(FROM_CLIENT, b"after all")
    assert copies.process.wait(30) == 0
    with kept.open("rb") as file:
        found = list(read_copies(file))
    sides = [side for side, _, _ in found]
    assert LEFT_OUT in sides
    times = [moment for _, moment, _ in found]
    assert times == sorted(times)
    assert all(chunk == chunk[:1] * 500 for side, _, chunk in found if side != LEFT_OUT)
