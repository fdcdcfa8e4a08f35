"""Intrinsics that write a text into a variable or buffer they are given, and templates that name what stands in them.

What was written is held in the Store under the buffer's `ref`; where the setting `written` is given, a name that
stands for such a buffer is that text (containers.settled).
"""

import re
from collections.abc import Sequence
from typing import Final

from gifthorse.engine.evaluate import arithmetic, containers, folding
from gifthorse.engine.evaluate.containers import TEXT
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.outcomes import PASS, Intrinsic, Outcome
from gifthorse.engine.evaluate.scopes import lookup
from gifthorse.engine.evaluate.texts import assembled, side_by_side, without_numbers
from gifthorse.engine.evaluate.values import UNKNOWN, Value, literal


def _side_by_side(machine: Machine, parts: Sequence[Value]) -> Value:
    consts = [containers.constant(machine, part) for part in parts]
    if UNKNOWN in consts:
        return side_by_side([part for part, const in zip(parts, consts, strict=True) if const != ""])
    whole = "".join(arithmetic.text(const, machine.loose) for const in consts)
    return assembled(parts, arithmetic.bounded(whole))


def _printed(machine: Machine, values: list[Value]) -> Value:
    """A template of percent signs with its arguments filled in."""
    template, rest = values[0], without_numbers(values[0].const, values[1:])
    if all(part.closed for part in (template, *rest)):
        const = folding.function("sprintf", [containers.constant(machine, part) for part in (template, *rest)])
        return assembled([template, *rest], const)
    return assembled([template, *rest])


def _write_text(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`strcpy(to, text)`, `strcat`, `sprintf`, `text.push_str(more)`: `copy`, `append` or `format`, and where the text
    begins among the arguments; with `receiver` behind it the method's object is written to.
    """
    how, *words = rest.split()
    target = callee.receiver if "receiver" in words else given.positional[0] if given.positional else None
    values = given.positional[int(words[0]) if words and words[0].isdigit() else 1 :]
    if target is None or target.ref is None or not values:
        return PASS
    before = target if target.known else machine.store.value((target.ref, containers.TEXT))
    if how == "append":
        text = _side_by_side(machine, [*([before] if before is not None else []), values[0]])
    else:
        text = _printed(machine, values) if how == "format" else values[0]
    if text.known or text.built or text.taint or text.name:
        machine.store.put((target.ref, containers.TEXT), text._replace(literal=False))
        machine.store.put((target.ref, containers.OPEN), ())
    return PASS


_HOLE = re.compile(r"\{\{|\}\}|\{([A-Za-z_]\w*|\d+)?(?::([^{}]*))?\}")


def _format_names(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """`format!("{} {0} {name}", a)`: holes in order, by place and by name."""
    template = given.positional[0].const if given.positional else None
    if not isinstance(template, str):
        return PASS
    waiting, parts, end = list(given.positional[1:]), [], 0
    for found in _HOLE.finditer(template):
        parts.append(literal(template[end : found.start()]))
        end = found.end()
        parts.append(_filled(machine, found, waiting, given))
    parts.append(literal(template[end:]))
    return _side_by_side(machine, [part for part in parts if part.const != ""] or [literal("")])


def _filled(machine: Machine, found: re.Match[str], waiting: list[Value], given: Arguments) -> Value:
    """What stands in one hole; what is written as digits carries nothing else."""
    word, form = found.group(1), found.group(2) or ""
    if found.group() in {"{{", "}}"}:
        return literal(found.group()[0])
    if word is None:
        value = waiting.pop(0) if waiting else Value()
    elif word.isdigit():
        place = int(word) + 1
        value = given.positional[place] if place < len(given.positional) else Value()
    else:
        value = given.keywords.get(word) or lookup(machine, word)
    return Value(plain=True) if form.endswith(("x", "X", "b", "o", "e")) and not value.closed else value


def _stream(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """`stream << text`, `stream >> variable` (`out`, `in`): the stream; of two numbers it is a shift."""
    if len(given.positional) != 2:
        return PASS
    stream, other = given.positional
    const = arithmetic.binary("<<" if rest == "out" else ">>", stream.const, other.const, machine.loose)
    if const is not UNKNOWN:
        return Value(const=const, closed=True, hops=stream.hops | other.hops)
    if rest == "out" and stream.ref is not None and not stream.known:
        before = machine.store.value((stream.ref, TEXT))
        text = _side_by_side(machine, [*([before] if before is not None else []), other])
        machine.store.put((stream.ref, TEXT), text._replace(literal=False))
    return stream


INTRINSICS: Final[dict[str, Intrinsic]] = {"shift": _stream, "write-text": _write_text, "format-names": _format_names}
