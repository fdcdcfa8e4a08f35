"""Rules against what the evaluator sees: a Listener that takes down a Hit wherever a Match holds.

What predicates mean is in `predicates`. It does not read rule files, and it does not make Findings: a Hit has no
place in the file yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from gifthorse.engine.evaluate.machine import Arguments, Assignment, Call, Machine, Site
from gifthorse.engine.evaluate.module import Recorder
from gifthorse.engine.evaluate.program import AssignShape, CallShape
from gifthorse.engine.evaluate.settings import SURROUNDINGS
from gifthorse.engine.patterns import NameIndex, compiled
from gifthorse.engine.predicates import Subject, judge
from gifthorse.engine.wording import argument_name, shown
from gifthorse.model.finding import Certainty
from gifthorse.model.rule import Catalogue, Language, Match, MatchKind, Rule

__all__ = ["Candidate", "Hit", "Matcher", "RuleIndex", "compiled", "index_rules", "lineage"]


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


def _argument_words(machine: Machine, match: Match, subject: Subject) -> dict[str, str]:
    for path in match.where:
        for way in path.split("|"):
            values = subject.values(way)
            if values:
                return {"arg": argument_name(way), "value": shown(machine, values[0])}
    paths = (way for path in match.where for way in path.split("|"))
    return {"arg": argument_name(next(paths, "")), "value": "nothing"}


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

    def asks(self, name: str) -> frozenset[str]:
        """What the rules ask for besides the value."""
        matches = (candidate.match for candidate in self.index.assigns.find(name))
        paths = (path for match in matches for path in (*match.where, *match.unless))
        return frozenset(way.partition(".")[0] for path in paths for way in path.split("|")) & SURROUNDINGS

    def call(self, machine: Machine, call: Call) -> None:
        """Try the candidates of a call's name."""
        for candidate in self.index.calls.find(call.name):
            receiver = call.callee.receiver
            subject = Subject(machine, call.arguments, {"receiver": receiver} if receiver is not None else {})
            self._try(machine, candidate, subject, call, {"callee": call.name, "name": call.name.rpartition(".")[2]})

    def assign(self, machine: Machine, assignment: Assignment) -> None:
        """Try the candidates of an assignment's target."""
        for candidate in self.index.assigns.find(assignment.name):
            subject = Subject(machine, Arguments([], {}), {"value": assignment.value, **assignment.named})
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
