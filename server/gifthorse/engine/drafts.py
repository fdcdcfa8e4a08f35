"""What is being typed: the Hunks of a text that is broken at present, each looked at by itself.

The lines of a Hunk are parsed on their own and evaluated as if they stood behind the rest of the file: they see its
names and change none. What is found there is shown at once; no Fix is offered for half a line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gifthorse.engine.elements import Lines, Workplace
from gifthorse.engine.evaluate.items import Placed
from gifthorse.engine.evaluate.module import NOTHING_YET, Evaluation, evaluate
from gifthorse.engine.evaluate.work import Surroundings
from gifthorse.engine.findings import at, finding_of_query, findings_of
from gifthorse.engine.glimpses import Glimpses
from gifthorse.engine.linking import linked_notes
from gifthorse.engine.mask import Hunk, Passage
from gifthorse.engine.match import Hit
from gifthorse.engine.parts import Reading, Row, is_bare, read_row
from gifthorse.engine.syntax import EndlessError, parse_lines
from gifthorse.model.finding import Finding, Fix, Step
from gifthorse.model.text import Edit, Span


@dataclass(frozen=True, slots=True)
class Drafts:
    """What is found in all Hunks of a text, in bytes of the text."""

    findings: tuple[Finding, ...]
    comments: tuple[Span, ...]
    whole: bool
    evaluation: Evaluation


def _rows(hunks: Sequence[Hunk], content: bytes, reading: Reading) -> tuple[list[tuple[int, Row]], bool]:
    """The Hunks that can be read, with their places, and whether that is all of them."""
    found, whole = [], True
    for hunk in hunks:
        start, line = hunk.real.start, content[hunk.real.start : hunk.real.end]
        inside = reading.head and (_is_inside(content, start, reading.head) or is_bare(content, reading))
        head = reading.head if inside else b""
        if not line.strip():
            continue
        try:
            found.append((start - len(head), read_row(parse_lines(reading.grammar, head + line), reading)))
        except EndlessError:
            whole = False
    return found, whole


def _is_inside(content: bytes, at: int, head: bytes) -> bool:
    """Whether a place is in code rather than in the text around: by the mark that stands nearest before it."""
    opening = head[:2]
    return content.rfind(opening, 0, at) > content.rfind(opening[::-1].replace(b"<", b">"), 0, at)


def read_drafts(
    hunks: Sequence[Hunk], content: bytes, reading: Reading, around: Surroundings, outer: Evaluation
) -> Drafts:
    """Look at the Hunks of a text whose sound base was evaluated as `outer`."""
    placed: list[Placed] = []
    found: list[Finding] = []
    comments: list[Span] = []
    rows, whole = _rows(hunks, content, reading)
    for first, row in rows:
        for start, part in zip(row.starts, row.parts, strict=True):
            placed.extend((first + start, fact) for fact in part.facts)
            comments.extend(span.shifted(first + start) for span in part.comments)
            found.extend(finding_of_query(sight, first + start) for sight in part.sights)
            whole = whole and part.whole
    evaluation = evaluate(around, placed, NOTHING_YET, outer)
    notes = [note for work in evaluation.all_works() for note in work.notes]
    hits = [*(note for note in notes if isinstance(note, Hit)), *linked_notes(notes, evaluation).hits]
    place = Workplace(content, around.language, (), Lines(content))
    evaluated, _ = findings_of(hits, evaluation.positions(), place)
    found.extend(replace(finding, fixes=()) for finding in evaluated)
    return Drafts(tuple(found), tuple(comments), whole, evaluation)


def moved(finding: Finding, passage: Passage) -> Finding | None:
    """A Finding of the base, in the text; None where it begins or ends in a Hunk.

    A Fix or a step that has no place in the text is left out.
    """
    if _ends_before(finding, passage.hunks[0].base.start):
        return finding
    span = passage.span(finding.span)
    if span is None:
        return None
    steps = (step if step.elsewhere else _moved_step(step, passage) for step in finding.steps)
    fixes = (_moved_fix(fix, passage) for fix in finding.fixes)
    return replace(
        finding,
        span=span,
        fixes=tuple(fix for fix in fixes if fix is not None),
        steps=tuple(step for step in steps if step is not None),
    )


def placed_asides(glimpses: Glimpses, inner: Sequence[Finding], hunks: Sequence[Hunk]) -> list[tuple[int, Finding]]:
    """What is in no Report, each with the bytes by which it is to be moved. `inner`: that of texts inside the text."""
    found = [(start, finding) for start, those in glimpses.asides for finding in those]
    found.extend([(0, finding) for finding in inner])
    if not hunks:
        return found
    passage = Passage(tuple(hunks))
    placed = [moved(at(one, one.span.shifted(by)), passage) for by, one in found]
    return [(0, one) for one in placed if one is not None]


def _moved_step(step: Step, passage: Passage) -> Step | None:
    span = passage.span(step.span)
    return Step(span, step.note) if span is not None else None


def _ends_before(finding: Finding, at: int) -> bool:
    """Whether a Finding with all its Fixes stands before a place."""
    if finding.steps or finding.span.end >= at:
        return False
    return all(edit.span.end < at for fix in finding.fixes for edit in fix.edits)


def _moved_fix(fix: Fix, passage: Passage) -> Fix | None:
    edits = []
    for span, new in fix.edits:
        place = passage.span(span)
        if place is None:
            return None
        edits.append(Edit(place, new))
    return Fix(fix.title, fix.kind, tuple(edits))
