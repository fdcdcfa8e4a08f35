"""What instructions make of names, members, indices, imports and assignments to them.

Scopes are walked here; what is stored where is in `store` and `containers`.
"""

import re
from typing import Any, Final

from gifthorse.engine.evaluate import arithmetic, containers, folding, hooks, memory, outside
from gifthorse.engine.evaluate.beyond import beyond
from gifthorse.engine.evaluate.imports import free_ref
from gifthorse.engine.evaluate.machine import Machine, Operation, Toward
from gifthorse.engine.evaluate.outcomes import announce_assignment, assign, index_scope
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.taint import outside as outside_text
from gifthorse.engine.evaluate.taint import stepped
from gifthorse.engine.evaluate.values import (
    UNKNOWN,
    Ref,
    Scope,
    Value,
    folded,
    mixed,
    shorten,
)

THIS: Final = "this"


def lookup(machine: Machine, name: str) -> Value:
    """What a name stands for here; a name that nothing in the file binds stands for itself."""
    scope: Scope | None = machine.frames[-1].scope
    store = machine.store
    home: Ref = ""
    while scope is not None:
        if scope.is_class and scope is not machine.frames[-1].scope:
            found = _bare_member(machine, scope, name)
        elif scope.names is None or name in scope.names:
            found = store.value((scope.ref, name))
        else:
            found = None
        if found is not None:
            return containers.settled(machine, found)
        home, scope = scope.ref, scope.parent
    if name == machine.parent_name:
        return hooks.parent(store.value((_method_scope(machine).ref, THIS)), _owner(machine)) or Value(name=name)
    meaning = machine.language.intrinsics.get(name)
    if meaning == "scope-value":
        return Value(kind="scope", ref="", hops=frozenset({"scope dictionary"}))
    found = beyond(machine, home, name)
    if found is not None:
        return found
    inherited = _inherited(machine, name)
    if inherited is not None:
        return inherited
    return containers.sourced(machine, Value(name=outside.from_outside(machine, name), ref=free_ref(home, name)))


def _inherited(machine: Machine, name: str) -> Value | None:
    """A member of the object at hand that its class has from outside of the file, where anything is known of it."""
    if name == THIS or not machine.language.settings.get("members"):
        return None
    this = lookup(machine, THIS)
    if not this.name.endswith("()") or not machine.listener.knows(f"{this.name[:-2]}.{name}"):
        return None
    return containers.member(machine, this, name)


def _method_scope(machine: Machine) -> Scope:
    """The innermost scope that knows its object."""
    scope: Scope | None = machine.frames[-1].scope
    while scope is not None and scope.names is not None and THIS not in scope.names:
        scope = scope.parent
    return scope or machine.frames[-1].scope


def _owner(machine: Machine) -> Value | None:
    """The class whose method is being run."""
    functions = (frame.function for frame in reversed(machine.frames) if frame.function is not None)
    return next((function.owner for function in functions if function.owner is not None), None)


def _is_own_field(machine: Machine, name: str) -> bool:
    """Whether an assignment to a name that nothing binds is one to a field of the object at hand."""
    if not machine.language.settings.get("members"):
        return False
    this = lookup(machine, THIS)
    return this.name.endswith("()") and machine.listener.hears_assignment(f"{this.name}.{name}")


def _bare_member(machine: Machine, scope: Scope, name: str) -> Value | None:
    """A member of the class around, named without its object: of the object at hand, else of the class."""
    this = _this(machine, scope) if name != THIS else None
    found = containers.own(machine, this, name) if this is not None else None
    if found is None:
        found = containers.own(machine, Value(kind="class", ref=scope.ref), name)
    if this is not None and found is not None and found.fn is not None and not found.fn.static:
        return found._replace(receiver=this.flat())
    return found


def _this(machine: Machine, scope: Scope) -> Value | None:
    """The object whose method is being run, where one is at hand."""
    this = lookup(machine, THIS)
    return this if this.kind == "instance" and scope.is_class else None


_WORDS = re.compile(r"::|\\\\")


def called_by_text(machine: Machine, value: Value) -> Value:
    """What a text names when it is called, or a list of an object and a method's name; anything else is itself."""
    if value.kind == "list" and not value.known:
        parts = containers.elements(machine, value) or []
        if len(parts) != 2 or not isinstance(parts[1].const, str):
            return value
        target = called_by_text(machine, parts[0])
        return _by_text(containers.member(machine, target, parts[1].const), parts[1])
    if not isinstance(value.const, str) or value.kind or not value.const.strip():
        return value
    head, *rest = _WORDS.split(value.const.strip().lstrip("\\"))
    found = lookup(machine, head.lower() if machine.language.settings.get("ignore_case") and not rest else head)
    for word in rest:
        found = containers.member(machine, found, word)
    plain = value.literal and machine.text_calls == "plain"
    return found if plain else _by_text(found, value)


def _by_text(found: Value, by: Value) -> Value:
    return found._replace(hops=found.hops | by.hops | {"name in a text"})


def _load(machine: Machine, op: Op) -> None:
    value = lookup(machine, str(op.operand))
    machine.push(containers.sourced(machine, value) if value.name and not value.taint else value)


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
    found = containers.member(machine, value, prop)
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
    found = containers.index(machine, value, key)
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


def bind_name(machine: Machine, name: str, value: Value, op: Op | None = None) -> None:
    """Write a name where it is bound: the innermost scope that has it, else the module. A member of the class around
    is written to the object at hand.
    """
    scope: Scope | None = machine.frames[-1].scope
    while scope is not None and scope.names is not None and name not in scope.names:
        scope = scope.parent
    unbound = scope is None or (scope.names is None and not scope.is_class)
    if unbound and op is not None and _is_own_field(machine, name):
        assign(machine, lookup(machine, THIS), name, value, op)
    elif scope is None:
        machine.store.put(("", name), value)
    elif scope.is_class:
        this = _this(machine, scope) if scope is not machine.frames[-1].scope else None
        if this is not None and op is not None:
            assign(machine, this, name, value, op)
        else:
            machine.store.put_field(scope.ref, name, value)
    else:
        machine.store.put((scope.ref, name), value)


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
    _assign(machine, target, prop, value, op)


def _assign(machine: Machine, target: Value, key: str | int, value: Value, op: Op) -> None:
    assign(machine, target, key, value, op)


def _store_index(machine: Machine, op: Op) -> None:
    target, key = machine.take(2)
    value = machine.stack[-1]
    if machine.released:
        memory.note_use(machine, target, op)
    if machine.sized:
        memory.note_index(machine, target, key, op)
    if isinstance(key.const, str | int):
        _assign(machine, target, key.const, value._replace(hops=value.hops | key.hops) if key.hops else value, op)
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
