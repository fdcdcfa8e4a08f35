"""What is new of suppressions, and what of a test is weaker: pairs whose outcome is told in full."""

from dataclasses import replace

import pytest

from gifthorse.change.compare import change_of, compare
from gifthorse.change.expectations import core, difference
from gifthorse.change.fresh import no_wider
from gifthorse.change.pairtest import changed
from gifthorse.change.traits import look, side
from gifthorse.engine.inspect import inspect
from gifthorse.model.finding import Confidence, Severity
from gifthorse.store.catalogue import load_catalogue

CATALOGUE = load_catalogue()


def said(path, before, after, rule):
    return [one for one in changed(path, before, after, CATALOGUE) if one.rule == rule]


def test_a_suppression_that_moves_with_its_line_is_not_new_but_a_copy_of_it_is():
    before = "def f():\n    a()  # noqa: S101\n    b()\n"
    moved = "def f():\n    b()\n    if c:\n        a()  # noqa: S101\n"
    assert not said("a.py", before, moved, "suppression-added")
    copied = before + "\n\ndef g():\n    run(x, shell=True)  # noqa: S101\n"
    (one,) = said("a.py", before, copied, "suppression-added")
    assert one.span.start > len(before)


def test_a_suppression_of_a_security_check_weighs_more_than_one_of_style():
    before = "x = eval(s)\n"
    (grave,) = said("a.py", before, "x = eval(s)  # noqa: S307\n", "suppression-added")
    (light,) = said("a.py", before, "x = eval(s)  # noqa: E501\n", "suppression-added")
    assert (grave.severity, light.severity) == (Severity.MEDIUM, Severity.LOW)


@pytest.mark.parametrize(
    ("old", "new", "holds"),
    [
        ("noqa", "noqa: E501", True),
        ("noqa: E501, S1", "noqa: E501", True),
        ("noqa: E501", "noqa", False),
        ("noqa: E501", "noqa: S307", False),
        ("type: ignore", "type: ignore[attr]", True),
    ],
)
def test_narrower_words_silence_nothing_new(old, new, holds):
    assert no_wider(old, new) is holds


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("assert f() == 3", "assert f() == 4", "expects 4 where it expected 3"),
        ("assert f() == approx(1, abs=0.1)", "assert f() == approx(1, abs=0.2)", "tolerates more than before"),
        ("assert f() == approx(1, abs=0.2)", "assert f() == approx(1, abs=0.1)", ""),
        ("expect(f()).toBeCloseTo(1, 5)", "expect(f()).toBeCloseTo(1, 1)", "tolerates more than before"),
        ("assert f() == 3", "assert f() is not None", "expects less than before"),
        ("assert f() == 3", "self.assertEqual(f(), 3)", ""),
        ("pytest.raises(KeyError)", "pytest.raises(Exception)", "is content with any failure now"),
    ],
)
def test_how_an_expectation_differs(old, new, words):
    assert difference(old, new) == words


def test_what_an_expectation_says_when_it_fails_is_no_part_of_it():
    assert core("assert f() == 3, 'not three'") == "assert f() == 3"


def test_a_changed_value_is_surer_where_nothing_else_of_the_test_changed():
    before = "def test_a():\n    x = f(1)\n    assert x == 2\n"
    (alone,) = said("test_a.py", before, before.replace("== 2", "== 3"), "test-weakened")
    (both,) = said("test_a.py", before, before.replace("== 2", "== 3").replace("f(1)", "f(9)"), "test-weakened")
    assert (alone.confidence, both.confidence) == (Confidence.MEDIUM, Confidence.LOW)


def test_a_test_goes_with_the_code_that_it_tested_more_quietly_than_alone():
    before = "def test_a():\n    assert f(1) == 2\n\n\ndef test_b():\n    assert f(2) == 3\n"
    (alone,) = said("test_a.py", before, "def test_a():\n    assert f(1) == 2\n", "test-weakened")
    other = before.replace("f(2)", "gone(2)")
    (along,) = said("test_a.py", other, "def test_a():\n    assert f(1) == 2\n", "test-weakened")
    assert (alone.confidence, along.confidence) == (Confidence.MEDIUM, Confidence.LOW)
    assert alone.fixes[0].edits[0].new.startswith(b"def test_b")


def test_expectations_that_move_into_one_loop_are_as_strong():
    before = "def test_a():\n    assert f(1) == 2\n    assert f(2) == 3\n"
    after = "def test_a():\n    for given, wanted in ((1, 2), (2, 3)):\n        assert f(given) == wanted\n"
    assert not said("test_a.py", before, after, "test-weakened")


@pytest.mark.parametrize(("setting", "times"), [("semgrep.enable", 0), ("eslint.enable", 1)])
def test_a_setting_that_a_rule_speaks_of_as_surely_is_not_told_twice(setting, times):
    path, after = ".vscode/settings.json", f'{{\n  "{setting}": false\n}}\n'.encode()
    looked = look(after, path, None, CATALOGUE)
    change = change_of(path, side(look(b"{\n}\n", path, None, CATALOGUE)), side(looked), CATALOGUE)
    findings = inspect(after, path, None, CATALOGUE).report.findings
    assert {one.rule for one in findings} == {"agent-guard-off"}
    found = compare(replace(change, findings=findings))
    assert [one.rule for one in found] == ["suppression-added"] * times


@pytest.mark.parametrize(
    ("path", "guard", "after"),
    [
        (".claude/settings.json", '{\n "permissions": {\n  "deny": [\n   "Read(./.env)",\n   "Bash(rm:*)"\n  ]\n }\n}\n', '{\n "permissions": {\n  "deny": [\n   "Bash(rm:*)"\n  ]\n }\n}\n'),
        (".claude/settings.json", '{\n "hooks": {\n  "Stop": [\n   {\n    "hooks": [\n     {"command": "gifthorse hook claude-code"}\n    ]\n   }\n  ]\n },\n "model": "x"\n}\n', '{\n "model": "x"\n}\n'),
        (".claude/settings.json", '{\n "permissions": {\n  "deny": ["Read(./.env)"]\n }\n}\n', '{\n "permissions": {\n  "allow": ["Bash(*)"]\n }\n}\n'),
        (".codex/config.toml", 'model = "x"\nsandbox_mode = "workspace-write"\n', 'model = "x"\n'),
        ("gifthorse.toml", '[[policy]]\npaths = ["a/"]\nwrite = "deny"\n\n[rules]\n', "[rules]\n"),
    ],
)  # fmt: skip
def test_a_guard_around_an_assistant_that_is_taken_out_is_told(path, guard, after):
    (one,) = said(path, guard, after, "control-removed")
    assert "no longer has a guard around an assistant" in one.message
    assert not said(path, guard, guard.replace('"x"', '"y"'), "control-removed")


def test_what_gifthorse_itself_no_longer_looks_at_is_told():
    (one,) = said("gifthorse.toml", "[rules]\n", 'exclude = ["src/"]\n\n[rules]\n', "suppression-added")
    assert "exclude" in one.message
