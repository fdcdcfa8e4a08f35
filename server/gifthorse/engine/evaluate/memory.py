"""Buffers of a known size, and objects that were given back: what languages with pointers need to be known.

The size of an array or an allocation, in bytes, and whether what a Value stands for was released, are kept in the
Store under its `ref`. What is wrong with that is for rules: they ask by predicates, and hear of a use after release
as a call of `<use>`, of an index beyond an array as a call of `<beyond>`.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from gifthorse.engine.evaluate import containers
from gifthorse.engine.evaluate.happenings import Arguments, Call
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.outcomes import PASS, Intrinsic, Outcome, argument
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.store import NEVER, RELEASED
from gifthorse.engine.evaluate.values import Ref, Value, folded, literal, shorten

SIZE: Final = "<size>"
"""The field that holds how many bytes a buffer has."""

COUNT: Final = "<count>"
"""The field that holds how many elements an array has."""

USE: Final = "<use>"
RETURN: Final = "<return>"
LASTING: Final = "lasting"
"""The mark of what lives longer than its function."""
NOTHING_THERE: Final = "<nothing>"
UNTESTED: Final = "<untested>"
BEYOND: Final = "<beyond>"
MEASURED, COMPARED = "<measured>", "<compared>"
ONCE, TWICE = literal(1), literal(2)


@lru_cache(maxsize=16)
def _units(setting: str) -> dict[str, int]:
    return {name: int(size) for name, _, size in (part.partition("=") for part in setting.split())}


def unit_size(machine: Machine, kind: str) -> int | None:
    """The bytes of one thing of this type, where the language's setting `sizes` says so."""
    words = [word for word in kind.split() if word not in {"const", "signed", "unsigned", "volatile", "static"}]
    units = _units(machine.language.settings.get("sizes", ""))
    return units.get(" ".join(words) or "int")


def size_of(machine: Machine, value: Value) -> int | None:
    """How many bytes a buffer has; None where that is not known."""
    held = machine.store.value((value.ref, SIZE)) if value.ref is not None else None
    return held.const if held is not None and isinstance(held.const, int) else None


def length_of(machine: Machine, value: Value) -> int | None:
    """How many bytes a known text takes at least, with the zero at its end; of a buffer, the text written into it."""
    held = machine.store.value((value.ref, containers.TEXT)) if value.ref is not None else None
    value = held or value
    parts = value.parts if value.built else (value,)
    consts = [containers.constant(machine, part) for part in parts]
    texts = [const.encode("utf-8", "replace") if isinstance(const, str) else const for const in consts]
    known = [text for text in texts if isinstance(text, bytes)]
    return sum(map(len, known)) + 1 if known and (value.built or len(known) == len(texts)) else None


def is_released(machine: Machine, value: Value, twice: bool = False) -> bool:
    """Whether it surely was given back before; `twice`: even two times."""
    held = machine.store.value((value.ref, RELEASED)) if value.ref is not None else None
    return held is not None and held.const in ((2,) if twice else (1, 2)) and not machine.store.dead


def _release(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`free(p)`, `delete p`."""
    target = callee.receiver if rest == "receiver" else argument(given, int(rest or 0))
    if target is not None and target.ref is not None and not machine.store.dead and not target.known:
        again = is_released(machine, target)
        machine.store.put((target.ref, RELEASED), TWICE if again else ONCE)
        machine.released = True
    return PASS


def note_use(machine: Machine, value: Value, op: Op, through: bool = True) -> None:
    """Tell the Listener where something is used that surely was given back; or, `through` its pointer, that may be
    nothing at all.
    """
    if is_released(machine, value):
        _tell(machine, USE, [value], op)
    elif through and is_untested(machine, value, ""):
        _tell(machine, NOTHING_THERE, [value], op)
        tested(machine, value)


def is_untested(machine: Machine, value: Value, _: str) -> bool:
    """Whether it is what a call gave that may have failed, and nobody looked."""
    held = machine.store.value((value.ref, UNTESTED)) if value.ref is not None else None
    return held is not None and held.const == 1 and not machine.store.dead


def tested(machine: Machine, value: Value) -> None:
    """Somebody looks whether there is anything."""
    for option in value.alternatives():
        if option.ref is not None and machine.store.value((option.ref, UNTESTED)) is not None:
            machine.store.put((option.ref, UNTESTED), NEVER)


def compared(machine: Machine, values: Sequence[Value]) -> None:
    """Numbers that were compared with something may be within bounds from there on."""
    for value in values:
        tested(machine, value)
        for part in (value, *value.parts):
            if part.ref is not None and not part.known:
                machine.store.put((part.ref, COMPARED), literal(True))


def _is_unchecked(machine: Machine, value: Value, _: str) -> bool:
    """Whether a number or text may be of any size: nobody asked how large it is."""
    if value.closed or value.plain or value.options or value.ref is None:
        return False
    return all(machine.store.value((value.ref, mark)) is None for mark in (MEASURED, COMPARED))


def reached(machine: Machine, value: Value, op: Op) -> None:
    """`*p` uses what it points to; whoever gets `&p` may give it something new."""
    if op.operand == "*":
        note_use(machine, value, op)
    elif value.ref is not None and machine.store.get((value.ref, RELEASED)) is not None:
        machine.store.put((value.ref, RELEASED), NEVER)


def note_index(machine: Machine, value: Value, key: Value, op: Op) -> None:
    """Tell the Listener of a constant index behind the end of an array."""
    held = machine.store.value((value.ref, COUNT)) if value.ref is not None else None
    count = held.const if held is not None else None
    if not isinstance(key.const, int) or isinstance(key.const, bool) or not isinstance(count, int):
        return
    if key.const >= count or key.const < 0:
        _tell(machine, BEYOND, [value, key], op)


def _tell(machine: Machine, name: str, values: list[Value], op: Op) -> None:
    if machine.listener.hears_call(name) and not machine.store.dead:
        call = Call(name, Value(name=name), Arguments(values, {}), machine.site(op), None, False, machine.nearby())
        machine.listener.call(machine, call)


def _identity(value: Value) -> Ref | None:
    """What a mark is kept under: a text is the same wherever it is written."""
    return ("text", value.const) if isinstance(value.const, str) else value.ref


def note_return(machine: Machine, value: Value, op: Op) -> None:
    """Tell the Listener where a function gives back an array of its own."""
    own = isinstance(value.ref, tuple) and value.ref[0] == machine.frames[0].path and len(machine.frames) == 1
    if own and _is_array(machine, value, "") and not is_marked(machine, value, LASTING):
        _tell(machine, RETURN, [value], op)


def is_marked(machine: Machine, value: Value, mark: str) -> bool:
    """Whether a call surely or perhaps marked it before."""
    ref = _identity(value)
    return ref is not None and machine.store.value((ref, f"<{mark}>")) is not None


def _mark(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """A call after which its first argument is known for something: `mark:checked`."""
    ref = _identity(argument(given, 0))
    if ref is not None:
        machine.store.put((ref, f"<{rest}>"), literal(True))
    return PASS


def _buffer(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`malloc(n)`, `calloc(n, m)`, `new char[n]`: `buffer:0`, `buffer:0*1`."""
    size: int | None = 1
    for word in rest.split("*"):
        const = argument(given, int(word)).const
        size = size * const if isinstance(const, int) and size is not None else None
    made = Value(name=shorten(f"{callee.name}()"), ref=machine.fresh(), hops=callee.hops)
    if size is not None:
        machine.store.put((made.ref, SIZE), folded(size))
    if callee.name != "new":
        machine.store.put((made.ref, UNTESTED), ONCE)
        machine.released = True
    return made


def _size_of(machine: Machine, callee: Value, given: Arguments, _: str) -> Outcome:
    """`sizeof(x)` of a buffer of known size, or of a type."""
    target = argument(given, 0)
    size = size_of(machine, target)
    if size is None and target.name and not target.receiver:
        size = unit_size(machine, target.name)
    measured = Value(name=f"{callee.name}()", parts=(target.flat(),), plain=True, closed=size is not None)
    return measured if size is None else measured._replace(const=size)


def _measure(machine: Machine, callee: Value, given: Arguments, _: str) -> Outcome:
    """`strlen(text)`: it keeps what it is the length of; whoever asks for that probably minds it."""
    target = argument(given, 0)
    if target.ref is not None:
        machine.store.put((target.ref, MEASURED), literal(True))
    const = containers.constant(machine, target)
    if isinstance(const, str | bytes):
        return folded(len(const), target.hops)
    return Value(name=f"{callee.name}()", parts=(target.flat(),), plain=True)


INTRINSICS: Final[dict[str, Intrinsic]] = {
    "release": _release,
    "mark": _mark,
    "buffer": _buffer,
    "size-of": _size_of,
    "measure": _measure,
}


def _is_array(machine: Machine, value: Value, _: str) -> bool:
    return value.ref is not None and machine.store.value((value.ref, COUNT)) is not None and not machine.store.dead


STATES: Final[dict[str, Callable[[Machine, Value, str], bool]]] = {
    "sized": lambda machine, value, _: size_of(machine, value) is not None,
    "marked": is_marked,
    "unchecked": _is_unchecked,
    "array": _is_array,
    "untested": is_untested,
    "released": lambda machine, value, how: is_released(machine, value, twice=how == "twice"),
}
"""What the predicates of these names ask."""
