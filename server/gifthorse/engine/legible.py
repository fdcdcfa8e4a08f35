"""Texts whose syntax is not read at all, and why in words: reading them would take minutes, or crash the reader."""

from typing import Final

from gifthorse.engine.embedded import pattern_of
from gifthorse.model.rule import Language

LONG_LINE: Final = 200_000
"""Bytes of a line, above which a text is taken for generated or packed: its syntax would take minutes."""

TOO_LONG: Final = f"not analysed in full: a line of more than {LONG_LINE // 1000} kB"
UNREADABLE: Final = "not analysed in full: the text is nested too deeply for its grammar"
ENDLESS: Final = "not analysed in full: its grammar would take too long over what does not parse"


def illegible(language: Language, content: bytes) -> str:
    """Why the syntax of a text is not to be read; nothing where it can be."""
    if _has_long_line(content):
        return TOO_LONG
    found = pattern_of(language.settings.get("unreadable", ""))
    return UNREADABLE if found is not None and found.search(content) is not None else ""


def _has_long_line(content: bytes) -> bool:
    """Whether a line is too long: surely one of twice the limit, and never one below it."""
    starts = range(0, len(content) - LONG_LINE + 1, LONG_LINE)
    return any(content.find(b"\n", start, start + LONG_LINE) < 0 for start in starts)
