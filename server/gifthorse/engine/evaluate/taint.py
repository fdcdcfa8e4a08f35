"""Taint: how a Value remembers where outside text came from, which way it took, and what it is harmless for.

Traces are joined where Values are, the shortest way of each kept. What is a source, a sink or a sanitizer is said by
`lore`; who looks at sinks is a Listener.
"""

from collections.abc import Hashable, Iterable, Iterator
from operator import is_
from typing import Final, NamedTuple

from gifthorse.model.knowledge import EVERYTHING, PARAMETER

MAX_STAGES: Final = 8
"""Stages of a way that are kept: its beginning and its end."""
MAX_TRACES: Final = 8
"""Ways of one Value that are kept."""
MAX_CROSSINGS: Final = 4
"""Functions that were not run through on one way."""


class Site(NamedTuple):
    """A place in the file: the function or item (by path), and bytes counted from its start."""

    path: str
    start: int
    end: int


class Stage(NamedTuple):
    """One place on the way of outside text, and what happens there."""

    site: Site
    note: str


class Slot(NamedTuple):
    """A parameter of a function of the file: the function's path and the parameter's number."""

    path: str
    number: int


class Trace(NamedTuple):
    """One way by which outside text came into a Value, its source first.

    `slot`: the parameter that it came in by, for the label of parameters. `cleared`: labels of sinks that it is
    harmless for. `crossed`: parameters of functions that were not run through, from which the result was taken.
    """

    label: str
    stages: tuple[Stage, ...]
    slot: Slot | None = None
    cleared: tuple[str, ...] = ()
    crossed: tuple[Slot, ...] = ()

    def harms(self, sink: str) -> bool:
        """Whether nothing on the way made it harmless for sinks of this label."""
        return sink not in self.cleared


Taint = tuple[Trace, ...]
CLEAN: Final[Taint] = ()


Origin = tuple[str, Stage]
"""A source: its label, and where it is."""


class Guard(NamedTuple):
    """What a condition says of a variable or field (`place`), and of all else in sight that came from the sources
    `origins`: it is harmless for `clears` where the condition is `holds`; `either`: nobody can tell which way it goes.
    """

    place: tuple[Hashable, str | int | None] | None
    clears: tuple[str, ...]
    holds: bool
    origins: tuple[Origin, ...] = ()
    either: bool = False


def _covers(one: Trace, other: Trace) -> bool:
    """Whether the first way does all the harm that the second does."""
    return (
        one.stages[0] == other.stages[0]
        and one.label == other.label
        and one.slot == other.slot
        and (not one.cleared or set(one.cleared) <= set(other.cleared))
        and (not one.crossed or set(one.crossed) <= set(other.crossed))
    )


def _order(trace: Trace) -> tuple[bool, int, int, str, tuple[Stage, ...], tuple[str, ...], tuple[Slot, ...]]:
    """The most telling first; nothing else may decide which are kept, so that the order of evaluation does not show."""
    weak = trace.label == PARAMETER
    return weak, len(trace.cleared), len(trace.stages), trace.label, trace.stages, trace.cleared, trace.crossed


def blend(one: Taint, other: Taint) -> Taint:
    """All ways of both; of two ways from one source the one that does more harm, else the shorter."""
    if not other or one is other:
        return one
    if not one:
        return other
    kept = list(one)
    for trace in other:
        if trace not in one:
            _add(kept, trace)
    if len(kept) > MAX_TRACES:
        kept = sorted(kept, key=_order)[:MAX_TRACES]
    return one if len(kept) == len(one) and all(map(is_, kept, one)) else tuple(kept)


def _add(kept: list[Trace], trace: Trace) -> None:
    """Put a way to the others, unless one of them does as much harm; it stands for those that do not more."""
    first, slot = trace.stages[0], trace.slot
    for number, known in enumerate(kept):
        if known.slot == slot and known.stages[0] == first:
            if _covers(known, trace) and (len(known.stages) <= len(trace.stages) or not _covers(trace, known)):
                return
            if _covers(trace, known):
                kept[number] = trace
                return
    kept.append(trace)


def stepped(taint: Taint, site: Site, note: str) -> Taint:
    """The same ways with one more stage each. A way that is too long forgets its middle."""
    stage = Stage(site, note)
    return tuple(
        trace
        if trace.stages[-1] == stage
        else Trace(trace.label, _longer(trace.stages, stage), trace.slot, trace.cleared, trace.crossed)
        for trace in taint
    )


def _longer(stages: tuple[Stage, ...], stage: Stage) -> tuple[Stage, ...]:
    if len(stages) < MAX_STAGES:
        return (*stages, stage)
    return (*stages[: MAX_STAGES - 1], stage)


def cleared(taint: Taint, clears: Iterable[str]) -> Taint:
    """The same ways, harmless for these labels of sinks besides; for `*` there is nothing left."""
    labels = frozenset(clears)
    if EVERYTHING in labels:
        return CLEAN
    return tuple(trace._replace(cleared=tuple(sorted(labels.union(trace.cleared)))) for trace in taint)


def origins_of(taint: Taint) -> tuple[Origin, ...]:
    """The sources of it."""
    return tuple(sorted({(trace.label, trace.stages[0]) for trace in taint}))


def cleared_from(taint: Taint, origins: Iterable[Origin], clears: Iterable[str]) -> Taint:
    """The same ways; those from these sources are harmless for these labels of sinks besides."""
    known, labels = frozenset(origins), tuple(clears)
    return tuple(
        one
        for trace in taint
        for one in (cleared((trace,), labels) if (trace.label, trace.stages[0]) in known else (trace,))
    )


def crossing(taint: Taint, slot: Slot) -> Taint:
    """The same ways, if that function's result depends on that parameter. Of too many, one is taken to."""
    return tuple(
        trace._replace(crossed=(*trace.crossed, slot))
        if len(trace.crossed) < MAX_CROSSINGS and slot not in trace.crossed
        else trace
        for trace in taint
    )


def brings(taint: Taint, known: Taint) -> Iterator[str]:
    """The labels of what is in the first and is not known from the second."""
    if len(known) < MAX_TRACES:
        for trace in taint:
            if not any(_covers(other, trace._replace(crossed=other.crossed)) for other in known):
                yield trace.label


def outside(taint: Taint) -> bool:
    """Whether any of it is more than a parameter of the function that is looked at."""
    return any(trace.label != PARAMETER for trace in taint)


def negated(guards: tuple[Guard, ...]) -> tuple[Guard, ...]:
    """What the opposite of a condition says."""
    return tuple(guard._replace(holds=not guard.holds) for guard in guards)
