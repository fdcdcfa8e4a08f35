"""Running the tests that a rule file carries: bad code is found, good code is silent, the fix makes good of bad.

Pure: a Rule and a Catalogue in, results out. Used by pytest and by `gifthorse rules test`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gifthorse.engine.inspect import inspect
from gifthorse.model.finding import Finding, Fix
from gifthorse.model.rule import Catalogue, Rule, RuleTest


@dataclass(frozen=True, slots=True)
class Outcome:
    """One test's result: `complaint` says what went wrong and is empty where the test passed."""

    rule: str
    number: int
    test: RuleTest
    complaint: str

    @property
    def passed(self) -> bool:
        """Whether all that the test says is so."""
        return not self.complaint


def path_of(test: RuleTest, catalogue: Catalogue) -> str:
    """The pretended file's name: the test's own, else one with the language's extension."""
    language = catalogue.languages.get(test.language)
    return test.path or "module" + (language.extensions[0] if language and language.extensions else ".txt")


def _findings(rule: str, code: str, test: RuleTest, catalogue: Catalogue) -> list[Finding]:
    """The rule's own Findings in a piece of code. Raises ValueError where none is, but not all was analysed."""
    report = inspect(code.encode("utf-8", "surrogatepass"), path_of(test, catalogue), None, catalogue).report
    found = [finding for finding in report.findings if finding.rule == rule]
    if report.incomplete and not found:
        raise ValueError(report.incomplete)
    return found


def apply_fixes(code: bytes, fixes: Sequence[Fix]) -> bytes:
    """The code after all edits of the fixes; edits that say the same are made once."""
    for edit in sorted({edit for fix in fixes for edit in fix.edits}, reverse=True):
        code = code[: edit.span.start] + edit.new + code[edit.span.end :]
    return code


def _complaint(rule: str, test: RuleTest, catalogue: Catalogue) -> str:
    if test.good is not None:
        silent = _findings(rule, test.good, test, catalogue)
        if silent:
            return f"The good code is found: {silent[0].message}"
    if test.bad is None:
        return ""
    found = _findings(rule, test.bad, test, catalogue)
    fixes = [finding.fixes[0] for finding in found if finding.fixes]
    if not found:
        return "The bad code is not found."
    if test.good is None:
        return f"A fix is offered, and the test shows none: {fixes[0].title}" if fixes else ""
    fixed = apply_fixes(test.bad.encode("utf-8", "surrogatepass"), fixes).decode("utf-8", "surrogatepass")
    return "" if fixed == test.good else f"The fix makes {fixed!r}, not {test.good!r}."


def run_tests(rule: Rule, catalogue: Catalogue) -> tuple[Outcome, ...]:
    """The result of each of a rule's tests, in their order; a text that was not fully analysed fails its test."""
    outcomes: list[Outcome] = []
    for number, test in enumerate(rule.tests, 1):
        try:
            complaint = _complaint(rule.id, test, catalogue)
        except ValueError as error:
            complaint = f"The code was not analysed: {error}"
        outcomes.append(Outcome(rule.id, number, test, complaint))
    return tuple(outcomes)
