"""Hits -> Findings: places in the file, messages, severities, and the Fixes that may be offered."""

from collections.abc import Iterable, Mapping
from typing import Final

from gifthorse.engine.evaluate.machine import Site
from gifthorse.engine.match import Hit
from gifthorse.model.finding import Certainty, Confidence, Finding, Step
from gifthorse.model.text import Span

LOWER: Final = {Confidence.HIGH: Confidence.MEDIUM, Confidence.MEDIUM: Confidence.LOW, Confidence.LOW: Confidence.LOW}
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


def _finding(hit: Hit, span: Span, positions: Mapping[str, int], content: bytes) -> Finding:
    rule, match = hit.rule, hit.match
    obscured = hit.certainty is Certainty.OBSCURED
    confidence = match.confidence or rule.confidence
    message = fill(match.message or rule.message, hit.words)
    places = (span_of(site, positions) for site in hit.trail)
    return Finding(
        rule=rule.id,
        span=span,
        message=message + OBSCURED_NOTE if obscured else message,
        severity=match.severity or rule.severity,
        confidence=LOWER[confidence] if obscured else confidence,
        certainty=hit.certainty,
        fixes=(),
        steps=tuple(Step(place, "called from here") for place in places if place is not None),
    )


def findings_of(hits: Iterable[Hit], positions: Mapping[str, int], content: bytes) -> list[Finding]:
    """One Finding for each rule and place: the surest, then the one with the fewest steps."""
    best: dict[tuple[str, Span], Finding] = {}
    for hit in hits:
        span = span_of(hit.site, positions)
        if span is None:
            continue
        finding = _finding(hit, span, positions, content)
        known = best.get((finding.rule, span))
        if known is None or _rank(finding) < _rank(known):
            best[finding.rule, span] = finding
    return list(best.values())


def _rank(finding: Finding) -> tuple[bool, bool, int, str, tuple[Step, ...]]:
    return (
        finding.certainty is Certainty.OBSCURED, not finding.fixes, len(finding.steps), finding.message, finding.steps,
    )  # fmt: skip
