"""What the predicates of a rule say of Values: yes, no, or that it cannot be seen and looks hidden.

docs/rules.md describes them. Which Matches are tried, and what is taken down, is in `match`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Any, Final

from gifthorse.engine.evaluate import arithmetic, containers, members, memory
from gifthorse.engine.evaluate.answering import always
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.history import calls_of
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.values import MAX_PARTS, UNKNOWN, Value
from gifthorse.engine.narrow import is_anchored, is_narrow
from gifthorse.engine.patterns import compile_pattern, compiled
from gifthorse.engine.relations import is_relation, other_path, related
from gifthorse.model.finding import Certainty
from gifthorse.model.knowledge import PARAMETER
from gifthorse.model.rule import Match


class Answer(IntEnum):
    """What a predicate says of a Value."""

    NO = 0
    OBSCURED = 1
    YES = 2


@lru_cache(maxsize=4096)
def _glob(pattern: str) -> Any:
    return compile_pattern(pattern)


class Subject:
    """The Values that a Match's predicates may ask for, by argument path."""

    def __init__(self, machine: Machine, given: Arguments, named: Mapping[str, Value]) -> None:
        self.machine, self.given, self.named = machine, given, named

    def _roots(self, word: str) -> list[Value]:
        if word in self.named:
            return [self.named[word]]
        if word == "*":
            return [*self.given.positional, *self.given.keywords.values()]
        if word.isdigit():
            place = int(word)
            return [self.given.positional[place]] if place < len(self.given.positional) else []
        return [self.given.keywords[word]] if word in self.given.keywords else []

    def values(self, path: str) -> list[Value]:
        """What stands at a path: `verify`, `0`, `"1|shell"`, `"0.rejectUnauthorized"`, `receiver`, `"*"`."""
        found: list[Value] = []
        for way in path.split("|"):
            head, *fields = way.split(".")
            values = self._roots(head)
            for name in fields:
                values = [held for value in values for held in self._field(value, name)]
            found.extend(values)
        return found

    def _field(self, value: Value, name: str) -> list[Value]:
        found: list[Value] = []
        for option in value.alternatives():
            held = containers.fields(self.machine, option) or {}
            if name == "*":
                found.extend(held.values() or ([option] if option.known else []))
                continue
            if isinstance(option.const, str) or option.kind == "list":
                texts = held.values() if option.kind == "list" else [option]
                found.extend(text for text in texts if text.const == name)
            key: str | int = int(name) if name.isdigit() and name not in held else name
            if key in held:
                found.append(held[key])
            elif isinstance(option.const, dict) and name in option.const:
                found.append(Value(const=option.const[name], closed=True))
            elif option.kind == "instance" or not held:
                own = self.machine.store.value((option.ref, key)) if option.ref is not None else None
                found.extend([own] if own is not None else [])
        return found


def asked_history(conditions: Iterable[Mapping[str, Sequence[str]]]) -> set[str]:
    """The methods whose calls the predicates `called:` of these conditions ask for."""
    words = (word.removeprefix("not:") for one in conditions for told in one.values() for word in told)
    asked = (word.partition(":") for word in words)
    return {limit.partition("(")[0] for word, _, limit in asked if word in {"called", "narrow", "anchored"} and limit}


def known_constant(machine: Machine, value: Value) -> object:
    """The whole constant of a Value, or UNKNOWN."""
    return containers.constant(machine, value)


def _test(machine: Machine, word: str, limit: str, value: Value) -> bool | None:
    """Whether a predicate holds of one alternative; None where that is not known."""
    asked = _OF_VALUES.get(word)
    if asked is not None:
        return asked(machine, limit, value)
    if word in memory.STATES:
        return memory.STATES[word](machine, value, limit)
    const = known_constant(machine, value)
    if word in {"re", "says"}:
        return _says(machine, word, limit, const, value)
    if word == "is":
        return _is(machine, limit, const, value)
    return None if const is UNKNOWN else _compare(machine, word, limit, const)


def _number(value: Value) -> bool:
    """Whether it can carry no text."""
    return value.plain or (isinstance(value.const, int | float) and value.closed)


def _tainted(machine: Machine, label: str, value: Value) -> bool:
    """Whether it holds outside text, or such with this label."""
    labels = {trace.label for trace in containers.laden(machine, value).taint}
    return label in labels if label else bool(labels - {PARAMETER})


def _has(_: Machine, pattern: str, value: Value) -> bool:
    """Whether it is what this name stands for, or is put together with it."""
    return any(part.name and _glob(pattern).fullmatch(part.name) for part in (value, *value.parts))


def _defines(machine: Machine, method: str, value: Value) -> bool:
    """Whether it is an instance of a class of the file with this method."""
    return value.kind == "instance" and members.member(machine, value, method).fn is not None


def _gives(machine: Machine, pattern: str, value: Value) -> bool:
    """Whether it is a function of the file that gives this, whatever it is asked."""
    const = always(machine, value.fn) if value.fn is not None else UNKNOWN
    return const is not UNKNOWN and _glob(pattern).fullmatch(arithmetic.text(const, loose=True)) is not None


def _called(machine: Machine, pattern: str, value: Value) -> bool:
    """Whether this was called on it before."""
    glob = _glob(pattern)
    return any(glob.fullmatch(call) for call in calls_of(machine, value))


def _patterns(machine: Machine, maker: str, value: Value) -> list[str]:
    """A regular expression, or those from which `maker` made an object."""
    const = known_constant(machine, value)
    patterns = [const] if isinstance(const, str) else []
    start = f"{maker}("
    patterns.extend(call[len(start) : -1] for call in calls_of(machine, value) if maker and call.startswith(start))
    return patterns


def _compare(machine: Machine, word: str, limit: str, const: object) -> bool:
    """`truthy`, `falsy`, `lt:N`, `gt:N` of a constant."""
    if word in {"falsy", "truthy"}:
        if isinstance(const, str) and const.strip().lower() in machine.false_words:
            return word == "falsy"
        return arithmetic.truth(const, machine.loose) == (word == "truthy")
    if isinstance(const, bool) or not isinstance(const, int | float):
        return False
    return const < float(limit) if word == "lt" else const > float(limit)


def _says(machine: Machine, word: str, pattern: str, const: object, value: Value) -> bool | None:
    """`re:` and `says:`: they differ where the text is not known, which `says:` takes for a no."""
    text = _text(machine, const, value)
    if text is None:
        return None if const is UNKNOWN and word == "re" else False
    return bool(compiled(pattern).search(text))


def _text(machine: Machine, const: object, value: Value) -> str | None:
    """What `re:` looks at: a text or number; of a text put together its constant parts, with {} for the others."""
    if isinstance(const, bytes):
        return const.decode("utf-8", "replace")
    if isinstance(const, str | int | float) and not isinstance(const, bool):
        return str(const)
    if const is not UNKNOWN or not value.built or not value.parts:
        return None
    parts = (containers.constant(machine, part) for part in value.parts)
    return "".join("{}" if part is UNKNOWN else str(part) for part in parts)


def _made_of(machine: Machine, pattern: str, value: Value) -> bool:
    """Whether a text is put together from constants and from what this name stands for, such as an escaping call."""
    glob, open_parts = (
        _glob(pattern),
        [part for part in value.parts if containers.constant(machine, part) is UNKNOWN and not part.plain],
    )
    whole = len(value.parts) < MAX_PARTS
    return value.built and whole and bool(open_parts) and all(glob.fullmatch(part.name) for part in open_parts)


def _is(machine: Machine, pattern: str, const: object, value: Value) -> bool | None:
    """The constant's text, or the resolved name."""
    glob = _glob(pattern)
    if value.name and glob.fullmatch(value.name):
        return True
    if const is UNKNOWN:
        return False if value.name else None
    text = const.decode("utf-8", "replace") if isinstance(const, bytes) else const
    texts = {arithmetic.text(text, machine.loose), str(text)}
    return any(glob.fullmatch(one) is not None for one in texts)


_OF_VALUES: Final[Mapping[str, Callable[[Machine, str, Value], bool]]] = {
    "built": lambda _, __, value: value.built,
    "literal": lambda _, __, value: value.literal,
    "constant": lambda _, __, value: value.closed,
    "number": lambda _, __, value: _number(value),
    "tainted": _tainted,
    "made-of": _made_of,
    "has": _has,
    "defines": _defines,
    "called": _called,
    "gives": _gives,
    "narrow": lambda machine, maker, value: any(map(is_narrow, _patterns(machine, maker, value))),
    "anchored": lambda machine, maker, value: any(map(is_anchored, _patterns(machine, maker, value))),
}
"""Predicates that say yes or no of any Value, whether or not its constant is known."""


def _positive(machine: Machine, predicate: str, values: Sequence[Value]) -> Answer:
    """The best answer that any of the Values, in any of its alternatives, gives."""
    word, _, limit = predicate.partition(":")
    best = Answer.NO
    for value in values:
        for option in value.alternatives():
            held = _test(machine, word, limit, option)
            if held:
                return Answer.YES
            if held is None and option.closed and not option.literal and option.fn is None and option.kind == "":
                best = Answer.OBSCURED
    return best


def answer(machine: Machine, predicate: str, values: Sequence[Value], complete: bool) -> Answer:
    """What a predicate says of all that stands at an argument path. `complete`: no splat may have brought more."""
    negated = predicate.startswith("not:")
    word = predicate.removeprefix("not:")
    if word == "missing":
        held = Answer.YES if not values and complete else Answer.NO
    elif word == "present":
        held = Answer.YES if values else Answer.NO
    else:
        if negated and not values:
            return Answer.NO
        held = _positive(machine, word, values)
    if not negated:
        return held
    return Answer.NO if held is not Answer.NO else Answer.YES


def _best(machine: Machine, subject: Subject, path: str, predicates: Sequence[str]) -> Answer:
    values = subject.values(path)
    best = Answer.NO
    for one in predicates:
        if is_relation(one):
            held = related(machine, one, values, subject.values(other_path(one)))
            found = Answer.YES if held else Answer.NO
        else:
            found = answer(machine, one, values, subject.given.complete)
        best = max(best, found)
    return best


def meets(machine: Machine, where: Mapping[str, Sequence[str]], subject: Subject) -> bool:
    """Whether the Values of a Subject are surely as they are asked to be."""
    return all(_best(machine, subject, path, predicates) is Answer.YES for path, predicates in where.items())


def _excused(machine: Machine, match: Match, subject: Subject, path: str, predicates: Sequence[str]) -> bool:
    """Whether `unless` holds. Where the same value is asked for by `where`, it must hold of each alternative that meets
    that: what is harmless in one branch excuses no other.
    """
    if _best(machine, subject, path, predicates) is not Answer.YES:
        return False
    asked, values = match.where.get(path), subject.values(path)
    if asked is None or not any(value.options for value in values):
        return True
    options = [option for value in values for option in value.alternatives()]
    left = [one for one in options if any(answer(machine, word, [one], complete=True) is Answer.YES for word in asked)]
    return all(any(answer(machine, word, [one], complete=True) is Answer.YES for word in predicates) for one in left)


def judge(machine: Machine, match: Match, subject: Subject, nearby: Sequence[str]) -> Certainty | None:
    """Whether a Match holds, and how sure that is."""
    if match.context and not any(compiled(match.context).search(name) for name in nearby if name):
        return None
    lowest = Answer.YES
    for path, predicates in match.where.items():
        lowest = min(lowest, _best(machine, subject, path, predicates))
        if lowest is Answer.NO:
            return None
    if any(_excused(machine, match, subject, path, predicates) for path, predicates in match.unless.items()):
        return None
    return Certainty.UNSAFE if lowest is Answer.YES else Certainty.OBSCURED
