"""Which findings a run of `scan` shows: severe and sure enough, and not known from an earlier run. Pure but for reading.

That something was not analysed is never filtered away.
"""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from gifthorse.cli.render._outcome import Outcome
from gifthorse.cli.render.sarif import FINGERPRINT
from gifthorse.store.regular import read_regular
from gifthorse.workspace.judge import NOT_ANALYSED, Judged
from gifthorse.workspace.survey import Surveyed

LEVELS = ("low", "medium", "high")
LARGEST_BASELINE = 500_000_000
Known = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The least severity and confidence (as numbers of LEVELS), and the (path, fingerprint) that are known."""

    severity: int
    confidence: int
    known: Known


def filtered(outcome: Outcome, wanted: Wanted) -> Outcome:
    """The outcome with only the wanted findings, and how many were left out for which reason."""
    files: list[Surveyed] = []
    below = known = 0
    for file in outcome.files:
        kept = []
        for judged in file.judgement.shown:
            if _is_below(judged, wanted):
                below += 1
            elif _is_known(outcome, file, judged, wanted.known):
                known += 1
            else:
                kept.append(judged)
        judgement = replace(file.judgement, shown=tuple(kept))
        files.append(replace(file, judgement=judgement))
    return replace(outcome, files=tuple(files), below=below, known=known)


def _is_below(judged: Judged, wanted: Wanted) -> bool:
    finding = judged.finding
    too_low = LEVELS.index(finding.severity) < wanted.severity or LEVELS.index(finding.confidence) < wanted.confidence
    return too_low and finding.rule != NOT_ANALYSED


def _is_known(outcome: Outcome, file: Surveyed, judged: Judged, known: Known) -> bool:
    names = (outcome.shown_path(file.path), file.name)
    return judged.finding.rule != NOT_ANALYSED and any((name, judged.fingerprint) in known for name in names)


def read_baseline(file: Path) -> Known:
    """The (path, fingerprint) of all findings of an earlier run, from its JSON or SARIF output.

    Raises OSError where the file cannot be read, ValueError where it is neither.
    """
    try:
        said = json.loads(read_regular(file, LARGEST_BASELINE))
        return frozenset(_of_sarif(said) if "runs" in said else _of_json(said))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(
            f"{file}: this is no baseline. Make one with `gifthorse scan PATH --format json --output FILE`."
        ) from error


def _of_json(said: dict[str, Any]) -> list[tuple[str, str]]:
    return [(str(one["path"]), str(one["fingerprint"])) for one in (*said["findings"], *said["silenced"])]


def _of_sarif(said: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (
            unquote(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]),
            str(result["partialFingerprints"][FINGERPRINT]),
        )
        for run in said["runs"]
        for result in run["results"]
    ]
