"""Texts whose syntax is not read at all, and why in words: reading them would take minutes, or crash the reader."""

from itertools import accumulate
from typing import Final

from gifthorse.engine.embedded import pattern_of
from gifthorse.model.rule import Language

LONG_LINE: Final = 200_000
"""Bytes of a line, above which a text is taken for generated or packed: its syntax would take minutes."""

TOO_LONG: Final = f"not analysed in full: a line of more than {LONG_LINE // 1000} kB"
MOST_NESTED: Final = 10_000
"""Brackets inside of each other: with some 50,000 the parser, which calls itself, runs out of stack."""

TOO_DEEP: Final = "not analysed in full: the text is nested too deeply for its grammar"
UNREADABLE: Final = "not analysed in full: what stands in the text would crash or hold up the reader of its grammar"
ENDLESS: Final = "not analysed in full: its grammar would take too long over what does not parse"


def illegible(language: Language, content: bytes) -> str:
    """Why the syntax of a text is not to be read; nothing where it can be."""
    if _has_long_line(content):
        return TOO_LONG
    if _is_deep(content):
        return TOO_DEEP
    found = pattern_of(language.settings.get("unreadable", ""))
    return UNREADABLE if found is not None and found.search(content) is not None else ""


def _has_long_line(content: bytes) -> bool:
    """Whether a line is too long: surely one of twice the limit, and never one below it."""
    starts = range(0, len(content) - LONG_LINE + 1, LONG_LINE)
    return any(content.find(b"\n", start, start + LONG_LINE) < 0 for start in starts)


_OPENING: Final = b"([{"
_CLOSING: Final = b")]}"
_OTHERS: Final = bytes(set(range(256)) - set(_OPENING + _CLOSING))


def _is_deep(content: bytes) -> bool:
    """Whether so many brackets are open at once, whatever they stand in."""
    if sum(content.count(bracket) for bracket in _OPENING) <= MOST_NESTED:
        return False
    brackets = content.translate(None, _OTHERS)
    return max(accumulate(1 if bracket in _OPENING else -1 for bracket in brackets)) > MOST_NESTED
