"""The tests of rules about changes, and of traits. Pure: a Rule and a Catalogue in, results out, as engine/ruletest.py.

A test of such a rule has the text `before`; from there `bad` is found, and `good` is not.
"""

from dataclasses import replace

from gifthorse.change.compare import change_of, compare, detectors
from gifthorse.change.dependencies import ecosystem_of
from gifthorse.change.traits import look, side, traits_as_rules
from gifthorse.engine.ruletest import Outcome, apply_fixes, path_of, run_tests
from gifthorse.model.dependency import Declared
from gifthorse.model.finding import Finding
from gifthorse.model.rule import Catalogue, Rule, RuleTest


def is_about_changes(rule: Rule) -> bool:
    """Whether a rule needs the text before an insertion."""
    return rule.detector in detectors()


def changed(
    path: str, before: str, after: str, catalogue: Catalogue, declared: Declared | None = None
) -> tuple[Finding, ...]:
    """What comparing two texts of a file finds. `declared`: what the manifests around it say. Raises ValueError where one of them was not analysed in full."""
    old, new = (side(look(text.encode(), path, None, catalogue)) for text in (before, after))
    why = old.incomplete or new.incomplete
    if why:
        raise ValueError(why)
    return compare(replace(change_of(path, old, new, catalogue), declared=declared))


def _bare(path: str, before: str, after: str, catalogue: Catalogue) -> tuple[Finding, ...]:
    """As `changed`, in a project whose manifest declares nothing."""
    bare = Declared(ecosystem_of(path, catalogue.packages), ("the manifest",))
    return changed(path, before, after, catalogue, bare)


def run_pairs(rule: Rule, catalogue: Catalogue) -> tuple[Outcome, ...]:
    """The result of each test of a rule about changes, in their order."""
    outcomes: list[Outcome] = []
    for number, test in enumerate(rule.tests, 1):
        try:
            complaint = _complaint(rule, test, catalogue)
        except ValueError as error:
            complaint = f"The code was not analysed: {error}"
        outcomes.append(Outcome(rule.id, number, test, complaint))
    return tuple(outcomes)


def run_traits(trait: Rule, catalogue: Catalogue) -> tuple[Outcome, ...]:
    """The result of each test that the file of a trait carries."""
    return run_tests(trait, traits_as_rules(catalogue))


def _complaint(rule: Rule, test: RuleTest, catalogue: Catalogue) -> str:
    path, before = path_of(test, catalogue), test.before or ""
    if test.good is not None and test.bad is None:
        silent = [one for one in _bare(path, before, test.good, catalogue) if one.rule == rule.id]
        return f"The good change is found: {silent[0].message}" if silent else ""
    if test.bad is None:
        return ""
    found = [one for one in _bare(path, before, test.bad, catalogue) if one.rule == rule.id]
    if not found:
        return "The bad change is not found."
    if test.good is None:
        return ""
    fixes = [one.fixes[0] for one in found if one.fixes]
    fixed = apply_fixes(test.bad.encode(), fixes).decode()
    return "" if fixed == test.good else f"The fix makes {fixed!r}, not {test.good!r}."
