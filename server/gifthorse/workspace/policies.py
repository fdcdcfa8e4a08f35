"""What policies mean for the texts of a file: what may not be there, whose review it lacks, how grave findings are.

Entries are asked in order, and the last one that holds and says something about writing decides; a source that is not
trusted decides by itself, and can deny only. Reviews add up; of severities the highest counts. Pure.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import PurePath

from gifthorse.model.finding import Confidence, Finding, Severity
from gifthorse.model.insertion import Evidence, Insertion
from gifthorse.model.policy import ANYBODY, Grant, Policy
from gifthorse.model.region import Region
from gifthorse.model.review import Standing
from gifthorse.model.text import Span, Text
from gifthorse.store.ignore import Ignores
from gifthorse.store.settings import LOUDNESS

DENIED = "denied-by-policy"
"""The rule whose findings say that a text may not be there."""
UNREVIEWED = "review-missing"
"""The rule whose findings say that a text lacks a review."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, as far as it is known: an empty `tool` or `model` is not known; None: it is not asked about."""

    tool: str | None = None
    model: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A Region that nobody of `policy.review` has approved as it is."""

    region: Region
    policy: Policy


def writer_of(insertion: Insertion) -> Writer:
    """Who wrote an Insertion."""
    return Writer(insertion.origin.tool, insertion.origin.model or "", insertion.evidence)


def at_path(policies: Sequence[Policy], name: str) -> tuple[Policy, ...]:
    """The entries that hold in a file, for one writer or another. `name`: the file's inside the root."""
    return tuple(one for one in policies if not one.paths or _spec(one.paths).ignores(name))


def granted(grants: Sequence[Grant], name: str) -> tuple[Grant, ...]:
    """What says that a file may have a capability. `name`: the file's inside the root."""
    return tuple(one for one in grants if _spec(one.paths).ignores(name))


def allowed(grants: Sequence[Grant], name: str) -> tuple[str, ...]:
    """The capabilities that a file may have, ascending."""
    return tuple(sorted({one.capability for one in granted(grants, name)}))


@lru_cache(maxsize=256)
def _spec(paths: tuple[str, ...]) -> Ignores:
    return Ignores().with_patterns(list(paths), "")


def holds(policy: Policy, writer: Writer) -> bool | None:
    """Whether an entry speaks of what a writer writes; None where too little is said of the writer to tell."""
    said = (
        _fits(policy.tools, writer.tool),
        _fits(policy.models, writer.model),
        not policy.evidence or (None if writer.evidence is None else writer.evidence in policy.evidence),
    )
    return False if False in said else None if None in said else True


def _fits(globs: Sequence[str], name: str | None) -> bool | None:
    if not globs or ANYBODY in globs:
        return True
    if name is None:
        return None
    return any(fnmatchcase(name.lower(), glob.lower()) for glob in globs)


def decision(policies: Sequence[Policy], writer: Writer) -> Policy | None:
    """The entry that decides whether a writer may write, of those that hold in a file; None where none does."""
    speaking = [one for one in policies if one.allowed is not None and holds(one, writer)]
    last = {"" if one.trusted else one.file: one for one in speaking}
    return next((one for one in last.values() if not one.allowed), last.get("") or next(iter(last.values()), None))


def denied(policies: Sequence[Policy], name: str, insertion: Insertion) -> Policy | None:
    """The entry by which an Insertion may not be in this file, or None where it may."""
    found = decision(at_path(policies, name), writer_of(insertion))
    return found if found and not found.allowed else None


def findings(
    policies: Sequence[Policy], name: str, regions: Sequence[Region], text: Text
) -> list[tuple[Region, Finding]]:
    """Each Region that may not be in this file, with the Finding at its first line; ascending by place."""
    here = at_path(policies, name)
    found = []
    for region in regions:
        by = decision(here, writer_of(region.insertion))
        if by and not by.allowed and region.spans:
            span = text.line_span(text.line_at(region.spans[0].start))
            found.append(
                (
                    region,
                    Finding(DENIED, inked(span, text), words(by, region.insertion), Severity.HIGH, Confidence.HIGH),
                )
            )
    return sorted(found, key=lambda one: one[1].span)


def people(review: Sequence[str]) -> str:
    """Those of whom one has to review, in words."""
    return "anybody" if ANYBODY in review else " or ".join(review)


def asked(policies: Sequence[Policy]) -> str:
    """Who is asked for a review, in words; empty where nobody is."""
    return ", and by ".join(dict.fromkeys(people(one.review) for one in policies))


def asking(policies: Sequence[Policy], insertion: Insertion) -> str:
    """What is said of a text that lacks the reviews which policies ask for; where there are none, of anybody."""
    whose = f"Text of {insertion.origin.tool or 'an assistant'}"
    if not policies:
        return f"{whose} was reviewed by nobody as it is."
    places = " and ".join(dict.fromkeys(f"{PurePath(one.file).name}, line {one.line}" for one in policies))
    reasons = "".join(f" {one.reason.rstrip('.')}." for one in policies if one.reason)
    return f"{whose} is to be reviewed by {asked(policies)}, as the policy in {places} asks.{reasons}"


def inked(span: Span, text: Text) -> Span:
    """The line without the white space around it; the whole line where there is nothing else."""
    line = text.slice(span)
    start = span.start + len(line) - len(line.lstrip())
    return Span(start, max(start, span.start + len(line.rstrip()))) if line.strip() else span


def words(policy: Policy, insertion: Insertion) -> str:
    """Why a text may not be where it is, with the place of the entry that says so."""
    origin = insertion.origin
    model = f" ({origin.model})" if origin.model else ""
    reason = f": {policy.reason.rstrip('.')}" if policy.reason else ""
    place = f"{PurePath(policy.file).name}, line {policy.line}"
    return f"Text of {origin.tool or 'an assistant'}{model} may not be in this file by the policy in {place}{reason}."


def least_severity(policies: Sequence[Policy], name: str, regions: Sequence[Region], span: Span) -> Severity | None:
    """What a finding at a span has at least, by the Regions that it touches; None where no entry says."""
    here = [one for one in at_path(policies, name) if one.severity]
    if not here:
        return None
    writers = {writer_of(one.insertion) for one in regions if any(piece.overlaps(span) for piece in one.spans)}
    levels = [one.severity for one in here if one.severity and any(holds(one, writer) for writer in writers)]
    return max(levels, key=LOUDNESS.__getitem__, default=None)


def missing(
    policies: Sequence[Policy], name: str, regions: Sequence[Region], approvals: Mapping[str, Collection[str]]
) -> tuple[Missing, ...]:
    """Where the review of an entry is missing. `approvals`: Region's id -> who has approved it as it is."""
    here = [one for one in at_path(policies, name) if one.review]
    return tuple(
        Missing(region, one)
        for region in regions
        for one in here
        if holds(one, writer_of(region.insertion)) and not _approved(one, region, approvals.get(region.id, ()))
    )


def _approved(policy: Policy, region: Region, by: Collection[str]) -> bool:
    if region.standing is not Standing.APPROVED:
        return False
    return ANYBODY in policy.review or any(_is(name, wanted) for name in by for wanted in policy.review)


def _is(name: str, wanted: str) -> bool:
    """Whether somebody, written `Name <address>` or in part of that, is the one who is wanted."""
    called, _, address = name.casefold().partition("<")
    return wanted.casefold().strip() in {name.casefold().strip(), called.strip(), address.rstrip("> ").strip()}
