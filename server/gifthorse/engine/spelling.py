"""How what is written is spelled as it is meant: marks left out, capital letters, letters in other forms, escapes.

It knows no language: facts.scm says it by the role of a node, and the setting `names` of all names of a language.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

Spell = Callable[[str], str]

SPELLED: Final[Mapping[str, tuple[str, Spell]]] = {
    "anycase": ("name", str.lower),
    "option": ("word", str.lower),
    "cquoted": ("escape", lambda text: text[2:-1]),
    "quoted": ("chars", lambda text: text.replace("\\'", "'").replace("\\\\", "\\")),
    "stdin": ("word", lambda _: "stdin"),
    "var": ("name", lambda text: "$" + text.strip("${}")),
    "anyvar": ("name", lambda text: "$" + text.strip("${}").lstrip("@").lower()),
    "unmarked": ("name", lambda text: text.lstrip("$.").lower()),
    "this": ("name", lambda _: "this"),
    "backtick": ("name", lambda _: "`"),
    "symbol": ("word", lambda text: text[1:]),
    "own": ("own", lambda text: text.lstrip("@")),
}
"""Roles that are another one with the text spelled otherwise."""

NORMAL: Final = "NFKC"
ESCAPES: Final = "escapes"
_ESCAPE: Final = re.compile(r"\\u(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{4}))")


def normal(text: str) -> str:
    """A name with letters in other forms as Python reads it (PEP 3131)."""
    return unicodedata.normalize(NORMAL, text)


def _letter(found: "re.Match[str]") -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code <= 0x10FFFF else found[0]


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_letter, text)


def spell_of(names: str, content: bytes) -> Spell | None:
    """How the names of a text are to be spelled, by the language's setting; None where none can be written otherwise."""
    if names == NORMAL and not content.isascii():
        return normal
    return _unescaped if names == ESCAPES and b"\\u" in content else None
