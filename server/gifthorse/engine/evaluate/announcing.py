"""What a Listener wants to know of a configuration: which settings, and what stands around them; only that is evaluated.

The settings themselves are found by `settings`. What is asked for besides a value is looked up on the Facts, key by
key, so that a question about one key of a document does not cost the whole document.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from gifthorse.engine.evaluate.compiler import Step, Visit
from gifthorse.engine.evaluate.happenings import Assignment
from gifthorse.engine.evaluate.items import HEAD
from gifthorse.engine.evaluate.machine import Machine, Operation
from gifthorse.engine.evaluate.program import AssignShape, Op
from gifthorse.engine.evaluate.settings import MARK, Entry, Placed, Walk, entries, inner_of, keys_of, kids_of, value_of
from gifthorse.engine.evaluate.values import Value, join, shorten
from gifthorse.model.fact import Fact
from gifthorse.model.rule import SURROUNDINGS

MAX_HEARD = 20_000
"""Entries of one item that are asked for."""


class Announced(NamedTuple):
    """Operand of `announce`: the path, the key as it is written, and where its value starts in the item."""

    path: str
    fact: Fact
    value: Placed


class Asked(NamedTuple):
    """What a Listener wants to know: of which paths, and which others besides (`around.user`, `root.kind`).

    `roots`: all that is ever asked about a whole document.
    """

    hears: Callable[[str], bool]
    asks: Callable[[str], AbstractSet[str]]
    roots: AbstractSet[str]


class Heard(NamedTuple):
    """The steps for an item, and why not all of it was gone through, or nothing."""

    steps: list[Step]
    exceeded: str


def heard(item: Fact, asked: Asked, binds: Mapping[str, str]) -> Heard:
    """The steps that evaluate what is asked for in an item. `binds`: patterns of paths -> names that get the value."""
    if item.role == HEAD:
        place = Placed(item._replace(role="dict"), item.start)
        kept = Op("keep-root", item.text)
        return Heard([*_some_of(place, [way.split(".")[1:] for way in sorted(asked.roots)]), kept], "")
    steps: list[Step] = []
    walk, count, exceeded = Walk(), 0, ""
    before: dict[str, object] = {}
    for entry in entries(item, walk):
        if entry is None or count >= MAX_HEARD:
            exceeded = "a document holds too many settings"
            break
        if binds and (name := _bound(entry.path, binds)):
            steps += [Visit(*entry.value), Op("bind-setting", name), Op("drop")]
        if asked.hears(entry.path):
            steps += _named(walk)
            steps += _surroundings(Placed(item, item.start), entry, asked.asks(entry.path), before)
            fact, at = entry.own
            told = Announced(entry.path, fact, entry.value)
            steps += [Visit(*entry.value), Op("announce", told, at, at + fact.end - fact.start), Op("drop")]
            count += 1
    return Heard([*steps, Op("nothing")], exceeded)


def _named(walk: Walk) -> Iterator[Step]:
    """Values with names must be known before they are used."""
    for name in walk.fresh:
        yield from (Visit(*walk.named[name]), Op("bind-name", name), Op("drop"))
    walk.fresh.clear()


def _surroundings(whole: Placed, entry: Entry, ways: AbstractSet[str], before: dict[str, object]) -> Iterator[Step]:
    """What is asked for around an Entry, unless it was just the same for the one before."""
    places = {"root": whole, "around": entry.around, "outer": entry.outer}
    number, mark, _ = whole.fact.text.partition(MARK)
    for head in SURROUNDINGS:
        wanted = tuple(sorted(way for way in ways if way.partition(".")[0] == head))
        key = (id(places[head].fact), places[head].at, wanted)
        if before.get(head) == key:
            continue
        before[head] = key
        if wanted and head == "root" and mark:
            yield Op("get-root", number)
        elif wanted:
            yield from _some_of(places[head], [way.split(".")[1:] for way in wanted])
            yield from (Op("ask", head), Op("drop"))
        else:
            yield Op("forget", head)


def _some_of(place: Placed, ways: Sequence[Sequence[str]]) -> Iterator[Step]:
    """A mapping of only what is asked for; all of it where that is no key."""
    if any(not way for way in ways):
        yield Visit(*place)
        return
    shape: list[tuple[str, str]] = []
    before: set[tuple[str, ...]] = set()
    for way in ways:
        reached, steps = _along(place, way)
        if reached and reached not in before:
            before.add(reached)
            yield from steps
            shape.append(("block", way[0]))
    yield Op("dict", tuple(shape))


def _along(place: Placed, way: Sequence[str]) -> tuple[tuple[str, ...], list[Step]]:
    """How far a way leads, and the value there, in mappings of one key each; nowhere where there is nothing.

    It ends at a list: whether that holds the next word is known when it is evaluated.
    """
    current: Placed | None = place
    depth = 0
    while current is not None and depth < len(way):
        current = inner_of(current)
        if current.fact.role not in {"dict", "list", "pair"}:
            break
        key = way[depth]
        if key == "*" or (current.fact.role == "list" and not key.isdigit()):
            break
        current = _step(current, key)
        depth += 1
    if current is None:
        return (), []
    steps: list[Step] = [Visit(*current)]
    steps += [Op("dict", (("block", key),)) for key in reversed(way[1:depth])]
    return tuple(way[:depth]), steps


def _step(place: Placed, key: str) -> Placed | None:
    """The value of a key, or an element of a list."""
    if place.fact.role == "list":
        kids = [kid for _, kid in kids_of(place)]
        return kids[int(key)] if int(key) < len(kids) else None
    for _, kid in kids_of(place):
        if kid.fact.role == "pair" and keys_of(kid.fact)[:1] == [key]:
            return value_of(kid)
    return None


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


def _ask(machine: Machine, op: Op) -> None:
    machine.asked[str(op.operand)] = machine.stack[-1]


def _keep_root(machine: Machine, op: Op) -> None:
    machine.store.put(("<root>", op.operand), machine.stack[-1])


def _get_root(machine: Machine, op: Op) -> None:
    found = machine.store.value(("<root>", op.operand))
    if found is None:
        machine.asked.pop("root", None)
    else:
        machine.asked["root"] = found


def _forget(machine: Machine, op: Op) -> None:
    machine.asked.pop(str(op.operand), None)


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
    name = shorten(told.path)
    if not name:
        return
    shape = AssignShape(told.fact) if told.fact.role == "pair" else None
    fact, at = told.value
    written = (fact.role, at, at + fact.end - fact.start)
    nearby = (name, *machine.nearby())
    value, asked = machine.stack[-1], dict(machine.asked)
    machine.listener.assign(machine, Assignment(name, value, machine.site(op), shape, nearby, asked, written))


OPERATIONS: Final[dict[str, Operation]] = {
    "keep-root": _keep_root, "get-root": _get_root, "ask": _ask, "forget": _forget, "bind-setting": _bind, "bind-name": _bind_name, "announce": _announce,
}  # fmt: skip
