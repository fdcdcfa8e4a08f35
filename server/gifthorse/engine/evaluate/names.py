"""What instructions make of names, members, indices, imports and assignments to them.

Scopes are walked in `scopes`; what is stored where is in `store` and `containers`.
"""

from typing import Any, Final

from gifthorse.engine.evaluate import arithmetic, containers, folding, hooks, members, memory
from gifthorse.engine.evaluate.happenings import Toward
from gifthorse.engine.evaluate.machine import Machine, Operation
from gifthorse.engine.evaluate.outcomes import announce_assignment, assign, index_scope
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.scopes import bind_name, lookup
from gifthorse.engine.evaluate.taint import outside as outside_text
from gifthorse.engine.evaluate.taint import stepped
from gifthorse.engine.evaluate.values import UNKNOWN, Value, folded, mixed, shorten


def _load(machine: Machine, op: Op) -> None:
    value = lookup(machine, str(op.operand))
    machine.push(members.sourced(machine, value) if value.name and not value.taint else value)


def _member(machine: Machine, op: Op) -> None:
    value = machine.pop()
    if machine.released:
        memory.note_use(machine, value, op)
    prop = str(op.operand)
    hooks.read(machine, value, prop, field_of(machine, value, prop))


def field_of(machine: Machine, value: Value, prop: str) -> Value:
    """`value.prop` as it is written, or a property that means something of its own (`__dict__`, `.length`)."""
    meaning = machine.language.intrinsics.get(f".{prop}")
    if meaning == "fields":
        return containers.as_fields(value)._replace(hops=value.hops | {prop})
    if value.kind == "scope":
        return index_scope(machine, value, folded(prop))._replace(hops=value.hops)
    if meaning == "prototype" and (value.kind == "class" or value.fn is not None):
        return Value(kind="class", ref=value.ref, name=value.name)
    found = members.member(machine, value, prop)
    if meaning == "module-default" and isinstance(value.ref, tuple) and value.ref[0] == "module":
        return value
    if meaning == "same":
        return value._replace(hops=value.hops | {prop})
    if meaning is not None and meaning.startswith("fold:"):
        const = folding.function(meaning[5:], [containers.constant(machine, value)])
        return folded(const, value.hops) if const is not UNKNOWN else found
    return found


def _as_function(machine: Machine, _: Op) -> None:
    """A member that is not read but meant as a function."""
    value = machine.pop()
    machine.push(value._replace(hops=value.hops | {"function reference"}) if value.fn is None else value)


def index(machine: Machine, op: Op) -> None:
    """`value[key]`: leaves the element."""
    value, key = machine.take(2)
    if machine.released:
        memory.note_use(machine, value, op)
    if machine.sized and op.operand != "address":
        memory.note_index(machine, value, key, op)
    value = containers.plain(value)
    if value.name and machine.language.intrinsics.get(value.name) == "modules":
        machine.push(_loaded(machine, key))
        return
    if value.kind == "scope":
        machine.push(index_scope(machine, value, key))
        return
    if key.kind == "slice":
        machine.push(_sliced(machine, value, key))
        return
    hook = hooks.hook_of(machine, value, "index")
    if hook is not None:
        hooks.call(machine, hook[0], [*hook[1], key])
        return
    if machine.loose and key.kind == "list":
        parts = containers.constant(machine, key)
        key = key._replace(const=arithmetic.text(parts, loose=True), kind="") if parts is not UNKNOWN else key
    found = members.index(machine, value, key)
    if found.fn is not None and found.fn.accessor:
        hooks.read(machine, value, "", found)
        return
    computed = (
        machine.language.settings.get("index_is_member") == "true" and isinstance(key.const, str) and not key.literal
    )
    machine.push(found._replace(hops=found.hops | {"computed member"}) if computed else found)


def _loaded(machine: Machine, key: Value) -> Value:
    """A module by its name, in the dictionary of those that were loaded; the file itself is one of them."""
    hops = key.hops | {"dynamic import"}
    if key.name and key.name == machine.language.settings.get("own_name"):
        return Value(kind="scope", ref="", hops=hops)
    if not isinstance(key.const, str):
        return Value(hops=hops)
    return Value(name=shorten(key.const), ref=("module", key.const), hops=hops)


def _sliced(machine: Machine, value: Value, key: Value) -> Value:
    ends = key.const
    const: Any = containers.constant(machine, value)
    if not isinstance(ends, tuple) or UNKNOWN in ends:
        return mixed([value, key])
    if const is UNKNOWN and value.kind == "list":
        return containers.make_list(machine, (containers.elements(machine, value) or [])[slice(*ends)])
    try:
        return folded(const[slice(*ends)], value.hops | key.hops)
    except (TypeError, ValueError):
        return mixed([value, key])


def _store(machine: Machine, op: Op) -> None:
    name, value = str(op.operand), machine.stack[-1]
    if value.taint and op.end and outside_text(value.taint):
        value = value._replace(taint=stepped(value.taint, machine.site(op), f"assigned to {name}"))
    if machine.frames[-1].scope.is_class and value.fn is None:
        kind = machine.classes[-1][0]
        assign(machine, kind, name, value, op)
        if kind.name:
            announce_assignment(machine, f"{kind.name}().{name}", value, op, value.hops)
    bind_name(machine, name, value, op)
    if op.end and len(machine.frames) == 1 and machine.frames[-1].scope.names is None:
        announce_assignment(machine, name, value, op, value.hops)


def _toward(machine: Machine, op: Op) -> None:
    word, shape = op.operand
    machine.towards.append(Toward(word, shape, op))


def _arrived(machine: Machine, _: Op) -> None:
    machine.towards.pop()


def _store_member(machine: Machine, op: Op) -> None:
    target = machine.pop()
    if machine.released:
        memory.note_use(machine, target, op)
    value, prop = machine.stack[-1], str(op.operand)
    if value.taint and outside_text(value.taint):
        value = value._replace(taint=stepped(value.taint, machine.site(op), f"assigned to {prop}"))
    assign(machine, target, prop, value, op)


def _store_index(machine: Machine, op: Op) -> None:
    target, key = machine.take(2)
    value = machine.stack[-1]
    if machine.released:
        memory.note_use(machine, target, op)
    if machine.sized:
        memory.note_index(machine, target, key, op)
    if isinstance(key.const, str | int):
        assign(machine, target, key.const, value._replace(hops=value.hops | key.hops) if key.hops else value, op)
    elif key.kind == "slice" and key.const == (None, None, None) and target.kind == "list":
        containers.refill(machine, target, containers.elements(machine, value) or [])
    elif target.kind == "list" and target.ref is not None and value.closed:
        machine.store.put_field(target.ref, len(machine.store.names(target.ref) or ()), value)
    else:
        containers.expose(machine, target, value.taint)


def _store_next(machine: Machine, _: Op) -> None:
    """`list[] = value`: the next element."""
    target, value = machine.pop(), machine.stack[-1]
    if target.ref is not None and target.kind in {"list", "dict"} and not target.options:
        place = len(machine.store.names(target.ref) or ())
        if place < containers.MAX_FIELDS:
            containers.put(machine, target, place, value)
            return
    containers.expose(machine, target, value.taint)


OPERATIONS: Final[dict[str, Operation]] = {
    "load": _load, "member": _member, "as-function": _as_function, "store": _store,
    "store-member": _store_member, "store-index": _store_index, "store-next": _store_next,
    "toward": _toward, "arrived": _arrived,
}  # fmt: skip
