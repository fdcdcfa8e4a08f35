"""A child with a fake engine: what a document's first word says, the engine does. Started by the tests as a process."""

import ctypes
import hashlib
import json
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Client
from pathlib import Path

from gifthorse.model.finding import Confidence, Finding, Report, Severity
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Edit, Span, Text
from gifthorse.worker import desk, process

EMPTY = Catalogue({}, {}, "test")


@dataclass
class FakeInspection:
    content: bytes
    path: str
    report: Report


class FakeEngine:
    def __init__(self, sink):
        self.sink = sink
        self.calls = 0

    def inspect(self, content: bytes, path: str, language_id: str | None, _catalogue: Catalogue) -> FakeInspection:
        return self.look("inspect", content, path, language_id)

    def reinspect(self, previous: FakeInspection, edits: Sequence[Edit], content: bytes) -> FakeInspection:
        text = Text.of(previous.content)
        for edit in edits:
            text = text.apply(edit)
        assert bytes(text) == content, "the edits are not those between the two texts"
        if content.startswith(b"forgetful"):
            raise LookupError("what was remembered is wrong")
        return self.look("reinspect", content, previous.path, None)

    def look(self, mode: str, content: bytes, path: str, language_id: str | None) -> FakeInspection:
        self.calls += 1
        word, _, rest = content.partition(b" ")
        act = getattr(self, "do_" + word.decode("ascii", "replace").replace("-", "_"), None)
        if act is not None:
            act(rest.decode())
        told = {
            "calls": self.calls,
            "mode": mode,
            "digest": hashlib.sha256(content).hexdigest(),
            "path": path,
            "language_id": language_id,
            "pid": os.getpid(),
            "cwd": str(Path.cwd()),
        }
        finding = Finding("fake", Span(0, 1), json.dumps(told), Severity.LOW, Confidence.LOW)
        return FakeInspection(content, path, Report("fake", (finding,), ()))

    def do_hang(self, _rest):
        while True:
            pass

    def do_hang_native(self, _rest):
        re.match(r"(a+)+$", "a" * 64 + "b")

    def do_abort(self, _rest):
        os.abort()

    def do_segfault(self, _rest):
        ctypes.string_at(0)

    def do_leave(self, _rest):
        os._exit(3)

    def do_bomb(self, _rest):
        hoard = []
        while True:
            hoard.append(b"\x01" * 8_000_000)

    def do_keep(self, rest):
        self.kept = b"\x01" * int(rest.split()[0])

    def do_garbage(self, _rest):
        self.sink.write(b"Traceback (most recent call last)\n" * 10)
        self.sink.flush()

    def do_wrong_message(self, _rest):
        self.sink.write(b"\x00\x00\x00\x05hello")
        self.sink.flush()

    def do_print(self, rest):
        print("printed", rest, flush=True)
        os.write(1, b"written past Python\n")

    def do_complain(self, _rest):
        sys.stderr.write("x" * 10_000_000)

    def do_shout_and_leave(self, rest):
        os.write(2, rest.encode())
        os._exit(3)

    def do_fail(self, rest):
        raise ValueError(rest)

    def do_gate(self, rest):
        with Client(rest.split()[0]) as gate:
            gate.send("here")
            gate.recv()


def main() -> None:
    source, sink = process.take_streams()
    if "--without-cap" in sys.argv:
        process.cap_memory = lambda _limit: None
    engine = FakeEngine(sink)
    process.serve(EMPTY, desk.Engine(engine.inspect, engine.reinspect), source, sink)


if __name__ == "__main__":
    main()
