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


class Glimpse(NamedTuple):
    """A Part, where it starts, and what it says there."""

    part: Part
    start: int
    findings: tuple[Finding, ...]


class Glimpses(NamedTuple):
    """What all Parts of a text say, in their order. `parts`: by their identity, those that say anything, for the next version."""

    findings: list[Finding]
    comments: list[Span]
    parts: Mapping[int, Glimpse]


NOTHING_SEEN: Final = Glimpses([], [], {})


def glimpses_of(row: Row, path: str, before: Glimpses) -> Glimpses:
    """What all Parts of a text say; `before`: of the version before."""
    findings: list[Finding] = []
    comments: list[Span] = []
    parts: dict[int, Glimpse] = {}
    for start, part in zip(row.starts, row.parts, strict=True):
        if part.comments:
            comments.extend([span.shifted(start) for span in part.comments])
        if part.sights:
            glimpse = _glimpse(part, start, path, before.parts.get(id(part)))
            parts[id(part)] = glimpse
            findings.extend(glimpse.findings)
    return Glimpses(findings, comments, parts)


def _glimpse(part: Part, start: int, path: str, known: Glimpse | None) -> Glimpse:
    if known is None:
        sights = once([sight for sight in part.sights if fits(path, sight.candidate.match.files)])
        return Glimpse(part, start, tuple([finding_of_query(sight, start) for sight in sights]))
    by = start - known.start
    return known if not by else Glimpse(part, start, tuple([_moved(finding, by) for finding in known.findings]))


def _moved(finding: Finding, by: int) -> Finding:
    """The Finding of a query at another place: it has nothing else that says where it is."""
    return Finding(finding.rule, finding.span.shifted(by), finding.message, finding.severity, finding.confidence)
