"""Every test that a rule file carries is one test here."""

import pytest

from gifthorse.change.compare import detectors
from gifthorse.change.pairtest import is_about_changes, run_pairs
from gifthorse.engine.claims import DETECTOR as CLAIM
from gifthorse.engine.ruletest import run_tests
from gifthorse.engine.sighting import Hidden
from gifthorse.model.rule import MatchKind
from gifthorse.store.catalogue import load_catalogue

CATALOGUE = load_catalogue()
CASES = [(rule, number) for rule in CATALOGUE.rules.values() for number in range(len(rule.tests))]
NAMES = [f"{rule.id}-{number + 1}-{rule.tests[number].language}" for rule, number in CASES]


@pytest.mark.parametrize(("rule", "number"), CASES, ids=NAMES)
def test_rule(rule, number):
    alone = rule.__class__(**{**{name: getattr(rule, name) for name in rule.__slots__}, "tests": (rule.tests[number],)})
    (outcome,) = (run_pairs if is_about_changes(rule) else run_tests)(alone, CATALOGUE)
    assert outcome.passed, f"{outcome.complaint}\n{outcome.test}"


def test_detectors_and_rules_name_each_other():
    assert {rule.detector for rule in CATALOGUE.rules.values() if rule.detector} == {
        *map(str, Hidden),
        CLAIM,
        *detectors(),
    }


def test_first_set_is_complete():
    families = {rule.family for rule in CATALOGUE.rules.values()}
    assert len(CATALOGUE.rules) >= 50
    assert {"hidden-text", "secrets", "weak-hash", "sql-injection", "cookies", "path-traversal", "tokens"} <= families


def test_no_message_shows_a_secret():
    for rule in CATALOGUE.rules.values():
        for match in rule.matches:
            if match.kind is MatchKind.TEXT and rule.family == "secrets":
                assert "{secret}" not in (match.message or rule.message)


@pytest.mark.parametrize("rule", CATALOGUE.rules.values(), ids=CATALOGUE.rules)
def test_rule_explains_itself(rule):
    assert 80 <= len(rule.why) <= 600, "two or three sentences"
    assert rule.references, "a primary source"
    assert all(reference.startswith("https://") for reference in rule.references)
    assert not rule.title.endswith(".")
