"""What happens in other files when this one calls them, and whether it is told there already.

One cause is one finding: what a function of another file does by itself is that file's, and only what this file gives
it to do is told here, at the call.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gifthorse.engine.evaluate.away import Away
from gifthorse.engine.evaluate.happenings import Passed
from gifthorse.engine.evaluate.imports import Imports, file_of
from gifthorse.engine.evaluate.taint import Site, Stage, Taint
from gifthorse.engine.evaluate.values import Function
from gifthorse.engine.evaluate.work import Surroundings, look_at
from gifthorse.engine.linking import joined_stages, link
from gifthorse.engine.match import Hit
from gifthorse.engine.outlets import Reached
from gifthorse.model.finding import Certainty, Confidence

MAX_DEPTH = 3
"""Functions of other files, one given text by the other, that are followed without being run through."""

MAX_ADOPTED = 1_000

SURENESS = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)


def confidence_of(hit: Hit) -> int:
    """How sure a Hit is; less is surer."""
    unsure = SURENESS.index(Confidence.LOW if hit.weak else hit.match.confidence or hit.rule.confidence)
    return unsure + (hit.certainty is Certainty.OBSCURED)


def not_told_there(hits: Sequence[Hit], around: Surroundings) -> list[Hit]:
    """The Hits but for those that lie in other files and are found there just as surely by a look at these alone."""
    return [hit for hit in hits if not hit.away or not _is_told(hit, around)]


def _is_told(hit: Hit, around: Surroundings) -> bool:
    key, sure = (hit.rule.id, hit.away[-1].site), confidence_of(hit)
    for away in hit.away:
        found = _look(away.function, around).hits.get(key)
        if found is not None and found <= sure:
            return True
    return False


class _Look(NamedTuple):
    """What a function of another file does by itself: with how sure each rule is at each place, and all notes."""

    hits: Mapping[tuple[str, Site], int]
    notes: tuple[object, ...]
    returns: Taint


def _look(function: Function, around: Surroundings) -> _Look:
    looks = around.imports.looks
    found: _Look | None = looks.get(function.path)
    if found is None:
        looks[function.path] = _Look({}, (), ())  # while it is looked at, and where it calls itself
        work = look_at(around, function)
        reached = [note for note in work.notes if isinstance(note, Reached)]
        hits = [note for note in work.notes if isinstance(note, Hit)]
        hits += link(reached, [], {function.path: work.returns}).hits
        sure = {(hit.rule.id, hit.site): confidence_of(hit) for hit in hits}
        found = looks[function.path] = _Look(sure, work.notes, work.returns)
    return found


def adopted(notes: Iterable[object], around: Surroundings, depth: int = MAX_DEPTH) -> list[Reached]:
    """What outside text reaches through functions of other files that it was given to, and that were not run through:
    as if it were at the call.
    """
    found: list[Reached] = []
    for note in notes:
        if isinstance(note, Passed) and depth and len(found) < MAX_ADOPTED:
            function = _function(note.slot.path, around.imports)
            if function is not None:
                found.extend(_through(note, function, around, depth))
    return found


def _through(passed: Passed, function: Function, around: Surroundings, depth: int) -> Iterator[Reached]:
    notes = _look(function, around).notes
    inner = [note for note in notes if isinstance(note, Reached)] + adopted(notes, around, depth - 1)
    for reached in inner:
        trace = reached.trace
        if trace.slot == passed.slot and passed.trace.harms(reached.outlet.sink.label):
            given = Stage(passed.site, f"given to {passed.name}()" if passed.name else "given to a function")
            stages = joined_stages((*passed.trace.stages, given), trace.stages)
            crossed = (*passed.trace.crossed, *trace.crossed)
            whole = passed.trace._replace(stages=stages, crossed=crossed)
            away = (Away(reached.site, function), *reached.away)
            yield reached._replace(trace=whole, site=passed.site, shape=None, trail=(), away=away)


def _function(path: str, imports: Imports) -> Function | None:
    file = imports.files.get(file_of(path)) if file_of(path) else None
    return file.functions().get(path) if file is not None else None
