"""Which function a function became: by its name, or, where it has another one now, by what it says.

Two texts are compared once: a change is looked at again after every insertion, and most of its functions are the same.
"""

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import lru_cache

from gifthorse.change.compare import Change

ALIKE = 0.5
"""From which likeness on (0 to 1) a function with another name is the same one."""
DOUBT = 0.25
"""So far from that likeness that of the words alone says it all: comparing characters takes many times as long."""
MOST_KNOWN = 4_000
_NAMES = re.compile(r"\w+")


def now_named(change: Change) -> Callable[[str], str | None]:
    """Tells which name a function of the text before has now; None where it is gone. What is in none stays so."""
    known: dict[str, str | None] = {"": ""}

    def name_of(unit: str) -> str | None:
        if unit not in known:
            known[unit] = unit if change.after.unit(unit) else _successor(unit, change)
        return known[unit]

    return name_of


def _successor(name: str, change: Change) -> str | None:
    unit = change.before.unit(name)
    if unit is None:
        return None
    body = change.before.source(unit.span)
    for other in change.after.units:
        fresh = change.brings(other.span) and change.before.unit(other.words) is None
        if fresh and is_alike(body, change.after.source(other.span)):
            return other.words
    return None


@lru_cache(MOST_KNOWN)
def is_alike(one: str, other: str, least: float = ALIKE) -> bool:
    """Whether two functions say much the same. Those that share hardly a name do not, and are not compared further."""
    names, others = _names(one), _names(other)
    if 3 * len(names & others) < min(len(names), len(others)):
        return False
    words = SequenceMatcher(None, _NAMES.findall(one), _NAMES.findall(other), autojunk=False).ratio()
    if not least - DOUBT <= words <= least + DOUBT:
        return words > least
    likeness = SequenceMatcher(None, one, other, autojunk=False)
    return likeness.real_quick_ratio() >= least and likeness.quick_ratio() >= least and likeness.ratio() >= least


@lru_cache(MOST_KNOWN)
def _names(text: str) -> frozenset[str]:
    return frozenset(_NAMES.findall(text))
