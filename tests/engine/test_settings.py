"""Configurations: paths, what is around a setting, documents taken apart, and input that means harm."""

import json
from dataclasses import replace

import pytest

from gifthorse.engine import splitting
from gifthorse.engine.filenames import fits
from gifthorse.engine.inspect import inspect, reinspect
from gifthorse.model.rule import Catalogue, MatchKind
from gifthorse.model.text import Edit, Span

FLOW = ".github/workflows/a.yml"


def rules_of(report) -> list[str]:
    return [finding.rule for finding in report.findings]


def workflow(jobs: int, extra: bytes = b"") -> bytes:
    job = b"  j%d:\n    privileged: %s\n    uses: a/b@c\n    steps:\n      - run: |\n          make %d\n        env: {port: 1}\n"
    return (
        b"name: x\njobs:\n"
        + b"".join(job % (number, b"true" if number % 7 == 0 else b"no", number) for number in range(jobs))
        + extra
        + b"kind: Open\n"
    )


def test_a_document_taken_apart_says_the_same(catalogue, monkeypatch):
    content = workflow(60)
    apart = inspect(content, FLOW, None, catalogue).report
    monkeypatch.setattr(splitting, "WHOLE", 10_000_000)
    whole = inspect(content, FLOW, None, catalogue).report
    assert apart == whole
    assert rules_of(apart).count("setting") == 9
    assert rules_of(apart).count("kind") == 60


def test_what_is_asked_about_the_whole_document_reaches_all_of_it(catalogue):
    content = workflow(60)
    before = inspect(content, FLOW, None, catalogue)
    at = content.index(b"Open")
    shut = content.replace(b"Open", b"Shut")
    after = reinspect(before, [Edit(Span(at, at + 4), b"Shut")], shut)
    assert "kind" not in rules_of(after.report)
    assert after.report == inspect(shut, FLOW, None, catalogue).report


@pytest.mark.parametrize(
    ("begin", "found"),
    [
        ("on: push", 0),
        ("on: visit", 1),
        ("on: [push]", 0),
        ("on: [push, pull]", 0),
        ("on: [push, visit]", 1),
        ("on:\n  - request", 1),
        ("on: {push: {}}", 0),
        ("on: {visit: {}}", 1),
        ("x: &x [push]\non: *x", 0),
        ("x: &x [visit]\non: *x", 1),
    ],
)
def test_a_list_has_the_words_that_stand_in_it(catalogue, begin, found):
    content = f"{begin}\njobs: {{port: 1}}\n".encode()
    assert rules_of(inspect(content, FLOW, None, catalogue).report).count("begins") == found


def test_an_edit_looks_at_its_own_setting_only(catalogue):
    content = workflow(60)
    before = inspect(content, FLOW, None, catalogue)
    at = content.index(b"make 30")
    after = reinspect(before, [Edit(Span(at, at), b"re")], content[:at] + b"re" + content[at:])
    old = {id(work) for work in before.syntax.evaluation.works.values()}
    new = [work for work in after.syntax.evaluation.works.values() if id(work) not in old]
    assert len(old) > 60
    assert len(new) <= 3


def test_names_used_a_million_times_end(catalogue):
    lines = [b"a0: &a0 {privileged: true}\n"]
    lines += [b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 9)]
    report = inspect(b"".join(lines), "a.yml", None, catalogue).report
    assert "too many settings" in report.incomplete


def test_a_name_inside_its_own_value_ends(catalogue):
    report = inspect(b"a: &a\n  b: *a\n  privileged: true\n", "a.yml", None, catalogue).report
    assert rules_of(report) == ["setting"]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.json", b'{"a": ' * 20_000),
        ("a.json", b"[" * 100_000),
        ("a.json", b'{"a": ' * 5_000 + b"1" + b"}" * 5_000),
        ("a.yml", b"a:\n" + b"".join(b" " * n + b"b:\n" for n in range(1, 300))),
        ("a.yml", b"{a: " * 3_000 + b"}" * 3_000),
        ("a.toml", b"a = " + b"[" * 3_000),
        ("a.xml", b"<a>" * 5_000),
        ("a.html", b"<div>" * 5_000),
        ("a.tf", b"a {" * 3_000),
        ("Dockerfile", b"FROM a\n" + b'RUN ["a", ' * 3_000),
        ("a.sql", b"SELECT (" * 3_000),
        ("a.ipynb", b'{"cells": [' + b'{"cell_type": "code", "source": ["x\\n"]},' * 1_000),
    ],
)
def test_deep_and_broken_configurations_have_an_answer(path, content, catalogue):
    report = inspect(content, path, None, catalogue).report
    assert report.incomplete


def test_a_large_document_is_looked_at_in_full(catalogue):
    settings = {f"k{number}": {"a": [1, 2, {"privileged": False}]} for number in range(4_000)}
    settings["k3999"]["privileged"] = True
    report = inspect(json.dumps(settings, indent=1).encode(), "a.json", None, catalogue).report
    assert rules_of(report) == ["setting"]
    assert not report.incomplete


def test_calls_further_down(catalogue):
    (rule,) = (catalogue.rules["remote"],)
    match = replace(
        rule.matches[0],
        kind=MatchKind.CALL,
        patterns=("FROM",),
        where={},
        unless={"0": ("is:from()",)},
        unless_later=("USER", "FROM"),
        if_later=("CMD",),
    )
    rooted = Catalogue({"remote": replace(rule, matches=(match,))}, catalogue.languages, "later")

    def found(text: bytes) -> int:
        return len(inspect(text, "Dockerfile", None, rooted).report.findings)

    assert found(b"FROM a\nCMD x\n") == 1
    assert found(b"from a\nuser b\ncmd x\n") == 0
    assert found(b"FROM a\nRUN x\n") == 0
    assert found(b"FROM a AS b\nUSER c\nFROM b\nCMD x\n") == 0
    assert found(b"FROM a AS b\nUSER c\nFROM d\nCMD x\nHEALTHCHECK CMD y\n") == 1


@pytest.mark.parametrize(
    ("path", "glob", "is_it"),
    [
        (".github/workflows/a.yml", ".github/workflows/*", True),
        ("/x/.github/workflows/a.yml", ".github/workflows/*.yml", True),
        ("C:\\x\\.github\\workflows\\a.yml", ".github/workflows/*", True),
        (".github/workflows/b/a.yml", ".github/workflows/*", False),
        ("my.github/workflows/a.yml", ".github/workflows/*", False),
        ("a/b/c.tf", "a/**/c.tf", True),
        ("a/c.tf", "a/**/c.tf", True),
        ("Dockerfile.dev", "Dockerfile.*", True),
        ("a.yml", "?.yml", True),
    ],
)
def test_globs_of_files(path, glob, is_it):
    assert fits(path, (glob,)) is is_it
