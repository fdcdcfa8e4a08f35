"""What may be written at a place of a rule file, and what stands there: for completion and hover. Pure, but for reading the format once.

It reads the lines around the place, not the file as a whole: what is being typed is seldom TOML.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gifthorse.model.knowledge import SINK_LABELS, SOURCE_LABELS
from gifthorse.model.rule import Catalogue
from gifthorse.store.fixfile import FIX_KINDS
from gifthorse.store.formatpaper import FIX, FLOW, MATCH, TEST, TOP, RuleFormat, rule_format
from gifthorse.store.rulefile import CONFIDENCES, PLAIN_TEXT, SEVERITIES

HEADERS = {f"[[{MATCH}]]": "what is found", f"[[{FLOW}]]": "what must not come where", f"[[{TEST}]]": "that it is so"}
SAYS_LEVEL = {"severity": SEVERITIES, "confidence": CONFIDENCES, "kind": FIX_KINDS}
KEY, VALUE, HEADER = "key", "value", "header"
_WORD = re.compile(r"[\w:.|*-]*$")
_HEADER = re.compile(r"\s*\[+\s*([\w.]+)\s*\]+")
_KEY = re.compile(r"""\s*([\w-]+)\s*=""")
_INSIDE = re.compile(r"""([\w.*|"-]+)\s*=\s*[^=]*$""")
_FENCE = re.compile(r'"""|\'\'\'')


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a rule file: the table, the key of it whose value this is (empty for none), the keys of inline tables
    around, whether it stands between quotes, and where the word begins that is being written.
    """

    table: str
    key: str
    inner: str
    is_value: bool
    quoted: bool
    begin: int
    word: str


@dataclass(frozen=True, slots=True)
class Word:
    """Something that may be written: how, what it means, and what kind of thing it is."""

    text: str
    says: str
    kind: str


@cache
def shape() -> RuleFormat:
    """The format of rule files, read once."""
    return rule_format()


def place_in(lines: Sequence[str], number: int, column: int) -> Place | None:
    """The place at a column (in characters) of a line; None in the middle of a text of several lines."""
    table, key, is_text = TOP, "", False
    depth = 0
    for line in lines[:number]:
        if not is_text:
            if header := _HEADER.match(line):
                table, depth = header[1], 0
            elif depth <= 0 and (named := _KEY.match(line)):
                key, depth = named[1], 0
            depth += _depth(line)
        is_text ^= len(_FENCE.findall(line)) % 2 == 1
    before = lines[number][:column] if number < len(lines) else ""
    if is_text or '"""' in before:
        return None
    named = _KEY.match(before)
    key = named[1] if named else key if depth > 0 else ""
    rest = before[named.end() :] if named else before
    word = _WORD.search(before)
    begin = word.start() if word else len(before)
    quoted = rest.count('"') % 2 == 1
    inner = _inner(rest) if "{" in rest else ""
    is_value = bool(key) and (not rest.count("{") > rest.count("}") or bool(inner) or quoted)
    return Place(table, key, inner, is_value, quoted, begin, before[begin:])


def _depth(line: str) -> int:
    """How many more brackets a line opens than it closes, outside of quotes."""
    bare = re.sub(r'"[^"]*"', "", line).partition("#")[0]
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")


def _inner(rest: str) -> str:
    """The key of an inline table whose value is being written; empty where that is a key."""
    part = re.split(r"[{,](?![^\[]*\])", re.sub(r'"[^"]*"(?=\s*=)', lambda found: found[0].strip('"'), rest))[-1]
    found = _INSIDE.search(part)
    return found[1].strip('"') if found else ""


def words_at(place: Place, shape: RuleFormat, catalogue: Catalogue, families: Iterable[str]) -> Iterator[Word]:
    """All that may be written at a place, best first; the client shows what fits the word that is there."""
    if place.is_value:
        yield from _values(place, shape, catalogue, families)
    elif place.key in ("where", "unless"):
        yield from (Word(name, says, KEY) for name, says in shape.paths.items())
    elif place.key == "fix":
        yield from (Word(name, says, KEY) for name, says in shape.keys.get(FIX, {}).items())
    else:
        yield from (Word(name, says, KEY) for name, says in shape.keys.get(_table(place.table), {}).items())
        yield from (Word(name, says, HEADER) for name, says in HEADERS.items())


def _table(name: str) -> str:
    """The table of the format that a table of a file is one of: the fixes of flows are like those of matches."""
    return FIX if name.endswith(".fix") else name


def _values(place: Place, shape: RuleFormat, catalogue: Catalogue, families: Iterable[str]) -> Iterator[Word]:
    key = place.inner if place.key == "fix" else place.key
    if key in SAYS_LEVEL:
        yield from (Word(level, "", VALUE) for level in SAYS_LEVEL[key])
    elif key == "language":
        yield from (Word(name, one.title, VALUE) for name, one in catalogue.languages.items())
        if place.table == TEST:
            yield Word(PLAIN_TEXT, "a file in no language", VALUE)
    elif key == "family":
        known = catalogue.families
        yield from (Word(name, known[name].what if name in known else "", VALUE) for name in dict.fromkeys(families))
    elif key == "from":
        yield from (Word(label, "a source", VALUE) for label in SOURCE_LABELS)
    elif key == "to":
        yield from (Word(label, "a sink", VALUE) for label in SINK_LABELS)
    elif key in ("where", "unless"):
        yield from (Word(name, says, VALUE) for name, says in shape.predicates.items())


def explained(line: str, column: int, place: Place | None, shape: RuleFormat) -> tuple[str, str, int, int] | None:
    """(word, what it means, start and end column) of the key, header or predicate at a column of a line."""
    if place is None:
        return None
    if (header := _HEADER.match(line)) and column <= header.end():
        name = f"[[{header[1]}]]"
        return (name, HEADERS[name], header.start(), header.end()) if name in HEADERS else None
    for found in re.finditer(r'"(not:)?([\w:.*|-][^"]*)"|([\w-]+)(?=\s*=)', line):
        if found.start() <= column <= found.end():
            word = found[3] or found[2]
            says = _meaning(word, place, shape, is_key=found[3] is not None)
            return (word, says, found.start(), found.end()) if says else None
    return None


def _meaning(word: str, place: Place, shape: RuleFormat, *, is_key: bool) -> str:
    keys: Mapping[str, str] = shape.keys.get(_table(place.table), {})
    if not is_key:
        return shape.predicate(word) if place.key in ("where", "unless") else ""
    if place.key == "fix" and word != "fix":
        return shape.keys.get(FIX, {}).get(word, "")
    return keys.get(word, "") or (shape.paths.get(word, "") if place.key in ("where", "unless") else "")
