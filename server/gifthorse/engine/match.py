"""Rules against what the evaluator sees: a Listener that takes down a Hit wherever a Match holds.

What predicates mean is in `predicates`. It does not read rule files, and it does not make Findings: a Hit has no
place in the file yet.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from gifthorse.engine.computed import SecretIndex
from gifthorse.engine.evaluate.away import Away, brought_home
from gifthorse.engine.evaluate.happenings import Arguments, Assignment, Call, Made, Passed, Returned
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.program import AssignShape, CallShape
from gifthorse.engine.evaluate.taint import Site, Stage
from gifthorse.engine.evaluate.work import Recorder
from gifthorse.engine.filenames import fits
from gifthorse.engine.handed import HandIndex, Hands, index_handed
from gifthorse.engine.outlets import Arrivals, OutletIndex, index_outlets, spoken_of
from gifthorse.engine.patterns import NameIndex, beginnings, compiled, named_by, types_of
from gifthorse.engine.predicates import Subject, asked_history, judge
from gifthorse.engine.secrets import is_about_secrets, masked
from gifthorse.engine.wording import argument_name, shown
from gifthorse.model.finding import Certainty
from gifthorse.model.fixspec import FixSpec
from gifthorse.model.rule import Catalogue, Language, Match, MatchKind, Rule
from gifthorse.model.text import Span

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
    away: tuple[Away, ...] = ()
    """The way through functions of other files, where it is there that the Match held: `site` is the call."""
    path: tuple[Stage, ...] = ()
    """The way of outside text, its source first, where that is what the rule is about."""
    weak: bool = False
    """Whether it comes from a parameter of which no caller is known."""
    fix: FixSpec | None = None
    argument: str = ""
    """What mends it, and at which argument it is to be mended where the Fix does not say."""


class Mark(NamedTuple):
    """A call of which a Match asks whether it stands further down than what it matches."""

    name: str
    site: Site


@dataclass(frozen=True, slots=True)
class RuleIndex:
    """All name rules of one language. `later`: calls that are only marked."""

    calls: NameIndex[Candidate] = field(default_factory=NameIndex)
    assigns: NameIndex[Candidate] = field(default_factory=NameIndex)
    beginnings: frozenset[str] = frozenset()
    types: Mapping[str, str] = field(default_factory=dict)
    later: NameIndex[bool] = field(default_factory=NameIndex)
    remembered: set[str] = field(default_factory=set)
    outlets: OutletIndex = field(default_factory=OutletIndex)
    handed: HandIndex = field(default_factory=HandIndex)
    secrets: SecretIndex | None = None
    roots: frozenset[str] = frozenset()


def lineage(language: Language, catalogue: Catalogue) -> tuple[str, ...]:
    """The language's name and those that it inherits, nearest first."""
    names: list[str] = []
    current: Language | None = language
    while current is not None and current.name not in names:
        names.append(current.name)
        current = catalogue.languages.get(current.inherits)
    return tuple(names)


def _spoken_of(language: Language, names: AbstractSet[str], catalogue: Catalogue) -> Iterator[str]:
    """All names and patterns of names that the language, its rules and what is known of its libraries speak of."""
    yield from (*language.intrinsics, *language.pure)
    for rule in catalogue.rules.values():
        for match in rule.matches:
            if names & set(match.languages):
                yield from match.patterns
    yield from spoken_of(frozenset(names), catalogue)
    for known in catalogue.knowledge:
        if known.language in names:
            for calls in (known.sources, known.sanitizers, known.propagators):
                for part in calls:
                    yield from part.call
            for source in known.sources:
                yield from source.read
            for handler in known.handlers:
                yield from (*handler.annotated, *handler.overrides, *handler.parameter_annotated)
                yield from (*handler.parameter_typed, *handler.given_to)


def index_rules(language: Language, catalogue: Catalogue) -> RuleIndex:
    """The Matches that apply to a language, ready to be looked up by name."""
    fold = language.settings.get("ignore_case", "") != ""
    names = set(lineage(language, catalogue))
    spoken = beginnings(_spoken_of(language, names, catalogue))
    index = RuleIndex(NameIndex(fold=fold), NameIndex(fold=fold), spoken, types_of(spoken), NameIndex(fold=fold))
    for rule in catalogue.rules.values():
        for match in rule.matches:
            table = {MatchKind.CALL: index.calls, MatchKind.ASSIGN: index.assigns}.get(match.kind)
            if table is not None and names & set(match.languages):
                for pattern in match.patterns:
                    table.add(pattern, Candidate(rule, match))
                index.remembered.update(asked_history((match.where, match.unless)))
                for pattern in (*match.unless_later, *match.if_later):
                    index.later.add(pattern, True)
    sinks = [sink for known in catalogue.knowledge if known.language in names for sink in known.sinks]
    index.remembered.update(asked_history([*(sink.where for sink in sinks), *(sink.unless for sink in sinks)]))
    checks = [one for known in catalogue.knowledge if known.language in names for one in known.sanitizers]
    index.remembered.update(asked_history([one.where for one in checks]))
    flows = [flow for rule in catalogue.rules.values() for flow in rule.flows if names & set(flow.languages)]
    index.remembered.update(asked_history([*(one.where for one in flows), *(one.unless for one in flows)]))
    outlets = index_outlets(frozenset(names), catalogue, fold)
    handed = index_handed(language, frozenset(names), catalogue)
    asked = [*(one.match for one in index.assigns.all()), *(one.match for one in handed.assigns.all())]
    roots = frozenset(way for match in asked for way in match.around if way.startswith("root."))
    secrets = SecretIndex(catalogue, frozenset(names))
    return replace(index, roots=roots, handed=handed, outlets=outlets, secrets=secrets)


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

    def __init__(self, index: RuleIndex, path: str) -> None:
        self.index, self.path = index, path
        self.marks: dict[Site, Mark] = {}
        self.words: AbstractSet[str] = index.calls.words
        self.harms: AbstractSet[str] = index.outlets.calls.words
        self.arrivals = Arrivals(index.outlets)
        self.passes: dict[Passed, None] = {}
        self.remembered: AbstractSet[str] = index.remembered
        self.hits: dict[tuple[str, Site], Hit] = {}
        self.hands = Hands(index.handed, path)
        self.roots: AbstractSet[str] = index.roots

    def notes(self) -> tuple[object, ...]:
        """The Hits and the Marks, what was Reached, Passed and Handed."""
        taken = (self.hits, self.marks, self.arrivals.found, self.hands.notes)
        return (*(note for notes in taken for note in notes.values()), *self.passes)

    def hears_call(self, name: str) -> bool:
        """Whether any rule speaks of calls of this name."""
        index = self.index
        found = index.calls.find(name) or index.outlets.calls.find(name) or index.later.find(name)
        return bool(found or index.handed.calls.find(name))

    def hears_assignment(self, name: str) -> bool:
        """Whether any rule speaks of assignments to this name."""
        index = self.index
        return bool(index.assigns.find(name) or index.outlets.assigns.find(name) or index.handed.assigns.find(name))

    def type_named(self, name: str) -> str:
        """The whole name of the one type of this name that rules speak of."""
        return self.index.types.get(name, "")

    def knows(self, name: str) -> bool:
        """Whether the name begins one that rules or the language speak of."""
        return name in self.index.beginnings

    def asks(self, name: str) -> frozenset[str]:
        """What the rules ask for besides the value."""
        own = [one.match for one in self.index.assigns.find(name)]
        handed = [one.match for one in self.index.handed.assigns.find(name)]
        return frozenset(way for match in (*own, *handed) for way in match.around)

    def call(self, machine: Machine, call: Call) -> None:
        """Try the candidates of a call's name."""
        if self.index.later.find(call.name):
            self.marks[call.site] = Mark(call.name, call.site)
        self.arrivals.call(machine, call)
        receiver = call.callee.receiver
        subject = Subject(machine, call.arguments, {"receiver": receiver} if receiver is not None else {})
        self.hands.call(machine, call, subject)
        for candidate in self.index.calls.find(call.name):
            self._try(machine, candidate, subject, call, {"callee": call.name, "name": call.name.rpartition(".")[2]})

    def assign(self, machine: Machine, assignment: Assignment) -> None:
        """Try the candidates of an assignment's target."""
        self.arrivals.assign(machine, assignment)
        self.hands.assign(machine, assignment)
        for candidate in self.index.assigns.find(assignment.name):
            subject = Subject(machine, Arguments([], {}), {"value": assignment.value, **assignment.named})
            words = {"target": assignment.name, "name": assignment.name.rpartition(".")[2], "callee": assignment.name}
            self._try(machine, candidate, subject, assignment, words)

    def returned(self, machine: Machine, returned: Returned) -> None:
        """Whether what a library takes from a function holds outside text."""
        self.arrivals.returned(machine, returned)

    def passed(self, passed: Passed) -> None:
        """Outside text given to a function, for `linking`."""
        self.passes[passed] = None

    def made(self, machine: Machine, made: Made) -> None:
        """Whether a text that is put together is a secret: where it is first whole, and of one rule the whole of it."""
        if self.index.secrets is None:
            return
        for rule, match, words in self.index.secrets.find(made, self.path):
            site, away, trail = brought_home(machine, made.site)
            within = [key for key in self.hits if key[0] == rule.id and _inside(key[1], site)]
            for key in within:
                del self.hits[key]
            filled = {"callee": "", "name": "", "arg": "", "target": "", **words}
            self.hits[rule.id, site] = Hit(rule, match, site, Certainty.UNSAFE, filled, None, False, trail, away)

    def _try(
        self, machine: Machine, candidate: Candidate, subject: Subject, event: Call | Assignment, words: dict[str, str]
    ) -> None:
        rule, match = candidate
        if match.files and not fits(self.path, match.files):
            return
        site, away, trail = brought_home(machine, event.site)
        key = rule.id, site
        before = self.hits.get(key)
        if before is not None and before.certainty is Certainty.UNSAFE:
            return
        certainty = judge(machine, match, subject, event.nearby)
        if certainty is None or (before is not None and certainty is Certainty.OBSCURED):
            return
        shape = event.shape if not away and (not isinstance(event, Call) or event.direct) else None
        filled = {**words, **_argument_words(machine, match, subject)}
        if is_about_secrets(rule):
            filled["value"] = masked(filled["value"].strip("\"'`"))
        spread = isinstance(event, Call) and event.shape is not None and _spreads(event.shape)
        self.hits[key] = Hit(rule, match, site, certainty, filled, shape, not spread, trail, away, fix=match.fix)


def _inside(one: Site, other: Site) -> bool:
    return one.path == other.path and other.start <= one.start and one.end <= other.end


def standing(hits: Sequence[Hit], marks: Sequence[Mark], place: Callable[[Site], Span | None]) -> list[Hit]:
    """The Hits but for those whose Match says otherwise of the calls that stand behind them in the file."""
    if not any(hit.match.unless_later or hit.match.if_later for hit in hits):
        return list(hits)
    marked = [(span.start, mark.name.lower()) for mark in marks if (span := place(mark.site)) is not None]

    def stands(hit: Hit) -> bool:
        own = place(hit.site)
        later = [name for start, name in marked if own is not None and start > own.start]
        unless, wanted = hit.match.unless_later, hit.match.if_later
        return not any(named_by(name, unless) for name in later) and (
            not wanted or any(named_by(name, wanted) for name in later)
        )

    return [hit for hit in hits if stands(hit)]
