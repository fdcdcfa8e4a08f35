"""Calls: alternatives, the file's own functions and classes, and what a call of anything else gives."""

import functools
from typing import NamedTuple

from gifthorse.engine.evaluate import arriving, containers, entering, folding, hooks, instances, memory, passing
from gifthorse.engine.evaluate.arguments import (
    ABSENT,
    by_parameter,
    gather,
    packed,
    parameter_values,
    shared_names,
    with_bound,
    with_unnamed,
)
from gifthorse.engine.evaluate.entering import program_of
from gifthorse.engine.evaluate.history import remember
from gifthorse.engine.evaluate.intrinsics import INTRINSICS, meaning_of
from gifthorse.engine.evaluate.machine import (
    MAX_CALL_SIZE,
    MAX_DEPTH,
    MAX_INLINED,
    Arguments,
    Call,
    Finish,
    Frame,
    Machine,
)
from gifthorse.engine.evaluate.names import called_by_text
from gifthorse.engine.evaluate.outcomes import PASS, Later, Outcome, Redirect, Start, assign
from gifthorse.engine.evaluate.program import CallShape, Op
from gifthorse.engine.evaluate.taint import outside
from gifthorse.engine.evaluate.values import (
    NONE,
    NOTHING,
    UNKNOWN,
    Function,
    Scope,
    Value,
    folded,
    join,
    mixed,
    shorten,
)

MAX_REDIRECTS = 8
HOOKED = frozenset({"instance", "super"})
"""Kinds of Values of which a call may mean one of something else."""
SMALL = 40
"""Instructions of a function with a result that is run through even where nothing is known of its arguments."""
WRAPPER = 120
"""Instructions of a function that is run through wherever something is known of its arguments; a larger one only if
a word occurs in it that the Listener waits for."""


class Written(NamedTuple):
    """The call being run: its instruction and, unless it was redirected, its shape."""

    op: Op
    shape: CallShape | None
    direct: bool


def call(machine: Machine, op: Op) -> None:
    """The instruction `call`: operands are the callee and the arguments."""
    shape: CallShape = op.operand
    values = machine.take(len(shape.arguments))
    callee = machine.pop()
    made = [(one.name, value) for one, value in zip(shape.arguments, values, strict=True) if one.kind == "field"]

    def fill(machine: Machine, result: Value) -> Value:
        for name, value in made:
            assign(machine, result, name, value, op)
        return result

    written = Written(op, shape, direct=True)
    invoke(machine, callee, gather(machine, shape, values), written, fill if made else None)


def call_value(machine: Machine, op: Op) -> None:
    """The instruction `call-value`, which only intrinsics make: call what its operand says."""
    later: Later = op.operand
    invoke(machine, later.callee, later.given, Written(op, None, direct=False), later.finish)


def invoke(machine: Machine, callee: Value, given: Arguments, written: Written, finish: Finish | None = None) -> None:
    """Call a Value. The result is pushed at once, or when the frame that was begun ends."""
    options = callee.alternatives()
    if machine.released and not meaning_of(machine.language, callee.name).startswith("release"):
        for value in given.positional:
            memory.note_use(machine, value, written.op, through=False)
    if machine.text_calls:
        options = tuple(called_by_text(machine, option) for option in options)
    if len(options) == 1:
        result = _invoke_one(machine, options[0], given, written, finish)
        if machine.released:
            for value in given.positional:
                memory.tested(machine, value)
        if result is not None:
            _give(machine, result, finish)
        return
    waiting, found = list(options), []
    machine.store.fork()

    def one(machine: Machine, result: Value) -> Value | None:
        found.append(result)
        return proceed(machine)

    def proceed(machine: Machine) -> Value | None:
        while waiting:
            if found:
                machine.store.next_arm()
            result = _invoke_one(machine, waiting.pop(0), given, written, one)
            if result is None:
                return None
            found.append(result)
        machine.store.merge(or_none=False)
        joined = functools.reduce(join, found)
        return finish(machine, joined) if finish else joined

    last = proceed(machine)
    if last is not None:
        machine.push(last)


def _give(machine: Machine, result: Value, finish: Finish | None) -> None:
    given = finish(machine, result) if finish else result
    if given is not None:
        machine.push(given)


def _invoke_one(
    machine: Machine, callee: Value, given: Arguments, written: Written, finish: Finish | None
) -> Value | None:
    """Follow redirections (call, apply, partial ...) to what is really called. None: a frame was begun."""
    for _ in range(MAX_REDIRECTS):
        given = with_bound(callee, given)
        written = written._replace(direct=written.direct and not callee.bound)
        callee = callee._replace(bound=()) if callee.bound else callee
        if callee.kind in HOOKED:
            callee = hooks.called(machine, callee)
            given = with_bound(callee, given)
        meaning = meaning_of(machine.language, callee.name) if callee.fn is None and callee.kind != "class" else ""
        outcome: Outcome = PASS
        if meaning:
            outcome = _meant(machine, callee, given, meaning)
        if isinstance(outcome, Redirect):
            callee, given = outcome.callee, outcome.given
            written = written._replace(direct=False)
            continue
        if _is_getter(machine, callee, given, written):
            return callee
        announce(machine, callee, given, written)
        if isinstance(outcome, Value):
            return outcome
        if isinstance(outcome, Start):
            return outcome.begin(machine, written.op, finish)
        return _run(machine, callee, given, written, finish)
    return NOTHING


def _meant(machine: Machine, callee: Value, given: Arguments, meaning: str) -> Outcome:
    """What an intrinsic answers: of several words with bars between, the first that applies."""
    outcome: Outcome = PASS
    for word in meaning.split("|"):
        head, _, rest = word.partition(":")
        outcome = INTRINSICS[head](machine, callee, given, rest)
        if outcome is not PASS:
            break
    return outcome


def _is_getter(machine: Machine, callee: Value, given: Arguments, written: Written) -> bool:
    """Whether a call without arguments only reads a field of an object (the setting `getters`)."""
    if (
        not machine.getters
        or not written.direct
        or callee.fn is not None
        or callee.receiver is not None
        or callee.kind == "class"
    ):
        return False
    method = written.shape.fact.part("method") if written.shape is not None else None
    # One of several that it may be has lost its object: then its name tells that nothing is held there.
    return not given.positional and not given.keywords and method is not None and not callee.name.endswith(f".{method.text}")


def announce(machine: Machine, callee: Value, given: Arguments, written: Written) -> None:
    """Tell the Listener of a call of something with a name; functions given to it may be called by a library."""
    if not callee.name:
        return
    known = machine.lore.of_call(callee.name)
    if known is not None and known.handlers:
        functions = (*given.positional, *given.keywords.values())
        arriving.register(machine, known.handlers, functions, callee.name)
    if not machine.listener.hears_call(callee.name):
        return
    site = machine.site(written.op)
    direct = written.direct and not callee.hops and machine.frame.fixed is None
    shape = written.shape if machine.frame.fixed is None else None
    machine.listener.call(machine, Call(callee.name, callee, given, site, shape, direct, machine.nearby()))


def _run(machine: Machine, callee: Value, given: Arguments, written: Written, finish: Finish | None) -> Value | None:
    if callee.kind == "class":
        return _instantiate(machine, callee, given, written, finish)
    if callee.fn is not None and written.shape is not None and written.shape.fact.part("new") is not None:
        return _instantiate(machine, Value(kind="class", ref=callee.ref), given, written, finish, callee)
    if callee.fn is not None:
        callee = instances.overloaded(machine, callee, given)
        if callee.fn is not None and _worth_it(machine, callee, given):
            begin(machine, callee, given, written.op, finish)
            return None
        _expose_all(machine, callee, given)
        return entering.around(machine, callee, given, machine.site(written.op))
    result = opaque(machine, callee, given, written)
    if not machine.listener.hears_call(callee.name):
        _expose_all(machine, callee, given)
    return result


def _expose_all(machine: Machine, callee: Value, given: Arguments) -> None:
    """Whatever a call of something unknown gets to see, it may change; so may a method its object."""
    language, tail = machine.language, callee.name.rpartition(".")[2]
    if callee.name in language.pure or callee.name in language.settings.get("readers", "").split():
        return
    for value in (*given.positional, *given.keywords.values()):
        containers.expose(machine, value)
    if callee.receiver is not None and tail not in language.pure_methods:
        containers.expose(machine, callee.receiver)


def _informative(value: Value) -> bool:
    """Whether knowing this argument could tell more than the function's own look at itself."""
    return bool(
        value.known or value.closed or value.fn or value.kind or value.options or value.hops or value.built
        or (value.taint and outside(value.taint))
        or ("." in value.name and "()" not in value.name)
    )  # fmt: skip


def _can_begin(machine: Machine, function: Function, most: int) -> bool:
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


def _worth_it(machine: Machine, callee: Value, given: Arguments) -> bool:
    """Whether running through a function at this call could tell more than its own look at itself."""
    function = callee.fn
    if function is None or not _can_begin(machine, function, MAX_CALL_SIZE) or function.program is None:
        return False
    program = function.program
    size = len(program.code)
    if function.fixed is not None:
        return True  # Code in a string is looked at nowhere else.
    if size <= SMALL and (program.returns or program.outward or machine.last_value or machine.sized):
        return True
    if not program.words.isdisjoint(machine.listener.remembered):
        return True
    values = (*given.positional, *given.keywords.values())
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
            inner = containers.own(machine, function.owner, word) or NOTHING
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


def _instantiate(
    machine: Machine, kind: Value, given: Arguments, written: Written, finish: Finish | None, by: Value = NOTHING
) -> Value | None:
    instance = instances.instance_of(machine, kind)
    maker = by.fn or containers.member(machine, kind, instances.constructor_of(machine.language, kind)).fn
    if maker is not None:
        maker = instances.overloaded(machine, Value(fn=maker), given).fn
    if maker is None:
        return instances.filled(machine, instance, given)
    entering.make(machine, maker, given, instance, machine.site(written.op))
    if not _can_begin(machine, maker, WRAPPER):
        return instance
    given_back = (lambda machine, _: finish(machine, instance)) if finish else (lambda _machine, _: instance)
    begin(machine, Value(fn=maker, receiver=instance, hops=kind.hops), given, written.op, given_back)
    return None


def opaque(machine: Machine, callee: Value, given: Arguments, written: Written) -> Value:
    """What a call of something outside the file gives: a constant where it only computes, else its name with `()`."""
    values = [*given.positional, *given.keywords.values()]
    inputs = [callee.receiver, *values] if callee.receiver is not None else values
    whole = mixed(containers.laden(machine, value) if value.kind else value for value in inputs)
    tail = callee.name.rpartition(".")[2]
    language = machine.language
    receiver = callee.receiver
    method = receiver is not None and receiver.closed and tail in language.pure_methods
    closed = given.complete and all(value.closed for value in values) and (callee.name in language.pure or method)
    hops = callee.hops | whole.hops
    if closed and receiver is not None and not given.keywords:
        const = folding.method(receiver.const, tail, [containers.constant(machine, value) for value in values])
        if const is not UNKNOWN:
            return folded(const, hops)
    name = shorten(callee.name + "()") if callee.name else ""
    plain = whole.plain and (callee.name in language.pure or tail in language.pure_methods)
    ref = machine.fresh() if name else None
    result = Value(name=name, closed=closed, ref=ref, hops=hops, taint=whole.taint, plain=plain)
    if machine.lore.active:
        shape = written.shape if written.direct else None
        made = passing.Happening(callee, given, machine.site(written.op), shape)
        result = passing.result_of(machine, made, result)
    if machine.listener.remembered:
        remember(machine, callee, given, result)
    return result
