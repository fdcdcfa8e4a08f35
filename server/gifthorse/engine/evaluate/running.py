"""Intrinsics that run something: code in a string, and a function for each element of a list.

They begin frames of the machine; nothing of the file's code is ever executed.
"""

from collections.abc import Sequence
from typing import Final

from gifthorse.engine.evaluate import containers
from gifthorse.engine.evaluate.compile import compile_item
from gifthorse.engine.evaluate.entering import program_of
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.machine import Finish, Frame, Machine
from gifthorse.engine.evaluate.outcomes import (
    CALL_VALUE,
    PASS,
    Intrinsic,
    Later,
    Outcome,
    Redirect,
    Start,
    argument,
    is_callable,
)
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.scopes import called_by_text
from gifthorse.engine.evaluate.values import NOTHING, Function, Scope, Value, folded, mixed, shorten

MAX_CODES = 8
"""Pieces of code in strings that one unit may run."""
MAX_EACH = 8
"""Elements for which a function given to `map` and the like is run."""
MAX_EACH_SIZE = 600
"""Instructions of all that, where the function is small and there are more elements."""


def _code_given(machine: Machine, given: Arguments, rest: str) -> Value:
    """The code: the first argument, all joined by blanks (`joined`), what an option says, or what is sent in."""
    if rest == "joined":
        parts = [containers.constant(machine, one) for one in given.positional]
        known = all(isinstance(part, str) for part in parts)
        return folded(" ".join(map(str, parts)), mixed(given.positional).hops) if known and parts else NOTHING
    if rest == "options":
        words = [one for one in given.positional if not str(one.const).startswith("-")]
        return words[0] if words else given.keywords.get("stdin", NOTHING)
    if rest.startswith("option "):
        found = next((given.keywords[name] for name in rest.split()[1:] if name in given.keywords), None)
        return found if found is not None else given.keywords.get("stdin", NOTHING)
    return argument(given, 0)


def _evaluate(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """Code in a string: `eval(code)`, `exec(code)`; `function`: `Function(..., body)` gives a function of it."""
    code = given.positional[-1] if rest == "function" and given.positional else _code_given(machine, given, rest)
    if not isinstance(code.const, str | bytes) or machine.codes >= MAX_CODES:
        return PASS
    text = code.const if isinstance(code.const, str) else code.const.decode("utf-8", "replace")
    if rest == "function":
        names = [one.const for one in given.positional[:-1]]
        shape = machine.language.settings.get("function_code", "{body}")
        text = shape.replace("{parameters}", ", ".join(map(str, names))).replace("{body}", text)
    held = [containers.plain(one) for one in given.positional[1:3] if one.kind in {"dict", f"{containers.FIELDS}scope"}]
    return _code(machine, text, code.hops, held[-1] if held and rest != "function" else None)


def _code(machine: Machine, text: str, hops: frozenset[str], where: Value | None = None) -> Outcome:
    fact = machine.read_code(text)
    if fact is None:
        return PASS
    program = compile_item(fact, machine.language.settings.get("hoists", "") != "")
    machine.codes += 1

    def start(machine: Machine, op: Op, finish: Finish | None) -> Value | None:
        frame = machine.frame
        inner = where is not None and where.kind == "dict" and where.ref is not None
        scope = Scope(where.ref, None, frame.scope) if inner and where is not None else frame.scope
        machine.frames.append(
            Frame(
                program, scope, frame.path, len(machine.stack), dead=machine.store.dead, site=machine.site(op),
                finish=finish, function=frame.function, hops=hops | {"code in a string"}, last=True,
                fixed=machine.site(op),
            )
        )  # fmt: skip
        return None

    return Start(start)


def _run_code(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    code = argument(given, 0)
    return _code(machine, str(code.const), code.hops) if isinstance(code.const, str) else PASS


def _each(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`map(f, list)` or (`method`) `list.map(f)`: a list of what the function gives for each known element."""
    source, function = _each_of(machine, callee, given, rest)
    values = containers.elements(machine, source) if source is not None else None
    if values is None and function.fn is not None and source is not None and source.kind == "":
        return _mapping(
            function,
            [Arguments([Value(name=shorten(f"{source.name}[]") if source.name else "", taint=source.taint)], {})],
            callee,
        )
    if values is None or not is_callable(function) or len(values) > MAX_EACH * 8:
        return PASS
    if function.fn is not None and len(values) > MAX_EACH and not _is_small(machine, function.fn, len(values)):
        return PASS
    if rest == "spread":
        spread = [containers.elements(machine, value) or [value] for value in values]
        return _mapping(function, [Arguments(list(parts), {}) for parts in spread])
    return _mapping(function, [Arguments([value], {}) for value in values], single=rest == "input")


def _is_small(machine: Machine, function: Function, times: int) -> bool:
    """Whether a function may be run so many times."""
    program_of(machine, function)
    return (
        function.program is not None and times <= MAX_EACH * 8 and len(function.program.code) * times <= MAX_EACH_SIZE
    )


def _flat_each(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`list.flatMap(f)`: what the function gives, of lists their elements."""
    outcome = _each(machine, callee, given, rest)
    if not isinstance(outcome, Start):
        return outcome

    def start(machine: Machine, op: Op, finish: Finish | None) -> Value | None:
        def flatten(machine: Machine, whole: Value) -> Value | None:
            flat: list[Value] = []
            for value in containers.elements(machine, whole) or []:
                more = containers.elements(machine, value) if value.kind == "list" else None
                flat.extend(more if more is not None else [value])
            made = containers.make_list(machine, flat)
            return finish(machine, made) if finish else made

        return outcome.begin(machine, op, flatten)

    return Start(start)


def _each_of(machine: Machine, callee: Value, given: Arguments, rest: str) -> tuple[Value | None, Value]:
    """The list and the function: `list.map(f)`, `map(f, list)`, `walk(list, f)`, `list | each f`."""
    if rest in {"list-first", "from"}:
        return argument(given, 0), called_by_text(machine, argument(given, 1))
    function = argument(given, 0)
    if machine.text_calls:
        function = called_by_text(machine, function)
    if rest == "input":
        source = given.keywords.get("stdin")
        held = containers.elements(machine, source) if source is not None and not source.known else None
        return (source if held is not None or source is None else containers.make_list(machine, [source])), function
    return (callee.receiver if rest == "method" else argument(given, 1)), function


def _mapping(
    function: Value, values: Sequence[Arguments], unknown: Value | None = None, single: bool = False
) -> Outcome:
    """Frames for one element after the other, each begun when the one before has ended.

    `unknown`: what was called, where the elements are not known and one stands for all. Then only a text is an answer.
    `single`: of one element the result is no list.
    """

    def start(machine: Machine, op: Op, finish: Finish | None) -> Value | None:
        waiting, found = list(values), []

        def one(machine: Machine, result: Value) -> Value | None:
            found.append(result)
            return proceed(machine)

        def proceed(machine: Machine) -> Value | None:
            if not waiting:
                whole = found[0] if single and len(found) == 1 else containers.make_list(machine, found)
                if unknown is not None and not any(one.known or one.built for one in found):
                    taint = containers.laden(machine, whole).taint
                    name = shorten(f"{unknown.name}()")
                    whole = Value(name=name, ref=machine.fresh(), hops=unknown.hops, taint=taint)
                return finish(machine, whole) if finish else whole
            machine.operations[CALL_VALUE](
                machine, Op(CALL_VALUE, Later(function, waiting.pop(0), one), op.start, op.end)
            )
            return None

        return proceed(machine)

    return Start(start)


def _call_with(_: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`o.let { .. }`: a function that is given the object; `:object` gives that back."""
    function = given.positional[-1] if given.positional else None
    if function is None or function.fn is None or callee.receiver is None:
        return PASS
    return _around(function, callee.receiver, [callee.receiver], rest == "object")


def _call_on(_: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`o.apply { .. }`: a function whose own object it is; `:first`: the object is the first argument."""
    function = given.positional[-1] if given.positional else None
    target = argument(given, 0) if rest == "first" else callee.receiver
    if function is None or function.fn is None or target is None:
        return PASS
    return _around(function._replace(receiver=target.flat()), target, [], rest == "object")


def _around(function: Value, target: Value, values: list[Value], back: bool) -> Outcome:
    """A call, after which the object is given back, or what was called gives."""
    if not back:
        return Redirect(function, Arguments(values, {}))

    def start(machine: Machine, op: Op, finish: Finish | None) -> Value | None:
        def done(machine: Machine, _: Value) -> Value | None:
            return finish(machine, target) if finish else target

        later = Later(function, Arguments(values, {}), done)
        machine.operations[CALL_VALUE](machine, Op(CALL_VALUE, later, op.start, op.end))
        return None

    return Start(start)


INTRINSICS: Final[dict[str, Intrinsic]] = {
    "call-with": _call_with, "call-on": _call_on, "evaluate": _evaluate, "run-code": _run_code, "each": _each, "flat-each": _flat_each,
}  # fmt: skip
