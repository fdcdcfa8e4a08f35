"""Writes server/gifthorse/engine/confusables.py anew: `PYTHONPATH=server python tests/engine/letters.py`.

The data is Unicode's (UTS 39, confusables.txt), taken from the library confusable-homoglyphs, which is pinned with what
the tests need. The product itself carries only the few hundred letters that look like one of ASCII, so that nothing is
read or parsed when it starts.
"""

import string
import unicodedata
from importlib.metadata import version
from pathlib import Path

from confusable_homoglyphs.categories import categories_data
from confusable_homoglyphs.confusables import confusables_data

PAGE = Path(__file__).parents[2] / "server/gifthorse/engine/confusables.py"
LIBRARY = "confusable-homoglyphs"
NEWEST = (("17.0", 0x323B0), ("16.0", 0x1C89), ("15.1", 0x2EBF0), ("15.0", 0x11F00))
"""By version of Unicode, a character that came with it."""
LETTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase
OPERATORS = "!&*+,-./:;<>?|"
MATHEMATICAL = frozenset(map(chr, range(0x1D400, 0x1D800)))
"""Other forms of plain letters, which the detector knows by their normal form."""
WRITTEN_BY_SCRIPTS = "\u30ce\u4e3f\u4e36\u0903\u0a83\u0964"
"""Letters and marks that words of their own scripts are full of, which are no operators to anybody."""
HEAD = '''"""Letters that look like those of ASCII, and letters that look like its operators.

Made by tests/engine/letters.py from Unicode {version}'s confusables data (UTS 39), through {library} {release}.
Not to be edited.
"""

from typing import Final

UNICODE: Final = "{version}"
"""The version of the data."""
'''


def unicode_version() -> str:
    """The version of Unicode that the library's data is of."""
    ranges = [(first, last) for first, last, *_ in categories_data["code_points_ranges"]]
    return next(name for name, code in NEWEST if any(first <= code <= last for first, last in ranges))


def alike(prototype: str, wanted: str) -> str:
    """All single letters, digits or marks that look like a character and that are not another form of it."""
    found = {entry["c"] for entry in confusables_data.get(prototype, ()) if len(entry["c"]) == 1}
    return "".join(
        sorted(
            one
            for one in found
            if not one.isascii()
            and unicodedata.category(one)[0] in wanted
            and not (unicodedata.normalize("NFKC", one).isascii() or one in MATHEMATICAL)
            and one not in WRITTEN_BY_SCRIPTS
        )
    )


def written(text: str) -> str:
    """As a literal, with everything escaped: a file about letters that deceive holds none."""
    return '"' + "".join(f"\\u{ord(one):04x}" if ord(one) < 0x10000 else f"\\U{ord(one):08x}" for one in text) + '"'


def table(name: str, what: str, rows: dict[str, str]) -> str:
    """A dictionary from the ASCII character to those that look like it."""
    lines = [f"    {key!r}: {written(value)}," for key, value in rows.items() if value]
    body = "\n".join(lines).replace("'", '"')
    return f'\n{name}: Final[dict[str, str]] = {{\n{body}\n}}\n"""{what}"""\n'


def page() -> str:
    """The whole module."""
    head = HEAD.format(version=unicode_version(), library=LIBRARY, release=version(LIBRARY))
    letters = {one: alike(one, "LN") for one in LETTERS}
    operators = {one: alike(one, "L") for one in OPERATORS}
    operators["|"] = "".join(sorted({*operators["|"], "\u01c0", "\u01c1"}))  # the data puts them with l, and with two l
    return (
        head
        + table("LETTERS", "By the letter or digit of ASCII: what looks like it.", letters)
        + table("OPERATORS", "By the operator: letters, which may stand in names, that look like it.", operators)
    )


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
