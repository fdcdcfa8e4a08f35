"""When the child looks for garbage: not between two keystrokes.

What the engine remembers of a large file is a few hundred thousand objects. To go through all of them takes 0.1 s,
and the interpreter by itself does so about every third keystroke, although next to nothing of it is ever cyclic
garbage. So the old generation is looked through in a pause, or after very much work without one.
"""

import gc

YOUNG = 100_000
MIDDLE = 20
NEVER = 1_000_000_000
WORTH_BYTES = 4 * 1024 * 1024
URGENT_BYTES = 64 * 1024 * 1024


class Sweeper:
    """Counts the bytes of text inspected since the last collection."""

    def __init__(self) -> None:
        """Everything loaded so far is here to stay and is not looked at again."""
        self._inspected = 0
        gc.freeze()
        gc.set_threshold(YOUNG, MIDDLE, NEVER)

    def worked(self, size: int) -> None:
        """A text of `size` bytes was inspected."""
        self._inspected += size
        if self._inspected > URGENT_BYTES:
            self._sweep()

    def rest(self) -> None:
        """Nobody waits for anything."""
        if self._inspected > WORTH_BYTES:
            self._sweep()

    def _sweep(self) -> None:
        self._inspected = 0
        gc.collect()
