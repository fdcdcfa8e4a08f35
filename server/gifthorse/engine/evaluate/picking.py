"""What instructions make of patterns: elements and fields taken out of a Value that stays."""

from typing import Final

from gifthorse.engine.evaluate import containers, hooks, members
from gifthorse.engine.evaluate.machine import Machine, Operation
from gifthorse.engine.evaluate.names import field_of
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.values import (
    NOTHING,
    Value,
    mixed,
)


def _pick(machine: Machine, op: Op) -> None:
    """An element or a field of the Value on top, which stays."""
    value, key = machine.stack[-1], op.operand
    if isinstance(key, int):
        parts = containers.elements(machine, value)
        if parts is not None:
            machine.push(parts[key] if key < len(parts) else NOTHING)
            return
        machine.push(mixed([value])._replace(closed=False, name=value.name if key == 0 else ""))
        return
    hooks.read(machine, value, str(key), field_of(machine, value, str(key)))


def _pick_by(machine: Machine, _: Op) -> None:
    """The field of a computed name of the Value below, which stays."""
    key = machine.pop()
    machine.push(containers.hopped(members.index(machine, machine.stack[-1], key), "computed member"))


def _others(machine: Machine, op: Op) -> None:
    """All fields of the Value on top but those named."""
    held = containers.fields(machine, machine.stack[-1])
    taken: tuple[str, ...] = op.operand
    left = {name: value for name, value in (held or {}).items() if name not in taken}
    machine.push(containers.make_dict(machine, left.items()) if held is not None else machine.stack[-1])


def _rest(machine: Machine, op: Op) -> None:
    parts = containers.elements(machine, machine.stack[-1])
    start: int = op.operand
    machine.push(containers.make_list(machine, parts[start:]) if parts is not None else NOTHING)


def _held(machine: Machine, op: Op) -> None:
    """A declaration without a value: the name keeps what it has, where the language lets it be used before."""
    scope = machine.frames[-1].scope
    held = machine.store.value((scope.ref, str(op.operand))) if machine.loose else None
    machine.push(held or NOTHING)


def _slice(machine: Machine, op: Op) -> None:
    places: tuple[int, ...] = op.operand
    ends: list[object] = [None, None, None]
    values = machine.take(len(places))
    for place, value in zip(places, values, strict=True):
        if place < len(ends):
            ends[place] = value.const
    whole = mixed(values)
    machine.push(Value(const=tuple(ends), kind="slice", closed=whole.closed or not values, hops=whole.hops))


OPERATIONS: Final[dict[str, Operation]] = {
    "pick": _pick, "pick-by": _pick_by, "others": _others, "rest": _rest, "held": _held, "slice": _slice,
}  # fmt: skip
