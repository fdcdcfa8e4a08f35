"""Rules against what the evaluator sees: a Listener that takes down a Hit wherever a Match holds.

What the keys of a rule mean is decided here (docs/rules.md describes them). It does not read rule files, and it does
not make Findings: a Hit has no place in the file yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import Any, NamedTuple

import re2

from gifthorse.engine.evaluate import containers, folding
from gifthorse.engine.evaluate.compile import AssignShape, CallShape
from gifthorse.engine.evaluate.machine import Arguments, Assignment, Call, Machine, Site
from gifthorse.engine.evaluate.module import Recorder
from gifthorse.engine.evaluate.values import MAX_PARTS, UNKNOWN, Value
from gifthorse.engine.patterns import NameIndex, compile_pattern
from gifthorse.model.finding import Certainty
from gifthorse.model.rule import Catalogue, Language, Match, MatchKind, Rule


class Answer(IntEnum):
    """What a predicate says of a Value."""

    NO = 0
    OBSCURED = 1
    YES = 2


class Candidate(NamedTuple):
    """A Match with its rule."""

    rule: Rule
    match: Match


class Hit(NamedTuple):
    """A Match that held. `words` fill the message; `shape` is the call as it is written, if it is."""

    rule: Rule
    match: Match
    site: Site
    certainty: Certainty
    words: Mapping[str, str]
    shape: CallShape | AssignShape | None
    complete: bool
    trail: tuple[Site, ...]


@dataclass(frozen=True, slots=True)
class RuleIndex:
    """All name rules of one language."""

    calls: NameIndex[Candidate] = field(default_factory=NameIndex)
    assigns: NameIndex[Candidate] = field(default_factory=NameIndex)


def lineage(language: Language, catalogue: Catalogue) -> tuple[str, ...]:
    """The language's name and those that it inherits, nearest first."""
    names: list[str] = []
    current: Language | None = language
    while current is not None and current.name not in names:
        names.append(current.name)
        current = catalogue.languages.get(current.inherits)
    return tuple(names)


def index_rules(language: Language, catalogue: Catalogue) -> RuleIndex:
    """The Matches that apply to a language, ready to be looked up by name."""
    index, names = RuleIndex(), set(lineage(language, catalogue))
    for rule in catalogue.rules.values():
        for match in rule.matches:
            table = {MatchKind.CALL: index.calls, MatchKind.ASSIGN: index.assigns}.get(match.kind)
            if table is not None and names & set(match.languages):
                for pattern in match.patterns:
                    table.add(pattern, Candidate(rule, match))
    return index


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> Any:
    """A pattern of a rule, compiled by RE2."""
    return re2.compile(pattern)


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
        found = []
        for option in value.alternatives():
            held = containers.fields(self.machine, option) or {}
            key: str | int = int(name) if name.isdigit() and name not in held else name
            if key in held:
                found.append(held[key])
            elif isinstance(option.const, dict) and name in option.const:
                found.append(Value(const=option.const[name], closed=True))
            elif option.kind == "instance" or not held:
                own = self.machine.store.value((option.ref, key)) if option.ref is not None else None
                found.extend([own] if own is not None else [])
        return found


def _known(machine: Machine, value: Value) -> object:
    return containers.constant(machine, value)


def _test(machine: Machine, word: str, limit: str, value: Value) -> bool | None:
    """Whether a predicate holds of one alternative; None where that is not known."""
    if word in {"built", "literal", "constant", "tainted"}:
        return {"built": value.built, "literal": value.literal, "constant": value.closed, "tainted": False}[word]
    if word == "made-of":
        return _made_of(machine, limit, value)
    if word == "has":
        return any(part.name and _glob(limit).fullmatch(part.name) for part in (value, *value.parts))
    const = _known(machine, value)
    if word in {"re", "says"}:
        return _says(machine, word, limit, const, value)
    if word == "is":
        return _is(machine, limit, const, value)
    return None if const is UNKNOWN else _compare(machine, word, limit, const)


def _compare(machine: Machine, word: str, limit: str, const: object) -> bool:
    """`truthy`, `falsy`, `lt:N`, `gt:N` of a constant."""
    if word in {"falsy", "truthy"}:
        return folding.truth(const, machine.loose) == (word == "truthy")
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
    glob, open_parts = _glob(pattern), [part for part in value.parts if containers.constant(machine, part) is UNKNOWN]
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
    texts = {folding.text(text, machine.loose), str(text)}
    return any(glob.fullmatch(one) is not None for one in texts)


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
    return max((answer(machine, one, values, subject.given.complete) for one in predicates), default=Answer.NO)


def judge(machine: Machine, match: Match, subject: Subject, nearby: Sequence[str]) -> Certainty | None:
    """Whether a Match holds, and how sure that is."""
    if match.context and not any(compiled(match.context).search(name) for name in nearby if name):
        return None
    lowest = Answer.YES
    for path, predicates in match.where.items():
        lowest = min(lowest, _best(machine, subject, path, predicates))
        if lowest is Answer.NO:
            return None
    if any(_best(machine, subject, path, predicates) is Answer.YES for path, predicates in match.unless.items()):
        return None
    return Certainty.UNSAFE if lowest is Answer.YES else Certainty.OBSCURED


def shown(machine: Machine, value: Value) -> str:
    """A Value in a message: short, and only what the file says itself."""
    const = _known(machine, value)
    text = value.name or "a computed value" if const is UNKNOWN else repr(const)
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."


SHOWN = 60


def _argument_words(machine: Machine, match: Match, subject: Subject) -> dict[str, str]:
    for path in match.where:
        for way in path.split("|"):
            values = subject.values(way)
            if values:
                return {"arg": way, "value": shown(machine, values[0])}
    return {"arg": next(iter(match.where), ""), "value": "nothing"}


def _spreads(shape: CallShape) -> bool:
    return any(argument.kind in {"splat", "kwsplat"} for argument in shape.arguments)


class Matcher(Recorder):
    """Takes down a Hit for every Match that holds; one call is one Hit for each rule, the surest one."""

    def __init__(self, index: RuleIndex) -> None:
        self.index = index
        self.words = index.calls.words
        self.hits: dict[tuple[str, Site], Hit] = {}

    def notes(self) -> tuple[object, ...]:
        """The Hits."""
        return tuple(self.hits.values())

    def hears_call(self, name: str) -> bool:
        """Whether any rule speaks of calls of this name."""
        return bool(self.index.calls.find(name))

    def hears_assignment(self, name: str) -> bool:
        """Whether any rule speaks of assignments to this name."""
        return bool(self.index.assigns.find(name))

    def call(self, machine: Machine, call: Call) -> None:
        """Try the candidates of a call's name."""
        for candidate in self.index.calls.find(call.name):
            receiver = call.callee.receiver
            subject = Subject(machine, call.arguments, {"receiver": receiver} if receiver is not None else {})
            self._try(machine, candidate, subject, call, {"callee": call.name, "name": call.name.rpartition(".")[2]})

    def assign(self, machine: Machine, assignment: Assignment) -> None:
        """Try the candidates of an assignment's target."""
        for candidate in self.index.assigns.find(assignment.name):
            subject = Subject(machine, Arguments([], {}), {"value": assignment.value})
            words = {"target": assignment.name, "name": assignment.name.rpartition(".")[2], "callee": assignment.name}
            self._try(machine, candidate, subject, assignment, words)

    def _try(
        self, machine: Machine, candidate: Candidate, subject: Subject, event: Call | Assignment, words: dict[str, str]
    ) -> None:
        rule, match = candidate
        key = rule.id, event.site
        before = self.hits.get(key)
        if before is not None and before.certainty is Certainty.UNSAFE:
            return
        certainty = judge(machine, match, subject, event.nearby)
        if certainty is None or (before is not None and certainty is Certainty.OBSCURED):
            return
        shape = event.shape if not isinstance(event, Call) or event.direct else None
        trail = tuple(frame.site for frame in machine.frames[1:] if frame.site is not None and frame.fixed is None)
        filled = {**words, **_argument_words(machine, match, subject)}
        spread = isinstance(event, Call) and event.shape is not None and _spreads(event.shape)
        self.hits[key] = Hit(rule, match, event.site, certainty, filled, shape, not spread, trail)
