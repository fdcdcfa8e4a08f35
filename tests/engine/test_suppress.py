"""Suppression comments: what counts, what does not, and that an assistant's never does."""

import pytest

from gifthorse.engine.suppress import REASON_PLACEHOLDER, apply_suppressions, read_suppressions
from gifthorse.model.finding import Confidence, Finding, Report, Severity
from gifthorse.model.text import Span, Text
from gifthorse.store.catalogue import load_catalogue


def comments_of(code, mark="#"):
    """Spans of line comments, found the simple way: from the mark to the line's end."""
    spans, offset = [], 0
    for line in code.splitlines(keepends=True):
        if mark in line:
            start = offset + len(line[: line.index(mark)].encode())
            spans.append(Span(start, offset + len(line.rstrip("\n").encode())))
        offset += len(line.encode())
    return tuple(spans)


def finding(code, needle="risky()", rule="dynamic-code"):
    start = code.encode().index(needle.encode())
    return Finding(rule, Span(start, start + len(needle)), "m", Severity.HIGH, Confidence.HIGH)


def suppressed(code, findings=None, ai=(), incomplete="", spans=None):
    found = tuple(findings if findings is not None else [finding(code)])
    report = Report("python", found, spans or comments_of(code), incomplete)
    return apply_suppressions(report, Text.of(code), ai)


def ids(result):
    return [one.rule for one in result.findings]


@pytest.mark.parametrize(
    "code",
    [
        "risky()  # gifthorse: allow dynamic-code -- input is our own\n",
        "# gifthorse: allow dynamic-code -- input is our own\nrisky()\n",
        "    # gifthorse: allow dynamic-code -- input is our own\n    risky()\n",
        "risky()  # gifthorse: allow weak-hash, dynamic-code -- input is our own\n",
        "# gifthorse: allow dynamic-code -- our own\n# gifthorse: allow weak-hash -- a checksum\nrisky()\n",
    ],
)
def test_silences(code):
    result = suppressed(code)
    assert "dynamic-code" not in ids(result)
    assert len(result.silenced) == 1


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("risky()  # gifthorse: allow dynamic-code\n", "malformed-suppression"),
        ("risky()  # gifthorse: allow dynamic-code --\n", "malformed-suppression"),
        (f"risky()  # gifthorse: allow dynamic-code -- {REASON_PLACEHOLDER}\n", "malformed-suppression"),
        ("risky()  # gifthorse: allow dynamic-code -- TODO\n", "malformed-suppression"),
        ("risky()  # gifthorse: allow -- because\n", "malformed-suppression"),
        ("risky()  # gifthorse: allow * -- all is fine\n", "malformed-suppression"),
        ("risky()  # gifthorse: ignore dynamic-code -- fine\n", "malformed-suppression"),
        ("risky()  # gifthorse: allow weak-hash -- a checksum\n", "unused-suppression"),
        ("# gifthorse: allow dynamic-code -- our own\n\nrisky()\n", "unused-suppression"),
        ("x = 1  # gifthorse: allow dynamic-code -- our own\nrisky()\n", "unused-suppression"),
        ("risky()\n# gifthorse: allow dynamic-code -- our own\n", "unused-suppression"),
    ],
)
def test_does_not_silence_and_says_so(code, said):
    assert sorted(ids(suppressed(code))) == sorted(["dynamic-code", said])


def test_only_comments_count():
    code = "x = '# gifthorse: allow dynamic-code -- our own'; risky()\n"
    assert ids(suppressed(code, spans=(Span(0, 0),))) == ["dynamic-code"]


def test_mention_in_prose_is_no_suppression():
    code = "risky()  # see the docs on gifthorse: allow\n"
    assert ids(suppressed(code)) == ["dynamic-code"]


def test_assistants_comment_never_counts():
    code = "risky()  # gifthorse: allow dynamic-code -- input is our own\n"
    (comment,) = comments_of(code)
    result = suppressed(code, ai=[Span(comment.start + 30, comment.start + 31)])
    assert ids(result) == ["dynamic-code", "suppression-in-ai-text"]
    assert result.silenced == ()


def test_assistants_code_below_a_persons_comment():
    code = "# gifthorse: allow dynamic-code -- input is our own\nrisky()\n"
    assert ids(suppressed(code, ai=[Span(code.index("risky"), len(code))])) == []


def test_unused_is_unknown_where_the_analysis_is_incomplete():
    code = "x = 1  # gifthorse: allow weak-hash -- a checksum\n"
    assert ids(suppressed(code, findings=[], incomplete="too large")) == []


def test_block_comments_and_jsx():
    code = "<div>\n{/* gifthorse: allow dynamic-code -- our own */}\n{risky()}\n</div>\n"
    start = code.index("/*")
    assert ids(suppressed(code, spans=(Span(start, code.index("*/") + 2),))) == []


def test_multi_line_finding_is_silenced_at_its_first_line_only():
    code = "risky(\n  1,  # gifthorse: allow dynamic-code -- our own\n)\n"
    assert ids(suppressed(code, [finding(code, "risky(\n  1,")])) == ["dynamic-code", "unused-suppression"]


def test_reading_names_rules_and_reason():
    code = "# gifthorse: allow a-b, c2 -- the reason -- with dashes\n"
    (one,) = read_suppressions(Text.of(code), comments_of(code))
    assert (one.rules, one.reason, one.valid, one.problem) == (("a-b", "c2"), "the reason -- with dashes", True, "")


def test_findings_weigh_what_their_rules_say():
    catalogue = load_catalogue()
    code = "# gifthorse: allow\n# gifthorse: allow a -- b c\nx = 1\n# gifthorse: allow d -- e f\n"
    ai = [comments_of(code)[2]]
    for one in suppressed(code, findings=[], ai=ai).findings:
        rule = catalogue.rules[one.rule]
        assert (one.severity, one.confidence) == (rule.severity, rule.confidence)


def test_a_misspelt_rule_is_named_with_the_nearest_one():
    code = "risky()  # gifthorse: allow dynamic-coed -- checked by the caller\n"
    report = Report("python", (finding(code),), tuple(comments_of(code)))
    result = apply_suppressions(report, Text.of(code), (), ("dynamic-code", "weak-hash"))
    messages = {one.rule: one.message for one in result.findings}
    assert set(messages) == {"dynamic-code", "malformed-suppression"}
    assert "did you mean 'dynamic-code'?" in messages["malformed-suppression"]


def test_a_directive_behind_another_tools_comment_counts():
    result = suppressed("risky()  # noqa: S307  # gifthorse: allow dynamic-code -- checked by the caller\n")
    assert ids(result) == []


@pytest.mark.parametrize("words", ["ai claude opus-4", "ai", "end", " end"])
def test_marks_of_an_assistants_text_are_no_suppressions(words):
    assert ids(suppressed(f"# gifthorse:{words}\nrisky()\n")) == ["dynamic-code"]
    assert "malformed-suppression" in ids(suppressed("# gifthorse:aim\nrisky()\n"))
