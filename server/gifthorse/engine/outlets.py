"""Rules of dataflow against what the evaluator sees: where outside text reaches a sink that a rule speaks of.

What is a sink is knowledge, which labels may not come to it is a rule's. Whether the text really gets there through
functions that were not run through is settled in `linking`, when the whole file has been looked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from gifthorse.engine.evaluate import containers
from gifthorse.engine.evaluate.away import Away, brought_home
from gifthorse.engine.evaluate.happenings import Arguments, Assignment, Call, Returned
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.program import AssignShape, CallShape
from gifthorse.engine.evaluate.taint import Site, Trace
from gifthorse.engine.evaluate.values import Value
from gifthorse.engine.patterns import NameIndex, compile_pattern
from gifthorse.engine.predicates import Subject, judge
from gifthorse.engine.wording import argument_name, shown
from gifthorse.model.finding import Confidence
from gifthorse.model.fixspec import FixSpec
from gifthorse.model.knowledge import PARAMETER, Flow, Sink
from gifthorse.model.rule import Catalogue, Match, MatchKind, Rule

ORDER: Final = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)


class Outlet(NamedTuple):
    """A sink that a flow of a rule speaks of. `match` stands for both in messages and settings; `sink_match` and
    `flow_match` hold their predicates.
    """

    rule: Rule
    flow: Flow
    sink: Sink
    match: Match
    sink_match: Match
    flow_match: Match


class Reached(NamedTuple):
    """Outside text at a sink. `words` fill the message; `shape` is the call as it is written, if it is."""

    outlet: Outlet
    trace: Trace
    site: Site
    words: Mapping[str, str]
    shape: CallShape | AssignShape | None
    trail: tuple[Site, ...]
    away: tuple[Away, ...]
    argument: str = ""
    """Where it stands among the call's arguments, for a Fix."""


@dataclass(frozen=True, slots=True)
class OutletIndex:
    """All sinks of one language that any rule speaks of, by name."""

    calls: NameIndex[Outlet] = field(default_factory=NameIndex)
    assigns: NameIndex[Outlet] = field(default_factory=NameIndex)
    returns: NameIndex[Outlet] = field(default_factory=NameIndex)


def _surer(one: Confidence | None, other: Confidence) -> Confidence:
    """The lower of two confidences."""
    return other if one is None else max(one, other, key=ORDER.index)


def _outlet(rule: Rule, flow: Flow, sink: Sink) -> Outlet:
    confidence = _surer(sink.confidence, flow.confidence or rule.confidence)
    match = Match(
        MatchKind.CALL, flow.languages, (), message=flow.message, severity=flow.severity, confidence=confidence
    )
    sink_match = Match(MatchKind.CALL, (), (), sink.where, sink.unless)
    return Outlet(rule, flow, sink, match, sink_match, Match(MatchKind.CALL, (), (), flow.where, flow.unless))


def index_outlets(names: frozenset[str], catalogue: Catalogue, fold: bool) -> OutletIndex:
    """What reaches harm in a language whose own name and inherited ones are `names`."""
    index = OutletIndex(NameIndex(fold=fold), NameIndex(fold=fold), NameIndex(fold=fold))
    flows: dict[str, list[tuple[Rule, Flow]]] = {}
    for rule in catalogue.rules.values():
        for flow in rule.flows:
            if names.intersection(flow.languages):
                flows.setdefault(flow.to, []).append((rule, flow))
    sinks = (sink for known in catalogue.knowledge if known.language in names for sink in known.sinks)
    for sink in sinks:
        for rule, flow in flows.get(sink.label, ()):
            outlet = _outlet(rule, flow, sink)
            tables = (index.calls, sink.call), (index.assigns, sink.assign), (index.returns, sink.returned_by)
            for table, patterns in tables:
                for pattern in patterns:
                    table.add(pattern, outlet)
    return index


class Arriving(NamedTuple):
    """Something at a sink: what happens, the Values that may be asked for, words for the message, and where what
    arrives stands, if not where the sink says.
    """

    event: Call | Assignment | Returned
    subject: Subject
    words: dict[str, str]
    path: str = ""


class Arrivals:
    """Takes down what is Reached."""

    def __init__(self, index: OutletIndex) -> None:
        self.index = index
        self.found: dict[tuple[object, ...], Reached] = {}

    def call(self, machine: Machine, call: Call) -> None:
        """A call of something with a name."""
        outlets = self.index.calls.find(call.name)
        if not outlets:
            return
        receiver = call.callee.receiver
        subject = Subject(machine, call.arguments, {"receiver": receiver} if receiver is not None else {})
        for outlet in outlets:
            words = {"callee": call.name, "name": call.name.rpartition(".")[2], "target": ""}
            self._try(machine, outlet, Arriving(call, subject, words))

    def assign(self, machine: Machine, assignment: Assignment) -> None:
        """An assignment to a field."""
        for outlet in self.index.assigns.find(assignment.name):
            subject = Subject(machine, Arguments([], {}), {"value": assignment.value})
            name = assignment.name.rpartition(".")[2]
            words = {"target": assignment.name, "name": name, "callee": assignment.name}
            self._try(machine, outlet, Arriving(assignment, subject, words, "value"))

    def returned(self, machine: Machine, returned: Returned) -> None:
        """What a function gives back that a library calls."""
        for name in returned.names:
            for outlet in self.index.returns.find(name):
                subject = Subject(machine, Arguments([], {}), {"value": returned.value})
                words = {"target": name, "name": "return", "callee": "the response"}
                self._try(machine, outlet, Arriving(returned, subject, words, "value"))

    def _try(self, machine: Machine, outlet: Outlet, arriving: Arriving) -> None:
        event = arriving.event
        for value in arriving.subject.values(arriving.path or outlet.sink.argument):
            laden = containers.laden(machine, value)
            harmful = [trace for trace in laden.taint if trace.harms(outlet.sink.label)]
            if not harmful or not _holds(machine, outlet, arriving, laden):
                continue
            site, away, trail = brought_home(machine, event.site)
            shape = None if away or isinstance(event, Returned) else event.shape
            if isinstance(event, Call) and not event.direct:
                shape = None
            filled = {**arriving.words, "arg": argument_name(outlet.sink.argument), "value": shown(machine, value)}
            argument = _way_to(arriving, outlet, value) if outlet.flow.fixes and shape is not None else ""
            for trace in harmful:
                if trace.slot is not None or trace.label in outlet.flow.origins:
                    key = outlet.rule.id, outlet.flow.origins, outlet.sink.label, site, trace
                    self.found.setdefault(key, Reached(outlet, trace, site, filled, shape, trail, away, argument))


def _way_to(arriving: Arriving, outlet: Outlet, value: Value) -> str:
    """The path to the very argument that a Value is."""
    subject = arriving.subject
    if arriving.path:
        return arriving.path
    every = [*map(str, range(len(subject.given.positional))), *subject.given.keywords]
    ways = [way for part in outlet.sink.argument.split("|") for way in (every if part == "*" else [part])]
    return next((way for way in ways if any(one is value for one in subject.values(way))), "")


def fix_for(flow: Flow, name: str) -> FixSpec | None:
    """The fix that is meant for a sink of this name."""
    for spec in flow.fixes:
        if not spec.only or any(compile_pattern(pattern).fullmatch(name) for pattern in spec.only):
            return spec
    return None


def _holds(machine: Machine, outlet: Outlet, arriving: Arriving, value: Value) -> bool:
    """Whether the predicates of the sink and of the flow hold."""
    nearby, sink, flow = arriving.event.nearby, outlet.sink_match, outlet.flow_match
    if (sink.where or sink.unless) and judge(machine, sink, arriving.subject, nearby) is None:
        return False
    if not flow.where and not flow.unless:
        return True
    alone = Subject(machine, Arguments([], {}), {"value": value})
    return judge(machine, flow, alone, nearby) is not None


def weak(reached: Reached) -> bool:
    """Whether only a caller decides what arrives, and no caller is known."""
    return reached.trace.label == PARAMETER


def spoken_of(names: frozenset[str], catalogue: Catalogue) -> Iterator[str]:
    """All names and patterns of names of sinks that rules speak of."""
    labels = {flow.to for rule in catalogue.rules.values() for flow in rule.flows if names & set(flow.languages)}
    for known in catalogue.knowledge:
        if known.language in names:
            for sink in known.sinks:
                if sink.label in labels:
                    yield from (*sink.call, *sink.assign, *sink.returned_by)
