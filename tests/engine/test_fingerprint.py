"""Fingerprints: the same thing keeps its name wherever it moves, different things have different ones."""

from gifthorse.engine.fingerprint import fingerprints
from gifthorse.model.finding import Confidence, Finding, Severity
from gifthorse.model.text import Span, Text


def names(code, *needles, rule="r"):
    content, found, position = code.encode(), [], 0
    for needle in needles:
        start = content.index(needle.encode(), position)
        position = start + 1
        found.append(Finding(rule, Span(start, start + len(needle.encode())), "m", Severity.LOW, Confidence.LOW))
    assert fingerprints(found, content) == fingerprints(found, Text.of(content))
    return fingerprints(found, content)


def test_survives_moves_and_reformatting():
    before = names("a(x, verify=False)\n", "a(x, verify=False)")
    assert names("\n\nif b:\n    a(x, verify=False)\n", "a(x, verify=False)") == before
    assert names("a(\n    x,\n    verify=False,\n)\n", "a(\n    x,\n    verify=False,\n)") == before


def test_quotes_do_not_matter():
    assert names("f('a')", "f('a')") == names('f("a")', 'f("a")')


def test_rule_text_and_occurrence_matter():
    first, second = names("f(1)\nf(1)\n", "f(1)", "f(1)")
    assert first != second
    assert names("f(2)\n", "f(2)") != (first,)
    assert names("f(1)\n", "f(1)", rule="s") != (first,)


def test_order_of_findings_does_not_matter():
    content = b"f(1)\nf(1)\n"
    one, two = (Finding("r", Span(at, at + 4), "m", Severity.LOW, Confidence.LOW) for at in (0, 5))
    assert fingerprints([two, one], content) == tuple(reversed(fingerprints([one, two], content)))
