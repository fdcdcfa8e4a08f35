"""Whether a user's own rule can be run: its queries must fit the grammars, their expressions RE2."""

import pytest

from gifthorse.engine.usable import query_problem
from gifthorse.model.finding import Confidence, Severity
from gifthorse.model.rule import Match, MatchKind, Rule
from gifthorse.store.catalogue import load_catalogue

CATALOGUE = load_catalogue()


def rule(query, kind=MatchKind.QUERY):
    match = Match(kind, ("python", "go"), (query,))
    return Rule("own", "own", (), Severity.LOW, Confidence.LOW, "Title", "Message", "", "", (), (match,), ())


@pytest.mark.parametrize("query", ["((identifier) @match)", '((identifier) @match (#match? @match "^a+$"))'])
def test_what_can_be_run(query):
    assert query_problem(rule(query), CATALOGUE) == ""


def test_names_are_not_compiled():
    assert query_problem(rule("((", MatchKind.CALL), CATALOGUE) == ""


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("((nonsense) @match)", "nonsense"),
        ("((identifier) @match", "does not compile"),
        ("((list) @match)", "go"),
        ('((identifier) @match (#match? @match "(?=a)b"))', "RE2"),
    ],
)
def test_what_cannot_says_why(query, why):
    assert why in query_problem(rule(query), CATALOGUE)
