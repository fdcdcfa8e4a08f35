"""Bringing a Record to where it is joined with its file: left in the root's inbox first, then told to who runs.

Imports the standard library only: hooks run through here.
"""

import os
from pathlib import Path

from gifthorse.model.record import Record, encode
from gifthorse.store.doorbell import hand_over, ring
from gifthorse.store.folders import root_of, state_folder
from gifthorse.store.inbox import leave


class NotDeliveredError(OSError):
    """A Record is nowhere: the state folder cannot be written and no server runs. The message says what to do."""


def deliver(record: Record) -> None:
    """Make a Record safe, and tell the servers that run. Raises NotDeliveredError where it is not safe."""
    root_folder = state_folder(root_of(Path(record.path)))
    try:
        leave(root_folder, record)
    except OSError as fault:
        if not hand_over(encode(record)):
            why = fault.strerror or str(fault)
            raise NotDeliveredError(
                f"the record of the edit of {os.path.basename(record.path)!r} "  # noqa: PTH119
                f"cannot be kept in {root_folder}: {why}. "
                "Look at the disk's space and rights, or name another folder by GIFTHORSE_STATE_DIR."
            ) from fault
        return
    ring(encode(record))
