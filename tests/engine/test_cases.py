"""Real source files: each `expect: rule` comment names what must be found on its line, and nothing else may be."""

from pathlib import Path

import pytest

from gifthorse.engine.inspect import inspect

CASES = Path(__file__).parent / "cases"
WITH_SHIPPED = frozenset({"php", "ruby", "bash", "powershell"})
"""Languages whose cases speak of the rules that ship: these have their built-in functions."""
FILES = sorted(path for path in CASES.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CASES).as_posix())
def test_case(path, catalogue, shipped, expectations):
    content = path.read_bytes()
    rules = shipped if path.parent.name in WITH_SHIPPED else catalogue
    expected = expectations(content)
    report = inspect(content, path.name, None, rules).report
    found = {(content.count(b"\n", 0, finding.span.start) + 1, finding.rule) for finding in report.findings}
    assert not report.incomplete
    assert expected
    assert found == expected


def test_there_is_a_case_for_every_language():
    assert {path.parent.name for path in FILES} >= {"python", "javascript", "typescript", "go", *WITH_SHIPPED}
