"""Checks of which nobody can tell what their answer says: a function of the file looks at a text in several ways and
answers yes or no, an error or nothing.

Where the answer of such a check decides whether the code goes on, what was looked at counts as checked; where both
ways go on, it does not. The exact reading of conditions is in `guards`.
"""

from collections.abc import Iterable
from typing import Final

from gifthorse.engine.evaluate import containers
from gifthorse.engine.evaluate.machine import Frame, Machine
from gifthorse.engine.evaluate.sight import assure, holding
from gifthorse.engine.evaluate.store import Place
from gifthorse.engine.evaluate.taint import Guard, Origin, blend, origins_of
from gifthorse.engine.evaluate.values import Value, same
from gifthorse.model.knowledge import EVERYTHING

MOST_PARTS: Final = 4
"""Results that a function gives at once."""


def look(machine: Machine, value: Value, clears: Iterable[str]) -> None:
    """A check that knowledge names was called with a text."""
    for origin in origins_of(value.taint):
        machine.looked[origin] = machine.looked.get(origin, frozenset()).union(clears)


def either(guards: Iterable[Guard]) -> tuple[Guard, ...]:
    """What checks say where their answer is only a part of a condition: nobody can tell which way it goes."""
    return tuple(found._replace(place=None, either=True) for found in guards if found.origins)


def kept(*values: Value) -> tuple[Guard, ...]:
    """What is left of doubtful checks where their answer is compared with something."""
    return tuple(found for value in values for found in value.guards if found.either)


def _about(machine: Machine, frame: Frame, before: dict[Origin, frozenset[str]]) -> tuple[Guard, ...]:
    """What a function looked at that it was given."""
    given: set[Origin] = set()
    for place in frame.given.values():
        value = machine.store.value(place)
        given.update(origins_of(value.taint) if value is not None else ())
    found: list[Guard] = []
    for origin in sorted(given):
        new = machine.looked.get(origin, frozenset()) - before.get(origin, frozenset()) - {EVERYTHING}
        if new:
            found.append(Guard(None, tuple(sorted(new)), True, (origin,), either=True))
    return tuple(found)


def _differ(results: list[Value]) -> bool:
    return any(not same(results[0], other) for other in results[1:])


def answered(machine: Machine, frame: Frame, before: dict[Origin, frozenset[str]], result: Value) -> Value:
    """The result of a function, with what it may say of what was looked at meanwhile. One that fails instead of
    answering has checked already.
    """
    found = _about(machine, frame, before)
    if not found:
        return result
    if frame.failed:
        for one in found:
            assure(machine, one.origins, one.clears)
    if not _differ(frame.results) and not any(kept(value) for value in frame.results):
        return result
    for option in result.alternatives():
        if option.ref is not None and option.kind == "list":
            for key, part in list((containers.fields(machine, option) or {}).items())[:MOST_PARTS]:
                machine.store.put((option.ref, key), part._replace(guards=(*part.guards, *found)))
    return result._replace(guards=(*result.guards, *found))


def snapshot(machine: Machine, guards: Iterable[Guard]) -> dict[Place, Value]:
    """All in sight that doubtful checks speak of, as it is before the branch that asks for their answer."""
    origins = frozenset(origin for found in guards if found.either for origin in found.origins)
    return holding(machine, origins, inner=True) if origins else {}


def restore(machine: Machine, before: dict[Place, Value]) -> None:
    """Both ways of the branch went on: the check has decided nothing."""
    for place, value in before.items():
        now = machine.store.value(place)
        if now is not None and same(now._replace(taint=(), options=(), guards=(), plain=False), _bare(value)):
            machine.store.put(place, now._replace(taint=blend(now.taint, value.taint), plain=value.plain))


def _bare(value: Value) -> Value:
    return value._replace(taint=(), options=(), guards=(), plain=False)
