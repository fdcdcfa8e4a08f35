"""Conditions that say something of a variable: `x in ALLOWED`, `x == "a"`, `is_safe(x)`, and functions that check.

A Guard names a place of the Store. Where the condition holds, what is there is harmless; merging does the rest.
A check that knowledge names speaks of more: `is_private(host)` of the address that the host was taken from.
Which calls are checks is said by `lore`.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from gifthorse.engine.evaluate import arithmetic, containers, doubts, members
from gifthorse.engine.evaluate.arithmetic import EQUAL, MEMBER, NO_MEMBER, UNEQUAL
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.machine import Finish, Frame, Machine
from gifthorse.engine.evaluate.scopes import lookup
from gifthorse.engine.evaluate.sight import SURE, assure, note
from gifthorse.engine.evaluate.store import Place
from gifthorse.engine.evaluate.taint import Guard, Origin, cleared, cleared_from, negated, origins_of
from gifthorse.engine.evaluate.values import UNKNOWN, Scope, Value, literal
from gifthorse.engine.predicates import Subject, meets
from gifthorse.model.fact import Fact
from gifthorse.model.knowledge import EVERYTHING

GIVEN: Final = "<given>"
"""In a place of its own: what was given to a parameter, where that is kept nowhere else."""
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
        inside = fact.part("object") if fact.role in {"member", "index"} else None
        if inside is None:
            return found if fact.role in {"name", "bareword"} else []
        fact = inside
    return []


def _field_of(fact: Fact) -> str:
    """The name of a field that is read: a member's, or an index that is written as a text."""
    if fact.role == "member":
        prop = fact.part("prop")
        return prop.text if prop is not None else ""
    key = fact.part("key")
    while key is not None and key.role in {"wrap", "text"} and len(key.kids) == 1:
        key = key.kids[0]
    return key.text.strip("'\"`") if key is not None and key.role in {"str", "word", "chars"} else ""


def place_of(machine: Machine, fact: Fact | None) -> Found | None:
    """Where the value of a variable or of a field is kept; None for any other expression."""
    chain = _chain(fact) if fact is not None else []
    if not chain:
        return None
    name = chain.pop().text
    value = lookup(machine, name)
    place: Place = (_scope_of(machine, name), name)
    for step in reversed(chain):
        prop = _field_of(step)
        if not prop or value.ref is None or value.options:
            return None
        place = value.ref, prop
        value = members.member(machine, value, prop)
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
    if machine.store.value(found.place) is not found.value:
        machine.store.put(found.place, found.value)
    return (Guard(found.place, clears, holds),)


def checked(machine: Machine, fact: Fact, value: Value, clears: tuple[str, ...], holds: bool) -> tuple[Guard, ...]:
    """What a check by a library says of what was given to it, and of all that came from the same sources. One that
    makes it harmless everywhere says what it is: that the scheme of an address is known says nothing of the address.
    """
    origins = origins_of(value.taint)
    if not origins or EVERYTHING in clears:
        return guard(machine, fact, clears, holds)
    found = guard(machine, fact, clears, holds)
    return (Guard(found[0].place if found else None, clears, holds, origins),)


def _parts(
    machine: Machine, sides: tuple[Fact | None, Fact | None], values: list[Value], holds: bool
) -> tuple[Guard, ...]:
    """What a comparison of a telling part (the host of an address) says of the whole."""
    found: list[Guard] = []
    for fact, value, other in zip(sides, values, reversed(values), strict=True):
        telling = value.taint and not other.taint and value.name and not _empty(other)
        clears = machine.lore.of_part(value.name) if telling else ()
        if clears and fact is not None:
            found.extend(checked(machine, fact, value, clears, holds))
    return tuple(found)


def compared(machine: Machine, operator: str, sides: tuple[Fact | None, Fact | None], values: list[Value]) -> Value:
    """What a comparison gives: no text, and what it says of its sides."""
    one, other = values
    guards = _answered(operator, one, other) or _answered(operator, other, one)
    if one.taint and not other.taint and operator in EQUAL | UNEQUAL | MEMBER | NO_MEMBER and not _empty(other):
        guards = guard(machine, sides[0], (EVERYTHING,), operator in EQUAL | MEMBER)
    elif other.taint and not one.taint and operator in EQUAL | UNEQUAL and not _empty(one):
        guards = guard(machine, sides[1], (EVERYTHING,), operator in EQUAL)
    if other.taint and operator in MEMBER | NO_MEMBER:
        guards += _within(machine, sides[1], values, operator in MEMBER)
    if machine.lore.telling and operator in EQUAL | UNEQUAL | MEMBER | NO_MEMBER:
        guards += _parts(machine, sides, values, operator in EQUAL | MEMBER)
    closed = one.closed and other.closed
    guards += tuple(found for found in doubts.kept(one, other) if found not in guards)
    return Value(closed=closed, hops=one.hops | other.hops, plain=not closed, guards=guards)


def _within(machine: Machine, fact: Fact | None, values: list[Value], holds: bool) -> tuple[Guard, ...]:
    """What knowledge says of `".." in text`, as of a check that is called `in`."""
    found: list[Guard] = []
    known = machine.lore.of_call("in") if fact is not None else None
    for check in known.checks if known is not None else ():
        if fact is not None and meets(machine, check.where, Subject(machine, Arguments(values, {}), {})):
            found.extend(checked(machine, fact, values[1], check.clears, check.holds is holds))
    return tuple(found)


def _empty(value: Value) -> bool:
    """Whether it is nothing, or nearly so: what is equal to that would do no harm anyhow."""
    return value.const is None or isinstance(value.const, bool) or (isinstance(value.const, str) and not value.const)


def _answered(operator: str, one: Value, other: Value) -> tuple[Guard, ...]:
    """What a check says whose answer is compared: `check(x) == 1`, `check(x) === false`, `check(x) > 0`."""
    if not one.guards or not other.known or isinstance(other.const, str | list | dict):
        return ()
    yes = operator in EQUAL | {">="} if other.const else operator in UNEQUAL | {">"}
    no = operator in UNEQUAL | {"<"} if other.const else operator in EQUAL | {"<="}
    return one.guards if yes else negated(one.guards) if no else ()


def combined(operator: str, one: Value, other: Value) -> tuple[Guard, ...]:
    """What `one and other`, `one or other` say: both hold where the first is true, neither where the second is not."""
    holds = operator in {"and", "&&"}
    guards = *one.guards, *other.guards
    unsure = doubts.either(found for found in guards if found.holds is not holds and not found.either)
    return (*(found for found in guards if found.either or found.holds is holds), *unsure)


def assume(machine: Machine, guards: Iterable[Guard], truth: bool) -> None:
    """From here on a condition is known to be true, or not."""
    for found in guards:
        if found.either or found.holds is truth:
            if found.place is not None:
                _ensure(machine, found.place, found.clears)
            if found.origins:
                assure(machine, found.origins, found.clears, inner=found.either)


def _ensure(machine: Machine, place: Place, clears: tuple[str, ...]) -> None:
    value = machine.store.value(place)
    if value is None or not value.taint:
        return
    options = tuple(option._replace(taint=cleared(option.taint, clears)) for option in value.options)
    plain = value.plain or EVERYTHING in clears
    machine.store.put(place, value._replace(taint=cleared(value.taint, clears), options=options, plain=plain))
    note(machine, place, clears)


def where(machine: Machine, value: Value, guards: Iterable[Guard], truth: bool) -> Value:
    """A value that was computed before the condition was looked at, where that is true, or not."""
    for found in guards:
        if not (found.either or found.holds is truth) or not value.taint:
            continue
        kept = machine.store.value(found.place) if found.place is not None else None
        origins = (*found.origins, *(origins_of(kept.taint) if kept is not None else ()))
        if origins:
            value = value._replace(taint=cleared_from(value.taint, origins, found.clears), options=())
    return value


def opposite(value: Value) -> Value:
    """What `not value` gives."""
    return Value(closed=value.closed, hops=value.hops, plain=not value.closed, guards=negated(value.guards))


def proved(machine: Machine, element: Value | None) -> dict[Origin, tuple[str, ...]]:
    """What the body of a loop, which ends here, has found out of the sources of the element that it was run for.

    A loop that looks at each of them, and leaves where one is bad, has checked the whole; also where there is none.
    """
    sources = frozenset(origins_of(element.taint)) if element is not None else frozenset()
    found: dict[Origin, tuple[str, ...]] = {}
    for place, entry in machine.store.written() if sources else ():
        before = machine.store.below(place)
        if not isinstance(entry, Value) or not isinstance(before, Value):
            continue
        known = {(trace.label, trace.stages[0]): frozenset(trace.cleared) for trace in before.taint}
        for trace in entry.taint:
            origin = trace.label, trace.stages[0]
            new = frozenset(trace.cleared) - known.get(origin, frozenset(trace.cleared))
            if new and origin in sources:
                found[origin] = tuple(sorted(new.union(found.get(origin, ()))))
    return found


def assume_proved(machine: Machine, found: dict[Origin, tuple[str, ...]]) -> None:
    """From here on that holds, whether or not the loop was run."""
    for origin, clears in sorted(found.items()):
        assure(machine, (origin,), clears)


def watch(machine: Machine, frame: Frame, arguments: dict[str, Fact], finish: Finish | None) -> Finish | None:
    """Note where the outside text in the arguments of a function is kept that is about to be run. What to do when it
    has been: tell what it found of them.
    """
    for name, fact in arguments.items():
        place = frame.scope.ref, name
        found = place_of(machine, fact)
        if found is None:
            arrived = machine.store.value(place)
            found = Found((place, GIVEN), arrived) if arrived is not None else None
        if found is not None and found.value.taint:
            frame.given[place] = found.place
            if machine.store.value(found.place) is not found.value:
                machine.store.put(found.place, found.value)
            machine.store.put((place, SURE), literal(()))
    if not frame.given:
        return finish
    before = dict(machine.looked)

    def leave(machine: Machine, result: Value) -> Value | None:
        if not frame.verdicts or frame.last:
            frame.verdicts.append((None, _sure(machine, frame, result)))
        result = result._replace(guards=tuple(_verdict(machine, frame)))
        result = doubts.answered(machine, frame, before, result)
        return finish(machine, result) if finish else result

    return leave


def _sure(machine: Machine, frame: Frame, result: Value) -> tuple[Guard, ...]:
    """What is known of the arguments where a function is left."""
    found = [found for found in result.guards if found.place in frame.given]
    for place in frame.given:
        arrived = machine.store.value(place)
        sources = frozenset(origins_of(arrived.taint)) if arrived is not None else frozenset()
        about = (one for one in result.guards if one.place != place and not sources.isdisjoint(one.origins))
        found.extend(one._replace(place=place) for one in about)
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
                yield Guard(kept, tuple(sorted(found[holds])), holds, _origins_at(machine, kept))
        always = found[True] & found[False] if len(frame.verdicts) else set()
        if always:
            origins, clears = _origins_at(machine, kept), tuple(sorted(always))
            _ensure(machine, kept, clears)
            if EVERYTHING not in always:
                assure(machine, origins, clears)


def _origins_at(machine: Machine, place: Place) -> tuple[Origin, ...]:
    value = machine.store.value(place)
    return origins_of(value.taint) if value is not None else ()
