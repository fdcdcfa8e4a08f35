"""Intrinsics that reach something by another way: members by name, modules, scopes, bound and redirected calls.

What they answer with is in `outcomes`.
"""

from typing import Final

from gifthorse.engine.evaluate import containers, members
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.outcomes import (
    PASS,
    Intrinsic,
    Outcome,
    Redirect,
    argument,
    assign,
    hop,
    index_scope,
    is_callable,
    machine_op,
    rest_of,
)
from gifthorse.engine.evaluate.scopes import called_by_text, lookup
from gifthorse.engine.evaluate.values import NOTHING, Value, folded, literal, mixed, shorten


def _member(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """`getattr(o, k, default)`."""
    key = argument(given, 1)
    if not isinstance(key.const, str):
        return hop(mixed(given.positional)._replace(closed=False), "computed member", key)
    return hop(members.member(machine, argument(given, 0), key.const), "computed member", key)


def _method_member(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`o.__getattribute__(k)`; `first`: the other arguments say of which types it is."""
    if callee.receiver is None or not given.positional:
        return PASS
    if len(given.positional) > 1 and rest != "first":
        return _member(machine, callee, given, "")
    return _member(machine, callee, Arguments([callee.receiver, given.positional[0]], {}), "")


def _set_member(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """`setattr(o, k, v)`."""
    target, key, value = argument(given, 0), argument(given, 1), argument(given, 2)
    if isinstance(key.const, str | int):
        assign(machine, target, key.const, value, machine_op(machine))
    return literal(None)


def _without_mark(given: Arguments, mark: str) -> Arguments:
    """The arguments with the mark that the language puts before a field's name (`"@x"`) taken from the first."""
    key = argument(given, 0)
    if not mark or not isinstance(key.const, str) or not key.const.startswith(mark):
        return given
    plain = key._replace(const=key.const.removeprefix(mark))
    return Arguments([plain, *given.positional[1:]], dict(given.keywords), given.complete)


def _set_member_of(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`o.__setattr__(k, v)`."""
    if callee.receiver is None:
        return PASS
    given = _without_mark(given, rest)
    return _set_member(machine, callee, Arguments([callee.receiver, *given.positional], {}), rest)


def _set_item_of(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """`operator.setitem(d, k, v)`."""
    return _set_member(machine, NOTHING, given, rest)


def _index_of(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """`operator.getitem(d, k)`."""
    target, key = containers.plain(argument(given, 0)), argument(given, 1)
    return index_scope(machine, target, key) if target.kind == "scope" else members.index(machine, target, key)


def _define(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """`Object.defineProperty(o, k, {value: v})`; `all`: `Object.defineProperties(o, {k: {value: v}})`."""
    key = argument(given, 1)
    for name, shape in (
        (containers.fields(machine, key) or {}).items() if rest == "all" else [(key.const, argument(given, 2))]
    ):
        held = containers.fields(machine, shape) or {}
        getter = held.get("get")
        if isinstance(name, str) and "value" in held:
            assign(machine, given.positional[0], name, held["value"], machine_op(machine))
        elif isinstance(name, str) and getter is not None and getter.fn is not None:
            read = getter._replace(fn=getter.fn.as_accessor())
            assign(machine, given.positional[0], name, read, machine_op(machine))
    return argument(given, 0)


def _same(_: Machine, callee: Value, given: Arguments, ___: str) -> Outcome:
    """Gives back its first argument (`vars(o)`, `compile(code)`, `await`-like wrappers)."""
    if ___ == "object":
        return callee.receiver or PASS
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
    if callee.receiver is None or not is_callable(callee.receiver):
        return PASS
    bound = tuple((number, value.flat()) for number, value in enumerate(given.positional[1:]))
    return callee.receiver._replace(bound=(*callee.receiver.bound, *bound))


REFLECTED: Final = frozenset({"reflected", "on-object", "function"})
"""Ways of calling that only mean something where what is called was reached by reflection, or is a function."""


def _call_method(machine: Machine, callee: Value, given: Arguments, ___: str) -> Outcome:
    """`f.call(this, ...args)`, `f.__call__(...)`."""
    if callee.receiver is None or not is_callable(callee.receiver):
        return PASS
    if ".prototype." in callee.receiver.name and given.positional:
        method = callee.receiver.name.rpartition(".")[2]
        return Redirect(members.member(machine, given.positional[0], method), rest_of(given, 1))
    if ___ in REFLECTED and not callee.receiver.hops and (callee.receiver.fn is None or ___ == "on-object"):
        return PASS
    function = callee.receiver._replace(hops=callee.hops)
    if ___ == "on-object" and given.positional:
        return _on_object(machine, function, given)
    return Redirect(function, rest_of(given, 1 if ___ in {"", "on-object"} else 0))


def _on_object(machine: Machine, function: Value, given: Arguments) -> Outcome:
    """`method.invoke(object, args...)`: the method of that object, where there is one."""
    target, name = given.positional[0], function.name.rpartition(".")[2]
    rest = rest_of(given, 1)
    held = containers.elements(machine, rest.positional[0]) if len(rest.positional) == 1 else None
    if held is not None and rest.positional[0].kind == "list":
        rest = Arguments(held, {}, rest.complete)
    if function.fn is not None:
        return Redirect(function._replace(receiver=target.flat()), rest)
    if target.name and name and not target.known:
        return Redirect(hop(members.member(machine, target, name), "computed member", function), rest)
    return Redirect(function, rest)


def _listed(machine: Machine, value: Value) -> tuple[list[Value], bool]:
    held = containers.fields(machine, value)
    return (list(held.values()), True) if held is not None else ([], False)


def _apply_method(machine: Machine, callee: Value, given: Arguments, ___: str) -> Outcome:
    """`f.apply(this, args)`."""
    if callee.receiver is None or not is_callable(callee.receiver):
        return PASS
    values, known = _listed(machine, argument(given, 1))
    return Redirect(callee.receiver, Arguments(values, {}, known))


def _apply(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """Call the first argument: with the others, or (`list`) with the elements of the last."""
    callee = argument(given, 0)
    if rest.startswith("option "):
        callee = next((given.keywords[name] for name in rest.split()[1:] if name in given.keywords), callee)
        return Redirect(callee, Arguments([], {})) if is_callable(callee) else PASS
    if machine.text_calls:
        callee = called_by_text(machine, callee)
    if not given.positional or not is_callable(callee):
        return PASS
    if rest != "list":
        return Redirect(callee, rest_of(given, 1))
    values, known = _listed(machine, given.positional[-1])
    return Redirect(callee, Arguments(values, {}, known))


def _without_options(given: Arguments) -> Arguments:
    """The command behind the options and settings of the one that runs it: `env -i A=1 command x`."""
    words = list(given.positional)
    while words and isinstance(words[0].const, str) and (words[0].const.startswith("-") or "=" in words[0].const):
        words.pop(0)
    return Arguments(words, dict(given.keywords), given.complete)


def _call_member(machine: Machine, callee: Value, given: Arguments, __: str) -> Outcome:
    """`o.send("name", a, b)`; without an object, what is called that here."""
    if machine.options:
        given = _without_options(given)
    key = argument(given, 0)
    if not isinstance(key.const, str):
        return PASS
    target = callee.receiver
    found = members.member(machine, target, key.const) if target is not None else lookup(machine, key.const)
    return Redirect(hop(found, "computed member", key), rest_of(given, 1))


def _named(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """What is called this here: `named:$` puts a `$` in front, `named:path` takes the words one by one."""
    rest, _, where = rest.partition(" ")
    key = callee.receiver if where == "method" and callee.receiver is not None else argument(given, 0)
    if not isinstance(key.const, str):
        return PASS
    if rest != "path":
        return hop(lookup(machine, rest + key.const), "name in a text", key)
    return hop(called_by_text(machine, key), "name in a text", key)


def _bind_named(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """`define("name", value)`; `:call`: the value is itself the name of something."""
    key, value = argument(given, 0, "-name"), argument(given, 1, "-value")
    words = [one.const for one in given.positional if isinstance(one.const, str) and not one.const.startswith("-")]
    if rest == "call=" and words:
        name, of = words[0].split("=", 1) if "=" in words[0] else (words[0], "")
        key, value, rest = folded(name), called_by_text(machine, folded(of.partition(" ")[0])), ""
    elif rest == "call" and len(words) > 1 and len(given.positional) > 1:
        key, value = folded(words[0]), called_by_text(machine, folded(words[1]))
    if isinstance(key.const, str):
        machine.store.put(("", key.const.lower() if rest == "call" else key.const), value)
    return literal(None)


def _call_with(_: Machine, callee: Value, given: Arguments, __: str) -> Outcome:
    """`o.then { |o| ... }`: calls its argument with its object."""
    if callee.receiver is None or not given.positional:
        return PASS
    return Redirect(given.positional[-1], Arguments([callee.receiver], {}))


def _construct(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`Type.new(...)`; `by-text`: the type is named by the first argument; `plain`: `Type()` is what it gives."""
    if rest == "by-text":
        kind = argument(given, 0)
        words = [one.const for one in given.positional if isinstance(one.const, str) and not one.const.startswith("-")]
        if not words:
            return PASS
        spaces = machine.language.settings.get("namespaces", "").split()
        word = next((words[0][len(one) + 1 :] for one in spaces if words[0].lower().startswith(f"{one}.")), words[0])
        kind = called_by_text(machine, folded(word, kind.hops))
        place = next(number for number, one in enumerate(given.positional) if one.const == words[0])
        return Redirect(kind, Arguments(given.positional[place + 1 :], dict(given.keywords)))
    if callee.receiver is not None and callee.receiver.kind == "class":
        return Redirect(callee.receiver, given)
    if rest == "plain" and callee.receiver is not None and callee.receiver.name:
        return Redirect(callee.receiver, given)
    return PASS


def _mix_in(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """`include Module` inside a class: its members are the class's too."""
    if not machine.classes or not given.positional:
        return PASS
    kind = machine.classes[-1][0]
    before = machine.store.value((kind.ref, "<bases>")) if kind.ref is not None else None
    held = list((containers.fields(machine, before) or {}).values()) if before is not None else []
    machine.store.put((kind.ref, "<bases>"), containers.make_list(machine, [*held, *given.positional]))
    return literal(None)


def _leave(machine: Machine, _: Value, __: Arguments, ___: str) -> Outcome:
    """Nothing behind it is reached: `exit`, `raise`."""
    machine.store.dead = True
    return PASS


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
        return members.index(machine, containers.plain(target), key)
    found = target
    for part in str(key.const).split(".") if isinstance(key.const, str) else []:
        found = hop(members.member(machine, found, part), "computed member", key)
    if rest == "method":
        return Redirect(found, Arguments(given.positional[1:-1], dict(given.keywords), given.complete))
    return found


def _stage(machine: Machine, callee: Value, given: Arguments, __: str) -> Outcome:
    """The text of a second argument names the result; a first argument that is such a name stands for that result."""
    first, second = argument(given, 0), argument(given, 1)
    known = machine.store.value(("<stage>", first.const)) if isinstance(first.const, str) else None
    if known is not None:
        given.positional[0] = known
    if isinstance(second.const, str):
        machine.store.put(("<stage>", second.const), Value(name=shorten(f"{callee.name}()")))
    return PASS


def _typed(_: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """Gives something with the name that stands behind the colon (`Type()`), for factories."""
    del given
    return Value(name=shorten(rest), hops=callee.hops)


INTRINSICS: Final[dict[str, Intrinsic]] = {
    "member": _member, "method-member": _method_member, "set-member": _set_member,
    "same": _same, "partial": _partial, "bind-method": _bind_method, "call-method": _call_method,
    "apply-method": _apply_method, "apply": _apply, "getter": _getter, "get-by": _get_by, "typed": _typed, "stage": _stage,
    "set-member-of": _set_member_of, "set-item-of": _set_item_of, "index-of": _index_of, "define": _define,
    "call-member": _call_member, "named": _named, "bind-named": _bind_named,
    "construct": _construct, "mix-in": _mix_in, "call-with": _call_with, "leave": _leave,
}  # fmt: skip
