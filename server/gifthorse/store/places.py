"""Where the keys of a TOML text stand, so that an error can name the line: tomllib keeps no positions.

It is not a TOML parser: it reads only texts that tomllib has accepted, and knows table headers, keys at the
start of a line and multi-line strings. A key inside an inline table is found on the line of its outermost key.
"""

import re
from collections.abc import Iterator, Mapping

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")
_FENCE = re.compile(r'"""|\'\'\'')
_TOKEN = re.compile(r"""\"{3}|'{3}|"(?:[^"\\]|\\.)*"|'[^']*'|\#.*|[\[\]{},]|[^\s\[\]{},\#"']+""")


def _parts(dotted: str) -> Path:
    """The parts of a dotted key, unquoted."""
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _outside(lines: list[str]) -> Iterator[tuple[int, str]]:
    """(line number from 1, line) of the lines that do not begin inside a multi-line string."""
    fence = ""
    for number, line in enumerate(lines, 1):
        if not fence:
            yield number, line
        for mark in _FENCE.findall(line):
            fence = mark if not fence else "" if mark == fence else fence


def key_lines(text: str) -> Mapping[Path, int]:
    """Path of each table and key, for example ("match", 0, "where") -> its line, counted from 1.

    `text` is valid TOML. Elements of an array, of tables or of anything else, are numbered from 0.
    """
    lines = text.split("\n")
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in _outside(lines):
        if header := _HEADER.match(line):
            table = _parts(header[2])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            elif len(table) > 1 and table[:-1] in counts:
                table = (*table[:-1], counts[table[:-1]], table[-1])
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            path = (*table, *_parts(key[1]))
            found.setdefault(path, number)
            for index, row in _items(lines, number, key.end()):
                found.setdefault((*path, index), row)
    return found


def _items(lines: list[str], number: int, column: int) -> Iterator[tuple[int, int]]:
    """(number of the item from 0, its line) of the array that begins in line `number` behind `column`, if one does."""
    depth = index = 0
    begins = True
    for row in range(number, len(lines) + 1):
        for token in _TOKEN.finditer(lines[row - 1], column if row == number else 0):
            word = token[0]
            if word.startswith("#"):
                continue
            if word in {'"""', "'''"} or (depth == 0 and word != "["):
                return
            if depth == 1 and begins and word not in {",", "]"}:
                yield index, row
                begins = False
            depth += (word in {"[", "{"}) - (word in {"]", "}"})
            if depth == 0:
                return
            if depth == 1 and word == ",":
                index, begins = index + 1, True


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of `path` or, where it has none of its own, of the nearest thing around it; at least 1. An array of
    tables is where its first element is.
    """
    while path and path not in lines:
        path = (*path, 0) if (*path, 0) in lines else path[:-1]
    return lines.get(path, 1)
