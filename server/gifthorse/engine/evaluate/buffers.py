"""Intrinsics of texts that are put together step by step in one object: StringBuilder, strings.Builder and their kin.

What such an object holds is in the Store, under its `ref`.
"""

from typing import Final

from gifthorse.engine.evaluate import containers, folding
from gifthorse.engine.evaluate.containers import TEXT
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.outcomes import PASS, Intrinsic, Outcome, argument
from gifthorse.engine.evaluate.taint import blend
from gifthorse.engine.evaluate.texts import side_by_side
from gifthorse.engine.evaluate.values import UNKNOWN, Value, folded, literal, shorten


def _held(machine: Machine, buffer: Value | None) -> Value | None:
    if buffer is None or buffer.ref is None or buffer.known:
        return None
    return machine.store.value((buffer.ref, TEXT))


def _joined(machine: Machine, one: Value, other: Value) -> Value:
    """Both texts side by side; a number or a truth value as it is written."""
    consts = [containers.constant(machine, side) for side in (one, other)]
    if UNKNOWN in consts:
        empty = [side for side, const in zip((one, other), consts, strict=True) if const == ""]
        return side_by_side([side for side in (one, other) if side not in empty])
    return folded(folding.function("concat-text", consts), one.hops | other.hops)


def _new_text(machine: Machine, callee: Value, given: Arguments, _: str) -> Outcome:
    """`new StringBuilder(text)`: an object that holds a text; a number is only its size."""
    first = argument(given, 0)
    text = literal("") if not given.positional or isinstance(first.const, int) else first
    ref = machine.fresh()
    machine.store.put((ref, TEXT), text)
    return Value(name=shorten(f"{callee.name}()"), ref=ref, hops=callee.hops, taint=text.taint)


def _append_text(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`buffer.append(text)`; `:line` adds a line end, `:front` puts it before what is there."""
    before = _held(machine, callee.receiver)
    if before is None or callee.receiver is None:
        return PASS
    place = -1 if rest == "front" else 0
    text = given.positional[place] if given.positional else literal("")
    after = _joined(machine, text, before) if rest == "front" else _joined(machine, before, text)
    if rest == "line":
        after = _joined(machine, after, literal("\n"))
    machine.store.put((callee.receiver.ref, TEXT), after)
    return callee.receiver._replace(taint=blend(callee.receiver.taint, text.taint))


def _text_so_far(machine: Machine, callee: Value, _: Arguments, __: str) -> Outcome:
    """`buffer.toString()`."""
    return _held(machine, callee.receiver) or PASS


def _clear_text(machine: Machine, callee: Value, _: Arguments, __: str) -> Outcome:
    """`buffer.setLength(0)`, `buffer.Clear()`."""
    if _held(machine, callee.receiver) is None or callee.receiver is None:
        return PASS
    machine.store.put((callee.receiver.ref, TEXT), literal(""))
    return callee.receiver


def _change_text(machine: Machine, callee: Value, _: Arguments, rest: str) -> Outcome:
    """`buffer.reverse()`: the text is computed anew by the function behind the colon."""
    before = _held(machine, callee.receiver)
    if before is None or callee.receiver is None:
        return PASS
    const = folding.function(rest, [containers.constant(machine, before)])
    after = folded(const, before.hops) if const is not UNKNOWN else before
    machine.store.put((callee.receiver.ref, TEXT), after)
    return callee.receiver


INTRINSICS: Final[dict[str, Intrinsic]] = {
    "new-text": _new_text, "append-text": _append_text, "text-so-far": _text_so_far, "clear-text": _clear_text,
    "change-text": _change_text,
}  # fmt: skip
