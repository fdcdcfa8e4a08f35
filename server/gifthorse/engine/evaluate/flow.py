"""What instructions make of branches, loops, comprehensions and of leaving a function.

Branches and loops fork the Store; it is joined where the ways meet.
"""

from typing import Final

from gifthorse.engine.evaluate import arithmetic, containers, doubts, guards, loops, memory
from gifthorse.engine.evaluate.happenings import Returned
from gifthorse.engine.evaluate.machine import Machine, Operation
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.values import (
    NOTHING,
    UNKNOWN,
    Value,
    join,
)
from gifthorse.model.knowledge import EVERYTHING


def _return(machine: Machine, op: Op) -> None:
    value = machine.stack[-1]
    if not machine.store.dead:
        if machine.sized:
            memory.note_return(machine, value, op)
        machine.frames[-1].results.append(value)
        loops.note_return(machine)
        guards.note_return(machine, value)
        if machine.callers and len(machine.frames) == 1:
            site = machine.site(op)
            machine.listener.returned(machine, Returned(machine.callers, value, site, machine.nearby()))
    machine.store.dead = True


def _yield(machine: Machine, _: Op) -> None:
    if not machine.store.dead:
        machine.frames[-1].results.append(machine.stack[-1])


def _leave(machine: Machine, op: Op) -> None:
    """Raises, or goes to where a loop or a choice ends: what holds here holds there too."""
    if not machine.store.dead:
        loops.leave(machine, str(op.operand))
    if not machine.store.dead and not op.operand and machine.thrown and machine.stack[-1] is not NOTHING:
        machine.thrown[-1].append(machine.stack[-1])
    machine.store.dead = True


def _fork(machine: Machine, op: Op) -> None:
    """The operand says whether there is a test on the stack: `try` has none."""
    test = machine.pop() if op.operand else NOTHING
    if machine.released:
        memory.tested(machine, test)
    machine.tests.append(test)
    machine.thrown.append([])
    machine.kept.append([])
    machine.doubted.append(doubts.snapshot(machine, test.guards) if test.guards else {})
    machine.store.fork()
    const = containers.constant(machine, test)
    if (
        const is not UNKNOWN
        and test.kind == ""
        and isinstance(const, bool | int | str)
        and not arithmetic.truth(const, machine.loose)
    ):
        machine.store.dead = True
    elif test.guards:
        guards.assume(machine, test.guards, truth=True)


def _assume(machine: Machine, op: Op) -> None:
    """What was tested last is true here; the operand is what a switch compares with it."""
    test = machine.stack[-1]
    if test.guards:
        guards.assume(machine, test.guards, truth=True)
    elif op.operand is not None and test.closed and not isinstance(test.const, bool):
        guards.assume(machine, guards.guard(machine, op.operand, (EVERYTHING,), holds=True), truth=True)


def _arm(machine: Machine, op: Op) -> None:
    if isinstance(op.operand, int) and op.operand < 0:
        machine.store.next_handler()
        return
    machine.store.next_arm()
    const = machine.tests[-1].const
    if machine.tests[-1].guards:
        guards.assume(machine, machine.tests[-1].guards, truth=False)
    if (
        isinstance(op.operand, int)
        and op.operand > 0
        and isinstance(const, bool | int | str)
        and arithmetic.truth(const, machine.loose)
    ):
        machine.store.dead = True


def _merge(machine: Machine, op: Op) -> None:
    test = machine.tests.pop()
    machine.thrown.pop()
    taken = isinstance(test.const, bool | int | str) and arithmetic.truth(test.const, machine.loose)
    if op.operand and not taken and test.guards:
        machine.store.next_arm()
        guards.assume(machine, test.guards, truth=False)
        taken = True
    doubted, or_none = machine.doubted.pop(), bool(op.operand) and not taken
    undecided = bool(doubted) and machine.store.ways() + or_none > 1
    machine.store.merge(or_none=or_none)
    if undecided:
        doubts.restore(machine, doubted)
    joined: Value | None = None
    for value in machine.kept.pop():
        joined = value if joined is None else join(joined, value)
    machine.push(joined or NOTHING)


def _tested(machine: Machine, _: Op) -> None:
    """What the branch around is about."""
    machine.push(machine.tests[-1] if machine.tests else NOTHING)


def _caught(machine: Machine, _: Op) -> None:
    """What was raised on the way that is dealt with here, where that is known."""
    joined: Value | None = None
    for value in machine.thrown[-1] if machine.thrown else ():
        joined = value if joined is None else join(joined, value)
    machine.push(joined or NOTHING)


def _keep(machine: Machine, _: Op) -> None:
    """What a way of a branch gives: its value, if it is taken at all."""
    value = machine.pop()
    if not machine.store.dead:
        machine.kept[-1].append(value)


def _collect(machine: Machine, _: Op) -> None:
    machine.bags.append(([], []))


def _gather(machine: Machine, _: Op) -> None:
    if machine.loops and machine.loops[-1].skips:
        return
    machine.bags[-1][0].append(machine.stack[-1])


def _gather_pair(machine: Machine, _: Op) -> None:
    key, value = machine.take(2)
    machine.push(value)
    if not (machine.loops and machine.loops[-1].skips):
        machine.bags[-1][1].append((key, value))


def _collected(machine: Machine, _: Op) -> None:
    values, pairs = machine.bags.pop()
    if pairs:
        known = [(key.const, value) for key, value in pairs if isinstance(key.const, str | int)]
        other = [value for key, value in pairs if not isinstance(key.const, str | int)]
        machine.push(containers.make_dict(machine, known, other))
    else:
        machine.push(containers.make_list(machine, values))


OPERATIONS: Final[dict[str, Operation]] = {
    "assume": _assume,
    "return": _return, "yield": _yield, "leave": _leave, "fork": _fork, "arm": _arm, "merge": _merge,
    "collect": _collect, "gather": _gather, "gather-pair": _gather_pair,
    "collected": _collected, "tested": _tested, "caught": _caught, "keep": _keep,
}  # fmt: skip
