"""What instructions make of loops, and of leaving them: by `break` and `continue`, at the end, or with the function.

A loop over known elements is run for each of them; one whose test is known, as long as it holds; any other once, and
again where that changes what was read, joined with not at all. What holds where a loop is left holds behind it.
"""

from typing import Final

from gifthorse.engine.evaluate import arithmetic, containers, guards
from gifthorse.engine.evaluate.machine import Loop, Machine, Operation
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.store import Layer
from gifthorse.engine.evaluate.values import NOTHING, UNKNOWN, Value, folded, join, shorten
from gifthorse.model.knowledge import PARAMETER

MAX_UNROLLED = 16
"""Elements for each of which a loop's body is run; of more, any may be the one."""
MAX_UNROLLED_COLLECTING = 128
"""The same for a comprehension, whose body is small."""
MAX_LOOP_STEPS = 50_000
MAX_TURNS_SIZE = 1_600
"""Instructions of all turns of a loop whose test is known."""
MAX_AGAIN_SIZE = 250
"""Instructions of a body that is run once more where a number or a text changed in it."""
MAX_PASSES = 6
"""Over one loop, while outside text still comes to more places."""

OUT: Final = frozenset({"break", "last"})
"""Words that leave the innermost loop or choice; one of ON goes to its next turn."""
ON: Final = frozenset({"continue", "next"})


def _begin(machine: Machine, waiting: list[Value], element: Value | None = None, perhaps: bool = True) -> None:
    """`perhaps`: the body may not be run at all."""
    start = machine.frames[-1].pc
    machine.loops.append(Loop(start, waiting, perhaps, element, depth=machine.store.fork(), frames=len(machine.frames)))


def _each(machine: Machine, op: Op) -> None:
    """Begin a loop over a Value: with its known elements one by one, else with any of them."""
    value = machine.pop()
    parts = _gone_through(machine, value, bool(op.operand))
    limit = MAX_UNROLLED_COLLECTING if machine.bags else MAX_UNROLLED
    if parts and len(parts) <= limit:
        if op.operand:
            parts = _numbered(machine, value, parts)
        _begin(machine, parts[1:], perhaps=False)
        machine.push(parts[0])
        return
    some: Value | None = None
    for part in (parts or [])[:MAX_UNROLLED]:
        some = part if some is None else join(some, part)
    name = shorten(f"{value.name}[]") if value.name else ""
    if some is None:
        some = Value(name=name, closed=value.closed, hops=value.hops, taint=value.taint, plain=value.plain)
        held = list((containers.fields(machine, value) or {}).values())[:MAX_UNROLLED]
        for part in held:
            some = join(some, part)
        if op.operand and held:
            some = containers.make_list(machine, [NOTHING, some])
    _begin(machine, [], some)
    machine.push(some)


def _gone_through(machine: Machine, value: Value, numbered: bool) -> list[Value] | None:
    """The known elements; of a dictionary its keys, or its values where the language goes through these."""
    if value.kind == "dict" and not numbered and machine.language.settings.get("dictionary_gives") == "values":
        return list((containers.fields(machine, value) or {}).values())
    return containers.elements(machine, value)


def _numbered(machine: Machine, value: Value, parts: list[Value]) -> list[Value]:
    """Key and value of each element, where a loop binds both."""
    keys = list((containers.fields(machine, value) or dict(enumerate(parts))).keys())
    if value.kind == "dict":
        parts = list((containers.fields(machine, value) or {}).values())
    return [containers.make_list(machine, [folded(key), part]) for key, part in zip(keys, parts, strict=False)]


def _once(machine: Machine, op: Op) -> None:
    """Begin a loop with a test, or with none (the operand): then its body is run at least once."""
    _begin(machine, [], perhaps=not op.operand)


def _check(machine: Machine, _: Op) -> None:
    """The test of a loop: where it is known to fail the loop ends here, and where it is known to hold the body is
    run. A literal says nothing of how often.
    """
    test, loop = machine.pop(), machine.loops[-1]
    const = test.const if isinstance(test.const, bool | int | str) and test.kind == "" else UNKNOWN
    if const is UNKNOWN:
        loop.sure, loop.perhaps = False, loop.perhaps or loop.turns > 0
    elif arithmetic.truth(const, machine.loose):
        loop.sure, loop.perhaps = not test.literal, loop.perhaps and loop.turns > 0
    else:
        if not machine.store.dead:
            machine.store.leave_to(loop.depth)
            loop.perhaps = False
        loop.sure, machine.store.dead = False, True


def _sift(machine: Machine, _: Op) -> None:
    """The condition of a comprehension: an element that does not meet it is left out."""
    test = machine.pop()
    const = containers.constant(machine, test)
    if const is not UNKNOWN and machine.loops and not arithmetic.truth(const, machine.loose):
        machine.loops[-1].skips = True


def _again(machine: Machine, _: Op) -> None:
    """The end of a loop's body: back to its start with the next element, or on.

    Where outside text came into what was read before, the body is run again until no more comes.
    """
    loop, store = machine.loops[-1], machine.store
    if loop.nexts:
        store.rejoin(loop.nexts)
        loop.nexts = []
    loop.skips = False
    if not store.dead and machine.steps < MAX_LOOP_STEPS and _another(machine, loop):
        return
    known = guards.proved(machine, loop.element)
    more = machine.lore.active and any(label != PARAMETER for label in store.brings_taint())
    changed = not loop.passes and _size(machine, loop) <= MAX_AGAIN_SIZE and loop.perhaps and store.changes()
    store.merge(or_none=loop.perhaps)
    guards.assume_proved(machine, known)
    if (more or changed) and loop.perhaps and loop.passes < MAX_PASSES and machine.steps < MAX_LOOP_STEPS:
        loop.passes += 1
        machine.pop()
        loop.depth = store.fork()
        if loop.element is not None:
            machine.push(loop.element)
        machine.frames[-1].pc = loop.start
        return
    if more and loop.passes == MAX_PASSES:
        machine.exceeded = machine.exceeded or "outside text goes round in a loop too often"
    machine.loops.pop()


def _size(machine: Machine, loop: Loop) -> int:
    return machine.frames[-1].pc - loop.start


def _another(machine: Machine, loop: Loop) -> bool:
    """Whether the body is run for the next element, or because its test is known to have held."""
    if loop.waiting:
        machine.pop()
        machine.push(loop.waiting.pop(0))
    elif loop.sure and loop.turns < MAX_UNROLLED and (loop.turns + 1) * _size(machine, loop) <= MAX_TURNS_SIZE:
        loop.turns += 1
        machine.pop()
    else:
        loop.perhaps = loop.perhaps or loop.sure
        return False
    machine.frames[-1].pc = loop.start
    return True


def _breakable(machine: Machine, op: Op) -> None:
    """Begin a choice or a block that can be left from inside; the operand is its label."""
    machine.loops.append(
        Loop(-1, [], perhaps=False, depth=machine.store.fork(), frames=len(machine.frames), label=str(op.operand or ""))
    )


def _rejoined(machine: Machine, _: Op) -> None:
    """The end of that."""
    machine.loops.pop()
    machine.store.merge(or_none=False)


def leave(machine: Machine, words: str) -> None:
    """`break`, `continue`, with a label or without: what holds now holds where that goes."""
    word, _, label = words.partition(" ")
    if word not in OUT and word not in ON:
        machine.frames[-1].failed = True
        return
    for loop in reversed(machine.loops):
        if loop.frames != len(machine.frames):
            return
        if label and label != loop.label:
            continue
        if word in OUT and (loop.start >= 0 or label or not loop.label):
            machine.store.leave_to(loop.depth)
            return
        if word in ON and loop.start >= 0:
            loop.nexts.append(machine.store.since(loop.depth))
            return


def note_return(machine: Machine) -> None:
    """What holds where a function returns from inside a branch holds behind its call."""
    frame, store = machine.frames[-1], machine.store
    if len(machine.frames) < 2:
        return
    if store.level <= frame.level:
        frame.ended = True
    else:
        layer: Layer = store.since(frame.level)
        frame.exits.append(layer)


OPERATIONS: Final[dict[str, Operation]] = {
    "each": _each, "once": _once, "check": _check, "sift": _sift, "again": _again, "breakable": _breakable,
    "rejoined": _rejoined,
}  # fmt: skip
