"""`gifthorse explain` and `gifthorse rules`: what they print, and their exit codes."""

from dataclasses import replace

import pytest

from gifthorse.__main__ import main
from gifthorse.cli import _catalogue, rules
from gifthorse.cli.explain import nearest
from gifthorse.store.catalogue import load_catalogue
from gifthorse.store.table import CatalogueError, Problem

CATALOGUE = load_catalogue()


def test_explain_says_what_why_and_what_instead(capsys):
    assert main(["explain", "weak-key-size"]) == 0
    shown = capsys.readouterr().out
    for words in (
        "weak-key-size",
        "medium severity",
        "CWE-326",
        "What can happen",
        "key_size=3072",
        "https://",
        "+ key =",
    ):
        assert words in shown


def test_explain_shows_the_examples_in_one_language_if_asked(capsys):
    assert main(["explain", "tls-verify-off", "--language", "go"]) == 0
    shown = capsys.readouterr().out
    assert "tls.Config{RootCAs: pool}" in shown
    assert "requests.get(" not in shown


def test_coverage_shows_families_languages_totals_and_holes(capsys, monkeypatch):
    family = CATALOGUE.families["tls"]
    rules_of_it = {name: rule for name, rule in CATALOGUE.rules.items() if rule.family == "tls"}
    whole = replace(CATALOGUE, rules=rules_of_it, families={"tls": family})
    monkeypatch.setattr(rules, "catalogue_or_complaint", lambda: whole)
    assert main(["rules", "coverage"]) == 0
    shown = capsys.readouterr().out
    assert "PowerShell" in shown
    assert f"{len(rules_of_it)} rules in 1 families" in shown
    assert "0 cells are empty without a reason" in shown
    holes = {name: rule for name, rule in rules_of_it.items() if set(rule.languages) <= {"python"}}
    monkeypatch.setattr(rules, "catalogue_or_complaint", lambda: replace(whole, rules=holes))
    assert main(["rules", "coverage"]) == 1
    assert "tls: " in capsys.readouterr().out


@pytest.mark.parametrize("rule", CATALOGUE.rules)
def test_every_rule_can_be_explained(rule, capsys):
    assert main(["explain", rule]) == 0
    shown = capsys.readouterr().out
    assert CATALOGUE.rules[rule].title in shown
    assert f"gifthorse: allow {rule} -- " in shown


def test_unknown_rule_is_answered_with_near_ones(capsys):
    assert main(["explain", "tls-verify-of"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "'tls-verify-of'" in captured.err
    assert "tls-verify-off" in captured.err


def test_unknown_rule_without_a_near_one(capsys):
    assert main(["explain", "qqqqqqqqqq"]) == 2
    assert "gifthorse rules" in capsys.readouterr().err


def test_terminal_controls_in_a_name_are_not_obeyed(capsys):
    assert main(["explain", "\x1b[2J[bold]"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_nearest_prefers_spelling_then_words():
    assert nearest("bidi-controls", ["bidi-control", "weak-hash"]) == ["bidi-control"]
    assert nearest("hash", ["weak-hash", "other"]) == ["weak-hash"]


def test_list_shows_every_rule(capsys):
    assert main(["rules"]) == 0
    shown = capsys.readouterr().out
    for rule in CATALOGUE.rules.values():
        assert rule.id in shown
        assert rule.title in shown


def test_tests_of_chosen_rules(capsys):
    assert main(["rules", "test", "bidi-control", "tag-character", "-v"]) == 0
    shown = capsys.readouterr().out
    number = len(CATALOGUE.rules["bidi-control"].tests) + len(CATALOGUE.rules["tag-character"].tests)
    assert f"{number} of {number} tests of 2 rules passed." in shown
    assert shown.count("ok ") == number


def test_tests_of_an_unknown_rule(capsys):
    assert main(["rules", "test", "weak-hsh"]) == 2
    assert "weak-hash" in capsys.readouterr().err


def test_failing_test_is_shown_and_is_exit_code_one(capsys, monkeypatch):
    rule = CATALOGUE.rules["bidi-control"]
    broken = replace(rule, tests=(replace(rule.tests[0], bad="x = 1\n"),))
    changed = replace(CATALOGUE, rules={rule.id: broken})
    monkeypatch.setattr(rules, "catalogue_or_complaint", lambda: changed)
    assert main(["rules", "test"]) == 1
    shown = capsys.readouterr().out
    assert "FAILED bidi-control test 1" in shown
    assert "The bad code is not found." in shown


@pytest.mark.parametrize("words", [["rules"], ["explain", "weak-hash"], ["rules", "test"]])
def test_broken_catalogue_is_said_and_is_exit_code_two(words, capsys, monkeypatch):
    problems = [Problem("a.toml", 3, "It is broken.", "Mend it."), Problem("b.toml", 1, "So is this.", "Mend it.")]

    def broken():
        raise CatalogueError(problems)

    monkeypatch.setattr(_catalogue, "load_catalogue", broken)
    assert main(words) == 2
    assert capsys.readouterr().err == "a.toml:3: It is broken. Mend it.\nb.toml:1: So is this. Mend it.\n"
