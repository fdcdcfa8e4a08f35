"""What was Reached, followed through functions that were not run through: by their parameters back to their callers,
and out of their results where these depend on what came in.

It works on what each function left behind when it was looked at by itself, so it costs little after an edit.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from gifthorse.engine.evaluate.happenings import Passed
from gifthorse.engine.evaluate.module import Evaluation
from gifthorse.engine.evaluate.taint import MAX_STAGES, Slot, Stage, Taint, Trace
from gifthorse.engine.match import Hit
from gifthorse.engine.outlets import Reached, fix_for
from gifthorse.model.finding import Certainty
from gifthorse.model.knowledge import PARAMETER

MAX_LINKS: Final = 20_000
"""Steps from callers to callees that are followed in one file."""
MAX_DEPTH: Final = 12


class Linked(NamedTuple):
    """All Hits of flows, and whether every way was followed to its end."""

    hits: list[Hit]
    whole: bool


class _Way(NamedTuple):
    reached: Reached
    trace: Trace
    stages: tuple[Stage, ...]
    depth: int


def _passes(returns: Mapping[str, Taint], slot: Slot, sink: str, depth: int = 0) -> bool:
    """Whether the result of a function may hold what came in by one of its parameters, still harmful for that sink.

    Of a function that was not looked at anything may come out.
    """
    found = returns.get(slot.path)
    if found is None:
        return True
    own = (trace for trace in found if trace.slot == slot and trace.harms(sink))
    return any(depth < MAX_DEPTH and _stands(returns, trace, sink, depth + 1) for trace in own)


def _stands(returns: Mapping[str, Taint], trace: Trace, sink: str, depth: int = 0) -> bool:
    """Whether all functions that were not run through on a way let it through."""
    return all(_passes(returns, slot, sink, depth) for slot in trace.crossed)


def joined_stages(one: tuple[Stage, ...], other: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """One way behind the other, without its middle where that is too long."""
    whole = (*one, *other)
    return whole if len(whole) <= MAX_STAGES else (*whole[: MAX_STAGES - 2], *whole[-2:])


def _hit(way: _Way, returns: Mapping[str, Taint]) -> Iterator[Hit]:
    reached, trace = way.reached, way.trace
    outlet = reached.outlet
    if trace.label not in outlet.flow.origins or not trace.harms(outlet.sink.label):
        return
    if _stands(returns, trace, outlet.sink.label):
        yield Hit(
            outlet.rule, outlet.match, reached.site, Certainty.UNSAFE, reached.words, reached.shape, True,
            reached.trail, reached.away, way.stages, trace.label == PARAMETER,
            fix_for(outlet.flow, reached.words["callee"]), reached.argument,
        )  # fmt: skip


def linked_notes(notes: Sequence[object], evaluation: Evaluation) -> Linked:
    """The Hits of flows in all that was taken down in a file."""
    reached = [note for note in notes if isinstance(note, Reached)]
    if not reached:
        return Linked([], whole=True)
    passed = [note for note in notes if isinstance(note, Passed)]
    return link(reached, passed, {path: work.returns for path, work in evaluation.functions.items()})


def link(reached: Iterable[Reached], passed: Sequence[Passed], returns: Mapping[str, Taint]) -> Linked:
    """The Hits of all that was reached. `passed`: what was given to functions; `returns`: by a function's path, what
    its result may hold.
    """
    callers: dict[Slot, list[Passed]] = {}
    for one in passed:
        callers.setdefault(one.slot, []).append(one)
    waiting = deque(_Way(one, one.trace, one.trace.stages, 0) for one in reached)
    seen: set[tuple[object, ...]] = set()
    hits: list[Hit] = []
    for _ in range(MAX_LINKS):
        if not waiting:
            return Linked(hits, whole=True)
        way = waiting.popleft()
        hits.extend(_hit(way, returns))
        slot, outlet = way.trace.slot, way.reached.outlet
        if slot is None or way.depth >= MAX_DEPTH or not _stands(returns, way.trace, outlet.sink.label):
            continue
        for one in callers.get(slot, ()):
            key = outlet.rule.id, outlet.sink.label, way.reached.site, one.slot, one.trace
            if one.trace.harms(outlet.sink.label) and key not in seen:
                seen.add(key)
                given = Stage(one.site, f"given to {one.name}()" if one.name else "given to a function")
                stages = joined_stages((*one.trace.stages, given), way.stages)
                waiting.append(_Way(way.reached, one.trace, stages, way.depth + 1))
    return Linked(hits, whole=not waiting)
