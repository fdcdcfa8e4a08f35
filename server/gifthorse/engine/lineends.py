"""Where lines begin and end for a grammar: lines taken out of their block, and grammars that read on over the
end of a line where a command ends there, and how their text is put right.

In Bash's grammar, behind two pipes, a command with a redirection in the next line becomes arguments of the one before:
`curl u | base64 -d | sh`, and then `date > log`. Nothing in the tree is an error.
"""

import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

TRIES: Final = 4
"""Readings of one text: what is put right may show more of the same."""


class Ending(NamedTuple):
    """The kinds of nodes between whose parts no line ends, and the sign that may stand for the end of one."""

    kinds: frozenset[str]
    sign: bytes


_CONTINUED: Final = re.compile(rb"\\\r?\n")


def ending_of(setting: str) -> Ending | None:
    """By the setting `line_ends`: kinds with spaces between, and the sign."""
    *kinds, sign = setting.split() or [""]
    return Ending(frozenset(kinds), sign.encode()) if kinds else None


def overrun(nodes: Iterable[Any], text: bytes) -> list[int]:
    """Where in nodes of these kinds a part ends, and the line after it, and yet another part follows."""
    found = []
    for node in nodes:
        if text.find(b"\n", node.start_byte, node.end_byte) < 0:
            continue
        at = node.start_byte
        for part in node.children:
            if not part.is_extra and at > node.start_byte and _ends_line(text[at : part.start_byte]):
                found.append(at)
            at = at if part.is_extra else part.end_byte
    return found


def _ends_line(gap: bytes) -> bool:
    return b"\n" in gap and b"\n" in _CONTINUED.sub(b"", gap)


def with_ends(text: bytes, places: Iterable[int], sign: bytes) -> bytes:
    """The text with the sign over the blank at each place; its length stays."""
    changed = bytearray(text)
    for place in places:
        changed[place : place + 1] = sign
    return bytes(changed)


_INDENT: Final = re.compile(rb"[ \t]*")
Stretch = tuple[tuple[int, int], tuple[int, int], int, int]
"""Row and column of start and end, and their bytes."""


def unindented(text: bytes) -> list[Stretch]:
    """All of the text but the indentation that its lines have in common with the first one."""
    lines = text.split(b"\n")
    first = next((line for line in lines if line.strip()), b"")
    found = _INDENT.match(first)
    indent = found.group() if found else b""
    stretches: list[Stretch] = []
    at = 0
    for row, line in enumerate(lines):
        end = at + len(line) + 1
        left = len(indent) if line.startswith(indent) else len(line) - len(line.lstrip(b" \t"))
        stretches.append(((row, left), (row + 1, 0), at + left, min(end, len(text))))
        at = end
    return stretches
