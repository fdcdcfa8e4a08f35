"""Findings for people at a terminal: where, how bad, what, the source itself, and what to do.

Nothing is said by colour alone, and nothing from a file reaches the terminal unless it is harmless (_excerpt.py).
"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.text import Text as Styled

from gifthorse.cli.render._excerpt import Row, rows, visible
from gifthorse.cli.render._outcome import PLURALS, WORDS, Outcome, author, counted, place, region_of
from gifthorse.model.finding import Certainty, Fix, FixKind
from gifthorse.model.insertion import Evidence
from gifthorse.workspace.judge import Judged, Level
from gifthorse.workspace.survey import Surveyed

STYLES = {Level.ERROR: "bold red", Level.WARNING: "bold yellow", Level.INFORMATION: "bold cyan", Level.HINT: "bold"}
KINDS = {
    FixKind.MECHANICAL: "changes nothing else",
    FixKind.BEHAVIOURAL: "changes what the program does",
    FixKind.SCAFFOLD: "needs to be finished by hand",
}
NOTES = {"AI": "bold magenta", "fix": "bold green"}
NARROWEST = 40
WIDEST = 160
UNSEEN = 120
"""Cells where the output goes into a file or another program."""


def render(outcome: Outcome, sink: TextIO) -> None:
    """Write the whole outcome to `sink`, in colour where it is a terminal that has it."""
    person = sink.isatty() or "COLUMNS" in os.environ
    width = None if person else UNSEEN
    console = Console(file=sink, width=width, highlight=False, soft_wrap=True, emoji=False, markup=False)
    show(outcome, console)


def show(outcome: Outcome, console: Console) -> None:
    """Write the whole outcome to a rich Console."""
    look = _Look(console)
    for file, judged in outcome.findings():
        for line in look.finding(outcome, file, judged):
            console.print(line)
        console.print()
    for line in (*look.not_analysed(outcome), *look.skips(outcome), *look.summary(outcome)):
        console.print(line)


class _Look:
    """How things look on one terminal: its width, and which characters it can show."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.encoding = console.encoding or "ascii"
        self.width = max(NARROWEST, min(console.width, WIDEST))
        fancy = self.encoding.lower().replace("_", "-") in ("utf-8", "utf8", "utf-16", "utf-32")
        self.bar, self.line, self.dot = ("│", "━", "·") if fancy else ("|", "^", "-")

    def safe(self, text: str) -> str:
        return visible(text, self.encoding)

    def finding(self, outcome: Outcome, file: Surveyed, judged: Judged) -> Iterator[Styled]:
        """Its place and message, the source, and what is known beside it."""
        finding, style = judged.finding, STYLES[judged.level]
        line, column = place(file.text, finding.span.start)
        head = Styled.assemble(
            (self.safe(f"{outcome.shown_path(file.path)}:{line}:{column}"), "bold"),
            "  ",
            (WORDS[judged.level], style),
            "  ",
            (self.safe(finding.rule), "bold"),
            "  ",
            self.safe(finding.message),
        )
        yield from self._wrapped(head, Styled("  "))
        shown = rows(file.text, finding.span, self.width - 12, self.encoding)
        gutter = len(str(max(row.number for row in shown)))
        for row in shown:
            yield from self._source(row, gutter, style)
        for label, words in self._notes(outcome, file, judged):
            begin = Styled.assemble(self._margin(gutter), (f" {label:<4} ", NOTES.get(label, "bold")))
            rest = Styled.assemble(self._margin(gutter), " " * 6)
            yield from self._wrapped(begin + Styled(self.safe(words)), rest)

    def _wrapped(self, line: Styled, indent: Styled) -> Iterator[Styled]:
        """The line broken between words, later parts behind `indent`; whole where no person reads it."""
        if not self._console.is_terminal:
            yield line
            return
        first, *rest = line.wrap(self._console, max(NARROWEST, self.width - indent.cell_len)) or [line]
        yield first
        yield from (indent + part for part in rest)

    def _margin(self, gutter: int, number: str = "") -> Styled:
        return Styled(f" {number:>{gutter}} {self.bar}", style="dim")

    def _source(self, row: Row, gutter: int, style: str) -> Iterator[Styled]:
        margin = self._margin(gutter, str(row.number) if row.number else "")
        yield Styled.assemble(margin, " ", row.shown)
        if row.end > row.start:
            marks = self.line * (row.end - row.start)
            yield Styled.assemble(self._margin(gutter), " " * (row.start + 1), (marks, style))

    def _notes(self, outcome: Outcome, file: Surveyed, judged: Judged) -> Iterator[tuple[str, str]]:
        finding = judged.finding
        sure = f"{finding.severity} severity, {finding.confidence} confidence"
        if finding.certainty is Certainty.OBSCURED:
            sure += "; computed from constants, which hides what it is"
        rule = outcome.catalogue.rules.get(finding.rule)
        weakness = ", ".join(f"CWE-{number}" for number in rule.cwe) if rule else ""
        yield "risk", f"{sure}{f'  {weakness}' if weakness else ''}"
        if region := region_of(file, judged):
            insertion = region.insertion
            possibly = "possibly " if insertion.evidence is Evidence.INFERRED else ""
            kept = f"{region.retained:.0%} of it left"
            words = f"{possibly}{author(insertion)}, {insertion.origin.kind}, {insertion.evidence}"
            yield "AI", f"{words}; {region.standing}, {kept}"
        for step in finding.steps:
            text, span = step.placed(file.text)
            line, column = place(text, span.start)
            there = f"{self.safe(outcome.shown_path(Path(step.elsewhere.path)))}:" if step.elsewhere else ""
            yield "how", f"{there}{line}:{column}  {step.note}"
        for fix in finding.fixes:
            yield "fix", _fix(fix)

    def not_analysed(self, outcome: Outcome) -> Iterator[Styled]:
        """One line for each file of which nobody knows what is in it."""
        unknown = outcome.unknown()
        for path, why in unknown:
            where = self.safe(outcome.shown_path(path))
            yield Styled.assemble((where, "bold"), "  ", ("not analysed", "bold magenta"), f"  {self.safe(why)}")
        if unknown:
            yield Styled()

    def skips(self, outcome: Outcome) -> Iterator[Styled]:
        """Every skip, where that was asked for."""
        skipped = [aside for aside in outcome.aside if not aside.unknown]
        if outcome.verbose and skipped:
            for aside in skipped:
                where = self.safe(outcome.shown_path(aside.path)) + ("/" if aside.name.endswith("/") else "")
                yield Styled.assemble((f"{where}  skipped: {aside.why}", "dim"))
            yield Styled()

    def summary(self, outcome: Outcome) -> Iterator[Styled]:
        """The last lines: what was found, what was looked at, what was not."""
        findings = list(outcome.findings())
        unknown = len(outcome.unknown())
        looked = counted(outcome.analysed, "file")
        if findings:
            yield self._found(findings)
        elif unknown:
            yield Styled(
                f"Nothing found in what could be analysed, which was not everything ({looked}).", "bold yellow"
            )
        elif outcome.analysed:
            yield Styled(f"Nothing found in {looked}.", style="bold green")
        else:
            yield Styled("There was no file to look at.", style="bold yellow")
        yield Styled(f" {self.dot} ".join(self._counts(outcome, looked, unknown)), style="dim")
        if reasons := Counter(aside.why for aside in outcome.aside if not aside.unknown):
            skipped = "; ".join(f"{count:,} {why}" for why, count in reasons.most_common())
            yield Styled(f"Skipped: {skipped}." + ("" if outcome.verbose else " --verbose lists them."), style="dim")

    def _found(self, findings: list[tuple[Surveyed, Judged]]) -> Styled:
        levels = Counter(judged.level for _, judged in findings)
        files = len({file.path for file, _ in findings})
        head = Styled(f"{counted(len(findings), 'finding')} in {counted(files, 'file')}: ", style="bold")
        parts = [
            Styled(counted(levels[one], WORDS[one], PLURALS.get(one, "")), STYLES[one]) for one in Level if levels[one]
        ]
        return head + Styled(", ").join(parts)

    def _counts(self, outcome: Outcome, looked: str, unknown: int) -> Iterator[str]:
        findings = list(outcome.findings())
        yield f"{looked} looked at"
        if unknown:
            yield f"{unknown} not analysed"
        if inside := sum(judged.region is not None for _, judged in findings):
            yield f"{inside} in text that an assistant inserted"
        if fixable := sum(bool(judged.finding.fixes) for _, judged in findings):
            yield f"{fixable} with a fix"
        if silenced := sum(len(file.judgement.silenced) for file in outcome.files):
            yield f"{silenced} silenced by comments"
        if outcome.known:
            yield f"{outcome.known} known from the baseline"
        if outcome.below:
            yield f"{outcome.below} below the asked severity or confidence"


def _fix(fix: Fix) -> str:
    return f"{fix.title} ({KINDS[fix.kind]})"
