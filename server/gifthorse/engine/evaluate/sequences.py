"""Intrinsics that take lists apart and put them together: pairs, pieces, sums; functions run over their elements.

Making and filling them is in `collecting`; what a function gives for each element in `running`.
"""

from typing import Final

from gifthorse.engine.evaluate import containers, members
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.machine import Finish, Machine
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
from gifthorse.engine.evaluate.values import NOTHING, UNKNOWN, Value, folded, join, literal, mixed

MAX_REDUCED = 64


def _source(machine: Machine, callee: Value, given: Arguments, rest: str) -> list[Value] | None:
    """The elements of the object, or of the first argument; a text is left to those who fold it."""
    source = callee.receiver if rest == "method" else argument(given, 0)
    if source is None or isinstance(source.const, str | bytes):
        return None
    return containers.elements(machine, source)


def _pair(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """`zip(a, b)`; `numbers`: `enumerate(a)`."""
    held = [containers.elements(machine, one) for one in given.positional]
    if not held or any(one is None for one in held[:1] if rest == "numbers") or (rest != "numbers" and None in held):
        return PASS
    columns = [one or [] for one in held]
    if rest == "numbers":
        start = argument(given, 1, "start").const
        first = start if isinstance(start, int) else 0
        columns = [[folded(first + place) for place in range(len(columns[0]))], columns[0]]
    rows = [containers.make_list(machine, row) for row in zip(*columns, strict=False)]
    return containers.make_list(machine, rows)


def _from_keys(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """`dict.fromkeys(keys, value)`."""
    keys = containers.elements(machine, argument(given, 0))
    if keys is None:
        return PASS
    value = argument(given, 1) if len(given.positional) > 1 else literal(None)
    return containers.make_dict(machine, [(key.const, value) for key in keys if isinstance(key.const, str | int)])


def _insert(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`l.insert(i, x)`; `front`: `l.unshift(x)`; what stands behind moves on."""
    target = callee.receiver
    held = containers.elements(machine, target) if target is not None and target.kind == "list" else None
    place, values = (0, given.positional) if rest == "front" else (argument(given, 0).const, given.positional[1:])
    if target is None or target.ref is None or held is None or not isinstance(place, int):
        return PASS
    containers.refill(machine, target, [*held[:place], *values, *held[place:]])
    return literal(None)


def _fill(machine: Machine, callee: Value, given: Arguments, __: str) -> Outcome:
    """`new Array(n).fill(x)`, `list.fill(x)`: at least one element."""
    target = callee.receiver
    held = containers.elements(machine, target) if target is not None and target.kind == "list" else None
    return containers.make_list(machine, [argument(given, 0)] * max(1, len(held or ())))


def _take(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`first`, `last`: an element of the object; it may have been taken out."""
    held = _source(machine, callee, given, "method")
    if not held or callee.receiver is None or callee.receiver.kind not in containers.HOLDING:
        return PASS
    return held[0 if rest == "first" else -1]


def _part(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`list.slice(a, b)`; `splice`: `list.splice(a, n)`."""
    held = _source(machine, callee, given, "method")
    ends = [one.const for one in given.positional[:2] if isinstance(one.const, int)]
    if held is None or len(ends) < len(given.positional[:2]):
        return PASS
    if len(ends) < 2:
        return containers.make_list(machine, held[ends[0] :] if ends else held)
    stop = ends[0] + ends[1] if rest == "splice" else ends[1]
    return containers.make_list(machine, held[ends[0] : stop])


def _chain(machine: Machine, callee: Value, given: Arguments, __: str) -> Outcome:
    """`list.concat(other, x)`."""
    held = _source(machine, callee, given, "method")
    if held is None:
        return PASS
    for value in given.positional:
        more = containers.elements(machine, value) if value.kind == "list" else None
        held = [*held, *(more if more is not None else [value])]
    return containers.make_list(machine, held)


def _flat(machine: Machine, callee: Value, given: Arguments, __: str) -> Outcome:
    """`list.flat()`: of its lists the elements."""
    held = _source(machine, callee, given, "method")
    if held is None:
        return PASS
    flat: list[Value] = []
    for value in held:
        more = containers.elements(machine, value) if value.kind == "list" else None
        flat.extend(more if more is not None else [value])
    return containers.make_list(machine, flat)


def _any(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`list.find(f)`: any of the elements; `result`: the first as an iterator's `next()` gives it."""
    held = _source(machine, callee, given, "method")
    if not held:
        return PASS
    if rest == "result":
        return containers.make_dict(machine, [("value", held[0]), ("done", folded(const=False))])
    joined = held[0]
    for value in held[1:]:
        joined = join(joined, value)
    return joined


def _reduce(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`reduce(f, list, start)`, `list.reduce(f, start)`: the function is run for one element after the other."""
    source = callee.receiver if rest == "method" else argument(given, 1)
    values = containers.elements(machine, source) if source is not None else None
    function, start = argument(given, 0), given.positional[1 if rest == "method" else 2 :]
    if values is None:
        return PASS
    waiting = [*start[:1], *values]
    if not is_callable(function) or not waiting or len(waiting) > MAX_REDUCED:
        return mixed(waiting) if waiting else PASS

    def begin(machine: Machine, op: Op, finish: Finish | None) -> Value | None:
        def proceed(machine: Machine, whole: Value) -> Value | None:
            if not waiting:
                return finish(machine, whole) if finish else whole
            later = Later(function, Arguments([whole, waiting.pop(0)], {}), proceed)
            machine.operations[CALL_VALUE](machine, Op(CALL_VALUE, later, op.start, op.end))
            return None

        return proceed(machine, waiting.pop(0))

    return Start(begin)


def _is_type(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """`isinstance("a", str)`: whether a constant is of a type that the word behind the colon lists."""
    value, kind = containers.constant(machine, argument(given, 0)), argument(given, 1).name
    if value is UNKNOWN or kind not in rest.split() or len(given.positional) != 2:
        return PASS
    names = {base.__name__ for base in type(value).__mro__}
    return folded(kind in names, argument(given, 0).hops)


def _unbound(machine: Machine, callee: Value, given: Arguments, _: str) -> Outcome:
    """`str.join("", list)`: a method taken from its type meets its object as the first argument."""
    method = callee.name.rpartition(".")[2]
    bound = callee.receiver is not None and callee.receiver.kind in containers.HOLDING
    if bound or not given.positional or argument(given, 0).name:
        return PASS
    found = members.member(machine, given.positional[0], method)
    more = Arguments(given.positional[1:], dict(given.keywords), given.complete)
    return Redirect(found, more)


def _call_back(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """`Thread(target=f, args=(a,))`: the words behind the colon say where function, arguments and keywords stand."""
    places = [*rest.split(), "", ""][:3]
    found = [argument(given, int(word) if word.isdigit() else MAX_REDUCED, word) for word in places]
    if not is_callable(found[0]):
        return PASS
    values, named = containers.elements(machine, found[1]), containers.fields(machine, found[2])
    known = values is not None or found[1] is NOTHING
    more = {str(name): value for name, value in (named or {}).items()} if found[2].kind == "dict" else {}
    return Redirect(found[0], Arguments(values or [], more, known))


INTRINSICS: Final[dict[str, Intrinsic]] = {
    "pair": _pair, "from-keys": _from_keys, "insert": _insert, "fill": _fill, "take": _take, "part": _part,
    "chain": _chain, "flat": _flat, "any-of": _any, "reduce": _reduce, "is-type": _is_type, "unbound": _unbound,
    "call-back": _call_back,
}  # fmt: skip
