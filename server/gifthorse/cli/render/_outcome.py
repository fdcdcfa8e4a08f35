"""What a run of `scan` came to, as one value that every format shows in its own way."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from gifthorse.engine.secrets import covered, is_about_secrets, literals
from gifthorse.model.finding import Finding, Severity
from gifthorse.model.insertion import Insertion
from gifthorse.model.region import Region
from gifthorse.model.rule import Catalogue, MatchKind, Rule
from gifthorse.model.text import Span, Text
from gifthorse.store.folders import plain
from gifthorse.store.table import Problem
from gifthorse.workspace.judge import NOT_ANALYSED, Judged, Level
from gifthorse.workspace.survey import Aside, Surveyed

SECRETS = "secrets"
"""The family of rules whose text patterns find secrets."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`files` are those of which there is something to say, in order; `analysed` counts all that were looked into.

    `aside`: what was not looked into. `problems` and `ignored`: of the configuration. `base`: the folder that shown
    paths are relative to. `verbose`: show every skip also where people read. `known`: findings left out because the
    baseline has them, `below` because they are below the asked severity or confidence.
    """

    files: tuple[Surveyed, ...]
    analysed: int
    aside: tuple[Aside, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[Problem, ...]
    catalogue: Catalogue
    base: Path
    verbose: bool = False
    known: int = 0
    below: int = 0
    looked_at: tuple[tuple[Path, str], ...] = ()
    likeness: Mapping[tuple[Path, str], str] = field(default_factory=dict)
    roots: tuple[Path, ...] = ()
    """For a baseline: all files that were looked at and their names, what is like a finding by its fingerprint, and
    the roots.
    """

    def findings(self) -> Iterator[tuple[Surveyed, Judged]]:
        """Every finding that is shown, in order; that a file was not analysed is none."""
        for file in self.files:
            yield from ((file, judged) for judged in file.judgement.shown if judged.finding.rule != NOT_ANALYSED)

    def unknown(self) -> tuple[tuple[Path, str], ...]:
        """(path, why) of everything that was not, or not fully, analysed and was not left out on purpose."""
        incomplete = [(file.path, reason(file.incomplete)) for file in self.files if file.incomplete]
        return (*incomplete, *((aside.path, aside.why) for aside in self.aside if aside.unknown))

    def shown_path(self, path: Path) -> str:
        """A path as a person would type it here: relative where it is below, with `/`; never harmful to show."""
        try:
            short = path.relative_to(self.base)
        except ValueError:
            short = path
        return plain(str(short).replace(os.sep, "/"))


def covered_file(file: Surveyed, catalogue: Catalogue) -> Surveyed:
    """The file with the secrets found in it made illegible, so that no format can show one."""
    silenced = (one.judged for one in file.judgement.silenced)
    findings = [one.finding for one in (*file.judgement.shown, *silenced)]
    spans = [span for finding in findings for span in _secrets(finding, catalogue.rules.get(finding.rule), file.text)]
    return replace(file, text=covered(file.text, spans)) if spans else file


def _secrets(finding: Finding, rule: Rule | None, text: Text) -> Iterable[Span]:
    """Where the secrets of a Finding stand: it is one itself, or it is code with one in quotes somewhere in it."""
    if rule is None or not is_about_secrets(rule):
        return ()
    if rule.family == SECRETS and any(match.kind is MatchKind.TEXT for match in rule.matches):
        return (finding.span,)
    return literals(text, finding.span)


def reason(incomplete: str) -> str:
    """Why something was not analysed, without saying so twice."""
    return incomplete.removeprefix("not analysed: ")


def region_of(file: Surveyed, judged: Judged) -> Region | None:
    """The Region that a finding stands in."""
    return next((region for region in file.regions if region.id == judged.region), None)


def place(text: Text, offset: int) -> tuple[int, int]:
    """Line and column of a byte offset as people count them: from 1, in characters (code points)."""
    position = text.position(offset, "utf-32")
    return position.line + 1, position.character + 1


def author(insertion: Insertion) -> str:
    """Which assistant, and which of its models where that is known."""
    origin = insertion.origin
    return f"{origin.tool} ({origin.model})" if origin.model else origin.tool


def counted(number: int, word: str, plural: str = "") -> str:
    """A number with its word: `1 file`, `2 files`."""
    return f"{number:,} {word if number == 1 else plural or word + 's'}"


WORDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFORMATION: "info", Level.HINT: "hint"}
PLURALS = {Level.INFORMATION: "info"}
SCORES = {Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "3.0"}
"""Severity on the scale of CVSS, as code scanning services sort by it."""
