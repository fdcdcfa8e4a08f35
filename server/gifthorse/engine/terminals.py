"""What terminals do where control characters stand in a text that they print.

Pure: the characters in, words out. After ECMA-48 and what common terminals add to it.
"""

import re
from typing import Final

SEQUENCE: Final = re.compile(
    "(?:\x1b\\[|\x9b)(?P<numbers>[0-?]*)[ -/]*(?P<final>[@-~])"
    "|(?:\x1b\\]|\x9d)(?P<order>[0-9]*)[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\\\|\x9c)?"
    "|(?:\x1b[P^_X]|[\x90\x98\x9e\x9f])[^\x1b\x9c\n]*(?:\x1b\\\\|\x9c)?"
    "|\x1b[c7-9=>DEHMNOZ]"
)
_FINALS: Final = {
    **dict.fromkeys("ABCDEFGHfd`aesu", "moves over other text"),
    "K": "erases the line",
    "J": "erases the screen",
    "P": "takes characters away",
    "X": "takes characters away",
    "L": "moves lines",
    "M": "takes lines away",
    "S": "scrolls",
    "T": "scrolls",
    "n": "makes the terminal type an answer",
    "c": "makes the terminal type an answer",
    "t": "orders the window",
    "h": "switches the terminal over",
    "l": "switches the terminal over",
    "b": "repeats text",
}
_ORDERS: Final = {
    **dict.fromkeys(("0", "1", "2"), "changes the window's title"),
    "8": "hides an address behind other text",
    "52": "writes to the clipboard",
    "9": "shows a message",
    "777": "shows a message",
}
_SINGLE: Final = {
    "\x00": "ends the text for some programs",
    "\x04": "ends the text for some programs",
    "\x1a": "ends the text for some programs",
    "\x08": "goes back over what stands before it",
    "\x7f": "goes back over what stands before it",
    "\x0e": "switches to other letters",
}
ACTING: Final = frozenset("\x00\x08\x1a\x1b\x90\x98\x9b\x9d\x9e\x9f")
"""Controls that change what a reader gets to see; the others do nothing, or make a sound."""


def effect(sequence: str) -> str:
    """What a sequence, or a single control character, does; nothing where it does nothing to speak of."""
    found = SEQUENCE.match(sequence)
    if found is None:
        return _SINGLE.get(sequence[:1], "")
    if found["final"] == "m":
        return "writes in letters that nobody sees" if re.search(r"(?:^|;)0*8(?:;|$)", found["numbers"]) else ""
    if found["final"]:
        return _FINALS.get(found["final"], "gives the terminal an order")
    return _ORDERS.get(found["order"] or "", "gives the terminal an order")


def is_colour(sequence: str) -> bool:
    """Whether a sequence only chooses a colour or a weight that can be read."""
    found = SEQUENCE.match(sequence)
    return found is not None and found["final"] == "m" and not effect(sequence)
