"""Every match and flow that offers a fix has a test with the exact text, in every language that it names."""

from dataclasses import replace

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.store.catalogue import load_catalogue

CATALOGUE = load_catalogue()
KIN = {"javascript": {"javascript", "typescript", "tsx"}}
"""Languages whose tests count for another one's: they read the same rules."""
OFFERING = [rule for rule in CATALOGUE.rules.values() if any(one.fix for one in rule.matches) or rule.flows]


def path_of(test):
    language = CATALOGUE.languages.get(test.language)
    return test.path or "module" + (language.extensions[0] if language and language.extensions else ".txt")


def offered(rule, part, test):
    """Whether a rule that has this Match or Flow only offers a fix for the test's bad text."""
    alone = {"matches": (part,), "flows": ()} if part in rule.matches else {"matches": (), "flows": (part,)}
    catalogue = replace(CATALOGUE, rules={rule.id: replace(rule, **alone)})
    report = inspect(test.bad.encode("utf-8", "surrogatepass"), path_of(test), None, catalogue).report
    return any(finding.rule == rule.id and finding.fixes for finding in report.findings)


def untried(rule):
    """Its matches and flows that offer a fix, with the languages in which no test shows it."""
    tests = [test for test in rule.tests if test.bad is not None and test.good is not None and test.before is None]
    parts = [*(one for one in rule.matches if one.fix), *(one for one in rule.flows if one.fixes)]
    for part in parts:
        for language in part.languages or ("*",):
            fitting = [test for test in tests if language == "*" or test.language in KIN.get(language, {language})]
            if not any(offered(rule, part, test) for test in fitting):
                yield language, part


@pytest.mark.parametrize("rule", OFFERING, ids=[rule.id for rule in OFFERING])
def test_each_fix_is_tried(rule):
    assert [(language, str(part)[:300]) for language, part in untried(rule)] == []
