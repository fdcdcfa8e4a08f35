"""Findings as Markdown: a summary for a pull request, or for the page of a build."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from gifthorse.cli.render._outcome import PLURALS, WORDS, Outcome, author, counted, place, region_of
from gifthorse.store.table import Problem
from gifthorse.workspace.judge import Judged, Level, Silenced
from gifthorse.workspace.survey import Surveyed

MOST_ROWS = 50
"""Rows after which the rest is counted: a comment on a pull request has a limit, and so has a reader."""
SIGNS = {Level.ERROR: "🛑", Level.WARNING: "⚠️", Level.INFORMATION: "i", Level.HINT: "·"}
ORDER = tuple(Level)


def render(outcome: Outcome, sink: TextIO) -> None:
    """Write the summary."""
    sink.write("\n".join(_lines(outcome)) + "\n")


def _lines(outcome: Outcome) -> Iterator[str]:
    found = sorted(outcome.findings(), key=lambda one: ORDER.index(one[1].level))
    counts = Counter(judged.level for _, judged in found)
    said = ", ".join(counted(counts[level], WORDS[level], PLURALS.get(level, "")) for level in ORDER if counts[level])
    yield f"### Gifthorse: {said or 'nothing found'}"
    yield ""
    yield f"{counted(outcome.analysed, 'file')} looked into."
    if found:
        yield from ("", "| | where | what | written by |", "| --- | --- | --- | --- |")
        yield from (_row(outcome, file, judged) for file, judged in found[:MOST_ROWS])
    if len(found) > MOST_ROWS:
        yield from ("", f"And {len(found) - MOST_ROWS:,} more.")
    if silenced := [(file, one) for file in outcome.files for one in file.judgement.silenced]:
        yield from ("", "**Silenced by comments**:", "")
        yield from (_silenced(outcome, file, one) for file, one in silenced[:MOST_ROWS])
    if told := [*outcome.problems, *outcome.ignored]:
        yield from ("", "**Configuration**:", "")
        yield from (f"- {_mistake(outcome, problem)}" for problem in told)
    if unknown := outcome.unknown():
        yield from ("", "**Not analysed**, so not known to be clean:", "")
        yield from (f"- `{_code(outcome.shown_path(path))}`: {_plain(why)}" for path, why in unknown)


def _row(outcome: Outcome, file: Surveyed, judged: Judged) -> str:
    finding, region = judged.finding, region_of(file, judged)
    line, _ = place(file.text, finding.span.start)
    where = f"`{_code(outcome.shown_path(file.path))}:{line}`"
    whose = _plain(author(region.insertion)) if region else ""
    sign = f"{SIGNS[judged.level]} {WORDS[judged.level]}"
    return f"| {sign} | {where} | {_plain(finding.message)} (`{finding.rule}`) | {whose} |"


def _silenced(outcome: Outcome, file: Surveyed, one: Silenced) -> str:
    line, _ = place(file.text, one.judged.finding.span.start)
    where = f"`{_code(outcome.shown_path(file.path))}:{line}`"
    return f"- {where}: `{one.judged.finding.rule}`, because: {_plain(one.reason)}"


def _mistake(outcome: Outcome, problem: Problem) -> str:
    version = f" ({_plain(problem.version)})" if problem.version else ""
    where = f"`{_code(outcome.shown_path(Path(problem.path)))}:{problem.line}`{version}"
    return f"{where}: {_plain(problem.message)} {_plain(problem.remedy)}"


def _plain(words: str) -> str:
    """Words in which nothing is markup, a link, a mention, or the end of a cell."""
    return re.sub(r"([\\`*_{}\[\]<>|#!~@])", r"\\\1", " ".join(words.split())).replace("\\@", "@\u200b")


def _code(words: str) -> str:
    return words.replace("`", "'").replace("|", "\\|")
