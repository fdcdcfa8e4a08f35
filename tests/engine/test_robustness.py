"""Bad input gets an answer, or is said not to be analysed; never an exception, never a wrong silence."""

import random

import pytest

from gifthorse.engine.inspect import inspect, reinspect
from gifthorse.model.text import Edit, Span

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
