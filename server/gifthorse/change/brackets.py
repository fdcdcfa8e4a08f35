"""In which brackets a place stands."""

import re

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
