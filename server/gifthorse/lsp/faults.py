"""What may be said of an internal error in a log: its type and where it happened, never its message or any value.

Messages of exceptions quote what they stumbled over, and that may be a user's code.
"""

import traceback
from pathlib import PurePath


def describe(fault: BaseException) -> str:
    """One line: the exception's type and the places it came through, innermost last."""
    frames = traceback.extract_tb(fault.__traceback__)
    places = " > ".join(f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(fault).__name__} at {places or 'an unknown place'}"
