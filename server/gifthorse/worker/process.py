"""The child's side: takes documents and edits, inspects the newest version of what was touched last, answers.

Its input is always drained: while one version is inspected the next ones arrive, and only the newest of them is
looked at. Time and memory are the server's to watch; what kills this process kills nothing else.
"""

import os
import sys
import threading
from dataclasses import replace
from queue import Empty, SimpleQueue
from typing import BinaryIO

from gifthorse.model.rule import Catalogue
from gifthorse.worker import wire
from gifthorse.worker.desk import Desk
from gifthorse.worker.doors import Engine, InspectionT
from gifthorse.worker.garbage import Sweeper
from gifthorse.worker.limits import DeadMan, cap_memory

IDLE_AFTER = 1.0
PAUSE = 0.1
"""Seconds without a message after which other files' changes are followed up."""

LENIENT = 2
"""So many times the seconds of an inspection pass before this process ends itself: the server should do it first."""


def take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for frames alone: what anything else prints goes to standard error."""
    source, sink = os.dup(sys.stdin.fileno()), os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123, a descriptor is wanted
        os.dup2(nothing.fileno(), sys.stdin.fileno())
    return os.fdopen(source, "rb"), os.fdopen(sink, "wb")


def serve(catalogue: Catalogue, engine: Engine[InspectionT], source: BinaryIO, sink: BinaryIO) -> None:
    """Serve the process on the other end until it closes `source`; then this process ends at once.

    The first message must be `Begin`. It leaves through `os._exit`, since an inspection may be under way.
    """
    frames: SimpleQueue[bytes] = SimpleQueue()

    def send(message: wire.Response) -> None:
        sink.write(wire.pack(message))
        sink.flush()

    threading.Thread(target=drain, args=(source, frames), name="drain", daemon=True).start()
    begin = wire.request(frames.get())
    if not isinstance(begin, wire.Begin):
        raise wire.GarbledError("the first message is not Begin")
    cap_memory(begin.memory)
    if not begin.follows:
        engine = replace(engine, around=None)
    send(wire.Ready())
    try:
        work(frames, Desk(catalogue, engine, send), DeadMan(LENIENT * begin.seconds), Sweeper())
    except MemoryError:
        os._exit(wire.EXIT_MEMORY)
    except OSError:
        os._exit(0)


def drain(source: BinaryIO, frames: SimpleQueue[bytes]) -> None:
    """Pass frames on as they come. At the end of the stream, or when it is garbled, nobody waits for us any more."""
    try:
        while (frame := wire.read_frame(source)) is not None:
            frames.put(frame)
    except (wire.GarbledError, OSError):
        os._exit(1)
    except MemoryError:
        os._exit(wire.EXIT_MEMORY)
    os._exit(0)


def work(frames: SimpleQueue[bytes], desk: Desk[InspectionT], dead_man: DeadMan, sweeper: Sweeper) -> None:
    """Take all that has come, inspect one document or do one chore, and begin again."""
    while True:
        if desk.is_idle:
            frame = next_frame(frames, desk, dead_man, sweeper)
            if frame is None:
                dead_man.arm()
                sweeper.worked(desk.do_chore())
            else:
                take(desk, dead_man, frame)
        for _ in range(frames.qsize()):
            take(desk, dead_man, frames.get())
        if not desk.is_idle:
            dead_man.arm()
            sweeper.worked(desk.inspect_one())


def next_frame(
    frames: SimpleQueue[bytes], desk: Desk[InspectionT], dead_man: DeadMan, sweeper: Sweeper
) -> bytes | None:
    """The next frame, or None where there is time for a chore: at once if somebody waits for it, else in a pause."""
    if not desk.has_chores:
        return first_frame(frames, dead_man, sweeper)
    try:
        return frames.get_nowait() if desk.hurries else frames.get(timeout=PAUSE)
    except Empty:
        return None


def take(desk: Desk[InspectionT], dead_man: DeadMan, frame: bytes) -> None:
    """Put one message on the desk; a further `Begin` brings other limits."""
    message = wire.request(frame)
    if isinstance(message, wire.Begin):
        cap_memory(message.memory)
        dead_man.allow(LENIENT * message.seconds)
    else:
        desk.take(message)


def first_frame(frames: SimpleQueue[bytes], dead_man: DeadMan, sweeper: Sweeper) -> bytes:
    """The next frame. Between two keystrokes nothing else is done; a longer pause is for tidying up."""
    try:
        return frames.get(timeout=IDLE_AFTER)
    except Empty:
        sweeper.rest()
        dead_man.disarm()
        return frames.get()
