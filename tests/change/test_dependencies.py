"""Imports against what a project declares: unknown ones, near misses, and everything that is silent."""

import pytest

from gifthorse.change.nearness import distance, nearest
from gifthorse.change.pairtest import changed
from gifthorse.model.dependency import Declared
from gifthorse.store.catalogue import load_catalogue

CATALOGUE = load_catalogue()
PYTHON = Declared(
    "python", ("pyproject.toml",), frozenset({"pyyaml", "opencv-python", "acme-billing"}), frozenset({"shop"})
)
SCRIPT = Declared("javascript", ("package.json",), frozenset({"react", "@acme/ui"}), frozenset({"~lib", "@app"}))


def found(path, line, declared, before="x = 1\n"):
    said = changed(path, before, line + "\n" + before, CATALOGUE, declared)
    return {one.rule: one for one in said if one.rule.endswith("-dependency")}


@pytest.mark.parametrize(
    "line",
    [
        "import os.path",
        "import yaml",
        "import cv2",
        "from acme_billing import x",
        "import acme.billing",
        "import shop.cart",
        "from .x import y",
        "from __future__ import annotations",
    ],
)
def test_what_is_known_is_silent(line):
    assert not found("a.py", line, PYTHON)


def test_what_nothing_declares_is_said_with_the_manifest_and_the_package():
    one = found("a.py", "import bs4", PYTHON)["unknown-dependency"]
    assert "pyproject.toml does not declare bs4 (the package beautifulsoup4)" in one.message
    assert one.severity == "low"
    other = found("a.py", "import wizard_of_invoices", PYTHON)["unknown-dependency"]
    assert "no well-known name" in other.message
    assert other.severity == "medium"


def test_what_is_only_tried_is_a_hint():
    one = found("a.py", "try:\n    import wizard_of_invoices\nexcept ImportError:\n    pass", PYTHON)[
        "unknown-dependency"
    ]
    assert one.confidence == "low"


@pytest.mark.parametrize(
    ("line", "meant"),
    [("import reqeusts", "requests"), ("import acme_biling", "acme-billing"), ("import billing_acme", "acme-billing")],
)
def test_near_misses_of_declared_and_well_known_names(line, meant):
    said = found("a.py", line, PYTHON)
    assert meant in said["near-miss-dependency"].message
    assert "unknown-dependency" not in said


@pytest.mark.parametrize(
    "line",
    [
        "import a from '@acme/ui/button'",
        "import a from '~lib/x'",
        "import a from '@app/x'",
        "import 'node:fs'",
        "import x from '#own'",
    ],
)
def test_aliases_and_scopes_of_scripts_are_silent(line):
    assert not found("a.ts", line, SCRIPT, "let x = 1\n")


@pytest.mark.parametrize(("name", "meant"), [("acme-ui", "@acme/ui"), ("raect", "react")])
def test_scopes_are_not_confused(name, meant):
    said = found("a.ts", f"import x from '{name}'", SCRIPT, "let x = 1\n")
    assert meant in said["near-miss-dependency"].message


def test_without_a_manifest_only_near_misses_of_the_best_known_names_are_said():
    bare = Declared("python")
    assert not found("a.py", "import wizard_of_invoices", bare)
    assert found("a.py", "import reqeusts", bare)["near-miss-dependency"].confidence == "low"


def test_an_import_that_was_there_before_is_not_said():
    assert not found("a.py", "import wizard_of_invoices\n", PYTHON, "import wizard_of_invoices\n")


@pytest.mark.parametrize(
    ("pair", "apart"), [(("abcd", "abdc"), 1), (("abcd", "abd"), 1), (("abcd", "xbcy"), 2), (("abcd", "wxyz"), 3)]
)
def test_distance(pair, apart):
    assert distance(*pair, 2) == apart


def test_a_name_that_is_used_itself_is_no_near_miss():
    assert nearest("preact", ["react", "preact"]) in {"", "react"}
    assert nearest("lodash", ["lodash", "loadsh"]) == ""
    assert nearest("ab", ["abc"]) == ""


def test_what_is_known_says_where_it_is_from():
    for packages in CATALOGUE.packages.values():
        assert packages.source
        assert packages.date >= "2026"
        assert len(packages.known.split()) >= 80
