"""A whole file, evaluated in parts that are kept: top-level items in order, then every function by itself.

Each part is a function of what it reads: its Work records the places read from outside, what it wrote, and what the
Listener took down. In the next version a part is done again only if its Facts changed or a place that it read holds
something else. It does not know what is listened for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from gifthorse.engine.evaluate.imports import NO_IMPORTS, Imports, changed_places, reference_of
from gifthorse.engine.evaluate.instances import constructor_of
from gifthorse.engine.evaluate.items import Item, Naming, Placed, alike, in_order, name_items
from gifthorse.engine.evaluate.machine import Defined
from gifthorse.engine.evaluate.store import Entry, Layer, Place, holds_outside, note_tainted, tainted_place
from gifthorse.engine.evaluate.values import Function, Value, same
from gifthorse.engine.evaluate.work import Surroundings, Work, run_function, run_item
from gifthorse.model.fact import Fact

MAX_NESTED = 100
"""Functions inside each other that are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """All parts of one version of a file, by path."""

    items: tuple[Item, ...]
    starts: tuple[int, ...]
    works: Mapping[str, Work]
    functions: Mapping[str, Work]
    makers: Mapping[str, tuple[str, ...]]
    state: Layer
    serial: int
    imports: Imports = NO_IMPORTS

    def all_works(self) -> Iterator[Work]:
        """Every part."""
        yield from self.works.values()
        yield from self.functions.values()

    def seeks(self) -> frozenset[tuple[str, str]]:
        """All references that were asked for, with the file (empty: this one) in which each stands."""
        found = (reference_of(place) for place in self.abroad())
        return frozenset(one for one in found if one is not None)

    def abroad(self) -> frozenset[Place]:
        """All places of other files that were read."""
        return frozenset().union(*(work.abroad for work in self.all_works() if work.abroad))

    def positions(self) -> dict[str, int]:
        """Where every part starts, in bytes from the start of the file."""
        found = {item.path: start for item, start in zip(self.items, self.starts, strict=True)}
        waiting = [(item.path, self.works[item.path]) for item in self.items]
        while waiting:
            path, work = waiting.pop()
            for defined in work.defined:
                inner = defined.function.path
                found[inner] = found[path] + defined.at
                if inner in self.functions:
                    waiting.append((inner, self.functions[inner]))
        return found


NOTHING_YET = Evaluation((), (), {}, {}, {}, {}, 0)


def _differs(one: Entry | None, other: Entry | None) -> bool:
    if isinstance(one, Value) and isinstance(other, Value):
        return not same(one, other)
    return one is not other and one != other


def _changed(before: Layer, after: Layer) -> set[Place]:
    """The places that two pieces of work left different."""
    return {place for place in before.keys() | after.keys() if _differs(before.get(place), after.get(place))}


def _do_items(
    around: Surroundings, items: Sequence[Item], before: Evaluation, below: Sequence[Mapping[Place, Entry]]
) -> tuple[dict[str, Work], Layer, set[Place]]:
    """All items in the order in which the language runs them: their Works, the module's names, and which changed."""
    state: Layer = {}
    works: dict[str, Work] = {}
    tainted = False  # before the first that is, nothing is listed
    # What a removed item wrote may show again anywhere behind it: these places stay suspect to the end.
    removed = before.works.keys() - {item.path for item in items}
    gone = {place for path in removed for place in before.works[path].writes}
    if any(before.works[path].outside for path in removed):
        gone.add(tainted_place(around.home))
    dirty = changed_places(before.abroad(), before.imports, around.imports)
    for item in in_order(items):
        work = before.works.get(item.path)
        if work is None or not _holds(work, item.fact, dirty, gone):
            left = work.writes if work is not None else {}
            work = run_item(around, item, (state, *below))
            dirty.difference_update(work.writes)
            changed = _changed(left, work.writes)
            dirty.update(changed)
            if holds_outside(left, changed) or holds_outside(work.writes, changed):
                dirty.add(tainted_place(around.home))
        elif dirty:
            dirty.difference_update(work.writes)
        works[item.path] = work
        state.update(work.writes)
        tainted = tainted or work.outside
        if tainted:
            note_tainted(state, around.home, work.writes)
    return works, state, dirty | gone


def _holds(work: Work, fact: Fact, dirty: set[Place], gone: set[Place]) -> bool:
    """Whether a part need not be done again."""
    if work.fact is not fact and not alike(work.fact, fact):
        return False
    return (not dirty or dirty.isdisjoint(work.reads)) and (not gone or gone.isdisjoint(work.reads))


def _is_same(function: Function, work: Work) -> bool:
    if function is work.function:
        return True
    # In broken code equal source may have been read differently: only the very same Facts will do.
    return work.function is not None and function.same(work.function) and alike(function.fact, work.fact)


class _Waiting(NamedTuple):
    """Functions still to be looked at, defined by one part (`path`): the layers they see, and what changed there."""

    path: str
    defined: Sequence[Defined]
    base: tuple[Mapping[Place, Entry], ...]
    dirty: set[Place]


class _Functions:
    """Every function by itself, and the functions inside it with what it left behind. Constructors come first: what
    they put into the model of their class's instances is what methods find there.
    """

    def __init__(self, around: Surroundings, before: Evaluation, bodies: bool) -> None:
        self.around, self.before, self.bodies = around, before, bodies
        self.works: dict[str, Work] = {}
        self.makers: dict[str, tuple[str, ...]] = {}
        self.waiting: list[_Waiting] = []

    def run(self, first: _Waiting) -> None:
        """Look at all of them."""
        self.waiting.append(first)
        while self.waiting:
            part = self.waiting.pop()
            makers = [one for one in part.defined if self._makes(one.function)]
            if makers or part.path in self.before.makers:
                part = self._run_makers(part, makers)
            for one in part.defined if self.bodies else ():
                if one.function.path not in self.works:
                    self._run(one.function, part)

    def _makes(self, function: Function) -> bool:
        owner = function.owner
        return owner is not None and function.name == constructor_of(self.around.language, owner)

    def _run(self, function: Function, part: _Waiting) -> Work:
        old, dirty = self.before.functions.get(function.path), part.dirty
        if old is not None and _is_same(function, old) and (not dirty or dirty.isdisjoint(old.reads)):
            work = old
        else:
            work = run_function(self.around, function, part.base)
            if work.defined and old is not None:
                dirty = dirty | _changed(old.writes, work.writes)
        if work.defined and len(part.base) > MAX_NESTED:
            work = replace(work, defined=(), exceeded=work.exceeded or "functions are nested too deeply")
        self.works[function.path] = work
        if work.defined:
            self.waiting.append(_Waiting(function.path, work.defined, (work.writes, *part.base), dirty))
        return work

    def _run_makers(self, part: _Waiting, makers: Sequence[Defined]) -> _Waiting:
        """Constructors in order, each knowing what those before it made; then what the other functions start from."""
        models: Layer = {}
        paths = tuple(one.function.path for one in makers)
        self.makers[part.path] = paths
        dirty = set(part.dirty)
        for path in self.before.makers.get(part.path, ()):
            if path not in paths:
                dirty.update(self.before.functions[path].model)
        base, inner = (models, *part.base), len(self.waiting)
        for one in makers:
            old = self.before.functions.get(one.function.path)
            new = self._run(one.function, part._replace(base=base, dirty=dirty))
            if new is not old:
                dirty |= _changed(old.model if old is not None else {}, new.model)
            models.update(new.model)
        self.waiting[inner:] = [one._replace(dirty=one.dirty | dirty) for one in self.waiting[inner:]]
        return part._replace(base=base, dirty=dirty)


def evaluate(
    around: Surroundings,
    placed: Sequence[Placed],
    before: Evaluation,
    outer: Evaluation | None = None,
    *,
    bodies: bool = True,
) -> Evaluation:
    """Evaluate a file's top-level Facts. What `before` holds is used where it still holds; the result is the same.

    `outer` is a file in which these Facts stand by themselves: they see what it knows and leave it as it is.
    Without `bodies` no function is looked at by itself but those that fill new instances.
    """
    below = (outer.state, around.imports.layer) if outer is not None else (around.imports.layer,)
    naming = Naming(before.serial, around.home if outer is None else "~", around.language.settings.get("hoists", ""))
    items, serial = name_items([fact for _, fact in placed], before.items, naming)
    works, state, dirty = _do_items(around, items, before, below)
    functions = _Functions(around, before, bodies)
    defined = [one for item in items for one in works[item.path].defined]
    functions.run(_Waiting("", defined, (state, *below), dirty))
    starts = tuple(start + fact.start for start, fact in placed)
    return Evaluation(items, starts, works, functions.works, functions.makers, state, serial, around.imports)
