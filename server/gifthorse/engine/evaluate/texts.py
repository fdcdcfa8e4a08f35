"""Intrinsics that compute from constants, and those that put texts together.

The computing itself is in `folding`.
"""

import re
from collections.abc import Sequence
from functools import reduce
from itertools import product
from math import prod
from typing import Final

from gifthorse.engine.evaluate import arithmetic, containers, folding
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.literals import unescaped
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.outcomes import PASS, Intrinsic, Outcome
from gifthorse.engine.evaluate.taint import Taint, cleared
from gifthorse.engine.evaluate.values import MAX_OPTIONS, UNKNOWN, Value, folded, join, literal, mixed
from gifthorse.model.knowledge import QUOTED, QUOTED_SINKS


def _fold(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """A function on constants: `fold:NAME`. Where something is unknown, only `closed` may hold. `first`: what comes out
    is the first of two results, before an error that there is not.
    """
    name, *where = rest.split()
    values = [*given.positional, *given.keywords.values()]
    if "method" in where:
        if callee.receiver is None:
            return PASS
        values.insert(0, callee.receiver)
    whole = mixed(values)
    if name == "repeat" and len(values) > 1 and values[0].known and not values[1].closed:
        return values[0]._replace(literal=False)
    if not given.complete or not (whole.closed or not values):
        return PASS
    const = folding.function(name, [containers.constant(machine, value) for value in values])
    if const is UNKNOWN:
        return PASS if "method" in where else whole
    value = folded(const, whole.hops | callee.hops)
    if "first" in where:
        return containers.make_list(machine, [value, literal(None)])
    return value._replace(ref=machine.fresh()) if "buffer" in where else value


def _is_inside(text: str) -> bool:
    """Whether a text ends between quotes."""
    mark = ""
    for char in text:
        if mark and char == mark:
            mark = ""
        elif not mark and char in "'\"":
            mark = char
    return mark != ""


def _between(before: str, value: Value) -> Value:
    """A value in the place where it is put: some are harmless only between quotes."""
    if not any(QUOTED in trace.cleared for trace in value.taint) or not _is_inside(before):
        return value
    taint = tuple(one for trace in value.taint for one in _harmless((trace,)))
    return value._replace(taint=taint)


def _harmless(taint: Taint) -> Taint:
    return cleared(taint, QUOTED_SINKS) if QUOTED in taint[0].cleared else taint


def _written(value: Value) -> str:
    """The constant parts of a text."""
    return "".join(str(part.const) if part.known else "" for part in value.parts or (value,))


def _in_context(parts: Sequence[Value]) -> list[Value]:
    found: list[Value] = []
    before = ""
    for part in parts:
        found.append(part if part.parts else _between(before, part))
        before += _written(part)
    return found


def _in_template(template: object, values: Sequence[Value]) -> list[Value]:
    """The arguments of a format, in the places where it puts them."""
    text, found = str(template), []
    places = [verb.start() for verb in _VERB.finditer(text) if not verb.group().endswith("%")]
    for number, value in enumerate(values):
        found.append(_between(text[: places[number]], value) if number < len(places) else value)
    return found


def assembled(parts: Sequence[Value], const: object = UNKNOWN) -> Value:
    """A string put together from these. One that only chooses among texts of the source hides nothing."""
    if const is UNKNOWN and any(QUOTED in trace.cleared for part in parts for trace in part.taint):
        parts = _in_context(parts)
    flat = tuple(piece.flat() for part in parts for piece in _pieces(part))[:16]
    whole = mixed(parts)
    if const is not UNKNOWN:
        return Value(const=const, closed=True, hops=whole.hops)
    choice = any(part.options or (part.literal and not part.known) for part in parts) and all(map(_is_plain, parts))
    return whole._replace(built=not whole.closed and not whole.plain, parts=flat, literal=choice)


def _pieces(part: Value) -> Sequence[Value]:
    """What a part is put together from: its own parts, and of a choice what is not one of its constants (what comes
    out of `if text is None: return None`).
    """
    return part.parts or [option for option in part.options if not option.known] or (part,)


def _is_plain(value: Value) -> bool:
    """Whether it is one of the texts and numbers that stand in the source, be they too many to be told apart."""
    return value.literal or all(map(_is_text, value.alternatives()))


def _is_text(value: Value) -> bool:
    """Whether it is a known text or number."""
    return isinstance(value.const, str | int) and not isinstance(value.const, bool)


def side_by_side(parts: Sequence[Value]) -> Value:
    """A string put together from these, one behind the other; each of a few known wholes is followed."""
    choices = [part.alternatives() for part in parts]
    if not 1 < prod(map(len, choices)) <= MAX_OPTIONS or not all(
        _is_text(one) for options in choices for one in options
    ):
        return assembled(parts)
    hops = mixed(parts).hops
    wholes = [arithmetic.bounded("".join(str(option.const) for option in chosen)) for chosen in product(*choices)]
    return reduce(join, [folded(whole, hops) for whole in wholes])


_VERB = re.compile(r"%[-+# 0]*[\d.]*([A-Za-z%])")
NUMERIC = frozenset("dxXobt")
"""Conversions of a format that bring digits whatever they are given: nothing can be smuggled in through them."""


def without_numbers(template: object, values: list[Value]) -> list[Value]:
    """The arguments of a format; those that can only become digits carry nothing else."""
    verbs = [verb for verb in _VERB.findall(str(template)) if verb != "%"]
    if len(verbs) != len(values):
        return values
    digits = Value(plain=True)
    pairs = zip(values, verbs, strict=True)
    return [digits if verb in NUMERIC and not value.closed else value for value, verb in pairs]


def _plain_form(machine: Machine, name: str, values: list[Value]) -> tuple[str, list[Value]]:
    """Forms that differ in how their values are given, as one that does not."""
    if name == "join" and len(values) > 1:
        return name, [values[1], values[0]]
    if name == "joined-plain":
        return "joined", values if len(values) > 1 else [*values, literal("")]
    if name == "join-by":
        return name, values[::-1] if len(values) > 1 else values
    if name in {"brace-list", "sprintf-list"}:
        held = containers.elements(machine, values[-1]) if values[-1].kind == "list" else None
        plain = "brace-format" if name == "brace-list" else "sprintf"
        return plain, [values[0], *(held if held is not None else values[1:])]
    if name == "printf" and values and isinstance(values[0].const, str):
        return "sprintf", [values[0]._replace(const=unescaped(values[0].const)), *values[1:]]
    return "sprintf" if name == "printf" else name, values


def _format(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """String assembly: `"..".format(..)` (method), `Sprintf("..", ..)`, `sep.join(list)`, `list.join(sep)`."""
    keywords = {} if machine.options else given.keywords  # Options of a command are among its words.
    values = [*given.positional, *keywords.values()]
    name, _, where = rest.partition(" ")
    if where == "method" or name in {"join", "joined", "joined-plain"}:
        if callee.receiver is None:
            return PASS
        values.insert(0, callee.receiver)
    name, values = _plain_form(machine, name, values) if values else (name, values)
    if not values or (name == "brace-format" and not isinstance(values[0].const, str)):
        return PASS
    parts = values
    if name in {"join", "joined", "join-list", "join-by"}:
        name = name.removesuffix("-list").removesuffix("-by")
        held = containers.elements(machine, values[0])
        if held is None and not values[0].taint and values[0].kind == "":
            return PASS if name == "joined" else assembled(values)
        parts = [*(held or []), *values[1:]]
    elif name == "join-first":
        name, values, parts = _joined_by_first(machine, values)
    elif name == "sprintf":
        parts = values = _for_template(values)
    if any(not part.closed for part in parts) or keywords:
        return assembled(parts)
    const = folding.function(name, [containers.constant(machine, value) for value in values])
    return assembled(parts, const)


def _for_template(values: list[Value]) -> list[Value]:
    """A template and what is put into it, in its places; something that is written to may stand before it."""
    if len(values) > 1 and not values[0].known and isinstance(values[1].const, str):
        values = values[1:]
    template = values[0]
    return [template, *_in_template(template.const, without_numbers(template.const, values[1:]))]


def _joined_by_first(machine: Machine, values: list[Value]) -> tuple[str, list[Value], list[Value]]:
    """`String.join(sep, a, b)`, `String.join(sep, list)`: what to fold it with, of what, and the parts."""
    by, rest = values[0], values[1:]
    held = containers.elements(machine, rest[0]) if len(rest) == 1 and rest[0].kind in {"list", "set"} else None
    parts = held if held is not None else rest
    return "join", [containers.make_list(machine, parts), by], [*parts, by]


def _words(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """What a command writes of its words: `echo a b`; options (all in `rest`) are not written."""
    skipped = rest.split()
    values = list(given.positional)
    while values and values[0].const in skipped:
        values.pop(0)
    parts = [part for number, value in enumerate(values) for part in ([literal(" "), value] if number else [value])]
    consts = [containers.constant(machine, part) for part in parts]
    if UNKNOWN in consts:
        return assembled(parts)
    return folded("".join(arithmetic.text(const, machine.loose) for const in consts), mixed(parts).hops)


def _stream(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """What a command makes of its input: `stream:NAME -d` folds it where one of these options is given.

    Of an input that is not known it is known that it comes from there.
    """
    name, *options = rest.split()
    source = given.keywords.get("stdin")
    if source is None:
        source = next((one for one in given.positional if not str(one.const).startswith("-")), None)
    if source is None:
        return PASS
    const = containers.constant(machine, source)
    if const is UNKNOWN:
        through = not options or not given.keywords.keys().isdisjoint(options)
        return assembled([source])._replace(name=f"{callee.name}()") if through else PASS
    if options and given.keywords.keys().isdisjoint(options):
        return PASS
    made = const if name == "same" else folding.function(name, [const])
    return PASS if made is UNKNOWN else folded(made, source.hops | callee.hops | {name})


def _translate(machine: Machine, callee: Value, given: Arguments, _: str) -> Outcome:
    """`tr 'a-z' 'n-za-m'` of its input."""
    source = given.keywords.get("stdin")
    sets = [one.const for one in given.positional if isinstance(one.const, str) and not one.const.startswith("-")]
    const = containers.constant(machine, source) if source is not None else UNKNOWN
    if source is None or not isinstance(const, str):
        return PASS if source is None else assembled([source])
    made = folding.function("deleted" if "-d" in given.keywords else "translated", [const, *sets])
    return PASS if made is UNKNOWN else folded(made, source.hops | callee.hops)


INTRINSICS: Final[dict[str, Intrinsic]] = {
    "fold": _fold, "format": _format, "words": _words, "stream": _stream, "translate": _translate,
}  # fmt: skip
