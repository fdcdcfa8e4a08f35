"""What a call does with taint: sources, sanitizers, checks, propagators, what is written by side effect, handlers.

All of it by what `lore` says of the call's name; without that, everything given to a call comes to its result.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gifthorse.engine.evaluate import containers, doubts, guards
from gifthorse.engine.evaluate.happenings import Arguments, Passed
from gifthorse.engine.evaluate.lore import OfCall
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.program import CallShape
from gifthorse.engine.evaluate.taint import (
    CLEAN,
    Guard,
    Site,
    Slot,
    Stage,
    Taint,
    Trace,
    blend,
    cleared,
    crossing,
    outside,
    stepped,
)
from gifthorse.engine.evaluate.values import Function, Value
from gifthorse.engine.predicates import Subject, meets
from gifthorse.model.fact import Fact
from gifthorse.model.knowledge import EVERYTHING

MAX_CALLED_WITH = 4
"""Parameters of a function given to an unknown call, in which outside text may arrive."""


class Happening(NamedTuple):
    """A call: of what, with what, where, and as it is written, if it is."""

    callee: Value
    given: Arguments
    site: Site
    shape: CallShape | None


def _facts(call: Happening, path: str) -> list[Fact]:
    """The expressions that are written at an argument path."""
    given = call.given
    if path == "receiver":
        whole = call.shape.fact if call.shape is not None else None
        func = whole.part("func") if whole is not None else None
        around = func if func is not None else whole
        found = around.part("object") if around is not None else None
        return [found] if found is not None else []
    if path == "*":
        return list(given.written.values())
    return [given.written[way] for way in path.split("|") if way in given.written]


def _values(call: Happening, path: str) -> list[Value]:
    callee, given = call.callee, call.given
    if path == "receiver":
        return [callee.receiver] if callee.receiver is not None else []
    if path == "*":
        return [*given.positional, *given.keywords.values()]
    found = []
    for way in path.split("|"):
        place = int(way) if way.isdigit() else -1
        if 0 <= place < len(given.positional):
            found.append(given.positional[place])
        elif way in given.keywords:
            found.append(given.keywords[way])
    return found


def _taint_at(machine: Machine, call: Happening, paths: Iterable[str]) -> Taint:
    taint = CLEAN
    for path in paths:
        for value in _values(call, path):
            taint = blend(taint, containers.laden(machine, value).taint)
    return taint


def _write(machine: Machine, facts: Iterable[Fact], values: Iterable[Value], taint: Taint) -> None:
    """By side effect: what was given to a call now holds outside text."""
    for fact in facts:
        found = guards.place_of(machine, fact)
        if found is not None:
            value = found.value
            machine.store.put(found.place, value._replace(taint=blend(value.taint, taint), plain=False))
    for value in values:
        containers.expose(machine, value, taint)


def result_of(machine: Machine, call: Happening, result: Value) -> Value:
    """The result of a call of something outside the file, with what is known of it."""
    callee, site = call.callee, call.site
    known = machine.lore.of_call(callee.name) if callee.name else None
    if known is None or not known.propagators:
        _call_back(machine, call)
    if known is None:
        return (
            result._replace(taint=stepped(result.taint, site, f"through {callee.name}()"))
            if _travels(callee, result)
            else result
        )
    taint, plain = result.taint, known.plain
    if known.propagators:
        taint = _propagated(machine, known, call)
    clears = _clearing(machine, known, call)
    plain = plain or EVERYTHING in clears
    if clears and taint:
        taint = cleared(taint, clears)
    elif taint and _travels(callee, result):
        taint = stepped(taint, site, f"through {callee.name}()")
    for source in (one for one in known.sources if not one.where or _holds(machine, one.where, call)):
        new = (Trace(source.label, (Stage(site, f"{callee.name}()"),)),)
        if source.to:
            _write(machine, _facts(call, source.to), _values(call, source.to), new)
        else:
            taint = blend(taint, new)
    checks = _checked(machine, known, call)
    if taint == result.taint and not plain and not checks:
        return result
    return result._replace(taint=taint, plain=plain or result.plain, guards=checks)


def cleaned(machine: Machine, call: Happening, result: Value) -> Value:
    """What an intrinsic gives is harmless for what knowledge says of its name, as any call's result is."""
    known = machine.lore.of_call(call.callee.name) if call.callee.name else None
    clears = _clearing(machine, known, call) if known is not None else ()
    if not clears:
        return result
    return result._replace(taint=cleared(result.taint, clears), plain=result.plain or EVERYTHING in clears)


def _clearing(machine: Machine, known: OfCall, call: Happening) -> tuple[str, ...]:
    """What the result is harmless for, as far as that depends on the arguments too."""
    more = (label for one in known.cleaners if _holds(machine, one.where, call) for label in one.clears)
    return (*known.clears, *more) if known.cleaners else known.clears


def _holds(machine: Machine, where: Mapping[str, tuple[str, ...]], call: Happening) -> bool:
    """Whether the arguments of a call are as knowledge says that they must be."""
    receiver = call.callee.receiver
    subject = Subject(machine, call.given, {"receiver": receiver} if receiver is not None else {})
    return meets(machine, where, subject)


def _call_back(machine: Machine, call: Happening) -> None:
    """Functions given to an unknown call may be called with whatever else it was given, or with what its object holds."""
    functions = [value.fn for value in call.given.positional if value.fn is not None]
    if not functions:
        return
    values = [*call.given.positional, *call.given.keywords.values()]
    taint = CLEAN
    for value in (*values, *([call.callee.receiver] if call.callee.receiver is not None else [])):
        taint = blend(taint, containers.laden(machine, value).taint)
    for function in functions if taint else ():
        parameters = function.fact.part("params")
        for number in range(min(len(parameters.kids) if parameters is not None else 0, MAX_CALLED_WITH)):
            for trace in taint:
                machine.listener.passed(Passed(Slot(function.path, number), trace, call.site, function.name))


def _travels(callee: Value, result: Value) -> bool:
    """Whether outside text came through a call that is worth a stage: not merely by a method of what holds it. The
    way of a parameter through its own function is not told.
    """
    return (
        bool(result.taint)
        and outside(result.taint)
        and (callee.receiver is None or callee.receiver.taint != result.taint)
    )


def _propagated(machine: Machine, known: OfCall, call: Happening) -> Taint:
    taint = CLEAN
    for propagator in known.propagators:
        found = _taint_at(machine, call, propagator.origin)
        for path in propagator.to if found else ():
            if path == "result":
                taint = blend(taint, found)
            else:
                new = stepped(found, call.site, f"through {call.callee.name}()")
                _write(machine, _facts(call, path), _values(call, path), new)
    return taint


def _checked(machine: Machine, known: OfCall, call: Happening) -> tuple[Guard, ...]:
    found: list[Guard] = []
    for check in known.checks:
        if check.where and not _holds(machine, check.where, call):
            continue
        for fact, value in zip(_facts(call, check.argument), _values(call, check.argument), strict=False):
            if value.taint:
                doubts.look(machine, value, check.clears)
            found.extend(guards.checked(machine, fact, value, check.clears, check.holds))
    return tuple(found)


def pass_on(machine: Machine, function: Function, values: list[Value], site: Site) -> None:
    """Tell the Listener of outside text that is given to a function which is not run through."""
    for number, value in enumerate(values):
        for trace in containers.laden(machine, value).taint:
            machine.listener.passed(Passed(Slot(function.path, number), trace, site, function.name))


def crossed(machine: Machine, function: Function, values: list[Value], site: Site) -> Taint:
    """What the result of a function that is not run through may hold: it depends on its parameters."""
    taint = CLEAN
    for number, value in enumerate(values):
        own = containers.laden(machine, value).taint
        if own:
            taint = blend(
                taint, crossing(stepped(own, site, f"through {function.name}()"), Slot(function.path, number))
            )
    return taint
