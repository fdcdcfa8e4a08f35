"""Large configurations, taken apart: each setting that stands for itself is an item of its own, so that an edit costs
that setting and not the document.

What rules ask about the whole document is an item too, which is evaluated first. It decides nothing about meaning: a
mapping of which a rule speaks as a whole, or in which one key is looked at with those beside it, stays together.
"""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from gifthorse.engine.evaluate.items import HEAD, Placed
from gifthorse.engine.evaluate.settings import ELEMENT, MARK, inner_of, keys_of, kids_of, value_of
from gifthorse.engine.evaluate.settings import Placed as Place
from gifthorse.model.fact import Fact

WHOLE = 1_500
"""Bytes of a document or a setting that is never taken apart."""


class Asking(NamedTuple):
    """What rules want to know: of which paths, what around them, and which keys of the whole document."""

    hears: Callable[[str], bool]
    asks: Callable[[str], AbstractSet[str]]
    roots: AbstractSet[str]


def _alone(path: str, asking: Asking) -> bool:
    """Whether a setting can be looked at without those beside it."""
    if not asking.hears(path):
        return True
    return not any(way.partition(".")[0] in {"around", "outer"} for way in asking.asks(path))


def _parts(place: Place, path: str, asking: Asking) -> list[tuple[Place, str]] | None:
    """The settings directly in a place, each with the path that it stands under; None where they stay together."""
    if place.fact.role == "pair":
        path = ".".join([*([path] if path else []), *keys_of(place.fact)])
        if asking.hears(path) or not keys_of(place.fact):
            return None
        own = value_of(place)
        if own is place:
            return None
        place = own
    place = inner_of(place)
    kids = [kid for _, kid in kids_of(place)]
    if place.fact.role == "dict":
        if not all(kid.fact.role == "pair" for kid in kids):
            return None
        paths = (".".join([*([path] if path else []), *keys_of(kid.fact)]) for kid in kids)
        return [(kid, path) for kid in kids] if all(_alone(one, asking) for one in paths) else None
    if place.fact.role == "list" and _alone(path + ELEMENT, asking) and all(kid.fact.kids for kid in kids):
        return [(kid, path + ELEMENT) for kid in kids]
    return None


def split(start: int, fact: Fact, number: int, asking: Asking) -> Iterator[Placed]:
    """The items of one document, whose offsets count from `start`; `number` tells documents of one text apart."""
    if fact.end - fact.start <= WHOLE or fact.role not in {"dict", "list", "wrap"}:
        yield start, fact
        return
    yield from _head(start, fact, number, asking)
    waiting = [(Place(fact, fact.start), "")]
    while waiting:
        place, path = waiting.pop()
        size = place.fact.end - place.fact.start
        parts = _parts(place, path, asking) if size > WHOLE else None
        if parts is not None:
            waiting.extend(reversed(parts))
        elif place.fact.kids:
            own = place.fact._replace(text=f"{number}{MARK}{path}")
            yield start + place.at - own.start, own


def _head(start: int, fact: Fact, number: int, asking: Asking) -> Iterator[Placed]:
    """What rules ask about the document: the settings in it that they name."""
    place = inner_of(Place(fact, fact.start))
    kids = [kid for _, kid in kids_of(place) if kid.fact.role == "pair" and keys_of(kid.fact)[:1] != []]
    wanted = [kid for kid in kids if keys_of(kid.fact)[0] in asking.roots]
    if wanted:
        first = place.at
        moved = tuple(
            kid.fact._replace(start=kid.at - first, end=kid.at - first + kid.fact.end - kid.fact.start)
            for kid in wanted
        )
        yield (
            start,
            Fact(HEAD, first, place.at + place.fact.end - place.fact.start, str(number), ("",) * len(moved), moved),
        )


def flatten(start: int, fact: Fact) -> Iterator[Placed]:
    """The items of a text in which what stands inside of something knows nothing of it (elements of a page)."""
    waiting = [Place(fact, fact.start)]
    while waiting:
        place = waiting.pop()
        own = place.fact
        if own.end - own.start <= WHOLE or own.role != "call" or "" not in own.names:
            yield start + place.at - own.start, own
            continue
        named = [(name, kid) for name, kid in zip(own.names, own.kids, strict=True) if name]
        names, kids = tuple(name for name, _ in named), tuple(kid for _, kid in named)
        yield start + place.at - own.start, own._replace(names=names, kids=kids)
        waiting.extend(reversed([kid for name, kid in kids_of(place) if not name]))
