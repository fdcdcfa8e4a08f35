"""Joins a Report with Regions, suppressions and configuration into what a person sees. Pure.

It decides how loud a Finding is and which text it belongs to; it finds nothing itself and shows nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from gifthorse.engine.claims import still
from gifthorse.engine.fingerprint import fingerprints
from gifthorse.engine.suppress import Suppressed, apply_suppressions
from gifthorse.model.finding import Confidence, Finding, Report, Severity
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Span, Text
from gifthorse.store.config import Config
from gifthorse.workspace.owners import Owning

NOT_ANALYSED = "not-analysed"


class Level(StrEnum):
    """How loud a finding is shown, in the words of the Language Server Protocol; loudest first."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    HINT = "hint"


LEVELS = tuple(Level)
IN_AI_TEXT = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2}
"""Severity -> index into LEVELS for text of an assistant; any other text is one step quieter."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A Finding as it is shown: with the severity that it has here, its Level, the id of the Region that it
    touches (None: no known text of an assistant), and its fingerprint.
    """

    finding: Finding
    level: Level
    region: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Silenced:
    """A Finding that a comment took away, with the comment's reason and place."""

    judged: Judged
    reason: str
    comment: Span


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything about one text: what is shown, ascending by place, and what a comment silenced."""

    shown: tuple[Judged, ...]
    silenced: tuple[Silenced, ...]


def judge(report: Report, text: Text, owners: Owning, config: Config, catalogue: Catalogue) -> tuple[Judged, ...]:
    """What a person sees of a Report. `text` and `owners` are those of the version that was inspected."""
    return judge_all(report, text, owners, config, catalogue).shown


def judge_all(report: Report, text: Text, owners: Owning, config: Config, catalogue: Catalogue) -> Judgement:
    """As `judge`, together with what was silenced.

    A Report that is incomplete gives one information on line 1, first of all and whatever the configuration says.
    """
    unknown = [_not_analysed(report.incomplete, text)] if report.incomplete else []
    suppressed = apply_suppressions(report, text, owners.spans() if report.comments else (), catalogue.rules)
    if suppressed.findings is report.findings and not config.off:  # as for most texts: nothing in it is silenced
        named = zip(report.findings, fingerprints(report.findings, text), strict=True)
        return Judgement((*unknown, *_shown(named, owners, config, catalogue)), ())
    names = _names(report, suppressed, text)
    on = [finding for finding in suppressed.findings if finding.rule not in config.off]
    left = still(bytes(text), on, report.comments, catalogue)
    shown = _shown(((finding, names[finding]) for finding in left), owners, config, catalogue)
    silenced = [
        Silenced(_judged(finding, owners, config, catalogue, names[finding]), by.reason, by.span)
        for finding, by in suppressed.silenced
        if finding.rule not in config.off
    ]
    return Judgement((*unknown, *shown), tuple(silenced))


def _shown(named: Iterable[tuple[Finding, str]], owners: Owning, config: Config, catalogue: Catalogue) -> list[Judged]:
    off = config.off
    return [_judged(finding, owners, config, catalogue, name) for finding, name in named if finding.rule not in off]


def _names(report: Report, suppressed: Suppressed, text: Text) -> Mapping[Finding, str]:
    """Fingerprints of all findings. Silenced ones count, so that a comment changes nobody else's fingerprint."""
    findings = tuple(dict.fromkeys((*report.findings, *suppressed.findings)))
    return dict(zip(findings, fingerprints(findings, text), strict=True))


def _judged(finding: Finding, owners: Owning, config: Config, catalogue: Catalogue, fingerprint: str) -> Judged:
    severity = config.severities.get(finding.rule, finding.severity)
    region = owners.of(finding.span)
    here = replace(finding, severity=severity) if severity is not finding.severity else finding
    if not here.message:
        rule = catalogue.rules.get(finding.rule)
        here = replace(here, message=rule.title if rule else finding.rule)
    return Judged(here, level_of(severity, finding.confidence, ai=region is not None), region, fingerprint)


@cache
def level_of(severity: Severity, confidence: Confidence, *, ai: bool) -> Level:
    """How loud: one step quieter outside an assistant's text, and never a warning on low confidence."""
    step = IN_AI_TEXT[severity] + (0 if ai else 1)
    quietest_allowed = LEVELS.index(Level.INFORMATION) if confidence is Confidence.LOW else 0
    return LEVELS[max(step, quietest_allowed)]


def _not_analysed(why: str, text: Text) -> Judged:
    message = f"Not analysed: {why.removeprefix('not analysed: ')}"
    finding = Finding(NOT_ANALYSED, text.line_span(0), message, Severity.LOW, Confidence.HIGH)
    return Judged(finding, Level.INFORMATION, None, fingerprints([finding], b"")[0])
