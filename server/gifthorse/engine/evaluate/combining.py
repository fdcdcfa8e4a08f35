"""What instructions make of constants and operators: texts, sums, choices, lists and dictionaries.

Each takes Values from the machine's stack and leaves one. Names and fields are in `names`.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from gifthorse.engine.evaluate import arithmetic, containers, guards, literals, members, memory
from gifthorse.engine.evaluate.machine import Machine, Operation
from gifthorse.engine.evaluate.making import tell
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.scopes import lookup
from gifthorse.engine.evaluate.taint import CLEAN
from gifthorse.engine.evaluate.texts import assembled, side_by_side, without_numbers
from gifthorse.engine.evaluate.values import (
    NOTHING,
    UNKNOWN,
    Value,
    fallback,
    folded,
    join,
    literal,
    mixed,
    same_const,
)


def _nothing(machine: Machine, _: Op) -> None:
    machine.push(NOTHING)


def _drop(machine: Machine, _: Op) -> None:
    machine.pop()


def _same(machine: Machine, _: Op) -> None:
    machine.push(machine.stack[-1])


def _mix(machine: Machine, op: Op) -> None:
    machine.push(mixed(machine.take(op.operand))._replace(literal=False))


def _constant(const: object) -> Operation:
    value = literal(const)

    def push(machine: Machine, _: Op) -> None:
        machine.push(value)

    return push


def _number(machine: Machine, op: Op) -> None:
    machine.push(literal(literals.number(str(op.operand))))


def _string(machine: Machine, op: Op) -> None:
    """The operand holds the source around the interpolations, whose Values are on the stack."""
    source: tuple[str, ...] = op.operand
    settings = machine.language.settings
    mark = settings.get("name_holes")
    if mark:
        source = _with_names(machine, source, mark)
    marks = settings.get("hole_marks")
    if marks:
        source = _without_marks(source, marks)
    raw = literals.delimited(source[0]) if settings.get("raw_delimiters") and len(source) == 1 else None
    if raw is not None:
        machine.push(literal(raw))
        return
    doubles = settings.get("doubled_quotes") == "true"
    pieces, is_bytes = literals.string_pieces(source, settings.get("raw_quotes", ""), doubles)
    if settings.get("escape") == "`":
        pieces = [literals.unmarked(piece, "`") for piece in pieces]
    block = settings.get("dedents")
    if block and len(pieces) == 1 and source[0].lstrip("@$").startswith(block):
        pieces = [literals.dedented(pieces[0])]
    _put_together(machine, pieces, is_bytes, op)


def _without_marks(source: tuple[str, ...], marks: str) -> tuple[str, ...]:
    """The pieces of a text without the marks around its holes, where these belong to no hole in the syntax."""
    before, _, behind = marks.partition(" ")
    last = len(source) - 1
    ends = [piece.removesuffix(before) if number < last else piece for number, piece in enumerate(source)]
    return tuple(piece.removeprefix(behind) if number else piece for number, piece in enumerate(ends))


def _with_names(machine: Machine, source: tuple[str, ...], mark: str) -> tuple[str, ...]:
    """Names that a text stands for by a mark in front (`$name`) are holes as well: their Values join the others."""
    pattern = _named_holes(mark)
    if not any(pattern.search(piece) for piece in source):
        return source
    holes, pieces = machine.take(len(source) - 1), list[str]()
    found: list[Value] = []
    for number, piece in enumerate(source):
        parts = pattern.split(piece)
        pieces.extend(parts[::2])
        found.extend(lookup(machine, name) for name in parts[1::2])
        found.extend(holes[number : number + 1])
    for value in found:
        machine.push(value)
    return tuple(pieces)


@lru_cache(maxsize=8)
def _named_holes(mark: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\\){re.escape(mark)}([A-Za-z_]\w*)")


def _word(machine: Machine, op: Op) -> None:
    """The same without quotes and escapes."""
    _put_together(machine, op.operand, False, op)


def _put_together(machine: Machine, pieces: Sequence[str], is_bytes: bool, op: Op) -> None:
    if len(pieces) == 1:
        text = pieces[0]
        machine.push(literal(text.encode("utf-8", "replace") if is_bytes else text))
        return
    holes = machine.take(len(pieces) - 1)
    consts = [containers.constant(machine, hole) for hole in holes]
    if UNKNOWN not in consts:
        whole = pieces[0] + "".join(
            arithmetic.text(const, machine.loose) + piece for const, piece in zip(consts, pieces[1:], strict=True)
        )
        made = folded(arithmetic.bounded(whole), mixed(holes).hops)
        tell(machine, made, [*holes, *map(literal, pieces)], op)
        machine.push(made)
        return
    parts = [literal(pieces[0])]
    for hole, piece in zip(holes, pieces[1:], strict=True):
        parts.extend([hole, literal(piece)])
    machine.push(side_by_side([part for part in parts if part.const != ""]))


def _concat(machine: Machine, op: Op) -> None:
    """Literals side by side."""
    values = machine.take(len(op.operand))
    whole = values[0] if values else NOTHING
    for value in values[1:]:
        whole = plus(machine, whole, value)
    tell(machine, whole, values, op)
    machine.push(whole._replace(literal=all(value.literal for value in values)))


def plus(machine: Machine, one: Value, other: Value) -> Value:
    """`one + other`: a sum, or a string or list put together."""
    left, right = containers.constant(machine, one), containers.constant(machine, other)
    const = arithmetic.binary("+", left, right, machine.loose)
    if const is not UNKNOWN:
        return folded(const, one.hops | other.hops)
    if one.kind == "list" and other.kind == "list":
        held = [containers.elements(machine, side) or [] for side in (one, other)]
        return containers.make_list(machine, held[0] + held[1])
    textual = any(isinstance(part.const, str) or part.parts for side in (one, other) for part in side.alternatives())
    return side_by_side([one, other]) if textual or one.parts or other.parts else mixed([one, other])


def _binary(machine: Machine, op: Op) -> None:
    one, other = machine.take(2)
    made = combine(machine, str(op.operand), one, other)
    tell(machine, made, (one, other), op)
    machine.push(made)


def _compare(machine: Machine, op: Op) -> None:
    """A comparison: its operand also has both sides as they are written."""
    operator, one, other = op.operand
    values = machine.take(2)
    if machine.sized:
        memory.compared(machine, values)
    found = combine(machine, operator, *values)
    machine.push(found if found.known else guards.compared(machine, operator, (one, other), values))


def combine(machine: Machine, operator: str, one: Value, other: Value) -> Value:
    """`one operator other`."""
    operator = machine.operators.get(operator, operator)
    if operator == machine.joins and operator:
        return _joined(machine, one, other)
    if operator == "+" and not (machine.joins == "." and not {one.kind, other.kind} & {"list", "dict"}):
        return plus(machine, one, other)
    if operator in arithmetic.EITHER:
        return _either(machine, operator, one, other)
    left, right = containers.constant(machine, one), containers.constant(machine, other)
    if operator == "%" and isinstance(left, str):
        many = containers.elements(machine, other) if other.kind == "list" else None
        held = without_numbers(left, many if many is not None else [other])
        const = arithmetic.percent_format(left, right) if right is not UNKNOWN else UNKNOWN
        return assembled([one, *held], const)
    if operator == "*" and right is UNKNOWN and isinstance(left, str | bytes | list):
        return one._replace(literal=False)  # Repeated who knows how often: the same, as far as its parts go.
    const = arithmetic.binary(operator, left, right, machine.loose)
    if const is not UNKNOWN:
        return folded(const, one.hops | other.hops)
    if operator == "|" and one.kind == "dict" and other.kind == "dict":
        fields = {**(containers.fields(machine, one) or {}), **(containers.fields(machine, other) or {})}
        return containers.make_dict(machine, fields.items())
    whole = mixed([one, other])
    if operator == "|":  # Flags: each of them counts.
        return whole._replace(parts=tuple(flag.flat() for side in (one, other) for flag in side.parts or (side,))[:16])
    numeric = operator in arithmetic.NUMERIC or operator == "+"
    return whole._replace(taint=CLEAN, plain=not whole.closed) if numeric else whole


def _joined(machine: Machine, one: Value, other: Value) -> Value:
    """Two values as texts, put together. What is appended to a list is its last element; numbers are shifted."""
    left, right = containers.constant(machine, one), containers.constant(machine, other)
    if one.kind == "list":
        return containers.make_list(machine, [*(containers.elements(machine, one) or []), other])
    if UNKNOWN in (left, right):
        return side_by_side([one, other])
    if isinstance(left, int) and isinstance(right, int) and not isinstance(left, bool) and machine.joins == "<<":
        return folded(arithmetic.binary("<<", left, right, machine.loose), one.hops | other.hops)
    whole = arithmetic.text(left, machine.loose) + arithmetic.text(right, machine.loose)
    return folded(arithmetic.bounded(whole), one.hops | other.hops)


def _either(machine: Machine, operator: str, one: Value, other: Value) -> Value:
    """`and`, `or`, `??`: one of the two, known where the first one is."""
    const = containers.constant(machine, one)
    if machine.released:
        memory.tested(machine, one)
    if const is UNKNOWN:
        found = fallback(one, other)._replace(literal=False)
        return found._replace(guards=guards.combined(operator, one, other)) if one.guards or other.guards else found
    true = const is not None if operator in {"??", "?:"} else arithmetic.truth(const, machine.loose)
    chosen = other if true == (operator in {"and", "&&"}) else one
    return chosen._replace(literal=False)


def _unary(machine: Machine, op: Op) -> None:
    value = machine.pop()
    const = arithmetic.unary(str(op.operand), containers.constant(machine, value), machine.loose)
    if const is not UNKNOWN:
        minus = op.operand in {"-", "+"} and value.literal
        machine.push(Value(const=const, closed=True, literal=minus, hops=value.hops))
    elif op.operand in {"&", "*", "<-", "await", "delete"}:
        if machine.released:
            memory.reached(machine, value, op)
        machine.push(value)
    elif op.operand in {"not", "!", "typeof", "~", "void"}:
        if machine.released:
            memory.tested(machine, value)
        machine.push(guards.opposite(value))
    else:
        machine.push(mixed([value]))


def _choose(machine: Machine, _: Op) -> None:
    test, then, other = machine.take(3)
    if machine.released:
        memory.tested(machine, test)
    const = containers.constant(machine, test)
    if const is UNKNOWN:
        if test.guards:
            then = guards.where(machine, then, test.guards, truth=True)
            other = guards.where(machine, other, test.guards, truth=False)
        machine.push(join(then, other))
    else:
        machine.push((then if arithmetic.truth(const, machine.loose) else other)._replace(literal=False))


def _list(machine: Machine, op: Op) -> None:
    splats: tuple[bool, ...] = op.operand
    values: list[Value] = []
    for value, splat in zip(machine.take(len(splats)), splats, strict=True):
        values.extend((containers.elements(machine, value) or [NOTHING]) if splat else [value])
    machine.push(containers.make_list(machine, values))


def _dict(machine: Machine, op: Op) -> None:
    shape: tuple[tuple[str, str], ...] = op.operand
    values = iter(machine.take(sum(2 if kind == "pair" else 1 for kind, _ in shape)))
    pairs: dict[str | int, Value] = {}
    other: list[Value] = []
    for kind, word in shape:
        value = next(values)
        if kind == "word":
            pairs[word] = value
        elif kind == "block":
            # A block may be repeated: then the key holds either.
            pairs[word] = join(pairs[word], value) if word in pairs else value
        elif kind == "pair":
            key, held = value.const, next(values)
            if key is UNKNOWN and members.is_token(value):
                key = members.token(value)
            if isinstance(key, str | int):
                pairs[key] = held._replace(hops=held.hops | value.hops) if value.hops else held
            else:
                other.append(held)
        elif kind == "splat":
            pairs.update(containers.fields(machine, value) or {})
            other.extend([] if value.ref is not None else [value])
        else:
            pairs.setdefault(len(other), value)
            other.append(value)
    machine.push(containers.make_dict(machine, pairs.items(), other))


def _augment(machine: Machine, op: Op) -> None:
    _binary(machine, op)


def _default(machine: Machine, _: Op) -> None:
    value, default = machine.take(2)
    machine.push(default if same_const(value.const, None) else fallback(value, default))


OPERATIONS: Final[dict[str, Operation]] = {
    "nothing": _nothing, "drop": _drop, "same": _same, "mix": _mix, "true": _constant(True),
    "false": _constant(False), "null": _constant(None), "number": _number, "string": _string, "word": _word, "concat": _concat,
    "binary": _binary, "compare": _compare, "unary": _unary, "choose": _choose, "list": _list, "dict": _dict, "augment": _augment,
    "default": _default,
}  # fmt: skip
