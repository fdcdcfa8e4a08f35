"""What is in sight of the code being run: variables and arguments that hold text from certain sources."""

from collections.abc import Collection, Iterator
from typing import Final

from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.store import Place
from gifthorse.engine.evaluate.taint import Origin, cleared_from, origins_of
from gifthorse.engine.evaluate.values import Scope, Value, literal

SURE: Final = "<sure>"
"""In a place of its own: what an argument was found to be harmless for since its function was entered."""


def _places(machine: Machine, inner: bool) -> Iterator[Place]:
    for frame in machine.frames[-1:] if inner else machine.frames:
        scope: Scope | None = frame.scope
        while scope is not None:
            names = sorted(scope.names) if scope.names is not None else machine.store.tainted_names(scope.ref)
            yield from ((scope.ref, name) for name in names)
            scope = scope.parent if not inner else None
        if not inner:
            yield from frame.given.values()


def holding(machine: Machine, origins: Collection[Origin], *, inner: bool = False) -> dict[Place, Value]:
    """All variables in sight, and what arguments were given as, that hold text from these sources. `inner`: only in
    the function that is being run.
    """
    found: dict[Place, Value] = {}
    for place in dict.fromkeys(_places(machine, inner)):
        value = machine.store.value(place)
        if value is not None and any(origin in origins for origin in origins_of(value.taint)):
            found[place] = value
    return found


def assure(machine: Machine, origins: Collection[Origin], clears: tuple[str, ...], *, inner: bool = False) -> None:
    """All of that is harmless for these sinks from here on, as far as it came from these sources."""
    for place, value in holding(machine, origins, inner=inner).items():
        options = tuple(one._replace(taint=cleared_from(one.taint, origins, clears)) for one in value.options)
        machine.store.put(place, value._replace(taint=cleared_from(value.taint, origins, clears), options=options))
        if not inner:
            note(machine, place, clears)


def note(machine: Machine, place: Place, clears: tuple[str, ...]) -> None:
    """An argument was found to be harmless since its function was entered."""
    sure = machine.store.value((place, SURE))
    if sure is not None and isinstance(sure.const, tuple):
        machine.store.put((place, SURE), literal((*sure.const, *clears)))
