"""One part of a file, done by itself: an item or a function, run by a Machine of its own, and what it left behind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from gifthorse.engine.evaluate.announcing import Asked
from gifthorse.engine.evaluate.arriving import callers, own_arguments
from gifthorse.engine.evaluate.compile import compile_item, compile_settings
from gifthorse.engine.evaluate.entering import program_of
from gifthorse.engine.evaluate.history import HISTORY
from gifthorse.engine.evaluate.imports import NO_IMPORTS, OWN, Imports, is_abroad
from gifthorse.engine.evaluate.items import Item
from gifthorse.engine.evaluate.lore import Lore
from gifthorse.engine.evaluate.machine import Defined, Frame, Listener, Machine, Setting
from gifthorse.engine.evaluate.operations import OPERATIONS, model_of
from gifthorse.engine.evaluate.store import Entry, Layer, Place, Store, holds_outside
from gifthorse.engine.evaluate.taint import CLEAN, Taint
from gifthorse.engine.evaluate.values import Function, Scope
from gifthorse.model.fact import Fact
from gifthorse.model.rule import Language


class Recorder(Listener):
    """A Listener whose notes can be taken away when a part is done."""

    def notes(self) -> tuple[object, ...]:
        """What was taken down."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """One part, done: an item or a function. `reads` are the places it looked up outside of itself; `writes` what it
    left behind, as far as anybody can see that: an item's names, and those of a function with functions in it.
    """

    fact: Fact
    function: Function | None
    reads: frozenset[Place]
    writes: Layer
    notes: tuple[object, ...]
    defined: tuple[Defined, ...]
    exceeded: str
    model: Layer
    """What a constructor put into the model of its class's instances, and what was done with objects meanwhile."""
    abroad: frozenset[Place] = frozenset()
    """Those of `reads` that belong to other files, or say what references to them stand for."""
    returns: Taint = CLEAN
    """What a function's result may hold, of what came in by its parameters and else."""
    outside: bool = False
    """Whether any of its `writes` holds outside text."""


class Surroundings(NamedTuple):
    """What evaluation needs besides Facts. `record` makes a fresh Recorder for each part."""

    language: Language
    record: Callable[[], Recorder]
    read_code: Callable[[str], Fact | None]
    lore: Lore
    imports: Imports = NO_IMPORTS
    home: str = OWN

    def module(self) -> Scope:
        """The scope of the file's own names."""
        return Scope(self.home, None, None)


def _finished(machine: Machine, fact: Fact, function: Function | None, recorder: Recorder, home: str) -> Work:
    store = machine.store
    writes, model = store.layers[0], {}
    if function is not None and function.owner is not None:
        ref = function.owner.ref, "self"
        model = {place: entry for place, entry in writes.items() if place[0] == ref or place[1] == HISTORY}
    defined = tuple(machine.defined)
    abroad = frozenset(place for place in store.reads if is_abroad(place, home))
    reads = frozenset(store.reads)
    if function is not None and not defined:
        writes = {}
    outside = holds_outside(writes)
    return Work(
        fact, function, reads, writes, recorder.notes(), defined, machine.exceeded, model, abroad, outside=outside
    )


def _machine(around: Surroundings, base: Sequence[Mapping[Place, Entry]]) -> tuple[Machine, Recorder]:
    recorder = around.record()
    setting = Setting(around.language, recorder, OPERATIONS, around.read_code, around.lore)
    return Machine(setting, Store(base)), recorder


def run_item(around: Surroundings, item: Item, base: Sequence[Mapping[Place, Entry]]) -> Work:
    """A top-level item; `base` are the layers that it sees, the nearest first."""
    machine, recorder = _machine(around, base)
    fact, settings = item.fact._replace(start=0, end=item.fact.end - item.fact.start), around.language.settings
    if settings.get("paths") == "true":
        asked = Asked(recorder.hears_assignment, recorder.asks, recorder.roots)
        program, machine.exceeded = compile_settings(fact, asked, settings.get("binds", ""))
    else:
        program = compile_item(fact, settings.get("hoists", "") != "")
    machine.run(Frame(program, around.module(), item.path, 0))
    return _finished(machine, item.fact, None, recorder, around.home)


def run_function(around: Surroundings, function: Function, base: Sequence[Mapping[Place, Entry]]) -> Work:
    """A function by itself, with nobody's arguments; `base` are the layers that it sees, the nearest first."""
    machine, recorder = _machine(around, base)
    program_of(machine, function)
    if function.program is None:
        raise ValueError("A function without a program cannot be run.")
    first = around.language.settings.get("receiver") != "this"
    receiver = model_of(function.owner) if function.owner is not None else None
    names = function.program.names | ({"this"} if not first and receiver is not None else frozenset())
    scope = Scope((function.path, "own"), names, function.scope)
    values = own_arguments(machine, function, scope.ref, receiver if first else None)
    if receiver is not None and not first:
        machine.store.put((scope.ref, "this"), receiver)
    for parameter, value in zip(function.program.parameters, values, strict=True):
        if parameter.pattern is None:
            machine.store.put((scope.ref, parameter.name), value)
    machine.callers = callers(machine, function) if around.lore.active else ()
    result = machine.run(Frame(function.program, scope, function.path, 0, arguments=values, function=function))
    return replace(_finished(machine, function.fact, function, recorder, around.home), returns=result.taint)


def look_at(around: Surroundings, function: Function) -> Work:
    """A function by itself, with nothing but what the Imports hold: one of another file."""
    return run_function(around, function, (around.imports.layer,))
