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
from gifthorse.proxy.state import Outcome, State
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
                state, records = _heard(state, SIDES[side], one, moment)
                yield from records


def _heard(state: State, side: Side, message: object, moment: float) -> Outcome:
    """As `heard`, but a fault of ours costs the documents that are open, and not the rest of the conversation."""
    try:
        return heard(state, side, message, moment)
    except Exception as fault:  # noqa: BLE001 - whatever it is, the next message may be sound
        _say(f"internal error: {type(fault).__name__}; open documents are not followed until they are opened again")
        return lost(state), ()


def _say(words: str) -> None:
    """To whoever looks at what the server writes on standard error; never text of somebody's code."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"gifthorse proxy: {words}\n")


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
                _say(str(fault))
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
