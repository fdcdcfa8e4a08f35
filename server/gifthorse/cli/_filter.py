"""Which findings a run of `scan` shows: severe and sure enough, and not known from an earlier run. Pure.

That something was not analysed is never filtered away.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gifthorse.cli._baseline import Baseline, Known, Present, hold
from gifthorse.cli.render._outcome import Outcome
from gifthorse.workspace.judge import NOT_ANALYSED, Judged
from gifthorse.workspace.survey import Surveyed

LEVELS = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The least severity and confidence (as numbers of LEVELS), and what is known."""

    severity: int
    confidence: int
    baseline: Baseline


@dataclass(frozen=True, slots=True)
class Filtered:
    """An outcome with only the wanted findings, and what of the baseline is not there any more."""

    outcome: Outcome
    stale: Mapping[Known, int]


def presents(outcome: Outcome) -> tuple[Present, ...]:
    """All findings of a run, for a baseline, in their order."""
    return tuple(
        Present(
            (outcome.shown_path(file.path), file.name),
            judged.fingerprint,
            outcome.likeness.get((file.path, judged.fingerprint), ""),
            judged.finding.rule,
        )
        for file, judged in outcome.findings()
    )


def filtered(outcome: Outcome, wanted: Wanted) -> Filtered:
    """The outcome with only the wanted findings, and how many were left out for which reason."""
    held = hold(wanted.baseline, presents(outcome), _looked_at(outcome))
    known = {id(judged): one for (_, judged), one in zip(outcome.findings(), held.known, strict=True)}
    files: list[Surveyed] = []
    counts = {"below": 0, "known": 0}
    for file in outcome.files:
        kept = []
        for judged in file.judgement.shown:
            why = "below" if _is_below(judged, wanted) else "known" if known.get(id(judged)) else ""
            if why:
                counts[why] += 1
            else:
                kept.append(judged)
        files.append(replace(file, judgement=replace(file.judgement, shown=tuple(kept))))
    return Filtered(replace(outcome, files=tuple(files), below=counts["below"], known=counts["known"]), held.stale)


def _looked_at(outcome: Outcome) -> Callable[[str], bool]:
    """Whether a file of an earlier run was looked at, or is not there any more."""
    names = {name for path, name in outcome.looked_at for name in (name, outcome.shown_path(path))}

    def looked_at(path: str) -> bool:
        return path in names or not any(Path(root, path).exists() for root in (outcome.base, *outcome.roots))

    return looked_at


def _is_below(judged: Judged, wanted: Wanted) -> bool:
    finding = judged.finding
    too_low = LEVELS.index(finding.severity) < wanted.severity or LEVELS.index(finding.confidence) < wanted.confidence
    return too_low and finding.rule != NOT_ANALYSED
