"""What a member or an index of a Value is: its own fields, its class's, those of the classes above, or a name."""

from typing import Final

from gifthorse.engine.evaluate.containers import HOLDING, MAX_FIELDS, fields, hidden_taint, laden, position
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.outside import without_namespace
from gifthorse.engine.evaluate.store import Field
from gifthorse.engine.evaluate.taint import Stage, Trace, blend, cleared
from gifthorse.engine.evaluate.values import NOTHING, Value, folded, join, mixed, shorten
from gifthorse.model.knowledge import EVERYTHING

BOUND: Final = frozenset({"instance", "super", "class", "dict"})
"""The kinds of Values whose functions know them."""

MAX_BASES = 8


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
    taint = value.taint if value.kind not in HOLDING else hidden_taint(machine, value)
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
    place = position(machine, value, key.const)
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
        hidden = hidden_taint(machine, value)
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
