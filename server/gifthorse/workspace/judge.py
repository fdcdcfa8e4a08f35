"""Joins a Report with Regions, suppressions and configuration into what a person sees. Pure.

It decides how loud a Finding is and which text it belongs to; it finds nothing itself and shows nothing.
"""

from collections.abc import Mapping
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
from gifthorse.store.profiles import QUIETER, Profile, Treatment, profile_of, treated
from gifthorse.store.settings import LOUDNESS
from gifthorse.workspace.foreign import apply_foreign, of_assistants
from gifthorse.workspace.owners import Owning
from gifthorse.workspace.policies import findings, least_severity

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


@dataclass(frozen=True, slots=True)
class _Bench:
    """What Findings of one text are judged by. `profile`: what its place in the root makes of it."""

    owners: Owning
    config: Config
    catalogue: Catalogue
    profile: Profile | None
    name: str = ""

    def treatment(self, finding: Finding) -> Treatment:
        """What the profile does with a Finding."""
        rule = self.catalogue.rules.get(finding.rule)
        if self.profile is None or rule is None:
            return Treatment.NONE
        family = self.catalogue.families.get(rule.family)
        return treated(self.profile, rule.id, rule.family, family.kind if family else "code")

    def shows(self, finding: Finding) -> bool:
        """Whether it is shown at all."""
        return finding.rule not in self.config.off and self.treatment(finding) is not Treatment.HIDDEN


def judge(  # noqa: PLR0913, PLR0917  a file that has no name in a root has no profile
    report: Report, text: Text, owners: Owning, config: Config, catalogue: Catalogue, name: str = ""
) -> tuple[Judged, ...]:
    """What a person sees of a Report. `text` and `owners` are those of the version that was inspected; `name`: the
    file's inside the root.
    """
    return judge_all(report, text, owners, config, catalogue, name).shown


def judge_all(  # noqa: PLR0913, PLR0917
    report: Report, text: Text, owners: Owning, config: Config, catalogue: Catalogue, name: str = ""
) -> Judgement:
    """As `judge`, together with what was silenced.

    A Report that is incomplete gives one information on line 1, first of all and whatever the configuration says.
    """
    bench = _Bench(owners, config, catalogue, profile_of(name, config.profiles), name)
    judgement = _without_policy(report, text, bench)
    denied = _denied(text, bench)
    if not denied:
        return judgement
    shown = sorted([*judgement.shown, *denied], key=lambda one: (one.finding.rule != NOT_ANALYSED, one.finding.span))
    return Judgement(tuple(shown), judgement.silenced)


def _without_policy(report: Report, text: Text, bench: _Bench) -> Judgement:
    unknown = [_not_analysed(report.incomplete, text)] if report.incomplete else []
    suppressed = _suppressed(report, text, bench)
    shown = [finding for finding in suppressed.findings if bench.shows(finding)]
    if suppressed.findings is report.findings and len(shown) == len(report.findings):  # as for most texts
        named = zip(report.findings, fingerprints(report.findings, text), strict=True)
        return Judgement((*unknown, *(_judged(finding, bench, name) for finding, name in named)), ())
    names = _names(report, suppressed, text)
    left = still(bytes(text), shown, report.comments, bench.catalogue)
    silenced = [
        Silenced(_judged(finding, bench, names[finding]), by.reason, by.span)
        for finding, by in suppressed.silenced
        if bench.shows(finding)
    ]
    return Judgement((*unknown, *(_judged(finding, bench, names[finding]) for finding in left)), tuple(silenced))


def _denied(text: Text, bench: _Bench) -> list[Judged]:
    """What may not be in this file at all. No comment silences that: nobody who writes here decides about it."""
    if not bench.config.policies or not bench.name:
        return []
    found = findings(bench.config.policies, bench.name, bench.owners.regions(), text)
    names = fingerprints([finding for _, finding in found], text)
    pairs = [(one, name) for one, name in zip(found, names, strict=True) if bench.shows(one[1])]
    return [replace(_judged(finding, bench, name), region=region.id) for (region, finding), name in pairs]


def _suppressed(report: Report, text: Text, bench: _Bench) -> Suppressed:
    """What comments take away, ours and, where that is asked for, other tools'; and what an assistant's wanted to."""
    ai = bench.owners.spans() if report.comments or bench.config.foreign else ()
    suppressed = apply_suppressions(report, text, ai, bench.catalogue.rules)
    if bench.config.foreign:
        suppressed = apply_foreign(suppressed, text, report.comments, ai, bench.catalogue)
    told = of_assistants(text, report.comments, ai)
    if not told:
        return suppressed
    return Suppressed(tuple(sorted([*suppressed.findings, *told], key=lambda f: (f.span, f.rule))), suppressed.silenced)


def _names(report: Report, suppressed: Suppressed, text: Text) -> Mapping[Finding, str]:
    """Fingerprints of all findings. Silenced ones count, so that a comment changes nobody else's fingerprint."""
    findings = tuple(dict.fromkeys((*report.findings, *suppressed.findings)))
    return dict(zip(findings, fingerprints(findings, text), strict=True))


def _judged(finding: Finding, bench: _Bench, fingerprint: str) -> Judged:
    severity = bench.config.severities.get(finding.rule, finding.severity)
    if bench.profile is not None and bench.treatment(finding) is Treatment.QUIETER:
        severity = QUIETER[severity]
    if bench.config.policies and bench.name:
        severity = _at_least(severity, finding, bench)
    region = bench.owners.of(finding.span)
    here = replace(finding, severity=severity) if severity is not finding.severity else finding
    if not here.message:
        rule = bench.catalogue.rules.get(finding.rule)
        here = replace(here, message=rule.title if rule else finding.rule)
    return Judged(here, level_of(severity, finding.confidence, ai=region is not None), region, fingerprint)


def _at_least(severity: Severity, finding: Finding, bench: _Bench) -> Severity:
    """The severity, or the one that policies want of findings in such text if that is higher."""
    least = least_severity(bench.config.policies, bench.name, bench.owners.regions(), finding.span)
    return max(severity, least or severity, key=LOUDNESS.__getitem__)


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
