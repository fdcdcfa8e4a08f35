"""Configuration: every key of a text made of mappings is assigned its value, under its dotted path.

`services.web.privileged`, `jobs.build.steps[].uses`: an element of a list adds `[]`. Only what a Listener asks for is
evaluated, so that a large file costs one walk over its Facts. Repeated use (anchors, merged mappings) is followed
within bounds. It does not know what any key means.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from gifthorse.engine.evaluate import literals
from gifthorse.engine.evaluate.compiler import Compiler, Emitter, Step, spanning, start_of, visit
from gifthorse.engine.evaluate.program import Op
from gifthorse.model.fact import Fact

MAX_ENTRIES = 100_000
"""Keys and elements of one item, each counted as often as it is used."""

MAX_LEVELS = 100
ELEMENT: Final = "[]"
MARK: Final = "\0"
"""In an item that was taken out of a larger one: between the number of its document and the path that it is under."""


class Placed(NamedTuple):
    """A Fact and where it starts in its item."""

    fact: Fact
    at: int


class Entry(NamedTuple):
    """A key with its value, or an element of a list. `own` is all of it, `around` the mapping that it stands in, and
    `outer` the one around that.
    """

    path: str
    own: Placed
    value: Placed
    around: Placed
    outer: Placed


class _Stop(NamedTuple):
    """The end of a value in which an alias is not followed again."""

    name: str


@dataclass(slots=True)
class Walk:
    """One walk over an item: what is still to be gone through, and the values that have names (`fresh`: since last)."""

    waiting: "list[tuple[Placed, str, tuple[Placed, Placed], int] | _Stop]" = field(default_factory=list)
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


def inner_of(place: Placed) -> Placed:
    """What brackets hold."""
    while place.fact.role in {"wrap", "other", "declare"} and place.fact.kids:
        fact = place.fact
        kid = fact.part("value") or fact.kids[-1]
        if fact.role == "other" and len(fact.kids) > 1:
            return place
        place = Placed(kid, place.at + kid.start)
    return place


def kids_of(place: Placed) -> Iterator[tuple[str, Placed]]:
    """The kids of a Fact with the parts that they play."""
    fact, at = place
    return ((name, Placed(kid, at + kid.start)) for name, kid in zip(fact.names, fact.kids, strict=True))


def value_of(pair: Placed) -> Placed:
    """The value of a pair: without one it is a mapping of the pairs in it."""
    value = pair.fact.part("value")
    return pair if value is None else Placed(value, pair.at + value.start)


def entries(item: Fact, walk: "Walk") -> Iterator[Entry | None]:
    """All Entries of an item in the order of the source; None where there are too many to go on."""
    whole = Placed(item, item.start)
    path = item.text.partition(MARK)[2] if item.kids else ""
    walk.waiting.append((whole, path, (whole, whole), 0))
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


def _entered(walk: Walk, place: Placed, path: str, around: tuple[Placed, Placed], level: int) -> Iterator[Entry]:
    """One step: an Entry, and what is in it put on the list of what is to be gone through."""
    role = place.fact.role
    if role == "pair":
        keys = keys_of(place.fact)
        for key in keys:
            path = f"{path}.{key}" if path else key
        if keys:
            yield Entry(path, place, value_of(place), *around)
        own = value_of(place)
        if own is place:
            own_around = (place, around[0])
            inside = [(kid, path, own_around, level + 1) for name, kid in kids_of(place) if name != "key"]
            walk.waiting.extend(reversed(inside))
        else:
            walk.waiting.append((own, path, around, level + 1))
    elif role == "dict":
        walk.waiting.extend(reversed([(kid, path, (place, around[0]), level + 1) for _, kid in kids_of(place)]))
    elif role == "list":
        walk.waiting.extend(reversed([(kid, path + ELEMENT, around, level + 1) for _, kid in kids_of(place)]))
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
        yield Entry(path, place, place, *around)


def _through(walk: Walk, place: Placed, path: str, around: tuple[Placed, Placed], level: int) -> None:
    """See through brackets; remember what has a name."""
    fact = place.fact
    target = fact.part("target")
    if fact.role == "declare" and target is not None:
        value = fact.part("value")
        if value is not None:
            walk.named[target.text] = Placed(value, place.at + value.start)
            walk.fresh.append(target.text)
    inner = inner_of(place)
    if inner.fact is not fact:
        walk.waiting.append((inner, path, around, level + 1))
    else:
        inside = [(kid, path, around, level + 1) for _, kid in kids_of(place)]
        walk.waiting.extend(reversed(inside))


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
