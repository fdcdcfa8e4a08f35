"""Hits -> Findings: places in the file, messages, severities, and the Fixes that may be offered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from gifthorse.engine.elements import Lines, Workplace
from gifthorse.engine.elsewhere import step_abroad
from gifthorse.engine.evaluate.imports import NO_IMPORTS, Imports, file_of
from gifthorse.engine.evaluate.taint import Site
from gifthorse.engine.fixes import fix_of
from gifthorse.engine.match import Hit
from gifthorse.engine.queries import Sight
from gifthorse.model.finding import Certainty, Confidence, Finding, Fix, Step
from gifthorse.model.text import Edit, Span

LOWER: Final = {Confidence.HIGH: Confidence.MEDIUM, Confidence.MEDIUM: Confidence.LOW, Confidence.LOW: Confidence.LOW}
LONGEST_SOURCE: Final = 40
OBSCURED_NOTE = " (computed from constants only, and not written as one)"


def span_of(site: Site, positions: Mapping[str, int]) -> Span | None:
    """Where a Site is in the file; None where its function is not there any more."""
    start = positions.get(site.path)
    return None if start is None else Span(start + site.start, start + site.end)


def fill(template: str, words: Mapping[str, str]) -> str:
    """A message with its placeholders filled; unknown ones stay as they are."""
    for name, word in words.items():
        template = template.replace("{" + name + "}", word)
    return template


def _fixes(hit: Hit, span: Span, place: Workplace) -> tuple[Fix, ...]:
    """What the Match offers, where all of it is written in this very place and nowhere else."""
    spec = hit.fix
    if spec is None or hit.shape is None or not hit.complete:
        return ()
    fix = fix_of(spec, hit.shape, span.start, hit.words["callee"], place, hit.argument, _handed_on(hit))
    return (fix,) if fix is not None else ()


def _handed_on(hit: Hit) -> bool:
    """Whether the text came through a call: what it was put together from there must not be escaped here."""
    return any(stage.note.startswith("given to ") for stage in hit.path)


def _finding(hit: Hit, span: Span, positions: Mapping[str, int], place: Workplace, imports: Imports) -> Finding:
    rule, match = hit.rule, hit.match
    obscured = hit.certainty is Certainty.OBSCURED
    confidence = Confidence.LOW if hit.weak else match.confidence or rule.confidence
    told = _way(hit, span, positions, place, imports)
    message = fill(match.message or rule.message, {**hit.words, **told.words}) + told.note
    return Finding(
        rule=rule.id,
        span=span,
        message=message + OBSCURED_NOTE if obscured else message,
        severity=match.severity or rule.severity,
        confidence=LOWER[confidence] if obscured else confidence,
        certainty=hit.certainty,
        fixes=_fixes(hit, span, place),
        steps=told.steps,
    )


class _Told(NamedTuple):
    """The way to a Hit as its Finding tells it: words and a note for the message, and the steps."""

    words: Mapping[str, str]
    note: str
    steps: tuple[Step, ...]


def _way(hit: Hit, span: Span, positions: Mapping[str, int], place: Workplace, imports: Imports) -> _Told:
    """The calls that led to a Hit, or the way of outside text: its source first, the sink last."""
    if not hit.path:
        called = [step_of(site, "called from here", positions, imports) for site in hit.trail]
        return _Told({}, "", tuple(step for step in (*called, *_away(hit, imports)) if step is not None))
    places = [span_of(stage.site, positions) for stage in hit.path]
    first = places[0]
    source = _source_text(place, first) if first is not None else hit.path[0].note
    found = (step_of(stage.site, stage.note, positions, imports) for stage in hit.path)
    steps = [step for step in found if step is not None]
    if first is not None:
        steps[0] = Step(first, f"{source} is what a caller gives" if hit.weak else f"{source} comes from outside")
    sink = hit.words["callee"]
    line = f" in line {place.lines.of(first.start)}" if first is not None else ""
    away = [step for step in _away(hit, imports) if step is not None]
    steps.extend(away or [Step(span, f"reaches {sink}")])
    return _Told({"source": source, "sink": sink}, f" ({source}{line} → {sink})", tuple(steps))


def retold(before: Finding, after: Finding, base: Lines, content: Lines) -> Finding:
    """A Finding that was moved from one text to another: its message names the line of its source."""
    if not before.steps or not after.steps or before.steps[0].elsewhere:
        return after
    old, new = base.of(before.steps[0].span.start), content.of(after.steps[0].span.start)
    if old == new:
        return after
    return replace(after, message=after.message.replace(f" in line {old} →", f" in line {new} →"))


def step_of(site: Site, note: str, positions: Mapping[str, int], imports: Imports) -> Step | None:
    """A Step at a Site of this or another file; None where it is not there any more."""
    if file_of(site.path):
        return step_abroad(site, note, imports)
    span = span_of(site, positions)
    return None if span is None else Step(span, note)


def _away(hit: Hit, imports: Imports) -> list[Step | None]:
    """The way through other files to where the Match held."""
    notes = [*("goes on from here" for _ in hit.away[:-1]), f"reaches {hit.words['callee']}"]
    return [step_abroad(away.site, note, imports) for away, note in zip(hit.away, notes, strict=False)]


def _source_text(place: Workplace, span: Span) -> str:
    """The source of outside text as it is written, if that is short."""
    text = " ".join(place.source(span).split())
    return text if len(text) <= LONGEST_SOURCE else text[: LONGEST_SOURCE - 3] + "..."


def finding_of_query(sight: Sight, at: int) -> Finding:
    """The Finding of a raw query's match in a piece that starts at `at`; its captures fill the message."""
    rule, match = sight.candidate
    words = {"name": "", "callee": "", "arg": "", "value": "", "target": "", **sight.words}
    return Finding(
        rule=rule.id,
        span=Span(at + sight.start, at + sight.end),
        message=fill(match.message or rule.message, words),
        severity=match.severity or rule.severity,
        confidence=match.confidence or rule.confidence,
    )


class Shown(NamedTuple):
    """A Hit and the Finding that was made of it."""

    hit: Hit
    finding: Finding


@dataclass(frozen=True, slots=True)
class Album:
    """The Findings of one version by the identity of their Hits; the next version takes over what was only moved.

    `newline`: how lines ended.
    """

    shown: Mapping[int, Shown]
    newline: str

    def find(self, hit: Hit, span: Span, newline: str) -> Finding | None:
        """The Finding of the same Hit, moved; None where there was none or more than its place has changed."""
        known = self.shown.get(id(hit))
        if known is None or hit.trail or hit.path or hit.away or newline != self.newline:
            return None
        if hit.fix is not None and hit.fix.imports:  # these depend on the whole text
            return None
        return at(known.finding, span)


EMPTY_ALBUM = Album({}, "")


def at(finding: Finding, span: Span) -> Finding:
    """The same Finding with the same text at another place. What its Fixes do outside of it stays."""
    by = span.start - finding.span.start
    if not by:
        return finding
    fixes = tuple(
        Fix(fix.title, fix.kind, tuple(_moved(edit, finding.span, by) for edit in fix.edits)) for fix in finding.fixes
    )
    return replace(finding, span=span, fixes=fixes)


def _moved(edit: Edit, around: Span, by: int) -> Edit:
    return Edit(edit.span.shifted(by), edit.new) if around.contains(edit.span) else edit


def findings_of(
    hits: Iterable[Hit],
    positions: Mapping[str, int],
    place: Workplace,
    before: Album = EMPTY_ALBUM,
    others: Imports = NO_IMPORTS,
) -> tuple[list[Finding], Album]:
    """One Finding for each rule and place: the surest, then the one with the fewest steps; and what they came from."""
    best: dict[tuple[str, Span], tuple[_Rank, Finding]] = {}
    shown: dict[int, Shown] = {}
    newline = place.newline
    for hit in hits:
        span = span_of(hit.site, positions)
        if span is None:
            continue
        finding = before.find(hit, span, newline) or _finding(hit, span, positions, place, others)
        shown[id(hit)] = Shown(hit, finding)
        known, rank = best.get((finding.rule, span)), _rank(finding, bool(hit.path))
        if known is None or rank < known[0]:
            best[finding.rule, span] = rank, finding
    return [finding for _, finding in best.values()], Album(shown, newline)


_Rank = tuple[int, bool, bool, bool, int, str, list[Span]]


def _rank(finding: Finding, flows: bool) -> _Rank:
    """Less is better; nothing else may decide, so that the order of evaluation does not show.

    The surest comes first: a wrapper alone says little, and much where something risky is handed to it. What tells
    where the text comes from (`flows`) says more than that it is put together.
    """
    unsure = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW).index(finding.confidence)
    obscured = finding.certainty is Certainty.OBSCURED
    way = [step.span for step in finding.steps]
    return unsure, obscured, not flows, not finding.fixes, len(finding.steps), finding.message, way
