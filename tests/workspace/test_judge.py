"""How loud a finding is, whose text it stands in, and that unknown is never clean."""

import itertools

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.engine.suppress import IN_AI_TEXT, UNUSED
from gifthorse.model.finding import Confidence, Finding, Report, Severity
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.region import Region
from gifthorse.model.review import Standing
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Span, Text
from gifthorse.provenance.follow import add, empty
from gifthorse.store.catalogue import load_catalogue
from gifthorse.store.config import Config
from gifthorse.workspace.judge import Level, judge, judge_all, level_of
from gifthorse.workspace.owners import Held, Owners

CATALOGUE = Catalogue(rules={}, languages={}, version="")
RULES = load_catalogue()
TEXT = Text.of(b"first line\nrisky(1)  # note\nrisky(1)\n")
RISKY = (Span(11, 19), Span(28, 36))


def region(name, *spans):
    insertion = Insertion(name, Origin("copilot", "chat"), Evidence.REPORTED, "2026-01-01T00:00:00Z", "", None, 1)
    return Region(insertion, tuple(Span(*span) for span in spans), 1, Standing.UNREVIEWED)


def finding(span, severity=Severity.HIGH, confidence=Confidence.HIGH, rule="eval-call"):
    return Finding(rule, span, "It is risky.", severity, confidence)


def report(*findings, comments=(), incomplete=""):
    return Report("python", findings, comments, incomplete)


@pytest.mark.parametrize(
    ("severity", "ai", "level"),
    [
        (Severity.HIGH, True, Level.ERROR),
        (Severity.MEDIUM, True, Level.WARNING),
        (Severity.LOW, True, Level.INFORMATION),
        (Severity.HIGH, False, Level.WARNING),
        (Severity.MEDIUM, False, Level.INFORMATION),
        (Severity.LOW, False, Level.HINT),
    ],
)
def test_levels_follow_severity_and_provenance(severity, ai, level):
    assert level_of(severity, Confidence.HIGH, ai=ai) == level
    assert level_of(severity, Confidence.MEDIUM, ai=ai) == level


@pytest.mark.parametrize(("severity", "ai"), list(itertools.product(Severity, (True, False))))
def test_low_confidence_is_never_a_warning(severity, ai):
    assert level_of(severity, Confidence.LOW, ai=ai) in (Level.INFORMATION, Level.HINT)


def test_a_finding_names_the_region_it_touches_by_a_single_byte():
    one = judge(report(*map(finding, RISKY)), TEXT, Owners([region("r1", (18, 20))]), Config(), CATALOGUE)
    assert [(j.level, j.region) for j in one] == [(Level.ERROR, "r1"), (Level.WARNING, None)]


def test_owners_agree_with_looking_at_every_region():
    regions = [region(f"r{n}", (n * 10, n * 10 + 3), (n * 10 + 5, n * 10 + 8)) for n in range(50)]
    owners = Owners(regions)
    for start, length in itertools.product(range(510), (1, 4, 13)):
        span = Span(start, start + length)
        touching = {one.id for one in regions if any(piece.overlaps(span) for piece in one.spans)}
        assert (owners.of(span) in touching) if touching else (owners.of(span) is None)


def test_holdings_and_regions_give_the_same_owners():
    text, holdings = Text.of(b"x" * 100 + b" " * 400), empty()
    for number in range(50):
        spans = [Span(number * 10, number * 10 + 3), Span(number * 10 + 5, number * 10 + 8)]
        holdings = add(holdings, text, region(f"r{number}").insertion, spans)
    held, owners = Held(holdings), Owners(holdings.regions())
    assert sorted(held.spans()) == sorted(owners.spans()) != []
    for start, length in itertools.product(range(510), (0, 1, 4, 13)):
        assert held.of(Span(start, start + length)) == owners.of(Span(start, start + length))


def test_an_empty_span_belongs_to_what_it_touches():
    owners = Owners([region("r1", (5, 8))])
    assert [owners.of(Span(at, at)) for at in (3, 4, 5, 6, 8, 9)] == [None, None, "r1", "r1", "r1", None]


def test_configuration_changes_severity_and_switches_rules_off():
    config = Config(severities={"eval-call": Severity.LOW}, off=frozenset({"weak-hash"}))
    shown = judge(report(finding(RISKY[0]), finding(RISKY[1], rule="weak-hash")), TEXT, Owners([]), config, CATALOGUE)
    assert [(j.finding.severity, j.level) for j in shown] == [(Severity.LOW, Level.HINT)]


def test_what_was_not_analysed_says_so_even_with_everything_off():
    config = Config(off=frozenset({"not-analysed", "eval-call"}))
    shown = judge(report(finding(RISKY[0]), incomplete="it took too long"), TEXT, Owners([]), config, CATALOGUE)
    assert [(j.finding.rule, j.level, j.finding.span) for j in shown] == [
        ("not-analysed", Level.INFORMATION, Span(0, 10))
    ]
    assert "it took too long" in shown[0].finding.message


def test_a_person_can_silence_and_an_assistant_cannot():
    text = Text.of(b"risky(1)  # gifthorse: allow eval-call -- the input is a constant\n")
    comment = Span(10, len(bytes(text)) - 1)
    said = report(finding(Span(0, 8)), comments=(comment,))
    by_person = judge_all(said, text, Owners([region("r1", (0, 8))]), Config(), CATALOGUE)
    assert by_person.shown == ()
    assert [(one.reason, one.judged.region) for one in by_person.silenced] == [("the input is a constant", "r1")]
    by_assistant = judge_all(said, text, Owners([region("r1", (60, 61))]), Config(), CATALOGUE)
    assert [j.finding.rule for j in by_assistant.shown] == ["eval-call", IN_AI_TEXT]
    assert by_assistant.silenced == ()


def test_an_unused_comment_is_reported():
    text = Text.of(b"fine(1)  # gifthorse: allow eval-call -- the input is a constant\n")
    shown = judge(report(comments=(Span(9, 64),)), text, Owners([]), Config(), CATALOGUE)
    assert [(j.finding.rule, j.level) for j in shown] == [(UNUSED, Level.HINT)]


def test_equal_findings_have_different_fingerprints_that_survive_silencing_one():
    plain = judge(report(*map(finding, RISKY)), TEXT, Owners([]), Config(), CATALOGUE)
    assert len({j.fingerprint for j in plain}) == 2
    text = Text.of(b"risky(1)  # gifthorse: allow eval-call -- a reason\nrisky(1)\n")
    both = report(finding(Span(0, 8)), finding(Span(51, 59)), comments=(Span(10, 50),))
    judged = judge_all(both, text, Owners([]), Config(), CATALOGUE)
    assert judged.shown[0].fingerprint == plain[1].fingerprint


def test_a_claim_of_safety_goes_with_what_it_stands_beside():
    code = b"import os\n# Safe: checked above.\n%sos.system('ls ' + input())\n"
    silent = b"# gifthorse: allow shell-injection -- a tool for one person\n"
    for allowed, off, expected in [
        (b"", frozenset(), ["claimed-safe", "shell-injection"]),
        (silent, frozenset(), []),
        (b"", frozenset({"shell-injection"}), []),
        (b"", frozenset({"claimed-safe"}), ["shell-injection"]),
    ]:
        content = code % allowed
        report = inspect(content, "a.py", None, RULES).report
        judged = judge(report, Text.of(content), Owners(()), Config(off=off), RULES)
        assert [one.finding.rule for one in judged] == expected
