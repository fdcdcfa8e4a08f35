"""Entries of a text: routes, handlers, functions and queries that are siblings of each other, and what each of them has.

Siblings are made in the same way: at the same router, in the same class, of the same table. What they have are
controls and habits (traits): in their own text, in a function that they name, or by what stands around them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from gifthorse.change.traits import Side, Trait
from gifthorse.model.text import Span

ENTRIES = "entries"
SAME = {"caller": "authorisation", "unit-of-work": "transaction"}
"""Habits that are another kind of control, where only siblings are compared."""
FIRST = ("route", "handler", "view-class", "migration", "query", "member")
"""Of two entries in one place the one that says more."""
ALONE = "module"
"""The words of a function that stands in no class."""


def words_of(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


_HEAD = re.compile(rb"\s*(@|#\[|\[)")
_MAPPED = re.compile(
    r"(?m)^\s*(@(Get|Post|Put|Patch|Delete|All|Query|Mutation|Subscription|MessagePattern|SubscribeMessage)\(|"
    r"#\[\s*(\w+::)?(get|post|put|patch|delete|route|Route|handler|Get|Post|Put|Patch|Delete)\b)"
)
_RECEIVER = re.compile(r"@?\$?(\w+(?:(?:\.|::|->)\w+)*?)(?:\.[Ww]ith\(.*)?(?:\.|::|->|\s)*\s*\w+\s*[({]", re.DOTALL)
_STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`")
_VERB_FIRST = re.compile(r"^.(GET|POST|PUT|PATCH|DELETE|HEAD)\b")
_TABLE = re.compile(r"(?i)\b(?:from|update|into|join)\s+[\"`\[]?([\w.]+)")
_MODEL = re.compile(r"^([\w.$]*?)(?:\.objects)?(?:\.|::)\w+\(")
_NAMES = re.compile(r"(?<![\w$])((?:\w+|\$this)(?:\.|->|::))?([A-Za-z_]\w*[!?]?)")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_USED = re.compile(
    r"\.(use|Use|addHook|before|wrap|add_middleware)\s*\(|\b(before_action|before_filter|before do|plug)\b"
)
_BRACE = re.compile(rb"[{}]")
_LISTED = re.compile(r"\b(only|except)\b")
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
    name and path, in small letters. `unit`: the function that it is or stands in.
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


@dataclass(frozen=True, slots=True)
class _Raw:
    trait: Trait
    kind: str
    container: str
    span: Span
    unit: str


class Entries:
    """The entries of a text, ascending. What stands around them is looked at when it is asked for."""

    def __init__(self, side: Side, kinds: frozenset[str]) -> None:
        self._side = side
        wanted = ("controls", "habits")
        self._controls = [one for one in side.traits if one.group in wanted and kind_of(one) in kinds]
        starts = [one.span.start for one in self._controls]
        self.all = [_entry(one, side, _within(one, self._controls, starts)) for one in _raw(side)]
        self._has: dict[Span, frozenset[str]] = {}

    @cached_property
    def _functions(self) -> dict[str, set[str]]:
        return _by_unit(self._controls)

    @cached_property
    def _loose(self) -> list[Trait]:
        """Controls outside of all entries, or around them."""
        spans = [one.span for one in self.all]
        return [one for one in self._controls if not any(span.contains(one.span) for span in spans)]

    def has(self, entry: Entry) -> frozenset[str]:
        """All kinds of control that an entry has: its own, by functions that it names, by its route, or from around."""
        if entry.span not in self._has:
            self._has[entry.span] = frozenset(self._more(entry))
        return self._has[entry.span]

    def _more(self, entry: Entry) -> set[str]:
        has = set(entry.own)
        own = entry.name.rpartition(".")[2]
        named = names_in(entry.text, any_owner=entry.kind == "route" and "\n" not in entry.text)
        for name in (named & self._functions.keys()) - {own, *entry.unit.split(".")}:
            has |= self._functions[name]
        if entry.kind in ("handler", "member") and own:
            for route in self.all:
                if route.kind == "route" and route.span != entry.span and own in names_in(route.text, any_owner=True):
                    has |= route.own.keys()
        return has | {kind_of(one) for one in self._loose if kind_of(one) not in has and self._governs(one, entry)}

    def _governs(self, control: Trait, entry: Entry) -> bool:
        """Whether a control outside of all entries holds for this one: it stands around it, or was said before it."""
        if control.span.contains(entry.span):
            return True
        text = _statement(control, self._side)
        if _LISTED.search(text):
            return bool(re.search(rf"\b{re.escape(entry.name.rpartition('.')[2])}\b", text)) != ("except" in text)
        return bool(_USED.search(text)) and control.span.end <= entry.span.start and self._open(control, entry)

    def _open(self, control: Trait, entry: Entry) -> bool:
        """Whether the block of a control is still open where the entry begins."""
        depth = 0
        for brace in _BRACE.findall(self._side.content, control.span.end, entry.span.start):
            depth += 1 if brace == b"{" else -1
            if depth < 0:
                return False
        return True


def kind_of(trait: Trait) -> str:
    """The kind of control that a trait is where siblings are compared."""
    return SAME.get(trait.kind, trait.kind)


def names_in(text: str, *, any_owner: bool = False) -> set[str]:
    """Functions that a text names: its own ones, or (`any_owner`) those of other objects, too."""
    found = set[str]()
    for match in _NAMES.finditer(text):
        owner = (match[1] or "").rstrip(".->:")
        if any_owner or len(owner) <= 1 or owner in ("self", "this", "$this", "cls"):
            found.add(match[2])
    return found


def _raw(side: Side) -> Iterator[_Raw]:
    """Entries without what they have: one in a place, none in another of its kind, no functions in functions."""
    places: dict[Span, list[Trait]] = {}
    for trait in side.of(ENTRIES):
        places.setdefault(trait.span, []).append(trait)
    ends: dict[str, int] = {}
    taken = set[int]()
    units = {unit.span.end: unit for unit in reversed(side.units)}
    for span, traits in sorted(places.items(), key=lambda one: (one[0].start, -one[0].end)):
        trait = min(traits, key=lambda one: (FIRST.index(one.kind), one.words == ALONE))
        classes = [one.words for one in traits if one.kind == "member" and one.words != ALONE]
        own = units.get(span.end)
        unit = own.words if own and (own.span.contains(span) or span.contains(own.span)) else ""
        nested = trait.kind in ("member", "handler") and "." in unit
        if span.end <= ends.get(trait.kind, -1) or nested or (trait.kind == "member" and span.end in taken):
            continue
        ends[trait.kind] = span.end
        taken.add(span.end)
        whole = Span(_head(side.content, span.start), span.end)
        mapped = trait.kind == "member" and _MAPPED.search(side.source(whole))
        yield _Raw(trait, "handler" if mapped else trait.kind, classes[0] if classes else "", whole, unit)


def _head(content: bytes, start: int) -> int:
    """Where decorators and attributes begin that stand in front of an entry on lines of their own."""
    line = content.rfind(b"\n", 0, start) + 1
    if content[line:start].strip():
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


def _within(one: _Raw, controls: list[Trait], starts: list[int]) -> dict[str, Trait]:
    """Controls in an entry's own text by their kinds: the first of each."""
    found: dict[str, Trait] = {}
    for number in range(bisect_right(starts, one.span.start - 1), len(controls)):
        control = controls[number]
        if control.span.start >= one.span.end:
            break
        if one.span.contains(control.span):
            found.setdefault(kind_of(control), control)
    return found


def _entry(raw: _Raw, side: Side, own: dict[str, Trait]) -> Entry:
    text = side.source(raw.span)
    line = side.content.find(b"\n", raw.span.end)
    rest = side.content[raw.span.end : line if line >= 0 else raw.span.end].decode("utf-8", "replace")
    name = _path(raw, text) if raw.kind == "query" or not raw.unit else raw.unit
    words = frozenset(word.lower() for word in _WORD.findall(name + " " + _paths(raw, text)))
    return Entry(
        raw.kind, _key(raw, text), raw.span, name, text, own, _verb(raw, text + rest, name), words, raw.trait.unit
    )


def _path(raw: _Raw, text: str) -> str:
    """What tells an entry from others that is no function with a name."""
    if raw.kind in ("query", "migration"):
        return text
    first = _STRING.search(text[:300])
    if raw.kind != "route" or first is None:
        return re.split(r"[({:=\n]", text.lstrip("@"), maxsplit=1)[0].strip()
    return " ".join(text[: first.end() + (15 if text.startswith("(") else 0)].split())


def _paths(raw: _Raw, text: str) -> str:
    """The texts in the first line of a route, or in what stands in front of a handler."""
    end = text.find("\n")
    first = text if end < 0 else text[:end]
    return " ".join(_STRING.findall(first)) if raw.kind in ("route", "handler") else ""


def _key(raw: _Raw, text: str) -> tuple[str, str]:
    if raw.kind == "route":
        found = _RECEIVER.match(text)
        return raw.kind, found[1] if found and not text.startswith("(") else ""
    if raw.kind == "query":
        return raw.kind, table_of(text)
    return raw.kind, raw.container or (raw.trait.words if raw.kind != "migration" else "")


def table_of(text: str) -> str:
    """The table or model of a query."""
    found = _TABLE.search(text) if text[:1] in "\"'`fFrR@$#" else _MODEL.match(text)
    return found[1].lower().rpartition(".")[2] if found and text[:1] in "\"'`fFrR@$#" else found[1] if found else ""


def _verb(raw: _Raw, text: str, name: str) -> str:
    if raw.kind == "query":
        return ""
    head = text if raw.kind == "view-class" else text[: text.find("{", 40) if text.find("{", 40) > 0 else 400][:400]
    said = {match[1].lower() for one in _STRING.findall(head) if (match := _VERB_FIRST.match(one))}
    bare = _STRING.sub("", head) if raw.kind in ("route", "handler") else ""
    found = {word.lower() for word in _WORD.findall(bare.partition("\n")[0] if raw.kind == "route" else bare)}
    found = said or (found & _METHODS)
    if not found:
        found = {word.lower() for word in _WORD.findall(name)[:2]}
    return "write" if found & WRITES else "read" if found & READS else ""


def _by_unit(controls: Iterable[Trait]) -> dict[str, set[str]]:
    """The kinds of control that each function has, by the last of its names."""
    found: dict[str, set[str]] = {}
    for one in controls:
        for part in one.unit.split("."):
            if part:
                found.setdefault(part.rpartition(":")[2], set()).add(kind_of(one))
    return found


def _statement(control: Trait, side: Side) -> str:
    """The line or lines of a control."""
    start = side.content.rfind(b"\n", 0, control.span.start) + 1
    end = side.content.find(b"\n", control.span.end)
    return side.content[start : end if end >= 0 else None].decode("utf-8", "replace")
