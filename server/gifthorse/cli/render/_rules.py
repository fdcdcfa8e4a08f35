"""How rules, explanations and results of rule tests look on a terminal; plain text where there is none."""

import difflib
import itertools
import sys
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from gifthorse.model.advice import INDENT, Piece, meant_for, pieces
from gifthorse.model.rule import Catalogue, Language, Rule

if TYPE_CHECKING:  # The engine is heavy, and `explain` does not need it.
    from gifthorse.engine.ruletest import Outcome

_COLOURS = {"high": "bold red", "medium": "yellow", "low": "cyan"}
_PLAIN_WIDTH = 160
_READABLE_WIDTH = 100
MOST_LANGUAGES = 3
"""Of one rule that its row in the list names."""


def console_of() -> Console:
    """Standard output; a wide page where it is a file or a pipe, so that lines stay whole."""
    return Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else _PLAIN_WIDTH)


def _where(rule: Rule, languages: Mapping[str, Language]) -> str:
    """The titles of a rule's languages, in the order of the file; "every file" where it reads all."""
    named = rule.languages
    return ", ".join(languages[name].title if name in languages else name for name in named) or "every file"


def _few(languages: str) -> str:
    """The first languages of a list, and how many more there are, so that it leaves room for the title."""
    words = languages.split(", ")
    return (
        languages
        if len(words) <= MOST_LANGUAGES
        else f"{', '.join(words[:MOST_LANGUAGES])} +{len(words) - MOST_LANGUAGES}"
    )


def _family(family: str, rules: Sequence[Rule], languages: Mapping[str, Language]) -> Group:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, min_width=26)
    table.add_column(no_wrap=True, min_width=6)
    table.add_column(no_wrap=True, min_width=10)
    table.add_column(no_wrap=True, min_width=3)
    table.add_column(overflow="fold")
    for rule in rules:
        severity = Text(rule.severity, style=_COLOURS[rule.severity])
        fix = Text("fix" if rule.fixes else "", style="green")
        where = Text(_few(_where(rule, languages)), style="dim")
        table.add_row(Text(rule.id, style="bold"), severity, where, fix, Text(rule.title))
    return Group(Text(f"\n{family}", style="bold underline"), Padding(table, (0, 0, 0, 2), expand=False))


def print_list(catalogue: Catalogue) -> None:
    """All rules by family: id, severity, languages, whether there is a fix, title."""
    console, rules = console_of(), list(catalogue.rules.values())
    ordered = sorted(rules, key=lambda rule: (rule.family, rule.id))
    for family, members in itertools.groupby(ordered, key=lambda rule: rule.family):
        title = catalogue.families[family].title if family in catalogue.families else family
        console.print(_family(title, list(members), catalogue.languages))
    tests = sum(len(rule.tests) for rule in rules)
    fixes = sum(bool(rule.fixes) for rule in rules)
    console.print(f"\n{len(rules)} rules, {fixes} with a fix, {tests} tests. `gifthorse explain RULE` says more.")


def _prose(found: Sequence[Piece], width: int) -> Text:
    """Paragraphs wrapped to the width; code stays as it is."""
    result = Text()
    for piece in found:
        if piece.code:
            result.append(textwrap.indent(piece.text, INDENT) + "\n\n", style="green")
        else:
            result.append(textwrap.fill(piece.text, width) + "\n\n")
    result.rstrip()
    return result


def _section(console: Console, title: str, body: Text) -> None:
    console.print(Text(f"\n{title}", style="bold"))
    console.print(Padding(body, (0, 0, 0, 2), expand=False))


def _example(rule: Rule, language: str | None) -> Text | None:
    """The first of the rule's own tests that shows a fix, of those in the language if there are any: before and after."""
    shows = [test for test in rule.tests if test.bad and test.good]
    test = next((one for one in shows if one.language == language), next(iter(shows), None))
    if test is None or test.bad is None or test.good is None:
        return None
    shown = Text()
    for line in difflib.ndiff(test.bad.expandtabs(4).splitlines(), test.good.expandtabs(4).splitlines()):
        if line[0] != "?" and line.strip():
            shown.append(f"{line}\n", style={"-": "red", "+": "green"}.get(line[0], ""))
    shown.rstrip()
    return shown


def print_explanation(rule: Rule, catalogue: Catalogue, language: str | None = None) -> None:
    """One rule, well laid out: what it is, what can happen, what to write instead, how to allow it, where to read on.

    `language`: whose examples are wanted, where there are several.
    """
    console, languages = console_of(), catalogue.languages
    advice = meant_for(pieces(rule.instead, languages), language, languages)
    width = min(console.width - 2, _READABLE_WIDTH)
    weight = Text.assemble((rule.id, "bold"), "  ", (f"{rule.severity} severity", _COLOURS[rule.severity]))
    console.print(weight.append(f", {rule.confidence} confidence", style="dim"))
    console.print(Text(rule.title, style="bold"))
    weaknesses = ", ".join(f"CWE-{number}" for number in rule.cwe)
    about = [rule.family, weaknesses, _where(rule, languages)]
    console.print(Text(" | ".join(part for part in about if part), style="dim"))
    sections = {
        "What can happen": _prose(pieces(rule.why, {}), width),
        "What to write instead": _prose(advice, width),
        "What the fix does, for example": _example(rule, language) or Text(),
        "Where it is wrong about your code": Text(f"gifthorse: allow {rule.id} -- your reason"),
        "Read on": Text("\n".join(rule.references), style="blue"),
    }
    for title, body in sections.items():
        if body.plain:
            _section(console, title, body)


def print_outcomes(outcomes: "Sequence[Outcome]", verbose: bool) -> None:
    """Failed tests with their complaints (all tests where `verbose`), then the sum."""
    console = console_of()
    for outcome in outcomes:
        if outcome.passed and not verbose:
            continue
        mark = Text("ok    ", style="green") if outcome.passed else Text("FAILED", style="bold red")
        note = f" ({outcome.test.note})" if outcome.test.note else ""
        place = f" {outcome.rule} test {outcome.number}, {outcome.test.language}{note}"
        console.print(Text.assemble(mark, place))
        if outcome.complaint:
            console.print(Padding(Text(outcome.complaint, overflow="fold"), (0, 0, 0, 7), expand=False))
    failed = sum(not outcome.passed for outcome in outcomes)
    rules = len({outcome.rule for outcome in outcomes})
    console.print(f"{len(outcomes) - failed} of {len(outcomes)} tests of {rules} rules passed.")
