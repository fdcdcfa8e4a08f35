"""A text that is looked at for rules and traits in one go says what two looks say."""

from pathlib import Path

import pytest

from gifthorse.change.traits import look, side, with_traits, without_traits
from gifthorse.engine.inspect import inspect
from gifthorse.store.catalogue import load_catalogue

CATALOGUE = load_catalogue()
CASES = Path(__file__).parents[1] / "engine" / "cases"
FILES = sorted(max(files, key=lambda one: (one.stat().st_size, one.name)) for folder in CASES.iterdir()
               if (files := [one for one in folder.glob("*") if one.is_file()]))  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.parent.name)
def test_rules_and_traits_are_found_together_as_they_are_alone(file):
    content = file.read_bytes()
    both = inspect(content, file.name, None, with_traits(CATALOGUE))
    assert without_traits(both.report) == inspect(content, file.name, None, CATALOGUE).report
    alone = side(look(content, file.name, None, CATALOGUE))
    assert sorted(side(both).traits) == sorted(alone.traits)
    assert side(both).units == alone.units
