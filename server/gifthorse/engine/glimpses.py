"""What the syntax of each top-level part says by itself: the matches of queries, and its comments.

A part that is as it was says what it said; where it has moved, its Findings move along.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from gifthorse.engine.filenames import fits
from gifthorse.engine.findings import finding_of_query
from gifthorse.engine.parts import Part, Row
from gifthorse.engine.queries import once
from gifthorse.model.finding import Finding
from gifthorse.model.text import Span

ASIDE: Final = "aside"
"""What a rule names as its detector whose matches of queries are in no Report, but there for who asks for them."""


class Glimpse(NamedTuple):
    """A Part, where it starts, and what it says there. `asides`: what is in no Report, in bytes from its start."""

    part: Part
    start: int
    findings: tuple[Finding, ...]
    asides: tuple[Finding, ...]


class Glimpses(NamedTuple):
    """What all Parts of a text say, in their order. `asides`: with where each Part starts. `parts`: by their identity,
    those that say anything, for the next version.
    """

    findings: list[Finding]
    comments: list[Span]
    asides: list[tuple[int, tuple[Finding, ...]]]
    parts: Mapping[int, Glimpse]


NOTHING_SEEN: Final = Glimpses([], [], [], {})


def glimpses_of(row: Row, path: str, before: Glimpses) -> Glimpses:
    """What all Parts of a text say; `before`: of the version before."""
    findings: list[Finding] = []
    comments: list[Span] = []
    asides: list[tuple[int, tuple[Finding, ...]]] = []
    parts: dict[int, Glimpse] = {}
    for start, part in zip(row.starts, row.parts, strict=True):
        if part.comments:
            comments.extend([span.shifted(start) for span in part.comments])
        if part.sights:
            glimpse = _glimpse(part, start, path, before.parts.get(id(part)))
            parts[id(part)] = glimpse
            findings.extend(glimpse.findings)
            if glimpse.asides:
                asides.append((start, glimpse.asides))
    return Glimpses(findings, comments, asides, parts)


def _glimpse(part: Part, start: int, path: str, known: Glimpse | None) -> Glimpse:
    if known is None:
        sights = once([sight for sight in part.sights if fits(path, sight.candidate.match.files)])
        own = tuple([finding_of_query(sight, start) for sight in sights if sight.candidate.rule.detector != ASIDE])
        asides = tuple([finding_of_query(sight, 0) for sight in sights if sight.candidate.rule.detector == ASIDE])
        return Glimpse(part, start, own, asides)
    by = start - known.start
    if not by:
        return known
    return Glimpse(part, start, tuple([_moved(finding, by) for finding in known.findings]), known.asides)


def _moved(finding: Finding, by: int) -> Finding:
    """The Finding of a query at another place: it has nothing else that says where it is."""
    return Finding(finding.rule, finding.span.shifted(by), finding.message, finding.severity, finding.confidence)
