"""How much reading a text may cost before the parser is told to stop, in steps that are the same on every machine.

On broken text some grammars look on to the end of the text again at every token, which takes minutes. A step is a
hundred operations of the parser, or a third of a piece of text that it asked for; ten thousand take some 0.2 seconds.
Ordinary code needs about one for each 90 bytes, broken code seldom more than one for ten. Where operations themselves
take ever longer, as in comments begun inside of each other a thousand times, the processor's time is the limit.
"""

import time
from typing import Final

PIECE: Final = 4096
"""Bytes handed out at a time, at least: what a parser asks for tells how far it looks."""

MOST_PIECES: Final = 500
"""Pieces that a text is handed out in: some scanners look at the beginning of a long line again and again."""

STEPS_OF_PIECE: Final = 3
SECONDS: Final = 2.0
SECONDS_PER_MEGABYTE: Final = 2.0
"""Of the processor; many times what the steps take where nothing is wrong."""

FOR_EVER: Final = 1 << 60


def steps_for(size: int) -> int:
    """The steps that reading a text of so many bytes may take."""
    return min(30_000 + size // 2, 60_000 + size // 50)


class Lent:
    """Pieces of a text that are lent to the parser: the binding keeps whatever it was handed for ever, and so it is handed
    views, which are taken back when it is done.
    """

    def __init__(self) -> None:
        self._views: list[memoryview] = []

    def lend(self, text: bytes, start: int, end: int) -> memoryview:
        """The bytes from `start` to `end`."""
        view = memoryview(text)[start:end]
        self._views.append(view)
        return view

    def take_back(self) -> None:
        """The parser is done, or is not asked any more."""
        for view in self._views:
            view.release()
        self._views.clear()


class Patience:
    """Hands a text out to the parser, and says when it has had enough: after one part in `share` of what a whole text
    may cost.
    """

    def __init__(self, text: bytes, share: int = 1) -> None:
        self._text, self.lent = text, Lent()
        self._piece = max(PIECE, len(text) // MOST_PIECES)
        self._left = steps_for(len(text)) // share
        self._seconds = (SECONDS + SECONDS_PER_MEGABYTE * len(text) / 1_000_000) / share
        self._began = time.thread_time()
        self._doubtful = time.monotonic() + self._seconds

    def read(self, offset: int, _: object) -> bytes | memoryview:
        """The bytes from `offset` on; none when patience is at its end: a scanner that is on its way has to end, too."""
        if self._left == FOR_EVER:
            return self._text[offset : offset + self._piece]
        self._left -= STEPS_OF_PIECE
        return self.lent.lend(self._text, offset, offset + self._piece) if self._left > 0 else b""

    def is_over(self, _offset: int, _is_broken: bool) -> bool:
        """Whether the parser is to stop. Called after each hundred operations."""
        self._left -= 1
        if time.monotonic() > self._doubtful and time.thread_time() - self._began > self._seconds:
            self._left = 0
        return self._left <= 0

    def lasted(self) -> bool:
        """Whether it lasted to the end. From then on the text is handed out without counting: trees ask for it."""
        lasted = self._left > 0
        self._left = FOR_EVER
        return lasted


class Probe:
    """Hands out a piece of a text and hears of the parser whether it failed before it had come to the end.

    What is handed out must not change while the parser runs: it reads some places twice, and may crash.
    """

    def __init__(self, piece: bytes, is_all: bool) -> None:
        self.piece, self.is_all, self.lent = piece, is_all, Lent()
        self.failed = self.at_cut = False

    def read(self, offset: int, _: object) -> memoryview:
        """The bytes from `offset` on."""
        if offset >= len(self.piece):
            self.at_cut = not self.is_all
        return self.lent.lend(self.piece, offset, offset + 256)

    def hear(self, _: object, message: str) -> None:
        """What the parser says it does: it resumes when every reading of the text so far has failed."""
        if message.startswith("resume") and not self.at_cut:
            self.failed = True

    def knows(self, _offset: int, _is_broken: bool) -> bool:
        """Whether there is no more to be known."""
        return self.failed or self.at_cut
