"""Entries of a text: routes, handlers, views, migrations, queries and functions that are siblings of each other.

Siblings are made in the same way: at the same router, in the same class, of the same table.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from gifthorse.change.traits import Side, Trait
from gifthorse.model.text import Span

ENTRIES = "entries"
FIRST = ("route", "handler", "view-class", "migration", "query", "method", "member")
"""Of two entries in one place the one that says more."""
_RANK = {kind: number for number, kind in enumerate(FIRST)}
_FUNCTIONS = frozenset({"member", "handler"})
_SPAN = attrgetter("span")
ALONE = "module"
"""The words of a function that stands in no class."""


def words_of(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


_PREFIX = re.compile(rb"[ \t]*(export|default|abstract|public|async|pub| )+")
_MAY_BE_HEAD = frozenset((b"@", b"#", b"[", b"]", b")", b"}"))
_HEAD = re.compile(rb"\s*(@|#\[|\[)")
_SECTION = re.compile(rb"(?m)^[ \t]*(private|protected|public)(?=[ \t]*:?[ \t]*\r?$)|^[ \t]*(?:class|module)\b")
_MAPPED = re.compile(
    r"(?m)^\s*(@(Get|Post|Put|Patch|Delete|All|Query|Mutation|Subscription|MessagePattern|SubscribeMessage)\(|"
    r"#\[\s*(\w+::)?(get|post|put|patch|delete|route|Route|handler|Get|Post|Put|Patch|Delete)\b)"
)
_RECEIVER = re.compile(
    r"@?\$?(\w+(?:(?:\.|::|->)\w+)*?)(?:\.(?:[Ww]ith|grouped|guard)\(.*)?(?:\.|::|->)\w+\s*(?:[({]|\r?\n)", re.DOTALL
)
_CLASS = re.compile(r"\bclass\s+(\w+)[^{:\n]*([{:\n])")
STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`")
_VERB_FIRST = re.compile(r"^.(GET|POST|PUT|PATCH|DELETE|HEAD)\b")
_TABLE = re.compile(r"(?i)\b(?:from|update|into|join)\s+[\"`\[]?([\w.]+)")
_LITERAL = re.compile(r"[fFrRbB@$#]{0,3}[\"'`<]")
_BUILT = re.compile(r"(?:^|\.)(?:query|select)\((\w+)")
_MODEL = re.compile(r"^([\w.$]*?)(?:\.objects)?(?:\.|::)\w+\(")
_NAMES = re.compile(r"(?<![\w$])((?:\w+|\$this)(?:\.|->|::))?([A-Za-z_]\w*[!?]?)(\s*\(| \w)?")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
WRITES = words_of(
    "post put patch delete del mutation command create update remove add insert save store upload import set change edit"
    " write archive clear transfer withdraw deposit reset close destroy drop rename move publish approve assign"
)
READS = words_of("get head query list show index find read fetch search export view download count report")
_METHODS = words_of("post put patch delete del mutation get head query")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `span` has what stands in front of it; `name` tells it from others; those with the same `key` are
    siblings. `own`: controls in its text by their kinds. `verb`: "read", "write" or neither. `words`: those of its
    name and path, in small letters. `unit`: the function that it is or stands in. `hidden`: whether
    it stands where its class is private. `shown`: what of it is looked at first.
    """

    kind: str
    key: tuple[str, str]
    span: Span
    name: str
    text: str
    own: Mapping[str, Trait]
    verb: str
    words: frozenset[str]
    unit: str
    hidden: bool
    shown: Span


@dataclass(frozen=True, slots=True)
class Raw:
    """An entry without what it has: its trait, what it counts as, its class, where it is, the function that it is."""

    trait: Trait
    kind: str
    container: str
    span: Span
    unit: str


def raw_entries(side: Side, places: Sequence[Span] | None = None) -> list[Raw]:
    """Entries without what they have: one in a place, none in another of its kind, no functions in functions. `places`:
    where they are looked for, with what is around these; everywhere, if nothing is said.
    """
    found: list[Raw] = []
    ends: dict[str, int] = {}
    taken = set[int]()
    units = {unit.span.end: unit for unit in reversed(side.units)}
    for span, traits in _places(side, places):
        trait = traits[0]
        kind, own = "member" if trait.kind == "method" else trait.kind, units.get(span.end)
        unit = own.words if own and (own.span.contains(span) or span.contains(own.span)) else ""
        nested = kind in _FUNCTIONS and "." in unit
        if span.end <= ends.get(kind, -1) or nested or (kind == "member" and span.end in taken):
            continue
        ends[kind] = span.end
        if kind in ("route", "handler", "member"):
            taken.add(span.end)
        whole = Span(_head(side.content, span.start), span.end)
        if kind == "migration":  # a file is one
            whole, ends[kind] = Span(0, len(side.content)), len(side.content)
        container = next((one.words for one in traits if one.kind == "method"), "")
        mapped = kind == "member" and whole.start < span.start and _MAPPED.search(side.source(whole))
        kind = "handler" if mapped or (kind == "member" and _is_mapped(side, span)) else kind
        found.append(Raw(trait, kind, container, whole, unit))
    return found


def _places(side: Side, places: Sequence[Span] | None) -> Iterator[tuple[Span, list[Trait]]]:
    """Where entries are, those around others first, with the traits of each place: what says most comes first."""
    traits: Iterable[Trait] = side.of(ENTRIES)
    if places is not None:
        touching = (one for start, end in places for one in traits if one.span[0] < end and start < one.span[1])
        traits = {id(one): one for one in touching}.values()
    ordered = sorted(traits, key=lambda one: (one.span.start, -one.span.end, _RANK[one.kind]))
    for span, those in groupby(ordered, key=_SPAN):
        yield span, list(those)


def _is_mapped(side: Side, span: Span) -> bool:
    """Whether attributes that are part of a function say that it is a handler."""
    return side.content[span.start : span.start + 1] in b"@#[" and bool(_MAPPED.search(side.source(span)))


def names_in(text: str, *, any_owner: bool = False, called: bool = False) -> set[str]:
    """Functions that a text names: its own ones, or (`any_owner`) those of other objects, too; or only those `called`."""
    found = set[str]()
    for match in _NAMES.finditer(text):
        owner = (match[1] or "").rstrip(".->:")
        ours = any_owner or len(owner) <= 1 or owner in ("self", "this", "$this", "cls")
        if ours and (not called or match[3] or match[2][-1] in "!?" or text[match.end() :].startswith("\n")):
            found.add(match[2])
    return found


def _head(content: bytes, start: int) -> int:
    """Where decorators and attributes begin that stand in front of an entry on lines of their own."""
    line = content.rfind(b"\n", 0, start) + 1
    if _PREFIX.fullmatch(content, line, start):
        start -= len(content[line:start].lstrip())
    elif content[line:start].strip():
        return start
    before = content.rfind(b"\n", 0, line - 1) + 1
    if content[before:line].lstrip()[:1] not in _MAY_BE_HEAD:
        return start
    first, open_ = start, 0
    while line > 0:
        above = content.rfind(b"\n", 0, line - 1) + 1
        text = content[above:line]
        open_ += text.count(b")") + text.count(b"]") - text.count(b"(") - text.count(b"[")
        if open_ <= 0 and not _HEAD.match(text):
            break
        if open_ <= 0:
            first = above + len(text) - len(text.lstrip())
        line = above
        if open_ > 20 or start - line > 4_000:
            break
    return first


def entry_of(raw: Raw, side: Side, own: dict[str, Trait]) -> Entry:
    """The entry with its own controls."""
    text = side.source(raw.span)
    line = side.content.find(b"\n", raw.span.end)
    rest = side.content[raw.span.end : line if line >= 0 else raw.span.end].decode("utf-8", "replace")
    name = raw.unit if raw.unit and raw.kind in ("route", "handler", "member") else _path(raw, text)
    if raw.kind == "view-class":
        own = {kind: one for kind, one in own.items() if _is_of_class(one, raw, text)}
    words = frozenset(word.lower() for word in _WORD.findall(name + " " + _paths(raw, text)))
    return Entry(
        raw.kind,
        _key(raw, text),
        raw.span,
        name,
        text,
        own,
        _verb(raw.kind, text + rest, name),
        words,
        raw.trait.unit,
        _is_hidden(raw, side),
        raw.trait.span if raw.kind == "migration" else raw.span,
    )


def _is_hidden(raw: Raw, side: Side) -> bool:
    """Whether the last word on who may call it, on a line of its own, was that others may not (Ruby, C++)."""
    if raw.kind != "member" or not raw.container:
        return False
    said = _SECTION.findall(side.content, max(0, raw.span.start - 20_000), raw.span.start)
    return bool(said) and said[-1] in (b"private", b"protected")


def _is_of_class(control: Trait, raw: Raw, text: str) -> bool:
    """Whether a control in a class is the class's own, not one of its functions'."""
    found = _CLASS.search(text)
    braces = found is not None and found[2] == "{"
    inside = found is not None and control.span.start >= raw.span.start + len(text[: found.end()].encode())
    return control.unit == raw.trait.unit and not (braces and inside)


def _path(raw: Raw, text: str) -> str:
    """What tells an entry from others that is no function with a name."""
    if raw.kind in ("query", "migration"):
        return text
    if raw.kind == "view-class":
        found = _CLASS.search(text)
        return found[1] if found else text.partition("\n")[0]
    first = STRING.search(text[:300])
    if raw.kind != "route" or first is None:
        return re.split(r"[({:=\n]", text.lstrip("@"), maxsplit=1)[0].strip()
    return " ".join(text[: first.end() + (15 if text.startswith("(") else 0)].split())


def _paths(raw: Raw, text: str) -> str:
    """The texts in the first line of a route, or in what stands in front of a handler."""
    end = text.find("\n")
    first = text if end < 0 else text[:end]
    return " ".join(STRING.findall(first)) if raw.kind in ("route", "handler") else ""


def _key(raw: Raw, text: str) -> tuple[str, str]:
    if raw.kind == "route":
        if raw.trait.words == "case":
            return "case", raw.trait.unit
        found = _RECEIVER.match(text)
        return raw.kind, found[1] if found and not text.startswith("(") else ""
    if raw.kind == "query":
        return raw.kind, table_of(text)
    return raw.kind, raw.container or (raw.trait.words if raw.kind != "migration" else "")


def table_of(text: str) -> str:
    """The table or model of a query."""
    if _LITERAL.match(text):
        found = _TABLE.search(text)
        return found[1].lower().rpartition(".")[2] if found else ""
    found = _BUILT.search(text) or _MODEL.match(text)
    return found[1] if found else ""


@lru_cache(2_000)
def _verb(kind: str, text: str, name: str) -> str:
    if kind == "query":
        return ""
    head = text if kind == "view-class" else text[: text.find("{", 40) if text.find("{", 40) > 0 else 400][:400]
    said = {match[1].lower() for one in STRING.findall(head) if (match := _VERB_FIRST.match(one))}
    bare = STRING.sub("", head) if kind in ("route", "handler") else ""
    found = {word.lower() for word in _WORD.findall(bare.partition("\n")[0] if kind == "route" else bare)}
    found = said or (found & _METHODS)
    if not found:
        found = {word.lower() for word in _WORD.findall(name)[:2]}
    return "write" if found & WRITES else "read" if found & READS else ""
