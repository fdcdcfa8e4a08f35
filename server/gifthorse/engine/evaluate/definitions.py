"""What instructions make of functions, their parameters, classes and decorators.

Calling them is in `calls`.
"""

from typing import Final

from gifthorse.engine.evaluate import arriving, calls, containers
from gifthorse.engine.evaluate.arguments import ABSENT
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.instances import instance_of
from gifthorse.engine.evaluate.machine import Defined, Machine, Operation
from gifthorse.engine.evaluate.program import MAKER, Inner, Op
from gifthorse.engine.evaluate.scopes import lookup
from gifthorse.engine.evaluate.typed import instance_name
from gifthorse.engine.evaluate.values import NOTHING, Function, Ref, Scope, Value, fallback
from gifthorse.model.fact import Fact


def _parameter(machine: Machine, op: Op) -> None:
    place: int = op.operand
    given = machine.frames[-1].arguments
    machine.push(given[place] if place < len(given) else NOTHING)


def _parameter_default(machine: Machine, _: Op) -> None:
    value, default = machine.take(2)
    if value is ABSENT or (value.name and value.name == machine.absent_name):
        machine.push(default)
    else:
        own = len(machine.frames) == 1
        machine.push(fallback(arriving.without_service(value, default), default) if own else value)


def _parameter_type(machine: Machine, op: Op) -> None:
    """Where a function is looked at by itself, a parameter is an instance of its type, if that is not a mere word."""
    value, kind = machine.take(2)
    if machine.lore.active and value is not ABSENT:
        value = arriving.typed(machine, value, kind, op.operand)
    if len(machine.frames) > 1 or value is ABSENT or value.kind or value.name.endswith("()"):
        machine.push(value)
    elif kind.kind == "class":
        name = f"{kind.name}()" if kind.name else value.name
        machine.push(Value(kind="instance", name=name, ref=(kind.ref, "self"), taint=value.taint))
    elif instance_name(machine, kind):
        machine.push(value._replace(name=instance_name(machine, kind)))
    else:
        machine.push(value)


def _typed(machine: Machine, _: Op) -> None:
    """A declaration without a value: something of that type."""
    kind = machine.pop()
    if kind.kind == "class":
        machine.push(instance_of(machine, kind))
        return
    name = instance_name(machine, kind)
    machine.push(Value(name=name, ref=machine.fresh()) if name else NOTHING)


def _decorate(machine: Machine, op: Op) -> None:
    """A decorator is called with what it stands before; one without brackets is only known here."""
    decorator: Fact = op.operand
    value = machine.pop()
    machine.decorators.append(decorator.text)
    if value.name:
        machine.decorating.append(value.name.removesuffix("()"))
    if decorator.role in {"name", "member"}:
        calls.announce(machine, value, Arguments([NOTHING], {}), calls.Written(op, None, direct=False))


def _function(machine: Machine, op: Op) -> None:
    inner: Inner = op.operand
    frame = machine.frames[-1]
    scope = frame.scope
    while scope.is_class and scope.parent is not None and machine.language.settings.get("members") != "bare":
        scope = scope.parent
    function = Function(
        path=f"{frame.path}/{inner.name}",
        name=_own_name(machine, inner.fact),
        fact=inner.fact,
        scope=scope,
        owner=machine.classes[-1][0] if frame.scope.is_class else None,
        decorated=bool(machine.decorators),
        static="staticmethod" in machine.decorators or _has_no_object(machine, inner.fact),
        accessor=inner.fact.part("getter") is not None or _is_accessor(machine),
        of_class="classmethod" in machine.decorators,
        fixed=frame.fixed,
    )
    made = Value(fn=function, closed=True)
    for name in machine.decorating:
        known = machine.lore.of_call(name)
        if known is not None and known.handlers:
            arriving.register(machine, known.handlers, (made,), name)
    machine.decorators, machine.decorating = [], []
    if len(machine.frames) == 1 and frame.fixed is None and not _is_macro(inner.fact):
        machine.defined.append(Defined(function, op.start))
    value = Value(fn=function, closed=True, ref=("function", function.path))
    if function.owner is not None and machine.language.settings.get("overloads"):
        params = inner.fact.part("params")
        machine.store.put((frame.scope.ref, f"{function.name}/{params.names.count('') if params else 0}"), value)
    machine.push(value)


def _is_accessor(machine: Machine) -> bool:
    """Whether a decorator makes a function into a field that is read."""
    words = machine.language.settings.get("accessors", "").split()
    return any(word in words for word in machine.decorators)


def _own_name(machine: Machine, fact: Fact) -> str:
    """What a function is called; one without a name is known by what it is for."""
    if fact.part("maker") is not None:
        return MAKER
    name = fact.part("name")
    return name.text if name else (machine.towards[-1].word if machine.towards else "")


def _is_macro(fact: Fact) -> bool:
    """Whether a function is text that stands where it is called: by itself nothing is known of it."""
    text = fact.part("expr")
    return text is not None and text.role == "code"


def _has_no_object(machine: Machine, fact: Fact) -> bool:
    """Whether a function in a class is called without an object: its first parameter is not named as it must be."""
    word = machine.language.settings.get("receiver_name", "")
    if not word:
        return False
    params = fact.part("params")
    first = params.kids[0] if params is not None and params.kids else None
    named = first.part("name") if first is not None else None
    return named is None or named.text != word


def _method_of(machine: Machine, op: Op) -> None:
    """A method that is written outside its type (Go, C++)."""
    kind, name = op.operand
    value = machine.stack[-1]
    owner = lookup(machine, kind)
    if owner.ref is not None and value.fn is not None:
        value.fn.owner = owner if owner.kind == "class" else None
        if owner.kind == "class" and machine.language.settings.get("members") == "bare":
            value.fn.scope = Scope(owner.ref, None, value.fn.scope, is_class=True)
        machine.store.put((owner.ref, name), value)


def _bases(machine: Machine, op: Op) -> None:
    machine.bases = tuple(machine.take(op.operand))


def _class(machine: Machine, op: Op) -> None:
    """The body runs in a scope whose names are the class's members."""
    frame = machine.frames[-1]
    ref: Ref | None = (frame.scope.ref if frame.scope.names is not None else frame.path, str(op.operand))
    name = next((base.name for base in machine.bases if base.name), "")
    kind = Value(kind="class", ref=ref, name=name)
    known = lookup(machine, str(op.operand)) if machine.language.settings.get("classes") == "open" else kind
    machine.decorators, machine.decorating = [], []
    bases = machine.bases
    machine.bases = ()
    outer = frame.scope
    if known is not kind and known.kind == "class":
        kind, ref = known, known.ref
    else:
        machine.store.put((ref, None), ())
        machine.store.put(((ref, "self"), "<class>"), kind)
        own = machine.language.settings.get("own_class", "")
        if own:
            machine.store.put((ref, own), kind)
    machine.classes.append((kind, outer, bases))
    if bases:
        machine.store.put((ref, "<bases>"), containers.make_list(machine, bases))
    names = _class_names(frame.program.code, frame.pc)
    if machine.language.settings.get("receiver") == "this":
        machine.store.put((ref, "this"), kind)
        names |= {"this"}
    frame.scope = Scope(ref, names, outer, is_class=True)


def _class_names(code: tuple[Op, ...], start: int) -> frozenset[str]:
    """The names that the class body starting here binds: they stand in its `end-class`."""
    depth = 1
    for place in range(start, len(code)):
        if code[place].code == "class":
            depth += 1
        elif code[place].code == "end-class":
            depth -= 1
            if not depth:
                return frozenset(code[place].operand)
    return frozenset()


def _end_class(machine: Machine, _: Op) -> None:
    kind, outer, _bases_of = machine.classes.pop()
    machine.pop()
    machine.frames[-1].scope = outer
    machine.push(kind)


def model_of(kind: Value) -> Value:
    """The instance that stands for all of a class's instances."""
    return Value(kind="instance", ref=(kind.ref, "self"), name=f"{kind.name}()" if kind.name else "")


OPERATIONS: Final[dict[str, Operation]] = {
    "parameter": _parameter, "parameter-default": _parameter_default, "parameter-type": _parameter_type,
    "typed": _typed, "decorate": _decorate, "function": _function, "method-of": _method_of, "bases": _bases,
    "class": _class, "end-class": _end_class,
}  # fmt: skip
