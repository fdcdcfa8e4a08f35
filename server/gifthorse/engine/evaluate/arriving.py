"""What arrives in the parameters of a function that is looked at by itself: what its callers decide, and for one that
a library calls, what that gives.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from gifthorse.engine.evaluate.machine import Machine, Operation
from gifthorse.engine.evaluate.program import Op, Parameter
from gifthorse.engine.evaluate.store import Place
from gifthorse.engine.evaluate.taint import CLEAN, Site, Slot, Stage, Taint, Trace, blend, outside
from gifthorse.engine.evaluate.typed import instance_name
from gifthorse.engine.evaluate.values import NOTHING, Function, Value, literal, shorten
from gifthorse.model.knowledge import PARAMETER, Handler

ARRIVES: Final = "<arrives>"
"""In a place of its own: what the library gives to a function's parameters, by number, name or `*`."""
CALLERS: Final = "<callers>"
"""Among these: what calls the function, for what it gives back."""
LABEL: Final = "label:"


def register(machine: Machine, handlers: Iterable[Handler], functions: Iterable[Value], caller: str) -> None:
    """Functions of the file that a library will call: what arrives in their parameters is kept for when they are
    looked at by themselves.
    """
    for value in functions:
        if value.fn is not None:
            place = _place(value.fn)
            before = machine.store.value(place)
            held = dict(before.const) if before is not None and isinstance(before.const, dict) else {}
            held[CALLERS] = tuple(dict.fromkeys([*held.get(CALLERS, ()), caller]))
            for handler in handlers:
                held.update(handler.parameters)
            machine.store.put(place, literal(held))


def _place(function: Function) -> Place:
    return (ARRIVES, function.path), None


def _arriving(machine: Machine, function: Function) -> Mapping[str, object]:
    """What a library gives to a function, by all that is known of its name, its decorators and who was given it."""
    kept = machine.store.value(_place(function))
    held = dict(kept.const) if kept is not None and isinstance(kept.const, dict) else {}
    name, known = function.name, machine.lore.named
    if function.owner is not None:
        name, known = f"{function.owner.name}.{name}", machine.lore.overrides
    for handler in known.find(name) if name and not name.startswith(".") else ():
        held.update(handler.parameters)
        held[CALLERS] = (*held.get(CALLERS, ()), name)
    return held


def callers(machine: Machine, function: Function) -> tuple[str, ...]:
    """The names of what will call a function."""
    found = _arriving(machine, function).get(CALLERS, ())
    return found if isinstance(found, tuple) else ()


def own_arguments(machine: Machine, function: Function, ref: object, receiver: Value | None) -> list[Value]:
    """Arguments of a function that is looked at by itself: each is what its parameter is called, unless it is known
    what arrives.
    """
    program = function.program
    arriving = _arriving(machine, function) if machine.lore.active else {}
    values: list[Value] = []
    place = 0
    for number, parameter in enumerate(program.parameters if program else ()):
        if number == 0 and receiver is not None and not function.static:
            values.append(receiver)
            continue
        own = Value(name=parameter.name, ref=(ref, parameter.name)) if parameter.name else NOTHING
        if machine.lore.active:
            given = arriving.get(str(place), arriving.get(parameter.name, arriving.get("*", "")))
            own = _given(own, function, parameter, number, str(given))
        values.append(own)
        place += 1
    return values


def _given(own: Value, function: Function, parameter: Parameter, number: int, arriving: str) -> Value:
    stage = Stage(Site(function.path, parameter.start, parameter.end), f"arrives as {parameter.name}")
    taint: Taint = (Trace(PARAMETER, (stage,), Slot(function.path, number)),)
    if arriving.startswith(LABEL):
        taint = (Trace(arriving.removeprefix(LABEL), (stage,)),)
    elif arriving:
        return own._replace(name=shorten(arriving))
    return own._replace(taint=taint)


def _annotated(machine: Machine, op: Op) -> None:
    """A parameter with an annotation: knowledge may say that outside text arrives in it."""
    parameter: Parameter = op.operand
    value, annotation = machine.take(2)
    name = annotation.name.removesuffix("()")
    machine.push(_labelled(machine, value, parameter, machine.lore.annotations.find(name)) if name else value)


def _labelled(machine: Machine, value: Value, parameter: Parameter, handlers: Iterable[Handler]) -> Value:
    stage = Stage(Site(machine.frames[-1].path, parameter.start, parameter.end), parameter.name)
    for handler in handlers:
        if len(machine.frames) == 1 and not value.plain:
            value = value._replace(taint=blend(value.taint, (Trace(handler.label, (stage,)),)))
    return value


def typed(machine: Machine, value: Value, kind: Value, parameter: Parameter) -> Value:
    """A parameter with a declared type: a number can carry no text, some types always do, and an object of a library
    is not what text arrives in.
    """
    name = kind.name
    if name and machine.lore.is_plain(name):
        return value._replace(taint=(), plain=True)
    handlers = machine.lore.types.find(name) if name else ()
    if handlers:
        return _labelled(machine, value, parameter, handlers)
    alone = len(machine.frames) == 1
    if alone and outside(value.taint) and not kind.kind and instance_name(machine, kind) and "[" not in name:
        return value._replace(taint=CLEAN)
    return value


def without_service(value: Value, default: Value) -> Value:
    """A parameter whose default is something harmless of a library (a dependency that it brings) carries no text."""
    harmless = default.plain and not default.taint and default.name.endswith("()")
    return value._replace(taint=()) if harmless and outside(value.taint) else value


OPERATIONS: Final[dict[str, Operation]] = {"annotated": _annotated}
