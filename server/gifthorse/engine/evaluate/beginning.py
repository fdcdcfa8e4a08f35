"""Beginning to run one of the file's own functions at a call: whether that is worth it, and its frame."""

from collections.abc import Sequence

from gifthorse.engine.evaluate import containers, entering, members
from gifthorse.engine.evaluate.arguments import (
    ABSENT,
    by_parameter,
    packed,
    parameter_values,
    shared_names,
    with_unnamed,
)
from gifthorse.engine.evaluate.entering import program_of
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.machine import MAX_CALL_SIZE, MAX_DEPTH, MAX_INLINED, Finish, Frame, Machine
from gifthorse.engine.evaluate.program import Op, Program
from gifthorse.engine.evaluate.taint import outside
from gifthorse.engine.evaluate.values import (
    NONE,
    NOTHING,
    Function,
    Scope,
    Value,
)

SMALL = 40
"""Instructions of a function with a result that is run through even where nothing is known of its arguments."""
WRAPPER = 120
"""Instructions of a function that is run through wherever something is known of its arguments; a larger one only if
a word occurs in it that the Listener waits for."""


def _informative(value: Value) -> bool:
    """Whether knowing this argument could tell more than the function's own look at itself."""
    return bool(
        value.known or value.closed or value.fn or value.kind or value.options or value.hops or value.built
        or (value.taint and outside(value.taint))
        or ("." in value.name and "()" not in value.name)
    )  # fmt: skip


def can_begin(machine: Machine, function: Function, most: int) -> bool:
    """Whether a function of at most so many instructions may be run through here: depth, recursion, budget."""
    program_of(machine, function)
    if function.program is None or len(machine.frames) > MAX_DEPTH + 1:
        return False
    size = len(function.program.code)
    if size > most or machine.inlined + size > MAX_INLINED:
        return False
    return not any(frame.function is function for frame in machine.frames)


def _filled(machine: Machine, value: Value | None) -> bool:
    """Whether something is known of what this object holds."""
    return value is not None and value.ref is not None and bool(machine.store.names(value.ref))


def worth_it(machine: Machine, callee: Value, given: Arguments) -> bool:
    """Whether running through a function at this call could tell more than its own look at itself."""
    function = callee.fn
    if function is None or not can_begin(machine, function, MAX_CALL_SIZE) or function.program is None:
        return False
    program = function.program
    size = len(program.code)
    if function.fixed is not None:
        return True  # Code in a string is looked at nowhere else.
    if size <= SMALL and (program.returns or program.outward or machine.last_value or machine.sized):
        return True
    values = (*given.positional, *given.keywords.values())
    if not program.words.isdisjoint(machine.listener.remembered) and _prepares(program, values):
        return True
    if any(value.taint for value in values) and _judges(machine, function):
        return True
    telling = any(map(_informative, values)) or any(_filled(machine, value) for value in (callee.receiver, *values))
    if not telling:
        return False
    if size <= WRAPPER or not program.words.isdisjoint(machine.listener.words):
        return True
    return any(outside(value.taint) for value in values) and not program.words.isdisjoint(machine.listener.harms)


def _judges(machine: Machine, function: Function) -> bool:
    """Whether a check occurs in a function, or in one of the file's that it names."""
    words = function.program.words if function.program is not None else NONE
    if not words.isdisjoint(machine.lore.judges):
        return True
    if not machine.lore.judges:
        return False
    for word in function.program.called if function.program is not None else ():
        if function.owner is not None:
            inner = members.own(machine, function.owner, word) or NOTHING
        else:
            inner = machine.store.value((function.scope.ref, word)) or NOTHING
        if inner.fn is not None and inner.fn is not function:
            program_of(machine, inner.fn)
            if inner.fn.program is not None and not inner.fn.program.words.isdisjoint(machine.lore.judges):
                return True
    return False


def begin(machine: Machine, callee: Value, given: Arguments, op: Op, finish: Finish | None) -> None:
    """Begin a frame for one of the file's own functions, which `callee` holds with its receiver."""
    function, receiver = callee.fn, callee.receiver
    if function is None:
        raise ValueError("Only a function of the file can be begun.")
    program_of(machine, function)
    program = function.program
    if program is None:
        machine.push(NOTHING)
        return
    first = machine.language.settings.get("receiver") != "this"
    names = program.names if first or receiver is None else program.names | {"this"}
    scope = Scope(machine.fresh(), names - shared_names(machine, function, program), function.scope)
    if machine.options and program.parameters:
        given = by_parameter(given)
    values = parameter_values(function, given, receiver, first)
    for number, (parameter, value) in enumerate(zip(program.parameters, values, strict=True)):
        values[number] = value if parameter.kind == "plain" else packed(machine, value)
        if parameter.pattern is None and value is not ABSENT:
            machine.store.put((scope.ref, parameter.name), values[number])
    if not first and receiver is not None:
        machine.store.put((scope.ref, "this"), receiver)
    if machine.unnamed(program):
        scope = with_unnamed(machine, given, scope)
    machine.inlined += len(program.code)
    frame = Frame(
        program, scope, function.path, len(machine.stack), dead=machine.store.dead, site=machine.site(op),
        arguments=values, finish=finish, function=function, hops=callee.hops, fixed=machine.frame.fixed or function.fixed,
        last=machine.last_value, level=machine.store.level,
    )  # fmt: skip
    if program.yields and not function.decorated:
        frame.finish = _one_by_one(frame, finish)
    if machine.lore.active and any(value.taint for value in values):
        entering.enter(machine, frame, given, first and receiver is not None and function.owner is not None)
    machine.frames.append(frame)


def _one_by_one(frame: Frame, finish: Finish | None) -> Finish:
    """What a generator gives: all that it yields, in order."""

    def give(machine: Machine, result: Value) -> Value | None:
        whole = containers.make_list(machine, frame.results) if frame.results else result
        return finish(machine, whole) if finish else whole

    return give


def _prepares(program: Program, values: Sequence[Value]) -> bool:
    """Whether a function may make an object ready for use: one that it makes and gives back, or one that it is given."""
    made = program.returns and not values
    return made or any(value.ref is not None and value.name.endswith("()") for value in values)
