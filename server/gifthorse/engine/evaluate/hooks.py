"""What a class of the file says of its instances' members, calls and indices: properties, getters, and hooks for all
names (`__getattr__`, `__getitem__`, `__call__`, traps of a proxy).

Settings of the language name them. Members that simply are there are found in `containers`.
"""

from typing import Final

from gifthorse.engine.evaluate import containers, members
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.instances import constructor_of
from gifthorse.engine.evaluate.machine import Finish, Machine
from gifthorse.engine.evaluate.outcomes import CALL_VALUE, PASS, Intrinsic, Later, Outcome, argument
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.values import Value, folded, shorten

TRAP: Final = "<trap "
"""In front of the names of fields that hold what a proxy does in place of its object."""


def call(machine: Machine, function: Value, values: list[Value], finish: Finish | None = None) -> None:
    """Call one of the file's own functions now; what it gives is pushed, or given to `finish`."""
    frame = machine.frames[-1]
    op = frame.program.code[frame.pc - 1]
    keep: Finish = finish if finish is not None else lambda _machine, value: value
    later = Later(function, Arguments(values, {}), keep)
    machine.operations[CALL_VALUE](machine, Op(CALL_VALUE, later, op.start, op.end))


def hook_of(machine: Machine, value: Value, word: str) -> tuple[Value, list[Value]] | None:
    """What stands in for a member, an index or a call (`word`) of an instance, with its first arguments."""
    if value.kind != "instance" or value.ref is None:
        return None
    trap = machine.store.value((value.ref, f"{TRAP}{word}>"))
    if trap is not None:
        target = machine.store.value((value.ref, f"{TRAP}target>"))
        return trap, [target] if target is not None else []
    name = machine.language.settings.get(f"hook_{word}", "")
    found = members.own(machine, value, name) if name else None
    if found is None or found.fn is None:
        return None
    return found._replace(receiver=value.flat(), hops=found.hops | value.hops), []


def called(machine: Machine, value: Value) -> Value:
    """What is really called where an instance with a hook is, or what `super` stands for."""
    if value.kind == "super":
        maker = members.own(machine, value, constructor_of(machine.language, value))
        if maker is not None and maker.fn is not None:
            return maker._replace(receiver=value.receiver)
        return Value(name=value.name.removesuffix("()"), ref=value.ref)
    hook = hook_of(machine, value, "call") if value.kind == "instance" else None
    if hook is None:
        return value
    return hook[0]._replace(bound=tuple((place, one.flat()) for place, one in enumerate(hook[1])))


def read(machine: Machine, value: Value, prop: str, found: Value) -> None:
    """Push a member that was found, or what a property or a hook gives for it."""
    if found.fn is not None and found.fn.accessor:
        receiver = found.receiver if found.receiver is not None else value.flat()
        call(machine, found._replace(receiver=receiver), [])
        return
    if found.fn is None and value.kind == "instance" and members.own(machine, value, prop) is None:
        hook = hook_of(machine, value, "member")
        if hook is not None:
            call(machine, hook[0], [*hook[1], folded(prop)])
            return
    machine.push(found)


def proxy(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """`new Proxy(target, handler)`: the object itself, or what the handler's traps make of it."""
    target, traps = argument(given, 0), containers.fields(machine, argument(given, 1)) or {}
    words = {"get": "member", "apply": "call"}
    kept = {words[str(name)]: trap for name, trap in traps.items() if name in words and trap.fn is not None}
    if not kept:
        return target
    ref = machine.fresh()
    for word, trap in {**kept, "target": target}.items():
        machine.store.put((ref, f"{TRAP}{word}>"), trap)
    return Value(kind="instance", ref=ref, name=target.name)


def parent(this: Value | None, owner: Value | None) -> Value | None:
    """`super()`: the object at hand, seen as an instance of what its class inherits."""
    if owner is None or owner.ref is None:
        return None
    name = shorten(f"{owner.name}()") if owner.name else ""
    return Value(kind="super", ref=owner.ref, name=name, receiver=this.flat() if this is not None else None)


def _super(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """Python's `super()` within a method; its first parameter is the object."""
    function, frame = machine.frames[-1].function, machine.frames[-1]
    if function is None or given.positional or not frame.program.parameters:
        return PASS
    this = machine.store.value((frame.scope.ref, frame.program.parameters[0].name))
    return parent(this, function.owner) or PASS


def _make_class(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """`type("Name", (Base,), {"field": value})`; with one argument it asks for a type."""
    if len(given.positional) < 3:
        return PASS
    bases = containers.elements(machine, given.positional[1]) or []
    name = next((base.name for base in bases if base.name), "")
    kind = Value(kind="class", ref=machine.fresh(), name=name)
    machine.store.put((kind.ref, None), ())
    if bases:
        machine.store.put((kind.ref, "<bases>"), containers.make_list(machine, bases))
    for key, value in (containers.fields(machine, given.positional[2]) or {}).items():
        containers.put(machine, kind, key, value)
    return kind


def _record_class(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """`namedtuple("Row", "a b")`: a class whose instances hold what they are made of, by name and by place."""
    names = containers.constant(machine, argument(given, 1))
    words = names.replace(",", " ").split() if isinstance(names, str) else names
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        return PASS
    bound = tuple((place, folded(word)) for place, word in enumerate(words))
    return Value(name="<record>", bound=((-1, folded(len(words))), *bound))


def _record(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """A record is made: how many names there are, the names, and the values."""
    count = argument(given, 0).const
    if not isinstance(count, int):
        return PASS
    words, values = given.positional[1 : count + 1], given.positional[count + 1 :]
    made = containers.make_list(machine, values)
    for word, value in [
        *((str(one.const), value) for one, value in zip(words, values, strict=False)),
        *given.keywords.items(),
    ]:
        machine.store.put((made.ref, word), value)
    return made


INTRINSICS: Final[dict[str, Intrinsic]] = {
    "proxy": proxy, "parent": _super, "make-class": _make_class, "record-class": _record_class, "record": _record,
}  # fmt: skip
