"""The top-level items of a file: what each is called from version to version, and in which order they are done.

An item keeps its path while it is edited, so that what others know of it by that path stays true.
"""

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from gifthorse.model.fact import Fact

Placed = tuple[int, Fact]
"""A top-level Fact and the byte of the file that its offsets count from."""

HEAD = "head"
"""The role of an item that holds what is asked about a whole document; it is done first."""

LAST = 2
"""The rank of what is done in the order of the source."""


class Item(NamedTuple):
    """A top-level item: its path stays the same while it is edited. Those of a lower `rank` are done first."""

    path: str
    fact: Fact
    rank: int


def alike(one: Fact, other: Fact) -> bool:
    """Whether two Facts come from the same source, wherever they stand; never by comparing what they hold."""
    if one is other:
        return True
    if one.role != other.role or one.end - one.start != other.end - other.start or one.text != other.text:
        return False
    return one.kids is other.kids or (not one.kids and not other.kids)


def _label(fact: Fact) -> tuple[str, str]:
    """What an item is known by while it is edited: the name that it defines, else only its role."""
    while fact.role in {"wrap", "deco"} and fact.kids:
        fact = fact.part("target") or fact.part("value") or fact.kids[-1]
    named = fact.part("name") or fact.part("target")
    return fact.role, named.text if named is not None else ""


def _by_label(items: Sequence[Item]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for place, item in enumerate(items):
        found.setdefault(_label(item.fact), []).append(place)
    return found


def _rank(fact: Fact, hoists: str) -> int:
    """Named functions are known from the start where a language hoists them, and types before them."""
    while fact.role == "wrap" and fact.kids:
        fact = fact.part("value") or fact.kids[-1]
    if fact.role == HEAD:
        return 0
    if fact.role == "pair" and hoists:
        key = fact.part("key")
        return 0 if key is not None and key.text in hoists.split() else LAST
    if fact.role == "import" and hoists == "types":
        return 0
    if not hoists or fact.part("name") is None:
        return LAST
    return {"func": 1, "class": 0 if hoists == "types" else LAST}.get(fact.role, LAST)


def _common(facts: Sequence[Fact], old: Sequence[Item]) -> tuple[int, int]:
    """How many items are as they were from the start, and from the end."""
    most = min(len(facts), len(old))
    head = 0
    while head < most and (facts[head] is old[head].fact or alike(facts[head], old[head].fact)):
        head += 1
    tail = 0
    while tail < most - head and (
        facts[-1 - tail] is old[-1 - tail].fact or alike(facts[-1 - tail], old[-1 - tail].fact)
    ):
        tail += 1
    return head, tail


class Naming(NamedTuple):
    """How new items are called: `mark` and a number that was never used. `hoists`: the language's setting."""

    serial: int
    mark: str
    hoists: str


def name_items(facts: Sequence[Fact], old: Sequence[Item], naming: Naming) -> tuple[tuple[Item, ...], int]:
    """Give every item a path: that of the item it was, or that stood in its place, in the version before.

    Also the last number used.
    """
    head, tail = _common(facts, old)
    between = old[head : len(old) - tail]
    left, last, serial = _by_label(between), -1, naming.serial
    middle: list[Item] = []
    for fact in facts[head : len(facts) - tail]:
        # In the old order only: parts that changed places are new ones.
        place = next((number for number in left.get(_label(fact), ()) if number > last), -1)
        if place >= 0:
            last, path = place, between[place].path
        else:
            serial += 1
            path = f"{naming.mark}{serial}"
        middle.append(Item(path, fact, _rank(fact, naming.hoists)))
    return (*old[:head], *middle, *old[len(old) - tail :]), serial


def in_order(items: Sequence[Item]) -> Sequence[Item]:
    """Items in the order in which the language makes their names known: named functions first, types before them.
    The text of a heredoc comes before the item that uses it.
    """
    found: list[Item] = []
    place = 0
    for item in sorted(items, key=attrgetter("rank")):
        if item.fact.role == "herebody":
            found.insert(place, item)
        else:
            place = len(found)
            found.append(item)
    return found
