"""What a language's reflective and built-in operators mean, by words that language.toml uses for them.

An intrinsic takes the machine, the callee, the arguments and what stands behind the colon. It gives a Value, a
Redirect to what is really called, a Start (frames to run), or PASS where it does not apply.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from gifthorse.engine.evaluate import containers, folding
from gifthorse.engine.evaluate.compile import Op, compile_item
from gifthorse.engine.evaluate.machine import Arguments, Assignment, Finish, Frame, Machine
from gifthorse.engine.evaluate.values import NOTHING, UNKNOWN, Value, folded, join, literal, mixed, shorten
from gifthorse.model.rule import Language

MAX_CODES = 8
"""Pieces of code in strings that one unit may run."""

MAX_EACH = 8
"""Elements for which a function given to `map` and the like is run."""


CALL_VALUE: Final = "call-value"


class Later(NamedTuple):
    """Operand of CALL_VALUE: call this with these, and give the result to `finish`."""

    callee: Value
    given: Arguments
    finish: Finish


class Pass:
    """The type of PASS: the intrinsic does not apply here."""


PASS: Final = Pass()


class Redirect(NamedTuple):
    """Call this instead."""

    callee: Value
    given: Arguments


@dataclass(frozen=True, slots=True)
class Start:
    """Begin running something; the result comes when its frame ends."""

    start: Callable[[Machine, Op, Finish | None], Value | None]

    def begin(self, machine: Machine, op: Op, finish: Finish | None) -> Value | None:
        """Begin it; None: a frame was begun."""
        return self.start(machine, op, finish)


Outcome = Value | Redirect | Start | Pass
Intrinsic = Callable[[Machine, Value, Arguments, str], Outcome]


def meaning_of(language: Language, name: str) -> str:
    """What language.toml says of a name: by the whole name, else by its last segment (`*.bind`)."""
    if not name:
        return ""
    found = language.intrinsics.get(name)
    if found is not None:
        return found
    head, dot, tail = name.rpartition(".")
    return language.intrinsics.get(f"*.{tail}", "") if dot and (head or tail) else ""


def _argument(given: Arguments, place: int, name: str = "") -> Value:
    if place < len(given.positional):
        return given.positional[place]
    return given.keywords.get(name, NOTHING)


def _hop(value: Value, hop: str, *others: Value) -> Value:
    hops = value.hops | {hop}
    for other in others:
        hops |= other.hops
    return value._replace(hops=hops)


def _rest(given: Arguments, start: int) -> Arguments:
    return Arguments(given.positional[start:], dict(given.keywords), given.complete)


def _member(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """`getattr(o, k, default)`."""
    key = _argument(given, 1)
    if not isinstance(key.const, str):
        return _hop(mixed(given.positional)._replace(closed=False), "computed member", key)
    return _hop(containers.member(machine, _argument(given, 0), key.const), "computed member", key)


def _method_member(machine: Machine, callee: Value, given: Arguments, __: str) -> Outcome:
    """`o.__getattribute__(k)`."""
    if callee.receiver is None:
        return PASS
    return _member(machine, callee, Arguments([callee.receiver, *given.positional], {}), "")


def _set_member(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """`setattr(o, k, v)`."""
    target, key, value = _argument(given, 0), _argument(given, 1), _argument(given, 2)
    if isinstance(key.const, str | int):
        assign(machine, target, key.const, value, machine_op(machine))
    return literal(None)


def machine_op(machine: Machine) -> Op:
    """The instruction being run."""
    frame = machine.frame
    return frame.program.code[frame.pc - 1]


def assign(machine: Machine, target: Value, key: str | int, value: Value, op: Op) -> None:
    """Write a field and tell the Listener."""
    containers.put(machine, target, key, value)
    for option in target.alternatives():
        if option.name or option.kind in {"class", "instance", "dict"}:
            announce_assignment(machine, f"{option.name}.{key}" if option.name else str(key), value, op, target.hops)


def announce_assignment(machine: Machine, name: str, value: Value, op: Op, hops: frozenset[str]) -> None:
    """Tell the Listener of an assignment: at the whole statement where one is being run."""
    if not machine.listener.hears_assignment(name):
        return
    toward = machine.towards[-1] if machine.towards and op.code.startswith("store") else None
    statement = toward.op if toward is not None and toward.shape is not None else op
    shape = toward.shape if toward is not None and not hops and machine.frame.fixed is None else None
    machine.listener.assign(
        machine, Assignment(name, value, machine.site(statement), shape, (name, *machine.nearby()))
    )


def _set_member_of(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`o.__setattr__(k, v)`."""
    if callee.receiver is None:
        return PASS
    return _set_member(machine, callee, Arguments([callee.receiver, *given.positional], {}), rest)


def _set_item_of(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """`operator.setitem(d, k, v)`."""
    return _set_member(machine, NOTHING, given, rest)


def _index_of(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """`operator.getitem(d, k)`."""
    target, key = _argument(given, 0), _argument(given, 1)
    return index_scope(machine, target, key) if target.kind == "scope" else containers.index(machine, target, key)


def _copy(machine: Machine, callee: Value, given: Arguments, __: str) -> Outcome:
    """A shallow copy of a container of the file."""
    source = _argument(given, 0) if given.positional else callee.receiver
    held = containers.fields(machine, source) if source is not None else None
    if source is None or held is None or source.kind not in {"list", "dict", "set"}:
        return PASS
    if source.kind == "dict":
        return containers.make_dict(machine, held.items())
    return containers.make_list(machine, list(held.values()), source.kind)


def _append_to(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """`append(list, a, b)`: a new list."""
    if not given.positional:
        return PASS
    held = containers.elements(machine, given.positional[0])
    return containers.make_list(machine, [*(held or []), *given.positional[1:]])


def _define(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """`Object.defineProperty(o, k, {value: v})`."""
    key, held = _argument(given, 1), containers.fields(machine, _argument(given, 2)) or {}
    if isinstance(key.const, str) and "value" in held:
        assign(machine, given.positional[0], key.const, held["value"], machine_op(machine))
    return _argument(given, 0)


def _module(_: Machine, __: Value, given: Arguments, rest: str) -> Outcome:
    """`import_module(m)`, `require(m)`; an import that is the language's ordinary one is no reflective step."""
    name = _argument(given, 0, "name")
    if not isinstance(name.const, str):
        return Value(hops=name.hops | {"dynamic import"}, closed=name.closed)
    module = name.const.removeprefix("node:")
    value = Value(name=module, ref=("module", module), hops=name.hops)
    return value if rest == "plain" and name.literal else _hop(value, "dynamic import")


def _scope(_: Machine, __: Value, given: Arguments, ___: str) -> Outcome:
    """`globals()`: its fields are the module's names."""
    if given.positional:
        return given.positional[0]
    return Value(kind="scope", ref="", hops=frozenset({"scope dictionary"}))


def _same(_: Machine, callee: Value, given: Arguments, ___: str) -> Outcome:
    """Gives back its first argument (`vars(o)`, `compile(code)`, `await`-like wrappers)."""
    return given.positional[0] if given.positional else callee.receiver or PASS


def _partial(_: Machine, __: Value, given: Arguments, ___: str) -> Outcome:
    """`functools.partial(f, *args, **kwargs)`."""
    if not given.positional:
        return PASS
    function = given.positional[0]
    front = [*function.bound, *enumerate(value.flat() for value in given.positional[1:])]
    named = [(name, value.flat()) for name, value in given.keywords.items()]
    return function._replace(bound=(*front, *named))


def _bind_method(_: Machine, callee: Value, given: Arguments, ___: str) -> Outcome:
    """`f.bind(this, ...args)`."""
    if callee.receiver is None or not _callable(callee.receiver):
        return PASS
    bound = tuple((number, value.flat()) for number, value in enumerate(given.positional[1:]))
    return callee.receiver._replace(bound=(*callee.receiver.bound, *bound))


def _callable(value: Value) -> bool:
    return bool(value.fn or value.kind == "class" or (value.name and not value.known))


def _call_method(_: Machine, callee: Value, given: Arguments, ___: str) -> Outcome:
    """`f.call(this, ...args)`, `f.__call__(...)`."""
    if callee.receiver is None or not _callable(callee.receiver):
        return PASS
    function = callee.receiver._replace(hops=callee.hops)
    return Redirect(function, _rest(given, 0 if ___ == "all" else 1))


def _listed(machine: Machine, value: Value) -> tuple[list[Value], bool]:
    held = containers.fields(machine, value)
    return (list(held.values()), True) if held is not None else ([], False)


def _apply_method(machine: Machine, callee: Value, given: Arguments, ___: str) -> Outcome:
    """`f.apply(this, args)`."""
    if callee.receiver is None or not _callable(callee.receiver):
        return PASS
    values, known = _listed(machine, _argument(given, 1))
    return Redirect(callee.receiver, Arguments(values, {}, known))


def _apply(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """Call the first argument: with the others, or (`list`) with the elements of the last."""
    if not given.positional or not _callable(given.positional[0]):
        return PASS
    if rest != "list":
        return Redirect(given.positional[0], _rest(given, 1))
    values, known = _listed(machine, given.positional[-1])
    return Redirect(given.positional[0], Arguments(values, {}, known))


def _getter(_: Machine, __: Value, given: Arguments, rest: str) -> Outcome:
    """`operator.attrgetter(name)`, `itemgetter(k)`, `methodcaller(name, ...)`: a function that waits for its object."""
    bound = tuple((number, value.flat()) for number, value in enumerate(given.positional))
    named = tuple((name, value.flat()) for name, value in given.keywords.items())
    return Value(name=f"<{rest}>", bound=(*bound, *named))


def _get_by(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """A getter meets its object, which comes last."""
    if len(given.positional) < 2:
        return PASS
    key, target = given.positional[0], given.positional[-1]
    if rest == "item":
        return containers.index(machine, target, key)
    found = target
    for part in str(key.const).split(".") if isinstance(key.const, str) else []:
        found = _hop(containers.member(machine, found, part), "computed member", key)
    if rest == "method":
        return Redirect(found, Arguments(given.positional[1:-1], dict(given.keywords), given.complete))
    return found


def _get_item(machine: Machine, callee: Value, given: Arguments, _: str) -> Outcome:
    """`d.get(k, default)`, `d.pop(k)`, `__getitem__`: only on containers of the file."""
    target, key = callee.receiver, _argument(given, 0)
    if target is None or (target.kind not in {"dict", "list", "scope"} and not target.options):
        return PASS
    if target.kind == "list" and not given.positional:
        key = folded(-1)
    if target.kind == "scope":
        return index_scope(machine, target, key)
    held = containers.fields(machine, target) or {}
    if key.known and not target.options and isinstance(key.const, str | int) and key.const not in held and key.const != -1:
        return _argument(given, 1)
    return containers.index(machine, target, key)


def index_scope(machine: Machine, target: Value, key: Value) -> Value:
    """A name looked up through the scope's dictionary."""
    if not isinstance(key.const, str):
        return Value(hops=target.hops | key.hops)
    found = machine.store.value((target.ref, key.const)) or Value(name=key.const)
    return found._replace(hops=found.hops | target.hops | key.hops)


def _set_item(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`d.__setitem__(k, v)`, `d.setdefault(k, v)`, `map.set(k, v)`."""
    key, value = _argument(given, 0), _argument(given, 1)
    if callee.receiver is None or not isinstance(key.const, str | int) or len(given.positional) < 2:
        return PASS
    assign(machine, callee.receiver, key.const, value, machine_op(machine))
    return callee.receiver if rest == "self" else value if rest == "value" else literal(None)


def _update(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`d.update(other, **more)`; `merge`: `Object.assign(target, ...others)`."""
    target = given.positional[0] if rest == "merge" and given.positional else callee.receiver
    sources = given.positional[1:] if rest == "merge" else given.positional
    if target is None:
        return PASS
    pairs = [pair for source in sources for pair in (containers.fields(machine, source) or {}).items()]
    for key, value in [*pairs, *given.keywords.items()]:
        assign(machine, target, key, value, machine_op(machine))
    return target if rest == "merge" else PASS if target.kind != "dict" else literal(None)


def _append(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`l.append(x)`, `l.push(a, b)`, `l.extend(other)`."""
    target = callee.receiver
    if target is None or target.ref is None or target.kind not in {"list", "set"}:
        return PASS
    values = given.positional
    if rest == "all":
        values = [part for value in values for part in (containers.elements(machine, value) or [])]
    place = len(machine.store.names(target.ref) or ())
    for number, value in enumerate(values):
        if place + number < containers.MAX_FIELDS:
            containers.put(machine, target, place + number, value)
    return literal(None)


def _new_dict(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """`dict(other, **more)`, `dict([(k, v)])`, `Object.fromEntries`."""
    pairs: list[tuple[str | int, Value]] = []
    for source in given.positional[:1]:
        held = containers.fields(machine, source)
        if source.kind == "dict" and held is not None:
            pairs.extend(held.items())
        else:
            pairs.extend(_pairs(machine, source))
    return containers.make_dict(machine, [*pairs, *given.keywords.items()])


def _pairs(machine: Machine, source: Value) -> list[tuple[str | int, Value]]:
    found = []
    for element in containers.elements(machine, source) or []:
        parts = containers.elements(machine, element) or []
        if len(parts) == 2 and isinstance(parts[0].const, str | int):
            found.append((parts[0].const, parts[1]))
    return found


def _new_list(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """`list(x)`, `Array.of(a, b)` (`each`)."""
    if rest == "all":
        return containers.make_list(
            machine, [part for one in given.positional for part in containers.elements(machine, one) or []]
        )
    values = given.positional if rest == "each" else containers.elements(machine, _argument(given, 0))
    if values is None:
        return PASS
    return containers.make_list(machine, values)


def _entries(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`d.keys()`, `d.values()`, `d.items()`, or of the first argument (`Object.entries(d)`)."""
    source = callee.receiver if callee.receiver is not None and not given.positional else _argument(given, 0)
    held = containers.fields(machine, source) if source.kind == "dict" else None
    if held is None:
        return PASS
    if rest == "keys":
        return containers.make_list(machine, [folded(name) for name in held])
    if rest == "values":
        return containers.make_list(machine, list(held.values()))
    return containers.make_list(machine, [containers.make_list(machine, [folded(k), v]) for k, v in held.items()])


def _fold(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """A function on constants: `fold:NAME`. Where something is unknown, only `closed` may hold."""
    name, _, where = rest.partition(" ")
    values = [*given.positional, *given.keywords.values()]
    if where == "method":
        if callee.receiver is None:
            return PASS
        values.insert(0, callee.receiver)
    whole = mixed(values)
    if not given.complete or not (whole.closed or not values):
        return PASS
    const = folding.function(name, [containers.constant(machine, value) for value in values])
    if const is UNKNOWN:
        return PASS if where == "method" else whole
    return folded(const, whole.hops | callee.hops)


def assembled(parts: Sequence[Value], const: object = UNKNOWN) -> Value:
    """A string put together from these."""
    flat = tuple(piece.flat() for part in parts for piece in (part.parts or (part,)))[:16]
    whole = mixed(parts)
    if const is not UNKNOWN:
        return Value(const=const, closed=True, hops=whole.hops)
    return whole._replace(built=not whole.closed, parts=flat)


def _format(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """String assembly: `"..".format(..)` (method), `Sprintf("..", ..)`, `sep.join(list)`, `list.join(sep)`."""
    values = [*given.positional, *given.keywords.values()]
    name, _, where = rest.partition(" ")
    if where == "method" or name in {"join", "joined"}:
        if callee.receiver is None:
            return PASS
        values.insert(0, callee.receiver)
    if name == "join":
        values = [values[1], values[0]] if len(values) > 1 else values
    if not values or (name == "brace-format" and not isinstance(values[0].const, str)):
        return PASS
    parts = values
    if name in {"join", "joined", "join-list"}:
        name = name.removesuffix("-list")
        held = containers.elements(machine, values[0])
        if held is None and not values[0].taint and values[0].kind == "":
            return PASS if name == "joined" else assembled(values)
        parts = [*(held or []), *values[1:]]
    if any(not part.closed for part in parts) or given.keywords:
        return assembled(parts)
    const = folding.function(name, [containers.constant(machine, value) for value in values])
    return assembled(parts, const)


def _evaluate(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """Code in a string: `eval(code)`, `exec(code)`; `function`: `Function(..., body)` gives a function of it."""
    code = given.positional[-1] if rest == "function" and given.positional else _argument(given, 0)
    if not isinstance(code.const, str | bytes) or machine.codes >= MAX_CODES:
        return PASS
    text = code.const if isinstance(code.const, str) else code.const.decode("utf-8", "replace")
    if rest == "function":
        return Value(name="<code>", bound=((0, folded(text, code.hops)),))
    return _code(machine, text, code.hops)


def _code(machine: Machine, text: str, hops: frozenset[str]) -> Outcome:
    fact = machine.read_code(text)
    if fact is None:
        return PASS
    program = compile_item(fact, machine.language.settings.get("hoists", "") != "")
    machine.codes += 1

    def start(machine: Machine, op: Op, finish: Finish | None) -> Value | None:
        frame = machine.frame
        machine.frames.append(
            Frame(
                program, frame.scope, frame.path, len(machine.stack), dead=machine.store.dead, site=machine.site(op),
                finish=finish, function=frame.function, hops=hops | {"code in a string"}, last=True,
                fixed=machine.site(op),
            )
        )  # fmt: skip
        return None

    return Start(start)


def _run_code(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    code = _argument(given, 0)
    return _code(machine, str(code.const), code.hops) if isinstance(code.const, str) else PASS


def _each(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`map(f, list)` or (`method`) `list.map(f)`: a list of what the function gives for each known element."""
    source = callee.receiver if rest == "method" else _argument(given, 1)
    function = _argument(given, 0)
    values = containers.elements(machine, source) if source is not None else None
    if values is None or not _callable(function) or len(values) > MAX_EACH * 8:
        return PASS
    if function.fn is not None and len(values) > MAX_EACH:
        return PASS
    if rest == "spread":
        spread = [containers.elements(machine, value) or [value] for value in values]
        return _mapping(function, [Arguments(list(parts), {}) for parts in spread])
    return _mapping(function, [Arguments([value], {}) for value in values])


def _mapping(function: Value, values: Sequence[Arguments]) -> Outcome:
    """Frames for one element after the other, each begun when the one before has ended."""

    def start(machine: Machine, op: Op, finish: Finish | None) -> Value | None:
        waiting, found = list(values), []

        def one(machine: Machine, result: Value) -> Value | None:
            found.append(result)
            return proceed(machine)

        def proceed(machine: Machine) -> Value | None:
            if not waiting:
                whole = containers.make_list(machine, found)
                return finish(machine, whole) if finish else whole
            machine.operations[CALL_VALUE](machine, Op(CALL_VALUE, Later(function, waiting.pop(0), one), op.start, op.end))
            return None

        return proceed(machine)

    return Start(start)


def _reduce(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`reduce(f, list, start)`: joined, not computed."""
    source = callee.receiver if rest == "method" else _argument(given, 1)
    values = containers.elements(machine, source) if source is not None else None
    if values is None:
        return PASS
    whole = mixed([*values, *given.positional[2:]])
    return whole if values else PASS


def _filtered(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`filter(f, list)`: any of the elements may be left."""
    source = callee.receiver if rest == "method" else _argument(given, 1)
    values = containers.elements(machine, source) if source is not None else None
    return PASS if values is None else containers.make_list(machine, values)


def _next(machine: Machine, callee: Value, given: Arguments, _: str) -> Outcome:
    """`next(iterator)`: the first element, or any of them."""
    source = _argument(given, 0) if given.positional else callee.receiver
    values = containers.elements(machine, source) if source is not None else None
    if not values:
        return PASS
    joined = values[0]
    for value in values[1:]:
        joined = join(joined, value)
    return joined


def _typed(_: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """Gives something with the name that stands behind the colon (`Type()`), for factories."""
    del given
    return Value(name=shorten(rest), hops=callee.hops)


INTRINSICS: Final[dict[str, Intrinsic]] = {
    "member": _member, "method-member": _method_member, "set-member": _set_member, "module": _module,
    "scope": _scope, "same": _same, "partial": _partial, "bind-method": _bind_method, "call-method": _call_method,
    "apply-method": _apply_method, "apply": _apply, "getter": _getter, "get-by": _get_by, "get-item": _get_item,
    "set-item": _set_item, "update": _update, "append": _append, "new-dict": _new_dict, "new-list": _new_list,
    "entries": _entries, "fold": _fold, "format": _format, "evaluate": _evaluate, "run-code": _run_code,
    "set-member-of": _set_member_of, "set-item-of": _set_item_of, "index-of": _index_of, "copy": _copy,
    "append-to": _append_to, "define": _define, "each": _each, "reduce": _reduce, "filter": _filtered, "next": _next, "typed": _typed,
}  # fmt: skip
