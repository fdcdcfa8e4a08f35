"""Predicates about two arguments: `longer:0`, `beyond:0`, `of:1`, `same-as:1`. What stands behind the colon is the path
of the other one. Only what is known for sure counts.

Predicates about one are in `predicates`.
"""

from collections.abc import Sequence
from typing import Final

from gifthorse.engine.evaluate import containers, memory
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.values import Value

COMPARING: Final = ("longer:", "beyond:", "of:", "same-as:")


def is_relation(predicate: str) -> bool:
    """Whether a predicate is about two arguments."""
    return predicate.removeprefix("not:").startswith(COMPARING)


def other_path(predicate: str) -> str:
    """The path of the other argument."""
    return predicate.removeprefix("not:").partition(":")[2]


def related(machine: Machine, predicate: str, values: Sequence[Value], others: Sequence[Value]) -> bool:
    """Whether it holds of any pair; of none, where `not:` stands in front."""
    word, _, _ = predicate.removeprefix("not:").partition(":")
    held = any(_pair(machine, word, one, other) for one in values for other in others)
    return held != predicate.startswith("not:")


def _pair(machine: Machine, word: str, one: Value, other: Value) -> bool:
    if word == "of":
        return any(_same_thing(part, other) for part in one.parts)
    if word == "same-as":
        return _same_thing(one, other)
    size = memory.size_of(machine, other)
    taken = memory.length_of(machine, one) if word == "longer" else containers.constant(machine, one)
    return size is not None and isinstance(taken, int | float) and not isinstance(taken, bool) and taken > size


def _same_thing(one: Value, other: Value) -> bool:
    return one.ref is not None and one.ref == other.ref and one.name == other.name
