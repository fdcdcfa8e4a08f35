"""Scopes: what a name stands for where it is used, and where one is bound."""

import re
from typing import Final

from gifthorse.engine.evaluate import containers, hooks, members, outside
from gifthorse.engine.evaluate.beyond import beyond
from gifthorse.engine.evaluate.imports import free_ref
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.outcomes import assign
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.values import Ref, Scope, Value

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
    return members.sourced(machine, Value(name=outside.from_outside(machine, name), ref=free_ref(home, name)))


def _inherited(machine: Machine, name: str) -> Value | None:
    """A member of the object at hand that its class has from outside of the file, where anything is known of it."""
    if name == THIS or not machine.language.settings.get("members"):
        return None
    this = lookup(machine, THIS)
    if not this.name.endswith("()") or not machine.listener.knows(f"{this.name[:-2]}.{name}"):
        return None
    return members.member(machine, this, name)


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
    found = members.own(machine, this, name) if this is not None else None
    if found is None:
        found = members.own(machine, Value(kind="class", ref=scope.ref), name)
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
        return _by_text(members.member(machine, target, parts[1].const), parts[1])
    if not isinstance(value.const, str) or value.kind or not value.const.strip():
        return value
    head, *rest = _WORDS.split(value.const.strip().lstrip("\\"))
    found = lookup(machine, head.lower() if machine.language.settings.get("ignore_case") and not rest else head)
    for word in rest:
        found = members.member(machine, found, word)
    plain = value.literal and machine.text_calls == "plain"
    return found if plain else _by_text(found, value)


def _by_text(found: Value, by: Value) -> Value:
    return found._replace(hops=found.hops | by.hops | {"name in a text"})


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
