"""A worker over a real child process with a fake engine, and a probe that waits for what it says."""

import json
import sys
from pathlib import Path
from queue import Queue

import psutil
import pytest

from gifthorse.worker.pool import Condition, Limits, Reply, Worker, WorkerState

HERE = Path(__file__).parent
FAKE = (sys.executable, "-P", str(HERE / "fake_child.py"))
PATIENCE = 60.0


class Probe:
    """Hears what a worker says, and waits for it."""

    def __init__(self) -> None:
        self.replies: Queue[Reply] = Queue()
        self.heard: list[Reply] = []
        self.states: Queue[WorkerState] = Queue()
        self.worker: Worker

    def reply(self, version: int, uri: str = "file:///a.py") -> Reply:
        """The next reply about this version; others are kept for later."""
        while True:
            for number, reply in enumerate(self.heard):
                if (reply.uri, reply.version) == (uri, version):
                    return self.heard.pop(number)
            self.heard.append(self.replies.get(timeout=PATIENCE))

    def told(self, version: int, uri: str = "file:///a.py") -> dict:
        """What the fake engine says about the inspection of this version."""
        reply = self.reply(version, uri)
        assert not reply.report.incomplete
        return json.loads(reply.report.findings[0].message)

    def state(self, condition: Condition) -> WorkerState:
        """The next state with this condition; others are passed over."""
        while True:
            state = self.states.get(timeout=PATIENCE)
            if state.condition is condition:
                return state


@pytest.fixture
def start():
    """Start a worker on a fake child; it is stopped at the end, and no process may be left."""
    probes: list[Probe] = []

    def start_one(limits: Limits | None = None, *options: str, command: tuple[str, ...] = FAKE) -> Probe:
        probe = Probe()
        limits = limits or Limits()
        probe.worker = Worker((*command, *options), limits, probe.replies.put, probe.states.put)
        probes.append(probe)
        return probe

    yield start_one
    for probe in probes:
        probe.worker.stop()
        assert probe.worker.join(PATIENCE)
    assert psutil.wait_procs(psutil.Process().children(), PATIENCE)[1] == []


@pytest.fixture
def fake_command():
    """The command of the fake child."""
    return FAKE
