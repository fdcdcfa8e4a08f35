"""Lists, dictionaries, objects and classes: their fields in the Store, and what a member or an index of a Value is."""

from collections.abc import Iterable, Sequence
from typing import Final

from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.outside import without_namespace
from gifthorse.engine.evaluate.store import Field
from gifthorse.engine.evaluate.taint import CLEAN, Stage, Taint, Trace, blend, cleared
from gifthorse.engine.evaluate.values import NOTHING, UNKNOWN, Value, folded, join, mixed, shorten
from gifthorse.model.knowledge import EVERYTHING

OPEN: Final = "<open>"
"""The field that marks a container or buffer as perhaps holding what nobody can see, and which taint that has."""

HOLDING: Final = frozenset({"list", "dict", "set"})
"""The kinds of Values that hold others."""

TEXT: Final = "<text>"
"""The field that holds the text that was put into a buffer so far."""

BOUND: Final = frozenset({"instance", "super", "class", "dict"})
"""The kinds of Values whose functions know them."""

MAX_FIELDS = 256
FIELDS: Final = "fields "
"""In front of the kind of a Value that is the dictionary of another's fields (`o.__dict__`)."""

MAX_CONST_DEPTH = 5
MAX_BASES = 8


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
    hidden = _hidden_taint(machine, value)
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


def _from_class(machine: Machine, kind: Value, prop: Field, instance: bool, above: bool = False) -> Value | None:
    """A class's own or inherited member; for an `instance` also what the constructors on the way put into it.

    `above`: only an inherited one.
    """
    waiting, seen = [kind], 0
    while waiting and seen < MAX_BASES:
        seen += 1
        current = waiting.pop(0)
        found = machine.store.value(((current.ref, "self"), prop)) if instance else None
        if found is None and current.ref is not None:
            found = machine.store.value((current.ref, prop))
        if found is not None and not (above and seen == 1):
            return found
        bases = machine.store.value((current.ref, "<bases>")) if current.ref is not None else None
        held = fields(machine, bases) if bases is not None else None
        waiting.extend((held or {}).values())
    return None


def own(machine: Machine, value: Value, prop: Field) -> Value | None:
    """What was put into the Value itself, into the model of its class's instances, or into its class."""
    if value.ref is None:
        return None
    found = machine.store.value((value.ref, prop))
    if value.kind == "super":
        return _from_class(machine, value._replace(kind="class"), prop, instance=False, above=True)
    if found is not None or value.kind not in {"instance", "class"}:
        return found
    if value.kind == "class":
        return _from_class(machine, value, prop, instance=False)
    kind = machine.store.value((value.ref, "<class>"))
    return _from_class(machine, kind, prop, instance=True) if kind is not None else None


def member(machine: Machine, value: Value, prop: Field) -> Value:
    """`value.prop`: what the file put there, else the dotted name of something that the file does not define."""
    if value.options:
        joined = member(machine, value.options[0], prop)
        for option in value.options[1:]:
            joined = join(joined, member(machine, option, prop))
        return joined
    found = own(machine, value, prop)
    receiver = value.flat()
    if found is not None:
        hops = found.hops | value.hops
        if found.fn is not None and value.kind in BOUND and not found.fn.static:
            return _bound(machine, value, found)._replace(hops=hops)
        if value.taint and value.kind == "instance" and found.fn is None:
            return found._replace(hops=hops, taint=blend(found.taint, value.taint))  # It arrived as a whole.
        return found if hops == found.hops else found._replace(hops=hops)
    if value.known and isinstance(value.const, dict) and prop in value.const:
        return folded(value.const[prop], value.hops)
    name = shorten(without_namespace(machine, f"{value.name or value.kind}.{prop}"))
    if value.kind == "super" and value.name and prop == machine.language.settings.get("constructor", "__init__"):
        name = value.name.removesuffix("()")
    ref = (value.ref, prop) if value.ref is not None and name else None
    taint = value.taint if value.kind not in HOLDING else _hidden_taint(machine, value)
    found = Value(name=name, closed=value.closed, ref=ref, receiver=receiver, hops=value.hops, taint=taint)
    return sourced(machine, found)


def _bound(machine: Machine, value: Value, found: Value) -> Value:
    """A function that was found in an object, with that object."""
    function = found.fn
    if value.kind == "instance" and function is not None and function.of_class:
        kind = machine.store.value((value.ref, "<class>")) if value.ref is not None else None
        return found._replace(receiver=kind.flat() if kind is not None else value.flat())
    if value.kind == "super":
        return found._replace(receiver=value.receiver)
    free = value.kind == "class" and function is not None and not function.of_class
    if (free or value.kind == "dict") and machine.language.settings.get("receiver") != "this":
        return found
    return found._replace(receiver=value.flat())


def _hidden_taint(machine: Machine, value: Value) -> Taint:
    hidden = machine.store.value((value.ref, OPEN)) if value.ref is not None else None
    return hidden.taint if hidden is not None else CLEAN


def sourced(machine: Machine, value: Value) -> Value:
    """What is read by a name: under its real name, and with the labels that knowledge gives it."""
    known = machine.lore.of_name(value.name) if value.name else None
    if known is None:
        return value
    taint = value.taint
    frame = machine.frames[-1]
    stage = Stage(machine.site(frame.program.code[frame.pc - 1]), known.name)
    for label in known.labels:
        taint = blend(taint, (Trace(label, (stage,)),))
    if known.clears:
        taint = cleared(taint, known.clears)
    return value._replace(name=known.name, taint=taint, plain=EVERYTHING in known.clears)


def index(machine: Machine, value: Value, key: Value) -> Value:
    """`value[key]`: the element, the member of that name, or whatever element it may be."""
    if key.known and isinstance(key.const, int) and isinstance(value.const, str | bytes | list | tuple):
        try:
            return folded(value.const[key.const], value.hops | key.hops)
        except (IndexError, TypeError):
            return NOTHING
    place = _position(machine, value, key.const)
    if isinstance(place, str | int):
        found = member(machine, value, place)
        return found._replace(hops=found.hops | key.hops) if key.hops else found
    meaning = machine.language.intrinsics.get(f"[{key.name}]") if key.name else None
    if meaning is not None:
        return Value(name=meaning, receiver=value.flat())
    named = own(machine, value, token(key)) if is_token(key) else None
    if named is not None:
        return named
    held = fields(machine, value)
    if held and len(held) <= MAX_FIELDS:
        joined: Value | None = None
        for part in held.values():
            joined = part if joined is None else join(joined, part)
        hidden = _hidden_taint(machine, value)
        found = joined or NOTHING
        return found._replace(taint=blend(found.taint, hidden)) if hidden else found
    taint = value.taint if value.kind not in HOLDING else laden(machine, value).taint
    name = shorten(f"{value.name}[]") if value.name else ""
    return mixed([value, key])._replace(name=name, taint=taint, plain=False)


def is_token(key: Value) -> bool:
    """Whether a key is something that was made to be one, as a symbol is."""
    return key.ref is not None and key.name.endswith("()")


def token(key: Value) -> str:
    """The field's name for such a key."""
    return f"<{key.ref}>"


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


def _position(machine: Machine, value: Value, key: object) -> object:
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
        place = _position(machine, option, key)
        if option.ref is None or not isinstance(place, str | int):
            continue
        if value.options:
            before = machine.store.value((option.ref, place))
            held = join(before, held) if before is not None else held
        machine.store.put_field(option.ref, place, held)
