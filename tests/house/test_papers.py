"""The pages that are made from the rules say what the rules say, and no cell of their table is an unexplained hole."""

import sys
from pathlib import Path

import pytest

from gifthorse.model.coverage import COLUMNS, rows, totals
from gifthorse.store.catalogue import load_catalogue

PAPERS = Path(__file__).parents[1] / "papers"
CATALOGUE = load_catalogue()
REMEDY = "run `make docs` and commit what it writes"


@pytest.fixture(scope="module")
def everything():
    sys.path.insert(0, str(PAPERS))
    try:
        import everything  # noqa: PLC0415
    finally:
        sys.path.remove(str(PAPERS))
    return everything


def test_made_pages_say_what_the_rules_say_now(everything):
    made = everything.all_pages(CATALOGUE)
    assert {"coverage.md", "rules/tls.md"} <= made.keys()
    written = {path: everything.DOCS / path for path in made}
    stale = [path for path, file in written.items() if not file.is_file() or file.read_text("utf-8") != made[path]]
    assert stale == [], REMEDY
    assert everything.stray_pages(CATALOGUE) == [], REMEDY


def test_no_cell_of_the_table_is_empty_without_a_reason():
    holes = {row.family.id: row.unexplained() for row in rows(CATALOGUE) if row.unexplained()}
    assert holes == {}, "write a rule, or an [[absent]] with a true reason in the family's family.toml"


def test_no_reason_explains_what_is_there():
    wrong = {row.family.id: row.contradicted() for row in rows(CATALOGUE) if row.contradicted()}
    assert wrong == {}, "take these languages out of [[absent]]: there is a rule, or no such column"


def test_every_family_with_rules_is_described_and_every_described_one_has_rules():
    with_rules = {rule.family for rule in CATALOGUE.rules.values()}
    assert with_rules == set(CATALOGUE.families)


def test_columns_are_languages():
    assert {name for names in COLUMNS.values() for name in names} <= CATALOGUE.languages.keys()


def test_half_of_the_grave_rules_have_a_fix_that_is_sure():
    sums = totals(CATALOGUE)
    assert 2 * sums.fixed >= sums.grave, f"{sums.fixed} of {sums.grave}"
