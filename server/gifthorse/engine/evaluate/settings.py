"""Configuration: every key of a text made of mappings is assigned its value, under its dotted path.

`services.web.privileged`, `jobs.build.steps[].uses`: an element of a list adds `[]`. Only what a Listener asks for is
evaluated, so that a large file costs one walk over its Facts. Repeated use (anchors, merged mappings) is followed
within bounds. It does not know what any key means.
"""

import textwrap
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from gifthorse.engine.evaluate import literals
from gifthorse.engine.evaluate.compiler import Compiler, Emitter, Step, Visit, spanning, start_of, visit
from gifthorse.engine.evaluate.machine import Assignment, Machine, Operation
from gifthorse.engine.evaluate.program import AssignShape, Op
from gifthorse.engine.evaluate.values import Value, join, shorten
from gifthorse.model.fact import Fact

MAX_ENTRIES = 100_000
"""Keys and elements of one item, each counted as often as it is used."""

MAX_LEVELS = 100
MAX_HEARD = 2_000
"""Entries of one item that rules speak of."""

ELEMENT: Final = "[]"
ROOT: Final = "root"
AROUND: Final = "around"
SURROUNDINGS: Final = frozenset({ROOT, AROUND})
"""What a rule may ask for besides the value: the whole document, and the mapping that the key stands in."""


class Placed(NamedTuple):
    """A Fact and where it starts in its item."""

    fact: Fact
    at: int


class Entry(NamedTuple):
    """A key with its value, or an element of a list. `own` is all of it, `around` the mapping that it stands in."""

    path: str
    own: Placed
    value: Placed
    around: Placed


class _Stop(NamedTuple):
    """The end of a value in which an alias is not followed again."""

    name: str


@dataclass(slots=True)
class Walk:
    """One walk over an item: what is still to be gone through, and the values that have names (`fresh`: since last)."""

    waiting: "list[tuple[Placed, str, Placed, int] | _Stop]" = field(default_factory=list)
    named: dict[str, Placed] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)
    inside: set[str] = field(default_factory=set)
    count: int = 0
    rooted: bool = False


def words_of(fact: Fact) -> list[str]:
    """The words that a key consists of: one, or several with dots between."""
    found, waiting = [], [fact]
    while waiting:
        current = waiting.pop()
        if current.role in {"list", "wrap", "other"} and current.kids:
            waiting.extend(reversed(current.kids))
        elif current.role == "str":
            found.append("".join(literals.string_pieces([current.text], "'")[0]))
        else:
            found.append(current.text)
    return found


def keys_of(fact: Fact) -> list[str]:
    """The words of all keys of a pair, from the outside in."""
    return [word for key in fact.parts("key") for word in words_of(key)]


def _inner(place: Placed) -> Placed:
    """What brackets hold."""
    while place.fact.role in {"wrap", "other", "declare"} and place.fact.kids:
        fact = place.fact
        kid = fact.part("value") or fact.kids[-1]
        if fact.role == "other" and len(fact.kids) > 1:
            return place
        place = Placed(kid, place.at + kid.start)
    return place


def _kids(place: Placed) -> Iterator[tuple[str, Placed]]:
    fact, at = place
    return ((name, Placed(kid, at + kid.start)) for name, kid in zip(fact.names, fact.kids, strict=True))


def value_of(pair: Placed) -> Placed:
    """The value of a pair: without one it is a mapping of the pairs in it."""
    value = pair.fact.part("value")
    return pair if value is None else Placed(value, pair.at + value.start)


def entries(item: Fact, walk: "Walk") -> Iterator[Entry | None]:
    """All Entries of an item in the order of the source; None where there are too many to go on."""
    whole = Placed(item, item.start)
    walk.waiting.append((whole, "", whole, 0))
    while walk.waiting:
        step = walk.waiting.pop()
        if isinstance(step, _Stop):
            walk.inside.discard(step.name)
            continue
        walk.count += 1
        if walk.count > MAX_ENTRIES or step[3] > MAX_LEVELS:
            yield None
            return
        yield from _entered(walk, *step)


def _entered(walk: Walk, place: Placed, path: str, around: Placed, level: int) -> Iterator[Entry]:
    """One step: an Entry, and what is in it put on the list of what is to be gone through."""
    role = place.fact.role
    if role == "pair":
        keys = keys_of(place.fact)
        for key in keys:
            path = f"{path}.{key}" if path else key
        if keys:
            yield Entry(path, place, value_of(place), around)
        own = value_of(place)
        if own is place:
            inside = [(kid, path, place, level + 1) for name, kid in _kids(place) if name != "key"]
            walk.waiting.extend(reversed(inside))
        else:
            walk.waiting.append((own, path, around, level + 1))
    elif role == "dict":
        walk.waiting.extend(reversed([(kid, path, place, level + 1) for _, kid in _kids(place)]))
    elif role == "list":
        walk.waiting.extend(reversed([(kid, path + ELEMENT, around, level + 1) for _, kid in _kids(place)]))
    elif role in {"wrap", "other", "declare", "kwsplat", "splat"}:
        _through(walk, place, path, around, level)
        return
    elif role == "name" and place.fact.text in walk.named and place.fact.text not in walk.inside:
        name = place.fact.text
        walk.inside.add(name)
        walk.waiting.append(_Stop(name))
        walk.waiting.append((walk.named[name], path, around, level + 1))
        return
    if path.endswith(ELEMENT) and role != "pair":
        yield Entry(path, place, place, around)


def _through(walk: Walk, place: Placed, path: str, around: Placed, level: int) -> None:
    """See through brackets; remember what has a name."""
    fact = place.fact
    target = fact.part("target")
    if fact.role == "declare" and target is not None:
        value = fact.part("value")
        if value is not None:
            walk.named[target.text] = Placed(value, place.at + value.start)
            walk.fresh.append(target.text)
    inner = _inner(place)
    if inner.fact is not fact:
        walk.waiting.append((inner, path, around, level + 1))
    else:
        inside = [(kid, path, around, level + 1) for _, kid in _kids(place)]
        walk.waiting.extend(reversed(inside))


class Announced(NamedTuple):
    """Operand of `announce`: the path, the pair as it is written, and what was evaluated besides its value."""

    path: str
    fact: Fact
    around: bool


class Asked(NamedTuple):
    """What a Listener wants to know of an item: of which paths, and with what around them."""

    hears: Callable[[str], bool]
    asks: Callable[[str], AbstractSet[str]]


class Heard(NamedTuple):
    """The steps for an item, and why not all of it was gone through, or nothing."""

    steps: list[Step]
    exceeded: str


def heard(item: Fact, asked: Asked, binds: Mapping[str, str]) -> Heard:
    """The steps that evaluate what is asked for in an item. `binds`: patterns of paths -> names that get the value."""
    steps: list[Step] = []
    walk, count, exceeded = Walk(), 0, ""
    for entry in entries(item, walk):
        if entry is None or count >= MAX_HEARD:
            exceeded = "a document holds too many settings"
            break
        if binds and (name := _bound(entry.path, binds)):
            steps += [Visit(*entry.value), Op("bind-setting", name), Op("drop")]
        if asked.hears(entry.path):
            steps += _around(item, walk, asked.asks(entry.path))
            steps += _told(entry, asked.asks(entry.path))
            count += 1
    return Heard([*steps, Op("nothing")], exceeded)


def _around(item: Fact, walk: Walk, wanted: AbstractSet[str]) -> Iterator[Step]:
    """What must be known before an Entry is looked at: values with names, and the whole document if it is asked for."""
    for name in walk.fresh:
        yield from (Visit(*walk.named[name]), Op("bind-name", name), Op("drop"))
    walk.fresh.clear()
    if ROOT in wanted and not walk.rooted:
        walk.rooted = True
        yield from (Visit(item, item.start), Op("root-setting"), Op("drop"))


def _told(entry: Entry, wanted: AbstractSet[str]) -> Iterator[Step]:
    """Evaluate an Entry's value and tell of it."""
    fact, at = entry.own
    if AROUND in wanted:
        yield Visit(*entry.around)
    yield Visit(*entry.value)
    yield Op("announce", Announced(entry.path, fact, AROUND in wanted), at, at + fact.end - fact.start)
    yield Op("drop")


def _bound(path: str, binds: Mapping[str, str]) -> str:
    """The name that a path binds: `variable.*.default` -> `var.*`, with the same word for the star."""
    parts = path.split(".")
    for pattern, name in binds.items():
        words = pattern.split(".")
        if len(words) == len(parts) and all(word in {"*", part} for word, part in zip(words, parts, strict=True)):
            return name.replace("*", parts[words.index("*")]) if "*" in words else name
    return ""


def read_binds(setting: str) -> dict[str, str]:
    """The setting `binds`: `pattern=name`, several with spaces between."""
    return dict(part.split("=", 1) for part in setting.split() if "=" in part)


def _pair(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """A pair whose mapping is wanted: the pairs in it; without any, the one thing in it, or nothing."""
    kids = [kid for name, kid in zip(fact.names, fact.kids, strict=True) if name != "key"]
    pairs = [kid for kid in kids if kid.role in {"pair", "kwsplat"}]
    if not kids:
        yield Op("null")
        return
    if not pairs and len(kids) == 1:
        yield visit(kids[0], base)
        return
    shape: list[tuple[str, str]] = []
    for kid in pairs:
        yield from nested(kid, base, shape)
    yield Op("dict", tuple(shape))


def nested(kid: Fact, base: int, shape: list[tuple[str, str]]) -> Iterator[Step]:
    """A pair with several keys, or without a value, inside a mapping; `shape` gets what it leaves on the stack."""
    keys, value = keys_of(kid), kid.part("value")
    if kid.role != "pair":
        yield visit(value, start_of(kid, base)) if value is not None else Op("nothing")
        shape.append(("splat", ""))
        return
    yield visit(value, start_of(kid, base)) if value is not None else visit(kid, base)
    for key in reversed(keys[1:]):
        yield Op("dict", (("block", key),))
    shape.append(("block", keys[0] if keys else ""))


def _chain(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """A name followed by members and indices, all side by side."""
    for number, kid in enumerate(fact.kids):
        prop, key = kid.part("prop"), kid.part("key")
        if number and kid.role == "member" and prop is not None:
            yield spanning("member", prop.text, kid, start_of(kid, base))
        elif number and kid.role == "index" and key is not None:
            yield visit(key, start_of(kid, base))
            yield spanning("index", None, kid, start_of(kid, base))
        elif number:
            yield visit(kid, base)
            yield Op("mix", 2)
        else:
            yield visit(kid, base)
    if not fact.kids:
        yield Op("nothing")


def _lines(_: Compiler, fact: Fact, __: int, ___: str) -> Iterator[Step]:
    """A text in lines: those behind the first one, without their common indentation; folded behind a `>`."""
    head, _mark, body = fact.text.partition("\n")
    lines = textwrap.dedent(body).split("\n")
    text = " ".join(lines).strip() if head.startswith(">") else "\n".join(lines)
    yield Op("word", (text.rstrip("\n") + "\n" * ("-" not in head),))


EMITTERS: Final[dict[str, Emitter]] = {"pair": _pair, "chain": _chain, "lines": _lines}


def _root(machine: Machine, _: Op) -> None:
    machine.document = machine.stack[-1]


def _bind_name(machine: Machine, op: Op) -> None:
    machine.store.put(("", str(op.operand)), machine.stack[-1])


def _bind(machine: Machine, op: Op) -> None:
    """A dotted name gets the value. One with a question mark may be given another from outside."""
    name = str(op.operand)
    head, _, tail = name.lstrip("?").rpartition(".")
    value = machine.stack[-1]
    if name.startswith("?"):
        value = join(Value(name=name[1:], ref=("?", name[1:])), value)
    machine.store.put((("?", head), tail), value)


def _announce(machine: Machine, op: Op) -> None:
    """Tell the Listener of a setting."""
    told: Announced = op.operand
    value = machine.pop()
    named: dict[str, Value] = {}
    if told.around:
        named[AROUND] = machine.pop()
    if machine.document is not None:
        named[ROOT] = machine.document
    name = shorten(told.path)
    shape = AssignShape(told.fact) if told.fact.role == "pair" else None
    if name:
        assignment = Assignment(name, value, machine.site(op), shape, (name, *machine.nearby()), named)
        machine.listener.assign(machine, assignment)
    machine.push(value)


OPERATIONS: Final[dict[str, Operation]] = {
    "root-setting": _root, "bind-setting": _bind, "bind-name": _bind_name,
    "announce": _announce,
}  # fmt: skip
