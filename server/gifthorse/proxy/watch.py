"""The watching process: copies of both directions on standard input, Records into the inbox and to running servers.

It has no part in the conversation: whatever goes wrong here is said on standard error, and the editor goes on.
"""

import argparse
import contextlib
import json
import sys
import uuid
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from gifthorse.model.record import Record
from gifthorse.proxy.conversation import Side, heard, lost
from gifthorse.proxy.copies import FROM_CLIENT, FROM_SERVER, read_copies
from gifthorse.proxy.frames import Frames
from gifthorse.proxy.state import State
from gifthorse.proxy.telling import Teller
from gifthorse.store.delivery import NotDeliveredError, deliver

SIDES: dict[int, Side] = {FROM_CLIENT: "client", FROM_SERVER: "server"}


def watch(source: BinaryIO, teller: Teller) -> Iterator[Record]:
    """The Records of a conversation, as soon as they are proved."""
    state = State(teller)
    frames = {side: Frames() for side in SIDES}
    for side, moment, chunk in read_copies(source):
        if side not in SIDES:
            state, frames = lost(state), {one: Frames() for one in SIDES}
            continue
        for body in frames[side].feed(chunk):
            message = _decoded(body)
            if message is None:
                # What the server says besides changes no document.
                state = lost(state) if side == FROM_CLIENT else state
                continue
            for one in message if isinstance(message, list) else [message]:
                state, records = heard(state, SIDES[side], one, moment)
                yield from records


def _decoded(body: bytes | None) -> object | None:
    """A message; None where it is none, so that something may have been missed."""
    if body is None:
        return None
    try:
        message: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return message


def keep(records: Iterable[Record]) -> None:
    """Bring each Record to where it is joined with its file. What cannot be kept is said once."""
    said = False
    for record in records:
        try:
            deliver(record)
        except (NotDeliveredError, OSError, ValueError) as fault:
            if not said:
                with contextlib.suppress(OSError):
                    sys.stderr.write(f"gifthorse proxy: {fault}\n")
            said = True


def main() -> int:
    """Watch until the conversation is over."""
    parser = argparse.ArgumentParser()
    for name in ("command", "tool", "model"):
        parser.add_argument(f"--{name}", default="")
    said = parser.parse_args()
    session = f"proxy-{uuid.uuid4().hex[:12]}"
    with contextlib.suppress(KeyboardInterrupt):
        keep(watch(sys.stdin.buffer, Teller(session, said.command, said.tool, said.model)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
