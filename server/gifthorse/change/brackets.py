"""In which brackets a place stands."""

import re
from bisect import bisect_left

_BRACE = re.compile(rb"[{}]")
_BRACKET = re.compile(r"[\[({\])}]")


def opener(text: str, at: int) -> int:
    """Where the bracket is in which a place stands; -1 where there is none."""
    depth = 0
    for found in reversed(list(_BRACKET.finditer(text, 0, at))):
        if found[0] in ")]}":
            depth += 1
        elif not depth:
            return found.start()
        else:
            depth -= 1
    return -1


class Blocks:
    """The blocks in braces of a text: gone through once, then asked for places."""

    def __init__(self, content: bytes) -> None:
        self._starts: list[int] = []
        self._ends = [len(content)]
        self._around: list[int] = []
        open_: list[int] = []
        for found in _BRACE.finditer(content):
            self._starts.append(found.start())
            if found[0] == b"{":
                open_.append(len(self._ends))
                self._ends.append(len(content))
            elif open_:
                self._ends[open_.pop()] = found.start()
            self._around.append(open_[-1] if open_ else 0)

    def end(self, at: int) -> int:
        """Where the innermost block ends in which a place stands: at the text's end, where it is in none."""
        number = bisect_left(self._starts, at) - 1
        return self._ends[self._around[number] if number >= 0 else 0]
