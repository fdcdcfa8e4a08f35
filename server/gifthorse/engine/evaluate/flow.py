"""What instructions make of branches, loops, comprehensions and of leaving a function.

Branches and loops fork the Store; it is joined where the ways meet.
"""

from typing import Final

from gifthorse.engine.evaluate import arithmetic, containers, guards
from gifthorse.engine.evaluate.machine import Loop, Machine, Operation, Returned
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.values import (
    NOTHING,
    UNKNOWN,
    Value,
    folded,
    join,
    shorten,
)
from gifthorse.model.knowledge import EVERYTHING, PARAMETER

MAX_UNROLLED = 16
"""Elements for each of which a loop's body is run; of more, any may be the one."""
MAX_UNROLLED_COLLECTING = 128
"""The same for a comprehension, whose body is small."""


def _return(machine: Machine, op: Op) -> None:
    value = machine.stack[-1]
    if not machine.store.dead:
        machine.frames[-1].results.append(value)
        guards.note_return(machine, value)
        if machine.callers and len(machine.frames) == 1:
            site = machine.site(op)
            machine.listener.returned(machine, Returned(machine.callers, value, site, machine.nearby()))
    machine.store.dead = True


def _yield(machine: Machine, _: Op) -> None:
    if not machine.store.dead:
        machine.frames[-1].results.append(machine.stack[-1])


def _leave(machine: Machine, _: Op) -> None:
    machine.store.dead = True


def _fork(machine: Machine, op: Op) -> None:
    """The operand says whether there is a test on the stack: `try` has none."""
    test = machine.pop() if op.operand else NOTHING
    machine.tests.append(test)
    machine.kept.append([])
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
    taken = isinstance(test.const, bool | int | str) and arithmetic.truth(test.const, machine.loose)
    if op.operand and not taken and test.guards:
        machine.store.next_arm()
        guards.assume(machine, test.guards, truth=False)
        taken = True
    machine.store.merge(or_none=bool(op.operand) and not taken)
    joined: Value | None = None
    for value in machine.kept.pop():
        joined = value if joined is None else join(joined, value)
    machine.push(joined or NOTHING)


def _tested(machine: Machine, _: Op) -> None:
    """What the branch around is about."""
    machine.push(machine.tests[-1] if machine.tests else NOTHING)


def _keep(machine: Machine, _: Op) -> None:
    """What a way of a branch gives: its value, if it is taken at all."""
    value = machine.pop()
    if not machine.store.dead:
        machine.kept[-1].append(value)


def _each(machine: Machine, op: Op) -> None:
    """Begin a loop over a Value: with its known elements one by one, else with any of them."""
    value = machine.pop()
    parts = containers.elements(machine, value)
    limit = MAX_UNROLLED_COLLECTING if machine.bags else MAX_UNROLLED
    frame = machine.frames[-1]
    if parts and len(parts) <= limit:
        if op.operand:
            parts = _numbered(machine, value, parts)
        machine.loops.append(Loop(frame.pc, parts[1:], forked=False))
        machine.push(parts[0])
        return
    some: Value | None = None
    for part in (parts or [])[:MAX_UNROLLED]:
        some = part if some is None else join(some, part)
    name = shorten(f"{value.name}[]") if value.name else ""
    if some is None:
        some = Value(name=name, closed=value.closed, hops=value.hops, taint=value.taint, plain=value.plain)
    machine.loops.append(Loop(frame.pc, [], forked=True, element=some))
    machine.store.fork()
    machine.push(some)


def _numbered(machine: Machine, value: Value, parts: list[Value]) -> list[Value]:
    """Key and value of each element, where a loop binds both."""
    keys = list((containers.fields(machine, value) or dict(enumerate(parts))).keys())
    if value.kind == "dict":
        parts = list((containers.fields(machine, value) or {}).values())
    return [containers.make_list(machine, [folded(key), part]) for key, part in zip(keys, parts, strict=False)]


def _once(machine: Machine, _: Op) -> None:
    machine.loops.append(Loop(machine.frames[-1].pc, [], forked=True))
    machine.store.fork()


def _again(machine: Machine, _: Op) -> None:
    """The end of a loop's body: back to its start with the next element, or on.

    Where outside text came into what was read before, the body is run again until no more comes.
    """
    loop = machine.loops[-1]
    if loop.waiting and machine.steps < MAX_LOOP_STEPS:
        machine.pop()
        machine.store.dead = False
        machine.push(loop.waiting.pop(0))
        machine.frames[-1].pc = loop.start
        return
    if loop.forked:
        more = set(machine.store.brings_taint()) if machine.lore.active else set()
        outside = bool(more - {PARAMETER})
        known = guards.proved(machine, loop.element)
        machine.store.merge(or_none=True)
        guards.assume_proved(machine, known)
        if more and loop.passes < (MAX_PASSES if outside else 1) and machine.steps < MAX_LOOP_STEPS:
            loop.passes += 1
            machine.pop()
            machine.store.fork()
            if loop.element is not None:
                machine.push(loop.element)
            machine.frames[-1].pc = loop.start
            return
        if outside:
            machine.exceeded = machine.exceeded or "outside text goes round in a loop too often"
        machine.loops.pop()
    else:
        machine.loops.pop()
        machine.store.dead = False


MAX_LOOP_STEPS = 50_000
MAX_PASSES = 6
"""Over one loop, while outside text still comes to more places."""


def _collect(machine: Machine, _: Op) -> None:
    machine.bags.append(([], []))


def _gather(machine: Machine, _: Op) -> None:
    machine.bags[-1][0].append(machine.stack[-1])


def _gather_pair(machine: Machine, _: Op) -> None:
    key, value = machine.take(2)
    machine.bags[-1][1].append((key, value))
    machine.push(value)


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
    "return": _return, "yield": _yield, "leave": _leave, "fork": _fork, "arm": _arm, "merge": _merge, "each": _each,
    "once": _once, "again": _again, "collect": _collect, "gather": _gather, "gather-pair": _gather_pair,
    "collected": _collected, "tested": _tested, "keep": _keep,
}  # fmt: skip
