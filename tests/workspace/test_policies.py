"""What policies mean: which entry decides, whose review is missing, how grave a finding is, and what a person sees."""

import pytest

from gifthorse.model.finding import Confidence, Finding, Report, Severity
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.policy import Policy
from gifthorse.model.region import Region
from gifthorse.model.review import Standing
from gifthorse.model.text import Span, Text
from gifthorse.store.catalogue import load_catalogue
from gifthorse.store.config import Config
from gifthorse.workspace.judge import Level, judge, judge_all
from gifthorse.workspace.owners import Owners
from gifthorse.workspace.policies import DENIED, Writer, decision, denied, least_severity, missing

RULES = load_catalogue()
CONTENT = b"import os\n\n  eval(name)\nprint(1)\n"
TEXT = Text.of(CONTENT)
EVAL = Span(13, 23)


def entry(line=1, **said):
    return Policy("gifthorse.toml", line, **said)


def region(name="r1", tool="copilot", model="gpt-5", evidence=Evidence.REPORTED, standing=Standing.UNREVIEWED):
    insertion = Insertion(name, Origin(tool, "chat", model), evidence, "", "", None, 8)
    return Region(insertion, (Span(11, 23),), 8, standing)


def line_that_denies(policies, name, **who):
    found = denied(policies, name, region(**who).insertion)
    return found.line if found else None


@pytest.mark.parametrize(
    ("said", "name", "hit"),
    [
        ({}, "a.py", True),
        ({"paths": ("src/auth/**",)}, "src/auth/login.py", True),
        ({"paths": ("src/auth/",)}, "src/auth/deep/login.py", True),
        ({"paths": ("src/auth/**", "!src/auth/tests/**")}, "src/auth/tests/a.py", False),
        ({"paths": ("*.sql",)}, "db/a.sql", True),
        ({"paths": ("*.sql",)}, "db/a.py", False),
        ({"tools": ("cop*",)}, "a.py", True),
        ({"tools": ("cursor",)}, "a.py", False),
        ({"models": ("GPT-*",)}, "a.py", True),
        ({"models": ("claude-*",)}, "a.py", False),
        ({"evidence": frozenset({Evidence.REPORTED})}, "a.py", True),
        ({"evidence": frozenset({Evidence.INFERRED})}, "a.py", False),
        ({"tools": ("copilot",), "models": ("claude-*",)}, "a.py", False),
    ],
)
def test_an_entry_holds_where_all_that_it_says_fits(said, name, hit):
    assert line_that_denies([entry(allowed=False, **said)], name) == (1 if hit else None)


def test_a_model_that_nobody_knows_is_in_no_list_of_models():
    listed = [entry(1, allowed=False), entry(2, allowed=True, models=("claude-*",))]
    assert line_that_denies(listed, "a.py", model=None) == 1
    assert line_that_denies(listed, "a.py", model="claude-9") is None


def test_the_last_entry_that_holds_decides_and_one_that_does_not_speak_of_it_does_not():
    deny, allow, review = entry(1, allowed=False), entry(2, allowed=True), entry(3, review=("*",))
    assert line_that_denies([allow, deny, review], "a.py") == 1
    assert line_that_denies([deny, allow, review], "a.py") is None


def test_a_source_that_is_not_trusted_lifts_nothing_but_its_own():
    ours = entry(1, allowed=False, paths=("auth/",))
    theirs = [
        Policy("root.toml", 2, allowed=True, trusted=False),
        Policy("root.toml", 3, allowed=False, paths=("db/",), trusted=False),
        Policy("root.toml", 4, allowed=True, paths=("db/notes/",), trusted=False),
    ]
    assert line_that_denies([ours, *theirs], "auth/a.py") == 1
    assert line_that_denies([ours, *theirs], "db/a.py") == 3
    assert line_that_denies([ours, *theirs], "db/notes/a.py") is None
    assert line_that_denies([*theirs, entry(9, allowed=True)], "db/a.py") == 3


def test_what_depends_on_the_writer_is_not_decided_without_one():
    listed = [entry(1, allowed=False, tools=("copilot",))]
    assert decision(listed, Writer()) is None
    assert decision(listed, Writer("copilot")) == listed[0]


def test_reviews_add_up_and_each_entry_wants_one_of_its_people():
    listed = [entry(1, review=("*",)), entry(2, review=("Ada Low", "bob@example.com"), paths=("auth/",))]
    fresh, seen = region(), region(standing=Standing.APPROVED)

    def lines(one, *by, name="auth/a.py"):
        return [lack.policy.line for lack in missing(listed, name, [one], {"r1": set(by)})]

    assert lines(fresh, "Ada Low") == [1, 2]
    assert lines(seen, "eve") == [2]
    assert lines(seen, "eve", name="b.py") == []
    assert lines(seen, "Bob Ray <BOB@example.com>") == lines(seen, "eve", "ada low <a@example.com>") == []


def test_findings_there_are_as_grave_as_the_gravest_entry_says():
    listed = [entry(1, severity=Severity.HIGH), entry(2, severity=Severity.LOW), entry(3, severity=Severity.MEDIUM)]
    assert least_severity(listed, "a.py", [region()], EVAL) is Severity.HIGH
    assert least_severity(listed, "a.py", [region()], Span(0, 6)) is None
    assert least_severity([entry(1, severity=Severity.HIGH, tools=("cursor",))], "a.py", [region()], EVAL) is None


def test_denied_text_is_an_error_at_its_first_line_whatever_comments_say():
    content = CONTENT.replace(b"eval(name)", b"eval(name)  # gifthorse: allow denied-by-policy -- we want it")
    text, comment = Text.of(content), Span(25, content.index(b"\n", 25))
    config = Config(policies=(entry(7, allowed=False, reason="People only."),))
    judgement = judge_all(Report("python", (), (comment,)), text, Owners([region()]), config, RULES, "a.py")
    (one,) = [one for one in judgement.shown if one.finding.rule == DENIED]
    assert (one.level, one.region) == (Level.ERROR, "r1")
    assert text.line_at(one.finding.span.start) == 2
    assert "copilot (gpt-5)" in one.finding.message
    assert "gifthorse.toml, line 7: People only." in one.finding.message


def test_a_finding_is_raised_and_nothing_else_changes():
    found = Finding("weak-hash", EVAL, "Weak.", Severity.LOW, Confidence.HIGH)
    report, owners = Report("python", (found,), ()), Owners([region()])
    config = Config(policies=(entry(severity=Severity.HIGH), entry(allowed=True)))
    (plain,), (raised,) = (judge(report, TEXT, owners, one, RULES, "a.py") for one in (Config(), config))
    assert (plain.level, raised.level) == (Level.INFORMATION, Level.ERROR)
    assert plain.fingerprint == raised.fingerprint
    (persons,) = judge(report, TEXT, Owners([]), config, RULES, "a.py")
    assert persons.finding.severity is Severity.LOW
