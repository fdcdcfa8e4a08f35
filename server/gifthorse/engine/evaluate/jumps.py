"""Places that are jumped to: what holds there is what held where the jumps were made, and before the place itself.

Jumps back are not followed. Loops and branches are in `flow`.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.engine.evaluate.compiler import Compiler, Emitter, Step, visit, word_of
from gifthorse.engine.evaluate.machine import Machine, Operation
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.store import NEVER, RELEASED, Entry, Layer, Place, join_entries
from gifthorse.engine.evaluate.values import NOTHING, Value
from gifthorse.model.fact import Fact

MOST = 24
"""Jumps that are remembered in one function."""


def _jump(_: Compiler, fact: Fact, __: int, ___: str) -> Iterator[Step]:
    yield Op("jump", word_of(fact.part("name")))


def _label(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    yield Op("label", word_of(fact.part("name")))
    for name, kid in zip(fact.names, fact.kids, strict=True):
        if name != "name":
            yield Op("drop")
            yield visit(kid, base)


EMITTERS: Final[dict[str, Emitter]] = {"jump": _jump, "label": _label}


def _jumped(machine: Machine, op: Op) -> None:
    """Keep what holds here for the place that is jumped to."""
    store, jumps = machine.store, machine.frame.jumps
    if not store.dead and len(jumps) < MOST:
        jumps.append((str(op.operand), tuple(dict(layer) for layer in store.layers)))
    store.dead = True
    machine.push(NOTHING)


def _labelled(machine: Machine, op: Op) -> None:
    """Join what held at all jumps to here, and what holds before this place unless it is never come to that way."""
    store, level = machine.store, len(machine.store.layers) - 1
    waiting = [layers[level:] for name, layers in machine.frame.jumps if name == op.operand]
    ways: list[Layer] = [{place: entry for layer in way for place, entry in layer.items()} for way in waiting]
    if not store.dead or not ways:
        ways.append(dict(store.layers[level]))
    store.dead = machine.frame.dead
    store.layers[level] = {}
    places = dict.fromkeys(place for way in ways for place in way)
    store.layers[level].update({place: _joined(machine, place, ways) for place in places})
    machine.push(NOTHING)


def _joined(machine: Machine, place: Place, ways: Sequence[Layer]) -> Entry:
    found: Entry | None = None
    for way in ways:
        entry = way[place] if place in way else machine.store.get(place)
        if entry is None and place[1] == RELEASED:
            entry = NEVER
        if entry is not None and found is not None:
            found = _most(found, entry) if place[1] == RELEASED else join_entries(found, entry)
        elif entry is not None:
            found = entry
    return found if found is not None else NOTHING


def _most(one: Entry, other: Entry) -> Entry:
    """Given back on one way counts: that way can be gone to its end."""
    counts = [entry.const if isinstance(entry, Value) and isinstance(entry.const, int) else 0 for entry in (one, other)]
    return one if counts[0] >= counts[1] else other


OPERATIONS: Final[dict[str, Operation]] = {"jump": _jumped, "label": _labelled}
