"""Findings as workflow commands of GitHub Actions: annotations at the lines of a pull request.

Source: GitHub's documentation, "Workflow commands for GitHub Actions". Nothing of a file can end a command or begin
another one: line ends and the signs of the format are escaped.
"""

from pathlib import Path
from typing import TextIO

from gifthorse.cli.render._outcome import Outcome, author, place, region_of
from gifthorse.store.table import Problem
from gifthorse.workspace.judge import Judged, Level
from gifthorse.workspace.survey import Surveyed

COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFORMATION: "notice", Level.HINT: "notice"}


def render(outcome: Outcome, sink: TextIO) -> None:
    """Write a line for each finding, and a warning for each file that was not analysed and each mistake in the
    configuration.
    """
    sink.writelines(_annotation(outcome, file, judged) for file, judged in outcome.findings())
    sink.writelines(
        f"::warning file={_value(outcome.shown_path(path))},title=not analysed::{_words(why)}\n"
        for path, why in outcome.unknown()
    )
    sink.writelines(_mistake(outcome, problem, "warning") for problem in outcome.problems)
    sink.writelines(_mistake(outcome, problem, "notice") for problem in outcome.ignored)


def _mistake(outcome: Outcome, problem: Problem, command: str) -> str:
    """Something in a configuration file, which may be called by the commit that it is in, too."""
    file = outcome.shown_path(Path(problem.path))
    words = f"{problem.message} {problem.remedy}"
    return f"::{command} file={_value(file)},line={problem.line},title=configuration::{_words(words)}\n"


def _annotation(outcome: Outcome, file: Surveyed, judged: Judged) -> str:
    finding, rule = judged.finding, outcome.catalogue.rules.get(judged.finding.rule)
    line, column = place(file.text, finding.span.start)
    last, end = place(file.text, finding.span.end)
    where = f"file={_value(outcome.shown_path(file.path))},line={line},endLine={last}"
    where += f",col={column},endColumn={end}" if line == last else ""
    region = region_of(file, judged)
    whose = f" AI-written: {author(region.insertion)}." if region else ""
    message = f"{finding.message.rstrip('.')}.{whose}"
    title = f"{rule.title if rule else finding.rule} ({finding.rule})"
    return f"::{COMMANDS[judged.level]} {where},title={_value(title)}::{_words(message)}\n"


def _words(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _words(text).replace(":", "%3A").replace(",", "%2C")
