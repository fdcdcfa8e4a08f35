"""Conditions that say something of a variable: `x in ALLOWED`, `x == "a"`, `is_safe(x)`, and functions that check.

A Guard names a place of the Store. Where the condition holds, what is there is harmless; merging does the rest.
Which calls are checks is said by `lore`.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from gifthorse.engine.evaluate import arithmetic, containers
from gifthorse.engine.evaluate.arithmetic import EQUAL, MEMBER, NO_MEMBER, UNEQUAL
from gifthorse.engine.evaluate.machine import Finish, Frame, Machine
from gifthorse.engine.evaluate.names import lookup
from gifthorse.engine.evaluate.store import Place
from gifthorse.engine.evaluate.taint import Guard, Taint, cleared, negated
from gifthorse.engine.evaluate.values import UNKNOWN, Scope, Value, literal
from gifthorse.model.fact import Fact
from gifthorse.model.knowledge import EVERYTHING

SURE: Final = "<sure>"
"""In a place of its own: what an argument was found to be harmless for since its function was entered."""
MAX_CHAIN: Final = 8


class Found(NamedTuple):
    """Where an expression's value is kept, and that value."""

    place: Place
    value: Value


def _chain(fact: Fact) -> list[Fact]:
    """The expression and what it is a member of, the innermost last; empty where it is more than names and members."""
    found: list[Fact] = []
    while len(found) < MAX_CHAIN:
        while fact.role in {"wrap", "unop"} and fact.kids:
            fact = fact.part("value") or fact.part("arg") or fact.kids[-1]
        found.append(fact)
        inside = fact.part("object") if fact.role == "member" else None
        if inside is None:
            return found if fact.role == "name" else []
        fact = inside
    return []


def place_of(machine: Machine, fact: Fact | None) -> Found | None:
    """Where the value of a variable or of a field is kept; None for any other expression."""
    chain = _chain(fact) if fact is not None else []
    if not chain:
        return None
    name = chain.pop().text
    value = lookup(machine, name)
    place: Place = (_scope_of(machine, name), name)
    for step in reversed(chain):
        prop = step.part("prop")
        if prop is None or value.ref is None or value.options:
            return None
        place = value.ref, prop.text
        value = containers.member(machine, value, prop.text)
    return Found(place, value)


def _scope_of(machine: Machine, name: str) -> object:
    scope: Scope | None = machine.frames[-1].scope
    while scope is not None and scope.names is not None and name not in scope.names:
        scope = scope.parent
    return scope.ref if scope is not None else ""


def guard(machine: Machine, fact: Fact | None, clears: tuple[str, ...], holds: bool) -> tuple[Guard, ...]:
    """What a check says of the variable that was given to it."""
    found = place_of(machine, fact)
    if found is None or not found.value.taint:
        return ()
    machine.store.put(found.place, found.value)
    return (Guard(found.place, clears, holds),)


def compared(machine: Machine, operator: str, sides: tuple[Fact | None, Fact | None], values: list[Value]) -> Value:
    """What a comparison gives: no text, and what it says of its sides."""
    one, other = values
    guards: tuple[Guard, ...] = ()
    if one.taint and not other.taint and operator in EQUAL | UNEQUAL | MEMBER | NO_MEMBER:
        guards = guard(machine, sides[0], (EVERYTHING,), operator in EQUAL | MEMBER)
    elif other.taint and not one.taint and operator in EQUAL | UNEQUAL:
        guards = guard(machine, sides[1], (EVERYTHING,), operator in EQUAL)
    closed = one.closed and other.closed
    return Value(closed=closed, hops=one.hops | other.hops, plain=not closed, guards=guards)


def combined(operator: str, one: Value, other: Value) -> tuple[Guard, ...]:
    """What `one and other`, `one or other` say: both hold where the first is true, neither where the second is not."""
    holds = operator in {"and", "&&"}
    return tuple(found for found in (*one.guards, *other.guards) if found.holds is holds)


def assume(machine: Machine, guards: Iterable[Guard], truth: bool) -> None:
    """From here on a condition is known to be true, or not."""
    for found in guards:
        if found.holds is truth:
            _ensure(machine, found.place, found.clears)


def _ensure(machine: Machine, place: Place, clears: tuple[str, ...]) -> None:
    value = machine.store.value(place)
    if value is None or not value.taint:
        return
    options = tuple(option._replace(taint=cleared(option.taint, clears)) for option in value.options)
    plain = value.plain or EVERYTHING in clears
    machine.store.put(place, value._replace(taint=cleared(value.taint, clears), options=options, plain=plain))
    sure = machine.store.value((place, SURE))
    if sure is not None and isinstance(sure.const, tuple):
        machine.store.put((place, SURE), literal((*sure.const, *clears)))


def where(machine: Machine, value: Value, guards: Iterable[Guard], truth: bool) -> Value:
    """A value that was computed before the condition was looked at, where that is true, or not."""
    for found in guards:
        kept = machine.store.value(found.place) if found.holds is truth and value.taint else None
        if kept is not None:
            value = value._replace(taint=_without(value.taint, kept.taint, found.clears), options=())
    return value


def _without(taint: Taint, known: Taint, clears: tuple[str, ...]) -> Taint:
    sources = {(trace.label, trace.stages[0]) for trace in known}
    return tuple(
        one
        for trace in taint
        for one in (cleared((trace,), clears) if (trace.label, trace.stages[0]) in sources else (trace,))
    )


def opposite(value: Value) -> Value:
    """What `not value` gives."""
    return Value(closed=value.closed, hops=value.hops, plain=not value.closed, guards=negated(value.guards))


def watch(machine: Machine, frame: Frame, arguments: dict[str, Fact], finish: Finish | None) -> Finish | None:
    """Note where the outside text in the arguments of a function is kept that is about to be run. What to do when it
    has been: tell what it found of them.
    """
    for name, fact in arguments.items():
        found = place_of(machine, fact)
        if found is not None and found.value.taint:
            place = frame.scope.ref, name
            frame.given[place] = found.place
            machine.store.put(found.place, found.value)
            machine.store.put((place, SURE), literal(()))
    if not frame.given:
        return finish

    def leave(machine: Machine, result: Value) -> Value | None:
        if not frame.verdicts or frame.last:
            frame.verdicts.append((None, _sure(machine, frame, result)))
        result = result._replace(guards=tuple(_verdict(machine, frame)))
        return finish(machine, result) if finish else result

    return leave


def _sure(machine: Machine, frame: Frame, result: Value) -> tuple[Guard, ...]:
    """What is known of the arguments where a function is left."""
    found = [found for found in result.guards if found.place in frame.given]
    for place in frame.given:
        sure = machine.store.value((place, SURE))
        if sure is not None and isinstance(sure.const, tuple) and sure.const:
            found.extend(Guard(place, sure.const, holds) for holds in (True, False))
    return tuple(found)


def note_return(machine: Machine, value: Value) -> None:
    """A function that was given outside text is left with this result."""
    frame = machine.frames[-1]
    if frame.given:
        const = containers.constant(machine, value)
        truth = arithmetic.truth(const, machine.loose) if const is not UNKNOWN else None
        frame.verdicts.append((truth, _sure(machine, frame, value)))


def _verdict(machine: Machine, frame: Frame) -> Iterable[Guard]:
    """What all results together say; what holds for every one of them holds from here on."""
    for place, kept in frame.given.items():
        found: dict[bool, set[str]] = {}
        for holds in (True, False):
            ways = [guards for truth, guards in frame.verdicts if truth in {None, holds}]
            labels = [
                {label for one in guards if one.place == place and one.holds is holds for label in one.clears}
                for guards in ways
            ]
            found[holds] = set.intersection(*labels) if labels else set()
            if found[holds]:
                yield Guard(kept, tuple(sorted(found[holds])), holds)
        always = found[True] & found[False] if len(frame.verdicts) else set()
        if always:
            _ensure(machine, kept, tuple(sorted(always)))
