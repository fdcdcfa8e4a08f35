"""Instances of the file's classes: new ones, and what fills those of a class without a constructor of its own."""

from gifthorse.engine.evaluate import containers, members
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.taint import CLEAN, blend
from gifthorse.engine.evaluate.values import Value
from gifthorse.model.rule import Language


def instance_of(machine: Machine, kind: Value) -> Value:
    """A new instance of one of the file's classes; it bears the name of the base that the file does not define."""
    ref = machine.fresh()
    machine.store.put((ref, "<class>"), kind)
    return Value(kind="instance", ref=ref, name=kind.name + "()" if kind.name else "", hops=kind.hops)


def constructor_of(language: Language, kind: Value) -> str:
    """What the method that fills new instances of a class is called."""
    name = language.settings.get("constructor", "__init__")
    return str(kind.ref[-1]) if name == "<class>" and isinstance(kind.ref, tuple) else name


def overloaded(machine: Machine, callee: Value, given: Arguments) -> Value:
    """Of several functions of one name (the setting `overloads`) the one that takes so many arguments."""
    function = callee.fn
    if (
        function is None
        or function.owner is None
        or not given.complete
        or not machine.language.settings.get("overloads")
    ):
        return callee
    params, count = function.fact.part("params"), len(given.positional) + len(given.keywords)
    if count == (params.names.count("") if params is not None else 0):
        return callee
    found = members.own(machine, function.owner, f"{function.name}/{count}")
    return callee._replace(fn=found.fn) if found is not None and found.fn is not None else callee


def filled(machine: Machine, instance: Value, given: Arguments) -> Value:
    """A new instance of a class whose constructor is not written: its fields are named like the arguments. Which field
    gets an argument without a name is not known, so outside text in it is in all of them.
    """
    for name, value in given.keywords.items():
        if instance.ref is not None:
            machine.store.put_field(instance.ref, name, value)
    taint = CLEAN
    for value in given.positional:
        taint = blend(taint, containers.laden(machine, value).taint)
    return instance._replace(taint=taint) if taint else instance
