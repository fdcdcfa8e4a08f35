"""Calls: alternatives, the file's own functions and classes, and what a call of anything else gives."""

import functools
from collections.abc import Sequence
from typing import Final, final

from gifthorse.engine.evaluate import (
    arriving,
    containers,
    entering,
    folding,
    hooks,
    instances,
    members,
    memory,
    passing,
)
from gifthorse.engine.evaluate.arguments import (
    gather,
    with_bound,
)
from gifthorse.engine.evaluate.beginning import WRAPPER, begin, can_begin, worth_it
from gifthorse.engine.evaluate.happenings import Arguments, Call
from gifthorse.engine.evaluate.history import remember
from gifthorse.engine.evaluate.intrinsics import INTRINSICS, meaning_of
from gifthorse.engine.evaluate.machine import Finish, Machine
from gifthorse.engine.evaluate.making import tell
from gifthorse.engine.evaluate.outcomes import PASS, Later, Outcome, Redirect, Start, assign
from gifthorse.engine.evaluate.program import CallShape, Op
from gifthorse.engine.evaluate.scopes import called_by_text
from gifthorse.engine.evaluate.values import (
    NOTHING,
    UNKNOWN,
    Value,
    folded,
    join,
    mixed,
    shorten,
)

MAX_REDIRECTS = 8
HOOKED = frozenset({"instance", "super"})
"""Kinds of Values of which a call may mean one of something else."""


_AS_WRITTEN: Final = frozenset({"scope dictionary"})
"""Ways to a callee that leave the arguments of its call what they are: `window.parent.postMessage(..)`."""


@final
class Written:
    """The call being run: its instruction and, unless it was redirected, its shape."""

    __slots__ = ("direct", "op", "shape")

    def __init__(self, op: Op, shape: CallShape | None, direct: bool) -> None:
        self.op = op
        self.shape = shape
        self.direct = direct


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
    last = _invoke_each(machine, options, given, written, finish)
    if last is not None:
        machine.push(last)


def _invoke_each(
    machine: Machine, options: Sequence[Value], given: Arguments, written: Written, finish: Finish | None
) -> Value | None:
    """Call each of several Values, as if in branches; what they give is joined. None: a frame was begun."""
    waiting: list[Value] = list(options)
    found: list[Value] = []
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

    return proceed(machine)


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
        written = Written(written.op, written.shape, written.direct and not callee.bound)
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
            written = Written(written.op, written.shape, direct=False)
            continue
        if _is_getter(machine, callee, given, written):
            return callee
        announce(machine, callee, given, written)
        if isinstance(outcome, Value):
            _tell(machine, outcome, callee, given, written)
            if outcome.taint:
                return passing.cleaned(
                    machine, passing.Happening(callee, given, machine.site(written.op), None), outcome
                )
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
        intrinsic = INTRINSICS.get(head)
        if intrinsic is None:  # A word for members only, such as `fields`: as a call it means nothing.
            continue
        outcome = intrinsic(machine, callee, given, rest)
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
    return (
        not given.positional
        and not given.keywords
        and method is not None
        and not callee.name.endswith(f".{method.text}")
    )


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
    direct = written.direct and machine.frame.fixed is None and (not callee.hops or _as_written(callee, written.shape))
    shape = written.shape if machine.frame.fixed is None else None
    machine.listener.call(machine, Call(callee.name, callee, given, site, shape, direct, machine.nearby()))


def _as_written(callee: Value, shape: CallShape | None) -> bool:
    """Whether a callee was reached by plain names alone, so that nothing but its own arguments came along."""
    func = shape.fact.part("func") if shape is not None else None
    return func is not None and func.role == "member" and callee.hops <= _AS_WRITTEN


def _tell(machine: Machine, result: Value, callee: Value, given: Arguments, written: Written) -> None:
    """Tell of a text that a call made from constants."""
    if isinstance(result.const, str | bytes) and not result.literal:
        own = (callee.receiver,) if callee.receiver is not None else ()
        tell(machine, result, (*own, *given.positional, *given.keywords.values()), written.op)


def _run(machine: Machine, callee: Value, given: Arguments, written: Written, finish: Finish | None) -> Value | None:
    if callee.kind == "class":
        return _instantiate(machine, callee, given, written, finish)
    if callee.fn is not None and written.shape is not None and written.shape.fact.part("new") is not None:
        return _instantiate(machine, Value(kind="class", ref=callee.ref, fn=callee.fn), given, written, finish)
    if callee.fn is not None:
        callee = instances.overloaded(machine, callee, given)
        if callee.fn is not None and worth_it(machine, callee, given):
            begin(machine, callee, given, written.op, finish)
            return None
        _expose_all(machine, callee, given)
        return entering.around(machine, callee, given, machine.site(written.op))
    result = opaque(machine, callee, given, written)
    _tell(machine, result, callee, given, written)
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


def _instantiate(
    machine: Machine, kind: Value, given: Arguments, written: Written, finish: Finish | None
) -> Value | None:
    instance = instances.instance_of(machine, kind)
    maker = kind.fn or members.member(machine, kind, instances.constructor_of(machine.language, kind)).fn
    if maker is not None:
        maker = instances.overloaded(machine, Value(fn=maker), given).fn
    if maker is None:
        return instances.filled(machine, instance, given)
    entering.make(machine, maker, given, instance, machine.site(written.op))
    if not can_begin(machine, maker, WRAPPER):
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
