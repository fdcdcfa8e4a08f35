"""What an intrinsic may answer, and what all intrinsics need: arguments, hops, writing fields, the Listener.

The intrinsics themselves are in `reflection`, `collecting`, `texts` and `running`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from gifthorse.engine.evaluate import containers
from gifthorse.engine.evaluate.happenings import Arguments, Assignment
from gifthorse.engine.evaluate.machine import Finish, Machine
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.values import NOTHING, Value

CALL_VALUE: Final = "call-value"


class Later(NamedTuple):
    """Operand of CALL_VALUE: call this with these, and give the result to `finish`."""

    callee: Value
    given: Arguments
    finish: Finish


class Pass:
    """The type of PASS: the intrinsic does not apply here."""


PASS: Final = Pass()


class Redirect(NamedTuple):
    """Call this instead."""

    callee: Value
    given: Arguments


@dataclass(frozen=True, slots=True)
class Start:
    """Begin running something; the result comes when its frame ends."""

    start: Callable[[Machine, Op, Finish | None], Value | None]

    def begin(self, machine: Machine, op: Op, finish: Finish | None) -> Value | None:
        """Begin it; None: a frame was begun."""
        return self.start(machine, op, finish)


Outcome = Value | Redirect | Start | Pass
Intrinsic = Callable[[Machine, Value, Arguments, str], Outcome]


def argument(given: Arguments, place: int, name: str = "") -> Value:
    """The argument at a place or by its keyword; NOTHING where there is none."""
    if place < len(given.positional):
        return given.positional[place]
    return given.keywords.get(name, NOTHING)


def hop(value: Value, step: str, *others: Value) -> Value:
    """The Value, reached by one more reflective step, with those of what it was reached by."""
    hops = value.hops | {step}
    for other in others:
        hops |= other.hops
    return value._replace(hops=hops)


def rest_of(given: Arguments, start: int) -> Arguments:
    """The arguments without the first few positional ones."""
    return Arguments(given.positional[start:], dict(given.keywords), given.complete)


def machine_op(machine: Machine) -> Op:
    """The instruction being run."""
    frame = machine.frame
    return frame.program.code[frame.pc - 1]


def assign(machine: Machine, target: Value, key: str | int, value: Value, op: Op) -> None:
    """Write a field and tell the Listener."""
    target = containers.plain(target)
    if target.kind == "scope":
        machine.store.put((target.ref, f"{machine.language.settings.get('scope_mark', '')}{key}"), value)
        announce_assignment(machine, str(key), value, op, target.hops)
        return
    containers.put(machine, target, key, value)
    for option in target.alternatives():
        if option.name or option.kind in {"class", "instance", "dict"}:
            announce_assignment(machine, f"{option.name}.{key}" if option.name else str(key), value, op, target.hops)


def announce_assignment(machine: Machine, name: str, value: Value, op: Op, hops: frozenset[str]) -> None:
    """Tell the Listener of an assignment: at the whole statement where one is being run."""
    if not machine.listener.hears_assignment(name):
        return
    toward = machine.towards[-1] if machine.towards and op.code.startswith("store") else None
    statement = toward.op if toward is not None and toward.shape is not None else op
    shape = toward.shape if toward is not None and not hops and machine.frame.fixed is None else None
    machine.listener.assign(machine, Assignment(name, value, machine.site(statement), shape, (name, *machine.nearby())))


def is_callable(value: Value) -> bool:
    """Whether a Value may be called: a function, a class, or something with a name."""
    return bool(value.fn or value.kind == "class" or (value.name and not value.known))


def index_scope(machine: Machine, target: Value, key: Value) -> Value:
    """A name looked up through the scope's dictionary."""
    if not isinstance(key.const, str):
        return Value(hops=target.hops | key.hops)
    word = machine.language.settings.get("scope_mark", "") + key.const
    found = machine.store.value((target.ref, word)) or Value(name=word)
    return found._replace(hops=found.hops | target.hops | key.hops)
