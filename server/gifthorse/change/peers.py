"""What each of the entries of a text has (entries.py): controls and habits, which are traits.

They are in its own text, in a function that it names, or in what stands around it.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from operator import attrgetter, itemgetter

from gifthorse.change.brackets import Blocks
from gifthorse.change.entries import STRING, Entry, Raw, entry_of, names_in, raw_entries
from gifthorse.change.traits import Side, Trait
from gifthorse.model.text import Span

SAME = {"caller": "authorisation", "pace": "rate-limit", "unit-of-work": "transaction"}
"""Habits that are another kind of control, where only siblings are compared."""

LEAST = 3
ONE_OF = ("authorisation", "tenant-filter")
DOUBTFUL = frozenset({"authorisation", "input-validation"})
MOST_PEERS = 32
MOST_LOOKED_AT = 200
_USED = re.compile(
    r"\.(use|Use|addHook|before|wrap|add_middleware)\s*\(|\b(before_action|before_filter|before do|plug)\b"
)
_LISTED = re.compile(r"\b(only|except)\b")


class Entries:
    """The entries of a text. What they are in detail, and what stands around them, is looked at when it is asked for."""

    def __init__(self, side: Side, kinds: frozenset[str]) -> None:
        self._side = side
        self._kinds = kinds
        self._made: dict[Span, Entry] = {}
        self._has: dict[Span, dict[str, Trait | None]] = {}

    @cached_property
    def raw(self) -> list[Raw]:
        """All of them, ascending."""
        return raw_entries(self._side)

    @cached_property
    def _starts(self) -> list[int]:
        return [one.span.start for one in self.raw]

    def some(self, places: Sequence[Span]) -> list[Entry]:
        """Those in certain places."""
        return [self.entry(one) for one in raw_entries(self._side, places)]

    def often(self, kind: str) -> bool:
        """Whether the text has a kind of control as often as it takes to be a rule."""
        return self._counts[kind] >= LEAST or kind in self._listed

    @cached_property
    def _listed(self) -> frozenset[str]:
        """Kinds of which one control says for which entries it is."""
        return frozenset(kind_of(one) for one in self._controls[0] if _LISTED.search(one.words))

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(kind_of(one) for one in self._controls[0])

    def entry(self, raw: Raw) -> Entry:
        """One of them."""
        if raw.span not in self._made:
            self._made[raw.span] = entry_of(raw, self._side, _within(raw, *self._controls))
        return self._made[raw.span]

    def nearest(self, entry: Entry) -> list[Entry]:
        """Others with the same key, the nearest first: not more than are needed to see a rule."""
        at = bisect_left(self._starts, entry.span.start)
        alike = [(abs(number - at), one) for number, one in enumerate(self.raw) if one.kind == entry.kind]
        found: list[Entry] = []
        for _, raw in sorted(alike, key=itemgetter(0))[:MOST_LOOKED_AT]:
            other = self.entry(raw)
            if other.span != entry.span and other.key == entry.key:
                found.append(other)
            if len(found) == MOST_PEERS:
                break
        return found

    @cached_property
    def _controls(self) -> tuple[list[Trait], list[int]]:
        wanted = (*self._side.of("controls"), *self._side.of("habits"))
        kinds = [SAME.get(one.kind, one.kind) for one in wanted]
        taken: dict[Span, str] = {}
        for kind in ONE_OF:  # what stands in one place is counted once, as what it says most
            taken.update((one.span, kind) for one, its in zip(wanted, kinds, strict=True) if its == kind)
        pairs = zip(wanted, kinds, strict=True)
        kept = [
            one for one, its in pairs if its in self._kinds and (its not in DOUBTFUL or taken.get(one.span, its) == its)
        ]
        controls = sorted(kept, key=attrgetter("span"))
        return controls, [one.span.start for one in controls]

    @cached_property
    def _functions(self) -> dict[str, set[str]]:
        return _by_unit(self._controls[0])

    @cached_property
    def _handlers(self) -> frozenset[str]:
        """Functions that are entries by themselves: nobody calls them to ask who is there."""
        return frozenset(one.unit.rpartition(".")[2] for one in self.raw if one.kind in ("route", "handler"))

    @cached_property
    def _loose(self) -> list[Trait]:
        """Controls outside of all entries, or in those that only hold others."""
        routes = [one.span.start for one in self.raw if one.kind == "route"]
        ends, highest = list[int](), -1
        starts = list[int]()
        for one in self.raw:
            holds = one.kind in ("view-class", "migration") or _has_between(routes, one.span)
            if not holds and one.span.end > highest:
                highest = one.span.end
                starts.append(one.span.start)
                ends.append(highest)
        found = list[Trait]()
        for control in self._controls[0]:
            at = bisect_right(starts, control.span.start) - 1
            if at < 0 or ends[at] < control.span.end:
                found.append(control)
        return found

    def has(self, entry: Entry) -> frozenset[str]:
        """All kinds of control that an entry has: its own, by functions that it names, by its route, or from around."""
        return frozenset(self._of(entry))

    def is_only_around(self, entry: Entry, kind: str) -> bool:
        """Whether an entry has a kind of control by nothing but what stands around it."""
        control = self._of(entry).get(kind)
        return control is not None and not entry.span.contains(control.span)

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
        for name in self._asked(entry, self._functions.keys() - {own, *entry.unit.split(".")}):
            has |= dict.fromkeys(self._functions[name] - has.keys())
        if entry.kind in ("handler", "member") and own:
            for route in self._routes_to(own, entry):
                has |= {kind: one for kind, one in route.own.items() if kind not in has}
        for outer in self.raw if entry.kind in ("handler", "member") else ():
            if outer.kind == "view-class" and outer.span.contains(entry.span):
                above = self.entry(outer).own.items()
                has = {**{kind: one for kind, one in above if not _LISTED.search(one.words)}, **has}
        if entry.kind == "view-class":
            has = {**dict.fromkeys(kind_of(one) for one in self._controls[0] if entry.span.contains(one.span)), **has}
        for control in self._loose:
            if has.get(kind_of(control)) is None and self._governs(control, entry):
                has[kind_of(control)] = control
        return has

    def _routes_to(self, name: str, entry: Entry) -> Iterator[Entry]:
        """The routes that name a function."""
        for place in _words(name.encode(), self._side.content):
            at = bisect_right(self._starts, place) - 1
            while at >= 0 and self.raw[at].kind != "route" and self.raw[at].span.end > place:
                at -= 1
            route = self.raw[at] if at >= 0 and self.raw[at].kind == "route" and not self.raw[at].unit else None
            if route and route.span != entry.span and route.span.start < place < route.span.end:
                yield self.entry(route)

    def _asked(self, entry: Entry, functions: AbstractSet[str]) -> AbstractSet[str]:
        """Which of some functions an entry calls, or a route in one line leads to."""
        text = STRING.sub("", entry.text)
        if entry.kind == "route" and "\n" not in entry.text:
            return names_in(text, any_owner=True) & functions
        named = names_in(text, called=True) & functions
        return named - self._handlers if named else named

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
        return self._blocks.end(control.span.end) >= entry.span.start

    @cached_property
    def _blocks(self) -> Blocks:
        return Blocks(self._side.content)


def _words(word: bytes, content: bytes) -> Iterator[int]:
    """Where a word stands in a text by itself."""
    at = content.find(word)
    while at >= 0:
        beside = content[at - 1 : at] if at else b"", content[at + len(word) : at + len(word) + 1]
        if not any(one.isalnum() or one == b"_" for one in beside):
            yield at
        at = content.find(word, at + 1)


def _has_between(starts: list[int], span: Span) -> bool:
    """Whether one of the starts is inside of a span."""
    at = bisect_right(starts, span.start)
    return at < len(starts) and starts[at] < span.end


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
