"""Lists, dictionaries, objects and classes: their fields in the Store, and what a member or an index of a Value is."""

from collections.abc import Iterable, Sequence
from typing import Final

from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.store import Field
from gifthorse.engine.evaluate.taint import CLEAN, Taint, blend
from gifthorse.engine.evaluate.values import UNKNOWN, Value, folded, join, mixed

OPEN: Final = "<open>"
"""The field that marks a container or buffer as perhaps holding what nobody can see, and which taint that has."""

HOLDING: Final = frozenset({"list", "dict", "set"})
"""The kinds of Values that hold others."""

TEXT: Final = "<text>"
"""The field that holds the text that was put into a buffer so far."""

MAX_FIELDS = 256
FIELDS: Final = "fields "
"""In front of the kind of a Value that is the dictionary of another's fields (`o.__dict__`)."""

MAX_CONST_DEPTH = 5


def make_list(machine: Machine, values: Sequence[Value], kind: str = "list") -> Value:
    """A new list of these; only its first MAX_FIELDS are kept."""
    ref = machine.fresh()
    kept = values[:MAX_FIELDS]
    store = machine.store
    for number, value in enumerate(kept):
        store.put((ref, number), value)
    store.put((ref, None), tuple(range(len(kept))))
    whole = mixed(values)
    empty = not values
    return whole._replace(kind=kind, ref=ref, closed=whole.closed or empty, literal=all(v.literal for v in values))


def make_dict(machine: Machine, pairs: Iterable[tuple[Field, Value]], other: Sequence[Value] = ()) -> Value:
    """A new dictionary or object; `other` is what it holds besides, under keys that nobody knows."""
    ref = machine.fresh()
    fields = dict(pairs)
    store = machine.store
    for key, value in fields.items():
        store.put((ref, key), value)
    store.put((ref, None), tuple(fields))
    values = [*fields.values(), *other]
    whole = mixed(values)
    closed = whole.closed or not values
    return whole._replace(kind="dict", ref=ref, closed=closed, literal=all(value.literal for value in values))


def as_fields(value: Value) -> Value:
    """The dictionary of a Value's fields."""
    return value._replace(kind=FIELDS + value.kind, name=f"{value.name}.{FIELDS}")


def plain(value: Value) -> Value:
    """The object whose fields a dictionary holds; any other Value is itself."""
    if not value.kind.startswith(FIELDS):
        return value
    return value._replace(kind=value.kind.removeprefix(FIELDS), name=value.name.removesuffix(f".{FIELDS}"))


def expose(machine: Machine, value: Value, taint: Taint = CLEAN) -> None:
    """From here on a container or a buffer may hold something else: unknown code got hold of it, or something with
    this taint was put who knows where.
    """
    for option in value.alternatives():
        if option.ref is not None and (option.kind in HOLDING or option.known):
            before = machine.store.value((option.ref, OPEN))
            if before is None or before.closed or (taint and before.taint != taint):
                whole = blend(before.taint, taint) if before is not None else taint
                machine.store.put((option.ref, OPEN), Value(taint=whole))


def laden(machine: Machine, value: Value) -> Value:
    """The Value with all outside text in what it holds, for where it is used as a whole."""
    taint = value.taint
    waiting = [one for one in value.alternatives() if one.kind in HOLDING]
    for _ in range(MAX_FIELDS):
        if not waiting:
            break
        current = waiting.pop()
        held = fields(machine, current) or {}
        hidden = machine.store.value((current.ref, OPEN)) if current.ref is not None else None
        for part in (*held.values(), *([hidden] if hidden is not None else [])):
            if part.taint:
                taint = blend(taint, part.taint)
            waiting.extend(one for one in part.alternatives() if one.kind in HOLDING and one.ref != current.ref)
    return value if taint == value.taint else value._replace(taint=taint)


def settled(machine: Machine, value: Value) -> Value:
    """What a name holds now: something that unknown code may have changed is no constant any more."""
    if machine.written and value.ref is not None and not value.kind:
        held = machine.store.value((value.ref, TEXT))
        if held is not None and machine.store.value((value.ref, OPEN)) is None:
            value = held._replace(ref=value.ref)
    hidden = machine.store.value((value.ref, OPEN)) if value.ref is not None and value.closed else None
    if hidden is None:
        return value
    return value._replace(const=UNKNOWN, closed=hidden.closed, literal=False)


def fields(machine: Machine, value: Value) -> dict[Field, Value] | None:
    """The known fields of a container in order, or None where it is none."""
    if isinstance(value.const, dict):
        return {name: folded(part, value.hops) for name, part in value.const.items()}
    if value.ref is None:
        return None
    names = machine.store.names(value.ref)
    if names is None:
        return None
    found = {name: machine.store.value((value.ref, name)) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def elements(machine: Machine, value: Value) -> list[Value] | None:
    """What going through a Value gives, or None where that is not known."""
    const = value.const
    if isinstance(const, str | bytes | list | range | tuple) and len(const) <= MAX_FIELDS:
        return [Value(const=part, closed=True) for part in const]
    held = fields(machine, value)
    if held is None or value.kind not in {"list", "set", "dict"}:
        return None
    if value.kind == "dict":
        return [folded(name) for name in held]
    hidden = hidden_taint(machine, value)
    return [*held.values(), Value(taint=hidden)] if hidden else list(held.values())


def constant(machine: Machine, value: Value, depth: int = MAX_CONST_DEPTH) -> object:
    """The whole constant of a Value, containers included, or UNKNOWN. Deeper than `depth` nothing is known."""
    if value.known or value.kind not in {"list", "set", "dict"} or not depth:
        return value.const
    held = fields(machine, value)
    if held is None or (value.ref is not None and machine.store.value((value.ref, OPEN)) is not None):
        return UNKNOWN
    parts = {name: constant(machine, part, depth - 1) for name, part in held.items()}
    if any(part is UNKNOWN for part in parts.values()):
        return UNKNOWN
    return parts if value.kind == "dict" else list(parts.values())


def hidden_taint(machine: Machine, value: Value) -> Taint:
    """The taint of what a container may hold that nobody can see."""
    hidden = machine.store.value((value.ref, OPEN)) if value.ref is not None else None
    return hidden.taint if hidden is not None else CLEAN


def hopped(value: Value, step: str) -> Value:
    """The Value, reached by one more reflective step."""
    return value._replace(hops=value.hops | {step})


def refill(machine: Machine, target: Value, values: Sequence[Value]) -> None:
    """Put these in the place of all that a list holds."""
    kept = values[:MAX_FIELDS]
    for number, value in enumerate(kept):
        put(machine, target, number, value)
    if target.ref is not None:
        machine.store.put((target.ref, None), tuple(range(len(kept))))


def position(machine: Machine, value: Value, key: object) -> object:
    """A constant key as a field's name; negative positions count from the end."""
    if isinstance(key, bool):
        return str(key).lower() if machine.loose else int(key)
    if isinstance(key, str) and value.kind == "list" and key.isdecimal():
        return int(key)
    if isinstance(key, float) and key.is_integer():
        key = int(key)
    if isinstance(key, int) and key < 0 and value.ref is not None:
        return key + len(machine.store.names(value.ref) or ())
    return key


def put(machine: Machine, value: Value, key: object, held: Value) -> None:
    """Write a field of whatever it may be."""
    if not held.closed or value.known:
        expose(machine, value)
    for option in value.alternatives():
        place = position(machine, option, key)
        if option.ref is None or not isinstance(place, str | int):
            continue
        if value.options:
            before = machine.store.value((option.ref, place))
            held = join(before, held) if before is not None else held
        machine.store.put_field(option.ref, place, held)
