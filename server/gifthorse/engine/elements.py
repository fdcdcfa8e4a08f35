"""Arguments and fields as they are written, and edits that remove, add and replace them.

They know commas, lines of their own and comments between; what a rule wants changed is in `fixes`.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from gifthorse.engine.evaluate.compiler import word_of
from gifthorse.engine.evaluate.program import CallShape
from gifthorse.model.fact import Fact
from gifthorse.model.rule import Language
from gifthorse.model.text import Edit, Span


class Refused(Exception):  # noqa: N818  it is no error: there is just no Fix
    """This Fix cannot be made here."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One element of a list of arguments or fields: all of it, and its value."""

    keys: frozenset[str]
    whole: Span
    value: Span
    fact: Fact


@dataclass(frozen=True, slots=True)
class Elements:
    """A bracketed list of arguments or fields as it is written. `style` joins a key and its value."""

    brackets: Span
    entries: tuple[Entry, ...]
    style: str

    def find(self, key: str) -> Entry | None:
        """The element with this keyword, field name or position."""
        return next((entry for entry in self.entries if key in entry.keys), None)


class Lines:
    """Tells the lines of places in a text; what lies between two places asked for one after the other is counted."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at, self._number = content, 0, 1

    def of(self, at: int) -> int:
        """The line of a byte offset, counted from 1."""
        if at >= self._at:
            self._number += self._content.count(b"\n", self._at, at)
        else:
            self._number -= self._content.count(b"\n", at, self._at)
        self._at = at
        return self._number


@dataclass(frozen=True, slots=True)
class Workplace:
    """The file in which a Fix is made: its text, its language, its top-level Facts with their places, and its lines.

    `inner`: the text stands inside another one.
    """

    content: bytes
    language: Language
    items: Sequence[tuple[int, Fact]]
    lines: Lines
    path: str = ""
    inner: bool = False

    def source(self, span: Span) -> str:
        """The text of a span."""
        return self.content[span.start : span.end].decode("utf-8", "replace")

    @property
    def text(self) -> str:
        """All of it, read anew each time."""
        return self.content.decode("utf-8", "replace")

    @property
    def newline(self) -> str:
        """The line end that the file uses."""
        return "\r\n" if b"\r\n" in self.content else "\n"


@dataclass(slots=True)
class Draft:
    """Edits on their way to a Fix. `handed_on`: what arrives was put together by a caller, who may mean it so."""

    place: Workplace
    edits: list[Edit] = field(default_factory=list)
    handed_on: bool = False

    def replace(self, span: Span, text: str) -> None:
        """Put this text there; the same edit twice is one."""
        edit = Edit(span, text.encode())
        if edit not in self.edits:
            self.edits.append(edit)


def span_of(fact: Fact, base: int) -> Span:
    """The bytes of a Fact in the file, when its offsets count from `base`."""
    return Span(base + fact.start, base + fact.end)


def elements_of(shape: CallShape, start: int, place: Workplace) -> Elements:
    """The arguments of a call that starts at byte `start`. Raises Refused where it has none."""
    args = shape.fact.part("args")
    if args is None:
        raise Refused
    base = start + args.start
    entries, position = [], 0
    for argument in shape.arguments:
        fact, keys = argument.fact, {argument.name} if argument.name else set()
        if argument.kind == "position":
            keys.add(str(position))
            position += 1
        value = fact.part("value") if argument.kind == "keyword" else None
        whole = span_of(fact, start if fact is args else base)
        entries.append(Entry(frozenset(keys), whole, span_of(value, whole.start) if value else whole, fact))
    style = place.language.settings.get("field_style" if args.role == "list" else "keyword_style", "")
    return Elements(span_of(args, start), tuple(entries), style)


def _element(number: int, fact: Fact, around: Entry) -> Entry:
    """One of a list that is written as an argument, by its place. Raises Refused for a spread."""
    if fact.role in {"splat", "kwsplat"}:
        raise Refused
    span = span_of(fact, around.value.start)
    return Entry(frozenset({str(number)}), span, span, fact)


def _fields(entry: Entry, place: Workplace) -> Elements:
    """The fields of an object, or the elements of a list, that is written as an argument."""
    fact = entry.fact.part("value") or entry.fact
    if fact.role not in {"dict", "call", "list"}:
        raise Refused
    if fact.role == "call":
        return elements_of(CallShape(fact, (), ""), entry.value.start, place)
    if fact.role == "list":
        return Elements(entry.value, tuple(_element(number, kid, entry) for number, kid in enumerate(fact.kids)), "")
    entries = []
    for kid in fact.kids:
        whole, key, value = span_of(kid, entry.value.start), kid.part("key"), kid.part("value")
        if kid.role != "pair":
            raise Refused
        word = word_of(key).strip("'\"`") if key is not None else kid.text
        entries.append(Entry(frozenset({word}), whole, span_of(value, whole.start) if value else whole, value or kid))
    return Elements(entry.value, tuple(entries), place.language.settings.get("field_style", ": "))


def _reach(elements: Elements, path: str, place: Workplace) -> tuple[Elements, Entry | None, str]:
    """The list in which the last step of a path stands or would stand, the element, and its key."""
    *way, last = path.split(".")
    for key in way:
        entry = elements.find(key)
        if entry is None:
            raise Refused
        elements = _fields(entry, place)
    return elements, elements.find(last), last


def first_written(elements: Elements, path: str, place: Workplace) -> tuple[Elements, Entry | None, str]:
    """The first of the alternatives of a path that is written; else the first alternative."""
    reached: list[tuple[Elements, Entry | None, str]] = []
    for way in path.split("|"):
        with contextlib.suppress(Refused):
            reached.append(_reach(elements, way, place))
    if not reached:
        raise Refused
    return next((one for one in reached if one[1] is not None), reached[0])


def _marks(language: Language) -> list[str]:
    return [*language.line_comments, *(opening for opening, _ in language.block_comments)]


def _has_comment(text: str, language: Language) -> bool:
    """Whether there is a comment in what stands between two elements."""
    return any(mark in text for mark in _marks(language))


def no_comment_lost(elements: Elements, place: Workplace) -> None:
    """Raises Refused where a comment stands between the elements: what is written in their place would lose it."""
    at = elements.brackets.start
    for entry in elements.entries:
        if _has_comment(place.source(Span(at, entry.whole.start)), place.language):
            raise Refused
        at = entry.whole.end
    if _has_comment(place.source(Span(at, elements.brackets.end)), place.language):
        raise Refused


def replaceable(span: Span, place: Workplace) -> None:
    """Raises Refused where a value of several lines holds a comment, as far as its text shows."""
    for line in place.source(span).split("\n")[:-1]:
        if any(f" {mark}" in f" {line.replace(chr(9), ' ')}" for mark in _marks(place.language)):
            raise Refused


def delete(draft: Draft, elements: Elements, entry: Entry) -> None:
    """Take an element and one comma away; a comment between it and its neighbour stays."""
    place, entries = draft.place, elements.entries
    number = entries.index(entry)
    if number + 1 < len(entries):
        end = entries[number + 1].whole.start
        if _has_comment(place.source(Span(entry.whole.end, end)), place.language):
            comma = place.content.find(b",", entry.whole.end, end)
            end = comma + 1 if comma >= 0 else entry.whole.end
        draft.replace(Span(entry.whole.start, end), "")
    elif number:
        before, end = entries[number - 1].whole.end, entry.whole.end
        if _has_comment(place.source(Span(before, entry.whole.start)), place.language):
            before = entry.whole.start
            rest = place.source(Span(end, elements.brackets.end))
            end += rest.index(",") + 1 if rest.lstrip().startswith(",") else 0
        draft.replace(Span(before, end), "")
    else:
        inside = Span(elements.brackets.start + 1, elements.brackets.end - 1)
        rest = place.source(Span(entry.whole.end, inside.end)).strip()
        if rest in {"", ","}:
            draft.replace(inside, "")
            return
        comma = place.content.find(b",", entry.whole.end, inside.end) + 1 if rest.startswith(",") else entry.whole.end
        draft.replace(Span(entry.whole.start, comma), "")


def _add(draft: Draft, elements: Elements, key: str, text: str) -> None:
    """Put a new element behind the last one, on a line of its own where the others have one."""
    place, entries = draft.place, elements.entries
    if not key.isdigit() and not elements.style:
        raise Refused
    if key.isdigit() and int(key) != sum(1 for entry in entries if any(word.isdigit() for word in entry.keys)):
        raise Refused
    new = text if key.isdigit() else f"{key}{elements.style}{text}"
    if not entries:
        inside = Span(elements.brackets.start + 1, elements.brackets.end - 1)
        if place.source(inside).strip():
            raise Refused
        draft.replace(inside, new)
        return
    last = entries[-1].whole
    tail = place.source(Span(last.end, elements.brackets.end - 1))
    comma = tail.lstrip().startswith(",")
    line = place.content.rfind(b"\n", 0, last.start) + 1
    indent = place.source(Span(line, last.start))
    own_line = not indent.strip() and line > elements.brackets.start
    if comma:
        after = last.end + len(tail[: tail.index(",") + 1].encode())
        lead = place.newline + indent if own_line else " "
        draft.replace(Span(after, after), f"{lead}{new}{',' if own_line else ''}")
    else:
        draft.replace(Span(last.end, last.end), f",{place.newline + indent if own_line else ' '}{new}")


def set_value(draft: Draft, elements: Elements, path: str, text: str) -> None:
    """Give what stands at a path another value, or add it where it is missing."""
    inner, entry, key = first_written(elements, path, draft.place)
    if entry is None:
        _add(draft, inner, key, text)
    else:
        replaceable(entry.value, draft.place)
        draft.replace(entry.value, text)
