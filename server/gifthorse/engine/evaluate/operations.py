"""What each instruction means: names, operators, branches, loops, definitions. Calls are in `calls`."""

from collections.abc import Mapping
from typing import Any, Final

from gifthorse.engine.evaluate import calls, containers, folding, literals
from gifthorse.engine.evaluate.compile import Inner, Op, last_segment
from gifthorse.engine.evaluate.intrinsics import CALL_VALUE, announce_assignment, assembled, assign, index_scope
from gifthorse.engine.evaluate.machine import Arguments, Defined, Loop, Machine, Operation, Toward
from gifthorse.engine.evaluate.values import (
    NOTHING,
    UNKNOWN,
    Function,
    Scope,
    Value,
    folded,
    join,
    literal,
    mixed,
    same_const,
    shorten,
)
from gifthorse.model.fact import Fact

MAX_UNROLLED = 16
"""Elements for each of which a loop's body is run; of more, any may be the one."""

MAX_UNROLLED_COLLECTING = 128
"""The same for a comprehension, whose body is small."""


def _nothing(machine: Machine, _: Op) -> None:
    machine.push(NOTHING)


def _drop(machine: Machine, _: Op) -> None:
    machine.pop()


def _same(machine: Machine, _: Op) -> None:
    machine.push(machine.stack[-1])


def _mix(machine: Machine, op: Op) -> None:
    machine.push(mixed(machine.take(op.operand))._replace(literal=False))


def _constant(const: object) -> Operation:
    value = literal(const)

    def push(machine: Machine, _: Op) -> None:
        machine.push(value)

    return push


def _number(machine: Machine, op: Op) -> None:
    machine.push(literal(literals.number(str(op.operand))))


def _string(machine: Machine, op: Op) -> None:
    """The operand holds the source around the interpolations, whose Values are on the stack."""
    source: tuple[str, ...] = op.operand
    pieces, is_bytes = literals.string_pieces(source, machine.language.settings.get("raw_quotes", ""))
    if len(pieces) == 1:
        text = pieces[0]
        machine.push(literal(text.encode("utf-8", "replace") if is_bytes else text))
        return
    holes = machine.take(len(pieces) - 1)
    consts = [containers.constant(machine, hole) for hole in holes]
    if UNKNOWN not in consts:
        whole = pieces[0] + "".join(
            folding.text(const, machine.loose) + piece for const, piece in zip(consts, pieces[1:], strict=True)
        )
        machine.push(folded(folding.bounded(whole), mixed(holes).hops))
        return
    parts = [literal(pieces[0])]
    for hole, piece in zip(holes, pieces[1:], strict=True):
        parts.extend([hole, literal(piece)])
    machine.push(assembled([part for part in parts if part.const != ""]))


def _concat(machine: Machine, op: Op) -> None:
    """Literals side by side."""
    values = machine.take(len(op.operand))
    whole = values[0] if values else NOTHING
    for value in values[1:]:
        whole = plus(machine, whole, value)
    machine.push(whole._replace(literal=all(value.literal for value in values)))


def plus(machine: Machine, one: Value, other: Value) -> Value:
    """`one + other`: a sum, or a string or list put together."""
    left, right = containers.constant(machine, one), containers.constant(machine, other)
    const = folding.binary("+", left, right, machine.loose)
    if const is not UNKNOWN:
        return folded(const, one.hops | other.hops)
    if one.kind == "list" and other.kind == "list":
        held = [containers.elements(machine, side) or [] for side in (one, other)]
        return containers.make_list(machine, held[0] + held[1])
    textual = isinstance(one.const, str) or isinstance(other.const, str) or one.built or other.built
    return assembled([one, other]) if textual else mixed([one, other])


def _binary(machine: Machine, op: Op) -> None:
    one, other = machine.take(2)
    machine.push(combine(machine, str(op.operand), one, other))


def combine(machine: Machine, operator: str, one: Value, other: Value) -> Value:
    """`one operator other`."""
    if operator == "+":
        return plus(machine, one, other)
    if operator in folding.EITHER:
        return _either(machine, operator, one, other)
    left, right = containers.constant(machine, one), containers.constant(machine, other)
    if operator == "%" and isinstance(left, str):
        held = containers.elements(machine, other) if other.kind == "list" else None
        const = folding.percent_format(left, right) if right is not UNKNOWN else UNKNOWN
        return assembled([one, *(held if held is not None else [other])], const)
    const = folding.binary(operator, left, right, machine.loose)
    if const is not UNKNOWN:
        return folded(const, one.hops | other.hops)
    if operator == "|" and one.kind == "dict" and other.kind == "dict":
        fields = {**(containers.fields(machine, one) or {}), **(containers.fields(machine, other) or {})}
        return containers.make_dict(machine, fields.items())
    return mixed([one, other])


def _either(machine: Machine, operator: str, one: Value, other: Value) -> Value:
    """`and`, `or`, `??`: one of the two, known where the first one is."""
    const = containers.constant(machine, one)
    if const is UNKNOWN:
        return join(one, other)._replace(literal=False)
    true = const is not None if operator == "??" else folding.truth(const, machine.loose)
    chosen = other if true == (operator in {"and", "&&"}) else one
    return chosen._replace(literal=False)


def _unary(machine: Machine, op: Op) -> None:
    value = machine.pop()
    const = folding.unary(str(op.operand), containers.constant(machine, value), machine.loose)
    if const is not UNKNOWN:
        minus = op.operand in {"-", "+"} and value.literal
        machine.push(Value(const=const, closed=True, literal=minus, hops=value.hops))
    elif op.operand in {"&", "*", "<-", "await", "delete"}:
        machine.push(value)
    else:
        machine.push(mixed([value]))


def _choose(machine: Machine, _: Op) -> None:
    test, then, other = machine.take(3)
    const = containers.constant(machine, test)
    if const is UNKNOWN:
        machine.push(join(then, other))
    else:
        machine.push((then if folding.truth(const, machine.loose) else other)._replace(literal=False))


def _list(machine: Machine, op: Op) -> None:
    splats: tuple[bool, ...] = op.operand
    values: list[Value] = []
    for value, splat in zip(machine.take(len(splats)), splats, strict=True):
        values.extend((containers.elements(machine, value) or [NOTHING]) if splat else [value])
    machine.push(containers.make_list(machine, values))


def _dict(machine: Machine, op: Op) -> None:
    shape: tuple[tuple[str, str], ...] = op.operand
    values = iter(machine.take(sum(2 if kind == "pair" else 1 for kind, _ in shape)))
    pairs: dict[str | int, Value] = {}
    other: list[Value] = []
    for kind, word in shape:
        value = next(values)
        if kind == "word":
            pairs[word] = value
        elif kind == "pair":
            key, held = value.const, next(values)
            if isinstance(key, str | int):
                pairs[key] = held._replace(hops=held.hops | value.hops) if value.hops else held
            else:
                other.append(held)
        elif kind == "splat":
            pairs.update(containers.fields(machine, value) or {})
            other.extend([] if value.ref is not None else [value])
        else:
            other.append(value)
    machine.push(containers.make_dict(machine, pairs.items(), other))


def lookup(machine: Machine, name: str) -> Value:
    """What a name stands for here; a name that nothing in the file binds stands for itself."""
    scope: Scope | None = machine.frames[-1].scope
    store = machine.store
    while scope is not None:
        if scope.names is None or name in scope.names:
            found = store.value((scope.ref, name))
            if found is not None:
                return found
        scope = scope.parent
    meaning = machine.language.intrinsics.get(name)
    if meaning == "scope-value":
        return Value(kind="scope", ref="", hops=frozenset({"scope dictionary"}))
    return Value(name=name, ref=("?", name))


def _load(machine: Machine, op: Op) -> None:
    machine.push(lookup(machine, str(op.operand)))


def _member(machine: Machine, op: Op) -> None:
    value = machine.pop()
    machine.push(field_of(machine, value, str(op.operand)))


def field_of(machine: Machine, value: Value, prop: str) -> Value:
    """`value.prop` as it is written, or a property that means something of its own (`__dict__`, `.length`)."""
    if value.kind == "scope":
        return index_scope(machine, value, folded(prop))._replace(hops=value.hops)
    found = containers.member(machine, value, prop)
    meaning = machine.language.intrinsics.get(f".{prop}")
    if meaning == "same":
        return value._replace(hops=value.hops | {prop})
    if meaning is not None and meaning.startswith("fold:"):
        const = folding.function(meaning[5:], [containers.constant(machine, value)])
        return folded(const, value.hops) if const is not UNKNOWN else found
    return found


def _index(machine: Machine, _: Op) -> None:
    value, key = machine.take(2)
    if value.kind == "scope":
        machine.push(index_scope(machine, value, key))
        return
    if key.kind == "slice":
        machine.push(_sliced(machine, value, key))
        return
    found = containers.index(machine, value, key)
    computed = machine.language.settings.get("index_is_member") == "true" and isinstance(key.const, str) and not key.literal
    machine.push(found._replace(hops=found.hops | {"computed member"}) if computed else found)


def _slice(machine: Machine, op: Op) -> None:
    places: tuple[int, ...] = op.operand
    ends: list[object] = [None, None, None]
    values = machine.take(len(places))
    for place, value in zip(places, values, strict=True):
        if place < len(ends):
            ends[place] = value.const
    whole = mixed(values)
    machine.push(Value(const=tuple(ends), kind="slice", closed=whole.closed or not values, hops=whole.hops))


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


def bind_name(machine: Machine, name: str, value: Value) -> None:
    """Write a name where it is bound: the innermost scope that has it, else the module."""
    scope: Scope | None = machine.frames[-1].scope
    while scope is not None and scope.names is not None and name not in scope.names:
        scope = scope.parent
    if scope is None:
        machine.store.put(("", name), value)
    elif scope.is_class:
        machine.store.put_field(scope.ref, name, value)
    else:
        machine.store.put((scope.ref, name), value)


def _store(machine: Machine, op: Op) -> None:
    name, value = str(op.operand), machine.stack[-1]
    if machine.frames[-1].scope.is_class and value.fn is None:
        kind = machine.classes[-1][0]
        assign(machine, kind, name, value, op)
    bind_name(machine, name, value)
    if op.end and len(machine.frames) == 1 and machine.frames[-1].scope.names is None:
        announce_assignment(machine, name, value, op, value.hops)


def _toward(machine: Machine, op: Op) -> None:
    word, shape = op.operand
    machine.towards.append(Toward(word, shape, op))


def _arrived(machine: Machine, _: Op) -> None:
    machine.towards.pop()


def _store_member(machine: Machine, op: Op) -> None:
    target = machine.pop()
    value, prop = machine.stack[-1], str(op.operand)
    _assign(machine, target, prop, value, op)


def _assign(machine: Machine, target: Value, key: str | int, value: Value, op: Op) -> None:
    if target.kind == "scope":
        machine.store.put((target.ref, str(key)), value)
        return
    assign(machine, target, key, value, op)


def _store_index(machine: Machine, op: Op) -> None:
    target, key = machine.take(2)
    value = machine.stack[-1]
    if isinstance(key.const, str | int):
        _assign(machine, target, key.const, value._replace(hops=value.hops | key.hops) if key.hops else value, op)


def _augment(machine: Machine, op: Op) -> None:
    one, other = machine.take(2)
    machine.push(combine(machine, str(op.operand), one, other))


def _pick(machine: Machine, op: Op) -> None:
    """An element or a field of the Value on top, which stays."""
    value, key = machine.stack[-1], op.operand
    if isinstance(key, int):
        parts = containers.elements(machine, value)
        if parts is not None:
            machine.push(parts[key] if key < len(parts) else NOTHING)
            return
        machine.push(mixed([value])._replace(closed=False, name=value.name if key == 0 else ""))
        return
    machine.push(containers.member(machine, value, str(key)))


def _rest(machine: Machine, op: Op) -> None:
    parts = containers.elements(machine, machine.stack[-1])
    start: int = op.operand
    machine.push(containers.make_list(machine, parts[start:]) if parts is not None else NOTHING)


def _default(machine: Machine, _: Op) -> None:
    value, default = machine.take(2)
    machine.push(default if same_const(value.const, None) else join(value, default))


def _parameter(machine: Machine, op: Op) -> None:
    place: int = op.operand
    given = machine.frames[-1].arguments
    machine.push(given[place] if place < len(given) else NOTHING)


def _parameter_default(machine: Machine, _: Op) -> None:
    value, default = machine.take(2)
    if value is calls.ABSENT:
        machine.push(default)
    else:
        machine.push(join(value, default) if len(machine.frames) == 1 else value)


def _parameter_type(machine: Machine, _: Op) -> None:
    """Where a function is looked at by itself, a parameter is an instance of its type, if that is not a mere word."""
    value, kind = machine.take(2)
    if len(machine.frames) > 1 or value is calls.ABSENT or value.kind:
        machine.push(value)
    elif kind.kind == "class":
        machine.push(Value(kind="instance", name=f"{kind.name}()" if kind.name else value.name, ref=(kind.ref, "self")))
    elif "." in kind.name:
        machine.push(Value(name=f"{kind.name}()", ref=value.ref))
    else:
        machine.push(value)


def _typed(machine: Machine, _: Op) -> None:
    """A declaration without a value: something of that type."""
    kind = machine.pop()
    machine.push(Value(name=f"{kind.name}()", ref=machine.fresh()) if "." in kind.name else NOTHING)


def _import(machine: Machine, op: Op) -> None:
    words: Mapping[str, str] = op.operand
    module = words.get("module", "").removeprefix("node:")
    if "star" in words:
        pass
    elif "name" in words:
        full = f"{module}{'' if module.endswith('.') else '.'}{words['name']}"
        _bind_import(machine, words.get("alias", words["name"]), full)
    elif "alias" in words or "default" in words:
        if words.get("alias") or words.get("default"):
            _bind_import(machine, words.get("alias") or words["default"], module)
    elif machine.language.settings.get("import_binds") == "last":
        _bind_import(machine, last_segment(module), module)
    else:
        _bind_import(machine, module.split(".")[0], module.split(".")[0])
    machine.push(NOTHING)


def _bind_import(machine: Machine, name: str, full: str) -> None:
    bind_name(machine, name, Value(name=shorten(full), ref=("module", full)))


def _decorate(machine: Machine, op: Op) -> None:
    """A decorator is called with what it stands before; one without brackets is only known here."""
    decorator: Fact = op.operand
    value = machine.pop()
    machine.decorators.append(decorator.text)
    if decorator.role in {"name", "member"}:
        calls.announce(machine, value, Arguments([NOTHING], {}), calls.Written(op, None, direct=False))


def _function(machine: Machine, op: Op) -> None:
    inner: Inner = op.operand
    frame = machine.frames[-1]
    scope = frame.scope
    while scope.is_class and scope.parent is not None:
        scope = scope.parent
    own_name = inner.fact.part("name")
    function = Function(
        path=f"{frame.path}/{inner.name}",
        name=own_name.text if own_name else (machine.towards[-1].word if machine.towards else ""),
        fact=inner.fact,
        scope=scope,
        owner=machine.classes[-1][0] if frame.scope.is_class else None,
        decorated=bool(machine.decorators),
        static="staticmethod" in machine.decorators,
    )
    machine.decorators = []
    if len(machine.frames) == 1 and frame.fixed is None:
        machine.defined.append(Defined(function, op.start))
    machine.push(Value(fn=function, closed=True))


def _method_of(machine: Machine, op: Op) -> None:
    """A method that is written outside its type (Go)."""
    kind, name = op.operand
    value = machine.stack[-1]
    owner = lookup(machine, kind)
    if owner.ref is not None and value.fn is not None:
        value.fn.owner = owner if owner.kind == "class" else None
        machine.store.put((owner.ref, name), value)


def _bases(machine: Machine, op: Op) -> None:
    machine.bases = tuple(machine.take(op.operand))


def _class(machine: Machine, op: Op) -> None:
    """The body runs in a scope whose names are the class's members."""
    frame = machine.frames[-1]
    ref = (frame.scope.ref if frame.scope.names is not None else frame.path, str(op.operand))
    name = next((base.name for base in machine.bases if base.name), "")
    kind = Value(kind="class", ref=ref, name=name)
    machine.decorators = []
    bases = machine.bases
    machine.bases = ()
    outer = frame.scope
    machine.classes.append((kind, outer, bases))
    machine.store.put((ref, None), ())
    machine.store.put(((ref, "self"), "<class>"), kind)
    if bases:
        machine.store.put((ref, "<bases>"), containers.make_list(machine, bases))
    names = _class_names(frame.program.code, frame.pc)
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


def own_arguments(function: Function, ref: object, receiver: Value | None) -> list[Value]:
    """Arguments of a function that is looked at by itself: each is what its parameter is called."""
    program = function.program
    values: list[Value] = []
    for number, parameter in enumerate(program.parameters if program else ()):
        if number == 0 and receiver is not None and not function.static:
            values.append(receiver)
        elif parameter.name:
            values.append(Value(name=parameter.name, ref=(ref, parameter.name)))
        else:
            values.append(NOTHING)
    return values


def _return(machine: Machine, _: Op) -> None:
    value = machine.stack[-1]
    if not machine.store.dead:
        machine.frames[-1].results.append(value)
    machine.store.dead = True


def _yield(machine: Machine, _: Op) -> None:
    if not machine.store.dead:
        machine.frames[-1].results.append(machine.stack[-1])


def _leave(machine: Machine, _: Op) -> None:
    machine.store.dead = True


def _fork(machine: Machine, op: Op) -> None:
    """The operand says whether there is a test on the stack: `try` has none."""
    test = machine.pop() if op.operand else NOTHING
    machine.tests.append(test)
    machine.store.fork()
    const = containers.constant(machine, test)
    if const is not UNKNOWN and test.kind == "" and isinstance(const, bool | int | str) and not folding.truth(const, machine.loose):
        machine.store.dead = True


def _arm(machine: Machine, op: Op) -> None:
    machine.store.next_arm()
    const = machine.tests[-1].const
    if isinstance(op.operand, int) and op.operand > 0 and isinstance(const, bool | int | str) and folding.truth(const, machine.loose):
        machine.store.dead = True


def _merge(machine: Machine, op: Op) -> None:
    test = machine.tests.pop()
    taken = isinstance(test.const, bool | int | str) and folding.truth(test.const, machine.loose)
    machine.store.merge(or_none=bool(op.operand) and not taken)
    machine.push(NOTHING)


def _each(machine: Machine, op: Op) -> None:
    """Begin a loop over a Value: with its known elements one by one, else with any of them."""
    value = machine.pop()
    parts = containers.elements(machine, value)
    limit = MAX_UNROLLED_COLLECTING if machine.bags else MAX_UNROLLED
    frame = machine.frames[-1]
    if parts and len(parts) <= limit:
        if op.operand:
            parts = _numbered(machine, value, parts)
        machine.loops.append(Loop(frame.pc, parts[1:], forked=False))
        machine.push(parts[0])
        return
    some: Value | None = None
    for part in (parts or [])[:MAX_UNROLLED]:
        some = part if some is None else join(some, part)
    machine.loops.append(Loop(frame.pc, [], forked=True))
    machine.store.fork()
    name = shorten(f"{value.name}[]") if value.name else ""
    machine.push(some if some is not None else Value(name=name, closed=value.closed, hops=value.hops, taint=value.taint))


def _numbered(machine: Machine, value: Value, parts: list[Value]) -> list[Value]:
    """Key and value of each element, where a loop binds both."""
    keys = list((containers.fields(machine, value) or dict(enumerate(parts))).keys())
    if value.kind == "dict":
        parts = list((containers.fields(machine, value) or {}).values())
    return [containers.make_list(machine, [folded(key), part]) for key, part in zip(keys, parts, strict=False)]


def _once(machine: Machine, _: Op) -> None:
    machine.loops.append(Loop(machine.frames[-1].pc, [], forked=True))
    machine.store.fork()


def _again(machine: Machine, _: Op) -> None:
    """The end of a loop's body: back to its start with the next element, or on.

    A fixed point would go back here until nothing changes; one pass joined with none is what is done.
    """
    loop = machine.loops[-1]
    if loop.waiting and machine.steps < MAX_LOOP_STEPS:
        machine.pop()
        machine.store.dead = False
        machine.push(loop.waiting.pop(0))
        machine.frames[-1].pc = loop.start
        return
    machine.loops.pop()
    if loop.forked:
        machine.store.merge(or_none=True)
    else:
        machine.store.dead = False


MAX_LOOP_STEPS = 50_000


def _collect(machine: Machine, _: Op) -> None:
    machine.bags.append(([], []))


def _gather(machine: Machine, _: Op) -> None:
    machine.bags[-1][0].append(machine.stack[-1])


def _gather_pair(machine: Machine, _: Op) -> None:
    key, value = machine.take(2)
    machine.bags[-1][1].append((key, value))
    machine.push(value)


def _collected(machine: Machine, _: Op) -> None:
    values, pairs = machine.bags.pop()
    if pairs:
        known = [(key.const, value) for key, value in pairs if isinstance(key.const, str | int)]
        other = [value for key, value in pairs if not isinstance(key.const, str | int)]
        machine.push(containers.make_dict(machine, known, other))
    else:
        machine.push(containers.make_list(machine, values))


OPERATIONS: Final[Mapping[str, Operation]] = {
    "nothing": _nothing, "drop": _drop, "same": _same, "mix": _mix, "true": _constant(True),
    "false": _constant(False), "null": _constant(None), "number": _number, "string": _string, "concat": _concat,
    "binary": _binary, "unary": _unary, "choose": _choose, "list": _list, "dict": _dict, "load": _load,
    "member": _member, "index": _index, "slice": _slice, "store": _store, "store-member": _store_member,
    "store-index": _store_index, "augment": _augment, "pick": _pick, "rest": _rest, "default": _default,
    "parameter": _parameter, "parameter-default": _parameter_default, "parameter-type": _parameter_type,
    "typed": _typed, "import": _import, "decorate": _decorate, "function": _function, "method-of": _method_of,
    "bases": _bases, "class": _class, "end-class": _end_class, "return": _return, "yield": _yield,
    "leave": _leave, "fork": _fork, "arm": _arm, "merge": _merge, "each": _each, "once": _once, "again": _again,
    "collect": _collect, "gather": _gather, "gather-pair": _gather_pair, "collected": _collected,
    "toward": _toward, "arrived": _arrived, "call": calls.call, CALL_VALUE: calls.call_value,
}  # fmt: skip
