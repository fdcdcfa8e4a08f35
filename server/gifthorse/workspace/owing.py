"""Reviews that a change lacks: of its Regions, and of lines that others call an assistant's, which have none.

One finding for each Region, whoever asks for the review: policies, or the person who has the change checked.
"""

from collections.abc import Iterator

from gifthorse.engine.fingerprint import fingerprints
from gifthorse.model.finding import Confidence, Finding, Severity
from gifthorse.model.policy import Policy
from gifthorse.model.region import Region
from gifthorse.model.review import Standing
from gifthorse.workspace.checking import Part
from gifthorse.workspace.judge import Judged, level_of
from gifthorse.workspace.policies import UNREVIEWED, asking, inked, missing
from gifthorse.workspace.root import Workspace


def owing(workspace: Workspace, part: Part, *, always: bool) -> tuple[Judged, ...]:
    """What a part of a change lacks, as findings, ascending by place. `always`: whether text that no policy speaks of is to
    be reviewed by anybody. Raises OSError where the record of reviews cannot be read.
    """
    config, name = workspace.config, part.difference.name
    if UNREVIEWED in config.off or not (always or config.policies):
        return ()
    lacking: dict[str, list[Policy]] = {}
    for one in missing(config.policies, name, part.touched, workspace.approvals(name)):
        lacking.setdefault(one.region.id, []).append(one.policy)
    wanted = [
        (region, lacking.get(region.id, []))
        for region in part.touched
        if region.id in lacking or (always and region.standing is not Standing.APPROVED)
    ]
    return tuple(_judged(workspace, part, wanted))


def _judged(workspace: Workspace, part: Part, wanted: list[tuple[Region, list[Policy]]]) -> Iterator[Judged]:
    severity = workspace.config.severities.get(UNREVIEWED, Severity.MEDIUM)
    found = sorted(
        ((_finding(part, region, policies, severity), region.id) for region, policies in wanted),
        key=lambda one: one[0].span,
    )
    names = fingerprints([finding for finding, _ in found], part.text)
    for (finding, region), name in zip(found, names, strict=True):
        yield Judged(finding, level_of(severity, finding.confidence, ai=True), region, name)


def _finding(part: Part, region: Region, policies: list[Policy], severity: Severity) -> Finding:
    line = part.text.line_span(part.text.line_at(part.first(region).start))
    message = asking(policies, region.insertion)
    return Finding(UNREVIEWED, inked(line, part.text), message, severity, Confidence.HIGH)
