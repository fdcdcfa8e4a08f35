"""FixSpec -> Fix: edits made on roles (arguments, keywords, the callee), so that one implementation serves every language.

A Fix is refused (None) where what it would change is not written in the very call: a splat, reflection, an object
made elsewhere; and where another name for the callee would need an import that the rule does not name. How a
language writes keywords and imports is in its settings.
"""

import contextlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gifthorse.engine.evaluate.compile import AssignShape, CallShape, word_of
from gifthorse.model.fact import Fact
from gifthorse.model.finding import Fix
from gifthorse.model.rule import FixSpec, Language
from gifthorse.model.text import Edit, Span

_PLACEHOLDER = re.compile(r"\{(\w*)\}")


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


@dataclass(frozen=True, slots=True)
class Workplace:
    """The file in which a Fix is made: its text, its language, and its top-level Facts (for imports)."""

    content: bytes
    language: Language
    items: Sequence[Fact]

    def source(self, span: Span) -> str:
        """The text of a span."""
        return self.content[span.start : span.end].decode("utf-8", "replace")

    @property
    def newline(self) -> str:
        """The line end that the file uses."""
        return "\r\n" if b"\r\n" in self.content else "\n"


@dataclass(slots=True)
class _Draft:
    """Edits on their way to a Fix."""

    place: Workplace
    edits: list[Edit] = field(default_factory=list)

    def replace(self, span: Span, text: str) -> None:
        edit = Edit(span, text.encode())
        if edit not in self.edits:
            self.edits.append(edit)


def _span(fact: Fact, base: int) -> Span:
    return Span(base + fact.start, base + fact.end)


def _elements(shape: CallShape, start: int, place: Workplace) -> Elements:
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
        whole = _span(fact, base)
        entries.append(Entry(frozenset(keys), whole, _span(value, whole.start) if value else whole, fact))
    style = place.language.settings.get("field_style" if args.role == "list" else "keyword_style", "")
    return Elements(_span(args, start), tuple(entries), style)


def _fields(entry: Entry, place: Workplace) -> Elements:
    """The fields of an object that is written as an argument."""
    fact = entry.fact.part("value") or entry.fact
    if fact.role not in {"dict", "call"}:
        raise Refused
    if fact.role == "call":
        return _elements(CallShape(fact, (), ""), entry.value.start, place)
    entries = []
    for kid in fact.kids:
        whole, key, value = _span(kid, entry.value.start), kid.part("key"), kid.part("value")
        if kid.role != "pair":
            raise Refused
        word = word_of(key).strip("'\"`") if key is not None else kid.text
        entries.append(Entry(frozenset({word}), whole, _span(value, whole.start) if value else whole, value or kid))
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


def _first(elements: Elements, path: str, place: Workplace) -> tuple[Elements, Entry | None, str]:
    """The first of the alternatives of a path that is written; else the first alternative."""
    reached: list[tuple[Elements, Entry | None, str]] = []
    for way in path.split("|"):
        with contextlib.suppress(Refused):
            reached.append(_reach(elements, way, place))
    if not reached:
        raise Refused
    return next((one for one in reached if one[1] is not None), reached[0])


def _has_comment(text: str, language: Language) -> bool:
    marks = [*language.line_comments, *(opening for opening, _ in language.block_comments)]
    return any(mark in text for mark in marks)


def _delete(draft: _Draft, elements: Elements, entry: Entry) -> None:
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
        before = entries[number - 1].whole.end
        if _has_comment(place.source(Span(before, entry.whole.start)), place.language):
            before = entry.whole.start
        draft.replace(Span(before, entry.whole.end), "")
    else:
        inside = Span(elements.brackets.start + 1, elements.brackets.end - 1)
        rest = place.source(Span(entry.whole.end, inside.end)).strip()
        draft.replace(entry.whole if rest not in {"", ","} else inside, "")


def _add(draft: _Draft, elements: Elements, key: str, text: str) -> None:
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


def _set(draft: _Draft, elements: Elements, path: str, text: str) -> None:
    inner, entry, key = _first(elements, path, draft.place)
    if entry is None:
        _add(draft, inner, key, text)
    else:
        draft.replace(entry.value, text)


def _imported(place: Workplace, module: str) -> bool:
    """Whether the module is bound by its own name at the top of the file."""
    for item in place.items:
        words = {name: kid.text.strip("'\"`") for name, kid in zip(item.names, item.kids, strict=True)}
        if item.role == "import" and words.get("module") == module and not words.keys() & {"name", "alias", "star"}:
            return True
    return False


def _import(draft: _Draft, module: str) -> None:
    """Import a module behind the imports that are there, else before the first item that is no docstring."""
    place = draft.place
    template = place.language.settings.get("import_line", "")
    if _imported(place, module):
        return
    if not template:
        raise Refused
    imports = [item for item in place.items if item.role == "import"]
    line = template.replace("{module}", module)
    if not imports:
        items = [item for item in place.items if item.text != "package"]
        first = items[0] if items else None
        if (
            first is not None
            and first.role in {"wrap", "str"}
            and (first.role == "str" or (first.kids[:1] and first.kids[0].role == "str"))
        ):
            draft.replace(Span(first.end, first.end), place.newline + line)
        else:
            at = first.start if first else 0
            draft.replace(Span(at, at), line + place.newline)
        return
    last = imports[-1]
    start = place.content.rfind(b"\n", 0, last.start) + 1
    before = place.source(Span(start, last.start))
    if not before.strip() and before and "{module}" in (inner := place.language.settings.get("import_inner", "")):
        line = before + inner.replace("{module}", module)
    draft.replace(Span(last.end, last.end), place.newline + line)


def _rename(draft: _Draft, spec: FixSpec, shape: CallShape, start: int, name: str) -> None:
    """Another callee: only the last word where the rest stays; the whole dotted name where imports bring it."""
    func = shape.fact.part("func")
    if func is None:
        raise Refused
    head, _, tail = spec.callee.rpartition(".")
    prop = func.part("prop") if func.role == "member" else None
    if prop is not None and (not head or head == name.rpartition(".")[0]):
        draft.replace(_span(prop, start + func.start), tail)
    elif spec.imports or (func.role == "name" and not head and "." not in name):
        draft.replace(_span(func, start), spec.callee)
    else:
        raise Refused


def _sources(elements: Elements, place: Workplace) -> dict[str, str]:
    return {key: place.source(entry.value) for entry in elements.entries for key in entry.keys}


def _replaced(template: str, sources: dict[str, str]) -> str:
    def fill(found: re.Match[str]) -> str:
        if found.group(1) not in sources:
            raise Refused
        return sources[found.group(1)]

    return _PLACEHOLDER.sub(fill, template)


def _on_call(draft: _Draft, spec: FixSpec, shape: CallShape, start: int, name: str) -> None:
    elements = _elements(shape, start, draft.place)
    if spec.replace:
        whole = Span(start, start + shape.fact.end - shape.fact.start)
        draft.replace(whole, _replaced(spec.replace, _sources(elements, draft.place)))
        return
    for path in spec.delete:
        inner, entry, _ = _first(elements, path, draft.place)
        if entry is None:
            raise Refused
        _delete(draft, inner, entry)
    for path, text in spec.set.items():
        _set(draft, elements, path, text)
    for path, template in spec.wrap.items():
        _, entry, _ = _first(elements, path, draft.place)
        if entry is None:
            raise Refused
        draft.replace(entry.value, template.replace("{}", draft.place.source(entry.value)))
    if spec.callee:
        _rename(draft, spec, shape, start, name)


def _on_assignment(draft: _Draft, spec: FixSpec, shape: AssignShape, start: int) -> None:
    value, target = shape.fact.part("value"), shape.fact.part("target")
    if value is None or target is None or target.role in {"list", "dict"} or spec.delete or spec.callee:
        raise Refused
    span = _span(value, start)
    for path, text in spec.set.items():
        if path != "value":
            raise Refused
        draft.replace(span, text)
    for template in spec.wrap.values():
        draft.replace(span, template.replace("{}", draft.place.source(span)))


def _ordered(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Ascending, and refused where two would touch the same bytes."""
    end = -1
    for edit in sorted(edits):
        if edit.span.start < end:
            raise Refused
        end = max(edit.span.end, edit.span.start)
        yield edit


def fix_of(spec: FixSpec, shape: CallShape | AssignShape, start: int, name: str, place: Workplace) -> Fix | None:
    """The Fix for a call or an assignment that starts at byte `start`; `name` is the resolved name of what is called.

    None where it cannot be made safely.
    """
    draft = _Draft(place)
    try:
        if isinstance(shape, CallShape):
            _on_call(draft, spec, shape, start, name)
        else:
            _on_assignment(draft, spec, shape, start)
        for module in spec.imports:
            _import(draft, module)
        edits = tuple(_ordered(draft.edits))
    except Refused:
        return None
    return Fix(spec.title, spec.kind, edits) if edits else None
