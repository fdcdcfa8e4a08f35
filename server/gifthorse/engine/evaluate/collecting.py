"""Intrinsics that make, fill and read lists and dictionaries.

The containers themselves are in `containers`; functions that are run for each element in `running`.
"""

from typing import Final

from gifthorse.engine.evaluate import containers, members
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.outcomes import PASS, Intrinsic, Outcome, argument, assign, index_scope, machine_op
from gifthorse.engine.evaluate.values import Value, folded, join, literal


def _listed(machine: Machine, _: Value, given: Arguments, __: str) -> Outcome:
    """`@(x)`: a list is itself, anything else is the only element of one."""
    value = argument(given, 0)
    return value if value.kind in {"list", "dict"} or not given.positional else containers.make_list(machine, [value])


def _copy(machine: Machine, callee: Value, given: Arguments, __: str) -> Outcome:
    """A shallow copy of a container of the file."""
    source = argument(given, 0) if given.positional else callee.receiver
    held = containers.fields(machine, source) if source is not None else None
    if source is None or held is None or source.kind not in {"list", "dict", "set"}:
        return PASS
    if source.kind == "dict":
        return containers.make_dict(machine, held.items())
    return containers.make_list(machine, list(held.values()), source.kind)


def _append_to(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """`append(list, a, b)`: a new list; `itself`: the list grows."""
    if not given.positional:
        return PASS
    if rest == "itself":
        return _append(machine, Value(receiver=given.positional[0].flat()), Arguments(given.positional[1:], {}), "")
    held = containers.elements(machine, given.positional[0])
    return containers.make_list(machine, [*(held or []), *given.positional[1:]])


def _get_item(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`d.get(k, default)`, `d.pop(k)`, `__getitem__`: only on containers of the file. `rest`: the key where none is given."""
    target, key = callee.receiver, argument(given, 0)
    if target is not None and target.kind.startswith(containers.FIELDS):
        target = containers.plain(target)
        return index_scope(machine, target, key) if target.kind == "scope" else members.index(machine, target, key)
    if target is None or (target.kind not in {"dict", "list", "scope"} and not target.options):
        return PASS
    if target.kind == "list" and not given.positional:
        key = folded(int(rest or -1))
    if target.kind == "scope":
        return index_scope(machine, target, key)
    held = containers.fields(machine, target) or {}
    if (
        key.known
        and not target.options
        and isinstance(key.const, str | int)
        and key.const not in held
        and key.const != -1
    ):
        return argument(given, 1)
    return members.index(machine, target, key)


def _set_item(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`d.__setitem__(k, v)`, `d.setdefault(k, v)`, `map.set(k, v)`."""
    key, value = argument(given, 0), argument(given, 1)
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
    return (
        target
        if rest == "merge"
        else PASS
        if target.kind != "dict" and not target.kind.startswith(containers.FIELDS)
        else literal(None)
    )


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


def _new_dict(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """`dict(other, **more)`, `dict([(k, v)])`, `Object.fromEntries`."""
    pairs: list[tuple[str | int, Value]] = []
    if rest == "each":
        keys = (key.const for key in given.positional[::2])
        pairs = [
            (key, value) for key, value in zip(keys, given.positional[1::2], strict=False) if isinstance(key, str | int)
        ]
    if rest == "pairs":
        pairs = _pairs(machine, containers.make_list(machine, given.positional))
    for source in given.positional[:1] if not rest else ():
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


def _new_list(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`list(x)`, `Array.of(a, b)` (`each`), `make([]T, n)` (`open`: who knows how many)."""
    if rest == "open":
        made = containers.make_list(machine, [])
        machine.store.put((made.ref, containers.OPEN), Value(closed=True))
        return containers.settled(machine, made)
    if rest == "pair" and callee.receiver is not None:
        return containers.make_list(machine, [callee.receiver, *given.positional])
    if rest == "empty" and (not given.positional or isinstance(argument(given, 0).const, int)):
        return containers.make_list(machine, [])
    if rest == "all":
        return containers.make_list(
            machine, [part for one in given.positional for part in containers.elements(machine, one) or []]
        )
    values = given.positional if rest == "each" else containers.elements(machine, argument(given, 0))
    if values is None:
        return PASS
    return containers.make_list(machine, values)


def _entries(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`d.keys()`, `d.values()`, `d.items()`, or of the first argument (`Object.entries(d)`)."""
    source = callee.receiver if callee.receiver is not None and not given.positional else argument(given, 0)
    held = containers.fields(machine, source) if source.kind == "dict" else None
    if held is None:
        return PASS
    if rest == "keys":
        return containers.make_list(machine, [folded(name) for name in held])
    if rest == "values":
        return containers.make_list(machine, list(held.values()))
    return containers.make_list(machine, [containers.make_list(machine, [folded(k), v]) for k, v in held.items()])


def _filtered(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`filter(f, list)`: any of the elements may be left."""
    source = callee.receiver if rest == "method" else argument(given, 1)
    values = containers.elements(machine, source) if source is not None else None
    return PASS if values is None else containers.make_list(machine, values)


def _next(machine: Machine, callee: Value, given: Arguments, _: str) -> Outcome:
    """`next(iterator)`: the first element, or any of them."""
    source = argument(given, 0) if given.positional else callee.receiver
    values = containers.elements(machine, source) if source is not None else None
    if not values:
        return PASS
    joined = values[0]
    for value in values[1:]:
        joined = join(joined, value)
    return joined


INTRINSICS: Final[dict[str, Intrinsic]] = {
    "listed": _listed, "get-item": _get_item, "set-item": _set_item, "update": _update, "append": _append, "new-dict": _new_dict,
    "new-list": _new_list, "entries": _entries, "copy": _copy, "append-to": _append_to,
    "filter": _filtered, "next": _next,
}  # fmt: skip
