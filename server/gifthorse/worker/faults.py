"""What may be said of an error of ours: its kind and its place, never its text, which may quote the user's."""

from pathlib import PurePath
from types import TracebackType


def describe(error: Exception) -> str:
    """The kind and place of an error in our code; never its text, which may quote the user's."""
    return f"{type(error).__name__} at {last_place(error.__traceback__)}"


def last_place(trace: TracebackType | None) -> str:
    """File name and line of the innermost frame."""
    place = "an unknown place"
    while trace is not None:
        place = f"{PurePath(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
