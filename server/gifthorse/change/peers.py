"""What each of the entries of a text has (entries.py): controls and habits, which are traits.

They are in its own text, in a function that it names, or in what stands around it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from gifthorse.change.entries import STRING, Entry, Raw, entry_of, names_in, raw_entries
from gifthorse.change.traits import Side, Trait
from gifthorse.model.text import Span

SAME = {"caller": "authorisation", "unit-of-work": "transaction"}
"""Habits that are another kind of control, where only siblings are compared."""

_USED = re.compile(
    r"\.(use|Use|addHook|before|wrap|add_middleware)\s*\(|\b(before_action|before_filter|before do|plug)\b"
)
_LISTED = re.compile(r"\b(only|except)\b")
_BRACE = re.compile(rb"[{}]")


class Entries:
    """The entries of a text, ascending. What stands around them is looked at when it is asked for."""

    def __init__(self, side: Side, kinds: frozenset[str]) -> None:
        self._side = side
        wanted = ("controls", "habits")
        self._controls = [one for one in side.traits if one.group in wanted and kind_of(one) in kinds]
        starts = [one.span.start for one in self._controls]
        self.all = [entry_of(one, side, _within(one, self._controls, starts)) for one in raw_entries(side)]
        self._has: dict[Span, dict[str, Trait | None]] = {}

    @cached_property
    def _functions(self) -> dict[str, set[str]]:
        return _by_unit(self._controls)

    @cached_property
    def _handlers(self) -> frozenset[str]:
        """Functions that are entries by themselves: nobody calls them to ask who is there."""
        return frozenset(one.name.rpartition(".")[2] for one in self.all if one.kind in ("route", "handler"))

    @cached_property
    def _loose(self) -> list[Trait]:
        """Controls outside of all entries, or around them."""
        routes = [one.span for one in self.all if one.kind == "route"]
        whole = [one.span for one in self.all if one.kind not in ("view-class", "migration")]
        spans = [span for span in whole if not any(span.contains(one) and span != one for one in routes)]
        return [one for one in self._controls if not any(span.contains(one.span) for span in spans)]

    def has(self, entry: Entry) -> frozenset[str]:
        """All kinds of control that an entry has: its own, by functions that it names, by its route, or from around."""
        return frozenset(self._of(entry))

    def control(self, entry: Entry, kind: str) -> Trait | None:
        """The control of a kind that an entry has in its own text, or that stands around it or above it."""
        return self._of(entry).get(kind)

    def _of(self, entry: Entry) -> dict[str, Trait | None]:
        if entry.span not in self._has:
            self._has[entry.span] = self._more(entry)
        return self._has[entry.span]

    def _more(self, entry: Entry) -> dict[str, Trait | None]:
        has: dict[str, Trait | None] = dict(entry.own)
        if entry.kind in ("query", "migration"):
            return has
        own = entry.name.rpartition(".")[2]
        for name in self._asked(entry) & self._functions.keys() - {own, *entry.unit.split(".")}:
            has |= dict.fromkeys(self._functions[name] - has.keys())
        if entry.kind in ("handler", "member") and own:
            for route in self.all:
                if route.kind == "route" and route.span != entry.span and own in names_in(route.text, any_owner=True):
                    has |= {kind: one for kind, one in route.own.items() if kind not in has}
        for control in self._loose:
            if has.get(kind_of(control)) is None and self._governs(control, entry):
                has[kind_of(control)] = control
        return has

    def _asked(self, entry: Entry) -> set[str]:
        """Functions that an entry calls, or that a route in one line leads to."""
        text = STRING.sub("", entry.text)
        if entry.kind == "route" and "\n" not in entry.text:
            return names_in(text, any_owner=True)
        return names_in(text, called=True) - self._handlers

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


def _within(one: Raw, controls: list[Trait], starts: list[int]) -> dict[str, Trait]:
    """Controls in an entry's own text by their kinds: the first of each."""
    found: dict[str, Trait] = {}
    for number in range(bisect_right(starts, one.span.start - 1), len(controls)):
        control = controls[number]
        if control.span.start >= one.span.end:
            break
        inner = one.kind == "view-class" and control.unit != one.trait.unit
        if one.span.contains(control.span) and not inner:
            found.setdefault(kind_of(control), control)
    return found


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
